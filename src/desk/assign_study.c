/* desk/assign_study.c: a period cut into slices, solved in threads. See assign_study.h. */
#include "desk/assign_study.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/time.h"
#include "desk/assign_parts.h"

/* ---- The period ---- */

bool assign_period_parse(const char *text, int32_t *from, int32_t *to)
{
    const char *dots = strstr(text, "..");
    size_t size = dots ? (size_t)(dots - text) : strlen(text);
    int32_t end, begin;
    if (size > 32 || time_parse_date((struct text_view){text, (uint32_t)size}, from, to)) {
        return false;
    }
    if (!dots) {
        return true;
    }
    if (strlen(dots + 2) > 32 || time_parse_date(text_view_of(dots + 2), &begin, &end)) {
        return false;
    }
    *to = end;
    return *to > *from;
}

/* ---- Cutting ---- */

static enum zhol_error add_slice(struct assign_study *study, uint32_t *capacity, int32_t from,
                                 int32_t to)
{
    enum zhol_error error = ARRAY_RESERVE(study->slices, *capacity, study->slice_count + 1);
    if (!error) {
        study->slices[study->slice_count++] = (struct assign_slice){.from = from, .to = to};
    }
    return error;
}

static enum zhol_error cut(struct assign_study *study)
{
    const struct assign_study_options *o = &study->options;
    uint32_t capacity = 0;
    if (o->average) {
        return add_slice(study, &capacity, o->from, o->to);
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int32_t from = o->from; !error && from < o->to;) {
        struct time_date date = time_date_of(from);
        date.day = 1;
        int32_t next = time_add_months(time_days(date), 1);
        int32_t to = next < o->to ? next : o->to;
        error = add_slice(study, &capacity, from, to);
        from = to;
    }
    return error;
}

/* ---- One slice ---- */

enum zhol_error assign_study_change(struct assign_model *model, const struct assign_change *change)
{
    switch (change->kind) {
    case ASSIGN_CHANGE_RESOURCE:
        return assign_model_set_resource(model, change->thing, change->value);
    case ASSIGN_CHANGE_LINK:
        return assign_model_close_link(model, change->thing, true);
    case ASSIGN_CHANGE_NODE:
        return assign_model_close_node(model, change->thing, true);
    case ASSIGN_CHANGE_TARIFF:
        return assign_model_scale_tariff(model, change->thing, change->value);
    default:
        return ZHOL_ERROR_USAGE;
    }
}

struct run {
    struct assign_study *study;
    atomic_uint *found; /* by change: slices in which it meets something */
};

/* Makes and solves the model of a slice; counts in found[i] where change i meets something (found
 * may be NULL). What a change names may not be there on that day: said when it is nowhere. */
static enum zhol_error solve_model(const struct assign_study *study,
                                   const struct assign_slice *slice, atomic_uint *found,
                                   struct assign_model **model)
{
    const struct assign_study_options *o = &study->options;
    struct assign_options options = {.from = slice->from,
                                     .to = slice->to,
                                     .unmet_factor = o->unmet_factor,
                                     .demand_factor = o->demand_factor,
                                     .hold = o->hold,
                                     .leave_usd_t = o->leave_usd_t,
                                     .any_mode = o->any_mode};
    enum zhol_error error = assign_model_make(study->corridor, slice->network, &options, model);
    for (uint32_t i = 0; !error && (*model)->solver && i < o->change_count; i++) {
        error = assign_study_change(*model, &o->changes[i]);
        if (!error && found) {
            atomic_fetch_add(&found[i], 1);
        }
        error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    }
    return error ? error : assign_model_solve(*model, NULL);
}

enum zhol_error assign_study_copy(const struct assign_study *study, uint32_t slice,
                                  struct assign_model **out)
{
    *out = NULL;
    enum zhol_error error = solve_model(study, &study->slices[slice], NULL, out);
    if (error) {
        assign_model_free(*out);
        *out = NULL;
    }
    return error;
}

static enum zhol_error solve_slice(struct run *run, struct assign_slice *slice)
{
    const struct assign_study_options *o = &run->study->options;
    struct zhol_network_options network = {
        .day = o->network_day != ZHOL_BLANK_DATE ? o->network_day : (slice->from + slice->to) / 2,
        .include_planned = o->include_planned};
    enum zhol_error error =
        zhol_network_compile(run->study->corridor, &network, NULL, &slice->network);
    return error ? error : solve_model(run->study, slice, run->found, &slice->model);
}

static enum zhol_error one_slice(void *context, uint32_t i)
{
    struct run *run = context;
    bool stop = run->study->options.stop && run->study->options.stop();
    return stop ? ZHOL_ERROR_INTERRUPTED : solve_slice(run, &run->study->slices[i]);
}

static enum zhol_error solve_all(struct assign_study *study)
{
    const struct assign_study_options *o = &study->options;
    struct run run = {.study = study,
                      .found = calloc((size_t)o->change_count + 1, sizeof *run.found)};
    if (!run.found) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = assign_each(study->slice_count, o->threads, one_slice, &run);
    for (uint32_t i = 0; !error && i < o->change_count; i++) {
        error = atomic_load(&run.found[i]) ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
    }
    free(run.found);
    return error;
}

/* ---- Putting it together ---- */

static void sum_certificates(struct assign_study *study)
{
    struct zhol_assign_certificate *all = &study->certificate;
    for (uint32_t i = 0; i < study->slice_count; i++) {
        const struct zhol_assign_certificate *one = &study->slices[i].model->certificate;
        double days = study->slices[i].to - study->slices[i].from;
        all->primal += one->primal * days;
        all->dual += one->dual * days;
        all->gap = fmax(all->gap, one->gap);
        all->violation = fmax(all->violation, one->violation);
        all->violation_abs = fmax(all->violation_abs, one->violation_abs);
        all->iterations += one->iterations;
        all->paths += one->paths;
        all->tight = one->tight > all->tight ? one->tight : all->tight;
        all->method = one->method;
    }
}

enum zhol_error assign_study_run(const struct zhol_corridor *corridor,
                                 const struct assign_study_options *options,
                                 struct assign_study *study)
{
    *study = (struct assign_study){.corridor = corridor, .options = *options};
    if (options->to <= options->from) {
        return ZHOL_ERROR_USAGE;
    }
    bool wanted = false;
    enum zhol_error error = cut(study);
    error = error ? error : solve_all(study);
    for (uint32_t i = 0; !error && i < study->slice_count; i++) {
        wanted = wanted || study->slices[i].model->wish_count;
    }
    error = !error && !wanted ? ZHOL_ERROR_UNREACHABLE : error;
    if (!error) {
        sum_certificates(study);
        error = assign_tally(study);
    }
    if (error) {
        assign_study_clear(study);
    }
    return error;
}

void assign_study_clear(struct assign_study *study)
{
    for (uint32_t i = 0; i < study->slice_count; i++) {
        assign_model_free(study->slices[i].model);
        zhol_network_free(study->slices[i].network);
    }
    free(study->slices);
    free(study->links[0]);
    free(study->links[1]);
    free(study->processes);
    free(study->wanted);
    free(study->carried);
    free(study->capacities);
    *study = (struct assign_study){0};
}
