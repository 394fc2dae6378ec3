/* dispatch/exact_sooner.h: what could have been a minute sooner.
 *
 * Purpose: of the best plans of a day one has the least sum of the minutes of all its steps. In it
 * no step could be done alone a minute sooner, all else being as it is; so the exact search leaves
 * out every step that could (left shifts: Sprecher, Kolisch, Drexl, "Semi-active, active, and
 * non-delay schedules for the resource-constrained project scheduling problem", European Journal of
 * Operational Research 80, 1995). A state's key (exact_state.h) holds all that is asked here of the
 * minute before, so that this goes together with leaving out states that were seen. Each answer
 * may be false where true would be right, never the other way. No errors, no memory.
 */
#ifndef ZHOL_DISPATCH_EXACT_SOONER_H
#define ZHOL_DISPATCH_EXACT_SOONER_H

#include "dispatch/exact_state.h"

/* Whether a row that is like this one was free a minute before `now` already; when both are free
 * now, the two can be changed for one another from now on. */
bool exact_like_sooner(const uint8_t *alike, const int32_t *from, uint32_t count, int32_t now,
                       uint32_t row);
/* Whether a train that begins now, all its units having their places, could have begun sooner. */
bool exact_begin_sooner(const struct compiled *compiled, const struct exact_state *state,
                        uint32_t train);
/* Whether a train could have been accepted sooner on the track with the locomotive, or NONE. */
bool exact_accept_sooner(const struct compiled *compiled, const struct exact_alike *alike,
                         const struct exact_state *state, uint32_t train, uint32_t track,
                         uint32_t locomotive);
/* Whether a formed train with all its units could have left sooner with the locomotive, or NONE. */
bool exact_depart_sooner(const struct compiled *compiled, const struct exact_alike *alike,
                         const struct exact_state *state, uint32_t formed, uint32_t locomotive);
/* Whether anything that a formed train needs to leave has come just now, or may have: where nothing
 * has, it leaves with no set of units. */
bool exact_depart_new(const struct compiled *compiled, const struct exact_state *state,
                      uint32_t formed);

#endif
