/* calibrate_ways.c: published transit times against promises (calibrate_ways.h). */
#include "desk/calibrate_ways.h"

#include <math.h>
#include <string.h>

#include "desk/eta_arrival.h"
#include "plan/walk.h"

#define DAY_MIN 1440

/* The two places of "A>B, anything"; false where there are none. */
static bool places_of(const struct zhol_corridor *corridor, const char *scope, uint32_t *from,
                      uint32_t *to)
{
    char names[2][64];
    const char *arrow = strchr(scope, '>');
    size_t first = arrow ? (size_t)(arrow - scope) : 0;
    size_t second = arrow ? strcspn(arrow + 1, ",>") : 0;
    if (!first || !second || first >= sizeof names[0] || second >= sizeof names[1] ||
        arrow[1 + second] == '>') {
        return false;
    }
    memcpy(names[0], scope, first);
    names[0][first] = '\0';
    memcpy(names[1], arrow + 1, second);
    names[1][second] = '\0';
    *from = zhol_corridor_find(corridor, ZHOL_TABLE_node, names[0]);
    *to = zhol_corridor_find(corridor, ZHOL_TABLE_node, names[1]);
    return *from != ZHOL_NONE && *to != ZHOL_NONE;
}

static bool is_way(const struct zhol_corridor *corridor, const struct zhol_observation *row,
                   struct calibrate_way *way)
{
    if (strcmp(zhol_corridor_text(corridor, row->measure), "transit time") != 0 ||
        row->role != zhol_role_CHECK || isnan(row->value) ||
        strcmp(zhol_corridor_text(corridor, row->unit), "days") != 0) {
        return false;
    }
    way->low_days = isnan(row->low) ? row->value : row->low;
    way->high_days = isnan(row->high) ? row->value : row->high;
    way->day = row->period_start;
    way->p50_days = way->p90_days = way->best_days = way->usual_days = NAN;
    return places_of(corridor, zhol_corridor_text(corridor, row->scope), &way->from, &way->to);
}

/* Plan minutes of the handlings at the beginning and the end: loading and unloading. */
static void ends_of(const struct zhol_network_view *net, const struct zhol_plan_result *result,
                    uint32_t *first, int64_t *last_min)
{
    const struct zhol_itinerary *it = &result->itineraries[0];
    const struct zhol_step *steps = &result->steps[it->first_step];
    uint32_t end = it->step_count;
    *first = 0;
    *last_min = 0;
    while (*first + 1 < end && net->arcs[steps[*first].arc].kind == ZHOL_ARC_HANDLE) {
        ++*first;
    }
    while (end > *first + 1 && net->arcs[steps[end - 1].arc].kind == ZHOL_ARC_HANDLE) {
        end--;
        *last_min += steps[end].end_min - steps[end].start_min;
    }
}

/* Days of all movements, borders and handlings from a step on, less the last handlings. */
static double days_by_speeds(const struct zhol_network_view *net, const struct zhol_load *load,
                             const struct zhol_plan_result *result, uint32_t first,
                             int64_t last_min, enum zhol_time of_moves)
{
    const struct zhol_itinerary *it = &result->itineraries[0];
    int64_t minutes = -last_min;
    for (uint32_t i = first; i < it->step_count; i++) {
        const uint32_t *arcs;
        uint32_t count = walk_arcs(net, &result->steps[it->first_step + i].arc, &arcs);
        for (uint32_t k = 0; k < count; k++) {
            bool passes = false;
            bool meets = zhol_network_admits(net, arcs[k], load, &passes) && !passes;
            const struct zhol_arc *arc = &net->arcs[arcs[k]];
            enum zhol_time time = arc->kind == ZHOL_ARC_MOVE ? of_moves : ZHOL_TIME_MEDIAN;
            minutes += meets ? arc->minutes[time] : 0;
        }
    }
    return (double)minutes / DAY_MIN;
}

/* True where a ride of the way has times that its service publishes. */
static bool by_timetable(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                         const struct zhol_plan_result *result)
{
    const struct zhol_itinerary *it = &result->itineraries[0];
    uint32_t count;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(corridor, &count);
    bool found = false;
    for (uint32_t i = 0; i < it->step_count && !found; i++) {
        const struct zhol_arc *arc = &net->arcs[result->steps[it->first_step + i].arc];
        found =
            arc->kind == ZHOL_ARC_RIDE && !isnan(stops[net->rides[arc->thing].to_stop].arrive_h);
    }
    return found;
}

static enum zhol_error promise_of(const struct zhol_network *network,
                                  const struct zhol_corridor *corridor,
                                  const struct zhol_consignment *order,
                                  const struct zhol_plan_result *result, struct calibrate_way *way)
{
    struct zhol_network_view net = zhol_network_view(network);
    struct eta_arrival *eta = NULL;
    struct eta_arrival_promise promise;
    uint32_t first;
    int64_t last_min;
    ends_of(&net, result, &first, &last_min);
    way->timetable = by_timetable(&net, corridor, result);
    const struct zhol_load *load = &order->load;
    way->best_days = days_by_speeds(&net, load, result, first, last_min, ZHOL_TIME_MIN);
    way->usual_days = days_by_speeds(&net, load, result, first, last_min, ZHOL_TIME_MEDIAN);
    way->within = way->high_days >= way->best_days && way->low_days <= way->usual_days;
    int64_t start_min = result->steps[result->itineraries[0].first_step + first].start_min;
    struct eta_arrival_point point = {.step = first, .ready_min = start_min};
    enum zhol_error error = eta_arrival_new(network, corridor, order, false, NULL, &eta);
    error = error ? error : eta_arrival_itinerary(eta, result, 0, &point, &promise);
    if (!error && promise.p90_min != INT64_MAX) {
        way->p50_days = (double)(promise.p50_min - last_min - start_min) / DAY_MIN;
        way->p90_days = (double)(promise.p90_min - last_min - start_min) / DAY_MIN;
    }
    eta_arrival_free(eta);
    return error;
}

static enum zhol_error travel(const struct zhol_corridor *corridor, const char *scope,
                              struct calibrate_way *way)
{
    struct zhol_network *network = NULL;
    struct zhol_network_options how = {.day = way->day};
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    struct zhol_plan_result result = {.itinerary_count = 0};
    struct zhol_consignment order = {.from = way->from,
                                     .to = way->to,
                                     .ready_min = (int64_t)way->day * DAY_MIN,
                                     .deadline_min = INT64_MAX,
                                     .avoid_modes = 1u << zhol_mode_ROAD};
    if (strstr(scope, "by sea")) {
        order.avoid_modes |= 1u << zhol_mode_RAIL;
    }
    uint32_t electronics = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, "electronics");
    enum zhol_error error = electronics == ZHOL_NONE
                                ? ZHOL_ERROR_UNKNOWN
                                : zhol_load_make(corridor, electronics, 2, 0, &order.load);
    error = error ? error : zhol_network_compile(corridor, &how, NULL, &network);
    error = error ? error : zhol_plan(network, corridor, &order, &options, &result);
    if (!error && result.itinerary_count) {
        error = promise_of(network, corridor, &order, &result, way);
    }
    zhol_plan_result_clear(&result);
    zhol_network_free(network);
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

enum zhol_error calibrate_ways(const struct zhol_corridor *corridor, struct calibrate_way *ways,
                               uint32_t most, uint32_t *count)
{
    uint32_t rows;
    const struct zhol_observation *table = zhol_corridor_observation(corridor, &rows);
    enum zhol_error error = ZHOL_ERROR_OK;
    *count = 0;
    for (uint32_t i = 0; !error && i < rows && *count < most; i++) {
        struct calibrate_way way = {.row = i};
        if (is_way(corridor, &table[i], &way) && way.day != ZHOL_BLANK_DATE) {
            error = travel(corridor, zhol_corridor_text(corridor, table[i].scope), &way);
            ways[(*count)++] = way;
        }
    }
    return error;
}
