/* base/csv.h: strict RFC 4180 reader over a buffer, and a writer.
 *
 * Reading: csv_open checks the encoding, then csv_next gives row after row:
 *
 *     struct csv_reader reader;
 *     error = csv_open(&reader, "node.csv", bytes, size, report);
 *     while (!error && csv_next(&reader)) { ... reader.cells[i], reader.count, reader.row ... }
 *     error = error ? error : reader.error;
 *     csv_close(&reader);
 *
 * The first row is the header and fixes the number of cells. A row that is wrong (number of cells,
 * a stray quote, a cell above its limit) is reported, remembered in reader.error and left out;
 * reading goes on behind it, so that one run shows all faults. Only an unclosed quote, a faulty
 * header and want of memory end the reading. Blank lines are skipped. LF, CRLF and CR end a row;
 * the last row needs none.
 * `reader.row` is the line on which the row begins, as a text editor counts: the header is 1.
 *
 * Ownership: the caller keeps `bytes` alive. Cells point into it where no doubled quote had to be
 * undone, else into memory of the reader; all stay valid until csv_close (not only until the next
 * row), but the array reader.cells itself is reused by each row.
 * Errors (each with a finding that names file and row): ZHOL_ERROR_SYNTAX for text that is not
 * UTF-8 (UTF-16 and Windows-1251 are recognised and named), NUL bytes, quotes, number of cells;
 * ZHOL_ERROR_LIMIT for more than CSV_CELLS_MAX cells in a row, a cell above CSV_CELL_SIZE_MAX
 * bytes, more than 2^32 - 2 lines; ZHOL_ERROR_MEMORY.
 * Speed: 0.7-1.1 GB/s for numbers and short texts, 0.25 GB/s where half of the cells are quoted;
 * delimiters are found 64 bytes at a time (SSE2, portable words elsewhere); see bench/bench_csv.c.
 * Source: RFC 4180, with LF and CR accepted as line ends; a UTF-8 byte order mark is skipped.
 */
#ifndef ZHOL_BASE_CSV_H
#define ZHOL_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

#define CSV_CELLS_MAX     4096u
#define CSV_CELL_SIZE_MAX (1u << 20)

struct csv_reader {
    /* to be read by the caller after csv_next gave true */
    const struct text_view *cells;
    uint32_t count;
    uint32_t row;
    const struct text_view *header; /* cells of the first row, until csv_close */
    enum zhol_error error;          /* the first fault, or ZHOL_ERROR_OK */
    /* the reader's own */
    const char *file;
    const char *bytes;
    size_t size;
    size_t position;  /* where the next row begins */
    uint32_t line;    /* its line */
    uint32_t columns; /* cells of the header; 0 before it */
    size_t block;     /* start of the 64 bytes that `marks` describes */
    uint64_t marks;   /* delimiters of the block not yet visited */
    struct text_view *storage;
    uint32_t capacity;
    struct arena arena;
    struct zhol_report *report;
};

/* Starts reading; checks the encoding of the whole buffer. On failure nothing needs closing, but
 * csv_close is allowed. `file` is named in findings and must live as long as the reader. */
enum zhol_error csv_open(struct csv_reader *reader, const char *file, const char *bytes,
                         size_t size, struct zhol_report *report);
/* Reads the next good row into cells, count and row; false at the end. */
bool csv_next(struct csv_reader *reader);
/* True when the header has exactly the first `least` to `most` of the names, in their order. */
bool csv_header_is(const struct csv_reader *reader, const char *const *names, uint32_t least,
                   uint32_t most);
void csv_close(struct csv_reader *reader);

/* ---- writing ---- */

/* Writes rows into a buffer; quotes only where needed: a comma, a quote, a line end, a space at
 * either side, or a row that would otherwise be a blank line. Lines end in LF. Errors stick in the
 * buffer. */
struct csv_writer {
    struct buffer *out;
    uint32_t cells;   /* in the row at hand */
    size_t row_start; /* where it begins in the buffer */
};

void csv_writer_init(struct csv_writer *writer, struct buffer *out);
void csv_write_view(struct csv_writer *writer, struct text_view cell);
void csv_write_text(struct csv_writer *writer, const char *cell);
void csv_write_int(struct csv_writer *writer, int64_t value);
/* The shortest text that reads back as the same double; NaN becomes an empty cell. */
void csv_write_real(struct csv_writer *writer, double value);
void csv_write_fixed(struct csv_writer *writer, double value, unsigned decimals);
void csv_write_end(struct csv_writer *writer);

#endif
