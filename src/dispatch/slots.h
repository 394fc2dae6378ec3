/* dispatch/slots.h: what an acceptance of each hour is worth when only acceptances are scarce.
 *
 * Purpose: prices to begin the bound with. Trains of one gauge and the acceptances of the hours are
 * an assignment problem: a train taken in an hour is as late as it must be alone, or it is pushed.
 * It is solved exactly by shortest augmenting paths, and an hour's price is what one acceptance
 * more would save: the least prices of all that support an optimum (Gul and Stacchetti, "Walrasian
 * equilibrium with gross substitutes", J. Econ. Theory 87, 1999).
 * Complexity: trains * (trains * hours + hours^3). Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_DISPATCH_SLOTS_H
#define ZHOL_DISPATCH_SLOTS_H

#include "dispatch/compiled.h"

enum { SLOT_HOURS = ZHOL_DISPATCH_HORIZON_MAX / 60 };

/* price[h]: weighted lateness that one more acceptance in hour h saves. */
enum zhol_error slots_price(const struct compiled *compiled, enum zhol_dispatch_gauge gauge,
                            int64_t price[SLOT_HOURS]);

/* The earliest end of handling of a train that is accepted at a minute; NEVER when there is none.
 */
int32_t train_end_min(const struct compiled *compiled, uint32_t train, int32_t accept);
/* The minute at or after which a train may first be accepted, acceptances being plenty in their
 * hours; NEVER when not within the day. */
int32_t train_accept_min(const struct compiled *compiled, uint32_t train);
/* The least lateness of a unit that may be loaded at `end` at the earliest; it may stay, too. */
int64_t unit_least_late(const struct compiled *compiled, uint32_t unit, int32_t end);

#endif
