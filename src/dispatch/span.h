/* dispatch/span.h: when a thing is busy, one bit a minute.
 *
 * Purpose: fronts, tracks and locomotives of a day are each a row of HORIZON_MAX bits; a set bit is
 * a busy minute. Setting, clearing and looking for a gap go a word of 64 minutes at a time, and a
 * whole day is copied with one memcpy.
 * Times are in [0, SPAN_MINUTES]; intervals are half-open. No errors, no memory.
 */
#ifndef ZHOL_DISPATCH_SPAN_H
#define ZHOL_DISPATCH_SPAN_H

#include <stdbool.h>
#include <stdint.h>
#include <zhol/dispatch.h>

enum { SPAN_MINUTES = ZHOL_DISPATCH_HORIZON_MAX, SPAN_WORDS = SPAN_MINUTES / 64 };

struct span {
    uint64_t busy[SPAN_WORDS];
};

/* Marks [from, until) busy or free; what lies outside the day is cut off. */
void span_take(struct span *span, int32_t from, int32_t until);
void span_give(struct span *span, int32_t from, int32_t until);
/* The first busy (free) minute at or after `from`; SPAN_MINUTES when there is none. */
int32_t span_next_busy(const struct span *span, int32_t from);
int32_t span_next_free(const struct span *span, int32_t from);
/* Whether all of [from, until) is free; `until` beyond the day counts as its end. */
bool span_is_free(const struct span *span, int32_t from, int32_t until);
/* The first start at or after `from` of `length` free minutes that end at or before `limit`;
 * ZHOL_DISPATCH_NEVER when there is none. */
int32_t span_fit(const struct span *span, int32_t from, int32_t length, int32_t limit);

#endif
