/* simulate_groups.c: flows sorted into groups. See simulate_groups.h. */
#include "desk/simulate_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* That a flow is in a group. */
struct member {
    enum group_kind kind;
    uint32_t a, b, flow;
};

struct members {
    struct member *list;
    uint32_t count, capacity;
};

static enum zhol_error add(struct members *members, enum group_kind kind, uint32_t a, uint32_t b,
                           uint32_t flow)
{
    enum zhol_error error = ARRAY_RESERVE(members->list, members->capacity, members->count + 1);
    if (!error) {
        members->list[members->count++] = (struct member){kind, a, b, flow};
    }
    return error;
}

/* Borders are passed by a control out of a country, then one into the next. */
static enum zhol_error add_crossings(struct members *members, const struct zhol_corridor *corridor,
                                     const struct zhol_network_view *net,
                                     const struct zhol_simulate_flow *flow, uint32_t number)
{
    uint32_t count, left = ZHOL_NONE;
    const struct zhol_process *processes = zhol_corridor_process(corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < flow->arc_count; i++) {
        const struct zhol_arc *arc = &net->arcs[flow->arcs[i]];
        if (arc->kind != ZHOL_ARC_CONTROL || arc->process == ZHOL_NONE) {
            continue;
        }
        const struct zhol_process *process = &processes[arc->process];
        if (process->kind == zhol_process_kind_BORDER_EXIT) {
            left = process->node_id;
        } else if (process->kind == zhol_process_kind_BORDER_ENTRY && left != ZHOL_NONE) {
            error = add(members, GROUP_CROSSING, left, process->node_id, number);
            left = ZHOL_NONE;
        }
    }
    return error;
}

/* Containers of the route "north" are those that go from one end of the corridor to the other. */
static enum group_freight freight_of(const struct zhol_corridor *corridor,
                                     const struct flows_sum *sum)
{
    uint32_t count, begin, end;
    const struct zhol_demand_flow *rows = zhol_corridor_demand_flow(corridor, &count);
    const struct zhol_demand_flow *traffic = NULL;
    if (sum->demand_flow != ZHOL_NONE) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_demand_flow, sum->demand_flow, &begin, &end);
        traffic = &rows[begin];
    }
    if (sum->class == zhol_cargo_class_OIL || sum->class == zhol_cargo_class_GAS) {
        return FREIGHT_PIPE;
    }
    if (sum->mode == zhol_mode_ROAD || (traffic && traffic->mode == zhol_mode_ROAD)) {
        return FREIGHT_ROAD;
    }
    if (sum->class != zhol_cargo_class_CONTAINER && sum->class != zhol_cargo_class_VEHICLE) {
        return FREIGHT_LOOSE;
    }
    return traffic && traffic->route == zhol_demand_route_NORTH ? FREIGHT_NORTH_BOX : FREIGHT_BOX;
}

static enum zhol_error add_flow(struct members *members, const struct zhol_corridor *corridor,
                                const struct zhol_network_view *net, const struct flows *flows,
                                uint32_t i)
{
    const struct zhol_simulate_flow *flow = &flows->flows[i];
    const struct flows_sum *sum = &flows->sums[flows->sum_of[i]];
    enum group_freight freight = freight_of(corridor, sum);
    const uint32_t keys[][3] = {{GROUP_ALL, 0, 0},
                                {GROUP_TRAFFIC, sum->demand_flow, 0},
                                {GROUP_OD, sum->from, sum->to},
                                {GROUP_DESTINATION, sum->to, 0},
                                {GROUP_MODE, sum->mode, 0},
                                {GROUP_FREIGHT, freight, 0},
                                {GROUP_ALL, GROUP_MOVING, 0}};
    size_t kinds = sizeof keys / sizeof *keys - (freight == FREIGHT_PIPE);
    enum zhol_error error = add_crossings(members, corridor, net, flow, i);
    for (size_t k = 0; !error && k < kinds; k++) {
        error = add(members, (enum group_kind)keys[k][0], keys[k][1], keys[k][2], i);
    }
    return error;
}

static int by_key(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    const uint32_t left[] = {x->kind, x->a, x->b, x->flow};
    const uint32_t right[] = {y->kind, y->a, y->b, y->flow};
    for (size_t i = 0; i < 4; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

static int by_tonnes(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->t_day != y->t_day) {
        return x->t_day > y->t_day ? -1 : 1;
    }
    return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b > y->b) - (x->b < y->b);
}

static bool is_same(const struct group *group, const struct member *member)
{
    return group->kind == member->kind && group->a == member->a && group->b == member->b;
}

/* The sorted members become groups; a flow that passes a border twice counts once. */
static void gather(const struct members *members, const struct flows *flows, struct groups *groups)
{
    for (uint32_t i = 0; i < members->count; i++) {
        const struct member *m = &members->list[i];
        struct group *group = groups->count ? &groups->list[groups->count - 1] : NULL;
        if (!group || !is_same(group, m)) {
            group = &groups->list[groups->count++];
            *group =
                (struct group){.kind = m->kind, .a = m->a, .b = m->b, .first = groups->flow_count};
        }
        if (group->count && groups->flows[groups->flow_count - 1] == m->flow) {
            continue;
        }
        const struct zhol_simulate_flow *flow = &flows->flows[m->flow];
        groups->flows[groups->flow_count++] = m->flow;
        group->count++;
        group->loads_day += flow->loads_day;
        group->t_day += flow->loads_day * flow->t_load;
    }
}

enum zhol_error groups_make(const struct zhol_corridor *corridor,
                            const struct zhol_network_view *net, const struct flows *flows,
                            struct groups *groups)
{
    struct members members = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(groups, 0, sizeof *groups);
    for (uint32_t i = 0; !error && i < flows->flow_count; i++) {
        error = add_flow(&members, corridor, net, flows, i);
    }
    uint32_t room = members.count ? members.count : 1;
    groups->list = error ? NULL : calloc(room, sizeof *groups->list);
    groups->flows = error ? NULL : calloc(room, sizeof *groups->flows);
    if (!error && (!groups->list || !groups->flows)) {
        error = ZHOL_ERROR_MEMORY;
    }
    if (!error && members.count) {
        qsort(members.list, members.count, sizeof *members.list, by_key);
        gather(&members, flows, groups);
        qsort(groups->list, groups->count, sizeof *groups->list, by_tonnes);
    }
    free(members.list);
    if (error) {
        groups_clear(groups);
    }
    return error;
}

void groups_clear(struct groups *groups)
{
    free(groups->list);
    free(groups->flows);
    memset(groups, 0, sizeof *groups);
}

const struct group *groups_find(const struct groups *groups, enum group_kind kind, uint32_t a,
                                uint32_t b)
{
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->list[i];
        if (group->kind == kind && group->a == a && group->b == b) {
            return group;
        }
    }
    return NULL;
}
