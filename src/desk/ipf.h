/* desk/ipf.h: a sparse table of any number of dimensions, fitted to totals.
 *
 * Purpose: given positive seeds s_c of cells and totals "the sum of w_kc x_c over some cells is
 * b_k", find the table x that meets all totals and is nearest to the seed: least
 * sum x ln(x / s) - x + s. It has the form x_c = s_c exp(sum_k w_kc m_k), so what no total speaks
 * of keeps the proportions of the seed. A seed of 0 is a structural zero and stays 0.
 *
 * Method: iterative proportional fitting, one total after the other (Deming and Stephan 1940; for
 * weights other than 0 and 1 each step solves for its multiplier by Newton, the generalised form of
 * Darroch and Ratcliff 1972); it converges to the nearest table when there is one (Csiszar 1975).
 *
 * Totals that contradict each other have no table. The multipliers then drift for ever along a
 * direction y with sum_k y_k w_kc <= 0 in every cell and sum_k y_k b_k > 0, which by Farkas's lemma
 * is a proof that no table meets them. The proof is rounded to simple numbers, checked, and given
 * back: the totals with y > 0 claim more than those with y < 0 leave room for, by `gap`.
 *
 * Call order: ipf_solve; then ipf_slope_make and ipf_slope_* for what moves what, ipf_round for
 * whole numbers; the clear functions. Ownership: inputs are only read, results are the caller's.
 * Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_INVALID for a negative or infinite number.
 * Complexity: O(entries) a sweep; slopes O(totals^3) once and O(entries) each.
 */
#ifndef ZHOL_DESK_IPF_H
#define ZHOL_DESK_IPF_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>

struct ipf_problem {
    uint32_t cells, totals;
    const double *seed;    /* of cells, >= 0 */
    const double *value;   /* of totals, >= 0 */
    const uint32_t *begin; /* totals + 1: where the entries of a total begin */
    const uint32_t *cell;  /* of entries; a cell at most once in a total */
    const double *weight;  /* of entries, > 0 */
};

enum ipf_state {
    IPF_MET,         /* every total within the tolerance */
    IPF_CONTRADICTS, /* proved: no table meets the totals */
    IPF_SLOW         /* not within the sweeps allowed: a table on the edge of what is possible */
};

struct ipf_result {
    double *x;          /* of cells */
    double *multiplier; /* of totals; -infinity for a total of 0 */
    double *proof;      /* of totals; all 0 but where the totals contradict */
    double gap;         /* sum of proof times value, > 0 where they contradict */
    double worst;       /* largest miss of a total, relative to it */
    enum ipf_state state;
    uint32_t sweeps;
};

/* `tolerance`: relative to each total. */
enum zhol_error ipf_solve(const struct ipf_problem *problem, double tolerance, uint32_t sweeps_max,
                          struct ipf_result *out);
void ipf_result_clear(struct ipf_result *result);
/* What total k comes to in the table x. */
double ipf_sum(const struct ipf_problem *problem, const double *x, uint32_t k);

/* ---- What moves what ----
 * Derivatives of ln x at a fitted table: M = W X W' with W the weights and X the table, factored
 * once. A total that follows from the others gets no multiplier: moving it alone has no table. */
struct ipf_slope {
    const struct ipf_problem *problem;
    const double *x;
    double *factor; /* lower triangle of the Cholesky factor of the scaled M, totals x totals */
    double *scale;  /* of totals: 1 / sqrt(M_kk); 0: follows from the others */
    double *work;   /* of totals */
};

enum zhol_error ipf_slope_make(const struct ipf_problem *problem, const double *x,
                               struct ipf_slope *out);
void ipf_slope_clear(struct ipf_slope *slope);
/* d ln x_c for d ln value_k = 1, into dlnx (of cells). */
void ipf_slope_total(const struct ipf_slope *slope, uint32_t k, double *dlnx);
/* In place: d ln x_c for the change d ln seed_c that dlnx holds. */
void ipf_slope_seed(const struct ipf_slope *slope, double *dlnx);

/* ---- Whole numbers ----
 * Cells that stand in the same totals are an atom; the sums of atoms are rounded so that the totals
 * whose `keep` is set (weights 1) come out whole as rounded, by moves of one unit in one or two
 * atoms, then by short chains of moves; then the largest remainders inside each atom (controlled
 * rounding). For nested totals and for tables of two dimensions all are kept; with more dimensions
 * a few units may be left over, whose sum comes back. */
enum zhol_error ipf_round(const struct ipf_problem *problem, const double *x, const bool *keep,
                          int64_t *whole, int64_t *left_over);

#endif
