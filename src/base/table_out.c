/* table_out.c: text tables for people (base/table_out.h). */
#include "base/table_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"

enum { WIDTH_DEFAULT = 80, WIDTH_LEAST = 8, SPACING = 2 };

void table_out_init(struct table_out *table, uint32_t width)
{
    *table = (struct table_out){.width = width ? width : WIDTH_DEFAULT};
}

void table_out_clear(struct table_out *table)
{
    const char *thousands = table->thousands;
    char decimal = table->decimal;
    text_pool_clear(&table->pool);
    free(table->cells);
    table_out_init(table, table->width);
    table_out_marks(table, thousands, decimal);
}

void table_out_marks(struct table_out *table, const char *thousands, char decimal)
{
    table->thousands = thousands;
    table->decimal = decimal;
}

static const char *thousands_of(const struct table_out *table)
{
    return table->thousands ? table->thousands : ",";
}

static void add_cell(struct table_out *table, uint32_t offset)
{
    enum zhol_error error = ARRAY_RESERVE(table->cells, table->capacity, table->count + 1);
    if (error) {
        table->error = table->error ? table->error : error;
    } else {
        table->cells[table->count++] = offset;
    }
}

/* Adds a copy of the text in which control characters (C0, DEL, C1) and bad bytes are harmless. */
static void add_text(struct table_out *table, struct text_view text)
{
    struct buffer clean;
    buffer_init(&clean);
    for (uint32_t at = 0; at < text.size && !clean.error;) {
        uint32_t code = text_utf8_next(text, &at);
        char bytes[4];
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
        buffer_append(&clean, bytes, text_utf8_put(control ? ' ' : code, bytes));
    }
    uint32_t offset = 0;
    enum zhol_error error = clean.error;
    if (!error) {
        error = text_pool_add(&table->pool, text_view_of(buffer_get(&clean)), &offset);
    }
    buffer_clear(&clean);
    table->error = table->error ? table->error : error;
    add_cell(table, offset);
}

void table_out_column(struct table_out *table, const char *header, enum table_kind kind)
{
    if (table->columns == TABLE_COLUMNS_MAX || table->count != table->columns) {
        table->error = ZHOL_ERROR_INTERNAL;
        return;
    }
    table->kinds[table->columns++] = kind;
    add_text(table, text_view_of(header));
}

void table_out_view(struct table_out *table, struct text_view text)
{
    add_text(table, text);
}

void table_out_text(struct table_out *table, const char *text)
{
    add_text(table, text_view_of(text));
}

void table_out_int(struct table_out *table, int64_t value)
{
    char text[NUMBER_TEXT_SIZE];
    number_format_grouped(value, thousands_of(table), text);
    add_text(table, text_view_of(text));
}

void table_out_real(struct table_out *table, double value, unsigned decimals)
{
    char text[NUMBER_TEXT_SIZE] = "-";
    if (!isnan(value)) {
        number_format_grouped_fixed(value, decimals, thousands_of(table), text);
        char *point = table->decimal ? strrchr(text, '.') : NULL;
        if (point) {
            *point = table->decimal;
        }
    }
    add_text(table, text_view_of(text));
}

/* ---- layout ---- */

static struct text_view cell_at(const struct table_out *table, uint32_t i)
{
    return text_view_of(text_pool_get(&table->pool, table->cells[i]));
}

/* Takes `excess` columns away from the widest columns of one kind, one column at a time. */
static uint64_t shrink(const struct table_out *table, enum table_kind kind, uint64_t excess,
                       uint32_t *widths)
{
    for (; excess; excess--) {
        uint32_t widest = UINT32_MAX;
        for (uint32_t i = 0; i < table->columns; i++) {
            bool wide = table->kinds[i] == kind && widths[i] > WIDTH_LEAST;
            if (wide && (widest == UINT32_MAX || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == UINT32_MAX) {
            break;
        }
        widths[widest]--;
    }
    return excess;
}

static void choose_widths(const struct table_out *table, uint32_t widths[TABLE_COLUMNS_MAX])
{
    memset(widths, 0, TABLE_COLUMNS_MAX * sizeof widths[0]);
    for (uint32_t i = 0; i < table->count; i++) {
        uint32_t column = i % table->columns, width = text_width(cell_at(table, i));
        bool fixed = table->kinds[column] == TABLE_RIGHT;
        width = !fixed && width > table->width ? table->width : width;
        widths[column] = width > widths[column] ? width : widths[column];
    }
    uint64_t total = (uint64_t)(table->columns - 1) * SPACING;
    for (uint32_t i = 0; i < table->columns; i++) {
        total += widths[i];
    }
    if (total > table->width) {
        uint64_t excess = shrink(table, TABLE_WRAP, total - table->width, widths);
        shrink(table, TABLE_CUT, excess, widths);
    }
}

/* The longest head of the text that is at most `width` wide. */
static struct text_view fit(struct text_view text, uint32_t width)
{
    uint32_t at = 0, used = 0;
    while (at < text.size) {
        uint32_t next = at;
        used += text_width_of(text_utf8_next(text, &next));
        if (used > width) {
            break;
        }
        at = next;
    }
    return (struct text_view){text.bytes, at};
}

/* Cuts one line off the rest of a wrapped cell: at the last space that fits, else in the word. */
static struct text_view cut_line(struct text_view *rest, uint32_t width)
{
    struct text_view line = fit(*rest, width);
    if (!line.size && rest->size) { /* one wide character in a column of one */
        uint32_t at = 0;
        text_utf8_next(*rest, &at);
        line.size = at;
    }
    uint32_t taken = line.size;
    if (line.size < rest->size) {
        uint32_t space = line.size;
        while (space && rest->bytes[space] != ' ') {
            space--;
        }
        if (space) {
            line.size = space;
            taken = space;
        }
    }
    rest->bytes += taken;
    rest->size -= taken;
    while (rest->size && rest->bytes[0] == ' ') {
        rest->bytes++;
        rest->size--;
    }
    return line;
}

/* The next line of a cell for a column. */
static struct text_view next_line(enum table_kind kind, struct text_view *rest, uint32_t width,
                                  bool *cut)
{
    struct text_view line = *rest;
    *cut = false;
    if (kind == TABLE_WRAP) {
        return cut_line(rest, width);
    }
    if (kind == TABLE_CUT && text_width(line) > width) {
        line = fit(line, width ? width - 1 : 0);
        *cut = true;
    }
    rest->size = 0;
    return line;
}

/* Prints one row of cells as one line or, where cells wrap, as several. */
static void print_row(const struct table_out *table, uint32_t row, const uint32_t *widths,
                      struct buffer *out)
{
    struct text_view rest[TABLE_COLUMNS_MAX];
    for (uint32_t i = 0; i < table->columns; i++) {
        rest[i] = cell_at(table, row * table->columns + i);
    }
    bool more = true;
    while (more && !out->error) {
        size_t pending = 0; /* spaces owed, so that no line ends in one */
        more = false;
        for (uint32_t i = 0; i < table->columns; i++) {
            bool cut;
            struct text_view line = next_line(table->kinds[i], &rest[i], widths[i], &cut);
            uint32_t width = text_width(line) + cut;
            size_t gap = widths[i] > width ? widths[i] - width : 0;
            bool right = table->kinds[i] == TABLE_RIGHT;
            if (line.size || cut) {
                buffer_fill(out, ' ', pending + (right ? gap : 0));
                buffer_view(out, line);
                buffer_string(out, cut ? "\xE2\x80\xA6" : "");
                pending = right ? 0 : gap;
            } else {
                pending += widths[i];
            }
            pending += SPACING;
            more = more || rest[i].size;
        }
        buffer_char(out, '\n');
    }
}

static void print_rule(const struct table_out *table, const uint32_t *widths, struct buffer *out)
{
    for (uint32_t i = 0; i < table->columns; i++) {
        buffer_fill(out, '-', widths[i]);
        buffer_fill(out, ' ', i + 1 < table->columns ? SPACING : 0);
    }
    buffer_char(out, '\n');
}

enum zhol_error table_out_print(const struct table_out *table, struct buffer *out)
{
    if (table->error) {
        return table->error;
    }
    if (!table->columns || table->count % table->columns) {
        return ZHOL_ERROR_INTERNAL;
    }
    uint32_t widths[TABLE_COLUMNS_MAX];
    choose_widths(table, widths);
    for (uint32_t row = 0; row < table->count / table->columns; row++) {
        print_row(table, row, widths, out);
        if (row == 0) {
            print_rule(table, widths, out);
        }
    }
    return out->error;
}
