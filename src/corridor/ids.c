/* ids.c: an open-addressing hash of identifiers over the text pool. */
#include "corridor/ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"

enum { SLOTS_FIRST = 64 };
static const uint32_t THINGS_MAX = UINT32_C(1) << 30;

void ids_clear(struct ids *ids)
{
    free(ids->texts);
    free(ids->slots);
    *ids = (struct ids){0};
}

static uint32_t hash_of(struct text_view id)
{
    uint64_t hash = map_hash(id.bytes, id.size, 0);
    return (uint32_t)(hash ^ (hash >> 32));
}

static bool is_text(const struct text_pool *pool, uint32_t offset, struct text_view id)
{
    const char *bytes = pool->bytes + offset;
    return id.size < pool->size - offset && memcmp(bytes, id.bytes, id.size) == 0 &&
           bytes[id.size] == '\0';
}

/* The slot of the identifier, or the free slot where it belongs. */
static struct ids_slot *find_slot(const struct ids *ids, const struct text_pool *pool,
                                  struct text_view id, uint32_t hash)
{
    uint32_t mask = ids->slot_count - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        struct ids_slot *slot = &ids->slots[at];
        if (!slot->thing || (slot->hash == hash && is_text(pool, slot->text, id))) {
            return slot;
        }
    }
}

uint32_t ids_find(const struct ids *ids, const struct text_pool *pool, struct text_view id,
                  uint32_t guess)
{
    for (uint32_t step = 0; step < 2; step++, guess++) {
        if (guess < ids->count && is_text(pool, ids->texts[guess], id)) {
            return guess;
        }
    }
    if (!ids->slot_count) {
        return UINT32_MAX;
    }
    return find_slot(ids, pool, id, hash_of(id))->thing - 1; /* a free slot gives UINT32_MAX */
}

void ids_prefetch(const struct ids *ids, struct text_view id)
{
    if (ids->slot_count) {
        __builtin_prefetch(&ids->slots[hash_of(id) & (ids->slot_count - 1)]);
    }
}

static enum zhol_error grow_slots(struct ids *ids, uint32_t slot_count)
{
    struct ids_slot *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < ids->slot_count; i++) {
        struct ids_slot slot = ids->slots[i];
        uint32_t at = slot.hash & (slot_count - 1);
        while (slot.thing && slots[at].thing) {
            at = (at + 1) & (slot_count - 1);
        }
        if (slot.thing) {
            slots[at] = slot;
        }
    }
    free(ids->slots);
    ids->slots = slots;
    ids->slot_count = slot_count;
    return ZHOL_ERROR_OK;
}

enum zhol_error ids_reserve(struct ids *ids, uint32_t count)
{
    uint32_t slot_count = ids->slot_count ? ids->slot_count : SLOTS_FIRST;
    if (count > THINGS_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    while (slot_count < 2 * count) {
        slot_count *= 2;
    }
    enum zhol_error error =
        slot_count > ids->slot_count ? grow_slots(ids, slot_count) : ZHOL_ERROR_OK;
    return error ? error : ARRAY_RESERVE(ids->texts, ids->capacity, count);
}

enum zhol_error ids_add(struct ids *ids, struct text_pool *pool, struct text_view id,
                        uint32_t *thing, bool *added)
{
    enum zhol_error error = ids_reserve(ids, ids->count + 1);
    if (error) {
        return error;
    }
    uint32_t hash = hash_of(id);
    struct ids_slot *slot = find_slot(ids, pool, id, hash);
    bool is_new = !slot->thing;
    if (is_new) {
        error = text_pool_add(pool, id, &ids->texts[ids->count]);
        if (error) {
            return error;
        }
        *slot = (struct ids_slot){hash, ids->count + 1, ids->texts[ids->count]};
        ids->count++;
    }
    *thing = slot->thing - 1;
    if (added) {
        *added = is_new;
    }
    return ZHOL_ERROR_OK;
}
