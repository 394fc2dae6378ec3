/* sort.c: stable sorting of indices (base/sort.h). */
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum { RUN = 16, SMALL = 64, DIGITS = 8, VALUES = 256 };

struct pair {
    uint64_t key;
    uint32_t row;
};

void sort_index_fill(uint32_t *index, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        index[i] = i;
    }
}

static void insert_by_key(const uint64_t *keys, uint32_t *index, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t row = index[i], j = i;
        for (; j && keys[index[j - 1]] > keys[row]; j--) {
            index[j] = index[j - 1];
        }
        index[j] = row;
    }
}

/* One pass of a radix sort: by the byte `digit` of the key, from one array into the other. */
static void scatter(const struct pair *from, struct pair *to, uint32_t count, unsigned digit,
                    const uint32_t *histogram)
{
    uint32_t start[VALUES], sum = 0;
    for (unsigned value = 0; value < VALUES; value++) {
        start[value] = sum;
        sum += histogram[value];
    }
    for (uint32_t i = 0; i < count; i++) {
        to[start[from[i].key >> (8 * digit) & 0xFF]++] = from[i];
    }
}

enum zhol_error sort_index_u64(const uint64_t *keys, uint32_t *index, uint32_t count)
{
    if (count < SMALL) {
        insert_by_key(keys, index, count);
        return ZHOL_ERROR_OK;
    }
    struct pair *block = malloc((size_t)count * 2 * sizeof *block);
    if (!block) {
        return ZHOL_ERROR_MEMORY;
    }
    uint32_t histograms[DIGITS][VALUES] = {{0}};
    struct pair *from = block, *to = block + count;
    for (uint32_t i = 0; i < count; i++) {
        from[i] = (struct pair){keys[index[i]], index[i]};
        for (unsigned digit = 0; digit < DIGITS; digit++) {
            histograms[digit][from[i].key >> (8 * digit) & 0xFF]++;
        }
    }
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        if (histograms[digit][from[0].key >> (8 * digit) & 0xFF] == count) {
            continue; /* all keys have the same byte here */
        }
        scatter(from, to, count, digit, histograms[digit]);
        struct pair *swap = from;
        from = to;
        to = swap;
    }
    for (uint32_t i = 0; i < count; i++) {
        index[i] = from[i].row;
    }
    free(block);
    return ZHOL_ERROR_OK;
}

/* ---- by comparison ---- */

struct order {
    int (*compare)(const void *context, uint32_t a, uint32_t b);
    const void *context;
};

static void insert_run(const struct order *order, uint32_t *index, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t row = index[i], j = i;
        for (; j && order->compare(order->context, index[j - 1], row) > 0; j--) {
            index[j] = index[j - 1];
        }
        index[j] = row;
    }
}

/* Merges from[0, middle) and from[middle, count) into `to`. */
static void merge(const struct order *order, const uint32_t *from, uint32_t middle, uint32_t count,
                  uint32_t *to)
{
    uint32_t a = 0, b = middle;
    for (uint32_t i = 0; i < count; i++) {
        int left =
            b == count || (a < middle && order->compare(order->context, from[a], from[b]) <= 0);
        to[i] = left ? from[a++] : from[b++];
    }
}

enum zhol_error sort_index(uint32_t *index, uint32_t count,
                           int (*compare)(const void *context, uint32_t a, uint32_t b),
                           const void *context)
{
    const struct order order = {compare, context};
    if (count <= RUN) {
        insert_run(&order, index, count);
        return ZHOL_ERROR_OK;
    }
    uint32_t *scratch = malloc((size_t)count * sizeof *scratch);
    if (!scratch) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint64_t i = 0; i < count; i += RUN) {
        insert_run(&order, index + i, count - i < RUN ? (uint32_t)(count - i) : RUN);
    }
    uint32_t *from = index, *to = scratch;
    for (uint64_t width = RUN; width < count; width *= 2) {
        for (uint64_t i = 0; i < count; i += 2 * width) {
            uint64_t size = count - i < 2 * width ? count - i : 2 * width;
            uint64_t middle = width < size ? width : size;
            merge(&order, from + i, (uint32_t)middle, (uint32_t)size, to + i);
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != index) {
        memcpy(index, from, (size_t)count * sizeof *index);
    }
    free(scratch);
    return ZHOL_ERROR_OK;
}

uint64_t sort_key_int(int64_t value)
{
    return (uint64_t)value ^ UINT64_C(0x8000000000000000);
}

uint64_t sort_key_real(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(0x8000000000000000);
}
