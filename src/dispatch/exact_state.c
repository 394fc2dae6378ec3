/* exact_state.c: the day at one moment of the exact search. See exact_state.h. */
#include "dispatch/exact_state.h"

#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

bool exact_fits(const struct zhol_dispatch_day *day)
{
    return day->train_count <= EXACT_TRAINS && day->unit_count <= EXACT_UNITS &&
           day->track_count <= EXACT_TRACKS && day->front_count <= EXACT_FRONTS &&
           day->locomotive_count <= EXACT_LOCOMOTIVES && day->stock_count <= EXACT_STOCKS;
}

static bool same_span(const struct span *spans, uint32_t a, uint32_t b)
{
    return memcmp(spans + a, spans + b, sizeof *spans) == 0;
}

static uint8_t track_like(const struct compiled *compiled, uint32_t row)
{
    const struct zhol_dispatch_track *rows = compiled->day->tracks;
    uint32_t i = 0;
    while (rows[i].gauge != rows[row].gauge || rows[i].length_m != rows[row].length_m ||
           !same_span(compiled->tracks, i, row)) {
        i++;
    }
    return (uint8_t)i;
}

static uint8_t front_like(const struct compiled *compiled, uint32_t row)
{
    const struct zhol_dispatch_day *day = compiled->day;
    for (uint32_t i = 0; i < row; i++) {
        bool alike = same_span(compiled->fronts, i, row);
        for (uint32_t t = 0; t < day->train_count && alike; t++) {
            alike = compiled->work_min[t * day->front_count + i] ==
                    compiled->work_min[t * day->front_count + row];
        }
        if (alike) {
            return (uint8_t)i;
        }
    }
    return (uint8_t)row;
}

static uint8_t locomotive_like(const struct compiled *compiled, uint32_t row)
{
    const struct zhol_dispatch_locomotive *rows = compiled->day->locomotives;
    uint32_t i = 0;
    while (rows[i].gauge != rows[row].gauge || rows[i].move != rows[row].move ||
           rows[i].return_min != rows[row].return_min) {
        i++;
    }
    return (uint8_t)i;
}

static bool units_alike(const struct zhol_dispatch_unit *a, const struct zhol_dispatch_unit *b)
{
    return a->train == b->train && a->destination == b->destination && a->weight_t == b->weight_t &&
           a->length_m == b->length_m && a->boxes_20 == b->boxes_20 && a->boxes_40 == b->boxes_40 &&
           a->heavy_20_pairs == b->heavy_20_pairs && a->stock == b->stock &&
           a->pieces == b->pieces && a->contract_min == b->contract_min &&
           a->late_weight == b->late_weight && a->hold_until_min == b->hold_until_min &&
           a->data_min == b->data_min && a->flags == b->flags;
}

static void twins_fill(const struct compiled *compiled, struct exact_alike *alike)
{
    const struct zhol_dispatch_unit *units = compiled->day->units;
    for (uint32_t at = 0; at < compiled->day->unit_count; at++) {
        uint32_t unit = compiled->unit_at[at];
        alike->twin[unit] = EXACT_NO_TWIN;
        for (uint32_t i = compiled->unit_first[units[unit].train]; i < at; i++) {
            if (units_alike(units + unit, units + compiled->unit_at[i])) {
                alike->twin[unit] = (uint8_t)compiled->unit_at[i];
            }
        }
    }
}

void exact_alike_fill(const struct compiled *compiled, struct exact_alike *alike)
{
    twins_fill(compiled, alike);
    for (uint32_t i = 0; i < compiled->day->track_count; i++) {
        alike->track[i] = track_like(compiled, i);
    }
    for (uint32_t i = 0; i < compiled->day->front_count; i++) {
        alike->front[i] = front_like(compiled, i);
    }
    for (uint32_t i = 0; i < compiled->day->locomotive_count; i++) {
        alike->locomotive[i] = locomotive_like(compiled, i);
    }
}

void exact_begin(const struct compiled *compiled, struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    memset(state, 0, sizeof *state);
    for (uint32_t i = 0; i < day->train_count; i++) {
        state->passages[i] =
            (struct zhol_dispatch_passage){NEVER, NEVER, NEVER, NONE, NONE, NONE, 0};
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        state->locomotive_from[i] = day->locomotives[i].free_from_min;
    }
}

static void sooner(int32_t *next, int32_t now, int64_t minute)
{
    if (minute > now && minute < *next) {
        *next = (int32_t)minute;
    }
}

static void events_of_trains(const struct compiled *compiled, const struct exact_state *state,
                             int32_t *next)
{
    const struct zhol_dispatch_day *day = compiled->day;
    for (uint32_t i = 0; i < day->train_count; i++) {
        const struct zhol_dispatch_passage *it = state->passages + i;
        if (it->accept_min == NEVER) {
            sooner(next, state->now, day->trains[i].ready_min);
        } else if (it->begin_min == NEVER) {
            sooner(next, state->now, it->accept_min + day->trains[i].inspect_min);
        } else {
            sooner(next, state->now, it->end_min);
            sooner(next, state->now, it->end_min + day->form_min);
            sooner(next, state->now, (int64_t)it->end_min + day->yard_min + day->form_min);
            sooner(next, state->now, (int64_t)it->end_min + day->release_min);
        }
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        if (state->units[i].place != EXACT_LEFT) {
            sooner(next, state->now, compiled->loaded_from[i]);
            sooner(next, state->now, (int64_t)compiled->loaded_from[i] + day->form_min);
        }
    }
}

/* The end of the first closed window at or after `from`. */
static int32_t opening(const struct span *span, int32_t from)
{
    return span_next_free(span, span_next_busy(span, from));
}

int32_t exact_next_event(const struct compiled *compiled, const struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int32_t now = state->now, next = compiled->horizon;
    sooner(&next, now, (now / 60 + 1) * 60);
    events_of_trains(compiled, state, &next);
    for (uint32_t i = 0; i < day->track_count; i++) {
        if (state->track_since[i] != NEVER) {
            sooner(&next, now, (int64_t)state->track_since[i] + day->form_min);
        }
        int32_t before = now >= day->form_min ? now - day->form_min : 0;
        sooner(&next, now, opening(compiled->tracks + i, now));
        sooner(&next, now, (int64_t)opening(compiled->tracks + i, before) + day->form_min);
    }
    for (uint32_t i = 0; i < day->front_count; i++) {
        sooner(&next, now, opening(compiled->fronts + i, now));
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        sooner(&next, now, state->locomotive_from[i]);
    }
    for (uint32_t i = 0; i < day->ban_count; i++) {
        sooner(&next, now, day->bans[i].until_min);
    }
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        sooner(&next, now, day->deliveries[i].minute);
    }
    return next;
}

int64_t exact_level(const struct compiled *compiled, const struct exact_state *state,
                    uint32_t stock, int32_t minute)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int64_t level = (int64_t)day->stocks[stock].count - state->taken[stock];
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        if (day->deliveries[i].stock == stock && day->deliveries[i].minute <= minute) {
            level += day->deliveries[i].count;
        }
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        if (day->trains[i].frees_stock == stock && state->passages[i].begin_min != NEVER &&
            state->passages[i].end_min + day->release_min <= minute) {
            level += day->trains[i].frees_count;
        }
    }
    return level;
}

bool exact_hour_left(const struct compiled *compiled, const struct exact_state *state,
                     enum zhol_dispatch_move move, enum zhol_dispatch_gauge gauge, int32_t hour)
{
    const uint16_t *numbers = move == ZHOL_DISPATCH_ACCEPT ? compiled->day->accepts[gauge]
                                                           : compiled->day->departs[gauge];
    uint16_t used = state->hour == hour       ? state->used[move][gauge]
                    : state->hour == hour + 1 ? state->before[move][gauge]
                                              : 0;
    return hour >= 0 && numbers[hour] > used;
}

/* Numbers that are mixed into the key as they come. */
struct mixer {
    struct exact_key key;
};

static void mix(struct mixer *mixer, uint64_t number)
{
    uint64_t low = (mixer->key.low ^ number) * 0x9E3779B97F4A7C15u;
    uint64_t high = (mixer->key.high + number) * 0xC2B2AE3D27D4EB4Fu;
    mixer->key.low = low ^ (low >> 29) ^ (high << 17);
    mixer->key.high = high ^ (high >> 31) ^ (low >> 11);
}

/* Mixes the tokens of rows that are alike in rising order. */
static void mix_alike(struct mixer *mixer, const int32_t *token, const uint8_t *alike,
                      uint32_t count)
{
    for (uint32_t class = 0; class < count; class ++) {
        int32_t sorted[EXACT_ROWS];
        uint32_t found = 0;
        for (uint32_t i = class; alike[class] == class && i < count; i++) {
            if (alike[i] != class) {
                continue;
            }
            uint32_t j = found++;
            for (; j > 0 && sorted[j - 1] > token[i]; j--) {
                sorted[j] = sorted[j - 1];
            }
            sorted[j] = token[i];
        }
        for (uint32_t i = 0; i < found; i++) {
            mix(mixer, (uint64_t)(uint32_t)sorted[i]);
        }
    }
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void mix_trains(struct mixer *mixer, const struct compiled *compiled,
                       const struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int32_t lasting = later(day->yard_min + day->form_min, day->release_min);
    for (uint32_t i = 0; i < day->train_count; i++) {
        const struct zhol_dispatch_passage *it = state->passages + i;
        if (it->accept_min == NEVER) {
            mix(mixer, 0);
        } else if (it->begin_min == NEVER) {
            mix(mixer, 1);
            mix(mixer,
                (uint64_t)later(it->accept_min + day->trains[i].inspect_min, state->now - 1));
        } else {
            mix(mixer, 2);
            mix(mixer, it->end_min + lasting >= state->now ? (uint64_t)it->end_min : 0);
        }
    }
}

/* Formed trains are named by their first unit. */
static void mix_units(struct mixer *mixer, const struct compiled *compiled,
                      const struct exact_state *state, uint32_t *name)
{
    for (uint32_t i = 0; i < compiled->day->unit_count; i++) {
        const struct exact_unit *it = state->units + i;
        mix(mixer, it->place);
        if (it->place == EXACT_LOADED) {
            if (name[it->formed] == NONE) {
                name[it->formed] = i;
            }
            mix(mixer, name[it->formed]);
            mix(mixer, (uint64_t)later(state->formed_ready[it->formed], state->now - 1));
            mix(mixer, state->formed[it->formed].open_min < state->now);
        }
    }
}

struct exact_key exact_key(const struct compiled *compiled, const struct exact_alike *alike,
                           const struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct mixer mixer = {{0x243F6A8885A308D3u, 0x13198A2E03707344u}};
    uint32_t name[EXACT_UNITS];
    int32_t token[EXACT_ROWS];
    memset(name, 0xff, sizeof name);
    mix(&mixer, (uint64_t)state->now);
    mix_trains(&mixer, compiled, state);
    mix_units(&mixer, compiled, state, name);
    for (uint32_t i = 0; i < day->track_count; i++) {
        token[i] = later(state->track_since[i], state->now - day->form_min - 1);
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        if (state->passages[i].accept_min != NEVER && state->passages[i].begin_min == NEVER) {
            token[state->passages[i].track] =
                INT32_MAX - 1000 - (int32_t)i; /* apart from all times */
        }
    }
    for (uint32_t f = 0; f < state->formed_count; f++) {
        if (state->formed[f].depart_min == NEVER) {
            token[state->formed[f].track] = INT32_MAX - 2000 - (int32_t)name[f];
        }
    }
    mix_alike(&mixer, token, alike->track, day->track_count);
    for (uint32_t i = 0; i < day->front_count; i++) {
        token[i] = later(state->front_from[i], state->now - 1);
    }
    mix_alike(&mixer, token, alike->front, day->front_count);
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        token[i] = later(state->locomotive_from[i], state->now - 1);
    }
    mix_alike(&mixer, token, alike->locomotive, day->locomotive_count);
    for (uint32_t s = 0; s < day->stock_count; s++) {
        mix(&mixer, (uint64_t)state->taken[s]);
    }
    bool same_hour = state->hour == state->now / 60;
    for (int i = 0; i < ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES; i++) {
        mix(&mixer, same_hour ? state->used[i / 2][i % 2] : 0);
        mix(&mixer, state->now % 60 == 0 &&
                        exact_hour_left(compiled, state, (enum zhol_dispatch_move)(i / 2),
                                        (enum zhol_dispatch_gauge)(i % 2), state->now / 60 - 1));
    }
    mix(&mixer, 1);
    return mixer.key;
}
