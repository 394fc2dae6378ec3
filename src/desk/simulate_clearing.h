/* desk/simulate_clearing.h: when the queues of a state have cleared, and when those who stood there
 * arrive; for simulate_answer.c only.
 *
 * Cleared: the queues of the place (towards the country of the queue, where it names one) are at or
 * under CLEARED of what the state said, for CLEARED_FOR_H without a break. Those who stood there
 * are followed to their
 * destination in the first FOLLOWED replications, which are run once more for it.
 * The peak is the greatest sum of these queues.
 */
#ifndef ZHOL_DESK_SIMULATE_CLEARING_H
#define ZHOL_DESK_SIMULATE_CLEARING_H

#include "desk/simulate_answer.h"

#define CLEARED       0.1
#define CLEARED_FOR_H 24.0
enum { FOLLOWED = 20 };

/* One a queue of the state; the caller frees *clearings. */
enum zhol_error clearing_make(const struct study *study, struct answer_clearing **clearings,
                              uint32_t *count);

#endif
