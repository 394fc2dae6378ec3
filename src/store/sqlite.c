/* sqlite.c: the SQLite driver: transactions, statements, connections of readers.
 *
 * Errors are taken at their word: what SQLite could not write or sync is never tried again on the
 * same connection; store.c marks the store broken and the process opens it anew.
 */
#include "store/sqlite_store.h"

#include <string.h>

enum zhol_error sqlite_error(struct sqlite_store *store, int code)
{
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return ZHOL_ERROR_OK;
    case SQLITE_NOMEM:
        return ZHOL_ERROR_MEMORY;
    case SQLITE_CONSTRAINT:
        return ZHOL_ERROR_DUPLICATE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ZHOL_ERROR_CONFLICT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return ZHOL_ERROR_INVALID;
    case SQLITE_TOOBIG:
        return ZHOL_ERROR_LIMIT;
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
        atomic_store(&store->base.broken, true);
        return ZHOL_ERROR_IO;
    default:
        return ZHOL_ERROR_INTERNAL;
    }
}

/* ---- statements ---- */

static const char *const statement_texts[SQL_COUNT] = {
#define SQLITE_STATEMENT_TEXT(name, text) [SQL_##name] = text,
    SQLITE_STATEMENTS(SQLITE_STATEMENT_TEXT)
#undef SQLITE_STATEMENT_TEXT
};

sqlite3_stmt *sqlite_take(struct sqlite_store *store, struct sqlite_connection *connection,
                          enum sqlite_statement id, enum zhol_error *error)
{
    sqlite3_stmt **kept = &connection->statements[id], *statement = *kept;
    *error = ZHOL_ERROR_OK;
    if (!statement || sqlite3_stmt_busy(statement)) {
        bool first = !statement;
        int code = sqlite3_prepare_v3(connection->db, statement_texts[id], -1,
                                      first ? SQLITE_PREPARE_PERSISTENT : 0, &statement, NULL);
        if (code != SQLITE_OK) {
            *error = sqlite_error(store, code);
            return NULL;
        }
        if (first) {
            *kept = statement;
        }
    }
    return statement;
}

void sqlite_give(struct sqlite_connection *connection, enum sqlite_statement id,
                 sqlite3_stmt *statement)
{
    if (statement == connection->statements[id]) {
        sqlite3_reset(statement);
    } else {
        sqlite3_finalize(statement);
    }
}

/* An empty text must still be a value, not NULL: a NULL pointer would bind NULL. */
void sqlite_bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

void sqlite_bind_blob(sqlite3_stmt *statement, int at, struct text_view bytes)
{
    sqlite3_bind_blob64(statement, at, bytes.size ? bytes.bytes : "", bytes.size, SQLITE_STATIC);
}

struct text_view sqlite_column(sqlite3_stmt *statement, int at)
{
    const void *bytes = sqlite3_column_blob(statement, at);
    int size = sqlite3_column_bytes(statement, at);
    return (struct text_view){bytes ? bytes : "", (uint32_t)size};
}

/* ---- readers ---- */

enum zhol_error sqlite_reader(struct sqlite_store *store, struct sqlite_connection **connection)
{
    *connection = &store->writer;
    if (store->memory) {
        pthread_mutex_lock(&store->lock);
        return ZHOL_ERROR_OK;
    }
    if (store_writes_here(&store->base)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    struct sqlite_connection *free_one = NULL;
    pthread_mutex_lock(&store->lock);
    while (!free_one) {
        /* The first free one, so that few are ever opened. */
        for (uint32_t i = 0; i < SQLITE_READERS && !free_one; i++) {
            free_one = store->readers[i].used ? NULL : &store->readers[i];
        }
        if (!free_one) {
            pthread_cond_wait(&store->freed, &store->lock);
        }
    }
    free_one->used = true;
    pthread_mutex_unlock(&store->lock);
    if (!free_one->db) {
        error = sqlite_connect(store, false, &free_one->db);
    }
    if (error) {
        sqlite_reader_end(store, free_one);
        return error;
    }
    *connection = free_one;
    return ZHOL_ERROR_OK;
}

void sqlite_reader_end(struct sqlite_store *store, struct sqlite_connection *connection)
{
    if (store->memory) {
        pthread_mutex_unlock(&store->lock);
    } else if (connection != &store->writer) {
        pthread_mutex_lock(&store->lock);
        connection->used = false;
        pthread_cond_signal(&store->freed);
        pthread_mutex_unlock(&store->lock);
    }
}

/* ---- transactions ---- */

static struct sqlite_store *of(struct store *store)
{
    return (struct sqlite_store *)store;
}

static enum zhol_error run(struct sqlite_store *store, enum sqlite_statement id)
{
    enum zhol_error error;
    sqlite3_stmt *statement = sqlite_take(store, &store->writer, id, &error);
    if (statement) {
        int code = sqlite3_step(statement);
        error = sqlite_error(store, code);
        sqlite_give(&store->writer, id, statement);
    }
    return error;
}

/* The epoch as it stands now; inside a transaction nobody else can change it. */
static enum zhol_error one_number(struct sqlite_store *store, enum sqlite_statement id,
                                  uint64_t *number)
{
    enum zhol_error error;
    sqlite3_stmt *statement = sqlite_take(store, &store->writer, id, &error);
    if (!statement) {
        return error;
    }
    int code = sqlite3_step(statement);
    error = code == SQLITE_DONE ? ZHOL_ERROR_INVALID : sqlite_error(store, code);
    if (code == SQLITE_ROW) {
        *number = (uint64_t)sqlite3_column_int64(statement, 0);
    }
    sqlite_give(&store->writer, id, statement);
    return error;
}

static void rollback(struct store *base)
{
    struct sqlite_store *store = of(base);
    /* SQLite rolls back by itself after some errors; doing it again is harmless. What it says does
     * not matter: nothing of the transaction can reach the file without COMMIT. */
    if (!sqlite3_get_autocommit(store->writer.db)) {
        sqlite3_exec(store->writer.db, "ROLLBACK", NULL, NULL, NULL);
    }
    store->stream_count = 0;
    if (store->memory) {
        pthread_mutex_unlock(&store->lock);
    }
}

static enum zhol_error begin(struct store *base)
{
    struct sqlite_store *store = of(base);
    if (store->memory) {
        pthread_mutex_lock(&store->lock);
    }
    enum zhol_error error = run(store, SQL_begin);
    if (error) {
        if (store->memory) {
            pthread_mutex_unlock(&store->lock);
        }
        return error;
    }
    uint64_t epoch = 0;
    if (store->epoch) {
        error = one_number(store, SQL_epoch, &epoch);
        if (!error && epoch != store->epoch) {
            error = ZHOL_ERROR_CONFLICT;
        }
    }
    if (error) {
        rollback(base);
    }
    return error;
}

static enum zhol_error commit(struct store *base)
{
    struct sqlite_store *store = of(base);
    enum zhol_error error = run(store, SQL_commit);
    if (error) {
        return error; /* store.c rolls back */
    }
    if (store->memory) {
        pthread_mutex_unlock(&store->lock);
        return ZHOL_ERROR_OK;
    }
    /* The transaction is durable whatever a checkpoint meets; that breaks the store for the next.
     */
    if (sqlite_checkpoint_after_commit(store)) {
        atomic_store(&base->broken, true);
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error own(struct store *base, uint64_t *epoch)
{
    struct sqlite_store *store = of(base);
    enum zhol_error error = one_number(store, SQL_epoch_raise, epoch);
    if (!error) {
        store->epoch = *epoch;
    }
    return error;
}

#define SQLITE_DRIVER(name, opener)                                                              \
    {                                                                                            \
        .scheme = name, .open = opener, .close = sqlite_close, .begin = begin, .commit = commit, \
        .rollback = rollback, .settle = sqlite_settle, .own = own, .append = sqlite_append,      \
        .claim = sqlite_claim, .release = sqlite_release, .put = sqlite_put,                     \
        .remove = sqlite_remove, .find_key = sqlite_find_key, .read = sqlite_read,               \
        .head = sqlite_head, .streams = sqlite_streams, .claims = sqlite_claims,                 \
        .get = sqlite_get, .list = sqlite_list, .backup = sqlite_backup,                         \
    }

const struct store_driver store_sqlite = SQLITE_DRIVER("sqlite", sqlite_open_file);
const struct store_driver store_memory = SQLITE_DRIVER("memory", sqlite_open_memory);
