/* desk/assign_tally.c: sums of a study over its slices, in their order. */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "desk/assign_parts.h"
#include "desk/assign_study.h"

static void add(struct assign_amount *to, const struct assign_class *class, double units)
{
    to->t += units * class->t_per_unit;
    to->teu += units * class->teu_per_unit;
    to->value_usd += units * class->usd_per_unit;
}

static const struct zhol_demand *demand_row(const struct assign_study *study, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_demand(study->corridor, &count)[row];
}

/* ---- Flows ---- */

static void tally_plain(struct assign_study *study, const struct assign_model *model, uint32_t arc,
                        const struct assign_class *class, double units)
{
    const struct zhol_arc *a = &model->net.arcs[arc];
    uint32_t count, begin, end;
    if (a->kind == ZHOL_ARC_MOVE) {
        const struct zhol_link *links = zhol_corridor_link(study->corridor, &count);
        zhol_corridor_rows(study->corridor, ZHOL_TABLE_link, a->thing, &begin, &end);
        bool up = links[begin].from_node_id < links[begin].to_node_id;
        bool along = up == (assign_arc_sense(&model->net, study->corridor, arc) == 0);
        add(&study->links[along ? 0 : 1][a->thing], class, units);
    } else if (a->process != ZHOL_NONE) {
        const struct zhol_process *rows = zhol_corridor_process(study->corridor, &count);
        bool passes = false;
        if (zhol_network_admits(&model->net, arc, &class->block, &passes) && !passes) {
            add(&study->processes[rows[a->process].process_id], class, units);
        }
    }
}

static void tally_flow(struct assign_study *study, const struct assign_slice *slice,
                       const struct assign_flow *flow)
{
    const struct assign_model *model = slice->model;
    const struct assign_class *class = &model->classes[model->wishes[flow->wish].class];
    double days = slice->to - slice->from, units = flow->units_day * days;
    const uint32_t *way;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        uint32_t count = assign_arcs(&model->net, &model->flow_arcs[flow->first_arc + i], &way);
        for (uint32_t k = 0; k < count; k++) {
            tally_plain(study, model, way[k], class, units);
        }
    }
    add(&study->carried[class->commodity], class, units);
    add(&study->all_carried, class, units);
    study->cost_usd += flow->usd * units;
}

/* What is carried of a wish belongs to the rows of demand in it by their shares. */
static void tally_wish(struct assign_study *study, const struct assign_slice *slice, uint32_t w)
{
    const struct assign_model *model = slice->model;
    const struct assign_wish *wish = &model->wishes[w];
    const struct assign_class *class = &model->classes[wish->class];
    double days = slice->to - slice->from;
    double unmet = assign_model_unmet(model, w), share = 0;
    add(&study->wanted[class->commodity], class, wish->units_day * days);
    add(&study->all_wanted, class, wish->units_day * days);
    add(wish->demand == ZHOL_NONE ? &study->no_way : &study->unmet, class, unmet * days);
    share = wish->units_day > 0 ? 1 - unmet / wish->units_day : 0;
    for (uint32_t i = 0; i < wish->member_count; i++) {
        const struct assign_member *member = &model->members[wish->first_member + i];
        const struct zhol_demand *row = demand_row(study, member->demand_row);
        double units = member->t_day / class->t_per_unit * days;
        if (row->direction < ASSIGN_TRADES && row->route < ASSIGN_ROUTES) {
            add(&study->trades[row->direction][row->route][0], class, units);
            add(&study->trades[row->direction][row->route][1], class, units * share);
        }
    }
}

/* ---- What was paid, and on what it rests ---- */

static void tally_prices(struct assign_study *study, const struct assign_slice *slice,
                         const struct assign_flow *flow)
{
    const struct assign_model *model = slice->model;
    const struct assign_class *class = &model->classes[model->wishes[flow->wish].class];
    double units = flow->units_day * (slice->to - slice->from);
    struct zhol_cost_line lines[64];
    double paid = 0;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        uint32_t arc = model->flow_arcs[flow->first_arc + i], count = 0;
        bool unknown = false;
        zhol_network_cost(&model->net, arc, &class->block, &unknown, lines, 64, &count);
        for (uint32_t k = 0; k < count && k < 64; k++) {
            double usd = (double)lines[k].cents / 100 / class->block_units;
            bool assumed = model->net.prices[lines[k].price].evidence == ZHOL_ASSUMED;
            paid += usd;
            study->assumed_usd += assumed ? usd * units : 0;
        }
    }
    study->price_usd += paid * units;
}

/* ---- Capacities ---- */

static struct assign_capacity *capacity_of(struct assign_study *study, uint32_t *room,
                                           uint32_t resource, int8_t sense)
{
    for (uint32_t i = 0; i < study->capacity_count; i++) {
        if (study->capacities[i].resource == resource && study->capacities[i].sense == sense) {
            return &study->capacities[i];
        }
    }
    if (ARRAY_RESERVE(study->capacities, *room, study->capacity_count + 1)) {
        return NULL;
    }
    struct assign_capacity *made = &study->capacities[study->capacity_count++];
    *made = (struct assign_capacity){.resource = resource, .sense = sense};
    return made;
}

static enum zhol_error tally_row(struct assign_study *study, uint32_t *room, uint32_t s,
                                 uint32_t row)
{
    const struct assign_slice *slice = &study->slices[s];
    const struct assign_row *r = &slice->model->rows[row];
    uint32_t count, days = (uint32_t)(slice->to - slice->from);
    const struct zhol_resource *resources = zhol_corridor_resource(study->corridor, &count);
    struct assign_capacity *c =
        capacity_of(study, room, resources[r->resource_row].resource_id, r->sense);
    if (!c) {
        return ZHOL_ERROR_MEMORY;
    }
    double use = zhol_assign_row_use(slice->model->solver, row);
    double price = zhol_assign_row_price(slice->model->solver, row);
    double share = r->capacity > 0 ? use / r->capacity : use > 0 ? 1 : 0;
    c->resource_row = r->resource_row;
    c->assumed = c->assumed || r->assumed;
    c->days += days;
    c->use += use * days;
    c->capacity += r->capacity * days;
    c->price += price * days;
    c->tight_days += price > 1e-6 ? days : 0;
    if (share > c->peak) {
        c->peak = share;
        c->peak_slice = s;
    }
    if (price > c->price_peak) {
        c->price_peak = price;
        c->price_slice = s;
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error tally_capacities(struct assign_study *study)
{
    uint32_t room = 0, all = (uint32_t)(study->options.to - study->options.from);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t s = 0; !error && s < study->slice_count; s++) {
        for (uint32_t r = 0; !error && r < study->slices[s].model->row_count; r++) {
            error = tally_row(study, &room, s, r);
        }
    }
    for (uint32_t i = 0; i < study->capacity_count; i++) {
        struct assign_capacity *c = &study->capacities[i];
        c->use /= c->days;
        c->capacity /= c->days;
        c->price /= all;
    }
    return error;
}

static enum zhol_error make_room(struct assign_study *study)
{
    const struct zhol_corridor *c = study->corridor;
    size_t links = (size_t)zhol_corridor_things(c, ZHOL_TABLE_link) + 1;
    size_t processes = (size_t)zhol_corridor_things(c, ZHOL_TABLE_process) + 1;
    size_t commodities = (size_t)zhol_corridor_things(c, ZHOL_TABLE_commodity) + 1;
    study->links[0] = calloc(links, sizeof *study->links[0]);
    study->links[1] = calloc(links, sizeof *study->links[1]);
    study->processes = calloc(processes, sizeof *study->processes);
    study->wanted = calloc(commodities, sizeof *study->wanted);
    study->carried = calloc(commodities, sizeof *study->carried);
    return study->links[0] && study->links[1] && study->processes && study->wanted && study->carried
               ? ZHOL_ERROR_OK
               : ZHOL_ERROR_MEMORY;
}

static void subtract(struct assign_amount *from, const struct assign_class *class, double units)
{
    add(from, class, -units);
    from->t = from->t > 0 ? from->t : 0;
    from->teu = from->teu > 0 ? from->teu : 0;
    from->value_usd = from->value_usd > 0 ? from->value_usd : 0;
}

/* What a closing leaves without any way had one when its demand was made: it is moved from unmet to
 * no way, as if the corridor had been so from the start. */
static enum zhol_error tally_cut_off(struct assign_study *study)
{
    struct assign_shortage *items = NULL;
    uint32_t count = 0;
    bool closes = false;
    for (uint32_t i = 0; i < study->options.change_count; i++) {
        closes = closes || study->options.changes[i].kind == ASSIGN_CHANGE_LINK ||
                 study->options.changes[i].kind == ASSIGN_CHANGE_NODE;
    }
    if (!closes || !(study->unmet.t > 0)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = assign_study_shortages(study, &items, &count);
    for (uint32_t i = 0; !error && i < count; i++) {
        const struct assign_model *model = study->slices[items[i].slice].model;
        const struct assign_wish *wish = &model->wishes[items[i].wish];
        const struct assign_class *class = &model->classes[wish->class];
        if (items[i].resource == ZHOL_NONE && !items[i].dear && wish->demand != ZHOL_NONE) {
            subtract(&study->unmet, class, items[i].t / class->t_per_unit);
            add(&study->no_way, class, items[i].t / class->t_per_unit);
        }
    }
    free(items);
    return error;
}

enum zhol_error assign_tally(struct assign_study *study)
{
    enum zhol_error error = make_room(study);
    for (uint32_t s = 0; !error && s < study->slice_count; s++) {
        const struct assign_slice *slice = &study->slices[s];
        for (uint32_t w = 0; w < slice->model->wish_count; w++) {
            tally_wish(study, slice, w);
        }
        for (uint32_t f = 0; f < slice->model->flow_count; f++) {
            tally_flow(study, slice, &slice->model->flows[f]);
            tally_prices(study, slice, &slice->model->flows[f]);
        }
    }
    error = error ? error : tally_cut_off(study);
    return error ? error : tally_capacities(study);
}
