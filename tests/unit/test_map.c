/* The hash maps of src/base/map.h. */
#include "check.h"

#include "base/map.h"

static void test_put_and_get(void)
{
    struct map map = {0};
    uint32_t value = 77;
    CHECK(!map_get(&map, TEXT("x"), &value) && value == 77);
    CHECK_INT_EQ(map_put(&map, TEXT("x"), 1), ZHOL_ERROR_OK);
    CHECK_INT_EQ(map_put(&map, TEXT(""), 2), ZHOL_ERROR_OK);
    CHECK_INT_EQ(map_put(&map, TEXT("x"), 3), ZHOL_ERROR_OK);
    CHECK(map_get(&map, TEXT("x"), &value) && value == 3);
    CHECK(map_get(&map, TEXT(""), &value) && value == 2);
    CHECK(!map_get(&map, (struct text_view){"x\0", 2}, NULL));
    CHECK_INT_EQ(map_add(&map, TEXT("x"), 9, &value), ZHOL_ERROR_DUPLICATE);
    CHECK_INT_EQ(value, 3);
    CHECK_INT_EQ(map_add(&map, TEXT("y"), 9, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(map.count, 3);
    map_clear(&map);
    CHECK(!map_get(&map, TEXT("x"), NULL));
}

static void test_many_in_order(void)
{
    struct map map;
    map_init_seeded(&map, 42);
    char key[64];
    enum { COUNT = 50000 };
    for (uint32_t i = 0; i < COUNT; i++) {
        int size = snprintf(key, sizeof key, "%0*u", (int)(1 + i % 40), (unsigned)i);
        struct text_view view = {key, (uint32_t)size};
        if (map_add(&map, view, i, NULL) == ZHOL_ERROR_OK) {
            CHECK_INT_EQ(map_value(&map, map.count - 1), i);
            CHECK(text_equal(map_key(&map, map.count - 1), view));
        }
    }
    uint32_t value = 0;
    for (uint32_t i = 0; i < map.count; i++) {
        CHECK(map_get(&map, map_key(&map, i), &value));
        CHECK_INT_EQ(value, map_value(&map, i));
        CHECK(i == 0 || map_value(&map, i) > map_value(&map, i - 1));
    }
    CHECK(map.count > COUNT / 2);
    map_clear(&map);
}

/* Keys that are parts of keys in the map, while it grows. */
static void test_own_keys(void)
{
    struct map map = {0};
    CHECK_INT_EQ(map_put(&map, TEXT("abcdefghijklmnopqrstuvwxyz0123456789"), 0), ZHOL_ERROR_OK);
    for (uint32_t from = 0; from < 30; from++) {
        struct text_view part = map_key(&map, 0);
        part.bytes += from;
        part.size -= from;
        CHECK_INT_EQ(map_put(&map, part, from), ZHOL_ERROR_OK);
    }
    CHECK_INT_EQ(map.count, 30);
    CHECK(map_get(&map, TEXT("3456789"), NULL) && map_get(&map, TEXT("yz0123456789"), NULL));
    map_clear(&map);
}

static void test_int_keys(void)
{
    struct map_int map = {0};
    uint32_t value = 0;
    CHECK(!map_int_get(&map, 0, &value));
    for (int64_t i = -20000; i < 20000; i++) {
        CHECK_INT_EQ(map_int_put(&map, i * 1000003, (uint32_t)(i + 20000)), ZHOL_ERROR_OK);
    }
    CHECK_INT_EQ(map_int_put(&map, INT64_MIN, 5), ZHOL_ERROR_OK);
    CHECK_INT_EQ(map.count, 40001);
    for (int64_t i = -20000; i < 20000; i++) {
        CHECK(map_int_get(&map, i * 1000003, &value) && value == (uint32_t)(i + 20000));
    }
    CHECK(map_int_get(&map, INT64_MIN, &value) && value == 5);
    CHECK(!map_int_get(&map, 1, NULL));
    CHECK_INT_EQ(map_int_add(&map, 0, 1, &value), ZHOL_ERROR_DUPLICATE);
    CHECK_INT_EQ(value, 20000);
    CHECK_INT_EQ(map_int_put(&map, 0, 8), ZHOL_ERROR_OK);
    CHECK(map_int_get(&map, 0, &value) && value == 8);
    map_int_clear(&map);
}

/* The values are part of the promise: they may be written to files. */
static void test_hash_is_stable(void)
{
    const char *text = "The quick brown fox jumps over the lazy dog";
    uint64_t seen[44];
    for (size_t size = 0; size <= 43; size++) {
        seen[size] = map_hash(text, size, 0);
        for (size_t j = 0; j < size; j++) {
            CHECK(seen[j] != seen[size]);
        }
    }
    CHECK(map_hash(text, 43, 0) != map_hash(text, 43, 1));
    CHECK(map_hash(text, 43, 0) == UINT64_C(0x5b2cbc60fcf8bb72));
    CHECK(map_hash("", 0, 0) == UINT64_C(0x18c7fcc651d1587e));
    CHECK(map_hash_u64(1, 0) == UINT64_C(0x59a6dfd144167a99));
}

/* Each bit of a key should change each bit of the hash about half of the time. */
static void test_hash_avalanche(void)
{
    enum { KEYS = 2000 };
    double worst = 0;
    for (size_t size = 3; size <= 35; size += 4) {
        for (size_t bit = 0; bit < 8 * size; bit += 5) {
            int changed[64] = {0};
            for (uint64_t i = 0; i < KEYS; i++) {
                unsigned char key[40] = {0};
                for (size_t j = 0; j < size; j++) {
                    key[j] = (unsigned char)(map_hash_u64(i * 64 + j, 9) >> 3);
                }
                uint64_t before = map_hash(key, size, 0);
                key[bit / 8] ^= (unsigned char)(1u << bit % 8);
                uint64_t flipped = before ^ map_hash(key, size, 0);
                for (int b = 0; b < 64; b++) {
                    changed[b] += (int)(flipped >> b & 1);
                }
            }
            for (int b = 0; b < 64; b++) {
                double bias = fabs((double)changed[b] / KEYS - 0.5);
                worst = bias > worst ? bias : worst;
            }
        }
    }
    CHECK(worst < 0.08); /* five standard deviations of 2,000 flips are 0.056 */
}

int main(void)
{
    RUN(test_put_and_get);
    RUN(test_many_in_order);
    RUN(test_own_keys);
    RUN(test_int_keys);
    RUN(test_hash_is_stable);
    RUN(test_hash_avalanche);
    return check_report();
}
