/* simulate/stays.h: how long what passes stays at each arc: the ledger by place of spending.
 *
 * A counter stands beside one runner of a traced model (build_model). After every step in which
 * time may pass it compares the ledger of who did it with what it was at the step before, and adds
 * the difference, times the kilograms of all who travel together, to that step. Integers, so sums
 * do not depend on order.
 */
#ifndef ZHOL_SIMULATE_STAYS_H
#define ZHOL_SIMULATE_STAYS_H

#include <zhol/engine.h>
#include <zhol/simulate.h>

#include "simulate/model.h"

struct sim_stays;

enum zhol_error stays_new(const struct zhol_simulate_model *model, struct sim_stays **stays);
void stays_free(struct sim_stays *stays);
/* An entity has done a step. O(members). Errors: ZHOL_ERROR_MEMORY. */
enum zhol_error stays_note(struct sim_stays *stays, const struct zhol_simulate_model *model,
                           const struct zhol_engine_run *run, uint32_t entity, uint32_t step);
/* Writes what was counted to replication `row` of `out`, and counts anew. */
void stays_take(struct sim_stays *stays, const struct zhol_simulate_model *model,
                struct zhol_simulate_stays *out, uint32_t row);

/* zhol_simulate_run that also fills rows of `stays` (NULL: none) (runs.c). */
enum zhol_error runs_all(const struct zhol_simulate_model *model,
                         const struct zhol_simulate_runs *runs, int64_t *blocks, uint8_t *done,
                         struct zhol_simulate_stays *stays);

#endif
