/* Civil dates and ISO 8601 of src/base/time.h. */
#include "check.h"

#include "base/time.h"

static void check_day(int32_t year, uint32_t month, uint32_t day, int32_t days, uint32_t weekday)
{
    CHECK_INT_EQ(time_days((struct time_date){year, month, day}), days);
    CHECK_INT_EQ(time_weekday(days), weekday);
}

static void test_known_days(void)
{
    check_day(1970, 1, 1, 0, 3);
    check_day(2000, 3, 1, 11017, 2);
    check_day(2026, 1, 31, 20484, 5);
    check_day(1969, 12, 31, -1, 2);
    check_day(1, 1, 1, -719162, 0);
    check_day(0, 1, 1, -719528, 5);
    check_day(-4713, 11, 24, -2440588, 0); /* day 0 of the Julian day numbers */
    check_day(9999, 12, 31, 2932896, 4);
}

/* Walks day by day over 801 years and compares with a plain count. */
static void test_every_day(void)
{
    struct time_date date = {1599, 12, 31};
    int32_t days = time_days(date);
    while (date.year < 2401) {
        struct time_date got = time_date_of(days);
        if (got.year != date.year || got.month != date.month || got.day != date.day ||
            time_days(date) != days) {
            CHECK_FAIL("day %d: %d-%u-%u", (int)days, (int)got.year, got.month, got.day);
            return;
        }
        days++;
        if (++date.day > time_days_in_month(date.year, date.month)) {
            date.day = 1;
            if (++date.month > 12) {
                date.month = 1;
                date.year++;
            }
        }
    }
    for (int64_t d = INT32_MIN; d <= INT32_MAX; d += 999983) {
        struct time_date far = time_date_of((int32_t)d);
        CHECK(time_date_valid(far));
        CHECK_INT_EQ(time_days(far), d);
    }
}

static void test_validity(void)
{
    CHECK(time_date_valid((struct time_date){2024, 2, 29}));
    CHECK(!time_date_valid((struct time_date){2023, 2, 29}));
    CHECK(!time_date_valid((struct time_date){1900, 2, 29}));
    CHECK(time_date_valid((struct time_date){2000, 2, 29}));
    CHECK(!time_date_valid((struct time_date){2024, 0, 1}));
    CHECK(!time_date_valid((struct time_date){2024, 13, 1}));
    CHECK(!time_date_valid((struct time_date){2024, 4, 31}));
    CHECK(!time_date_valid((struct time_date){2024, 4, 0}));
}

static void check_months(const char *from, int32_t months, const char *want)
{
    int32_t days = 0;
    char text[TIME_TEXT_SIZE];
    CHECK_INT_EQ(time_parse_day(text_view_of(from), &days), ZHOL_ERROR_OK);
    time_format_date(time_add_months(days, months), text);
    CHECK_STR_EQ(text, want);
}

static void test_months(void)
{
    check_months("2026-01-31", 1, "2026-02-28");
    check_months("2024-01-31", 1, "2024-02-29");
    check_months("2026-01-15", -1, "2025-12-15");
    check_months("2026-12-01", 13, "2028-01-01");
    check_months("2024-02-29", 12, "2025-02-28");
    check_months("0001-01-01", -12, "0000-01-01");
}

static void test_instants(void)
{
    CHECK_INT_EQ(time_day_of(-1), -1);
    CHECK_INT_EQ(time_day_of(86399), 0);
    CHECK_INT_EQ(time_second_of_day(-1), 86399);
    CHECK_INT_EQ(time_second_of_day(86401), 1);
    CHECK_INT_EQ(time_second_of_day(INT64_MIN), 30592);
    CHECK_INT_EQ(time_day_of(INT64_MAX), INT32_MAX);
    CHECK(time_now_s() > INT64_C(1700000000));
}

static void check_interval(const char *text, enum zhol_error want, const char *from, const char *to)
{
    int32_t first = 0, end = 0;
    char date[TIME_TEXT_SIZE];
    CHECK_INT_EQ(time_parse_date(text_view_of(text), &first, &end), want);
    if (!want) {
        time_format_date(first, date);
        CHECK_STR_EQ(date, from);
        time_format_date(end, date);
        CHECK_STR_EQ(date, to);
    }
}

static void test_parse_dates(void)
{
    check_interval("2024", ZHOL_ERROR_OK, "2024-01-01", "2025-01-01");
    check_interval("2024-02", ZHOL_ERROR_OK, "2024-02-01", "2024-03-01");
    check_interval("2024-12", ZHOL_ERROR_OK, "2024-12-01", "2025-01-01");
    check_interval("2024-12-31", ZHOL_ERROR_OK, "2024-12-31", "2025-01-01");
    check_interval("9999-12-31", ZHOL_ERROR_OK, "9999-12-31", "+10000-01-01");
    const char *const range[] = {"2023-02-29", "2024-13", "2024-00", "2024-01-00", "0000"};
    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++) {
        check_interval(range[i], ZHOL_ERROR_RANGE, "", "");
    }
    const char *const bad[] = {"",         "24",       "2024-",      "2024-1",
                               "2024-01-", "2024-1-1", "2024/01/01", "2024-01-01 ",
                               "20240101", "-2024",    "31.01.2026", "2024-01-011"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_interval(bad[i], ZHOL_ERROR_SYNTAX, "", "");
    }
    int32_t days = 5;
    CHECK_INT_EQ(time_parse_day(TEXT("2024-01"), &days), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(days, 5);
}

static void check_instant(const char *text, enum zhol_error want_error, const char *want)
{
    int64_t utc_s = 0;
    char back[TIME_TEXT_SIZE];
    CHECK_INT_EQ(time_parse_instant(text_view_of(text), &utc_s), want_error);
    if (!want_error) {
        time_format_instant(utc_s, back);
        CHECK_STR_EQ(back, want);
    }
}

static void test_parse_instants(void)
{
    check_instant("2026-01-31T13:00:00+05:00", ZHOL_ERROR_OK, "2026-01-31T08:00:00Z");
    check_instant("2026-01-31 13:00+0500", ZHOL_ERROR_OK, "2026-01-31T08:00:00Z");
    check_instant("2026-01-31T13:00+05", ZHOL_ERROR_OK, "2026-01-31T08:00:00Z");
    check_instant("2026-01-31T13:00:59.999Z", ZHOL_ERROR_OK, "2026-01-31T13:00:59Z");
    check_instant("2026-01-31T24:00Z", ZHOL_ERROR_OK, "2026-02-01T00:00:00Z");
    check_instant("2016-12-31T23:59:60Z", ZHOL_ERROR_OK, "2016-12-31T23:59:59Z");
    check_instant("0001-01-01T00:00:00+14:00", ZHOL_ERROR_OK, "0000-12-31T10:00:00Z");
    check_instant("1969-12-31T19:00:00-04:30", ZHOL_ERROR_OK, "1969-12-31T23:30:00Z");
    check_instant("2026-01-31T24:01Z", ZHOL_ERROR_RANGE, "");
    check_instant("2026-01-31T23:60Z", ZHOL_ERROR_RANGE, "");
    check_instant("2026-02-30T12:00Z", ZHOL_ERROR_RANGE, "");
    check_instant("2026-01-31T12:00+24:00", ZHOL_ERROR_RANGE, "");
    const char *const bad[] = {"2026-01-31T12:00",
                               "2026-01-31",
                               "2026-01-31T12Z",
                               "2026-01-31T12:00z",
                               "2026-01-31T12:00ZZ",
                               "2026-01-31T12:00+5",
                               "2026-01-31T12:00:00.Z",
                               "2026-01-31T12:00+05:0",
                               "x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_instant(bad[i], ZHOL_ERROR_SYNTAX, "");
    }
    struct time_stamp stamp;
    CHECK_INT_EQ(time_parse_stamp(TEXT("1970-01-02T00:00"), &stamp), ZHOL_ERROR_OK);
    CHECK(!stamp.has_offset && stamp.local_s == 86400);
}

static void test_clock(void)
{
    uint32_t second = 7;
    CHECK_INT_EQ(time_parse_clock(TEXT("09:30"), &second), ZHOL_ERROR_OK);
    CHECK_INT_EQ(second, 34200);
    CHECK_INT_EQ(time_parse_clock(TEXT("24:00"), &second), ZHOL_ERROR_OK);
    CHECK_INT_EQ(second, 86400);
    CHECK_INT_EQ(time_parse_clock(TEXT("24:00:01"), &second), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(time_parse_clock(TEXT("9:30"), &second), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(time_parse_clock(TEXT("09:30:00.5"), &second), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(second, 86400);
}

static void test_formats(void)
{
    char text[TIME_TEXT_SIZE];
    CHECK_INT_EQ(time_format_offset(0, 18000, text), 25);
    CHECK_STR_EQ(text, "1970-01-01T05:00:00+05:00");
    time_format_offset(0, -12600, text);
    CHECK_STR_EQ(text, "1969-12-31T20:30:00-03:30");
    time_format_minute(3599, text);
    CHECK_STR_EQ(text, "1970-01-01 00:59");
    time_format_date(time_days((struct time_date){-44, 3, 15}), text);
    CHECK_STR_EQ(text, "-0044-03-15");
    CHECK(time_format_instant(INT64_MIN, text) < TIME_TEXT_SIZE);
    CHECK(time_format_instant(INT64_MAX, text) < TIME_TEXT_SIZE);
}

int main(void)
{
    RUN(test_known_days);
    RUN(test_every_day);
    RUN(test_validity);
    RUN(test_months);
    RUN(test_instants);
    RUN(test_parse_dates);
    RUN(test_parse_instants);
    RUN(test_clock);
    RUN(test_formats);
    return check_report();
}
