/* queue_capacity.c: slots and what takes them away: publishing, limits, closures.
 *
 * Each command makes a plan (queue_move.c) and carries it out; queue_preview makes the same plan
 * and only shows it.
 */
#include "operate/queue_state.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MAX = 1000000000, PERCENT_MAX = 1000 };

/* ---- slots_publish ---- */

static bool read_whole(const json_t *object, const char *name, int64_t low, int64_t high,
                       uint32_t *to)
{
    const json_t *value = json_object_get(object, name);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < low || number > high) {
        return false;
    }
    *to = (uint32_t)number;
    return true;
}

static bool read_shares(const struct queue_one *queue, const json_t *object, struct slot *slot)
{
    const json_t *shares = json_object_get(object, "shares");
    if (json_object_size(object) != (shares ? 4u : 3u) || (shares && !json_is_object(shares))) {
        return false;
    }
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)shares, key, value)
    {
        uint32_t category = category_find(queue, key);
        if (category == NOBODY ||
            !read_whole(shares, key, 0, slot->capacity, &slot->share[category])) {
            return false;
        }
    }
    return true;
}

static bool read_slot(const struct queue_one *queue, const json_t *object, struct slot *slot)
{
    *slot = (struct slot){0};
    memset(slot->share, 0xff, sizeof slot->share);
    if (!read_whole(object, "start", 1, TIME_MAX_S - 1, &slot->start_s) ||
        !read_whole(object, "end", slot->start_s + INT64_C(1), TIME_MAX_S, &slot->end_s) ||
        !read_whole(object, "capacity", 0, CAPACITY_MAX, &slot->capacity) ||
        !read_shares(queue, object, slot)) {
        return false;
    }
    slot->published = slot->capacity;
    return true;
}

/* Reads all before anything changes; starts must rise, so that none stands twice. */
static enum refusal read_slots(struct applying *applying, const struct queue_one *queue,
                               struct slot **slots, uint32_t *count)
{
    struct text_view data = applying->command->data;
    json_t *top = json_loadb(data.bytes ? data.bytes : "", data.size, JSON_REJECT_DUPLICATES, NULL);
    const json_t *array = json_object_get(top, "slots");
    size_t size = json_array_size(array);
    bool good = size > 0 && json_object_size(top) == 1 && size < QUEUE_SLOT_MAX &&
                queue->slot_count + size <= QUEUE_SLOT_MAX;
    *count = 0;
    *slots = good ? malloc(size * sizeof **slots) : NULL;
    if (good && !*slots) {
        applying->state->error = ZHOL_ERROR_MEMORY;
        good = false;
    }
    for (size_t i = 0; good && i < size; i++) {
        good = read_slot(queue, json_array_get(array, i), &(*slots)[i]) &&
               (i == 0 || (*slots)[i].start_s > (*slots)[i - 1].start_s);
        *count = (uint32_t)(i + 1);
    }
    json_decref(top);
    return good ? REFUSAL_none : REFUSAL_bad_data;
}

static enum zhol_error insert_new(struct queue_one *queue, struct slot *slots, uint32_t count)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count; i++) {
        if (slot_at(queue, slots[i].start_s) == NOBODY) {
            for (uint32_t j = 0; j < RULES_CATEGORY_MAX; j++) {
                slot_limit(queue, &slots[i], j);
            }
            error = slot_insert(queue, &slots[i]);
        }
    }
    return error ? error : slot_rooms(queue);
}

static enum zhol_error change_known(struct plan *plan, const struct slot *slots, uint32_t count)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count; i++) {
        uint32_t at = slot_at(&plan->after, slots[i].start_s);
        struct slot *slot = &plan->after.slots[at];
        slot->end_s = slots[i].end_s;
        slot->published = slots[i].published;
        memcpy(slot->share, slots[i].share, sizeof slot->share);
        error = plan_cut(plan, at, slots[i].capacity);
    }
    return error;
}

static enum zhol_error place_and_apply(struct applying *applying, struct plan *plan)
{
    enum zhol_error error = plan_place(plan);
    if (!error) {
        error = plan_apply(applying->state, plan);
    }
    applying->result->data_hash = changes_hash(applying->state);
    return error;
}

enum refusal apply_slots(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t queue = queue_find(state, applying->command->queue), count = 0;
    struct slot *slots = NULL;
    struct plan plan = {0};
    if (queue == NOBODY) {
        return REFUSAL_unknown_queue;
    }
    enum refusal refusal = read_slots(applying, &state->queues[queue], &slots, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!refusal) {
        error = insert_new(&state->queues[queue], slots, count);
    }
    if (!refusal && !error) {
        error = plan_start(state, queue, applying->now_s, CHANGE_moved_by_capacity, &plan);
    }
    if (!refusal && !error) {
        error = change_known(&plan, slots, count);
    }
    if (!refusal && !error) {
        error = place_and_apply(applying, &plan);
    }
    state->error = error ? error : state->error;
    plan_clear(&plan);
    free(slots);
    return refusal;
}

/* ---- limits and closures ---- */

/* Slots that start in the window and are not over. */
enum refusal plan_capacity(struct plan *plan, const struct command *command)
{
    struct queue_one *after = &plan->after;
    bool percent = strcmp(command->unit, "percent") == 0;
    if ((!percent && strcmp(command->unit, "count") != 0) || command->amount < 0 ||
        command->amount > (percent ? PERCENT_MAX : CAPACITY_MAX) ||
        command->from_s >= command->until_s) {
        return REFUSAL_bad_data;
    }
    bool found = false;
    for (uint32_t i = slot_position(after, command->from_s); i < after->slot_count; i++) {
        const struct slot *slot = &after->slots[after->by_start[i]];
        if ((int64_t)slot->start_s >= command->until_s) {
            break;
        }
        if (slot->end_s <= plan->now_s) {
            continue;
        }
        int64_t capacity = percent ? slot->published * command->amount / 100 : command->amount;
        capacity = capacity > CAPACITY_MAX ? CAPACITY_MAX : capacity;
        found = true;
        if (plan_cut(plan, after->by_start[i], capacity)) {
            return REFUSAL_COUNT; /* memory: told by the caller */
        }
    }
    return found ? REFUSAL_none : REFUSAL_unknown_slot;
}

/* Slots that the closure touches lose all who can move. */
enum refusal plan_closure(struct plan *plan, const struct command *command)
{
    struct queue_one *after = &plan->after;
    int64_t from = command->from_s > plan->now_s ? command->from_s : plan->now_s;
    int64_t until = command->until_s == 0 ? NOBODY : command->until_s;
    if (from > TIME_MAX_S || command->until_s < 0 || command->until_s > TIME_MAX_S ||
        (command->until_s && command->until_s <= command->from_s)) {
        return REFUSAL_bad_data;
    }
    if (until <= from) {
        return REFUSAL_too_late;
    }
    after->closed_from_s = (uint32_t)from;
    after->closed_until_s = (uint32_t)until;
    for (uint32_t i = 0; i < after->slot_count; i++) {
        const struct slot *slot = &after->slots[after->by_start[i]];
        if (slot_closed(after, slot) && plan_cut(plan, after->by_start[i], -1)) {
            return REFUSAL_COUNT;
        }
    }
    return REFUSAL_none;
}

static enum refusal with_plan(struct applying *applying, enum change_reason reason,
                              enum refusal (*change)(struct plan *, const struct command *))
{
    struct queue_state *state = applying->state;
    uint32_t queue = queue_find(state, applying->command->queue);
    struct plan plan;
    if (queue == NOBODY) {
        return REFUSAL_unknown_queue;
    }
    enum zhol_error error = plan_start(state, queue, applying->now_s, reason, &plan);
    enum refusal refusal = error ? REFUSAL_none : change(&plan, applying->command);
    if (refusal == REFUSAL_COUNT) {
        error = ZHOL_ERROR_MEMORY;
        refusal = REFUSAL_none;
    }
    if (!error && !refusal) {
        state->queues[queue].closed_from_s = plan.after.closed_from_s;
        state->queues[queue].closed_until_s = plan.after.closed_until_s;
        error = place_and_apply(applying, &plan);
    }
    state->error = error ? error : state->error;
    plan_clear(&plan);
    return refusal;
}

enum refusal apply_capacity(struct applying *applying)
{
    return with_plan(applying, CHANGE_moved_by_capacity, plan_capacity);
}

static void set_note(struct applying *applying, const char *queue_id, struct text_view note)
{
    struct queue_one *queue = &applying->state->queues[queue_find(applying->state, queue_id)];
    char *copy = malloc((size_t)note.size + 1);
    if (!copy) {
        applying->state->error = ZHOL_ERROR_MEMORY;
        return;
    }
    if (note.size) {
        memcpy(copy, note.bytes, note.size);
    }
    copy[note.size] = '\0';
    free(queue->closed_note);
    queue->closed_note = copy;
}

enum refusal apply_close(struct applying *applying)
{
    enum refusal refusal = with_plan(applying, CHANGE_moved_by_closure, plan_closure);
    if (!refusal) {
        set_note(applying, applying->command->queue, applying->command->note);
    }
    return refusal;
}

static enum refusal plan_reopening(struct plan *plan, const struct command *command)
{
    (void)command;
    if (plan->after.closed_from_s == plan->after.closed_until_s ||
        plan->after.closed_until_s <= plan->now_s) {
        return REFUSAL_wrong_state;
    }
    plan->after.closed_from_s = plan->after.closed_until_s = 0;
    return REFUSAL_none;
}

enum refusal apply_reopen(struct applying *applying)
{
    enum refusal refusal = with_plan(applying, CHANGE_moved_by_closure, plan_reopening);
    if (!refusal) {
        set_note(applying, applying->command->queue, TEXT(""));
    }
    return refusal;
}

static bool copy_changes(const struct plan *plan, struct change **changes)
{
    *changes = malloc(((size_t)plan->move_count + 1) * sizeof **changes);
    for (uint32_t i = 0; *changes && i < plan->move_count; i++) {
        const struct move *move = &plan->moves[i];
        const struct place *row = &plan->state->places[move->place];
        const struct slot *slots = plan->after.slots;
        (*changes)[i] = (struct change){row->id, row->state, (uint8_t)plan->reason,
                                        move->to == NOBODY ? 0 : slots[move->to].start_s,
                                        move->from == NOBODY ? 0 : slots[move->from].start_s};
    }
    return *changes != NULL;
}

enum zhol_error queue_preview(const struct queue_state *state, const struct command *command,
                              struct change **changes, uint32_t *count)
{
    bool closing = command->kind == COMMAND_close;
    uint32_t queue = queue_find(state, command->queue);
    uint32_t now_s = command->time_s > state->now_s && command->time_s <= TIME_MAX_S
                         ? (uint32_t)command->time_s
                         : state->now_s;
    struct plan plan;
    *changes = NULL;
    *count = 0;
    if (queue == NOBODY) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!closing && command->kind != COMMAND_capacity_set) {
        return ZHOL_ERROR_USAGE;
    }
    enum zhol_error error = plan_start(
        state, queue, now_s, closing ? CHANGE_moved_by_closure : CHANGE_moved_by_capacity, &plan);
    if (!error) {
        enum refusal refusal =
            closing ? plan_closure(&plan, command) : plan_capacity(&plan, command);
        error = refusal == REFUSAL_COUNT ? ZHOL_ERROR_MEMORY
                : refusal                ? ZHOL_ERROR_INVALID
                                         : plan_place(&plan);
    }
    if (!error && copy_changes(&plan, changes)) {
        *count = plan.move_count;
    } else if (!error) {
        error = ZHOL_ERROR_MEMORY;
    }
    plan_clear(&plan);
    return error;
}
