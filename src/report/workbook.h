/* report/workbook.h: tables as an Excel workbook.
 *
 * A sheet is a CSV text with a header row; numbers become number cells, the header is bold and
 * stays in view, columns are as wide as their texts. The same tables give the same bytes.
 * Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_IO (the scratch file that the library needs), and those of
 * base/csv.h for a text that is no CSV.
 * Source: ECMA-376 part 1, through libxlsxwriter.
 */
#ifndef ZHOL_REPORT_WORKBOOK_H
#define ZHOL_REPORT_WORKBOOK_H

#include <stdint.h>

#include "base/buffer.h"

struct workbook_sheet {
    const char *name; /* at most 31 characters, none of []:*?/\ */
    struct text_view csv;
};

/* Appends the bytes of the workbook to *out. */
enum zhol_error workbook_write(const struct workbook_sheet *sheets, uint32_t count,
                               struct buffer *out);

#endif
