/* solve_clp.c: the simple method: column generation with Clp as master (assign/state.h).
 *
 * One row a demand and one a capacity, one column a path. It is slow, and it is the method that the
 * others are held against. It leaves no basis for a warm solve.
 */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "assign/lp.h"
#include "assign/state.h"

enum { ROUNDS_MAX = 10000 };

/* Columns from `begin` on; the row of a demand is its number, those of capacities follow. */
static enum zhol_error columns_give(const struct zhol_assign *assign, struct lp *lp, uint32_t begin)
{
    const struct pathset *paths = &assign->paths;
    uint32_t demands = assign->flow.demand_count, room = assign->flow.row_count + 1;
    uint32_t *rows = malloc(room * sizeof *rows);
    double *values = malloc(room * sizeof *values);
    enum zhol_error error = rows && values ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t p = begin; !error && p < paths->count; p++) {
        uint32_t first = paths->first_entry[p], count = paths->first_entry[p + 1] - first;
        rows[0] = paths->demand[p];
        values[0] = 1;
        for (uint32_t i = 0; i < count; i++) {
            rows[i + 1] = demands + paths->rows[first + i];
            values[i + 1] = paths->coefficients[first + i];
        }
        error = lp_add_column(lp, paths->cost[p], rows, values, count + 1);
    }
    free(rows);
    free(values);
    return error;
}

static enum zhol_error rows_give(const struct flow *flow, struct lp *lp)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t k = 0; !error && k < flow->demand_count; k++) {
        error = lp_add_row(lp, flow->demands[k].amount, flow->demands[k].amount);
    }
    for (uint32_t i = 0; !error && i < flow->row_count; i++) {
        error = lp_add_row(lp, -DBL_MAX, flow->limit[i]);
    }
    return error;
}

/* Master, then paths at its prices, until none pays. */
static enum zhol_error rounds_run(struct solve *solve, struct lp *lp, double *limits)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t given = 0, added = 1;
    for (int round = 0; !error && added && round < ROUNDS_MAX; round++) {
        error = columns_give(assign, lp, given);
        given = assign->paths.count;
        error = error ? error : lp_solve(lp);
        if (error) {
            break;
        }
        const double *prices = lp_row_prices(lp);
        for (uint32_t i = 0; i < flow->row_count; i++) {
            assign->prices[i] = fmax(0, -prices[flow->demand_count + i]);
        }
        for (uint32_t k = 0; k < flow->demand_count; k++) {
            limits[k] = flow->demands[k].amount > 0 ? prices[k] - 1e-9 * fmax(1, fabs(prices[k]))
                                                    : -INFINITY;
        }
        if ((double)clock() / CLOCKS_PER_SEC > solve->end_s) {
            break;
        }
        error = oracle_run(&solve->oracle, assign->prices, limits);
        error = error ? error : oracle_add(&solve->oracle, &assign->paths, &added);
    }
    if (!error) {
        assign->flows = calloc((size_t)assign->paths.count + 1, sizeof *assign->flows);
        error = assign->flows ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    const double *values = error ? NULL : lp_columns(lp);
    for (uint32_t p = 0; !error && p < given; p++) {
        assign->flows[p] = values[p];
    }
    return error;
}

enum zhol_error solve_clp(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    struct lp *lp = NULL;
    double *limits = malloc(((size_t)assign->flow.demand_count + 1) * sizeof *limits);
    enum zhol_error error = limits ? solve_ways_check(solve) : ZHOL_ERROR_MEMORY;
    error = error ? error : solve_begin(solve);
    error = error ? error : lp_new(&lp);
    error = error ? error : rows_give(&assign->flow, lp);
    error = error ? error : rounds_run(solve, lp, limits);
    lp_free(lp);
    free(limits);
    solve->basic = !error;
    assign->has_base = false;
    return error;
}
