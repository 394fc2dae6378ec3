/* report/plan_html_map.c: the map of a plan: the network faintly, the ways of the itineraries in
 * colours, places with names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/route.h"
#include "report/plan_html.h"
#include "report/plan_way.h"

#define MAP_WIDTH 1060

/* ---- Colours ---- */

/* The first chosen itinerary over the same ground; itself where it is the first. */
static uint32_t first_alike(const struct plan_view *view, uint32_t at)
{
    uint64_t key = view->itineraries[view->chosen[at]].ground;
    for (uint32_t i = 0; i < at; i++) {
        if (view->itineraries[view->chosen[i]].ground == key) {
            return i;
        }
    }
    return at;
}

void html_colour(const struct plan_view *view, uint32_t *numbers)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        uint32_t alike = first_alike(view, i);
        numbers[i] = alike < i ? numbers[alike] : next++ % HTML_COLOURS;
    }
}

/* ---- Drawing ---- */

static struct map_frame frame_of(const struct plan_view *view, enum zhol_error *error)
{
    struct way_points way = {0};
    for (uint32_t i = 0; !*error && i < view->chosen_count; i++) {
        const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
        for (uint32_t k = 0; !*error && k < it->leg_count; k++) {
            *error = way_points_leg(view, &view->legs[it->first_leg + k], &way);
        }
    }
    struct map_frame frame = map_frame_around(way.points, way.count, 0.07, 8);
    way_points_clear(&way);
    return frame;
}

static const char *class_of_mode(unsigned mode)
{
    static const char *const classes[zhol_mode_COUNT] = {
        [zhol_mode_RAIL] = "way rail",   [zhol_mode_ROAD] = "way road",
        [zhol_mode_SEA] = "way sea-way", [zhol_mode_RIVER] = "way sea-way",
        [zhol_mode_OIL] = "way oil",     [zhol_mode_GAS] = "way gas",
        [zhol_mode_AIR] = "way sea-way", [zhol_mode_CARAVAN] = "way caravan"};
    return mode < zhol_mode_COUNT && classes[mode] ? classes[mode] : "way rail";
}

/* True where a point of the line lies on the drawing. */
static bool is_seen(const struct map *map, const struct way_points *way)
{
    for (uint32_t i = 0; i < way->count; i++) {
        double x, y;
        map_project(map, way->points[i].lon, way->points[i].lat, &x, &y);
        if (x >= 0 && y >= 0 && x <= map->width && y <= map->height) {
            return true;
        }
    }
    return false;
}

/* All links of the network, each once. */
static enum zhol_error draw_network(const struct plan_view *view, struct map *map)
{
    uint32_t links = zhol_corridor_things(view->corridor, ZHOL_TABLE_link);
    uint8_t *drawn = calloc((size_t)links + 1, 1);
    enum zhol_error error = drawn ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t a = 0; !error && a < view->net.arc_count; a++) {
        const struct zhol_arc *arc = &view->net.arcs[a];
        struct way_points way = {0};
        if (arc->kind != ZHOL_ARC_MOVE || drawn[arc->thing]) {
            continue;
        }
        drawn[arc->thing] = 1;
        error = way_points_link(view->corridor, arc->thing, true, &way);
        if (!error && is_seen(map, &way)) {
            map_line(map, way.points, way.count, class_of_mode(arc->mode));
        }
        way_points_clear(&way);
    }
    free(drawn);
    return error;
}

/* The ways of the itineraries. Those drawn first are wider, so that where several share a way all
 * their colours are seen side by side. */
static enum zhol_error draw_ways(const struct plan_view *view, const uint32_t *numbers,
                                 struct map *map)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t ways = 0, rank = 0;
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        ways += first_alike(view, i) == i;
    }
    for (uint32_t i = 0; !error && i < view->chosen_count; i++) {
        const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
        if (first_alike(view, i) != i) {
            continue;
        }
        char class[32];
        uint32_t wide = ways - rank++;
        snprintf(class, sizeof class, "route c%u w%u", numbers[i], wide < 6 ? wide : 6);
        for (uint32_t k = 0; !error && k < it->leg_count; k++) {
            struct way_points way = {0};
            error = way_points_leg(view, &view->legs[it->first_leg + k], &way);
            map_line(map, way.points, way.count, class);
            way_points_clear(&way);
        }
    }
    return error;
}

static void dot(const struct plan_view *view, struct map *map, uint32_t node, bool end,
                uint8_t *drawn)
{
    if (!drawn[node]) {
        drawn[node] = 1;
        map_dot(map, way_place(view->corridor, node), end ? 5 : 3, end ? "end" : "place",
                plan_view_place(view, node));
    }
}

/* The ends, then gateways, then wherever cargo is handled: the earlier have room for a label. */
static enum zhol_error draw_places(const struct plan_view *view, struct map *map)
{
    uint8_t *drawn = calloc((size_t)zhol_corridor_things(view->corridor, ZHOL_TABLE_node) + 1, 1);
    if (!drawn) {
        return ZHOL_ERROR_MEMORY;
    }
    dot(view, map, view->order.from, true, drawn);
    dot(view, map, view->order.to, true, drawn);
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        uint32_t nodes[24];
        uint32_t count =
            route_gateways(&view->net, view->corridor, view->result, view->chosen[i], nodes, 24);
        for (uint32_t k = 0; k < count && k < 24; k++) {
            dot(view, map, nodes[k], false, drawn);
        }
    }
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
        for (uint32_t k = 0; k < it->leg_count; k++) {
            dot(view, map, view->legs[it->first_leg + k].to, false, drawn);
        }
    }
    free(drawn);
    return ZHOL_ERROR_OK;
}

void html_map(const struct plan_view *view, const uint32_t *numbers, struct buffer *out)
{
    struct map map;
    enum zhol_error error = ZHOL_ERROR_OK;
    struct map_frame frame = frame_of(view, &error);
    if (!error) {
        map_begin(&map, out, frame, MAP_WIDTH, report_word(WORD_MAP_OF, view->lang));
        map_land(&map);
        error = draw_network(view, &map);
        error = error ? error : draw_ways(view, numbers, &map);
        error = error ? error : draw_places(view, &map);
        map_end(&map);
    }
    out->error = out->error ? out->error : error;
}
