/* assign/pathset.h: the columns found so far.
 *
 * Purpose: a column is a path of a demand: its arcs, its cost per unit and its use of rows. Every
 * demand has column number `demand` with no arcs, which leaves the demand unmet: so the first
 * demand_count columns of a pool are these. Columns of one demand are a list (first, next).
 * Ownership: the pool owns all arrays. Numbers of columns are stable until pathset_keep.
 * Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT (2^32 entries).
 * Complexity: pathset_add O(length), with a hash of arcs so that no column stands twice.
 */
#ifndef ZHOL_ASSIGN_PATHSET_H
#define ZHOL_ASSIGN_PATHSET_H

#include "assign/flow.h"

struct pathset {
    uint32_t count, room;
    uint32_t *demand;
    double *cost;
    uint32_t *next;      /* of the same demand, FLOW_NONE at the end */
    uint32_t *first_arc; /* count + 1 */
    uint32_t *first_entry;
    uint64_t *hash;
    uint32_t demand_room, cost_room, next_room, first_arc_room, first_entry_room, hash_room;

    uint32_t *arcs;
    uint32_t arc_room;
    uint32_t *rows; /* use of rows, merged, in order of first touch */
    double *coefficients;
    uint32_t row_room, coefficient_room;

    uint32_t *first; /* by demand */
    uint32_t *slots; /* hash table of columns + 1, open addressing */
    uint32_t slot_count;
    uint32_t *row_at; /* scratch by row */
};

/* A pool with the columns of unmet demand. `unmet_costs` has one entry a demand. */
enum zhol_error pathset_start(struct pathset *pool, const struct flow *flow,
                              const double *unmet_costs);
void pathset_clear(struct pathset *pool);
/* Adds the path unless it is there. *added says which. */
enum zhol_error pathset_add(struct pathset *pool, const struct flow *flow, uint32_t demand,
                            const uint32_t *arcs, uint32_t arc_count, bool *added);
/* Does the path use an arc that is closed, to all or to its class? */
bool pathset_closed(const struct pathset *pool, const struct flow *flow, uint32_t column);
/* Computes all costs anew after costs of arcs or of unmet demand have changed or arcs were closed:
 * a closed path costs far more than to leave the demand unmet. */
void pathset_reprice(struct pathset *pool, const struct flow *flow, const double *unmet_costs);
/* Keeps the columns with keep[i] != 0 and renumbers; the columns of unmet demand must be kept. The
 * new number of column i stands in number[i] (FLOW_NONE: dropped). */
enum zhol_error pathset_keep(struct pathset *pool, const struct flow *flow, const uint8_t *keep,
                             uint32_t *number);
/* Cost plus use of rows at `prices`. */
double pathset_price(const struct pathset *pool, uint32_t column, const double *prices);

#endif
