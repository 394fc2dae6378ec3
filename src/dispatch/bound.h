/* dispatch/bound.h: what no plan can be below, by prices on what is scarce.
 *
 * Purpose: a lower bound on weighted lateness. Constraints that trains share (acceptances of an
 * hour, front minutes, fetching locomotives, departures of an hour, stock, receiving tracks) are
 * lifted and priced; then each train is best alone, exactly, to the minute. Whatever the prices, as
 * long as none is negative, the sum of what the trains cost, less what the capacities are worth, is
 * below every plan (weak duality), so that the bound does not depend on how the prices were found.
 * They are moved along subgradients.
 * Source: Fisher, "Optimal solution of scheduling problems using Lagrange multipliers", Operations
 * Research 21, 1973; volume-weighted steps as in Barahona and Anbil, Math. Programming 87, 2000.
 * Errors: ZHOL_ERROR_MEMORY. Complexity: steps * (trains * fronts + units) * horizon.
 */
#ifndef ZHOL_DISPATCH_BOUND_H
#define ZHOL_DISPATCH_BOUND_H

#include "dispatch/compiled.h"

/* `late` is the weighted lateness of a plan that is known: the aim of the steps. Stops when the
 * bound rounds up to it. */
enum zhol_error bound_find(const struct compiled *compiled, int64_t late, uint32_t steps,
                           int64_t *bound);

#endif
