/* model_map.c: places and ways of a day, or of all time. See model.h. */
#include "serve/model.h"

#include <stdlib.h>
#include <string.h>

#include "serve/model_ways.h"

enum { DAYS_BEFORE = 365 };

struct drawing {
    const struct zhol_corridor *corridor;
    const char *lang;
    struct model_ways ways;
    struct json_writer json;
    bool *used; /* by place: an end of something drawn */
};

static bool is_crossing(unsigned type)
{
    return type == zhol_node_type_RAIL_BORDER || type == zhol_node_type_ROAD_BORDER;
}

static const char *status_on(const struct zhol_corridor *corridor, uint32_t node, int32_t day)
{
    uint32_t count, all;
    const struct zhol_node_period *rows = zhol_corridor_node_period(corridor, &all);
    const uint32_t *numbers = zhol_corridor_rows_of(corridor, ZHOL_TABLE_node_period, node, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_node_period *row = &rows[numbers[i]];
        if (zhol_day_in(day, row->valid_from, row->valid_to)) {
            return zhol_status_text(row->status);
        }
    }
    return count ? "closed" : "operating";
}

static void write_node(struct drawing *d, uint32_t node, int32_t day)
{
    uint32_t count;
    const struct zhol_node *row = &zhol_corridor_node(d->corridor, &count)[node];
    json_write_object(&d->json);
    json_member_text(&d->json, "id", zhol_corridor_id(d->corridor, ZHOL_TABLE_node, node));
    json_member_text(&d->json, "name", zhol_node_name(d->corridor, node, d->lang));
    json_member_fixed(&d->json, "lon", row->x_coord, 3);
    json_member_fixed(&d->json, "lat", row->y_coord, 3);
    json_member_text(&d->json, "country", zhol_corridor_text(d->corridor, row->country));
    json_member_text(&d->json, "kind", zhol_node_type_text(row->node_type));
    if (day != ZHOL_BLANK_DATE) {
        json_member_text(&d->json, "status", status_on(d->corridor, node, day));
    }
    json_member_bool(&d->json, "crossing", is_crossing(row->node_type));
    json_write_object_end(&d->json);
}

static void write_nodes(struct drawing *d, int32_t day)
{
    uint32_t count;
    zhol_corridor_node(d->corridor, &count);
    json_write_key(&d->json, "nodes");
    json_write_array(&d->json);
    for (uint32_t i = 0; i < count; i++) {
        if (d->used[i]) {
            write_node(d, i, day);
        }
    }
    json_write_array_end(&d->json);
}

static void write_gauges(struct drawing *d, const struct model_way *way)
{
    json_write_key(&d->json, "gauges");
    json_write_array(&d->json);
    if (way->gauge_bits & 1) {
        json_write_int(&d->json, 1435);
    }
    if (way->gauge_bits & 2) {
        json_write_int(&d->json, 1520);
    }
    json_write_array_end(&d->json);
}

static void write_name(struct drawing *d, const struct model_way *way)
{
    struct buffer name = {0};
    buffer_printf(&name, "%s – %s", zhol_node_name(d->corridor, way->from, d->lang),
                  zhol_node_name(d->corridor, way->to, d->lang));
    json_member_text(&d->json, "name", buffer_get(&name));
    buffer_clear(&name);
}

/* The members that do not depend on the day. */
static void write_way(struct drawing *d, const struct model_way *way)
{
    json_member_text(&d->json, "id", zhol_corridor_id(d->corridor, ZHOL_TABLE_link, way->link));
    json_member_text(&d->json, "from", zhol_corridor_id(d->corridor, ZHOL_TABLE_node, way->from));
    json_member_text(&d->json, "to", zhol_corridor_id(d->corridor, ZHOL_TABLE_node, way->to));
    json_member_text(&d->json, "mode", zhol_mode_text(way->mode));
    write_gauges(d, way);
    write_name(d, way);
    model_write_day(&d->json, "opened", way->opened);
    json_member_bool(&d->json, "opened_known", way->opened_known);
    json_write_key(&d->json, "geometry");
    way_write_line(d->corridor, way->link, &d->json);
    d->used[way->from] = d->used[way->to] = true;
}

static enum zhol_error begin(const struct zhol_corridor *corridor, const char *lang,
                             struct buffer *out, struct drawing *d)
{
    uint32_t count;
    zhol_corridor_node(corridor, &count);
    *d = (struct drawing){.corridor = corridor, .lang = lang};
    d->used = calloc((size_t)count + 1, sizeof *d->used);
    enum zhol_error error = d->used ? model_ways_make(corridor, &d->ways) : ZHOL_ERROR_MEMORY;
    json_writer_init(&d->json, out, false);
    json_write_object(&d->json);
    return error;
}

static enum zhol_error finish(struct drawing *d, enum zhol_error error)
{
    model_ways_clear(&d->ways);
    free(d->used);
    if (error) {
        return error;
    }
    json_write_object_end(&d->json);
    return json_writer_end(&d->json);
}

static void write_counts(struct drawing *d, int32_t day)
{
    uint32_t operating, planned;
    model_ways_crossings(&d->ways, "KZ", "CN", day, &operating, &planned);
    json_write_key(&d->json, "counts");
    json_write_object(&d->json);
    json_write_key(&d->json, "rail_crossings_kz_cn");
    json_write_object(&d->json);
    json_member_int(&d->json, "operating", operating);
    json_member_int(&d->json, "planned", planned);
    json_write_object_end(&d->json);
    json_write_object_end(&d->json);
}

enum zhol_error model_map(const struct zhol_corridor *corridor, int32_t day, const char *lang,
                          struct buffer *out)
{
    struct drawing d;
    enum zhol_error error = begin(corridor, lang, out, &d);
    if (error) {
        return finish(&d, error);
    }
    model_write_head(corridor, day, &d.json);
    json_write_key(&d.json, "links");
    json_write_array(&d.json);
    for (uint32_t i = 0; i < d.ways.count; i++) {
        const struct model_way *way = &d.ways.ways[i];
        const struct way_state *state = way_on(&d.ways, way, day);
        if (state) {
            json_write_object(&d.json);
            json_member_text(&d.json, "status", way_status_text(state->status));
            json_member_bool(&d.json, "supposed", state->supposed);
            write_way(&d, way);
            json_write_object_end(&d.json);
        }
    }
    json_write_array_end(&d.json);
    write_nodes(&d, day);
    json_write_key(&d.json, "events");
    error = model_write_events(corridor, day - DAYS_BEFORE, day + 1, lang, &d.json);
    write_counts(&d, day);
    return finish(&d, error);
}

static void write_states(struct drawing *d, const struct model_way *way)
{
    json_write_key(&d->json, "states");
    json_write_array(&d->json);
    for (uint32_t i = 0; i < way->state_count; i++) {
        const struct way_state *state = &d->ways.states[way->first_state + i];
        json_write_object(&d->json);
        model_write_day(&d->json, "from", state->from);
        model_write_day(&d->json, "to", state->to);
        json_member_text(&d->json, "status", way_status_text(state->status));
        json_member_bool(&d->json, "supposed", state->supposed);
        json_write_object_end(&d->json);
    }
    json_write_array_end(&d->json);
}

enum zhol_error model_timeline(const struct zhol_corridor *corridor, const char *lang,
                               struct buffer *out)
{
    struct drawing d;
    enum zhol_error error = begin(corridor, lang, out, &d);
    if (error) {
        return finish(&d, error);
    }
    model_write_head(corridor, ZHOL_BLANK_DATE, &d.json);
    json_write_key(&d.json, "links");
    json_write_array(&d.json);
    for (uint32_t i = 0; i < d.ways.count; i++) {
        const struct model_way *way = &d.ways.ways[i];
        if (way->state_count) {
            json_write_object(&d.json);
            write_way(&d, way);
            write_states(&d, way);
            json_write_object_end(&d.json);
        }
    }
    json_write_array_end(&d.json);
    write_nodes(&d, ZHOL_BLANK_DATE);
    json_write_key(&d.json, "events");
    error = model_write_events(corridor, INT32_MIN + 1, INT32_MAX, lang, &d.json);
    return finish(&d, error);
}
