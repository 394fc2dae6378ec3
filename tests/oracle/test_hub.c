/* tests/oracle/test_hub.c: block trains at hubs against enumeration of every box: which hub it
 * leaves by, on which day, and how many trains run.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "desk/hub.h"

enum { HUBS = 2, DESTINATIONS = 2, DAYS = 2, LAST = 6, BOXES = 6 };

struct made {
    struct hub_input in;
    uint32_t feu[HUBS * DESTINATIONS * DAYS];
    int64_t train[HUBS * DESTINATIONS], single[HUBS * DESTINATIONS], feeder[HUBS * HUBS];
    uint32_t feeder_days[HUBS * HUBS], free_days[HUBS], trains_day[HUBS];
    int64_t storage[HUBS];
};

/* Small random numbers, by a linear congruence. */
static uint32_t pick(uint64_t *state, uint32_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % below;
}

static void make(struct made *m, uint64_t *state, bool scarce)
{
    uint32_t boxes = 1 + pick(state, BOXES);
    memset(m, 0, sizeof *m);
    for (uint32_t i = 0; i < boxes; i++) {
        m->feu[pick(state, HUBS * DESTINATIONS * DAYS)]++;
    }
    for (uint32_t k = 0; k < HUBS * DESTINATIONS; k++) {
        m->train[k] = 20 + pick(state, 60);
        m->single[k] = pick(state, 5) ? 15 + pick(state, 50) : HUB_NO_PRICE;
    }
    for (uint32_t k = 0; k < HUBS * HUBS; k++) {
        m->feeder[k] = k % (HUBS + 1) ? (pick(state, 4) ? pick(state, 20) : HUB_NO_PRICE) : 0;
        m->feeder_days[k] = k % (HUBS + 1) ? pick(state, 2) : 0;
    }
    for (uint32_t h = 0; h < HUBS; h++) {
        m->storage[h] = pick(state, 12);
        m->free_days[h] = pick(state, 2);
        m->trains_day[h] = scarce ? 1 : 9;
    }
    m->in = (struct hub_input){.hubs = HUBS,
                               .destinations = DESTINATIONS,
                               .days = DAYS,
                               .feu = m->feu,
                               .train_feu = 2 + pick(state, 2),
                               .train_cents = m->train,
                               .single_cents = m->single,
                               .feeder_cents = m->feeder,
                               .feeder_days = m->feeder_days,
                               .day_cents = pick(state, 10),
                               .storage_cents = m->storage,
                               .free_days = m->free_days,
                               .trains_day = m->trains_day,
                               .wait_days = pick(state, 3)};
}

/* ---- Enumeration ---- */

struct brute {
    const struct made *m;
    uint32_t hub_of[BOXES], destination[BOXES], ready[BOXES], boxes;
    uint32_t by[HUBS][DESTINATIONS]; /* hub that the boxes of a hub leave by */
    uint32_t leaving[HUBS][DESTINATIONS][LAST];
    int64_t best;
};

/* Cheapest trains for both destinations of one hub and day within its limit. */
static int64_t cheapest(const struct brute *b, uint32_t hub, uint32_t day)
{
    const struct made *m = b->m;
    int64_t best = INT64_MAX;
    const uint32_t *count[DESTINATIONS] = {&b->leaving[hub][0][day], &b->leaving[hub][1][day]};
    for (uint32_t x = 0; x <= 6; x++) {
        for (uint32_t y = 0; y <= 6 && x + y <= m->trains_day[hub]; y++) {
            int64_t cost = 0;
            for (uint32_t d = 0; d < DESTINATIONS; d++) {
                uint32_t trains = d ? y : x, room = trains * m->in.train_feu;
                uint32_t alone = *count[d] > room ? *count[d] - room : 0;
                if (alone && m->single[hub * DESTINATIONS + d] == HUB_NO_PRICE) {
                    cost = INT64_MAX;
                    break;
                }
                cost += trains * m->train[hub * DESTINATIONS + d] +
                        (alone ? alone * m->single[hub * DESTINATIONS + d] : 0);
            }
            best = cost < best ? cost : best;
        }
    }
    return best;
}

static void finish(struct brute *b, int64_t cost)
{
    for (uint32_t h = 0; h < HUBS; h++) {
        for (uint32_t day = 0; day < LAST; day++) {
            int64_t one = cheapest(b, h, day);
            if (one == INT64_MAX) {
                return;
            }
            cost += one;
        }
    }
    b->best = cost < b->best ? cost : b->best;
}

static void place(struct brute *b, uint32_t box, int64_t cost)
{
    if (box == b->boxes) {
        finish(b, cost);
        return;
    }
    const struct made *m = b->m;
    uint32_t from = b->hub_of[box], d = b->destination[box], hub = b->by[from][d];
    uint32_t at = b->ready[box] + m->feeder_days[from * HUBS + hub];
    if (m->feeder[from * HUBS + hub] == HUB_NO_PRICE) {
        return;
    }
    cost += m->feeder[from * HUBS + hub] + m->feeder_days[from * HUBS + hub] * m->in.day_cents;
    for (uint32_t age = 0; age <= m->in.wait_days; age++) {
        int64_t storage = age > m->free_days[hub] ? m->storage[hub] * (age - m->free_days[hub]) : 0;
        b->leaving[hub][d][at + age]++;
        place(b, box + 1, cost + age * m->in.day_cents + storage);
        b->leaving[hub][d][at + age]--;
    }
}

static int64_t enumerate(const struct made *m)
{
    struct brute b = {.m = m, .best = INT64_MAX};
    for (uint32_t k = 0; k < HUBS * DESTINATIONS * DAYS; k++) {
        for (uint32_t i = 0; i < m->feu[k]; i++) {
            b.hub_of[b.boxes] = k / (DESTINATIONS * DAYS);
            b.destination[b.boxes] = k / DAYS % DESTINATIONS;
            b.ready[b.boxes++] = k % DAYS;
        }
    }
    for (uint32_t way = 0; way < 1 << (HUBS * DESTINATIONS); way++) {
        for (uint32_t k = 0; k < HUBS * DESTINATIONS; k++) {
            b.by[k / DESTINATIONS][k % DESTINATIONS] = way >> k & 1;
        }
        place(&b, 0, 0);
    }
    return b.best;
}

/* ---- Checks of a plan ---- */

static void check_plan(const struct made *m, const struct hub_plan *plan)
{
    uint32_t boxes = 0, gone = 0, trains[HUBS][LAST] = {{0}};
    int64_t cost = plan->cost.feeder;
    for (uint32_t k = 0; k < HUBS * DESTINATIONS * DAYS; k++) {
        boxes += m->feu[k];
    }
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct hub_departure *d = &plan->departures[i];
        gone += d->feu + d->singles;
        trains[d->hub][d->day] += d->trains;
        CHECK(d->feu <= d->trains * m->in.train_feu);
        CHECK(trains[d->hub][d->day] <= m->trains_day[d->hub]);
        cost += d->train_cents + d->single_cents + d->wait_cents + d->storage_cents;
    }
    CHECK_INT_EQ(gone, boxes);
    CHECK(plan->cost.total >= cost); /* and the days on feeders */
    CHECK(plan->bound <= plan->cost.total);
    CHECK(!plan->at_once_possible || plan->at_once.total >= plan->bound);
}

static void run(bool scarce, uint32_t rounds, uint32_t least_optimal)
{
    uint64_t state = scarce ? 7 : 1;
    uint32_t optimal = 0, solved = 0;
    for (uint32_t round = 0; round < rounds; round++) {
        struct made m;
        struct hub_plan plan;
        make(&m, &state, scarce);
        int64_t best = enumerate(&m);
        enum zhol_error error = hub_solve(&m.in, &plan);
        if (best == INT64_MAX) {
            CHECK_INT_EQ(error, ZHOL_ERROR_UNREACHABLE);
        } else if (scarce && error == ZHOL_ERROR_UNREACHABLE) {
            continue; /* a plan exists, but not in the order of destinations that was tried */
        } else {
            CHECK_INT_EQ(error, ZHOL_ERROR_OK);
            check_plan(&m, &plan);
            CHECK(plan.bound <= best);
            CHECK(plan.cost.total >= best);
            if (!scarce) {
                CHECK_INT_EQ(plan.cost.total, best);
                CHECK_INT_EQ(plan.bound, best);
            }
            optimal += plan.cost.total == best;
            solved++;
        }
        hub_plan_clear(&plan);
    }
    CHECK(optimal >= least_optimal);
    printf("%u of %u optimal\n", optimal, solved);
}

static void test_free(void)
{
    run(false, 600, 1);
}

static void test_scarce(void)
{
    run(true, 400, 300);
}

int main(void)
{
    RUN(test_free);
    RUN(test_scarce);
    return check_report();
}
