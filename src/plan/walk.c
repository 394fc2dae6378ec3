/* plan/walk.c: the plain arcs that an itinerary goes over. See walk.h. */
#include "plan/walk.h"

bool walk_passes_node(const struct zhol_network_view *net, const struct zhol_plan_result *result,
                      uint32_t itinerary, uint32_t node)
{
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    for (uint32_t i = 0; i < it->step_count; i++) {
        const uint32_t *arcs;
        uint32_t count = walk_arcs(net, &result->steps[it->first_step + i].arc, &arcs);
        for (uint32_t k = 0; k < count; k++) {
            if (net->vertices[net->arcs[arcs[k]].head].node == node ||
                net->vertices[zhol_network_tail(net, arcs[k])].node == node) {
                return true;
            }
        }
    }
    return false;
}

const char *walk_node_country(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t count, row, end;
    if (!corridor) {
        return "";
    }
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &row, &end);
    return row < end ? zhol_corridor_text(corridor, nodes[row].country) : "";
}

const char *walk_origin(const struct zhol_corridor *corridor, const struct zhol_consignment *order)
{
    return order->origin_country[0] ? order->origin_country
                                    : walk_node_country(corridor, order->from);
}

const char *walk_destination(const struct zhol_corridor *corridor,
                             const struct zhol_consignment *order)
{
    return order->destination_country[0] ? order->destination_country
                                         : walk_node_country(corridor, order->to);
}

const char *walk_country(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                         uint32_t vertex)
{
    return walk_node_country(corridor, net->vertices[vertex].node);
}
