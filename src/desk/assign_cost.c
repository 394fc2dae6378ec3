/* desk/assign_cost.c: what an arc costs a unit of a class, and who may not use it.
 *
 * A price is asked for a whole block train (by road: a truck) and shared out, so that fees per
 * consignment and rounding to wagons weigh as they do in practice.
 */
#include <math.h>

#include "base/text.h"
#include "desk/assign_parts.h"
#include "plan/problem.h"

enum { COST_LINES = 64 };

int64_t assign_middle_min(const struct assign_model *model)
{
    return (int64_t)model->net.day * 1440 + 720;
}

bool assign_ban_holds(const struct assign_model *model, const struct zhol_ban *ban)
{
    int64_t at = assign_middle_min(model);
    return ban->from_min <= at && at < ban->to_min;
}

static bool has_country(const struct zhol_ban *ban)
{
    return ban->from_country[0] || ban->to_country[0];
}

/* True where a ban of the same rule is in the list: the rows of a rule stand on many arcs. */
static bool is_listed(const struct zhol_network_view *net, const uint32_t *bans, uint32_t count,
                      uint32_t rule_row, uint32_t *at)
{
    for (*at = 0; *at < count; (*at)++) {
        if (net->bans[bans[*at]].rule_row == rule_row) {
            return true;
        }
    }
    return false;
}

uint32_t assign_country_bans(const struct assign_model *model, uint32_t bans[32])
{
    const struct zhol_network_view *net = &model->net;
    uint32_t total = net->first_ban[net->ban_list_count], count = 0, at;
    for (uint32_t i = 0; i < total; i++) {
        const struct zhol_ban *ban = &net->bans[i];
        if (has_country(ban) && assign_ban_holds(model, ban) &&
            !is_listed(net, bans, count, ban->rule_row, &at)) {
            if (count == 32) {
                return ZHOL_NONE;
            }
            bans[count++] = i;
        }
    }
    return count;
}

/* True where the rule of a ban has its bit in the mask of the class. */
static bool mask_meets(const struct assign_model *model, const struct zhol_ban *ban, uint32_t mask)
{
    uint32_t bans[32], at;
    uint32_t count = mask ? assign_country_bans(model, bans) : 0;
    return count != ZHOL_NONE && is_listed(&model->net, bans, count, ban->rule_row, &at) &&
           (mask >> at & 1u);
}

static bool is_banned(const struct assign_model *model, const struct zhol_arc *arc,
                      const struct assign_class *class)
{
    const struct zhol_network_view *net = &model->net;
    for (uint32_t i = net->first_ban[arc->ban]; i < net->first_ban[arc->ban + 1]; i++) {
        const struct zhol_ban *ban = &net->bans[i];
        if (!assign_ban_holds(model, ban)) {
            continue;
        }
        if (has_country(ban) ? mask_meets(model, ban, class->ban_mask)
                             : problem_ban_meets(net, ban, &class->block, "", "")) {
            return true;
        }
    }
    return false;
}

/* True where the arc is the movement over a controlled border by another land mode than the class
 * must cross by. */
static bool is_wrong_mode(const struct assign_model *model, const struct zhol_arc *arc,
                          const struct assign_class *class)
{
    bool land = arc->mode == zhol_mode_RAIL || arc->mode == zhol_mode_ROAD;
    if (!class->mode || !land || arc->mode == class->mode || model->options.any_mode ||
        arc->kind != ZHOL_ARC_MOVE) {
        return false;
    }
    uint32_t controls;
    zhol_corridor_rows_of(model->corridor, ZHOL_TABLE_link_control, arc->thing, &controls);
    return controls > 0;
}

static const struct zhol_node *node_of(const struct assign_model *model, uint32_t node)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(model->corridor, ZHOL_TABLE_node, node, &begin, &end);
    return &zhol_corridor_node(model->corridor, &count)[begin];
}

/* How an arc crosses the borders of the country where a class is counted, or of its partner. */
enum crossing { CROSSING_FITS, CROSSING_OTHER, CROSSING_EXIT, CROSSING_FOREIGN };

/* True for a link that first operated after the slice: no freight could be counted there. */
static bool is_new(const struct assign_model *model, uint32_t link)
{
    uint32_t count, all;
    const struct zhol_link_period *rows = zhol_corridor_link_period(model->corridor, &all);
    const uint32_t *own =
        zhol_corridor_rows_of(model->corridor, ZHOL_TABLE_link_period, link, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_link_period *row = &rows[own[i]];
        if (row->status == zhol_status_OPERATING &&
            (row->valid_from == ZHOL_BLANK_DATE || row->valid_from < model->options.to)) {
            return false;
        }
    }
    return count > 0;
}

/* True where the class is counted at a place of the country's other borders, or nowhere there. */
static bool is_exit(const struct assign_model *model, const struct assign_class *class,
                    uint32_t node)
{
    struct text_view names = text_view_of(zhol_corridor_text(model->corridor, class->exits));
    const char *id = zhol_corridor_id(model->corridor, ZHOL_TABLE_node, node);
    if (!names.size || class->exit != ZHOL_NONE) {
        return !names.size || node == class->exit;
    }
    while (names.size) {
        if (text_equal_string(text_cut(&names, ';'), id)) {
            return true;
        }
    }
    return false;
}

/* OTHER: another crossing of the border at which the class is counted; EXIT: another way out of the
 * country than the route on which it is counted; FOREIGN: another border of the partner. */
static enum crossing crossing_of(const struct assign_model *model, const struct zhol_arc *arc,
                                 const struct assign_class *class)
{
    if (!class->own || arc->kind != ZHOL_ARC_MOVE) {
        return CROSSING_FITS;
    }
    uint32_t begin, end, count;
    zhol_corridor_rows(model->corridor, ZHOL_TABLE_link, arc->thing, &begin, &end);
    const struct zhol_link *link = &zhol_corridor_link(model->corridor, &count)[begin];
    uint32_t tail = link->from_node_id, head = link->to_node_id;
    zhol_cell_text from = node_of(model, tail)->country, to = node_of(model, head)->country;
    bool owns = from == class->own || to == class->own;
    bool partner = class->partner && (from == class->partner || to == class->partner);
    if (from == to || (!owns && !partner) ||
        (model->options.hold == ASSIGN_HOLD_BORDER && is_new(model, arc->thing))) {
        return CROSSING_FITS;
    }
    if (!owns) {
        return CROSSING_FOREIGN;
    }
    if (!partner) {
        uint32_t place = from == class->own ? tail : head;
        return is_exit(model, class, place) ? CROSSING_FITS : CROSSING_EXIT;
    }
    bool own = class->via == ZHOL_NONE || tail == class->via || head == class->via;
    return own ? CROSSING_FITS : CROSSING_OTHER;
}

/* True where the arc leaves or enters the partner country elsewhere than the class is held to. */
static bool is_off_border(const struct assign_model *model, const struct zhol_arc *arc,
                          const struct assign_class *class)
{
    enum crossing crossing = crossing_of(model, arc, class);
    return crossing == CROSSING_FOREIGN ||
           (crossing != CROSSING_FITS && model->options.hold == ASSIGN_HOLD_CROSSING);
}

/* What it costs a unit to leave the crossing of its plan: months, contracts, agents. A route is
 * more than a crossing: one operator, one price, one bill for the whole way. */
static double leave_usd(const struct assign_model *model, uint32_t net_arc,
                        const struct assign_class *class)
{
    double usd_t = model->options.leave_usd_t, usd = 0;
    const uint32_t *way;
    uint32_t count = assign_arcs(&model->net, &net_arc, &way);
    for (uint32_t i = 0; class->own && i < count; i++) {
        enum crossing crossing = crossing_of(model, &model->net.arcs[way[i]], class);
        double times = crossing == CROSSING_EXIT    ? ASSIGN_LEAVE_ROUTE
                       : crossing != CROSSING_OTHER ? 0
                       : class->planned             ? ASSIGN_LEAVE_EXPORT
                                                    : 1;
        usd += fmax(0, usd_t != 0 ? usd_t : ASSIGN_LEAVE_USD_T) * times * class->t_per_unit;
    }
    return usd;
}

static bool admits_plain(const struct assign_model *model, uint32_t net_arc,
                         const struct assign_class *class, bool *passes)
{
    const struct zhol_arc *arc = &model->net.arcs[net_arc];
    return zhol_network_admits(&model->net, net_arc, &class->block, passes) &&
           !is_banned(model, arc, class) && !is_wrong_mode(model, arc, class) &&
           !is_off_border(model, arc, class);
}

static bool admits(const struct assign_model *model, uint32_t net_arc,
                   const struct assign_class *class, bool *passes)
{
    const struct zhol_arc *arc = &model->net.arcs[net_arc];
    const uint32_t *way;
    bool under;
    if (arc->kind == ZHOL_ARC_MOVE && (arc->mode == zhol_mode_SEA || arc->mode == zhol_mode_AIR)) {
        return false; /* ships and aircraft move for a service only */
    }
    if (!admits_plain(model, net_arc, class, passes)) {
        return false;
    }
    if (arc->kind != ZHOL_ARC_RIDE) {
        return true;
    }
    uint32_t count = assign_arcs(&model->net, &net_arc, &way);
    for (uint32_t i = 0; i < count; i++) {
        if (!admits_plain(model, way[i], class, &under)) {
            return false;
        }
    }
    return true;
}

/* Road: the load of one truck; else of a block train. */
static bool is_single(const struct zhol_network_view *net, uint32_t net_arc)
{
    const struct zhol_arc *arc = &net->arcs[net_arc];
    return arc->mode == zhol_mode_ROAD ||
           (arc->mode == 0 && net->vertices[arc->head].state == zhol_state_ROAD);
}

/* What stands in where no price is known, USD for the load. */
static double default_usd(const struct zhol_arc *arc, const struct zhol_load *load)
{
    double t_km = load->tonnes * arc->length_m / 1000.0;
    switch (arc->mode) {
    case zhol_mode_RAIL:
        return t_km * ASSIGN_RAIL_USD_TKM;
    case zhol_mode_ROAD:
        return t_km * ASSIGN_ROAD_USD_TKM;
    case zhol_mode_OIL:
    case zhol_mode_GAS:
        return t_km * ASSIGN_PIPE_USD_TKM;
    case 0:
        return arc->kind == ZHOL_ARC_HANDLE ? load->tonnes * ASSIGN_HANDLE_USD_T : 0;
    default:
        return t_km * ASSIGN_SEA_USD_TKM;
    }
}

/* Known prices of an arc for the load, USD, tariffs scaled. */
static double known_usd(struct assign_model *model, uint32_t net_arc, const struct zhol_load *load,
                        bool *unknown)
{
    struct zhol_cost_line lines[COST_LINES];
    uint32_t count = 0, rows;
    int64_t cents =
        zhol_network_cost(&model->net, net_arc, load, unknown, lines, COST_LINES, &count);
    const double *factor = model->options.tariff_factor;
    double usd = (double)cents / 100;
    const struct zhol_tariff *tariffs = zhol_corridor_tariff(model->corridor, &rows);
    for (uint32_t i = 0; factor && i < count && i < COST_LINES; i++) {
        uint32_t row = model->net.prices[lines[i].price].tariff_row;
        usd += (double)lines[i].cents / 100 * (factor[tariffs[row].tariff_id] - 1);
    }
    return usd;
}

static double plain_usd(struct assign_model *model, uint32_t net_arc, const struct zhol_load *load)
{
    bool unknown = false;
    double usd = known_usd(model, net_arc, load, &unknown);
    if (unknown) {
        model->cost_unknown[net_arc] = 1;
        usd += default_usd(&model->net.arcs[net_arc], load);
    }
    return usd;
}

/* A ride without a through price costs the sum over its way, rates standing in where needed. */
static double load_usd(struct assign_model *model, uint32_t net_arc, const struct zhol_load *load)
{
    if (model->net.arcs[net_arc].kind != ZHOL_ARC_RIDE) {
        return plain_usd(model, net_arc, load);
    }
    bool unknown = false, passes;
    double usd = known_usd(model, net_arc, load, &unknown);
    if (!unknown) {
        return usd;
    }
    const uint32_t *way;
    uint32_t count = assign_arcs(&model->net, &net_arc, &way);
    model->cost_unknown[net_arc] = 1;
    usd = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_network_admits(&model->net, way[i], load, &passes) && !passes) {
            usd += plain_usd(model, way[i], load);
        }
    }
    return usd;
}

/* Minutes of an arc: the median, and for a ride half the time between departures. */
static double arc_minutes(const struct assign_model *model, uint32_t net_arc)
{
    const struct zhol_arc *arc = &model->net.arcs[net_arc];
    double minutes = arc->minutes[ZHOL_TIME_MEDIAN];
    if (arc->kind != ZHOL_ARC_RIDE) {
        return minutes;
    }
    const struct zhol_ride *ride = &model->net.rides[arc->thing];
    if (ride->depart_minute < 0) {
        return minutes + ride->headway_minutes / 2.0;
    }
    unsigned days = 0;
    for (unsigned day = 0; day < 7; day++) {
        days += ride->weekdays >> day & 1u;
    }
    return minutes + (days ? 7.0 * 1440 / days / 2 : 0);
}

/* True where a departure of the ride falls into the slice. */
static bool runs(const struct assign_model *model, const struct zhol_arc *arc)
{
    if (arc->kind != ZHOL_ARC_RIDE) {
        return true;
    }
    const struct zhol_ride *ride = &model->net.rides[arc->thing];
    return zhol_day_in((int32_t)(assign_middle_min(model) / 1440), ride->first_day, ride->last_day);
}

double assign_arc_cost(struct assign_model *model, uint32_t net_arc, uint32_t class)
{
    const struct assign_class *c = &model->classes[class];
    bool passes = false, single = is_single(&model->net, net_arc);
    if (!admits(model, net_arc, c, &passes) || !runs(model, &model->net.arcs[net_arc])) {
        return ASSIGN_CLOSED;
    }
    if (passes) {
        return 0;
    }
    double units = single ? c->single_units : c->block_units;
    double usd = load_usd(model, net_arc, single ? &c->single : &c->block) / units;
    usd = usd > 0 ? usd : 0; /* a subsidy never makes an arc a source of money */
    usd += leave_usd(model, net_arc, c);
    usd += c->day_usd_per_unit * arc_minutes(model, net_arc) / 1440;
    return usd < ASSIGN_CLOSED / 2 ? usd : ASSIGN_CLOSED / 2;
}
