/* draw.c: the distributions other than the exponential (simulate/engine/draw.h). */
#include "simulate/engine/draw.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"

#define TICKS_MAX 0x1p62

enum { NORMAL_TERMS = 6 };

/* The polynomial through the quantiles at Chebyshev's points of one piece: Newton's divided
 * differences, multiplied out. */
static void fit_normal(double low, double width, double c[8])
{
    static const double at[NORMAL_TERMS] = {-0.48296291314453414, -0.35355339059327376,
                                            -0.12940952255126037, 0.12940952255126037,
                                            0.35355339059327376,  0.48296291314453414};
    double d[NORMAL_TERMS];
    for (int i = 0; i < NORMAL_TERMS; i++) {
        d[i] = -random_normal_at(low + width * (at[i] + 0.5));
    }
    for (int k = 1; k < NORMAL_TERMS; k++) {
        for (int i = NORMAL_TERMS - 1; i >= k; i--) {
            d[i] = (d[i] - d[i - 1]) / (at[i] - at[i - k]);
        }
    }
    for (int i = 0; i < 8; i++) {
        c[i] = 0;
    }
    for (int k = NORMAL_TERMS - 1; k >= 0; k--) {
        for (int i = NORMAL_TERMS - 1; i > 0; i--) {
            c[i] = c[i - 1] - at[k] * c[i];
        }
        c[0] = d[k] - at[k] * c[0];
    }
}

static void normal_tables(struct draw_tables *tables)
{
    uint32_t pieces = 1u << DRAW_NORMAL_BITS, at = DRAW_NORMAL_OCTAVES << DRAW_NORMAL_BITS;
    double octave = 0.25; /* it reaches from here to the double */
    while (at > 0) {
        for (uint32_t i = pieces; i-- > 0;) {
            double width = octave / pieces;
            fit_normal(octave + i * width, width, tables->normal[--at]);
        }
        octave /= 2;
    }
}

void draw_tables_init(struct draw_tables *tables)
{
    normal_tables(tables);
    for (uint32_t i = 0; i < 1u << DRAW_LOG_BITS; i++) {
        double middle = 1 + (i + 0.5) / (1u << DRAW_LOG_BITS);
        tables->part[i].inverse = 1 / middle;
        /* z is measured from 1/inverse as it was rounded, so the logarithm is of that. */
        tables->part[i].log = -random_log(tables->part[i].inverse);
    }
    for (uint32_t i = 0; i < 128; i++) {
        tables->power[i] = random_exp(i / 128.0 * 0.69314718055994530942);
    }
    for (uint32_t i = 0; i < 65; i++) {
        tables->log2_times[i] = i * 0.69314718055994530942;
    }
}

/* e^x = 2^(n / 128) e^r with |r| < 0.0028, where four terms leave less than 2e-16. No division. */
static double draw_exp(const struct draw_tables *tables, double x)
{
    static const double per_part = 184.66496523378732, part_high = 0x1.62e42fep-8,
                        part_low = 0x1.f473de6af278fp-37;
    if (!(x > -700 && x < 700)) {
        return random_exp(x);
    }
    double turns = x * per_part;
    int32_t n = (int32_t)(turns + __builtin_copysign(0.5, turns));
    double r = (x - n * part_high) - n * part_low;
    double rest = r + r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24)));
    double power = tables->power[n & 127];
    double value = power + power * rest;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits += (uint64_t)(int64_t)(n >> 7) << 52;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static int64_t ticks_of(double value)
{
    if (!(value > 0)) {
        return 0;
    }
    return value < TICKS_MAX ? (int64_t)(value + 0.5) : (int64_t)TICKS_MAX;
}

static double unit_of(uint64_t key, uint32_t draw)
{
    return draw_unit(draw_mix(key + draw * DRAW_AGAIN));
}

static double erlang(const struct draw_tables *tables, const struct draw_dist *dist, uint64_t key)
{
    uint32_t stages = (uint32_t)dist->b;
    double sum = 0;
    for (uint32_t i = 0; i < stages; i++) {
        sum += draw_minus_log(tables, draw_mix(key + i * DRAW_AGAIN));
    }
    return sum * dist->a / stages;
}

/* One uniform chooses the branch and, stretched, the time within it. */
static double hyper(const struct draw_dist *dist, double u)
{
    if (u < dist->c) {
        return -dist->a * random_log(u / dist->c);
    }
    double rest = (1 - u) / (1 - dist->c);
    return -dist->b * random_log(rest < 1 ? rest : 1);
}

/* As random_triangular_at. On which side of the mode it lies cannot be guessed, so both sides stand
 * in arrays. */
static double triangular(const struct draw_dist *dist, double u)
{
    double width = dist->c - dist->a, left = dist->b - dist->a;
    uint32_t rises = u * width < left;
    const double from[] = {dist->c, dist->a}, side[] = {dist->c - dist->b, left};
    const double part[] = {1 - u, u};
    static const double sign[] = {-1, 1};
    return from[rises] + sign[rises] * sqrt(part[rises] * width * side[rises]);
}

static double quantile(const struct draw_dist *dist, double u)
{
    double position = u * (dist->table_count - 1);
    uint32_t low = (uint32_t)position;
    double share = position - low;
    return dist->table[low] + share * (dist->table[low + 1] - dist->table[low]);
}

int64_t draw_ticks_other(const struct draw_tables *tables, const struct draw_dist *dist,
                         uint64_t key)
{
    double u = unit_of(key, 0);
    switch (dist->kind) {
    case ZHOL_DIST_CONSTANT:
        return ticks_of(dist->a);
    case ZHOL_DIST_EXPONENTIAL:
        return ticks_of(dist->a * draw_minus_log(tables, draw_mix(key)));
    case ZHOL_DIST_UNIFORM:
        return ticks_of(dist->a + u * (dist->b - dist->a));
    case ZHOL_DIST_TRIANGULAR:
        return ticks_of(triangular(dist, u));
    case ZHOL_DIST_NORMAL:
        return ticks_of(draw_normal(tables, u) * dist->b + dist->a);
    case ZHOL_DIST_LOGNORMAL:
        return ticks_of(dist->a * draw_exp(tables, dist->b * draw_normal(tables, u)) + dist->c);
    case ZHOL_DIST_ERLANG:
        return ticks_of(erlang(tables, dist, key));
    case ZHOL_DIST_HYPER:
        return ticks_of(hyper(dist, u));
    case ZHOL_DIST_TABLE:
        return ticks_of(quantile(dist, u));
    }
    return 0;
}

static bool sensible(const struct zhol_dist *d)
{
    bool a = d->a >= 0 && d->a < TICKS_MAX, b = d->b >= 0 && d->b < TICKS_MAX;
    switch (d->kind) {
    case ZHOL_DIST_CONSTANT:
    case ZHOL_DIST_EXPONENTIAL:
        return a;
    case ZHOL_DIST_UNIFORM:
        return a && b && d->a <= d->b;
    case ZHOL_DIST_TRIANGULAR:
        return a && d->a <= d->b && d->b <= d->c && d->c < TICKS_MAX;
    case ZHOL_DIST_NORMAL:
        return a && b;
    case ZHOL_DIST_LOGNORMAL:
        return a && d->b >= 0 && d->b <= 5 && d->c >= 0 && d->c < TICKS_MAX;
    case ZHOL_DIST_ERLANG:
        return a && d->b >= 1 && d->b <= 64 && d->b == floor(d->b);
    case ZHOL_DIST_HYPER:
        return a && b && d->c > 0 && d->c < 1;
    case ZHOL_DIST_TABLE:
        break;
    }
    if (d->kind != ZHOL_DIST_TABLE || !d->table || d->table_count < 2) {
        return false;
    }
    for (uint32_t i = 0; i < d->table_count; i++) {
        if (!(d->table[i] >= 0 && d->table[i] < TICKS_MAX) ||
            (i && d->table[i] < d->table[i - 1])) {
            return false;
        }
    }
    return true;
}

enum zhol_error draw_dist_init(const struct zhol_dist *from, struct draw_dist *dist)
{
    *dist = (struct draw_dist){.kind = from->kind, .b = from->b, .c = from->c};
    if (!sensible(from)) {
        return ZHOL_ERROR_RANGE;
    }
    dist->a = from->kind == ZHOL_DIST_TABLE ? 0 : from->a;
    if (from->kind == ZHOL_DIST_TABLE) {
        dist->table = malloc(((size_t)from->table_count + 1) * sizeof *dist->table);
        if (!dist->table) {
            return ZHOL_ERROR_MEMORY;
        }
        memcpy(dist->table, from->table, from->table_count * sizeof *dist->table);
        dist->table[from->table_count] = dist->table[from->table_count - 1];
        dist->table_count = from->table_count;
    }
    return ZHOL_ERROR_OK;
}

void draw_dist_clear(struct draw_dist *dist)
{
    if (dist->kind == ZHOL_DIST_TABLE) {
        free(dist->table);
        dist->table = NULL;
    }
}

/* Two draws beside each other in one register: the same operations as draw_minus_log on each. */
typedef double pair __attribute__((vector_size(16)));

static inline double as_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline pair minus_log_pair(const struct draw_tables *tables, uint64_t x, uint64_t y)
{
    const uint64_t one = UINT64_C(0x3FF0000000000000);
    x |= 1;
    y |= 1;
    uint32_t zeros_x = (uint32_t)__builtin_clzll(x), zeros_y = (uint32_t)__builtin_clzll(y);
    x = x << zeros_x << 1; /* without the leading bit */
    y = y << zeros_y << 1;
    uint64_t bits_x = x >> 12 | one, bits_y = y >> 12 | one;
    uint32_t part_x = (uint32_t)(x >> (64 - DRAW_LOG_BITS));
    uint32_t part_y = (uint32_t)(y >> (64 - DRAW_LOG_BITS));
    pair m = {as_double(bits_x), as_double(bits_y)};
    pair inverse = {tables->part[part_x].inverse, tables->part[part_y].inverse};
    pair log = {tables->part[part_x].log, tables->part[part_y].log};
    pair whole = {tables->log2_times[zeros_x + 1], tables->log2_times[zeros_y + 1]};
    pair z = m * inverse - 1;
    pair tail = (z * (1.0 / 3) - 0.5) - z * z * 0.25;
    return (whole - log) - (z + z * z * tail);
}

void draw_block(const struct draw_tables *tables, const struct draw_dist *dist, uint64_t key,
                uint64_t step, int64_t times[DRAW_BLOCK])
{
    if (dist->kind == ZHOL_DIST_EXPONENTIAL) {
        for (uint32_t i = 0; i < DRAW_BLOCK; i += 2) {
            pair x = minus_log_pair(tables, draw_mix(key), draw_mix(key + step)) * dist->a + 0.5;
            times[i] = (int64_t)x[0];
            times[i + 1] = (int64_t)x[1];
            key += 2 * step;
        }
        return;
    }
    for (uint32_t i = 0; i < DRAW_BLOCK; i++) {
        times[i] = draw_ticks_other(tables, dist, key + i * step);
    }
}
