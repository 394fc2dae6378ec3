/* dispatch_demand.c: trains of a day from the demand table. See dispatch_day.h. */
#include <math.h>

#include "base/time.h"
#include "desk/demand_table.h"
#include "desk/dispatch_day.h"
#include "desk/dispatch_parts.h"

enum { KINDS_MAX = 200, YEARS_BACK = 10 };

/* Freight of one gauge, work and country. */
struct stream {
    enum zhol_dispatch_gauge gauge;
    enum zhol_dispatch_work work;
    uint32_t country; /* text */
    uint32_t to;      /* its place with most tonnes */
    double most_t, t, teu;
};

struct streams {
    const struct dispatch_day *day;
    struct stream items[KINDS_MAX];
    uint32_t count;
};

/* The place up to which trains of 1520 mm go on their way to a country of 1435 mm beyond it: the
 * next crossing, such as Brest; else the place itself. */
static uint32_t end_of_gauge(const struct dispatch_day *day, uint32_t to)
{
    uint32_t count, figures;
    const struct zhol_node *nodes = zhol_corridor_node(day->corridor, &count);
    uint32_t here = nodes[day->node[ZHOL_DISPATCH_1435]].country;
    if (dispatch_inland_gauge(day->corridor, to) != ZHOL_DISPATCH_1435 ||
        nodes[to].country == here) {
        return to;
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t pair[ZHOL_DISPATCH_GAUGES];
        zhol_corridor_rows_of(day->corridor, ZHOL_TABLE_station_figure, n, &figures);
        if (figures && !dispatch_crossing(day->corridor, n, day->date, pair) &&
            nodes[pair[ZHOL_DISPATCH_1435]].country != here) {
            return pair[ZHOL_DISPATCH_1520];
        }
    }
    return to;
}

/* The gauge on which freight arrives: on 1520 mm what goes to the country of 1435 mm, on 1435 mm
 * what comes from there. */
static enum zhol_dispatch_gauge arrives_on(const struct dispatch_day *day,
                                           const struct zhol_demand *row)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(day->corridor, &count);
    uint32_t here = nodes[day->node[ZHOL_DISPATCH_1435]].country;
    return nodes[row->to_node_id].country == here     ? ZHOL_DISPATCH_1520
           : nodes[row->from_node_id].country == here ? ZHOL_DISPATCH_1435
                                                      : ZHOL_DISPATCH_GAUGES;
}

static bool is_here(const struct dispatch_day *day, const struct zhol_demand *row)
{
    return row->mode == zhol_mode_RAIL && (row->via_node_id == day->node[ZHOL_DISPATCH_1435] ||
                                           row->via_node_id == day->node[ZHOL_DISPATCH_1520]);
}

/* The last day not after the day's that falls on its date and in a period of demand here. */
static int32_t day_of_demand(const struct dispatch_day *day)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(day->corridor, &count);
    for (int32_t back = 0; back <= YEARS_BACK; back++) {
        int32_t date = time_add_months(day->date, -12 * back);
        for (uint32_t i = 0; i < count; i++) {
            if (is_here(day, &rows[i]) &&
                zhol_day_in(date, rows[i].period_start, rows[i].period_end)) {
                return date;
            }
        }
    }
    return ZHOL_BLANK_DATE;
}

static struct stream *stream_of(struct streams *streams, enum zhol_dispatch_gauge gauge,
                                enum zhol_dispatch_work work, uint32_t to)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(streams->day->corridor, &count);
    for (uint32_t i = 0; i < streams->count; i++) {
        struct stream *one = &streams->items[i];
        if (one->gauge == gauge && one->work == work && one->country == nodes[to].country) {
            return one;
        }
    }
    if (streams->count == KINDS_MAX) {
        return NULL;
    }
    streams->items[streams->count] =
        (struct stream){.gauge = gauge, .work = work, .country = nodes[to].country, .to = to};
    return &streams->items[streams->count++];
}

static void add_row(struct streams *streams, const struct zhol_demand *row, int32_t date)
{
    const struct dispatch_day *day = streams->day;
    uint32_t goods_count;
    const struct zhol_commodity *goods = zhol_corridor_commodity(day->corridor, &goods_count);
    unsigned class = goods[row->commodity_id].class;
    enum zhol_dispatch_gauge gauge = arrives_on(day, row);
    double t = demand_tonnes(row, date, date + 1), teu = demand_teu(row, date, date + 1);
    if (gauge == ZHOL_DISPATCH_GAUGES || isnan(t) || t <= 0) {
        return;
    }
    enum zhol_dispatch_work work = class == zhol_cargo_class_CONTAINER || teu > 0
                                       ? ZHOL_DISPATCH_CONTAINERS
                                   : class == zhol_cargo_class_BULK ? ZHOL_DISPATCH_BULK
                                                                    : ZHOL_DISPATCH_BOGIES;
    uint32_t to =
        gauge == ZHOL_DISPATCH_1435 ? end_of_gauge(day, row->to_node_id) : row->to_node_id;
    struct stream *stream = stream_of(streams, gauge, work, to);
    if (stream) {
        stream->t += t;
        stream->teu += isnan(teu) ? 0 : teu;
        if (t > stream->most_t) {
            stream->most_t = t;
            stream->to = to;
        }
    }
}

static double trains_a_day(const struct dispatch_day *day, const struct stream *stream)
{
    uint32_t units;
    double cargo_t;
    dispatch_usual_load(day, stream->work, stream->gauge, &units, &cargo_t);
    double boxes = stream->teu > 0 ? stream->teu / 2 : stream->t / cargo_t;
    return (stream->work == ZHOL_DISPATCH_CONTAINERS ? boxes : stream->t / cargo_t) / units;
}

enum zhol_error dispatch_day_demand(struct dispatch_day *day)
{
    struct streams streams = {.day = day, .count = 0};
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(day->corridor, &count);
    int32_t date = day_of_demand(day);
    for (uint32_t i = 0; i < count && date != ZHOL_BLANK_DATE; i++) {
        if (is_here(day, &rows[i])) {
            add_row(&streams, &rows[i], date);
        }
    }
    enum zhol_error error = streams.count ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
    for (uint32_t i = 0; i < streams.count && !error; i++) {
        const struct stream *stream = &streams.items[i];
        struct dispatch_kind kind = {.gauge = stream->gauge,
                                     .work = stream->work,
                                     .to = stream->to,
                                     .trains_day = trains_a_day(day, stream),
                                     .name = zhol_node_name(day->corridor, stream->to, "en"),
                                     .name_ru = zhol_node_name(day->corridor, stream->to, "ru")};
        error = dispatch_add_kind(day, &kind, i);
    }
    return error;
}

int32_t dispatch_counted_until(const struct zhol_corridor *corridor)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    int32_t last = ZHOL_BLANK_DATE;
    for (uint32_t i = 0; i < count; i++) {
        int32_t end = rows[i].period_end;
        if (end != ZHOL_BLANK_DATE && (last == ZHOL_BLANK_DATE || end - 1 > last)) {
            last = end - 1;
        }
    }
    return last;
}
