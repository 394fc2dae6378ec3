/* simulate_clearing.c: clearing dates and arrivals from a state. See simulate_clearing.h. */
#include "desk/simulate_clearing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>

#include "base/array.h"
#include "base/time.h"

static const double quantiles[3] = {0.5, 0.9, 0.95}, peak_quantiles[3] = {0.1, 0.5, 0.9};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The q-quantile of sorted values, by the nearest rank. */
static double at_rank(const double *sorted, size_t count, double q)
{
    double rank = ceil(q * (double)count) - 1;
    return count ? sorted[rank > 0 ? (size_t)rank : 0] : NAN;
}

/* ---- Where the queue is ---- */

static bool is_towards(const struct study *study, const struct zhol_simulate_place *about,
                       const char *country)
{
    uint32_t begin, end, count, node = about->toward;
    const struct zhol_node *rows = zhol_corridor_node(study->corridor, &count);
    if (!*country || node == ZHOL_NONE) {
        return !*country || about->link == ZHOL_NONE;
    }
    zhol_corridor_rows(study->corridor, ZHOL_TABLE_node, node, &begin, &end);
    const char *there = zhol_corridor_text(study->corridor, rows[begin].country);
    return strcmp(there, country) == 0;
}

bool clearing_is_near(const struct study *study, const struct zhol_simulate_place *about,
                      uint32_t node)
{
    uint32_t begin, end, count;
    const struct zhol_link *links = zhol_corridor_link(study->corridor, &count);
    if (about->node == node || about->link == ZHOL_NONE) {
        return about->node == node;
    }
    zhol_corridor_rows(study->corridor, ZHOL_TABLE_link, about->link, &begin, &end);
    return links[begin].from_node_id == node || links[begin].to_node_id == node;
}

static uint32_t places_of(const struct study *study, const struct zhol_simulate_model *model,
                          const struct state_queue *queue, uint32_t *places)
{
    uint32_t count = zhol_simulate_place_count(model), found = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(model, i, &about);
        if (clearing_is_near(study, &about, queue->node) && about.kind != ZHOL_SIMULATE_PLACE_BAN &&
            is_towards(study, &about, queue->to)) {
            places[found++] = i;
        }
    }
    return found;
}

void clearing_sum(const struct zhol_simulate_model *model, const int64_t *block,
                  const uint32_t *places, uint32_t count, double scale, double *sums)
{
    uint32_t samples = zhol_simulate_sample_count(model);
    memset(sums, 0, samples * sizeof *sums);
    for (uint32_t p = 0; p < count; p++) {
        struct zhol_simulate_place_tally tally;
        zhol_simulate_block_place(model, block, places[p], &tally);
        for (uint32_t i = 0; tally.queue && i < samples; i++) {
            sums[i] += (double)tally.queue[i] / scale;
        }
    }
}

/* As how many vehicles of the model one of a queue's stands: 2 where a train is two units. */
static double scale_of(const struct study *study, uint32_t queue)
{
    uint32_t first = 0;
    double vehicles = 0;
    for (uint32_t i = 0; i < queue; i++) {
        first += study->queue_entries[i];
    }
    for (uint32_t k = 0; k < study->queue_entries[queue]; k++) {
        vehicles += zhol_simulate_standing_vehicles(study->model, first + k);
    }
    return vehicles > 0 ? vehicles / study->options->state->queues[queue].count : 1;
}

/* ---- What is usual ---- */

struct usual {
    struct zhol_simulate_model *model;
    int64_t *blocks;
};

static enum zhol_error usual_run(const struct study *study, struct usual *usual)
{
    struct zhol_simulate_options o = study->model_options;
    uint8_t done[USUAL_RUNS];
    struct zhol_simulate_runs runs = {.count = USUAL_RUNS,
                                      .threads = study->options->threads}; /* short: no interrupt */
    o.standing_count = o.disruption_count = 0;
    o.warm_up_days = USUAL_WARM_UP;
    o.days = USUAL_DAYS;
    enum zhol_error error = zhol_simulate_build(&study->input, &o, NULL, &usual->model);
    if (!error) {
        size_t size = zhol_simulate_block_size(usual->model);
        usual->blocks = calloc(USUAL_RUNS * size, sizeof *usual->blocks);
        error = usual->blocks ? zhol_simulate_run(usual->model, &runs, usual->blocks, done)
                              : ZHOL_ERROR_MEMORY;
    }
    return error;
}

static enum zhol_error usual_queue(const struct study *study, const struct usual *usual,
                                   const struct state_queue *queue, double scale, double *usually)
{
    uint32_t samples = zhol_simulate_sample_count(usual->model);
    size_t size = zhol_simulate_block_size(usual->model);
    uint32_t *places = calloc(zhol_simulate_place_count(usual->model) + 1, sizeof *places);
    double *sums = calloc((size_t)samples * USUAL_RUNS + 1, sizeof *sums);
    enum zhol_error error = places && sums ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        uint32_t count = places_of(study, usual->model, queue, places);
        for (uint32_t i = 0; i < USUAL_RUNS; i++) {
            clearing_sum(usual->model, usual->blocks + i * size, places, count, scale,
                         sums + (size_t)i * samples);
        }
        qsort(sums, (size_t)samples * USUAL_RUNS, sizeof *sums, by_value);
        *usually = samples ? at_rank(sums, (size_t)samples * USUAL_RUNS, USUAL) : 0;
    }
    free(places);
    free(sums);
    return error;
}

/* ---- Clearing ---- */

/* Days until the sums have been at or under the limit for CLEARED_FOR_H without a break. */
static double cleared_after(const struct study *study, const double *sums, double limit)
{
    uint32_t samples = zhol_simulate_sample_count(study->model), calm = 0;
    double step_h = zhol_simulate_sample_h(study->model);
    uint32_t enough = (uint32_t)ceil(CLEARED_FOR_H / step_h);
    for (uint32_t i = 0; i < samples; i++) {
        calm = sums[i] <= limit ? calm + 1 : 0;
        if (calm >= enough) {
            return (i + 1 - calm) * step_h / 24;
        }
    }
    return INFINITY;
}

static double greatest(const double *sums, uint32_t count)
{
    double most = 0;
    for (uint32_t i = 0; i < count; i++) {
        most = sums[i] > most ? sums[i] : most;
    }
    return most;
}

void clearing_quantiles(double *days, double *peak, uint32_t n, double *scratch, double at[3],
                        double low[3], double high[3], double peaks[3])
{
    for (int k = 0; k < 3; k++) {
        double value;
        bool any = zhol_quantile_interval(days, n, 1, quantiles[k], 0.95, scratch, &value, &low[k],
                                          &high[k]);
        low[k] = any ? low[k] : NAN;
        high[k] = any ? high[k] : NAN;
    }
    qsort(days, n, sizeof *days, by_value);
    qsort(peak, n, sizeof *peak, by_value);
    for (int k = 0; k < 3; k++) {
        at[k] = at_rank(days, n, quantiles[k]);
        peaks[k] = at_rank(peak, n, peak_quantiles[k]);
    }
}

static enum zhol_error clear_times(const struct study *study, const struct state_queue *queue,
                                   double scale, struct answer_clearing *c)
{
    uint32_t n = study->count, samples = zhol_simulate_sample_count(study->model);
    uint32_t *places = calloc(zhol_simulate_place_count(study->model) + 1, sizeof *places);
    double *days = calloc(3 * (size_t)n + samples + 1, sizeof *days);
    enum zhol_error error = places && days ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        double *peak = days + n, *scratch = peak + n, *sums = scratch + n;
        size_t size = zhol_simulate_block_size(study->model);
        uint32_t count = places_of(study, study->model, queue, places);
        for (uint32_t i = 0; i < n; i++) {
            clearing_sum(study->model, study->blocks + i * size, places, count, scale, sums);
            days[i] = cleared_after(study, sums, c->limit);
            peak[i] = greatest(sums, samples);
        }
        clearing_quantiles(days, peak, n, scratch, c->days, c->low, c->high, c->peak);
    }
    free(places);
    free(days);
    return error;
}

/* ---- Those who stood there ---- */

/* The standing units of a flow: from[flow] is the number of the first of this queue, until[flow]
 * that behind the last. Queues were put in order. */
static void number_standing(const struct study *study, uint32_t queue, uint64_t *from,
                            uint64_t *until)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i <= queue; i++) {
        for (uint32_t k = 0; k < study->queue_entries[i]; k++) {
            const struct zhol_simulate_standing *s = &study->standing[first + k];
            struct zhol_simulate_flow_about about;
            zhol_simulate_flow_about(study->model, s->flow, &about);
            uint64_t units = (uint64_t)llround(s->loads / about.unit_loads);
            from[s->flow] += i < queue ? units : 0;
            until[s->flow] += units;
        }
        first += study->queue_entries[i];
    }
}

struct arrivals {
    double *days;
    uint32_t count, capacity;
};

static enum zhol_error follow(const struct study *study, uint32_t replication, const uint64_t *from,
                              const uint64_t *until, struct arrivals *arrivals)
{
    struct zhol_simulate_unit *units = NULL;
    uint64_t count = 0;
    enum zhol_error error = zhol_simulate_units(study->model, replication, &units, &count);
    for (uint64_t i = 0; !error && i < count; i++) {
        const struct zhol_simulate_unit *u = &units[i];
        uint64_t number = u->number % ZHOL_SIMULATE_STANDING;
        bool stood = u->number >= ZHOL_SIMULATE_STANDING && number >= from[u->flow];
        if (stood && number < until[u->flow]) {
            error = ARRAY_RESERVE(arrivals->days, arrivals->capacity, arrivals->count + 1);
            if (!error) {
                arrivals->days[arrivals->count++] =
                    (double)(u->end_s - study->options->start_s) / TIME_DAY_S;
            }
        }
    }
    free(units);
    return error;
}

static enum zhol_error follow_queue(const struct study *study, uint32_t queue,
                                    struct answer_clearing *c)
{
    struct arrivals arrivals = {0};
    uint32_t flows = study->flows.flow_count;
    uint64_t *from = calloc(2 * (size_t)flows + 1, sizeof *from), *until = from + flows;
    enum zhol_error error = from ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    uint64_t standing = 0;
    if (!error) {
        number_standing(study, queue, from, until);
        for (uint32_t i = 0; i < flows; i++) {
            standing += until[i] - from[i];
        }
    }
    uint32_t runs = study->count < FOLLOWED ? study->count : FOLLOWED;
    for (uint32_t i = 0; !error && i < runs; i++) {
        error = follow(study, study->replication[i], from, until, &arrivals);
    }
    if (!error) {
        qsort(arrivals.days, arrivals.count, sizeof *arrivals.days, by_value);
    }
    /* Who has not arrived when the time ends arrives later than all others. */
    for (int k = 0; k < 3; k++) {
        double rank = ceil(quantiles[k] * (double)standing * runs) - 1;
        c->arrival_days[k] = error || !standing      ? NAN
                             : rank < arrivals.count ? arrivals.days[rank > 0 ? (size_t)rank : 0]
                                                     : INFINITY;
    }
    c->arrived = arrivals.count;
    free(arrivals.days);
    free(from);
    return error;
}

static enum zhol_error clear_queue(const struct study *study, const struct usual *usual,
                                   uint32_t number, struct answer_clearing *c)
{
    const struct state_queue *queue = &study->options->state->queues[number];
    double scale = scale_of(study, number);
    enum zhol_error error = usual_queue(study, usual, queue, scale, &c->usual);
    c->queue = number;
    c->limit = fmax(CLEARED * queue->count, c->usual);
    error = error ? error : clear_times(study, queue, scale, c);
    return error ? error : follow_queue(study, number, c);
}

enum zhol_error clearing_make(const struct study *study, struct answer_clearing **clearings,
                              uint32_t *count)
{
    const struct state *state = study->options->state;
    struct usual usual = {0};
    *count = 0;
    *clearings = calloc(state->queue_count + 1, sizeof **clearings);
    if (!*clearings) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = state->queue_count ? usual_run(study, &usual) : ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < state->queue_count; i++) {
        error = clear_queue(study, &usual, i, &(*clearings)[i]);
        *count += !error;
    }
    zhol_simulate_free(usual.model);
    free(usual.blocks);
    return error;
}
