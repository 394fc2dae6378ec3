/* assign/factor.h: the working basis in factors.
 *
 * Purpose: the working basis W has one row per tight capacity and one column per path that is not
 * the key path of its demand (path less key path, on the tight rows). W = L U by columns, then
 * products of simple matrices for each pivot:
 *   - a new row: it comes with its slack as its column (bordering);
 *   - a new column in a place;
 *   - a new key path of a demand: the columns of its group change by one combination.
 * Source: left-looking LU: J. R. Gilbert, T. Peierls, SIAM J. Sci. Stat. Comput. 9 (1988); product
 * form: G. B. Dantzig, W. Orchard-Hays (1954); key columns: G. B. Dantzig, R. M. Van Slyke,
 * "Generalized upper bounding techniques", J. Comput. System Sci. 1 (1967).
 * Call order: factor_start; then factor_begin, factor_column for each column, and solves and
 * changes in any order. Ownership: the factor owns its arrays. Errors: ZHOL_ERROR_MEMORY.
 * Complexity: a solve is the entries of L, U and the products; factor_column costs its sparse work
 * and a look at 64 rows at once.
 */
#ifndef ZHOL_ASSIGN_FACTOR_H
#define ZHOL_ASSIGN_FACTOR_H

#include <stdbool.h>
#include <stdint.h>
#include <zhol/error.h>

struct factor_entries {
    uint32_t *index;
    double *value;
    uint32_t count, index_room, value_room;
};

enum factor_kind { FACTOR_ROW, FACTOR_COLUMN, FACTOR_KEY };

struct factor_product {
    enum factor_kind kind;
    uint32_t place;
    double pivot;
    uint32_t first; /* its entries end where the next one's begin */
};

struct factor {
    uint32_t size;    /* rows and columns, later ones included */
    uint32_t lu_size; /* of L U */
    uint32_t room;
    struct factor_entries lower, upper, products_entries;
    uint32_t *lower_first, *upper_first; /* by pivot, room + 1 */
    double *pivot;
    uint32_t *pivot_row, *pivot_column; /* by pivot */
    uint32_t *row_pivot;                /* by row: its pivot, UINT32_MAX while it has none */
    uint32_t *row_count;                /* by row: entries, as the caller counted: for sparsity */
    double *work;
    uint32_t *list;                  /* rows that a column's elimination touches */
    uint64_t *row_bits, *pivot_bits; /* sets, empty between calls */
    struct factor_product *products;
    uint32_t product_count, product_room;
};

/* `room` is the largest size there can be. */
enum zhol_error factor_start(struct factor *factor, uint32_t room);
void factor_clear(struct factor *factor);

/* Begins anew with `size` rows; factor->row_count may then be filled (it is zeroed here). */
void factor_begin(struct factor *factor, uint32_t size);
/* Adds column number `column`, each row at most once; *accepted is false when it depends on those
 * before (relative pivot below `tolerance`), and nothing is added then. */
enum zhol_error factor_column(struct factor *factor, uint32_t column, const uint32_t *rows,
                              const double *values, uint32_t count, double tolerance,
                              bool *accepted);

/* W x = b: b by row in, x by column out, in place. */
void factor_solve(const struct factor *factor, double *b);
/* y W = c: c by column in, y by row out, in place. */
void factor_solve_left(const struct factor *factor, double *c);

/* Adds a row and, in the same place, the column of its slack. `columns` and `values` are the row's
 * entries in the present columns. */
enum zhol_error factor_add_row(struct factor *factor, const uint32_t *columns, const double *values,
                               uint32_t count);
/* Replaces the column in `place`; `solved` is W^-1 times the new column. */
enum zhol_error factor_replace(struct factor *factor, uint32_t place, const double *solved);
/* The column in `place` becomes its negative and is added to each of `group`. */
enum zhol_error factor_change_key(struct factor *factor, uint32_t place, const uint32_t *group,
                                  uint32_t count);

#endif
