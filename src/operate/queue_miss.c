/* queue_miss.c: who misses his slot or his call, and what follows by the rules.
 *
 * sweep finds them by time, an officer's no_show names one; both do the same. A closed border does
 * not count against those who were called: their time runs from the end of the closure.
 */
#include "operate/queue_state.h"

#include <string.h>

int64_t slot_due(const struct queue_state *state, const struct place *place)
{
    const struct queue_one *queue = &state->queues[place->queue];
    int64_t late_s = queue->rules.arrive_late_s;
    return place->slot == NOBODY || late_s < 0 ? INT64_MAX : place->key_s + late_s;
}

int64_t call_due(const struct queue_state *state, const struct place *place)
{
    const struct queue_one *queue = &state->queues[place->queue];
    int64_t late_s = queue->rules.call_late_s, from_s = place->called_s;
    if (late_s < 0) {
        return INT64_MAX;
    }
    if (queue->closed_from_s < queue->closed_until_s && from_s < queue->closed_until_s &&
        from_s + late_s >= queue->closed_from_s) {
        if (queue->closed_until_s == NOBODY) {
            return INT64_MAX;
        }
        from_s = queue->closed_until_s;
    }
    return from_s + late_s;
}

void place_missed(struct applying *applying, uint32_t place, uint32_t no_shows)
{
    struct queue_state *state = applying->state;
    struct place *row = &state->places[place];
    const struct queue_rules *rules = &state->queues[row->queue].rules;
    int64_t most = rules->no_show_max < 0 ? 1 : rules->no_show_max;
    bool block =
        strcmp(rules->late, "block") == 0 && rules->block_s > 0 && (int64_t)no_shows + 1 >= most;
    mark(state, row->vehicle, "no_show", block ? applying->now_s + rules->block_s : 0);
    row->marked = true;
    money_forfeit(state, place, no_shows + 1);
    place_end(state, place, PLACE_no_show, applying->now_s);
}

/* Back to the end: the next slot with room, or the end of the queue without slots. */
static void requeue(struct applying *applying, uint32_t place)
{
    struct queue_state *state = applying->state;
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    uint32_t now_s = applying->now_s, slot = NOBODY, turn_s = now_s;
    if (queue->rules.release != RELEASE_live) {
        slot = slot_search(queue, row->category, (int64_t)now_s + 1, INT64_MAX, now_s);
        turn_s = NOBODY;
    }
    row->missed++;
    place_put(state, place, slot, turn_s, slot == NOBODY ? now_s : queue->slots[slot].start_s);
}

static void miss(struct applying *applying, uint32_t place, enum change_reason reason)
{
    struct queue_state *state = applying->state;
    const struct place *row = &state->places[place];
    const struct queue_rules *rules = &state->queues[row->queue].rules;
    int64_t old_slot_s = place_slot_s(state, row);
    bool again = strcmp(rules->late, "requeue") == 0 && row->missed < UINT8_MAX &&
                 (rules->no_show_max < 0 || row->missed < rules->no_show_max);
    if (again) {
        requeue(applying, place);
    } else {
        uint32_t given = applying->given->no_shows;
        bool named = applying->command->kind == COMMAND_no_show;
        place_missed(applying, place, named && given > row->no_shows ? given : row->no_shows);
    }
    told(state, place, reason, old_slot_s);
}

enum refusal apply_no_show(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal = find_place(applying, 1u << PLACE_booked | 1u << PLACE_called, &place);
    if (refusal) {
        return refusal;
    }
    const struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    bool called = row->state == PLACE_called;
    int64_t due = called ? call_due(state, row) : slot_due(state, row);
    bool no_limit = called && queue->rules.call_late_s < 0;
    if (applying->now_s <= due && !no_limit) {
        return refuse(applying, queue, REFUSAL_too_early, "no_show");
    }
    refuse(applying, queue, REFUSAL_none, "no_show");
    miss(applying, place, called ? CHANGE_missed_call : CHANGE_missed_slot);
    return REFUSAL_none;
}

/* Who of a category missed his slot first, and when; those present have not. */
static uint32_t first_late(const struct queue_state *state, const struct category *category,
                           int64_t *due)
{
    uint32_t place = tree_first_absent(state, category->root);
    *due = place == NOBODY ? INT64_MAX : slot_due(state, &state->places[place]);
    return place;
}

static uint32_t first_called(const struct queue_state *state, const struct queue_one *queue,
                             int64_t *due)
{
    uint32_t place = queue->lists[LIST_CALLED].first;
    *due = place == NOBODY ? INT64_MAX : call_due(state, &state->places[place]);
    return place;
}

enum refusal apply_sweep(struct applying *applying)
{
    struct queue_state *state = applying->state;
    for (uint32_t i = 0; i < state->queue_count; i++) {
        const struct queue_one *queue = &state->queues[i];
        int64_t due = 0;
        uint32_t place = first_called(state, queue, &due);
        while (due < applying->now_s && !state->error) {
            miss(applying, place, CHANGE_missed_call);
            place = first_called(state, queue, &due);
        }
        for (uint32_t j = 0; j < queue->category_count; j++) {
            place = first_late(state, &queue->categories[j], &due);
            while (due < applying->now_s && !state->error) {
                miss(applying, place, CHANGE_missed_slot);
                place = first_late(state, &queue->categories[j], &due);
            }
        }
    }
    return REFUSAL_none;
}

bool queue_sweep_due(const struct queue_state *state, int64_t now_s, int64_t *next_s)
{
    int64_t next = INT64_MAX, due = 0;
    for (uint32_t i = 0; i < state->queue_count; i++) {
        const struct queue_one *queue = &state->queues[i];
        first_called(state, queue, &due);
        next = due < next ? due : next;
        for (uint32_t j = 0; j < queue->category_count; j++) {
            first_late(state, &queue->categories[j], &due);
            next = due < next ? due : next;
        }
    }
    *next_s = next == INT64_MAX ? INT64_MAX : next + 1; /* due while it is still past `next` */
    return next < now_s;
}
