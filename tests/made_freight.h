/* tests/made_freight.h: a small corridor whose assignment is worked out by hand.
 *
 *      X (CN) --1435 mm, border--> P ==== 100 km, 1 pair a day ==== Q
 *      X --road, border, 10 km--> Q      P ---- 140 km ---- R ---- 150 km ---- Q, 10 pairs a day
 * each
 *
 * A wagon of one box costs a dollar a km, handlings and controls nothing; time is worth nothing
 * unless `time_value` says so. 50 boxes a train; the cranes at P take 60 TEU (30 boxes) a day.
 * Demand, boxes of 14 t a day, by rail but for 2024: 2021 P-Q 80; 2022 X-Q 40, counted at P; 2023
 * P-Q 50 and Q-P 50; 2024 X-Q 40 by any mode; 2025 P-Q by months: 10 a day, in December 60; 2028
 * Q-X 80, of a flow counted as it leaves the country at P, and of which half is left.
 */
#ifndef ZHOL_TESTS_MADE_FREIGHT_H
#define ZHOL_TESTS_MADE_FREIGHT_H

#include "sheet.h"

static inline void freight_places(const char *folder)
{
    static const char *const rows[] = {"X;CN;Asia/Shanghai;rail_border;82.23",
                                       "P;KZ;Asia/Almaty;rail_border;82.20",
                                       "Q;KZ;Asia/Almaty;hub;82.21", "R;KZ;Asia/Almaty;hub;82.22"};
    struct sheet s;
    sheet_open(&s, folder, ZHOL_TABLE_source);
    sheet_text(&s, "source_id=press;title=Press;kind=press");
    sheet_text(&s, "source_id=assumed;title=Assumed;kind=assumption");
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_node);
    for (unsigned i = 0; i < 4; i++) {
        char id[8], country[8], zone[32], type[16], lon[16], row[512];
        sscanf(rows[i], "%7[^;];%7[^;];%31[^;];%15[^;];%15s", id, country, zone, type, lon);
        snprintf(row, sizeof row,
                 "node_id=%s;name=Place %s;x_coord=%s;y_coord=45.2;node_type=%s;country=%s;"
                 "time_zone=%s;unlocode_status=absent;coord_confidence=low;source_id=press;"
                 "confidence=low",
                 id, id, lon, type, country, zone);
        sheet_text(&s, row);
    }
    sheet_close(&s);
}

static inline void freight_link(struct sheet *link, struct sheet *period, const char *id,
                                const char *ends, const char *rest)
{
    char row[512];
    snprintf(row, sizeof row,
             "link_id=%s;name=%s;%s;%s;length_low=1;length_high=900;source_id=assumed;"
             "confidence=low;note=made",
             id, id, ends, rest);
    sheet_text(link, row);
    snprintf(row, sizeof row,
             "link_id=%s;valid_from=1990-01-01;status=operating;speed_kmh=50;speed_low_kmh=40;"
             "speed_high_kmh=60;source_id=assumed;confidence=low",
             id);
    sheet_text(period, row);
}

static inline void freight_links(const char *folder)
{
    static const char rail[] = "directed=false;mode=rail;gauge_mm=1520;country=KZ";
    static const char border[] = "directed=true;length=10;mode=rail;gauge_mm=1435;country=KZ";
    static const char road[] = "directed=true;length=10;mode=road;country=KZ";
    struct sheet link, period;
    char rest[256];
    sheet_open(&link, folder, ZHOL_TABLE_link);
    sheet_open(&period, folder, ZHOL_TABLE_link_period);
    snprintf(rest, sizeof rest, "%s;length=100", rail);
    freight_link(&link, &period, "L1", "from_node_id=P;to_node_id=Q", rest);
    snprintf(rest, sizeof rest, "%s;length=140", rail);
    freight_link(&link, &period, "L2", "from_node_id=P;to_node_id=R", rest);
    snprintf(rest, sizeof rest, "%s;length=150", rail);
    freight_link(&link, &period, "L3", "from_node_id=R;to_node_id=Q", rest);
    freight_link(&link, &period, "BF", "from_node_id=X;to_node_id=P", border);
    freight_link(&link, &period, "BB", "from_node_id=P;to_node_id=X", border);
    freight_link(&link, &period, "DF", "from_node_id=X;to_node_id=Q", road);
    freight_link(&link, &period, "DB", "from_node_id=Q;to_node_id=X", road);
    sheet_close(&link);
    sheet_close(&period);
}

static inline void freight_process(struct sheet *s, const char *node, const char *what,
                                   const char *kind, unsigned servers)
{
    char row[512];
    snprintf(row, sizeof row,
             "process_id=%s.%s;name=%s;node_id=%s;kind=%s;batch=train;servers=%u;min_h=0;"
             "median_h=0;mean_h=0;source_id=press;confidence=low",
             node, what, what, node, kind, servers);
    sheet_text(s, row);
}

static inline void freight_handling(struct sheet *s, const char *node, const char *from,
                                    const char *to, const char *process)
{
    char row[512];
    snprintf(row, sizeof row,
             "handling_id=%s.%s-%s;node_id=%s;from_state=%s;to_state=%s;process_id=%s.%s;"
             "source_id=press;confidence=low",
             node, from, to, node, from, to, node, process);
    sheet_text(s, row);
}

static inline void freight_processes(const char *folder)
{
    struct sheet s;
    sheet_open(&s, folder, ZHOL_TABLE_process);
    for (const char *node = "XPQ"; *node; node++) {
        char id[2] = {*node, 0};
        freight_process(&s, id, "load", "load", 1);
        freight_process(&s, id, "unload", "unload", 1);
        freight_process(&s, id, "exit", "border_exit", 1);
        freight_process(&s, id, "entry", "border_entry", 1);
    }
    freight_process(&s, "P", "cranes", "transship", 3);
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_handling);
    freight_handling(&s, "X", "yard", "rail1435", "load");
    freight_handling(&s, "X", "rail1435", "yard", "unload");
    freight_handling(&s, "X", "yard", "road", "load");
    freight_handling(&s, "X", "road", "yard", "unload");
    for (const char *node = "PQ"; *node; node++) {
        char id[2] = {*node, 0};
        freight_handling(&s, id, "yard", "rail1520", "load");
        freight_handling(&s, id, "rail1520", "yard", "unload");
    }
    freight_handling(&s, "Q", "yard", "road", "load");
    freight_handling(&s, "Q", "road", "yard", "unload");
    freight_handling(&s, "P", "rail1435", "rail1520", "cranes");
    freight_handling(&s, "P", "rail1520", "rail1435", "cranes");
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_link_control);
    static const char *const controls[] = {"BF;X;P", "BB;P;X", "DF;X;Q", "DB;Q;X"};
    for (unsigned i = 0; i < 4; i++) {
        for (unsigned seq = 0; seq < 2; seq++) {
            char row[256];
            snprintf(row, sizeof row,
                     "link_id=%.2s;seq=%u;process_id=%c.%s;source_id=press;confidence=low",
                     controls[i], seq + 1, controls[i][seq ? 5 : 3], seq ? "entry" : "exit");
            sheet_text(&s, row);
        }
    }
    sheet_close(&s);
}

static inline void freight_goods(const char *folder, const char *time_value)
{
    static const char *const states[] = {"yard", "rail1435", "rail1520", "road"};
    struct sheet s;
    char row[512];
    sheet_open(&s, folder, ZHOL_TABLE_load_class);
    for (unsigned i = 0; i < 4; i++) {
        bool rail = i == 1 || i == 2;
        snprintf(row, sizeof row,
                 "load_class_id=feu;state=%s;name=Box;class=container;payload_t=20;teu=2;"
                 "wagons=%d;trains=%s;trucks=%d;source_id=press;confidence=low",
                 states[i], rail, rail ? "0.02" : "0", i == 3);
        sheet_text(&s, row);
    }
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_commodity);
    snprintf(row, sizeof row,
             "commodity_id=phones;name=Phones;class=container;load_class_id=feu;t_per_unit=14;"
             "value_usd_t=1000;time_value_usd_t_day=%s;perishable=false;dangerous=false;"
             "source_id=press;confidence=low",
             time_value);
    sheet_text(&s, row);
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_tariff);
    sheet_text(&s, "tariff_id=T.rail;scope=per_km;cost_kind=freight;mode=rail;value=1;"
                   "currency=USD;unit=feu;source_id=press;confidence=low");
    sheet_text(&s, "tariff_id=T.road;scope=per_km;cost_kind=freight;mode=road;value=2;"
                   "currency=USD;unit=truck;source_id=press;confidence=low");
    static const char *const kinds[] = {"load", "unload", "transship", "border_exit",
                                        "border_entry"};
    for (unsigned i = 0; i < 5; i++) {
        snprintf(row, sizeof row,
                 "tariff_id=T.%s;scope=process;cost_kind=%s;process_kind=%s;value=0;currency=USD;"
                 "unit=feu;source_id=press;confidence=low",
                 kinds[i], i < 3 ? "terminal" : "border", kinds[i]);
        sheet_text(&s, row);
    }
    sheet_close(&s);
}

static inline void freight_capacity(const char *folder)
{
    static const char *const rows[] = {
        "R1;name=Pairs of L1;link_id=L1;direction=both;unit=pairs;value=1;source_id=press",
        "R2;name=Pairs of L2;link_id=L2;direction=both;unit=pairs;value=10;low=5;high=20;"
        "source_id=assumed",
        "R3;name=Pairs of L3;link_id=L3;direction=both;unit=pairs;value=10;low=5;high=20;"
        "source_id=assumed",
        "R4;name=Cranes;node_id=P;direction=both;unit=teu;value=60;low=40;high=90;"
        "source_id=assumed",
        "R5;name=Border in;link_id=BF;direction=forward;unit=trains;value=5;source_id=press",
        "R6;name=Border out;link_id=BB;direction=forward;unit=trains;value=5;source_id=press",
        "R7;name=Road;link_id=DF;direction=both;unit=trucks;value=100;source_id=press"};
    static const char *const uses[] = {"link_id=L1",          "link_id=L2", "link_id=L3",
                                       "process_id=P.cranes", "link_id=BF", "link_id=BB",
                                       "link_id=DF"};
    struct sheet resource, use;
    sheet_open(&resource, folder, ZHOL_TABLE_resource);
    sheet_open(&use, folder, ZHOL_TABLE_resource_use);
    for (unsigned i = 0; i < 7; i++) {
        char row[512];
        snprintf(row, sizeof row, "resource_id=%s;per=day;kind=binding;confidence=low", rows[i]);
        sheet_text(&resource, row);
        snprintf(row, sizeof row, "resource_id=R%u;%s", i + 1, uses[i]);
        sheet_text(&use, row);
    }
    sheet_close(&resource);
    sheet_close(&use);
}

/* A flow that is counted at P, and what must stand beside it. */
static inline void freight_flow(const char *folder)
{
    static const char *const dimensions[] = {"dimension=origin;node_id=Q",
                                             "dimension=destination;node_id=X",
                                             "dimension=commodity;commodity_id=phones"};
    struct sheet s;
    char row[256];
    sheet_open(&s, folder, ZHOL_TABLE_demand_flow);
    sheet_text(
        &s,
        "demand_flow_id=out;name=Out at P;direction=export;mode=rail;seed_t=1;exits=P;growth=0.5;"
        "source_id=press;confidence=low");
    sheet_close(&s);
    sheet_open(&s, folder, ZHOL_TABLE_demand_generator);
    for (unsigned i = 0; i < 3; i++) {
        snprintf(row, sizeof row, "demand_flow_id=out;%s;weight=1;source_id=press;confidence=low",
                 dimensions[i]);
        sheet_text(&s, row);
    }
    sheet_close(&s);
}

static inline void freight_demand(const char *folder)
{
    struct sheet s;
    char row[1024];
    sheet_open(&s, folder, ZHOL_TABLE_demand);
    static const struct {
        const char *id, *from, *to, *rest;
        unsigned year, boxes;
    } rows[] = {{"D1", "P", "Q", "mode=rail;", 2021, 80},
                {"D2", "X", "Q", "mode=rail;via_node_id=P;", 2022, 40},
                {"D3", "P", "Q", "mode=rail;", 2023, 50},
                {"D4", "Q", "P", "mode=rail;", 2023, 50},
                {"D5", "X", "Q", "", 2024, 40},
                {"D8", "Q", "X", "mode=rail;demand_flow_id=out;", 2028, 80},
                {"D7", "X", "Q", "mode=road;via_node_id=Q;", 2027, 1}};
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned days = rows[i].year % 4 == 0 ? 366 : 365;
        snprintf(row, sizeof row,
                 "demand_id=%s;from_node_id=%s;to_node_id=%s;%scommodity_id=phones;"
                 "period_start=%u-01-01;period_end=%u-01-01;t=%u;kind=published;source_id=press;"
                 "confidence=low",
                 rows[i].id, rows[i].from, rows[i].to, rows[i].rest, rows[i].year, rows[i].year + 1,
                 rows[i].boxes * 14 * days);
        sheet_text(&s, row);
    }
    static const unsigned days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned all = 0, size = 0;
    char months[512];
    for (unsigned m = 0; m < 12; m++) {
        unsigned t = (m == 11 ? 60u : 10u) * 14 * days[m];
        all += t;
        size += (unsigned)snprintf(months + size, sizeof months - size, "m%02u_t=%u;", m + 1, t);
    }
    snprintf(row, sizeof row,
             "demand_id=D6;mode=rail;from_node_id=P;to_node_id=Q;commodity_id=phones;%s"
             "period_start=2025-01-01;period_end=2026-01-01;t=%u;t_low=%u;t_high=%u;kind=assumed;"
             "source_id=assumed;confidence=low",
             months, all, all / 2, all * 2);
    sheet_text(&s, row);
    sheet_close(&s);
}

static inline void freight_write(const char *folder, const char *time_value)
{
    sheet_folder(folder, "2026-01-01");
    freight_places(folder);
    freight_links(folder);
    freight_processes(folder);
    freight_goods(folder, time_value);
    freight_capacity(folder);
    freight_flow(folder);
    freight_demand(folder);
}

#endif
