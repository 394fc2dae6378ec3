/* queue_days.c: when both sides of a checkpoint are open, and what passes then (queue_rules.h). */
#include <stdlib.h>

#include "base/time.h"
#include "base/zone.h"
#include "desk/queue_rules.h"

enum { DAYS_MAX = 4000, ZONES_MAX = 4, SIDE_SPANS = 4 };

/* Zones that were asked for, by the text's offset (zones are interned). */
struct clocks {
    const struct zhol_corridor *corridor;
    zhol_cell_text names[ZONES_MAX];
    struct zone *zones[ZONES_MAX];
    uint32_t count;
};

static enum zhol_error clock_of(struct clocks *clocks, zhol_cell_text name,
                                const struct zone **zone)
{
    for (uint32_t i = 0; i < clocks->count; i++) {
        if (clocks->names[i] == name) {
            *zone = clocks->zones[i];
            return ZHOL_ERROR_OK;
        }
    }
    if (clocks->count == ZONES_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    const char *text = name ? zhol_corridor_text(clocks->corridor, name) : "UTC";
    enum zhol_error error = zone_load(text, &clocks->zones[clocks->count]);
    if (!error) {
        clocks->names[clocks->count] = name;
        *zone = clocks->zones[clocks->count++];
    }
    return error;
}

static void clocks_clear(struct clocks *clocks)
{
    for (uint32_t i = 0; i < clocks->count; i++) {
        zone_free(clocks->zones[i]);
    }
}

struct spans {
    int64_t from_s[SIDE_SPANS], to_s[SIDE_SPANS];
    uint32_t count;
};

static void add_span(struct spans *spans, int64_t from_s, int64_t to_s)
{
    if (from_s >= to_s) {
        return;
    }
    if (spans->count && from_s <= spans->to_s[spans->count - 1]) {
        int64_t *end = &spans->to_s[spans->count - 1];
        *end = to_s > *end ? to_s : *end;
    } else if (spans->count < SIDE_SPANS) {
        spans->from_s[spans->count] = from_s;
        spans->to_s[spans->count++] = to_s;
    }
}

/* The exception of a local day, or ZHOL_NONE: of several the last row. */
static uint32_t exception_on(const struct zhol_corridor *corridor, uint32_t calendar, int32_t day)
{
    uint32_t total, count, found = ZHOL_NONE;
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(corridor, &total);
    const uint32_t *rows =
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_calendar_date, calendar, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(day, dates[rows[i]].date_from, dates[rows[i]].date_to)) {
            found = rows[i];
        }
    }
    return found;
}

/* Openings of a side in [day->from_s, day->to_s). */
static enum zhol_error side_spans(struct clocks *clocks, uint32_t calendar, struct queue_day *day,
                                  struct spans *spans)
{
    uint32_t total;
    const struct zhol_calendar *rows = zhol_corridor_calendar(clocks->corridor, &total);
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(clocks->corridor, &total);
    if (calendar == ZHOL_NONE) {
        add_span(spans, day->from_s, day->to_s);
        return ZHOL_ERROR_OK;
    }
    int32_t middle = time_day_of((day->from_s + day->to_s) / 2);
    for (int32_t local = middle - 1; local <= middle + 1; local++) {
        uint32_t row = zhol_corridor_row_on(clocks->corridor, ZHOL_TABLE_calendar, calendar, local);
        uint32_t exception = exception_on(clocks->corridor, calendar, local);
        const struct zone *zone = NULL;
        if (row == ZHOL_NONE) {
            continue;
        }
        bool open = rows[row].weekdays >> time_weekday(local) & 1;
        int32_t from = rows[row].open, to = rows[row].close;
        if (exception != ZHOL_NONE) {
            open = dates[exception].kind == zhol_date_kind_OPEN;
            from = dates[exception].open;
            to = dates[exception].close;
            day->closure = local == day->day && !open ? exception + 1 : day->closure;
        }
        enum zhol_error error = clock_of(clocks, rows[row].time_zone, &zone);
        if (error) {
            return error;
        }
        int64_t from_s = 0, to_s = 0;
        zone_local_to_utc(zone, (int64_t)local * TIME_DAY_S + from * 60, &from_s);
        zone_local_to_utc(zone, (int64_t)local * TIME_DAY_S + to * 60, &to_s);
        if (open) {
            add_span(spans, from_s > day->from_s ? from_s : day->from_s,
                     to_s < day->to_s ? to_s : day->to_s);
        }
    }
    return ZHOL_ERROR_OK;
}

static void meet(const struct spans *a, const struct spans *b, struct queue_day *day)
{
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t j = 0; j < b->count && day->span_count < QUEUE_SPANS; j++) {
            int64_t from_s = a->from_s[i] > b->from_s[j] ? a->from_s[i] : b->from_s[j];
            int64_t to_s = a->to_s[i] < b->to_s[j] ? a->to_s[i] : b->to_s[j];
            if (from_s < to_s) {
                day->open_s[day->span_count] = from_s;
                day->close_s[day->span_count++] = to_s;
                day->open_total_s += to_s - from_s;
            }
        }
    }
}

/* The smaller of what both sides take in the open time of the day. */
static double limit_of(const struct zhol_corridor *corridor, uint32_t queue, int32_t known,
                       const struct queue_day *day)
{
    uint32_t total, count;
    const struct zhol_slot_plan *plans = zhol_corridor_slot_plan(corridor, &total);
    const uint32_t *rows = zhol_corridor_rows_of(corridor, ZHOL_TABLE_slot_plan, queue, &count);
    int32_t on = known != ZHOL_BLANK_DATE && known < day->day ? known : day->day;
    double least = 0;
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_slot_plan *plan = &plans[rows[i]];
        if (!zhol_day_in(on, plan->valid_from, plan->valid_to)) {
            continue;
        }
        double vehicles = plan->per == zhol_per_HOUR
                              ? plan->vehicles * (double)day->open_total_s / TIME_HOUR_S
                              : plan->vehicles;
        least = !any || vehicles < least ? vehicles : least;
        any = true;
    }
    return day->open_total_s ? least : 0;
}

static enum zhol_error make_day(struct clocks *clocks, uint32_t queue, int32_t known,
                                struct queue_day *day)
{
    uint32_t count;
    const struct zhol_queue *queues = zhol_corridor_queue(clocks->corridor, &count);
    struct spans own = {.count = 0}, other = {.count = 0};
    day->queue_row = zhol_corridor_row_on(clocks->corridor, ZHOL_TABLE_queue, queue, day->day);
    if (day->queue_row == ZHOL_NONE) {
        return ZHOL_ERROR_OK;
    }
    const struct zhol_queue *row = &queues[day->queue_row];
    enum zhol_error error = side_spans(clocks, row->calendar_id, day, &own);
    error = error ? error : side_spans(clocks, row->other_calendar_id, day, &other);
    if (!error) {
        meet(&own, &other, day);
        day->vehicles = limit_of(clocks->corridor, queue, known, day);
        day->closure = day->open_total_s ? 0 : day->closure;
    }
    return error;
}

/* The zone in which the days of a queue are counted: the other side's, else the own one's. */
static enum zhol_error zone_of_days(struct clocks *clocks, uint32_t queue, const struct zone **zone)
{
    uint32_t count, begin, end;
    const struct zhol_queue *queues = zhol_corridor_queue(clocks->corridor, &count);
    const struct zhol_calendar *calendars = zhol_corridor_calendar(clocks->corridor, &count);
    zhol_corridor_rows(clocks->corridor, ZHOL_TABLE_queue, queue, &begin, &end);
    uint32_t calendar = queues[begin].other_calendar_id;
    calendar = calendar == ZHOL_NONE ? queues[begin].calendar_id : calendar;
    if (calendar == ZHOL_NONE) {
        return clock_of(clocks, 0, zone);
    }
    zhol_corridor_rows(clocks->corridor, ZHOL_TABLE_calendar, calendar, &begin, &end);
    return clock_of(clocks, calendars[begin].time_zone, zone);
}

enum zhol_error queue_days(const struct zhol_corridor *corridor, const char *queue_id,
                           int64_t from_s, int64_t until_s, int32_t known, struct queue_day **days,
                           uint32_t *count)
{
    struct clocks clocks = {.corridor = corridor};
    const struct zone *zone = NULL;
    struct queue_day *list = NULL;
    uint32_t queue = zhol_corridor_find(corridor, ZHOL_TABLE_queue, queue_id);
    *days = NULL;
    *count = 0;
    if (queue == ZHOL_NONE) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (from_s >= until_s) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = zone_of_days(&clocks, queue, &zone);
    if (error) {
        goto out;
    }
    int32_t first = time_day_of(zone_local_s(zone, from_s));
    int32_t last = time_day_of(zone_local_s(zone, until_s - 1));
    if (last - first >= DAYS_MAX) {
        error = ZHOL_ERROR_LIMIT;
        goto out;
    }
    uint32_t total = (uint32_t)(last - first) + 1;
    list = calloc(total, sizeof *list);
    error = list ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; i < total && !error; i++) {
        list[i].day = first + (int32_t)i;
        zone_local_to_utc(zone, (int64_t)list[i].day * TIME_DAY_S, &list[i].from_s);
        zone_local_to_utc(zone, (int64_t)(list[i].day + 1) * TIME_DAY_S, &list[i].to_s);
        error = make_day(&clocks, queue, known, &list[i]);
    }
    if (!error) {
        *days = list;
        *count = total;
        list = NULL;
    }
out:
    free(list);
    clocks_clear(&clocks);
    return error;
}

double queue_day_before(const struct queue_day *day, int64_t at_s)
{
    int64_t before_s = 0;
    for (uint32_t i = 0; i < day->span_count && day->open_s[i] < at_s; i++) {
        before_s += (at_s < day->close_s[i] ? at_s : day->close_s[i]) - day->open_s[i];
    }
    return before_s == day->open_total_s
               ? day->vehicles
               : day->vehicles * (double)before_s / (double)day->open_total_s;
}
