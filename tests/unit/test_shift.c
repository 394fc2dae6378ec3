/* test_shift.c: a shift at a checkpoint, by cases worked out by hand. */
#include "check.h"
#include "desk/shift.h"

static struct shift_day even_day(double arrivals, double other, double own, double lanes)
{
    struct shift_day day = {.waiting = 0};
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        day.arrivals[h] = arrivals;
        day.capacity[SHIFT_OTHER_SIDE][h] = other;
        day.capacity[SHIFT_OWN_LIMIT][h] = own;
        day.capacity[SHIFT_LANES][h] = lanes;
        day.capacity[SHIFT_XRAY][h] = INFINITY;
    }
    return day;
}

/* 30 an hour come, 25 pass: 5 more wait after each hour. */
static void the_queue_grows_by_the_difference(void)
{
    struct shift_day day = even_day(30, 25, 50, 40);
    struct shift_flow flow;
    day.waiting = 10;
    CHECK_INT_EQ(shift_flow(&day, &flow), ZHOL_ERROR_OK);
    CHECK_NEAR(flow.waiting[0], 15, 1e-9);
    CHECK_NEAR(flow.waiting[23], 130, 1e-9);
    CHECK_NEAR(flow.passed_day, 600, 1e-9);
    CHECK_INT_EQ(flow.binding, SHIFT_OTHER_SIDE);
    CHECK_NEAR(flow.spare, 24 * 15, 1e-9);
    CHECK_INT_EQ(flow.peak_hour, 23);
}

/* Capacity of empty hours is lost: 10 come in the last hour only, and 4 of them pass. */
static void what_nobody_uses_is_lost(void)
{
    struct shift_day day = even_day(0, 4, 50, 40);
    struct shift_flow flow;
    day.arrivals[23] = 10;
    CHECK_INT_EQ(shift_flow(&day, &flow), ZHOL_ERROR_OK);
    CHECK_NEAR(flow.passed_day, 4, 1e-9);
    CHECK_NEAR(flow.waiting[23], 6, 1e-9);
}

/* Lanes bind at night, the other side by day; over the day the lanes. */
static void the_tightest_is_named_by_hour_and_day(void)
{
    struct shift_day day = even_day(30, 25, 50, 40);
    struct shift_flow flow;
    for (uint32_t h = 0; h < 12; h++) {
        day.capacity[SHIFT_LANES][h] = 5;
    }
    CHECK_INT_EQ(shift_flow(&day, &flow), ZHOL_ERROR_OK);
    CHECK_INT_EQ(flow.binds[3], SHIFT_LANES);
    CHECK_INT_EQ(flow.binds[15], SHIFT_OTHER_SIDE);
    CHECK_INT_EQ(flow.binding, SHIFT_LANES); /* 540 of lanes, 600 of the other side */
    CHECK_NEAR(flow.spare, 60, 1e-9);
    day.arrivals[2] = -1;
    CHECK_INT_EQ(shift_flow(&day, &flow), ZHOL_ERROR_INVALID);
}

/* 40 an hour, 20 % selected: 8; 3 by hand: 5 an hour are lost, for two hours. */
static void without_the_xray(void)
{
    double plan[SHIFT_HOURS] = {0}, lost[SHIFT_HOURS];
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        plan[h] = h == 9 ? 10 : 40; /* at nine 2 are selected: all by hand */
    }
    CHECK_NEAR(shift_xray_lost(plan, 0.2, 3, 8, 11, lost), 10, 1e-9);
    CHECK_NEAR(lost[8], 5, 1e-9);
    CHECK_NEAR(lost[9], 0, 1e-9);
    CHECK_NEAR(lost[11], 0, 1e-9);
}

/* 12 November 2025 at Nur Zholy: 1,500 waited, 725 were taken, the limit became 650: 20 days. */
static void the_cut_that_was_made(void)
{
    CHECK_INT_EQ(shift_days(1500, 650, 725), 20);
    CHECK_INT_EQ(shift_days(1500, 650, 700), 30);
    CHECK_INT_EQ(shift_days(1500, 650, 750), 15);
    CHECK_INT_EQ(shift_days(1, 719, 720), 1);
    CHECK_INT_EQ(shift_days(0, 800, 720), 0);
    CHECK_INT_EQ(shift_days(5, 720, 720), SHIFT_NEVER);
    CHECK_INT_EQ(shift_limit(1500, 725, 20), 650);
    CHECK_INT_EQ(shift_limit(1501, 725, 20), 649);
    CHECK_INT_EQ(shift_limit(9000, 725, 1), 0);
    CHECK_INT_EQ(shift_limit(0, 725, 7), 725);
    CHECK_INT_EQ(shift_over(0, 800, 720, 0), 80);
    CHECK_INT_EQ(shift_over(100, 800, 720, 150), 30);
    CHECK_INT_EQ(shift_over(0, 600, 720, 0), 0);
}

/* The limit is the greatest: one more would need another day. Day by day, for many cases. */
static void the_limit_is_the_greatest(void)
{
    for (int64_t over = 1; over < 2000; over += 37) {
        for (int64_t days = 1; days <= 30; days++) {
            int64_t limit = shift_limit(over, 720, days), left = over, day = 0;
            if (limit == 0) {
                continue;
            }
            for (; left > 0; day++) {
                left += limit - 720;
            }
            CHECK_INT_EQ(shift_days(over, limit, 720), day);
            CHECK(day <= days);
            int64_t more = shift_days(over, limit + 1, 720);
            CHECK(more == SHIFT_NEVER || more > days);
        }
    }
}

static void the_band(void)
{
    const double days[] = {700, 0, NAN, 710, 720, 730, 740}; /* mean of the open days 720 */
    int64_t low, high;
    shift_band(days, 7, 720, &low, &high);
    CHECK_INT_EQ(low, 704); /* 700 + 0.4 * 10 */
    CHECK_INT_EQ(high, 736);
    shift_band(days, 7, 360, &low, &high);
    CHECK_INT_EQ(low, 352);
    shift_band(NULL, 0, 720, &low, &high);
    CHECK_INT_EQ(low, 686); /* 720 - 1.28155 * sqrt(720) = 685.6 */
    CHECK_INT_EQ(high, 754);
}

/* 650 over 24 hours: 27.08 each, and the sum is kept; 1 % is 6 in the day. */
static void slots_keep_their_sum(void)
{
    double plan[SHIFT_HOURS], shares[3] = {0.01, 0.05, 1};
    struct shift_slots slots;
    uint32_t sum = 0, state = 0;
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        plan[h] = 800.0 / 24;
    }
    shift_slots(plan, 650, shares, 3, &slots);
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        sum += slots.hour[h];
        state += slots.category[0][h];
        CHECK(slots.hour[h] == 27 || slots.hour[h] == 28);
        CHECK_INT_EQ(slots.category[2][h], slots.hour[h]);
    }
    CHECK_INT_EQ(sum, 650);
    CHECK_INT_EQ(state, 6);
    plan[5] = 0;
    shift_slots(plan, 23, shares, 3, &slots);
    CHECK_INT_EQ(slots.hour[5], 0);
    CHECK_INT_EQ(slots.hour[23], 1);
}

int main(void)
{
    RUN(the_queue_grows_by_the_difference);
    RUN(what_nobody_uses_is_lost);
    RUN(the_tightest_is_named_by_hour_and_day);
    RUN(without_the_xray);
    RUN(the_cut_that_was_made);
    RUN(the_limit_is_the_greatest);
    RUN(the_band);
    RUN(slots_keep_their_sum);
    return check_report();
}
