/* desk/simulate_clearing.h: when the queues of a state have cleared, and when those who stood there
 * arrive; for simulate_answer.c and simulate_recovery.c.
 *
 * Cleared: the queues of the place (towards the country of the queue, where it names one) are at or
 * under CLEARED of what the state said, or the usual queue where that is more, for CLEARED_FOR_H
 * without a break. Usual is what USUAL of the samples do not exceed in USUAL_RUNS runs of the same
 * flows without state and disruptions, after a warm-up: an ordinary queue that never falls to a
 * tenth would never have cleared. Counts are in the queue's own unit: where the model's queues
 * count half trains (a train is as many units as fit into it) they are taken together. Those who
 * stood there are followed to their destination in the first FOLLOWED replications, which are run
 * once more for it. The peak is the greatest sum of these queues.
 */
#ifndef ZHOL_DESK_SIMULATE_CLEARING_H
#define ZHOL_DESK_SIMULATE_CLEARING_H

#include "desk/simulate_answer.h"

#define CLEARED       0.1
#define CLEARED_FOR_H 24.0
#define USUAL         0.9
#define USUAL_DAYS    10.0
#define USUAL_WARM_UP 28.0
enum { FOLLOWED = 20, USUAL_RUNS = 4 };

/* One a queue of the state; the caller frees *clearings. */
enum zhol_error clearing_make(const struct study *study, struct answer_clearing **clearings,
                              uint32_t *count);

/* ---- For simulate_recovery.c too ---- */

/* At a place, or on a link that begins or ends there: trains that wait for the tracks of the next
 * station stand here. */
bool clearing_is_near(const struct study *study, const struct zhol_simulate_place *about,
                      uint32_t node);
/* The queues of the places summed over the samples of one block, `scale` of the model's vehicles
 * being one of the queue's. */
void clearing_sum(const struct zhol_simulate_model *model, const int64_t *block,
                  const uint32_t *places, uint32_t count, double scale, double *sums);
/* Of n replications: P50, P90 and P95 of the days with their 95 % intervals (NAN: none), P10, P50
 * and P90 of the peaks. Both are sorted; scratch has room for n. */
void clearing_quantiles(double *days, double *peak, uint32_t n, double *scratch, double at[3],
                        double low[3], double high[3], double peaks[3]);

#endif
