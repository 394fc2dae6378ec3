/* report/format.h: numbers, times and durations as people read them, in a language.
 *
 * English groups thousands by a comma and has a decimal point; Russian groups by a narrow
 * no-break space and has a decimal comma. All functions append to a buffer, which carries errors.
 */
#ifndef ZHOL_REPORT_FORMAT_H
#define ZHOL_REPORT_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "report/words.h"

/* "12,345.6" or "12 345,6" */
void format_number(struct buffer *out, double value, unsigned decimals, enum report_lang lang);
/* Whole dollars of an amount in cents, rounded half up. */
void format_usd(struct buffer *out, int64_t cents, enum report_lang lang);
/* The same with its currency: "USD 3,782", "3 782 долл.". */
void format_price(struct buffer *out, int64_t cents, enum report_lang lang);
/* Dollars and cents. */
void format_cents(struct buffer *out, int64_t cents, enum report_lang lang);
/* Kilograms of an amount in grams, with one decimal below 100. */
void format_kg(struct buffer *out, int64_t grams, enum report_lang lang);
/* Kilometres of metres. */
void format_km(struct buffer *out, uint64_t metres, enum report_lang lang);
/* "45 min", "36.5 h", "15.8 d": the unit in which it reads well. */
void format_duration(struct buffer *out, int64_t minutes, enum report_lang lang);
/* Days with one decimal, no unit. */
void format_days(struct buffer *out, int64_t minutes, enum report_lang lang);
/* Hours with one decimal, no unit. */
void format_hours(struct buffer *out, int64_t minutes, enum report_lang lang);
/* A share as whole percent: "80 %". */
void format_percent(struct buffer *out, double share, enum report_lang lang);

/* An instant as a clock shows it `offset_s` east of UTC. */
struct report_time {
    int64_t utc_min;
    int32_t offset_s;
};
/* "Mon 16 Feb 2026 14:20", "пн 16 фев 2026 14:20" */
void format_time(struct buffer *out, struct report_time time, enum report_lang lang);
/* The same without the year. */
void format_time_short(struct buffer *out, struct report_time time, enum report_lang lang);
/* "16 Feb" */
void format_day_short(struct buffer *out, struct report_time time, enum report_lang lang);
/* A day since 1970 as "31 Jan 2026". */
void format_day(struct buffer *out, int32_t day, enum report_lang lang);
/* "+8", "+5:30" */
void format_offset(struct buffer *out, int32_t offset_s);
/* "2026-02-16T14:20:00+08:00", the same in every language */
void format_iso(struct buffer *out, struct report_time time);

#endif
