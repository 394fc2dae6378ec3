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

/* Counts and costs of all replications: b - a. */
static void gather_counts(const struct zhol_simulate_blocks *a, const struct result_sum *x,
                          const struct result_sum *y, double *values,
                          struct zhol_simulate_paired_result *result)
{
    for (uint32_t i = 0; i < a->count; i++) {
        values[2 * (size_t)i] = y[i].value[RESULT_USD] - x[i].value[RESULT_USD];
        values[2 * (size_t)i + 1] = y[i].value[RESULT_LOADS_DAY] - x[i].value[RESULT_LOADS_DAY];
    }
    result->delay_usd_day = result_value(a, values, 2);
    result->loads_day = result_value(a, values + 1, 2);
}

/* Values of the replications in which something ended in both, and b - a, times as parts of their
 * ratios; 3 arrays of count * RESULT_VALUES, and weights. Returns how many there are. */
static uint32_t gather_times(const struct zhol_simulate_blocks *a, const struct result_sum *x,
                             const struct result_sum *y, double *values, double *weights)
{
    size_t all = (size_t)a->count * RESULT_VALUES;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        if (x[i].t > 0 && y[i].t > 0) {
            memcpy(values + (size_t)kept * RESULT_VALUES, x[i].value, sizeof x[i].value);
            memcpy(values + all + (size_t)kept * RESULT_VALUES, y[i].value, sizeof y[i].value);
            weights[kept] = x[i].t;
            weights[a->count + kept++] = y[i].t;
        }
    }
    for (uint32_t k = 0; k < RESULT_VALUES; k++) {
        if (result_is_time(k)) {
            result_ratio(values + k, weights, kept, RESULT_VALUES);
            result_ratio(values + all + k, weights + a->count, kept, RESULT_VALUES);
        }
    }
    for (size_t i = 0; i < (size_t)kept * RESULT_VALUES; i++) {
        values[2 * all + i] = values[all + i] - values[i];
    }
    return kept;
}

static void fill_times(const struct zhol_simulate_blocks *a, uint32_t kept, const double *values,
                       struct zhol_simulate_paired_result *result)
{
    size_t all = (size_t)a->count * RESULT_VALUES;
    const double *d = values + 2 * all;
    struct zhol_simulate_blocks ended = *a;
    ended.count = kept;
    result->transit_h = result_value(&ended, d + RESULT_TRANSIT, RESULT_VALUES);
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        result->by_cause_h[c] = result_value(&ended, d + RESULT_CAUSES + c, RESULT_VALUES);
    }
    result->shrink =
        variance(d + RESULT_TRANSIT, kept) /
        (variance(values + RESULT_TRANSIT, kept) + variance(values + all + RESULT_TRANSIT, kept));
}

enum zhol_error zhol_simulate_paired(const struct zhol_simulate_blocks *a,
                                     const struct zhol_simulate_blocks *b, const uint32_t *flows,
                                     uint32_t flow_count,
                                     struct zhol_simulate_paired_result *result)
{
    size_t count = a->count;
    if (a->count != b->count || a->model->flows.count != b->model->flows.count) {
        return ZHOL_ERROR_USAGE;
    }
    struct result_sum *sums = calloc(2 * count + 1, sizeof *sums);
    double *values = calloc(count * (3 * RESULT_VALUES + 2) + 1, sizeof *values);
    enum zhol_error error = sums && values ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; !error && i < count; i++) {
        result_sum_flows(a->model, result_block(a, i), flows, flow_count, &sums[i]);
        result_sum_flows(b->model, result_block(b, i), flows, flow_count, &sums[count + i]);
    }
    if (!error) {
        double *weights = values + 3 * count * RESULT_VALUES;
        gather_counts(a, sums, sums + count, values, result);
        uint32_t kept = gather_times(a, sums, sums + count, values, weights);
        fill_times(a, kept, values, result);
    }
    free(sums);
    free(values);
    return error;
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
