/* csv_write.c: the CSV writer (base/csv.h). */
#include "base/csv.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

void csv_writer_init(struct csv_writer *writer, struct buffer *out)
{
    *writer = (struct csv_writer){.out = out, .row_start = out->size};
}

static bool needs_quotes(struct text_view cell)
{
    if (!cell.size) {
        return false;
    }
    if (text_starts_with(cell, TEXT("\xEF\xBB\xBF"))) {
        return true; /* at the head of a file it would be taken for its mark and lost */
    }
    if (cell.bytes[0] == ' ' || cell.bytes[cell.size - 1] == ' ') {
        return true; /* some readers trim what is not quoted */
    }
    for (uint32_t i = 0; i < cell.size; i++) {
        char c = cell.bytes[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r') {
            return true;
        }
    }
    return false;
}

static void start_cell(struct csv_writer *writer)
{
    if (writer->cells++) {
        buffer_char(writer->out, ',');
    }
}

void csv_write_view(struct csv_writer *writer, struct text_view cell)
{
    start_cell(writer);
    if (!needs_quotes(cell)) {
        buffer_view(writer->out, cell);
        return;
    }
    buffer_char(writer->out, '"');
    while (cell.size) {
        const char *quote = memchr(cell.bytes, '"', cell.size);
        uint32_t size = quote ? (uint32_t)(quote - cell.bytes) + 1 : cell.size;
        buffer_append(writer->out, cell.bytes, size);
        if (quote) {
            buffer_char(writer->out, '"');
        }
        cell.bytes += size;
        cell.size -= size;
    }
    buffer_char(writer->out, '"');
}

void csv_write_text(struct csv_writer *writer, const char *cell)
{
    csv_write_view(writer, text_view_of(cell));
}

void csv_write_int(struct csv_writer *writer, int64_t value)
{
    start_cell(writer);
    buffer_int(writer->out, value);
}

void csv_write_real(struct csv_writer *writer, double value)
{
    start_cell(writer);
    if (!isnan(value)) {
        buffer_real(writer->out, value);
    }
}

void csv_write_fixed(struct csv_writer *writer, double value, unsigned decimals)
{
    start_cell(writer);
    if (!isnan(value)) {
        buffer_fixed(writer->out, value, decimals);
    }
}

void csv_write_end(struct csv_writer *writer)
{
    if (writer->out->size == writer->row_start) {
        buffer_string(writer->out, "\"\""); /* a blank line would be no row */
    }
    buffer_char(writer->out, '\n');
    writer->cells = 0;
    writer->row_start = writer->out->size;
}
