/* model_ways.c: links grouped to ways, and their states over time. See model_ways.h. */
#include "serve/model_ways.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

static const char *const status_texts[] = {"operating", "closed",  "building",
                                           "agreed",    "planned", "study"};

const char *way_status_text(unsigned status)
{
    return status < WAY_STATUS_COUNT ? status_texts[status] : "";
}

static enum way_status status_of(unsigned word)
{
    switch (word) {
    case zhol_status_OPERATING:
        return WAY_OPERATING;
    case zhol_status_CLOSED:
        return WAY_CLOSED;
    case zhol_status_BUILDING:
        return WAY_BUILDING;
    case zhol_status_STUDY:
        return WAY_STUDY;
    default:
        return WAY_PLANNED;
    }
}

/* ---- States of one link ---- */

static enum zhol_error add_state(struct model_ways *ways, struct way_state state)
{
    if (state.to != ZHOL_BLANK_DATE && state.from >= state.to) {
        return ZHOL_ERROR_OK;
    }
    if (ways->state_count == ways->state_capacity) {
        uint32_t capacity = ways->state_capacity ? 2 * ways->state_capacity : 256;
        struct way_state *grown = realloc(ways->states, capacity * sizeof *grown);
        if (!grown) {
            return ZHOL_ERROR_MEMORY;
        }
        ways->states = grown;
        ways->state_capacity = capacity;
    }
    ways->states[ways->state_count++] = state;
    return ZHOL_ERROR_OK;
}

/* The project that makes a link, or ZHOL_NONE. */
static uint32_t project_of(const struct zhol_corridor *corridor, uint32_t link)
{
    uint32_t count;
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (assets[i].link_id == link) {
            return assets[i].project_id;
        }
    }
    return ZHOL_NONE;
}

static int32_t signed_on(const struct zhol_corridor *corridor, uint32_t project)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_project, project, &begin, &end);
    uint32_t instrument = zhol_corridor_project(corridor, &count)[begin].instrument_id;
    if (instrument == ZHOL_NONE) {
        return ZHOL_BLANK_DATE;
    }
    zhol_corridor_rows(corridor, ZHOL_TABLE_instrument, instrument, &begin, &end);
    const struct zhol_instrument *row = &zhol_corridor_instrument(corridor, &count)[begin];
    return row->signed_on != ZHOL_BLANK_DATE ? row->signed_on : row->in_force;
}

static bool is_from_scenario(const struct zhol_corridor *corridor, uint32_t row)
{
    const char *file;
    uint32_t line;
    zhol_corridor_origin(corridor, ZHOL_TABLE_link_period, row, &file, &line);
    return strncmp(file, "scenarios/", 10) == 0;
}

/* Puts the states that the project had before the end of `period` into the list. */
static enum zhol_error add_project_states(struct model_ways *ways, uint32_t project,
                                          const struct zhol_link_period *period, bool is_first)
{
    const struct zhol_corridor *corridor = ways->corridor;
    uint32_t count, all;
    const struct zhol_project_status *rows = zhol_corridor_project_status(corridor, &all);
    const uint32_t *numbers =
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_project_status, project, &count);
    int32_t agreed = signed_on(corridor, project), floor = period->valid_from;
    int32_t first = count ? rows[numbers[0]].date : zhol_corridor_about(corridor).as_of;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (is_first && agreed != ZHOL_BLANK_DATE) {
        int32_t until = floor != ZHOL_BLANK_DATE && floor > first ? floor : first;
        error = add_state(ways, (struct way_state){agreed, until, WAY_AGREED, false});
    }
    if (!count) {
        return error
                   ? error
                   : add_state(ways, (struct way_state){first, period->valid_to,
                                                        (uint8_t)status_of(period->status), false});
    }
    for (uint32_t i = 0; i < count && !error; i++) {
        const struct zhol_project_status *row = &rows[numbers[i]];
        struct way_state state = {row->date, period->valid_to, (uint8_t)status_of(row->status),
                                  false};
        if (state.status == WAY_OPERATING) { /* of another part of the project */
            state.status = (uint8_t)status_of(period->status);
        }
        if (i + 1 < count &&
            (state.to == ZHOL_BLANK_DATE || rows[numbers[i + 1]].date < state.to)) {
            state.to = rows[numbers[i + 1]].date;
        }
        if (floor != ZHOL_BLANK_DATE && state.from < floor) {
            state.from = floor;
        }
        error = add_state(ways, state);
    }
    return error;
}

static enum zhol_error add_period(struct model_ways *ways, uint32_t link, uint32_t row,
                                  bool is_first)
{
    uint32_t count;
    const struct zhol_link_period *period = &zhol_corridor_link_period(ways->corridor, &count)[row];
    struct way_state state = {period->valid_from, period->valid_to,
                              (uint8_t)status_of(period->status),
                              is_from_scenario(ways->corridor, row)};
    if (state.status == WAY_OPERATING || state.status == WAY_CLOSED) {
        return add_state(ways, state);
    }
    uint32_t project = project_of(ways->corridor, link);
    if (project != ZHOL_NONE) {
        return add_project_states(ways, project, period, is_first);
    }
    if (state.from == ZHOL_BLANK_DATE) {
        state.from = zhol_corridor_about(ways->corridor).as_of;
    }
    return add_state(ways, state);
}

static enum zhol_error add_link(struct model_ways *ways, uint32_t link, struct model_way *way)
{
    uint32_t count;
    const uint32_t *rows =
        zhol_corridor_rows_of(ways->corridor, ZHOL_TABLE_link_period, link, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    way->first_state = ways->state_count;
    for (uint32_t i = 0; i < count && !error; i++) {
        error = add_period(ways, link, rows[i], i == 0);
    }
    way->state_count = ways->state_count - way->first_state;
    way->opened = ZHOL_BLANK_DATE;
    for (uint32_t i = 0; i < way->state_count && !way->opened_known; i++) {
        const struct way_state *state = &ways->states[way->first_state + i];
        if (state->status == WAY_OPERATING) {
            way->opened = state->from;
            way->opened_known = true;
        }
    }
    return error;
}

/* ---- Grouping ---- */

struct link_order {
    uint32_t a, b, link;
    uint8_t mode;
};

static int compare_links(const void *left, const void *right)
{
    const struct link_order *x = left, *y = right;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    if (x->b != y->b) {
        return x->b < y->b ? -1 : 1;
    }
    if (x->mode != y->mode) {
        return x->mode < y->mode ? -1 : 1;
    }
    return x->link < y->link ? -1 : 1;
}

static bool same_states(const struct model_ways *ways, const struct model_way *x,
                        const struct model_way *y)
{
    if (x->state_count != y->state_count) {
        return false;
    }
    for (uint32_t i = 0; i < x->state_count; i++) {
        const struct way_state *a = &ways->states[x->first_state + i];
        const struct way_state *b = &ways->states[y->first_state + i];
        if (a->from != b->from || a->to != b->to || a->status != b->status) {
            return false;
        }
    }
    return true;
}

static uint8_t gauge_bit(int32_t gauge_mm)
{
    return gauge_mm == 1435 ? 1 : gauge_mm == 1520 ? 2 : gauge_mm == ZHOL_BLANK_INT ? 0 : 4;
}

/* Adds a link to the way before it, or begins a way. */
static enum zhol_error place_link(struct model_ways *ways, const struct link_order *order,
                                  uint32_t at)
{
    uint32_t count;
    const struct zhol_link *row = &zhol_corridor_link(ways->corridor, &count)[order->link];
    struct model_way way = {.from = row->from_node_id,
                            .to = row->to_node_id,
                            .link = row->link_id,
                            .first_link = at,
                            .link_count = 1,
                            .mode = row->mode,
                            .gauge_bits = gauge_bit(row->gauge_mm)};
    enum zhol_error error = add_link(ways, row->link_id, &way);
    struct model_way *before = ways->count ? &ways->ways[ways->count - 1] : NULL;
    ways->links[at] = row->link_id;
    if (error) {
        return error;
    }
    bool joins = before && before->mode == way.mode &&
                 ((before->from == way.from && before->to == way.to) ||
                  (before->from == way.to && before->to == way.from)) &&
                 same_states(ways, before, &way);
    if (joins) {
        ways->state_count = way.first_state;
        before->link_count++;
        before->gauge_bits |= way.gauge_bits;
    } else {
        ways->ways[ways->count++] = way;
    }
    ways->way_of[row->link_id] = ways->count - 1;
    return ZHOL_ERROR_OK;
}

enum zhol_error model_ways_make(const struct zhol_corridor *corridor, struct model_ways *out)
{
    uint32_t count;
    const struct zhol_link *rows = zhol_corridor_link(corridor, &count);
    struct link_order *order = calloc((size_t)count + 1, sizeof *order);
    enum zhol_error error = ZHOL_ERROR_OK;
    *out = (struct model_ways){.corridor = corridor};
    out->ways = calloc((size_t)count + 1, sizeof *out->ways);
    out->links = calloc((size_t)count + 1, sizeof *out->links);
    out->way_of = calloc((size_t)count + 1, sizeof *out->way_of);
    if (!order || !out->ways || !out->links || !out->way_of) {
        error = ZHOL_ERROR_MEMORY;
        goto out;
    }
    for (uint32_t i = 0; i < count; i++) {
        bool turned = rows[i].from_node_id > rows[i].to_node_id;
        order[i].a = turned ? rows[i].to_node_id : rows[i].from_node_id;
        order[i].b = turned ? rows[i].from_node_id : rows[i].to_node_id;
        order[i].mode = rows[i].mode;
        order[i].link = i;
    }
    qsort(order, count, sizeof *order, compare_links);
    for (uint32_t i = 0; i < count && !error; i++) {
        error = place_link(out, &order[i], i);
    }
out:
    free(order);
    if (error) {
        model_ways_clear(out);
    }
    return error;
}

void model_ways_clear(struct model_ways *ways)
{
    free(ways->ways);
    free(ways->links);
    free(ways->way_of);
    free(ways->states);
    *ways = (struct model_ways){0};
}

const struct way_state *way_on(const struct model_ways *ways, const struct model_way *way,
                               int32_t day)
{
    for (uint32_t i = 0; i < way->state_count; i++) {
        const struct way_state *state = &ways->states[way->first_state + i];
        if (zhol_day_in(day, state->from, state->to)) {
            return state;
        }
    }
    return NULL;
}

/* ---- What is told of them ---- */

static void write_position(struct json_writer *json, double lon, double lat)
{
    json_write_array(json);
    json_write_fixed(json, lon, 3);
    json_write_fixed(json, lat, 3);
    json_write_array_end(json);
}

static void write_place(const struct zhol_corridor *corridor, uint32_t node,
                        struct json_writer *json)
{
    uint32_t count;
    const struct zhol_node *row = &zhol_corridor_node(corridor, &count)[node];
    write_position(json, row->x_coord, row->y_coord);
}

/* The pairs of numbers of a WKT text that was checked when it was read. */
static void write_wkt(const char *wkt, struct json_writer *json)
{
    const char *at = strchr(wkt, '(');
    while (at && *at != ')') {
        char *next;
        double lon = strtod(at + 1, &next);
        double lat = strtod(next, &next);
        write_position(json, lon, lat);
        at = next + strspn(next, " ");
        if (*at != ',' && *at != ')') {
            break;
        }
    }
}

void way_write_line(const struct zhol_corridor *corridor, uint32_t link, struct json_writer *json)
{
    uint32_t count, begin, end;
    zhol_corridor_rows(corridor, ZHOL_TABLE_link, link, &begin, &end);
    const struct zhol_link *row = &zhol_corridor_link(corridor, &count)[begin];
    json_write_array(json);
    if (row->geometry) {
        write_wkt(zhol_corridor_text(corridor, row->geometry), json);
    } else {
        write_place(corridor, row->from_node_id, json);
        write_place(corridor, row->to_node_id, json);
    }
    json_write_array_end(json);
}

void model_ways_crossings(const struct model_ways *ways, const char *a, const char *b, int32_t day,
                          uint32_t *operating, uint32_t *planned)
{
    uint32_t count, from = ZHOL_NONE, to = ZHOL_NONE;
    const struct zhol_node *nodes = zhol_corridor_node(ways->corridor, &count);
    *operating = *planned = 0;
    for (uint32_t i = 0; i < ways->count; i++) {
        const struct model_way *way = &ways->ways[i];
        const char *x = zhol_corridor_text(ways->corridor, nodes[way->from].country);
        const char *y = zhol_corridor_text(ways->corridor, nodes[way->to].country);
        const struct way_state *state = way_on(ways, way, day);
        bool joins =
            (strcmp(x, a) == 0 && strcmp(y, b) == 0) || (strcmp(x, b) == 0 && strcmp(y, a) == 0);
        bool again = (way->from == from && way->to == to) || (way->from == to && way->to == from);
        if (way->mode == zhol_mode_RAIL && joins && state && !again) {
            *operating += state->status == WAY_OPERATING;
            *planned += state->status != WAY_OPERATING && state->status != WAY_CLOSED;
            from = way->from;
            to = way->to;
        }
    }
}
