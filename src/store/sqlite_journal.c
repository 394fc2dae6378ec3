/* sqlite_journal.c: entries of the journal in SQLite. */
#include "store/sqlite_store.h"

#include <string.h>

#include <sodium.h>

enum { DIGEST_SIZE = 16 };

static struct sqlite_store *of(struct store *store)
{
    return (struct sqlite_store *)store;
}

static struct text_view digest_of(struct text_view key, uint8_t digest[DIGEST_SIZE])
{
    crypto_generichash(digest, DIGEST_SIZE, (const uint8_t *)key.bytes, key.size, NULL, 0);
    return (struct text_view){(const char *)digest, DIGEST_SIZE};
}

/* ---- streams ---- */

static enum zhol_error find_stream(struct sqlite_store *store, const char *name, int64_t *id)
{
    enum zhol_error error;
    struct sqlite_connection *writer = &store->writer;
    sqlite3_stmt *find = sqlite_take(store, writer, SQL_stream_find, &error);
    if (!find) {
        return error;
    }
    sqlite_bind_text(find, 1, name);
    int code = sqlite3_step(find);
    error = code == SQLITE_DONE ? ZHOL_ERROR_UNKNOWN : sqlite_error(store, code);
    *id = code == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
    sqlite_give(writer, SQL_stream_find, find);
    return error;
}

static enum zhol_error add_stream(struct sqlite_store *store, const char *name, int64_t *id)
{
    enum zhol_error error;
    sqlite3_stmt *add = sqlite_take(store, &store->writer, SQL_stream_add, &error);
    if (!add) {
        return error;
    }
    sqlite_bind_text(add, 1, name);
    error = sqlite_error(store, sqlite3_step(add));
    *id = sqlite3_last_insert_rowid(store->writer.db);
    sqlite_give(&store->writer, SQL_stream_add, add);
    return error;
}

static enum zhol_error stream_id(struct sqlite_store *store, const char *name, int64_t *id)
{
    for (uint32_t i = 0; i < store->stream_count; i++) {
        if (strcmp(store->streams[i].name, name) == 0) {
            *id = store->streams[i].id;
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = find_stream(store, name, id);
    if (error == ZHOL_ERROR_UNKNOWN) {
        error = add_stream(store, name, id);
    }
    if (!error && store->stream_count < SQLITE_STREAM_CACHE) {
        struct sqlite_stream *kept = &store->streams[store->stream_count++];
        memcpy(kept->name, name, strlen(name) + 1); /* store.c has checked its size */
        kept->id = *id;
    }
    return error;
}

/* ---- writing ---- */

static enum zhol_error append_key(struct sqlite_store *store, int64_t stream,
                                  const struct store_entry *entry)
{
    enum zhol_error error;
    uint8_t digest[DIGEST_SIZE];
    sqlite3_stmt *add = sqlite_take(store, &store->writer, SQL_append_key, &error);
    if (!add) {
        return error;
    }
    sqlite3_bind_int64(add, 1, stream);
    sqlite_bind_blob(add, 2, digest_of(entry->key, digest));
    sqlite3_bind_int64(add, 3, (int64_t)entry->seq);
    error = sqlite_error(store, sqlite3_step(add));
    sqlite_give(&store->writer, SQL_append_key, add);
    return error;
}

enum zhol_error sqlite_append(struct store *base, const struct store_entry *entry)
{
    struct sqlite_store *store = of(base);
    int64_t stream = 0;
    enum zhol_error error = stream_id(store, entry->stream, &stream);
    /* The key goes first: a repeated one must leave nothing behind. */
    if (!error && entry->key.size) {
        error = append_key(store, stream, entry);
    }
    if (error) {
        return error;
    }
    sqlite3_stmt *add = sqlite_take(store, &store->writer, SQL_append, &error);
    if (!add) {
        return error;
    }
    sqlite3_bind_int64(add, 1, stream);
    sqlite3_bind_int64(add, 2, (int64_t)entry->seq);
    sqlite3_bind_int64(add, 3, entry->time_s);
    sqlite_bind_blob(add, 4, (struct text_view){(const char *)entry->hash, STORE_HASH_SIZE});
    sqlite_bind_blob(add, 5, entry->bytes);
    error = sqlite_error(store, sqlite3_step(add));
    sqlite_give(&store->writer, SQL_append, add);
    return error;
}

/* ---- reading ---- */

enum zhol_error sqlite_find_key(struct store *base, const char *stream, struct text_view key,
                                uint64_t *seq, struct buffer *bytes)
{
    struct sqlite_store *store = of(base);
    struct sqlite_connection *reader;
    uint8_t digest[DIGEST_SIZE];
    enum zhol_error error = sqlite_reader(store, &reader);
    if (error) {
        return error;
    }
    sqlite3_stmt *find = sqlite_take(store, reader, SQL_find_key, &error);
    if (find) {
        sqlite_bind_text(find, 1, stream);
        sqlite_bind_blob(find, 2, digest_of(key, digest));
        int code = sqlite3_step(find);
        error = code == SQLITE_DONE ? ZHOL_ERROR_UNKNOWN : sqlite_error(store, code);
        if (code == SQLITE_ROW) {
            *seq = (uint64_t)sqlite3_column_int64(find, 0);
            buffer_view(bytes, sqlite_column(find, 1));
            error = bytes->error;
        }
        sqlite_give(reader, SQL_find_key, find);
    }
    sqlite_reader_end(store, reader);
    return error;
}

/* One row for the visitor; a hash of another size is damage. */
static enum zhol_error visit_row(sqlite3_stmt *row, const char *stream, store_visit visit,
                                 void *context)
{
    struct text_view hash = sqlite_column(row, 2);
    struct store_entry entry = {.stream = stream,
                                .seq = (uint64_t)sqlite3_column_int64(row, 0),
                                .time_s = sqlite3_column_int64(row, 1),
                                .bytes = sqlite_column(row, 3)};
    if (hash.size != STORE_HASH_SIZE) {
        return ZHOL_ERROR_INVALID;
    }
    memcpy(entry.hash, hash.bytes, STORE_HASH_SIZE);
    return visit(context, &entry);
}

enum zhol_error sqlite_read(struct store *base, const char *stream, uint64_t from,
                            store_visit visit, void *context)
{
    struct sqlite_store *store = of(base);
    struct sqlite_connection *reader;
    enum zhol_error error = sqlite_reader(store, &reader);
    if (error) {
        return error;
    }
    sqlite3_stmt *rows = sqlite_take(store, reader, SQL_read, &error);
    if (rows) {
        int code = SQLITE_DONE;
        sqlite_bind_text(rows, 1, stream);
        sqlite3_bind_int64(rows, 2, from > INT64_MAX ? INT64_MAX : (int64_t)from);
        while (!error && (code = sqlite3_step(rows)) == SQLITE_ROW) {
            error = visit_row(rows, stream, visit, context);
        }
        error = error ? error : sqlite_error(store, code);
        sqlite_give(reader, SQL_read, rows);
    }
    sqlite_reader_end(store, reader);
    return error;
}

enum zhol_error sqlite_head(struct store *base, const char *stream, uint64_t *seq,
                            uint8_t hash[STORE_HASH_SIZE])
{
    struct sqlite_store *store = of(base);
    struct sqlite_connection *reader;
    enum zhol_error error = sqlite_reader(store, &reader);
    if (error) {
        return error;
    }
    sqlite3_stmt *row = sqlite_take(store, reader, SQL_head, &error);
    if (row) {
        sqlite_bind_text(row, 1, stream);
        int code = sqlite3_step(row);
        error = sqlite_error(store, code);
        if (code == SQLITE_ROW) {
            struct text_view bytes = sqlite_column(row, 1);
            *seq = (uint64_t)sqlite3_column_int64(row, 0);
            if (bytes.size == STORE_HASH_SIZE) {
                memcpy(hash, bytes.bytes, STORE_HASH_SIZE);
            } else {
                error = ZHOL_ERROR_INVALID;
            }
        }
        sqlite_give(reader, SQL_head, row);
    }
    sqlite_reader_end(store, reader);
    return error;
}

enum zhol_error sqlite_streams(struct store *base, struct buffer *names)
{
    struct sqlite_store *store = of(base);
    struct sqlite_connection *reader;
    enum zhol_error error = sqlite_reader(store, &reader);
    if (error) {
        return error;
    }
    sqlite3_stmt *rows = sqlite_take(store, reader, SQL_streams, &error);
    if (rows) {
        int code;
        while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
            buffer_view(names, sqlite_column(rows, 0));
            buffer_char(names, '\0');
        }
        error = sqlite_error(store, code);
        error = error ? error : names->error;
        sqlite_give(reader, SQL_streams, rows);
    }
    sqlite_reader_end(store, reader);
    return error;
}
