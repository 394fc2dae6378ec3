/* desk/eta.h: the one estimator: when will it arrive, when will it be called.
 *
 * Every P50 and P90 that a user sees comes from here, so that the same box at the same instant has
 * the same promise on every surface. This header is the call in a border queue (the board, the
 * page, the driver and `zhol queue` ask it); desk/eta_arrival.h is the arrival of an itinerary
 * (`zhol plan`, the server and the page ask it).
 *
 * Method of the call: the place is the n-th of its category; the rules say how calls go round
 * categories, so its rank among all calls is known within a band; the coming effective capacity per
 * hour is the smaller of what both sides' calendars allow and what the other side accepted lately
 * (a gamma-Poisson rate from recent open hours, with the published limit as the prior); the time is
 * the first at which the cumulated capacity exceeds the rank, at the 50 % and 90 % quantile of the
 * rate and of no-shows. Closed hours pass without calls.
 */
#ifndef ZHOL_DESK_ETA_H
#define ZHOL_DESK_ETA_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>

/* Planned acceptance: what both sides together can take in [start_s, end_s), from slots or
 * calendars. */
struct eta_window {
    int64_t start_s, end_s;
    double vehicles; /* effective = min of both sides; 0: closed */
};
struct eta_category {
    double weight;    /* share of calls (quota) or times a cycle; any scale */
    uint32_t waiting; /* before the place in question, in its own; all, in the others */
    bool out_of_turn;
};
struct eta_call_input {
    int64_t now_s;
    const struct eta_window *windows; /* in time order, covering the horizon */
    uint32_t window_count;
    const struct eta_category *categories;
    uint32_t category_count;
    uint32_t own;             /* index of the category of the place */
    const uint32_t *accepted; /* vehicles accepted in each recent hour, oldest first */
    const double *planned;    /* planned in the same hours; 0: closed */
    uint32_t hour_count;
    double no_show_share; /* of recent places */
    int64_t earliest_s;   /* slot start or arrival: never called before; 0: none */
};
struct eta_call {
    int64_t p50_s, p90_s; /* UTC seconds; INT64_MAX: not within the horizon */
    double rate_share;    /* estimated share of planned capacity that is really accepted */
    uint32_t hours_used;  /* recent open hours that the estimate rests on */
    double rank_low, rank_high;
};
/* O(windows + categories). ZHOL_ERROR_INVALID for windows out of order or negative numbers. */
enum zhol_error eta_call(const struct eta_call_input *input, struct eta_call *call);

#endif
