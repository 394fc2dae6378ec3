/* report/assign_sheet.c: see assign_sheet.h. */
#include "report/assign_sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "report/format.h"

void report_sheet_init(struct report_sheet *sheet, const char *key, const char *title_en,
                       const char *title_ru, const struct report_sheet_column *columns,
                       uint32_t column_count)
{
    *sheet = (struct report_sheet){.key = key,
                                   .title = {title_en, title_ru},
                                   .columns = columns,
                                   .column_count = column_count};
    text_pool_init(&sheet->pool);
}

void report_sheet_clear(struct report_sheet *sheet)
{
    text_pool_clear(&sheet->pool);
    free(sheet->cells);
    sheet->cells = NULL;
    sheet->cell_count = 0;
}

static struct report_sheet_cell *next(struct report_sheet *sheet)
{
    if (!sheet->error) {
        sheet->error = ARRAY_RESERVE(sheet->cells, sheet->cell_room, sheet->cell_count + 1);
    }
    return sheet->error ? NULL : &sheet->cells[sheet->cell_count++];
}

void report_sheet_text(struct report_sheet *sheet, const char *text)
{
    struct report_sheet_cell *cell = next(sheet);
    if (cell) {
        struct text_view view = {text ? text : "", text ? (uint32_t)strlen(text) : 0};
        *cell = (struct report_sheet_cell){NAN, 0};
        sheet->error = text_pool_add(&sheet->pool, view, &cell->text);
    }
}

void report_sheet_number(struct report_sheet *sheet, double number)
{
    struct report_sheet_cell *cell = next(sheet);
    if (cell) {
        *cell = (struct report_sheet_cell){number, 0};
    }
}

uint32_t report_sheet_rows(const struct report_sheet *sheet)
{
    return sheet->cell_count / sheet->column_count;
}

void report_sheet_cut(struct report_sheet *sheet, uint32_t max)
{
    if (report_sheet_rows(sheet) > max) {
        sheet->cell_count = max * sheet->column_count;
    }
}

static const struct report_sheet_cell *cell_at(const struct report_sheet *sheet, uint32_t row,
                                               uint32_t column)
{
    return &sheet->cells[row * sheet->column_count + column];
}

static const char *text_at(const struct report_sheet *sheet, uint32_t row, uint32_t column)
{
    return text_pool_get(&sheet->pool, cell_at(sheet, row, column)->text);
}

/* ---- Text ---- */

/* A number that would round to nothing is said to be less than the last digit. */
static void table_number(struct table_out *table, double value, unsigned decimals,
                         enum report_lang lang)
{
    double last = pow(10, -(double)decimals);
    bool small = value > 0 && value < last / 2;
    struct buffer text;
    buffer_init(&text);
    if (isnan(value)) {
        buffer_char(&text, '-');
    } else if (isinf(value)) {
        buffer_string(&text, lang == REPORT_RU ? "любое" : "any");
    } else {
        buffer_string(&text, small ? "<" : "");
        format_number(&text, small ? last : value, decimals, lang);
    }
    table_out_text(table, buffer_get(&text));
    buffer_clear(&text);
}

static void table_row(const struct report_sheet *sheet, enum report_lang lang, uint32_t row,
                      struct table_out *table)
{
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        const struct report_sheet_column *column = &sheet->columns[c];
        if (!column->head[lang]) {
            continue;
        }
        if (column->number) {
            table_number(table, cell_at(sheet, row, c)->number, column->decimals, lang);
        } else {
            table_out_text(table, text_at(sheet, row, c));
        }
    }
}

enum zhol_error report_sheet_table(const struct report_sheet *sheet, enum report_lang lang,
                                   uint32_t max, uint32_t width, struct buffer *out)
{
    uint32_t rows = report_sheet_rows(sheet), shown = max && max < rows ? max : rows;
    struct table_out table;
    if (sheet->error) {
        return sheet->error;
    }
    table_out_init(&table, width);
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        const struct report_sheet_column *column = &sheet->columns[c];
        if (column->head[lang]) {
            table_out_column(&table, column->head[lang],
                             column->number ? TABLE_RIGHT
                             : column->wrap ? TABLE_WRAP
                                            : TABLE_CUT);
        }
    }
    for (uint32_t row = 0; row < shown; row++) {
        table_row(sheet, lang, row, &table);
    }
    buffer_printf(out, "%s\n", sheet->title[lang]);
    enum zhol_error error = rows ? table_out_print(&table, out) : ZHOL_ERROR_OK;
    if (!rows) {
        buffer_string(out, lang == REPORT_RU ? "  нет\n" : "  none\n");
    } else if (shown < rows) {
        buffer_printf(out, lang == REPORT_RU ? "  ещё строк: %u\n" : "  %u more\n", rows - shown);
    }
    table_out_clear(&table);
    return error ? error : out->error;
}

/* ---- Data ---- */

enum zhol_error report_sheet_csv(const struct report_sheet *sheet,
                                 const struct report_sheet_note *notes, uint32_t note_count,
                                 struct buffer *out)
{
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        csv_write_text(&csv, sheet->columns[c].key);
    }
    for (uint32_t n = 0; n < note_count; n++) {
        csv_write_text(&csv, notes[n].key);
    }
    csv_write_end(&csv);
    for (uint32_t row = 0; row < report_sheet_rows(sheet); row++) {
        for (uint32_t c = 0; c < sheet->column_count; c++) {
            double number = cell_at(sheet, row, c)->number;
            if (!sheet->columns[c].number) {
                csv_write_text(&csv, text_at(sheet, row, c));
            } else if (isfinite(number)) {
                csv_write_fixed(&csv, number, sheet->columns[c].decimals);
            } else {
                csv_write_text(&csv, "");
            }
        }
        for (uint32_t n = 0; n < note_count; n++) {
            csv_write_text(&csv, notes[n].value);
        }
        csv_write_end(&csv);
    }
    return sheet->error ? sheet->error : out->error;
}

enum zhol_error report_sheet_json(const struct report_sheet *sheet, struct json_writer *json)
{
    json_write_key(json, sheet->key);
    json_write_array(json);
    for (uint32_t row = 0; row < report_sheet_rows(sheet); row++) {
        json_write_object(json);
        for (uint32_t c = 0; c < sheet->column_count; c++) {
            const struct report_sheet_column *column = &sheet->columns[c];
            double number = cell_at(sheet, row, c)->number;
            if (!column->number) {
                json_member_text(json, column->key, text_at(sheet, row, c));
            } else if (isfinite(number)) {
                json_member_fixed(json, column->key, number, column->decimals);
            } else {
                json_member_null(json, column->key);
            }
        }
        json_write_object_end(json);
    }
    json_write_array_end(json);
    return sheet->error ? sheet->error : json->out->error;
}

/* ---- Workbook ---- */

static lxw_format *number_format(lxw_workbook *book, unsigned decimals)
{
    static const char *const forms[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"};
    lxw_format *format = workbook_add_format(book);
    if (format) {
        format_set_num_format(format, forms[decimals < 4 ? decimals : 3]);
    }
    return format;
}

static void fill_sheet(lxw_workbook *book, lxw_worksheet *page, const struct report_sheet *sheet)
{
    lxw_format *bold = workbook_add_format(book);
    if (bold) {
        format_set_bold(bold);
    }
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        const struct report_sheet_column *column = &sheet->columns[c];
        lxw_format *format = column->number ? number_format(book, column->decimals) : NULL;
        lxw_col_t at = (lxw_col_t)c;
        worksheet_write_string(page, 0, at, column->key, bold);
        worksheet_set_column(page, at, at, column->number ? 14 : 28, NULL);
        for (uint32_t row = 0; row < report_sheet_rows(sheet); row++) {
            double number = cell_at(sheet, row, c)->number;
            if (!column->number) {
                worksheet_write_string(page, row + 1, at, text_at(sheet, row, c), NULL);
            } else if (isfinite(number)) {
                worksheet_write_number(page, row + 1, at, number, format);
            }
        }
    }
    worksheet_freeze_panes(page, 1, 0);
}

static void fill_about(lxw_worksheet *page, const char *about)
{
    char line[512];
    for (lxw_row_t row = 0; *about; row++) {
        size_t size = strcspn(about, "\n"), taken = size < sizeof line ? size : sizeof line - 1;
        memcpy(line, about, taken);
        line[taken] = '\0';
        char *tab = strchr(line, '\t');
        if (tab) {
            *tab = '\0';
            worksheet_write_string(page, row, 1, tab + 1, NULL);
        }
        worksheet_write_string(page, row, 0, line, NULL);
        about += size + (about[size] == '\n');
    }
    worksheet_set_column(page, 0, 1, 40, NULL);
}

enum zhol_error report_sheets_xlsx(const struct report_sheet *const *sheets, uint32_t count,
                                   const char *about, const char *path)
{
    lxw_workbook *book = workbook_new(path);
    if (!book) {
        return ZHOL_ERROR_MEMORY;
    }
    lxw_worksheet *page = workbook_add_worksheet(book, "about");
    if (page) {
        fill_about(page, about);
    }
    for (uint32_t i = 0; page && i < count; i++) {
        page = workbook_add_worksheet(book, sheets[i]->key);
        if (page) {
            fill_sheet(book, page, sheets[i]);
        }
    }
    lxw_error failed = workbook_close(book); /* frees the book, also where it fails */
    return !page ? ZHOL_ERROR_MEMORY : failed ? ZHOL_ERROR_IO : ZHOL_ERROR_OK;
}
