/* text_utf8.c: validation, decoding and cutting of UTF-8 (base/text.h; RFC 3629). */
#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

#define HIGH_BITS UINT64_C(0x8080808080808080)

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The size of the valid sequence at p (at least one byte left), or 0. The second byte's range rules
 * out overlong forms, surrogates and what lies above U+10FFFF (table 3-7 of the Unicode standard).
 */
static size_t sequence_size(const unsigned char *p, size_t left)
{
    unsigned char first = p[0];
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xE0) {
        return first >= 0xC2 && left >= 2 && is_continuation(p[1]) ? 2 : 0;
    }
    if (left < 3 || !is_continuation(p[1]) || !is_continuation(p[2])) {
        return 0;
    }
    if (first < 0xF0) {
        bool bad = (first == 0xE0 && p[1] < 0xA0) || (first == 0xED && p[1] > 0x9F);
        return bad ? 0 : 3;
    }
    bool bad = first > 0xF4 || left < 4 || !is_continuation(p[3]) ||
               (first == 0xF0 && p[1] < 0x90) || (first == 0xF4 && p[1] > 0x8F);
    return bad ? 0 : 4;
}

bool text_utf8_valid(const char *bytes, size_t size, size_t *bad)
{
    const unsigned char *p = (const unsigned char *)bytes;
    size_t at = 0;
    while (at < size) {
        uint64_t words[4];
        while (size - at >= sizeof words) {
            memcpy(words, p + at, sizeof words);
            if ((words[0] | words[1] | words[2] | words[3]) & HIGH_BITS) {
                break;
            }
            at += sizeof words;
        }
        /* up to the next block of pure ASCII, or the end */
        size_t stop = size - at > sizeof words ? at + sizeof words : size;
        while (at < stop) {
            size_t step = sequence_size(p + at, size - at);
            if (!step) {
                if (bad) {
                    *bad = at;
                }
                return false;
            }
            at += step;
        }
    }
    return true;
}

uint32_t text_utf8_next(struct text_view text, uint32_t *position)
{
    assert(*position < text.size);
    const unsigned char *p = (const unsigned char *)text.bytes + *position;
    size_t size = sequence_size(p, text.size - *position);
    *position += size ? (uint32_t)size : 1;
    switch (size) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3:
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    case 4:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    default:
        return REPLACEMENT;
    }
}

uint32_t text_utf8_put(uint32_t code_point, char out[4])
{
    uint32_t c = code_point;
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = REPLACEMENT;
    }
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

uint32_t text_utf8_cut(struct text_view text, uint32_t size)
{
    if (size >= text.size) {
        return text.size;
    }
    uint32_t cut = size;
    while (cut && size - cut < 3 && is_continuation((unsigned char)text.bytes[cut])) {
        cut--;
    }
    /* bytes that are no UTF-8 are cut where asked */
    return is_continuation((unsigned char)text.bytes[cut]) ? size : cut;
}

uint32_t text_width(struct text_view text)
{
    uint32_t width = 0;
    for (uint32_t at = 0; at < text.size;) {
        width += text_width_of(text_utf8_next(text, &at));
    }
    return width;
}
