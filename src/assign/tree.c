/* tree.c: Dijkstra's algorithm with a heap of four children a node, and mending (assign/tree.h). */
#include "assign/tree.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Places outside the heap. WAITING: will be scanned, so need not be taken up. */
enum { HEAP_ARITY = 4, NOT_SEEN = -1, DONE = -2, WAITING = -3 };

/* The order is made anew when more than this part of the nodes had to be taken up again. */
enum { AGAIN_PART = 4 };

enum zhol_error tree_start(struct tree_search *search, const struct flow *flow)
{
    size_t nodes = (size_t)flow->node_count + 1;
    *search = (struct tree_search){.flow = flow};
    search->own_distance = malloc(nodes * sizeof *search->own_distance);
    search->own_parent = malloc(nodes * sizeof *search->own_parent);
    search->place = malloc(nodes * sizeof *search->place);
    search->heap = malloc(nodes * sizeof *search->heap);
    search->wanted = calloc(nodes, 1);
    search->reached = malloc(nodes * sizeof *search->reached);
    search->stack = malloc(nodes * sizeof *search->stack);
    if (!search->own_distance || !search->own_parent || !search->place || !search->heap ||
        !search->wanted || !search->reached || !search->stack) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t v = 0; v < flow->node_count; v++) {
        search->own_distance[v] = INFINITY;
        search->place[v] = NOT_SEEN;
    }
    search->distance = search->own_distance;
    search->parent = search->own_parent;
    return ZHOL_ERROR_OK;
}

void tree_clear(struct tree_search *search)
{
    free(search->own_distance);
    free(search->own_parent);
    free(search->place);
    free(search->heap);
    free(search->wanted);
    free(search->reached);
    free(search->stack);
    *search = (struct tree_search){0};
}

static void heap_up(struct tree_search *search, uint32_t at, struct tree_item item)
{
    while (at) {
        uint32_t above = (at - 1) / HEAP_ARITY;
        if (search->heap[above].key <= item.key) {
            break;
        }
        search->heap[at] = search->heap[above];
        search->place[search->heap[at].node] = (int32_t)at;
        at = above;
    }
    search->heap[at] = item;
    search->place[item.node] = (int32_t)at;
}

static uint32_t heap_pop(struct tree_search *search)
{
    struct tree_item *heap = search->heap;
    uint32_t node = heap[0].node, count = --search->heap_count, at = 0;
    struct tree_item item = heap[count];
    search->place[node] = DONE;
    if (!count) {
        return node;
    }
    for (;;) {
        uint32_t child = HEAP_ARITY * at + 1, best = child;
        uint32_t end = child + HEAP_ARITY < count ? child + HEAP_ARITY : count;
        if (child >= count) {
            break;
        }
        for (uint32_t c = child + 1; c < end; c++) {
            best = heap[c].key < heap[best].key ? c : best;
        }
        if (heap[best].key >= item.key) {
            break;
        }
        heap[at] = heap[best];
        search->place[heap[at].node] = (int32_t)at;
        at = best;
    }
    heap[at] = item;
    search->place[item.node] = (int32_t)at;
    return node;
}

/* Into the heap, or up in it. A node that no arc leaves need not be taken up, so that arcs into it
 * may be negative. */
static void node_offer(struct tree_search *search, uint32_t node, double distance)
{
    const struct flow *flow = search->flow;
    if (flow->has_negative && flow->first_out[node] == flow->first_out[node + 1]) {
        return;
    }
    uint32_t at = search->place[node] < 0 ? search->heap_count++ : (uint32_t)search->place[node];
    heap_up(search, at, (struct tree_item){distance, node});
}

/* Forgets the last tree: only the nodes that it reached, as a file may name many more. */
static void own_forget(struct tree_search *search)
{
    for (uint32_t i = 0; i < search->reached_count; i++) {
        search->own_distance[search->reached[i]] = INFINITY;
        search->place[search->reached[i]] = NOT_SEEN;
    }
    search->reached_count = 0;
    search->distance = search->own_distance;
    search->parent = search->own_parent;
}

void tree_find(struct tree_search *search, uint32_t origin, uint32_t wanted_count,
               const double *weights)
{
    const struct flow *flow = search->flow;
    own_forget(search);
    search->reached[search->reached_count++] = origin;
    search->heap_count = 1;
    search->distance[origin] = 0;
    search->parent[origin] = FLOW_NONE;
    search->heap[0] = (struct tree_item){0, origin};
    search->place[origin] = 0;
    while (search->heap_count) {
        uint32_t node = heap_pop(search);
        if (search->wanted[node] && --wanted_count == 0 && !flow->has_negative) {
            return;
        }
        double base = search->distance[node];
        search->scanned += flow->first_out[node + 1] - flow->first_out[node];
        for (uint32_t i = flow->first_out[node]; i < flow->first_out[node + 1]; i++) {
            uint32_t to = flow->out_to[i];
            double distance = base + weights[i];
            if (!(distance < search->distance[to]) || search->place[to] == DONE) {
                continue;
            }
            if (search->distance[to] == INFINITY) {
                search->reached[search->reached_count++] = to;
            }
            search->distance[to] = distance;
            search->parent[to] = i;
            node_offer(search, to, distance);
        }
    }
}

/* Takes up what lies in the heap, nearest first, until no arc makes a node nearer; nodes beyond
 * `last` need not be. The nodes stand in `taken` in this order, unless NULL; the count is returned.
 */
static uint32_t heap_empty(struct tree_search *search, const double *weights, uint32_t *taken,
                           double last)
{
    const struct flow *flow = search->flow;
    uint32_t count = 0;
    while (search->heap_count && search->heap[0].key <= last) {
        uint32_t node = heap_pop(search);
        double base = search->distance[node];
        search->place[node] = NOT_SEEN;
        if (taken) {
            taken[count] = node;
        }
        count++;
        for (uint32_t i = flow->first_out[node]; i < flow->first_out[node + 1]; i++) {
            uint32_t to = flow->out_to[i];
            double distance = base + weights[i];
            if (distance < search->distance[to]) {
                search->distance[to] = distance;
                search->parent[to] = i;
                node_offer(search, to, distance);
            }
        }
    }
    while (search->heap_count) {
        search->place[search->heap[--search->heap_count].node] = NOT_SEEN;
    }
    return count;
}

static void search_use(struct tree_search *search, const struct tree_kept *kept)
{
    own_forget(search);
    search->distance = kept->distance;
    search->parent = kept->parent;
}

void tree_make(struct tree_search *search, uint32_t origin, const double *weights,
               const struct tree_kept *kept)
{
    search_use(search, kept);
    for (uint32_t v = 0; v < search->flow->node_count; v++) {
        kept->distance[v] = INFINITY;
        kept->parent[v] = FLOW_NONE;
    }
    kept->distance[origin] = 0;
    search->heap_count = 1;
    heap_up(search, 0, (struct tree_item){0, origin});
    uint32_t count = heap_empty(search, weights, kept->order, DBL_MAX);
    for (uint32_t v = 0; v < search->flow->node_count; v++) {
        search->place[v] = WAITING;
    }
    for (uint32_t i = 0; i < count; i++) {
        search->place[kept->order[i]] = NOT_SEEN;
    }
    for (uint32_t v = 0; v < search->flow->node_count; v++) {
        if (search->place[v] == WAITING) { /* no way there, or none from there */
            kept->order[count++] = v;
            search->place[v] = NOT_SEEN;
        }
    }
}

/* Nodes within `last` by distance, nearly so before, so that insertion is quick; then the others.
 */
static void order_sort(const struct tree_search *search, const struct tree_kept *kept, double last)
{
    uint32_t *order = kept->order, *beyond = search->stack;
    uint32_t near = 0, far = 0, count = search->flow->node_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t node = order[i];
        if (!(kept->distance[node] <= last)) {
            beyond[far++] = node;
            continue;
        }
        uint32_t at = near++;
        double distance = kept->distance[node];
        for (; at > 0 && kept->distance[order[at - 1]] > distance; at--) {
            order[at] = order[at - 1];
        }
        order[at] = node;
    }
    if (far) {
        memcpy(order + near, beyond, far * sizeof *order);
    }
}

bool tree_is_exact(const struct flow *flow, uint32_t origin, const double *weights,
                   const struct tree_kept *kept, double far)
{
    const double *distance = kept->distance;
    bool exact = distance[origin] == 0;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        double to = distance[flow->out_to[i]];
        exact &= !(distance[flow->out_from[i]] + weights[i] < (to < far ? to : far));
    }
    return exact;
}

void tree_mend(struct tree_search *search, uint32_t origin, const double *weights,
               const struct tree_kept *kept, double far)
{
    const struct flow *flow = search->flow;
    double *distance = kept->distance, last = far < DBL_MAX ? far : DBL_MAX;
    search_use(search, kept);
    for (uint32_t v = 0; v < flow->node_count; v++) {
        distance[v] = INFINITY;
        kept->parent[v] = FLOW_NONE;
        search->place[v] = WAITING;
    }
    distance[origin] = 0;
    for (uint32_t at = 0; at < flow->node_count; at++) {
        uint32_t v = kept->order[at];
        double base = distance[v];
        search->place[v] = NOT_SEEN;
        if (!(base <= last)) {
            continue;
        }
        for (uint32_t i = flow->first_out[v]; i < flow->first_out[v + 1]; i++) {
            uint32_t to = flow->out_to[i];
            if (base + weights[i] < distance[to]) {
                distance[to] = base + weights[i];
                kept->parent[to] = i;
                if (search->place[to] != WAITING) {
                    node_offer(search, to, distance[to]);
                }
            }
        }
    }
    if (heap_empty(search, weights, NULL, last) > flow->node_count / AGAIN_PART) {
        order_sort(search, kept, last);
    }
}
