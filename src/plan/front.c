/* front.c: blocks and insertion of staircase fronts (plan/front.h). */
#include "plan/front.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define NONE       UINT32_MAX
#define SLAB_WORDS ((size_t)1 << 16)

_Alignas(64) const uint32_t front_empty_line[FRONT_LINE] = {
    NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
};

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
    pool->bytes += size * sizeof *slab;
    return ZHOL_ERROR_OK;
}

/* A block for 16 << class pairs, its x filled with NONE. */
static enum zhol_error block_take(struct front_pool *pool, uint32_t class, uint32_t **block)
{
    size_t capacity = (size_t)FRONT_LINE << class;
    if (pool->spare[class]) {
        *block = pool->spare[class];
        memcpy(&pool->spare[class], *block,
               sizeof(uint32_t *)); /* a spare block links to the next */
    } else {
        if ((size_t)(pool->end - pool->next) < 2 * capacity) {
            enum zhol_error error = slab_take(pool, 2 * capacity);
            if (error) {
                return error;
            }
        }
        *block = pool->next;
        pool->next += 2 * capacity;
    }
    memset(*block, 0xff, capacity * sizeof **block);
    return ZHOL_ERROR_OK;
}

/* Doubles the room of a front (from none: one line) and keeps the old block for another. */
static enum zhol_error front_grow(struct front_pool *pool, struct front *front)
{
    uint32_t class = 0;
    while (front->capacity && ((uint32_t)FRONT_LINE << class) <= front->capacity) {
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
    uint32_t capacity = (uint32_t)FRONT_LINE << class;
    if (front->capacity) {
        memcpy(block, front->x, front->count * sizeof *block);
        memcpy(block + capacity, front->x + front->capacity, front->count * sizeof *block);
        memcpy(front->x, &pool->spare[class - 1], sizeof(uint32_t *));
        pool->spare[class - 1] = front->x;
    }
    front->x = block;
    front->capacity = capacity;
    return ZHOL_ERROR_OK;
}

enum zhol_error front_insert(struct front_pool *pool, struct front *front, uint32_t rank,
                             uint32_t x, uint32_t y)
{
    assert(x != NONE && rank <= front->count && !front_covers(front, rank, y));
    if (front->count == front->capacity) {
        enum zhol_error error = front_grow(pool, front);
        if (error) {
            return error;
        }
    }
    uint32_t *xs = front->x, *ys = front->x + front->capacity, count = front->count;
    /* [first, last) goes: the pair with the same x, if any, and all behind with a y not below. */
    uint32_t first = rank - (rank && xs[rank - 1] == x), last = rank;
    while (last < count && ys[last] >= y) {
        last++;
    }
    size_t tail = count - last;
    if (last != first + 1 && tail) {
        memmove(xs + first + 1, xs + last, tail * sizeof *xs);
        memmove(ys + first + 1, ys + last, tail * sizeof *ys);
    }
    xs[first] = x;
    ys[first] = y;
    front->count = first + 1 + (uint32_t)tail;
    for (uint32_t i = front->count; i < count; i++) {
        xs[i] = NONE;
    }
    return ZHOL_ERROR_OK;
}
