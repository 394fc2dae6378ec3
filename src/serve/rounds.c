/* rounds.c: seeds of draws. See rounds.h. */
#include "serve/rounds.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/endpoint.h"

enum { SEED_SIZE = 32, KEY_SIZE = 160, KEPT = 200 };

static enum zhol_error put(struct store *store, const char *key, struct text_view value)
{
    enum zhol_error error = store_begin(store);
    if (error) {
        return error;
    }
    error = store_put(store, "setting", text_view_of(key), value);
    if (error) {
        store_rollback(store);
        return error;
    }
    return store_commit(store);
}

enum zhol_error rounds_commit(struct store *store, const char *queue, char data[ROUNDS_DATA_SIZE])
{
    unsigned char seed[SEED_SIZE], hash[SEED_SIZE];
    char seed_text[65], hash_text[65], key[KEY_SIZE];
    randombytes_buf(seed, sizeof seed);
    crypto_generichash(hash, sizeof hash, seed, sizeof seed, NULL, 0);
    sodium_bin2hex(seed_text, sizeof seed_text, seed, sizeof seed);
    sodium_bin2hex(hash_text, sizeof hash_text, hash, sizeof hash);
    snprintf(key, sizeof key, "seed %s %s", queue, hash_text);
    snprintf(data, ROUNDS_DATA_SIZE, "{\"seed_hash\":\"%s\"}", hash_text);
    return put(store, key, text_view_of(seed_text));
}

/* Counts the requests of the open round. */
static uint32_t count_requests(const struct queue_view *view)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < view->category_count; i++) {
        count += view->categories[i].by_state[PLACE_requested];
    }
    return count;
}

bool rounds_open_one(struct server *server, const char *stream, const char *queue,
                     struct round *round)
{
    bool open = false;
    operation_read(server->operation);
    const struct queue_state *state = operation_queue(server->operation, stream);
    for (uint32_t i = 0; state && i < queue_count(state) && !open; i++) {
        struct queue_view view;
        queue_view(state, i, &view);
        if (strcmp(view.queue, queue) == 0 && view.round_until_s > view.round_from_s) {
            open = true;
            round->from_s = view.round_from_s;
            round->until_s = view.round_until_s;
            round->requests = count_requests(&view);
            sodium_bin2hex(round->seed_hash, sizeof round->seed_hash, view.round_seed_hash,
                           sizeof view.round_seed_hash);
        }
    }
    operation_read_end(server->operation);
    return open;
}

enum zhol_error rounds_reveal(struct store *store, const char *queue, struct round *round,
                              char data[ROUNDS_DATA_SIZE])
{
    struct buffer seed = {0};
    char key[KEY_SIZE];
    snprintf(key, sizeof key, "seed %s %s", queue, round->seed_hash);
    enum zhol_error error = store_get(store, "setting", text_view_of(key), &seed);
    if (!error) {
        snprintf(round->seed, sizeof round->seed, "%s", buffer_get(&seed));
        snprintf(data, ROUNDS_DATA_SIZE, "{\"seed\":\"%s\"}", round->seed);
    }
    buffer_clear(&seed);
    return error;
}

static json_t *read_list(struct store *store, const char *key)
{
    struct buffer text = {0};
    json_t *list = NULL;
    if (!store_get(store, "setting", text_view_of(key), &text)) {
        list = json_loadb(buffer_get(&text), text.size, 0, NULL);
    }
    buffer_clear(&text);
    return list ? list : json_array();
}

enum zhol_error rounds_remember(struct store *store, const struct entry *entry,
                                const struct round *round)
{
    char key[KEY_SIZE];
    uint32_t places = 0;
    for (uint32_t i = 0; i < entry->result.change_count; i++) {
        places += entry->result.changes[i].reason == CHANGE_drawn;
    }
    snprintf(key, sizeof key, "rounds %s", entry->command.queue);
    json_t *list = read_list(store, key);
    json_array_insert_new(list, 0,
                          json_pack("{s:I,s:I,s:s,s:s,s:I,s:I,s:I}", "from",
                                    (json_int_t)round->from_s, "until", (json_int_t)round->until_s,
                                    "seed_hash", round->seed_hash, "seed", round->seed, "drawn_at",
                                    (json_int_t)entry->command.time_s, "requests",
                                    (json_int_t)round->requests, "places", (json_int_t)places));
    while (json_array_size(list) > KEPT) {
        json_array_remove(list, KEPT);
    }
    char *text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    enum zhol_error error = text ? put(store, key, text_view_of(text)) : ZHOL_ERROR_MEMORY;
    free(text);
    return error;
}

static void write_round(struct json_writer *json, const json_t *round)
{
    json_write_object(json);
    json_member_instant(json, "from", json_integer_value(json_object_get(round, "from")));
    json_member_instant(json, "until", json_integer_value(json_object_get(round, "until")));
    json_member_text(json, "seed_hash", json_string_value(json_object_get(round, "seed_hash")));
    json_member_text(json, "seed", json_string_value(json_object_get(round, "seed")));
    json_member_instant(json, "drawn_at", json_integer_value(json_object_get(round, "drawn_at")));
    json_member_int(json, "requests", json_integer_value(json_object_get(round, "requests")));
    json_member_int(json, "places", json_integer_value(json_object_get(round, "places")));
    json_write_object_end(json);
}

enum zhol_error rounds_write(struct server *server, const char *stream, const char *queue,
                             struct json_writer *json)
{
    struct round open;
    char key[KEY_SIZE];
    size_t i;
    json_t *round;
    snprintf(key, sizeof key, "rounds %s", queue);
    json_t *list = read_list(server->store, key);
    json_write_key(json, "items");
    json_write_array(json);
    if (rounds_open_one(server, stream, queue, &open)) {
        json_write_object(json);
        json_member_instant(json, "from", open.from_s);
        json_member_instant(json, "until", open.until_s);
        json_member_text(json, "seed_hash", open.seed_hash);
        json_member_null(json, "seed");
        json_member_null(json, "drawn_at");
        json_member_uint(json, "requests", open.requests);
        json_member_null(json, "places");
        json_write_object_end(json);
    }
    json_array_foreach(list, i, round)
    {
        write_round(json, round);
    }
    json_write_array_end(json);
    json_decref(list);
    return json->out->error;
}
