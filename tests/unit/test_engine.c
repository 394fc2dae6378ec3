/* tests/unit/test_engine.c: the event engine: exact recursions, laws, determinism, and each kind of
 * step.
 *
 * Statistics against queueing theory are in tests/oracle/test_engine_theory.c; here everything is
 * exact.
 */
#include <stdlib.h>

#include <zhol/engine.h>

#include "check.h"

#define NONE ZHOL_ENGINE_NONE
#define TICK 1000.0

static uint32_t dist(struct zhol_engine *engine, enum zhol_dist_kind kind, double a, double b)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_dist(engine, &(struct zhol_dist){.kind = kind, .a = a, .b = b}, &id),
                 ZHOL_ERROR_OK);
    return id;
}

static uint32_t servers(struct zhol_engine *engine, uint32_t units)
{
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    uint32_t id = NONE;
    r.name = "r";
    r.units = units;
    r.histogram = true;
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &id), ZHOL_ERROR_OK);
    return id;
}

static uint32_t process(struct zhol_engine *engine, const struct zhol_engine_step *steps,
                        uint32_t count)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_process(engine, steps, count, &id), ZHOL_ERROR_OK);
    return id;
}

static uint32_t arrivals(struct zhol_engine *engine, uint32_t process_id, uint32_t between)
{
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    uint32_t id = NONE;
    s.process = process_id;
    s.between = between;
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
    return id;
}

static struct zhol_engine_run *start(const struct zhol_engine *engine, uint64_t seed, bool audit)
{
    struct zhol_engine_run *run = NULL;
    struct zhol_run_options options = {.seed = seed, .audit = audit};
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    return run;
}

static void check_audit(const struct zhol_engine_run *run)
{
    uint64_t fingerprint;
    char why[200];
    if (!zhol_engine_run_audit(run, &fingerprint, why, sizeof why)) {
        CHECK_FAIL("audit: %s", why);
    }
}

/* ---- One queue with one or more servers, against the recursions of Lindley and Kiefer-Wolfowitz
 * ---- */

static int64_t least(int64_t *free_at, uint32_t count, uint32_t *which)
{
    *which = 0;
    for (uint32_t i = 1; i < count; i++) {
        *which = free_at[i] < free_at[*which] ? i : *which;
    }
    return free_at[*which];
}

/* Sum of waits of the first n customers of G/G/c, from the same draws. */
static int64_t recursion(const struct zhol_engine *engine, uint64_t seed, uint32_t units,
                         uint32_t between, uint32_t service, uint32_t n)
{
    int64_t free_at[16] = {0}, arrival = 0, sum = 0;
    uint64_t base = UINT64_C(1) << 40;
    for (uint32_t i = 0; i < n; i++) {
        arrival += zhol_engine_draw(engine, between, seed, 0,
                                    zhol_engine_source_activity(engine, 0), base + i);
        int64_t time = zhol_engine_draw(engine, service, seed, 0,
                                        zhol_engine_activity(engine, 0, 0), base + i);
        uint32_t which;
        int64_t begin = least(free_at, units, &which);
        begin = begin > arrival ? begin : arrival;
        sum += begin - arrival;
        free_at[which] = begin + time;
    }
    return sum;
}

static void check_recursion(uint32_t units, bool audit)
{
    struct zhol_engine *engine;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    uint32_t service = dist(engine, ZHOL_DIST_EXPONENTIAL, units * TICK, 0);
    uint32_t between = dist(engine, ZHOL_DIST_EXPONENTIAL, TICK / 0.95, 0);
    uint32_t r = servers(engine, units);
    const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_SERVE, .a = r, .b = service, .c = NONE},
                                             {.op = ZHOL_OP_END}};
    arrivals(engine, process(engine, steps, 2), between);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    struct zhol_engine_run *run = start(engine, 11, audit);
    CHECK_INT_EQ(zhol_engine_run_until(run, (int64_t)(20000 * TICK)), ZHOL_ERROR_OK);
    struct zhol_resource_stats stats;
    zhol_engine_resource_stats(run, r, &stats);
    CHECK(stats.started > 15000);
    double exact = (double)recursion(engine, 11, units, between, service, (uint32_t)stats.started);
    CHECK_NEAR(stats.wait_mean * (double)stats.started, exact, 1e-9 * exact);
    if (audit) {
        check_audit(run);
    }
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static void test_lindley(void)
{
    check_recursion(1, false);
    check_recursion(1, true); /* the audited run takes the other path through the code */
}

static void test_kiefer_wolfowitz(void)
{
    check_recursion(4, false);
    check_recursion(4, true);
}

/* ---- A small model with everything in it, audited ---- */

static uint32_t calendar(struct zhol_engine *engine)
{
    const int64_t changes[] = {2000, 9000};
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_calendar(engine, changes, 2, 10000, &id), ZHOL_ERROR_OK);
    return id;
}

static struct zhol_engine *everything(void)
{
    struct zhol_engine *engine;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    zhol_engine_causes(engine, 4);
    uint32_t fast = dist(engine, ZHOL_DIST_EXPONENTIAL, 300, 0);
    uint32_t slow = dist(engine, ZHOL_DIST_ERLANG, 900, 3);
    uint32_t fixed = dist(engine, ZHOL_DIST_CONSTANT, 500, 0);
    uint32_t open = calendar(engine), tally = NONE, store = NONE;
    zhol_engine_tally(engine, "transit", &tally);
    zhol_engine_store(engine, &store);
    struct zhol_engine_resource crane = ZHOL_RESOURCE_INIT;
    crane.name = "crane";
    crane.units = 2;
    crane.calendar = open;
    crane.closing = ZHOL_CLOSING_PAUSE;
    crane.preemptive = true;
    crane.life = slow;
    crane.repair = fast;
    struct zhol_engine_resource yard = ZHOL_RESOURCE_INIT;
    yard.name = "yard";
    yard.units = 6;
    uint32_t c = NONE, y = NONE;
    zhol_engine_resource(engine, &crane, &c);
    zhol_engine_resource(engine, &yard, &y);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_GATE, .wait_cause = 1, .a = open},
        {.op = ZHOL_OP_SEIZE, .wait_cause = 2, .a = y, .b = 1, .c = NONE},
        {.op = ZHOL_OP_SERVE, .wait_cause = 2, .work_cause = 3, .a = c, .b = fast, .c = NONE},
        {.op = ZHOL_OP_BATCH, .wait_cause = 1, .a = 3, .b = fixed, .c = 1},
        {.op = ZHOL_OP_DELAY, .work_cause = 3, .a = slow},
        {.op = ZHOL_OP_SPLIT, .a = NONE},
        {.op = ZHOL_OP_RELEASE, .a = y, .b = 1},
        {.op = ZHOL_OP_BRANCH, .a = UINT32_MAX / 10 * 3, .c = 0},
        {.op = ZHOL_OP_BOARD, .wait_cause = 1, .a = store},
        {.op = ZHOL_OP_TALLY, .a = tally},
        {.op = ZHOL_OP_END},
    };
    uint32_t goods = process(engine, steps, 11);
    const struct zhol_engine_step ferry[] = {
        {.op = ZHOL_OP_LOAD, .wait_cause = 1, .a = store, .b = 5, .c = 2},
        {.op = ZHOL_OP_DELAY, .work_cause = 3, .a = slow},
        {.op = ZHOL_OP_SPLIT, .a = 3, .b = 1},
        {.op = ZHOL_OP_DELAY, .work_cause = 3, .a = slow},
        {.op = ZHOL_OP_GOTO, .c = 0},
    };
    uint32_t trips = process(engine, ferry, 5);
    arrivals(engine, goods, dist(engine, ZHOL_DIST_EXPONENTIAL, 900, 0));
    struct zhol_engine_source urgent = ZHOL_SOURCE_INIT;
    urgent.process = goods;
    urgent.between = dist(engine, ZHOL_DIST_UNIFORM, 1000, 9000);
    urgent.batch = 2;
    uint32_t id;
    zhol_engine_source(engine, &urgent, &id);
    struct zhol_engine_source ships = ZHOL_SOURCE_INIT;
    ships.process = trips;
    ships.at_start = 2;
    ships.class = 1;
    ships.priority = 1;
    zhol_engine_source(engine, &ships, &id);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    return engine;
}

static void test_laws_hold(void)
{
    struct zhol_engine *engine = everything();
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct zhol_engine_run *run = start(engine, seed, true);
        CHECK_INT_EQ(zhol_engine_run_until(run, 777777), ZHOL_ERROR_OK);
        check_audit(run);
        CHECK(zhol_engine_ended(run) > 500);
        zhol_engine_run_forget(run);
        CHECK_INT_EQ(zhol_engine_run_until(run, 1999999), ZHOL_ERROR_OK);
        check_audit(run);
        zhol_engine_run_free(run);
    }
    zhol_engine_free(engine);
}

static void test_ledger_sums_to_transit(void)
{
    struct zhol_engine *engine = everything();
    struct zhol_engine_run *run = start(engine, 3, false);
    CHECK_INT_EQ(zhol_engine_run_until(run, 3000000), ZHOL_ERROR_OK);
    struct zhol_tally_stats tally;
    zhol_engine_tally_stats(run, 0, &tally);
    int64_t sum = 0;
    uint64_t ended = 0;
    for (uint32_t cause = 0; cause < 4; cause++) {
        sum += zhol_engine_ledger(run, 0, cause, &ended);
    }
    CHECK_INT_EQ(ended, tally.count);
    CHECK_NEAR((double)sum, tally.mean * (double)tally.count, 1);
    CHECK_INT_EQ(zhol_engine_ledger(run, 0, 0, &ended), 0);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static void test_again_is_the_same(void)
{
    struct zhol_engine *engine = everything();
    struct zhol_engine_run *a = start(engine, 5, true), *b = start(engine, 6, true);
    uint64_t first, second, other;
    char why[100];
    zhol_engine_run_until(a, 500000);
    zhol_engine_run_audit(a, &first, why, sizeof why);
    zhol_engine_run_until(b, 500000);
    zhol_engine_run_audit(b, &other, why, sizeof why);
    zhol_engine_run_reset(b, 5, 0);
    zhol_engine_run_until(b, 250000); /* in two pieces */
    zhol_engine_run_until(b, 500000);
    zhol_engine_run_audit(b, &second, why, sizeof why);
    CHECK(first == second);
    CHECK(first != other);
    zhol_engine_run_free(a);
    zhol_engine_run_free(b);
    zhol_engine_free(engine);
}

/* ---- Experiments ---- */

static void measure(void *context, const struct zhol_engine_run *run, double *values)
{
    (void)context;
    struct zhol_tally_stats tally;
    zhol_engine_tally_stats(run, 0, &tally);
    values[0] = tally.mean;
    values[1] = (double)zhol_engine_ended(run);
}

static void test_threads_give_the_same_bytes(void)
{
    struct zhol_engine *engine = everything();
    double values[3][24];
    for (uint32_t threads = 1; threads <= 3; threads++) {
        struct zhol_experiment x = {.engine = engine,
                                    .options = {.seed = 9},
                                    .replications = 12,
                                    .threads = threads,
                                    .value_count = 2,
                                    .warm_up = 20000,
                                    .end = 300000,
                                    .measure = measure};
        uint32_t done = 0;
        CHECK_INT_EQ(zhol_experiment_run(&x, values[threads - 1], &done), ZHOL_ERROR_OK);
        CHECK_INT_EQ(done, 12);
    }
    CHECK(memcmp(values[0], values[1], sizeof values[0]) == 0);
    CHECK(memcmp(values[0], values[2], sizeof values[0]) == 0);
    zhol_engine_free(engine);
}

/* ---- Statistics ---- */

/* One server of 10 ticks, arrivals at 1, 2, 3, 4: who waits, and for how long, is known. */
/* Two places one after the other with delays behind each, priorities, three servers and a short
 * queue, the second with opening hours if `hours`. A MARK behind a service makes its place an
 * ordinary one; without, its services are no events of their own. Nothing that is measured may
 * differ. */
static struct zhol_engine *delayed_line(bool ordinary, bool hours)
{
    static const int64_t changes[] = {3000000, 70000000};
    struct zhol_engine *engine = NULL;
    struct zhol_engine_resource second = ZHOL_RESOURCE_INIT;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    uint32_t a = servers(engine, 3), b = NONE, tally = NONE;
    if (hours) {
        CHECK_INT_EQ(zhol_engine_calendar(engine, changes, 2, 90000000, &second.calendar),
                     ZHOL_ERROR_OK);
    }
    uint32_t work = dist(engine, ZHOL_DIST_EXPONENTIAL, 2.6e6, 0);
    uint32_t quick = dist(engine, ZHOL_DIST_EXPONENTIAL, 0.8e6, 0);
    uint32_t way = dist(engine, ZHOL_DIST_UNIFORM, 1e6, 9e6);
    second.name = "second";
    second.units = hours ? 2 : 1;
    second.queue_max = hours ? 400 : 4;
    CHECK_INT_EQ(zhol_engine_resource(engine, &second, &b), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_tally(engine, "transit", &tally), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_causes(engine, 4), ZHOL_ERROR_OK);
    uint8_t between = ordinary ? ZHOL_OP_MARK : ZHOL_OP_GOTO;
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .work_cause = 1, .a = a, .b = work, .c = NONE, .activity = 1},
        {.op = between, .c = 2},
        {.op = ZHOL_OP_DELAY, .work_cause = 2, .a = way, .activity = 2},
        {.op = ZHOL_OP_DELAY, .work_cause = 3, .a = way, .activity = 3},
        {.op = ZHOL_OP_SERVE, .work_cause = 1, .a = b, .b = quick, .c = 7, .activity = 4},
        {.op = between, .c = 6},
        {.op = ZHOL_OP_DELAY, .work_cause = 2, .a = way, .activity = 5},
        {.op = ZHOL_OP_TALLY, .a = tally},
        {.op = ZHOL_OP_END}};
    uint32_t p = process(engine, steps, sizeof steps / sizeof *steps);
    for (uint32_t i = 0; i < 2; i++) {
        struct zhol_engine_source s = ZHOL_SOURCE_INIT;
        uint32_t id;
        s.process = p;
        s.class = s.priority = i;
        s.between = dist(engine, ZHOL_DIST_EXPONENTIAL, 1.9e6, 0);
        CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
    }
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    return engine;
}

static void check_same_place(const struct zhol_engine_run *a, const struct zhol_engine_run *b,
                             uint32_t resource)
{
    struct zhol_resource_stats x, y;
    zhol_engine_resource_stats(a, resource, &x);
    zhol_engine_resource_stats(b, resource, &y);
    CHECK(x.arrived == y.arrived && x.started == y.started && x.finished == y.finished);
    CHECK(x.turned_away == y.turned_away && x.queue_now == y.queue_now);
    CHECK(x.queue_max == y.queue_max && x.busy_now == y.busy_now);
    CHECK_NEAR(x.queue_mean, y.queue_mean, 0);
    CHECK_NEAR(x.busy_mean, y.busy_mean, 0);
    CHECK_NEAR(x.wait_mean, y.wait_mean, 0);
    CHECK(zhol_engine_oldest(a, resource) == zhol_engine_oldest(b, resource));
}

static void check_services_that_are_no_events(bool hours)
{
    struct zhol_engine *engines[2] = {delayed_line(false, hours), delayed_line(true, hours)};
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct zhol_engine_run *runs[2];
        for (uint32_t i = 0; i < 2; i++) {
            runs[i] = start(engines[i], seed, seed % 2);
            CHECK_INT_EQ(zhol_engine_run_until(runs[i], INT64_C(300000000)), ZHOL_ERROR_OK);
            zhol_engine_run_forget(runs[i]);
            CHECK_INT_EQ(zhol_engine_run_until(runs[i], INT64_C(4000000000)), ZHOL_ERROR_OK);
            if (seed % 2) {
                check_audit(runs[i]);
            }
        }
        CHECK(zhol_engine_events(runs[0]) < zhol_engine_events(runs[1]));
        CHECK(zhol_engine_ended(runs[0]) == zhol_engine_ended(runs[1]));
        for (uint32_t r = 0; r < 2; r++) {
            check_same_place(runs[0], runs[1], r);
        }
        for (uint32_t c = 0; c < 8; c++) {
            uint64_t ended[2];
            CHECK(zhol_engine_ledger(runs[0], c / 4, c % 4, &ended[0]) ==
                  zhol_engine_ledger(runs[1], c / 4, c % 4, &ended[1]));
            CHECK(ended[0] == ended[1] && ended[0] > 0);
        }
        zhol_engine_run_free(runs[0]);
        zhol_engine_run_free(runs[1]);
    }
    zhol_engine_free(engines[0]);
    zhol_engine_free(engines[1]);
}

static void test_services_that_are_no_events(void)
{
    check_services_that_are_no_events(false);
    check_services_that_are_no_events(true);
}

/* A place with a server for everybody, after a delay and at the birth of every third entity: the
 * same as a thousand servers, without their events. */
static struct zhol_engine *wide_line(bool ample)
{
    struct zhol_engine *engine = NULL;
    struct zhol_engine_resource wide = ZHOL_RESOURCE_INIT;
    uint32_t tally = NONE, place = NONE;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    wide.name = "wide";
    wide.units = 1000;
    wide.ample = ample;
    CHECK_INT_EQ(zhol_engine_resource(engine, &wide, &place), ZHOL_ERROR_OK);
    uint32_t narrow = servers(engine, 2);
    uint32_t work = dist(engine, ZHOL_DIST_EXPONENTIAL, 9e6, 0);
    uint32_t quick = dist(engine, ZHOL_DIST_EXPONENTIAL, 0.6e6, 0);
    CHECK_INT_EQ(zhol_engine_tally(engine, "transit", &tally), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_causes(engine, 3), ZHOL_ERROR_OK);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_BRANCH, .a = 2863311531u, .c = 2, .activity = 1},
        {.op = ZHOL_OP_DELAY, .work_cause = 1, .a = work, .activity = 2},
        {.op = ZHOL_OP_SERVE, .work_cause = 2, .a = place, .b = work, .c = NONE, .activity = 3},
        {.op = ZHOL_OP_SERVE, .work_cause = 2, .a = narrow, .b = quick, .c = NONE, .activity = 4},
        {.op = ZHOL_OP_SERVE, .work_cause = 2, .a = place, .b = work, .c = NONE, .activity = 5},
        {.op = ZHOL_OP_TALLY, .a = tally},
        {.op = ZHOL_OP_END}};
    uint32_t p = process(engine, steps, sizeof steps / sizeof *steps);
    arrivals(engine, p, dist(engine, ZHOL_DIST_EXPONENTIAL, 0.4e6, 0));
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    return engine;
}

static void test_ample_servers(void)
{
    struct zhol_engine *engines[2] = {wide_line(true), wide_line(false)};
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct zhol_engine_run *runs[2];
        struct zhol_tally_stats tallies[2];
        for (uint32_t i = 0; i < 2; i++) {
            struct zhol_run_options options = {
                .seed = seed, .audit = seed % 2, .measure_from = 50000000, .measure_to = 400000000};
            CHECK_INT_EQ(zhol_engine_run_new(engines[i], &options, &runs[i]), ZHOL_ERROR_OK);
            CHECK_INT_EQ(zhol_engine_run_until(runs[i], options.measure_from), ZHOL_ERROR_OK);
            zhol_engine_run_forget(runs[i]);
            CHECK_INT_EQ(zhol_engine_run_until(runs[i], options.measure_to), ZHOL_ERROR_OK);
            if (seed % 2) {
                check_audit(runs[i]);
            }
            zhol_engine_tally_stats(runs[i], 0, &tallies[i]);
        }
        CHECK(zhol_engine_events(runs[0]) < zhol_engine_events(runs[1]));
        CHECK(tallies[0].count == tallies[1].count && tallies[0].count > 500);
        CHECK_NEAR(tallies[0].mean, tallies[1].mean, 0);
        check_same_place(runs[0], runs[1], 0);
        check_same_place(runs[0], runs[1], 1);
        zhol_engine_run_free(runs[0]);
        zhol_engine_run_free(runs[1]);
    }
    zhol_engine_free(engines[0]);
    zhol_engine_free(engines[1]);
}

/* What can stop or limit a service is no business of an ample resource. */
static void test_ample_refusals(void)
{
    for (uint32_t wrong = 0; wrong < 3; wrong++) {
        struct zhol_engine *engine = NULL;
        struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
        struct zhol_report report;
        uint32_t place = NONE;
        zhol_report_init(&report, 0);
        CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
        uint32_t work = dist(engine, ZHOL_DIST_CONSTANT, 5, 0);
        r.name = "wide";
        r.ample = true;
        r.histogram = wrong == 0;
        r.batch = wrong == 1 ? 4 : 1;
        CHECK_INT_EQ(zhol_engine_resource(engine, &r, &place), ZHOL_ERROR_OK);
        uint8_t op = wrong == 2 ? ZHOL_OP_SEIZE : ZHOL_OP_SERVE;
        const struct zhol_engine_step steps[] = {
            {.op = op, .a = place, .b = wrong == 2 ? 1 : work, .c = NONE}, {.op = ZHOL_OP_END}};
        process(engine, steps, 2);
        CHECK_INT_EQ(zhol_engine_seal(engine, &report), ZHOL_ERROR_INVALID);
        CHECK(report.count == 1 && !strcmp(report.findings[0].column, "ample"));
        zhol_report_clear(&report);
        zhol_engine_free(engine);
    }
}

/* Stands in for a table: odd entities take the short way, the step of argument. */
static uint32_t odd_ways(void *context, struct zhol_engine_run *run, uint32_t entity,
                         uint32_t argument)
{
    (void)context;
    return zhol_engine_entity_id(run, entity) % 2 ? argument : NONE;
}

/* Delays with a BRANCH and a CALL between them, before a place with a queue. */
static struct zhol_engine *chosen_line(bool chooser)
{
    struct zhol_engine *engine = NULL;
    uint32_t f = NONE, tally = NONE;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    uint32_t a = servers(engine, 2);
    uint32_t work = dist(engine, ZHOL_DIST_EXPONENTIAL, 1.6e6, 0);
    uint32_t way = dist(engine, ZHOL_DIST_UNIFORM, 1e6, 9e6);
    CHECK_INT_EQ(zhol_engine_tally(engine, "transit", &tally), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_causes(engine, 3), ZHOL_ERROR_OK);
    CHECK_INT_EQ(chooser ? zhol_engine_chooser(engine, odd_ways, &f)
                         : zhol_engine_function(engine, odd_ways, &f),
                 ZHOL_ERROR_OK);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_DELAY, .work_cause = 1, .a = way, .activity = 1},
        {.op = ZHOL_OP_BRANCH, .a = UINT32_C(1) << 31, .c = 3, .activity = 2},
        {.op = ZHOL_OP_DELAY, .work_cause = 1, .a = way, .activity = 3},
        {.op = ZHOL_OP_CALL, .a = f, .b = 5},
        {.op = ZHOL_OP_DELAY, .work_cause = 2, .a = way, .activity = 4},
        {.op = ZHOL_OP_SERVE, .a = a, .b = work, .c = NONE, .activity = 5},
        {.op = ZHOL_OP_CALL, .a = f, .b = 8},
        {.op = ZHOL_OP_DELAY, .work_cause = 2, .a = way, .activity = 6},
        {.op = ZHOL_OP_TALLY, .a = tally},
        {.op = ZHOL_OP_END}};
    uint32_t p = process(engine, steps, sizeof steps / sizeof *steps);
    arrivals(engine, p, dist(engine, ZHOL_DIST_EXPONENTIAL, 1e6, 0));
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    return engine;
}

/* Whoever sleeps passes choices ahead of their time: fewer events, the same run. */
static void test_choices_that_are_no_events(void)
{
    struct zhol_engine *engines[2] = {chosen_line(true), chosen_line(false)};
    for (uint64_t seed = 0; seed < 10; seed++) {
        struct zhol_engine_run *runs[2];
        struct zhol_tally_stats stats[2];
        for (uint32_t i = 0; i < 2; i++) {
            runs[i] = start(engines[i], seed, seed % 2);
            CHECK_INT_EQ(zhol_engine_run_until(runs[i], INT64_C(2000000000)), ZHOL_ERROR_OK);
            if (seed % 2) {
                check_audit(runs[i]);
            }
            zhol_engine_tally_stats(runs[i], 0, &stats[i]);
        }
        CHECK(zhol_engine_events(runs[0]) < zhol_engine_events(runs[1]));
        check_same_place(runs[0], runs[1], 0);
        CHECK(stats[0].count == stats[1].count && stats[0].count > 1000);
        CHECK(stats[0].mean == stats[1].mean && stats[0].max == stats[1].max);
        for (uint32_t c = 0; c < 3; c++) {
            uint64_t ended[2];
            CHECK(zhol_engine_ledger(runs[0], 0, c, &ended[0]) ==
                  zhol_engine_ledger(runs[1], 0, c, &ended[1]));
        }
        zhol_engine_run_free(runs[0]);
        zhol_engine_run_free(runs[1]);
    }
    zhol_engine_free(engines[0]);
    zhol_engine_free(engines[1]);
}

static void test_oldest(void)
{
    struct zhol_engine *engine = NULL;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    uint32_t r = servers(engine, 1);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = r, .b = dist(engine, ZHOL_DIST_CONSTANT, 10, 0), .c = NONE},
        {.op = ZHOL_OP_END},
    };
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    const int64_t times[] = {1, 2, 3, 4};
    uint32_t id;
    s.process = process(engine, steps, 2);
    s.times = times;
    s.time_count = 4;
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    for (int audit = 0; audit < 2; audit++) {
        struct zhol_engine_run *run = start(engine, 1, audit);
        zhol_engine_run_until(run, 2);
        CHECK_INT_EQ(zhol_engine_queue_now(run, r), 0);
        CHECK_INT_EQ(zhol_engine_oldest(run, r), 0);
        zhol_engine_run_until(run, 9);
        CHECK_INT_EQ(zhol_engine_queue_now(run, r), 3);
        CHECK_INT_EQ(zhol_engine_oldest(run, r), 7);
        zhol_engine_run_until(run, 12); /* the first left at 11 */
        CHECK_INT_EQ(zhol_engine_queue_now(run, r), 2);
        CHECK_INT_EQ(zhol_engine_oldest(run, r), 9);
        zhol_engine_run_free(run);
    }
    zhol_engine_free(engine);
}

static void test_student(void)
{
    /* Published tables: t(0.975) */
    CHECK_NEAR(zhol_student(0.975, 1), 12.7062047361747, 1e-9);
    CHECK_NEAR(zhol_student(0.975, 2), 4.30265272974946, 1e-10);
    CHECK_NEAR(zhol_student(0.975, 30), 2.04227245630124, 1e-10);
    CHECK_NEAR(zhol_student(0.025, 9), -2.26215716279820, 1e-10);
    CHECK_NEAR(zhol_student(0.9995, 29), 3.659405019466, 1e-8);
    CHECK(isnan(zhol_student(1, 3)));
}

static void test_quantile_interval(void)
{
    double values[100], scratch[100], q, low, high;
    for (int i = 0; i < 100; i++) {
        values[i] = (i * 37) % 100 + 1;
    }
    /* The classic 95 % interval of the median of 100: ranks 40 and 61 (David). */
    CHECK(zhol_quantile_interval(values, 100, 1, 0.5, 0.95, scratch, &q, &low, &high));
    CHECK_NEAR(q, 50, 0);
    CHECK_NEAR(low, 40, 0);
    CHECK_NEAR(high, 61, 0);
    /* Too few values for the 95th percentile: no interval is better than a wrong one. */
    CHECK(!zhol_quantile_interval(values, 20, 1, 0.95, 0.95, scratch, &q, &low, &high));
}

/* ---- Descriptions that make no sense ---- */

static void test_refusals(void)
{
    struct zhol_engine *engine;
    uint32_t id;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    struct zhol_dist bad = {.kind = ZHOL_DIST_TRIANGULAR, .a = 5, .b = 3, .c = 9};
    CHECK_INT_EQ(zhol_engine_dist(engine, &bad, &id), ZHOL_ERROR_RANGE);
    const int64_t backwards[] = {5, 4};
    CHECK_INT_EQ(zhol_engine_calendar(engine, backwards, 2, 0, &id), ZHOL_ERROR_RANGE);
    const struct zhol_engine_step circle[] = {{.op = ZHOL_OP_GOTO, .c = 0}};
    process(engine, circle, 1);
    const struct zhol_engine_step unknown[] = {{.op = ZHOL_OP_SERVE, .a = 9, .b = 9, .c = NONE},
                                               {.op = ZHOL_OP_DELAY, .a = 0}};
    process(engine, unknown, 2);
    struct zhol_report report;
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(zhol_engine_seal(engine, &report), ZHOL_ERROR_INVALID);
    CHECK(report.count >= 3);
    zhol_report_clear(&report);
    zhol_engine_free(engine);
}

static void test_circle_without_time(void)
{
    struct zhol_engine *engine;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    const struct zhol_engine_step circle[] = {{.op = ZHOL_OP_MARK}, {.op = ZHOL_OP_GOTO, .c = 0}};
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    s.process = process(engine, circle, 2);
    s.at_start = 1;
    uint32_t id;
    zhol_engine_source(engine, &s, &id);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    struct zhol_engine_run *run = start(engine, 1, false);
    CHECK_INT_EQ(zhol_engine_run_until(run, 10), ZHOL_ERROR_INVALID);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

int main(void)
{
    RUN(test_lindley);
    RUN(test_kiefer_wolfowitz);
    RUN(test_laws_hold);
    RUN(test_ledger_sums_to_transit);
    RUN(test_again_is_the_same);
    RUN(test_threads_give_the_same_bytes);
    RUN(test_services_that_are_no_events);
    RUN(test_ample_servers);
    RUN(test_ample_refusals);
    RUN(test_choices_that_are_no_events);
    RUN(test_oldest);
    RUN(test_student);
    RUN(test_quantile_interval);
    RUN(test_refusals);
    RUN(test_circle_without_time);
    return check_report();
}
