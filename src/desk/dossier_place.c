/* dossier_place.c: the dossier of a place, and the overview of a corridor. */
#include <math.h>
#include <string.h>

#include "base/zone.h"
#include "desk/dossier_make.h"

/* ---- What belongs to the place ---- */

static bool process_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    return zhol_corridor_process(dossier->corridor, &count)[row].node_id == dossier->thing;
}

static bool process_thing_is_here(const struct dossier *dossier, uint32_t process)
{
    uint32_t begin, end;
    if (process == ZHOL_NONE) {
        return false;
    }
    zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_process, process, &begin, &end);
    return process_is_here(dossier, begin);
}

static bool link_is_here(const struct dossier *dossier, uint32_t link)
{
    uint32_t count, begin, end;
    const struct zhol_link *rows = zhol_corridor_link(dossier->corridor, &count);
    if (link == ZHOL_NONE) {
        return false;
    }
    zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_link, link, &begin, &end);
    return rows[begin].from_node_id == dossier->thing || rows[begin].to_node_id == dossier->thing;
}

static bool resource_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(dossier->corridor, &count);
    return rows[row].node_id == dossier->thing || link_is_here(dossier, rows[row].link_id);
}

/* Storage prices of the country hold at a place that has none of its own kind: they are shown. */
static bool storage_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count, begin, end;
    const struct zhol_tariff *tariff = &zhol_corridor_tariff(dossier->corridor, &count)[row];
    const struct zhol_node *nodes = zhol_corridor_node(dossier->corridor, &count);
    zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_node, dossier->thing, &begin, &end);
    bool anywhere = tariff->node_id == ZHOL_NONE && tariff->process_id == ZHOL_NONE &&
                    (!tariff->country || tariff->country == nodes[begin].country);
    return tariff->node_id == dossier->thing || anywhere ||
           process_thing_is_here(dossier, tariff->process_id);
}

static bool price_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    const struct zhol_tariff *tariff = &zhol_corridor_tariff(dossier->corridor, &count)[row];
    return tariff->node_id == dossier->thing || process_thing_is_here(dossier, tariff->process_id);
}

static bool rule_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    const struct zhol_rule *rule = &zhol_corridor_rule(dossier->corridor, &count)[row];
    return rule->node_id == dossier->thing || process_thing_is_here(dossier, rule->process_id) ||
           link_is_here(dossier, rule->link_id);
}

/* The project is at the place or makes it, or something at it. */
static bool project_thing_is_here(const struct dossier *dossier, uint32_t project)
{
    uint32_t count, all, begin, end;
    const struct zhol_project *projects = zhol_corridor_project(dossier->corridor, &all);
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(dossier->corridor, &all);
    if (project == ZHOL_NONE) {
        return false;
    }
    zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_project, project, &begin, &end);
    bool here = projects[begin].node_id == dossier->thing;
    const uint32_t *rows =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_project_asset, project, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_project_asset *asset = &assets[rows[i]];
        here = here || asset->node_id == dossier->thing || link_is_here(dossier, asset->link_id) ||
               process_thing_is_here(dossier, asset->process_id);
    }
    return here;
}

static bool project_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    return project_thing_is_here(dossier,
                                 zhol_corridor_project(dossier->corridor, &count)[row].project_id);
}

static bool promise_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count, begin, end;
    const struct zhol_commitment *promise =
        &zhol_corridor_commitment(dossier->corridor, &count)[row];
    bool here = project_thing_is_here(dossier, promise->project_id);
    if (promise->resource_id != ZHOL_NONE) {
        zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_resource, promise->resource_id, &begin,
                           &end);
        here = here || resource_is_here(dossier, begin);
    }
    return here;
}

static bool event_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    const struct zhol_event *event = &zhol_corridor_event(dossier->corridor, &count)[row];
    return event->node_id == dossier->thing || link_is_here(dossier, event->link_id);
}

static bool figure_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    const struct zhol_observation *one = &zhol_corridor_observation(dossier->corridor, &count)[row];
    return one->node_id == dossier->thing || link_is_here(dossier, one->link_id);
}

/* ---- Sections of a place ---- */

static void fact(struct dossier *dossier, enum dossier_word label, zhol_cell_text text)
{
    make_fact(dossier, label, make_string(dossier, text), "");
}

/* "Asia/Almaty, UTC+5 on that day" */
static void fact_clock(struct dossier *dossier, const struct zhol_node *node)
{
    struct zone *zone = NULL;
    struct buffer text;
    const char *name = make_string(dossier, node->time_zone);
    buffer_init(&text);
    buffer_string(&text, name);
    if (zone_load(name, &zone) == ZHOL_ERROR_OK) {
        int32_t offset_s = zone_offset_s(zone, (int64_t)dossier->day * 86400 + 43200);
        int32_t minutes = offset_s < 0 ? -offset_s / 60 : offset_s / 60;
        buffer_printf(&text, ", UTC%c%d", offset_s < 0 ? '-' : '+', minutes / 60);
        if (minutes % 60) {
            buffer_printf(&text, ":%02d", minutes % 60);
        }
    }
    zone_free(zone);
    make_fact(dossier, DOSSIER_time_zone, buffer_get(&text), "");
    buffer_clear(&text);
}

static void make_about(struct dossier *dossier, const struct zhol_node *node)
{
    static const enum dossier_word columns[] = {DOSSIER_what, DOSSIER_value, DOSSIER_unit,
                                                DOSSIER_WORD_COUNT};
    struct buffer text;
    make_section(dossier, DOSSIER_about, columns);
    fact(dossier, DOSSIER_name_en, node->name);
    fact(dossier, DOSSIER_name_ru, node->name_ru);
    fact(dossier, DOSSIER_name_kk, node->name_kk);
    fact(dossier, DOSSIER_name_zh, node->name_zh);
    fact(dossier, DOSSIER_aliases, node->aliases);
    make_row(dossier, ZHOL_TABLE_node, 0, node->source_id);
    make_label(dossier, DOSSIER_kind);
    make_word(dossier, zhol_node_type_text(node->node_type));
    make_text(dossier, "");
    fact(dossier, DOSSIER_country, node->country);
    buffer_init(&text);
    buffer_fixed(&text, node->y_coord, 3);
    buffer_string(&text, ", ");
    buffer_fixed(&text, node->x_coord, 3);
    make_fact(dossier, DOSSIER_coordinates, buffer_get(&text), "° N, ° E");
    buffer_clear(&text);
    fact_clock(dossier, node);
    if (node->unlocode) {
        make_row(dossier, ZHOL_TABLE_node, 0, ZHOL_NONE);
        make_label(dossier, DOSSIER_unlocode);
        make_text(dossier, make_string(dossier, node->unlocode));
        make_word(dossier, zhol_locode_status_text(node->unlocode_status));
    }
    fact(dossier, DOSSIER_esr, node->esr);
    if (node->parent_node_id != ZHOL_NONE) {
        make_fact(dossier, DOSSIER_part_of,
                  zhol_node_name(dossier->corridor, node->parent_node_id, dossier->lang), "");
    }
    fact(dossier, DOSSIER_note, node->note);
}

static void make_history(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {DOSSIER_since, DOSSIER_until, DOSSIER_state,
                                                DOSSIER_reason, DOSSIER_WORD_COUNT};
    uint32_t count, all;
    const struct zhol_node_period *rows = zhol_corridor_node_period(dossier->corridor, &all);
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_node_period, dossier->thing, &count);
    make_section(dossier, DOSSIER_history, columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_node_period *row = &rows[of[i]];
        make_row(dossier, ZHOL_TABLE_node_period, of[i], row->source_id);
        make_current(dossier, zhol_day_in(dossier->day, row->valid_from, row->valid_to));
        make_day(dossier, row->valid_from);
        make_day(dossier, row->valid_to);
        make_word(dossier, zhol_status_text(row->status));
        make_text(dossier, make_string(dossier, row->note));
    }
}

/* The period of a link that holds on the day; else its first, which is not current. */
static const struct zhol_link_period *period_on(const struct dossier *dossier, uint32_t link,
                                                bool *current)
{
    uint32_t count, all;
    const struct zhol_link_period *rows = zhol_corridor_link_period(dossier->corridor, &all);
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_link_period, link, &count);
    *current = false;
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(dossier->day, rows[of[i]].valid_from, rows[of[i]].valid_to)) {
            *current = true;
            return &rows[of[i]];
        }
    }
    return count ? &rows[of[0]] : NULL;
}

static void make_one_link(struct dossier *dossier, uint32_t at, const struct zhol_link *link)
{
    bool current;
    const struct zhol_link_period *period = period_on(dossier, link->link_id, &current);
    bool out = link->from_node_id == dossier->thing;
    struct buffer way;
    make_row(dossier, ZHOL_TABLE_link, at, link->source_id);
    make_current(dossier, current);
    buffer_init(&way);
    buffer_printf(&way, "%s%s", link->directed == 1 ? (out ? "> " : "< ") : "",
                  zhol_node_name(dossier->corridor, out ? link->to_node_id : link->from_node_id,
                                 dossier->lang));
    make_buffer(dossier, &way);
    make_id(dossier, ZHOL_TABLE_link, link->link_id);
    make_word(dossier, link->gauge_mm == 1435   ? "rail1435"
                       : link->gauge_mm == 1520 ? "rail1520"
                                                : zhol_mode_text(link->mode));
    make_number(dossier, link->length);
    make_whole(dossier, period ? period->tracks : ZHOL_BLANK_INT);
    make_number(dossier, period ? period->speed_kmh : NAN);
    make_word(dossier, period ? zhol_status_text(period->status) : "");
    make_day(dossier, period ? period->valid_from : ZHOL_BLANK_DATE);
}

static void make_links(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {
        DOSSIER_to,        DOSSIER_link,  DOSSIER_mode,  DOSSIER_length_km, DOSSIER_tracks,
        DOSSIER_speed_kmh, DOSSIER_state, DOSSIER_since, DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_link *rows = zhol_corridor_link(dossier->corridor, &count);
    make_section(dossier, DOSSIER_links, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].from_node_id == dossier->thing || rows[i].to_node_id == dossier->thing) {
            make_one_link(dossier, i, &rows[i]);
        }
    }
}

static void make_handlings(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {DOSSIER_from_state,  DOSSIER_to_state,
                                                DOSSIER_cargo_class, DOSSIER_process,
                                                DOSSIER_since,       DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_handling *rows = zhol_corridor_handling(dossier->corridor, &count);
    make_section(dossier, DOSSIER_handlings, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].node_id == dossier->thing) {
            make_row(dossier, ZHOL_TABLE_handling, i, rows[i].source_id);
            make_current(dossier, zhol_day_in(dossier->day, rows[i].valid_from, rows[i].valid_to));
            make_word(dossier, zhol_state_text(rows[i].from_state));
            make_word(dossier, zhol_state_text(rows[i].to_state));
            make_word(dossier, zhol_cargo_class_text(rows[i].class));
            make_id(dossier, ZHOL_TABLE_process, rows[i].process_id);
            make_day(dossier, rows[i].valid_from);
        }
    }
}

/* "Mon Thu 12:00", "about every 24 h" */
static void put_departures(const struct dossier *dossier, const struct zhol_service *service,
                           struct buffer *out)
{
    static const char *const days[2][7] = {{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
                                           {"пн", "вт", "ср", "чт", "пт", "сб", "вс"}};
    bool ru = make_is_ru(dossier);
    if (service->pattern == zhol_pattern_HEADWAY) {
        buffer_string(out, ru ? "примерно раз в " : "about every ");
        buffer_real(out, service->headway_h);
        buffer_string(out, ru ? " ч" : " h");
        return;
    }
    for (unsigned d = 0; d < 7; d++) {
        if (service->weekdays >> d & 1) {
            buffer_printf(out, "%s ", days[ru][d]);
        }
    }
    if (service->depart >= 0) {
        buffer_printf(out, "%02d:%02d", service->depart / 60, service->depart % 60);
    }
}

static void make_services(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {DOSSIER_service,   DOSSIER_id,    DOSSIER_departs,
                                                DOSSIER_kind,      DOSSIER_state, DOSSIER_since,
                                                DOSSIER_WORD_COUNT};
    uint32_t count, all, begin, end;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(dossier->corridor, &count);
    const struct zhol_service *services = zhol_corridor_service(dossier->corridor, &all);
    make_section(dossier, DOSSIER_services, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (stops[i].node_id != dossier->thing) {
            continue;
        }
        struct buffer text;
        zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_service, stops[i].service_id, &begin,
                           &end);
        const struct zhol_service *service = &services[begin];
        make_row(dossier, ZHOL_TABLE_service, begin, service->source_id);
        make_current(dossier, zhol_day_in(dossier->day, service->valid_from, service->valid_to));
        make_said(dossier, service->name, service->name_ru);
        make_id(dossier, ZHOL_TABLE_service, service->service_id);
        buffer_init(&text);
        put_departures(dossier, service, &text);
        make_buffer(dossier, &text);
        make_word(dossier, zhol_stop_kind_text(stops[i].kind));
        make_word(dossier, zhol_status_text(service->status));
        make_day(dossier, service->valid_from);
    }
}

static bool demand_is_here(const struct dossier *dossier, const struct zhol_demand *row)
{
    return row->from_node_id == dossier->thing || row->to_node_id == dossier->thing;
}

static bool demand_is_fitted_today(const struct dossier *dossier, const struct zhol_demand *row)
{
    return row->demand_flow_id != ZHOL_NONE &&
           zhol_day_in(dossier->day, row->period_start, row->period_end);
}

/* The tonnes of the last of the largest fitted rows that are shown: a hub has hundreds, and `zhol
 * demand` has all of them. Infinity where there are none. */
static double least_demand_shown(const struct dossier *dossier)
{
    enum { SHOWN = 10 };
    double largest[SHOWN] = {0};
    uint32_t count, kept = 0;
    const struct zhol_demand *rows = zhol_corridor_demand(dossier->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (demand_is_here(dossier, &rows[i]) && demand_is_fitted_today(dossier, &rows[i]) &&
            (kept < SHOWN || rows[i].t > largest[SHOWN - 1])) {
            uint32_t at = kept < SHOWN ? kept++ : SHOWN - 1;
            for (; at > 0 && largest[at - 1] < rows[i].t; at--) {
                largest[at] = largest[at - 1];
            }
            largest[at] = rows[i].t;
        }
    }
    return kept ? largest[kept - 1] : INFINITY;
}

/* Typed rows, and of the fitted ones the largest of the day. */
static bool demand_is_shown(const struct dossier *dossier, const struct zhol_demand *row,
                            double least)
{
    return demand_is_here(dossier, row) &&
           (row->demand_flow_id == ZHOL_NONE ||
            (demand_is_fitted_today(dossier, row) && row->t >= least));
}

static void make_demand(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {
        DOSSIER_from, DOSSIER_to,    DOSSIER_commodity, DOSSIER_tonnes,
        DOSSIER_teu,  DOSSIER_since, DOSSIER_until,     DOSSIER_WORD_COUNT};
    uint32_t count, all, begin, end;
    const struct zhol_demand *rows = zhol_corridor_demand(dossier->corridor, &count);
    const struct zhol_commodity *goods = zhol_corridor_commodity(dossier->corridor, &all);
    double least = least_demand_shown(dossier);
    make_section(dossier, DOSSIER_demand, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (demand_is_shown(dossier, &rows[i], least)) {
            zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_commodity, rows[i].commodity_id,
                               &begin, &end);
            make_row(dossier, ZHOL_TABLE_demand, i, rows[i].source_id);
            make_current(dossier,
                         zhol_day_in(dossier->day, rows[i].period_start, rows[i].period_end));
            make_place(dossier, rows[i].from_node_id);
            make_place(dossier, rows[i].to_node_id);
            make_said(dossier, goods[begin].name, goods[begin].name_ru);
            make_number(dossier, rows[i].t);
            make_number(dossier, rows[i].teu);
            make_day(dossier, rows[i].period_start);
            make_day(dossier, rows[i].period_end);
        }
    }
}

void make_node(struct dossier *dossier)
{
    uint32_t count, begin, end;
    const struct zhol_node *nodes = zhol_corridor_node(dossier->corridor, &count);
    zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_node, dossier->thing, &begin, &end);
    make_about(dossier, &nodes[begin]);
    make_history(dossier);
    make_links(dossier);
    make_processes(dossier, process_is_here);
    make_opening(dossier, process_is_here);
    make_handlings(dossier);
    make_capacities(dossier, resource_is_here);
    make_storage(dossier, storage_is_here);
    make_prices(dossier, price_is_here);
    make_rules(dossier, rule_is_here);
    make_services(dossier);
    make_demand(dossier);
    make_projects(dossier, project_is_here);
    make_promises(dossier, promise_is_here);
    make_events(dossier, event_is_here);
    make_figures(dossier, figure_is_here);
}
