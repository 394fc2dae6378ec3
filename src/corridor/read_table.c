/* read_table.c: one CSV file into the rows of one table (corridor/reading.h).
 *
 * One path for all tables: the header gives each cell its descriptor, and the descriptor's kind
 * the function that reads it. Nothing is allocated per cell.
 */
#include "corridor/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "corridor/likeness.h"

enum { HINTS = 3, ROWS_SAMPLE = 1000, BATCH_ROWS = 16, PREFETCH_THINGS = 4096 };
static const double ROWS_GUESS_MAX = 1e8, ROWS_MARGIN = 1.1;
static const uint64_t LIKENESS_BUDGET = 20000000;

const char *reading_path(struct reading *reading, const char *name)
{
    struct buffer path;
    buffer_init(&path);
    file_join(&path, reading->dir, name);
    char *copy = arena_string(&reading->arena, buffer_get(&path));
    buffer_clear(&path);
    return copy ? copy : "";
}

void reading_nearest(struct reading *reading, enum zhol_table table, struct text_view text,
                     struct buffer *out)
{
    const struct zhol_corridor *corridor = reading->corridor;
    const struct ids *ids = &corridor->tables[table].ids;
    struct likeness likeness;
    if (reading->likeness_budget + ids->count > LIKENESS_BUDGET) {
        return;
    }
    reading->likeness_budget += ids->count;
    likeness_init(&likeness, text, HINTS);
    for (uint32_t i = 0; i < ids->count; i++) {
        likeness_offer(&likeness, i, text_view_of(text_pool_get(&corridor->texts, ids->texts[i])));
    }
    likeness_write(&likeness, out);
}

/* ---- header ---- */

static void hint_column(const struct schema_table *schema, struct text_view name,
                        struct buffer *out)
{
    struct likeness likeness;
    likeness_init(&likeness, name, HINTS);
    for (uint32_t i = 0; i < schema->field_count; i++) {
        likeness_offer(&likeness, i, text_view_of(schema->fields[i].name));
    }
    likeness_write(&likeness, out);
}

static void unknown_column(struct reading_file *file, struct reading *reading,
                           const struct schema_table *schema, struct text_view name)
{
    struct buffer hint;
    buffer_init(&hint);
    hint_column(schema, name, &hint);
    trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN,
                (struct trouble_place){file->name, file->csv.row, ""}, name,
                "a column of table %s%s; a column of your own begins with x_", schema->name,
                buffer_get(&hint));
    buffer_clear(&hint);
}

/* Gives cell i of the header its column; unknown and repeated ones are reported. */
static void read_name(struct reading_file *file, struct reading *reading,
                      const struct schema_table *schema, uint32_t i, bool overlay, uint64_t *seen)
{
    struct text_view name = file->csv.cells[i];
    int column = schema_find_view(schema, name);
    file->columns[i] = -1;
    if (overlay && text_equal_string(name, "op") && file->op_column < 0) {
        file->op_column = (int)i;
    } else if (column == SCHEMA_NO_FIELD) {
        if (!text_starts_with(name, TEXT("x_"))) {
            unknown_column(file, reading, schema, name);
        }
    } else if (*seen >> column & 1) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_DUPLICATE,
                    (struct trouble_place){file->name, file->csv.row, schema->fields[column].name},
                    name, "each column once; remove one of the two");
    } else {
        *seen |= UINT64_C(1) << column;
        file->columns[i] = (int16_t)column;
    }
}

static void miss_column(struct reading_file *file, struct reading *reading, const char *name,
                        const char *doc)
{
    file->missing = file->missing ? file->missing : name;
    trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX,
                (struct trouble_place){file->name, file->csv.row, name}, TEXT(""),
                "the header lacks this column (%s); add it", doc);
}

static void read_header(struct reading_file *file, struct reading *reading,
                        const struct schema_table *schema, bool overlay)
{
    uint64_t seen = 0;
    file->count = file->csv.count;
    for (uint32_t i = 0; i < file->count; i++) {
        read_name(file, reading, schema, i, overlay, &seen);
    }
    if (overlay && file->op_column < 0) {
        miss_column(file, reading, "op", "add, change or remove");
    }
    for (uint32_t i = 0; i < schema->field_count; i++) {
        const struct schema_field *field = &schema->fields[i];
        bool required = field->need == NEED_KEY || (field->need == NEED_REQ && !overlay);
        if (required && !(seen >> i & 1)) {
            miss_column(file, reading, field->name, field->doc);
        }
    }
}

enum zhol_error reading_file_open(struct reading_file *file, struct reading *reading,
                                  enum zhol_table table, const char *name, bool overlay)
{
    const char *path = reading_path(reading, name);
    file->name = name;
    file->missing = NULL;
    file->op_column = -1;
    file->count = 0;
    file->data = (struct file_data){0};
    file->open = false;
    file->absent = file_kind_of(path) == FILE_NONE;
    if (file->absent) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = file_read(path, 0, &file->data, reading->trouble.report);
    if (!error) {
        error =
            csv_open(&file->csv, name, file->data.bytes, file->data.size, reading->trouble.report);
        file->open = !error;
    }
    if (!error && csv_next(&file->csv) && !file->csv.error) {
        read_header(file, reading, schema_table(table), overlay);
    } else if (!error && !file->csv.error) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX,
                    (struct trouble_place){name, 0, ""}, TEXT(""),
                    "the file is empty; its first line must name the columns");
    }
    error = error ? error : file->csv.error;
    if (error || !file->count || file->missing) {
        reading->unreadable[table] = true;
        if (error) {
            trouble_note_fault(&reading->trouble, error);
        }
    }
    return error == ZHOL_ERROR_MEMORY ? error : ZHOL_ERROR_OK;
}

void reading_file_close(struct reading_file *file)
{
    if (file->open) {
        csv_close(&file->csv);
    }
    file_clear(&file->data);
    file->open = false;
}

/* ---- rows ---- */

void reading_rows_start(struct reading_rows *rows, struct reading *reading, enum zhol_table table)
{
    rows->reading = reading;
    rows->schema = schema_table(table);
    rows->table = table;
    rows->patches_capacity = 0;
    rows->named_count = 0;
    memset(rows->memos, 0, sizeof rows->memos);
    data_blank_row(rows->schema, rows->blank);
}

/* True where cell `column` of the row at hand comes from the overlay. */
static bool is_overlay(const struct reading_origin *origin, uint32_t column)
{
    return !origin->patch.base_line || (origin->patch.columns >> column & 1);
}

static void report_cell(struct reading_rows *rows, const struct reading_origin *origin,
                        uint32_t column, struct text_view text, enum zhol_error error)
{
    struct buffer expected;
    struct trouble *trouble = &rows->reading->trouble;
    bool overlay = is_overlay(origin, column);
    uint32_t line = overlay ? origin->patch.overlay_line : origin->patch.base_line;
    struct trouble_place place = {rows->reading->corridor->files[rows->table][overlay], line,
                                  rows->schema->fields[column].name};
    buffer_init(&expected);
    cell_explain(&rows->schema->fields[column], text, &expected);
    trouble_add(trouble, ZHOL_FAULT, error, place, text, "%s%s",
                text.size ? "" : "is blank; expected ", buffer_get(&expected));
    trouble_mark(trouble, rows->table, overlay, line);
    buffer_clear(&expected);
}

static enum zhol_error remember(struct reading_rows *rows, uint32_t column, struct text_view text)
{
    struct reading *reading = rows->reading;
    char *copy = arena_text(&reading->arena, text.bytes, text.size);
    enum zhol_error error = copy ? ARRAY_RESERVE(reading->pending, reading->pending_capacity,
                                                 reading->pending_count + 1)
                                 : ZHOL_ERROR_MEMORY;
    if (!error) {
        reading->pending[reading->pending_count++] =
            (struct reading_pending){{copy, text.size},
                                     reading->corridor->tables[rows->table].count,
                                     (uint16_t)column,
                                     (uint8_t)rows->table};
    }
    return error;
}

/* Reads the cells into `bytes`; *keep is false where the row has no identifier. */
static enum zhol_error read_cells(struct reading_rows *rows, const struct text_view *cells,
                                  const int16_t *columns, uint32_t count,
                                  const struct reading_origin *origin, unsigned char *bytes,
                                  bool *keep)
{
    struct zhol_corridor *corridor = rows->reading->corridor;
    for (uint32_t i = 0; i < count; i++) {
        if (columns[i] < 0) {
            continue;
        }
        uint32_t column = (uint32_t)columns[i];
        const struct schema_field *field = &rows->schema->fields[column];
        bool blank = cells[i].size == 0;
        if (blank && field->need != NEED_KEY && field->need != NEED_REQ) {
            continue;
        }
        enum zhol_error error = blank ? ZHOL_ERROR_SYNTAX
                                      : cell_read(corridor, field, cells[i], &rows->memos[column],
                                                  bytes + field->offset);
        if (error == ZHOL_ERROR_UNKNOWN) {
            error = remember(rows, column, cells[i]);
        } else if (error && error != ZHOL_ERROR_MEMORY && error != ZHOL_ERROR_LIMIT) {
            report_cell(rows, origin, column, cells[i], error);
            *keep = *keep && field->kind != SCHEMA_key;
            error = ZHOL_ERROR_OK;
        }
        if (error) {
            return error;
        }
    }
    return ZHOL_ERROR_OK;
}

/* A row of commas only, as spreadsheets leave them behind a table: one finding, not one a cell. */
static bool is_blank_row(const struct text_view *cells, uint32_t count)
{
    uint32_t i = 0;
    while (i < count && !cells[i].size) {
        i++;
    }
    return i == count;
}

static void report_blank_row(struct reading_rows *rows, const struct reading_origin *origin)
{
    bool overlay = !origin->patch.base_line;
    uint32_t line = overlay ? origin->patch.overlay_line : origin->patch.base_line;
    struct trouble_place place = {rows->reading->corridor->files[rows->table][overlay], line, ""};
    trouble_add(&rows->reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX, place, TEXT(""),
                "the row has no content; remove it");
}

enum zhol_error reading_row(struct reading_rows *rows, const struct text_view *cells,
                            const int16_t *columns, uint32_t count,
                            const struct reading_origin *origin)
{
    unsigned char bytes[SCHEMA_ROW_MAX];
    struct data_table *data = &rows->reading->corridor->tables[rows->table];
    uint32_t pending = rows->reading->pending_count;
    uint32_t row;
    bool keep = true;
    if (is_blank_row(cells, count)) {
        report_blank_row(rows, origin);
        return ZHOL_ERROR_OK;
    }
    memcpy(bytes, rows->blank, rows->schema->row_size);
    enum zhol_error error = read_cells(rows, cells, columns, count, origin, bytes, &keep);
    if (!error && !keep) {
        rows->reading->pending_count = pending;
        return ZHOL_ERROR_OK;
    }
    uint32_t line = origin->patch.base_line ? origin->patch.base_line : origin->patch.overlay_line;
    error = error ? error : data_add_row(data, rows->schema, bytes, line, &row);
    if (!error && origin->keep_patch) {
        error = ARRAY_RESERVE(data->patches, rows->patches_capacity, data->count);
        if (!error) {
            data->patches[row] = origin->patch;
        }
    }
    return error;
}

/* ---- tables ---- */

/* After the first rows the number of all is known well enough to make room for them at once. */
static enum zhol_error make_room(struct reading *reading, enum zhol_table table,
                                 const struct reading_file *file)
{
    struct data_table *data = &reading->corridor->tables[table];
    double rows = (double)data->count * (double)file->data.size / (double)file->csv.position;
    if (rows < ROWS_SAMPLE || rows > ROWS_GUESS_MAX) {
        return ZHOL_ERROR_OK;
    }
    uint32_t count = (uint32_t)(rows * ROWS_MARGIN);
    enum zhol_error error = data_reserve(data, schema_table(table), count);
    bool keyed = schema_key(schema_table(table)) != SCHEMA_NO_FIELD;
    return error || !keyed ? error : ids_reserve(&data->ids, count);
}

/* Rows wait in a small batch while the places of their identifiers come from memory: in a large
 * table each would else be waited for. */
struct row_batch {
    struct text_view *cells; /* BATCH_ROWS times the cells of the header */
    uint32_t lines[BATCH_ROWS];
    uint32_t count;
};

static void prefetch_row(const struct reading_file *file, const struct reading_rows *rows)
{
    const struct zhol_corridor *corridor = rows->reading->corridor;
    for (uint32_t i = 0; i < rows->named_count; i++) {
        uint32_t cell = rows->named[i], column = (uint32_t)file->columns[cell];
        const struct schema_field *field = &rows->schema->fields[column];
        const struct ids *ids = &corridor->tables[field->arg].ids;
        /* References mostly go to the same or the next thing, which is found without the hash. */
        if ((field->kind == SCHEMA_key || rows->memos[column].hashed) &&
            ids->count > PREFETCH_THINGS && file->csv.cells[cell].size) {
            ids_prefetch(ids, file->csv.cells[cell]);
        }
    }
}

/* Which cells hold identifiers. */
static void find_named(struct reading_rows *rows, const struct reading_file *file)
{
    rows->named_count = 0;
    for (uint32_t i = 0; i < file->count; i++) {
        const struct schema_field *field =
            file->columns[i] < 0 ? NULL : &rows->schema->fields[file->columns[i]];
        if (field && (field->kind == SCHEMA_key || field->kind == SCHEMA_ref)) {
            rows->named[rows->named_count++] = (uint16_t)i;
        }
    }
}

static enum zhol_error read_batch(struct row_batch *batch, const struct reading_file *file,
                                  struct reading_rows *rows)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    bool of_scenario = schema_of_scenario(rows->table);
    for (uint32_t i = 0; i < batch->count && !error; i++) {
        uint32_t line = batch->lines[i];
        struct reading_origin origin = {{of_scenario ? 0 : line, of_scenario ? line : 0, 0}, false};
        error = reading_row(rows, batch->cells + (size_t)i * file->count, file->columns,
                            file->count, &origin);
    }
    batch->count = 0;
    return error;
}

static enum zhol_error read_rows(struct reading *reading, enum zhol_table table,
                                 struct reading_file *file)
{
    struct reading_rows rows;
    bool roomy = false;
    struct row_batch batch = {.cells =
                                  calloc((size_t)BATCH_ROWS * file->count, sizeof *batch.cells)};
    enum zhol_error error = batch.cells ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    reading_rows_start(&rows, reading, table);
    find_named(&rows, file);
    while (!error && csv_next(&file->csv)) {
        memcpy(batch.cells + (size_t)batch.count * file->count, file->csv.cells,
               file->count * sizeof *batch.cells);
        batch.lines[batch.count++] = file->csv.row;
        prefetch_row(file, &rows);
        if (batch.count == BATCH_ROWS) {
            error = read_batch(&batch, file, &rows);
        }
        if (!error && !roomy && reading->corridor->tables[table].count >= ROWS_SAMPLE) {
            error = make_room(reading, table, file);
            roomy = true;
        }
    }
    error = error ? error : read_batch(&batch, file, &rows);
    free(batch.cells);
    return error;
}

static enum zhol_error read_file(struct reading *reading, enum zhol_table table, const char *name)
{
    struct reading_file *file = malloc(sizeof *file);
    if (!file) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = reading_file_open(file, reading, table, name, false);
    if (!error && file->open && file->count) {
        error = read_rows(reading, table, file);
        if (file->csv.error) {
            reading->unreadable[table] = true; /* the rest of its rows */
            trouble_note_fault(&reading->trouble, file->csv.error);
        }
    }
    reading_file_close(file);
    free(file);
    return error;
}

enum zhol_error reading_table(struct reading *reading, enum zhol_table table)
{
    const char *base = reading->corridor->files[table][0];
    const char *overlay = reading->corridor->files[table][1];
    if (schema_of_scenario(table)) {
        return read_file(reading, table, overlay);
    }
    if (*reading->corridor->overlay && file_kind_of(reading_path(reading, overlay)) != FILE_NONE) {
        return reading_merged(reading, table, base, overlay);
    }
    return read_file(reading, table, base);
}

/* ---- references to what came later ---- */

static void report_unknown(struct reading *reading, const struct reading_pending *pending)
{
    enum zhol_table table = (enum zhol_table)pending->table;
    const struct schema_field *field = &schema_table(table)->fields[pending->column];
    struct trouble_place place = {.column = field->name};
    struct buffer hint;
    data_origin(reading->corridor, table, pending->row, pending->column, &place.file, &place.line);
    trouble_mark(&reading->trouble, table, place.file == reading->corridor->files[table][1],
                 place.line);
    if (reading->unreadable[field->arg]) {
        return;
    }
    buffer_init(&hint);
    schema_write_id(&hint, (enum zhol_table)field->arg);
    reading_nearest(reading, (enum zhol_table)field->arg, pending->text, &hint);
    trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, place, pending->text, "%s",
                buffer_get(&hint));
    buffer_clear(&hint);
}

void reading_resolve(struct reading *reading)
{
    struct zhol_corridor *corridor = reading->corridor;
    for (uint32_t i = 0; i < reading->pending_count; i++) {
        const struct reading_pending *pending = &reading->pending[i];
        const struct schema_table *schema = schema_table((enum zhol_table)pending->table);
        const struct schema_field *field = &schema->fields[pending->column];
        unsigned char *row = data_row(&corridor->tables[pending->table], schema, pending->row);
        uint32_t thing =
            ids_find(&corridor->tables[field->arg].ids, &corridor->texts, pending->text, ZHOL_NONE);
        memcpy(row + field->offset, &thing, sizeof thing);
        if (thing == ZHOL_NONE) {
            report_unknown(reading, pending);
        }
    }
}
