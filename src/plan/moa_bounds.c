/* moa_bounds.c: Dijkstra backwards from the goal, resumable (plan/moa_bounds.h). */
#include "plan/moa_bounds.h"

#include <stdlib.h>

#include "base/array.h"

static enum zhol_error entry_take(struct moa_bounds *bounds, uint32_t *entry)
{
    if (bounds->entry_spare) {
        *entry = bounds->entry_spare;
        bounds->entry_spare = bounds->entries[*entry].next;
        return ZHOL_ERROR_OK;
    }
    if (bounds->entry_count >= bounds->entry_capacity) {
        enum zhol_error error =
            ARRAY_RESERVE(bounds->entries, bounds->entry_capacity, bounds->entry_count + 1);
        if (error) {
            return error;
        }
    }
    *entry = bounds->entry_count++;
    return ZHOL_ERROR_OK;
}

static void entry_put(struct moa_bounds *bounds, uint32_t entry)
{
    struct moa_bounds_entry *place = &bounds->entries[entry];
    uint32_t bucket = moa_buckets_of(&bounds->buckets, place->key);
    place->next = bounds->buckets.heads[bucket];
    bounds->buckets.heads[bucket] = entry;
    moa_buckets_mark(&bounds->buckets, bucket);
}

static enum zhol_error heap_push(struct moa_bounds *bounds, uint32_t key, uint32_t vertex)
{
    uint32_t entry;
    enum zhol_error error = entry_take(bounds, &entry);
    if (!error) {
        bounds->entries[entry].key = key;
        bounds->entries[entry].vertex = vertex;
        entry_put(bounds, entry);
    }
    return error;
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

/* Takes one entry out of the list of a bucket: in a low bucket the vertex is final, unless a
 * shorter way has outdated the entry; from a high one it goes to a lower one. */
static enum zhol_error entry_settle(struct moa_bounds *bounds, uint32_t entry, bool low)
{
    struct moa_bounds_entry *place = &bounds->entries[entry];
    uint32_t vertex = place->vertex;
    bool current = moa_bounds_distance(bounds, vertex) == place->key;
    if (current && !low) {
        entry_put(bounds, entry);
        return ZHOL_ERROR_OK;
    }
    place->next = bounds->entry_spare;
    bounds->entry_spare = entry;
    return current ? vertex_relax(bounds, vertex) : ZHOL_ERROR_OK;
}

enum zhol_error moa_bounds_settle(struct moa_bounds *bounds, uint32_t vertex)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && moa_bounds_distance(bounds, vertex) > bounds->last) {
        uint32_t bucket = moa_buckets_next(&bounds->buckets);
        bounds->last = bucket < MOA_BUCKETS ? bounds->buckets.last : UINT32_MAX;
        /* Arcs without cost may fill the same low bucket again while it is emptied. */
        while (!error && bucket < MOA_BUCKETS && bounds->buckets.heads[bucket]) {
            uint32_t entry = moa_buckets_detach(&bounds->buckets, bucket);
            while (!error && entry) {
                uint32_t next = bounds->entries[entry].next;
                error = entry_settle(bounds, entry, bucket < MOA_LOW_BUCKETS);
                entry = next;
            }
        }
    }
    return error;
}

enum zhol_error moa_bounds_init(struct moa_bounds *bounds, const struct zhol_moa_graph *graph,
                                struct moa_weights weights, uint32_t goal)
{
    *bounds = (struct moa_bounds){.graph = graph, .weights = weights, .entry_count = 1};
    bounds->inverse = calloc((size_t)graph->vertex_count + 1, sizeof *bounds->inverse);
    if (!bounds->inverse) {
        return ZHOL_ERROR_MEMORY;
    }
    bounds->inverse[goal] = ~0u;
    enum zhol_error error = moa_buckets_init(&bounds->buckets);
    return error ? error : heap_push(bounds, 0, goal);
}

void moa_bounds_clear(struct moa_bounds *bounds)
{
    moa_buckets_clear(&bounds->buckets);
    free(bounds->entries);
    free(bounds->inverse);
    *bounds = (struct moa_bounds){0};
}
