/* map.c: hash maps (base/map.h): linear probing over slots that point into dense entries. */
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* Odd constants with 32 one bits each, taken from wyhash's published set. */
#define MIX_A UINT64_C(0xa0761d6478bd642f)
#define MIX_B UINT64_C(0xe7037ed1a0b428db)
#define MIX_C UINT64_C(0x8ebc6af09c88c6e3)

enum { SLOTS_MIN = 16 };

/* The high and the low half of the 128-bit product, folded together. */
static uint64_t multiply_fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
    uint64_t low = a_low * b_low, cross = a_high * b_low + (low >> 32);
    uint64_t middle = a_low * b_high + (uint32_t)cross;
    uint64_t high = a_high * b_high + (cross >> 32) + (middle >> 32);
    return ((middle << 32) | (uint32_t)low) ^ high;
#endif
}

static uint64_t read_u64(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

static uint64_t read_u32(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

uint64_t map_hash(const void *bytes, size_t size, uint64_t seed)
{
    const unsigned char *p = bytes;
    size_t left = size;
    uint64_t hash = seed ^ MIX_A;
    while (left > 16) {
        hash = multiply_fold(read_u64(p) ^ MIX_B, read_u64(p + 8) ^ hash);
        p += 16;
        left -= 16;
    }
    uint64_t a = 0, b = 0;
    if (left >= 8) {
        a = read_u64(p);
        b = read_u64(p + left - 8);
    } else if (left >= 4) {
        a = read_u32(p);
        b = read_u32(p + left - 4);
    } else if (left) {
        a = (uint64_t)p[0] << 16 | (uint64_t)p[left / 2] << 8 | p[left - 1];
    }
    return multiply_fold(MIX_B ^ size, multiply_fold(a ^ MIX_C, b ^ hash));
}

uint64_t map_hash_u64(uint64_t number, uint64_t seed)
{
    return multiply_fold(MIX_B, multiply_fold(number ^ MIX_C, seed ^ MIX_A) ^ number);
}

/* ---- byte strings ---- */

void map_init(struct map *map)
{
    *map = (struct map){.seed = 0};
}

void map_init_seeded(struct map *map, uint64_t seed)
{
    *map = (struct map){.seed = seed};
}

void map_clear(struct map *map)
{
    uint64_t seed = map->seed;
    free(map->slots);
    free(map->entries);
    free(map->keys);
    map_init_seeded(map, seed);
}

struct text_view map_key(const struct map *map, uint32_t i)
{
    assert(i < map->count);
    const struct map_entry *entry = &map->entries[i];
    if (!entry->key_size) {
        return TEXT("");
    }
    return (struct text_view){map->keys + entry->key_offset, entry->key_size};
}

uint32_t map_value(const struct map *map, uint32_t i)
{
    assert(i < map->count);
    return map->entries[i].value;
}

/* The slot of the key, or the free slot where it belongs. Needs slot_count > 0. */
static uint32_t find_slot(const struct map *map, struct text_view key, uint32_t hash)
{
    uint32_t mask = map->slot_count - 1, at = hash & mask;
    while (map->slots[at].entry) {
        if (map->slots[at].hash == hash &&
            text_equal(map_key(map, map->slots[at].entry - 1), key)) {
            break;
        }
        at = (at + 1) & mask;
    }
    return at;
}

static uint32_t hash_key(const struct map *map, struct text_view key)
{
    uint64_t hash = map_hash(key.bytes, key.size, map->seed);
    return (uint32_t)(hash ^ hash >> 32);
}

static enum zhol_error grow_slots(struct map *map)
{
    if (map->slot_count && (uint64_t)(map->count + 1) * 4 <= (uint64_t)map->slot_count * 3) {
        return ZHOL_ERROR_OK;
    }
    uint32_t slot_count = map->slot_count ? map->slot_count * 2 : SLOTS_MIN;
    if (map->slot_count > UINT32_MAX / 2) {
        return ZHOL_ERROR_LIMIT;
    }
    struct map_slot *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < map->slot_count; i++) {
        if (map->slots[i].entry) {
            uint32_t at = map->slots[i].hash & (slot_count - 1);
            while (slots[at].entry) {
                at = (at + 1) & (slot_count - 1);
            }
            slots[at] = map->slots[i];
        }
    }
    free(map->slots);
    map->slots = slots;
    map->slot_count = slot_count;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_new(struct map *map, struct text_view key, uint32_t hash, uint32_t value)
{
    if (key.size > UINT32_MAX - map->keys_size) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = grow_slots(map);
    if (!error) {
        error = ARRAY_RESERVE(map->entries, map->capacity, map->count + 1);
    }
    uintptr_t inside = (uintptr_t)key.bytes - (uintptr_t)map->keys;
    bool own = map->keys && inside < map->keys_size;
    if (!error) {
        error = ARRAY_RESERVE(map->keys, map->keys_capacity, map->keys_size + key.size);
    }
    if (error) {
        return error;
    }
    if (own) { /* a part of another key: it moved with the block */
        key.bytes = map->keys + inside;
    }
    if (key.size) {
        memcpy(map->keys + map->keys_size, key.bytes, key.size);
    }
    map->entries[map->count] = (struct map_entry){map->keys_size, key.size, value};
    map->keys_size += key.size;
    map->count++;
    map->slots[find_slot(map, key, hash)] = (struct map_slot){hash, map->count};
    return ZHOL_ERROR_OK;
}

static struct map_entry *find_entry(const struct map *map, struct text_view key, uint32_t hash)
{
    if (!map->slot_count) {
        return NULL;
    }
    uint32_t entry = map->slots[find_slot(map, key, hash)].entry;
    return entry ? &map->entries[entry - 1] : NULL;
}

enum zhol_error map_put(struct map *map, struct text_view key, uint32_t value)
{
    uint32_t hash = hash_key(map, key);
    struct map_entry *entry = find_entry(map, key, hash);
    if (entry) {
        entry->value = value;
        return ZHOL_ERROR_OK;
    }
    return add_new(map, key, hash, value);
}

enum zhol_error map_add(struct map *map, struct text_view key, uint32_t value, uint32_t *existing)
{
    uint32_t hash = hash_key(map, key);
    const struct map_entry *entry = find_entry(map, key, hash);
    if (entry) {
        if (existing) {
            *existing = entry->value;
        }
        return ZHOL_ERROR_DUPLICATE;
    }
    return add_new(map, key, hash, value);
}

bool map_get(const struct map *map, struct text_view key, uint32_t *value)
{
    const struct map_entry *entry = find_entry(map, key, hash_key(map, key));
    if (entry && value) {
        *value = entry->value;
    }
    return entry != NULL;
}

/* ---- int64 ---- */

void map_int_init(struct map_int *map)
{
    *map = (struct map_int){.slots = NULL};
}

void map_int_clear(struct map_int *map)
{
    free(map->slots);
    map_int_init(map);
}

/* The slot of the key, or the free slot where it belongs. Needs slot_count > 0. */
static struct map_int_entry *find_int(const struct map_int *map, int64_t key)
{
    uint32_t mask = map->slot_count - 1;
    uint32_t at = (uint32_t)map_hash_u64((uint64_t)key, 0) & mask;
    while (map->slots[at].used && map->slots[at].key != key) {
        at = (at + 1) & mask;
    }
    return &map->slots[at];
}

static enum zhol_error grow_int(struct map_int *map)
{
    if (map->slot_count && (uint64_t)(map->count + 1) * 4 <= (uint64_t)map->slot_count * 3) {
        return ZHOL_ERROR_OK;
    }
    if (map->slot_count > UINT32_MAX / 2) {
        return ZHOL_ERROR_LIMIT;
    }
    struct map_int grown = {.slot_count = map->slot_count ? map->slot_count * 2 : SLOTS_MIN,
                            .count = map->count};
    grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
    if (!grown.slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < map->slot_count; i++) {
        if (map->slots[i].used) {
            *find_int(&grown, map->slots[i].key) = map->slots[i];
        }
    }
    free(map->slots);
    *map = grown;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_int(struct map_int *map, int64_t key, uint32_t value)
{
    enum zhol_error error = grow_int(map);
    if (!error) {
        *find_int(map, key) = (struct map_int_entry){key, value, 1};
        map->count++;
    }
    return error;
}

static struct map_int_entry *lookup_int(const struct map_int *map, int64_t key)
{
    struct map_int_entry *entry = map->slot_count ? find_int(map, key) : NULL;
    return entry && entry->used ? entry : NULL;
}

enum zhol_error map_int_put(struct map_int *map, int64_t key, uint32_t value)
{
    struct map_int_entry *entry = lookup_int(map, key);
    if (entry) {
        entry->value = value;
        return ZHOL_ERROR_OK;
    }
    return add_int(map, key, value);
}

enum zhol_error map_int_add(struct map_int *map, int64_t key, uint32_t value, uint32_t *existing)
{
    const struct map_int_entry *entry = lookup_int(map, key);
    if (entry) {
        if (existing) {
            *existing = entry->value;
        }
        return ZHOL_ERROR_DUPLICATE;
    }
    return add_int(map, key, value);
}

bool map_int_get(const struct map_int *map, int64_t key, uint32_t *value)
{
    const struct map_int_entry *entry = lookup_int(map, key);
    if (entry && value) {
        *value = entry->value;
    }
    return entry != NULL;
}
