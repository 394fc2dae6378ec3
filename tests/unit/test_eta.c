/* test_eta.c: the call forecast: the beta distribution against closed forms, the forecast against
 * closed forms and against a simulated queue that is called by weights.
 */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "desk/eta.h"
#include "desk/quantile.h"

enum { HOUR = 3600 };

static void test_beta(void)
{
    for (double p = 0.05; p < 1; p += 0.15) {
        for (double k = 1; k < 60; k *= 2.7) {
            CHECK_NEAR(quantile_beta(p, 1, k), 1 - pow(1 - p, 1 / k), 1e-12);
            CHECK_NEAR(quantile_beta(p, k, 1), pow(p, 1 / k), 1e-12);
            CHECK_NEAR(quantile_beta(0.5, k, k), 0.5, 1e-12);
        }
        CHECK_NEAR(quantile_beta_below(quantile_beta(p, 1500, 6500), 1500, 6500), p, 1e-9);
        CHECK_NEAR(quantile_beta_below(quantile_beta(p, 2e5, 3e4), 2e5, 3e4), p, 1e-7);
        CHECK_NEAR(quantile_beta_below(quantile_beta(p, 0.6, 16), 0.6, 16), p, 1e-12);
    }
    CHECK_NEAR(quantile_log_gamma(0.5), log(sqrt(acos(-1.0))), 1e-13);
    CHECK_NEAR(quantile_log_gamma(6), log(120), 1e-13);
    CHECK_NEAR(quantile_log_gamma(1e6), lgamma(1e6), 1e-6);
    CHECK(quantile_beta(0, 2, 2) == 0 && quantile_beta(1, 2, 2) == 1);
}

/* ---- closed forms ---- */

struct ask {
    struct eta_window windows[400];
    struct eta_category categories[4];
    uint32_t accepted[480];
    double planned[480];
    struct eta_call_input input;
};

/* One category, `hours` windows of `vehicles`, `seen` recent hours exactly as planned. */
static void plain(struct ask *ask, uint32_t waiting, uint32_t hours, double vehicles, uint32_t seen)
{
    *ask = (struct ask){.categories = {{100, waiting, false}}};
    for (uint32_t i = 0; i < hours; i++) {
        ask->windows[i] = (struct eta_window){i * HOUR, (i + 1) * HOUR, vehicles};
    }
    for (uint32_t i = 0; i < seen; i++) {
        ask->planned[i] = vehicles;
        ask->accepted[i] = (uint32_t)vehicles;
    }
    ask->input = (struct eta_call_input){.windows = ask->windows,
                                         .window_count = hours,
                                         .categories = ask->categories,
                                         .category_count = 1,
                                         .accepted = ask->accepted,
                                         .planned = ask->planned,
                                         .hour_count = seen};
}

static struct eta_call call_of(const struct ask *ask)
{
    struct eta_call call = {0};
    CHECK_INT_EQ(eta_call(&ask->input, &call), ZHOL_ERROR_OK);
    return call;
}

static void test_first_in_line(void)
{
    static struct ask ask;
    /* Nothing known but the plan: rank 1, s ~ Gamma(16, 16): planned capacity used is
     * 16 ((1-p)^(-1/16) - 1), a Lomax quantile. */
    plain(&ask, 0, 48, 10, 0);
    struct eta_call call = call_of(&ask);
    CHECK_NEAR((double)call.p50_s, 16 * (pow(0.5, -1.0 / 16) - 1) / 10 * HOUR, 1.01);
    CHECK_NEAR((double)call.p90_s, 16 * (pow(0.1, -1.0 / 16) - 1) / 10 * HOUR, 1.01);
    CHECK_NEAR(call.rate_share, 1, 0);
    CHECK_INT_EQ(call.hours_used, 0);
    CHECK(call.rank_low == 1 && call.rank_high == 1);
    /* Much history at 20 an hour, hundreds before it: time is rank / rate. */
    plain(&ask, 399, 400, 20, 400);
    call = call_of(&ask);
    CHECK_INT_EQ(call.hours_used, 400);
    CHECK_NEAR((double)call.p50_s, 20.0 * HOUR, 0.01 * 20 * HOUR);
    /* Poisson with known rate: deviation of the time of the 400th is 1 / sqrt(400). */
    CHECK_NEAR((double)call.p90_s, 20.0 * HOUR * (1 + 1.2816 / 20), 0.01 * 20 * HOUR);
}

static void test_monotone(void)
{
    static struct ask ask;
    int64_t p50 = 0, p90 = 0;
    for (uint32_t waiting = 0; waiting < 3000; waiting += 37) {
        plain(&ask, waiting, 400, 27, 100);
        struct eta_call call = call_of(&ask);
        CHECK(call.p50_s >= p50 && call.p90_s >= p90 && call.p90_s >= call.p50_s);
        p50 = call.p50_s;
        p90 = call.p90_s;
    }
    /* more vehicles in another category never help, a greater share of calls never harms */
    plain(&ask, 50, 400, 27, 100);
    ask.input.category_count = 2;
    for (uint32_t waiting = 0; waiting < 400; waiting += 20) {
        ask.categories[1] = (struct eta_category){50, waiting, false};
        struct eta_call more = call_of(&ask);
        CHECK(waiting == 0 || more.p50_s >= p50);
        p50 = more.p50_s;
    }
}

static void test_closed_hours(void)
{
    static struct ask ask;
    plain(&ask, 29, 4, 10, 200);
    for (uint32_t i = 0; i < 4; i++) { /* open 06:00-08:00 of two days */
        int64_t start = (i / 2) * 24 * HOUR + (6 + i % 2) * HOUR;
        ask.windows[i] = (struct eta_window){start, start + HOUR, 10};
    }
    struct eta_call call = call_of(&ask);
    CHECK(call.p50_s > 30 * HOUR && call.p50_s < 32 * HOUR); /* 20 on the first day, then it */
    ask.categories[0].waiting = 5;
    call = call_of(&ask);
    CHECK(call.p50_s > 6 * HOUR && call.p50_s < 7 * HOUR);
    ask.input.earliest_s = 7 * HOUR + 1800; /* its slot */
    CHECK_INT_EQ(call_of(&ask).p50_s, 7 * HOUR + 1800);
    ask.input.earliest_s = 9 * HOUR; /* closed then: when it opens */
    CHECK_INT_EQ(call_of(&ask).p50_s, 30 * HOUR);
    ask.input.earliest_s = 0;
    ask.categories[0].waiting = 100;
    CHECK(call_of(&ask).p50_s == INT64_MAX); /* not within the horizon */
    /* now in the middle of a window: half of it is left */
    plain(&ask, 299, 400, 20, 400);
    int64_t from_zero = call_of(&ask).p50_s;
    ask.input.now_s = HOUR / 2;
    CHECK_NEAR((double)(call_of(&ask).p50_s - from_zero), HOUR / 2, 2);
}

static void test_rate(void)
{
    static struct ask ask;
    plain(&ask, 500, 400, 20, 240);
    int64_t full = call_of(&ask).p50_s;
    for (uint32_t i = 0; i < 240; i++) {
        ask.accepted[i] = 10; /* half of what was planned */
    }
    struct eta_call call = call_of(&ask);
    CHECK_NEAR(call.rate_share, 0.5, 0.01);
    CHECK_NEAR((double)call.p50_s / (double)full, 2, 0.03);
    /* Closed hours (planned 0) are no evidence of slowness. */
    for (uint32_t i = 0; i < 240; i += 2) {
        ask.planned[i] = 0;
        ask.accepted[i] = 0;
    }
    CHECK_NEAR(call_of(&ask).rate_share, 0.5, 0.01);
    CHECK_INT_EQ(call_of(&ask).hours_used, 120);
    /* Uneven days: the same mean, a later P90. */
    plain(&ask, 500, 400, 20, 240);
    int64_t even = call_of(&ask).p90_s;
    for (uint32_t i = 0; i < 240; i++) {
        ask.accepted[i] = i / 24 % 2 ? 28 : 12;
    }
    CHECK(call_of(&ask).p90_s > even + HOUR);
    /* Who does not come uses no capacity. */
    plain(&ask, 500, 400, 20, 240);
    ask.input.no_show_share = 0.2;
    CHECK_NEAR((double)call_of(&ask).p50_s, 0.8 * (double)full, 0.01 * (double)full);
}

static void test_refused(void)
{
    static struct ask ask;
    struct eta_call call;
    plain(&ask, 1, 3, 10, 0);
    ask.input.own = 1;
    CHECK_INT_EQ(eta_call(&ask.input, &call), ZHOL_ERROR_INVALID);
    plain(&ask, 1, 3, 10, 0);
    ask.windows[1].start_s = 0;
    CHECK_INT_EQ(eta_call(&ask.input, &call), ZHOL_ERROR_INVALID);
    plain(&ask, 1, 3, -1, 0);
    CHECK_INT_EQ(eta_call(&ask.input, &call), ZHOL_ERROR_INVALID);
    plain(&ask, 1, 3, NAN, 0);
    CHECK_INT_EQ(eta_call(&ask.input, &call), ZHOL_ERROR_INVALID);
    plain(&ask, 1, 3, 10, 0);
    ask.input.no_show_share = 1;
    CHECK_INT_EQ(eta_call(&ask.input, &call), ZHOL_ERROR_INVALID);
    plain(&ask, 1, 0, 10, 0); /* no windows: never */
    CHECK(call_of(&ask).p50_s == INT64_MAX);
}

/* ---- a simulated queue ---- */

static uint32_t poisson(struct random_stream *random, double mean)
{
    uint32_t count = 0;
    for (double t = random_exponential(random, 1); t < mean; t += random_exponential(random, 1)) {
        count++;
    }
    return count;
}

/* Calls by weights as a queue makes them: the category furthest behind its share that has
 * anybody. Own category 0, the place is its last. Returns the seconds until it is called. */
static double simulate(struct random_stream *random, const struct ask *ask, double share)
{
    double left[4], served[4] = {0}, at_s = 0;
    uint32_t n = ask->input.category_count;
    for (uint32_t c = 0; c < n; c++) {
        left[c] = ask->categories[c].waiting + (c == 0);
    }
    for (;;) {
        uint32_t best = n;
        for (uint32_t c = 0; c < n; c++) {
            if (left[c] > 0 &&
                (best == n || (served[c] + 1) / ask->categories[c].weight <
                                  (served[best] + 1) / ask->categories[best].weight)) {
                best = c;
            }
        }
        left[best]--;
        served[best]++;
        bool last = best == 0 && left[0] == 0;
        if (!last && random_uniform(random) < ask->input.no_show_share) {
            continue; /* nobody there: the next is called at once */
        }
        at_s += random_exponential(random, HOUR / (ask->windows[0].vehicles * share));
        if (last) {
            return at_s;
        }
    }
}

/* The share of P50 and P90 that were kept over many queues: history and future have the same rate,
 * which is drawn. Bands: 0.45 to 0.55 and 0.87 to 0.98 (P90 also counts newcomers in other
 * categories up to their shares, which this queue does not get: it is a little late). */
static void coverage(uint32_t own, uint32_t others, double no_show, uint32_t seen)
{
    enum { ROUNDS = 1000 };
    static struct ask ask;
    struct random_stream random;
    uint32_t kept50 = 0, kept90 = 0;
    random_start(&random, 20251112, own * 31 + others);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        plain(&ask, own, 400, 27, 0);
        double share = 0.75 + 0.3 * random_uniform(&random);
        for (uint32_t h = 0; h < seen; h++) {
            ask.planned[h] = 27;
            ask.accepted[h] = poisson(&random, 27 * share);
        }
        ask.input.hour_count = seen;
        ask.input.no_show_share = no_show;
        ask.categories[0].weight = 93;
        ask.categories[1] = (struct eta_category){5, others, false};
        ask.categories[2] = (struct eta_category){2, others / 2, false};
        ask.input.category_count = 3;
        struct eta_call call = call_of(&ask);
        double at_s = simulate(&random, &ask, share);
        kept50 += at_s <= (double)call.p50_s;
        kept90 += at_s <= (double)call.p90_s;
    }
    double half = (double)kept50 / ROUNDS, most = (double)kept90 / ROUNDS;
    if (half < 0.45 || half > 0.55 || most < 0.87 || most > 0.98) {
        CHECK_FAIL("own %u others %u no-shows %.2f hours %u: P50 kept %.3f, P90 kept %.3f", own,
                   others, no_show, seen, half, most);
    }
    CHECK(true);
}

static void test_coverage(void)
{
    coverage(0, 0, 0, 240);
    coverage(20, 0, 0, 240);
    coverage(200, 30, 0, 240);
    coverage(200, 4, 0.1, 120);
    coverage(600, 60, 0.05, 240);
}

int main(void)
{
    RUN(test_beta);
    RUN(test_first_in_line);
    RUN(test_monotone);
    RUN(test_closed_hours);
    RUN(test_rate);
    RUN(test_refused);
    RUN(test_coverage);
    return check_report();
}
