/* decode.c: from decisions to a plan. See decode.h. */
#include "dispatch/decode.h"

#include <stdlib.h>
#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

enum zhol_error choice_new(struct choice *choice, const struct compiled *compiled)
{
    size_t trains = compiled->day->train_count, units = compiled->day->unit_count;
    size_t groups = compiled->group_count;
    size_t words = 2 * trains + groups + units;
    *choice = (struct choice){.size = words * sizeof(uint32_t) + trains + units};
    choice->block = calloc(1, choice->size + 1);
    if (!choice->block) {
        return ZHOL_ERROR_MEMORY;
    }
    choice->order = choice->block;
    choice->front = choice->order + trains;
    choice->wait = (int32_t *)(choice->front + trains);
    choice->lift = choice->wait + groups;
    choice->late_accept = (uint8_t *)(choice->lift + units);
    choice->cut = choice->late_accept + trains;
    for (uint32_t i = 0; i < trains; i++) {
        choice->order[i] = i;
        choice->front[i] = NONE;
    }
    return ZHOL_ERROR_OK;
}

void choice_free(struct choice *choice)
{
    free(choice->block);
    *choice = (struct choice){0};
}

void choice_copy(struct choice *to, const struct choice *from)
{
    memcpy(to->block, from->block, from->size);
}

/* By insertion on a key, ties by number. */
static void sort_by(uint32_t *items, uint32_t count, const int32_t *key)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moved = items[i], j = i;
        for (; j > 0 && (key[items[j - 1]] > key[moved] ||
                         (key[items[j - 1]] == key[moved] && items[j - 1] > moved));
             j--) {
            items[j] = items[j - 1];
        }
        items[j] = moved;
    }
}

void choice_of_plan(struct choice *choice, const struct compiled *compiled,
                    const struct zhol_dispatch_plan *plan)
{
    int32_t begin[ZHOL_DISPATCH_TRAINS_MAX];
    for (uint32_t i = 0; i < plan->train_count; i++) {
        const struct zhol_dispatch_passage *it = plan->passages + i;
        const struct zhol_dispatch_train *row = compiled->day->trains + i;
        choice->order[i] = i;
        begin[i] = it->begin_min;
        choice->front[i] = it->front;
        choice->late_accept[i] = it->front != NONE && it->accept_min > row->ready_min &&
                                 it->begin_min - it->accept_min < row->inspect_min + 60;
    }
    sort_by(choice->order, plan->train_count, begin);
    for (uint32_t g = 0; g < compiled->group_count; g++) {
        choice->wait[g] = SPAN_MINUTES;
    }
    memset(choice->cut, 0, plan->unit_count);
    memset(choice->lift, 0, plan->unit_count * sizeof *choice->lift);
    uint32_t first[ZHOL_DISPATCH_UNITS_MAX]; /* earliest unit of a formed train */
    for (uint32_t f = 0; f < plan->formed_count; f++) {
        first[f] = NONE;
    }
    for (uint32_t i = 0; i < plan->unit_count; i++) {
        uint32_t f = plan->carriages[i].formed, train = compiled->day->units[i].train;
        if (f != NONE &&
            (first[f] == NONE || begin[train] < begin[compiled->day->units[first[f]].train])) {
            first[f] = i;
        }
    }
    for (uint32_t f = 0; f < plan->formed_count; f++) {
        if (first[f] != NONE) {
            choice->cut[first[f]] = 1;
        }
    }
}

enum zhol_error decoder_new(struct decoder *decoder, const struct compiled *compiled)
{
    size_t units = compiled->day->unit_count, trains = compiled->day->train_count;
    *decoder = (struct decoder){0};
    decoder->block = calloc(1, units * (sizeof *decoder->batches + sizeof *decoder->units +
                                        sizeof *decoder->ready + sizeof *decoder->key) +
                                   2 * trains * sizeof *decoder->excluded + 1);
    if (!decoder->block || board_new(&decoder->board, compiled)) {
        decoder_free(decoder);
        return ZHOL_ERROR_MEMORY;
    }
    decoder->batches = decoder->block;
    decoder->units = (uint32_t *)(decoder->batches + units);
    decoder->ready = (int32_t *)(decoder->units + units);
    decoder->key = decoder->ready + units;
    decoder->excluded = (bool *)(decoder->key + units);
    decoder->as_pinned = decoder->excluded + trains;
    return ZHOL_ERROR_OK;
}

void decoder_free(struct decoder *decoder)
{
    board_free(&decoder->board);
    free(decoder->block);
    *decoder = (struct decoder){0};
}

/* Puts a pinned formed train where it was, with those of its units whose trains stand as pinned; or
 * elsewhere, when it cannot leave so any more. */
static void formed_pin(struct decoder *decoder, uint32_t formed)
{
    struct board *board = &decoder->board;
    const struct compiled *compiled = board->compiled;
    const struct zhol_dispatch_plan *plan = decoder->pins->plan;
    const struct zhol_dispatch_formed *it = plan->formed + formed;
    bool yard[ZHOL_DISPATCH_UNITS_MAX];
    struct batch batch = {0, decoder->units, 0};
    for (uint32_t i = 0; i < compiled->day->unit_count; i++) {
        if (plan->carriages[i].formed == formed &&
            decoder->as_pinned[compiled->day->units[i].train]) {
            batch.group = compiled->unit_group[i];
            yard[batch.count] = plan->carriages[i].yard;
            decoder->units[batch.count++] = i;
        }
    }
    bool gone = it->depart_min < decoder->pins->now;
    for (uint32_t i = 0; decoder->pins->begun && i < batch.count && !gone; i++) {
        uint32_t train = compiled->day->units[batch.units[i]].train;
        gone = compiled->day->trains[train].done == ZHOL_DISPATCH_LEFT;
    }
    if (batch.count && (gone || board_formed_free(board, it, &batch, yard))) {
        board_force_formed(board, it, &batch, yard);
    } else if (batch.count) {
        board_place_formed(board, &batch);
    }
}

static void train_pin(struct decoder *decoder, uint32_t train, bool begun)
{
    const struct zhol_dispatch_passage *it = decoder->pins->plan->passages + train;
    bool *placed = decoder->as_pinned + train;
    if (!decoder->pins->trains[train] || *placed || (decoder->excluded[train] && !begun)) {
        return;
    }
    if (it->accept_min == NEVER) {
        *placed = true; /* it stays pushed */
    } else if (begun || board_passage_free(&decoder->board, train, it)) {
        board_force_train(&decoder->board, train, it);
        *placed = true;
    }
}

void decode_pins(struct decoder *decoder)
{
    const struct pins *pins = decoder->pins;
    uint32_t trains = decoder->board.compiled->day->train_count;
    board_reset(&decoder->board);
    memset(decoder->as_pinned, 0, trains * sizeof *decoder->as_pinned);
    if (!pins) {
        return;
    }
    for (uint32_t i = 0; pins->begun && i < trains; i++) {
        if (pins->begun[i]) {
            train_pin(decoder, i, true);
        }
    }
    if (pins->first != NONE) {
        train_pin(decoder, pins->first, false);
    }
    for (uint32_t i = 0; i < trains; i++) {
        train_pin(decoder, i, false);
    }
    for (uint32_t f = 0; f < pins->plan->formed_count; f++) {
        formed_pin(decoder, f);
    }
}

static void train_place(struct decoder *decoder, const struct choice *choice, uint32_t train)
{
    const struct pins *pins = decoder->pins;
    if (decoder->as_pinned[train] || decoder->excluded[train] ||
        decoder->board.plan.passages[train].accept_min != NEVER) {
        return;
    }
    if (pins && pins->accepted && pins->accepted[train]) {
        board_place_accepted(&decoder->board, train, pins->plan->passages + train);
    } else {
        board_place_train(&decoder->board, train, choice->front[train], choice->late_accept[train]);
    }
}

/* Those that are there already first: they stand on tracks. */
static void trains_place(struct decoder *decoder, const struct choice *choice)
{
    const struct pins *pins = decoder->pins;
    uint32_t trains = decoder->board.compiled->day->train_count;
    for (uint32_t i = 0; pins && pins->accepted && i < trains; i++) {
        if (pins->accepted[choice->order[i]]) {
            train_place(decoder, choice, choice->order[i]);
        }
    }
    for (uint32_t i = 0; i < trains; i++) {
        train_place(decoder, choice, choice->order[i]);
    }
}

/* A unit that stays in the yard because the pins say so. */
static bool stays_pinned(const struct decoder *decoder, uint32_t unit, uint32_t train)
{
    return decoder->as_pinned[train] && decoder->pins->plan->carriages[unit].formed == NONE;
}

/* Whether a unit would be later in a formed train that stands already than in one of its own. */
static bool joins_later(const struct board *board, uint32_t unit, uint32_t formed, int32_t ready)
{
    const struct zhol_dispatch_unit *row = board->compiled->day->units + unit;
    int32_t alone = ready + board->compiled->day->form_min;
    return unit_late_cost(row, board->plan.formed[formed].depart_min) > unit_late_cost(row, alone);
}

/* The units of a group that may still leave, in order of being ready; those for which a formed
 * train already stands are put into it. */
static uint32_t group_gather(struct decoder *decoder, uint32_t group, uint32_t *units)
{
    struct board *board = &decoder->board;
    const struct compiled *compiled = board->compiled;
    uint32_t count = 0;
    for (uint32_t i = compiled->group_first[group]; i < compiled->group_first[group + 1]; i++) {
        uint32_t unit = compiled->group_unit[i], train = compiled->day->units[unit].train;
        if (board->plan.passages[train].accept_min == NEVER ||
            board->plan.carriages[unit].formed != NONE || stays_pinned(decoder, unit, train)) {
            continue;
        }
        decoder->ready[unit] = unit_may_go_directly(board, unit)
                                   ? board->plan.passages[train].end_min
                                   : unit_from_yard_min(board, unit);
        bool joined = false;
        for (uint32_t f = 0; f < board->plan.formed_count && !joined; f++) {
            joined =
                !joins_later(board, unit, f, decoder->ready[unit]) && board_join(board, unit, f);
        }
        if (!joined && decoder->ready[unit] < compiled->horizon - compiled->day->form_min) {
            units[count++] = unit;
        }
    }
    sort_by(units, count, decoder->ready);
    return count;
}

/* Cuts the units of a group into batches: a batch ends when the next unit does not fit, comes
 * too late after the last, or is told to begin one. */
static void group_cut(struct decoder *decoder, const struct choice *choice, uint32_t group,
                      const uint32_t *units, uint32_t count)
{
    for (uint32_t i = 0; i < count;) {
        struct batch batch = {group, units + i, 1};
        if (!board_batch_fits(&decoder->board, &batch)) {
            i++; /* never goes */
            continue;
        }
        int32_t ready = decoder->ready[units[i]];
        while (i + batch.count < count) {
            uint32_t next = units[i + batch.count];
            batch.count++;
            if (choice->cut[next] || decoder->ready[next] - ready > choice->wait[group] ||
                !board_batch_fits(&decoder->board, &batch)) {
                batch.count--;
                break;
            }
            ready = decoder->ready[next];
        }
        decoder->key[decoder->batch_count] = ready + choice->lift[units[i]];
        decoder->batches[decoder->batch_count++] = batch;
        i += batch.count;
    }
}

/* A batch that found no departure: its units join others, or leave train by train. */
static void batch_scatter(struct decoder *decoder, const struct batch *batch)
{
    struct board *board = &decoder->board;
    const struct zhol_dispatch_unit *rows = board->compiled->day->units;
    for (uint32_t i = 0; i < batch->count;) {
        struct batch part = {batch->group, batch->units + i, 1};
        while (i + part.count < batch->count &&
               rows[batch->units[i + part.count]].train == rows[batch->units[i]].train) {
            part.count++;
        }
        if (part.count < batch->count) {
            board_place_formed(board, &part);
        }
        i += part.count;
    }
}

static void batches_place(struct decoder *decoder)
{
    uint32_t order[ZHOL_DISPATCH_UNITS_MAX];
    bool failed[ZHOL_DISPATCH_UNITS_MAX];
    for (uint32_t i = 0; i < decoder->batch_count; i++) {
        order[i] = i;
    }
    sort_by(order, decoder->batch_count, decoder->key);
    for (uint32_t i = 0; i < decoder->batch_count; i++) {
        failed[i] = !board_place_formed(&decoder->board, decoder->batches + order[i]);
    }
    for (uint32_t i = 0; i < decoder->batch_count; i++) {
        if (failed[i]) {
            batch_scatter(decoder, decoder->batches + order[i]);
        }
    }
}

/* Units still in the yard join what stands; false when one must not stay there. */
static bool rest_join(struct decoder *decoder)
{
    struct board *board = &decoder->board;
    const struct zhol_dispatch_day *day = board->compiled->day;
    bool good = true;
    for (uint32_t i = 0; i < day->unit_count; i++) {
        uint32_t train = day->units[i].train;
        bool stays = board->plan.passages[train].accept_min != NEVER &&
                     board->plan.carriages[i].formed == NONE && !stays_pinned(decoder, i, train);
        for (uint32_t f = 0; stays && f < board->plan.formed_count; f++) {
            stays = !board_join(board, i, f);
        }
        bool begun = decoder->pins && decoder->pins->begun && decoder->pins->begun[train];
        if (stays && !begun && (day->units[i].flags & ZHOL_DISPATCH_NO_YARD)) {
            decoder->excluded[train] = true;
            good = false;
        }
    }
    return good;
}

void decode(struct decoder *decoder, const struct choice *choice)
{
    const struct compiled *compiled = decoder->board.compiled;
    memset(decoder->excluded, 0, compiled->day->train_count * sizeof *decoder->excluded);
    do {
        decode_pins(decoder);
        trains_place(decoder, choice);
        decoder->batch_count = 0;
        uint32_t *units = decoder->units;
        for (uint32_t g = 0; g < compiled->group_count; g++) {
            uint32_t count = group_gather(decoder, g, units);
            group_cut(decoder, choice, g, units, count);
            units += count;
        }
        batches_place(decoder);
    } while (!rest_join(decoder));
    board_finish(&decoder->board);
}
