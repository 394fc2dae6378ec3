/* test_simulate_stays.c: the ledger by arc: it holds the same hours as the ledgers of the units,
 * at the arcs where they were spent. */
#include "../made_line.h"

/* An hour on 1435 mm, two hours of reloading, two hours on 1520 mm. */
static void make_rail(struct made_line *m)
{
    made_line_start(m, zhol_state_RAIL1435);
    made_line_move(m, zhol_state_RAIL1435, zhol_mode_RAIL, 60, ZHOL_NONE);
    made_line_handle(m, zhol_state_RAIL1520, 0);
    made_line_move(m, zhol_state_RAIL1520, zhol_mode_RAIL, 120, ZHOL_NONE);
    m->processes[0].min_h = 2;
    made_line_ready(m);
    m->options.residual_share = 1;
    m->options.days = 60;
}

/* Tonne-hours of all units that ended, by cause. */
static void of_units(const struct made_runs *r, uint32_t flows, double t_unit, double *th)
{
    uint64_t size = zhol_simulate_block_size(r->model);
    for (uint32_t i = 0; i < r->count; i++) {
        for (uint32_t f = 0; f < flows; f++) {
            struct zhol_simulate_flow_tally tally;
            zhol_simulate_block_flow(r->model, r->blocks + i * size, f, &tally);
            CHECK_INT_EQ(tally.alive, 0);
            CHECK(tally.units > 0);
            for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
                th[c] += (double)tally.by_cause[c] / 3600 * t_unit;
            }
        }
    }
}

/* What the units of a list have on their ledgers is what was spent at the arcs. */
static void check_sums(struct made_line *m, double t_unit, struct zhol_simulate_stays *stays)
{
    double units[ZHOL_SIMULATE_CAUSE_COUNT] = {0}, arcs[ZHOL_SIMULATE_CAUSE_COUNT] = {0};
    struct made_runs r;
    struct zhol_simulate_runs runs = {.count = 3, .threads = 2};
    made_runs(&r, m, runs.count, 1);
    of_units(&r, m->input.flow_count, t_unit, units);
    CHECK_INT_EQ(zhol_simulate_stays(&m->input, &m->options, &runs, stays), ZHOL_ERROR_OK);
    CHECK_INT_EQ(stays->count, 3);
    for (size_t i = 0; i < (size_t)stays->count * stays->arc_count; i++) {
        for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
            arcs[c] += stays->by_cause_th[i * ZHOL_SIMULATE_CAUSE_COUNT + c];
        }
    }
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        CHECK_NEAR(arcs[c], units[c], 1e-6 * (1 + units[c]));
    }
    made_runs_end(&r);
}

static const double *at_arc(const struct zhol_simulate_stays *s, uint32_t row, uint32_t arc,
                            double *passed_t)
{
    for (uint32_t i = 0; i < s->arc_count; i++) {
        if (s->arcs[i] == arc) {
            *passed_t = s->passed_t[(size_t)row * s->arc_count + i];
            return s->by_cause_th + ((size_t)row * s->arc_count + i) * ZHOL_SIMULATE_CAUSE_COUNT;
        }
    }
    CHECK(false);
    return NULL;
}

/* Thirty trains become twenty: trains of two units, reloading one by one, trains of three. */
static void check_trains(uint32_t identity)
{
    struct made_line m;
    struct zhol_simulate_stays stays;
    int64_t times[30];
    double t = 30 * 41 * 18.0, passed;
    make_rail(&m);
    for (int i = 0; i < 30; i++) {
        times[i] = MADE_START_S + i * 3 * 3600;
    }
    m.processes[0].mean_h = 12; /* ten hours of it are dwell */
    m.processes[0].servers = 3;
    m.flows[0].identity = identity;
    m.flows[0].arrival = ZHOL_SIMULATE_REPLAY;
    m.flows[0].times = times;
    m.flows[0].time_count = 30;
    check_sums(&m, 20.5 * 18, &stays);
    for (uint32_t r = 0; r < 3; r++) {
        const double *reloading = at_arc(&stays, r, m.arcs[1], &passed);
        CHECK(stays.done[r]);
        CHECK_NEAR(passed, t, 1e-6);
        CHECK_NEAR(reloading[ZHOL_SIMULATE_HANDLING] / t, 2, 1e-9);
        CHECK(reloading[ZHOL_SIMULATE_OTHER] / t > 5 && reloading[ZHOL_SIMULATE_OTHER] / t < 20);
        CHECK_NEAR(reloading[ZHOL_SIMULATE_RUNNING], 0, 0);
        const double *way = at_arc(&stays, r, m.arcs[2], &passed);
        CHECK_NEAR(passed, 0, 0); /* a movement */
        CHECK_NEAR(way[ZHOL_SIMULATE_RUNNING] / t, 2 * (0.9 + 0.98 + 1.25) / 3, 0.15);
        CHECK(way[ZHOL_SIMULATE_FILL] > 0); /* the third unit of a train waits for it */
    }
    zhol_simulate_stays_clear(&stays);
    made_line_end(&m);
}

static void test_trains(void)
{
    check_trains(0);
    check_trains((UINT32_C(1) << 22) - 1); /* the greatest there is */
}

/* Boxes on a quay wait for a ship, and the ship for its load: that is counted once. */
static void test_ships(void)
{
    struct made_line m;
    struct zhol_simulate_stays stays;
    int64_t times[216]; /* of 108 TEU: four ships full */
    made_line_start(&m, zhol_state_SEA);
    made_line_move(&m, zhol_state_SEA, zhol_mode_SEA, 600, ZHOL_NONE);
    made_line_ready(&m);
    for (int i = 0; i < 216; i++) {
        times[i] = MADE_START_S + i / 2 * 60;
    }
    m.flows[0].arrival = ZHOL_SIMULATE_REPLAY;
    m.flows[0].times = times;
    m.flows[0].time_count = 216;
    m.options.days = 120;
    struct made_runs r;
    struct zhol_simulate_flow_about about;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_flow_about(r.model, 0, &about);
    made_runs_end(&r);
    check_sums(&m, about.unit_loads * about.t_load, &stays);
    zhol_simulate_stays_clear(&stays);
    made_line_end(&m);
}

/* What a given state brings had waited before the start: that was spent nowhere. */
static void test_given_state(void)
{
    struct made_line m;
    struct zhol_simulate_stays stays;
    struct zhol_simulate_runs runs = {.count = 1};
    struct zhol_simulate_standing standing = {.flow = 0,
                                              .at = 1,
                                              .loads = 41,
                                              .since_s = MADE_START_S - 10 * 86400,
                                              .before = ZHOL_SIMULATE_OTHER};
    double passed;
    make_rail(&m);
    m.options.standing = &standing;
    m.options.standing_count = 1;
    m.options.warm_up_days = 0;
    CHECK_INT_EQ(zhol_simulate_stays(&m.input, &m.options, &runs, &stays), ZHOL_ERROR_OK);
    const double *reloading = at_arc(&stays, 0, m.arcs[1], &passed);
    CHECK_NEAR(passed, 41 * 18.0, 1e-6);
    CHECK_NEAR(reloading[ZHOL_SIMULATE_OTHER], 0, 0); /* not ten days */
    CHECK_NEAR(reloading[ZHOL_SIMULATE_HANDLING] / passed, 2, 1e-9);
    zhol_simulate_stays_clear(&stays);
    made_line_end(&m);
}

static void test_interrupt(void)
{
    struct made_line m;
    struct zhol_simulate_stays stays;
    volatile bool stop = true;
    struct zhol_simulate_runs runs = {.count = 2, .stop = &stop};
    make_rail(&m);
    m.flows[0].loads_day = 82;
    CHECK_INT_EQ(zhol_simulate_stays(&m.input, &m.options, &runs, &stays), ZHOL_ERROR_INTERRUPTED);
    CHECK_INT_EQ(stays.done[0] + stays.done[1], 0);
    zhol_simulate_stays_clear(&stays);
    made_line_end(&m);
}

int main(void)
{
    RUN(test_trains);
    RUN(test_ships);
    RUN(test_given_state);
    RUN(test_interrupt);
    return check_report();
}
