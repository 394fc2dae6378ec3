/* network/ways.h: the shortest way of a service from one stop to the next.
 *
 * Purpose: the vehicle of a service goes over links, controls and gauge breaks; its way is the
 * shortest one in kilometres between two stops through the places and states of its own kind.
 * Method: Dijkstra with a binary heap, ended at the goal. A handling counts as one metre, so that
 * of equal ways the one with fewer of them is taken; of ways that are still equal the first found
 * in a fixed order. Call order: ways_init once all arcs but rides are there; ways_find; ways_clear.
 * Errors: ZHOL_ERROR_UNREACHABLE, ZHOL_ERROR_MEMORY. Complexity: O(m log n) in the part of the
 * network that is nearer than the goal; memory 20 bytes a vertex.
 */
#ifndef ZHOL_NETWORK_WAYS_H
#define ZHOL_NETWORK_WAYS_H

#include "network/builder.h"

struct way_entry {
    uint64_t metres;
    uint32_t vertex;
};

struct ways {
    const struct network_builder *builder;
    const struct zhol_arc *arcs;
    const uint32_t *tails;
    const struct zhol_vertex *vertices;
    uint32_t vertex_count;
    uint32_t *first; /* arcs out of v: order[first[v] .. first[v + 1]) */
    uint32_t *order;
    uint64_t *metres; /* best so far, where round[v] is the present one */
    uint32_t *arc_to; /* last arc of the best way */
    uint32_t *round;
    uint32_t present;
    struct way_entry *heap;
    uint32_t heap_count, heap_capacity;
    uint32_t *found; /* arcs of the ways found, one behind the other */
    uint32_t found_count, found_capacity;
};

enum zhol_error ways_init(struct ways *ways, const struct network_builder *builder);
void ways_clear(struct ways *ways);
/* Appends the arcs of the shortest way to ways->found. Only vertices whose state is in `states`
 * (bit per enum zhol_word_state) are passed, and only handlings for any class or for `class`. */
enum zhol_error ways_find(struct ways *ways, uint32_t from, uint32_t to, uint32_t states,
                          unsigned class);

#endif
