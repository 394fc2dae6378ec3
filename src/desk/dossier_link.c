/* dossier_link.c: the dossier of a link. */
#include <math.h>

#include "desk/dossier_make.h"

/* ---- What belongs to the link ---- */

static const struct zhol_link *link_of(const struct dossier *dossier)
{
    uint32_t count, begin, end;
    const struct zhol_link *rows = zhol_corridor_link(dossier->corridor, &count);
    zhol_corridor_rows(dossier->corridor, ZHOL_TABLE_link, dossier->thing, &begin, &end);
    return &rows[begin];
}

/* The process is a control of the link. */
static bool is_control(const struct dossier *dossier, uint32_t process)
{
    uint32_t count, all;
    const struct zhol_link_control *rows = zhol_corridor_link_control(dossier->corridor, &all);
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_link_control, dossier->thing, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[of[i]].process_id == process) {
            return true;
        }
    }
    return false;
}

static bool process_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    return is_control(dossier, zhol_corridor_process(dossier->corridor, &count)[row].process_id);
}

static bool resource_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count, all;
    const struct zhol_resource *resource = &zhol_corridor_resource(dossier->corridor, &count)[row];
    const struct zhol_resource_use *uses = zhol_corridor_resource_use(dossier->corridor, &all);
    const uint32_t *of = zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_resource_use,
                                               resource->resource_id, &count);
    bool here = resource->link_id == dossier->thing;
    for (uint32_t i = 0; i < count; i++) {
        here = here || uses[of[i]].link_id == dossier->thing;
    }
    return here;
}

/* A price of the link itself, or one per km of its country, mode and gauge. */
static bool price_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    const struct zhol_link *link = link_of(dossier);
    const struct zhol_tariff *tariff = &zhol_corridor_tariff(dossier->corridor, &count)[row];
    bool fits = tariff->scope == zhol_tariff_scope_PER_KM && tariff->link_id == ZHOL_NONE &&
                tariff->country == link->country && (!tariff->mode || tariff->mode == link->mode) &&
                (tariff->gauge_mm == ZHOL_BLANK_INT || tariff->gauge_mm == link->gauge_mm);
    return tariff->link_id == dossier->thing || fits;
}

static bool rule_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    const struct zhol_rule *rule = &zhol_corridor_rule(dossier->corridor, &count)[row];
    return rule->link_id == dossier->thing ||
           (rule->process_id != ZHOL_NONE && is_control(dossier, rule->process_id));
}

static bool project_thing_is_here(const struct dossier *dossier, uint32_t project)
{
    uint32_t count, all;
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(dossier->corridor, &all);
    if (project == ZHOL_NONE) {
        return false;
    }
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_project_asset, project, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (assets[of[i]].link_id == dossier->thing) {
            return true;
        }
    }
    return false;
}

static bool project_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    return project_thing_is_here(dossier,
                                 zhol_corridor_project(dossier->corridor, &count)[row].project_id);
}

static bool promise_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    return project_thing_is_here(
        dossier, zhol_corridor_commitment(dossier->corridor, &count)[row].project_id);
}

static bool event_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    return zhol_corridor_event(dossier->corridor, &count)[row].link_id == dossier->thing;
}

static bool figure_is_here(const struct dossier *dossier, uint32_t row)
{
    uint32_t count;
    return zhol_corridor_observation(dossier->corridor, &count)[row].link_id == dossier->thing;
}

/* ---- Sections of a link ---- */

static void fact_number(struct dossier *dossier, enum dossier_word label, double value,
                        const char *unit, uint32_t source)
{
    if (!isnan(value)) {
        make_row(dossier, ZHOL_TABLE_link, 0, source);
        make_label(dossier, label);
        make_number(dossier, value);
        make_text(dossier, unit);
    }
}

static void make_about(struct dossier *dossier, const struct zhol_link *link)
{
    static const enum dossier_word columns[] = {DOSSIER_what, DOSSIER_value, DOSSIER_unit,
                                                DOSSIER_WORD_COUNT};
    const struct zhol_corridor *corridor = dossier->corridor;
    make_section(dossier, DOSSIER_about, columns);
    make_fact(dossier, DOSSIER_name, make_string(dossier, link->name), "");
    make_fact(dossier, DOSSIER_from, zhol_node_name(corridor, link->from_node_id, dossier->lang),
              zhol_corridor_id(corridor, ZHOL_TABLE_node, link->from_node_id));
    make_fact(dossier, DOSSIER_to, zhol_node_name(corridor, link->to_node_id, dossier->lang),
              zhol_corridor_id(corridor, ZHOL_TABLE_node, link->to_node_id));
    make_row(dossier, ZHOL_TABLE_link, 0, ZHOL_NONE);
    make_label(dossier, DOSSIER_direction);
    make_word(dossier, link->directed == 1 ? "forward" : "both");
    make_text(dossier, "");
    make_row(dossier, ZHOL_TABLE_link, 0, ZHOL_NONE);
    make_label(dossier, DOSSIER_mode);
    make_word(dossier, zhol_mode_text(link->mode));
    make_text(dossier, "");
    fact_number(dossier, DOSSIER_gauge_mm,
                link->gauge_mm == ZHOL_BLANK_INT ? NAN : (double)link->gauge_mm, "mm", ZHOL_NONE);
    fact_number(dossier, DOSSIER_length_km, link->length, "km", link->source_id);
    if (!isnan(link->length_low)) {
        make_row(dossier, ZHOL_TABLE_link, 0, ZHOL_NONE);
        make_label(dossier, DOSSIER_range);
        make_range(dossier, link->length_low, link->length_high);
        make_text(dossier, "km");
    }
    make_fact(dossier, DOSSIER_country, make_string(dossier, link->country), "");
    make_fact(dossier, DOSSIER_note, make_string(dossier, link->note), "");
}

static void make_history(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {
        DOSSIER_since,     DOSSIER_until,       DOSSIER_state,  DOSSIER_tracks,    DOSSIER_traction,
        DOSSIER_speed_kmh, DOSSIER_speed_range, DOSSIER_reason, DOSSIER_WORD_COUNT};
    uint32_t count, all;
    const struct zhol_link_period *rows = zhol_corridor_link_period(dossier->corridor, &all);
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_link_period, dossier->thing, &count);
    make_section(dossier, DOSSIER_history, columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_link_period *row = &rows[of[i]];
        make_row(dossier, ZHOL_TABLE_link_period, of[i], row->source_id);
        make_current(dossier, zhol_day_in(dossier->day, row->valid_from, row->valid_to));
        make_day(dossier, row->valid_from);
        make_day(dossier, row->valid_to);
        make_word(dossier, zhol_status_text(row->status));
        make_whole(dossier, row->tracks);
        make_word(dossier, zhol_traction_text(row->traction));
        make_number(dossier, row->speed_kmh);
        make_range(dossier, row->speed_low_kmh, row->speed_high_kmh);
        make_text(dossier, make_string(dossier, row->note));
    }
}

static void make_controls(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {
        DOSSIER_seq,   DOSSIER_process,  DOSSIER_id,        DOSSIER_cargo_class,
        DOSSIER_min_h, DOSSIER_median_h, DOSSIER_WORD_COUNT};
    uint32_t count, all;
    const struct zhol_link_control *rows = zhol_corridor_link_control(dossier->corridor, &all);
    const struct zhol_process *processes = zhol_corridor_process(dossier->corridor, &all);
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_link_control, dossier->thing, &count);
    make_section(dossier, DOSSIER_controls, columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_link_control *row = &rows[of[i]];
        uint32_t at = zhol_corridor_row_on(dossier->corridor, ZHOL_TABLE_process, row->process_id,
                                           dossier->day);
        make_row(dossier, ZHOL_TABLE_link_control, of[i], row->source_id);
        make_current(dossier, zhol_day_in(dossier->day, row->valid_from, row->valid_to));
        make_whole(dossier, row->seq);
        make_said(dossier, at == ZHOL_NONE ? 0 : processes[at].name,
                  at == ZHOL_NONE ? 0 : processes[at].name_ru);
        make_id(dossier, ZHOL_TABLE_process, row->process_id);
        make_word(dossier, zhol_cargo_class_text(row->class));
        make_number(dossier, at == ZHOL_NONE ? NAN : processes[at].min_h);
        make_number(dossier, at == ZHOL_NONE ? NAN : processes[at].median_h);
    }
}

void make_link(struct dossier *dossier)
{
    make_about(dossier, link_of(dossier));
    make_history(dossier);
    make_controls(dossier);
    make_opening(dossier, process_is_here);
    make_capacities(dossier, resource_is_here);
    make_prices(dossier, price_is_here);
    make_rules(dossier, rule_is_here);
    make_projects(dossier, project_is_here);
    make_promises(dossier, promise_is_here);
    make_events(dossier, event_is_here);
    make_figures(dossier, figure_is_here);
}
