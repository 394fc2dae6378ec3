/* sheet_csv.c: CSV as other programs write it. base/csv.h reads our own strict form; this one takes
 * any of three separators and two encodings, and rows of unequal length. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "intake/sheet.h"

/* Code points of Windows-1251 from 0x80 to 0xBF; from 0xC0 on the Russian letters follow. */
static const uint16_t windows_1251[64] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409,
    0x2039, 0x040A, 0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x0098, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0,
    0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB,
    0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6,
    0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

/* Most high bytes of a Russian text in Windows-1251 are letters. */
static bool looks_russian(const char *bytes, size_t size)
{
    size_t letters = 0, others = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        letters += c >= 0xC0 || c == 0xA8 || c == 0xB8;
        others += c >= 0x80 && c < 0xC0 && c != 0xA8 && c != 0xB8;
    }
    return letters > 4 * others;
}

static void convert(const char *bytes, size_t size, struct buffer *out)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        uint32_t point = c < 0x80 ? c : c < 0xC0 ? windows_1251[c - 0x80] : 0x0410u + c - 0xC0u;
        char text[4];
        buffer_append(out, text, text_utf8_put(point, text));
    }
}

/* The separator that the first line has most of, outside quotes. */
static char separator_of(const char *bytes, size_t size)
{
    static const char choices[] = {',', ';', '\t'};
    uint32_t counts[3] = {0};
    bool quoted = false;
    for (size_t i = 0; i < size && (quoted || (bytes[i] != '\n' && bytes[i] != '\r')); i++) {
        quoted = quoted != (bytes[i] == '"');
        for (unsigned k = 0; !quoted && k < 3; k++) {
            counts[k] += bytes[i] == choices[k];
        }
    }
    unsigned best = counts[1] > counts[0] ? 1 : 0;
    return choices[counts[2] > counts[best] ? 2 : best];
}

struct scan {
    const char *file, *bytes;
    size_t size, at;
    char separator;
    uint32_t line;
    struct buffer cell; /* of a quoted cell */
    struct zhol_report *report;
};

/* A quoted cell, its opening quote passed; doubled quotes become one. */
static enum zhol_error scan_quoted(struct scan *scan)
{
    uint32_t begun = scan->line;
    buffer_reset(&scan->cell);
    while (scan->at < scan->size) {
        char c = scan->bytes[scan->at++];
        if (c == '"' && scan->at < scan->size && scan->bytes[scan->at] == '"') {
            scan->at++;
        } else if (c == '"') {
            return scan->cell.error;
        }
        scan->line += c == '\n';
        buffer_char(&scan->cell, c == '\n' || c == '\r' ? ' ' : c);
    }
    return sheet_refuse(scan->report, ZHOL_ERROR_SYNTAX, scan->file, begun, "\"",
                        "a closing quote; the cell that begins on this line has none");
}

/* One row; *more is false at the end of the file. */
static enum zhol_error scan_row(struct scan *scan, struct sheet *out)
{
    enum zhol_error error = sheet_add_row(out, scan->line);
    for (uint32_t column = 0; !error; column++) {
        size_t start = scan->at;
        struct text_view cell;
        if (scan->at < scan->size && scan->bytes[scan->at] == '"') {
            scan->at++;
            error = scan_quoted(scan);
            cell = text_view_of(buffer_get(&scan->cell));
            start = scan->at;
        } else {
            cell = (struct text_view){scan->bytes + start, 0};
        }
        while (scan->at < scan->size && scan->bytes[scan->at] != scan->separator &&
               scan->bytes[scan->at] != '\n' && scan->bytes[scan->at] != '\r') {
            scan->at++;
        }
        if (!cell.size) {
            cell = (struct text_view){scan->bytes + start, (uint32_t)(scan->at - start)};
        }
        error = error ? error : sheet_set(out, column, cell);
        if (scan->at >= scan->size || scan->bytes[scan->at] != scan->separator) {
            break;
        }
        scan->at++;
    }
    if (scan->at < scan->size && scan->bytes[scan->at] == '\r') {
        scan->at++;
    }
    if (scan->at < scan->size && scan->bytes[scan->at] == '\n') {
        scan->at++;
    }
    scan->line++;
    return error;
}

static enum zhol_error scan_all(struct scan *scan, struct sheet *out)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && scan->at < scan->size) {
        error = scan_row(scan, out);
        sheet_drop_blank(out);
    }
    if (error == ZHOL_ERROR_LIMIT) {
        error = sheet_refuse(scan->report, error, scan->file, scan->line, "",
                             "at most 256 columns and 1,048,576 rows");
    }
    return error;
}

enum zhol_error sheet_read_csv(const char *file, const char *bytes, size_t size,
                               struct zhol_report *report, struct sheet *out)
{
    struct buffer converted;
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(out, 0, sizeof *out);
    buffer_init(&converted);
    if (size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        return sheet_refuse(report, ZHOL_ERROR_SYNTAX, file, 0, "UTF-16",
                            "UTF-8: save the file as CSV UTF-8");
    }
    if (memchr(bytes, '\0', size)) {
        return sheet_refuse(report, ZHOL_ERROR_SYNTAX, file, 0, "NUL bytes",
                            "a text file: CSV in UTF-8, or an .xlsx workbook");
    }
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    if (!text_utf8_valid(bytes, size, NULL)) {
        if (!looks_russian(bytes, size)) {
            return sheet_refuse(report, ZHOL_ERROR_SYNTAX, file, 0, "an unknown encoding",
                                "UTF-8 or Windows-1251");
        }
        convert(bytes, size, &converted);
        bytes = buffer_get(&converted);
        size = converted.size;
        error = converted.error;
    }
    struct scan scan = {.file = file, .bytes = bytes, .size = size, .line = 1, .report = report};
    scan.separator = separator_of(bytes, size);
    buffer_init(&scan.cell);
    error = error ? error : scan_all(&scan, out);
    buffer_clear(&scan.cell);
    buffer_clear(&converted);
    return error;
}
