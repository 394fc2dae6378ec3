/* advice.c: drives to the checkpoints, and their ranking (advice.h). */
#include "desk/advice.h"

#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/time.h"

#define EARTH_RADIUS_M   6378137.0
#define EARTH_FLATTENING (1 / 298.257223563) /* WGS 84 */

static double distance_km(double lon_a, double lat_a, double lon_b, double lat_b)
{
    struct geod_geodesic earth;
    double m = 0;
    geod_init(&earth, EARTH_RADIUS_M, EARTH_FLATTENING);
    geod_inverse(&earth, lat_a, lon_a, lat_b, lon_b, &m, NULL, NULL);
    return m / 1000;
}

/* ---- the roads of the day ---- */

struct road {
    uint32_t from, to;
    double km, h;
};
struct roads {
    struct road *items; /* each direction its own */
    uint32_t count;
    uint32_t *first; /* of a node's roads */
    bool *on_road;
    uint32_t nodes;
};

static uint32_t node_row(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t begin, end;
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
    return begin;
}

/* Speed of a road link on the day, without stops (rests are added to the whole way); 0: it is not
 * open, or leads over a border. */
static double speed_of(const struct zhol_corridor *corridor, const struct zhol_link *link,
                       int32_t day)
{
    uint32_t total, count;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &total);
    const struct zhol_link_period *periods = zhol_corridor_link_period(corridor, &total);
    const uint32_t *rows =
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, link->link_id, &count);
    if (link->mode != zhol_mode_ROAD || nodes[node_row(corridor, link->from_node_id)].country !=
                                            nodes[node_row(corridor, link->to_node_id)].country) {
        return 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_link_period *period = &periods[rows[i]];
        if (period->status == zhol_status_OPERATING &&
            zhol_day_in(day, period->valid_from, period->valid_to)) {
            return isnan(period->speed_best_kmh) ? period->speed_kmh : period->speed_best_kmh;
        }
    }
    return 0;
}

static void add_road(struct roads *roads, uint32_t from, uint32_t to, double km, double speed)
{
    roads->items[roads->count++] = (struct road){from, to, km, km / speed};
    roads->on_road[from] = roads->on_road[to] = true;
}

static int compare_roads(const void *a, const void *b)
{
    const struct road *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static enum zhol_error find_roads(const struct zhol_corridor *corridor, int32_t day,
                                  struct roads *roads)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    roads->nodes = zhol_corridor_things(corridor, ZHOL_TABLE_node);
    roads->items = malloc((2 * (size_t)count + 1) * sizeof *roads->items);
    roads->first = calloc((size_t)roads->nodes + 1, sizeof *roads->first);
    roads->on_road = calloc((size_t)roads->nodes + 1, sizeof *roads->on_road);
    if (!roads->items || !roads->first || !roads->on_road) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        double speed = speed_of(corridor, &links[i], day);
        if (speed > 0) {
            add_road(roads, links[i].from_node_id, links[i].to_node_id, links[i].length, speed);
        }
        if (speed > 0 && links[i].directed != 1) {
            add_road(roads, links[i].to_node_id, links[i].from_node_id, links[i].length, speed);
        }
    }
    qsort(roads->items, roads->count, sizeof *roads->items, compare_roads);
    for (uint32_t i = 0; i < roads->count; i++) {
        roads->first[roads->items[i].from + 1] = i + 1;
    }
    for (uint32_t i = 0; i < roads->nodes; i++) { /* nodes without roads have none */
        uint32_t *next = &roads->first[i + 1];
        *next = *next > roads->first[i] ? *next : roads->first[i];
    }
    return ZHOL_ERROR_OK;
}

static void roads_clear(struct roads *roads)
{
    free(roads->items);
    free(roads->first);
    free(roads->on_road);
}

/* ---- the quickest drive to every place ---- */

struct reach {
    double h, km;
    bool done;
};

static void start_from(const struct zhol_corridor *corridor, const struct advice_ask *ask,
                       const struct roads *roads, struct reach *reach)
{
    uint32_t total;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &total);
    double lon = ask->lon, lat = ask->lat;
    bool placed = ask->from != ZHOL_NONE;
    if (placed) {
        lon = nodes[node_row(corridor, ask->from)].x_coord;
        lat = nodes[node_row(corridor, ask->from)].y_coord;
    }
    for (uint32_t i = 0; i < roads->nodes; i++) {
        reach[i] = (struct reach){INFINITY, 0, false};
        if (!roads->on_road[i]) {
            continue;
        }
        if (placed && roads->on_road[ask->from]) {
            reach[i].h = i == ask->from ? 0 : INFINITY;
        } else {
            const struct zhol_node *node = &nodes[node_row(corridor, i)];
            reach[i].km = ADVICE_DETOUR * distance_km(lon, lat, node->x_coord, node->y_coord);
            reach[i].h = reach[i].km / ADVICE_ACCESS_KMH;
        }
    }
}

/* Dijkstra over a few hundred places: the plain form is quick enough. */
static void drive(const struct roads *roads, struct reach *reach)
{
    for (;;) {
        uint32_t at = roads->nodes;
        for (uint32_t i = 0; i < roads->nodes; i++) {
            if (!reach[i].done && reach[i].h < INFINITY &&
                (at == roads->nodes || reach[i].h < reach[at].h)) {
                at = i;
            }
        }
        if (at == roads->nodes) {
            return;
        }
        reach[at].done = true;
        for (uint32_t r = roads->first[at]; r < roads->first[at + 1]; r++) {
            const struct road *road = &roads->items[r];
            if (reach[at].h + road->h < reach[road->to].h) {
                reach[road->to].h = reach[at].h + road->h;
                reach[road->to].km = reach[at].km + road->km;
            }
        }
    }
}

/* Hours on the way with the rests that the law wants. */
static double with_rests(double drive_h)
{
    double shifts = ceil(drive_h / ADVICE_SHIFT_H - 1e-9);
    return drive_h + (shifts > 1 ? shifts - 1 : 0) * ADVICE_REST_H;
}

static enum zhol_error find_points(const struct zhol_corridor *corridor,
                                   const struct advice_ask *ask, const struct reach *reach,
                                   struct advice *advice)
{
    uint32_t count, total;
    const struct zhol_queue *queues = zhol_corridor_queue(corridor, &count);
    const struct zhol_link *links = zhol_corridor_link(corridor, &total);
    advice->points = calloc((size_t)count + 1, sizeof *advice->points);
    if (!advice->points) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t row = 0; row < count; row++) {
        const struct zhol_queue *queue = &queues[row];
        uint32_t begin, end;
        zhol_corridor_rows(corridor, ZHOL_TABLE_link, queue->link_id, &begin, &end);
        const struct reach *there = &reach[links[begin].from_node_id];
        if (queue->direction != ask->direction || there->h >= INFINITY ||
            !zhol_day_in(ask->day, queue->valid_from, queue->valid_to)) {
            continue;
        }
        struct advice_point *point = &advice->points[advice->count++];
        point->queue_id = zhol_corridor_id(corridor, ZHOL_TABLE_queue, queue->queue_id);
        point->queue_row = row;
        point->node = queue->node_id;
        point->drive_km = there->km;
        point->drive_h = with_rests(there->h);
        point->arrives_s = ask->depart_s + (int64_t)ceil(point->drive_h * TIME_HOUR_S);
    }
    return advice->count ? ZHOL_ERROR_OK : ZHOL_ERROR_UNREACHABLE;
}

enum zhol_error advice_open(const struct zhol_corridor *corridor, const struct advice_ask *ask,
                            struct advice *advice)
{
    struct roads roads = {0};
    struct reach *reach = NULL;
    *advice = (struct advice){0};
    bool placed = ask->from != ZHOL_NONE;
    if (placed ? ask->from >= zhol_corridor_things(corridor, ZHOL_TABLE_node)
               : !(fabs(ask->lon) <= 180 && fabs(ask->lat) <= 90)) {
        return ZHOL_ERROR_INVALID;
    }
    enum zhol_error error = find_roads(corridor, ask->day, &roads);
    if (!error) {
        reach = malloc(((size_t)roads.nodes + 1) * sizeof *reach);
        error = reach ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    if (!error) {
        start_from(corridor, ask, &roads, reach);
        drive(&roads, reach);
        error = find_points(corridor, ask, reach, advice);
    }
    free(reach);
    roads_clear(&roads);
    if (error) {
        advice_close(advice);
    }
    return error;
}

void advice_close(struct advice *advice)
{
    free(advice->points);
    *advice = (struct advice){0};
}

/* ---- the ranking ---- */

static int compare_points(const void *a, const void *b)
{
    const struct advice_point *x = a, *y = b;
    if (x->known != y->known) {
        return x->known ? -1 : 1;
    }
    if (x->known && x->call.p50_s != y->call.p50_s) {
        return x->call.p50_s < y->call.p50_s ? -1 : 1;
    }
    if (x->drive_h != y->drive_h) {
        return x->drive_h < y->drive_h ? -1 : 1;
    }
    return (x->queue_row > y->queue_row) - (x->queue_row < y->queue_row);
}

void advice_rank(struct advice *advice)
{
    qsort(advice->points, advice->count, sizeof *advice->points, compare_points);
}

/* ---- why ---- */

static void hours(struct buffer *out, double h, bool ru)
{
    buffer_fixed(out, h, h < 10 ? 1 : 0);
    buffer_string(out, ru ? " ч" : " h");
}

static double wait_h(const struct advice_point *point)
{
    double wait = (double)(point->call.p50_s - point->arrives_s) / TIME_HOUR_S;
    return wait > 0 ? wait : 0;
}

static void compare_with(const struct zhol_corridor *corridor, const struct advice_point *best,
                         const struct advice_point *point, bool ru, struct buffer *out)
{
    double later = (double)(point->call.p50_s - best->call.p50_s) / TIME_HOUR_S;
    double drive = point->drive_h - best->drive_h, wait = wait_h(point) - wait_h(best);
    hours(out, later, ru);
    buffer_printf(out, ru ? " позже, чем %s: дорога " : " later than %s: drive ",
                  zhol_node_name(corridor, best->node, ru ? "ru" : "en"));
    buffer_string(out, drive < 0 ? "-" : "+");
    hours(out, fabs(drive), ru);
    buffer_string(out, ru ? ", ожидание " : ", waiting ");
    buffer_string(out, wait < 0 ? "-" : "+");
    hours(out, fabs(wait), ru);
}

void advice_why(const struct zhol_corridor *corridor, const struct advice *advice, uint32_t index,
                const char *lang, struct buffer *out)
{
    const struct advice_point *point = &advice->points[index], *best = &advice->points[0];
    bool ru = lang[0] == 'r' && lang[1] == 'u';
    if (!point->known) {
        buffer_string(out, ru ? "о её очереди данных нет, известна только дорога"
                              : "nothing is known of its queue, only the drive");
        return;
    }
    if (point->call.p50_s == INT64_MAX) {
        buffer_string(out, ru ? "вызова в обозримое время не видно"
                              : "no call within the time that can be foreseen");
        return;
    }
    if (index == 0) {
        buffer_string(out, ru ? "вызов раньше всего: дорога " : "called first: drive ");
        hours(out, point->drive_h, ru);
        buffer_string(out, ru ? ", затем ожидание " : ", then waiting ");
        hours(out, wait_h(point), ru);
    } else {
        compare_with(corridor, best, point, ru, out);
    }
    if (point->closed) {
        buffer_string(out, ru ? "; к приезду закрыто" : "; closed on arrival");
    }
}
