/* sweep.c: flows shifted between paths, prices that follow (assign/sweep.h). */
#include "assign/sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"

enum { SWEEPS = 6 };

/* A load that is off by this share of the capacity moves its price by a mean arc's cost. */
static const double STIFF_SHARE = 0.3;
/* A new path must be cheaper by this share, in the first round; each round less. */
static const double CHEAPER_FIRST = 1e-2, CHEAPER_SHRINK = 0.85;
/* A row stays off where its load comes no nearer than this share of what it lacked or had too much;
 * but this share of its limit is near enough. */
static const double MISS_SHRINK = 0.5, MISS_NEAR = 1e-3;
/* Columns are forgotten where there are this many times those that carry and the demands. */
enum { FORGET_TIMES = 2 };

enum zhol_error sweep_start(struct sweep *sweep, struct oracle *oracle, struct pathset *paths,
                            const double *unmet_costs, const double *prices, double bound)
{
    const struct flow *flow = oracle->flow;
    size_t rows = (size_t)flow->row_count + 1, size = rows * sizeof(double);
    *sweep = (struct sweep){.flow = flow,
                            .paths = paths,
                            .oracle = oracle,
                            .unmet_costs = unmet_costs,
                            .end_s = INFINITY,
                            .bound = bound,
                            .primal = INFINITY};
    sweep->multiplier = calloc(rows, sizeof(double));
    sweep->stiffness = calloc(rows, sizeof(double));
    sweep->price = calloc(rows, sizeof(double));
    sweep->load = calloc(rows, sizeof(double));
    sweep->best_prices = calloc(rows, sizeof(double));
    sweep->shift = calloc(rows, sizeof(double));
    sweep->miss = calloc(rows, sizeof(double));
    sweep->touched = malloc(rows * sizeof(uint32_t));
    sweep->limits = malloc(((size_t)flow->demand_count + 1) * sizeof(double));
    if (!sweep->multiplier || !sweep->stiffness || !sweep->price || !sweep->load ||
        !sweep->best_prices || !sweep->shift || !sweep->miss || !sweep->touched || !sweep->limits) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(sweep->multiplier, prices, size - sizeof(double));
    memcpy(sweep->price, prices, size - sizeof(double));
    memcpy(sweep->best_prices, prices, size - sizeof(double));
    double cost = flow->mean_cost, amount = 0;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        amount += flow->demands[k].amount / flow->demand_count;
    }
    for (uint32_t i = 0; i < flow->row_count; i++) {
        double size_i = fmax(fabs(flow->limit[i]), amount);
        sweep->stiffness[i] = fmax(cost, 1e-9) / (STIFF_SHARE * fmax(size_i, 1e-9));
    }
    return ZHOL_ERROR_OK;
}

void sweep_clear(struct sweep *sweep)
{
    free(sweep->multiplier);
    free(sweep->stiffness);
    free(sweep->price);
    free(sweep->load);
    free(sweep->best_prices);
    free(sweep->shift);
    free(sweep->miss);
    free(sweep->touched);
    free(sweep->limits);
    free(sweep->x);
    free(sweep->live);
    *sweep = (struct sweep){0};
}

static double price_at(const struct sweep *sweep, uint32_t row, double load)
{
    return fmax(0,
                sweep->multiplier[row] + sweep->stiffness[row] * (load - sweep->flow->limit[row]));
}

/* Adds a column's use of rows to the shift, with a sign, and notes the rows. */
static uint32_t shift_add(struct sweep *sweep, uint32_t column, double sign, uint32_t count)
{
    const struct pathset *paths = sweep->paths;
    for (uint32_t e = paths->first_entry[column]; e < paths->first_entry[column + 1]; e++) {
        uint32_t row = paths->rows[e];
        sweep->touched[count] = row;
        count += sweep->shift[row] == 0;
        sweep->shift[row] += sign * paths->coefficients[e];
    }
    return count;
}

/* Moves flow from one path of a demand to a cheaper one until their prices meet or none is left.
 * Prices are straight lines with a corner at 0: a second step by the secant where a corner was
 * passed. `difference` is by how much the one is dearer. */
static void flow_shift(struct sweep *sweep, uint32_t from, uint32_t to, double difference)
{
    uint32_t count = shift_add(sweep, to, -1, shift_add(sweep, from, 1, 0));
    double slope = 0, rest = 0, most = sweep->x[from];
    for (uint32_t t = 0; t < count; t++) {
        uint32_t row = sweep->touched[t];
        double g = sweep->shift[row];
        slope += sweep->price[row] > 0 ? g * g * sweep->stiffness[row] : 0;
    }
    double step = slope * most > difference ? difference / slope : most;
    for (uint32_t t = 0; t < count; t++) {
        uint32_t row = sweep->touched[t];
        double g = sweep->shift[row];
        rest += g * (price_at(sweep, row, sweep->load[row] - step * g) - sweep->price[row]);
    }
    if (difference + rest < -0.05 * difference) {
        step *= difference / -rest;
    }
    for (uint32_t t = 0; t < count; t++) {
        uint32_t row = sweep->touched[t];
        sweep->load[row] -= step * sweep->shift[row];
        sweep->price[row] = price_at(sweep, row, sweep->load[row]);
        sweep->shift[row] = 0;
    }
    sweep->x[from] -= step;
    sweep->x[to] += step;
}

static void demand_even(struct sweep *sweep, uint32_t demand)
{
    const struct pathset *paths = sweep->paths;
    uint32_t cheapest = FLOW_NONE, carrying = 0, live = 0;
    double least = INFINITY;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        live += sweep->live[p];
    }
    for (uint32_t p = paths->first[demand]; live > 1 && p != FLOW_NONE; p = paths->next[p]) {
        if (sweep->live[p]) {
            double price = pathset_price(paths, p, sweep->price);
            cheapest = price < least ? p : cheapest;
            least = fmin(least, price);
            carrying += sweep->x[p] > 0;
        }
    }
    if (cheapest == FLOW_NONE || (carrying == 1 && sweep->x[cheapest] > 0)) {
        return;
    }
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        if (p != cheapest && sweep->x[p] > 0) {
            double difference = pathset_price(paths, p, sweep->price) - least;
            if (difference > 1e-12 * fabs(least)) {
                flow_shift(sweep, p, cheapest, difference);
                least = pathset_price(paths, cheapest, sweep->price);
            }
        }
    }
}

/* Takes in new columns; what carries nothing and is not the cheapest of its demand is not live.
 * Each demand's limit becomes the least price of its columns, less a share. */
static enum zhol_error columns_take(struct sweep *sweep, double cheaper)
{
    const struct pathset *paths = sweep->paths;
    enum zhol_error error = ARRAY_RESERVE(sweep->x, sweep->x_room, paths->count);
    error = error ? error : ARRAY_RESERVE(sweep->live, sweep->live_room, paths->count);
    if (error) {
        return error;
    }
    for (; sweep->taken < paths->count; sweep->taken++) {
        sweep->x[sweep->taken] = 0;
    }
    for (uint32_t k = 0; k < sweep->flow->demand_count; k++) {
        double least = INFINITY, amount = sweep->flow->demands[k].amount;
        uint32_t cheapest = k, carrying = 0;
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            double price = pathset_price(paths, p, sweep->price);
            sweep->live[p] = sweep->x[p] > 0;
            carrying += sweep->live[p];
            cheapest = price < least ? p : cheapest;
            least = fmin(least, price);
        }
        sweep->live[cheapest] = 1;
        sweep->x[cheapest] = carrying == 0 ? amount : sweep->x[cheapest];
        sweep->limits[k] = amount > 0 ? least - cheaper * fabs(least) : -INFINITY;
    }
    return ZHOL_ERROR_OK;
}

/* Shares each amount among all columns that are nearly the cheapest of their demand. */
static void flows_spread(struct sweep *sweep)
{
    const struct pathset *paths = sweep->paths;
    for (uint32_t k = 0; k < sweep->flow->demand_count; k++) {
        double least = INFINITY, count = 0;
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            least = fmin(least, pathset_price(paths, p, sweep->price));
        }
        double far = least + sweep->manner.spread * fabs(least);
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            sweep->live[p] = pathset_price(paths, p, sweep->price) <= far;
            count += sweep->live[p];
        }
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            sweep->x[p] = sweep->live[p] ? sweep->flow->demands[k].amount / count : 0;
        }
    }
}

/* Forgets columns before `fresh` that carry nothing, where they are many: to price them again and
 * again costs more than to find anew those that are wanted again. */
static enum zhol_error columns_forget(struct sweep *sweep, uint32_t fresh)
{
    struct pathset *paths = sweep->paths;
    uint32_t count = paths->count, carrying = 0, taken = 0;
    for (uint32_t p = 0; p < sweep->taken; p++) {
        carrying += sweep->x[p] > 0;
    }
    if (count / FORGET_TIMES < carrying + sweep->flow->demand_count) {
        return ZHOL_ERROR_OK;
    }
    uint8_t *keep = malloc((size_t)count + 1);
    uint32_t *number = malloc(((size_t)count + 1) * sizeof *number);
    enum zhol_error error = keep && number ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t p = 0; !error && p < count; p++) {
        keep[p] = p < sweep->flow->demand_count || p >= fresh || sweep->x[p] > 0;
    }
    error = error ? error : pathset_keep(paths, sweep->flow, keep, number);
    for (uint32_t p = 0; !error && p < sweep->taken; p++) {
        if (number[p] != FLOW_NONE) {
            sweep->x[number[p]] = sweep->x[p];
            taken = number[p] + 1;
        }
    }
    sweep->taken = error ? sweep->taken : taken;
    free(keep);
    free(number);
    return error;
}

/* A row whose load stays off on the same side becomes stiffer. */
static void row_stiffen(struct sweep *sweep, uint32_t row)
{
    double last = sweep->miss[row], limit = fabs(sweep->flow->limit[row]);
    double miss = sweep->price[row] > 0 ? sweep->load[row] - sweep->flow->limit[row] : 0;
    bool stays = miss * last > 0 && fabs(miss) > MISS_SHRINK * fabs(last);
    sweep->stiffness[row] *= stays && fabs(miss) > MISS_NEAR * limit ? sweep->manner.stiffer : 1;
    sweep->miss[row] = miss;
}

/* Loads anew from the flows, against drift; multipliers move to the prices. */
static void multipliers_move(struct sweep *sweep, bool move)
{
    const struct flow *flow = sweep->flow;
    const struct pathset *paths = sweep->paths;
    memset(sweep->load, 0, flow->row_count * sizeof *sweep->load);
    sweep->primal = 0;
    for (uint32_t p = 0; p < sweep->taken; p++) {
        if (sweep->x[p] > 0) {
            sweep->primal += sweep->x[p] * paths->cost[p];
            for (uint32_t e = paths->first_entry[p]; e < paths->first_entry[p + 1]; e++) {
                sweep->load[paths->rows[e]] += sweep->x[p] * paths->coefficients[e];
            }
        }
    }
    sweep->unsettled = 0;
    for (uint32_t i = 0; i < flow->row_count; i++) {
        sweep->unsettled += sweep->price[i] * fabs(sweep->load[i] - flow->limit[i]);
        if (move && sweep->manner.stiffer > 0) {
            row_stiffen(sweep, i);
        }
        sweep->multiplier[i] = move ? sweep->price[i] : sweep->multiplier[i];
        sweep->price[i] = price_at(sweep, i, sweep->load[i]);
    }
}

/* Where paths are asked for: the prices, or between them and the best ones, where a bound is
 * likelier to become better and paths stay of use. Then all paths are wanted. `at` is by row. */
static void asked_prices(struct sweep *sweep, double *at)
{
    const struct flow *flow = sweep->flow;
    double share = sweep->manner.apart > 0 ? sweep->manner.apart : 1;
    for (uint32_t i = 0; i < flow->row_count; i++) {
        double best = sweep->best_prices[i];
        at[i] = share < 1 ? best + share * (sweep->price[i] - best) : sweep->price[i];
    }
    for (uint32_t k = 0; share < 1 && k < flow->demand_count; k++) {
        sweep->limits[k] = flow->demands[k].amount > 0 ? INFINITY : -INFINITY;
    }
}

/* Cheaper paths at the prices, and their bound. */
static enum zhol_error round_ask(struct sweep *sweep, uint32_t *added)
{
    size_t size = sweep->flow->row_count * sizeof(double);
    double *at = sweep->shift;
    asked_prices(sweep, at);
    enum zhol_error error = oracle_run(sweep->oracle, at, sweep->limits);
    error = error ? error : oracle_add(sweep->oracle, sweep->paths, added);
    if (error) {
        return error;
    }
    double bound = oracle_bound(sweep->oracle, at, sweep->unmet_costs);
    if (bound > sweep->bound) {
        sweep->bound = bound;
        memcpy(sweep->best_prices, at, size);
    }
    memset(at, 0, size);
    return ZHOL_ERROR_OK;
}

enum zhol_error sweep_run(struct sweep *sweep, uint32_t rounds, double gap)
{
    double cheaper = CHEAPER_FIRST;
    enum zhol_error error = columns_take(sweep, cheaper);
    if (!error && sweep->manner.spread > 0) {
        flows_spread(sweep);
    }
    multipliers_move(sweep, false);
    for (uint32_t round = 0; !error && round < rounds; round++) {
        uint32_t added;
        for (int i = 0; i < SWEEPS; i++) {
            for (uint32_t k = 0; k < sweep->flow->demand_count; k++) {
                demand_even(sweep, k);
            }
        }
        error = columns_take(sweep, cheaper);
        uint32_t fresh = sweep->paths->count;
        error = error ? error : round_ask(sweep, &added);
        error = error || !sweep->manner.forget ? error : columns_forget(sweep, fresh);
        if (error) {
            break;
        }
        multipliers_move(sweep, true);
        if ((double)clock() / CLOCKS_PER_SEC > sweep->end_s ||
            fabs(sweep->primal - sweep->bound) + sweep->unsettled <= gap * fabs(sweep->primal)) {
            break;
        }
        error = columns_take(sweep, cheaper);
        cheaper *= CHEAPER_SHRINK;
    }
    return error ? error : columns_take(sweep, cheaper); /* the last ones too */
}
