/* published_time.c: published transit times, the order that is held against them, its promise. */
#include "desk/published_time.h"

#include <math.h>
#include <string.h>

#include "desk/eta_arrival.h"

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

bool published_time_read(const struct zhol_corridor *corridor, uint32_t row,
                         struct published_time *out)
{
    uint32_t count;
    const struct zhol_observation *o = zhol_corridor_observation(corridor, &count) + row;
    const char *scope = zhol_corridor_text(corridor, o->scope);
    *out = (struct published_time){.row = row,
                                   .by_sea = strstr(scope, "by sea") != NULL,
                                   .low_days = isnan(o->low) ? o->value : o->low,
                                   .high_days = isnan(o->high) ? o->value : o->high};
    return strcmp(zhol_corridor_text(corridor, o->measure), "transit time") == 0 &&
           strcmp(zhol_corridor_text(corridor, o->unit), "days") == 0 && !isnan(o->value) &&
           places_of(corridor, scope, &out->from, &out->to);
}

enum zhol_error published_time_order(const struct zhol_corridor *corridor,
                                     const struct published_time *time, int32_t day,
                                     struct zhol_consignment *order)
{
    uint32_t electronics = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, "electronics");
    *order = (struct zhol_consignment){.from = time->from,
                                       .to = time->to,
                                       .ready_min = (int64_t)day * DAY_MIN,
                                       .deadline_min = INT64_MAX,
                                       .avoid_modes = 1u << zhol_mode_ROAD};
    order->avoid_modes |= time->by_sea ? 1u << zhol_mode_RAIL : 0;
    return electronics == ZHOL_NONE ? ZHOL_ERROR_UNKNOWN
                                    : zhol_load_make(corridor, electronics, 2, 0, &order->load);
}

/* Handlings at the beginning and the end: loading and unloading. */
static void ends_of(const struct zhol_network_view *net, const struct zhol_plan_result *result,
                    struct published_promise *out)
{
    const struct zhol_itinerary *it = &result->itineraries[0];
    const struct zhol_step *steps = &result->steps[it->first_step];
    uint32_t first = 0, end = it->step_count;
    while (first + 1 < end && net->arcs[steps[first].arc].kind == ZHOL_ARC_HANDLE) {
        first++;
    }
    while (end > first + 1 && net->arcs[steps[end - 1].arc].kind == ZHOL_ARC_HANDLE) {
        end--;
        out->last_min += steps[end].end_min - steps[end].start_min;
    }
    out->first = first;
    out->start_min = steps[first].start_min;
}

enum zhol_error published_time_promise(const struct zhol_network *network,
                                       const struct zhol_corridor *corridor,
                                       const struct zhol_consignment *order,
                                       const struct zhol_plan_result *result,
                                       struct published_promise *out)
{
    struct zhol_network_view net = zhol_network_view(network);
    struct eta_arrival *eta = NULL;
    struct eta_arrival_promise promise;
    *out = (struct published_promise){.p50_days = NAN, .p90_days = NAN};
    ends_of(&net, result, out);
    struct eta_arrival_point point = {.step = out->first, .ready_min = out->start_min};
    enum zhol_error error = eta_arrival_new(network, corridor, order, false, NULL, &eta);
    error = error ? error : eta_arrival_itinerary(eta, result, 0, &point, &promise);
    if (!error && promise.p90_min != INT64_MAX) {
        int64_t from = out->last_min + out->start_min;
        out->p50_days = (double)(promise.p50_min - from) / DAY_MIN;
        out->p90_days = (double)(promise.p90_min - from) / DAY_MIN;
    }
    eta_arrival_free(eta);
    return error;
}
