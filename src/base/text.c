/* text.c: views and the string pool (base/text.h). */
#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"

enum { SLOTS_MIN = 64 };

struct text_view text_view_of(const char *string)
{
    if (!string) {
        return TEXT("");
    }
    size_t size = strlen(string);
    return (struct text_view){string, size < UINT32_MAX ? (uint32_t)size : UINT32_MAX};
}

bool text_equal(struct text_view a, struct text_view b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

bool text_equal_string(struct text_view a, const char *string)
{
    return text_equal(a, text_view_of(string));
}

int text_compare(struct text_view a, struct text_view b)
{
    uint32_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.bytes, b.bytes, size) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool text_starts_with(struct text_view text, struct text_view prefix)
{
    text.size = text.size < prefix.size ? text.size : prefix.size;
    return text_equal(text, prefix);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text_view text_trim(struct text_view text)
{
    while (text.size && is_space(text.bytes[0])) {
        text.bytes++;
        text.size--;
    }
    while (text.size && is_space(text.bytes[text.size - 1])) {
        text.size--;
    }
    return text;
}

struct text_view text_cut(struct text_view *rest, char separator)
{
    struct text_view part = *rest;
    const char *end = rest->size ? memchr(rest->bytes, separator, rest->size) : NULL;
    if (end) {
        part.size = (uint32_t)(end - rest->bytes);
        rest->bytes = end + 1;
        rest->size -= part.size + 1;
    } else {
        if (rest->size) {
            rest->bytes += rest->size;
        }
        rest->size = 0;
    }
    return part;
}

bool text_next_item(struct text_view *rest, char separator, char *item, uint32_t size)
{
    struct text_view part = {NULL, 0};
    while (part.size == 0) {
        if (rest->size == 0) {
            return false;
        }
        part = text_trim(text_cut(rest, separator));
    }
    uint32_t kept = text_utf8_cut(part, part.size < size ? part.size : size - 1);
    memcpy(item, part.bytes, kept);
    item[kept] = '\0';
    return true;
}

bool text_cut_char(struct text_view *text, char c)
{
    if (!text->size || text->bytes[0] != c) {
        return false;
    }
    text->bytes++;
    text->size--;
    return true;
}

/* ---- pool ---- */

void text_pool_init(struct text_pool *pool)
{
    *pool = (struct text_pool){.bytes = NULL};
}

void text_pool_clear(struct text_pool *pool)
{
    free(pool->bytes);
    free(pool->slots);
    text_pool_init(pool);
}

const char *text_pool_get(const struct text_pool *pool, uint32_t offset)
{
    assert(offset == 0 || offset < pool->size);
    return offset ? pool->bytes + offset : "";
}

/* Makes room; a text that lies in the pool itself moves with it. */
static enum zhol_error reserve(struct text_pool *pool, struct text_view *text)
{
    uint32_t start = pool->size ? pool->size : 1; /* the first byte is the NUL of offset 0 */
    if (text->size >= UINT32_MAX - start) {
        return ZHOL_ERROR_LIMIT;
    }
    uintptr_t inside = (uintptr_t)text->bytes - (uintptr_t)pool->bytes;
    bool own = pool->bytes && inside < pool->size;
    enum zhol_error error = ARRAY_RESERVE(pool->bytes, pool->capacity, start + text->size + 1);
    if (error) {
        return error;
    }
    if (own) {
        text->bytes = pool->bytes + inside;
    }
    if (!pool->size) {
        pool->bytes[0] = '\0';
        pool->size = 1;
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error text_pool_add(struct text_pool *pool, struct text_view text, uint32_t *offset)
{
    if (!text.size) {
        *offset = 0;
        return ZHOL_ERROR_OK;
    }
    if (memchr(text.bytes, '\0', text.size)) {
        return ZHOL_ERROR_INVALID;
    }
    enum zhol_error error = reserve(pool, &text);
    if (error) {
        return error;
    }
    memcpy(pool->bytes + pool->size, text.bytes, text.size);
    pool->bytes[pool->size + text.size] = '\0';
    *offset = pool->size;
    pool->size += text.size + 1;
    return ZHOL_ERROR_OK;
}

/* The slot that holds the text, or the free one where it belongs. Needs slot_count > 0. */
static uint32_t find_slot(const uint32_t *slots, uint32_t slot_count, const char *bytes,
                          struct text_view text)
{
    uint32_t at = (uint32_t)map_hash(text.bytes, text.size, 0) & (slot_count - 1);
    while (slots[at] && (strncmp(bytes + slots[at], text.bytes, text.size) != 0 ||
                         bytes[slots[at] + text.size] != '\0')) {
        at = (at + 1) & (slot_count - 1);
    }
    return at;
}

static enum zhol_error grow_slots(struct text_pool *pool)
{
    if ((uint64_t)(pool->interned + 1) * 4 <= (uint64_t)pool->slot_count * 3) {
        return ZHOL_ERROR_OK;
    }
    if (pool->slot_count > UINT32_MAX / 2) {
        return ZHOL_ERROR_LIMIT;
    }
    uint32_t slot_count = pool->slot_count ? pool->slot_count * 2 : SLOTS_MIN;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < pool->slot_count; i++) {
        if (pool->slots[i]) {
            struct text_view text = text_view_of(pool->bytes + pool->slots[i]);
            slots[find_slot(slots, slot_count, pool->bytes, text)] = pool->slots[i];
        }
    }
    free(pool->slots);
    pool->slots = slots;
    pool->slot_count = slot_count;
    return ZHOL_ERROR_OK;
}

bool text_pool_find(const struct text_pool *pool, struct text_view text, uint32_t *offset)
{
    if (!text.size) {
        *offset = 0;
        return true;
    }
    if (!pool->slot_count || memchr(text.bytes, '\0', text.size)) {
        return false;
    }
    uint32_t found = pool->slots[find_slot(pool->slots, pool->slot_count, pool->bytes, text)];
    if (found) {
        *offset = found;
    }
    return found != 0;
}

enum zhol_error text_pool_intern(struct text_pool *pool, struct text_view text, uint32_t *offset)
{
    if (text_pool_find(pool, text, offset)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = grow_slots(pool);
    uint32_t added = 0;
    if (!error) {
        error = text_pool_add(pool, text, &added);
    }
    if (error) {
        return error;
    }
    text = text_view_of(pool->bytes + added);
    pool->slots[find_slot(pool->slots, pool->slot_count, pool->bytes, text)] = added;
    pool->interned++;
    *offset = added;
    return ZHOL_ERROR_OK;
}
