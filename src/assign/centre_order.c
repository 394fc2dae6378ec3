/* centre_order.c: active rows in an order along the network (assign/centre.h).
 *
 * Two rows meet in the matrix of a step where a demand has flow on both. Along a corridor these are
 * near each other. So rows are put in the order of the distance of their arcs, in arcs, from a node
 * at the edge; the matrix is a band then (assign/dense.h). In a network where demands reach over
 * most of it no order helps, and rows stay as they became active.
 *
 * Source: E. Cuthill, J. McKee, "Reducing the bandwidth of sparse symmetric matrices", ACM National
 * Conference 1969; A. George, J. W.-H. Liu, "Computer Solution of Large Sparse Positive Definite
 * Systems", 1981 (a start at the edge).
 */
#include <stdlib.h>

#include "assign/centre.h"

/* Fewer rows are factored in no time; a band as wide as this share of all does not help. */
enum { ROWS_LEAST = 2000, BAND_SHARE = 2, EDGE_SEARCHES = 2 };

struct order {
    const struct centre *centre;
    uint32_t *level; /* by node: arcs from the edge, FLOW_NONE: not reached */
    uint32_t *nodes; /* as they were reached */
    uint32_t count;  /* of these */
    uint32_t *key;   /* by row: level of its arcs, the least */
    uint32_t *first; /* by level: place of its rows */
    uint32_t *place; /* by active row: in the new order */
};

/* Levels of all nodes that can be reached from `root`, from `level` on. */
static void nodes_reach(struct order *order, uint32_t root, uint32_t level)
{
    const struct flow *flow = order->centre->flow;
    uint32_t next = order->count;
    order->level[root] = level;
    order->nodes[order->count++] = root;
    for (; next < order->count; next++) {
        uint32_t node = order->nodes[next];
        for (uint32_t p = flow->first_out[node]; p < flow->first_out[node + 1]; p++) {
            uint32_t to = flow->out_to[p];
            if (order->level[to] == FLOW_NONE) {
                order->level[to] = order->level[node] + 1;
                order->nodes[order->count++] = to;
            }
        }
    }
}

/* Levels of all nodes, each part of the network from its edge, one part behind the other. */
static void levels_find(struct order *order)
{
    uint32_t level = 0;
    for (uint32_t v = 0; v < order->centre->flow->node_count; v++) {
        uint32_t begin = order->count, root = v;
        if (order->level[v] != FLOW_NONE) {
            continue;
        }
        for (int search = 0; search < EDGE_SEARCHES; search++) {
            nodes_reach(order, root, level);
            root = order->nodes[order->count - 1];
            for (; order->count > begin; order->count--) {
                order->level[order->nodes[order->count - 1]] = FLOW_NONE;
            }
        }
        nodes_reach(order, root, level);
        /* What the edge does not reach back is a part of its own, later. */
        level = order->level[order->nodes[order->count - 1]] + 1;
    }
}

/* Places of the active rows by level, those of one level as they became active. */
static void rows_place(struct order *order)
{
    const struct centre *centre = order->centre;
    const struct flow *flow = centre->flow;
    uint32_t last = flow->node_count; /* level of rows without arcs */
    for (uint32_t i = 0; i < flow->row_count; i++) {
        order->key[i] = last;
    }
    for (uint32_t u = 0; u < flow->use_count; u++) {
        uint32_t at = order->level[flow->arc_from[flow->uses[u].owner]];
        uint32_t *key = order->key + flow->uses[u].row;
        *key = at < *key ? at : *key;
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        order->first[order->key[centre->active[i]] + 1]++;
    }
    for (uint32_t level = 0; level <= last; level++) {
        order->first[level + 1] += order->first[level];
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        order->place[i] = order->first[order->key[centre->active[i]]]++;
    }
}

/* How far apart rows of one demand stand at most. */
static uint32_t band_width(const struct order *order)
{
    const struct centre *centre = order->centre;
    const struct pathset *paths = centre->paths;
    uint32_t widest = 0;
    for (uint32_t k = 0; k < centre->flow->demand_count; k++) {
        uint32_t low = FLOW_NONE, high = 0, live = 0;
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            uint32_t end = centre->live[p] ? paths->first_entry[p + 1] : paths->first_entry[p];
            live += centre->live[p];
            for (uint32_t e = paths->first_entry[p]; e < end; e++) {
                int32_t at = centre->active_at[paths->rows[e]];
                uint32_t place = at >= 0 ? order->place[at] : FLOW_NONE;
                low = place < low ? place : low;
                high = place != FLOW_NONE && place > high ? place : high;
            }
        }
        widest = live > 1 && low != FLOW_NONE && high - low > widest ? high - low : widest;
    }
    return widest;
}

static void order_take(struct centre *centre, const struct order *order)
{
    for (uint32_t i = 0; i < centre->active_count; i++) {
        centre->touched[order->place[i]] = centre->active[i];
    }
    for (uint32_t i = 0; i < centre->active_count; i++) {
        centre->active[i] = centre->touched[i];
        centre->active_at[centre->active[i]] = (int32_t)i;
    }
}

enum zhol_error centre_order(struct centre *centre)
{
    const struct flow *flow = centre->flow;
    size_t nodes = (size_t)flow->node_count + 2;
    if (centre->active_count < ROWS_LEAST) {
        return ZHOL_ERROR_OK;
    }
    struct order order = {.centre = centre,
                          .level = malloc(nodes * sizeof(uint32_t)),
                          .nodes = malloc(nodes * sizeof(uint32_t)),
                          .key = malloc(((size_t)flow->row_count + 1) * sizeof(uint32_t)),
                          .first = calloc(nodes + 1, sizeof(uint32_t)),
                          .place = malloc(centre->active_count * sizeof(uint32_t))};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    if (order.level && order.nodes && order.key && order.first && order.place) {
        error = ZHOL_ERROR_OK;
        for (uint32_t v = 0; v < flow->node_count; v++) {
            order.level[v] = FLOW_NONE;
        }
        levels_find(&order);
        rows_place(&order);
        if (band_width(&order) < centre->active_count / BAND_SHARE) {
            order_take(centre, &order);
        }
    }
    free(order.level);
    free(order.nodes);
    free(order.key);
    free(order.first);
    free(order.place);
    return error;
}
