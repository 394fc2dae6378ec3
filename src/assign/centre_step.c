/* centre_step.c: one Newton step of the interior point (assign/centre.h).
 *
 * With g the difference of a column to its demand's main column, theta = flow / reduced cost, and
 * sigma = mu / reduced cost - flow, a demand's flows move by
 *     dx = sigma - theta (g dy - dl),   sum of dx = 0,
 * where dl moves the demand's price less that of its main column. Eliminating dl and the slacks,
 *     (sum theta g g' - v v' / Theta + D) dy = sum g sigma - v sum(sigma) / Theta + ... ,
 * with v = sum theta g and Theta = sum theta, main column included.
 */
#include <math.h>
#include <string.h>

#include "assign/centre.h"
#include "assign/dense.h"

/* Steps stop this far before the boundary. */
static const double BACK = 0.985;

static void block_matrix(struct centre *centre, uint32_t b)
{
    const struct centre_block *block = centre->blocks + b;
    uint32_t touched_count = 0, stride = centre->stride;
    double total = centre->main_theta[b];
    for (uint32_t d = block->first; d < block->first + block->count; d++) {
        double theta = centre->theta[d];
        uint32_t begin = centre->differences[d].first, end = centre->differences[d + 1].first;
        /* A single difference needs no second pass: theta - theta^2 / total. */
        double factor = block->count == 1 ? theta * total / (total + theta) : theta;
        for (uint32_t e = begin; e < end; e++) {
            double *line = centre->matrix + (size_t)centre->entry_row[e] * stride;
            double value = factor * centre->entry_value[e];
            for (uint32_t f = begin; f <= e; f++) {
                line[centre->entry_row[f]] += value * centre->entry_value[f];
            }
        }
        total += theta;
    }
    if (block->count == 1) {
        return;
    }
    for (uint32_t d = block->first; d < block->first + block->count; d++) {
        for (uint32_t e = centre->differences[d].first; e < centre->differences[d + 1].first; e++) {
            uint32_t row = centre->entry_row[e];
            centre->touched[touched_count] = row;
            touched_count += centre->scatter[row] == 0;
            centre->scatter[row] += centre->theta[d] * centre->entry_value[e];
        }
    }
    for (uint32_t i = 0; i < touched_count; i++) {
        uint32_t row = centre->touched[i];
        double value = centre->scatter[row] / total;
        for (uint32_t j = 0; j <= i; j++) {
            uint32_t other = centre->touched[j];
            size_t at = row > other ? (size_t)row * stride + other : (size_t)other * stride + row;
            centre->matrix[at] -= value * centre->scatter[other];
        }
    }
    for (uint32_t i = 0; i < touched_count; i++) {
        centre->scatter[centre->touched[i]] = 0;
    }
}

static void thetas_set(struct centre *centre)
{
    for (uint32_t b = 0; b < centre->block_count; b++) {
        uint32_t main = centre->blocks[b].main;
        centre->main_theta[b] = centre->x[main] / centre->reduced[main];
    }
    for (uint32_t d = 0; d < centre->difference_count; d++) {
        uint32_t column = centre->differences[d].column;
        centre->theta[d] = centre->x[column] / centre->reduced[column];
    }
}

static void matrix_make(struct centre *centre)
{
    uint32_t n = centre->active_count;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = centre->active[i];
        memset(centre->matrix + (size_t)i * centre->stride, 0, (i + 1) * sizeof(double));
        centre->matrix[(size_t)i * centre->stride + i] =
            centre->slack[row] / centre->prices[row] +
            centre->over[row] / (centre->penalty - centre->prices[row]);
    }
    for (uint32_t b = 0; b < centre->block_count; b++) {
        block_matrix(centre, b);
    }
}

/* The right side, into delta; `step` gets each column's sigma. */
static void target_make(struct centre *centre, double mu)
{
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row], room = centre->penalty - price;
        double residual =
            centre->flow->limit[row] - centre->own_load[i] - centre->slack[row] + centre->over[row];
        centre->delta[i] =
            mu / price - centre->slack[row] - mu / room + centre->over[row] - residual;
    }
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        double sum = mu / centre->reduced[block->main] - centre->x[block->main];
        double total = centre->main_theta[b];
        centre->main_step[b] = sum;
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            uint32_t column = centre->differences[d].column;
            centre->step[d] = mu / centre->reduced[column] - centre->x[column];
            sum += centre->step[d];
            total += centre->theta[d];
        }
        centre->block_step[b] = sum / total;
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            double value = centre->step[d] - centre->theta[d] * centre->block_step[b];
            for (uint32_t e = centre->differences[d].first; e < centre->differences[d + 1].first;
                 e++) {
                centre->delta[centre->entry_row[e]] += value * centre->entry_value[e];
            }
        }
    }
}

/* From dy: block_step becomes dl, main_step and step become dx, and theta dr of each column. */
static void columns_step(struct centre *centre)
{
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        double sum = 0, total = centre->main_theta[b];
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            double slope = 0;
            for (uint32_t e = centre->differences[d].first; e < centre->differences[d + 1].first;
                 e++) {
                slope += centre->entry_value[e] * centre->delta[centre->entry_row[e]];
            }
            double theta = centre->theta[d];
            sum += theta * slope;
            total += theta;
            centre->step[d] -= theta * slope;
            centre->theta[d] = slope; /* now dr, but for dl */
        }
        double lift = sum / total - centre->block_step[b];
        centre->block_step[b] = lift;
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            uint32_t column = centre->differences[d].column;
            centre->step[d] += centre->x[column] / centre->reduced[column] * lift;
            centre->theta[d] -= lift;
        }
        centre->main_step[b] += centre->main_theta[b] * lift;
    }
}

static double limit_by(double limit, double value, double change)
{
    return value + limit * change < 0 ? -value / change : limit;
}

/* The longest steps that keep everything positive; at most 1 after stepping back. */
static void lengths_find(const struct centre *centre, double mu, double *primal, double *dual)
{
    double p = 1 / BACK, q = 1 / BACK;
    for (uint32_t b = 0; b < centre->block_count; b++) {
        uint32_t main = centre->blocks[b].main;
        p = limit_by(p, centre->x[main], centre->main_step[b]);
        q = limit_by(q, centre->reduced[main], -centre->block_step[b]);
    }
    for (uint32_t d = 0; d < centre->difference_count; d++) {
        uint32_t column = centre->differences[d].column;
        p = limit_by(p, centre->x[column], centre->step[d]);
        q = limit_by(q, centre->reduced[column], centre->theta[d]);
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row], room = centre->penalty - price;
        double slack = centre->slack[row], over = centre->over[row], change = centre->delta[i];
        p = limit_by(p, slack, mu / price - slack - slack / price * change);
        p = limit_by(p, over, mu / room - over + over / room * change);
        q = limit_by(q, price, change);
        q = limit_by(q, room, -change);
    }
    *primal = p * BACK;
    *dual = q * BACK;
}

static void step_take(struct centre *centre, double mu, double primal, double dual)
{
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row], room = centre->penalty - price;
        double slack = centre->slack[row], over = centre->over[row], change = centre->delta[i];
        centre->slack[row] += primal * (mu / price - slack - slack / price * change);
        centre->over[row] += primal * (mu / room - over + over / room * change);
        centre->prices[row] += dual * change;
    }
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        centre->x[block->main] += primal * centre->main_step[b];
        centre->reduced[block->main] -= dual * centre->block_step[b];
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            uint32_t column = centre->differences[d].column;
            centre->x[column] += primal * centre->step[d];
            centre->reduced[column] += dual * centre->theta[d];
        }
    }
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        centre->lambda[block->demand] = pathset_price(centre->paths, block->main, centre->prices) -
                                        centre->reduced[block->main];
    }
    for (uint32_t k = 0; k < centre->flow->demand_count; k++) {
        if (centre->only[k] != FLOW_NONE) {
            centre->lambda[k] = pathset_price(centre->paths, centre->only[k], centre->prices);
        }
    }
}

enum zhol_error centre_step(struct centre *centre, double mu, double *moved)
{
    double primal, dual;
    struct centre_state state;
    centre_state(centre, &state); /* for own_load */
    thetas_set(centre);
    matrix_make(centre);
    dense_factor(centre->matrix, centre->active_count, centre->stride, centre->work);
    target_make(centre, mu);
    dense_solve(centre->matrix, centre->active_count, centre->stride, centre->delta);
    columns_step(centre);
    lengths_find(centre, mu, &primal, &dual);
    step_take(centre, mu, primal, dual);
    centre_state(centre, &state);
    centre->mu = state.count ? state.products / state.count : mu;
    centre->step_count++;
    *moved = fmin(primal, dual);
    return ZHOL_ERROR_OK;
}
