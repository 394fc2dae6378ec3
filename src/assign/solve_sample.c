/* solve_sample.c: first prices from a sample of the demands (assign/state.h).
 *
 * A hundred thousand demands over a thousand rows need the same few hundred prices that some
 * thousands of them do. So where there are many, a sample is solved first, by the same method. It
 * is systematic, in proportion to amounts: with demands in the order of groups and of destinations
 * within each, one stands for every equal part of all that is asked. Rows keep their capacities, as
 * the sample stands for all of the freight.
 *
 * Source: W. G. Madow, "On the theory of systematic sampling, II", Ann. Math. Statist. 20 (1949).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign/ascent.h"
#include "assign/cold.h"
#include "base/sort.h"

/* Fewer demands are solved at once; a sample is at most the SHARE-th part. */
enum { MANY = 50000, LEAST = 5000, SHARE = 5 };

uint32_t sample_size(const struct flow *flow)
{
    bool forced = false;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        forced |= flow->demands[k].unmet_cost == INFINITY && flow->demands[k].amount > 0;
    }
    uint32_t size = flow->row_count > LEAST ? flow->row_count : LEAST;
    uint32_t most = flow->demand_count / SHARE;
    /* One demand that stands for many may find no room where they have it, each at its place. */
    return flow->demand_count < MANY || forced ? 0 : size < most ? size : most;
}

/* To this gap a sample is solved; and how sweeps go on from its prices (assign/sweep.h). */
static const double SAMPLE_GAP = 1e-3, STIFFER = 1.5, APART = 0.3, SPREAD = 0.003;

static double seconds_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static int place_compare(const void *context, uint32_t a, uint32_t b)
{
    const struct zhol_assign_demand *x = (const struct zhol_assign_demand *)context + a;
    const struct zhol_assign_demand *y = (const struct zhol_assign_demand *)context + b;
    if (x->origin != y->origin) {
        return x->origin < y->origin ? -1 : 1;
    }
    if (x->load_class != y->load_class) {
        return x->load_class < y->load_class ? -1 : 1;
    }
    return x->destination == y->destination ? 0 : x->destination < y->destination ? -1 : 1;
}

/* Chooses demands: order[0 ... *count) become their numbers, amounts[i] what each stands for. */
static enum zhol_error demands_choose(const struct flow *flow, uint32_t most, uint32_t *order,
                                      double *amounts, uint32_t *count)
{
    double all = 0, passed = 0;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        all += flow->demands[k].amount;
    }
    sort_index_fill(order, flow->demand_count);
    enum zhol_error error = sort_index(order, flow->demand_count, place_compare, flow->demands);
    double part = all / most, next = part / 2;
    *count = 0;
    for (uint32_t i = 0; !error && i < flow->demand_count; i++) {
        uint32_t k = order[i];
        double amount = 0;
        passed += flow->demands[k].amount;
        for (; next < passed; next += part) {
            amount += part;
        }
        if (amount > 0) {
            order[*count] = k;
            amounts[(*count)++] = amount;
        }
    }
    return error;
}

/* The demands' own uses of rows. */
static void uses_copy(struct flow *sample, const struct flow *flow, const uint32_t *chosen)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < sample->demand_count; i++) {
        sample->first_demand_use[i] = at;
        uint32_t end = flow->first_demand_use[chosen[i] + 1];
        for (uint32_t u = flow->first_demand_use[chosen[i]]; u < end; u++) {
            sample->demand_use_row[at] = flow->demand_use_row[u];
            sample->demand_use_coefficient[at++] = flow->demand_use_coefficient[u];
        }
    }
    sample->first_demand_use[sample->demand_count] = at;
    sample->demand_use_count = at;
}

static void groups_make(struct flow *sample)
{
    sample->group_count = 0;
    for (uint32_t i = 0; i < sample->demand_count; i++) {
        const struct zhol_assign_demand *demand = sample->demands + i;
        struct flow_group *last = sample->groups + sample->group_count - 1;
        if (i == 0 || last->origin != demand->origin || last->load_class != demand->load_class) {
            sample->groups[sample->group_count++] =
                (struct flow_group){demand->origin, demand->load_class, i, 0};
        }
        sample->groups[sample->group_count - 1].count++;
        sample->group_demands[i] = i;
    }
}

void sample_clear(struct flow *sample)
{
    free(sample->demands);
    free(sample->groups);
    free(sample->group_demands);
    free(sample->first_demand_use);
    free(sample->demand_use_row);
    free(sample->demand_use_coefficient);
    *sample = (struct flow){0};
}

enum zhol_error sample_make(struct flow *sample, const struct flow *flow, uint32_t most)
{
    uint32_t *order = malloc(((size_t)flow->demand_count + 1) * sizeof *order);
    double *amounts = malloc(((size_t)flow->demand_count + 1) * sizeof *amounts);
    size_t uses = (size_t)flow->demand_use_count + 1;
    uint32_t count = 0;
    enum zhol_error error =
        order && amounts ? demands_choose(flow, most, order, amounts, &count) : ZHOL_ERROR_MEMORY;
    *sample = *flow; /* arcs and rows are shared */
    sample->demand_count = count;
    sample->demands = malloc(((size_t)count + 1) * sizeof *sample->demands);
    sample->groups = malloc(((size_t)count + 1) * sizeof *sample->groups);
    sample->group_demands = malloc(((size_t)count + 1) * sizeof *sample->group_demands);
    sample->first_demand_use = malloc(((size_t)count + 2) * sizeof *sample->first_demand_use);
    sample->demand_use_row = malloc(uses * sizeof *sample->demand_use_row);
    sample->demand_use_coefficient = malloc(uses * sizeof *sample->demand_use_coefficient);
    bool made = sample->demands && sample->groups && sample->group_demands &&
                sample->first_demand_use && sample->demand_use_row &&
                sample->demand_use_coefficient;
    error = error || made ? error : ZHOL_ERROR_MEMORY;
    if (!error) {
        for (uint32_t i = 0; i < count; i++) {
            sample->demands[i] = flow->demands[order[i]];
            sample->demands[i].amount = amounts[i];
        }
        uses_copy(sample, flow, order);
        groups_make(sample);
    }
    free(order);
    free(amounts);
    return error;
}

void trail_note(struct trail *trail, const double *prices, uint32_t rows)
{
    size_t at = (size_t)(trail->count++ % TRAIL_MAX) * rows;
    memcpy(trail->prices + at, prices, rows * sizeof *prices);
}

/* Paths of all demands at prices that a sample came by on its way, and the best of their bounds. */
static enum zhol_error trail_follow(struct solve *solve, const struct trail *trail)
{
    const struct flow *flow = &solve->assign->flow;
    uint32_t added, rows = flow->row_count;
    double *limits = malloc(((size_t)flow->demand_count + 1) * sizeof *limits);
    enum zhol_error error = limits ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t k = 0; !error && k < flow->demand_count; k++) {
        limits[k] = flow->demands[k].amount > 0 ? INFINITY : -INFINITY;
    }
    uint32_t first = trail->count > TRAIL_MAX ? trail->count - TRAIL_MAX : 0;
    solve->bound = -INFINITY;
    for (uint32_t t = first; !error && t < trail->count; t++) {
        const double *prices = trail->prices + (size_t)(t % TRAIL_MAX) * rows;
        error = oracle_run(&solve->oracle, prices, limits);
        error = error ? error : oracle_add(&solve->oracle, &solve->assign->paths, &added);
        double bound = oracle_bound(&solve->oracle, prices, solve->assign->unmet_costs);
        if (!error && bound > solve->bound) {
            solve->bound = bound;
            memcpy(solve->best_prices, prices, rows * sizeof *prices);
        }
        if (seconds_now() > solve->end_s) {
            break;
        }
    }
    free(limits);
    return error;
}

/* The sample itself: ascent, sweeps and interior point to a gap of its own. */
static enum zhol_error sample_solve(struct solve *small, double penalty)
{
    struct zhol_assign *part = small->assign;
    struct centre centre = {0};
    struct sweep sweep = {.manner = {.stiffer = STIFFER, .forget = true}};
    struct centre_end end = {SAMPLE_GAP, INFINITY, CENTRE_ROUNDS};
    for (uint32_t k = 0; k < part->flow.demand_count; k++) {
        part->unmet_costs[k] = part->flow.demands[k].unmet_cost;
    }
    enum zhol_error error = pathset_start(&part->paths, &part->flow, part->unmet_costs);
    error = error ? error
                  : ascent_run(&small->oracle, &part->paths, part->unmet_costs, ASCENT_ROUNDS,
                               ASCENT_KEPT, small->end_s, small->best_prices, &small->bound);
    error = error ? error : cold_prices(small, &centre, &sweep, penalty, end);
    if (!error && small->trail->count == 0) {
        trail_note(small->trail, small->best_prices, part->flow.row_count);
    }
    centre_clear(&centre);
    sweep_clear(&sweep);
    return error;
}

enum zhol_error sample_begin(struct solve *solve, uint32_t size, double penalty,
                             struct sweep_manner *manner)
{
    const struct flow *flow = &solve->assign->flow;
    size_t rows = (size_t)flow->row_count + 1, demands = (size_t)flow->demand_count + 1;
    struct zhol_assign part = {0};
    struct trail trail = {.prices = malloc(rows * TRAIL_MAX * sizeof(double))};
    struct solve small = {
        .assign = &part, .options = solve->options, .end_s = solve->end_s, .trail = &trail};
    enum zhol_error error = sample_make(&part.flow, flow, size);
    small.best_prices = calloc(rows, sizeof(double));
    part.unmet_costs = malloc(demands * sizeof(double));
    if (!trail.prices || !small.best_prices || !part.unmet_costs) {
        error = ZHOL_ERROR_MEMORY;
    }
    uint32_t threads = solve->oracle.thread_count;
    error = error ? error : oracle_start(&small.oracle, &part.flow, &part.trees, threads);
    error = error ? error : sample_solve(&small, penalty);
    error = error ? error : trail_follow(solve, &trail);
    *manner = (struct sweep_manner){STIFFER, APART, SPREAD, true};
    free(trail.prices);
    free(small.best_prices);
    free(part.unmet_costs);
    oracle_clear(&small.oracle);
    pathset_clear(&part.paths);
    tree_store_clear(&part.trees);
    sample_clear(&part.flow);
    return error;
}
