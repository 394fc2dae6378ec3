/* desk/assign_observed.h: what a study carries at crossings and on routes, held against
 * published figures.
 *
 * Crossings: an observation counts where it is of freight carried by rail at a place, in Mt, of a
 * time that is made of whole slices. The study's figure is what its flows carry over the controlled
 * border links of the place by that mode, of what the scope counts: both ways, all that leaves the
 * place's country ("to China"), or its exports alone ("exports": transit leaves it too).
 *
 * Routes: a row of demand_total whose flows are all counted at places of the country's other
 * borders (demand_flow.exits), in tonnes or TEU. The study's figure is what of them passes one of
 * those places, here, whatever the freight is called.
 *
 * Errors: ZHOL_ERROR_MEMORY. Caller frees *rows. Cost: flows x rows.
 */
#ifndef ZHOL_DESK_ASSIGN_OBSERVED_H
#define ZHOL_DESK_ASSIGN_OBSERVED_H

#include "desk/assign_study.h"

enum assign_counted { ASSIGN_COUNTED_BOTH, ASSIGN_COUNTED_OUT, ASSIGN_COUNTED_EXPORT };

struct assign_observed {
    uint32_t observation; /* row */
    uint32_t node;
    enum assign_counted counted;
    double observed_t, model_t;
};

struct assign_route {
    uint32_t row;              /* of demand_total */
    double counted, low, high; /* in its unit, of its time; the ends NaN where none are given */
    double wanted, model;      /* of all that it counts; of that, over the places of the route */
};

enum zhol_error assign_observed(const struct assign_study *study, struct assign_observed **rows,
                                uint32_t *count);
enum zhol_error assign_routes(const struct assign_study *study, struct assign_route **rows,
                              uint32_t *count);
/* Tonnes over the controlled border links at a place by a mode in slices [first, last). */
double assign_crossing_t(const struct assign_study *study, uint32_t node, unsigned mode,
                         enum assign_counted counted, uint32_t first, uint32_t last);

#endif
