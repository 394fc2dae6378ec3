/* moa_space.c: opening vertices for a search (plan/moa_space.h). */
#include "plan/moa_space.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* In space->number: the goal cannot be reached from this vertex of the graph. */
#define DEAD UINT32_MAX

static void *lines_allocate(size_t count, size_t size)
{
    size_t bytes = count * size + 63;
    return aligned_alloc(64, bytes - bytes % 64);
}

enum zhol_error moa_space_init(struct moa_space *space, const struct zhol_moa_graph *graph,
                               uint32_t goal)
{
    *space = (struct moa_space){.graph = graph, .order = {0, 1, 2}};
    size_t vertices = graph->vertex_count, arcs = (size_t)graph->arc_count + 1;
    space->vertices = lines_allocate(vertices, sizeof *space->vertices);
    space->vertex_origin = malloc(vertices * sizeof *space->vertex_origin);
    space->rest = malloc(vertices * sizeof *space->rest);
    space->number = calloc(vertices, sizeof *space->number);
    space->arcs = lines_allocate(arcs, sizeof *space->arcs);
    space->ends = malloc(arcs * sizeof *space->ends);
    space->arc_origin = malloc(arcs * sizeof *space->arc_origin);
    if (!space->vertices || !space->vertex_origin || !space->rest || !space->number ||
        !space->arcs || !space->ends || !space->arc_origin) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t k = 0; k < MOA_COSTS && !error; k++) {
        struct moa_weights weights = {0};
        weights.by_cost[k] = 1;
        error = moa_bounds_init(&space->bounds[k], graph, weights, goal);
    }
    return error;
}

void moa_space_clear(struct moa_space *space)
{
    for (int k = 0; k < MOA_COSTS; k++) {
        moa_bounds_clear(&space->bounds[k]);
    }
    moa_bounds_clear(&space->weighted);
    free(space->vertices);
    free(space->vertex_origin);
    free(space->rest);
    free(space->number);
    free(space->arcs);
    free(space->ends);
    free(space->arc_origin);
    *space = (struct moa_space){0};
}

void moa_space_order(struct moa_space *space, const uint32_t order[MOA_COSTS])
{
    assert(space->vertex_count == 0);
    memcpy(space->order, order, sizeof space->order);
}

enum zhol_error moa_space_weigh(struct moa_space *space, const uint32_t weight[2], uint32_t shift,
                                uint32_t goal)
{
    assert(space->vertex_count == 0);
    struct moa_weights weights = {.shift = shift};
    weights.by_cost[space->order[1]] = weight[0];
    weights.by_cost[space->order[2]] = weight[1];
    return moa_bounds_init(&space->weighted, space->graph, weights, goal);
}

/* Asks the bounds of a vertex, in the order of the search. *dead: the goal cannot be reached. */
static enum zhol_error rest_ask(struct moa_space *space, uint32_t origin, uint32_t rest[MOA_COSTS],
                                bool *dead)
{
    *dead = false;
    for (uint32_t k = 0; k < MOA_COSTS; k++) {
        struct moa_bounds *bounds = &space->bounds[space->order[k]];
        enum zhol_error error = moa_bounds_ask(bounds, origin, &rest[k]);
        if (error) {
            return error;
        }
        if (rest[k] == ZHOL_MOA_NONE) {
            /* Without overflow all vertices that reach the goal have been seen. */
            *dead = *dead || !bounds->overflow;
            rest[k] = ZHOL_MOA_COST_LIMIT;
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error surplus_ask(struct moa_space *space, uint32_t origin,
                                   const uint32_t rest[MOA_COSTS], uint64_t *surplus)
{
    *surplus = 0;
    if (!space->weighted.graph) {
        return ZHOL_ERROR_OK;
    }
    uint32_t least;
    enum zhol_error error = moa_bounds_ask(&space->weighted, origin, &least);
    if (error || least == ZHOL_MOA_NONE) {
        return error;
    }
    const struct moa_weights *weights = &space->weighted.weights;
    uint64_t sum = (uint64_t)weights->by_cost[space->order[1]] * rest[1] +
                   (uint64_t)weights->by_cost[space->order[2]] * rest[2];
    uint64_t bound = (uint64_t)least << weights->shift;
    *surplus = bound > sum ? bound - sum : 0;
    return ZHOL_ERROR_OK;
}

enum zhol_error moa_space_reach(struct moa_space *space, uint32_t origin, uint32_t *vertex)
{
    uint32_t number = space->number[origin];
    if (number) {
        *vertex = number == DEAD ? ZHOL_MOA_NONE : number - 1;
        return ZHOL_ERROR_OK;
    }
    struct moa_vertex fresh = {.arc_count = ZHOL_MOA_NONE};
    uint32_t *rest = space->rest[space->vertex_count];
    bool dead;
    enum zhol_error error = rest_ask(space, origin, rest, &dead);
    if (!error && !dead) {
        error = surplus_ask(space, origin, rest, &fresh.surplus);
    }
    if (error) {
        return error;
    }
    if (dead) {
        space->number[origin] = DEAD;
        *vertex = ZHOL_MOA_NONE;
        return ZHOL_ERROR_OK;
    }
    *vertex = space->vertex_count++;
    space->number[origin] = *vertex + 1;
    front_init(&fresh.front);
    space->vertices[*vertex] = fresh;
    space->vertex_origin[*vertex] = origin;
    return ZHOL_ERROR_OK;
}

void moa_space_enter(struct moa_space *space, uint32_t vertex)
{
    assert(space->arc_count == 0);
    space->arcs[0] = (struct moa_arc){.head = vertex};
    space->ends[0] = (struct moa_arc_ends){vertex, ZHOL_MOA_NONE};
    space->arc_origin[0] = ZHOL_MOA_NONE;
    space->arc_count = 1;
}

enum zhol_error moa_space_open(struct moa_space *space, uint32_t vertex)
{
    const struct zhol_moa_graph *graph = space->graph;
    uint32_t origin = space->vertex_origin[vertex], first = space->arc_count;
    const uint32_t *here = space->rest[vertex];
    for (uint32_t k = graph->first_out[origin]; k < graph->first_out[origin + 1]; k++) {
        uint32_t head;
        enum zhol_error error = moa_space_reach(space, graph->out[k].vertex, &head);
        if (error) {
            return error;
        }
        if (head == ZHOL_MOA_NONE || head == vertex) {
            continue;
        }
        struct moa_arc *arc = &space->arcs[space->arc_count];
        arc->head = head;
        for (uint32_t i = 0; i < MOA_COSTS; i++) {
            uint64_t through = (uint64_t)graph->out[k].cost[space->order[i]] + space->rest[head][i];
            assert(through >= here[i] && here[i] < ZHOL_MOA_COST_LIMIT);
            uint64_t reduced = through - here[i];
            arc->cost[i] = reduced < ZHOL_MOA_COST_LIMIT ? (uint32_t)reduced : ZHOL_MOA_COST_LIMIT;
        }
        space->ends[space->arc_count] = (struct moa_arc_ends){head, vertex};
        space->arc_origin[space->arc_count++] = k;
    }
    space->vertices[vertex].first_arc = first;
    space->vertices[vertex].arc_count = space->arc_count - first;
    return ZHOL_ERROR_OK;
}
