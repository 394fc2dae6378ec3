/* sheet.c: the grid of a sheet, and which reader a file needs. See sheet.h. */
#include "intake/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"

enum zhol_error sheet_refuse(struct zhol_report *report, enum zhol_error code, const char *file,
                             uint32_t line, const char *value, const char *expected)
{
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .row = line,
                                   .file = file,
                                   .column = "",
                                   .value = value,
                                   .expected = expected};
    return zhol_report_add(report, &finding);
}

const char *sheet_cell(const struct sheet *sheet, uint32_t row, uint32_t column)
{
    if (row >= sheet->rows || column >= sheet->columns) {
        return "";
    }
    return text_pool_get(&sheet->texts, sheet->cells[(size_t)row * sheet->columns + column]);
}

/* Room for `rows` rows of `columns` cells; new cells are blank. */
static enum zhol_error reserve(struct sheet *sheet, uint32_t rows, uint32_t columns)
{
    uint64_t need = (uint64_t)rows * columns;
    if (rows > SHEET_ROWS_MAX || columns > SHEET_CELLS_MAX || need > UINT32_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(sheet->cells, sheet->cell_capacity, (uint32_t)need);
    if (error || columns == sheet->columns) {
        return error;
    }
    /* Wider rows: move them apart from the last on. */
    for (uint32_t row = sheet->rows; row-- > 0;) {
        uint32_t *from = sheet->cells + (size_t)row * sheet->columns;
        uint32_t *to = sheet->cells + (size_t)row * columns;
        memmove(to, from, sheet->columns * sizeof *to);
        memset(to + sheet->columns, 0, (columns - sheet->columns) * sizeof *to);
    }
    sheet->columns = columns;
    return ZHOL_ERROR_OK;
}

enum zhol_error sheet_add_row(struct sheet *sheet, uint32_t line)
{
    enum zhol_error error = reserve(sheet, sheet->rows + 1, sheet->columns);
    error = error ? error : ARRAY_RESERVE(sheet->lines, sheet->line_capacity, sheet->rows + 1);
    if (!error) {
        if (sheet->columns) {
            memset(sheet->cells + (size_t)sheet->rows * sheet->columns, 0,
                   sheet->columns * sizeof *sheet->cells);
        }
        sheet->lines[sheet->rows++] = line;
    }
    return error;
}

enum zhol_error sheet_set(struct sheet *sheet, uint32_t column, struct text_view text)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    text = text_trim(text);
    if (!text.size) {
        return error;
    }
    if (column >= sheet->columns) {
        error = reserve(sheet, sheet->rows, column + 1);
    }
    uint32_t offset = 0;
    error = error ? error : text_pool_intern(&sheet->texts, text, &offset);
    if (!error) {
        sheet->cells[(size_t)(sheet->rows - 1) * sheet->columns + column] = offset;
    }
    return error;
}

void sheet_drop_blank(struct sheet *sheet)
{
    bool blank = sheet->rows > 0;
    for (uint32_t c = 0; blank && c < sheet->columns; c++) {
        blank = sheet->cells[(size_t)(sheet->rows - 1) * sheet->columns + c] == 0;
    }
    sheet->rows -= blank;
}

enum zhol_error sheet_read(const char *path, const char *name, struct zhol_report *report,
                           struct sheet *out)
{
    struct file_data data = {0};
    memset(out, 0, sizeof *out);
    enum zhol_error error = file_read(path, SHEET_FILE_MAX, &data, report);
    if (error) {
        return error;
    }
    /* A workbook is a zip archive, whatever its name says. */
    if (data.size >= 4 && memcmp(data.bytes, "PK\3\4", 4) == 0) {
        error = sheet_read_xlsx(path, name, report, out);
    } else if (data.size >= 4 && memcmp(data.bytes, "\xD0\xCF\x11\xE0", 4) == 0) {
        error = sheet_refuse(report, ZHOL_ERROR_SYNTAX, path, 0, "the old Excel format (.xls)",
                             "an .xlsx workbook or a CSV file: save it as one of these");
    } else {
        error = sheet_read_csv(path, data.bytes, data.size, report, out);
    }
    file_clear(&data);
    return error;
}

void sheet_clear(struct sheet *sheet)
{
    text_pool_clear(&sheet->texts);
    free(sheet->cells);
    free(sheet->lines);
    memset(sheet, 0, sizeof *sheet);
}
