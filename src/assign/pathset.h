/* assign/pathset.h: the columns found so far.
 *
 * Purpose: a column is a path of a demand: its arcs, its cost per unit and its use of rows. Every
 * demand has column number `demand` with no arcs, which leaves the demand unmet: so the first
 * demand_count columns of a pool are these. Columns of one demand are a list (first, next).
 * Hot rows: few rows ever have a price. A column's entries in rows that pathset_heat has named
 * stand before its others, so that its price is a sum over few entries where all other prices are
 * 0. Ownership: the pool owns all arrays. Numbers of columns are stable until pathset_keep. Errors:
 * ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT (2^32 entries). Complexity: pathset_add O(length), with a
 * hash of arcs so that no column stands twice.
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
    uint32_t *hot_end;  /* entries from first_entry to here are in hot rows */
    uint64_t *hot_mark; /* a bit for each of these, as row_mark says */
    uint64_t *hash;
    uint32_t demand_room, cost_room, next_room, first_arc_room, first_entry_room, hot_end_room;
    uint32_t hash_room, hot_mark_room;

    uint32_t *arcs;
    uint32_t arc_room;
    uint32_t *rows; /* use of rows, merged; hot ones first */
    double *coefficients;
    uint32_t row_room, coefficient_room;

    uint32_t *first; /* by demand */
    uint32_t *slots; /* hash table of columns + 1, open addressing */
    uint32_t slot_count;
    uint32_t *row_at;      /* scratch by row */
    uint64_t *row_mark;    /* by row: its bit once it is hot; 0 before. Rows may share a bit */
    uint64_t *demand_mark; /* by demand: of all its columns */
    uint32_t hot_count;    /* rows */
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
/* Makes these rows hot that are not yet. One pass over all entries that are not. */
void pathset_heat(struct pathset *pool, const uint32_t *rows, uint32_t row_count);
/* The price where only hot rows have one. */
static inline double pathset_hot_price(const struct pathset *pool, uint32_t column,
                                       const double *prices)
{
    double price = pool->cost[column];
    for (uint32_t e = pool->first_entry[column]; e < pool->hot_end[column]; e++) {
        price += pool->coefficients[e] * prices[pool->rows[e]];
    }
    return price;
}

#endif
