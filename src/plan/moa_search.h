/* plan/moa_search.h: the state of one multi-objective search, and its loop.
 *
 * The frame is LT-MOA* (zhol/moa.h names the sources). What differs, and why it pays:
 *
 * - Bounds are found on demand (moa_bounds.h) and folded into reduced arc costs (moa_space.h), so a
 *   new label is one addition of three numbers and the touched part of the graph stays in cache.
 * - Truncated fronts are sorted staircases (front.h): a check is a search over a few cache lines,
 *   not a pass over the front.
 * - The costs are taken in the order that leaves the two that conflict most for the truncated
 *   fronts, and a weighted sum of these two discards further labels (moa_support.h).
 * - The goal's front answers from a table (moa_goal.h).
 * - The open list is a bucket queue (moa_queue.h): no comparisons on the first cost, and a quarter
 *   of the labels on roads, those that follow a best path in all costs at once, never enter it.
 * - Labels are 8 bytes once settled and 20 while open.
 * - A label never goes straight back to the vertex it came from.
 *
 * The loop is compiled three times from moa_loop.h, for the portable, AVX2 and AVX-512 rank
 * function; the order of all steps is the same, so the results are.
 */
#ifndef ZHOL_PLAN_MOA_SEARCH_H
#define ZHOL_PLAN_MOA_SEARCH_H

#include "plan/moa_goal.h"
#include "plan/moa_queue.h"
#include "plan/moa_space.h"
#include "plan/moa_support.h"

/* Between two calls of options->stop. */
enum { MOA_STOP_LABELS = 1 << 16 };

struct moa_solution {
    uint32_t cost[MOA_COSTS]; /* in the order of the search */
    uint32_t label;
};

struct moa_search {
    struct moa_space space;
    struct moa_queue queue;
    struct front_pool pool;
    struct moa_goal *goal;
    struct moa_support *support;
    uint32_t goal_vertex;
    struct zhol_moa_label *labels; /* arcs are numbers of the space */
    uint32_t label_count, label_capacity, label_limit;
    struct moa_solution *solutions;
    uint32_t solution_count, solution_capacity;
    uint64_t expanded, generated;
    int (*stop)(void *context);
    void *stop_context;
};

/* Readies a zeroed search: bounds of the start, order of the costs, weights, the first label. */
enum zhol_error moa_search_start(struct moa_search *search, const struct zhol_moa_graph *graph,
                                 uint32_t start, uint32_t goal);
void moa_search_clear(struct moa_search *search);

/* Takes labels until none is left; the kernel must be available. */
enum zhol_error moa_loop_portable(struct moa_search *search);
#if FRONT_HAS_X86
enum zhol_error moa_loop_avx2(struct moa_search *search);
enum zhol_error moa_loop_avx512(struct moa_search *search);
#endif

#endif
