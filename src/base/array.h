/* base/array.h: growth of flat arrays.
 *
 * Purpose: an array is a pointer, a count and a capacity of the owner's struct; this grows it.
 * Ownership: the caller owns the block and frees it with free().
 * Errors: ZHOL_ERROR_MEMORY (nothing changed), ZHOL_ERROR_LIMIT when the bytes would overflow.
 * Complexity: amortised O(1) per appended item: the capacity grows by half, from at least 16.
 *
 *     uint32_t *items = NULL, count = 0, capacity = 0;
 *     error = ARRAY_RESERVE(items, capacity, count + 1);
 *     if (!error) items[count++] = x;
 */
#ifndef ZHOL_BASE_ARRAY_H
#define ZHOL_BASE_ARRAY_H

#include <stddef.h>
#include <stdint.h>
#include <zhol/error.h>

/* Makes room for at least `need` items in `*items`. New room is not zeroed. `items` is the address
 * of a pointer of any object type, cast to void **: its bytes are copied, never read as a void *,
 * so the cast is safe under strict aliasing. `need` at or below the capacity does nothing. */
enum zhol_error array_grow(void **items, uint32_t *capacity, uint32_t need, size_t item_size);

#define ARRAY_RESERVE(items, capacity, need) \
    array_grow((void **)&(items), &(capacity), (need), sizeof *(items))

#endif
