/* tests/property/test_engine_metamorphic.c: what must not change, or must change in a known way,
 * when a model of the event engine is written differently.
 *
 * Time twice as long: every departure at exactly twice the time. A station more that nobody visits,
 * and the same stations declared in another order: the same departures. One server more with the
 * same luck: nobody begins later. A tandem with and without room between its stages: every
 * departure as the recursion (max, +) says, from the same draws. Luck is named, so that the
 * variants have the same; see <zhol/engine.h>.
 */
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>

#include "check.h"

enum { CUSTOMERS = 4000, KINDS = 3, ROOM_MOST = 1000000 };
#define NONE ZHOL_ENGINE_NONE
#define BASE (UINT64_C(1) << 40)

/* When each customer passed the observers 0 and 1; what never happened is 0. */
struct passed {
    int64_t at[2][CUSTOMERS];
};

static uint32_t watch(void *context, struct zhol_engine_run *run, uint32_t entity, uint32_t which)
{
    struct passed *passed = context;
    uint64_t number = zhol_engine_entity_id(run, entity) - BASE;
    if (number < CUSTOMERS) {
        passed->at[which][number] = zhol_engine_now(run);
    }
    return NONE;
}

static uint32_t dist(struct zhol_engine *engine, enum zhol_dist_kind kind, double a)
{
    uint32_t id = NONE;
    struct zhol_dist d = {.kind = kind, .a = a};
    CHECK_INT_EQ(zhol_engine_dist(engine, &d, &id), ZHOL_ERROR_OK);
    return id;
}

static uint32_t servers(struct zhol_engine *engine, uint32_t units)
{
    uint32_t id = NONE;
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    r.units = units;
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &id), ZHOL_ERROR_OK);
    return id;
}

static void run_all(struct zhol_engine *engine, int64_t end, struct passed *passed)
{
    struct zhol_run_options options = {.seed = 7, .audit = true, .context = passed};
    struct zhol_engine_run *run = NULL;
    uint64_t fingerprint;
    char why[160] = "";
    memset(passed, 0, sizeof *passed);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_new(engine, &options, &run), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_engine_run_until(run, end), ZHOL_ERROR_OK);
    CHECK(zhol_engine_run_audit(run, &fingerprint, why, sizeof why));
    CHECK_INT_EQ(zhol_engine_ended(run), CUSTOMERS);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

/* ---- Two stations, service times of three kinds each: whole numbers, so that twice is exact ----
 */

struct variant {
    int64_t scale;
    uint32_t first_units;
    bool idle, reversed;
};

static void add_arrivals(struct zhol_engine *engine, uint32_t process, int64_t scale)
{
    static int64_t times[CUSTOMERS];
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    uint64_t state = 1;
    int64_t now = 0;
    uint32_t id;
    for (uint32_t i = 0; i < CUSTOMERS; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        now += (int64_t)(state >> 44); /* 0.52 M on average */
        times[i] = now * scale;
    }
    s.process = process;
    s.times = times;
    s.time_count = CUSTOMERS;
    s.activity = 1000;
    s.id_base = BASE;
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
}

/* A ROUTE at `at` to one of KINDS services at `station`, which all go on behind the last. */
static void put_station(struct zhol_engine *engine, struct zhol_engine_step *steps, uint32_t at,
                        uint32_t station, const double *times, int64_t scale)
{
    static const double weights[KINDS] = {3, 2, 1};
    uint32_t targets[KINDS], route = NONE, behind = at + 1 + 2 * KINDS;
    for (uint32_t k = 0; k < KINDS; k++) {
        uint32_t time = dist(engine, ZHOL_DIST_CONSTANT, times[k] * (double)scale);
        targets[k] = at + 1 + 2 * k;
        steps[targets[k]] = (struct zhol_engine_step){
            .op = ZHOL_OP_SERVE, .a = station, .b = time, .c = NONE, .activity = at + 10 + k};
        steps[targets[k] + 1] = (struct zhol_engine_step){.op = ZHOL_OP_GOTO, .c = behind};
    }
    CHECK_INT_EQ(zhol_engine_route(engine, targets, weights, KINDS, &route), ZHOL_ERROR_OK);
    steps[at] = (struct zhol_engine_step){.op = ZHOL_OP_ROUTE, .a = route, .activity = at + 20};
}

static void simulate(const struct variant *v, struct passed *passed)
{
    static const double first_times[KINDS] = {700001, 1100023, 1900051};
    static const double second_times[KINDS] = {200003, 450017, 800029};
    enum { SECOND = 2 + 2 * KINDS, LAST = 2 * SECOND };
    struct zhol_engine *engine = NULL;
    struct zhol_engine_step steps[LAST + 1] = {{0}}, never[] = {{.op = ZHOL_OP_END}};
    uint32_t first, second, observer = NONE, process = NONE, id;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    if (v->idle) {
        uint32_t idle = servers(engine, 5), time = dist(engine, ZHOL_DIST_EXPONENTIAL, 1000);
        const struct zhol_engine_step visit[] = {
            {.op = ZHOL_OP_SERVE, .a = idle, .b = time, .c = NONE}, never[0]};
        CHECK_INT_EQ(zhol_engine_process(engine, visit, 2, &id), ZHOL_ERROR_OK);
    }
    if (v->reversed) {
        second = servers(engine, 1);
        first = servers(engine, v->first_units);
    } else {
        first = servers(engine, v->first_units);
        second = servers(engine, 1);
    }
    CHECK_INT_EQ(zhol_engine_observer(engine, watch, &observer), ZHOL_ERROR_OK);
    put_station(engine, steps, 0, first, first_times, v->scale);
    steps[SECOND - 1] = (struct zhol_engine_step){.op = ZHOL_OP_CALL, .a = observer, .b = 0};
    put_station(engine, steps, SECOND, second, second_times, v->scale);
    steps[LAST - 1] = (struct zhol_engine_step){.op = ZHOL_OP_CALL, .a = observer, .b = 1};
    steps[LAST] = (struct zhol_engine_step){.op = ZHOL_OP_END};
    CHECK_INT_EQ(zhol_engine_process(engine, steps, LAST + 1, &process), ZHOL_ERROR_OK);
    add_arrivals(engine, process, v->scale);
    run_all(engine, INT64_C(1) << 36, passed);
}

static struct passed base, other;
static const struct variant plain = {.scale = 1, .first_units = 2};

static uint32_t different(int64_t factor)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < CUSTOMERS; i++) {
        count += other.at[0][i] != factor * base.at[0][i] ||
                 other.at[1][i] != factor * base.at[1][i] || !base.at[1][i];
    }
    return count;
}

static void test_time_twice(void)
{
    struct variant v = plain;
    v.scale = 2;
    simulate(&plain, &base);
    simulate(&v, &other);
    CHECK_INT_EQ(different(2), 0);
    CHECK(different(1) > 0);
}

static void test_idle_station(void)
{
    struct variant v = plain;
    v.idle = true;
    simulate(&plain, &base);
    simulate(&v, &other);
    CHECK_INT_EQ(different(1), 0);
}

static void test_other_order(void)
{
    struct variant v = plain;
    v.reversed = true;
    simulate(&plain, &base);
    simulate(&v, &other);
    CHECK_INT_EQ(different(1), 0);
}

/* First come, first served: with a server more nobody leaves the first station later, and some
 * sooner. */
static void test_one_server_more(void)
{
    struct variant v = plain;
    uint32_t sooner = 0, later = 0;
    simulate(&plain, &base);
    for (v.first_units = 3; v.first_units < 6; v.first_units++) {
        simulate(&v, &other);
        for (uint32_t i = 0; i < CUSTOMERS; i++) {
            sooner += other.at[0][i] < base.at[0][i];
            later += other.at[0][i] > base.at[0][i];
        }
        base = other;
    }
    CHECK_INT_EQ(later, 0);
    CHECK(sooner > CUSTOMERS / 10);
}

/* ---- Two stages with room for `room` between them ---- */

static struct zhol_engine *tandem(uint32_t room, uint32_t *between, uint32_t *service)
{
    struct zhol_engine *engine = NULL;
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    uint32_t observer = NONE, id;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    uint32_t first = servers(engine, 1), places = servers(engine, room + 1);
    uint32_t second = servers(engine, 1);
    *service = dist(engine, ZHOL_DIST_EXPONENTIAL, 100000);
    *between = dist(engine, ZHOL_DIST_EXPONENTIAL, 130000);
    CHECK_INT_EQ(zhol_engine_observer(engine, watch, &observer), ZHOL_ERROR_OK);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SEIZE, .a = first, .b = 1, .c = NONE},
        {.op = ZHOL_OP_DELAY, .a = *service},
        {.op = ZHOL_OP_SEIZE, .a = places, .b = 1, .c = NONE},
        {.op = ZHOL_OP_RELEASE, .a = first, .b = 1},
        {.op = ZHOL_OP_CALL, .a = observer, .b = 0},
        {.op = ZHOL_OP_SERVE, .a = second, .b = *service, .c = NONE},
        {.op = ZHOL_OP_RELEASE, .a = places, .b = 1},
        {.op = ZHOL_OP_CALL, .a = observer, .b = 1},
        {.op = ZHOL_OP_END}};
    CHECK_INT_EQ(zhol_engine_process(engine, steps, sizeof steps / sizeof *steps, &s.process),
                 ZHOL_ERROR_OK);
    s.between = *between;
    s.count_max = CUSTOMERS;
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
    return engine;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* From the same draws: when each leaves the first stage and the second. */
static void recursion(const struct zhol_engine *engine, uint32_t room, uint32_t between,
                      uint32_t service, struct passed *passed)
{
    int64_t arrival = 0, *one = passed->at[0], *two = passed->at[1];
    for (uint32_t i = 0; i < CUSTOMERS; i++) {
        arrival += zhol_engine_draw(engine, between, 7, 0, zhol_engine_source_activity(engine, 0),
                                    BASE + i);
        int64_t begin = later(arrival, i ? one[i - 1] : 0);
        int64_t ready = begin + zhol_engine_draw(engine, service, 7, 0,
                                                 zhol_engine_activity(engine, 0, 1), BASE + i);
        one[i] = later(ready, i > room ? two[i - room - 1] : 0);
        two[i] =
            later(one[i], i ? two[i - 1] : 0) +
            zhol_engine_draw(engine, service, 7, 0, zhol_engine_activity(engine, 0, 5), BASE + i);
    }
}

static void test_tandem(void)
{
    static const uint32_t rooms[] = {0, 1, 4, ROOM_MOST};
    for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) {
        uint32_t between, service;
        struct zhol_engine *engine = tandem(rooms[k], &between, &service);
        CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
        recursion(engine, rooms[k], between, service, &base);
        zhol_engine_free(engine);
        run_all(tandem(rooms[k], &between, &service), INT64_C(1) << 36, &other);
        CHECK_INT_EQ(different(1), 0);
    }
}

int main(void)
{
    RUN(test_time_twice);
    RUN(test_idle_station);
    RUN(test_other_order);
    RUN(test_one_server_more);
    RUN(test_tandem);
    return check_report();
}
