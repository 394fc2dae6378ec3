/* plan/moa_buckets.h: the buckets of a monotone priority queue on 32-bit keys.
 *
 * Purpose: when the keys taken never fall, a queue needs no comparisons. This is a multi-level
 * bucket queue (E. Denardo and B. Fox, Operations Research 27, 1979): one bucket for each value of
 * the low 12 bits, for keys that share all higher bits with the key taken last, and 1024 buckets
 * each for the next 10 and the top 10 bits. An item moves at most twice, and there is nothing to
 * tune. What a bucket holds is the user's matter: here it is a number, `heads[bucket]`, 0 for
 * nothing.
 * Use: put an item into moa_buckets_of(key) and moa_buckets_mark it. To take, call
 * moa_buckets_next: a bucket below MOA_LOW_BUCKETS holds the least key, which is now `last`; a
 * higher one has to be taken out (moa_buckets_detach) and its items put in again, which brings them
 * to lower levels; MOA_BUCKETS means that all is empty. Keys put in must be at least `last`.
 * Errors: ZHOL_ERROR_MEMORY from moa_buckets_init.
 * Complexity: O(1); next O(96) at worst.
 */
#ifndef ZHOL_PLAN_MOA_BUCKETS_H
#define ZHOL_PLAN_MOA_BUCKETS_H

#include <stdint.h>
#include <zhol/error.h>

enum {
    MOA_LOW_BITS = 12,
    MOA_HIGH_BITS = 10,
    MOA_LOW_BUCKETS = 1 << MOA_LOW_BITS,
    MOA_HIGH_BUCKETS = 1 << MOA_HIGH_BITS,
    MOA_BUCKETS = MOA_LOW_BUCKETS + 2 * MOA_HIGH_BUCKETS
};

struct moa_buckets {
    uint32_t last;                   /* the key taken last */
    uint32_t *heads;                 /* by bucket */
    uint64_t used[MOA_BUCKETS / 64]; /* a bit for each bucket that holds something */
};

enum zhol_error moa_buckets_init(struct moa_buckets *buckets);
void moa_buckets_clear(struct moa_buckets *buckets);
/* The bucket to empty next; may raise `last` (see above). */
uint32_t moa_buckets_next(struct moa_buckets *buckets);

/* The bucket of a key: its level is that of the highest bit in which it differs from `last`. */
static inline uint32_t moa_buckets_of(const struct moa_buckets *buckets, uint32_t key)
{
    uint32_t differ = key ^ buckets->last;
    if (differ < MOA_LOW_BUCKETS) {
        return key & (MOA_LOW_BUCKETS - 1);
    }
    if (differ >> (MOA_LOW_BITS + MOA_HIGH_BITS) == 0) {
        return MOA_LOW_BUCKETS + (key >> MOA_LOW_BITS & (MOA_HIGH_BUCKETS - 1));
    }
    return MOA_LOW_BUCKETS + MOA_HIGH_BUCKETS + (key >> (MOA_LOW_BITS + MOA_HIGH_BITS));
}

static inline void moa_buckets_mark(struct moa_buckets *buckets, uint32_t bucket)
{
    buckets->used[bucket / 64] |= (uint64_t)1 << bucket % 64;
}

/* Empties a bucket and returns what it held. */
static inline uint32_t moa_buckets_detach(struct moa_buckets *buckets, uint32_t bucket)
{
    uint32_t head = buckets->heads[bucket];
    buckets->heads[bucket] = 0;
    buckets->used[bucket / 64] &= ~((uint64_t)1 << bucket % 64);
    return head;
}

#endif
