/* exact_state.c: the day at one moment of the exact search. See exact_state.h. */
#include "dispatch/exact_state.h"

#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

bool exact_fits(const struct zhol_dispatch_day *day)
{
    return day->train_count <= EXACT_TRAINS && day->unit_count <= EXACT_UNITS &&
           day->track_count <= EXACT_TRACKS && day->front_count <= EXACT_FRONTS &&
           day->locomotive_count <= EXACT_LOCOMOTIVES && day->stock_count <= EXACT_STOCKS;
}

static bool same_span(const struct span *spans, uint32_t a, uint32_t b)
{
    return memcmp(spans + a, spans + b, sizeof *spans) == 0;
}

static uint8_t track_like(const struct compiled *compiled, uint32_t row)
{
    const struct zhol_dispatch_track *rows = compiled->day->tracks;
    uint32_t i = 0;
    while (rows[i].gauge != rows[row].gauge || rows[i].length_m != rows[row].length_m ||
           !same_span(compiled->tracks, i, row)) {
        i++;
    }
    return (uint8_t)i;
}

static uint8_t front_like(const struct compiled *compiled, uint32_t row)
{
    const struct zhol_dispatch_day *day = compiled->day;
    for (uint32_t i = 0; i < row; i++) {
        bool alike = same_span(compiled->fronts, i, row);
        for (uint32_t t = 0; t < day->train_count && alike; t++) {
            alike = compiled->work_min[t * day->front_count + i] ==
                    compiled->work_min[t * day->front_count + row];
        }
        if (alike) {
            return (uint8_t)i;
        }
    }
    return (uint8_t)row;
}

static uint8_t locomotive_like(const struct compiled *compiled, uint32_t row)
{
    const struct zhol_dispatch_locomotive *rows = compiled->day->locomotives;
    uint32_t i = 0;
    while (rows[i].gauge != rows[row].gauge || rows[i].move != rows[row].move ||
           rows[i].return_min != rows[row].return_min) {
        i++;
    }
    return (uint8_t)i;
}

void exact_alike_fill(const struct compiled *compiled, struct exact_alike *alike)
{
    for (uint32_t i = 0; i < compiled->day->track_count; i++) {
        alike->track[i] = track_like(compiled, i);
    }
    for (uint32_t i = 0; i < compiled->day->front_count; i++) {
        alike->front[i] = front_like(compiled, i);
    }
    for (uint32_t i = 0; i < compiled->day->locomotive_count; i++) {
        alike->locomotive[i] = locomotive_like(compiled, i);
    }
}

void exact_begin(const struct compiled *compiled, struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    memset(state, 0, sizeof *state);
    for (uint32_t i = 0; i < day->train_count; i++) {
        state->passages[i] =
            (struct zhol_dispatch_passage){NEVER, NEVER, NEVER, NONE, NONE, NONE, 0};
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        state->locomotive_from[i] = day->locomotives[i].free_from_min;
    }
}

static void sooner(int32_t *next, int32_t now, int64_t minute)
{
    if (minute > now && minute < *next) {
        *next = (int32_t)minute;
    }
}

static void events_of_trains(const struct compiled *compiled, const struct exact_state *state,
                             int32_t *next)
{
    const struct zhol_dispatch_day *day = compiled->day;
    for (uint32_t i = 0; i < day->train_count; i++) {
        const struct zhol_dispatch_passage *it = state->passages + i;
        if (it->accept_min == NEVER) {
            sooner(next, state->now, day->trains[i].ready_min);
        } else if (it->begin_min == NEVER) {
            sooner(next, state->now, it->accept_min + day->trains[i].inspect_min);
        } else {
            sooner(next, state->now, it->end_min);
            sooner(next, state->now, it->end_min + day->form_min);
            sooner(next, state->now, (int64_t)it->end_min + day->yard_min + day->form_min);
            sooner(next, state->now, (int64_t)it->end_min + day->release_min);
        }
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        if (state->units[i].place != EXACT_LEFT) {
            sooner(next, state->now, compiled->loaded_from[i]);
            sooner(next, state->now, (int64_t)compiled->loaded_from[i] + day->form_min);
        }
    }
}

/* The end of the first closed window at or after `from`. */
static int32_t opening(const struct span *span, int32_t from)
{
    return span_next_free(span, span_next_busy(span, from));
}

int32_t exact_next_event(const struct compiled *compiled, const struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int32_t now = state->now, next = compiled->horizon;
    sooner(&next, now, (now / 60 + 1) * 60);
    events_of_trains(compiled, state, &next);
    for (uint32_t i = 0; i < day->track_count; i++) {
        if (state->track_since[i] != NEVER) {
            sooner(&next, now, (int64_t)state->track_since[i] + day->form_min);
        }
        int32_t before = now >= day->form_min ? now - day->form_min : 0;
        sooner(&next, now, opening(compiled->tracks + i, now));
        sooner(&next, now, (int64_t)opening(compiled->tracks + i, before) + day->form_min);
    }
    for (uint32_t i = 0; i < day->front_count; i++) {
        sooner(&next, now, opening(compiled->fronts + i, now));
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        sooner(&next, now, state->locomotive_from[i]);
    }
    for (uint32_t i = 0; i < day->ban_count; i++) {
        sooner(&next, now, day->bans[i].until_min);
    }
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        sooner(&next, now, day->deliveries[i].minute);
    }
    return next;
}

int64_t exact_level(const struct compiled *compiled, const struct exact_state *state,
                    uint32_t stock)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int64_t level = (int64_t)day->stocks[stock].count - state->taken[stock];
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        if (day->deliveries[i].stock == stock && day->deliveries[i].minute <= state->now) {
            level += day->deliveries[i].count;
        }
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        if (day->trains[i].frees_stock == stock && state->passages[i].begin_min != NEVER &&
            state->passages[i].end_min + day->release_min <= state->now) {
            level += day->trains[i].frees_count;
        }
    }
    return level;
}

/* Numbers that are mixed into the key as they come. */
struct mixer {
    struct exact_key key;
};

static void mix(struct mixer *mixer, uint64_t number)
{
    uint64_t low = (mixer->key.low ^ number) * 0x9E3779B97F4A7C15u;
    uint64_t high = (mixer->key.high + number) * 0xC2B2AE3D27D4EB4Fu;
    mixer->key.low = low ^ (low >> 29) ^ (high << 17);
    mixer->key.high = high ^ (high >> 31) ^ (low >> 11);
}

/* Mixes the tokens of rows that are alike in rising order. */
static void mix_alike(struct mixer *mixer, const int32_t *token, const uint8_t *alike,
                      uint32_t count)
{
    for (uint32_t class = 0; class < count; class ++) {
        int32_t sorted[EXACT_ROWS];
        uint32_t found = 0;
        for (uint32_t i = class; alike[class] == class && i < count; i++) {
            if (alike[i] != class) {
                continue;
            }
            uint32_t j = found++;
            for (; j > 0 && sorted[j - 1] > token[i]; j--) {
                sorted[j] = sorted[j - 1];
            }
            sorted[j] = token[i];
        }
        for (uint32_t i = 0; i < found; i++) {
            mix(mixer, (uint64_t)(uint32_t)sorted[i]);
        }
    }
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void mix_trains(struct mixer *mixer, const struct compiled *compiled,
                       const struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int32_t lasting = later(day->yard_min + day->form_min, day->release_min);
    for (uint32_t i = 0; i < day->train_count; i++) {
        const struct zhol_dispatch_passage *it = state->passages + i;
        if (it->accept_min == NEVER) {
            mix(mixer, 0);
        } else if (it->begin_min == NEVER) {
            mix(mixer, 1);
            mix(mixer, (uint64_t)later(it->accept_min + day->trains[i].inspect_min, state->now));
        } else {
            mix(mixer, 2);
            mix(mixer, it->end_min + lasting > state->now ? (uint64_t)it->end_min : 0);
        }
    }
}

/* Formed trains are named by their first unit. */
static void mix_units(struct mixer *mixer, const struct compiled *compiled,
                      const struct exact_state *state, uint32_t *name)
{
    for (uint32_t i = 0; i < compiled->day->unit_count; i++) {
        const struct exact_unit *it = state->units + i;
        mix(mixer, it->place);
        if (it->place == EXACT_LOADED) {
            if (name[it->formed] == NONE) {
                name[it->formed] = i;
            }
            mix(mixer, name[it->formed]);
            mix(mixer, (uint64_t)later(state->formed_ready[it->formed], state->now));
        }
    }
}

struct exact_key exact_key(const struct compiled *compiled, const struct exact_alike *alike,
                           const struct exact_state *state)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct mixer mixer = {{0x243F6A8885A308D3u, 0x13198A2E03707344u}};
    uint32_t name[EXACT_UNITS];
    int32_t token[EXACT_ROWS];
    memset(name, 0xff, sizeof name);
    mix(&mixer, (uint64_t)state->now);
    mix_trains(&mixer, compiled, state);
    mix_units(&mixer, compiled, state, name);
    for (uint32_t i = 0; i < day->track_count; i++) {
        token[i] = later(state->track_since[i], state->now - day->form_min);
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        if (state->passages[i].accept_min != NEVER && state->passages[i].begin_min == NEVER) {
            token[state->passages[i].track] =
                INT32_MAX - 1000 - (int32_t)i; /* apart from all times */
        }
    }
    for (uint32_t f = 0; f < state->formed_count; f++) {
        if (state->formed[f].depart_min == NEVER) {
            token[state->formed[f].track] = INT32_MAX - 2000 - (int32_t)name[f];
        }
    }
    mix_alike(&mixer, token, alike->track, day->track_count);
    for (uint32_t i = 0; i < day->front_count; i++) {
        token[i] = later(state->front_from[i], state->now);
    }
    mix_alike(&mixer, token, alike->front, day->front_count);
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        token[i] = later(state->locomotive_from[i], state->now);
    }
    mix_alike(&mixer, token, alike->locomotive, day->locomotive_count);
    for (uint32_t s = 0; s < day->stock_count; s++) {
        mix(&mixer, (uint64_t)state->taken[s]);
    }
    bool same_hour = state->hour == state->now / 60;
    for (int i = 0; i < ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES; i++) {
        mix(&mixer, same_hour ? state->used[i / 2][i % 2] : 0);
    }
    mix(&mixer, 1);
    return mixer.key;
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
        accept = hour_left(compiled, state, ZHOL_DISPATCH_ACCEPT, row->gauge,
                           later(state->now, row->ready_min));
        if (accept == NEVER) {
            return NEVER;
        }
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

/* The earliest departure of a unit that is loaded at `loaded` at the earliest; NEVER after the day.
 */
static int32_t earliest_leave(const struct compiled *compiled, const struct exact_state *state,
                              uint32_t unit, int32_t ready)
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
    int64_t slack; /* lateness that may be added to the least */
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
            ready < compiled->horizon ? earliest_leave(compiled, state, unit, ready) : NEVER;
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
    int64_t room = leaving->cost[number] + leaving->slack;
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

/* Formed trains that are at least needed yet when all that may still leave does, without more
 * lateness than the slack. */
static int64_t least_turns(const struct compiled *compiled, const struct exact_state *state,
                           const struct leaving *leaving)
{
    const struct zhol_dispatch_day *day = compiled->day;
    int64_t turns = 0;
    for (uint32_t g = 0; g < compiled->group_count; g++) {
        uint32_t gauge = compiled->group_gauge[g];
        int64_t whole = (int64_t)day->limits[gauge].length_wagons * ZHOL_DISPATCH_WAGON_M;
        struct waiting waiting;
        int64_t open = 0;
        waiting.count = 0;
        for (uint32_t i = compiled->group_first[g]; i < compiled->group_first[g + 1]; i++) {
            uint32_t unit = compiled->group_unit[i];
            if (state->units[unit].place != EXACT_LEFT && leaving->from[unit] != NEVER &&
                day->units[unit].length_m <= whole) {
                waiting.from[waiting.count] = leaving->from[unit];
                waiting.last[waiting.count] =
                    leave_last(day->units + unit, leaving, unit, compiled->horizon);
                waiting.length[waiting.count++] = day->units[unit].length_m;
            }
        }
        for (uint32_t f = 0; f < state->formed_count; f++) {
            open += state->formed[f].depart_min == NEVER && state->formed[f].gauge == gauge &&
                    state->formed[f].destination == compiled->group_destination[g];
        }
        int64_t needed = trains_needed(&waiting, whole);
        turns += needed > open ? needed : open;
    }
    return turns;
}

/* What pushing a train that might be accepted costs above handling it. */
struct regret {
    int64_t late[EXACT_TRAINS], pushed[EXACT_TRAINS];
    uint32_t count;
};

static void rising_insert(int64_t *sorted, uint32_t count, int64_t value)
{
    uint32_t j = count;
    for (; j > 0 && sorted[j - 1] > value; j--) {
        sorted[j] = sorted[j - 1];
    }
    sorted[j] = value;
}

/* Trains above the acceptances that are left must be pushed: those that it costs least. */
static uint32_t least_excess(const struct compiled *compiled, const struct exact_state *state,
                             enum zhol_dispatch_gauge gauge, const struct regret *regret,
                             struct zhol_dispatch_objective *least)
{
    uint32_t left = 0, hour = (uint32_t)state->now / 60;
    for (uint32_t h = hour; h < compiled->hours && left < regret->count; h++) {
        uint32_t used = (uint32_t)state->hour == h ? state->used[ZHOL_DISPATCH_ACCEPT][gauge] : 0;
        uint32_t number = compiled->day->accepts[gauge][h];
        left += number > used ? number - used : 0;
    }
    uint32_t excess = regret->count > left ? regret->count - left : 0;
    for (uint32_t i = 0; i < excess; i++) {
        least->late += regret->late[i];
        least->pushed += regret->pushed[i];
    }
    return excess;
}

bool exact_least(const struct compiled *compiled, const struct exact_state *state,
                 int64_t late_most, struct zhol_dispatch_objective *least)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct regret regrets[ZHOL_DISPATCH_GAUGES] = {{.count = 0}, {.count = 0}};
    struct leaving leaving;
    *least = state->cost;
    for (uint32_t t = 0; t < day->train_count; t++) {
        const struct zhol_dispatch_passage *it = state->passages + t;
        int32_t end = it->begin_min != NEVER ? it->end_min : earliest_end(compiled, state, t);
        struct least pushed = least_pushed(compiled, t), handled = pushed;
        bool waits = it->accept_min == NEVER;
        if (end != NEVER) {
            handled = least_handled(compiled, state, t, end, &leaving);
        }
        for (uint32_t i = compiled->unit_first[t]; end == NEVER && i < compiled->unit_first[t + 1];
             i++) {
            leaving.from[compiled->unit_at[i]] = NEVER;
        }
        if ((!waits && end == NEVER) || handled.dead) {
            return false;
        }
        int64_t late = waits && pushed.late < handled.late ? pushed.late : handled.late;
        least->late += late;
        least->pushed += handled.pushed;
        if (waits && end != NEVER) {
            struct regret *regret = regrets + day->trains[t].gauge;
            rising_insert(regret->late, regret->count, pushed.late - late);
            rising_insert(regret->pushed, regret->count++, pushed.pushed - handled.pushed);
        }
    }
    uint32_t excess = least_excess(compiled, state, ZHOL_DISPATCH_1435, regrets, least) +
                      least_excess(compiled, state, ZHOL_DISPATCH_1520, regrets + 1, least);
    /* Turns hold for the case that just the lost are pushed; any other pushes more, which is worse.
     */
    leaving.slack = late_most > least->late ? late_most - least->late : 0;
    least->turns += excess ? 0 : least_turns(compiled, state, &leaving);
    return true;
}
