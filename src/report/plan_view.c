/* report/plan_view.c: making a view: headlines, which itineraries are chosen, and all parts in
 * turn. See plan_view.h. */
#include "report/plan_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk/best.h"
#include "desk/eta_arrival.h"
#include "desk/route.h"
#include "plan/walk.h"
#include "report/plan_view_parts.h"

#define CHOOSE_DEFAULT 12
#define GATEWAYS_MAX   24

enum zhol_error view_add(void **items, uint32_t *count, uint32_t *capacity, const void *item,
                         size_t size)
{
    enum zhol_error error = array_grow(items, capacity, *count + 1, size);
    if (!error) {
        memcpy((char *)*items + (size_t)(*count)++ * size, item, size);
    }
    return error;
}

/* ---- Headlines ---- */

/* Lengths by mode, over the plain arcs. */
static void add_lengths(const struct plan_view *view, struct view_itinerary *it)
{
    for (uint32_t i = 0; i < it->of->step_count; i++) {
        const uint32_t *arcs;
        uint32_t count = walk_arcs(&view->net, &view_step(view, it, i)->arc, &arcs);
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_arc *arc = &view->net.arcs[arcs[k]];
            it->length_m[arc->mode] += arc->length_m;
            it->total_m += arc->length_m;
        }
    }
}

/* "Khorgos, Brest": the gateways on the way, in the view's language. */
static enum zhol_error set_way(struct plan_view *view, struct view_itinerary *it)
{
    uint32_t nodes[GATEWAYS_MAX];
    uint32_t count =
        route_gateways(&view->net, view->corridor, view->result, it->number, nodes, GATEWAYS_MAX);
    struct buffer text;
    buffer_init(&text);
    for (uint32_t i = 0; i < count && i < GATEWAYS_MAX; i++) {
        buffer_printf(&text, "%s%s", i ? ", " : "", plan_view_place(view, nodes[i]));
    }
    it->way = arena_string(&view->arena, buffer_get(&text));
    enum zhol_error error = text.error ? text.error : it->way ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    buffer_clear(&text);
    return error;
}

static enum zhol_error make_headline(struct plan_view *view, uint32_t number)
{
    struct view_itinerary *it = &view->itineraries[number];
    it->number = number;
    it->of = &view->result->itineraries[number];
    it->minutes = it->of->arrival_min - view->order.ready_min;
    it->route = route_signature(&view->net, view->corridor, view->result, number);
    it->ground = route_ground(&view->net, view->corridor, view->result, number);
    it->cost_known = best_known(view->result, it->of, BEST_COST);
    it->co2e_known = best_known(view->result, it->of, BEST_CO2E);
    add_lengths(view, it);
    enum zhol_error error =
        clock_at(&view->clock, view->order.from, view->order.ready_min, &it->start);
    error =
        error ? error : clock_at(&view->clock, view->order.to, it->of->arrival_min, &it->arrival);
    return error ? error : set_way(view, it);
}

/* ---- The best, and those most unlike what is shown ---- */

static enum zhol_error mark_best(struct plan_view *view)
{
    uint32_t best[BEST_COUNT];
    bool *firm = arena_array(&view->arena, (size_t)view->itinerary_count + 1, sizeof *firm);
    if (!firm) {
        return ZHOL_ERROR_MEMORY;
    }
    view->firm_count = best_firm(view->result, firm);
    best_find(view->result, firm, best);
    for (uint32_t i = 0; i < view->itinerary_count; i++) {
        struct view_itinerary *it = &view->itineraries[i];
        it->is_firm = firm[i];
        it->is_fastest = i == best[BEST_ARRIVAL];
        it->is_cheapest = i == best[BEST_COST] && (it->cost_known || it->of->cents);
        it->is_cleanest = i == best[BEST_CO2E];
    }
    return ZHOL_ERROR_OK;
}

struct scale {
    double low[3], span[3];
};

static void objectives(const struct view_itinerary *it, double value[3])
{
    value[0] = (double)it->of->arrival_min;
    value[1] = (double)it->of->cents;
    value[2] = (double)it->of->co2e_g;
}

static struct scale make_scale(const struct plan_view *view)
{
    struct scale s = {{HUGE_VAL, HUGE_VAL, HUGE_VAL}, {0, 0, 0}};
    double high[3] = {-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (uint32_t i = 0; i < view->itinerary_count; i++) {
        double value[3];
        objectives(&view->itineraries[i], value);
        for (int k = 0; k < 3; k++) {
            s.low[k] = fmin(s.low[k], value[k]);
            high[k] = fmax(high[k], value[k]);
        }
    }
    for (int k = 0; k < 3; k++) {
        s.span[k] = high[k] > s.low[k] ? high[k] - s.low[k] : 1;
    }
    return s;
}

/* Euclidean distance of the scaled objectives, plus 2 (more than any distance) for another route.
 */
static double distance(const struct scale *s, const struct view_itinerary *a,
                       const struct view_itinerary *b)
{
    double x[3], y[3], sum = 0;
    objectives(a, x);
    objectives(b, y);
    for (int k = 0; k < 3; k++) {
        double d = (x[k] - y[k]) / s->span[k];
        sum += d * d;
    }
    return sqrt(sum) + (a->route != b->route ? 2 : 0);
}

/* Marks one as chosen and brings the distances to the nearest chosen up to date. */
static void choose_one(const struct plan_view *view, const struct scale *s, uint32_t number,
                       bool *chosen, double *nearest)
{
    chosen[number] = true;
    for (uint32_t i = 0; i < view->itinerary_count; i++) {
        double d = distance(s, &view->itineraries[i], &view->itineraries[number]);
        nearest[i] = fmin(nearest[i], d);
    }
}

static uint32_t farthest(const struct plan_view *view, const bool *chosen, const double *nearest)
{
    uint32_t best = ZHOL_NONE;
    for (uint32_t i = 0; i < view->itinerary_count; i++) {
        bool firm = view->itineraries[i].is_firm;
        bool best_firm = best != ZHOL_NONE && view->itineraries[best].is_firm;
        if (!chosen[i] && (best == ZHOL_NONE || (firm && !best_firm) ||
                           (firm == best_firm && nearest[i] > nearest[best]))) {
            best = i;
        }
    }
    return best;
}

static enum zhol_error choose(struct plan_view *view, uint32_t most)
{
    uint32_t n = view->itinerary_count, taken = 0;
    struct scale scale = make_scale(view);
    bool *chosen = arena_array(&view->arena, (size_t)n + 1, sizeof *chosen);
    double *nearest = arena_array(&view->arena, (size_t)n + 1, sizeof *nearest);
    view->chosen = arena_array(&view->arena, (size_t)n + 1, sizeof *view->chosen);
    if (!chosen || !nearest || !view->chosen) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        nearest[i] = HUGE_VAL;
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct view_itinerary *it = &view->itineraries[i];
        if (n <= most || it->is_fastest || it->is_cheapest || it->is_cleanest) {
            choose_one(view, &scale, i, chosen, nearest);
            taken++;
        }
    }
    for (; taken < n && taken < most; taken++) {
        choose_one(view, &scale, farthest(view, chosen, nearest), chosen, nearest);
    }
    for (uint32_t i = 0; i < n; i++) {
        if (chosen[i]) {
            view->chosen[view->chosen_count++] = i;
        }
    }
    return ZHOL_ERROR_OK;
}

/* ---- Sources ---- */

uint8_t view_evidence_of(const struct plan_view *view, uint32_t source)
{
    uint32_t row, end, count;
    const struct zhol_source *sources = zhol_corridor_source(view->corridor, &count);
    if (source == ZHOL_NONE) {
        return ZHOL_ASSUMED;
    }
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_source, source, &row, &end);
    return sources[row].kind == zhol_source_kind_ASSUMPTION ? ZHOL_ASSUMED
           : sources[row].kind == zhol_source_kind_DERIVED  ? ZHOL_DERIVED
                                                            : ZHOL_PUBLISHED;
}

struct view_source view_source_of(struct plan_view *view, uint32_t source, uint8_t evidence)
{
    uint32_t row, end;
    if (source == ZHOL_NONE) {
        return (struct view_source){ZHOL_NONE, evidence};
    }
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_source, source, &row, &end);
    view->source_used[row] = 1;
    return (struct view_source){row, evidence};
}

static enum zhol_error list_sources(struct plan_view *view)
{
    uint32_t count;
    const struct zhol_source *rows = zhol_corridor_source(view->corridor, &count);
    view->sources = arena_array(&view->arena, (size_t)count + 1, sizeof *view->sources);
    if (!view->sources) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (view->source_used[i]) {
            view->sources[view->source_count++] = i;
            view->source_assumed += rows[i].kind == zhol_source_kind_ASSUMPTION;
        }
    }
    return ZHOL_ERROR_OK;
}

uint32_t plan_view_source_number(const struct plan_view *view, struct view_source source)
{
    for (uint32_t i = 0; i < view->source_count; i++) {
        if (view->sources[i] == source.row) {
            return i + 1;
        }
    }
    return 0;
}

/* ---- All parts ---- */

/* When it has arrived with chance 50 and 90 %: the one estimator says. */
static enum zhol_error set_promise(struct plan_view *view, struct eta_arrival *eta,
                                   struct view_itinerary *it)
{
    struct eta_arrival_promise promise;
    uint32_t to = view->order.to;
    enum zhol_error error = eta_arrival_itinerary(eta, view->result, it->number, NULL, &promise);
    if (error) {
        return error;
    }
    it->in_time = promise.in_time;
    it->p50_known = promise.p50_min != INT64_MAX;
    it->p90_known = promise.p90_min != INT64_MAX;
    if (it->p50_known) {
        it->p50_minutes = promise.p50_min - view->order.ready_min;
        error = clock_at(&view->clock, to, promise.p50_min, &it->p50);
    }
    if (!error && it->p90_known) {
        it->p90_minutes = promise.p90_min - view->order.ready_min;
        error = clock_at(&view->clock, to, promise.p90_min, &it->p90);
    }
    return error;
}

static enum zhol_error work_out(struct plan_view *view, struct eta_arrival *eta,
                                struct view_itinerary *it)
{
    if (it->worked_out) {
        return ZHOL_ERROR_OK;
    }
    it->worked_out = true;
    enum zhol_error error = set_promise(view, eta, it);
    error = error ? error : view_make_legs(view, it);
    error = error ? error : view_make_bill(view, it);
    error = error ? error : view_make_chain(view, it);
    error = error ? error : view_make_rules(view, it);
    error = error ? error : view_make_checks(view, it);
    error = error ? error : view_make_notes(view, it);
    it->evidence = zhol_plan_evidence(view->network, &view->order, view->result, it->number);
    return error;
}

static enum zhol_error work_out_all(struct plan_view *view, const struct plan_view_options *options)
{
    struct eta_arrival *eta = NULL;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (view->itinerary_count) {
        error = eta_arrival_new(view->network, view->corridor, &view->order, false,
                                options->present, &eta);
    }
    for (uint32_t i = 0; !error && i < view->chosen_count; i++) {
        error = work_out(view, eta, &view->itineraries[view->chosen[i]]);
    }
    for (uint32_t i = 0; !error && options->all && i < view->itinerary_count; i++) {
        error = work_out(view, eta, &view->itineraries[i]);
    }
    eta_arrival_free(eta);
    return error;
}

static enum zhol_error make(struct plan_view *view, const struct plan_view_options *options)
{
    uint32_t sources;
    zhol_corridor_source(view->corridor, &sources);
    view->itinerary_count = view->result->itinerary_count;
    view->itineraries =
        arena_array(&view->arena, (size_t)view->itinerary_count + 1, sizeof *view->itineraries);
    view->source_used = arena_array(&view->arena, (size_t)sources + 1, 1);
    if (!view->itineraries || !view->source_used) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < view->itinerary_count; i++) {
        error = make_headline(view, i);
    }
    error = error ? error : mark_best(view);
    error = error ? error : choose(view, options->choose ? options->choose : CHOOSE_DEFAULT);
    error = error ? error : work_out_all(view, options);
    return error ? error : list_sources(view);
}

enum zhol_error plan_view_make(const struct zhol_network *network,
                               const struct zhol_corridor *corridor,
                               const struct zhol_consignment *consignment,
                               const struct zhol_plan_result *result,
                               const struct plan_view_options *options, struct plan_view **out)
{
    *out = NULL;
    struct plan_view *view = calloc(1, sizeof *view);
    if (!view) {
        return ZHOL_ERROR_MEMORY;
    }
    view->lang = options->lang;
    view->corridor = corridor;
    view->network = network;
    view->net = zhol_network_view(network);
    view->order = *consignment;
    view->time = options->time;
    view->result = result;
    view->about = zhol_corridor_about(corridor);
    clock_init(&view->clock, corridor);
    arena_init(&view->arena, 0);
    enum zhol_error error = make(view, options);
    if (error) {
        plan_view_free(view);
        return error;
    }
    *out = view;
    return ZHOL_ERROR_OK;
}

void plan_view_free(struct plan_view *view)
{
    if (!view) {
        return;
    }
    free(view->legs);
    free(view->costs);
    free(view->sums);
    free(view->elements);
    free(view->passes);
    free(view->checks);
    free(view->unknowns);
    free(view->duties);
    free(view->notes);
    free(view->arcs);
    free(view->rules);
    clock_clear(&view->clock);
    arena_clear(&view->arena);
    free(view);
}
