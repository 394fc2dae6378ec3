/* assign/lp.h: linear programs, solved by Clp.
 *
 * Purpose: the simple master of the assignment (solve_clp.c) and the judge of its special solver in
 * tests. Least cost of columns >= 0 subject to low <= row <= high.
 * Call order: lp_new, lp_add_row..., lp_add_column..., lp_solve, reading, more columns, lp_solve
 * again (warm), lp_free.
 * Ownership: the program owns all. Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_UNREACHABLE: no point is
 * feasible; ZHOL_ERROR_INTERNAL: Clp found no optimum for another reason.
 * Threads: one program belongs to one thread.
 */
#ifndef ZHOL_ASSIGN_LP_H
#define ZHOL_ASSIGN_LP_H

#include <stdint.h>
#include <zhol/error.h>

struct lp;

enum zhol_error lp_new(struct lp **lp);
void lp_free(struct lp *lp);
/* Rows are numbered from 0 as they come; they must come before columns. */
enum zhol_error lp_add_row(struct lp *lp, double low, double high);
enum zhol_error lp_add_column(struct lp *lp, double cost, const uint32_t *rows,
                              const double *values, uint32_t count);
enum zhol_error lp_solve(struct lp *lp);
double lp_value(const struct lp *lp);
/* By column; by row: change of the least cost for a unit more of the row's bound. */
const double *lp_columns(const struct lp *lp);
const double *lp_row_prices(const struct lp *lp);

#endif
