/* test_ipf.c: tables fitted to totals (desk/ipf.h): solutions made by hand, the conditions of the
 * nearest table, totals that contradict, slopes against finite differences, whole numbers.
 */
#include <stdlib.h>

#include "check.h"
#include "desk/ipf.h"

/* A 2 x 2 table: rows 0 1 / 2 3; totals: rows, then columns. */
static const uint32_t square_begin[] = {0, 2, 4, 6, 8};
static const uint32_t square_cell[] = {0, 1, 2, 3, 0, 2, 1, 3};
static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                              1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

static struct ipf_problem square(const double *seed, const double *value)
{
    return (struct ipf_problem){4, 4, seed, value, square_begin, square_cell, ones};
}

/* From a table of ones the nearest table is the product of the margins. */
static void test_product(void)
{
    const double seed[] = {1, 1, 1, 1}, value[] = {30, 70, 40, 60};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-12, 1000, &result));
    CHECK_INT_EQ(result.state, IPF_MET);
    const double want[] = {12, 18, 28, 42};
    for (unsigned c = 0; c < 4; c++) {
        CHECK_NEAR(result.x[c], want[c], 1e-9);
    }
    ipf_result_clear(&result);
}

/* With seed 1 2 / 3 4 the cross ratio x0 x3 / (x1 x2) = 4 / 6 stays: x0 solves a square equation.
 */
static void test_cross_ratio(void)
{
    const double seed[] = {1, 2, 3, 4}, value[] = {10, 10, 10, 10};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-13, 1000, &result));
    double x = 10 * sqrt(2.0 / 3) / (1 + sqrt(2.0 / 3)); /* x^2 / (10 - x)^2 = 2 / 3 */
    CHECK_NEAR(result.x[0], x, 1e-9);
    CHECK_NEAR(result.x[1], 10 - x, 1e-9);
    CHECK_NEAR(result.x[3], x, 1e-9);
    ipf_result_clear(&result);
}

/* A structural zero: x0 = 0 leaves one table. */
static void test_structural_zero(void)
{
    const double seed[] = {0, 1, 1, 1}, value[] = {3, 7, 4, 6};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-12, 1000, &result));
    const double want[] = {0, 3, 4, 3};
    for (unsigned c = 0; c < 4; c++) {
        CHECK_NEAR(result.x[c], want[c], 1e-9);
    }
    ipf_result_clear(&result);
}

/* A total of 0 clears its cells. */
static void test_zero_total(void)
{
    const double seed[] = {5, 1, 1, 1}, value[] = {0, 10, 4, 6};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-12, 1000, &result));
    CHECK_INT_EQ(result.state, IPF_MET);
    CHECK(result.x[0] == 0 && result.x[1] == 0);
    CHECK_NEAR(result.x[2], 4, 1e-9);
    ipf_result_clear(&result);
}

/* Three dimensions with the totals of all pairs of dimensions, weights other than 1 too: the result
 * has the form seed x exp(sum of weight x multiplier), which is what makes it the nearest table. */
static void test_conditions(void)
{
    enum { N = 3, CELLS = N * N * N, TOTALS = 3 * N * N + 1, ENTRIES = 4 * CELLS };
    double seed[CELLS], truth[CELLS], value[TOTALS] = {0}, weight[ENTRIES];
    uint32_t begin[TOTALS + 1] = {0}, cell[ENTRIES], e = 0;
    for (uint32_t c = 0; c < CELLS; c++) {
        seed[c] = 1 + (c * 7 % 5);
        truth[c] = 1 + (c * 11 % 13);
    }
    for (uint32_t k = 0; k < TOTALS; k++) {
        uint32_t pair = k / (N * N), rest = k % (N * N);
        for (uint32_t c = 0; c < CELLS; c++) {
            uint32_t i = c / 9, j = c / 3 % 3, l = c % 3;
            uint32_t at = pair == 0 ? i * 3 + j : pair == 1 ? i * 3 + l : j * 3 + l;
            if (pair == 3 || at == rest) {
                cell[e] = c;
                weight[e] = pair == 3 ? 0.1 + 0.05 * (c % 4) : 1;
                value[k] += weight[e++] * truth[c];
            }
        }
        begin[k + 1] = e;
    }
    struct ipf_problem problem = {CELLS, TOTALS, seed, value, begin, cell, weight};
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-12, 100000, &result));
    CHECK_INT_EQ(result.state, IPF_MET);
    double power[CELLS] = {0};
    for (uint32_t k = 0; k < TOTALS; k++) {
        CHECK_NEAR(ipf_sum(&problem, result.x, k) / value[k], 1, 1e-9);
        for (e = begin[k]; e < begin[k + 1]; e++) {
            power[cell[e]] += weight[e] * result.multiplier[k];
        }
    }
    for (uint32_t c = 0; c < CELLS; c++) {
        CHECK_NEAR(log(result.x[c] / seed[c]), power[c], 1e-9);
    }
    ipf_result_clear(&result);
}

/* Rows sum to 100, columns to 101: the proof is rows against columns, the gap 1. */
static void test_contradiction(void)
{
    const double seed[] = {1, 2, 3, 4}, value[] = {30, 70, 40, 61};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-12, 100000, &result));
    CHECK_INT_EQ(result.state, IPF_CONTRADICTS);
    CHECK_NEAR(fabs(result.proof[0]), 1, 1e-12);
    CHECK_NEAR(result.proof[0], result.proof[1], 1e-12);
    CHECK_NEAR(result.proof[2], -result.proof[0], 1e-12);
    CHECK_NEAR(result.proof[3], -result.proof[0], 1e-12);
    CHECK(result.proof[2] > 0);
    CHECK_NEAR(result.gap, 1, 1e-9);
    ipf_result_clear(&result);
}

/* A part that is larger than its whole: 12 of 10, with an empty other part. */
static void test_part_above_whole(void)
{
    const double seed[] = {1, 1}, value[] = {10, 12};
    const uint32_t begin[] = {0, 2, 3}, cell[] = {0, 1, 0};
    struct ipf_problem problem = {2, 2, seed, value, begin, cell, ones};
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-12, 100000, &result));
    CHECK_INT_EQ(result.state, IPF_CONTRADICTS);
    CHECK(result.proof[1] > 0 && result.proof[0] < 0);
    CHECK_NEAR(result.gap, 2, 1e-9);
    ipf_result_clear(&result);
}

/* A total above 0 that no cell can carry. */
static void test_no_cell(void)
{
    const double seed[] = {0, 1, 0, 1}, value[] = {3, 7, 4, 6};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    CHECK(!ipf_solve(&problem, 1e-12, 1000, &result));
    CHECK_INT_EQ(result.state, IPF_CONTRADICTS);
    CHECK_NEAR(result.proof[2], 1, 0);
    CHECK_NEAR(result.gap, 4, 0);
    ipf_result_clear(&result);
    const double bad[] = {-1, 1, 1, 1};
    problem.seed = bad;
    CHECK_INT_EQ(ipf_solve(&problem, 1e-12, 1000, &result), ZHOL_ERROR_INVALID);
    ipf_result_clear(&result);
}

/* ---- Slopes ---- */

/* Six cells, two rows and a part with weights; nothing follows from the rest. */
static const uint32_t slope_begin[] = {0, 3, 6, 9};
static const uint32_t slope_cell[] = {0, 1, 2, 3, 4, 5, 0, 3, 4};
static const double slope_weight[] = {1, 1, 1, 1, 1, 1, 0.5, 1, 0.25};

static void solve_slope(const double *seed, const double *value, struct ipf_result *result)
{
    struct ipf_problem problem = {6, 3, seed, value, slope_begin, slope_cell, slope_weight};
    CHECK(!ipf_solve(&problem, 1e-14, 100000, result));
    CHECK_INT_EQ(result->state, IPF_MET);
}

static void test_slopes(void)
{
    const double seed[] = {1, 2, 3, 1, 2, 1}, value[] = {10, 20, 6}, step = 1e-6;
    struct ipf_problem problem = {6, 3, seed, value, slope_begin, slope_cell, slope_weight};
    struct ipf_result base, moved;
    struct ipf_slope slope;
    double dlnx[6];
    solve_slope(seed, value, &base);
    CHECK(!ipf_slope_make(&problem, base.x, &slope));
    for (uint32_t k = 0; k < 3; k++) {
        double changed[] = {10, 20, 6};
        changed[k] *= exp(step);
        solve_slope(seed, changed, &moved);
        ipf_slope_total(&slope, k, dlnx);
        for (unsigned c = 0; c < 6; c++) {
            CHECK_NEAR(dlnx[c], log(moved.x[c] / base.x[c]) / step, 1e-4);
        }
        ipf_result_clear(&moved);
    }
    for (unsigned s = 0; s < 6; s++) {
        double changed[] = {1, 2, 3, 1, 2, 1};
        changed[s] *= exp(step);
        solve_slope(changed, value, &moved);
        memset(dlnx, 0, sizeof dlnx);
        dlnx[s] = 1;
        ipf_slope_seed(&slope, dlnx);
        for (unsigned c = 0; c < 6; c++) {
            CHECK_NEAR(dlnx[c], log(moved.x[c] / base.x[c]) / step, 1e-4);
        }
        ipf_result_clear(&moved);
    }
    ipf_slope_clear(&slope);
    ipf_result_clear(&base);
}

/* The last total of a square follows from the others: it alone cannot move. */
static void test_slope_of_redundant(void)
{
    const double seed[] = {1, 2, 3, 4}, value[] = {10, 10, 10, 10};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    struct ipf_slope slope;
    double dlnx[4];
    CHECK(!ipf_solve(&problem, 1e-13, 1000, &result));
    CHECK(!ipf_slope_make(&problem, result.x, &slope));
    ipf_slope_total(&slope, 3, dlnx);
    for (unsigned c = 0; c < 4; c++) {
        CHECK_NEAR(dlnx[c], 0, 0);
    }
    ipf_slope_clear(&slope);
    ipf_result_clear(&result);
}

/* ---- Whole numbers ---- */

static void test_round(void)
{
    const double seed[] = {1, 2, 3, 4}, value[] = {11, 13, 10, 14};
    const bool keep[] = {true, true, true, true};
    struct ipf_problem problem = square(seed, value);
    struct ipf_result result;
    int64_t whole[4], left = -1;
    CHECK(!ipf_solve(&problem, 1e-12, 1000, &result));
    CHECK(!ipf_round(&problem, result.x, keep, whole, &left));
    CHECK_INT_EQ(left, 0);
    CHECK_INT_EQ(whole[0] + whole[1], 11);
    CHECK_INT_EQ(whole[2] + whole[3], 13);
    CHECK_INT_EQ(whole[0] + whole[2], 10);
    for (unsigned c = 0; c < 4; c++) {
        CHECK(fabs((double)whole[c] - result.x[c]) < 1);
    }
    ipf_result_clear(&result);
}

/* Cells of one atom share by largest remainder: thirds of 10. */
static void test_round_remainders(void)
{
    const double seed[] = {1, 1, 1}, value[] = {10};
    const uint32_t begin[] = {0, 3}, cell[] = {0, 1, 2};
    const bool keep[] = {true};
    struct ipf_problem problem = {3, 1, seed, value, begin, cell, ones};
    struct ipf_result result;
    int64_t whole[3], left;
    CHECK(!ipf_solve(&problem, 1e-12, 10, &result));
    CHECK(!ipf_round(&problem, result.x, keep, whole, &left));
    CHECK_INT_EQ(left, 0);
    CHECK_INT_EQ(whole[0] + whole[1] + whole[2], 10);
    CHECK(whole[0] >= 3 && whole[1] >= 3 && whole[2] >= 3);
    ipf_result_clear(&result);
}

int main(void)
{
    RUN(test_product);
    RUN(test_cross_ratio);
    RUN(test_structural_zero);
    RUN(test_zero_total);
    RUN(test_conditions);
    RUN(test_contradiction);
    RUN(test_part_above_whole);
    RUN(test_no_cell);
    RUN(test_slopes);
    RUN(test_slope_of_redundant);
    RUN(test_round);
    RUN(test_round_remainders);
    return check_report();
}
