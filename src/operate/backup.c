/* backup.c: writing backups. See backup.h. */
#include "operate/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "operate/backup_keys.h"

static enum zhol_error fail(struct zhol_report *report, enum zhol_error code, const char *path,
                            const char *expected)
{
    return zhol_report_add(
        report, &(struct zhol_finding){ZHOL_FAULT, code, 0, path, "", strerror(errno), expected});
}

/* ---- the file of keys ---- */

static enum zhol_error add_key(void *context, struct text_view key, struct text_view value)
{
    struct buffer *out = context;
    char text[512];
    if (sodium_base64_encoded_len(value.size, sodium_base64_VARIANT_ORIGINAL) > sizeof text) {
        return ZHOL_ERROR_LIMIT;
    }
    sodium_bin2base64(text, sizeof text, (const uint8_t *)value.bytes, value.size,
                      sodium_base64_VARIANT_ORIGINAL);
    buffer_view(out, key);
    buffer_char(out, ' ');
    buffer_string(out, text);
    buffer_char(out, '\n');
    return out->error;
}

/* Written beside its place and renamed, readable for the owner alone. */
static enum zhol_error write_private(const char *path, const struct buffer *text,
                                     struct zhol_report *report)
{
    struct buffer beside = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    buffer_printf(&beside, "%s.part", path);
    unlink(buffer_get(&beside));
    int file = beside.error ? -1
                            : open(buffer_get(&beside), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                   S_IRUSR | S_IWUSR);
    for (size_t at = 0; file >= 0 && at < text->size && !error;) {
        ssize_t put = write(file, text->bytes + at, text->size - at);
        error = put < 0 && errno != EINTR ? ZHOL_ERROR_IO : ZHOL_ERROR_OK;
        at += put > 0 ? (size_t)put : 0;
    }
    if (file < 0 || error || fsync(file) || rename(buffer_get(&beside), path)) {
        error = fail(report, ZHOL_ERROR_IO, path, "a folder that can be written");
        unlink(buffer_get(&beside));
    }
    if (file >= 0) {
        close(file);
    }
    buffer_clear(&beside);
    return error;
}

static enum zhol_error write_keys(struct store *copy, const char *path, struct zhol_report *report)
{
    struct buffer text = {0};
    buffer_string(&text, BACKUP_KEYS_HEAD);
    enum zhol_error error = store_list(copy, "vault_key", TEXT(""), add_key, &text);
    if (!error) {
        error = write_private(path, &text, report);
    }
    buffer_clear(&text);
    return error;
}

/* ---- the copy ---- */

static enum zhol_error note_key(void *context, struct text_view key, struct text_view value)
{
    struct buffer *keys = context;
    (void)value;
    buffer_view(keys, key);
    buffer_char(keys, '\0');
    return keys->error;
}

static enum zhol_error remove_keys(struct store *copy)
{
    struct buffer keys = {0};
    enum zhol_error error = store_list(copy, "vault_key", TEXT(""), note_key, &keys);
    if (!error) {
        error = store_begin(copy);
    }
    if (error) {
        buffer_clear(&keys);
        return error;
    }
    for (size_t at = 0; at < keys.size && !error; at += strlen(keys.bytes + at) + 1) {
        error = store_remove(copy, "vault_key", text_view_of(keys.bytes + at));
    }
    buffer_clear(&keys);
    if (error) {
        store_rollback(copy);
        return error;
    }
    return store_commit(copy);
}

/* The keys leave the copy before it gets its name. */
static enum zhol_error part_keys(const char *path, const char *keys_path,
                                 struct zhol_report *report)
{
    struct buffer url = {0};
    struct store *copy = NULL;
    struct store_options options = {.must_exist = true};
    buffer_printf(&url, "sqlite:%s", path);
    enum zhol_error error =
        url.error ? url.error : store_open(buffer_get(&url), &options, report, &copy);
    if (!error && keys_path) {
        error = write_keys(copy, keys_path, report);
    }
    if (!error) {
        error = remove_keys(copy);
    }
    store_close(copy);
    buffer_clear(&url);
    return error;
}

enum zhol_error backup_write(struct store *store, const char *path, const char *keys_path,
                             void (*progress)(void *, uint64_t done, uint64_t total), void *context,
                             struct zhol_report *report)
{
    struct buffer copy = {0};
    buffer_printf(&copy, "%s.copy", path);
    if (copy.error) {
        return copy.error;
    }
    enum zhol_error error = store_backup(store, buffer_get(&copy), progress, context, report);
    if (!error) {
        error = part_keys(buffer_get(&copy), keys_path, report);
    }
    if (!error &&
        (chmod(buffer_get(&copy), S_IRUSR | S_IWUSR) || rename(buffer_get(&copy), path))) {
        error = fail(report, ZHOL_ERROR_IO, path, "a folder that can be written");
    }
    if (error) {
        unlink(buffer_get(&copy));
    }
    backup_drop_logs(buffer_get(&copy));
    buffer_clear(&copy);
    return error;
}
