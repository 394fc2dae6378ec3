/* dispatch/exact.h: the best plan of a small day, proven.
 *
 * Purpose: branch and bound over the day as it goes by. Every step begins at an event (an hour, an
 * end, a thing coming free): any plan can be moved there without becoming worse, so that the search
 * over events covers all plans. What it has seen is not looked at twice.
 * Method, and why nothing is left out: docs/dispatch.md.
 * Errors: ZHOL_ERROR_MEMORY. Complexity: exponential; stops after `nodes` and then proves nothing.
 */
#ifndef ZHOL_DISPATCH_EXACT_H
#define ZHOL_DISPATCH_EXACT_H

#include "dispatch/board.h"

/* Betters `plan` (a good one begins with) and sets plan->optimal when it is proven best in all four
 * parts of the objective; plan->proof says why it is not. `floor`: what no plan is better
 * than, known already. */
enum zhol_error exact_run(const struct compiled *compiled, struct zhol_dispatch_objective *floor,
                          uint32_t nodes, struct zhol_dispatch_plan *plan);

#endif
