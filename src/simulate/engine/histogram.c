/* histogram.c: what a histogram says (simulate/engine/histogram.h). */
#include "simulate/engine/histogram.h"

#include <math.h>
#include <string.h>

void histogram_reset(struct histogram *h)
{
    memset(h, 0, sizeof *h);
    h->min = INT64_MAX;
    h->max = -1;
}

/* Lowest value of a bucket. */
static uint64_t floor_of(uint32_t bucket)
{
    if (bucket < 2u << HISTOGRAM_BITS) {
        return bucket;
    }
    uint32_t shift = (bucket >> HISTOGRAM_BITS) - 1;
    uint64_t mantissa = (bucket & ((1u << HISTOGRAM_BITS) - 1)) + (UINT64_C(1) << HISTOGRAM_BITS);
    return mantissa << shift;
}

double histogram_quantile(const struct histogram *h, double q)
{
    if (!h->count) {
        return NAN;
    }
    double wanted = q * (double)h->count;
    uint64_t rank = wanted < 1 ? 1 : (uint64_t)ceil(wanted), seen = 0;
    uint32_t bucket = 0;
    while (bucket < HISTOGRAM_BUCKETS - 1 && (seen += h->bucket[bucket]) < rank) {
        bucket++;
    }
    double middle = ((double)floor_of(bucket) + (double)(floor_of(bucket + 1) - 1)) / 2;
    return fmin(fmax(middle, (double)h->min), (double)h->max);
}

double histogram_mean(const struct histogram *h)
{
    return h->count ? (double)h->sum / (double)h->count : NAN;
}

double histogram_deviation(const struct histogram *h)
{
    if (h->count < 2) {
        return NAN;
    }
    /* n * squares - sum^2 would overflow; the mean is split off in long double instead. */
    long double mean = (long double)h->sum / (long double)h->count;
    long double variance =
        ((long double)h->squares - mean * (long double)h->sum) / (long double)(h->count - 1);
    return variance > 0 ? (double)sqrtl(variance) : 0;
}
