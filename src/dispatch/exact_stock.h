/* dispatch/exact_stock.h: platforms, wagons and bogies in the bound of the exact search.
 *
 * Purpose: what it costs at least that stock is short. Until a minute no more pieces can be taken
 * than are there, come, or are freed at the earliest; so of the units that still want some, enough
 * must be taken after it. The cheapest set of them is a knapsack cover; the worst minute of each
 * stock counts, and stocks add up, as a unit takes from one. Only minutes just before something
 * comes, and the last of the day, need be looked at. No errors, no memory. Complexity: stocks *
 * minutes * units * pieces that are missing.
 */
#ifndef ZHOL_DISPATCH_EXACT_STOCK_H
#define ZHOL_DISPATCH_EXACT_STOCK_H

#include "dispatch/exact_slots.h"

/* What is known of trains and units of a state, each alone. */
struct exact_alone {
    const int32_t *end;  /* train: of handling at the earliest; NEVER */
    const int32_t *from; /* unit: it leaves then at the earliest; NEVER: not within the day */
    const int64_t *cost; /* unit: lateness of leaving then or never */
};

/* Lateness, then units pushed, then boxes by yard above what the units cost alone, these three in
 * this order; turns are not looked at. */
void exact_stock_extra(const struct compiled *compiled, const struct exact_state *state,
                       const struct exact_alone *alone, struct zhol_dispatch_objective *extra);

#endif
