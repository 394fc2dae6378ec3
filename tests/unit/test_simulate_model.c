/* test_simulate_model.c: the simulated corridor on small networks whose answers are known. */
#include "../made_line.h"

/* ---- Slots ---- */

/* Two hours of road with room for 24 trucks a day: one an hour. */
static void make_road(struct made_line *m)
{
    made_line_start(m, zhol_state_ROAD);
    made_line_move(m, zhol_state_ROAD, zhol_mode_ROAD, 120, 0);
    m->resources[0].value = 24;
    made_line_ready(m);
}

/* Poisson trucks at a slot of one hour, 80 % loaded: Pollaczek-Khinchine says 2 h of waiting. */
static void test_slot_is_md1(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place_result place;
    struct zhol_simulate_flows_result flows;
    make_road(&m);
    m.flows[0].loads_day = 19.2;
    m.options.days = 1500;
    m.options.warm_up_days = 20;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 30, 2);
    uint32_t slot = made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0);
    CHECK_INT_EQ(zhol_simulate_place_result(&blocks, slot, &place), ZHOL_ERROR_OK);
    CHECK(place.wait_h.half < 0.045); /* strong enough to fail */
    CHECK_NEAR(place.wait_h.mean, 2.0, 1.8 * place.wait_h.half);
    CHECK_NEAR(place.utilisation.mean, 0.8, 0.01);
    CHECK_NEAR(place.passed_day.mean, 19.2, 0.3);
    CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &flows), ZHOL_ERROR_OK);
    double run = (0.9 + 0.98 + 1.25) / 3; /* the hour that is not the slot */
    CHECK_NEAR(flows.by_cause_h[ZHOL_SIMULATE_RUNNING].mean, 1 + run, 0.01);
    CHECK_NEAR(flows.by_cause_h[ZHOL_SIMULATE_PATH].mean, place.wait_h.mean, 0.02);
    CHECK_NEAR(flows.transit_h.mean, 1 + run + place.wait_h.mean, 0.02);
    CHECK_NEAR(flows.delay_usd_day.mean, place.wait_h.mean / 24 * 100 * 19.2, 5);
    made_runs_end(&r);
    made_line_end(&m);
}

/* Five days closed with 12 trucks a day: 60 wait, and 24 a day less 12 clear them in five more. */
static void test_closure_drains(void)
{
    struct made_line m;
    struct made_runs r;
    double days, peak;
    make_road(&m);
    m.flows[0].loads_day = 12;
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.days = 30;
    m.options.sample_h = 6;
    struct zhol_simulate_disruption closed = {
        .kind = ZHOL_SIMULATE_CLOSURE,
        .cause = ZHOL_SIMULATE_ACCEPTANCE,
        .scope = {ZHOL_NONE, 0, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, 0, 0},
        .from_s = MADE_START_S + 5 * 86400,
        .to_s = MADE_START_S + 10 * 86400};
    m.options.disruptions = &closed;
    m.options.disruption_count = 1;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 1, 1);
    struct zhol_simulate_flows_result flows;
    uint32_t slot = made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0);
    CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &flows), ZHOL_ERROR_OK);
    /* Those who come while it is closed wait 2.5 days each at the gate ... */
    CHECK_NEAR(flows.by_cause_h[ZHOL_SIMULATE_ACCEPTANCE].mean * flows.loads, 60 * 60.0, 60);
    /* ... and all wait in the queue that is left. */
    CHECK_INT_EQ(zhol_simulate_clearing(&blocks, &slot, 1, 1, &days, &peak), ZHOL_ERROR_OK);
    CHECK_NEAR(days, 15, 0.3);
    CHECK(peak >= 50 && peak <= 60);
    made_runs_end(&r);
    made_line_end(&m);
}

/* At half of its speed for ten days the slot takes 12 a day: of 18 a day 6 are left every day. */
static void test_reduced_capacity(void)
{
    struct made_line m;
    struct made_runs r;
    double days, peak;
    make_road(&m);
    m.flows[0].loads_day = 18;
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.days = 40;
    m.options.sample_h = 6;
    struct zhol_simulate_disruption slow = {
        .kind = ZHOL_SIMULATE_CAPACITY,
        .scope = {ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, 0, ZHOL_NONE, 0, 0},
        .from_s = MADE_START_S + 5 * 86400,
        .to_s = MADE_START_S + 15 * 86400,
        .factor = 0.5};
    m.options.disruptions = &slow;
    m.options.disruption_count = 1;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 1, 1);
    uint32_t slot = made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0);
    CHECK_INT_EQ(zhol_simulate_clearing(&blocks, &slot, 1, 1, &days, &peak), ZHOL_ERROR_OK);
    CHECK_NEAR(peak, 60, 1.1);
    CHECK_NEAR(days, 25, 0.4);
    made_runs_end(&r);
    made_line_end(&m);
}

/* One more a day at the slot: the same luck, less waiting in every replication. */
static void test_one_more(void)
{
    struct made_line m;
    struct zhol_simulate_worth *worths;
    uint32_t count;
    make_road(&m);
    m.flows[0].loads_day = 20;
    m.options.days = 90;
    struct zhol_simulate_runs runs = {.count = 6};
    CHECK_INT_EQ(zhol_simulate_worth(&m.input, &m.options, &runs, 0.1, &worths, &count),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 1);
    if (count) {
        /* M/D/1 of 20 a day: 24 to 25 slots save 2.5 - 1.92 h. */
        CHECK_NEAR(worths[0].gain_h.mean, 0.6, 0.35);
        CHECK(worths[0].gain_h.mean > worths[0].gain_h.half);
        CHECK(worths[0].gain_usd_day.mean > 0);
    }
    free(worths);
    made_line_end(&m);
}

/* A replication in which nothing ends has no time; it does not count as 0 h. Of 0.4 trucks a day,
 * many a day has none. */
static void test_replications_without_arrivals(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_flows_result all, one;
    struct zhol_simulate_paired_result paired;
    double hours = 0, units = 0;
    make_road(&m);
    m.flows[0].loads_day = 0.4;
    m.options.days = 1;
    m.options.warm_up_days = 1;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 12, 1), single = blocks;
    uint32_t empty = 0;
    single.count = 1;
    for (uint32_t i = 0; i < blocks.count;
         i++, single.blocks += zhol_simulate_block_size(r.model)) {
        CHECK_INT_EQ(zhol_simulate_flows(&single, NULL, 0, &one), ZHOL_ERROR_OK);
        CHECK(isnan(one.transit_h.mean) == (one.units < 0.5));
        empty += one.units < 0.5;
        hours += one.units > 0.5 ? one.transit_h.mean * one.units : 0;
        units += one.units;
    }
    CHECK(empty >= 3 && empty <= 9);
    CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &all), ZHOL_ERROR_OK);
    CHECK_NEAR(all.transit_h.mean, hours / units, 1e-9);
    CHECK(all.transit_h.mean > 1.9 && all.transit_h.half > 0 && all.transit_h.half < 1);
    double sum = 0;
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        sum += all.by_cause_h[c].mean;
    }
    CHECK_NEAR(sum, all.transit_h.mean, 1e-9);
    CHECK_INT_EQ(zhol_simulate_paired(&blocks, &blocks, NULL, 0, &paired), ZHOL_ERROR_OK);
    CHECK_NEAR(paired.transit_h.mean, 0, 1e-12);
    made_runs_end(&r);
    made_line_end(&m);
}

/* A capacity of nothing lets nobody pass. */
static void test_no_capacity(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_flow_tally flow;
    make_road(&m);
    m.resources[0].value = 0;
    m.flows[0].loads_day = 5;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_block_flow(r.model, r.blocks, 0, &flow);
    CHECK_INT_EQ(flow.units, 0);
    CHECK(flow.alive > 100);
    made_runs_end(&r);
    made_line_end(&m);
}

/* ---- Trains ---- */

/* A on 1435 mm, an hour to B, reloading, two hours on 1520 mm to C. */
static void make_rail(struct made_line *m)
{
    made_line_start(m, zhol_state_RAIL1435);
    made_line_move(m, zhol_state_RAIL1435, zhol_mode_RAIL, 60, ZHOL_NONE);
    made_line_handle(m, zhol_state_RAIL1520, 0);
    made_line_move(m, zhol_state_RAIL1520, zhol_mode_RAIL, 120, ZHOL_NONE);
    m->processes[0].min_h = 2;
    m->processes[0].servers = 3;
    made_line_ready(m);
    m->options.audit = true;
}

/* A list of consignments brings what it says, not a train each: two boxes, and what fills many
 * trains, which goes in equal units. Three at the same instant are three. */
static void test_listed_consignments(void)
{
    static const double loads[] = {1, 2.5, 41, 1000};
    static const int64_t times[] = {MADE_START_S + 3600, MADE_START_S + 3600, MADE_START_S + 3600,
                                    MADE_START_S + 86400};
    for (uint32_t i = 0; i < 4; i++) {
        struct made_line m;
        struct made_runs r;
        struct zhol_simulate_flow_about about;
        struct zhol_simulate_run_about run;
        make_rail(&m);
        m.flows[0].arrival = ZHOL_SIMULATE_REPLAY;
        m.flows[0].unit_loads = loads[i];
        m.flows[0].times = times;
        m.flows[0].time_count = 4;
        m.options.days = 60;
        made_runs(&r, &m, 1, 1);
        zhol_simulate_flow_about(r.model, 0, &about);
        zhol_simulate_block_about(r.blocks, &run);
        CHECK(about.unit_loads <= 20.5 * 1.03);
        CHECK_NEAR(about.loads_day * 60, 4 * loads[i], 1e-9);
        CHECK_NEAR((double)run.units_born * about.unit_loads, 4 * loads[i], 1e-6);
        CHECK_INT_EQ(run.units_ended, run.units_born);
        made_runs_end(&r);
        made_line_end(&m);
    }
}

/* Delay is what was waited in the measured days by all, arrived or not: the days of a closure that
 * does not end cost as much as the same days of one that ends later. */
static void check_delay_of_who_stands(uint32_t identity)
{
    struct made_line m;
    struct zhol_simulate_flows_result result[2];
    for (uint32_t i = 0; i < 2; i++) {
        struct made_runs r;
        make_road(&m);
        m.flows[0].identity = identity;
        m.flows[0].loads_day = 48;
        m.flows[0].usd_load_day = 24;
        m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
        m.options.warm_up_days = 10 * i; /* closed before measuring begins, or from its first day */
        m.options.start_s = MADE_START_S + 86400 * 10 * i;
        m.options.days = 10;
        struct zhol_simulate_disruption closed = {
            .kind = ZHOL_SIMULATE_CLOSURE,
            .cause = ZHOL_SIMULATE_ACCEPTANCE,
            .scope = {ZHOL_NONE, 0, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, 0, 0},
            .from_s = MADE_START_S,
            .to_s = MADE_START_S + 86400 * 100};
        m.options.disruptions = &closed;
        m.options.disruption_count = 1;
        made_runs(&r, &m, 1, 1);
        struct zhol_simulate_blocks blocks = {r.model, r.blocks, 1, 0};
        CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &result[i]), ZHOL_ERROR_OK);
        CHECK(result[i].alive_loads.mean > 400);
        made_runs_end(&r);
        made_line_end(&m);
    }
    /* 480 loads stand 5 days on average at 24 USD: 5,760 USD a day; 480 more all 10 days: 17,280.
     */
    CHECK_NEAR(result[0].delay_usd_day.mean, 5760, 60);
    CHECK_NEAR(result[1].delay_usd_day.mean, 17280, 120);
}

static void test_delay_of_who_stands(void)
{
    check_delay_of_who_stands(0);
    check_delay_of_who_stands((UINT32_C(1) << 22) - 1); /* the greatest there is */
}

/* Thirty Chinese trains of 41 become twenty of 61.5. */
static void test_three_become_two(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place_tally first, second;
    struct zhol_simulate_flow_tally flow;
    struct zhol_simulate_run_about about;
    int64_t times[30];
    make_rail(&m);
    for (int i = 0; i < 30; i++) {
        times[i] = MADE_START_S + i * 3 * 3600;
    }
    m.processes[0].buffer_units = 3;
    m.flows[0].arrival = ZHOL_SIMULATE_REPLAY;
    m.flows[0].times = times;
    m.flows[0].time_count = 30;
    made_runs(&r, &m, 1, 1);
    struct zhol_simulate_flow_about path;
    zhol_simulate_flow_about(r.model, 0, &path);
    CHECK_NEAR(path.unit_loads, 20.5, 1e-9);
    CHECK_INT_EQ(path.stretches, 2);
    zhol_simulate_block_place(r.model, r.blocks, made_place(r.model, ZHOL_SIMULATE_PLACE_FRONT, 0),
                              &first);
    zhol_simulate_block_place(r.model, r.blocks,
                              made_place(r.model, ZHOL_SIMULATE_PLACE_PLATFORM, 0), &second);
    CHECK_INT_EQ(first.started, 30);
    CHECK_INT_EQ(second.started, 20);
    zhol_simulate_block_flow(r.model, r.blocks, 0, &flow);
    CHECK_INT_EQ(flow.units, 60);
    CHECK_INT_EQ(flow.alive, 0);
    for (uint32_t i = 0; i < zhol_simulate_place_count(r.model); i++) {
        struct zhol_simulate_place_tally tally;
        zhol_simulate_block_place(r.model, r.blocks, i, &tally);
        CHECK_INT_EQ(tally.held, 0); /* tracks, platforms, sidings, fronts: all given back */
    }
    zhol_simulate_block_about(r.blocks, &about);
    CHECK(about.audited && about.holds);
    /* Of three units for a train the first two come together, the third with the next train. */
    CHECK(flow.by_cause[ZHOL_SIMULATE_FILL] > 0);
    CHECK_INT_EQ(flow.by_cause[ZHOL_SIMULATE_HANDLING], 60 * 2 * 3600);
    made_runs_end(&r);
    made_line_end(&m);
}

/* With one set of platforms a train leaves only when the set is back: out two hours, back two. */
static void test_platforms_return(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place_tally tally;
    make_rail(&m);
    m.flows[0].loads_day = 41 * 24;
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.days = 20;
    made_runs(&r, &m, 1, 1);
    uint32_t sets = made_place(r.model, ZHOL_SIMULATE_PLACE_PLATFORM, 0);
    made_runs_end(&r);
    struct zhol_simulate_change one = {.place = sets, .more_units = -100000};
    m.options.changes = &one;
    m.options.change_count = 1;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_block_place(r.model, r.blocks, sets, &tally);
    double out = 2 * (0.9 + 0.98 + 1.25) / 3;
    CHECK_NEAR((double)tally.started, 20 * 24 / (2 * out), 4);
    CHECK_NEAR(tally.busy_mean, 1, 0.03);
    CHECK(tally.queue_max > 100);
    char why[128];
    CHECK_INT_EQ(zhol_simulate_audit(r.model, 0, why, sizeof why), ZHOL_ERROR_OK);
    CHECK_STR_EQ(why, "");
    made_runs_end(&r);
    made_line_end(&m);
}

/* Two tracks and one front that takes a train a day: of three trains a day two stay on the line,
 * until loading is banned. */
static void test_full_yard(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place_tally yard, line, ban;
    struct zhol_simulate_run_about about;
    make_rail(&m);
    m.processes[0].min_h = 24;
    m.processes[0].servers = 1;
    m.processes[0].buffer_units = 1;
    m.flows[0].loads_day = 41 * 3;
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.days = 30;
    made_runs(&r, &m, 1, 1);
    uint32_t y = made_place(r.model, ZHOL_SIMULATE_PLACE_YARD, 0);
    uint32_t l = made_place(r.model, ZHOL_SIMULATE_PLACE_LINE, 0);
    uint32_t b = made_place(r.model, ZHOL_SIMULATE_PLACE_BAN, 0);
    zhol_simulate_block_place(r.model, r.blocks, y, &yard);
    zhol_simulate_block_place(r.model, r.blocks, l, &line);
    zhol_simulate_block_place(r.model, r.blocks, b, &ban);
    zhol_simulate_block_about(r.blocks, &about);
    CHECK(yard.queue_max <= 10); /* those on the sidings */
    CHECK(line.queue_max >= 9);  /* those behind them */
    CHECK(about.bans >= 1);
    CHECK(about.blocked > 20);
    CHECK(about.abandoned > 10);
    CHECK(ban.queue_max > 20); /* units held at the origin */
    CHECK_INT_EQ(yard.finished, 30 - 1);
    CHECK(about.holds);
    m.options.autobans = false;
    made_runs_end(&r);
    made_runs(&r, &m, 1, 1);
    zhol_simulate_block_about(r.blocks, &about);
    CHECK_INT_EQ(about.bans, 0);
    made_runs_end(&r);
    made_line_end(&m);
}

/* A block train that does not fill leaves at its deadline. */
static void test_deadline(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_flows_result flows;
    make_rail(&m);
    m.flows[0].loads_day = 20.5 / 10; /* one unit in ten days: alone in both trains */
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.days = 100;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 1, 1);
    CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &flows), ZHOL_ERROR_OK);
    CHECK_NEAR(flows.by_cause_h[ZHOL_SIMULATE_FILL].mean, 48 + 24, 0.1);
    made_runs_end(&r);
    made_line_end(&m);
}

/* ---- Ferries ---- */

static void test_ferry(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place_tally quay;
    struct zhol_simulate_flows_result flows;
    made_line_start(&m, zhol_state_SEA);
    made_line_move(&m, zhol_state_SEA, zhol_mode_SEA, 600, ZHOL_NONE);
    made_line_ready(&m);
    m.flows[0].loads_day = 24;
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.days = 200;
    m.options.audit = true;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 4, 2);
    uint32_t place = made_place(r.model, ZHOL_SIMULATE_PLACE_VESSEL, 0);
    zhol_simulate_block_place(r.model, r.blocks, place, &quay);
    /* A vessel of 54 that waits for 21, one unit an hour: while one is at the quay, 0 to 20 wait.
     */
    CHECK(quay.started > 4000);
    CHECK(quay.started <= quay.arrived);
    CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &flows), ZHOL_ERROR_OK);
    CHECK(flows.by_cause_h[ZHOL_SIMULATE_FILL].mean >= 10);
    CHECK(flows.by_cause_h[ZHOL_SIMULATE_FILL].mean < 20);
    CHECK(flows.by_cause_h[ZHOL_SIMULATE_WEATHER].mean > 0.1);
    CHECK_NEAR(flows.by_cause_h[ZHOL_SIMULATE_RUNNING].mean, 10 * (0.9 + 0.98 + 1.25) / 3, 0.2);
    struct zhol_simulate_run_about about;
    zhol_simulate_block_about(r.blocks, &about);
    CHECK(about.holds);
    CHECK_INT_EQ((int64_t)about.units_born, (int64_t)(about.units_ended + about.units_alive));
    made_runs_end(&r);
    made_line_end(&m);
}

/* ---- States, single units, sameness ---- */

/* Forty trucks stand before the slot; with nobody else they are gone after forty hours. */
static void test_standing(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_flow_tally flow;
    double days, peak;
    make_road(&m);
    struct zhol_simulate_standing stand = {.flow = 0,
                                           .at = 0,
                                           .loads = 40,
                                           .since_s = MADE_START_S - 86400,
                                           .before = ZHOL_SIMULATE_YARD};
    m.flows[0].loads_day = 6; /* loads the slot enough to be there */
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.standing = &stand;
    m.options.standing_count = 1;
    m.options.sample_h = 1;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 1, 1);
    uint32_t slot = made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0);
    CHECK_INT_EQ(zhol_simulate_clearing(&blocks, &slot, 1, 0, &days, &peak), ZHOL_ERROR_OK);
    CHECK_NEAR(peak, 39, 0.5);
    CHECK_NEAR(days * 24, 53, 3); /* 40 hours and those who came meanwhile */
    zhol_simulate_block_flow(r.model, r.blocks, 0, &flow);
    /* What they had waited before stands on the account that was given, and nothing on OTHER. */
    CHECK_INT_EQ(flow.by_cause[ZHOL_SIMULATE_YARD], 40 * 86400);
    CHECK_INT_EQ(flow.by_cause[ZHOL_SIMULATE_OTHER], 0);
    CHECK_INT_EQ(zhol_simulate_standing_vehicles(r.model, 0), 40);
    m.options.warm_up_days = 1;
    struct zhol_simulate_model *model;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, NULL, &model), ZHOL_ERROR_USAGE);
    made_runs_end(&r);
    made_line_end(&m);
}

/* A truck that has been in motion for a day and comes to the second road in 5 h: all that was
 * running, none of it waiting. */
static void test_standing_in_motion(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_unit *units;
    struct zhol_simulate_flow_tally flow;
    uint64_t count;
    made_line_start(&m, zhol_state_ROAD);
    made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 600, ZHOL_NONE);
    made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 120, ZHOL_NONE);
    made_line_ready(&m);
    struct zhol_simulate_standing stand = {
        .at = 1, .loads = 1, .since_s = MADE_START_S - 86400, .after_h = 5};
    m.options.standing = &stand;
    m.options.standing_count = 1;
    m.options.days = 2;
    made_runs(&r, &m, 1, 1);
    CHECK_INT_EQ(zhol_simulate_units(r.model, 0, &units, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ((int64_t)count, 1);
    if (count) {
        double end_h = (double)(units[0].end_s - MADE_START_S) / 3600;
        CHECK(end_h >= 5 + 2 * 0.9 && end_h <= 5 + 2 * 1.25);
        zhol_simulate_block_flow(r.model, r.blocks, 0, &flow);
        CHECK_INT_EQ(flow.by_cause[ZHOL_SIMULATE_RUNNING], flow.seconds);
    }
    free(units);
    made_runs_end(&r);
    made_line_end(&m);
}

/* Ends of the units of a flow over the last two of `moves` movements, whose arcs have names. */
static uint64_t ends_of_named(uint32_t moves, struct zhol_simulate_unit **units)
{
    static const uint32_t names[] = {900, 77, 78}; /* in the order of the line */
    struct made_line m;
    struct made_runs r;
    uint64_t count = 0;
    uint32_t by_arc[MADE_ARCS] = {0};
    made_line_start(&m, zhol_state_ROAD);
    for (uint32_t i = 0; i < moves; i++) {
        made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 120, ZHOL_NONE);
    }
    made_line_ready(&m);
    for (uint32_t i = 0; i < moves; i++) {
        by_arc[m.arcs[i]] = names[3 - moves + i];
    }
    m.input.arc_names = by_arc;
    m.flows[0].arcs = m.arcs + moves - 2;
    m.flows[0].arc_count = 2;
    m.flows[0].loads_day = 10;
    made_runs(&r, &m, 1, 1);
    CHECK_INT_EQ(zhol_simulate_units(r.model, 0, units, &count), ZHOL_ERROR_OK);
    made_runs_end(&r);
    made_line_end(&m);
    return count;
}

/* Another arc in the network moves the numbers of arcs; their names, and so the luck, stay. */
static void test_named_arcs_keep_their_luck(void)
{
    struct zhol_simulate_unit *a, *b;
    uint64_t count = ends_of_named(2, &a);
    CHECK_INT_EQ((int64_t)ends_of_named(3, &b), (int64_t)count);
    CHECK(count > 100);
    for (uint64_t i = 0; i < count; i++) {
        CHECK_INT_EQ(a[i].birth_s, b[i].birth_s);
        CHECK_INT_EQ(a[i].end_s, b[i].end_s);
    }
    free(a);
    free(b);
}

static void check_trace(const struct made_line *m, uint32_t replication,
                        const struct zhol_simulate_unit *unit)
{
    struct zhol_simulate_moment *moments;
    uint32_t count;
    CHECK_INT_EQ(zhol_simulate_trace(&m->input, &m->options, replication, unit->flow, unit->number,
                                     &moments, &count),
                 ZHOL_ERROR_OK);
    int64_t clock = unit->birth_s;
    for (uint32_t i = 0; i < count; i++) {
        CHECK_INT_EQ(moments[i].from_s, clock);
        CHECK(moments[i].to_s > moments[i].from_s);
        clock = moments[i].to_s;
    }
    CHECK_INT_EQ(clock, unit->end_s);
    free(moments);
}

static void test_trace(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_unit *units;
    uint64_t count;
    made_line_start(&m, zhol_state_RAIL1435);
    made_line_move(&m, zhol_state_RAIL1435, zhol_mode_RAIL, 60, ZHOL_NONE);
    made_line_handle(&m, zhol_state_RAIL1520, 0);
    made_line_move(&m, zhol_state_RAIL1520, zhol_mode_RAIL, 1200, ZHOL_NONE);
    made_line_handle(&m, zhol_state_RAIL1435, 1);
    made_line_move(&m, zhol_state_RAIL1435, zhol_mode_RAIL, 120, ZHOL_NONE);
    made_line_handle(&m, zhol_state_ROAD, 2);
    made_line_ready(&m);
    m.flows[0].loads_day = 100;
    m.options.days = 30;
    made_runs(&r, &m, 1, 1);
    CHECK_INT_EQ(zhol_simulate_units(r.model, 0, &units, &count), ZHOL_ERROR_OK);
    CHECK(count > 20);
    for (uint64_t i = 0; i < count && i < 20; i++) {
        check_trace(&m, 0, &units[i]);
    }
    struct zhol_simulate_moment *moments;
    uint32_t none;
    CHECK_INT_EQ(zhol_simulate_trace(&m.input, &m.options, 0, 0, 1u << 30, &moments, &none),
                 ZHOL_ERROR_UNKNOWN);
    free(units);
    made_runs_end(&r);
    made_line_end(&m);
}

/* A locomotive that goes back alone over a border is no part of the life of its train's cargo, even
 * where the numbers of both are alike (flows from 2^21 on). */
static void test_trace_locomotive(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_unit *units;
    uint64_t count;
    uint32_t point;
    made_line_start(&m, zhol_state_RAIL1520);
    struct zhol_vertex on_link = {.node = 0, .link = 0, .state = zhol_state_RAIL1520, .stage = 1};
    CHECK_INT_EQ(network_builder_stage(m.builder, &on_link, &point), ZHOL_ERROR_OK);
    made_line_add(&m, network_arc_control(point, 1, 1, 60), point);
    made_line_move(&m, zhol_state_RAIL1520, zhol_mode_RAIL, 60, ZHOL_NONE);
    made_line_handle(&m, zhol_state_RAIL1435, 0);
    made_line_move(&m, zhol_state_RAIL1435, zhol_mode_RAIL, 600, ZHOL_NONE);
    made_line_ready(&m);
    m.flows[0].loads_day = 100;
    m.flows[0].identity = (1u << 21) + 5;
    m.options.days = 30;
    made_runs(&r, &m, 1, 1);
    CHECK_INT_EQ(zhol_simulate_units(r.model, 0, &units, &count), ZHOL_ERROR_OK);
    CHECK(count > 20);
    for (uint64_t i = 0; i < count && i < 20; i++) {
        check_trace(&m, 0, &units[i]);
    }
    free(units);
    made_runs_end(&r);
    made_line_end(&m);
}

static void test_same_bytes(void)
{
    struct made_line m;
    struct made_runs one, two;
    make_rail(&m);
    m.flows[0].loads_day = 300;
    m.flows[0].week[0] = 3;
    m.flows[0].week[3] = 1;
    m.options.warm_up_days = 3;
    made_runs(&one, &m, 7, 1);
    made_runs(&two, &m, 7, 2);
    uint64_t size = zhol_simulate_block_size(one.model);
    CHECK_INT_EQ(size, zhol_simulate_block_size(two.model));
    CHECK(memcmp(one.blocks, two.blocks, 7 * size * sizeof *one.blocks) == 0);
    CHECK(memcmp(one.blocks, one.blocks + size, size * sizeof *one.blocks) != 0);
    made_runs_end(&one);
    made_runs_end(&two);
    made_line_end(&m);
}

static void test_refusals(void)
{
    struct made_line m;
    struct zhol_simulate_model *model;
    struct zhol_report report;
    make_road(&m);
    zhol_report_init(&report, 0);
    m.flows[0].loads_day = -1;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, &report, &model), ZHOL_ERROR_RANGE);
    m.flows[0].loads_day = NAN;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, &report, &model), ZHOL_ERROR_RANGE);
    m.flows[0].loads_day = 1;
    m.flows[0].arc_count = 0;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, &report, &model), ZHOL_ERROR_USAGE);
    m.flows[0].arc_count = 1;
    m.input.flow_count = 2;
    m.flows[1].identity = 1;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, &report, &model), ZHOL_ERROR_DUPLICATE);
    m.input.flow_count = 1;
    uint32_t far = 77;
    m.flows[0].arcs = &far;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, &report, &model), ZHOL_ERROR_RANGE);
    m.flows[0].arcs = m.arcs;
    m.options.days = 0;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, &report, &model), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(report.count, 6);
    zhol_report_clear(&report);
    made_line_end(&m);
}

int main(void)
{
    RUN(test_slot_is_md1);
    RUN(test_closure_drains);
    RUN(test_reduced_capacity);
    RUN(test_one_more);
    RUN(test_replications_without_arrivals);
    RUN(test_no_capacity);
    RUN(test_listed_consignments);
    RUN(test_delay_of_who_stands);
    RUN(test_three_become_two);
    RUN(test_platforms_return);
    RUN(test_full_yard);
    RUN(test_deadline);
    RUN(test_ferry);
    RUN(test_standing);
    RUN(test_standing_in_motion);
    RUN(test_named_arcs_keep_their_luck);
    RUN(test_trace);
    RUN(test_trace_locomotive);
    RUN(test_same_bytes);
    RUN(test_refusals);
    return check_report();
}
