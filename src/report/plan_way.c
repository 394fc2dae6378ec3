/* report/plan_way.c: points of links and legs. See plan_way.h. */
#include "report/plan_way.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"

void way_points_clear(struct way_points *way)
{
    free(way->points);
    memset(way, 0, sizeof *way);
}

struct map_point way_place(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t row, end, count;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &row, &end);
    return (struct map_point){nodes[row].x_coord, nodes[row].y_coord};
}

static enum zhol_error add_point(struct way_points *way, struct map_point point)
{
    if (way->count) {
        struct map_point last = way->points[way->count - 1];
        if (last.lon == point.lon && last.lat == point.lat) {
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(way->points, way->capacity, way->count + 1);
    if (!error) {
        way->points[way->count++] = point;
    }
    return error;
}

/* One number of a WKT text; moves behind it. */
static bool next_number(struct text_view *rest, double *value)
{
    static const char part_of_number[] = "+-.eE0123456789";
    uint32_t size = 0;
    while (rest->size && !strchr(part_of_number, rest->bytes[0])) {
        rest->bytes++;
        rest->size--;
    }
    while (size < rest->size && rest->bytes[size] && strchr(part_of_number, rest->bytes[size])) {
        size++;
    }
    struct text_view number = {rest->bytes, size};
    rest->bytes += size;
    rest->size -= size;
    return size && number_parse_real(number, value) == ZHOL_ERROR_OK;
}

/* The points between the ends; the reader has checked the form, so what does not parse ends it. */
static enum zhol_error add_geometry(const char *wkt, struct way_points *way)
{
    const char *open = strchr(wkt, '(');
    struct text_view rest = text_view_of(open);
    struct map_point point;
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && next_number(&rest, &point.lon) && next_number(&rest, &point.lat)) {
        error = add_point(way, point);
    }
    return error;
}

static void reverse(struct map_point *points, uint32_t count)
{
    for (uint32_t i = 0; i < count / 2; i++) {
        struct map_point point = points[i];
        points[i] = points[count - 1 - i];
        points[count - 1 - i] = point;
    }
}

enum zhol_error way_points_link(const struct zhol_corridor *corridor, uint32_t link, bool forward,
                                struct way_points *way)
{
    uint32_t row, end, count;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    struct way_points mine = {0};
    zhol_corridor_rows(corridor, ZHOL_TABLE_link, link, &row, &end);
    enum zhol_error error = add_point(&mine, way_place(corridor, links[row].from_node_id));
    error = error ? error : add_geometry(zhol_corridor_text(corridor, links[row].geometry), &mine);
    error = error ? error : add_point(&mine, way_place(corridor, links[row].to_node_id));
    if (!error && !forward) {
        reverse(mine.points, mine.count);
    }
    for (uint32_t i = 0; !error && i < mine.count; i++) {
        error = add_point(way, mine.points[i]);
    }
    way_points_clear(&mine);
    return error;
}

enum zhol_error way_points_leg(const struct plan_view *view, const struct view_leg *leg,
                               struct way_points *way)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(view->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < leg->arc_count; i++) {
        uint32_t number = view->arcs[leg->first_arc + i], row, end;
        const struct zhol_arc *arc = &view->net.arcs[number];
        if (arc->kind != ZHOL_ARC_MOVE) {
            continue;
        }
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_link, arc->thing, &row, &end);
        uint32_t from = view->net.vertices[zhol_network_tail(&view->net, number)].node;
        error = way_points_link(view->corridor, arc->thing, from == links[row].from_node_id, way);
    }
    return error;
}
