/* oracle.c: a shortest path tree per group, in threads (assign/oracle.h). */
#include "assign/oracle.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/array.h"

/* Trees are kept where a run looks at this share of all arcs, as each is then looked at once a
 * run, and where they take no more than this. */
static const double KEPT_SCAN = 0.25, KEPT_BYTES = 256 << 20;

struct oracle_worker {
    const struct oracle *oracle;
    atomic_uint *next_group;
    uint32_t number;
    struct tree_search search;
    uint32_t *arcs; /* of all paths found */
    uint32_t arc_count, arc_room;
    enum zhol_error error;
};

/* Writes the arcs from origin to `node`; the count is returned. */
static enum zhol_error path_write(struct oracle_worker *worker, uint32_t node, uint32_t *count)
{
    const struct flow *flow = worker->oracle->flow;
    const uint32_t *parent = worker->search.parent;
    uint32_t length = 0;
    for (uint32_t v = node; parent[v] != FLOW_NONE; length++) {
        v = flow->out_from[parent[v]];
    }
    enum zhol_error error =
        ARRAY_RESERVE(worker->arcs, worker->arc_room, worker->arc_count + length);
    if (error) {
        return error;
    }
    uint32_t at = worker->arc_count += length;
    for (uint32_t v = node; parent[v] != FLOW_NONE; v = flow->out_from[parent[v]]) {
        worker->arcs[--at] = flow->out_arc[parent[v]];
    }
    *count = length;
    return ZHOL_ERROR_OK;
}

/* The group's tree: the kept one brought up to date, or one as far as its demands want. */
static void group_tree(struct oracle_worker *worker, uint32_t group)
{
    const struct oracle *oracle = worker->oracle;
    const struct flow *flow = oracle->flow;
    const struct flow_group *at = flow->groups + group;
    const uint32_t *members = flow->group_demands + at->first;
    const double *weights = oracle->weights + (size_t)at->load_class * flow->arc_count;
    uint8_t *wanted = worker->search.wanted;
    if (oracle->store && oracle->store->distance) {
        tree_store_update(oracle->store, &worker->search, group, weights);
        return;
    }
    uint32_t wanted_count = 0;
    for (uint32_t i = 0; i < at->count; i++) {
        uint32_t to = flow->demands[members[i]].destination;
        wanted_count += !wanted[to];
        wanted[to] = 1;
    }
    tree_find(&worker->search, at->origin, wanted_count, weights);
    for (uint32_t i = 0; i < at->count; i++) {
        wanted[flow->demands[members[i]].destination] = 0;
    }
}

static void group_run(struct oracle_worker *worker, uint32_t number)
{
    const struct oracle *oracle = worker->oracle;
    const struct flow *flow = oracle->flow;
    const struct flow_group *group = flow->groups + number;
    const uint32_t *members = flow->group_demands + group->first;
    group_tree(worker, number);
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t k = members[i], to = flow->demands[k].destination;
        oracle->distance[k] = worker->search.distance[to] + oracle->offset[k];
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
        group_run(worker, group);
    }
}

enum zhol_error oracle_start(struct oracle *oracle, const struct flow *flow,
                             struct tree_store *store, uint32_t threads)
{
    size_t demands = (size_t)flow->demand_count + 1;
    bool made = true;
    *oracle = (struct oracle){.flow = flow, .store = store};
    oracle->workers = calloc(threads, sizeof *oracle->workers);
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
        made = tree_start(&worker->search, flow) == ZHOL_ERROR_OK && made;
    }
    made = made && oracle->workers && oracle->distance && oracle->offset && oracle->found_worker &&
           oracle->found_begin && oracle->found_count;
    return made ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void oracle_clear(struct oracle *oracle)
{
    for (uint32_t i = 0; i < oracle->thread_count; i++) {
        tree_clear(&oracle->workers[i].search);
        free(oracle->workers[i].arcs);
    }
    free(oracle->workers);
    free(oracle->own_weights);
    free(oracle->distance);
    free(oracle->offset);
    free(oracle->found_worker);
    free(oracle->found_begin);
    free(oracle->found_count);
    *oracle = (struct oracle){0};
}

/* Arc lengths by class, and what demands pay for their own uses. */
static enum zhol_error weights_set(struct oracle *oracle, const double *prices, bool all)
{
    const struct flow *flow = oracle->flow;
    if (oracle->store && oracle->store->distance) {
        tree_store_weigh(oracle->store, prices, all);
        oracle->weights = oracle->store->weights;
    } else {
        size_t arcs = flow->arc_count;
        if (!oracle->own_weights) {
            oracle->own_weights = malloc((arcs * flow->class_count + 1) * sizeof(double));
        }
        for (uint32_t i = 0; oracle->own_weights && i < arcs; i++) {
            for (uint32_t c = 0; c < flow->class_count; c++) {
                oracle->own_weights[c * arcs + i] = tree_weight(flow, i, c, prices);
            }
        }
        oracle->weights = oracle->own_weights;
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        oracle->offset[k] = 0;
        for (uint32_t u = flow->first_demand_use[k]; u < flow->first_demand_use[k + 1]; u++) {
            oracle->offset[k] += flow->demand_use_coefficient[u] * prices[flow->demand_use_row[u]];
        }
    }
    return oracle->weights ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
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

/* After the first run: do trees to keep pay? The first counts what is looked at without them. */
static void store_decide(struct oracle *oracle, const double *prices)
{
    const struct flow *flow = oracle->flow;
    uint64_t scanned = 0;
    for (uint32_t i = 0; i < oracle->thread_count; i++) {
        scanned += oracle->workers[i].search.scanned;
    }
    oracle->store->checked = true;
    if ((double)scanned >= KEPT_SCAN * (double)flow->group_count * flow->arc_count &&
        (double)tree_store_size(flow) <= KEPT_BYTES) {
        /* Without room for them all goes on as before. */
        tree_store_start(oracle->store, flow, prices);
        oracle->store->checked = true;
    }
}

enum zhol_error oracle_run(struct oracle *oracle, const double *prices, const double *limits)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    struct tree_store *store = oracle->store;
    oracle->limit = limits;
    oracle->run_count++;
    error = weights_set(oracle, prices, !limits);
    if (error) {
        return error;
    }
    workers_run(oracle);
    for (uint32_t i = 0; !error && i < oracle->thread_count; i++) {
        error = oracle->workers[i].error;
    }
    if (store && error) {
        tree_store_forget(store);
    } else if (store && !store->checked) {
        store_decide(oracle, prices);
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
