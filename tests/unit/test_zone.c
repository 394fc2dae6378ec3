/* Time zones of src/base/zone.h, against facts and against the C library's own reading. */
#include "check.h"

#include <stdlib.h>
#include <time.h>

#include "base/time.h"
#include "base/zone.h"

static struct zone *load(const char *name)
{
    struct zone *zone = NULL;
    enum zhol_error error = zone_load(name, &zone);
    if (error) {
        CHECK_FAIL("%s: %s", name, zhol_error_name(error));
        exit(1);
    }
    return zone;
}

static int64_t utc(const char *text)
{
    int64_t utc_s = 0;
    CHECK_INT_EQ(time_parse_instant(text_view_of(text), &utc_s), ZHOL_ERROR_OK);
    return utc_s;
}

static int64_t local(const char *text)
{
    struct time_stamp stamp = {0};
    CHECK_INT_EQ(time_parse_stamp(text_view_of(text), &stamp), ZHOL_ERROR_OK);
    return stamp.local_s;
}

static void test_kazakhstan_moved(void)
{
    struct zone *zone = load("Asia/Almaty");
    CHECK_INT_EQ(zone_offset_s(zone, utc("2024-02-29T17:59:59Z")), 6 * 3600);
    CHECK_INT_EQ(zone_offset_s(zone, utc("2024-02-29T18:00:00Z")), 5 * 3600);
    CHECK_INT_EQ(zone_offset_s(zone, utc("2010-07-01T00:00Z")), 6 * 3600);
    CHECK_INT_EQ(zone_offset_s(zone, utc("2060-07-01T00:00Z")), 5 * 3600);
    int64_t utc_s = 0, next_s = 0;
    CHECK_INT_EQ(zone_local_to_utc(zone, local("2024-02-29T23:30"), &utc_s), ZONE_OVERLAP);
    CHECK_INT_EQ(utc_s, utc("2024-02-29T23:30+06:00"));
    CHECK_INT_EQ(zone_local_to_utc(zone, local("2026-01-31T13:00"), &utc_s), ZONE_UNIQUE);
    CHECK_INT_EQ(utc_s, utc("2026-01-31T08:00Z"));
    CHECK_INT_EQ(zone_local_s(zone, utc_s), local("2026-01-31T13:00"));
    CHECK_INT_EQ(zone_next_change(zone, utc("2023-06-01T00:00Z"), &next_s), 1);
    CHECK_INT_EQ(next_s, utc("2024-02-29T18:00:00Z"));
    CHECK_INT_EQ(zone_next_change(zone, utc("2026-06-01T00:00Z"), &next_s), 0);
    zone_free(zone);
}

static void test_china(void)
{
    struct zone *zone = load("Asia/Shanghai");
    CHECK_INT_EQ(zone_offset_s(zone, utc("2026-01-31T00:00Z")), 8 * 3600);
    CHECK_INT_EQ(zone_offset_s(zone, utc("1988-07-01T00:00Z")), 9 * 3600);
    CHECK_STR_EQ(zone_abbreviation(zone, utc("2026-01-31T00:00Z")), "CST");
    zone_free(zone);
}

static void check_summer(const struct zone *zone, const char *start, const char *end)
{
    CHECK_INT_EQ(zone_offset_s(zone, utc(start) - 1), 3600);
    CHECK_INT_EQ(zone_offset_s(zone, utc(start)), 7200);
    CHECK_INT_EQ(zone_offset_s(zone, utc(end) - 1), 7200);
    CHECK_INT_EQ(zone_offset_s(zone, utc(end)), 3600);
    int64_t next_s = 0;
    CHECK_INT_EQ(zone_next_change(zone, utc(start) - 5, &next_s), 1);
    CHECK_INT_EQ(next_s, utc(start));
    CHECK_INT_EQ(zone_next_change(zone, utc(start), &next_s), 1);
    CHECK_INT_EQ(next_s, utc(end));
}

static void test_warsaw_summers(void)
{
    struct zone *zone = load("Europe/Warsaw");
    check_summer(zone, "2026-03-29T01:00Z", "2026-10-25T01:00Z");
    check_summer(zone, "2060-03-28T01:00Z", "2060-10-31T01:00Z"); /* by the footer */
    check_summer(zone, "9876-03-26T01:00Z", "9876-10-29T01:00Z");
    CHECK_STR_EQ(zone_abbreviation(zone, utc("2060-07-01T00:00Z")), "CEST");
    int64_t utc_s = 0;
    CHECK_INT_EQ(zone_local_to_utc(zone, local("2060-03-28T02:30"), &utc_s), ZONE_GAP);
    CHECK_INT_EQ(utc_s, utc("2060-03-28T01:30Z")); /* 03:30 of summer time */
    CHECK_INT_EQ(zone_local_to_utc(zone, local("2060-03-28T03:00"), &utc_s), ZONE_UNIQUE);
    CHECK_INT_EQ(utc_s, utc("2060-03-28T01:00Z"));
    CHECK_INT_EQ(zone_local_to_utc(zone, local("2060-10-31T02:00"), &utc_s), ZONE_OVERLAP);
    CHECK_INT_EQ(utc_s, utc("2060-10-31T00:00Z")); /* the earlier one */
    CHECK_INT_EQ(zone_local_to_utc(zone, local("2060-10-31T03:00"), &utc_s), ZONE_UNIQUE);
    CHECK_INT_EQ(utc_s, utc("2060-10-31T02:00Z"));
    zone_free(zone);
}

/* Zones whose rules are unlike the others: negative summer time, the south, hours beyond a day. */
static const char *const names[] = {"Asia/Almaty",      "Asia/Urumqi",        "Europe/Moscow",
                                    "Asia/Tehran",      "Asia/Baku",          "Europe/Dublin",
                                    "America/New_York", "Australia/Sydney",   "Asia/Jerusalem",
                                    "America/Nuuk",     "Africa/Casablanca",  "Pacific/Apia",
                                    "Asia/Kathmandu",   "Australia/Lord_Howe"};

/* The offset that localtime_r gives, which reads the same files with other code. */
static void test_against_the_c_library(void)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct zone *zone = load(names[i]);
        CHECK_INT_EQ(setenv("TZ", names[i], 1), 0);
        tzset();
        for (int64_t utc_s = utc("1900-01-01T00:00Z"); utc_s < utc("2120-01-01T00:00Z");
             utc_s += 86400 * 5 + 3333) {
            time_t instant = (time_t)utc_s;
            struct tm tm;
            localtime_r(&instant, &tm);
            struct time_date date = {tm.tm_year + 1900, (uint32_t)tm.tm_mon + 1,
                                     (uint32_t)tm.tm_mday};
            int64_t want =
                (int64_t)time_days(date) * 86400 + tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
            if (zone_local_s(zone, utc_s) != want) {
                CHECK_FAIL("%s at %" PRId64 ": got %" PRId64 ", want %" PRId64, names[i], utc_s,
                           zone_local_s(zone, utc_s), want);
                break;
            }
        }
        zone_free(zone);
    }
}

/* local -> UTC undoes UTC -> local except in overlaps, where it gives the earlier instant. */
static void test_inverse(void)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct zone *zone = load(names[i]);
        for (int64_t utc_s = utc("1915-01-01T00:00Z"); utc_s < utc("2090-01-01T00:00Z");
             utc_s += 1799 * 7) {
            int64_t back_s = 0, reading_s = zone_local_s(zone, utc_s);
            enum zone_fit fit = zone_local_to_utc(zone, reading_s, &back_s);
            CHECK(fit == ZONE_UNIQUE ? back_s == utc_s
                                     : fit == ZONE_OVERLAP && back_s <= utc_s &&
                                           zone_local_s(zone, back_s) == reading_s);
        }
        zone_free(zone);
    }
}

static void test_far_instants(void)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct zone *zone = load(names[i]);
        int64_t next_s = 0;
        CHECK(abs(zone_offset_s(zone, INT64_MIN)) < 26 * 3600);
        CHECK(abs(zone_offset_s(zone, INT64_MAX)) < 26 * 3600);
        CHECK_INT_EQ(zone_next_change(zone, INT64_MAX, &next_s), 0);
        zone_free(zone);
    }
}

static void check_refused(const char *name, enum zhol_error want)
{
    struct zone *zone = NULL;
    enum zhol_error error = zone_load(name, &zone);
    if (error != want || zone) {
        CHECK_FAIL("\"%s\": %s", name, zhol_error_name(error));
    }
}

static void test_hostile_names(void)
{
    const char *const bad[] = {"",
                               "/etc/passwd",
                               "../../../etc/passwd",
                               "Asia/../Asia/Almaty",
                               ".",
                               "Asia//Almaty",
                               "Asia/",
                               "Asia/.hidden",
                               "-x",
                               "Asia Almaty",
                               "A\nB",
                               "Asia\\Almaty"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_refused(bad[i], ZHOL_ERROR_USAGE);
    }
    check_refused(NULL, ZHOL_ERROR_USAGE);
    check_refused("Asia/Atlantis", ZHOL_ERROR_UNKNOWN);
    check_refused("Asia", ZHOL_ERROR_UNKNOWN);
    check_refused("zone.tab", ZHOL_ERROR_USAGE);
    check_refused("leapseconds", ZHOL_ERROR_SYNTAX);
}

static void test_utc_needs_no_database(void)
{
    CHECK_INT_EQ(setenv("TZDIR", "/nowhere", 1), 0);
    struct zone *zone = load("UTC");
    int64_t utc_s = 0;
    CHECK_INT_EQ(zone_offset_s(zone, 0), 0);
    CHECK_STR_EQ(zone_abbreviation(zone, 0), "UTC");
    CHECK_INT_EQ(zone_local_to_utc(zone, 12345, &utc_s), ZONE_UNIQUE);
    CHECK_INT_EQ(utc_s, 12345);
    zone_free(zone);
    zone = load("Asia/Almaty"); /* the default folder is searched next */
    zone_free(zone);
    CHECK_INT_EQ(unsetenv("TZDIR"), 0);
}

/* A file of version 2 with no change and the given footer. */
static enum zhol_error parse_rule(const char *rule, struct zone **zone)
{
    static const char block[] =
        "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        "\0\0\0\1\0\0\0\4\0\0\0\0\0\0UTC\0";
    char file[300];
    size_t size = 0;
    for (int i = 0; i < 2; i++) {
        memcpy(file + size, block, sizeof block - 1);
        size += sizeof block - 1;
    }
    size += (size_t)snprintf(file + size, sizeof file - size, "\n%s\n", rule);
    return zone_parse(file, size, zone);
}

static void test_rules(void)
{
    struct zone *zone = NULL;
    CHECK_INT_EQ(parse_rule("<+0330>-3:30:15", &zone), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zone_offset_s(zone, 0), 12615);
    CHECK_STR_EQ(zone_abbreviation(zone, 0), "+0330");
    zone_free(zone);
    CHECK_INT_EQ(parse_rule("XXX3EDT4,0/0,J365/23", &zone), ZHOL_ERROR_OK); /* summer all year */
    for (int64_t utc_s = 0; utc_s < INT64_C(86400) * 3000; utc_s += 3600) {
        CHECK_INT_EQ(zone_offset_s(zone, utc_s), -4 * 3600);
    }
    int64_t next_s = 0;
    CHECK_INT_EQ(zone_next_change(zone, 0, &next_s), 0);
    zone_free(zone);
    CHECK_INT_EQ(parse_rule("AAA0BBB,J60/0,J61/0", &zone), ZHOL_ERROR_OK); /* 1 March, always */
    CHECK_INT_EQ(zone_offset_s(zone, utc("2024-02-29T23:59Z")), 0);
    CHECK_INT_EQ(zone_offset_s(zone, utc("2024-03-01T00:00Z")), 3600);
    zone_free(zone);
    const char *const bad[] = {"A",
                               "AA0",
                               "AAA",
                               "AAA0BBB",
                               "AAA25",
                               "AAA0BBB,M13.1.0,M1.1.0",
                               "AAA0BBB,M1.6.0,M1.1.0",
                               "AAA0BBB,M1.1.7,M1.1.0",
                               "AAA0BBB,J0,J1",
                               "AAA0BBB,366,1",
                               "AAA0BBB,1",
                               "AAA0BBB,1,2,3",
                               "<AAA0",
                               "AAA0BBB,1/168,2",
                               "AAAAAAAAAAAAAAAAAAAA0",
                               "AAA0:60"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        zone = NULL;
        if (parse_rule(bad[i], &zone) != ZHOL_ERROR_SYNTAX || zone) {
            CHECK_FAIL("\"%s\" was taken", bad[i]);
            zone_free(zone);
        }
    }
}

int main(void)
{
    RUN(test_kazakhstan_moved);
    RUN(test_china);
    RUN(test_warsaw_summers);
    RUN(test_against_the_c_library);
    RUN(test_inverse);
    RUN(test_far_instants);
    RUN(test_hostile_names);
    RUN(test_utc_needs_no_database);
    RUN(test_rules);
    return check_report();
}
