/* queue_place.c: a place goes from state to state, and every count, tree and list with it.
 *
 * Nothing else changes the state of a row, its order or its slot, so that the invariants of queue.h
 * are kept in one file.
 */
#include "operate/queue_state.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

bool place_active(enum place_state state)
{
    return state == PLACE_requested || state == PLACE_booked || state == PLACE_arrived ||
           state == PLACE_called || state == PLACE_entered;
}

const char *place_state_name(enum place_state state)
{
#define PLACE_STATE_NAME(name) #name,
    static const char *const names[] = {PLACE_STATES(PLACE_STATE_NAME)};
#undef PLACE_STATE_NAME
    return state < PLACE_STATE_COUNT ? names[state] : "";
}

static bool waits(uint32_t state)
{
    return state == PLACE_booked || state == PLACE_arrived;
}

static struct list *list_of(struct queue_one *queue, uint32_t state)
{
    switch (state) {
    case PLACE_requested:
        return &queue->lists[LIST_REQUESTED];
    case PLACE_called:
        return &queue->lists[LIST_CALLED];
    case PLACE_entered:
        return &queue->lists[LIST_ENTERED];
    default:
        return NULL;
    }
}

static uint32_t take_seq(struct queue_state *state)
{
    if (state->next_seq == NOBODY - 1) {
        state->error = ZHOL_ERROR_LIMIT;
        return state->next_seq;
    }
    return state->next_seq++;
}

uint32_t place_add(struct queue_state *state, const struct place *from)
{
    uint32_t place = state->place_count;
    enum zhol_error error = place >= NOBODY / 4 - 1
                                ? ZHOL_ERROR_LIMIT
                                : ARRAY_RESERVE(state->places, state->place_capacity, place + 1);
    if (!error) {
        state->places[place] = *from;
        state->place_count++;
        error = index_add_place(state, place);
    }
    if (!error) {
        error = index_add_all(state, place);
    }
    if (error) {
        state->error = error;
        return NOBODY;
    }
    struct place *row = &state->places[place];
    struct queue_one *queue = &state->queues[row->queue];
    row->seq = take_seq(state);
    queue->categories[row->category].by_state[row->state]++;
    if (row->slot != NOBODY) {
        slot_take(queue, row->slot, row->category);
    }
    if (waits(row->state)) {
        tree_add(state, place);
    } else if (list_of(queue, row->state)) {
        list_add(state, list_of(queue, row->state), place);
    }
    return place;
}

void place_enter(struct queue_state *state, uint32_t place, enum place_state to)
{
    struct place *row = &state->places[place];
    struct queue_one *queue = &state->queues[row->queue];
    struct category *category = &queue->categories[row->category];
    uint32_t from = row->state;
    category->by_state[from]--;
    category->by_state[to]++;
    if (waits(from) && waits(to)) {
        row->state = (uint8_t)to;
        tree_refresh(state, place);
        return;
    }
    if (waits(from)) {
        tree_remove(state, place);
    } else if (list_of(queue, from)) {
        list_remove(state, list_of(queue, from), place);
    }
    row->state = (uint8_t)to;
    if (waits(to)) {
        tree_add(state, place);
    } else if (list_of(queue, to)) {
        row->seq = take_seq(state);
        list_add(state, list_of(queue, to), place);
    }
}

/* A new turn: the tree is left and entered again where the place waits. */
void place_order(struct queue_state *state, uint32_t place, uint32_t key_s, uint32_t rank_s)
{
    struct place *row = &state->places[place];
    if (waits(row->state)) {
        tree_remove(state, place);
    }
    row->key_s = key_s;
    row->rank_s = rank_s;
    row->seq = take_seq(state);
    if (waits(row->state)) {
        tree_add(state, place);
    }
}

void place_slot(struct queue_state *state, uint32_t place, uint32_t slot)
{
    struct place *row = &state->places[place];
    struct queue_one *queue = &state->queues[row->queue];
    if (row->slot != NOBODY) {
        slot_give(queue, row->slot, row->category);
    }
    row->slot = slot;
    if (slot != NOBODY) {
        slot_take(queue, slot, row->category);
    }
}

/* Into another slot through no wish of his own: rank and seq stay, so that he stands before those
 * who chose that slot. */
void place_move(struct queue_state *state, uint32_t place, uint32_t slot)
{
    struct place *row = &state->places[place];
    tree_remove(state, place);
    place_slot(state, place, slot);
    row->key_s = slot == NOBODY ? NOBODY : state->queues[row->queue].slots[slot].start_s;
    tree_add(state, place);
}

/* Into the given slot (NOBODY: none yet), or in a queue without slots at `turn_s`; a place that
 * does not wait yet waits from now on. */
void place_put(struct queue_state *state, uint32_t place, uint32_t slot, uint32_t turn_s,
               uint32_t rank_s)
{
    struct place *row = &state->places[place];
    uint32_t key_s = slot == NOBODY ? turn_s : state->queues[row->queue].slots[slot].start_s;
    place_slot(state, place, slot);
    if (waits(row->state)) {
        place_order(state, place, key_s, rank_s);
        return;
    }
    place_order(state, place, key_s, rank_s);
    row->arrived_s = row->called_s = row->entered_s = row->ended_s = 0;
    place_enter(state, place, PLACE_booked);
}

void place_end(struct queue_state *state, uint32_t place, enum place_state to, uint32_t now_s)
{
    struct place *row = &state->places[place];
    if (to == PLACE_cancelled || to == PLACE_not_drawn) {
        place_slot(state, place, NOBODY);
    }
    place_enter(state, place, to);
    row->ended_s = now_s;
    place_free_claims(state, place);
}

void claim_write(const struct queue_state *state, uint8_t scope_number, const char *scope,
                 uint64_t id, struct claim_need *need)
{
    char text[OPAQUE_TEXT_SIZE];
    opaque_write(id, text);
    need->scope = scope;
    if (scope_number == 0) {
        snprintf(need->key, sizeof need->key, "%s", text);
    } else {
        snprintf(need->key, sizeof need->key, "%.15s:%s",
                 state->queues[scope_number - 1].rules.direction, text);
    }
}

void free_claim(struct queue_state *state, uint32_t place, const char *scope, uint64_t id)
{
    enum zhol_error error =
        ARRAY_RESERVE(state->freed, state->freed_capacity, state->freed_count + 1);
    if (error) {
        state->error = error;
        return;
    }
    claim_write(state, state->places[place].scope, scope, id, &state->freed[state->freed_count++]);
}

void place_free_claims(struct queue_state *state, uint32_t place)
{
    const struct place *row = &state->places[place];
    free_claim(state, place, "vehicle", row->vehicle);
    for (uint32_t i = 0; i < row->driver_count; i++) {
        free_claim(state, place, "driver", row->drivers[i]);
    }
}

int64_t place_slot_s(const struct queue_state *state, const struct place *place)
{
    return place->slot == NOBODY ? 0 : state->queues[place->queue].slots[place->slot].start_s;
}

void told(struct queue_state *state, uint32_t place, enum change_reason reason, int64_t old_slot_s)
{
    const struct place *row = &state->places[place];
    enum zhol_error error =
        ARRAY_RESERVE(state->changes, state->change_capacity, state->change_count + 1);
    if (error) {
        state->error = error;
        return;
    }
    state->changes[state->change_count++] =
        (struct change){row->id, row->state, (uint8_t)reason, place_slot_s(state, row), old_slot_s};
}

void mark(struct queue_state *state, uint64_t vehicle, const char *what, int64_t until_s)
{
    enum zhol_error error =
        ARRAY_RESERVE(state->marks, state->mark_capacity, state->mark_count + 1);
    if (error) {
        state->error = error;
        return;
    }
    struct mark_need *need = &state->marks[state->mark_count++];
    *need = (struct mark_need){.subject = vehicle, .until_s = until_s};
    snprintf(need->what, sizeof need->what, "%s", what);
}

uint32_t place_position(const struct queue_state *state, uint32_t place)
{
    return waits(state->places[place].state) ? tree_rank(state, place) : 0;
}
