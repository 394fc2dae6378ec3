/* simulate_study.c: flows, state and disruptions into a model, and its replications. See the
 * header. */
#include "desk/simulate_study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zhol/engine.h>

#include "base/array.h"
#include "base/time.h"
#include "desk/simulate_start.h"

/* Replications that are put together at once where no precision is wanted: bounds memory. */
enum { WARM_UP_DAYS = 28, CHUNK = 64 };

void study_options_init(struct study_options *options)
{
    *options = (struct study_options){
        .days = 30,
        .warm_up_days = WARM_UP_DAYS,
        .replications = STUDY_LEAST,
        .seed = 1,
        .threads = 1,
        .sample_h = 6,
        .dwell = NAN,
    };
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- Preparing ---- */

static enum zhol_error make_flows(const struct zhol_network *network, struct zhol_report *report,
                                  struct study *study)
{
    const struct study_options *o = study->options;
    struct flows_how how = {.day = time_day_of(o->start_s),
                            .ready_s = o->start_s,
                            .threads = o->threads,
                            .free_crossings = o->free_crossings};
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!o->replay && o->assigned) {
        error = flows_from_assignment(study->corridor, network, how.day, (uint32_t)o->days,
                                      o->free_crossings, &study->flows);
    } else if (!o->replay) {
        error = flows_from_demand(study->corridor, how.day, &study->flows);
    }
    if (!error && o->list) {
        error = flows_from_list(study->corridor, o->list, report, &study->flows);
    }
    error = error ? error : flows_finish(study->corridor, network, &how, &study->flows);
    return error || study->flows.flow_count ? error : ZHOL_ERROR_UNREACHABLE;
}

static void set_model_options(struct study *study)
{
    const struct study_options *o = study->options;
    struct zhol_simulate_options *m = &study->model_options;
    zhol_simulate_options_init(m);
    m->warm_up_days = o->from_state ? 0 : o->warm_up_days;
    m->start_s = o->start_s;
    m->days = o->days;
    m->seed = o->seed;
    m->sample_h = o->sample_h;
    m->residual_share = o->dwell;
    m->audit = o->audit;
}

enum zhol_error study_prepare(const struct zhol_corridor *corridor,
                              const struct zhol_network *network,
                              const struct study_options *options, struct zhol_report *report,
                              struct study *study)
{
    double begun = seconds();
    memset(study, 0, sizeof *study);
    study->options = options;
    study->corridor = corridor;
    study->view = zhol_network_view(network);
    study->relative = NAN;
    flows_init(&study->flows);
    enum zhol_error error = make_flows(network, report, study);
    if (!error) {
        set_model_options(study);
        error = zhol_simulate_input_corridor(&study->input, corridor, &study->view);
    }
    if (!error) {
        study->input.flows = study->flows.flows;
        study->input.flow_count = study->flows.flow_count;
        error = start_disruptions(study);
    }
    if (!error && options->from_state) {
        error = start_standing(study, report);
    }
    error = error
                ? error
                : zhol_simulate_build(&study->input, &study->model_options, report, &study->model);
    study->model_s = seconds() - begun;
    return error;
}

void study_clear(struct study *study)
{
    zhol_simulate_free(study->model);
    zhol_simulate_input_clear(&study->input);
    flows_clear(&study->flows);
    free(study->disruptions);
    free(study->standing);
    free(study->queue_entries);
    free(study->blocks);
    free(study->replication);
    for (uint32_t i = 0; i < study->followed_count; i++) {
        free(study->followed[i].units);
    }
    free(study->followed);
    memset(study, 0, sizeof *study);
}

/* ---- Running ---- */

struct zhol_simulate_blocks study_blocks(const struct study *study)
{
    return (struct zhol_simulate_blocks){
        .model = study->model, .blocks = study->blocks, .count = study->count};
}

/* Tells how far it is: replications of earlier batches and ranks count too. */
struct batch {
    struct study *study;
    uint32_t before, ranks;
};

static void tell(void *context, uint32_t done, uint32_t total)
{
    const struct batch *batch = context;
    const struct study_options *o = batch->study->options;
    (void)total;
    if (o->progress) {
        o->progress(o->context, batch->before + done * batch->ranks);
    }
}

int study_unit_order(const void *a, const void *b)
{
    const struct zhol_simulate_unit *x = a, *y = b;
    return x->identity != y->identity ? (x->identity < y->identity ? -1 : 1)
                                      : (x->number > y->number) - (x->number < y->number);
}

/* Lists for the units of the first replications; they are all in the first batch. */
static enum zhol_error follow(struct study *study, struct zhol_simulate_runs *runs)
{
    uint32_t wanted = study->options->followed;
    if (!wanted || runs->first || runs->stride != 1) {
        return ZHOL_ERROR_OK;
    }
    study->followed_count = wanted < runs->count ? wanted : runs->count;
    study->followed = calloc(study->followed_count, sizeof *study->followed);
    runs->ended = study->followed;
    runs->ended_count = study->followed ? study->followed_count : 0;
    return study->followed ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* Replications first .. first + count - 1 into `blocks`, each rank its own; done[i]: it is there.
 */
static enum zhol_error run_share(struct study *study, uint32_t first, uint32_t count,
                                 int64_t *blocks, uint8_t *done)
{
    const struct study_options *o = study->options;
    const struct ranks alone = {.count = 1}, *ranks = o->ranks ? o->ranks : &alone;
    size_t size = zhol_simulate_block_size(study->model);
    uint32_t mine = ranks_share(ranks, ranks->own, count);
    struct batch batch = {study, first, ranks->count};
    struct zhol_simulate_runs runs = {.first = first + ranks->own,
                                      .stride = ranks->count,
                                      .count = mine,
                                      .threads = o->threads,
                                      .stop = o->stop,
                                      .progress = tell,
                                      .context = &batch};
    int64_t *own = malloc((mine ? mine : 1) * size * sizeof *own);
    uint8_t *own_done = calloc(mine ? mine : 1, 1);
    enum zhol_error error = own && own_done ? follow(study, &runs) : ZHOL_ERROR_MEMORY;
    if (!error && mine) {
        error = zhol_simulate_run(study->model, &runs, own, own_done);
    }
    for (uint32_t i = 0; i < runs.ended_count; i++) {
        if (runs.ended[i].count) {
            qsort(runs.ended[i].units, runs.ended[i].count, sizeof *runs.ended[i].units,
                  study_unit_order);
        }
    }
    error = error == ZHOL_ERROR_INTERRUPTED ? ZHOL_ERROR_OK : error;
    error = ranks_agree(ranks, error);
    for (uint32_t k = 0; !error && k < mine; k++) {
        uint32_t i = ranks->own + k * ranks->count;
        memcpy(blocks + i * size, own + k * size, size * sizeof *own);
        done[i] = own_done[k];
    }
    error = error ? error : ranks_gather(ranks, blocks, size * sizeof *blocks, count);
    error = error ? error : ranks_gather(ranks, done, 1, count);
    free(own);
    free(own_done);
    return error;
}

static enum zhol_error reserve(struct study *study, uint32_t need)
{
    size_t size = zhol_simulate_block_size(study->model) * sizeof *study->blocks;
    if (need <= study->capacity) {
        return ZHOL_ERROR_OK;
    }
    if (size > SIZE_MAX / 2 / need) {
        return ZHOL_ERROR_LIMIT;
    }
    int64_t *blocks = realloc(study->blocks, need * size);
    study->blocks = blocks ? blocks : study->blocks;
    uint32_t *numbers = realloc(study->replication, need * sizeof *numbers);
    study->replication = numbers ? numbers : study->replication;
    study->capacity = blocks && numbers ? need : study->capacity;
    return blocks && numbers ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* One batch; the finished ones are kept, close together. */
static enum zhol_error run_batch(struct study *study, uint32_t first, uint32_t count)
{
    size_t size = zhol_simulate_block_size(study->model);
    uint8_t *done = calloc(count, 1);
    enum zhol_error error = done ? reserve(study, study->count + count) : ZHOL_ERROR_MEMORY;
    if (!error) {
        int64_t *blocks = study->blocks + study->count * size;
        error = run_share(study, first, count, blocks, done);
        for (uint32_t i = 0; !error && i < count; i++) {
            if (!done[i]) {
                study->interrupted = true;
                continue;
            }
            memmove(study->blocks + study->count * size, blocks + i * size, size * sizeof *blocks);
            study->replication[study->count++] = first + i;
        }
    }
    free(done);
    return error;
}

static enum zhol_error look_at_precision(struct study *study)
{
    struct zhol_simulate_flows_result all;
    struct zhol_simulate_blocks blocks = study_blocks(study);
    enum zhol_error error =
        study->count ? zhol_simulate_flows(&blocks, NULL, 0, &all) : ZHOL_ERROR_OK;
    if (!error && study->count) {
        study->relative = all.transit_h.half / all.transit_h.mean;
        study->reached =
            study->options->precision > 0 && study->relative <= study->options->precision;
    }
    return error;
}

enum zhol_error study_run(struct study *study)
{
    const struct study_options *o = study->options;
    double begun = seconds();
    bool sequential = o->precision > 0;
    uint32_t first = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && first < o->replications && !study->interrupted && !study->reached) {
        uint32_t left = o->replications - first;
        uint32_t wanted = !sequential ? CHUNK : first ? STUDY_BATCH : STUDY_LEAST;
        uint32_t count = wanted < left ? wanted : left;
        error = run_batch(study, first, count);
        error = error ? error : look_at_precision(study);
        first += count;
    }
    study->run_s = seconds() - begun;
    return !error && study->interrupted && study->count < 2 ? ZHOL_ERROR_INTERRUPTED : error;
}

/* ---- Units ---- */

enum zhol_error study_units(const struct study *study, uint32_t replication,
                            struct zhol_simulate_ended *found, struct zhol_simulate_unit **made)
{
    *made = NULL;
    if (replication < study->followed_count && study->followed[replication].units) {
        *found = study->followed[replication];
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error =
        zhol_simulate_units(study->model, replication, &found->units, &found->count);
    if (!error && found->count) {
        qsort(found->units, found->count, sizeof *found->units, study_unit_order);
    }
    *made = found->units;
    return error;
}
