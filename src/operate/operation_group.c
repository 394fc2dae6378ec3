/* operation_group.c: one group of commands: applied in order, committed once, then answered. */
#include <stdlib.h>
#include <string.h>

#include "operate/operation_state.h"

enum { HOUR_S = 3600, SWEEP_EVERY_S = 60 };

/* ---- what is due by itself ---- */

static bool anchor_due(const struct operation *operation, int64_t now_s)
{
    return !operation->options.quiet && operation->changed_since_anchor &&
           now_s / HOUR_S > operation->anchor_hour;
}

/* Looks at most once a second, since the answer may cost. */
static bool sweep_due(struct stream *stream, int64_t now_s)
{
    int64_t next_s;
    if (!stream->queue || stream->sweep_looked_s == now_s ||
        (stream->swept_s > now_s - SWEEP_EVERY_S && stream->swept_s <= now_s)) {
        return false;
    }
    stream->sweep_looked_s = now_s;
    return queue_sweep_due(stream->queue, now_s, &next_s);
}

/* Under the gate, since another thread may add a stream. */
static bool find_sweeps(struct operation *operation, uint64_t sweeps[STREAM_MAX / 64],
                        int64_t now_s)
{
    bool due = false;
    if (operation->options.quiet) {
        return false;
    }
    gate_read(&operation->gate);
    for (uint32_t i = 0; i < operation->stream_count; i++) {
        if (sweep_due(&operation->streams[i], now_s)) {
            sweeps[i / 64] |= (uint64_t)1 << (i % 64);
            due = true;
        }
    }
    gate_read_end(&operation->gate);
    return due;
}

static enum zhol_error apply_own(struct operation *operation, const struct command *command)
{
    struct submission *submission;
    enum zhol_error error = submission_new(command, NULL, &submission);
    return error ? error : apply_submission(operation, submission);
}

static enum zhol_error apply_sweeps(struct operation *operation, uint64_t due[STREAM_MAX / 64],
                                    int64_t now_s)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < operation->stream_count && !error; i++) {
        if (due[i / 64] >> (i % 64) & 1) {
            struct command command = {.kind = COMMAND_sweep, .role = ROLE_system};
            memcpy(command.stream, operation->streams[i].name, sizeof command.stream);
            operation->streams[i].swept_s = now_s;
            error = apply_own(operation, &command);
        }
    }
    return error;
}

/* The anchor comes last in its group, so that it holds what the group made. */
static enum zhol_error apply_anchor(struct operation *operation, int64_t now_s)
{
    struct buffer data = {0};
    struct command command = {
        .kind = COMMAND_anchor, .stream = REGISTRY_STREAM, .role = ROLE_system};
    enum zhol_error error = operation_heads(operation, &data);
    if (!error) {
        command.data = (struct text_view){buffer_get(&data), (uint32_t)data.size};
        error = apply_own(operation, &command);
    }
    buffer_clear(&data);
    operation->anchor_hour = now_s / HOUR_S;
    operation->changed_since_anchor = false;
    return error;
}

/* ---- the group ---- */

static void group_reset(struct group *group)
{
    for (uint32_t i = 0; i < group->count; i++) {
        if (group->outcomes[i].repeated) {
            entry_clear(&group->outcomes[i].entry);
        }
    }
    group->count = group->change_count = group->line_count = 0;
    buffer_reset(&group->bytes);
    buffer_reset(&group->scratch);
}

static struct text_view bytes_of(const struct group *group, const struct outcome *outcome)
{
    return (struct text_view){group->bytes.bytes + outcome->bytes_at,
                              (uint32_t)outcome->bytes_size};
}

/* Registrations say who it is in sealed fields that no journal holds: what of them is unique tells
 * whether it is the same vehicle, driver or carrier. */
static enum zhol_error same_again(struct operation *operation, const struct outcome *outcome,
                                  bool *same)
{
    const struct submission *submission = outcome->submission;
    const struct command *stored = &outcome->entry.command;
    *same = command_same(stored, &submission->command, operation_now(operation));
    bool done = outcome->entry.result.refusal == REFUSAL_none;
    return *same && done && submission->attached
               ? attachment_same(operation, stored, &submission->attachment, same)
               : ZHOL_ERROR_OK;
}

/* Nothing moves any more: positions become pointers, and stored entries are read. */
static enum zhol_error settle(struct operation *operation)
{
    struct group *group = &operation->group;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < group->count && !error; i++) {
        struct outcome *outcome = &group->outcomes[i];
        struct result *result = &outcome->entry.result;
        if (outcome->error) {
            continue;
        }
        if (!outcome->repeated) {
            result->changes = result->change_count ? group->changes + outcome->changes_at : NULL;
            result->lines = result->line_count ? group->lines + outcome->lines_at : NULL;
            continue;
        }
        error = entry_read(bytes_of(group, outcome), &outcome->entry, NULL);
        if (!error) {
            entry_hash(bytes_of(group, outcome), outcome->hash);
        }
        bool same = true;
        if (!error) {
            error = same_again(operation, outcome, &same);
        }
        /* One key, two different things asked: neither answer would be right. */
        if (!error && !same) {
            outcome->error = ZHOL_ERROR_CONFLICT;
        }
    }
    return error;
}

static enum zhol_error join(struct operation *operation)
{
    const struct group *group = &operation->group;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < group->count && !error; i++) {
        const struct outcome *outcome = &group->outcomes[i];
        for (uint32_t j = 0; j < operation->joiner_count && !error; j++) {
            if (!outcome->error && !outcome->repeated) {
                error = operation->joiners[j].joiner(operation->joiners[j].context, &outcome->entry,
                                                     bytes_of(group, outcome));
            }
        }
    }
    return error;
}

static enum zhol_error apply_all(struct operation *operation, struct submission **list,
                                 uint64_t sweeps[STREAM_MAX / 64], int64_t now_s)
{
    enum zhol_error error = apply_sweeps(operation, sweeps, now_s);
    while (*list && !error) {
        struct submission *next = (*list)->next;
        error = apply_submission(operation, *list);
        *list = next;
    }
    if (!error && anchor_due(operation, now_s)) {
        error = apply_anchor(operation, now_s);
    }
    if (!error) {
        error = settle(operation);
    }
    if (!error) {
        error = join(operation);
    }
    return error ? error : snapshot_advance(operation);
}

/* ---- answers ---- */

static void count_outcome(struct operation *operation, const struct outcome *outcome)
{
    atomic_fetch_add(&operation->commands, 1);
    if (outcome->repeated) {
        atomic_fetch_add(&operation->repeated, 1);
    } else if (outcome->entry.result.refusal != REFUSAL_none) {
        atomic_fetch_add(&operation->refused, 1);
    }
}

static void answer_all(struct operation *operation)
{
    struct group *group = &operation->group;
    for (uint32_t i = 0; i < group->count; i++) {
        struct outcome *outcome = &group->outcomes[i];
        struct answer answer = {.error = outcome->error, .repeated = outcome->repeated};
        if (!answer.error) {
            answer.seq = outcome->entry.seq;
            answer.bytes = bytes_of(group, outcome);
            answer.entry = &outcome->entry;
            memcpy(answer.hash, outcome->hash, HASH_SIZE);
        }
        count_outcome(operation, outcome);
        if (outcome->submission->done) {
            outcome->submission->done(outcome->submission->context, &answer);
        }
    }
}

static void tell_listeners(struct operation *operation)
{
    struct group *group = &operation->group;
    struct listening listeners[LISTENER_MAX];
    pthread_mutex_lock(&operation->lock);
    uint32_t listener_count = operation->listener_count;
    memcpy(listeners, operation->listeners, sizeof listeners);
    pthread_mutex_unlock(&operation->lock);
    for (uint32_t i = 0; i < group->count && listener_count; i++) {
        const struct outcome *outcome = &group->outcomes[i];
        for (uint32_t j = 0; j < listener_count && !outcome->error && !outcome->repeated; j++) {
            listeners[j].listener(listeners[j].context, &outcome->entry, bytes_of(group, outcome));
        }
    }
}

/* Submissions live until listeners have read the texts of their commands. */
static void free_submissions(struct group *group)
{
    for (uint32_t i = 0; i < group->count; i++) {
        free(group->outcomes[i].submission);
    }
}

static void fail_all(struct operation *operation, struct submission *list, enum zhol_error error)
{
    struct group *group = &operation->group;
    for (uint32_t i = 0; i < group->count; i++) {
        submission_answer(group->outcomes[i].submission, &(struct answer){.error = error});
    }
    while (list) {
        struct submission *next = list->next;
        submission_answer(list, &(struct answer){.error = error});
        list = next;
    }
    inbox_fail(operation, error);
}

/* ---- the step ---- */

static enum zhol_error run_group(struct operation *operation, struct submission **list,
                                 uint64_t sweeps[STREAM_MAX / 64], int64_t now_s)
{
    enum zhol_error error = store_begin(operation->store);
    if (error) {
        return error;
    }
    error = apply_all(operation, list, sweeps, now_s);
    if (error) {
        store_rollback(operation->store);
        return error;
    }
    return store_commit(operation->store);
}

/* A transaction without content asks the store whether it is still ours: a server that nobody
 * writes to must not go on showing a queue that another one has taken over. */
enum zhol_error operation_check_owner(struct operation *operation)
{
    enum zhol_error error = store_begin(operation->store);
    if (!error) {
        store_rollback(operation->store);
        return ZHOL_ERROR_OK;
    }
    operation_stop(operation, error, "the store does not answer");
    inbox_fail(operation, ZHOL_ERROR_IO);
    return error;
}

enum zhol_error operation_step(struct operation *operation, uint32_t *applied)
{
    struct group *group = &operation->group;
    uint64_t sweeps[STREAM_MAX / 64] = {0};
    int64_t now_s = operation_now(operation);
    bool due = anchor_due(operation, now_s) || operation->saving.active;
    *applied = 0;
    if (atomic_load(&operation->stopped)) {
        return ZHOL_ERROR_IO;
    }
    due |= find_sweeps(operation, sweeps, now_s);
    struct submission *list = inbox_take(operation, operation->options.group_max);
    if (!list && !due) {
        return ZHOL_ERROR_OK;
    }
    gate_write(&operation->gate);
    enum zhol_error error = run_group(operation, &list, sweeps, now_s);
    if (error) {
        operation_stop(operation, error, "a group of commands could not be made durable");
    }
    gate_write_end(&operation->gate);
    if (error) {
        fail_all(operation, list, ZHOL_ERROR_IO);
    } else {
        *applied = group->count;
        atomic_fetch_add(&operation->groups, 1);
        answer_all(operation);
        tell_listeners(operation);
        free_submissions(group);
    }
    group_reset(group);
    return error;
}
