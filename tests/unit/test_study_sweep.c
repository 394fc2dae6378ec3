/* tests/unit/test_study_sweep.c: sweeps of the study: what can be asked, and that a point is what
 * the study says of the same value by itself.
 * Takes seconds: not under ThreadSanitizer. */
#include <math.h>
#include <string.h>

#include "base/time.h"
#include "check.h"
#include "desk/study_sweep.h"

static char dir[1024];
static struct zhol_corridor *base;
static struct study_sweep sweep;

static enum zhol_error ask(const char *text)
{
    return study_sweep_read(text, dir, base, &sweep);
}

static void test_refused(void)
{
    static const char *const unreadable[] = {
        "",        "x",        "x=",        "=1..2",    "x=1",    "x=1..",    "x=..2",
        "x=1..2:", "x=1..2:0", "x=1..2:-1", "x=1..nan", "x=a..b", "x=1..inf", "x=1..2..3"};
    for (size_t i = 0; i < sizeof unreadable / sizeof *unreadable; i++) {
        CHECK_INT_EQ(ask(unreadable[i]), ZHOL_ERROR_SYNTAX);
    }
    CHECK_INT_EQ(ask("x=2..1"), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(ask("bakhty.nothing=1..2"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(ask("no-such-thing=1..2"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(ask("R.DOSTYK.transship=1..1000"), ZHOL_ERROR_LIMIT);
}

static void test_days(void)
{
    CHECK_INT_EQ(ask("bakhty.opening=2027..2030"), ZHOL_ERROR_OK);
    CHECK_STR_EQ(sweep.scenario, "bakhty-ayagoz");
    CHECK_INT_EQ(sweep.count, 4);
    CHECK_STR_EQ(sweep.points[0].value, "2027-12-31");
    CHECK_STR_EQ(sweep.points[3].value, "2030-12-31");
    CHECK_STR_EQ(sweep.cases[3].set, "opening=2030-12-31");
}

static void test_numbers(void)
{
    CHECK_INT_EQ(ask("trans-caspian.ferries=2..5:1.5"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(sweep.count, 3);
    CHECK_STR_EQ(sweep.points[1].value, "3.5");
    CHECK_INT_EQ(ask("R.DOSTYK.transship=0.1..0.3:0.1"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(sweep.count, 3); /* 0.3 is a point though 0.1 + 2 * 0.1 is not 0.3 */
    CHECK(sweep.cases[0].scenario == NULL);
    CHECK_INT_EQ(sweep.cases[0].change.kind, ASSIGN_CHANGE_RESOURCE);
    CHECK_NEAR(sweep.cases[2].change.value, 0.3, 1e-12);
}

static void options_small(struct corridor_study_options *options)
{
    corridor_study_options_init(options);
    options->dir = dir;
    options->replications = 2;
    options->days = options->warm_up_days = 7;
    options->draws = 0;
    options->no_plan = true;
}

/* More of a capacity that binds: never dearer, never less carried; and convex in the capacity. */
static void test_capacity(void)
{
    struct corridor_study_options options;
    options_small(&options);
    CHECK_INT_EQ(ask("R.S027F=10..28:6"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(study_sweep_run(&options, NULL, NULL, &sweep), ZHOL_ERROR_OK);
    CHECK_INT_EQ(sweep.count, 4);
    for (uint32_t i = 1; i < sweep.count; i++) {
        double now = sweep.points[i].cost_difference_musd_year;
        double less = sweep.points[i - 1].cost_difference_musd_year;
        CHECK(now <= less + 1e-6);
        CHECK(i < 2 || 2 * less <= now + sweep.points[i - 2].cost_difference_musd_year + 1e-6);
    }
    CHECK(sweep.points[0].cost_difference_musd_year > 1);
    CHECK_NEAR(sweep.points[3].cost_difference_musd_year, 0, 1e-6); /* 28 is what is stated */
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* A point of a sweep is the scenario with that value by itself, to the bit. */
static void test_point_alone(void)
{
    static const char *const scenario[] = {"trans-caspian-2027"};
    static const char *const set[] = {"trans-caspian-2027.ferries=2"};
    struct corridor_study_options options;
    struct corridor_study study;
    struct zhol_report report;
    options_small(&options);
    CHECK_INT_EQ(ask("trans-caspian.ferries=2..3"), ZHOL_ERROR_OK);
    zhol_report_init(&report, 10);
    CHECK_INT_EQ(study_sweep_run(&options, NULL, &report, &sweep), ZHOL_ERROR_OK);
    options.scenarios = scenario;
    options.set = set;
    options.scenario_count = options.set_count = 1;
    options.threads = 1;
    CHECK_INT_EQ(corridor_study_run(&options, &report, &study), ZHOL_ERROR_OK);
    const struct study_case *at = corridor_study_find(&study, scenario[0]);
    CHECK(at != NULL);
    if (at) {
        const struct study_sweep_point *point = &sweep.points[0];
        double years = (at->assign.options.to - at->assign.options.from) / 365.0;
        CHECK_INT_EQ(point->day, at->day);
        CHECK(same(point->carried_t_year, at->assign.all_carried.t / years));
        CHECK(same(point->cost_usd_t, at->cost_usd_t));
        CHECK(same(point->transit_h.value, at->transit_h.value));
        CHECK(same(point->transit_h.difference, at->transit_h.difference));
        CHECK(same(point->delay_usd_day.difference_half, at->delay_usd_day.difference_half));
    }
    corridor_study_clear(&study);
    zhol_report_clear(&report);
}

/* What no freight meets, and what is past, is left out and named; the rest is in. */
static void test_left_out(void)
{
    struct corridor_study_options options;
    struct corridor_study study;
    options_small(&options);
    options.no_assign = options.no_simulation = true; /* which cases there are, is all */
    CHECK_INT_EQ(corridor_study_run(&options, NULL, &study), ZHOL_ERROR_OK);
    uint32_t by[3] = {0};
    for (uint32_t i = 0; i < study.left_out_count; i++) {
        bool queue = strncmp(study.left_out[i].name, "queue-", 6) == 0;
        CHECK_INT_EQ(study.left_out[i].why == STUDY_OUT_QUEUE, queue);
        CHECK(corridor_study_find(&study, study.left_out[i].name) == NULL);
        by[study.left_out[i].why]++;
    }
    CHECK_INT_EQ(by[STUDY_OUT_HISTORY], 1);
    CHECK_INT_EQ(by[STUDY_OUT_QUEUE], 3);
    /* russia-china-gas, freight-2030, cars-90000 */
    CHECK_INT_EQ(by[STUDY_OUT_OWN_FREIGHT], 3);
    CHECK(corridor_study_find(&study, "bakhty-ayagoz") != NULL);
    for (uint32_t i = 0; i < study.case_count; i++) {
        CHECK_INT_EQ(study.cases[study.cases[i].reference].day, study.cases[i].day);
    }
    corridor_study_clear(&study);
}

int main(int argc, char **argv)
{
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &base), ZHOL_ERROR_OK);
    if (base) {
        RUN(test_refused);
        RUN(test_days);
        RUN(test_numbers);
        RUN(test_capacity);
        RUN(test_point_alone);
        RUN(test_left_out);
    }
    zhol_corridor_free(base);
    return check_report();
}
