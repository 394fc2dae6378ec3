/* trouble.c: findings with formatted sentences (corridor/trouble.h). */
#include "corridor/trouble.h"

#include <stdarg.h>
#include <string.h>

enum { VALUE_SIZE = 96 };

void trouble_note_fault(struct trouble *trouble, enum zhol_error code)
{
    if (!trouble->first) {
        trouble->first = code;
    }
}

void trouble_clear(struct trouble *trouble)
{
    map_int_clear(&trouble->rows);
}

static int64_t row_number(enum zhol_table table, bool overlay, uint32_t line)
{
    return (int64_t)table << 33 | (int64_t)overlay << 32 | line;
}

void trouble_mark(struct trouble *trouble, enum zhol_table table, bool overlay, uint32_t line)
{
    /* Without memory a second finding may follow; that is no reason to stop. */
    (void)map_int_put(&trouble->rows, row_number(table, overlay, line), 1);
}

bool trouble_marked(const struct trouble *trouble, enum zhol_table table, bool overlay,
                    uint32_t line)
{
    return trouble->rows.count &&
           map_int_get(&trouble->rows, row_number(table, overlay, line), NULL);
}

void trouble_add(struct trouble *trouble, enum zhol_severity severity, enum zhol_error code,
                 struct trouble_place place, struct text_view value, const char *format, ...)
{
    struct buffer expected;
    char found[VALUE_SIZE];
    va_list arguments;
    if (severity == ZHOL_FAULT) {
        trouble_note_fault(trouble, code);
    }
    if (!trouble->report) {
        return;
    }
    value.size =
        value.size < sizeof found ? value.size : text_utf8_cut(value, (uint32_t)sizeof found - 1);
    if (value.size) {
        memcpy(found, value.bytes, value.size);
    }
    found[value.size] = '\0';
    buffer_init(&expected);
    va_start(arguments, format);
    buffer_vprintf(&expected, format, arguments);
    va_end(arguments);
    zhol_report_add(trouble->report, &(struct zhol_finding){.severity = severity,
                                                            .code = code,
                                                            .row = place.line,
                                                            .file = place.file,
                                                            .column = place.column,
                                                            .value = found,
                                                            .expected = buffer_get(&expected)});
    buffer_clear(&expected);
}

/* ---- findings for people ---- */

static void put_place(const struct zhol_finding *finding, struct buffer *out)
{
    buffer_string(out, finding->file);
    if (finding->row) {
        buffer_printf(out, ":%u", (unsigned)finding->row);
    }
    buffer_string(out, *finding->file ? ": " : "");
    if (*finding->column) {
        buffer_string(out, finding->column);
        buffer_string(out, ": ");
    }
}

size_t zhol_finding_text(const struct zhol_finding *finding, char *out, size_t size)
{
    struct buffer text;
    buffer_init(&text);
    put_place(finding, &text);
    if (finding->severity != ZHOL_FAULT) {
        buffer_string(&text, finding->severity == ZHOL_WARNING ? "warning: " : "note: ");
    }
    if (*finding->value) {
        buffer_printf(&text, "found \"%s\"%s", finding->value, *finding->expected ? ", " : "");
    }
    buffer_string(&text, *finding->value && *finding->expected ? "expected " : "");
    buffer_string(&text, *finding->expected
                             ? finding->expected
                             : (*finding->value ? "" : zhol_error_text(finding->code)));
    size_t length = text.size;
    if (size) {
        struct text_view view = {buffer_get(&text), (uint32_t)length};
        size_t kept = length < size ? length : text_utf8_cut(view, (uint32_t)(size - 1));
        memcpy(out, buffer_get(&text), kept);
        out[kept] = '\0';
    }
    buffer_clear(&text);
    return length;
}
