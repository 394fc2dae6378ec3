/* plan/walk.h: the plain arcs that an itinerary goes over.
 *
 * A step may be a ride, which stands for the arcs of its way. Whoever asks where cargo passes
 * (rules, places, evidence, maps) walks the plain arcs: movements, handlings and controls.
 */
#ifndef ZHOL_PLAN_WALK_H
#define ZHOL_PLAN_WALK_H

#include <zhol/plan.h>

/* The plain arcs of one arc of the network: itself, or the way of a ride. */
static inline uint32_t walk_arcs(const struct zhol_network_view *net, const uint32_t *arc,
                                 const uint32_t **arcs)
{
    if (net->arcs[*arc].kind != ZHOL_ARC_RIDE) {
        *arcs = arc;
        return 1;
    }
    const struct zhol_ride *ride = &net->rides[net->arcs[*arc].thing];
    *arcs = net->ways + ride->way;
    return ride->way_count;
}

/* True where the itinerary comes to the place or starts at it. */
bool walk_passes_node(const struct zhol_network_view *net, const struct zhol_plan_result *result,
                      uint32_t itinerary, uint32_t node);

/* The country of a place as text ("KZ"), "" where the corridor does not say or is NULL. */
const char *walk_node_country(const struct zhol_corridor *corridor, uint32_t node);
/* The countries of the goods, for bans and rules: given, or those of the ends. */
const char *walk_origin(const struct zhol_corridor *corridor, const struct zhol_consignment *order);
const char *walk_destination(const struct zhol_corridor *corridor,
                             const struct zhol_consignment *order);
/* That of a vertex's place. */
const char *walk_country(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                         uint32_t vertex);

#endif
