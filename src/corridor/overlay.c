/* overlay.c: a table of the base and the overlay of a scenario, merged row by row.
 *
 * Merging works on the texts of the cells, before they are read: what the overlay removes is never
 * read, and everything behind sees one table. A row is found by its primary key, with dates and
 * whole numbers compared by value ("2025" is "2025-01-01").
 */
#include "corridor/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"
#include "base/number.h"
#include "base/time.h"
#include "corridor/likeness.h"

struct merge_row {
    struct data_patch patch;
    bool removed;
};

struct merge {
    struct reading *reading;
    const struct schema_table *schema;
    enum zhol_table table;
    struct text_view *cells; /* field_count a row */
    uint32_t cells_capacity;
    struct merge_row *rows;
    uint32_t count;
    uint32_t rows_capacity;
    struct map keys; /* primary key -> row */
    struct buffer key;
};

static void merge_clear(struct merge *merge)
{
    free(merge->cells);
    free(merge->rows);
    map_clear(&merge->keys);
    buffer_clear(&merge->key);
}

static struct text_view *merge_cells(const struct merge *merge, uint32_t row)
{
    return merge->cells + (size_t)row * merge->schema->field_count;
}

/* ---- keys ---- */

static void put_key_cell(struct buffer *key, const struct schema_field *field,
                         struct text_view text)
{
    int32_t day;
    int64_t whole;
    if (field->kind == SCHEMA_date && !time_parse_date(text, &day, NULL)) {
        buffer_int(key, day);
    } else if (field->kind == SCHEMA_whole && !number_parse_int(text, &whole)) {
        buffer_int(key, whole);
    } else {
        buffer_view(key, text);
    }
    buffer_char(key, '\x1f');
}

/* The primary key of a row as one text. */
static struct text_view row_key(struct merge *merge, const struct text_view *cells)
{
    buffer_reset(&merge->key);
    for (uint32_t i = 0; i < merge->schema->field_count; i++) {
        if (schema_in_key(&merge->schema->fields[i])) {
            put_key_cell(&merge->key, &merge->schema->fields[i], cells[i]);
        }
    }
    return (struct text_view){buffer_get(&merge->key), (uint32_t)merge->key.size};
}

/* The key as people write it: "S003, 2025-09-30". */
static void write_key(const struct merge *merge, const struct text_view *cells, struct buffer *out)
{
    const char *between = "";
    for (uint32_t i = 0; i < merge->schema->field_count; i++) {
        if (schema_in_key(&merge->schema->fields[i])) {
            buffer_string(out, between);
            buffer_printf(out, "%s=", merge->schema->fields[i].name);
            buffer_view(out, cells[i]);
            between = ", ";
        }
    }
}

/* ---- rows ---- */

static enum zhol_error add_row(struct merge *merge, const struct text_view *cells,
                               struct data_patch patch)
{
    uint32_t fields = merge->schema->field_count;
    enum zhol_error error =
        merge->count >= UINT32_MAX / SCHEMA_FIELDS_MAX
            ? ZHOL_ERROR_LIMIT
            : ARRAY_RESERVE(merge->cells, merge->cells_capacity, (merge->count + 1) * fields);
    error = error ? error : ARRAY_RESERVE(merge->rows, merge->rows_capacity, merge->count + 1);
    if (error) {
        return error;
    }
    memcpy(merge_cells(merge, merge->count), cells, fields * sizeof *cells);
    merge->rows[merge->count] = (struct merge_row){patch, false};
    error = map_add(&merge->keys, row_key(merge, cells), merge->count, NULL);
    merge->count++;
    /* A key that the base has twice is found by the checker, once the rows are read. */
    return error == ZHOL_ERROR_DUPLICATE ? ZHOL_ERROR_OK : error;
}

/* The cells of the row at hand by column; absent columns are empty. */
static void by_column(const struct merge *merge, const struct reading_file *file,
                      struct text_view *cells)
{
    memset(cells, 0, merge->schema->field_count * sizeof *cells);
    for (uint32_t i = 0; i < file->count; i++) {
        if (file->columns[i] >= 0) {
            cells[file->columns[i]] = file->csv.cells[i];
        }
    }
}

static enum zhol_error merge_base(struct merge *merge, struct reading_file *file)
{
    struct text_view cells[SCHEMA_FIELDS_MAX];
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && csv_next(&file->csv)) {
        by_column(merge, file, cells);
        error = add_row(merge, cells, (struct data_patch){.base_line = file->csv.row});
    }
    return error;
}

/* ---- operations ---- */

enum merge_op { OP_ADD, OP_CHANGE, OP_REMOVE, OP_UNKNOWN };

static void report_row(struct merge *merge, const struct reading_file *file, enum zhol_error code,
                       const struct text_view *cells, const char *what)
{
    struct buffer key;
    buffer_init(&key);
    write_key(merge, cells, &key);
    trouble_add(&merge->reading->trouble, ZHOL_FAULT, code,
                (struct trouble_place){file->name, file->csv.row, "op"},
                file->csv.cells[file->op_column], "%s (%s)", what, buffer_get(&key));
    buffer_clear(&key);
}

static enum merge_op read_op(struct merge *merge, const struct reading_file *file)
{
    struct text_view op = file->csv.cells[file->op_column];
    static const char *const names[] = {"add", "change", "remove"};
    for (int i = 0; i < OP_UNKNOWN; i++) {
        if (text_equal_string(op, names[i])) {
            return (enum merge_op)i;
        }
    }
    trouble_add(&merge->reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX,
                (struct trouble_place){file->name, file->csv.row, "op"}, op, "%s",
                op.size ? "one of: add, change, remove"
                        : "is blank; expected add, change or remove");
    return OP_UNKNOWN;
}

static void change_row(struct merge *merge, uint32_t row, const struct text_view *cells,
                       uint32_t line)
{
    struct data_patch *patch = &merge->rows[row].patch;
    struct text_view *old = merge_cells(merge, row);
    patch->overlay_line = line;
    for (uint32_t i = 0; i < merge->schema->field_count; i++) {
        if (!schema_in_key(&merge->schema->fields[i]) && cells[i].size) {
            old[i] = text_equal_string(cells[i], "(blank)") ? TEXT("") : cells[i];
            patch->columns |= UINT64_C(1) << i;
        }
    }
}

static enum zhol_error apply(struct merge *merge, struct reading_file *file,
                             const struct text_view *cells)
{
    enum merge_op op = read_op(merge, file);
    uint32_t row = UINT32_MAX;
    bool found = map_get(&merge->keys, row_key(merge, cells), &row) && !merge->rows[row].removed;
    if (op == OP_UNKNOWN) {
        return ZHOL_ERROR_OK;
    }
    if (op == OP_ADD && found) {
        report_row(merge, file, ZHOL_ERROR_DUPLICATE, cells,
                   "a row that is not there yet; this one is: use change");
    } else if (op == OP_ADD) {
        struct data_patch patch = {.overlay_line = file->csv.row};
        uint32_t at = merge->count;
        enum zhol_error error = add_row(merge, cells, patch);
        return error ? error : map_put(&merge->keys, row_key(merge, cells), at);
    } else if (!found) {
        report_row(merge, file, ZHOL_ERROR_UNKNOWN, cells,
                   "a row that is there; no row has this primary key");
    } else if (op == OP_CHANGE) {
        change_row(merge, row, cells, file->csv.row);
    } else {
        merge->rows[row].removed = true;
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error merge_overlay(struct merge *merge, struct reading_file *file)
{
    struct text_view cells[SCHEMA_FIELDS_MAX];
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && csv_next(&file->csv)) {
        by_column(merge, file, cells);
        for (uint32_t i = 0; i < merge->schema->field_count && !error; i++) {
            struct trouble_place place = {file->name, file->csv.row, merge->schema->fields[i].name};
            if (cells[i].size && cells[i].bytes[0] == '$') {
                error = reading_parameter(merge->reading, merge->table, i, place, &cells[i]);
            }
        }
        error = error ? error : apply(merge, file, cells);
    }
    return error;
}

static enum zhol_error read_merge(struct merge *merge)
{
    struct reading_rows rows;
    int16_t columns[SCHEMA_FIELDS_MAX];
    enum zhol_error error = ZHOL_ERROR_OK;
    reading_rows_start(&rows, merge->reading, merge->table);
    for (uint32_t i = 0; i < merge->schema->field_count; i++) {
        columns[i] = (int16_t)i;
    }
    for (uint32_t row = 0; row < merge->count && !error; row++) {
        if (!merge->rows[row].removed) {
            struct reading_origin origin = {merge->rows[row].patch, true};
            error = reading_row(&rows, merge_cells(merge, row), columns, merge->schema->field_count,
                                &origin);
        }
    }
    return error;
}

/* A file whose rows can be used: open and with all columns that it needs. */
static bool usable(struct reading *reading, enum zhol_table table, const struct reading_file *file)
{
    bool good = file->open && file->count && !file->missing;
    if (!good && !file->absent) {
        reading->unreadable[table] = true;
    }
    return good;
}

enum zhol_error reading_merged(struct reading *reading, enum zhol_table table,
                               const char *base_name, const char *overlay_name)
{
    struct merge merge = {.reading = reading, .schema = schema_table(table), .table = table};
    struct reading_file *files = calloc(2, sizeof *files);
    if (!files) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = reading_file_open(&files[0], reading, table, base_name, false);
    if (!error) {
        error = reading_file_open(&files[1], reading, table, overlay_name, true);
    }
    if (!error && usable(reading, table, &files[0])) {
        error = merge_base(&merge, &files[0]);
    }
    if (!error && usable(reading, table, &files[1])) {
        error = merge_overlay(&merge, &files[1]);
    }
    error = error ? error : read_merge(&merge);
    for (int i = 0; i < 2; i++) {
        if (files[i].open && files[i].csv.error) {
            reading->unreadable[table] = true;
            trouble_note_fault(&reading->trouble, files[i].csv.error);
        }
        reading_file_close(&files[i]);
    }
    merge_clear(&merge);
    free(files);
    return error;
}
