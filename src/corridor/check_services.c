/* check_services.c: services have a timetable or a headway, and stops that ways join. */
#include "corridor/check.h"

#include <math.h>

static void need(struct check *check, const struct zhol_service *service, uint32_t row, bool given,
                 bool wanted, const char *column)
{
    const char *pattern = zhol_pattern_text(service->pattern);
    if (wanted && !given) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service, row, column,
                  "is blank; a service of pattern %s needs it", pattern);
    } else if (!wanted && given) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service, row, column,
                  "a blank cell: a service of pattern %s has none", pattern);
    }
}

static void check_pattern(struct check *check, const struct zhol_service *service, uint32_t row)
{
    bool timetable = service->pattern == zhol_pattern_TIMETABLE;
    if (!service->pattern) {
        return;
    }
    need(check, service, row, service->weekdays != 0, timetable, "weekdays");
    need(check, service, row, service->depart >= 0, timetable, "depart");
    need(check, service, row, !isnan(service->headway_h), !timetable, "headway_h");
    if (service->headway_h == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_service, row, "headway_h",
                  "more than 0 h between departures");
    }
}

/* ---- which places ways join: union by halving paths ---- */

static uint32_t find_root(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* What stops are checked against. */
struct stop_world {
    uint32_t places;
    uint32_t *parent;
    uint16_t *states; /* per place: bit per state in which a link leaves or reaches it */
};

static enum zhol_error make_world(struct check *check, struct stop_world *world)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(check->corridor, &count);
    world->places = zhol_corridor_things(check->corridor, ZHOL_TABLE_node);
    world->parent = arena_array(&check->arena, world->places, sizeof *world->parent);
    world->states = arena_array(&check->arena, world->places, sizeof *world->states);
    if (!world->parent || !world->states) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < world->places; i++) {
        world->parent[i] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = links[i].from_node_id, to = links[i].to_node_id;
        if (from < world->places && to < world->places) {
            world->parent[find_root(world->parent, from)] = find_root(world->parent, to);
            world->states[from] |=
                (uint16_t)(1u << zhol_state_of_mode(links[i].mode, links[i].gauge_mm));
            world->states[to] |=
                (uint16_t)(1u << zhol_state_of_mode(links[i].mode, links[i].gauge_mm));
        }
    }
    return ZHOL_ERROR_OK;
}

/* ---- stops ---- */

static void check_stop(struct check *check, const struct stop_world *world, uint32_t row,
                       const struct zhol_service_stop *stop, bool last)
{
    if (stop->node_id >= world->places || !stop->state) {
        return;
    }
    if (!last && !(world->states[stop->node_id] >> stop->state & 1)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service_stop, row, "state",
                  "a state in which a link leaves %s",
                  check_id(check, ZHOL_TABLE_node, stop->node_id));
    }
    if (stop->depart_h < stop->arrive_h) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service_stop, row, "depart_h",
                  "at least arrive_h of the row");
    }
}

static void check_step(struct check *check, const struct stop_world *world, uint32_t row,
                       const struct zhol_service_stop *before, const struct zhol_service_stop *stop)
{
    if (before->node_id >= world->places || stop->node_id >= world->places) {
        return;
    }
    if (before->node_id == stop->node_id) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service_stop, row, "node_id",
                  "another place than that of the stop before");
    } else if (find_root(world->parent, before->node_id) !=
               find_root(world->parent, stop->node_id)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_UNREACHABLE, ZHOL_TABLE_service_stop, row,
                  "node_id", "a place that links join to %s, the stop before",
                  check_id(check, ZHOL_TABLE_node, before->node_id));
    }
}

/* Hours must rise from stop to stop; blank ones are computed later and say nothing. */
static void check_hours(struct check *check, uint32_t row, const struct zhol_service_stop *stop,
                        double *last_h)
{
    double first = isnan(stop->arrive_h) ? stop->depart_h : stop->arrive_h;
    double end = isnan(stop->depart_h) ? stop->arrive_h : stop->depart_h;
    if (first <= *last_h) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service_stop, row,
                  isnan(stop->arrive_h) ? "depart_h" : "arrive_h",
                  "more hours than at the stops before");
    }
    *last_h = isnan(end) ? *last_h : end;
}

static void check_first(struct check *check, uint32_t row, const struct zhol_service_stop *stop)
{
    if (stop->kind == zhol_stop_kind_VIA) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service_stop, row, "kind",
                  "stop: a service begins and ends at stops");
    }
}

static void check_stops(struct check *check, const struct stop_world *world, uint32_t service_row,
                        const uint32_t *rows, uint32_t count)
{
    uint32_t total;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(check->corridor, &total);
    double last_h = -1;
    if (count < 2) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service, service_row,
                  "service_id", "a service with at least two rows in service_stop.csv");
        return;
    }
    check_first(check, rows[0], &stops[rows[0]]);
    check_first(check, rows[count - 1], &stops[rows[count - 1]]);
    if (stops[rows[0]].arrive_h > 0 || stops[rows[0]].depart_h > 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_service_stop, rows[0],
                  stops[rows[0]].arrive_h > 0 ? "arrive_h" : "depart_h",
                  "0 or a blank cell: hours count from the first stop");
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_service_stop *stop = &stops[rows[i]];
        check_stop(check, world, rows[i], stop, i + 1 == count);
        check_hours(check, rows[i], stop, &last_h);
        if (i) {
            check_step(check, world, rows[i], &stops[rows[i - 1]], stop);
        }
    }
}

enum zhol_error check_services(struct check *check)
{
    uint32_t count, stop_count;
    struct stop_world world;
    const struct zhol_service *rows = zhol_corridor_service(check->corridor, &count);
    enum zhol_error error = count ? make_world(check, &world) : ZHOL_ERROR_OK;
    for (uint32_t row = 0; row < count && !error; row++) {
        const uint32_t *stops = zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_service_stop,
                                                      rows[row].service_id, &stop_count);
        check_pattern(check, &rows[row], row);
        check_stops(check, &world, row, stops, stop_count);
    }
    return error;
}
