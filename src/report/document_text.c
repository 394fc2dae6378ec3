/* document_text.c: a document on a terminal, 80 columns, pictures left out; and the text of a cell,
 * which HTML shares. */
#include "report/document_parts.h"

#include <math.h>

#include "base/table_out.h"
#include "report/format.h"
#include "report/lines.h"

void document_cell_text(const struct document *document, const struct document_column *column,
                        const struct document_cell *cell, struct buffer *out)
{
    switch (column->kind) {
    case DOCUMENT_NUMBER:
        if (isnan(cell->value)) {
            buffer_string(out, "–");
            return;
        }
        format_number(out, cell->value, cell->decimals, document->lang);
        if (!isnan(cell->low) && !isnan(cell->high)) {
            buffer_string(out, " (");
            format_number(out, cell->low, cell->decimals, document->lang);
            buffer_string(out, "…");
            format_number(out, cell->high, cell->decimals, document->lang);
            buffer_char(out, ')');
        }
        return;
    case DOCUMENT_DATE:
        if (isnan(cell->value)) {
            buffer_string(out, "–");
        } else {
            format_day(out, (int32_t)cell->value, document->lang);
        }
        return;
    case DOCUMENT_TEXT:
    case DOCUMENT_VERDICT:
    default:
        buffer_string(out, cell->text ? cell->text : "");
    }
}

void document_head_text(const struct document_column *column, struct buffer *out)
{
    buffer_string(out, column->head);
    if (column->unit && *column->unit) {
        buffer_printf(out, ", %s", column->unit);
    }
}

static void write_table(const struct document *document, const struct document_table *table,
                        struct buffer *out)
{
    struct table_out lines;
    struct buffer text = {0};
    table_out_init(&lines, LINES_WIDTH);
    for (uint32_t c = 0; c < table->column_count; c++) {
        const struct document_column *column = &table->columns[c];
        buffer_reset(&text);
        document_head_text(column, &text);
        table_out_column(&lines, buffer_get(&text),
                         column->kind == DOCUMENT_NUMBER ? TABLE_RIGHT : TABLE_WRAP);
    }
    for (uint32_t r = 0; r < table->row_count; r++) {
        for (uint32_t c = 0; c < table->column_count; c++) {
            buffer_reset(&text);
            document_cell_text(document, &table->columns[c], &table->rows[r].cells[c], &text);
            table_out_text(&lines, buffer_get(&text));
        }
    }
    buffer_printf(out, "%s\n", table->title);
    lines_wrap(out, "", 0, table->scope);
    buffer_char(out, '\n');
    out->error = out->error ? out->error : table_out_print(&lines, out);
    if (table->note) {
        buffer_char(out, '\n');
        lines_wrap(out, "", 0, table->note);
    }
    buffer_char(out, '\n');
    table_out_clear(&lines);
    buffer_clear(&text);
}

enum zhol_error document_write_text(const struct document *document, struct buffer *out)
{
    buffer_printf(out, "%s\n", document->title);
    lines_wrap(out, "", 0, document->about);
    for (uint32_t i = 0; i < document->count; i++) {
        const struct document_section *section = &document->sections[i];
        buffer_printf(out, "\n%" PRIu32 ". %s\n\n", i + 1, section->title);
        for (uint32_t b = 0; b < section->count; b++) {
            const struct document_block *block = &section->blocks[b];
            if (block->kind == DOCUMENT_IS_TABLE) {
                write_table(document, block->table, out);
            } else if (block->kind == DOCUMENT_PARAGRAPH) {
                lines_wrap(out, "", 0, block->text);
                buffer_char(out, '\n');
            }
        }
    }
    return document->error ? document->error : out->error;
}
