/* tests/made_day.h: small days at a gauge break, made at random.
 *
 * Every number of time is a multiple of `step`, so that a brute force over a grid of steps covers
 * all plans. A made day owns its arrays; nothing is allocated.
 */
#ifndef ZHOL_TESTS_MADE_DAY_H
#define ZHOL_TESTS_MADE_DAY_H

#include <zhol/dispatch.h>

#include "base/random.h"

enum { MADE_TRAINS = 8, MADE_UNITS = 16, MADE_ROWS = 8, MADE_HOURS = 48 };

struct made_day {
    struct zhol_dispatch_day day;
    struct zhol_dispatch_train trains[MADE_TRAINS];
    struct zhol_dispatch_unit units[MADE_UNITS];
    struct zhol_dispatch_track tracks[MADE_ROWS];
    struct zhol_dispatch_front fronts[MADE_ROWS];
    struct zhol_dispatch_locomotive locomotives[MADE_ROWS];
    struct zhol_dispatch_stock stocks[2];
    struct zhol_dispatch_delivery deliveries[2];
    struct zhol_dispatch_window windows[4];
    struct zhol_dispatch_ban bans[2];
    uint16_t accepts[2][MADE_HOURS], departs[2][MADE_HOURS];
};

/* What a made day has; counts of 0 leave the thing out. */
struct made_kind {
    uint32_t trains, units_each; /* at most */
    uint32_t destinations, tracks, fronts, locomotives;
    int32_t hours, step;
    bool stock, windows, bans, holds, both_ways;
};

static inline int32_t made_time(struct random_stream *random, int32_t below, int32_t step)
{
    return (int32_t)random_below(random, (uint32_t)(below / step) + 1) * step;
}

static inline void made_unit(struct made_day *made, struct random_stream *random,
                             const struct made_kind *kind, uint32_t train)
{
    struct zhol_dispatch_unit *it = made->units + made->day.unit_count++;
    *it = (struct zhol_dispatch_unit){.train = train, .stock = ZHOL_DISPATCH_NONE};
    it->destination = random_below(random, kind->destinations);
    it->weight_t = 200 + 100 * (int32_t)random_below(random, 4);
    it->length_m = 140 * (1 + (int32_t)random_below(random, 3));
    it->boxes_20 = random_below(random, 4);
    it->boxes_40 = 1 + random_below(random, 4);
    it->heavy_20_pairs = it->boxes_20 / 2;
    it->contract_min = made_time(random, kind->hours * 60, kind->step);
    it->late_weight = (int32_t)random_below(random, 4);
    if (kind->stock && random_below(random, 2)) {
        it->stock = made->trains[train].gauge == ZHOL_DISPATCH_1435 ? 1 : 0;
        it->pieces = 1 + random_below(random, 3);
    }
    if (kind->holds && random_below(random, 4) == 0) {
        it->hold_until_min = made_time(random, kind->hours * 60, kind->step);
    }
    if (kind->holds && random_below(random, 6) == 0) {
        it->data_min = ZHOL_DISPATCH_NEVER;
    }
    it->flags = random_below(random, 8) & (random_below(random, 3) ? 3u : 7u);
}

static inline void made_trains(struct made_day *made, struct random_stream *random,
                               const struct made_kind *kind)
{
    made->day.train_count = 1 + random_below(random, kind->trains);
    for (uint32_t i = 0; i < made->day.train_count; i++) {
        struct zhol_dispatch_train *it = made->trains + i;
        *it = (struct zhol_dispatch_train){.frees_stock = ZHOL_DISPATCH_NONE};
        it->gauge =
            kind->both_ways && random_below(random, 2) ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435;
        it->ready_min = made_time(random, kind->hours * 30, kind->step);
        it->inspect_min = kind->step * (1 + (int32_t)random_below(random, 2));
        it->length_m = 600 + 100 * (int32_t)random_below(random, 4);
        if (kind->stock) {
            it->frees_stock = it->gauge == ZHOL_DISPATCH_1435 ? 0 : 1;
            it->frees_count = random_below(random, 4);
        }
        uint32_t units = 1 + random_below(random, kind->units_each);
        for (uint32_t u = 0; u < units; u++) {
            made_unit(made, random, kind, i);
        }
    }
}

static inline void made_rows(struct made_day *made, struct random_stream *random,
                             const struct made_kind *kind)
{
    struct zhol_dispatch_day *day = &made->day;
    for (; day->track_count < kind->tracks; day->track_count++) {
        made->tracks[day->track_count] = (struct zhol_dispatch_track){
            .gauge = (enum zhol_dispatch_gauge)(day->track_count % 2),
            .length_m = 700 + 200 * (int32_t)random_below(random, 3),
            .free_from_min = random_below(random, 3) ? 0 : made_time(random, 180, kind->step),
            .calendar = kind->windows ? random_below(random, 3) : ZHOL_DISPATCH_NONE};
    }
    for (; day->front_count < kind->fronts; day->front_count++) {
        made->fronts[day->front_count] = (struct zhol_dispatch_front){
            .work = ZHOL_DISPATCH_CONTAINERS,
            .takes = {true, true},
            .cranes = 100, /* lifts take no time, setting does: a multiple of the step */
            .rate = 1000,
            .setup_min = kind->step * (1 + (int32_t)random_below(random, 3)) - 1,
            .calendar = kind->windows ? random_below(random, 3) : ZHOL_DISPATCH_NONE};
    }
    for (; day->locomotive_count < kind->locomotives; day->locomotive_count++) {
        uint32_t i = day->locomotive_count;
        made->locomotives[i] = (struct zhol_dispatch_locomotive){
            .move = (enum zhol_dispatch_move)(i % 2),
            .gauge = i % 2 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435,
            .return_min = kind->step * (1 + (int32_t)random_below(random, 4))};
        day->needs_locomotive[i % 2][i % 2 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435] = true;
    }
    for (int g = 0; g < 2; g++) {
        for (int32_t h = 0; h < kind->hours; h++) {
            made->accepts[g][h] = (uint16_t)(random_below(random, 3) > 0);
            made->departs[g][h] = (uint16_t)(random_below(random, 3) > 0);
        }
        day->accepts[g] = made->accepts[g];
        day->departs[g] = made->departs[g];
        day->limits[g] = (struct zhol_dispatch_limits){600 + 300 * (int32_t)random_below(random, 3),
                                                       60, 1 + random_below(random, 4)};
    }
}

static inline void made_rest(struct made_day *made, struct random_stream *random,
                             const struct made_kind *kind)
{
    struct zhol_dispatch_day *day = &made->day;
    int32_t end = kind->hours * 60;
    for (uint32_t i = 0; kind->stock && i < 2; i++) {
        made->stocks[i] =
            (struct zhol_dispatch_stock){(enum zhol_dispatch_gauge)i, random_below(random, 4)};
        made->deliveries[i] = (struct zhol_dispatch_delivery){i, made_time(random, end, kind->step),
                                                              random_below(random, 4)};
        day->stock_count = day->delivery_count = 2;
    }
    for (uint32_t i = 0; kind->windows && i < 4; i++) {
        int32_t from = made_time(random, end, kind->step);
        made->windows[i] = (struct zhol_dispatch_window){
            i % 2, from, from + kind->step * (1 + (int32_t)random_below(random, 2))};
        day->window_count = 4;
    }
    for (uint32_t i = 0; kind->bans && i < 2; i++) {
        int32_t from = made_time(random, end, kind->step);
        made->bans[i] = (struct zhol_dispatch_ban){
            (enum zhol_dispatch_gauge)random_below(random, 2),
            random_below(random, 2) ? ZHOL_DISPATCH_NONE : random_below(random, 2),
            random_below(random, 4),
            from,
            from + kind->step * (1 + (int32_t)random_below(random, 4)),
            false};
        made->bans[i].arriving = random_below(random, 2) != 0;
        day->ban_count = 2;
    }
}

static inline void made_day_fill(struct made_day *made, struct random_stream *random,
                                 const struct made_kind *kind)
{
    *made = (struct made_day){0};
    struct zhol_dispatch_day *day = &made->day;
    day->horizon_min = kind->hours * 60;
    day->form_min = kind->step;
    day->yard_min = kind->step * (int32_t)random_below(random, 3);
    day->release_min = kind->step * (int32_t)random_below(random, 2);
    day->free_storage_min = kind->step;
    day->trains = made->trains;
    day->units = made->units;
    day->tracks = made->tracks;
    day->fronts = made->fronts;
    day->locomotives = made->locomotives;
    day->stocks = made->stocks;
    day->deliveries = made->deliveries;
    day->windows = made->windows;
    day->bans = made->bans;
    made_trains(made, random, kind);
    made_rows(made, random, kind);
    made_rest(made, random, kind);
}

#endif
