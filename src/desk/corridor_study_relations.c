/* corridor_study_relations.c: what a consignment is promised on the relations for which somebody
 * has published a time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/corridor_study.h"
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

static bool is_relation(const struct zhol_corridor *corridor, uint32_t row,
                        struct study_relation *relation)
{
    uint32_t count;
    const struct zhol_observation *o = zhol_corridor_observation(corridor, &count) + row;
    const char *scope = zhol_corridor_text(corridor, o->scope);
    *relation = (struct study_relation){.observation = row,
                                        .by_sea = strstr(scope, "by sea") != NULL,
                                        .p50_days = NAN,
                                        .p90_days = NAN,
                                        .usd_feu = NAN,
                                        .co2e_kg_feu = NAN,
                                        .published_low = isnan(o->low) ? o->value : o->low,
                                        .published_high = isnan(o->high) ? o->value : o->high};
    return strcmp(zhol_corridor_text(corridor, o->measure), "transit time") == 0 &&
           strcmp(zhol_corridor_text(corridor, o->unit), "days") == 0 && !isnan(o->value) &&
           places_of(corridor, scope, &relation->from, &relation->to);
}

/* Days from the departure (after loading) to the arrival (before unloading), as they are
 * published; and the places with border controls on the way. */
static enum zhol_error promise(const struct study_case *at, const struct zhol_consignment *order,
                               const struct zhol_plan_result *result,
                               struct study_relation *relation)
{
    struct zhol_network_view net = zhol_network_view(at->network);
    const struct zhol_itinerary *it = &result->itineraries[0];
    const struct zhol_step *steps = &result->steps[it->first_step];
    struct eta_arrival *eta = NULL;
    struct eta_arrival_promise promise;
    uint32_t first = 0, end = it->step_count;
    int64_t last_min = 0;
    while (first + 1 < end && net.arcs[steps[first].arc].kind == ZHOL_ARC_HANDLE) {
        first++;
    }
    while (end > first + 1 && net.arcs[steps[end - 1].arc].kind == ZHOL_ARC_HANDLE) {
        end--;
        last_min += steps[end].end_min - steps[end].start_min;
    }
    struct eta_arrival_point point = {.step = first, .ready_min = steps[first].start_min};
    enum zhol_error error = eta_arrival_new(at->network, at->corridor, order, false, NULL, &eta);
    error = error ? error : eta_arrival_itinerary(eta, result, 0, &point, &promise);
    if (!error && promise.p90_min != INT64_MAX) {
        relation->p50_days = (double)(promise.p50_min - last_min - point.ready_min) / DAY_MIN;
        relation->p90_days = (double)(promise.p90_min - last_min - point.ready_min) / DAY_MIN;
    }
    eta_arrival_free(eta);
    return error;
}

static uint32_t crossings_of(const struct study_case *at, const struct zhol_plan_result *result,
                             uint32_t number, uint32_t crossings[static 8])
{
    struct zhol_network_view net = zhol_network_view(at->network);
    const struct zhol_itinerary *it = &result->itineraries[number];
    uint32_t found = 0;
    for (uint32_t i = 0; i < it->step_count; i++) {
        const uint32_t *arcs;
        uint32_t count = walk_arcs(&net, &result->steps[it->first_step + i].arc, &arcs);
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_arc *arc = &net.arcs[arcs[k]];
            uint32_t node = net.vertices[arc->head].node;
            bool again = found > 0 && crossings[found - 1] == node;
            if (arc->kind == ZHOL_ARC_CONTROL && !again && found < 8) {
                crossings[found++] = node;
            }
        }
    }
    return found;
}

/* The price and emissions of the cheapest way that is not too slow, one whose price is known whole
 * before others; returns its number. */
static uint32_t prices_of(const struct zhol_plan_result *result, int64_t ready_min,
                          struct study_relation *relation)
{
    uint32_t chosen = 0;
    int64_t longest =
        (int64_t)(STUDY_SLOWER * (double)(result->itineraries[0].arrival_min - ready_min));
    for (uint32_t i = 0; i < result->itinerary_count; i++) {
        const struct zhol_itinerary *it = &result->itineraries[i];
        double usd = (double)it->cents / 100, kg = (double)it->co2e_g / 1000;
        bool price = true, factor = true;
        for (uint32_t b = 0; b < result->item_count; b++) {
            bool missing = it->unknown_items >> b & 1;
            price = price && !(missing && !result->item_is_co2e[b]);
            factor = factor && !(missing && result->item_is_co2e[b]);
        }
        if (it->arrival_min - ready_min > longest) {
            break;
        }
        if (isnan(relation->usd_feu) || price > relation->cost_known ||
            (price == relation->cost_known && usd < relation->usd_feu)) {
            chosen = i;
            relation->usd_feu = usd;
            relation->co2e_kg_feu = kg;
            relation->cost_known = price;
            relation->co2e_known = factor;
        }
    }
    return chosen;
}

static enum zhol_error plan(const struct study_case *at, struct study_relation *relation)
{
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    struct zhol_plan_result result = {.itinerary_count = 0};
    struct zhol_consignment order = {.from = relation->from,
                                     .to = relation->to,
                                     .ready_min = (int64_t)at->day * DAY_MIN,
                                     .deadline_min = INT64_MAX,
                                     .avoid_modes = 1u << zhol_mode_ROAD};
    if (relation->by_sea) {
        order.avoid_modes |= 1u << zhol_mode_RAIL;
    }
    uint32_t electronics = zhol_corridor_find(at->corridor, ZHOL_TABLE_commodity, "electronics");
    enum zhol_error error = electronics == ZHOL_NONE
                                ? ZHOL_ERROR_UNKNOWN
                                : zhol_load_make(at->corridor, electronics, 2, 0, &order.load);
    error = error ? error : zhol_plan(at->network, at->corridor, &order, &options, &result);
    if (!error && result.itinerary_count) {
        relation->reachable = true;
        uint32_t priced = prices_of(&result, order.ready_min, relation);
        relation->crossing_count = crossings_of(at, &result, 0, relation->crossings);
        relation->priced_crossing_count =
            crossings_of(at, &result, priced, relation->priced_crossings);
        error = promise(at, &order, &result, relation);
    }
    zhol_plan_result_clear(&result);
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

enum zhol_error study_relations_find(struct study_case *at)
{
    uint32_t rows, capacity = 0;
    zhol_corridor_observation(at->corridor, &rows);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; !error && row < rows; row++) {
        struct study_relation relation;
        if (!is_relation(at->corridor, row, &relation)) {
            continue;
        }
        bool known = false; /* the same two places, published twice: planned once */
        for (uint32_t i = 0; i < at->relation_count && !known; i++) {
            const struct study_relation *other = &at->relations[i];
            if (other->from == relation.from && other->to == relation.to &&
                other->by_sea == relation.by_sea) {
                double low = relation.published_low, high = relation.published_high;
                relation = *other;
                relation.observation = row;
                relation.published_low = low;
                relation.published_high = high;
                known = true;
            }
        }
        error = known ? ZHOL_ERROR_OK : plan(at, &relation);
        error = error ? error : ARRAY_RESERVE(at->relations, capacity, at->relation_count + 1);
        if (!error) {
            at->relations[at->relation_count++] = relation;
        }
    }
    return error;
}

const struct study_relation *study_case_relation(const struct study_case *at, uint32_t observation)
{
    for (uint32_t i = 0; i < at->relation_count; i++) {
        if (at->relations[i].observation == observation) {
            return &at->relations[i];
        }
    }
    return NULL;
}
