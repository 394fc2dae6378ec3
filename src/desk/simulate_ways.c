/* simulate_ways.c: the ways of an origin and destination, by planner and logit. See the header. */
#include "desk/simulate_ways.h"

#include <stdlib.h>
#include <string.h>

#include <zhol/plan.h>

#include "base/array.h"
#include "base/random.h"
#include "desk/route.h"
#include "plan/walk.h"

/* A way that may be taken: the cheapest itinerary over its ground. */
struct candidate {
    uint64_t ground;
    uint32_t itinerary;
    double cost_usd; /* generalised */
    double weight;
};

struct candidates {
    struct candidate *list;
    uint32_t count, capacity;
};

static double cost_of(const struct zhol_itinerary *it, const struct zhol_consignment *order,
                      double day_usd)
{
    double days = (double)(it->arrival_min - order->ready_min) / (24 * 60);
    double known_usd = (double)it->cents / 100;
    return known_usd * (it->unknown_items ? 1 + WAYS_UNKNOWN : 1) + days * day_usd;
}

static enum zhol_error offer(struct candidates *found, struct candidate candidate)
{
    for (uint32_t i = 0; i < found->count; i++) {
        if (found->list[i].ground == candidate.ground) {
            if (candidate.cost_usd < found->list[i].cost_usd) {
                found->list[i] = candidate;
            }
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(found->list, found->capacity, found->count + 1);
    if (!error) {
        found->list[found->count++] = candidate;
    }
    return error;
}

/* Cheapest first; among equals the one that arrives first. */
static int by_cost(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->cost_usd < y->cost_usd ? -1
           : x->cost_usd > y->cost_usd
               ? 1
               : (x->itinerary > y->itinerary) - (x->itinerary < y->itinerary);
}

/* Gives each candidate its weight and leaves those that count; they add up to 1. */
static void spread(struct candidates *found)
{
    double sum = 0;
    found->count = found->count < WAYS_MAX ? found->count : WAYS_MAX;
    for (uint32_t i = 0; i < found->count; i++) {
        double least = found->list[0].cost_usd > 0 ? found->list[0].cost_usd : 1;
        double more = found->list[i].cost_usd / least - 1;
        found->list[i].weight = random_exp(-WAYS_SPREAD * (more < 50 ? more : 50));
        sum += found->list[i].weight;
    }
    while (found->count > 1 && found->list[found->count - 1].weight < WAYS_LEAST * sum) {
        sum -= found->list[--found->count].weight;
    }
    for (uint32_t i = 0; i < found->count; i++) {
        found->list[i].weight /= sum;
    }
}

static enum zhol_error add_arcs(struct freight_ways *ways, const struct zhol_network_view *net,
                                const uint32_t *arc)
{
    const uint32_t *arcs;
    uint32_t count = walk_arcs(net, arc, &arcs);
    bool ride = net->arcs[*arc].kind == ZHOL_ARC_RIDE;
    enum zhol_error error = ARRAY_RESERVE(ways->arcs, ways->arc_capacity, ways->arc_count + count);
    error =
        error ? error : ARRAY_RESERVE(ways->rides, ways->ride_capacity, ways->arc_count + count);
    for (uint32_t i = 0; !error && i < count; i++) {
        ways->rides[ways->arc_count] = ride ? net->arcs[*arc].thing : ZHOL_NONE;
        ways->arcs[ways->arc_count++] = arcs[i];
    }
    return error;
}

static enum zhol_error add_way(struct freight_ways *ways, const struct zhol_network_view *net,
                               const struct zhol_consignment *order,
                               const struct zhol_plan_result *plan,
                               const struct candidate *candidate)
{
    const struct zhol_itinerary *it = &plan->itineraries[candidate->itinerary];
    struct freight_way *way = &ways->list[ways->count];
    enum zhol_error error = ZHOL_ERROR_OK;
    *way = (struct freight_way){.first_arc = ways->arc_count,
                                .share = candidate->weight,
                                .minutes = it->arrival_min - order->ready_min,
                                .cents = it->cents};
    for (uint32_t i = 0; !error && i < it->step_count; i++) {
        error = add_arcs(ways, net, &plan->steps[it->first_step + i].arc);
    }
    way->arc_count = ways->arc_count - way->first_arc;
    ways->count += !error;
    return error;
}

static enum zhol_error choose(struct freight_ways *ways, const struct zhol_network *network,
                              const struct zhol_corridor *corridor,
                              const struct zhol_consignment *order,
                              const struct zhol_plan_result *plan, double day_usd)
{
    struct zhol_network_view net = zhol_network_view(network);
    struct candidates found = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < plan->itinerary_count; i++) {
        struct candidate candidate = {
            .ground = route_ground(&net, corridor, plan, i),
            .itinerary = i,
            .cost_usd = cost_of(&plan->itineraries[i], order, day_usd),
        };
        error = offer(&found, candidate);
    }
    if (!error && found.count) {
        qsort(found.list, found.count, sizeof *found.list, by_cost);
        spread(&found);
    }
    for (uint32_t i = 0; !error && i < found.count; i++) {
        error = add_way(ways, &net, order, plan, &found.list[i]);
    }
    free(found.list);
    return error;
}

enum zhol_error freight_ways_find(const struct zhol_network *network,
                                  const struct zhol_corridor *corridor,
                                  const struct zhol_consignment *order, double day_usd,
                                  struct freight_ways *ways)
{
    struct zhol_plan_result plan;
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    memset(ways, 0, sizeof *ways);
    enum zhol_error error = zhol_plan(network, corridor, order, &options, &plan);
    if (!error) {
        error = choose(ways, network, corridor, order, &plan, day_usd);
    }
    zhol_plan_result_clear(&plan);
    if (error) {
        freight_ways_clear(ways);
    }
    return error;
}

void freight_ways_clear(struct freight_ways *ways)
{
    free(ways->arcs);
    free(ways->rides);
    memset(ways, 0, sizeof *ways);
}
