/* desk/route.h: which way an itinerary goes, as one number and as a list.
 *
 * Two itineraries have the same route where they use the same services over the same stops and the
 * same links, handlings and controls in the same order, whenever they leave. The signature does
 * not depend on numbers of the network (which differ between two compilations): it is made of
 * identifiers. 64 bits: two different routes of one answer share it with a chance of about 1e-15.
 */
#ifndef ZHOL_DESK_ROUTE_H
#define ZHOL_DESK_ROUTE_H

#include <zhol/plan.h>

uint64_t route_signature(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                         const struct zhol_plan_result *result, uint32_t itinerary);

/* The same for the ground alone: the links in order, whatever trains go over them. */
uint64_t route_ground(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                      const struct zhol_plan_result *result, uint32_t itinerary);

/* The gateways of a route: where it enters another country or comes ashore, in order, each once
 * where it repeats at once. Up to `max` places go to `nodes`; returns how many there are. */
uint32_t route_gateways(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                        const struct zhol_plan_result *result, uint32_t itinerary, uint32_t *nodes,
                        uint32_t max);

#endif
