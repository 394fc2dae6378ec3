/* base/file.h: whole files and folders.
 *
 * Purpose: read a file into memory with a limit, write one so that readers see the old or the new
 * content and never half of it, list a folder in a fixed order.
 * Files are read, not mapped: a mapped file that another program cuts short would end this process
 * with SIGBUS, and a copy costs less than parsing.
 * Ownership: file_read allocates, file_clear frees; file_list likewise.
 * Errors: ZHOL_ERROR_UNKNOWN (no such file), ZHOL_ERROR_INVALID (a folder or device where a file is
 * wanted or the reverse), ZHOL_ERROR_LIMIT (too large), ZHOL_ERROR_IO (unreadable, disk full),
 * ZHOL_ERROR_MEMORY; each also as a finding in `report` (may be NULL) that names the path.
 */
#ifndef ZHOL_BASE_FILE_H
#define ZHOL_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zhol/error.h>

struct buffer;

struct file_data {
    char *bytes; /* ends in a NUL that size does not count */
    size_t size;
};

/* Default limit of file_read: 1 GiB. */
#define FILE_LIMIT_DEFAULT ((size_t)1 << 30)

/* Reads a whole regular file of at most `limit` bytes (0: the default). */
enum zhol_error file_read(const char *path, size_t limit, struct file_data *data,
                          struct zhol_report *report);
void file_clear(struct file_data *data);

/* Writes a file: a temporary file beside it, fsync, rename, fsync of the folder. An existing file
 * keeps its permission bits, a new one gets 0666 less the umask. On failure the old file stands. A
 * symbolic link is replaced, not followed, unless it leads to a pipe or a device: what is neither a
 * file nor a folder is written to as it is. */
enum zhol_error file_write(const char *path, const char *bytes, size_t size,
                           struct zhol_report *report);

enum file_kind { FILE_NONE, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };
/* What stands at the path, following links; FILE_NONE for anything that cannot be looked at. */
enum file_kind file_kind_of(const char *path);

struct file_entry {
    char *name; /* without the folder */
    enum file_kind kind;
};

struct file_list {
    struct file_entry *entries; /* sorted by the bytes of the names */
    uint32_t count;
    uint32_t capacity;
};

/* Lists a folder without "." and "..". */
enum zhol_error file_list_read(const char *folder, struct file_list *list,
                               struct zhol_report *report);
void file_list_clear(struct file_list *list);

/* Appends "folder/name" to the buffer, with exactly one slash between ("name" alone when the folder
 * is ""). */
void file_join(struct buffer *path, const char *folder, const char *name);
/* Makes a folder and the missing ones above it (0777 less the umask); an existing one is fine. */
enum zhol_error file_make_folder(const char *path, struct zhol_report *report);

#endif
