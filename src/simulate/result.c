/* result.c: results over replications: flows, places, series, clearing (zhol/simulate.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>
#include <zhol/simulate.h>

#include "simulate/model.h"
#include "simulate/result.h"

/* ---- Values of replications ---- */

const int64_t *result_block(const struct zhol_simulate_blocks *blocks, uint32_t i)
{
    return blocks->blocks + i * zhol_simulate_block_size(blocks->model);
}

double result_days(const struct zhol_simulate_model *model)
{
    return (double)(model->end - model->warm_up) / SIM_DAY;
}

struct zhol_simulate_value result_value(const struct zhol_simulate_blocks *blocks,
                                        const double *values, uint32_t stride)
{
    struct zhol_simulate_value out = {NAN, NAN};
    double confidence = blocks->confidence > 0 ? blocks->confidence : 0.95;
    if (blocks->count) {
        zhol_interval(values, blocks->count, stride, confidence, &out.mean, &out.half);
    }
    return out;
}

/* A mean time is a ratio: tonne-hours over tonnes, both summed over the replications. Each value
 * (the mean of one replication) becomes ratio + weight / mean weight * (value - ratio): these have
 * the ratio as their mean, and the spread of a ratio estimator (Law, Simulation modeling and
 * analysis, 9.5; the delta method), so that intervals and paired differences follow as usual. */
void result_ratio(double *values, const double *weights, uint32_t count, uint32_t stride)
{
    double sum = 0, all = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += values[(size_t)i * stride] * weights[i];
        all += weights[i];
    }
    for (uint32_t i = 0; i < count && all > 0; i++) {
        double *v = &values[(size_t)i * stride], ratio = sum / all;
        *v = ratio + weights[i] * count / all * (*v - ratio);
    }
}

bool result_is_time(uint32_t value)
{
    return value == RESULT_TRANSIT || value >= RESULT_CAUSES;
}

/* ---- Flows ---- */

/* What was waited in the measured time is what the ended waited, and those alive at its end, less
 * what those alive at its beginning had waited before: nobody is left out because he still stands.
 */
static void add_flow(const struct zhol_simulate_flow_tally *flow, const struct sim_flow *of,
                     struct result_sum *sum)
{
    double loads = of->unit_loads, t = loads * of->t_load;
    int64_t waiting = 0;
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        sum->value[RESULT_CAUSES + c] += (double)flow->by_cause[c] * t;
        waiting += zhol_simulate_cause_waits((enum zhol_simulate_cause)c) ? flow->by_cause[c] : 0;
    }
    sum->units += (double)flow->units;
    sum->loads += (double)flow->units * loads;
    sum->value[RESULT_TRANSIT] += (double)flow->seconds * t;
    sum->t += (double)flow->units * t;
    waiting += flow->waited_held - flow->waited_before;
    sum->value[RESULT_USD] += (double)waiting / SIM_DAY * loads * of->usd_load_day;
    sum->value[RESULT_ALIVE] += (double)flow->alive * loads;
}

/* Tonnes weigh, in means and in histograms. */
void result_sum_flows(const struct zhol_simulate_model *model, const int64_t *block,
                      const uint32_t *flows, uint32_t flow_count, struct result_sum *sum)
{
    uint32_t count = flows ? flow_count : model->flows.count;
    memset(sum, 0, sizeof *sum);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t f = flows ? flows[i] : i;
        struct zhol_simulate_flow_tally tally;
        const struct sim_flow *flow = &model->flows.items[f];
        double weight = flow->unit_loads * flow->t_load * 1000;
        zhol_simulate_block_flow(model, block, f, &tally);
        add_flow(&tally, flow, sum);
        for (uint32_t k = 0; k < SIM_BUCKETS; k++) {
            sum->histogram[k] += llround((double)tally.histogram[k] * weight);
        }
    }
    double all = sum->t, days = result_days(model);
    sum->value[RESULT_TRANSIT] *= all > 0 ? 1 / (all * SIM_HOUR) : 0;
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        sum->value[RESULT_CAUSES + c] *= all > 0 ? 1 / (all * SIM_HOUR) : 0;
        enum zhol_simulate_step step = zhol_simulate_cause_step((enum zhol_simulate_cause)c);
        sum->value[RESULT_STEPS + step] += sum->value[RESULT_CAUSES + c];
    }
    sum->value[RESULT_USD] /= days;
    sum->value[RESULT_LOADS_DAY] = sum->loads / days;
    sum->value[RESULT_P50] = zhol_simulate_quantile(sum->histogram, 0.5) / SIM_HOUR;
    sum->value[RESULT_P90] = zhol_simulate_quantile(sum->histogram, 0.9) / SIM_HOUR;
    sum->value[RESULT_P95] = zhol_simulate_quantile(sum->histogram, 0.95) / SIM_HOUR;
}

static void pooled(struct zhol_simulate_value *value, const int64_t *histogram, double q)
{
    value->mean = zhol_simulate_quantile(histogram, q) / SIM_HOUR;
}

/* What ended, a day; what it cost; what is left: of all replications. */
static void fill_counts(const struct zhol_simulate_blocks *blocks, const double *values,
                        struct zhol_simulate_flows_result *result)
{
    result->loads_day = result_value(blocks, values + RESULT_LOADS_DAY, RESULT_VALUES);
    result->delay_usd_day = result_value(blocks, values + RESULT_USD, RESULT_VALUES);
    result->alive_loads = result_value(blocks, values + RESULT_ALIVE, RESULT_VALUES);
}

/* Times: of the replications in which something ended. */
static void fill_times(const struct zhol_simulate_blocks *blocks, double *values,
                       const double *weights, const int64_t *histogram,
                       struct zhol_simulate_flows_result *result)
{
    for (uint32_t k = 0; k < RESULT_VALUES; k++) {
        if (result_is_time(k)) {
            result_ratio(values + k, weights, blocks->count, RESULT_VALUES);
        }
    }
    result->transit_h = result_value(blocks, values + RESULT_TRANSIT, RESULT_VALUES);
    result->p50_h = result_value(blocks, values + RESULT_P50, RESULT_VALUES);
    result->p90_h = result_value(blocks, values + RESULT_P90, RESULT_VALUES);
    result->p95_h = result_value(blocks, values + RESULT_P95, RESULT_VALUES);
    result->p10_h = zhol_simulate_quantile(histogram, 0.1) / SIM_HOUR;
    pooled(&result->p50_h, histogram, 0.5);
    pooled(&result->p90_h, histogram, 0.9);
    pooled(&result->p95_h, histogram, 0.95);
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        result->by_cause_h[c] = result_value(blocks, values + RESULT_CAUSES + c, RESULT_VALUES);
    }
    for (uint32_t s = 0; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
        result->by_step_h[s] = result_value(blocks, values + RESULT_STEPS + s, RESULT_VALUES);
    }
}

/* Drops the replications of weight 0; how many are left. */
static uint32_t keep_weighty(double *values, double *weights, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (weights[i] > 0) {
            memmove(values + (size_t)kept * RESULT_VALUES, values + (size_t)i * RESULT_VALUES,
                    RESULT_VALUES * sizeof *values);
            weights[kept++] = weights[i];
        }
    }
    return kept;
}

enum zhol_error zhol_simulate_flows(const struct zhol_simulate_blocks *blocks,
                                    const uint32_t *flows, uint32_t flow_count,
                                    struct zhol_simulate_flows_result *result)
{
    double *values = calloc((size_t)blocks->count + 1, (RESULT_VALUES + 1) * sizeof *values);
    double *weights = values + (size_t)blocks->count * RESULT_VALUES;
    int64_t histogram[SIM_BUCKETS] = {0};
    *result = (struct zhol_simulate_flows_result){0};
    if (!values) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < blocks->count; i++) {
        struct result_sum sum;
        result_sum_flows(blocks->model, result_block(blocks, i), flows, flow_count, &sum);
        memcpy(values + (size_t)i * RESULT_VALUES, sum.value, sizeof sum.value);
        weights[i] = sum.t;
        result->units += sum.units / blocks->count;
        result->loads += sum.loads / blocks->count;
        result->t += sum.t / blocks->count;
        for (uint32_t k = 0; k < SIM_BUCKETS; k++) {
            histogram[k] += sum.histogram[k];
        }
    }
    fill_counts(blocks, values, result);
    struct zhol_simulate_blocks ended = *blocks;
    ended.count = keep_weighty(values, weights, blocks->count);
    fill_times(&ended, values, weights, histogram, result);
    free(values);
    return ZHOL_ERROR_OK;
}

/* ---- Places ---- */

enum { PLACE_QUEUE, PLACE_MAX, PLACE_WAIT, PLACE_BUSY, PLACE_PASSED, PLACE_VALUES };

enum zhol_error zhol_simulate_place_result(const struct zhol_simulate_blocks *blocks,
                                           uint32_t place,
                                           struct zhol_simulate_place_result *result)
{
    double *values = calloc((size_t)blocks->count + 1, PLACE_VALUES * sizeof *values);
    if (!values) {
        return ZHOL_ERROR_MEMORY;
    }
    double units = blocks->model->places.items[place].units;
    for (uint32_t i = 0; i < blocks->count; i++) {
        struct zhol_simulate_place_tally tally;
        double *v = values + (size_t)i * PLACE_VALUES;
        zhol_simulate_block_place(blocks->model, result_block(blocks, i), place, &tally);
        v[PLACE_QUEUE] = tally.queue_mean;
        v[PLACE_MAX] = (double)tally.queue_max;
        v[PLACE_WAIT] = tally.wait_mean_s / SIM_HOUR;
        v[PLACE_BUSY] = tally.busy_mean / units;
        v[PLACE_PASSED] = (double)tally.finished / result_days(blocks->model);
    }
    result->queue_mean = result_value(blocks, values + PLACE_QUEUE, PLACE_VALUES);
    result->queue_max = result_value(blocks, values + PLACE_MAX, PLACE_VALUES);
    result->wait_h = result_value(blocks, values + PLACE_WAIT, PLACE_VALUES);
    result->utilisation = result_value(blocks, values + PLACE_BUSY, PLACE_VALUES);
    result->passed_day = result_value(blocks, values + PLACE_PASSED, PLACE_VALUES);
    free(values);
    return ZHOL_ERROR_OK;
}

/* ---- Series ---- */

static double sample_of(const struct zhol_simulate_blocks *blocks, uint32_t i,
                        const uint32_t *places, uint32_t count, enum zhol_simulate_series what,
                        uint32_t k)
{
    double sum = 0;
    for (uint32_t p = 0; p < count; p++) {
        struct zhol_simulate_place_tally tally;
        zhol_simulate_block_place(blocks->model, result_block(blocks, i), places[p], &tally);
        if (what == ZHOL_SIMULATE_OLDEST_H) {
            sum = fmax(sum, (double)tally.oldest_s[k] / SIM_HOUR);
        } else {
            sum += (double)(what == ZHOL_SIMULATE_QUEUE ? tally.queue[k] : tally.passed[k]);
        }
    }
    return sum;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Linear between the sorted values (Hyndman and Fan 1996, type 7). */
double result_quantile(const double *sorted, uint32_t count, double q)
{
    double at = q * (count - 1);
    uint32_t low = (uint32_t)at;
    if (low + 1 >= count) {
        return count ? sorted[count - 1] : NAN;
    }
    return sorted[low] + (sorted[low + 1] - sorted[low]) * (at - low);
}

enum zhol_error zhol_simulate_series(const struct zhol_simulate_blocks *blocks,
                                     const uint32_t *places, uint32_t place_count,
                                     enum zhol_simulate_series what, double q_low, double q_high,
                                     double *mean, double *low, double *high)
{
    double *values = calloc((size_t)blocks->count + 1, sizeof *values);
    if (!values) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < blocks->model->sample_count && blocks->count; k++) {
        double sum = 0;
        for (uint32_t i = 0; i < blocks->count; i++) {
            values[i] = sample_of(blocks, i, places, place_count, what, k);
            sum += values[i];
        }
        qsort(values, blocks->count, sizeof *values, compare_doubles);
        if (mean) {
            mean[k] = sum / blocks->count;
        }
        if (low) {
            low[k] = result_quantile(values, blocks->count, q_low);
        }
        if (high) {
            high[k] = result_quantile(values, blocks->count, q_high);
        }
    }
    free(values);
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_simulate_clearing(const struct zhol_simulate_blocks *blocks,
                                       const uint32_t *places, uint32_t place_count, double limit,
                                       double *days, double *peak)
{
    const struct zhol_simulate_model *model = blocks->model;
    if (!model->sample_count) {
        return ZHOL_ERROR_USAGE;
    }
    for (uint32_t i = 0; i < blocks->count; i++) {
        double most = -1, queue = 0;
        uint32_t cleared = model->sample_count;
        bool open = false;
        for (uint32_t k = 0; k < model->sample_count; k++) {
            queue = sample_of(blocks, i, places, place_count, ZHOL_SIMULATE_QUEUE, k);
            if (queue > most) {
                most = queue;
                open = false;
            }
            if (queue > limit) {
                open = false;
            } else if (!open) {
                open = true;
                cleared = k;
            }
        }
        double day = (double)cleared * (double)model->sample_every / SIM_DAY;
        days[i] = open ? day : INFINITY;
        peak[i] = most;
    }
    return ZHOL_ERROR_OK;
}
