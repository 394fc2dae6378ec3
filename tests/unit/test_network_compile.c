/* tests/unit/test_network_compile.c: the tiny corridor of tests/data, compiled, against figures
 * worked out by hand from its tables. */
#include <string.h>

#include "base/time.h"
#include "check.h"
#include "network/builder.h"

static char tiny_folder[512];
static struct zhol_corridor *tiny;

static int32_t day_of(int year, unsigned month, unsigned day)
{
    return time_days((struct time_date){year, month, day});
}

static struct zhol_network *compile(int32_t day, struct zhol_network_options options)
{
    struct zhol_network *network = NULL;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    options.day = day;
    CHECK_INT_EQ(zhol_network_compile(tiny, &options, &report, &network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 0);
    CHECK_INT_EQ(network ? zhol_network_verify(network) : 1, ZHOL_ERROR_OK);
    zhol_report_clear(&report);
    return network;
}

static uint32_t node(const char *id)
{
    return zhol_corridor_find(tiny, ZHOL_TABLE_node, id);
}

static uint32_t vertex(const struct zhol_network_view *v, const char *id, unsigned state)
{
    return zhol_network_place(v, node(id), state);
}

/* The arc out of a vertex of a kind that does a thing; ZHOL_NONE where there is none. */
static uint32_t arc_out(const struct zhol_network_view *v, uint32_t from, unsigned kind,
                        uint32_t thing)
{
    for (uint32_t a = from == ZHOL_NONE ? 0 : v->first_arc[from];
         from != ZHOL_NONE && a < v->first_arc[from + 1]; a++) {
        if (v->arcs[a].kind == kind && (kind == ZHOL_ARC_RIDE || v->arcs[a].thing == thing)) {
            return a;
        }
    }
    return ZHOL_NONE;
}

static uint32_t arc_by(const struct zhol_network_view *v, const char *id, unsigned state,
                       enum zhol_table table, const char *thing)
{
    unsigned kind = table == ZHOL_TABLE_link      ? ZHOL_ARC_MOVE
                    : table == ZHOL_TABLE_process ? ZHOL_ARC_CONTROL
                                                  : ZHOL_ARC_HANDLE;
    return arc_out(v, vertex(v, id, state), kind, zhol_corridor_find(tiny, table, thing));
}

static struct zhol_load load(const char *commodity, double teu, double tonnes)
{
    struct zhol_load made = {0};
    uint32_t thing = zhol_corridor_find(tiny, ZHOL_TABLE_commodity, commodity);
    CHECK_INT_EQ(zhol_load_make(tiny, thing, teu, tonnes, &made), ZHOL_ERROR_OK);
    return made;
}

static void test_moves(void)
{
    struct zhol_network *network = compile(day_of(2026, 1, 31), (struct zhol_network_options){0});
    struct zhol_network_view v = zhol_network_view(network);
    uint32_t out = arc_by(&v, "XIAN", zhol_state_RAIL1435, ZHOL_TABLE_link, "S001");
    uint32_t back = arc_by(&v, "ALASHANKOU", zhol_state_RAIL1435, ZHOL_TABLE_link, "S001");
    CHECK(out != ZHOL_NONE && back != ZHOL_NONE);
    CHECK_INT_EQ(v.arcs[out].length_m, 3400000);
    CHECK_INT_EQ(v.arcs[out].minutes[ZHOL_TIME_MEDIAN], 4534); /* 3400 / 45 h, rounded up */
    CHECK_INT_EQ(v.arcs[out].minutes[ZHOL_TIME_MIN], 2267);
    CHECK_INT_EQ(v.arcs[out].time_evidence, ZHOL_ASSUMED);
    CHECK_INT_EQ(v.arcs[out].minutes[ZHOL_TIME_MEDIAN], v.arcs[back].minutes[ZHOL_TIME_MEDIAN]);
    CHECK_INT_EQ(v.arcs[out].price_set, v.arcs[back].price_set);
    /* Dostyk-Almaty is dated: 60 pairs and 38 km/h since 30 September 2025. */
    uint32_t s003 = arc_by(&v, "DOSTYK", zhol_state_RAIL1520, ZHOL_TABLE_link, "S003");
    CHECK_INT_EQ(v.arcs[s003].minutes[ZHOL_TIME_MEDIAN], 1943);
    uint32_t uses = v.arcs[s003].uses, count;
    CHECK_INT_EQ(v.first_use[uses + 1] - v.first_use[uses], 1);
    uint32_t resource_row = v.uses[v.first_use[uses]].resource_row;
    CHECK_NEAR(zhol_corridor_resource(tiny, &count)[resource_row].value, 60, 0);
    zhol_network_free(network);
    network = compile(day_of(2025, 9, 29), (struct zhol_network_options){0});
    v = zhol_network_view(network);
    s003 = arc_by(&v, "DOSTYK", zhol_state_RAIL1520, ZHOL_TABLE_link, "S003");
    CHECK_INT_EQ(v.arcs[s003].minutes[ZHOL_TIME_MEDIAN], 2460);
    resource_row = v.uses[v.first_use[v.arcs[s003].uses]].resource_row;
    CHECK_NEAR(zhol_corridor_resource(tiny, &count)[resource_row].value, 12, 0);
    zhol_network_free(network);
}

/* Dostyk to Alashankou on 1435: laboratory (wheat only), exit, movement, entry. */
static void test_border_chain(void)
{
    struct zhol_network *network = compile(day_of(2026, 1, 31), (struct zhol_network_options){0});
    struct zhol_network_view v = zhol_network_view(network);
    uint32_t at = vertex(&v, "DOSTYK", zhol_state_RAIL1435);
    uint32_t link = zhol_corridor_find(tiny, ZHOL_TABLE_link, "S002B1435");
    const char *controls[] = {"DOSTYK.laboratory", "DOSTYK.border_exit", NULL,
                              "ALASHANKOU.border_entry"};
    uint32_t minutes[] = {1440, 480, 29, 840};
    struct zhol_load wheat = load("wheat", 0, 130), phones = load("electronics", 4, 0);
    CHECK_INT_EQ(arc_out(&v, at, ZHOL_ARC_MOVE, link), ZHOL_NONE);
    for (int i = 0; i < 4; i++) {
        uint32_t arc = controls[i]
                           ? arc_out(&v, at, ZHOL_ARC_CONTROL,
                                     zhol_corridor_find(tiny, ZHOL_TABLE_process, controls[i]))
                           : arc_out(&v, at, ZHOL_ARC_MOVE, link);
        bool passes;
        CHECK(arc != ZHOL_NONE);
        CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MEDIAN], minutes[i]);
        CHECK(zhol_network_admits(&v, arc, &wheat, &passes) && !passes);
        CHECK(zhol_network_admits(&v, arc, &phones, &passes) && passes == (i == 0));
        at = v.arcs[arc].head;
        CHECK_INT_EQ(v.vertices[at].stage, i < 3 ? i + 1 : 0);
        CHECK_INT_EQ(v.vertices[at].link, i < 3 ? link : ZHOL_NONE);
        CHECK_INT_EQ(v.vertices[at].node, node(i < 2 ? "DOSTYK" : "ALASHANKOU"));
    }
    CHECK_INT_EQ(at, vertex(&v, "ALASHANKOU", zhol_state_RAIL1435));
    zhol_network_free(network);
}

static void test_prices(void)
{
    struct zhol_network *network = compile(day_of(2026, 1, 31), (struct zhol_network_options){0});
    struct zhol_network_view v = zhol_network_view(network);
    struct zhol_load phones = load("electronics", 4, 0), wheat = load("wheat", 0, 130);
    bool unknown;
    uint32_t arc = arc_by(&v, "XIAN", zhol_state_RAIL1435, ZHOL_TABLE_link, "S001");
    CHECK_INT_EQ(zhol_network_cost(&v, arc, &phones, &unknown, NULL, 0, NULL), 476000);
    CHECK_INT_EQ(zhol_network_cost(&v, arc, &wheat, &unknown, NULL, 0, NULL), 1326000);
    CHECK_INT_EQ(zhol_network_co2e(&v, arc, &phones, &unknown), 18 * 28 * 3400);
    CHECK(!unknown);
    /* 450 KZT at 0.0019 USD are 85.5 cents a km and box. */
    arc = arc_by(&v, "DOSTYK", zhol_state_RAIL1520, ZHOL_TABLE_link, "S003");
    CHECK_INT_EQ(zhol_network_cost(&v, arc, &phones, &unknown, NULL, 0, NULL), 210330);
    arc = arc_by(&v, "XIAN", zhol_state_YARD, ZHOL_TABLE_handling, "XIAN.yard-rail1435");
    struct zhol_cost_line lines[4];
    uint32_t count;
    CHECK_INT_EQ(zhol_network_cost(&v, arc, &phones, &unknown, lines, 4, &count), 12000 + 5000);
    CHECK_INT_EQ(count, 2); /* loading, and the documents of the consignment that sets out */
    int64_t a_day;
    CHECK_INT_EQ(
        zhol_network_storage(&v, vertex(&v, "AKTAU", zhol_state_SEA), &phones, 7200, &a_day), 0);
    CHECK_INT_EQ(a_day, 4000);
    CHECK_INT_EQ(zhol_network_storage(&v, vertex(&v, "XIAN", zhol_state_YARD), &phones, 1, &a_day),
                 0);
    CHECK_INT_EQ(a_day, 0);
    zhol_network_free(network);
}

static void test_loads(void)
{
    struct zhol_load phones = load("electronics", 3, 0);
    CHECK_NEAR(phones.tonnes, 21, 1e-9);
    CHECK_NEAR(phones.wagons1520, 2, 0);
    CHECK_NEAR(phones.trucks, 2, 0);
    struct zhol_load by_tonnes = load("electronics", 0, 30);
    CHECK_NEAR(by_tonnes.teu, 6, 0); /* three boxes, the last not full */
    struct zhol_load wheat = load("wheat", 0, 130);
    CHECK_NEAR(wheat.wagons1520, 2, 0);
    CHECK_NEAR(wheat.wagons1435, 3, 0);
    CHECK_NEAR(wheat.teu, 0, 0);
    uint32_t grain = zhol_corridor_find(tiny, ZHOL_TABLE_commodity, "wheat");
    CHECK_INT_EQ(zhol_load_make(tiny, grain, 2, 0, &wheat), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(zhol_load_make(tiny, grain, 0, 0, &wheat), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_load_make(tiny, grain, 1, 1, &wheat), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_load_make(tiny, 99, 1, 0, &wheat), ZHOL_ERROR_USAGE);
}

static void test_service(void)
{
    struct zhol_network *network = compile(day_of(2026, 1, 31), (struct zhol_network_options){0});
    struct zhol_network_view v = zhol_network_view(network);
    uint32_t arc = arc_out(&v, vertex(&v, "XIAN", zhol_state_RAIL1435), ZHOL_ARC_RIDE, 0);
    CHECK(arc != ZHOL_NONE);
    CHECK_INT_EQ(v.arcs[arc].head, vertex(&v, "ALMATY", zhol_state_RAIL1520));
    CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MEDIAN], 170 * 60);
    CHECK_INT_EQ(v.arcs[arc].length_m, 4642000);
    CHECK_INT_EQ(v.arcs[arc].class, zhol_cargo_class_CONTAINER);
    CHECK_INT_EQ(v.arcs[arc].time_evidence, ZHOL_PUBLISHED);
    const struct zhol_ride *ride = &v.rides[v.arcs[arc].thing];
    CHECK_INT_EQ(ride->way_count, 6); /* S001, exit, movement, entry, cranes, S003 */
    CHECK_INT_EQ(ride->depart_minute, 600);
    CHECK_INT_EQ(ride->weekdays, 1 | 4 | 16);
    CHECK_STR_EQ(v.texts + ride->zone, "Asia/Shanghai");
    /* The way at its best: 2267 + 180 + 15 + 120 + 360 + 972 minutes. */
    CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MIN], 2267 + 180 + 15 + 120 + 360 + 972);
    struct zhol_load phones = load("electronics", 4, 0);
    bool unknown;
    CHECK_INT_EQ(zhol_network_cost(&v, arc, &phones, &unknown, NULL, 0, NULL), 840000);
    int64_t grams = 0;
    for (uint32_t i = 0; i < ride->way_count; i++) {
        grams += zhol_network_co2e(&v, v.ways[ride->way + i], &phones, &unknown);
    }
    CHECK_INT_EQ(zhol_network_co2e(&v, arc, &phones, &unknown), grams);
    CHECK(grams > 1000000);
    /* The ferry has a headway and no offsets: the way's minutes, the way's price. */
    arc = arc_out(&v, vertex(&v, "AKTAU", zhol_state_SEA), ZHOL_ARC_RIDE, 0);
    CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MEDIAN], 1282);
    CHECK_INT_EQ(v.rides[v.arcs[arc].thing].headway_minutes, 72 * 60);
    CHECK_INT_EQ(v.rides[v.arcs[arc].thing].depart_minute, -1);
    CHECK_INT_EQ(zhol_network_cost(&v, arc, &phones, &unknown, NULL, 0, NULL), 180000);
    CHECK(!unknown);
    zhol_network_free(network);
}

static void test_calendars(void)
{
    struct zhol_network *network = compile(day_of(2026, 1, 31), (struct zhol_network_options){0});
    struct zhol_network_view v = zhol_network_view(network);
    uint32_t arc = arc_by(&v, "ALMATY", zhol_state_YARD, ZHOL_TABLE_handling, "ALMATY.yard-road");
    uint32_t calendar = v.arcs[arc].calendar;
    CHECK(calendar != 0);
    int64_t monday = (int64_t)day_of(2026, 2, 2) * 1440; /* 08:00 at UTC+5 is 03:00 */
    bool found = false, nauryz = false;
    for (uint32_t i = v.first_opening[calendar]; i < v.first_opening[calendar + 1]; i++) {
        const struct zhol_opening *o = &v.openings[i];
        found = found || (o->from_min == monday + 180 && o->to_min == monday + 900);
        int64_t march_23 = (int64_t)day_of(2026, 3, 23) * 1440;
        nauryz = nauryz || (o->from_min == march_23 + 300 && o->to_min == march_23 + 660);
        CHECK(o->from_min / 1440 != day_of(2026, 2, 8)); /* a Sunday */
    }
    CHECK(found);
    CHECK(nauryz);
    /* The Chinese side: round the clock but for Spring Festival; two intervals. */
    arc =
        arc_by(&v, "ALASHANKOU", zhol_state_RAIL1435, ZHOL_TABLE_process, "ALASHANKOU.border_exit");
    calendar = v.arcs[arc].calendar;
    const struct zhol_opening *o = v.openings + v.first_opening[calendar];
    CHECK_INT_EQ(v.first_opening[calendar + 1] - v.first_opening[calendar], 2);
    CHECK_INT_EQ(o[0].from_min, v.horizon_from_min);
    CHECK_INT_EQ(o[0].to_min, (int64_t)day_of(2026, 2, 16) * 1440 - 480);
    CHECK_INT_EQ(o[1].from_min, (int64_t)day_of(2026, 2, 20) * 1440 - 480);
    CHECK_INT_EQ(o[1].to_min, v.horizon_to_min);
    CHECK(o[1].exception != 0);
    /* The Kazakh side never closes: no calendar at all. */
    arc = arc_by(&v, "DOSTYK", zhol_state_RAIL1435, ZHOL_TABLE_process, "DOSTYK.laboratory");
    CHECK_INT_EQ(v.arcs[arc].calendar, 0);
    zhol_network_free(network);
}

static void test_bans(void)
{
    struct zhol_network *network = compile(day_of(2026, 1, 31), (struct zhol_network_options){0});
    struct zhol_network_view v = zhol_network_view(network);
    uint32_t banned = 0;
    for (uint32_t a = 0; a < v.arc_count; a++) {
        const struct zhol_arc *arc = &v.arcs[a];
        if (!arc->ban) {
            continue;
        }
        banned++;
        CHECK(arc->kind == ZHOL_ARC_MOVE || arc->kind == ZHOL_ARC_CONTROL);
        CHECK_INT_EQ(v.vertices[arc->head].node, node("ALASHANKOU"));
        const struct zhol_ban *ban = &v.bans[v.first_ban[arc->ban]];
        CHECK_INT_EQ(ban->commodity, zhol_corridor_find(tiny, ZHOL_TABLE_commodity, "wheat"));
        int offset = arc->kind == ZHOL_ARC_MOVE ? 300 : 480; /* Almaty's clock, China's */
        CHECK_INT_EQ(ban->from_min, (int64_t)day_of(2026, 3, 1) * 1440 - offset);
        CHECK_INT_EQ(ban->to_min, (int64_t)day_of(2026, 4, 1) * 1440 - offset);
    }
    CHECK_INT_EQ(banned, 4); /* both gauges: the movement and the entry control */
    zhol_network_free(network);
    network = compile(day_of(2027, 1, 31), (struct zhol_network_options){0});
    v = zhol_network_view(network);
    CHECK_INT_EQ(v.ban_list_count, 1); /* a ban that is over is not there */
    zhol_network_free(network);
}

static void test_dates(void)
{
    struct zhol_network *network = compile(day_of(1989, 1, 1), (struct zhol_network_options){0});
    struct zhol_network_view v = zhol_network_view(network);
    CHECK_INT_EQ(arc_by(&v, "DOSTYK", zhol_state_RAIL1520, ZHOL_TABLE_link, "S003"), ZHOL_NONE);
    CHECK_INT_EQ(vertex(&v, "DOSTYK", zhol_state_RAIL1435), ZHOL_NONE);
    CHECK(arc_by(&v, "ALMATY", zhol_state_RAIL1520, ZHOL_TABLE_link, "S004") != ZHOL_NONE);
    CHECK_INT_EQ(v.ride_count, 1); /* the ferry has no first day; the train has */
    zhol_network_free(network);
    struct zhol_network *refused = NULL;
    struct zhol_network_options far = {.day = 1, .horizon_days = 99999};
    CHECK_INT_EQ(zhol_network_compile(tiny, &far, NULL, &refused), ZHOL_ERROR_USAGE);
    CHECK(refused == NULL);
}

static void test_draws(void)
{
    struct zhol_network_options one = {.seed = 7, .draw = 1}, two = {.seed = 7, .draw = 2};
    struct zhol_network *nets[] = {compile(day_of(2026, 1, 31), one),
                                   compile(day_of(2026, 1, 31), one),
                                   compile(day_of(2026, 1, 31), two)};
    size_t size, other;
    const void *bytes = zhol_network_block(nets[0], &size);
    CHECK(memcmp(bytes, zhol_network_block(nets[1], &other), size) == 0);
    CHECK(memcmp(bytes, zhol_network_block(nets[2], &other), size) != 0);
    for (int i = 0; i < 3; i++) {
        struct zhol_network_view v = zhol_network_view(nets[i]);
        uint32_t arc = arc_by(&v, "XIAN", zhol_state_RAIL1435, ZHOL_TABLE_link, "S001");
        CHECK(v.arcs[arc].length_m >= 3300000 && v.arcs[arc].length_m <= 3600000);
        CHECK(v.arcs[arc].length_m != 3400000);
        uint32_t back = arc_by(&v, "ALASHANKOU", zhol_state_RAIL1435, ZHOL_TABLE_link, "S001");
        CHECK_INT_EQ(v.arcs[arc].length_m, v.arcs[back].length_m);
        arc = arc_by(&v, "AKTAU", zhol_state_SEA, ZHOL_TABLE_link, "S005");
        CHECK_INT_EQ(v.arcs[arc].length_m, 470000); /* published: not drawn */
        zhol_network_free(nets[i]);
    }
}

static void test_fits(void)
{
    struct zhol_network *network = compile(day_of(2026, 1, 31), (struct zhol_network_options){0});
    CHECK(zhol_network_fits(network, tiny));
    struct zhol_corridor_options options = {.scenario = "second-crossing"};
    struct zhol_corridor *other = NULL;
    CHECK_INT_EQ(zhol_corridor_read(tiny_folder, &options, NULL, &other), ZHOL_ERROR_OK);
    if (other) {
        CHECK(!zhol_network_fits(network, other));
        struct zhol_network *second = NULL;
        CHECK_INT_EQ(zhol_network_compile(other, NULL, NULL, &second), ZHOL_ERROR_OK);
        CHECK(zhol_network_fits(second, other));
        zhol_network_free(second);
    }
    zhol_corridor_free(other);
    zhol_network_free(network);
}

int main(int argc, char **argv)
{
    struct zhol_report report;
    zhol_report_init(&report, 0);
    snprintf(tiny_folder, sizeof tiny_folder, "%s/tests/data/tiny", argc > 1 ? argv[1] : ".");
    enum zhol_error error = zhol_corridor_read(tiny_folder, NULL, &report, &tiny);
    for (uint32_t i = 0; i < report.count; i++) {
        char text[512];
        zhol_finding_text(&report.findings[i], text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
    zhol_report_clear(&report);
    if (error) {
        fprintf(stderr, "cannot read %s: %s\n", tiny_folder, zhol_error_text(error));
        return 1;
    }
    RUN(test_moves);
    RUN(test_border_chain);
    RUN(test_prices);
    RUN(test_loads);
    RUN(test_service);
    RUN(test_calendars);
    RUN(test_bans);
    RUN(test_dates);
    RUN(test_draws);
    RUN(test_fits);
    zhol_corridor_free(tiny);
    return check_report();
}
