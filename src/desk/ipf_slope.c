/* ipf_slope.c: how a fitted table moves with its totals and seeds (desk/ipf.h).
 *
 * With x = s exp(W'm) and W x = b: d ln x = d ln s + W' dm and W X (d ln s + W' dm) = db, so that
 * (W X W') dm = db - W X d ln s. Rows are scaled to a unit diagonal before the factor is taken; a
 * pivot that vanishes belongs to a total that follows from those before it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk/ipf.h"

#define PIVOT_MIN 1e-9

/* Adds the products of total k with all others: `mark` holds its weights by cell. */
static void gram_row(const struct ipf_problem *problem, const double *x, const double *mark,
                     uint32_t k, double *row)
{
    for (uint32_t l = 0; l <= k; l++) {
        double sum = 0;
        for (uint32_t e = problem->begin[l]; e < problem->begin[l + 1]; e++) {
            uint32_t c = problem->cell[e];
            sum += problem->weight[e] * mark[c] * x[c];
        }
        row[l] = sum;
    }
}

static enum zhol_error make_gram(const struct ipf_problem *problem, const double *x, double *gram)
{
    double *mark = calloc(problem->cells + 1, sizeof *mark);
    if (!mark) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < problem->totals; k++) {
        for (uint32_t e = problem->begin[k]; e < problem->begin[k + 1]; e++) {
            mark[problem->cell[e]] = problem->weight[e];
        }
        gram_row(problem, x, mark, k, gram + (size_t)k * problem->totals);
        for (uint32_t e = problem->begin[k]; e < problem->begin[k + 1]; e++) {
            mark[problem->cell[e]] = 0;
        }
    }
    free(mark);
    return ZHOL_ERROR_OK;
}

/* Scales and factors in place; totals that follow from others get the scale 0. */
static void factor_gram(struct ipf_slope *slope)
{
    uint32_t n = slope->problem->totals;
    for (uint32_t k = 0; k < n; k++) {
        double diagonal = slope->factor[(size_t)k * n + k];
        slope->scale[k] = diagonal > 0 ? 1 / sqrt(diagonal) : 0;
    }
    for (uint32_t k = 0; k < n; k++) {
        double *row = slope->factor + (size_t)k * n;
        for (uint32_t l = 0; l <= k; l++) {
            const double *other = slope->factor + (size_t)l * n;
            double sum = row[l] * slope->scale[k] * slope->scale[l];
            for (uint32_t j = 0; j < l; j++) {
                sum -= row[j] * other[j];
            }
            if (l < k) {
                row[l] = slope->scale[l] > 0 ? sum / other[l] : 0;
            } else if (sum > PIVOT_MIN && slope->scale[k] > 0) {
                row[k] = sqrt(sum);
            } else {
                slope->scale[k] = 0;
                memset(row, 0, n * sizeof *row);
                row[k] = 1;
            }
        }
    }
}

enum zhol_error ipf_slope_make(const struct ipf_problem *problem, const double *x,
                               struct ipf_slope *out)
{
    size_t n = problem->totals;
    *out = (struct ipf_slope){.problem = problem,
                              .x = x,
                              .factor = calloc(n * n + 1, sizeof(double)),
                              .scale = calloc(n + 1, sizeof(double)),
                              .work = calloc(n + 1, sizeof(double))};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    if (out->factor && out->scale && out->work) {
        error = make_gram(problem, x, out->factor);
    }
    if (!error) {
        factor_gram(out);
    }
    return error;
}

void ipf_slope_clear(struct ipf_slope *slope)
{
    free(slope->factor);
    free(slope->scale);
    free(slope->work);
    *slope = (struct ipf_slope){0};
}

/* work = M^-1 work for the totals that count. */
static void solve(const struct ipf_slope *slope)
{
    uint32_t n = slope->problem->totals;
    double *work = slope->work;
    for (uint32_t k = 0; k < n; k++) {
        const double *row = slope->factor + (size_t)k * n;
        double sum = work[k] * slope->scale[k];
        for (uint32_t j = 0; j < k; j++) {
            sum -= row[j] * work[j];
        }
        work[k] = sum / row[k];
    }
    for (uint32_t k = n; k-- > 0;) {
        double sum = work[k];
        for (uint32_t j = k + 1; j < n; j++) {
            sum -= slope->factor[(size_t)j * n + k] * work[j];
        }
        work[k] = sum / slope->factor[(size_t)k * n + k];
    }
    for (uint32_t k = 0; k < n; k++) {
        work[k] *= slope->scale[k];
    }
}

static void add_multipliers(const struct ipf_slope *slope, double *dlnx)
{
    const struct ipf_problem *problem = slope->problem;
    for (uint32_t k = 0; k < problem->totals; k++) {
        double move = slope->work[k];
        for (uint32_t e = problem->begin[k]; move != 0 && e < problem->begin[k + 1]; e++) {
            dlnx[problem->cell[e]] += problem->weight[e] * move;
        }
    }
}

void ipf_slope_total(const struct ipf_slope *slope, uint32_t k, double *dlnx)
{
    memset(slope->work, 0, slope->problem->totals * sizeof *slope->work);
    memset(dlnx, 0, slope->problem->cells * sizeof *dlnx);
    if (slope->scale[k] > 0) {
        slope->work[k] = slope->problem->value[k];
        solve(slope);
        add_multipliers(slope, dlnx);
    }
}

void ipf_slope_seed(const struct ipf_slope *slope, double *dlnx)
{
    const struct ipf_problem *problem = slope->problem;
    for (uint32_t k = 0; k < problem->totals; k++) {
        double sum = 0;
        for (uint32_t e = problem->begin[k]; e < problem->begin[k + 1]; e++) {
            uint32_t c = problem->cell[e];
            sum += problem->weight[e] * slope->x[c] * dlnx[c];
        }
        slope->work[k] = -sum;
    }
    solve(slope);
    add_multipliers(slope, dlnx);
}
