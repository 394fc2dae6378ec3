/* span.c: when a thing is busy. See span.h. */
#include "dispatch/span.h"

static int32_t clamp(int32_t minute)
{
    return minute < 0 ? 0 : minute > SPAN_MINUTES ? SPAN_MINUTES : minute;
}

/* The bits of word `word` that lie in [from, until). */
static uint64_t word_mask(int32_t word, int32_t from, int32_t until)
{
    int32_t low = from - word * 64, high = until - word * 64;
    uint64_t mask = UINT64_MAX;
    if (low > 0) {
        mask &= UINT64_MAX << low;
    }
    if (high < 64) {
        mask &= UINT64_MAX >> (64 - high);
    }
    return mask;
}

void span_take(struct span *span, int32_t from, int32_t until)
{
    from = clamp(from);
    until = clamp(until);
    for (int32_t word = from / 64; from < until && word <= (until - 1) / 64; word++) {
        span->busy[word] |= word_mask(word, from, until);
    }
}

void span_give(struct span *span, int32_t from, int32_t until)
{
    from = clamp(from);
    until = clamp(until);
    for (int32_t word = from / 64; from < until && word <= (until - 1) / 64; word++) {
        span->busy[word] &= ~word_mask(word, from, until);
    }
}

/* The first set bit of busy ^ flip at or after `from`. */
static int32_t next_bit(const struct span *span, int32_t from, uint64_t flip)
{
    from = clamp(from);
    if (from == SPAN_MINUTES) {
        return SPAN_MINUTES;
    }
    int32_t word = from / 64;
    uint64_t bits = (span->busy[word] ^ flip) & (UINT64_MAX << (from % 64));
    while (!bits && ++word < SPAN_WORDS) {
        bits = span->busy[word] ^ flip;
    }
    return bits ? word * 64 + __builtin_ctzll(bits) : SPAN_MINUTES;
}

int32_t span_next_busy(const struct span *span, int32_t from)
{
    return next_bit(span, from, 0);
}

int32_t span_next_free(const struct span *span, int32_t from)
{
    return next_bit(span, from, UINT64_MAX);
}

bool span_is_free(const struct span *span, int32_t from, int32_t until)
{
    return span_next_busy(span, from) >= clamp(until);
}

int32_t span_fit(const struct span *span, int32_t from, int32_t length, int32_t limit)
{
    for (int32_t start = span_next_free(span, from); start <= limit - length;) {
        int32_t end = span_next_busy(span, start);
        if (end - start >= length) {
            return start;
        }
        start = span_next_free(span, end);
    }
    return ZHOL_DISPATCH_NEVER;
}
