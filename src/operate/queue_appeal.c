/* queue_appeal.c: against a no-show, a refusal or the mark of a late cancel.
 *
 * Upheld: the mark is lifted, a forfeited deposit comes back, and who lost his place stands again,
 * at the head of the next slot with room (or of the queue without slots) - unless his vehicle or
 * driver has another active place by then.
 */
#include "operate/queue_state.h"

#include <string.h>

#define ENDED_BADLY (1u << PLACE_no_show | 1u << PLACE_refused | 1u << PLACE_cancelled)

enum refusal apply_appeal(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal = find_place(applying, ENDED_BADLY, &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    if (row->state == PLACE_cancelled && !row->marked) {
        return REFUSAL_wrong_state;
    }
    if (row->appeal != APPEAL_NONE) {
        return REFUSAL_duplicate;
    }
    if (queue->rules.appeal_s >= 0 && applying->now_s > row->ended_s + queue->rules.appeal_s) {
        return refuse(applying, queue, REFUSAL_too_late, "appeal");
    }
    row->appeal = APPEAL_OPEN;
    told(state, place, CHANGE_asked, place_slot_s(state, row));
    return REFUSAL_none;
}

static bool active_elsewhere(const struct queue_state *state, const struct place *row)
{
    bool active = index_active_vehicle(state, row->vehicle, row->scope) != NOBODY;
    for (uint32_t i = 0; i < row->driver_count; i++) {
        active = active || index_active_driver(state, row->drivers[i], row->scope) != NOBODY;
    }
    return active;
}

static void restore(struct applying *applying, uint32_t place)
{
    struct queue_state *state = applying->state;
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    uint32_t slot = NOBODY, turn_s = 0;
    if (queue->rules.release != RELEASE_live) {
        slot = slot_search(queue, row->category, (int64_t)applying->now_s + 1, INT64_MAX,
                           applying->now_s);
        turn_s = NOBODY;
    }
    place_put(state, place, slot, turn_s, 0);
    row->missed = 0;
    enum zhol_error error = index_add_all(state, place);
    state->error = error ? error : state->error;
}

static enum refusal uphold(struct applying *applying, uint32_t place)
{
    struct queue_state *state = applying->state;
    struct place *row = &state->places[place];
    bool again = applying->given->claimed && row->state != PLACE_cancelled;
    if (again && active_elsewhere(state, row)) {
        return REFUSAL_already_active; /* the claims were not what they seemed */
    }
    int64_t old_slot_s = place_slot_s(state, row);
    row->appeal = APPEAL_UPHELD;
    if (row->marked) {
        mark(state, row->vehicle, row->state == PLACE_cancelled ? "lift cancel" : "lift no_show",
             0);
        row->marked = false;
    }
    money_reverse(state, place);
    if (again) {
        restore(applying, place);
    }
    told(state, place, CHANGE_upheld, old_slot_s);
    return REFUSAL_none;
}

enum refusal apply_decide(struct applying *applying)
{
    struct queue_state *state = applying->state;
    const char *decision = applying->command->unit;
    uint32_t place;
    enum refusal refusal = find_place(applying, ~0u, &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    bool upheld = strcmp(decision, "upheld") == 0;
    if (!upheld && strcmp(decision, "rejected") != 0) {
        return REFUSAL_bad_data;
    }
    if (row->appeal != APPEAL_OPEN) {
        return REFUSAL_wrong_state;
    }
    refuse(applying, &state->queues[row->queue], REFUSAL_none, "appeal");
    if (upheld) {
        return uphold(applying, place);
    }
    row->appeal = APPEAL_REJECTED;
    told(state, place, CHANGE_rejected, place_slot_s(state, row));
    return REFUSAL_none;
}
