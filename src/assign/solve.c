/* solve.c: the order of things in a solve (assign/state.h, docs/assign.md). */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign/ascent.h"
#include "assign/simplex.h"
#include "assign/state.h"
#include "base/array.h"

/* Rounds of the ascent; with many demands a step of the interior point costs far more than a round.
 */
enum { ASCENT_ROUNDS = 20, ASCENT_ROUNDS_MANY = 40, DEMANDS_MANY = 8000, ASCENT_KEPT = 3 };
enum { CENTRE_ROUNDS = 200, STEPS_MAX = 3 };
enum { FORCED_RAISES = 3 };

/* Where the interior point hands over to the simplex, relative gap. */
static const double HAND_OVER = 2e-8;
/* The interior aims at this share of the gap that the oracle shows. */
static const double AIM = 0.1;
/* The first mean product, all products together as a share of the bound. */
static const double MU_FIRST = 1e-3;

static double seconds_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Unmet costs as the solver uses them: a price above all others stands for "must be met". */
static void unmet_costs_set(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        double cost = assign->flow.demands[k].unmet_cost;
        assign->unmet_costs[k] = cost < INFINITY ? cost : solve->forced_price;
    }
}

/* Shortest ways without prices: is there one for all that must be met, and what is dear? */
enum zhol_error solve_ways_check(struct solve *solve)
{
    const struct flow *flow = &solve->assign->flow;
    double *none = calloc((size_t)flow->row_count + 1, sizeof *none);
    enum zhol_error error = none ? oracle_run(&solve->oracle, none, NULL) : ZHOL_ERROR_MEMORY;
    free(none);
    double dearest = 1;
    for (uint32_t k = 0; !error && k < flow->demand_count; k++) {
        double distance = solve->oracle.distance[k];
        if (flow->demands[k].amount > 0 && distance == INFINITY &&
            flow->demands[k].unmet_cost == INFINITY) {
            error = ZHOL_ERROR_UNREACHABLE;
        }
        dearest = distance < INFINITY ? fmax(dearest, distance) : dearest;
    }
    solve->forced_price = fmax(solve->forced_price, 100 * dearest);
    return error;
}

enum zhol_error solve_begin(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    solve_forget(assign);
    unmet_costs_set(solve);
    enum zhol_error error = pathset_start(&assign->paths, &assign->flow, assign->unmet_costs);
    return error ? error : keypath_start(&assign->basis, &assign->flow, &assign->paths);
}

/* One round: steps until the inner gap is well below the outer one. */
static enum zhol_error centre_round(struct centre *centre, double bound, bool first)
{
    struct centre_state state;
    double moved;
    enum zhol_error error = centre_take(centre);
    if (error) {
        return error;
    }
    centre_state(centre, &state);
    double outer = fmax(fabs(state.dual - bound), state.products);
    double mu = fmax(AIM * outer / fmax(1, state.count), 0.1 * centre->mu);
    mu = first ? centre->mu : fmin(mu, 0.5 * centre->mu);
    for (int i = 0; !error && i < STEPS_MAX; i++) {
        error = centre_step(centre, mu, &moved);
        centre_state(centre, &state);
        if (moved > 0.9 && state.residual < 1e-2 && centre->mu < 1.5 * mu) {
            break;
        }
    }
    return error;
}

/* New columns at the prices of the centre. */
static enum zhol_error centre_ask(struct solve *solve, struct centre *centre, double *limits,
                                  uint32_t *added)
{
    struct zhol_assign *assign = solve->assign;
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        limits[k] = assign->flow.demands[k].amount > 0
                        ? centre->lambda[k] - 1e-9 * fabs(centre->lambda[k])
                        : -INFINITY;
    }
    enum zhol_error error = oracle_run(&solve->oracle, centre->prices, limits);
    error = error ? error : oracle_add(&solve->oracle, &assign->paths, added);
    double bound = oracle_bound(&solve->oracle, centre->prices, assign->unmet_costs);
    solve->bound = fmax(solve->bound, bound);
    return error;
}

static enum zhol_error centre_rounds(struct solve *solve, struct centre *centre)
{
    struct centre_state state;
    double *limits = malloc(((size_t)solve->assign->flow.demand_count + 1) * sizeof *limits);
    enum zhol_error error = limits ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    double stop = fmax(HAND_OVER, solve->options.gap / 4);
    for (uint32_t round = 0; !error && round < CENTRE_ROUNDS; round++) {
        uint32_t added;
        error = centre_round(centre, solve->bound, round == 0);
        error = error ? error : centre_ask(solve, centre, limits, &added);
        centre_state(centre, &state);
        centre_raise(centre);
        double gap = fabs(state.primal - solve->bound) / fmax(1, fabs(state.primal));
        if ((gap < stop && state.residual < 1e-6) || !(centre->mu > 0) ||
            seconds_now() > solve->end_s) {
            break;
        }
    }
    solve->centre_steps = centre->step_count;
    free(limits);
    return error;
}

/* The simplex, again with a higher price where demand that must be met is not. */
static enum zhol_error simplex_finish(struct solve *solve, struct simplex *simplex)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    simplex->seconds = solve->end_s;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int raise = 0; !error; raise++) {
        double forced = 0, amount = 0;
        error = simplex_solve(simplex);
        for (uint32_t k = 0; k < flow->demand_count; k++) {
            forced += flow->demands[k].unmet_cost == INFINITY ? assign->basis.x[k] : 0;
            amount += flow->demands[k].amount;
        }
        if (error || forced <= 1e-9 * amount || raise == FORCED_RAISES ||
            seconds_now() > solve->end_s) {
            break;
        }
        solve->forced_price *= 100;
        unmet_costs_set(solve);
        pathset_reprice(&assign->paths, flow, assign->unmet_costs);
    }
    return error;
}

/* Does a path over a closed arc carry flow? It is dearer than to leave the demand unmet, but rows
 * with negative coefficients may pay for that. */
static bool closed_used(const struct zhol_assign *assign)
{
    bool used = false;
    for (uint32_t p = assign->flow.demand_count; p < assign->paths.count; p++) {
        double least = 1e-9 * assign->flow.demands[assign->paths.demand[p]].amount;
        used |= assign->basis.x[p] > least && pathset_closed(&assign->paths, &assign->flow, p);
    }
    return used;
}

/* Flows and prices of the basis as results. */
static enum zhol_error basis_take(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    assign->flows = calloc((size_t)assign->paths.count + 1, sizeof *assign->flows);
    if (!assign->flows) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t p = 0; p < assign->paths.count; p++) {
        assign->flows[p] = assign->basis.x[p];
    }
    memcpy(assign->prices, assign->basis.prices, assign->flow.row_count * sizeof(double));
    assign->has_base = true;
    solve->basic = true;
    return ZHOL_ERROR_OK;
}

enum zhol_error solve_warm(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    struct simplex simplex = {0};
    enum zhol_error error = solve_ways_check(solve);
    if (!error && assign->has_base) {
        unmet_costs_set(solve);
        pathset_reprice(&assign->paths, &assign->flow, assign->unmet_costs);
        memcpy(assign->basis.capacity, assign->flow.limit, assign->flow.row_count * sizeof(double));
        assign->basis.pivot_count = 0;
    } else if (!error) {
        error = solve_begin(solve);
    }
    error = error ? error : keypath_factor(&assign->basis);
    error = error ? error
                  : simplex_start(&simplex, &assign->flow, &assign->paths, &solve->oracle,
                                  &assign->basis, assign->unmet_costs, solve->options.gap);
    error = error ? error : simplex_finish(solve, &simplex);
    simplex_clear(&simplex);
    if (!error && closed_used(assign)) {
        error = ZHOL_ERROR_INTERNAL; /* without the kept paths, then */
    }
    return error ? error : basis_take(solve);
}

/* A scale for prices of rows: the mean cost of a way. */
static double way_cost(const struct solve *solve)
{
    const struct flow *flow = &solve->assign->flow;
    double sum = 0, amount = 0;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        if (solve->oracle.distance[k] < INFINITY) {
            sum += flow->demands[k].amount * solve->oracle.distance[k];
            amount += flow->demands[k].amount;
        }
    }
    return amount > 0 && sum > 0 ? sum / amount : 1;
}

enum zhol_error solve_cold(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    struct simplex simplex = {0};
    struct centre centre = {0};
    double *prices = calloc((size_t)flow->row_count + 1, sizeof *prices);
    enum zhol_error error = prices ? solve_ways_check(solve) : ZHOL_ERROR_MEMORY;
    double penalty = 10 * way_cost(solve);
    uint32_t rounds = flow->demand_count < DEMANDS_MANY ? ASCENT_ROUNDS : ASCENT_ROUNDS_MANY;
    error = error ? error : solve_begin(solve);
    error = error ? error
                  : ascent_run(&solve->oracle, &assign->paths, assign->unmet_costs, rounds,
                               ASCENT_KEPT, prices, &solve->bound);
    double pairs = 2.0 * flow->demand_count + assign->paths.count;
    double mu = MU_FIRST * fabs(solve->bound) / fmax(1, pairs);
    error = error ? error
                  : centre_start(&centre, flow, &assign->paths, prices, penalty, fmax(mu, 1e-12));
    error = error ? error : centre_rounds(solve, &centre);
    error = error ? error
                  : simplex_start(&simplex, flow, &assign->paths, &solve->oracle, &assign->basis,
                                  assign->unmet_costs, solve->options.gap);
    error = error ? error : simplex_crash(&simplex, &centre);
    error = error ? error : simplex_finish(solve, &simplex);
    simplex_clear(&simplex);
    centre_clear(&centre);
    free(prices);
    return error ? error : basis_take(solve);
}
