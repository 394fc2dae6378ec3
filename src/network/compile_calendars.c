/* network/compile_calendars.c: opening times as UTC intervals over the horizon.
 *
 * A calendar is meant in the local time of its zone, so it is worked out day by day: the row that
 * holds on that day, its weekdays, the exceptions of that day, and the zone's offset at that very
 * hour. Times that meet are joined: round the clock is one long interval. An interval that begins
 * after a closing day remembers the exception, so that "waits until 20 February: Spring Festival"
 * can be said.
 */
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "network/compile.h"

enum { DAY_MIN = 1440 };

enum zhol_error zone_of(struct compile *c, zhol_cell_text name, const struct zone **zone)
{
    for (uint32_t i = 0; i < c->zone_count; i++) {
        if (c->zones[i].name == name) {
            *zone = c->zones[i].zone;
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(c->zones, c->zone_capacity, c->zone_count + 1);
    if (error) {
        return error;
    }
    struct zone *loaded;
    const char *text = zhol_corridor_text(c->corridor, name);
    error = zone_load(text, &loaded);
    if (error == ZHOL_ERROR_MEMORY) {
        return error; /* nothing is wrong with the name */
    }
    if (error) {
        return zhol_report_add(
            c->report, &(struct zhol_finding){
                           .severity = ZHOL_FAULT,
                           .code = error,
                           .column = "time_zone",
                           .value = text,
                           .expected = "a name of the system's tz database (install tzdata)"});
    }
    c->zones[c->zone_count++] = (struct zone_slot){name, loaded};
    *zone = loaded;
    return ZHOL_ERROR_OK;
}

void zones_clear(struct compile *c)
{
    for (uint32_t i = 0; i < c->zone_count; i++) {
        zone_free(c->zones[i].zone);
    }
    free(c->zones);
    c->zones = NULL;
    c->zone_count = c->zone_capacity = 0;
}

/* The exception of a day, or ZHOL_NONE: of several the last row. */
static uint32_t exception_on(const struct compile *c, const uint32_t *rows, uint32_t count,
                             int32_t day)
{
    uint32_t total, found = ZHOL_NONE;
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(c->corridor, &total);
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(day, dates[rows[i]].date_from, dates[rows[i]].date_to)) {
            found = rows[i];
        }
    }
    return found;
}

/* What is being made of one calendar. */
struct openings {
    struct zhol_opening *items; /* in the arena of the compile */
    uint32_t count;
    uint32_t closure; /* 1 + exception that closed since the last interval; 0: none */
};

/* Opens from..to minutes of a local day; joins it to the interval before where they meet. */
static enum zhol_error open_day(struct compile *c, struct openings *o, zhol_cell_text zone_name,
                                int32_t day, int32_t open, int32_t close)
{
    const struct zone *zone = NULL;
    int64_t from_s = 0, to_s = 0;
    enum zhol_error error = zone_of(c, zone_name, &zone);
    if (error) {
        return error;
    }
    int32_t until = close > open ? close : close + DAY_MIN; /* over midnight; equal: a whole day */
    zone_local_to_utc(zone, (int64_t)day * TIME_DAY_S + open * 60, &from_s);
    zone_local_to_utc(zone, (int64_t)day * TIME_DAY_S + until * 60, &to_s);
    int64_t from = from_s / 60, to = to_s / 60;
    from = from < c->horizon_from_min ? c->horizon_from_min : from;
    to = to > c->horizon_to_min ? c->horizon_to_min : to;
    if (from >= to) {
        return ZHOL_ERROR_OK;
    }
    struct zhol_opening *last = o->count ? &o->items[o->count - 1] : NULL;
    if (last && from <= last->to_min) {
        last->to_min = to > last->to_min ? to : last->to_min;
    } else {
        o->items[o->count++] = (struct zhol_opening){from, to, o->closure, 0};
    }
    o->closure = 0;
    return ZHOL_ERROR_OK;
}

static enum zhol_error work_out(struct compile *c, uint32_t calendar, struct openings *o)
{
    uint32_t total, exception_count;
    const struct zhol_calendar *rows = zhol_corridor_calendar(c->corridor, &total);
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(c->corridor, &total);
    const uint32_t *exceptions =
        zhol_corridor_rows_of(c->corridor, ZHOL_TABLE_calendar_date, calendar, &exception_count);
    enum zhol_error error = ZHOL_ERROR_OK;
    /* A local day can begin 14 hours before and end 12 hours after the day in UTC. */
    for (int32_t day = c->horizon_first_day - 1; !error && day <= c->horizon_last_day; day++) {
        uint32_t row = zhol_corridor_row_on(c->corridor, ZHOL_TABLE_calendar, calendar, day);
        if (row == ZHOL_NONE) {
            continue;
        }
        bool open = rows[row].weekdays >> time_weekday(day) & 1;
        uint32_t exception = exception_on(c, exceptions, exception_count, day);
        if (exception == ZHOL_NONE) {
            if (open) {
                error = open_day(c, o, rows[row].time_zone, day, rows[row].open, rows[row].close);
            }
        } else if (dates[exception].kind == zhol_date_kind_OPEN && dates[exception].open >= 0) {
            error = open_day(c, o, rows[row].time_zone, day, dates[exception].open,
                             dates[exception].close < 0 ? DAY_MIN : dates[exception].close);
        } else if (open) {
            o->closure = exception + 1;
        }
    }
    return error;
}

enum zhol_error calendar_of(struct compile *c, uint32_t calendar, uint16_t *number)
{
    *number = 0;
    if (calendar == ZHOL_NONE) {
        return ZHOL_ERROR_OK;
    }
    if (c->calendar_number[calendar] != ZHOL_NONE) {
        *number = (uint16_t)c->calendar_number[calendar];
        return ZHOL_ERROR_OK;
    }
    struct openings o = {0};
    uint32_t days = (uint32_t)(c->horizon_last_day - c->horizon_first_day) + 2;
    o.items = arena_array(&c->arena, days, sizeof *o.items);
    if (!o.items) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = work_out(c, calendar, &o);
    bool always = o.count == 1 && o.items[0].from_min == c->horizon_from_min &&
                  o.items[0].to_min == c->horizon_to_min;
    if (!error && !always) {
        error = network_builder_calendar(c->builder, o.items, o.count, number);
    }
    if (!error) {
        c->calendar_number[calendar] = *number;
    }
    return error;
}
