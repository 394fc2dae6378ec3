/* desk/route.c: which way an itinerary goes. See route.h. */
#include "desk/route.h"

#include <string.h>

#include "base/map.h"
#include "plan/walk.h"

static uint64_t add_text(uint64_t hash, const char *text)
{
    return map_hash(text, strlen(text), hash);
}

static uint64_t add_stop(uint64_t hash, const struct zhol_corridor *corridor, uint32_t row)
{
    uint32_t count;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(corridor, &count);
    return add_text(hash, zhol_corridor_id(corridor, ZHOL_TABLE_node, stops[row].node_id));
}

uint64_t route_signature(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                         const struct zhol_plan_result *result, uint32_t itinerary)
{
    static const enum zhol_table tables[] = {
        [ZHOL_ARC_MOVE] = ZHOL_TABLE_link,
        [ZHOL_ARC_HANDLE] = ZHOL_TABLE_handling,
        [ZHOL_ARC_CONTROL] = ZHOL_TABLE_process,
    };
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    uint64_t hash = 1;
    for (uint32_t i = 0; i < it->step_count; i++) {
        const struct zhol_arc *arc = &net->arcs[result->steps[it->first_step + i].arc];
        if (arc->kind == ZHOL_ARC_RIDE) {
            const struct zhol_ride *ride = &net->rides[arc->thing];
            hash = add_text(hash, zhol_corridor_id(corridor, ZHOL_TABLE_service, ride->service));
            hash = add_stop(hash, corridor, ride->from_stop);
            hash = add_stop(hash, corridor, ride->to_stop);
        } else {
            hash = add_text(hash, zhol_corridor_id(corridor, tables[arc->kind], arc->thing));
        }
    }
    return hash;
}

uint64_t route_ground(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                      const struct zhol_plan_result *result, uint32_t itinerary)
{
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    uint64_t hash = 1;
    for (uint32_t i = 0; i < it->step_count; i++) {
        const uint32_t *arcs;
        uint32_t count = walk_arcs(net, &result->steps[it->first_step + i].arc, &arcs);
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_arc *arc = &net->arcs[arcs[k]];
            if (arc->kind == ZHOL_ARC_MOVE) {
                hash = add_text(hash, zhol_corridor_id(corridor, ZHOL_TABLE_link, arc->thing));
            }
        }
    }
    return hash;
}

static bool at_sea(unsigned state)
{
    return state == zhol_state_SEA || state == zhol_state_RIVER;
}

/* The place at which an arc passes a gateway, or ZHOL_NONE: a border on entering, a port where
 * cargo boards a ship or leaves it. */
static uint32_t gateway_of(const struct zhol_network_view *net,
                           const struct zhol_corridor *corridor, uint32_t number)
{
    const struct zhol_arc *arc = &net->arcs[number];
    uint32_t count;
    const struct zhol_process *processes = zhol_corridor_process(corridor, &count);
    if (arc->kind == ZHOL_ARC_CONTROL) {
        const struct zhol_process *process = &processes[arc->process];
        return process->kind == zhol_process_kind_BORDER_ENTRY ? process->node_id : ZHOL_NONE;
    }
    if (arc->kind != ZHOL_ARC_HANDLE) {
        return ZHOL_NONE;
    }
    const struct zhol_vertex *tail = &net->vertices[zhol_network_tail(net, number)];
    const struct zhol_vertex *head = &net->vertices[arc->head];
    return at_sea(tail->state) != at_sea(head->state) ? head->node : ZHOL_NONE;
}

uint32_t route_gateways(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                        const struct zhol_plan_result *result, uint32_t itinerary, uint32_t *nodes,
                        uint32_t max)
{
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    uint32_t found = 0, last = ZHOL_NONE;
    for (uint32_t i = 0; i < it->step_count; i++) {
        const uint32_t *arcs;
        uint32_t count = walk_arcs(net, &result->steps[it->first_step + i].arc, &arcs);
        for (uint32_t k = 0; k < count; k++) {
            uint32_t node = gateway_of(net, corridor, arcs[k]);
            if (node == ZHOL_NONE || node == last) {
                continue;
            }
            if (found < max) {
                nodes[found] = node;
            }
            found++;
            last = node;
        }
    }
    return found;
}
