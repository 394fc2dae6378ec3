/* json_compact.c: is a text one JSON value without white space (operate/entry_members.h)? */
#include <string.h>

#include "operate/entry_members.h"

enum { DEPTH_MAX = 32 };

struct scan {
    const char *at, *end;
};

static bool take(struct scan *scan, char c)
{
    bool there = scan->at < scan->end && *scan->at == c;
    scan->at += there;
    return there;
}

static bool digits(struct scan *scan)
{
    const char *start = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        scan->at++;
    }
    return scan->at > start;
}

static bool number(struct scan *scan)
{
    take(scan, '-');
    if (!take(scan, '0') && !digits(scan)) {
        return false;
    }
    if (take(scan, '.') && !digits(scan)) {
        return false;
    }
    if (take(scan, 'e') || take(scan, 'E')) {
        if (!take(scan, '+')) {
            take(scan, '-');
        }
        return digits(scan);
    }
    return true;
}

static bool hex4(struct scan *scan)
{
    for (int i = 0; i < 4; i++, scan->at++) {
        if (scan->at == scan->end || !memchr("0123456789abcdefABCDEF", *scan->at, 22)) {
            return false;
        }
    }
    return true;
}

static bool string(struct scan *scan)
{
    if (!take(scan, '"')) {
        return false;
    }
    while (scan->at < scan->end) {
        unsigned char c = (unsigned char)*scan->at++;
        if (c == '"') {
            return true;
        }
        if (c < 0x20) {
            return false;
        }
        if (c == '\\') {
            if (take(scan, 'u')) {
                if (!hex4(scan)) {
                    return false;
                }
            } else if (scan->at == scan->end || !memchr("\"\\/bfnrt", *scan->at++, 8)) {
                return false;
            }
        }
    }
    return false;
}

static bool word(struct scan *scan, const char *text, size_t size)
{
    if ((size_t)(scan->end - scan->at) < size || memcmp(scan->at, text, size) != 0) {
        return false;
    }
    scan->at += size;
    return true;
}

static bool value(struct scan *scan, unsigned depth);

static bool members(struct scan *scan, char end, unsigned depth)
{
    if (take(scan, end)) {
        return true;
    }
    do {
        if (end == '}' && (!string(scan) || !take(scan, ':'))) {
            return false;
        }
        if (!value(scan, depth + 1)) {
            return false;
        }
    } while (take(scan, ','));
    return take(scan, end);
}

/* At most DEPTH_MAX levels, so the recursion is bounded. */
static bool value(struct scan *scan, unsigned depth)
{
    if (scan->at == scan->end || depth > DEPTH_MAX) {
        return false;
    }
    switch (*scan->at) {
    case '{':
        scan->at++;
        return members(scan, '}', depth);
    case '[':
        scan->at++;
        return members(scan, ']', depth);
    case '"':
        return string(scan);
    case 't':
        return word(scan, "true", 4);
    case 'f':
        return word(scan, "false", 5);
    case 'n':
        return word(scan, "null", 4);
    default:
        return number(scan);
    }
}

bool json_compact(struct text_view text)
{
    struct scan scan = {text.bytes, text.bytes + text.size};
    return value(&scan, 0) && scan.at == scan.end && text_utf8_valid(text.bytes, text.size, NULL);
}
