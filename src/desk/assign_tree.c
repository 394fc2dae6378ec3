/* desk/assign_tree.c: Dijkstra over the arcs of a model. See assign_tree.h. */
#include "desk/assign_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum zhol_error assign_tree_init(struct assign_tree *tree, const struct assign_model *model)
{
    size_t vertices = (size_t)model->net.vertex_count + 1;
    *tree = (struct assign_tree){.cost = malloc(vertices * sizeof *tree->cost),
                                 .parent = malloc(vertices * sizeof *tree->parent),
                                 .heap = malloc(vertices * sizeof *tree->heap),
                                 .at = malloc(vertices * sizeof *tree->at),
                                 .goal = calloc(vertices, 1)};
    bool made = tree->cost && tree->parent && tree->heap && tree->at && tree->goal;
    if (!made) {
        assign_tree_clear(tree);
    }
    return made ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void assign_tree_clear(struct assign_tree *tree)
{
    free(tree->cost);
    free(tree->parent);
    free(tree->heap);
    free(tree->at);
    free(tree->goal);
    *tree = (struct assign_tree){0};
}

void assign_tree_costs(const struct assign_model *model, uint32_t class, double *costs)
{
    for (uint32_t arc = 0; arc < model->arc_count; arc++) {
        costs[arc] = model->costs[(size_t)arc * model->class_count + class];
    }
}

void assign_tree_goal(struct assign_tree *tree, uint32_t vertex)
{
    tree->goal_count += !tree->goal[vertex];
    tree->goal[vertex] = 1;
}

static void heap_put(struct assign_tree *t, uint32_t i, uint32_t vertex)
{
    t->heap[i] = vertex;
    t->at[vertex] = i;
}

static void heap_rise(struct assign_tree *t, uint32_t i)
{
    uint32_t vertex = t->heap[i];
    for (; i > 0 && t->cost[vertex] < t->cost[t->heap[(i - 1) / 2]]; i = (i - 1) / 2) {
        heap_put(t, i, t->heap[(i - 1) / 2]);
    }
    heap_put(t, i, vertex);
}

static uint32_t heap_take(struct assign_tree *t)
{
    uint32_t top = t->heap[0], last = t->heap[--t->size], i = 0;
    t->at[top] = ZHOL_NONE;
    while (2 * i + 1 < t->size) {
        uint32_t child = 2 * i + 1;
        if (child + 1 < t->size && t->cost[t->heap[child + 1]] < t->cost[t->heap[child]]) {
            child++;
        }
        if (t->cost[last] <= t->cost[t->heap[child]]) {
            break;
        }
        heap_put(t, i, t->heap[child]);
        i = child;
    }
    if (t->size) {
        heap_put(t, i, last);
    }
    return top;
}

static void relax(struct assign_tree *t, uint32_t vertex, double cost, uint32_t net_arc)
{
    if (cost >= t->cost[vertex]) {
        return;
    }
    t->cost[vertex] = cost;
    t->parent[vertex] = net_arc;
    if (t->at[vertex] == ZHOL_NONE) {
        heap_put(t, t->size++, vertex);
    }
    heap_rise(t, t->at[vertex]);
}

void assign_tree_grow(struct assign_tree *t, const struct assign_model *model, uint32_t root,
                      const double *costs)
{
    const struct zhol_network_view *net = &model->net;
    for (uint32_t v = 0; v < net->vertex_count; v++) {
        t->cost[v] = INFINITY;
        t->parent[v] = t->at[v] = ZHOL_NONE;
    }
    t->size = 0;
    relax(t, root, 0, ZHOL_NONE);
    bool all = t->goal_count == 0;
    while (t->size && (all || t->goal_count)) {
        uint32_t v = heap_take(t);
        t->goal_count -= t->goal[v];
        t->goal[v] = 0;
        for (uint32_t a = net->first_arc[v]; a < net->first_arc[v + 1]; a++) {
            uint32_t arc = model->arc_of[a];
            if (arc != ZHOL_NONE && costs[arc] < ASSIGN_CLOSED) {
                relax(t, net->arcs[a].head, t->cost[v] + costs[arc], a);
            }
        }
    }
    if (t->goal_count) { /* no way there */
        memset(t->goal, 0, net->vertex_count);
        t->goal_count = 0;
    }
}
