/* queue.c: the fold of a checkpoint: takes a command, hands it to its function, gathers the result.
 *
 * Also what the writer must know around a command: claims, marks, windows.
 */
#include "operate/queue_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum zhol_error queue_new(const char *stream, struct queue_state **state)
{
    *state = calloc(1, sizeof **state);
    if (!*state) {
        return ZHOL_ERROR_MEMORY;
    }
    if (strlen(stream) >= sizeof(*state)->stream) {
        free(*state);
        *state = NULL;
        return ZHOL_ERROR_LIMIT;
    }
    snprintf((*state)->stream, sizeof(*state)->stream, "%s", stream);
    return ZHOL_ERROR_OK;
}

void queue_free(struct queue_state *state)
{
    if (!state) {
        return;
    }
    for (uint32_t i = 0; i < state->queue_count; i++) {
        struct queue_one *queue = &state->queues[i];
        free(queue->rules_text);
        free(queue->slots);
        free(queue->by_start);
        free(queue->closed_note);
        free(queue->per_hour);
        for (uint32_t j = 0; j < RULES_CATEGORY_MAX; j++) {
            free(queue->room[j]);
        }
    }
    for (uint32_t i = 0; i < INDEX_COUNT; i++) {
        free(state->indices[i].slots);
    }
    free(state->places);
    free(state->terms);
    free(state->changes);
    free(state->lines);
    free(state->marks);
    free(state->freed);
    free(state);
}

/* Says by which rule of which set: "kz-2025.block". */
enum refusal refuse(struct applying *applying, const struct queue_one *queue, enum refusal refusal,
                    const char *rule)
{
    snprintf(applying->result->rule, sizeof applying->result->rule, "%s.%s", queue->rules.rule_set,
             rule);
    return refusal;
}

/* Owners may touch their own places only. */
enum refusal find_place(struct applying *applying, uint32_t states, uint32_t *place)
{
    const struct command *command = applying->command;
    *place = index_place(applying->state, command->place);
    if (command->place == 0 || *place == NOBODY) {
        return REFUSAL_unknown_place;
    }
    const struct place *row = &applying->state->places[*place];
    if (command->role == ROLE_carrier && command->carrier && command->carrier != row->carrier) {
        return REFUSAL_not_yours;
    }
    return (states >> row->state & 1) ? REFUSAL_none : REFUSAL_wrong_state;
}

static enum refusal dispatch(struct applying *applying)
{
    switch (applying->command->kind) {
    case COMMAND_rules_set:
        return apply_rules(applying);
    case COMMAND_slots_publish:
        return apply_slots(applying);
    case COMMAND_capacity_set:
        return apply_capacity(applying);
    case COMMAND_close:
        return apply_close(applying);
    case COMMAND_reopen:
        return apply_reopen(applying);
    case COMMAND_round_open:
        return apply_round_open(applying);
    case COMMAND_round_draw:
        return apply_round_draw(applying);
    case COMMAND_request:
    case COMMAND_book:
    case COMMAND_book_next:
    case COMMAND_join:
        return apply_booking(applying);
    case COMMAND_driver_add:
        return apply_driver_add(applying);
    case COMMAND_vehicle_swap:
        return apply_vehicle_swap(applying);
    case COMMAND_postpone:
        return apply_postpone(applying);
    case COMMAND_cancel:
        return apply_cancel(applying);
    case COMMAND_arrive:
        return apply_arrive(applying);
    case COMMAND_call_forward:
        return apply_call(applying);
    case COMMAND_enter:
        return apply_enter(applying);
    case COMMAND_clear:
        return apply_clear(applying);
    case COMMAND_refuse:
        return apply_refuse(applying);
    case COMMAND_no_show:
        return apply_no_show(applying);
    case COMMAND_sweep:
        return apply_sweep(applying);
    case COMMAND_appeal:
        return apply_appeal(applying);
    case COMMAND_decide:
        return apply_decide(applying);
    default:
        return REFUSAL_bad_data;
    }
}

enum zhol_error queue_apply(struct queue_state *state, const struct command *command,
                            const struct given *given, struct result *result)
{
    *result = (struct result){0};
    state->error = ZHOL_ERROR_OK;
    state->change_count = state->line_count = state->mark_count = state->freed_count = 0;
    struct applying applying = {state, command, given, result, state->now_s};
    if (command->time_s < 0 || command->time_s > TIME_MAX_S) {
        result->refusal = REFUSAL_bad_data;
        return ZHOL_ERROR_OK;
    }
    if (command->time_s > state->now_s) {
        applying.now_s = state->now_s = (uint32_t)command->time_s;
    }
    result->refusal = dispatch(&applying);
    result->changes = state->changes;
    result->change_count = state->change_count;
    result->lines = state->lines;
    result->line_count = state->line_count;
    uint32_t place = command->place ? index_place(state, command->place) : NOBODY;
    if (!result->refusal && place != NOBODY) {
        const struct place *row = &state->places[place];
        result->number = row->number;
        result->slot_s = place_slot_s(state, row);
        result->position = place_position(state, place);
    }
    return state->error;
}

static uint32_t need_place(const struct queue_state *state, const struct place *row,
                           struct claim_need *needs)
{
    claim_write(state, row->scope, "vehicle", row->vehicle, &needs[0]);
    for (uint32_t i = 0; i < row->driver_count; i++) {
        claim_write(state, row->scope, "driver", row->drivers[i], &needs[i + 1]);
    }
    return row->driver_count + 1u;
}

uint32_t queue_claims_needed(const struct queue_state *state, const struct command *command,
                             struct claim_need needs[4])
{
    uint32_t queue = queue_find(state, command->queue);
    uint32_t place = command->place ? index_place(state, command->place) : NOBODY;
    const struct place *row = place == NOBODY ? NULL : &state->places[place];
    switch (command->kind) {
    case COMMAND_request:
    case COMMAND_book:
    case COMMAND_book_next:
    case COMMAND_join:
        if (queue == NOBODY || row) {
            return 0; /* will be refused */
        }
        claim_write(state, queue_scope(state, queue), "vehicle", command->vehicle, &needs[0]);
        claim_write(state, queue_scope(state, queue), "driver", command->driver, &needs[1]);
        return 2;
    case COMMAND_driver_add:
        if (row) {
            claim_write(state, row->scope, "driver", command->driver, &needs[0]);
        }
        return row ? 1 : 0;
    case COMMAND_vehicle_swap:
        if (row) {
            claim_write(state, row->scope, "vehicle", command->vehicle, &needs[0]);
        }
        return row ? 1 : 0;
    case COMMAND_decide:
        if (row && strcmp(command->unit, "upheld") == 0 && row->appeal == APPEAL_OPEN &&
            (row->state == PLACE_no_show || row->state == PLACE_refused)) {
            return need_place(state, row, needs);
        }
        return 0;
    default:
        return 0;
    }
}

uint32_t queue_claims_freed(const struct queue_state *state, const struct result *result,
                            const struct claim_need **freed)
{
    *freed = state->freed;
    return result->refusal ? 0 : state->freed_count;
}

uint32_t queue_marks(const struct queue_state *state, const struct result *result,
                     const struct mark_need **marks)
{
    *marks = state->marks;
    return result->refusal ? 0 : state->mark_count;
}

void queue_windows(const struct queue_state *state, const struct command *command,
                   int64_t *no_show_s, int64_t *cancel_s, int64_t *postpone_s)
{
    uint32_t place = command->place ? index_place(state, command->place) : NOBODY;
    uint32_t queue =
        place == NOBODY ? queue_find(state, command->queue) : state->places[place].queue;
    *no_show_s = *cancel_s = *postpone_s = TIME_MAX_S;
    if (queue != NOBODY) {
        const struct queue_rules *rules = &state->queues[queue].rules;
        *no_show_s = rules->no_show_window_s < 0 ? TIME_MAX_S : rules->no_show_window_s;
        *cancel_s = rules->cancel_window_s < 0 ? TIME_MAX_S : rules->cancel_window_s;
        *postpone_s = rules->postpone_window_s < 0 ? TIME_MAX_S : rules->postpone_window_s;
    }
}
