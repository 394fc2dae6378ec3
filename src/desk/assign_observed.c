/* desk/assign_observed.c: see assign_observed.h. */
#include "desk/assign_observed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk/assign_parts.h"
#include "desk/demand_table.h"

static const struct zhol_link *link_of(const struct assign_study *study, uint32_t link)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(study->corridor, ZHOL_TABLE_link, link, &begin, &end);
    return &zhol_corridor_link(study->corridor, &count)[begin];
}

static zhol_cell_text country_of(const struct assign_study *study, uint32_t node)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(study->corridor, ZHOL_TABLE_node, node, &begin, &end);
    return zhol_corridor_node(study->corridor, &count)[begin].country;
}

/* +1: the controlled border link leaves the place's country, -1: enters it, 0: neither. */
static int side_of(const struct assign_study *study, uint32_t link_thing, uint32_t node,
                   unsigned mode)
{
    const struct zhol_link *link = link_of(study, link_thing);
    uint32_t controls;
    bool from = link->from_node_id == node, to = link->to_node_id == node;
    zhol_corridor_rows_of(study->corridor, ZHOL_TABLE_link_control, link_thing, &controls);
    if ((!from && !to) || controls == 0 || link->mode != mode ||
        country_of(study, link->from_node_id) == country_of(study, link->to_node_id)) {
        return 0;
    }
    return from ? 1 : -1;
}

/* The part of a wish that is exports: transit and imports have the same classes. */
static double export_share(const struct assign_model *model, const struct assign_wish *wish)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(model->corridor, &count);
    double exports = 0, all = 0;
    for (uint32_t i = 0; i < wish->member_count; i++) {
        const struct assign_member *member = &model->members[wish->first_member + i];
        all += member->t_day;
        exports += rows[member->demand_row].direction == zhol_trade_EXPORT ? member->t_day : 0;
    }
    return all > 0 ? exports / all : 0;
}

double assign_crossing_t(const struct assign_study *study, uint32_t node, unsigned mode,
                         enum assign_counted counted, uint32_t first, uint32_t last)
{
    double sum = 0;
    for (uint32_t s = first; s < last; s++) {
        const struct assign_slice *slice = &study->slices[s];
        const struct assign_model *model = slice->model;
        for (uint32_t f = 0; f < model->flow_count; f++) {
            const struct assign_flow *flow = &model->flows[f];
            const struct assign_wish *wish = &model->wishes[flow->wish];
            double t = flow->units_day * model->classes[wish->class].t_per_unit;
            t *= counted == ASSIGN_COUNTED_EXPORT ? export_share(model, wish) : 1;
            for (uint32_t i = 0; i < flow->arc_count; i++) {
                const uint32_t *way;
                uint32_t count =
                    assign_arcs(&model->net, &model->flow_arcs[flow->first_arc + i], &way);
                for (uint32_t k = 0; k < count; k++) {
                    const struct zhol_arc *arc = &model->net.arcs[way[k]];
                    int side =
                        arc->kind == ZHOL_ARC_MOVE ? side_of(study, arc->thing, node, mode) : 0;
                    sum += side > 0 || (side < 0 && counted == ASSIGN_COUNTED_BOTH)
                               ? t * (slice->to - slice->from)
                               : 0;
                }
            }
        }
    }
    return sum;
}

/* The slices that make up [from, to); false where they do not, or where the freight has grown
 * since it was counted. */
static bool find_slices(const struct assign_study *study, int32_t from, int32_t to, uint32_t *first,
                        uint32_t *last)
{
    *first = *last = ZHOL_NONE;
    for (uint32_t s = 0; s < study->slice_count && !demand_grows(study->corridor); s++) {
        *first = study->slices[s].from == from ? s : *first;
        *last = study->slices[s].to == to ? s + 1 : *last;
    }
    return *first != ZHOL_NONE && *last != ZHOL_NONE && *first < *last;
}

static enum assign_counted counted_of(const char *scope)
{
    return strstr(scope, "export")  ? ASSIGN_COUNTED_EXPORT
           : strstr(scope, ", to ") ? ASSIGN_COUNTED_OUT
                                    : ASSIGN_COUNTED_BOTH;
}

static bool counts(const struct assign_study *study, const struct zhol_observation *o)
{
    const struct zhol_corridor *c = study->corridor;
    return o->node_id != ZHOL_NONE && o->value > 0 && o->period_start != ZHOL_BLANK_DATE &&
           o->period_end != ZHOL_BLANK_DATE &&
           strcmp(zhol_corridor_text(c, o->measure), "rail freight carried") == 0 &&
           strcmp(zhol_corridor_text(c, o->unit), "Mt") == 0;
}

/* The same figure of the same place and time from another source stands once. */
static bool is_repeated(const struct assign_study *study, const struct assign_observed *rows,
                        uint32_t count, const struct zhol_observation *o)
{
    uint32_t total;
    const struct zhol_observation *all = zhol_corridor_observation(study->corridor, &total);
    enum assign_counted counted = counted_of(zhol_corridor_text(study->corridor, o->scope));
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_observation *other = &all[rows[i].observation];
        if (other->node_id == o->node_id && other->period_start == o->period_start &&
            other->period_end == o->period_end && other->value == o->value &&
            rows[i].counted == counted) {
            return true;
        }
    }
    return false;
}

enum zhol_error assign_observed(const struct assign_study *study, struct assign_observed **rows,
                                uint32_t *count)
{
    uint32_t total, first, last;
    const struct zhol_observation *all = zhol_corridor_observation(study->corridor, &total);
    *count = 0;
    *rows = calloc((size_t)total + 1, sizeof **rows);
    if (!*rows) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < total; i++) {
        if (!counts(study, &all[i]) ||
            !find_slices(study, all[i].period_start, all[i].period_end, &first, &last)) {
            continue;
        }
        if (is_repeated(study, *rows, *count, &all[i])) {
            continue;
        }
        enum assign_counted counted = counted_of(zhol_corridor_text(study->corridor, all[i].scope));
        (*rows)[(*count)++] = (struct assign_observed){
            i, all[i].node_id, counted, all[i].value * 1e6,
            assign_crossing_t(study, all[i].node_id, zhol_mode_RAIL, counted, first, last)};
    }
    return ZHOL_ERROR_OK;
}
