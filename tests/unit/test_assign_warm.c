/* Warm solves of the assignment: a way closed under many demands takes a handful of pivots, not one
 * for each, and all answers are those of a cold solve, for any number of threads. */
#include <zhol/assign.h>

#include <math.h>
#include <string.h>

#include "assign/state.h"
#include "check.h"

enum { DEMANDS = 200, JOINT = DEMANDS, GOAL = DEMANDS + 1, CHEAP = DEMANDS };

static double dear_cost(uint32_t k)
{
    return 10 + k % 7; /* what the way without limit costs from there */
}

/* Many origins lead to one joint; from there to the goal a cheap way, one at twice the cost with
 * room for a quarter, and a long way round from each origin. */
static struct zhol_assign *fan(double cheap_room)
{
    struct zhol_assign *assign = NULL;
    CHECK(!zhol_assign_new(&assign, DEMANDS + 2, 1));
    for (uint32_t k = 0; k < DEMANDS; k++) {
        double cost = 1 + 0.001 * k;
        CHECK(!zhol_assign_add_arc(assign, k, JOINT, &cost, NULL));
    }
    CHECK(!zhol_assign_add_arc(assign, JOINT, GOAL, &(double){1}, NULL));
    CHECK(!zhol_assign_add_arc(assign, JOINT, GOAL, &(double){2}, NULL));
    for (uint32_t row = 0; row < 2; row++) {
        CHECK(!zhol_assign_add_row(assign, row ? DEMANDS / 4 : cheap_room, NULL));
        CHECK(!zhol_assign_add_use(assign, CHEAP + row, row, &(double){1}));
    }
    for (uint32_t k = 0; k < DEMANDS; k++) {
        double cost = dear_cost(k);
        struct zhol_assign_demand demand = {k, GOAL, 0, 1, 100};
        CHECK(!zhol_assign_add_arc(assign, k, GOAL, &cost, NULL));
        CHECK(!zhol_assign_add_demand(assign, &demand, NULL));
    }
    return assign;
}

static struct zhol_assign_certificate solved(struct zhol_assign *assign, uint32_t threads,
                                             enum zhol_assign_method method)
{
    struct zhol_assign_options options = {.method = method, .threads = threads};
    struct zhol_assign_certificate it;
    CHECK_INT_EQ(zhol_assign_solve(assign, &options, &it), ZHOL_ERROR_OK);
    CHECK(fabs(it.gap) <= 1e-12 && it.violation <= 1e-12);
    return it;
}

/* Least cost with the cheap way closed, from a problem that never had it open. */
static double closed_cost(void)
{
    struct zhol_assign *assign = fan(DEMANDS);
    CHECK(!zhol_assign_set_closed(assign, CHEAP, 1));
    double cost = solved(assign, 1, ZHOL_ASSIGN_CLP).primal;
    zhol_assign_free(assign);
    return cost;
}

static void closed_and_opened(void)
{
    struct zhol_assign *assign = fan(DEMANDS);
    struct zhol_assign_certificate first = solved(assign, 1, ZHOL_ASSIGN_SIMPLEX);
    CHECK(first.iterations < DEMANDS / 4);
    for (int i = 0; i < 3; i++) {
        CHECK(!zhol_assign_set_closed(assign, CHEAP, 1));
        struct zhol_assign_certificate closed = solved(assign, 1, ZHOL_ASSIGN_SIMPLEX);
        CHECK(closed.warm && closed.iterations < DEMANDS / 4);
        CHECK_NEAR(closed.primal, closed_cost(), 1e-9);
        CHECK(!zhol_assign_set_closed(assign, CHEAP, 0));
        struct zhol_assign_certificate open = solved(assign, 1, ZHOL_ASSIGN_SIMPLEX);
        CHECK(open.warm && open.iterations < DEMANDS / 4);
        CHECK_NEAR(open.primal, first.primal, 1e-9);
    }
    zhol_assign_free(assign);
}

/* A capacity cut far below its load sheds many demands; put back, they return. */
static void capacity_cut(void)
{
    struct zhol_assign *assign = fan(DEMANDS);
    struct zhol_assign_certificate first = solved(assign, 1, ZHOL_ASSIGN_SIMPLEX);
    CHECK(!zhol_assign_set_capacity(assign, 0, 10.5));
    struct zhol_assign_certificate cut = solved(assign, 1, ZHOL_ASSIGN_SIMPLEX);
    CHECK(cut.warm && cut.iterations < DEMANDS / 4);
    struct zhol_assign *anew = fan(10.5);
    CHECK_NEAR(cut.primal, solved(anew, 1, ZHOL_ASSIGN_CLP).primal, 1e-9);
    zhol_assign_free(anew);
    CHECK(!zhol_assign_set_capacity(assign, 0, DEMANDS));
    CHECK_NEAR(solved(assign, 1, ZHOL_ASSIGN_SIMPLEX).primal, first.primal, 1e-9);
    zhol_assign_free(assign);
}

/* The same flows, bit by bit, whatever the number of threads. */
static void same_for_threads(void)
{
    struct zhol_assign *one = fan(DEMANDS), *two = fan(DEMANDS);
    for (int i = 0; i < 4; i++) {
        CHECK(!zhol_assign_set_closed(one, CHEAP, i % 2));
        CHECK(!zhol_assign_set_closed(two, CHEAP, i % 2));
        double a = solved(one, 1, ZHOL_ASSIGN_SIMPLEX).primal;
        double b = solved(two, 2, ZHOL_ASSIGN_SIMPLEX).primal;
        CHECK(memcmp(&a, &b, sizeof a) == 0);
        CHECK_INT_EQ(zhol_assign_path_count(one), zhol_assign_path_count(two));
        CHECK(memcmp(one->use, two->use, 2 * sizeof *one->use) == 0);
        CHECK(memcmp(one->prices, two->prices, 2 * sizeof *one->prices) == 0);
    }
    zhol_assign_free(one);
    zhol_assign_free(two);
}

int main(void)
{
    RUN(closed_and_opened);
    RUN(capacity_cut);
    RUN(same_for_threads);
    return check_report();
}
