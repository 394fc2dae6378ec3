/* webhook.c: the subscribers, their cursors and their threads. See webhook.h.
 *
 * Each subscriber has a thread of its own, so that a slow receiver holds nobody back. A cursor is
 * stored after each batch: after a crash at most a batch is told a second time.
 */
#include "serve/webhook.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "operate/plain.h"
#include "serve/endpoint.h"
#include "serve/webhook_state.h"

enum { BATCH = 32, WAIT_MAX_S = 300, LOOK_S = 30 };

/* ---- Cursors ---- */

static struct webhook_cursor *cursor_of(struct hook *hook, const char *stream)
{
    for (uint32_t i = 0; i < hook->cursor_count; i++) {
        if (strcmp(hook->cursors[i].stream, stream) == 0) {
            return &hook->cursors[i];
        }
    }
    if (hook->cursor_count == WEBHOOK_STREAMS) {
        return NULL;
    }
    struct webhook_cursor *cursor = &hook->cursors[hook->cursor_count++];
    *cursor = (struct webhook_cursor){.seq = 0};
    plain_copy(cursor->stream, sizeof cursor->stream, stream);
    return cursor;
}

static void cursor_key(uint64_t id, const char *stream, char key[128])
{
    snprintf(key, 128, "webhook %016" PRIx64 " %s", id, stream);
}

/* Stores the cursors that moved. Called without the lock: only the hook's thread moves them. */
static enum zhol_error store_cursors(struct hook *hook)
{
    struct store *store = hook->webhooks->server->store;
    enum zhol_error error = store_begin(store);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < hook->cursor_count && !error; i++) {
        struct webhook_cursor *cursor = &hook->cursors[i];
        if (cursor->seq != cursor->stored) {
            char key[128], value[24];
            cursor_key(hook->id, cursor->stream, key);
            snprintf(value, sizeof value, "%" PRIu64, cursor->seq);
            error = store_put(store, "cursor", text_view_of(key), text_view_of(value));
            cursor->stored = cursor->seq;
        }
    }
    if (error) {
        store_rollback(store);
        return error;
    }
    return store_commit(store);
}

/* ---- Telling ---- */

struct telling {
    struct hook *hook;
    struct webhook_cursor *cursor;
    uint32_t count;
    struct {
        uint64_t seq;
        struct buffer body;
        bool concerns;
    } events[BATCH];
};

static enum zhol_error visit(void *context, const struct store_entry *stored)
{
    struct telling *telling = context;
    struct entry entry = {.seq = 0};
    if (telling->count == BATCH) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = entry_read(stored->bytes, &entry, NULL);
    if (!error) {
        uint32_t i = telling->count++;
        telling->events[i].seq = stored->seq;
        telling->events[i].concerns = webhook_concerns(telling->hook->topics, &entry);
        if (telling->events[i].concerns) {
            error = webhook_event(stored->bytes, telling->cursor->stream, stored->seq,
                                  &telling->events[i].body);
        }
    }
    entry_clear(&entry);
    return error;
}

static void note_failure(struct hook *hook, const char *why)
{
    struct webhooks *webhooks = hook->webhooks;
    pthread_mutex_lock(&webhooks->lock);
    int64_t wait_s = hook->in_a_row < 9 ? INT64_C(1) << hook->in_a_row : WAIT_MAX_S;
    hook->failures++;
    hook->in_a_row++;
    hook->next_try_s = time_now_s() + (wait_s < WAIT_MAX_S ? wait_s : WAIT_MAX_S);
    plain_copy(hook->last_error, sizeof hook->last_error, why);
    pthread_mutex_unlock(&webhooks->lock);
}

static void note_success(struct hook *hook)
{
    pthread_mutex_lock(&hook->webhooks->lock);
    hook->delivered++;
    hook->in_a_row = 0;
    hook->next_try_s = 0;
    hook->last_error[0] = '\0';
    pthread_mutex_unlock(&hook->webhooks->lock);
}

static bool is_ending(struct hook *hook)
{
    pthread_mutex_lock(&hook->webhooks->lock);
    bool ending = hook->ending || hook->webhooks->ending;
    pthread_mutex_unlock(&hook->webhooks->lock);
    return ending;
}

static void move(struct hook *hook, struct webhook_cursor *cursor, uint64_t seq)
{
    pthread_mutex_lock(&hook->webhooks->lock);
    cursor->seq = seq;
    pthread_mutex_unlock(&hook->webhooks->lock);
}

/* Tells a batch of one stream; true when there may be more. */
static bool tell_stream(struct hook *hook, struct webhook_cursor *cursor)
{
    struct server *server = hook->webhooks->server;
    struct telling *telling = calloc(1, sizeof *telling);
    char why[128];
    bool good = telling != NULL;
    uint32_t told = 0;
    if (good) {
        telling->hook = hook;
        telling->cursor = cursor;
        enum zhol_error error =
            store_read(server->store, cursor->stream, cursor->seq + 1, visit, telling);
        good = !error || error == ZHOL_ERROR_LIMIT;
    }
    for (uint32_t i = 0; telling && i < telling->count; i++) {
        struct buffer *body = &telling->events[i].body;
        if (good && !is_ending(hook)) {
            good = !telling->events[i].concerns ||
                   webhook_post(hook, &server->options,
                                (struct text_view){buffer_get(body), (uint32_t)body->size},
                                time_now_s(), why);
            if (!good) {
                note_failure(hook, why);
            } else {
                if (telling->events[i].concerns) {
                    note_success(hook);
                }
                move(hook, cursor, telling->events[i].seq);
                told++;
            }
        }
        buffer_clear(body);
    }
    free(telling);
    return good && told == BATCH;
}

/* All streams once. True when there may be more at once. */
static bool tell(struct hook *hook)
{
    struct server *server = hook->webhooks->server;
    char names[WEBHOOK_STREAMS][COMMAND_NAME_SIZE];
    uint32_t count = 0;
    bool more = false, moved = false;
    operation_read(server->operation);
    for (uint32_t i = 0; i < operation_stream_count(server->operation); i++) {
        if (count < WEBHOOK_STREAMS) {
            plain_copy(names[count++], COMMAND_NAME_SIZE, operation_stream(server->operation, i));
        }
    }
    operation_read_end(server->operation);
    for (uint32_t i = 0; i < count && !is_ending(hook); i++) {
        pthread_mutex_lock(&hook->webhooks->lock);
        struct webhook_cursor *cursor = cursor_of(hook, names[i]);
        bool due = hook->next_try_s <= time_now_s();
        pthread_mutex_unlock(&hook->webhooks->lock);
        if (cursor && due) {
            more = tell_stream(hook, cursor) || more;
            moved = moved || cursor->seq != cursor->stored;
        }
    }
    if (moved) {
        store_cursors(hook);
    }
    return more;
}

static void *run(void *context)
{
    struct hook *hook = context;
    struct webhooks *webhooks = hook->webhooks;
    uint64_t seen = UINT64_MAX;
    while (!is_ending(hook)) {
        struct timespec until;
        pthread_mutex_lock(&webhooks->lock);
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += hook->next_try_s > until.tv_sec ? hook->next_try_s - until.tv_sec : LOOK_S;
        bool waiting = hook->next_try_s > time_now_s() || seen == webhooks->generation;
        while (waiting && !hook->ending && !webhooks->ending &&
               (seen == webhooks->generation || hook->next_try_s > time_now_s())) {
            if (pthread_cond_timedwait(&webhooks->work, &webhooks->lock, &until)) {
                break;
            }
        }
        seen = webhooks->generation;
        pthread_mutex_unlock(&webhooks->lock);
        while (!is_ending(hook) && tell(hook)) {
        }
    }
    return NULL;
}

/* ---- Subscribers ---- */

static enum zhol_error start(struct hook *hook)
{
    hook->started = pthread_create(&hook->thread, NULL, run, hook) == 0;
    return hook->started ? ZHOL_ERROR_OK : ZHOL_ERROR_LIMIT;
}

static void write_stored(const struct hook *hook, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_member_text(&json, "url", hook->url);
    json_member_text(&json, "secret", hook->secret);
    json_member_text(&json, "topics", hook->topics);
    json_member_opaque(&json, "owner", hook->owner);
    json_write_object_end(&json);
    if (json_writer_end(&json)) {
        buffer_reset(out);
    }
}

static enum zhol_error read_stored(void *context, struct text_view key, struct text_view value)
{
    struct webhooks *webhooks = context;
    struct hook *hook = webhooks->count < WEBHOOKS_MAX ? calloc(1, sizeof *hook) : NULL;
    json_t *object = json_loadb(value.bytes, value.size, 0, NULL);
    const char *url = json_string_value(json_object_get(object, "url"));
    const char *secret = json_string_value(json_object_get(object, "secret"));
    const char *topics = json_string_value(json_object_get(object, "topics"));
    if (!hook || !url || !secret || !topics || opaque_read(key, &hook->id)) {
        json_decref(object);
        free(hook);
        return hook ? ZHOL_ERROR_INVALID : ZHOL_ERROR_MEMORY;
    }
    hook->webhooks = webhooks;
    plain_copy(hook->url, sizeof hook->url, url);
    plain_copy(hook->secret, sizeof hook->secret, secret);
    plain_copy(hook->topics, sizeof hook->topics, topics);
    webhooks->hooks[webhooks->count++] = hook;
    json_decref(object);
    return ZHOL_ERROR_OK;
}

static enum zhol_error read_cursor(void *context, struct text_view key, struct text_view value)
{
    struct webhooks *webhooks = context;
    struct text_view rest = key;
    uint64_t id = 0;
    char stream[COMMAND_NAME_SIZE], number[24];
    if (!text_equal_string(text_cut(&rest, ' '), "webhook")) {
        return ZHOL_ERROR_LIMIT; /* another reader's cursors: the end */
    }
    opaque_read(text_cut(&rest, ' '), &id);
    snprintf(stream, sizeof stream, "%.*s", (int)rest.size, rest.bytes);
    snprintf(number, sizeof number, "%.*s", (int)value.size, value.bytes);
    for (uint32_t i = 0; i < webhooks->count; i++) {
        struct webhook_cursor *cursor =
            webhooks->hooks[i]->id == id ? cursor_of(webhooks->hooks[i], stream) : NULL;
        if (cursor) {
            cursor->seq = cursor->stored = strtoull(number, NULL, 10);
        }
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error webhooks_open(struct server *server, struct webhooks **out)
{
    struct webhooks *webhooks = calloc(1, sizeof *webhooks);
    if (!webhooks) {
        return ZHOL_ERROR_MEMORY;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    webhooks->server = server;
    pthread_mutex_init(&webhooks->lock, NULL);
    pthread_cond_init(&webhooks->work, NULL);
    enum zhol_error error = store_list(server->store, "webhook", TEXT(""), read_stored, webhooks);
    if (!error) {
        error = store_list(server->store, "cursor", TEXT("webhook "), read_cursor, webhooks);
        error = error == ZHOL_ERROR_LIMIT ? ZHOL_ERROR_OK : error;
    }
    for (uint32_t i = 0; i < webhooks->count && !error; i++) {
        error = start(webhooks->hooks[i]);
    }
    if (error) {
        webhooks_close(webhooks);
        return error;
    }
    *out = webhooks;
    return ZHOL_ERROR_OK;
}

static void end_hook(struct hook *hook)
{
    if (hook->started) {
        pthread_join(hook->thread, NULL);
    }
    free(hook);
}

void webhooks_close(struct webhooks *webhooks)
{
    if (!webhooks) {
        return;
    }
    pthread_mutex_lock(&webhooks->lock);
    webhooks->ending = true;
    pthread_cond_broadcast(&webhooks->work);
    pthread_mutex_unlock(&webhooks->lock);
    for (uint32_t i = 0; i < webhooks->count; i++) {
        end_hook(webhooks->hooks[i]);
    }
    pthread_cond_destroy(&webhooks->work);
    pthread_mutex_destroy(&webhooks->lock);
    free(webhooks);
}

static bool url_fits(const char *url)
{
    bool scheme = strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
    return scheme && strlen(url) < WEBHOOK_URL && !strpbrk(url, " \t\r\n@\\");
}

/* The subscriber is told what comes from now on: its cursors stand at the heads. */
static void set_cursors(struct hook *hook)
{
    struct operation *operation = hook->webhooks->server->operation;
    operation_read(operation);
    for (uint32_t i = 0; i < operation_stream_count(operation); i++) {
        uint8_t hash[HASH_SIZE];
        const char *stream = operation_stream(operation, i);
        struct webhook_cursor *cursor = cursor_of(hook, stream);
        if (cursor) {
            operation_head(operation, stream, &cursor->seq, hash);
            cursor->stored = UINT64_MAX; /* to be stored */
        }
    }
    operation_read_end(operation);
}

static enum zhol_error store_hook(struct hook *hook)
{
    struct store *store = hook->webhooks->server->store;
    struct buffer value = {0};
    char key[OPAQUE_TEXT_SIZE];
    opaque_write(hook->id, key);
    write_stored(hook, &value);
    enum zhol_error error = value.size ? store_begin(store) : ZHOL_ERROR_MEMORY;
    if (!error) {
        error = store_put(store, "webhook", text_view_of(key),
                          (struct text_view){buffer_get(&value), (uint32_t)value.size});
        if (error) {
            store_rollback(store);
        } else {
            error = store_commit(store);
        }
    }
    buffer_clear(&value);
    return error ? error : store_cursors(hook);
}

enum zhol_error webhooks_add(struct webhooks *webhooks, uint64_t owner, const char *url,
                             const char *secret, const char *topics, uint64_t *id)
{
    struct hook *hook = url_fits(url) ? calloc(1, sizeof *hook) : NULL;
    if (!hook || strlen(secret) >= WEBHOOK_SECRET || strlen(topics) >= sizeof hook->topics) {
        free(hook);
        return ZHOL_ERROR_INVALID;
    }
    hook->webhooks = webhooks;
    hook->id = *id = vault_new_id();
    hook->owner = owner;
    plain_copy(hook->url, sizeof hook->url, url);
    plain_copy(hook->secret, sizeof hook->secret, secret);
    plain_copy(hook->topics, sizeof hook->topics, topics);
    set_cursors(hook);
    enum zhol_error error = store_hook(hook);
    pthread_mutex_lock(&webhooks->lock);
    if (!error && webhooks->count == WEBHOOKS_MAX) {
        error = ZHOL_ERROR_LIMIT;
    }
    if (!error) {
        error = start(hook);
    }
    if (!error) {
        webhooks->hooks[webhooks->count++] = hook;
    }
    pthread_mutex_unlock(&webhooks->lock);
    if (error) {
        free(hook);
    }
    return error;
}

static enum zhol_error forget(struct store *store, const struct hook *hook)
{
    char id[OPAQUE_TEXT_SIZE], key[128];
    enum zhol_error error = store_begin(store);
    if (error) {
        return error;
    }
    opaque_write(hook->id, id);
    error = store_remove(store, "webhook", text_view_of(id));
    for (uint32_t i = 0; i < hook->cursor_count && !error; i++) {
        cursor_key(hook->id, hook->cursors[i].stream, key);
        error = store_remove(store, "cursor", text_view_of(key));
    }
    if (error) {
        store_rollback(store);
        return error;
    }
    return store_commit(store);
}

enum zhol_error webhooks_remove(struct webhooks *webhooks, uint64_t id)
{
    struct hook *hook = NULL;
    pthread_mutex_lock(&webhooks->lock);
    for (uint32_t i = 0; i < webhooks->count && !hook; i++) {
        if (webhooks->hooks[i]->id == id) {
            hook = webhooks->hooks[i];
            hook->ending = true;
            webhooks->hooks[i] = webhooks->hooks[--webhooks->count];
        }
    }
    pthread_cond_broadcast(&webhooks->work);
    pthread_mutex_unlock(&webhooks->lock);
    if (!hook) {
        return ZHOL_ERROR_UNKNOWN;
    }
    pthread_join(hook->thread, NULL);
    hook->started = false;
    enum zhol_error error = forget(webhooks->server->store, hook);
    end_hook(hook);
    return error;
}

void webhooks_wake(struct webhooks *webhooks)
{
    pthread_mutex_lock(&webhooks->lock);
    webhooks->generation++;
    if (webhooks->count) {
        pthread_cond_broadcast(&webhooks->work);
    }
    pthread_mutex_unlock(&webhooks->lock);
}

/* ---- Telling about them ---- */

static void write_hook(const struct hook *hook, struct json_writer *json)
{
    struct text_view rest = text_view_of(hook->topics);
    json_write_object(json);
    json_member_opaque(json, "id", hook->id);
    json_member_text(json, "url", hook->url);
    json_write_key(json, "topics");
    json_write_array(json);
    while (rest.size) {
        json_write_view(json, text_cut(&rest, ' '));
    }
    json_write_array_end(json);
    json_write_key(json, "cursors");
    json_write_array(json);
    for (uint32_t i = 0; i < hook->cursor_count; i++) {
        json_write_object(json);
        json_member_text(json, "stream", hook->cursors[i].stream);
        json_member_uint(json, "seq", hook->cursors[i].seq);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_member_uint(json, "delivered", hook->delivered);
    json_member_uint(json, "failures", hook->failures);
    json_member_text(json, "last_error", *hook->last_error ? hook->last_error : NULL);
    json_member_instant(json, "next_try", hook->next_try_s);
    json_write_object_end(json);
}

enum zhol_error webhooks_write(struct webhooks *webhooks, uint64_t id, struct json_writer *json)
{
    bool found = false;
    pthread_mutex_lock(&webhooks->lock);
    for (uint32_t i = 0; i < webhooks->count && !found; i++) {
        if (webhooks->hooks[i]->id == id) {
            write_hook(webhooks->hooks[i], json);
            found = true;
        }
    }
    pthread_mutex_unlock(&webhooks->lock);
    return found ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}

void webhooks_write_all(struct webhooks *webhooks, struct json_writer *json)
{
    json_write_key(json, "items");
    json_write_array(json);
    pthread_mutex_lock(&webhooks->lock);
    for (uint32_t i = 0; i < webhooks->count; i++) {
        write_hook(webhooks->hooks[i], json);
    }
    pthread_mutex_unlock(&webhooks->lock);
    json_write_array_end(json);
}

struct webhook_counts webhooks_count(struct webhooks *webhooks)
{
    struct webhook_counts counts = {0};
    if (!webhooks) {
        return counts;
    }
    struct operation *operation = webhooks->server->operation;
    operation_read(operation);
    pthread_mutex_lock(&webhooks->lock);
    for (uint32_t i = 0; i < webhooks->count; i++) {
        struct hook *hook = webhooks->hooks[i];
        counts.delivered += hook->delivered;
        counts.failed += hook->failures;
        for (uint32_t k = 0; k < hook->cursor_count; k++) {
            uint64_t seq;
            uint8_t hash[HASH_SIZE];
            operation_head(operation, hook->cursors[k].stream, &seq, hash);
            counts.lag += seq > hook->cursors[k].seq ? seq - hook->cursors[k].seq : 0;
        }
    }
    pthread_mutex_unlock(&webhooks->lock);
    operation_read_end(operation);
    return counts;
}
