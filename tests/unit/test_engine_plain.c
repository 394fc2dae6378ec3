/* tests/unit/test_engine_plain.c: the quick code of plain.h against the general one.
 *
 * The same model runs as a plain run, with an account for times (a ledger takes the general quick
 * path) and audited (every service takes the path of special resources). All that the engine tells
 * must be the same to the last bit, at every moment that is asked for.
 */
#include <stdlib.h>

#include <zhol/engine.h>

#include "check.h"

#define NONE  ZHOL_ENGINE_NONE
#define TICKS 1000.0

enum variant { PLAIN, LEDGER, AUDITED };
enum { RESOURCES = 3 };

static uint32_t exponential(struct zhol_engine *engine, double mean)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(
        zhol_engine_dist(
            engine, &(struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = mean * TICKS}, &id),
        ZHOL_ERROR_OK);
    return id;
}

static uint32_t resource(struct zhol_engine *engine, uint32_t units, uint32_t queue_max, bool last)
{
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    uint32_t id = NONE;
    r.name = "r";
    r.units = units;
    r.queue_max = queue_max;
    r.last_first = last;
    r.histogram = true;
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &id), ZHOL_ERROR_OK);
    return id;
}

/* A first station with little room (who is turned away goes to the third), a second without end, a
 * third that serves the last one first; a route leads back to the first two, on to the third or
 * out; a second source begins with a step that takes no time, and jobs are there at the start. */
static struct zhol_engine *make(bool ledger)
{
    struct zhol_engine *engine = NULL;
    uint32_t flow = NONE, source = NONE, first, second, third;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    if (ledger) {
        CHECK_INT_EQ(zhol_engine_causes(engine, 2), ZHOL_ERROR_OK);
    }
    first = resource(engine, 2, 5, false);
    second = resource(engine, 1, UINT32_MAX, false);
    third = resource(engine, 1, UINT32_MAX, true);
    uint32_t service = exponential(engine, 1), short_service = exponential(engine, 0.3);
    const uint32_t targets[] = {0, 1, 3, 4};
    const double weights[] = {2, 1, 4, 1};
    uint32_t route = NONE;
    CHECK_INT_EQ(zhol_engine_route(engine, targets, weights, 4, &route), ZHOL_ERROR_OK);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = first, .b = service, .c = 4},
        {.op = ZHOL_OP_SERVE, .a = second, .b = short_service, .c = NONE},
        {.op = ZHOL_OP_ROUTE, .a = route},
        {.op = ZHOL_OP_END},
        {.op = ZHOL_OP_SERVE, .a = third, .b = short_service, .c = NONE},
        {.op = ZHOL_OP_BRANCH, .a = UINT32_MAX / 8, .c = 0},
        {.op = ZHOL_OP_END},
        {.op = ZHOL_OP_MARK},
        {.op = ZHOL_OP_GOTO, .c = 0},
    };
    CHECK_INT_EQ(zhol_engine_process(engine, steps, sizeof steps / sizeof *steps, &flow),
                 ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < 2; i++) {
        struct zhol_engine_source s = ZHOL_SOURCE_INIT;
        s.process = flow;
        s.between = exponential(engine, i ? 3 : 0.7);
        s.at_start = i;
        s.id_base = i ? UINT64_C(1) << 40 : 0;
        CHECK_INT_EQ(zhol_engine_source(engine, &s, &source), ZHOL_ERROR_OK);
    }
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    return engine;
}

static struct zhol_engine_run *start(const struct zhol_engine *engine, enum variant variant)
{
    struct zhol_engine_run *run = NULL;
    struct zhol_run_options options = {.seed = 11, .audit = variant == AUDITED};
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    return run;
}

static void check_same(const struct zhol_engine_run *a, const struct zhol_engine_run *b)
{
    CHECK_INT_EQ(zhol_engine_events(a), zhol_engine_events(b));
    for (uint32_t r = 0; r < RESOURCES; r++) {
        struct zhol_resource_stats x = {0}, y = {0};
        zhol_engine_resource_stats(a, r, &x);
        zhol_engine_resource_stats(b, r, &y);
        CHECK(x.arrived == y.arrived && x.started == y.started && x.finished == y.finished);
        CHECK(x.turned_away == y.turned_away && x.wait_max == y.wait_max);
        CHECK(x.queue_mean == y.queue_mean && x.busy_mean == y.busy_mean);
        CHECK(x.queue_max == y.queue_max && x.started > 0 && x.wait_mean == y.wait_mean);
        CHECK(x.queue_now == y.queue_now && x.busy_now == y.busy_now);
        CHECK(zhol_engine_oldest(a, r) == zhol_engine_oldest(b, r));
        for (double q = 0.05; q < 1; q += 0.05) {
            CHECK(zhol_engine_wait_quantile(a, r, q) == zhol_engine_wait_quantile(b, r, q));
        }
    }
}

static void compare(enum variant variant)
{
    struct zhol_engine *plain = make(false), *other = make(variant == LEDGER);
    struct zhol_engine_run *a = start(plain, PLAIN), *b = start(other, variant);
    for (int64_t time = 20; time < 3000; time += 37) {
        CHECK_INT_EQ(zhol_engine_run_until(a, time * (int64_t)TICKS), ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_engine_run_until(b, time * (int64_t)TICKS), ZHOL_ERROR_OK);
        check_same(a, b);
    }
    struct zhol_resource_stats stats;
    zhol_engine_resource_stats(a, 0, &stats);
    CHECK(stats.started > 3000 && stats.turned_away > 100); /* the full queue was met */
    zhol_engine_run_free(a);
    zhol_engine_run_free(b);
    zhol_engine_free(plain);
    zhol_engine_free(other);
}

static void test_as_with_a_ledger(void)
{
    compare(LEDGER);
}

static void test_as_audited(void)
{
    compare(AUDITED);
}

/* A model large enough to look ahead in, of which samples are taken before anybody comes. */
static void test_large_and_empty(void)
{
    struct zhol_engine *engine = NULL;
    struct zhol_engine_run *run = NULL;
    uint32_t flow = NONE, source = NONE, id = 0;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < 1100; i++) {
        id = resource(engine, 1, UINT32_MAX, false);
    }
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = id, .b = exponential(engine, 0.5), .c = NONE},
        {.op = ZHOL_OP_END},
    };
    CHECK_INT_EQ(zhol_engine_process(engine, steps, 2, &flow), ZHOL_ERROR_OK);
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    s.process = flow;
    s.between = exponential(engine, 1);
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &source), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    struct zhol_run_options options = {.seed = 3, .sample_every = 1};
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, (int64_t)(40 * TICKS)), ZHOL_ERROR_OK);
    CHECK(zhol_engine_ended(run) > 10);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

int main(void)
{
    RUN(test_as_with_a_ledger);
    RUN(test_as_audited);
    RUN(test_large_and_empty);
    return check_report();
}
