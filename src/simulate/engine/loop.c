/* loop.c: the loop of events and what an entity does at each step (zhol/engine.h).
 *
 * Every event: take the smallest key, handle its slot, let entities that it freed go on until they
 * wait again. An entity that another one frees goes to the ready list, so there is no recursion.
 */
#include <stdlib.h>

#include "simulate/engine/ahead.h"
#include "simulate/engine/group.h"
#include "simulate/engine/plain.h"

/* The quick path of an event is one piece of code without calls. */
#define QUICK static inline __attribute__((always_inline))

enum { STOP_EVERY = 1 << 16, STEPS_MAX = 1 << 20 };

static void delay(struct zhol_engine_run *run, uint32_t e)
{
    run->entities[e].since = run->now;
    state_delays(run, e);
    state_sleep(run, e);
}

static void tally(struct zhol_engine_run *run, uint32_t e, const struct model_step *step)
{
    int64_t from = step->b && run->marks ? run->marks[e] : run->more[e].birth;
    histogram_add(&run->tallies[step->a], run->now - from);
}

/* The ledger of an ended entity goes to its class; a carrier's is on its members' already. */
static __attribute__((noinline)) void close_ledger(struct zhol_engine_run *run, uint32_t e)
{
    const struct entity_more *x = &run->more[e];
    uint32_t causes = run->engine->cause_count;
    uint32_t *mine = state_ledger(run, e, 0);
    int64_t sum = 0;
    if (run->now - x->birth > UINT32_MAX) {
        run->error = ZHOL_ERROR_LIMIT;
    }
    for (uint32_t c = 0; c < causes; c++) {
        sum += mine[c];
        if (!x->carrier) {
            run->ledger_done[x->class * causes + c] += mine[c];
        }
        mine[c] = 0;
    }
    if (run->audit && sum != run->now - x->birth) {
        run->broken = "the ledger of an entity does not sum to its transit time";
    }
}

/* A carrier that was never split ends with its members. */
static __attribute__((noinline)) void end_members(struct zhol_engine_run *run, uint32_t e);

QUICK void end(struct zhol_engine_run *run, uint32_t e)
{
    if (run->more[e].members != NONE) {
        end_members(run, e);
    }
    if (run->ledger) {
        close_ledger(run, e);
    }
    run->class_done[run->more[e].class] += !run->more[e].carrier;
    run->ended++;
    run->entities[e].step = NONE; /* not alive */
    run->entities[e].next = run->entity_free;
    run->entity_free = e;
}

static void end_members(struct zhol_engine_run *run, uint32_t e)
{
    while (run->more[e].members != NONE) {
        uint32_t member = run->more[e].members;
        run->more[e].members = run->entities[member].next;
        for (uint32_t c = 0; run->ledger && c < run->engine->cause_count; c++) {
            *state_ledger(run, member, c) += *state_ledger(run, e, c);
        }
        end(run, member);
    }
}

static void call(struct zhol_engine_run *run, uint32_t e, const struct model_step *step)
{
    uint32_t at = run->entities[e].step;
    uint32_t target =
        run->engine->functions.items[step->a].call(run->options.context, run, e, step->b);
    struct entity *x = &run->entities[e]; /* the call may have moved the entities */
    if (target == NONE) {
        state_step_on(run, x);
        return;
    }
    const struct model_process *process = state_process(run->engine, at);
    if (target >= process->count) {
        run->error = ZHOL_ERROR_RANGE;
        return;
    }
    state_step_to(x, process->first + target);
}

/* Where an entity goes that was turned away: false when it ended. */
static bool turned_away(struct zhol_engine_run *run, uint32_t e, uint32_t target)
{
    if (target == NONE) {
        end(run, e);
        return false;
    }
    state_step_to(&run->entities[e], target);
    return true;
}

static bool take_step(struct zhol_engine_run *run, uint32_t e, const struct model_step *step)
{
    switch (pool_take(run, e, step->a, step->b, step->op == ZHOL_OP_SEIZE)) {
    case POOL_TAKEN:
        state_step_on(run, &run->entities[e]);
        return true;
    case POOL_QUEUED:
        return false;
    case POOL_TURNED_AWAY:
        break;
    }
    return turned_away(run, e, step->c);
}

/* Steps at which time may pass. True: the entity goes on at once with its present step. */
static bool wait_step(struct zhol_engine_run *run, uint32_t e, const struct model_step *step)
{
    switch ((enum zhol_op)step->op) {
    case ZHOL_OP_SERVE:
        return !serve_enter(run, e, step) && turned_away(run, e, step->c);
    case ZHOL_OP_SEIZE:
    case ZHOL_OP_TRY:
        return take_step(run, e, step);
    case ZHOL_OP_DELAY:
    case MODEL_OP_AMPLE:
        delay(run, e);
        return false;
    case ZHOL_OP_GATE:
        if (run->open[step->a]) {
            state_step_on(run, &run->entities[e]);
            return true;
        }
        run->entities[e].since = run->now;
        fifo_push(run, &run->gates[step->a], e);
        return false;
    case ZHOL_OP_BATCH:
        group_batch(run, e);
        return false;
    case ZHOL_OP_BOARD:
        group_board(run, e);
        return false;
    case ZHOL_OP_LOAD:
        if (!group_load(run, e)) {
            return false;
        }
        state_step_on(run, &run->entities[e]);
        return true;
    default:
        end(run, e);
        return false;
    }
}

/* Steps that take no time; the entity's step moves on. */
static void quick_step(struct zhol_engine_run *run, uint32_t e, const struct model_step *step)
{
    struct entity *x = &run->entities[e];
    switch ((enum zhol_op)step->op) {
    case ZHOL_OP_RELEASE:
        pool_give(run, step->a, step->b);
        break;
    case ZHOL_OP_BRANCH:
        if (state_branches(run, x, step)) {
            state_step_to(x, step->c);
            return;
        }
        break;
    case ZHOL_OP_PRIORITY:
        run->more[e].priority = (uint8_t)step->a;
        break;
    case ZHOL_OP_CONVERT:
        run->more[e].class = (uint8_t)step->a;
        break;
    case ZHOL_OP_MARK:
        run->marks[e] = run->now;
        break;
    case ZHOL_OP_TALLY:
        tally(run, e, step);
        break;
    default:
        break;
    }
    state_step_on(run, x);
}

/* SPLIT: the members go on by the ready list, the carrier at its target or not at all. */
static bool split_step(struct zhol_engine_run *run, uint32_t e, const struct model_step *step)
{
    group_split(run, e);
    if (step->a == NONE) {
        end(run, e);
        return false;
    }
    state_step_to(&run->entities[e], step->a);
    return true;
}

/* A step other than SERVE, CALL and ROUTE. False: the entity waits or has ended. */
static __attribute__((noinline)) bool other_step(struct zhol_engine_run *run, uint32_t e,
                                                 const struct model_step *step)
{
    switch ((enum zhol_op)step->op) {
    case ZHOL_OP_SEIZE:
    case ZHOL_OP_TRY:
    case ZHOL_OP_DELAY:
    case ZHOL_OP_GATE:
    case ZHOL_OP_BATCH:
    case ZHOL_OP_BOARD:
    case ZHOL_OP_LOAD:
    case ZHOL_OP_END:
    case MODEL_OP_AMPLE:
        return wait_step(run, e, step);
    case ZHOL_OP_SPLIT:
        return split_step(run, e, step);
    default:
        quick_step(run, e, step);
        return true;
    }
}

/* An entity goes through its steps until one in which it waits, or its end. */
QUICK void advance(struct zhol_engine_run *run, uint32_t e)
{
    for (uint32_t count = 0; count < STEPS_MAX; count++) {
        const struct model_step *step = &run->steps[run->entities[e].step];
        if (step->op == ZHOL_OP_ROUTE) {
            state_step_to(&run->entities[e], state_choose(run, &run->entities[e], step));
            continue;
        }
        bool on = true;
        if (step->op == ZHOL_OP_CALL) { /* with SERVE the most frequent: not by way of a table */
            call(run, e, step);
        } else if (step->op == ZHOL_OP_SERVE) {
            on = !serve_enter(run, e, step) && turned_away(run, e, step->c);
        } else {
            on = other_step(run, e, step);
        }
        if (!on || run->error) {
            return;
        }
    }
    run->error = ZHOL_ERROR_INVALID; /* a circle of steps in which no time passes */
}

/* What follows a service: most often the end, or the next service. */
QUICK void advance_or_end(struct zhol_engine_run *run, uint32_t e)
{
    if (run->steps[run->entities[e].step].op == ZHOL_OP_END) {
        end(run, e);
    } else {
        advance(run, e);
    }
}

static __attribute__((noinline)) void drain_ready(struct zhol_engine_run *run)
{
    while (run->ready.head != NONE && !run->error) {
        advance(run, fifo_pop(run, &run->ready));
    }
}

/* ---- Events ---- */

/* When arrival number `arrivals` (from 0) of a source comes, `gap` after the one before. */
static void schedule_arrival(struct zhol_engine_run *run, uint32_t s,
                             const struct zhol_engine_source *as, int64_t gap)
{
    uint64_t arrivals = run->sources[s].arrivals;
    if (as->count_max && arrivals >= as->count_max) {
        state_cancel(run, run->slot_source + s);
    } else if (as->between != NONE) {
        state_schedule(run, run->slot_source + s, run->now + gap);
    } else if (arrivals < as->time_count) {
        int64_t time = as->times[arrivals] + gap;
        state_schedule(run, run->slot_source + s, time > run->now ? time : run->now);
    } else {
        state_cancel(run, run->slot_source + s);
    }
}

/* One entity of a source begins its way. */
QUICK void begin(struct zhol_engine_run *run, const struct source *source, uint64_t id,
                 int64_t work)
{
    uint32_t e = state_new_entity(run, id, source->first_step, source->class, source->priority);
    if (e != NONE) {
        run->entities[e].work = work;
        advance(run, e);
    }
}

static __attribute__((noinline)) void
begin_other(struct zhol_engine_run *run, const struct source *source, uint64_t id, int64_t work)
{
    begin(run, source, id, work);
}

/* Arrival n of a source is keyed by the identity of its first entity. */
QUICK void arrive(struct zhol_engine_run *run, uint32_t s)
{
    struct source *source = &run->sources[s];
    const struct zhol_engine_source *as = &run->engine->sources.items[s].as;
    uint32_t batch = source->plain ? 1 : as->batch;
    int64_t work = source->served ? source->work[source->at] : -1; /* else drawn when it is there */
    uint64_t id = source->id;
    source->id = id + batch;
    source->arrivals++;
    if (++source->at == DRAW_BLOCK) {
        state_draw_block(run, s);
    }
    if (source->plain) {
        state_schedule(run, run->slot_source + s, run->now + source->gap[source->at]);
        begin(run, source, id, work);
        return;
    }
    schedule_arrival(run, s, as, source->gap[source->at]);
    for (uint32_t i = 0; i < batch && !run->error; i++) {
        begin_other(run, source, id + i, work);
    }
}

static void calendar_event(struct zhol_engine_run *run, uint32_t c)
{
    const struct model_calendar *calendar = &run->engine->calendars.items[c];
    uint32_t at = run->calendar_at[c]++;
    bool open = run->open[c] = at % 2 == 0;
    uint32_t next = at + 1, lap = calendar->period > 0 ? next / calendar->count : 0;
    if (calendar->period > 0) {
        state_schedule(run, c, calendar->changes[next % calendar->count] + lap * calendar->period);
    } else if (next < calendar->count) {
        state_schedule(run, c, calendar->changes[next]);
    } else {
        state_cancel(run, c);
    }
    while (open && run->gates[c].head != NONE) {
        uint32_t e = fifo_pop(run, &run->gates[c]);
        state_account(run, e, run->steps[run->entities[e].step].wait_cause);
        state_step_on(run, &run->entities[e]);
        state_ready(run, e);
    }
    const struct model_resource *resources = run->engine->resources.items;
    for (uint32_t i = calendar->first_resource; i != NONE; i = resources[i].next) {
        serve_shut(run, i, 1, !open);
    }
}

static void clock_event(struct zhol_engine_run *run, uint32_t clock)
{
    uint32_t i = run->engine->resources.items[clock].clocked;
    const struct model_resource *r = &run->engine->resources.items[i];
    uint32_t count = ++run->clock_count[clock];
    bool down = count % 2 == 1;
    uint64_t key = run->key + r->activity + count * DRAW_ROUND;
    run->resource_more[i].failures += down;
    state_schedule(run, run->engine->slot_clock + clock,
                   run->now + state_draw(run, down ? r->as.down : r->as.up, key));
    serve_shut(run, i, 2, down);
}

static void sample_event(struct zhol_engine_run *run)
{
    uint32_t count = run->engine->resources.count;
    if (run->sample_count == run->sample_capacity) {
        uint32_t wanted = run->sample_capacity ? run->sample_capacity * 2 : 64;
        uint32_t *grown = malloc((size_t)wanted * count * sizeof *grown);
        if (!grown) {
            run->error = ZHOL_ERROR_MEMORY;
            return;
        }
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t k = 0; k < run->sample_count; k++) {
                grown[(size_t)i * wanted + k] = run->samples[(size_t)i * run->sample_capacity + k];
            }
        }
        free(run->samples);
        run->samples = grown;
        run->sample_capacity = wanted;
    }
    for (uint32_t i = 0; i < count; i++) {
        run->samples[(size_t)i * run->sample_capacity + run->sample_count] =
            run->resources[i].waiting;
    }
    run->sample_count++;
    state_schedule(run, run->engine->slot_sample, run->now + run->options.sample_every);
}

QUICK void delay_event(struct zhol_engine_run *run, uint32_t d)
{
    run->woken = d;
    advance_or_end(run, run->delayed[d]);
    if (run->woken != NONE) {
        run->woken = NONE;
        state_cancel(run, run->slot_delay + d);
        run->slot_list[run->slot_free_count++] = d;
    }
}

QUICK void server_event(struct zhol_engine_run *run, uint32_t s)
{
    if (run->servers[s].special) {
        serve_special_event(run, s);
    } else if (run->servers[s].lone) {
        lone_event(run, run->servers[s].resource);
    } else {
        advance_or_end(run, serve_finish(run, s));
    }
}

static __attribute__((noinline)) void other_event(struct zhol_engine_run *run, uint32_t slot)
{
    const struct zhol_engine *engine = run->engine;
    if (slot < engine->slot_clock) {
        calendar_event(run, slot);
    } else if (slot < engine->slot_server) {
        clock_event(run, slot - engine->slot_clock);
    } else if (slot < engine->slot_sample) {
        group_batch_due(run, slot - engine->slot_batch);
    } else {
        sample_event(run);
    }
}

static __attribute__((noinline)) void note(struct zhol_engine_run *run, uint64_t key)
{
    if (key >> run->bits < (uint64_t)run->now) {
        run->broken = "an event lies in the past";
    }
    uint64_t slot = key & ((UINT64_C(1) << run->bits) - 1);
    run->fingerprint = draw_mix(run->fingerprint + (key >> run->bits) * DRAW_ENTITY + slot);
}

static bool told_to_stop(const struct zhol_engine_run *run)
{
    return run->options.stop && *run->options.stop;
}

QUICK void event(struct zhol_engine_run *run, uint64_t key)
{
    if (__builtin_expect(run->audit, 0)) {
        note(run, key);
    }
    run->now = (int64_t)(key >> run->bits);
    uint32_t slot = (uint32_t)key & ((1u << run->bits) - 1);
    if (slot >= run->slot_delay) {
        delay_event(run, slot - run->slot_delay);
    } else if (slot - run->slot_server < run->server_count) {
        server_event(run, slot - run->slot_server);
    } else if (slot - run->slot_source < run->source_total) {
        arrive(run, slot - run->slot_source);
    } else {
        other_event(run, slot);
    }
    if (run->ready.head != NONE) {
        drain_ready(run);
    }
}

/* What an entity does after its service, where plain.h does not know it. */
static __attribute__((noinline)) void go_on(struct zhol_engine_run *run, uint32_t e)
{
    advance(run, e);
    drain_ready(run);
}

/* Events of a plain run before the key `limit`, until one comes that plain.h does not know; at most
 * `most`. Returns how many are left of them. */
static uint32_t run_plain(struct zhol_engine_run *run, uint64_t limit, uint32_t most)
{
    while (most) {
        uint64_t key = event_set_min(&run->events);
        if (key >= limit || run->error) {
            return most;
        }
        uint32_t slot = (uint32_t)key & ((1u << run->bits) - 1), s = slot - run->slot_server;
        if (s < run->server_count) {
            if (run->servers[s].special || run->servers[s].lone) {
                return most;
            }
            run->now = (int64_t)(key >> run->bits);
            uint32_t e = plain_finish(run, s);
            if (!plain_go_on(run, e)) {
                go_on(run, e); /* which may move all arrays and widen the keys */
                return most - 1;
            }
        } else {
            s = slot - run->slot_source;
            if (s >= run->source_total || !run->sources[s].quick) {
                return most;
            }
            run->now = (int64_t)(key >> run->bits);
            if (!plain_arrive(run, s)) {
                return most;
            }
        }
        if (run->large) {
            ahead_look(run, slot);
        }
        most--;
    }
    return 0;
}

/* At most `most` events; returns how many are left of them: 0, there may be more to do. */
static uint32_t run_some(struct zhol_engine_run *run, int64_t before, uint64_t ended, uint32_t most)
{
    while (most && run->ended < ended && !run->error) {
        if (run->plain) { /* one event of plain.h ends one entity at most */
            uint64_t wanted = ended - run->ended;
            uint32_t turn = wanted < most ? (uint32_t)wanted : most;
            uint32_t left = run_plain(run, (uint64_t)before << run->bits, turn);
            most -= turn - left;
            if (left < turn) {
                continue;
            }
        }
        uint64_t key = event_set_min(&run->events);
        if ((int64_t)(key >> run->bits) >= before) {
            break;
        }
        uint32_t slot = (uint32_t)key & ((1u << run->bits) - 1);
        event(run, key);
        if (run->large) {
            ahead_look(run, slot);
        }
        most--;
    }
    return most;
}

static enum zhol_error run_events(struct zhol_engine_run *run, int64_t before, uint64_t ended)
{
    uint32_t left = 0;
    drain_ready(run);
    /* No key but NEVER lies beyond the latest time, so one comparison finds both ends. */
    before = before <= run->time_max ? before : run->time_max + 1;
    while (!left && !run->error) {
        if (told_to_stop(run)) {
            return ZHOL_ERROR_INTERRUPTED;
        }
        left = run_some(run, before, ended, STOP_EVERY);
        run->event_count += STOP_EVERY - left;
    }
    return run->error;
}

enum zhol_error zhol_engine_run_until(struct zhol_engine_run *run, int64_t end_time)
{
    enum zhol_error error = run_events(run, end_time, UINT64_MAX);
    if (!error && end_time > run->now) {
        run->now = end_time;
    }
    return error;
}

enum zhol_error zhol_engine_run_ended(struct zhol_engine_run *run, uint64_t count)
{
    return run_events(run, INT64_MAX, count);
}

enum zhol_error zhol_engine_set_units(struct zhol_engine_run *run, uint32_t resource,
                                      uint32_t units)
{
    if (resource >= run->engine->resources.count || run->engine->resources.items[resource].serves) {
        return ZHOL_ERROR_RANGE;
    }
    pool_set(run, resource, units);
    return ZHOL_ERROR_OK;
}
