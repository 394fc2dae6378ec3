/* study_sweep.c: reading a sweep, its points as cases, and their figures over the ranks. */
#include "desk/study_sweep.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"
#include "base/time.h"

/* ---- Reading ---- */

struct range {
    double from, to, step;
};

static bool read_number(const char *text, size_t size, double *value)
{
    return size > 0 && size < 32 &&
           number_parse_real((struct text_view){text, (uint32_t)size}, value) == ZHOL_ERROR_OK &&
           isfinite(*value);
}

/* "A..B" or "A..B:STEP"; without a step 1, as for years and pieces. */
static bool read_range(const char *text, struct range *range)
{
    const char *dots = strstr(text, ".."), *colon = dots ? strchr(dots, ':') : NULL;
    range->step = 1;
    return dots && read_number(text, (size_t)(dots - text), &range->from) &&
           read_number(dots + 2, colon ? (size_t)(colon - dots - 2) : strlen(dots + 2),
                       &range->to) &&
           (!colon || read_number(colon + 1, strlen(colon + 1), &range->step)) && range->step > 0;
}

/* The scenario whose name is, or begins with, the first `size` bytes. */
static enum zhol_error find_scenario(const char *dir, const char *text, size_t size,
                                     struct study_sweep *sweep)
{
    struct zhol_scenario_list list = {0};
    enum zhol_error error = zhol_scenario_list_read(dir, NULL, &list);
    for (uint32_t i = 0; !error && size && i < list.count && !*sweep->scenario; i++) {
        if (strncmp(list.entries[i].name, text, size) == 0) {
            snprintf(sweep->scenario, sizeof sweep->scenario, "%s", list.entries[i].name);
        }
    }
    zhol_scenario_list_clear(&list);
    return error;
}

/* The stated value of a parameter of the scenario. */
static enum zhol_error find_parameter(const char *dir, const char *scenario, const char *name,
                                      char value[static 64])
{
    struct buffer folder = {0}, path = {0};
    struct file_data file = {0};
    struct csv_reader reader;
    file_join(&folder, dir, "scenarios");
    file_join(&path, buffer_get(&folder), scenario);
    buffer_reset(&folder);
    file_join(&folder, buffer_get(&path), "parameter.csv");
    enum zhol_error error = file_read(buffer_get(&folder), 0, &file, NULL);
    error = error ? error : csv_open(&reader, "parameter.csv", file.bytes, file.size, NULL);
    bool found = false;
    if (!error) {
        uint32_t at = 0;
        while (!found && csv_next(&reader)) {
            for (at = 0; at < reader.count && !text_equal(reader.header[at], TEXT("value")); at++) {
            }
            if (at < reader.count && text_equal_string(reader.cells[0], name) &&
                reader.cells[at].size < 64) {
                memcpy(value, reader.cells[at].bytes, reader.cells[at].size);
                value[reader.cells[at].size] = '\0';
                found = true;
            }
        }
        csv_close(&reader);
    }
    file_clear(&file);
    buffer_clear(&folder);
    buffer_clear(&path);
    return found ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}

static enum zhol_error find_thing(const struct zhol_corridor *corridor, const char *name,
                                  struct assign_change *change)
{
    change->kind = ASSIGN_CHANGE_RESOURCE;
    change->thing = zhol_corridor_find(corridor, ZHOL_TABLE_resource, name);
    if (change->thing == ZHOL_NONE) {
        change->kind = ASSIGN_CHANGE_TARIFF;
        change->thing = zhol_corridor_find(corridor, ZHOL_TABLE_tariff, name);
    }
    return change->thing == ZHOL_NONE ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_OK;
}

/* A bare year is the year of the stated day; all else is a number. */
static void write_value(double x, const char *stated, char out[static 32])
{
    struct buffer text = {0};
    int32_t from, to;
    bool day = strlen(stated) == 10 && !time_parse_date(text_view_of(stated), &from, &to);
    if (day && x >= 1900 && x < 2200 && x == floor(x)) {
        buffer_printf(&text, "%04d%s", (int)x, stated + 4);
    } else {
        buffer_real(&text, x);
    }
    snprintf(out, 32, "%s", buffer_get(&text));
    buffer_clear(&text);
}

static enum zhol_error make_points(struct study_sweep *sweep, const struct range *range,
                                   const char *parameter, const char *stated,
                                   const struct assign_change *change)
{
    double steps = floor((range->to - range->from) / range->step + 1e-9);
    if (steps >= STUDY_SWEEP_MOST) {
        return ZHOL_ERROR_LIMIT;
    }
    sweep->count = (uint32_t)steps + 1;
    for (uint32_t i = 0; i < sweep->count; i++) {
        struct study_sweep_point *point = &sweep->points[i];
        double x = range->from + i * range->step;
        struct study_figure none = {NAN, NAN, NAN, NAN};
        *point = (struct study_sweep_point){.day = ZHOL_BLANK_DATE,
                                            .carried_t_year = NAN,
                                            .unmet_t_year = NAN,
                                            .cost_usd_t = NAN,
                                            .carried_difference = NAN,
                                            .unmet_difference = NAN,
                                            .cost_difference_musd_year = NAN,
                                            .transit_h = none,
                                            .delay_usd_day = none};
        char value[sizeof point->value] = ""; /* apart, so that no compiler fears an overlap */
        write_value(x, stated, value);
        memcpy(point->value, value, sizeof value);
        snprintf(sweep->sets[i], sizeof sweep->sets[i], "%s=%s", parameter, value);
        sweep->cases[i] =
            (struct study_point){.name = point->value,
                                 .scenario = *sweep->scenario ? sweep->scenario : NULL,
                                 .set = *sweep->scenario ? sweep->sets[i] : NULL,
                                 .change = *change};
        sweep->cases[i].change.value = x;
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error study_sweep_read(const char *text, const char *dir,
                                 const struct zhol_corridor *corridor, struct study_sweep *sweep)
{
    const char *sign = strrchr(text, '='), *dot = strchr(text, '.');
    struct assign_change change = {0};
    struct range range;
    char stated[64] = "";
    memset(sweep, 0, sizeof *sweep);
    if (!sign || sign == text || (size_t)(sign - text) >= sizeof sweep->name ||
        !read_range(sign + 1, &range)) {
        return ZHOL_ERROR_SYNTAX;
    }
    if (range.to < range.from) {
        return ZHOL_ERROR_RANGE;
    }
    memcpy(sweep->name, text, (size_t)(sign - text));
    const char *parameter = dot && dot < sign ? sweep->name + (dot - text) + 1 : sweep->name;
    enum zhol_error error =
        find_scenario(dir, text, dot && dot < sign ? (size_t)(dot - text) : 0, sweep);
    if (!error && *sweep->scenario) {
        error = find_parameter(dir, sweep->scenario, parameter, stated);
    } else if (!error) {
        error = find_thing(corridor, sweep->name, &change);
    }
    return error ? error : make_points(sweep, &range, parameter, stated, &change);
}

/* ---- Running ---- */

static void take(const struct corridor_study *study, const struct study_case *at,
                 struct study_sweep_point *point)
{
    const struct study_case *base = &study->cases[at->reference];
    double years = (at->assign.options.to - at->assign.options.from) / 365.0;
    point->day = at->day;
    point->settled = at->simulated_well;
    point->carried_t_year = at->assign.all_carried.t / years;
    point->unmet_t_year = (at->assign.unmet.t + at->assign.no_way.t) / years;
    point->cost_usd_t = at->cost_usd_t;
    point->carried_difference = point->carried_t_year - base->assign.all_carried.t / years;
    point->unmet_difference =
        point->unmet_t_year - (base->assign.unmet.t + base->assign.no_way.t) / years;
    point->cost_difference_musd_year =
        (at->assign.certificate.primal - base->assign.certificate.primal) / years / 1e6;
    point->transit_h = at->transit_h;
    point->delay_usd_day = at->delay_usd_day;
}

enum zhol_error study_sweep_run(const struct corridor_study_options *options,
                                const struct ranks *ranks, struct zhol_report *report,
                                struct study_sweep *sweep)
{
    const struct ranks alone = {.count = 1}, *all = ranks ? ranks : &alone;
    struct study_point mine[STUDY_SWEEP_MOST];
    struct corridor_study_options how = *options;
    struct corridor_study study = {0};
    how.scenarios = NULL;
    how.set = NULL;
    how.scenario_count = how.set_count = how.point_count = 0;
    how.points_only = true;
    how.points = mine;
    for (uint32_t i = all->own; i < sweep->count; i += all->count) {
        mine[how.point_count++] = sweep->cases[i];
    }
    enum zhol_error error =
        how.point_count ? corridor_study_run(&how, report, &study) : ZHOL_ERROR_OK;
    /* A sweep with holes is no sweep. */
    error = !error && study.interrupted ? ZHOL_ERROR_INTERRUPTED : error;
    for (uint32_t i = 0; !error && i < sweep->count; i++) {
        const struct study_case *at =
            i % all->count == all->own ? corridor_study_find(&study, sweep->points[i].value) : NULL;
        if (at) {
            take(&study, at, &sweep->points[i]);
        }
    }
    corridor_study_clear(&study);
    error = ranks_agree(all, error);
    return error ? error : ranks_gather(all, sweep->points, sizeof *sweep->points, sweep->count);
}
