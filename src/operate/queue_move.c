/* queue_move.c: the fair rule by which places move when capacity is lost.
 *
 * 1. In each slot that lost capacity, one after the other goes of the category that is most above
 *    its share (taken over capacity against weight over all weights; of equals the one with the
 *    greater rank), and of that category the one who stands last. Who has arrived stays; who may
 *    go out of turn goes only when nobody else can.
 * 2. All who lost their slot, in the order in which they stood, get the earliest later slot with
 *    room for their category that is not closed. There they stand before those who chose it.
 * 3. For whom there is no slot, he waits without one, and is the first to get one when slots are
 *    published, reopened or enlarged: the earliest that is not before the one he lost.
 */
#include "operate/queue_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/sort.h"

enum zhol_error plan_start(const struct queue_state *state, uint32_t queue, uint32_t now_s,
                           enum change_reason reason, struct plan *plan)
{
    const struct queue_one *of = &state->queues[queue];
    *plan = (struct plan){
        .state = state, .queue = queue, .now_s = now_s, .reason = reason, .after = *of};
    plan->after.slots = malloc(((size_t)of->slot_count + 1) * sizeof *plan->after.slots);
    if (!plan->after.slots) {
        return ZHOL_ERROR_MEMORY;
    }
    if (of->slot_count) {
        memcpy(plan->after.slots, of->slots, of->slot_count * sizeof *of->slots);
    }
    return ZHOL_ERROR_OK;
}

void plan_clear(struct plan *plan)
{
    free(plan->after.slots);
    free(plan->moves);
    plan->after.slots = NULL;
    plan->moves = NULL;
}

static enum zhol_error add_move(struct plan *plan, uint32_t place, uint32_t from)
{
    enum zhol_error error = ARRAY_RESERVE(plan->moves, plan->move_capacity, plan->move_count + 1);
    if (!error) {
        plan->moves[plan->move_count++] =
            (struct move){place, from, NOBODY, plan->state->places[place].category};
    }
    return error;
}

/* Of each category, who stands last in a slot and can move. */
struct cutting {
    uint32_t low[RULES_CATEGORY_MAX], high[RULES_CATEGORY_MAX]; /* ranks not yet looked at */
    uint32_t last[RULES_CATEGORY_MAX];                          /* NOBODY: none can move */
};

static void find_last(const struct plan *plan, struct cutting *cutting, uint32_t category)
{
    const struct queue_state *state = plan->state;
    uint32_t root = state->queues[plan->queue].categories[category].root;
    cutting->last[category] = NOBODY;
    while (cutting->high[category] > cutting->low[category]) {
        uint32_t place = tree_at(state, root, --cutting->high[category]);
        if (state->places[place].state == PLACE_booked) {
            cutting->last[category] = place;
            return;
        }
    }
}

static void start_cutting(const struct plan *plan, uint32_t start_s, struct cutting *cutting)
{
    const struct queue_one *queue = &plan->state->queues[plan->queue];
    for (uint32_t i = 0; i < queue->category_count; i++) {
        uint32_t root = queue->categories[i].root;
        cutting->low[i] = tree_below(plan->state, root, start_s);
        cutting->high[i] = tree_below(plan->state, root, start_s + 1);
        find_last(plan, cutting, i);
    }
}

/* Is category `a` to give a place before `b`? Shares are compared as whole numbers. */
static bool gives_before(const struct plan *plan, const struct slot *slot, int64_t capacity,
                         uint32_t a, uint32_t b)
{
    const struct category *categories = plan->after.categories;
    const struct queue_category_rule *one = &categories[a].rule, *other = &categories[b].rule;
    if (one->out_of_turn != other->out_of_turn) {
        return other->out_of_turn;
    }
    int64_t weights = 0;
    for (uint32_t i = 0; i < plan->after.category_count; i++) {
        weights += categories[i].rule.out_of_turn ? 0 : categories[i].rule.weight;
    }
    int64_t over_one = slot->category_taken[a] * weights - capacity * one->weight;
    int64_t over_other = slot->category_taken[b] * weights - capacity * other->weight;
    if (over_one != over_other) {
        return over_one > over_other;
    }
    return one->rank > other->rank;
}

static uint32_t who_gives(const struct plan *plan, const struct slot *slot, int64_t capacity,
                          const struct cutting *cutting)
{
    uint32_t best = NOBODY;
    for (uint32_t i = 0; i < plan->after.category_count; i++) {
        if (cutting->last[i] != NOBODY &&
            (best == NOBODY || gives_before(plan, slot, capacity, i, best))) {
            best = i;
        }
    }
    return best;
}

static enum zhol_error take_last(struct plan *plan, uint32_t slot, uint32_t category,
                                 struct cutting *cutting)
{
    plan->after.slots[slot].taken--;
    plan->after.slots[slot].category_taken[category]--;
    enum zhol_error error = add_move(plan, cutting->last[category], slot);
    find_last(plan, cutting, category);
    return error;
}

enum zhol_error plan_cut(struct plan *plan, uint32_t slot, int64_t capacity)
{
    struct slot *row = &plan->after.slots[slot];
    struct cutting cutting;
    enum zhol_error error = ZHOL_ERROR_OK;
    int64_t most = capacity < 0 ? 0 : capacity;
    start_cutting(plan, row->start_s, &cutting);
    while (!error && row->taken > most) {
        uint32_t category = who_gives(plan, row, most, &cutting);
        if (category == NOBODY) {
            break;
        }
        error = take_last(plan, slot, category, &cutting);
    }
    if (capacity < 0) {
        return error; /* closed: the capacity itself stays */
    }
    row->capacity = (uint32_t)most;
    for (uint32_t i = 0; i < plan->after.category_count; i++) {
        while (!error && row->category_taken[i] > slot_share(&plan->after, row, i) &&
               cutting.last[i] != NOBODY) {
            error = take_last(plan, slot, i, &cutting);
        }
    }
    /* Who cannot move keeps his place: the slot holds as many as are there. */
    row->capacity = row->taken > row->capacity ? row->taken : row->capacity;
    for (uint32_t i = 0; i < RULES_CATEGORY_MAX; i++) {
        slot_limit(&plan->after, row, i);
    }
    return error;
}

static int compare_moves(const void *context, uint32_t a, uint32_t b)
{
    const struct plan *plan = context;
    return place_compare(&plan->state->places[plan->moves[a].place],
                         &plan->state->places[plan->moves[b].place]);
}

static enum zhol_error sort_moves(struct plan *plan)
{
    uint32_t count = plan->move_count;
    uint32_t *order = malloc(((size_t)count + 1) * sizeof *order);
    struct move *sorted = malloc(((size_t)count + 1) * sizeof *sorted);
    enum zhol_error error = order && sorted ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        sort_index_fill(order, count);
        error = sort_index(order, count, compare_moves, plan);
    }
    if (!error) {
        for (uint32_t i = 0; i < count; i++) {
            sorted[i] = plan->moves[order[i]];
        }
        free(plan->moves);
        plan->moves = sorted;
        plan->move_capacity = count + 1;
        sorted = NULL;
    }
    free(order);
    free(sorted);
    return error;
}

/* Those without a slot stand at the end of each tree. */
static enum zhol_error add_unslotted(struct plan *plan)
{
    const struct queue_state *state = plan->state;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (plan->after.slot_count == 0) {
        return ZHOL_ERROR_OK;
    }
    for (uint32_t i = 0; i < plan->after.category_count; i++) {
        uint32_t root = state->queues[plan->queue].categories[i].root;
        uint32_t rank = tree_below(state, root, NOBODY);
        uint32_t place = tree_at(state, root, rank);
        for (; !error && place != NOBODY; place = tree_at(state, root, ++rank)) {
            if (state->places[place].state == PLACE_booked) {
                error = add_move(plan, place, NOBODY);
            }
        }
    }
    return error;
}

/* Nobody is moved to an earlier time than he had planned for, nor to a slot that runs already. */
static int64_t earliest(const struct plan *plan, const struct move *move)
{
    if (move->from != NOBODY) {
        return (int64_t)plan->after.slots[move->from].start_s + 1;
    }
    uint32_t first_s = plan->state->places[move->place].rank_s;
    return first_s > plan->now_s ? first_s : (int64_t)plan->now_s + 1;
}

enum zhol_error plan_place(struct plan *plan)
{
    const struct queue_one *after = &plan->after;
    uint32_t next[RULES_CATEGORY_MAX] = {0};
    enum zhol_error error = add_unslotted(plan);
    if (!error) {
        error = sort_moves(plan);
    }
    /* Moves come in order and room only shrinks, so the search never goes back, but once: those
     * without a slot come last and begin anew. */
    bool again = false;
    uint32_t kept = 0;
    for (uint32_t i = 0; !error && i < plan->move_count; i++) {
        struct move *move = &plan->moves[i];
        if (move->from == NOBODY && !again) {
            memset(next, 0, sizeof next);
            again = true;
        }
        uint32_t *at = &next[move->category];
        uint32_t later = slot_position(after, earliest(plan, move));
        *at = *at < later ? later : *at;
        for (; *at < after->slot_count; (*at)++) {
            struct slot *slot = &after->slots[after->by_start[*at]];
            if (slot_bookable(after, slot, plan->now_s) && !slot_closed(after, slot) &&
                slot_has_room(slot, move->category)) {
                move->to = after->by_start[*at];
                slot->taken++;
                slot->category_taken[move->category]++;
                break;
            }
        }
        if (move->to != move->from) {
            plan->moves[kept++] = *move;
        }
    }
    plan->move_count = kept;
    return error;
}

enum zhol_error plan_apply(struct queue_state *state, const struct plan *plan)
{
    struct queue_one *queue = &state->queues[plan->queue];
    for (uint32_t i = 0; i < plan->move_count; i++) {
        place_slot(state, plan->moves[i].place, NOBODY);
    }
    for (uint32_t i = 0; i < queue->slot_count; i++) {
        struct slot *slot = &queue->slots[i];
        const struct slot *after = &plan->after.slots[i];
        slot->end_s = after->end_s;
        slot->published = after->published;
        slot->capacity = after->capacity;
        memcpy(slot->share, after->share, sizeof slot->share);
        memcpy(slot->category_capacity, after->category_capacity, sizeof slot->category_capacity);
    }
    enum zhol_error error = slot_rooms(queue);
    for (uint32_t i = 0; !error && i < plan->move_count; i++) {
        const struct move *move = &plan->moves[i];
        place_move(state, move->place, move->to);
        told(state, move->place, plan->reason,
             move->from == NOBODY ? 0 : queue->slots[move->from].start_s);
    }
    return error;
}
