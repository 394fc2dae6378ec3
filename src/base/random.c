/* random.c: counter-based random streams and what is drawn from them (base/random.h). */
#include "base/random.h"

#include <assert.h>
#include <math.h>

/* Multipliers of Philox4x32 and the Weyl steps of its key (golden ratio, sqrt(3) - 1). */
#define PHILOX_M0 UINT32_C(0xD2511F53)
#define PHILOX_M1 UINT32_C(0xCD9E8D57)
#define PHILOX_W0 UINT32_C(0x9E3779B9)
#define PHILOX_W1 UINT32_C(0xBB67AE85)

enum { PHILOX_ROUNDS = 10 };

void random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        uint64_t product0 = (uint64_t)PHILOX_M0 * c0;
        uint64_t product1 = (uint64_t)PHILOX_M1 * c2;
        uint32_t high0 = (uint32_t)(product0 >> 32), high1 = (uint32_t)(product1 >> 32);
        c0 = high1 ^ c1 ^ k0;
        c1 = (uint32_t)product1;
        c2 = high0 ^ c3 ^ k1;
        c3 = (uint32_t)product0;
        k0 += PHILOX_W0;
        k1 += PHILOX_W1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* The counter is (block, stream), the key the seed. */
static void draw_block(uint64_t seed, uint64_t stream, uint64_t block, uint32_t out[4])
{
    const uint32_t counter[4] = {(uint32_t)block, (uint32_t)(block >> 32), (uint32_t)stream,
                                 (uint32_t)(stream >> 32)};
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    random_philox(counter, key, out);
}

void random_start(struct random_stream *random, uint64_t seed, uint64_t stream)
{
    *random = (struct random_stream){.seed = seed, .stream = stream};
}

uint32_t random_u32(struct random_stream *random)
{
    if (!random->left) {
        draw_block(random->seed, random->stream, random->block++, random->numbers);
        random->left = 4;
    }
    return random->numbers[4 - random->left--];
}

uint64_t random_u64(struct random_stream *random)
{
    uint64_t low = random_u32(random);
    return (uint64_t)random_u32(random) << 32 | low;
}

/* 52 bits and a half: the sum is exact, so it can round neither to 0 nor to 1. */
static double uniform_of(uint64_t bits)
{
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

double random_uniform(struct random_stream *random)
{
    return uniform_of(random_u64(random));
}

double random_uniform_at(uint64_t seed, uint64_t stream, uint64_t index)
{
    uint32_t numbers[4];
    draw_block(seed, stream, index / 2, numbers);
    const uint32_t *pair = numbers + 2 * (index % 2);
    return uniform_of((uint64_t)pair[1] << 32 | pair[0]);
}

uint32_t random_below(struct random_stream *random, uint32_t n)
{
    assert(n > 0);
    uint64_t product = (uint64_t)random_u32(random) * n;
    if ((uint32_t)product < n) {
        uint32_t rejected = (0 - n) % n; /* 2^32 mod n */
        while ((uint32_t)product < rejected) {
            product = (uint64_t)random_u32(random) * n;
        }
    }
    return (uint32_t)(product >> 32);
}

/* ---- inverse functions ---- */

double random_exponential_at(double u, double mean)
{
    return -mean * random_log(u);
}

/* Value of a polynomial with coefficients from the constant upward. */
static double polynomial(const double *coefficients, int count, double x)
{
    double sum = coefficients[count - 1];
    for (int i = count - 2; i >= 0; i--) {
        sum = sum * x + coefficients[i];
    }
    return sum;
}

enum { TERMS = 8 };

/* |u - 1/2| <= 0.425 */
static const double centre_above[TERMS] = {3.3871328727963666080e0, 1.3314166789178437745e2,
                                           1.9715909503065514427e3, 1.3731693765509461125e4,
                                           4.5921953931549871457e4, 6.7265770927008700853e4,
                                           3.3430575583588128105e4, 2.5090809287301226727e3};
static const double centre_below[TERMS] = {1.0,
                                           4.2313330701600911252e1,
                                           6.8718700749205790830e2,
                                           5.3941960214247511077e3,
                                           2.1213794301586595867e4,
                                           3.9307895800092710610e4,
                                           2.8729085735721942674e4,
                                           5.2264952788528545610e3};
/* sqrt(-log(tail)) <= 5 */
static const double tail_above[TERMS] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                         5.76949722146069140550e0,  3.64784832476320460504e0,
                                         1.27045825245236838258e0,  2.41780725177450611770e-1,
                                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double tail_below[TERMS] = {1.0,
                                         2.05319162663775882187e0,
                                         1.67638483018380384940e0,
                                         6.89767334985100004550e-1,
                                         1.48103976427480074590e-1,
                                         1.51986665636164571966e-2,
                                         5.47593808499534494600e-4,
                                         1.05075007164441684324e-9};
/* farther out */
static const double far_above[TERMS] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                        1.78482653991729133580e0,  2.96560571828504891230e-1,
                                        2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                        2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double far_below[TERMS] = {1.0,
                                        5.99832206555887937690e-1,
                                        1.36929880922735805310e-1,
                                        1.48753612908506148525e-2,
                                        7.86869131145613259100e-4,
                                        1.84631831751005468180e-5,
                                        1.42151175831644588870e-7,
                                        2.04426310338993978564e-15};

double random_normal_at(double u)
{
    double centred = u - 0.5;
    if (fabs(centred) <= 0.425) {
        double r = 0.180625 - centred * centred;
        return centred * polynomial(centre_above, TERMS, r) / polynomial(centre_below, TERMS, r);
    }
    double r = sqrt(-random_log(centred < 0 ? u : 1 - u));
    double value;
    if (r <= 5) {
        r -= 1.6;
        value = polynomial(tail_above, TERMS, r) / polynomial(tail_below, TERMS, r);
    } else {
        r -= 5;
        value = polynomial(far_above, TERMS, r) / polynomial(far_below, TERMS, r);
    }
    return centred < 0 ? -value : value;
}

double random_lognormal_at(double u, double mu, double sigma)
{
    return random_exp(mu + sigma * random_normal_at(u));
}

double random_triangular_at(double u, double low, double mode, double high)
{
    double width = high - low;
    if (!(width > 0)) {
        return low;
    }
    double left = mode - low, right = high - mode;
    if (u * width < left) {
        return low + sqrt(u * width * left);
    }
    return high - sqrt((1 - u) * width * right);
}

double random_exponential(struct random_stream *random, double mean)
{
    return random_exponential_at(random_uniform(random), mean);
}

double random_normal(struct random_stream *random, double mean, double deviation)
{
    return mean + deviation * random_normal_at(random_uniform(random));
}

double random_lognormal(struct random_stream *random, double mu, double sigma)
{
    return random_lognormal_at(random_uniform(random), mu, sigma);
}

double random_triangular(struct random_stream *random, double low, double mode, double high)
{
    return random_triangular_at(random_uniform(random), low, mode, high);
}
