/* hub.c: block trains at hubs (desk/hub.h): the dynamic program, the partitions of hubs, the price
 * of a day's trains.
 */
#include "desk/hub.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 80 };
#define NONE     UINT32_MAX
#define INFINITE (INT64_MAX / 4)

/* What is the same for all programs of one call. */
struct work {
    const struct hub_input *in;
    uint32_t days;       /* of demand, feeders and waiting */
    int64_t *slot_price; /* [hub][day] cents a train */
    uint32_t *slots;     /* [hub][day] trains left */
    /* one program */
    uint32_t *came; /* by box: day on which it is at the hub */
    uint32_t boxes;
    int64_t *wait;      /* [day][box]: cost of the first boxes, all leaving on the day */
    int64_t *best;      /* [day][gone] */
    uint32_t *step;     /* [day][gone]: boxes that leave on the day */
    uint32_t wait_days; /* allowed now */
};

/* ---- Costs ---- */

static bool has_price(int64_t cents)
{
    return cents != HUB_NO_PRICE;
}

/* How many trains `count` boxes take at least cost, at most `slots`; NONE: they cannot go. */
static uint32_t trains_for(const struct work *work, uint32_t hub, uint32_t destination,
                           uint32_t day, uint32_t count, int64_t *cents)
{
    const struct hub_input *in = work->in;
    int64_t train = in->train_cents[hub * in->destinations + destination];
    int64_t single = in->single_cents[hub * in->destinations + destination];
    uint32_t most = has_price(train) ? (count + in->train_feu - 1) / in->train_feu : 0;
    uint32_t slots = work->slots[hub * work->days + day], chosen = NONE;
    most = most < slots ? most : slots;
    *cents = INFINITE;
    /* the cost is convex in the number of full trains, so only the last two counts matter */
    for (uint32_t m = most > 1 ? most - 2 : 0; m <= most; m++) {
        uint32_t room = m * in->train_feu, alone = count > room ? count - room : 0;
        if (alone && !has_price(single)) {
            continue;
        }
        int64_t cost = (alone ? (int64_t)alone * single : 0) +
                       (m ? (int64_t)m * (train + work->slot_price[hub * work->days + day]) : 0);
        if (cost < *cents) {
            *cents = cost;
            chosen = m;
        }
    }
    /* no train at all can be the cheapest */
    if (most > 2 && has_price(single) && (int64_t)count * single < *cents) {
        *cents = (int64_t)count * single;
        chosen = 0;
    }
    return chosen;
}

static int64_t storage_of(const struct hub_input *in, uint32_t hub, uint32_t age)
{
    return age > in->free_days[hub] ? in->storage_cents[hub] * (age - in->free_days[hub]) : 0;
}

/* ---- One destination from one hub ---- */

/* Lists the boxes of the hubs in `set` by the day on which they reach `hub`; the cost of feeders,
 * or INFINITE. */
static int64_t gather(struct work *work, uint32_t hub, uint32_t destination, uint32_t set)
{
    const struct hub_input *in = work->in;
    uint32_t arrivals[HUB_DAYS_MAX] = {0};
    int64_t cents = 0;
    work->boxes = 0;
    for (uint32_t h = 0; h < in->hubs; h++) {
        for (uint32_t t = 0; set >> h & 1 && t < in->days; t++) {
            uint32_t count = in->feu[(h * in->destinations + destination) * in->days + t];
            if (!count) {
                continue;
            }
            uint32_t day = t + (h == hub ? 0 : in->feeder_days[h * in->hubs + hub]);
            if (h != hub &&
                (!has_price(in->feeder_cents[h * in->hubs + hub]) || day >= work->days)) {
                return INFINITE;
            }
            cents += h == hub
                         ? 0
                         : count * (in->feeder_cents[h * in->hubs + hub] +
                                    (int64_t)in->feeder_days[h * in->hubs + hub] * in->day_cents);
            arrivals[day] += count;
        }
    }
    for (uint32_t day = 0; day < work->days; day++) {
        for (uint32_t i = 0; i < arrivals[day]; i++) {
            work->came[work->boxes++] = day;
        }
    }
    return cents;
}

/* Sums of waiting and storage of the first boxes, for each day of leaving. */
static void sum_waits(struct work *work, uint32_t hub)
{
    uint32_t row = work->boxes + 1;
    for (uint32_t day = 0; day < work->days; day++) {
        int64_t *sum = &work->wait[(size_t)day * row];
        sum[0] = 0;
        for (uint32_t i = 0; i < work->boxes; i++) {
            uint32_t age = day > work->came[i] ? day - work->came[i] : 0;
            sum[i + 1] = sum[i] + work->in->day_cents * age + storage_of(work->in, hub, age);
        }
    }
}

/* Boxes that must be gone when the day ends, and that can be. */
static void limits(const struct work *work, uint32_t day, uint32_t *must, uint32_t *can)
{
    *must = *can = 0;
    while (*can < work->boxes && work->came[*can] <= day) {
        *must += work->came[*can] + work->wait_days <= day;
        ++*can;
    }
    *must = day + 1 == work->days ? work->boxes : *must;
}

/* From what is gone before the day (cost `before`) to what is gone after it: `leave` is the cost of
 * so many leaving. */
static void relax(struct work *work, uint32_t day, const int64_t *before, const int64_t *leave)
{
    uint32_t row = work->boxes + 1, must, can;
    const int64_t *wait = &work->wait[(size_t)day * row];
    int64_t *best = &work->best[(size_t)day * row];
    uint32_t *step = &work->step[(size_t)day * row];
    limits(work, day, &must, &can);
    for (uint32_t to = 0; to <= work->boxes; to++) {
        best[to] = INFINITE;
        for (uint32_t from = 0; to >= must && to <= can && from <= to; from++) {
            if (before[from] >= INFINITE || leave[to - from] >= INFINITE) {
                continue;
            }
            int64_t cost = before[from] + leave[to - from] + wait[to] - wait[from];
            if (cost < best[to]) {
                best[to] = cost;
                step[to] = to - from;
            }
        }
    }
}

/* Least cost of the gathered boxes; INFINITE where they cannot all go. Steps stay in work. */
static int64_t run_program(struct work *work, uint32_t hub, uint32_t destination)
{
    uint32_t row = work->boxes + 1;
    int64_t *leave = malloc(2 * (size_t)row * sizeof *leave);
    if (!leave) {
        return -1;
    }
    int64_t *first = leave + row;
    for (uint32_t i = 0; i < row; i++) {
        first[i] = i ? INFINITE : 0;
    }
    sum_waits(work, hub);
    for (uint32_t day = 0; day < work->days; day++) {
        leave[0] = 0;
        for (uint32_t count = 1; count < row; count++) {
            trains_for(work, hub, destination, day, count, &leave[count]);
        }
        relax(work, day, day ? &work->best[(size_t)(day - 1) * row] : first, leave);
    }
    free(leave);
    return work->best[(size_t)(work->days - 1) * row + work->boxes];
}

/* ---- All hubs of a destination ---- */

/* Cost of a destination when the hubs in `set` leave by `hub`; INFINITE where impossible, -1
 * without memory. */
static int64_t cost_of(struct work *work, uint32_t hub, uint32_t destination, uint32_t set)
{
    int64_t feeder = gather(work, hub, destination, set);
    if (feeder >= INFINITE || !work->boxes) {
        return feeder >= INFINITE ? INFINITE : 0;
    }
    int64_t cents = run_program(work, hub, destination);
    return cents < 0 || cents >= INFINITE ? cents : cents + feeder;
}

static uint32_t hubs_with(const struct hub_input *in, uint32_t destination)
{
    uint32_t set = 0;
    for (uint32_t h = 0; h < in->hubs; h++) {
        for (uint32_t t = 0; t < in->days; t++) {
            set |= in->feu[(h * in->destinations + destination) * in->days + t] ? 1u << h : 0;
        }
    }
    return set;
}

/* Which hub the boxes of each hub leave by, at least cost. */
static int64_t choose_hubs(struct work *work, uint32_t destination, uint32_t *leaves_by)
{
    const struct hub_input *in = work->in;
    int64_t cost[HUB_HUBS_MAX][1 << HUB_HUBS_MAX], best = INFINITE;
    uint32_t all = hubs_with(in, destination), ways = 1, chosen = 0;
    for (uint32_t g = 0; g < in->hubs; g++) {
        ways *= in->hubs;
        for (uint32_t set = 0; set < 1u << in->hubs; set++) {
            cost[g][set] = (set & ~all) ? INFINITE : cost_of(work, g, destination, set);
            if (cost[g][set] < 0) {
                return -1;
            }
        }
    }
    for (uint32_t way = 0; way < ways; way++) {
        uint32_t sets[HUB_HUBS_MAX] = {0}, rest = way;
        int64_t sum = 0;
        bool same = true; /* hubs without boxes stay with themselves: each partition once */
        for (uint32_t h = 0; h < in->hubs; h++, rest /= in->hubs) {
            same = same && (all >> h & 1 || rest % in->hubs == h);
            sets[rest % in->hubs] |= (all >> h & 1) << h;
        }
        for (uint32_t g = 0; same && g < in->hubs; g++) {
            sum = sum < INFINITE && cost[g][sets[g]] < INFINITE ? sum + cost[g][sets[g]] : INFINITE;
        }
        if (same && sum < best) {
            best = sum;
            chosen = way;
        }
    }
    for (uint32_t h = 0; h < in->hubs; h++, chosen /= in->hubs) {
        leaves_by[h * in->destinations + destination] = chosen % in->hubs;
    }
    return best;
}

/* ---- Departures of a chosen way ---- */

static enum zhol_error add_departures(struct work *work, struct hub_plan *plan, uint32_t hub,
                                      uint32_t destination)
{
    const struct hub_input *in = work->in;
    uint32_t row = work->boxes + 1, gone = work->boxes;
    for (uint32_t day = work->days; day-- > 0;) {
        uint32_t count = gone ? work->step[(size_t)day * row + gone] : 0;
        if (!count) {
            continue;
        }
        int64_t cents;
        uint32_t m = trains_for(work, hub, destination, day, count, &cents);
        uint32_t room = m * in->train_feu, at = hub * in->destinations + destination;
        struct hub_departure *d =
            realloc(plan->departures, (plan->count + 1) * sizeof *plan->departures);
        if (!d) {
            return ZHOL_ERROR_MEMORY;
        }
        plan->departures = d;
        d += plan->count++;
        *d =
            (struct hub_departure){.hub = hub, .destination = destination, .day = day, .trains = m};
        d->feu = count < room ? count : room;
        d->singles = count - d->feu;
        d->train_cents = m ? m * in->train_cents[at] : 0;
        d->single_cents = d->singles ? d->singles * in->single_cents[at] : 0;
        for (uint32_t i = gone - count; i < gone; i++) {
            uint32_t age = day - work->came[i];
            d->wait_cents += in->day_cents * age;
            d->storage_cents += storage_of(in, hub, age);
        }
        gone -= count;
    }
    return ZHOL_ERROR_OK;
}

/* Solves one destination at the prices that stand, adds what leaves, takes the slots when `take`.
 */
static enum zhol_error settle(struct work *work, struct hub_plan *plan, uint32_t destination,
                              bool take, int64_t *cents)
{
    const struct hub_input *in = work->in;
    *cents = choose_hubs(work, destination, plan->leaves_by);
    if (*cents < 0 || *cents >= INFINITE) {
        return *cents < 0 ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_UNREACHABLE;
    }
    uint32_t all = hubs_with(in, destination);
    for (uint32_t g = 0; g < in->hubs; g++) {
        uint32_t set = 0, before = plan->count;
        for (uint32_t h = 0; h < in->hubs; h++) {
            bool here = plan->leaves_by[h * in->destinations + destination] == g;
            set |= here ? all & 1u << h : 0;
        }
        if (!set) {
            continue;
        }
        int64_t cost = cost_of(work, g, destination, set);
        enum zhol_error error =
            cost < 0 ? ZHOL_ERROR_MEMORY : add_departures(work, plan, g, destination);
        if (error) {
            return error;
        }
        for (uint32_t i = before; take && i < plan->count; i++) {
            work->slots[g * work->days + plan->departures[i].day] -= plan->departures[i].trains;
        }
    }
    return ZHOL_ERROR_OK;
}

static int by_day(const void *a, const void *b)
{
    const struct hub_departure *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);
    order = order ? order : (x->hub > y->hub) - (x->hub < y->hub);
    return order ? order : (x->destination > y->destination) - (x->destination < y->destination);
}

static struct hub_cost add_up(const struct hub_input *in, const struct hub_plan *plan)
{
    struct hub_cost cost = {0};
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct hub_departure *d = &plan->departures[i];
        cost.trains += d->train_cents;
        cost.singles += d->single_cents;
        cost.wait += d->wait_cents;
        cost.storage += d->storage_cents;
    }
    for (uint32_t k = 0; k < in->hubs * in->destinations; k++) {
        uint32_t h = k / in->destinations, g = plan->leaves_by[k];
        for (uint32_t t = 0; g != h && t < in->days; t++) {
            int64_t count = in->feu[k * in->days + t];
            cost.feeder += count ? count * in->feeder_cents[h * in->hubs + g] : 0;
            cost.wait += count * (int64_t)in->feeder_days[h * in->hubs + g] * in->day_cents;
        }
    }
    cost.total = cost.trains + cost.singles + cost.feeder + cost.wait + cost.storage;
    return cost;
}

/* ---- The limit of trains a day ---- */

static void open_slots(struct work *work)
{
    for (uint32_t k = 0; k < work->in->hubs * work->days; k++) {
        work->slots[k] = work->in->trains_day[k / work->days];
    }
}

/* All destinations one after the other, beginning with `first`, each with the slots that the ones
 * before it left (take), or each with all of them. */
static enum zhol_error settle_all(struct work *work, struct hub_plan *plan, uint32_t first,
                                  bool take, int64_t *cents)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    plan->count = 0;
    *cents = 0;
    open_slots(work);
    for (uint32_t i = 0; !error && i < work->in->destinations; i++) {
        int64_t one;
        error = settle(work, plan, (first + i) % work->in->destinations, take, &one);
        *cents += error ? 0 : one;
    }
    return error;
}

/* Trains that the plan sends from a hub on a day beyond what it can. */
static int64_t excess(const struct work *work, const struct hub_plan *plan, uint32_t slot)
{
    int64_t over = -(int64_t)work->in->trains_day[slot / work->days];
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct hub_departure *d = &plan->departures[i];
        over += d->hub * work->days + d->day == slot ? d->trains : 0;
    }
    return over;
}

/* Moves the prices of slots towards those at which no hub sends too many; true: none does. `gap`:
 * what is still between plan and bound. */
static bool move_prices(struct work *work, const struct hub_plan *plan, int64_t gap)
{
    uint32_t count = work->in->hubs * work->days;
    int64_t norm = 0;
    for (uint32_t k = 0; k < count; k++) {
        int64_t over = excess(work, plan, k);
        norm += over > 0 || work->slot_price[k] > 0 ? over * over : 0;
    }
    for (uint32_t k = 0; norm && k < count; k++) {
        int64_t over = excess(work, plan, k);
        int64_t price = work->slot_price[k] + over * (gap / norm + 1);
        work->slot_price[k] = price > 0 ? price : 0;
    }
    return norm == 0;
}

/* What the priced slots are worth in all: the constant of the Lagrangian. */
static int64_t slots_worth(const struct work *work)
{
    int64_t sum = 0;
    for (uint32_t k = 0; k < work->in->hubs * work->days; k++) {
        sum += work->slot_price[k] * work->in->trains_day[k / work->days];
    }
    return sum;
}

static void keep(struct hub_plan *best, struct hub_plan *found, const struct hub_input *in)
{
    struct hub_cost cost = add_up(in, found);
    if (!best->count || cost.total < best->cost.total) {
        int64_t bound = best->bound;
        struct hub_plan old = *best;
        *best = *found;
        best->cost = cost;
        best->bound = bound;
        *found = old;
    }
}

/* Bound and plan with the limit of trains in force. */
static enum zhol_error optimise(struct work *work, struct hub_plan *best, struct hub_plan *found)
{
    enum zhol_error last = ZHOL_ERROR_OK;
    best->bound = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        int64_t cents;
        enum zhol_error error = settle_all(work, found, 0, false, &cents);
        if (error) {
            return error; /* even alone some destination cannot be served */
        }
        int64_t bound = cents - slots_worth(work);
        best->bound = bound > best->bound ? bound : best->bound;
        int64_t gap = best->count ? best->cost.total - bound : cents / 10;
        bool free_of_conflict = move_prices(work, found, gap > 0 ? gap / (2 + round / 20) : 1);
        error = settle_all(work, found, round % work->in->destinations, true, &cents);
        if (!error) {
            keep(best, found, work->in);
        }
        last = error;
        if (free_of_conflict || (best->count && best->cost.total <= best->bound)) {
            break;
        }
    }
    return best->count ? ZHOL_ERROR_OK : last;
}

/* ---- The call ---- */

static bool in_range(const struct hub_input *in)
{
    bool fine = in->hubs && in->hubs <= HUB_HUBS_MAX && in->destinations && in->days &&
                in->destinations <= HUB_DESTINATIONS_MAX && in->train_feu && in->day_cents >= 0;
    uint32_t feeder = 0;
    for (uint32_t k = 0; fine && k < in->hubs * in->hubs; k++) {
        feeder = in->feeder_days[k] > feeder ? in->feeder_days[k] : feeder;
        fine = in->feeder_cents[k] >= 0;
    }
    fine = fine && feeder < HUB_DAYS_MAX && in->wait_days < HUB_DAYS_MAX &&
           in->days + feeder + in->wait_days <= HUB_DAYS_MAX;
    for (uint32_t d = 0; fine && d < in->destinations; d++) {
        uint64_t boxes = 0;
        for (uint32_t h = 0; h < in->hubs; h++) {
            uint32_t at = h * in->destinations + d;
            fine = fine && in->train_cents[at] >= 0 && in->single_cents[at] >= 0 &&
                   in->storage_cents[h] >= 0;
            for (uint32_t t = 0; t < in->days; t++) {
                boxes += in->feu[at * in->days + t];
            }
        }
        fine = fine && boxes <= HUB_BOXES_MAX;
    }
    return fine;
}

static enum zhol_error make_work(struct work *work, const struct hub_input *in)
{
    uint32_t feeder = 0, most = 0;
    for (uint32_t k = 0; k < in->hubs * in->hubs; k++) {
        feeder = in->feeder_days[k] > feeder ? in->feeder_days[k] : feeder;
    }
    for (uint32_t d = 0; d < in->destinations; d++) {
        uint32_t boxes = 0;
        for (uint32_t h = 0; h < in->hubs; h++) {
            for (uint32_t t = 0; t < in->days; t++) {
                boxes += in->feu[(h * in->destinations + d) * in->days + t];
            }
        }
        most = boxes > most ? boxes : most;
    }
    *work = (struct work){.in = in, .days = in->days + feeder + in->wait_days};
    work->wait_days = in->wait_days;
    size_t cells = (size_t)work->days * (most + 1);
    work->slot_price = calloc((size_t)in->hubs * work->days, sizeof *work->slot_price);
    work->slots = calloc((size_t)in->hubs * work->days, sizeof *work->slots);
    work->came = calloc(most + 1, sizeof *work->came);
    work->wait = calloc(cells, sizeof *work->wait);
    work->best = calloc(cells, sizeof *work->best);
    work->step = calloc(cells, sizeof *work->step);
    return work->slot_price && work->slots && work->came && work->wait && work->best && work->step
               ? ZHOL_ERROR_OK
               : ZHOL_ERROR_MEMORY;
}

static void clear_work(struct work *work)
{
    free(work->slot_price);
    free(work->slots);
    free(work->came);
    free(work->wait);
    free(work->best);
    free(work->step);
}

static enum zhol_error make_plan(struct hub_plan *plan, const struct hub_input *in)
{
    *plan = (struct hub_plan){0};
    plan->leaves_by = calloc((size_t)in->hubs * in->destinations, sizeof *plan->leaves_by);
    return plan->leaves_by ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* The best plan in which no box waits: what waiting is held against. */
static void without_waiting(struct work *work, struct hub_plan *best, struct hub_plan *found)
{
    struct hub_plan none = {0};
    memset(work->slot_price, 0, (size_t)work->in->hubs * work->days * sizeof *work->slot_price);
    work->wait_days = 0;
    if (!make_plan(&none, work->in) && !optimise(work, &none, found)) {
        best->at_once = none.cost;
        best->at_once_possible = true;
    }
    hub_plan_clear(&none);
}

enum zhol_error hub_solve(const struct hub_input *input, struct hub_plan *plan)
{
    struct work work = {0};
    struct hub_plan found = {0};
    *plan = (struct hub_plan){0};
    if (!in_range(input)) {
        return ZHOL_ERROR_RANGE;
    }
    enum zhol_error error = make_work(&work, input);
    error = error ? error : make_plan(plan, input);
    error = error ? error : make_plan(&found, input);
    error = error ? error : optimise(&work, plan, &found);
    if (!error) {
        if (plan->count) {
            qsort(plan->departures, plan->count, sizeof *plan->departures, by_day);
        }
        without_waiting(&work, plan, &found);
    }
    clear_work(&work);
    hub_plan_clear(&found);
    if (error) {
        hub_plan_clear(plan);
    }
    return error;
}

void hub_plan_clear(struct hub_plan *plan)
{
    free(plan->departures);
    free(plan->leaves_by);
    *plan = (struct hub_plan){0};
}
