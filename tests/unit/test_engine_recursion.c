/* test_engine_recursion.c: audited runs follow each queue by the recursion of Kiefer and Wolfowitz.
 *
 * Right runs of many kinds hold, with every service checked. A run whose state is spoilt on purpose
 * (a server free too early, two who wait in each other's place, an urgent one behind the others, a
 * door that does not shut) must not hold.
 */
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>

#include "check.h"

#include "simulate/engine/state.h"

enum { OPENS = 20000, CLOSES = 90000, PERIOD = 100000, SERVICE = 3000 };

/* Variants of one station with two sources, used to 85 % of its hours. */
struct kind {
    const char *name;
    uint32_t units;
    bool calendar, lone, urgent, last_first, preemptive,
        ticks; /* ticks: all times are whole thousands, so that events meet */
    uint32_t queue_max;
    enum zhol_closing closing;
};

static uint32_t dist(struct zhol_engine *engine, enum zhol_dist_kind kind, double mean)
{
    uint32_t id = NONE;
    struct zhol_dist d = {.kind = kind, .a = mean};
    CHECK_INT_EQ(zhol_engine_dist(engine, &d, &id), ZHOL_ERROR_OK);
    return id;
}

static void add_source(struct zhol_engine *engine, const struct kind *k, uint32_t process,
                       uint32_t number)
{
    struct zhol_engine_source source = ZHOL_SOURCE_INIT;
    double share = k->calendar ? 0.85 * 0.7 : 0.85, mean = 2 * SERVICE / (share * k->units);
    uint32_t id;
    source.process = process;
    source.priority = k->urgent ? number : 0;
    source.id_base = (uint64_t)(number + 1) << 40;
    source.between = k->ticks ? dist(engine, ZHOL_DIST_CONSTANT, 1000.0 * (number + 3))
                              : dist(engine, ZHOL_DIST_EXPONENTIAL, mean);
    CHECK_INT_EQ(zhol_engine_source(engine, &source, &id), ZHOL_ERROR_OK);
}

static struct zhol_engine *station(const struct kind *k)
{
    struct zhol_engine *engine = NULL;
    const int64_t changes[] = {OPENS, CLOSES};
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    uint32_t resource, process;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    if (k->calendar) {
        CHECK_INT_EQ(zhol_engine_calendar(engine, changes, 2, PERIOD, &r.calendar), ZHOL_ERROR_OK);
    }
    r.name = "border";
    r.units = k->units;
    r.closing = k->closing;
    r.last_first = k->last_first;
    r.preemptive = k->preemptive;
    r.queue_max = k->queue_max ? k->queue_max : r.queue_max;
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &resource), ZHOL_ERROR_OK);
    uint32_t work = k->ticks ? dist(engine, ZHOL_DIST_CONSTANT, 2000)
                             : dist(engine, ZHOL_DIST_EXPONENTIAL, SERVICE);
    uint32_t road = dist(engine, ZHOL_DIST_EXPONENTIAL, SERVICE);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = resource, .b = work, .c = NONE},
        k->lone ? (struct zhol_engine_step){.op = ZHOL_OP_DELAY, .a = road}
                : (struct zhol_engine_step){.op = ZHOL_OP_END},
        {.op = ZHOL_OP_END}};
    CHECK_INT_EQ(zhol_engine_process(engine, steps, k->lone ? 3 : 2, &process), ZHOL_ERROR_OK);
    add_source(engine, k, process, 0);
    add_source(engine, k, process, 1);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    return engine;
}

static struct zhol_engine_run *begin(const struct zhol_engine *engine, int64_t laps)
{
    struct zhol_engine_run *run = NULL;
    struct zhol_run_options options = {.seed = 7, .audit = true};
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, laps * PERIOD), ZHOL_ERROR_OK);
    return run;
}

/* "" where the run holds. */
static const char *verdict(const struct zhol_engine_run *run)
{
    static char why[200];
    uint64_t fingerprint;
    zhol_engine_run_audit(run, &fingerprint, why, sizeof why);
    return why;
}

static const struct kind kinds[] = {
    {.name = "M/M/1", .units = 1},
    {.name = "M/M/3", .units = 3},
    {.name = "M/M/3, lone", .units = 3, .lone = true},
    {.name = "two priorities", .units = 2, .urgent = true},
    {.name = "two priorities, lone", .units = 2, .urgent = true, .lone = true},
    {.name = "room for four", .units = 2, .queue_max = 4},
    {.name = "room for four, lone", .units = 2, .queue_max = 4, .lone = true},
    {.name = "hours", .units = 3, .calendar = true},
    {.name = "hours, lone", .units = 3, .calendar = true, .lone = true},
    {.name = "hours, pauses", .units = 3, .calendar = true, .closing = ZHOL_CLOSING_PAUSE},
    {.name = "hours, priorities, lone", .units = 3, .calendar = true, .urgent = true, .lone = true},
    {.name = "ties", .units = 1, .ticks = true, .urgent = true},
    {.name = "ties, lone", .units = 2, .ticks = true, .urgent = true, .lone = true},
    {.name = "ties, hours", .units = 2, .ticks = true, .calendar = true, .urgent = true},
    {.name = "ties, hours, lone", .units = 2, .ticks = true, .calendar = true, .lone = true},
    {.name = "ties, pauses",
     .units = 2,
     .ticks = true,
     .calendar = true,
     .closing = ZHOL_CLOSING_PAUSE},
};

static void test_right_runs_hold(void)
{
    for (uint32_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct zhol_engine *engine = station(&kinds[i]);
        struct zhol_engine_run *run = begin(engine, 300);
        uint64_t checked, others;
        struct zhol_resource_stats stats;
        zhol_engine_run_recomputed(run, &checked, &others);
        zhol_engine_resource_stats(run, 0, &stats);
        if (*verdict(run)) {
            CHECK_FAIL("%s: %s", kinds[i].name, verdict(run));
        }
        CHECK(checked > 5000 && checked == stats.started && others == 0);
        CHECK_INT_EQ(zhol_engine_run_reset(run, 8, 1), ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_engine_run_until(run, 10 * (int64_t)PERIOD), ZHOL_ERROR_OK);
        CHECK_STR_EQ(verdict(run), "");
        zhol_engine_run_free(run);
        zhol_engine_free(engine);
    }
}

/* What has no recursion is counted, and nothing is said of it. */
static void test_others_are_counted(void)
{
    const struct kind without[] = {{.name = "last come", .units = 2, .last_first = true},
                                   {.name = "gives way", .units = 2, .preemptive = true}};
    for (uint32_t i = 0; i < 2; i++) {
        struct zhol_engine *engine = station(&without[i]);
        struct zhol_engine_run *run = begin(engine, 30);
        uint64_t checked, others;
        zhol_engine_run_recomputed(run, &checked, &others);
        CHECK(checked == 0 && others > 500);
        CHECK_STR_EQ(verdict(run), "");
        zhol_engine_run_free(run);
        zhol_engine_free(engine);
    }
    struct zhol_engine *engine = station(&kinds[0]);
    struct zhol_engine_run *run = NULL;
    uint64_t checked = 1, others = 1;
    CHECK_INT_EQ(zhol_engine_run_new(engine, &(struct zhol_run_options){.seed = 1}, &run),
                 ZHOL_ERROR_OK);
    zhol_engine_run_recomputed(run, &checked, &others);
    CHECK(checked == 0 && others == 0); /* not audited */
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

/* ---- Sabotage ---- */

/* Goes on until at least `most` wait, so that there is something to spoil. */
static void until_waiting(struct zhol_engine_run *run, uint32_t most)
{
    for (int i = 0; i < 100000 && run->resources[0].waiting < most; i++) {
        CHECK_INT_EQ(zhol_engine_run_until(run, run->now + 500), ZHOL_ERROR_OK);
    }
    CHECK(run->resources[0].waiting >= most);
    CHECK_STR_EQ(verdict(run), "");
}

static void check_fails(struct zhol_engine_run *run, const char *law)
{
    CHECK_INT_EQ(zhol_engine_run_until(run, run->now + PERIOD), ZHOL_ERROR_OK);
    if (!strstr(verdict(run), law)) {
        CHECK_FAIL("'%s' does not tell '%s'", verdict(run), law);
    }
}

static void test_server_free_too_early(void)
{
    struct zhol_engine *engine = station(&(struct kind){.units = 1, .lone = true});
    struct zhol_engine_run *run = begin(engine, 10);
    until_waiting(run, 2);
    run->free_at[0] -= 1;
    CHECK(run->free_at[0] > run->now);
    event_set_put(&run->events, run->slot_server,
                  (uint64_t)run->free_at[0] << run->bits | run->slot_server);
    check_fails(run, "Kiefer and Wolfowitz at border");
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static void test_two_change_places(void)
{
    struct zhol_engine *engine = station(&(struct kind){.units = 2});
    struct zhol_engine_run *run = begin(engine, 10);
    until_waiting(run, 3);
    struct fifo *lane = &run->resources[0].lane;
    uint32_t first = lane->head, second = run->entities[first].next;
    run->entities[first].next = run->entities[second].next;
    run->entities[second].next = first;
    lane->head = second;
    check_fails(run, "first come, first served at border");
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static void test_urgent_stands_behind(void)
{
    struct zhol_engine *engine = station(&(struct kind){.units = 2, .urgent = true});
    struct zhol_engine_run *run = begin(engine, 10);
    for (int i = 0; i < 100000 && run->resources[0].lanes_used != 3; i++) {
        CHECK_INT_EQ(zhol_engine_run_until(run, run->now + 100), ZHOL_ERROR_OK);
    }
    CHECK_INT_EQ(run->resources[0].lanes_used, 3);
    struct fifo urgent = run->resources[0].lane;
    run->resources[0].lane = run->lanes[0]; /* the others are served first */
    run->lanes[0] = urgent;
    check_fails(run, "the more urgent first at border");
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static void test_door_does_not_shut(void)
{
    struct zhol_engine *engine = station(&(struct kind){.units = 2, .calendar = true});
    struct zhol_engine_run *run = begin(engine, 10);
    CHECK_INT_EQ(zhol_engine_run_until(run, 10 * (int64_t)PERIOD + CLOSES + 1), ZHOL_ERROR_OK);
    CHECK_STR_EQ(verdict(run), "");
    run->resources[0].shut = 0;
    check_fails(run, "Kiefer and Wolfowitz at border");
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

int main(void)
{
    RUN(test_right_runs_hold);
    RUN(test_others_are_counted);
    RUN(test_server_free_too_early);
    RUN(test_two_change_places);
    RUN(test_urgent_stands_behind);
    RUN(test_door_does_not_shut);
    return check_report();
}
