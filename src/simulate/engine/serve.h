/* simulate/engine/serve.h: queues of resources and the quick path of SERVE.
 *
 * The quick path is for servers without calendar, clock, failures, preemption or batches: nearly
 * all of them; lone resources (state.h) are those of them whose services are events of nobody.
 * serve_special.c has the rest.
 */
#ifndef ZHOL_SIMULATE_ENGINE_SERVE_H
#define ZHOL_SIMULATE_ENGINE_SERVE_H

#include "simulate/engine/state.h"

/* Audited runs measure the areas under queue and busy servers by themselves. */
void serve_touch(struct zhol_engine_run *run, uint32_t resource, int busy);
/* Audited runs: an entity begins its service now, with its work and its wait still on it. */
void serve_check_path(struct zhol_engine_run *run, uint32_t resource, uint32_t e);
/* Ticks that the servers of a lone resource worked since the last touch: nobody began since. */
int64_t serve_lone_worked(const struct zhol_engine_run *run, uint32_t resource);

static inline struct fifo *serve_lane(struct zhol_engine_run *run, uint32_t resource,
                                      uint32_t priority)
{
    return priority ? &run->lanes[(size_t)resource * (run->engine->lanes - 1) + priority - 1]
                    : &run->resources[resource].lane;
}

/* Puts an entity into the queue of a resource; its time of waiting begins. */
static inline void serve_queue(struct zhol_engine_run *run, uint32_t resource, uint32_t e)
{
    struct resource *r = &run->resources[resource];
    uint32_t priority = run->single_lane ? 0 : run->more[e].priority;
    struct fifo *lane = serve_lane(run, resource, priority);
    if (run->audit) {
        serve_touch(run, resource, 0);
    }
    run->entities[e].since = run->now;
    if (r->last_first) {
        fifo_push_front(run, lane, e);
    } else {
        fifo_push(run, lane, e);
    }
    r->lanes_used |= (uint8_t)(1u << priority);
    r->waiting++;
    r->waiting_max = r->waiting > r->waiting_max ? r->waiting : r->waiting_max;
}

/* Who is next; the queue is not empty. */
static inline uint32_t serve_next(struct zhol_engine_run *run, uint32_t resource)
{
    struct resource *r = &run->resources[resource];
    uint32_t priority = run->single_lane ? 0 : (uint32_t)__builtin_ctz(r->lanes_used);
    struct fifo *lane = serve_lane(run, resource, priority);
    if (run->audit) {
        serve_touch(run, resource, 0);
    }
    uint32_t e = fifo_pop(run, lane);
    if (lane->head == NONE) {
        r->lanes_used &= (uint8_t) ~(1u << priority);
    }
    r->waiting--;
    return e;
}

/* Counts a wait that is over; the entity's clock moves to now. */
static inline void serve_waited(struct zhol_engine_run *run, struct resource *r, uint32_t e,
                                uint8_t cause)
{
    int64_t wait = run->now - run->entities[e].since;
    r->started++;
    r->wait_sum += wait;
    if (r->timed) {
        uint32_t resource = (uint32_t)(r - run->resources);
        histogram_count(&run->waits[run->resource_more[resource].histogram], wait);
    }
    state_account(run, e, cause);
}

/* Begins a service on the quick path. */
static inline void serve_begin(struct zhol_engine_run *run, uint32_t s, uint32_t e)
{
    struct resource *r = &run->resources[run->servers[s].resource];
    struct entity *x = &run->entities[e];
    serve_waited(run, r, e, run->ledger ? run->steps[x->step].wait_cause : 0);
    int64_t work = x->work;
    x->work = -1;
    r->busy_sum += work;
    run->servers[s].entity = e;
    state_schedule(run, run->slot_server + s, run->now + work);
}

/* ---- Lone resources ---- */

/* The first server, free now, is taken until `end`: sift down. */
static inline void lone_take(int64_t *free_at, uint32_t count, int64_t end)
{
    uint32_t i = 0;
    for (uint32_t child; (child = 2 * i + 1) < count; i = child) {
        child += child + 1 < count && free_at[child + 1] < free_at[child];
        if (free_at[child] >= end) {
            break;
        }
        free_at[i] = free_at[child];
    }
    free_at[i] = end;
}

/* Begins a service whose end is known: its entity sleeps through it and through the delays that
 * follow. */
static inline void lone_begin(struct zhol_engine_run *run, struct resource *r, uint32_t e)
{
    struct entity *x = &run->entities[e];
    const struct model_step *step = &run->steps[x->step];
    if (__builtin_expect(run->audit, 0)) {
        serve_check_path(run, (uint32_t)(r - run->resources), e);
    }
    serve_waited(run, r, e, step->wait_cause);
    int64_t work = x->work;
    x->work = -1;
    r->busy_sum += work;
    lone_take(run->free_at + r->first_server, r->idle, run->now + work);
    state_pass(run, e, work, step->work_cause);
    state_step_on(run, x);
    state_delays(run, e);
    state_sleep(run, e);
}

/* False: turned away. */
static inline bool lone_enter(struct zhol_engine_run *run, struct resource *r, uint32_t e)
{
    int64_t free_at = run->free_at[r->first_server];
    if (!r->waiting && free_at <= run->now && !r->shut) {
        run->entities[e].since = run->now;
        if (run->audit) {
            serve_touch(run, (uint32_t)(r - run->resources), 0);
        }
        lone_begin(run, r, e);
        return true;
    }
    if (r->waiting >= r->queue_max) {
        run->resource_more[r - run->resources].turned_away++;
        run->entities[e].work = -1;
        return false;
    }
    serve_queue(run, (uint32_t)(r - run->resources), e);
    if (r->waiting == 1 && !r->shut) {
        state_schedule(run, run->slot_server + r->first_server, free_at);
    }
    return true;
}

/* A server is free and somebody waits. */
static inline void lone_event(struct zhol_engine_run *run, uint32_t resource)
{
    struct resource *r = &run->resources[resource];
    uint32_t slot = run->slot_server + r->first_server;
    lone_begin(run, r, serve_next(run, resource));
    if (r->waiting) {
        state_schedule(run, slot, run->free_at[r->first_server]);
    } else {
        state_cancel(run, slot);
    }
}

/* An entity comes to a SERVE step. False: turned away. Its service is drawn here already: a draw
 * depends on names only, and when its turn comes, the event after it need not wait for the
 * logarithm. On the quick path without a ledger it is also a step on already: then nobody reads the
 * step again, which in a large model would be far away. */
bool serve_special_enter(struct zhol_engine_run *run, uint32_t e, uint32_t resource);
static inline bool serve_enter(struct zhol_engine_run *run, uint32_t e,
                               const struct model_step *step)
{
    uint32_t resource = step->a;
    struct resource *r = &run->resources[resource];
    struct entity *x = &run->entities[e];
    r->arrived++;
    if (x->work < 0) {
        x->work = state_draw(run, step->b, state_draw_key(run, x, step->activity));
    }
    if (r->lone) {
        return lone_enter(run, r, e);
    }
    if (r->special) {
        return serve_special_enter(run, e, resource);
    }
    uint32_t s = r->idle;
    if (s == NONE && r->waiting >= r->queue_max) {
        run->resource_more[resource].turned_away++;
        x->work = -1;
        return false;
    }
    if (!run->ledger) {
        state_step_on(run, x);
    }
    if (s != NONE) {
        r->idle = run->servers[s].entity;
        x->since = run->now;
        if (run->audit) {
            serve_touch(run, resource, 1);
        }
        serve_begin(run, s, e);
        return true;
    }
    serve_queue(run, resource, e);
    return true;
}

/* The event of a server on the quick path: its entity is done and returned, one step on; the next
 * begins. */
static inline uint32_t serve_finish(struct zhol_engine_run *run, uint32_t s)
{
    uint32_t resource = run->servers[s].resource, e = run->servers[s].entity;
    struct resource *r = &run->resources[resource];
    if (run->ledger) {
        state_account(run, e, run->steps[run->entities[e].step].work_cause);
        state_step_on(run, &run->entities[e]);
    }
    if (r->waiting) {
        serve_begin(run, s, serve_next(run, resource));
    } else {
        if (run->audit) {
            serve_touch(run, resource, -1);
        }
        run->servers[s].entity = r->idle;
        r->idle = s;
        state_cancel(run, run->slot_server + s);
    }
    return e;
}

/* The event of a server of a special resource: end of service, failure or repair. Entities that are
 * done go to the ready list, one step on. */
void serve_special_event(struct zhol_engine_run *run, uint32_t s);
/* Calendar (bit 1) or clock (bit 2) of a resource shut or opened it. */
void serve_shut(struct zhol_engine_run *run, uint32_t resource, uint8_t bit, bool shut);

/* Pools: SEIZE, TRY (which never queues) and RELEASE. */
enum pool_answer { POOL_TAKEN, POOL_QUEUED, POOL_TURNED_AWAY };
enum pool_answer pool_take(struct zhol_engine_run *run, uint32_t e, uint32_t resource,
                           uint32_t units, bool queue);
/* Free units; below 0 after units were taken away while in hands. */
static inline int32_t pool_free(const struct resource *r)
{
    return (int32_t)r->idle;
}
void pool_set(struct zhol_engine_run *run, uint32_t resource, uint32_t units);
void pool_give(struct zhol_engine_run *run, uint32_t resource, int64_t units);
void pool_grant(struct zhol_engine_run *run, uint32_t resource);

#endif
