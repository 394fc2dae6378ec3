/* exact_stock.c: see exact_stock.h. */
#include "dispatch/exact_stock.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define FAR   (INT64_MAX / 8)

enum {
    MISSING_MOST = 400,
    MINUTES = EXACT_TRAINS + 20,
    YARD_MOST = 1 << 14,      /* more boxes than a day of the search has */
    LATE_MOST = INT32_MAX / 2 /* a unit's lateness above it is told as this */
};

struct stock {
    const struct compiled *compiled;
    const struct exact_state *state;
    const struct exact_alone *alone;
    uint32_t stock;
    uint32_t unit[EXACT_UNITS], units; /* that want pieces yet */
    int32_t minute[MINUTES];
    uint32_t minutes;
    int64_t wanted;
};

static int32_t later(int64_t a, int64_t b)
{
    int64_t more = a > b ? a : b;
    return more < NEVER ? (int32_t)more : NEVER;
}

/* The last minute before more comes at `minute`, where that is to be looked at. */
static void minute_add(struct stock *it, int64_t minute)
{
    if (minute > it->state->now && minute < it->compiled->horizon && it->minutes + 1 < MINUTES) {
        it->minute[it->minutes++] = (int32_t)minute - 1;
    }
}

static void minutes_fill(struct stock *it)
{
    const struct zhol_dispatch_day *day = it->compiled->day;
    it->minutes = 0;
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        if (day->deliveries[i].stock == it->stock) {
            minute_add(it, day->deliveries[i].minute);
        }
    }
    for (uint32_t t = 0; t < day->train_count; t++) {
        if (day->trains[t].frees_stock == it->stock && it->alone->end[t] != NEVER) {
            minute_add(it, (int64_t)it->alone->end[t] + day->release_min);
        }
    }
    it->minute[it->minutes++] = it->compiled->horizon - 1;
}

static void units_fill(struct stock *it)
{
    const struct zhol_dispatch_day *day = it->compiled->day;
    it->units = 0;
    it->wanted = 0;
    for (uint32_t u = 0; u < day->unit_count; u++) {
        enum exact_place place = (enum exact_place)it->state->units[u].place;
        if (day->units[u].stock == it->stock && day->units[u].pieces &&
            it->alone->from[u] != NEVER && (place == EXACT_OUTSIDE || place == EXACT_YARD)) {
            it->unit[it->units++] = u;
            it->wanted += day->units[u].pieces;
        }
    }
}

/* Pieces that can be taken by the end of `minute`. */
static int64_t supply(const struct stock *it, int32_t minute)
{
    const struct zhol_dispatch_day *day = it->compiled->day;
    int64_t pieces = (int64_t)day->stocks[it->stock].count - it->state->taken[it->stock];
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        const struct zhol_dispatch_delivery *row = day->deliveries + i;
        pieces += row->stock == it->stock && row->minute <= minute ? row->count : 0;
    }
    for (uint32_t t = 0; t < day->train_count; t++) {
        const struct zhol_dispatch_train *row = day->trains + t;
        bool back = row->frees_stock == it->stock && it->alone->end[t] != NEVER &&
                    (int64_t)it->alone->end[t] + day->release_min <= minute;
        pieces += back ? row->frees_count : 0;
    }
    return pieces;
}

/* The shortest work on a train. */
static int32_t work_least(const struct compiled *compiled, uint32_t train)
{
    int32_t least = NEVER;
    for (uint32_t k = 0; k < compiled->day->front_count; k++) {
        int32_t work = compiled->work_min[train * compiled->day->front_count + k];
        least = work && work < least ? work : least;
    }
    return least;
}

/* Lateness, pushed units and boxes by yard in one number. */
static int64_t in_one(int64_t late, int64_t pushed, int64_t boxes)
{
    late = late < LATE_MOST ? late : LATE_MOST;
    return (late * SLOT_UNITS + pushed) * YARD_MOST + (boxes < YARD_MOST ? boxes : YARD_MOST - 1);
}

/* Cost of a unit that is ready to leave from `ready` on, above the least; FAR when it cannot. */
static int64_t leaving_cost(const struct stock *it, uint32_t unit, int32_t ready, int64_t boxes)
{
    int32_t leave =
        ready < it->compiled->horizon ? exact_leave(it->compiled, it->state, unit, ready) : NEVER;
    if (leave == NEVER) {
        return FAR;
    }
    int64_t late = unit_late_cost(it->compiled->day->units + unit, leave);
    return in_one(late - it->alone->cost[unit], 0, boxes);
}

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What it costs above the least that a unit takes its pieces after `minute`: it is handled after
 * it, goes by yard, stays there, or its train is pushed. */
static int64_t waiting_cost(const struct stock *it, uint32_t unit, int32_t minute)
{
    const struct compiled *compiled = it->compiled;
    const struct zhol_dispatch_unit *row = compiled->day->units + unit;
    bool outside = it->state->units[unit].place == EXACT_OUTSIDE;
    int64_t boxes = outside ? compiled->boxes[unit] : 0, least = it->alone->cost[unit];
    int64_t cost = in_one(unit_late_cost(row, compiled->kept_min[unit]) - least, 1, boxes);
    if (outside) {
        int64_t begun = (int64_t)minute + 1 + work_least(compiled, row->train);
        int32_t ready = later(it->alone->from[unit], begun + compiled->day->form_min);
        int64_t pushed = unit_late_cost(row, compiled->pushed_min[unit]);
        cost = lesser(cost, leaving_cost(it, unit, ready, 0));
        cost = lesser(cost, in_one(pushed - least, 1, 0));
    }
    if (!(row->flags & ZHOL_DISPATCH_NO_YARD)) {
        int64_t yard = (int64_t)it->alone->end[row->train] + compiled->day->yard_min;
        int32_t loaded = later(yard, compiled->loaded_from[unit]);
        int32_t ready = later((int64_t)minute + 1, (int64_t)loaded + compiled->day->form_min);
        cost = lesser(cost, leaving_cost(it, unit, ready, boxes));
    }
    return cost;
}

/* The least cost of enough units waiting that `missing` pieces are not taken by the minute. */
static int64_t cheapest(const struct stock *it, int32_t minute, int64_t missing)
{
    int64_t cost[MISSING_MOST + 1];
    missing = missing < MISSING_MOST ? missing : MISSING_MOST;
    cost[0] = 0;
    for (int64_t i = 1; i <= missing; i++) {
        cost[i] = FAR;
    }
    for (uint32_t k = 0; k < it->units; k++) {
        int64_t own = waiting_cost(it, it->unit[k], minute);
        int64_t pieces = it->compiled->day->units[it->unit[k]].pieces;
        own = own > 0 ? own : 0;
        for (int64_t i = missing; i > 0; i--) {
            int64_t with = cost[i > pieces ? i - pieces : 0] + own;
            cost[i] = with < cost[i] ? with : cost[i];
        }
    }
    return cost[missing] < FAR ? cost[missing] : 0;
}

void exact_stock_extra(const struct compiled *compiled, const struct exact_state *state,
                       const struct exact_alone *alone, struct zhol_dispatch_objective *extra)
{
    struct stock it = {.compiled = compiled, .state = state, .alone = alone};
    int64_t sum = 0;
    for (it.stock = 0; it.stock < compiled->day->stock_count; it.stock++) {
        int64_t worst = 0;
        units_fill(&it);
        if (it.wanted <= supply(&it, state->now)) {
            continue;
        }
        minutes_fill(&it);
        for (uint32_t i = 0; i < it.minutes; i++) {
            int64_t missing = it.wanted - supply(&it, it.minute[i]);
            int64_t here = missing > 0 ? cheapest(&it, it.minute[i], missing) : 0;
            worst = here > worst ? here : worst;
        }
        sum += worst;
    }
    *extra = (struct zhol_dispatch_objective){.late = sum / YARD_MOST / SLOT_UNITS,
                                              .pushed = sum / YARD_MOST % SLOT_UNITS,
                                              .yard_boxes = sum % YARD_MOST};
}
