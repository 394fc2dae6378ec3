/* report/document.h: one document, many writers: what the study says, before anyone lays it out.
 *
 * Purpose: a document is a list of sections; a section has paragraphs, tables and pictures in the
 * order in which they were added. Who fills it says each thing once, in the language of the
 * document; HTML, text, JSON, CSV and XLSX are written from it and compute nothing.
 *
 * A table has columns that know their unit and rows of cells that know whether they are a number
 * (with decimals, and low and high where there is an interval) or a text. A row may name its
 * sources: identifiers of table source, shown with the row and listed at the end of the document.
 * So no number stands without unit, scope and source: document_table refuses (an assert) a table
 * without a scope line, and numeric columns without a unit.
 *
 * Files: document.c keeps it, document_html.c, _text.c, _json.c and _csv.c (with the workbook)
 * write it.
 *
 * Call order: document_init; for each section document_section, then document_text,
 * document_table + document_row + document_cells, document_picture; a writer; document_clear.
 * Ownership: texts given are copied into the document's arena. Nothing fails on the way: a full
 * memory is kept in document.error, which the writers return.
 */
#ifndef ZHOL_REPORT_DOCUMENT_H
#define ZHOL_REPORT_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>
#include <zhol/error.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "report/words.h"

enum document_kind { DOCUMENT_TEXT, DOCUMENT_NUMBER, DOCUMENT_DATE, DOCUMENT_VERDICT };

/* A column as it is given: static or copied. */
struct document_column {
    const char *key;  /* of JSON and CSV: snake_case, English, the unit last ("transit_p50_days") */
    const char *head; /* in the language of the document */
    const char *unit; /* in the language of the document; NULL for texts, "" is "no unit" (a share,
                         a count) */
    enum document_kind kind;
};

struct document_cell {
    const char *text;        /* of DOCUMENT_TEXT and DOCUMENT_VERDICT; NULL: empty */
    double value, low, high; /* of DOCUMENT_NUMBER; NaN: not known, shown as a dash; low and high
                                NaN: no interval. Of DOCUMENT_DATE: days since 1970 in value */
    uint8_t decimals;        /* shown */
    int8_t mood; /* of DOCUMENT_VERDICT: 1 good, 0 open, -1 bad; colours only, the word says it */
};

struct document_row {
    struct document_cell *cells; /* one for each column */
    const char *sources;         /* identifiers of sources separated by ';', or NULL */
};

struct document_table {
    const char *key; /* name of the CSV file and JSON member: "claims" */
    const char *title;
    const char *scope; /* what is counted, period, date, scenario: one line, never empty */
    const char *note;  /* below the table, or NULL */
    struct document_column *columns;
    uint32_t column_count;
    struct document_row *rows;
    uint32_t row_count, row_capacity;
};

struct document_block {
    enum { DOCUMENT_PARAGRAPH, DOCUMENT_IS_TABLE, DOCUMENT_IS_PICTURE } kind;
    const char *text; /* paragraph; or SVG of a picture */
    const char *caption;
    struct document_table *table;
};

struct document_section {
    const char *key, *title;
    struct document_block *blocks;
    uint32_t count, capacity;
};

struct document {
    struct arena arena;
    const struct zhol_corridor *corridor; /* whose sources are named */
    enum report_lang lang;
    enum zhol_error error;
    const char *title;
    const char *about; /* corridor, as-of date, scenarios: one line under the title */
    const char *mark;  /* static: before the scope of each row in CSV and the workbook; or NULL */
    struct document_section *sections;
    uint32_t count, capacity;
    uint32_t *references; /* sources in the order in which rows named them */
    uint32_t reference_count, reference_capacity;
    uint32_t *reference_of; /* by source: its number from 1 on, 0: not named */
    uint32_t source_count;
    struct document_cell *scratch; /* for rows when memory is full */
};

/* The corridor must outlive the document; it may be NULL (rows then name no sources). */
void document_init(struct document *document, const struct zhol_corridor *corridor,
                   enum report_lang lang, const char *title, const char *about);
void document_clear(struct document *document);

/* Begins a section; what follows goes there. */
void document_section(struct document *document, const char *key, const char *title);
/* A paragraph, as printf. */
void document_text(struct document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Begins a table in the present section; document_row adds to it. */
void document_table(struct document *document, const char *key, const char *title,
                    const char *scope, const struct document_column *columns, uint32_t count);
/* A new row of the present table, all cells empty; its cells are filled in place. Never NULL: where
 * memory is full a scratch row of the document. Valid until the next call. */
struct document_cell *document_row(struct document *document, const char *sources);
/* The note of the present table, as printf. */
void document_note(struct document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A picture: a whole <svg> element; copied. */
void document_picture(struct document *document, const char *caption, struct text_view svg);

/* Cells; texts are copied. */
void document_put(struct document *document, struct document_cell *cell, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct document_cell document_number(double value, unsigned decimals);
struct document_cell document_band(double value, double low, double high, unsigned decimals);
struct document_cell document_date(int32_t day);
void document_verdict(struct document *document, struct document_cell *cell, const char *word,
                      int mood);

/* ---- Reading, for writers ---- */

/* Calls `visit` with the number of each known source of a row, in order. */
void document_references(const struct document *document, const struct document_row *row,
                         void (*visit)(void *context, uint32_t number), void *context);
/* The table of this key, or NULL. */
const struct document_table *document_find(const struct document *document, const char *key);

/* ---- Writers; each returns document.error or the buffer's ---- */

/* One self-contained page: contents, sections, tables that a little script sorts, pictures, the
 * sources at the end; readable without script, printable. */
enum zhol_error document_write_html(const struct document *document, struct buffer *out);
/* Plain text, 80 columns: tables with their units, pictures left out. */
enum zhol_error document_write_text(const struct document *document, struct buffer *out);
enum zhol_error document_write_json(const struct document *document, struct buffer *out);
/* One table: a column a value, and _low and _high behind a column that has an interval anywhere;
 * the last column names the sources. */
enum zhol_error document_write_csv(const struct document *document,
                                   const struct document_table *table, struct buffer *out);
/* One row: the title, and what stands under it. */
enum zhol_error document_write_about_csv(const struct document *document, struct buffer *out);
/* The sources as a table: number, identifier, title, publisher, date, kind, address. */
enum zhol_error document_write_sources_csv(const struct document *document, struct buffer *out);
/* A sheet of what it is, one for each table, and one of the sources. */
enum zhol_error document_write_xlsx(const struct document *document, struct buffer *out);

#endif
