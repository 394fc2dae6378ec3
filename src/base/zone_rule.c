/* zone_rule.c: POSIX TZ rules (base/zone_rule.h). */
#include "base/zone_rule.h"

#include <string.h>

#include "base/time.h"

enum { SUMMER_START_DEFAULT_S = 2 * 3600, HOUR_MAX = 167, OFFSET_HOUR_MAX = 24 };

/* The calendar repeats after 400 years, weekdays included. */
#define CYCLE_S (INT64_C(146097) * TIME_DAY_S)

/* One to three digits with a value in [low, high]. */
static bool cut_number(struct text_view *text, uint32_t low, uint32_t high, uint32_t *number)
{
    uint32_t count = 0, sum = 0;
    while (count < 3 && text->size && text->bytes[0] >= '0' && text->bytes[0] <= '9') {
        sum = sum * 10 + (uint32_t)(text->bytes[0] - '0');
        text->bytes++;
        text->size--;
        count++;
    }
    *number = sum;
    return count && sum >= low && sum <= high;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Letters, or anything of letters, digits and signs in <>. */
static bool cut_name(struct text_view *text, char name[ZONE_NAME_SIZE])
{
    bool quoted = text_cut_char(text, '<');
    uint32_t size = 0;
    while (size < text->size) {
        char c = text->bytes[size];
        if (!is_letter(c) && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'))) {
            break;
        }
        size++;
    }
    if (size < 3 || size >= ZONE_NAME_SIZE) {
        return false;
    }
    memcpy(name, text->bytes, size);
    name[size] = '\0';
    text->bytes += size;
    text->size -= size;
    return !quoted || text_cut_char(text, '>');
}

/* [+|-]hh[:mm[:ss]] as seconds. */
static bool cut_time(struct text_view *text, uint32_t hour_max, int32_t *seconds)
{
    bool negative = text_cut_char(text, '-');
    if (!negative) {
        text_cut_char(text, '+');
    }
    uint32_t hour = 0, minute = 0, second = 0;
    bool good = cut_number(text, 0, hour_max, &hour);
    if (good && text_cut_char(text, ':')) {
        good = cut_number(text, 0, 59, &minute);
        if (good && text_cut_char(text, ':')) {
            good = cut_number(text, 0, 59, &second);
        }
    }
    *seconds = (int32_t)(hour * 3600 + minute * 60 + second);
    *seconds = negative ? -*seconds : *seconds;
    return good;
}

static bool cut_change(struct text_view *text, struct zone_change *change)
{
    bool good = text_cut_char(text, ',');
    if (good && text_cut_char(text, 'M')) {
        change->kind = ZONE_DAY_WEEK;
        good = cut_number(text, 1, 12, &change->month) && text_cut_char(text, '.') &&
               cut_number(text, 1, 5, &change->week) && text_cut_char(text, '.') &&
               cut_number(text, 0, 6, &change->day);
    } else if (good && text_cut_char(text, 'J')) {
        change->kind = ZONE_DAY_JULIAN;
        good = cut_number(text, 1, 365, &change->day);
    } else if (good) {
        change->kind = ZONE_DAY_OF_YEAR;
        good = cut_number(text, 0, 365, &change->day);
    }
    change->second = SUMMER_START_DEFAULT_S;
    return good && (!text_cut_char(text, '/') || cut_time(text, HOUR_MAX, &change->second));
}

bool zone_rule_parse(struct text_view text, struct zone_rule *rule)
{
    *rule = (struct zone_rule){.has_summer = false};
    int32_t west_s = 0;
    if (!cut_name(&text, rule->standard_name) || !cut_time(&text, OFFSET_HOUR_MAX, &west_s)) {
        return false;
    }
    rule->standard_s = -west_s; /* POSIX counts west of Greenwich */
    if (!text.size) {
        return true;
    }
    rule->has_summer = true;
    rule->summer_s = rule->standard_s + TIME_HOUR_S;
    if (!cut_name(&text, rule->summer_name)) {
        return false;
    }
    if (text.size && text.bytes[0] != ',') {
        if (!cut_time(&text, OFFSET_HOUR_MAX, &west_s)) {
            return false;
        }
        rule->summer_s = -west_s;
    }
    return cut_change(&text, &rule->start) && cut_change(&text, &rule->end) && !text.size;
}

/* The day on which a change falls in a year. */
static int32_t change_day(const struct zone_change *change, int32_t year)
{
    int32_t first = time_days((struct time_date){year, 1, 1});
    if (change->kind == ZONE_DAY_OF_YEAR) {
        return first + (int32_t)change->day;
    }
    if (change->kind == ZONE_DAY_JULIAN) {
        bool behind_leap_day = change->day >= 60 && time_days_in_month(year, 2) == 29;
        return first + (int32_t)change->day - 1 + behind_leap_day;
    }
    int32_t month = time_days((struct time_date){year, change->month, 1});
    uint32_t weekday = (change->day + 6) % 7; /* from 0 Sunday to 0 Monday */
    uint32_t ahead = (weekday + 7 - time_weekday(month)) % 7;
    uint32_t day = ahead + (change->week - 1) * 7;
    if (day >= time_days_in_month(year, change->month)) {
        day -= 7;
    }
    return month + (int32_t)day;
}

/* Finds the stretch among the changes of the years around utc_s. When two changes fall on one
 * instant the later in order of years wins, so that a rule whose summer ends where the next begins
 * is summer all year, as RFC 8536 wants it. */
static struct zone_span span_in_cycle(const struct zone_rule *rule, int64_t utc_s)
{
    int32_t year = time_date_of(time_day_of(utc_s + rule->standard_s)).year;
    struct zone_span span = {INT64_MIN, INT64_MAX, rule->standard_s, rule->standard_name};
    for (int32_t y = year - 1; y <= year + 1; y++) {
        int64_t start = (int64_t)change_day(&rule->start, y) * TIME_DAY_S + rule->start.second -
                        rule->standard_s;
        int64_t end =
            (int64_t)change_day(&rule->end, y) * TIME_DAY_S + rule->end.second - rule->summer_s;
        const struct zone_span both[2] = {{start, 0, rule->summer_s, rule->summer_name},
                                          {end, 0, rule->standard_s, rule->standard_name}};
        bool summer_first = start < end;
        for (int i = 0; i < 2; i++) {
            const struct zone_span *change = &both[summer_first ? i : 1 - i];
            if (change->start_s <= utc_s && change->start_s >= span.start_s) {
                span.start_s = change->start_s;
                span.offset_s = change->offset_s;
                span.name = change->name;
            } else if (change->start_s > utc_s && change->start_s < span.end_s) {
                span.end_s = change->start_s;
            }
        }
    }
    return span;
}

struct zone_span zone_rule_span(const struct zone_rule *rule, int64_t utc_s)
{
    if (!rule->has_summer) {
        return (struct zone_span){INT64_MIN, INT64_MAX, rule->standard_s, rule->standard_name};
    }
    int64_t cycles = utc_s / CYCLE_S - (utc_s % CYCLE_S < 0);
    int64_t shift = cycles * CYCLE_S;
    struct zone_span span = span_in_cycle(rule, utc_s - shift);
    if (__builtin_add_overflow(span.start_s, shift, &span.start_s)) {
        span.start_s = INT64_MIN;
    }
    if (__builtin_add_overflow(span.end_s, shift, &span.end_s)) {
        span.end_s = INT64_MAX;
    }
    return span;
}
