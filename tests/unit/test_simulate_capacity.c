/* test_simulate_capacity.c: how much of a capacity the simulation takes: as much as an assignment
 * of the same flows, so that what is free there is not overloaded here. */
#include "../made_line.h"

/* A handling from a pipeline's or ship's side to rail takes the wagons of the rail: 100 boxes a day
 * are 50 wagons on 1520 mm, of 100. */
static void test_wagons_at_a_handling(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place slot;
    struct zhol_use use = {.resource_row = 0, .load_class = ZHOL_NONE};
    uint32_t to, uses = 0;
    made_line_start(&m, zhol_state_SEA);
    made_line_move(&m, zhol_state_SEA, zhol_mode_SEA, 60, ZHOL_NONE);
    CHECK_INT_EQ(network_builder_place(m.builder, m.node, zhol_state_RAIL1520, &to), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_uses(m.builder, &use, 1, &uses), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_handle(to, 0, 0, 60);
    arc.uses = uses;
    made_line_add(&m, arc, to);
    made_line_move(&m, zhol_state_RAIL1520, zhol_mode_RAIL, 60, ZHOL_NONE);
    m.resources[0].unit = zhol_capacity_unit_WAGONS;
    m.resources[0].value = 100;
    made_line_ready(&m);
    m.flows[0].loads_day = 100;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_place_about(r.model, made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0), &slot);
    CHECK_NEAR(slot.load, 0.5, 1e-9);
    made_runs_end(&r);
    made_line_end(&m);
}

/* One capacity of two links is one place: six trucks a day over both ask twelve of 24. */
static void test_two_links_share(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place slot;
    made_line_start(&m, zhol_state_ROAD);
    made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 120, 0);
    made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 120, 0);
    m.resources[0].value = 24;
    made_line_ready(&m);
    m.flows[0].loads_day = 6;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_place_about(r.model, made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0), &slot);
    CHECK_NEAR(slot.load, 0.5, 1e-9);
    CHECK_INT_EQ(slot.toward, ZHOL_NONE); /* it leads to two places */
    CHECK_INT_EQ(made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 1), ZHOL_NONE);
    made_runs_end(&r);
    made_line_end(&m);
}

/* A train that leaves at its deadline takes the wagons that it has, but a whole path. */
static void test_part_of_a_train(void)
{
    for (uint32_t paths = 0; paths < 2; paths++) {
        struct made_line m;
        struct made_runs r;
        struct zhol_simulate_place slot;
        made_line_start(&m, zhol_state_RAIL1435);
        made_line_move(&m, zhol_state_RAIL1435, zhol_mode_RAIL, 60, 0);
        m.resources[0].unit = paths ? zhol_capacity_unit_TRAINS : zhol_capacity_unit_WAGONS;
        m.resources[0].value = 100;
        made_line_ready(&m);
        m.flows[0].loads_day = 4.1;
        m.flows[0].unit_loads = 20.5; /* 0.2 units a day: 1.4 in the two days of the deadline */
        made_runs(&r, &m, 1, 1);
        zhol_simulate_place_about(r.model, made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0), &slot);
        CHECK_NEAR(slot.load, paths ? 0.2 / 1.4 / 100 : 0.041, 1e-9);
        made_runs_end(&r);
        made_line_end(&m);
    }
}

/* Boxes and grain have ships of their own, each with a capacity of twice what comes: boxes do not
 * lose room to the grain, which comes in ten times as many shiploads. */
static void test_ships_by_cargo(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_flow_tally boxes, grain;
    struct zhol_load_class classes[2] = {
        {.state = zhol_state_SEA, .class = zhol_cargo_class_CONTAINER, .payload_t = 18, .teu = 2},
        {.state = zhol_state_SEA,
         .load_class_id = 1,
         .class = zhol_cargo_class_BULK,
         .payload_t = 68}};
    uint32_t first[3] = {0, 1, 2}, to, uses = 0;
    struct zhol_use use[2] = {{.resource_row = 0, .load_class = 0},
                              {.resource_row = 1, .load_class = 1}};
    made_line_start(&m, zhol_state_SEA);
    CHECK_INT_EQ(network_builder_place(m.builder, ++m.node, zhol_state_SEA, &to), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_uses(m.builder, use, 2, &uses), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_move(to, m.links++, zhol_mode_SEA, 1000, 600);
    arc.uses = uses;
    made_line_add(&m, arc, to);
    m.resources[0].unit = zhol_capacity_unit_TEU;
    m.resources[0].value = 100;
    m.resources[1].unit = zhol_capacity_unit_T;
    m.resources[1].value = 10000;
    made_line_ready(&m);
    m.input.load_classes = classes;
    m.input.load_class_count = 2;
    m.input.load_class_first = first;
    m.input.load_class_things = 2;
    m.input.flow_count = 2;
    m.flows[0].loads_day = 25; /* 50 TEU */
    m.flows[1].loads_day = 5000 / 68.0;
    m.flows[1].load_class = 1;
    m.flows[1].class = zhol_cargo_class_BULK;
    m.options.days = 200;
    m.options.warm_up_days = 20;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_block_flow(r.model, r.blocks, 0, &boxes);
    zhol_simulate_block_flow(r.model, r.blocks, 1, &grain);
    CHECK(boxes.alive < 200); /* of 5,500; 4,400 of them stood */
    CHECK(grain.alive < 600);
    made_runs_end(&r);
    made_line_end(&m);
}

/* A closure of nine days is found, with its days. */
static void test_closed_days(void)
{
    struct made_line m;
    struct made_runs r;
    int64_t from = 0, to = 0;
    made_line_start(&m, zhol_state_ROAD);
    made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 120, 0);
    m.resources[0].value = 24;
    made_line_ready(&m);
    m.flows[0].loads_day = 18;
    m.options.days = 30;
    struct zhol_simulate_disruption closed = {
        .kind = ZHOL_SIMULATE_CLOSURE,
        .scope = {ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, 0, ZHOL_NONE, 0, 0},
        .from_s = MADE_START_S + 5 * 86400,
        .to_s = MADE_START_S + 14 * 86400};
    m.options.disruptions = &closed;
    m.options.disruption_count = 1;
    made_runs(&r, &m, 1, 1);
    uint32_t slot = made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0);
    CHECK(zhol_simulate_place_closed(r.model, slot, 72, &from, &to));
    CHECK_INT_EQ(from, closed.from_s);
    CHECK_INT_EQ(to, closed.to_s);
    CHECK(!zhol_simulate_place_closed(r.model, slot, 9 * 24 + 1, &from, &to));
    made_runs_end(&r);
    made_line_end(&m);
}

/* Trucks at six fronts of an hour each, and what the place says of them; `events` of the run. */
static void at_fronts(struct zhol_simulate_place_result *place, uint64_t *events, double loads_day,
                      uint32_t group, const struct zhol_simulate_disruption *elsewhere)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_run_about about;
    made_line_start(&m, zhol_state_ROAD);
    made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 120, ZHOL_NONE);
    made_line_handle(&m, zhol_state_RAIL1520, 0);
    made_line_ready(&m);
    m.processes[0].batch = zhol_batch_TRUCK;
    m.processes[0].servers = 6;
    m.processes[0].min_h = 1;
    m.flows[0].loads_day = loads_day;
    m.flows[0].unit_loads = 1;
    m.options.days = 400;
    m.options.warm_up_days = 1;
    m.options.disruptions = elsewhere;
    m.options.disruption_count = elsewhere ? 1 : 0;
    m.options.audit = true;
    int64_t *times = calloc(400, sizeof *times);
    for (uint32_t i = 0; i < 400; i++) {
        times[i] = MADE_START_S + (int64_t)(i / group * group) * 86400;
    }
    if (group > 1) {
        m.flows[0].arrival = ZHOL_SIMULATE_REPLAY;
        m.flows[0].times = times;
        m.flows[0].time_count = 400;
    }
    struct zhol_simulate_blocks blocks = made_runs(&r, &m, 1, 1);
    zhol_simulate_block_about(r.blocks, &about);
    CHECK(about.holds);
    *events = about.events;
    uint32_t front = made_place(r.model, ZHOL_SIMULATE_PLACE_FRONT, 0);
    CHECK_INT_EQ(zhol_simulate_place_result(&blocks, front, place), ZHOL_ERROR_OK);
    made_runs_end(&r);
    made_line_end(&m);
    free(times);
}

/* Six fronts that are used to a quarter make no queue and no event of their own, but are counted as
 * before; after a closure somewhere, or where so many come that somebody waits, they queue. */
static void test_fronts_without_a_queue(void)
{
    static const struct zhol_simulate_disruption elsewhere = {
        .kind = ZHOL_SIMULATE_CLOSURE,
        .scope = {99, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, 0, 0},
        .from_s = MADE_START_S,
        .to_s = MADE_START_S + 86400};
    struct zhol_simulate_place_result ample, queue;
    uint64_t few, many;
    at_fronts(&ample, &few, 36, 1, NULL);
    at_fronts(&queue, &many, 36, 1, &elsewhere);
    CHECK(few < many);
    CHECK_NEAR(ample.wait_h.mean, 0, 0);
    CHECK(queue.wait_h.mean > 0 && queue.wait_h.mean < 0.001);
    CHECK_NEAR(ample.passed_day.mean, queue.passed_day.mean, 1e-9); /* the same trucks */
    CHECK_NEAR(ample.utilisation.mean, queue.utilisation.mean, 1e-5);
    CHECK_NEAR(ample.utilisation.mean, 0.25, 0.01);
    at_fronts(&queue, &many, 72, 1, NULL);
    CHECK(queue.wait_h.mean > 0.001);
    at_fronts(&queue, &many, 1, 40, NULL); /* forty at once, every forty days */
    CHECK(queue.wait_h.mean > 2);
}

/* One more at a capacity of 100 wagons is a hundredth of it, whatever travels as one; what a list
 * brings to it in ten days does not depend on how many days are simulated. */
static void test_one_more_of_its_unit(void)
{
    int64_t times[10];
    struct zhol_simulate_place slots[3];
    for (uint32_t i = 0; i < 10; i++) {
        times[i] = MADE_START_S + i * 86400;
    }
    for (uint32_t i = 0; i < 3; i++) {
        struct made_line m;
        struct made_runs r;
        struct zhol_simulate_change more = {.place = 0, .more_units = 1};
        made_line_start(&m, zhol_state_RAIL1435);
        made_line_move(&m, zhol_state_RAIL1435, zhol_mode_RAIL, 60, 0);
        m.resources[0].unit = zhol_capacity_unit_WAGONS;
        m.resources[0].value = 100;
        made_line_ready(&m);
        m.flows[0].arrival = ZHOL_SIMULATE_REPLAY;
        m.flows[0].unit_loads = 3;
        m.flows[0].times = times;
        m.flows[0].time_count = 10;
        m.options.days = i == 2 ? 90 : 30;
        m.options.changes = &more;
        m.options.change_count = i == 1 ? 1 : 0;
        made_runs(&r, &m, 1, 1);
        CHECK_INT_EQ(made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0), 0);
        zhol_simulate_place_about(r.model, 0, &slots[i]);
        made_runs_end(&r);
        made_line_end(&m);
    }
    CHECK_NEAR(slots[1].nameplate_day / slots[0].nameplate_day, 1.01, 1e-9);
    CHECK_NEAR(slots[2].offered_day, slots[0].offered_day, 1e-9);
}

/* Trains of 50 and of 57 share units of which both take nearly whole numbers: no room is lost, and
 * no train too many comes to the slot. */
static void test_trains_of_odd_sizes(void)
{
    struct made_line m;
    struct made_runs r;
    struct zhol_simulate_place slot;
    made_line_start(&m, zhol_state_RAIL1435);
    made_line_move(&m, zhol_state_RAIL1435, zhol_mode_RAIL, 60, ZHOL_NONE);
    made_line_handle(&m, zhol_state_RAIL1520, 0);
    made_line_move(&m, zhol_state_RAIL1520, zhol_mode_RAIL, 60, 0);
    m.processes[0].servers = 20;
    m.processes[0].min_h = 2;
    m.resources[0].unit = zhol_capacity_unit_TRAINS;
    m.resources[0].value = 10;
    m.classes[0].trains = 1 / 50.0;
    m.classes[1].trains = 1 / 57.0;
    made_line_ready(&m);
    m.flows[0].loads_day = 500;
    made_runs(&r, &m, 1, 1);
    zhol_simulate_place_about(r.model, made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0), &slot);
    CHECK_NEAR(slot.load, 500 / 57.0 / 10, 0.01);
    made_runs_end(&r);
    made_line_end(&m);
}

/* Five kinds of cargo have 0.17 trains a day each: at their deadline they leave in 1.9 trains, each
 * of which takes a path. Where there is but one path a day they wait to be full. */
static void test_trains_wait_where_paths_are_scarce(void)
{
    for (uint32_t scarce = 0; scarce < 2; scarce++) {
        struct made_line m;
        struct made_runs r;
        struct zhol_simulate_place slot;
        struct zhol_simulate_flows_result flows;
        made_line_start(&m, zhol_state_RAIL1435);
        made_line_move(&m, zhol_state_RAIL1435, zhol_mode_RAIL, 60, 0);
        m.resources[0].unit = zhol_capacity_unit_TRAINS;
        m.resources[0].value = scarce ? 1 : 10;
        made_line_ready(&m);
        m.input.flow_count = 5;
        for (uint32_t i = 0; i < 5; i++) {
            m.flows[i].class = (uint8_t)(1 + i);
            m.flows[i].unit_loads = 4.1;
            m.flows[i].loads_day = 0.17 * 41;
        }
        m.options.days = 300;
        m.options.warm_up_days = 28;
        struct zhol_simulate_blocks blocks = made_runs(&r, &m, 2, 1);
        zhol_simulate_place_about(r.model, made_place(r.model, ZHOL_SIMULATE_PLACE_SLOT, 0), &slot);
        CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &flows), ZHOL_ERROR_OK);
        double trains = 5 / (2 + 1 / 1.7); /* a day; by their deadline of two days */
        if (scarce) {
            CHECK(slot.load >= 0.85 && slot.load <= 0.97);
            CHECK(flows.by_cause_h[ZHOL_SIMULATE_PATH].mean < 15 * 24);
        } else {
            CHECK_NEAR(slot.load, trains / 10, 1e-9);
        }
        made_runs_end(&r);
        made_line_end(&m);
    }
}

/* A place that is closed to one mode: trucks wait for what closes the road, not for the railway;
 * the same for half of its capacity. */
static void test_closed_to_a_mode(void)
{
    static const uint8_t modes[] = {0, zhol_mode_ROAD, zhol_mode_RAIL};
    for (int i = 0; i < 6; i++) {
        struct made_line m;
        struct made_runs r;
        struct zhol_simulate_flows_result flows;
        struct zhol_simulate_disruption closed = {
            .kind = i < 3 ? ZHOL_SIMULATE_CLOSURE : ZHOL_SIMULATE_CAPACITY,
            .cause = ZHOL_SIMULATE_BAN,
            .scope = {ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, 0, modes[i % 3]},
            .from_s = MADE_START_S + 5 * 86400,
            .to_s = MADE_START_S + 15 * 86400,
            .factor = i < 3 ? 0 : 0.5};
        made_line_start(&m, zhol_state_ROAD);
        made_line_move(&m, zhol_state_ROAD, zhol_mode_ROAD, 120, 0);
        m.resources[0].value = 24;
        closed.scope.node = i < 3 ? 1 : ZHOL_NONE;
        closed.scope.resource = i < 3 ? ZHOL_NONE : 0;
        made_line_ready(&m);
        m.flows[0].loads_day = 16;
        m.flows[0].arrival = ZHOL_SIMULATE_EVEN;
        m.options.days = 40;
        m.options.disruptions = &closed;
        m.options.disruption_count = 1;
        struct zhol_simulate_blocks blocks = made_runs(&r, &m, 1, 1);
        CHECK_INT_EQ(zhol_simulate_flows(&blocks, NULL, 0, &flows), ZHOL_ERROR_OK);
        bool waits = flows.transit_h.mean > 5;
        CHECK_INT_EQ(waits, i % 3 != 2);
        made_runs_end(&r);
        made_line_end(&m);
    }
}

int main(void)
{
    RUN(test_closed_to_a_mode);
    RUN(test_trains_of_odd_sizes);
    RUN(test_trains_wait_where_paths_are_scarce);
    RUN(test_one_more_of_its_unit);
    RUN(test_fronts_without_a_queue);
    RUN(test_wagons_at_a_handling);
    RUN(test_two_links_share);
    RUN(test_part_of_a_train);
    RUN(test_ships_by_cargo);
    RUN(test_closed_days);
    return check_report();
}
