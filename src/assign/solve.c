/* solve.c: the order of things in a solve (assign/state.h, docs/assign.md). */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign/simplex.h"
#include "assign/state.h"
#include "base/array.h"

enum { FORCED_RAISES = 3, REKEYS = 20 };

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

/* No way without a circle costs more. */
static double way_cost_most(const struct flow *flow)
{
    double most = 0;
    for (size_t i = 0; i < (size_t)flow->arc_count * flow->class_count; i++) {
        most = flow->arc_cost[i] < INFINITY ? fmax(most, flow->arc_cost[i]) : most;
    }
    return most * flow->node_count;
}

/* The simplex, again with a higher price where demand that must be met is not: a few times, and in
 * any case until no way is dearer than that. */
enum zhol_error solve_finish(struct solve *solve, struct simplex *simplex)
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
        bool enough = raise >= FORCED_RAISES && solve->forced_price > way_cost_most(flow);
        if (error || forced <= 1e-9 * amount || enough || seconds_now() > solve->end_s) {
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
enum zhol_error solve_take(struct solve *solve)
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

/* Is there demand that must be met? Only then ways without prices have to be looked for again. */
static bool has_forced(const struct flow *flow)
{
    bool forced = false;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        forced |= flow->demands[k].unmet_cost == INFINITY;
    }
    return forced;
}

enum zhol_error solve_warm(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    struct simplex simplex = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!assign->has_base || has_forced(&assign->flow)) {
        error = solve_ways_check(solve);
    }
    if (!error && assign->has_base) {
        unmet_costs_set(solve);
        pathset_reprice(&assign->paths, &assign->flow, assign->unmet_costs);
        memcpy(assign->basis.capacity, assign->flow.limit, assign->flow.row_count * sizeof(double));
        assign->basis.pivot_count = 0;
    } else if (!error) {
        error = solve_begin(solve);
    }
    error = error ? error
                  : simplex_start(&simplex, &assign->flow, &assign->paths, &solve->oracle,
                                  &assign->basis, assign->unmet_costs, solve->options.gap);
    simplex.rekeys = REKEYS;
    if (!error && (assign->costs_changed || !assign->optimal)) {
        error = simplex_rekey(&simplex, assign->basis.prices);
    }
    error = error ? error : keypath_factor(&assign->basis);
    error = error ? error : solve_finish(solve, &simplex);
    simplex_clear(&simplex);
    if (!error && closed_used(assign)) {
        error = ZHOL_ERROR_INTERNAL; /* without the kept paths, then */
    }
    return error ? error : solve_take(solve);
}
