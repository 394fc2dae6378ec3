/* moa_buckets.c: finding the next bucket (plan/moa_buckets.h). */
#include "plan/moa_buckets.h"

#include <stdlib.h>

enum zhol_error moa_buckets_init(struct moa_buckets *buckets)
{
    *buckets = (struct moa_buckets){0};
    buckets->heads = calloc(MOA_BUCKETS, sizeof *buckets->heads);
    return buckets->heads ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void moa_buckets_clear(struct moa_buckets *buckets)
{
    free(buckets->heads);
    *buckets = (struct moa_buckets){0};
}

/* The first used bucket in [first, end), or end, which is a multiple of 64. */
static uint32_t bucket_find(const struct moa_buckets *buckets, uint32_t first, uint32_t end)
{
    uint32_t word = first / 64;
    uint64_t bits = first < end ? buckets->used[word] & ~(uint64_t)0 << first % 64 : 0;
    while (!bits && ++word < end / 64) {
        bits = buckets->used[word];
    }
    return bits ? word * 64 + (uint32_t)__builtin_ctzll(bits) : end;
}

uint32_t moa_buckets_next(struct moa_buckets *buckets)
{
    enum { MIDDLE = MOA_LOW_BUCKETS, HIGH = MIDDLE + MOA_HIGH_BUCKETS };
    uint32_t low = buckets->last & (MOA_LOW_BUCKETS - 1);
    uint32_t middle = buckets->last >> MOA_LOW_BITS & (MOA_HIGH_BUCKETS - 1);
    uint32_t bucket = bucket_find(buckets, low, MIDDLE);
    if (bucket < MIDDLE) {
        buckets->last += bucket - low;
        return bucket;
    }
    /* A bucket above is dealt out around the least key that it can hold. */
    bucket = bucket_find(buckets, MIDDLE + middle, HIGH);
    if (bucket < HIGH) {
        uint32_t top = buckets->last >> (MOA_LOW_BITS + MOA_HIGH_BITS);
        buckets->last = (top << MOA_HIGH_BITS | (bucket - MIDDLE)) << MOA_LOW_BITS;
        return bucket;
    }
    bucket = bucket_find(buckets, HIGH, MOA_BUCKETS);
    if (bucket < MOA_BUCKETS) {
        buckets->last = (bucket - HIGH) << (MOA_LOW_BITS + MOA_HIGH_BITS);
    }
    return bucket;
}
