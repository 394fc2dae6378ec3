/* simulate_pairs.c: differences of two studies. See simulate_pairs.h. */
#include "desk/simulate_pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>

#include "base/array.h"
#include "simulate/result.h"

enum { TRANSIT, DELAY, LOADS, TONNES, MEASURES };

/* ---- Groups ---- */

/* The same thing in the other corridor; ZHOL_NONE where it has none. */
static uint32_t same_thing(const struct study *first, const struct study *second,
                           enum zhol_table table, uint32_t thing)
{
    return thing == ZHOL_NONE ? ZHOL_NONE
                              : zhol_corridor_find(second->corridor, table,
                                                   zhol_corridor_id(first->corridor, table, thing));
}

static const struct group *same_group(const struct study *first, const struct study *second,
                                      const struct group *group, const struct groups *others)
{
    uint32_t a = group->a, b = group->b;
    switch (group->kind) {
    case GROUP_TRAFFIC:
        a = same_thing(first, second, ZHOL_TABLE_demand_flow, a);
        break;
    case GROUP_CROSSING:
    case GROUP_OD:
        b = same_thing(first, second, ZHOL_TABLE_node, b);
        a = same_thing(first, second, ZHOL_TABLE_node, a);
        break;
    case GROUP_DESTINATION:
        a = same_thing(first, second, ZHOL_TABLE_node, a);
        break;
    case GROUP_ALL:
    case GROUP_MODE:
    case GROUP_FREIGHT:
    case GROUP_KIND_COUNT:
        break;
    }
    return groups_find(others, group->kind, a, b);
}

/* Means of each replication of a list of flows; MEASURES values each, NaN where nothing arrived. */
static enum zhol_error measure(const struct study *study, const struct groups *groups,
                               const struct group *group, uint32_t count, double *values)
{
    struct zhol_simulate_blocks one = study_blocks(study);
    size_t size = zhol_simulate_block_size(study->model);
    enum zhol_error error = ZHOL_ERROR_OK;
    one.count = 1;
    for (uint32_t i = 0; !error && i < count; i++, one.blocks += size) {
        struct zhol_simulate_flows_result r;
        error = zhol_simulate_flows(&one, groups->flows + group->first, group->count, &r);
        values[i * MEASURES + TRANSIT] = r.units > 0 ? r.transit_h.mean : NAN;
        values[i * MEASURES + DELAY] = r.delay_usd_day.mean;
        values[i * MEASURES + LOADS] = r.loads_day.mean;
        values[i * MEASURES + TONNES] = r.t;
    }
    return error;
}

static double variance(const double *values, uint32_t count, uint32_t stride)
{
    double mean = 0, sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        mean += values[i * stride] / count;
    }
    for (uint32_t i = 0; i < count; i++) {
        sum += (values[i * stride] - mean) * (values[i * stride] - mean);
    }
    return count > 1 ? sum / (count - 1) : NAN;
}

static struct zhol_simulate_value value_of(const double *values, uint32_t count)
{
    struct zhol_simulate_value value;
    zhol_interval(values, count, MEASURES, 0.95, &value.mean, &value.half);
    return value;
}

/* Mean times as parts of their ratios, of the replications in which something arrived in both, in
 * the first places of a, b and d = b - a; how many there are. `weights` has room for two arrays. */
static uint32_t pair_times(double *a, double *b, double *d, double *weights, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (a[i * MEASURES + TONNES] > 0 && b[i * MEASURES + TONNES] > 0) {
            a[kept * MEASURES + TRANSIT] = a[i * MEASURES + TRANSIT];
            b[kept * MEASURES + TRANSIT] = b[i * MEASURES + TRANSIT];
            weights[kept] = a[i * MEASURES + TONNES];
            weights[count + kept++] = b[i * MEASURES + TONNES];
        }
    }
    result_ratio(a + TRANSIT, weights, kept, MEASURES);
    result_ratio(b + TRANSIT, weights + count, kept, MEASURES);
    for (uint32_t i = 0; i < kept; i++) {
        d[i * MEASURES + TRANSIT] = b[i * MEASURES + TRANSIT] - a[i * MEASURES + TRANSIT];
    }
    return kept;
}

enum zhol_error pairs_gain(const struct study *first, const struct study *second,
                           const struct groups *groups, const struct groups *others,
                           uint32_t number, struct pairs_gain *gain)
{
    const struct group *group = &groups->list[number];
    const struct group *other = same_group(first, second, group, others);
    uint32_t count = first->count < second->count ? first->count : second->count;
    memset(gain, 0, sizeof *gain);
    if (!other || !count) {
        return ZHOL_ERROR_OK;
    }
    double *a = calloc((size_t)count * (3 * MEASURES + 2), sizeof *a);
    if (!a) {
        return ZHOL_ERROR_MEMORY;
    }
    double *b = a + (size_t)count * MEASURES, *d = b + (size_t)count * MEASURES;
    double *weights = d + (size_t)count * MEASURES;
    enum zhol_error error = measure(first, groups, group, count, a);
    error = error ? error : measure(second, others, other, count, b);
    for (uint32_t i = 0; i < count * MEASURES; i++) {
        d[i] = b[i] - a[i];
    }
    gain->delay_usd_day = value_of(d + DELAY, count);
    gain->loads_day = value_of(d + LOADS, count);
    uint32_t kept = pair_times(a, b, d, weights, count);
    gain->transit_h = kept ? value_of(d + TRANSIT, kept) : (struct zhol_simulate_value){NAN, NAN};
    double apart = variance(a, kept, MEASURES) + variance(b, kept, MEASURES);
    gain->shrink = apart > 0 ? variance(d, kept, MEASURES) / apart : NAN;
    gain->any = !error && !isnan(gain->transit_h.mean);
    free(a);
    return error;
}

/* ---- Units ---- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct gains {
    double *hours;
    uint32_t count, capacity;
};

/* Goes over both lists, which are in order of their names. Where a flow has another strength its
 * units are born at other times, and number n is another container: those are left out. */
static enum zhol_error merge(const struct zhol_simulate_unit *a, uint64_t a_count,
                             const struct zhol_simulate_unit *b, uint64_t b_count,
                             struct gains *gains)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint64_t i = 0, k = 0; !error && i < a_count && k < b_count;) {
        int order = study_unit_order(&a[i], &b[k]);
        if (order == 0 && a[i].birth_s == b[k].birth_s) {
            error = ARRAY_RESERVE(gains->hours, gains->capacity, gains->count + 1);
            if (!error) {
                int64_t first_s = a[i].end_s - a[i].birth_s, second_s = b[k].end_s - b[k].birth_s;
                gains->hours[gains->count++] = (double)(second_s - first_s) / 3600;
            }
        }
        i += order <= 0;
        k += order >= 0;
    }
    return error;
}

static enum zhol_error compare_units(const struct study *first, const struct study *second,
                                     uint32_t replication, struct gains *gains)
{
    struct zhol_simulate_ended a = {NULL, 0}, b = {NULL, 0};
    struct zhol_simulate_unit *made[2] = {NULL, NULL};
    enum zhol_error error = study_units(first, replication, &a, &made[0]);
    error = error ? error : study_units(second, replication, &b, &made[1]);
    error = error ? error : merge(a.units, a.count, b.units, b.count, gains);
    free(made[0]);
    free(made[1]);
    return error;
}

enum zhol_error pairs_units(const struct study *first, const struct study *second,
                            struct pairs_units *units)
{
    struct gains gains = {0};
    uint32_t count = first->count < second->count ? first->count : second->count;
    enum zhol_error error = ZHOL_ERROR_OK;
    *units = (struct pairs_units){.low_h = NAN, .middle_h = NAN, .high_h = NAN};
    for (uint32_t i = 0; !error && i < count && i < PAIRS_FOLLOWED; i++) {
        error = compare_units(first, second, first->replication[i], &gains);
    }
    if (!error && gains.count) {
        uint32_t sooner = 0, later = 0;
        qsort(gains.hours, gains.count, sizeof *gains.hours, by_value);
        for (uint32_t i = 0; i < gains.count; i++) {
            sooner += gains.hours[i] < -1;
            later += gains.hours[i] > 1;
        }
        units->compared = gains.count;
        units->sooner = (double)sooner / gains.count;
        units->later = (double)later / gains.count;
        units->low_h = gains.hours[gains.count / 10];
        units->middle_h = gains.hours[gains.count / 2];
        units->high_h = gains.hours[gains.count - 1 - gains.count / 10];
    }
    free(gains.hours);
    return error;
}
