/* queue_rules.c: rules become those of the queues, while people wait in them.
 *
 * What is there stays: places, slots with their shares, the order. New categories are added, absent
 * ones can no more be booked but are still called (last), an absent queue takes nobody new. A turn
 * of categories begins anew. Direction and, while anybody has a place, the scope of claims cannot
 * change, for the claims are written by them.
 */
#include "operate/queue_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool anybody(const struct queue_one *queue)
{
    for (uint32_t i = 0; i < queue->category_count; i++) {
        for (uint32_t j = 0; j < PLACE_STATE_COUNT; j++) {
            if (place_active((enum place_state)j) && queue->categories[i].by_state[j]) {
                return true;
            }
        }
    }
    return false;
}

static bool may_change(const struct queue_one *queue, const struct queue_rules *rules)
{
    uint32_t count = queue->category_count;
    for (uint32_t i = 0; i < rules->category_count; i++) {
        count += category_find(queue, rules->categories[i].id) == NOBODY;
    }
    return strcmp(queue->rules.direction, rules->direction) == 0 && count <= RULES_CATEGORY_MAX &&
           (queue->rules.claim_per_direction == rules->claim_per_direction || !anybody(queue));
}

static bool may_set(const struct queue_state *state, const struct queue_rules *rules,
                    uint32_t count)
{
    uint32_t queues = state->queue_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t queue = queue_find(state, rules[i].id);
        if (queue == NOBODY) {
            queues++;
        } else if (!may_change(&state->queues[queue], &rules[i])) {
            return false;
        }
    }
    return queues <= RULES_QUEUE_MAX;
}

static void start_queue(struct queue_one *queue)
{
    *queue = (struct queue_one){0};
    for (uint32_t i = 0; i < LIST_COUNT; i++) {
        queue->lists[i] = (struct list){NOBODY, NOBODY};
    }
}

static void start_category(struct queue_one *queue, const char *id)
{
    struct category *category = &queue->categories[queue->category_count++];
    *category = (struct category){.root = NOBODY, .round_weight = 1, .retired = true};
    snprintf(category->id, sizeof category->id, "%s", id);
}

static void set_categories(struct queue_one *queue, const struct queue_rules *rules)
{
    bool was[RULES_CATEGORY_MAX];
    for (uint32_t i = 0; i < RULES_CATEGORY_MAX; i++) {
        struct category *category = &queue->categories[i];
        was[i] = i < queue->category_count && !category->retired;
        category->retired = true;
        category->rule.weight = 0;
        category->rule.rank = UINT32_MAX;
        category->rule.out_of_turn = false;
        category->credit = 0;
    }
    for (uint32_t i = 0; i < rules->category_count; i++) {
        if (category_find(queue, rules->categories[i].id) == NOBODY) {
            start_category(queue, rules->categories[i].id);
        }
        struct category *category =
            &queue->categories[category_find(queue, rules->categories[i].id)];
        category->rule = rules->categories[i];
        category->round_weight = rules->round_weights[i];
        category->retired = false;
    }
    /* Shares of published slots stay; only categories that come or go are counted anew. */
    for (uint32_t i = 0; i < queue->category_count; i++) {
        for (uint32_t j = 0; was[i] == queue->categories[i].retired && j < queue->slot_count; j++) {
            slot_limit(queue, &queue->slots[j], i);
        }
    }
}

static enum zhol_error set_text(struct queue_one *queue, struct text_view text)
{
    char *copy = malloc((size_t)text.size + 1);
    if (!copy) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    free(queue->rules_text);
    queue->rules_text = copy;
    queue->rules_size = text.size;
    return ZHOL_ERROR_OK;
}

enum refusal apply_rules(struct applying *applying)
{
    struct queue_state *state = applying->state;
    struct queue_rules rules[RULES_QUEUE_MAX];
    uint32_t count = 0;
    enum zhol_error error = rules_read(applying->command->data, rules, &count, NULL);
    if (error || !may_set(state, rules, count)) {
        return REFUSAL_bad_data;
    }
    for (uint32_t i = 0; i < state->queue_count; i++) {
        state->queues[i].retired = true;
    }
    for (uint32_t i = 0; !error && i < count; i++) {
        uint32_t at = queue_find(state, rules[i].id);
        if (at == NOBODY) {
            at = state->queue_count++;
            start_queue(&state->queues[at]);
        }
        struct queue_one *queue = &state->queues[at];
        queue->retired = false;
        queue->rules = rules[i];
        set_categories(queue, &rules[i]);
        error = set_text(queue, applying->command->data);
        error = error ? error : slot_rooms(queue);
    }
    state->error = error;
    return REFUSAL_none;
}
