/* base/random.h: counter-based random numbers that are the same bytes everywhere.
 *
 * Purpose: every entity of a simulation draws from its own stream, named by (seed, stream); a draw
 * depends on nothing else, so results do not depend on threads, and scenarios can share their
 * random numbers. Logarithm, exponential and inverse normal are own code made of + - * / and sqrt,
 * which IEEE 754 fixes, so that no libm can change a bit (with -ffp-contract=off).
 * Source: Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011. Inverse normal: M. J. Wichura, AS 241 (PPND16), Applied Statistics 37, 1988.
 * Integers: D. Lemire, "Fast random integer generation in an interval", 2019.
 * No allocation, no errors, O(1). A stream belongs to one thread; streams are independent.
 */
#ifndef ZHOL_BASE_RANDOM_H
#define ZHOL_BASE_RANDOM_H

#include <stdint.h>

/* One block of Philox4x32-10. */
void random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

struct random_stream {
    uint64_t seed;
    uint64_t stream;
    uint64_t block; /* the next block of four numbers */
    uint32_t numbers[4];
    uint32_t left; /* numbers of the block not yet used */
};

/* Starts stream `stream` of `seed` at its beginning. */
void random_start(struct random_stream *random, uint64_t seed, uint64_t stream);
uint32_t random_u32(struct random_stream *random);
uint64_t random_u64(struct random_stream *random);
/* Strictly between 0 and 1, a multiple of 2^-53 that is odd: never 0, never 1. */
double random_uniform(struct random_stream *random);
/* 0 <= result < n, without bias; n > 0. */
uint32_t random_below(struct random_stream *random, uint32_t n);
/* Mean `mean` >= 0. */
double random_exponential(struct random_stream *random, double mean);
double random_normal(struct random_stream *random, double mean, double deviation);
/* exp(Normal(mu, sigma)): the median is exp(mu). */
double random_lognormal(struct random_stream *random, double mu, double sigma);
/* low <= mode <= high. */
double random_triangular(struct random_stream *random, double low, double mode, double high);

/* The inverse functions themselves, for u strictly between 0 and 1: the same u gives the same
 * value, which is what common random numbers and antithetic pairs need. Each uses exactly one u. */
double random_exponential_at(double u, double mean);
double random_normal_at(double u);
double random_lognormal_at(double u, double mu, double sigma);
double random_triangular_at(double u, double low, double mode, double high);
/* A uniform of (seed, stream, index) without a stream struct. */
double random_uniform_at(uint64_t seed, uint64_t stream, uint64_t index);

/* Portable functions: within 1 ulp of the true value; special values as in C's log and exp. */
double random_log(double x);
double random_exp(double x);

#endif
