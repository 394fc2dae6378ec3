/* check_register.c: actors, projects, promises, published figures and facts. */
#include "corridor/check.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "corridor/measure.h"

/* ---- projects and promises ---- */

static void check_scenario_name(struct check *check, enum zhol_table table, uint32_t row,
                                uint32_t name)
{
    struct buffer path;
    if (!name) {
        return;
    }
    buffer_init(&path);
    file_join(&path, check->dir, "scenarios");
    buffer_char(&path, '/');
    buffer_string(&path, check_text(check, name));
    if (file_kind_of(buffer_get(&path)) != FILE_FOLDER) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_UNKNOWN, table, row, "scenario",
                  "the name of a folder of scenarios/");
    }
    buffer_clear(&path);
}

static void check_projects(struct check *check)
{
    uint32_t count, states;
    const struct zhol_project *projects = zhol_corridor_project(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_scenario_name(check, ZHOL_TABLE_project, row, projects[row].scenario);
        zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_project_status, projects[row].project_id,
                              &states);
        if (!states) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_project, row,
                      "project_id", "a project with at least one state in project_status.csv");
        }
    }
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (assets[row].node_id == ZHOL_NONE && assets[row].link_id == ZHOL_NONE &&
            assets[row].process_id == ZHOL_NONE && assets[row].resource_id == ZHOL_NONE) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_project_asset, row, "",
                      "one of node_id, link_id, process_id and resource_id must be given");
        }
    }
}

static void check_commitments(struct check *check)
{
    uint32_t count;
    const struct zhol_commitment *rows = zhol_corridor_commitment(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        bool by_date = rows[row].comparator == zhol_comparator_BY_DATE;
        check_scenario_name(check, ZHOL_TABLE_commitment, row, rows[row].scenario);
        if (rows[row].comparator && !by_date && isnan(rows[row].value)) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_commitment, row, "value",
                      "is blank; %s needs a value", zhol_comparator_text(rows[row].comparator));
        }
        if (!isnan(rows[row].value) && !rows[row].unit) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_commitment, row, "unit",
                      "is blank; a value needs its unit");
        }
        if (by_date && rows[row].due == ZHOL_BLANK_DATE && !rows[row].note) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_commitment, row, "due",
                      "is blank; a promise by_date has a day, or a note that says why not");
        }
    }
}

/* ---- published figures ---- */

struct figure {
    enum zhol_table table;
    uint32_t row;
    unsigned qualifier;
    double value, low, high;
    bool in_words, has_unit;
};

static void check_figure(struct check *check, const struct figure *figure)
{
    bool range = figure->qualifier == zhol_qualifier_RANGE;
    bool gap = figure->qualifier == zhol_qualifier_GAP;
    if (gap && !isnan(figure->value)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, figure->table, figure->row, "value",
                  "a blank cell, for the qualifier is gap");
    }
    if (range && (isnan(figure->low) || isnan(figure->high))) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, figure->table, figure->row,
                  isnan(figure->low) ? "low" : "high", "is blank; a range needs low and high");
    }
    if (figure->qualifier && !gap && !range && isnan(figure->value) && !figure->in_words) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, figure->table, figure->row, "value",
                  "is blank; give a value, or the qualifier gap");
    }
    if (!isnan(figure->value) && !figure->has_unit) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, figure->table, figure->row, "unit",
                  "is blank; a value needs its unit");
    }
}

static void check_figures(struct check *check)
{
    uint32_t count;
    const struct zhol_observation *seen = zhol_corridor_observation(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_figure(check, &(struct figure){ZHOL_TABLE_observation, row, seen[row].qualifier,
                                             seen[row].value, seen[row].low, seen[row].high,
                                             seen[row].value_text != 0, seen[row].unit != 0});
    }
    const struct zhol_series *series = zhol_corridor_series(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_figure(check, &(struct figure){ZHOL_TABLE_series, row, series[row].qualifier,
                                             series[row].value, series[row].low, series[row].high,
                                             false, series[row].unit != 0});
    }
}

/* The unit of a series: that of its first row. */
static const char *series_unit(const struct check *check, uint32_t series)
{
    uint32_t count;
    const struct zhol_series *rows = zhol_corridor_series(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (rows[row].series_id == series) {
            return check_text(check, rows[row].unit);
        }
    }
    return "";
}

/* Only like is held against like. */
static void check_relations(struct check *check)
{
    uint32_t count;
    const struct zhol_series_relation *rows =
        zhol_corridor_series_relation(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        const char *one = measure_of(series_unit(check, rows[row].series_id)).base;
        const char *other = measure_of(series_unit(check, rows[row].other_series_id)).base;
        bool money = rows[row].kind == zhol_series_relation_VALUE;
        if (rows[row].series_id == rows[row].other_series_id) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_series_relation, row,
                      "other_series_id", "is the series itself; name another one");
        } else if (money && (strcmp(one, "USD") != 0 || strcmp(other, "t") != 0)) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_series_relation, row,
                      "kind", "relates %s and %s; a value is in USD, of tonnes", one, other);
        } else if (!money && strcmp(one, other) != 0) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_series_relation, row,
                      "other_series_id",
                      "is counted in %s, the series in %s; only like is "
                      "held against like",
                      other, one);
        }
    }
}

/* ---- facts ---- */

/* A fact that some row carries is not unmodelled. */
static void check_unmodelled(struct check *check)
{
    uint32_t count;
    const struct zhol_unmodelled *rows = zhol_corridor_unmodelled(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        const char *id = check_text(check, rows[row].fact_id);
        int64_t number = 0;
        if (*id && !number_parse_int(text_view_of(id + 2), &number) &&
            (check->facts[number / 64] >> (number % 64) & 1)) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_unmodelled, row,
                      "fact_id", "a fact that no row carries; one does");
        }
    }
}

enum zhol_error check_register(struct check *check)
{
    const char *expected = "something that does not lead back to the row itself";
    enum zhol_error error = check_circles(check, ZHOL_TABLE_actor, "parent_id", expected);
    error = error ? error : check_circles(check, ZHOL_TABLE_instrument, "replaces_id", expected);
    check_projects(check);
    check_commitments(check);
    check_figures(check);
    check_relations(check);
    check_unmodelled(check);
    return error;
}
