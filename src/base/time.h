/* base/time.h: civil dates and instants.
 *
 * A day is a count of days since 1970-01-01, an instant a count of UTC seconds since then (POSIX,
 * no leap seconds). The calendar is the proleptic Gregorian one; year 0 is 1 BC. Local time is a
 * matter of base/zone.h.
 * Source of the day arithmetic: H. Hinnant, "chrono-compatible low-level date algorithms".
 * Errors: ZHOL_ERROR_SYNTAX (not the form), ZHOL_ERROR_RANGE (a 13th month, 30 February). On error
 * out-parameters are untouched. All O(1), no allocation, no locale, thread safe.
 */
#ifndef ZHOL_BASE_TIME_H
#define ZHOL_BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/text.h"

#define TIME_DAY_S  86400
#define TIME_HOUR_S 3600

struct time_date {
    int32_t year;
    uint32_t month; /* 1-12 */
    uint32_t day;   /* 1-31 */
};

/* Days since 1970-01-01; the date must be valid (see time_date_valid), the year within +-5,000,000.
 * Years below 1 are fine here, though no parser accepts them. */
int32_t time_days(struct time_date date);
struct time_date time_date_of(int32_t days);
bool time_date_valid(struct time_date date);
uint32_t time_days_in_month(int32_t year, uint32_t month);
/* 0 Monday ... 6 Sunday. */
uint32_t time_weekday(int32_t days);
/* The day on which an instant falls in UTC (rounds down before 1970), and the second within it. */
int32_t time_day_of(int64_t utc_s);
uint32_t time_second_of_day(int64_t utc_s);
/* Day d of the month that is `months` later; the day is cut to the month's end (31 January plus one
 * month is 28 or 29 February). */
int32_t time_add_months(int32_t days, int32_t months);

/* ---- parsing (ISO 8601, years 0001-9999) ---- */

/* YYYY, YYYY-MM or YYYY-MM-DD as the half-open interval [*from, *to) of days that it names; either
 * pointer may be NULL. */
enum zhol_error time_parse_date(struct text_view text, int32_t *from, int32_t *to);
/* YYYY-MM-DD only. */
enum zhol_error time_parse_day(struct text_view text, int32_t *days);

struct time_stamp {
    int64_t local_s;  /* the clock's reading as if it were UTC */
    int32_t offset_s; /* east of UTC; 0 when there is none */
    bool has_offset;  /* false: local time of a place that the text does not name */
};

/* YYYY-MM-DD(T| )HH:MM[:SS[.fraction]][Z|(+|-)HH:MM|(+|-)HHMM|(+|-)HH]; a fraction is cut off,
 * 24:00 is the end of the day, a leap second (:60) is read as :59. */
enum zhol_error time_parse_stamp(struct text_view text, struct time_stamp *stamp);
/* The same, and the offset must be there. */
enum zhol_error time_parse_instant(struct text_view text, int64_t *utc_s);
/* HH:MM or HH:MM:SS from 00:00 to 24:00, as seconds of the day. */
enum zhol_error time_parse_clock(struct text_view text, uint32_t *second_of_day);

/* ---- formatting: all write a NUL and return the size without it ---- */

#define TIME_TEXT_SIZE 40

/* "2026-01-31"; years outside 0-9999 with a sign and at least four digits. */
size_t time_format_date(int32_t days, char out[TIME_TEXT_SIZE]);
/* "2026-01-31T08:00:00Z" */
size_t time_format_instant(int64_t utc_s, char out[TIME_TEXT_SIZE]);
/* An instant as a clock shows it `offset_s` east of UTC: "2026-01-31T13:00:00+05:00" */
size_t time_format_offset(int64_t utc_s, int32_t offset_s, char out[TIME_TEXT_SIZE]);
/* "2026-01-31 13:00", for people; local_s as from zone_local_s. */
size_t time_format_minute(int64_t local_s, char out[TIME_TEXT_SIZE]);

/* The present instant, from the system's clock. */
int64_t time_now_s(void);

#endif
