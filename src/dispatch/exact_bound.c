/* exact_bound.c: what no completion of a state of the exact search is better than: each unit at its
 * earliest, trains above the acceptances or the fronts' minutes that are left pushed at least cost,
 * and the formed trains that are needed yet. See exact_state.h. */
#include <string.h>

#include "dispatch/board.h"
#include "dispatch/exact_slots.h"
#include "dispatch/exact_state.h"
#include "dispatch/exact_stock.h"

#define NEVER ZHOL_DISPATCH_NEVER

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The first minute at or after `from` >= now with a place left for a move, as far as is known now.
 */
static int32_t hour_left(const struct compiled *compiled, const struct exact_state *state,
                         enum zhol_dispatch_move move, enum zhol_dispatch_gauge gauge, int32_t from)
{
    const uint16_t *numbers = move == ZHOL_DISPATCH_ACCEPT ? compiled->day->accepts[gauge]
                                                           : compiled->day->departs[gauge];
    for (; from < compiled->horizon; from = (from / 60 + 1) * 60) {
        uint16_t used = state->hour == from / 60 ? state->used[move][gauge] : 0;
        if (numbers[from / 60] > used) {
            return from;
        }
    }
    return NEVER;
}

/* The earliest end of handling of a train that has not begun; NEVER when none is left. */
static int32_t earliest_end(const struct compiled *compiled, const struct exact_state *state,
                            uint32_t train)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_passage *it = state->passages + train;
    const struct zhol_dispatch_train *row = day->trains + train;
    int32_t accept = it->accept_min, best = NEVER;
    if (accept == NEVER) {
        int32_t from = state->now;
        do {
            from = accept_from(compiled, train, from);
            accept = hour_left(compiled, state, ZHOL_DISPATCH_ACCEPT, row->gauge, from);
            if (accept == NEVER) {
                return NEVER;
            }
            from = accept;
        } while (accept_from(compiled, train, accept) != accept);
    }
    int32_t begin = later(accept + row->inspect_min, state->now);
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t work = compiled->work_min[train * day->front_count + k];
        if (work) {
            int32_t at = span_fit(compiled->fronts + k, later(begin, state->front_from[k]), work,
                                  compiled->horizon);
            best = at != NEVER && at + work < best ? at + work : best;
        }
    }
    return best;
}

int32_t exact_leave(const struct compiled *compiled, const struct exact_state *state, uint32_t unit,
                    int32_t ready)
{
    uint32_t group = compiled->unit_group[unit];
    int32_t from = later(ready, state->now), moved = from;
    do {
        from = moved;
        moved = hour_left(compiled, state, ZHOL_DISPATCH_DEPART, compiled->group_gauge[group],
                          ban_end(compiled->day, compiled->group_gauge[group],
                                  compiled->group_destination[group],
                                  compiled->day->units[unit].flags, from));
    } while (moved != from && moved != NEVER);
    return moved;
}

/* Least cost of the units of one train, handled by `end` at the earliest or pushed. */
struct least {
    int64_t late, pushed;
    bool dead; /* what stands open can no longer leave */
};

/* When each unit may leave in a plan that is worth finding: `from` its earliest, NEVER when it
 * cannot within the day; `cost` of leaving then or never. */
struct leaving {
    int32_t from[EXACT_UNITS];
    int64_t cost[EXACT_UNITS];
    int64_t slack[EXACT_TRAINS]; /* lateness that may be added to the least of a train's units */
};

static struct least least_handled(const struct compiled *compiled, const struct exact_state *state,
                                  uint32_t train, int32_t end, struct leaving *leaving)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct least sum = {0};
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        uint32_t unit = compiled->unit_at[i];
        const struct exact_unit *it = state->units + unit;
        if (it->place == EXACT_LEFT) {
            continue;
        }
        int32_t loaded = compiled->loaded_from[unit];
        int32_t ready = it->place == EXACT_LOADED ? state->formed_ready[it->formed]
                        : it->place == EXACT_YARD
                            ? later(end + day->yard_min, loaded) + day->form_min
                            : later(end, loaded) + day->form_min;
        int32_t leave =
            ready < compiled->horizon ? exact_leave(compiled, state, unit, ready) : NEVER;
        int64_t kept = unit_late_cost(day->units + unit, compiled->kept_min[unit]);
        int64_t late = leave == NEVER ? kept : unit_late_cost(day->units + unit, leave);
        leaving->from[unit] = leave;
        leaving->cost[unit] = late < kept ? late : kept;
        sum.late += leaving->cost[unit];
        sum.pushed += leave == NEVER;
        sum.dead = sum.dead || (it->place == EXACT_LOADED && leave == NEVER);
    }
    return sum;
}

static struct least least_pushed(const struct compiled *compiled, uint32_t train)
{
    struct least sum = {0};
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        uint32_t unit = compiled->unit_at[i];
        sum.late += unit_late_cost(compiled->day->units + unit, compiled->pushed_min[unit]);
        sum.pushed++;
    }
    return sum;
}

/* The last minute at which a unit may leave when the plan is to be worth finding. */
static int32_t leave_last(const struct zhol_dispatch_unit *unit, const struct leaving *leaving,
                          uint32_t number, int32_t horizon)
{
    int64_t room = leaving->cost[number] + leaving->slack[unit->train];
    int64_t minutes = unit->late_weight ? room / unit->late_weight : horizon;
    int64_t last = minutes < horizon ? unit->contract_min + minutes : horizon;
    return last < horizon ? (int32_t)last : horizon - 1;
}

/* The units of a group that leave yet. */
struct waiting {
    int32_t from[EXACT_UNITS], last[EXACT_UNITS];
    int64_t length[EXACT_UNITS];
    uint32_t count;
};

/* Trains for the units that can only leave in [from, until): by total length, and by how many are
 * longer than half. */
static int64_t trains_within(const struct waiting *waiting, int64_t whole, int32_t from,
                             int32_t until)
{
    int64_t length = 0, halves = 0;
    for (uint32_t i = 0; i < waiting->count; i++) {
        if (waiting->from[i] >= from && waiting->last[i] < until) {
            length += waiting->length[i];
            halves += waiting->length[i] * 2 > whole;
        }
    }
    int64_t needed = (length + whole - 1) / whole;
    return needed > halves ? needed : halves;
}

/* Trains of a group that are at least needed: the day is cut where units first can leave; those
 * that leave within one part share no train with those of another. The best cuts by dynamic
 * programming. */
static int64_t trains_needed(const struct waiting *waiting, int64_t whole)
{
    int32_t cut[EXACT_UNITS + 1];
    int64_t most[EXACT_UNITS + 1];
    uint32_t cuts = 0;
    for (uint32_t i = 0; i < waiting->count; i++) {
        uint32_t j = cuts;
        while (j > 0 && cut[j - 1] >= waiting->from[i]) {
            j--;
        }
        if (j == cuts || cut[j] != waiting->from[i]) {
            memmove(cut + j + 1, cut + j, (cuts++ - j) * sizeof *cut);
            cut[j] = waiting->from[i];
        }
    }
    cut[cuts] = NEVER;
    most[0] = 0;
    for (uint32_t j = 1; j <= cuts; j++) {
        most[j] = 0;
        for (uint32_t i = 0; i < j; i++) {
            int64_t sum = most[i] + trains_within(waiting, whole, cut[i], cut[j]);
            most[j] = sum > most[j] ? sum : most[j];
        }
    }
    return most[cuts];
}

/* What of a group is looked at. */
struct group_turns {
    struct waiting waiting;
    int64_t longest[EXACT_UNITS]; /* of the units that may be pushed, falling */
    uint32_t pushable;
    int64_t open; /* formed trains that stand open */
};

static void longest_add(struct group_turns *it, int64_t length)
{
    uint32_t j = it->pushable++;
    for (; j > 0 && it->longest[j - 1] < length; j--) {
        it->longest[j] = it->longest[j - 1];
    }
    it->longest[j] = length;
}

static void group_fill(const struct compiled *compiled, const struct exact_state *state,
                       const struct leaving *leaving, uint32_t group, int64_t whole,
                       struct group_turns *it)
{
    const struct zhol_dispatch_day *day = compiled->day;
    it->waiting.count = it->pushable = 0;
    it->open = 0;
    for (uint32_t i = compiled->group_first[group]; i < compiled->group_first[group + 1]; i++) {
        uint32_t unit = compiled->group_unit[i], at = it->waiting.count;
        enum exact_place place = (enum exact_place)state->units[unit].place;
        if (place != EXACT_LEFT && leaving->from[unit] != NEVER &&
            day->units[unit].length_m <= whole) {
            it->waiting.from[at] = leaving->from[unit];
            it->waiting.last[at] = leave_last(day->units + unit, leaving, unit, compiled->horizon);
            it->waiting.length[at] = day->units[unit].length_m;
            it->waiting.count++;
            int64_t kept = unit_late_cost(day->units + unit, compiled->kept_min[unit]);
            if (place != EXACT_LOADED &&
                kept - leaving->cost[unit] <= leaving->slack[day->units[unit].train]) {
                longest_add(it, day->units[unit].length_m);
            }
        }
    }
    for (uint32_t f = 0; f < state->formed_count; f++) {
        it->open += state->formed[f].depart_min == NEVER &&
                    state->formed[f].gauge == compiled->group_gauge[group] &&
                    state->formed[f].destination == compiled->group_destination[group];
    }
}

/* turns[n]: trains of a group that are needed when n of its units are pushed: none of them saves
 * more than a train, and together not more than the longest do. */
static void group_least(const struct group_turns *it, int64_t whole, uint32_t pushed,
                        int64_t *turns)
{
    int64_t needed = trains_needed(&it->waiting, whole), length = 0;
    for (uint32_t i = 0; i < it->waiting.count; i++) {
        length += it->waiting.length[i];
    }
    for (uint32_t n = 0; n <= pushed; n++) {
        int64_t by_length = (length + whole - 1) / whole;
        int64_t by_count = needed - (n < it->pushable ? n : it->pushable);
        turns[n] = by_count > by_length ? by_count : by_length;
        turns[n] = turns[n] > it->open ? turns[n] : it->open;
        length -= n < it->pushable ? it->longest[n] : 0;
    }
}

/* Formed trains that are at least needed yet when all that may still leave does but `pushed` units,
 * without more lateness than the slack. */
static int64_t least_turns(const struct compiled *compiled, const struct exact_state *state,
                           const struct leaving *leaving, uint32_t pushed)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int64_t best[EXACT_UNITS + 1] = {0}, own[EXACT_UNITS + 1];
    struct group_turns turns;
    for (uint32_t g = 0; g < compiled->group_count; g++) {
        int64_t whole =
            (int64_t)day->limits[compiled->group_gauge[g]].length_wagons * ZHOL_DISPATCH_WAGON_M;
        group_fill(compiled, state, leaving, g, whole, &turns);
        group_least(&turns, whole, pushed, own);
        for (uint32_t n = pushed + 1; n-- > 0;) {
            int64_t least = best[n] + own[0];
            for (uint32_t k = 1; k <= n; k++) {
                least = best[n - k] + own[k] < least ? best[n - k] + own[k] : least;
            }
            best[n] = least;
        }
    }
    return best[pushed];
}

/* Trains that may still be pushed, and what that costs above handling them; of some of them a
 * number must be. */
struct pushable {
    uint32_t train[EXACT_TRAINS];
    int64_t late[EXACT_TRAINS], pushed[EXACT_TRAINS];
    uint32_t count;
};

/* `excess` of the trains of a set (a bit each) must be pushed. */
struct demand {
    uint32_t set, excess;
};

enum { DEMANDS = 3 }; /* by gauge (acceptances), or by kind of work (fronts) */

/* The least sum of `count` of the numbers of a set. */
static int64_t least_sum(const int64_t *numbers, uint32_t all, uint32_t set, uint32_t count)
{
    int64_t sorted[EXACT_TRAINS], sum = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i < all; i++) {
        if (set >> i & 1) {
            uint32_t j = found++;
            for (; j > 0 && sorted[j - 1] > numbers[i]; j--) {
                sorted[j] = sorted[j - 1];
            }
            sorted[j] = numbers[i];
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        sum += sorted[i];
    }
    return sum;
}

/* Trains of a gauge above the acceptances that are left. */
static struct demand acceptance_demand(const struct compiled *compiled,
                                       const struct exact_state *state,
                                       const struct pushable *pushable, uint32_t gauge)
{
    struct demand demand = {0};
    uint32_t left = 0, wanted = 0, hour = (uint32_t)state->now / 60;
    for (uint32_t i = 0; i < pushable->count; i++) {
        if ((uint32_t)compiled->day->trains[pushable->train[i]].gauge == gauge) {
            demand.set |= 1u << i;
            wanted++;
        }
    }
    for (uint32_t h = hour; h < compiled->hours && left < wanted; h++) {
        uint32_t used = (uint32_t)state->hour == h ? state->used[ZHOL_DISPATCH_ACCEPT][gauge] : 0;
        uint32_t number = compiled->day->accepts[gauge][h];
        left += number > used ? number - used : 0;
    }
    demand.excess = wanted > left ? wanted - left : 0;
    return demand;
}

/* The shortest work on a train, and the first minute at which it could begin. */
static int64_t shortest_work(const struct compiled *compiled, const struct exact_state *state,
                             uint32_t train, int32_t *begin)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_passage *it = state->passages + train;
    int32_t least = NEVER;
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t work = compiled->work_min[train * day->front_count + k];
        least = work && work < least ? work : least;
    }
    int32_t accept =
        it->accept_min != NEVER ? it->accept_min : accept_from(compiled, train, state->now);
    *begin = later(accept + day->trains[train].inspect_min, state->now);
    return least;
}

/* How many of the shortest works fit into the minutes that all fronts of a kind have together,
 * closed ones counted as open, those of trains that were accepted first. */
static struct demand front_demand(const struct compiled *compiled, const struct exact_state *state,
                                  const struct pushable *pushable, enum zhol_dispatch_work kind)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct demand demand = {0};
    int64_t works[EXACT_TRAINS] = {0}, minutes = 0;
    int32_t first = compiled->horizon, begin;
    uint32_t wanted = 0;
    for (uint32_t i = 0; i < pushable->count; i++) {
        if (day->trains[pushable->train[i]].work == kind) {
            works[i] = shortest_work(compiled, state, pushable->train[i], &begin);
            first = begin < first ? begin : first;
            demand.set |= 1u << i;
            wanted++;
        }
    }
    for (uint32_t t = 0; t < day->train_count; t++) {
        const struct zhol_dispatch_passage *it = state->passages + t;
        if (day->trains[t].work == kind && it->accept_min != NEVER && it->begin_min == NEVER) {
            minutes -= shortest_work(compiled, state, t, &begin);
            first = begin < first ? begin : first;
        }
    }
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t from = later(state->front_from[k], first);
        minutes +=
            day->fronts[k].work == kind && from < compiled->horizon ? compiled->horizon - from : 0;
    }
    while (wanted > demand.excess &&
           least_sum(works, pushable->count, demand.set, wanted - demand.excess) > minutes) {
        demand.excess++;
    }
    return demand;
}

/* Adds what the demands of one family cost at least; whether there is any. */
static bool demands_add(const struct pushable *pushable, const struct demand *demands,
                        struct zhol_dispatch_objective *least)
{
    bool any = false;
    for (int i = 0; i < DEMANDS; i++) {
        least->late +=
            least_sum(pushable->late, pushable->count, demands[i].set, demands[i].excess);
        least->pushed +=
            least_sum(pushable->pushed, pushable->count, demands[i].set, demands[i].excess);
        any = any || demands[i].excess;
    }
    return any;
}

/* Whether pushing just the trains of `set` meets the demands at the least cost `late`, `pushed`. */
static bool meets(const struct pushable *pushable, const struct demand *demands, uint32_t set,
                  int64_t late, int64_t pushed)
{
    for (int i = 0; i < DEMANDS; i++) {
        if ((uint32_t)__builtin_popcount(set & demands[i].set) != demands[i].excess) {
            return false;
        }
    }
    for (uint32_t i = 0; i < pushable->count; i++) {
        late -= set >> i & 1 ? pushable->late[i] : 0;
        pushed -= set >> i & 1 ? pushable->pushed[i] : 0;
    }
    return late == 0 && pushed == 0;
}

/* Least turns over all sets of trains that may be pushed at the least cost. Any other set costs
 * more in a part that comes before turns. */
static int64_t turns_of_sets(const struct compiled *compiled, const struct exact_state *state,
                             const struct pushable *pushable, const struct demand *demands,
                             int64_t late, int64_t pushed, const struct leaving *leaving)
{
    enum { SETS_MOST = 12 };
    int64_t best = INT64_MAX;
    uint32_t met = 0;
    for (uint32_t set = 0; set < 1u << pushable->count; set++) {
        if (!meets(pushable, demands, set, late, pushed)) {
            continue;
        }
        if (++met > SETS_MOST) {
            return 0;
        }
        struct leaving rest = *leaving;
        for (uint32_t i = 0; i < pushable->count; i++) {
            uint32_t t = pushable->train[i];
            for (uint32_t u = compiled->unit_first[t];
                 set >> i & 1 && u < compiled->unit_first[t + 1]; u++) {
                rest.from[compiled->unit_at[u]] = NEVER;
            }
        }
        int64_t turns = least_turns(compiled, state, &rest, 0);
        best = turns < best ? turns : best;
    }
    return met ? best : 0;
}

static void slack_set(const struct compiled *compiled, struct leaving *leaving, int64_t slack)
{
    for (uint32_t t = 0; t < compiled->day->train_count; t++) {
        leaving->slack[t] = slack;
    }
}

/* Adds what must be pushed for want of acceptances or of fronts, whichever costs more, and the
 * turns that are needed then. */
static void least_excess(const struct compiled *compiled, const struct exact_state *state,
                         const struct pushable *pushable, int64_t late_most,
                         struct leaving *leaving, struct zhol_dispatch_objective *least)
{
    struct demand accepts[DEMANDS] = {{0}}, fronts[DEMANDS];
    struct zhol_dispatch_objective by_accepts = *least, by_fronts = *least;
    const struct demand *demands = accepts;
    for (uint32_t g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        accepts[g] = acceptance_demand(compiled, state, pushable, g);
    }
    for (int w = 0; w < ZHOL_DISPATCH_WORKS; w++) {
        fronts[w] = front_demand(compiled, state, pushable, (enum zhol_dispatch_work)w);
    }
    bool any = demands_add(pushable, accepts, &by_accepts);
    any = demands_add(pushable, fronts, &by_fronts) || any;
    struct zhol_dispatch_objective before = *least;
    *least = by_accepts;
    if (objective_compare(&by_fronts, &by_accepts) > 0) {
        *least = by_fronts;
        demands = fronts;
    }
    slack_set(compiled, leaving, late_most > least->late ? late_most - least->late : 0);
    least->turns +=
        any ? turns_of_sets(compiled, state, pushable, demands, least->late - before.late,
                            least->pushed - before.pushed, leaving)
            : least_turns(compiled, state, leaving, 0);
}

/* The last word of the bound: what the trains cost that are accepted, and what is known of each. */
struct reckoning {
    struct zhol_dispatch_objective accepted;
    int32_t end[EXACT_TRAINS]; /* of handling at the earliest; NEVER */
    struct leaving leaving;
    int64_t late; /* the least of each train alone, together */
    int64_t push_late[EXACT_TRAINS], push_units[EXACT_TRAINS]; /* of pushing it, above that */
};

/* The turns of any plan that costs no more than the best known: trains are accepted no sooner than
 * the assignment lets them; what it may push needs none. `left` is the lateness that may be added
 * to what the assignment says. */
static int64_t turns_of_places(const struct compiled *compiled, const struct exact_slots *slots,
                               const struct exact_state *state, const struct exact_places *places,
                               int64_t left, struct reckoning *it)
{
    slack_set(compiled, &it->leaving, left);
    for (uint32_t t = 0; t < compiled->day->train_count; t++) {
        if (state->passages[t].accept_min != NEVER || it->end[t] == NEVER) {
            continue;
        }
        int32_t end = places->first[t] < SLOT_HOURS ? slots->end[t][places->first[t]] : NEVER;
        if (end == NEVER || places->may_push[t]) {
            for (uint32_t i = compiled->unit_first[t]; i < compiled->unit_first[t + 1]; i++) {
                it->leaving.from[compiled->unit_at[i]] = NEVER;
            }
        } else {
            end = later(end, it->end[t]);
            int64_t own = least_handled(compiled, state, t, end, &it->leaving).late;
            int64_t most = places->most[t] / SLOT_UNITS;
            it->leaving.slack[t] = most > own ? most - own : 0;
        }
    }
    return least_turns(compiled, state, &it->leaving, 0);
}

/* Boxes that stay in the yard: of units that cannot leave within the day and whose trains are
 * surely handled. */
static int64_t kept_boxes(const struct compiled *compiled, const struct exact_state *state,
                          const struct leaving *leaving, const bool *handled)
{
    int64_t boxes = 0;
    for (uint32_t u = 0; u < compiled->day->unit_count; u++) {
        bool stays = state->units[u].place == EXACT_OUTSIDE && leaving->from[u] == NEVER;
        boxes += stays && handled[compiled->day->units[u].train] ? compiled->boxes[u] : 0;
    }
    return boxes;
}

/* The same by what pushing each train alone would cost more than `most`. */
static int64_t kept_alone(const struct compiled *compiled, const struct exact_state *state,
                          const struct reckoning *it, const struct zhol_dispatch_objective *least,
                          const struct zhol_dispatch_objective *most)
{
    bool handled[EXACT_TRAINS];
    for (uint32_t t = 0; t < compiled->day->train_count; t++) {
        int64_t late = least->late + it->push_late[t];
        bool dear = late > most->late ||
                    (late == most->late && least->pushed + it->push_units[t] > most->pushed);
        handled[t] = it->end[t] != NEVER && (dear || state->passages[t].accept_min != NEVER);
    }
    return kept_boxes(compiled, state, &it->leaving, handled);
}

/* The same by what the assignment may push. */
static int64_t kept_of_places(const struct compiled *compiled, const struct exact_state *state,
                              const struct exact_places *places, const struct reckoning *it)
{
    bool handled[EXACT_TRAINS];
    for (uint32_t t = 0; t < compiled->day->train_count; t++) {
        bool accepted = state->passages[t].accept_min != NEVER;
        handled[t] = it->end[t] != NEVER && (accepted || !places->may_push[t]);
    }
    return kept_boxes(compiled, state, &it->leaving, handled);
}

/* Raises the bound to what the assignment of trains to acceptances says. */
static void least_slots(const struct compiled *compiled, const struct exact_slots *slots,
                        const struct exact_state *state, const struct zhol_dispatch_objective *most,
                        struct reckoning *it, struct zhol_dispatch_objective *least)
{
    struct exact_places places;
    struct zhol_dispatch_objective here = it->accepted;
    int64_t limit = (most->late - here.late) * SLOT_UNITS + most->pushed - here.pushed;
    exact_slots_least(compiled, slots, state, limit, &places);
    if (places.sum < 0) {
        return;
    }
    here.late += places.sum / SLOT_UNITS;
    here.pushed += places.sum % SLOT_UNITS;
    if (here.late == most->late && here.pushed == most->pushed) {
        here.turns += turns_of_places(compiled, slots, state, &places, 0, it);
        here.yard_boxes += kept_of_places(compiled, state, &places, it);
    }
    here.yard_boxes = here.yard_boxes > least->yard_boxes ? here.yard_boxes : least->yard_boxes;
    if (objective_compare(&here, least) > 0) {
        *least = here;
    }
}

/* Raises the bound to what the want of stock says. */
static void least_stock(const struct exact_state *state,
                        const struct zhol_dispatch_objective *extra,
                        const struct zhol_dispatch_objective *most,
                        struct zhol_dispatch_objective *least)
{
    if (extra->late > least->late ||
        (extra->late == least->late && extra->pushed > least->pushed)) {
        *least = (struct zhol_dispatch_objective){extra->late, extra->pushed, state->cost.turns,
                                                  least->yard_boxes};
    }
    if (extra->late == most->late && extra->pushed == most->pushed &&
        extra->yard_boxes > least->yard_boxes) {
        least->yard_boxes = extra->yard_boxes;
    }
}

/* Turns of any plan where nothing is better than `most` in lateness and in pushed units: so many
 * more units are pushed than must be. -1 where that is not known. */
static int64_t pinned_turns(const struct compiled *compiled, const struct exact_state *state,
                            const struct zhol_dispatch_objective *floor,
                            const struct zhol_dispatch_objective *most,
                            const struct zhol_dispatch_objective *least, struct leaving *leaving)
{
    if (floor->late != most->late || floor->pushed != most->pushed || least->late > most->late ||
        least->pushed > most->pushed) {
        return -1;
    }
    slack_set(compiled, leaving, most->late - least->late);
    return state->cost.turns +
           least_turns(compiled, state, leaving, (uint32_t)(most->pushed - least->pushed));
}

bool exact_least(const struct compiled *compiled, const struct exact_slots *slots,
                 const struct exact_state *state, const struct zhol_dispatch_objective *floor,
                 const struct zhol_dispatch_objective *most, struct zhol_dispatch_objective *least)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct pushable pushable = {.count = 0};
    struct zhol_dispatch_objective extra;
    struct reckoning all;
    struct leaving *leaving = &all.leaving;
    all.accepted = state->cost;
    *least = state->cost;
    for (uint32_t t = 0; t < day->train_count; t++) {
        const struct zhol_dispatch_passage *it = state->passages + t;
        int32_t end = it->begin_min != NEVER ? it->end_min : earliest_end(compiled, state, t);
        struct least pushed = least_pushed(compiled, t), handled = pushed;
        all.end[t] = end;
        bool waits = it->accept_min == NEVER;
        if (end != NEVER) {
            handled = least_handled(compiled, state, t, end, leaving);
        }
        for (uint32_t i = compiled->unit_first[t]; end == NEVER && i < compiled->unit_first[t + 1];
             i++) {
            leaving->from[compiled->unit_at[i]] = NEVER;
        }
        if ((!waits && end == NEVER) || handled.dead) {
            return false;
        }
        int64_t late = waits && pushed.late < handled.late ? pushed.late : handled.late;
        least->late += late;
        least->pushed += handled.pushed;
        all.push_late[t] = pushed.late - late;
        all.push_units[t] = pushed.pushed - handled.pushed;
        all.accepted.late += waits ? 0 : late;
        all.accepted.pushed += waits ? 0 : handled.pushed;
        if (waits && end != NEVER) {
            pushable.train[pushable.count] = t;
            pushable.late[pushable.count] = pushed.late - late;
            pushable.pushed[pushable.count++] = pushed.pushed - handled.pushed;
        }
    }
    all.late = least->late;
    struct exact_alone alone = {all.end, leaving->from, leaving->cost};
    exact_stock_extra(compiled, state, &alone, &extra);
    extra.late += least->late;
    extra.pushed += least->pushed;
    if (extra.late > most->late || (extra.late == most->late && extra.pushed > most->pushed)) {
        return false;
    }
    least->yard_boxes += kept_alone(compiled, state, &all, least, most);
    extra.yard_boxes += least->yard_boxes;
    int64_t pinned = pinned_turns(compiled, state, floor, most, least, leaving);
    least_excess(compiled, state, &pushable, most->late, leaving, least);
    least_slots(compiled, slots, state, most, &all, least);
    least_stock(state, &extra, most, least);
    if (pinned >= 0) {
        struct zhol_dispatch_objective here = {most->late, most->pushed, pinned, least->yard_boxes};
        *least = objective_compare(&here, least) > 0 ? here : *least;
    }
    return true;
}
