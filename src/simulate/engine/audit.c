/* audit.c: the certificate of a run (zhol_engine_run_audit).
 *
 * The areas are measured twice by different code: as sums of waits and services (measure.c) and by
 * touching the clock at every change (serve_touch). Little's law says that they are equal; in
 * integers they must be equal exactly. recursion.c follows each queue by itself while the run goes;
 * here is told what it found.
 */
#include <stdio.h>

#include "simulate/engine/measure.h"
#include "simulate/engine/serve.h"

struct finding {
    char *why;
    uint32_t size;
    bool good;
};

static void law(struct finding *f, bool holds, const char *name, const char *where, int64_t a,
                int64_t b)
{
    if (holds || !f->good) {
        return;
    }
    f->good = false;
    snprintf(f->why, f->size, "%s%s%s: %lld against %lld", name, *where ? " at " : "", where,
             (long long)a, (long long)b);
}

/* The same at a resource, which may have no name. */
static void law_at(struct finding *f, bool holds, const char *name,
                   const struct zhol_engine_run *run, uint32_t resource, int64_t a, int64_t b)
{
    const char *where = run->engine->resources.items[resource].as.name;
    char numbered[32];
    snprintf(numbered, sizeof numbered, "resource %u", resource);
    law(f, holds, name, *where ? where : numbered, a, b);
}

static uint64_t length(const struct zhol_engine_run *run, uint32_t e)
{
    uint64_t count = 0;
    for (; e != NONE; e = run->entities[e].next) {
        count += 1 + length(run, run->more[e].members);
    }
    return count;
}

static uint64_t at_resource(const struct zhol_engine_run *run, uint32_t i)
{
    const struct model_resource *model = &run->engine->resources.items[i];
    uint64_t count = length(run, run->resources[i].lane.head);
    for (uint32_t p = 1; p < run->engine->lanes; p++) {
        count += length(run, run->lanes[(size_t)i * (run->engine->lanes - 1) + p - 1].head);
    }
    bool asleep = run->resources[i].lone || model->as.ample; /* who is served there sleeps */
    for (uint32_t u = 0; model->serves && !asleep && u < model->as.units; u++) {
        uint32_t s = model->first_server + u, e = run->servers[s].entity;
        if (!run->resources[i].special) {
            bool busy = run->events.level[0][run->engine->slot_server + s] != EVENT_NEVER;
            count += busy ? 1 + length(run, run->more[e].members) : 0;
        } else if (run->server_more[s].state != SERVER_IDLE) {
            count += length(run, e);
        }
    }
    return count;
}

static uint64_t everywhere(const struct zhol_engine_run *run)
{
    const struct zhol_engine *engine = run->engine;
    uint64_t count = length(run, run->ready.head);
    for (uint32_t i = 0; i < engine->resources.count; i++) {
        count += at_resource(run, i);
    }
    for (uint32_t i = 0; i < engine->calendars.count; i++) {
        count += length(run, run->gates[i].head);
    }
    for (uint32_t i = 0; i < engine->batch_count; i++) {
        count += length(run, run->batches[i].list.head);
    }
    for (uint32_t i = 0; i < engine->store_count; i++) {
        count += length(run, run->stores[i].list.head) + length(run, run->stores[i].carriers.head);
    }
    for (uint32_t d = 0; d < run->delay_capacity; d++) {
        if (run->events.level[0][engine->slot_delay + d] != EVENT_NEVER) {
            count += 1 + length(run, run->more[run->delayed[d]].members);
        }
    }
    return count;
}

static void check_resource(const struct zhol_engine_run *run, uint32_t i, struct finding *f)
{
    const struct model_resource *model = &run->engine->resources.items[i];
    const struct resource *r = &run->resources[i];
    const struct resource_more *more = &run->resource_more[i];
    if (model->as.ample) {
        return; /* no queue and no servers: nothing that could break a law */
    }
    int64_t passed = run->now - more->audit_touched;
    int64_t touched = more->audit_queue + passed * r->waiting;
    int64_t summed = measure_queue_area(run, i);
    law_at(f, touched == summed, "Little's law (queue)", run, i, touched, summed);
    if (model->serves) {
        uint32_t busy;
        touched = more->audit_busy +
                  (r->lone ? serve_lone_worked(run, i) : passed * more->audit_busy_now);
        summed = measure_busy_area(run, i, &busy);
        law_at(f, touched == summed, "utilisation law", run, i, touched, summed);
        law_at(f, r->lone || busy == more->audit_busy_now, "servers in use", run, i, busy,
               more->audit_busy_now);
    }
    bool idle = r->lone ? r->waiting && !r->shut && run->free_at[r->first_server] < run->now
                        : model->serves && r->idle != NONE && r->waiting && !r->shut;
    law_at(f, !idle, "a server is idle while somebody waits", run, i, r->waiting, 0);
}

static void check_paths(const struct zhol_engine_run *run, struct finding *f)
{
    const struct recursion_fault *fault = &run->recursion->fault;
    if (fault->law) {
        law_at(f, false, fault->law, run, fault->resource, fault->found, fault->expected);
    }
}

void zhol_engine_run_recomputed(const struct zhol_engine_run *run, uint64_t *checked,
                                uint64_t *others)
{
    *checked = run->recursion ? run->recursion->checked : 0;
    *others = run->recursion ? run->recursion->others : 0;
}

bool zhol_engine_run_audit(const struct zhol_engine_run *run, uint64_t *fingerprint, char *why,
                           uint32_t size)
{
    struct finding f = {.why = why, .size = size, .good = true};
    if (size) {
        *why = '\0';
    }
    *fingerprint = run->fingerprint;
    law(&f, run->audit, "the run was not audited", "", 0, 1);
    law(&f, !run->broken, run->broken ? run->broken : "", "", 0, 0);
    if (run->recursion) {
        check_paths(run, &f);
    }
    int64_t declared = 0, present = 0;
    for (uint32_t i = 0; i < run->engine->resources.count; i++) {
        check_resource(run, i, &f);
        if (!run->engine->resources.items[i].serves) {
            declared += run->resource_more[i].units;
            present += (int32_t)run->resources[i].idle + run->resource_more[i].taken;
        }
    }
    law(&f, declared == present, "conservation of units over all pools", "", present, declared);
    int64_t found = (int64_t)everywhere(run), alive = (int64_t)(run->created - run->ended);
    law(&f, found == alive, "conservation of entities", "", found, alive);
    return f.good;
}
