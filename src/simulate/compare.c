/* compare.c: differences of two models on the same luck, and the worth of one more unit
 * (zhol/simulate.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/simulate.h>

#include "base/array.h"
#include "simulate/model.h"
#include "simulate/result.h"

/* ---- Paired differences ---- */

static double variance(const double *values, uint32_t count)
{
    double mean = 0, sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        mean += values[i * (size_t)RESULT_VALUES] / count;
    }
    for (uint32_t i = 0; i < count; i++) {
        double d = values[i * (size_t)RESULT_VALUES] - mean;
        sum += d * d;
    }
    return count > 1 ? sum / (count - 1) : NAN;
}

/* Values of all replications of both, and b - a; 3 arrays of count * RESULT_VALUES. */
static void gather(const struct zhol_simulate_blocks *a, const struct zhol_simulate_blocks *b,
                   const uint32_t *flows, uint32_t flow_count, double *values)
{
    size_t all = (size_t)a->count * RESULT_VALUES;
    for (uint32_t i = 0; i < a->count; i++) {
        struct result_sum x, y;
        result_sum_flows(a->model, result_block(a, i), flows, flow_count, &x);
        result_sum_flows(b->model, result_block(b, i), flows, flow_count, &y);
        for (uint32_t k = 0; k < RESULT_VALUES; k++) {
            size_t at = (size_t)i * RESULT_VALUES + k;
            values[at] = x.value[k];
            values[all + at] = y.value[k];
            values[2 * all + at] = y.value[k] - x.value[k];
        }
    }
}

enum zhol_error zhol_simulate_paired(const struct zhol_simulate_blocks *a,
                                     const struct zhol_simulate_blocks *b, const uint32_t *flows,
                                     uint32_t flow_count,
                                     struct zhol_simulate_paired_result *result)
{
    size_t all = (size_t)a->count * RESULT_VALUES;
    if (a->count != b->count || a->model->flows.count != b->model->flows.count) {
        return ZHOL_ERROR_USAGE;
    }
    double *values = calloc(3 * all + 1, sizeof *values);
    if (!values) {
        return ZHOL_ERROR_MEMORY;
    }
    gather(a, b, flows, flow_count, values);
    const double *d = values + 2 * all;
    result->transit_h = result_value(a, d + RESULT_TRANSIT, RESULT_VALUES);
    result->delay_usd_day = result_value(a, d + RESULT_USD, RESULT_VALUES);
    result->loads_day = result_value(a, d + RESULT_LOADS_DAY, RESULT_VALUES);
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        result->by_cause_h[c] = result_value(a, d + RESULT_CAUSES + c, RESULT_VALUES);
    }
    result->shrink = variance(d + RESULT_TRANSIT, a->count) /
                     (variance(values + RESULT_TRANSIT, a->count) +
                      variance(values + all + RESULT_TRANSIT, a->count));
    free(values);
    return ZHOL_ERROR_OK;
}

/* ---- Worth of one more ---- */

struct study {
    const struct zhol_simulate_input *input;
    const struct zhol_simulate_options *options;
    const struct zhol_simulate_runs *runs;
    struct zhol_simulate_model *base;
    int64_t *base_blocks;
    uint8_t *done;
};

static bool can_have_more(const struct zhol_simulate_model *m, uint32_t place)
{
    uint8_t kind = m->places.items[place].kind;
    return kind == ZHOL_SIMULATE_PLACE_SLOT || kind == ZHOL_SIMULATE_PLACE_CONTROL ||
           kind == ZHOL_SIMULATE_PLACE_FRONT || kind == ZHOL_SIMULATE_PLACE_YARD ||
           kind == ZHOL_SIMULATE_PLACE_VESSEL || kind == ZHOL_SIMULATE_PLACE_PLATFORM ||
           kind == ZHOL_SIMULATE_PLACE_LOCOMOTIVE;
}

static enum zhol_error run_model(const struct study *s, const struct zhol_simulate_model *model,
                                 int64_t **blocks)
{
    struct zhol_simulate_runs runs = *s->runs;
    *blocks = calloc((size_t)runs.count, sizeof **blocks * zhol_simulate_block_size(model));
    if (!*blocks) {
        return ZHOL_ERROR_MEMORY;
    }
    runs.progress = NULL;
    return zhol_simulate_run(model, &runs, *blocks, s->done);
}

static enum zhol_error worth_of(const struct study *s, uint32_t place,
                                struct zhol_simulate_worth *worth)
{
    uint32_t count = s->options->change_count;
    struct zhol_simulate_options options = *s->options;
    struct zhol_simulate_change *changes = calloc((size_t)count + 1, sizeof *changes);
    struct zhol_simulate_model *model = NULL;
    struct zhol_simulate_paired_result paired;
    int64_t *blocks = NULL;
    if (!changes) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        changes[i] = s->options->changes[i];
    }
    changes[count] = (struct zhol_simulate_change){.place = place, .more_units = 1};
    options.changes = changes;
    options.change_count = count + 1;
    enum zhol_error error = zhol_simulate_build(s->input, &options, NULL, &model);
    error = error ? error : run_model(s, model, &blocks);
    if (!error) {
        struct zhol_simulate_blocks a = {s->base, s->base_blocks, s->runs->count, 0};
        struct zhol_simulate_blocks b = {model, blocks, s->runs->count, 0};
        error = zhol_simulate_paired(&a, &b, NULL, 0, &paired);
    }
    if (!error) {
        *worth = (struct zhol_simulate_worth){.place = place};
        worth->gain_usd_day.mean = -paired.delay_usd_day.mean;
        worth->gain_usd_day.half = paired.delay_usd_day.half;
        worth->gain_h.mean = -paired.transit_h.mean;
        worth->gain_h.half = paired.transit_h.half;
    }
    free(blocks);
    free(changes);
    zhol_simulate_free(model);
    return error;
}

static int by_gain(const void *x, const void *y)
{
    const struct zhol_simulate_worth *a = x, *b = y;
    if (a->gain_usd_day.mean > b->gain_usd_day.mean ||
        a->gain_usd_day.mean < b->gain_usd_day.mean) {
        return a->gain_usd_day.mean > b->gain_usd_day.mean ? -1 : 1;
    }
    if (a->gain_h.mean > b->gain_h.mean || a->gain_h.mean < b->gain_h.mean) {
        return a->gain_h.mean > b->gain_h.mean ? -1 : 1;
    }
    return a->place < b->place ? -1 : 1;
}

static double mean_queue(const struct study *s, uint32_t place)
{
    struct zhol_simulate_blocks blocks = {s->base, s->base_blocks, s->runs->count, 0};
    struct zhol_simulate_place_result result;
    return zhol_simulate_place_result(&blocks, place, &result) ? 0 : result.queue_mean.mean;
}

static enum zhol_error all_worths(const struct study *s, double queue_least,
                                  struct zhol_simulate_worth *list, uint32_t *count)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t places = zhol_simulate_place_count(s->base), *chosen = NULL, total = 0;
    chosen = malloc(sizeof *chosen * ((size_t)places + 1));
    if (!chosen) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t p = 0; p < places; p++) {
        if (can_have_more(s->base, p) && mean_queue(s, p) >= queue_least) {
            chosen[total++] = p;
        }
    }
    for (uint32_t i = 0; i < total && !error; i++) {
        error = worth_of(s, chosen[i], &list[*count]);
        *count += !error;
        if (!error && s->runs->progress) {
            s->runs->progress(s->runs->context, i + 1, total);
        }
    }
    free(chosen);
    return error;
}

enum zhol_error zhol_simulate_worth(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    const struct zhol_simulate_runs *runs, double queue_least,
                                    struct zhol_simulate_worth **worths, uint32_t *count)
{
    struct study s = {.input = input, .options = options, .runs = runs};
    *worths = NULL;
    *count = 0;
    s.done = calloc((size_t)runs->count + 1, 1);
    enum zhol_error error = s.done ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    error = error ? error : zhol_simulate_build(input, options, NULL, &s.base);
    error = error ? error : run_model(&s, s.base, &s.base_blocks);
    if (!error) {
        *worths = calloc((size_t)s.base->places.count + 1, sizeof **worths);
        error = *worths ? all_worths(&s, queue_least, *worths, count) : ZHOL_ERROR_MEMORY;
    }
    if (*count) {
        qsort(*worths, *count, sizeof **worths, by_gain);
    }
    if (error && error != ZHOL_ERROR_INTERRUPTED) {
        free(*worths);
        *worths = NULL;
        *count = 0;
    }
    zhol_simulate_free(s.base);
    free(s.base_blocks);
    free(s.done);
    return error;
}
