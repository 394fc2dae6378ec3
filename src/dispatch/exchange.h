/* dispatch/exchange.h: two units of a destination change places in a finished plan.
 *
 * Purpose: the decoder puts the units of a train in by number; which of them is left over when
 * platforms or room run out is not among its decisions. Here a unit that is late or stays in the
 * yard takes the place of one of its destination that leaves sooner, and that one takes its place,
 * where the whole gets better by it and everything still holds; again and again until nothing does.
 * Call order: exchange_units on a plan of the compiled day. The plan gets better or stays.
 * Errors: ZHOL_ERROR_MEMORY. Complexity: late units * units of their destination * one plan's
 * rebuilding, of which at most some thousand are tried.
 */
#ifndef ZHOL_DISPATCH_EXCHANGE_H
#define ZHOL_DISPATCH_EXCHANGE_H

#include "dispatch/decode.h"

enum zhol_error exchange_units(const struct compiled *compiled, struct zhol_dispatch_plan *plan);

#endif
