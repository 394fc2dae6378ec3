/* desk/simulate_listed.h: the consignments of a list, one by one: when each arrives, and what a
 * second study with the same luck changes for it ("saves 31 h").
 *
 * A consignment has arrived when its last unit has. Quantiles are over the replications; one that
 * has not arrived in the simulated time counts as later than any, so a quantile may be INFINITY. A
 * change is the mean over the replications in which it arrived in both, with Student's interval.
 *
 * Ownership: the caller clears *listed. Errors: ZHOL_ERROR_MEMORY, those of zhol_simulate_units.
 * Cost: O(units log times) a replication; replications whose units the study did not keep are run
 * again.
 */
#ifndef ZHOL_DESK_SIMULATE_LISTED_H
#define ZHOL_DESK_SIMULATE_LISTED_H

#include "desk/simulate_study.h"

struct listed_consignment {
    uint32_t sum;     /* of the study's flows */
    int64_t time_s;   /* UTC at which it is ready */
    uint32_t runs;    /* replications */
    uint32_t arrived; /* of them */
    double days[2]; /* from then to its arrival: P50, P90; INFINITY: not within the days; NaN: it is
                       ready before or after them */
    uint32_t compared;                   /* replications in which it arrived in both */
    struct zhol_simulate_value change_h; /* second study less the first; NaN without */
};

struct listed {
    struct listed_consignment *items; /* by time, then as in the list */
    uint32_t count;
};

/* `second` may be NULL. Without a list: count 0. */
enum zhol_error listed_make(const struct study *first, const struct study *second,
                            struct listed *listed);
void listed_clear(struct listed *listed);

#endif
