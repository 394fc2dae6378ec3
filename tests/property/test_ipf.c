/* test_ipf.c: random tables in three dimensions: margins of a known table are always met, the
 * result is the nearest (no feasible change lowers the distance), made contradictions are always
 * proved, and whole numbers keep two-dimensional margins exactly.
 */
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "desk/ipf.h"

enum { SIDE_MAX = 6, CELLS_MAX = SIDE_MAX * SIDE_MAX * SIDE_MAX, TOTALS_MAX = 3 * SIDE_MAX };

struct made {
    uint32_t side[3], cells, totals, entries;
    double seed[CELLS_MAX], truth[CELLS_MAX], value[TOTALS_MAX], weight[3 * CELLS_MAX];
    uint32_t begin[TOTALS_MAX + 1], cell[3 * CELLS_MAX];
};

static double uniform(struct random_stream *random)
{
    return (double)(1 + random_below(random, 1000)) / 1000;
}

static uint32_t place_of(const struct made *made, uint32_t cell, unsigned dimension)
{
    uint32_t after = dimension == 0   ? made->side[1] * made->side[2]
                     : dimension == 1 ? made->side[2]
                                      : 1;
    return cell / after % made->side[dimension];
}

/* Margins of a truth, some cells structurally 0, some seeds far off. */
static struct ipf_problem make(struct random_stream *random, struct made *made)
{
    *made = (struct made){0};
    for (unsigned d = 0; d < 3; d++) {
        made->side[d] = 1 + random_below(random, SIDE_MAX);
    }
    made->cells = made->side[0] * made->side[1] * made->side[2];
    for (uint32_t c = 0; c < made->cells; c++) {
        bool empty = random_below(random, 5) == 0;
        made->seed[c] = empty ? 0 : uniform(random);
        made->truth[c] = empty ? 0 : 1000 * uniform(random);
    }
    for (unsigned d = 0; d < 3; d++) {
        for (uint32_t i = 0; i < made->side[d]; i++) {
            for (uint32_t c = 0; c < made->cells; c++) {
                if (place_of(made, c, d) == i) {
                    made->cell[made->entries] = c;
                    made->weight[made->entries++] = 1;
                    made->value[made->totals] += made->truth[c];
                }
            }
            made->begin[++made->totals] = made->entries;
        }
    }
    return (struct ipf_problem){made->cells, made->totals, made->seed,  made->value,
                                made->begin, made->cell,   made->weight};
}

/* sum (truth - x) ln(x / seed) = 0 for every table with the same totals: x is the nearest, as the
 * distance of truth is that of x plus the distance from x to truth (Csiszar's Pythagoras). */
static void test_nearest(void)
{
    struct random_stream random;
    random_start(&random, 20240501, 0);
    static struct made made;
    for (unsigned turn = 0; turn < 300; turn++) {
        struct ipf_problem problem = make(&random, &made);
        struct ipf_result result;
        CHECK(!ipf_solve(&problem, 1e-11, 200000, &result));
        CHECK_INT_EQ(result.state, IPF_MET);
        double product = 0, size = 0;
        for (uint32_t c = 0; c < made.cells; c++) {
            if (made.seed[c] > 0 && result.x[c] > 0) {
                product += (made.truth[c] - result.x[c]) * log(result.x[c] / made.seed[c]);
                size += made.truth[c];
            }
        }
        CHECK(fabs(product) <= 1e-7 * (size + 1));
        for (uint32_t k = 0; k < problem.totals; k++) {
            CHECK(fabs(ipf_sum(&problem, result.x, k) - made.value[k]) <=
                  1e-9 * (made.value[k] + 1));
        }
        ipf_result_clear(&result);
    }
}

/* One margin raised: the sums of two dimensions differ, and that is proved. */
static void test_contradictions(void)
{
    struct random_stream random;
    random_start(&random, 7, 0);
    static struct made made;
    for (unsigned turn = 0; turn < 100; turn++) {
        struct ipf_problem problem = make(&random, &made);
        struct ipf_result result;
        made.value[random_below(&random, problem.totals)] += 1 + 100 * uniform(&random);
        CHECK(!ipf_solve(&problem, 1e-11, 200000, &result));
        CHECK_INT_EQ(result.state, IPF_CONTRADICTS);
        CHECK(result.gap > 0);
        for (uint32_t c = 0; c < made.cells; c++) {
            double pull = 0;
            for (uint32_t k = 0; k < problem.totals; k++) {
                for (uint32_t e = problem.begin[k]; e < problem.begin[k + 1]; e++) {
                    pull += problem.cell[e] == c ? result.proof[k] : 0;
                }
            }
            CHECK(made.seed[c] == 0 || pull <= 1e-6);
        }
        ipf_result_clear(&result);
    }
}

static void test_whole(void)
{
    struct random_stream random;
    random_start(&random, 99, 0);
    static struct made made;
    static bool keep[TOTALS_MAX];
    static int64_t whole[CELLS_MAX];
    memset(keep, 1, sizeof keep);
    for (unsigned turn = 0; turn < 200; turn++) {
        struct ipf_problem problem = make(&random, &made);
        struct ipf_result result;
        int64_t left;
        for (uint32_t k = 0; k < made.totals; k++) {
            made.value[k] = 0;
        }
        for (uint32_t e = 0, k = 0; e < made.entries; e++) {
            k += e >= made.begin[k + 1];
            made.truth[made.cell[e]] = round(made.truth[made.cell[e]]);
            made.value[k] += made.truth[made.cell[e]];
        }
        CHECK(!ipf_solve(&problem, 1e-12, 200000, &result));
        CHECK(!ipf_round(&problem, result.x, keep, whole, &left));
        CHECK_INT_EQ(left, 0);
        for (uint32_t k = 0; k < problem.totals; k++) {
            int64_t sum = 0;
            for (uint32_t e = problem.begin[k]; e < problem.begin[k + 1]; e++) {
                sum += whole[problem.cell[e]];
            }
            CHECK_INT_EQ(sum, (int64_t)made.value[k]);
        }
        ipf_result_clear(&result);
    }
}

int main(void)
{
    RUN(test_nearest);
    RUN(test_contradictions);
    RUN(test_whole);
    return check_report();
}
