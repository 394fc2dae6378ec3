/* desk/robust.c: the ranking over many drawn corridors. See robust.h.
 *
 * Threads take draws from a shared counter and leave what they found in the slot of the draw; the
 * slots are put together afterwards in order.
 */
#include "desk/robust.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "desk/route.h"

enum { THREADS_MAX = 16, DRAWS_MAX = 100000 };

/* One route in one draw. */
struct found {
    uint64_t signature;
    int64_t best[BEST_COUNT];
    bool first[BEST_COUNT];
    bool cost_known, co2e_known;
    uint32_t gateways[ROBUST_GATEWAYS], gateway_count;
    struct robust_part parts[ROBUST_PARTS];
    uint32_t part_count;
};

struct slot {
    struct found *found;
    uint32_t count, capacity;
    enum zhol_error error;
};

struct run {
    const struct zhol_corridor *corridor;
    const struct zhol_consignment *order;
    const struct robust_options *options;
    struct slot *slots; /* by draw - 1 */
    atomic_uint next;   /* draw to take */
    atomic_uint done;
    atomic_bool stop;
};

/* ---- One draw ---- */

static void add_part(struct found *found, struct robust_part part)
{
    const struct robust_part *last =
        found->part_count ? &found->parts[found->part_count - 1] : NULL;
    bool same = last && last->service == part.service && last->mode == part.mode;
    if (!same && found->part_count < ROBUST_PARTS) {
        found->parts[found->part_count++] = part;
    }
}

/* What carries the goods, one after the other. */
static void list_parts(const struct zhol_network_view *net, const struct zhol_plan_result *result,
                       uint32_t itinerary, struct found *found)
{
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    for (uint32_t i = 0; i < it->step_count; i++) {
        const struct zhol_arc *arc = &net->arcs[result->steps[it->first_step + i].arc];
        if (arc->kind == ZHOL_ARC_RIDE) {
            add_part(found, (struct robust_part){net->rides[arc->thing].service, arc->mode});
        } else if (arc->kind == ZHOL_ARC_MOVE) {
            add_part(found, (struct robust_part){ZHOL_NONE, arc->mode});
        }
    }
}

/* The entry of a route in a slot, made where it is new. */
static struct found *entry_of(struct slot *slot, uint64_t signature, bool *fresh)
{
    for (uint32_t i = 0; i < slot->count; i++) {
        if (slot->found[i].signature == signature) {
            *fresh = false;
            return &slot->found[i];
        }
    }
    slot->error = ARRAY_RESERVE(slot->found, slot->capacity, slot->count + 1);
    if (slot->error) {
        return NULL;
    }
    *fresh = true;
    struct found *found = &slot->found[slot->count++];
    memset(found, 0, sizeof *found);
    found->signature = signature;
    found->cost_known = found->co2e_known = true;
    return found;
}

static void note_itinerary(const struct run *run, const struct zhol_network_view *net,
                           const struct zhol_plan_result *result, uint32_t number,
                           const uint32_t best[BEST_COUNT], struct slot *slot)
{
    const struct zhol_itinerary *it = &result->itineraries[number];
    bool fresh;
    struct found *found =
        entry_of(slot, route_signature(net, run->corridor, result, number), &fresh);
    if (!found) {
        return;
    }
    if (fresh) {
        found->gateway_count =
            route_gateways(net, run->corridor, result, number, found->gateways, ROBUST_GATEWAYS);
        if (found->gateway_count > ROBUST_GATEWAYS) {
            found->gateway_count = ROBUST_GATEWAYS;
        }
        list_parts(net, result, number, found);
    }
    for (int k = 0; k < BEST_COUNT; k++) {
        int64_t value = best_value(it, (enum best_objective)k);
        found->best[k] = fresh || value < found->best[k] ? value : found->best[k];
        found->first[k] = found->first[k] || best[k] == number;
    }
    found->cost_known = found->cost_known && best_known(result, it, BEST_COST);
    found->co2e_known = found->co2e_known && best_known(result, it, BEST_CO2E);
}

static enum zhol_error note_result(const struct run *run, const struct zhol_network_view *net,
                                   const struct zhol_plan_result *result, struct slot *slot)
{
    uint32_t best[BEST_COUNT];
    bool *firm = malloc((size_t)result->itinerary_count + 1);
    if (!firm) {
        return ZHOL_ERROR_MEMORY;
    }
    best_firm(result, firm);
    best_find(result, firm, best);
    for (uint32_t i = 0; !slot->error && i < result->itinerary_count; i++) {
        note_itinerary(run, net, result, i, best, slot);
    }
    free(firm);
    return slot->error;
}

static enum zhol_error do_draw(const struct run *run, uint32_t draw, struct slot *slot)
{
    struct zhol_network_options options = run->options->network;
    struct zhol_network *network = NULL;
    struct zhol_plan_result result = {0};
    options.seed = run->options->seed;
    options.draw = draw;
    enum zhol_error error = zhol_network_compile(run->corridor, &options, NULL, &network);
    if (!error) {
        error = zhol_plan(network, run->corridor, run->order, &run->options->plan, &result);
        error = error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
    }
    if (!error) {
        struct zhol_network_view net = zhol_network_view(network);
        error = note_result(run, &net, &result, slot);
    }
    zhol_plan_result_clear(&result);
    zhol_network_free(network);
    return error;
}

/* ---- All draws ---- */

static bool is_interrupted(const struct run *run)
{
    return run->options->plan.interrupt && *run->options->plan.interrupt;
}

/* Takes the next draw and does it; false where none is left. */
static bool take_draw(struct run *run)
{
    if (is_interrupted(run) || atomic_load(&run->stop)) {
        return false;
    }
    uint32_t draw = atomic_fetch_add(&run->next, 1);
    if (draw > run->options->draws) {
        return false;
    }
    struct slot *slot = &run->slots[draw - 1];
    slot->error = do_draw(run, draw, slot);
    if (slot->error) {
        atomic_store(&run->stop, true);
    }
    atomic_fetch_add(&run->done, 1);
    return true;
}

static void *work(void *argument)
{
    while (take_draw(argument)) {
    }
    return NULL;
}

static uint32_t thread_count(const struct robust_options *options)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t count = options->threads ? options->threads : cores > 0 ? (uint32_t)cores : 1;
    count = count < THREADS_MAX ? count : THREADS_MAX;
    return count < options->draws ? count : options->draws;
}

/* The calling thread draws too and tells the progress; a thread that cannot be started is done
 * without. */
static void draw_all(struct run *run)
{
    pthread_t threads[THREADS_MAX];
    uint32_t wanted = thread_count(run->options), started = 0;
    while (started + 1 < wanted && pthread_create(&threads[started], NULL, work, run) == 0) {
        started++;
    }
    while (take_draw(run)) {
        if (run->options->progress) {
            run->options->progress(run->options->context, atomic_load(&run->done));
        }
    }
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
}

/* ---- Putting the draws together ---- */

/* The samples of one route while draws are put together. */
struct samples {
    int64_t *values[BEST_COUNT];
    uint32_t count, capacity;
};

struct table {
    struct robust_route *routes;
    struct samples *samples;
    uint32_t count, route_capacity, sample_capacity;
};

static enum zhol_error route_index(struct table *t, const struct found *found, uint32_t *index)
{
    for (*index = 0; *index < t->count; ++*index) {
        if (t->routes[*index].signature == found->signature) {
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(t->routes, t->route_capacity, t->count + 1);
    error = error ? error : ARRAY_RESERVE(t->samples, t->sample_capacity, t->count + 1);
    if (error) {
        return error;
    }
    struct robust_route *route = &t->routes[t->count];
    memset(route, 0, sizeof *route);
    memset(&t->samples[t->count], 0, sizeof t->samples[t->count]);
    route->signature = found->signature;
    route->cost_known = route->co2e_known = true;
    memcpy(route->gateways, found->gateways, sizeof route->gateways);
    memcpy(route->parts, found->parts, sizeof route->parts);
    route->gateway_count = found->gateway_count;
    route->part_count = found->part_count;
    t->count++;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_sample(struct samples *s, const int64_t best[BEST_COUNT])
{
    uint32_t capacity = s->capacity;
    for (int k = 0; k < BEST_COUNT; k++) {
        capacity = s->capacity;
        enum zhol_error error = ARRAY_RESERVE(s->values[k], capacity, s->count + 1);
        if (error) {
            return error;
        }
        s->values[k][s->count] = best[k];
    }
    s->capacity = capacity;
    s->count++;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_found(struct table *t, const struct found *found)
{
    uint32_t index;
    enum zhol_error error = route_index(t, found, &index);
    if (error) {
        return error;
    }
    struct robust_route *route = &t->routes[index];
    route->seen++;
    route->cost_known = route->cost_known && found->cost_known;
    route->co2e_known = route->co2e_known && found->co2e_known;
    for (int k = 0; k < BEST_COUNT; k++) {
        route->first[k] += found->first[k];
    }
    return add_sample(&t->samples[index], found->best);
}

static int compare_values(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Quantiles as order statistics: the value at rank round(q (n - 1)). */
static void set_bands(struct robust_route *route, struct samples *s)
{
    for (int k = 0; k < BEST_COUNT; k++) {
        qsort(s->values[k], s->count, sizeof *s->values[k], compare_values);
        uint32_t last = s->count - 1;
        route->band[k] = (struct robust_band){
            s->values[k][(last + 5) / 10],
            s->values[k][(last + 1) / 2],
            s->values[k][last - (last + 5) / 10],
        };
    }
}

static uint32_t most_first(const struct robust_route *route)
{
    uint32_t most = 0;
    for (int k = 0; k < BEST_COUNT; k++) {
        most = route->first[k] > most ? route->first[k] : most;
    }
    return most;
}

/* By how often first, how often seen, and then the signature, so that the order is total. */
static int compare_routes(const void *a, const void *b)
{
    const struct robust_route *x = a, *y = b;
    uint32_t fx = most_first(x), fy = most_first(y);
    if (fx != fy) {
        return fx > fy ? -1 : 1;
    }
    if (x->seen != y->seen) {
        return x->seen > y->seen ? -1 : 1;
    }
    return (x->signature > y->signature) - (x->signature < y->signature);
}

static void find_leaders(struct robust_result *result)
{
    for (int k = 0; k < BEST_COUNT; k++) {
        result->leader[k] = ZHOL_NONE;
        for (uint32_t i = 0; i < result->route_count; i++) {
            uint32_t first = result->routes[i].first[k];
            if (first && (result->leader[k] == ZHOL_NONE ||
                          first > result->routes[result->leader[k]].first[k])) {
                result->leader[k] = i;
            }
        }
        result->decided[k] =
            result->leader[k] != ZHOL_NONE && (double)result->routes[result->leader[k]].first[k] >=
                                                  ROBUST_DECIDED * (double)result->draws;
    }
}

static enum zhol_error put_together(const struct run *run, struct robust_result *result)
{
    struct table t = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t d = 0; !error && d < run->options->draws; d++) {
        const struct slot *slot = &run->slots[d];
        result->without += slot->count == 0;
        for (uint32_t i = 0; !error && i < slot->count; i++) {
            error = add_found(&t, &slot->found[i]);
        }
    }
    for (uint32_t i = 0; i < t.count; i++) {
        if (!error) {
            set_bands(&t.routes[i], &t.samples[i]);
        }
        for (int k = 0; k < BEST_COUNT; k++) {
            free(t.samples[i].values[k]);
        }
    }
    free(t.samples);
    result->routes = t.routes;
    result->route_count = t.count;
    result->draws = run->options->draws;
    if (!error && t.count) {
        qsort(t.routes, t.count, sizeof *t.routes, compare_routes);
    }
    find_leaders(result);
    return error;
}

static enum zhol_error first_error(const struct run *run)
{
    for (uint32_t d = 0; d < run->options->draws; d++) {
        if (run->slots[d].error) {
            return run->slots[d].error;
        }
    }
    return is_interrupted(run) ? ZHOL_ERROR_INTERRUPTED : ZHOL_ERROR_OK;
}

enum zhol_error robust_run(const struct zhol_corridor *corridor,
                           const struct zhol_consignment *consignment,
                           const struct robust_options *options, struct robust_result *result)
{
    struct run run = {.corridor = corridor, .order = consignment, .options = options};
    memset(result, 0, sizeof *result);
    if (options->draws == 0 || options->draws > DRAWS_MAX) {
        return ZHOL_ERROR_USAGE;
    }
    run.slots = calloc(options->draws, sizeof *run.slots);
    if (!run.slots) {
        return ZHOL_ERROR_MEMORY;
    }
    atomic_init(&run.next, 1);
    draw_all(&run);
    enum zhol_error error = first_error(&run);
    error = error ? error : put_together(&run, result);
    for (uint32_t d = 0; d < options->draws; d++) {
        free(run.slots[d].found);
    }
    free(run.slots);
    if (error) {
        robust_result_clear(result);
    }
    return error;
}

void robust_result_clear(struct robust_result *result)
{
    free(result->routes);
    memset(result, 0, sizeof *result);
}
