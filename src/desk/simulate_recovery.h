/* desk/simulate_recovery.h: how long after its end a disruption is still felt; for
 * simulate_answer.c only.
 *
 * The same replications run once more with the same luck, without the disruptions that were given,
 * and without closures that the corridor has as rules at the same place in the same days: they are
 * the same event (all others stay). What waits at the disrupted place, or on links that
 * begin or end there, less what waits there without, is what the disruptions made wait. Recovered
 * is the place when, after the end of the disruption and after the most that it made wait, this is
 * at most RECOVERED of that most, or one vehicle, for RECOVERED_FOR_H without a break. With common
 * random numbers the two runs are one again when the jam is gone, so no usual queue has to be
 * guessed. Of several disruptions at once each shows what all of them made wait at its place. A ban
 * on loading is felt there when what was held back comes.
 *
 * Cost: as many runs as replications, at most RECOVERY_RUNS.
 */
#ifndef ZHOL_DESK_SIMULATE_RECOVERY_H
#define ZHOL_DESK_SIMULATE_RECOVERY_H

#include "desk/simulate_answer.h"

#define RECOVERED       0.05
#define RECOVERED_FOR_H 24.0
enum { RECOVERY_RUNS = 100 };

/* One for each disruption of the study's state that lies in the measured days; one at which nothing
 * can wait (no place of the model is there) has zeros. The caller frees *recoveries. */
enum zhol_error recovery_make(const struct study *study, struct answer_recovery **recoveries,
                              uint32_t *count);

#endif
