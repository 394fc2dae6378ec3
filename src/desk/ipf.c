/* ipf.c: iterative proportional fitting and the proof of a contradiction (desk/ipf.h). */
#include "desk/ipf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_LOOK = 64, NEWTON_MAX = 60, SNAP = 12 };

struct fit {
    const struct ipf_problem *problem;
    struct ipf_result *result;
    bool *plain;    /* of totals: all weights 1 */
    double *before; /* multipliers at the last look */
    double *pull;   /* of cells: sum of proof times weight */
    double most;    /* no table has a larger sum than this */
};

double ipf_sum(const struct ipf_problem *problem, const double *x, uint32_t k)
{
    double sum = 0;
    for (uint32_t e = problem->begin[k]; e < problem->begin[k + 1]; e++) {
        sum += problem->weight[e] * x[problem->cell[e]];
    }
    return sum;
}

static double miss_of(double sum, double value)
{
    return value > 0 ? fabs(sum / value - 1) : sum;
}

/* The multiplier that makes the weighted sum meet the value. The sum is convex and grows with it,
 * so Newton from the right converges without overshooting; the first step is bounded. */
static double solve_multiplier(const struct ipf_problem *problem, const double *x, uint32_t k)
{
    double multiplier = 0, weight_max = 0;
    for (uint32_t e = problem->begin[k]; e < problem->begin[k + 1]; e++) {
        weight_max = fmax(weight_max, problem->weight[e]);
    }
    for (unsigned step = 0; step < NEWTON_MAX; step++) {
        double sum = 0, slope = 0;
        for (uint32_t e = problem->begin[k]; e < problem->begin[k + 1]; e++) {
            double w = problem->weight[e];
            double part = w * x[problem->cell[e]] * exp(w * multiplier);
            sum += part;
            slope += w * part;
        }
        if (fabs(sum - problem->value[k]) <= 1e-15 * problem->value[k] || !(slope > 0)) {
            break;
        }
        double move = (problem->value[k] - sum) / slope;
        multiplier += fmax(-4 / weight_max, fmin(4 / weight_max, move));
    }
    return multiplier;
}

static void meet_total(struct fit *fit, uint32_t k)
{
    const struct ipf_problem *problem = fit->problem;
    double *x = fit->result->x;
    uint32_t begin = problem->begin[k], end = problem->begin[k + 1];
    if (fit->plain[k]) {
        double factor = problem->value[k] / ipf_sum(problem, x, k);
        for (uint32_t e = begin; e < end; e++) {
            x[problem->cell[e]] *= factor;
        }
        fit->result->multiplier[k] += log(factor);
        return;
    }
    double multiplier = solve_multiplier(problem, x, k);
    for (uint32_t e = begin; e < end; e++) {
        x[problem->cell[e]] *= exp(problem->weight[e] * multiplier);
    }
    fit->result->multiplier[k] += multiplier;
}

static void find_worst(struct fit *fit)
{
    fit->result->worst = 0;
    for (uint32_t k = 0; k < fit->problem->totals; k++) {
        double miss = miss_of(ipf_sum(fit->problem, fit->result->x, k), fit->problem->value[k]);
        fit->result->worst = fmax(fit->result->worst, isnan(miss) ? INFINITY : miss);
    }
}

/* ---- Contradictions ---- */

/* True where proof is one: Farkas with the rounding of `pull` allowed for. */
static bool proof_holds(struct fit *fit)
{
    const struct ipf_problem *problem = fit->problem;
    const double *proof = fit->result->proof;
    double gap = 0, size = 0, highest = 0;
    memset(fit->pull, 0, problem->cells * sizeof *fit->pull);
    for (uint32_t k = 0; k < problem->totals; k++) {
        gap += proof[k] * problem->value[k];
        size += fabs(proof[k]) * problem->value[k];
        for (uint32_t e = problem->begin[k]; proof[k] != 0 && e < problem->begin[k + 1]; e++) {
            fit->pull[problem->cell[e]] += proof[k] * problem->weight[e];
        }
    }
    for (uint32_t c = 0; c < problem->cells; c++) {
        highest = problem->seed[c] > 0 ? fmax(highest, fit->pull[c]) : highest;
    }
    fit->result->gap = gap - highest * fit->most;
    return fit->result->gap > 1e-9 * size && size > 0;
}

/* The drift of the multipliers since the last look, as a proof: first rounded to twelfths, then as
 * it is. */
static bool look_for_proof(struct fit *fit)
{
    uint32_t totals = fit->problem->totals;
    double *proof = fit->result->proof, largest = 0;
    for (uint32_t k = 0; k < totals; k++) {
        double drift = fit->result->multiplier[k] - fit->before[k];
        proof[k] = isfinite(drift) ? drift : 0;
        largest = fmax(largest, fabs(proof[k]));
    }
    for (uint32_t k = 0; k < totals && largest > 0; k++) {
        proof[k] = round(proof[k] / largest * SNAP) / SNAP;
    }
    bool holds = largest > 0 && proof_holds(fit);
    for (uint32_t k = 0; !holds && largest > 0 && k < totals; k++) {
        double drift = (fit->result->multiplier[k] - fit->before[k]) / largest;
        proof[k] = isfinite(drift) && fabs(drift) > 1e-9 ? drift : 0;
    }
    holds = holds || (largest > 0 && proof_holds(fit));
    if (!holds) {
        memset(proof, 0, totals * sizeof *proof);
        fit->result->gap = 0;
    }
    memcpy(fit->before, fit->result->multiplier, totals * sizeof *fit->before);
    return holds;
}

/* Cells of totals of 0 become 0; a total above 0 without cells left is a contradiction by itself
 * (with the totals of 0 that took them). Returns false where there is one. */
static bool clear_zeros(struct fit *fit)
{
    const struct ipf_problem *problem = fit->problem;
    struct ipf_result *result = fit->result;
    for (uint32_t k = 0; k < problem->totals; k++) {
        for (uint32_t e = problem->begin[k]; problem->value[k] == 0 && e < problem->begin[k + 1];
             e++) {
            result->x[problem->cell[e]] = 0;
            result->multiplier[k] = -INFINITY;
        }
    }
    for (uint32_t k = 0; k < problem->totals; k++) {
        if (problem->value[k] > 0 && !(ipf_sum(problem, result->x, k) > 0)) {
            result->proof[k] = 1;
            result->gap = problem->value[k];
            return false;
        }
    }
    return true;
}

static void sweep_all(struct fit *fit, double tolerance, uint32_t sweeps_max)
{
    struct ipf_result *result = fit->result;
    uint32_t next_look = FIRST_LOOK;
    if (!clear_zeros(fit)) {
        result->state = IPF_CONTRADICTS;
        find_worst(fit);
        return;
    }
    find_worst(fit);
    while (result->worst > tolerance && result->sweeps < sweeps_max) {
        for (uint32_t k = 0; k < fit->problem->totals; k++) {
            if (fit->problem->value[k] > 0) {
                meet_total(fit, k);
            }
        }
        result->sweeps++;
        find_worst(fit);
        if (result->worst > tolerance && result->sweeps == next_look) {
            next_look *= 2;
            if (look_for_proof(fit)) {
                result->state = IPF_CONTRADICTS;
                return;
            }
        }
    }
    result->state = result->worst <= tolerance ? IPF_MET : IPF_SLOW;
}

/* Checks the numbers; finds the plain totals and a bound on the sum of any table. */
static enum zhol_error survey(struct fit *fit)
{
    const struct ipf_problem *problem = fit->problem;
    bool good = true;
    for (uint32_t c = 0; c < problem->cells; c++) {
        good = good && problem->seed[c] >= 0 && isfinite(problem->seed[c]);
    }
    for (uint32_t k = 0; k < problem->totals; k++) {
        double least = INFINITY;
        good = good && problem->value[k] >= 0 && isfinite(problem->value[k]);
        fit->plain[k] = true;
        for (uint32_t e = problem->begin[k]; e < problem->begin[k + 1]; e++) {
            double w = problem->weight[e];
            good = good && w > 0 && isfinite(w) && problem->cell[e] < problem->cells;
            fit->plain[k] = fit->plain[k] && w == 1;
            least = fmin(least, w);
        }
        fit->most += isfinite(least) ? problem->value[k] / least : 0;
    }
    return good ? ZHOL_ERROR_OK : ZHOL_ERROR_INVALID;
}

enum zhol_error ipf_solve(const struct ipf_problem *problem, double tolerance, uint32_t sweeps_max,
                          struct ipf_result *out)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    struct fit fit = {.problem = problem, .result = out};
    uint32_t totals = problem->totals;
    *out = (struct ipf_result){.x = malloc((problem->cells + 1) * sizeof(double)),
                               .multiplier = calloc(totals + 1, sizeof(double)),
                               .proof = calloc(totals + 1, sizeof(double))};
    fit.plain = calloc(totals + 1, sizeof *fit.plain);
    fit.before = calloc(totals + 1, sizeof *fit.before);
    fit.pull = malloc((problem->cells + 1) * sizeof *fit.pull);
    if (!out->x || !out->multiplier || !out->proof || !fit.plain || !fit.before || !fit.pull) {
        error = ZHOL_ERROR_MEMORY;
        goto out;
    }
    memcpy(out->x, problem->seed, problem->cells * sizeof *out->x);
    error = survey(&fit);
    if (!error) {
        sweep_all(&fit, tolerance, sweeps_max);
    }
out:
    free(fit.plain);
    free(fit.before);
    free(fit.pull);
    return error;
}

void ipf_result_clear(struct ipf_result *result)
{
    free(result->x);
    free(result->multiplier);
    free(result->proof);
    *result = (struct ipf_result){0};
}
