/* study_routes.c: simulated boxes by relation and by way. See study_routes.h. */
#include "desk/study_routes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_box(const struct zhol_simulate_flow *flow)
{
    return flow->class == zhol_cargo_class_CONTAINER || flow->class == zhol_cargo_class_VEHICLE;
}

/* Share of the metres that are gone on rides. */
static double on_trains(const struct study *study, const struct zhol_simulate_flow *flow)
{
    double all = 0, on = 0;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        double metres = study->view.arcs[flow->arcs[i]].length_m;
        all += metres;
        on += flow->rides && flow->rides[i] != ZHOL_NONE ? metres : 0;
    }
    return all > 0 ? on / all : 0;
}

static bool passes(const struct study *study, const struct zhol_simulate_flow *flow, uint32_t node)
{
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        if (study->view.vertices[study->view.arcs[flow->arcs[i]].head].node == node) {
            return true;
        }
    }
    return false;
}

static double teu_of(const struct study_case *at, const struct zhol_simulate_flow *flow)
{
    uint32_t begin, end, count;
    const struct zhol_load_class *rows = zhol_corridor_load_class(at->corridor, &count);
    zhol_corridor_rows(at->corridor, ZHOL_TABLE_load_class, flow->load_class, &begin, &end);
    double teu = begin < end && rows[begin].teu > 0 ? rows[begin].teu : 0;
    return teu * flow->loads_day;
}

/* ---- Relations ---- */

/* Where the boxes of a relation end: its own place, or that of the most boxes which pass it. */
static uint32_t end_of(const struct study_case *at, const struct study_relation *relation)
{
    const struct groups *groups = &at->answer.groups;
    const struct flows *flows = &at->study.flows;
    uint32_t best = ZHOL_NONE;
    double most = 0;
    for (uint32_t g = 0; g < groups->count; g++) {
        const struct group *group = &groups->list[g];
        double teu = 0;
        if (group->kind != GROUP_OD || group->a != relation->from) {
            continue;
        }
        for (uint32_t i = 0; i < group->count; i++) {
            const struct zhol_simulate_flow *flow = &flows->flows[groups->flows[group->first + i]];
            teu += is_box(flow) && passes(&at->study, flow, relation->to) ? teu_of(at, flow) : 0;
        }
        if (group->b == relation->to && teu > 0) {
            return group->b;
        }
        if (teu > most) {
            most = teu;
            best = group->b;
        }
    }
    return best;
}

/* The boxes of a relation that pass a place; those in trains of services first. Returns how many
 * there are, and of trains in *trains. */
static uint32_t boxes_of(const struct study_case *at, const struct group *group, uint32_t via,
                         struct study_time *time, uint32_t *list, uint32_t *trains)
{
    const struct groups *groups = &at->answer.groups;
    uint32_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < group->count; i++) {
            uint32_t number = groups->flows[group->first + i];
            const struct zhol_simulate_flow *flow = &at->study.flows.flows[number];
            bool train = on_trains(&at->study, flow) >= STUDY_TRAIN_SHARE;
            if (is_box(flow) && train == (pass == 0) && passes(&at->study, flow, via)) {
                list[count++] = number;
                time->teu_day += teu_of(at, flow);
                time->train_share += train ? teu_of(at, flow) : 0;
            }
        }
        *trains = pass == 0 ? count : *trains;
    }
    time->train_share = time->teu_day > 0 ? time->train_share / time->teu_day : 0;
    return count;
}

enum zhol_error study_time_find(const struct study_case *at, const struct study_relation *relation,
                                struct study_time *time)
{
    *time = (struct study_time){.to = ZHOL_NONE};
    if (!at->study.model || relation->by_sea) {
        return ZHOL_ERROR_OK;
    }
    uint32_t to = end_of(at, relation), trains = 0;
    const struct group *group = groups_find(&at->answer.groups, GROUP_OD, relation->from, to);
    if (to == ZHOL_NONE || !group) {
        return ZHOL_ERROR_OK;
    }
    struct zhol_simulate_blocks blocks = study_blocks(&at->study);
    uint32_t *list = malloc(sizeof *list * ((size_t)group->count + 1));
    enum zhol_error error = list ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        uint32_t count = boxes_of(at, group, relation->to, time, list, &trains);
        time->to = count ? to : ZHOL_NONE;
        error = zhol_simulate_flows(&blocks, list, count, &time->all);
        error = error ? error : zhol_simulate_flows(&blocks, list, trains, &time->trains);
    }
    free(list);
    return error;
}

/* ---- Ways ---- */

/* Places at which a flow enters a country. */
static uint32_t entries_of(const struct study_case *at, const struct zhol_simulate_flow *flow,
                           uint32_t places[static STUDY_ROUTE_PLACES])
{
    uint32_t rows, count = 0;
    const struct zhol_process *processes = zhol_corridor_process(at->corridor, &rows);
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        const struct zhol_arc *arc = &at->study.view.arcs[flow->arcs[i]];
        bool control = arc->kind == ZHOL_ARC_CONTROL && arc->process < rows;
        if (control && processes[arc->process].kind == zhol_process_kind_BORDER_ENTRY &&
            count < STUDY_ROUTE_PLACES &&
            (count == 0 || places[count - 1] != processes[arc->process].node_id)) {
            places[count++] = processes[arc->process].node_id;
        }
    }
    return count;
}

/* The route with these places, made where it is new. */
static uint32_t route_of(struct study_route *routes, uint32_t *count, const uint32_t *places,
                         uint32_t place_count)
{
    for (uint32_t r = 0; r < *count; r++) {
        if (routes[r].count == place_count &&
            memcmp(routes[r].places, places, place_count * sizeof *places) == 0) {
            return r;
        }
    }
    struct study_route *route = &routes[*count];
    *route = (struct study_route){.count = place_count};
    memcpy(route->places, places, place_count * sizeof *places);
    return (*count)++;
}

static int by_tonnes(const void *a, const void *b)
{
    const struct study_route *x = a, *y = b;
    if (x->t_day != y->t_day) {
        return x->t_day > y->t_day ? -1 : 1;
    }
    return memcmp(x->places, y->places, sizeof x->places);
}

/* Ways in order; those with little become one without places. */
static uint32_t sort_routes(struct study_route *routes, uint32_t count)
{
    double all = 0;
    uint32_t kept = 0;
    qsort(routes, count, sizeof *routes, by_tonnes);
    for (uint32_t r = 0; r < count; r++) {
        all += routes[r].t_day;
    }
    struct study_route rest = {.count = 0};
    for (uint32_t r = 0; r < count; r++) {
        if (routes[r].count && routes[r].t_day >= STUDY_ROUTE_LEAST * all) {
            routes[kept++] = routes[r];
        } else {
            rest.t_day += routes[r].t_day;
        }
    }
    if (rest.t_day > 0) {
        routes[kept++] = rest;
    }
    for (uint32_t r = 0; r < kept; r++) {
        routes[r].share = all > 0 ? routes[r].t_day / all : 0;
    }
    return kept;
}

/* Simulated times of each way: list is room for the flows of the group. */
static enum zhol_error time_routes(const struct study_case *at, const struct group *group,
                                   struct study_route *routes, uint32_t count, uint32_t *list)
{
    struct zhol_simulate_blocks blocks = study_blocks(&at->study);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t r = 0; !error && r < count; r++) {
        uint32_t found = 0;
        for (uint32_t i = 0; i < group->count; i++) {
            uint32_t number = at->answer.groups.flows[group->first + i];
            uint32_t places[STUDY_ROUTE_PLACES], k = 0;
            uint32_t n = entries_of(at, &at->study.flows.flows[number], places);
            while (k < count && !(routes[k].count == n && routes[k].count &&
                                  memcmp(routes[k].places, places, n * sizeof *places) == 0)) {
                k++;
            }
            bool other = k == count && routes[r].count == 0;
            if (k == r || other) {
                list[found++] = number;
            }
        }
        error = zhol_simulate_flows(&blocks, list, found, &routes[r].result);
    }
    return error;
}

enum zhol_error study_routes_find(const struct study_case *at, enum group_freight freight,
                                  struct study_route **routes, uint32_t *count)
{
    *routes = NULL;
    *count = 0;
    const struct group *group =
        at->study.model ? groups_find(&at->answer.groups, GROUP_FREIGHT, freight, 0) : NULL;
    if (!group) {
        return ZHOL_ERROR_OK;
    }
    struct study_route *made = calloc((size_t)group->count + 1, sizeof *made);
    uint32_t *list = malloc(sizeof *list * ((size_t)group->count + 1)), found = 0;
    enum zhol_error error = made && list ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; !error && i < group->count; i++) {
        const struct zhol_simulate_flow *flow =
            &at->study.flows.flows[at->answer.groups.flows[group->first + i]];
        uint32_t places[STUDY_ROUTE_PLACES] = {0};
        uint32_t n = entries_of(at, flow, places);
        made[route_of(made, &found, places, n)].t_day += flow->loads_day * flow->t_load;
    }
    if (!error) {
        *count = sort_routes(made, found);
        error = time_routes(at, group, made, *count, list);
    }
    free(list);
    if (error) {
        free(made);
        *count = 0;
    } else {
        *routes = made;
    }
    return error;
}
