/* said.c: findings for people, in English and Russian (corridor/said.h). */
#include "corridor/said.h"

#include <string.h>
#include <zhol/corridor.h>

enum { FILLED_MAX = 4, LEVELS_MAX = 3 };

struct filled {
    struct text_view parts[FILLED_MAX];
    uint32_t count;
};

/* Fits text to a pattern; what stands for each '%' goes to `filled`. */
static bool fits(const char *pattern, const char *text, const char *end, struct filled *filled)
{
    while (*pattern && *pattern != '%') {
        if (text == end || *text++ != *pattern++) {
            return false;
        }
    }
    if (!*pattern) {
        return text == end;
    }
    uint32_t part = filled->count;
    if (part == FILLED_MAX) {
        return false;
    }
    for (const char *stop = text; stop <= end; stop++) {
        filled->parts[part] = (struct text_view){text, (uint32_t)(stop - text)};
        filled->count = part + 1;
        if (fits(pattern + 1, stop, end, filled)) {
            return true;
        }
    }
    return false;
}

static bool write_sentence(struct text_view sentence, const struct said_pair *pairs, size_t count,
                           int levels, struct buffer *out);

static void fill_in(const struct said_pair *pair, const struct filled *filled,
                    const struct said_pair *pairs, size_t count, int levels, struct buffer *out)
{
    for (const char *c = pair->other; *c; c++) {
        uint32_t part =
            *c == '%' && c[1] >= '1' && c[1] <= '9' ? (uint32_t)(c[1] - '1') : FILLED_MAX;
        if (part >= filled->count) {
            buffer_char(out, *c);
            continue;
        }
        c++;
        if (!levels || !write_sentence(filled->parts[part], pairs, count, levels - 1, out)) {
            buffer_view(out, filled->parts[part]);
        }
    }
}

static bool write_sentence(struct text_view sentence, const struct said_pair *pairs, size_t count,
                           int levels, struct buffer *out)
{
    for (size_t i = 0; i < count && sentence.size; i++) {
        struct filled filled = {.count = 0};
        if (fits(pairs[i].en, sentence.bytes, sentence.bytes + sentence.size, &filled)) {
            fill_in(&pairs[i], &filled, pairs, count, levels, out);
            return true;
        }
    }
    return false;
}

static bool is_russian(const char *lang)
{
    return lang && strcmp(lang, "ru") == 0;
}

bool said_write(const char *sentence, const char *lang, struct buffer *out)
{
    size_t count;
    const struct said_pair *pairs = said_russian(&count);
    if (is_russian(lang) && *sentence) {
        if (write_sentence(text_view_of(sentence), pairs, count, LEVELS_MAX, out)) {
            return true;
        }
        buffer_string(out, sentence);
        return false;
    }
    buffer_string(out, sentence);
    return true;
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

static void put_severity(const struct zhol_finding *finding, bool ru, struct buffer *out)
{
    if (finding->severity == ZHOL_WARNING) {
        buffer_string(out, ru ? "внимание: " : "warning: ");
    } else if (finding->severity == ZHOL_NOTE) {
        buffer_string(out, ru ? "замечание: " : "note: ");
    }
}

static void put_finding(const struct zhol_finding *finding, const char *lang, struct buffer *out)
{
    bool ru = is_russian(lang), both = *finding->value && *finding->expected;
    put_place(finding, out);
    put_severity(finding, ru, out);
    if (*finding->value) {
        buffer_string(out, ru ? "найдено \"" : "found \"");
        /* The reader of files says "a folder"; what stands in a column is the user's own. */
        said_write(finding->value, *finding->column ? "en" : lang, out);
        buffer_char(out, '"');
    }
    buffer_string(out, both ? (ru ? ", нужно: " : ", expected ") : "");
    said_write(*finding->expected || *finding->value ? finding->expected
                                                     : zhol_error_text(finding->code),
               lang, out);
}

/* Copies to `out`, cut at a character boundary; returns the full length. */
static size_t hand_out(struct buffer *text, char *out, size_t size)
{
    size_t length = text->size;
    if (size) {
        struct text_view view = {buffer_get(text), (uint32_t)length};
        size_t kept = length < size ? length : text_utf8_cut(view, (uint32_t)(size - 1));
        memcpy(out, buffer_get(text), kept);
        out[kept] = '\0';
    }
    buffer_clear(text);
    return length;
}

size_t zhol_finding_said(const struct zhol_finding *finding, const char *lang, char *out,
                         size_t size)
{
    struct buffer text;
    buffer_init(&text);
    put_finding(finding, lang, &text);
    return hand_out(&text, out, size);
}

size_t zhol_finding_text(const struct zhol_finding *finding, char *out, size_t size)
{
    return zhol_finding_said(finding, "en", out, size);
}

size_t zhol_sentence_said(const char *sentence, const char *lang, char *out, size_t size)
{
    struct buffer text;
    buffer_init(&text);
    said_write(sentence, lang, &text);
    return hand_out(&text, out, size);
}
