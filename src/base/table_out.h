/* base/table_out.h: text tables for people.
 *
 * Purpose: aligned columns on a terminal, right for Cyrillic and Chinese, for example
 *
 *     Place         Wait h
 *     ------------  ------
 *     Dostyk          36.5
 *     Хоргос (авто)   12.0
 *
 * Call order: table_out_init, table_out_column for each column, then cells row by row (a row is
 * full when it has as many cells as there are columns), table_out_print, table_out_clear.
 * Ownership: texts are copied. Errors stick and come out of table_out_print: ZHOL_ERROR_MEMORY,
 * ZHOL_ERROR_INTERNAL for a row that is not full.
 * Width: when the table is wider than allowed, TABLE_WRAP columns are wrapped and then TABLE_CUT
 * columns are cut with an ellipsis, the widest first, to not less than 8 columns; TABLE_RIGHT
 * columns keep their width, as a cut number is a lie. A table that still does not fit is printed
 * wider.
 */
#ifndef ZHOL_BASE_TABLE_OUT_H
#define ZHOL_BASE_TABLE_OUT_H

#include <stdint.h>
#include "base/buffer.h"
#include "base/text.h"

enum table_kind {
    TABLE_CUT,   /* text, left, may be cut */
    TABLE_WRAP,  /* text, left, may be wrapped at spaces */
    TABLE_RIGHT, /* numbers, right */
};

#define TABLE_COLUMNS_MAX 64

struct table_out {
    struct text_pool pool;
    uint32_t *cells; /* pool offsets, row by row; the first row holds the headers */
    uint32_t count;
    uint32_t capacity;
    uint32_t columns;
    uint32_t width;        /* terminal columns allowed */
    const char *thousands; /* what stands between thousands; NULL: a comma */
    char decimal;          /* before decimals; NUL: a point */
    enum table_kind kinds[TABLE_COLUMNS_MAX];
    enum zhol_error error;
};

/* `width`: terminal columns, 0 for 80, UINT32_MAX for no limit. */
void table_out_init(struct table_out *table, uint32_t width);
void table_out_clear(struct table_out *table);
/* The marks of numbers in another language; `thousands` is not copied. Before the first number. */
void table_out_marks(struct table_out *table, const char *thousands, char decimal);
/* All columns come before the first cell. */
void table_out_column(struct table_out *table, const char *header, enum table_kind kind);
void table_out_text(struct table_out *table, const char *text); /* NULL: empty */
void table_out_view(struct table_out *table, struct text_view text);
void table_out_int(struct table_out *table, int64_t value);                    /* 12,345 */
void table_out_real(struct table_out *table, double value, unsigned decimals); /* NaN: "-" */
/* Appends the table to the buffer. Control characters in cells are shown as spaces. */
enum zhol_error table_out_print(const struct table_out *table, struct buffer *out);

#endif
