/* entry.c: writes entries as canonical text, hashes them, compares results. */
#include "operate/entry.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "operate/entry_members.h"

void entry_hash(struct text_view bytes, uint8_t hash[HASH_SIZE])
{
    crypto_generichash(hash, HASH_SIZE, (const uint8_t *)bytes.bytes, bytes.size, NULL, 0);
}

/* ---- values ---- */

static void put_escaped(struct buffer *out, unsigned char c)
{
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    static const char hex[] = "0123456789abcdef";
    for (const char *form = short_forms; *form; form += 2) {
        if ((unsigned char)form[0] == c) {
            buffer_append(out, (char[]){'\\', form[1]}, 2);
            return;
        }
    }
    buffer_append(out, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
}

static void put_string(struct buffer *out, struct text_view text)
{
    uint32_t run = 0;
    buffer_char(out, '"');
    for (uint32_t at = 0; at < text.size; at++) {
        unsigned char c = (unsigned char)text.bytes[at];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
            buffer_append(out, text.bytes + run, at - run);
            put_escaped(out, c);
            run = at + 1;
        }
    }
    buffer_append(out, text.bytes + run, text.size - run);
    buffer_char(out, '"');
    /* Whoever lets bytes that are no text come this far would read back another command. */
    if (!text_utf8_valid(text.bytes, text.size, NULL) && !out->error) {
        out->error = ZHOL_ERROR_INVALID;
    }
}

static void put_uint(struct buffer *out, uint64_t value)
{
    char digits[20];
    uint32_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    buffer_append(out, digits + at, sizeof digits - at);
}

static void put_int(struct buffer *out, int64_t value)
{
    if (value < 0) {
        buffer_char(out, '-');
    }
    put_uint(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static void put_opaque(struct buffer *out, uint64_t id)
{
    char text[OPAQUE_TEXT_SIZE + 2] = "\"";
    opaque_write(id, text + 1);
    text[OPAQUE_TEXT_SIZE] = '"';
    buffer_append(out, text, OPAQUE_TEXT_SIZE + 1);
}

static void put_hash(struct buffer *out, const uint8_t *hash)
{
    char text[2 * HASH_SIZE + 2] = "\"";
    sodium_bin2hex(text + 1, 2 * HASH_SIZE + 1, hash, HASH_SIZE);
    text[2 * HASH_SIZE + 1] = '"';
    buffer_append(out, text, sizeof text);
}

static void put_enum(struct buffer *out, const struct member *member, unsigned value)
{
    const char *name = member->value_name(value);
    if (!*name && !out->error) {
        out->error = ZHOL_ERROR_INVALID;
    }
    buffer_char(out, '"');
    buffer_string(out, name);
    buffer_char(out, '"');
}

static void put_members(struct buffer *out, const struct member_list *list, const void *of);

static void put_array(struct buffer *out, const struct member_list *list, const void *items,
                      uint32_t count, size_t size)
{
    for (uint32_t i = 0; i < count; i++) {
        buffer_char(out, i ? ',' : '[');
        put_members(out, list, (const char *)items + i * size);
    }
    buffer_char(out, ']');
}

/* ---- members ---- */

static bool empty(const struct member *member, const void *at)
{
    static const char zeros[sizeof(struct given)];
    const struct result *result = at;
    switch (member->kind) {
    case MEMBER_NAME:
        return !*(const char *)at;
    case MEMBER_TEXT:
    case MEMBER_JSON:
        return !((const struct text_view *)at)->size;
    case MEMBER_OPAQUE:
    case MEMBER_INT:
    case MEMBER_UINT:
        return memcmp(at, zeros, sizeof(uint64_t)) == 0;
    case MEMBER_UINT32:
    case MEMBER_ENUM:
        return memcmp(at, zeros, sizeof(uint32_t)) == 0;
    case MEMBER_BOOL:
        return !*(const bool *)at;
    case MEMBER_ENUM8:
        return !*(const uint8_t *)at;
    case MEMBER_CHANGES:
        return !result->change_count;
    case MEMBER_LINES:
        return !result->line_count;
    case MEMBER_OBJECT:
        for (uint32_t i = 0; i < member->members->count; i++) {
            const struct member *inner = &member->members->members[i];
            if (!empty(inner, (const char *)at + inner->offset)) {
                return false;
            }
        }
        return true;
    case MEMBER_HASH:
        break;
    }
    return false;
}

static void put_value(struct buffer *out, const struct member *member, const void *at)
{
    const struct result *result = at;
    switch (member->kind) {
    case MEMBER_NAME:
        put_string(out, (struct text_view){at, (uint32_t)strnlen(at, member->size)});
        break;
    case MEMBER_TEXT:
        put_string(out, *(const struct text_view *)at);
        break;
    case MEMBER_JSON:
        if (!json_compact(*(const struct text_view *)at) && !out->error) {
            out->error = ZHOL_ERROR_INVALID;
        }
        buffer_view(out, *(const struct text_view *)at);
        break;
    case MEMBER_OPAQUE:
        put_opaque(out, *(const uint64_t *)at);
        break;
    case MEMBER_HASH:
        put_hash(out, at);
        break;
    case MEMBER_INT:
        put_int(out, *(const int64_t *)at);
        break;
    case MEMBER_UINT:
        put_uint(out, *(const uint64_t *)at);
        break;
    case MEMBER_UINT32:
        put_uint(out, *(const uint32_t *)at);
        break;
    case MEMBER_BOOL:
        buffer_append(out, "true", 4);
        break;
    case MEMBER_ENUM:
        put_enum(out, member, *(const unsigned *)at);
        break;
    case MEMBER_ENUM8:
        put_enum(out, member, *(const uint8_t *)at);
        break;
    case MEMBER_OBJECT:
        put_members(out, member->members, at);
        break;
    case MEMBER_CHANGES:
        put_array(out, &change_members, result->changes, result->change_count,
                  sizeof *result->changes);
        break;
    case MEMBER_LINES:
        put_array(out, &line_members, result->lines, result->line_count, sizeof *result->lines);
        break;
    }
}

static void put_members(struct buffer *out, const struct member_list *list, const void *of)
{
    bool filled = false;
    buffer_char(out, '{');
    for (uint32_t i = 0; i < list->count; i++) {
        const struct member *member = &list->members[i];
        const void *at = (const char *)of + member->offset;
        if (!member->always && empty(member, at)) {
            continue;
        }
        if (filled) {
            buffer_char(out, ',');
        }
        filled = true;
        buffer_append(out, member->name, member->name_size);
        put_value(out, member, at);
    }
    buffer_char(out, '}');
}

enum zhol_error entry_write(const struct entry *entry, struct buffer *bytes,
                            uint8_t hash[HASH_SIZE])
{
    size_t start = bytes->size;
    buffer_reserve(bytes, 1024);
    put_members(bytes, &entry_members, entry);
    if (!bytes->error && bytes->size - start > UINT32_MAX) {
        bytes->error = ZHOL_ERROR_LIMIT;
    }
    if (!bytes->error) {
        entry_hash((struct text_view){bytes->bytes + start, (uint32_t)(bytes->size - start)}, hash);
    }
    return bytes->error;
}

/* ---- results ---- */

static bool changes_equal(const struct change *a, const struct change *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (a[i].place != b[i].place || a[i].state != b[i].state || a[i].reason != b[i].reason ||
            a[i].slot_s != b[i].slot_s || a[i].old_slot_s != b[i].old_slot_s) {
            return false;
        }
    }
    return true;
}

static bool lines_equal(const struct ledger_line *a, const struct ledger_line *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (a[i].carrier != b[i].carrier || a[i].place != b[i].place ||
            a[i].amount != b[i].amount || strncmp(a[i].what, b[i].what, sizeof a[i].what) != 0 ||
            strncmp(a[i].currency, b[i].currency, sizeof a[i].currency) != 0) {
            return false;
        }
    }
    return true;
}

bool result_equal(const struct result *a, const struct result *b)
{
    return a->refusal == b->refusal && strcmp(a->rule, b->rule) == 0 && a->number == b->number &&
           a->slot_s == b->slot_s && a->position == b->position && a->data_hash == b->data_hash &&
           a->change_count == b->change_count && a->line_count == b->line_count &&
           changes_equal(a->changes, b->changes, a->change_count) &&
           lines_equal(a->lines, b->lines, a->line_count);
}

void entry_clear(struct entry *entry)
{
    free(entry->room.changes);
    free(entry->room.lines);
    free(entry->room.texts);
    memset(entry, 0, sizeof *entry);
}
