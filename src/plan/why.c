/* plan/why.c: why no itinerary of the answer passes a place.
 *
 * The question is answered by asking smaller ones in turn: is it used, was it to be avoided, is it
 * in the network at all, does a way lead through it (for any cargo, for this cargo, without bans,
 * with more time), and if so, which itinerary beats the best way through it.
 */
#include <zhol/plan.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/problem.h"
#include "plan/walk.h"

enum { LONG_HORIZON_DAYS = 390 }; /* what a network's calendars reach by default, less some days */

struct question {
    const struct zhol_network *network;
    struct zhol_network_view net;
    const struct zhol_corridor *corridor;
    const struct zhol_consignment *order;
    struct zhol_plan_options options;
    uint32_t node;
};

/* ---- Small questions ---- */

static bool any_passes(const struct question *q, const struct zhol_plan_result *result)
{
    for (uint32_t i = 0; i < result->itinerary_count; i++) {
        if (walk_passes_node(&q->net, result, i, q->node)) {
            return true;
        }
    }
    return false;
}

static bool was_avoided(const struct question *q)
{
    const char *country = walk_node_country(q->corridor, q->node);
    for (uint32_t i = 0; i < q->order->avoid_node_count; i++) {
        if (q->order->avoid_nodes[i] == q->node) {
            return true;
        }
    }
    for (uint32_t i = 0; i < q->order->avoid_country_count; i++) {
        if (strcmp(q->order->avoid_countries[i], country) == 0) {
            return true;
        }
    }
    return false;
}

static bool in_network(const struct question *q)
{
    if (q->node >= q->net.node_count) {
        return false;
    }
    for (uint32_t i = q->net.first_place[q->node]; i < q->net.first_place[q->node + 1]; i++) {
        uint32_t v = q->net.places[i];
        for (uint32_t a = q->net.first_in[v]; a < q->net.first_in[v + 1]; a++) {
            if (q->net.arcs[q->net.in_arcs[a]].kind != ZHOL_ARC_HANDLE) {
                return true;
            }
        }
    }
    return false;
}

/* The link_period row that best tells when links at the place open: the first later operating one,
 * else any that is not operating. */
static uint32_t opening_row(const struct question *q)
{
    uint32_t link_count, period_count, best = ZHOL_NONE, planned = ZHOL_NONE;
    const struct zhol_link *links = zhol_corridor_link(q->corridor, &link_count);
    const struct zhol_link_period *periods = zhol_corridor_link_period(q->corridor, &period_count);
    for (uint32_t i = 0; i < period_count; i++) {
        uint32_t row, end;
        zhol_corridor_rows(q->corridor, ZHOL_TABLE_link, periods[i].link_id, &row, &end);
        if (links[row].from_node_id != q->node && links[row].to_node_id != q->node) {
            continue;
        }
        bool later = periods[i].status == zhol_status_OPERATING &&
                     periods[i].valid_from != ZHOL_BLANK_DATE && periods[i].valid_from > q->net.day;
        if (later && (best == ZHOL_NONE || periods[i].valid_from < periods[best].valid_from)) {
            best = i;
        }
        if (periods[i].status != zhol_status_OPERATING && planned == ZHOL_NONE) {
            planned = i;
        }
    }
    return best != ZHOL_NONE ? best : planned;
}

/* Marks what arcs, whatever they carry, join to the vertices of `node`. */
static enum zhol_error raw_reach(const struct question *q, uint32_t node, bool forward,
                                 uint8_t *marks)
{
    uint32_t *stack = malloc(((size_t)q->net.vertex_count + 1) * sizeof *stack), top = 0;
    if (!stack) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = q->net.first_place[node]; i < q->net.first_place[node + 1]; i++) {
        marks[q->net.places[i]] = 1;
        stack[top++] = q->net.places[i];
    }
    while (top) {
        uint32_t v = stack[--top];
        uint32_t i = forward ? q->net.first_arc[v] : q->net.first_in[v];
        uint32_t end = forward ? q->net.first_arc[v + 1] : q->net.first_in[v + 1];
        for (; i < end; i++) {
            uint32_t next =
                forward ? q->net.arcs[i].head : zhol_network_tail(&q->net, q->net.in_arcs[i]);
            if (!marks[next]) {
                marks[next] = 1;
                stack[top++] = next;
            }
        }
    }
    free(stack);
    return ZHOL_ERROR_OK;
}

static bool marked_node(const struct question *q, const uint8_t *marks, uint32_t node)
{
    for (uint32_t i = q->net.first_place[node]; i < q->net.first_place[node + 1]; i++) {
        if (marks[q->net.places[i]]) {
            return true;
        }
    }
    return false;
}

/* True where arcs of any kind join origin, place and destination. */
static enum zhol_error joined(const struct question *q, bool *is)
{
    uint8_t *to = calloc((size_t)q->net.vertex_count + 1, 1);
    uint8_t *from = calloc((size_t)q->net.vertex_count + 1, 1);
    enum zhol_error error = to && from ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    error = error ? error : raw_reach(q, q->node, false, to);
    error = error ? error : raw_reach(q, q->node, true, from);
    *is = !error && q->order->from < q->net.node_count && q->order->to < q->net.node_count &&
          marked_node(q, to, q->order->from) && marked_node(q, from, q->order->to);
    free(to);
    free(from);
    return error;
}

/* Plans with the place as one more via, at the first position in the order that works. */
static enum zhol_error plan_through(const struct question *q,
                                    const struct zhol_plan_options *options,
                                    struct zhol_plan_result *result)
{
    uint32_t via[9];
    struct zhol_consignment order = *q->order;
    enum zhol_error error = ZHOL_ERROR_UNREACHABLE;
    memset(result, 0, sizeof *result);
    if (order.via_count >= 8) {
        return ZHOL_ERROR_USAGE;
    }
    for (uint32_t at = 0; at <= q->order->via_count && error == ZHOL_ERROR_UNREACHABLE; at++) {
        for (uint32_t i = 0; i < at; i++) {
            via[i] = q->order->via[i];
        }
        via[at] = q->node;
        for (uint32_t i = at; i < q->order->via_count; i++) {
            via[i + 1] = q->order->via[i];
        }
        order.via = via;
        order.via_count = q->order->via_count + 1;
        zhol_plan_result_clear(result);
        error = zhol_plan(q->network, q->corridor, &order, options, result);
    }
    return error;
}

/* ---- Why a way through it is not among the answers ---- */

/* As the search does it: what is unknown of `a` must be unknown of `b` too. The numbers of the
 * items are the same in both results, for a place to pass changes neither the arcs that can be used
 * nor what is known of them. */
static bool dominates(const struct zhol_itinerary *a, const struct zhol_itinerary *b)
{
    return a->arrival_min <= b->arrival_min && a->cents <= b->cents && a->co2e_g <= b->co2e_g &&
           (a->unknown_items & ~b->unknown_items) == 0;
}

/* By how much `b` loses to `a`: the sum of the shares over time, cost and CO2e. */
static double excess(const struct question *q, const struct zhol_itinerary *a,
                     const struct zhol_itinerary *b)
{
    double time = (double)(b->arrival_min - a->arrival_min) /
                  (double)(a->arrival_min - q->order->ready_min + 1);
    double cost = (double)(b->cents - a->cents) / (double)(a->cents + 1);
    double co2e = (double)(b->co2e_g - a->co2e_g) / (double)(a->co2e_g + 1);
    return time + cost + co2e;
}

static void find_nearest(const struct question *q, const struct zhol_plan_result *answer,
                         struct zhol_why_answer *why)
{
    double best = HUGE_VAL;
    for (uint32_t i = 0; i < why->through.itinerary_count; i++) {
        for (uint32_t j = 0; j < answer->itinerary_count; j++) {
            const struct zhol_itinerary *through = &why->through.itineraries[i];
            const struct zhol_itinerary *better = &answer->itineraries[j];
            double by = excess(q, better, through);
            if (dominates(better, through) && by < best) {
                best = by;
                why->dominated = *through;
                why->dominator = *better;
            }
        }
    }
}

/* The first ban that the ways through the place would meet. */
static uint32_t ban_on_way(const struct question *q, const struct zhol_plan_result *through)
{
    const char *origin = walk_origin(q->corridor, q->order);
    const char *destination = walk_destination(q->corridor, q->order);
    for (uint32_t i = 0; i < through->step_count; i++) {
        const struct zhol_step *step = &through->steps[i];
        uint16_t list = q->net.arcs[step->arc].ban;
        for (uint32_t b = q->net.first_ban[list]; b < q->net.first_ban[list + 1]; b++) {
            const struct zhol_ban *ban = &q->net.bans[b];
            if (step->end_min >= ban->from_min && step->start_min < ban->to_min &&
                problem_ban_meets(&q->net, ban, &q->order->load, origin, destination)) {
                return ban->rule_row;
            }
        }
    }
    return ZHOL_NONE;
}

/* True where a way leads through the place when no ban holds and there is time; with `anywhere`
 * also through what the consignment asked to avoid. */
static enum zhol_error goes_in_time(const struct question *q, bool anywhere, bool *goes)
{
    struct question longer = *q;
    struct zhol_consignment order = *q->order;
    struct zhol_plan_options options = q->options;
    struct zhol_plan_result result;
    order.deadline_min = INT64_MAX;
    options.ignore_bans = true;
    options.horizon_days = LONG_HORIZON_DAYS;
    longer.order = &order;
    if (anywhere) {
        order.avoid_node_count = order.avoid_country_count = 0;
        order.avoid_modes = 0;
    }
    enum zhol_error error = plan_through(&longer, &options, &result);
    *goes = error == ZHOL_ERROR_OK;
    zhol_plan_result_clear(&result);
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

/* No way through it came in time: for which cargo, ban, deadline or wish is that so? */
static enum zhol_error ask_further(const struct question *q, struct zhol_why_answer *answer)
{
    struct zhol_plan_options options = q->options;
    struct zhol_plan_result result;
    bool is_joined = false, goes = false;
    enum zhol_error error = joined(q, &is_joined);
    if (error || !is_joined) {
        answer->why = in_network(q) ? ZHOL_WHY_NO_WAY : ZHOL_WHY_NOT_OPEN;
        answer->link_period_row = opening_row(q);
        return error;
    }
    options.ignore_bans = true;
    error = plan_through(q, &options, &result);
    if (!error) {
        answer->why = ZHOL_WHY_BANNED;
        answer->rule_row = ban_on_way(q, &result);
    }
    zhol_plan_result_clear(&result);
    if (error != ZHOL_ERROR_UNREACHABLE) {
        return error;
    }
    answer->why = ZHOL_WHY_TOO_LATE;
    error = goes_in_time(q, false, &goes);
    if (!error && !goes) {
        error = goes_in_time(q, true, &goes);
        answer->why = goes ? ZHOL_WHY_AVOIDED : ZHOL_WHY_NO_CLASS;
    }
    return error;
}

enum zhol_error zhol_plan_why(const struct zhol_network *network,
                              const struct zhol_corridor *corridor,
                              const struct zhol_consignment *consignment,
                              const struct zhol_plan_options *options, uint32_t node,
                              struct zhol_why_answer *answer)
{
    struct question q = {.network = network,
                         .net = zhol_network_view(network),
                         .corridor = corridor,
                         .order = consignment,
                         .options = *options,
                         .node = node};
    struct zhol_plan_result plain;
    memset(answer, 0, sizeof *answer);
    answer->rule_row = answer->link_period_row = ZHOL_NONE;
    enum zhol_error error = zhol_plan(network, corridor, consignment, options, &plain);
    if (error && error != ZHOL_ERROR_UNREACHABLE) {
        return error;
    }
    error = ZHOL_ERROR_OK;
    if (any_passes(&q, &plain)) {
        answer->why = ZHOL_WHY_USED;
    } else if (was_avoided(&q)) {
        answer->why = ZHOL_WHY_AVOIDED;
    } else {
        error = plan_through(&q, options, &answer->through);
        answer->why = ZHOL_WHY_DOMINATED;
        if (error == ZHOL_ERROR_OK) {
            find_nearest(&q, &plain, answer);
        } else if (error == ZHOL_ERROR_UNREACHABLE) {
            error = ask_further(&q, answer);
        }
    }
    zhol_plan_result_clear(&plain);
    return error;
}

void zhol_why_answer_clear(struct zhol_why_answer *answer)
{
    zhol_plan_result_clear(&answer->through);
}
