/* check_capacity.c: resources, who uses them, load classes, commodities and demand. */
#include "corridor/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- resources ---- */

static void check_resource(struct check *check, const struct zhol_resource *row_at, uint32_t row)
{
    bool on_link = row_at->link_id != ZHOL_NONE, at_place = row_at->node_id != ZHOL_NONE;
    if (on_link && at_place) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_resource, row, "node_id",
                  "a blank cell: the resource is on a link already (link_id)");
    }
    if (on_link &&
        (row_at->direction == zhol_direction_IN || row_at->direction == zhol_direction_OUT)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_resource, row, "direction",
                  "both, forward or backward, for it is on a link");
    }
    if (at_place && (row_at->direction == zhol_direction_FORWARD ||
                     row_at->direction == zhol_direction_BACKWARD)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_resource, row, "direction",
                  "both, in or out, for it is at a place");
    }
    if (row_at->kind == zhol_capacity_kind_BINDING && row_at->value == 0 && !row_at->note) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_resource, row, "value",
                  "a capacity above 0, or a note that says why nothing can pass");
    }
}

static bool same_scope(const struct zhol_resource *a, const struct zhol_resource *b)
{
    return a->node_id == b->node_id && a->link_id == b->link_id && a->direction == b->direction &&
           a->unit == b->unit && a->per == b->per &&
           (a->node_id != ZHOL_NONE || a->link_id != ZHOL_NONE);
}

/* What was once moved: rows of resource and observation that a binding value is held against. */
struct moved {
    uint32_t *demonstrated, *observed;
    uint32_t demonstrated_count, observed_count;
};

static enum zhol_error collect_moved(struct check *check, struct moved *moved)
{
    uint32_t resources, observations;
    const struct zhol_resource *resource = zhol_corridor_resource(check->corridor, &resources);
    const struct zhol_observation *observation =
        zhol_corridor_observation(check->corridor, &observations);
    *moved =
        (struct moved){arena_array(&check->arena, resources, sizeof *moved->demonstrated),
                       arena_array(&check->arena, observations, sizeof *moved->observed), 0, 0};
    if (!moved->demonstrated || !moved->observed) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < resources; i++) {
        if (resource[i].kind == zhol_capacity_kind_DEMONSTRATED) {
            moved->demonstrated[moved->demonstrated_count++] = i;
        }
    }
    for (uint32_t i = 0; i < observations; i++) {
        bool placed = observation[i].node_id != ZHOL_NONE || observation[i].link_id != ZHOL_NONE;
        if (placed && !isnan(observation[i].value) && observation[i].role != zhol_role_CLAIM &&
            strchr(check_text(check, observation[i].unit), '/')) {
            moved->observed[moved->observed_count++] = i;
        }
    }
    return ZHOL_ERROR_OK;
}

/* What was once moved can be moved: a binding value below it needs a reason. */
static void check_demonstrated(struct check *check, const struct zhol_resource *rows,
                               const struct moved *moved, uint32_t binding)
{
    const struct zhol_resource *limit = &rows[binding];
    for (uint32_t i = 0; i < moved->demonstrated_count; i++) {
        const struct zhol_resource *shown = &rows[moved->demonstrated[i]];
        if (same_scope(limit, shown) && shown->value > limit->value &&
            check_overlap(limit->valid_from, limit->valid_to, shown->valid_from, shown->valid_to)) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_resource, binding,
                      "value", "at least what %s shows was moved, or a note that says why less",
                      check_id(check, ZHOL_TABLE_resource, shown->resource_id));
        }
    }
}

/* The same for an observation that is published in the unit of the resource ("trains/day"). */
static void check_observed(struct check *check, const struct zhol_resource *limit,
                           const struct moved *moved, uint32_t row)
{
    char unit[48];
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(check->corridor, &count);
    snprintf(unit, sizeof unit, "%s/%s", zhol_capacity_unit_text(limit->unit),
             zhol_per_text(limit->per));
    for (uint32_t i = 0; i < moved->observed_count; i++) {
        const struct zhol_observation *seen = &rows[moved->observed[i]];
        bool on_link = limit->link_id != ZHOL_NONE && seen->link_id == limit->link_id;
        bool at_place = limit->node_id != ZHOL_NONE && seen->link_id == ZHOL_NONE &&
                        seen->node_id == limit->node_id;
        if ((on_link || at_place) && limit->direction == zhol_direction_BOTH &&
            seen->value > limit->value && strcmp(check_text(check, seen->unit), unit) == 0 &&
            check_overlap(limit->valid_from, limit->valid_to, seen->period_start,
                          seen->period_end)) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_resource, row, "value",
                      "at least what observation %s says was moved, or a note that says why less",
                      check_id(check, ZHOL_TABLE_observation, seen->observation_id));
        }
    }
}

static enum zhol_error check_resources(struct check *check)
{
    uint32_t count, uses;
    struct moved moved;
    enum zhol_error error = collect_moved(check, &moved);
    const struct zhol_resource *rows = zhol_corridor_resource(check->corridor, &count);
    for (uint32_t row = 0; row < count && !error; row++) {
        bool first = row == 0 || rows[row - 1].resource_id != rows[row].resource_id;
        check_resource(check, &rows[row], row);
        if (rows[row].kind != zhol_capacity_kind_BINDING) {
            continue;
        }
        if (!rows[row].note) {
            check_demonstrated(check, rows, &moved, row);
            check_observed(check, &rows[row], &moved, row);
        }
        zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_resource_use, rows[row].resource_id,
                              &uses);
        if (first && !uses) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_resource, row,
                      "resource_id",
                      "a binding capacity that resource_use.csv gives a user; this "
                      "one limits nothing");
        }
    }
    return error;
}

/* A use takes the direction of an undirected link only. */
static void check_use(struct check *check, const struct zhol_resource_use *use, uint32_t row)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(check->corridor, &count);
    uint32_t link = check_row(check, ZHOL_TABLE_link, use->link_id);
    if ((use->link_id == ZHOL_NONE) == (use->process_id == ZHOL_NONE)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_resource_use, row, "",
                  "either link_id or process_id must be given, and not both");
    }
    if (use->direction == zhol_direction_IN || use->direction == zhol_direction_OUT ||
        (use->direction && use->link_id == ZHOL_NONE)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_resource_use, row, "direction",
                  "forward or backward of a link, or a blank cell");
    } else if (use->direction == zhol_direction_BACKWARD && link != ZHOL_NONE &&
               links[link].directed == 1) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_resource_use, row, "direction",
                  "a blank cell or forward: the link is directed");
    }
}

/* ---- loads ---- */

static void check_load_class(struct check *check, const struct zhol_load_class *load, uint32_t row)
{
    if (load->payload_t == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_load_class, row, "payload_t",
                  "more than 0 t");
    }
    if (load->class == zhol_cargo_class_CONTAINER && load->teu == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_load_class, row, "teu",
                  "more than 0 TEU, for the class is container");
    }
    bool rail = load->state == zhol_state_RAIL1435 || load->state == zhol_state_RAIL1520;
    if (rail && load->wagons == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_load_class, row, "wagons",
                  "more than 0 wagons a load unit on rails");
    }
    if (rail && load->trains == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_load_class, row, "trains",
                  "more than 0 trains a load unit on rails");
    }
    if (load->state == zhol_state_ROAD && load->trucks == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_load_class, row, "trucks",
                  "more than 0 trucks a load unit on roads");
    }
}

static void check_commodities(struct check *check)
{
    uint32_t count, load_count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(check->corridor, &count);
    const struct zhol_load_class *loads = zhol_corridor_load_class(check->corridor, &load_count);
    for (uint32_t row = 0; row < count; row++) {
        uint32_t load = check_row(check, ZHOL_TABLE_load_class, rows[row].load_class_id);
        if (load != ZHOL_NONE && loads[load].class && rows[row].class &&
            loads[load].class != rows[row].class) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_commodity, row,
                      "load_class_id", "a load class for cargo of class %s; this one is for %s",
                      zhol_cargo_class_text(rows[row].class),
                      zhol_cargo_class_text(loads[load].class));
        }
    }
}

static void check_demands(struct check *check)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (isnan(rows[row].t) && isnan(rows[row].teu)) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand, row, "t",
                      "is blank; give tonnes (t) or teu");
        }
        if (rows[row].from_node_id != ZHOL_NONE && rows[row].from_node_id == rows[row].to_node_id) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand, row, "to_node_id",
                      "another place than from_node_id");
        }
    }
}

enum zhol_error check_capacity(struct check *check)
{
    uint32_t count;
    enum zhol_error error = check_resources(check);
    const struct zhol_resource_use *uses = zhol_corridor_resource_use(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_use(check, &uses[row], row);
    }
    const struct zhol_load_class *loads = zhol_corridor_load_class(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_load_class(check, &loads[row], row);
    }
    check_commodities(check);
    check_demands(check);
    return error;
}
