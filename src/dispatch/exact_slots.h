/* dispatch/exact_slots.h: trains and acceptances of the hours in the exact search.
 *
 * Purpose: what the trains that are not accepted yet cost at least together, each in an hour of its
 * own: an assignment of trains to the acceptances that are left, or to being pushed, solved exactly
 * by shortest augmenting paths (Kuhn, "The Hungarian method", 1955; Jonker and Volgenant,
 * Computing 38, 1987). Costs are weighted lateness, then units pushed, in one number.
 * Call order: exact_slots_fill once a day; exact_slots_least at each state. No errors, no memory.
 * What a place adds comes from shortest ways of
 * exchange between the trains. Complexity: of one state O(trains^2 * acceptances left + trains^3).
 */
#ifndef ZHOL_DISPATCH_EXACT_SLOTS_H
#define ZHOL_DISPATCH_EXACT_SLOTS_H

#include "dispatch/exact_state.h"
#include "dispatch/slots.h"

/* Lateness times this, plus units pushed: fewer than this many units are in the search. */
enum { SLOT_UNITS = 128 };

struct exact_slots {
    int64_t cost[EXACT_TRAINS][SLOT_HOURS]; /* accepted in the hour; far when not possible */
    int64_t pushed[EXACT_TRAINS];
    int32_t end[EXACT_TRAINS][SLOT_HOURS]; /* of handling at the earliest, accepted in the hour */
};

/* Of a state: the least cost of all trains that are not accepted together, and what each of them
 * may do in a plan that costs no more than a limit. */
struct exact_places {
    int64_t sum;                 /* -1: too many acceptances to look at, the rest is not filled */
    uint8_t first[EXACT_TRAINS]; /* the first hour it may be accepted in; SLOT_HOURS: none */
    bool may_push[EXACT_TRAINS];
    int64_t most[EXACT_TRAINS]; /* what it may cost itself */
};

void exact_slots_fill(const struct compiled *compiled, struct exact_slots *slots);
void exact_slots_least(const struct compiled *compiled, const struct exact_slots *slots,
                       const struct exact_state *state, int64_t limit, struct exact_places *places);

#endif
