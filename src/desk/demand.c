/* demand.c: the demand matrix of a year (desk/demand.h). */
#include "desk/demand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "desk/demand_state.h"

static int32_t first_day(int32_t year)
{
    return time_days((struct time_date){.year = year, .month = 1, .day = 1});
}

static int compare_years(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

enum zhol_error demand_years(const struct zhol_corridor *corridor, int32_t **years, uint32_t *count)
{
    uint32_t rows, kept = 0;
    const struct zhol_demand_total *totals = zhol_corridor_demand_total(corridor, &rows);
    *count = 0;
    *years = malloc(((size_t)rows + 1) * sizeof **years);
    if (!*years) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < rows; i++) {
        (*years)[i] = time_date_of(totals[i].period_start).year;
    }
    qsort(*years, rows, sizeof **years, compare_years);
    for (uint32_t i = 0; i < rows; i++) {
        if (!kept || (*years)[kept - 1] != (*years)[i]) {
            (*years)[kept++] = (*years)[i];
        }
    }
    *count = kept;
    return ZHOL_ERROR_OK;
}

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

/* Typed rows of the table that lie in the year, by month. */
static enum zhol_error add_typed(struct demand_fit *fit)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(fit->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; row < count && !error; row++) {
        double part = demand_tonnes(&rows[row], fit->day_from, fit->day_to);
        if (rows[row].demand_flow_id != ZHOL_NONE || !(part > 0)) {
            continue;
        }
        struct demand_cell cell = {.flow = ZHOL_NONE,
                                   .row = row,
                                   .from = rows[row].from_node_id,
                                   .to = rows[row].to_node_id,
                                   .commodity = rows[row].commodity_id,
                                   .via = rows[row].via_node_id,
                                   .part = {ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE},
                                   .kind = rows[row].kind};
        int64_t given = 0;
        for (int32_t m = 0; m < DEMAND_MONTHS; m++) {
            int32_t end = time_add_months(fit->day_from, m + 1);
            int64_t so_far = llround(demand_tonnes(&rows[row], fit->day_from, end));
            cell.month_t[m] = so_far - given;
            given = so_far;
        }
        cell.t = given;
        cell.teu = llround(or_zero(demand_teu(&rows[row], fit->day_from, fit->day_to)));
        cell.t_low = llround((isnan(rows[row].t_low) ? 1 : rows[row].t_low / rows[row].t) * part);
        cell.t_high =
            llround((isnan(rows[row].t_high) ? 1 : rows[row].t_high / rows[row].t) * part);
        error = ARRAY_RESERVE(fit->cells, fit->cell_capacity, fit->cell_count + 1);
        if (!error) {
            fit->cells[fit->cell_count++] = cell;
        }
    }
    return error;
}

/* Totals in tonnes, all of whose months are whole, come out whole. */
static bool is_kept(const struct demand_fit *fit, uint32_t k)
{
    for (uint32_t e = fit->problem.begin[k]; e < fit->problem.begin[k + 1]; e++) {
        if (fit->problem.weight[e] != 1) {
            return false;
        }
    }
    return true;
}

static enum zhol_error make_whole(struct demand_fit *fit)
{
    bool *keep = calloc((size_t)fit->problem.totals + 1, sizeof *keep);
    int64_t *whole = malloc(((size_t)fit->problem.cells + 1) * sizeof *whole);
    enum zhol_error error = keep && whole ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t k = 0; k < fit->problem.totals && !error; k++) {
        keep[k] = is_kept(fit, k);
    }
    error = error ? error : ipf_round(&fit->problem, fit->result.x, keep, whole, &fit->left_over);
    for (uint32_t c = 0; c < fit->fitted_count && !error; c++) {
        struct demand_cell *cell = &fit->cells[c];
        memcpy(cell->month_t, whole + (size_t)c * DEMAND_MONTHS, sizeof cell->month_t);
        cell->t = 0;
        for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
            cell->t += cell->month_t[m];
        }
        cell->teu =
            llround((double)cell->t *
                    demand_unit_weight(fit->corridor, zhol_demand_unit_TEU, cell->commodity));
    }
    free(keep);
    free(whole);
    return error;
}

/* A cell that a published total of the whole year counts alone is published itself. */
static void mark_published(struct demand_fit *fit)
{
    uint32_t count;
    const struct zhol_demand_total *rows = zhol_corridor_demand_total(fit->corridor, &count);
    for (uint32_t k = 0; k < fit->problem.totals; k++) {
        const struct zhol_demand_total *total = &rows[fit->totals[fit->fit_row[k]].row];
        uint32_t begin = fit->problem.begin[k], end = fit->problem.begin[k + 1];
        bool alone = end - begin == DEMAND_MONTHS && fit->totals[fit->fit_row[k]].cells == 1 &&
                     is_kept(fit, k);
        if (alone && total->kind == zhol_demand_kind_PUBLISHED) {
            fit->cells[fit->problem.cell[begin] / DEMAND_MONTHS].kind = zhol_demand_kind_PUBLISHED;
        }
    }
}

static enum zhol_error fit_totals(struct demand_fit *fit)
{
    enum zhol_error error =
        ipf_solve(&fit->problem, DEMAND_TOLERANCE, DEMAND_SWEEPS_MAX, &fit->result);
    if (error) {
        return error;
    }
    fit->state = fit->result.state;
    fit->sweeps = fit->result.sweeps;
    fit->worst = fit->result.worst;
    fit->gap = fit->result.gap;
    for (uint32_t k = 0; k < fit->problem.totals; k++) {
        fit->totals[fit->fit_row[k]].proof = fit->result.proof[k];
        fit->totals[fit->fit_row[k]].factor = exp(fit->result.multiplier[k]);
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error demand_make(const struct zhol_corridor *corridor, int32_t year,
                            struct demand_fit *out)
{
    *out = (struct demand_fit){.corridor = corridor,
                               .year = year,
                               .day_from = first_day(year),
                               .day_to = first_day(year + 1)};
    enum zhol_error error = demand_make_cells(out);
    error = error ? error : add_typed(out);
    error = error ? error : demand_make_totals(out);
    if (!error && (!out->fitted_count || !out->problem.totals)) {
        error = ZHOL_ERROR_UNKNOWN;
    }
    error = error ? error : fit_totals(out);
    error = error ? error : make_whole(out);
    if (!error) {
        mark_published(out);
        demand_sum_totals(out);
        error = out->state == IPF_CONTRADICTS ? ZHOL_ERROR_OK : demand_make_ranges(out);
    }
    return error;
}

void demand_clear(struct demand_fit *fit)
{
    free(fit->cells);
    free(fit->totals);
    free(fit->seed);
    free(fit->value);
    free(fit->weight);
    free(fit->begin);
    free(fit->month_cell);
    free(fit->fit_row);
    free(fit->month_share);
    ipf_result_clear(&fit->result);
    *fit = (struct demand_fit){0};
}

void demand_cell_id(const struct demand_fit *fit, const struct demand_cell *cell,
                    struct buffer *out)
{
    const struct zhol_corridor *corridor = fit->corridor;
    uint32_t count;
    if (cell->row != ZHOL_NONE) {
        const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
        buffer_string(out,
                      zhol_corridor_id(corridor, ZHOL_TABLE_demand, rows[cell->row].demand_id));
        return;
    }
    const struct zhol_demand_flow *flows = zhol_corridor_demand_flow(corridor, &count);
    buffer_printf(
        out, "D.%d.%s.%s-%s.%s", fit->year,
        zhol_corridor_id(corridor, ZHOL_TABLE_demand_flow, flows[cell->flow].demand_flow_id),
        zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->from),
        zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->to),
        zhol_corridor_id(corridor, ZHOL_TABLE_commodity, cell->commodity));
    if (cell->via != ZHOL_NONE) {
        buffer_printf(out, ".%s", zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->via));
    }
}

uint32_t demand_find(const struct demand_fit *fit, const char *id)
{
    uint32_t found = ZHOL_NONE;
    struct buffer name;
    buffer_init(&name);
    for (uint32_t c = 0; c < fit->cell_count && found == ZHOL_NONE; c++) {
        buffer_reset(&name);
        demand_cell_id(fit, &fit->cells[c], &name);
        found = strcmp(buffer_get(&name), id) == 0 ? c : ZHOL_NONE;
    }
    buffer_clear(&name);
    return found;
}
