/* seal.c: checks a whole model and lays out its slots (zhol_engine_seal). */
#include "simulate/engine/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sealing {
    struct zhol_engine *engine;
    struct zhol_report *report;
    enum zhol_error error;
};

static void fault(struct sealing *s, const char *thing, uint32_t row, const char *field,
                  uint32_t found, const char *expected)
{
    char value[16];
    snprintf(value, sizeof value, "%u", found);
    s->error = ZHOL_ERROR_INVALID;
    zhol_report_add(s->report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                      .code = ZHOL_ERROR_INVALID,
                                                      .file = thing,
                                                      .row = row,
                                                      .column = field,
                                                      .value = value,
                                                      .expected = expected});
}

static void need(struct sealing *s, bool holds, const char *thing, uint32_t row, const char *field,
                 uint32_t found, const char *expected)
{
    if (!holds) {
        fault(s, thing, row, field, found, expected);
    }
}

/* A dist must be declared; NONE only where `optional`. */
static void need_dist(struct sealing *s, uint32_t dist, bool optional, const char *thing,
                      uint32_t row, const char *field)
{
    need(s, dist < s->engine->dists.count || (optional && dist == NONE), thing, row, field, dist,
         "the number of a declared distribution");
}

/* Makes a target absolute; NONE stays where `optional`. */
static void bind(struct sealing *s, const struct model_process *process, uint32_t step,
                 uint32_t *target, bool optional)
{
    if (optional && *target == NONE) {
        return;
    }
    need(s, *target < process->count, "step", step, "target", *target,
         "the index of a step of the same process");
    *target += process->first;
}

/* A resource used by SERVE has servers; one used by SEIZE, TRY or RELEASE is a pool; never both. */
static void use_resource(struct sealing *s, uint32_t row, uint32_t id, bool serve, uint8_t *use)
{
    need(s, id < s->engine->resources.count, "step", row, "resource", id,
         "the number of a declared resource");
    if (id >= s->engine->resources.count) {
        return;
    }
    uint8_t mine = serve ? 1 : 2;
    need(s, !use[id] || use[id] == mine, "step", row, "resource", id,
         "a resource that is either served (SERVE) or taken (SEIZE, TRY, RELEASE)");
    use[id] = mine;
}

static void check_step(struct sealing *s, const struct model_process *process, uint32_t i,
                       uint8_t *use)
{
    struct zhol_engine *e = s->engine;
    struct model_step *step = &e->steps.items[process->first + i];
    switch ((enum zhol_op)step->op) {
    case ZHOL_OP_SERVE:
        use_resource(s, i, step->a, true, use);
        need_dist(s, step->b, false, "step", i, "dist");
        bind(s, process, i, &step->c, true);
        break;
    case ZHOL_OP_SEIZE:
    case ZHOL_OP_TRY:
        bind(s, process, i, &step->c, step->op == ZHOL_OP_SEIZE);
        use_resource(s, i, step->a, false, use);
        break;
    case ZHOL_OP_RELEASE:
        use_resource(s, i, step->a, false, use);
        break;
    case ZHOL_OP_DELAY:
        need_dist(s, step->a, false, "step", i, "dist");
        break;
    case ZHOL_OP_GATE:
        need(s, step->a < e->calendars.count, "step", i, "calendar", step->a,
             "a declared calendar");
        break;
    case ZHOL_OP_ROUTE:
        need(s, step->a < e->routes.count, "step", i, "route", step->a, "a declared route");
        break;
    case ZHOL_OP_BATCH:
        need(s, step->a > 0, "step", i, "size", step->a, "1 or more");
        need_dist(s, step->b, true, "step", i, "dist");
        break;
    case ZHOL_OP_SPLIT:
        bind(s, process, i, &step->a, true);
        break;
    case ZHOL_OP_LOAD:
        need(s, step->b > 0 && step->c <= step->b, "step", i, "least", step->c, "at most `most`");
        /* fall through */
    case ZHOL_OP_BOARD:
        need(s, step->a < e->store_count, "step", i, "store", step->a, "a declared store");
        break;
    case ZHOL_OP_BRANCH:
    case ZHOL_OP_GOTO:
        bind(s, process, i, &step->c, false);
        break;
    case ZHOL_OP_PRIORITY:
        need(s, step->a < ZHOL_ENGINE_PRIORITIES, "step", i, "priority", step->a, "0 to 7");
        break;
    case ZHOL_OP_CONVERT:
        need(s, step->a < MODEL_CLASSES_MAX, "step", i, "class", step->a, "0 to 63");
        break;
    case ZHOL_OP_TALLY:
        need(s, step->a < e->tallies.count, "step", i, "tally", step->a, "a declared tally");
        break;
    case ZHOL_OP_CALL:
        need(s, step->a < e->functions.count, "step", i, "function", step->a,
             "a declared function");
        break;
    case ZHOL_OP_MARK:
        e->marks = true;
        break;
    case ZHOL_OP_END:
        break;
    case ZHOL_OP_COUNT:
        fault(s, "step", i, "op", step->op, "an operation of ZHOL_OPS");
        break;
    }
}

/* Follows GOTOs once and for all, so that a run never meets one. */
static void thread_step(struct sealing *s, uint32_t i)
{
    struct model_step *steps = s->engine->steps.items, *step = &steps[i];
    uint32_t at = step->op == ZHOL_OP_GOTO ? i : i + 1;
    while (at < s->engine->steps.count && steps[at].op == ZHOL_OP_GOTO &&
           step->rounds < UINT8_MAX) {
        step->rounds = (uint8_t)(step->rounds + (steps[at].c <= at));
        at = steps[at].c;
    }
    need(s, step->rounds < UINT8_MAX, "step", i, "target", at, "a way on, not a circle of GOTO");
    step->next = at;
}

/* Targets of a route belong to the process whose ROUTE step uses it. */
static void bind_routes(struct sealing *s, const struct model_process *process, uint8_t *bound)
{
    for (uint32_t i = 0; i < process->count; i++) {
        struct model_step *step = &s->engine->steps.items[process->first + i];
        if (step->op != ZHOL_OP_ROUTE || step->a >= s->engine->routes.count || bound[step->a]) {
            continue;
        }
        struct model_route *route = &s->engine->routes.items[step->a];
        bound[step->a] = 1;
        for (uint32_t k = 0; k < route->count; k++) {
            struct model_way *way = &route->ways[k];
            need(s, way->target < process->count && way->alias < process->count, "route", step->a,
                 "target", way->target, "the index of a step of the same process");
            way->target += process->first;
            way->alias += process->first;
        }
    }
}

static void check_process(struct sealing *s, uint32_t p, uint8_t *use, uint8_t *bound)
{
    const struct model_process *process = &s->engine->processes.items[p];
    for (uint32_t i = 0; i < process->count; i++) {
        struct model_step *step = &s->engine->steps.items[process->first + i];
        if (step->op >= ZHOL_OP_COUNT) {
            fault(s, "step", i, "op", step->op, "an operation of ZHOL_OPS");
            continue;
        }
        check_step(s, process, i, use);
        uint32_t causes = s->engine->cause_count ? s->engine->cause_count : 1;
        need(s, step->wait_cause < causes && step->work_cause < causes, "step", i, "cause",
             step->wait_cause, "an account below zhol_engine_causes");
    }
    bind_routes(s, process, bound);
    uint8_t last = s->engine->steps.items[process->first + process->count - 1].op;
    need(s, last == ZHOL_OP_END || last == ZHOL_OP_GOTO || last == ZHOL_OP_ROUTE, "process", p,
         "last step", last, "END, GOTO or ROUTE, so that nothing runs off the end");
}

static void check_resource(struct sealing *s, uint32_t i)
{
    struct model_resource *r = &s->engine->resources.items[i];
    const struct zhol_engine_resource *as = &r->as;
    need_dist(s, as->life, true, "resource", i, "life");
    need_dist(s, as->repair, true, "resource", i, "repair");
    need_dist(s, as->up, true, "resource", i, "up");
    need_dist(s, as->down, true, "resource", i, "down");
    need(s, as->calendar == NONE || as->calendar < s->engine->calendars.count, "resource", i,
         "calendar", as->calendar, "a declared calendar");
    bool server_only = as->life != NONE || as->preemptive || as->batch > 1;
    need(s, r->serves || !server_only, "resource", i, "life, preemptive or batch", 1,
         "only for a resource that a SERVE uses");
    need(s, !(as->batch > 1 && (as->preemptive || as->life != NONE)), "resource", i, "batch",
         as->batch, "1 for a preemptive or failing resource");
    need(s, !r->serves || as->units <= UINT32_C(1) << 20, "resource", i, "units", as->units,
         "at most 2^20 servers");
    bool stopped = server_only || as->calendar != NONE || as->up != NONE;
    need(s, !(as->ample && (!r->serves || stopped || as->histogram)), "resource", i, "ample", 1,
         "servers that nothing stops, without a histogram of waits");
}

static void check_source(struct sealing *s, uint32_t i)
{
    const struct zhol_engine_source *as = &s->engine->sources.items[i].as;
    need(s, as->process < s->engine->processes.count, "source", i, "process", as->process,
         "a declared process");
    need_dist(s, as->between, true, "source", i, "between");
    need_dist(s, as->jitter, true, "source", i, "jitter");
}

/* Slots in the order that decides ties. */
static void lay_out(struct zhol_engine *e)
{
    for (uint32_t i = 0; i < e->resources.count; i++) {
        struct model_resource *r = &e->resources.items[i];
        uint64_t named = (UINT64_C(5) << 60) + r->as.activity;
        r->activity = model_activity(r->as.activity ? named : (UINT64_C(3) << 61) + i);
        r->first_server = e->server_count;
        r->histogram = r->as.histogram ? e->histogram_count++ : NONE;
        r->clock = r->as.up != NONE ? e->clock_count++ : NONE;
        if (r->clock != NONE) {
            e->resources.items[r->clock].clocked = i;
        }
        r->special = r->as.calendar != NONE || r->as.up != NONE || r->as.life != NONE ||
                     r->as.preemptive || r->as.batch > 1;
        e->server_count += r->serves && !r->as.ample ? r->as.units : 0;
    }
    for (uint32_t i = 0; i < e->sources.count; i++) {
        struct model_source *source = &e->sources.items[i];
        source->first_step = e->processes.items[source->as.process].first;
    }
    for (uint32_t i = 0; i < e->steps.count; i++) {
        struct model_step *step = &e->steps.items[i];
        if (step->op == ZHOL_OP_BATCH) {
            step->index = e->batch_count++;
        }
    }
    e->slot_clock = e->calendars.count;
    e->slot_server = e->slot_clock + e->clock_count;
    e->slot_source = e->slot_server + e->server_count;
    e->slot_batch = e->slot_source + e->sources.count;
    e->slot_sample = e->slot_batch + e->batch_count;
    e->slot_delay = e->slot_sample + 1;
}

static void find_ample(struct zhol_engine *e)
{
    for (uint32_t i = 0; i < e->steps.count; i++) {
        struct model_step *step = &e->steps.items[i];
        if (step->op == ZHOL_OP_SERVE && e->resources.items[step->a].as.ample) {
            uint32_t resource = step->a;
            step->op = MODEL_OP_AMPLE;
            step->a = step->b;
            step->b = resource;
        }
    }
}

/* Whether a service that began ends when it was drawn to end. */
static bool is_calm(const struct zhol_engine_resource *as)
{
    return as->up == NONE && as->life == NONE && !as->preemptive && as->batch <= 1 &&
           (as->calendar == NONE || as->closing == ZHOL_CLOSING_FINISH);
}

/* A service before a DELAY: lone, where nothing else can end or stop it. Observers are as if they
 * were not there. */
static void find_lone(struct zhol_engine *e)
{
    for (uint32_t i = 0; i < e->steps.count; i++) {
        const struct model_step *step = &e->steps.items[i];
        if (step->op != ZHOL_OP_SERVE) {
            continue;
        }
        const struct model_step *then = &e->steps.items[step->next];
        while (then->op == ZHOL_OP_CALL && e->functions.items[then->a].observes) {
            then = &e->steps.items[then->next];
        }
        struct model_resource *r = &e->resources.items[step->a];
        bool passed = then->op == ZHOL_OP_DELAY || then->op == MODEL_OP_AMPLE;
        r->lone = r->lone || (passed && is_calm(&r->as));
    }
}

static void count_lanes(struct zhol_engine *e)
{
    e->lanes = 1;
    for (uint32_t i = 0; i < e->sources.count; i++) {
        uint32_t lanes = e->sources.items[i].as.priority + 1;
        e->lanes = lanes > e->lanes ? lanes : e->lanes;
    }
    for (uint32_t i = 0; i < e->steps.count; i++) {
        if (e->steps.items[i].op == ZHOL_OP_PRIORITY && e->steps.items[i].a >= e->lanes) {
            e->lanes = e->steps.items[i].a + 1;
        }
    }
}

/* Strings the resources of each calendar together, in their order. */
static void list_by_calendar(struct zhol_engine *e)
{
    for (uint32_t i = 0; i < e->calendars.count; i++) {
        e->calendars.items[i].first_resource = NONE;
    }
    for (uint32_t i = e->resources.count; i-- > 0;) {
        struct model_resource *r = &e->resources.items[i];
        r->next = NONE;
        if (r->as.calendar != NONE) {
            struct model_calendar *calendar = &e->calendars.items[r->as.calendar];
            r->next = calendar->first_resource;
            calendar->first_resource = i;
        }
    }
}

/* A list where none of its items lies across two cache lines: runs read them all the time. NULL: no
 * memory, and `items` is as it was; else it is freed. */
static void *to_lines(void *items, size_t count, size_t size)
{
    void *moved = aligned_alloc(64, (count * size + 64) & ~(size_t)63);
    if (moved && count) {
        memcpy(moved, items, count * size);
    }
    if (moved) {
        free(items);
    }
    return moved;
}

static enum zhol_error align_lists(struct zhol_engine *e)
{
    void *steps = to_lines(e->steps.items, e->steps.count, sizeof *e->steps.items);
    e->steps.items = steps ? steps : e->steps.items;
    void *dists = to_lines(e->dists.items, e->dists.count, sizeof *e->dists.items);
    e->dists.items = dists ? dists : e->dists.items;
    return steps && dists ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error zhol_engine_seal(struct zhol_engine *engine, struct zhol_report *report)
{
    if (engine->sealed) {
        return ZHOL_ERROR_USAGE;
    }
    struct sealing s = {.engine = engine, .report = report};
    uint8_t *use = calloc((size_t)engine->resources.count + engine->routes.count + 1, 1);
    if (!use) {
        return ZHOL_ERROR_MEMORY;
    }
    uint8_t *bound = use + engine->resources.count;
    for (uint32_t p = 0; p < engine->processes.count; p++) {
        check_process(&s, p, use, bound);
    }
    for (uint32_t i = 0; i < engine->resources.count; i++) {
        engine->resources.items[i].serves = use[i] == 1;
        check_resource(&s, i);
    }
    for (uint32_t i = 0; i < engine->sources.count; i++) {
        check_source(&s, i);
    }
    free(use);
    for (uint32_t i = 0; !s.error && i < engine->steps.count; i++) {
        thread_step(&s, i);
    }
    if (!s.error) {
        count_lanes(engine);
        lay_out(engine);
        find_ample(engine);
        find_lone(engine);
        list_by_calendar(engine);
        s.error = align_lists(engine);
        engine->sealed = !s.error;
    }
    return s.error;
}
