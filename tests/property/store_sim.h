/* property/store_sim.h: a store whose disk is simulated: it forgets what was not committed, and it
 * fails when it is told to.
 *
 * A struct sim_disk outlives stores: sim_open gives a store on it, as after a restart. A
 * transaction is kept by an undo list; sim_crash is what a power cut does: it is undone. `fail_in`
 * counts down with each write and commit; at 0 that call returns ZHOL_ERROR_IO. When it is a
 * commit, `kept` says whether the transaction became durable all the same, which nobody can know
 * who got the error.
 */
#ifndef ZHOL_TESTS_STORE_SIM_H
#define ZHOL_TESTS_STORE_SIM_H

#include <stdlib.h>
#include <string.h>

#include "store/store_driver.h"

struct sim_bytes {
    char *bytes;
    uint32_t size;
};
struct sim_entry {
    char stream[STORE_NAME_SIZE];
    uint64_t seq;
    int64_t time_s;
    struct sim_bytes key, bytes;
    uint8_t hash[STORE_HASH_SIZE];
};
/* A claim ("c" and its scope) or a value ("v" and its space). */
struct sim_pair {
    char table[STORE_NAME_SIZE + 1];
    struct sim_bytes key, value;
};
struct sim_disk {
    struct sim_entry *entries;
    struct sim_pair *pairs, *undo; /* undo: what stood there; value.bytes NULL: nothing */
    uint32_t entry_count, entry_capacity, pair_count, pair_capacity, undo_count, undo_capacity;
    uint32_t entries_before; /* the transaction */
    uint64_t epoch, writes;
    int64_t fail_in; /* negative: never */
    bool kept;
    bool no_undo, forgets; /* sabotage: keeps what was not committed; loses every third commit */
};
struct sim_store {
    struct store store;
    struct sim_disk *disk;
};

static inline struct sim_bytes sim_copy(struct text_view view)
{
    struct sim_bytes copy = {malloc((size_t)view.size + 1), view.size};
    if (!copy.bytes) {
        abort();
    }
    if (view.size) {
        memcpy(copy.bytes, view.bytes, view.size);
    }
    return copy;
}

/* Names are shorter than STORE_NAME_SIZE: store.c sees to it. */
static inline void sim_name(char *to, size_t room, const char *from)
{
    size_t size = strnlen(from, room - 1);
    memcpy(to, from, size);
    to[size] = '\0';
}

static inline struct text_view sim_view(struct sim_bytes bytes)
{
    return (struct text_view){bytes.bytes, bytes.size};
}

static inline void *sim_room(void *items, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity * 2 + 32;
    items = realloc(items, *capacity * size);
    if (!items) {
        abort();
    }
    return items;
}

static inline struct sim_disk *sim_disk_of(struct store *store)
{
    return ((struct sim_store *)store)->disk;
}

/* True when this write is the one that fails. */
static inline bool sim_fails(struct sim_disk *disk)
{
    disk->writes++;
    if (disk->fail_in > 0) {
        disk->fail_in--;
    }
    return disk->fail_in == 0;
}

/* ---- pairs ---- */

static inline struct sim_pair *sim_find(const struct sim_disk *disk, const char *table,
                                        struct text_view key)
{
    for (uint32_t i = 0; i < disk->pair_count; i++) {
        if (disk->pairs[i].key.size == key.size && text_equal(sim_view(disk->pairs[i].key), key) &&
            strcmp(disk->pairs[i].table, table) == 0) {
            return &disk->pairs[i];
        }
    }
    return NULL;
}

static inline void sim_set(struct sim_disk *disk, const char *table, struct text_view key,
                           const struct text_view *value)
{
    struct sim_pair *pair = sim_find(disk, table, key);
    if (pair) {
        free(pair->value.bytes);
        pair->value.bytes = NULL;
    }
    if (pair && !value) {
        free(pair->key.bytes);
        *pair = disk->pairs[--disk->pair_count];
    } else if (value) {
        if (!pair) {
            disk->pairs = (struct sim_pair *)sim_room(disk->pairs, disk->pair_count,
                                                      &disk->pair_capacity, sizeof *disk->pairs);
            pair = &disk->pairs[disk->pair_count++];
            *pair = (struct sim_pair){.key = sim_copy(key)};
            sim_name(pair->table, sizeof pair->table, table);
        }
        pair->value = sim_copy(*value);
    }
}

static inline void sim_change(struct sim_disk *disk, const char *table, struct text_view key,
                              const struct text_view *value)
{
    const struct sim_pair *pair = sim_find(disk, table, key);
    disk->undo = (struct sim_pair *)sim_room(disk->undo, disk->undo_count, &disk->undo_capacity,
                                             sizeof *disk->undo);
    struct sim_pair *undo = &disk->undo[disk->undo_count++];
    *undo = (struct sim_pair){.key = sim_copy(key)};
    sim_name(undo->table, sizeof undo->table, table);
    if (pair) {
        undo->value = sim_copy(sim_view(pair->value));
    }
    sim_set(disk, table, key, value);
}

static inline void sim_table(char table[STORE_NAME_SIZE + 1], char kind, const char *name)
{
    memset(table, 0, STORE_NAME_SIZE + 1);
    table[0] = kind;
    sim_name(table + 1, STORE_NAME_SIZE, name);
}

static inline void sim_forget_undo(struct sim_disk *disk)
{
    for (uint32_t i = 0; i < disk->undo_count; i++) {
        free(disk->undo[i].key.bytes);
        free(disk->undo[i].value.bytes);
    }
    disk->undo_count = 0;
    disk->entries_before = disk->entry_count;
}

/* ---- the driver ---- */

/* What is on this disk is durable. */
static inline enum zhol_error sim_settle(struct store *store)
{
    (void)store;
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_begin(struct store *store)
{
    struct sim_disk *disk = sim_disk_of(store);
    if (!disk->forgets) {
        sim_forget_undo(disk);
    }
    return ZHOL_ERROR_OK;
}

static inline void sim_undo(struct sim_disk *disk)
{
    while (disk->undo_count && !disk->no_undo) {
        struct sim_pair *undo = &disk->undo[--disk->undo_count];
        struct text_view value = sim_view(undo->value);
        sim_set(disk, undo->table, sim_view(undo->key), undo->value.bytes ? &value : NULL);
        free(undo->key.bytes);
        free(undo->value.bytes);
    }
    while (disk->entry_count > disk->entries_before && !disk->no_undo) {
        struct sim_entry *entry = &disk->entries[--disk->entry_count];
        free(entry->key.bytes);
        free(entry->bytes.bytes);
    }
    sim_forget_undo(disk);
}

static inline enum zhol_error sim_commit(struct store *store)
{
    struct sim_disk *disk = sim_disk_of(store);
    if (disk->forgets && disk->epoch > 1 && disk->writes % 3 == 0) {
        return ZHOL_ERROR_OK; /* the undo list stays: the next power cut takes it all back */
    }
    if (!sim_fails(disk)) {
        sim_forget_undo(disk);
        return ZHOL_ERROR_OK;
    }
    if (disk->kept) {
        sim_forget_undo(disk);
    }
    return ZHOL_ERROR_IO;
}

static inline void sim_rollback(struct store *store)
{
    sim_undo(sim_disk_of(store));
}

static inline enum zhol_error sim_own(struct store *store, uint64_t *epoch)
{
    *epoch = ++sim_disk_of(store)->epoch;
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_append(struct store *store, const struct store_entry *entry)
{
    struct sim_disk *disk = sim_disk_of(store);
    if (sim_fails(disk)) {
        return ZHOL_ERROR_IO;
    }
    for (uint32_t i = 0; i < disk->entry_count; i++) {
        const struct sim_entry *old = &disk->entries[i];
        bool same = old->seq == entry->seq ||
                    (entry->key.size && text_equal(sim_view(old->key), entry->key));
        if (same && strcmp(old->stream, entry->stream) == 0) {
            return ZHOL_ERROR_DUPLICATE;
        }
    }
    disk->entries = (struct sim_entry *)sim_room(disk->entries, disk->entry_count,
                                                 &disk->entry_capacity, sizeof *disk->entries);
    struct sim_entry *to = &disk->entries[disk->entry_count++];
    *to = (struct sim_entry){.seq = entry->seq,
                             .time_s = entry->time_s,
                             .key = sim_copy(entry->key),
                             .bytes = sim_copy(entry->bytes)};
    sim_name(to->stream, sizeof to->stream, entry->stream);
    memcpy(to->hash, entry->hash, sizeof to->hash);
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_claim(struct store *store, const char *scope,
                                        struct text_view key, struct text_view holder,
                                        struct buffer *held_by)
{
    struct sim_disk *disk = sim_disk_of(store);
    char table[STORE_NAME_SIZE + 1];
    sim_table(table, 'c', scope);
    const struct sim_pair *pair = sim_find(disk, table, key);
    if (sim_fails(disk)) {
        return ZHOL_ERROR_IO;
    }
    if (pair) {
        buffer_view(held_by, sim_view(pair->value));
        return ZHOL_ERROR_DUPLICATE;
    }
    sim_change(disk, table, key, &holder);
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_release(struct store *store, const char *scope,
                                          struct text_view key)
{
    struct sim_disk *disk = sim_disk_of(store);
    char table[STORE_NAME_SIZE + 1];
    sim_table(table, 'c', scope);
    if (sim_fails(disk)) {
        return ZHOL_ERROR_IO;
    }
    sim_change(disk, table, key, NULL);
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_put(struct store *store, const char *space, struct text_view key,
                                      struct text_view value)
{
    struct sim_disk *disk = sim_disk_of(store);
    char table[STORE_NAME_SIZE + 1];
    sim_table(table, 'v', space);
    if (sim_fails(disk)) {
        return ZHOL_ERROR_IO;
    }
    sim_change(disk, table, key, &value);
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_remove(struct store *store, const char *space,
                                         struct text_view key)
{
    struct sim_disk *disk = sim_disk_of(store);
    char table[STORE_NAME_SIZE + 1];
    sim_table(table, 'v', space);
    if (sim_fails(disk)) {
        return ZHOL_ERROR_IO;
    }
    sim_change(disk, table, key, NULL);
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_find_key(struct store *store, const char *stream,
                                           struct text_view key, uint64_t *seq,
                                           struct buffer *bytes)
{
    const struct sim_disk *disk = sim_disk_of(store);
    for (uint32_t i = disk->entry_count; i-- > 0;) {
        const struct sim_entry *entry = &disk->entries[i];
        if (text_equal(sim_view(entry->key), key) && strcmp(entry->stream, stream) == 0) {
            *seq = entry->seq;
            buffer_view(bytes, sim_view(entry->bytes));
            return bytes->error;
        }
    }
    return ZHOL_ERROR_UNKNOWN;
}

static inline enum zhol_error sim_read(struct store *store, const char *stream, uint64_t from,
                                       store_visit visit, void *context)
{
    const struct sim_disk *disk = sim_disk_of(store);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < disk->entry_count && !error; i++) {
        const struct sim_entry *entry = &disk->entries[i];
        if (strcmp(entry->stream, stream) == 0 && entry->seq >= from) {
            struct store_entry view = {.stream = entry->stream,
                                       .seq = entry->seq,
                                       .time_s = entry->time_s,
                                       .key = sim_view(entry->key),
                                       .bytes = sim_view(entry->bytes)};
            memcpy(view.hash, entry->hash, sizeof view.hash);
            error = visit(context, &view);
        }
    }
    return error;
}

static inline enum zhol_error sim_head(struct store *store, const char *stream, uint64_t *seq,
                                       uint8_t hash[STORE_HASH_SIZE])
{
    const struct sim_disk *disk = sim_disk_of(store);
    for (uint32_t i = 0; i < disk->entry_count; i++) {
        if (disk->entries[i].seq > *seq && strcmp(disk->entries[i].stream, stream) == 0) {
            *seq = disk->entries[i].seq;
            memcpy(hash, disk->entries[i].hash, STORE_HASH_SIZE);
        }
    }
    return ZHOL_ERROR_OK;
}

static inline enum zhol_error sim_streams(struct store *store, struct buffer *names)
{
    const struct sim_disk *disk = sim_disk_of(store);
    const char *last = "";
    for (;;) {
        const char *next = NULL;
        for (uint32_t i = 0; i < disk->entry_count; i++) {
            const char *name = disk->entries[i].stream;
            if (strcmp(name, last) > 0 && (!next || strcmp(name, next) < 0)) {
                next = name;
            }
        }
        if (!next) {
            return names->error;
        }
        buffer_append(names, next, strlen(next) + 1);
        last = next;
    }
}

/* Pairs of a table in the order of their keys, from a key on. */
static inline enum zhol_error sim_visit(const struct sim_disk *disk, const char *table,
                                        struct text_view from, store_visit_pair visit,
                                        void *context)
{
    const struct sim_pair *last = NULL;
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error) {
        const struct sim_pair *next = NULL;
        for (uint32_t i = 0; i < disk->pair_count; i++) {
            const struct sim_pair *pair = &disk->pairs[i];
            if (strcmp(pair->table, table) == 0 && text_compare(sim_view(pair->key), from) >= 0 &&
                (!last || text_compare(sim_view(pair->key), sim_view(last->key)) > 0) &&
                (!next || text_compare(sim_view(pair->key), sim_view(next->key)) < 0)) {
                next = pair;
            }
        }
        if (!next) {
            break;
        }
        last = next;
        error = visit(context, sim_view(next->key), sim_view(next->value));
    }
    return error;
}

static inline enum zhol_error sim_claims(struct store *store, const char *scope,
                                         store_visit_pair visit, void *context)
{
    char table[STORE_NAME_SIZE + 1];
    sim_table(table, 'c', scope);
    return sim_visit(sim_disk_of(store), table, TEXT(""), visit, context);
}

static inline enum zhol_error sim_get(struct store *store, const char *space, struct text_view key,
                                      struct buffer *value)
{
    char table[STORE_NAME_SIZE + 1];
    sim_table(table, 'v', space);
    const struct sim_pair *pair = sim_find(sim_disk_of(store), table, key);
    if (!pair) {
        return ZHOL_ERROR_UNKNOWN;
    }
    buffer_view(value, sim_view(pair->value));
    return value->error;
}

static inline enum zhol_error sim_list(struct store *store, const char *space,
                                       struct text_view from, store_visit_pair visit, void *context)
{
    char table[STORE_NAME_SIZE + 1];
    sim_table(table, 'v', space);
    return sim_visit(sim_disk_of(store), table, from, visit, context);
}

static inline void sim_close(struct store *store)
{
    pthread_mutex_destroy(&store->writing);
    free(store);
}

static const struct store_driver sim_driver = {
    .scheme = "sim",
    .close = sim_close,
    .settle = sim_settle,
    .begin = sim_begin,
    .commit = sim_commit,
    .rollback = sim_rollback,
    .own = sim_own,
    .append = sim_append,
    .claim = sim_claim,
    .release = sim_release,
    .put = sim_put,
    .remove = sim_remove,
    .find_key = sim_find_key,
    .read = sim_read,
    .head = sim_head,
    .streams = sim_streams,
    .claims = sim_claims,
    .get = sim_get,
    .list = sim_list,
};

static inline struct store *sim_open(struct sim_disk *disk)
{
    struct sim_store *store = calloc(1, sizeof *store);
    if (!store) {
        abort();
    }
    store->disk = disk;
    store->store.driver = &sim_driver;
    pthread_mutex_init(&store->store.writing, NULL);
    return &store->store;
}

static inline void sim_disk_clear(struct sim_disk *disk)
{
    sim_forget_undo(disk);
    for (uint32_t i = 0; i < disk->entry_count; i++) {
        free(disk->entries[i].key.bytes);
        free(disk->entries[i].bytes.bytes);
    }
    for (uint32_t i = 0; i < disk->pair_count; i++) {
        free(disk->pairs[i].key.bytes);
        free(disk->pairs[i].value.bytes);
    }
    free(disk->entries);
    free(disk->pairs);
    free(disk->undo);
    *disk = (struct sim_disk){.fail_in = -1};
}

#endif
