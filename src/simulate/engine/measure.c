/* measure.c: what a run measured: resources, tallies, ledger, samples (zhol/engine.h). */
#include <math.h>

#include "simulate/engine/measure.h"

static const struct fifo *lane_at(const struct zhol_engine_run *run, uint32_t resource, uint32_t p)
{
    return p ? &run->lanes[(size_t)resource * (run->engine->lanes - 1) + p - 1]
             : &run->resources[resource].lane;
}

/* Sums the waits of everybody who waits at a resource. */
int64_t measure_waiting(const struct zhol_engine_run *run, uint32_t resource)
{
    int64_t sum = 0;
    for (uint32_t p = 0; p < run->engine->lanes; p++) {
        for (uint32_t e = lane_at(run, resource, p)->head; e != NONE; e = run->entities[e].next) {
            sum += run->now - run->entities[e].since;
        }
    }
    return sum;
}

uint64_t zhol_engine_started(const struct zhol_engine_run *run, uint32_t resource)
{
    return run->resources[resource].started;
}

uint32_t zhol_engine_queue_now(const struct zhol_engine_run *run, uint32_t resource)
{
    return run->resources[resource].waiting;
}

bool zhol_engine_is_open(const struct zhol_engine_run *run, uint32_t calendar)
{
    return run->open[calendar];
}

int64_t zhol_engine_oldest(const struct zhol_engine_run *run, uint32_t resource)
{
    bool last_first = run->resources[resource].last_first;
    int64_t oldest = 0;
    for (uint32_t p = 0; p < run->engine->lanes; p++) {
        for (uint32_t e = lane_at(run, resource, p)->head; e != NONE; e = run->entities[e].next) {
            int64_t age = run->now - run->entities[e].since;
            oldest = age > oldest ? age : oldest;
            if (!last_first) {
                break;
            }
        }
    }
    return oldest;
}

static bool in_service(const struct zhol_engine_run *run, uint32_t resource, uint32_t s,
                       int64_t *end)
{
    uint64_t key = run->events.level[0][run->engine->slot_server + s];
    if (key == EVENT_NEVER) {
        return false;
    }
    *end = (int64_t)(key >> run->bits);
    return !run->resources[resource].special || run->server_more[s].state == SERVER_RUN;
}

int64_t measure_service_left(const struct zhol_engine_run *run, uint32_t resource, uint32_t *busy)
{
    const struct model_resource *model = &run->engine->resources.items[resource];
    const struct resource *r = &run->resources[resource];
    int64_t left = 0, end = 0;
    *busy = 0;
    for (uint32_t u = 0; r->lone && u < r->idle; u++) {
        end = run->free_at[r->first_server + u];
        left += end > run->now ? end - run->now : 0;
        *busy += end > run->now;
    }
    if (r->lone || model->as.ample) {
        return left;
    }
    for (uint32_t u = 0; model->serves && u < model->as.units; u++) {
        if (in_service(run, resource, model->first_server + u, &end)) {
            left += end - run->now;
            ++*busy;
        }
    }
    return left;
}

int64_t measure_taken_area(const struct zhol_engine_run *run, uint32_t resource)
{
    const struct resource_more *more = &run->resource_more[resource];
    return more->taken_area + more->taken * (run->now - more->touched);
}

int64_t measure_queue_area(const struct zhol_engine_run *run, uint32_t resource)
{
    return run->resources[resource].wait_sum - run->resource_more[resource].wait_offset +
           measure_waiting(run, resource);
}

int64_t measure_busy_area(const struct zhol_engine_run *run, uint32_t resource, uint32_t *busy)
{
    if (!run->engine->resources.items[resource].serves) {
        *busy = (uint32_t)run->resource_more[resource].taken;
        return measure_taken_area(run, resource);
    }
    if (run->engine->resources.items[resource].as.ample) {
        *busy = run->resources[resource].idle;
        return run->resources[resource].busy_sum;
    }
    return run->resources[resource].busy_sum - measure_service_left(run, resource, busy);
}

void zhol_engine_resource_stats(const struct zhol_engine_run *run, uint32_t resource,
                                struct zhol_resource_stats *stats)
{
    const struct resource *r = &run->resources[resource];
    const struct resource_more *more = &run->resource_more[resource];
    double passed = (double)(run->now - run->forgotten_at);
    uint32_t busy = 0;
    double busy_area = (double)measure_busy_area(run, resource, &busy);
    *stats = (struct zhol_resource_stats){.arrived = r->arrived,
                                          .started = r->started,
                                          .finished = r->started - more->preempted - busy,
                                          .turned_away = more->turned_away,
                                          .failures = more->failures,
                                          .preempted = more->preempted,
                                          .queue_now = r->waiting,
                                          .queue_max = r->waiting_max,
                                          .busy_now = busy,
                                          .units_now = (uint32_t)more->units,
                                          .wait_max = -1};
    stats->queue_mean = (double)measure_queue_area(run, resource) / passed;
    stats->busy_mean = busy_area / passed;
    stats->wait_mean = r->started ? (double)r->wait_sum / (double)r->started : NAN;
    if (r->timed) {
        stats->wait_max = run->waits[more->histogram].max;
    }
}

void zhol_engine_tally_stats(const struct zhol_engine_run *run, uint32_t tally,
                             struct zhol_tally_stats *stats)
{
    const struct histogram *h = &run->tallies[tally];
    *stats = (struct zhol_tally_stats){.count = h->count,
                                       .mean = histogram_mean(h),
                                       .deviation = histogram_deviation(h),
                                       .min = h->count ? (double)h->min : NAN,
                                       .max = h->count ? (double)h->max : NAN};
}

double zhol_engine_tally_quantile(const struct zhol_engine_run *run, uint32_t tally, double q)
{
    return histogram_quantile(&run->tallies[tally], q);
}

double zhol_engine_wait_quantile(const struct zhol_engine_run *run, uint32_t resource, double q)
{
    uint32_t h = run->resource_more[resource].histogram;
    return h == NONE ? NAN : histogram_quantile(&run->waits[h], q);
}

int64_t zhol_engine_ledger(const struct zhol_engine_run *run, uint32_t class, uint32_t cause,
                           uint64_t *ended)
{
    *ended = run->class_done[class];
    return run->ledger ? run->ledger_done[class * run->engine->cause_count + cause] : 0;
}

const uint32_t *zhol_engine_samples(const struct zhol_engine_run *run, uint32_t resource,
                                    uint32_t *count)
{
    *count = run->sample_count;
    return run->samples ? run->samples + (size_t)resource * run->sample_capacity : NULL;
}

void zhol_engine_run_forget(struct zhol_engine_run *run)
{
    for (uint32_t i = 0; i < run->engine->resources.count; i++) {
        struct resource *r = &run->resources[i];
        struct resource_more *more = &run->resource_more[i];
        uint32_t busy;
        if (run->engine->resources.items[i].as.ample) {
            continue; /* it counts in the time that is measured only */
        }
        more->wait_offset = measure_waiting(run, i);
        r->busy_sum = measure_service_left(run, i, &busy);
        r->wait_sum = 0;
        r->started = busy; /* those in service finish after now */
        r->arrived = 0;
        r->waiting_max = r->waiting;
        more->turned_away = more->failures = more->preempted = 0;
        more->taken_area = 0;
        more->touched = more->audit_touched = run->now;
        more->audit_queue = more->audit_busy = 0;
        if (r->timed) {
            histogram_reset(&run->waits[more->histogram]);
        }
    }
    for (uint32_t i = 0; i < run->engine->tallies.count; i++) {
        histogram_reset(&run->tallies[i]);
    }
    for (uint32_t c = 0; c < MODEL_CLASSES_MAX; c++) {
        run->class_done[c] = 0;
        for (uint32_t k = 0; k < run->engine->cause_count; k++) {
            run->ledger_done[c * run->engine->cause_count + k] = 0;
        }
    }
    run->forgotten_at = run->now;
}

int64_t zhol_engine_now(const struct zhol_engine_run *run)
{
    return run->now;
}
uint64_t zhol_engine_events(const struct zhol_engine_run *run)
{
    return run->event_count;
}
uint64_t zhol_engine_ended(const struct zhol_engine_run *run)
{
    return run->ended;
}
uint64_t zhol_engine_alive(const struct zhol_engine_run *run)
{
    return run->created - run->ended;
}
uint64_t zhol_engine_entity_id(const struct zhol_engine_run *run, uint32_t entity)
{
    return run->more[entity].id;
}
uint32_t zhol_engine_entity_class(const struct zhol_engine_run *run, uint32_t entity)
{
    return run->more[entity].class;
}
int64_t zhol_engine_entity_birth(const struct zhol_engine_run *run, uint32_t entity)
{
    return run->more[entity].birth;
}
uint32_t zhol_engine_entity_member(const struct zhol_engine_run *run, uint32_t carrier,
                                   uint32_t member)
{
    return member == NONE ? run->more[carrier].members : run->entities[member].next;
}
const uint32_t *zhol_engine_entity_ledger(const struct zhol_engine_run *run, uint32_t entity)
{
    return run->ledger ? state_ledger(run, entity, 0) : NULL;
}

double zhol_engine_uniform(const struct zhol_engine *engine, uint64_t seed, uint64_t replication,
                           uint64_t activity, uint64_t entity, uint32_t draw)
{
    (void)engine;
    return draw_unit(draw_mix(draw_run_key(seed, replication) + activity + entity * DRAW_ENTITY +
                              draw * DRAW_AGAIN));
}

uint64_t zhol_engine_activity(const struct zhol_engine *engine, uint32_t process, uint32_t step)
{
    return engine->steps.items[engine->processes.items[process].first + step].activity;
}

uint64_t zhol_engine_source_activity(const struct zhol_engine *engine, uint32_t source)
{
    return engine->sources.items[source].activity;
}

int64_t zhol_engine_draw(const struct zhol_engine *engine, uint32_t dist, uint64_t seed,
                         uint64_t replication, uint64_t activity, uint64_t entity)
{
    uint64_t key = draw_run_key(seed, replication) + activity + entity * DRAW_ENTITY;
    return draw_ticks(&engine->tables, &engine->dists.items[dist], key);
}
