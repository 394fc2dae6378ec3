/* corridor/ids.h: the identifiers of the things of one table.
 *
 * Purpose: identifier -> dense number of the thing, and back. The identifiers' bytes lie in the
 * corridor's text pool, once; here are only offsets and hashes.
 * Ownership: ids_clear frees; a zeroed struct is empty. Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT
 * (2^30 things). Complexity: O(size of the identifier) expected; linear probing, load at most 1/2.
 */
#ifndef ZHOL_CORRIDOR_IDS_H
#define ZHOL_CORRIDOR_IDS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/text.h"

struct ids_slot {
    uint32_t hash;
    uint32_t thing; /* + 1; 0: free */
    uint32_t text;  /* of the identifier: saves a step through memory */
};

struct ids {
    uint32_t *texts; /* offset of each thing's identifier */
    uint32_t count;
    uint32_t capacity;
    struct ids_slot *slots;
    uint32_t slot_count; /* a power of two, or 0 */
};

void ids_clear(struct ids *ids);
/* Makes room for `count` things, so that adding them moves nothing. */
enum zhol_error ids_reserve(struct ids *ids, uint32_t count);
/* The number of the thing, or UINT32_MAX. `guess` is tried first (a sorted file refers to the same
 * or the next thing); any value is allowed. */
uint32_t ids_find(const struct ids *ids, const struct text_pool *pool, struct text_view id,
                  uint32_t guess);
/* Fetches the place of an identifier from memory ahead of its use; changes nothing. */
void ids_prefetch(const struct ids *ids, struct text_view id);
/* Finds or adds. *added says which; may be NULL. */
enum zhol_error ids_add(struct ids *ids, struct text_pool *pool, struct text_view id,
                        uint32_t *thing, bool *added);

#endif
