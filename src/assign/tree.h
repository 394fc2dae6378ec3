/* assign/tree.h: shortest path trees, found anew or mended.
 *
 * Purpose: from one set of prices to the next most of a tree stays. A kept tree is there for some
 * goals, the destinations of its group. It is right for these if each goal's distance is that of
 * its own path, and no arc from a node within the farthest goal makes another one nearer than that:
 * then the distances, cut off there, are prices at which no path to a goal can be shorter (weak
 * duality), whatever the other labels are. So after lengths have changed a look along the paths of
 * the goals and at the arcs that became shorter tells whether the tree is touched at all. If so it
 * is mended in one pass over flat arrays: nodes in the order of distance of before, all arcs of
 * each looked at once, as far as the goals reach; only nodes that an arc makes nearer after their
 * turn go through a heap. Distances are the same numbers as those of a tree found anew, for a sum
 * of lengths along a path does not depend on how it was found.
 *
 * Call order: tree_start, then tree_find for a tree that stands until the next one, or tree_make
 * and later tree_mend with arrays of the caller (which the search reads until the next call);
 * tree_clear. Kept trees: tree_store_start, tree_store_weigh before each run, tree_store_clear.
 * Ownership: search and store own their arrays. Errors: ZHOL_ERROR_MEMORY.
 * Complexity: O((arcs + nodes) log nodes) to find; O(arcs + nodes) and what becomes nearer to mend.
 * Source: G. Ramalingam, T. Reps, "On the computational complexity of dynamic graph problems",
 * Theoretical Computer Science 158 (1996); here with a pass over all arcs, which is quicker than
 * lists of what is touched when hundreds of lengths change at once.
 */
#ifndef ZHOL_ASSIGN_TREE_H
#define ZHOL_ASSIGN_TREE_H

#include "assign/flow.h"

struct tree_item {
    double key;
    uint32_t node;
};

struct tree_search {
    const struct flow *flow;
    double *distance; /* by node, of the present tree: INFINITY where there is no way */
    uint32_t *parent; /* by node: place in out_arc of the arc that reaches it, or FLOW_NONE */
    uint64_t scanned; /* arcs that were looked at by tree_find */
    uint8_t *wanted;  /* by node: set by the caller before tree_find and cleared after it */
    double *own_distance;
    uint32_t *own_parent;
    int32_t *place; /* by node: in the heap or one of TREE_... */
    struct tree_item *heap;
    uint32_t *stack;   /* scratch for a path */
    uint32_t *reached; /* nodes that the last tree_find gave a distance */
    uint32_t heap_count, reached_count;
};

enum zhol_error tree_start(struct tree_search *search, const struct flow *flow);
void tree_clear(struct tree_search *search);
/* The tree until `wanted_count` wanted nodes are in it. `weights` by place in out_arc. */
void tree_find(struct tree_search *search, uint32_t origin, uint32_t wanted_count,
               const double *weights);
/* A tree that is kept: arrays by node, of the caller. */
struct tree_kept {
    double *distance;
    uint32_t *parent;
    uint32_t *order; /* all nodes, nearest first when it was made: nearly so later */
};
/* The whole tree. */
void tree_make(struct tree_search *search, uint32_t origin, const double *weights,
               const struct tree_kept *kept);
/* The same for new weights, from the tree that stands there. Nodes beyond `far` may be left without
 * a distance, or with one that is too long. */
void tree_mend(struct tree_search *search, uint32_t origin, const double *weights,
               const struct tree_kept *kept, double far);

/* Does no arc make a node nearer than it is, nor nearer than `far`? */
bool tree_is_exact(const struct flow *flow, uint32_t origin, const double *weights,
                   const struct tree_kept *kept, double far);

/* Trees of all groups, from run to run. */
struct tree_store {
    const struct flow *flow;
    double *distance; /* group * nodes */
    uint32_t *parent, *order;
    uint8_t *made;           /* by group */
    double *weights;         /* class * arcs by place in out_arc: what the trees stand for */
    uint8_t *priced;         /* by place: prices of rows are in its weights */
    uint64_t version;        /* of the flow's costs in the weights */
    uint32_t *changed;       /* class * arcs: places where they became less last */
    uint32_t *changed_count; /* by class; arc_count: too many for a list, mend all */
    bool all;                /* of the present run: trees are checked, touched or not */
    bool checked;            /* was it decided whether trees are kept? */
};

/* Keeps trees from now on, at `prices` (by row). */
enum zhol_error tree_store_start(struct tree_store *store, const struct flow *flow,
                                 const double *prices);
void tree_store_clear(struct tree_store *store);
/* Bytes that it would take; more than SIZE_MAX / 2 is given as that. */
size_t tree_store_size(const struct flow *flow);
/* Weights at other prices. Only arcs whose cost has changed and those with a price, before or now,
 * are looked at. With `all` every tree is checked, touched or not. */
void tree_store_weigh(struct tree_store *store, const double *prices, bool all);
/* The length of the arc at a place for a class. */
double tree_weight(const struct flow *flow, uint32_t place, uint32_t load_class,
                   const double *prices);
/* Forgets all trees, after a run that did not end. */
void tree_store_forget(struct tree_store *store);
/* Brings a group's tree up to date and makes it the search's present one. */
void tree_store_update(struct tree_store *store, struct tree_search *search, uint32_t group,
                       const double *weights);

#endif
