/* operation.c: the running operation: opening and closing, the writer's thread, readers and
 * listeners (operate/operation.h).
 */
#include "operate/operation.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "base/time.h"
#include "operate/operation_state.h"

enum { GROUP_MAX = 256, SNAPSHOT_EVERY = 100000, INBOX_MAX = 65536, LOOK_EVERY_S = 1 };

int64_t operation_now(const struct operation *operation)
{
    const struct operation_options *options = &operation->options;
    return options->clock ? options->clock(options->clock_context) : time_now_s();
}

/* ---- stopping ---- */

void operation_stop(struct operation *operation, enum zhol_error error, const char *what)
{
    pthread_mutex_lock(&operation->lock);
    if (!atomic_load(&operation->stopped)) {
        bool taken = error == ZHOL_ERROR_CONFLICT;
        snprintf(operation->why, sizeof operation->why, "%s%s%s",
                 taken ? "another process has taken this store" : what, taken ? "" : ": ",
                 taken ? "" : zhol_error_text(error));
        atomic_store(&operation->stopped, true);
    }
    pthread_mutex_unlock(&operation->lock);
}

bool operation_stopped(const struct operation *operation)
{
    return atomic_load(&operation->stopped);
}

const char *operation_why(const struct operation *operation)
{
    return operation_stopped(operation) ? operation->why : "";
}

/* ---- opening and closing ---- */

static struct operation *new_operation(struct store *store, const struct operation_options *options)
{
    struct operation *operation = calloc(1, sizeof *operation);
    if (!operation) {
        return NULL;
    }
    operation->store = store;
    if (options) {
        operation->options = *options;
    }
    struct operation_options *made = &operation->options;
    made->group_max = made->group_max ? made->group_max : GROUP_MAX;
    made->snapshot_every = made->snapshot_every ? made->snapshot_every : SNAPSHOT_EVERY;
    made->inbox_max = made->inbox_max ? made->inbox_max : INBOX_MAX;
    operation->last = &operation->first;
    operation->time_s = INT64_MIN;
    pthread_condattr_t steady; /* a clock that is set must not make the writer sleep */
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&operation->lock, NULL);
    pthread_cond_init(&operation->work, &steady);
    pthread_condattr_destroy(&steady);
    gate_init(&operation->gate);
    return operation;
}

enum zhol_error operation_open(struct store *store, const struct operation_options *options,
                               struct zhol_report *report, struct operation **out)
{
    *out = NULL;
    struct operation *operation = sodium_init() >= 0 ? new_operation(store, options) : NULL;
    if (!operation) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = registry_new(&operation->registry);
    if (!error) {
        error = store_own(store, &operation->epoch);
        if (error) {
            zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                           .code = error,
                                                           .file = "store",
                                                           .expected = "the right to write: no "
                                                                       "other process uses the "
                                                                       "store, the disk works"});
        }
    }
    if (!error) {
        error = load_streams(operation, report);
    }
    if (error) {
        operation_close(operation);
        return error;
    }
    int64_t anchored_s;
    bool anchored = registry_anchor(operation->registry, &anchored_s).size > 0;
    operation->anchor_hour = (anchored ? anchored_s : operation_now(operation)) / TIME_HOUR_S;
    operation->changed_since_anchor = true;
    *out = operation;
    return ZHOL_ERROR_OK;
}

void operation_close(struct operation *operation)
{
    if (!operation) {
        return;
    }
    pthread_mutex_lock(&operation->lock);
    operation->closing = true;
    pthread_cond_signal(&operation->work);
    pthread_mutex_unlock(&operation->lock);
    if (operation->started) {
        pthread_join(operation->writer, NULL);
    }
    inbox_fail(operation, ZHOL_ERROR_INTERRUPTED);
    for (uint32_t i = 0; i < operation->stream_count; i++) {
        queue_free(operation->streams[i].queue);
    }
    registry_free(operation->registry);
    buffer_clear(&operation->saving.bytes);
    buffer_clear(&operation->group.bytes);
    buffer_clear(&operation->group.scratch);
    free(operation->group.outcomes);
    free(operation->group.changes);
    free(operation->group.lines);
    gate_destroy(&operation->gate);
    pthread_cond_destroy(&operation->work);
    pthread_mutex_destroy(&operation->lock);
    free(operation);
}

/* ---- the thread ---- */

/* Until there is work, and a second at most: anchors and sweeps come with time alone. */
static bool wait_for_work(struct operation *operation)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_EVERY_S;
    pthread_mutex_lock(&operation->lock);
    while (!operation->waiting && !operation->closing && !operation->saving.active) {
        if (pthread_cond_timedwait(&operation->work, &operation->lock, &until) == ETIMEDOUT) {
            break;
        }
    }
    bool closing = operation->closing;
    pthread_mutex_unlock(&operation->lock);
    return !closing;
}

static void *write_groups(void *context)
{
    struct operation *operation = context;
    uint32_t applied;
    while (wait_for_work(operation)) {
        if (operation_step(operation, &applied) ||
            (applied == 0 && operation_check_owner(operation))) {
            break; /* stopped: later submissions are refused by themselves */
        }
    }
    return NULL;
}

enum zhol_error operation_start(struct operation *operation)
{
    if (operation->started) {
        return ZHOL_ERROR_USAGE;
    }
    if (pthread_create(&operation->writer, NULL, write_groups, operation) != 0) {
        return ZHOL_ERROR_MEMORY;
    }
    operation->started = true;
    return ZHOL_ERROR_OK;
}

/* ---- submitting and waiting ---- */

struct call {
    pthread_mutex_t lock;
    pthread_cond_t answered;
    bool done;
    enum zhol_error error;
    struct buffer *bytes;
    struct result *result;
};

static void call_done(void *context, const struct answer *answer)
{
    struct call *call = context;
    pthread_mutex_lock(&call->lock);
    call->error = answer->error;
    if (!answer->error && call->bytes) {
        buffer_view(call->bytes, answer->bytes);
        call->error = call->bytes->error;
    }
    if (!answer->error && call->result) {
        *call->result = answer->entry->result;
        call->result->changes = NULL;
        call->result->lines = NULL;
        call->result->change_count = call->result->line_count = 0;
    }
    call->done = true;
    pthread_cond_signal(&call->answered);
    pthread_mutex_unlock(&call->lock);
}

enum zhol_error operation_call(struct operation *operation, const struct command *command,
                               struct buffer *bytes, struct result *result)
{
    struct call call = {.bytes = bytes, .result = result};
    pthread_mutex_init(&call.lock, NULL);
    pthread_cond_init(&call.answered, NULL);
    enum zhol_error error = operation_submit(operation, command, NULL, call_done, &call);
    if (!error) {
        pthread_mutex_lock(&call.lock);
        while (!call.done) {
            uint32_t applied;
            if (operation->started) {
                pthread_cond_wait(&call.answered, &call.lock);
                continue;
            }
            pthread_mutex_unlock(&call.lock);
            operation_step(operation, &applied);
            pthread_mutex_lock(&call.lock);
        }
        error = call.error;
        pthread_mutex_unlock(&call.lock);
    }
    pthread_cond_destroy(&call.answered);
    pthread_mutex_destroy(&call.lock);
    return error;
}

/* ---- readers ---- */

/* The gate is the one part that a reader of a const operation changes. */
void operation_read(struct operation *operation)
{
    gate_read(&operation->gate);
}

void operation_read_end(struct operation *operation)
{
    gate_read_end(&operation->gate);
}

enum zhol_error operation_add_stream(struct operation *operation, const char *name)
{
    struct stream *stream;
    gate_write(&operation->gate);
    enum zhol_error error =
        find_stream(operation, name) ? ZHOL_ERROR_OK : add_stream(operation, name, &stream);
    gate_write_end(&operation->gate);
    return error;
}

const struct queue_state *operation_queue(const struct operation *operation, const char *name)
{
    const struct stream *stream = find_stream(operation, name);
    return stream && !operation_stopped(operation) ? stream->queue : NULL;
}

const struct registry *operation_registry(const struct operation *operation)
{
    return operation_stopped(operation) ? NULL : operation->registry;
}

uint32_t operation_stream_count(const struct operation *operation)
{
    return operation->stream_count;
}

const char *operation_stream(const struct operation *operation, uint32_t index)
{
    return operation->streams[index].name;
}

void operation_head(const struct operation *operation, const char *name, uint64_t *seq,
                    uint8_t hash[HASH_SIZE])
{
    const struct stream *stream = find_stream(operation, name);
    *seq = stream ? stream->seq : 0;
    memset(hash, 0, HASH_SIZE);
    if (stream) {
        memcpy(hash, stream->hash, HASH_SIZE);
    }
}

/* The next stream in byte order behind `after` ("" for the first) that has entries. */
static const struct stream *next_stream(const struct operation *operation, const char *after)
{
    const struct stream *next = NULL;
    for (uint32_t i = 0; i < operation->stream_count; i++) {
        const struct stream *stream = &operation->streams[i];
        if (stream->seq && strcmp(stream->name, after) > 0 &&
            (!next || strcmp(stream->name, next->name) < 0)) {
            next = stream;
        }
    }
    return next;
}

enum zhol_error operation_heads(const struct operation *operation, struct buffer *json)
{
    char hex[2 * HASH_SIZE + 1];
    const char *separator = "";
    buffer_string(json, "{\"heads\":[");
    for (const struct stream *stream = next_stream(operation, ""); stream;
         stream = next_stream(operation, stream->name)) {
        sodium_bin2hex(hex, sizeof hex, stream->hash, HASH_SIZE);
        /* Names of streams hold nothing that JSON would escape. */
        buffer_printf(json, "%s{\"stream\":\"%s\",\"seq\":%llu,\"hash\":\"%s\"}", separator,
                      stream->name, (unsigned long long)stream->seq, hex);
        separator = ",";
    }
    buffer_string(json, "]}");
    return json->error;
}

/* ---- listeners ---- */

static enum zhol_error listen_with(struct operation *operation, struct listening *list,
                                   uint32_t *count, struct listening one)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    gate_write(&operation->gate); /* not in the midst of a group */
    pthread_mutex_lock(&operation->lock);
    if (*count == LISTENER_MAX) {
        error = ZHOL_ERROR_LIMIT;
    } else {
        list[(*count)++] = one;
    }
    pthread_mutex_unlock(&operation->lock);
    gate_write_end(&operation->gate);
    return error;
}

enum zhol_error operation_listen(struct operation *operation, operation_listener listener,
                                 void *context)
{
    return listen_with(operation, operation->listeners, &operation->listener_count,
                       (struct listening){.listener = listener, .context = context});
}

enum zhol_error operation_join(struct operation *operation, operation_joiner joiner, void *context)
{
    return listen_with(operation, operation->joiners, &operation->joiner_count,
                       (struct listening){.joiner = joiner, .context = context});
}

struct operation_counts operation_count(const struct operation *operation)
{
    struct operation *counted = (struct operation *)operation; /* its lock, and nothing else */
    pthread_mutex_lock(&counted->lock);
    uint64_t waiting = operation->waiting;
    pthread_mutex_unlock(&counted->lock);
    return (struct operation_counts){.commands = atomic_load(&operation->commands),
                                     .refused = atomic_load(&operation->refused),
                                     .repeated = atomic_load(&operation->repeated),
                                     .groups = atomic_load(&operation->groups),
                                     .waiting = waiting,
                                     .snapshots = atomic_load(&operation->snapshots),
                                     .folded = operation->folded};
}
