/* desk/study_days.h: an average day at each gauge break of a corridor, planned by the dispatcher.
 *
 * What it does: finds the crossings at which the gauge changes and whose station the corridor knows
 * well enough (tracks, fronts, acceptance), puts a day of average trains together for each and
 * solves it. A crossing without expected trains or acceptance is left out.
 *
 * Call order: study_days_make, reading, study_days_clear (also after a failure). The corridor must
 * outlive the days. Errors: ZHOL_ERROR_MEMORY and those of the engine.
 * Cost on the reference corridor: about two seconds of processor time for three crossings.
 * Deterministic.
 */
#ifndef ZHOL_DESK_STUDY_DAYS_H
#define ZHOL_DESK_STUDY_DAYS_H

#include "desk/dispatch_joint.h"

enum { STUDY_DAYS_MAX = 8 };

/* What happens to the trains that arrive on a gauge. */
struct study_day_side {
    double average; /* trains a day that the corridor's figures make, before whole trains */
    uint32_t expected, taken; /* trains; taken: all their groups leave within the horizon */
    uint32_t groups, pushed;  /* groups of boxes or cuts of wagons; pushed: left for the next day */
    double wait_h;            /* from ready at the border until the last group leaves, of the taken
                                 ones; NaN where none is */
    uint32_t formed;          /* trains formed of them, on the other gauge */
};

struct study_day {
    struct dispatch_joint joint;
    struct study_day_side sides[ZHOL_DISPATCH_GAUGES]; /* by the gauge on which they arrive */
};

struct study_days {
    struct study_day *list;
    uint32_t count;
    double cpu_s;
};

enum zhol_error study_days_make(const struct zhol_corridor *corridor, int32_t date, uint64_t seed,
                                struct study_days *days);
void study_days_clear(struct study_days *days);

#endif
