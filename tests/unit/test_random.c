/* Random streams of src/base/random.h: published vectors, distributions, and own log and exp. */
#include "check.h"

#include "base/map.h"
#include "base/random.h"

static void check_philox(const uint32_t counter[4], const uint32_t key[2], const uint32_t want[4])
{
    uint32_t got[4];
    random_philox(counter, key, got);
    for (int i = 0; i < 4; i++) {
        CHECK_INT_EQ(got[i], want[i]);
    }
}

/* The known answers that come with Random123 (kat_vectors, philox4x32 10). */
static void test_published_vectors(void)
{
    const uint32_t zeros[4] = {0}, ones[4] = {~0u, ~0u, ~0u, ~0u};
    const uint32_t pi[6] = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0};
    check_philox(zeros, zeros, (const uint32_t[]){0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    check_philox(ones, ones, (const uint32_t[]){0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    check_philox(pi, pi + 4, (const uint32_t[]){0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

static void test_streams(void)
{
    struct random_stream a, b;
    random_start(&a, 1, 2);
    for (uint64_t i = 0; i < 1000; i++) {
        CHECK(random_uniform(&a) == random_uniform_at(1, 2, i));
    }
    random_start(&a, 1, 2);
    random_start(&b, 1, 3);
    int equal = 0;
    for (int i = 0; i < 1000; i++) {
        equal += random_u32(&a) == random_u32(&b);
    }
    CHECK(equal <= 1);
    random_start(&b, UINT64_C(1) << 32 | 1, 2); /* the high half of the seed counts */
    random_start(&a, 1, 2);
    CHECK(random_u64(&a) != random_u64(&b));
}

static void test_uniform_ends(void)
{
    struct random_stream random = {.left = 4, .numbers = {0, 0, ~0u, ~0u}};
    CHECK(random_uniform(&random) == 0x1p-53);
    CHECK(random_uniform(&random) == 1 - 0x1p-53);
}

/* Chi-squared over 7 cells: above 27.9 once in 10,000 for 6 degrees of freedom; the seed is fixed.
 */
static void test_below(void)
{
    struct random_stream random;
    random_start(&random, 11, 0);
    double counts[7] = {0}, chi = 0;
    for (int i = 0; i < 700000; i++) {
        counts[random_below(&random, 7)]++;
    }
    for (int i = 0; i < 7; i++) {
        chi += (counts[i] - 100000) * (counts[i] - 100000) / 100000;
    }
    CHECK(chi < 27.9);
    for (int i = 0; i < 1000; i++) {
        CHECK_INT_EQ(random_below(&random, 1), 0);
        CHECK(random_below(&random, UINT32_MAX) < UINT32_MAX);
    }
    /* without rejection a range of 3 * 2^30 would give its lower third twice as often */
    int low = 0;
    for (int i = 0; i < 30000; i++) {
        low += random_below(&random, UINT32_C(3) << 30) % 3 == 0;
    }
    CHECK(low > 9600 && low < 10400);
}

/* Mean and variance of n draws against the truth, to five standard errors or so. */
static void check_moments(const char *name, const double *draws, int n, double mean,
                          double variance, double kurtosis)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        sum += draws[i];
        squares += (draws[i] - mean) * (draws[i] - mean);
    }
    double mean_error = fabs(sum / n - mean) / sqrt(variance / n);
    double variance_error = fabs(squares / n - variance) / (variance * sqrt((kurtosis - 1) / n));
    if (!(mean_error < 5) || !(variance_error < 5)) {
        CHECK_FAIL("%s: mean off by %.1f, variance by %.1f standard errors", name, mean_error,
                   variance_error);
    }
}

static void test_moments(void)
{
    enum { N = 200000 };
    static double draws[N];
    struct random_stream random;
    random_start(&random, 2026, 1);
    for (int i = 0; i < N; i++) {
        draws[i] = random_uniform(&random);
    }
    check_moments("uniform", draws, N, 0.5, 1.0 / 12, 1.8);
    for (int i = 0; i < N; i++) {
        draws[i] = random_exponential(&random, 3);
    }
    check_moments("exponential", draws, N, 3, 9, 9);
    for (int i = 0; i < N; i++) {
        draws[i] = random_normal(&random, 5, 2);
    }
    check_moments("normal", draws, N, 5, 4, 3);
    for (int i = 0; i < N; i++) {
        draws[i] = random_lognormal(&random, 1, 0.25);
    }
    double s = exp(0.0625);
    check_moments("lognormal", draws, N, exp(1 + 0.03125), (s - 1) * exp(2 + 0.0625),
                  s * s * s * s + 2 * s * s * s + 3 * s * s - 3);
    for (int i = 0; i < N; i++) {
        draws[i] = random_triangular(&random, 1, 2, 6);
        CHECK(draws[i] >= 1 && draws[i] <= 6);
    }
    check_moments("triangular", draws, N, 3, 21.0 / 18, 2.4);
}

static void test_inverse_normal(void)
{
    CHECK_NEAR(random_normal_at(0.5), 0, 0);
    CHECK_NEAR(random_normal_at(0.975), 1.9599639845400542355, 1e-15);
    CHECK_NEAR(random_normal_at(0.25), -0.67448975019608174320, 1e-15);
    CHECK_NEAR(random_normal_at(0.001), -3.0902323061678135415, 4e-15);
    CHECK_NEAR(random_normal_at(1e-20), -9.2623400897985014, 1e-13);
    for (double u = 1e-12; u < 0.5; u = u * 1.1 + 1e-5) { /* erfc undoes it */
        double z = random_normal_at(u);
        CHECK_NEAR(0.5 * erfc(-z / sqrt(2.0)) / u, 1, 2e-14);
        if (u > 1e-4) {
            CHECK_NEAR(random_normal_at(1 - u), -z, 1e-11);
        }
    }
}

/* Units in the last place between a double and the true value as a long double. */
static double ulps(double got, long double want)
{
    double nearest = (double)want;
    double unit = fabs(nextafter(nearest, INFINITY) - nearest);
    return (double)(fabsl((long double)got - want) / unit);
}

static void test_log_and_exp(void)
{
    struct random_stream random;
    double worst_log = 0, worst_exp = 0;
    random_start(&random, 9, 9);
    for (int i = 0; i < 500000; i++) {
        double u = random_uniform(&random), x = ldexp(u, (int)random_below(&random, 2000) - 1020);
        x = i % 2 ? u * 2 : x;
        double error = ulps(random_log(x), logl((long double)x));
        worst_log = error > worst_log ? error : worst_log;
        double y = (u - 0.5) * (i % 3 ? 4 : 1416);
        error = ulps(random_exp(y), expl((long double)y));
        worst_exp = error > worst_exp ? error : worst_exp;
    }
    CHECK(worst_log < 1);
    CHECK(worst_exp < 1);
    CHECK(random_log(1) == 0 && random_exp(0) == 1);
    CHECK(random_log(0) == -INFINITY && isnan(random_log(-1)) && random_log(INFINITY) == INFINITY);
    CHECK(random_exp(800) == INFINITY && random_exp(-800) == 0 && isnan(random_exp(NAN)));
    CHECK_NEAR(random_exp(709.78) / 1.7928227943945155e308, 1, 1e-13);
    CHECK(random_exp(-745) == 4.9406564584124654e-324);
    CHECK_NEAR(random_log(4.9406564584124654e-324), -744.44007192138126, 1e-12);
}

static void test_triangular_edges(void)
{
    CHECK_NEAR(random_triangular_at(0.3, 5, 5, 5), 5, 0);
    CHECK_NEAR(random_triangular_at(0.25, 0, 0, 2), 2 - sqrt(0.75 * 4), 1e-15);
    CHECK_NEAR(random_triangular_at(0.25, 0, 2, 2), 1, 1e-15);
    CHECK_NEAR(random_triangular_at(0.5, 0, 1, 2), 1, 1e-15);
}

/* The same bytes on every compiler and machine: a hash over the bits of many draws. */
static void test_same_bits_everywhere(void)
{
    struct random_stream random;
    uint64_t hash = 0;
    random_start(&random, 20260131, 7);
    for (int i = 0; i < 20000; i++) {
        const double draws[4] = {random_exponential(&random, 2.5), random_normal(&random, 1, 3),
                                 random_lognormal(&random, 0.5, 1.5),
                                 random_triangular(&random, 1, 3, 4)};
        unsigned char bytes[32];
        for (int j = 0; j < 4; j++) {
            uint64_t bits;
            memcpy(&bits, &draws[j], sizeof bits);
            for (int k = 0; k < 8; k++) {
                bytes[8 * j + k] = (unsigned char)(bits >> (8 * k));
            }
        }
        hash = map_hash(bytes, sizeof bytes, hash);
    }
    if (hash != UINT64_C(0x5df957041471b6d1)) {
        CHECK_FAIL("the draws hash to 0x%016" PRIx64, hash);
    }
}

int main(void)
{
    RUN(test_published_vectors);
    RUN(test_streams);
    RUN(test_uniform_ends);
    RUN(test_below);
    RUN(test_moments);
    RUN(test_inverse_normal);
    RUN(test_log_and_exp);
    RUN(test_triangular_edges);
    RUN(test_same_bits_everywhere);
    return check_report();
}
