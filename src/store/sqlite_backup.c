/* sqlite_backup.c: a copy of the store as it is at one instant, while others go on writing.
 *
 * The copy is read inside one read transaction: what is committed meanwhile is not in it, and does
 * not make it start again. It is written beside its place, synced, and renamed, so that a file with
 * the name of a backup is a whole one.
 */
#include "store/sqlite_store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"

enum { PAGES_A_STEP = 256 };

typedef void (*progress_fn)(void *, uint64_t done, uint64_t total);

static int copy_pages(sqlite3 *from, sqlite3 *to, progress_fn progress, void *context)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) {
        return sqlite3_extended_errcode(to);
    }
    int code;
    do {
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
        if (progress && (code == SQLITE_OK || code == SQLITE_DONE)) {
            int total = sqlite3_backup_pagecount(backup);
            progress(context, (uint64_t)(total - sqlite3_backup_remaining(backup)),
                     (uint64_t)total);
        }
    } while (code == SQLITE_OK);
    int end = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? end : code;
}

/* Holds the reader's snapshot over all steps. */
static int copy_snapshot(sqlite3 *from, sqlite3 *to, progress_fn progress, void *context)
{
    static const char start[] = "BEGIN; SELECT count(*) FROM sqlite_schema";
    bool own = sqlite3_get_autocommit(from);
    int code = own ? sqlite3_exec(from, start, NULL, NULL, NULL) : SQLITE_OK;
    if (code == SQLITE_OK) {
        code = copy_pages(from, to, progress, context);
    }
    if (own && !sqlite3_get_autocommit(from)) {
        sqlite3_exec(from, "COMMIT", NULL, NULL, NULL);
    }
    return code;
}

/* The new name is in the folder for good. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buffer folder = {0};
    buffer_append(&folder, path, slash ? (size_t)(slash - path) : 0);
    int file = open(slash ? (folder.size ? buffer_get(&folder) : "/") : ".", O_RDONLY);
    bool good = !folder.error && file >= 0 && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    buffer_clear(&folder);
    return good;
}

static bool sync_file(const char *path)
{
    int file = open(path, O_RDWR);
    bool good = file >= 0 && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    return good;
}

static enum zhol_error copy_to(struct sqlite_store *store, const char *part, progress_fn progress,
                               void *context)
{
    sqlite3 *to = NULL;
    struct sqlite_connection *reader = NULL;
    enum zhol_error error = sqlite_reader(store, &reader);
    if (error) {
        return error;
    }
    int code = sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK) {
        code = copy_snapshot(reader->db, to, progress, context);
    }
    int closed = sqlite3_close(to);
    sqlite_reader_end(store, reader);
    code = code == SQLITE_OK ? closed : code;
    /* A full target disk is no fault of the store. */
    bool ours = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CORRUPT;
    return code == SQLITE_OK ? ZHOL_ERROR_OK : ours ? sqlite_error(store, code) : ZHOL_ERROR_IO;
}

enum zhol_error sqlite_backup(struct store *base, const char *to_path, progress_fn progress,
                              void *context, struct zhol_report *report)
{
    struct sqlite_store *store = (struct sqlite_store *)base;
    struct buffer part = {0};
    buffer_printf(&part, "%s.part", to_path);
    if (part.error) {
        return part.error;
    }
    const char *path = buffer_get(&part);
    unlink(path);
    sqlite_make_private(path);
    enum zhol_error error = copy_to(store, path, progress, context);
    if (!error && (!sync_file(path) || rename(path, to_path) != 0 || !sync_folder(to_path))) {
        error = ZHOL_ERROR_IO;
    }
    if (error) {
        unlink(path);
        zhol_report_add(report,
                        &(struct zhol_finding){.severity = ZHOL_FAULT,
                                               .code = error,
                                               .file = to_path,
                                               .value = "the backup was not made",
                                               .expected = "a folder that can be written and has "
                                                           "room for a whole copy"});
    }
    buffer_clear(&part);
    return error;
}
