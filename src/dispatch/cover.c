/* cover.c: what must wait for want of platforms or of trains. See cover.h. */
#include "dispatch/cover.h"

#include <stdlib.h>

#include "dispatch/slots.h"
#include "dispatch/whole.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE
#define FAR   (INT64_MAX / 4)

enum { MISSING_MOST = 20000 }; /* pieces; with more the cover is of this many, still a bound */

struct cover {
    const struct compiled *compiled;
    int32_t *end;   /* train: its earliest end of handling, alone */
    int64_t *least; /* unit: its least lateness, alone */
    int64_t *cost;  /* scratch: of covering so many pieces */
    int64_t sum;    /* of all least */
};

static void alone_fill(struct cover *cover)
{
    const struct compiled *compiled = cover->compiled;
    for (uint32_t t = 0; t < compiled->day->train_count; t++) {
        int32_t accept = train_accept_min(compiled, t);
        cover->end[t] = accept == NEVER ? NEVER : train_end_min(compiled, t, accept);
    }
    for (uint32_t u = 0; u < compiled->day->unit_count; u++) {
        int32_t end = cover->end[compiled->day->units[u].train];
        cover->least[u] = unit_least_late(compiled, u, end == NEVER ? compiled->horizon : end);
        cover->sum += cover->least[u];
    }
}

/* Pieces that can have been taken by the end of `minute`. */
static int64_t supply(const struct cover *cover, uint32_t stock, int32_t minute)
{
    const struct zhol_dispatch_day *day = cover->compiled->day;
    int64_t pieces = day->stocks[stock].count;
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        const struct zhol_dispatch_delivery *row = day->deliveries + i;
        pieces += row->stock == stock && row->minute <= minute ? row->count : 0;
    }
    for (uint32_t t = 0; t < day->train_count; t++) {
        bool back = day->trains[t].frees_stock == stock && cover->end[t] != NEVER &&
                    cover->end[t] + day->release_min <= minute;
        pieces += back ? day->trains[t].frees_count : 0;
    }
    return pieces;
}

/* What it costs above the least that a unit is not taken by the end of `minute`. */
static int64_t waiting_cost(const struct cover *cover, uint32_t unit, int32_t minute)
{
    const struct compiled *compiled = cover->compiled;
    int32_t end = cover->end[compiled->day->units[unit].train];
    int32_t loaded = minute + 1 - compiled->day->form_min;
    if (end == NEVER) {
        return 0;
    }
    return unit_least_late(compiled, unit, end > loaded ? end : loaded) - cover->least[unit];
}

/* The least cost of units with at least `missing` pieces not being taken by the end of `minute`. */
static int64_t cheapest(struct cover *cover, uint32_t stock, int32_t minute, int64_t missing)
{
    const struct zhol_dispatch_day *day = cover->compiled->day;
    missing = missing < MISSING_MOST ? missing : MISSING_MOST;
    cover->cost[0] = 0;
    for (int64_t i = 1; i <= missing; i++) {
        cover->cost[i] = FAR;
    }
    for (uint32_t u = 0; u < day->unit_count; u++) {
        if (day->units[u].stock != stock) {
            continue;
        }
        int64_t cost = waiting_cost(cover, u, minute), pieces = day->units[u].pieces;
        for (int64_t i = missing; i > 0; i--) {
            int64_t with = cover->cost[i > pieces ? i - pieces : 0] + cost;
            cover->cost[i] = with < cover->cost[i] ? with : cover->cost[i];
        }
    }
    return cover->cost[missing] < FAR ? cover->cost[missing] : 0;
}

static int64_t stock_worst(struct cover *cover, uint32_t stock)
{
    const struct zhol_dispatch_day *day = cover->compiled->day;
    int64_t wanted = 0, worst = 0;
    for (uint32_t u = 0; u < day->unit_count; u++) {
        wanted += day->units[u].stock == stock ? day->units[u].pieces : 0;
    }
    for (int32_t minute = 59; minute < cover->compiled->horizon; minute += 60) {
        int64_t missing = wanted - supply(cover, stock, minute);
        int64_t here = missing > 0 ? cheapest(cover, stock, minute, missing) : 0;
        worst = here > worst ? here : worst;
    }
    return worst;
}

enum zhol_error cover_find(const struct compiled *compiled, int64_t *bound)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct cover cover = {.compiled = compiled};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    int64_t worst[ZHOL_DISPATCH_GAUGES] = {0, 0}; /* by the gauge on which units leave */
    *bound = 0;
    cover.end = calloc((size_t)day->train_count + 1, sizeof *cover.end);
    cover.least = calloc((size_t)day->unit_count + 1, sizeof *cover.least);
    cover.cost = calloc(MISSING_MOST + 1, sizeof *cover.cost);
    if (cover.end && cover.least && cover.cost) {
        alone_fill(&cover);
        struct whole_alone alone = {cover.end, cover.least};
        error = whole_find(compiled, &alone, worst);
        for (uint32_t s = 0; s < day->stock_count; s++) {
            int64_t here = stock_worst(&cover, s), *of = worst + day->stocks[s].gauge;
            *of = here > *of ? here : *of;
        }
        *bound = cover.sum + worst[0] + worst[1];
    }
    free(cover.end);
    free(cover.least);
    free(cover.cost);
    return error;
}
