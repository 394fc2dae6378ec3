/* desk/assign_totals.h: the carried tonnes of a study, held against the totals that were published.
 *
 * A row of the table demand_total counts where it is in tonnes, names no crossing (which of two
 * crossings a load takes is an answer of the study) and its time is made of whole slices. Wanted
 * and carried are of the demand rows that the total counts, by the rule of desk/demand.h; what a
 * wish carries belongs to its rows by their shares. Where something stays, the limit that most of
 * it is short of is named: that limit, the payload of its trains, or the count is wrong, since what
 * was counted was carried.
 *
 * Errors: those of assign_study_shortages. The caller frees *totals.
 * Cost: totals x rows of demand.
 */
#ifndef ZHOL_DESK_ASSIGN_TOTALS_H
#define ZHOL_DESK_ASSIGN_TOTALS_H

#include "desk/assign_study.h"

struct assign_total {
    uint32_t row; /* of demand_total */
    double published_t, wanted_t, carried_t;
    uint32_t resource; /* of the limit most is short of; ZHOL_NONE: nothing stays, or no limit */
    int8_t sense;
    double short_t; /* for want of it */
};

/* In the order of the table. */
enum zhol_error assign_totals(const struct assign_study *study, struct assign_total **totals,
                              uint32_t *count);
/* The slices [*first, *last) that make up the time of a total; false where none do, or where the
 * freight has grown since it was counted. */
bool assign_total_slices(const struct assign_study *study, const struct zhol_demand_total *total,
                         uint32_t *first, uint32_t *last);
/* Marks the rows of demand that a total counts. */
void assign_total_rows(const struct zhol_corridor *corridor, const struct zhol_demand_total *total,
                       bool *counts);
/* The share of a wish that is marked. */
double assign_total_share(const struct assign_model *model, uint32_t wish, const bool *counts);

#endif
