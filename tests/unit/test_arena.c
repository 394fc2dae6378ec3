/* The memory of src/base: arena, growing arrays, and the sorting of indices. */
#include "check.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/random.h"
#include "base/sort.h"

static void test_pieces_do_not_overlap(void)
{
    struct arena arena;
    arena_init(&arena, 100);
    unsigned char *pieces[500];
    for (int i = 0; i < 500; i++) {
        pieces[i] = arena_alloc(&arena, (size_t)i * 7 % 900);
        CHECK(pieces[i] && (uintptr_t)pieces[i] % 16 == 0);
        memset(pieces[i], i & 0xFF, (size_t)i * 7 % 900);
    }
    for (int i = 0; i < 500; i++) {
        for (int j = 0; j < i * 7 % 900; j++) {
            if (pieces[i][j] != (i & 0xFF)) {
                CHECK_FAIL("piece %d changed at %d", i, j);
                break;
            }
        }
    }
    arena_clear(&arena);
    CHECK_INT_EQ(arena.total, 0);
}

static void test_large_piece_keeps_the_room(void)
{
    struct arena arena = {0};
    char *small = arena_alloc(&arena, 16);
    char *large = arena_alloc(&arena, 5000000);
    char *next = arena_alloc(&arena, 16);
    CHECK(small && large && next == small + 16);
    memset(large, 1, 5000000);
    arena_clear(&arena);
}

static void test_exact_fit(void)
{
    struct arena arena;
    arena_init(&arena, 64);
    char *first = arena_alloc(&arena, 64);
    char *second = arena_alloc(&arena, 128); /* the next chunk has twice the size */
    CHECK(first && second);
    memset(first, 1, 64);
    memset(second, 2, 128);
    CHECK_INT_EQ(arena.total, 64 + 128);
    arena_clear(&arena);
}

static void test_sizes_are_checked(void)
{
    struct arena arena = {0};
    CHECK(arena_array(&arena, SIZE_MAX / 2, 3) == NULL);
    CHECK(arena_alloc(&arena, SIZE_MAX - 3) == NULL);
    CHECK(arena_text(&arena, "x", SIZE_MAX) == NULL);
    const uint64_t *zeros = arena_array(&arena, 100, sizeof *zeros);
    CHECK(zeros && zeros[0] == 0 && zeros[99] == 0);
    CHECK_STR_EQ(arena_text(&arena, "abcdef", 3), "abc");
    CHECK_STR_EQ(arena_string(&arena, "whole"), "whole");
    arena_clear(&arena);
}

static void test_reset_keeps_one_chunk(void)
{
    struct arena arena;
    arena_init(&arena, 0);
    for (int i = 0; i < 1000; i++) {
        CHECK(arena_alloc(&arena, 1000) != NULL);
    }
    arena_reset(&arena);
    size_t kept = arena.total;
    CHECK(kept > 0 && kept <= 1 << 20);
    unsigned char *zeroed = arena_alloc_zero(&arena, 64);
    CHECK(zeroed && zeroed[0] == 0 && zeroed[63] == 0);
    CHECK_INT_EQ(arena.total, kept);
    arena_clear(&arena);
}

static void test_array_grows(void)
{
    uint32_t *items = NULL, capacity = 0;
    int grown = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        uint32_t before = capacity;
        CHECK_INT_EQ(ARRAY_RESERVE(items, capacity, i + 1), ZHOL_ERROR_OK);
        grown += capacity != before;
        items[i] = i;
    }
    CHECK(grown < 40 && items[0] == 0 && items[99999] == 99999);
    uint32_t before = capacity;
    CHECK_INT_EQ(array_grow((void **)&items, &capacity, UINT32_MAX, SIZE_MAX / 16),
                 ZHOL_ERROR_LIMIT);
    CHECK_INT_EQ(capacity, before);
    free(items);
}

/* ---- sorting ---- */

static int by_remainder(const void *context, uint32_t a, uint32_t b)
{
    const uint64_t *keys = context;
    return (keys[a] > keys[b]) - (keys[a] < keys[b]);
}

/* Both sorts against the definition: keys rise, and equal keys keep the order of their rows. */
static void check_sorted(const uint64_t *keys, const uint32_t *index, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint64_t before = keys[index[i - 1]], here = keys[index[i]];
        if (before > here || (before == here && index[i - 1] >= index[i])) {
            CHECK_FAIL("place %u of %u is out of order", (unsigned)i, (unsigned)count);
            return;
        }
    }
}

static void test_sorts_are_stable(void)
{
    static uint64_t keys[5000];
    static uint32_t index[5000];
    struct random_stream random;
    random_start(&random, 1, 1);
    const uint32_t counts[] = {0, 1, 2, 3, 15, 16, 17, 33, 63, 64, 65, 1000, 5000};
    const uint32_t spreads[] = {1, 10, 1000, UINT32_MAX};
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        for (size_t s = 0; s < 4; s++) {
            for (uint32_t i = 0; i < counts[c]; i++) {
                keys[i] = (uint64_t)random_below(&random, spreads[s]) << (8 * s);
            }
            sort_index_fill(index, counts[c]);
            CHECK_INT_EQ(sort_index_u64(keys, index, counts[c]), ZHOL_ERROR_OK);
            check_sorted(keys, index, counts[c]);
            sort_index_fill(index, counts[c]);
            CHECK_INT_EQ(sort_index(index, counts[c], by_remainder, keys), ZHOL_ERROR_OK);
            check_sorted(keys, index, counts[c]);
        }
    }
}

static void test_keys_keep_order(void)
{
    const double reals[] = {-INFINITY, -1e300, -1, -1e-300, -0.0, 0.0, 1e-300, 1, 1e300, INFINITY};
    for (int i = 1; i < 10; i++) {
        CHECK(sort_key_real(reals[i - 1]) < sort_key_real(reals[i]));
    }
    CHECK(sort_key_int(INT64_MIN) < sort_key_int(-1));
    CHECK(sort_key_int(-1) < sort_key_int(0));
    CHECK(sort_key_int(0) < sort_key_int(INT64_MAX));
}

int main(void)
{
    RUN(test_pieces_do_not_overlap);
    RUN(test_large_piece_keeps_the_room);
    RUN(test_exact_fit);
    RUN(test_sizes_are_checked);
    RUN(test_reset_keeps_one_chunk);
    RUN(test_array_grows);
    RUN(test_sorts_are_stable);
    RUN(test_keys_keep_order);
    return check_report();
}
