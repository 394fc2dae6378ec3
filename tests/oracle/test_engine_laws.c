/* tests/oracle/test_engine_laws.c: laws of the event engine that need a look into the run: the tail
 * of a yard without limits, the spread of what leaves in block trains, a warm-up that is wrong on
 * purpose; and the same events in every build.
 *
 * References: M/G/infinity is Poisson whatever the law of the stay (Takacs 1962); sums of Poisson
 * gaps are Erlang. Rules as in test_engine_theory.c.
 */
#include <inttypes.h>
#include <math.h>

#include <zhol/engine.h>

#include "check.h"

#define NONE ZHOL_ENGINE_NONE
#define T    100000.0 /* ticks of a unit of time */

enum { REPLICATIONS = 32 };
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LENGTH 0.01
#else
#define LENGTH 1.0
#endif

/* What one replication counts. */
struct counts {
    double seen, above;         /* arrivals after the warm-up; those that find more than 150 */
    double last, gaps, sum, sq; /* between departures */
    double warm_up;
};

static uint32_t dist(struct zhol_engine *engine, struct zhol_dist d)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_dist(engine, &d, &id), ZHOL_ERROR_OK);
    return id;
}

static uint32_t function(struct zhol_engine *engine, zhol_engine_call call)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_function(engine, call, &id), ZHOL_ERROR_OK);
    return id;
}

/* Entities that come one by one, `between` on average, and go through these steps. */
static void flow(struct zhol_engine *engine, const struct zhol_engine_step *steps, uint32_t count,
                 double between)
{
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    uint32_t id;
    CHECK_INT_EQ(zhol_engine_process(engine, steps, count, &s.process), ZHOL_ERROR_OK);
    s.between = dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = between * T});
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
}

/* Runs all replications, `length` units of time after a warm-up; the engine is freed. */
static void run_all(struct zhol_engine *engine, double warm_up, double length,
                    struct counts *counts)
{
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    for (uint32_t r = 0; r < REPLICATIONS; r++) {
        struct zhol_engine_run *run = NULL;
        counts[r] = (struct counts){.warm_up = warm_up * T, .last = NAN};
        struct zhol_run_options o = {.seed = 77, .replication = r, .context = &counts[r]};
        CHECK_INT_EQ(zhol_engine_run_new(engine, &o, &run), ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_engine_run_until(run, (int64_t)((warm_up + length * LENGTH) * T)),
                     ZHOL_ERROR_OK);
        zhol_engine_run_free(run);
    }
    zhol_engine_free(engine);
}

/* The mean of one value a replication is the reference, and sharply so. */
static bool agrees(const double *values, double reference, double precision)
{
    double mean, half;
    zhol_interval(values, REPLICATIONS, 1, 0.999, &mean, &half);
    double error = half / zhol_student(0.9995, REPLICATIONS - 1) / reference;
    bool good = fabs(mean - reference) <= half && error <= precision;
    if (!good) {
        printf("mean %.6g, reference %.6g, half %.3g, error %.2f %%\n", mean, reference, half,
               100 * error);
    }
    return good || LENGTH < 1;
}

/* ---- A yard without limits ---- */

static uint32_t look(void *context, struct zhol_engine_run *run, uint32_t entity, uint32_t argument)
{
    struct counts *c = context;
    (void)entity;
    (void)argument;
    if ((double)zhol_engine_now(run) >= c->warm_up) {
        c->seen++;
        c->above += zhol_engine_alive(run) - 1 > 150;
    }
    return NONE;
}

/* Two trains an hour stay 60 hours, whatever the law of their stay: the number is Poisson of 120,
 * and an arrival sees more than 150 with probability .00355197. */
static void test_yard_is_insensitive(void)
{
    static const struct zhol_dist stays[] = {{.kind = ZHOL_DIST_EXPONENTIAL, .a = 60 * T},
                                             {.kind = ZHOL_DIST_UNIFORM, .a = 0, .b = 120 * T}};
    struct counts counts[REPLICATIONS];
    double above[REPLICATIONS];
    for (int i = 0; i < 2; i++) {
        struct zhol_engine *engine = NULL;
        CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
        const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_CALL, .a = function(engine, look)},
                                                 {.op = ZHOL_OP_DELAY, .a = dist(engine, stays[i])},
                                                 {.op = ZHOL_OP_END}};
        flow(engine, steps, 3, 0.5);
        run_all(engine, 1000, 200000, counts);
        for (int r = 0; r < REPLICATIONS; r++) {
            above[r] = counts[r].above / counts[r].seen;
        }
        CHECK(agrees(above, 0.00355197, 0.05)); /* a rare event: 1 % would take a minute */
    }
}

/* ---- Block trains ---- */

static uint32_t leave(void *context, struct zhol_engine_run *run, uint32_t entity,
                      uint32_t argument)
{
    struct counts *c = context;
    double now = (double)zhol_engine_now(run);
    (void)entity;
    (void)argument;
    if (!isnan(c->last)) {
        c->gaps++;
        c->sum += now - c->last;
        c->sq += (now - c->last) * (now - c->last);
    }
    c->last = now;
    return NONE;
}

/* Trains of 41 wagons leave at Erlang gaps of 41 stages: the squared coefficient of variation is
 * 1 / 41. */
static void test_departures_are_erlang(void)
{
    struct zhol_engine *engine = NULL;
    struct counts counts[REPLICATIONS];
    double spread[REPLICATIONS], mean[REPLICATIONS];
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_BATCH, .a = 41, .b = NONE},
                                             {.op = ZHOL_OP_CALL, .a = function(engine, leave)},
                                             {.op = ZHOL_OP_END}};
    flow(engine, steps, 3, 1);
    run_all(engine, 0, 41 * 1500.0, counts);
    for (int r = 0; r < REPLICATIONS; r++) {
        double m = counts[r].sum / counts[r].gaps;
        double variance = (counts[r].sq - counts[r].sum * m) / (counts[r].gaps - 1);
        spread[r] = variance / (m * m);
        mean[r] = m / T;
    }
    CHECK(agrees(mean, 41, 0.01));
    CHECK(agrees(spread, 1 / 41.0, 0.01));
}

/* ---- Wrong on purpose ---- */

static double mean_wait(const struct zhol_engine *engine, uint32_t replication, double warm_up,
                        double length)
{
    struct zhol_engine_run *run = NULL;
    struct zhol_resource_stats stats;
    struct zhol_run_options o = {.seed = 3, .replication = replication};
    CHECK_INT_EQ(zhol_engine_run_new(engine, &o, &run), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, (int64_t)(warm_up * T)), ZHOL_ERROR_OK);
    zhol_engine_run_forget(run);
    CHECK_INT_EQ(zhol_engine_run_until(run, (int64_t)((warm_up + length) * T)), ZHOL_ERROR_OK);
    zhol_engine_resource_stats(run, 0, &stats);
    zhol_engine_run_free(run);
    return stats.wait_mean / T;
}

/* M/M/1 at 0.9 from empty, 1,000 replications of 300: with a warm-up of 2,000 the mean wait is 9;
 * without one it is so much less that the same rule turns it down. */
static void test_wrong_warm_up(void)
{
    enum { RUNS = 1000 };
    static double good[RUNS], bad[RUNS];
    struct zhol_engine *engine = NULL;
    struct zhol_engine_resource server = ZHOL_RESOURCE_INIT;
    uint32_t id;
    double mean, half;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    server.units = 1;
    CHECK_INT_EQ(zhol_engine_resource(engine, &server, &id), ZHOL_ERROR_OK);
    uint32_t service = dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = T});
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = id, .b = service, .c = NONE}, {.op = ZHOL_OP_END}};
    flow(engine, steps, 2, 1 / 0.9);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    for (uint32_t r = 0; r < RUNS && LENGTH >= 1; r++) {
        good[r] = mean_wait(engine, r, 2000, 300);
        bad[r] = mean_wait(engine, r, 0, 300);
    }
    if (LENGTH >= 1) {
        zhol_interval(good, RUNS, 1, 0.999, &mean, &half);
        CHECK(fabs(mean - 9) <= half && half < 1.2);
        zhol_interval(bad, RUNS, 1, 0.999, &mean, &half);
        CHECK(fabs(mean - 9) > half && mean < 8);
    }
    zhol_engine_free(engine);
}

int main(void)
{
    RUN(test_yard_is_insensitive);
    RUN(test_departures_are_erlang);
    RUN(test_wrong_warm_up);
    return check_report();
}
