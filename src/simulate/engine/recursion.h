/* simulate/engine/recursion.h: audited runs check their queues path by path, by the recursion of
 * Kiefer and Wolfowitz (1955): who takes the next of c servers begins at the later of his arrival
 * and the first free server, and not before the doors open. Who that is, is checked, too: of one
 * priority they begin as they came, and nobody begins while a more urgent one waits.
 *
 * It shares nothing with the queues of serve.h but arrival, work and the times of the calendar: no
 * events, lists or heaps. A resource with failures, a clock, preemption, batches, or last come
 * first served has no such recursion, nor is one of more than RECURSION_SERVERS_MAX servers
 * followed: their services are counted as not checked.
 */
#ifndef ZHOL_SIMULATE_ENGINE_RECURSION_H
#define ZHOL_SIMULATE_ENGINE_RECURSION_H

#include "simulate/engine/model.h"

/* A service costs time linear in the servers. */
enum { RECURSION_SERVERS_MAX = 4096 };

/* The first service that began at another time than it should, or out of turn. */
struct recursion_fault {
    const char *law; /* NULL: there is none */
    uint32_t resource;
    int64_t found, expected;
};

struct recursion {
    const struct zhol_engine *engine;
    struct recursion_line *lines; /* by resource */
    int64_t *free_at;             /* by server, ascending within a resource */
    uint64_t checked, others;
    struct recursion_fault fault;
};

/* For a sealed engine. Errors: memory. */
enum zhol_error recursion_new(const struct zhol_engine *engine, struct recursion **recursion);
void recursion_free(struct recursion *recursion);
/* As at the start of a run: all servers are free. */
void recursion_reset(struct recursion *recursion);
/* A service of `work` ticks begins at `now`; it was waited for since `since`. Calls for a resource
 * are in the order in which its services begin. Cost: linear in the servers, and the logarithm of
 * the calendar. */
void recursion_begin(struct recursion *recursion, uint32_t resource, uint8_t priority,
                     int64_t since, int64_t now, int64_t work);

#endif
