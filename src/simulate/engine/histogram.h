/* simulate/engine/histogram.h: counts of times in buckets whose width grows with the value.
 *
 * The bucket is the position of the leading bit and the seven bits after it: values below 256 are
 * exact, others at most 0.4 % from the middle of their bucket. Adding is a few operations; two
 * histograms merge by adding their counts, in any order with the same result. Sums are exact
 * integers.
 */
#ifndef ZHOL_SIMULATE_ENGINE_HISTOGRAM_H
#define ZHOL_SIMULATE_ENGINE_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_BITS    7
#define HISTOGRAM_BUCKETS ((64 - HISTOGRAM_BITS) << HISTOGRAM_BITS)

__extension__ typedef unsigned __int128 histogram_wide;

struct histogram {
    uint64_t count;
    int64_t min, max;
    histogram_wide sum, squares;
    uint32_t bucket[HISTOGRAM_BUCKETS];
};

static inline uint32_t histogram_bucket(int64_t value)
{
    uint64_t v = (uint64_t)value;
    if (v < 2u << HISTOGRAM_BITS) {
        return (uint32_t)v;
    }
    uint32_t exponent = 63 - (uint32_t)__builtin_clzll(v);
    uint32_t shift = exponent - HISTOGRAM_BITS;
    return (shift << HISTOGRAM_BITS) + (uint32_t)(v >> shift);
}

/* Only what quantiles need: for values whose sum is kept elsewhere. */
static inline void histogram_count(struct histogram *h, int64_t value)
{
    h->count++;
    h->min = value < h->min ? value : h->min;
    h->max = value > h->max ? value : h->max;
    h->bucket[histogram_bucket(value)]++;
}

/* value: 0 to 2^62; the sum of squares holds 2^48 values of 2^40. */
static inline void histogram_add(struct histogram *h, int64_t value)
{
    h->count++;
    h->min = value < h->min ? value : h->min;
    h->max = value > h->max ? value : h->max;
    h->sum += (uint64_t)value;
    h->squares += (histogram_wide)(uint64_t)value * (uint64_t)value;
    h->bucket[histogram_bucket(value)]++;
}

void histogram_reset(struct histogram *h);
/* The middle of the bucket in which the q-quantile lies, within [min, max]; NaN when empty. */
double histogram_quantile(const struct histogram *h, double q);
double histogram_mean(const struct histogram *h);
double histogram_deviation(const struct histogram *h);

#endif
