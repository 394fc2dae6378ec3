/* plan/departure.h: when an arc can be entered.
 *
 * departure_next gives the first instant at or after t at which cargo that is at an arc's tail can
 * enter it: within the opening times, in no ban, and with a departure for a ride. It never
 * decreases with t, so that who comes earlier never starts later; brute force and search share it.
 *
 * A ride is taken only where it gets through: it does not start if a ban of its way would hold when
 * it is there, or if a border on its way would then stay closed for more than a day (nights and
 * shorter closures are within the published times of services).
 *
 * Timetables are worked out into UTC minutes once per distinct timetable and question, with the
 * time zone as it is on each date.
 */
#ifndef ZHOL_PLAN_DEPARTURE_H
#define ZHOL_PLAN_DEPARTURE_H

#include "plan/problem.h"

#define DEPARTURE_NEVER INT64_MAX

/* The departures from a first stop, for all rides that share a timetable. */
struct timetable {
    uint32_t ride; /* the ride by which it is known */
    uint32_t count;
    int64_t *from_min; /* UTC minutes of departure at the first stop, ascending */
};

/* A point on a ride's way that may be closed when the train comes there. */
struct way_gate {
    uint32_t arc; /* a control or other arc with opening times or bans */
    uint32_t
        offset_min; /* after departure: the ride's time, shared out as the way's own times are */
};

struct departures {
    const struct problem *problem;
    struct way_gate *gates;
    uint32_t *first_gate; /* gates of ride r: [first_gate[r], first_gate[r + 1]) */
    uint32_t gate_capacity;
    struct timetable *tables;
    uint32_t table_count, table_capacity;
    uint32_t *table_of_ride;    /* table + 1; 0 where not yet worked out */
    int64_t longest_offset_min; /* from a first stop to any stop */
};

enum zhol_error departure_init(struct departures *departures, const struct problem *problem);
void departure_clear(struct departures *departures);

/* Works out the timetables of every ride that the problem can use. Call once before
 * departure_next; fails with MEMORY, or UNKNOWN for a time zone that the system does not have. */
enum zhol_error departure_prepare(struct departures *departures);

/* Why the last wait was needed. */
struct departure_reason {
    uint8_t wait_for; /* enum zhol_wait */
    uint32_t why;     /* see struct zhol_step */
};

/* First start >= t of the arc, or DEPARTURE_NEVER. `reason` may be NULL.
 * Cost: O(log n) in openings and departures, plus the bans of the arc. */
int64_t departure_next(const struct departures *departures, uint32_t arc, int64_t t,
                       struct departure_reason *reason);

/* Minutes that an arc is always waited for: half the headway of a line without a timetable. */
static inline int64_t departure_line_wait(const struct problem *problem, uint32_t arc)
{
    const struct zhol_arc *a = &problem->net.arcs[arc];
    return a->kind == ZHOL_ARC_RIDE ? problem->net.rides[a->thing].headway_minutes / 2 : 0;
}

#endif
