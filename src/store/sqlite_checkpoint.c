/* sqlite_checkpoint.c: when the write-ahead log is moved into the file.
 *
 * SQLite would do it on the writer's thread, after every thousand pages, and a booking would wait
 * for it. Here a thread copies while the writer goes on adding (a first pass, without any lock),
 * then holds the writer for the few pages that came meanwhile (a second pass), so that the log is
 * moved whole and the next commit starts it from its beginning: it stays below a hundred megabytes
 * however long the load lasts. Tests that must repeat themselves do it inline.
 */
#include "store/sqlite_store.h"

enum {
    /* 64 MB between two checkpoints: a page that many bookings changed is then moved once. */
    LOG_PAGES = 16000,
    LOG_BYTES_KEPT = 96 << 20 /* a log that grew longer, because of a long reader, is cut again */
};

static int remember_pages(void *context, sqlite3 *db, const char *name, int pages)
{
    struct sqlite_store *store = context;
    (void)db;
    (void)name;
    atomic_store(&store->log_pages, pages);
    return SQLITE_OK;
}

/* Whatever is not plainly done or postponed (another process at it, an old reader) is a failure. */
static enum zhol_error pass(struct sqlite_store *store, sqlite3 *db)
{
    int code = sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return (code & 0xFF) == SQLITE_BUSY ? ZHOL_ERROR_OK : sqlite_error(store, code);
}

static enum zhol_error checkpoint(struct sqlite_store *store)
{
    enum zhol_error error = pass(store, store->checkpoint_db);
    if (!error) {
        pthread_mutex_lock(&store->base.writing);
        error = store_broken(&store->base) ? ZHOL_ERROR_IO : pass(store, store->checkpoint_db);
        pthread_mutex_unlock(&store->base.writing);
    }
    if (error) {
        atomic_store(&store->base.broken, true);
    }
    return error;
}

static void *work(void *context)
{
    struct sqlite_store *store = context;
    enum zhol_error error = ZHOL_ERROR_OK;
    pthread_mutex_lock(&store->waking);
    while (!store->stopping && !error) {
        if (!store->checkpoint_due) {
            pthread_cond_wait(&store->wake, &store->waking);
            continue;
        }
        store->checkpoint_due = false;
        pthread_mutex_unlock(&store->waking);
        error = checkpoint(store);
        pthread_mutex_lock(&store->waking);
    }
    pthread_mutex_unlock(&store->waking);
    return NULL;
}

enum zhol_error sqlite_checkpoint_start(struct sqlite_store *store)
{
    char limit[64];
    sqlite3_snprintf((int)sizeof limit, limit, "PRAGMA journal_size_limit = %d", LOG_BYTES_KEPT);
    enum zhol_error error =
        sqlite_error(store, sqlite3_exec(store->writer.db, limit, NULL, NULL, NULL));
    sqlite3_wal_hook(store->writer.db, remember_pages, store);
    if (error || store->inline_checkpoint) {
        return error;
    }
    error = sqlite_connect(store, true, &store->checkpoint_db);
    if (!error && pthread_create(&store->checkpointer, NULL, work, store) != 0) {
        sqlite3_close(store->checkpoint_db);
        store->checkpoint_db = NULL;
        error = ZHOL_ERROR_MEMORY;
    }
    return error;
}

void sqlite_checkpoint_stop(struct sqlite_store *store)
{
    if (!store->checkpoint_db) {
        return;
    }
    pthread_mutex_lock(&store->waking);
    store->stopping = true;
    pthread_cond_signal(&store->wake);
    pthread_mutex_unlock(&store->waking);
    pthread_join(store->checkpointer, NULL);
    sqlite3_close(store->checkpoint_db);
    store->checkpoint_db = NULL;
}

enum zhol_error sqlite_checkpoint_after_commit(struct sqlite_store *store)
{
    int pages = atomic_load(&store->log_pages);
    int due = store->checkpoint_pages ? (int)store->checkpoint_pages : LOG_PAGES;
    if (pages < store->pages_then) {
        store->pages_then = 0; /* the log began anew */
    }
    /* A log that an old reader holds back is not tried again with every commit. */
    if (pages - store->pages_then < due) {
        return ZHOL_ERROR_OK;
    }
    store->pages_then = pages;
    if (store->inline_checkpoint) {
        return pass(store, store->writer.db);
    }
    pthread_mutex_lock(&store->waking);
    store->checkpoint_due = true;
    pthread_cond_signal(&store->wake);
    pthread_mutex_unlock(&store->waking);
    return ZHOL_ERROR_OK;
}
