/* compiled.c: a day prepared for planning. See compiled.h. */
#include "dispatch/compiled.h"

#include <string.h>

#include "base/sort.h"

enum { HELD_MAX = 1000000 };

int32_t ban_end(const struct zhol_dispatch_day *day, enum zhol_dispatch_gauge gauge,
                uint32_t destination, uint32_t flags, int32_t from)
{
    for (uint32_t i = 0; i < day->ban_count; i++) {
        const struct zhol_dispatch_ban *ban = day->bans + i;
        bool concerns =
            !ban->arriving && ban->gauge == gauge &&
            (ban->destination == ZHOL_DISPATCH_NONE || ban->destination == destination) &&
            (!ban->flags || (ban->flags & flags));
        if (concerns && from >= ban->from_min && from < ban->until_min) {
            from = ban->until_min;
            i = UINT32_MAX; /* an earlier row may hold at the later minute */
        }
    }
    return from;
}

bool zhol_dispatch_ban_concerns(const struct zhol_dispatch_day *day,
                                const struct zhol_dispatch_ban *ban, uint32_t train)
{
    enum zhol_dispatch_gauge own = day->trains[train].gauge;
    if (ban->gauge != (ban->arriving ? own : gauge_other(own))) {
        return false;
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        const struct zhol_dispatch_unit *unit = day->units + i;
        if (unit->train == train &&
            (ban->destination == ZHOL_DISPATCH_NONE || ban->destination == unit->destination) &&
            (!ban->flags || (ban->flags & unit->flags))) {
            return true;
        }
    }
    return false;
}

/* When a train that is pushed may be accepted by its bans: the first minute at or after the horizon
 * at which none holds whose end is known. */
static int32_t refused_end(const struct compiled *it, uint32_t train)
{
    int32_t from = it->horizon;
    for (uint32_t i = 0; it->refused && i < it->day->ban_count; i++) {
        const struct zhol_dispatch_ban *ban = it->day->bans + i;
        if (ban->arriving && ban->from_min <= from && from < ban->until_min &&
            ban->until_min < HELD_MAX && zhol_dispatch_ban_concerns(it->day, ban, train)) {
            from = ban->until_min;
            i = UINT32_MAX; /* an earlier row may hold at the later minute */
        }
    }
    return from;
}

static int64_t divide_up(int64_t dividend, int64_t divisor)
{
    return (dividend + divisor - 1) / divisor;
}

/* What a front of the train's work has to move: lifts, tonnes or wagons. */
static int64_t train_load(const struct zhol_dispatch_day *day, uint32_t train)
{
    int64_t lifts = 0, tonnes = 0;
    for (uint32_t i = 0; i < day->unit_count; i++) {
        if (day->units[i].train == train) {
            lifts += (int64_t)day->units[i].boxes_20 + day->units[i].boxes_40;
            tonnes += day->units[i].weight_t;
        }
    }
    switch (day->trains[train].work) {
    case ZHOL_DISPATCH_CONTAINERS:
        return lifts;
    case ZHOL_DISPATCH_BULK:
        return tonnes;
    default:
        return day->trains[train].wagons;
    }
}

static int32_t work_of_load(const struct zhol_dispatch_day *day, uint32_t train, uint32_t front,
                            int64_t load)
{
    const struct zhol_dispatch_train *it = day->trains + train;
    const struct zhol_dispatch_front *by = day->fronts + front;
    if (by->work != it->work || !by->takes[it->gauge]) {
        return 0;
    }
    int64_t cuts = by->length_m > 0 ? divide_up(it->length_m, by->length_m) : 1;
    int64_t minutes = it->work == ZHOL_DISPATCH_BOGIES
                          ? divide_up(load, by->cranes) * by->rate
                          : divide_up(load * 60, (int64_t)by->cranes * by->rate);
    minutes += cuts * by->setup_min;
    return minutes < 1 ? 1 : minutes > day->horizon_min ? 0 : (int32_t)minutes;
}

int32_t front_work_min(const struct zhol_dispatch_day *day, uint32_t train, uint32_t front)
{
    return work_of_load(day, train, front, train_load(day, train));
}

/* The first minute at or after `from` in an hour of `numbers` that is above 0. After the horizon
 * the hours come again by the clock: a horizon of 36 h repeats its first 24, one below 24 h itself.
 */
static int32_t next_of(const uint16_t *numbers, uint32_t hours, int32_t from)
{
    enum { DAY_HOURS = 24 };
    uint32_t hour = (uint32_t)from / 60, period = hours < DAY_HOURS ? hours : DAY_HOURS;
    for (uint32_t i = 0; i < period; i++) {
        if (numbers[(hour + i) % period]) {
            int32_t begin = (int32_t)(hour + i) * 60;
            return begin > from ? begin : from;
        }
    }
    return from + (int32_t)period * 60; /* no hour at all: a day later stands for "some day" */
}

int32_t next_departure(const struct zhol_dispatch_day *day, enum zhol_dispatch_gauge gauge,
                       int32_t from)
{
    return next_of(day->departs[gauge], (uint32_t)day->horizon_min / 60, from);
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static enum zhol_error units_sort(struct compiled *it)
{
    const struct zhol_dispatch_day *day = it->day;
    uint64_t *keys = arena_array(&it->arena, day->unit_count, sizeof *keys);
    uint32_t *order = arena_array(&it->arena, day->unit_count, sizeof *order);
    if (!keys || !order) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        it->unit_first[day->units[i].train + 1]++;
        enum zhol_dispatch_gauge gauge = gauge_other(day->trains[day->units[i].train].gauge);
        keys[i] = (uint64_t)gauge << 32 | day->units[i].destination;
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        it->unit_first[i + 1] += it->unit_first[i];
    }
    /* A train has at least one unit, so that there is room for a cursor of each. */
    memcpy(order, it->unit_first, day->train_count * sizeof *order);
    for (uint32_t i = 0; i < day->unit_count; i++) {
        it->unit_at[order[day->units[i].train]++] = i;
    }
    sort_index_fill(order, day->unit_count);
    enum zhol_error error = sort_index_u64(keys, order, day->unit_count);
    for (uint32_t i = 0; !error && i < day->unit_count; i++) {
        if (i == 0 || keys[order[i]] != keys[order[i - 1]]) {
            it->group_first[it->group_count] = i;
            it->group_gauge[it->group_count] = (uint8_t)(keys[order[i]] >> 32);
            it->group_destination[it->group_count++] = (uint32_t)keys[order[i]];
        }
        it->unit_group[order[i]] = it->group_count - 1;
        it->group_unit[i] = order[i];
    }
    it->group_first[it->group_count] = day->unit_count;
    return error;
}

/* When the units of a train leave if it is pushed, or if they stay in the yard. */
static void pushed_fill(struct compiled *it, uint32_t train)
{
    const struct zhol_dispatch_day *day = it->day;
    const struct zhol_dispatch_train *row = day->trains + train;
    enum zhol_dispatch_gauge out = gauge_other(row->gauge);
    int32_t work = ZHOL_DISPATCH_NEVER;
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t minutes = it->work_min[train * day->front_count + k];
        work = minutes && minutes < work ? minutes : work;
    }
    work = work > it->horizon ? it->horizon : work;
    int32_t accepted = next_of(day->accepts[row->gauge], it->hours, refused_end(it, train));
    int32_t reached = row->ready_min < 2 * it->horizon ? row->ready_min : 2 * it->horizon;
    int32_t end = larger(accepted, reached) + row->inspect_min + work;
    for (uint32_t i = it->unit_first[train]; i < it->unit_first[train + 1]; i++) {
        uint32_t unit = it->unit_at[i];
        int32_t loaded = it->loaded_from[unit];
        loaded = loaded < 2 * it->horizon ? loaded : 2 * it->horizon;
        it->pushed_min[unit] = next_departure(day, out, larger(end, loaded) + day->form_min);
        int32_t kept =
            next_departure(day, out, larger(it->horizon + day->yard_min, loaded) + day->form_min);
        it->kept_min[unit] = kept < it->pushed_min[unit] ? kept : it->pushed_min[unit];
    }
}

/* Closed minutes of one row. */
static void span_close(const struct compiled *it, struct span *span, int32_t free_from,
                       uint32_t calendar)
{
    memset(span, 0, sizeof *span);
    span_take(span, 0, free_from);
    for (uint32_t i = 0; calendar != ZHOL_DISPATCH_NONE && i < it->day->window_count; i++) {
        if (it->day->windows[i].calendar == calendar) {
            span_take(span, it->day->windows[i].from_min, it->day->windows[i].until_min);
        }
    }
}

static enum zhol_error rows_fill(struct compiled *it)
{
    const struct zhol_dispatch_day *day = it->day;
    for (uint32_t i = 0; i < day->front_count; i++) {
        span_close(it, it->fronts + i, day->fronts[i].free_from_min, day->fronts[i].calendar);
        span_take(it->fronts + i, it->horizon, SPAN_MINUTES);
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        span_close(it, it->locomotives + i, day->locomotives[i].free_from_min, ZHOL_DISPATCH_NONE);
    }
    uint64_t *keys = arena_array(&it->arena, day->track_count, sizeof *keys);
    if (!keys) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < day->track_count; i++) {
        span_close(it, it->tracks + i, day->tracks[i].free_from_min, day->tracks[i].calendar);
        span_take(it->tracks + i, it->horizon, SPAN_MINUTES);
        keys[i] = (uint64_t)day->tracks[i].length_m;
        it->track_at[day->tracks[i].gauge][it->track_counts[day->tracks[i].gauge]++] = i;
    }
    for (int gauge = 0; gauge < ZHOL_DISPATCH_GAUGES; gauge++) {
        enum zhol_error error = sort_index_u64(keys, it->track_at[gauge], it->track_counts[gauge]);
        if (error) {
            return error;
        }
    }
    return ZHOL_ERROR_OK;
}

/* The minutes in which bans keep each train from being accepted; none where there is no such ban.
 */
static enum zhol_error refused_fill(struct compiled *it)
{
    const struct zhol_dispatch_day *day = it->day;
    bool any = false;
    for (uint32_t i = 0; i < day->ban_count; i++) {
        any = any || day->bans[i].arriving;
    }
    if (!any) {
        return ZHOL_ERROR_OK;
    }
    it->refused = arena_array(&it->arena, day->train_count, sizeof *it->refused);
    for (uint32_t i = 0; it->refused && i < day->ban_count; i++) {
        const struct zhol_dispatch_ban *ban = day->bans + i;
        for (uint32_t t = 0; ban->arriving && t < day->train_count; t++) {
            if (zhol_dispatch_ban_concerns(day, ban, t)) {
                span_take(it->refused + t, ban->from_min, ban->until_min);
            }
        }
    }
    return it->refused ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static void loads_fill(struct compiled *it)
{
    const struct zhol_dispatch_day *day = it->day;
    for (uint32_t i = 0; i < day->unit_count; i++) {
        const struct zhol_dispatch_unit *unit = day->units + i;
        int32_t held = larger(unit->hold_until_min, unit->data_min);
        it->loaded_from[i] = held < HELD_MAX ? held : HELD_MAX; /* so that sums do not overflow */
        it->boxes[i] = unit->boxes_20 + unit->boxes_40;
        it->boxes[i] += it->boxes[i] == 0;
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        int64_t load = 0;
        for (uint32_t j = it->unit_first[i]; j < it->unit_first[i + 1]; j++) {
            const struct zhol_dispatch_unit *unit = day->units + it->unit_at[j];
            load += day->trains[i].work == ZHOL_DISPATCH_BULK
                        ? unit->weight_t
                        : (int64_t)unit->boxes_20 + unit->boxes_40;
        }
        if (day->trains[i].work == ZHOL_DISPATCH_BOGIES) {
            load = day->trains[i].wagons;
        }
        for (uint32_t k = 0; k < day->front_count; k++) {
            it->work_min[i * day->front_count + k] = work_of_load(day, i, k, load);
        }
        pushed_fill(it, i);
    }
}

/* Takes all arrays from the arena; false when memory runs out. */
static bool arrays_take(struct compiled *it)
{
    const struct zhol_dispatch_day *day = it->day;
    struct arena *arena = &it->arena;
    bool taken = true;
#define TAKE(field, count)                                          \
    do {                                                            \
        it->field = arena_array(arena, (count), sizeof *it->field); \
        taken = taken && it->field;                                 \
    } while (0)
    TAKE(unit_first, (size_t)day->train_count + 1);
    TAKE(unit_at, day->unit_count);
    TAKE(work_min, (size_t)day->train_count * day->front_count);
    TAKE(unit_group, day->unit_count);
    TAKE(group_gauge, day->unit_count);
    TAKE(group_destination, day->unit_count);
    TAKE(group_first, (size_t)day->unit_count + 1);
    TAKE(group_unit, day->unit_count);
    TAKE(loaded_from, day->unit_count);
    TAKE(pushed_min, day->unit_count);
    TAKE(kept_min, day->unit_count);
    TAKE(boxes, day->unit_count);
    TAKE(fronts, day->front_count);
    TAKE(tracks, day->track_count);
    TAKE(locomotives, day->locomotive_count);
    TAKE(track_at[0], day->track_count);
    TAKE(track_at[1], day->track_count);
#undef TAKE
    return taken;
}

enum zhol_error compiled_init(struct compiled *compiled, const struct zhol_dispatch_day *day)
{
    *compiled = (struct compiled){.day = day, .horizon = day->horizon_min};
    compiled->hours = (uint32_t)day->horizon_min / 60;
    arena_init(&compiled->arena, 0);
    enum zhol_error error = arrays_take(compiled) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        error = units_sort(compiled);
    }
    if (!error) {
        error = rows_fill(compiled);
    }
    if (!error) {
        error = refused_fill(compiled);
    }
    if (error) {
        compiled_clear(compiled);
        return error;
    }
    loads_fill(compiled);
    return ZHOL_ERROR_OK;
}

void compiled_clear(struct compiled *compiled)
{
    arena_clear(&compiled->arena);
    *compiled = (struct compiled){0};
}
