/* desk/queue_rules.h: from the corridor's queue tables to the data of commands.
 *
 * The fold of a queue (operate/queue.h) knows no corridor, calendar or time zone. This file makes,
 * for a checkpoint and a date, the JSON of rules_set, and for a queue and a span of days the JSON
 * of slots_publish: effective capacity is the smaller of both sides, each with its own calendar,
 * holidays and time zone.
 */
#ifndef ZHOL_DESK_QUEUE_RULES_H
#define ZHOL_DESK_QUEUE_RULES_H

#include "base/buffer.h"
#include "desk/eta.h"

#include <zhol/corridor.h>

/* JSON for rules_set of all queues of a checkpoint node that are valid on `date`.
 * ZHOL_ERROR_UNKNOWN: none. */
enum zhol_error queue_rules_json(const struct zhol_corridor *corridor, uint32_t node, int32_t date,
                                 struct zhol_report *report, struct buffer *json);
/* JSON for slots_publish of a queue, slots that start in [from_s, until_s); canonical. */
enum zhol_error queue_slots_json(const struct zhol_corridor *corridor, const char *queue_id,
                                 int64_t from_s, int64_t until_s, struct zhol_report *report,
                                 struct buffer *json);
/* The same as windows for eta (closed gaps included); caller frees with free(). */
enum zhol_error queue_windows_of(const struct zhol_corridor *corridor, const char *queue_id,
                                 int64_t from_s, int64_t until_s, struct eta_window **windows,
                                 uint32_t *count);
/* Nodes that have queues on a date, in row order; caller frees. */
enum zhol_error queue_checkpoints(const struct zhol_corridor *corridor, int32_t date,
                                  uint32_t **nodes, uint32_t *count);

#endif
