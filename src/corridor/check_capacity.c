/* check_capacity.c: resources, who uses them, load classes and commodities. */
#include "corridor/check.h"

#include <math.h>
#include <stdlib.h>
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

/* What was once moved can be moved: a binding value below it needs a reason. */
struct moved {
    uint64_t place; /* see place_of */
    double value;
    int32_t from, to;
    uint32_t row;
    uint8_t unit, per, direction;
    bool observed; /* a row of observation, else of resource */
};

struct moved_list {
    struct moved *items; /* by place, then from the largest value down */
    uint32_t count;
};

static uint64_t place_of(uint32_t node, uint32_t link)
{
    return (uint64_t)link << 32 | (link == ZHOL_NONE ? node : 0);
}

static int compare_moved(const void *a, const void *b)
{
    const struct moved *x = a, *y = b;
    if (x->place != y->place) {
        return x->place < y->place ? -1 : 1;
    }
    if (x->value != y->value) {
        return x->value > y->value ? -1 : 1;
    }
    if (x->observed != y->observed) {
        return x->observed ? 1 : -1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

/* Units of observations are free text; "trains/day" says what a resource says. */
static bool parse_unit(const char *text, struct moved *item)
{
    char unit[32];
    const char *slash = strchr(text, '/');
    size_t size = slash ? (size_t)(slash - text) : 0;
    if (!slash || size >= sizeof unit) {
        return false;
    }
    memcpy(unit, text, size);
    unit[size] = '\0';
    item->unit = (uint8_t)zhol_capacity_unit_from(unit);
    item->per = (uint8_t)zhol_per_from(slash + 1);
    return item->unit && item->per;
}

static void collect_demonstrated(const struct check *check, struct moved_list *moved)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(check->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].kind == zhol_capacity_kind_DEMONSTRATED && !isnan(rows[i].value) &&
            (rows[i].node_id != ZHOL_NONE || rows[i].link_id != ZHOL_NONE)) {
            moved->items[moved->count++] =
                (struct moved){place_of(rows[i].node_id, rows[i].link_id),
                               rows[i].value,
                               rows[i].valid_from,
                               rows[i].valid_to,
                               i,
                               rows[i].unit,
                               rows[i].per,
                               rows[i].direction,
                               false};
        }
    }
}

static void collect_observed(const struct check *check, struct moved_list *moved)
{
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(check->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct moved item = {place_of(rows[i].node_id, rows[i].link_id),
                             rows[i].value,
                             rows[i].period_start,
                             rows[i].period_end,
                             i,
                             0,
                             0,
                             zhol_direction_BOTH,
                             true};
        bool placed = rows[i].node_id != ZHOL_NONE || rows[i].link_id != ZHOL_NONE;
        if (placed && !isnan(rows[i].value) && rows[i].role != zhol_role_CLAIM &&
            parse_unit(check_text(check, rows[i].unit), &item)) {
            moved->items[moved->count++] = item;
        }
    }
}

static enum zhol_error collect_moved(struct check *check, struct moved_list *moved)
{
    uint32_t resources, observations;
    zhol_corridor_resource(check->corridor, &resources);
    zhol_corridor_observation(check->corridor, &observations);
    *moved = (struct moved_list){0};
    moved->items =
        arena_array(&check->arena, (size_t)resources + observations, sizeof *moved->items);
    if (!moved->items) {
        return ZHOL_ERROR_MEMORY;
    }
    collect_demonstrated(check, moved);
    collect_observed(check, moved);
    if (moved->count) {
        qsort(moved->items, moved->count, sizeof *moved->items, compare_moved);
    }
    return ZHOL_ERROR_OK;
}

/* The first item of a place. */
static uint32_t find_moved(const struct moved_list *moved, uint64_t place)
{
    uint32_t low = 0, high = moved->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (moved->items[middle].place < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void check_moved(struct check *check, const struct zhol_resource *limit, uint32_t row,
                        const struct moved_list *moved)
{
    uint64_t place = place_of(limit->node_id, limit->link_id);
    for (uint32_t i = find_moved(moved, place); i < moved->count; i++) {
        const struct moved *item = &moved->items[i];
        if (item->place != place || !(item->value > limit->value)) {
            return;
        }
        if (item->unit != limit->unit || item->per != limit->per ||
            item->direction != limit->direction ||
            !check_overlap(limit->valid_from, limit->valid_to, item->from, item->to)) {
            continue;
        }
        enum zhol_table table = item->observed ? ZHOL_TABLE_observation : ZHOL_TABLE_resource;
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_resource, row, "value",
                  "at least what %s %s says was moved, or a note that says why less",
                  zhol_table_name(table),
                  check_id(check, table, data_u32(check->corridor, table, item->row, 0)));
        return;
    }
}

static enum zhol_error check_resources(struct check *check)
{
    uint32_t count, uses;
    struct moved_list moved;
    enum zhol_error error = collect_moved(check, &moved);
    const struct zhol_resource *rows = zhol_corridor_resource(check->corridor, &count);
    for (uint32_t row = 0; row < count && !error; row++) {
        bool first = row == 0 || rows[row - 1].resource_id != rows[row].resource_id;
        check_resource(check, &rows[row], row);
        if (rows[row].kind != zhol_capacity_kind_BINDING) {
            continue;
        }
        if (!rows[row].note) {
            check_moved(check, &rows[row], row, &moved);
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
    check_demand(check);
    return error;
}
