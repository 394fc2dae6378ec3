/* queue_view.c: reading the state of a checkpoint: places, order, queues, slots, acceptance. */
#include "operate/queue_state.h"

#include <string.h>

static void view_place(const struct queue_state *state, uint32_t place, struct place_view *view)
{
    const struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    *view = (struct place_view){
        .place = row->id,
        .vehicle = row->vehicle,
        .carrier = row->carrier,
        .number = row->number,
        .driver_count = row->driver_count,
        .state = (enum place_state)row->state,
        .queue = queue->rules.id,
        .category = queue->categories[row->category].id,
        .slot_s = place_slot_s(state, row),
        .slot_end_s = row->slot == NOBODY ? 0 : queue->slots[row->slot].end_s,
        .booked_s = row->booked_s,
        .arrived_s = row->arrived_s,
        .called_s = row->called_s,
        .entered_s = row->entered_s,
        .ended_s = row->ended_s,
        .postponed = row->postponed,
        .appeal = row->appeal,
    };
    memcpy(view->drivers, row->drivers, row->driver_count * sizeof *row->drivers);
}

enum zhol_error queue_place(const struct queue_state *state, uint64_t id, struct place_view *view)
{
    uint32_t place = id ? index_place(state, id) : NOBODY;
    if (place == NOBODY) {
        return ZHOL_ERROR_UNKNOWN;
    }
    view_place(state, place, view);
    view->position = place_position(state, place);
    return ZHOL_ERROR_OK;
}

struct visiting {
    uint32_t states;
    bool (*visit)(void *, const struct place_view *);
    void *context;
};

static bool show(const struct queue_state *state, const struct visiting *visiting, uint32_t place,
                 uint32_t position)
{
    struct place_view view;
    if (!(visiting->states >> state->places[place].state & 1)) {
        return true;
    }
    view_place(state, place, &view);
    view.position = position;
    return visiting->visit(visiting->context, &view);
}

static bool show_list(const struct queue_state *state, const struct visiting *visiting,
                      const struct list *list, enum place_state of)
{
    if (!(visiting->states >> of & 1)) {
        return true;
    }
    for (uint32_t i = list->first; i != NOBODY; i = state->places[i].right) {
        if (!show(state, visiting, i, 0)) {
            return false;
        }
    }
    return true;
}

/* As call_forward would go on for ever if all were present. */
static bool show_waiting(const struct queue_state *state, const struct visiting *visiting,
                         const struct queue_one *queue)
{
    uint32_t heads[RULES_CATEGORY_MAX], ranks[RULES_CATEGORY_MAX] = {0};
    int64_t credits[RULES_CATEGORY_MAX];
    if (!(visiting->states & (1u << PLACE_booked | 1u << PLACE_arrived))) {
        return true;
    }
    for (uint32_t i = 0; i < queue->category_count; i++) {
        heads[i] = tree_at(state, queue->categories[i].root, 0);
        credits[i] = queue->categories[i].credit;
    }
    for (;;) {
        struct turn turn = next_turn(state, queue, heads, credits);
        if (turn.place == NOBODY) {
            return true;
        }
        uint32_t category = turn.category;
        if (!show(state, visiting, turn.place, ranks[category])) {
            return false;
        }
        heads[category] = tree_at(state, queue->categories[category].root, ++ranks[category]);
    }
}

#define LISTED                                                                               \
    (1u << PLACE_requested | 1u << PLACE_booked | 1u << PLACE_arrived | 1u << PLACE_called | \
     1u << PLACE_entered)

/* First those inside, those called, those who wait, those who asked; then those whose place ended,
 * the latest booked first. */
void queue_order(const struct queue_state *state, const char *queue_id, uint32_t states,
                 bool (*visit)(void *, const struct place_view *), void *context)
{
    uint32_t at = queue_find(state, queue_id);
    struct visiting visiting = {states, visit, context};
    if (at == NOBODY) {
        return;
    }
    const struct queue_one *queue = &state->queues[at];
    if (!show_list(state, &visiting, &queue->lists[LIST_ENTERED], PLACE_entered) ||
        !show_list(state, &visiting, &queue->lists[LIST_CALLED], PLACE_called) ||
        !show_waiting(state, &visiting, queue) ||
        !show_list(state, &visiting, &queue->lists[LIST_REQUESTED], PLACE_requested)) {
        return;
    }
    visiting.states &= ~LISTED;
    for (uint32_t i = state->place_count; visiting.states && i-- > 0;) {
        if (state->places[i].queue == at && !show(state, &visiting, i, 0)) {
            return;
        }
    }
}

uint32_t queue_count(const struct queue_state *state)
{
    return state->queue_count;
}

static void view_category(const struct queue_state *state, const struct queue_one *queue,
                          const struct category *category, struct category_count *view)
{
    uint32_t weights = 0;
    for (uint32_t i = 0; i < queue->category_count; i++) {
        weights += queue->categories[i].rule.weight;
    }
    uint32_t root = category->root;
    bool present = root != NOBODY && state->places[root].present;
    *view = (struct category_count){
        .category = category->id,
        .oldest_arrived_s = present ? state->places[root].oldest : 0,
        .share = weights ? (double)category->rule.weight / weights : 0,
    };
    memcpy(view->by_state, category->by_state, sizeof view->by_state);
}

void queue_view(const struct queue_state *state, uint32_t index, struct queue_view *view)
{
    static const char *const releases[] = {"first_come", "round", "live"};
    const struct queue_one *queue = &state->queues[index];
    bool closing =
        queue->closed_from_s < queue->closed_until_s && state->now_s < queue->closed_until_s;
    *view = (struct queue_view){
        .queue = queue->rules.id,
        .direction = queue->rules.direction,
        .release = releases[queue->rules.release],
        .rule_set = queue->rules.rule_set,
        .category_count = queue->category_count,
        .closed = closing,
        .closed_from_s = closing ? queue->closed_from_s : 0,
        .closed_until_s = closing && queue->closed_until_s != NOBODY ? queue->closed_until_s : 0,
        .closed_note = closing && queue->closed_note ? queue->closed_note : "",
        .cleared_total = queue->cleared_total,
        .entered_total = queue->entered_total,
        .called_total = queue->called_total,
        .round_from_s = queue->round_from_s,
        .round_until_s = queue->round_until_s,
    };
    if (queue->round_from_s < queue->round_until_s) {
        memcpy(view->round_seed_hash, queue->round_seed_hash, sizeof view->round_seed_hash);
    }
    for (uint32_t i = 0; i < queue->category_count; i++) {
        view_category(state, queue, &queue->categories[i], &view->categories[i]);
    }
}

void queue_slots(const struct queue_state *state, const char *queue_id, int64_t from_s,
                 int64_t until_s, bool (*visit)(void *, const struct slot_view *), void *context)
{
    uint32_t at = queue_find(state, queue_id);
    if (at == NOBODY) {
        return;
    }
    const struct queue_one *queue = &state->queues[at];
    for (uint32_t i = slot_position(queue, from_s); i < queue->slot_count; i++) {
        const struct slot *slot = &queue->slots[queue->by_start[i]];
        struct slot_view view = {slot->start_s, slot->end_s, slot->capacity, slot->taken, {0}, {0}};
        if (slot->start_s >= until_s) {
            return;
        }
        if (slot_closed(queue, slot)) {
            view.capacity = slot->taken;
        }
        memcpy(view.category_capacity, slot->category_capacity, sizeof view.category_capacity);
        memcpy(view.category_taken, slot->category_taken, sizeof view.category_taken);
        if (!visit(context, &view)) {
            return;
        }
    }
}

void queue_accepted(const struct queue_state *state, const char *queue_id, int64_t now_s,
                    uint32_t *per_hour, uint32_t hours)
{
    uint32_t at = queue_find(state, queue_id);
    for (uint32_t i = 0; i < hours; i++) {
        int64_t hour = now_s / 3600 - (int64_t)(hours - 1 - i);
        per_hour[i] = 0;
        if (at != NOBODY) {
            const struct queue_one *queue = &state->queues[at];
            int64_t index = hour - queue->first_hour;
            if (index >= 0 && index < queue->hour_count) {
                per_hour[i] = queue->per_hour[index];
            }
        }
    }
}
