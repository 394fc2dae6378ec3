/* flow.c: flat arrays by arc, node and group from the lists of what was added. */
#include "assign/flow.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"

static void compiled_clear(struct flow *flow)
{
    free(flow->first_out);
    free(flow->out_arc);
    free(flow->out_from);
    free(flow->out_to);
    free(flow->first_use);
    free(flow->use_row);
    free(flow->use_coefficient);
    free(flow->first_demand_use);
    free(flow->demand_use_row);
    free(flow->demand_use_coefficient);
    free(flow->groups);
    free(flow->group_demands);
    flow->first_out = flow->out_arc = flow->out_from = flow->out_to = NULL;
    flow->first_use = flow->use_row = NULL;
    flow->first_demand_use = flow->demand_use_row = flow->group_demands = NULL;
    flow->use_coefficient = flow->demand_use_coefficient = NULL;
    flow->groups = NULL;
    flow->compiled = false;
}

void flow_clear(struct flow *flow)
{
    compiled_clear(flow);
    free(flow->arc_from);
    free(flow->arc_to);
    free(flow->arc_cost);
    free(flow->arc_closed);
    free(flow->arc_version);
    free(flow->capacity);
    free(flow->limit);
    free(flow->uses);
    free(flow->use_values);
    free(flow->demands);
    free(flow->demand_uses);
    free(flow->demand_use_values);
    *flow = (struct flow){0};
}

/* Row starts from counts that stand one place to the right. */
static void starts_from_counts(uint32_t *first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        first[i + 1] += first[i];
    }
}

static enum zhol_error arcs_by_start(struct flow *flow)
{
    uint32_t *next = malloc(((size_t)flow->node_count + 1) * sizeof *next);
    flow->first_out = calloc((size_t)flow->node_count + 1, sizeof *flow->first_out);
    flow->out_arc = malloc(((size_t)flow->arc_count + 1) * sizeof *flow->out_arc);
    flow->out_from = malloc(((size_t)flow->arc_count + 1) * sizeof *flow->out_from);
    flow->out_to = malloc(((size_t)flow->arc_count + 1) * sizeof *flow->out_to);
    if (!next || !flow->first_out || !flow->out_arc || !flow->out_from || !flow->out_to) {
        free(next);
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        flow->first_out[flow->arc_from[a] + 1]++;
    }
    starts_from_counts(flow->first_out, flow->node_count);
    for (uint32_t v = 0; v < flow->node_count; v++) {
        next[v] = flow->first_out[v];
    }
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        uint32_t at = next[flow->arc_from[a]]++;
        flow->out_arc[at] = a;
        flow->out_from[at] = flow->arc_from[a];
        flow->out_to[at] = flow->arc_to[a];
    }
    free(next);
    return ZHOL_ERROR_OK;
}

/* Uses by owner, each with `width` coefficients. */
static enum zhol_error uses_by_owner(const struct flow_use *uses, const double *values,
                                     uint32_t use_count, uint32_t width, uint32_t owner_count,
                                     uint32_t **first_out, uint32_t **rows_out, double **out)
{
    uint32_t *first = *first_out = calloc((size_t)owner_count + 2, sizeof *first);
    uint32_t *rows = *rows_out = malloc(((size_t)use_count + 1) * sizeof *rows);
    double *coefficients = *out = malloc(((size_t)use_count + 1) * width * sizeof *coefficients);
    if (!first || !rows || !coefficients) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < use_count; i++) {
        first[uses[i].owner + 2]++;
    }
    starts_from_counts(first, owner_count + 1);
    for (uint32_t i = 0; i < use_count; i++) {
        uint32_t at = first[uses[i].owner + 1]++;
        rows[at] = uses[i].row;
        for (uint32_t c = 0; c < width; c++) {
            coefficients[(size_t)at * width + c] = values[(size_t)i * width + c];
        }
    }
    return ZHOL_ERROR_OK;
}

struct group_keys {
    const struct zhol_assign_demand *demands;
};

static int group_compare(const void *context, uint32_t a, uint32_t b)
{
    const struct zhol_assign_demand *x = ((const struct group_keys *)context)->demands + a;
    const struct zhol_assign_demand *y = ((const struct group_keys *)context)->demands + b;
    if (x->origin != y->origin) {
        return x->origin < y->origin ? -1 : 1;
    }
    return x->load_class == y->load_class ? 0 : x->load_class < y->load_class ? -1 : 1;
}

static enum zhol_error demands_by_group(struct flow *flow)
{
    uint32_t count = flow->demand_count;
    flow->group_demands = malloc(((size_t)count + 1) * sizeof *flow->group_demands);
    flow->groups = malloc(((size_t)count + 1) * sizeof *flow->groups);
    if (!flow->group_demands || !flow->groups) {
        return ZHOL_ERROR_MEMORY;
    }
    struct group_keys keys = {flow->demands};
    sort_index_fill(flow->group_demands, count);
    enum zhol_error error = sort_index(flow->group_demands, count, group_compare, &keys);
    flow->group_count = 0;
    for (uint32_t i = 0; !error && i < count; i++) {
        uint32_t demand = flow->group_demands[i];
        if (i == 0 || group_compare(&keys, flow->group_demands[i - 1], demand) != 0) {
            flow->groups[flow->group_count++] = (struct flow_group){
                flow->demands[demand].origin, flow->demands[demand].load_class, i, 0};
        }
        flow->groups[flow->group_count - 1].count++;
    }
    return error;
}

/* Negative coefficients stand only at arcs whose far or near side ends the graph: there no shortest
 * path tree has to go on behind a negative length. */
static enum zhol_error signs_check(struct flow *flow)
{
    uint8_t *entered = calloc((size_t)flow->node_count + 1, 1);
    if (!entered) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        entered[flow->arc_to[a]] = 1;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    flow->has_negative = false;
    for (uint32_t i = 0; !error && i < flow->use_count; i++) {
        bool negative = false;
        for (uint32_t c = 0; c < flow->class_count; c++) {
            negative |= flow->use_values[(size_t)i * flow->class_count + c] < 0;
        }
        uint32_t from = flow->arc_from[flow->uses[i].owner];
        uint32_t to = flow->arc_to[flow->uses[i].owner];
        if (negative && entered[from] && flow->first_out[to] < flow->first_out[to + 1]) {
            error = ZHOL_ERROR_INVALID;
        }
        flow->has_negative |= negative;
    }
    free(entered);
    return error;
}

static double use_most(const struct flow *flow)
{
    double most = 1;
    for (size_t i = 0; i < (size_t)flow->use_count * flow->class_count; i++) {
        most = fmax(most, fabs(flow->use_values[i]));
    }
    for (uint32_t i = 0; i < flow->demand_use_count; i++) {
        most = fmax(most, fabs(flow->demand_use_values[i]));
    }
    return most;
}

static double mean_cost(const struct flow *flow)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < (size_t)flow->arc_count * flow->class_count; i++) {
        sum += flow->arc_cost[i] < INFINITY ? flow->arc_cost[i] : 0;
        count += flow->arc_cost[i] < INFINITY;
    }
    return count > 0 ? sum / count : 0;
}

enum zhol_error flow_compile(struct flow *flow)
{
    if (flow->compiled) {
        return ZHOL_ERROR_OK;
    }
    compiled_clear(flow);
    enum zhol_error error = arcs_by_start(flow);
    if (!error) {
        error = uses_by_owner(flow->uses, flow->use_values, flow->use_count, flow->class_count,
                              flow->arc_count, &flow->first_use, &flow->use_row,
                              &flow->use_coefficient);
    }
    if (!error) {
        error = uses_by_owner(flow->demand_uses, flow->demand_use_values, flow->demand_use_count, 1,
                              flow->demand_count, &flow->first_demand_use, &flow->demand_use_row,
                              &flow->demand_use_coefficient);
    }
    if (!error) {
        error = demands_by_group(flow);
    }
    if (!error) {
        error = signs_check(flow);
    }
    if (!error) {
        flow->use_most = use_most(flow);
        flow->mean_cost = mean_cost(flow);
        flow->mean_version = flow->version;
    }
    flow->compiled = !error;
    return error;
}

void flow_arc_changed(struct flow *flow, uint32_t arc)
{
    flow->arc_version[arc] = ++flow->version;
}

void flow_limits(struct flow *flow)
{
    if (flow->mean_version != flow->version) {
        flow->mean_cost = mean_cost(flow);
        flow->mean_version = flow->version;
    }
    double amount = 1;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        amount += flow->demands[k].amount;
    }
    for (uint32_t i = 0; i < flow->row_count; i++) {
        flow->limit[i] =
            flow->capacity[i] < INFINITY ? flow->capacity[i] : 1000 * amount * flow->use_most;
    }
}
