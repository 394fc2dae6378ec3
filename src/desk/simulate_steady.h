/* desk/simulate_steady.h: are the measured days a steady state, and if they are none, why?
 *
 * Two looks. On the series of all queues, averaged over replications, the truncation point that
 * minimises the standard error of what is left (MSER-5, White 1997; on the averaged series, never
 * on one replication): where it would cut more than a quarter, the queues are not settled. And
 * place by place: the queue is quite another in the last third than in the first (one that grows
 * for ever is hidden in the sum by many that do not).
 *
 * A queue that changes need not be one that grows for ever. The reason is told apart: something is
 * asked for more than it can (then it grows, and no longer run helps); a disruption was given; a
 * border is closed for days in the simulated time (a holiday: the queue jumps and drains again, and
 * every capacity has room on the average day); or none of these, as where a queue of days before
 * still drains.
 *
 * Call order: after study_run. Nothing is owned. Cost: O(places x replications x samples).
 */
#ifndef ZHOL_DESK_SIMULATE_STEADY_H
#define ZHOL_DESK_SIMULATE_STEADY_H

#include "desk/simulate_study.h"

enum steady {
    STEADY,
    STEADY_CLOSED,     /* days on which a border is closed make queues change; all has room */
    STEADY_DISRUPTED,  /* the disruptions that were given do */
    STEADY_CHANGES,    /* queues change, though all has room and nothing is closed for days */
    STEADY_OVERLOADED, /* queues grow without end: a place is asked for more than it can */
    STEADY_KINDS
};

/* Places are numbers of the model; ZHOL_NONE: none. */
struct steadiness {
    uint8_t kind;          /* enum steady */
    uint32_t place;        /* whose queue changes most */
    uint32_t closed_place; /* of those that change, the one that is closed longest ... */
    int64_t closed_from_s, closed_to_s; /* ... from when to when, UTC */
    uint32_t loaded_place;              /* of which most is asked */
    double load;                        /* over what it can in its usual hours */
};

void study_steadiness(const struct study *study, struct steadiness *found);

/* True for STEADY. */
bool study_settled(const struct study *study);

/* Truncation point of an averaged series in batches of five: how many values to leave out, at most
 * half of them. O(n). */
uint32_t study_truncation(const double *series, uint32_t count);

#endif
