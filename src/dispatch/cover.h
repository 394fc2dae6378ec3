/* dispatch/cover.h: what must wait for want of platforms, or of whole trains (whole.h).
 *
 * Purpose: a bound on weighted lateness where stock is short by whole units, which prices, being
 * about parts of units, do not see. At each hour's end the pieces taken cannot be more than what
 * was there, was delivered and could have come back by then; so units with at least the rest of all
 * pieces leave later or stay: the cheapest such set is a knapsack cover, found exactly by dynamic
 * programming (Martello and Toth, "Knapsack problems", Wiley 1990, chapter 2).
 * What the units of one leaving gauge must wait at least is added to that of the other's.
 * Complexity: stocks * hours * units * pieces missing. Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_DISPATCH_COVER_H
#define ZHOL_DISPATCH_COVER_H

#include "dispatch/compiled.h"

enum zhol_error cover_find(const struct compiled *compiled, int64_t *bound);

#endif
