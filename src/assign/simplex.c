/* simplex.c: crash from the interior point, and the rounds of primal, dual and oracle. */
#include "assign/simplex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CLOCK_EVERY = 256,
    CANDIDATES_ROOM = 1200,
    ROUNDS_MAX = 10000,
    PIVOTS_LEAST = 20000,
    PIVOTS_EACH = 100
};

/* Keys are not chosen all at once any more where that leaves a dual pivot for so few of them: a
 * primal pivot each would be cheaper then. */
enum { DUAL_DEAR = 4 };

static const double GAP_EXACT = 1e-9;

enum zhol_error simplex_start(struct simplex *simplex, const struct flow *flow,
                              struct pathset *paths, struct oracle *oracle, struct keypath *basis,
                              const double *unmet_costs, double gap)
{
    size_t rows = (size_t)flow->row_count + 1, demands = (size_t)flow->demand_count + 1;
    *simplex = (struct simplex){.flow = flow,
                                .paths = paths,
                                .oracle = oracle,
                                .basis = basis,
                                .unmet_costs = unmet_costs,
                                .gap = gap,
                                .seconds = INFINITY,
                                .pivot_limit = PIVOTS_LEAST};
    simplex->candidates = malloc(CANDIDATES_ROOM * sizeof *simplex->candidates);
    simplex->zero_slacks = calloc(rows, sizeof(double));
    simplex->row_prices = calloc(rows, sizeof(double));
    simplex->scored_prices = calloc(rows, sizeof(double));
    simplex->clear_prices = calloc(rows, sizeof(double));
    simplex->limits = calloc(demands, sizeof(double));
    simplex->breaks = calloc(demands, sizeof *simplex->breaks);
    simplex->shared = calloc(demands, 1);
    if (!simplex->candidates || !simplex->zero_slacks || !simplex->row_prices ||
        !simplex->scored_prices || !simplex->clear_prices || !simplex->limits || !simplex->breaks ||
        !simplex->shared) {
        return ZHOL_ERROR_MEMORY;
    }
    double amount = 0;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        amount += flow->demands[k].amount;
    }
    simplex->flow_scale = fmax(1e-6, amount / fmax(1, flow->demand_count));
    simplex->cost_scale = fmax(1e-9, flow->mean_cost);
    return ZHOL_ERROR_OK;
}

void simplex_clear(struct simplex *simplex)
{
    free(simplex->candidates);
    free(simplex->zero_costs);
    free(simplex->zero_slacks);
    free(simplex->row_prices);
    free(simplex->scored_prices);
    free(simplex->clear_prices);
    free(simplex->limits);
    free(simplex->breaks);
    free(simplex->shared);
    *simplex = (struct simplex){0};
}

void simplex_heat(struct simplex *simplex, uint64_t work)
{
    const struct keypath *basis = simplex->basis;
    struct pathset *paths = simplex->paths;
    bool cold = false;
    for (uint32_t j = 0; j < basis->size && !cold; j++) {
        cold = !paths->row_mark[basis->kernel_row[j]];
    }
    simplex->cold_work += cold ? work : 0;
    if (cold && simplex->cold_work >= paths->first_entry[paths->count]) {
        pathset_heat(paths, basis->kernel_row, basis->size);
        simplex->cold_work = 0;
        cold = false;
    }
    simplex->all_hot = !cold;
}

static void crash_choose(struct simplex *simplex, const struct simplex_point *point)
{
    struct keypath *basis = simplex->basis;
    const struct pathset *paths = simplex->paths;
    for (uint32_t k = 0; k < simplex->flow->demand_count; k++) {
        uint32_t key = k;
        double most = 0;
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            basis->x[p] = p < point->count ? fmax(0, point->x[p]) : 0;
            basis->status[p] = basis->x[p] > 0 ? KEYPATH_KERNEL : KEYPATH_OUTSIDE;
            if (basis->x[p] > most) {
                most = basis->x[p];
                key = p;
            }
        }
        basis->key[k] = key;
        basis->status[key] = KEYPATH_KEY;
    }
    for (uint32_t i = 0; i < simplex->flow->row_count; i++) {
        basis->slack_basic[i] = !point->tight[i];
    }
}

/* Working capacities at which the point is feasible with all tight rows full. */
static void crash_shift(struct simplex *simplex)
{
    struct keypath *basis = simplex->basis;
    const struct pathset *paths = simplex->paths;
    double *load = simplex->row_prices;
    memset(load, 0, simplex->flow->row_count * sizeof *load);
    for (uint32_t k = 0; k < simplex->flow->demand_count; k++) {
        double rest = simplex->flow->demands[k].amount;
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            rest -= p == basis->key[k] ? 0 : basis->x[p];
        }
        basis->x[basis->key[k]] = rest;
    }
    for (uint32_t p = 0; p < paths->count; p++) {
        for (uint32_t e = paths->first_entry[p]; basis->x[p] != 0 && e < paths->first_entry[p + 1];
             e++) {
            load[paths->rows[e]] += basis->x[p] * paths->coefficients[e];
        }
    }
    for (uint32_t i = 0; i < simplex->flow->row_count; i++) {
        double capacity = simplex->flow->limit[i];
        basis->capacity[i] = basis->slack_basic[i] ? fmax(capacity, load[i]) : load[i];
    }
}

/* The slack of a tight row that would move along the direction, by the largest amount: such a slack
 * stands in the basis for want of a column, and must stay 0. */
static struct keypath_leave tight_moved(const struct keypath *basis, const uint8_t *tight)
{
    struct keypath_leave best = {KEYPATH_NOTHING, 0, 0};
    double largest = 1e-7;
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        if (column & KEYPATH_SLACK && tight[column & ~KEYPATH_SLACK] &&
            fabs(basis->fall[j]) > largest) {
            largest = fabs(basis->fall[j]);
            best = (struct keypath_leave){KEYPATH_PLACE, j, 0};
        }
    }
    for (uint32_t i = 0; i < basis->touched_row_count; i++) {
        uint32_t row = basis->touched_rows[i];
        if (basis->row_place[row] < 0 && tight[row] && fabs(basis->row_fall[row]) > largest) {
            largest = fabs(basis->row_fall[row]);
            best = (struct keypath_leave){KEYPATH_ROW, row, 0};
        }
    }
    return best;
}

/* What is neither basic nor 0 goes down to 0, or into the basis when something blocks. */
static enum zhol_error crash_push(struct simplex *simplex, const uint8_t *tight)
{
    struct keypath *basis = simplex->basis;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t p = 0; !error && p < basis->column_count; p++) {
        if (basis->status[p] != KEYPATH_OUTSIDE || basis->x[p] == 0) {
            continue;
        }
        if (basis->pivot_count % CLOCK_EVERY == 0 &&
            (double)clock() / CLOCKS_PER_SEC > simplex->seconds) {
            break;
        }
        keypath_direction(basis, p);
        struct keypath_leave leave = tight_moved(basis, tight);
        if (leave.kind == KEYPATH_NOTHING) {
            leave = keypath_ratio(basis, -1, basis->x[p], 1e-9 * simplex->flow_scale);
            keypath_move(basis, p, -leave.step);
        }
        if (leave.kind == KEYPATH_NOTHING) {
            basis->x[p] = 0;
        } else {
            error = keypath_pivot(basis, p, leave);
        }
    }
    return error;
}

enum zhol_error simplex_crash(struct simplex *simplex, const struct simplex_point *point)
{
    enum zhol_error error = keypath_grow(simplex->basis);
    if (error) {
        return error;
    }
    crash_choose(simplex, point);
    crash_shift(simplex);
    error = keypath_factor(simplex->basis);
    error = error ? error : crash_push(simplex, point->tight);
    return error ? error : keypath_factor(simplex->basis);
}

/* All paths at the prices of the basis. *added columns came in; *bound is that of the prices. */
static enum zhol_error columns_find(struct simplex *simplex, uint32_t *added, double *bound)
{
    struct keypath *basis = simplex->basis;
    const struct flow *flow = simplex->flow;
    for (uint32_t i = 0; i < flow->row_count; i++) {
        simplex->clear_prices[i] = fmax(0, basis->prices[i]);
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        simplex->limits[k] =
            flow->demands[k].amount > 0 ? basis->lambda[k] - simplex->tolerance : -INFINITY;
    }
    enum zhol_error error = oracle_run(simplex->oracle, simplex->clear_prices, simplex->limits);
    error = error ? error : oracle_add(simplex->oracle, simplex->paths, added);
    if (error) {
        return error;
    }
    *bound = oracle_bound(simplex->oracle, simplex->clear_prices, simplex->unmet_costs);
    return keypath_grow(basis);
}

static double primal_value(const struct simplex *simplex)
{
    const struct keypath *basis = simplex->basis;
    long double value = 0;
    for (uint32_t p = 0; p < basis->column_count; p++) {
        value += (long double)basis->x[p] * simplex->paths->cost[p];
    }
    return (double)value;
}

/* Puts the true capacities back; false when they were in place. */
static bool capacities_restore(struct simplex *simplex)
{
    struct keypath *basis = simplex->basis;
    bool shifted = false;
    for (uint32_t i = 0; i < simplex->flow->row_count; i++) {
        shifted |= basis->capacity[i] != simplex->flow->limit[i];
        basis->capacity[i] = simplex->flow->limit[i];
    }
    return shifted;
}

enum zhol_error simplex_solve(struct simplex *simplex)
{
    struct keypath *basis = simplex->basis;
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t column, added = 0;
    bool done = false;
    for (uint32_t round = 0; !error && round < ROUNDS_MAX; round++) {
        /* Many times what a solve takes: only one that turns in a circle gets there, and then the
         * answer so far comes with its gap. */
        simplex->pivot_limit = PIVOTS_LEAST + PIVOTS_EACH * ((uint64_t)simplex->flow->row_count +
                                                             simplex->paths->count);
        if (simplex_least(simplex, &column) < 0) {
            uint64_t before = basis->pivot_count;
            error = simplex_dual(simplex, &done);
            if (!error && !done) {
                return ZHOL_ERROR_INTERNAL;
            }
            if (simplex->rekeyed && (basis->pivot_count - before) * DUAL_DEAR > simplex->rekeyed) {
                simplex->rekeys = 0;
            }
        }
        error = error ? error : simplex_primal(simplex, &done);
        if (error || !done) {
            break;
        }
        if (capacities_restore(simplex)) {
            error = keypath_factor(basis);
            continue;
        }
        if (simplex_least(simplex, &column) < 0) {
            continue;
        }
        double bound = -INFINITY;
        error = columns_find(simplex, &added, &bound);
        double value = primal_value(simplex);
        /* Exact prices want all columns; an early end is for those who asked for less. */
        bool enough =
            simplex->gap > GAP_EXACT && value - bound <= simplex->gap * fmax(1, fabs(value));
        if (error || !added || enough || (double)clock() / CLOCKS_PER_SEC > simplex->seconds) {
            break;
        }
        if (simplex->rekeys) { /* all keys that are dearer now, at once; the dual does the rest */
            simplex->rekeys--;
            simplex->rekeyed = simplex_keys(simplex);
            keypath_values(basis);
        }
    }
    return error;
}
