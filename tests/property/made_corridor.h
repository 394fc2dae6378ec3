/* tests/property/made_corridor.h: writes a random corridor that keeps every rule of the checker.
 *
 * Places in three countries; links of four kinds between them, those that join two countries as
 * two directed rows with an exit and an entry control; gauge breaks, loading and unloading; prices,
 * factors, calendars, bans, capacities and services. Everything is drawn from one number.
 */
#ifndef ZHOL_TESTS_MADE_CORRIDOR_H
#define ZHOL_TESTS_MADE_CORRIDOR_H

#include "base/random.h"
#include "sheet.h"

enum { MADE_NODES_MAX = 24, MADE_LINKS_MAX = 80 };

struct made_link {
    uint32_t from, to;
    unsigned kind; /* 0 rail 1435, 1 rail 1520, 2 road, 3 sea */
    bool border;
};

struct made {
    const char *folder;
    struct random_stream random;
    uint32_t node_count, link_count;
    unsigned country[MADE_NODES_MAX];
    struct made_link links[MADE_LINKS_MAX];
    bool has[MADE_NODES_MAX][4]; /* a link of this kind touches the place */
};

static const char *const made_countries[] = {"CN", "KZ", "UZ"};
static const char *const made_zones[] = {"Asia/Shanghai", "Asia/Almaty", "Asia/Tashkent"};
static const char *const made_states[] = {"rail1435", "rail1520", "road", "sea"};
static const char *const made_modes[] = {"rail", "rail", "road", "sea"};

static inline uint32_t made_below(struct made *m, uint32_t n)
{
    return random_below(&m->random, n);
}

/* Either a published source or an assumption. */
static inline const char *made_source(struct made *m)
{
    return made_below(m, 3) ? "press" : "assumed";
}

static inline void made_plan(struct made *m)
{
    m->node_count = 4 + made_below(m, MADE_NODES_MAX - 4);
    for (uint32_t i = 0; i < m->node_count; i++) {
        m->country[i] = made_below(m, 3);
    }
    uint32_t wanted = m->node_count + made_below(m, MADE_LINKS_MAX - MADE_NODES_MAX);
    for (m->link_count = 0; m->link_count < wanted; m->link_count++) {
        struct made_link *link = &m->links[m->link_count];
        /* The first links go round, so that no place is left alone. */
        link->from = m->link_count < m->node_count ? m->link_count : made_below(m, m->node_count);
        link->to = (link->from + 1 + made_below(m, m->node_count - 1)) % m->node_count;
        link->kind = made_below(m, 4);
        link->border = m->country[link->from] != m->country[link->to];
        m->has[link->from][link->kind] = m->has[link->to][link->kind] = true;
    }
}

static inline void made_places(struct made *m)
{
    struct sheet s;
    sheet_open(&s, m->folder, ZHOL_TABLE_source);
    sheet_text(&s, "source_id=press;title=Press;kind=press");
    sheet_text(&s, "source_id=assumed;title=Assumed;kind=assumption");
    sheet_text(&s, "source_id=derived;title=Derived;kind=derived");
    sheet_close(&s);
    sheet_open(&s, m->folder, ZHOL_TABLE_node);
    for (uint32_t i = 0; i < m->node_count; i++) {
        char row[512];
        snprintf(
            row, sizeof row,
            "node_id=N%u;name=Place %u;x_coord=60.%02u;y_coord=43.%02u;node_type=hub;country=%s;"
            "time_zone=%s;unlocode_status=absent;coord_confidence=low;source_id=press;"
            "confidence=low",
            i, i, made_below(m, 90), made_below(m, 60), made_countries[m->country[i]],
            made_zones[m->country[i]]);
        sheet_text(&s, row);
    }
    sheet_close(&s);
}

/* One row of table link and its periods; `side` is F, B or "" for an undirected link. */
static inline void made_link_rows(struct made *m, struct sheet *link, struct sheet *period,
                                  uint32_t i, const char *side)
{
    const struct made_link *l = &m->links[i];
    bool back = side[0] == 'B', rail = l->kind < 2;
    char row[512];
    snprintf(row, sizeof row,
             "link_id=L%u%s;name=Link %u;from_node_id=N%u;to_node_id=N%u;directed=%s;length=%u.5;"
             "mode=%s;gauge_mm=%s;country=%s;length_low=1;length_high=9000;note=made;source_id=%s;"
             "confidence=low",
             i, side, i, back ? l->to : l->from, back ? l->from : l->to, side[0] ? "true" : "false",
             120 + made_below(m, 900), made_modes[l->kind], rail ? (l->kind ? "1520" : "1435") : "",
             l->kind == 3 ? "" : made_countries[m->country[l->from]], made_source(m));
    sheet_text(link, row);
    uint32_t opened = 1995 + made_below(m, 30), speed = 10 + made_below(m, 60);
    const char *tractions[] = {"electric", "diesel", "truck", "ship"};
    for (uint32_t part = 0; part < 2; part++) {
        snprintf(row, sizeof row,
                 "link_id=L%u%s;valid_from=%u-01-01;valid_to=%s;status=%s;traction=%s;"
                 "speed_kmh=%u;speed_low_kmh=%u;speed_high_kmh=%u;speed_best_kmh=%s;source_id=%s;"
                 "confidence=low",
                 i, side, opened + 3 * part, "", made_below(m, 8) ? "operating" : "planned",
                 tractions[l->kind], speed + part, speed / 2, speed * 2,
                 made_below(m, 2) ? "120" : "", made_source(m));
        if (part == 0) {
            char until[32];
            snprintf(until, sizeof until, "valid_to=%u-01-01;", opened + 3);
            char *at = strstr(row, "valid_to=;");
            char tail[512];
            snprintf(tail, sizeof tail, "%s", at + strlen("valid_to=;"));
            snprintf(at, sizeof row - (size_t)(at - row), "%s%s", until, tail);
        }
        sheet_text(period, row);
    }
}

static inline void made_links(struct made *m)
{
    struct sheet link, period;
    sheet_open(&link, m->folder, ZHOL_TABLE_link);
    sheet_open(&period, m->folder, ZHOL_TABLE_link_period);
    for (uint32_t i = 0; i < m->link_count; i++) {
        if (m->links[i].border) {
            made_link_rows(m, &link, &period, i, "F");
            made_link_rows(m, &link, &period, i, "B");
        } else {
            made_link_rows(m, &link, &period, i, "");
        }
    }
    sheet_close(&link);
    sheet_close(&period);
}

static inline void made_process(struct made *m, struct sheet *s, uint32_t node, const char *what,
                                const char *kind)
{
    char row[512];
    uint32_t hours = 1 + made_below(m, 40);
    snprintf(row, sizeof row,
             "process_id=N%u.%s;valid_from=1990-01-01;name=%s;node_id=N%u;kind=%s;batch=train;"
             "servers=2;min_h=%u.5;median_h=%u;mean_h=%s;low_h=%u.5;high_h=%u;calendar_id=%s;"
             "source_id=%s;confidence=low",
             node, what, what, node, kind, (hours - 1) / 2, hours, made_below(m, 2) ? "60" : "",
             (hours - 1) / 2, hours * 2, made_below(m, 4) ? "" : "office", made_source(m));
    sheet_text(s, row);
}

static inline void made_handling(struct sheet *s, uint32_t node, const char *from, const char *to,
                                 const char *process, const char *class)
{
    char row[512];
    snprintf(row, sizeof row,
             "handling_id=N%u.%s-%s%s;node_id=N%u;from_state=%s;to_state=%s;process_id=N%u.%s;"
             "class=%s;valid_from=1990-01-01;source_id=press;confidence=low",
             node, from, to, class, node, from, to, node, process, class);
    sheet_text(s, row);
}

static inline void made_handlings(struct made *m)
{
    struct sheet process, handling;
    sheet_open(&process, m->folder, ZHOL_TABLE_process);
    sheet_open(&handling, m->folder, ZHOL_TABLE_handling);
    for (uint32_t i = 0; i < m->node_count; i++) {
        made_process(m, &process, i, "exit", "border_exit");
        made_process(m, &process, i, "entry", "border_entry");
        made_process(m, &process, i, "laboratory", "laboratory");
        made_process(m, &process, i, "load", "load");
        made_process(m, &process, i, "unload", "unload");
        for (unsigned k = 0; k < 4; k++) {
            if (m->has[i][k]) {
                made_handling(&handling, i, "yard", made_states[k], "load", "");
                made_handling(&handling, i, made_states[k], "yard", "unload", "");
            }
        }
        if (m->has[i][0] && m->has[i][1]) {
            made_process(m, &process, i, "cranes", "transship");
            made_handling(&handling, i, "rail1435", "rail1520", "cranes", "container");
            made_handling(&handling, i, "rail1520", "rail1435", "cranes", "container");
        }
    }
    sheet_close(&process);
    sheet_close(&handling);
}

static inline void made_controls(struct made *m)
{
    struct sheet s;
    sheet_open(&s, m->folder, ZHOL_TABLE_link_control);
    for (uint32_t i = 0; i < m->link_count; i++) {
        for (int back = 0; m->links[i].border && back < 2; back++) {
            uint32_t from = back ? m->links[i].to : m->links[i].from;
            uint32_t to = back ? m->links[i].from : m->links[i].to;
            uint32_t nodes[] = {from, from, to};
            const char *what[] = {"laboratory", "exit", "entry"};
            for (int seq = 0; seq < 3; seq++) {
                char row[256];
                snprintf(row, sizeof row,
                         "link_id=L%u%c;seq=%d;process_id=N%u.%s;class=%s;commodity_id=%s;"
                         "source_id=press;confidence=low",
                         i, back ? 'B' : 'F', seq + 1, nodes[seq], what[seq], seq ? "" : "bulk",
                         seq ? "" : "wheat");
                sheet_text(&s, row);
            }
        }
    }
    sheet_close(&s);
}

static inline void made_goods(struct made *m)
{
    struct sheet s;
    const char *of_load[] = {"feu", "container", "22", "2", "wagon", "bulk", "65", "0"};
    sheet_open(&s, m->folder, ZHOL_TABLE_load_class);
    for (int c = 0; c < 2; c++) {
        for (int k = 0; k < 4; k++) {
            char row[256];
            snprintf(row, sizeof row,
                     "load_class_id=%s;state=%s;name=%s;class=%s;payload_t=%s;teu=%s;wagons=%s;"
                     "trains=%s;trucks=%s;source_id=press;confidence=low",
                     of_load[4 * c], made_states[k], of_load[4 * c], of_load[4 * c + 1],
                     of_load[4 * c + 2], of_load[4 * c + 3], k < 2 ? "1" : "0",
                     k < 2 ? "0.02" : "0", k == 2 ? "1" : "0");
            sheet_text(&s, row);
        }
    }
    sheet_close(&s);
    sheet_open(&s, m->folder, ZHOL_TABLE_commodity);
    sheet_text(&s, "commodity_id=phones;name=Phones;class=container;load_class_id=feu;"
                   "t_per_unit=14;perishable=false;dangerous=false;source_id=press;confidence=low");
    sheet_text(&s, "commodity_id=wheat;name=Wheat;class=bulk;load_class_id=wagon;t_per_unit=65;"
                   "perishable=false;dangerous=false;source_id=press;confidence=low");
    sheet_close(&s);
}

static inline void made_tariff(struct made *m, struct sheet *s, uint32_t i, const char *scope)
{
    char row[512];
    uint32_t value = 1 + made_below(m, 90);
    snprintf(row, sizeof row,
             "tariff_id=T%u;%s;value=0.%02u;low=0.01;high=5;currency=%s;source_id=%s;"
             "confidence=low",
             i, scope, value, made_below(m, 2) ? "USD" : "KZT", made_source(m));
    sheet_text(s, row);
}

static inline void made_prices(struct made *m)
{
    struct sheet s;
    uint32_t t = 0;
    char scope[256];
    sheet_open(&s, m->folder, ZHOL_TABLE_tariff);
    const char *moves[] = {"mode=rail", "mode=rail;country=KZ", "mode=rail;class=bulk",
                           "mode=road", "mode=road;country=CN", "mode=rail;gauge_mm=1520"};
    for (unsigned i = 0; i < sizeof moves / sizeof *moves; i++) {
        snprintf(scope, sizeof scope, "scope=per_km;cost_kind=freight;unit=%s;%s",
                 i % 2 ? "t" : "wagon", moves[i]);
        made_tariff(m, &s, t++, scope);
    }
    for (int i = 0; i < 4; i++) {
        uint32_t link = made_below(m, m->link_count);
        snprintf(scope, sizeof scope, "scope=link;cost_kind=%s;unit=t;link_id=L%u%s",
                 i % 2 ? "freight" : "toll", link, m->links[link].border ? "F" : "");
        made_tariff(m, &s, t++, scope);
    }
    made_tariff(m, &s, t++, "scope=process;cost_kind=terminal;unit=t;process_kind=load");
    made_tariff(m, &s, t++,
                "scope=process;cost_kind=border;unit=consignment;vat_pct=12;"
                "process_kind=border_exit");
    snprintf(scope, sizeof scope, "scope=storage;cost_kind=storage;unit=t;free_days=2;node_id=N%u",
             made_below(m, m->node_count));
    made_tariff(m, &s, t++, scope);
    sheet_close(&s);
    sheet_open(&s, m->folder, ZHOL_TABLE_fx);
    sheet_text(&s, "currency=KZT;usd=0.002;source_id=press;confidence=low");
    sheet_close(&s);
    sheet_open(&s, m->folder, ZHOL_TABLE_emission);
    sheet_text(&s, "emission_id=E1;scope=per_tkm;mode=rail;value=22;low=10;high=30;basis=wtw;"
                   "source_id=assumed;confidence=low");
    sheet_text(&s, "emission_id=E2;scope=per_tkm;mode=rail;traction=electric;value=11;basis=wtw;"
                   "source_id=press;confidence=low");
    sheet_text(&s, "emission_id=E3;scope=per_t;process_kind=load;value=600;basis=wtw;"
                   "source_id=press;confidence=low");
    sheet_close(&s);
}

static inline void made_capacity(struct made *m)
{
    struct sheet resource, use;
    sheet_open(&resource, m->folder, ZHOL_TABLE_resource);
    sheet_open(&use, m->folder, ZHOL_TABLE_resource_use);
    for (uint32_t i = 0; i < m->link_count; i += 2) {
        char row[512];
        const char *side = m->links[i].border ? "F" : "";
        snprintf(row, sizeof row,
                 "resource_id=R%u;valid_from=%u-01-01;name=Paths;link_id=L%u%s;direction=%s;"
                 "unit=trains;per=day;kind=%s;value=20;low=10;high=30;source_id=%s;confidence=low",
                 i, 1990 + made_below(m, 30), i, side, made_below(m, 2) ? "both" : "forward",
                 made_below(m, 5) ? "binding" : "nameplate", made_source(m));
        sheet_text(&resource, row);
        snprintf(row, sizeof row, "resource_id=R%u;link_id=L%u%s", i, i, side);
        sheet_text(&use, row);
    }
    sheet_close(&resource);
    sheet_close(&use);
}

static inline void made_times(struct made *m)
{
    struct sheet s;
    char row[512];
    sheet_open(&s, m->folder, ZHOL_TABLE_calendar);
    sheet_text(&s, "calendar_id=office;name=Office;time_zone=Europe/Warsaw;weekdays=1111100;"
                   "open=08:00;close=17:30;source_id=press;confidence=low");
    sheet_close(&s);
    sheet_open(&s, m->folder, ZHOL_TABLE_calendar_date);
    sheet_text(&s, "calendar_id=office;date_from=2026-05-01;date_to=2026-05-04;kind=closed;"
                   "name=Holiday;source_id=press;confidence=low");
    sheet_close(&s);
    sheet_open(&s, m->folder, ZHOL_TABLE_rule);
    snprintf(row, sizeof row,
             "rule_id=RU1;valid_from=2026-03-01;valid_to=2026-04-01;kind=ban;name=Ban;node_id=N%u;"
             "commodity_id=wheat;text=No wheat;source_id=press;confidence=low",
             made_below(m, m->node_count));
    sheet_text(&s, row);
    sheet_text(&s, "rule_id=RU2;valid_from=2026-01-01;kind=ban;name=Ban;country=UZ;mode=road;"
                   "exempt=bulk;text=No trucks;source_id=press;confidence=low");
    sheet_close(&s);
}

static inline void made_services(struct made *m)
{
    struct sheet service, stop;
    sheet_open(&service, m->folder, ZHOL_TABLE_service);
    sheet_open(&stop, m->folder, ZHOL_TABLE_service_stop);
    for (uint32_t i = 0; i < m->link_count; i += 5) {
        char row[512];
        const struct made_link *l = &m->links[i];
        bool timetable = made_below(m, 2);
        snprintf(row, sizeof row,
                 "service_id=S%u;name=Service;pattern=%s;weekdays=%s;depart=%s;headway_h=%s;"
                 "headway_low_h=%s;headway_high_h=%s;"
                 "status=operating;valid_from=2020-01-01;source_id=%s;confidence=low",
                 i, timetable ? "timetable" : "headway", timetable ? "1010100" : "",
                 timetable ? "09:30" : "", timetable ? "" : "36", timetable ? "" : "24",
                 timetable ? "" : "48", made_source(m));
        sheet_text(&service, row);
        for (int k = 0; k < 2; k++) {
            snprintf(row, sizeof row, "service_id=S%u;seq=%d;node_id=N%u;kind=stop;state=%s", i,
                     k + 1, k ? l->to : l->from, made_states[l->kind]);
            sheet_text(&stop, row);
        }
    }
    sheet_close(&service);
    sheet_close(&stop);
}

/* Writes corridor number `number` into `folder`. */
static inline void made_write(const char *folder, uint64_t number)
{
    struct made m = {.folder = folder};
    random_start(&m.random, 20260131, number);
    sheet_folder(folder, "2026-01-31");
    made_plan(&m);
    made_places(&m);
    made_links(&m);
    made_handlings(&m);
    made_controls(&m);
    made_goods(&m);
    made_prices(&m);
    made_capacity(&m);
    made_times(&m);
    made_services(&m);
}

#endif
