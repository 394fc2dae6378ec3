/* desk/study_missed.h: which simulated and promised times miss the published ones.
 *
 * Purpose: a report that counts what agrees must count what does not. A simulated time agrees with
 * a published one where the published figure (or range) and the 10th to 90th percentile of the
 * simulated boxes meet; a promise is held against the simulation by its 90th percentile: where nine
 * of ten simulated boxes take longer than it, it is not kept there.
 *
 * Boxes in trains of services stand for a relation where there are any, since such times are
 * published; else all. Cost: study_time_find for each relation of the case. Errors:
 * ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_DESK_STUDY_MISSED_H
#define ZHOL_DESK_STUDY_MISSED_H

#include "desk/study_routes.h"

struct study_missed {
    uint32_t agree, miss; /* published figures that a simulated time stands beside */
    uint32_t unkept;      /* relations whose promise nine of ten simulated boxes exceed */
    const struct study_relation *worst, *unkept_worst; /* NULL: none */
    double worst_p50_days;                             /* simulated */
    double unkept_p10_days, unkept_by_days;
    const struct study_relation *planned_worst; /* promise P50 farthest from the published figure */
    double planned_off_days;                    /* above 0: the promise is longer */
};

/* The boxes that stand for the relation; NULL: none are simulated. */
const struct zhol_simulate_flows_result *study_time_shown(const struct study_time *time);
/* Days by which a time lies above the published figure or range (below: negative); 0: within. */
double study_time_off(const struct study_relation *relation, double days);
bool study_time_agrees(const struct study_relation *relation,
                       const struct zhol_simulate_flows_result *result);
/* True where nine of ten of all simulated boxes of the relation, or of those in trains, take longer
 * than the promise that is kept in nine of ten cases. */
bool study_time_unkept(const struct study_relation *relation, const struct study_time *time);

enum zhol_error study_missed_find(const struct study_case *at, struct study_missed *missed);

#endif
