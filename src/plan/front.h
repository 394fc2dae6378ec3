/* plan/front.h: sets of pairs that do not dominate each other, as staircases.
 *
 * Purpose: the dominance checks of multi-objective searches. Labels come in rising order of their
 * first cost, so the first cost never decides and a front holds pairs (x, y) of the other two. As
 * no pair of a front dominates another, sorting by x sorts y the other way round: the only pair
 * that can dominate a new one is the last with an x not above.
 *
 * Layout: a B-tree of two levels in one block. A leaf is one cache line: 8 x in rising order, then
 * their 8 y. The heads, the first x of each leaf, stand beside each other in lines of 16. A check
 * searches the heads, which for up to some 90 pairs is one line and no branch, and then looks at
 * one leaf. Leaves are in order and may have room, so that an insertion moves at most one leaf's
 * content and, when it splits or empties leaves, whole lines. Unused places of x and heads hold
 * UINT32_MAX.
 *
 * Call order: front_pool_init; front_init for each front; any number of checks and insertions;
 * front_pool_clear frees all fronts of the pool at once. Values must be below UINT32_MAX.
 * Ownership: the pool owns the blocks; a front is 16 bytes and holds no other memory.
 * Errors: ZHOL_ERROR_MEMORY and ZHOL_ERROR_LIMIT from front_insert; the front is then unchanged.
 * Complexity: a check O(log n); an insertion O(log n), and for one in four or so a move of O(n).
 * The kernels (portable, AVX2, AVX-512) give the same answers.
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

enum { FRONT_LINE = 16, FRONT_LEAF = 8, FRONT_CLASSES = 27 };

struct front {
    uint32_t *heads;   /* first x of each leaf; the leaves follow, see front_leaf */
    uint32_t count;    /* leaves in use */
    uint32_t capacity; /* leaves in the block: a power of two, or 0 */
};

/* Blocks are cut from slabs; a block that a front outgrew serves another of its size class. */
struct front_pool {
    void **slabs;
    uint32_t slab_count, slab_capacity;
    uint32_t *next, *end; /* what is left of the newest slab */
    uint32_t *spare[FRONT_CLASSES];
};

/* A line of UINT32_MAX: the heads of an empty front. */
extern const uint32_t front_empty_line[FRONT_LINE];

void front_pool_init(struct front_pool *pool);
void front_pool_clear(struct front_pool *pool);

static inline void front_init(struct front *front)
{
    front->heads = (uint32_t *)front_empty_line; /* never written: the capacity is 0 */
    front->count = 0;
    front->capacity = 0;
}

/* Puts (x, y) in and takes out what it dominates. `rank` is the front's rank of x; the front must
 * not cover (x, y). */
enum zhol_error front_insert(struct front_pool *pool, struct front *front, uint32_t rank,
                             uint32_t x, uint32_t y);
/* How many pairs the front holds. O(leaves). */
uint32_t front_size(const struct front *front);
/* Writes the pairs in order of rising x; both arrays have room for front_size. */
void front_copy(const struct front *front, uint32_t *x, uint32_t *y);

/* Leaf i: 8 x, then 8 y. */
static inline uint32_t *front_leaf(const struct front *front, uint32_t i)
{
    uint32_t heads = front->capacity < FRONT_LINE ? FRONT_LINE : front->capacity;
    return front->heads + heads + (size_t)i * FRONT_LINE;
}

/* The line that holds the first head above `key`, or the last line: what every rank starts with. */
static inline const uint32_t *front_line(const struct front *front, uint32_t key)
{
    const uint32_t *line = front->heads;
    uint32_t lines = (front->count + FRONT_LINE - 1) / FRONT_LINE;
    while (lines > 1) {
        uint32_t half = lines / 2;
        /* A mask, not a condition: which way it goes cannot be predicted. */
        line += (size_t)half * FRONT_LINE & -(size_t)(line[half * FRONT_LINE - 1] <= key);
        lines -= half;
    }
    return line;
}

/* Rank: how many leaves begin with an x of at most `key` (which must be below UINT32_MAX). */
static inline uint32_t front_rank_portable(const struct front *front, uint32_t key)
{
    const uint32_t *line = front_line(front, key);
    uint32_t count = 0;
    for (int i = 0; i < FRONT_LINE; i++) {
        count += line[i] <= key;
    }
    return (uint32_t)(line - front->heads) + count;
}

/* Whether a pair of the front dominates (x, y) or equals it; `rank` is the front's rank of x. */
static inline bool front_covers_portable(const struct front *front, uint32_t rank, uint32_t x,
                                         uint32_t y)
{
    if (!rank) {
        return false;
    }
    const uint32_t *leaf = front_leaf(front, rank - 1);
    uint32_t any = 0;
    for (int i = 0; i < FRONT_LEAF; i++) {
        any |= (uint32_t)(leaf[i] <= x) & (uint32_t)(leaf[i + FRONT_LEAF] <= y);
    }
    return any;
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
    return (uint32_t)(line - front->heads) + (uint32_t)__builtin_popcount(mask) / 2;
}

__attribute__((target("avx2,popcnt"))) static inline bool
front_covers_avx2(const struct front *front, uint32_t rank, uint32_t x, uint32_t y)
{
    if (!rank) {
        return false;
    }
    const uint32_t *leaf = front_leaf(front, rank - 1);
    __m256i a = _mm256_load_si256((const __m256i *)(const void *)leaf);
    __m256i b = _mm256_load_si256((const __m256i *)(const void *)(leaf + FRONT_LEAF));
    a = _mm256_cmpeq_epi32(_mm256_min_epu32(a, _mm256_set1_epi32((int)x)), a);
    b = _mm256_cmpeq_epi32(_mm256_min_epu32(b, _mm256_set1_epi32((int)y)), b);
    return !_mm256_testz_si256(a, b);
}

__attribute__((target("avx512f,popcnt"))) static inline uint32_t
front_rank_avx512(const struct front *front, uint32_t key)
{
    const uint32_t *line = front_line(front, key);
    __m512i a = _mm512_load_si512((const void *)line);
    uint32_t mask = _mm512_cmple_epu32_mask(a, _mm512_set1_epi32((int)key));
    return (uint32_t)(line - front->heads) + (uint32_t)__builtin_popcount(mask);
}

__attribute__((target("avx512f,popcnt"))) static inline bool
front_covers_avx512(const struct front *front, uint32_t rank, uint32_t x, uint32_t y)
{
    if (!rank) {
        return false;
    }
    __m512i leaf = _mm512_load_si512((const void *)front_leaf(front, rank - 1));
    __m512i keys = _mm512_inserti64x4(_mm512_set1_epi32((int)x), _mm256_set1_epi32((int)y), 1);
    uint32_t mask = _mm512_cmple_epu32_mask(leaf, keys);
    return mask & mask >> FRONT_LEAF;
}
#endif

#endif
