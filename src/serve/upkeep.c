/* upkeep.c: what a running operation needs day by day. See upkeep.h. */
#include "serve/upkeep.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "desk/queue_rules.h"
#include "operate/plain.h"
#include "operate/retention.h"

enum { KEY_SIZE = 128, HASH_TEXT = 33 };

static void hash_text(struct text_view rules, char text[HASH_TEXT])
{
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)rules.bytes, rules.size, NULL, 0);
    sodium_bin2hex(text, HASH_TEXT, hash, sizeof hash);
}

static void rules_key(const char *checkpoint, char key[KEY_SIZE])
{
    snprintf(key, KEY_SIZE, "rules %s", checkpoint);
}

enum zhol_error upkeep_remember(struct store *store, const char *checkpoint, struct text_view rules)
{
    char key[KEY_SIZE], text[HASH_TEXT];
    enum zhol_error error = store_begin(store);
    if (error) {
        return error;
    }
    rules_key(checkpoint, key);
    hash_text(rules, text);
    error = store_put(store, "setting", text_view_of(key), text_view_of(text));
    if (error) {
        store_rollback(store);
        return error;
    }
    return store_commit(store);
}

static enum zhol_error send(struct server *server, struct command *command, const char *stream,
                            const char *key)
{
    plain_copy(command->stream, sizeof command->stream, stream);
    command->role = ROLE_system;
    command->key = text_view_of(key);
    return operation_call(server->operation, command, NULL, NULL);
}

/* Sets the rules of the day where they differ from those that were set. *known: rules of this
 * checkpoint were set from the corridor at all. */
static enum zhol_error keep_rules(struct server *server, const struct catalog_queue *queue,
                                  int32_t day, bool *known)
{
    struct buffer rules = {0}, kept = {0};
    char key[KEY_SIZE], now[HASH_TEXT], once[KEY_SIZE];
    rules_key(queue->checkpoint, key);
    enum zhol_error error = store_get(server->store, "setting", text_view_of(key), &kept);
    *known = !error;
    if (!error) {
        error = queue_rules_json(server->corridor, queue->node, day, NULL, &rules);
    }
    if (!error) {
        struct command command = {.kind = COMMAND_rules_set,
                                  .data = {buffer_get(&rules), (uint32_t)rules.size}};
        hash_text(command.data, now);
        if (strcmp(now, buffer_get(&kept)) != 0) {
            snprintf(once, sizeof once, "rules %s %d", queue->checkpoint, (int)day);
            error = send(server, &command, queue->checkpoint, once);
            error = error ? error : upkeep_remember(server->store, queue->checkpoint, command.data);
        }
    }
    buffer_clear(&rules);
    buffer_clear(&kept);
    return error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
}

static bool visit_last(void *context, const struct slot_view *slot)
{
    int64_t *end_s = context;
    *end_s = slot->end_s > *end_s ? slot->end_s : *end_s;
    return true;
}

/* The end of the last published slot, at least now. */
static int64_t published_until(struct server *server, const struct catalog_queue *queue,
                               int64_t now_s)
{
    int64_t end_s = now_s;
    operation_read(server->operation);
    const struct queue_state *state = operation_queue(server->operation, queue->checkpoint);
    if (state) {
        queue_slots(state, queue->id, now_s, INT64_MAX, visit_last, &end_s);
    }
    operation_read_end(server->operation);
    return end_s;
}

static enum zhol_error keep_slots(struct server *server, const struct catalog_queue *queue,
                                  int64_t now_s)
{
    struct buffer slots = {0};
    char once[KEY_SIZE];
    int64_t from_s = published_until(server, queue, now_s);
    int64_t until_s = now_s + (int64_t)UPKEEP_SLOT_DAYS * TIME_DAY_S;
    if (!queue->slot_s || from_s > until_s - TIME_DAY_S) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error =
        queue_slots_json(server->corridor, queue->id, from_s, until_s, NULL, &slots);
    if (!error && strchr(buffer_get(&slots), '{') != strrchr(buffer_get(&slots), '{')) {
        struct command command = {.kind = COMMAND_slots_publish,
                                  .data = {buffer_get(&slots), (uint32_t)slots.size}};
        plain_copy(command.queue, sizeof command.queue, queue->id);
        snprintf(once, sizeof once, "slots %s %" PRId64, queue->id, from_s);
        error = send(server, &command, queue->checkpoint, once);
    }
    buffer_clear(&slots);
    return error;
}

enum zhol_error upkeep_step(struct server *server)
{
    int64_t now_s = server_now(server);
    int32_t day = catalog_day(now_s);
    struct catalog_queue queue;
    uint32_t thing = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (server->options.demo) {
        return error;
    }
    while (!error && catalog_next(server->corridor, day, &thing, &queue)) {
        bool known = false;
        if (queue.managed) {
            error = keep_rules(server, &queue, day, &known);
            error = error || !known ? error : keep_slots(server, &queue, now_s);
        }
    }
    struct retention_counts counts;
    return error ? error : retention_step(server->operation, 0, &counts);
}
