/* cause.c: why what is pushed is pushed. See cause.h. */
#include "dispatch/cause.h"

#include <stdlib.h>
#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

struct inquiry {
    const struct compiled *compiled;
    struct decoder decoder; /* everything that goes is pinned */
    struct pins pins;
    bool *trains;
    struct compiled lifted; /* the day without holds or bans */
    struct zhol_dispatch_day day;
    int32_t *loaded_from;
};

static void inquiry_free(struct inquiry *inquiry)
{
    decoder_free(&inquiry->decoder);
    free(inquiry->trains);
    free(inquiry->loaded_from);
}

static enum zhol_error inquiry_new(struct inquiry *inquiry, const struct compiled *compiled,
                                   const struct zhol_dispatch_plan *plan)
{
    const struct zhol_dispatch_day *day = compiled->day;
    *inquiry = (struct inquiry){.compiled = compiled, .lifted = *compiled, .day = *day};
    inquiry->trains = malloc(day->train_count + 1u);
    inquiry->loaded_from = calloc((size_t)day->unit_count + 1, sizeof *inquiry->loaded_from);
    if (!inquiry->trains || !inquiry->loaded_from ||
        decoder_new(&inquiry->decoder, compiled) != ZHOL_ERROR_OK) {
        inquiry_free(inquiry);
        return ZHOL_ERROR_MEMORY;
    }
    memset(inquiry->trains, true, day->train_count);
    inquiry->pins = (struct pins){.plan = plan, .trains = inquiry->trains, .first = NONE};
    inquiry->decoder.pins = &inquiry->pins;
    inquiry->lifted.day = &inquiry->day;
    return ZHOL_ERROR_OK;
}

/* Lets the units given, of one train that is handled, leave: true when all do. */
static bool units_leave(struct board *board, const uint32_t *units, uint32_t count)
{
    uint32_t rest[ZHOL_DISPATCH_UNITS_MAX], left = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool joined = false;
        for (uint32_t f = 0; f < board->plan.formed_count && !joined; f++) {
            joined = board_join(board, units[i], f);
        }
        if (!joined) {
            rest[left++] = units[i];
        }
    }
    for (uint32_t i = 0; i < left;) {
        struct batch batch = {board->compiled->unit_group[rest[i]], rest + i, 1};
        if (!board_batch_fits(board, &batch)) {
            return false;
        }
        while (i + batch.count < left &&
               board->compiled->unit_group[rest[i + batch.count]] == batch.group) {
            batch.count++;
            if (!board_batch_fits(board, &batch)) {
                batch.count--;
                break;
            }
        }
        if (!board_place_formed(board, &batch)) {
            return false;
        }
        i += batch.count;
    }
    return true;
}

static bool train_goes(struct board *board, uint32_t train)
{
    const struct compiled *compiled = board->compiled;
    uint32_t first = compiled->unit_first[train];
    return board_place_train(board, train, NONE, false) &&
           units_leave(board, compiled->unit_at + first, compiled->unit_first[train + 1] - first);
}

static void spans_clear(struct span *spans, uint32_t row, int32_t horizon)
{
    memset(spans + row, 0, sizeof *spans);
    span_take(spans + row, horizon, SPAN_MINUTES);
}

static void tracks_clear(struct board *board, enum zhol_dispatch_gauge gauge)
{
    for (uint32_t i = 0; i < board->compiled->track_counts[gauge]; i++) {
        spans_clear(board->tracks, board->compiled->track_at[gauge][i], board->compiled->horizon);
    }
}

static void locomotives_clear(struct board *board, enum zhol_dispatch_move move,
                              enum zhol_dispatch_gauge gauge)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        if (day->locomotives[i].move == move && day->locomotives[i].gauge == gauge) {
            memset(board->locomotives + i, 0, sizeof *board->locomotives);
        }
    }
}

static void hours_open(struct board *board, enum zhol_dispatch_move move,
                       enum zhol_dispatch_gauge gauge)
{
    for (uint32_t h = 0; h < board->compiled->hours; h++) {
        uint16_t *left = board->left[move][gauge] + h;
        *left = *left ? *left : 1;
    }
}

static void stock_fill(struct board *board)
{
    size_t count = (size_t)board->compiled->day->stock_count * (size_t)board->compiled->horizon;
    for (size_t i = 0; i < count; i++) {
        board->levels[i] = INT32_MAX / 2;
    }
}

/* Lifts one constraint for a train of the gauge given. */
static void lift(struct inquiry *inquiry, enum zhol_dispatch_cause cause,
                 enum zhol_dispatch_gauge gauge)
{
    struct board *board = &inquiry->decoder.board;
    enum zhol_dispatch_gauge other = gauge_other(gauge);
    switch (cause) {
    case ZHOL_DISPATCH_BY_ACCEPTANCE:
        hours_open(board, ZHOL_DISPATCH_ACCEPT, gauge);
        break;
    case ZHOL_DISPATCH_BY_ACCEPT_LOCOMOTIVE:
        locomotives_clear(board, ZHOL_DISPATCH_ACCEPT, gauge);
        break;
    case ZHOL_DISPATCH_BY_TRACK:
        tracks_clear(board, gauge);
        break;
    case ZHOL_DISPATCH_BY_FRONT:
        for (uint32_t k = 0; k < board->compiled->day->front_count; k++) {
            spans_clear(board->fronts, k, board->compiled->horizon);
        }
        break;
    case ZHOL_DISPATCH_BY_STOCK:
        stock_fill(board);
        break;
    case ZHOL_DISPATCH_BY_DEPARTURE_TRACK:
        tracks_clear(board, other);
        break;
    case ZHOL_DISPATCH_BY_DEPARTURE:
        hours_open(board, ZHOL_DISPATCH_DEPART, other);
        break;
    case ZHOL_DISPATCH_BY_DEPART_LOCOMOTIVE:
        locomotives_clear(board, ZHOL_DISPATCH_DEPART, other);
        break;
    case ZHOL_DISPATCH_BY_HOLD:
    case ZHOL_DISPATCH_BY_DATA:
        board->compiled = &inquiry->lifted;
        inquiry->lifted.loaded_from = inquiry->loaded_from;
        inquiry->day.ban_count = inquiry->compiled->day->ban_count;
        inquiry->lifted.refused = inquiry->compiled->refused;
        break;
    case ZHOL_DISPATCH_BY_BAN:
        board->compiled = &inquiry->lifted;
        inquiry->lifted.loaded_from = inquiry->compiled->loaded_from;
        inquiry->day.ban_count = 0;
        inquiry->lifted.refused = NULL;
        break;
    default:
        break;
    }
}

/* What is pushed: a whole train, or one unit of a handled one. */
struct pushed {
    uint32_t train, unit; /* unit NONE: the train */
};

static bool goes(struct inquiry *inquiry, struct pushed what, enum zhol_dispatch_cause without)
{
    struct board *board = &inquiry->decoder.board;
    enum zhol_dispatch_gauge gauge = inquiry->compiled->day->trains[what.train].gauge;
    board->compiled = inquiry->compiled;
    decode_pins(&inquiry->decoder);
    if (without == ZHOL_DISPATCH_BY_LATE) { /* an empty station, where all is there */
        for (enum zhol_dispatch_cause c = ZHOL_DISPATCH_BY_HOLD; c < ZHOL_DISPATCH_BY_MANY; c++) {
            if (c != ZHOL_DISPATCH_BY_HOLD && c != ZHOL_DISPATCH_BY_DATA) {
                lift(inquiry, c, gauge);
            }
        }
        inquiry->lifted.loaded_from = inquiry->loaded_from;
    } else {
        lift(inquiry, without, gauge);
    }
    return what.unit == NONE ? train_goes(board, what.train) : units_leave(board, &what.unit, 1);
}

/* Causes that need no trying. */
static enum zhol_dispatch_cause plain_cause(const struct compiled *compiled, struct pushed what)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_train *row = day->trains + what.train;
    uint32_t count = compiled->track_counts[row->gauge];
    bool worked = false;
    for (uint32_t k = 0; k < day->front_count; k++) {
        const struct zhol_dispatch_front *front = day->fronts + k;
        worked = worked || (front->work == row->work && front->takes[row->gauge]);
    }
    if (!worked) {
        return ZHOL_DISPATCH_BY_NO_FRONT;
    }
    return !count || day->tracks[compiled->track_at[row->gauge][count - 1]].length_m < row->length_m
               ? ZHOL_DISPATCH_BY_TOO_LONG
               : ZHOL_DISPATCH_BY_NONE;
}

static bool unit_fits(const struct inquiry *inquiry, uint32_t unit)
{
    struct batch batch = {inquiry->compiled->unit_group[unit], &unit, 1};
    return board_batch_fits(&inquiry->decoder.board, &batch);
}

static enum zhol_dispatch_cause cause_of(struct inquiry *inquiry, struct pushed what)
{
    const struct compiled *compiled = inquiry->compiled;
    const struct zhol_dispatch_day *day = compiled->day;
    enum zhol_dispatch_cause plain = plain_cause(compiled, what);
    bool data = false;
    if (plain != ZHOL_DISPATCH_BY_NONE) {
        return plain;
    }
    inquiry->decoder.board.compiled = compiled;
    for (uint32_t i = compiled->unit_first[what.train]; i < compiled->unit_first[what.train + 1];
         i++) {
        uint32_t unit = compiled->unit_at[i];
        if (what.unit != NONE && what.unit != unit) {
            continue;
        }
        if (!unit_fits(inquiry, unit)) {
            return ZHOL_DISPATCH_BY_UNIT;
        }
        data = data || day->units[unit].data_min > day->units[unit].hold_until_min;
    }
    if (!goes(inquiry, what, ZHOL_DISPATCH_BY_LATE)) {
        return ZHOL_DISPATCH_BY_LATE;
    }
    if (goes(inquiry, what, ZHOL_DISPATCH_BY_HOLD)) {
        return data ? ZHOL_DISPATCH_BY_DATA : ZHOL_DISPATCH_BY_HOLD;
    }
    for (enum zhol_dispatch_cause c = ZHOL_DISPATCH_BY_BAN; c < ZHOL_DISPATCH_BY_MANY; c++) {
        if (goes(inquiry, what, c)) {
            return c;
        }
    }
    return ZHOL_DISPATCH_BY_MANY;
}

enum zhol_error cause_find(const struct compiled *compiled, struct zhol_dispatch_plan *plan)
{
    struct inquiry inquiry;
    enum zhol_error error = inquiry_new(&inquiry, compiled, plan);
    if (error) {
        return error;
    }
    for (uint32_t t = 0; t < plan->train_count; t++) {
        bool handled = plan->passages[t].accept_min != NEVER;
        plan->passages[t].cause =
            handled ? ZHOL_DISPATCH_BY_NONE : cause_of(&inquiry, (struct pushed){t, NONE});
        for (uint32_t i = compiled->unit_first[t]; i < compiled->unit_first[t + 1]; i++) {
            uint32_t unit = compiled->unit_at[i];
            struct zhol_dispatch_carriage *it = plan->carriages + unit;
            it->cause = it->formed != NONE ? ZHOL_DISPATCH_BY_NONE
                        : handled          ? cause_of(&inquiry, (struct pushed){t, unit})
                                           : plan->passages[t].cause;
        }
    }
    inquiry.decoder.board.compiled = compiled;
    inquiry_free(&inquiry);
    return ZHOL_ERROR_OK;
}

/* Puts in what goes beside the plan; keeps the new plan when it is better. */
static void fill_in(struct inquiry *inquiry, struct zhol_dispatch_plan *plan, struct pushed what)
{
    struct board *board = &inquiry->decoder.board;
    if (goes(inquiry, what, ZHOL_DISPATCH_BY_NONE)) {
        board_finish(board);
        if (objective_compare(&board->plan.objective, &plan->objective) < 0) {
            plan_copy(plan, &board->plan);
        }
    }
}

enum zhol_error cause_fill_in(const struct compiled *compiled, struct zhol_dispatch_plan *plan)
{
    struct inquiry inquiry;
    enum zhol_error error = inquiry_new(&inquiry, compiled, plan);
    for (uint32_t t = 0; !error && t < plan->train_count; t++) {
        if (plan->passages[t].accept_min == NEVER) {
            fill_in(&inquiry, plan, (struct pushed){t, NONE});
        }
    }
    for (uint32_t i = 0; !error && i < plan->unit_count; i++) {
        uint32_t train = compiled->day->units[i].train;
        if (plan->passages[train].accept_min != NEVER && plan->carriages[i].formed == NONE) {
            fill_in(&inquiry, plan, (struct pushed){train, i});
        }
    }
    if (!error) {
        inquiry_free(&inquiry);
    }
    return error;
}
