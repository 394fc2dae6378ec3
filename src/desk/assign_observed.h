/* desk/assign_observed.h: the tonnes of a study at crossings, held against published ones.
 *
 * An observation counts where it is of freight carried by rail at a place, in Mt, of a time that is
 * made of whole slices. The study's figure is what its flows carry over the controlled border links
 * of the place by that mode: both ways, or out of the place's country where the scope says exports
 * or "to" another country. Errors: ZHOL_ERROR_MEMORY. Caller frees *rows.
 */
#ifndef ZHOL_DESK_ASSIGN_OBSERVED_H
#define ZHOL_DESK_ASSIGN_OBSERVED_H

#include "desk/assign_study.h"

struct assign_observed {
    uint32_t observation; /* row */
    uint32_t node;
    bool out_only;
    double observed_t, model_t;
};

enum zhol_error assign_observed(const struct assign_study *study, struct assign_observed **rows,
                                uint32_t *count);
/* Tonnes over the controlled border links at a place by a mode in slices [first, last). */
double assign_crossing_t(const struct assign_study *study, uint32_t node, unsigned mode,
                         bool out_only, uint32_t first, uint32_t last);

#endif
