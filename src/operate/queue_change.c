/* queue_change.c: what a carrier may change later: drivers, vehicle, slot; or give up. */
#include "operate/queue_state.h"

#include <string.h>

#define BIT(state)      (1u << PLACE_##state)
#define BEFORE_CHECKS   (BIT(requested) | BIT(booked) | BIT(arrived) | BIT(called))
#define BEFORE_CALL     (BIT(booked) | BIT(arrived))
#define MARK_UNTIL_NONE 0

static uint8_t add_times(uint8_t times, int64_t more)
{
    int64_t sum = times + more;
    return sum > UINT8_MAX ? UINT8_MAX : (uint8_t)sum;
}

static uint32_t greater(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* ---- drivers and vehicle ---- */

static enum refusal check_driver(struct applying *applying, const struct place *row)
{
    uint64_t driver = applying->command->driver;
    if (driver == 0) {
        return REFUSAL_bad_data;
    }
    if (!applying->given->known) {
        return REFUSAL_unknown_subject;
    }
    for (uint32_t i = 0; i < row->driver_count; i++) {
        if (row->drivers[i] == driver) {
            return REFUSAL_duplicate;
        }
    }
    if (!applying->given->claimed ||
        index_active_driver(applying->state, driver, row->scope) != NOBODY) {
        return REFUSAL_already_active;
    }
    return REFUSAL_none;
}

/* "driver_add" lets drivers join, "driver" alone lets the first be replaced. */
enum refusal apply_driver_add(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal = find_place(applying, BEFORE_CHECKS, &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    if (!queue->rules.edit_driver_add && !queue->rules.edit_driver) {
        return refuse(applying, queue, REFUSAL_not_editable, "edit");
    }
    refusal = check_driver(applying, row);
    if (refusal) {
        return refusal;
    }
    uint32_t which = 0;
    if (!queue->rules.edit_driver_add) {
        free_claim(state, place, "driver", row->drivers[0]);
    } else if (row->driver_count == QUEUE_DRIVER_MAX) {
        return REFUSAL_limit_reached;
    } else {
        which = row->driver_count++;
    }
    row->drivers[which] = applying->command->driver;
    enum zhol_error error = index_add_driver(state, place, which);
    state->error = error ? error : state->error;
    told(state, place, CHANGE_asked, place_slot_s(state, row));
    return REFUSAL_none;
}

/* How often this place or vehicle was postponed in the window, against the rules. */
static enum refusal check_postponements(struct applying *applying, const struct queue_one *queue,
                                        const struct place *row)
{
    uint32_t times = greater(applying->given->postponements, row->postponed);
    if (queue->rules.postpone_max >= 0 && times >= queue->rules.postpone_max) {
        return refuse(applying, queue, REFUSAL_limit_reached, "postpone");
    }
    return REFUSAL_none;
}

static enum refusal check_swap(struct applying *applying, const struct queue_one *queue,
                               const struct place *row)
{
    const struct command *command = applying->command;
    if (!queue->rules.edit_vehicle) {
        return refuse(applying, queue, REFUSAL_not_editable, "edit");
    }
    if (command->vehicle == 0) {
        return REFUSAL_bad_data;
    }
    if (!applying->given->known) {
        return REFUSAL_unknown_subject;
    }
    if (command->vehicle == row->vehicle) {
        return REFUSAL_duplicate;
    }
    if (applying->given->blocked_until_s > applying->now_s) {
        return refuse(applying, queue, REFUSAL_blocked, "block");
    }
    if (!applying->given->claimed ||
        index_active_vehicle(applying->state, command->vehicle, row->scope) != NOBODY) {
        return REFUSAL_already_active;
    }
    return queue->rules.swap_postpones > 0 ? check_postponements(applying, queue, row)
                                           : REFUSAL_none;
}

enum refusal apply_vehicle_swap(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal = find_place(applying, BEFORE_CALL, &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    refusal = check_swap(applying, queue, row);
    if (refusal) {
        return refusal;
    }
    free_claim(state, place, "vehicle", row->vehicle);
    row->vehicle = applying->command->vehicle;
    row->postponed = add_times(row->postponed, queue->rules.swap_postpones);
    enum zhol_error error = index_add_vehicle(state, place);
    state->error = error ? error : state->error;
    for (int64_t i = 0; i < queue->rules.swap_postpones && i < UINT8_MAX; i++) {
        mark(state, row->vehicle, "postpone", MARK_UNTIL_NONE);
    }
    told(state, place, CHANGE_asked, place_slot_s(state, row));
    return REFUSAL_none;
}

/* ---- postponement ---- */

/* In a queue without slots slot_s is the new turn: as if he had joined then. */
static enum refusal check_turn(struct applying *applying, const struct queue_one *queue,
                               const struct place *row)
{
    int64_t turn_s = applying->command->slot_s;
    int64_t from_s = greater(row->key_s, row->booked_s);
    if (turn_s <= row->key_s || turn_s > TIME_MAX_S) {
        return REFUSAL_unknown_slot;
    }
    if (queue->rules.horizon_s >= 0 && turn_s > from_s + queue->rules.horizon_s) {
        return refuse(applying, queue, REFUSAL_too_early, "horizon");
    }
    return REFUSAL_none;
}

static enum refusal check_postpone(struct applying *applying, const struct queue_one *queue,
                                   const struct place *row, uint32_t *slot)
{
    const struct queue_rules *rules = &queue->rules;
    bool live = rules->release == RELEASE_live;
    bool owed = !live && row->slot == NOBODY; /* lost his slot: may choose one */
    if (!owed && !rules->edit_slot && rules->postpone_max <= 0) {
        return refuse(applying, queue, REFUSAL_not_editable, "edit");
    }
    enum refusal refusal = owed ? REFUSAL_none : check_postponements(applying, queue, row);
    if (refusal) {
        return refusal;
    }
    if (!owed && !live && rules->postpone_before_s >= 0 &&
        (int64_t)applying->now_s + rules->postpone_before_s > row->key_s) {
        return refuse(applying, queue, REFUSAL_too_late, "postpone");
    }
    *slot = NOBODY;
    return live ? check_turn(applying, queue, row)
                : slot_refusal(applying, queue, row->category, applying->command->slot_s, slot);
}

enum refusal apply_postpone(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place, slot;
    enum refusal refusal = find_place(applying, BIT(booked), &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    refusal = check_postpone(applying, queue, row, &slot);
    if (refusal) {
        return refusal;
    }
    int64_t old_slot_s = place_slot_s(state, row);
    bool owed = queue->rules.release != RELEASE_live && row->slot == NOBODY;
    uint32_t turn_s = (uint32_t)applying->command->slot_s;
    place_put(state, place, slot, turn_s, turn_s);
    if (!owed) {
        row->postponed = add_times(row->postponed, 1);
        mark(state, row->vehicle, "postpone", MARK_UNTIL_NONE);
        money_fees(state, place, "postpone");
    }
    told(state, place, CHANGE_asked, old_slot_s);
    return REFUSAL_none;
}

/* ---- cancelling ---- */

/* Late: after the call, or too near to a slot that he had chosen himself. */
static bool cancel_is_late(const struct queue_one *queue, const struct place *row, uint32_t now_s)
{
    int64_t before_s = queue->rules.cancel_before_s;
    return row->state == PLACE_called ||
           (row->slot != NOBODY && row->state != PLACE_requested && row->rank_s == row->key_s &&
            before_s >= 0 && now_s + before_s > row->key_s);
}

enum refusal apply_cancel(struct applying *applying)
{
    struct queue_state *state = applying->state;
    const struct given *given = applying->given;
    uint32_t place;
    enum refusal refusal = find_place(applying, BEFORE_CHECKS, &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    int64_t old_slot_s = place_slot_s(state, row);
    if (cancel_is_late(queue, row, applying->now_s)) {
        int64_t most = queue->rules.cancel_max, times = (int64_t)given->cancels + 1;
        bool block = most >= 0 && times >= most && queue->rules.block_s > 0;
        mark(state, row->vehicle, "cancel", block ? applying->now_s + queue->rules.block_s : 0);
        row->marked = true;
        money_forfeit(state, place, greater(given->no_shows, row->no_shows) + 1);
        refuse(applying, queue, REFUSAL_none, "cancel");
    } else {
        money_back(state, place);
    }
    place_end(state, place, PLACE_cancelled, applying->now_s);
    told(state, place, CHANGE_asked, old_slot_s);
    return REFUSAL_none;
}
