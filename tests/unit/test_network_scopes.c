/* tests/unit/test_network_scopes.c: what a ban, a factor, a price and a calendar apply to, and on
 * what evidence figures rest, on a small border written here.
 *
 *      A ====== B ---border--- C        A, B in Kazakhstan, C in China
 *      rail 1520, road   rail 1435      gauge break at B, for containers only
 */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "check.h"
#include "network/builder.h"
#include "sheet.h"

#define PRESS   "source_id=press;confidence=low"
#define ASSUMED "source_id=assumed;confidence=low"
#define FOLDER  "network_border"

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_network_view v;

static void write_table(enum zhol_table table, const char *const *rows, uint32_t count)
{
    struct sheet s;
    sheet_open(&s, FOLDER, table);
    for (uint32_t i = 0; i < count; i++) {
        sheet_text(&s, rows[i]);
    }
    sheet_close(&s);
}

#define WRITE(table, ...)                                                  \
    do {                                                                   \
        static const char *const rows[] = {__VA_ARGS__};                   \
        write_table(ZHOL_TABLE_##table, rows, sizeof rows / sizeof *rows); \
    } while (0)

#define NODE(id, x, country, zone)                                                       \
    "node_id=" id ";name=" id ";x_coord=" x ";y_coord=45;node_type=hub;country=" country \
    ";time_zone=" zone ";unlocode_status=absent;coord_confidence=low;" PRESS
#define LINK(id, from, to, directed, rest)                                      \
    "link_id=" id ";from_node_id=" from ";to_node_id=" to ";directed=" directed \
    ";length=120;country=KZ;note=made;" rest
#define PERIOD(id, traction) \
    "link_id=" id ";status=operating;speed_kmh=40;traction=" traction ";" PRESS
#define PROCESS(id, node, kind, rest)                           \
    "process_id=" id ";name=" id ";node_id=" node ";kind=" kind \
    ";batch=train;servers=1;min_h=1;median_h=6;" rest
#define HANDLING(id, node, from, to, process, class)                                              \
    "handling_id=" id ";node_id=" node ";from_state=" from ";to_state=" to ";process_id=" process \
    ";class=" class ";" PRESS

static void write_ways(void)
{
    WRITE(source, "source_id=press;title=Press;kind=press",
          "source_id=assumed;title=Assumed;kind=assumption");
    WRITE(node, NODE("A", "80", "KZ", "Asia/Almaty"), NODE("B", "81", "KZ", "Asia/Almaty"),
          NODE("C", "82", "CN", "Asia/Shanghai"));
    WRITE(link, LINK("AB", "A", "B", "false", "mode=rail;gauge_mm=1520;" PRESS),
          LINK("road", "A", "B", "false", "mode=road;length_low=100;length_high=150;" ASSUMED),
          LINK("out", "B", "C", "true", "mode=rail;gauge_mm=1435;" PRESS),
          LINK("in", "C", "B", "true", "mode=rail;gauge_mm=1435;" PRESS));
    WRITE(link_period, PERIOD("AB", "electric"), PERIOD("road", "truck"), PERIOD("out", "diesel"),
          PERIOD("in", "diesel"));
    WRITE(process, PROCESS("A.load", "A", "load", PRESS), PROCESS("A.unload", "A", "unload", PRESS),
          PROCESS("B.exit", "B", "border_exit", PRESS),
          PROCESS("B.entry", "B", "border_entry", PRESS),
          PROCESS("B.cranes", "B", "transship", "calendar_id=night;" PRESS),
          PROCESS("C.exit", "C", "border_exit", PRESS),
          PROCESS("C.entry", "C", "border_entry", PRESS),
          PROCESS("C.unload", "C", "unload", "mean_h=9;low_h=3;high_h=20;" ASSUMED));
    WRITE(link_control, "link_id=out;seq=1;process_id=B.exit;" PRESS,
          "link_id=out;seq=2;process_id=C.entry;" PRESS,
          "link_id=in;seq=1;process_id=C.exit;" PRESS,
          "link_id=in;seq=2;process_id=B.entry;" PRESS);
    WRITE(handling, HANDLING("A.up", "A", "yard", "rail1520", "A.load", ""),
          HANDLING("A.truck", "A", "yard", "road", "A.load", ""),
          HANDLING("A.down", "A", "rail1520", "yard", "A.unload", ""),
          HANDLING("A.arrive", "A", "road", "yard", "A.unload", ""),
          HANDLING("B.out", "B", "rail1520", "rail1435", "B.cranes", "container"),
          HANDLING("B.in", "B", "rail1435", "rail1520", "B.cranes", "container"),
          HANDLING("C.down", "C", "rail1435", "yard", "C.unload", ""));
}

static void write_figures(void)
{
    WRITE(calendar, "calendar_id=night;name=Night;time_zone=Asia/Almaty;weekdays=1111100;"
                    "open=20:00;close=06:00;" PRESS);
    WRITE(load_class,
          "load_class_id=wagon;state=rail1520;name=w;class=bulk;payload_t=65;teu=0;"
          "wagons=1;trains=0.02;trucks=0;" PRESS,
          "load_class_id=box;state=rail1520;name=b;class=container;payload_t=18;teu=2;"
          "wagons=0.5;trains=0.016;trucks=0;" PRESS);
    WRITE(resource, "resource_id=paths;name=x;link_id=AB;direction=both;unit=trains;per=day;"
                    "kind=binding;value=10;" PRESS);
    WRITE(resource_use, "resource_id=paths;link_id=AB",
          "resource_id=paths;link_id=AB;load_class_id=box;units=0.0125");
    WRITE(commodity, "commodity_id=wheat;name=Wheat;class=bulk;load_class_id=wagon;t_per_unit=65;"
                     "perishable=false;dangerous=false;" PRESS);
    WRITE(
        tariff,
        "tariff_id=T1;scope=per_km;cost_kind=freight;mode=rail;value=1;currency=KZT;unit=t;" PRESS,
        "tariff_id=T2;scope=consignment;cost_kind=documents;value=50;currency=USD;"
        "unit=consignment;" PRESS,
        "tariff_id=T3;scope=process;cost_kind=terminal;process_kind=unload;value=2;currency=USD;"
        "unit=t;" PRESS);
    WRITE(fx, "currency=KZT;usd=0.002;" ASSUMED);
    WRITE(emission, "emission_id=E1;scope=per_tkm;mode=rail;value=22;basis=wtw;" PRESS,
          "emission_id=E2;scope=per_tkm;mode=rail;traction=diesel;value=30;basis=wtw;" PRESS,
          "emission_id=E3;scope=per_tkm;mode=rail;traction=electric;value=5;basis=ttw;" PRESS,
          "emission_id=E4;scope=per_tkm;link_id=road;value=11;basis=wtw;" PRESS);
    WRITE(rule, "rule_id=out;kind=ban;name=x;node_id=B;mode=rail;direction=out;text=x;" PRESS,
          "rule_id=into;kind=ban;name=x;node_id=B;text=x;" PRESS,
          "rule_id=china;kind=ban;name=x;country=CN;exempt=bulk;text=x;" PRESS,
          "rule_id=leaves;kind=ban;name=x;country=KZ;direction=out;text=x;" PRESS,
          "rule_id=enters;kind=ban;name=x;country=KZ;direction=in;text=x;" PRESS,
          "rule_id=anywhere;kind=ban;name=x;class=oil;text=x;" PRESS,
          "rule_id=cranes;kind=ban;name=x;process_id=B.cranes;exempt=wheat;text=x;" PRESS);
    WRITE(service,
          "service_id=bulk;name=x;class=bulk;pattern=headway;headway_h=24;status=operating;" PRESS,
          "service_id=any;name=x;pattern=headway;headway_h=24;status=operating;" PRESS,
          "service_id=truck;name=x;pattern=headway;headway_h=24;status=operating;" PRESS,
          "service_id=timed;name=x;pattern=headway;headway_h=24;status=operating;" PRESS);
    WRITE(service_stop, "service_id=bulk;seq=1;node_id=A;kind=stop;state=rail1520",
          "service_id=bulk;seq=2;node_id=C;kind=stop;state=rail1435",
          "service_id=any;seq=1;node_id=A;kind=via;state=rail1520",
          "service_id=any;seq=2;node_id=B;kind=stop;state=rail1520",
          "service_id=any;seq=3;node_id=C;kind=stop;state=rail1435",
          "service_id=truck;seq=1;node_id=A;kind=stop;state=road",
          "service_id=truck;seq=2;node_id=B;kind=stop;state=road",
          "service_id=timed;seq=1;node_id=A;kind=stop;state=road",
          "service_id=timed;seq=2;node_id=B;kind=stop;state=road;arrive_h=5");
}

static void compile(uint32_t draw)
{
    struct zhol_network_options options = {.day = ZHOL_BLANK_DATE, .seed = 1, .draw = draw};
    zhol_network_free(network);
    network = NULL;
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, NULL, &network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
    v = zhol_network_view(network);
}

static const char *name_of(const struct zhol_arc *arc)
{
    return arc->kind == ZHOL_ARC_MOVE ? zhol_corridor_id(corridor, ZHOL_TABLE_link, arc->thing)
           : arc->kind == ZHOL_ARC_HANDLE
               ? zhol_corridor_id(corridor, ZHOL_TABLE_handling, arc->thing)
           : arc->kind == ZHOL_ARC_CONTROL
               ? zhol_corridor_id(corridor, ZHOL_TABLE_process, arc->thing)
               : zhol_corridor_id(corridor, ZHOL_TABLE_service, v.rides[arc->thing].service);
}

/* The first arc of this name. */
static const struct zhol_arc *find(const char *name)
{
    for (uint32_t a = 0; a < v.arc_count; a++) {
        if (strcmp(name_of(&v.arcs[a]), name) == 0) {
            return &v.arcs[a];
        }
    }
    CHECK_FAIL("no arc %s", name);
    return &v.arcs[0];
}

static bool banned(const struct zhol_arc *arc, const char *rule)
{
    uint32_t count;
    const struct zhol_rule *rules = zhol_corridor_rule(corridor, &count);
    for (uint32_t i = v.first_ban[arc->ban]; i < v.first_ban[arc->ban + 1]; i++) {
        const char *id =
            zhol_corridor_id(corridor, ZHOL_TABLE_rule, rules[v.bans[i].rule_row].rule_id);
        if (strcmp(id, rule) == 0) {
            return true;
        }
    }
    return false;
}

static bool in_list(const char *list, const char *name)
{
    size_t size = strlen(name);
    for (const char *at = strstr(list, name); at; at = strstr(at + 1, name)) {
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == 0)) {
            return true;
        }
    }
    return false;
}

static void test_bans(void)
{
    static const char *const expected[][2] = {
        {"out", "out B.exit C.entry"},
        /* Movements into B, its handlings and its controls. The link `out` leads away. */
        {"into", "AB road in B.out B.in B.exit B.entry"},
        {"china", "C.exit C.entry C.down"},
        {"leaves", "out B.exit C.entry"},
        {"enters", "in C.exit B.entry"},
        {"anywhere", "AB road out in"},
        {"cranes", "B.out B.in"},
    };
    for (unsigned r = 0; r < 7; r++) {
        for (uint32_t a = 0; a < v.arc_count; a++) {
            const struct zhol_arc *arc = &v.arcs[a];
            const char *name = name_of(arc);
            bool reverse = arc->kind == ZHOL_ARC_MOVE && v.vertices[arc->head].node == 0;
            if (arc->kind == ZHOL_ARC_RIDE || (r == 1 && reverse)) {
                continue; /* back to A leads away from B, too */
            }
            if (banned(arc, expected[r][0]) != in_list(expected[r][1], name)) {
                CHECK_FAIL("ban %s on %s is %d", expected[r][0], name, banned(arc, expected[r][0]));
            }
        }
    }
    const struct zhol_ban *china = &v.bans[v.first_ban[find("C.down")->ban]];
    CHECK_INT_EQ(v.first_ban[find("C.down")->ban + 1] - v.first_ban[find("C.down")->ban], 1);
    CHECK_INT_EQ(china->exempt_classes, 1u << zhol_cargo_class_BULK);
    CHECK_INT_EQ(china->from_min, INT64_MIN);
    CHECK_INT_EQ(china->to_min, INT64_MAX);
    uint32_t last = v.first_ban[find("B.out")->ban + 1] - 1;
    CHECK_INT_EQ(v.exempts[v.bans[last].exempt], 1);
    CHECK_INT_EQ(v.exempts[v.bans[last].exempt + 1], 0); /* the only commodity */
}

static void test_factors(void)
{
    CHECK_NEAR(v.factors[find("road")->emission].g_per_tkm, 11, 0); /* the link's own */
    CHECK_NEAR(v.factors[find("AB")->emission].g_per_tkm, 22, 0);   /* not the tank-to-wheel one */
    CHECK_NEAR(v.factors[find("out")->emission].g_per_tkm, 30, 0);  /* traction says more */
}

/* A row that names a load class stands in place of the blank one, for that class alone. */
static void test_uses(void)
{
    uint32_t list = find("AB")->uses;
    double units[2] = {-1, -1};
    CHECK_INT_EQ(v.first_use[list + 1] - v.first_use[list], 2);
    for (uint32_t u = v.first_use[list]; u < v.first_use[list + 1]; u++) {
        const char *class = zhol_corridor_id(corridor, ZHOL_TABLE_load_class, v.uses[u].load_class);
        units[strcmp(class, "box") == 0] = (double)v.uses[u].units;
    }
    CHECK_NEAR(units[0], 0, 0); /* as the load class says */
    CHECK_NEAR(units[1], 0.0125, 1e-9);
}

static void test_prices(void)
{
    const struct zhol_arc *up = find("A.up"), *down = find("A.down"), *cranes = find("B.out");
    const struct zhol_price *documents = &v.prices[v.set_prices[v.first_price[up->price_set]]];
    CHECK_INT_EQ(v.first_price[up->price_set + 1] - v.first_price[up->price_set], 1);
    CHECK_INT_EQ(documents->cost_kind, zhol_cost_kind_DOCUMENTS);
    CHECK_INT_EQ(v.first_price[down->price_set + 1] - v.first_price[down->price_set], 1);
    CHECK_INT_EQ(cranes->price_set, 0);
    const struct zhol_price *freight =
        &v.prices[v.set_prices[v.first_price[find("AB")->price_set]]];
    CHECK_INT_EQ(freight->microusd, 2000);
    CHECK_INT_EQ(freight->evidence, ZHOL_ASSUMED); /* a published price at an assumed rate */
    CHECK_INT_EQ(documents->evidence, ZHOL_PUBLISHED);
}

static void test_night(void)
{
    uint32_t calendar = find("B.out")->calendar;
    const struct zhol_opening *o = v.openings + v.first_opening[calendar];
    uint32_t count = v.first_opening[calendar + 1] - v.first_opening[calendar];
    int64_t monday = (int64_t)time_days((struct time_date){2026, 2, 2}) * 1440;
    bool found = false;
    CHECK(count > 250 && count < 320);
    for (uint32_t i = 1; i + 1 < count; i++) {
        CHECK_INT_EQ(o[i].to_min - o[i].from_min, 600);
        found = found || o[i].from_min == monday + 15 * 60; /* 20:00 at UTC+5 */
    }
    CHECK(found);
}

static void test_services(void)
{
    const struct zhol_arc *any = find("any");
    CHECK_INT_EQ(any->class, zhol_cargo_class_CONTAINER); /* all that its cranes can lift */
    CHECK_INT_EQ(v.ride_count, 3);                        /* no way for bulk; A is a via point */
    CHECK_INT_EQ(any->length_m, 120000);
    CHECK_INT_EQ(find("truck")->time_evidence, ZHOL_ASSUMED); /* the length of its way */
    CHECK_INT_EQ(find("timed")->time_evidence, ZHOL_PUBLISHED);
    CHECK_INT_EQ(find("timed")->minutes[ZHOL_TIME_MEDIAN], 300);
}

/* A drawn median takes mean and technical minimum along. */
static void test_drawn_process(void)
{
    bool moved = false;
    for (uint32_t draw = 1; draw <= 8; draw++) {
        compile(draw);
        const uint32_t *minutes = find("C.down")->minutes;
        CHECK(minutes[ZHOL_TIME_MEDIAN] >= 180 && minutes[ZHOL_TIME_MEDIAN] <= 1200);
        CHECK_NEAR(minutes[ZHOL_TIME_MEAN], 1.5 * minutes[ZHOL_TIME_MEDIAN], 2);
        moved = moved || minutes[ZHOL_TIME_MEDIAN] != 360;
        CHECK_INT_EQ(find("A.down")->minutes[ZHOL_TIME_MEDIAN], 360);
    }
    CHECK(moved);
}

int main(void)
{
    struct zhol_report report;
    zhol_report_init(&report, 0);
    sheet_folder(FOLDER, "2026-01-31");
    write_ways();
    write_figures();
    struct zhol_corridor_options keep = {.keep_faulty = true};
    zhol_corridor_read(FOLDER, &keep, &report, &corridor);
    for (uint32_t i = 0; i < report.count && !corridor; i++) {
        fprintf(stderr, "%s %u: %s\n", report.findings[i].file, report.findings[i].row,
                report.findings[i].expected);
    }
    zhol_report_clear(&report);
    if (!corridor) {
        return 1;
    }
    compile(0);
    RUN(test_bans);
    RUN(test_factors);
    RUN(test_uses);
    RUN(test_prices);
    RUN(test_night);
    RUN(test_services);
    RUN(test_drawn_process);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    return check_report();
}
