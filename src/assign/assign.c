/* assign.c: the public face: adding, changing, solving, reading (zhol/assign.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign/state.h"
#include "base/array.h"

enum { CLASSES_MAX = 1024, THREADS_MAX = 64 };

static const double NUMBER_MAX = 1e15, GAP_DEFAULT = 1e-9, GAP_OPTIMAL = 2e-9;

enum zhol_error zhol_assign_new(struct zhol_assign **assign, uint32_t node_count,
                                uint32_t class_count)
{
    *assign = NULL;
    if (class_count == 0 || class_count > CLASSES_MAX || node_count >= UINT32_MAX / 2) {
        return ZHOL_ERROR_RANGE;
    }
    struct zhol_assign *made = calloc(1, sizeof *made);
    if (!made) {
        return ZHOL_ERROR_MEMORY;
    }
    made->flow.node_count = node_count;
    made->flow.class_count = class_count;
    *assign = made;
    return ZHOL_ERROR_OK;
}

static void results_clear(struct zhol_assign *assign)
{
    free(assign->flows);
    free(assign->prices);
    free(assign->use);
    free(assign->demand_price);
    free(assign->unmet);
    free(assign->used);
    assign->flows = assign->prices = assign->use = assign->demand_price = assign->unmet = NULL;
    assign->used = NULL;
    assign->used_count = 0;
    assign->solved = false;
}

void solve_forget(struct zhol_assign *assign)
{
    pathset_clear(&assign->paths);
    keypath_clear(&assign->basis);
    assign->has_base = false;
}

void zhol_assign_free(struct zhol_assign *assign)
{
    if (!assign) {
        return;
    }
    results_clear(assign);
    solve_forget(assign);
    flow_clear(&assign->flow);
    tree_store_clear(&assign->trees);
    free(assign->unmet_costs);
    free(assign);
}

static bool number_fits(double value, double low)
{
    return value >= low && value <= NUMBER_MAX;
}

/* INFINITY: closed to the class. */
static bool cost_fits(double cost)
{
    return number_fits(cost, 0) || cost == INFINITY;
}

/* The shape changes: what was solved does not stand any more. */
static void shape_change(struct zhol_assign *assign)
{
    assign->solved = false;
    assign->has_base = false;
    assign->flow.compiled = false;
}

static void id_give(uint32_t *id, uint32_t value)
{
    if (id) {
        *id = value;
    }
}

enum zhol_error zhol_assign_add_arc(struct zhol_assign *assign, uint32_t from, uint32_t to,
                                    const double *costs, uint32_t *id)
{
    struct flow *flow = &assign->flow;
    uint32_t at = flow->arc_count;
    if (from >= flow->node_count || to >= flow->node_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    for (uint32_t c = 0; c < flow->class_count; c++) {
        if (!cost_fits(costs[c])) {
            return ZHOL_ERROR_RANGE;
        }
    }
    if (at >= UINT32_MAX / 2 / flow->class_count) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(flow->arc_from, flow->arc_from_room, at + 1);
    error = error ? error : ARRAY_RESERVE(flow->arc_to, flow->arc_to_room, at + 1);
    error = error
                ? error
                : ARRAY_RESERVE(flow->arc_cost, flow->arc_cost_room, (at + 1) * flow->class_count);
    error = error ? error : ARRAY_RESERVE(flow->arc_closed, flow->arc_closed_room, at + 1);
    error = error ? error : ARRAY_RESERVE(flow->arc_version, flow->arc_version_room, at + 1);
    if (error) {
        return error;
    }
    flow->arc_from[at] = from;
    flow->arc_to[at] = to;
    flow->arc_closed[at] = 0;
    flow_arc_changed(flow, at);
    memcpy(flow->arc_cost + (size_t)at * flow->class_count, costs,
           flow->class_count * sizeof *costs);
    flow->arc_count++;
    shape_change(assign);
    id_give(id, at);
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_add_row(struct zhol_assign *assign, double capacity, uint32_t *id)
{
    struct flow *flow = &assign->flow;
    uint32_t at = flow->row_count;
    if (!number_fits(capacity, 0) && capacity != INFINITY) {
        return ZHOL_ERROR_RANGE;
    }
    if (at >= INT32_MAX - 1) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(flow->capacity, flow->row_room, at + 1);
    error = error ? error : ARRAY_RESERVE(flow->limit, flow->limit_room, at + 1);
    if (error) {
        return error;
    }
    flow->capacity[at] = capacity;
    flow->row_count++;
    shape_change(assign);
    id_give(id, at);
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_add_use(struct zhol_assign *assign, uint32_t arc, uint32_t row,
                                    const double *coefficients)
{
    struct flow *flow = &assign->flow;
    uint32_t at = flow->use_count;
    if (arc >= flow->arc_count || row >= flow->row_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    for (uint32_t c = 0; c < flow->class_count; c++) {
        if (!number_fits(coefficients[c], -NUMBER_MAX)) {
            return ZHOL_ERROR_RANGE;
        }
    }
    if (at >= UINT32_MAX / 2 / flow->class_count) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(flow->uses, flow->use_room, at + 1);
    error =
        error ? error
              : ARRAY_RESERVE(flow->use_values, flow->use_value_room, (at + 1) * flow->class_count);
    if (error) {
        return error;
    }
    flow->uses[at] = (struct flow_use){arc, row};
    memcpy(flow->use_values + (size_t)at * flow->class_count, coefficients,
           flow->class_count * sizeof *coefficients);
    flow->use_count++;
    shape_change(assign);
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_add_demand(struct zhol_assign *assign,
                                       const struct zhol_assign_demand *demand, uint32_t *id)
{
    struct flow *flow = &assign->flow;
    uint32_t at = flow->demand_count;
    if (demand->origin >= flow->node_count || demand->destination >= flow->node_count ||
        demand->load_class >= flow->class_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!number_fits(demand->amount, 0) ||
        (!number_fits(demand->unmet_cost, 0) && demand->unmet_cost != INFINITY)) {
        return ZHOL_ERROR_RANGE;
    }
    if (at >= INT32_MAX / 2) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(flow->demands, flow->demand_room, at + 1);
    if (error) {
        return error;
    }
    flow->demands[at] = *demand;
    if (demand->origin == demand->destination) {
        flow->demands[at].amount = 0; /* it is there already */
    }
    flow->demand_count++;
    shape_change(assign);
    id_give(id, at);
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_add_demand_use(struct zhol_assign *assign, uint32_t demand,
                                           uint32_t row, double coefficient)
{
    struct flow *flow = &assign->flow;
    uint32_t at = flow->demand_use_count;
    if (demand >= flow->demand_count || row >= flow->row_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!number_fits(coefficient, -NUMBER_MAX)) {
        return ZHOL_ERROR_RANGE;
    }
    if (at >= UINT32_MAX / 2) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(flow->demand_uses, flow->demand_use_room, at + 1);
    error =
        error ? error : ARRAY_RESERVE(flow->demand_use_values, flow->demand_use_value_room, at + 1);
    if (error) {
        return error;
    }
    flow->demand_uses[at] = (struct flow_use){demand, row};
    flow->demand_use_values[at] = coefficient;
    flow->demand_use_count++;
    shape_change(assign);
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_set_capacity(struct zhol_assign *assign, uint32_t row, double capacity)
{
    if (row >= assign->flow.row_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!number_fits(capacity, 0) && capacity != INFINITY) {
        return ZHOL_ERROR_RANGE;
    }
    assign->flow.capacity[row] = capacity;
    assign->solved = false;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_set_cost(struct zhol_assign *assign, uint32_t arc, uint32_t load_class,
                                     double cost)
{
    if (arc >= assign->flow.arc_count || load_class >= assign->flow.class_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!cost_fits(cost)) {
        return ZHOL_ERROR_RANGE;
    }
    assign->flow.arc_cost[(size_t)arc * assign->flow.class_count + load_class] = cost;
    flow_arc_changed(&assign->flow, arc);
    assign->costs_changed = true;
    assign->solved = false;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_set_amount(struct zhol_assign *assign, uint32_t demand, double amount)
{
    if (demand >= assign->flow.demand_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!number_fits(amount, 0)) {
        return ZHOL_ERROR_RANGE;
    }
    struct zhol_assign_demand *at = assign->flow.demands + demand;
    at->amount = at->origin == at->destination ? 0 : amount;
    assign->solved = false;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_set_unmet_cost(struct zhol_assign *assign, uint32_t demand, double cost)
{
    if (demand >= assign->flow.demand_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!number_fits(cost, 0) && cost != INFINITY) {
        return ZHOL_ERROR_RANGE;
    }
    assign->flow.demands[demand].unmet_cost = cost;
    assign->costs_changed = true;
    assign->solved = false;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_assign_set_closed(struct zhol_assign *assign, uint32_t arc, int closed)
{
    if (arc >= assign->flow.arc_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    assign->flow.arc_closed[arc] = closed != 0;
    flow_arc_changed(&assign->flow, arc);
    assign->costs_changed = true;
    assign->solved = false;
    return ZHOL_ERROR_OK;
}

double zhol_assign_row_price(const struct zhol_assign *assign, uint32_t row)
{
    return assign->solved && row < assign->flow.row_count ? assign->prices[row] : 0;
}

double zhol_assign_row_use(const struct zhol_assign *assign, uint32_t row)
{
    return assign->solved && row < assign->flow.row_count ? assign->use[row] : 0;
}

double zhol_assign_demand_price(const struct zhol_assign *assign, uint32_t demand)
{
    return assign->solved && demand < assign->flow.demand_count ? assign->demand_price[demand] : 0;
}

double zhol_assign_demand_unmet(const struct zhol_assign *assign, uint32_t demand)
{
    return assign->solved && demand < assign->flow.demand_count ? assign->unmet[demand] : 0;
}

uint32_t zhol_assign_path_count(const struct zhol_assign *assign)
{
    return assign->solved ? assign->used_count : 0;
}

void zhol_assign_path_at(const struct zhol_assign *assign, uint32_t i,
                         struct zhol_assign_path *path)
{
    *path = (struct zhol_assign_path){0};
    if (i < zhol_assign_path_count(assign)) {
        const struct pathset *paths = &assign->paths;
        uint32_t column = assign->used[i], first = paths->first_arc[column];
        *path = (struct zhol_assign_path){.demand = paths->demand[column],
                                          .arc_count = paths->first_arc[column + 1] - first,
                                          .arcs = paths->arcs + first,
                                          .flow = assign->flows[column],
                                          .cost = paths->cost[column]};
    }
}

uint32_t zhol_assign_row_count(const struct zhol_assign *assign)
{
    return assign->flow.row_count;
}

uint32_t zhol_assign_demand_count(const struct zhol_assign *assign)
{
    return assign->flow.demand_count;
}

uint32_t zhol_assign_arc_count(const struct zhol_assign *assign)
{
    return assign->flow.arc_count;
}

static enum zhol_error results_make(struct zhol_assign *assign)
{
    size_t rows = (size_t)assign->flow.row_count + 1;
    size_t demands = (size_t)assign->flow.demand_count + 1;
    results_clear(assign);
    assign->prices = calloc(rows, sizeof(double));
    assign->use = calloc(rows, sizeof(double));
    assign->demand_price = calloc(demands, sizeof(double));
    assign->unmet = calloc(demands, sizeof(double));
    if (!assign->unmet_costs || !assign->has_base) {
        free(assign->unmet_costs);
        assign->unmet_costs = calloc(demands, sizeof(double));
    }
    return assign->prices && assign->use && assign->demand_price && assign->unmet &&
                   assign->unmet_costs
               ? ZHOL_ERROR_OK
               : ZHOL_ERROR_MEMORY;
}

static enum zhol_error solve_by_method(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    if (solve->options.method == ZHOL_ASSIGN_CLP) {
        return solve_clp(solve);
    }
    bool warm = assign->has_base || solve->options.method == ZHOL_ASSIGN_SIMPLEX;
    enum zhol_error error = warm ? solve_warm(solve) : solve_cold(solve);
    if (error == ZHOL_ERROR_INTERNAL) { /* a basis went bad: once more from the beginning */
        solve_forget(assign);
        error = warm ? solve_cold(solve) : solve_warm(solve);
    }
    if (error == ZHOL_ERROR_INTERNAL) {
        solve_forget(assign);
        solve->options.method = ZHOL_ASSIGN_CLP;
        error = solve_clp(solve);
    }
    return error;
}

enum zhol_error zhol_assign_solve(struct zhol_assign *assign,
                                  const struct zhol_assign_options *options,
                                  struct zhol_assign_certificate *certificate)
{
    struct solve solve = {.assign = assign, .end_s = INFINITY};
    *certificate = (struct zhol_assign_certificate){0};
    if (options) {
        solve.options = *options;
    }
    if (!(solve.options.gap >= 0) || !(solve.options.seconds >= 0) ||
        (unsigned)solve.options.method > ZHOL_ASSIGN_CLP) {
        return ZHOL_ERROR_USAGE;
    }
    if (solve.options.gap <= 0) {
        solve.options.gap = GAP_DEFAULT;
    }
    if (solve.options.seconds > 0) {
        solve.end_s = (double)clock() / CLOCKS_PER_SEC + solve.options.seconds;
    }
    uint32_t threads = solve.options.threads;
    threads = threads == 0 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads;
    bool warm = assign->has_base;
    if (!assign->flow.compiled) {
        tree_store_clear(&assign->trees);
    }
    enum zhol_error error = flow_compile(&assign->flow);
    if (!error && !warm) {
        solve_forget(assign);
    }
    error = error ? error : results_make(assign);
    flow_limits(&assign->flow);
    error = error ? error : oracle_start(&solve.oracle, &assign->flow, &assign->trees, threads);
    error = error ? error : solve_by_method(&solve);
    error = error ? error : judge(&solve, certificate);
    if (!error) {
        certificate->warm = warm && assign->has_base;
        assign->solved = true;
        assign->costs_changed = false;
        assign->optimal = assign->has_base && certificate->gap <= GAP_OPTIMAL;
    } else {
        solve_forget(assign);
    }
    oracle_clear(&solve.oracle);
    return error;
}
