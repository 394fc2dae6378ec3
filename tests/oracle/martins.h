/* tests/oracle/martins.h: two plain solvers of the multi-objective shortest path problem.
 *
 * martins_solve is the textbook label-setting algorithm of E. Q. V. Martins (EJOR 16, 1984): a heap
 * in lexicographic order, whole cost vectors, each new label compared with all permanent labels of
 * its vertex. brute_solve lists all simple paths. They share nothing with the engine but its graph,
 * have no bounds and no tricks, and are as slow as they look.
 */
#ifndef ZHOL_TESTS_MARTINS_H
#define ZHOL_TESTS_MARTINS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zhol/moa.h>

struct vector {
    uint64_t cost[3];
};

/* A growing set of cost vectors. */
struct vector_set {
    struct vector *items;
    size_t count, capacity;
};

static inline void *martins_grow(void *items, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity ? 2 * *capacity : 8;
    void *grown = realloc(items, *capacity * size);
    if (!grown) {
        abort();
    }
    return grown;
}

static inline void vector_set_push(struct vector_set *set, struct vector vector)
{
    set->items = martins_grow(set->items, &set->capacity, set->count, sizeof *set->items);
    set->items[set->count++] = vector;
}

static inline bool vector_covers(const struct vector *a, const struct vector *b)
{
    return a->cost[0] <= b->cost[0] && a->cost[1] <= b->cost[1] && a->cost[2] <= b->cost[2];
}

static inline bool vector_set_covers(const struct vector_set *set, const struct vector *vector)
{
    for (size_t i = 0; i < set->count; i++) {
        if (vector_covers(&set->items[i], vector)) {
            return true;
        }
    }
    return false;
}

static inline int vector_compare(const void *a, const void *b)
{
    const struct vector *x = a, *y = b;
    for (int k = 0; k < 3; k++) {
        if (x->cost[k] != y->cost[k]) {
            return x->cost[k] < y->cost[k] ? -1 : 1;
        }
    }
    return 0;
}

static inline struct vector vector_step(const struct vector *vector,
                                        const struct zhol_moa_step *step)
{
    return (struct vector){{vector->cost[0] + step->cost[0], vector->cost[1] + step->cost[1],
                            vector->cost[2] + step->cost[2]}};
}

/* ---- all simple paths ---- */

struct brute {
    const struct zhol_moa_graph *graph;
    uint32_t goal;
    uint64_t visited;
    struct vector_set found; /* non-dominated so far */
};

static inline void brute_found(struct brute *brute, const struct vector *vector)
{
    if (vector_set_covers(&brute->found, vector)) {
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < brute->found.count; i++) {
        if (!vector_covers(vector, &brute->found.items[i])) {
            brute->found.items[kept++] = brute->found.items[i];
        }
    }
    brute->found.count = kept;
    vector_set_push(&brute->found, *vector);
}

static inline void brute_visit(struct brute *brute, uint32_t vertex, struct vector vector)
{
    if (vertex == brute->goal) {
        brute_found(brute, &vector);
        return;
    }
    const struct zhol_moa_graph *graph = brute->graph;
    brute->visited |= (uint64_t)1 << vertex;
    for (uint32_t k = graph->first_out[vertex]; k < graph->first_out[vertex + 1]; k++) {
        if (!(brute->visited >> graph->out[k].vertex & 1)) {
            brute_visit(brute, graph->out[k].vertex, vector_step(&vector, &graph->out[k]));
        }
    }
    brute->visited &= ~((uint64_t)1 << vertex);
}

/* The sorted set for a graph of at most 64 (better 8) vertices. The caller frees set->items. */
static inline void brute_solve(const struct zhol_moa_graph *graph, uint32_t start, uint32_t goal,
                               struct vector_set *set)
{
    struct brute brute = {.graph = graph, .goal = goal};
    brute_visit(&brute, start, (struct vector){{0}});
    if (brute.found.count) {
        qsort(brute.found.items, brute.found.count, sizeof *brute.found.items, vector_compare);
    }
    *set = brute.found;
}

/* ---- label setting ---- */

struct martins_label {
    struct vector vector;
    uint32_t vertex;
};

struct martins_heap {
    struct martins_label *items;
    size_t count, capacity;
};

static inline void martins_push(struct martins_heap *heap, struct martins_label label)
{
    heap->items = martins_grow(heap->items, &heap->capacity, heap->count, sizeof *heap->items);
    size_t hole = heap->count++;
    while (hole && vector_compare(&label.vector, &heap->items[(hole - 1) / 2].vector) < 0) {
        heap->items[hole] = heap->items[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    heap->items[hole] = label;
}

static inline struct martins_label martins_pop(struct martins_heap *heap)
{
    struct martins_label top = heap->items[0], last = heap->items[--heap->count];
    size_t hole = 0;
    for (size_t child = 1; child < heap->count; child = 2 * hole + 1) {
        if (child + 1 < heap->count &&
            vector_compare(&heap->items[child + 1].vector, &heap->items[child].vector) < 0) {
            child++;
        }
        if (vector_compare(&heap->items[child].vector, &last.vector) >= 0) {
            break;
        }
        heap->items[hole] = heap->items[child];
        hole = child;
    }
    heap->items[hole] = last;
    return top;
}

/* The set, in rising order, as it is found. The caller frees set->items. */
static inline void martins_solve(const struct zhol_moa_graph *graph, uint32_t start, uint32_t goal,
                                 struct vector_set *set)
{
    struct vector_set *permanent = calloc(graph->vertex_count, sizeof *permanent);
    struct martins_heap heap = {0};
    if (!permanent) {
        abort();
    }
    martins_push(&heap, (struct martins_label){{{0}}, start});
    while (heap.count) {
        struct martins_label label = martins_pop(&heap);
        if (vector_set_covers(&permanent[label.vertex], &label.vector)) {
            continue;
        }
        vector_set_push(&permanent[label.vertex], label.vector);
        for (uint32_t k = graph->first_out[label.vertex]; k < graph->first_out[label.vertex + 1];
             k++) {
            struct vector next = vector_step(&label.vector, &graph->out[k]);
            if (label.vertex != goal &&
                !vector_set_covers(&permanent[graph->out[k].vertex], &next)) {
                martins_push(&heap, (struct martins_label){next, graph->out[k].vertex});
            }
        }
    }
    *set = permanent[goal];
    permanent[goal].items = NULL;
    for (uint32_t v = 0; v < graph->vertex_count; v++) {
        free(permanent[v].items);
    }
    free(permanent);
    free(heap.items);
}

#endif
