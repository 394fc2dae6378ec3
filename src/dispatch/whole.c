/* whole.c: what must wait because trains are whole. See whole.h. */
#include "dispatch/whole.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch/bound.h"
#include "dispatch/slots.h"

#define NEVER ZHOL_DISPATCH_NEVER

enum { HOURS_MAX = ZHOL_DISPATCH_HORIZON_MAX / 60 };

/* A unit in one hour: what is saved when it left before the hour's end. */
struct item {
    int64_t saved, share;
    uint32_t group, unit;
    int32_t release; /* it cannot leave before */
};

struct whole {
    const struct compiled *compiled;
    const struct whole_alone *alone;
    int64_t *share;  /* unit: part of a formed train */
    int64_t *before; /* unit: its waiting cost at the end of the hour before */
    struct item *items, *kept;
    int64_t *gains; /* of one more train */
    uint32_t gain_count, gain_room;
    uint32_t
        *gone; /* [hour][later]: trains that leave at most from the hour to the end of another */
};

/* ---- How many trains can have moved ---- */

/* Locomotives that haul out on a gauge by when they are free; *turn the least time until they haul
 * again. */
static uint32_t locomotives_of(const struct zhol_dispatch_day *day, int gauge, int32_t *free_from,
                               int32_t *turn)
{
    uint32_t count = 0;
    *turn = NEVER;
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        const struct zhol_dispatch_locomotive *row = day->locomotives + i;
        if (row->move == ZHOL_DISPATCH_DEPART && (int)row->gauge == gauge) {
            free_from[count++] = row->free_from_min;
            *turn = row->return_min < *turn ? row->return_min : *turn;
        }
    }
    return count;
}

/* Departures as early as can be from the minute `first` on: no plan has more by the end of any
 * hour.
 */
static void gone_fill(struct whole *whole, int gauge, int32_t first, uint32_t *by_hour)
{
    const struct zhol_dispatch_day *day = whole->compiled->day;
    const uint16_t *slots = day->departs[gauge];
    int32_t free_from[ZHOL_DISPATCH_ROWS_MAX], turn;
    uint32_t count = locomotives_of(day, gauge, free_from, &turn), gone = 0;
    bool needed = day->needs_locomotive[ZHOL_DISPATCH_DEPART][gauge];
    for (int32_t h = 0; h < whole->compiled->horizon / 60; h++) {
        uint32_t left = slots[h];
        for (int32_t m = h * 60 > first ? h * 60 : first; m < h * 60 + 60 && left; m++) {
            for (uint32_t i = 0; i < count && left && needed; i++) {
                if (free_from[i] <= m) {
                    free_from[i] = m + turn;
                    left--;
                    gone++;
                }
            }
            gone += needed ? 0 : left;
            left = needed ? left : 0;
        }
        by_hour[h] = gone;
    }
}

/* ---- Formed trains ---- */

static int by_worth(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    int64_t left = x->saved * y->share, right = y->saved * x->share;
    return left != right ? (left > right ? -1 : 1) : x->unit < y->unit ? -1 : x->unit > y->unit;
}

static int by_gain(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x > y ? -1 : x < y;
}

static void gain_add(struct whole *whole, int64_t gain)
{
    if (gain > 0 && whole->gain_count < whole->gain_room) {
        whole->gains[whole->gain_count++] = gain;
    }
}

/* What each further train of a group saves at most: units in order of worth, cut where one is full.
 */
static void group_gains(struct whole *whole, const struct item *items, uint32_t count)
{
    int64_t room = BOUND_SHARE, gain = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (int64_t left = items[i].share; left > 0;) {
            int64_t part = left < room ? left : room;
            gain += (items[i].saved * part + items[i].share - 1) / items[i].share;
            left -= part;
            room -= part;
            if (room == 0) {
                gain_add(whole, gain);
                room = BOUND_SHARE;
                gain = 0;
            }
        }
    }
    gain_add(whole, gain);
}

/* The most that `trains` whole trains can save. */
static int64_t best_gains(struct whole *whole, uint32_t trains)
{
    int64_t sum = 0;
    qsort(whole->gains, whole->gain_count, sizeof *whole->gains, by_gain);
    for (uint32_t i = 0; i < whole->gain_count && i < trains; i++) {
        sum += whole->gains[i];
    }
    return sum;
}

/* What a unit costs above its least when it has not left by the end of `minute`. */
static int64_t waiting_cost(const struct whole *whole, uint32_t unit, int32_t minute)
{
    const struct compiled *compiled = whole->compiled;
    int32_t end = whole->alone->end[compiled->day->units[unit].train];
    int32_t loaded = minute + 1 - compiled->day->form_min;
    if (end == NEVER) {
        return 0;
    }
    return unit_least_late(compiled, unit, end > loaded ? end : loaded) - whole->alone->least[unit];
}

/* The units that leave on a gauge and cost more at the end of the hour than before it. */
static uint32_t items_fill(struct whole *whole, uint32_t gauge, int32_t hour)
{
    const struct compiled *compiled = whole->compiled;
    uint32_t count = 0;
    for (uint32_t u = 0; u < compiled->day->unit_count; u++) {
        uint32_t group = compiled->unit_group[u];
        if (compiled->group_gauge[group] != gauge || !whole->share[u]) {
            continue;
        }
        int64_t cost = waiting_cost(whole, u, hour * 60 + 59), more = cost - whole->before[u];
        whole->before[u] = cost;
        if (more > 0) {
            int32_t end = whole->alone->end[compiled->day->units[u].train];
            int32_t loaded = compiled->loaded_from[u] > end ? compiled->loaded_from[u] : end;
            int32_t release =
                loaded < compiled->horizon ? loaded + compiled->day->form_min : loaded;
            whole->items[count++] = (struct item){more, whole->share[u], group, u, release};
        }
    }
    return count;
}

/* The most that the items not released before `since` save by so many trains, from what all cost.
 */
static int64_t hour_extra(struct whole *whole, uint32_t count, int32_t since, uint32_t trains)
{
    int64_t sum = 0;
    uint32_t kept = 0;
    whole->gain_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept && whole->kept[kept - 1].group != whole->items[i].group) {
            group_gains(whole, whole->kept, kept);
            kept = 0;
        }
        if (whole->items[i].release >= since) {
            whole->kept[kept++] = whole->items[i];
            sum += whole->items[i].saved;
        }
    }
    group_gains(whole, whole->kept, kept);
    int64_t saved = best_gains(whole, trains);
    return sum > saved ? sum - saved : 0;
}

/* For each hour the worst of all beginnings: what is ready from then on leaves after it. */
static int64_t departing_extra(struct whole *whole, uint32_t gauge)
{
    int32_t hours = whole->compiled->horizon / 60;
    int64_t extra = 0;
    for (int32_t from = 0; from < hours; from++) {
        gone_fill(whole, (int)gauge, from * 60, whole->gone + from * HOURS_MAX);
    }
    memset(whole->before, 0, whole->compiled->day->unit_count * sizeof *whole->before);
    for (int32_t h = 0; h < hours; h++) {
        uint32_t count = items_fill(whole, gauge, h);
        int64_t worst = 0;
        qsort(whole->items, count, sizeof *whole->items, by_worth);
        for (int32_t from = 0; from <= h; from++) {
            int64_t here = hour_extra(whole, count, from * 60, whole->gone[from * HOURS_MAX + h]);
            worst = here > worst ? here : worst;
        }
        extra += worst;
    }
    return extra;
}

static bool whole_take(struct whole *whole)
{
    const struct zhol_dispatch_day *day = whole->compiled->day;
    size_t rows = (size_t)day->train_count + day->unit_count + 1;
    whole->gain_room = (uint32_t)(2 * rows + whole->compiled->group_count);
    whole->share = calloc(rows, sizeof *whole->share);
    whole->before = calloc(rows, sizeof *whole->before);
    whole->items = calloc(rows, sizeof *whole->items);
    whole->kept = calloc(rows, sizeof *whole->kept);
    whole->gains = calloc(whole->gain_room, sizeof *whole->gains);
    whole->gone = calloc((size_t)HOURS_MAX * HOURS_MAX, sizeof *whole->gone);
    return whole->share && whole->before && whole->items && whole->kept && whole->gains &&
           whole->gone;
}

enum zhol_error whole_find(const struct compiled *compiled, const struct whole_alone *alone,
                           int64_t extra[ZHOL_DISPATCH_GAUGES])
{
    struct whole whole = {.compiled = compiled, .alone = alone};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    extra[0] = extra[1] = 0;
    if (whole_take(&whole)) {
        bound_shares(compiled, whole.share);
        for (uint32_t g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
            extra[g] = departing_extra(&whole, g);
        }
        error = ZHOL_ERROR_OK;
    }
    free(whole.share);
    free(whole.before);
    free(whole.items);
    free(whole.kept);
    free(whole.gains);
    free(whole.gone);
    return error;
}
