/* desk/eta_arrival.h: when a consignment will arrive: the second part of the one estimator (eta.h).
 *
 * The planner prints an arrival made of median times. This says what may be promised: the instant
 * by which it has arrived with chance 50 % and 90 %, seen from a point of its way.
 *
 * Method: ETA_WORLDS worlds, the same for every question. In each world every process, link and
 * line of the network takes one fixed time, drawn by inversion of its distribution
 * (desk/eta_spread.h) at ranks that are spread evenly over it; the itinerary is walked through all
 * worlds with the opening times, bans and departures that the planner uses. Who is late for a train
 * takes the next one. The promise is a quantile of the worlds: nothing is left to chance, the same
 * question has the same answer, and two itineraries that pass the same border have the same luck
 * there. Why not a convolution: waiting for trains and openings depends on when one comes, and
 * times depend on each other.
 *
 * Dependence (assumed): two processes at one place share ETA_PLACE_SHARE of their luck (a full
 * station is full for customs and for cranes), two movements of one mode ETA_MODE_SHARE; the other
 * times are independent.
 *
 * What is taken from where:
 * - a process: its row (median, 90th percentile, minimum), waiting included; with observed dwells
 *   the two weighed (eta_spread_learn); with a present queue at least what the queue takes;
 * - a movement: minutes at the link's usual and best speed;
 * - a ride whose service publishes its times: these, spread as the sum of its way is; else the sum
 *   over its way. Trains and ships leave on time; a line without timetable is waited for evenly
 *   between none and one headway;
 * - the present queue at a process: what stands there grows by inflow and shrinks by acceptance
 *   until the consignment comes, then it is worked off at the rate of acceptance.
 *
 * Order of calls: eta_arrival_new, any number of eta_arrival_itinerary, eta_arrival_free. One
 * thread at a time: distributions are worked out when first needed and kept.
 * Cost: new O(arcs); an itinerary O(ETA_WORLDS * steps), and O(ETA_WORLDS log) for each arc that is
 * new to it. Memory: 8 KiB an arc met.
 */
#ifndef ZHOL_DESK_ETA_ARRIVAL_H
#define ZHOL_DESK_ETA_ARRIVAL_H

#include <stdint.h>

#include <zhol/plan.h>

#define ETA_WORLDS      1000
#define ETA_PLACE_SHARE 0.5 /* assumed; 0 to 0.8 */
#define ETA_MODE_SHARE  0.4 /* assumed; 0 to 0.8 */

/* What stands at a process now. Rates are averages round the clock, closed hours included. */
struct eta_arrival_queue {
    uint32_t process_row;
    double ahead;         /* units waiting before whoever comes now */
    double inflow_h;      /* units that join an hour */
    double acceptance_h;  /* units taken an hour, > 0 */
    double acceptance_sd; /* spread of the logarithm of that rate; 0: it is sure */
};
/* Observed durations of a process, or of one arc of the network (a movement, its waits included)
 * where process_row is ZHOL_NONE. */
struct eta_arrival_dwells {
    uint32_t process_row;
    uint32_t arc;
    const double *dwells_h;
    uint32_t count;
};
struct eta_arrival_present {
    int64_t as_of_min; /* UTC minutes: when the queues were counted */
    const struct eta_arrival_queue *queues;
    const struct eta_arrival_dwells *dwells;
    uint32_t queue_count, dwells_count;
};

/* Where the consignment is on its way. */
struct eta_arrival_point {
    uint32_t step;     /* of the itinerary: the first that is not over */
    int64_t ready_min; /* when it was, or will be, there */
    bool under_way;    /* the step has begun, at begun_min, and is not over at now_min */
    int64_t begun_min, now_min;
};

struct eta_arrival_promise {
    int64_t p50_min, p90_min; /* UTC minutes; INT64_MAX: timetables and openings do not reach */
    double in_time;           /* chance to be there by the consignment's deadline; 1 without one */
};

struct eta_arrival;

/* `present` may be NULL and is only read here. The network, corridor and consignment must outlive
 * the estimator. ZHOL_ERROR_INVALID: a queue with a rate that is not above 0, or negative numbers;
 * others as zhol_plan. On ZHOL_ERROR_OK the caller owns *out. */
enum zhol_error eta_arrival_new(const struct zhol_network *network,
                                const struct zhol_corridor *corridor,
                                const struct zhol_consignment *order, bool ignore_bans,
                                const struct eta_arrival_present *present,
                                struct eta_arrival **out);
/* The promise of an itinerary from a point of it; NULL: from its beginning, ready as the
 * consignment says. ZHOL_ERROR_USAGE: no such step. */
enum zhol_error eta_arrival_itinerary(struct eta_arrival *eta,
                                      const struct zhol_plan_result *result, uint32_t itinerary,
                                      const struct eta_arrival_point *point,
                                      struct eta_arrival_promise *promise);
/* The arrivals in all worlds, ascending: ETA_WORLDS UTC minutes of the last itinerary asked. */
const int64_t *eta_arrival_worlds(const struct eta_arrival *eta);
void eta_arrival_free(struct eta_arrival *eta); /* NULL is fine */

#endif
