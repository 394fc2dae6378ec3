/* time.c: civil dates, and ISO 8601 text (base/time.h). */
#include "base/time.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ERA_DAYS = 146097, ERA_YEARS = 400, EPOCH_SHIFT = 719468 /* 0000-03-01 to 1970-01-01 */ };

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

uint32_t time_days_in_month(int32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool time_date_valid(struct time_date date)
{
    return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= time_days_in_month(date.year, date.month);
}

/* Years begin in March here, so that the leap day is the last of its year; an era is 400 years. */
int32_t time_days(struct time_date date)
{
    assert(time_date_valid(date));
    int32_t year = date.year - (date.month <= 2);
    int32_t era = (year >= 0 ? year : year - (ERA_YEARS - 1)) / ERA_YEARS;
    int32_t year_of_era = year - era * ERA_YEARS;
    int32_t month = (int32_t)date.month + (date.month > 2 ? -3 : 9);
    int32_t day_of_year = (153 * month + 2) / 5 + (int32_t)date.day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)((int64_t)era * ERA_DAYS + day_of_era - EPOCH_SHIFT);
}

struct time_date time_date_of(int32_t days)
{
    int64_t shifted = (int64_t)days + EPOCH_SHIFT;
    int64_t era = (shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS;
    int32_t day_of_era = (int32_t)(shifted - era * ERA_DAYS);
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month = (5 * day_of_year + 2) / 153;
    struct time_date date;
    date.day = (uint32_t)(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = (uint32_t)(month < 10 ? month + 3 : month - 9);
    date.year = (int32_t)(era * ERA_YEARS) + year_of_era + (date.month <= 2);
    return date;
}

uint32_t time_weekday(int32_t days)
{
    /* 1970-01-01 was a Thursday */
    return (uint32_t)((((int64_t)days + 3) % 7 + 7) % 7);
}

static int64_t floor_divide(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

int32_t time_day_of(int64_t utc_s)
{
    int64_t days = floor_divide(utc_s, TIME_DAY_S);
    return days < INT32_MIN ? INT32_MIN : days > INT32_MAX ? INT32_MAX : (int32_t)days;
}

uint32_t time_second_of_day(int64_t utc_s)
{
    return (uint32_t)((utc_s % TIME_DAY_S + TIME_DAY_S) % TIME_DAY_S);
}

int32_t time_add_months(int32_t days, int32_t months)
{
    struct time_date date = time_date_of(days);
    int64_t month = (int64_t)date.year * 12 + (date.month - 1) + months;
    date.year = (int32_t)floor_divide(month, 12);
    date.month = (uint32_t)(month - (int64_t)date.year * 12) + 1;
    uint32_t last = time_days_in_month(date.year, date.month);
    date.day = date.day < last ? date.day : last;
    return time_days(date);
}

/* ---- parsing ---- */

/* Cuts `count` digits off the text; false when they are not there. */
static bool cut_digits(struct text_view *text, uint32_t count, uint32_t *number)
{
    if (text->size < count) {
        return false;
    }
    *number = 0;
    for (uint32_t i = 0; i < count; i++) {
        char c = text->bytes[i];
        if (c < '0' || c > '9') {
            return false;
        }
        *number = *number * 10 + (uint32_t)(c - '0');
    }
    text->bytes += count;
    text->size -= count;
    return true;
}

enum zhol_error time_parse_date(struct text_view text, int32_t *from, int32_t *to)
{
    uint32_t year = 0, month = 0, day = 0;
    bool form = cut_digits(&text, 4, &year);
    bool has_month = form && text.size;
    form = form && (!has_month || (text_cut_char(&text, '-') && cut_digits(&text, 2, &month)));
    bool has_day = form && text.size;
    form = form && (!has_day || (text_cut_char(&text, '-') && cut_digits(&text, 2, &day)));
    if (!form || text.size) {
        return ZHOL_ERROR_SYNTAX;
    }
    struct time_date first = {(int32_t)year, has_month ? month : 1, has_day ? day : 1};
    if (year == 0 || !time_date_valid(first)) {
        return ZHOL_ERROR_RANGE;
    }
    int32_t start = time_days(first);
    if (from) {
        *from = start;
    }
    if (to) {
        *to = has_day ? start + 1 : time_add_months(start, has_month ? 1 : 12);
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error time_parse_day(struct text_view text, int32_t *days)
{
    return text.size == 10 ? time_parse_date(text, days, NULL) : ZHOL_ERROR_SYNTAX;
}

/* HH:MM[:SS[.fraction]] at the head of the text. */
static enum zhol_error cut_clock(struct text_view *text, bool fraction, uint32_t *second_of_day)
{
    uint32_t hour = 0, minute = 0, second = 0;
    if (!cut_digits(text, 2, &hour) || !text_cut_char(text, ':') || !cut_digits(text, 2, &minute)) {
        return ZHOL_ERROR_SYNTAX;
    }
    if (text_cut_char(text, ':')) {
        if (!cut_digits(text, 2, &second)) {
            return ZHOL_ERROR_SYNTAX;
        }
        if (fraction && (text_cut_char(text, '.') || text_cut_char(text, ','))) {
            uint32_t digit = 0, count = 0;
            while (cut_digits(text, 1, &digit)) {
                count++;
            }
            if (!count) {
                return ZHOL_ERROR_SYNTAX;
            }
        }
    }
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute || second))) {
        return ZHOL_ERROR_RANGE;
    }
    second = second == 60 ? 59 : second;
    *second_of_day = hour * 3600 + minute * 60 + second;
    return ZHOL_ERROR_OK;
}

enum zhol_error time_parse_clock(struct text_view text, uint32_t *second_of_day)
{
    uint32_t seconds = 0;
    enum zhol_error error = cut_clock(&text, false, &seconds);
    if (!error && text.size) {
        error = ZHOL_ERROR_SYNTAX;
    }
    if (!error) {
        *second_of_day = seconds;
    }
    return error;
}

/* Z, +HH, +HHMM or +HH:MM, and then nothing more. */
static enum zhol_error parse_offset(struct text_view text, int32_t *offset_s)
{
    if (text_cut_char(&text, 'Z')) {
        *offset_s = 0;
        return text.size ? ZHOL_ERROR_SYNTAX : ZHOL_ERROR_OK;
    }
    bool west = text_cut_char(&text, '-');
    uint32_t hour = 0, minute = 0;
    if ((!west && !text_cut_char(&text, '+')) || !cut_digits(&text, 2, &hour)) {
        return ZHOL_ERROR_SYNTAX;
    }
    if (text.size) {
        text_cut_char(&text, ':');
        if (!cut_digits(&text, 2, &minute) || text.size) {
            return ZHOL_ERROR_SYNTAX;
        }
    }
    if (hour > 23 || minute > 59) {
        return ZHOL_ERROR_RANGE;
    }
    int32_t seconds = (int32_t)(hour * 3600 + minute * 60);
    *offset_s = west ? -seconds : seconds;
    return ZHOL_ERROR_OK;
}

enum zhol_error time_parse_stamp(struct text_view text, struct time_stamp *stamp)
{
    if (text.size < 16 || (text.bytes[10] != 'T' && text.bytes[10] != ' ')) {
        return ZHOL_ERROR_SYNTAX;
    }
    int32_t day = 0, offset_s = 0;
    uint32_t second = 0;
    enum zhol_error error = time_parse_day((struct text_view){text.bytes, 10}, &day);
    if (error) {
        return error;
    }
    struct text_view rest = {text.bytes + 11, text.size - 11};
    error = cut_clock(&rest, true, &second);
    bool has_offset = rest.size != 0;
    if (!error && has_offset) {
        error = parse_offset(rest, &offset_s);
    }
    if (!error) {
        *stamp = (struct time_stamp){(int64_t)day * TIME_DAY_S + second, offset_s, has_offset};
    }
    return error;
}

enum zhol_error time_parse_instant(struct text_view text, int64_t *utc_s)
{
    struct time_stamp stamp;
    enum zhol_error error = time_parse_stamp(text, &stamp);
    if (!error && !stamp.has_offset) {
        error = ZHOL_ERROR_SYNTAX;
    }
    if (!error) {
        *utc_s = stamp.local_s - stamp.offset_s;
    }
    return error;
}

/* ---- formatting ---- */

static size_t written(int size)
{
    assert(size > 0 && size < TIME_TEXT_SIZE);
    return (size_t)size;
}

size_t time_format_date(int32_t days, char out[TIME_TEXT_SIZE])
{
    struct time_date date = time_date_of(days);
    const char *sign = date.year < 0 ? "-" : date.year > 9999 ? "+" : "";
    int32_t year = date.year < 0 ? -date.year : date.year;
    return written(snprintf(out, TIME_TEXT_SIZE, "%s%04d-%02u-%02u", sign, (int)year,
                            (unsigned)date.month, (unsigned)date.day));
}

/* The date, a separator, and the clock; with seconds or without. */
static size_t format_clock(int64_t local_s, char separator, bool seconds, char out[TIME_TEXT_SIZE])
{
    size_t size = time_format_date(time_day_of(local_s), out);
    unsigned second = time_second_of_day(local_s);
    int more = snprintf(out + size, TIME_TEXT_SIZE - size, "%c%02u:%02u", separator, second / 3600,
                        second / 60 % 60);
    size += written(more);
    if (seconds) {
        size += written(snprintf(out + size, TIME_TEXT_SIZE - size, ":%02u", second % 60));
    }
    return size;
}

size_t time_format_instant(int64_t utc_s, char out[TIME_TEXT_SIZE])
{
    size_t size = format_clock(utc_s, 'T', true, out);
    out[size++] = 'Z';
    out[size] = '\0';
    return size;
}

size_t time_format_offset(int64_t utc_s, int32_t offset_s, char out[TIME_TEXT_SIZE])
{
    size_t size = format_clock(utc_s + offset_s, 'T', true, out);
    unsigned minutes = (unsigned)(offset_s < 0 ? -offset_s : offset_s) / 60;
    return size + written(snprintf(out + size, TIME_TEXT_SIZE - size, "%c%02u:%02u",
                                   offset_s < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60));
}

size_t time_format_minute(int64_t local_s, char out[TIME_TEXT_SIZE])
{
    return format_clock(local_s, ' ', false, out);
}

int64_t time_now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec;
}
