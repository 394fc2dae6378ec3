/* test_simulate_borders.c: hours at the borders of the tiny corridor: parts that sum up, sides and
 * ways of a gauge break, what a closed border and a share of given dwell change. */
#include <math.h>
#include <string.h>

#include "base/time.h"
#include "check.h"
#include "desk/simulate_borders.h"

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_report report;

static uint32_t node(const char *id)
{
    return zhol_corridor_find(corridor, ZHOL_TABLE_node, id);
}

/* The borders of a month; `disruption` NULL: none. */
static void make(double dwell, const char *disruption, struct borders *borders)
{
    struct study_options how;
    struct study study;
    struct state state = {0};
    struct zhol_simulate_runs runs = {.threads = 2};
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = 20;
    how.warm_up_days = 14;
    how.replications = 3;
    how.dwell = dwell;
    if (disruption) {
        CHECK(!state_disruption(corridor, disruption, &report, &state));
        how.state = &state;
    }
    CHECK(!study_prepare(corridor, network, &how, &report, &study) && !study_run(&study));
    CHECK(!borders_make(&study, &runs, borders));
    study_clear(&study);
    state_clear(&state);
}

static const struct border_stay *find(const struct borders *borders, const char *id, uint8_t way)
{
    for (uint32_t i = 0; i < borders->count; i++) {
        const struct border_stay *stay = &borders->items[i];
        if (stay->node == node(id) && stay->also == ZHOL_NONE && stay->way == way) {
            return stay;
        }
    }
    CHECK(false);
    return NULL;
}

static void check_sums(const struct borders *borders)
{
    for (uint32_t i = 0; i < borders->count; i++) {
        const struct border_stay *stay = &borders->items[i];
        double parts = stay->work_h.mean + stay->queue_h.mean + stay->fill_h.mean;
        double causes = 0;
        for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
            causes += stay->by_cause_h[c].mean;
        }
        CHECK_NEAR(stay->stay_h.mean, parts + stay->given_h.mean, 1e-9);
        CHECK_NEAR(stay->stay_h.mean, causes, 1e-9);
        CHECK_NEAR(stay->by_cause_h[ZHOL_SIMULATE_RUNNING].mean, 0, 0);
    }
}

/* What leaves one side comes in at the other, the same tonnes; reloading stands where it is. */
static void test_sides(void)
{
    struct borders borders;
    make(NAN, NULL, &borders);
    CHECK_INT_EQ(borders.count, 4);
    check_sums(&borders);
    const struct border_stay *out = find(&borders, "ALASHANKOU", BORDER_OUT);
    const struct border_stay *in = find(&borders, "DOSTYK", BORDER_IN);
    CHECK(out && in && out->t_day > 0);
    if (out && in) {
        CHECK_NEAR(in->t_day, out->t_day, 0.4 * out->t_day); /* few great trains */
        CHECK_INT_EQ(in->mode, zhol_mode_RAIL);
        CHECK(strcmp(in->country, "KZ") == 0 && strcmp(out->country, "CN") == 0);
    }
    borders_clear(&borders);
}

/* Without the dwell that is given only the model's own hours are left. */
static void test_dwell(void)
{
    struct borders some, none;
    make(1, NULL, &some);
    make(0, NULL, &none);
    check_sums(&none);
    const struct border_stay *a = find(&some, "DOSTYK", BORDER_IN);
    const struct border_stay *b = find(&none, "DOSTYK", BORDER_IN);
    if (a && b) {
        CHECK(a->given_h.mean > 10);
        CHECK_NEAR(b->given_h.mean, 0, 0);
        CHECK_NEAR(b->work_h.mean, a->work_h.mean, 2);
    }
    borders_clear(&some);
    borders_clear(&none);
}

/* A border that lets nothing pass is told, with no tonnes and no hours. */
static void test_closed(void)
{
    struct borders borders;
    make(NAN, "DOSTYK@2020-01-01..2030-01-01", &borders);
    const struct border_stay *stay = find(&borders, "DOSTYK", BORDER_IN);
    CHECK(stay && stay->t_day <= 0 && isnan(stay->stay_h.mean));
    borders_clear(&borders);
}

int main(int argc, char **argv)
{
    char dir[1024];
    struct zhol_network_options options = {.day = ZHOL_BLANK_DATE};
    snprintf(dir, sizeof dir, "%s/tests/data/tiny", argc > 1 ? argv[1] : ".");
    zhol_report_init(&report, 0);
    if (zhol_corridor_read(dir, NULL, &report, &corridor) ||
        zhol_network_compile(corridor, &options, &report, &network)) {
        fprintf(stderr, "%s cannot be used\n", dir);
        return 1;
    }
    RUN(test_sides);
    RUN(test_dwell);
    RUN(test_closed);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return check_report();
}
