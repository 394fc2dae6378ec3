/* desk/assign_wish.c: what is wanted in the slice: classes, and demand put together by ends. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"
#include "base/random.h"
#include "base/text.h"
#include "desk/assign_parts.h"
#include "desk/demand_table.h"
#include "plan/problem.h"
#include "plan/walk.h"

enum { CLASSES_MAX = 1024 };

struct gather {
    struct assign_model *model;
    struct map_int wishes; /* (from, to, class) -> wish */
    uint32_t *wish_of;     /* by row of demand; ZHOL_NONE */
    double *t_day;         /* by row of demand */
    uint32_t bans[32];
    uint32_t ban_count;
    uint32_t class_capacity, wish_capacity;
};

const struct zhol_commodity *assign_commodity(const struct zhol_corridor *corridor,
                                              uint32_t commodity)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, commodity, &begin, &end);
    return &zhol_corridor_commodity(corridor, &count)[begin];
}

bool assign_is_assumed(const struct zhol_corridor *corridor, uint32_t source)
{
    uint32_t begin, end, count;
    if (source == ZHOL_NONE) {
        return false;
    }
    zhol_corridor_rows(corridor, ZHOL_TABLE_source, source, &begin, &end);
    return zhol_corridor_source(corridor, &count)[begin].kind == zhol_source_kind_ASSUMPTION;
}

double assign_drawn(const struct assign_model *model, enum zhol_table table, uint32_t thing,
                    int32_t valid_from, double value, double low, double high)
{
    if (model->options.draw == 0 || !(low <= value && value <= high && low < high)) {
        return value;
    }
    const char *id = zhol_corridor_id(model->corridor, table, thing);
    uint64_t stream = (uint64_t)model->options.draw << 32 | (uint64_t)table << 8;
    uint64_t index = map_hash(id, strlen(id), (uint32_t)valid_from);
    double u = random_uniform_at(model->options.seed, stream, index);
    return random_triangular_at(u, low, value, high);
}

/* ---- Tonnes of a row in the slice ---- */

/* Tonnes a day of a row of demand in the slice. */
static double row_t_day(const struct assign_model *model, uint32_t row)
{
    uint32_t count;
    const struct zhol_demand *d = &zhol_corridor_demand(model->corridor, &count)[row];
    const struct zhol_commodity *c = assign_commodity(model->corridor, d->commodity_id);
    int32_t from = model->options.from, to = model->options.to;
    double t = demand_tonnes(d, from, to);
    if (isnan(t)) {
        struct zhol_load box;
        double teu = demand_teu(d, from, to);
        bool fits = zhol_load_make(model->corridor, d->commodity_id, 2, 0, &box) == ZHOL_ERROR_OK;
        t = fits && !isnan(teu) ? teu * box.tonnes / 2 : 0;
    }
    if (!(t > 0) || !(c->t_per_unit > 0)) {
        return 0;
    }
    double drawn = assign_drawn(model, ZHOL_TABLE_demand, d->demand_id, d->period_start, d->t,
                                d->t_low, d->t_high);
    /* Totals of demand are published, its ranges reach further up than down: a draw is taken
     * against the mean of its triangle, so that on average the published total stands. */
    double mean = drawn == d->t ? d->t : (d->t_low + d->t + d->t_high) / 3;
    const double *factor = model->options.demand_factor;
    t *= demand_growth(model->corridor, d);
    return t * (drawn > 0 ? drawn / mean : 1) * (factor ? factor[row] : 1) / (to - from);
}

/* ---- Classes ---- */

/* Units that are priced together by rail: a train on 1435 mm, or 1,000 where there is none. */
static double block_units(const struct zhol_corridor *corridor, uint32_t load_class)
{
    uint32_t begin, end, count;
    const struct zhol_load_class *rows = zhol_corridor_load_class(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_load_class, load_class, &begin, &end);
    for (uint32_t row = begin; row < end; row++) {
        if (rows[row].state == zhol_state_RAIL1435 && rows[row].trains > 0) {
            return round(1 / rows[row].trains);
        }
    }
    return 1000;
}

static enum zhol_error class_make(struct gather *g, const struct assign_class *key)
{
    struct assign_model *model = g->model;
    const struct zhol_commodity *row = assign_commodity(model->corridor, key->commodity);
    uint32_t commodity = key->commodity;
    if (model->class_count == CLASSES_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error =
        ARRAY_RESERVE(model->classes, g->class_capacity, model->class_count + 1);
    if (error) {
        return error;
    }
    struct assign_class *c = &model->classes[model->class_count];
    *c = *key;
    c->t_per_unit = row->t_per_unit;
    c->block_units = block_units(model->corridor, row->load_class_id);
    c->single_units = row->class == zhol_cargo_class_CONTAINER ? 1 : 10;
    error =
        zhol_load_make(model->corridor, commodity, 0, c->block_units * c->t_per_unit, &c->block);
    error = error ? error
                  : zhol_load_make(model->corridor, commodity, 0, c->single_units * c->t_per_unit,
                                   &c->single);
    double value = isnan(row->value_usd_t) ? 0 : row->value_usd_t;
    double day = isnan(row->time_value_usd_t_day) ? value * ASSIGN_TIME_SHARE_DAY
                                                  : row->time_value_usd_t_day;
    c->teu_per_unit = error ? 0 : c->block.teu / c->block_units;
    c->usd_per_unit = value * c->t_per_unit;
    c->day_usd_per_unit =
        day * c->t_per_unit * (model->options.time_factor > 0 ? model->options.time_factor : 1);
    model->class_count += error == ZHOL_ERROR_OK;
    return error;
}

/* The bans by country of the goods that meet a row, as bits. */
static uint32_t ban_mask(const struct gather *g, const struct zhol_demand *d)
{
    const struct assign_model *model = g->model;
    const char *from = walk_node_country(model->corridor, d->from_node_id);
    const char *to = walk_node_country(model->corridor, d->to_node_id);
    const struct zhol_load load = {.commodity = d->commodity_id,
                                   .class =
                                       assign_commodity(model->corridor, d->commodity_id)->class};
    uint32_t mask = 0;
    for (uint32_t i = 0; i < g->ban_count; i++) {
        const struct zhol_ban *ban = &model->net.bans[g->bans[i]];
        mask |= (uint32_t)problem_ban_meets(&model->net, ban, &load, from, to) << i;
    }
    return mask;
}

static zhol_cell_text country_of(const struct assign_model *model, uint32_t node)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(model->corridor, ZHOL_TABLE_node, node, &begin, &end);
    return zhol_corridor_node(model->corridor, &count)[begin].country;
}

/* The country on the other side of a crossing on land, 0 where it is none. */
static zhol_cell_text other_side(const struct assign_model *model, uint32_t via, unsigned mode)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(model->corridor, &count);
    zhol_cell_text own = country_of(model, via);
    for (uint32_t i = 0; i < count; i++) {
        bool from = links[i].from_node_id == via;
        uint32_t other = from ? links[i].to_node_id : links[i].from_node_id;
        if ((from || links[i].to_node_id == via) && links[i].mode == mode &&
            country_of(model, other) != own) {
            return country_of(model, other);
        }
    }
    return 0;
}

/* Holds a class to the places where its flow is counted as it leaves the country on the other
 * side: the Trans-Caspian containers at Aktau and Kuryk, say. A row counted at one of them, as an
 * export is, is held to that one. */
static void hold_exits(const struct assign_model *model, const struct zhol_demand *d,
                       struct assign_class *class)
{
    uint32_t begin, end, count;
    if (d->demand_flow_id == ZHOL_NONE) {
        return;
    }
    zhol_corridor_rows(model->corridor, ZHOL_TABLE_demand_flow, d->demand_flow_id, &begin, &end);
    zhol_cell_list exits = zhol_corridor_demand_flow(model->corridor, &count)[begin].exits;
    struct text_view names = text_view_of(zhol_corridor_text(model->corridor, exits));
    if (!names.size) {
        return;
    }
    class->exits = exits;
    while (names.size) {
        char id[64];
        struct text_view name = text_cut(&names, ';');
        snprintf(id, sizeof id, "%.*s", (int)name.size, name.bytes);
        uint32_t node = zhol_corridor_find(model->corridor, ZHOL_TABLE_node, id);
        class->own = class->own || node == ZHOL_NONE ? class->own : country_of(model, node);
        class->exit = node == d->via_node_id ? node : class->exit;
    }
}

/* Holds a class to the border and the crossing at which a row is counted. */
static void hold(const struct assign_model *model, const struct zhol_demand *d,
                 struct assign_class *class)
{
    bool land = d->mode == zhol_mode_RAIL || d->mode == zhol_mode_ROAD;
    if (model->options.hold == ASSIGN_HOLD_NONE || !land) {
        return;
    }
    if (model->options.leave_usd_t >= 0 || model->options.hold == ASSIGN_HOLD_CROSSING) {
        hold_exits(model, d, class);
    }
    if (d->via_node_id == ZHOL_NONE) {
        return;
    }
    zhol_cell_text partner = other_side(model, d->via_node_id, d->mode);
    if (!partner || (partner != country_of(model, d->from_node_id) &&
                     partner != country_of(model, d->to_node_id))) {
        return;
    }
    class->partner = partner;
    class->own = country_of(model, d->via_node_id);
    /* Trains are agreed by crossing, months ahead; a truck goes where it finds a slot. */
    bool agreed = d->mode == zhol_mode_RAIL && model->options.leave_usd_t >= 0;
    class->via = agreed || model->options.hold == ASSIGN_HOLD_CROSSING ? d->via_node_id : ZHOL_NONE;
    class->planned = agreed && d->direction == zhol_trade_EXPORT;
}

static bool same_class(const struct assign_class *a, const struct assign_class *b)
{
    return a->commodity == b->commodity && a->mode == b->mode && a->ban_mask == b->ban_mask &&
           a->via == b->via && a->own == b->own && a->partner == b->partner &&
           a->exits == b->exits && a->exit == b->exit && a->planned == b->planned;
}

static enum zhol_error class_of(struct gather *g, const struct zhol_demand *d, uint32_t *class)
{
    struct assign_model *model = g->model;
    bool land = d->mode == zhol_mode_RAIL || d->mode == zhol_mode_ROAD;
    struct assign_class key = {.commodity = d->commodity_id,
                               .ban_mask = ban_mask(g, d),
                               .via = ZHOL_NONE,
                               .exit = ZHOL_NONE,
                               .mode = land && !model->options.any_mode ? d->mode : 0};
    hold(model, d, &key);
    for (*class = 0; *class < model->class_count; (*class)++) {
        if (same_class(&model->classes[*class], &key)) {
            return ZHOL_ERROR_OK;
        }
    }
    return class_make(g, &key);
}

/* ---- Wishes ---- */

static enum zhol_error take_row(struct gather *g, uint32_t row)
{
    struct assign_model *model = g->model;
    uint32_t count, class, wish;
    const struct zhol_demand *d = &zhol_corridor_demand(model->corridor, &count)[row];
    g->wish_of[row] = ZHOL_NONE;
    g->t_day[row] = row_t_day(model, row);
    if (!(g->t_day[row] > 0) || d->from_node_id == d->to_node_id) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = class_of(g, d, &class);
    if (error) {
        return error;
    }
    int64_t key = ((int64_t)d->from_node_id << 32 | d->to_node_id) * CLASSES_MAX + class;
    if (!map_int_get(&g->wishes, key, &wish)) {
        wish = model->wish_count;
        error = ARRAY_RESERVE(model->wishes, g->wish_capacity, wish + 1);
        error = error ? error : map_int_put(&g->wishes, key, wish);
        if (error) {
            return error;
        }
        model->wishes[wish] = (struct assign_wish){
            .from = d->from_node_id, .to = d->to_node_id, .class = class, .demand = ZHOL_NONE};
        model->wish_count++;
    }
    g->wish_of[row] = wish;
    model->wishes[wish].member_count++;
    model->wishes[wish].t_day += g->t_day[row];
    model->member_count++;
    return ZHOL_ERROR_OK;
}

/* Puts the rows of each wish side by side. */
static enum zhol_error fill_members(struct gather *g, uint32_t rows)
{
    struct assign_model *model = g->model;
    model->members = calloc(model->member_count + 1, sizeof *model->members);
    if (!model->members) {
        return ZHOL_ERROR_MEMORY;
    }
    uint32_t at = 0;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        struct assign_wish *wish = &model->wishes[w];
        wish->first_member = at;
        at += wish->member_count;
        wish->member_count = 0;
        wish->units_day = wish->t_day / model->classes[wish->class].t_per_unit;
    }
    for (uint32_t row = 0; row < rows; row++) {
        if (g->wish_of[row] != ZHOL_NONE) {
            struct assign_wish *wish = &model->wishes[g->wish_of[row]];
            model->members[wish->first_member + wish->member_count++] =
                (struct assign_member){row, g->t_day[row]};
        }
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error assign_wishes_make(struct assign_model *model)
{
    uint32_t rows;
    struct gather g = {.model = model};
    enum zhol_error error = ZHOL_ERROR_OK;
    zhol_corridor_demand(model->corridor, &rows);
    map_int_init(&g.wishes);
    g.ban_count = assign_country_bans(model, g.bans);
    g.wish_of = calloc(rows + 1, sizeof *g.wish_of);
    g.t_day = calloc(rows + 1, sizeof *g.t_day);
    if (!g.wish_of || !g.t_day) {
        error = ZHOL_ERROR_MEMORY;
    }
    error = !error && g.ban_count == ZHOL_NONE ? ZHOL_ERROR_LIMIT : error;
    for (uint32_t row = 0; !error && row < rows; row++) {
        error = take_row(&g, row);
    }
    error = error ? error : fill_members(&g, rows);
    map_int_clear(&g.wishes);
    free(g.wish_of);
    free(g.t_day);
    return error;
}
