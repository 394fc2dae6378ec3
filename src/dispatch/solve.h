/* dispatch/solve.h: what solving, re-planning and remedies share.
 */
#ifndef ZHOL_DISPATCH_SOLVE_H
#define ZHOL_DISPATCH_SOLVE_H

#include "dispatch/board.h"

/* Options with every 0 replaced by its meaning. */
struct zhol_dispatch_options options_full(const struct compiled *compiled,
                                          const struct zhol_dispatch_options *options);
/* Writes bound and gap into a plan. */
void plan_prove(struct zhol_dispatch_plan *plan, int64_t bound);

#endif
