/* Left and right derivatives of the least cost by each capacity, against new solves by Clp of the
 * arc formulation; and the closing of arcs. */
#include <zhol/assign.h>

#include <stdlib.h>

#include "check.h"
#include "made_flow.h"

enum { CASES = 40 };

static double value_with(const struct made_flow *made, uint32_t row, double capacity)
{
    struct made_flow other = *made;
    double value;
    other.capacity[row] = capacity;
    CHECK_INT_EQ(made_flow_judge(&other, &value), ZHOL_ERROR_OK);
    return value;
}

/* Along one side the cost is the straight line that its price says, to the end of its range and no
 * further. */
static void side_check(const struct made_flow *made, uint32_t row, double value, double sign,
                       const struct zhol_assign_side *side)
{
    double capacity = made->capacity[row], tolerance = 1e-6 * fmax(1, fabs(value));
    double range = fmin(side->range, 1000);
    CHECK(side->range > 0 || side->end == ZHOL_ASSIGN_END_ZERO);
    for (int part = 1; part <= 3 && range > 0; part++) {
        double step = range * part / 3;
        double expected = value - sign * step * side->price;
        CHECK_NEAR(value_with(made, row, fmax(0, capacity + sign * step)), expected, tolerance);
    }
    CHECK((side->range == INFINITY) == (side->end == ZHOL_ASSIGN_END_NONE));
    double behind = range + 1e-2;
    if (side->range >= 1000 || side->end == ZHOL_ASSIGN_END_ZERO ||
        (sign < 0 && behind > capacity)) {
        return;
    }
    CHECK(sign > 0 ? side->price_after < side->price : side->price_after > side->price);
    /* The piece behind may be shorter than this step: the cost is convex. */
    double line = value - sign * (range * side->price + 1e-2 * side->price_after);
    CHECK(value_with(made, row, capacity + sign * behind) >= line - tolerance);
}

static void ranges_are_those_of_clp(void)
{
    uint32_t tight = 0, bent = 0;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        struct made_flow made;
        struct zhol_assign *assign = NULL;
        struct zhol_assign_certificate it;
        made_flow_fill(&made, seed);
        made_flow_give(&made, &assign);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
        for (uint32_t i = 0; i < made.row_count; i++) {
            struct zhol_assign_range range;
            double price = zhol_assign_row_price(assign, i);
            CHECK_INT_EQ(zhol_assign_row_range(assign, i, &range), ZHOL_ERROR_OK);
            CHECK(range.more.price <= price + 1e-6 && price <= range.less.price + 1e-6);
            if (made.capacity[i] == INFINITY) {
                CHECK(range.more.range == INFINITY && range.less.price <= 0);
                continue;
            }
            tight += price > 0;
            bent += range.less.price > range.more.price + 1e-6;
            side_check(&made, i, it.primal, 1, &range.more);
            side_check(&made, i, it.primal, -1, &range.less);
            if (check_failures_here) {
                fprintf(stderr, "seed %d row %u capacity %g\n", (int)seed, i, made.capacity[i]);
                zhol_assign_free(assign);
                return;
            }
        }
        zhol_assign_free(assign);
    }
    CHECK(tight > 30);
    CHECK(bent > 3);
}

/* Ten units over a way of 6 at cost 2 and one of 3 at 5, unmet at 100: one more on the cheap way
 * saves 98 while unmet demand lasts, then 3 while the dear way carries. */
static void a_range_by_hand(void)
{
    struct zhol_assign *assign = NULL;
    struct zhol_assign_certificate it;
    struct zhol_assign_range range;
    static const double costs[] = {2, 5}, capacities[] = {6, 3};
    CHECK(!zhol_assign_new(&assign, 2, 1));
    for (uint32_t i = 0; i < 2; i++) {
        CHECK(!zhol_assign_add_arc(assign, 0, 1, costs + i, NULL));
        CHECK(!zhol_assign_add_row(assign, capacities[i], NULL));
        CHECK(!zhol_assign_add_use(assign, i, i, &(double){1}));
    }
    struct zhol_assign_demand demand = {0, 1, 0, 10, 100};
    CHECK(!zhol_assign_add_demand(assign, &demand, NULL));
    CHECK_INT_EQ(zhol_assign_row_range(assign, 0, &range), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_assign_row_range(assign, 2, &range), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(zhol_assign_row_range(assign, 0, &range), ZHOL_ERROR_OK);
    CHECK_NEAR(range.more.price, 98, 1e-9);
    CHECK_NEAR(range.more.range, 1, 1e-9);
    CHECK_INT_EQ(range.more.end, ZHOL_ASSIGN_END_UNMET);
    CHECK_NEAR(range.more.price_after, 3, 1e-9);
    CHECK_NEAR(range.less.price, 98, 1e-9);
    CHECK_NEAR(range.less.range, 6, 1e-9);
    CHECK_INT_EQ(range.less.end, ZHOL_ASSIGN_END_ZERO);
    /* At 7 all is met: a degenerate vertex. */
    CHECK(!zhol_assign_set_capacity(assign, 0, 7));
    CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_assign_row_range(assign, 0, &range), ZHOL_ERROR_OK);
    CHECK_NEAR(range.more.price, 3, 1e-9);
    CHECK_NEAR(range.more.range, 3, 1e-9);
    CHECK_NEAR(range.more.price_after, 0, 1e-9);
    CHECK_INT_EQ(range.more.end, ZHOL_ASSIGN_END_PATH);
    CHECK_NEAR(range.less.price, 98, 1e-9);
    /* What must be met cannot do with less. */
    CHECK(!zhol_assign_set_unmet_cost(assign, 0, INFINITY));
    CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_assign_row_range(assign, 0, &range), ZHOL_ERROR_OK);
    CHECK_NEAR(range.more.price, 3, 1e-9);
    CHECK(range.less.price == INFINITY);
    zhol_assign_free(assign);
}

/* Results stand after a range was asked, and so does the basis. */
static void ranges_change_nothing(void)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct made_flow made;
        struct zhol_assign *assign = NULL;
        struct zhol_assign_certificate it, again;
        struct zhol_assign_range range;
        made_flow_fill(&made, seed);
        made_flow_give(&made, &assign);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
        uint32_t count = zhol_assign_path_count(assign);
        double use = 0, use_after = 0;
        for (uint32_t i = 0; i < made.row_count; i++) {
            use += zhol_assign_row_use(assign, i);
            CHECK_INT_EQ(zhol_assign_row_range(assign, i, &range), ZHOL_ERROR_OK);
        }
        for (uint32_t i = 0; i < made.row_count; i++) {
            use_after += zhol_assign_row_use(assign, i);
        }
        CHECK(use == use_after);
        CHECK_INT_EQ(zhol_assign_path_count(assign), count);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &again), ZHOL_ERROR_OK);
        CHECK_INT_EQ(again.iterations, 0);
        CHECK_NEAR(again.primal, it.primal, 1e-12 * fmax(1, it.primal));
        zhol_assign_free(assign);
    }
}

/* Arcs are closed and opened again: as if they were not there. */
static void closed_arcs(void)
{
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        struct made_flow made;
        struct zhol_assign *assign = NULL;
        struct zhol_assign_certificate it;
        struct random_stream random;
        double open_value;
        made_flow_fill(&made, seed);
        random_start(&random, seed, 7);
        made_flow_give(&made, &assign);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
        open_value = it.primal;
        for (int change = 0; change < 3; change++) {
            double value, cost[MADE_CLASSES];
            uint32_t arc = random_below(&random, made.arc_count), to = made.to[arc];
            CHECK(!zhol_assign_set_closed(assign, arc, 1));
            CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
            for (int c = 0; c < MADE_CLASSES; c++) {
                cost[c] = made.cost[arc][c];
                made.cost[arc][c] = 1e5; /* dearer than to stay unmet */
            }
            CHECK_INT_EQ(made_flow_judge(&made, &value), ZHOL_ERROR_OK);
            CHECK_NEAR(it.primal, value, 1e-7 * fmax(1, fabs(value)));
            CHECK(it.gap <= 1e-9 && it.violation <= 1e-9);
            for (int c = 0; c < MADE_CLASSES; c++) {
                made.cost[arc][c] = cost[c];
            }
            CHECK_INT_EQ(made.to[arc], to);
            CHECK(!zhol_assign_set_closed(assign, arc, 0));
            CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
            CHECK_NEAR(it.primal, open_value, 1e-9 * fmax(1, fabs(open_value)));
        }
        zhol_assign_free(assign);
        if (check_failures_here) {
            fprintf(stderr, "seed %d\n", (int)seed);
            return;
        }
    }
}

int main(void)
{
    RUN(a_range_by_hand);
    RUN(ranges_are_those_of_clp);
    RUN(ranges_change_nothing);
    RUN(closed_arcs);
    return check_report();
}
