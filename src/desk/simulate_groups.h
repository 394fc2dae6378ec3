/* desk/simulate_groups.h: which flows are added up for an answer: all, by kind of traffic,
 * crossing, origin and destination, destination, mode, kind of freight.
 *
 * A flow is in one group of each kind but two: of crossings it is in one for every border that it
 * passes, by the place where it leaves and the place where it enters; and what is not in a pipeline
 * is in "all" and in "all but pipelines". Times of all freight say little where oil is three weeks
 * in a pipe whatever happens at a border. Order: kinds as listed, then
 * by tonnes a day, greatest first, then by the numbers of the key.
 *
 * Call order: groups_make, reading, groups_clear. Ownership: the caller owns *groups.
 * Errors: ZHOL_ERROR_MEMORY. Cost: O(arcs of all paths + n log n).
 */
#ifndef ZHOL_DESK_SIMULATE_GROUPS_H
#define ZHOL_DESK_SIMULATE_GROUPS_H

#include "desk/simulate_flows.h"

enum group_kind {
    GROUP_ALL,         /* a: 0 all, GROUP_MOVING all but pipelines */
    GROUP_TRAFFIC,     /* a: demand_flow thing, or ZHOL_NONE */
    GROUP_CROSSING,    /* a: node left, b: node entered */
    GROUP_OD,          /* a: origin, b: destination */
    GROUP_DESTINATION, /* a: node */
    GROUP_MODE,        /* a: enum zhol_word_mode by which it crosses; 0: any */
    GROUP_FREIGHT,     /* a: enum group_freight */
    GROUP_KIND_COUNT
};

enum { GROUP_MOVING = 1 };

enum group_freight {
    FREIGHT_NORTH_BOX, /* containers between China and Russia, Belarus, the EU */
    FREIGHT_BOX,       /* all other containers but those in trucks */
    FREIGHT_LOOSE,     /* other freight by rail and sea */
    FREIGHT_ROAD,      /* in trucks */
    FREIGHT_PIPE,      /* oil and gas in pipelines */
    FREIGHT_COUNT
};

struct group {
    enum group_kind kind;
    uint32_t a, b;
    uint32_t first, count; /* into groups.flows */
    double t_day, loads_day;
};

struct groups {
    struct group *list;
    uint32_t count;
    uint32_t *flows; /* numbers of flows, those of a group ascending */
    uint32_t flow_count;
};

enum zhol_error groups_make(const struct zhol_corridor *corridor,
                            const struct zhol_network_view *net, const struct flows *flows,
                            struct groups *groups);
void groups_clear(struct groups *groups);
/* The group of a kind and key, or NULL: to find the same one in another study. */
const struct group *groups_find(const struct groups *groups, enum group_kind kind, uint32_t a,
                                uint32_t b);

#endif
