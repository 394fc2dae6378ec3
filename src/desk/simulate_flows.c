/* simulate_flows.c: the demand of a year added up, and its flows. See simulate_flows.h. */
#include "desk/simulate_flows.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/plan.h>

#include "base/array.h"
#include "base/map.h"
#include "base/time.h"
#include "desk/simulate_sums.h"

enum { IDENTITIES = 1 << 22, THREADS_MAX = 16 };

void flows_init(struct flows *flows)
{
    memset(flows, 0, sizeof *flows);
    flows->year_from = flows->year_to = ZHOL_BLANK_DATE;
}

void flows_clear(struct flows *flows)
{
    for (uint32_t i = 0; i < flows->sum_count; i++) {
        free(flows->sums[i].times);
    }
    free(flows->sums);
    free(flows->flows);
    free(flows->sum_of);
    free(flows->share);
    free(flows->first_arc);
    free(flows->arcs);
    free(flows->rides);
    free(flows->unreached);
    free(flows->taken);
    flows_init(flows);
}

/* ---- Ways of all sums, over threads ---- */

struct planning {
    const struct zhol_corridor *corridor;
    const struct zhol_network *network;
    const struct flows_how *how;
    const struct flows *flows;
    struct freight_ways *ways; /* per sum */
    atomic_uint next;
    atomic_int error;
};

/* Cargo of a mode does not cross by another one; aircraft and caravans carry only what is theirs.
 */
static uint32_t modes_avoided(const struct flows_sum *sum, bool strict)
{
    uint32_t avoid = 1u << zhol_mode_AIR | 1u << zhol_mode_CARAVAN;
    if (strict && sum->mode == zhol_mode_RAIL) {
        avoid |= 1u << zhol_mode_ROAD;
    } else if (strict && sum->mode == zhol_mode_ROAD) {
        avoid |= 1u << zhol_mode_RAIL;
    }
    return avoid & ~(1u << sum->mode);
}

static uint32_t node_country(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t begin, end, count;
    const struct zhol_node *rows = zhol_corridor_node(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
    return rows[begin].country; /* equal countries are equal offsets */
}

/* A crossing is passed, not visited: the places to pass are its own and the one across the border,
 * in the order of the way, where the origin or the destination lies across. Returns how many. */
static uint32_t places_to_pass(const struct zhol_corridor *corridor, const struct flows_sum *sum,
                               uint32_t via[2])
{
    uint32_t count, here = sum->via == ZHOL_NONE ? 0 : node_country(corridor, sum->via);
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    if (sum->via == ZHOL_NONE || sum->via == sum->from || sum->via == sum->to) {
        return 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        bool starts = links[i].from_node_id == sum->via, ends = links[i].to_node_id == sum->via;
        uint32_t across = starts ? links[i].to_node_id : links[i].from_node_id;
        bool same_mode = !sum->mode || links[i].mode == sum->mode;
        uint32_t there = starts || ends ? node_country(corridor, across) : here;
        if (there == here || !same_mode) {
            continue;
        }
        if (there == node_country(corridor, sum->from)) {
            via[0] = across;
            via[1] = sum->via;
            return 2;
        }
        if (there == node_country(corridor, sum->to)) {
            via[0] = sum->via;
            via[1] = across;
            return 2;
        }
    }
    via[0] = sum->via;
    return 1;
}

static enum zhol_error find_ways(const struct planning *p, const struct flows_sum *sum,
                                 struct freight_ways *ways)
{
    uint32_t via[2];
    struct zhol_consignment order = {
        .from = sum->from,
        .to = sum->to,
        .ready_min = p->how->ready_s / 60,
        .deadline_min = INT64_MAX,
        .via = via,
        .via_count = p->how->free_crossings ? 0 : places_to_pass(p->corridor, sum, via),
    };
    enum zhol_error error = sums_one_load(p->corridor, sum->commodity, &order.load);
    double day_usd = sum->usd_day / sum->loads;
    for (int strict = 1; !error && strict >= 0; strict--) {
        order.avoid_modes = modes_avoided(sum, strict);
        enum zhol_error found = freight_ways_find(p->network, p->corridor, &order, day_usd, ways);
        if (found != ZHOL_ERROR_UNREACHABLE) {
            return found;
        }
    }
    return error == ZHOL_ERROR_INVALID ? ZHOL_ERROR_OK : error;
}

static void *plan_worker(void *argument)
{
    struct planning *p = argument;
    while (!atomic_load(&p->error)) {
        uint32_t i = atomic_fetch_add(&p->next, 1);
        if (i >= p->flows->sum_count) {
            break;
        }
        bool stop = p->how->interrupt && *p->how->interrupt;
        enum zhol_error error = stop ? ZHOL_ERROR_INTERRUPTED
                                : p->flows->sums[i].assigned
                                    ? ZHOL_ERROR_OK
                                    : find_ways(p, &p->flows->sums[i], &p->ways[i]);
        if (error) {
            atomic_store(&p->error, (int)error);
        }
    }
    return NULL;
}

static enum zhol_error plan_all(struct planning *p)
{
    pthread_t ids[THREADS_MAX];
    uint32_t threads = p->how->threads ? p->how->threads : 1, started = 0;
    threads = threads < THREADS_MAX ? threads : THREADS_MAX;
    while (started + 1 < threads && !pthread_create(&ids[started], NULL, plan_worker, p)) {
        started++;
    }
    plan_worker(p);
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(ids[i], NULL);
    }
    return (enum zhol_error)atomic_load(&p->error);
}

/* ---- Flows ---- */

/* A free number below 2^22 made of the identifiers; taken[] marks those in use. */
static uint32_t identity_of(const struct zhol_corridor *corridor, const struct flows_sum *sum,
                            uint32_t rank, uint8_t *taken)
{
    uint32_t commodity = sum->assigned ? sum->commodity : ZHOL_NONE;
    const char *texts[] = {zhol_corridor_id(corridor, ZHOL_TABLE_node, sum->from),
                           zhol_corridor_id(corridor, ZHOL_TABLE_node, sum->to),
                           zhol_corridor_id(corridor, ZHOL_TABLE_node, sum->via),
                           zhol_corridor_id(corridor, ZHOL_TABLE_load_class, sum->load_class),
                           zhol_corridor_id(corridor, ZHOL_TABLE_demand_flow, sum->demand_flow),
                           zhol_mode_text(sum->mode),
                           zhol_corridor_id(corridor, ZHOL_TABLE_commodity, commodity),
                           sum->listed ? "list" : ""};
    uint64_t hash = rank + 1;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hash = map_hash(texts[i], strlen(texts[i]), hash);
    }
    uint32_t number = (uint32_t)(hash >> 20) & (IDENTITIES - 1);
    while (!number || taken[number]) {
        number = (number + 1) & (IDENTITIES - 1);
    }
    taken[number] = 1;
    return number;
}

static void shape_year(const struct flows_sum *sum, double year[12])
{
    for (uint32_t m = 0; m < 12; m++) {
        year[m] = sum->month_t[m] / time_days_in_month(2025, m + 1);
    }
}

static enum zhol_error reserve_flow(struct flows *flows, uint32_t arcs)
{
    uint32_t need = flows->flow_count + 1;
    uint32_t sums = flows->flow_capacity, shares = sums, firsts = sums;
    uint32_t rides = flows->arc_capacity;
    enum zhol_error error = ARRAY_RESERVE(flows->sum_of, sums, need);
    error = error ? error : ARRAY_RESERVE(flows->share, shares, need);
    error = error ? error : ARRAY_RESERVE(flows->first_arc, firsts, need);
    error = error ? error : ARRAY_RESERVE(flows->flows, flows->flow_capacity, need);
    error = error ? error : ARRAY_RESERVE(flows->rides, rides, flows->arc_count + arcs);
    return error ? error : ARRAY_RESERVE(flows->arcs, flows->arc_capacity, flows->arc_count + arcs);
}

/* The arrivals of a list go to the first way, as each is one consignment. */
static void set_arrivals(struct zhol_simulate_flow *flow, const struct flows_sum *sum)
{
    if (sum->listed) {
        flow->arrival = ZHOL_SIMULATE_REPLAY;
        flow->times = sum->times;
        flow->time_count = sum->time_count;
        flow->unit_loads = sum->loads;
    } else {
        bool pipe = sum->class == zhol_cargo_class_OIL || sum->class == zhol_cargo_class_GAS;
        flow->arrival = pipe ? ZHOL_SIMULATE_EVEN : ZHOL_SIMULATE_RANDOM;
        shape_year(sum, flow->year);
    }
}

enum zhol_error flows_put(const struct zhol_corridor *corridor, struct flows *flows,
                          const struct flows_put *put)
{
    const struct flows_sum *sum = &flows->sums[put->sum];
    enum zhol_error error = reserve_flow(flows, put->arc_count);
    if (!flows->taken) {
        flows->taken = calloc(IDENTITIES, 1);
    }
    if (error || !flows->taken) {
        return error ? error : ZHOL_ERROR_MEMORY;
    }
    bool boxes = sum->class == zhol_cargo_class_CONTAINER || sum->class == zhol_cargo_class_VEHICLE;
    struct zhol_simulate_flow flow = {
        .arc_count = put->arc_count,
        .commodity = sum->commodity,
        .load_class = sum->load_class,
        .class = sum->class,
        .kind = boxes ? ZHOL_SIMULATE_BY_LOAD : ZHOL_SIMULATE_WAGONLOAD,
        .priority = boxes ? 1 : 2,
        .loads_day = sum->listed ? 0 : sum->loads / sum->days * put->share,
        .t_load = sum->tonnes / sum->loads,
        .usd_load_day = sum->usd_day / sum->loads,
        .identity = identity_of(corridor, sum, put->rank, flows->taken),
        .origin = sum->from,
        .destination = sum->to,
        .tag = sum->via,
    };
    set_arrivals(&flow, sum);
    memcpy(flows->arcs + flows->arc_count, put->arcs, put->arc_count * sizeof *flows->arcs);
    memcpy(flows->rides + flows->arc_count, put->rides, put->arc_count * sizeof *flows->rides);
    flows->sum_of[flows->flow_count] = put->sum;
    flows->share[flows->flow_count] = put->share;
    flows->first_arc[flows->flow_count] = flows->arc_count;
    flows->flows[flows->flow_count++] = flow;
    flows->arc_count += put->arc_count;
    return ZHOL_ERROR_OK;
}

void flows_fix(struct flows *flows)
{
    for (uint32_t i = 0; i < flows->flow_count; i++) {
        flows->flows[i].arcs = flows->arcs + flows->first_arc[i];
        flows->flows[i].rides = flows->rides + flows->first_arc[i];
    }
}

static enum zhol_error add_flows(const struct planning *p, struct flows *flows)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < flows->sum_count; i++) {
        const struct freight_ways *ways = &p->ways[i];
        /* A consignment goes one way. */
        uint32_t count = flows->sums[i].listed && ways->count ? 1 : ways->count;
        if (!count && !flows->sums[i].assigned) {
            flows->unreached[flows->unreached_count++] = i;
            flows->unreached_t_year += flows->sums[i].tonnes;
        }
        for (uint32_t rank = 0; !error && rank < count; rank++) {
            const struct freight_way *way = &ways->list[rank];
            error = flows_put(p->corridor, flows,
                              &(struct flows_put){.sum = i,
                                                  .rank = rank,
                                                  .arcs = ways->arcs + way->first_arc,
                                                  .rides = ways->rides + way->first_arc,
                                                  .arc_count = way->arc_count,
                                                  .share = flows->sums[i].listed ? 1 : way->share});
        }
    }
    flows_fix(flows);
    return error;
}

enum zhol_error flows_finish(const struct zhol_corridor *corridor,
                             const struct zhol_network *network, const struct flows_how *how,
                             struct flows *flows)
{
    struct planning p = {.corridor = corridor, .network = network, .how = how, .flows = flows};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    p.ways = calloc(flows->sum_count ? flows->sum_count : 1, sizeof *p.ways);
    flows->unreached = calloc(flows->sum_count ? flows->sum_count : 1, sizeof *flows->unreached);
    if (!p.ways || !flows->unreached) {
        goto out;
    }
    error = plan_all(&p);
    error = error ? error : add_flows(&p, flows);
out:
    for (uint32_t i = 0; p.ways && i < flows->sum_count; i++) {
        freight_ways_clear(&p.ways[i]);
    }
    free(p.ways);
    return error;
}
