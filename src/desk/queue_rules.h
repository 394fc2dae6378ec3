/* desk/queue_rules.h: from the corridor's queue tables to the data of commands.
 *
 * The fold of a queue (operate/queue.h) knows no corridor, calendar or time zone. This file makes,
 * for a checkpoint and a date, the JSON of rules_set, and for a queue and a span of days the JSON
 * of slots_publish: effective capacity is the smaller of both sides, each with its own calendar,
 * holidays and time zone.
 *
 * Capacity. Vehicles pass while both sides are open. A limit by the hour holds in each such hour; a
 * limit by the day is spread over all such hours of the day, and the day is that of the other
 * side's calendar (whose acceptance it mostly is). The smaller of both sides' totals of a day is
 * spread evenly; slots get whole vehicles, cut so that the day's sum is kept whatever span is
 * asked for. A share of a category (share_max_pct below 100) is cut in the same way.
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
/* JSON for slots_publish of a queue, slots that start in [from_s, until_s); canonical. A live queue
 * has none: an empty array. */
enum zhol_error queue_slots_json(const struct zhol_corridor *corridor, const char *queue_id,
                                 int64_t from_s, int64_t until_s, struct zhol_report *report,
                                 struct buffer *json);
/* The same as it was planned on an earlier day: limits that begin after `known` are not known yet.
 */
enum zhol_error queue_slots_known(const struct zhol_corridor *corridor, const char *queue_id,
                                  int64_t from_s, int64_t until_s, int32_t known,
                                  struct zhol_report *report, struct buffer *json);
/* The same as windows for eta (closed gaps included); caller frees with free(). */
enum zhol_error queue_windows_of(const struct zhol_corridor *corridor, const char *queue_id,
                                 int64_t from_s, int64_t until_s, struct eta_window **windows,
                                 uint32_t *count);
/* Nodes that have queues on a date, in row order; caller frees. */
enum zhol_error queue_checkpoints(const struct zhol_corridor *corridor, int32_t date,
                                  uint32_t **nodes, uint32_t *count);
/* The row of a queue that holds on a date, or ZHOL_NONE. */
uint32_t queue_row_on(const struct zhol_corridor *corridor, const char *queue_id, int32_t date);
/* Rows of queue_category of a queue's rule set that hold on a date, by rank: at most
 * QUEUE_CATEGORIES of them; returns how many. */
enum { QUEUE_CATEGORIES = 16 };
uint32_t queue_categories(const struct zhol_corridor *corridor, uint32_t queue_row, int32_t date,
                          uint32_t rows[QUEUE_CATEGORIES]);

/* One day of the other side's calendar: what passes, and when. */
enum { QUEUE_SPANS = 8 };
struct queue_day {
    int64_t from_s, to_s;                              /* the day in UTC */
    int64_t open_s[QUEUE_SPANS], close_s[QUEUE_SPANS]; /* both sides are open */
    uint32_t span_count;
    int64_t open_total_s; /* of these spans */
    double vehicles;      /* of the day; 0: closed */
    uint32_t queue_row;   /* ZHOL_NONE: the queue is not there on that day */
    uint32_t closure;     /* 1 + row of calendar_date that closes it; 0: none */
    int32_t day;
};
/* The days that overlap [from_s, until_s); caller frees. `known` ZHOL_BLANK_DATE: every limit is
 * known. ZHOL_ERROR_UNKNOWN: no such queue. At most 4,000 days (ZHOL_ERROR_LIMIT). */
enum zhol_error queue_days(const struct zhol_corridor *corridor, const char *queue_id,
                           int64_t from_s, int64_t until_s, int32_t known, struct queue_day **days,
                           uint32_t *count);
/* Vehicles that pass before `at_s` of the day. */
double queue_day_before(const struct queue_day *day, int64_t at_s);

#endif
