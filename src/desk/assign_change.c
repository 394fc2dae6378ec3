/* desk/assign_change.c: changes of a model between solves. */
#include <stdlib.h>

#include "desk/assign_parts.h"

enum zhol_error assign_model_set_row(struct assign_model *model, uint32_t row, double capacity)
{
    if (row >= model->row_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    enum zhol_error error = zhol_assign_set_capacity(model->solver, row, capacity);
    if (!error) {
        model->rows[row].capacity = capacity;
    }
    return error;
}

enum zhol_error assign_model_set_resource(struct assign_model *model, uint32_t resource,
                                          double value)
{
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(model->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    bool found = false;
    for (uint32_t row = 0; !error && row < model->row_count; row++) {
        const struct zhol_resource *r = &resources[model->rows[row].resource_row];
        if (r->resource_id == resource) {
            error = assign_model_set_row(model, row, assign_day_value(r, value));
            found = true;
        }
    }
    return found ? error : ZHOL_ERROR_UNKNOWN;
}

enum zhol_error assign_model_scale_wish(struct assign_model *model, uint32_t wish, double factor)
{
    if (wish >= model->wish_count || !(factor >= 0)) {
        return wish >= model->wish_count ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_RANGE;
    }
    struct assign_wish *w = &model->wishes[wish];
    double t_day = 0;
    for (uint32_t i = 0; i < w->member_count; i++) {
        t_day += model->members[w->first_member + i].t_day;
    }
    w->t_day = t_day * factor;
    w->units_day = w->t_day / model->classes[w->class].t_per_unit;
    return w->demand == ZHOL_NONE ? ZHOL_ERROR_OK
                                  : zhol_assign_set_amount(model->solver, w->demand, w->units_day);
}

/* ---- Closing ---- */

/* True where the plain arc is over the link, or into the place. */
static bool meets(const struct zhol_network_view *net, uint32_t plain, uint32_t link, uint32_t node)
{
    const struct zhol_arc *arc = &net->arcs[plain];
    return link != ZHOL_NONE ? arc->kind == ZHOL_ARC_MOVE && arc->thing == link
                             : net->vertices[arc->head].node == node ||
                                   net->vertices[zhol_network_tail(net, plain)].node == node;
}

static enum zhol_error close_where(struct assign_model *model, uint32_t link, uint32_t node,
                                   bool closed)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    bool found = false;
    for (uint32_t arc = 0; !error && arc < model->arc_count; arc++) {
        const uint32_t *way;
        uint32_t count = assign_arcs(&model->net, &model->net_arc[arc], &way);
        bool here = false;
        for (uint32_t i = 0; i < count && !here; i++) {
            here = meets(&model->net, way[i], link, node);
        }
        if (here) {
            error = zhol_assign_set_closed(model->solver, arc, closed);
            model->closed[arc] = closed;
            found = true;
        }
    }
    return found ? error : ZHOL_ERROR_UNKNOWN;
}

enum zhol_error assign_model_close_link(struct assign_model *model, uint32_t link, bool closed)
{
    return close_where(model, link, ZHOL_NONE, closed);
}

enum zhol_error assign_model_close_node(struct assign_model *model, uint32_t node, bool closed)
{
    return close_where(model, ZHOL_NONE, node, closed);
}

/* ---- Prices ---- */

static bool set_has(const struct assign_model *model, uint32_t plain, uint32_t tariff)
{
    const struct zhol_network_view *net = &model->net;
    uint32_t set = net->arcs[plain].price_set, count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(model->corridor, &count);
    for (uint32_t i = net->first_price[set]; i < net->first_price[set + 1]; i++) {
        if (rows[net->prices[net->set_prices[i]].tariff_row].tariff_id == tariff) {
            return true;
        }
    }
    return false;
}

static bool arc_has(const struct assign_model *model, uint32_t net_arc, uint32_t tariff)
{
    const uint32_t *way;
    uint32_t count = assign_arcs(&model->net, &net_arc, &way);
    bool has = set_has(model, net_arc, tariff);
    for (uint32_t i = 0; i < count && !has; i++) {
        has = set_has(model, way[i], tariff);
    }
    return has;
}

static enum zhol_error reprice(struct assign_model *model, uint32_t arc)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t c = 0; !error && c < model->class_count; c++) {
        double *cost = &model->costs[(size_t)arc * model->class_count + c];
        double now = assign_arc_cost(model, model->net_arc[arc], c);
        if (now != *cost) {
            *cost = now;
            error = zhol_assign_set_cost(model->solver, arc, c, assign_solver_cost(now));
        }
    }
    return error;
}

enum zhol_error assign_model_scale_tariff(struct assign_model *model, uint32_t tariff,
                                          double factor)
{
    uint32_t things = zhol_corridor_things(model->corridor, ZHOL_TABLE_tariff);
    if (tariff >= things || !(factor >= 0)) {
        return tariff >= things ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_RANGE;
    }
    if (!model->own_factor) {
        model->own_factor = malloc((things + 1) * sizeof *model->own_factor);
        if (!model->own_factor) {
            return ZHOL_ERROR_MEMORY;
        }
        for (uint32_t i = 0; i < things; i++) {
            model->own_factor[i] =
                model->options.tariff_factor ? model->options.tariff_factor[i] : 1;
        }
        model->options.tariff_factor = model->own_factor;
    }
    model->own_factor[tariff] = factor;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t arc = 0; !error && arc < model->arc_count; arc++) {
        error = arc_has(model, model->net_arc[arc], tariff) ? reprice(model, arc) : ZHOL_ERROR_OK;
    }
    return error;
}
