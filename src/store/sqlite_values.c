/* sqlite_values.c: claims and named values in SQLite. */
#include "store/sqlite_store.h"

static struct sqlite_store *of(struct store *store)
{
    return (struct sqlite_store *)store;
}

/* Both tables are (name, key) -> bytes: the same three shapes of statement serve them. */

/* Runs a write; `value` may be NULL where the statement has no third parameter. */
static enum zhol_error write_pair(struct sqlite_store *store, enum sqlite_statement id,
                                  const char *name, struct text_view key,
                                  const struct text_view *value, int *changed)
{
    enum zhol_error error;
    sqlite3_stmt *statement = sqlite_take(store, &store->writer, id, &error);
    if (!statement) {
        return error;
    }
    sqlite_bind_text(statement, 1, name);
    sqlite_bind_blob(statement, 2, key);
    if (value) {
        sqlite_bind_blob(statement, 3, *value);
    }
    error = sqlite_error(store, sqlite3_step(statement));
    *changed = sqlite3_changes(store->writer.db);
    sqlite_give(&store->writer, id, statement);
    return error;
}

static enum zhol_error read_one(struct sqlite_store *store, struct sqlite_connection *connection,
                                enum sqlite_statement id, const char *name, struct text_view key,
                                struct buffer *value)
{
    enum zhol_error error;
    sqlite3_stmt *statement = sqlite_take(store, connection, id, &error);
    if (!statement) {
        return error;
    }
    sqlite_bind_text(statement, 1, name);
    sqlite_bind_blob(statement, 2, key);
    int code = sqlite3_step(statement);
    error = code == SQLITE_DONE ? ZHOL_ERROR_UNKNOWN : sqlite_error(store, code);
    if (code == SQLITE_ROW) {
        buffer_view(value, sqlite_column(statement, 0));
        error = value->error;
    }
    sqlite_give(connection, id, statement);
    return error;
}

static enum zhol_error read_many(struct sqlite_store *store, enum sqlite_statement id,
                                 const char *name, const struct text_view *from,
                                 store_visit_pair visit, void *context)
{
    struct sqlite_connection *reader;
    enum zhol_error error = sqlite_reader(store, &reader);
    if (error) {
        return error;
    }
    sqlite3_stmt *rows = sqlite_take(store, reader, id, &error);
    if (rows) {
        int code = SQLITE_DONE;
        sqlite_bind_text(rows, 1, name);
        if (from) {
            sqlite_bind_blob(rows, 2, *from);
        }
        while (!error && (code = sqlite3_step(rows)) == SQLITE_ROW) {
            error = visit(context, sqlite_column(rows, 0), sqlite_column(rows, 1));
        }
        error = error ? error : sqlite_error(store, code);
        sqlite_give(reader, id, rows);
    }
    sqlite_reader_end(store, reader);
    return error;
}

/* ---- claims ---- */

enum zhol_error sqlite_claim(struct store *base, const char *scope, struct text_view key,
                             struct text_view holder, struct buffer *held_by)
{
    struct sqlite_store *store = of(base);
    int changed = 0;
    enum zhol_error error = write_pair(store, SQL_claim, scope, key, &holder, &changed);
    if (error || changed) {
        return error;
    }
    error = read_one(store, &store->writer, SQL_claim_holder, scope, key, held_by);
    return error ? error : ZHOL_ERROR_DUPLICATE;
}

enum zhol_error sqlite_release(struct store *base, const char *scope, struct text_view key)
{
    int changed;
    return write_pair(of(base), SQL_release, scope, key, NULL, &changed);
}

enum zhol_error sqlite_claims(struct store *base, const char *scope, store_visit_pair visit,
                              void *context)
{
    return read_many(of(base), SQL_claims, scope, NULL, visit, context);
}

/* ---- named values ---- */

enum zhol_error sqlite_put(struct store *base, const char *space, struct text_view key,
                           struct text_view value)
{
    int changed;
    return write_pair(of(base), SQL_put, space, key, &value, &changed);
}

enum zhol_error sqlite_get(struct store *base, const char *space, struct text_view key,
                           struct buffer *value)
{
    struct sqlite_store *store = of(base);
    struct sqlite_connection *reader;
    enum zhol_error error = sqlite_reader(store, &reader);
    if (!error) {
        error = read_one(store, reader, SQL_get, space, key, value);
        sqlite_reader_end(store, reader);
    }
    return error;
}

enum zhol_error sqlite_remove(struct store *base, const char *space, struct text_view key)
{
    int changed;
    return write_pair(of(base), SQL_remove, space, key, NULL, &changed);
}

enum zhol_error sqlite_list(struct store *base, const char *space, struct text_view from,
                            store_visit_pair visit, void *context)
{
    return read_many(of(base), SQL_list, space, &from, visit, context);
}
