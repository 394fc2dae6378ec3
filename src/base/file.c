/* file.c: whole files and folders (base/file.h). */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/buffer.h"

enum { READ_STEP = 1 << 20, TEMPORARY_TRIES = 100 };

static enum zhol_error report_path(struct zhol_report *report, enum zhol_error code,
                                   const char *path, const char *value, const char *expected)
{
    struct zhol_finding finding = {ZHOL_FAULT, code, 0, path, "", value, expected};
    return zhol_report_add(report, &finding);
}

/* An errno as an error code and a finding. */
static enum zhol_error report_errno(struct zhol_report *report, const char *path, int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return report_path(report, ZHOL_ERROR_UNKNOWN, path, "no such file or folder",
                           "an existing path");
    case EISDIR:
        return report_path(report, ZHOL_ERROR_INVALID, path, "a folder", "a file");
    case EACCES:
    case EPERM:
    case EROFS:
        return report_path(report, ZHOL_ERROR_IO, path, "permission denied",
                           "a path this user may use");
    case ENOMEM:
        return report_path(report, ZHOL_ERROR_MEMORY, path, "out of memory", "more memory");
    case ENOSPC:
        return report_path(report, ZHOL_ERROR_IO, path, "the disk is full", "free space");
    default:
        return report_path(report, ZHOL_ERROR_IO, path, "input or output failed",
                           "a readable and writable disk");
    }
}

static enum file_kind kind_of_mode(mode_t mode)
{
    return S_ISREG(mode) ? FILE_REGULAR : S_ISDIR(mode) ? FILE_FOLDER : FILE_OTHER;
}

enum file_kind file_kind_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? kind_of_mode(status.st_mode) : FILE_NONE;
}

/* ---- reading ---- */

static enum zhol_error report_large(struct zhol_report *report, const char *path, size_t limit)
{
    char expected[64];
    snprintf(expected, sizeof expected, "a file of at most %zu bytes", limit);
    return report_path(report, ZHOL_ERROR_LIMIT, path, "the file is too large", expected);
}

/* Reads to the end of the file, which may have grown or shrunk since its size was asked. */
static int read_all(int file, size_t expected, size_t limit, struct file_data *data)
{
    size_t capacity = expected < limit ? expected + 1 : limit + 1;
    data->bytes = malloc(capacity + 1);
    while (data->bytes) {
        ssize_t count = read(file, data->bytes + data->size, capacity - data->size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return errno;
        }
        data->size += (size_t)count;
        data->bytes[data->size] = '\0';
        if (count == 0 || data->size > limit) {
            return 0;
        }
        if (data->size == capacity) {
            capacity = capacity > limit - READ_STEP ? limit + 1 : capacity + READ_STEP;
            char *grown = realloc(data->bytes, capacity + 1);
            if (!grown) {
                return ENOMEM;
            }
            data->bytes = grown;
        }
    }
    return ENOMEM;
}

static enum zhol_error read_open(int file, const char *path, size_t limit, struct file_data *data,
                                 struct zhol_report *report)
{
    struct stat status;
    if (fstat(file, &status) != 0) {
        return report_errno(report, path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        const char *value = S_ISDIR(status.st_mode) ? "a folder" : "not a regular file";
        return report_path(report, ZHOL_ERROR_INVALID, path, value, "a file");
    }
    if (status.st_size < 0 || (uint64_t)status.st_size > limit) {
        return report_large(report, path, limit);
    }
    int number = read_all(file, (size_t)status.st_size, limit, data);
    if (number) {
        return report_errno(report, path, number);
    }
    return data->size > limit ? report_large(report, path, limit) : ZHOL_ERROR_OK;
}

enum zhol_error file_read(const char *path, size_t limit, struct file_data *data,
                          struct zhol_report *report)
{
    *data = (struct file_data){.bytes = NULL};
    limit = limit ? limit : FILE_LIMIT_DEFAULT;
    limit = limit < PTRDIFF_MAX - READ_STEP ? limit : PTRDIFF_MAX - READ_STEP;
    /* O_NONBLOCK: opening a pipe must not wait for a writer */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return report_errno(report, path, errno);
    }
    enum zhol_error error = read_open(file, path, limit, data, report);
    close(file);
    if (error) {
        file_clear(data);
    }
    return error;
}

void file_clear(struct file_data *data)
{
    free(data->bytes);
    *data = (struct file_data){.bytes = NULL};
}

/* ---- writing ---- */

static int write_all(int file, const char *bytes, size_t size)
{
    while (size) {
        ssize_t count = write(file, bytes, size < READ_STEP ? size : READ_STEP);
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        if (count > 0) {
            bytes += count;
            size -= (size_t)count;
        }
    }
    return fsync(file) == 0 || errno == EINVAL ? 0 : errno; /* EINVAL: a pipe or a device */
}

/* Makes a new file beside `path`: its name goes into `temporary`, the descriptor or -1 comes back.
 * open and not mkstemp, as the umask shall decide the permissions of a new file. */
static int create_temporary(const char *path, struct buffer *temporary)
{
    for (unsigned i = 0; i < TEMPORARY_TRIES; i++) {
        buffer_reset(temporary);
        buffer_printf(temporary, "%s.%ld-%u.tmp", path, (long)getpid(), i);
        if (temporary->error) {
            errno = ENOMEM;
            return -1;
        }
        int file = open(temporary->bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST) {
            return file;
        }
    }
    return -1;
}

/* Makes the rename itself durable; a file system that cannot is not an error. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t size = slash ? (size_t)(slash - path) + 1 : 0; /* with the slash: "/" stays "/" */
    struct buffer folder;
    buffer_init(&folder);
    buffer_append(&folder, size ? path : ".", size ? size : 1);
    int file = folder.error ? -1 : open(folder.bytes, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        fsync(file);
        close(file);
    }
    buffer_clear(&folder);
}

/* Writes the temporary file and puts it in the place of `path`; an errno. */
static int replace_file(int file, const char *temporary, const char *path, const char *bytes,
                        size_t size)
{
    struct stat status;
    int number = write_all(file, bytes, size);
    if (!number && stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            number = EISDIR;
        } else if (fchmod(file, status.st_mode & 07777) != 0) {
            number = errno;
        }
    }
    if (close(file) != 0 && !number) {
        number = errno;
    }
    if (!number && rename(temporary, path) != 0) {
        number = errno;
    }
    if (number) {
        unlink(temporary);
    }
    return number;
}

/* A pipe or a device is written to and never replaced: a rename would put a file in its place. */
static int write_through(const char *path, const char *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) {
        return errno;
    }
    int number = write_all(file, bytes, size);
    return close(file) != 0 && !number ? errno : number;
}

enum zhol_error file_write(const char *path, const char *bytes, size_t size,
                           struct zhol_report *report)
{
    if (file_kind_of(path) == FILE_OTHER) {
        int failed = write_through(path, bytes, size);
        return failed ? report_errno(report, path, failed) : ZHOL_ERROR_OK;
    }
    struct buffer temporary;
    buffer_init(&temporary);
    int file = create_temporary(path, &temporary);
    int number = file < 0 ? errno : replace_file(file, temporary.bytes, path, bytes, size);
    if (!number) {
        sync_folder(path);
    }
    buffer_clear(&temporary);
    return number ? report_errno(report, path, number) : ZHOL_ERROR_OK;
}

/* ---- folders ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct file_entry *)a)->name, ((const struct file_entry *)b)->name);
}

static int add_entry(struct file_list *list, const char *folder, const char *name)
{
    struct buffer path;
    buffer_init(&path);
    file_join(&path, folder, name);
    bool failed = path.error || ARRAY_RESERVE(list->entries, list->capacity, list->count + 1);
    if (!failed) {
        enum file_kind kind = file_kind_of(path.bytes);
        size_t size = strlen(name) + 1;
        char *copy = malloc(size);
        failed = !copy;
        if (copy) {
            memcpy(copy, name, size);
            list->entries[list->count++] = (struct file_entry){copy, kind};
        }
    }
    buffer_clear(&path);
    return failed ? ENOMEM : 0;
}

static int list_open(DIR *stream, const char *folder, struct file_list *list)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry) {
            return errno;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            int number = add_entry(list, folder, entry->d_name);
            if (number) {
                return number;
            }
        }
    }
}

enum zhol_error file_list_read(const char *folder, struct file_list *list,
                               struct zhol_report *report)
{
    *list = (struct file_list){.entries = NULL};
    DIR *stream = opendir(folder);
    if (!stream && errno == ENOTDIR) {
        return report_path(report, ZHOL_ERROR_INVALID, folder, "not a folder", "a folder");
    }
    int number = stream ? list_open(stream, folder, list) : errno;
    if (stream) {
        closedir(stream);
    }
    if (number) {
        file_list_clear(list);
        return report_errno(report, folder, number);
    }
    if (list->count) {
        qsort(list->entries, list->count, sizeof *list->entries, by_name);
    }
    return ZHOL_ERROR_OK;
}

void file_list_clear(struct file_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        free(list->entries[i].name);
    }
    free(list->entries);
    *list = (struct file_list){.entries = NULL};
}

void file_join(struct buffer *path, const char *folder, const char *name)
{
    size_t size = strlen(folder);
    buffer_append(path, folder, size);
    if (size && folder[size - 1] != '/') {
        buffer_char(path, '/');
    }
    buffer_string(path, name);
}

enum zhol_error file_make_folder(const char *path, struct zhol_report *report)
{
    struct buffer copy;
    buffer_init(&copy);
    buffer_string(&copy, path);
    if (copy.error || !copy.size) {
        enum zhol_error error = copy.error ? copy.error : ZHOL_ERROR_UNKNOWN;
        buffer_clear(&copy);
        return report_path(report, error, path, "", "the path of a folder");
    }
    int number = 0;
    for (size_t i = 1; i <= copy.size && !number; i++) {
        if (i < copy.size && copy.bytes[i] != '/') {
            continue;
        }
        char kept = copy.bytes[i];
        copy.bytes[i] = '\0';
        if (mkdir(copy.bytes, 0777) != 0 && file_kind_of(copy.bytes) != FILE_FOLDER) {
            number = errno == EEXIST ? ENOTDIR : errno;
        }
        copy.bytes[i] = kept;
    }
    buffer_clear(&copy);
    if (number == ENOTDIR) {
        return report_path(report, ZHOL_ERROR_INVALID, path, "a file stands in the way",
                           "the path of a folder");
    }
    return number ? report_errno(report, path, number) : ZHOL_ERROR_OK;
}
