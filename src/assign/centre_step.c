/* centre_step.c: one Newton step of the interior point (assign/centre.h).
 *
 * With g the difference of a column to its demand's main column, theta = flow / reduced cost, and
 * sigma = mu / reduced cost - flow, a demand's flows move by
 *     dx = sigma - theta (g dy - dl),   sum of dx = 0,
 * where dl moves the demand's price less that of its main column. Eliminating dl and the slacks,
 *     (sum theta g g' - v v' / Theta + D) dy = sum g sigma - v sum(sigma) / Theta + ... ,
 * with v = sum theta g and Theta = sum theta, main column included.
 *
 * The matrix is far dearer than a solve, so each is solved with several times: first straight to
 * the boundary (which tells how far to aim), then with the second-order term, then with corrections
 * that bring products back that would stray far from the mean.
 * Sources: S. Mehrotra, "On the implementation of a primal-dual interior point method", SIAM J.
 * Optim. 2 (1992); J. Gondzio, "Multiple centrality corrections in a primal-dual method", Comput.
 * Optim. Appl. 6 (1996).
 */
#include <math.h>
#include <string.h>

#include "assign/centre.h"
#include "assign/dense.h"

/* Steps stop this far before the boundary. */
static const double BACK = 0.985;
/* Products outside this share of the mean, and its inverse, are brought back. */
static const double FAR_BELOW = 0.1;
/* No corrections where steps are this long. */
static const double LONG_ENOUGH = 0.9, CORRECTION_GAIN = 0.01;

/* Aims are at most this share of the mean, also where the first direction shows no way that far:
 * corrections find one. */
static const double BOLD = 0.15;

enum { CORRECTIONS_MAX = 3 };

struct lengths {
    double primal, dual;
};

static void thetas_set(struct centre *centre)
{
    for (uint32_t b = 0; b < centre->block_count; b++) {
        uint32_t main = centre->blocks[b].main;
        centre->main_theta[b] = centre->x[main] / centre->reduced[main];
    }
    for (uint32_t d = 0; d < centre->difference_count; d++) {
        uint32_t column = centre->model->differences[d].column;
        centre->theta[d] = centre->x[column] / centre->reduced[column];
    }
}

/* The right side, into delta, from what each product is to change by; `step` and `main_step` get
 * each column's sigma, that is wanted / reduced. */
static void target_make(struct centre *centre)
{
    const struct centre_difference *differences = centre->model->differences;
    const uint32_t *rows = centre->model->entry_row;
    const double *values = centre->model->entry_value;
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row], room = centre->penalty - price;
        double residual =
            centre->flow->limit[row] - centre->own_load[i] - centre->slack[row] + centre->over[row];
        centre->delta[i] = centre->slack_want[i] / price - centre->over_want[i] / room - residual;
    }
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        double sum = centre->main_want[b] / centre->reduced[block->main];
        double total = centre->main_theta[b];
        centre->main_step[b] = sum;
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            centre->step[d] = centre->want[d] / centre->reduced[differences[d].column];
            sum += centre->step[d];
            total += centre->theta[d];
        }
        centre->block_step[b] = sum / total;
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            double value = centre->step[d] - centre->theta[d] * centre->block_step[b];
            for (uint32_t e = differences[d].first; e < differences[d + 1].first; e++) {
                centre->delta[rows[e]] += value * values[e];
            }
        }
    }
}

/* From dy: block_step becomes dl, main_step and step become dx, and rise becomes dr of each column.
 */
static void columns_step(struct centre *centre)
{
    const struct centre_difference *differences = centre->model->differences;
    const uint32_t *rows = centre->model->entry_row;
    const double *values = centre->model->entry_value;
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        double sum = 0, total = centre->main_theta[b];
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            double slope = 0;
            for (uint32_t e = differences[d].first; e < differences[d + 1].first; e++) {
                slope += values[e] * centre->delta[rows[e]];
            }
            double theta = centre->theta[d];
            sum += theta * slope;
            total += theta;
            centre->rise[d] = slope;
        }
        double lift = sum / total - centre->block_step[b];
        centre->block_step[b] = lift;
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            centre->rise[d] -= lift;
            centre->step[d] -= centre->theta[d] * centre->rise[d];
        }
        centre->main_step[b] += centre->main_theta[b] * lift;
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row], room = centre->penalty - price;
        double change = centre->delta[i];
        centre->slack_step[i] = (centre->slack_want[i] - centre->slack[row] * change) / price;
        centre->over_step[i] = (centre->over_want[i] + centre->over[row] * change) / room;
    }
}

static void direction_find(struct centre *centre)
{
    target_make(centre);
    dense_solve(centre->matrix, &centre->shape, centre->delta);
    columns_step(centre);
}

static double limit_by(double limit, double value, double change)
{
    return value + limit * change < 0 ? -value / change : limit;
}

/* The longest steps that keep everything at least 0; at most 1 after stepping back. */
static struct lengths lengths_find(const struct centre *centre)
{
    double p = 1 / BACK, q = 1 / BACK;
    for (uint32_t b = 0; b < centre->block_count; b++) {
        uint32_t main = centre->blocks[b].main;
        p = limit_by(p, centre->x[main], centre->main_step[b]);
        q = limit_by(q, centre->reduced[main], -centre->block_step[b]);
    }
    for (uint32_t d = 0; d < centre->difference_count; d++) {
        uint32_t column = centre->model->differences[d].column;
        p = limit_by(p, centre->x[column], centre->step[d]);
        q = limit_by(q, centre->reduced[column], centre->rise[d]);
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row], change = centre->delta[i];
        p = limit_by(p, centre->slack[row], centre->slack_step[i]);
        p = limit_by(p, centre->over[row], centre->over_step[i]);
        q = limit_by(q, price, change);
        q = limit_by(q, centre->penalty - price, -change);
    }
    return (struct lengths){p, q};
}

/* What is wanted of every product at a place along the last direction. */
struct aim {
    enum { AIM_FIRST, AIM_SECOND_ORDER, AIM_CENTRALITY } kind;
    double mu;
    struct lengths at;
};

/* The change that is wanted of a product: to 0 first; then to mu, less what the first direction
 * adds by its second order; then such that none ends far from mu. `wanted` is the present one. */
static double want_of(const struct aim *aim, double wanted, double x, double dx, double r,
                      double dr)
{
    if (aim->kind == AIM_FIRST) {
        return aim->mu - x * r;
    }
    double low = FAR_BELOW * aim->mu, high = aim->mu / FAR_BELOW;
    if (aim->kind == AIM_SECOND_ORDER) {
        double second = aim->at.primal * aim->at.dual * dx * dr;
        return aim->mu - x * r - fmin(fmax(second, -high), high);
    }
    double product = (x + aim->at.primal * dx) * (r + aim->at.dual * dr);
    double change = product < low ? low - product : product > high ? high - product : 0;
    return wanted + fmin(fmax(change, -high), high);
}

static void wants_set(struct centre *centre, const struct aim *aim)
{
    for (uint32_t b = 0; b < centre->block_count; b++) {
        uint32_t main = centre->blocks[b].main;
        centre->main_want[b] =
            want_of(aim, centre->main_want[b], centre->x[main], centre->main_step[b],
                    centre->reduced[main], -centre->block_step[b]);
    }
    for (uint32_t d = 0; d < centre->difference_count; d++) {
        uint32_t column = centre->model->differences[d].column;
        centre->want[d] = want_of(aim, centre->want[d], centre->x[column], centre->step[d],
                                  centre->reduced[column], centre->rise[d]);
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row], change = centre->delta[i];
        centre->slack_want[i] = want_of(aim, centre->slack_want[i], centre->slack[row],
                                        centre->slack_step[i], price, change);
        centre->over_want[i] = want_of(aim, centre->over_want[i], centre->over[row],
                                       centre->over_step[i], centre->penalty - price, -change);
    }
}

/* The mean product at the end of these steps. */
static double mean_at(const struct centre *centre, struct lengths at)
{
    double sum = 0;
    uint32_t count = centre->block_count + centre->difference_count + 2 * centre->active_count;
    for (uint32_t b = 0; b < centre->block_count; b++) {
        uint32_t main = centre->blocks[b].main;
        sum += (centre->x[main] + at.primal * centre->main_step[b]) *
               (centre->reduced[main] - at.dual * centre->block_step[b]);
    }
    for (uint32_t d = 0; d < centre->difference_count; d++) {
        uint32_t column = centre->model->differences[d].column;
        sum += (centre->x[column] + at.primal * centre->step[d]) *
               (centre->reduced[column] + at.dual * centre->rise[d]);
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double price = centre->prices[row] + at.dual * centre->delta[i];
        sum += (centre->slack[row] + at.primal * centre->slack_step[i]) * price;
        sum += (centre->over[row] + at.primal * centre->over_step[i]) * (centre->penalty - price);
    }
    return count ? sum / count : 0;
}

static void step_take(struct centre *centre, struct lengths at)
{
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        centre->slack[row] += at.primal * centre->slack_step[i];
        centre->over[row] += at.primal * centre->over_step[i];
        centre->prices[row] += at.dual * centre->delta[i];
    }
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        centre->x[block->main] += at.primal * centre->main_step[b];
        centre->reduced[block->main] -= at.dual * centre->block_step[b];
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            uint32_t column = centre->model->differences[d].column;
            centre->x[column] += at.primal * centre->step[d];
            centre->reduced[column] += at.dual * centre->rise[d];
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

/* Corrections while each gives longer steps; the last good direction stands at the end. */
static struct lengths direction_correct(struct centre *centre, double mu, struct lengths at)
{
    for (int i = 0; i < CORRECTIONS_MAX && fmin(at.primal, at.dual) < LONG_ENOUGH; i++) {
        struct aim aim = {
            AIM_CENTRALITY, mu, {fmin(1, 1.1 * at.primal + 0.2), fmin(1, 1.1 * at.dual + 0.2)}};
        memcpy(centre->want_last, centre->want, centre->want_count * sizeof(double));
        wants_set(centre, &aim);
        direction_find(centre);
        struct lengths next = lengths_find(centre);
        if (fmin(next.primal, next.dual) < fmin(at.primal, at.dual) + CORRECTION_GAIN) {
            memcpy(centre->want, centre->want_last, centre->want_count * sizeof(double));
            direction_find(centre);
            break;
        }
        at = next;
    }
    return at;
}

double centre_step_work(const struct centre *centre)
{
    double work = centre->shape.work;
    for (uint32_t i = 0; i < centre->active_count; i++) {
        work += (double)centre->row_work[i];
    }
    return work;
}

enum zhol_error centre_step(struct centre *centre, double least_mu, double *moved)
{
    struct centre_state state;
    centre_state(centre, &state); /* for own_load */
    thetas_set(centre);
    centre_matrix_make(centre);
    dense_factor(centre->matrix, &centre->shape, centre->work);
    struct aim aim = {AIM_FIRST, 0, {0, 0}};
    double mu = state.count ? state.products / state.count : least_mu;
    wants_set(centre, &aim);
    direction_find(centre);
    struct lengths first = lengths_find(centre);
    first = (struct lengths){fmin(1, first.primal), fmin(1, first.dual)};
    double share = mean_at(centre, first) / mu;
    aim = (struct aim){AIM_SECOND_ORDER, fmax(least_mu, mu * fmin(BOLD, share * share * share)),
                       first};
    wants_set(centre, &aim);
    direction_find(centre);
    struct lengths at = direction_correct(centre, aim.mu, lengths_find(centre));
    at = (struct lengths){BACK * at.primal, BACK * at.dual};
    step_take(centre, at);
    centre_state(centre, &state);
    centre->mu = state.count ? state.products / state.count : mu;
    centre->step_count++;
    *moved = fmin(at.primal, at.dual);
    return ZHOL_ERROR_OK;
}
