/* calibrate_ways.c: published transit times against promises (calibrate_ways.h). */
#include "desk/calibrate_ways.h"

#include <math.h>

#include "desk/published_time.h"
#include "plan/walk.h"

#define DAY_MIN 1440

static bool is_way(const struct zhol_corridor *corridor, uint32_t row, struct published_time *time,
                   struct calibrate_way *way)
{
    uint32_t count;
    const struct zhol_observation *o = zhol_corridor_observation(corridor, &count) + row;
    if (o->role != zhol_role_CHECK || o->period_start == ZHOL_BLANK_DATE ||
        !published_time_read(corridor, row, time)) {
        return false;
    }
    *way = (struct calibrate_way){.row = row,
                                  .from = time->from,
                                  .to = time->to,
                                  .low_days = time->low_days,
                                  .high_days = time->high_days,
                                  .day = o->period_start,
                                  .p50_days = NAN,
                                  .p90_days = NAN,
                                  .best_days = NAN,
                                  .usual_days = NAN};
    return true;
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
    struct published_promise promise;
    enum zhol_error error = published_time_promise(network, corridor, order, result, &promise);
    const struct zhol_load *load = &order->load;
    way->timetable = by_timetable(&net, corridor, result);
    way->best_days =
        days_by_speeds(&net, load, result, promise.first, promise.last_min, ZHOL_TIME_MIN);
    way->usual_days =
        days_by_speeds(&net, load, result, promise.first, promise.last_min, ZHOL_TIME_MEDIAN);
    way->within = way->high_days >= way->best_days && way->low_days <= way->usual_days;
    way->p50_days = promise.p50_days;
    way->p90_days = promise.p90_days;
    return error;
}

static enum zhol_error travel(const struct zhol_corridor *corridor,
                              const struct published_time *time, struct calibrate_way *way)
{
    struct zhol_network *network = NULL;
    struct zhol_network_options how = {.day = way->day};
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    struct zhol_plan_result result = {.itinerary_count = 0};
    struct zhol_consignment order;
    enum zhol_error error = published_time_order(corridor, time, way->day, &order);
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
    zhol_corridor_observation(corridor, &rows);
    enum zhol_error error = ZHOL_ERROR_OK;
    *count = 0;
    for (uint32_t i = 0; !error && i < rows && *count < most; i++) {
        struct published_time time;
        struct calibrate_way way;
        if (is_way(corridor, i, &time, &way)) {
            error = travel(corridor, &time, &way);
            ways[(*count)++] = way;
        }
    }
    return error;
}
