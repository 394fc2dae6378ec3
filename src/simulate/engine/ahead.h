/* simulate/engine/ahead.h: asks for the memory of events that come soon.
 *
 * In a model larger than the fast caches an event waits for its entity, its step, its resource. The
 * tree of the event set tells early what comes: after the event of a slot another one is the first
 * of its part of the tree (one of at most 64 parts), and its turn is some events from now. What it
 * names is asked for at once, and what that names in turn two events later, when the first answer
 * is there. Nothing here changes the run; a wrong guess costs a line of cache.
 */
#ifndef ZHOL_SIMULATE_ENGINE_AHEAD_H
#define ZHOL_SIMULATE_ENGINE_AHEAD_H

#include "simulate/engine/state.h"

/* Always inline: gcc takes a function that only asks ahead for one without effect, and drops calls
 * of it. */
#define AHEAD_INLINE static inline __attribute__((always_inline))

/* An entity that a slot named, or the first of all: something that can be read. */
static inline uint32_t ahead_entity(const struct zhol_engine_run *run, uint32_t e)
{
    return e < run->entity_count ? e : 0;
}

/* The slot's entity and resource. */
AHEAD_INLINE void ahead_first(const struct zhol_engine_run *run, uint32_t slot)
{
    uint32_t s = slot - run->slot_server, d = slot - run->slot_delay;
    if (s < run->server_count) {
        const struct server *server = &run->servers[s];
        __builtin_prefetch(&run->resources[server->resource], 1);
        __builtin_prefetch(&run->entities[ahead_entity(run, server->entity)], 1);
    } else if (d < run->delay_capacity) {
        uint32_t e = ahead_entity(run, run->delayed[d]);
        __builtin_prefetch(&run->entities[e], 1);
        if (run->ledger) {
            __builtin_prefetch(&run->more[e], 1);
            __builtin_prefetch(state_ledger(run, e, 0), 1);
        }
    }
}

/* Where the slot's entity will go, and who is next at its resource. */
AHEAD_INLINE void ahead_second(const struct zhol_engine_run *run, uint32_t slot)
{
    uint32_t s = slot - run->slot_server, d = slot - run->slot_delay;
    if (s < run->server_count) {
        const struct server *server = &run->servers[s];
        const struct entity *x = &run->entities[ahead_entity(run, server->entity)];
        uint32_t next = run->resources[server->resource].lane.head;
        __builtin_prefetch(&run->entities[ahead_entity(run, next)], 1);
        if (x->step != NONE && run->steps[x->step].op == ZHOL_OP_SERVE) {
            __builtin_prefetch(&run->resources[run->steps[x->step].a], 1);
        }
    } else if (d < run->delay_capacity) {
        uint32_t step = run->entities[ahead_entity(run, run->delayed[d])].step;
        __builtin_prefetch(&run->steps[step != NONE ? step : 0]);
    }
}

/* After the event of a slot. */
AHEAD_INLINE void ahead_look(struct zhol_engine_run *run, uint32_t slot)
{
    const struct event_set *set = &run->events;
    uint32_t level = set->depth > 1 ? set->depth - 2 : 0;
    uint64_t key = set->level[level][slot >> 3 * level];
    if (key == EVENT_NEVER || !run->entity_count) {
        return;
    }
    uint32_t soon = (uint32_t)key & ((1u << run->bits) - 1);
    ahead_first(run, soon);
    ahead_second(run, run->ahead[1]);
    run->ahead[1] = run->ahead[0];
    run->ahead[0] = soon;
}

#endif
