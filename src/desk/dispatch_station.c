/* dispatch_station.c: what the corridor knows of the two stations of a crossing. See
 * dispatch_day.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "desk/dispatch_day.h"
#include "desk/dispatch_parts.h"

/* ---- The pair of stations ---- */

enum zhol_dispatch_gauge dispatch_inland_gauge(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t count, node_count, of[ZHOL_DISPATCH_GAUGES] = {0, 0};
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &node_count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t a = links[i].from_node_id, b = links[i].to_node_id;
        uint32_t far = a == node ? b : b == node ? a : ZHOL_NONE;
        enum zhol_dispatch_gauge gauge = dispatch_gauge_of(links[i].gauge_mm);
        if (far != ZHOL_NONE && links[i].mode == zhol_mode_RAIL && gauge < ZHOL_DISPATCH_GAUGES &&
            nodes[far].country == nodes[node].country) {
            of[gauge]++;
        }
    }
    return of[ZHOL_DISPATCH_1435] == of[ZHOL_DISPATCH_1520]  ? ZHOL_DISPATCH_GAUGES
           : of[ZHOL_DISPATCH_1435] > of[ZHOL_DISPATCH_1520] ? ZHOL_DISPATCH_1435
                                                             : ZHOL_DISPATCH_1520;
}

bool dispatch_wrong_way(const struct dispatch_day *day, enum zhol_dispatch_gauge gauge,
                        uint32_t node)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(day->corridor, &count);
    if (node == ZHOL_NONE) {
        return false;
    }
    /* Beyond the crossing 1,435 mm may come again, as in Europe behind China's trains; 1,520 mm
     * does not: what arrives on it and is to go on to a place of it has turned its back to it. */
    return nodes[node].country == nodes[day->node[gauge]].country ||
           (gauge == ZHOL_DISPATCH_1520 &&
            dispatch_inland_gauge(day->corridor, node) == ZHOL_DISPATCH_1520 &&
            nodes[node].country != nodes[day->node[ZHOL_DISPATCH_1435]].country);
}

enum zhol_error dispatch_crossing(const struct zhol_corridor *corridor, uint32_t station,
                                  int32_t date, uint32_t node[static ZHOL_DISPATCH_GAUGES])
{
    uint32_t count, node_count, figures;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &node_count);
    enum zhol_dispatch_gauge own = dispatch_inland_gauge(corridor, station);
    (void)date;
    for (uint32_t i = 0; i < count && own < ZHOL_DISPATCH_GAUGES; i++) {
        uint32_t a = links[i].from_node_id, b = links[i].to_node_id;
        uint32_t far = a == station ? b : b == station ? a : ZHOL_NONE;
        if (far == ZHOL_NONE || links[i].mode != zhol_mode_RAIL ||
            nodes[far].country == nodes[station].country) {
            continue;
        }
        enum zhol_dispatch_gauge other = dispatch_inland_gauge(corridor, far);
        if (other == ZHOL_DISPATCH_GAUGES || other == own) {
            continue;
        }
        node[own] = station;
        node[other] = far;
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_station_figure, far, &figures);
        if (figures) {
            return ZHOL_ERROR_OK;
        }
    }
    return ZHOL_ERROR_UNKNOWN;
}

/* ---- Groups of figures ---- */

enum { GROUPS_MAX = 256, NAME_SIZE = 128 };

struct groups {
    struct figure_group items[GROUPS_MAX];
    uint32_t count;
};

static enum zhol_error note_basis(struct dispatch_day *day, enum zhol_table table, uint32_t row)
{
    enum zhol_error error = ARRAY_RESERVE(day->basis, day->basis_room, day->basis_count + 1);
    if (!error) {
        day->basis[day->basis_count++] = (struct dispatch_basis){table, row};
    }
    return error;
}

static struct figure_group *group_of(const struct dispatch_day *day, struct groups *groups,
                                     const struct zhol_station_figure *figure)
{
    const char *part = zhol_corridor_text(day->corridor, figure->part);
    for (uint32_t i = 0; i < groups->count; i++) {
        struct figure_group *group = &groups->items[i];
        if (group->node == figure->node_id && group->item == figure->item &&
            strcmp(group->part, part) == 0 && group->to == figure->to_node_id &&
            (figure->item != zhol_station_item_TIMES ||
             (group->gauge_mm == figure->gauge_mm && group->work == figure->work))) {
            return group;
        }
    }
    if (groups->count == GROUPS_MAX) {
        return NULL;
    }
    struct figure_group *group = &groups->items[groups->count++];
    *group = (struct figure_group){.node = figure->node_id,
                                   .item = figure->item,
                                   .work = figure->work,
                                   .gauge_mm = figure->gauge_mm,
                                   .to = figure->to_node_id,
                                   .part = part,
                                   .part_ru = zhol_corridor_text(day->corridor, figure->part_ru)};
    for (int m = 0; m < zhol_station_measure_COUNT; m++) {
        group->values[m] = NAN;
    }
    return group;
}

/* All groups of both stations that hold on the day; `item` 0: all but expected trains. */
static enum zhol_error read_groups(struct dispatch_day *day, unsigned item, struct groups *groups)
{
    uint32_t total;
    const struct zhol_station_figure *figures = zhol_corridor_station_figure(day->corridor, &total);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int g = ZHOL_DISPATCH_GAUGES - 1; g >= 0 && !error; g--) {
        uint32_t count;
        const uint32_t *rows =
            zhol_corridor_rows_of(day->corridor, ZHOL_TABLE_station_figure, day->node[g], &count);
        for (uint32_t i = 0; i < count && !error; i++) {
            const struct zhol_station_figure *figure = &figures[rows[i]];
            bool wanted = item ? figure->item == item : figure->item != zhol_station_item_EXPECTED;
            if (!wanted || !zhol_day_in(day->date, figure->valid_from, figure->valid_to)) {
                continue;
            }
            struct figure_group *group = group_of(day, groups, figure);
            if (!group) {
                return ZHOL_ERROR_LIMIT;
            }
            group->values[figure->measure] = figure->value;
            error = note_basis(day, ZHOL_TABLE_station_figure, rows[i]);
        }
    }
    return error;
}

enum zhol_error dispatch_expected(struct dispatch_day *day, struct figure_group *out, uint32_t max,
                                  uint32_t *count)
{
    struct groups groups = {.count = 0};
    enum zhol_error error = read_groups(day, zhol_station_item_EXPECTED, &groups);
    *count = groups.count < max ? groups.count : max;
    memcpy(out, groups.items, *count * sizeof *out);
    return error;
}

/* ---- From groups to rows ---- */

static int32_t whole(const struct figure_group *group, unsigned measure, int32_t otherwise)
{
    double value = group->values[measure];
    return isnan(value) || value > INT32_MAX ? otherwise : (int32_t)lround(value);
}

static uint32_t copies(const struct figure_group *group)
{
    int32_t count = whole(group, zhol_station_measure_NUMBER, 1);
    return count < 0                                 ? 0
           : count > (int32_t)ZHOL_DISPATCH_ROWS_MAX ? ZHOL_DISPATCH_ROWS_MAX
                                                     : (uint32_t)count;
}

static void number_name(char out[static NAME_SIZE], const char *part, uint32_t i, uint32_t count)
{
    if (count > 1 && *part) {
        snprintf(out, NAME_SIZE, "%s %u", part, i + 1);
    } else {
        snprintf(out, NAME_SIZE, "%s", part);
    }
}

enum zhol_dispatch_work dispatch_work_of(unsigned work)
{
    return work == zhol_station_work_BULK     ? ZHOL_DISPATCH_BULK
           : work == zhol_station_work_BOGIES ? ZHOL_DISPATCH_BOGIES
                                              : ZHOL_DISPATCH_CONTAINERS;
}

static struct zhol_dispatch_front front_of(const struct figure_group *group)
{
    enum zhol_dispatch_gauge gauge = dispatch_gauge_of(group->gauge_mm);
    bool bogies = group->work == zhol_station_work_BOGIES;
    int32_t cranes = whole(group, zhol_station_measure_CRANES, 1);
    int32_t rate = whole(group, bogies ? zhol_station_measure_BATCH : zhol_station_measure_RATE, 1);
    return (struct zhol_dispatch_front){
        .work = dispatch_work_of(group->work),
        .takes = {gauge != ZHOL_DISPATCH_1520, gauge != ZHOL_DISPATCH_1435},
        .cranes = cranes < 1 ? 1 : (uint32_t)cranes,
        .rate = rate < 1 ? 1 : (uint32_t)rate,
        .setup_min = whole(group, zhol_station_measure_SETUP, 0),
        .length_m = whole(group, zhol_station_measure_LENGTH, 0),
        .calendar = ZHOL_DISPATCH_NONE};
}

static enum zhol_error add_rows(struct dispatch_day *day, const struct figure_group *group)
{
    enum zhol_dispatch_gauge gauge = dispatch_gauge_of(group->gauge_mm);
    uint32_t count = copies(group);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (gauge == ZHOL_DISPATCH_GAUGES && group->item != zhol_station_item_FRONT) {
        return ZHOL_ERROR_OK;
    }
    for (uint32_t i = 0; i < count && !error; i++) {
        char name[NAME_SIZE], ru[NAME_SIZE];
        number_name(name, group->part, i, count);
        number_name(ru, group->part_ru, i, count);
        if (group->item == zhol_station_item_TRACK) {
            struct zhol_dispatch_track track = {.gauge = gauge,
                                                .length_m =
                                                    whole(group, zhol_station_measure_LENGTH, 850),
                                                .calendar = ZHOL_DISPATCH_NONE};
            error = dispatch_add_track(day, track, name, ru);
        } else if (group->item == zhol_station_item_FRONT) {
            uint32_t row = day->engine.front_count;
            error = dispatch_add_front(day, front_of(group), name, ru);
            error = error ? error : ARRAY_RESERVE(day->front_nodes, day->front_node_room, row + 1);
            if (!error) {
                day->front_nodes[row] = group->node;
            }
        } else {
            struct zhol_dispatch_locomotive locomotive = {
                .move = group->item == zhol_station_item_FETCH ? ZHOL_DISPATCH_ACCEPT
                                                               : ZHOL_DISPATCH_DEPART,
                .gauge = gauge,
                .return_min = whole(group, zhol_station_measure_RETURN, 180)};
            error = dispatch_add_locomotive(day, locomotive, name, ru);
        }
    }
    return error;
}

static void take_times(struct dispatch_day *day, const struct figure_group *group)
{
    struct zhol_dispatch_day *engine = &day->engine;
    engine->form_min = whole(group, zhol_station_measure_FORM, engine->form_min);
    engine->yard_min = whole(group, zhol_station_measure_YARD, engine->yard_min);
    engine->release_min = whole(group, zhol_station_measure_RELEASE, engine->release_min);
    engine->free_storage_min = whole(group, zhol_station_measure_FREE, engine->free_storage_min);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        if (group->gauge_mm == ZHOL_BLANK_INT ||
            group->gauge_mm == dispatch_gauge_mm((enum zhol_dispatch_gauge)g)) {
            day->inspect_min[g] = whole(group, zhol_station_measure_INSPECT, day->inspect_min[g]);
        }
    }
    for (int w = 0; w < ZHOL_DISPATCH_WORKS; w++) {
        if (!group->work || dispatch_work_of(group->work) == (enum zhol_dispatch_work)w) {
            day->contract_min[w] =
                whole(group, zhol_station_measure_CONTRACT, day->contract_min[w]);
            day->late_weight[w] = whole(group, zhol_station_measure_LATE, day->late_weight[w]);
        }
    }
}

static enum zhol_error take_group(struct dispatch_day *day, const struct figure_group *group)
{
    enum zhol_dispatch_gauge gauge = dispatch_gauge_of(group->gauge_mm);
    switch (group->item) {
    case zhol_station_item_TIMES:
        take_times(day, group);
        return ZHOL_ERROR_OK;
    case zhol_station_item_FORMED:
        if (gauge < ZHOL_DISPATCH_GAUGES) {
            day->engine.limits[gauge] = (struct zhol_dispatch_limits){
                .weight_t = whole(group, zhol_station_measure_WEIGHT, 5000),
                .length_wagons = whole(group, zhol_station_measure_WAGONS, 57),
                .heavy_20_pairs = (uint32_t)whole(group, zhol_station_measure_HEAVY, 100)};
        }
        return ZHOL_ERROR_OK;
    case zhol_station_item_STOCK:
        return gauge == ZHOL_DISPATCH_GAUGES
                   ? ZHOL_ERROR_OK
                   : dispatch_add_stock(
                         day,
                         (struct zhol_dispatch_stock){
                             gauge, (uint32_t)whole(group, zhol_station_measure_NUMBER, 0)},
                         dispatch_work_of(group->work), group->part, group->part_ru);
    default:
        return add_rows(day, group);
    }
}

/* ---- Acceptance and departures ---- */

void dispatch_spread(uint16_t *hours, uint32_t count, double a_day)
{
    for (uint32_t h = 0; h < count; h++) {
        double upto = floor((h + 1) * a_day / 24 + 1e-9), before = floor(h * a_day / 24 + 1e-9);
        hours[h] = (uint16_t)(upto - before > UINT16_MAX ? UINT16_MAX : upto - before);
    }
}

void dispatch_set_accepted(struct dispatch_day *day, enum zhol_dispatch_gauge gauge, double a_day)
{
    uint32_t hours = (uint32_t)day->engine.horizon_min / 60;
    memset(day->accepts[gauge], 0, sizeof day->accepts[gauge]);
    /* What is not accepted within the day is for the day after to accept. */
    dispatch_spread(day->accepts[gauge], hours < 24 ? hours : 24, a_day);
    dispatch_thin_drop(day, ZHOL_DISPATCH_ACCEPT, gauge);
}

enum zhol_error dispatch_capacity(struct dispatch_day *day, uint32_t from, uint32_t to,
                                  uint32_t only, enum zhol_dispatch_gauge gauge, double *a_day)
{
    uint32_t count, node_count, begin, end, link_count;
    const struct zhol_resource *resources = zhol_corridor_resource(day->corridor, &count);
    const struct zhol_link *links = zhol_corridor_link(day->corridor, &link_count);
    const struct zhol_node *nodes = zhol_corridor_node(day->corridor, &node_count);
    enum zhol_error error = ZHOL_ERROR_OK;
    *a_day = 0;
    for (uint32_t i = 0; i < count && !error; i++) {
        const struct zhol_resource *r = &resources[i];
        if (r->link_id == ZHOL_NONE || (only != ZHOL_NONE && r->link_id != only) ||
            r->kind != zhol_capacity_kind_BINDING || r->per != zhol_per_DAY ||
            (r->unit != zhol_capacity_unit_TRAINS && r->unit != zhol_capacity_unit_PAIRS) ||
            !zhol_day_in(day->date, r->valid_from, r->valid_to)) {
            continue;
        }
        zhol_corridor_rows(day->corridor, ZHOL_TABLE_link, r->link_id, &begin, &end);
        const struct zhol_link *link = &links[begin];
        bool ahead = link->from_node_id == from && r->direction != zhol_direction_BACKWARD;
        bool back =
            link->to_node_id == from && !link->directed && r->direction != zhol_direction_FORWARD;
        uint32_t far = ahead ? link->to_node_id : back ? link->from_node_id : ZHOL_NONE;
        bool wanted = to == ZHOL_NONE
                          ? far != ZHOL_NONE && nodes[far].country == nodes[from].country &&
                                link->gauge_mm == dispatch_gauge_mm(gauge)
                          : far == to;
        if (wanted && link->mode == zhol_mode_RAIL) {
            *a_day += r->value;
            error = only == ZHOL_NONE ? note_basis(day, ZHOL_TABLE_resource, i) : error;
        }
    }
    return error;
}

enum zhol_error dispatch_day_station(struct dispatch_day *day, uint32_t station)
{
    struct groups groups = {.count = 0};
    enum zhol_error error = dispatch_crossing(day->corridor, station, day->date, day->node);
    day->engine.form_min = 60;
    error = error ? error : read_groups(day, 0, &groups);
    for (uint32_t i = 0; i < groups.count && !error; i++) {
        error = take_group(day, &groups.items[i]);
    }
    uint32_t hours = (uint32_t)day->engine.horizon_min / 60;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES && !error; g++) {
        double accepted = 0, departing = 0;
        enum zhol_dispatch_gauge gauge = (enum zhol_dispatch_gauge)g;
        error = dispatch_capacity(day, day->node[g], day->node[!g], ZHOL_NONE, gauge, &accepted);
        error = error
                    ? error
                    : dispatch_capacity(day, day->node[g], ZHOL_NONE, ZHOL_NONE, gauge, &departing);
        dispatch_set_accepted(day, gauge, accepted);
        dispatch_spread(day->departs[g], hours, departing);
    }
    return error ? error : dispatch_day_bans(day);
}
