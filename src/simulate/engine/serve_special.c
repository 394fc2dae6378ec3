/* serve_special.c: servers with calendars, clocks, failures, preemption or batches, and pools.
 *
 * A special server is idle, running, broken or paused. Running, its event is the end of service or,
 * when its operating life ends before, a failure; the work left is resumed after repair or pause.
 * While its resource is shut a server begins nothing; by its closing rule it finishes or pauses
 * what it has.
 */
#include "simulate/engine/serve.h"

int64_t serve_lone_worked(const struct zhol_engine_run *run, uint32_t resource)
{
    const struct resource *r = &run->resources[resource];
    int64_t from = run->resource_more[resource].audit_touched, sum = 0;
    for (uint32_t u = 0; u < r->idle; u++) {
        int64_t end = run->free_at[r->first_server + u];
        end = end < run->now ? end : run->now;
        sum += end > from ? end - from : 0;
    }
    return sum;
}

void serve_touch(struct zhol_engine_run *run, uint32_t resource, int busy)
{
    struct resource_more *more = &run->resource_more[resource];
    int64_t passed = run->now - more->audit_touched;
    const struct resource *r = &run->resources[resource];
    more->audit_queue += passed * r->waiting;
    if (r->lone) {
        more->audit_busy += serve_lone_worked(run, resource);
    } else {
        more->audit_busy += passed * more->audit_busy_now;
        more->audit_busy_now += (uint32_t)busy;
    }
    more->audit_touched = run->now;
}

void serve_check_path(struct zhol_engine_run *run, uint32_t resource, uint32_t e)
{
    const struct entity *x = &run->entities[e];
    recursion_begin(run->recursion, resource, run->more[e].priority, x->since, run->now, x->work);
}

static const struct zhol_engine_resource *described(const struct zhol_engine_run *run,
                                                    uint32_t resource)
{
    return &run->engine->resources.items[resource].as;
}

static void busy_changed(struct zhol_engine_run *run, uint32_t s, int change)
{
    if (run->audit) {
        serve_touch(run, run->servers[s].resource, change);
    }
}

/* Runs what is left of the work until its end or a failure. */
static void run_rest(struct zhol_engine_run *run, uint32_t s)
{
    struct server_more *more = &run->server_more[s];
    uint32_t resource = run->servers[s].resource;
    int64_t part = more->rest;
    more->failing = described(run, resource)->life != NONE && more->life < part;
    part = more->failing ? more->life : part;
    more->state = SERVER_RUN;
    more->start = run->now;
    more->end = run->now + part;
    run->resources[resource].busy_sum += part;
    busy_changed(run, s, 1);
    state_schedule(run, run->slot_server + s, more->end);
}

/* Stops a running server; its rest and its life are what is left. */
static void stop(struct zhol_engine_run *run, uint32_t s)
{
    struct server_more *more = &run->server_more[s];
    more->rest -= run->now - more->start;
    more->life -= run->now - more->start;
    run->resources[run->servers[s].resource].busy_sum -= more->end - run->now;
    busy_changed(run, s, -1);
    state_cancel(run, run->slot_server + s);
}

/* Begins with the entities linked from `e`; the first one's step gives the time. */
static void begin(struct zhol_engine_run *run, uint32_t s, uint32_t e, uint32_t count)
{
    struct server_more *more = &run->server_more[s];
    struct resource *r = &run->resources[run->servers[s].resource];
    if (run->audit) {
        serve_check_path(run, run->servers[s].resource, e);
    }
    for (uint32_t m = e; m != NONE; m = run->entities[m].next) {
        serve_waited(run, r, m, run->steps[run->entities[m].step].wait_cause);
        if (m != e) {
            run->entities[m].work = -1; /* it goes with the first one */
        }
    }
    run->servers[s].entity = e;
    more->count = count;
    more->rest = run->entities[e].work;
    run->entities[e].work = -1;
    run_rest(run, s);
}

static void make_idle(struct zhol_engine_run *run, uint32_t s)
{
    struct resource *r = &run->resources[run->servers[s].resource];
    run->server_more[s].state = SERVER_IDLE;
    run->servers[s].entity = r->idle;
    r->idle = s;
    state_cancel(run, run->slot_server + s);
}

/* Takes the next from the queue, up to a batch of them, as long as the resource is open. */
static void take_next(struct zhol_engine_run *run, uint32_t s)
{
    uint32_t resource = run->servers[s].resource;
    struct resource *r = &run->resources[resource];
    if (r->shut || !r->waiting) {
        make_idle(run, s);
        return;
    }
    uint32_t batch = described(run, resource)->batch, count = 0;
    struct fifo taken = {NONE, NONE};
    while (r->waiting && count < batch) {
        fifo_push(run, &taken, serve_next(run, resource));
        count++;
    }
    begin(run, s, taken.head, count);
}

/* The server whose entity gives way to priority `p`: the least urgent, of these the last begun;
 * NONE. */
static uint32_t victim(const struct zhol_engine_run *run, uint32_t resource, uint8_t p)
{
    const struct model_resource *model = &run->engine->resources.items[resource];
    uint32_t found = NONE;
    uint8_t worst = p;
    for (uint32_t u = 0; u < model->as.units; u++) {
        uint32_t s = model->first_server + u;
        if (run->server_more[s].state != SERVER_RUN) {
            continue;
        }
        uint8_t priority = run->more[run->servers[s].entity].priority;
        bool later = found != NONE && priority == worst &&
                     run->server_more[s].start > run->server_more[found].start;
        if (priority > worst || later) {
            worst = priority;
            found = s;
        }
    }
    return found;
}

static void preempt(struct zhol_engine_run *run, uint32_t s)
{
    uint32_t resource = run->servers[s].resource, e = run->servers[s].entity;
    stop(run, s);
    run->entities[e].work = run->server_more[s].rest;
    state_account(run, e, run->steps[run->entities[e].step].work_cause);
    run->resource_more[resource].preempted++;
    if (run->audit) {
        serve_touch(run, resource, 0);
    }
    struct resource *r = &run->resources[resource];
    fifo_push_front(run, serve_lane(run, resource, run->more[e].priority), e);
    r->lanes_used |= (uint8_t)(1u << run->more[e].priority);
    r->waiting++;
}

static uint32_t pop_idle(struct zhol_engine_run *run, struct resource *r)
{
    uint32_t s = r->idle;
    r->idle = run->servers[s].entity;
    return s;
}

/* A running server with room in its batch; NONE. */
static uint32_t joinable(const struct zhol_engine_run *run, uint32_t resource)
{
    const struct model_resource *model = &run->engine->resources.items[resource];
    for (uint32_t s = model->first_server; s < model->first_server + model->as.units; s++) {
        const struct server_more *more = &run->server_more[s];
        if (more->state == SERVER_RUN && more->count < model->as.batch) {
            return s;
        }
    }
    return NONE;
}

static void join(struct zhol_engine_run *run, uint32_t s, uint32_t e)
{
    uint32_t first = run->servers[s].entity;
    run->entities[e].next = run->entities[first].next;
    run->entities[first].next = e;
    run->server_more[s].count++;
    run->entities[e].work = -1;
    serve_waited(run, &run->resources[run->servers[s].resource], e,
                 run->steps[run->entities[e].step].wait_cause);
}

bool serve_special_enter(struct zhol_engine_run *run, uint32_t e, uint32_t resource)
{
    struct resource *r = &run->resources[resource];
    const struct zhol_engine_resource *as = described(run, resource);
    run->entities[e].since = run->now;
    run->entities[e].next = NONE;
    uint32_t s = NONE;
    if (!r->shut) {
        if (as->joinable && (s = joinable(run, resource)) != NONE) {
            join(run, s, e);
            return true;
        }
        if (r->idle != NONE) {
            begin(run, pop_idle(run, r), e, 1);
            return true;
        }
        if (as->preemptive && (s = victim(run, resource, run->more[e].priority)) != NONE) {
            preempt(run, s);
            run->entities[e].next = NONE;
            begin(run, s, e, 1);
            return true;
        }
    }
    if (r->waiting >= r->queue_max) {
        run->resource_more[resource].turned_away++;
        run->entities[e].work = -1;
        return false;
    }
    serve_queue(run, resource, e);
    return true;
}

static void finish(struct zhol_engine_run *run, uint32_t s)
{
    uint32_t e = run->servers[s].entity;
    while (e != NONE) {
        uint32_t next = run->entities[e].next;
        state_account(run, e, run->steps[run->entities[e].step].work_cause);
        state_step_on(run, &run->entities[e]);
        state_ready(run, e);
        e = next;
    }
    take_next(run, s);
}

static void fail(struct zhol_engine_run *run, uint32_t s)
{
    struct server_more *more = &run->server_more[s];
    uint32_t resource = run->servers[s].resource;
    const struct model_resource *model = &run->engine->resources.items[resource];
    more->state = SERVER_BROKEN;
    more->failures++;
    run->resource_more[resource].failures++;
    uint64_t key = run->key + model->activity + (s - model->first_server + 1) * DRAW_ENTITY +
                   more->failures * DRAW_ROUND;
    more->life = state_draw(run, model->as.life, key);
    state_schedule(run, run->slot_server + s,
                   run->now + state_draw(run, model->as.repair, key + DRAW_AGAIN));
}

void serve_special_event(struct zhol_engine_run *run, uint32_t s)
{
    struct server_more *more = &run->server_more[s];
    struct resource *r = &run->resources[run->servers[s].resource];
    if (more->state == SERVER_RUN) {
        more->rest -= run->now - more->start;
        more->life -= run->now - more->start;
        busy_changed(run, s, -1);
        if (more->failing) {
            fail(run, s);
        } else {
            finish(run, s);
        }
        return;
    }
    /* repaired */
    bool pause = r->shut && described(run, run->servers[s].resource)->closing == ZHOL_CLOSING_PAUSE;
    if (pause) {
        more->state = SERVER_PAUSED;
        state_cancel(run, run->slot_server + s);
    } else {
        run_rest(run, s);
    }
}

static void close_servers(struct zhol_engine_run *run, const struct model_resource *model)
{
    for (uint32_t u = 0; u < model->as.units; u++) {
        uint32_t s = model->first_server + u;
        if (run->server_more[s].state == SERVER_RUN) {
            stop(run, s);
            run->server_more[s].state = SERVER_PAUSED;
        }
    }
}

static void open_servers(struct zhol_engine_run *run, uint32_t resource)
{
    const struct model_resource *model = &run->engine->resources.items[resource];
    for (uint32_t u = 0; u < model->as.units; u++) {
        uint32_t s = model->first_server + u;
        if (run->server_more[s].state == SERVER_PAUSED) {
            run_rest(run, s);
        }
    }
    struct resource *r = &run->resources[resource];
    while (r->idle != NONE && r->waiting) {
        take_next(run, pop_idle(run, r));
    }
}

/* A lone resource opens or closes: while it is shut it has no event. */
static void shut_lone(struct zhol_engine_run *run, uint32_t resource)
{
    struct resource *r = &run->resources[resource];
    const int64_t *free_at = &run->free_at[r->first_server];
    uint32_t slot = run->slot_server + r->first_server;
    while (!r->shut && r->waiting && *free_at <= run->now) {
        lone_begin(run, r, serve_next(run, resource));
    }
    if (!r->shut && r->waiting) {
        state_schedule(run, slot, *free_at);
    } else {
        state_cancel(run, slot);
    }
}

void serve_shut(struct zhol_engine_run *run, uint32_t resource, uint8_t bit, bool shut)
{
    struct resource *r = &run->resources[resource];
    const struct model_resource *model = &run->engine->resources.items[resource];
    uint8_t before = r->shut;
    r->shut = (uint8_t)(shut ? before | bit : before & ~bit);
    if (!before == !r->shut) {
        return;
    }
    if (!model->serves) {
        pool_grant(run, resource);
    } else if (r->lone) {
        shut_lone(run, resource);
    } else if (!r->shut) {
        open_servers(run, resource);
    } else if (model->as.closing == ZHOL_CLOSING_PAUSE) {
        close_servers(run, model);
    }
}

/* ---- Pools ---- */

static void pool_touch(struct zhol_engine_run *run, uint32_t resource)
{
    struct resource_more *more = &run->resource_more[resource];
    more->taken_area += more->taken * (run->now - more->touched);
    more->touched = run->now;
}

static void pool_move(struct zhol_engine_run *run, uint32_t resource, int64_t units)
{
    pool_touch(run, resource);
    run->resource_more[resource].taken += units;
    run->resources[resource].idle -= (uint32_t)units; /* modulo 2^32: see pool_free */
}

void pool_set(struct zhol_engine_run *run, uint32_t resource, uint32_t units)
{
    struct resource_more *more = &run->resource_more[resource];
    run->resources[resource].idle += units - (uint32_t)more->units;
    more->units = units;
    pool_grant(run, resource);
}

enum pool_answer pool_take(struct zhol_engine_run *run, uint32_t e, uint32_t resource,
                           uint32_t units, bool queue)
{
    struct resource *r = &run->resources[resource];
    r->arrived++;
    run->entities[e].since = run->now;
    if (!r->shut && pool_free(r) >= (int64_t)units &&
        !(r->lanes_used & ((2u << run->more[e].priority) - 1))) {
        serve_waited(run, r, e, run->steps[run->entities[e].step].wait_cause);
        pool_move(run, resource, units);
        return POOL_TAKEN;
    }
    if (!queue || r->waiting >= r->queue_max) {
        run->resource_more[resource].turned_away++;
        return POOL_TURNED_AWAY;
    }
    serve_queue(run, resource, e);
    return POOL_QUEUED;
}

void pool_grant(struct zhol_engine_run *run, uint32_t resource)
{
    struct resource *r = &run->resources[resource];
    while (r->waiting && !r->shut) {
        uint32_t lane = (uint32_t)__builtin_ctz(r->lanes_used);
        uint32_t e = serve_lane(run, resource, lane)->head;
        uint32_t units = run->steps[run->entities[e].step].b;
        if (pool_free(r) < (int64_t)units) {
            return;
        }
        (void)serve_next(run, resource);
        serve_waited(run, r, e, run->steps[run->entities[e].step].wait_cause);
        pool_move(run, resource, units);
        state_step_on(run, &run->entities[e]);
        state_ready(run, e);
    }
}

void pool_give(struct zhol_engine_run *run, uint32_t resource, int64_t units)
{
    pool_move(run, resource, -units);
    pool_grant(run, resource);
}
