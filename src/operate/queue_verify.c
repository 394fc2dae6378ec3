/* queue_verify.c: every invariant of queue.h, counted anew from the rows. */
#include "operate/queue_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct verifying {
    const struct queue_state *state;
    char *why;
    uint32_t size;
    bool good;
};

static void wrong(struct verifying *verifying, const char *what, const char *which, uint64_t number)
{
    if (verifying->good && verifying->size) {
        snprintf(verifying->why, verifying->size, "%s: %s %016" PRIx64, which, what, number);
    }
    verifying->good = false;
}

/* Row by row: one active place for a vehicle and a driver, a state that its times allow. */
static void verify_row(struct verifying *verifying, uint32_t place)
{
    const struct queue_state *state = verifying->state;
    const struct place *row = &state->places[place];
    const char *id = state->queues[row->queue].rules.id;
    if (index_place(state, row->id) != place) {
        wrong(verifying, "the index does not find place", id, row->id);
    }
    if (row->slot != NOBODY && (row->state == PLACE_cancelled || row->state == PLACE_requested ||
                                row->state == PLACE_not_drawn)) {
        wrong(verifying, "a slot is held without a place by", id, row->id);
    }
    if (!place_active((enum place_state)row->state)) {
        return;
    }
    if (index_active_vehicle(state, row->vehicle, row->scope) != place) {
        wrong(verifying, "another active place has the vehicle of", id, row->id);
    }
    for (uint32_t i = 0; i < row->driver_count; i++) {
        if (index_active_driver(state, row->drivers[i], row->scope) != place) {
            wrong(verifying, "another active place has a driver of", id, row->id);
        }
    }
    if ((row->state == PLACE_booked || row->state == PLACE_arrived) && row->slot != NOBODY &&
        row->key_s != state->queues[row->queue].slots[row->slot].start_s) {
        wrong(verifying, "the turn is not that of the slot of", id, row->id);
    }
}

/* Counts of one queue, made from the rows. */
struct counts {
    uint32_t by_state[RULES_CATEGORY_MAX][PLACE_STATE_COUNT];
    uint32_t *taken, (*category_taken)[RULES_CATEGORY_MAX];
};

static void count_rows(const struct queue_state *state, uint32_t queue, struct counts *counts)
{
    for (uint32_t i = 0; i < state->place_count; i++) {
        const struct place *row = &state->places[i];
        if (row->queue == queue) {
            counts->by_state[row->category][row->state]++;
            if (row->slot != NOBODY) {
                counts->taken[row->slot]++;
                counts->category_taken[row->slot][row->category]++;
            }
        }
    }
}

static void verify_slot(struct verifying *verifying, const struct queue_one *queue, uint32_t at,
                        const struct counts *counts)
{
    const struct slot *slot = &queue->slots[at];
    uint32_t position = slot_position(queue, slot->start_s);
    if (slot->taken != counts->taken[at]) {
        wrong(verifying, "taken is not what was counted in slot", queue->rules.id, slot->start_s);
    }
    if (slot->taken > slot->capacity) {
        wrong(verifying, "more than its capacity holds slot", queue->rules.id, slot->start_s);
    }
    if (position >= queue->slot_count || queue->by_start[position] != at) {
        wrong(verifying, "the order of slots does not hold at", queue->rules.id, slot->start_s);
        return;
    }
    for (uint32_t i = 0; i < queue->category_count; i++) {
        bool bit = queue->room[i][position / 64] >> (position % 64) & 1;
        if (slot->category_taken[i] != counts->category_taken[at][i]) {
            wrong(verifying, "a category's count is wrong in slot", queue->rules.id, slot->start_s);
        }
        if (slot->category_taken[i] > slot->category_capacity[i]) {
            wrong(verifying, "a category is above its share in slot", queue->rules.id,
                  slot->start_s);
        }
        if (bit != slot_has_room(slot, i)) {
            wrong(verifying, "the room is not as marked in slot", queue->rules.id, slot->start_s);
        }
    }
}

static uint32_t list_length(struct verifying *verifying, const struct list *list,
                            enum place_state of, uint32_t queue)
{
    const struct queue_state *state = verifying->state;
    uint32_t length = 0, before = NOBODY;
    for (uint32_t i = list->first; i != NOBODY && length <= state->place_count;
         i = state->places[i].right) {
        const struct place *row = &state->places[i];
        if (row->state != of || row->queue != queue || row->left != before ||
            (before != NOBODY && state->places[before].seq >= row->seq)) {
            wrong(verifying, "a list is not in order at", state->queues[queue].rules.id, row->id);
        }
        before = i;
        length++;
    }
    if (list->last != before) {
        wrong(verifying, "a list does not end at", state->queues[queue].rules.id, length);
    }
    return length;
}

static void verify_lists(struct verifying *verifying, uint32_t at, const struct counts *counts)
{
    static const enum place_state states[LIST_COUNT] = {PLACE_requested, PLACE_called,
                                                        PLACE_entered};
    const struct queue_one *queue = &verifying->state->queues[at];
    for (uint32_t i = 0; i < LIST_COUNT; i++) {
        uint32_t sum = 0;
        for (uint32_t j = 0; j < queue->category_count; j++) {
            sum += counts->by_state[j][states[i]];
        }
        if (list_length(verifying, &queue->lists[i], states[i], at) != sum) {
            wrong(verifying, "a list is not as long as counted", queue->rules.id, sum);
        }
    }
}

static void verify_category(struct verifying *verifying, uint32_t at, uint32_t category,
                            const struct counts *counts)
{
    const struct queue_state *state = verifying->state;
    const struct category *row = &state->queues[at].categories[category];
    const uint32_t *by_state = counts->by_state[category];
    uint32_t waiting = by_state[PLACE_booked] + by_state[PLACE_arrived];
    uint32_t size = row->root == NOBODY ? 0 : state->places[row->root].size;
    if (memcmp(row->by_state, by_state, sizeof row->by_state) != 0) {
        wrong(verifying, "counts by state are wrong in category", row->id, category);
    }
    if (size != waiting || !tree_verify(state, row->root)) {
        wrong(verifying, "the order of those who wait does not hold", row->id, size);
    }
}

static void verify_queue(struct verifying *verifying, uint32_t at)
{
    const struct queue_one *queue = &verifying->state->queues[at];
    struct counts counts = {.taken = calloc(queue->slot_count + 1, sizeof *counts.taken)};
    counts.category_taken = calloc(queue->slot_count + 1, sizeof *counts.category_taken);
    if (counts.taken && counts.category_taken) {
        count_rows(verifying->state, at, &counts);
        for (uint32_t i = 0; i < queue->slot_count; i++) {
            verify_slot(verifying, queue, i, &counts);
        }
        for (uint32_t i = 0; i < queue->category_count; i++) {
            verify_category(verifying, at, i, &counts);
        }
        verify_lists(verifying, at, &counts);
    } else {
        wrong(verifying, "no memory to verify", queue->rules.id, 0);
    }
    free(counts.taken);
    free(counts.category_taken);
}

bool queue_verify(const struct queue_state *state, char *why, uint32_t size)
{
    struct verifying verifying = {state, why, size, true};
    if (size) {
        why[0] = '\0';
    }
    for (uint32_t i = 0; i < state->place_count; i++) {
        verify_row(&verifying, i);
    }
    for (uint32_t i = 0; i < state->queue_count; i++) {
        verify_queue(&verifying, i);
    }
    return verifying.good;
}
