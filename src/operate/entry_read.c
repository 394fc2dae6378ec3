/* entry_read.c: the strict reader of entries: what entry_write would not write is refused. */
#include "operate/entry.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "operate/entry_members.h"

struct scan {
    const char *at, *start, *end;
    struct entry *entry;
    enum zhol_error error; /* memory; a fault of the text is `false` from the functions */
};

static bool take(struct scan *scan, const char *text, size_t size)
{
    if ((size_t)(scan->end - scan->at) < size || memcmp(scan->at, text, size) != 0) {
        return false;
    }
    scan->at += size;
    return true;
}

/* ---- strings ---- */

/* The character that an escape stands for, if the writer would have escaped it so; else -1. */
static int take_escape(struct scan *scan)
{
    static const char short_forms[] = "\"\"\\\\b\bf\fn\nr\rt\t";
    static const char hex[] = "0123456789abcdef";
    if (scan->at == scan->end) {
        return -1;
    }
    char c = *scan->at++;
    for (const char *form = short_forms; *form; form += 2) {
        if (form[0] == c) {
            return (unsigned char)form[1];
        }
    }
    if (c != 'u' || scan->end - scan->at < 4 || memcmp(scan->at, "00", 2) != 0) {
        return -1;
    }
    const char *high = memchr(hex, scan->at[2], 16), *low = memchr(hex, scan->at[3], 16);
    scan->at += 4;
    if (!high || !low) {
        return -1;
    }
    int value = (int)(high - hex) * 16 + (int)(low - hex);
    bool needs =
        (value < 0x20 && !(value >= '\b' && value <= '\r' && value != '\v')) || value == 0x7F;
    return needs ? value : -1;
}

/* A string in quotes: the view of it as it stands, and whether there are escapes in it. */
static bool take_string(struct scan *scan, struct text_view *raw, bool *escaped)
{
    if (!take(scan, "\"", 1)) {
        return false;
    }
    const char *start = scan->at;
    *escaped = false;
    while (scan->at < scan->end && *scan->at != '"') {
        unsigned char c = (unsigned char)*scan->at++;
        if (c < 0x20 || c == 0x7F) {
            return false;
        }
        if (c == '\\') {
            *escaped = true;
            if (take_escape(scan) < 0) {
                return false;
            }
        }
    }
    *raw = (struct text_view){start, (uint32_t)(scan->at - start)};
    return take(scan, "\"", 1) && text_utf8_valid(raw->bytes, raw->size, NULL);
}

/* `out` has room for raw.size bytes. Its escapes were looked at before. */
static uint32_t unescape(struct text_view raw, char *out)
{
    struct scan inner = {.at = raw.bytes, .end = raw.bytes + raw.size};
    uint32_t size = 0;
    while (inner.at < inner.end) {
        char c = *inner.at++;
        out[size++] = c == '\\' ? (char)take_escape(&inner) : c;
    }
    return size;
}

/* Texts with escapes go into one block as large as the line, which they cannot outgrow. */
static bool take_text(struct scan *scan, struct text_view *text)
{
    struct text_view raw;
    bool escaped;
    if (!take_string(scan, &raw, &escaped) || !raw.size) {
        return false;
    }
    *text = raw;
    if (escaped) {
        struct entry_room *room = &scan->entry->room;
        scan->error =
            ARRAY_RESERVE(room->texts, room->text_capacity, (uint32_t)(scan->end - scan->start));
        if (scan->error) {
            return false;
        }
        char *out = room->texts + room->text_size;
        *text = (struct text_view){out, unescape(raw, out)};
        room->text_size += text->size;
    }
    return true;
}

static bool take_name(struct scan *scan, char *name, uint32_t size)
{
    struct text_view raw;
    bool escaped;
    /* An escape is at most six bytes for one. */
    char plain[6 * 128];
    if (!take_string(scan, &raw, &escaped) || raw.size > sizeof plain) {
        return false;
    }
    raw = escaped ? (struct text_view){plain, unescape(raw, plain)} : raw;
    if (!raw.size || raw.size >= size || memchr(raw.bytes, 0, raw.size)) {
        return false;
    }
    memcpy(name, raw.bytes, raw.size);
    return true; /* the rest was zeroed */
}

/* ---- numbers and names ---- */

static bool take_uint(struct scan *scan, uint64_t high, uint64_t *number)
{
    const char *start = scan->at;
    uint64_t value = 0;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        uint64_t digit = (uint64_t)(*scan->at++ - '0');
        if (value > (high - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *number = value;
    return scan->at > start && (*start != '0' || scan->at == start + 1);
}

static bool take_int(struct scan *scan, int64_t *number)
{
    bool negative = take(scan, "-", 1);
    uint64_t value;
    if (!take_uint(scan, (uint64_t)INT64_MAX + negative, &value) || (negative && !value)) {
        return false;
    }
    *number = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

static bool take_opaque(struct scan *scan, uint64_t *id)
{
    if (scan->end - scan->at < 18 || scan->at[17] != '"' || !take(scan, "\"", 1) ||
        opaque_read((struct text_view){scan->at, 16}, id)) {
        return false;
    }
    scan->at += 17;
    return true;
}

/* The digit's value, or 16. */
static unsigned hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? (unsigned)(c - '0')
           : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                                  : 16;
}

static bool take_hash(struct scan *scan, uint8_t *hash)
{
    if (scan->end - scan->at < 66 || scan->at[65] != '"' || !take(scan, "\"", 1)) {
        return false;
    }
    for (int i = 0; i < HASH_SIZE; i++) {
        unsigned high = hex_digit(scan->at[2 * i]), low = hex_digit(scan->at[2 * i + 1]);
        if (high > 15 || low > 15) {
            return false;
        }
        hash[i] = (uint8_t)(high << 4 | low);
    }
    scan->at += 65;
    return true;
}

static bool take_enum(struct scan *scan, const struct member *member, unsigned *value)
{
    struct text_view raw;
    bool escaped;
    if (!take_string(scan, &raw, &escaped) || escaped || !raw.size) {
        return false;
    }
    for (unsigned i = 0; *member->value_name(i); i++) {
        if (text_equal_string(raw, member->value_name(i))) {
            *value = i;
            return true;
        }
    }
    return false;
}

/* One JSON value up to where it ends; its form is looked at by json_compact. */
static bool take_json(struct scan *scan, struct text_view *json)
{
    const char *start = scan->at;
    uint32_t depth = 0;
    bool quoted = false;
    for (; scan->at < scan->end; scan->at++) {
        char c = *scan->at;
        if (quoted) {
            scan->at += c == '\\' && scan->at + 1 < scan->end;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']' || c == ',') {
            if (!depth) {
                break;
            }
            depth -= c != ',';
        }
    }
    *json = (struct text_view){start, (uint32_t)(scan->at - start)};
    return json->size && json_compact(*json);
}

/* ---- members ---- */

static bool take_members(struct scan *scan, const struct member_list *list, void *of);

static bool take_changes(struct scan *scan, struct result *result)
{
    struct entry_room *room = &scan->entry->room;
    uint32_t count = 0;
    if (!take(scan, "[", 1)) {
        return false;
    }
    do {
        scan->error = ARRAY_RESERVE(room->changes, room->change_capacity, count + 1);
        if (scan->error) {
            return false;
        }
        memset(&room->changes[count], 0, sizeof *room->changes);
        if (!take_members(scan, &change_members, &room->changes[count++])) {
            return false;
        }
    } while (take(scan, ",", 1));
    result->changes = room->changes;
    result->change_count = count;
    return take(scan, "]", 1);
}

static bool take_lines(struct scan *scan, struct result *result)
{
    struct entry_room *room = &scan->entry->room;
    uint32_t count = 0;
    if (!take(scan, "[", 1)) {
        return false;
    }
    do {
        scan->error = ARRAY_RESERVE(room->lines, room->line_capacity, count + 1);
        if (scan->error) {
            return false;
        }
        memset(&room->lines[count], 0, sizeof *room->lines);
        if (!take_members(scan, &line_members, &room->lines[count++])) {
            return false;
        }
    } while (take(scan, ",", 1));
    result->lines = room->lines;
    result->line_count = count;
    return take(scan, "]", 1);
}

/* A number that the writer would have left out is a fault. */
static bool take_number(struct scan *scan, const struct member *member, void *at)
{
    uint64_t number = 0;
    int64_t whole = 0;
    bool good = false;
    switch (member->kind) {
    case MEMBER_INT:
        good = take_int(scan, &whole) && (whole || member->always);
        memcpy(at, &whole, sizeof whole);
        break;
    case MEMBER_UINT:
        good = take_uint(scan, UINT64_MAX, &number) && (number || member->always);
        memcpy(at, &number, sizeof number);
        break;
    case MEMBER_UINT32:
        good = take_uint(scan, UINT32_MAX, &number) && (number || member->always);
        *(uint32_t *)at = (uint32_t)number;
        break;
    default:
        good = take_opaque(scan, &number) && (number || member->always);
        memcpy(at, &number, sizeof number);
        break;
    }
    return good;
}

static bool take_value(struct scan *scan, const struct member *member, void *at)
{
    unsigned value = 0;
    switch (member->kind) {
    case MEMBER_NAME:
        return take_name(scan, at, member->size);
    case MEMBER_TEXT:
        return take_text(scan, at);
    case MEMBER_JSON:
        return take_json(scan, at);
    case MEMBER_HASH:
        return take_hash(scan, at);
    case MEMBER_OPAQUE:
    case MEMBER_INT:
    case MEMBER_UINT:
    case MEMBER_UINT32:
        return take_number(scan, member, at);
    case MEMBER_BOOL:
        *(bool *)at = take(scan, "true", 4);
        return *(bool *)at;
    case MEMBER_ENUM:
        if (!take_enum(scan, member, &value) || (!value && !member->always)) {
            return false;
        }
        memcpy(at, &value, sizeof value);
        return true;
    case MEMBER_ENUM8:
        if (!take_enum(scan, member, &value) || (!value && !member->always)) {
            return false;
        }
        *(uint8_t *)at = (uint8_t)value;
        return true;
    case MEMBER_OBJECT:
        return take_members(scan, member->members, at);
    case MEMBER_CHANGES:
        return take_changes(scan, at);
    case MEMBER_LINES:
        return take_lines(scan, at);
    }
    return false;
}

/* `"name":`, behind a comma unless it is the first. Nothing is taken when it does not stand here.
 */
static bool take_member_name(struct scan *scan, const struct member *member, bool filled)
{
    const char *at = scan->at + filled;
    if ((size_t)(scan->end - scan->at) < member->name_size + filled ||
        (filled && *scan->at != ',') || memcmp(at, member->name, member->name_size) != 0) {
        return false;
    }
    scan->at = at + member->name_size;
    return true;
}

static bool take_members(struct scan *scan, const struct member_list *list, void *of)
{
    bool filled = false;
    if (!take(scan, "{", 1)) {
        return false;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const struct member *member = &list->members[i];
        if (!take_member_name(scan, member, filled)) {
            if (member->always) {
                return false;
            }
            continue;
        }
        if (member->kind == MEMBER_OBJECT && !member->always && take(scan, "{}", 2)) {
            return false; /* an empty one is left out */
        }
        if (!take_value(scan, member, (char *)of + member->offset)) {
            return false;
        }
        filled = true;
    }
    return take(scan, "}", 1);
}

enum zhol_error entry_read_next(struct text_view bytes, struct entry *entry,
                                struct zhol_report *report)
{
    struct entry_room room = entry->room;
    room.text_size = 0;
    memset(entry, 0, sizeof *entry);
    entry->room = room;
    struct scan scan = {
        .at = bytes.bytes, .start = bytes.bytes, .end = bytes.bytes + bytes.size, .entry = entry};
    if (take_members(&scan, &entry_members, entry) && scan.at == scan.end) {
        memcpy(entry->command.stream, entry->stream, sizeof entry->stream);
        return ZHOL_ERROR_OK;
    }
    if (scan.error) {
        return scan.error;
    }
    char where[48];
    snprintf(where, sizeof where, "byte %zu", (size_t)(scan.at - scan.start));
    return zhol_report_add(report,
                           &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                  .code = ZHOL_ERROR_SYNTAX,
                                                  .file = "journal",
                                                  .column = where,
                                                  .expected = "the canonical text of an entry"});
}

enum zhol_error entry_read(struct text_view bytes, struct entry *entry, struct zhol_report *report)
{
    memset(&entry->room, 0, sizeof entry->room);
    enum zhol_error error = entry_read_next(bytes, entry, report);
    if (error) {
        entry_clear(entry);
    }
    return error;
}
