/* front.c: blocks and insertion of staircase fronts (plan/front.h). */
#include "plan/front.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define NONE       UINT32_MAX
#define SLAB_WORDS ((size_t)1 << 16)

enum { LEAVES_MIN = 2, MERGE_MAX = 6 };

_Alignas(64) const uint32_t front_empty_line[FRONT_LINE] = {
    NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
};

/* ---- blocks ---- */

void front_pool_init(struct front_pool *pool)
{
    *pool = (struct front_pool){0};
}

void front_pool_clear(struct front_pool *pool)
{
    for (uint32_t i = 0; i < pool->slab_count; i++) {
        free(pool->slabs[i]);
    }
    free(pool->slabs);
    front_pool_init(pool);
}

/* Takes a slab of at least `words` from the system; the rest of the old one is given up. */
static enum zhol_error slab_take(struct front_pool *pool, size_t words)
{
    size_t size = words > SLAB_WORDS ? words : SLAB_WORDS;
    enum zhol_error error = ARRAY_RESERVE(pool->slabs, pool->slab_capacity, pool->slab_count + 1);
    if (error) {
        return error;
    }
    uint32_t *slab = aligned_alloc(64, size * sizeof *slab);
    if (!slab) {
        return ZHOL_ERROR_MEMORY;
    }
    pool->slabs[pool->slab_count++] = slab;
    pool->next = slab;
    pool->end = slab + size;
    return ZHOL_ERROR_OK;
}

static size_t heads_words(uint32_t capacity)
{
    return capacity < FRONT_LINE ? FRONT_LINE : capacity;
}

/* A block for LEAVES_MIN << class leaves, its heads filled with NONE. */
static enum zhol_error block_take(struct front_pool *pool, uint32_t class, uint32_t **block)
{
    uint32_t capacity = (uint32_t)LEAVES_MIN << class;
    size_t words = heads_words(capacity) + (size_t)capacity * FRONT_LINE;
    if (pool->spare[class]) {
        *block = pool->spare[class];
        memcpy(&pool->spare[class], *block, sizeof(uint32_t *)); /* it holds the next spare one */
    } else {
        if ((size_t)(pool->end - pool->next) < words) {
            enum zhol_error error = slab_take(pool, words);
            if (error) {
                return error;
            }
        }
        *block = pool->next;
        pool->next += words;
    }
    memset(*block, 0xff, heads_words(capacity) * sizeof **block);
    return ZHOL_ERROR_OK;
}

/* Doubles the room of a front and keeps the old block for another. */
static enum zhol_error front_grow(struct front_pool *pool, struct front *front)
{
    uint32_t class = 0;
    while (front->capacity && ((uint32_t)LEAVES_MIN << class) <= front->capacity) {
        class ++;
    }
    if (class >= FRONT_CLASSES) {
        return ZHOL_ERROR_LIMIT;
    }
    uint32_t *block;
    enum zhol_error error = block_take(pool, class, &block);
    if (error) {
        return error;
    }
    struct front old = *front;
    front->heads = block;
    front->capacity = (uint32_t)LEAVES_MIN << class;
    if (old.capacity) {
        memcpy(block, old.heads, old.count * sizeof *block);
        memcpy(front_leaf(front, 0), front_leaf(&old, 0),
               (size_t)old.count * FRONT_LINE * sizeof *block);
        memcpy(old.heads, &pool->spare[class - 1], sizeof(uint32_t *));
        pool->spare[class - 1] = old.heads;
    }
    return ZHOL_ERROR_OK;
}

/* ---- leaves ---- */

static uint32_t leaf_size(const uint32_t *leaf)
{
    uint32_t size = 0;
    for (uint32_t i = 0; i < FRONT_LEAF; i++) {
        size += leaf[i] != NONE;
    }
    return size;
}

/* Takes the first `gone` of `size` pairs out of a leaf. */
static void leaf_cut(uint32_t *leaf, uint32_t size, uint32_t gone)
{
    memmove(leaf, leaf + gone, (size - gone) * sizeof *leaf);
    memmove(leaf + FRONT_LEAF, leaf + FRONT_LEAF + gone, (size - gone) * sizeof *leaf);
    for (uint32_t i = size - gone; i < size; i++) {
        leaf[i] = NONE;
    }
}

/* Puts `value` at place `first` of 8 values, instead of `gone` of them. All places are written
 * anew, without conditions, because where a pair goes cannot be predicted. */
static void values_put(uint32_t *values, uint32_t first, uint32_t gone, uint32_t value)
{
    uint32_t old[1 + 2 * FRONT_LEAF];
    memset(old, 0xff, sizeof old);
    memcpy(old + 1, values, FRONT_LEAF * sizeof *values);
    const uint32_t *moved = old + gone; /* what stood `gone` - 1 places further */
    for (uint32_t i = 0; i < FRONT_LEAF; i++) {
        uint32_t before = -(uint32_t)(i < first), here = -(uint32_t)(i == first);
        values[i] = (old[i + 1] & before) | (value & here) | (moved[i] & ~before & ~here);
    }
}

/* Makes leaves [first, last) into `places` leaves, which the caller fills. */
static void leaves_replace(struct front *front, uint32_t first, uint32_t last, uint32_t places)
{
    uint32_t tail = front->count - last, count = first + places + tail;
    memmove(front->heads + first + places, front->heads + last, tail * sizeof *front->heads);
    memmove(front_leaf(front, first + places), front_leaf(front, last),
            (size_t)tail * FRONT_LINE * sizeof *front->heads);
    for (uint32_t i = count; i < front->count; i++) {
        front->heads[i] = NONE;
    }
    front->count = count;
}

/* Moves the upper half of a full leaf into a new one behind it. */
static enum zhol_error leaf_split(struct front_pool *pool, struct front *front, uint32_t i)
{
    enum { HALF = FRONT_LEAF / 2 };
    if (front->count == front->capacity) {
        enum zhol_error error = front_grow(pool, front);
        if (error) {
            return error;
        }
    }
    leaves_replace(front, i + 1, i + 1, 1);
    uint32_t *leaf = front_leaf(front, i), *fresh = leaf + FRONT_LINE;
    memset(fresh, 0xff, FRONT_LINE * sizeof *fresh);
    memcpy(fresh, leaf + HALF, HALF * sizeof *fresh);
    memcpy(fresh + FRONT_LEAF, leaf + FRONT_LEAF + HALF, HALF * sizeof *fresh);
    memset(leaf + HALF, 0xff, HALF * sizeof *leaf);
    front->heads[i + 1] = fresh[0];
    return ZHOL_ERROR_OK;
}

/* Joins leaf i with the next one when both are nearly empty. */
static void leaf_merge(struct front *front, uint32_t i)
{
    if (i + 1 >= front->count) {
        return;
    }
    uint32_t *leaf = front_leaf(front, i), *next = leaf + FRONT_LINE;
    uint32_t size = leaf_size(leaf), more = leaf_size(next);
    if (size + more <= MERGE_MAX) {
        memcpy(leaf + size, next, more * sizeof *leaf);
        memcpy(leaf + FRONT_LEAF + size, next + FRONT_LEAF, more * sizeof *leaf);
        leaves_replace(front, i + 1, i + 2, 0);
    }
}

/* Takes out what stands behind leaf i and has a y not below: whole leaves, then the first pairs of
 * one leaf. */
static void leaves_cut(struct front *front, uint32_t i, uint32_t y)
{
    uint32_t end = i + 1;
    while (end < front->count) {
        uint32_t *leaf = front_leaf(front, end), size = leaf_size(leaf), gone = 0;
        while (gone < size && leaf[FRONT_LEAF + gone] >= y) {
            gone++;
        }
        if (gone < size) {
            if (gone) {
                leaf_cut(leaf, size, gone);
                front->heads[end] = leaf[0];
            }
            break;
        }
        end++;
    }
    if (end > i + 1) {
        leaves_replace(front, i + 1, end, 0);
    }
}

/* ---- pairs ---- */

/* The first pair of an empty front. */
static enum zhol_error front_begin(struct front_pool *pool, struct front *front, uint32_t x,
                                   uint32_t y)
{
    enum zhol_error error = front->capacity ? ZHOL_ERROR_OK : front_grow(pool, front);
    if (error) {
        return error;
    }
    uint32_t *leaf = front_leaf(front, 0);
    memset(leaf, 0xff, FRONT_LINE * sizeof *leaf);
    leaf[0] = front->heads[0] = x;
    leaf[FRONT_LEAF] = y;
    front->count = 1;
    return ZHOL_ERROR_OK;
}

enum zhol_error front_insert(struct front_pool *pool, struct front *front, uint32_t rank,
                             uint32_t x, uint32_t y)
{
    assert(x != NONE && rank <= front->count && !front_covers_portable(front, rank, x, y));
    if (!front->count) {
        return front_begin(pool, front, x, y);
    }
    uint32_t i = rank ? rank - 1 : 0, *leaf = front_leaf(front, i), size = leaf_size(leaf);
    /* Pairs before the new one have a y above; pairs that stay behind it have a y below. What is
     * between, a pair with the same x and those with a y not below, goes. */
    uint32_t first = 0, tail = 0;
    for (uint32_t k = 0; k < FRONT_LEAF; k++) {
        first += leaf[k] < x;
        tail += (uint32_t)(leaf[k] != NONE) & (uint32_t)(leaf[FRONT_LEAF + k] < y);
    }
    if (first + tail == FRONT_LEAF) {
        enum zhol_error error = leaf_split(pool, front, i);
        return error ? error
                     : front_insert(pool, front, first > FRONT_LEAF / 2 ? i + 2 : i + 1, x, y);
    }
    values_put(leaf, first, size - first - tail, x);
    values_put(leaf + FRONT_LEAF, first, size - first - tail, y);
    front->heads[i] = leaf[0];
    if (!tail) {
        leaves_cut(front, i, y);
        leaf_merge(front, i);
    }
    return ZHOL_ERROR_OK;
}

uint32_t front_size(const struct front *front)
{
    uint32_t size = 0;
    for (uint32_t i = 0; i < front->count; i++) {
        size += leaf_size(front_leaf(front, i));
    }
    return size;
}

void front_copy(const struct front *front, uint32_t *x, uint32_t *y)
{
    for (uint32_t i = 0; i < front->count; i++) {
        const uint32_t *leaf = front_leaf(front, i);
        uint32_t size = leaf_size(leaf);
        memcpy(x, leaf, size * sizeof *x);
        memcpy(y, leaf + FRONT_LEAF, size * sizeof *y);
        x += size;
        y += size;
    }
}
