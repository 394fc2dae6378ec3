/* store.c: the interface of the store: finds the driver, and keeps the rules that hold for all of
 * them (store/store.h, store/store_driver.h).
 */
#include "store/store.h"

#include <string.h>

#include "store/spaces.h"
#include "store/store_driver.h"

/* A key may be any bytes; a value is bounded so that one never outgrows a driver's largest. */
enum { KEY_SIZE_MAX = 512, VALUE_SIZE_MAX = 256 << 20 };

/* The store in whose transaction this thread is. A thread is in one at a time. */
static _Thread_local const struct store *writes_here;

static const struct store_driver *const drivers[] = {&store_sqlite, &store_memory};

enum zhol_error store_open(const char *url, const struct store_options *options,
                           struct zhol_report *report, struct store **store)
{
    const char *colon = strchr(url, ':');
    size_t size = colon ? (size_t)(colon - url) : 0;
    static const struct store_options usual;
    *store = NULL;
    for (size_t i = 0; colon && i < sizeof drivers / sizeof *drivers; i++) {
        if (strlen(drivers[i]->scheme) == size && memcmp(url, drivers[i]->scheme, size) == 0) {
            return drivers[i]->open(colon + 1, options ? options : &usual, report, store);
        }
    }
    return zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                          .code = ZHOL_ERROR_UNKNOWN,
                                                          .file = url,
                                                          .value = url,
                                                          .expected = "sqlite:FILE or memory:"});
}

void store_close(struct store *store)
{
    if (store) {
        store->driver->close(store);
    }
}

bool store_broken(const struct store *store)
{
    return atomic_load(&store->broken);
}

bool store_writes_here(const struct store *store)
{
    return writes_here == store;
}

struct store_counts store_count(const struct store *store)
{
    return (struct store_counts){.commits = atomic_load(&store->commits),
                                 .entries = atomic_load(&store->entries),
                                 .claims = atomic_load(&store->claims)};
}

/* ---- the rules ---- */

/* A failed write may have left anything behind: only what is expected leaves the store whole. */
static enum zhol_error wrote(struct store *store, enum zhol_error error)
{
    if (error && error != ZHOL_ERROR_DUPLICATE && error != ZHOL_ERROR_UNKNOWN) {
        atomic_store(&store->broken, true);
    }
    return error;
}

static enum zhol_error may_write(const struct store *store)
{
    if (store_broken(store)) {
        return ZHOL_ERROR_IO;
    }
    return store_writes_here(store) ? ZHOL_ERROR_OK : ZHOL_ERROR_USAGE;
}

static enum zhol_error may_read(const struct store *store)
{
    return store_broken(store) ? ZHOL_ERROR_IO : ZHOL_ERROR_OK;
}

static bool name_fits(const char *name)
{
    return *name && strlen(name) < STORE_NAME_SIZE;
}

static bool space_known(const char *space)
{
    static const char *const names[] = {
#define SPACE_NAME(name, what) #name,
        STORE_SPACES(SPACE_NAME)
#undef SPACE_NAME
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(space, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- transactions ---- */

enum zhol_error store_begin(struct store *store)
{
    if (writes_here || store->read_only) {
        return ZHOL_ERROR_USAGE;
    }
    pthread_mutex_lock(&store->writing);
    enum zhol_error error = may_read(store);
    if (!error) {
        error = wrote(store, store->driver->begin(store));
    }
    if (error) {
        pthread_mutex_unlock(&store->writing);
        return error;
    }
    writes_here = store;
    return ZHOL_ERROR_OK;
}

static void end(struct store *store)
{
    writes_here = NULL;
    pthread_mutex_unlock(&store->writing);
}

enum zhol_error store_commit(struct store *store)
{
    if (!store_writes_here(store)) {
        return ZHOL_ERROR_USAGE;
    }
    enum zhol_error error = store_broken(store) ? ZHOL_ERROR_IO : store->driver->commit(store);
    if (error) {
        /* Whether the transaction is on the disk cannot be known: nothing may follow. */
        atomic_store(&store->broken, true);
        store->driver->rollback(store);
    } else {
        atomic_fetch_add(&store->commits, 1);
    }
    end(store);
    return error;
}

void store_rollback(struct store *store)
{
    if (store_writes_here(store)) {
        store->driver->rollback(store);
        end(store);
    }
}

enum zhol_error store_own(struct store *store, uint64_t *epoch)
{
    enum zhol_error error = may_read(store);
    if (!error && store->read_only) {
        error = ZHOL_ERROR_USAGE;
    }
    if (!error) {
        error = wrote(store, store->driver->settle(store));
    }
    if (!error) {
        error = store_begin(store);
    }
    if (error) {
        return error;
    }
    error = wrote(store, store->driver->own(store, epoch));
    if (error) {
        store_rollback(store);
        return error;
    }
    return store_commit(store);
}

/* ---- the journal ---- */

enum zhol_error store_append(struct store *store, const struct store_entry *entry)
{
    enum zhol_error error = may_write(store);
    if (error) {
        return error;
    }
    if (!name_fits(entry->stream) || !entry->seq || entry->seq > INT64_MAX) {
        return ZHOL_ERROR_USAGE;
    }
    if (entry->bytes.size > VALUE_SIZE_MAX || entry->key.size > KEY_SIZE_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    error = wrote(store, store->driver->append(store, entry));
    if (!error) {
        atomic_fetch_add(&store->entries, 1);
    }
    return error;
}

enum zhol_error store_find_key(struct store *store, const char *stream, struct text_view key,
                               uint64_t *seq, struct buffer *bytes)
{
    enum zhol_error error = may_read(store);
    return error ? error : store->driver->find_key(store, stream, key, seq, bytes);
}

enum zhol_error store_read(struct store *store, const char *stream, uint64_t from,
                           store_visit visit, void *context)
{
    enum zhol_error error = may_read(store);
    return error ? error : store->driver->read(store, stream, from, visit, context);
}

enum zhol_error store_head(struct store *store, const char *stream, uint64_t *seq,
                           uint8_t hash[STORE_HASH_SIZE])
{
    enum zhol_error error = may_read(store);
    *seq = 0;
    memset(hash, 0, STORE_HASH_SIZE);
    return error ? error : store->driver->head(store, stream, seq, hash);
}

enum zhol_error store_streams(struct store *store, struct buffer *names)
{
    enum zhol_error error = may_read(store);
    return error ? error : store->driver->streams(store, names);
}

/* ---- claims ---- */

enum zhol_error store_claim(struct store *store, const char *scope, struct text_view key,
                            struct text_view holder, struct buffer *held_by)
{
    enum zhol_error error = may_write(store);
    if (error) {
        return error;
    }
    if (!name_fits(scope) || key.size > KEY_SIZE_MAX || holder.size > KEY_SIZE_MAX) {
        return ZHOL_ERROR_USAGE;
    }
    error = wrote(store, store->driver->claim(store, scope, key, holder, held_by));
    if (!error) {
        atomic_fetch_add(&store->claims, 1);
    }
    return error;
}

enum zhol_error store_release(struct store *store, const char *scope, struct text_view key)
{
    enum zhol_error error = may_write(store);
    return error ? error : wrote(store, store->driver->release(store, scope, key));
}

enum zhol_error store_claims(struct store *store, const char *scope, store_visit_pair visit,
                             void *context)
{
    enum zhol_error error = may_read(store);
    return error ? error : store->driver->claims(store, scope, visit, context);
}

/* ---- named values ---- */

enum zhol_error store_put(struct store *store, const char *space, struct text_view key,
                          struct text_view value)
{
    enum zhol_error error = may_write(store);
    if (error) {
        return error;
    }
    if (!space_known(space) || key.size > KEY_SIZE_MAX) {
        return ZHOL_ERROR_USAGE;
    }
    if (value.size > VALUE_SIZE_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    return wrote(store, store->driver->put(store, space, key, value));
}

enum zhol_error store_get(struct store *store, const char *space, struct text_view key,
                          struct buffer *value)
{
    enum zhol_error error = may_read(store);
    if (!error && !space_known(space)) {
        error = ZHOL_ERROR_USAGE;
    }
    return error ? error : store->driver->get(store, space, key, value);
}

enum zhol_error store_remove(struct store *store, const char *space, struct text_view key)
{
    enum zhol_error error = may_write(store);
    if (!error && !space_known(space)) {
        error = ZHOL_ERROR_USAGE;
    }
    return error ? error : wrote(store, store->driver->remove(store, space, key));
}

enum zhol_error store_list(struct store *store, const char *space, struct text_view from,
                           store_visit_pair visit, void *context)
{
    enum zhol_error error = may_read(store);
    if (!error && !space_known(space)) {
        error = ZHOL_ERROR_USAGE;
    }
    return error ? error : store->driver->list(store, space, from, visit, context);
}

enum zhol_error store_backup(struct store *store, const char *to_path,
                             void (*progress)(void *, uint64_t done, uint64_t total), void *context,
                             struct zhol_report *report)
{
    enum zhol_error error = may_read(store);
    return error ? error : store->driver->backup(store, to_path, progress, context, report);
}
