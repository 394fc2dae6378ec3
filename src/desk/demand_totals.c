/* demand_totals.c: which cells a total counts, and the fit that follows from all of them
 * (desk/demand.h).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/time.h"
#include "desk/demand_state.h"

static const struct zhol_demand_total *total_rows(const struct demand_fit *fit)
{
    uint32_t count;
    return zhol_corridor_demand_total(fit->corridor, &count);
}

/* True where the list is blank or has the item. */
static bool list_allows(const struct zhol_corridor *corridor, zhol_cell_list list, const char *item)
{
    struct text_view rest = text_view_of(zhol_corridor_text(corridor, list));
    if (!rest.size) {
        return true;
    }
    while (rest.size) {
        if (text_equal_string(text_cut(&rest, ';'), item)) {
            return true;
        }
    }
    return false;
}

static bool list_has(const struct zhol_corridor *corridor, zhol_cell_list list,
                     enum zhol_table table, uint32_t thing)
{
    return list_allows(corridor, list, zhol_corridor_id(corridor, table, thing));
}

static const char *country_of(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    return zhol_corridor_text(
        corridor, nodes[zhol_corridor_row_on(corridor, ZHOL_TABLE_node, node, 0)].country);
}

static const struct zhol_commodity *goods_of(const struct zhol_corridor *corridor,
                                             uint32_t commodity)
{
    uint32_t count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    return &rows[zhol_corridor_row_on(corridor, ZHOL_TABLE_commodity, commodity, 0)];
}

bool demand_counts(const struct demand_fit *fit, const struct zhol_demand_total *total,
                   const struct demand_cell *cell)
{
    const struct zhol_corridor *corridor = fit->corridor;
    uint32_t count;
    const struct zhol_demand_flow *flows = zhol_corridor_demand_flow(corridor, &count);
    uint32_t flow = cell->flow == ZHOL_NONE ? ZHOL_NONE : flows[cell->flow].demand_flow_id;
    return list_has(corridor, total->flows, ZHOL_TABLE_demand_flow, flow) &&
           list_has(corridor, total->vias, ZHOL_TABLE_node, cell->via) &&
           list_has(corridor, total->commodities, ZHOL_TABLE_commodity, cell->commodity) &&
           (!total->class || total->class == goods_of(corridor, cell->commodity)->class) &&
           list_allows(corridor, total->origins, country_of(corridor, cell->from)) &&
           list_allows(corridor, total->destinations, country_of(corridor, cell->to));
}

double demand_unit_weight(const struct zhol_corridor *corridor, unsigned unit, uint32_t commodity)
{
    const struct zhol_commodity *goods = goods_of(corridor, commodity);
    uint32_t count, begin, end;
    const struct zhol_load_class *loads = zhol_corridor_load_class(corridor, &count);
    if (unit == zhol_demand_unit_T) {
        return 1;
    }
    unsigned state = unit == zhol_demand_unit_TEU ? zhol_state_YARD : zhol_state_ROAD;
    zhol_corridor_rows(corridor, ZHOL_TABLE_load_class, goods->load_class_id, &begin, &end);
    for (uint32_t row = begin; row < end; row++) {
        if (loads[row].state == state) {
            double units = unit == zhol_demand_unit_TEU ? loads[row].teu : loads[row].trucks;
            return units / goods->t_per_unit;
        }
    }
    return 0;
}

double demand_month_part(const struct demand_fit *fit, const struct zhol_demand_total *total,
                         uint32_t m)
{
    int32_t begin = time_add_months(fit->day_from, (int32_t)m);
    int32_t end = time_add_months(fit->day_from, (int32_t)m + 1);
    int32_t from = total->period_start > begin ? total->period_start : begin;
    int32_t to = total->period_end < end ? total->period_end : end;
    return to > from ? (double)(to - from) / (end - begin) : 0;
}

static double cell_sum(const struct demand_fit *fit, const struct zhol_demand_total *total,
                       const struct demand_cell *cell)
{
    double tonnes = 0;
    for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
        tonnes += demand_month_part(fit, total, m) * (double)cell->month_t[m];
    }
    return tonnes * demand_unit_weight(fit->corridor, total->unit, cell->commodity);
}

/* ---- Building the fit ---- */

static enum zhol_error add_entries(struct demand_fit *fit, const struct zhol_demand_total *total,
                                   uint32_t cell, double weight)
{
    uint32_t *end = &fit->begin[fit->problem.totals + 1];
    enum zhol_error error =
        ARRAY_RESERVE(fit->month_cell, fit->month_cell_capacity, *end + DEMAND_MONTHS);
    error = error ? error : ARRAY_RESERVE(fit->weight, fit->weight_capacity, *end + DEMAND_MONTHS);
    for (uint32_t m = 0; m < DEMAND_MONTHS && !error && weight > 0; m++) {
        double part = demand_month_part(fit, total, m);
        if (part > 0) {
            fit->month_cell[*end] = cell * DEMAND_MONTHS + m;
            fit->weight[(*end)++] = weight * part;
        }
    }
    return error;
}

/* One total of the year: what of it is typed, and its row of the fit. */
static enum zhol_error take_total(struct demand_fit *fit, uint32_t row)
{
    const struct zhol_demand_total *total = &total_rows(fit)[row];
    struct demand_total view = {.row = row, .fit = ZHOL_NONE, .factor = 1};
    bool fits = total->role == zhol_demand_role_FIT;
    uint32_t number = fit->problem.totals;
    enum zhol_error error = ZHOL_ERROR_OK;
    fit->begin[number + 1] = fit->begin[number];
    for (uint32_t c = 0; c < fit->cell_count && !error; c++) {
        const struct demand_cell *cell = &fit->cells[c];
        if (demand_counts(fit, total, cell)) {
            view.cells++;
            view.typed += c >= fit->fitted_count ? cell_sum(fit, total, cell) : 0;
            if (fits && c < fit->fitted_count) {
                error = add_entries(
                    fit, total, c, demand_unit_weight(fit->corridor, total->unit, cell->commodity));
            }
        }
    }
    if (fits) {
        fit->value[number] = fmax(total->value - view.typed, 0);
        fit->fit_row[number] = fit->total_count;
        view.fit = fit->problem.totals++;
    }
    error = error ? error : ARRAY_RESERVE(fit->totals, fit->total_capacity, fit->total_count + 1);
    if (!error) {
        fit->totals[fit->total_count++] = view;
    }
    return error;
}

static void fill_seed(struct demand_fit *fit)
{
    uint32_t flows;
    const struct zhol_demand_flow *flow = zhol_corridor_demand_flow(fit->corridor, &flows);
    for (uint32_t c = 0; c < fit->fitted_count; c++) {
        const struct demand_cell *cell = &fit->cells[c];
        const double *months = fit->month_share + (size_t)cell->flow * DEMAND_MONTHS;
        for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
            fit->seed[(size_t)c * DEMAND_MONTHS + m] =
                flow[cell->flow].seed_t * cell->share * months[m];
        }
    }
}

enum zhol_error demand_make_totals(struct demand_fit *fit)
{
    uint32_t count;
    const struct zhol_demand_total *rows = zhol_corridor_demand_total(fit->corridor, &count);
    size_t cells = (size_t)fit->fitted_count * DEMAND_MONTHS;
    enum zhol_error error = ZHOL_ERROR_OK;
    fit->seed = malloc((cells + 1) * sizeof *fit->seed);
    fit->value = calloc((size_t)count + 1, sizeof *fit->value);
    fit->begin = calloc((size_t)count + 2, sizeof *fit->begin);
    fit->fit_row = calloc((size_t)count + 1, sizeof *fit->fit_row);
    if (!fit->seed || !fit->value || !fit->begin || !fit->fit_row) {
        return ZHOL_ERROR_MEMORY;
    }
    fill_seed(fit);
    for (uint32_t row = 0; row < count && !error; row++) {
        if (rows[row].period_start >= fit->day_from && rows[row].period_end <= fit->day_to) {
            error = take_total(fit, row);
        }
    }
    fit->problem = (struct ipf_problem){.cells = (uint32_t)cells,
                                        .totals = fit->problem.totals,
                                        .seed = fit->seed,
                                        .value = fit->value,
                                        .begin = fit->begin,
                                        .cell = fit->month_cell,
                                        .weight = fit->weight};
    return error;
}

void demand_sum_totals(struct demand_fit *fit)
{
    for (uint32_t k = 0; k < fit->total_count; k++) {
        struct demand_total *view = &fit->totals[k];
        const struct zhol_demand_total *total = &total_rows(fit)[view->row];
        view->found = 0;
        for (uint32_t c = 0; c < fit->cell_count; c++) {
            if (demand_counts(fit, total, &fit->cells[c])) {
                view->found += cell_sum(fit, total, &fit->cells[c]);
            }
        }
    }
}
