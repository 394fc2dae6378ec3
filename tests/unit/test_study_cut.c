/* test_study_cut.c: what an interrupted study keeps, and what it names as missing. */
#include <stdlib.h>

#include "base/time.h"
#include "check.h"
#include "desk/corridor_study.h"

enum { CASES = 5 };

static int32_t day_of(int year)
{
    return time_days((struct time_date){year, 1, 1});
}

/* A base, a scenario of it, another base that is not done, its scenario that is, and a scenario of
 * the first base that is not. */
static void test_cut(void)
{
    static const char *const names[CASES] = {"base", "slow", "base", "fast", "closed"};
    static const uint32_t references[CASES] = {0, 0, 2, 2, 0};
    static const bool done[CASES] = {true, true, false, true, false};
    struct corridor_study study = {.case_count = CASES, .asked_count = CASES};
    study.cases = calloc(CASES, sizeof *study.cases);
    CHECK(study.cases != NULL);
    for (uint32_t i = 0; study.cases && i < CASES; i++) {
        study.cases[i] = (struct study_case){.name = names[i],
                                             .reference = references[i],
                                             .done = done[i],
                                             .twin = ZHOL_NONE,
                                             .day = day_of(references[i] ? 2031 : 2026)};
    }
    if (study.cases) {
        CHECK_INT_EQ(study_keep_finished(&study), ZHOL_ERROR_OK);
        CHECK_INT_EQ(study.case_count, 2);
        CHECK_STR_EQ(study.cases[0].name, "base");
        CHECK_STR_EQ(study.cases[1].name, "slow");
        CHECK_INT_EQ(study.cases[1].reference, 0);
        CHECK(study.interrupted);
        /* Held against nothing, the scenario of the base that is not done is missing, too. */
        CHECK_STR_EQ(study.missing, "base 2031-01-01, fast, closed");
    }
    corridor_study_clear(&study);
}

int main(void)
{
    RUN(test_cut);
    return check_report();
}
