/* Views, the string pool, UTF-8, width, case and distance of src/base/text.h. */
#include "check.h"

#include "base/random.h"
#include "base/text.h"

static void test_views(void)
{
    CHECK(text_equal(TEXT("abc"), text_view_of("abc")) && !text_equal(TEXT("abc"), TEXT("abd")));
    CHECK(text_equal_string(text_trim(TEXT(" \t a b\r\n")), "a b"));
    CHECK(text_trim(TEXT(" \n ")).size == 0 && text_view_of(NULL).size == 0);
    CHECK(text_compare(TEXT("ab"), TEXT("abc")) < 0 && text_compare(TEXT("b"), TEXT("abc")) > 0);
    CHECK(text_compare(TEXT("z"), TEXT("я")) < 0 && text_compare(TEXT(""), TEXT("")) == 0);
    CHECK(text_starts_with(TEXT("abc"), TEXT("ab")) && !text_starts_with(TEXT("a"), TEXT("ab")));
    struct text_view rest = TEXT("one;;three");
    CHECK(text_equal_string(text_cut(&rest, ';'), "one"));
    CHECK(text_equal_string(text_cut(&rest, ';'), ""));
    CHECK(text_equal_string(text_cut(&rest, ';'), "three"));
    CHECK_INT_EQ(rest.size, 0);
}

static void test_items(void)
{
    struct text_view rest = TEXT(" ,one, ,  two words,Актау");
    char item[10];
    CHECK(text_next_item(&rest, ',', item, sizeof item));
    CHECK_STR_EQ(item, "one");
    CHECK(text_next_item(&rest, ',', item, sizeof item));
    CHECK_STR_EQ(item, "two words");
    CHECK(text_next_item(&rest, ',', item, sizeof item));
    CHECK_STR_EQ(item, "Акта"); /* nine bytes would cut the last letter in two */
    CHECK(!text_next_item(&rest, ',', item, sizeof item));
}

static void test_pool(void)
{
    struct text_pool pool = {0};
    uint32_t a = 9, b = 9, c = 9;
    CHECK_STR_EQ(text_pool_get(&pool, 0), "");
    CHECK_INT_EQ(text_pool_add(&pool, TEXT(""), &a), ZHOL_ERROR_OK);
    CHECK_INT_EQ(a, 0);
    CHECK_INT_EQ(text_pool_add(&pool, TEXT("Достык"), &a), ZHOL_ERROR_OK);
    CHECK_INT_EQ(text_pool_add(&pool, TEXT("Достык"), &b), ZHOL_ERROR_OK);
    CHECK(a != b && a != 0);
    CHECK_STR_EQ(text_pool_get(&pool, b), "Достык");
    CHECK_INT_EQ(text_pool_add(&pool, (struct text_view){"a\0b", 3}, &c), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(c, 9);
    text_pool_clear(&pool);
}

static void test_pool_interns(void)
{
    struct text_pool pool = {0};
    uint32_t offsets[5000], again = 0;
    char name[16];
    for (int i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "name-%d", i);
        CHECK_INT_EQ(text_pool_intern(&pool, text_view_of(name), &offsets[i]), ZHOL_ERROR_OK);
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "name-%d", i);
        CHECK_INT_EQ(text_pool_intern(&pool, text_view_of(name), &again), ZHOL_ERROR_OK);
        CHECK_INT_EQ(again, offsets[i]);
        CHECK(text_pool_find(&pool, text_view_of(name), &again) && again == offsets[i]);
    }
    CHECK(!text_pool_find(&pool, TEXT("name-"), &again));
    CHECK(!text_pool_find(&pool, TEXT("name-50000"), &again));
    for (int i = 0; i < 2000; i++) { /* texts that lie in the pool, across its growth */
        struct text_view inside = text_view_of(text_pool_get(&pool, offsets[i]));
        CHECK_INT_EQ(text_pool_add(&pool, inside, &again), ZHOL_ERROR_OK);
        CHECK_STR_EQ(text_pool_get(&pool, again), text_pool_get(&pool, offsets[i]));
    }
    text_pool_clear(&pool);
}

static void check_bad_at(const char *bytes, size_t size, size_t want)
{
    size_t bad = 999;
    CHECK(!text_utf8_valid(bytes, size, &bad));
    CHECK_INT_EQ(bad, want);
}

static void test_utf8_validation(void)
{
    const char *good = "Алматы 阿拉木图 Қазақстан \xF0\x9F\x9A\x82 \xF4\x8F\xBF\xBF \xEF\xBF\xBF";
    CHECK(text_utf8_valid(good, strlen(good), NULL));
    CHECK(text_utf8_valid("", 0, NULL));
    check_bad_at("ab\xC0\x80", 4, 2);       /* overlong NUL */
    check_bad_at("\xE0\x9F\xBF", 3, 0);     /* overlong */
    check_bad_at("\xF0\x8F\xBF\xBF", 4, 0); /* overlong */
    check_bad_at("a\xED\xA0\x80", 4, 1);    /* surrogate */
    check_bad_at("\xF4\x90\x80\x80", 4, 0); /* above U+10FFFF */
    check_bad_at("\xD0", 1, 0);             /* cut */
    check_bad_at("\x80", 1, 0);             /* lone continuation */
    check_bad_at("\xF8\x88\x80\x80\x80", 5, 0);
    char block[100];
    for (size_t at = 0; at < sizeof block; at++) {
        memset(block, 'x', sizeof block);
        block[at] = (char)0xFF;
        check_bad_at(block, sizeof block, at);
    }
}

/* Every code point survives encoding and decoding; every other sequence is refused. */
static void test_utf8_round_trip(void)
{
    for (uint32_t code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 37) {
        char bytes[4];
        struct text_view text = {bytes, text_utf8_put(code, bytes)};
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        uint32_t at = 0, back = text_utf8_next(text, &at);
        if (back != (surrogate ? 0xFFFD : code) || at != text.size ||
            !text_utf8_valid(bytes, text.size, NULL)) {
            CHECK_FAIL("U+%04X came back as U+%04X", (unsigned)code, (unsigned)back);
        }
    }
    uint32_t at = 0;
    CHECK_INT_EQ(text_utf8_next((struct text_view){"\xE4\xB8", 2}, &at), 0xFFFD);
    CHECK_INT_EQ(at, 1);
}

static void test_utf8_cut(void)
{
    struct text_view text = TEXT("aя中\xF0\x9F\x9A\x82"); /* 1 + 2 + 3 + 4 bytes */
    const uint32_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (uint32_t size = 0; size < 12; size++) {
        CHECK_INT_EQ(text_utf8_cut(text, size), want[size]);
    }
}

static void test_width(void)
{
    CHECK_INT_EQ(text_width(TEXT("Dostyk")), 6);
    CHECK_INT_EQ(text_width(TEXT("Қорғас")), 6);
    CHECK_INT_EQ(text_width(TEXT("霍尔果斯")), 8);
    CHECK_INT_EQ(text_width(TEXT("e\xCC\x81t")), 2); /* combining acute */
    CHECK_INT_EQ(text_width(TEXT("한국")), 4);
    CHECK_INT_EQ(text_width(TEXT("ｆ\xF0\x9F\x9A\x82")), 4); /* full-width letter, locomotive */
    CHECK_INT_EQ(text_width(TEXT("a\xE2\x80\x8B"
                                 "b\x1b")),
                 2); /* zero-width space, escape */
    CHECK_INT_EQ(text_width_of(0x20000), 2);
    CHECK_INT_EQ(text_width_of(0x2014), 1);
    CHECK_INT_EQ(text_width_of(0xAD), 1);
}

static void test_fold(void)
{
    CHECK(text_equal_fold(TEXT("ДОСТЫК Ё"), TEXT("достык ё")));
    CHECK(text_equal_fold(TEXT("ӘҒҚҢӨҰҮҺІ"), TEXT("әғқңөұүһі")));
    CHECK(text_equal_fold(TEXT("ÄÖÜŠŽŁĐÇÑÉŸ"), TEXT("äöüšžłđçñéÿ")));
    CHECK(text_equal_fold(TEXT("ΑΣΩΆ"), TEXT("ασωά")));
    CHECK(!text_equal_fold(TEXT("ab"), TEXT("abc")) && !text_equal_fold(TEXT("и"), TEXT("й")));
    CHECK_INT_EQ(text_fold(0x130), 'i');
    CHECK_INT_EQ(text_fold(0xD7), 0xD7); /* the sign of multiplication is no letter */
    CHECK_INT_EQ(text_fold(0xDF), 0xDF);
    CHECK_INT_EQ(text_fold('@'), '@');
    CHECK_INT_EQ(text_fold('['), '[');
    CHECK_INT_EQ(text_fold(0x4C0), 0x4CF); /* palochka */
    for (uint32_t code = 0; code < 0x11000; code++) {
        CHECK_INT_EQ(text_fold(text_fold(code)), text_fold(code));
    }
}

static void test_distance_known(void)
{
    CHECK_INT_EQ(text_distance(TEXT("Horgos"), TEXT("Khorgos"), 3), 1);
    CHECK_INT_EQ(text_distance(TEXT("Достык"), TEXT("достик"), 3), 1);
    CHECK_INT_EQ(text_distance(TEXT("Almaty"), TEXT("Amlaty"), 3), 1); /* a swap */
    CHECK_INT_EQ(text_distance(TEXT("CA"), TEXT("ABC"), 5), 3);
    CHECK_INT_EQ(text_distance(TEXT("kitten"), TEXT("sitting"), 5), 3);
    CHECK_INT_EQ(text_distance(TEXT("kitten"), TEXT("sitting"), 2), 3);
    CHECK_INT_EQ(text_distance(TEXT(""), TEXT("abc"), 5), 3);
    CHECK_INT_EQ(text_distance(TEXT("abc"), TEXT("ABC"), 0), 0);
    CHECK_INT_EQ(text_distance(TEXT("abc"), TEXT("abd"), 0), 1);
    char a[300], b[300];
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    CHECK_INT_EQ(text_distance((struct text_view){a, 300}, (struct text_view){b, 300}, 9), 0);
    b[7] = 'y';
    CHECK_INT_EQ(text_distance((struct text_view){a, 300}, (struct text_view){b, 300}, 9), 10);
    CHECK_INT_EQ(text_distance((struct text_view){a, 255}, (struct text_view){b, 255}, 9), 1);
    CHECK_INT_EQ(text_distance((struct text_view){a, 255}, TEXT(""), UINT32_MAX), 255);
}

/* The whole table, as the definition writes it. */
static uint32_t plain_distance(const char *a, uint32_t size_a, const char *b, uint32_t size_b)
{
    uint32_t table[16][16];
    for (uint32_t i = 0; i <= size_a; i++) {
        for (uint32_t j = 0; j <= size_b; j++) {
            if (!i || !j) {
                table[i][j] = i + j;
                continue;
            }
            uint32_t best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = table[i - 1][j] + 1 < best ? table[i - 1][j] + 1 : best;
            best = table[i][j - 1] + 1 < best ? table[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                table[i - 2][j - 2] + 1 < best) {
                best = table[i - 2][j - 2] + 1;
            }
            table[i][j] = best;
        }
    }
    return table[size_a][size_b];
}

static void test_distance_against_definition(void)
{
    struct random_stream random;
    random_start(&random, 7, 0);
    for (int round = 0; round < 20000; round++) {
        char a[16], b[16];
        uint32_t size_a = random_below(&random, 13), size_b = random_below(&random, 13);
        for (uint32_t i = 0; i < 13; i++) {
            a[i] = (char)('a' + random_below(&random, 3));
            b[i] = (char)('a' + random_below(&random, 3));
        }
        uint32_t want = plain_distance(a, size_a, b, size_b);
        for (uint32_t bound = 0; bound < 14; bound++) {
            uint32_t got =
                text_distance((struct text_view){a, size_a}, (struct text_view){b, size_b}, bound);
            if (got != (want > bound ? bound + 1 : want)) {
                CHECK_FAIL("%.*s %.*s bound %u: got %u, want %u", (int)size_a, a, (int)size_b, b,
                           (unsigned)bound, (unsigned)got, (unsigned)want);
                return;
            }
        }
    }
}

int main(void)
{
    RUN(test_views);
    RUN(test_items);
    RUN(test_pool);
    RUN(test_pool_interns);
    RUN(test_utf8_validation);
    RUN(test_utf8_round_trip);
    RUN(test_utf8_cut);
    RUN(test_width);
    RUN(test_fold);
    RUN(test_distance_known);
    RUN(test_distance_against_definition);
    return check_report();
}
