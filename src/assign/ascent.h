/* assign/ascent.h: first prices.
 *
 * Purpose: some rounds of the volume algorithm, each one run of the oracle and nothing else, bring
 * prices and bound within a few percent. The interior point then begins with prices that are worth
 * the work of its steps, and with columns that fit them.
 * Source: F. Barahona, R. Anbil, "The volume algorithm: producing primal solutions with a
 * subgradient method", Mathematical Programming 87 (2000).
 * Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_ASSIGN_ASCENT_H
#define ZHOL_ASSIGN_ASCENT_H

#include "assign/oracle.h"

/* Runs `rounds` rounds, fewer when the CPU time comes to end_s, from `prices` (by row), which
 * become the best found; *bound is theirs. The paths of the first and of the last `kept` rounds are
 * added to `paths`. */
enum zhol_error ascent_run(struct oracle *oracle, struct pathset *paths, const double *unmet_costs,
                           uint32_t rounds, uint32_t kept, double end_s, double *prices,
                           double *bound);

#endif
