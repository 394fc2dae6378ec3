/* assign/flow.h: the problem as the solver sees it.
 *
 * Purpose: what the caller adds (lists in order of adding) and, made from it when its shape has
 * changed, flat arrays by row: arcs by start, uses by arc, demands by group. A group is all demands
 * of one origin and class: one shortest path tree serves it.
 * Call order: flow_add..., flow_compile (does nothing when the shape is as it was), then reading.
 * Ownership: struct flow owns all its arrays; flow_clear frees them.
 * Errors: ZHOL_ERROR_MEMORY; flow_compile also ZHOL_ERROR_INVALID for a negative coefficient where
 * none may stand (zhol/assign.h says where).
 */
#ifndef ZHOL_ASSIGN_FLOW_H
#define ZHOL_ASSIGN_FLOW_H

#include <stdbool.h>
#include <zhol/assign.h>

#define FLOW_NONE UINT32_MAX

/* One use as it was added; its coefficients are use_values[i * class_count ...]. */
struct flow_use {
    uint32_t owner; /* arc or demand */
    uint32_t row;
};

struct flow_group {
    uint32_t origin, load_class;
    uint32_t first, count; /* of group_demands */
};

struct flow {
    uint32_t node_count, class_count;

    uint32_t arc_count, arc_room;
    uint32_t *arc_from, *arc_to;
    double *arc_cost; /* arc * class_count + class; INFINITY: closed to the class */
    uint8_t *arc_closed;
    uint64_t *arc_version; /* of the last change of its cost */
    uint64_t version;      /* of the last change of any cost */
    uint32_t arc_from_room, arc_to_room, arc_cost_room, arc_closed_room, arc_version_room;

    uint32_t row_count, row_room;
    double *capacity; /* as given, INFINITY: none */
    double *limit;    /* by row, made by flow_limits: capacity, or more than can ever be used */
    uint32_t limit_room;

    uint32_t use_count, use_room, use_value_room;
    struct flow_use *uses;
    double *use_values;

    uint32_t demand_count, demand_room;
    struct zhol_assign_demand *demands;

    uint32_t demand_use_count, demand_use_room, demand_use_value_room;
    struct flow_use *demand_uses;
    double *demand_use_values;

    /* Made by flow_compile. */
    bool compiled;
    bool has_negative;          /* some coefficient of an arc is negative */
    double use_most;            /* the greatest coefficient, at least 1 */
    double mean_cost;           /* of an arc to a class that it is open to, 0: there is none */
    uint64_t mean_version;      /* of the costs that this is of */
    uint32_t *first_out;        /* node_count + 1 */
    uint32_t *out_arc;          /* arc_count: arcs by start */
    uint32_t *out_from;         /* their starts */
    uint32_t *out_to;           /* their ends */
    uint32_t *first_use;        /* arc_count + 1 */
    uint32_t *use_row;          /* uses by arc */
    double *use_coefficient;    /* use * class_count + class */
    uint32_t *first_demand_use; /* demand_count + 1 */
    uint32_t *demand_use_row;
    double *demand_use_coefficient;
    uint32_t group_count;
    struct flow_group *groups;
    uint32_t *group_demands; /* demands by group, in order of number within one */
};

void flow_clear(struct flow *flow);
enum zhol_error flow_compile(struct flow *flow);
/* Notes that the cost of an arc has changed: `version` tells others what they have to look at. */
void flow_arc_changed(struct flow *flow, uint32_t arc);
/* Fills `limit` and `mean_cost`; call when capacities, amounts or costs have changed. */
void flow_limits(struct flow *flow);

#endif
