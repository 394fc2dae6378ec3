/* slots.c: acceptances of hours as an assignment. See slots.h. */
#include "dispatch/slots.h"

#include <stdlib.h>
#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define FAR   (INT64_MAX / 4)

enum { PUSHED = SLOT_HOURS, NOWHERE = SLOT_HOURS + 1 };

struct slots {
    const struct compiled *compiled;
    uint32_t hours, count;
    int64_t (*cost)[SLOT_HOURS + 1]; /* train: in an hour, or pushed */
    uint32_t *place;                 /* train: its hour, PUSHED, or NOWHERE yet */
    uint32_t left[SLOT_HOURS];
    int64_t move[SLOT_HOURS][SLOT_HOURS + 1]; /* of the cheapest train from an hour to another */
    uint32_t mover[SLOT_HOURS][SLOT_HOURS + 1];
};

int64_t unit_least_late(const struct compiled *compiled, uint32_t unit, int32_t end)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_unit *row = day->units + unit;
    uint32_t group = compiled->unit_group[unit];
    enum zhol_dispatch_gauge gauge = (enum zhol_dispatch_gauge)compiled->group_gauge[group];
    int32_t loaded = compiled->loaded_from[unit];
    int64_t at = (int64_t)(end > loaded ? end : loaded) + day->form_min;
    int64_t kept = unit_late_cost(row, compiled->kept_min[unit]);
    while (at < compiled->horizon) {
        int32_t open =
            ban_end(day, gauge, compiled->group_destination[group], row->flags, (int32_t)at);
        if (open == at && day->departs[gauge][at / 60]) {
            int64_t late = unit_late_cost(row, (int32_t)at);
            return late < kept ? late : kept;
        }
        at = open > at ? open : (at / 60 + 1) * 60;
    }
    return kept;
}

int32_t train_end_min(const struct compiled *compiled, uint32_t train, int32_t accept)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int32_t end = NEVER;
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t work = compiled->work_min[train * day->front_count + k];
        int32_t begin = accept + day->trains[train].inspect_min;
        int32_t at = work && begin < compiled->horizon
                         ? span_fit(compiled->fronts + k, begin, work, compiled->horizon)
                         : NEVER;
        end = at != NEVER && at + work < end ? at + work : end;
    }
    return end;
}

int32_t train_accept_min(const struct compiled *compiled, uint32_t train)
{
    const struct zhol_dispatch_train *row = compiled->day->trains + train;
    int32_t at = accept_from(compiled, train, 0);
    while (at < compiled->horizon && !compiled->day->accepts[row->gauge][at / 60]) {
        at = accept_from(compiled, train, (at / 60 + 1) * 60);
    }
    return at < compiled->horizon ? at : NEVER;
}

/* The least lateness of a train that is accepted at a minute; FAR when it cannot be handled. */
static int64_t train_cost(const struct compiled *compiled, uint32_t train, int32_t accept)
{
    int32_t end = train_end_min(compiled, train, accept);
    int64_t sum = 0;
    for (uint32_t i = compiled->unit_first[train];
         end != NEVER && i < compiled->unit_first[train + 1]; i++) {
        sum += unit_least_late(compiled, compiled->unit_at[i], end);
    }
    return end == NEVER ? FAR : sum;
}

static void costs_fill(struct slots *slots, uint32_t row, uint32_t train)
{
    const struct compiled *compiled = slots->compiled;
    int64_t pushed = 0;
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        uint32_t unit = compiled->unit_at[i];
        pushed += unit_late_cost(compiled->day->units + unit, compiled->pushed_min[unit]);
    }
    for (uint32_t h = 0; h < slots->hours; h++) {
        int32_t from = (int32_t)h * 60;
        int32_t accept = accept_from(compiled, train, from);
        slots->cost[row][h] = accept < from + 60 ? train_cost(compiled, train, accept) : FAR;
    }
    slots->cost[row][PUSHED] = pushed;
    slots->place[row] = NOWHERE;
}

/* The cheapest train to move from each hour to each other. */
static void moves_fill(struct slots *slots)
{
    for (uint32_t h = 0; h < slots->hours; h++) {
        for (uint32_t to = 0; to <= PUSHED; to++) {
            slots->move[h][to] = FAR;
        }
    }
    for (uint32_t t = 0; t < slots->count; t++) {
        uint32_t h = slots->place[t];
        for (uint32_t to = 0; h < slots->hours && to <= PUSHED; to++) {
            bool there = to < slots->hours || to == PUSHED;
            int64_t by =
                there && slots->cost[t][to] < FAR ? slots->cost[t][to] - slots->cost[t][h] : FAR;
            if (to != h && by < slots->move[h][to]) {
                slots->move[h][to] = by;
                slots->mover[h][to] = t;
            }
        }
    }
}

/* Puts a train in by the cheapest chain of moves that ends in a free place or in pushing. */
static void train_put(struct slots *slots, uint32_t train)
{
    int64_t way[SLOT_HOURS], least = slots->cost[train][PUSHED];
    uint32_t before[SLOT_HOURS], last = NOWHERE, end = PUSHED;
    bool moved = true;
    moves_fill(slots);
    for (uint32_t h = 0; h < slots->hours; h++) {
        way[h] = slots->cost[train][h];
        before[h] = NOWHERE;
    }
    for (uint32_t round = 0; moved && round < slots->hours; round++) {
        moved = false;
        for (uint32_t h = 0; h < slots->hours; h++) {
            for (uint32_t to = 0; to < slots->hours && way[h] < FAR; to++) {
                if (slots->move[h][to] < FAR && way[h] + slots->move[h][to] < way[to]) {
                    way[to] = way[h] + slots->move[h][to];
                    before[to] = h;
                    moved = true;
                }
            }
        }
    }
    for (uint32_t h = 0; h < slots->hours; h++) {
        int64_t pushing =
            way[h] < FAR && slots->move[h][PUSHED] < FAR ? way[h] + slots->move[h][PUSHED] : FAR;
        if (slots->left[h] && way[h] < least) {
            least = way[h];
            last = h;
            end = h;
        }
        if (pushing < least) {
            least = pushing;
            last = h;
            end = PUSHED;
        }
    }
    if (end != PUSHED) {
        slots->left[end]--;
    } else if (last != NOWHERE) {
        slots->place[slots->mover[last][PUSHED]] = PUSHED;
    }
    for (uint32_t h = last; h != NOWHERE; h = before[h]) {
        uint32_t who = before[h] == NOWHERE ? train : slots->mover[before[h]][h];
        slots->place[who] = h;
    }
    if (last == NOWHERE) {
        slots->place[train] = PUSHED;
    }
}

/* What one place more in each hour would save: of a pushed train, or of one from an hour whose
 * place is then free. */
static void gains_fill(struct slots *slots, int64_t *price)
{
    bool moved = true;
    moves_fill(slots);
    memset(price, 0, SLOT_HOURS * sizeof *price);
    for (uint32_t t = 0; t < slots->count; t++) {
        for (uint32_t h = 0; h < slots->hours && slots->place[t] == PUSHED; h++) {
            int64_t gain = slots->cost[t][PUSHED] - slots->cost[t][h];
            price[h] = gain > price[h] ? gain : price[h];
        }
    }
    for (uint32_t round = 0; moved && round < slots->hours; round++) {
        moved = false;
        for (uint32_t h = 0; h < slots->hours; h++) {
            for (uint32_t to = 0; to < slots->hours; to++) {
                if (slots->move[h][to] < FAR && price[h] - slots->move[h][to] > price[to]) {
                    price[to] = price[h] - slots->move[h][to];
                    moved = true;
                }
            }
        }
    }
}

enum zhol_error slots_price(const struct compiled *compiled, enum zhol_dispatch_gauge gauge,
                            int64_t price[SLOT_HOURS])
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct slots *slots = calloc(1, sizeof *slots);
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    memset(price, 0, SLOT_HOURS * sizeof *price);
    if (!slots) {
        return error;
    }
    slots->compiled = compiled;
    slots->hours = compiled->hours;
    slots->cost = calloc((size_t)day->train_count + 1, sizeof *slots->cost);
    slots->place = calloc((size_t)day->train_count + 1, sizeof *slots->place);
    if (slots->cost && slots->place) {
        for (uint32_t h = 0; h < slots->hours; h++) {
            slots->left[h] = day->accepts[gauge][h];
        }
        for (uint32_t t = 0; t < day->train_count; t++) {
            if (day->trains[t].gauge == gauge) {
                costs_fill(slots, slots->count++, t);
            }
        }
        for (uint32_t t = 0; t < slots->count; t++) {
            train_put(slots, t);
        }
        gains_fill(slots, price);
        error = ZHOL_ERROR_OK;
    }
    free(slots->cost);
    free(slots->place);
    free(slots);
    return error;
}
