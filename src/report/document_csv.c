/* document_csv.c: tables of a document for machines: CSV, and all of them in a workbook. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/time.h"
#include "report/document_parts.h"
#include "report/workbook.h"

enum { SHEET_NAME = 32 };

bool document_has_band(const struct document_table *table, uint32_t column)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (!isnan(table->rows[r].cells[column].low)) {
            return true;
        }
    }
    return false;
}

bool document_has_sources(const struct document_table *table)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].sources && *table->rows[r].sources) {
            return true;
        }
    }
    return false;
}

static void write_day(struct csv_writer *writer, double value)
{
    char text[TIME_TEXT_SIZE];
    if (isnan(value)) {
        text[0] = '\0';
    } else {
        time_format_date((int32_t)value, text);
    }
    csv_write_text(writer, text);
}

static void write_cell(struct csv_writer *writer, const struct document_column *column,
                       const struct document_cell *cell, bool band)
{
    if (column->kind == DOCUMENT_NUMBER) {
        csv_write_real(writer, cell->value);
        if (band) {
            csv_write_real(writer, cell->low);
            csv_write_real(writer, cell->high);
        }
    } else if (column->kind == DOCUMENT_DATE) {
        write_day(writer, cell->value);
    } else {
        csv_write_text(writer, cell->text);
    }
}

static void write_head(struct csv_writer *writer, const struct document_table *table)
{
    struct buffer name = {0};
    for (uint32_t c = 0; c < table->column_count; c++) {
        csv_write_text(writer, table->columns[c].key);
        for (int side = 0; side < 2 && document_has_band(table, c); side++) {
            buffer_reset(&name);
            buffer_printf(&name, "%s_%s", table->columns[c].key, side ? "high" : "low");
            csv_write_text(writer, buffer_get(&name));
        }
    }
    csv_write_text(writer, "scope");
    csv_write_text(writer, "source_ids");
    csv_write_end(writer);
    buffer_clear(&name);
}

enum zhol_error document_write_csv(const struct document *document,
                                   const struct document_table *table, struct buffer *out)
{
    struct csv_writer writer;
    struct buffer scope = {0};
    buffer_printf(&scope, "%s%s%s", document->mark ? document->mark : "",
                  document->mark ? "; " : "", table->scope);
    csv_writer_init(&writer, out);
    write_head(&writer, table);
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct document_row *row = &table->rows[r];
        for (uint32_t c = 0; c < table->column_count; c++) {
            write_cell(&writer, &table->columns[c], &row->cells[c], document_has_band(table, c));
        }
        csv_write_text(&writer, buffer_get(&scope));
        csv_write_text(&writer, row->sources);
        csv_write_end(&writer);
    }
    enum zhol_error error = document->error ? document->error : scope.error;
    buffer_clear(&scope);
    return error ? error : out->error;
}

enum zhol_error document_write_about_csv(const struct document *document, struct buffer *out)
{
    struct csv_writer writer;
    csv_writer_init(&writer, out);
    csv_write_text(&writer, "title");
    csv_write_text(&writer, "about");
    csv_write_end(&writer);
    csv_write_text(&writer, document->title);
    csv_write_text(&writer, document->about);
    csv_write_end(&writer);
    return document->error ? document->error : out->error;
}

enum zhol_error document_write_sources_csv(const struct document *document, struct buffer *out)
{
    static const char *const heads[] = {"number",    "source_id", "title",   "publisher",
                                        "published", "kind",      "address", "licence"};
    struct csv_writer writer;
    csv_writer_init(&writer, out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&writer, heads[i]);
    }
    csv_write_end(&writer);
    for (uint32_t i = 0; i < document->reference_count; i++) {
        const struct zhol_corridor *corridor = document->corridor;
        uint32_t source = document->references[i], count, begin, end;
        const struct zhol_source *rows = zhol_corridor_source(corridor, &count);
        zhol_corridor_rows(corridor, ZHOL_TABLE_source, source, &begin, &end);
        const struct zhol_source *row = &rows[begin];
        csv_write_int(&writer, i + 1);
        csv_write_text(&writer, zhol_corridor_id(corridor, ZHOL_TABLE_source, source));
        csv_write_text(&writer, zhol_corridor_text(corridor, row->title));
        csv_write_text(&writer, zhol_corridor_text(corridor, row->publisher));
        write_day(&writer, row->date == ZHOL_BLANK_DATE ? NAN : (double)row->date);
        csv_write_text(&writer, report_source_kind(row->kind, REPORT_EN));
        csv_write_text(&writer, zhol_corridor_text(corridor, row->url));
        csv_write_text(&writer, zhol_corridor_text(corridor, row->licence));
        csv_write_end(&writer);
    }
    return document->error ? document->error : out->error;
}

/* Tables of a document; before them what it is of, last its sources. */
static uint32_t count_tables(const struct document *document)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->count; i++) {
        for (uint32_t b = 0; b < document->sections[i].count; b++) {
            count += document->sections[i].blocks[b].table != NULL;
        }
    }
    return count;
}

struct sheet {
    struct buffer csv;
    char name[SHEET_NAME];
};

static enum zhol_error fill_sheets(const struct document *document, struct sheet *sheets)
{
    uint32_t at = 1;
    snprintf(sheets[0].name, sizeof sheets[0].name, "about");
    enum zhol_error error = document_write_about_csv(document, &sheets[0].csv);
    for (uint32_t i = 0; i < document->count; i++) {
        for (uint32_t b = 0; b < document->sections[i].count && !error; b++) {
            const struct document_table *table = document->sections[i].blocks[b].table;
            if (table) {
                snprintf(sheets[at].name, sizeof sheets[at].name, "%s", table->key);
                error = document_write_csv(document, table, &sheets[at++].csv);
            }
        }
    }
    snprintf(sheets[at].name, sizeof sheets[at].name, "sources");
    return error ? error : document_write_sources_csv(document, &sheets[at].csv);
}

enum zhol_error document_write_xlsx(const struct document *document, struct buffer *out)
{
    uint32_t count = count_tables(document) + 2;
    struct sheet *sheets = calloc(count, sizeof *sheets);
    struct workbook_sheet *list = calloc(count, sizeof *list);
    enum zhol_error error = sheets && list ? fill_sheets(document, sheets) : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; i < count && !error; i++) {
        list[i] = (struct workbook_sheet){sheets[i].name, text_view_of(buffer_get(&sheets[i].csv))};
    }
    error = error ? error : workbook_write(list, count, out);
    for (uint32_t i = 0; sheets && i < count; i++) {
        buffer_clear(&sheets[i].csv);
    }
    free(sheets);
    free(list);
    return error;
}
