/* simulate_recovery.c: how long a disruption is felt after its end. See simulate_recovery.h. */
#include "desk/simulate_recovery.h"

#include <math.h>
#include <stdlib.h>

#include "base/time.h"
#include "desk/simulate_clearing.h"

/* ---- The same days without ---- */

struct without {
    struct zhol_simulate_model *model;
    int64_t *blocks;
    uint32_t count; /* replications 0 .. count - 1, which are the study's first */
};

/* True where a closure that the corridor has as a rule is at the place of a disruption and meets
 * its days: it is the same event, told twice. */
static bool is_same_event(const struct study *study, const struct state_disruption *d,
                          const struct zhol_simulate_disruption *rule)
{
    uint32_t begin, end, count;
    const struct zhol_link *links = zhol_corridor_link(study->corridor, &count);
    const struct zhol_process *processes = study->input.processes;
    if (rule->from_s >= d->to_s || rule->to_s <= d->from_s) {
        return false;
    }
    if (rule->scope.link != ZHOL_NONE) {
        zhol_corridor_rows(study->corridor, ZHOL_TABLE_link, rule->scope.link, &begin, &end);
        bool ends = links[begin].from_node_id == d->thing || links[begin].to_node_id == d->thing;
        return d->scope == STATE_LINK ? rule->scope.link == d->thing
                                      : d->scope == STATE_NODE && ends;
    }
    if (rule->scope.process != ZHOL_NONE && d->scope == STATE_NODE) {
        zhol_corridor_rows(study->corridor, ZHOL_TABLE_process, rule->scope.process, &begin, &end);
        return processes[begin].node_id == d->thing;
    }
    return d->scope == STATE_PROCESS && rule->scope.process == d->thing;
}

static bool is_left_out(const struct study *study, uint32_t number)
{
    const struct state *state = study->options->state;
    bool out = number < study->stated_disruptions;
    for (uint32_t i = 0; !out && i < state->disruption_count; i++) {
        out = is_same_event(study, &state->disruptions[i], &study->disruptions[number]);
    }
    return out;
}

/* Disruptions of the state stand first; of no length they change nothing but leave the model what
 * it is, with the same places. */
static enum zhol_error build_without(const struct study *study, struct without *without)
{
    struct zhol_simulate_options o = study->model_options;
    struct zhol_simulate_disruption *none = malloc((o.disruption_count + 1) * sizeof *none);
    if (!none) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < o.disruption_count; i++) {
        none[i] = study->disruptions[i];
        none[i].to_s = is_left_out(study, i) ? none[i].from_s : none[i].to_s;
    }
    o.disruptions = none;
    enum zhol_error error = zhol_simulate_build(&study->input, &o, NULL, &without->model);
    free(none);
    return error;
}

static enum zhol_error run_without(const struct study *study, struct without *without)
{
    uint32_t most = study->count < RECOVERY_RUNS ? study->count : RECOVERY_RUNS;
    while (without->count < most && study->replication[without->count] == without->count) {
        without->count++;
    }
    enum zhol_error error = without->count ? build_without(study, without) : ZHOL_ERROR_OK;
    if (error || !without->count) {
        return error;
    }
    struct zhol_simulate_runs runs = {.count = without->count,
                                      .stride = 1,
                                      .threads = study->options->threads,
                                      .stop = study->options->stop};
    uint8_t *done = calloc(without->count, 1);
    size_t size = zhol_simulate_block_size(without->model);
    without->blocks = calloc(without->count * size, sizeof *without->blocks);
    error = done && without->blocks
                ? zhol_simulate_run(without->model, &runs, without->blocks, done)
                : ZHOL_ERROR_MEMORY;
    if (error == ZHOL_ERROR_INTERRUPTED) { /* what is finished at the beginning is kept */
        uint32_t kept = 0;
        while (kept < without->count && done[kept]) {
            kept++;
        }
        without->count = kept;
        error = ZHOL_ERROR_OK;
    }
    free(done);
    return error;
}

/* ---- Where it is felt ---- */

static bool is_touched(const struct study *study, const struct state_disruption *d,
                       const struct zhol_simulate_place *about)
{
    uint32_t begin, end, count;
    const struct zhol_link *links = zhol_corridor_link(study->corridor, &count);
    const struct zhol_simulate_input *in = &study->input;
    switch (d->scope) {
    case STATE_NODE:
        return clearing_is_near(study, about, d->thing);
    case STATE_LINK:
        zhol_corridor_rows(study->corridor, ZHOL_TABLE_link, d->thing, &begin, &end);
        return about->link == d->thing || about->node == links[begin].from_node_id ||
               about->node == links[begin].to_node_id;
    case STATE_PROCESS:
        return about->process_row != ZHOL_NONE &&
               in->processes[about->process_row].process_id == d->thing;
    case STATE_RESOURCE:
        return about->resource_row != ZHOL_NONE &&
               in->resources[about->resource_row].resource_id == d->thing;
    }
    return false;
}

static uint32_t places_of(const struct study *study, const struct state_disruption *d,
                          uint32_t *places)
{
    uint32_t count = zhol_simulate_place_count(study->model), found = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(study->model, i, &about);
        if (about.kind != ZHOL_SIMULATE_PLACE_BAN && is_touched(study, d, &about)) {
            places[found++] = i;
        }
    }
    return found;
}

/* ---- When it is over ---- */

/* The most that more waits, and the days from the end until it is gone; `from`: the sample of the
 * end. */
static void look_at_run(const struct study *study, const double *more, uint32_t from, double *most,
                        double *days)
{
    uint32_t samples = zhol_simulate_sample_count(study->model), peak = 0, calm = 0;
    double step_h = zhol_simulate_sample_h(study->model);
    uint32_t enough = (uint32_t)ceil(RECOVERED_FOR_H / step_h);
    for (uint32_t i = 1; i < samples; i++) {
        peak = more[i] > more[peak] ? i : peak;
    }
    *most = samples && more[peak] > 0 ? more[peak] : 0;
    *days = INFINITY;
    double limit = fmax(1, RECOVERED * *most);
    uint32_t first = peak > from && *most > limit ? peak : from;
    for (uint32_t i = first; i < samples; i++) {
        calm = more[i] <= limit ? calm + 1 : 0;
        if (calm >= enough) {
            *days = ((double)i + 1 - calm - from) * step_h / 24;
            return;
        }
    }
}

static enum zhol_error recover(const struct study *study, const struct without *without,
                               const struct state_disruption *d, struct answer_recovery *r)
{
    uint32_t samples = zhol_simulate_sample_count(study->model), n = without->count;
    uint32_t *places = calloc(zhol_simulate_place_count(study->model) + 1, sizeof *places);
    double *days = calloc(3 * (size_t)n + 2 * (size_t)samples + 1, sizeof *days);
    enum zhol_error error = places && days ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        double *most = days + n, *scratch = most + n, *with = scratch + n, *base = with + samples;
        double step_s = zhol_simulate_sample_h(study->model) * 3600;
        double end = (double)(d->to_s - study->options->start_s) / step_s;
        uint32_t from = end < samples ? (uint32_t)fmax(ceil(end), 0) : samples;
        size_t size = zhol_simulate_block_size(study->model);
        uint32_t count = places_of(study, d, places);
        r->places = count;
        r->ended = from < samples;
        for (uint32_t i = 0; i < n; i++) {
            clearing_sum(study->model, study->blocks + i * size, places, count, 1, with);
            clearing_sum(without->model, without->blocks + i * size, places, count, 1, base);
            for (uint32_t k = 0; k < samples; k++) {
                with[k] -= base[k];
            }
            look_at_run(study, with, from, &most[i], &days[i]);
        }
        clearing_quantiles(days, most, n, scratch, r->days, r->low, r->high, r->most);
    }
    free(places);
    free(days);
    return error;
}

enum zhol_error recovery_make(const struct study *study, struct answer_recovery **recoveries,
                              uint32_t *count)
{
    const struct state *state = study->options->state;
    struct without without = {0};
    *count = 0;
    *recoveries = NULL;
    if (!state || !study->stated_disruptions || !zhol_simulate_sample_count(study->model)) {
        return ZHOL_ERROR_OK;
    }
    *recoveries = calloc(state->disruption_count + 1, sizeof **recoveries);
    enum zhol_error error = *recoveries ? run_without(study, &without) : ZHOL_ERROR_MEMORY;
    int64_t start = study->options->start_s;
    int64_t stop = start + (int64_t)(study->options->days * TIME_DAY_S);
    for (uint32_t i = 0; !error && without.count && i < state->disruption_count; i++) {
        const struct state_disruption *d = &state->disruptions[i];
        struct answer_recovery *r = &(*recoveries)[*count];
        if (d->to_s <= start || d->from_s >= stop) {
            continue;
        }
        r->disruption = i;
        r->runs = without.count;
        error = recover(study, &without, d, r);
        *count += !error;
    }
    zhol_simulate_free(without.model);
    free(without.blocks);
    return error;
}
