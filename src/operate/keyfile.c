/* keyfile.c: secrets in files. See keyfile.h. */
#include "operate/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_TEXT = 2 * KEY_FILE_SIZE + 1, PATH_LIMIT = 4096 };

static enum zhol_error bad(struct zhol_report *report, enum zhol_error code, const char *path,
                           const char *value, const char *expected)
{
    return zhol_report_add(report,
                           &(struct zhol_finding){ZHOL_FAULT, code, 0, path, "", value, expected});
}

static enum zhol_error read_key(const char *path, int file, struct zhol_report *report,
                                uint8_t key[KEY_FILE_SIZE])
{
    char text[KEY_TEXT + 1] = {0};
    struct stat about;
    size_t size = 0, used = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (fstat(file, &about)) {
        return bad(report, ZHOL_ERROR_IO, path, strerror(errno), "a readable file");
    }
    if (about.st_mode & (S_IRWXG | S_IRWXO)) {
        return bad(report, ZHOL_ERROR_INVALID, path, "others may read it",
                   "a key file of mode 0600: chmod 600, and change the key if it was seen");
    }
    for (ssize_t got = 1; got > 0 && size<KEY_TEXT; size += got> 0 ? (size_t)got : 0) {
        got = read(file, text + size, KEY_TEXT - size);
        if (got < 0 && errno != EINTR) {
            error = bad(report, ZHOL_ERROR_IO, path, strerror(errno), "a readable file");
            goto out;
        }
    }
    if (sodium_hex2bin(key, KEY_FILE_SIZE, text, 2 * KEY_FILE_SIZE, NULL, &used, NULL) ||
        used != KEY_FILE_SIZE) {
        error = bad(report, ZHOL_ERROR_SYNTAX, path, "", "64 hexadecimal digits");
    }
out:
    sodium_memzero(text, sizeof text);
    return error;
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size) {
        ssize_t put = write(file, bytes, size);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        bytes += put > 0 ? put : 0;
        size -= put > 0 ? (size_t)put : 0;
    }
    return fsync(file) == 0;
}

static void sync_folder(const char *path)
{
    char folder[PATH_LIMIT];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0) {
        fsync(file);
        close(file);
    }
}

/* Writes a new key beside the path and links it there: whoever comes second finds the first one's.
 */
static enum zhol_error make_key(const char *path, struct zhol_report *report)
{
    uint8_t key[KEY_FILE_SIZE];
    char text[KEY_TEXT + 1], beside[PATH_LIMIT];
    enum zhol_error error = ZHOL_ERROR_OK;
    int size = snprintf(beside, sizeof beside, "%s.new-%ld", path, (long)getpid());
    if (size < 0 || (size_t)size >= sizeof beside) {
        return bad(report, ZHOL_ERROR_LIMIT, path, "", "a shorter path");
    }
    int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) {
        return bad(report, ZHOL_ERROR_IO, path, strerror(errno), "a folder that can be written");
    }
    randombytes_buf(key, sizeof key);
    sodium_bin2hex(text, sizeof text, key, sizeof key);
    text[KEY_TEXT - 1] = '\n';
    if (!write_all(file, text, KEY_TEXT) || (link(beside, path) && errno != EEXIST)) {
        error = bad(report, ZHOL_ERROR_IO, path, strerror(errno), "a folder that can be written");
    }
    close(file);
    unlink(beside);
    sync_folder(path);
    sodium_memzero(key, sizeof key);
    sodium_memzero(text, sizeof text);
    return error;
}

enum zhol_error key_file_open(const char *path, struct zhol_report *report,
                              uint8_t key[KEY_FILE_SIZE])
{
    if (sodium_init() < 0) {
        return ZHOL_ERROR_INTERNAL;
    }
    if (!path) {
        randombytes_buf(key, KEY_FILE_SIZE);
        return ZHOL_ERROR_OK;
    }
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) {
        enum zhol_error error = make_key(path, report);
        if (error) {
            return error;
        }
        file = open(path, O_RDONLY | O_CLOEXEC);
    }
    if (file < 0) {
        return bad(report, ZHOL_ERROR_IO, path, strerror(errno), "a readable file");
    }
    enum zhol_error error = read_key(path, file, report, key);
    close(file);
    return error;
}

void key_file_path(const char *store_url, const char *kind, struct buffer *path)
{
    static const char scheme[] = "sqlite:";
    buffer_reset(path);
    if (strncmp(store_url, scheme, sizeof scheme - 1) == 0) {
        buffer_printf(path, "%s.%s.key", store_url + sizeof scheme - 1, kind);
    }
}
