/* dispatch/whole.h: what must wait because trains are whole and locomotives turn round.
 *
 * Purpose: a bound on weighted lateness where locomotives or hours let few trains through, which
 * prices, being about parts of trains, see too weakly. By the end of each hour at most so many
 * formed trains can have left as the first possible minutes, the hours and the turns of locomotives
 * let leave, and each carries units of one destination that fit into it; so the rest is late by at
 * least the hour more. What is ready only from some hour on leaves after it, so the same holds of
 * it alone, counted from there: the worst of these counts. An hour's lateness is bounded by itself
 * and the hours add up, as the time that a unit waits is the sum of the hours in which it still
 * stands. Method: time-indexed relaxation of weighted completion on parallel machines (Eastman,
 * Even, Isaacs, "Bounds for the optimal scheduling of n jobs on m processors", Management Science
 * 11, 1964), with knapsacks relaxed to shares (bound.h). Complexity: hours * hours * (units * log
 * units). Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_DISPATCH_WHOLE_H
#define ZHOL_DISPATCH_WHOLE_H

#include "dispatch/compiled.h"

/* What each train and unit can do alone. */
struct whole_alone {
    const int32_t *end;   /* train: its earliest end of handling, NEVER */
    const int64_t *least; /* unit: its least lateness */
};

/* extra[g]: weighted lateness above the least of all units that leave on gauge g. */
enum zhol_error whole_find(const struct compiled *compiled, const struct whole_alone *alone,
                           int64_t extra[ZHOL_DISPATCH_GAUGES]);

#endif
