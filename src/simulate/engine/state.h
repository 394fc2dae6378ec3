/* simulate/engine/state.h: one replication: flat arrays, indices, one event set.
 *
 * An entity is always at exactly one place: in the ready list, in a queue, a gate, a batch or a
 * store, served, asleep, or a member of a carrier. All these lists go through `next`. Whoever
 * takes it from a place where time passed calls state_account first, so that `since` is the present
 * whenever an entity steps.
 *
 * Fewer events than steps: draws depend on names only, so all DELAYs in a row are drawn at once and
 * are one sleep, over choices that depend on names only, too. A service at a *lone* resource (no
 * clock, failure or batch, nothing that a calendar stops half done, and a DELAY behind it) has a
 * known end as soon as it begins: its entity sleeps through service and delays as one, and the
 * resource itself has an event only while it is open and somebody waits, at the time at which its
 * next server is free. A service at an *ample*
 * resource, where nobody ever waits, is a DELAY that is counted.
 */
#ifndef ZHOL_SIMULATE_ENGINE_STATE_H
#define ZHOL_SIMULATE_ENGINE_STATE_H

#include "simulate/engine/event_set.h"
#include "simulate/engine/histogram.h"
#include "simulate/engine/model.h"
#include "simulate/engine/recursion.h"

/* Steps that an entity passes at most before it sleeps: a circle of delays has no end. */
enum { STATE_PASSED_MAX = 64 };

/* Half a cache line: all that the quick path touches. */
struct entity {
    uint32_t next;
    uint32_t step;
    uint64_t name; /* of its draws: identity and rounds, see draw.h */
    int64_t since; /* its ledger is complete up to here; while it sleeps, the time it wakes */
    int64_t work;  /* service drawn, or left after an interruption; -1: to be drawn at the SERVE */
};

/* The other half, in a line of another array: most events do without. */
struct entity_more {
    uint64_t id;
    int64_t birth;
    uint32_t members, last_member, member_count;
    uint8_t class, priority, carrier;
};

struct fifo {
    uint32_t head, tail;
};

/* One cache line: all that the quick path touches. */
struct resource {
    uint32_t waiting;
    uint32_t idle;    /* servers: the first idle one, or NONE; pool: units that are free; lone: how
                         many servers; ample: services that outlast what is measured */
    struct fifo lane; /* priority 0; the others are in run->lanes */
    int64_t wait_sum; /* full waits of those that began */
    int64_t busy_sum; /* service begun, whole */
    uint64_t arrived, started;
    uint32_t queue_max, waiting_max;
    uint32_t first_server;
    uint8_t special : 1, lone : 1, last_first : 1, timed : 1 /* has a histogram of waits */;
    uint8_t lanes_used; /* bit p: lane p holds somebody */
    uint8_t shut;       /* bits: 1 calendar, 2 clock */
};

struct resource_more {
    uint64_t turned_away, failures, preempted;
    int64_t wait_offset; /* waits before the last forget, of those who waited then */
    int64_t taken;       /* pool: units in hands */
    int64_t units;
    int64_t touched, taken_area; /* pool */
    int64_t audit_touched, audit_queue, audit_busy;
    uint32_t audit_busy_now;
    uint32_t histogram;
};

struct server {
    uint32_t entity; /* served; idle: the next idle server */
    uint32_t resource : 30, special : 1, lone : 1;
};
enum server_state { SERVER_IDLE, SERVER_RUN, SERVER_BROKEN, SERVER_PAUSED };
/* Of servers of special resources. */
struct server_more {
    enum server_state state;
    bool failing; /* its event is a failure */
    uint32_t count, failures;
    int64_t start, end, rest, life;
};

/* A source: times drawn ahead for its next arrivals, namely the gaps, and the services of those
 * whose first step is a SERVE. Draws depend on names only, so it does not matter when they are
 * made. */
struct source {
    int64_t gap[DRAW_BLOCK], work[DRAW_BLOCK];
    uint64_t arrivals, id; /* so far; identity of the next arrival's first entity */
    uint32_t at;           /* arrivals used of the block */
    uint32_t first_step;
    uint8_t class, priority;
    bool served; /* `work` is drawn */
    bool plain;  /* one at a time, by gaps, without end: the quick path */
    bool quick;  /* plain, in a plain run, and its first step is a SERVE for plain.h: */
    uint32_t resource, second_step;
    uint64_t second_name; /* what that step adds to the name */
};

struct batch {
    struct fifo list;
    uint32_t count;
    bool due;
};
struct store {
    struct fifo list, carriers;
    uint32_t count;
};

struct zhol_engine_run {
    const struct zhol_engine *engine;
    const struct model_step *steps;
    struct zhol_run_options options;
    uint64_t key; /* random offset of (seed, replication) */
    int64_t now, forgotten_at;
    int64_t time_max; /* the latest time that a key can hold */
    uint32_t bits;    /* of a key that name the slot */
    struct event_set events;
    uint32_t slot_server, server_count, slot_delay, slot_source, source_total;
    struct entity *entities;
    struct entity_more *more;
    int64_t *marks; /* by entity; NULL in a model without MARK */
    uint32_t entity_count, entity_capacity, entity_free;
    uint64_t created, ended, event_count;
    struct fifo ready;
    struct resource *resources;
    struct resource_more *resource_more;
    struct fifo *lanes; /* resource * (lanes - 1) + priority - 1 */
    struct server *servers;
    int64_t *free_at; /* by server of lone resources: a heap, the first is free first */
    struct server_more *server_more;
    struct histogram *waits, *tallies;
    struct batch *batches;
    struct store *stores;
    struct fifo *gates; /* by calendar */
    uint32_t *calendar_at;
    bool *open;
    uint32_t *clock_count;
    struct source *sources;
    uint32_t *delayed; /* entity of a delay slot */
    uint32_t woken; /* a delay slot whose event is now: the next sleeper takes it over, or NONE */
    uint32_t *slot_list;
    uint32_t delay_capacity, slot_free_count;
    uint32_t *ledger; /* entity << ledger_bits | cause: half a cache line or one */
    uint32_t ledger_bits;
    int64_t *ledger_done; /* class * causes + cause */
    uint64_t *class_done;
    uint32_t *samples;
    uint32_t sample_count, sample_capacity;
    bool audit, single_lane;
    bool plain;                  /* no audit, ledger, priorities, marks: plain.h */
    bool large;                  /* more state than the fast caches hold: look ahead */
    uint32_t ahead[2];           /* slots whose events come soon: ahead.h */
    struct recursion *recursion; /* of an audited run */
    uint64_t fingerprint;
    const char *broken; /* the first law that was broken while running */
    enum zhol_error error;
    void *memory; /* all arrays whose size the model fixes */
};

/* Grows entities (and what belongs to them) or delay slots; sets run->error when that fails. */
bool state_grow_entities(struct zhol_engine_run *run);
bool state_grow_delays(struct zhol_engine_run *run);
/* Draws ahead for the next arrivals of a source. */
void state_draw_block(struct zhol_engine_run *run, uint32_t source);
/* The process that a step belongs to. */
const struct model_process *state_process(const struct zhol_engine *engine, uint32_t step);
/* Takes an entity through its present step if that is a choice which depends on names only: BRANCH,
 * or the CALL of a chooser. */
bool state_choice(struct zhol_engine_run *run, uint32_t e);
/* Everything as at the start of (seed, replication). */
void state_reset(struct zhol_engine_run *run);

static inline void fifo_push(struct zhol_engine_run *run, struct fifo *fifo, uint32_t e)
{
    run->entities[e].next = NONE;
    if (fifo->head == NONE) {
        fifo->head = e;
    } else {
        run->entities[fifo->tail].next = e;
    }
    fifo->tail = e;
}

static inline void fifo_push_front(struct zhol_engine_run *run, struct fifo *fifo, uint32_t e)
{
    run->entities[e].next = fifo->head;
    if (fifo->head == NONE) {
        fifo->tail = e;
    }
    fifo->head = e;
}

/* Not empty. */
static inline uint32_t fifo_pop(struct zhol_engine_run *run, struct fifo *fifo)
{
    uint32_t e = fifo->head;
    fifo->head = run->entities[e].next;
    return e;
}

static inline void state_schedule(struct zhol_engine_run *run, uint32_t slot, int64_t time)
{
    if (__builtin_expect(time > run->time_max, 0)) {
        run->error = ZHOL_ERROR_LIMIT;
        return;
    }
    event_set_put(&run->events, slot, (uint64_t)time << run->bits | slot);
}

static inline void state_cancel(struct zhol_engine_run *run, uint32_t slot)
{
    event_set_put(&run->events, slot, EVENT_NEVER);
}

/* The name of an entity's draw in a step. */
static inline uint64_t state_draw_key(const struct zhol_engine_run *run, const struct entity *x,
                                      uint64_t activity)
{
    return run->key + activity + x->name;
}

/* Steps on; going back begins a new round of draws. */
static inline void state_step_on(const struct zhol_engine_run *run, struct entity *x)
{
    const struct model_step *step = &run->steps[x->step];
    x->name += step->rounds * DRAW_ROUND;
    x->step = step->next;
}

static inline void state_step_to(struct entity *x, uint32_t target)
{
    x->name += target <= x->step ? DRAW_ROUND : 0;
    x->step = target;
}

/* Whether a BRANCH step sends an entity to its target. */
static inline bool state_branches(const struct zhol_engine_run *run, const struct entity *x,
                                  const struct model_step *step)
{
    return (uint32_t)(draw_mix(state_draw_key(run, x, step->activity)) >> 32) < step->a;
}

/* Where a ROUTE step sends an entity. */
static inline uint32_t state_choose(const struct zhol_engine_run *run, const struct entity *x,
                                    const struct model_step *step)
{
    const struct model_route *route = &run->engine->routes.items[step->a];
    double u = draw_unit(draw_mix(state_draw_key(run, x, step->activity))) * route->count;
    uint32_t i = (uint32_t)u;
    const struct model_way *way = &route->ways[i];
    return u - i < way->threshold ? way->target : way->alias;
}

static inline int64_t state_draw(const struct zhol_engine_run *run, uint32_t dist, uint64_t key)
{
    return draw_ticks(&run->engine->tables, &run->engine->dists.items[dist], key);
}

static inline uint32_t *state_ledger(const struct zhol_engine_run *run, uint32_t e, uint32_t cause)
{
    return &run->ledger[((size_t)e << run->ledger_bits) + cause];
}

/* Puts the time since the last accounting on an account; without a ledger only the clock moves. */
static inline void state_account(struct zhol_engine_run *run, uint32_t e, uint8_t cause)
{
    struct entity *x = &run->entities[e];
    if (run->ledger) {
        *state_ledger(run, e, cause) += (uint32_t)(run->now - x->since);
    }
    x->since = run->now;
}

/* An entity's clock goes on by time that is known to pass. */
static inline void state_pass(struct zhol_engine_run *run, uint32_t e, int64_t time, uint8_t cause)
{
    if (run->ledger) {
        *state_ledger(run, e, cause) += (uint32_t)time;
    }
    run->entities[e].since += time;
}

/* Counts a service at an ample resource: what of it lies in the time that is measured. */
static inline void state_count_ample(struct zhol_engine_run *run, uint32_t resource, int64_t from,
                                     int64_t time)
{
    struct resource *r = &run->resources[resource];
    int64_t begin = run->options.measure_from, end = run->options.measure_to, to = from + time;
    if (to < begin || from >= end) {
        return;
    }
    r->arrived += from >= begin;
    r->started++;
    r->busy_sum += (to < end ? to : end) - (from > begin ? from : begin);
    r->idle += to >= end; /* events at the end are not in it */
}

/* Passes through the DELAYs ahead, and through choices between them. Not round a circle of them. */
static inline void state_delays(struct zhol_engine_run *run, uint32_t e)
{
    struct entity *x = &run->entities[e];
    for (uint32_t count = 0; count < STATE_PASSED_MAX && x->since <= run->time_max; count++) {
        const struct model_step *step = &run->steps[x->step];
        if (step->op == ZHOL_OP_DELAY || step->op == MODEL_OP_AMPLE) {
            int64_t time = state_draw(run, step->a, state_draw_key(run, x, step->activity));
            if (step->op == MODEL_OP_AMPLE) {
                state_count_ample(run, step->b, x->since, time);
            }
            state_pass(run, e, time, step->work_cause);
            state_step_on(run, x);
            if (step->rounds) {
                return;
            }
        } else if ((step->op != ZHOL_OP_CALL && step->op != ZHOL_OP_BRANCH) ||
                   !state_choice(run, e)) {
            return;
        }
    }
}

/* An entity sleeps until its clock is the present. */
static inline void state_sleep(struct zhol_engine_run *run, uint32_t e)
{
    if (run->woken == NONE && !run->slot_free_count && !state_grow_delays(run)) {
        return;
    }
    uint32_t d = run->woken != NONE ? run->woken : run->slot_list[--run->slot_free_count];
    run->woken = NONE;
    run->delayed[d] = e;
    state_schedule(run, run->slot_delay + d, run->entities[e].since);
}

/* Lets an entity go on with its present step, after the event that is being handled. */
static inline void state_ready(struct zhol_engine_run *run, uint32_t e)
{
    fifo_push(run, &run->ready, e);
}

/* A new entity with everything but process set; NONE when there is no room (run->error). */
static inline uint32_t state_new_entity(struct zhol_engine_run *run, uint64_t id, uint32_t step,
                                        uint8_t class, uint8_t priority)
{
    uint32_t e = run->entity_free;
    if (e == NONE) {
        if (run->entity_count == run->entity_capacity && !state_grow_entities(run)) {
            return NONE;
        }
        e = run->entity_count++;
    } else {
        run->entity_free = run->entities[e].next;
    }
    run->created++;
    run->entities[e] = (struct entity){
        .next = NONE, .step = step, .name = id * DRAW_ENTITY, .since = run->now, .work = -1};
    run->more[e] = (struct entity_more){
        .id = id, .birth = run->now, .members = NONE, .class = class, .priority = priority};
    if (run->marks) {
        run->marks[e] = run->now;
    }
    return e;
}

#endif
