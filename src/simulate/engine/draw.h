/* simulate/engine/draw.h: random times as pure functions of who draws for what.
 *
 * A uniform is mix(run + activity + entity * K1 + round * K2): a strong 64-bit mixing of a counter
 * that walks by an odd constant per entity (SplitMix: Steele, Lea, Flood, OOPSLA 2014; mixer:
 * rrmxmx of P. Evensen, which passes the batteries on sequential input). Times follow by inversion.
 * The logarithm is own code of + - * only, so that every compiler gives the same bits.
 */
#ifndef ZHOL_SIMULATE_ENGINE_DRAW_H
#define ZHOL_SIMULATE_ENGINE_DRAW_H

#include <stdint.h>
#include <string.h>

#include <zhol/engine.h>

#define DRAW_LOG_BITS 9
/* Pieces of the normal quantile: eight to an octave of the tail's probability, 2^-53 to 1/2. */
#define DRAW_NORMAL_BITS    3
#define DRAW_NORMAL_OCTAVES 52
#define DRAW_BLOCK          8
#define DRAW_ENTITY         UINT64_C(0x9E3779B97F4A7C15)
#define DRAW_ROUND          UINT64_C(0xD1B54A32D192ED03)
#define DRAW_AGAIN          UINT64_C(0xABC98388FB8FAC03)

/* Tables of the logarithm: 1/c and log c at the middle of each of 512 parts of [1, 2), and the
 * multiples of log 2; of the exponential: 2^(i / 128); of the normal quantile: a polynomial a piece
 * in what is left of the probability's fraction, from -1/2 to 1/2. */
struct draw_tables {
    struct {
        double inverse, log;
    } part[1 << DRAW_LOG_BITS];
    double log2_times[65];
    double power[128];
    _Alignas(64) double normal[DRAW_NORMAL_OCTAVES << DRAW_NORMAL_BITS][8];
};
void draw_tables_init(struct draw_tables *tables);

/* A distribution, ready to be drawn from: half a cache line. `table` has table_count + 1 quantiles.
 */
struct draw_dist {
    enum zhol_dist_kind kind;
    uint32_t table_count;
    union {
        double a;
        double *table; /* of a TABLE, which has no numbers */
    };
    double b, c;
};

static inline uint64_t draw_mix(uint64_t x)
{
    x ^= (x >> 49 | x << 15) ^ (x >> 24 | x << 40);
    x *= UINT64_C(0x9FB21C651E98DF25);
    x ^= x >> 28;
    x *= UINT64_C(0x9FB21C651E98DF25);
    return x ^ x >> 28;
}

/* The random offset of a replication. */
static inline uint64_t draw_run_key(uint64_t seed, uint64_t replication)
{
    return draw_mix(draw_mix(seed + UINT64_C(0x51A2B9D7C3E4F605)) + replication * DRAW_AGAIN);
}

/* Never 0, never 1. */
static inline double draw_unit(uint64_t bits)
{
    return ((double)(int64_t)(bits >> 12) + 0.5) * 0x1p-52;
}

/* -log u for u = (bits | 1) / 2^64; absolute error below 1e-15. No division, no call, and no way
 * through the integer-to-double converter, since an event often waits for it. */
static inline double draw_minus_log(const struct draw_tables *tables, uint64_t bits)
{
    bits |= 1;
    uint32_t zeros = (uint32_t)__builtin_clzll(bits);
    uint64_t f = bits << zeros;
    uint32_t part = (uint32_t)(f >> (63 - DRAW_LOG_BITS)) & ((1u << DRAW_LOG_BITS) - 1);
    uint64_t one = (f << 1 >> 12) | UINT64_C(0x3FF0000000000000);
    double m;
    memcpy(&m, &one, sizeof m);
    double z = m * tables->part[part].inverse - 1;
    double tail = (z * (1.0 / 3) - 0.5) - z * z * 0.25;
    return (tables->log2_times[zeros + 1] - tables->part[part].log) - (z + z * z * tail);
}

/* The quantile of the standard normal distribution at u = draw_unit(bits); absolute error below
 * 1e-10. The piece and the place in it are bits of the probability of the nearer tail, so there is
 * no logarithm, no division and no branch to guess. */
static inline double draw_normal(const struct draw_tables *tables, double u)
{
    const uint32_t first = (1022 - DRAW_NORMAL_OCTAVES) << DRAW_NORMAL_BITS;
    double tail = u < 1 - u ? u : 1 - u, m;
    uint64_t bits;
    memcpy(&bits, &tail, sizeof bits);
    const double *c = tables->normal[(bits >> (52 - DRAW_NORMAL_BITS)) - first];
    bits = (bits << DRAW_NORMAL_BITS & UINT64_C(0xFFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000000);
    memcpy(&m, &bits, sizeof m);
    double x = m - 1.5, xx = x * x;
    double value = (c[0] + c[1] * x) + xx * ((c[2] + c[3] * x) + xx * (c[4] + c[5] * x));
    return __builtin_copysign(value, u - 0.5);
}

/* The time that a distribution gives for `key`, in ticks, 0 or more, at most 2^62. */
int64_t draw_ticks_other(const struct draw_tables *tables, const struct draw_dist *dist,
                         uint64_t key);
static inline int64_t draw_ticks(const struct draw_tables *tables, const struct draw_dist *dist,
                                 uint64_t key)
{
    if (dist->kind == ZHOL_DIST_CONSTANT) {
        return (int64_t)(dist->a + 0.5);
    }
    if (dist->kind == ZHOL_DIST_EXPONENTIAL) {
        return (int64_t)(dist->a * draw_minus_log(tables, draw_mix(key)) + 0.5);
    }
    return draw_ticks_other(tables, dist, key);
}

/* The times of DRAW_BLOCK names that follow one another: the same as one by one, but the processor
 * works on all of them at once. */
void draw_block(const struct draw_tables *tables, const struct draw_dist *dist, uint64_t key,
                uint64_t step, int64_t times[DRAW_BLOCK]);

/* Checks and copies a description; frees with draw_dist_clear. */
enum zhol_error draw_dist_init(const struct zhol_dist *from, struct draw_dist *dist);
void draw_dist_clear(struct draw_dist *dist);

#endif
