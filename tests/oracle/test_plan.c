/* test_plan.c: the planner against a time-expanded enumeration.
 *
 * Random small networks with handlings, movements, border controls with opening times, bans (with
 * exemptions, for goods of some country), timetabled and frequent services (parallel ones, over
 * several movements, for some days only, with a through price or the sum of their way), storage
 * after free days (of two kinds), arcs that take no time, unknown prices and places to pass. All
 * times are multiples of six hours, so that trying every such instant as a start of every arc is
 * every start that can matter. The oracle keeps all labels of a state that come at different times;
 * it knows nothing of bounds, just-in-time starts or the dominance over time and storage that the
 * planner relies on. The fronts must be equal.
 */
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "network/builder.h"
#include "plan/departure.h"
#include "plan/problem.h"

#define SLOT         360
#define HORIZON_DAYS 10
#define MAX_NODES    6
#define MAX_POOL     400000

static uint64_t seed_state;

static uint32_t pick(uint32_t n)
{
    seed_state = seed_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((seed_state >> 33) % n);
}

static bool chance(uint32_t percent)
{
    return pick(100) < percent;
}

/* ---- A random network ---- */

struct world {
    struct network_builder *b;
    struct zhol_network *network;
    uint32_t nodes;
    uint32_t yard[MAX_NODES], road[MAX_NODES], rail[MAX_NODES];
    uint32_t processes;
    uint32_t rides;
    bool storage;
};

static uint32_t price_of(struct world *w, uint8_t scope, uint8_t kind, int64_t dollars)
{
    struct zhol_price price = {.microusd = dollars * 1000000,
                               .commodity = ZHOL_NONE,
                               .scope = scope,
                               .cost_kind = kind,
                               .unit = zhol_tariff_unit_CONSIGNMENT};
    uint32_t number;
    CHECK_INT_EQ(network_builder_price(w->b, &price, &number), ZHOL_ERROR_OK);
    return number;
}

static uint32_t set_of(struct world *w, uint8_t scope, uint8_t kind, int64_t dollars)
{
    uint32_t number = price_of(w, scope, kind, dollars), set;
    CHECK_INT_EQ(network_builder_price_set(w->b, &number, 1, &set), ZHOL_ERROR_OK);
    return set;
}

static uint16_t random_calendar(struct world *w)
{
    struct zhol_opening openings[32];
    uint32_t count = 0;
    uint16_t number;
    int64_t t = (int64_t)pick(4) * SLOT;
    while (t < (HORIZON_DAYS + 4) * 1440 && count < 32) {
        int64_t end = t + (1 + (int64_t)pick(5)) * SLOT;
        openings[count++] = (struct zhol_opening){.from_min = t, .to_min = end};
        t = end + (1 + (int64_t)pick(4)) * SLOT;
    }
    CHECK_INT_EQ(network_builder_calendar(w->b, openings, count, &number), ZHOL_ERROR_OK);
    return number;
}

static uint16_t random_bans(struct world *w)
{
    struct zhol_ban bans[2];
    uint32_t count = 1 + pick(2);
    uint16_t list;
    memset(bans, 0, sizeof bans);
    for (uint32_t i = 0; i < count; i++) {
        bans[i].from_min = (int64_t)pick(20) * SLOT;
        bans[i].to_min = chance(15) ? INT64_MAX : bans[i].from_min + (1 + (int64_t)pick(12)) * SLOT;
        bans[i].commodity = ZHOL_NONE;
        bans[i].class = chance(30) ? zhol_cargo_class_BULK : 0;
        bans[i].exempt_classes = chance(20) ? 1u << zhol_cargo_class_CONTAINER : 0;
        uint32_t exempt[2] = {1, pick(2)}; /* the load is commodity 0 */
        if (chance(30)) {
            CHECK_INT_EQ(network_builder_exempt(w->b, exempt, 2, &bans[i].exempt), 0);
        }
        memcpy(bans[i].from_country, chance(20) ? "KZ" : "\0", 2);
        memcpy(bans[i].to_country, chance(20) ? "CN" : "\0", 2);
    }
    CHECK_INT_EQ(network_builder_bans(w->b, bans, count, &list), ZHOL_ERROR_OK);
    return list;
}

static uint16_t random_factor(struct world *w)
{
    struct zhol_factor factor = {.g_per_tkm = (double)pick(30), .g_per_t = (double)(pick(4) * 10)};
    uint16_t number;
    CHECK_INT_EQ(network_builder_factor(w->b, &factor, &number), ZHOL_ERROR_OK);
    return number;
}

static void season(struct world *w, struct zhol_arc *arc)
{
    arc->minutes[ZHOL_TIME_MIN] = arc->minutes[ZHOL_TIME_MEDIAN] / 2;
    arc->emission = chance(90) ? random_factor(w) : 0;
    arc->calendar = chance(20) ? random_calendar(w) : 0;
    arc->ban = chance(8) ? random_bans(w) : 0;
}

static uint32_t minutes(void)
{
    return chance(12) ? 0 : SLOT * (1 + pick(3));
}

static void add_handling(struct world *w, uint32_t from, uint32_t to)
{
    struct zhol_arc arc = network_arc_handle(to, w->processes, w->processes, minutes());
    w->processes++;
    season(w, &arc);
    if (chance(92)) {
        arc.price_set = set_of(w, zhol_tariff_scope_PROCESS, zhol_cost_kind_TERMINAL, pick(12));
    }
    arc.class = chance(6) ? (chance(50) ? zhol_cargo_class_BULK : zhol_cargo_class_CONTAINER) : 0;
    CHECK_INT_EQ(network_builder_arc(w->b, from, &arc, NULL), ZHOL_ERROR_OK);
}

/* A movement, sometimes behind a control on a stage of its own; gives the numbers of its arcs. */
static uint32_t add_move(struct world *w, uint32_t from, uint32_t to, uint32_t link, uint8_t mode,
                         uint32_t arcs[2])
{
    uint32_t count = 0, tail = from;
    if (chance(25)) {
        struct zhol_vertex stage = {.node = pick(w->nodes),
                                    .link = link,
                                    .state = mode == zhol_mode_RAIL ? zhol_state_RAIL1435
                                                                    : zhol_state_ROAD,
                                    .stage = 1};
        CHECK_INT_EQ(network_builder_stage(w->b, &stage, &tail), ZHOL_ERROR_OK);
        struct zhol_arc control = network_arc_control(tail, w->processes, w->processes, minutes());
        w->processes++;
        season(w, &control);
        control.class = chance(30) ? zhol_cargo_class_BULK : 0; /* passed by containers */
        control.price_set = set_of(w, zhol_tariff_scope_PROCESS, zhol_cost_kind_BORDER, pick(6));
        CHECK_INT_EQ(network_builder_arc(w->b, from, &control, &arcs[count++]), ZHOL_ERROR_OK);
    }
    struct zhol_arc move = network_arc_move(to, link, mode, 1000 * (1 + pick(20)), minutes());
    season(w, &move);
    if (chance(92)) {
        move.price_set = set_of(w, zhol_tariff_scope_LINK, zhol_cost_kind_FREIGHT, pick(20));
    }
    CHECK_INT_EQ(network_builder_arc(w->b, tail, &move, &arcs[count++]), ZHOL_ERROR_OK);
    return count;
}

static void add_ride(struct world *w, uint32_t from, uint32_t to, const uint32_t *way,
                     uint32_t count)
{
    struct zhol_ride ride = {.way_count = count,
                             .service = w->rides,
                             .first_day = ZHOL_BLANK_DATE,
                             .last_day = ZHOL_BLANK_DATE};
    uint32_t number;
    CHECK_INT_EQ(network_builder_way(w->b, way, count, &ride.way), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_text(w->b, "UTC", &ride.zone), ZHOL_ERROR_OK);
    if (chance(30)) {
        ride.headway_minutes = 2 * SLOT * (1 + pick(3));
        ride.depart_minute = -1;
    } else {
        ride.depart_minute = (int16_t)(SLOT * pick(4));
        ride.weekdays = (uint8_t)(1 + pick(127));
        ride.offset_minutes = (int32_t)(SLOT * pick(3));
    }
    if (chance(20)) {
        ride.first_day = (int32_t)pick(5);
        ride.last_day = ride.first_day + 1 + (int32_t)pick(6);
    }
    CHECK_INT_EQ(network_builder_ride(w->b, &ride, &number), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_ride(to, number, zhol_mode_RAIL, 1000, minutes());
    arc.ban = chance(15) ? random_bans(w) : 0;
    if (chance(60)) {
        arc.price_set = set_of(w, zhol_tariff_scope_THROUGH, zhol_cost_kind_FREIGHT, pick(25));
    }
    CHECK_INT_EQ(network_builder_arc(w->b, from, &arc, NULL), ZHOL_ERROR_OK);
    w->rides++;
}

static void add_places(struct world *w)
{
    for (uint32_t n = 0; n < w->nodes; n++) {
        network_builder_place(w->b, n, zhol_state_YARD, &w->yard[n]);
        network_builder_place(w->b, n, zhol_state_ROAD, &w->road[n]);
        network_builder_place(w->b, n, zhol_state_RAIL1435, &w->rail[n]);
        add_handling(w, w->yard[n], w->road[n]);
        add_handling(w, w->road[n], w->yard[n]);
        if (chance(80)) {
            add_handling(w, w->yard[n], w->rail[n]);
            add_handling(w, w->rail[n], w->yard[n]);
        }
    }
}

/* A movement by rail with what leads up to it, as a part of a ride's way. */
struct part {
    uint32_t from, to, arcs[2], count;
};

/* Rides over one movement, some with a twin, and over two that meet. */
static void add_rides(struct world *w, const struct part *parts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct part *a = &parts[i];
        for (uint32_t twins = chance(70) + chance(25); twins > 0; twins--) {
            add_ride(w, a->from, a->to, a->arcs, a->count);
        }
        for (uint32_t k = 0; k < count; k++) {
            const struct part *b = &parts[k];
            if (b->from == a->to && b->to != a->from && chance(40)) {
                uint32_t way[4];
                memcpy(way, a->arcs, a->count * sizeof *way);
                memcpy(way + a->count, b->arcs, b->count * sizeof *way);
                add_ride(w, a->from, b->to, way, a->count + b->count);
            }
        }
    }
}

/* Storage is charged at places of which no two are joined by an arc. */
static void add_storage(struct world *w)
{
    uint8_t charged[3 * MAX_NODES + 64 * MAX_NODES] = {0};
    const struct zhol_arc *arcs;
    const uint32_t *tails;
    uint32_t count = network_builder_arcs(w->b, &arcs, &tails);
    for (uint32_t v = 0; v < 3 * w->nodes; v++) {
        bool alone = chance(70);
        for (uint32_t a = 0; a < count; a++) {
            alone = alone && !(tails[a] == v && charged[arcs[a].head]) &&
                    !(arcs[a].head == v && charged[tails[a]]);
        }
        if (!alone) {
            continue;
        }
        struct zhol_price price = {.microusd = (1 + (int64_t)pick(5)) * 1000000,
                                   .commodity = ZHOL_NONE,
                                   .free_minutes = SLOT * pick(5),
                                   .scope = zhol_tariff_scope_STORAGE,
                                   .cost_kind = zhol_cost_kind_STORAGE,
                                   .unit = zhol_tariff_unit_CONSIGNMENT};
        uint32_t numbers[2], set;
        network_builder_price(w->b, &price, &numbers[0]);
        price.microusd = (1 + (int64_t)pick(5)) * 1000000;
        price.free_minutes = SLOT * pick(8);
        price.cost_kind = zhol_cost_kind_SECURITY;
        network_builder_price(w->b, &price, &numbers[1]);
        network_builder_price_set(w->b, numbers, chance(25) ? 2 : 1, &set);
        network_builder_storage(w->b, v, set);
        charged[v] = 1;
    }
}

static void make_world(struct world *w, bool timed)
{
    memset(w, 0, sizeof *w);
    w->nodes = 2 + pick(MAX_NODES - 1);
    w->storage = timed && chance(70);
    CHECK_INT_EQ(network_builder_new(&w->b), ZHOL_ERROR_OK);
    network_builder_dates(w->b, 0, 0, (HORIZON_DAYS + 5) * 1440);
    add_places(w);
    uint32_t links = 3 * w->nodes + pick(4 * w->nodes), part_count = 0;
    struct part parts[7 * MAX_NODES];
    for (uint32_t i = 0; i < links; i++) {
        uint32_t a = pick(w->nodes), b = pick(w->nodes);
        bool rail = chance(60);
        if (a == b) {
            continue;
        }
        struct part part = {.from = rail ? w->rail[a] : w->road[a],
                            .to = rail ? w->rail[b] : w->road[b]};
        part.count =
            add_move(w, part.from, part.to, i, rail ? zhol_mode_RAIL : zhol_mode_ROAD, part.arcs);
        if (rail) {
            parts[part_count++] = part;
        }
    }
    if (timed) {
        add_rides(w, parts, part_count);
    }
    if (w->storage) {
        add_storage(w);
    }
    CHECK_INT_EQ(network_builder_finish(w->b, &w->network), ZHOL_ERROR_OK);
}

static void drop_world(struct world *w)
{
    zhol_network_free(w->network);
    network_builder_free(w->b);
}

/* ---- The oracle ---- */

struct point {
    int64_t t, cents, grams;
    uint64_t items;
    uint32_t state;
    uint32_t next; /* of the same state */
    bool dropped;
};

static struct point *pool;
static uint32_t pool_count;

static bool same_time_dominates(const struct point *a, const struct point *b)
{
    return a->t == b->t && a->cents <= b->cents && a->grams <= b->grams &&
           (a->items & ~b->items) == 0;
}

static bool pool_add(uint32_t *heads, struct point point)
{
    for (uint32_t i = heads[point.state]; i != ZHOL_NONE; i = pool[i].next) {
        if (!pool[i].dropped && same_time_dominates(&pool[i], &point)) {
            return true;
        }
    }
    for (uint32_t i = heads[point.state]; i != ZHOL_NONE; i = pool[i].next) {
        pool[i].dropped = pool[i].dropped || same_time_dominates(&point, &pool[i]);
    }
    if (pool_count == MAX_POOL) {
        return false;
    }
    point.next = heads[point.state];
    heads[point.state] = pool_count;
    pool[pool_count++] = point;
    return true;
}

static bool oracle_extend(const struct problem *p, const struct departures *d, uint32_t *heads,
                          uint32_t number, uint32_t arc)
{
    struct point from = pool[number];
    uint32_t v = from.state % p->net.vertex_count, layer = from.state / p->net.vertex_count;
    int64_t last = -1;
    for (int64_t t = from.t; t <= p->last_min; t += SLOT) {
        int64_t start = departure_next(d, arc, t, NULL);
        if (start == DEPARTURE_NEVER || start + p->arcs[arc].minutes > p->last_min) {
            return true;
        }
        if (start == last) {
            continue;
        }
        last = start;
        struct point to = {
            .t = start + p->arcs[arc].minutes,
            .cents = from.cents + p->arcs[arc].cents + problem_storage_cents(p, v, start - from.t),
            .grams = from.grams + p->arcs[arc].grams,
            .items = from.items | p->arcs[arc].items,
            .state = problem_advance(p, layer, arc) * p->net.vertex_count + p->net.arcs[arc].head};
        if (!pool_add(heads, to)) {
            return false;
        }
    }
    return true;
}

/* All that can be had at the goal, or false where the pool is too small. */
static bool oracle_run(const struct problem *p, const struct departures *d, uint32_t *heads)
{
    pool_count = 0;
    for (uint32_t s = 0; s < p->state_count; s++) {
        heads[s] = ZHOL_NONE;
    }
    pool_add(heads, (struct point){.t = p->order->ready_min, .state = p->start});
    for (uint32_t i = 0; i < pool_count; i++) {
        uint32_t v = pool[i].state % p->net.vertex_count;
        if (pool[i].dropped || pool[i].state == p->goal) {
            continue;
        }
        for (uint32_t a = p->net.first_arc[v]; a < p->net.first_arc[v + 1]; a++) {
            if (p->arcs[a].usable && !oracle_extend(p, d, heads, i, a)) {
                return false;
            }
        }
    }
    return true;
}

static bool dominated_at_goal(const struct problem *p, const uint32_t *heads, uint32_t point)
{
    const struct point *b = &pool[point];
    for (uint32_t i = heads[p->goal]; i != ZHOL_NONE; i = pool[i].next) {
        const struct point *a = &pool[i];
        bool no_worse = a->t <= b->t && a->cents <= b->cents && a->grams <= b->grams &&
                        (a->items & ~b->items) == 0;
        bool equal =
            a->t == b->t && a->cents == b->cents && a->grams == b->grams && a->items == b->items;
        if (i != point && no_worse && (!equal || i < point)) {
            return true;
        }
    }
    return false;
}

/* ---- Holding one against the other ---- */

static bool result_has(const struct zhol_plan_result *r, const struct point *point)
{
    for (uint32_t i = 0; i < r->itinerary_count; i++) {
        const struct zhol_itinerary *it = &r->itineraries[i];
        if (it->arrival_min == point->t && it->cents == point->cents &&
            it->co2e_g == point->grams && it->unknown_items == point->items) {
            return true;
        }
    }
    return false;
}

static void check_steps(const struct problem *p, const struct zhol_plan_result *r)
{
    for (uint32_t i = 0; i < r->itinerary_count; i++) {
        const struct zhol_itinerary *it = &r->itineraries[i];
        int64_t t = p->order->ready_min, cents = 0, grams = 0;
        uint32_t vertex = p->start % p->net.vertex_count;
        for (uint32_t k = 0; k < it->step_count; k++) {
            const struct zhol_step *step = &r->steps[it->first_step + k];
            CHECK_INT_EQ(step->ready_min, t);
            CHECK(step->start_min >= t);
            CHECK_INT_EQ(zhol_network_tail(&p->net, step->arc), vertex);
            t = step->end_min;
            cents += step->cents + step->storage_cents;
            grams += step->co2e_g;
            vertex = p->net.arcs[step->arc].head;
        }
        CHECK_INT_EQ(vertex, p->goal % p->net.vertex_count);
        CHECK_INT_EQ(t, it->arrival_min);
        CHECK_INT_EQ(cents, it->cents);
        CHECK_INT_EQ(grams, it->co2e_g);
    }
}

static uint32_t total_solutions, worlds_compared, worlds_with_chosen_waits;

static void compare(const struct problem *p, const uint32_t *heads,
                    const struct zhol_plan_result *r, uint64_t world)
{
    uint32_t expected = 0;
    for (uint32_t i = heads[p->goal]; i != ZHOL_NONE; i = pool[i].next) {
        if (!dominated_at_goal(p, heads, i)) {
            expected++;
            if (!result_has(r, &pool[i])) {
                CHECK_FAIL("world %" PRIu64 ": missing t=%" PRId64 " cents=%" PRId64
                           " grams=%" PRId64 " items=%" PRIx64,
                           world, pool[i].t, pool[i].cents, pool[i].grams, pool[i].items);
            }
        }
    }
    if (expected != r->itinerary_count) {
        CHECK_FAIL("world %" PRIu64 ": %u itineraries, oracle has %u", world, r->itinerary_count,
                   expected);
    }
    bool chosen = false;
    for (uint32_t k = 0; k < r->step_count; k++) {
        chosen = chosen || r->steps[k].wait_for == ZHOL_WAIT_CHOSEN;
    }
    worlds_with_chosen_waits += chosen;
    total_solutions += expected;
    worlds_compared++;
}

/* Arcs that take less time never make the fastest itinerary slower. */
static void check_least_time(const struct world *w, const struct zhol_consignment *order,
                             const struct zhol_plan_result *r)
{
    struct zhol_plan_options options = {.time = ZHOL_TIME_MIN, .horizon_days = HORIZON_DAYS};
    struct zhol_plan_result least;
    CHECK_INT_EQ(zhol_plan(w->network, NULL, order, &options, &least), ZHOL_ERROR_OK);
    CHECK(least.itinerary_count > 0 &&
          least.itineraries[0].arrival_min <= r->itineraries[0].arrival_min);
    zhol_plan_result_clear(&least);
}

static void one_world(uint64_t number, bool timed, bool with_via)
{
    struct world w;
    struct problem p;
    struct departures d;
    struct zhol_plan_result r;
    seed_state = number * 77 + 5;
    make_world(&w, timed);
    uint32_t via[2] = {pick(w.nodes), pick(w.nodes)};
    struct zhol_consignment order = {.from = 0,
                                     .to = w.nodes - 1,
                                     .ready_min = (int64_t)pick(6) * SLOT,
                                     .deadline_min =
                                         chance(80) ? INT64_MAX : (int64_t)(16 + pick(24)) * SLOT,
                                     .load = {.class = zhol_cargo_class_CONTAINER,
                                              .commodity = 0,
                                              .tonnes = 1,
                                              .teu = 1,
                                              .units = 1},
                                     .origin_country = "KZ",
                                     .destination_country = "UZ",
                                     .via = via,
                                     .via_count = with_via ? 1 + pick(2) : 0};
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN, .horizon_days = HORIZON_DAYS};
    enum zhol_error error = zhol_plan(w.network, NULL, &order, &options, &r);
    CHECK(error == ZHOL_ERROR_OK || error == ZHOL_ERROR_UNREACHABLE);
    if (problem_init(&p, w.network, NULL, &order, &options) == ZHOL_ERROR_OK) {
        uint32_t *heads = malloc(p.state_count * sizeof *heads);
        CHECK_INT_EQ(departure_init(&d, &p), ZHOL_ERROR_OK);
        CHECK_INT_EQ(departure_prepare(&d), ZHOL_ERROR_OK);
        if (heads && oracle_run(&p, &d, heads)) {
            compare(&p, heads, &r, number);
            check_steps(&p, &r);
        }
        if (r.itinerary_count && number % 4 == 0) {
            check_least_time(&w, &order, &r);
        }
        free(heads);
        departure_clear(&d);
        problem_clear(&p);
    } else {
        CHECK_INT_EQ(r.itinerary_count, 0);
    }
    zhol_plan_result_clear(&r);
    drop_world(&w);
}

static uint32_t worlds = 700;

static void static_networks(void)
{
    for (uint64_t i = 0; i < worlds; i++) {
        one_world(i, false, false);
    }
}

static void timed_networks(void)
{
    for (uint64_t i = 0; i < worlds; i++) {
        one_world(100000 + i, true, false);
    }
}

static void networks_with_via(void)
{
    for (uint64_t i = 0; i < worlds / 3; i++) {
        one_world(200000 + i, true, true);
    }
}

/* The random worlds must really hold what they are meant to test. */
static void worlds_are_rich(void)
{
    CHECK(worlds_compared > 3 * worlds / 2);
    CHECK(total_solutions > worlds_compared);
    CHECK(worlds_with_chosen_waits > worlds / 100);
    printf("%u worlds compared, %u solutions, %u worlds with chosen waits\n", worlds_compared,
           total_solutions, worlds_with_chosen_waits);
}

int main(int argc, char **argv)
{
    worlds = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : worlds;
    pool = malloc(MAX_POOL * sizeof *pool);
    if (!pool) {
        return 1;
    }
    RUN(static_networks);
    RUN(timed_networks);
    RUN(networks_with_via);
    RUN(worlds_are_rich);
    free(pool);
    return check_report();
}
