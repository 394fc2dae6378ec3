/* test_dispatch_known.c: twelve days at a gauge break whose best plan is worked out by hand: both
 * directions on one front, bulk, bogies, dangerous goods under a ban, lengths, acceptance by hour,
 * holds, a locomotive's return, platforms that come back. Each must be found and proven.
 *
 * The day they all begin with: trains of 1435 mm, ready an hour apart, of two units of 20 boxes and
 * 287 m; a front that takes an hour; an acceptance and a departure an hour; an hour each of
 * inspection, forming and yard. So a train ready at 0 begins at 60, ends at 120, leaves at 180.
 */
#include "check.h"

#include <string.h>

#include "made_day.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

static void hours_fill(struct made_day *made)
{
    for (int g = 0; g < 2; g++) {
        for (int h = 0; h < 24; h++) {
            made->accepts[g][h] = made->departs[g][h] = 1;
        }
        made->day.accepts[g] = made->accepts[g];
        made->day.departs[g] = made->departs[g];
        made->day.limits[g] = (struct zhol_dispatch_limits){3000, 63, 10};
    }
}

static void begin_day(struct made_day *made, uint32_t trains)
{
    *made = (struct made_day){.day = {.horizon_min = 1440, .form_min = 60, .yard_min = 60}};
    struct zhol_dispatch_day *day = &made->day;
    for (uint32_t i = 0; i < trains; i++) {
        made->trains[i] = (struct zhol_dispatch_train){
            .ready_min = (int32_t)i * 60, .inspect_min = 60, .length_m = 800, .frees_stock = NONE};
    }
    for (uint32_t i = 0; i < trains * 2; i++) {
        made->units[i] = (struct zhol_dispatch_unit){.train = i / 2,
                                                     .weight_t = 500,
                                                     .length_m = 287,
                                                     .boxes_40 = 20,
                                                     .stock = NONE,
                                                     .pieces = 20,
                                                     .contract_min = 240,
                                                     .late_weight = 1};
    }
    for (uint32_t i = 0; i < 8; i++) {
        made->tracks[i] = (struct zhol_dispatch_track){(enum zhol_dispatch_gauge)(i % 2),
                                                       i % 2 ? 1289 : 954, 0, NONE};
    }
    made->fronts[0] =
        (struct zhol_dispatch_front){ZHOL_DISPATCH_CONTAINERS, {true, true}, 2, 40, 30, 0, 0, NONE};
    hours_fill(made);
    day->trains = made->trains;
    day->units = made->units;
    day->tracks = made->tracks;
    day->fronts = made->fronts;
    day->locomotives = made->locomotives;
    day->stocks = made->stocks;
    day->windows = made->windows;
    day->bans = made->bans;
    day->deliveries = made->deliveries;
    day->train_count = trains;
    day->unit_count = trains * 2;
    day->track_count = 8;
    day->front_count = 1;
}

/* Solves, verifies, and holds the plan against what the day's best is; the caller clears it. */
static void expect(const struct made_day *made, int64_t late, int64_t pushed, int64_t turns,
                   int64_t yard_boxes, struct zhol_dispatch_plan *plan)
{
    CHECK_INT_EQ(zhol_dispatch_solve(&made->day, NULL, plan), 0);
    CHECK_INT_EQ(zhol_dispatch_verify(&made->day, plan, NULL), 0);
    CHECK_INT_EQ(plan->objective.late, late);
    CHECK_INT_EQ(plan->objective.pushed, pushed);
    CHECK_INT_EQ(plan->objective.turns, turns);
    CHECK_INT_EQ(plan->objective.yard_boxes, yard_boxes);
    CHECK_INT_EQ(plan->late_bound, late);
    CHECK(plan->optimal);
}

/* Two trains of two directions want the one front at 60: the heavier contract goes first, the other
 * is an hour late with two units. */
static void test_both_directions(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 2);
    made.trains[1].gauge = ZHOL_DISPATCH_1520;
    made.trains[1].ready_min = 0;
    for (int u = 0; u < 4; u++) {
        made.units[u].contract_min = 180;
        made.units[u].late_weight = u < 2 ? 1 : 3;
    }
    expect(&made, 120, 0, 2, 0, &plan);
    CHECK_INT_EQ(plan.passages[1].begin_min, 60);
    CHECK_INT_EQ(plan.passages[0].begin_min, 120);
    zhol_dispatch_plan_clear(&plan);
}

/* 1,000 t by 500 t an hour: 60 to 180, away at 240. */
static void test_bulk(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 1);
    made.trains[0].work = ZHOL_DISPATCH_BULK;
    made.fronts[0] =
        (struct zhol_dispatch_front){ZHOL_DISPATCH_BULK, {true, true}, 1, 500, 0, 0, 0, NONE};
    made.units[0].contract_min = made.units[1].contract_min = 180;
    expect(&made, 120, 0, 1, 0, &plan);
    zhol_dispatch_plan_clear(&plan);
}

/* 40 wagons, 20 positions, 90 min a batch and 30 of setting: 60 to 270, away at 330. With sets of
 * bogies for half of them one unit stays: away at the horizon with 60 of yard and 60 of forming. */
static void test_bogies(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 1);
    made.trains[0].work = ZHOL_DISPATCH_BOGIES;
    made.trains[0].wagons = 40;
    made.fronts[0] =
        (struct zhol_dispatch_front){ZHOL_DISPATCH_BOGIES, {true, true}, 20, 90, 30, 0, 0, NONE};
    made.stocks[0] = (struct zhol_dispatch_stock){ZHOL_DISPATCH_1520, 40};
    made.day.stock_count = 1;
    made.units[0].stock = made.units[1].stock = 0;
    expect(&made, 2 * 90, 0, 1, 0, &plan);
    zhol_dispatch_plan_clear(&plan);
    made.stocks[0].count = 20;
    expect(&made, 90 + 1320, 1, 1, 20, &plan);
    zhol_dispatch_plan_clear(&plan);
}

/* Dangerous goods may not leave before 600: the other unit does not wait for them. */
static void test_dangerous(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 1);
    made.units[1].flags = ZHOL_DISPATCH_DANGEROUS;
    made.bans[0] = (struct zhol_dispatch_ban){
        ZHOL_DISPATCH_1520, NONE, ZHOL_DISPATCH_DANGEROUS, 0, 600, false};
    made.day.ban_count = 1;
    expect(&made, 360, 0, 2, 0, &plan);
    CHECK_INT_EQ(plan.carriages[0].leave_min, 180);
    CHECK_INT_EQ(plan.carriages[1].leave_min, 600);
    zhol_dispatch_plan_clear(&plan);
}

/* A formed train of 21 wagons holds one unit of 287 m: the second leaves an hour later. */
static void test_formed_length(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 1);
    made.day.limits[ZHOL_DISPATCH_1520].length_wagons = 21;
    made.units[0].contract_min = made.units[1].contract_min = 180;
    expect(&made, 60, 0, 2, 0, &plan);
    zhol_dispatch_plan_clear(&plan);
}

/* Where a train is longer than any track it is pushed, and that is said; the other goes. */
static void test_track_length(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 2);
    made.trains[1].length_m = 960;
    made.units[2].late_weight = made.units[3].late_weight = 0;
    expect(&made, 0, 2, 1, 0, &plan);
    CHECK_INT_EQ(plan.passages[1].cause, ZHOL_DISPATCH_BY_TOO_LONG);
    zhol_dispatch_plan_clear(&plan);
}

/* Two acceptances, both at 05:00: handled from 360 and 420, away at 480 and 540. */
static void test_acceptance_by_hour(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 2);
    memset(made.accepts[ZHOL_DISPATCH_1435], 0, sizeof made.accepts[0]);
    made.accepts[ZHOL_DISPATCH_1435][5] = 2;
    expect(&made, 2 * 240 + 2 * 300, 0, 2, 0, &plan);
    zhol_dispatch_plan_clear(&plan);
}

/* A unit held to 500 that must not stand in the yard keeps its train: begun at 500, away at 620. By
 * yard it would leave at 560 alone, and the other at 180. */
static void test_hold(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 1);
    made.units[1].hold_until_min = 500;
    expect(&made, 320, 0, 2, 20, &plan);
    zhol_dispatch_plan_clear(&plan);
    made.units[1].flags = ZHOL_DISPATCH_NO_YARD;
    expect(&made, 2 * 380, 0, 1, 0, &plan);
    zhol_dispatch_plan_clear(&plan);
}

/* One locomotive, back after 300: away at 180 and 480 is 480 late; at 240 with three units, for
 * which it waits, and at 540 with one, is 300. */
static void test_wait_to_fill(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 2);
    made.day.needs_locomotive[ZHOL_DISPATCH_DEPART][ZHOL_DISPATCH_1520] = true;
    made.locomotives[0] =
        (struct zhol_dispatch_locomotive){ZHOL_DISPATCH_DEPART, ZHOL_DISPATCH_1520, 0, 300};
    made.day.locomotive_count = 1;
    expect(&made, 300, 0, 2, 0, &plan);
    CHECK_INT_EQ(plan.formed[0].depart_min, 240);
    CHECK_INT_EQ(plan.formed[0].unit_count, 3);
    zhol_dispatch_plan_clear(&plan);
}

/* No platform is there: the train from the other side must be emptied first, though the first to
 * come and the dearer is the one that needs them. */
static void test_platforms_come_back(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 2);
    made.trains[1].gauge = ZHOL_DISPATCH_1520;
    made.trains[1].ready_min = 30;
    made.trains[1].frees_stock = 0;
    made.trains[1].frees_count = 40;
    made.stocks[0] = (struct zhol_dispatch_stock){ZHOL_DISPATCH_1520, 0};
    made.day.stock_count = 1;
    made.units[0].stock = made.units[1].stock = 0;
    made.units[0].late_weight = made.units[1].late_weight = 9;
    made.units[0].flags = made.units[1].flags = ZHOL_DISPATCH_NO_YARD;
    expect(&made, 9 * 2 * 30, 0, 2, 0, &plan); /* begun at 150, when 90-150 is done: away at 270 */
    CHECK_INT_EQ(plan.passages[0].begin_min, 150);
    zhol_dispatch_plan_clear(&plan);
}

/* Two trains each way, nothing shared but the front: four hours of it, each an hour later; the
 * parts alone would all be in time. */
static void test_front_of_four(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 4);
    for (uint32_t t = 0; t < 4; t++) {
        made.trains[t].gauge = (enum zhol_dispatch_gauge)(t % 2);
        made.trains[t].ready_min = 0;
        made.units[t * 2].destination = made.units[t * 2 + 1].destination = t;
    }
    for (int g = 0; g < 2; g++) {
        made.accepts[g][0] = 2;
    }
    /* away at 180, 240, 300, 360 against 240 */
    expect(&made, 2 * 60 + 2 * 120, 0, 4, 0, &plan);
    zhol_dispatch_plan_clear(&plan);
}

/* Pieces for one unit alone: the heavier contract takes them, though its unit comes second. The
 * least search, without proof, must find it: it is an exchange, not a search. */
static void test_dearer_unit_leaves(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    struct zhol_dispatch_options least = {
        .starts = 1, .iterations = 1, .bound_steps = 1, .exact_nodes = 1, .part_nodes = 1};
    begin_day(&made, 1);
    made.day.stock_count = 1;
    made.stocks[0] = (struct zhol_dispatch_stock){ZHOL_DISPATCH_1520, 20};
    made.units[0].stock = made.units[1].stock = 0;
    made.units[1].late_weight = 3;
    CHECK_INT_EQ(zhol_dispatch_solve(&made.day, &least, &plan), 0);
    CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &plan, NULL), 0);
    CHECK(plan.carriages[0].formed == NONE);
    CHECK(plan.carriages[1].formed != NONE);
    zhol_dispatch_plan_clear(&plan);
}

/* A train that came 90 minutes after its plan takes its own times: handled 150 to 210 instead of 60
 * to 120, away at 300 as the fact says; the other train, which wants the one front from 120, makes
 * that impossible, so that nothing changes, until its own fact has moved it away. */
static void test_fact(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    begin_day(&made, 2);
    made.trains[1].gauge = ZHOL_DISPATCH_1520;
    CHECK_INT_EQ(zhol_dispatch_solve(&made.day, NULL, &plan), 0);
    CHECK_INT_EQ(plan.passages[0].begin_min, 60);
    CHECK_INT_EQ(plan.passages[1].begin_min, 120);
    made.trains[0].done = ZHOL_DISPATCH_LEFT;
    CHECK_INT_EQ(zhol_dispatch_take_fact(&made.day, 0, 90, 300, &plan), ZHOL_ERROR_CONFLICT);
    CHECK_INT_EQ(plan.passages[0].accept_min, 0);
    CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &plan, NULL), 0);
    made.trains[1].done = ZHOL_DISPATCH_TAKEN;
    CHECK_INT_EQ(zhol_dispatch_take_fact(&made.day, 1, 150, NEVER, &plan), 0);
    CHECK_INT_EQ(zhol_dispatch_take_fact(&made.day, 0, 90, 300, &plan), 0);
    CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &plan, NULL), 0);
    CHECK_INT_EQ(plan.passages[0].accept_min, 90);
    CHECK_INT_EQ(plan.passages[0].end_min, 210);
    CHECK_INT_EQ(plan.passages[1].begin_min, 210);
    CHECK_INT_EQ(plan.carriages[0].leave_min, 300);
    CHECK_INT_EQ(plan.carriages[0].late_min, 60);
    CHECK(!plan.optimal);
    CHECK_INT_EQ(plan.late_bound, 0);
    CHECK_INT_EQ(zhol_dispatch_take_fact(&made.day, 0, 1440, NEVER, &plan), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(zhol_dispatch_take_fact(&made.day, 2, 0, NEVER, &plan), ZHOL_ERROR_RANGE);
    zhol_dispatch_plan_clear(&plan);
}

int main(void)
{
    RUN(test_both_directions);
    RUN(test_bulk);
    RUN(test_bogies);
    RUN(test_dangerous);
    RUN(test_formed_length);
    RUN(test_track_length);
    RUN(test_acceptance_by_hour);
    RUN(test_hold);
    RUN(test_wait_to_fill);
    RUN(test_platforms_come_back);
    RUN(test_front_of_four);
    RUN(test_dearer_unit_leaves);
    RUN(test_fact);
    return check_report();
}
