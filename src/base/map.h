/* base/map.h: hash maps from byte strings, and from int64, to uint32.
 *
 * Purpose: names and identifiers to row numbers. Entries are dense and keep the order in which they
 * were added, so that going over a map is deterministic. There is no deletion.
 * Ownership: the map copies its keys; the caller may free or move them.
 * Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_LIMIT beyond 2^31 entries or 4 GiB of key bytes;
 * ZHOL_ERROR_DUPLICATE from the _add functions. A failed call changes nothing.
 * Complexity: O(key size) expected; load at most 3/4, linear probing.
 * Hash: 64-bit multiply-and-fold of the kind of wyhash (Wang Yi), own code, same on every machine
 * for one seed. Give a seed from outside (map_init_seeded) where keys come from strangers.
 */
#ifndef ZHOL_BASE_MAP_H
#define ZHOL_BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>
#include "base/text.h"

/* Stable hash of bytes: the same value on every machine and in every release. */
uint64_t map_hash(const void *bytes, size_t size, uint64_t seed);
/* Stable hash of one 64-bit number. */
uint64_t map_hash_u64(uint64_t number, uint64_t seed);

struct map_slot {
    uint32_t hash;
    uint32_t entry; /* index of the entry + 1; 0: free */
};

struct map_entry {
    uint32_t key_offset;
    uint32_t key_size;
    uint32_t value;
};

struct map {
    struct map_slot *slots;
    uint32_t slot_count; /* a power of two, or 0 */
    struct map_entry *entries;
    uint32_t count;
    uint32_t capacity;
    char *keys;
    uint32_t keys_size;
    uint32_t keys_capacity;
    uint64_t seed;
};

/* Starts an empty map; a zeroed struct is one as well. Cannot fail, takes no memory. */
void map_init(struct map *map);
void map_init_seeded(struct map *map, uint64_t seed);
void map_clear(struct map *map);
/* Sets the value of a key, adding it where it is new. */
enum zhol_error map_put(struct map *map, struct text_view key, uint32_t value);
/* Adds a key that must be new; ZHOL_ERROR_DUPLICATE leaves the old value and gives it in
 * *existing (may be NULL). */
enum zhol_error map_add(struct map *map, struct text_view key, uint32_t value, uint32_t *existing);
/* True and *value (may be NULL) when the key is there. */
bool map_get(const struct map *map, struct text_view key, uint32_t *value);
/* The key and value of entry i < map->count, in the order of adding. The view is valid until the
 * next put or add. */
struct text_view map_key(const struct map *map, uint32_t i);
uint32_t map_value(const struct map *map, uint32_t i);

struct map_int_entry {
    int64_t key;
    uint32_t value;
    uint32_t used; /* 1 where the slot holds a key */
};

/* int64 -> uint32. Without an order of its entries. */
struct map_int {
    struct map_int_entry *slots;
    uint32_t slot_count;
    uint32_t count;
};

void map_int_init(struct map_int *map);
void map_int_clear(struct map_int *map);
enum zhol_error map_int_put(struct map_int *map, int64_t key, uint32_t value);
enum zhol_error map_int_add(struct map_int *map, int64_t key, uint32_t value, uint32_t *existing);
bool map_int_get(const struct map_int *map, int64_t key, uint32_t *value);

#endif
