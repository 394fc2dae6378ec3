/* tests/regress/test_planner.c: faults of the planner that were found once and must not come back.
 * Each function is one fault; its comment says what went wrong. */
#include <stdlib.h>

#include "check.h"
#include "network/builder.h"
#include <zhol/plan.h>

#define DAY 1440

/* Places 0..5, each with a yard, a road and a rail vertex. */
enum { PLACES = 6 };
struct stage {
    struct network_builder *b;
    struct zhol_network *network;
    uint32_t yard[PLACES], road[PLACES], rail[PLACES];
    uint16_t clean; /* a known factor of nothing */
    struct zhol_consignment order;
    struct zhol_plan_options options;
    struct zhol_plan_result result;
};

static void begin(struct stage *s)
{
    memset(s, 0, sizeof *s);
    CHECK_INT_EQ(network_builder_new(&s->b), ZHOL_ERROR_OK);
    network_builder_dates(s->b, 100, 69 * DAY, 500 * DAY);
    CHECK_INT_EQ(network_builder_factor(s->b, &(struct zhol_factor){0}, &s->clean), ZHOL_ERROR_OK);
    for (uint32_t n = 0; n < PLACES; n++) {
        network_builder_place(s->b, n, zhol_state_YARD, &s->yard[n]);
        network_builder_place(s->b, n, zhol_state_ROAD, &s->road[n]);
        network_builder_place(s->b, n, zhol_state_RAIL1520, &s->rail[n]);
    }
    s->order = (struct zhol_consignment){
        .from = 0,
        .to = 1,
        .ready_min = 100 * DAY,
        .deadline_min = INT64_MAX,
        .load = {
            .class = zhol_cargo_class_CONTAINER, .tonnes = 10, .teu = 2, .trucks = 1, .units = 1}};
    s->options = (struct zhol_plan_options){.time = ZHOL_TIME_MEDIAN, .horizon_days = 60};
}

static enum zhol_error plan(struct stage *s)
{
    CHECK_INT_EQ(network_builder_finish(s->b, &s->network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_verify(s->network), ZHOL_ERROR_OK);
    return zhol_plan(s->network, NULL, &s->order, &s->options, &s->result);
}

static void end(struct stage *s)
{
    zhol_plan_result_clear(&s->result);
    zhol_network_free(s->network);
    network_builder_free(s->b);
}

static uint32_t set_of(struct stage *s, uint8_t scope, uint8_t kind, double usd)
{
    struct zhol_price price = {.microusd = llround(usd * 1e6),
                               .commodity = ZHOL_NONE,
                               .scope = scope,
                               .cost_kind = kind,
                               .unit = zhol_tariff_unit_CONSIGNMENT};
    uint32_t number, set;
    network_builder_price(s->b, &price, &number);
    network_builder_price_set(s->b, &number, 1, &set);
    return set;
}

/* A handling of a process; `usd` < 0: its price is not known. */
static void handle(struct stage *s, uint32_t from, uint32_t to, uint32_t process, uint32_t minutes,
                   double usd)
{
    struct zhol_arc arc = network_arc_handle(to, process, process, minutes);
    arc.emission = s->clean;
    if (usd >= 0) {
        arc.price_set = set_of(s, zhol_tariff_scope_PROCESS, zhol_cost_kind_TERMINAL, usd);
    }
    CHECK_INT_EQ(network_builder_arc(s->b, from, &arc, NULL), ZHOL_ERROR_OK);
}

static uint32_t move(struct stage *s, uint32_t from, uint32_t to, uint32_t link, uint8_t mode,
                     uint32_t minutes, double usd)
{
    struct zhol_arc arc = network_arc_move(to, link, mode, 1000, minutes);
    arc.emission = s->clean;
    uint32_t number;
    if (usd >= 0) {
        arc.price_set = set_of(s, zhol_tariff_scope_LINK, zhol_cost_kind_FREIGHT, usd);
    }
    CHECK_INT_EQ(network_builder_arc(s->b, from, &arc, &number), ZHOL_ERROR_OK);
    return number;
}

/* A ride from rail to rail over a sea link, which cannot be used without it. */
static void sail(struct stage *s, uint32_t from, uint32_t to, struct zhol_ride ride, uint16_t ban,
                 double usd)
{
    struct zhol_arc sea = network_arc_move(s->rail[to], 100 + from, zhol_mode_SEA, 1000, 600);
    uint32_t way, number;
    sea.ban = ban;
    CHECK_INT_EQ(network_builder_arc(s->b, s->rail[from], &sea, &way), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_way(s->b, &way, 1, &ride.way), ZHOL_ERROR_OK);
    ride.way_count = 1;
    network_builder_text(s->b, "UTC", &ride.zone);
    CHECK_INT_EQ(network_builder_ride(s->b, &ride, &number), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_ride(s->rail[to], number, zhol_mode_SEA, 1000, 600);
    arc.ban = ban;
    arc.price_set = set_of(s, zhol_tariff_scope_THROUGH, zhol_cost_kind_FREIGHT, usd);
    CHECK_INT_EQ(network_builder_arc(s->b, s->rail[from], &arc, NULL), ZHOL_ERROR_OK);
}

static const struct zhol_ride daily = {
    .first_day = ZHOL_BLANK_DATE, .last_day = ZHOL_BLANK_DATE, .depart_minute = 0, .weekdays = 127};

static void storage(struct stage *s, uint32_t vertex, const struct zhol_price *prices,
                    uint32_t count)
{
    uint32_t numbers[8], set;
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_price price = prices[i];
        price.commodity = ZHOL_NONE;
        price.scope = zhol_tariff_scope_STORAGE;
        price.cost_kind = price.cost_kind ? price.cost_kind : zhol_cost_kind_STORAGE;
        network_builder_price(s->b, &price, &numbers[i]);
    }
    CHECK_INT_EQ(network_builder_price_set(s->b, numbers, count, &set), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_storage(s->b, vertex, set), ZHOL_ERROR_OK);
}

/* ---- Dates ---- */

/* The list of departures was sized by a negative number of days: MEMORY instead of UNREACHABLE. */
static void deadline_long_before_ready(void)
{
    struct stage s;
    begin(&s);
    handle(&s, s.yard[0], s.rail[0], 0, 60, 1);
    handle(&s, s.rail[1], s.yard[1], 1, 60, 1);
    sail(&s, 0, 1, daily, 0, 5);
    s.order.deadline_min = 0;
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_UNREACHABLE);
    end(&s);
}

/* Instants beyond all calendars overflowed in the search instead of being refused. */
static void instants_out_of_range(void)
{
    struct stage s;
    begin(&s);
    handle(&s, s.yard[0], s.rail[0], 0, 60, 1);
    handle(&s, s.rail[1], s.yard[1], 1, 60, 1);
    sail(&s, 0, 1, daily, 0, 5);
    s.order.ready_min = INT64_MAX - 10;
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_USAGE);
    zhol_network_free(s.network);
    s.order.ready_min = INT64_MIN + 10;
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_USAGE);
    zhol_network_free(s.network);
    s.order.ready_min = 100 * DAY;
    s.options.horizon_days = UINT32_MAX;
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_USAGE);
    end(&s);
}

/* Departures were listed from 62 days before the goods are ready: a stop that lies further behind
 * the first one was never served. */
static void stop_far_behind_the_first(void)
{
    struct stage s;
    struct zhol_ride ride = daily;
    begin(&s);
    handle(&s, s.yard[0], s.rail[0], 0, 60, 1);
    handle(&s, s.rail[1], s.yard[1], 1, 60, 1);
    ride.offset_minutes = 90 * DAY;
    ride.last_day = 20; /* the last ship of day 19 is at the stop on day 109 */
    sail(&s, 0, 1, ride, 0, 5);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    if (s.result.itinerary_count == 1) {
        CHECK_INT_EQ(s.result.steps[1].start_min, 101 * DAY);
    }
    end(&s);
}

/* A ban that ended after the last day of a frequent line let cargo board a line that runs no more.
 */
static void line_ends_during_the_ban(void)
{
    struct stage s;
    struct zhol_ride ride = {
        .first_day = ZHOL_BLANK_DATE, .last_day = 110, .depart_minute = -1, .headway_minutes = 720};
    struct zhol_ban ban = {
        .from_min = 90 * DAY, .to_min = 120 * DAY, .rule_row = 0, .commodity = ZHOL_NONE};
    uint16_t list;
    begin(&s);
    handle(&s, s.yard[0], s.rail[0], 0, 60, 1);
    handle(&s, s.rail[1], s.yard[1], 1, 60, 1);
    CHECK_INT_EQ(network_builder_bans(s.b, &ban, 1, &list), ZHOL_ERROR_OK);
    sail(&s, 0, 1, ride, list, 5);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_UNREACHABLE);
    end(&s);
}

/* With least times a ride came to a ban on its way earlier, while the ban still held, and the next
 * departure was days later: the technical minimum took longer than the median. */
static void least_times_are_never_slower(void)
{
    struct stage s;
    struct zhol_ride ride = daily;
    struct zhol_ban ban = {
        .from_min = 100 * DAY, .to_min = 101 * DAY, .rule_row = 0, .commodity = ZHOL_NONE};
    uint32_t way[2], number;
    begin(&s);
    handle(&s, s.yard[0], s.rail[0], 0, 0, 1);
    handle(&s, s.rail[1], s.yard[1], 1, 0, 1);
    struct zhol_arc first = network_arc_move(s.rail[2], 1, zhol_mode_SEA, 1000, DAY);
    struct zhol_arc second = network_arc_move(s.rail[1], 2, zhol_mode_SEA, 1000, DAY);
    first.minutes[ZHOL_TIME_MIN] = second.minutes[ZHOL_TIME_MIN] = DAY / 2;
    CHECK_INT_EQ(network_builder_bans(s.b, &ban, 1, &second.ban), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_arc(s.b, s.rail[0], &first, &way[0]), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_arc(s.b, s.rail[2], &second, &way[1]), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_way(s.b, way, 2, &ride.way), ZHOL_ERROR_OK);
    ride.way_count = 2;
    ride.first_day = 100;
    ride.last_day = 101;
    network_builder_text(s.b, "UTC", &ride.zone);
    CHECK_INT_EQ(network_builder_ride(s.b, &ride, &number), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_ride(s.rail[1], number, zhol_mode_SEA, 1000, 2 * DAY);
    arc.minutes[ZHOL_TIME_MIN] = DAY;
    CHECK_INT_EQ(network_builder_arc(s.b, s.rail[0], &arc, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    CHECK_INT_EQ(s.result.itineraries[0].arrival_min, 102 * DAY);
    zhol_plan_result_clear(&s.result);
    s.options.time = ZHOL_TIME_MIN;
    CHECK_INT_EQ(zhol_plan(s.network, NULL, &s.order, &s.options, &s.result), ZHOL_ERROR_OK);
    CHECK_INT_EQ(s.result.itinerary_count, 1);
    if (s.result.itinerary_count == 1) {
        CHECK_INT_EQ(s.result.itineraries[0].arrival_min, 101 * DAY);
    }
    end(&s);
}

/* ---- Storage ---- */

/* Cargo comes to place 3 at 100 d 10 h and leaves by the only ship on day 106: what waiting five
 * days and 14 hours costs by these prices. */
static int64_t waiting_cents(const struct zhol_price *prices, uint32_t count)
{
    struct stage s;
    struct zhol_ride ride = daily;
    begin(&s);
    /* In by a ride of its own on day 100 only, so that no later start saves storage. */
    handle(&s, s.yard[0], s.rail[0], 0, 0, 0);
    move(&s, s.rail[0], s.rail[2], 7, zhol_mode_RAIL, 0, 0);
    ride.first_day = 100;
    ride.last_day = 101;
    sail(&s, 2, 3, ride, 0, 0);
    ride.first_day = 106;
    ride.last_day = 107;
    sail(&s, 3, 1, ride, 0, 0);
    handle(&s, s.rail[1], s.yard[1], 1, 0, 0);
    storage(&s, s.rail[3], prices, count);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    int64_t cents = -1;
    if (s.result.itinerary_count == 1) {
        cents = s.result.itineraries[0].cents;
        struct zhol_network_view view = zhol_network_view(s.network);
        int64_t day;
        for (uint32_t k = 0; k < s.result.step_count; k++) {
            const struct zhol_step *step = &s.result.steps[k];
            uint32_t tail = zhol_network_tail(&view, step->arc);
            CHECK_INT_EQ(step->storage_cents,
                         zhol_network_storage(&view, tail, &s.order.load,
                                              step->start_min - step->ready_min, &day));
        }
    }
    end(&s);
    return cents;
}

/* The free days were those of the first price of the set, even where its unit is one that the load
 * does not have, and one number stood for prices of several kinds. */
static void free_days_of_the_price_that_is_charged(void)
{
    struct zhol_price by_unit[] = {
        {.microusd = 1000000, .free_minutes = 30 * DAY, .unit = zhol_tariff_unit_WAGON, .rank = 3},
        {.microusd = 7000000, .free_minutes = 2 * DAY, .unit = zhol_tariff_unit_TEU, .rank = 1},
    };
    struct zhol_price two_kinds[] = {
        {.microusd = 1000000,
         .free_minutes = 5 * DAY,
         .unit = zhol_tariff_unit_TEU,
         .cost_kind = zhol_cost_kind_TERMINAL},
        {.microusd = 2000000, .free_minutes = DAY, .unit = zhol_tariff_unit_TEU},
    };
    struct zhol_price alternatives[] = {
        {.microusd = 9000000, .unit = zhol_tariff_unit_TEU},
        {.microusd = 5000000, .unit = zhol_tariff_unit_TRUCK},
    };
    /* 5 d 14 h of waiting; two boxes of one TEU. */
    CHECK_INT_EQ(waiting_cents(by_unit, 2), 4 * 1400);
    CHECK_INT_EQ(waiting_cents(two_kinds, 2), 1 * 200 + 5 * 400);
    CHECK_INT_EQ(waiting_cents(alternatives, 2), 6 * 500); /* of equals the cheapest */
}

/* A start just in time by a line without a timetable was looked for half a headway too late. */
static void just_in_time_by_a_frequent_line(void)
{
    struct stage s;
    struct zhol_ride line = {.first_day = ZHOL_BLANK_DATE,
                             .last_day = ZHOL_BLANK_DATE,
                             .depart_minute = -1,
                             .headway_minutes = 720};
    struct zhol_ride ship = daily;
    struct zhol_price storage_price = {.microusd = 1000000, .unit = zhol_tariff_unit_CONSIGNMENT};
    begin(&s);
    handle(&s, s.yard[0], s.rail[0], 0, 0, 0);
    sail(&s, 0, 2, line, 0, 0);
    ship.first_day = 110;
    ship.last_day = 111;
    sail(&s, 2, 1, ship, 0, 0);
    handle(&s, s.rail[1], s.yard[1], 1, 0, 0);
    storage(&s, s.rail[2], &storage_price, 1);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    CHECK_INT_EQ(s.result.itinerary_count, 1);
    CHECK_INT_EQ(s.result.itineraries[0].cents, 0);
    CHECK_INT_EQ(s.result.steps[1].start_min, 110 * DAY - 600);
    CHECK_INT_EQ(s.result.steps[1].wait_for, ZHOL_WAIT_CHOSEN);
    end(&s);
}

/* ---- What is not known ---- */

/* Two arcs of one process were one unknown item: a way that pays its unknown price twice passed for
 * no dearer than a way that pays it once. */
static void an_unknown_price_paid_twice(void)
{
    struct stage s;
    begin(&s);
    handle(&s, s.yard[0], s.road[0], 0, 10, -1);
    handle(&s, s.road[0], s.rail[0], 0, 10, -1);
    handle(&s, s.yard[0], s.rail[0], 0, 90, -1);
    move(&s, s.rail[0], s.rail[1], 0, zhol_mode_RAIL, 60, 3);
    handle(&s, s.rail[1], s.yard[1], 1, 60, 1);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    CHECK_INT_EQ(s.result.itinerary_count, 2);
    end(&s);
}

/* A ride without any arc and without a price cost nothing and was known. */
static void a_ride_without_a_way_has_no_price(void)
{
    struct stage s;
    struct zhol_ride ride = daily;
    uint32_t number;
    begin(&s);
    network_builder_text(s.b, "UTC", &ride.zone);
    CHECK_INT_EQ(network_builder_ride(s.b, &ride, &number), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_ride(s.rail[1], number, zhol_mode_RAIL, 1000, 600);
    CHECK_INT_EQ(network_builder_arc(s.b, s.rail[0], &arc, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_finish(s.b, &s.network), ZHOL_ERROR_OK);
    struct zhol_network_view view = zhol_network_view(s.network);
    bool unknown = false;
    CHECK_INT_EQ(zhol_network_cost(&view, 0, &s.order.load, &unknown, NULL, 0, NULL), 0);
    CHECK(unknown);
    end(&s);
}

/* A ride whose way the load cannot use was offered all the same. */
static void a_ride_over_a_handling_of_another_class(void)
{
    struct stage s;
    struct zhol_ride ride = daily;
    uint32_t number, way[2];
    begin(&s);
    handle(&s, s.yard[0], s.rail[0], 0, 0, 1);
    handle(&s, s.rail[1], s.yard[1], 1, 0, 1);
    way[0] = move(&s, s.rail[0], s.rail[2], 1, zhol_mode_SEA, 60, 1);
    struct zhol_arc bulk = network_arc_handle(s.road[2], 2, 2, 10);
    bulk.class = zhol_cargo_class_BULK;
    CHECK_INT_EQ(network_builder_arc(s.b, s.rail[2], &bulk, &way[1]), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_way(s.b, way, 2, &ride.way), ZHOL_ERROR_OK);
    ride.way_count = 2;
    network_builder_text(s.b, "UTC", &ride.zone);
    CHECK_INT_EQ(network_builder_ride(s.b, &ride, &number), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_ride(s.road[2], number, zhol_mode_RAIL, 1000, 600);
    CHECK_INT_EQ(network_builder_arc(s.b, s.rail[0], &arc, NULL), ZHOL_ERROR_OK);
    move(&s, s.road[2], s.road[1], 2, zhol_mode_ROAD, 60, 1);
    handle(&s, s.road[1], s.yard[1], 3, 0, 1);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_UNREACHABLE);
    end(&s);
}

/* ---- Why ---- */

/* An itinerary with an unknown price passed for the one that beats the way through a place. */
static void an_incomplete_cost_beats_nothing(void)
{
    struct stage s;
    struct zhol_why_answer why;
    begin(&s);
    handle(&s, s.yard[0], s.road[0], 0, 0, 0);
    handle(&s, s.road[1], s.yard[1], 1, 0, 0);
    move(&s, s.road[0], s.road[3], 0, zhol_mode_ROAD, 50, 590);
    move(&s, s.road[3], s.road[1], 1, zhol_mode_ROAD, 50, -1);
    move(&s, s.road[0], s.road[1], 2, zhol_mode_ROAD, 150, 200);
    move(&s, s.road[0], s.road[4], 3, zhol_mode_ROAD, 80, 300);
    move(&s, s.road[4], s.road[1], 4, zhol_mode_ROAD, 80, 300);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    CHECK_INT_EQ(s.result.itinerary_count, 2);
    CHECK_INT_EQ(zhol_plan_why(s.network, NULL, &s.order, &s.options, 4, &why), ZHOL_ERROR_OK);
    CHECK_INT_EQ(why.why, ZHOL_WHY_DOMINATED);
    CHECK_INT_EQ(why.dominated.cents, 60000);
    CHECK_INT_EQ(why.dominator.cents, 20000);
    CHECK(why.dominator.unknown_items == 0);
    zhol_why_answer_clear(&why);
    end(&s);
}

/* A ban for other cargo was named as the one that is in the way. */
static void the_ban_that_meets_this_cargo(void)
{
    struct stage s;
    struct zhol_why_answer why;
    struct zhol_ban bans[2] = {
        {.from_min = 0, .to_min = INT64_MAX, .rule_row = 1, .class = zhol_cargo_class_BULK},
        {.from_min = 0, .to_min = INT64_MAX, .rule_row = 2},
    };
    struct zhol_arc arc;
    begin(&s);
    handle(&s, s.yard[0], s.road[0], 0, 0, 0);
    handle(&s, s.road[1], s.yard[1], 1, 0, 0);
    move(&s, s.road[0], s.road[1], 2, zhol_mode_ROAD, 150, 200);
    bans[0].commodity = bans[1].commodity = ZHOL_NONE;
    arc = network_arc_move(s.road[4], 3, zhol_mode_ROAD, 1000, 10);
    CHECK_INT_EQ(network_builder_bans(s.b, bans, 2, &arc.ban), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_arc(s.b, s.road[0], &arc, NULL), ZHOL_ERROR_OK);
    move(&s, s.road[4], s.road[1], 4, zhol_mode_ROAD, 80, 300);
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_plan_why(s.network, NULL, &s.order, &s.options, 4, &why), ZHOL_ERROR_OK);
    CHECK_INT_EQ(why.why, ZHOL_WHY_BANNED);
    CHECK_INT_EQ(why.rule_row, 2);
    zhol_why_answer_clear(&why);
    end(&s);
}

/* Where the only way to a place leads by what was to be avoided, the class of cargo was blamed. */
static void the_way_to_it_was_to_be_avoided(void)
{
    struct stage s;
    struct zhol_why_answer why;
    uint32_t avoid = 3;
    begin(&s);
    handle(&s, s.yard[0], s.road[0], 0, 0, 0);
    handle(&s, s.road[1], s.yard[1], 1, 0, 0);
    move(&s, s.road[0], s.road[1], 2, zhol_mode_ROAD, 150, 200);
    move(&s, s.road[0], s.road[3], 3, zhol_mode_ROAD, 80, 300);
    move(&s, s.road[3], s.road[4], 4, zhol_mode_ROAD, 80, 300);
    move(&s, s.road[4], s.road[1], 5, zhol_mode_ROAD, 80, 300);
    s.order.avoid_nodes = &avoid;
    s.order.avoid_node_count = 1;
    CHECK_INT_EQ(plan(&s), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_plan_why(s.network, NULL, &s.order, &s.options, 4, &why), ZHOL_ERROR_OK);
    CHECK_INT_EQ(why.why, ZHOL_WHY_AVOIDED);
    zhol_why_answer_clear(&why);
    end(&s);
}

int main(void)
{
    RUN(deadline_long_before_ready);
    RUN(instants_out_of_range);
    RUN(stop_far_behind_the_first);
    RUN(line_ends_during_the_ban);
    RUN(least_times_are_never_slower);
    RUN(free_days_of_the_price_that_is_charged);
    RUN(just_in_time_by_a_frequent_line);
    RUN(an_unknown_price_paid_twice);
    RUN(a_ride_without_a_way_has_no_price);
    RUN(a_ride_over_a_handling_of_another_class);
    RUN(an_incomplete_cost_beats_nothing);
    RUN(the_ban_that_meets_this_cargo);
    RUN(the_way_to_it_was_to_be_avoided);
    return check_report();
}
