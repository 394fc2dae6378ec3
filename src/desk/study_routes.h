/* desk/study_routes.h: the boxes of a simulated case by relation and by way.
 *
 * Purpose: a mean over all freight of a kind cannot be held against a published time, and does not
 * say why it moves in a scenario. Here the simulated times of one relation stand for themselves, of
 * those boxes that go in trains of services and of all; and the boxes of a kind are told apart by
 * the borders that they pass.
 *
 * A time is door to door: loading, the wait for the train to fill and unloading are in it. Cost:
 * linear in the arcs of the flows, plus the histograms of those that are summed. Errors:
 * ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_DESK_STUDY_ROUTES_H
#define ZHOL_DESK_STUDY_ROUTES_H

#include "desk/corridor_study.h"

enum { STUDY_ROUTE_PLACES = 8 };
/* Movements on rides, of all metres, from which on boxes count as going in trains of services. */
#define STUDY_TRAIN_SHARE 0.9
/* Ways with less of the freight are put together. */
#define STUDY_ROUTE_LEAST 0.03

/* The boxes that the simulation sends between the two places of a relation. Where nothing ends at
 * its second place, those of the greatest relation from the same origin that passes it. */
struct study_time {
    uint32_t to;        /* where they end; ZHOL_NONE: nothing goes there */
    double teu_day;     /* wanted */
    double train_share; /* of the TEU: in trains of services */
    struct zhol_simulate_flows_result all, trains;
};
enum zhol_error study_time_find(const struct study_case *at, const struct study_relation *relation,
                                struct study_time *time);

/* A way by the places where countries are entered; count 0: all others. */
struct study_route {
    uint32_t places[STUDY_ROUTE_PLACES], count;
    double t_day, share;
    struct zhol_simulate_flows_result result;
};
/* The ways of a kind of freight, greatest first, the others last; the caller frees *routes. */
enum zhol_error study_routes_find(const struct study_case *at, enum group_freight freight,
                                  struct study_route **routes, uint32_t *count);

#endif
