/* workbook.c: see workbook.h. */
#include "report/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"

enum { COLUMNS_MAX = 64, WIDTH_MAX = 60, CELL_SIZE = 4096, PATH_SIZE = 512 };

static lxw_error put_cell(lxw_worksheet *sheet, uint32_t row, uint32_t column,
                          struct text_view cell, lxw_format *format)
{
    char text[CELL_SIZE];
    double value;
    lxw_row_t r = row;
    lxw_col_t c = (lxw_col_t)column;
    if (!cell.size) {
        return LXW_NO_ERROR;
    }
    /* a number with a leading zero is an identifier */
    bool id = cell.size > 1 && cell.bytes[0] == '0' && cell.bytes[1] != '.';
    if (row && !id && number_parse_real(cell, &value) == ZHOL_ERROR_OK) {
        return worksheet_write_number(sheet, r, c, value, NULL);
    }
    uint32_t size = text_utf8_cut(cell, cell.size < CELL_SIZE ? cell.size : CELL_SIZE - 1);
    memcpy(text, cell.bytes, size);
    text[size] = '\0';
    return worksheet_write_string(sheet, r, c, text, format);
}

static enum zhol_error fill(lxw_worksheet *sheet, struct text_view csv, lxw_format *bold)
{
    struct csv_reader reader;
    uint32_t widths[COLUMNS_MAX] = {0}, row = 0;
    lxw_error failed = LXW_NO_ERROR;
    enum zhol_error error = csv_open(&reader, "sheet", csv.bytes, csv.size, NULL);
    if (error) {
        return error;
    }
    for (; !failed && csv_next(&reader); row++) {
        for (uint32_t c = 0; c < reader.count && c < COLUMNS_MAX && !failed; c++) {
            uint32_t width = text_width(reader.cells[c]);
            widths[c] = width > widths[c] ? width : widths[c];
            failed = put_cell(sheet, row, c, reader.cells[c], row ? NULL : bold);
        }
    }
    error = reader.error;
    csv_close(&reader);
    for (uint32_t c = 0; c < COLUMNS_MAX; c++) {
        if (widths[c]) {
            double width = widths[c] < WIDTH_MAX ? widths[c] + 2.0 : WIDTH_MAX;
            worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, width, NULL);
        }
    }
    worksheet_freeze_panes(sheet, 1, 0);
    return error ? error : failed ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_OK;
}

static enum zhol_error write_file(const struct workbook_sheet *sheets, uint32_t count,
                                  const char *path)
{
    lxw_workbook *book = workbook_new(path);
    /* a fixed time of making: the same tables give the same bytes */
    lxw_doc_properties about = {.created = 946684800};
    enum zhol_error error = book ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!book) {
        return error;
    }
    workbook_set_properties(book, &about);
    lxw_format *bold = workbook_add_format(book);
    if (bold) {
        format_set_bold(bold);
    }
    for (uint32_t i = 0; i < count && !error; i++) {
        lxw_worksheet *sheet = workbook_add_worksheet(book, sheets[i].name);
        error = sheet && bold ? fill(sheet, sheets[i].csv, bold) : ZHOL_ERROR_MEMORY;
    }
    return workbook_close(book) && !error ? ZHOL_ERROR_IO : error;
}

enum zhol_error workbook_write(const struct workbook_sheet *sheets, uint32_t count,
                               struct buffer *out)
{
    char path[PATH_SIZE];
    const char *folder = getenv("TMPDIR");
    struct file_data data = {0};
    snprintf(path, sizeof path, "%.400s/zhol-XXXXXX", folder && *folder ? folder : "/tmp");
    int scratch = mkstemp(path);
    if (scratch < 0) {
        return ZHOL_ERROR_IO;
    }
    close(scratch);
    enum zhol_error error = write_file(sheets, count, path);
    error = error ? error : file_read(path, 0, &data, NULL);
    if (!error) {
        buffer_append(out, data.bytes, data.size);
        error = out->error;
    }
    file_clear(&data);
    unlink(path);
    return error;
}
