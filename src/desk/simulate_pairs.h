/* desk/simulate_pairs.h: two studies with the same luck, compared replication by replication.
 *
 * Ways, flows and numbers of places may differ between two scenarios; what is compared are groups
 * with the same key, by identifiers. A difference is that of the means of the same replication; its
 * interval is Student's over replications (paired). Freight that only one of the two carries shifts
 * means: so equal demand is wanted.
 *
 * Units are compared one by one where a flow of the same identity has the same numbers in both: the
 * same container with the same birth and luck. Only those that arrived in both are; where a flow's
 * strength is another (the planner's shares have changed) its units are others and are left out.
 *
 * Ownership: plain values. Errors: ZHOL_ERROR_MEMORY, those of <zhol/simulate.h>.
 */
#ifndef ZHOL_DESK_SIMULATE_PAIRS_H
#define ZHOL_DESK_SIMULATE_PAIRS_H

#include "desk/simulate_groups.h"
#include "desk/simulate_study.h"

struct pairs_gain { /* second study less the first */
    bool any;       /* both carry freight of the group */
    struct zhol_simulate_value transit_h, delay_usd_day, loads_day;
    double shrink; /* variance of the difference, over what independent runs give; NaN under two */
};

struct pairs_units {
    uint64_t compared;
    double sooner, later;           /* shares, by more than an hour */
    double low_h, middle_h, high_h; /* 10 %, 50 %, 90 % of the differences; NaN without any */
};

enum { PAIRS_FOLLOWED = 5 }; /* replications whose units are compared */

enum zhol_error pairs_gain(const struct study *first, const struct study *second,
                           const struct groups *groups, const struct groups *others, uint32_t group,
                           struct pairs_gain *gain);
enum zhol_error pairs_units(const struct study *first, const struct study *second,
                            struct pairs_units *units);

#endif
