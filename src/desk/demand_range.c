/* demand_range.c: low and high of the cells of a demand matrix, and which inputs they come from
 * (desk/demand.h).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/demand_state.h"

/* What is done with the effect of an input: `effect` holds d ln t of each cell for d ln input = 1,
 * `up` and `down` how far the input goes, in logarithms. */
struct tracing {
    const struct demand_fit *fit;
    struct ipf_slope slope;
    double *dlnx;       /* of monthly cells */
    double *effect;     /* of cells */
    double *low, *high; /* of cells: sums of squares; for ranges */
    struct demand_influence *list;
    uint32_t count, capacity, cell; /* for influences of one cell */
};

static double log_ratio(double a, double b)
{
    return a > 0 && b > 0 ? log(a / b) : 0;
}

static void add_range(struct tracing *tracing, double up, double down)
{
    for (uint32_t c = 0; c < tracing->fit->fitted_count; c++) {
        double at_high = tracing->effect[c] * up, at_low = -tracing->effect[c] * down;
        double rise = fmax(fmax(at_high, at_low), 0), fall = fmin(fmin(at_high, at_low), 0);
        tracing->high[c] += rise * rise;
        tracing->low[c] += fall * fall;
    }
}

static enum zhol_error add_influence(struct tracing *tracing, enum zhol_table table, uint32_t row,
                                     double up, double down)
{
    double effect = tracing->effect[tracing->cell];
    enum zhol_error error = ARRAY_RESERVE(tracing->list, tracing->capacity, tracing->count + 1);
    if (!error) {
        tracing->list[tracing->count++] = (struct demand_influence){
            .table = table, .row = row, .at_low = -effect * down, .at_high = effect * up};
    }
    return error;
}

/* dlnx of months -> effect of cells -> where it is wanted. */
static enum zhol_error take_effect(struct tracing *tracing, enum zhol_table table, uint32_t row,
                                   double up, double down)
{
    const double *x = tracing->fit->result.x;
    for (uint32_t c = 0; c < tracing->fit->fitted_count; c++) {
        double sum = 0, change = 0;
        for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
            size_t i = (size_t)c * DEMAND_MONTHS + m;
            sum += x[i];
            change += x[i] * tracing->dlnx[i];
        }
        tracing->effect[c] = sum > 0 ? change / sum : 0;
    }
    if (tracing->low) {
        add_range(tracing, up, down);
        return ZHOL_ERROR_OK;
    }
    return add_influence(tracing, table, row, up, down);
}

static enum zhol_error trace_totals(struct tracing *tracing)
{
    const struct demand_fit *fit = tracing->fit;
    uint32_t count;
    const struct zhol_demand_total *rows = zhol_corridor_demand_total(fit->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t k = 0; k < fit->problem.totals && !error; k++) {
        uint32_t row = fit->totals[fit->fit_row[k]].row;
        double up = log_ratio(rows[row].high, rows[row].value);
        double down = log_ratio(rows[row].value, rows[row].low);
        if (up > 0 || down > 0) {
            ipf_slope_total(&tracing->slope, k, tracing->dlnx);
            error = take_effect(tracing, ZHOL_TABLE_demand_total, row, up, down);
        }
    }
    return error;
}

static bool uses(const struct demand_cell *cell, uint32_t generator)
{
    bool found = false;
    for (unsigned p = 0; p < DEMAND_PARTS; p++) {
        found = found || cell->part[p] == generator;
    }
    return found;
}

/* Weights are shares of a whole: of the flow for goods, of one kind of goods in it for places. What
 * one gains the others lose: d ln s = 1 - p in cells that use it, -p in the others of its whole. */
static void weigh_cells(struct tracing *tracing, uint32_t flow, uint32_t generator, bool goods)
{
    const struct demand_fit *fit = tracing->fit;
    for (uint32_t first = 0, end; first < fit->fitted_count; first = end) {
        double whole = 0, part = 0;
        for (end = first;
             end < fit->fitted_count && fit->cells[end].flow == fit->cells[first].flow &&
             (goods || fit->cells[end].commodity == fit->cells[first].commodity);
             end++) {
            whole += fit->cells[end].share;
            part += uses(&fit->cells[end], generator) ? fit->cells[end].share : 0;
        }
        for (uint32_t c = first; c < end && fit->cells[first].flow == flow && part > 0; c++) {
            double change = (uses(&fit->cells[c], generator) ? 1 : 0) - part / whole;
            for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
                tracing->dlnx[(size_t)c * DEMAND_MONTHS + m] = change;
            }
        }
    }
}

static void weigh_month(struct tracing *tracing, uint32_t flow, int32_t month)
{
    const struct demand_fit *fit = tracing->fit;
    double share = fit->month_share[(size_t)flow * DEMAND_MONTHS + (size_t)month - 1];
    for (uint32_t c = 0; c < fit->fitted_count; c++) {
        for (int32_t m = 0; m < DEMAND_MONTHS && fit->cells[c].flow == flow; m++) {
            tracing->dlnx[(size_t)c * DEMAND_MONTHS + (size_t)m] = (m + 1 == month) - share;
        }
    }
}

static void weigh_flow(struct tracing *tracing, uint32_t flow)
{
    const struct demand_fit *fit = tracing->fit;
    for (uint32_t i = 0; i < fit->problem.cells; i++) {
        tracing->dlnx[i] = fit->cells[i / DEMAND_MONTHS].flow == flow;
    }
}

static enum zhol_error trace_generators(struct tracing *tracing)
{
    const struct demand_fit *fit = tracing->fit;
    uint32_t count;
    const struct zhol_demand_generator *rows =
        zhol_corridor_demand_generator(fit->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; row < count && !error; row++) {
        double up = log_ratio(rows[row].high, rows[row].weight);
        double down = log_ratio(rows[row].weight, rows[row].low);
        uint32_t flow = zhol_corridor_row_on(fit->corridor, ZHOL_TABLE_demand_flow,
                                             rows[row].demand_flow_id, fit->day_from);
        if (!(up > 0) && !(down > 0)) {
            continue;
        }
        memset(tracing->dlnx, 0, fit->problem.cells * sizeof *tracing->dlnx);
        if (rows[row].dimension == zhol_demand_dimension_MONTH) {
            weigh_month(tracing, flow, rows[row].month);
        } else {
            weigh_cells(tracing, flow, row, rows[row].dimension == zhol_demand_dimension_COMMODITY);
        }
        ipf_slope_seed(&tracing->slope, tracing->dlnx);
        error = take_effect(tracing, ZHOL_TABLE_demand_generator, row, up, down);
    }
    return error;
}

static enum zhol_error trace_flows(struct tracing *tracing)
{
    uint32_t count;
    const struct zhol_demand_flow *rows = zhol_corridor_demand_flow(tracing->fit->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; row < count && !error; row++) {
        double up = log_ratio(rows[row].high, rows[row].seed_t);
        double down = log_ratio(rows[row].seed_t, rows[row].low);
        if (up > 0 || down > 0) {
            weigh_flow(tracing, row);
            ipf_slope_seed(&tracing->slope, tracing->dlnx);
            error = take_effect(tracing, ZHOL_TABLE_demand_flow, row, up, down);
        }
    }
    return error;
}

static enum zhol_error trace(struct tracing *tracing)
{
    const struct demand_fit *fit = tracing->fit;
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    tracing->dlnx = calloc((size_t)fit->problem.cells + 1, sizeof *tracing->dlnx);
    tracing->effect = calloc((size_t)fit->fitted_count + 1, sizeof *tracing->effect);
    if (tracing->dlnx && tracing->effect) {
        error = ipf_slope_make(&fit->problem, fit->result.x, &tracing->slope);
    }
    error = error ? error : trace_totals(tracing);
    error = error ? error : trace_generators(tracing);
    error = error ? error : trace_flows(tracing);
    ipf_slope_clear(&tracing->slope);
    free(tracing->dlnx);
    free(tracing->effect);
    return error;
}

enum zhol_error demand_make_ranges(struct demand_fit *fit)
{
    struct tracing tracing = {.fit = fit};
    tracing.low = calloc((size_t)fit->fitted_count + 1, sizeof *tracing.low);
    tracing.high = calloc((size_t)fit->fitted_count + 1, sizeof *tracing.high);
    enum zhol_error error = tracing.low && tracing.high ? trace(&tracing) : ZHOL_ERROR_MEMORY;
    for (uint32_t c = 0; c < fit->fitted_count && !error; c++) {
        struct demand_cell *cell = &fit->cells[c];
        cell->t_low = (int64_t)floor((double)cell->t * exp(-sqrt(tracing.low[c])));
        cell->t_high = (int64_t)ceil((double)cell->t * exp(sqrt(tracing.high[c])));
    }
    free(tracing.low);
    free(tracing.high);
    return error;
}

static double strength(const struct demand_influence *influence)
{
    return fmax(fabs(influence->at_low), fabs(influence->at_high));
}

static int compare_influences(const void *a, const void *b)
{
    const struct demand_influence *x = a, *y = b;
    double p = strength(x), q = strength(y);
    int by_name = x->table != y->table ? (x->table < y->table ? -1 : 1)
                                       : (x->row > y->row) - (x->row < y->row);
    return p != q ? (p > q ? -1 : 1) : by_name;
}

enum zhol_error demand_influences(const struct demand_fit *fit, uint32_t cell,
                                  struct demand_influence **out, uint32_t *count)
{
    struct tracing tracing = {.fit = fit, .cell = cell};
    enum zhol_error error = cell < fit->fitted_count ? trace(&tracing) : ZHOL_ERROR_OK;
    if (tracing.count) {
        qsort(tracing.list, tracing.count, sizeof *tracing.list, compare_influences);
    }
    *out = tracing.list;
    *count = tracing.count;
    return error;
}
