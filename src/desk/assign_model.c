/* desk/assign_model.c: puts the problem of a slice together, solves it, takes the flows over. */
#include "desk/assign_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/assign_parts.h"
#include "desk/assign_tree.h"

uint32_t assign_arcs(const struct zhol_network_view *net, const uint32_t *arc,
                     const uint32_t **arcs)
{
    if (net->arcs[*arc].kind != ZHOL_ARC_RIDE) {
        *arcs = arc;
        return 1;
    }
    const struct zhol_ride *ride = &net->rides[net->arcs[*arc].thing];
    *arcs = net->ways + ride->way;
    return ride->way_count;
}

/* ---- Arcs ---- */

double assign_solver_cost(double usd)
{
    return usd < ASSIGN_CLOSED ? usd : INFINITY;
}

static enum zhol_error add_arc(struct assign_model *model, uint32_t tail, uint32_t net_arc,
                               double *costs)
{
    bool open = false;
    for (uint32_t c = 0; c < model->class_count; c++) {
        costs[c] = assign_arc_cost(model, net_arc, c);
        open = open || costs[c] < ASSIGN_CLOSED;
    }
    model->arc_of[net_arc] = ZHOL_NONE;
    if (!open) {
        return ZHOL_ERROR_OK;
    }
    uint32_t id;
    double *own = model->solver_costs;
    for (uint32_t c = 0; c < model->class_count; c++) {
        own[c] = assign_solver_cost(costs[c]);
    }
    enum zhol_error error =
        zhol_assign_add_arc(model->solver, tail, model->net.arcs[net_arc].head, own, &id);
    if (!error) {
        model->arc_of[net_arc] = id;
        model->net_arc[id] = net_arc;
        model->arc_count = id + 1;
    }
    return error;
}

static enum zhol_error add_arcs(struct assign_model *model)
{
    uint32_t arcs = model->net.arc_count;
    size_t width = model->class_count;
    model->arc_of = malloc((arcs + 1) * sizeof *model->arc_of);
    model->net_arc = malloc((arcs + 1) * sizeof *model->net_arc);
    model->cost_unknown = calloc(arcs + 1, 1);
    model->closed = calloc(arcs + 1, 1);
    model->solver_costs = malloc((width + 1) * sizeof *model->solver_costs);
    model->costs = malloc((arcs + 1) * width * sizeof *model->costs);
    if (!model->arc_of || !model->net_arc || !model->cost_unknown || !model->closed ||
        !model->costs || !model->solver_costs) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t v = 0; !error && v < model->net.vertex_count; v++) {
        for (uint32_t a = model->net.first_arc[v]; !error && a < model->net.first_arc[v + 1]; a++) {
            error = add_arc(model, v, a, model->costs + model->arc_count * width);
        }
    }
    return error;
}

/* ---- The free cost of each wish: a shortest path tree per origin and class ---- */

/* Gives wishes `w` and all later ones of the same origin and class their free cost. */
static void free_costs_from(struct assign_model *model, struct assign_tree *t, uint32_t w,
                            double *costs, uint8_t *done)
{
    const struct assign_wish *first = &model->wishes[w];
    uint32_t root = zhol_network_place(&model->net, first->from, zhol_state_YARD);
    for (uint32_t i = w; root != ZHOL_NONE && i < model->wish_count; i++) {
        const struct assign_wish *wish = &model->wishes[i];
        uint32_t goal = zhol_network_place(&model->net, wish->to, zhol_state_YARD);
        if (wish->from == first->from && wish->class == first->class && goal != ZHOL_NONE) {
            assign_tree_goal(t, goal);
        }
    }
    if (root != ZHOL_NONE && t->goal_count) {
        assign_tree_costs(model, first->class, costs);
        assign_tree_grow(t, model, root, costs);
    }
    for (uint32_t i = w; i < model->wish_count; i++) {
        struct assign_wish *wish = &model->wishes[i];
        if (wish->from == first->from && wish->class == first->class) {
            uint32_t goal = zhol_network_place(&model->net, wish->to, zhol_state_YARD);
            wish->free_usd = root == ZHOL_NONE || goal == ZHOL_NONE ? INFINITY : t->cost[goal];
            done[i] = 1;
        }
    }
}

static enum zhol_error find_free_costs(struct assign_model *model)
{
    struct assign_tree tree = {0};
    double *costs = malloc((model->arc_count + 1) * sizeof *costs);
    uint8_t *done = calloc(model->wish_count + 1, 1);
    enum zhol_error error = assign_tree_init(&tree, model);
    error = !error && (!costs || !done) ? ZHOL_ERROR_MEMORY : error;
    for (uint32_t w = 0; !error && w < model->wish_count; w++) {
        if (!done[w]) {
            free_costs_from(model, &tree, w, costs, done);
        }
    }
    assign_tree_clear(&tree);
    free(costs);
    free(done);
    return error;
}

/* ---- Demands ---- */

static enum zhol_error add_demands(struct assign_model *model)
{
    double factor =
        model->options.unmet_factor > 0 ? model->options.unmet_factor : ASSIGN_UNMET_FACTOR;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t w = 0; !error && w < model->wish_count; w++) {
        struct assign_wish *wish = &model->wishes[w];
        if (!isfinite(wish->free_usd)) {
            wish->unmet_usd = NAN;
            continue;
        }
        wish->unmet_usd = fmin(wish->free_usd * factor, ASSIGN_CLOSED / 4);
        struct zhol_assign_demand demand = {
            .origin = zhol_network_place(&model->net, wish->from, zhol_state_YARD),
            .destination = zhol_network_place(&model->net, wish->to, zhol_state_YARD),
            .load_class = wish->class,
            .amount = wish->units_day,
            .unmet_cost = wish->unmet_usd};
        error = zhol_assign_add_demand(model->solver, &demand, &wish->demand);
    }
    return error;
}

static enum zhol_error fill_model(struct assign_model *model)
{
    enum zhol_error error = assign_wishes_make(model);
    if (error || model->class_count == 0) {
        return error; /* nothing is wanted: a model without a problem */
    }
    error = zhol_assign_new(&model->solver, model->net.vertex_count, model->class_count);
    error = error ? error : add_arcs(model);
    error = error ? error : assign_rows_make(model);
    error = error ? error : find_free_costs(model);
    return error ? error : add_demands(model);
}

enum zhol_error assign_model_make(const struct zhol_corridor *corridor,
                                  const struct zhol_network *network,
                                  const struct assign_options *options, struct assign_model **out)
{
    *out = NULL;
    if (options->to <= options->from) {
        return ZHOL_ERROR_USAGE;
    }
    struct assign_model *model = calloc(1, sizeof *model);
    if (!model) {
        return ZHOL_ERROR_MEMORY;
    }
    model->corridor = corridor;
    model->net = zhol_network_view(network);
    model->options = *options;
    enum zhol_error error = fill_model(model);
    if (error) {
        assign_model_free(model);
        return error;
    }
    *out = model;
    return ZHOL_ERROR_OK;
}

void assign_model_free(struct assign_model *model)
{
    if (model) {
        zhol_assign_free(model->solver);
        free(model->classes);
        free(model->rows);
        free(model->wishes);
        free(model->members);
        free(model->arc_of);
        free(model->net_arc);
        free(model->cost_unknown);
        free(model->costs);
        free(model->solver_costs);
        free(model->own_factor);
        free(model->closed);
        free(model->flows);
        free(model->flow_arcs);
        free(model);
    }
}

/* ---- Solving ---- */

/* Wish of each demand of the solver: demands were added in the order of wishes. */
static uint32_t wish_after(const struct assign_model *model, uint32_t wish, uint32_t demand)
{
    while (wish < model->wish_count && model->wishes[wish].demand != demand) {
        wish++;
    }
    return wish;
}

static enum zhol_error take_flows(struct assign_model *model)
{
    uint32_t count = zhol_assign_path_count(model->solver), arcs = 0, wish = 0;
    struct zhol_assign_path path;
    for (uint32_t i = 0; i < count; i++) {
        zhol_assign_path_at(model->solver, i, &path);
        arcs += path.arc_count;
    }
    free(model->flows);
    free(model->flow_arcs);
    model->flows = malloc((count + 1) * sizeof *model->flows);
    model->flow_arcs = malloc((arcs + 1) * sizeof *model->flow_arcs);
    model->flow_count = model->flow_arc_count = 0;
    if (!model->flows || !model->flow_arcs) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        zhol_assign_path_at(model->solver, i, &path);
        wish = wish_after(model, wish, path.demand);
        model->flows[model->flow_count++] =
            (struct assign_flow){wish, model->flow_arc_count, path.arc_count, path.flow, path.cost};
        for (uint32_t a = 0; a < path.arc_count; a++) {
            model->flow_arcs[model->flow_arc_count++] = model->net_arc[path.arcs[a]];
        }
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error assign_model_solve(struct assign_model *model,
                                   const struct zhol_assign_options *options)
{
    if (!model->solver) {
        model->certificate = (struct zhol_assign_certificate){0};
        return ZHOL_ERROR_OK;
    }
    static const struct zhol_assign_options usual = {.method = ZHOL_ASSIGN_SIMPLEX};
    enum zhol_error error =
        zhol_assign_solve(model->solver, options ? options : &usual, &model->certificate);
    return error ? error : take_flows(model);
}

double assign_model_unmet(const struct assign_model *model, uint32_t wish)
{
    const struct assign_wish *w = &model->wishes[wish];
    return w->demand == ZHOL_NONE ? w->units_day
                                  : zhol_assign_demand_unmet(model->solver, w->demand);
}
