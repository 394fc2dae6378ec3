/* dispatch/exact_state.h: the day at one moment of the exact search.
 *
 * Purpose: all that the future depends on, by value, so that a branch is a copy. Rows that are
 * alike (tracks of one length, locomotives of one turn) are told apart only by number; `class`
 * arrays say which are alike, so that the search tries one of them and the memory knows them as
 * one. Limits: exact_fits. No errors.
 */
#ifndef ZHOL_DISPATCH_EXACT_STATE_H
#define ZHOL_DISPATCH_EXACT_STATE_H

#include "dispatch/board.h"

/* A real crossing (some 40 locomotives, 20 fronts, 40 tracks) with a margin. */
enum {
    EXACT_TRAINS = 12,
    EXACT_UNITS = 96,
    EXACT_TRACKS = 64,
    EXACT_FRONTS = 32,
    EXACT_LOCOMOTIVES = 80,
    EXACT_STOCKS = 16,
    EXACT_ROWS = 80, /* the most of the above but units */
    EXACT_NO_TWIN = 255
};

/* Where a unit is. */
enum exact_place { EXACT_OUTSIDE, EXACT_YARD, EXACT_LOADED, EXACT_LEFT };

struct exact_unit {
    uint8_t place; /* enum exact_place */
    uint8_t formed;
    bool yard;
};

struct exact_state {
    int32_t now;
    struct zhol_dispatch_passage passages[EXACT_TRAINS]; /* begin_min NEVER: not yet */
    struct exact_unit units[EXACT_UNITS];
    struct zhol_dispatch_formed formed[EXACT_UNITS]; /* depart_min NEVER: stands open */
    uint32_t formed_flags[EXACT_UNITS];
    int32_t formed_ready[EXACT_UNITS];  /* last load of its units, with form_min; 0: none direct */
    int32_t formed_since[EXACT_UNITS];  /* its track was free since then */
    uint8_t formed_opener[EXACT_UNITS]; /* the train whose handling opened it */
    uint32_t formed_count;
    int32_t track_since[EXACT_TRACKS]; /* free since; NEVER: taken */
    int32_t front_from[EXACT_FRONTS];
    bool front_waited; /* of the train that begins: a front like its own was free a minute before */
    int32_t locomotive_from[EXACT_LOCOMOTIVES];
    int64_t taken[EXACT_STOCKS];
    int32_t hour; /* of the uses below */
    uint16_t used[ZHOL_DISPATCH_MOVES][ZHOL_DISPATCH_GAUGES];
    uint16_t before[ZHOL_DISPATCH_MOVES][ZHOL_DISPATCH_GAUGES]; /* uses of the hour before it */
    struct zhol_dispatch_objective cost; /* of what has left, is in the yard, was formed */
};

/* Which rows are alike: the first row that is; of a unit the last before it, in order of
 * unit_at, that is of its train and just like it. */
struct exact_alike {
    uint8_t track[EXACT_TRACKS], front[EXACT_FRONTS], locomotive[EXACT_LOCOMOTIVES];
    uint8_t twin[EXACT_UNITS];
};

bool exact_fits(const struct zhol_dispatch_day *day);
void exact_alike_fill(const struct compiled *compiled, struct exact_alike *alike);
void exact_begin(const struct compiled *compiled, struct exact_state *state);
/* The next minute after `now` at which anything could begin that could not before; at most the
 * horizon. */
int32_t exact_next_event(const struct compiled *compiled, const struct exact_state *state);
/* Pieces of a stock that are there at a minute up to now, all that was taken until now away. */
int64_t exact_level(const struct compiled *compiled, const struct exact_state *state,
                    uint32_t stock, int32_t minute);
/* Moves of the present hour or of the one before that an hour lets through yet. */
bool exact_hour_left(const struct compiled *compiled, const struct exact_state *state,
                     enum zhol_dispatch_move move, enum zhol_dispatch_gauge gauge, int32_t hour);
/* 128 bits that stand for all that the future depends on, alike rows being one. */
struct exact_key {
    uint64_t low, high;
};
struct exact_key exact_key(const struct compiled *compiled, const struct exact_alike *alike,
                           const struct exact_state *state);
/* The earliest departure of a unit that may leave from `ready` on, by hours and bans; NEVER after
 * the day. */
int32_t exact_leave(const struct compiled *compiled, const struct exact_state *state, uint32_t unit,
                    int32_t ready);
struct exact_slots;
/* No completion of the state that is better than `most` (its lateness below 2^53) is better than
 * *least; nothing at all is better than `floor`. False when it has none: a train was accepted that
 * can no longer be handled, a formed one cannot leave, or stock is too short. */
bool exact_least(const struct compiled *compiled, const struct exact_slots *slots,
                 const struct exact_state *state, const struct zhol_dispatch_objective *floor,
                 const struct zhol_dispatch_objective *most, struct zhol_dispatch_objective *least);

#endif
