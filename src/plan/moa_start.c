/* moa_start.c: what a search decides before its first label (plan/moa_search.h).
 *
 * Three reverse searches to the start give the best path of each cost. How much dearer each is in
 * the other costs says which two costs conflict most; they become the second and third cost of the
 * search, and the line through the best paths of these two gives the weights for moa_support.h.
 */
#include "plan/moa_search.h"

#include <stdlib.h>
#include <string.h>

/* Weights are cut to 16 bits, weighted distances of the best paths to 28. */
enum { WEIGHT_BITS = 16, DISTANCE_BITS = 28 };

void moa_search_clear(struct moa_search *search)
{
    moa_space_clear(&search->space);
    moa_queue_clear(&search->queue);
    front_pool_clear(&search->pool);
    if (search->support) {
        moa_support_clear(search->support);
    }
    free(search->support);
    free(search->goal);
    free(search->labels);
    free(search->solutions);
    *search = (struct moa_search){0};
}

/* The arc by which a best path in cost k goes on from the vertex, or the end of its row. */
static uint32_t best_arc(const struct moa_bounds *bounds, uint32_t k, uint32_t vertex)
{
    const struct zhol_moa_graph *graph = bounds->graph;
    uint32_t arc = graph->first_out[vertex], end = graph->first_out[vertex + 1];
    uint64_t here = moa_bounds_distance(bounds, vertex);
    while (arc < end && graph->out[arc].cost[k] +
                                (uint64_t)moa_bounds_distance(bounds, graph->out[arc].vertex) !=
                            here) {
        arc++;
    }
    return arc;
}

/* The costs of a path that is best in cost k. They steer the search and never decide, so a circle
 * of arcs without cost, which cuts the path short, does no harm. */
static void best_path(const struct moa_bounds *bounds, uint32_t k, uint32_t start, uint32_t goal,
                      uint32_t cost[MOA_COSTS])
{
    const struct zhol_moa_graph *graph = bounds->graph;
    memset(cost, 0, MOA_COSTS * sizeof *cost);
    uint32_t vertex = start;
    for (uint32_t step = 0; vertex != goal && step < graph->vertex_count; step++) {
        uint32_t arc = best_arc(bounds, k, vertex);
        if (arc == graph->first_out[vertex + 1]) {
            return;
        }
        for (int i = 0; i < MOA_COSTS; i++) {
            cost[i] = moa_cost_add(cost[i], graph->out[arc].cost[i]);
        }
        vertex = graph->out[arc].vertex;
    }
}

/* How much dearer, in parts of the least cost k, the path is that is best in another cost. */
static double excess(const uint32_t best[MOA_COSTS][MOA_COSTS], uint32_t path, uint32_t k)
{
    double least = best[k][k];
    return best[path][k] <= best[k][k] ? 0 : (best[path][k] - least) / (least + 1);
}

/* Puts the two costs that conflict most last. */
static void order_choose(const uint32_t best[MOA_COSTS][MOA_COSTS], uint32_t order[MOA_COSTS])
{
    double most = -1;
    for (uint32_t first = 0; first < MOA_COSTS; first++) {
        uint32_t a = (first + 1) % MOA_COSTS, b = (first + 2) % MOA_COSTS;
        double conflict = excess(best, a, b) * excess(best, b, a);
        if (conflict > most) {
            most = conflict;
            order[0] = first;
            order[1] = a < b ? a : b;
            order[2] = a < b ? b : a;
        }
    }
}

/* Weights under which the best path in x and the best path in y have the same sum; both 0 when one
 * path is best in both. */
static void weights_choose(const uint32_t best_x[2], const uint32_t best_y[2], uint32_t weight[2])
{
    weight[0] = best_x[1] > best_y[1] ? best_x[1] - best_y[1] : 0;
    weight[1] = best_y[0] > best_x[0] ? best_y[0] - best_x[0] : 0;
    if (!weight[0] || !weight[1]) {
        weight[0] = weight[1] = 0;
    }
    while ((weight[0] | weight[1]) >> WEIGHT_BITS) {
        weight[0] = (weight[0] + 1) / 2;
        weight[1] = (weight[1] + 1) / 2;
    }
}

/* Tunes the search by the best path of each cost. */
static enum zhol_error search_tune(struct moa_search *search,
                                   const uint32_t best[MOA_COSTS][MOA_COSTS], uint32_t goal)
{
    struct moa_space *space = &search->space;
    uint32_t order[MOA_COSTS] = {0, 1, 2};
    if (space->graph->cost_count == MOA_COSTS) {
        order_choose(best, order);
    }
    moa_space_order(space, order);
    uint32_t x = order[1], y = order[2], weight[2], base[2] = {best[x][x], best[y][y]};
    weights_choose((uint32_t[]){best[x][x], best[x][y]}, (uint32_t[]){best[y][x], best[y][y]},
                   weight);
    uint32_t reach[2] = {base[0], base[1]};
    for (int k = 0; k < MOA_COSTS; k++) {
        reach[0] = best[k][x] > reach[0] ? best[k][x] : reach[0];
        reach[1] = best[k][y] > reach[1] ? best[k][y] : reach[1];
    }
    moa_goal_init(search->goal, base[0], reach[0]);
    moa_support_init(search->support, weight, base, reach);
    if (!weight[0]) {
        return ZHOL_ERROR_OK;
    }
    uint32_t shift = 0;
    while (moa_support_sum(search->support, best[x][x], best[x][y]) >> shift >> DISTANCE_BITS) {
        shift++;
    }
    return moa_space_weigh(space, weight, shift, goal);
}

/* Whether the goal can be reached at all, when costs are too large for the bounds to tell. */
static enum zhol_error goal_find(const struct zhol_moa_graph *graph, uint32_t start, uint32_t goal,
                                 bool *found)
{
    uint32_t *stack = malloc((size_t)graph->vertex_count * sizeof *stack), count = 0;
    char *seen = calloc(graph->vertex_count, 1);
    enum zhol_error error = stack && seen ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        seen[start] = 1;
        stack[count++] = start;
    }
    while (!error && count && !seen[goal]) {
        uint32_t vertex = stack[--count];
        for (uint32_t k = graph->first_out[vertex]; k < graph->first_out[vertex + 1]; k++) {
            uint32_t next = graph->out[k].vertex;
            if (!seen[next]) {
                seen[next] = 1;
                stack[count++] = next;
            }
        }
    }
    *found = !error && seen[goal];
    free(stack);
    free(seen);
    return error;
}

/* Settles the start in all bounds. ZHOL_ERROR_UNREACHABLE, or ZHOL_ERROR_RANGE when the least of a
 * cost is already too large. */
static enum zhol_error start_bound(struct moa_space *space, uint32_t start, uint32_t goal)
{
    bool missing = false;
    for (int k = 0; k < MOA_COSTS; k++) {
        uint32_t least;
        enum zhol_error error = moa_bounds_ask(&space->bounds[k], start, &least);
        if (error) {
            return error;
        }
        missing = missing || least == ZHOL_MOA_NONE;
    }
    if (!missing) {
        return ZHOL_ERROR_OK;
    }
    bool found;
    enum zhol_error error = goal_find(space->graph, start, goal, &found);
    return error ? error : found ? ZHOL_ERROR_RANGE : ZHOL_ERROR_UNREACHABLE;
}

enum zhol_error moa_search_start(struct moa_search *search, const struct zhol_moa_graph *graph,
                                 uint32_t start, uint32_t goal)
{
    struct moa_space *space = &search->space;
    enum zhol_error error = moa_space_init(space, graph, goal);
    error = error ? error : moa_queue_init(&search->queue);
    search->goal = malloc(sizeof *search->goal);
    search->support = calloc(1, sizeof *search->support);
    error = search->goal && search->support ? error : ZHOL_ERROR_MEMORY;
    error = error ? error : start_bound(space, start, goal);
    if (error) {
        return error;
    }
    uint32_t best[MOA_COSTS][MOA_COSTS], vertex;
    for (uint32_t k = 0; k < MOA_COSTS; k++) {
        best_path(&space->bounds[k], k, start, goal, best[k]);
        best[k][k] = moa_bounds_distance(&space->bounds[k], start);
    }
    error = search_tune(search, (const uint32_t(*)[MOA_COSTS])best, goal);
    error = error ? error : moa_space_reach(space, start, &vertex);
    if (error) {
        return error;
    }
    moa_space_enter(space, vertex);
    error = moa_space_reach(space, goal, &search->goal_vertex);
    if (error) {
        return error;
    }
    struct moa_open root = {.arc = 0, .parent = ZHOL_MOA_NONE};
    memcpy(root.f, space->rest[vertex], sizeof root.f);
    search->generated = 1;
    return moa_queue_push(&search->queue, &root);
}
