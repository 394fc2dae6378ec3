/* simulate_listed.c: the consignments of a list, one by one. See simulate_listed.h. */
#include "desk/simulate_listed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>

/* What arrived of one study: for each consignment and replication the last arrival. */
struct arrivals {
    const struct study *study;
    uint32_t *first; /* per listed sum: its first consignment, and one more */
    uint32_t *sums;  /* number of each listed sum */
    uint32_t sum_count, count;
    int64_t *last_s;    /* [replication * count + consignment] */
    uint32_t *missing;  /* the same: units that have not arrived */
    uint32_t *sum_flow; /* per flow: its listed sum, or ZHOL_NONE */
};

static void clear(struct arrivals *a)
{
    free(a->first);
    free(a->sums);
    free(a->last_s);
    free(a->missing);
    free(a->sum_flow);
}

/* Units that one consignment of a flow is. */
static uint32_t parts_of(const struct study *study, uint32_t flow)
{
    struct zhol_simulate_flow_about about;
    zhol_simulate_flow_about(study->model, flow, &about);
    double parts = study->flows.sums[study->flows.sum_of[flow]].loads / about.unit_loads;
    return parts < 1.5 ? 1 : (uint32_t)llround(parts);
}

static enum zhol_error prepare(const struct study *study, struct arrivals *a)
{
    const struct flows *flows = &study->flows;
    *a = (struct arrivals){.study = study};
    a->first = calloc((size_t)flows->sum_count + 1, sizeof *a->first);
    a->sums = calloc((size_t)flows->sum_count + 1, sizeof *a->sums);
    a->sum_flow = calloc((size_t)flows->flow_count + 1, sizeof *a->sum_flow);
    if (!a->first || !a->sums || !a->sum_flow) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t s = 0; s < flows->sum_count; s++) {
        if (flows->sums[s].listed) {
            a->first[a->sum_count] = a->count;
            a->sums[a->sum_count++] = s;
            a->count += flows->sums[s].time_count;
        }
    }
    a->first[a->sum_count] = a->count;
    size_t cells = (size_t)a->count * study->count;
    a->last_s = calloc(cells + 1, sizeof *a->last_s);
    a->missing = calloc(cells + 1, sizeof *a->missing);
    if (!a->last_s || !a->missing) {
        return ZHOL_ERROR_MEMORY;
    }
    memset(a->missing, 0xff, cells * sizeof *a->missing); /* no way: never */
    for (uint32_t f = 0; f < flows->flow_count; f++) {
        a->sum_flow[f] = ZHOL_NONE;
        for (uint32_t k = 0; k < a->sum_count; k++) {
            a->sum_flow[f] = a->sums[k] == flows->sum_of[f] ? k : a->sum_flow[f];
        }
        if (a->sum_flow[f] == ZHOL_NONE) {
            continue;
        }
        uint32_t parts = parts_of(study, f);
        for (uint32_t r = 0; r < study->count; r++) {
            for (uint32_t i = a->first[a->sum_flow[f]]; i < a->first[a->sum_flow[f] + 1]; i++) {
                a->missing[(size_t)r * a->count + i] = parts;
            }
        }
    }
    return ZHOL_ERROR_OK;
}

/* Which of a sum's times a unit was born at, or ZHOL_NONE. */
static uint32_t time_at(const struct flows_sum *sum, int64_t birth_s)
{
    uint32_t low = 0, high = sum->time_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sum->times[middle] < birth_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < sum->time_count && sum->times[low] == birth_s ? low : ZHOL_NONE;
}

static void add_units(struct arrivals *a, uint32_t row, const struct zhol_simulate_ended *ended)
{
    for (uint64_t i = 0; i < ended->count; i++) {
        const struct zhol_simulate_unit *unit = &ended->units[i];
        uint32_t k = a->sum_flow[unit->flow];
        if (k == ZHOL_NONE) {
            continue;
        }
        uint32_t at = time_at(&a->study->flows.sums[a->sums[k]], unit->birth_s);
        if (at == ZHOL_NONE) {
            continue;
        }
        size_t cell = (size_t)row * a->count + a->first[k] + at;
        a->missing[cell] -= a->missing[cell] > 0;
        a->last_s[cell] = unit->end_s > a->last_s[cell] ? unit->end_s : a->last_s[cell];
    }
}

static enum zhol_error gather(const struct study *study, struct arrivals *a)
{
    enum zhol_error error = prepare(study, a);
    for (uint32_t r = 0; a->count && !error && r < study->count; r++) {
        struct zhol_simulate_ended ended = {NULL, 0};
        struct zhol_simulate_unit *made = NULL;
        error = study_units(study, study->replication[r], &ended, &made);
        if (!error) {
            add_units(a, r, &ended);
        }
        free(made);
    }
    return error;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The smallest value that at least a share q of them does not exceed. */
static double quantile(const double *sorted, uint32_t count, double q)
{
    uint32_t rank = (uint32_t)ceil(q * count - 1e-9);
    return sorted[rank > 0 ? rank - 1 : 0];
}

static bool is_simulated(const struct study *study, int64_t time_s)
{
    const struct zhol_simulate_options *o = &study->model_options;
    return (double)(time_s - o->start_s) >= -o->warm_up_days * 86400 &&
           (double)(time_s - o->start_s) < o->days * 86400;
}

static void answer(const struct arrivals *a, const struct arrivals *b, uint32_t number,
                   double *values, struct listed_consignment *c)
{
    uint32_t runs = a->study->count, others = b->study ? b->study->count : 0;
    c->runs = runs;
    for (uint32_t r = 0; r < runs; r++) {
        size_t cell = (size_t)r * a->count + number;
        bool here = !a->missing[cell];
        values[r] = here ? (double)(a->last_s[cell] - c->time_s) / 86400 : INFINITY;
        c->arrived += here;
    }
    qsort(values, runs, sizeof *values, by_value);
    c->days[0] = quantile(values, runs, 0.5);
    c->days[1] = quantile(values, runs, 0.9);
    for (uint32_t r = 0; r < runs && r < others; r++) {
        size_t cell = (size_t)r * a->count + number;
        if (!a->missing[cell] && !b->missing[cell]) {
            values[c->compared++] = (double)(b->last_s[cell] - a->last_s[cell]) / 3600;
        }
    }
    if (!is_simulated(a->study, c->time_s)) {
        c->days[0] = c->days[1] = NAN;
    }
    c->change_h = (struct zhol_simulate_value){NAN, NAN};
    if (c->compared) {
        zhol_interval(values, c->compared, 1, 0.95, &c->change_h.mean, &c->change_h.half);
    }
}

static int by_time(const void *x, const void *y)
{
    const struct listed_consignment *a = x, *b = y;
    if (a->time_s != b->time_s) {
        return a->time_s < b->time_s ? -1 : 1;
    }
    return (a->sum > b->sum) - (a->sum < b->sum);
}

enum zhol_error listed_make(const struct study *first, const struct study *second,
                            struct listed *listed)
{
    struct arrivals a = {0}, b = {0};
    *listed = (struct listed){0};
    enum zhol_error error = gather(first, &a);
    if (!error && second && a.count) {
        error = gather(second, &b);
        if (b.count != a.count) {
            b.study = NULL; /* not the same list */
        }
    }
    double *values = calloc((size_t)first->count + 1, sizeof *values);
    listed->items = calloc((size_t)a.count + 1, sizeof *listed->items);
    if (!values || !listed->items) {
        error = error ? error : ZHOL_ERROR_MEMORY;
    }
    for (uint32_t k = 0; !error && k < a.sum_count; k++) {
        for (uint32_t i = a.first[k]; i < a.first[k + 1]; i++) {
            struct listed_consignment *c = &listed->items[listed->count++];
            c->sum = a.sums[k];
            c->time_s = first->flows.sums[a.sums[k]].times[i - a.first[k]];
            answer(&a, &b, i, values, c);
        }
    }
    if (listed->count) {
        qsort(listed->items, listed->count, sizeof *listed->items, by_time);
    }
    free(values);
    clear(&a);
    clear(&b);
    return error;
}

void listed_clear(struct listed *listed)
{
    free(listed->items);
    *listed = (struct listed){0};
}
