/* exact.c: branch and bound over the events of a day. See exact.h. */
#include "dispatch/exact.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch/exact_slots.h"
#include "dispatch/exact_sooner.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

/* A state seen, and the least cost with which it was reached. */
struct seen {
    struct exact_key key; /* both 0: an empty place */
    struct zhol_dispatch_objective cost;
};

struct exact {
    const struct compiled *compiled;
    const struct zhol_dispatch_day *day;
    struct exact_alike alike;
    struct exact_slots slots;
    struct zhol_dispatch_objective floor;
    struct zhol_dispatch_plan *plan;    /* the best known */
    struct zhol_dispatch_objective aim; /* plans below it are sought; the best known, or less */
    struct exact_state **levels;        /* one a depth, made when first reached */
    uint32_t level_count;
    struct seen *seen;
    uint32_t seen_count, seen_capacity;    /* a power of two */
    uint64_t nodes, node_limit, node_most; /* of this aim, of all */
    uint64_t copies, copy_limit;           /* of states: some branches are many for one node */
    bool given_up;
    enum zhol_error error;
};

enum {
    DEPTH_MAX = 4096,
    SEEN_FIRST = 4096,
    OPENER_NONE = 255,
    COPIES = 12 /* states copied for each node that is allowed */
};

/* A copy of the state at `depth` one level deeper; NULL when the search must end. */
static struct exact_state *deeper(struct exact *exact, uint32_t depth)
{
    if (depth + 1 >= DEPTH_MAX || ++exact->copies > exact->copy_limit) {
        exact->given_up = true;
    }
    if (exact->given_up) {
        return NULL;
    }
    if (depth + 1 >= exact->level_count) {
        exact->levels[depth + 1] = malloc(sizeof **exact->levels);
        if (!exact->levels[depth + 1]) {
            exact->error = ZHOL_ERROR_MEMORY;
            return NULL;
        }
        exact->level_count = depth + 2;
    }
    memcpy(exact->levels[depth + 1], exact->levels[depth], sizeof **exact->levels);
    return exact->levels[depth + 1];
}

static struct seen *seen_place(struct seen *table, uint32_t capacity, struct exact_key key)
{
    uint32_t at = (uint32_t)key.low & (capacity - 1);
    while ((table[at].key.low || table[at].key.high) &&
           (table[at].key.low != key.low || table[at].key.high != key.high)) {
        at = (at + 1) & (capacity - 1);
    }
    return table + at;
}

static bool seen_grow(struct exact *exact)
{
    uint32_t capacity = exact->seen_capacity * 2;
    struct seen *table = calloc(capacity, sizeof *table);
    if (!table) {
        exact->error = ZHOL_ERROR_MEMORY;
        return false;
    }
    for (uint32_t i = 0; i < exact->seen_capacity; i++) {
        if (exact->seen[i].key.low || exact->seen[i].key.high) {
            *seen_place(table, capacity, exact->seen[i].key) = exact->seen[i];
        }
    }
    free(exact->seen);
    exact->seen = table;
    exact->seen_capacity = capacity;
    return true;
}

/* Whether the state was reached at no greater cost before; remembers it otherwise. */
static bool was_seen(struct exact *exact, const struct exact_state *state)
{
    if (exact->seen_count * 2 >= exact->seen_capacity && !seen_grow(exact)) {
        return true;
    }
    struct exact_key key = exact_key(exact->compiled, &exact->alike, state);
    struct seen *place = seen_place(exact->seen, exact->seen_capacity, key);
    if (place->key.low || place->key.high) {
        if (objective_compare(&place->cost, &state->cost) <= 0) {
            return true;
        }
    } else {
        exact->seen_count++;
    }
    *place = (struct seen){key, state->cost};
    return false;
}

/* Keeps the plan of a state at the day's end when it is the best. */
static void leaf(struct exact *exact, const struct exact_state *state)
{
    struct zhol_dispatch_plan plan = *exact->plan;
    struct board board = {.compiled = exact->compiled};
    struct zhol_dispatch_objective least;
    if (!exact_least(exact->compiled, &exact->slots, state, &exact->floor, &exact->aim, &least)) {
        return;
    }
    for (uint32_t t = 0; t < exact->day->train_count; t++) {
        if (state->passages[t].accept_min != NEVER && state->passages[t].begin_min == NEVER) {
            return; /* accepted but not handled */
        }
    }
    for (uint32_t f = 0; f < state->formed_count; f++) {
        if (state->formed[f].depart_min == NEVER) {
            return; /* formed but not gone */
        }
    }
    for (uint32_t i = 0; i < exact->day->unit_count; i++) {
        if (state->units[i].place == EXACT_YARD &&
            (exact->day->units[i].flags & ZHOL_DISPATCH_NO_YARD)) {
            return;
        }
    }
    if (objective_compare(&least, &plan.objective) >= 0) {
        return;
    }
    memcpy(plan.passages, state->passages, plan.train_count * sizeof *plan.passages);
    memcpy(plan.formed, state->formed, state->formed_count * sizeof *plan.formed);
    plan.formed_count = state->formed_count;
    for (uint32_t i = 0; i < exact->day->unit_count; i++) {
        const struct exact_unit *it = state->units + i;
        plan.carriages[i] = (struct zhol_dispatch_carriage){
            .formed = it->place == EXACT_LEFT ? it->formed : NONE, .yard = it->yard};
    }
    board.plan = plan;
    board_finish(&board);
    *exact->plan = board.plan;
    exact->aim = objective_compare(&board.plan.objective, &exact->aim) < 0 ? board.plan.objective
                                                                           : exact->aim;
}

static void branch(struct exact *exact, uint32_t depth);

/* Whether a unit fits into a formed train of the state by all limits, and its pieces are there. */
static bool has_room(const struct exact *exact, const struct exact_state *state, uint32_t unit,
                     uint32_t formed)
{
    const struct zhol_dispatch_day *day = exact->day;
    const struct zhol_dispatch_unit *row = day->units + unit;
    const struct zhol_dispatch_formed *it = state->formed + formed;
    const struct zhol_dispatch_limits *limits = day->limits + it->gauge;
    uint32_t group = exact->compiled->unit_group[unit];
    int64_t length = (int64_t)it->length_m + row->length_m;
    return exact->compiled->group_gauge[group] == it->gauge &&
           exact->compiled->group_destination[group] == it->destination &&
           (int64_t)it->weight_t + row->weight_t <= limits->weight_t &&
           length <= (int64_t)limits->length_wagons * ZHOL_DISPATCH_WAGON_M &&
           length <= day->tracks[it->track].length_m &&
           (int64_t)it->heavy_20_pairs + row->heavy_20_pairs <= limits->heavy_20_pairs &&
           (row->stock == NONE ||
            exact_level(exact->compiled, state, row->stock, state->now) >= row->pieces);
}

static void load(const struct exact *exact, struct exact_state *state, uint32_t unit,
                 uint32_t formed)
{
    const struct zhol_dispatch_unit *row = exact->day->units + unit;
    struct zhol_dispatch_formed *it = state->formed + formed;
    it->weight_t += row->weight_t;
    it->length_m += row->length_m;
    it->heavy_20_pairs += row->heavy_20_pairs;
    it->pieces += row->stock != NONE ? row->pieces : 0;
    it->unit_count++;
    state->formed_flags[formed] |= row->flags;
    if (row->stock != NONE) {
        state->taken[row->stock] += row->pieces;
    }
    state->units[unit].place = EXACT_LOADED;
    state->units[unit].formed = (uint8_t)formed;
}

/* Opens a formed train for a group on a track; its number. */
static uint32_t open_formed(const struct exact *exact, struct exact_state *state, uint32_t group,
                            uint32_t track, uint32_t opener, int32_t open_min)
{
    uint32_t number = state->formed_count++;
    state->formed[number] =
        (struct zhol_dispatch_formed){.gauge = exact->compiled->group_gauge[group],
                                      .destination = exact->compiled->group_destination[group],
                                      .open_min = open_min,
                                      .depart_min = NEVER,
                                      .track = track,
                                      .locomotive = NONE};
    state->formed_flags[number] = 0;
    state->formed_ready[number] = 0;
    state->formed_since[number] = state->track_since[track];
    state->formed_opener[number] = (uint8_t)opener;
    state->track_since[track] = NEVER;
    return number;
}

/* Whether `row` is the one to try of the rows that are alike and stand alike. */
static bool is_first(const uint8_t *alike, const int32_t *since, int32_t floor, uint32_t row)
{
    int32_t own = since[row] > floor ? since[row] : floor;
    for (uint32_t i = alike[row]; i < row; i++) {
        int32_t other = since[i] > floor ? since[i] : floor;
        if (alike[i] == alike[row] && other == own) {
            return false;
        }
    }
    return true;
}

static bool track_is_free(const struct exact *exact, const struct exact_state *state,
                          uint32_t track, uint32_t gauge)
{
    return (uint32_t)exact->day->tracks[track].gauge == gauge &&
           state->track_since[track] <= state->now &&
           is_first(exact->alike.track, state->track_since, state->now - exact->day->form_min,
                    track);
}

/* Gives the units of a train that begins, from the i-th on, their places. */
static void assign(struct exact *exact, uint32_t depth, uint32_t train, uint32_t i)
{
    const struct compiled *compiled = exact->compiled;
    const struct exact_state *state = exact->levels[depth];
    struct exact_state *child;
    if (i == compiled->unit_first[train + 1]) {
        if (!exact_begin_sooner(exact->compiled, state, train)) {
            branch(exact, depth);
        }
        return;
    }
    uint32_t unit = compiled->unit_at[i], group = compiled->unit_group[unit];
    int32_t ready = state->passages[train].end_min + exact->day->form_min;
    bool direct = compiled->loaded_from[unit] <= state->now && ready < compiled->horizon;
    /* Of units that are just alike the first take the lower trains, the last the yard. */
    uint8_t twin = exact->alike.twin[unit];
    direct = direct && (twin == EXACT_NO_TWIN || state->units[twin].place == EXACT_LOADED);
    for (uint32_t f = twin == EXACT_NO_TWIN ? 0 : state->units[twin].formed;
         direct && f < state->formed_count; f++) {
        if (state->formed[f].depart_min == NEVER && has_room(exact, state, unit, f) &&
            (child = deeper(exact, depth)) != NULL) {
            load(exact, child, unit, f);
            child->formed_ready[f] =
                ready > child->formed_ready[f] ? ready : child->formed_ready[f];
            assign(exact, depth + 1, train, i + 1);
        }
    }
    for (uint32_t k = 0; direct && k < exact->day->track_count; k++) {
        if (track_is_free(exact, state, k, compiled->group_gauge[group]) &&
            span_is_free(compiled->tracks + k, state->now, state->now + 1) &&
            (child = deeper(exact, depth)) != NULL) {
            uint32_t f = open_formed(exact, child, group, k, train, child->now);
            if (has_room(exact, child, unit, f)) {
                load(exact, child, unit, f);
                child->formed_ready[f] = ready;
                assign(exact, depth + 1, train, i + 1);
            }
        }
    }
    if (!(exact->day->units[unit].flags & ZHOL_DISPATCH_NO_YARD) &&
        (child = deeper(exact, depth)) != NULL) {
        child->units[unit].place = EXACT_YARD;
        child->units[unit].yard = true;
        child->cost.yard_boxes += compiled->boxes[unit];
        assign(exact, depth + 1, train, i + 1);
    }
}

static void try_begins(struct exact *exact, uint32_t depth, uint32_t train)
{
    const struct compiled *compiled = exact->compiled;
    const struct exact_state *state = exact->levels[depth];
    const struct zhol_dispatch_passage *it = state->passages + train;
    if (it->accept_min == NEVER || it->begin_min != NEVER ||
        state->now < it->accept_min + exact->day->trains[train].inspect_min ||
        !span_is_free(compiled->tracks + it->track, it->accept_min, state->now)) {
        return;
    }
    for (uint32_t k = 0; k < exact->day->front_count; k++) {
        int32_t work = compiled->work_min[train * exact->day->front_count + k];
        struct exact_state *child;
        if (!work || state->front_from[k] > state->now || state->now + work > compiled->horizon ||
            !is_first(exact->alike.front, state->front_from, state->now, k) ||
            !span_is_free(compiled->fronts + k, state->now, state->now + work) ||
            !(child = deeper(exact, depth))) {
            continue;
        }
        child->passages[train].front = k;
        child->passages[train].begin_min = child->now;
        child->passages[train].end_min = child->now + work;
        child->front_waited = exact_like_sooner(exact->alike.front, state->front_from,
                                                exact->day->front_count, state->now, k);
        child->front_from[k] = child->now + work;
        child->track_since[it->track] = child->now;
        assign(exact, depth + 1, train, compiled->unit_first[train]);
    }
}

/* Counts a move of the present hour; false when none is left. */
static bool count_move(const struct exact *exact, struct exact_state *state,
                       enum zhol_dispatch_move move, enum zhol_dispatch_gauge gauge)
{
    const uint16_t *numbers =
        move == ZHOL_DISPATCH_ACCEPT ? exact->day->accepts[gauge] : exact->day->departs[gauge];
    if (state->hour != state->now / 60) {
        bool next = state->hour + 1 == state->now / 60;
        memset(state->before, 0, sizeof state->before);
        if (next) {
            memcpy(state->before, state->used, sizeof state->before);
        }
        state->hour = state->now / 60;
        memset(state->used, 0, sizeof state->used);
    }
    return state->used[move][gauge]++ < numbers[state->hour];
}

/* The next locomotive at or after `from` worth trying; NONE at the end. Where none is needed there
 * is one try, told by *none. */
static uint32_t next_locomotive(const struct exact *exact, const struct exact_state *state,
                                enum zhol_dispatch_move move, enum zhol_dispatch_gauge gauge,
                                uint32_t from)
{
    const struct zhol_dispatch_day *day = exact->day;
    for (uint32_t i = from; i < day->locomotive_count; i++) {
        if (day->locomotives[i].move == move && day->locomotives[i].gauge == gauge &&
            state->locomotive_from[i] <= state->now &&
            is_first(exact->alike.locomotive, state->locomotive_from, state->now, i)) {
            return i;
        }
    }
    return NONE;
}

static void locomotive_take(const struct exact *exact, struct exact_state *state,
                            uint32_t locomotive)
{
    if (locomotive != NONE) {
        state->locomotive_from[locomotive] =
            state->now + exact->day->locomotives[locomotive].return_min;
    }
}

static void try_accept_on(struct exact *exact, uint32_t depth, uint32_t train, uint32_t track)
{
    enum zhol_dispatch_gauge gauge = exact->day->trains[train].gauge;
    bool needed = exact->day->needs_locomotive[ZHOL_DISPATCH_ACCEPT][gauge];
    uint32_t locomotive =
        needed ? next_locomotive(exact, exact->levels[depth], ZHOL_DISPATCH_ACCEPT, gauge, 0)
               : NONE;
    do {
        struct exact_state *child = deeper(exact, depth);
        if (!child || (needed && locomotive == NONE) ||
            !count_move(exact, child, ZHOL_DISPATCH_ACCEPT, gauge)) {
            return;
        }
        if (!exact_accept_sooner(exact->compiled, &exact->alike, exact->levels[depth], train, track,
                                 locomotive)) {
            child->passages[train].accept_min = child->now;
            child->passages[train].track = track;
            child->passages[train].locomotive = locomotive;
            child->track_since[track] = NEVER;
            locomotive_take(exact, child, locomotive);
            branch(exact, depth + 1);
        }
        locomotive = needed ? next_locomotive(exact, exact->levels[depth], ZHOL_DISPATCH_ACCEPT,
                                              gauge, locomotive + 1)
                            : NONE;
    } while (locomotive != NONE);
}

static void try_accepts(struct exact *exact, uint32_t depth, uint32_t train)
{
    const struct zhol_dispatch_train *row = exact->day->trains + train;
    const struct exact_state *state = exact->levels[depth];
    if (state->passages[train].accept_min != NEVER ||
        accept_from(exact->compiled, train, state->now) != state->now) {
        return;
    }
    for (uint32_t k = 0; k < exact->day->track_count; k++) {
        if (track_is_free(exact, state, k, row->gauge) &&
            exact->day->tracks[k].length_m >= row->length_m &&
            span_is_free(exact->compiled->tracks + k, state->now, state->now + 1)) {
            try_accept_on(exact, depth, train, k);
        }
    }
}

/* Lets a formed train leave now with a locomotive. */
static void depart_with(struct exact *exact, uint32_t depth, uint32_t formed, uint32_t locomotive,
                        struct exact_state *child)
{
    child->formed[formed].depart_min = child->now;
    child->formed[formed].locomotive = locomotive;
    child->track_since[child->formed[formed].track] = child->now;
    child->cost.turns++;
    locomotive_take(exact, child, locomotive);
    for (uint32_t i = 0; i < exact->day->unit_count; i++) {
        if (child->units[i].place == EXACT_LOADED && child->units[i].formed == formed) {
            child->units[i].place = EXACT_LEFT;
            child->cost.late += unit_late_cost(exact->day->units + i, child->now);
        }
    }
    branch(exact, depth + 1);
}

/* Lets a formed train leave now. */
static void depart(struct exact *exact, uint32_t depth, uint32_t formed)
{
    const struct exact_state *state = exact->levels[depth];
    const struct zhol_dispatch_formed *it = state->formed + formed;
    bool needed = exact->day->needs_locomotive[ZHOL_DISPATCH_DEPART][it->gauge];
    uint32_t locomotive =
        needed ? next_locomotive(exact, state, ZHOL_DISPATCH_DEPART, it->gauge, 0) : NONE;
    if (ban_end(exact->day, it->gauge, it->destination, state->formed_flags[formed], state->now) !=
            state->now ||
        !span_is_free(exact->compiled->tracks + it->track, it->open_min, state->now)) {
        return;
    }
    do {
        struct exact_state *child = deeper(exact, depth);
        if (!child || (needed && locomotive == NONE) ||
            !count_move(exact, child, ZHOL_DISPATCH_DEPART, it->gauge)) {
            return;
        }
        if (!exact_depart_sooner(exact->compiled, &exact->alike, state, formed, locomotive)) {
            depart_with(exact, depth, formed, locomotive, child);
        }
        locomotive = needed ? next_locomotive(exact, exact->levels[depth], ZHOL_DISPATCH_DEPART,
                                              it->gauge, locomotive + 1)
                            : NONE;
    } while (locomotive != NONE);
}

/* Whether the hour has a departure left on a gauge, and a locomotive of it stands ready. */
static bool may_depart(const struct exact *exact, const struct exact_state *state,
                       enum zhol_dispatch_gauge gauge)
{
    uint16_t used = state->hour == state->now / 60 ? state->used[ZHOL_DISPATCH_DEPART][gauge] : 0;
    return exact->day->departs[gauge][state->now / 60] > used &&
           (!exact->day->needs_locomotive[ZHOL_DISPATCH_DEPART][gauge] ||
            next_locomotive(exact, state, ZHOL_DISPATCH_DEPART, gauge, 0) != NONE);
}

/* Whether a unit just like this one is left in the yard: it would go first. */
static bool twin_waits(const struct exact *exact, const struct exact_state *state, uint32_t unit)
{
    uint8_t twin = exact->alike.twin[unit];
    return twin != EXACT_NO_TWIN && state->units[twin].place == EXACT_YARD;
}

/* Lets a formed train leave now with every set of units from the yard, from unit `from` on. */
static void load_yard(struct exact *exact, uint32_t depth, uint32_t formed, uint32_t from)
{
    const struct exact_state *state = exact->levels[depth];
    const struct zhol_dispatch_day *day = exact->day;
    for (uint32_t i = from; i < day->unit_count; i++) {
        const struct exact_unit *it = state->units + i;
        int32_t end = state->passages[day->units[i].train].end_min;
        struct exact_state *child;
        if (it->place == EXACT_YARD && !twin_waits(exact, state, i) &&
            end + day->yard_min + day->form_min <= state->now &&
            exact->compiled->loaded_from[i] <= state->now - day->form_min &&
            has_room(exact, state, i, formed) && (child = deeper(exact, depth)) != NULL) {
            load(exact, child, i, formed);
            load_yard(exact, depth + 1, formed, i + 1);
        }
    }
    if (state->formed[formed].unit_count) {
        depart(exact, depth, formed);
    }
}

static void try_departures(struct exact *exact, uint32_t depth)
{
    const struct exact_state *state = exact->levels[depth];
    int32_t since = state->now - exact->day->form_min;
    for (uint32_t f = 0; f < state->formed_count; f++) {
        if (state->formed[f].depart_min == NEVER && state->formed_ready[f] <= state->now &&
            may_depart(exact, state, state->formed[f].gauge) &&
            exact_depart_new(exact->compiled, state, f)) {
            load_yard(exact, depth, f, 0);
        }
    }
    for (uint32_t g = 0; g < exact->compiled->group_count; g++) {
        bool any = false, may = may_depart(exact, state, exact->compiled->group_gauge[g]);
        for (uint32_t i = exact->compiled->group_first[g];
             may && i < exact->compiled->group_first[g + 1] && !any; i++) {
            any = state->units[exact->compiled->group_unit[i]].place == EXACT_YARD;
        }
        for (uint32_t k = 0; any && since >= 0 && k < exact->day->track_count; k++) {
            struct exact_state *child;
            if (track_is_free(exact, state, k, exact->compiled->group_gauge[g]) &&
                state->track_since[k] <= since &&
                span_is_free(exact->compiled->tracks + k, since, state->now) &&
                (child = deeper(exact, depth)) != NULL) {
                uint32_t f = open_formed(exact, child, g, k, OPENER_NONE, since);
                if (exact_depart_new(exact->compiled, child, f)) {
                    load_yard(exact, depth + 1, f, 0);
                }
            }
        }
    }
}

/* No better than what is known, or seen before. */
static bool is_cut(struct exact *exact, const struct exact_state *state)
{
    struct zhol_dispatch_objective least;
    if (!exact_least(exact->compiled, &exact->slots, state, &exact->floor, &exact->aim, &least)) {
        return true;
    }
    if (objective_compare(&least, &exact->floor) < 0) {
        least = exact->floor;
    }
    return objective_compare(&least, &exact->aim) >= 0 || was_seen(exact, state);
}

static void branch(struct exact *exact, uint32_t depth)
{
    const struct exact_state *state = exact->levels[depth];
    if (exact->error || exact->given_up || is_cut(exact, state)) {
        return;
    }
    bool stopped = exact->compiled->stop && exact->compiled->stop();
    if (++exact->nodes > exact->node_limit || stopped) {
        exact->given_up = true;
        return;
    }
    if (state->now >= exact->compiled->horizon) {
        leaf(exact, state);
        return;
    }
    try_departures(exact, depth);
    for (uint32_t t = 0; t < exact->day->train_count; t++) {
        try_begins(exact, depth, t);
        try_accepts(exact, depth, t);
    }
    struct exact_state *child = deeper(exact, depth);
    if (child) {
        child->now = exact_next_event(exact->compiled, state);
        branch(exact, depth + 1);
    }
}

/* ---- Aims ----
 *
 * A plan that is not the best makes every bound weak. So plans that are hardly worse than what no
 * plan can be better than are sought first; that ends soon, with one or with the proof that there
 * is none. Then ever worse ones, up to the best known. */

enum aim_level { AIM_TURNS, AIM_PUSHED, AIM_LATE, AIM_LAST };

enum { AIM_STEP_MOST = 4, AIM_LATE_PARTS = 16, AIM_NODES_PART = 6 };

/* The next aim above the floor; `last`, the best plan known, where it would be beyond it. */
static struct zhol_dispatch_objective aim_next(const struct zhol_dispatch_objective *floor,
                                               const struct zhol_dispatch_objective *last,
                                               enum aim_level level, int64_t step)
{
    struct zhol_dispatch_objective aim = {.late = floor->late};
    if (level == AIM_TURNS) {
        aim.pushed = floor->pushed;
        aim.turns = floor->turns + step;
    } else if (level == AIM_PUSHED) {
        aim.pushed = floor->pushed + step;
    } else {
        aim.late += (last->late - floor->late) / AIM_LATE_PARTS * step + 1;
    }
    return level == AIM_LAST || objective_compare(&aim, last) > 0 ? *last : aim;
}

/* Whether the search ended below the aim: what it left out is no better than the aim. */
static bool aim_run(struct exact *exact, uint64_t nodes)
{
    exact->node_limit = nodes < exact->node_most ? nodes : exact->node_most;
    exact->copy_limit = exact->node_limit * COPIES;
    exact->given_up = false;
    memset(exact->seen, 0, exact->seen_capacity * sizeof *exact->seen);
    exact->seen_count = 0;
    branch(exact, 0);
    return !exact->given_up && !exact->error;
}

/* Raises the floor to the root's bound; true when the best plan known is proven best. */
static bool floor_raise(struct exact *exact)
{
    struct zhol_dispatch_objective root;
    const struct zhol_dispatch_objective *last = &exact->plan->objective;
    if (!exact_least(exact->compiled, &exact->slots, exact->levels[0], &exact->floor, last,
                     &root)) {
        exact->floor = *last;
    } else if (objective_compare(&root, &exact->floor) > 0) {
        exact->floor = objective_compare(&root, last) < 0 ? root : *last;
    }
    return objective_compare(&exact->floor, last) >= 0;
}

/* The level to go on with when the floor has come up to the aim. */
static enum aim_level level_after(const struct exact *exact, enum aim_level level, int64_t step)
{
    const struct zhol_dispatch_objective *last = &exact->plan->objective;
    if (exact->floor.late == last->late) {
        if (exact->floor.pushed == last->pushed) {
            return level == AIM_LAST ? AIM_LAST : AIM_TURNS;
        }
        return level == AIM_TURNS && step < AIM_STEP_MOST ? AIM_TURNS : AIM_PUSHED;
    }
    return level == AIM_TURNS && step >= AIM_STEP_MOST ? AIM_PUSHED
           : level == AIM_PUSHED                       ? AIM_LATE
                                                       : level;
}

/* True when the best plan known is proven best. */
static bool aims_run(struct exact *exact)
{
    enum aim_level level = AIM_TURNS;
    int64_t step = 1;
    while (!floor_raise(exact)) {
        const struct zhol_dispatch_objective *last = &exact->plan->objective;
        exact->aim = aim_next(&exact->floor, last, level, step);
        bool whole = objective_compare(&exact->aim, last) == 0;
        uint64_t part = whole ? exact->node_most : exact->node_most / AIM_NODES_PART;
        if (aim_run(exact, exact->nodes + part)) {
            exact->floor = exact->aim; /* nothing is better than what was aimed at, or found */
            enum aim_level after = level_after(exact, level, step);
            step = after == level && step < AIM_STEP_MOST && level != AIM_PUSHED ? step * 2 : 1;
            level = after;
        } else if (whole || exact->nodes >= exact->node_most || exact->error) {
            return false;
        } else {
            level = (enum aim_level)(level + 1);
            step = 1;
        }
    }
    return true;
}

enum zhol_error exact_run(const struct compiled *compiled, struct zhol_dispatch_objective *floor,
                          uint32_t nodes, struct zhol_dispatch_plan *plan)
{
    struct exact exact = {.compiled = compiled,
                          .day = compiled->day,
                          .floor = *floor,
                          .plan = plan,
                          .seen_capacity = SEEN_FIRST,
                          .level_count = 1,
                          .node_most = nodes};
    bool proven = false;
    if (!exact_fits(compiled->day)) {
        plan->proof = ZHOL_DISPATCH_TOO_LARGE;
        return ZHOL_ERROR_OK;
    }
    exact.levels = calloc(DEPTH_MAX, sizeof *exact.levels);
    exact.seen = calloc(exact.seen_capacity, sizeof *exact.seen);
    struct exact_state *first = malloc(sizeof *first);
    if (exact.levels && exact.seen && first) {
        exact.levels[0] = first;
        exact_alike_fill(compiled, &exact.alike);
        exact_slots_fill(compiled, &exact.slots);
        exact_begin(compiled, first);
        proven = aims_run(&exact);
    } else {
        free(first);
        exact.error = ZHOL_ERROR_MEMORY;
    }
    *floor = exact.floor;
    plan->nodes = exact.nodes;
    plan->optimal = !exact.error && proven;
    plan->proof = plan->optimal ? ZHOL_DISPATCH_PROVEN : ZHOL_DISPATCH_GIVEN_UP;
    for (uint32_t i = 0; exact.levels && i < exact.level_count; i++) {
        free(exact.levels[i]);
    }
    free(exact.levels);
    free(exact.seen);
    return exact.error;
}
