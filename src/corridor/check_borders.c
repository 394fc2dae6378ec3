/* check_borders.c: no border without controls, and controls only where they can be passed. */
#include "corridor/check.h"

#include <string.h>

#include "corridor/codes.h"

static const struct zhol_node *place(const struct check *check, uint32_t node)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(check->corridor, &count);
    uint32_t row = check_row(check, ZHOL_TABLE_node, node);
    return row == ZHOL_NONE ? NULL : &nodes[row];
}

/* Goods that go by sea, river, pipe or air are controlled at ports, meters and airports, where
 * processes stand for it; a caravan of old met no border station. */
static bool mode_has_controls(unsigned mode)
{
    return mode == zhol_mode_RAIL || mode == zhol_mode_ROAD;
}

static bool needs_controls(const struct check *check, const struct zhol_link *link)
{
    const struct zhol_node *from = place(check, link->from_node_id);
    const struct zhol_node *to = place(check, link->to_node_id);
    if (!from || !to || !from->country || !to->country || !mode_has_controls(link->mode)) {
        return false;
    }
    return from->country != to->country && /* countries are interned */
           !(codes_without_controls(check_text(check, from->country)) &&
             codes_without_controls(check_text(check, to->country)));
}

static void check_crossing(struct check *check, const struct zhol_link *link, uint32_t row,
                           uint32_t controls)
{
    const char *from = check_text(check, place(check, link->from_node_id)->country);
    const char *to = check_text(check, place(check, link->to_node_id)->country);
    if (link->directed == 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "directed",
                  "true: a link from %s to %s is two directed rows, each with its controls", from,
                  to);
    } else if (!controls) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link, row, "link_id",
                  "a border link with rows in link_control.csv, the exit from %s and then the "
                  "entry to %s",
                  from, to);
    }
}

/* The controls of one directed link, in order: no exit may follow an entry. */
static void check_order(struct check *check, const struct zhol_link *link, const uint32_t *rows,
                        uint32_t count)
{
    uint32_t control_count, process_count;
    const struct zhol_link_control *controls =
        zhol_corridor_link_control(check->corridor, &control_count);
    const struct zhol_process *processes = zhol_corridor_process(check->corridor, &process_count);
    bool entered = false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t process = check_row(check, ZHOL_TABLE_process, controls[rows[i]].process_id);
        if (process == ZHOL_NONE) {
            continue;
        }
        const struct zhol_process *done = &processes[process];
        if (entered && done->kind == zhol_process_kind_BORDER_EXIT) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link_control, rows[i],
                      "seq", "a number below that of the entry: one leaves a country first");
        }
        entered = entered || done->kind == zhol_process_kind_BORDER_ENTRY;
        if (done->node_id != link->from_node_id && done->node_id != link->to_node_id &&
            !controls[rows[i]].note) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_link_control, rows[i],
                      "process_id", "a process at %s or %s, the ends of the link",
                      check_id(check, ZHOL_TABLE_node, link->from_node_id),
                      check_id(check, ZHOL_TABLE_node, link->to_node_id));
        }
    }
}

static void check_undirected(struct check *check, const uint32_t *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_link_control, rows[i],
                  "link_id", "a directed link: controls differ by direction");
    }
}

/* A control for one class of cargo and a commodity of another never meets anything. */
static void check_scopes(struct check *check)
{
    uint32_t count, commodity_count;
    const struct zhol_link_control *controls = zhol_corridor_link_control(check->corridor, &count);
    const struct zhol_commodity *commodities =
        zhol_corridor_commodity(check->corridor, &commodity_count);
    for (uint32_t row = 0; row < count; row++) {
        uint32_t commodity = check_row(check, ZHOL_TABLE_commodity, controls[row].commodity_id);
        if (commodity != ZHOL_NONE && controls[row].class &&
            commodities[commodity].class != controls[row].class) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_link_control, row, "class",
                      "%s, the class of the commodity, or a blank cell",
                      zhol_cargo_class_text(commodities[commodity].class));
        }
    }
}

void check_borders(struct check *check)
{
    uint32_t link_count;
    const struct zhol_link *links = zhol_corridor_link(check->corridor, &link_count);
    for (uint32_t row = 0; row < link_count; row++) {
        uint32_t controls;
        const uint32_t *rows = zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_link_control,
                                                     links[row].link_id, &controls);
        if (needs_controls(check, &links[row])) {
            check_crossing(check, &links[row], row, controls);
        }
        if (links[row].directed == 0) {
            check_undirected(check, rows, controls);
        } else if (!check_faulty(check, ZHOL_TABLE_link, row)) {
            check_order(check, &links[row], rows, controls);
        }
    }
    check_scopes(check);
}
