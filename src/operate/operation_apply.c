/* operation_apply.c: one command on the writer's thread: what other streams know of it, its claims,
 * the fold, its entry; and a stored entry applied again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "operate/given.h"
#include "operate/operation_state.h"
#include "operate/vault.h"

enum { NEED_MAX = 4, HOLDER_SIZE = COMMAND_NAME_SIZE + OPAQUE_TEXT_SIZE };

/* ---- streams ---- */

struct stream *find_stream(const struct operation *operation, const char *name)
{
    for (uint32_t i = 0; i < operation->stream_count; i++) {
        if (strcmp(operation->streams[i].name, name) == 0) {
            return (struct stream *)&operation->streams[i];
        }
    }
    return NULL;
}

enum zhol_error add_stream(struct operation *operation, const char *name, struct stream **out)
{
    if (!stream_name_good(name)) {
        return ZHOL_ERROR_INVALID;
    }
    if (operation->stream_count == STREAM_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    struct stream *stream = &operation->streams[operation->stream_count];
    *stream = (struct stream){.swept_s = INT64_MIN};
    memcpy(stream->name, name, strlen(name));
    if (strcmp(name, REGISTRY_STREAM) != 0) {
        enum zhol_error error = queue_new(name, &stream->queue);
        if (error) {
            return error;
        }
    }
    operation->stream_count++;
    *out = stream;
    return ZHOL_ERROR_OK;
}

/* ---- claims ---- */

struct claims {
    const struct claim_need *needs;
    uint32_t count;
    bool taken[NEED_MAX]; /* by this command: to be given back when it is refused */
};

static enum zhol_error release_taken(struct store *store, struct claims *claims)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < claims->count && !error; i++) {
        if (claims->taken[i]) {
            error =
                store_release(store, claims->needs[i].scope, text_view_of(claims->needs[i].key));
            claims->taken[i] = false;
        }
    }
    return error;
}

/* All or none. What the holder has already is not taken a second time. */
static enum zhol_error take_claims(struct operation *operation, struct claims *claims,
                                   const char *holder, struct given *given)
{
    struct buffer *held_by = &operation->group.scratch;
    for (uint32_t i = 0; i < claims->count; i++) {
        buffer_reset(held_by);
        enum zhol_error error =
            store_claim(operation->store, claims->needs[i].scope,
                        text_view_of(claims->needs[i].key), text_view_of(holder), held_by);
        if (error && error != ZHOL_ERROR_DUPLICATE) {
            return error;
        }
        claims->taken[i] = !error;
        if (error && strcmp(buffer_get(held_by), holder) != 0) {
            snprintf(given->held_by, sizeof given->held_by, "%s", buffer_get(held_by));
            return release_taken(operation->store, claims);
        }
    }
    given->claimed = claims->count > 0;
    return ZHOL_ERROR_OK;
}

static void holder_of(const char *stream, uint64_t id, char holder[HOLDER_SIZE])
{
    char text[OPAQUE_TEXT_SIZE];
    opaque_write(id, text);
    snprintf(holder, HOLDER_SIZE, "%s %s", stream, text);
}

/* ---- personal data ---- */

static uint64_t registered(const struct command *command)
{
    switch (command->kind) {
    case COMMAND_carrier_register:
        return command->carrier;
    case COMMAND_vehicle_register:
        return command->vehicle;
    case COMMAND_driver_register:
        return command->driver;
    default:
        return 0;
    }
}

static void write_claims(struct buffer *lines, const struct attachment *attachment)
{
    buffer_reset(lines);
    for (uint32_t i = 0; i < attachment->unique_count; i++) {
        buffer_printf(lines, "%s %s\n", attachment->unique[i].scope, attachment->unique[i].key);
    }
}

/* What the registration of a subject claims is remembered with it, one "scope key" a line, so that
 * erasing can give it back: the fingerprints themselves tell nothing of whom they are. */
static enum zhol_error attach(struct operation *operation, const struct submission *submission)
{
    const struct attachment *attachment = &submission->attachment;
    char id[OPAQUE_TEXT_SIZE];
    struct buffer *lines = &operation->group.scratch;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (attachment->sealed.size) {
        error = vault_put(operation->store, attachment->subject, attachment->sealed);
    }
    if (error || !attachment->unique_count) {
        return error;
    }
    write_claims(lines, attachment);
    opaque_write(registered(&submission->command), id);
    return lines->error ? lines->error
                        : store_put(operation->store, "subject_claims", text_view_of(id),
                                    (struct text_view){buffer_get(lines), (uint32_t)lines->size});
}

enum zhol_error attachment_same(struct operation *operation, const struct command *stored,
                                const struct attachment *attachment, bool *same)
{
    char id[OPAQUE_TEXT_SIZE];
    struct buffer claims = {0};
    struct buffer *lines = &operation->group.scratch;
    opaque_write(registered(stored), id);
    write_claims(lines, attachment);
    enum zhol_error error =
        store_get(operation->store, "subject_claims", text_view_of(id), &claims);
    if (!error) {
        *same = text_equal((struct text_view){buffer_get(&claims), (uint32_t)claims.size},
                           (struct text_view){buffer_get(lines), (uint32_t)lines->size});
    }
    error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error ? error : lines->error;
    buffer_clear(&claims);
    return error;
}

static enum zhol_error erase_subject(struct operation *operation, uint64_t subject)
{
    char id[OPAQUE_TEXT_SIZE], scope[STORE_NAME_SIZE];
    struct buffer *lines = &operation->group.scratch;
    buffer_reset(lines);
    opaque_write(subject, id);
    enum zhol_error error = vault_erase(operation->store, subject);
    if (!error) {
        error = store_get(operation->store, "subject_claims", text_view_of(id), lines);
        if (error == ZHOL_ERROR_UNKNOWN) {
            return ZHOL_ERROR_OK;
        }
    }
    struct text_view rest = {buffer_get(lines), (uint32_t)lines->size};
    while (rest.size && !error) {
        struct text_view line = text_cut(&rest, '\n'), name = text_cut(&line, ' ');
        snprintf(scope, sizeof scope, "%.*s", (int)name.size, name.bytes);
        error = store_release(operation->store, scope, line);
    }
    return error ? error : store_remove(operation->store, "subject_claims", text_view_of(id));
}

/* ---- the fold ---- */

static enum zhol_error fold(struct operation *operation, struct stream *stream,
                            const struct command *command, const struct given *given,
                            struct result *result)
{
    char why[WHY_SIZE] = "";
    enum zhol_error error = stream->queue
                                ? queue_apply(stream->queue, command, given, result)
                                : registry_apply(operation->registry, command, given, result);
    if (!error && operation->options.verify &&
        !(stream->queue ? queue_verify(stream->queue, why, sizeof why)
                        : registry_verify(operation->registry, why, sizeof why))) {
        operation_stop(operation, ZHOL_ERROR_INTERNAL, why);
        error = ZHOL_ERROR_INTERNAL;
    }
    return error;
}

/* Gives back what the result set free; the new place's own claims stay. */
static enum zhol_error release_freed(struct operation *operation, const struct stream *stream,
                                     const struct result *result)
{
    const struct claim_need *freed = NULL;
    uint32_t count = stream->queue ? queue_claims_freed(stream->queue, result, &freed) : 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < count && !error; i++) {
        error = store_release(operation->store, freed[i].scope, text_view_of(freed[i].key));
    }
    return error;
}

/* ---- the entry ---- */

static enum zhol_error keep_result(struct group *group, struct outcome *outcome)
{
    const struct result *result = &outcome->entry.result;
    enum zhol_error error = ARRAY_RESERVE(group->changes, group->change_capacity,
                                          group->change_count + result->change_count);
    if (!error) {
        error = ARRAY_RESERVE(group->lines, group->line_capacity,
                              group->line_count + result->line_count);
    }
    if (error) {
        return error;
    }
    outcome->changes_at = group->change_count;
    outcome->lines_at = group->line_count;
    if (result->change_count) {
        memcpy(group->changes + group->change_count, result->changes,
               result->change_count * sizeof *result->changes);
    }
    if (result->line_count) {
        memcpy(group->lines + group->line_count, result->lines,
               result->line_count * sizeof *result->lines);
    }
    group->change_count += result->change_count;
    group->line_count += result->line_count;
    return ZHOL_ERROR_OK;
}

/* "actor key": two actors may choose the same key. */
static struct text_view store_key(const struct command *command, char *text, size_t size)
{
    if (!command->key.size) {
        return (struct text_view){"", 0};
    }
    opaque_write(command->actor, text);
    text[16] = ' ';
    memcpy(text + 17, command->key.bytes, command->key.size < size - 17 ? command->key.size : 0);
    return (struct text_view){text, 17 + command->key.size};
}

static enum zhol_error append(struct operation *operation, struct stream *stream,
                              struct outcome *outcome)
{
    struct group *group = &operation->group;
    char key[256];
    outcome->bytes_at = group->bytes.size;
    enum zhol_error error = entry_write(&outcome->entry, &group->bytes, outcome->hash);
    if (error) {
        return error;
    }
    outcome->bytes_size = group->bytes.size - outcome->bytes_at;
    struct store_entry stored = {
        .stream = stream->name,
        .seq = outcome->entry.seq,
        .time_s = outcome->entry.command.time_s,
        .key = store_key(&outcome->entry.command, key, sizeof key),
        .bytes = {group->bytes.bytes + outcome->bytes_at, (uint32_t)outcome->bytes_size}};
    memcpy(stored.hash, outcome->hash, HASH_SIZE);
    error = store_append(operation->store, &stored);
    if (!error) {
        stream->seq = stored.seq;
        operation->time_s = stored.time_s;
        memcpy(stream->hash, stored.hash, HASH_SIZE);
        operation->changed_since_anchor |= outcome->entry.command.kind != COMMAND_anchor;
    }
    return error;
}

/* ---- one command ---- */

/* A key that was used before gives the stored entry again. */
static enum zhol_error repeat(struct operation *operation, struct outcome *outcome, bool *repeated)
{
    struct group *group = &operation->group;
    const struct command *command = &outcome->submission->command;
    char key[256];
    uint64_t seq;
    outcome->bytes_at = group->bytes.size;
    enum zhol_error error =
        store_find_key(operation->store, command->stream, store_key(command, key, sizeof key), &seq,
                       &group->bytes);
    *repeated = !error;
    outcome->repeated = !error;
    outcome->bytes_size = group->bytes.size - outcome->bytes_at;
    return error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
}

static enum zhol_error send_marks(struct operation *operation, const struct stream *stream,
                                  const struct result *result, int64_t time_s)
{
    const struct mark_need *marks = NULL;
    uint32_t count = queue_marks(stream->queue, result, &marks);
    enum zhol_error error = ZHOL_ERROR_OK;
    /* The registry's commands leave the queue's state, in which the marks lie, as it is. */
    for (uint32_t i = 0; i < count && !error; i++) {
        bool lift = strncmp(marks[i].what, "lift ", 5) == 0; /* and the kind of mark */
        struct submission *submission;
        struct command command = {.kind = lift ? COMMAND_mark_lift : COMMAND_mark_add,
                                  .stream = REGISTRY_STREAM,
                                  .role = ROLE_system,
                                  .time_s = time_s,
                                  .subject = marks[i].subject,
                                  .until_s = marks[i].until_s};
        command.note = text_view_of(marks[i].what + (lift ? 5 : 0));
        error = submission_new(&command, NULL, &submission);
        if (!error) {
            error = apply_submission(operation, submission);
        }
    }
    return error;
}

/* Claims, fold, and what follows from the result, for an outcome whose entry is begun. */
static enum zhol_error apply_new(struct operation *operation, struct stream *stream,
                                 struct outcome *outcome)
{
    struct entry *entry = &outcome->entry;
    const struct submission *submission = outcome->submission;
    struct claim_need needs[NEED_MAX];
    struct claims claims = {.needs = needs};
    char holder[HOLDER_SIZE];
    if (stream->queue) {
        given_look_up(operation->registry, stream->queue, &entry->command, &entry->given);
        claims.count = queue_claims_needed(stream->queue, &entry->command, needs);
        holder_of(stream->name, entry->command.place, holder);
    } else {
        bool unique = submission->attached && submission->attachment.unique_count;
        claims.needs = unique ? submission->attachment.unique : needs;
        claims.count = unique ? submission->attachment.unique_count : 0;
        holder_of(stream->name, registered(&entry->command), holder);
    }
    enum zhol_error error = take_claims(operation, &claims, holder, &entry->given);
    if (!stream->queue && !claims.count) {
        entry->given.claimed = registered(&entry->command) != 0; /* nothing has to be unique */
    }
    if (!error) {
        error = fold(operation, stream, &entry->command, &entry->given, &entry->result);
    }
    if (error) {
        return error;
    }
    bool done = entry->result.refusal == REFUSAL_none;
    error = done ? ZHOL_ERROR_OK : release_taken(operation->store, &claims);
    if (!error) {
        error = release_freed(operation, stream, &entry->result);
    }
    if (!error && done && submission->attached) {
        error = attach(operation, submission);
    }
    if (!error && done && entry->command.kind == COMMAND_subject_erase) {
        error = erase_subject(operation, entry->command.subject);
    }
    return error;
}

static enum zhol_error begin_outcome(struct operation *operation, struct submission *submission,
                                     struct outcome **outcome)
{
    struct group *group = &operation->group;
    enum zhol_error error = ARRAY_RESERVE(group->outcomes, group->capacity, group->count + 1);
    if (error) {
        submission_answer(submission, &(struct answer){.error = error});
        return error;
    }
    *outcome = &group->outcomes[group->count++];
    memset(*outcome, 0, sizeof **outcome);
    (*outcome)->submission = submission;
    return ZHOL_ERROR_OK;
}

enum zhol_error apply_submission(struct operation *operation, struct submission *submission)
{
    struct outcome *outcome;
    struct stream *stream = find_stream(operation, submission->command.stream);
    bool repeated = false;
    enum zhol_error error = begin_outcome(operation, submission, &outcome);
    if (!error && submission->command.key.size) {
        error = repeat(operation, outcome, &repeated);
    }
    if (!error && !repeated && !stream) {
        outcome->error = add_stream(operation, submission->command.stream, &stream);
    }
    if (error || repeated || outcome->error) {
        return error;
    }
    struct entry *entry = &outcome->entry;
    int64_t now_s = operation_now(operation);
    memcpy(entry->stream, stream->name, sizeof entry->stream);
    memcpy(entry->prev, stream->hash, HASH_SIZE);
    entry->seq = stream->seq + 1;
    entry->command = submission->command;
    /* Never back, over all streams: an audit that merges them by time sees claims in order. */
    entry->command.time_s = now_s > operation->time_s ? now_s : operation->time_s;
    error = apply_new(operation, stream, outcome);
    if (!error) {
        error = keep_result(&operation->group, outcome);
    }
    if (!error) {
        error = append(operation, stream, outcome);
    }
    if (!error && stream->queue) {
        /* The outcome may move while marks are added behind it. */
        struct result result = entry->result;
        error = send_marks(operation, stream, &result, entry->command.time_s);
    }
    return error;
}

/* ---- a stored entry again ---- */

static enum zhol_error say(const struct stream *stream, uint64_t seq, const char *what,
                           struct zhol_report *report)
{
    char where[32];
    snprintf(where, sizeof where, "seq %llu", (unsigned long long)seq);
    return zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                          .code = ZHOL_ERROR_INVALID,
                                                          .file = stream->name,
                                                          .column = where,
                                                          .value = what,
                                                          .expected = "a journal that nobody has "
                                                                      "changed: see zhol audit"});
}

enum zhol_error fold_entry(struct operation *operation, struct stream *stream,
                           const struct store_entry *stored, struct entry *entry,
                           struct zhol_report *report)
{
    uint8_t hash[HASH_SIZE];
    struct result result;
    entry_hash(stored->bytes, hash);
    if (memcmp(hash, stored->hash, HASH_SIZE) != 0) {
        return say(stream, stored->seq, "the entry's text does not have its hash", report);
    }
    enum zhol_error error = entry_read_next(stored->bytes, entry, report);
    if (error) {
        return error == ZHOL_ERROR_SYNTAX
                   ? say(stream, stored->seq, "the entry's text cannot be read", report)
                   : error;
    }
    if (entry->seq != stored->seq || entry->seq != stream->seq + 1 ||
        memcmp(entry->prev, stream->hash, HASH_SIZE) != 0 ||
        strcmp(entry->stream, stream->name) != 0) {
        return say(stream, stored->seq, "the chain is broken before this entry", report);
    }
    if (command_stream_of(entry->command.kind) !=
        (stream->queue ? STREAM_QUEUE : STREAM_REGISTRY)) {
        return say(stream, stored->seq, "a command of another stream", report);
    }
    error = fold(operation, stream, &entry->command, &entry->given, &result);
    if (error) {
        return error;
    }
    if (!result_equal(&result, &entry->result)) {
        return say(stream, stored->seq, "applied again, the command gives another result", report);
    }
    stream->seq = entry->seq;
    if (entry->command.time_s > operation->time_s) {
        operation->time_s = entry->command.time_s;
    }
    memcpy(stream->hash, hash, HASH_SIZE);
    return ZHOL_ERROR_OK;
}
