/* network/builder_state.h: what a builder holds; only for builder.c and builder_finish.c. */
#ifndef ZHOL_NETWORK_BUILDER_STATE_H
#define ZHOL_NETWORK_BUILDER_STATE_H

#include "base/text.h"
#include "network/builder.h"
#include "network/lists.h"

struct network_builder {
    int32_t day;
    int32_t as_of;
    int64_t horizon_from_min;
    int64_t horizon_to_min;
    uint32_t rows[ZHOL_TABLE_COUNT];
    uint32_t things[ZHOL_TABLE_COUNT];

    struct zhol_vertex *vertices;
    struct zhol_storage *storage; /* beside each vertex */
    uint32_t *next_place;         /* beside each vertex: the next one of its node, or ZHOL_NONE */
    uint32_t vertex_count, vertex_capacity, storage_capacity, next_capacity;
    uint32_t *newest_place; /* of each node, or ZHOL_NONE */
    uint32_t node_count, node_capacity;
    uint32_t place_count;

    struct zhol_arc *arcs;
    uint32_t *tails; /* beside each arc */
    uint32_t arc_count, arc_capacity, tail_capacity;

    struct zhol_price *prices;
    uint32_t price_count, price_capacity;
    struct zhol_factor *factors;
    uint32_t factor_count, factor_capacity;
    struct zhol_ride *rides;
    uint32_t ride_count, ride_capacity;
    uint32_t *ways; /* numbers of arcs as they were added */
    uint32_t *way_minutes;
    uint32_t way_count, way_capacity, way_minutes_capacity;
    uint32_t *exempts;
    uint32_t exempt_count, exempt_capacity;
    uint32_t *scratch; /* for sorting a price set */
    uint32_t scratch_capacity;

    struct network_lists price_sets; /* of uint32_t */
    struct network_lists calendars;  /* of struct zhol_opening */
    struct network_lists ban_lists;  /* of struct zhol_ban */
    struct network_lists use_lists;  /* of struct zhol_use */
    struct text_pool texts;
};

#endif
