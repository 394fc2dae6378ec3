/* test_dispatch.c: days at a gauge break whose best plan is known by hand, what is refused,
 * splitting, the same bytes from any number of threads, re-planning, remedies, and that the check
 * of plans finds what is wrong. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "made_day.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

/* `trains` Chinese trains of two units each, ready an hour apart; one front of 60 min; one
 * acceptance and one departure an hour; no locomotives, no stock; all units to one destination. */
static void plain_day(struct made_day *made, uint32_t trains)
{
    *made = (struct made_day){.day = {.horizon_min = 1440, .form_min = 60, .yard_min = 60}};
    struct zhol_dispatch_day *day = &made->day;
    for (uint32_t i = 0; i < trains; i++) {
        made->trains[i] = (struct zhol_dispatch_train){.gauge = ZHOL_DISPATCH_1435,
                                                       .ready_min = (int32_t)i * 60,
                                                       .inspect_min = 60,
                                                       .length_m = 800,
                                                       .frees_stock = NONE};
        for (uint32_t u = 0; u < 2; u++) {
            made->units[i * 2 + u] = (struct zhol_dispatch_unit){.train = i,
                                                                 .weight_t = 500,
                                                                 .length_m = 287,
                                                                 .boxes_40 = 20,
                                                                 .stock = NONE,
                                                                 .contract_min = 240,
                                                                 .late_weight = 1};
        }
    }
    for (uint32_t i = 0; i < 6; i++) {
        made->tracks[i] = (struct zhol_dispatch_track){(enum zhol_dispatch_gauge)(i % 2),
                                                       i % 2 ? 1289 : 954, 0, NONE};
    }
    made->fronts[0] =
        (struct zhol_dispatch_front){ZHOL_DISPATCH_CONTAINERS, {true, true}, 2, 40, 30, 0, 0, NONE};
    for (int g = 0; g < 2; g++) {
        for (int h = 0; h < 24; h++) {
            made->accepts[g][h] = made->departs[g][h] = 1;
        }
        day->accepts[g] = made->accepts[g];
        day->departs[g] = made->departs[g];
        day->limits[g] = (struct zhol_dispatch_limits){3000, 63, 10};
    }
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
    day->track_count = 6;
    day->front_count = 1;
}

/* Solves and checks; the caller clears the plan. */
static void solved(const struct made_day *made, struct zhol_dispatch_plan *plan)
{
    struct zhol_dispatch_options options = {.iterations = 100, .bound_steps = 100};
    CHECK_INT_EQ(zhol_dispatch_solve(&made->day, &options, plan), 0);
    CHECK_INT_EQ(zhol_dispatch_verify(&made->day, plan, NULL), 0);
}

static void test_one_train(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 1);
    solved(&made, &plan);
    CHECK_INT_EQ(plan.passages[0].accept_min, 0);
    CHECK_INT_EQ(plan.passages[0].begin_min, 60);
    CHECK_INT_EQ(plan.passages[0].end_min, 120); /* 40 lifts, 80 an hour, 30 min of setting */
    CHECK_INT_EQ(plan.formed_count, 1);
    CHECK_INT_EQ(plan.formed[0].depart_min, 180);
    CHECK_INT_EQ(plan.objective.late, 0);
    CHECK(plan.optimal);
    zhol_dispatch_plan_clear(&plan);
}

/* Three Chinese trains become two: four units of 287 m and 63 wagons leave room for three a train.
 */
static void test_three_become_two(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 3);
    memset(made.departs[ZHOL_DISPATCH_1520], 0, sizeof made.departs[0]);
    made.departs[ZHOL_DISPATCH_1520][4] = made.departs[ZHOL_DISPATCH_1520][6] = 1;
    solved(&made, &plan);
    CHECK_INT_EQ(plan.formed_count, 2);
    CHECK_INT_EQ(plan.formed[0].unit_count, 3);
    CHECK_INT_EQ(plan.formed[0].depart_min, 240);
    CHECK_INT_EQ(plan.formed[1].depart_min, 360);
    CHECK_INT_EQ(plan.objective.late, 3 * 120);
    CHECK_INT_EQ(plan.objective.yard_boxes, 0);
    CHECK(plan.optimal);
    zhol_dispatch_plan_clear(&plan);
}

/* Acceptance for two of three: the one that costs least waits, and acceptance is named. */
static void test_pushed_by_acceptance(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 3);
    memset(made.accepts[ZHOL_DISPATCH_1435], 0, sizeof made.accepts[0]);
    made.accepts[ZHOL_DISPATCH_1435][0] = made.accepts[ZHOL_DISPATCH_1435][2] = 1;
    made.units[2].late_weight = made.units[3].late_weight = 5;
    solved(&made, &plan);
    CHECK_INT_EQ(plan.passages[0].accept_min, 0);
    CHECK(plan.passages[1].accept_min != NEVER);
    CHECK_INT_EQ(plan.passages[2].accept_min, NEVER);
    CHECK_INT_EQ(plan.passages[2].cause, ZHOL_DISPATCH_BY_ACCEPTANCE);
    CHECK_INT_EQ(plan.objective.pushed, 2);
    CHECK_INT_EQ(plan.carriages[4].leave_min, 1440 + 180); /* accepted at 00:00 of the next day */
    CHECK(plan.optimal);
    struct zhol_dispatch_remedy remedies[4];
    uint32_t count = 0;
    CHECK_INT_EQ(zhol_dispatch_remedies(&made.day, &plan, NULL, remedies, 4, &count), 0);
    CHECK(count > 0 && remedies[0].help == ZHOL_DISPATCH_HELP_ACCEPT);
    CHECK(count > 0 && remedies[0].pushed_saved == 2);
    zhol_dispatch_plan_clear(&plan);
}

/* A horizon of 36 h with acceptance at 08:00 of its first day only: the pushed train comes at 08:00
 * of the first day after the horizon, not 36 h after the first 08:00. */
static void test_hours_repeat_by_the_day(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 2);
    made.day.horizon_min = 36 * 60;
    for (int h = 24; h < 36; h++) {
        made.departs[0][h] = made.departs[1][h] = 1;
        made.accepts[0][h] = made.accepts[1][h] = 0;
    }
    memset(made.accepts[ZHOL_DISPATCH_1435], 0, sizeof made.accepts[0]);
    made.accepts[ZHOL_DISPATCH_1435][8] = 1;
    solved(&made, &plan);
    CHECK_INT_EQ(plan.objective.pushed, 2);
    CHECK_INT_EQ(plan.passages[1].accept_min, NEVER);
    CHECK_INT_EQ(plan.carriages[2].leave_min, (48 + 8) * 60 + 180);
    CHECK(plan.optimal);
    zhol_dispatch_plan_clear(&plan);
}

enum { STATION_LOCOMOTIVES = 41, STATION_FRONTS = 20, STATION_TRACKS = 38 };

/* A station as large as the real ones: six trains on three dozen tracks with four kinds of
 * locomotives. Alike rows must not keep the exact search from its proof. */
static void test_proof_at_a_large_station(void)
{
    static struct zhol_dispatch_locomotive locomotives[STATION_LOCOMOTIVES];
    static struct zhol_dispatch_front fronts[STATION_FRONTS];
    static struct zhol_dispatch_track tracks[STATION_TRACKS];
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 6);
    for (uint32_t i = 0; i < STATION_LOCOMOTIVES; i++) {
        locomotives[i] =
            (struct zhol_dispatch_locomotive){.gauge = (enum zhol_dispatch_gauge)(i % 2),
                                              .move = (enum zhol_dispatch_move)(i / 2 % 2),
                                              .return_min = i / 2 % 2 ? 720 : 180};
        for (int k = 0; k < 4; k++) {
            made.day.needs_locomotive[k / 2][k % 2] = true;
        }
    }
    for (uint32_t i = 0; i < STATION_FRONTS; i++) {
        fronts[i] = made.fronts[0];
        fronts[i].work = i < 4 ? ZHOL_DISPATCH_CONTAINERS : ZHOL_DISPATCH_BULK;
    }
    for (uint32_t i = 0; i < STATION_TRACKS; i++) {
        tracks[i] = made.tracks[i % 2];
        tracks[i].length_m -= i < 20 ? 100 : 0;
    }
    made.day.locomotives = locomotives;
    made.day.fronts = fronts;
    made.day.tracks = tracks;
    made.day.locomotive_count = STATION_LOCOMOTIVES;
    made.day.front_count = STATION_FRONTS;
    made.day.track_count = STATION_TRACKS;
    solved(&made, &plan);
    CHECK(plan.optimal);
    CHECK_INT_EQ(plan.proof, ZHOL_DISPATCH_PROVEN);
    printf("large station: %llu nodes\n", (unsigned long long)plan.nodes);
    zhol_dispatch_plan_clear(&plan);
}

/* The first locomotive of the list is out for the day, the second hauls one train of two: one more
 * helps, and it is not one more of those that are out. */
static void test_remedy_of_locomotives_that_are_out(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    struct zhol_dispatch_remedy remedies[4];
    uint32_t count = 0;
    plain_day(&made, 2);
    made.units[2].destination = made.units[3].destination = 1;
    made.day.needs_locomotive[ZHOL_DISPATCH_DEPART][ZHOL_DISPATCH_1520] = true;
    for (uint32_t i = 0; i < 2; i++) {
        made.locomotives[i] = (struct zhol_dispatch_locomotive){
            ZHOL_DISPATCH_DEPART, ZHOL_DISPATCH_1520, i ? 0 : 2880, 1440};
    }
    made.day.locomotive_count = 2;
    solved(&made, &plan);
    CHECK_INT_EQ(plan.objective.pushed, 2);
    CHECK_INT_EQ(zhol_dispatch_remedies(&made.day, &plan, NULL, remedies, 4, &count), 0);
    CHECK_INT_EQ(count, 1);
    CHECK(count == 1 && remedies[0].help == ZHOL_DISPATCH_HELP_LOCOMOTIVE);
    CHECK(count == 1 && remedies[0].row == 1 && remedies[0].pushed_saved == 2);
    zhol_dispatch_plan_clear(&plan);
}

static void test_other_causes(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    const enum zhol_dispatch_cause causes[] = {
        ZHOL_DISPATCH_BY_FRONT,          ZHOL_DISPATCH_BY_TOO_LONG,
        ZHOL_DISPATCH_BY_NO_FRONT,       ZHOL_DISPATCH_BY_LATE,
        ZHOL_DISPATCH_BY_TRACK,          ZHOL_DISPATCH_BY_DEPART_LOCOMOTIVE,
        ZHOL_DISPATCH_BY_STOCK,          ZHOL_DISPATCH_BY_BAN,
        ZHOL_DISPATCH_BY_HOLD,           ZHOL_DISPATCH_BY_DATA,
        ZHOL_DISPATCH_BY_UNIT,           ZHOL_DISPATCH_BY_DEPARTURE,
        ZHOL_DISPATCH_BY_DEPARTURE_TRACK};
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        plain_day(&made, 1);
        struct zhol_dispatch_unit *unit = made.units;
        unit[0].flags = unit[1].flags = ZHOL_DISPATCH_NO_YARD; /* so that the train is pushed */
        made.fronts[0].free_from_min = i == 0 ? NEVER : 0;
        made.trains[0].length_m = i == 1 ? 955 : 800;
        made.trains[0].work = i == 2 ? ZHOL_DISPATCH_BULK : ZHOL_DISPATCH_CONTAINERS;
        made.trains[0].ready_min = i == 3 ? 1300 : 0;
        for (uint32_t t = 0; t < 6; t++) {
            made.tracks[t].free_from_min = (i == 4 && t % 2 == 0) || (i == 12 && t % 2) ? NEVER : 0;
        }
        made.day.needs_locomotive[ZHOL_DISPATCH_DEPART][ZHOL_DISPATCH_1520] = i == 5;
        made.locomotives[0] =
            (struct zhol_dispatch_locomotive){ZHOL_DISPATCH_DEPART, ZHOL_DISPATCH_1520, NEVER, 60};
        made.day.locomotive_count = 1;
        made.stocks[0].gauge = ZHOL_DISPATCH_1520;
        made.day.stock_count = 1;
        unit->stock = i == 6 ? 0 : NONE;
        unit->pieces = 10;
        made.bans[0] = (struct zhol_dispatch_ban){ZHOL_DISPATCH_1520, NONE, 0, 0, NEVER, false};
        made.day.ban_count = i == 7;
        unit->hold_until_min = i == 8 ? NEVER : 0;
        unit->data_min = i == 9 ? NEVER : 0;
        unit->weight_t = i == 10 ? 3001 : 500;
        if (i == 11) {
            memset(made.departs[ZHOL_DISPATCH_1520], 0, sizeof made.departs[0]);
        }
        solved(&made, &plan);
        CHECK_INT_EQ(plan.passages[0].accept_min, NEVER);
        CHECK_STR_EQ(zhol_dispatch_cause_word(plan.passages[0].cause),
                     zhol_dispatch_cause_word(causes[i]));
        zhol_dispatch_plan_clear(&plan);
    }
}

/* A ban on arriving: until ten nothing is accepted of what it names, and nothing for as long as it
 * holds; what it pushes leaves when it has ended. */
static void test_ban_on_arriving(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 2);
    made.units[2].flags = made.units[3].flags = ZHOL_DISPATCH_MARK << 3; /* of the second train */
    made.bans[0] = (struct zhol_dispatch_ban){
        ZHOL_DISPATCH_1435, NONE, ZHOL_DISPATCH_MARK << 3, -500, 600, true};
    made.day.ban_count = 1;
    CHECK(!zhol_dispatch_ban_concerns(&made.day, made.bans, 0));
    CHECK(zhol_dispatch_ban_concerns(&made.day, made.bans, 1));
    solved(&made, &plan);
    CHECK_INT_EQ(plan.passages[0].accept_min, 0);
    CHECK(plan.passages[1].accept_min >= 600 && plan.passages[1].accept_min != NEVER);
    CHECK(plan.optimal);
    zhol_dispatch_plan_clear(&plan);
    made.bans[0].until_min = 5 * 1440;
    solved(&made, &plan);
    CHECK_INT_EQ(plan.passages[1].accept_min, NEVER);
    CHECK_STR_EQ(zhol_dispatch_cause_word(plan.passages[1].cause), "ban");
    CHECK(plan.carriages[2].leave_min >= 5 * 1440 && plan.carriages[2].leave_min < 6 * 1440);
    CHECK(plan.optimal);
    zhol_dispatch_plan_clear(&plan);
}

/* A train that waits since two days is as old as it is: the first to go, and late by all of it. */
static void test_waiting_since_before(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 2);
    memset(made.accepts[ZHOL_DISPATCH_1435], 0, sizeof made.accepts[0]);
    made.accepts[ZHOL_DISPATCH_1435][5] = 1;
    made.trains[1].ready_min = -2 * 1440;
    made.units[2].contract_min = made.units[3].contract_min = 240 - 2 * 1440;
    made.units[2].late_weight = made.units[3].late_weight = 2;
    solved(&made, &plan);
    CHECK_INT_EQ(plan.passages[0].accept_min, NEVER);
    CHECK_INT_EQ(plan.passages[1].accept_min, 300);
    CHECK(plan.carriages[2].late_min > 2 * 1440);
    CHECK(plan.optimal);
    zhol_dispatch_plan_clear(&plan);
}

/* What is done by a fact stays, though now is before it and the hours take nothing any more. */
static void test_replan_keeps_done(void)
{
    struct made_day made;
    struct zhol_dispatch_plan old;
    struct zhol_dispatch_replanned again;
    struct zhol_dispatch_change change = {0};
    plain_day(&made, 2);
    solved(&made, &old);
    int32_t accept = old.passages[1].accept_min, leave = old.carriages[2].leave_min;
    CHECK(accept != NEVER);
    made.trains[1].done = ZHOL_DISPATCH_LEFT;
    memset(made.accepts[ZHOL_DISPATCH_1435], 0, sizeof made.accepts[0]);
    memset(made.departs[ZHOL_DISPATCH_1520], 0, sizeof made.departs[0]);
    CHECK_INT_EQ(zhol_dispatch_replan(&made.day, &old, &change, NULL, &again), 0);
    CHECK_INT_EQ(again.plan.passages[0].accept_min, NEVER);
    CHECK_INT_EQ(again.plan.passages[1].accept_min, accept);
    CHECK_INT_EQ(again.plan.carriages[2].leave_min, leave);
    CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &again.plan, NULL), 0);
    made.trains[1].done = ZHOL_DISPATCH_TO_COME; /* then the hours would forbid it */
    CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &again.plan, NULL), ZHOL_ERROR_CONFLICT);
    zhol_dispatch_replanned_clear(&again);
    zhol_dispatch_plan_clear(&old);
}

/* A held unit goes by yard, and its storage begins to cost. */
static void test_hold_goes_by_yard(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 1);
    made.units[1].hold_until_min = 600;
    made.day.free_storage_min = 120;
    solved(&made, &plan);
    CHECK(!plan.carriages[0].yard);
    CHECK(plan.carriages[1].yard);
    CHECK_INT_EQ(plan.carriages[1].leave_min, 660);
    CHECK_INT_EQ(plan.carriages[1].storage_min, 240);
    CHECK_INT_EQ(plan.objective.turns, 2); /* together would make the first one late */
    zhol_dispatch_plan_clear(&plan);
}

static void test_refused(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    struct zhol_report report;
    plain_day(&made, 2);
    made.units[3].train = 7;
    made.trains[0].inspect_min = 0;
    made.day.horizon_min = 90;
    zhol_report_init(&report, 10);
    CHECK(zhol_dispatch_check(&made.day, &report) != ZHOL_ERROR_OK);
    CHECK_INT_EQ(report.count, 1); /* the day itself first: rows are not looked at */
    made.day.horizon_min = 1440;
    CHECK(zhol_dispatch_check(&made.day, &report) != ZHOL_ERROR_OK);
    CHECK_INT_EQ(report.count, 3);
    CHECK_STR_EQ(report.findings[1].file, "trains");
    CHECK_STR_EQ(report.findings[2].column, "train");
    CHECK_INT_EQ(report.findings[2].row, 3);
    CHECK(zhol_dispatch_solve(&made.day, NULL, &plan) != ZHOL_ERROR_OK);
    CHECK(plan.passages == NULL);
    zhol_report_clear(&report);
}

static void test_split(void)
{
    struct made_day made;
    struct zhol_dispatch_unit *units;
    uint32_t *origin, count;
    plain_day(&made, 1);
    made.units[0] = (struct zhol_dispatch_unit){.weight_t = 1001,
                                                .length_m = 574,
                                                .boxes_20 = 7,
                                                .boxes_40 = 37,
                                                .heavy_20_pairs = 3,
                                                .pieces = 21,
                                                .late_weight = 41};
    CHECK_INT_EQ(zhol_dispatch_split(&made.day, 150, &units, &origin, &count), 0);
    CHECK_INT_EQ(count, 6);
    uint32_t sums[5] = {0};
    for (uint32_t i = 0; i < count; i++) {
        CHECK(units[i].length_m <= 150);
        if (origin[i] == 0) {
            sums[0] += (uint32_t)units[i].weight_t;
            sums[1] += units[i].boxes_20;
            sums[2] += units[i].boxes_40;
            sums[3] += units[i].heavy_20_pairs + units[i].pieces;
            sums[4] += (uint32_t)units[i].late_weight;
        }
    }
    CHECK_INT_EQ(sums[0], 1001);
    CHECK_INT_EQ(sums[1], 7);
    CHECK_INT_EQ(sums[2], 37);
    CHECK_INT_EQ(sums[3], 24);
    CHECK_INT_EQ(sums[4], 41);
    free(units);
    free(origin);
}

static bool same_plans(const struct zhol_dispatch_plan *a, const struct zhol_dispatch_plan *b)
{
    bool same = a->formed_count == b->formed_count && a->late_bound == b->late_bound &&
                a->tried == b->tried && a->nodes == b->nodes && a->optimal == b->optimal;
    same = same && !memcmp(a->passages, b->passages, a->train_count * sizeof *a->passages);
    for (uint32_t i = 0; i < a->unit_count && same; i++) {
        const struct zhol_dispatch_carriage *x = a->carriages + i, *y = b->carriages + i;
        same = x->formed == y->formed && x->yard == y->yard && x->leave_min == y->leave_min &&
               x->storage_min == y->storage_min && x->cause == y->cause;
    }
    for (uint32_t i = 0; i < a->formed_count && same; i++) {
        same = a->formed[i].depart_min == b->formed[i].depart_min &&
               a->formed[i].track == b->formed[i].track &&
               a->formed[i].locomotive == b->formed[i].locomotive;
    }
    return same;
}

static void test_threads(void)
{
    struct made_kind kind = {8, 2, 2, 6, 2, 4, 10, 15, true, true, true, true, true};
    for (uint64_t seed = 0; seed < 10; seed++) {
        struct random_stream random;
        struct made_day made;
        struct zhol_dispatch_plan plans[3];
        random_start(&random, 31, seed);
        made_day_fill(&made, &random, &kind);
        for (uint32_t i = 0; i < 3; i++) {
            struct zhol_dispatch_options options = {
                .threads = 1 + i, .iterations = 60, .bound_steps = 30, .exact_nodes = 1000};
            CHECK_INT_EQ(zhol_dispatch_solve(&made.day, &options, plans + i), 0);
        }
        CHECK(same_plans(plans, plans + 1));
        CHECK(same_plans(plans, plans + 2));
        for (uint32_t i = 0; i < 3; i++) {
            zhol_dispatch_plan_clear(plans + i);
        }
    }
}

static uint32_t asked_to_stop;

static bool stop_at_once(void)
{
    asked_to_stop++;
    return true;
}

/* An interrupt leaves a whole plan with a true bound, however early it comes. */
static void test_stopped(void)
{
    struct made_kind kind = {8, 2, 2, 6, 2, 4, 10, 15, true, true, true, true, true};
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct random_stream random;
        struct made_day made;
        struct zhol_dispatch_plan plan;
        struct zhol_dispatch_options options = {
            .seed = 1, .iterations = 1000000, .stop = stop_at_once};
        random_start(&random, 32, seed);
        made_day_fill(&made, &random, &kind);
        CHECK_INT_EQ(zhol_dispatch_solve(&made.day, &options, &plan), 0);
        CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &plan, NULL), 0);
        CHECK(plan.late_bound <= plan.objective.late);
        zhol_dispatch_plan_clear(&plan);
    }
    CHECK(asked_to_stop > 0);
}

static void test_replan_keeps_the_rest(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    struct zhol_dispatch_replanned again;
    plain_day(&made, 6);
    solved(&made, &plan);
    struct zhol_dispatch_change change = {150, 0.5, 1000};
    made.trains[4].ready_min += 45; /* a little late: acceptance slips within its hour or not */
    made.accepts[ZHOL_DISPATCH_1435][5] = 0;
    CHECK_INT_EQ(zhol_dispatch_replan(&made.day, &plan, &change, NULL, &again), 0);
    CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &again.plan, NULL), 0);
    for (uint32_t t = 0; t < 3; t++) { /* accepted before half past two */
        CHECK_INT_EQ(again.plan.passages[t].accept_min, plan.passages[t].accept_min);
    }
    CHECK(again.changed_count >= 1 && again.changed_count <= 3);
    zhol_dispatch_replanned_clear(&again);
    change.tolerance = -1;
    CHECK_INT_EQ(zhol_dispatch_replan(&made.day, &plan, &change, NULL, &again), ZHOL_ERROR_RANGE);
    zhol_dispatch_plan_clear(&plan);
}

static void test_nothing_changes(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    struct zhol_dispatch_replanned again;
    plain_day(&made, 5);
    solved(&made, &plan);
    struct zhol_dispatch_change change = {200, 0, 0};
    CHECK_INT_EQ(zhol_dispatch_replan(&made.day, &plan, &change, NULL, &again), 0);
    CHECK_INT_EQ(again.changed_count, 0);
    CHECK(again.fewest);
    CHECK_INT_EQ(again.plan.objective.late, plan.objective.late);
    zhol_dispatch_replanned_clear(&again);
    zhol_dispatch_plan_clear(&plan);
}

/* Every kind of damage to a good plan is found. */
static void test_verify_finds(void)
{
    struct made_day made;
    struct zhol_dispatch_plan plan;
    plain_day(&made, 4);
    for (int i = 0; i < 14; i++) {
        solved(&made, &plan);
        struct zhol_dispatch_passage *first = plan.passages, *second = plan.passages + 1;
        struct zhol_dispatch_formed *formed = plan.formed;
        switch (i) {
        case 0:
            first->accept_min = second->accept_min;
            break;
        case 1:
            first->begin_min--;
            break;
        case 2:
            first->track = 1;
            break; /* of the other gauge */
        case 3:
            first->front = 1;
            break; /* not there */
        case 4:
            first->end_min++;
            break;
        case 5:
            *second = *first;
            break;
        case 6:
            formed->depart_min--;
            break;
        case 7:
            formed->track = 0;
            break;
        case 8:
            formed->weight_t++;
            break;
        case 9:
            plan.carriages[0].formed = NONE;
            break; /* a box is lost */
        case 10:
            plan.carriages[0].yard = true;
            break;
        case 11:
            plan.carriages[0].leave_min += 5;
            break;
        case 12:
            plan.objective.late--;
            break;
        default:
            plan.late_bound = plan.objective.late + 1;
            break;
        }
        CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &plan, NULL), ZHOL_ERROR_CONFLICT);
        zhol_dispatch_plan_clear(&plan);
    }
}

int main(void)
{
    RUN(test_one_train);
    RUN(test_three_become_two);
    RUN(test_pushed_by_acceptance);
    RUN(test_hours_repeat_by_the_day);
    RUN(test_proof_at_a_large_station);
    RUN(test_remedy_of_locomotives_that_are_out);
    RUN(test_other_causes);
    RUN(test_ban_on_arriving);
    RUN(test_waiting_since_before);
    RUN(test_replan_keeps_done);
    RUN(test_hold_goes_by_yard);
    RUN(test_refused);
    RUN(test_split);
    RUN(test_threads);
    RUN(test_stopped);
    RUN(test_replan_keeps_the_rest);
    RUN(test_nothing_changes);
    RUN(test_verify_finds);
    return check_report();
}
