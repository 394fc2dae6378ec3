/* test_engine_memory.c: a run's memory: no allocation while it goes on, however long, and a million
 * entities alive at once. */
#include <zhol/engine.h>

#include "../allocations.h"

#define NONE ZHOL_ENGINE_NONE

static uint32_t add_dist(struct zhol_engine *engine, enum zhol_dist_kind kind, double a)
{
    uint32_t id = NONE;
    struct zhol_dist d = {.kind = kind, .a = a};
    CHECK_INT_EQ(zhol_engine_dist(engine, &d, &id), ZHOL_ERROR_OK);
    return id;
}

/* Two servers, trains of four, delays and a ledger. */
static struct zhol_engine *busy_model(void)
{
    struct zhol_engine *engine = NULL;
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    struct zhol_engine_source source = ZHOL_SOURCE_INIT;
    uint32_t first, second, id;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_causes(engine, 4), ZHOL_ERROR_OK);
    r.name = "first";
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &first), ZHOL_ERROR_OK);
    r.name = "second";
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &second), ZHOL_ERROR_OK);
    uint32_t work = add_dist(engine, ZHOL_DIST_EXPONENTIAL, 600);
    uint32_t train = add_dist(engine, ZHOL_DIST_EXPONENTIAL, 2400);
    uint32_t way = add_dist(engine, ZHOL_DIST_EXPONENTIAL, 20000);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = first, .b = work, .c = NONE},
        {.op = ZHOL_OP_DELAY, .work_cause = 1, .a = way},
        {.op = ZHOL_OP_BATCH, .wait_cause = 2, .a = 4, .b = NONE, .c = 1},
        {.op = ZHOL_OP_SERVE, .a = second, .b = train, .c = NONE},
        {.op = ZHOL_OP_DELAY, .work_cause = 3, .a = way},
        {.op = ZHOL_OP_SPLIT, .a = NONE},
        {.op = ZHOL_OP_END}};
    CHECK_INT_EQ(zhol_engine_process(engine, steps, sizeof steps / sizeof *steps, &source.process),
                 ZHOL_ERROR_OK);
    source.between = add_dist(engine, ZHOL_DIST_EXPONENTIAL, 1000);
    CHECK_INT_EQ(zhol_engine_source(engine, &source, &id), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    return engine;
}

/* After a tenth of the run its arrays are as large as they get; starting anew needs none either. */
static void test_flat(void)
{
    struct zhol_engine *engine = busy_model();
    struct zhol_engine_run *run = NULL;
    struct zhol_run_options options = {.seed = 5};
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, INT64_C(20000000)), ZHOL_ERROR_OK);
    attempts = 0;
    CHECK_INT_EQ(zhol_engine_run_until(run, INT64_C(200000000)), ZHOL_ERROR_OK);
    CHECK(zhol_engine_ended(run) > 190000);
    CHECK_INT_EQ(attempts, 0);
    CHECK_INT_EQ(zhol_engine_run_reset(run, 5, 0), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, INT64_C(20000000)), ZHOL_ERROR_OK);
    CHECK_INT_EQ(attempts, 0);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static void test_million_alive(void)
{
    enum { MILLION = 1000000, OPENS = 1000 };
    struct zhol_engine *engine = NULL;
    struct zhol_engine_run *run = NULL;
    struct zhol_engine_source source = ZHOL_SOURCE_INIT;
    struct zhol_run_options options = {.seed = 1};
    const int64_t changes[] = {OPENS};
    uint32_t gate = NONE, id;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_calendar(engine, changes, 1, 0, &gate), ZHOL_ERROR_OK);
    uint32_t way = add_dist(engine, ZHOL_DIST_EXPONENTIAL, 500);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_GATE, .a = gate}, {.op = ZHOL_OP_DELAY, .a = way}, {.op = ZHOL_OP_END}};
    CHECK_INT_EQ(zhol_engine_process(engine, steps, 3, &source.process), ZHOL_ERROR_OK);
    source.at_start = MILLION;
    CHECK_INT_EQ(zhol_engine_source(engine, &source, &id), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, OPENS), ZHOL_ERROR_OK);
    CHECK_INT_EQ((int64_t)zhol_engine_alive(run), MILLION);
    CHECK_INT_EQ(zhol_engine_run_until(run, 100000), ZHOL_ERROR_OK);
    CHECK_INT_EQ((int64_t)zhol_engine_ended(run), MILLION);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

int main(void)
{
    RUN(test_flat);
    RUN(test_million_alive);
    return check_report();
}
