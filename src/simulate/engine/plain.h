/* simulate/engine/plain.h: the most frequent events as one piece of code each.
 *
 * In a run without audit, ledger and priorities (run->plain), an arrival whose first step is a
 * SERVE on the quick path of serve.h, the end of such a service, and what follows it (the next such
 * SERVE, a ROUTE to one, the end) do exactly what loop.c and serve.h do step by step, but look
 * nothing up twice. What does not fit (a full queue, no free record) is left untouched for the
 * general way. Results are the same bytes; the test is tests/unit/test_engine_plain.c, which runs
 * models with and without a ledger side by side.
 */
#ifndef ZHOL_SIMULATE_ENGINE_PLAIN_H
#define ZHOL_SIMULATE_ENGINE_PLAIN_H

#include "simulate/engine/serve.h"

/* A service begins after `wait`; the rest of the entity is written by the caller. */
static inline void plain_begin(struct zhol_engine_run *run, struct resource *r, uint32_t s,
                               uint32_t e, int64_t wait, int64_t work)
{
    r->started++;
    r->wait_sum += wait;
    r->busy_sum += work;
    if (r->timed) {
        uint32_t histogram = run->resource_more[r - run->resources].histogram;
        histogram_count(&run->waits[histogram], wait);
    }
    run->servers[s].entity = e;
    state_schedule(run, run->slot_server + s, run->now + work);
}

/* One more in the queue, first come first served. */
static inline void plain_queue(struct zhol_engine_run *run, struct resource *r, uint32_t e)
{
    fifo_push(run, &r->lane, e);
    r->waiting++;
    r->waiting_max = r->waiting > r->waiting_max ? r->waiting : r->waiting_max;
}

/* An arrival of source s that comes to a SERVE. False: nothing was done. */
static inline bool plain_arrive(struct zhol_engine_run *run, uint32_t s)
{
    struct source *source = &run->sources[s];
    struct resource *r = &run->resources[source->resource];
    uint32_t e = run->entity_free, server = r->idle;
    if (e == NONE || (server == NONE && r->waiting >= r->queue_max)) {
        return false;
    }
    int64_t now = run->now, work = source->work[source->at];
    uint64_t id = source->id++;
    source->arrivals++;
    if (++source->at == DRAW_BLOCK) {
        state_draw_block(run, s);
    }
    state_schedule(run, run->slot_source + s, now + source->gap[source->at]);
    struct entity *x = &run->entities[e];
    run->entity_free = x->next;
    run->created++;
    *x = (struct entity){.next = NONE,
                         .step = source->second_step,
                         .name = id * DRAW_ENTITY + source->second_name,
                         .since = now,
                         .work = server == NONE ? work : -1};
    run->more[e] = (struct entity_more){.id = id,
                                        .birth = now,
                                        .members = NONE,
                                        .class = source->class,
                                        .priority = source->priority};
    r->arrived++;
    if (server == NONE) {
        plain_queue(run, r, e);
    } else {
        r->idle = run->servers[server].entity;
        plain_begin(run, r, server, e, 0, work);
    }
    return true;
}

/* The end of a service of server s: who was served is returned, the next one begins. */
static inline uint32_t plain_finish(struct zhol_engine_run *run, uint32_t s)
{
    uint32_t done = run->servers[s].entity;
    struct resource *r = &run->resources[run->servers[s].resource];
    if (!r->waiting) {
        run->servers[s].entity = r->idle;
        r->idle = s;
        state_cancel(run, run->slot_server + s);
        return done;
    }
    uint32_t e = r->lane.head;
    struct entity *x = &run->entities[e];
    r->lane.head = x->next;
    r->waiting--;
    int64_t wait = run->now - x->since, work = x->work;
    x->since = run->now;
    x->work = -1;
    plain_begin(run, r, s, e, wait, work);
    return done;
}

/* An entity ends. False: it carries others, nothing was done. */
static inline bool plain_end(struct zhol_engine_run *run, struct entity *x, uint32_t e)
{
    const struct entity_more *more = &run->more[e];
    if (more->members != NONE || more->carrier) {
        return false;
    }
    run->class_done[more->class]++;
    run->ended++;
    x->step = NONE; /* not alive */
    x->next = run->entity_free;
    run->entity_free = e;
    return true;
}

/* Steps on; where a ROUTE is next, its choice is made at once. It depends on names only, and so the
 * place where the entity will come to is known long before. */
static inline void plain_step_on(const struct zhol_engine_run *run, struct entity *x)
{
    state_step_on(run, x);
    const struct model_step *step = &run->steps[x->step];
    if (step->op == ZHOL_OP_ROUTE) {
        state_step_to(x, state_choose(run, x, step));
    }
}

/* An entity comes to a SERVE. False: nothing was done. */
static inline bool plain_enter(struct zhol_engine_run *run, struct entity *x, uint32_t e,
                               const struct model_step *step)
{
    struct resource *r = &run->resources[step->a];
    uint32_t server = r->idle;
    if (r->lone || r->special || r->last_first || (server == NONE && r->waiting >= r->queue_max)) {
        return false;
    }
    int64_t work = x->work;
    if (work < 0) {
        work = state_draw(run, step->b, state_draw_key(run, x, step->activity));
    }
    r->arrived++;
    x->since = run->now;
    plain_step_on(run, x);
    if (server == NONE) {
        x->work = work;
        plain_queue(run, r, e);
    } else {
        x->work = -1;
        r->idle = run->servers[server].entity;
        plain_begin(run, r, server, e, 0, work);
    }
    return true;
}

/* The next step of an entity after its service. False: nothing was done. */
static inline bool plain_go_on(struct zhol_engine_run *run, uint32_t e)
{
    struct entity *x = &run->entities[e];
    const struct model_step *step = &run->steps[x->step];
    if (step->op == ZHOL_OP_END) {
        return plain_end(run, x, e);
    }
    if (step->op == ZHOL_OP_ROUTE) { /* it began its service by the general way */
        state_step_to(x, state_choose(run, x, step));
        step = &run->steps[x->step];
    }
    return step->op == ZHOL_OP_SERVE && plain_enter(run, x, e, step);
}

#endif
