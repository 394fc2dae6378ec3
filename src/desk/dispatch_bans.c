/* dispatch_bans.c: the bans of the corridor's rules on a day at a gauge break. See
 * dispatch_parts.h.
 *
 * A rule of kind ban closes a railway link of the crossing by the same meaning as in the network
 * (network/compile_bans.c): its movement, or a control at either end. Trains of a gauge are not
 * accepted in the minutes in which all links over the border are closed to them; formed trains do
 * not leave while all lines inland are. Rules that name goods close them for these goods alone:
 * what a train list knows of a wagon is compared with them; goods that are not known are not held
 * by a rule on a commodity. The country of origin is taken to be the one that the train comes from.
 * A day of a rule begins at midnight of the station where the link begins.
 *
 * Where a rule on all goods closes some of several lines, the hours that it touches have only what
 * the figures of the open lines let pass. A rule on a process of reloading closes the fronts of its
 * station that do it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "base/zone.h"
#include "desk/dispatch_parts.h"
#include "network/compile.h"

enum { WAYS_MAX = 32, MINUTES_MAX = 599999 };

/* A link by which trains of a side go, and what a rule may name of it. */
struct way {
    struct arc_scope move, before, after; /* after: the control at the end */
    double a_day;                         /* trains that its binding figures let pass */
};

/* A rule closes a way in [from, until). */
struct closing {
    int32_t from, until;
    uint32_t row, way;
};

struct finder {
    struct dispatch_day *day;
    const struct zhol_rule *rules;
    uint32_t rule_count;
    const struct zhol_node *nodes;
    struct zone *zones[ZHOL_DISPATCH_GAUGES]; /* of the stations; NULL where not known */
    struct way ways[WAYS_MAX];
    uint32_t way_count;
    struct closing *closings;
    uint32_t closing_count, closing_room;
    int32_t *points;
    uint32_t point_count, point_room;
};

/* ---- The links of a side ---- */

static uint16_t country_of(const struct finder *it, uint32_t node)
{
    return scope_country_code(it->day->corridor, it->nodes[node].country);
}

static struct way way_of(const struct finder *it, const struct zhol_link *link, uint32_t from)
{
    bool ahead = link->from_node_id == from;
    uint32_t to = ahead ? link->to_node_id : link->from_node_id;
    uint8_t state = link->gauge_mm == 1435 ? zhol_state_RAIL1435 : zhol_state_RAIL1520;
    struct arc_scope scope = {.link = link->link_id,
                              .process = ZHOL_NONE,
                              .service = ZHOL_NONE,
                              .node = to,
                              .from_node = from,
                              .to_node = to,
                              .country = scope_country_code(it->day->corridor, link->country),
                              .from_country = country_of(it, from),
                              .to_country = country_of(it, to),
                              .kind = ZHOL_ARC_MOVE,
                              .from_state = state,
                              .to_state = state,
                              .along = ahead ? 1 : -1};
    struct way way = {scope, scope, scope, 0};
    way.before.kind = way.after.kind = ZHOL_ARC_CONTROL;
    way.before.node = from;
    way.before.country = scope.from_country;
    way.after.country = scope.to_country;
    return way;
}

/* The railway links from one station to the other; with `to` ZHOL_NONE those from `from` into its
 * own country on a gauge. */
static void find_ways(struct finder *it, uint32_t from, uint32_t to, int32_t gauge_mm)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(it->day->corridor, &count);
    it->way_count = 0;
    for (uint32_t i = 0; i < count && it->way_count < WAYS_MAX; i++) {
        const struct zhol_link *link = &links[i];
        uint32_t far = link->from_node_id == from                    ? link->to_node_id
                       : link->to_node_id == from && !link->directed ? link->from_node_id
                                                                     : ZHOL_NONE;
        bool wanted = far != ZHOL_NONE && link->mode == zhol_mode_RAIL &&
                      (to == ZHOL_NONE ? it->nodes[far].country == it->nodes[from].country &&
                                             link->gauge_mm == gauge_mm
                                       : far == to);
        if (wanted) {
            it->ways[it->way_count++] = way_of(it, link, from);
        }
    }
}

/* ---- Which rules close them, and when ---- */

/* Whether a control of trains at the scope's place is the process of the rule. */
static bool control_is(const struct finder *it, const struct zhol_rule *rule,
                       const struct arc_scope *scope)
{
    uint32_t begin, end, count;
    const struct zhol_process *rows = zhol_corridor_process(it->day->corridor, &count);
    if (rule->process_id == ZHOL_NONE) {
        return true;
    }
    zhol_corridor_rows(it->day->corridor, ZHOL_TABLE_process, rule->process_id, &begin, &end);
    const struct zhol_process *process = &rows[begin];
    bool leaves = scope->node == scope->from_node;
    unsigned crossing = leaves ? zhol_process_kind_BORDER_EXIT : zhol_process_kind_BORDER_ENTRY;
    return begin < end && process->node_id == scope->node && process->batch != zhol_batch_TRUCK &&
           (process->kind == crossing || process->kind == zhol_process_kind_CUSTOMS);
}

static bool closes(const struct finder *it, const struct zhol_rule *rule, const struct way *way)
{
    uint16_t country = scope_country_code(it->day->corridor, rule->country);
    if (!rule->country && rule->node_id != ZHOL_NONE) {
        country = country_of(it, rule->node_id);
    }
    struct arc_scope before = way->before, after = way->after;
    before.process = after.process = rule->process_id;
    return ban_fits(rule, country, &way->move) ||
           (control_is(it, rule, &before) && ban_fits(rule, country, &before)) ||
           (control_is(it, rule, &after) && ban_fits(rule, country, &after));
}

/* The minute of the planned day at which a day of a rule begins at a station. */
static int32_t day_minute(const struct finder *it, uint32_t node, int32_t day)
{
    const struct dispatch_day *plan = it->day;
    const struct zone *here =
        it->zones[node == plan->node[ZHOL_DISPATCH_1435] ? ZHOL_DISPATCH_1435 : ZHOL_DISPATCH_1520];
    const struct zone *clock = it->zones[ZHOL_DISPATCH_1520];
    int64_t second = (int64_t)day * TIME_DAY_S, utc;
    if (here && clock) {
        zone_local_to_utc(here, second, &utc);
        second = zone_local_s(clock, utc);
    }
    int64_t minute = (second - (int64_t)plan->date * TIME_DAY_S) / 60;
    return (int32_t)(minute < -MINUTES_MAX  ? -MINUTES_MAX
                     : minute > MINUTES_MAX ? MINUTES_MAX
                                            : minute);
}

static enum zhol_error add_point(struct finder *it, int32_t minute)
{
    uint32_t at = it->point_count;
    enum zhol_error error = ARRAY_RESERVE(it->points, it->point_room, at + 1);
    if (error) {
        return error;
    }
    for (; at > 0 && it->points[at - 1] > minute; at--) {
        it->points[at] = it->points[at - 1];
    }
    it->points[at] = minute;
    it->point_count++;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_closing(struct finder *it, uint32_t row, uint32_t way)
{
    const struct zhol_rule *rule = &it->rules[row];
    uint32_t from = it->ways[way].move.from_node;
    struct closing one = {-MINUTES_MAX, ZHOL_DISPATCH_NEVER, row, way};
    if (rule->valid_from != ZHOL_BLANK_DATE) {
        one.from = day_minute(it, from, rule->valid_from);
    }
    if (rule->valid_to != ZHOL_BLANK_DATE) {
        one.until = day_minute(it, from, rule->valid_to);
    }
    if (one.until <= 0 || one.from > it->day->engine.horizon_min) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(it->closings, it->closing_room, it->closing_count + 1);
    error = error ? error : add_point(it, one.from);
    error = error ? error : add_point(it, one.until);
    if (!error) {
        it->closings[it->closing_count++] = one;
    }
    return error;
}

static enum zhol_error find_closings(struct finder *it)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    it->closing_count = it->point_count = 0;
    for (uint32_t row = 0; row < it->rule_count && !error; row++) {
        for (uint32_t way = 0; way < it->way_count && !error; way++) {
            if (it->rules[row].kind == zhol_rule_kind_BAN &&
                closes(it, &it->rules[row], &it->ways[way])) {
                error = add_closing(it, row, way);
            }
        }
    }
    return error;
}

/* ---- From rules to bans ---- */

static bool names_goods(const struct zhol_rule *rule)
{
    return rule->class || rule->commodity_id != ZHOL_NONE || rule->from_country ||
           rule->to_country || rule->exempt;
}

static bool same_goods(const struct zhol_rule *a, const struct zhol_rule *b)
{
    return a->class == b->class && a->commodity_id == b->commodity_id &&
           a->from_country == b->from_country && a->to_country == b->to_country &&
           a->exempt == b->exempt;
}

/* The row of a rule on the goods of `like` that closes some way in [from, until), where each way is
 * closed then by such a rule or by one on all goods; ZHOL_NONE otherwise. */
static uint32_t closed_by(const struct finder *it, const struct zhol_rule *like, int32_t from,
                          int32_t until)
{
    uint32_t found = ZHOL_NONE;
    for (uint32_t way = 0; way < it->way_count; way++) {
        bool closed = false;
        for (uint32_t i = 0; i < it->closing_count; i++) {
            const struct closing *one = &it->closings[i];
            const struct zhol_rule *rule = &it->rules[one->row];
            bool own = same_goods(rule, like);
            if (one->way == way && one->from <= from && until <= one->until &&
                (own || !names_goods(rule))) {
                closed = true;
                found = own && found == ZHOL_NONE ? one->row : found;
            }
        }
        if (!closed) {
            return ZHOL_NONE;
        }
    }
    return found;
}

static enum zhol_error add_found(struct finder *it, const struct zhol_dispatch_ban *ban,
                                 uint32_t row)
{
    struct dispatch_day *day = it->day;
    if (!names_goods(&it->rules[row])) {
        return dispatch_add_ban(day, *ban, row);
    }
    enum zhol_error error =
        ARRAY_RESERVE(day->goods_bans, day->goods_ban_room, day->goods_ban_count + 1);
    if (!error) {
        day->goods_bans[day->goods_ban_count++] = (struct dispatch_goods_ban){*ban, row, false};
    }
    return error;
}

/* All windows in which the goods of closing `first` cannot pass. */
static enum zhol_error add_windows(struct finder *it, uint32_t first, struct zhol_dispatch_ban ban)
{
    const struct zhol_rule *like = &it->rules[it->closings[first].row];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < first; i++) {
        if (same_goods(&it->rules[it->closings[i].row], like)) {
            return ZHOL_ERROR_OK; /* told already */
        }
    }
    uint32_t open = ZHOL_NONE; /* the rule of the window at hand */
    for (uint32_t i = 0; i + 1 < it->point_count && !error; i++) {
        int32_t from = it->points[i], until = it->points[i + 1];
        uint32_t row = from < until ? closed_by(it, like, from, until) : open;
        if (row != open && open != ZHOL_NONE) {
            error = add_found(it, &ban, open);
        }
        if (row != open) {
            ban.from_min = from;
        }
        ban.until_min = until;
        open = row;
    }
    return error || open == ZHOL_NONE ? error : add_found(it, &ban, open);
}

static enum zhol_error find_bans(struct finder *it, struct zhol_dispatch_ban ban)
{
    enum zhol_error error = find_closings(it);
    for (uint32_t i = 0; i < it->closing_count && !error; i++) {
        error = add_windows(it, i, ban);
    }
    return error;
}

/* ---- Some of several lines closed ---- */

/* What the lines that stay open in an hour let pass of all, as a share of `a_day`; *rule is one
 * that closes another. 1 where all are closed: that is a ban. */
static double open_share(const struct finder *it, uint32_t hour, double a_day, uint32_t *rule)
{
    int32_t from = (int32_t)hour * 60;
    double open_a_day = 0;
    uint32_t open = 0;
    for (uint32_t way = 0; way < it->way_count; way++) {
        bool closed = false;
        for (uint32_t i = 0; i < it->closing_count; i++) {
            const struct closing *one = &it->closings[i];
            if (one->way == way && one->from < from + 60 && from < one->until &&
                !names_goods(&it->rules[one->row])) {
                closed = true;
                *rule = it->ways[way].a_day > 0 ? one->row : *rule;
            }
        }
        open += !closed;
        open_a_day += closed ? 0 : it->ways[way].a_day;
    }
    return open && a_day > 0 ? open_a_day / a_day : 1;
}

/* Takes from the hours what closed lines would have let pass. */
static enum zhol_error thin(struct finder *it, enum zhol_dispatch_move move,
                            enum zhol_dispatch_gauge gauge, uint16_t *hours, double a_day)
{
    struct dispatch_day *day = it->day;
    enum zhol_error error = ZHOL_ERROR_OK;
    double owed = 0; /* trains that are still to be taken away */
    for (uint32_t h = 0; h < (uint32_t)day->engine.horizon_min / 60 && !error; h++) {
        uint32_t rule = ZHOL_NONE;
        double share = open_share(it, h, a_day, &rule);
        owed = rule == ZHOL_NONE || share >= 1 ? 0 : owed + (1 - share) * a_day / 24;
        uint16_t count = (uint16_t)(owed + 1e-9 < hours[h] ? owed + 1e-9 : hours[h]);
        if (share <= 0) {
            count = hours[h];
        }
        if (count) {
            error = ARRAY_RESERVE(day->thins, day->thin_room, day->thin_count + 1);
        }
        if (count && !error) {
            day->thins[day->thin_count++] = (struct dispatch_thin){rule, move, gauge, h, count};
            hours[h] = (uint16_t)(hours[h] - count);
            owed = owed > count ? owed - count : 0;
        }
    }
    return error;
}

static enum zhol_error thin_lines(struct finder *it, enum zhol_dispatch_move move,
                                  enum zhol_dispatch_gauge gauge, uint32_t to)
{
    struct dispatch_day *day = it->day;
    uint32_t from = day->node[gauge];
    double a_day = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t way = 0; way < it->way_count && !error; way++) {
        error =
            dispatch_capacity(day, from, to, it->ways[way].move.link, gauge, &it->ways[way].a_day);
        a_day += it->ways[way].a_day;
    }
    uint16_t *hours = move == ZHOL_DISPATCH_ACCEPT ? day->accepts[gauge] : day->departs[gauge];
    return error ? error : thin(it, move, gauge, hours, a_day);
}

void dispatch_thin_drop(struct dispatch_day *day, enum zhol_dispatch_move move,
                        enum zhol_dispatch_gauge gauge)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < day->thin_count; i++) {
        if (day->thins[i].move != move || day->thins[i].gauge != gauge) {
            day->thins[kept++] = day->thins[i];
        }
    }
    day->thin_count = kept;
}

/* ---- Reloading closed ---- */

/* The process of reloading that a rule closes at one of the stations; NULL where there is none. */
static const struct zhol_process *reloading(const struct finder *it, const struct zhol_rule *rule)
{
    uint32_t begin, end, count;
    const struct zhol_process *rows = zhol_corridor_process(it->day->corridor, &count);
    if (rule->kind != zhol_rule_kind_BAN || rule->process_id == ZHOL_NONE || names_goods(rule)) {
        return NULL;
    }
    zhol_corridor_rows(it->day->corridor, ZHOL_TABLE_process, rule->process_id, &begin, &end);
    if (begin == end) {
        return NULL;
    }
    const struct zhol_process *process = &rows[begin];
    bool here = process->node_id == it->day->node[ZHOL_DISPATCH_1435] ||
                process->node_id == it->day->node[ZHOL_DISPATCH_1520];
    bool reloads = process->kind == zhol_process_kind_TRANSSHIP ||
                   process->kind == zhol_process_kind_RELOAD_BULK ||
                   process->kind == zhol_process_kind_BOGIE_CHANGE;
    return here && reloads ? process : NULL;
}

static enum zhol_dispatch_work work_of_process(const struct zhol_process *process)
{
    return process->kind == zhol_process_kind_BOGIE_CHANGE  ? ZHOL_DISPATCH_BOGIES
           : process->kind == zhol_process_kind_RELOAD_BULK ? ZHOL_DISPATCH_BULK
                                                            : ZHOL_DISPATCH_CONTAINERS;
}

/* Closes a front; each has a calendar of its own, its number and one. */
static enum zhol_error close_front(struct dispatch_day *day, uint32_t front, uint32_t row,
                                   int32_t from, int32_t until)
{
    struct zhol_dispatch_window window = {front + 1, from, until};
    enum zhol_error error =
        ARRAY_RESERVE(day->reload_bans, day->reload_ban_room, day->reload_ban_count + 1);
    error = error ? error : dispatch_add_window(day, window);
    if (!error) {
        day->fronts[front].calendar = window.calendar;
        day->reload_bans[day->reload_ban_count++] = (struct dispatch_reload_ban){row, window};
    }
    return error;
}

static enum zhol_error close_reloading(struct finder *it, uint32_t row)
{
    struct dispatch_day *day = it->day;
    const struct zhol_rule *rule = &it->rules[row];
    const struct zhol_process *process = reloading(it, rule);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!process) {
        return error;
    }
    int32_t from = rule->valid_from == ZHOL_BLANK_DATE
                       ? 0
                       : day_minute(it, process->node_id, rule->valid_from);
    int32_t until = rule->valid_to == ZHOL_BLANK_DATE
                        ? ZHOL_DISPATCH_NEVER
                        : day_minute(it, process->node_id, rule->valid_to);
    from = from > 0 ? from : 0;
    for (uint32_t i = 0; i < day->engine.front_count && from < until && !error; i++) {
        if (day->front_nodes[i] == process->node_id && from <= day->engine.horizon_min &&
            day->fronts[i].work == work_of_process(process)) {
            error = close_front(day, i, row, from, until);
        }
    }
    return error;
}

static enum zhol_error load_zone(const struct finder *it, int gauge, struct zone **zone)
{
    const struct zhol_node *node = &it->nodes[it->day->node[gauge]];
    enum zhol_error error = zone_load(zhol_corridor_text(it->day->corridor, node->time_zone), zone);
    if (error) {
        *zone = NULL;
    }
    return error == ZHOL_ERROR_MEMORY ? error : ZHOL_ERROR_OK;
}

enum zhol_error dispatch_day_bans(struct dispatch_day *day)
{
    uint32_t count;
    struct finder it = {.day = day, .nodes = zhol_corridor_node(day->corridor, &count)};
    it.rules = zhol_corridor_rule(day->corridor, &it.rule_count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES && !error; g++) {
        error = load_zone(&it, g, &it.zones[g]);
    }
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES && !error; g++) {
        struct zhol_dispatch_ban ban = {.gauge = (enum zhol_dispatch_gauge)g,
                                        .destination = ZHOL_DISPATCH_NONE,
                                        .arriving = true};
        find_ways(&it, day->node[g], day->node[!g], 0);
        error = find_bans(&it, ban);
        error = error ? error : thin_lines(&it, ZHOL_DISPATCH_ACCEPT, ban.gauge, day->node[!g]);
        find_ways(&it, day->node[g], ZHOL_NONE, dispatch_gauge_mm(ban.gauge));
        ban.arriving = false;
        error = error ? error : find_bans(&it, ban);
        error = error ? error : thin_lines(&it, ZHOL_DISPATCH_DEPART, ban.gauge, ZHOL_NONE);
    }
    for (uint32_t row = 0; row < it.rule_count && !error; row++) {
        error = close_reloading(&it, row);
    }
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        zone_free(it.zones[g]);
    }
    free(it.closings);
    free(it.points);
    return error;
}

/* ---- Which goods a rule names ---- */

static bool is_exempt(const struct zhol_corridor *corridor, const struct zhol_rule *rule,
                      const struct dispatch_goods *goods)
{
    struct text_view rest = text_view_of(zhol_corridor_text(corridor, rule->exempt));
    const char *commodity =
        goods->commodity == ZHOL_NONE
            ? ""
            : zhol_corridor_id(corridor, ZHOL_TABLE_commodity, goods->commodity);
    while (rest.size) {
        struct text_view part = text_trim(text_cut(&rest, ';'));
        char word[32];
        snprintf(word, sizeof word, "%.*s", (int)(part.size < 31 ? part.size : 31), part.bytes);
        if (part.size && (text_equal_string(part, commodity) ||
                          (goods->class && zhol_cargo_class_from(word) == goods->class))) {
            return true;
        }
    }
    return false;
}

static bool country_is(const struct dispatch_day *day, zhol_cell_text country, uint32_t node)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(day->corridor, &count);
    return !country ||
           (node != ZHOL_NONE && scope_country_code(day->corridor, country) ==
                                     scope_country_code(day->corridor, nodes[node].country));
}

static bool goods_fit(const struct dispatch_day *day, const struct zhol_rule *rule,
                      enum zhol_dispatch_gauge gauge, const struct dispatch_goods *goods)
{
    return (!rule->class || rule->class == goods->class) &&
           (rule->commodity_id == ZHOL_NONE || rule->commodity_id == goods->commodity) &&
           country_is(day, rule->from_country, day->node[gauge]) &&
           country_is(day, rule->to_country, goods->to) && !is_exempt(day->corridor, rule, goods);
}

enum zhol_error dispatch_mark(struct dispatch_day *day, uint32_t rule, uint32_t *flag)
{
    for (uint32_t i = 0; i < day->mark_count; i++) {
        if (day->marks[i] == rule) {
            *flag = (uint32_t)ZHOL_DISPATCH_MARK << i;
            return ZHOL_ERROR_OK;
        }
    }
    if (day->mark_count == ZHOL_DISPATCH_MARKS) {
        return ZHOL_ERROR_LIMIT;
    }
    *flag = (uint32_t)ZHOL_DISPATCH_MARK << day->mark_count;
    day->marks[day->mark_count++] = rule;
    return ZHOL_ERROR_OK;
}

enum zhol_error dispatch_goods_flags(struct dispatch_day *day, enum zhol_dispatch_gauge gauge,
                                     const struct dispatch_goods *goods, uint32_t *flags)
{
    uint32_t count;
    const struct zhol_rule *rules = zhol_corridor_rule(day->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < day->goods_ban_count && !error; i++) {
        struct dispatch_goods_ban *it = &day->goods_bans[i];
        uint32_t flag = 0;
        bool concerns = it->ban.arriving == (it->ban.gauge == gauge);
        if (!concerns || !goods_fit(day, &rules[it->rule], gauge, goods)) {
            continue;
        }
        error = dispatch_mark(day, rules[it->rule].rule_id, &flag);
        if (!error && !it->named) {
            it->ban.flags = flag;
            it->named = true;
            error = dispatch_add_ban(day, it->ban, it->rule);
        }
        *flags |= flag;
    }
    return error;
}

unsigned dispatch_class_of(enum zhol_dispatch_work work)
{
    return work == ZHOL_DISPATCH_CONTAINERS ? zhol_cargo_class_CONTAINER
           : work == ZHOL_DISPATCH_BULK     ? zhol_cargo_class_BULK
                                            : 0;
}

/* ---- Rules of a plan or state file ---- */

uint32_t dispatch_rule_row(const struct dispatch_day *day, const char *id)
{
    uint32_t begin, end, count;
    const struct zhol_rule *rules = zhol_corridor_rule(day->corridor, &count);
    uint32_t thing = zhol_corridor_find(day->corridor, ZHOL_TABLE_rule, id);
    if (thing == ZHOL_NONE) {
        return ZHOL_NONE;
    }
    zhol_corridor_rows(day->corridor, ZHOL_TABLE_rule, thing, &begin, &end);
    for (uint32_t row = begin; row < end; row++) {
        if (zhol_day_in(day->date, rules[row].valid_from, rules[row].valid_to)) {
            return row;
        }
    }
    return begin < end ? begin : ZHOL_NONE;
}

/* Gives back the trains that closed lines took, and opens the fronts. */
static void lift_closed(struct dispatch_day *day, const struct zhol_rule *rules, uint32_t thing)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < day->thin_count; i++) {
        const struct dispatch_thin one = day->thins[i];
        if (rules[one.rule].rule_id != thing) {
            day->thins[kept++] = one;
            continue;
        }
        uint16_t *hour =
            (one.move == ZHOL_DISPATCH_ACCEPT ? day->accepts : day->departs)[one.gauge];
        hour[one.hour] = (uint16_t)(hour[one.hour] + one.count);
    }
    day->thin_count = kept;
    kept = 0;
    for (uint32_t i = 0; i < day->engine.window_count; i++) {
        bool lifted = false;
        for (uint32_t k = 0; k < day->reload_ban_count; k++) {
            const struct dispatch_reload_ban *it = &day->reload_bans[k];
            lifted = lifted || (rules[it->rule].rule_id == thing &&
                                memcmp(&it->window, &day->windows[i], sizeof it->window) == 0);
        }
        if (!lifted) {
            day->windows[kept++] = day->windows[i];
        }
    }
    day->engine.window_count = kept;
    kept = 0;
    for (uint32_t i = 0; i < day->reload_ban_count; i++) {
        if (rules[day->reload_bans[i].rule].rule_id != thing) {
            day->reload_bans[kept++] = day->reload_bans[i];
        }
    }
    day->reload_ban_count = kept;
}

void dispatch_lift(struct dispatch_day *day, uint32_t row)
{
    uint32_t count, kept = 0;
    const struct zhol_rule *rules = zhol_corridor_rule(day->corridor, &count);
    uint32_t thing = rules[row].rule_id;
    lift_closed(day, rules, thing);
    for (uint32_t i = 0; i < day->engine.ban_count; i++) {
        if (day->ban_rules[i] == ZHOL_NONE || rules[day->ban_rules[i]].rule_id != thing) {
            day->bans[kept] = day->bans[i];
            day->ban_rules[kept++] = day->ban_rules[i];
        }
    }
    day->engine.ban_count = kept;
    kept = 0;
    for (uint32_t i = 0; i < day->goods_ban_count; i++) {
        if (rules[day->goods_bans[i].rule].rule_id != thing) {
            day->goods_bans[kept++] = day->goods_bans[i];
        }
    }
    day->goods_ban_count = kept;
}
