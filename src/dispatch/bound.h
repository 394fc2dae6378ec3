/* dispatch/bound.h: what no plan can be below, by prices on what is scarce.
 *
 * Purpose: a lower bound on weighted lateness. Constraints that trains share (acceptances of an
 * hour, front minutes, fetching locomotives, departures of an hour, stock, receiving tracks) are
 * lifted and priced; then each train is best alone, exactly, to the minute. Whatever the prices, as
 * long as none is negative, the sum of what the trains cost, less what the capacities are worth, is
 * below every plan (weak duality), so that the bound does not depend on how the prices were found.
 * They are moved by the volume algorithm.
 * Source: Fisher, "Optimal solution of scheduling problems using Lagrange multipliers", Operations
 * Research 21, 1973; Barahona and Anbil, "The volume algorithm", Math. Programming 87, 2000.
 * Errors: ZHOL_ERROR_MEMORY. Complexity: steps * (trains * fronts + units) * horizon.
 */
#ifndef ZHOL_DISPATCH_BOUND_H
#define ZHOL_DISPATCH_BOUND_H

#include "dispatch/compiled.h"

/* Hears at each step when each train would begin alone at the prices (-1: pushed): a hint how to
 * plan. Returns the weighted lateness of the best plan known by then, the aim of the steps. */
struct bound_listener {
    int64_t (*hear)(void *context, const int32_t *begin_min);
    void *context;
};

/* Stops after `steps`, or when the bound rounds up to the aim. */
enum zhol_error bound_find(const struct compiled *compiled, const struct bound_listener *listener,
                           uint32_t steps, int64_t *bound);

/* share[unit]: a part of BOUND_SHARE such that the units of any one formed train add up to at most
 * BOUND_SHARE; 0 for one that takes no room or never goes. */
enum { BOUND_SHARE = 1 << 20 };
void bound_shares(const struct compiled *compiled, int64_t *share);

#endif
