/* store.c: merging records into the canonical file of their kind. See intake.h. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/map.h"
#include "intake/intake.h"

/* Records of the store and of the import, merged. */
struct merge {
    const struct intake_rules *rules;
    struct intake_records all;
    struct map keys;
    struct intake_change change;
};

static enum zhol_error put_key(const struct merge *merge, const struct intake_records *records,
                               uint32_t record, struct buffer *out)
{
    buffer_reset(out);
    for (uint32_t f = 0; f < merge->rules->count; f++) {
        if (merge->rules->fields[f].need == INTAKE_KEY) {
            buffer_string(out, intake_cell(records, record, f));
            buffer_char(out, '\x1f');
        }
    }
    return out->error;
}

static enum zhol_error set_cell(struct merge *merge, uint32_t record, uint32_t field,
                                struct text_view text)
{
    return text_pool_intern(&merge->all.texts, text,
                            &merge->all.cells[(size_t)record * merge->rules->count + field]);
}

/* A new blank record; its number is all.count - 1. */
static enum zhol_error grow(struct merge *merge)
{
    struct intake_records *all = &merge->all;
    uint32_t fields = merge->rules->count;
    enum zhol_error error =
        ARRAY_RESERVE(all->cells, all->cell_capacity, (all->count + 1) * fields);
    if (!error) {
        memset(all->cells + (size_t)all->count * fields, 0, fields * sizeof *all->cells);
        all->count++;
    }
    return error;
}

/* Reads the store's file. One of an older program may lack the last columns; columns that the kind
 * does not know are a fault. */
static enum zhol_error read_store(struct merge *merge, const char *path, struct zhol_report *report)
{
    struct file_data data = {0};
    struct csv_reader reader;
    struct buffer key;
    if (file_kind_of(path) == FILE_NONE) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = file_read(path, 0, &data, report);
    error = error ? error : csv_open(&reader, path, data.bytes, data.size, report);
    if (error) {
        file_clear(&data);
        return error;
    }
    buffer_init(&key);
    csv_next(&reader);
    bool fits = reader.count <= merge->rules->count;
    for (uint32_t f = 0; fits && f < reader.count; f++) {
        fits = text_equal_string(reader.cells[f], merge->rules->fields[f].name);
    }
    if (!fits) {
        error = sheet_refuse(report, ZHOL_ERROR_SYNTAX, path, 1, "",
                             "the columns that an import of this kind writes");
    }
    while (!error && csv_next(&reader)) {
        error = grow(merge);
        for (uint32_t f = 0; !error && f < reader.count; f++) {
            error = set_cell(merge, merge->all.count - 1, f, reader.cells[f]);
        }
        error = error ? error : put_key(merge, &merge->all, merge->all.count - 1, &key);
        error = error ? error
                      : map_put(&merge->keys, text_view_of(buffer_get(&key)), merge->all.count - 1);
    }
    error = error ? error : reader.error;
    buffer_clear(&key);
    csv_close(&reader);
    file_clear(&data);
    return error;
}

static enum zhol_error merge_record(struct merge *merge, const struct intake_records *records,
                                    uint32_t record, struct buffer *key)
{
    uint32_t at = 0;
    enum zhol_error error = put_key(merge, records, record, key);
    bool old = !error && map_get(&merge->keys, text_view_of(buffer_get(key)), &at);
    bool same = old;
    for (uint32_t f = 0; same && f < merge->rules->count; f++) {
        same = strcmp(intake_cell(&merge->all, at, f), intake_cell(records, record, f)) == 0;
    }
    if (same || error) {
        merge->change.same += same;
        return error;
    }
    if (!old) {
        at = merge->all.count;
        error = grow(merge);
        error = error ? error : map_put(&merge->keys, text_view_of(buffer_get(key)), at);
    }
    merge->change.added += !old;
    merge->change.changed += old;
    for (uint32_t f = 0; !error && f < merge->rules->count; f++) {
        error = set_cell(merge, at, f, text_view_of(intake_cell(records, record, f)));
    }
    return error;
}

struct sort_key {
    char *key;
    uint32_t record;
};

static int compare_keys(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    return strcmp(a->key, b->key);
}

/* Writes all records in order of their keys. */
static enum zhol_error write_store(const struct merge *merge, const char *path,
                                   struct zhol_report *report)
{
    struct buffer text;
    struct csv_writer csv;
    struct sort_key *order = calloc((size_t)merge->all.count + 1, sizeof *order);
    enum zhol_error error = order ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    buffer_init(&text);
    for (uint32_t i = 0; !error && i < merge->all.count; i++) {
        struct buffer key;
        buffer_init(&key);
        error = put_key(merge, &merge->all, i, &key);
        order[i] = (struct sort_key){buffer_take(&key, NULL), i};
        error = order[i].key ? error : ZHOL_ERROR_MEMORY;
    }
    if (!error) {
        qsort(order, merge->all.count, sizeof *order, compare_keys);
        csv_writer_init(&csv, &text);
        for (uint32_t f = 0; f < merge->rules->count; f++) {
            csv_write_text(&csv, merge->rules->fields[f].name);
        }
        csv_write_end(&csv);
        for (uint32_t i = 0; i < merge->all.count; i++) {
            for (uint32_t f = 0; f < merge->rules->count; f++) {
                csv_write_text(&csv, intake_cell(&merge->all, order[i].record, f));
            }
            csv_write_end(&csv);
        }
        error = text.error ? text.error : file_write(path, buffer_get(&text), text.size, report);
    }
    for (uint32_t i = 0; order && i < merge->all.count; i++) {
        free(order[i].key);
    }
    free(order);
    buffer_clear(&text);
    return error;
}

enum zhol_error intake_store(const struct intake_records *records, const char *dir, bool apply,
                             struct zhol_report *report, struct intake_change *change)
{
    struct merge merge = {.rules = intake_rules(records->kind)};
    struct buffer path, key;
    buffer_init(&path);
    buffer_init(&key);
    map_init(&merge.keys);
    merge.all.kind = records->kind;
    file_join(&path, dir, merge.rules->file);
    enum zhol_error error = path.error ? path.error : read_store(&merge, buffer_get(&path), report);
    for (uint32_t i = 0; !error && i < records->count; i++) {
        error = merge_record(&merge, records, i, &key);
    }
    if (!error && apply && merge.change.added + merge.change.changed) {
        error = file_make_folder(dir, report);
        error = error ? error : write_store(&merge, buffer_get(&path), report);
    }
    *change = merge.change;
    map_clear(&merge.keys);
    intake_records_clear(&merge.all);
    buffer_clear(&path);
    buffer_clear(&key);
    return error;
}
