/* plan/moa_space.h: the part of the graph that a search has come near, renumbered and repriced.
 *
 * Purpose: a search touches few vertices of a large graph, again and again. Vertices get small
 * numbers in the order in which the search meets them, so that neighbours lie together, and the
 * arcs of a vertex are copied beside each other with reduced costs: cost + least rest at the end -
 * least rest at the start. A label's key is cost so far + least rest; adding a reduced cost to it
 * gives the key of the next label, so the search never looks at costs so far or bounds again. Arcs
 * to vertices from which the goal cannot be reached are left out.
 * Call order: moa_space_init; moa_space_order, and moa_space_weigh if wanted; moa_space_reach and
 * moa_space_enter for the start; moa_space_open for a vertex before its row is read;
 * moa_space_clear.
 * Errors: ZHOL_ERROR_MEMORY.
 * Complexity: O(vertices and arcs opened) and the reverse searches; room for the whole graph is
 * reserved but only touched where it is used.
 */
#ifndef ZHOL_PLAN_MOA_SPACE_H
#define ZHOL_PLAN_MOA_SPACE_H

#include "plan/front.h"
#include "plan/moa_bounds.h"

enum { MOA_COSTS = ZHOL_MOA_COSTS_MAX };

struct moa_vertex {
    struct front front; /* truncated costs of the labels settled here */
    uint32_t first_arc; /* row of arcs, once opened */
    uint32_t arc_count; /* ZHOL_MOA_NONE: not opened yet */
    uint64_t surplus;   /* least weighted rest less the weighted bounds; see moa_support.h */
};

struct moa_arc {
    uint32_t head;
    uint32_t cost[MOA_COSTS]; /* reduced, in the order of the search */
};

struct moa_arc_ends {
    uint32_t head, tail;
};

struct moa_space {
    const struct zhol_moa_graph *graph;
    struct moa_bounds bounds[MOA_COSTS]; /* by cost of the graph */
    struct moa_bounds weighted;          /* the same for the weighted sum, when there are weights */
    uint32_t order[MOA_COSTS];           /* which cost of the graph is the search's k-th */
    struct moa_vertex *vertices;
    uint32_t *vertex_origin;     /* number in the graph */
    uint32_t (*rest)[MOA_COSTS]; /* by vertex: the bounds, in the order of the search */
    uint32_t vertex_count;
    uint32_t *number;     /* by vertex of the graph: 0 unknown, else 1 + number, or "dead" */
    struct moa_arc *arcs; /* arc 0 leads to the start from nowhere */
    struct moa_arc_ends *ends;
    uint32_t *arc_origin; /* number in the graph */
    uint32_t arc_count;
};

/* Starts with the costs in the order of the graph; `bounds` may be asked at once. */
enum zhol_error moa_space_init(struct moa_space *space, const struct zhol_moa_graph *graph,
                               uint32_t goal);
/* Sets the order of the costs. Before any vertex is reached. */
void moa_space_order(struct moa_space *space, const uint32_t order[MOA_COSTS]);
/* Lets vertices have a surplus under these weights of the search's second and third cost (below
 * 2^17), whose sums are rounded down to multiples of 2^shift. Before any vertex is reached. */
enum zhol_error moa_space_weigh(struct moa_space *space, const uint32_t weight[2], uint32_t shift,
                                uint32_t goal);
void moa_space_clear(struct moa_space *space);
/* Gives the vertex of the graph its number, with bounds; ZHOL_MOA_NONE when the goal cannot be
 * reached from it. A bound that does not fit is ZHOL_MOA_COST_LIMIT. */
enum zhol_error moa_space_reach(struct moa_space *space, uint32_t origin, uint32_t *vertex);
/* Makes arc 0, which leads to the vertex. Once, before any moa_space_open. */
void moa_space_enter(struct moa_space *space, uint32_t vertex);
/* Copies the row of a vertex whose bounds all fit. */
enum zhol_error moa_space_open(struct moa_space *space, uint32_t vertex);

/* a + b, or ZHOL_MOA_COST_LIMIT when that is less. */
static inline uint32_t moa_cost_add(uint32_t a, uint32_t b)
{
    uint64_t sum = (uint64_t)a + b;
    return sum < ZHOL_MOA_COST_LIMIT ? (uint32_t)sum : ZHOL_MOA_COST_LIMIT;
}

#endif
