/* exact_sooner.c: see exact_sooner.h. */
#include "dispatch/exact_sooner.h"

#define NONE ZHOL_DISPATCH_NONE

/* Whether all that the plan took until now could have been taken a minute sooner. */
static bool stocks_sooner(const struct compiled *compiled, const struct exact_state *state)
{
    for (uint32_t s = 0; s < compiled->day->stock_count; s++) {
        if (exact_level(compiled, state, s, state->now - 1) < 0) {
            return false;
        }
    }
    return true;
}

bool exact_like_sooner(const uint8_t *alike, const int32_t *from, uint32_t count, int32_t now,
                       uint32_t row)
{
    for (uint32_t i = 0; i < count; i++) {
        if (alike[i] == alike[row] && from[i] < now) {
            return true;
        }
    }
    return false;
}

static bool locomotive_sooner(const struct compiled *compiled, const struct exact_alike *alike,
                              const struct exact_state *state, uint32_t locomotive)
{
    return locomotive == NONE ||
           exact_like_sooner(alike->locomotive, state->locomotive_from,
                             compiled->day->locomotive_count, state->now, locomotive);
}

/* Whether the move could be counted a minute sooner. */
static bool hour_sooner(const struct compiled *compiled, const struct exact_state *state,
                        enum zhol_dispatch_move move, enum zhol_dispatch_gauge gauge)
{
    return state->now % 60 || exact_hour_left(compiled, state, move, gauge, state->now / 60 - 1);
}

/* Whether the formed train that a unit of `train` was put into at its begin could have taken it a
 * minute sooner. */
static bool formed_sooner(const struct compiled *compiled, const struct exact_state *state,
                          uint32_t train, uint32_t formed)
{
    const struct zhol_dispatch_formed *it = state->formed + formed;
    return it->open_min < state->now ||
           (state->formed_opener[formed] == train && state->formed_since[formed] < state->now &&
            span_is_free(compiled->tracks + it->track, state->now - 1, state->now));
}

bool exact_begin_sooner(const struct compiled *compiled, const struct exact_state *state,
                        uint32_t train)
{
    const struct zhol_dispatch_passage *it = state->passages + train;
    int32_t sooner = state->now - 1, work = it->end_min - it->begin_min;
    if (sooner < it->accept_min + compiled->day->trains[train].inspect_min ||
        !state->front_waited ||
        !span_is_free(compiled->fronts + it->front, sooner, sooner + work) ||
        !stocks_sooner(compiled, state)) {
        return false;
    }
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        uint32_t unit = compiled->unit_at[i];
        if (state->units[unit].place == EXACT_LOADED &&
            (compiled->loaded_from[unit] > sooner ||
             !formed_sooner(compiled, state, train, state->units[unit].formed))) {
            return false;
        }
    }
    return true;
}

bool exact_accept_sooner(const struct compiled *compiled, const struct exact_alike *alike,
                         const struct exact_state *state, uint32_t train, uint32_t track,
                         uint32_t locomotive)
{
    enum zhol_dispatch_gauge gauge = compiled->day->trains[train].gauge;
    int32_t sooner = state->now - 1;
    return sooner >= 0 && accept_from(compiled, train, sooner) == sooner &&
           state->track_since[track] <= sooner &&
           span_is_free(compiled->tracks + track, sooner, state->now) &&
           locomotive_sooner(compiled, alike, state, locomotive) &&
           hour_sooner(compiled, state, ZHOL_DISPATCH_ACCEPT, gauge);
}

bool exact_depart_sooner(const struct compiled *compiled, const struct exact_alike *alike,
                         const struct exact_state *state, uint32_t formed, uint32_t locomotive)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_formed *it = state->formed + formed;
    int32_t sooner = state->now - 1, loaded = sooner - day->form_min;
    bool direct = state->formed_ready[formed] > 0;
    if (state->formed_ready[formed] > sooner ||
        ban_end(day, it->gauge, it->destination, state->formed_flags[formed], sooner) != sooner ||
        !locomotive_sooner(compiled, alike, state, locomotive) ||
        !hour_sooner(compiled, state, ZHOL_DISPATCH_DEPART, it->gauge) ||
        (!direct && (loaded < 0 || state->formed_since[formed] > loaded ||
                     !span_is_free(compiled->tracks + it->track, loaded, sooner))) ||
        !stocks_sooner(compiled, state)) {
        return false;
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        if (state->units[i].place == EXACT_LOADED && state->units[i].formed == formed &&
            state->units[i].yard &&
            (state->passages[day->units[i].train].end_min + day->yard_min > loaded ||
             compiled->loaded_from[i] > loaded)) {
            return false;
        }
    }
    return true;
}

/* Whether a locomotive has come back, a ban ended or stock come just now. */
static bool station_new(const struct compiled *compiled, const struct exact_state *state,
                        enum zhol_dispatch_gauge gauge)
{
    const struct zhol_dispatch_day *day = compiled->day;
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        if (state->locomotive_from[i] == state->now && day->locomotives[i].gauge == gauge &&
            day->locomotives[i].move == ZHOL_DISPATCH_DEPART) {
            return true;
        }
    }
    for (uint32_t i = 0; i < day->ban_count; i++) {
        if (day->bans[i].until_min == state->now) {
            return true;
        }
    }
    for (uint32_t s = 0; s < day->stock_count; s++) {
        if (exact_level(compiled, state, s, state->now) !=
            exact_level(compiled, state, s, state->now - 1)) {
            return true;
        }
    }
    return false;
}

bool exact_depart_new(const struct compiled *compiled, const struct exact_state *state,
                      uint32_t formed)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_formed *it = state->formed + formed;
    int32_t sooner = state->now - 1, loaded = sooner - day->form_min;
    if (loaded < 0 || state->formed_ready[formed] == state->now ||
        (!state->formed_ready[formed] &&
         (state->formed_since[formed] > loaded ||
          !span_is_free(compiled->tracks + it->track, loaded, sooner))) ||
        !hour_sooner(compiled, state, ZHOL_DISPATCH_DEPART, it->gauge) ||
        station_new(compiled, state, it->gauge)) {
        return true;
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        if (state->units[i].place == EXACT_YARD &&
            (state->passages[day->units[i].train].end_min + day->yard_min == loaded + 1 ||
             compiled->loaded_from[i] == loaded + 1)) {
            return true;
        }
    }
    return false;
}
