/* corridor_study_relations.c: what a consignment is promised on the relations for which somebody
 * has published a time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/corridor_study.h"
#include "desk/published_time.h"
#include "plan/walk.h"

static uint32_t crossings_of(const struct zhol_network *network,
                             const struct zhol_plan_result *result, uint32_t number,
                             uint32_t crossings[static 8])
{
    struct zhol_network_view net = zhol_network_view(network);
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

/* Does the way wait at a border until a ban ends? Nobody buys that while another way is open. */
static bool waits_for_ban(const struct zhol_plan_result *result, const struct zhol_itinerary *it)
{
    bool waits = false;
    for (uint32_t i = 0; i < it->step_count; i++) {
        waits |= result->steps[it->first_step + i].wait_for == ZHOL_WAIT_BAN;
    }
    return waits;
}

/* The price and emissions of the cheapest way that is open and not too slow, one whose price is
 * known whole before others; where all wait for the end of a ban, the fastest of them. What is too
 * slow is measured by the fastest way, in a scenario by that of its base (`base_min`, else 0): a
 * fastest way that slows does not let slower, cheaper ones in. Returns its number. */
static uint32_t prices_of(const struct zhol_plan_result *result, int64_t ready_min,
                          int64_t base_min, struct study_relation *relation)
{
    uint32_t chosen = 0;
    bool chosen_open = false;
    relation->fastest_min = result->itineraries[0].arrival_min - ready_min;
    int64_t of = base_min > 0 ? base_min : relation->fastest_min;
    int64_t longest = (int64_t)(STUDY_SLOWER * (double)of);
    longest = longest < relation->fastest_min ? relation->fastest_min : longest;
    for (uint32_t i = 0; i < result->itinerary_count; i++) {
        const struct zhol_itinerary *it = &result->itineraries[i];
        double usd = (double)it->cents / 100, kg = (double)it->co2e_g / 1000;
        bool price = true, factor = true, open = !waits_for_ban(result, it);
        for (uint32_t b = 0; b < result->item_count; b++) {
            bool missing = it->unknown_items >> b & 1;
            price = price && !(missing && !result->item_is_co2e[b]);
            factor = factor && !(missing && result->item_is_co2e[b]);
        }
        if (it->arrival_min - ready_min > longest) {
            break;
        }
        if (isnan(relation->usd_feu) || open > chosen_open ||
            (open == chosen_open && (price > relation->cost_known ||
                                     (price == relation->cost_known && usd < relation->usd_feu)))) {
            chosen = i;
            chosen_open = open;
            relation->usd_feu = usd;
            relation->co2e_kg_feu = kg;
            relation->cost_known = price;
            relation->co2e_known = factor;
        }
    }
    return chosen;
}

/* Plans a relation on a network: the fastest way and its promise, the priced way. */
static enum zhol_error plan_on(const struct study_case *at, const struct zhol_network *network,
                               const struct zhol_consignment *order, int64_t base_min,
                               struct study_relation *relation)
{
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    struct zhol_plan_result result = {.itinerary_count = 0};
    struct published_promise promise;
    enum zhol_error error = zhol_plan(network, at->corridor, order, &options, &result);
    if (!error && result.itinerary_count) {
        relation->reachable = true;
        uint32_t priced = prices_of(&result, order->ready_min, base_min, relation);
        struct zhol_evidence_share fast = zhol_plan_evidence(network, order, &result, 0);
        struct zhol_evidence_share cheap = zhol_plan_evidence(network, order, &result, priced);
        memcpy(relation->minutes_evidence, fast.minutes, sizeof fast.minutes);
        memcpy(relation->cents_evidence, cheap.cents, sizeof cheap.cents);
        relation->crossing_count = crossings_of(network, &result, 0, relation->crossings);
        relation->priced_crossing_count =
            crossings_of(network, &result, priced, relation->priced_crossings);
        error = published_time_promise(network, at->corridor, order, &result, &promise);
        relation->p50_days = promise.p50_days;
        relation->p90_days = promise.p90_days;
    }
    zhol_plan_result_clear(&result);
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

static struct published_time time_of(const struct study_relation *relation)
{
    return (struct published_time){
        relation->observation, relation->from,          relation->to,
        relation->by_sea,      relation->published_low, relation->published_high};
}

static struct study_relation unplanned(const struct published_time *time)
{
    return (struct study_relation){.observation = time->row,
                                   .from = time->from,
                                   .to = time->to,
                                   .by_sea = time->by_sea,
                                   .p50_days = NAN,
                                   .p90_days = NAN,
                                   .usd_feu = NAN,
                                   .co2e_kg_feu = NAN,
                                   .p50_drawn = {NAN, NAN, NAN},
                                   .usd_drawn = {NAN, NAN, NAN},
                                   .published_low = time->low_days,
                                   .published_high = time->high_days};
}

static enum zhol_error plan(const struct study_case *at, int64_t base_min,
                            struct study_relation *relation)
{
    struct published_time time = time_of(relation);
    struct zhol_consignment order;
    enum zhol_error error = published_time_order(at->corridor, &time, at->day, &order);
    return error ? error : plan_on(at, at->network, &order, base_min, relation);
}

/* The same two places, published before: planned once. */
static const struct study_relation *same_before(const struct study_case *at, uint32_t count,
                                                const struct study_relation *relation)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct study_relation *other = &at->relations[i];
        if (other->from == relation->from && other->to == relation->to &&
            other->by_sea == relation->by_sea) {
            return other;
        }
    }
    return NULL;
}

/* All that was planned and drawn of the other, held against its own published figure. */
static void take_same(const struct study_relation *other, struct study_relation *relation)
{
    struct published_time own = time_of(relation);
    *relation = *other;
    relation->observation = own.row;
    relation->published_low = own.low_days;
    relation->published_high = own.high_days;
}

enum zhol_error study_relations_find(struct study_case *at)
{
    uint32_t rows, capacity = 0;
    zhol_corridor_observation(at->corridor, &rows);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; !error && row < rows; row++) {
        struct published_time time;
        if (!published_time_read(at->corridor, row, &time)) {
            continue;
        }
        struct study_relation relation = unplanned(&time);
        const struct study_relation *same = same_before(at, at->relation_count, &relation);
        if (same) {
            take_same(same, &relation);
        }
        error = same ? ZHOL_ERROR_OK : plan(at, 0, &relation);
        error = error ? error : ARRAY_RESERVE(at->relations, capacity, at->relation_count + 1);
        if (!error) {
            at->relations[at->relation_count++] = relation;
        }
    }
    return error;
}

/* One relation of a scenario, once more where its fastest way takes another time than in the base.
 */
static enum zhol_error reprice(struct study_case *at, const struct study_case *base,
                               uint32_t number)
{
    struct study_relation *relation = &at->relations[number];
    const struct study_relation *same = same_before(at, number, relation);
    const struct study_relation *there = study_case_relation(base, relation->observation);
    if (same) {
        take_same(same, relation);
        return ZHOL_ERROR_OK;
    }
    if (!there || !there->reachable || !relation->reachable ||
        there->fastest_min == relation->fastest_min) {
        return ZHOL_ERROR_OK;
    }
    struct published_time time = time_of(relation);
    *relation = unplanned(&time);
    relation->base_min = there->fastest_min;
    return plan(at, there->fastest_min, relation);
}

enum zhol_error study_relations_reprice(struct corridor_study *study)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < study->case_count; i++) {
        struct study_case *at = &study->cases[i];
        for (uint32_t r = 0; !error && at->reference != i && r < at->relation_count; r++) {
            error = reprice(at, &study->cases[at->reference], r);
        }
    }
    return error;
}

/* ---- Draws ---- */

static bool same_way(const struct study_relation *a, const struct study_relation *b)
{
    return a->reachable == b->reachable && a->crossing_count == b->crossing_count &&
           memcmp(a->crossings, b->crossings, a->crossing_count * sizeof *a->crossings) == 0;
}

/* One draw of all assumed inputs: every relation of its own, again. values[relation][0, 1]: days,
 * USD; NaN where there is no way or the price is not whole. */
static enum zhol_error draw_once(struct study_case *at, uint32_t draw, uint64_t seed, double *days,
                                 double *usd)
{
    struct zhol_network_options how = {.day = at->day, .seed = seed, .draw = draw};
    struct zhol_network *network = NULL;
    enum zhol_error error = zhol_network_compile(at->corridor, &how, NULL, &network);
    for (uint32_t i = 0; !error && i < at->relation_count; i++) {
        struct published_time time = time_of(&at->relations[i]);
        struct study_relation drawn = unplanned(&time);
        struct zhol_consignment order;
        if (same_before(at, i, &at->relations[i])) {
            continue;
        }
        error = published_time_order(at->corridor, &time, at->day, &order);
        error = error ? error : plan_on(at, network, &order, at->relations[i].base_min, &drawn);
        days[i] = drawn.p50_days;
        usd[i] = drawn.cost_known ? drawn.usd_feu : NAN;
        at->relations[i].same_way += same_way(&drawn, &at->relations[i]);
    }
    zhol_network_free(network);
    return error;
}

/* Of what is known; NaN where less than half of the draws know it. */
static struct assign_band band_of(const double *values, uint32_t draws, uint32_t step,
                                  double *sorted)
{
    uint32_t known = 0;
    for (uint32_t d = 0; d < draws; d++) {
        double value = values[(size_t)d * step];
        if (!isnan(value)) {
            sorted[known++] = value;
        }
    }
    return assign_band_of(sorted, known * 2 < draws ? 0 : known);
}

enum zhol_error study_relations_draw(struct study_case *at, uint32_t draws, uint64_t seed)
{
    uint32_t count = at->relation_count;
    double *days = malloc(((size_t)count * 2 * draws + draws + 1) * sizeof *days);
    double *usd = days ? days + (size_t)count * draws : NULL;
    double *sorted = days ? usd + (size_t)count * draws : NULL;
    enum zhol_error error = days ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; !error && i < count * 2 * draws; i++) {
        days[i] = NAN;
    }
    for (uint32_t d = 0; !error && d < draws; d++) {
        error = draw_once(at, d + 1, seed, days + (size_t)d * count, usd + (size_t)d * count);
    }
    for (uint32_t i = 0; !error && i < count; i++) {
        struct study_relation *relation = &at->relations[i];
        const struct study_relation *same = same_before(at, i, relation);
        if (same) {
            take_same(same, relation);
        } else {
            relation->draws = draws;
            relation->p50_drawn = band_of(days + i, draws, count, sorted);
            relation->usd_drawn = band_of(usd + i, draws, count, sorted);
        }
    }
    free(days);
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
