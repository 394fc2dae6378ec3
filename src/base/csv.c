/* csv.c: the strict CSV reader (base/csv.h).
 *
 * A cursor walks over the delimiters of the buffer in order (csv_scan.h); what stands between two
 * of them is never looked at. Every delimiter before `position` has been taken from the cursor.
 */
#include "base/csv.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv_scan.h"

#define LINE_MAX_COUNT (UINT32_MAX - 1)

enum { VALUE_SIZE_MAX = 80 };

/* What is wrong with the row at hand; the first fault is kept. */
struct fault {
    enum zhol_error code;
    uint32_t row;
    uint32_t cell; /* number of the cell, from 0 */
    struct text_view value;
    const char *expected;
};

/* ---- findings ---- */

static enum zhol_error report_fault(struct csv_reader *reader, const struct fault *fault)
{
    char value[VALUE_SIZE_MAX + 1], column[24] = "";
    struct text_view shown = fault->value;
    shown.size = text_utf8_cut(shown, VALUE_SIZE_MAX - 2);
    if (shown.size) {
        memcpy(value, shown.bytes, shown.size);
    }
    value[shown.size] = '\0';
    const char *name = column;
    if (reader->header && fault->cell < reader->columns) {
        struct text_view header = reader->header[fault->cell];
        name = arena_text(&reader->arena, header.bytes, header.size);
    } else if (fault->cell != UINT32_MAX) {
        snprintf(column, sizeof column, "#%u", (unsigned)fault->cell + 1);
    }
    struct zhol_finding finding = {ZHOL_FAULT, fault->code, fault->row,     reader->file,
                                   name,       value,       fault->expected};
    reader->error = reader->error ? reader->error : fault->code;
    return zhol_report_add(reader->report, &finding);
}

static enum zhol_error report_file(struct csv_reader *reader, enum zhol_error code, uint32_t row,
                                   const char *value, const char *expected)
{
    struct fault fault = {code, row, UINT32_MAX, text_view_of(value), expected};
    return report_fault(reader, &fault);
}

/* ---- encoding ---- */

static uint32_t line_at(const char *bytes, size_t at)
{
    uint32_t line = 1;
    for (size_t i = 0; i < at && line < LINE_MAX_COUNT; i++) {
        bool feed = bytes[i] == '\n' && !(i && bytes[i - 1] == '\r');
        line += feed || bytes[i] == '\r';
    }
    return line;
}

static bool is_utf16(const char *bytes, size_t size)
{
    if (size < 2) {
        return false;
    }
    bool mark = memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0;
    return mark || (bytes[0] == '\0') != (bytes[1] == '\0');
}

/* True when most bytes above ASCII in the first part are Cyrillic letters of Windows-1251 and stand
 * in words; Latin-1 has the same codes for accented letters, but those stand alone. */
static bool is_windows_1251(const char *bytes, size_t size)
{
    size_t high = 0, letters = 0, joined = 0;
    bool before = false;
    for (size_t i = 0; i < size && i < 65536; i++) {
        unsigned char c = (unsigned char)bytes[i];
        bool letter = c >= 0xC0 || c == 0xA8 || c == 0xB8;
        high += c >= 0x80;
        letters += letter;
        joined += letter && before;
        before = letter;
    }
    return letters * 10 >= high * 8 && joined * 2 >= letters;
}

static enum zhol_error check_encoding(struct csv_reader *reader)
{
    const char *bytes = reader->bytes;
    if (is_utf16(bytes, reader->size)) {
        return report_file(reader, ZHOL_ERROR_SYNTAX, 0, "UTF-16",
                           "UTF-8: save the file again with the encoding UTF-8");
    }
    const char *nul = reader->size ? memchr(bytes, '\0', reader->size) : NULL;
    if (nul) {
        return report_file(reader, ZHOL_ERROR_SYNTAX, line_at(bytes, (size_t)(nul - bytes)),
                           "a NUL byte", "text without NUL bytes");
    }
    size_t bad = 0;
    if (text_utf8_valid(bytes, reader->size, &bad)) {
        return ZHOL_ERROR_OK;
    }
    uint32_t row = line_at(bytes, bad);
    if (is_windows_1251(bytes + bad, reader->size - bad)) {
        return report_file(reader, ZHOL_ERROR_SYNTAX, row, "Windows-1251 (Cyrillic)",
                           "UTF-8: save the file again with the encoding UTF-8");
    }
    char value[32];
    snprintf(value, sizeof value, "byte 0x%02X", (unsigned)(unsigned char)bytes[bad]);
    return report_file(reader, ZHOL_ERROR_SYNTAX, row, value,
                       "UTF-8: save the file again with the encoding UTF-8");
}

/* ---- the cursor ---- */

/* The marks of the block that starts at `block`; the end of the buffer is padded with zeros. */
static uint64_t scan_block(const struct csv_reader *reader)
{
    size_t left = reader->size - reader->block;
    if (left >= CSV_BLOCK) {
        return csv_scan(reader->bytes + reader->block);
    }
    char padded[CSV_BLOCK] = {0};
    memcpy(padded, reader->bytes + reader->block, left);
    return csv_scan(padded);
}

/* Takes the next delimiter from the cursor; `size` at the end. */
static inline size_t take_mark(struct csv_reader *reader)
{
    while (!reader->marks) {
        if (reader->size - reader->block <= CSV_BLOCK) {
            return reader->size;
        }
        reader->block += CSV_BLOCK;
        reader->marks = scan_block(reader);
    }
    unsigned bit = csv_lowest(reader->marks);
    reader->marks &= reader->marks - 1;
    return reader->block + bit;
}

enum zhol_error csv_open(struct csv_reader *reader, const char *file, const char *bytes,
                         size_t size, struct zhol_report *report)
{
    *reader = (struct csv_reader){
        .file = file, .bytes = size ? bytes : "", .size = size, .report = report, .line = 1};
    enum zhol_error error = check_encoding(reader);
    if (error) {
        return error;
    }
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        reader->bytes += 3;
        reader->size -= 3;
    }
    reader->marks = scan_block(reader);
    return ZHOL_ERROR_OK;
}

bool csv_header_is(const struct csv_reader *reader, const char *const *names, uint32_t least,
                   uint32_t most)
{
    bool fits = reader->columns >= least && reader->columns <= most;
    for (uint32_t i = 0; fits && i < reader->columns; i++) {
        fits = text_equal_string(reader->header[i], names[i]);
    }
    return fits;
}

void csv_close(struct csv_reader *reader)
{
    free(reader->storage);
    arena_clear(&reader->arena);
    enum zhol_error error = reader->error;
    *reader = (struct csv_reader){.error = error};
}

/* ---- cells ---- */

static void set_fault(struct fault *fault, enum zhol_error code, const struct csv_reader *reader,
                      const char *bytes, size_t size, const char *expected)
{
    if (!fault->code) {
        struct text_view value = {bytes, size > VALUE_SIZE_MAX ? VALUE_SIZE_MAX : (uint32_t)size};
        *fault = (struct fault){code, reader->row, reader->count, value, expected};
    }
}

/* Room for one more cell; the capacity never exceeds the limit, so that one comparison in push_cell
 * serves both. */
static bool make_room(struct csv_reader *reader)
{
    if (ARRAY_RESERVE(reader->storage, reader->capacity, reader->count + 1)) {
        return false;
    }
    reader->capacity = reader->capacity < CSV_CELLS_MAX ? reader->capacity : CSV_CELLS_MAX;
    return true;
}

static inline void push_cell(struct csv_reader *reader, const char *bytes, size_t size,
                             struct fault *fault)
{
    if (size > CSV_CELL_SIZE_MAX || reader->count >= reader->capacity) {
        if (size > CSV_CELL_SIZE_MAX) {
            set_fault(fault, ZHOL_ERROR_LIMIT, reader, bytes, size,
                      "a cell of at most 1 MiB; is a quote missing?");
            size = 0;
        }
        if (reader->count >= CSV_CELLS_MAX) {
            set_fault(fault, ZHOL_ERROR_LIMIT, reader, bytes, size, "at most 4096 cells in a row");
            return;
        }
        if (!make_room(reader)) {
            set_fault(fault, ZHOL_ERROR_MEMORY, reader, "", 0, "more memory");
            return;
        }
    }
    reader->storage[reader->count++] = (struct text_view){bytes, (uint32_t)size};
}

/* A copy of [from, to) with each doubled quote made one. */
static void push_unescaped(struct csv_reader *reader, size_t from, size_t to, struct fault *fault)
{
    if (to - from > CSV_CELL_SIZE_MAX) {
        push_cell(reader, reader->bytes + from, to - from, fault);
        return;
    }
    char *copy = arena_alloc(&reader->arena, to - from);
    if (!copy) {
        set_fault(fault, ZHOL_ERROR_MEMORY, reader, "", 0, "more memory");
        return;
    }
    size_t size = 0;
    for (size_t i = from; i < to; i++) {
        copy[size++] = reader->bytes[i];
        i += reader->bytes[i] == '"';
    }
    push_cell(reader, copy, size, fault);
}

/* How a cell ends. */
enum cell_end { END_CELL, END_ROW, END_FILE, END_UNCLOSED };

/* Moves behind the delimiter at `mark`, a CRLF counting as one. */
static inline enum cell_end pass_mark(struct csv_reader *reader, size_t mark)
{
    if (mark == reader->size) {
        reader->position = mark;
        return END_FILE;
    }
    char c = reader->bytes[mark];
    reader->position = mark + 1;
    if (c == ',') {
        return END_CELL;
    }
    if (c == '\r' && mark + 1 < reader->size && reader->bytes[mark + 1] == '\n') {
        take_mark(reader);
        reader->position++;
    }
    reader->line++;
    return END_ROW;
}

/* Takes marks up to one that is no quote. */
static size_t take_end(struct csv_reader *reader)
{
    size_t mark = take_mark(reader);
    while (mark < reader->size && reader->bytes[mark] == '"') {
        mark = take_mark(reader);
    }
    return mark;
}

/* Takes marks up to the closing quote, counting lines; `size` when there is none. */
static size_t take_closing(struct csv_reader *reader, bool *doubled)
{
    const char *bytes = reader->bytes;
    for (;;) {
        size_t mark = take_mark(reader);
        if (mark == reader->size) {
            return mark;
        }
        bool last = mark + 1 == reader->size;
        if (bytes[mark] == '"') {
            if (last || bytes[mark + 1] != '"') {
                return mark;
            }
            take_mark(reader);
            *doubled = true;
        } else if (bytes[mark] == '\n' ||
                   (bytes[mark] == '\r' && (last || bytes[mark + 1] != '\n'))) {
            reader->line++;
        }
    }
}

/* The cell whose opening quote stands at the position. */
static enum cell_end read_quoted(struct csv_reader *reader, struct fault *fault)
{
    size_t open = take_mark(reader), from = open + 1;
    uint32_t open_line = reader->line;
    bool doubled = false;
    assert(open == reader->position);
    size_t close = take_closing(reader, &doubled);
    if (close == reader->size) {
        fault->code = ZHOL_ERROR_OK; /* this one matters more than any before it */
        set_fault(fault, ZHOL_ERROR_SYNTAX, reader, reader->bytes + open, reader->size - open,
                  "a closing quote before the end of the file");
        fault->row = open_line;
        return END_UNCLOSED;
    }
    size_t end = take_end(reader);
    if (end != close + 1) {
        set_fault(fault, ZHOL_ERROR_SYNTAX, reader, reader->bytes + open, end - open,
                  "a comma or line end behind a closing quote; a quote inside is doubled");
        push_cell(reader, "", 0, fault);
    } else if (doubled) {
        push_unescaped(reader, from, close, fault);
    } else {
        push_cell(reader, reader->bytes + from, close - from, fault);
    }
    return pass_mark(reader, end);
}

static inline enum cell_end read_cell(struct csv_reader *reader, struct fault *fault)
{
    size_t from = reader->position;
    if (from < reader->size && reader->bytes[from] == '"') {
        return read_quoted(reader, fault);
    }
    size_t mark = take_mark(reader);
    if (mark < reader->size && reader->bytes[mark] == '"') {
        mark = take_end(reader);
        set_fault(fault, ZHOL_ERROR_SYNTAX, reader, reader->bytes + from, mark - from,
                  "a cell with a quote inside stands in quotes, and the quote is doubled");
    }
    push_cell(reader, reader->bytes + from, mark - from, fault);
    return pass_mark(reader, mark);
}

/* ---- rows ---- */

/* Moves behind blank lines; false at the end. */
static bool skip_blank(struct csv_reader *reader)
{
    while (reader->position < reader->size) {
        char c = reader->bytes[reader->position];
        if (c != '\n' && c != '\r') {
            return true;
        }
        pass_mark(reader, take_mark(reader));
    }
    return false;
}

/* The first row names the columns and fixes their number. */
static bool keep_header(struct csv_reader *reader)
{
    size_t size = reader->count * sizeof *reader->header;
    struct text_view *header = arena_alloc(&reader->arena, size);
    if (!header) {
        report_file(reader, ZHOL_ERROR_MEMORY, reader->row, "", "more memory");
        return false;
    }
    memcpy(header, reader->storage, size);
    reader->header = header;
    reader->columns = reader->count;
    return true;
}

static bool check_count(struct csv_reader *reader)
{
    if (reader->count == reader->columns) {
        return true;
    }
    char value[32], expected[64];
    snprintf(value, sizeof value, "%u cells", (unsigned)reader->count);
    snprintf(expected, sizeof expected, "%u cells, as many as the header has",
             (unsigned)reader->columns);
    report_file(reader, ZHOL_ERROR_SYNTAX, reader->row, value, expected);
    return false;
}

static bool end_reading(struct csv_reader *reader)
{
    reader->position = reader->size;
    reader->cells = NULL;
    reader->count = 0;
    return false;
}

bool csv_next(struct csv_reader *reader)
{
    while (skip_blank(reader)) {
        if (reader->line >= LINE_MAX_COUNT) {
            report_file(reader, ZHOL_ERROR_LIMIT, reader->line, "", "fewer than 2^32 lines");
            return end_reading(reader);
        }
        struct fault fault = {.code = ZHOL_ERROR_OK};
        enum cell_end end = END_CELL;
        reader->row = reader->line;
        reader->count = 0;
        while (end == END_CELL) {
            end = read_cell(reader, &fault);
        }
        if (fault.code) {
            report_fault(reader, &fault);
            if (end == END_UNCLOSED || !reader->header || fault.code == ZHOL_ERROR_MEMORY) {
                return end_reading(reader); /* without its header no row can be judged */
            }
            continue;
        }
        if (reader->header ? check_count(reader) : keep_header(reader)) {
            reader->cells = reader->storage;
            return true;
        }
    }
    return end_reading(reader);
}
