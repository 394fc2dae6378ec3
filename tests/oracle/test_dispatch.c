/* test_dispatch.c: plans of small days against a brute force that shares nothing with the planner.
 *
 * All times of the made days are multiples of a step of one hour, so that a best plan lies on the
 * grid of hours. The brute force knows the planner's answer and looks for any plan that is better
 * in any part of the objective: it tries every front and hour of handling for every train, every
 * way to put units into formed trains and every hour of departure, and then whether acceptances,
 * tracks and locomotives can be found. It leaves out only what its own simple bound cannot better.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch/bound.h"
#include "made_day.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

enum { HOUR = 60, HOURS_MAX = 12, WORK_MAX = 20000000 };

struct cost {
    int64_t part[4];
};

struct brute {
    const struct zhol_dispatch_day *day;
    int32_t hours, form, yard, release;
    int32_t front[MADE_TRAINS], begin[MADE_TRAINS], end[MADE_TRAINS]; /* front -1: pushed */
    bool front_used[MADE_ROWS][HOURS_MAX];
    int32_t formed[MADE_UNITS]; /* -1: does not leave */
    bool by_yard[MADE_UNITS];
    int32_t depart[MADE_UNITS], track[MADE_UNITS]; /* of formed trains */
    uint32_t formed_count;
    int32_t accept[MADE_TRAINS];
    bool track_used[MADE_ROWS][HOURS_MAX], locomotive_used[MADE_ROWS][HOURS_MAX];
    int32_t moves[2][2][HOURS_MAX];
    struct cost best;
    const struct zhol_dispatch_plan *old; /* re-planning: trains of `keep` stay as in it */
    uint32_t keep;
    uint64_t work;
    bool beaten;
};

static bool less(const struct cost *a, const struct cost *b)
{
    for (int i = 0; i < 4; i++) {
        if (a->part[i] != b->part[i]) {
            return a->part[i] < b->part[i];
        }
    }
    return false;
}

static bool closed(const struct zhol_dispatch_day *day, uint32_t calendar, int32_t free_from,
                   int32_t hour)
{
    bool is = hour * HOUR < free_from;
    for (uint32_t i = 0; i < day->window_count && calendar != NONE; i++) {
        const struct zhol_dispatch_window *it = day->windows + i;
        is = is || (it->calendar == calendar && it->from_min <= hour * HOUR &&
                    hour * HOUR < it->until_min);
    }
    return is;
}

static int32_t work_hours(const struct zhol_dispatch_day *day, uint32_t front)
{
    return (day->fronts[front].setup_min + 1) / HOUR;
}

static int32_t held_hours(const struct zhol_dispatch_unit *unit)
{
    int32_t held = unit->hold_until_min > unit->data_min ? unit->hold_until_min : unit->data_min;
    return held == NEVER ? 1000000 : held / HOUR;
}

static int64_t late_cost(const struct zhol_dispatch_unit *unit, int64_t leave_min)
{
    return leave_min > unit->contract_min ? unit->late_weight * (leave_min - unit->contract_min)
                                          : 0;
}

/* The first hour at or after `from` in which the next days, like the first 24 hours of this one,
 * let a train depart. */
static int32_t some_day(const uint16_t *numbers, int32_t hours, int32_t from)
{
    int32_t period = hours < 24 ? hours : 24;
    for (int32_t h = from; h < from + period; h++) {
        if (numbers[h % period]) {
            return h;
        }
    }
    return from + period;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Whether a ban keeps a train from being accepted in an hour. */
static bool refused(const struct zhol_dispatch_day *day, uint32_t train, int32_t hour)
{
    for (uint32_t i = 0; i < day->ban_count; i++) {
        const struct zhol_dispatch_ban *ban = day->bans + i;
        bool named = false;
        for (uint32_t u = 0; u < day->unit_count; u++) {
            named = named ||
                    (day->units[u].train == train &&
                     (ban->destination == NONE || ban->destination == day->units[u].destination) &&
                     (ban->flags == 0 || (ban->flags & day->units[u].flags)));
        }
        if (named && ban->arriving && ban->gauge == day->trains[train].gauge &&
            ban->from_min <= hour * HOUR && hour * HOUR < ban->until_min) {
            return true;
        }
    }
    return false;
}

/* The first hour after the day at which no ban keeps a train out. */
static int32_t open_again(const struct brute *it, uint32_t train)
{
    int32_t hour = it->hours;
    while (refused(it->day, train, hour)) {
        hour++;
    }
    return hour;
}

static int64_t pushed_cost(const struct brute *it, const struct zhol_dispatch_unit *unit, bool kept)
{
    const struct zhol_dispatch_day *day = it->day;
    const struct zhol_dispatch_train *train = day->trains + unit->train;
    int32_t out = 1 - (int32_t)train->gauge, work = it->hours, held = held_hours(unit);
    for (uint32_t k = 0; k < day->front_count; k++) {
        work = work_hours(day, k) < work ? work_hours(day, k) : work;
    }
    held = held < 2 * it->hours ? held : 2 * it->hours;
    int32_t accept = some_day(day->accepts[train->gauge], it->hours, open_again(it, unit->train));
    int32_t end = most(accept, train->ready_min / HOUR) + train->inspect_min / HOUR + work;
    int32_t leave = some_day(day->departs[out], it->hours, most(end, held) + it->form);
    int32_t stay =
        some_day(day->departs[out], it->hours, most(it->hours + it->yard, held) + it->form);
    return late_cost(unit, HOUR * (int64_t)(kept && stay < leave ? stay : leave));
}

/* Adds the least that a unit can cost when its train's handling ends at `end`. */
static void unit_least(const struct brute *it, const struct zhol_dispatch_unit *unit, int32_t end,
                       struct cost *cost)
{
    int32_t leave = most(end, held_hours(unit)) + it->form;
    int64_t kept = pushed_cost(it, unit, true);
    int64_t late = leave < it->hours ? late_cost(unit, HOUR * (int64_t)leave) : kept;
    cost->part[0] += late < kept ? late : kept;
    cost->part[1] += leave >= it->hours;
}

/* A bound for the trains decided so far, [0, count), and any way of the others. */
static struct cost trains_least(const struct brute *it, uint32_t count)
{
    const struct zhol_dispatch_day *day = it->day;
    struct cost cost = {{0}};
    for (uint32_t u = 0; u < day->unit_count; u++) {
        const struct zhol_dispatch_unit *unit = day->units + u;
        const struct zhol_dispatch_train *train = day->trains + unit->train;
        if (unit->train < count && it->front[unit->train] < 0) {
            cost.part[0] += pushed_cost(it, unit, false);
            cost.part[1]++;
        } else if (unit->train < count) {
            unit_least(it, unit, it->end[unit->train], &cost);
        } else {
            unit_least(it, unit, (train->ready_min + train->inspect_min) / HOUR + 1, &cost);
        }
    }
    return cost;
}

/* Takes (or gives back) a thing for hours [from, until); false when it is not free. */
static bool hold(bool *used, int32_t from, int32_t until, int32_t hours, bool take)
{
    for (int32_t h = from; take && h < until && h < hours; h++) {
        if (used[h]) {
            return false;
        }
    }
    for (int32_t h = from; h < until && h < hours; h++) {
        used[h] = take;
    }
    return true;
}

static bool stocks_hold(const struct brute *it)
{
    const struct zhol_dispatch_day *day = it->day;
    for (uint32_t s = 0; s < day->stock_count; s++) {
        int64_t level = day->stocks[s].count;
        for (int32_t h = 0; h < it->hours; h++) {
            for (uint32_t i = 0; i < day->delivery_count; i++) {
                const struct zhol_dispatch_delivery *row = day->deliveries + i;
                level += row->stock == s && row->minute / HOUR == h ? row->count : 0;
            }
            for (uint32_t t = 0; t < day->train_count; t++) {
                bool frees = day->trains[t].frees_stock == s && it->front[t] >= 0 &&
                             it->end[t] + it->release == h;
                level += frees ? day->trains[t].frees_count : 0;
            }
            for (uint32_t u = 0; u < day->unit_count; u++) {
                if (day->units[u].stock == s && it->formed[u] >= 0) {
                    int32_t at =
                        it->by_yard[u] ? it->depart[it->formed[u]] : it->begin[day->units[u].train];
                    level -= at == h ? day->units[u].pieces : 0;
                }
            }
            if (level < 0) {
                return false;
            }
        }
    }
    return true;
}

/* The moves of formed trains and then of acceptances: whether locomotives can be found. */
static bool hauls_found(struct brute *it, uint32_t move)
{
    const struct zhol_dispatch_day *day = it->day;
    uint32_t count = it->formed_count + day->train_count;
    while (move < count && move >= it->formed_count && it->front[move - it->formed_count] < 0) {
        move++;
    }
    if (move >= count) {
        return true;
    }
    bool departs = move < it->formed_count;
    uint32_t kind = departs ? ZHOL_DISPATCH_DEPART : ZHOL_DISPATCH_ACCEPT, gauge = 0;
    int32_t hour = departs ? it->depart[move] : it->accept[move - it->formed_count];
    for (uint32_t u = 0; u < day->unit_count; u++) {
        if (departs && it->formed[u] == (int32_t)move) {
            gauge = 1 - (uint32_t)day->trains[day->units[u].train].gauge;
        }
    }
    gauge = departs ? gauge : (uint32_t)day->trains[move - it->formed_count].gauge;
    if (!day->needs_locomotive[kind][gauge]) {
        return hauls_found(it, move + 1);
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        const struct zhol_dispatch_locomotive *row = day->locomotives + i;
        int32_t until = hour + row->return_min / HOUR;
        if ((uint32_t)row->move == kind && (uint32_t)row->gauge == gauge &&
            hour * HOUR >= row->free_from_min &&
            hold(it->locomotive_used[i], hour, until, it->hours, true)) {
            bool found = hauls_found(it, move + 1);
            hold(it->locomotive_used[i], hour, until, it->hours, false);
            if (found) {
                return true;
            }
        }
    }
    return false;
}

static bool track_open(const struct brute *it, uint32_t track, int32_t from, int32_t until)
{
    bool open = true;
    for (int32_t h = from; h < until; h++) {
        open = open && !closed(it->day, it->day->tracks[track].calendar,
                               it->day->tracks[track].free_from_min, h);
    }
    return open;
}

static bool is_kept(const struct brute *it, uint32_t train)
{
    return it->old && (it->keep >> train & 1);
}

/* Whether a unit may leave at an hour (-1: not at all). */
static bool may_leave(const struct brute *it, uint32_t unit, int32_t hour)
{
    if (!is_kept(it, it->day->units[unit].train)) {
        return true;
    }
    const struct zhol_dispatch_carriage *old = it->old->carriages + unit;
    return (old->formed == NONE ? -1 : old->leave_min / HOUR) == hour;
}

/* Whether acceptances and receiving tracks can be found for trains from `train` on. */
static bool accepts_found(struct brute *it, uint32_t train)
{
    const struct zhol_dispatch_day *day = it->day;
    while (train < day->train_count && it->front[train] < 0) {
        train++;
    }
    if (train >= day->train_count) {
        return hauls_found(it, 0);
    }
    const struct zhol_dispatch_train *row = day->trains + train;
    for (int32_t a = row->ready_min / HOUR; a <= it->begin[train] - row->inspect_min / HOUR; a++) {
        const struct zhol_dispatch_passage *old =
            is_kept(it, train) ? it->old->passages + train : NULL;
        if (refused(day, train, a) || it->moves[0][row->gauge][a] >= day->accepts[row->gauge][a] ||
            (old && old->accept_min / HOUR != a)) {
            continue;
        }
        it->work++;
        for (uint32_t k = 0; k < day->track_count; k++) {
            if ((old && old->track != k) || day->tracks[k].gauge != row->gauge ||
                day->tracks[k].length_m < row->length_m ||
                !track_open(it, k, a, it->begin[train]) ||
                !hold(it->track_used[k], a, it->begin[train], it->hours, true)) {
                continue;
            }
            it->moves[0][row->gauge][a]++;
            it->accept[train] = a;
            bool found = accepts_found(it, train + 1);
            it->moves[0][row->gauge][a]--;
            hold(it->track_used[k], a, it->begin[train], it->hours, false);
            if (found) {
                return true;
            }
        }
    }
    return false;
}

/* What is known of a formed train. */
struct sum {
    int64_t weight, length, pairs;
    int32_t open, ready;
    uint32_t flags, gauge, destination;
};

static struct sum formed_sum(const struct brute *it, uint32_t formed)
{
    const struct zhol_dispatch_day *day = it->day;
    struct sum sum = {.open = HOURS_MAX};
    for (uint32_t u = 0; u < day->unit_count; u++) {
        const struct zhol_dispatch_unit *unit = day->units + u;
        if (it->formed[u] != (int32_t)formed) {
            continue;
        }
        int32_t ready = it->end[unit->train] + it->form;
        if (it->by_yard[u]) {
            ready = most(it->end[unit->train] + it->yard, held_hours(unit)) + it->form;
        } else if (it->begin[unit->train] < sum.open) {
            sum.open = it->begin[unit->train];
        }
        sum.ready = most(sum.ready, ready);
        sum.weight += unit->weight_t;
        sum.length += unit->length_m;
        sum.pairs += unit->heavy_20_pairs;
        sum.flags |= unit->flags;
        sum.gauge = 1 - (uint32_t)day->trains[unit->train].gauge;
        sum.destination = unit->destination;
    }
    return sum;
}

static bool banned(const struct zhol_dispatch_day *day, const struct sum *sum, int32_t hour)
{
    bool is = false;
    for (uint32_t i = 0; i < day->ban_count; i++) {
        const struct zhol_dispatch_ban *ban = day->bans + i;
        is = is || (!ban->arriving && (uint32_t)ban->gauge == sum->gauge &&
                    (ban->destination == NONE || ban->destination == sum->destination) &&
                    (ban->flags == 0 || (ban->flags & sum->flags)) &&
                    ban->from_min <= hour * HOUR && hour * HOUR < ban->until_min);
    }
    return is;
}

static void plan_weigh(struct brute *it)
{
    const struct zhol_dispatch_day *day = it->day;
    struct cost cost = {{0, 0, it->formed_count, 0}};
    for (uint32_t u = 0; u < day->unit_count; u++) {
        const struct zhol_dispatch_unit *unit = day->units + u;
        bool handled = it->front[unit->train] >= 0, goes = it->formed[u] >= 0;
        cost.part[0] += goes ? late_cost(unit, HOUR * (int64_t)it->depart[it->formed[u]])
                             : pushed_cost(it, unit, handled);
        cost.part[1] += !goes;
        cost.part[3] += handled && (it->by_yard[u] || !goes) ? unit->boxes_20 + unit->boxes_40 : 0;
    }
    if (less(&cost, &it->best) && stocks_hold(it) && accepts_found(it, 0)) {
        it->beaten = true;
    }
}

static void departs_try(struct brute *it, uint32_t formed)
{
    const struct zhol_dispatch_day *day = it->day;
    if (formed == it->formed_count) {
        plan_weigh(it);
        return;
    }
    struct sum sum = formed_sum(it, formed);
    for (int32_t d = sum.ready; d < it->hours && !it->beaten && it->work < WORK_MAX; d++) {
        it->work++;
        bool may = true;
        for (uint32_t u = 0; u < day->unit_count; u++) {
            may = may && (it->formed[u] != (int32_t)formed || may_leave(it, u, d));
        }
        if (!may || it->moves[1][sum.gauge][d] >= day->departs[sum.gauge][d] ||
            banned(day, &sum, d)) {
            continue;
        }
        int32_t open = sum.open == HOURS_MAX ? d - it->form : sum.open;
        for (uint32_t k = 0; k < day->track_count && !it->beaten; k++) {
            if ((uint32_t)day->tracks[k].gauge != sum.gauge ||
                day->tracks[k].length_m < sum.length || !track_open(it, k, open, d) ||
                !hold(it->track_used[k], open, d, it->hours, true)) {
                continue;
            }
            it->moves[1][sum.gauge][d]++;
            it->depart[formed] = d;
            departs_try(it, formed + 1);
            it->moves[1][sum.gauge][d]--;
            hold(it->track_used[k], open, d, it->hours, false);
        }
    }
}

/* Everything decided but departures: what it costs at least. */
static bool units_promise(const struct brute *it)
{
    struct cost cost = {{0, 0, it->formed_count, 0}};
    for (uint32_t u = 0; u < it->day->unit_count; u++) {
        const struct zhol_dispatch_unit *unit = it->day->units + u;
        bool handled = it->front[unit->train] >= 0;
        if (it->formed[u] >= 0) {
            struct sum sum = formed_sum(it, (uint32_t)it->formed[u]);
            cost.part[0] += late_cost(unit, HOUR * (int64_t)sum.ready);
        } else {
            cost.part[0] += pushed_cost(it, unit, handled);
            cost.part[1]++;
        }
        cost.part[3] +=
            handled && (it->by_yard[u] || it->formed[u] < 0) ? unit->boxes_20 + unit->boxes_40 : 0;
    }
    return less(&cost, &it->best);
}

static bool formed_takes(const struct brute *it, uint32_t unit, uint32_t formed)
{
    const struct zhol_dispatch_unit *row = it->day->units + unit;
    struct sum sum = formed_sum(it, formed);
    uint32_t gauge = 1 - (uint32_t)it->day->trains[row->train].gauge;
    const struct zhol_dispatch_limits *limits = it->day->limits + gauge;
    bool first = formed == it->formed_count;
    return (first || (sum.gauge == gauge && sum.destination == row->destination)) &&
           sum.weight + row->weight_t <= limits->weight_t &&
           sum.length + row->length_m <= limits->length_wagons * ZHOL_DISPATCH_WAGON_M &&
           sum.pairs + row->heavy_20_pairs <= limits->heavy_20_pairs;
}

static void units_try(struct brute *it, uint32_t unit)
{
    const struct zhol_dispatch_day *day = it->day;
    it->work++;
    if (it->beaten || it->work > WORK_MAX) {
        return;
    }
    if (unit == day->unit_count) {
        if (units_promise(it)) {
            departs_try(it, 0);
        }
        return;
    }
    const struct zhol_dispatch_unit *row = day->units + unit;
    bool handled = it->front[row->train] >= 0, no_yard = row->flags & ZHOL_DISPATCH_NO_YARD;
    it->formed[unit] = -1;
    it->by_yard[unit] = false;
    if ((!handled || !no_yard) && may_leave(it, unit, -1)) {
        units_try(it, unit + 1);
    }
    for (uint32_t f = 0; handled && f <= it->formed_count; f++) {
        it->formed[unit] = -1;
        bool first = f == it->formed_count;
        if (!formed_takes(it, unit, f)) {
            continue;
        }
        it->formed_count += first;
        it->formed[unit] = (int32_t)f;
        for (int yard = 0; yard < 2; yard++) {
            it->by_yard[unit] = yard;
            if (yard ? !no_yard : held_hours(row) <= it->begin[row->train]) {
                units_try(it, unit + 1);
            }
        }
        it->formed_count -= first;
    }
    it->formed[unit] = -1;
    it->by_yard[unit] = false;
}

static void trains_try(struct brute *it, uint32_t train)
{
    const struct zhol_dispatch_day *day = it->day;
    struct cost least = trains_least(it, train);
    it->work++;
    if (it->beaten || it->work > WORK_MAX || !less(&least, &it->best)) {
        return;
    }
    if (train == day->train_count) {
        it->formed_count = 0;
        if (accepts_found(it, 0)) { /* without formed trains: they only take more */
            units_try(it, 0);
        }
        return;
    }
    const struct zhol_dispatch_train *row = day->trains + train;
    const struct zhol_dispatch_passage *old = is_kept(it, train) ? it->old->passages + train : NULL;
    it->front[train] = -1;
    if (!old || old->accept_min == NEVER) {
        trains_try(it, train + 1);
    }
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t work = work_hours(day, k);
        for (int32_t b = (row->ready_min + row->inspect_min) / HOUR; b + work <= it->hours; b++) {
            bool open = !old || (old->front == k && old->begin_min == b * HOUR);
            for (int32_t h = b; h < b + work; h++) {
                open =
                    open && !closed(day, day->fronts[k].calendar, day->fronts[k].free_from_min, h);
            }
            if (open && hold(it->front_used[k], b, b + work, it->hours, true)) {
                it->front[train] = (int32_t)k;
                it->begin[train] = b;
                it->end[train] = b + work;
                trains_try(it, train + 1);
                hold(it->front_used[k], b, b + work, it->hours, false);
            }
        }
    }
    it->front[train] = -1;
}

/* 1: nothing is better, 0: something is, -1: too much work to say. */
static int brute_force(const struct zhol_dispatch_day *day, const struct zhol_dispatch_plan *plan)
{
    const struct zhol_dispatch_objective *best = &plan->objective;
    struct brute it = {.day = day,
                       .hours = day->horizon_min / HOUR,
                       .form = day->form_min / HOUR,
                       .yard = day->yard_min / HOUR,
                       .release = day->release_min / HOUR,
                       .best = {{best->late, best->pushed, best->turns, best->yard_boxes}}};
    memset(it.front, 0xff, sizeof it.front);
    memset(it.formed, 0xff, sizeof it.formed);
    trains_try(&it, 0);
    return it.beaten ? 0 : it.work > WORK_MAX ? -1 : 1;
}

static int64_t far_aim(void *context, const int32_t *begin_min)
{
    (void)begin_min;
    return *(const int64_t *)context;
}

/* The price bound, driven towards an aim that is far too high, stays below the best plan. */
static bool bound_holds(const struct zhol_dispatch_day *day, int64_t best, bool *tight)
{
    struct compiled compiled;
    int64_t aim = 2 * best + 1000, bound = INT64_MAX;
    struct bound_listener listener = {far_aim, &aim};
    bool held = !compiled_init(&compiled, day) && !bound_find(&compiled, &listener, 150, &bound);
    compiled_clear(&compiled);
    *tight = bound == best;
    return held && bound <= best;
}

static void days_try(const struct made_kind *kind, uint64_t seed, uint32_t days, uint32_t at_least)
{
    uint32_t proven = 0, compared = 0, found = 0, tight = 0;
    for (uint32_t i = 0; i < days; i++) {
        struct random_stream random;
        struct made_day made;
        struct zhol_dispatch_plan plan;
        struct zhol_dispatch_options options = {
            .iterations = 60, .starts = 1, .bound_steps = 40, .exact_nodes = 2000000};
        random_start(&random, seed, i);
        made_day_fill(&made, &random, kind);
        CHECK_INT_EQ(zhol_dispatch_solve(&made.day, &options, &plan), 0);
        CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &plan, NULL), 0);
        proven += plan.optimal;
        bool reached = false;
        CHECK(bound_holds(&made.day, plan.objective.late, &reached));
        tight += reached;
        int answer = plan.optimal ? brute_force(&made.day, &plan) : -1;
        compared += answer >= 0;
        plan.objective.yard_boxes++; /* the brute force itself must find what is there to find */
        found += answer == 1 && brute_force(&made.day, &plan) == 0;
        plan.objective.yard_boxes--;
        if (answer == 0) {
            CHECK_FAIL("seed %" PRIu64 " day %u: a better plan than late %" PRId64
                       " pushed %" PRId64 " turns %" PRId64 " yard %" PRId64,
                       seed, i, plan.objective.late, plan.objective.pushed, plan.objective.turns,
                       plan.objective.yard_boxes);
        }
        zhol_dispatch_plan_clear(&plan);
    }
    CHECK_INT_EQ(proven, days);
    CHECK_INT_EQ(found, compared);
    if (compared < at_least) {
        CHECK_FAIL("only %u of %u days could be compared", compared, days);
    }
    printf("%u days, %u proven, %u compared, price bound tight on %u\n", days, proven, compared,
           tight);
}

static void test_three_trains_with_everything(void)
{
    struct made_kind kind = {3, 2, 2, 4, 2, 2, 7, HOUR, true, true, true, true, true};
    days_try(&kind, 11, 150, 100);
}

static void test_five_trains(void)
{
    struct made_kind kind = {5, 1, 2, 6, 1, 2, 8, HOUR, false, false, true, true, true};
    days_try(&kind, 12, 100, 70);
}

static void test_eight_trains(void)
{
    struct made_kind kind = {8, 1, 2, 6, 2, 0, 8, HOUR, false, false, false, false, true};
    days_try(&kind, 13, 60, 30);
}

/* The fewest trains that must change for a plan of the day within `limit`; -1: too much work. */
static int fewest_changes(const struct zhol_dispatch_day *day, const struct zhol_dispatch_plan *old,
                          int64_t limit)
{
    uint32_t all = (1u << day->train_count) - 1;
    for (int size = 0; size <= (int)day->train_count; size++) {
        for (uint32_t change = 0; change <= all; change++) {
            struct brute it = {.day = day,
                               .hours = day->horizon_min / HOUR,
                               .form = day->form_min / HOUR,
                               .yard = day->yard_min / HOUR,
                               .release = day->release_min / HOUR,
                               .best = {{limit, INT64_MAX, 0, 0}},
                               .old = old,
                               .keep = all & ~change};
            if (__builtin_popcount(change) != size) {
                continue;
            }
            memset(it.front, 0xff, sizeof it.front);
            memset(it.formed, 0xff, sizeof it.formed);
            trains_try(&it, 0);
            if (it.beaten) {
                return size;
            }
            if (it.work > WORK_MAX) {
                return -1;
            }
        }
    }
    return -1;
}

/* Takes acceptances and perhaps a track away and makes a train late. */
static void day_spoil(struct made_day *made, struct random_stream *random)
{
    for (int i = 0; i < 3; i++) {
        uint32_t hour = random_below(random, (uint32_t)made->day.horizon_min / HOUR);
        made->accepts[random_below(random, 2)][hour] = 0;
        made->departs[random_below(random, 2)][hour] = 0;
    }
    made->trains[random_below(random, made->day.train_count)].ready_min += HOUR;
    if (random_below(random, 3) == 0) {
        made->tracks[random_below(random, made->day.track_count)].free_from_min = 4 * HOUR;
    }
}

static void test_fewest_changes(void)
{
    struct made_kind kind = {5, 1, 2, 6, 2, 0, 8, HOUR, false, true, false, false, true};
    uint32_t compared = 0, equal = 0, proven = 0;
    for (uint32_t i = 0; i < 120; i++) {
        struct random_stream random;
        struct made_day made;
        struct zhol_dispatch_plan old, best;
        struct zhol_dispatch_replanned again;
        struct zhol_dispatch_options options = {.iterations = 60, .starts = 1, .bound_steps = 40};
        struct zhol_dispatch_change change = {0, 0, i % 3 * 300};
        random_start(&random, 17, i);
        made_day_fill(&made, &random, &kind);
        CHECK_INT_EQ(zhol_dispatch_solve(&made.day, &options, &old), 0);
        day_spoil(&made, &random);
        CHECK_INT_EQ(zhol_dispatch_solve(&made.day, &options, &best), 0);
        CHECK_INT_EQ(zhol_dispatch_replan(&made.day, &old, &change, NULL, &again), 0);
        CHECK_INT_EQ(zhol_dispatch_verify(&made.day, &again.plan, NULL), 0);
        int64_t limit = best.objective.late + change.tolerance_abs;
        int fewest = fewest_changes(&made.day, &old, limit);
        if (fewest >= 0 && again.plan.objective.late <= limit) {
            compared++;
            equal += (int)again.changed_count == fewest;
            proven += again.fewest;
            CHECK((int)again.changed_count >= fewest);
            CHECK(!again.fewest || (int)again.changed_count == fewest);
        }
        zhol_dispatch_replanned_clear(&again);
        zhol_dispatch_plan_clear(&best);
        zhol_dispatch_plan_clear(&old);
    }
    printf("re-planning: %u compared, %u with fewest changes, %u said so\n", compared, equal,
           proven);
    CHECK(compared >= 100);
    CHECK(equal * 100 >= compared * 95);
}

int main(void)
{
    RUN(test_three_trains_with_everything);
    RUN(test_five_trains);
    RUN(test_eight_trains);
    RUN(test_fewest_changes);
    return check_report();
}
