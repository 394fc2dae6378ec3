/* assign/keypath.h: the key-path basis, its solves and its pivots.
 *
 * Purpose: a basis of the path problem has one key column per demand, and as many further columns
 * as rows are tight. Substituting the keys leaves a working basis of only the tight rows
 * (assign/factor.h), a few hundred where the whole has tens of thousands.
 * Values: x of columns and slack of rows are kept for all; a column outside the basis is 0, or,
 * while a point is being pushed to a vertex, keeps what it has. `capacity` is the working copy: it
 * may be shifted against degeneracy. Call order: keypath_start; set key and status and slack_basic,
 * or leave all demand unmet; keypath_factor; then keypath_prices, keypath_direction, keypath_ratio,
 * keypath_pivot. Ownership: the basis owns its arrays; flow and path set belong to the caller.
 * Errors: ZHOL_ERROR_MEMORY.
 * Source: A. A. Assad, "Multicommodity network flows, a survey", Networks 8 (1978); B. A. McBride,
 * "Advances in solving the multicommodity-flow problem", Interfaces 28 (1998).
 */
#ifndef ZHOL_ASSIGN_KEYPATH_H
#define ZHOL_ASSIGN_KEYPATH_H

#include "assign/factor.h"
#include "assign/pathset.h"

enum keypath_status { KEYPATH_OUTSIDE, KEYPATH_KERNEL, KEYPATH_KEY };

/* A column of the kernel, or what enters: a path or, with this bit, the slack of a row. */
#define KEYPATH_SLACK 0x80000000u

struct keypath {
    const struct flow *flow;
    const struct pathset *paths;
    double *capacity;
    uint32_t *key; /* by demand */
    double *x;     /* by column */
    uint8_t *status;
    uint32_t x_room, status_room, column_count;
    double *slack;        /* by row */
    uint8_t *slack_basic; /* by row */
    int32_t *row_place;   /* by row: place in the kernel or -1 */

    uint32_t size;           /* of the kernel */
    uint32_t *kernel_row;    /* by place */
    uint32_t *kernel_column; /* by place */
    struct factor factor;

    double *prices; /* by row */
    double *lambda; /* by demand */

    /* The last direction: by how much each falls for a unit of what enters. */
    double *fall;     /* by place */
    double *row_fall; /* by row outside the kernel */
    double *key_fall; /* by demand */
    uint32_t *touched_rows, *touched_demands;
    uint32_t touched_row_count, touched_demand_count;
    uint8_t *row_mark, *demand_mark;

    double *work;         /* by place */
    uint32_t *index_work; /* by place */
    double *row_work;     /* by row */
    uint64_t pivot_count;
    uint32_t factored_count; /* since the values were computed */
};

enum keypath_leave_kind { KEYPATH_NOTHING, KEYPATH_PLACE, KEYPATH_KEY_OF, KEYPATH_ROW };

struct keypath_leave {
    enum keypath_leave_kind kind;
    uint32_t index; /* place, demand or row */
    double step;
};

enum zhol_error keypath_start(struct keypath *basis, const struct flow *flow,
                              const struct pathset *paths);
void keypath_clear(struct keypath *basis);
/* Makes room for columns that were added; they are outside. */
enum zhol_error keypath_grow(struct keypath *basis);
/* Renumbers columns as pathset_keep did: `number` has one entry for each old column. */
void keypath_renumber(struct keypath *basis, const uint32_t *number, uint32_t old_count);

/* Factors the kernel of the present statuses and computes all values. Columns that depend on others
 * go outside and rows that are left get their slacks back. */
enum zhol_error keypath_factor(struct keypath *basis);
/* The same in the midst of pivots: values are computed anew only where the basis had to change, and
 * after many times, since they are kept from pivot to pivot and their sum over all keys is dear. */
enum zhol_error keypath_factor_again(struct keypath *basis);
/* All values of the basis from the capacities, amounts and what is outside. */
void keypath_values(struct keypath *basis);
/* Prices and lambda for these costs of columns (by column) and, where not NULL, of slacks. `lambda`
 * may be NULL: it is the dear part where demands are many. */
void keypath_prices(struct keypath *basis, const double *costs, const double *slack_costs,
                    double *prices, double *lambda);
/* Fills the direction for what enters. */
void keypath_direction(struct keypath *basis, uint32_t entering);
/* What blocks first when the entering value moves by sign * step, at most by `limit` (then
 * KEYPATH_NOTHING). Two passes after Harris, with this tolerance. */
struct keypath_leave keypath_ratio(const struct keypath *basis, double sign, double limit,
                                   double tolerance);
/* Moves all values by the step, along the last direction. */
void keypath_move(struct keypath *basis, uint32_t entering, double step);
/* Exchanges; factors anew where many products have come together. */
enum zhol_error keypath_pivot(struct keypath *basis, uint32_t entering, struct keypath_leave leave);

#endif
