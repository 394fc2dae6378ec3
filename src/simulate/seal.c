/* seal.c: gives a described model to the engine (simulate/model.h). Names of the engine appear here
 * and in run.c only. */
#include <math.h>
#include <stdlib.h>

#include <zhol/engine.h>

#include "base/map.h"
#include "simulate/defaults.h"
#include "simulate/run.h"

static const uint8_t engine_op[] = {
    [SIM_SERVE] = ZHOL_OP_SERVE,   [SIM_SEIZE] = ZHOL_OP_SEIZE, [SIM_RELEASE] = ZHOL_OP_RELEASE,
    [SIM_DELAY] = ZHOL_OP_DELAY,   [SIM_GATE] = ZHOL_OP_GATE,   [SIM_BATCH] = ZHOL_OP_BATCH,
    [SIM_SPLIT] = ZHOL_OP_SPLIT,   [SIM_BOARD] = ZHOL_OP_BOARD, [SIM_LOAD] = ZHOL_OP_LOAD,
    [SIM_BRANCH] = ZHOL_OP_BRANCH, [SIM_GOTO] = ZHOL_OP_GOTO,   [SIM_CALL] = ZHOL_OP_CALL,
    [SIM_END] = ZHOL_OP_END,
};

static const enum zhol_dist_kind engine_dist[] = {
    [SIM_DIST_CONSTANT] = ZHOL_DIST_CONSTANT,     [SIM_DIST_EXPONENTIAL] = ZHOL_DIST_EXPONENTIAL,
    [SIM_DIST_TRIANGULAR] = ZHOL_DIST_TRIANGULAR, [SIM_DIST_LOGNORMAL] = ZHOL_DIST_LOGNORMAL,
    [SIM_DIST_UNIFORM] = ZHOL_DIST_UNIFORM,
};

/* What the engine gets instead of a distribution of the model. A place that works faster divides
 * times; the deviation of a logarithm is no time. */
static struct zhol_dist dist_of(const struct zhol_simulate_model *m, const struct sim_dist *d)
{
    double speed = 1;
    if (d->place != SIM_NONE) {
        speed = m->places.items[d->place].speed * m->places.items[d->place].peak;
    }
    return (struct zhol_dist){.kind = engine_dist[d->kind],
                              .a = d->a / speed,
                              .b = d->kind == SIM_DIST_LOGNORMAL ? d->b : d->b / speed,
                              .c = d->c / speed};
}

/* The number of a distribution in the engine. Equal ones are one: thousands of steps draw from a
 * few hundred, which stay in the caches. */
static enum zhol_error seal_dist(struct zhol_simulate_model *m, struct sim_dist *d,
                                 struct map *known)
{
    struct zhol_dist made = dist_of(m, d);
    const double key[] = {made.kind, made.a, made.b, made.c};
    struct text_view bytes = {(const char *)key, sizeof key};
    if (map_get(known, bytes, &d->sealed)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = zhol_engine_dist(m->engine, &made, &d->sealed);
    return error ? error : map_put(known, bytes, d->sealed);
}

static enum zhol_error seal_dists(struct zhol_simulate_model *m)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    struct map known;
    map_init(&known);
    for (uint32_t i = 0; i < m->dists.count && !error; i++) {
        error = seal_dist(m, &m->dists.items[i], &known);
    }
    map_clear(&known);
    return error;
}

static uint32_t sealed(const struct zhol_simulate_model *m, uint32_t dist)
{
    return dist == SIM_NONE ? SIM_NONE : m->dists.items[dist].sealed;
}

static enum zhol_error seal_calendars(struct zhol_simulate_model *m)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < m->calendars.count && !error; i++) {
        uint32_t id;
        const struct sim_calendar *c = &m->calendars.items[i];
        error = zhol_engine_calendar(m->engine, c->changes, c->count, 0, &id);
    }
    return error;
}

static enum zhol_error seal_places(struct zhol_simulate_model *m)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < m->places.count && !error; i++) {
        const struct sim_place *p = &m->places.items[i];
        struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
        r.name = "";
        r.units = p->use == SIM_USE_COUNTER ? 1 : p->units;
        r.calendar = p->calendar;
        r.closing = p->paused ? ZHOL_CLOSING_PAUSE : ZHOL_CLOSING_FINISH;
        r.up = sealed(m, p->up);
        r.down = sealed(m, p->down);
        r.activity = p->luck;
        r.ample = p->ample && p->used;
        uint32_t id;
        error = zhol_engine_resource(m->engine, &r, &id);
    }
    for (uint32_t i = 0; i < m->stores && !error; i++) {
        uint32_t id;
        error = zhol_engine_store(m->engine, &id);
    }
    return error;
}

static enum zhol_error seal_steps(struct zhol_simulate_model *m)
{
    struct zhol_engine_step *steps = calloc(m->steps.count, sizeof *steps);
    if (!steps) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = run_functions(m->engine);
    for (uint32_t i = 0; i < m->steps.count; i++) {
        const struct sim_step *s = &m->steps.items[i];
        bool second = s->op == SIM_SERVE || s->op == SIM_BATCH;
        steps[i] = (struct zhol_engine_step){.op = engine_op[s->op],
                                             .wait_cause = s->wait,
                                             .work_cause = s->work,
                                             .a = s->op == SIM_DELAY ? sealed(m, s->a) : s->a,
                                             .b = second ? sealed(m, s->b) : s->b,
                                             .c = s->c,
                                             .activity = s->activity};
    }
    uint32_t id;
    if (!error) {
        error = zhol_engine_process(m->engine, steps, m->steps.count, &id);
    }
    free(steps);
    return error;
}

static enum zhol_error seal_flow(struct zhol_simulate_model *m, const struct sim_flow *flow)
{
    struct zhol_engine_source source = ZHOL_SOURCE_INIT;
    struct zhol_dist gap = {.kind = ZHOL_DIST_EXPONENTIAL};
    enum zhol_error error = ZHOL_ERROR_OK;
    source.id_base = (uint64_t)flow->identity << SIM_ID_SHIFT;
    source.priority = flow->priority;
    source.batch = flow->batch;
    source.activity = RUN_ACTIVITY_BIRTH;
    if (flow->times) {
        source.times = flow->times;
        source.time_count = flow->time_count;
    } else if (flow->peak > 0) {
        gap.a = SIM_DAY / flow->peak;
        error = zhol_engine_dist(m->engine, &gap, &source.between);
    } else {
        return ZHOL_ERROR_OK;
    }
    uint32_t id;
    return error ? error : zhol_engine_source(m->engine, &source, &id);
}

static enum zhol_error seal_vessel(struct zhol_simulate_model *m, uint32_t number)
{
    const struct sim_vessel *line = &m->vessels.items[number];
    struct zhol_engine_source source = ZHOL_SOURCE_INIT;
    int64_t *times = malloc(sizeof *times * ((size_t)line->fleet + 1));
    if (!times) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < line->fleet; i++) {
        times[i] = i * line->headway;
    }
    source.id_base = SIM_ID_VESSEL | (uint64_t)line->name << 32;
    source.times = times;
    source.time_count = line->fleet;
    source.activity = RUN_ACTIVITY_BIRTH;
    uint32_t id;
    enum zhol_error error = zhol_engine_source(m->engine, &source, &id);
    free(times);
    return error;
}

static enum zhol_error seal_sources(struct zhol_simulate_model *m)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < m->vessels.count && !error; i++) {
        error = seal_vessel(m, i);
    }
    for (uint32_t i = 0; i < m->flows.count && !error; i++) {
        error = seal_flow(m, &m->flows.items[i]);
    }
    return error;
}

/* Only places that some step takes have series. */
static enum zhol_error number_series(struct zhol_simulate_model *m)
{
    for (uint32_t i = 0; i < m->steps.count; i++) {
        const struct sim_step *s = &m->steps.items[i];
        if (s->op == SIM_SERVE || s->op == SIM_SEIZE) {
            m->places.items[s->a].used = true;
        }
    }
    for (uint32_t i = 0; i < m->places.count; i++) {
        struct sim_place *p = &m->places.items[i];
        p->used = p->used || p->use == SIM_USE_COUNTER;
        p->series = p->used ? m->series_count++ : SIM_NONE;
    }
    m->zeros = calloc((size_t)m->sample_count + 1, sizeof *m->zeros);
    return m->zeros ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error model_seal(struct zhol_simulate_model *m)
{
    for (uint32_t i = 0; i < m->flows.count; i++) {
        const struct sim_flow *flow = &m->flows.items[i];
        struct sim_named *name = sim_name(m, flow->identity);
        name->first_leg = flow->first_leg;
        name->start = flow->start;
        name->thinned = flow->shaped && !flow->times;
    }
    enum zhol_error error = zhol_engine_new(&m->engine);
    error = error ? error : number_series(m);
    error = error ? error : zhol_engine_causes(m->engine, SIM_CAUSES);
    error = error ? error : seal_dists(m);
    error = error ? error : seal_calendars(m);
    error = error ? error : seal_places(m);
    error = error ? error : seal_steps(m);
    error = error ? error : seal_sources(m);
    return error ? error : zhol_engine_seal(m->engine, NULL);
}
