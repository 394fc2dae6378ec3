/* tests/unit/test_network_services.c: ways and rides of services, and what is left out and why, on
 * a small line written here.
 *
 *      A ---100--- B ---100--- C ---100--- D      rail 1520, all of it
 *                   \---150--X--150---/           a longer way round, by X
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "network/builder.h"
#include "sheet.h"

#define EVIDENCE "source_id=press;confidence=low"

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_network_view v;
static struct zhol_report report;

static void write_line(const char *folder)
{
    struct sheet s;
    const char *nodes = "ABCDX";
    const char *links[] = {"AB 100", "BC 100", "CD 100", "BX 150", "XC 150"};
    sheet_folder(folder, "2026-01-31");
    remove("network_line/process.csv"); /* of a run before */
    remove("network_line/link_control.csv");
    sheet_open(&s, folder, ZHOL_TABLE_source);
    sheet_text(&s, "source_id=press;title=Press;kind=press");
    sheet_text(&s, "source_id=assumed;title=Assumed;kind=assumption");
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_node);
    for (int i = 0; i < 5; i++) {
        char row[256];
        snprintf(row, sizeof row,
                 "node_id=%c;name=%c;x_coord=6%d;y_coord=%d;node_type=hub;country=KZ;"
                 "time_zone=Asia/Almaty;unlocode_status=absent;coord_confidence=low;" EVIDENCE,
                 nodes[i], nodes[i], i < 4 ? i : 1, i < 4 ? 50 : 51);
        sheet_text(&s, row);
    }
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_link);
    for (int i = 0; i < 5; i++) {
        char row[256];
        snprintf(row, sizeof row,
                 "link_id=%.2s;from_node_id=%c;to_node_id=%c;directed=false;length=%s;mode=rail;"
                 "gauge_mm=1520;country=KZ;note=made;" EVIDENCE,
                 links[i], links[i][0], links[i][1], links[i] + 3);
        sheet_text(&s, row);
    }
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_link_period);
    for (int i = 0; i < 5; i++) {
        char row[256];
        snprintf(row, sizeof row,
                 "link_id=%.2s;status=operating;speed_kmh=50;speed_best_kmh=100;" EVIDENCE,
                 links[i]);
        sheet_text(&s, row);
    }
    sheet_close(&s);
}

static void add_service(struct sheet *service, struct sheet *stop, const char *id,
                        const char *columns, const char *stops)
{
    char row[512];
    snprintf(row, sizeof row, "service_id=%s;name=%s;pattern=headway;headway_h=24;%s;" EVIDENCE, id,
             id, columns);
    sheet_text(service, row);
    /* Stops as "A", "via X", "D 12" with hours of arrival. */
    int seq = 1;
    for (const char *at = stops; *at; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
        bool via = strncmp(at, "via ", 4) == 0;
        const char *name = at + (via ? 4 : 0);
        char hours[16] = "";
        if (name[1] == ' ') {
            snprintf(hours, sizeof hours, "%.*s", (int)strcspn(name + 2, ","), name + 2);
        }
        snprintf(row, sizeof row, "service_id=%s;seq=%d;node_id=%c;kind=%s;state=%s;arrive_h=%s",
                 id, seq++, name[0], via ? "via" : "stop", strstr(id, "road") ? "road" : "rail1520",
                 hours);
        sheet_text(stop, row);
    }
}

static void write_services(const char *folder)
{
    struct sheet service, stop;
    sheet_open(&service, folder, ZHOL_TABLE_service);
    sheet_open(&stop, folder, ZHOL_TABLE_service_stop);
    add_service(&service, &stop, "short", "status=operating", "A,D");
    add_service(&service, &stop, "round", "status=operating;class=container", "A,via X,D 12");
    add_service(&service, &stop, "three", "status=operating", "A,B,D");
    add_service(&service, &stop, "far", "status=operating;contract_km=330", "A,D");
    add_service(&service, &stop, "near", "status=operating;contract_km=295", "A,D");
    add_service(&service, &stop, "told", "status=operating;contract_km=330;note=30 km of shunting",
                "A,D");
    add_service(&service, &stop, "later", "status=planned", "A,D");
    add_service(&service, &stop, "ended", "status=operating;valid_to=2026-01-31", "A,D");
    sheet_close(&service);
    sheet_close(&stop);
}

/* Services that no checker would let pass: read with keep_faulty. */
static void write_odd_services(const char *folder)
{
    struct sheet service, stop;
    sheet_open(&service, folder, ZHOL_TABLE_service);
    sheet_open(&stop, folder, ZHOL_TABLE_service_stop);
    add_service(&service, &stop, "road", "status=operating", "A,D");
    add_service(&service, &stop, "back", "status=operating", "A,B 5,D 4");
    sheet_close(&service);
    sheet_close(&stop);
}

static void write_rules(const char *folder)
{
    struct sheet s;
    sheet_open(&s, folder, ZHOL_TABLE_rule);
    sheet_text(&s,
               "rule_id=R1;valid_from=2026-02-01;kind=ban;name=Ban;link_id=BC;text=Ban;" EVIDENCE);
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_tariff);
    sheet_text(&s, "tariff_id=T1;scope=per_km;cost_kind=freight;mode=rail;value=1;currency=USD;"
                   "unit=t;" EVIDENCE);
    sheet_text(&s, "tariff_id=T2;scope=through;cost_kind=freight;service_id=three;from_node_id=A;"
                   "to_node_id=D;class=container;value=50;currency=USD;unit=t;" EVIDENCE);
    sheet_close(&s);
}

static void start(const char *folder, bool include_planned)
{
    struct zhol_corridor_options keep = {.keep_faulty = true};
    struct zhol_network_options options = {.day = ZHOL_BLANK_DATE,
                                           .include_planned = include_planned};
    zhol_report_init(&report, 0);
    zhol_corridor_read(folder, &keep, NULL, &corridor);
    CHECK(corridor != NULL);
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, &report, &network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
    v = zhol_network_view(network);
}

static void end(void)
{
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
}

/* The ride of a service from one place to another; ZHOL_NONE where there is none. */
static uint32_t ride(const char *service, const char *from, const char *to)
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

static const struct zhol_finding *finding(const char *service)
{
    for (uint32_t i = 0; i < report.count; i++) {
        if (strcmp(report.findings[i].value, service) == 0) {
            return &report.findings[i];
        }
    }
    return NULL;
}

static void test_ways(void)
{
    write_line("network_line");
    write_services("network_line");
    write_rules("network_line");
    start("network_line", false);
    uint32_t arc = ride("short", "A", "D");
    CHECK_INT_EQ(v.arcs[arc].length_m, 300000);
    CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MEDIAN], 360);
    CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MIN], 180);
    arc = ride("round", "A", "D");
    CHECK_INT_EQ(v.arcs[arc].length_m, 500000);
    CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MEDIAN], 720); /* as published */
    CHECK_INT_EQ(v.arcs[arc].minutes[ZHOL_TIME_MIN], 300);
    CHECK_INT_EQ(v.arcs[arc].class, zhol_cargo_class_CONTAINER);
    CHECK_INT_EQ(ride("round", "A", "X"), ZHOL_NONE); /* a via point is no stop */
    /* Three stops, three rides, on stretches of one way. */
    uint32_t ab = ride("three", "A", "B"), bd = ride("three", "B", "D"),
             ad = ride("three", "A", "D");
    CHECK_INT_EQ(v.rides[v.arcs[ab].thing].way, v.rides[v.arcs[ad].thing].way);
    CHECK_INT_EQ(v.rides[v.arcs[bd].thing].way, v.rides[v.arcs[ad].thing].way + 1);
    CHECK_INT_EQ(v.rides[v.arcs[bd].thing].offset_minutes, 120);
    CHECK_INT_EQ(v.arcs[ad].length_m, 300000);
    end();
}

static void test_prices_and_bans(void)
{
    const struct zhol_load boxes = {.class = zhol_cargo_class_CONTAINER, .tonnes = 10, .teu = 2};
    const struct zhol_load ore = {.class = zhol_cargo_class_BULK, .tonnes = 10};
    bool unknown;
    start("network_line", false);
    uint32_t ad = ride("three", "A", "D"), ab = ride("three", "A", "B");
    CHECK_INT_EQ(zhol_network_cost(&v, ad, &boxes, &unknown, NULL, 0, NULL), 50000);
    CHECK_INT_EQ(zhol_network_cost(&v, ad, &ore, &unknown, NULL, 0, NULL), 300000); /* its way */
    CHECK_INT_EQ(zhol_network_cost(&v, ab, &boxes, &unknown, NULL, 0, NULL), 100000);
    CHECK(!unknown);
    CHECK_INT_EQ(v.arcs[ab].ban, 0);
    CHECK(v.arcs[ad].ban != 0); /* over the banned stretch */
    CHECK_INT_EQ(v.arcs[ride("round", "A", "D")].ban, 0);
    end();
}

static void test_findings(void)
{
    start("network_line", false);
    CHECK(finding("far") && finding("far")->severity == ZHOL_NOTE);
    CHECK(finding("far") && strstr(finding("far")->expected, "-9.1 %") != NULL);
    CHECK(!finding("near"));
    CHECK(!finding("told"));
    CHECK(ride("far", "A", "D") != ZHOL_NONE);
    CHECK_INT_EQ(ride("later", "A", "D"), ZHOL_NONE);
    CHECK_INT_EQ(ride("ended", "A", "D"), ZHOL_NONE);
    end();
    start("network_line", true);
    CHECK(ride("later", "A", "D") != ZHOL_NONE);
    end();
}

static void test_left_out(void)
{
    write_odd_services("network_line");
    start("network_line", false);
    CHECK_INT_EQ(v.ride_count, 0);
    CHECK_INT_EQ(report.counts[ZHOL_WARNING], 2);
    CHECK(finding("road") && strstr(finding("road")->expected, "left out") != NULL);
    CHECK(finding("back") && strcmp(finding("back")->column, "arrive_h") == 0);
    end();
}

/* A link whose control has no process on the day is closed, and it is said. */
static void test_unseen_border(void)
{
    struct sheet s;
    write_services("network_line");
    sheet_open(&s, "network_line", ZHOL_TABLE_process);
    sheet_text(&s, "process_id=B.exit;valid_to=2020-01-01;name=exit;node_id=B;kind=border_exit;"
                   "batch=train;min_h=1;median_h=2;" EVIDENCE);
    sheet_close(&s);
    sheet_open(&s, "network_line", ZHOL_TABLE_link_control);
    sheet_text(&s, "link_id=BC;seq=1;process_id=B.exit;" EVIDENCE);
    sheet_close(&s);
    start("network_line", false);
    uint32_t bc = zhol_corridor_find(corridor, ZHOL_TABLE_link, "BC");
    for (uint32_t a = 0; a < v.arc_count; a++) {
        CHECK(v.arcs[a].kind != ZHOL_ARC_MOVE || v.arcs[a].thing != bc);
    }
    CHECK(finding("B.exit") && finding("B.exit")->severity == ZHOL_WARNING);
    CHECK_INT_EQ(v.arcs[ride("short", "A", "D")].length_m, 500000); /* the way round */
    end();
}

int main(void)
{
    RUN(test_ways);
    RUN(test_prices_and_bans);
    RUN(test_findings);
    RUN(test_left_out);
    RUN(test_unseen_border);
    return check_report();
}
