/* serve/timeline.h: what lately happened to places: for the driver's list of messages.
 *
 * A ring of the last changes of all streams, filled by a listener and, at the start, from the ends
 * of the journals; older history is in the journal.
 */
#ifndef ZHOL_SERVE_TIMELINE_H
#define ZHOL_SERVE_TIMELINE_H

#include "serve/server.h"

struct timeline;

struct happened {
    uint64_t place, number;
    int64_t time_s, slot_s, old_slot_s;
    uint8_t state, reason, command;
};

enum zhol_error timeline_open(struct server *server, struct timeline **timeline);
void timeline_close(struct timeline *timeline);
void timeline_add(struct timeline *timeline, const struct entry *entry);
/* The latest of a place, newest first; returns how many. Any thread. */
uint32_t timeline_of(struct timeline *timeline, uint64_t place, struct happened *list,
                     uint32_t max);

#endif
