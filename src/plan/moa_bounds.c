/* moa_bounds.c: Dijkstra backwards from the goal, resumable (plan/moa_bounds.h). */
#include "plan/moa_bounds.h"

#include <stdlib.h>

#include "base/array.h"

/* 0 for the same key, else 1 + the place of the highest bit that differs. */
static uint32_t bucket_of(uint32_t key, uint32_t last)
{
    return key == last ? 0 : 32 - (uint32_t)__builtin_clz(key ^ last);
}

static enum zhol_error heap_push(struct moa_bounds *bounds, uint32_t key, uint32_t vertex)
{
    struct moa_bounds_bucket *bucket = &bounds->buckets[bucket_of(key, bounds->last)];
    if (bucket->count == bucket->capacity) {
        enum zhol_error error = ARRAY_RESERVE(bucket->entries, bucket->capacity, bucket->count + 1);
        if (error) {
            return error;
        }
    }
    bucket->entries[bucket->count++] = (struct moa_bounds_entry){key, vertex};
    return ZHOL_ERROR_OK;
}

/* Makes bucket 0 hold the least keys: the first bucket that is not empty is dealt out anew around
 * its least key, which puts each entry into a lower bucket. False when nothing is left. */
static enum zhol_error heap_refill(struct moa_bounds *bounds, bool *any)
{
    uint32_t i = 0;
    while (i < MOA_BOUNDS_BUCKETS && !bounds->buckets[i].count) {
        i++;
    }
    *any = i < MOA_BOUNDS_BUCKETS;
    if (!*any || i == 0) {
        return ZHOL_ERROR_OK;
    }
    struct moa_bounds_bucket *bucket = &bounds->buckets[i];
    uint32_t least = UINT32_MAX;
    for (uint32_t k = 0; k < bucket->count; k++) {
        least = bucket->entries[k].key < least ? bucket->entries[k].key : least;
    }
    bounds->last = least;
    for (uint32_t k = 0; k < bucket->count; k++) {
        struct moa_bounds_entry entry = bucket->entries[k];
        /* Entries that a shorter way has outdated since are dropped here, at their first move. */
        if (moa_bounds_distance(bounds, entry.vertex) == entry.key) {
            enum zhol_error error = heap_push(bounds, entry.key, entry.vertex);
            if (error) {
                return error;
            }
        }
    }
    bucket->count = 0;
    return ZHOL_ERROR_OK;
}

static enum zhol_error vertex_relax(struct moa_bounds *bounds, uint32_t vertex)
{
    const struct zhol_moa_graph *graph = bounds->graph;
    const struct moa_weights weights = bounds->weights;
    uint64_t base = moa_bounds_distance(bounds, vertex);
    for (uint32_t k = graph->first_in[vertex]; k < graph->first_in[vertex + 1]; k++) {
        uint32_t from = graph->in[k].vertex;
        uint64_t through = base + (moa_weights_sum(&weights, graph->in[k].cost) >> weights.shift);
        if (through >= ZHOL_MOA_COST_LIMIT) {
            bounds->overflow = true;
        } else if (through < moa_bounds_distance(bounds, from)) {
            bounds->inverse[from] = ~(uint32_t)through;
            enum zhol_error error = heap_push(bounds, (uint32_t)through, from);
            if (error) {
                return error;
            }
        }
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error moa_bounds_settle(struct moa_bounds *bounds, uint32_t vertex)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && moa_bounds_distance(bounds, vertex) > bounds->last) {
        bool any;
        error = heap_refill(bounds, &any);
        if (!any) {
            bounds->last = UINT32_MAX;
        }
        /* All of bucket 0 is final; relaxing it may add to it, at the same key. */
        struct moa_bounds_bucket *bucket = &bounds->buckets[0];
        while (!error && bucket->count) {
            struct moa_bounds_entry entry = bucket->entries[--bucket->count];
            if (moa_bounds_distance(bounds, entry.vertex) == entry.key) {
                error = vertex_relax(bounds, entry.vertex);
            }
        }
    }
    return error;
}

enum zhol_error moa_bounds_init(struct moa_bounds *bounds, const struct zhol_moa_graph *graph,
                                struct moa_weights weights, uint32_t goal)
{
    *bounds = (struct moa_bounds){.graph = graph, .weights = weights};
    bounds->inverse = calloc((size_t)graph->vertex_count + 1, sizeof *bounds->inverse);
    if (!bounds->inverse) {
        return ZHOL_ERROR_MEMORY;
    }
    bounds->inverse[goal] = ~0u;
    return heap_push(bounds, 0, goal);
}

void moa_bounds_clear(struct moa_bounds *bounds)
{
    for (int i = 0; i < MOA_BOUNDS_BUCKETS; i++) {
        free(bounds->buckets[i].entries);
    }
    free(bounds->inverse);
    *bounds = (struct moa_bounds){0};
}
