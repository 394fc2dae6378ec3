/* records.c: headers, mappings, and the rows of an import. See intake.h. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/map.h"
#include "intake/intake.h"

#define HEADER_ROWS 10 /* titles and dates stand above many tables */

/* ---- Mappings ---- */

static void map_row(const struct intake_rules *rules, const struct sheet *sheet, uint32_t row,
                    struct intake_mapping *out)
{
    out->header_row = row;
    for (uint32_t f = 0; f < INTAKE_FIELDS_MAX; f++) {
        out->columns[f] = INTAKE_NO_COLUMN;
    }
    for (uint32_t c = 0; c < sheet->columns; c++) {
        const char *header = sheet_cell(sheet, row, c);
        uint32_t field = *header ? intake_field_named(rules, header) : UINT32_MAX;
        if (field != UINT32_MAX && out->columns[field] == INTAKE_NO_COLUMN) {
            out->columns[field] = c;
        }
    }
}

static uint32_t mapped(const struct intake_mapping *mapping)
{
    uint32_t count = 0;
    for (uint32_t f = 0; f < INTAKE_FIELDS_MAX; f++) {
        count += mapping->columns[f] != INTAKE_NO_COLUMN;
    }
    return count;
}

/* Every required field needs a column. */
static enum zhol_error check_mapping(const struct intake_rules *rules, const struct sheet *sheet,
                                     const char *file, struct zhol_report *report,
                                     const struct intake_mapping *mapping)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t line = mapping->header_row < sheet->rows ? sheet->lines[mapping->header_row] : 1;
    for (uint32_t f = 0; f < rules->count; f++) {
        if (rules->fields[f].need != INTAKE_OPT && mapping->columns[f] == INTAKE_NO_COLUMN) {
            struct buffer expected;
            buffer_init(&expected);
            buffer_printf(&expected, "a column for %s (%s), called one of: ", rules->fields[f].name,
                          intake_form_text(rules->fields[f].form));
            struct text_view rest = text_view_of(rules->fields[f].synonyms);
            for (bool first = true; rest.size; first = false) {
                buffer_string(&expected, first ? "" : ", ");
                buffer_view(&expected, text_cut(&rest, ';'));
            }
            buffer_string(&expected, "; or name it in a mapping (--map)");
            error = sheet_refuse(report, ZHOL_ERROR_UNKNOWN, file, line, "", buffer_get(&expected));
            buffer_clear(&expected);
        }
    }
    return error;
}

/* Whether two columns differ in a row below the header. */
static bool columns_differ(const struct sheet *sheet, uint32_t header, uint32_t a, uint32_t b)
{
    for (uint32_t row = header + 1; row < sheet->rows; row++) {
        if (strcmp(sheet_cell(sheet, row, a), sheet_cell(sheet, row, b)) != 0) {
            return true;
        }
    }
    return false;
}

/* A field named by two columns that say different things: neither is known to be the right one. */
static enum zhol_error check_twice(const struct intake_rules *rules, const struct sheet *sheet,
                                   const char *file, struct zhol_report *report,
                                   const struct intake_mapping *mapping)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t c = 0; sheet->rows && c < sheet->columns; c++) {
        const char *header = sheet_cell(sheet, mapping->header_row, c);
        uint32_t field = *header ? intake_field_named(rules, header) : UINT32_MAX;
        if (field != UINT32_MAX && mapping->columns[field] != c &&
            columns_differ(sheet, mapping->header_row, mapping->columns[field], c)) {
            error = sheet_refuse(report, ZHOL_ERROR_DUPLICATE, file,
                                 sheet->lines[mapping->header_row], header,
                                 "one column for a field; another one says other things: name the "
                                 "right one in a mapping (--map)");
        }
    }
    return error;
}

enum zhol_error intake_guess(enum intake_kind kind, const struct sheet *sheet, const char *file,
                             struct zhol_report *report, struct intake_mapping *out)
{
    const struct intake_rules *rules = intake_rules(kind);
    map_row(rules, sheet, 0, out);
    for (uint32_t row = 1; row < sheet->rows && row < HEADER_ROWS; row++) {
        struct intake_mapping other;
        map_row(rules, sheet, row, &other);
        if (mapped(&other) > mapped(out)) {
            *out = other;
        }
    }
    enum zhol_error error = check_mapping(rules, sheet, file, report, out);
    return error ? error : check_twice(rules, sheet, file, report, out);
}

/* Puts one line of a mapping file in place. */
static enum zhol_error map_field(const struct intake_rules *rules, const struct sheet *sheet,
                                 struct text_view field, struct text_view header,
                                 struct intake_mapping *out)
{
    for (uint32_t f = 0; f < rules->count; f++) {
        if (!text_equal_string(field, rules->fields[f].name)) {
            continue;
        }
        for (uint32_t row = 0; row < sheet->rows && row < HEADER_ROWS; row++) {
            for (uint32_t c = 0; c < sheet->columns; c++) {
                if (text_equal_fold(text_view_of(sheet_cell(sheet, row, c)), header)) {
                    out->columns[f] = c;
                    out->header_row = row > out->header_row ? row : out->header_row;
                    return ZHOL_ERROR_OK;
                }
            }
        }
        return ZHOL_ERROR_UNKNOWN;
    }
    return ZHOL_ERROR_INVALID;
}

enum zhol_error intake_mapping_read(enum intake_kind kind, const struct sheet *sheet,
                                    const char *file, const char *path, struct zhol_report *report,
                                    struct intake_mapping *out)
{
    const struct intake_rules *rules = intake_rules(kind);
    struct file_data data = {0};
    struct csv_reader reader;
    out->header_row = 0;
    for (uint32_t f = 0; f < INTAKE_FIELDS_MAX; f++) {
        out->columns[f] = INTAKE_NO_COLUMN;
    }
    enum zhol_error error = file_read(path, 0, &data, report);
    error = error ? error : csv_open(&reader, path, data.bytes, data.size, report);
    if (!error) {
        csv_next(&reader);
        while (csv_next(&reader)) {
            enum zhol_error one =
                reader.count < 2 ? ZHOL_ERROR_SYNTAX
                                 : map_field(rules, sheet, reader.cells[0], reader.cells[1], out);
            if (one) {
                error = sheet_refuse(report, one, path, reader.row, "",
                                     one == ZHOL_ERROR_UNKNOWN
                                         ? "a header of the file that is imported"
                                         : "field,column with a field of this kind of import");
            }
        }
        error = error ? error : reader.error;
        csv_close(&reader);
    }
    file_clear(&data);
    return error ? error : check_mapping(rules, sheet, file, report, out);
}

enum zhol_error intake_mapping_write(enum intake_kind kind, const struct sheet *sheet,
                                     const struct intake_mapping *mapping, const char *path,
                                     struct zhol_report *report)
{
    const struct intake_rules *rules = intake_rules(kind);
    struct buffer text;
    struct csv_writer csv;
    buffer_init(&text);
    csv_writer_init(&csv, &text);
    csv_write_text(&csv, "field");
    csv_write_text(&csv, "column");
    csv_write_end(&csv);
    for (uint32_t f = 0; f < rules->count; f++) {
        if (mapping->columns[f] != INTAKE_NO_COLUMN) {
            csv_write_text(&csv, rules->fields[f].name);
            csv_write_text(&csv, sheet_cell(sheet, mapping->header_row, mapping->columns[f]));
            csv_write_end(&csv);
        }
    }
    enum zhol_error error = text.error;
    error = error ? error : file_write(path, buffer_get(&text), text.size, report);
    buffer_clear(&text);
    return error;
}

/* ---- Records ---- */

const char *intake_cell(const struct intake_records *records, uint32_t record, uint32_t field)
{
    uint32_t fields = intake_rules(records->kind)->count;
    return text_pool_get(&records->texts, records->cells[(size_t)record * fields + field]);
}

void intake_records_clear(struct intake_records *records)
{
    text_pool_clear(&records->texts);
    free(records->cells);
    free(records->lines);
    memset(records, 0, sizeof *records);
}

struct take {
    const struct zhol_corridor *corridor;
    const struct intake_rules *rules;
    const struct sheet *sheet;
    const struct intake_mapping *mapping;
    const char *file;
    struct zhol_report *report;
    struct intake_records *out;
    struct map keys; /* natural key -> record */
    struct map seen; /* form and text of places and goods -> canonical text: looked up once */
};

static void refuse_cell(const struct take *take, uint32_t row, uint32_t field, const char *value,
                        const char *why)
{
    struct buffer expected;
    const struct intake_field *of = &take->rules->fields[field];
    uint32_t column = take->mapping->columns[field];
    buffer_init(&expected);
    buffer_string(&expected, intake_form_text(of->form));
    buffer_printf(&expected, "%s%s", *why ? "; " : "", why);
    struct zhol_finding finding = {
        .severity = ZHOL_FAULT,
        .code = ZHOL_ERROR_SYNTAX,
        .row = take->sheet->lines[row],
        .file = take->file,
        .column = column == INTAKE_NO_COLUMN
                      ? of->name
                      : sheet_cell(take->sheet, take->mapping->header_row, column),
        .value = value,
        .expected = buffer_get(&expected)};
    zhol_report_add(take->report, &finding);
    buffer_clear(&expected);
}

/* The canonical text of a cell; false where it has none. Looking up a name of a place or of goods
 * costs a walk over all of them, and the same names stand in every row. */
static bool take_cell(struct take *take, enum intake_form form, const char *value, uint32_t *cell,
                      struct buffer *why, enum zhol_error *error)
{
    struct buffer text, key;
    bool named = form == FORM_PLACE || form == FORM_PLACES || form == FORM_GOODS, fine = true;
    buffer_init(&text);
    buffer_init(&key);
    if (named) {
        buffer_printf(&key, "%d|%s", (int)form, value);
    }
    if (!named || !map_get(&take->seen, text_view_of(buffer_get(&key)), cell)) {
        fine = intake_canonical(take->corridor, form, text_view_of(value), &text, why);
        *error = text.error
                     ? text.error
                     : text_pool_intern(&take->out->texts, text_view_of(buffer_get(&text)), cell);
        if (fine && named && !*error) {
            *error = map_put(&take->seen, text_view_of(buffer_get(&key)), *cell);
        }
    }
    buffer_clear(&text);
    buffer_clear(&key);
    return fine;
}

/* Reads the cells of a row into the record that is being made; false where one is faulty. */
static bool take_cells(struct take *take, uint32_t row, uint32_t *cells, enum zhol_error *error)
{
    bool fine = true;
    for (uint32_t f = 0; f < take->rules->count && !*error; f++) {
        uint32_t column = take->mapping->columns[f];
        const char *value = column == INTAKE_NO_COLUMN ? "" : sheet_cell(take->sheet, row, column);
        struct buffer why;
        buffer_init(&why);
        if (*value &&
            !take_cell(take, take->rules->fields[f].form, value, &cells[f], &why, error)) {
            refuse_cell(take, row, f, value, buffer_get(&why));
            fine = false;
        } else if (!*value && take->rules->fields[f].need != INTAKE_OPT) {
            refuse_cell(take, row, f, "", "the cell is blank");
            fine = false;
        }
        buffer_clear(&why);
    }
    return fine;
}

static enum zhol_error put_key(const struct intake_rules *rules, const struct text_pool *texts,
                               const uint32_t *cells, struct buffer *out)
{
    for (uint32_t f = 0; f < rules->count; f++) {
        if (rules->fields[f].need == INTAKE_KEY) {
            buffer_string(out, text_pool_get(texts, cells[f]));
            buffer_char(out, '\x1f');
        }
    }
    return out->error;
}

/* Adds a record unless its key is there; then it must say the same. */
static enum zhol_error add_record(struct take *take, uint32_t row, const uint32_t *cells)
{
    struct intake_records *out = take->out;
    uint32_t fields = take->rules->count, before = 0;
    struct buffer key;
    buffer_init(&key);
    enum zhol_error error = put_key(take->rules, &out->texts, cells, &key);
    error =
        error ? error : map_add(&take->keys, text_view_of(buffer_get(&key)), out->count, &before);
    buffer_clear(&key);
    if (error == ZHOL_ERROR_DUPLICATE) {
        bool same =
            memcmp(out->cells + (size_t)before * fields, cells, fields * sizeof *cells) == 0;
        struct zhol_finding finding = {
            .severity = same ? ZHOL_NOTE : ZHOL_FAULT,
            .code = same ? ZHOL_ERROR_DUPLICATE : ZHOL_ERROR_CONFLICT,
            .row = take->sheet->lines[row],
            .file = take->file,
            .column = "",
            .value = "",
            .expected = same
                            ? "each record once; this one stands above already"
                            : "one record of a key; one above has the same key and says otherwise"};
        zhol_report_add(take->report, &finding);
        return ZHOL_ERROR_OK;
    }
    error =
        error ? error : ARRAY_RESERVE(out->cells, out->cell_capacity, (out->count + 1) * fields);
    error = error ? error : ARRAY_RESERVE(out->lines, out->line_capacity, out->count + 1);
    if (!error) {
        memcpy(out->cells + (size_t)out->count * fields, cells, fields * sizeof *cells);
        out->lines[out->count++] = take->sheet->lines[row];
    }
    return error;
}

/* A row with more cells than the header has columns: one of its cells is cut in two, or it says
 * something that nobody would read. */
static bool is_too_wide(const struct take *take, uint32_t row)
{
    uint32_t columns = take->sheet->columns;
    while (columns && !*sheet_cell(take->sheet, take->mapping->header_row, columns - 1)) {
        columns--;
    }
    for (uint32_t c = columns; c < take->sheet->columns; c++) {
        const char *value = sheet_cell(take->sheet, row, c);
        if (*value) {
            sheet_refuse(take->report, ZHOL_ERROR_SYNTAX, take->file, take->sheet->lines[row],
                         value, "no cell to the right of the header's last column");
            return true;
        }
    }
    return false;
}

enum zhol_error intake_take(const struct zhol_corridor *corridor, enum intake_kind kind,
                            const struct sheet *sheet, const struct intake_mapping *mapping,
                            const char *file, struct zhol_report *report,
                            struct intake_records *out)
{
    struct take take = {.corridor = corridor,
                        .rules = intake_rules(kind),
                        .sheet = sheet,
                        .mapping = mapping,
                        .file = file,
                        .report = report,
                        .out = out};
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(out, 0, sizeof *out);
    out->kind = kind;
    map_init(&take.keys);
    map_init(&take.seen);
    for (uint32_t row = mapping->header_row + 1; row < sheet->rows && !error; row++) {
        uint32_t cells[INTAKE_FIELDS_MAX] = {0};
        bool wide = is_too_wide(&take, row);
        if (take_cells(&take, row, cells, &error) && !error && !wide) {
            error = add_record(&take, row, cells);
        }
    }
    map_clear(&take.keys);
    map_clear(&take.seen);
    return error;
}
