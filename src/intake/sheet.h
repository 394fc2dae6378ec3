/* intake/sheet.h: a table of text cells as people send it: CSV of any habit, or an Excel workbook.
 *
 * Purpose: what comes from other systems is not our strict CSV: it is separated by commas,
 * semicolons or tabs, in UTF-8 or Windows-1251, or it is a sheet of an .xlsx file with a title
 * above the table. This reads all of them into one grid of trimmed UTF-8 texts and knows the line
 * of each.
 *
 * Excel: cells are taken as shown: shared and inline strings, numbers (8-digit wagon numbers stay
 * whole), dates and times by their number format in both date systems as 2026-01-31 and
 * 2026-01-31T08:00. Formulas give their stored result. Merged cells stand in the first.
 *
 * Call order: sheet_read, look, sheet_clear (also after a failure).
 * Errors, each with a finding: ZHOL_ERROR_UNKNOWN (no such file or sheet), ZHOL_ERROR_SYNTAX (NUL
 * bytes, UTF-16, an open quote, a broken workbook), ZHOL_ERROR_LIMIT (see the limits below),
 * ZHOL_ERROR_IO, ZHOL_ERROR_MEMORY.
 * Sources: RFC 4180; ECMA-376 part 1 (SpreadsheetML).
 */
#ifndef ZHOL_INTAKE_SHEET_H
#define ZHOL_INTAKE_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define SHEET_FILE_MAX  ((size_t)64 << 20)  /* bytes of the file */
#define SHEET_PART_MAX  ((size_t)256 << 20) /* bytes of one part of a workbook, unpacked */
#define SHEET_ROWS_MAX  1048576u
#define SHEET_CELLS_MAX 256u /* columns */

struct sheet {
    struct text_pool texts;
    uint32_t *cells; /* offsets; row after row of `columns` */
    uint32_t *lines; /* of each row, as an editor or Excel counts */
    uint32_t rows, columns;
    uint32_t cell_capacity, line_capacity;
};

/* `name`: a sheet of a workbook, or NULL for the first. */
enum zhol_error sheet_read(const char *path, const char *name, struct zhol_report *report,
                           struct sheet *out);
/* The same for the bytes of a CSV file; `file` is named in findings. */
enum zhol_error sheet_read_csv(const char *file, const char *bytes, size_t size,
                               struct zhol_report *report, struct sheet *out);
/* The same for a workbook. */
enum zhol_error sheet_read_xlsx(const char *path, const char *name, struct zhol_report *report,
                                struct sheet *out);
void sheet_clear(struct sheet *sheet);

/* The text of a cell; "" outside the grid. */
const char *sheet_cell(const struct sheet *sheet, uint32_t row, uint32_t column);

/* For the readers: begins a row; sets a cell of the last row (trimmed), widening the grid. */
enum zhol_error sheet_add_row(struct sheet *sheet, uint32_t line);
enum zhol_error sheet_set(struct sheet *sheet, uint32_t column, struct text_view text);
/* Drops the last row where all its cells are blank. */
void sheet_drop_blank(struct sheet *sheet);
/* Adds a fault of the file and returns its code. */
enum zhol_error sheet_refuse(struct zhol_report *report, enum zhol_error code, const char *file,
                             uint32_t line, const char *value, const char *expected);

#endif
