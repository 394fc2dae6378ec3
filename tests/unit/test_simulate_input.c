/* test_simulate_input.c: what the simulated corridor makes of calendars, kinds of trains, seasons,
 * samples of a control; and that docs/simulate.md lists every assumption. */
#include "../made_line.h"
#include "simulate/defaults.h"

/* ---- Opening times ---- */

/* A road into a place whose unloading is open from 8 to 18 (600 minutes a day), by calendar. */
static void make_office(struct made_line *m)
{
    struct zhol_opening days[40];
    uint16_t calendar;
    uint32_t to;
    made_line_start(m, zhol_state_ROAD);
    network_builder_dates(m->builder, 20454, MADE_START_S / 60, MADE_START_S / 60 + 40 * 1440);
    for (int64_t i = 0; i < 40; i++) {
        int64_t day = MADE_START_S / 60 + i * 1440;
        days[i] = (struct zhol_opening){.from_min = day + 480, .to_min = day + 1080};
    }
    CHECK_INT_EQ(network_builder_calendar(m->builder, days, 40, &calendar), ZHOL_ERROR_OK);
    made_line_move(m, zhol_state_ROAD, zhol_mode_ROAD, 1, ZHOL_NONE);
    CHECK_INT_EQ(network_builder_place(m->builder, m->node, zhol_state_YARD, &to), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_handle(to, 0, 0, 60);
    arc.calendar = calendar;
    made_line_add(m, arc, to);
    m->processes[0].batch = zhol_batch_TRUCK;
    m->processes[0].servers = 20;
    m->processes[0].min_h = 0.5;
    m->processes[0].node_id = m->node;
    made_line_ready(m);
}

/* One truck an hour round the clock: those of the 14 closed hours wait 7 h on average. */
static void test_calendar(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_flows_result flows;
    make_office(&m);
    m.flows[0].loads_day = 24;
    m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
    m.options.days = 20;
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 1, 1);
    CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &flows), ZHOL_ERROR_OK);
    CHECK_NEAR(flows.by_cause_h[ZHOL_SIMULATE_CALENDAR].mean, 7 * 14 / 24.0, 0.15);
    CHECK_NEAR(flows.by_cause_h[ZHOL_SIMULATE_HANDLING].mean, 0.5, 1e-3);
    made_runs_end(&r);
    m.options.days = 50; /* beyond the horizon of the network */
    struct zhol_simulate_model *model;
    CHECK_INT_EQ(zhol_simulate_build(&m.input, &m.options, NULL, &model), ZHOL_ERROR_LIMIT);
    made_line_end(&m);
}

/* A control is open for 8 hours a day until it is open round the clock, which is after the run: the
 * officers that its capacity needs are those of 8 hours. A week of holidays changes nothing. */
static void test_usual_hours(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_opening days[121];
    struct zhol_simulate_place front;
    uint32_t to, uses, count = 0;
    uint16_t calendar;
    struct zhol_use use = {.resource_row = 0, .load_class = ZHOL_NONE};
    made_line_start(&m, zhol_state_ROAD);
    for (int64_t day = 0; day < 120; day++) {
        int64_t begin = MADE_START_S / 60 + day * 1440;
        if (day < 20 || day >= 27) {
            days[count++] = (struct zhol_opening){.from_min = begin, .to_min = begin + 480};
        }
    }
    days[count - 1].to_min += 400 * 1440;
    network_builder_dates(m.builder, 20454, MADE_START_S / 60, MADE_START_S / 60 + 500 * 1440);
    CHECK_INT_EQ(network_builder_calendar(m.builder, days, count, &calendar), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_uses(m.builder, &use, 1, &uses), ZHOL_ERROR_OK);
    made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 1, ZHOL_NONE);
    CHECK_INT_EQ(network_builder_place(m.builder, m.node, zhol_state_YARD, &to), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_handle(to, 0, 0, 60);
    arc.calendar = calendar;
    arc.uses = uses;
    made_line_add(&m, arc, to);
    m.processes[0].batch = zhol_batch_TRUCK;
    m.processes[0].min_h = 1;
    m.processes[0].node_id = m.node;
    m.resources[0].value = 480; /* trucks a day: 60 an hour while it is open */
    made_line_ready(&m);
    m.flows[0].loads_day = 240;
    m.options.days = 30;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_place_about(r.model, made_place(r.model, ZHOL_SIMULATE_PLACE_FRONT, 0), &front);
    CHECK_INT_EQ(front.units, 60);
    CHECK_NEAR(front.load, 0.5, 1e-9);
    made_runs_end(&r);
    made_line_end(&m);
}

/* ---- Kinds of trains ---- */

/* 1435 mm to a border with a control and reloading, then 1520 mm. */
static void make_border(struct made_line *m)
{
    uint32_t stage, to;
    made_line_start(m, zhol_state_RAIL1435);
    made_line_move(m, zhol_state_RAIL1435, zhol_mode_RAIL, 600, ZHOL_NONE);
    struct zhol_vertex point = {
        .node = m->node + 1, .link = m->links, .state = zhol_state_RAIL1435, .stage = 1};
    CHECK_INT_EQ(network_builder_stage(m->builder, &point, &stage), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_move(stage, m->links++, zhol_mode_RAIL, 12000, 30);
    made_line_add(m, arc, stage);
    CHECK_INT_EQ(network_builder_place(m->builder, ++m->node, zhol_state_RAIL1435, &to),
                 ZHOL_ERROR_OK);
    m->processes[1].kind = zhol_process_kind_BORDER_ENTRY;
    m->processes[1].node_id = m->node;
    m->processes[1].min_h = 1;
    made_line_add(m, network_arc_control(to, 1, 1, 60), to);
    made_line_handle(m, zhol_state_RAIL1520, 0);
    made_line_move(m, zhol_state_RAIL1520, zhol_mode_RAIL, 1200, ZHOL_NONE);
    m->processes[0].min_h = 2;
    m->processes[0].servers = 4;
    made_line_ready(m);
    m->options.audit = true;
}

static uint8_t kind_of(const struct made_line *m)
{
    struct zhol_simulate_model *model;
    struct zhol_simulate_flow_about about = {0};
    CHECK_INT_EQ(zhol_simulate_build(&m->input, &m->options, NULL, &model), ZHOL_ERROR_OK);
    if (model) {
        zhol_simulate_flow_about(model, 0, &about);
    }
    zhol_simulate_free(model);
    return about.kind;
}

static void test_by_load(void)
{
    struct made_line m;
    make_border(&m);
    m.flows[0].kind = ZHOL_SIMULATE_BY_LOAD;
    m.flows[0].loads_day = 200; /* three trains a day on 1520 mm */
    CHECK_INT_EQ(kind_of(&m), ZHOL_SIMULATE_BLOCK_TRAIN);
    m.flows[0].loads_day = 30; /* half of one: none within a day */
    CHECK_INT_EQ(kind_of(&m), ZHOL_SIMULATE_WAGONLOAD);
    m.flows[0].kind = ZHOL_SIMULATE_BLOCK_TRAIN;
    CHECK_INT_EQ(kind_of(&m), ZHOL_SIMULATE_BLOCK_TRAIN);
    made_line_end(&m);
}

/* Wagons of four small flows cross the border in whole trains of all of them. */
static void test_mixed(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place_tally control, locomotive;
    make_border(&m);
    m.input.flow_count = 4;
    for (uint32_t i = 0; i < 4; i++) {
        m.flows[i].kind = ZHOL_SIMULATE_WAGONLOAD;
        m.flows[i].loads_day = 41;
        m.flows[i].arrival = ZHOL_SIMULATE_EVEN;
    }
    m.options.days = 30;
    made_runs(&r, &m, 1, 1);
    uint32_t c = made_place(r.model, ZHOL_SIMULATE_PLACE_CONTROL, 0);
    uint32_t l = made_place(r.model, ZHOL_SIMULATE_PLACE_LOCOMOTIVE, 0);
    zhol_simulate_block_place(r.model, r.blocks, c, &control);
    zhol_simulate_block_place(r.model, r.blocks, l, &locomotive);
    CHECK_NEAR((double)control.started, 4 * 30, 4);
    CHECK(locomotive.started >= control.started);
    /* Out half an hour, back 2 to 5.5 hours: conserved, busy as long as that. */
    CHECK_NEAR(locomotive.busy_mean, 4 / 24.0 * (0.5 * (0.9 + 0.98 + 1.25) / 3 + 3.5), 0.06);
    CHECK_INT_EQ(made_place(r.model, ZHOL_SIMULATE_PLACE_PLATFORM, 0), ZHOL_NONE);
    struct zhol_simulate_run_about about;
    zhol_simulate_block_about(r.blocks, &about);
    CHECK(about.holds);
    made_runs_end(&r);
    made_line_end(&m);
}

/* ---- Seasons and samples ---- */

static void test_week(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_unit *units;
    uint64_t count;
    int64_t monday = 0;
    make_office(&m);
    m.flows[0].loads_day = 48;
    m.flows[0].week[0] = 4; /* Mondays four times a Tuesday, nothing else */
    m.flows[0].week[1] = 1;
    m.options.days = 28;
    made_runs(&r, &m, 1, 1);
    CHECK_INT_EQ(zhol_simulate_units(r.model, 0, &units, &count), ZHOL_ERROR_OK);
    for (uint64_t i = 0; i < count; i++) {
        int64_t day = (units[i].birth_s / 86400 + 3) % 7;
        CHECK(day == 0 || day == 1);
        monday += day == 0;
    }
    CHECK_NEAR((double)count, 28 * 48, 4 * sqrt(28 * 48));
    CHECK_NEAR((double)monday / (double)count, 0.8, 0.05);
    free(units);
    made_runs_end(&r);
    made_line_end(&m);
}

/* An inspection that is not for one cargo stops a share of the trucks. */
static void test_sample(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place_tally tally;
    uint32_t to;
    made_line_start(&m, zhol_state_ROAD);
    CHECK_INT_EQ(network_builder_place(m.builder, 1, zhol_state_ROAD, &to), ZHOL_ERROR_OK);
    m.processes[0].kind = zhol_process_kind_INSPECTION;
    m.processes[0].batch = zhol_batch_TRUCK;
    m.processes[0].min_h = 1;
    m.processes[0].servers = 50;
    made_line_add(&m, network_arc_control(to, 0, 0, 60), to);
    made_line_ready(&m);
    m.flows[0].loads_day = 100;
    m.options.days = 100;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_block_place(r.model, r.blocks,
                              made_place(r.model, ZHOL_SIMULATE_PLACE_CONTROL, 0), &tally);
    double share = SIM_ASSUME(INSPECTION_SHARE);
    CHECK_NEAR((double)tally.arrived, 10000 * share, 4 * sqrt(10000 * share));
    made_runs_end(&r);
    made_line_end(&m);
}

/* ---- Documents ---- */

static void test_documented(const char *root)
{
    char path[4096], line[256];
    static char text[1 << 16];
    snprintf(path, sizeof path, "%s/docs/simulate.md", root);
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    if (!file) {
        return;
    }
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    for (uint32_t i = 0; i < SIM_ASSUMPTION_COUNT; i++) {
        const struct sim_assumed *a = &sim_assumed[i];
        snprintf(line, sizeof line, "| `%s` | %g | %g | %g | %s |", a->name, a->value, a->low,
                 a->high, a->what);
        CHECK(a->low <= a->value && a->value <= a->high);
        if (!strstr(text, line)) {
            CHECK_FAIL("docs/simulate.md lacks: %s", line);
        }
    }
}

static const char *root;

static void test_documents(void)
{
    test_documented(root);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    RUN(test_calendar);
    RUN(test_usual_hours);
    RUN(test_by_load);
    RUN(test_mixed);
    RUN(test_week);
    RUN(test_sample);
    RUN(test_documents);
    return check_report();
}
