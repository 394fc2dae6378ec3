/* test_departure.c: when an arc can be entered, against figures worked out by hand and against a
 * scan over every minute. */
#include <stdlib.h>

#include "base/time.h"
#include "check.h"
#include "network/builder.h"
#include "plan/departure.h"

#define DAY_2024_02_26 19779 /* a Monday; Kazakhstan moved from UTC+6 to UTC+5 on 2024-03-01 */

struct stage {
    struct network_builder *b;
    struct zhol_network *network;
    struct problem problem;
    struct departures departures;
    struct zhol_consignment order;
};

static uint32_t yard[2], rail[2];

static void begin(struct stage *s)
{
    memset(s, 0, sizeof *s);
    CHECK_INT_EQ(network_builder_new(&s->b), ZHOL_ERROR_OK);
    for (uint32_t n = 0; n < 2; n++) {
        network_builder_place(s->b, n, zhol_state_YARD, &yard[n]);
        network_builder_place(s->b, n, zhol_state_RAIL1520, &rail[n]);
    }
    struct zhol_arc load = network_arc_handle(rail[0], 0, 0, 0);
    struct zhol_arc unload = network_arc_handle(yard[1], 1, 1, 0);
    network_builder_arc(s->b, yard[0], &load, NULL);
    network_builder_arc(s->b, rail[1], &unload, NULL);
}

/* Finishes the network and gives the number of its arc between the rail vertices. */
static uint32_t ready(struct stage *s, int32_t day)
{
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN, .horizon_days = 60};
    s->order = (struct zhol_consignment){.from = 0,
                                         .to = 1,
                                         .ready_min = (int64_t)day * 1440,
                                         .deadline_min = INT64_MAX,
                                         .load = {.class = zhol_cargo_class_CONTAINER}};
    CHECK_INT_EQ(network_builder_finish(s->b, &s->network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(problem_init(&s->problem, s->network, NULL, &s->order, &options), ZHOL_ERROR_OK);
    CHECK_INT_EQ(departure_init(&s->departures, &s->problem), ZHOL_ERROR_OK);
    CHECK_INT_EQ(departure_prepare(&s->departures), ZHOL_ERROR_OK);
    return s->problem.net.first_arc[rail[0]];
}

static void end(struct stage *s)
{
    departure_clear(&s->departures);
    problem_clear(&s->problem);
    zhol_network_free(s->network);
    network_builder_free(s->b);
}

static void add_ride_in(struct stage *s, const char *zone, struct zhol_ride ride, uint16_t ban)
{
    struct zhol_arc move = network_arc_move(rail[1], 0, zhol_mode_RAIL, 1000, 60);
    uint32_t way, number;
    /* The way's arc goes to a vertex that leads nowhere, so that only the ride is a usable step. */
    struct zhol_vertex aside = {.node = 0, .link = 0, .state = zhol_state_RAIL1520, .stage = 1};
    network_builder_stage(s->b, &aside, &move.head);
    move.ban = ban;
    network_builder_arc(s->b, rail[0], &move, &way);
    network_builder_way(s->b, &way, 1, &ride.way);
    ride.way_count = 1;
    network_builder_text(s->b, zone, &ride.zone);
    CHECK_INT_EQ(network_builder_ride(s->b, &ride, &number), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_ride(rail[1], number, zhol_mode_RAIL, 1000, 60);
    CHECK_INT_EQ(network_builder_arc(s->b, rail[0], &arc, NULL), ZHOL_ERROR_OK);
}

static void add_ride(struct stage *s, struct zhol_ride ride, uint16_t ban)
{
    add_ride_in(s, "Asia/Almaty", ride, ban);
}

/* ---- Timetables ---- */

static void timetable_follows_the_zone_by_date(void)
{
    struct stage s;
    begin(&s);
    add_ride(&s,
             (struct zhol_ride){.first_day = ZHOL_BLANK_DATE,
                                .last_day = ZHOL_BLANK_DATE,
                                .depart_minute = 10 * 60,
                                .weekdays = 1u << 2 | 1u << 4}, /* Wednesday, Friday */
             0);
    uint32_t arc = ready(&s, DAY_2024_02_26) + 1;
    int64_t monday = (int64_t)DAY_2024_02_26 * 1440;
    struct departure_reason reason;
    /* Wednesday 28 February 10:00 in UTC+6 is 04:00 UTC, Friday 1 March in UTC+5 is 05:00 UTC. */
    CHECK_INT_EQ(departure_next(&s.departures, arc, monday, &reason), monday + 2 * 1440 + 4 * 60);
    CHECK_INT_EQ(reason.wait_for, ZHOL_WAIT_DEPARTURE);
    CHECK_INT_EQ(departure_next(&s.departures, arc, monday + 2 * 1440 + 4 * 60, &reason),
                 monday + 2 * 1440 + 4 * 60);
    CHECK_INT_EQ(reason.wait_for, ZHOL_WAIT_NONE);
    CHECK_INT_EQ(departure_next(&s.departures, arc, monday + 2 * 1440 + 4 * 60 + 1, NULL),
                 monday + 4 * 1440 + 5 * 60);
    end(&s);
}

/* On the night on which the clock skips 02:00-03:00 a train of 02:30 leaves when that would have
 * been. */
static void timetable_in_nights_when_the_clock_changes(void)
{
    struct stage s;
    begin(&s);
    add_ride_in(&s, "Europe/Warsaw",
                (struct zhol_ride){.first_day = ZHOL_BLANK_DATE,
                                   .last_day = ZHOL_BLANK_DATE,
                                   .depart_minute = 2 * 60 + 30,
                                   .weekdays = 127},
                0);
    /* 2026-03-29 is day 20541. */
    uint32_t arc = ready(&s, 20540) + 1;
    int64_t spring = INT64_C(20541) * 1440;
    CHECK_INT_EQ(departure_next(&s.departures, arc, spring - 1440, NULL), spring - 1440 + 90);
    CHECK_INT_EQ(departure_next(&s.departures, arc, spring, NULL), spring + 90);
    CHECK_INT_EQ(departure_next(&s.departures, arc, spring + 91, NULL), spring + 1440 + 30);
    end(&s);
}

static void service_runs_only_in_its_days(void)
{
    struct stage s;
    begin(&s);
    add_ride(&s,
             (struct zhol_ride){.first_day = DAY_2024_02_26 + 3,
                                .last_day = DAY_2024_02_26 + 8,
                                .depart_minute = 0,
                                .weekdays = 1}, /* Mondays: only 4 March lies within */
             0);
    uint32_t arc = ready(&s, DAY_2024_02_26) + 1;
    int64_t monday = (int64_t)DAY_2024_02_26 * 1440, next = monday + 7 * 1440 - 5 * 60;
    CHECK_INT_EQ(departure_next(&s.departures, arc, monday, NULL), next);
    CHECK_INT_EQ(departure_next(&s.departures, arc, next + 1, NULL), DEPARTURE_NEVER);
    end(&s);
}

static void headway_waits_half(void)
{
    struct stage s;
    begin(&s);
    add_ride(&s,
             (struct zhol_ride){.first_day = ZHOL_BLANK_DATE,
                                .last_day = ZHOL_BLANK_DATE,
                                .depart_minute = -1,
                                .headway_minutes = 600},
             0);
    uint32_t arc = ready(&s, 100) + 1;
    CHECK_INT_EQ(departure_next(&s.departures, arc, 144000, NULL), 144300);
    end(&s);
}

static void ban_moves_to_the_next_departure(void)
{
    struct stage s;
    struct zhol_ban ban = {
        .from_min = 100 * 1440, .to_min = 103 * 1440 + 1, .rule_row = 7, .commodity = ZHOL_NONE};
    uint16_t list;
    begin(&s);
    network_builder_bans(s.b, &ban, 1, &list);
    add_ride(&s,
             (struct zhol_ride){.first_day = ZHOL_BLANK_DATE,
                                .last_day = ZHOL_BLANK_DATE,
                                .depart_minute = 6 * 60, /* UTC+6 in 1970: 00:00 UTC */
                                .weekdays = 127},
             list);
    uint32_t arc = ready(&s, 100) + 1;
    struct departure_reason reason;
    CHECK_INT_EQ(departure_next(&s.departures, arc, 100 * 1440, &reason), 104 * 1440);
    CHECK_INT_EQ(reason.wait_for, ZHOL_WAIT_BAN);
    CHECK_INT_EQ(reason.why, 7);
    end(&s);
}

/* ---- Openings and bans, against a scan over every minute ---- */

static bool open_at(const struct zhol_opening *openings, uint32_t count,
                    const struct zhol_ban *bans, uint32_t ban_count, int64_t t)
{
    bool open = false;
    for (uint32_t i = 0; i < count; i++) {
        open = open || (t >= openings[i].from_min && t < openings[i].to_min);
    }
    for (uint32_t i = 0; i < ban_count; i++) {
        bool meets = bans[i].class != zhol_cargo_class_BULK;
        open = open && !(meets && t >= bans[i].from_min && t < bans[i].to_min);
    }
    return open;
}

static void openings_and_bans_agree_with_a_scan(void)
{
    srand(11);
    for (int round = 0; round < 300; round++) {
        struct stage s;
        struct zhol_opening openings[6];
        struct zhol_ban bans[3];
        uint16_t calendar, list;
        int64_t t = 0;
        memset(bans, 0, sizeof bans);
        memset(openings, 0, sizeof openings);
        for (int i = 0; i < 6; i++) {
            openings[i].from_min = t + 1 + rand() % 30;
            openings[i].to_min = openings[i].from_min + 1 + rand() % 40;
            t = openings[i].to_min;
        }
        for (int i = 0; i < 3; i++) {
            bans[i].from_min = rand() % 200;
            bans[i].to_min = bans[i].from_min + 1 + rand() % 60;
            bans[i].commodity = ZHOL_NONE;
            bans[i].class = rand() % 3 == 0 ? zhol_cargo_class_BULK : 0;
        }
        begin(&s);
        network_builder_calendar(s.b, openings, 6, &calendar);
        network_builder_bans(s.b, bans, 3, &list);
        struct zhol_arc arc = network_arc_move(rail[1], 0, zhol_mode_RAIL, 1000, 60);
        arc.calendar = calendar;
        arc.ban = list;
        network_builder_arc(s.b, rail[0], &arc, NULL);
        uint32_t number = ready(&s, 0);
        for (int64_t at = 0; at < 300; at += 7) {
            int64_t want = at;
            while (want < 400 && !open_at(openings, 6, bans, 3, want)) {
                want++;
            }
            want = want == 400 ? DEPARTURE_NEVER : want;
            CHECK_INT_EQ(departure_next(&s.departures, number, at, NULL), want);
        }
        end(&s);
    }
}

int main(void)
{
    RUN(timetable_follows_the_zone_by_date);
    RUN(timetable_in_nights_when_the_clock_changes);
    RUN(service_runs_only_in_its_days);
    RUN(headway_waits_half);
    RUN(ban_moves_to_the_next_departure);
    RUN(openings_and_bans_agree_with_a_scan);
    return check_report();
}
