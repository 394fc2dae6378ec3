/* plan/moa_bounds.h: least cost from a vertex to the goal, found only where it is asked for.
 *
 * Purpose: a search towards one goal needs lower bounds of one cost, or of a weighted sum of costs,
 * but only for the vertices that it comes near. This is Dijkstra's algorithm backwards from the
 * goal that stops as soon as the vertex asked for is final and goes on from there at the next
 * question.
 * Call order: moa_bounds_init once; moa_bounds_ask any number of times; moa_bounds_clear.
 * Ownership: owns its arrays; reads the graph, which must outlive it.
 * Errors: ZHOL_ERROR_MEMORY.
 * Complexity: all questions together O(vertices + arcs), with a bucket queue (moa_buckets.h).
 */
#ifndef ZHOL_PLAN_MOA_BOUNDS_H
#define ZHOL_PLAN_MOA_BOUNDS_H

#include <stdbool.h>
#include <zhol/moa.h>

#include "plan/moa_buckets.h"

/* A vertex in a bucket, under the distance that it had then. Entry 0 is none. */
struct moa_bounds_entry {
    uint32_t key, vertex, next;
};

/* What is summed up: for each arc the weighted costs, shifted right (rounded down). Weights are
 * below 2^17, so that three products never overflow. */
struct moa_weights {
    uint32_t by_cost[ZHOL_MOA_COSTS_MAX];
    uint32_t shift;
};

struct moa_bounds {
    const struct zhol_moa_graph *graph;
    struct moa_weights weights;
    uint32_t *inverse; /* by vertex: ~distance, so that untouched zero pages mean "not reached" */
    uint32_t last;     /* all distances of at most this are final */
    bool overflow;     /* some distance would not fit below ZHOL_MOA_COST_LIMIT */
    struct moa_buckets buckets;
    struct moa_bounds_entry *entries;
    uint32_t entry_count, entry_capacity, entry_spare;
};

enum zhol_error moa_bounds_init(struct moa_bounds *bounds, const struct zhol_moa_graph *graph,
                                struct moa_weights weights, uint32_t goal);
/* Goes on until the vertex is final or nothing is left; defined in the .c file. */
enum zhol_error moa_bounds_settle(struct moa_bounds *bounds, uint32_t vertex);
void moa_bounds_clear(struct moa_bounds *bounds);

static inline uint64_t moa_weights_sum(const struct moa_weights *weights, const uint32_t *cost)
{
    return (uint64_t)weights->by_cost[0] * cost[0] + (uint64_t)weights->by_cost[1] * cost[1] +
           (uint64_t)weights->by_cost[2] * cost[2];
}

/* The least cost known so far; ZHOL_MOA_NONE: not reached. */
static inline uint32_t moa_bounds_distance(const struct moa_bounds *bounds, uint32_t vertex)
{
    return ~bounds->inverse[vertex];
}

/* The least cost from the vertex to the goal. ZHOL_MOA_NONE: there is no way, or none whose cost is
 * below ZHOL_MOA_COST_LIMIT (then bounds->overflow is set). */
static inline enum zhol_error moa_bounds_ask(struct moa_bounds *bounds, uint32_t vertex,
                                             uint32_t *distance)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    if (moa_bounds_distance(bounds, vertex) > bounds->last) {
        error = moa_bounds_settle(bounds, vertex);
    }
    *distance = moa_bounds_distance(bounds, vertex);
    return error;
}

#endif
