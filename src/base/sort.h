/* base/sort.h: stable sorting of indices.
 *
 * Purpose: order rows by a key without moving them; equal keys keep their order, so that results
 * do not depend on the algorithm.
 * Errors: ZHOL_ERROR_MEMORY (scratch); the index is then unchanged.
 * Complexity: radix O(count) per byte in which the keys differ; merge O(count log count).
 */
#ifndef ZHOL_BASE_SORT_H
#define ZHOL_BASE_SORT_H

#include <stdint.h>
#include <zhol/error.h>

/* Writes 0 .. count-1. */
void sort_index_fill(uint32_t *index, uint32_t count);
/* Sorts `index` (row numbers, any) so that keys[index[i]] rises. */
enum zhol_error sort_index_u64(const uint64_t *keys, uint32_t *index, uint32_t count);
/* Sorts `index` by a comparison of two row numbers: negative, 0 or positive. */
enum zhol_error sort_index(uint32_t *index, uint32_t count,
                           int (*compare)(const void *context, uint32_t a, uint32_t b),
                           const void *context);
/* Keys whose unsigned order is the order of the values; -0 sorts before +0, NaN at the ends. */
uint64_t sort_key_int(int64_t value);
uint64_t sort_key_real(double value);

#endif
