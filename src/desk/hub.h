/* desk/hub.h: block trains at hubs: how many, from where, on which day, at what load, and when it
 * is cheaper to wait.
 *
 * Purpose: boxes become ready at hubs day by day for some destinations. A block train takes up to
 * `train_feu` of them and costs the same full or not; a box may also go alone, at its own price;
 * or it waits, which costs its worth of time and, after the free days, storage; or a feeder brings
 * it to another hub first. The plan with least cost is wanted.
 *
 * Method. For one destination and one hub from which to leave, boxes leave in the order in which
 * they came (exchanging two never costs more, as storage grows with age), so a plan is how many
 * have left by each day: a dynamic program over (day, boxes gone), exact. All boxes of a hub for
 * one destination leave by the same hub; which one is tried out over all partitions of the hubs.
 * Destinations meet only in the trains that a hub can send a day: that limit is priced (Lagrange,
 * subgradient), which gives a bound; where a plan within the limits costs as much as the bound it
 * is optimal, else the gap is told. Costs are whole cents. Held against enumeration of every box in
 * tests/oracle/test_hub.c.
 *
 * Call order: fill hub_input; hub_solve; look; hub_plan_clear. The caller owns all arrays of the
 * input. Errors: ZHOL_ERROR_RANGE (more than HUB_* below, a negative number),
 * ZHOL_ERROR_UNREACHABLE (some boxes have neither train nor own way within the longest wait),
 * ZHOL_ERROR_MEMORY. Complexity: O(destinations * hubs * 2^hubs * days * boxes^2) in the worst
 * case; a week of 500 boxes takes milliseconds.
 */
#ifndef ZHOL_DESK_HUB_H
#define ZHOL_DESK_HUB_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>

enum {
    HUB_HUBS_MAX = 6,
    HUB_DESTINATIONS_MAX = 64,
    HUB_DAYS_MAX = 62,   /* of demand and waiting together */
    HUB_BOXES_MAX = 4000 /* of one destination */
};
#define HUB_NO_PRICE INT64_MAX /* this cannot be had */

/* Arrays by hub h, destination d, day t: index (h * destinations + d) * days + t, and so on. */
struct hub_input {
    uint32_t hubs, destinations;
    uint32_t days;                /* on which boxes become ready */
    const uint32_t *feu;          /* [h][d][t] ready on the day */
    uint32_t train_feu;           /* boxes of a full train, at least 1 */
    const int64_t *train_cents;   /* [h][d] a whole train */
    const int64_t *single_cents;  /* [h][d] a box that goes alone */
    const int64_t *feeder_cents;  /* [h][g] a box from hub h to hub g */
    const uint32_t *feeder_days;  /* [h][g] */
    int64_t day_cents;            /* worth of a day to a box */
    const int64_t *storage_cents; /* [h] a box and day, after the free days */
    const uint32_t *free_days;    /* [h] */
    const uint32_t *trains_day; /* [h] trains that the hub can send a day, over all destinations */
    uint32_t wait_days;         /* no box waits longer at a hub */
};

/* What leaves a hub for a destination on a day. */
struct hub_departure {
    uint32_t hub, destination, day;
    uint32_t trains, feu; /* whole trains, and the boxes in them */
    uint32_t singles;     /* boxes that go alone */
    int64_t train_cents;  /* of all these trains */
    int64_t single_cents;
    int64_t wait_cents;    /* worth of the days that these boxes have waited */
    int64_t storage_cents; /* that they have cost */
};
struct hub_cost {
    int64_t trains, singles, feeder, wait, storage, total;
};
struct hub_plan {
    struct hub_departure *departures; /* by day, hub, destination */
    uint32_t count;
    uint32_t *leaves_by; /* [h][d] hub from which the boxes of h for d leave */
    struct hub_cost cost;
    int64_t bound;           /* no plan costs less */
    struct hub_cost at_once; /* of the plan in which nothing waits: the best without waiting */
    bool at_once_possible;
};

enum zhol_error hub_solve(const struct hub_input *input, struct hub_plan *plan);
void hub_plan_clear(struct hub_plan *plan);

#endif
