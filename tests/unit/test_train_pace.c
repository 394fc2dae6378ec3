/* test_train_pace.c: trains of services keep their timetable on the compiled network and in the
 * simulation; ordinary trains go at the speed of the links. On the reference corridor. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/simulate.h>

#include "base/time.h"
#include "check.h"
#include "corridor/otherwise.h"

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_network_view v;
static char folder[512];

static int32_t day(void)
{
    return time_days((struct time_date){2026, 1, 31});
}

static void compile(void)
{
    struct zhol_report report;
    zhol_report_init(&report, 0);
    zhol_network_free(network);
    network = NULL;
    struct zhol_network_options options = {.day = day()};
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, &report, &network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
    v = zhol_network_view(network);
    zhol_report_clear(&report);
}

static void read_again(void)
{
    struct zhol_report report;
    zhol_report_init(&report, 0);
    zhol_corridor_free(corridor);
    CHECK_INT_EQ(zhol_corridor_read(folder, NULL, &report, &corridor), ZHOL_ERROR_OK);
    zhol_report_clear(&report);
}

/* The ride of a service between two places, or ZHOL_NONE. */
static uint32_t ride_arc(const char *service, const char *from, const char *to)
{
    uint32_t id = zhol_corridor_find(corridor, ZHOL_TABLE_service, service);
    for (uint32_t a = 0; a < v.arc_count; a++) {
        if (v.arcs[a].kind == ZHOL_ARC_RIDE && v.rides[v.arcs[a].thing].service == id &&
            v.vertices[zhol_network_tail(&v, a)].node ==
                zhol_corridor_find(corridor, ZHOL_TABLE_node, from) &&
            v.vertices[v.arcs[a].head].node == zhol_corridor_find(corridor, ZHOL_TABLE_node, to)) {
            return a;
        }
    }
    return ZHOL_NONE;
}

/* Minutes of a ride's way for containers: with its train, and as ordinary trains go. */
static void add_up(uint32_t arc, double *train, double *plain)
{
    const struct zhol_ride *ride = &v.rides[v.arcs[arc].thing];
    *train = *plain = 0;
    for (uint32_t i = 0; i < ride->way_count; i++) {
        const struct zhol_arc *part = &v.arcs[v.ways[ride->way + i]];
        bool passed = part->kind == ZHOL_ARC_CONTROL &&
                      (part->commodity || (part->class && part->class != v.arcs[arc].class));
        *train += passed ? 0 : v.way_minutes[ride->way + i];
        *plain += passed ? 0 : part->minutes[ZHOL_TIME_MEDIAN];
    }
}

static void test_timetable(void)
{
    double train, plain;
    uint32_t arc = ride_arc("SV.otlk-dostyk-brest", "DOSTYK", "BREST");
    CHECK(arc != ZHOL_NONE);
    add_up(arc, &train, &plain);
    CHECK_NEAR(train, v.arcs[arc].minutes[ZHOL_TIME_MEDIAN], v.rides[v.arcs[arc].thing].way_count);
    CHECK(plain > 1.5 * train); /* 17 to 20 km/h against 36 */
    /* Over the gauge breaks, too: what stands in the way takes its own time. */
    arc = ride_arc("SV.xian-malaszewicze", "XIAN", "MALASZEWICZE");
    CHECK(arc != ZHOL_NONE);
    add_up(arc, &train, &plain);
    CHECK_NEAR(train, v.arcs[arc].minutes[ZHOL_TIME_MEDIAN],
               0.03 * v.arcs[arc].minutes[ZHOL_TIME_MEDIAN]);
}

/* No train is faster than the link's best speed, and only movements have another time. */
static void test_bounds(void)
{
    for (uint32_t i = 0; i < v.way_count; i++) {
        const struct zhol_arc *part = &v.arcs[v.ways[i]];
        if (part->kind == ZHOL_ARC_MOVE) {
            CHECK(v.way_minutes[i] >= part->minutes[ZHOL_TIME_MIN]);
        } else {
            CHECK_INT_EQ(v.way_minutes[i], part->minutes[ZHOL_TIME_MEDIAN]);
        }
    }
}

/* Hours without any waiting of boxes on the way of a ride, with its train or with ordinary ones. */
static double hours(uint32_t arc, bool with_train, double loads_day)
{
    const struct zhol_ride *ride = &v.rides[v.arcs[arc].thing];
    struct zhol_simulate_input in = {0};
    struct zhol_simulate_model *model = NULL;
    struct zhol_simulate_flow_about about = {0};
    struct zhol_report report;
    uint32_t *rides = malloc(sizeof *rides * ride->way_count), begin = 0, end;
    for (uint32_t i = 0; rides && i < ride->way_count; i++) {
        rides[i] = v.arcs[arc].thing;
    }
    uint32_t goods = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, "electronics"), count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, goods, &begin, &end);
    const struct zhol_commodity *row = &zhol_corridor_commodity(corridor, &count)[begin];
    struct zhol_simulate_flow flow = {.arcs = v.ways + ride->way,
                                      .rides = with_train ? rides : NULL,
                                      .arc_count = ride->way_count,
                                      .commodity = goods,
                                      .load_class = row->load_class_id,
                                      .class = row->class,
                                      .kind = ZHOL_SIMULATE_BY_LOAD,
                                      .loads_day = loads_day,
                                      .t_load = 12};
    CHECK_INT_EQ(zhol_simulate_input_corridor(&in, corridor, &v), ZHOL_ERROR_OK);
    in.flows = &flow;
    in.flow_count = 1;
    struct zhol_simulate_options options;
    zhol_simulate_options_init(&options);
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(zhol_simulate_build(&in, &options, &report, &model), ZHOL_ERROR_OK);
    if (model) {
        const uint32_t *minutes = zhol_simulate_path_minutes(model, 0);
        CHECK_INT_EQ(minutes[0], with_train ? v.way_minutes[ride->way]
                                            : v.arcs[v.ways[ride->way]].minutes[ZHOL_TIME_MEDIAN]);
        zhol_simulate_flow_about(model, 0, &about);
    }
    zhol_report_clear(&report);
    zhol_simulate_free(model);
    zhol_simulate_input_clear(&in);
    free(rides);
    return about.free_h;
}

static void test_simulated(void)
{
    uint32_t arc = ride_arc("SV.otlk-dostyk-brest", "DOSTYK", "BREST");
    double train_h = hours(arc, true, 60), plain_h = hours(arc, false, 60);
    CHECK(train_h > 130 && train_h < 165); /* 150 by the timetable */
    CHECK(plain_h > 1.5 * train_h);
    CHECK(hours(arc, true, 2) < 165); /* too few for a train of their own: with the others */
}

static double ride_h(const char *service, const char *from, const char *to)
{
    uint32_t arc = ride_arc(service, from, to);
    return arc == ZHOL_NONE ? NAN : v.arcs[arc].minutes[ZHOL_TIME_MEDIAN] / 60.0;
}

static enum zhol_error slow(enum zhol_table table, const char *id, double factor)
{
    return otherwise_time(corridor, table, zhol_corridor_find(corridor, table, id), day(), factor);
}

/* A ferry that takes twice as long delays the trains over the sea by the passage (470 km at 24
 * km/h: 19.6 h), though their timetables are given; others keep theirs. */
static void test_slow_ferry(void)
{
    static const char *const ends[] = {"BAKU", "POTI"};
    double before[2], after[2], other;
    read_again();
    compile();
    other = ride_h("SV.otlk-dostyk-brest", "DOSTYK", "BREST");
    before[0] = ride_h("SV.titr-xian-baku", "XIAN", ends[0]);
    before[1] = ride_h("SV.titr-xian-poti", "XIAN", ends[1]);
    CHECK_INT_EQ(slow(ZHOL_TABLE_link, "S151F", 2), ZHOL_ERROR_OK);
    compile();
    after[0] = ride_h("SV.titr-xian-baku", "XIAN", ends[0]);
    after[1] = ride_h("SV.titr-xian-poti", "XIAN", ends[1]);
    for (int i = 0; i < 2; i++) {
        CHECK(after[i] - before[i] > 19 && after[i] - before[i] < 20.5);
    }
    CHECK_NEAR(ride_h("SV.otlk-dostyk-brest", "DOSTYK", "BREST"), other, 0);
    /* With the work in the port of arrival twice as long, too, it is more than a day. */
    CHECK_INT_EQ(slow(ZHOL_TABLE_process, "ALAT.sea_to_rail", 2), ZHOL_ERROR_OK);
    compile();
    CHECK(ride_h("SV.titr-xian-baku", "XIAN", ends[0]) - before[0] > 24);
}

/* Twice as long and then half is as it was; a train loses its own time on a link, not that of
 * ordinary trains. */
static void test_slow_link(void)
{
    read_again();
    compile();
    uint32_t arc = ride_arc("SV.otlk-dostyk-brest", "DOSTYK", "BREST"), link = ZHOL_NONE;
    const struct zhol_ride *ride = &v.rides[v.arcs[arc].thing];
    double own = 0, whole = v.arcs[arc].minutes[ZHOL_TIME_MEDIAN];
    for (uint32_t i = 0; i < ride->way_count && link == ZHOL_NONE; i++) {
        uint32_t part = v.ways[ride->way + i];
        link = v.arcs[part].kind == ZHOL_ARC_MOVE ? v.arcs[part].thing : link;
        own = v.way_minutes[ride->way + i];
    }
    CHECK_INT_EQ(otherwise_time(corridor, ZHOL_TABLE_link, link, day(), 3), ZHOL_ERROR_OK);
    CHECK_NEAR(otherwise_time_factor(corridor, ZHOL_TABLE_link, link), 3, 0);
    compile();
    CHECK_NEAR(ride_h("SV.otlk-dostyk-brest", "DOSTYK", "BREST") * 60, whole + 2 * own, 2);
    CHECK_INT_EQ(otherwise_time(corridor, ZHOL_TABLE_link, link, day(), 1 / 3.0), ZHOL_ERROR_OK);
    compile();
    CHECK_NEAR(ride_h("SV.otlk-dostyk-brest", "DOSTYK", "BREST") * 60, whole, 1);
}

static void test_slow_refused(void)
{
    CHECK_INT_EQ(slow(ZHOL_TABLE_link, "S151F", 0), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(slow(ZHOL_TABLE_link, "S151F", NAN), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(slow(ZHOL_TABLE_link, "S151F", 1e9), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(slow(ZHOL_TABLE_link, "no such link", 2), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(slow(ZHOL_TABLE_tariff, "S151F", 2), ZHOL_ERROR_USAGE);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    snprintf(folder, sizeof folder, "%s/corridors/china-kazakhstan", argv[1]);
    read_again();
    compile();
    RUN(test_timetable);
    RUN(test_bounds);
    RUN(test_simulated);
    RUN(test_slow_ferry);
    RUN(test_slow_link);
    RUN(test_slow_refused);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    return check_report();
}
