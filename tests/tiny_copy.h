/* tests/tiny_copy.h: a scratch copy of tests/data/tiny that a test spoils one file at a time.
 *
 *     struct tiny tiny;
 *     tiny_make(&tiny, argv[1]);
 *     tiny_replace(&tiny, "link.csv", "1435", "1436");   the file is now spoiled
 *     ... read tiny.folder ...
 *     tiny_restore(&tiny, "link.csv");
 *     tiny_drop(&tiny);
 *
 * What cannot be written ends the test: there is nothing to go on with.
 */
#ifndef ZHOL_TESTS_TINY_COPY_H
#define ZHOL_TESTS_TINY_COPY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"

struct tiny {
    char source[512];
    char folder[64];
};

static inline void tiny_fail(const char *what, const char *name)
{
    fprintf(stderr, "tiny_copy.h: %s: %s\n", what, name);
    exit(2);
}

/* Makes an empty folder; in memory where the system has such a place, for files are synced. */
static inline void tiny_scratch(char folder[64], const char *name)
{
    const char *root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, 64, "%s/zhol_%s_XXXXXX", root, name);
    if (!mkdtemp(folder)) {
        tiny_fail("cannot make", folder);
    }
}

static inline void tiny_path(char out[1024], const char *folder, const char *name)
{
    if (snprintf(out, 1024, "%s/%s", folder, name) >= 1024) {
        tiny_fail("too long", name);
    }
}

static inline void tiny_write(const struct tiny *tiny, const char *name, const char *bytes,
                              size_t size)
{
    char path[1024];
    tiny_path(path, tiny->folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file)) {
        tiny_fail("cannot write", path);
    }
}

static inline void tiny_text(const struct tiny *tiny, const char *name, const char *text)
{
    tiny_write(tiny, name, text, strlen(text));
}

static inline struct file_data tiny_source(const struct tiny *tiny, const char *name)
{
    struct file_data data = {0};
    char path[1024];
    tiny_path(path, tiny->source, name);
    if (file_read(path, 0, &data, NULL)) {
        tiny_fail("cannot read", path);
    }
    return data;
}

/* Puts the original of a file back; a file that has none is removed. */
static inline void tiny_restore(const struct tiny *tiny, const char *name)
{
    char path[1024];
    tiny_path(path, tiny->source, name);
    if (file_kind_of(path) == FILE_REGULAR) {
        struct file_data data = tiny_source(tiny, name);
        tiny_write(tiny, name, data.bytes, data.size);
        file_clear(&data);
    } else {
        tiny_path(path, tiny->folder, name);
        unlink(path);
    }
}

static inline void tiny_remove(const struct tiny *tiny, const char *name)
{
    char path[1024];
    tiny_path(path, tiny->folder, name);
    if (unlink(path)) {
        tiny_fail("cannot remove", path);
    }
}

/* Writes the original with the first `find` replaced; `find` "" puts the text at the end. */
static inline void tiny_replace(const struct tiny *tiny, const char *name, const char *find,
                                const char *replace)
{
    struct file_data data = tiny_source(tiny, name);
    struct buffer out;
    const char *at = *find ? strstr(data.bytes, find) : data.bytes + data.size;
    if (!at) {
        tiny_fail(name, find);
    }
    buffer_init(&out);
    buffer_append(&out, data.bytes, (size_t)(at - data.bytes));
    buffer_string(&out, replace);
    buffer_string(&out, at + strlen(find));
    tiny_write(tiny, name, buffer_get(&out), out.size);
    buffer_clear(&out);
    file_clear(&data);
}

/* Copies (or with `remove` deletes) the files of a folder and those below it. */
static inline void tiny_walk(const struct tiny *tiny, const char *below, bool remove)
{
    char path[1024], name[512];
    struct file_list list = {0};
    tiny_path(path, remove ? tiny->folder : tiny->source, below);
    if (file_list_read(path, &list, NULL)) {
        tiny_fail("cannot list", path);
    }
    for (uint32_t i = 0; i < list.count; i++) {
        if (snprintf(name, sizeof name, "%s%s%s", below, *below ? "/" : "", list.entries[i].name) >=
            (int)sizeof name) {
            tiny_fail("too long", list.entries[i].name);
        }
        tiny_path(path, tiny->folder, name);
        if (list.entries[i].kind == FILE_FOLDER) {
            if (!remove) {
                file_make_folder(path, NULL);
            }
            tiny_walk(tiny, name, remove);
        } else if (remove) {
            unlink(path);
        } else {
            tiny_restore(tiny, name);
        }
    }
    file_list_clear(&list);
    if (remove) {
        tiny_path(path, tiny->folder, below);
        rmdir(path);
    }
}

static inline void tiny_make(struct tiny *tiny, const char *root)
{
    snprintf(tiny->source, sizeof tiny->source, "%s/tests/data/tiny", root);
    tiny_scratch(tiny->folder, "tiny");
    tiny_walk(tiny, "", false);
}

static inline void tiny_drop(const struct tiny *tiny)
{
    tiny_walk(tiny, "", true);
}

#endif
