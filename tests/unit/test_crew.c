/* test_crew.c: visa-free days at once and in a sliding window, held against a count by hand. */
#include "check.h"
#include "desk/crew.h"

static const struct crew_regime regime = {.at_once = 30, .in_window = 90, .window = 180};

static struct crew_answer ask(const struct crew_stay *stays, uint32_t count, struct crew_stay trip)
{
    struct crew_answer answer = {.days = 0};
    CHECK_INT_EQ(crew_check(stays, count, trip, regime, &answer), ZHOL_ERROR_OK);
    return answer;
}

static void test_first_trip(void)
{
    struct crew_answer answer = ask(NULL, 0, (struct crew_stay){1000, 1029});
    CHECK(answer.allowed);
    CHECK_INT_EQ(answer.days, 30);
    CHECK_INT_EQ(answer.most_used, 30);
    CHECK_INT_EQ(answer.may_stay, 30);
    CHECK_INT_EQ(answer.possible_on, 1000);
    answer = ask(NULL, 0, (struct crew_stay){1000, 1030}); /* a day too long at once */
    CHECK(!answer.allowed);
    CHECK_INT_EQ(answer.possible_on, INT32_MAX);
}

/* Three months of thirty days, then the window is full until the first days leave it. */
static void test_full_window(void)
{
    const struct crew_stay stays[] = {{0, 29}, {40, 69}, {80, 109}};
    struct crew_answer answer = ask(stays, 3, (struct crew_stay){120, 124});
    CHECK(!answer.allowed);
    CHECK_INT_EQ(answer.used_before, 90);
    CHECK_INT_EQ(answer.most_used, 95);
    CHECK_INT_EQ(answer.may_stay, 0);
    CHECK_INT_EQ(answer.possible_on, 180); /* day 180: the window is 1..180 */
    answer = ask(stays, 3, (struct crew_stay){180, 209});
    CHECK(answer.allowed); /* each day that is spent, one of the first stay leaves */
    CHECK_INT_EQ(answer.most_used, 90);
}

/* A day in two stays counts once. */
static void test_overlap(void)
{
    const struct crew_stay stays[] = {{0, 9}, {5, 14}, {5, 14}};
    CHECK_INT_EQ(ask(stays, 3, (struct crew_stay){20, 20}).used_before, 15);
}

static void test_refused(void)
{
    struct crew_answer answer;
    const struct crew_stay backwards = {5, 4};
    CHECK_INT_EQ(crew_check(&backwards, 1, (struct crew_stay){9, 9}, regime, &answer),
                 ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(crew_check(NULL, 0, backwards, regime, &answer), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(crew_check(NULL, 0, (struct crew_stay){9, 9},
                            (struct crew_regime){.at_once = 1, .in_window = 1, .window = 0},
                            &answer),
                 ZHOL_ERROR_RANGE);
}

int main(void)
{
    RUN(test_first_trip);
    RUN(test_full_window);
    RUN(test_overlap);
    RUN(test_refused);
    return check_report();
}
