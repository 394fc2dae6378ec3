/* desk/robust.h: how firm the ranking of routes is when assumed inputs may be otherwise.
 *
 * The network is compiled `draws` times, each time with the assumed inputs drawn from their
 * low..high ranges (zhol_network_options.draw; triangular, the stated value as the mode), and the
 * consignment is planned on each. What is drawn are speeds, durations, headways, prices and
 * factors; what is published stays.
 *
 * A route is what route_signature tells apart. In a draw a route has its earliest arrival, least
 * known cost and least CO2e over its itineraries in that draw's exact set; its band runs from the
 * 10 % to the 90 % quantile of these over the draws in which it is in the set. It is first in an
 * objective where its itinerary is the best of the draw (desk/best.h).
 *
 * An objective is decided where one route is first in at least ROBUST_DECIDED of the draws.
 *
 * Deterministic: draw k depends on seed and k alone, and results are put together in the order of
 * draws, whatever thread finished first. Cost: draws x (compile + plan), over the given threads.
 */
#ifndef ZHOL_DESK_ROBUST_H
#define ZHOL_DESK_ROBUST_H

#include <zhol/plan.h>

#include "desk/best.h"

#define ROBUST_DECIDED 0.8
enum { ROBUST_GATEWAYS = 16, ROBUST_PARTS = 12 };

/* What carries the goods for a while: a service, or a mode without one. */
struct robust_part {
    uint32_t service; /* ZHOL_NONE where none */
    uint32_t mode;    /* enum zhol_word_mode */
};

struct robust_options {
    uint32_t draws;                                 /* 1 .. 100,000 */
    uint64_t seed;                                  /* of the draws */
    uint32_t threads;                               /* 0: as many as there are cores, at most 16 */
    struct zhol_network_options network;            /* seed and draw are set by robust_run */
    struct zhol_plan_options plan;                  /* interrupt ends the run too */
    void (*progress)(void *context, uint32_t done); /* called in the calling thread; may be NULL */
    void *context;
};

struct robust_band {
    int64_t low, middle, high; /* 10 %, 50 %, 90 % */
};

struct robust_route {
    uint64_t signature;
    uint32_t seen;                       /* draws in whose exact set it is */
    uint32_t first[BEST_COUNT];          /* draws in which it is the best */
    struct robust_band band[BEST_COUNT]; /* UTC minutes, cents, grams */
    bool cost_known, co2e_known;         /* in all of them */
    uint32_t gateways[ROBUST_GATEWAYS];  /* places, in order */
    uint32_t gateway_count;
    struct robust_part parts[ROBUST_PARTS]; /* in order */
    uint32_t part_count;
};

struct robust_result {
    struct robust_route *routes; /* by how often first, then how often seen */
    uint32_t route_count;
    uint32_t draws;
    uint32_t without;            /* draws without any itinerary */
    uint32_t leader[BEST_COUNT]; /* number of a route, or ZHOL_NONE */
    bool decided[BEST_COUNT];
};

/* Runs. On ZHOL_OK the caller owns *result and clears it. ZHOL_ERROR_INTERRUPTED, MEMORY, USAGE,
 * or the first error of a draw in the order of draws. */
enum zhol_error robust_run(const struct zhol_corridor *corridor,
                           const struct zhol_consignment *consignment,
                           const struct robust_options *options, struct robust_result *result);
void robust_result_clear(struct robust_result *result);

#endif
