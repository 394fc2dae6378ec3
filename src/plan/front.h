/* plan/front.h: sets of pairs that do not dominate each other, as staircases.
 *
 * Purpose: the dominance checks of multi-objective searches. Labels come in rising order of their
 * first cost, so the first cost never decides and a front holds pairs (x, y) of the other two. As
 * no pair of a front dominates another, sorting by x sorts y the other way round: one binary search
 * finds the only pair that can dominate a new one.
 *
 * Layout: x and y are two arrays in one block, cut into lines of 16 values (64 bytes, aligned). The
 * search goes over whole lines first and counts in the last line with one (AVX-512), two (AVX2) or
 * four (portable, SSE2) compares without a branch. Unused places of x hold UINT32_MAX, so counting
 * needs no length.
 *
 * Call order: front_pool_init; front_init for each front; any number of checks and insertions;
 * front_pool_clear frees all fronts of the pool at once. Values must be below UINT32_MAX.
 * Ownership: the pool owns the blocks; a front is 16 bytes and holds no other memory.
 * Errors: ZHOL_ERROR_MEMORY and ZHOL_ERROR_LIMIT from front_insert; the front is then unchanged.
 * Complexity: a check O(log n); an insertion O(log n) plus a move of at most 8 n bytes.
 * The four rank functions give the same number for the same front.
 */
#ifndef ZHOL_PLAN_FRONT_H
#define ZHOL_PLAN_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zhol/error.h>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define FRONT_HAS_X86 1
#include <immintrin.h>
#else
#define FRONT_HAS_X86 0
#endif

enum { FRONT_LINE = 16, FRONT_CLASSES = 27 };

struct front {
    uint32_t *x;       /* rising; lines of 16; y stands at x + capacity, falling */
    uint32_t count;    /* pairs in the front */
    uint32_t capacity; /* a power of two times 16, or 0 */
};

/* Blocks are cut from slabs; a block that a front outgrew serves another of its size class. */
struct front_pool {
    void **slabs;
    uint32_t slab_count, slab_capacity;
    uint32_t *next, *end; /* what is left of the newest slab */
    uint32_t *spare[FRONT_CLASSES];
    size_t bytes; /* taken from the system so far */
};

/* A line of UINT32_MAX: what an empty front looks at. */
extern const uint32_t front_empty_line[FRONT_LINE];

void front_pool_init(struct front_pool *pool);
void front_pool_clear(struct front_pool *pool);

static inline void front_init(struct front *front)
{
    front->x = (uint32_t *)(uintptr_t)front_empty_line; /* never written: the capacity is 0 */
    front->count = 0;
    front->capacity = 0;
}

/* Puts (x, y) in and takes out what it dominates. `rank` is the front's rank of x; the front must
 * not dominate (x, y). */
enum zhol_error front_insert(struct front_pool *pool, struct front *front, uint32_t rank,
                             uint32_t x, uint32_t y);

/* The line that holds the first x above `key`, or the last line: what every rank starts with. */
static inline const uint32_t *front_line(const struct front *front, uint32_t key)
{
    const uint32_t *line = front->x;
    uint32_t lines = (front->count + FRONT_LINE - 1) / FRONT_LINE;
    while (lines > 1) {
        uint32_t half = lines / 2;
        /* A mask, not a condition: which way it goes cannot be predicted. */
        line += (size_t)half * FRONT_LINE & -(size_t)(line[half * FRONT_LINE - 1] <= key);
        lines -= half;
    }
    return line;
}

/* Rank: how many pairs have an x of at most `key` (which must be below UINT32_MAX). */
static inline uint32_t front_rank_portable(const struct front *front, uint32_t key)
{
    const uint32_t *line = front_line(front, key);
    uint32_t count = 0;
    for (int i = 0; i < FRONT_LINE; i++) {
        count += line[i] <= key;
    }
    return (uint32_t)(line - front->x) + count;
}

#if FRONT_HAS_X86
__attribute__((target("avx2,popcnt"))) static inline uint32_t
front_rank_avx2(const struct front *front, uint32_t key)
{
    const uint32_t *line = front_line(front, key);
    __m256i k = _mm256_set1_epi32((int)key);
    __m256i a = _mm256_load_si256((const __m256i *)(const void *)line);
    __m256i b = _mm256_load_si256((const __m256i *)(const void *)(line + 8));
    a = _mm256_cmpeq_epi32(_mm256_min_epu32(a, k), a); /* unsigned a <= k */
    b = _mm256_cmpeq_epi32(_mm256_min_epu32(b, k), b);
    uint32_t mask = (uint32_t)_mm256_movemask_epi8(_mm256_packs_epi32(a, b));
    return (uint32_t)(line - front->x) + (uint32_t)__builtin_popcount(mask) / 2;
}

__attribute__((target("avx512f,popcnt"))) static inline uint32_t
front_rank_avx512(const struct front *front, uint32_t key)
{
    const uint32_t *line = front_line(front, key);
    __m512i a = _mm512_load_si512((const void *)line);
    uint32_t mask = _mm512_cmple_epu32_mask(a, _mm512_set1_epi32((int)key));
    return (uint32_t)(line - front->x) + (uint32_t)__builtin_popcount(mask);
}
#endif

/* Whether the pair before `rank` (the front's rank of x) is at most y: then (x, y) is dominated by
 * a pair of the front or equal to one. */
static inline bool front_covers(const struct front *front, uint32_t rank, uint32_t y)
{
    return rank && front->x[front->capacity + rank - 1] <= y;
}

#endif
