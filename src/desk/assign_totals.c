/* desk/assign_totals.c: see assign_totals.h. */
#include "desk/assign_totals.h"

#include <stdlib.h>

#include "desk/demand.h"
#include "desk/demand_table.h"

struct held {
    const struct assign_study *study;
    struct assign_shortage *shortages;
    uint32_t shortage_count;
    bool *counts; /* by row of demand: the total at hand counts it */
};

/* What is short of one limit. */
struct shortfall {
    uint32_t resource;
    int8_t sense;
    double t;
};

bool assign_total_slices(const struct assign_study *study, const struct zhol_demand_total *total,
                         uint32_t *first, uint32_t *last)
{
    *first = *last = ZHOL_NONE;
    for (uint32_t s = 0; s < study->slice_count && !demand_grows(study->corridor); s++) {
        *first = study->slices[s].from == total->period_start ? s : *first;
        *last = study->slices[s].to == total->period_end ? s + 1 : *last;
    }
    return *first != ZHOL_NONE && *last != ZHOL_NONE && *first < *last;
}

void assign_total_rows(const struct zhol_corridor *corridor, const struct zhol_demand_total *total,
                       bool *counts)
{
    const struct demand_fit fit = {.corridor = corridor};
    uint32_t count, begin, end;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct demand_cell cell = {.flow = ZHOL_NONE,
                                   .from = rows[i].from_node_id,
                                   .to = rows[i].to_node_id,
                                   .commodity = rows[i].commodity_id,
                                   .via = rows[i].via_node_id};
        if (rows[i].demand_flow_id != ZHOL_NONE) {
            zhol_corridor_rows(corridor, ZHOL_TABLE_demand_flow, rows[i].demand_flow_id, &begin,
                               &end);
            cell.flow = begin;
        }
        /* A total of named flows counts no row that belongs to none. */
        bool outside = cell.flow == ZHOL_NONE && *zhol_corridor_text(corridor, total->flows);
        counts[i] = !outside && demand_counts(&fit, total, &cell);
    }
}

double assign_total_share(const struct assign_model *model, uint32_t w, const bool *counts)
{
    const struct assign_wish *wish = &model->wishes[w];
    double counted = 0, all = 0;
    for (uint32_t i = 0; i < wish->member_count; i++) {
        const struct assign_member *member = &model->members[wish->first_member + i];
        all += member->t_day;
        counted += counts[member->demand_row] ? member->t_day : 0;
    }
    return all > 0 ? counted / all : 0;
}

static void sum_slice(const struct held *h, const struct assign_slice *slice,
                      struct assign_total *out)
{
    const struct assign_model *model = slice->model;
    double days = slice->to - slice->from;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        const struct assign_wish *wish = &model->wishes[w];
        double t =
            assign_total_share(model, w, h->counts) * model->classes[wish->class].t_per_unit * days;
        if (t > 0) {
            out->wanted_t += wish->units_day * t;
            out->carried_t += (wish->units_day - assign_model_unmet(model, w)) * t;
        }
    }
}

static enum zhol_error find_limit(const struct held *h, uint32_t first, uint32_t last,
                                  struct assign_total *out)
{
    struct shortfall *list = calloc((size_t)h->shortage_count + 1, sizeof *list);
    uint32_t count = 0;
    if (!list) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < h->shortage_count; i++) {
        const struct assign_shortage *s = &h->shortages[i];
        uint32_t k = 0;
        if (s->slice < first || s->slice >= last || s->resource == ZHOL_NONE) {
            continue;
        }
        while (k < count && (list[k].resource != s->resource || list[k].sense != s->sense)) {
            k++;
        }
        list[k].resource = s->resource;
        list[k].sense = s->sense;
        list[k].t +=
            s->t * assign_total_share(h->study->slices[s->slice].model, s->wish, h->counts);
        count += k == count;
    }
    for (uint32_t k = 0; k < count; k++) {
        if (list[k].t > out->short_t) {
            out->resource = list[k].resource;
            out->sense = list[k].sense;
            out->short_t = list[k].t;
        }
    }
    free(list);
    return ZHOL_ERROR_OK;
}

static enum zhol_error hold_total(struct held *h, uint32_t row, struct assign_total *out,
                                  bool *taken)
{
    uint32_t count, first, last;
    const struct assign_study *study = h->study;
    const struct zhol_demand_total *total =
        &zhol_corridor_demand_total(study->corridor, &count)[row];
    *taken = total->unit == zhol_demand_unit_T &&
             !*zhol_corridor_text(study->corridor, total->vias) &&
             assign_total_slices(study, total, &first, &last);
    if (!*taken) {
        return ZHOL_ERROR_OK;
    }
    *out = (struct assign_total){
        .row = row, .published_t = total->value, .resource = ZHOL_NONE, .sense = -1};
    assign_total_rows(study->corridor, total, h->counts);
    for (uint32_t s = first; s < last; s++) {
        sum_slice(h, &study->slices[s], out);
    }
    return find_limit(h, first, last, out);
}

enum zhol_error assign_totals(const struct assign_study *study, struct assign_total **totals,
                              uint32_t *count)
{
    struct held h = {.study = study};
    uint32_t rows, demands;
    zhol_corridor_demand(study->corridor, &demands);
    zhol_corridor_demand_total(study->corridor, &rows);
    *count = 0;
    *totals = calloc((size_t)rows + 1, sizeof **totals);
    h.counts = calloc((size_t)demands + 1, sizeof *h.counts);
    enum zhol_error error = *totals && h.counts ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    error = error ? error : assign_study_shortages(study, &h.shortages, &h.shortage_count);
    for (uint32_t row = 0; !error && row < rows; row++) {
        bool taken = false;
        error = hold_total(&h, row, &(*totals)[*count], &taken);
        *count += taken;
    }
    free(h.shortages);
    free(h.counts);
    if (error) {
        free(*totals);
        *totals = NULL;
        *count = 0;
    }
    return error;
}
