/* centre.c: taking in columns and rows; sums (assign/centre.h). */
#include "assign/centre.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* A row becomes active when its use comes to this share of its capacity. */
static const double ACTIVE_SHARE = 0.9, PRESS_SHARE = 0.99;
/* A column that would carry less than this share of its demand is not live: far from the optimum,
 * where most columns are of no use later, and near it. */
static const double LIVE_SHARE_FAR = 0.01, LIVE_SHARE_NEAR = 1e-6, NEAR = 1e-3;
/* What a demand keeps of its flows when columns come in; the rest is centred. */
static const double BEFORE_SHARE = 0.9;

enum zhol_error centre_start(struct centre *centre, const struct flow *flow,
                             const struct pathset *paths, const double *prices, double penalty,
                             double mu)
{
    size_t rows = (size_t)flow->row_count + 1, demands = (size_t)flow->demand_count + 1;
    *centre = (struct centre){.flow = flow, .paths = paths, .penalty = penalty, .mu = mu};
    centre->prices = calloc(rows, sizeof(double));
    centre->slack = calloc(rows, sizeof(double));
    centre->over = calloc(rows, sizeof(double));
    centre->load = calloc(rows, sizeof(double));
    centre->active_at = malloc(rows * sizeof(int32_t));
    centre->active = malloc(rows * sizeof(uint32_t));
    centre->touched = malloc(rows * sizeof(uint32_t));
    centre->lambda = calloc(demands, sizeof(double));
    centre->only = malloc(demands * sizeof(uint32_t));
    centre->main_at = malloc(demands * sizeof(uint32_t));
    if (!centre->prices || !centre->slack || !centre->over || !centre->load || !centre->active_at ||
        !centre->active || !centre->touched || !centre->lambda || !centre->only ||
        !centre->main_at) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        centre->amount += flow->demands[k].amount / flow->demand_count;
        centre->main_at[k] = FLOW_NONE;
    }
    for (uint32_t i = 0; i < flow->row_count; i++) {
        centre->active_at[i] = -1;
        double price = prices ? prices[i] : 0;
        centre->prices[i] = price < penalty / 2 ? price : penalty / 2;
    }
    return ZHOL_ERROR_OK;
}

void centre_clear(struct centre *centre)
{
    free(centre->prices);
    free(centre->slack);
    free(centre->over);
    free(centre->load);
    free(centre->active_at);
    free(centre->active);
    free(centre->touched);
    free(centre->lambda);
    free(centre->only);
    free(centre->live);
    free(centre->x);
    free(centre->reduced);
    free(centre->before);
    free(centre->blocks);
    free(centre->main_at);
    free(centre->difference_at);
    for (int i = 0; i < 2; i++) {
        free(centre->models[i].differences);
        free(centre->models[i].entry_row);
        free(centre->models[i].entry_value);
    }
    free(centre->weight);
    free(centre->crosses);
    free(centre->cross_first);
    free(centre->row_work);
    free(centre->theta);
    free(centre->step);
    free(centre->rise);
    free(centre->want);
    free(centre->want_last);
    free(centre->main_theta);
    free(centre->main_step);
    free(centre->block_step);
    free(centre->matrix);
    free(centre->work);
    free(centre->target);
    free(centre->shape.start);
    free(centre->shape.reach);
    *centre = (struct centre){0};
}

/* May the column carry flow here? Demand that must be met has no way out but overload. */
static bool column_open(const struct centre *centre, uint32_t column)
{
    const struct flow *flow = centre->flow;
    return column >= flow->demand_count || flow->demands[column].unmet_cost < INFINITY;
}

/* Flows and price of a demand such that each product of flow and reduced cost of its live columns
 * is mu and flows sum to the amount: the root of an increasing convex function, by Newton's method
 * from the right. `reduced` holds the columns' prices on entry. */
static void demand_centre(struct centre *centre, uint32_t demand, double least, uint32_t count,
                          double mu)
{
    const struct pathset *paths = centre->paths;
    double amount = centre->flow->demands[demand].amount;
    double below = count > 1 ? mu / amount : 0; /* least - lambda */
    for (int i = 0; count > 1 && i < 60; i++) {
        double sum = -amount, slope = 0;
        for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
            if (centre->live[p]) {
                double flow = mu / (centre->reduced[p] - least + below);
                sum += flow;
                slope += flow * flow / mu;
            }
        }
        below += sum / slope;
        if (sum <= 1e-13 * amount) {
            break;
        }
    }
    double sum = 0;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        centre->reduced[p] += below - least;
        if (centre->live[p]) {
            centre->x[p] = count > 1 ? mu / centre->reduced[p] : amount;
            sum += centre->x[p];
        }
    }
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        centre->x[p] *= amount / sum;
    }
    centre->lambda[demand] = least - below;
}

/* Flows that keep to those before, with a share of the centre's, so that no product is far from mu
 * and loads do not jump. */
static void demand_blend(struct centre *centre, uint32_t demand, double least, uint32_t count,
                         const double *before)
{
    const struct pathset *paths = centre->paths;
    double sum = 0, amount = centre->flow->demands[demand].amount;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        centre->before[p] = before[p];
        sum += centre->live[p] ? before[p] : 0;
    }
    demand_centre(centre, demand, least, count, centre->mu);
    for (uint32_t p = paths->first[demand]; sum > 0 && p != FLOW_NONE; p = paths->next[p]) {
        if (centre->live[p]) {
            centre->x[p] += BEFORE_SHARE * (centre->before[p] * amount / sum - centre->x[p]);
        }
    }
}

/* Without a new path only what has become too little leaves, to the main column. */
static void demand_thin(struct centre *centre, uint32_t demand)
{
    const struct pathset *paths = centre->paths;
    double amount = centre->flow->demands[demand].amount;
    double far = 2 * centre->mu / (centre->live_share * amount);
    double least = 2 * centre->live_share * amount;
    uint32_t main = FLOW_NONE;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        if (centre->live[p] && (main == FLOW_NONE || centre->x[p] > centre->x[main])) {
            main = p;
        }
    }
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        if (centre->live[p] && p != main && centre->reduced[p] > far && centre->x[p] < least) {
            centre->x[main] += centre->x[p];
            centre->x[p] = 0;
            centre->live[p] = 0;
        }
    }
}

/* Columns that would carry next to nothing are not live: they cost work and give nothing. One that
 * pays again is as good as new. */
static void demand_take(struct centre *centre, uint32_t demand)
{
    const struct pathset *paths = centre->paths;
    double amount = centre->flow->demands[demand].amount, lambda = centre->lambda[demand];
    double far = centre->mu / (centre->live_share * amount), least = INFINITY;
    uint32_t main = FLOW_NONE, count = 0;
    bool fresh = false;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        if (column_open(centre, p)) {
            centre->reduced[p] = pathset_price(paths, p, centre->prices);
            least = fmin(least, centre->reduced[p]);
            count += centre->live[p];
            main =
                centre->live[p] && (main == FLOW_NONE || centre->x[p] > centre->x[main]) ? p : main;
        }
    }
    if (least == INFINITY) {
        return;
    }
    bool begins = count == 0;
    lambda = count == 1 ? centre->reduced[main] : lambda;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        double reduced = centre->reduced[p] - lambda;
        fresh |= column_open(centre, p) &&
                 (centre->live[p] ? count > 1 && reduced <= 0 : count == 0 || reduced < 0);
    }
    count = 0;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        if (!column_open(centre, p)) {
            continue;
        }
        double reduced = centre->reduced[p] - (fresh ? least : lambda);
        bool carries = begins ? centre->given[p] > 0
                              : centre->live[p] && centre->x[p] > centre->live_share * amount;
        bool live = (fresh ? reduced < far : centre->live[p]) || carries;
        if (!fresh && live && p != main && reduced > 2 * far &&
            centre->x[p] < 2 * centre->live_share * amount) {
            centre->x[main] += centre->x[p];
            live = false;
        }
        centre->live[p] = live;
        centre->x[p] = live ? centre->x[p] : 0;
        count += live;
    }
    if (fresh) {
        demand_blend(centre, demand, least, count, begins ? centre->given : centre->x);
        return;
    }
    centre->lambda[demand] = count == 1 ? centre->reduced[main] : lambda;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        centre->reduced[p] -= centre->lambda[demand];
    }
}

static void loads_sum(struct centre *centre)
{
    const struct pathset *paths = centre->paths;
    memset(centre->load, 0, centre->flow->row_count * sizeof *centre->load);
    for (uint32_t p = 0; p < paths->count; p++) {
        if (centre->x[p] > 0) {
            for (uint32_t e = paths->first_entry[p]; e < paths->first_entry[p + 1]; e++) {
                centre->load[paths->rows[e]] += paths->coefficients[e] * centre->x[p];
            }
        }
    }
}

/* Is a row that is not active nearly full, or has it a price? Till then those that are less full
 * wait too, as the model is made anew for each new row. */
static bool rows_press(const struct centre *centre)
{
    bool press = false;
    for (uint32_t i = 0; i < centre->flow->row_count; i++) {
        press |= centre->active_at[i] < 0 &&
                 (centre->load[i] >= PRESS_SHARE * centre->flow->limit[i] || centre->prices[i] > 0);
    }
    return press;
}

static void rows_activate(struct centre *centre)
{
    const double *capacity = centre->flow->limit;
    if (!rows_press(centre)) {
        return;
    }
    for (uint32_t i = 0; i < centre->flow->row_count; i++) {
        if (centre->active_at[i] >= 0 ||
            (centre->load[i] < ACTIVE_SHARE * capacity[i] && !(centre->prices[i] > 0))) {
            continue;
        }
        double room = capacity[i] - centre->load[i];
        double size = fmax(fmax(capacity[i], fabs(centre->load[i])), centre->amount);
        /* Less than a demand's amount would price it far above what the columns know. */
        double slack = fmax(room, fmax(0.02 * size, centre->amount));
        double price = fmax(centre->prices[i], centre->mu / slack);
        centre->prices[i] = fmin(price, centre->penalty / 2);
        centre->slack[i] = centre->mu / centre->prices[i];
        centre->over[i] = centre->mu / (centre->penalty - centre->prices[i]);
        centre->active_at[i] = (int32_t)centre->active_count;
        centre->active[centre->active_count++] = i;
    }
}

enum zhol_error centre_take(struct centre *centre)
{
    const struct pathset *paths = centre->paths;
    enum zhol_error error = ARRAY_RESERVE(centre->x, centre->x_room, paths->count);
    error = error ? error : ARRAY_RESERVE(centre->reduced, centre->reduced_room, paths->count);
    error = error ? error : ARRAY_RESERVE(centre->live, centre->live_room, paths->count);
    error = error ? error : ARRAY_RESERVE(centre->before, centre->before_room, paths->count);
    if (error) {
        return error;
    }
    for (uint32_t p = centre->taken; p < paths->count; p++) {
        centre->x[p] = 0;
        centre->reduced[p] = 1;
        centre->live[p] = 0;
    }
    centre->taken = paths->count;
    struct centre_state state = {0};
    if (centre->target) {
        centre_state(centre, &state);
    }
    if (!centre->target && paths->count) {
        memcpy(centre->x, centre->given, paths->count * sizeof *centre->x); /* for the loads */
    }
    bool all = !centre->target || !centre->found;
    bool near = state.count && state.products < NEAR * fabs(state.dual);
    centre->live_share = near ? LIVE_SHARE_NEAR : LIVE_SHARE_FAR;
    uint32_t active_count = centre->active_count;
    loads_sum(centre);
    rows_activate(centre);
    all = all || centre->active_count != active_count; /* prices have changed */
    for (uint32_t k = 0; k < centre->flow->demand_count; k++) {
        bool asks = centre->flow->demands[k].amount > 0;
        /* No path is found for what is better left unmet. */
        bool dear = !centre->live[k] && centre->flow->demands[k].unmet_cost < centre->lambda[k];
        if (asks && (all || dear || centre->found[k])) {
            demand_take(centre, k);
        } else if (asks && centre->only[k] == FLOW_NONE) {
            demand_thin(centre, k);
        }
    }
    error = centre->active_count == active_count ? error : centre_order(centre);
    return error ? error : centre_model_build(centre);
}

/* Use of the active rows by all flows, from the base and the differences. */
static void own_loads(struct centre *centre)
{
    const struct centre_difference *differences = centre->model->differences;
    const uint32_t *rows = centre->model->entry_row;
    const double *values = centre->model->entry_value;
    memcpy(centre->own_load, centre->base, centre->active_count * sizeof *centre->own_load);
    for (uint32_t d = 0; d < centre->difference_count; d++) {
        double x = centre->x[differences[d].column];
        for (uint32_t e = differences[d].first; e < differences[d + 1].first; e++) {
            centre->own_load[rows[e]] += x * values[e];
        }
    }
}

void centre_state(struct centre *centre, struct centre_state *state)
{
    const struct flow *flow = centre->flow;
    const struct pathset *paths = centre->paths;
    *state = (struct centre_state){0};
    own_loads(centre);
    for (uint32_t p = 0; p < centre->taken; p++) {
        state->primal += centre->x[p] * paths->cost[p];
    }
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        state->products += centre->x[block->main] * centre->reduced[block->main];
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            uint32_t column = centre->model->differences[d].column;
            state->products += centre->x[column] * centre->reduced[column];
        }
        state->count += block->count + 1;
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        double capacity = flow->limit[row], scale = fmax(1, fabs(capacity));
        double error = capacity - centre->own_load[i] - centre->slack[row] + centre->over[row];
        state->residual = fmax(state->residual, fabs(error) / scale);
        state->overload = fmax(state->overload, centre->over[row] / scale);
        state->primal += centre->over[row] * centre->penalty;
        state->dual -= capacity * centre->prices[row];
        state->products += centre->slack[row] * centre->prices[row] +
                           centre->over[row] * (centre->penalty - centre->prices[row]);
        state->count += 2;
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        state->dual += flow->demands[k].amount * centre->lambda[k];
    }
}

void centre_raise(struct centre *centre)
{
    double highest = 0;
    for (uint32_t i = 0; i < centre->active_count; i++) {
        highest = fmax(highest, centre->prices[centre->active[i]]);
    }
    if (highest < 0.5 * centre->penalty) {
        return;
    }
    double old = centre->penalty;
    centre->penalty *= 4;
    for (uint32_t i = 0; i < centre->active_count; i++) {
        uint32_t row = centre->active[i];
        centre->over[row] *= (old - centre->prices[row]) / (centre->penalty - centre->prices[row]);
    }
}
