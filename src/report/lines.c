/* report/lines.c: wrapping running text. See lines.h. */
#include "report/lines.h"

#include <string.h>

static uint32_t width_of(const char *text, size_t size)
{
    return text_width((struct text_view){text, (uint32_t)size});
}

void lines_wrap(struct buffer *out, const char *lead, uint32_t indent, const char *text)
{
    uint32_t column = width_of(lead, strlen(lead));
    bool fresh = true;
    buffer_string(out, lead);
    for (const char *at = text + strspn(text, " "); *at; at += strspn(at, " ")) {
        size_t span = strcspn(at, " ");
        uint32_t wide = width_of(at, span);
        if (!fresh && column + 1 + wide > LINES_WIDTH) {
            buffer_char(out, '\n');
            buffer_fill(out, ' ', indent);
            column = indent;
            fresh = true;
        }
        if (!fresh) {
            buffer_char(out, ' ');
            column++;
        }
        buffer_append(out, at, span);
        column += wide;
        fresh = false;
        at += span;
    }
    buffer_char(out, '\n');
}
