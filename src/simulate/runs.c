/* runs.c: replications over threads, and what a model and a block say of themselves
 * (zhol/simulate.h). */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>
#include <zhol/simulate.h>

#include "simulate/model.h"
#include "simulate/stays.h"

static const struct {
    const char *word;
    enum zhol_simulate_step step;
} causes[] = {
#define CAUSE_ROW(name, word, step) {word, ZHOL_SIMULATE_STEP_##step},
    ZHOL_SIMULATE_CAUSES(CAUSE_ROW)
#undef CAUSE_ROW
};

const char *zhol_simulate_cause_word(enum zhol_simulate_cause cause)
{
    return (unsigned)cause < ZHOL_SIMULATE_CAUSE_COUNT ? causes[cause].word : "";
}

enum zhol_simulate_step zhol_simulate_cause_step(enum zhol_simulate_cause cause)
{
    return (unsigned)cause < ZHOL_SIMULATE_CAUSE_COUNT ? causes[cause].step
                                                       : ZHOL_SIMULATE_STEP_NONE;
}

bool zhol_simulate_cause_waits(enum zhol_simulate_cause cause)
{
    return cause != ZHOL_SIMULATE_RUNNING && cause != ZHOL_SIMULATE_HANDLING &&
           cause != ZHOL_SIMULATE_BORDER;
}

/* ---- The model ---- */

void zhol_simulate_free(struct zhol_simulate_model *m)
{
    if (!m) {
        return;
    }
    zhol_engine_free(m->engine);
    for (uint32_t i = 0; i < m->calendars.count; i++) {
        free(m->calendars.items[i].changes);
    }
    for (uint32_t i = 0; i < m->flows.count; i++) {
        free(m->flows.items[i].times);
    }
    free(m->steps.items);
    free(m->dists.items);
    free(m->calendars.items);
    free(m->places.items);
    free(m->flows.items);
    free(m->doors.items);
    free(m->legs.items);
    free(m->vessels.items);
    free(m->standing.items);
    free(m->arcs.items);
    free(m->minutes.items);
    free(m->named);
    free(m->zeros);
    free(m);
}

uint32_t zhol_simulate_place_count(const struct zhol_simulate_model *model)
{
    return model->places.count;
}

void zhol_simulate_place_about(const struct zhol_simulate_model *model, uint32_t place,
                               struct zhol_simulate_place *about)
{
    const struct sim_place *p = &model->places.items[place];
    *about = (struct zhol_simulate_place){.number = place,
                                          .kind = p->kind,
                                          .assumed = p->assumed,
                                          .node = p->node,
                                          .link = p->link,
                                          .toward = p->toward,
                                          .process_row = p->process_row,
                                          .resource_row = p->resource_row,
                                          .units = p->units,
                                          .nameplate_day = NAN,
                                          .capacity_day = NAN,
                                          .load = NAN,
                                          .offered_day = p->offered_day};
    if (p->use == SIM_USE_SERVERS && p->work_sum_s > 0) {
        double mean_s = p->work_sum_s / p->offered_day;
        about->nameplate_day = p->units * SIM_DAY * p->speed / mean_s;
        bool slot = p->kind == ZHOL_SIMULATE_PLACE_SLOT && p->capacity_day > 0;
        about->capacity_day = slot ? p->capacity_day * p->speed : NAN;
        about->load = p->work_sum_s / (p->units * SIM_DAY * p->speed * p->open_share);
    }
}

bool zhol_simulate_place_closed(const struct zhol_simulate_model *model, uint32_t place,
                                double least_h, int64_t *from_s, int64_t *to_s)
{
    const struct sim_place *p = &model->places.items[place];
    int64_t least = (int64_t)(least_h * SIM_HOUR), shut = 0;
    bool found = false;
    if (p->calendar == SIM_NONE) {
        return false;
    }
    const struct sim_calendar *c = &model->calendars.items[p->calendar];
    for (uint32_t i = 0; i <= c->count; i += 2) { /* openings; behind the last the end */
        int64_t opens = i < c->count && c->changes[i] < model->end ? c->changes[i] : model->end;
        if (opens - shut >= least && opens > shut) {
            least = opens - shut + 1;
            *from_s = model->origin_s + shut;
            *to_s = model->origin_s + opens;
            found = true;
        }
        shut = i < c->count ? c->changes[i + 1] : shut;
    }
    return found;
}

uint32_t zhol_simulate_flow_count(const struct zhol_simulate_model *model)
{
    return model->flows.count;
}

void zhol_simulate_flow_about(const struct zhol_simulate_model *model, uint32_t flow,
                              struct zhol_simulate_flow_about *about)
{
    const struct sim_flow *f = &model->flows.items[flow];
    *about = (struct zhol_simulate_flow_about){.unit_loads = f->unit_loads,
                                               .free_h = f->free_s / SIM_HOUR,
                                               .loads_day = f->loads_day,
                                               .t_load = f->t_load,
                                               .usd_load_day = f->usd_load_day,
                                               .stretches = f->stretches,
                                               .kind = f->kind};
}

const uint32_t *zhol_simulate_path(const struct zhol_simulate_model *model, uint32_t flow,
                                   uint32_t *count)
{
    *count = model->flows.items[flow].arc_count;
    return model->arcs.items + model->flows.items[flow].first_arc;
}

const uint32_t *zhol_simulate_path_minutes(const struct zhol_simulate_model *model, uint32_t flow)
{
    return model->minutes.items + model->flows.items[flow].first_arc;
}

uint32_t zhol_simulate_sample_count(const struct zhol_simulate_model *model)
{
    return model->sample_count;
}

double zhol_simulate_sample_h(const struct zhol_simulate_model *model)
{
    return (double)model->sample_every / SIM_HOUR;
}

/* ---- Runs ---- */

uint64_t zhol_simulate_block_size(const struct zhol_simulate_model *model)
{
    return sim_series_at(model, model->series_count);
}

struct work {
    const struct zhol_simulate_model *model;
    const struct zhol_simulate_runs *runs;
    int64_t *blocks;
    uint8_t *done;
    struct zhol_simulate_stays *stays; /* or NULL */
    atomic_uint next;
    atomic_int error;
    pthread_mutex_t lock;
    uint32_t finished;
};

static void report_done(struct work *work)
{
    pthread_mutex_lock(&work->lock);
    work->finished++;
    if (work->runs->progress) {
        work->runs->progress(work->runs->context, work->finished, work->runs->count);
    }
    pthread_mutex_unlock(&work->lock);
}

static void *worker(void *argument)
{
    struct work *work = argument;
    const struct zhol_simulate_runs *runs = work->runs;
    uint64_t size = zhol_simulate_block_size(work->model);
    struct sim_runner *runner = NULL;
    struct sim_kept kept = {.units = false};
    enum zhol_error error = work->stays ? stays_new(work->model, &kept.stays) : ZHOL_ERROR_OK;
    error = error ? error : runner_new(work->model, runs->stop, &kept, &runner);
    while (!error && !atomic_load(&work->error)) {
        uint32_t i = atomic_fetch_add(&work->next, 1);
        if (i >= runs->count) {
            break;
        }
        if (runs->stop && *runs->stop) {
            error = ZHOL_ERROR_INTERRUPTED;
            break;
        }
        uint32_t replication = runs->first + i * (runs->stride ? runs->stride : 1);
        kept.units = i < runs->ended_count;
        error = runner_run(runner, replication, work->blocks + i * size, NULL, 0);
        if (!error && kept.units) {
            error = kept_units_take(work->model, &kept, &runs->ended[i]);
        }
        if (!error && kept.stays) {
            stays_take(kept.stays, work->model, work->stays, i);
        }
        if (!error) {
            work->done[i] = 1;
            report_done(work);
        }
    }
    if (error) {
        atomic_store(&work->error, (int)error);
    }
    free(kept.unit.items);
    stays_free(kept.stays);
    runner_free(runner);
    return NULL;
}

enum zhol_error runs_all(const struct zhol_simulate_model *model,
                         const struct zhol_simulate_runs *runs, int64_t *blocks, uint8_t *done,
                         struct zhol_simulate_stays *stays)
{
    struct work work = {
        .model = model, .runs = runs, .blocks = blocks, .done = done, .stays = stays};
    uint32_t threads = runs->threads ? runs->threads : 1, started = 0;
    threads = threads < runs->count ? threads : runs->count;
    memset(done, 0, runs->count);
    pthread_t *ids = calloc(threads ? threads : 1, sizeof *ids);
    if (!ids || pthread_mutex_init(&work.lock, NULL)) {
        free(ids);
        return ZHOL_ERROR_MEMORY;
    }
    while (started + 1 < threads && !pthread_create(&ids[started], NULL, worker, &work)) {
        started++;
    }
    worker(&work); /* the caller's thread works too */
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(ids[i], NULL);
    }
    pthread_mutex_destroy(&work.lock);
    free(ids);
    return (enum zhol_error)atomic_load(&work.error);
}

enum zhol_error zhol_simulate_run(const struct zhol_simulate_model *model,
                                  const struct zhol_simulate_runs *runs, int64_t *blocks,
                                  uint8_t *done)
{
    return runs_all(model, runs, blocks, done, NULL);
}

enum zhol_error zhol_simulate_audit(const struct zhol_simulate_model *model, uint32_t replication,
                                    char *why, uint32_t size)
{
    struct sim_runner *runner = NULL;
    int64_t *block = malloc(sizeof *block * zhol_simulate_block_size(model));
    enum zhol_error error = block ? runner_new(model, NULL, NULL, &runner) : ZHOL_ERROR_MEMORY;
    if (size) {
        why[0] = '\0';
    }
    if (!error) {
        error = runner_run(runner, replication, block, why, size);
    }
    runner_free(runner);
    free(block);
    return error;
}

/* ---- Blocks ---- */

void zhol_simulate_block_about(const int64_t *block, struct zhol_simulate_run_about *about)
{
    *about = (struct zhol_simulate_run_about){
        .replication = (uint64_t)block[SIM_HEAD_REPLICATION],
        .events = (uint64_t)block[SIM_HEAD_EVENTS],
        .units_born = (uint64_t)block[SIM_HEAD_BORN],
        .units_ended = (uint64_t)block[SIM_HEAD_ENDED],
        .units_alive = (uint64_t)block[SIM_HEAD_ALIVE],
        .alive_max = (uint64_t)block[SIM_HEAD_ALIVE_MAX],
        .fingerprint = (uint64_t)block[SIM_HEAD_FINGERPRINT],
        .audited = block[SIM_HEAD_AUDITED] != 0,
        .holds = block[SIM_HEAD_HOLDS] != 0,
        .bans = (uint64_t)block[SIM_HEAD_BANS],
        .blocked = (uint64_t)block[SIM_HEAD_BLOCKED],
        .abandoned = (uint64_t)block[SIM_HEAD_ABANDONED],
        .recomputed = (uint64_t)block[SIM_HEAD_RECOMPUTED],
        .not_recomputed = (uint64_t)block[SIM_HEAD_OTHERS],
    };
}

void zhol_simulate_block_flow(const struct zhol_simulate_model *model, const int64_t *block,
                              uint32_t flow, struct zhol_simulate_flow_tally *tally)
{
    (void)model;
    const int64_t *at = block + sim_flow_at(flow);
    *tally = (struct zhol_simulate_flow_tally){.units = at[SIM_FLOW_UNITS],
                                               .seconds = at[SIM_FLOW_SECONDS],
                                               .by_cause = at + SIM_FLOW_CAUSES,
                                               .histogram = at + SIM_FLOW_HISTOGRAM,
                                               .born = at[SIM_FLOW_BORN],
                                               .alive = at[SIM_FLOW_ALIVE],
                                               .waited_held = at[SIM_FLOW_HELD],
                                               .waited_before = at[SIM_FLOW_BEFORE]};
}

void zhol_simulate_block_place(const struct zhol_simulate_model *model, const int64_t *block,
                               uint32_t place, struct zhol_simulate_place_tally *tally)
{
    const int64_t *at = block + sim_place_at(model, place);
    const struct sim_place *p = &model->places.items[place];
    const int64_t *series = p->used ? block + sim_series_at(model, p->series) : model->zeros;
    series = model->sample_count ? series : NULL;
    uint64_t next = p->used ? model->sample_count : 0;
    double passed = (double)(model->end - model->warm_up);
    int64_t started = at[SIM_PLACE_STARTED];
    *tally = (struct zhol_simulate_place_tally){
        .arrived = at[SIM_PLACE_ARRIVED],
        .started = started,
        .finished = at[SIM_PLACE_FINISHED],
        .queue_mean = (double)at[SIM_PLACE_QUEUE_AREA] / passed,
        .busy_mean = (double)at[SIM_PLACE_BUSY_AREA] / passed,
        .wait_mean_s = started ? (double)at[SIM_PLACE_WAIT_SUM] / (double)started : 0,
        .queue_max = at[SIM_PLACE_QUEUE_MAX],
        .held = at[SIM_PLACE_HELD],
        .queue = series,
        .passed = series ? series + next : NULL,
        .oldest_s = series ? series + 2 * next : NULL};
}

double zhol_simulate_bucket(uint32_t bucket)
{
    return bucket ? ldexp(16 + bucket % 16, (int)(bucket / 16) + 2) : 0;
}

double zhol_simulate_quantile(const int64_t *histogram, double q)
{
    int64_t all = 0, below = 0;
    for (uint32_t b = 0; b < SIM_BUCKETS; b++) {
        all += histogram[b];
    }
    double rank = q * (double)all;
    for (uint32_t b = 0; b < SIM_BUCKETS && all; b++) {
        if (histogram[b] && (double)(below + histogram[b]) >= rank) {
            double low = zhol_simulate_bucket(b), high = zhol_simulate_bucket(b + 1);
            double part = (rank - (double)below) / (double)histogram[b];
            return low + (high - low) * (part > 0 ? part : 0);
        }
        below += histogram[b];
    }
    return NAN;
}
