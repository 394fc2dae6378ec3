/* zhol/moa.h: all best compromises between two or three costs on a graph.
 *
 * Purpose: the multi-objective shortest path problem. Every arc has 2 or 3 costs. One cost vector
 * dominates another when it is nowhere greater and somewhere less. zhol_moa_solve finds the set of
 * all cost vectors of paths from start to goal that no other path dominates, each once, with one
 * path for each vector. The set is exact: nothing is rounded, cut off or sampled.
 *
 * Call order: zhol_moa_graph_build or zhol_moa_graph_parse, then any number of zhol_moa_solve (they
 * only read the graph, so several threads may share it), zhol_moa_path on a result, and the two
 * clear functions. A zeroed graph or result may be cleared.
 *
 * Method: label-setting search in lexicographic order of cost so far plus exact least cost of the
 * rest, with dominance checks in one dimension less ("truncated") that are done when a label is
 * made and again when it is taken up. Sources: E. Q. V. Martins, "On a multicriteria shortest path
 * problem", EJOR 16 (1984); L. Mandow and J. L. Perez de la Cruz, "Multiobjective A* search with
 * consistent heuristics", J. ACM 57 (2010); F. J. Pulido, L. Mandow, J. L. Perez de la Cruz,
 * "Dimensionality reduction in multiobjective shortest path search", Computers & OR 64 (2015);
 * C. Hernandez et al., "Multi-objective search via lazy and efficient dominance checks", IJCAI
 * 2023. What this code does differently stands in src/plan/moa_search.h.
 *
 * Determinism: the same graph and ends give the same bytes with every kernel, compiler and machine.
 */
#ifndef ZHOL_MOA_H
#define ZHOL_MOA_H

#include <stddef.h>
#include <stdint.h>
#include <zhol/error.h>

#define ZHOL_MOA_COSTS_MAX 3
/* No vertex, arc or label has this number. */
#define ZHOL_MOA_NONE UINT32_MAX
/* A path cost must stay below this; see ZHOL_ERROR_RANGE at zhol_moa_solve. */
#define ZHOL_MOA_COST_LIMIT (UINT32_MAX - 1)

/* One arc as the caller knows it. Parallel arcs, loops and zero costs are fine. */
struct zhol_moa_arc {
    uint32_t from, to;
    uint32_t cost[ZHOL_MOA_COSTS_MAX]; /* with 2 costs the third is not read */
};

/* The far end and the costs of an arc, as it stands in a row. */
struct zhol_moa_step {
    uint32_t vertex;
    uint32_t cost[ZHOL_MOA_COSTS_MAX]; /* with 2 costs the third is 0 */
};

/* A graph in compressed rows, forward and backward. "Arc k" of a graph is out[k]: arcs are numbered
 * by their start, in input order within a row. The graph owns all arrays; they may be read. */
struct zhol_moa_graph {
    uint32_t vertex_count, arc_count;
    uint32_t cost_count; /* 2 or 3 */
    uint32_t *first_out; /* vertex_count + 1: the row of vertex v is first_out[v] .. [v+1]-1 */
    struct zhol_moa_step *out; /* arc_count: end and costs */
    uint32_t *out_input;       /* arc_count: which arc of the input each one was */
    uint32_t *first_in;        /* vertex_count + 1 */
    struct zhol_moa_step *in;  /* arc_count: start and costs, by end */
};

/* Builds a graph from a list of arcs, which is copied. Errors: ZHOL_ERROR_RANGE (cost_count is not
 * 2 or 3; an end is not below vertex_count; a cost of ZHOL_MOA_COST_LIMIT or more),
 * ZHOL_ERROR_LIMIT (a count of UINT32_MAX), ZHOL_ERROR_MEMORY; the graph is then empty.
 * O(vertices + arcs). */
enum zhol_error zhol_moa_graph_build(struct zhol_moa_graph *graph, uint32_t vertex_count,
                                     const struct zhol_moa_arc *arcs, uint32_t arc_count,
                                     uint32_t cost_count);

/* Reads a graph from the plain text of research codes: a line "vertices arcs", then one line
 * "from to c1 c2 [c3]" for each arc, vertices numbered from 1; as many costs on every line as on
 * the first. Spaces and tabs separate; empty lines and lines that start with '#' are skipped.
 * Faults go to `report` (may be NULL) with file_name and line number. Errors: ZHOL_ERROR_SYNTAX,
 * ZHOL_ERROR_RANGE, ZHOL_ERROR_CONFLICT (other number of arcs than announced), ZHOL_ERROR_LIMIT
 * (more vertices or arcs announced than a text of this size can hold),
 * ZHOL_ERROR_MEMORY; the graph is then empty. O(size). */
enum zhol_error zhol_moa_graph_parse(struct zhol_moa_graph *graph, const char *text, size_t size,
                                     const char *file_name, struct zhol_report *report);
void zhol_moa_graph_clear(struct zhol_moa_graph *graph);

/* Which instructions the dominance checks use; the results are the same bytes with all of them. */
enum zhol_moa_kernel {
    ZHOL_MOA_KERNEL_AUTO, /* the widest that this processor has */
    ZHOL_MOA_KERNEL_PORTABLE,
    ZHOL_MOA_KERNEL_AVX2,
    ZHOL_MOA_KERNEL_AVX512,
    ZHOL_MOA_KERNEL_COUNT
};
/* Nonzero when the processor (and this build) can run the kernel. */
int zhol_moa_kernel_available(enum zhol_moa_kernel kernel);
/* "auto", "portable", "avx2", "avx512"; a static string, "" for an unknown kernel. */
const char *zhol_moa_kernel_name(enum zhol_moa_kernel kernel);

/* A zeroed struct means: all defaults. */
struct zhol_moa_options {
    enum zhol_moa_kernel kernel;
    uint64_t label_limit;       /* most labels to keep (0: 2^32 - 2); each takes some 16 bytes */
    int (*stop)(void *context); /* asked every 65,536 labels or so; nonzero ends the search */
    void *stop_context;
};

/* One settled label: the last arc of a path from the start, and the label of the path before. */
struct zhol_moa_label {
    uint32_t parent; /* a label; ZHOL_MOA_NONE at the start */
    uint32_t arc;    /* arc k of the graph; ZHOL_MOA_NONE at the start */
};

struct zhol_moa_result {
    uint32_t cost_count;
    uint32_t solution_count;
    uint32_t *cost;                /* solution_count * cost_count, rising lexicographically */
    uint32_t *solution_label;      /* solution_count: the label that ends each path */
    struct zhol_moa_label *labels; /* label_count */
    uint32_t label_count;          /* labels settled, those at the goal included */
    uint64_t expanded;             /* labels settled and followed further */
    uint64_t generated;            /* labels that were looked at for the first time */
};

/* Finds all cost-unique non-dominated paths from start to goal. `options` may be NULL. The result
 * is overwritten and must be cleared by the caller, also after an error, when it is empty.
 * Errors:
 *   ZHOL_ERROR_RANGE        start or goal is not a vertex; or a cost of ZHOL_MOA_COST_LIMIT or more
 *                           came up on a way that no solution found so far dominates, so that the
 *                           set might not fit. Never when the costs of all arcs together are below
 *                           the limit; costs on ways that are dominated anyway do no harm
 *   ZHOL_ERROR_UNREACHABLE  no path from start to goal
 *   ZHOL_ERROR_USAGE        the kernel is not available here
 *   ZHOL_ERROR_LIMIT        label_limit
 *   ZHOL_ERROR_INTERRUPTED  options->stop said so
 *   ZHOL_ERROR_MEMORY
 * Start equal to goal has one solution: no arcs, all costs 0. Time: for L labels generated,
 * S settled and fronts of at most F truncated vectors, O(L log F + S F) plus the reverse searches
 * for the bounds; F is small in practice and S F a memmove. One thread. */
enum zhol_error zhol_moa_solve(const struct zhol_moa_graph *graph, uint32_t start, uint32_t goal,
                               const struct zhol_moa_options *options,
                               struct zhol_moa_result *result);

/* Writes the arcs of a solution's path, from start to goal (numbers of `out`), to arcs[0 ..
 * *arc_count-1]. When `capacity` is too small, sets *arc_count to what is needed and returns
 * ZHOL_ERROR_LIMIT
 * (`arcs` may then be NULL). ZHOL_ERROR_RANGE when there is no such solution. O(path length). */
enum zhol_error zhol_moa_path(const struct zhol_moa_result *result, uint32_t solution,
                              uint32_t *arcs, uint32_t capacity, uint32_t *arc_count);
void zhol_moa_result_clear(struct zhol_moa_result *result);

#endif
