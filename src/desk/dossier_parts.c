/* dossier_parts.c: sections that several kinds of things have: processes, hours, capacities,
 * prices, rules, projects, promises, events and figures. See dossier_make.h.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "desk/commitments.h"
#include "desk/dossier_make.h"

/* ---- Processes and opening hours ---- */

static bool is_process_shown(const struct dossier *dossier, const struct zhol_process *process,
                             uint32_t row, make_filter *uses)
{
    return uses(dossier, row) && zhol_day_in(dossier->day, process->valid_from, process->valid_to);
}

void make_processes(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_process,  DOSSIER_id,        DOSSIER_min_h,
                                                DOSSIER_median_h, DOSSIER_mean_h,    DOSSIER_p90_h,
                                                DOSSIER_calendar, DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_process *rows = zhol_corridor_process(dossier->corridor, &count);
    make_section(dossier, DOSSIER_processes, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (is_process_shown(dossier, &rows[i], i, uses)) {
            make_row(dossier, ZHOL_TABLE_process, i, rows[i].source_id);
            make_said(dossier, rows[i].name, rows[i].name_ru);
            make_id(dossier, ZHOL_TABLE_process, rows[i].process_id);
            make_number(dossier, rows[i].min_h);
            make_number(dossier, rows[i].median_h);
            make_number(dossier, rows[i].mean_h);
            make_number(dossier, rows[i].p90_h);
            make_id(dossier, ZHOL_TABLE_calendar, rows[i].calendar_id);
        }
    }
}

static void put_clock(struct buffer *out, int16_t minutes)
{
    buffer_printf(out, "%02d:%02d", minutes / 60, minutes % 60);
}

/* The exception of a calendar that holds on the day, or ZHOL_NONE; *next gets the first closure
 * that begins after it. */
static uint32_t exception_on(const struct dossier *dossier, uint32_t calendar, uint32_t *next)
{
    uint32_t count, all, found = ZHOL_NONE;
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(dossier->corridor, &all);
    const uint32_t *rows =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_calendar_date, calendar, &count);
    *next = ZHOL_NONE;
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_calendar_date *date = &dates[rows[i]];
        if (zhol_day_in(dossier->day, date->date_from, date->date_to)) {
            found = rows[i];
        } else if (date->kind == zhol_date_kind_CLOSED && date->date_from > dossier->day &&
                   (*next == ZHOL_NONE || date->date_from < dates[*next].date_from)) {
            *next = rows[i];
        }
    }
    return found;
}

static void make_hours(struct dossier *dossier, const struct zhol_calendar *row, uint32_t exception)
{
    uint32_t count;
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(dossier->corridor, &count);
    const struct zhol_calendar_date *date = exception == ZHOL_NONE ? NULL : &dates[exception];
    bool weekday = row->weekdays >> time_weekday(dossier->day) & 1;
    struct buffer text;
    buffer_init(&text);
    if (date && date->kind == zhol_date_kind_CLOSED) {
        zhol_cell_text name = make_is_ru(dossier) && date->name_ru ? date->name_ru : date->name;
        buffer_printf(&text, make_is_ru(dossier) ? "закрыто: %s" : "closed: %s",
                      make_string(dossier, name));
    } else if (!date && !weekday) {
        buffer_string(&text, make_is_ru(dossier) ? "закрыто: выходной" : "closed: day of rest");
    } else {
        put_clock(&text, date && date->open >= 0 ? date->open : row->open);
        buffer_char(&text, '-');
        put_clock(&text, date && date->close >= 0 ? date->close : row->close);
        buffer_printf(&text, " %s", make_string(dossier, row->time_zone));
    }
    make_buffer(dossier, &text);
}

static void make_calendar(struct dossier *dossier, uint32_t calendar)
{
    uint32_t count, next, row;
    const struct zhol_calendar *rows = zhol_corridor_calendar(dossier->corridor, &count);
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(dossier->corridor, &count);
    row = zhol_corridor_row_on(dossier->corridor, ZHOL_TABLE_calendar, calendar, dossier->day);
    if (row == ZHOL_NONE) {
        return;
    }
    uint32_t exception = exception_on(dossier, calendar, &next);
    make_row(dossier, ZHOL_TABLE_calendar, row, rows[row].source_id);
    make_text(dossier, make_string(dossier, rows[row].name));
    make_id(dossier, ZHOL_TABLE_calendar, calendar);
    make_hours(dossier, &rows[row], exception);
    make_day(dossier, next == ZHOL_NONE ? ZHOL_BLANK_DATE : dates[next].date_from);
    make_day(dossier, next == ZHOL_NONE ? ZHOL_BLANK_DATE : dates[next].date_to);
    make_said(dossier, next == ZHOL_NONE ? 0 : dates[next].name,
              next == ZHOL_NONE ? 0 : dates[next].name_ru);
}

void make_opening(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_calendar,    DOSSIER_id,    DOSSIER_today,
                                                DOSSIER_next_closed, DOSSIER_until, DOSSIER_reason,
                                                DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_process *rows = zhol_corridor_process(dossier->corridor, &count);
    make_section(dossier, DOSSIER_opening, columns);
    for (uint32_t c = 0; c < zhol_corridor_things(dossier->corridor, ZHOL_TABLE_calendar); c++) {
        bool used = false;
        for (uint32_t i = 0; i < count && !used; i++) {
            used = rows[i].calendar_id == c && is_process_shown(dossier, &rows[i], i, uses);
        }
        if (used) {
            make_calendar(dossier, c);
        }
    }
}

/* ---- Capacities ---- */

void make_capacities(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {
        DOSSIER_capacity, DOSSIER_id,    DOSSIER_kind,  DOSSIER_direction, DOSSIER_value,
        DOSSIER_unit,     DOSSIER_range, DOSSIER_since, DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(dossier->corridor, &count);
    make_section(dossier, DOSSIER_capacities, columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_resource *row = &rows[i];
        struct buffer unit;
        if (!uses(dossier, i)) {
            continue;
        }
        make_row(dossier, ZHOL_TABLE_resource, i, row->source_id);
        make_current(dossier, zhol_day_in(dossier->day, row->valid_from, row->valid_to));
        make_text(dossier, make_string(dossier, row->name));
        make_id(dossier, ZHOL_TABLE_resource, row->resource_id);
        make_word(dossier, zhol_capacity_kind_text(row->kind));
        make_word(dossier, zhol_direction_text(row->direction));
        make_number(dossier, row->value);
        buffer_init(&unit);
        buffer_printf(&unit, "%s/%s", zhol_capacity_unit_text(row->unit), zhol_per_text(row->per));
        make_word(dossier, buffer_get(&unit));
        buffer_clear(&unit);
        make_range(dossier, row->low, row->high);
        make_day(dossier, row->valid_from);
    }
}

/* ---- Prices ---- */

static void make_price(struct dossier *dossier, const struct zhol_tariff *row)
{
    struct buffer unit;
    make_number(dossier, row->value);
    buffer_init(&unit);
    buffer_printf(&unit, "%s/%s", make_string(dossier, row->currency),
                  zhol_tariff_unit_text(row->unit));
    if (row->scope == zhol_tariff_scope_PER_KM) {
        buffer_string(&unit, "/km");
    }
    make_word(dossier, buffer_get(&unit));
    buffer_clear(&unit);
    make_range(dossier, row->low, row->high);
    make_number(dossier, row->vat_pct);
    make_day(dossier, row->valid_from);
}

void make_storage(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {
        DOSSIER_id,    DOSSIER_cargo_class, DOSSIER_free_days, DOSSIER_day_price, DOSSIER_unit,
        DOSSIER_range, DOSSIER_vat_pct,     DOSSIER_since,     DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(dossier->corridor, &count);
    make_section(dossier, DOSSIER_storage, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].scope == zhol_tariff_scope_STORAGE && uses(dossier, i)) {
            make_row(dossier, ZHOL_TABLE_tariff, i, rows[i].source_id);
            make_current(dossier, zhol_day_in(dossier->day, rows[i].valid_from, rows[i].valid_to));
            make_id(dossier, ZHOL_TABLE_tariff, rows[i].tariff_id);
            make_word(dossier, rows[i].class  ? zhol_cargo_class_text(rows[i].class)
                               : rows[i].mode ? zhol_mode_text(rows[i].mode)
                                              : "");
            make_number(dossier, isnan(rows[i].free_days) ? 0 : rows[i].free_days);
            make_price(dossier, &rows[i]);
        }
    }
}

void make_prices(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_tariff,  DOSSIER_id,    DOSSIER_cargo_class,
                                                DOSSIER_price,   DOSSIER_unit,  DOSSIER_range,
                                                DOSSIER_vat_pct, DOSSIER_since, DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(dossier->corridor, &count);
    make_section(dossier, DOSSIER_prices, columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_tariff *row = &rows[i];
        if (row->scope != zhol_tariff_scope_STORAGE && uses(dossier, i)) {
            const char *what = row->process_kind ? zhol_process_kind_text(row->process_kind)
                                                 : zhol_cost_kind_text(row->cost_kind);
            make_row(dossier, ZHOL_TABLE_tariff, i, row->source_id);
            make_current(dossier, zhol_day_in(dossier->day, row->valid_from, row->valid_to));
            make_word(dossier, what);
            make_id(dossier, ZHOL_TABLE_tariff, row->tariff_id);
            make_word(dossier, zhol_cargo_class_text(row->class));
            make_price(dossier, row);
        }
    }
}

/* ---- Rules ---- */

void make_rules(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_rule, DOSSIER_kind,      DOSSIER_value,
                                                DOSSIER_unit, DOSSIER_since,     DOSSIER_until,
                                                DOSSIER_text, DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_rule *rows = zhol_corridor_rule(dossier->corridor, &count);
    make_section(dossier, DOSSIER_rules, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (uses(dossier, i)) {
            make_row(dossier, ZHOL_TABLE_rule, i, rows[i].source_id);
            make_current(dossier, zhol_day_in(dossier->day, rows[i].valid_from, rows[i].valid_to));
            make_id(dossier, ZHOL_TABLE_rule, rows[i].rule_id);
            make_word(dossier, zhol_rule_kind_text(rows[i].kind));
            make_number(dossier, rows[i].value);
            make_text(dossier, make_string(dossier, rows[i].unit));
            make_day(dossier, rows[i].valid_from);
            make_day(dossier, rows[i].valid_to);
            make_said(dossier, rows[i].text, rows[i].text_ru);
        }
    }
}

/* ---- Projects and promises ---- */

/* The last row of project_status by the day, or ZHOL_NONE. */
static uint32_t status_on(const struct dossier *dossier, uint32_t project)
{
    uint32_t count, all, found = ZHOL_NONE;
    const struct zhol_project_status *states =
        zhol_corridor_project_status(dossier->corridor, &all);
    const uint32_t *rows =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_project_status, project, &count);
    for (uint32_t i = 0; i < count; i++) {
        found = states[rows[i]].date <= dossier->day ? rows[i] : found;
    }
    return found;
}

void make_projects(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_project, DOSSIER_id,
                                                DOSSIER_state,   DOSSIER_since,
                                                DOSSIER_reason,  DOSSIER_WORD_COUNT};
    uint32_t count, all;
    const struct zhol_project *rows = zhol_corridor_project(dossier->corridor, &count);
    const struct zhol_project_status *states =
        zhol_corridor_project_status(dossier->corridor, &all);
    make_section(dossier, DOSSIER_projects, columns);
    for (uint32_t i = 0; i < count; i++) {
        if (uses(dossier, i)) {
            uint32_t at = status_on(dossier, rows[i].project_id);
            make_row(dossier, ZHOL_TABLE_project, i, rows[i].source_id);
            make_said(dossier, rows[i].name, rows[i].name_ru);
            make_id(dossier, ZHOL_TABLE_project, rows[i].project_id);
            make_word(dossier, at == ZHOL_NONE ? "" : zhol_status_text(states[at].status));
            make_day(dossier, at == ZHOL_NONE ? ZHOL_BLANK_DATE : states[at].date);
            make_text(dossier, at == ZHOL_NONE ? "" : make_string(dossier, states[at].text));
        }
    }
}

void make_promises(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_promise, DOSSIER_id, DOSSIER_due,
                                                DOSSIER_state, DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_commitment *rows = zhol_corridor_commitment(dossier->corridor, &count);
    struct commitments all;
    enum zhol_error error = commitments_judge(dossier->corridor, dossier->day, &all);
    dossier->error = dossier->error ? dossier->error : error;
    make_section(dossier, DOSSIER_promises, columns);
    for (uint32_t i = 0; i < all.count; i++) {
        uint32_t row = all.views[i].row;
        if (uses(dossier, row)) {
            make_row(dossier, ZHOL_TABLE_commitment, row, rows[row].source_id);
            make_said(dossier, rows[row].name, rows[row].name_ru);
            make_id(dossier, ZHOL_TABLE_commitment, rows[row].commitment_id);
            make_day(dossier, rows[row].due);
            make_word(dossier, commitment_state_text(all.views[i].state));
        }
    }
    commitments_clear(&all);
}

/* ---- Events and figures ---- */

void make_events(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_date, DOSSIER_kind, DOSSIER_event,
                                                DOSSIER_id, DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_event *rows = zhol_corridor_event(dossier->corridor, &count);
    make_section(dossier, DOSSIER_events, columns);
    for (uint32_t i = 0; i < count; i++) {
        bool later = rows[i].date != ZHOL_BLANK_DATE && rows[i].date > dossier->day;
        if (uses(dossier, i) && !later) {
            make_row(dossier, ZHOL_TABLE_event, i, rows[i].source_id);
            make_day(dossier, rows[i].date);
            make_word(dossier, zhol_event_kind_text(rows[i].kind));
            make_said(dossier, rows[i].name, rows[i].name_ru);
            make_id(dossier, ZHOL_TABLE_event, rows[i].event_id);
        }
    }
}

static void put_figure(const struct dossier *dossier, const struct zhol_observation *row,
                       struct buffer *out)
{
    if (row->qualifier == zhol_qualifier_GAP) {
        buffer_string(out, make_is_ru(dossier) ? "нет данных" : "not published");
    } else if (isnan(row->value)) {
        buffer_string(out, make_string(dossier, row->value_text));
    } else if (row->qualifier == zhol_qualifier_RANGE && !isnan(row->low)) {
        buffer_real(out, row->low);
        buffer_char(out, '-');
        buffer_real(out, row->high);
    } else {
        bool plain = row->qualifier == zhol_qualifier_EQ;
        buffer_printf(out, "%s%s", plain ? "" : zhol_qualifier_text(row->qualifier),
                      plain ? "" : " ");
        buffer_real(out, row->value);
    }
}

void make_figures(struct dossier *dossier, make_filter *uses)
{
    static const enum dossier_word columns[] = {DOSSIER_measure, DOSSIER_scope,     DOSSIER_value,
                                                DOSSIER_unit,    DOSSIER_since,     DOSSIER_until,
                                                DOSSIER_id,      DOSSIER_WORD_COUNT};
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(dossier->corridor, &count);
    make_section(dossier, DOSSIER_figures, columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_observation *row = &rows[i];
        bool later = row->period_start != ZHOL_BLANK_DATE && row->period_start > dossier->day;
        struct buffer text;
        if (!uses(dossier, i) || later) {
            continue;
        }
        make_row(dossier, ZHOL_TABLE_observation, i, row->source_id);
        make_text(dossier, make_string(dossier, row->measure));
        make_text(dossier, make_string(dossier, row->scope ? row->scope : row->subject));
        buffer_init(&text);
        put_figure(dossier, row, &text);
        make_buffer(dossier, &text);
        make_text(dossier, make_string(dossier, row->unit));
        make_day(dossier, row->period_start);
        make_day(dossier, row->period_end);
        make_id(dossier, ZHOL_TABLE_observation, row->observation_id);
    }
}
