/* report/format.c: numbers, times and durations in English and Russian. See format.h. */
#include "report/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"

#define NARROW_SPACE "\xE2\x80\xAF" /* U+202F, narrow no-break space */

void format_number(struct buffer *out, double value, unsigned decimals, enum report_lang lang)
{
    char text[NUMBER_TEXT_SIZE];
    number_format_grouped_fixed(value, decimals, lang == REPORT_RU ? NARROW_SPACE : ",", text);
    if (lang == REPORT_RU) {
        char *point = strchr(text, '.');
        if (point) {
            *point = ',';
        }
    }
    buffer_string(out, text);
}

void format_usd(struct buffer *out, int64_t cents, enum report_lang lang)
{
    int64_t whole = (cents < 0 ? cents - 50 : cents + 50) / 100;
    format_number(out, (double)whole, 0, lang);
}

void format_price(struct buffer *out, int64_t cents, enum report_lang lang)
{
    buffer_string(out, lang == REPORT_RU ? "" : "USD ");
    format_usd(out, cents, lang);
    buffer_string(out, lang == REPORT_RU ? " долл." : "");
}

void format_cents(struct buffer *out, int64_t cents, enum report_lang lang)
{
    format_number(out, (double)cents / 100, 2, lang);
}

void format_kg(struct buffer *out, int64_t grams, enum report_lang lang)
{
    double kg = (double)grams / 1000;
    format_number(out, kg, kg < 99.95 ? 1 : 0, lang);
}

void format_km(struct buffer *out, uint64_t metres, enum report_lang lang)
{
    format_number(out, (double)((metres + 500) / 1000), 0, lang);
}

void format_days(struct buffer *out, int64_t minutes, enum report_lang lang)
{
    format_number(out, (double)minutes / 1440, 1, lang);
}

void format_hours(struct buffer *out, int64_t minutes, enum report_lang lang)
{
    format_number(out, (double)minutes / 60, 1, lang);
}

void format_duration(struct buffer *out, int64_t minutes, enum report_lang lang)
{
    if (minutes < 60) {
        format_number(out, (double)minutes, 0, lang);
        buffer_printf(out, " %s", report_word(WORD_UNIT_MIN, lang));
    } else if (minutes < 48 * 60) {
        format_hours(out, minutes, lang);
        buffer_printf(out, " %s", report_word(WORD_UNIT_H, lang));
    } else {
        format_days(out, minutes, lang);
        buffer_printf(out, " %s", report_word(WORD_UNIT_D, lang));
    }
}

void format_percent(struct buffer *out, double share, enum report_lang lang)
{
    format_number(out, share * 100, 0, lang);
    buffer_string(out, " %");
}

static const char *const weekdays[REPORT_LANG_COUNT][7] = {
    {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
    {"пн", "вт", "ср", "чт", "пт", "сб", "вс"},
};
static const char *const months[REPORT_LANG_COUNT][12] = {
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    {"янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"},
};

static int64_t local_s(struct report_time time)
{
    return time.utc_min * 60 + time.offset_s;
}

static void put_clock(struct buffer *out, struct report_time time, bool year, enum report_lang lang)
{
    int64_t local = local_s(time);
    int32_t day = time_day_of(local);
    uint32_t second = time_second_of_day(local);
    struct time_date date = time_date_of(day);
    buffer_printf(out, "%s %02u %s ", weekdays[lang][time_weekday(day)], date.day,
                  months[lang][date.month - 1]);
    if (year) {
        buffer_printf(out, "%" PRId32 " ", date.year);
    }
    buffer_printf(out, "%02u:%02u", second / 3600, second / 60 % 60);
}

void format_time(struct buffer *out, struct report_time time, enum report_lang lang)
{
    put_clock(out, time, true, lang);
}

void format_time_short(struct buffer *out, struct report_time time, enum report_lang lang)
{
    put_clock(out, time, false, lang);
}

void format_day_short(struct buffer *out, struct report_time time, enum report_lang lang)
{
    struct time_date date = time_date_of(time_day_of(local_s(time)));
    buffer_printf(out, "%u %s", date.day, months[lang][date.month - 1]);
}

void format_day(struct buffer *out, int32_t day, enum report_lang lang)
{
    struct time_date date = time_date_of(day);
    buffer_printf(out, "%u %s %" PRId32, date.day, months[lang][date.month - 1], date.year);
}

void format_offset(struct buffer *out, int32_t offset_s)
{
    uint32_t minutes = (uint32_t)abs(offset_s) / 60;
    buffer_printf(out, "%c%u", offset_s < 0 ? '-' : '+', minutes / 60);
    if (minutes % 60) {
        buffer_printf(out, ":%02u", minutes % 60);
    }
}

void format_iso(struct buffer *out, struct report_time time)
{
    char text[TIME_TEXT_SIZE];
    time_format_offset(time.utc_min * 60, time.offset_s, text);
    buffer_string(out, text);
}
