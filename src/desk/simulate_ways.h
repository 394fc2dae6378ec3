/* desk/simulate_ways.h: the ways that the freight of one origin and destination takes, with shares.
 *
 * The planner gives the exact set of itineraries of one load; those over the same ground (links)
 * are one way, represented by its cheapest. Its generalised cost is its known price plus the worth
 * of its time; freight spreads over the ways by a logit: share ~ exp(-WAYS_SPREAD (g / g_least -
 * 1)). Ways under WAYS_LEAST of the freight are left out, at most WAYS_MAX stay. The spread is an
 * assumption: at 10 a way that is 10 % dearer gets 37 % of what the cheapest gets (low 5: 61 %,
 * high 20: 14 %). Itineraries with a price that is not known count with what is known plus
 * WAYS_UNKNOWN of it. Where the assignment of all freight is known (desk/assign_model), its shares
 * are better, as it knows what is full; this is for studies without it.
 *
 * A way is a list of plain arcs (a ride is replaced by those that it goes over), in order, each
 * beginning where the one before ends: what <zhol/simulate.h> takes.
 *
 * Call order: freight_ways_find, reading, freight_ways_clear. Ownership: the caller owns *ways.
 * Errors: ZHOL_ERROR_UNREACHABLE (no itinerary; *ways is empty) and those of zhol_plan.
 * Cost: one zhol_plan. Source: multinomial logit: McFadden 1974.
 */
#ifndef ZHOL_DESK_SIMULATE_WAYS_H
#define ZHOL_DESK_SIMULATE_WAYS_H

#include <zhol/network.h>

struct zhol_consignment; /* of <zhol/plan.h> */

#define WAYS_SPREAD  10.0
#define WAYS_LEAST   0.05
#define WAYS_UNKNOWN 0.25
/* An assignment for a simulation fills capacities to this share (assumed; 0.85 to 1): at the whole
 * of a capacity a queue of anything that comes by chance has no end. */
#define WAYS_FULL 0.95
enum { WAYS_MAX = 3 };

struct freight_way {
    uint32_t first_arc, arc_count; /* into ways.arcs */
    double share;                  /* of the freight; all add up to 1 */
    int64_t minutes, cents;        /* of one load, as planned; waiting for departures included */
};

struct freight_ways {
    struct freight_way list[WAYS_MAX]; /* greatest share first */
    uint32_t count;
    uint32_t *arcs, *rides; /* rides: per arc the one that goes over it, or NONE */
    uint32_t arc_count, arc_capacity, ride_capacity;
};

/* `order` says from, to, load, places to pass and when; `day_usd` is what a day of the load is
 * worth. */
enum zhol_error freight_ways_find(const struct zhol_network *network,
                                  const struct zhol_corridor *corridor,
                                  const struct zhol_consignment *order, double day_usd,
                                  struct freight_ways *ways);
void freight_ways_clear(struct freight_ways *ways);

#endif
