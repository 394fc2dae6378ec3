/* desk/assign_route.c: what a study carries on a route against its count; see assign_observed.h.
 *
 * A route is known by the places where its flows leave the country: the Trans-Caspian one by the
 * ports of Aktau and Kuryk. A load that is called so but goes another way is wanted, not counted.
 */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "desk/assign_observed.h"
#include "desk/assign_parts.h"
#include "desk/assign_totals.h"

struct route {
    const struct assign_study *study;
    bool *counts; /* by row of demand: the total at hand counts it */
    bool *exits;  /* by place: the route is counted there */
};

/* Marks the places of a list; false where it is blank. */
static bool mark_places(struct route *route, zhol_cell_list list)
{
    const struct zhol_corridor *corridor = route->study->corridor;
    struct text_view names = text_view_of(zhol_corridor_text(corridor, list));
    bool any = names.size > 0;
    uint32_t count = zhol_corridor_things(corridor, ZHOL_TABLE_node);
    for (uint32_t node = 0; node < count; node++) {
        struct text_view rest = names;
        const char *id = zhol_corridor_id(corridor, ZHOL_TABLE_node, node);
        while (rest.size && !route->exits[node]) {
            route->exits[node] = text_equal_string(text_cut(&rest, ';'), id);
        }
    }
    return any;
}

/* True where the total names flows and each of them is counted at places of its own. */
static bool find_exits(struct route *route, const struct zhol_demand_total *total)
{
    const struct zhol_corridor *corridor = route->study->corridor;
    struct text_view names = text_view_of(zhol_corridor_text(corridor, total->flows));
    uint32_t count, nodes = zhol_corridor_things(corridor, ZHOL_TABLE_node);
    const struct zhol_demand_flow *flows = zhol_corridor_demand_flow(corridor, &count);
    bool all = names.size > 0;
    for (uint32_t i = 0; i < nodes; i++) {
        route->exits[i] = false;
    }
    while (all && names.size) {
        struct text_view name = text_cut(&names, ';');
        uint32_t row = 0;
        while (row < count &&
               !text_equal_string(name, zhol_corridor_id(corridor, ZHOL_TABLE_demand_flow,
                                                         flows[row].demand_flow_id))) {
            row++;
        }
        all = row < count && mark_places(route, flows[row].exits);
    }
    return all;
}

static zhol_cell_text country_of(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
    return zhol_corridor_node(corridor, &count)[begin].country;
}

/* True for a movement over the border at a place of the route. */
static bool is_at_exit(const struct route *route, const struct zhol_arc *arc)
{
    const struct zhol_corridor *corridor = route->study->corridor;
    uint32_t begin, end, count;
    if (arc->kind != ZHOL_ARC_MOVE) {
        return false;
    }
    zhol_corridor_rows(corridor, ZHOL_TABLE_link, arc->thing, &begin, &end);
    const struct zhol_link *link = &zhol_corridor_link(corridor, &count)[begin];
    uint32_t from = link->from_node_id, to = link->to_node_id;
    return (route->exits[from] || route->exits[to]) &&
           country_of(corridor, from) != country_of(corridor, to);
}

static bool passes(const struct route *route, const struct assign_model *model,
                   const struct assign_flow *flow)
{
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        const uint32_t *way;
        uint32_t count = assign_arcs(&model->net, &model->flow_arcs[flow->first_arc + i], &way);
        for (uint32_t k = 0; k < count; k++) {
            if (is_at_exit(route, &model->net.arcs[way[k]])) {
                return true;
            }
        }
    }
    return false;
}

/* Of one load unit, in the unit of the total. */
static double amount(const struct assign_class *class, const struct zhol_demand_total *total)
{
    return total->unit == zhol_demand_unit_TEU ? class->teu_per_unit : class->t_per_unit;
}

static void sum_slice(const struct route *route, const struct assign_slice *slice,
                      const struct zhol_demand_total *total, struct assign_route *out)
{
    const struct assign_model *model = slice->model;
    double days = slice->to - slice->from;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        const struct assign_wish *wish = &model->wishes[w];
        out->wanted += wish->units_day * amount(&model->classes[wish->class], total) * days *
                       assign_total_share(model, w, route->counts);
    }
    for (uint32_t f = 0; f < model->flow_count; f++) {
        const struct assign_flow *flow = &model->flows[f];
        double share = assign_total_share(model, flow->wish, route->counts);
        if (share > 0 && passes(route, model, flow)) {
            out->model += share * flow->units_day * days *
                          amount(&model->classes[model->wishes[flow->wish].class], total);
        }
    }
}

static bool take_total(struct route *route, uint32_t row, struct assign_route *out)
{
    uint32_t count, first, last;
    const struct zhol_demand_total *total =
        &zhol_corridor_demand_total(route->study->corridor, &count)[row];
    bool unit = total->unit == zhol_demand_unit_T || total->unit == zhol_demand_unit_TEU;
    if (!unit || !find_exits(route, total) ||
        !assign_total_slices(route->study, total, &first, &last)) {
        return false;
    }
    *out = (struct assign_route){
        .row = row, .counted = total->value, .low = total->low, .high = total->high};
    assign_total_rows(route->study->corridor, total, route->counts);
    for (uint32_t s = first; s < last; s++) {
        sum_slice(route, &route->study->slices[s], total, out);
    }
    return true;
}

enum zhol_error assign_routes(const struct assign_study *study, struct assign_route **rows,
                              uint32_t *count)
{
    struct route route = {.study = study};
    uint32_t totals, demands;
    zhol_corridor_demand(study->corridor, &demands);
    zhol_corridor_demand_total(study->corridor, &totals);
    *count = 0;
    *rows = calloc((size_t)totals + 1, sizeof **rows);
    route.counts = calloc((size_t)demands + 1, sizeof *route.counts);
    route.exits = calloc((size_t)zhol_corridor_things(study->corridor, ZHOL_TABLE_node) + 1,
                         sizeof *route.exits);
    enum zhol_error error =
        *rows && route.counts && route.exits ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t row = 0; !error && row < totals; row++) {
        *count += take_total(&route, row, &(*rows)[*count]);
    }
    free(route.counts);
    free(route.exits);
    return error;
}
