/* lp.c: the only file that knows Clp (assign/lp.h). */
#include "assign/lp.h"

#include <Clp_C_Interface.h>
#include <float.h>
#include <stdlib.h>

#include "base/array.h"

struct lp {
    Clp_Simplex *model;
    uint32_t row_count, column_count;
    int *index; /* scratch of one column */
    uint32_t index_room;
    int solved;
};

enum zhol_error lp_new(struct lp **lp)
{
    *lp = calloc(1, sizeof **lp);
    if (!*lp) {
        return ZHOL_ERROR_MEMORY;
    }
    (*lp)->model = Clp_newModel();
    if (!(*lp)->model) {
        free(*lp);
        *lp = NULL;
        return ZHOL_ERROR_MEMORY;
    }
    Clp_setLogLevel((*lp)->model, 0);
    Clp_setPrimalTolerance((*lp)->model, 1e-9);
    Clp_setDualTolerance((*lp)->model, 1e-9);
    return ZHOL_ERROR_OK;
}

void lp_free(struct lp *lp)
{
    if (lp) {
        Clp_deleteModel(lp->model);
        free(lp->index);
        free(lp);
    }
}

enum zhol_error lp_add_row(struct lp *lp, double low, double high)
{
    /* Clp reads the arrays of an empty row too: they must not be NULL. */
    CoinBigIndex starts[2] = {0, 0};
    int column = 0;
    double value = 0;
    if (lp->row_count >= INT32_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    Clp_addRows(lp->model, 1, &low, &high, starts, &column, &value);
    lp->row_count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error lp_add_column(struct lp *lp, double cost, const uint32_t *rows,
                              const double *values, uint32_t count)
{
    double low = 0, high = DBL_MAX;
    enum zhol_error error = ARRAY_RESERVE(lp->index, lp->index_room, count + 1);
    if (error || count >= INT32_MAX || lp->column_count >= INT32_MAX) {
        return error ? error : ZHOL_ERROR_LIMIT;
    }
    for (uint32_t i = 0; i < count; i++) {
        lp->index[i] = (int)rows[i];
    }
    CoinBigIndex starts[2] = {0, (CoinBigIndex)count};
    Clp_addColumns(lp->model, 1, &low, &high, &cost, starts, lp->index, values);
    lp->column_count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error lp_solve(struct lp *lp)
{
    /* After new columns the old basis is feasible: primal. The first time dual is faster. */
    int status = lp->solved ? Clp_primal(lp->model, 0) : Clp_dual(lp->model, 0);
    lp->solved = 1;
    if (status != 0) {
        status = Clp_primal(lp->model, 0);
    }
    if (status == 1) {
        return ZHOL_ERROR_UNREACHABLE;
    }
    return status == 0 ? ZHOL_ERROR_OK : ZHOL_ERROR_INTERNAL;
}

double lp_value(const struct lp *lp)
{
    return Clp_objectiveValue(lp->model);
}

const double *lp_columns(const struct lp *lp)
{
    return Clp_primalColumnSolution(lp->model);
}

const double *lp_row_prices(const struct lp *lp)
{
    return Clp_dualRowSolution(lp->model);
}
