/* backup_restore.c: the way back from a backup. See backup.h. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "operate/backup.h"
#include "operate/backup_keys.h"

enum { BLOCK = 1 << 20, KEY_MAX = 256 };

static enum zhol_error fail(struct zhol_report *report, enum zhol_error code, const char *path,
                            const char *value, const char *expected)
{
    return zhol_report_add(report,
                           &(struct zhol_finding){ZHOL_FAULT, code, 0, path, "", value, expected});
}

static void with_suffix(const char *path, const char *suffix, struct buffer *out)
{
    buffer_reset(out);
    buffer_string(out, path);
    buffer_string(out, suffix);
}

void backup_drop_logs(const char *path)
{
    struct buffer name = {0};
    with_suffix(path, "-wal", &name);
    unlink(buffer_get(&name));
    with_suffix(path, "-shm", &name);
    unlink(buffer_get(&name));
    buffer_clear(&name);
}

/* ---- the copy that is verified ---- */

static enum zhol_error copy_blocks(int from, int to, char *block)
{
    for (;;) {
        ssize_t got = read(from, block, BLOCK);
        if (got == 0) {
            return fsync(to) ? ZHOL_ERROR_IO : ZHOL_ERROR_OK;
        }
        for (ssize_t at = 0; at < got;) {
            ssize_t put = write(to, block + at, (size_t)(got - at));
            if (put < 0 && errno != EINTR) {
                return ZHOL_ERROR_IO;
            }
            at += put > 0 ? put : 0;
        }
        if (got < 0 && errno != EINTR) {
            return ZHOL_ERROR_IO;
        }
    }
}

static enum zhol_error copy_file(const char *from_path, const char *to_path,
                                 struct zhol_report *report)
{
    int from = open(from_path, O_RDONLY | O_CLOEXEC), to = -1;
    char *block = malloc(BLOCK);
    enum zhol_error error = block ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (from < 0) {
        error = fail(report, errno == ENOENT ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_IO, from_path,
                     strerror(errno), "a backup");
        goto out;
    }
    to = open(to_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (to < 0) {
        error =
            fail(report, ZHOL_ERROR_IO, to_path, strerror(errno), "a folder that can be written");
        goto out;
    }
    if (!error) {
        error = copy_blocks(from, to, block);
        if (error) {
            fail(report, error, to_path, strerror(errno), "room for a whole copy");
        }
    }
out:
    if (from >= 0) {
        close(from);
    }
    if (to >= 0) {
        close(to);
    }
    free(block);
    return error;
}

/* ---- keys ---- */

struct folding {
    struct registry *registry;
    struct entry entry;
};

static enum zhol_error fold_one(void *context, const struct store_entry *found)
{
    struct folding *folding = context;
    struct result result;
    enum zhol_error error = entry_read_next(found->bytes, &folding->entry, NULL);
    if (!error) {
        memset(&result, 0, sizeof result);
        error = registry_apply(folding->registry, &folding->entry.command, &folding->entry.given,
                               &result);
    }
    return error;
}

static enum zhol_error give_key(struct store *store, const struct registry *registry,
                                struct text_view line, struct restore_counts *counts)
{
    struct text_view id = text_cut(&line, ' ');
    struct subject_view subject;
    struct buffer fields = {0};
    uint8_t key[KEY_MAX];
    uint64_t number;
    size_t size = 0;
    if (opaque_read(id, &number) ||
        sodium_base642bin(key, sizeof key, line.bytes, line.size, NULL, &size, NULL,
                          sodium_base64_VARIANT_ORIGINAL)) {
        return ZHOL_ERROR_SYNTAX;
    }
    bool known = registry_subject(registry, number, &subject) && !subject.erased &&
                 store_get(store, "vault", id, &fields) == ZHOL_ERROR_OK;
    buffer_clear(&fields);
    counts->keys += known;
    counts->keys_left += !known;
    return known ? store_put(store, "vault_key", id,
                             (struct text_view){(const char *)key, (uint32_t)size})
                 : ZHOL_ERROR_OK;
}

static enum zhol_error give_keys(struct store *store, const struct registry *registry,
                                 const char *path, struct restore_counts *counts,
                                 struct zhol_report *report)
{
    struct file_data data;
    enum zhol_error error = file_read(path, 0, &data, report);
    if (error) {
        return error;
    }
    struct text_view rest = {data.bytes, (uint32_t)data.size};
    if (!text_starts_with(rest, TEXT(BACKUP_KEYS_HEAD))) {
        error = fail(report, ZHOL_ERROR_SYNTAX, path, "", "a file of keys of a backup");
    } else {
        text_cut(&rest, '\n');
        error = store_begin(store);
    }
    if (error) {
        file_clear(&data);
        return error;
    }
    while (rest.size && !error) {
        error = give_key(store, registry, text_cut(&rest, '\n'), counts);
    }
    if (error) {
        store_rollback(store);
        fail(report, error, path, "", "a subject and its key in each line");
    } else {
        error = store_commit(store);
    }
    file_clear(&data);
    return error;
}

static enum zhol_error restore_keys(struct store *store, const char *path,
                                    struct restore_counts *counts, struct zhol_report *report)
{
    struct folding folding = {0};
    enum zhol_error error = registry_new(&folding.registry);
    if (!error) {
        error = store_read(store, "registry", 1, fold_one, &folding);
    }
    if (!error) {
        error = give_keys(store, folding.registry, path, counts, report);
    }
    if (folding.registry) {
        registry_free(folding.registry);
    }
    entry_clear(&folding.entry);
    return error;
}

/* ---- putting it in its place ---- */

/* Who still writes to the old store must stop: its next commit finds another owner. */
static void disown(const char *path)
{
    struct buffer url = {0};
    struct store *old = NULL;
    struct store_options options = {.must_exist = true};
    uint64_t epoch;
    buffer_printf(&url, "sqlite:%s", path);
    if (!store_open(buffer_get(&url), &options, NULL, &old)) {
        (void)store_own(old, &epoch); /* a damaged one cannot be owned, nor written to */
    }
    store_close(old);
    buffer_clear(&url);
}

static void put_aside(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    struct buffer from = {0}, to = {0};
    disown(path);
    for (unsigned i = 0; i < 3; i++) {
        with_suffix(path, suffixes[i], &from);
        with_suffix(path, ".replaced", &to);
        buffer_string(&to, suffixes[i]);
        unlink(buffer_get(&to));
        (void)rename(buffer_get(&from), buffer_get(&to)); /* a store that was closed has no logs */
    }
    buffer_clear(&from);
    buffer_clear(&to);
}

static enum zhol_error verify(const char *part, const struct restore_options *options,
                              struct restore_counts *counts, struct zhol_report *report)
{
    struct buffer url = {0};
    struct store *store = NULL;
    struct store_options open = {.must_exist = true};
    struct audit_options audit = {.progress = options->progress, .context = options->context};
    buffer_printf(&url, "sqlite:%s", part);
    enum zhol_error error = store_open(buffer_get(&url), &open, report, &store);
    if (!error) {
        error = audit_store(store, &audit, &counts->audit, report);
    }
    if (!error && options->keys_path) {
        error = restore_keys(store, options->keys_path, counts, report);
    }
    store_close(store);
    buffer_clear(&url);
    return error;
}

enum zhol_error backup_restore(const char *backup, const char *path,
                               const struct restore_options *options, struct restore_counts *counts,
                               struct zhol_report *report)
{
    struct buffer part = {0};
    memset(counts, 0, sizeof *counts);
    bool there = file_kind_of(path) != FILE_NONE;
    if (there && !options->force) {
        return fail(report, ZHOL_ERROR_DUPLICATE, path, "a store is there",
                    "a new name, or --force to put the old store aside");
    }
    with_suffix(path, ".restoring", &part);
    const char *name = buffer_get(&part);
    backup_drop_logs(name);
    enum zhol_error error = part.error ? part.error : copy_file(backup, name, report);
    if (!error) {
        error = verify(name, options, counts, report);
    }
    if (!error && there) {
        put_aside(path);
        counts->replaced = true;
    }
    if (!error && rename(name, path)) {
        error = fail(report, ZHOL_ERROR_IO, path, strerror(errno), "a folder that can be written");
    }
    if (error) {
        unlink(name);
    }
    backup_drop_logs(name);
    buffer_clear(&part);
    return error;
}
