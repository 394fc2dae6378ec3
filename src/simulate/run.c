/* run.c: one replication: the functions that its steps call, samples, and its block
 * (simulate/model.h). */
#include "simulate/run.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>
#include <zhol/simulate.h>

#include "base/array.h"
#include "base/time.h"
#include "simulate/defaults.h"
#include "simulate/stays.h"

/* What the model counts at a place beside the engine. */
struct counter {
    int64_t waiting, arrived, left, area, touched, most;
    int64_t vessels;      /* at the quay, waiting for load */
    int64_t since;        /* door: when the first of those who wait came */
    int64_t loaded;       /* permit: units let through */
    double owed;          /* yard: part of a unit that may load after a ban */
    bool banned;          /* yard: in force, or not yet wholly lifted */
    bool lifting, helped; /* yard: by a helper who is there */
};

/* Units of a flow that ended, and their seconds by cause: two cache lines; the flow's block, which
 * is forty, gets them at the end. */
struct ended {
    int64_t units, by_cause[SIM_CAUSES];
};

static_assert(sizeof(struct ended) == 128, "two cache lines");

struct sim_runner {
    const struct zhol_simulate_model *model;
    struct zhol_engine_run *run;
    struct sim_kept *kept;
    int64_t *block;
    struct counter *counters;
    int64_t *alive;     /* by flow */
    struct ended *done; /* by flow */
    uint8_t *seasons;   /* by day of the run: month * 7 + week day */
    uint32_t replication;
    int64_t born, ended, alive_all, alive_max;
    int64_t bans, blocked, abandoned;
    enum zhol_error error;
    bool ledger_holds;
};

static void count_change(struct sim_runner *r, struct counter *c, int64_t change)
{
    int64_t now = zhol_engine_now(r->run);
    c->area += c->waiting * (now - c->touched);
    c->touched = now;
    c->waiting += change;
    c->most = c->waiting > c->most ? c->waiting : c->most;
}

static const struct sim_named *name_of(const struct sim_runner *r, uint64_t id)
{
    return sim_name(r->model, (uint32_t)((id & ~SIM_ID_CARRIER) >> SIM_ID_SHIFT));
}

static uint32_t flow_of(const struct sim_runner *r, uint64_t id)
{
    return name_of(r, id)->flow;
}

static int64_t *flow_block(struct sim_runner *r, uint32_t flow)
{
    return r->block + sim_flow_at(flow);
}

static void count_born(struct sim_runner *r, uint32_t flow)
{
    r->born++;
    r->alive[flow]++;
    r->alive_all++;
    r->alive_max = r->alive_all > r->alive_max ? r->alive_all : r->alive_max;
}

/* ---- Functions of CALL steps ---- */

static bool out_of_season(const struct sim_runner *r, const struct sim_flow *flow, uint64_t id)
{
    int64_t day = zhol_engine_now(r->run) / SIM_DAY;
    double rate = flow->rate[r->seasons[day]];
    return zhol_engine_uniform(r->model->engine, r->model->seed, r->replication,
                               RUN_ACTIVITY_SEASON, id, 0) >= rate;
}

/* Called a few times in a run: once for each vessel. */
static uint32_t line_start(const struct zhol_simulate_model *m, uint64_t id)
{
    uint32_t name = (uint32_t)(id >> 32) & (SIM_VESSEL_NAMES - 1), i = 0;
    while (m->vessels.items[i].name != name) {
        i++;
    }
    return m->vessels.items[i].start;
}

static uint32_t call_enter(void *context, struct zhol_engine_run *run, uint32_t e,
                           uint32_t argument)
{
    struct sim_runner *r = context;
    uint64_t id = zhol_engine_entity_id(run, e);
    (void)argument;
    if (id & SIM_ID_VESSEL) {
        return line_start(r->model, id);
    }
    const struct sim_named *name = name_of(r, id);
    if (name->thinned && out_of_season(r, &r->model->flows.items[name->flow], id)) {
        return r->model->drop_step;
    }
    count_born(r, name->flow);
    return name->start;
}

static uint32_t call_carrier(void *context, struct zhol_engine_run *run, uint32_t e,
                             uint32_t argument)
{
    (void)context;
    return zhol_engine_entity_id(run, e) & SIM_ID_CARRIER ? ZHOL_ENGINE_NONE : argument;
}

static uint32_t call_next(void *context, struct zhol_engine_run *run, uint32_t e, uint32_t argument)
{
    struct sim_runner *r = context;
    const struct sim_named *name = name_of(r, zhol_engine_entity_id(run, e));
    const struct sim_leg *leg = &r->model->legs.items[name->first_leg];
    while (leg->stretch != argument) {
        leg++;
    }
    return leg->next;
}

static void keep_unit(struct sim_runner *r, uint32_t flow, uint64_t id, int64_t birth)
{
    struct sim_kept *k = r->kept;
    struct sim_unit unit = {.flow = flow,
                            .number = id & ((UINT64_C(1) << SIM_ID_SHIFT) - 1),
                            .birth = birth,
                            .end = zhol_engine_now(r->run)};
    if (ARRAY_RESERVE(k->unit.items, k->unit.capacity, k->unit.count + 1)) {
        r->error = ZHOL_ERROR_MEMORY;
        return;
    }
    k->unit.items[k->unit.count++] = unit;
}

static uint32_t call_exit(void *context, struct zhol_engine_run *run, uint32_t e, uint32_t argument)
{
    struct sim_runner *r = context;
    uint64_t id = zhol_engine_entity_id(run, e);
    uint32_t flow = flow_of(r, id);
    struct ended *done = &r->done[flow];
    int64_t sum = 0;
    int64_t birth = zhol_engine_entity_birth(run, e), passed = zhol_engine_now(run) - birth;
    const uint32_t *ledger = zhol_engine_entity_ledger(run, e);
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        sum += ledger[c];
        done->by_cause[c] += ledger[c];
    }
    r->ledger_holds = r->ledger_holds && sum == passed;
    done->units++;
    flow_block(r, flow)[SIM_FLOW_HISTOGRAM + sim_bucket(passed)]++;
    r->alive[flow]--;
    r->alive_all--;
    r->ended++;
    if (r->kept && r->kept->units) {
        keep_unit(r, flow, id, birth);
    }
    return r->model->drop_step + 0 * argument;
}

static void allow(struct sim_runner *r, uint32_t permit, uint64_t more)
{
    uint64_t units = (uint64_t)r->counters[permit].loaded + more;
    (void)zhol_engine_set_units(r->run, permit, units < SIM_MANY ? (uint32_t)units : SIM_MANY);
}

static void declare_ban(struct sim_runner *r, uint32_t yard)
{
    struct counter *c = &r->counters[yard];
    uint32_t permit = r->model->places.items[yard].permit;
    bool anew = !c->banned || c->lifting;
    if (permit == SIM_NONE || !r->model->autobans || !anew) {
        return;
    }
    r->bans += !c->banned;
    c->banned = true;
    c->lifting = false;
    allow(r, permit, 0);
}

/* Who was held may load again by and by: a helper lets some through every hour. */
static void lift_ban(struct sim_runner *r, uint32_t yard, uint64_t id)
{
    struct counter *c = &r->counters[yard];
    if (!c->banned || c->lifting) {
        return;
    }
    c->lifting = true;
    c->owed = 0;
    if (c->helped) {
        return;
    }
    c->helped = true;
    enum zhol_error error =
        zhol_engine_inject(r->run, 0, r->model->places.items[yard].lift, SIM_CLASS_HELPER, 0,
                           (id & ~SIM_ID_CARRIER) | SIM_ID_HELPER, zhol_engine_now(r->run));
    r->error = r->error ? r->error : error;
}

static uint32_t call_loaded(void *context, struct zhol_engine_run *run, uint32_t e,
                            uint32_t argument)
{
    struct sim_runner *r = context;
    (void)run;
    (void)e;
    r->counters[argument].loaded++;
    return ZHOL_ENGINE_NONE;
}

/* The helper's hour: it ends when a new ban is declared or nobody is held any more. */
static uint32_t call_lift(void *context, struct zhol_engine_run *run, uint32_t e, uint32_t argument)
{
    struct sim_runner *r = context;
    struct counter *c = &r->counters[argument];
    uint32_t permit = r->model->places.items[argument].permit;
    (void)e;
    if (!c->lifting) {
        c->helped = false;
        return r->model->drop_step;
    }
    if (!zhol_engine_queue_now(run, permit)) {
        c->banned = c->lifting = c->helped = false;
        allow(r, permit, SIM_MANY);
        return r->model->drop_step;
    }
    c->owed += r->model->places.items[permit].offered_day / 24 * SIM_ASSUME(BAN_RATE);
    uint64_t whole = (uint64_t)c->owed;
    c->owed -= (double)whole;
    allow(r, permit, whole);
    return ZHOL_ENGINE_NONE;
}

static uint32_t call_approach(void *context, struct zhol_engine_run *run, uint32_t e,
                              uint32_t argument)
{
    struct sim_runner *r = context;
    struct counter *c = &r->counters[argument];
    (void)run;
    (void)e;
    count_change(r, c, 1);
    if ((double)c->waiting >= SIM_ASSUME(BAN_QUEUE)) {
        declare_ban(r, argument);
    }
    return ZHOL_ENGINE_NONE;
}

static uint32_t call_arrived(void *context, struct zhol_engine_run *run, uint32_t e,
                             uint32_t argument)
{
    struct sim_runner *r = context;
    struct counter *c = &r->counters[argument];
    int64_t waited = zhol_engine_entity_ledger(run, e)[SIM_YARD];
    count_change(r, c, -1);
    r->blocked += waited > 0;
    r->abandoned += (double)waited > SIM_ASSUME(ABANDON_H) * SIM_HOUR;
    if ((double)c->waiting <= SIM_ASSUME(BAN_LIFTED)) {
        lift_ban(r, argument, zhol_engine_entity_id(run, e));
    }
    return ZHOL_ENGINE_NONE;
}

static uint32_t call_return(void *context, struct zhol_engine_run *run, uint32_t e,
                            uint32_t argument)
{
    struct sim_runner *r = context;
    uint64_t id = (zhol_engine_entity_id(run, e) & ~SIM_ID_CARRIER) | SIM_ID_HELPER;
    enum zhol_error error =
        zhol_engine_inject(run, 0, argument, SIM_CLASS_HELPER, 0, id, zhol_engine_now(run));
    r->error = r->error ? r->error : error;
    return ZHOL_ENGINE_NONE;
}

static void embark(struct sim_runner *r, struct counter *c, int64_t units)
{
    c->left += units;
    count_change(r, c, -units);
}

/* What stands on a quay follows from the law of LOAD: a vessel that waits leaves as soon as the
 * least load is there; one that finds more takes all that it has room for. */
static uint32_t call_quay(void *context, struct zhol_engine_run *run, uint32_t e, uint32_t argument)
{
    struct sim_runner *r = context;
    const struct sim_vessel *line = &r->model->vessels.items[argument];
    struct counter *c = &r->counters[line->place];
    (void)run;
    (void)e;
    c->arrived++;
    count_change(r, c, 1);
    if (c->vessels && c->waiting >= line->least) {
        c->vessels--;
        embark(r, c, line->least);
    }
    return ZHOL_ENGINE_NONE;
}

static uint32_t call_vessel(void *context, struct zhol_engine_run *run, uint32_t e,
                            uint32_t argument)
{
    struct sim_runner *r = context;
    const struct sim_vessel *line = &r->model->vessels.items[argument];
    struct counter *c = &r->counters[line->place];
    (void)run;
    (void)e;
    if (c->waiting >= line->least) {
        embark(r, c, c->waiting < line->full ? c->waiting : line->full);
    } else {
        c->vessels++;
    }
    return ZHOL_ENGINE_NONE;
}

static uint32_t call_door(void *context, struct zhol_engine_run *run, uint32_t e, uint32_t argument)
{
    struct sim_runner *r = context;
    const struct sim_door *door = &r->model->doors.items[argument];
    struct counter *c = &r->counters[door->place];
    (void)e;
    if (zhol_engine_is_open(run, door->calendar)) {
        return door->behind;
    }
    c->arrived++;
    c->since = c->waiting ? c->since : zhol_engine_now(run);
    count_change(r, c, 1);
    return ZHOL_ENGINE_NONE;
}

static uint32_t call_opened(void *context, struct zhol_engine_run *run, uint32_t e,
                            uint32_t argument)
{
    struct sim_runner *r = context;
    (void)run;
    (void)e;
    embark(r, &r->counters[argument], 1);
    return ZHOL_ENGINE_NONE;
}

static uint32_t call_trace(void *context, struct zhol_engine_run *run, uint32_t e,
                           uint32_t argument)
{
    struct sim_runner *r = context;
    struct sim_kept *k = r->kept;
    uint64_t id = zhol_engine_entity_id(run, e);
    int64_t now = zhol_engine_now(run);
    bool carrier = id & (SIM_ID_CARRIER | SIM_ID_VESSEL);
    if (k && k->stays) {
        enum zhol_error error = stays_note(k->stays, r->model, run, e, argument);
        r->error = r->error ? r->error : error;
        return ZHOL_ENGINE_NONE;
    }
    if (!k || !k->notes || now < k->from || now > k->to || (!carrier && id != k->noted)) {
        return ZHOL_ENGINE_NONE;
    }
    if (ARRAY_RESERVE(k->note.items, k->note.capacity, k->note.count + 1)) {
        r->error = ZHOL_ERROR_MEMORY;
        return ZHOL_ENGINE_NONE;
    }
    struct sim_note *note = &k->note.items[k->note.count++];
    *note = (struct sim_note){.id = id, .time = now, .step = argument, .entity = e};
    const uint32_t *spent = zhol_engine_entity_ledger(run, e);
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        note->spent[c] = spent[c];
    }
    return ZHOL_ENGINE_NONE;
}

enum zhol_error run_functions(struct zhol_engine *engine)
{
    static const zhol_engine_call calls[SIM_CALLS] = {
        [SIM_CALL_ENTER] = call_enter,       [SIM_CALL_CARRIER] = call_carrier,
        [SIM_CALL_NEXT] = call_next,         [SIM_CALL_EXIT] = call_exit,
        [SIM_CALL_APPROACH] = call_approach, [SIM_CALL_ARRIVED] = call_arrived,
        [SIM_CALL_RETURN] = call_return,     [SIM_CALL_QUAY] = call_quay,
        [SIM_CALL_LOADED] = call_loaded,     [SIM_CALL_LIFT] = call_lift,
        [SIM_CALL_VESSEL] = call_vessel,     [SIM_CALL_DOOR] = call_door,
        [SIM_CALL_OPENED] = call_opened,     [SIM_CALL_TRACE] = call_trace,
    };
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < SIM_CALLS && !error; i++) {
        uint32_t id;
        if (i == SIM_CALL_TRACE) {
            error = zhol_engine_observer(engine, calls[i], &id);
        } else if (i == SIM_CALL_NEXT || i == SIM_CALL_CARRIER) {
            error = zhol_engine_chooser(engine, calls[i], &id);
        } else {
            error = zhol_engine_function(engine, calls[i], &id);
        }
    }
    return error;
}

/* ---- A replication ---- */

static enum zhol_error start(struct sim_runner *r, uint32_t replication, int64_t *block)
{
    const struct zhol_simulate_model *m = r->model;
    memset(block, 0, sizeof *block * sim_series_at(m, m->series_count));
    memset(r->counters, 0, sizeof *r->counters * (m->places.count + 1));
    memset(r->alive, 0, sizeof *r->alive * (m->flows.count + 1));
    memset(r->done, 0, sizeof *r->done * (m->flows.count + 1));
    r->block = block;
    r->replication = replication;
    r->born = r->ended = r->alive_all = r->alive_max = 0;
    r->bans = r->blocked = r->abandoned = 0;
    r->error = ZHOL_ERROR_OK;
    r->ledger_holds = true;
    enum zhol_error error = zhol_engine_run_reset(r->run, m->seed, replication);
    for (uint32_t i = 0; i < m->standing.count && !error; i++) {
        const struct sim_standing *s = &m->standing.items[i];
        const struct sim_flow *flow = &m->flows.items[s->flow];
        for (uint32_t u = 0; u < s->units && !error; u++) {
            uint64_t id = (uint64_t)flow->identity << SIM_ID_SHIFT | SIM_ID_STANDING |
                          (uint64_t)(s->first + u);
            count_born(r, s->flow);
            error = zhol_engine_inject(r->run, 0, s->step, 0, flow->priority, id, s->birth);
        }
    }
    return error;
}

/* ---- Waiting of those who are alive ---- */

struct waiting {
    struct sim_runner *r;
    uint32_t field; /* of the flow's block */
};

static void add_waiting(void *context, uint64_t id, uint32_t class, const uint32_t *ledger)
{
    const struct waiting *w = context;
    if (id & (SIM_ID_CARRIER | SIM_ID_VESSEL) || class == SIM_CLASS_HELPER) {
        return;
    }
    int64_t sum = 0;
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        sum += zhol_simulate_cause_waits((enum zhol_simulate_cause)c) ? ledger[c] : 0;
    }
    flow_block(w->r, flow_of(w->r, id))[w->field] += sum;
}

static enum zhol_error sum_waiting(struct sim_runner *r, uint32_t field)
{
    struct waiting w = {r, field};
    return zhol_engine_each(r->run, add_waiting, &w);
}

/* What was measured in the warm-up is forgotten; who is alive stays. */
static void forget(struct sim_runner *r)
{
    const struct zhol_simulate_model *m = r->model;
    r->bans = r->blocked = r->abandoned = 0;
    zhol_engine_run_forget(r->run);
    memset(r->block, 0, sizeof *r->block * sim_flow_at(m->flows.count));
    for (uint32_t i = 0; i < m->places.count; i++) {
        struct counter *c = &r->counters[i];
        count_change(r, c, 0);
        c->area = c->arrived = c->left = 0;
        c->most = c->waiting;
        r->bans += c->banned; /* one in force holds cargo in the measured time too */
    }
    memset(r->done, 0, sizeof *r->done * m->flows.count);
    for (uint32_t i = 0; i < m->flows.count; i++) {
        flow_block(r, i)[SIM_FLOW_BORN] = -r->alive[i];
    }
    r->born = r->alive_all;
    r->ended = 0;
    r->alive_max = r->alive_all;
}

/* All who wait at a door go when it opens. */
static int64_t door_age(const struct sim_runner *r, uint32_t place)
{
    const struct counter *c = &r->counters[place];
    bool waits = r->model->places.items[place].kind == ZHOL_SIMULATE_PLACE_DOOR && c->waiting > 0;
    return waits ? zhol_engine_now(r->run) - c->since : 0;
}

static void sample(struct sim_runner *r, uint32_t k)
{
    const struct zhol_simulate_model *m = r->model;
    for (uint32_t i = 0; i < m->places.count; i++) {
        if (!m->places.items[i].used) {
            continue;
        }
        int64_t *series = r->block + sim_series_at(m, m->places.items[i].series);
        bool counts = m->places.items[i].use == SIM_USE_COUNTER;
        if (counts) {
            series[k] = r->counters[i].waiting;
            series[m->sample_count + k] = r->counters[i].left;
            series[2 * m->sample_count + k] = door_age(r, i);
            continue;
        }
        series[k] = zhol_engine_queue_now(r->run, i);
        series[m->sample_count + k] = (int64_t)zhol_engine_started(r->run, i);
        series[2 * m->sample_count + k] = zhol_engine_oldest(r->run, i);
    }
}

static void write_place(struct sim_runner *r, uint32_t i)
{
    const struct zhol_simulate_model *m = r->model;
    int64_t *out = r->block + sim_place_at(m, i);
    double passed = (double)(m->end - m->warm_up);
    struct zhol_resource_stats stats;
    if (m->places.items[i].use == SIM_USE_COUNTER) {
        struct counter *c = &r->counters[i];
        count_change(r, c, 0);
        out[SIM_PLACE_ARRIVED] = c->arrived;
        out[SIM_PLACE_STARTED] = out[SIM_PLACE_FINISHED] = c->left;
        out[SIM_PLACE_QUEUE_AREA] = out[SIM_PLACE_WAIT_SUM] = c->area;
        out[SIM_PLACE_QUEUE_MAX] = c->most;
        return;
    }
    zhol_engine_resource_stats(r->run, i, &stats);
    out[SIM_PLACE_ARRIVED] = (int64_t)stats.arrived;
    out[SIM_PLACE_STARTED] = (int64_t)stats.started;
    out[SIM_PLACE_FINISHED] = (int64_t)stats.finished;
    out[SIM_PLACE_QUEUE_AREA] = llround(stats.queue_mean * passed);
    out[SIM_PLACE_BUSY_AREA] = llround(stats.busy_mean * passed);
    out[SIM_PLACE_WAIT_SUM] = stats.started ? llround(stats.wait_mean * (double)stats.started) : 0;
    out[SIM_PLACE_QUEUE_MAX] = stats.queue_max;
    if (m->places.items[i].units == SIM_MANY) {
        out[SIM_PLACE_BUSY_AREA] = 0; /* permits are not given back */
        out[SIM_PLACE_FINISHED] = out[SIM_PLACE_STARTED];
    } else {
        out[SIM_PLACE_HELD] = stats.busy_now;
    }
}

/* Who was born has ended or is alive: what was alive when measuring began is in the block already.
 */
static void write_flow(struct sim_runner *r, uint32_t flow)
{
    int64_t *out = flow_block(r, flow);
    const struct ended *done = &r->done[flow];
    out[SIM_FLOW_UNITS] = done->units;
    out[SIM_FLOW_ALIVE] = r->alive[flow];
    out[SIM_FLOW_BORN] += done->units + r->alive[flow];
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        out[SIM_FLOW_CAUSES + c] = done->by_cause[c];
        out[SIM_FLOW_SECONDS] += done->by_cause[c];
    }
}

/* Nobody is lost: all who were born have ended or are alive, by flow and in all. */
static bool conserved(const struct sim_runner *r)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < r->model->flows.count; i++) {
        if (r->alive[i] < 0) {
            return false;
        }
        sum += r->alive[i];
    }
    return sum == r->alive_all && r->born == r->ended + r->alive_all;
}

static void write_head(struct sim_runner *r, char *why, uint32_t size)
{
    const struct zhol_simulate_model *m = r->model;
    int64_t *head = r->block;
    uint64_t fingerprint = 0;
    bool holds = r->ledger_holds && conserved(r);
    if (why && size) {
        snprintf(why, size, "%s",
                 !r->ledger_holds ? "the ledger of a unit does not sum to its transit time"
                 : !holds         ? "units were lost"
                                  : "");
    }
    if (m->audit && holds) {
        holds = zhol_engine_run_audit(r->run, &fingerprint, why, size);
    }
    uint64_t recomputed, others;
    zhol_engine_run_recomputed(r->run, &recomputed, &others);
    head[SIM_HEAD_RECOMPUTED] = (int64_t)recomputed;
    head[SIM_HEAD_OTHERS] = (int64_t)others;
    head[SIM_HEAD_REPLICATION] = r->replication;
    head[SIM_HEAD_EVENTS] = (int64_t)zhol_engine_events(r->run);
    head[SIM_HEAD_BORN] = r->born;
    head[SIM_HEAD_ENDED] = r->ended;
    head[SIM_HEAD_ALIVE] = r->alive_all;
    head[SIM_HEAD_ALIVE_MAX] = r->alive_max;
    memcpy(&head[SIM_HEAD_FINGERPRINT], &fingerprint, sizeof fingerprint);
    head[SIM_HEAD_AUDITED] = m->audit;
    head[SIM_HEAD_HOLDS] = holds;
    head[SIM_HEAD_BANS] = r->bans;
    head[SIM_HEAD_BLOCKED] = r->blocked;
    head[SIM_HEAD_ABANDONED] = r->abandoned;
}

enum zhol_error runner_run(struct sim_runner *r, uint32_t replication, int64_t *block, char *why,
                           uint32_t size)
{
    const struct zhol_simulate_model *m = r->model;
    enum zhol_error error = start(r, replication, block);
    if (!error && m->warm_up > 0) {
        error = zhol_engine_run_until(r->run, m->warm_up);
        forget(r);
    }
    error = error ? error : sum_waiting(r, SIM_FLOW_BEFORE);
    for (uint32_t k = 0; k < m->sample_count && !error && !r->error; k++) {
        error = zhol_engine_run_until(r->run, m->warm_up + k * m->sample_every);
        if (!error) {
            sample(r, k);
        }
    }
    if (!error && !r->error) {
        error = zhol_engine_run_until(r->run, m->end);
    }
    error = error ? error : sum_waiting(r, SIM_FLOW_HELD);
    error = error ? error : r->error;
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < m->places.count; i++) {
        write_place(r, i);
    }
    for (uint32_t i = 0; i < m->flows.count; i++) {
        write_flow(r, i);
    }
    write_head(r, why, size);
    return ZHOL_ERROR_OK;
}

/* ---- Runners ---- */

static enum zhol_error set_seasons(struct sim_runner *r)
{
    const struct zhol_simulate_model *m = r->model;
    int64_t days = m->end / SIM_DAY + 2;
    r->seasons = malloc((size_t)days);
    for (int64_t d = 0; d < days && r->seasons; d++) {
        int32_t date = time_day_of(m->origin_s + d * SIM_DAY);
        r->seasons[d] = (uint8_t)((time_date_of(date).month - 1) * 7 + time_weekday(date));
    }
    return r->seasons ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error runner_new(const struct zhol_simulate_model *model, const volatile bool *stop,
                           struct sim_kept *kept, struct sim_runner **runner)
{
    struct sim_runner *r = calloc(1, sizeof *r);
    *runner = r;
    if (!r) {
        return ZHOL_ERROR_MEMORY;
    }
    r->model = model;
    r->kept = kept;
    r->counters = calloc((size_t)model->places.count + 1, sizeof *r->counters);
    r->alive = calloc((size_t)model->flows.count + 1, sizeof *r->alive);
    struct zhol_run_options options = {.seed = model->seed,
                                       .entity_max = model->entity_max,
                                       .audit = model->audit,
                                       .measure_from = model->warm_up,
                                       .measure_to = model->end,
                                       .stop = stop,
                                       .context = r};
    r->done = aligned_alloc(64, ((size_t)model->flows.count + 1) * sizeof *r->done);
    bool made = r->counters && r->alive && r->done;
    enum zhol_error error = made ? set_seasons(r) : ZHOL_ERROR_MEMORY;
    if (!error) {
        error = zhol_engine_run_new(model->engine, &options, &r->run);
    }
    if (error) {
        runner_free(r);
        *runner = NULL;
    }
    return error;
}

void runner_free(struct sim_runner *r)
{
    if (!r) {
        return;
    }
    zhol_engine_run_free(r->run);
    free(r->counters);
    free(r->alive);
    free(r->done);
    free(r->seasons);
    free(r);
}
