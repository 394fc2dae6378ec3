/* test_engine_calendar.c: servers with opening hours, path by path: every wait of G/G/c behind a
 * calendar follows from the same draws by the recursion of Kiefer and Wolfowitz in which nobody
 * begins while it is closed, and service goes on over the closing or stands still till the next
 * opening. */
#include <stdlib.h>

#include <zhol/engine.h>

#include "check.h"

#define NONE ZHOL_ENGINE_NONE

enum { OPENS = 20000, CLOSES = 90000, PERIOD = 100000, MOST = 4 };

struct station {
    struct zhol_engine *engine;
    uint32_t units, resource, between, service;
};

static uint32_t exponential(struct zhol_engine *engine, double mean)
{
    uint32_t id = NONE;
    struct zhol_dist d = {.kind = ZHOL_DIST_EXPONENTIAL, .a = mean};
    CHECK_INT_EQ(zhol_engine_dist(engine, &d, &id), ZHOL_ERROR_OK);
    return id;
}

/* Used to 85 % of its hours. */
static struct station station(uint32_t units, enum zhol_closing closing)
{
    struct station s = {.units = units};
    const int64_t changes[] = {OPENS, CLOSES};
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    struct zhol_engine_source source = ZHOL_SOURCE_INIT;
    uint32_t id;
    CHECK_INT_EQ(zhol_engine_new(&s.engine), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_calendar(s.engine, changes, 2, PERIOD, &r.calendar), ZHOL_ERROR_OK);
    r.name = "border";
    r.units = units;
    r.closing = closing;
    CHECK_INT_EQ(zhol_engine_resource(s.engine, &r, &s.resource), ZHOL_ERROR_OK);
    s.service = exponential(s.engine, 3000);
    s.between = exponential(s.engine, 3000 / (0.85 * 0.7 * units));
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = s.resource, .b = s.service, .c = NONE}, {.op = ZHOL_OP_END}};
    CHECK_INT_EQ(zhol_engine_process(s.engine, steps, 2, &source.process), ZHOL_ERROR_OK);
    source.between = s.between;
    CHECK_INT_EQ(zhol_engine_source(s.engine, &source, &id), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_seal(s.engine, NULL), ZHOL_ERROR_OK);
    return s;
}

/* The first time from t on at which it is open. At its closing it is closed. */
static int64_t open_from(int64_t t)
{
    int64_t lap = t / PERIOD * PERIOD, at = t - lap;
    return at < OPENS ? lap + OPENS : at < CLOSES ? t : lap + PERIOD + OPENS;
}

static int64_t end_of(int64_t begin, int64_t work, enum zhol_closing closing)
{
    while (closing == ZHOL_CLOSING_PAUSE) {
        int64_t left = begin / PERIOD * PERIOD + CLOSES - begin;
        if (work < left) {
            break;
        }
        work -= left; /* what ends at the closing itself ends when it opens */
        begin = open_from(begin + left);
    }
    return begin + work;
}

/* Sum of the waits of the first n. */
static int64_t recursion(const struct station *s, enum zhol_closing closing, uint64_t seed,
                         uint64_t n)
{
    int64_t free_at[MOST] = {0}, arrival = 0, sum = 0;
    uint64_t gaps = zhol_engine_source_activity(s->engine, 0);
    uint64_t works = zhol_engine_activity(s->engine, 0, 0);
    for (uint64_t i = 0; i < n; i++) {
        uint64_t id = (UINT64_C(1) << 40) + i;
        uint32_t which = 0;
        arrival += zhol_engine_draw(s->engine, s->between, seed, 0, gaps, id);
        for (uint32_t u = 1; u < s->units; u++) {
            which = free_at[u] < free_at[which] ? u : which;
        }
        int64_t begin = open_from(free_at[which] > arrival ? free_at[which] : arrival);
        int64_t work = zhol_engine_draw(s->engine, s->service, seed, 0, works, id);
        sum += begin - arrival;
        free_at[which] = end_of(begin, work, closing);
    }
    return sum;
}

static void check_paths(uint32_t units, enum zhol_closing closing)
{
    struct station s = station(units, closing);
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct zhol_engine_run *run = NULL;
        struct zhol_run_options options = {.seed = seed, .audit = seed % 2 == 0};
        struct zhol_resource_stats stats;
        CHECK_INT_EQ(zhol_engine_run_new(s.engine, &options, &run), ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_engine_run_until(run, INT64_C(300) * PERIOD), ZHOL_ERROR_OK);
        zhol_engine_resource_stats(run, s.resource, &stats);
        CHECK(stats.started > 5000);
        double exact = (double)recursion(&s, closing, seed, stats.started);
        CHECK_NEAR(stats.wait_mean * (double)stats.started, exact, 1e-9 * exact);
        uint64_t fingerprint;
        char why[200];
        CHECK(!options.audit || zhol_engine_run_audit(run, &fingerprint, why, sizeof why));
        zhol_engine_run_free(run);
    }
    zhol_engine_free(s.engine);
}

static void test_finished_after_closing(void)
{
    check_paths(1, ZHOL_CLOSING_FINISH);
    check_paths(MOST, ZHOL_CLOSING_FINISH);
}

static void test_paused_at_closing(void)
{
    check_paths(1, ZHOL_CLOSING_PAUSE);
    check_paths(MOST, ZHOL_CLOSING_PAUSE);
}

int main(void)
{
    RUN(test_finished_after_closing);
    RUN(test_paused_at_closing);
    return check_report();
}
