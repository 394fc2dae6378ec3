/* sqlite_open.c: opens a store in SQLite, makes or upgrades its tables, refuses what is not ours.
 */
#include "store/sqlite_store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/file.h"
#include "store/migrations.h"

enum { BUSY_MS = 10000 };

enum zhol_error sqlite_say(const struct sqlite_store *store, struct zhol_report *report,
                           enum zhol_error error, const char *value, const char *expected)
{
    return zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                          .code = error,
                                                          .file = store->path,
                                                          .value = value,
                                                          .expected = expected});
}

static enum zhol_error say_sqlite(struct sqlite_store *store, struct zhol_report *report,
                                  sqlite3 *db, int code)
{
    enum zhol_error error = sqlite_error(store, code);
    char words[160];
    snprintf(words, sizeof words, "SQLite: %s", db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
    return sqlite_say(store, report, error, words,
                      error == ZHOL_ERROR_CONFLICT
                          ? "another process uses the store: stop it first"
                          : "a store that zhol made, on a disk that works and has room");
}

/* ---- connections ---- */

static int set_up(struct sqlite_store *store, sqlite3 *db)
{
    static const char settings[] =
        /* An erased key must be gone from the file, not only from the tables. */
        "PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
        "PRAGMA cache_size = -65536; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;"
        /* sqlite_checkpoint.c decides when. */
        "PRAGMA wal_autocheckpoint = 0;";
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    /* Closing must not touch a disk that has failed; a healthy close makes its checkpoint itself.
     */
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    int code = sqlite3_exec(db, settings, NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_exec(
            db, store->unsafe_normal ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL",
            NULL, NULL, NULL);
    }
    return code;
}

static int connect_with(struct sqlite_store *store, int flags, sqlite3 **db)
{
    int code = sqlite3_open_v2(store->path, db, flags | SQLITE_OPEN_NOMUTEX, store->vfs);
    return code == SQLITE_OK ? set_up(store, *db) : code;
}

enum zhol_error sqlite_connect(struct sqlite_store *store, bool write, sqlite3 **db)
{
    int code = connect_with(store, write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, db);
    if (code != SQLITE_OK) {
        sqlite3_close(*db);
        *db = NULL;
    }
    return sqlite_error(store, code);
}

/* ---- versions ---- */

static int pragma_number(sqlite3 *db, const char *sql, int64_t *number)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            *number = sqlite3_column_int64(statement, 0);
            code = SQLITE_OK;
        }
    }
    sqlite3_finalize(statement);
    return code;
}

struct version {
    int64_t application, number, tables;
};

static int read_version(sqlite3 *db, struct version *version)
{
    int code = pragma_number(db, "PRAGMA application_id", &version->application);
    if (code == SQLITE_OK) {
        code = pragma_number(db, "PRAGMA user_version", &version->number);
    }
    if (code == SQLITE_OK) {
        code = pragma_number(db, "SELECT count(*) FROM sqlite_schema", &version->tables);
    }
    return code;
}

/* Ours, or an empty file that may become ours; not newer than this program. */
static enum zhol_error check_version(const struct sqlite_store *store,
                                     const struct version *version, struct zhol_report *report)
{
    uint32_t count;
    const struct migration *list = migrations(&count);
    char words[64];
    bool empty = version->tables == 0 && version->application == 0 && version->number == 0;
    if (!empty && version->application != SQLITE_APPLICATION_ID) {
        snprintf(words, sizeof words, "application id %lld", (long long)version->application);
        return sqlite_say(store, report, ZHOL_ERROR_CONFLICT, words,
                          "a store that zhol made: this file belongs to another program");
    }
    if (version->number > list[count - 1].number || version->number < 0) {
        snprintf(words, sizeof words, "store version %lld", (long long)version->number);
        return sqlite_say(store, report, ZHOL_ERROR_CONFLICT, words,
                          "a version that this program knows: the store was written by a newer "
                          "one; use that");
    }
    return ZHOL_ERROR_OK;
}

static int exec_number(sqlite3 *db, const char *format, int64_t number)
{
    char sql[96];
    snprintf(sql, sizeof sql, format, (long long)number);
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* One migration with its number in one transaction; another process may have been faster. */
static int migrate_one(sqlite3 *db, const struct migration *migration)
{
    int64_t number = 0;
    int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    code = pragma_number(db, "PRAGMA user_version", &number);
    if (code == SQLITE_OK && number < migration->number) {
        code = sqlite3_exec(db, migration->sqlite, NULL, NULL, NULL);
        if (code == SQLITE_OK) {
            code = exec_number(db, "PRAGMA application_id = %lld", SQLITE_APPLICATION_ID);
        }
        if (code == SQLITE_OK) {
            code = exec_number(db, "PRAGMA user_version = %lld", migration->number);
        }
    }
    if (code == SQLITE_OK) {
        code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    if (code != SQLITE_OK && !sqlite3_get_autocommit(db)) {
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    }
    return code;
}

enum zhol_error sqlite_migrate(struct sqlite_store *store, sqlite3 *db, uint32_t until,
                               struct zhol_report *report)
{
    struct version version = {0};
    uint32_t count;
    const struct migration *list = migrations(&count);
    int code = read_version(db, &version);
    if (code != SQLITE_OK) {
        return say_sqlite(store, report, db, code);
    }
    enum zhol_error error = check_version(store, &version, report);
    for (uint32_t i = 0; i < count && !error; i++) {
        if (list[i].number <= version.number || (until && list[i].number > until)) {
            continue;
        }
        if (store->base.read_only) {
            return sqlite_say(store, report, ZHOL_ERROR_CONFLICT, "an older store",
                              "a store of this version: open it once for writing to upgrade it");
        }
        code = migrate_one(db, &list[i]);
        if (code != SQLITE_OK) {
            return say_sqlite(store, report, db, code);
        }
        if (version.number) {
            zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_NOTE,
                                                           .code = ZHOL_ERROR_OK,
                                                           .file = store->path,
                                                           .value = list[i].what,
                                                           .expected = "the store was upgraded"});
        }
    }
    return error;
}

/* ---- open and close ---- */

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static void free_store(struct sqlite_store *store)
{
    pthread_mutex_destroy(&store->base.writing);
    pthread_mutex_destroy(&store->lock);
    pthread_mutex_destroy(&store->waking);
    pthread_cond_destroy(&store->freed);
    pthread_cond_destroy(&store->wake);
    free(store->path);
    free(store->vfs);
    free(store);
}

static struct sqlite_store *new_store(const char *path, const struct store_options *options,
                                      bool memory)
{
    struct sqlite_store *store = calloc(1, sizeof *store);
    if (!store) {
        return NULL;
    }
    pthread_mutexattr_t recursive;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&store->base.writing, NULL);
    pthread_mutex_init(&store->lock, memory ? &recursive : NULL);
    pthread_mutex_init(&store->waking, NULL);
    pthread_cond_init(&store->freed, NULL);
    pthread_cond_init(&store->wake, NULL);
    pthread_mutexattr_destroy(&recursive);
    store->base.driver = memory ? &store_memory : &store_sqlite;
    store->base.read_only = options->read_only;
    store->memory = memory;
    store->unsafe_normal = options->unsafe_normal;
    store->inline_checkpoint = options->inline_checkpoint;
    store->checkpoint_pages = options->checkpoint_pages;
    store->path = copy_text(path);
    store->vfs = options->vfs ? copy_text(options->vfs) : NULL;
    if (!store->path || (options->vfs && !store->vfs)) {
        free_store(store);
        return NULL;
    }
    return store;
}

static void close_connection(struct sqlite_connection *connection)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        sqlite3_finalize(connection->statements[i]);
        connection->statements[i] = NULL;
    }
    sqlite3_close(connection->db);
    connection->db = NULL;
}

void sqlite_close(struct store *base)
{
    struct sqlite_store *store = (struct sqlite_store *)base;
    sqlite_checkpoint_stop(store);
    for (uint32_t i = 0; i < SQLITE_READERS; i++) {
        close_connection(&store->readers[i]);
    }
    if (store->writer.db && !store->memory && !base->read_only && !store_broken(base)) {
        sqlite3_wal_checkpoint_v2(store->writer.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    close_connection(&store->writer);
    free_store(store);
}

/* A log that an earlier process left is moved into the file and cut off before anything is added
 * behind it: should its pages be in memory only, because an fsync failed before, this writes them
 * again; and should that fail as well, we learn it before the first answer. */
static int settle(sqlite3 *db)
{
    return sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

/* For the owner it must succeed; a reader of another process that holds it up is waited for. */
enum zhol_error sqlite_settle(struct store *base)
{
    struct sqlite_store *store = (struct sqlite_store *)base;
    return store->memory ? ZHOL_ERROR_OK : sqlite_error(store, settle(store->writer.db));
}

/* A tool that opens beside a server must not make it wait: its log is the server's affair. */
static int settle_if_alone(sqlite3 *db)
{
    int code = sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db, 0);
        code = settle(db);
        sqlite3_busy_timeout(db, BUSY_MS);
    }
    return (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED ? SQLITE_OK : code;
}

/* Sealed fields and hashes of passwords are the owner's alone; log and index take the file's mode.
 * Only a file that is not there yet is touched: closing a second descriptor of an open one would
 * drop this process's locks on it. */
void sqlite_make_private(const char *path)
{
    int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) {
        close(file);
    }
}

static enum zhol_error open_file(struct sqlite_store *store, const struct store_options *options,
                                 struct zhol_report *report)
{
    struct version version = {0};
    int flags = options->read_only    ? SQLITE_OPEN_READONLY
                : options->must_exist ? SQLITE_OPEN_READWRITE
                                      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if ((flags & SQLITE_OPEN_CREATE) && !store->vfs) {
        sqlite_make_private(store->path);
    }
    int code = connect_with(store, flags, &store->writer.db);
    if (code == SQLITE_OK) {
        code = read_version(store->writer.db, &version);
    }
    if (code != SQLITE_OK) {
        return say_sqlite(store, report, store->writer.db, code);
    }
    enum zhol_error error = check_version(store, &version, report);
    if (!error && version.tables == 0 && (options->must_exist || options->read_only)) {
        error = sqlite_say(store, report, ZHOL_ERROR_UNKNOWN, "an empty file", "an existing store");
    }
    if (!error && !options->read_only && (code = settle_if_alone(store->writer.db)) != SQLITE_OK) {
        error = say_sqlite(store, report, store->writer.db, code);
    }
    if (!error) {
        error = sqlite_migrate(store, store->writer.db, 0, report);
    }
    if (!error && !options->read_only) {
        error = sqlite_checkpoint_start(store);
    }
    return error;
}

static enum zhol_error say_place(struct zhol_report *report, enum zhol_error error,
                                 const char *place, const char *found, const char *expected)
{
    return zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                          .code = error,
                                                          .file = place,
                                                          .column = "",
                                                          .value = found,
                                                          .expected = expected});
}

enum zhol_error sqlite_open_file(const char *place, const struct store_options *options,
                                 struct zhol_report *report, struct store **out)
{
    *out = NULL;
    if (!*place) {
        return say_place(report, ZHOL_ERROR_USAGE, "sqlite:", "", "sqlite:FILE");
    }
    bool must_exist = options->must_exist || options->read_only;
    if (must_exist && !options->vfs && file_kind_of(place) == FILE_NONE) {
        return say_place(report, ZHOL_ERROR_IO, place, "no such file or folder",
                         "a store that zhol made");
    }
    struct sqlite_store *store = sodium_init() >= 0 ? new_store(place, options, false) : NULL;
    if (!store) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = open_file(store, options, report);
    if (error) {
        atomic_store(&store->base.broken, true); /* no checkpoint on the way out */
        sqlite_close(&store->base);
        return error;
    }
    *out = &store->base;
    return ZHOL_ERROR_OK;
}

enum zhol_error sqlite_open_memory(const char *place, const struct store_options *options,
                                   struct zhol_report *report, struct store **out)
{
    *out = NULL;
    (void)place;
    struct sqlite_store *store = sodium_init() >= 0 ? new_store(":memory:", options, true) : NULL;
    if (!store) {
        return ZHOL_ERROR_MEMORY;
    }
    int code = connect_with(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &store->writer.db);
    enum zhol_error error = code == SQLITE_OK ? sqlite_migrate(store, store->writer.db, 0, report)
                                              : say_sqlite(store, report, store->writer.db, code);
    if (error) {
        sqlite_close(&store->base);
        return error;
    }
    *out = &store->base;
    return ZHOL_ERROR_OK;
}
