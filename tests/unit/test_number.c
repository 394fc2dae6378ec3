/* Numbers from and to text: src/base/number.h against strtod and against themselves. */
#include "check.h"

#include <locale.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/random.h"

static void check_int(const char *text, enum zhol_error want_error, int64_t want)
{
    int64_t value = 99;
    CHECK_INT_EQ(number_parse_int(text_view_of(text), &value), want_error);
    CHECK_INT_EQ(value, want_error ? 99 : want);
}

static void test_parse_int(void)
{
    check_int("0", ZHOL_ERROR_OK, 0);
    check_int("-0", ZHOL_ERROR_OK, 0);
    check_int("007", ZHOL_ERROR_OK, 7);
    check_int("9223372036854775807", ZHOL_ERROR_OK, INT64_MAX);
    check_int("-9223372036854775808", ZHOL_ERROR_OK, INT64_MIN);
    check_int("9223372036854775808", ZHOL_ERROR_RANGE, 0);
    check_int("-9223372036854775809", ZHOL_ERROR_RANGE, 0);
    check_int("99999999999999999999999", ZHOL_ERROR_RANGE, 0);
    check_int("99999999999999999999999x", ZHOL_ERROR_SYNTAX, 0);
    const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "١"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_int(bad[i], ZHOL_ERROR_SYNTAX, 0);
    }
    int64_t value = 0;
    CHECK_INT_EQ(number_parse_int_in(TEXT("5"), 0, 5, &value), ZHOL_ERROR_OK);
    CHECK_INT_EQ(number_parse_int_in(TEXT("6"), 0, 5, &value), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(number_parse_int_in(TEXT("-1"), 0, 5, &value), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(value, 5);
}

/* The same bits as strtod, which glibc rounds correctly. */
static void check_real(const char *text)
{
    double value = 99, want = strtod(text, NULL);
    CHECK_INT_EQ(number_parse_real(text_view_of(text), &value), ZHOL_ERROR_OK);
    if (memcmp(&value, &want, sizeof value) != 0) {
        CHECK_FAIL("%s: got %.17g, want %.17g", text, value, want);
    }
}

static void test_parse_real(void)
{
    const char *const good[] = {
        "0",
        "-0",
        "0e999999999999",
        "1",
        "-1.5",
        ".5",
        "5.",
        "1e22",
        "1e23",
        "1e-22",
        "1e-23",
        "9007199254740993",
        "9007199254740992",
        "9007199254740991e22",
        "123456789012345678",
        "1.7976931348623157e308",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "1e-400",
        "0.1",
        "0.30000000000000004",
        "1E+5",
        "1e-05",
        "0000000000000000000000000000000000000000000000000000000000001",
        "0.000000000000000000000000000000000000000000000000000000000000123",
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203126",
        ("10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
         "0"
         "00000000000000000000000000000000000000000000000000000000000000000000000000000000.5")};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        check_real(good[i]);
    }
    double value = 99;
    CHECK_INT_EQ(number_parse_real(TEXT("1e309"), &value), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(number_parse_real(TEXT("-1e999999999999999"), &value), ZHOL_ERROR_RANGE);
    const char *const bad[] = {"",      "-",   ".",    "-.",  "e5",   "1e",    "1e+",
                               "1.2.3", "1,5", " 1",   "1 ",  "+1",   "0x1p3", "inf",
                               "nan",   "1d5", "1e5.", "--1", "1_000"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_INT_EQ(number_parse_real(text_view_of(bad[i]), &value), ZHOL_ERROR_SYNTAX);
    }
    CHECK(value == 99);
}

static void test_parse_random(void)
{
    struct random_stream random;
    char text[64];
    random_start(&random, 5, 0);
    for (int i = 0; i < 300000; i++) {
        uint64_t digits = random_u64(&random) >> random_below(&random, 64);
        int exponent = (int)random_below(&random, i % 2 ? 60 : 660) - (i % 2 ? 30 : 340);
        if (i % 3) {
            snprintf(text, sizeof text, "%llue%d", (unsigned long long)digits, exponent);
        } else {
            snprintf(text, sizeof text, "%llu.%0*u", (unsigned long long)digits % 1000000,
                     1 + (int)random_below(&random, 12), (unsigned)random_below(&random, 100000));
        }
        double value;
        if (number_parse_real(text_view_of(text), &value) == ZHOL_ERROR_OK) {
            check_real(text);
        } else {
            CHECK(isinf(strtod(text, NULL)));
        }
    }
}

static const char *real(double value)
{
    static char text[NUMBER_TEXT_SIZE];
    CHECK_INT_EQ(number_format_real(value, text), strlen(text));
    return text;
}

static void test_format_real(void)
{
    CHECK_STR_EQ(real(0), "0");
    CHECK_STR_EQ(real(-0.0), "-0");
    CHECK_STR_EQ(real(12.5), "12.5");
    CHECK_STR_EQ(real(-0.001), "-0.001");
    CHECK_STR_EQ(real(0.1 + 0.2), "0.30000000000000004");
    CHECK_STR_EQ(real(999999999999999), "999999999999999");
    CHECK_STR_EQ(real(1e15), "1e+15");
    CHECK_STR_EQ(real(0.0001), "0.0001");
    CHECK_STR_EQ(real(0.00001), "1e-05");
    CHECK_STR_EQ(real(1.0 / 3), "0.3333333333333333");
    CHECK_STR_EQ(real(5e-324), "4.94065645841247e-324");
    CHECK_STR_EQ(real(1.7976931348623157e308), "1.7976931348623157e+308");
    CHECK_STR_EQ(real(NAN), "nan");
    CHECK_STR_EQ(real(-INFINITY), "-inf");
}

/* Reads back as the same bits, and is the text that %.15g to %.17g first reads back with. */
static void test_format_round_trip(void)
{
    struct random_stream random;
    random_start(&random, 6, 0);
    for (int i = 0; i < 300000; i++) {
        double value, back;
        uint64_t bits = random_u64(&random);
        memcpy(&value, &bits, sizeof value);
        if (i % 2) {
            value = (double)(int64_t)(bits >> random_below(&random, 64)) /
                    (double)(1 + random_below(&random, 2) * (uint32_t)i % 999);
        }
        if (!isfinite(value)) {
            continue;
        }
        char want[40];
        for (int digits = 15; digits <= 17; digits++) {
            snprintf(want, sizeof want, "%.*g", digits, value);
            if (strtod(want, NULL) == value) {
                break;
            }
        }
        CHECK_STR_EQ(real(value), want);
        CHECK_INT_EQ(number_parse_real(text_view_of(want), &back), ZHOL_ERROR_OK);
        CHECK(memcmp(&back, &value, sizeof back) == 0);
    }
}

static void test_format_for_people(void)
{
    char text[NUMBER_TEXT_SIZE];
    CHECK_INT_EQ(number_format_grouped(-1234567, ",", text), 10);
    CHECK_STR_EQ(text, "-1,234,567");
    number_format_grouped(999, ",", text);
    CHECK_STR_EQ(text, "999");
    number_format_grouped(INT64_MIN, "\xE2\x80\xAF", text);
    CHECK_STR_EQ(text, "-9\u202F223\u202F372\u202F036\u202F854\u202F775\u202F808");
    number_format_grouped_fixed(1234.5, 2, ",", text);
    CHECK_STR_EQ(text, "1,234.50");
    number_format_grouped_fixed(-999999.999, 2, ",", text);
    CHECK_STR_EQ(text, "-1,000,000.00");
    number_format_grouped_fixed(1e300, 2, ",", text);
    CHECK_STR_EQ(text, "1e+300");
    number_format_fixed(0.125, 2, text);
    CHECK_STR_EQ(text, "0.12"); /* half to even */
    number_format_fixed(-0.001, 2, text);
    CHECK_STR_EQ(text, "0.00");
    number_format_fixed(-0.001, 3, text);
    CHECK_STR_EQ(text, "-0.001");
    CHECK_INT_EQ(number_format_fixed(-1.7976931348623157e308, 99, text), 328);
    number_format_fixed(INFINITY, 2, text);
    CHECK_STR_EQ(text, "inf");
}

/* A program's locale with a decimal comma changes nothing. Skipped where the system has none. */
static void test_locale(void)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "ru_RU.UTF-8")) {
        return;
    }
    double value = 0;
    CHECK_INT_EQ(number_parse_real(TEXT("0.1234567890123456789"), &value), ZHOL_ERROR_OK);
    CHECK_NEAR(value, 0.1234567890123456789, 0);
    CHECK_STR_EQ(real(1.0 / 3), "0.3333333333333333");
    setlocale(LC_ALL, "C");
}

int main(void)
{
    RUN(test_parse_int);
    RUN(test_parse_real);
    RUN(test_parse_random);
    RUN(test_format_real);
    RUN(test_format_round_trip);
    RUN(test_format_for_people);
    RUN(test_locale);
    return check_report();
}
