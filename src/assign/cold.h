/* assign/cold.h: the parts of a solve from nothing (solve_cold.c, solve_sample.c).
 *
 * Call order: sample_begin where sample_size says so, else an ascent; then cold_prices; the caller
 * clears sweep and centre. Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_ASSIGN_COLD_H
#define ZHOL_ASSIGN_COLD_H

#include "assign/centre.h"
#include "assign/state.h"
#include "assign/sweep.h"

/* Rounds of the ascent; the paths of its last so many are kept. */
enum { ASCENT_ROUNDS = 10, ASCENT_KEPT = 1, CENTRE_ROUNDS = 200 };

/* Where the interior point ends: gap and largest error of a row, relative; or after these rounds.
 */
struct centre_end {
    double gap, residual;
    uint32_t rounds;
};

/* Flows and prices by sweeps (in the sweep's manner, which the caller sets before), then the
 * interior point from there. `penalty` is above all prices of rows, at first. */
enum zhol_error cold_prices(struct solve *solve, struct centre *centre, struct sweep *sweep,
                            double penalty, struct centre_end end);

/* How many demands a sample should have; 0: none is wanted, or it would tell nothing. */
uint32_t sample_size(const struct flow *flow);
/* First prices, paths and their bound from a sample of the demands, and how sweeps should go on. */
enum zhol_error sample_begin(struct solve *solve, uint32_t size, double penalty,
                             struct sweep_manner *manner);
/* Notes prices of the interior point. */
void trail_note(struct trail *trail, const double *prices, uint32_t rows);
/* A flow of some `most` demands that stand for all of them; it shares arcs and rows with `flow`.
 * sample_clear after either result. */
enum zhol_error sample_make(struct flow *sample, const struct flow *flow, uint32_t most);
void sample_clear(struct flow *sample);

#endif
