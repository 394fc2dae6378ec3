/* claim_verdict_plan.c: lengths of ways and days of journeys for claim_verdict.h. */
#include <math.h>
#include <string.h>

#include "desk/claim_verdict_parts.h"
#include "desk/eta_arrival.h"
#include "plan/walk.h"

enum { DAY_MIN = 1440, PLACES = 40, NAME_SIZE = 64, VIAS = 8, PARTS = 256 };

/* A question: places in order, and options behind ';'. */
struct journey {
    uint32_t places[PLACES];
    uint32_t count;
    uint32_t not_by;    /* a place that the way must not pass; ZHOL_NONE: none */
    char in[NAME_SIZE]; /* only what is passed in this country; "": all */
    bool sea, road;
    bool sums; /* by the speeds of links, no waiting, not by timetables */
};

static uint32_t place_of(const struct zhol_corridor *corridor, struct text_view name)
{
    char id[NAME_SIZE];
    name = text_trim(name);
    if (name.size >= sizeof id) {
        return ZHOL_NONE;
    }
    memcpy(id, name.bytes, name.size);
    id[name.size] = '\0';
    return zhol_corridor_find(corridor, ZHOL_TABLE_node, id);
}

static bool read_place(const struct zhol_corridor *corridor, struct text_view name,
                       struct journey *journey)
{
    if (journey->count >= PLACES) {
        return false;
    }
    uint32_t node = place_of(corridor, name);
    journey->places[journey->count++] = node;
    return node != ZHOL_NONE;
}

/* `sea`, `road`, `sums`, `not PLACE`, `in KZ`. */
static bool read_option(const struct zhol_corridor *corridor, struct text_view option,
                        struct journey *journey)
{
    if (text_equal_string(option, "sea")) {
        journey->sea = true;
    } else if (text_equal_string(option, "road")) {
        journey->road = true;
    } else if (text_equal_string(option, "sums")) {
        journey->sums = true;
    } else if (text_starts_with(option, text_view_of("not "))) {
        text_cut(&option, ' ');
        journey->not_by = place_of(corridor, option);
        return journey->not_by != ZHOL_NONE;
    } else {
        bool inside = option.size == 5 && memcmp(option.bytes, "in ", 3) == 0;
        memcpy(journey->in, option.bytes + (inside ? 3 : 0), inside ? 2 : 0);
        return inside;
    }
    return true;
}

static bool read_journey(const struct zhol_corridor *corridor, const char *asked,
                         struct journey *journey)
{
    struct text_view rest = text_view_of(asked), way = text_cut(&rest, ';');
    bool good = true;
    *journey = (struct journey){.not_by = ZHOL_NONE};
    way = text_cut(&way, ','); /* a scope goes on in words behind a comma */
    while (good && way.size) {
        good = read_place(corridor, text_cut(&way, '>'), journey);
    }
    while (good && rest.size) {
        good = read_option(corridor, text_trim(text_cut(&rest, ';')), journey);
    }
    return good && journey->count >= 2;
}

/* The question of a row, by default the scope of its figure. */
static const char *asked_of(const struct claim_desk *desk, const struct zhol_claim_test *test)
{
    uint32_t count, begin, end;
    if (test->asked || test->observation_id == ZHOL_NONE) {
        return zhol_corridor_text(desk->base, test->asked);
    }
    const struct zhol_observation *rows = zhol_corridor_observation(desk->base, &count);
    zhol_corridor_rows(desk->base, ZHOL_TABLE_observation, test->observation_id, &begin, &end);
    return zhol_corridor_text(desk->base, rows[begin].scope);
}

/* ---- Lengths ---- */

/* The shortest railway between two neighbouring places; NULL where there is none. */
static const struct zhol_link *link_between(const struct zhol_corridor *corridor, uint32_t a,
                                            uint32_t b)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count), *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        bool joins = (links[i].from_node_id == a && links[i].to_node_id == b) ||
                     (links[i].from_node_id == b && links[i].to_node_id == a);
        if (joins && links[i].mode == zhol_mode_RAIL && (!best || links[i].length < best->length)) {
            best = &links[i];
        }
    }
    return best;
}

enum zhol_error claim_way_length(struct claim_desk *desk, uint32_t answer)
{
    struct claim_answer *item = &desk->answers->items[answer];
    const char *asked = asked_of(desk, claim_test_of(desk, answer));
    struct journey journey;
    struct trade_value sum = {0, 0, 0};
    if (!read_journey(desk->base, asked, &journey)) {
        return claim_problem(item, "not places like A>B>C: '%s'", asked);
    }
    for (uint32_t i = 0; i + 1 < journey.count; i++) {
        const struct zhol_link *link =
            link_between(desk->base, journey.places[i], journey.places[i + 1]);
        if (!link) {
            return claim_problem(
                item, "no railway joins %s and %s",
                zhol_corridor_id(desk->base, ZHOL_TABLE_node, journey.places[i]),
                zhol_corridor_id(desk->base, ZHOL_TABLE_node, journey.places[i + 1]));
        }
        sum.value += link->length;
        sum.low += isnan(link->length_low) ? link->length : link->length_low;
        sum.high += isnan(link->length_high) ? link->length : link->length_high;
    }
    item->model = sum;
    return ZHOL_ERROR_OK;
}

/* ---- Days ---- */

struct travel {
    const struct zhol_corridor *corridor;
    const struct journey *journey;
    struct zhol_network *network;
    struct zhol_network_view net;
    struct zhol_consignment order;
    struct zhol_plan_result result;
    uint32_t first, end; /* steps: the first after loading; behind the last before unloading */
    int64_t last_min;    /* unloading at the end */
};

/* Loading and unloading at the ends are left out, as times are published from station to station.
 */
static void leave_ends_out(struct travel *travel)
{
    const struct zhol_itinerary *it = &travel->result.itineraries[0];
    const struct zhol_step *steps = &travel->result.steps[it->first_step];
    uint32_t end = it->step_count;
    while (travel->first + 1 < end &&
           travel->net.arcs[steps[travel->first].arc].kind == ZHOL_ARC_HANDLE) {
        travel->first++;
    }
    while (end > travel->first + 1 &&
           travel->net.arcs[steps[end - 1].arc].kind == ZHOL_ARC_HANDLE) {
        end--;
        travel->last_min += steps[end].end_min - steps[end].start_min;
    }
    travel->end = end;
}

static bool is_inside(const struct travel *travel, uint32_t arc)
{
    const struct zhol_arc *a = &travel->net.arcs[arc];
    uint32_t count, begin, end;
    if (!*travel->journey->in) {
        return true;
    }
    if (a->kind != ZHOL_ARC_MOVE) {
        return strcmp(walk_country(&travel->net, travel->corridor, a->head), travel->journey->in) ==
               0;
    }
    const struct zhol_link *links = zhol_corridor_link(travel->corridor, &count);
    zhol_corridor_rows(travel->corridor, ZHOL_TABLE_link, a->thing, &begin, &end);
    return strcmp(zhol_corridor_text(travel->corridor, links[begin].country),
                  travel->journey->in) == 0;
}

/* Days of movements, borders and handlings on the way, no waiting. */
static double days_by(const struct travel *travel, enum zhol_time of_moves)
{
    const struct zhol_itinerary *it = &travel->result.itineraries[0];
    int64_t minutes = *travel->journey->in ? 0 : -travel->last_min;
    for (uint32_t i = travel->first; i < it->step_count; i++) {
        const uint32_t *arcs;
        uint32_t count =
            walk_arcs(&travel->net, &travel->result.steps[it->first_step + i].arc, &arcs);
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_arc *arc = &travel->net.arcs[arcs[k]];
            bool passes = false;
            bool meets =
                zhol_network_admits(&travel->net, arcs[k], &travel->order.load, &passes) && !passes;
            enum zhol_time time = arc->kind == ZHOL_ARC_MOVE ? of_moves : ZHOL_TIME_MEDIAN;
            minutes += meets && is_inside(travel, arcs[k]) ? arc->minutes[time] : 0;
        }
    }
    return (double)minutes / DAY_MIN;
}

static bool by_timetable(const struct travel *travel)
{
    const struct zhol_itinerary *it = &travel->result.itineraries[0];
    uint32_t count;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(travel->corridor, &count);
    for (uint32_t i = 0; i < it->step_count; i++) {
        const struct zhol_arc *arc =
            &travel->net.arcs[travel->result.steps[it->first_step + i].arc];
        if (arc->kind == ZHOL_ARC_RIDE &&
            !isnan(stops[travel->net.rides[arc->thing].to_stop].arrive_h)) {
            return true;
        }
    }
    return false;
}

static enum zhol_error promise_days(const struct travel *travel, struct trade_value *days)
{
    struct eta_arrival *eta = NULL;
    struct eta_arrival_promise promise;
    const struct zhol_itinerary *it = &travel->result.itineraries[0];
    int64_t start = travel->result.steps[it->first_step + travel->first].start_min;
    struct eta_arrival_point point = {.step = travel->first, .ready_min = start};
    enum zhol_error error =
        eta_arrival_new(travel->network, travel->corridor, &travel->order, false, NULL, &eta);
    error = error ? error : eta_arrival_itinerary(eta, &travel->result, 0, &point, &promise);
    if (!error && promise.p90_min != INT64_MAX) {
        const int64_t *worlds = eta_arrival_worlds(eta);
        int64_t from = start + travel->last_min;
        *days = (struct trade_value){(double)(promise.p50_min - from) / DAY_MIN,
                                     (double)(worlds[ETA_WORLDS / 10] - from) / DAY_MIN,
                                     (double)(promise.p90_min - from) / DAY_MIN};
    }
    eta_arrival_free(eta);
    return error;
}

/* ---- Where the days go ---- */

/* What a step is at: its service, its link, or its place. */
static uint32_t step_thing(const struct travel *travel, const struct zhol_step *step,
                           enum zhol_table *table)
{
    const struct zhol_arc *arc = &travel->net.arcs[step->arc];
    uint32_t thing = travel->net.vertices[arc->head].node;
    *table = ZHOL_TABLE_node;
    if (arc->kind == ZHOL_ARC_RIDE) {
        *table = ZHOL_TABLE_service;
        thing = travel->net.rides[arc->thing].service;
    } else if (arc->kind == ZHOL_ARC_MOVE) {
        *table = ZHOL_TABLE_link;
        thing = arc->thing;
    }
    return thing;
}

/* Of a step with its wait. A journey begins with its first departure, so what was waited for that
 * is before it; of a line without timetable the wait is part of the promise. */
static int64_t step_minutes(const struct travel *travel, uint32_t number)
{
    const struct zhol_itinerary *it = &travel->result.itineraries[0];
    const struct zhol_step *step = &travel->result.steps[it->first_step + number];
    const struct zhol_arc *arc = &travel->net.arcs[step->arc];
    bool line = arc->kind == ZHOL_ARC_RIDE && travel->net.rides[arc->thing].headway_minutes > 0;
    bool waits = line || number != travel->first;
    return step->end_min - (waits ? step->ready_min : step->start_min);
}

/* The longest steps with their waits, longest first, and what all of them take. */
static enum zhol_error note_steps(const struct travel *travel, struct claim_answer *item)
{
    const struct zhol_itinerary *it = &travel->result.itineraries[0];
    uint32_t chosen[CLAIM_BINDS], count = 0;
    int64_t all = 0;
    for (uint32_t i = travel->first; i < travel->end; i++) {
        all += step_minutes(travel, i);
    }
    for (; count < CLAIM_BINDS && count < travel->end - travel->first; count++) {
        int64_t longest = -1;
        for (uint32_t i = travel->first; i < travel->end; i++) {
            bool taken = false;
            for (uint32_t k = 0; k < count; k++) {
                taken = taken || chosen[k] == i;
            }
            if (!taken && step_minutes(travel, i) > longest) {
                longest = step_minutes(travel, i);
                chosen[count] = i;
            }
        }
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    item->parts_of_days = (double)all / DAY_MIN;
    for (uint32_t k = 0; !error && k < count; k++) {
        enum zhol_table table;
        const struct zhol_step *step = &travel->result.steps[it->first_step + chosen[k]];
        uint32_t thing = step_thing(travel, step, &table);
        error = claim_bind(item, travel->corridor, table, thing,
                           (double)step_minutes(travel, chosen[k]) / DAY_MIN);
    }
    return error;
}

/* What a plain arc is at, and its usual days. */
struct part {
    enum zhol_table table;
    uint32_t thing;
    int64_t minutes;
};

static void add_part(struct part *parts, uint32_t *count, struct part part)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (parts[i].table == part.table && parts[i].thing == part.thing) {
            parts[i].minutes += part.minutes;
            return;
        }
    }
    if (*count < PARTS) {
        parts[(*count)++] = part;
    }
}

static uint32_t collect_parts(const struct travel *travel, struct part *parts)
{
    const struct zhol_itinerary *it = &travel->result.itineraries[0];
    uint32_t count = 0;
    for (uint32_t i = travel->first; i < travel->end; i++) {
        const uint32_t *arcs;
        uint32_t plain =
            walk_arcs(&travel->net, &travel->result.steps[it->first_step + i].arc, &arcs);
        for (uint32_t k = 0; k < plain; k++) {
            const struct zhol_arc *arc = &travel->net.arcs[arcs[k]];
            bool moves = arc->kind == ZHOL_ARC_MOVE, passes = false;
            if (!zhol_network_admits(&travel->net, arcs[k], &travel->order.load, &passes) ||
                passes || !is_inside(travel, arcs[k])) {
                continue;
            }
            struct part part = {moves ? ZHOL_TABLE_link : ZHOL_TABLE_node,
                                moves ? arc->thing : travel->net.vertices[arc->head].node,
                                arc->minutes[ZHOL_TIME_MEDIAN]};
            add_part(parts, &count, part);
        }
    }
    return count;
}

/* The links and places that take most of the usual time, longest first. */
static enum zhol_error note_parts(const struct travel *travel, struct claim_answer *item)
{
    struct part parts[PARTS];
    uint32_t count = collect_parts(travel, parts);
    enum zhol_error error = ZHOL_ERROR_OK;
    item->parts_of_days = item->sums_days.high;
    for (uint32_t k = 0; !error && k < CLAIM_BINDS && k < count; k++) {
        uint32_t longest = k;
        for (uint32_t i = k + 1; i < count; i++) {
            longest = parts[i].minutes > parts[longest].minutes ? i : longest;
        }
        struct part part = parts[longest];
        parts[longest] = parts[k];
        parts[k] = part;
        error = claim_bind(item, travel->corridor, part.table, part.thing,
                           (double)part.minutes / DAY_MIN);
    }
    return error;
}

static enum zhol_error look_at(struct travel *travel, struct claim_answer *item)
{
    bool sums = travel->journey->sums || *travel->journey->in;
    travel->net = zhol_network_view(travel->network);
    leave_ends_out(travel);
    item->timetable = !sums && by_timetable(travel);
    double best = days_by(travel, ZHOL_TIME_MIN), usual = days_by(travel, ZHOL_TIME_MEDIAN);
    item->sums_days = (struct trade_value){(best + usual) / 2, best, usual};
    if (sums) {
        item->model = item->sums_days;
        return note_parts(travel, item);
    }
    enum zhol_error error = note_steps(travel, item);
    return error ? error : promise_days(travel, &item->model);
}

static enum zhol_error make_order(struct travel *travel, int32_t day)
{
    const struct journey *journey = travel->journey;
    uint32_t goods = zhol_corridor_find(travel->corridor, ZHOL_TABLE_commodity, "electronics");
    travel->order = (struct zhol_consignment){.from = journey->places[0],
                                              .to = journey->places[journey->count - 1],
                                              .ready_min = (int64_t)day * DAY_MIN,
                                              .deadline_min = INT64_MAX,
                                              .via = journey->places + 1,
                                              .via_count = journey->count - 2,
                                              .avoid_nodes = &journey->not_by,
                                              .avoid_node_count = journey->not_by != ZHOL_NONE};
    travel->order.avoid_modes =
        (journey->road ? 0 : 1u << zhol_mode_ROAD) | (journey->sea ? 1u << zhol_mode_RAIL : 0);
    return goods == ZHOL_NONE ? ZHOL_ERROR_UNKNOWN
                              : zhol_load_make(travel->corridor, goods, 2, 0, &travel->order.load);
}

enum zhol_error claim_plan_days(struct claim_desk *desk, uint32_t answer)
{
    struct claim_answer *item = &desk->answers->items[answer];
    const char *asked = asked_of(desk, claim_test_of(desk, answer));
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    struct zhol_network_options how = {.day = claim_day(desk, answer, true)};
    struct journey journey;
    enum zhol_error error = ZHOL_ERROR_OK;
    struct travel travel = {.corridor = claim_corridor(desk, answer, &error), .journey = &journey};
    if (!travel.corridor) {
        return error;
    }
    if (!read_journey(travel.corridor, asked, &journey) || journey.count > VIAS + 2) {
        return claim_problem(item, "not places like A>B; in KZ: '%s'", asked);
    }
    error = make_order(&travel, how.day);
    error = error ? error : zhol_network_compile(travel.corridor, &how, NULL, &travel.network);
    error =
        error ? error
              : zhol_plan(travel.network, travel.corridor, &travel.order, &options, &travel.result);
    error = error ? error : look_at(&travel, item);
    zhol_plan_result_clear(&travel.result);
    zhol_network_free(travel.network);
    return error == ZHOL_ERROR_OK || error == ZHOL_ERROR_MEMORY
               ? error
               : claim_problem(item, "no journey: %s", zhol_error_text(error));
}
