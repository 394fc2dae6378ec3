/* report/assign_sheet.h: a table of an answer said once, written as text, CSV, JSON or a workbook.
 *
 * Call order: report_sheet_init with a list of columns; the cells row by row; any writer;
 * report_sheet_clear. Errors stick in sheet->error and come back from the writers. Text is copied.
 * A number is rounded to its column's decimals in text, CSV and JSON; a workbook holds it as it is
 * and shows it rounded. A number that is not known (NaN) is "-", blank, null, blank. Text groups
 * digits as the language does; what would round to nothing is "<0.1", what has no end is "any".
 * CSV carries on every row what the rows are about (notes), so that a row says it alone.
 */
#ifndef ZHOL_REPORT_ASSIGN_SHEET_H
#define ZHOL_REPORT_ASSIGN_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/json.h"
#include "report/words.h"

enum { REPORT_SHEET_COLUMNS = 24 };

struct report_sheet_column {
    const char *key;                     /* in CSV, JSON and workbooks: with the unit last */
    const char *head[REPORT_LANG_COUNT]; /* in text; NULL: not shown there */
    bool number;
    uint8_t decimals;
    bool wrap; /* text that may be wrapped, else cut */
};

struct report_sheet_cell {
    double number;
    uint32_t text;
};

struct report_sheet {
    const char *key;
    const char *title[REPORT_LANG_COUNT];
    const struct report_sheet_column *columns;
    uint32_t column_count;
    struct report_sheet_cell *cells;
    uint32_t cell_count, cell_room;
    struct text_pool pool;
    enum zhol_error error;
};

void report_sheet_init(struct report_sheet *sheet, const char *key, const char *title_en,
                       const char *title_ru, const struct report_sheet_column *columns,
                       uint32_t column_count);
void report_sheet_clear(struct report_sheet *sheet);
void report_sheet_text(struct report_sheet *sheet, const char *text);
void report_sheet_number(struct report_sheet *sheet, double number);
uint32_t report_sheet_rows(const struct report_sheet *sheet);
/* Keeps the first `max` rows. */
void report_sheet_cut(struct report_sheet *sheet, uint32_t max);

/* The title, at most `max` rows (0: all) within `width` columns, and how many more there are. */
enum zhol_error report_sheet_table(const struct report_sheet *sheet, enum report_lang lang,
                                   uint32_t max, uint32_t width, struct buffer *out);
/* A column that is the same in all rows, such as the scenario. */
struct report_sheet_note {
    const char *key, *value;
};
enum zhol_error report_sheet_csv(const struct report_sheet *sheet,
                                 const struct report_sheet_note *notes, uint32_t note_count,
                                 struct buffer *out);
/* A member `key` of the open object: an array of objects. */
enum zhol_error report_sheet_json(const struct report_sheet *sheet, struct json_writer *json);
/* A workbook of one sheet each, behind a sheet with the lines of `about` (key TAB value). */
enum zhol_error report_sheets_xlsx(const struct report_sheet *const *sheets, uint32_t count,
                                   const char *about, const char *path);

#endif
