/* simulate_steady.c: do queues keep their level in the measured time, and if not, why? See the
 * header. */
#include "desk/simulate_steady.h"

#include <math.h>
#include <stdlib.h>

#include <zhol/engine.h>

#include "base/time.h"

enum { MSER_BATCH = 5, GROWTH_SAMPLES = 9 };

/* Change of a queue, of its mean and in vehicles, that is no steady state. */
#define GROWTH       0.5
#define GROWTH_LEAST 5.0
/* A closure that is no night and no weekend, in hours. */
#define CLOSED_DAYS_H 72.0

uint32_t study_truncation(const double *series, uint32_t count)
{
    uint32_t batches = count / MSER_BATCH, best = 0;
    double sum = 0, squares = 0, least = INFINITY;
    /* From the end: sums of the batches that are left when d are cut. */
    for (uint32_t d = batches; d-- > 0;) {
        double mean = 0;
        for (uint32_t i = 0; i < MSER_BATCH; i++) {
            mean += series[d * MSER_BATCH + i] / MSER_BATCH;
        }
        sum += mean;
        squares += mean * mean;
        double left = batches - d, error = (squares - sum * sum / left) / (left * left);
        if (d <= batches / 2 && error <= least) {
            least = error;
            best = d;
        }
    }
    return best * MSER_BATCH;
}

/* Mean queue of a place over samples [from, until) in one block. */
static double mean_queue(const struct study *study, uint32_t i, uint32_t place, uint32_t from,
                         uint32_t until)
{
    struct zhol_simulate_place_tally tally;
    double sum = 0;
    zhol_simulate_block_place(
        study->model, study->blocks + i * zhol_simulate_block_size(study->model), place, &tally);
    for (uint32_t k = from; k < until; k++) {
        sum += (double)tally.queue[k] / (until - from);
    }
    return sum;
}

/* By how much a queue grows (or drains): its last third less its first, where that is more than
 * luck (99 % over replications), than GROWTH of its mean and than GROWTH_LEAST; else 0. */
static double growth_of(const struct study *study, uint32_t place, double *changes)
{
    uint32_t samples = zhol_simulate_sample_count(study->model), third = samples / 3;
    double mean = 0, change, half;
    for (uint32_t i = 0; i < study->count; i++) {
        double first = mean_queue(study, i, place, 0, third);
        double last = mean_queue(study, i, place, samples - third, samples);
        changes[i] = last - first;
        mean += (first + last) / 2 / study->count;
    }
    zhol_interval(changes, study->count, 1, 0.99, &change, &half);
    bool steady = fabs(change) <= fmax(GROWTH_LEAST, GROWTH * mean) || fabs(change) <= half;
    return steady ? 0 : change;
}

/* The series of all queues together. */
static bool sum_settled(const struct study *study)
{
    uint32_t samples = zhol_simulate_sample_count(study->model);
    uint32_t places = zhol_simulate_place_count(study->model);
    uint32_t *all = calloc(places ? places : 1, sizeof *all);
    double *mean = calloc(samples ? samples : 1, sizeof *mean);
    struct zhol_simulate_blocks blocks = study_blocks(study);
    bool settled = true;
    for (uint32_t i = 0; all && i < places; i++) {
        all[i] = i;
    }
    if (all && mean && samples >= 4 * MSER_BATCH && study->count &&
        !zhol_simulate_series(&blocks, all, places, ZHOL_SIMULATE_QUEUE, 0.5, 0.5, mean, NULL,
                              NULL)) {
        settled = study_truncation(mean, samples) <= samples / 4;
    }
    free(all);
    free(mean);
    return settled;
}

/* The closure of a place, where it changes more than those before or is closed longer and they were
 * not the ones that change most. */
static void look_at_closure(const struct study *study, uint32_t place, struct steadiness *found)
{
    int64_t from = 0, to = 0;
    bool closed = zhol_simulate_place_closed(study->model, place, CLOSED_DAYS_H, &from, &to);
    bool longer = to - from > found->closed_to_s - found->closed_from_s;
    if (closed && (found->place == place || (longer && found->closed_place != found->place))) {
        found->closed_place = place;
        found->closed_from_s = from;
        found->closed_to_s = to;
    }
}

/* The place whose queue changes most, and its closure, or else the longest where queues change. */
static void look_at_places(const struct study *study, struct steadiness *found)
{
    uint32_t places = zhol_simulate_place_count(study->model);
    double *changes = calloc((size_t)study->count + 1, sizeof *changes);
    double most = 0;
    for (uint32_t i = 0; changes && i < places; i++) {
        double change = fabs(growth_of(study, i, changes));
        if (change > most) {
            most = change;
            found->kind = STEADY_CHANGES;
            found->place = i;
        }
        if (change > 0) {
            look_at_closure(study, i, found);
        }
    }
    free(changes);
}

/* The place of which most is asked, and how much. */
static void look_at_loads(const struct study *study, struct steadiness *found)
{
    for (uint32_t i = 0; i < zhol_simulate_place_count(study->model); i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(study->model, i, &about);
        if (about.load > found->load) { /* false for NAN */
            found->load = about.load;
            found->loaded_place = i;
        }
    }
}

/* Whether a disruption that was given is in force on a simulated day. */
static bool is_disrupted(const struct study *study)
{
    const struct study_options *o = study->options;
    double before = o->from_state ? 0 : o->warm_up_days;
    int64_t start = o->start_s - (int64_t)(before * TIME_DAY_S);
    int64_t stop = o->start_s + (int64_t)(o->days * TIME_DAY_S);
    for (uint32_t i = 0; o->state && i < o->state->disruption_count; i++) {
        const struct state_disruption *d = &o->state->disruptions[i];
        if (d->to_s > start && d->from_s < stop) {
            return true;
        }
    }
    return false;
}

void study_steadiness(const struct study *study, struct steadiness *found)
{
    *found = (struct steadiness){
        .place = ZHOL_NONE, .closed_place = ZHOL_NONE, .loaded_place = ZHOL_NONE};
    look_at_loads(study, found);
    if (!study->count) {
        return;
    }
    found->kind = sum_settled(study) ? STEADY : STEADY_CHANGES;
    if (zhol_simulate_sample_count(study->model) >= GROWTH_SAMPLES) {
        look_at_places(study, found);
    }
    if (found->load >= 1) { /* also where all queues are long so that their growth is hidden */
        found->kind = STEADY_OVERLOADED;
    } else if (found->kind != STEADY) {
        found->kind = is_disrupted(study)                ? STEADY_DISRUPTED
                      : found->closed_place != ZHOL_NONE ? STEADY_CLOSED
                                                         : STEADY_CHANGES;
    }
}

bool study_settled(const struct study *study)
{
    struct steadiness found;
    study_steadiness(study, &found);
    return found.kind == STEADY;
}
