/* store/sqlite_store.h: the SQLite driver's insides, seen by sqlite*.c only.
 *
 * One connection writes. Readers have up to READERS connections of their own, each with a snapshot
 * of what is committed, so that they never wait for the writer nor it for them. A fourth kind, the
 * checkpointer's, moves the write-ahead log into the file in the background (sqlite_checkpoint.c).
 * A store in memory has one connection for all, behind a lock.
 */
#ifndef ZHOL_STORE_SQLITE_STORE_H
#define ZHOL_STORE_SQLITE_STORE_H

#include <sqlite3.h>

#include "store/store_driver.h"

enum {
    SQLITE_READERS = 8,
    SQLITE_STREAM_CACHE = 64,
    SQLITE_APPLICATION_ID = 0x5A686F6C /* "Zhol", in the header of the file */
};

/* Q(name, text): every statement of the driver, prepared once a connection, at first use. */
#define SQLITE_STATEMENTS(Q)                                                                      \
    Q(begin, "BEGIN IMMEDIATE")                                                                   \
    Q(commit, "COMMIT")                                                                           \
    Q(epoch, "SELECT epoch FROM owner WHERE id = 1")                                              \
    Q(epoch_raise, "UPDATE owner SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch")             \
    Q(stream_find, "SELECT id FROM stream WHERE name = ?1")                                       \
    Q(stream_add, "INSERT INTO stream (name) VALUES (?1)")                                        \
    Q(append, "INSERT INTO entry (stream, seq, time_s, hash, bytes) VALUES (?1, ?2, ?3, ?4,"      \
              " ?5)")                                                                             \
    Q(append_key, "INSERT INTO entry_key (stream, digest, seq) VALUES (?1, ?2, ?3)")              \
    Q(find_key, "SELECT e.seq, e.bytes FROM stream s JOIN entry_key k ON k.stream = s.id"         \
                " JOIN entry e ON e.stream = k.stream AND e.seq = k.seq"                          \
                " WHERE s.name = ?1 AND k.digest = ?2")                                           \
    Q(read, "SELECT seq, time_s, hash, bytes FROM entry"                                          \
            " WHERE stream = (SELECT id FROM stream WHERE name = ?1) AND seq >= ?2 ORDER BY seq") \
    Q(head, "SELECT seq, hash FROM entry"                                                         \
            " WHERE stream = (SELECT id FROM stream WHERE name = ?1) ORDER BY seq DESC LIMIT 1")  \
    Q(streams, "SELECT name FROM stream ORDER BY name")                                           \
    Q(claim, "INSERT INTO claim (scope, key, holder) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING") \
    Q(claim_holder, "SELECT holder FROM claim WHERE scope = ?1 AND key = ?2")                     \
    Q(release, "DELETE FROM claim WHERE scope = ?1 AND key = ?2")                                 \
    Q(claims, "SELECT key, holder FROM claim WHERE scope = ?1 ORDER BY key")                      \
    Q(put, "INSERT INTO value (space, key, value) VALUES (?1, ?2, ?3)"                            \
           " ON CONFLICT DO UPDATE SET value = excluded.value")                                   \
    Q(get, "SELECT value FROM value WHERE space = ?1 AND key = ?2")                               \
    Q(remove, "DELETE FROM value WHERE space = ?1 AND key = ?2")                                  \
    Q(list, "SELECT key, value FROM value WHERE space = ?1 AND key >= ?2 ORDER BY key")

enum sqlite_statement {
#define SQLITE_STATEMENT_NAME(name, text) SQL_##name,
    SQLITE_STATEMENTS(SQLITE_STATEMENT_NAME)
#undef SQLITE_STATEMENT_NAME
        SQL_COUNT
};

struct sqlite_connection {
    sqlite3 *db;
    sqlite3_stmt *statements[SQL_COUNT];
    bool used; /* lent to a reader */
};

struct sqlite_stream {
    char name[STORE_NAME_SIZE];
    int64_t id;
};

struct sqlite_store {
    struct store base;
    char *path;
    char *vfs;
    bool memory, unsafe_normal;
    struct sqlite_connection writer;
    uint64_t epoch; /* ours; 0: this process never took the right to write */

    /* Ids of streams, known to the writer; forgotten on rollback, which may have undone one. */
    struct sqlite_stream streams[SQLITE_STREAM_CACHE];
    uint32_t stream_count;

    pthread_mutex_t lock; /* of the readers; of everything, recursively, in memory */
    pthread_cond_t freed;
    struct sqlite_connection readers[SQLITE_READERS];

    /* The checkpointer. */
    bool inline_checkpoint;
    uint32_t checkpoint_pages;
    bool checkpoint_due, stopping; /* under `waking` */
    atomic_int log_pages;          /* pages in the log after the last commit */
    int pages_then;                /* and when a checkpoint was last due; the writer's */
    pthread_mutex_t waking;
    pthread_cond_t wake;
    pthread_t checkpointer;
    sqlite3 *checkpoint_db;
};

/* ---- sqlite.c ---- */
/* What SQLite said, in our words; an I/O error marks the store broken. */
enum zhol_error sqlite_error(struct sqlite_store *store, int code);
/* A statement of a connection, reset and free to use; NULL and *error when it cannot be prepared.
 * One that is being stepped further up the stack is prepared a second time. Give it back. */
sqlite3_stmt *sqlite_take(struct sqlite_store *store, struct sqlite_connection *connection,
                          enum sqlite_statement id, enum zhol_error *error);
void sqlite_give(struct sqlite_connection *connection, enum sqlite_statement id,
                 sqlite3_stmt *statement);
/* The connection with which this thread reads now; the writer's inside its own transaction. */
enum zhol_error sqlite_reader(struct sqlite_store *store, struct sqlite_connection **connection);
void sqlite_reader_end(struct sqlite_store *store, struct sqlite_connection *connection);
void sqlite_bind_text(sqlite3_stmt *statement, int at, const char *text);
void sqlite_bind_blob(sqlite3_stmt *statement, int at, struct text_view bytes);
struct text_view sqlite_column(sqlite3_stmt *statement, int at);

/* ---- sqlite_open.c ---- */
enum zhol_error sqlite_open_file(const char *place, const struct store_options *options,
                                 struct zhol_report *report, struct store **store);
enum zhol_error sqlite_open_memory(const char *place, const struct store_options *options,
                                   struct zhol_report *report, struct store **store);
void sqlite_close(struct store *store);
enum zhol_error sqlite_settle(struct store *store);
/* Makes an empty file that only its owner may read, where there is none. */
void sqlite_make_private(const char *path);
/* A further connection of the same store with the settings that each of them has. */
enum zhol_error sqlite_connect(struct sqlite_store *store, bool write, sqlite3 **db);
/* Brings a store up to migration `until` (0: the last); used by the upgrade test to make an old
 * one. */
enum zhol_error sqlite_migrate(struct sqlite_store *store, sqlite3 *db, uint32_t until,
                               struct zhol_report *report);
enum zhol_error sqlite_say(const struct sqlite_store *store, struct zhol_report *report,
                           enum zhol_error error, const char *value, const char *expected);

/* ---- sqlite_journal.c, sqlite_values.c, sqlite_backup.c, sqlite_checkpoint.c ---- */
enum zhol_error sqlite_append(struct store *store, const struct store_entry *entry);
enum zhol_error sqlite_find_key(struct store *store, const char *stream, struct text_view key,
                                uint64_t *seq, struct buffer *bytes);
enum zhol_error sqlite_read(struct store *store, const char *stream, uint64_t from,
                            store_visit visit, void *context);
enum zhol_error sqlite_head(struct store *store, const char *stream, uint64_t *seq,
                            uint8_t hash[STORE_HASH_SIZE]);
enum zhol_error sqlite_streams(struct store *store, struct buffer *names);

enum zhol_error sqlite_claim(struct store *store, const char *scope, struct text_view key,
                             struct text_view holder, struct buffer *held_by);
enum zhol_error sqlite_release(struct store *store, const char *scope, struct text_view key);
enum zhol_error sqlite_claims(struct store *store, const char *scope, store_visit_pair visit,
                              void *context);
enum zhol_error sqlite_put(struct store *store, const char *space, struct text_view key,
                           struct text_view value);
enum zhol_error sqlite_get(struct store *store, const char *space, struct text_view key,
                           struct buffer *value);
enum zhol_error sqlite_remove(struct store *store, const char *space, struct text_view key);
enum zhol_error sqlite_list(struct store *store, const char *space, struct text_view from,
                            store_visit_pair visit, void *context);

enum zhol_error sqlite_backup(struct store *store, const char *to_path,
                              void (*progress)(void *, uint64_t done, uint64_t total),
                              void *context, struct zhol_report *report);

/* Starts the thread; to be called once, after the tables stand. */
enum zhol_error sqlite_checkpoint_start(struct sqlite_store *store);
void sqlite_checkpoint_stop(struct sqlite_store *store);
/* After a commit, outside the transaction: wakes the thread, or does its work where there is none.
 */
enum zhol_error sqlite_checkpoint_after_commit(struct sqlite_store *store);

#endif
