/* board.c: a plan in the making. See board.h. */
#include "dispatch/board.h"

#include <stdlib.h>
#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

enum zhol_error board_new(struct board *board, const struct compiled *compiled)
{
    const struct zhol_dispatch_day *day = compiled->day;
    size_t rows = (size_t)day->front_count + day->track_count + day->locomotive_count;
    size_t levels = (size_t)day->stock_count * (size_t)compiled->horizon;
    size_t hours = (size_t)ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES * compiled->hours;
    *board = (struct board){.compiled = compiled};
    board->block =
        calloc(1, rows * sizeof(struct span) + levels * sizeof(int32_t) + hours * sizeof(uint16_t));
    if (!board->block || plan_new(&board->plan, day)) {
        board_free(board);
        return ZHOL_ERROR_MEMORY;
    }
    board->fronts = board->block;
    board->tracks = board->fronts + day->front_count;
    board->locomotives = board->tracks + day->track_count;
    board->levels = (int32_t *)(board->locomotives + day->locomotive_count);
    uint16_t *left = (uint16_t *)(board->levels + levels);
    for (int i = 0; i < ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES; i++) {
        board->left[i / ZHOL_DISPATCH_GAUGES][i % ZHOL_DISPATCH_GAUGES] =
            left + (size_t)i * compiled->hours;
    }
    return ZHOL_ERROR_OK;
}

void board_free(struct board *board)
{
    free(board->block);
    zhol_dispatch_plan_clear(&board->plan);
    *board = (struct board){0};
}

/* Adds `count` pieces to a stock from `minute` on. */
static void level_add(struct board *board, uint32_t stock, int32_t minute, int32_t count)
{
    int32_t *level = board->levels + (size_t)stock * (size_t)board->compiled->horizon;
    for (int32_t m = minute < 0 ? 0 : minute; m < board->compiled->horizon; m++) {
        level[m] += count;
    }
}

/* The first minute at or after `from` from which `count` pieces can be taken for good. */
static int32_t level_from(const struct board *board, uint32_t stock, int32_t from, int32_t count)
{
    if (stock == NONE || count == 0) {
        return from;
    }
    const int32_t *level = board->levels + (size_t)stock * (size_t)board->compiled->horizon;
    for (int32_t m = board->compiled->horizon - 1; m >= from; m--) {
        if (level[m] < count) {
            return m + 1;
        }
    }
    return from;
}

void board_reset(struct board *board)
{
    const struct compiled *compiled = board->compiled;
    const struct zhol_dispatch_day *day = compiled->day;
    if (day->front_count) {
        memcpy(board->fronts, compiled->fronts, day->front_count * sizeof(struct span));
    }
    if (day->track_count) {
        memcpy(board->tracks, compiled->tracks, day->track_count * sizeof(struct span));
    }
    if (day->locomotive_count) {
        memcpy(board->locomotives, compiled->locomotives,
               day->locomotive_count * sizeof(struct span));
    }
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        size_t size = compiled->hours * sizeof(uint16_t);
        memcpy(board->left[ZHOL_DISPATCH_ACCEPT][g], day->accepts[g], size);
        memcpy(board->left[ZHOL_DISPATCH_DEPART][g], day->departs[g], size);
    }
    memset(board->levels, 0,
           (size_t)day->stock_count * (size_t)compiled->horizon * sizeof *board->levels);
    for (uint32_t i = 0; i < day->stock_count; i++) {
        level_add(board, i, 0, (int32_t)day->stocks[i].count);
    }
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        level_add(board, day->deliveries[i].stock, day->deliveries[i].minute,
                  (int32_t)day->deliveries[i].count);
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        board->plan.passages[i] =
            (struct zhol_dispatch_passage){NEVER, NEVER, NEVER, NONE, NONE, NONE, 0};
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        board->plan.carriages[i] = (struct zhol_dispatch_carriage){.formed = NONE};
    }
    board->plan.formed_count = 0;
}

/* A move of a train at a minute: which locomotive hauls it. */
struct haul {
    enum zhol_dispatch_move move;
    enum zhol_dispatch_gauge gauge;
    uint32_t locomotive;
};

/* The first minute at or after `from` at which a locomotive of the haul is free for its turn. */
static int32_t locomotive_from(const struct board *board, struct haul *haul, int32_t from)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    int32_t best = NEVER;
    haul->locomotive = NONE;
    if (!day->needs_locomotive[haul->move][haul->gauge]) {
        return from;
    }
    for (uint32_t i = 0; i < day->locomotive_count && best != from; i++) {
        const struct zhol_dispatch_locomotive *row = day->locomotives + i;
        if (row->move != haul->move || row->gauge != haul->gauge) {
            continue;
        }
        int32_t start = span_next_free(board->locomotives + i, from);
        while (start < board->compiled->horizon && start < best &&
               !span_is_free(board->locomotives + i, start, start + row->return_min)) {
            start = span_next_free(board->locomotives + i,
                                   span_next_busy(board->locomotives + i, start));
        }
        if (start < board->compiled->horizon && start < best) {
            best = start;
            haul->locomotive = i;
        }
    }
    return best;
}

/* The first minute at or after `from` with a place in its hour and a locomotive. */
static int32_t haul_from(const struct board *board, struct haul *haul, int32_t from)
{
    const uint16_t *left = board->left[haul->move][haul->gauge];
    int32_t horizon = board->compiled->horizon;
    while (from < horizon) {
        if (!left[from / 60]) {
            from = (from / 60 + 1) * 60;
            continue;
        }
        int32_t hauled = locomotive_from(board, haul, from);
        if (hauled == from) {
            return from;
        }
        from = hauled;
    }
    return NEVER;
}

/* The shortest track of the gauge, at least `length_m`, that is free for all of [from, until); when
 * there is none, *change is the next minute after `from` at which that may be otherwise. */
static uint32_t track_free(const struct board *board, enum zhol_dispatch_gauge gauge,
                           int32_t length_m, const int32_t window[2], int32_t *change)
{
    const struct compiled *compiled = board->compiled;
    *change = NEVER;
    for (uint32_t i = 0; i < compiled->track_counts[gauge]; i++) {
        uint32_t track = compiled->track_at[gauge][i];
        if (compiled->day->tracks[track].length_m < length_m) {
            continue;
        }
        int32_t busy = span_next_busy(board->tracks + track, window[0]);
        if (busy >= window[1]) {
            return track;
        }
        int32_t next = span_next_free(board->tracks + track, busy);
        *change = next < *change ? next : *change;
    }
    return NONE;
}

/* The earliest passage over one front; passage->begin_min stays NEVER when there is none. */
static void passage_find(const struct board *board, uint32_t train, uint32_t front,
                         struct zhol_dispatch_passage *passage)
{
    const struct compiled *compiled = board->compiled;
    const struct zhol_dispatch_train *row = compiled->day->trains + train;
    int32_t work = compiled->work_min[train * compiled->day->front_count + front];
    struct haul haul = {ZHOL_DISPATCH_ACCEPT, row->gauge, NONE};
    *passage = (struct zhol_dispatch_passage){NEVER, NEVER, NEVER, NONE, NONE, NONE, 0};
    if (!work) {
        return;
    }
    for (int32_t accept = accept_from(compiled, train, 0); accept < compiled->horizon;) {
        accept = haul_from(board, &haul, accept);
        if (accept == NEVER || accept + row->inspect_min >= compiled->horizon) {
            return;
        }
        int32_t allowed = accept_from(compiled, train, accept);
        if (allowed > accept) {
            accept = allowed;
            continue;
        }
        int32_t begin =
            span_fit(board->fronts + front, accept + row->inspect_min, work, compiled->horizon);
        if (begin == NEVER) {
            return;
        }
        int32_t change;
        uint32_t track =
            track_free(board, row->gauge, row->length_m, (int32_t[]){accept, begin}, &change);
        if (track != NONE) {
            *passage = (struct zhol_dispatch_passage){
                accept, begin, begin + work, track, front, haul.locomotive, 0};
            return;
        }
        accept = change;
    }
}

/* Moves the acceptance as late as the begin lets it: by hours, to the last minute of each. */
static void passage_delay(const struct board *board, uint32_t train,
                          struct zhol_dispatch_passage *passage)
{
    const struct zhol_dispatch_train *row = board->compiled->day->trains + train;
    const uint16_t *left = board->left[ZHOL_DISPATCH_ACCEPT][row->gauge];
    int32_t accept = passage->begin_min - row->inspect_min;
    for (; accept > passage->accept_min; accept = accept / 60 * 60 - 1) {
        struct haul haul = {ZHOL_DISPATCH_ACCEPT, row->gauge, NONE};
        int32_t change, window[2] = {accept, passage->begin_min};
        if (!left[accept / 60] || accept_from(board->compiled, train, accept) != accept ||
            locomotive_from(board, &haul, accept) != accept) {
            continue;
        }
        uint32_t track = track_free(board, row->gauge, row->length_m, window, &change);
        if (track != NONE) {
            passage->accept_min = accept;
            passage->track = track;
            passage->locomotive = haul.locomotive;
            return;
        }
    }
}

void board_force_train(struct board *board, uint32_t train,
                       const struct zhol_dispatch_passage *passage)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    const struct zhol_dispatch_train *row = day->trains + train;
    uint16_t *left = board->left[ZHOL_DISPATCH_ACCEPT][row->gauge] + passage->accept_min / 60;
    *left = (uint16_t)(*left - (*left > 0));
    span_take(board->tracks + passage->track, passage->accept_min, passage->begin_min);
    span_take(board->fronts + passage->front, passage->begin_min, passage->end_min);
    if (passage->locomotive != NONE) {
        int32_t turn = day->locomotives[passage->locomotive].return_min;
        span_take(board->locomotives + passage->locomotive, passage->accept_min,
                  passage->accept_min + turn);
    }
    if (row->frees_stock != NONE) {
        level_add(board, row->frees_stock, passage->end_min + day->release_min,
                  (int32_t)row->frees_count);
    }
    board->plan.passages[train] = *passage;
}

bool board_place_train(struct board *board, uint32_t train, uint32_t front, bool late_accept)
{
    struct zhol_dispatch_passage best = {.end_min = NEVER}, it;
    uint32_t fronts = board->compiled->day->front_count;
    for (uint32_t k = front == NONE ? 0 : front; k < (front == NONE ? fronts : front + 1); k++) {
        passage_find(board, train, k, &it);
        if (it.end_min < best.end_min) {
            best = it;
        }
    }
    if (best.end_min == NEVER) {
        return false;
    }
    if (late_accept) {
        passage_delay(board, train, &best);
    }
    board_force_train(board, train, &best);
    return true;
}

/* The earliest begin on some front of a train that waits on a track since `accept`. */
static void begin_find(const struct board *board, uint32_t train,
                       struct zhol_dispatch_passage *passage)
{
    const struct compiled *compiled = board->compiled;
    const struct zhol_dispatch_day *day = compiled->day;
    int32_t from = passage->accept_min + day->trains[train].inspect_min;
    passage->end_min = NEVER;
    from = from > board->now ? from : board->now;
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t work = compiled->work_min[train * day->front_count + k];
        int32_t begin = work ? span_fit(board->fronts + k, from, work, compiled->horizon) : NEVER;
        if (begin != NEVER && begin + work < passage->end_min) {
            passage->front = k;
            passage->begin_min = begin;
            passage->end_min = begin + work;
        }
    }
}

bool board_place_accepted(struct board *board, uint32_t train,
                          const struct zhol_dispatch_passage *passage)
{
    struct zhol_dispatch_passage it = *passage;
    begin_find(board, train, &it);
    if (it.end_min == NEVER) {
        return false;
    }
    board_force_train(board, train, &it);
    return true;
}

bool board_passage_free(const struct board *board, uint32_t train,
                        const struct zhol_dispatch_passage *it)
{
    const struct compiled *compiled = board->compiled;
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_train *row = day->trains + train;
    bool needed = day->needs_locomotive[ZHOL_DISPATCH_ACCEPT][row->gauge];
    if (accept_from(compiled, train, it->accept_min) != it->accept_min ||
        it->end_min > compiled->horizon || it->begin_min < it->accept_min + row->inspect_min ||
        needed != (it->locomotive != NONE) || day->tracks[it->track].length_m < row->length_m ||
        compiled->work_min[train * day->front_count + it->front] != it->end_min - it->begin_min) {
        return false;
    }
    return board->left[ZHOL_DISPATCH_ACCEPT][row->gauge][it->accept_min / 60] > 0 &&
           span_is_free(board->tracks + it->track, it->accept_min, it->begin_min) &&
           span_is_free(board->fronts + it->front, it->begin_min, it->end_min) &&
           (!needed || span_is_free(board->locomotives + it->locomotive, it->accept_min,
                                    it->accept_min + day->locomotives[it->locomotive].return_min));
}

bool unit_may_go_directly(const struct board *board, uint32_t unit)
{
    uint32_t train = board->compiled->day->units[unit].train;
    return board->compiled->loaded_from[unit] <= board->plan.passages[train].begin_min;
}

int32_t unit_from_yard_min(const struct board *board, uint32_t unit)
{
    const struct compiled *compiled = board->compiled;
    int32_t end = board->plan.passages[compiled->day->units[unit].train].end_min;
    int32_t from = end + compiled->day->yard_min;
    return from > compiled->loaded_from[unit] ? from : compiled->loaded_from[unit];
}

/* What a set of units weighs together. */
struct load {
    int64_t weight_t, length_m, heavy_20_pairs, pieces;
    uint32_t flags;
};

static void load_add(struct load *load, const struct zhol_dispatch_unit *unit)
{
    load->weight_t += unit->weight_t;
    load->length_m += unit->length_m;
    load->heavy_20_pairs += unit->heavy_20_pairs;
    load->pieces += unit->stock != NONE ? unit->pieces : 0;
    load->flags |= unit->flags;
}

static struct load batch_load(const struct board *board, const struct batch *batch)
{
    struct load load = {0};
    for (uint32_t i = 0; i < batch->count; i++) {
        load_add(&load, board->compiled->day->units + batch->units[i]);
    }
    return load;
}

static bool load_within(const struct board *board, uint32_t gauge, const struct load *load)
{
    const struct zhol_dispatch_limits *limits = board->compiled->day->limits + gauge;
    return load->weight_t <= limits->weight_t &&
           load->length_m <= (int64_t)limits->length_wagons * ZHOL_DISPATCH_WAGON_M &&
           load->heavy_20_pairs <= limits->heavy_20_pairs;
}

bool board_batch_fits(const struct board *board, const struct batch *batch)
{
    const struct compiled *compiled = board->compiled;
    uint32_t gauge = compiled->group_gauge[batch->group], count = compiled->track_counts[gauge];
    struct load load = batch_load(board, batch);
    return load_within(board, gauge, &load) && count > 0 &&
           compiled->day->tracks[compiled->track_at[gauge][count - 1]].length_m >= load.length_m;
}

/* A try to run a batch: what begins when. */
struct attempt {
    const struct batch *batch;
    struct load load;
    int32_t open;  /* NEVER: all by yard */
    int32_t ready; /* earliest departure by the units */
    int32_t depart;
    uint32_t track, locomotive;
    int64_t late, yard_boxes;
};

static bool goes_directly(const struct board *board, uint32_t unit, int32_t open)
{
    uint32_t train = board->compiled->day->units[unit].train;
    return open <= board->plan.passages[train].begin_min && unit_may_go_directly(board, unit);
}

/* Takes (sign -1) or gives back (+1) the pieces of the direct units of an attempt. Neighbours of
 * one train and stock are taken at once: a stock is a number for each minute. */
static void direct_pieces(struct board *board, const struct attempt *it, int32_t sign)
{
    const struct zhol_dispatch_unit *rows = board->compiled->day->units;
    int32_t pieces = 0;
    for (uint32_t i = 0; i < it->batch->count; i++) {
        const struct zhol_dispatch_unit *unit = rows + it->batch->units[i], *next = NULL;
        if (unit->stock != NONE && goes_directly(board, it->batch->units[i], it->open)) {
            pieces += (int32_t)unit->pieces;
        }
        if (i + 1 < it->batch->count) {
            next = rows + it->batch->units[i + 1];
        }
        if (pieces && (!next || next->train != unit->train || next->stock != unit->stock)) {
            level_add(board, unit->stock, board->plan.passages[unit->train].begin_min,
                      sign * pieces);
            pieces = 0;
        }
    }
}

/* Whether the stocks of the batch are nowhere below 0. */
static bool levels_hold(const struct board *board, const struct batch *batch)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    uint32_t last = NONE;
    for (uint32_t i = 0; i < batch->count; i++) {
        uint32_t stock = day->units[batch->units[i]].stock;
        if (stock == NONE || stock == last) {
            continue;
        }
        last = stock;
        const int32_t *level = board->levels + (size_t)stock * (size_t)board->compiled->horizon;
        int32_t least = 0;
        for (int32_t m = 0; m < board->compiled->horizon; m++) {
            least = level[m] < least ? level[m] : least;
        }
        if (least < 0) {
            return false;
        }
    }
    return true;
}

/* Works out when the units of an attempt are ready; false when one may not go that way. */
static bool attempt_ready(const struct board *board, struct attempt *it)
{
    const struct compiled *compiled = board->compiled;
    it->ready = 0;
    it->yard_boxes = 0;
    for (uint32_t i = 0; i < it->batch->count; i++) {
        uint32_t unit = it->batch->units[i];
        const struct zhol_dispatch_unit *row = compiled->day->units + unit;
        int32_t from = board->plan.passages[row->train].end_min;
        if (it->open == NEVER || !goes_directly(board, unit, it->open)) {
            if (row->flags & ZHOL_DISPATCH_NO_YARD) {
                return false;
            }
            from = unit_from_yard_min(board, unit);
            it->yard_boxes += compiled->boxes[unit];
        }
        it->ready = from > it->ready ? from : it->ready;
    }
    if (it->ready >= compiled->horizon - compiled->day->form_min) {
        return false;
    }
    it->ready += compiled->day->form_min;
    int32_t begun = board->now + (it->yard_boxes ? compiled->day->form_min : 0);
    it->ready = it->ready > begun ? it->ready : begun;
    return true;
}

/* The first minute from which the pieces of the units by yard can be taken. Stocks that differ
 * within a batch are each looked at with all that the batch takes of them. */
static int32_t yard_pieces_from(const struct board *board, const struct attempt *it, int32_t from)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    for (uint32_t i = 0; i < it->batch->count; i++) {
        uint32_t stock = day->units[it->batch->units[i]].stock;
        int64_t pieces = 0;
        for (uint32_t j = 0; stock != NONE && j < it->batch->count; j++) {
            uint32_t unit = it->batch->units[j];
            bool direct = it->open != NEVER && goes_directly(board, unit, it->open);
            if (day->units[unit].stock == stock && j < i) {
                pieces = 0; /* looked at already */
                break;
            }
            pieces += day->units[unit].stock == stock && !direct ? day->units[unit].pieces : 0;
        }
        if (pieces > 0) {
            from = level_from(board, stock, from, pieces > INT32_MAX ? INT32_MAX : (int32_t)pieces);
        }
    }
    return from;
}

/* Looks for the departure of an attempt whose direct pieces are taken. */
static bool attempt_depart(const struct board *board, struct attempt *it)
{
    const struct compiled *compiled = board->compiled;
    uint32_t group = it->batch->group;
    enum zhol_dispatch_gauge gauge = compiled->group_gauge[group];
    struct haul haul = {ZHOL_DISPATCH_DEPART, gauge, NONE};
    int32_t form = compiled->day->form_min;
    for (int32_t depart = yard_pieces_from(board, it, it->ready); depart < compiled->horizon;) {
        int32_t allowed = ban_end(compiled->day, gauge, compiled->group_destination[group],
                                  it->load.flags, depart);
        allowed = haul_from(board, &haul, allowed);
        if (allowed != depart) {
            depart = allowed;
            continue;
        }
        int32_t open = it->open == NEVER ? depart - form : it->open, change;
        it->track = track_free(board, gauge, (int32_t)it->load.length_m, (int32_t[]){open, depart},
                               &change);
        if (it->track != NONE) {
            it->depart = depart;
            it->locomotive = haul.locomotive;
            return true;
        }
        if (it->open != NEVER || change >= compiled->horizon) {
            return false; /* a later departure only asks for more */
        }
        depart = change + form;
    }
    return false;
}

static bool attempt_try(struct board *board, struct attempt *it)
{
    if (!attempt_ready(board, it)) {
        return false;
    }
    bool direct = it->open != NEVER, good;
    if (direct) {
        direct_pieces(board, it, -1);
    }
    good = (!direct || levels_hold(board, it->batch)) && attempt_depart(board, it);
    if (direct) {
        direct_pieces(board, it, 1);
    }
    it->late = 0;
    for (uint32_t i = 0; good && i < it->batch->count; i++) {
        it->late += unit_late_cost(board->compiled->day->units + it->batch->units[i], it->depart);
    }
    return good;
}

void board_force_formed(struct board *board, const struct zhol_dispatch_formed *formed,
                        const struct batch *batch, const bool *yard)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    uint32_t number = board->plan.formed_count++;
    struct load load = batch_load(board, batch);
    struct zhol_dispatch_formed *it = board->plan.formed + number;
    *it = *formed;
    it->weight_t = (int32_t)load.weight_t;
    it->length_m = (int32_t)load.length_m;
    it->heavy_20_pairs = (uint32_t)load.heavy_20_pairs;
    it->pieces = (uint32_t)load.pieces;
    it->unit_count = batch->count;
    it->open_min = formed->depart_min - day->form_min;
    bool any = false;
    for (uint32_t i = 0; i < batch->count; i++) {
        const struct zhol_dispatch_unit *unit = day->units + batch->units[i];
        int32_t begin = board->plan.passages[unit->train].begin_min;
        board->plan.carriages[batch->units[i]].formed = number;
        board->plan.carriages[batch->units[i]].yard = yard[i];
        if (!yard[i] && (!any || begin < it->open_min)) {
            it->open_min = begin;
            any = true;
        }
        if (unit->stock != NONE) {
            level_add(board, unit->stock, yard[i] ? formed->depart_min : begin,
                      -(int32_t)unit->pieces);
        }
    }
    uint16_t *left = board->left[ZHOL_DISPATCH_DEPART][it->gauge] + it->depart_min / 60;
    *left = (uint16_t)(*left - (*left > 0));
    span_take(board->tracks + it->track, it->open_min, it->depart_min);
    if (it->locomotive != NONE) {
        span_take(board->locomotives + it->locomotive, it->depart_min,
                  it->depart_min + day->locomotives[it->locomotive].return_min);
    }
}

/* Takes (sign -1) or gives back what units take of stocks in a formed train that leaves at
 * `depart`. */
static void formed_pieces(struct board *board, const struct batch *batch, const bool *yard,
                          int32_t depart, int32_t sign)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    for (uint32_t i = 0; i < batch->count; i++) {
        const struct zhol_dispatch_unit *unit = day->units + batch->units[i];
        if (unit->stock != NONE) {
            level_add(board, unit->stock,
                      yard[i] ? depart : board->plan.passages[unit->train].begin_min,
                      sign * (int32_t)unit->pieces);
        }
    }
}

/* Whether each unit is there in time, by the way that `yard` says. */
static bool units_in_time(const struct board *board, const struct batch *batch, const bool *yard,
                          int32_t depart)
{
    int32_t load = depart - board->compiled->day->form_min;
    for (uint32_t i = 0; i < batch->count; i++) {
        uint32_t unit = batch->units[i];
        uint32_t train = board->compiled->day->units[unit].train;
        bool good = yard[i] ? unit_from_yard_min(board, unit) <= load
                            : unit_may_go_directly(board, unit) &&
                                  board->plan.passages[train].end_min <= load;
        if (!good) {
            return false;
        }
    }
    return true;
}

bool board_formed_free(struct board *board, const struct zhol_dispatch_formed *formed,
                       const struct batch *batch, const bool *yard)
{
    const struct zhol_dispatch_day *day = board->compiled->day;
    struct load load = batch_load(board, batch);
    int32_t depart = formed->depart_min, open = depart - day->form_min;
    bool needed = day->needs_locomotive[ZHOL_DISPATCH_DEPART][formed->gauge], any = false;
    for (uint32_t i = 0; i < batch->count; i++) {
        int32_t begin = board->plan.passages[day->units[batch->units[i]].train].begin_min;
        open = !yard[i] && (!any || begin < open) ? begin : open;
        any = any || !yard[i];
    }
    if (!units_in_time(board, batch, yard, depart) || !load_within(board, formed->gauge, &load) ||
        day->tracks[formed->track].length_m < load.length_m ||
        needed != (formed->locomotive != NONE) || depart >= board->compiled->horizon ||
        board->left[ZHOL_DISPATCH_DEPART][formed->gauge][depart / 60] == 0 ||
        ban_end(day, formed->gauge, formed->destination, load.flags, depart) != depart ||
        !span_is_free(board->tracks + formed->track, open, depart) ||
        (needed && !span_is_free(board->locomotives + formed->locomotive, depart,
                                 depart + day->locomotives[formed->locomotive].return_min))) {
        return false;
    }
    formed_pieces(board, batch, yard, depart, -1);
    bool held = levels_hold(board, batch);
    formed_pieces(board, batch, yard, depart, 1);
    return held;
}

static void attempt_keep(struct board *board, const struct attempt *it)
{
    const struct compiled *compiled = board->compiled;
    uint32_t group = it->batch->group;
    struct zhol_dispatch_formed formed = {.gauge = compiled->group_gauge[group],
                                          .destination = compiled->group_destination[group],
                                          .depart_min = it->depart,
                                          .track = it->track,
                                          .locomotive = it->locomotive};
    bool yard[ZHOL_DISPATCH_UNITS_MAX];
    for (uint32_t i = 0; i < it->batch->count; i++) {
        yard[i] = it->open == NEVER || !goes_directly(board, it->batch->units[i], it->open);
    }
    board_force_formed(board, &formed, it->batch, yard);
}

/* The next time after `open` at which a unit of the batch begins that may go directly; NEVER when
 * none is left, which stands for all by yard. */
static int32_t open_next(const struct board *board, const struct batch *batch, int32_t open)
{
    int32_t next = NEVER;
    for (uint32_t i = 0; i < batch->count; i++) {
        uint32_t train = board->compiled->day->units[batch->units[i]].train;
        int32_t begin = board->plan.passages[train].begin_min;
        if (begin > open && begin < next && unit_may_go_directly(board, batch->units[i])) {
            next = begin;
        }
    }
    return next;
}

bool board_place_formed(struct board *board, const struct batch *batch)
{
    struct attempt best, it = {.batch = batch, .load = batch_load(board, batch), .open = -1};
    bool found = false;
    do {
        it.open = open_next(board, batch, it.open);
        if (attempt_try(board, &it) && (!found || it.late < best.late)) {
            best = it;
            found = true;
        }
    } while (it.open != NEVER && !(found && best.late == 0));
    if (found) {
        attempt_keep(board, &best);
    }
    return found;
}

/* Whether a formed train may take one unit more by weight, length, pairs, track and bans. */
static bool has_room(const struct board *board, uint32_t unit,
                     const struct zhol_dispatch_formed *formed)
{
    const struct compiled *compiled = board->compiled;
    const struct zhol_dispatch_unit *row = compiled->day->units + unit;
    struct load load = {formed->weight_t, formed->length_m, formed->heavy_20_pairs, 0, 0};
    uint32_t group = compiled->unit_group[unit];
    load_add(&load, row);
    return compiled->group_gauge[group] == formed->gauge &&
           compiled->group_destination[group] == formed->destination &&
           load_within(board, formed->gauge, &load) &&
           compiled->day->tracks[formed->track].length_m >= load.length_m &&
           ban_end(compiled->day, formed->gauge, formed->destination, row->flags,
                   formed->depart_min) == formed->depart_min;
}

bool board_join(struct board *board, uint32_t unit, uint32_t formed)
{
    const struct compiled *compiled = board->compiled;
    const struct zhol_dispatch_unit *row = compiled->day->units + unit;
    const struct zhol_dispatch_passage *passage = board->plan.passages + row->train;
    struct zhol_dispatch_formed *it = board->plan.formed + formed;
    int32_t form = compiled->day->form_min, pieces = (int32_t)row->pieces;
    if (!has_room(board, unit, it)) {
        return false;
    }
    bool direct = it->open_min <= passage->begin_min && unit_may_go_directly(board, unit) &&
                  passage->end_min + form <= it->depart_min &&
                  level_from(board, row->stock, passage->begin_min, pieces) == passage->begin_min;
    /* A train all by yard opens form_min before it leaves: nothing ends in time to go directly. */
    if (!direct && ((row->flags & ZHOL_DISPATCH_NO_YARD) ||
                    it->depart_min - form < unit_from_yard_min(board, unit) ||
                    level_from(board, row->stock, it->depart_min, pieces) != it->depart_min)) {
        return false;
    }
    if (row->stock != NONE) {
        level_add(board, row->stock, direct ? passage->begin_min : it->depart_min, -pieces);
        it->pieces += row->pieces;
    }
    it->weight_t += row->weight_t;
    it->length_m += row->length_m;
    it->heavy_20_pairs += row->heavy_20_pairs;
    it->unit_count++;
    board->plan.carriages[unit] =
        (struct zhol_dispatch_carriage){.formed = formed, .yard = !direct};
    return true;
}
