/* assign/oracle.h: the cheapest way of every demand at given prices.
 *
 * Purpose: one shortest path tree per group (origin and class) serves all its demands. The sum of
 * amount times least cost, less capacity times price, is a lower bound of the whole problem; paths
 * below a demand's price are new columns.
 * Call order: oracle_start, any number of oracle_run, oracle_clear.
 * Ownership: the oracle owns its arrays; `distance` stands until the next run.
 * Errors: ZHOL_ERROR_MEMORY.
 * Complexity: groups times O((arcs + nodes) log nodes), shared by the threads; with kept trees
 * (assign/tree.h) groups times O(arcs + nodes) or less. Groups are handed
 * out one by one, what they find is collected in their order: the same for any number of threads.
 */
#ifndef ZHOL_ASSIGN_ORACLE_H
#define ZHOL_ASSIGN_ORACLE_H

#include "assign/pathset.h"
#include "assign/tree.h"

struct oracle_worker;

struct oracle {
    const struct flow *flow;
    struct tree_store *store; /* NULL, or the caller's: trees from run to run */
    uint32_t thread_count;
    struct oracle_worker *workers;
    const double *weights; /* class * arc_count + place in out_arc: the store's or its own */
    double *own_weights;
    double *distance;    /* by demand: least cost with prices, INFINITY: no way */
    double *offset;      /* by demand: what its own uses of rows cost */
    const double *limit; /* of the run: by demand, a path below it is wanted */
    uint32_t run_count;
    uint32_t *found_worker, *found_begin, *found_count; /* by demand */
};

/* `store` may be NULL; trees are kept in it where that pays, also for later oracles. It must be
 * cleared when the flow has been compiled anew. */
enum zhol_error oracle_start(struct oracle *oracle, const struct flow *flow,
                             struct tree_store *store, uint32_t threads);
void oracle_clear(struct oracle *oracle);

/* Finds `distance` at `prices` (by row, at least 0). Without limits every kept tree is checked
 * against every arc, so that a certificate rests on nothing found before. With `limits` not NULL
 * the paths of demands with a distance below their limit are kept until the next run, for the
 * functions below. */
enum zhol_error oracle_run(struct oracle *oracle, const double *prices, const double *limits);
/* The path that was kept for a demand, from origin to destination; *count is 0 where none was. */
const uint32_t *oracle_path(const struct oracle *oracle, uint32_t demand, uint32_t *count);
/* Adds the kept paths to a path set; *added counts those that were not there. */
enum zhol_error oracle_add(const struct oracle *oracle, struct pathset *paths, uint32_t *added);
/* The lower bound at `prices` of the last run. `unmet_costs` has one entry a demand. */
double oracle_bound(const struct oracle *oracle, const double *prices, const double *unmet_costs);

#endif
