/* eta_arrival.c: itineraries walked through a fixed set of worlds (eta_arrival.h). */
#include "desk/eta_arrival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/random.h"
#include "base/sort.h"
#include "desk/eta_spread.h"
#include "plan/departure.h"
#include "plan/walk.h"

#define SEED         UINT64_C(0x7a686f6c20657461)
#define HORIZON_DAYS 400

enum { N = ETA_WORLDS };
enum luck_kind { LUCK_PROCESS = 1, LUCK_PLACE, LUCK_LINK, LUCK_MODE, LUCK_LINE, LUCK_QUEUE };

struct eta_arrival {
    const struct zhol_corridor *corridor;
    struct zhol_network_view net;
    struct zhol_consignment order; /* without deadline: late worlds count too */
    int64_t deadline_min;
    struct problem problem;
    struct departures departures;
    struct arena arena;
    const double **minutes; /* per arc: N durations, or NULL until needed */
    struct eta_arrival_queue *queues;
    const double **queue_luck; /* per queue: N factors of its rate */
    uint32_t queue_count;
    int64_t as_of_min;
    struct eta_learned { /* a process row, or an arc, whose spread was learned */
        uint32_t process_row, arc;
        struct eta_spread spread;
    } * learned;
    uint32_t learned_count;
    int64_t at_min[N];
    uint64_t keys[N];
    uint32_t order_of[N];
    double draws[N];
    double base[N], shift[N]; /* of a ride */
};

/* ---- Luck ---- */

static uint64_t luck_of(enum luck_kind kind, const char *name, uint64_t number)
{
    return map_hash(name, strlen(name), map_hash_u64(number, (uint64_t)kind));
}

/* Ranks 0 .. N-1 of N draws whose luck is shared in part: draws[] becomes (rank + 1/2) / N. The
 * ranks of every arc are spread evenly, whatever it shares. */
static enum zhol_error draw_ranks(struct eta_arrival *eta, uint64_t own, uint64_t group,
                                  double share)
{
    double of_group = sqrt(share), of_own = sqrt(1 - share);
    for (uint32_t i = 0; i < N; i++) {
        double z = of_own * random_normal_at(random_uniform_at(SEED, own, i));
        if (share > 0) {
            z += of_group * random_normal_at(random_uniform_at(SEED, group, i));
        }
        eta->keys[i] = sort_key_real(z);
    }
    sort_index_fill(eta->order_of, N);
    enum zhol_error error = sort_index_u64(eta->keys, eta->order_of, N);
    for (uint32_t rank = 0; !error && rank < N; rank++) {
        eta->draws[eta->order_of[rank]] = (rank + 0.5) / N;
    }
    return error;
}

/* ---- Durations of plain arcs ---- */

static const struct zhol_process *process_row(const struct eta_arrival *eta, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_process(eta->corridor, &count)[row];
}

static enum eta_shape shape_of(const struct zhol_process *process)
{
    return process->distribution == zhol_distribution_FIXED        ? ETA_FIXED
           : process->distribution == zhol_distribution_TRIANGULAR ? ETA_TRIANGULAR
                                                                   : ETA_LOGNORMAL;
}

/* The distribution of a process at a median that a draw of the assumed inputs may have moved. */
static enum zhol_error spread_of_process(const struct zhol_process *p, double min_h,
                                         double median_h, struct eta_spread *spread)
{
    double moved = p->median_h > 0 ? median_h / p->median_h : 1;
    struct eta_figures figures = {.min_h = min_h,
                                  .median_h = median_h,
                                  .mean_h = p->mean_h * moved,
                                  .p90_h = p->p90_h * moved,
                                  .shape = shape_of(p)};
    return eta_spread_make(&figures, spread);
}

static const struct eta_learned *learned_of(const struct eta_arrival *eta, uint32_t arc)
{
    uint32_t process = eta->net.arcs[arc].process;
    for (uint32_t i = 0; i < eta->learned_count; i++) {
        const struct eta_learned *l = &eta->learned[i];
        if (l->process_row == ZHOL_NONE ? l->arc == arc : l->process_row == process) {
            return l;
        }
    }
    return NULL;
}

/* The distribution of an arc by the corridor's figures alone. */
static enum zhol_error spread_of_arc(const struct eta_arrival *eta, uint32_t number,
                                     struct eta_spread *spread)
{
    const struct zhol_arc *arc = &eta->net.arcs[number];
    double min_h = arc->minutes[ZHOL_TIME_MIN] / 60.0;
    double median_h = arc->minutes[ZHOL_TIME_MEDIAN] / 60.0;
    if (arc->process != ZHOL_NONE) {
        return spread_of_process(process_row(eta, arc->process), min_h, median_h, spread);
    }
    *spread = (struct eta_spread){.shape = median_h > 0 ? ETA_LOGNORMAL : ETA_FIXED,
                                  .min_h = min_h < median_h ? min_h : median_h,
                                  .median_h = median_h,
                                  .log_sd = ETA_RUN_LOG_SD};
    return ZHOL_ERROR_OK;
}

static enum zhol_error draw_arc(struct eta_arrival *eta, uint32_t number)
{
    const struct zhol_arc *arc = &eta->net.arcs[number];
    if (arc->process == ZHOL_NONE) {
        const char *link = zhol_corridor_id(eta->corridor, ZHOL_TABLE_link, arc->thing);
        uint32_t head = eta->net.vertices[arc->head].node;
        return draw_ranks(eta, luck_of(LUCK_LINK, link, head), luck_of(LUCK_MODE, "", arc->mode),
                          ETA_MODE_SHARE);
    }
    const struct zhol_process *p = process_row(eta, arc->process);
    const char *process = zhol_corridor_id(eta->corridor, ZHOL_TABLE_process, p->process_id);
    const char *place = zhol_corridor_id(eta->corridor, ZHOL_TABLE_node, p->node_id);
    return draw_ranks(eta, luck_of(LUCK_PROCESS, process, 0), luck_of(LUCK_PLACE, place, 0),
                      ETA_PLACE_SHARE);
}

/* By what was observed, where something was, or by the corridor's figures alone; the same ranks. */
static enum zhol_error make_plain(struct eta_arrival *eta, uint32_t number, bool observed,
                                  double *minutes)
{
    struct eta_spread spread;
    enum zhol_error error = spread_of_arc(eta, number, &spread);
    const struct eta_learned *learned = observed ? learned_of(eta, number) : NULL;
    spread = learned && !error ? learned->spread : spread;
    if (!error && spread.shape == ETA_FIXED) {
        for (uint32_t i = 0; i < N; i++) {
            minutes[i] = spread.median_h * 60;
        }
        return ZHOL_ERROR_OK;
    }
    error = error ? error : draw_arc(eta, number);
    for (uint32_t i = 0; !error && i < N; i++) {
        minutes[i] = eta_spread_at(&spread, eta->draws[i]) * 60;
    }
    return error;
}

/* ---- Durations of rides ---- */

static enum zhol_error minutes_of(struct eta_arrival *eta, uint32_t number, const double **minutes);

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(struct eta_arrival *eta, const double *minutes)
{
    memcpy(eta->draws, minutes, N * sizeof *minutes);
    qsort(eta->draws, N, sizeof *eta->draws, by_value);
    return (eta->draws[N / 2 - 1] + eta->draws[N / 2]) / 2;
}

/* True where the service says when it is at the stop at which the ride ends. */
static bool is_published(const struct eta_arrival *eta, const struct zhol_ride *ride)
{
    uint32_t count;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(eta->corridor, &count);
    return !isnan(stops[ride->to_stop].arrive_h);
}

/* Adds one part of a ride's way to the sum. A published time holds what is usual at a border: what
 * was observed there moves the ride by the difference. */
static enum zhol_error add_part(struct eta_arrival *eta, uint32_t part, bool published,
                                double *minutes)
{
    const double *of_part;
    enum zhol_error error = minutes_of(eta, part, &of_part);
    bool moved = published && learned_of(eta, part);
    if (moved && !error) {
        error = make_plain(eta, part, false, eta->base);
    }
    for (uint32_t i = 0; !error && i < N; i++) {
        double usual = moved ? eta->base[i] : of_part[i];
        minutes[i] += usual;
        eta->shift[i] += of_part[i] - usual;
    }
    return error;
}

static bool meets(const struct eta_arrival *eta, uint32_t arc)
{
    bool passes = false;
    return zhol_network_admits(&eta->net, arc, &eta->order.load, &passes) && !passes;
}

static enum zhol_error make_ride(struct eta_arrival *eta, uint32_t number, double *minutes)
{
    const struct zhol_arc *arc = &eta->net.arcs[number];
    const struct zhol_ride *ride = &eta->net.rides[arc->thing];
    bool published = is_published(eta, ride);
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(minutes, 0, N * sizeof *minutes);
    memset(eta->shift, 0, sizeof eta->shift);
    for (uint32_t k = 0; !error && k < ride->way_count; k++) {
        uint32_t part = eta->net.ways[ride->way + k];
        error = meets(eta, part) ? add_part(eta, part, published, minutes) : ZHOL_ERROR_OK;
    }
    double median = error ? 0 : median_of(eta, minutes);
    double stated = arc->minutes[ZHOL_TIME_MEDIAN];
    for (uint32_t i = 0; !error && published && i < N; i++) {
        double taken = (median > 0 ? minutes[i] * (stated / median) : stated) + eta->shift[i];
        minutes[i] = taken > 0 ? taken : 0;
    }
    return error;
}

static enum zhol_error minutes_of(struct eta_arrival *eta, uint32_t number, const double **minutes)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!eta->minutes[number]) {
        double *made = arena_array(&eta->arena, N, sizeof *made);
        error = !made                                         ? ZHOL_ERROR_MEMORY
                : eta->net.arcs[number].kind == ZHOL_ARC_RIDE ? make_ride(eta, number, made)
                                                              : make_plain(eta, number, true, made);
        eta->minutes[number] = error ? NULL : made;
    }
    *minutes = eta->minutes[number];
    return error;
}

/* ---- The present ---- */

static bool queue_valid(const struct eta_arrival_queue *q, uint32_t rows)
{
    return q->process_row < rows && q->ahead >= 0 && q->inflow_h >= 0 && q->acceptance_h > 0 &&
           q->acceptance_sd >= 0 && q->acceptance_sd < 10 && q->ahead < 1e9 && q->inflow_h < 1e9 &&
           q->acceptance_h < 1e9;
}

static enum zhol_error take_queue(struct eta_arrival *eta, const struct eta_arrival_queue *queue)
{
    uint32_t rows;
    zhol_corridor_process(eta->corridor, &rows);
    if (!queue_valid(queue, rows)) {
        return ZHOL_ERROR_INVALID;
    }
    double *luck = arena_array(&eta->arena, N, sizeof *luck);
    if (!luck) {
        return ZHOL_ERROR_MEMORY;
    }
    const struct zhol_process *p = process_row(eta, queue->process_row);
    const char *name = zhol_corridor_id(eta->corridor, ZHOL_TABLE_process, p->process_id);
    enum zhol_error error = draw_ranks(eta, luck_of(LUCK_QUEUE, name, 0), 0, 0);
    for (uint32_t i = 0; !error && i < N; i++) {
        luck[i] = random_exp(queue->acceptance_sd * random_normal_at(eta->draws[i]));
    }
    eta->queues[eta->queue_count] = *queue;
    eta->queue_luck[eta->queue_count++] = luck;
    return error;
}

static int by_hours(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The dwells' own shape, of those that make sense. */
static enum zhol_error take_shape(struct eta_arrival *eta, const struct eta_arrival_dwells *dwells,
                                  struct eta_spread *spread)
{
    double *ascending = arena_array(&eta->arena, (size_t)dwells->count + 1, sizeof *ascending);
    uint32_t count = 0;
    if (!ascending) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < dwells->count; i++) {
        if (dwells->dwells_h[i] >= 0 && !isinf(dwells->dwells_h[i])) {
            ascending[count++] = dwells->dwells_h[i];
        }
    }
    qsort(ascending, count, sizeof *ascending, by_hours);
    eta_spread_shape(spread, ascending, count);
    return ZHOL_ERROR_OK;
}

static enum zhol_error take_dwells(struct eta_arrival *eta, const struct eta_arrival_dwells *dwells)
{
    uint32_t rows;
    zhol_corridor_process(eta->corridor, &rows);
    struct eta_learned *learned = &eta->learned[eta->learned_count];
    bool of_arc = dwells->process_row == ZHOL_NONE;
    enum zhol_error error;
    if (of_arc ? dwells->arc >= eta->net.arc_count : dwells->process_row >= rows) {
        return ZHOL_ERROR_INVALID;
    }
    *learned = (struct eta_learned){.process_row = dwells->process_row, .arc = dwells->arc};
    if (of_arc) {
        error = spread_of_arc(eta, dwells->arc, &learned->spread);
    } else {
        const struct zhol_process *p = process_row(eta, dwells->process_row);
        error = spread_of_process(p, p->min_h, p->median_h, &learned->spread);
    }
    if (!error) {
        eta_spread_learn(&learned->spread, dwells->dwells_h, dwells->count);
        error = take_shape(eta, dwells, &learned->spread);
        eta->learned_count++;
    }
    return error;
}

static enum zhol_error take_present(struct eta_arrival *eta,
                                    const struct eta_arrival_present *present)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!present) {
        return ZHOL_ERROR_OK;
    }
    size_t queues = (size_t)present->queue_count + 1, dwells = (size_t)present->dwells_count + 1;
    eta->as_of_min = present->as_of_min;
    eta->queues = arena_array(&eta->arena, queues, sizeof *eta->queues);
    eta->queue_luck = arena_array(&eta->arena, queues, sizeof *eta->queue_luck);
    eta->learned = arena_array(&eta->arena, dwells, sizeof *eta->learned);
    if (!eta->queues || !eta->queue_luck || !eta->learned) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; !error && i < present->queue_count; i++) {
        error = take_queue(eta, &present->queues[i]);
    }
    for (uint32_t i = 0; !error && i < present->dwells_count; i++) {
        error = take_dwells(eta, &present->dwells[i]);
    }
    return error;
}

/* Minutes that whoever comes to the process at t needs at least, for the queue before him. */
static double queue_minutes(const struct eta_arrival *eta, uint32_t queue, uint32_t world,
                            int64_t t_min)
{
    const struct eta_arrival_queue *q = &eta->queues[queue];
    double acceptance_h = q->acceptance_h * eta->queue_luck[queue][world];
    double later_h = t_min > eta->as_of_min ? (double)(t_min - eta->as_of_min) / 60 : 0;
    double ahead = q->ahead + (q->inflow_h - acceptance_h) * later_h;
    return ahead > 0 ? ahead / acceptance_h * 60 : 0;
}

static uint32_t queue_at(const struct eta_arrival *eta, const struct zhol_arc *arc)
{
    for (uint32_t i = 0; arc->process != ZHOL_NONE && i < eta->queue_count; i++) {
        if (eta->queues[i].process_row == arc->process) {
            return i;
        }
    }
    return ZHOL_NONE;
}

/* ---- The walk ---- */

/* When the step begins in each world: with a line's next departure anywhere within a headway. */
static enum zhol_error walk_start(struct eta_arrival *eta, const struct zhol_step *step)
{
    const struct zhol_arc *arc = &eta->net.arcs[step->arc];
    int64_t headway = 0;
    if (arc->kind == ZHOL_ARC_RIDE && (headway = eta->net.rides[arc->thing].headway_minutes) > 0) {
        uint32_t service = eta->net.rides[arc->thing].service;
        const char *name = zhol_corridor_id(eta->corridor, ZHOL_TABLE_service, service);
        enum zhol_error error = draw_ranks(eta, luck_of(LUCK_LINE, name, 0), 0, 0);
        if (error) {
            return error;
        }
    }
    for (uint32_t i = 0; i < N; i++) {
        int64_t t = eta->at_min[i];
        if (step->wait_for == ZHOL_WAIT_CHOSEN && t < step->start_min) {
            t = step->start_min;
        }
        if (headway > 0 && t != DEPARTURE_NEVER) {
            t += (int64_t)(eta->draws[i] * (double)headway) - headway / 2;
        }
        eta->at_min[i] =
            t == DEPARTURE_NEVER ? t : departure_next(&eta->departures, step->arc, t, NULL);
    }
    return ZHOL_ERROR_OK;
}

/* Minutes that the queue at an arc takes beyond what the arc was thought to take; 0: no more. */
static double queue_excess(const struct eta_arrival *eta, uint32_t number, uint32_t queue,
                           uint32_t world, double at_min, double taken)
{
    double queued = queue_minutes(eta, queue, world, (int64_t)at_min);
    queued += queued > 0 ? eta->net.arcs[number].minutes[ZHOL_TIME_MIN] : 0;
    return queued > taken ? queued - taken : 0;
}

/* Queues at the borders on a ride's way: shift[] becomes the minutes that they add. The ride comes
 * to each when its time, shared out as the times of its way are, has passed. */
static enum zhol_error ride_queues(struct eta_arrival *eta, uint32_t number, const double *minutes)
{
    const struct zhol_ride *ride = &eta->net.rides[eta->net.arcs[number].thing];
    const uint32_t *way = eta->net.ways + ride->way;
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(eta->base, 0, sizeof eta->base); /* of the way in all */
    memset(eta->shift, 0, sizeof eta->shift);
    for (uint32_t k = 0; !error && k < ride->way_count; k++) {
        const double *part;
        error = meets(eta, way[k]) ? minutes_of(eta, way[k], &part) : ZHOL_ERROR_OK;
        for (uint32_t i = 0; !error && meets(eta, way[k]) && i < N; i++) {
            eta->base[i] += part[i];
        }
    }
    memset(eta->draws, 0, sizeof eta->draws); /* of the way so far */
    for (uint32_t k = 0; !error && k < ride->way_count; k++) {
        const double *part;
        if (!meets(eta, way[k])) {
            continue;
        }
        error = minutes_of(eta, way[k], &part);
        uint32_t queue = queue_at(eta, &eta->net.arcs[way[k]]);
        for (uint32_t i = 0; !error && i < N; i++) {
            double scale = eta->base[i] > 0 ? minutes[i] / eta->base[i] : 0;
            double at_min = (double)eta->at_min[i] + eta->draws[i] * scale + eta->shift[i];
            if (queue != ZHOL_NONE && eta->at_min[i] != DEPARTURE_NEVER) {
                eta->shift[i] += queue_excess(eta, way[k], queue, i, at_min, part[i] * scale);
            }
            eta->draws[i] += part[i];
        }
    }
    return error;
}

static enum zhol_error walk_step(struct eta_arrival *eta, const struct zhol_step *step)
{
    const struct zhol_arc *arc = &eta->net.arcs[step->arc];
    bool queued_ride = arc->kind == ZHOL_ARC_RIDE && eta->queue_count;
    const double *minutes;
    if (step->passes) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = walk_start(eta, step);
    error = error ? error : minutes_of(eta, step->arc, &minutes);
    if (!error && queued_ride) {
        error = ride_queues(eta, step->arc, minutes);
    }
    uint32_t queue = queue_at(eta, arc);
    for (uint32_t i = 0; !error && i < N; i++) {
        if (eta->at_min[i] == DEPARTURE_NEVER) {
            continue;
        }
        double more = queued_ride ? eta->shift[i] : 0;
        if (queue != ZHOL_NONE) {
            more = queue_excess(eta, step->arc, queue, i, (double)eta->at_min[i], minutes[i]);
        }
        eta->at_min[i] += llround(minutes[i] + more);
    }
    return error;
}

/* A step that has lasted for a while: the worlds in which it would be over are not this one; the
 * others are spread over all, in their order. */
static enum zhol_error walk_rest(struct eta_arrival *eta, const struct zhol_step *step,
                                 const struct eta_arrival_point *point)
{
    const double *minutes;
    double elapsed = (double)(point->now_min - point->begun_min);
    uint32_t first = 0;
    enum zhol_error error = minutes_of(eta, step->arc, &minutes);
    if (error) {
        return error;
    }
    sort_index_fill(eta->order_of, N);
    for (uint32_t i = 0; i < N; i++) {
        eta->keys[i] = sort_key_real(minutes[i]);
    }
    error = sort_index_u64(eta->keys, eta->order_of, N);
    while (!error && first < N && minutes[eta->order_of[first]] <= elapsed) {
        first++;
    }
    for (uint32_t rank = 0; !error && rank < N; rank++) {
        uint32_t kept = first + (uint32_t)((uint64_t)rank * (N - first) / N);
        double taken = first < N ? minutes[eta->order_of[kept]] : elapsed;
        eta->at_min[eta->order_of[rank]] = point->begun_min + llround(taken);
    }
    return error;
}

static int by_minute(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void sum_up(struct eta_arrival *eta, struct eta_arrival_promise *promise)
{
    uint32_t in_time = 0;
    qsort(eta->at_min, N, sizeof *eta->at_min, by_minute);
    while (in_time < N && eta->at_min[in_time] <= eta->deadline_min) {
        in_time++;
    }
    *promise = (struct eta_arrival_promise){.p50_min = eta->at_min[N / 2 - 1],
                                            .p90_min = eta->at_min[N * 9 / 10 - 1],
                                            .in_time = (double)in_time / N};
    if (eta->deadline_min == INT64_MAX) {
        promise->in_time = 1;
    }
}

enum zhol_error eta_arrival_itinerary(struct eta_arrival *eta,
                                      const struct zhol_plan_result *result, uint32_t itinerary,
                                      const struct eta_arrival_point *point,
                                      struct eta_arrival_promise *promise)
{
    const struct eta_arrival_point beginning = {.ready_min = eta->order.ready_min};
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    point = point ? point : &beginning;
    if (itinerary >= result->itinerary_count || point->step >= it->step_count ||
        (point->under_way && point->now_min < point->begun_min)) {
        return ZHOL_ERROR_USAGE;
    }
    const struct zhol_step *steps = &result->steps[it->first_step];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < N; i++) {
        eta->at_min[i] = point->ready_min;
    }
    for (uint32_t k = point->step; !error && k < it->step_count; k++) {
        error = k == point->step && point->under_way ? walk_rest(eta, &steps[k], point)
                                                     : walk_step(eta, &steps[k]);
    }
    if (!error) {
        sum_up(eta, promise);
    }
    return error;
}

const int64_t *eta_arrival_worlds(const struct eta_arrival *eta)
{
    return eta->at_min;
}

/* ---- Making ---- */

static enum zhol_error prepare(struct eta_arrival *eta, const struct zhol_network *network,
                               bool ignore_bans, const struct eta_arrival_present *present)
{
    const struct zhol_plan_options options = {
        .time = ZHOL_TIME_MEDIAN, .horizon_days = HORIZON_DAYS, .ignore_bans = ignore_bans};
    enum zhol_error error =
        problem_init(&eta->problem, network, eta->corridor, &eta->order, &options);
    error = error ? error : departure_init(&eta->departures, &eta->problem);
    error = error ? error : departure_prepare(&eta->departures);
    return error ? error : take_present(eta, present);
}

enum zhol_error eta_arrival_new(const struct zhol_network *network,
                                const struct zhol_corridor *corridor,
                                const struct zhol_consignment *order, bool ignore_bans,
                                const struct eta_arrival_present *present, struct eta_arrival **out)
{
    *out = NULL;
    struct eta_arrival *eta = calloc(1, sizeof *eta);
    if (!eta) {
        return ZHOL_ERROR_MEMORY;
    }
    eta->corridor = corridor;
    eta->net = zhol_network_view(network);
    eta->order = *order;
    eta->order.deadline_min = INT64_MAX;
    eta->deadline_min = order->deadline_min;
    arena_init(&eta->arena, 0);
    eta->minutes = calloc((size_t)eta->net.arc_count + 1, sizeof *eta->minutes);
    enum zhol_error error =
        eta->minutes ? prepare(eta, network, ignore_bans, present) : ZHOL_ERROR_MEMORY;
    if (error) {
        eta_arrival_free(eta);
        return error;
    }
    *out = eta;
    return ZHOL_ERROR_OK;
}

void eta_arrival_free(struct eta_arrival *eta)
{
    if (eta) {
        departure_clear(&eta->departures);
        problem_clear(&eta->problem);
        arena_clear(&eta->arena);
        free(eta->minutes);
        free(eta);
    }
}
