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
