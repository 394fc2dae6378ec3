/* queue_call.c: from the waiting area over the border: arrive, call, enter, clear, refuse.
 *
 * Who is called: categories that go out of turn first; then the categories take turns, by a cycle
 * of whole weights or by shares (smooth weighted round robin, which spreads the turns of a category
 * evenly; the tests hold each within two calls of its share at every call). Within a category it is
 * the first who is there.
 */
#include "operate/queue_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define BIT(state) (1u << PLACE_##state)

/* ---- whose turn ---- */

static bool before(const struct queue_one *queue, uint32_t a, uint32_t b)
{
    return b == NOBODY || queue->categories[a].rule.rank < queue->categories[b].rule.rank;
}

static uint32_t pick_out_of_turn(const struct queue_one *queue, const uint32_t *heads)
{
    uint32_t best = NOBODY;
    for (uint32_t i = 0; i < queue->category_count; i++) {
        if (heads[i] != NOBODY && queue->categories[i].rule.out_of_turn && before(queue, i, best)) {
            best = i;
        }
    }
    return best;
}

static uint32_t pick_credited(const struct queue_one *queue, const uint32_t *heads,
                              const int64_t *credits)
{
    uint32_t best = NOBODY;
    for (uint32_t i = 0; i < queue->category_count; i++) {
        if (heads[i] != NOBODY && credits[i] > 0 && before(queue, i, best)) {
            best = i;
        }
    }
    return best;
}

/* Turns of a cycle that nobody takes are kept until the cycle ends, which it does when nobody who
 * is there has a turn left in it. */
static uint32_t pick_by_cycle(const struct queue_one *queue, const uint32_t *heads,
                              int64_t *credits)
{
    uint32_t best = pick_credited(queue, heads, credits);
    if (best == NOBODY) {
        for (uint32_t i = 0; i < queue->category_count; i++) {
            credits[i] = queue->categories[i].rule.weight;
        }
        best = pick_credited(queue, heads, credits);
    }
    if (best != NOBODY) {
        credits[best]--;
    }
    return best;
}

static uint32_t pick_by_quota(const struct queue_one *queue, const uint32_t *heads,
                              int64_t *credits)
{
    uint32_t best = NOBODY;
    int64_t total = 0;
    for (uint32_t i = 0; i < queue->category_count; i++) {
        int64_t weight = queue->categories[i].rule.weight;
        if (heads[i] == NOBODY || weight == 0) {
            continue;
        }
        total += weight;
        credits[i] += weight;
        if (best == NOBODY || credits[i] > credits[best] ||
            (credits[i] == credits[best] && before(queue, i, best))) {
            best = i;
        }
    }
    if (best != NOBODY) {
        credits[best] -= total;
    }
    return best;
}

static uint32_t pick_any(const struct queue_one *queue, const uint32_t *heads)
{
    uint32_t best = NOBODY;
    for (uint32_t i = 0; i < queue->category_count; i++) {
        if (heads[i] != NOBODY && before(queue, i, best)) {
            best = i;
        }
    }
    return best;
}

struct turn next_turn(const struct queue_state *state, const struct queue_one *queue,
                      const uint32_t heads[RULES_CATEGORY_MAX], int64_t credits[RULES_CATEGORY_MAX])
{
    struct turn turn = {NOBODY, NOBODY, CHANGE_called};
    if (pick_any(queue, heads) == NOBODY) {
        return turn; /* and no cycle ends because nobody is there */
    }
    uint32_t category = pick_out_of_turn(queue, heads);
    enum change_reason reason = CHANGE_taken_out_of_turn;
    if (category == NOBODY) {
        reason = CHANGE_taken_in_turn;
        category = queue->rules.cycle ? pick_by_cycle(queue, heads, credits)
                                      : pick_by_quota(queue, heads, credits);
    }
    if (category == NOBODY) {
        category = pick_any(queue, heads);
    }
    turn.category = category;
    turn.place = heads[category];
    /* Only who passes somebody of another category needs a reason. */
    for (uint32_t i = 0; i < queue->category_count; i++) {
        if (heads[i] != NOBODY && i != category &&
            place_compare(&state->places[heads[i]], &state->places[turn.place]) < 0) {
            turn.reason = reason;
        }
    }
    return turn;
}

uint32_t category_head(const struct queue_state *state, const struct queue_one *queue,
                       uint32_t category)
{
    uint32_t root = queue->categories[category].root;
    return queue->rules.call_absent ? tree_at(state, root, 0) : tree_first_present(state, root);
}

enum refusal apply_call(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t at = queue_find(state, applying->command->queue);
    int64_t amount = applying->command->amount;
    if (at == NOBODY) {
        return REFUSAL_unknown_queue;
    }
    struct queue_one *queue = &state->queues[at];
    if (amount < 1 || amount > QUEUE_CALL_MAX) {
        return REFUSAL_bad_data;
    }
    if (queue_closed(queue, applying->now_s)) {
        return REFUSAL_closed;
    }
    uint32_t heads[RULES_CATEGORY_MAX];
    int64_t credits[RULES_CATEGORY_MAX];
    for (uint32_t i = 0; i < queue->category_count; i++) {
        heads[i] = category_head(state, queue, i);
        credits[i] = queue->categories[i].credit;
    }
    int64_t called = 0;
    for (; called < amount; called++) {
        struct turn turn = next_turn(state, queue, heads, credits);
        if (turn.place == NOBODY) {
            break;
        }
        state->places[turn.place].called_s = applying->now_s;
        place_enter(state, turn.place, PLACE_called);
        told(state, turn.place, turn.reason, place_slot_s(state, &state->places[turn.place]));
        heads[turn.category] = category_head(state, queue, turn.category);
    }
    if (called == 0) {
        return REFUSAL_nobody_waits;
    }
    for (uint32_t i = 0; i < queue->category_count; i++) {
        queue->categories[i].credit = credits[i];
    }
    queue->called_total += (uint64_t)called;
    return refuse(applying, queue, REFUSAL_none, queue->rules.cycle ? "cycle" : "quota");
}

/* ---- steps of one place ---- */

enum refusal apply_arrive(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal = find_place(applying, BIT(booked), &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    int64_t early_s = queue->rules.arrive_early_s;
    if (row->slot != NOBODY && early_s >= 0 && applying->now_s + early_s < row->key_s) {
        return refuse(applying, queue, REFUSAL_too_early, "arrive");
    }
    if (row->slot == NOBODY && queue->rules.release != RELEASE_live) {
        return refuse(applying, queue, REFUSAL_too_early, "arrive"); /* has no slot yet */
    }
    if (applying->now_s > slot_due(state, row)) {
        return refuse(applying, queue, REFUSAL_too_late, "arrive");
    }
    row->arrived_s = applying->now_s;
    place_enter(state, place, PLACE_arrived);
    money_back(state, place);
    told(state, place, CHANGE_asked, place_slot_s(state, row));
    return REFUSAL_none;
}

static enum zhol_error count_hour(struct queue_one *queue, uint32_t now_s)
{
    uint32_t hour = now_s / 3600;
    if (queue->hour_count == 0) {
        queue->first_hour = hour;
    }
    uint32_t need = hour - queue->first_hour + 1;
    enum zhol_error error = ARRAY_RESERVE(queue->per_hour, queue->hour_capacity, need);
    if (error) {
        return error;
    }
    for (; queue->hour_count < need; queue->hour_count++) {
        queue->per_hour[queue->hour_count] = 0;
    }
    queue->per_hour[need - 1]++;
    return ZHOL_ERROR_OK;
}

enum refusal apply_enter(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal = find_place(applying, BIT(called), &place);
    if (refusal) {
        return refusal;
    }
    struct place *row = &state->places[place];
    struct queue_one *queue = &state->queues[row->queue];
    row->entered_s = applying->now_s;
    place_enter(state, place, PLACE_entered);
    money_back(state, place); /* called from afar: he arrives now */
    queue->entered_total++;
    enum zhol_error error = count_hour(queue, applying->now_s);
    state->error = error ? error : state->error;
    told(state, place, CHANGE_asked, place_slot_s(state, row));
    return REFUSAL_none;
}

enum refusal apply_clear(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal = find_place(applying, BIT(entered), &place);
    if (refusal) {
        return refusal;
    }
    place_end(state, place, PLACE_cleared, applying->now_s);
    state->queues[state->places[place].queue].cleared_total++;
    told(state, place, CHANGE_asked, place_slot_s(state, &state->places[place]));
    return REFUSAL_none;
}

/* A place refused before its slot began gives the slot back. */
enum refusal apply_refuse(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t place;
    enum refusal refusal =
        find_place(applying, BIT(booked) | BIT(arrived) | BIT(called) | BIT(entered), &place);
    if (refusal) {
        return refusal;
    }
    const struct place *row = &state->places[place];
    int64_t old_slot_s = place_slot_s(state, row);
    if (row->state == PLACE_booked && old_slot_s > applying->now_s) {
        place_slot(state, place, NOBODY);
    }
    money_back(state, place);
    place_end(state, place, PLACE_refused, applying->now_s);
    told(state, place, CHANGE_asked, old_slot_s);
    return REFUSAL_none;
}
