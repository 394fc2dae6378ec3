/* serve/catalog.h: queues, categories and checkpoints as the corridor's tables name them.
 *
 * Nothing is kept: each question finds its row, in constant time, on the day that is asked for, so
 * a rule set that begins while the server runs is seen.
 */
#ifndef ZHOL_SERVE_CATALOG_H
#define ZHOL_SERVE_CATALOG_H

#include "base/json.h"
#include "serve/server.h"

struct catalog_queue {
    const char *id, *checkpoint; /* identifiers of queue and node; the node's is the stream */
    const char *rule_set, *release;
    const char *direction; /* exit, entry */
    uint32_t row, node;
    bool managed;
    int32_t slot_s; /* 0: no slots */
};

/* The queue on a day; false: there is none. */
bool catalog_queue(const struct zhol_corridor *corridor, const char *id, int32_t day,
                   struct catalog_queue *queue);
/* The i-th queue of the corridor, of those valid on the day; false behind the last. */
bool catalog_next(const struct zhol_corridor *corridor, int32_t day, uint32_t *thing,
                  struct catalog_queue *queue);
/* Row of queue_category of a category on a day, or ZHOL_NONE. */
uint32_t catalog_category(const struct zhol_corridor *corridor, const char *rule_set,
                          const char *category, int32_t day);
/* Key "name" with {"en":..,"ru":..,"kk":..,"zh":..}; a language without one has the English. */
void catalog_write_queue(struct json_writer *json, const struct zhol_corridor *corridor,
                         const struct catalog_queue *queue);
void catalog_write_category(struct json_writer *json, const struct zhol_corridor *corridor,
                            uint32_t row, const char *id);
void catalog_write_place(struct json_writer *json, const char *key,
                         const struct zhol_corridor *corridor, uint32_t node);
/* The clock of a checkpoint east of UTC at an instant. */
int32_t catalog_offset_s(const struct zhol_corridor *corridor, uint32_t node, int64_t utc_s);
/* Day of questions at an instant of the operation. */
int32_t catalog_day(int64_t utc_s);

#endif
