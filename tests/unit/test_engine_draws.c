/* test_engine_draws.c: how exact drawn times are, and that every build makes the same events. */
#include <inttypes.h>
#include <math.h>

#include "check.h"
#include "simulate/engine/draw.h"

#define NONE ZHOL_ENGINE_NONE
#define TICK 1000.0

/* ---- The normal quantile against erfc in extended precision ---- */

/* x with P(N > x) = tail, by Newton's method from a start that is nearly there. */
static long double upper_quantile(long double tail, long double start)
{
    const long double root_two_pi = 2.50662827463100050242L, root_two = 1.41421356237309504880L;
    long double x = start;
    for (int i = 0; i < 4; i++) {
        x += (0.5L * erfcl(x / root_two) - tail) / (expl(-x * x / 2) / root_two_pi);
    }
    return x;
}

static void test_normal_quantile(void)
{
    static struct draw_tables tables;
    double worst = 0;
    draw_tables_init(&tables);
    for (int octave = 1; octave <= 52; octave++) {
        double before = INFINITY;
        for (int i = 0; i <= 1000; i++) { /* tails from 2^-(octave + 1) to 2^-octave */
            double tail = ldexp(1 + (i < 1000 ? i / 1000.0 : 0.9999999), -octave - 1);
            double above = -draw_normal(&tables, tail);
            double error = fabs(above - (double)upper_quantile(tail, above));
            worst = error > worst ? error : worst;
            CHECK(above <= before + 1e-12);
            before = above;
        }
    }
    CHECK(worst < 1e-10);
    CHECK_NEAR(draw_normal(&tables, 0.975), 1.959963984540054, 1e-10);
    CHECK_NEAR(draw_normal(&tables, 0.025), -1.959963984540054, 1e-10);
    CHECK_NEAR(draw_normal(&tables, draw_unit(0)), -8.2095, 0.1); /* the ends of what is drawn */
    CHECK_NEAR(draw_normal(&tables, draw_unit(UINT64_MAX)), 8.2095, 0.1);
}

static void test_logarithm(void)
{
    static struct draw_tables tables;
    double worst = 0;
    draw_tables_init(&tables);
    for (uint64_t i = 0; i < 200000; i++) {
        uint64_t bits = draw_mix(i) >> i % 60;
        long double exact = -logl((long double)(bits | 1) * 0x1p-64L);
        double error = fabs((double)(draw_minus_log(&tables, bits) - exact));
        double relative = error / fmax(1, (double)exact);
        worst = relative > worst ? relative : worst;
    }
    CHECK(worst < 1e-15);
}

/* ---- The same events in every build ----
 * gcc and clang, optimised, with sanitizers: each must give these numbers. A change of the engine
 * that changes the order of events or a draw changes them on purpose; then they are set anew. */

static uint32_t dist(struct zhol_engine *engine, struct zhol_dist d)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_dist(engine, &d, &id), ZHOL_ERROR_OK);
    return id;
}

static uint32_t resource(struct zhol_engine *engine, struct zhol_engine_resource r)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &id), ZHOL_ERROR_OK);
    return id;
}

static void arrive(struct zhol_engine *engine, const struct zhol_engine_step *steps, uint32_t count,
                   double between, uint32_t priority)
{
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    uint32_t id;
    CHECK_INT_EQ(zhol_engine_process(engine, steps, count, &s.process), ZHOL_ERROR_OK);
    s.between =
        dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = between * TICK});
    s.priority = priority;
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
}

static uint64_t fingerprint(struct zhol_engine *engine)
{
    struct zhol_engine_run *run = NULL;
    struct zhol_run_options options = {.seed = 20251123, .audit = true};
    uint64_t print = 0;
    char why[200];
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, (int64_t)(4000 * TICK)), ZHOL_ERROR_OK);
    CHECK(zhol_engine_run_audit(run, &print, why, sizeof why));
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
    return print;
}

/* Officers with lognormal work, of two priorities, who break down. */
static uint64_t officers(void)
{
    struct zhol_engine *engine = NULL;
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    r.units = 3;
    r.preemptive = true;
    r.up = dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = 50 * TICK});
    r.down = dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_UNIFORM, .a = TICK, .b = 5 * TICK});
    uint32_t work =
        dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_LOGNORMAL, .a = 2 * TICK, .b = 0.6});
    uint32_t id = resource(engine, r);
    const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_SERVE, .a = id, .b = work, .c = NONE},
                                             {.op = ZHOL_OP_END}};
    arrive(engine, steps, 2, 2, 0);
    arrive(engine, steps, 2, 3, 1);
    return fingerprint(engine);
}

/* Wagons that form trains, wait for one of four tracks, and are taken apart. */
static uint64_t trains(void)
{
    struct zhol_engine *engine = NULL;
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    r.units = 4;
    uint32_t tracks = resource(engine, r);
    uint32_t deadline =
        dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_CONSTANT, .a = 30 * TICK});
    uint32_t run = dist(
        engine, (struct zhol_dist){
                    .kind = ZHOL_DIST_TRIANGULAR, .a = 20 * TICK, .b = 22 * TICK, .c = 40 * TICK});
    uint32_t unload = dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_ERLANG, .a = TICK, .b = 3});
    const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_BATCH, .a = 12, .b = deadline, .c = 1},
                                             {.op = ZHOL_OP_SEIZE, .a = tracks, .b = 1, .c = NONE},
                                             {.op = ZHOL_OP_DELAY, .a = run},
                                             {.op = ZHOL_OP_RELEASE, .a = tracks, .b = 1},
                                             {.op = ZHOL_OP_SPLIT, .a = NONE},
                                             {.op = ZHOL_OP_DELAY, .a = unload},
                                             {.op = ZHOL_OP_END}};
    arrive(engine, steps, 7, 0.8, 0);
    return fingerprint(engine);
}

/* Delays of normal and hyperexponential length behind a choice. */
static uint64_t choices(void)
{
    struct zhol_engine *engine = NULL;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    uint32_t normal =
        dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_NORMAL, .a = 5 * TICK, .b = TICK});
    uint32_t hyper = dist(
        engine, (struct zhol_dist){.kind = ZHOL_DIST_HYPER, .a = TICK, .b = 9 * TICK, .c = 0.7});
    const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_BRANCH, .a = UINT32_MAX / 3, .c = 3},
                                             {.op = ZHOL_OP_DELAY, .a = normal},
                                             {.op = ZHOL_OP_GOTO, .c = 4},
                                             {.op = ZHOL_OP_DELAY, .a = hyper},
                                             {.op = ZHOL_OP_END}};
    arrive(engine, steps, 5, 0.7, 0);
    return fingerprint(engine);
}

static void test_every_build(void)
{
    static const uint64_t known[] = {UINT64_C(0x64AE850930A84B0B), UINT64_C(0x7D30F72B7D869CF2),
                                     UINT64_C(0x33641246DA65CD1B)};
    const uint64_t found[] = {officers(), trains(), choices()};
    for (int i = 0; i < 3; i++) {
        if (found[i] != known[i]) {
            printf("fingerprint %d: 0x%016" PRIX64 "\n", i, found[i]);
        }
        CHECK(found[i] == known[i]);
    }
}

int main(void)
{
    RUN(test_normal_quantile);
    RUN(test_logarithm);
    RUN(test_every_build);
    return check_report();
}
