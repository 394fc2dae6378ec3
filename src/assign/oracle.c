/* oracle.c: Dijkstra's algorithm per group, with a heap of four children a node, in threads. */
#include "assign/oracle.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/array.h"

enum { HEAP_ARITY = 4, NOT_SEEN = -1, DONE = -2 };

struct heap_item {
    double key;
    uint32_t node;
};

struct oracle_worker {
    const struct oracle *oracle;
    atomic_uint *next_group;
    uint32_t number;
    double *distance; /* by node */
    uint32_t *parent; /* by node: the arc that it was reached by */
    int32_t *place;   /* by node: in the heap, NOT_SEEN or DONE */
    struct heap_item *heap;
    uint8_t *wanted;   /* by node */
    uint32_t *reached; /* nodes that the last tree gave a distance, `reached_count` of them */
    uint32_t heap_count, reached_count;
    uint32_t *arcs; /* of all paths found */
    uint32_t arc_count, arc_room;
    enum zhol_error error;
};

static void heap_up(struct oracle_worker *worker, uint32_t at, struct heap_item item)
{
    while (at) {
        uint32_t above = (at - 1) / HEAP_ARITY;
        if (worker->heap[above].key <= item.key) {
            break;
        }
        worker->heap[at] = worker->heap[above];
        worker->place[worker->heap[at].node] = (int32_t)at;
        at = above;
    }
    worker->heap[at] = item;
    worker->place[item.node] = (int32_t)at;
}

static uint32_t heap_pop(struct oracle_worker *worker)
{
    struct heap_item *heap = worker->heap;
    uint32_t node = heap[0].node, count = --worker->heap_count, at = 0;
    struct heap_item item = heap[count];
    worker->place[node] = DONE;
    if (!count) {
        return node;
    }
    for (;;) {
        uint32_t child = HEAP_ARITY * at + 1, best = child;
        uint32_t end = child + HEAP_ARITY < count ? child + HEAP_ARITY : count;
        if (child >= count) {
            break;
        }
        for (uint32_t c = child + 1; c < end; c++) {
            best = heap[c].key < heap[best].key ? c : best;
        }
        if (heap[best].key >= item.key) {
            break;
        }
        heap[at] = heap[best];
        worker->place[heap[at].node] = (int32_t)at;
        at = best;
    }
    heap[at] = item;
    worker->place[item.node] = (int32_t)at;
    return node;
}

/* Forgets the last tree: only the nodes that it reached, as a file may name many more. */
static void tree_forget(struct oracle_worker *worker)
{
    for (uint32_t i = 0; i < worker->reached_count; i++) {
        worker->distance[worker->reached[i]] = INFINITY;
        worker->place[worker->reached[i]] = NOT_SEEN;
    }
    worker->reached_count = 0;
}

/* A node that no arc leaves is reached last and never taken up, so arcs into it may be negative. */
static void tree_find(struct oracle_worker *worker, uint32_t origin, uint32_t wanted_count,
                      const double *weights)
{
    const struct flow *flow = worker->oracle->flow;
    tree_forget(worker);
    worker->reached[worker->reached_count++] = origin;
    worker->heap_count = 1;
    worker->distance[origin] = 0;
    worker->parent[origin] = FLOW_NONE;
    worker->heap[0] = (struct heap_item){0, origin};
    worker->place[origin] = 0;
    while (worker->heap_count) {
        uint32_t node = heap_pop(worker);
        if (worker->wanted[node] && --wanted_count == 0 && !flow->has_negative) {
            return;
        }
        double base = worker->distance[node];
        for (uint32_t i = flow->first_out[node]; i < flow->first_out[node + 1]; i++) {
            uint32_t to = flow->out_to[i];
            double distance = base + weights[i];
            if (!(distance < worker->distance[to]) || worker->place[to] == DONE) {
                continue;
            }
            if (worker->distance[to] == INFINITY) {
                worker->reached[worker->reached_count++] = to;
            }
            worker->distance[to] = distance;
            worker->parent[to] = flow->out_arc[i];
            if (flow->has_negative && flow->first_out[to] == flow->first_out[to + 1]) {
                continue;
            }
            uint32_t at =
                worker->place[to] < 0 ? worker->heap_count++ : (uint32_t)worker->place[to];
            heap_up(worker, at, (struct heap_item){distance, to});
        }
    }
}

/* Writes the arcs from origin to `node`; the count is returned. */
static enum zhol_error path_write(struct oracle_worker *worker, uint32_t node, uint32_t *count)
{
    const struct flow *flow = worker->oracle->flow;
    uint32_t length = 0;
    for (uint32_t v = node; worker->parent[v] != FLOW_NONE; length++) {
        v = flow->arc_from[worker->parent[v]];
    }
    enum zhol_error error =
        ARRAY_RESERVE(worker->arcs, worker->arc_room, worker->arc_count + length);
    if (error) {
        return error;
    }
    uint32_t at = worker->arc_count += length;
    for (uint32_t v = node; worker->parent[v] != FLOW_NONE;) {
        worker->arcs[--at] = worker->parent[v];
        v = flow->arc_from[worker->parent[v]];
    }
    *count = length;
    return ZHOL_ERROR_OK;
}

static void group_run(struct oracle_worker *worker, const struct flow_group *group)
{
    const struct oracle *oracle = worker->oracle;
    const struct flow *flow = oracle->flow;
    const uint32_t *members = flow->group_demands + group->first;
    uint32_t wanted_count = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        uint8_t *wanted = worker->wanted + flow->demands[members[i]].destination;
        wanted_count += !*wanted;
        *wanted = 1;
    }
    tree_find(worker, group->origin, wanted_count,
              oracle->weights + (size_t)group->load_class * flow->arc_count);
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t k = members[i], to = flow->demands[k].destination;
        worker->wanted[to] = 0;
        oracle->distance[k] = worker->distance[to] + oracle->offset[k];
        oracle->found_count[k] = 0;
        if (oracle->limit && oracle->distance[k] < oracle->limit[k] && to != group->origin &&
            !worker->error) {
            oracle->found_worker[k] = worker->number;
            oracle->found_begin[k] = worker->arc_count;
            worker->error = path_write(worker, to, &oracle->found_count[k]);
        }
    }
}

static void *worker_run(void *argument)
{
    struct oracle_worker *worker = argument;
    const struct flow *flow = worker->oracle->flow;
    for (;;) {
        uint32_t group = atomic_fetch_add(worker->next_group, 1);
        if (group >= flow->group_count || worker->error) {
            return NULL;
        }
        group_run(worker, flow->groups + group);
    }
}

enum zhol_error oracle_start(struct oracle *oracle, const struct flow *flow, uint32_t threads)
{
    size_t arcs = (size_t)flow->arc_count + 1, demands = (size_t)flow->demand_count + 1;
    size_t nodes = (size_t)flow->node_count + 1;
    bool made = true;
    *oracle = (struct oracle){.flow = flow};
    oracle->workers = calloc(threads, sizeof *oracle->workers);
    oracle->weights = malloc(arcs * flow->class_count * sizeof *oracle->weights);
    oracle->distance = calloc(demands, sizeof *oracle->distance);
    oracle->offset = calloc(demands, sizeof *oracle->offset);
    oracle->found_worker = calloc(demands, sizeof *oracle->found_worker);
    oracle->found_begin = calloc(demands, sizeof *oracle->found_begin);
    oracle->found_count = calloc(demands, sizeof *oracle->found_count);
    oracle->thread_count = oracle->workers ? threads : 0;
    for (uint32_t i = 0; i < oracle->thread_count; i++) {
        struct oracle_worker *worker = oracle->workers + i;
        worker->oracle = oracle;
        worker->number = i;
        worker->distance = malloc(nodes * sizeof *worker->distance);
        worker->parent = malloc(nodes * sizeof *worker->parent);
        worker->place = malloc(nodes * sizeof *worker->place);
        worker->heap = malloc(nodes * sizeof *worker->heap);
        worker->wanted = calloc(nodes, 1);
        worker->reached = malloc(nodes * sizeof *worker->reached);
        made = made && worker->distance && worker->parent && worker->place && worker->heap &&
               worker->wanted && worker->reached;
        for (uint32_t v = 0; made && v < flow->node_count; v++) {
            worker->distance[v] = INFINITY;
            worker->place[v] = NOT_SEEN;
        }
    }
    made = made && oracle->workers && oracle->weights && oracle->distance && oracle->offset &&
           oracle->found_worker && oracle->found_begin && oracle->found_count;
    return made ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void oracle_clear(struct oracle *oracle)
{
    for (uint32_t i = 0; i < oracle->thread_count; i++) {
        free(oracle->workers[i].distance);
        free(oracle->workers[i].parent);
        free(oracle->workers[i].place);
        free(oracle->workers[i].heap);
        free(oracle->workers[i].wanted);
        free(oracle->workers[i].reached);
        free(oracle->workers[i].arcs);
    }
    free(oracle->workers);
    free(oracle->weights);
    free(oracle->distance);
    free(oracle->offset);
    free(oracle->found_worker);
    free(oracle->found_begin);
    free(oracle->found_count);
    *oracle = (struct oracle){0};
}

/* Arc lengths by class, and what demands pay for their own uses. */
static void weights_set(struct oracle *oracle, const double *prices)
{
    const struct flow *flow = oracle->flow;
    uint32_t width = flow->class_count;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        uint32_t arc = flow->out_arc[i];
        for (uint32_t c = 0; c < width; c++) {
            double weight =
                flow->arc_closed[arc] ? INFINITY : flow->arc_cost[(size_t)arc * width + c];
            for (uint32_t u = flow->first_use[arc]; u < flow->first_use[arc + 1]; u++) {
                double coefficient = flow->use_coefficient[(size_t)u * width + c];
                weight += coefficient * prices[flow->use_row[u]];
            }
            oracle->weights[(size_t)c * flow->arc_count + i] = weight;
        }
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        oracle->offset[k] = 0;
        for (uint32_t u = flow->first_demand_use[k]; u < flow->first_demand_use[k + 1]; u++) {
            oracle->offset[k] += flow->demand_use_coefficient[u] * prices[flow->demand_use_row[u]];
        }
    }
}

static void workers_run(struct oracle *oracle)
{
    atomic_uint next_group = 0;
    pthread_t threads[64];
    uint32_t started = 0;
    for (uint32_t i = 0; i < oracle->thread_count; i++) {
        oracle->workers[i].next_group = &next_group;
        oracle->workers[i].arc_count = 0;
        oracle->workers[i].error = ZHOL_ERROR_OK;
    }
    for (uint32_t i = 1; i < oracle->thread_count && started < 64; i++) {
        if (pthread_create(&threads[started], NULL, worker_run, oracle->workers + i) != 0) {
            break; /* fewer threads do the same work */
        }
        started++;
    }
    worker_run(oracle->workers);
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
}

enum zhol_error oracle_run(struct oracle *oracle, const double *prices, const double *limits)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    oracle->limit = limits;
    oracle->run_count++;
    weights_set(oracle, prices);
    workers_run(oracle);
    for (uint32_t i = 0; !error && i < oracle->thread_count; i++) {
        error = oracle->workers[i].error;
    }
    return error;
}

const uint32_t *oracle_path(const struct oracle *oracle, uint32_t demand, uint32_t *count)
{
    *count = oracle->found_count[demand];
    return *count ? oracle->workers[oracle->found_worker[demand]].arcs + oracle->found_begin[demand]
                  : NULL;
}

enum zhol_error oracle_add(const struct oracle *oracle, struct pathset *paths, uint32_t *added)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    *added = 0;
    for (uint32_t k = 0; !error && k < oracle->flow->demand_count; k++) {
        uint32_t count;
        bool is_new = false;
        const uint32_t *arcs = oracle_path(oracle, k, &count);
        if (count) {
            error = pathset_add(paths, oracle->flow, k, arcs, count, &is_new);
        }
        *added += is_new;
    }
    return error;
}

double oracle_bound(const struct oracle *oracle, const double *prices, const double *unmet_costs)
{
    const struct flow *flow = oracle->flow;
    long double bound = 0;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        double least = oracle->distance[k];
        if (!(least <= unmet_costs[k])) {
            least = unmet_costs[k];
        }
        bound += (long double)flow->demands[k].amount * least;
    }
    for (uint32_t i = 0; i < flow->row_count; i++) {
        if (prices[i] > 0) {
            bound -= (long double)prices[i] * flow->limit[i];
        }
    }
    return (double)bound;
}
