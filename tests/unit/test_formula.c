/* test_formula.c: formulas over the tiny corridor, their faults, and the verdicts of comparisons.
 */
#include "check.h"
#include "scratch.h"

#include "desk/comparisons.h"
#include "desk/formula.h"

static struct zhol_corridor *corridor;

static double value_of(const char *formula)
{
    struct buffer problem = {0};
    double value = 0;
    if (formula_value(corridor, formula, &value, &problem)) {
        CHECK_FAIL("%s: %s", formula, buffer_get(&problem));
    }
    buffer_clear(&problem);
    return value;
}

static enum zhol_error error_of(const char *formula)
{
    struct buffer problem = {0};
    double value = 0;
    enum zhol_error error = formula_value(corridor, formula, &value, &problem);
    CHECK(isnan(value));
    CHECK(problem.size > 0);
    buffer_clear(&problem);
    return error;
}

static void test_arithmetic(void)
{
    CHECK_NEAR(value_of("1 + 2 * 3"), 7, 0);
    CHECK_NEAR(value_of("(1 + 2) * 3"), 9, 0);
    CHECK_NEAR(value_of("10 - 4 - 3"), 3, 0);
    CHECK_NEAR(value_of("-2 * -(1.5 + 0.5)"), 4, 0);
    CHECK_NEAR(value_of(" 12 / 4 / 3 "), 1, 0);
}

static void test_cells(void)
{
    CHECK_NEAR(value_of("[O.trains-2025]"), 14.5, 0);
    CHECK_NEAR(value_of("[SE.transit@2024-06-01] / [SE.transit@2023-01-01]"), 11.9 / 10.2, 1e-12);
    CHECK_NEAR(value_of("[SE.transit@2]"), 11.9, 0);
    CHECK_NEAR(value_of("[C.60-pairs:baseline]"), 12, 0);
    CHECK_NEAR(value_of("[R.S003@2025-09-29]"), 12, 0);
    CHECK_NEAR(value_of("[R.S003@2025-09-30]"), 60, 0);
    CHECK_NEAR(value_of("[S003]"), 1230, 0);
    CHECK_NEAR(value_of("[project/P.second-track:length_km]"), 836, 0);
    CHECK_NEAR(value_of("year([project_status/P.second-track@2025-12-31:date])"), 2025, 0);
    CHECK_NEAR(value_of("year([project_status/P.second-track@1:date])"), 2022, 0);
}

static void test_calls(void)
{
    CHECK_NEAR(value_of("crossings(KZ, CN, rail, 2026-01-31)"), 1, 0);
    CHECK_NEAR(value_of("crossings(CN,KZ,road,2026-01-31)"), 0, 0);
    CHECK_NEAR(value_of("count(project, P.)"), 2, 0);
    CHECK_NEAR(value_of("events(KZ_STATE, opening, 1990-01-01, 1991-01-01)"), 1, 0);
    CHECK_NEAR(value_of("events(KZ_STATE, visit, 1990-01-01, 1991-01-01)"), 0, 0);
    /* Vincenty's formula by hand: 11.3 km */
    CHECK_NEAR(value_of("distance(DOSTYK, ALASHANKOU)"), 11.34, 0.05);
}

static void test_faults(void)
{
    CHECK_INT_EQ(error_of(""), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("1 +"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("1 2"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("(1"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("[O.trains-2025"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("[O.nothing]"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(error_of("[O.trains-2025:weight]"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(error_of("[O.trains-2025:low]"), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(error_of("[O.trains-2025:unit]"), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(error_of("[nowhere/O.x]"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(error_of("[SE.transit@1999-01-01]"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(error_of("[SE.transit@soon]"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("1 / 0"), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(error_of("sum(1, 2)"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("distance(DOSTYK)"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("distance(DOSTYK, NOWHERE)"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(error_of("crossings(KZ, CN, swimming, 2026-01-31)"), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(error_of("count(nothing, P)"), ZHOL_ERROR_UNKNOWN);
}

static void test_depth(void)
{
    char deep[2001];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    CHECK_INT_EQ(error_of(deep), ZHOL_ERROR_INVALID);
    memset(deep, '-', sizeof deep - 1);
    CHECK_INT_EQ(error_of(deep), ZHOL_ERROR_INVALID);
}

static const char comparisons[] =
    "op,comparison_id,name,left,right,tolerance,verdict,source_id,confidence\n"
    "add,1,agrees at its very tolerance,[O.trains-2025] + 0.1,14.5,0.1,agrees,press-tiny,medium\n"
    "add,2,differs,[O.trains-2025],15,0.4,differs,press-tiny,medium\n"
    "add,3,not as written,[O.trains-2025],15,0.4,agrees,press-tiny,medium\n"
    "add,4,faulty,[O.trains],15,0.4,agrees,press-tiny,medium\n";

static void test_comparisons(void)
{
    struct comparisons all;
    CHECK_INT_EQ(comparisons_judge(corridor, &all), ZHOL_ERROR_OK);
    CHECK_INT_EQ(all.count, 4);
    CHECK(all.views[0].agrees && all.views[0].as_written);
    CHECK(!all.views[1].agrees && all.views[1].as_written);
    CHECK(!all.views[2].agrees && !all.views[2].as_written);
    CHECK_INT_EQ(all.views[3].error, ZHOL_ERROR_UNKNOWN);
    CHECK(all.views[3].problem && strstr(all.views[3].problem, "O.trains"));
    comparisons_clear(&all);
}

int main(int argc, char **argv)
{
    struct scratch scratch;
    scratch_open(&scratch, argc > 1 ? argv[1] : ".", "tests/data/tiny", "formula.scratch",
                 "press-tiny");
    scratch_overlay(&scratch, "comparison.csv", comparisons);
    corridor = scratch_read(&scratch, true);
    if (!corridor) {
        fprintf(stderr, "the scratch corridor cannot be read\n");
        return 1;
    }
    RUN(test_arithmetic);
    RUN(test_cells);
    RUN(test_calls);
    RUN(test_faults);
    RUN(test_depth);
    RUN(test_comparisons);
    zhol_corridor_free(corridor);
    scratch_close(&scratch);
    return check_report();
}
