/* network/ways.c: shortest ways of services; see ways.h. */
#include "network/ways.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum zhol_error ways_init(struct ways *ways, const struct network_builder *builder)
{
    *ways = (struct ways){.builder = builder};
    uint32_t arc_count = network_builder_arcs(builder, &ways->arcs, &ways->tails);
    uint32_t n = network_builder_vertices(builder, &ways->vertices);
    ways->vertex_count = n;
    ways->first = calloc((size_t)n + 2, sizeof *ways->first);
    ways->order = malloc(((size_t)arc_count + 1) * sizeof *ways->order);
    ways->metres = malloc(((size_t)n + 1) * sizeof *ways->metres);
    ways->arc_to = malloc(((size_t)n + 1) * sizeof *ways->arc_to);
    ways->round = calloc((size_t)n + 1, sizeof *ways->round);
    if (!ways->first || !ways->order || !ways->metres || !ways->arc_to || !ways->round) {
        ways_clear(ways);
        return ZHOL_ERROR_MEMORY;
    }
    /* Counting sort by tail: first[v + 2] counts, then first[v + 1] is the cursor of v. */
    for (uint32_t a = 0; a < arc_count; a++) {
        ways->first[ways->tails[a] + 2]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        ways->first[v + 2] += ways->first[v + 1];
    }
    for (uint32_t a = 0; a < arc_count; a++) {
        ways->order[ways->first[ways->tails[a] + 1]++] = a;
    }
    return ZHOL_ERROR_OK;
}

void ways_clear(struct ways *ways)
{
    free(ways->first);
    free(ways->order);
    free(ways->metres);
    free(ways->arc_to);
    free(ways->round);
    free(ways->heap);
    free(ways->found);
    *ways = (struct ways){0};
}

/* ---- the heap: by metres, then by vertex, so that the order is fixed ---- */

static bool before(struct way_entry a, struct way_entry b)
{
    return a.metres != b.metres ? a.metres < b.metres : a.vertex < b.vertex;
}

static enum zhol_error push(struct ways *ways, struct way_entry entry)
{
    enum zhol_error error = ARRAY_RESERVE(ways->heap, ways->heap_capacity, ways->heap_count + 1);
    if (error) {
        return error;
    }
    uint32_t at = ways->heap_count++;
    while (at > 0 && before(entry, ways->heap[(at - 1) / 2])) {
        ways->heap[at] = ways->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    ways->heap[at] = entry;
    return ZHOL_ERROR_OK;
}

static struct way_entry pop(struct ways *ways)
{
    struct way_entry top = ways->heap[0], last = ways->heap[--ways->heap_count];
    uint32_t at = 0, child;
    while ((child = 2 * at + 1) < ways->heap_count) {
        child += child + 1 < ways->heap_count && before(ways->heap[child + 1], ways->heap[child]);
        if (!before(ways->heap[child], last)) {
            break;
        }
        ways->heap[at] = ways->heap[child];
        at = child;
    }
    if (ways->heap_count) {
        ways->heap[at] = last;
    }
    return top;
}

/* ---- the search ---- */

static enum zhol_error reach(struct ways *ways, uint32_t vertex, uint64_t metres, uint32_t arc)
{
    if (ways->round[vertex] == ways->present && ways->metres[vertex] <= metres) {
        return ZHOL_ERROR_OK;
    }
    ways->round[vertex] = ways->present;
    ways->metres[vertex] = metres;
    ways->arc_to[vertex] = arc;
    return push(ways, (struct way_entry){metres, vertex});
}

static enum zhol_error expand(struct ways *ways, struct way_entry at, uint32_t states,
                              unsigned class)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = ways->first[at.vertex]; !error && i < ways->first[at.vertex + 1]; i++) {
        const struct zhol_arc *arc = &ways->arcs[ways->order[i]];
        bool handles = arc->kind == ZHOL_ARC_HANDLE;
        if (arc->kind == ZHOL_ARC_RIDE || !(states >> ways->vertices[arc->head].state & 1) ||
            (handles && arc->class && arc->class != class)) {
            continue;
        }
        error = reach(ways, arc->head, at.metres + arc->length_m + handles, ways->order[i]);
    }
    return error;
}

/* Appends the arcs that led to `to`, first arc first. */
static enum zhol_error append_way(struct ways *ways, uint32_t from, uint32_t to)
{
    uint32_t count = 0;
    for (uint32_t v = to; v != from; v = ways->tails[ways->arc_to[v]]) {
        count++;
    }
    enum zhol_error error =
        ARRAY_RESERVE(ways->found, ways->found_capacity, ways->found_count + count);
    if (error) {
        return error;
    }
    ways->found_count += count;
    uint32_t at = ways->found_count;
    for (uint32_t v = to; v != from; v = ways->tails[ways->arc_to[v]]) {
        ways->found[--at] = ways->arc_to[v];
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error ways_find(struct ways *ways, uint32_t from, uint32_t to, uint32_t states,
                          unsigned class)
{
    /* Rides added since ways_init may have moved the builder's arrays; numbers stay. */
    network_builder_arcs(ways->builder, &ways->arcs, &ways->tails);
    network_builder_vertices(ways->builder, &ways->vertices);
    ways->present++;
    ways->heap_count = 0;
    enum zhol_error error = reach(ways, from, 0, ZHOL_NONE);
    while (!error && ways->heap_count) {
        struct way_entry at = pop(ways);
        if (at.vertex == to) {
            return append_way(ways, from, to);
        }
        if (at.metres == ways->metres[at.vertex]) {
            error = expand(ways, at, states, class);
        }
    }
    return error ? error : ZHOL_ERROR_UNREACHABLE;
}
