/* store/store_driver.h: what a driver of the store implements; seen inside the room only.
 *
 * store.c keeps the rules that hold for every driver: one writer at a time, nothing after a break,
 * declared spaces, sizes. A driver embeds struct store as its first member, fills `driver`, and
 * reports the bare outcome of each call. Any error of a write but DUPLICATE and UNKNOWN makes
 * store.c mark the store broken; a read that meets an I/O error is marked by the driver, since an
 * error that store_read returns may be its visitor's own.
 */
#ifndef ZHOL_STORE_STORE_DRIVER_H
#define ZHOL_STORE_STORE_DRIVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/store.h"

typedef enum zhol_error (*store_visit_pair)(void *context, struct text_view key,
                                            struct text_view value);

struct store_driver {
    const char *scheme; /* before the colon of the url */
    enum zhol_error (*open)(const char *place, const struct store_options *options,
                            struct zhol_report *report, struct store **store);
    void (*close)(struct store *store);

    /* Before this process takes the right to write: whatever an earlier one wrote is durable, or
     * this fails. */
    enum zhol_error (*settle)(struct store *store);

    /* The next nine are called inside a transaction, by the thread that began it. */
    enum zhol_error (*begin)(struct store *store);
    enum zhol_error (*commit)(struct store *store);
    void (*rollback)(struct store *store);
    enum zhol_error (*own)(struct store *store, uint64_t *epoch);
    enum zhol_error (*append)(struct store *store, const struct store_entry *entry);
    enum zhol_error (*claim)(struct store *store, const char *scope, struct text_view key,
                             struct text_view holder, struct buffer *held_by);
    enum zhol_error (*release)(struct store *store, const char *scope, struct text_view key);
    enum zhol_error (*put)(struct store *store, const char *space, struct text_view key,
                           struct text_view value);
    enum zhol_error (*remove)(struct store *store, const char *space, struct text_view key);

    /* Reads: by any thread; inside its own transaction a thread sees what it wrote. */
    enum zhol_error (*find_key)(struct store *store, const char *stream, struct text_view key,
                                uint64_t *seq, struct buffer *bytes);
    enum zhol_error (*read)(struct store *store, const char *stream, uint64_t from,
                            store_visit visit, void *context);
    enum zhol_error (*head)(struct store *store, const char *stream, uint64_t *seq,
                            uint8_t hash[STORE_HASH_SIZE]);
    enum zhol_error (*streams)(struct store *store, struct buffer *names);
    enum zhol_error (*claims)(struct store *store, const char *scope, store_visit_pair visit,
                              void *context);
    enum zhol_error (*get)(struct store *store, const char *space, struct text_view key,
                           struct buffer *value);
    enum zhol_error (*list)(struct store *store, const char *space, struct text_view from,
                            store_visit_pair visit, void *context);
    enum zhol_error (*backup)(struct store *store, const char *to_path,
                              void (*progress)(void *, uint64_t done, uint64_t total),
                              void *context, struct zhol_report *report);
};

struct store {
    const struct store_driver *driver;
    bool read_only;
    atomic_bool broken;
    pthread_mutex_t writing; /* held from begin to commit or rollback */
    atomic_uint_fast64_t commits, entries, claims;
};

/* True inside a transaction that this very thread began. */
bool store_writes_here(const struct store *store);

extern const struct store_driver store_sqlite; /* "sqlite:FILE" */
extern const struct store_driver store_memory; /* "memory:": SQLite without a file */

#endif
