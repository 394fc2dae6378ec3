/* check_places.c: places: codes, names, what joins them, and where a way ends. */
#include "corridor/check.h"

#include <string.h>

#include "base/map.h"

/* What is known of a place from other tables. */
struct place_use {
    uint32_t links;
    uint32_t neighbour; /* one place that a link joins it to, or ZHOL_NONE */
    bool several;       /* links lead to more than one place */
    bool terminal;      /* cargo can start or end here */
};

static void add_neighbour(struct place_use *use, uint32_t other)
{
    use->links++;
    use->several = use->several || (use->neighbour != ZHOL_NONE && use->neighbour != other);
    use->neighbour = other;
}

static struct place_use *collect_uses(struct check *check, uint32_t places)
{
    uint32_t link_count, handling_count;
    const struct zhol_link *links = zhol_corridor_link(check->corridor, &link_count);
    const struct zhol_handling *handlings =
        zhol_corridor_handling(check->corridor, &handling_count);
    struct place_use *uses = arena_array(&check->arena, places, sizeof *uses);
    for (uint32_t i = 0; uses && i < places; i++) {
        uses[i].neighbour = ZHOL_NONE;
    }
    for (uint32_t i = 0; uses && i < link_count; i++) {
        if (links[i].from_node_id < places && links[i].to_node_id < places) {
            add_neighbour(&uses[links[i].from_node_id], links[i].to_node_id);
            add_neighbour(&uses[links[i].to_node_id], links[i].from_node_id);
        }
    }
    for (uint32_t i = 0; uses && i < handling_count; i++) {
        if (handlings[i].node_id < places && (handlings[i].from_state == zhol_state_YARD ||
                                              handlings[i].to_state == zhol_state_YARD)) {
            uses[handlings[i].node_id].terminal = true;
        }
    }
    return uses;
}

static void check_joined(struct check *check, const struct zhol_node *node, uint32_t row,
                         const struct place_use *use)
{
    if (node->node_type == zhol_node_type_REGION) {
        return;
    }
    if (!use->links && !node->note) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_node, row, "node_id",
                  "a place with at least one link; join it, make it a region, or say why in note");
    } else if (use->links && !use->several && !use->terminal) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_node, row, "node_id",
                  "a way on or a handling from or to the yard: this is a dead end, links lead "
                  "only to %s",
                  check_id(check, ZHOL_TABLE_node, use->neighbour));
    }
}

static void check_locode(struct check *check, const struct zhol_node *node, uint32_t row)
{
    const char *code = check_text(check, node->unlocode);
    const char *country = check_text(check, node->country);
    bool none = node->unlocode_status == zhol_locode_status_NONE;
    bool listed = node->unlocode_status == zhol_locode_status_VERIFIED ||
                  node->unlocode_status == zhol_locode_status_FAR;
    if (!*code && listed) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_node, row, "unlocode_status",
                  "none or absent, for unlocode is blank");
    } else if (*code && none) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_node, row, "unlocode_status",
                  "verified, far, no_coordinates, absent or unverified, for unlocode is given");
    } else if (*code && *country && strncmp(code, country, 2) != 0) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_node, row, "unlocode",
                  "a code that begins with the country, %s", country);
    }
}

/* A name that two places share cannot be asked for. */
static enum zhol_error check_name(struct check *check, const struct zhol_node *node, uint32_t row,
                                  struct map *names)
{
    uint32_t other;
    const char *name = check_text(check, node->name);
    enum zhol_error error = map_add(names, text_view_of(name), node->node_id, &other);
    if (error == ZHOL_ERROR_DUPLICATE && *name && other != node->node_id) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_DUPLICATE, ZHOL_TABLE_node, row, "name",
                  "a name of its own: %s has the same, so that asking for it is ambiguous",
                  check_id(check, ZHOL_TABLE_node, other));
    }
    return error == ZHOL_ERROR_DUPLICATE ? ZHOL_ERROR_OK : error;
}

enum zhol_error check_places(struct check *check)
{
    uint32_t count;
    struct map names;
    const struct zhol_node *nodes = zhol_corridor_node(check->corridor, &count);
    uint32_t places = zhol_corridor_things(check->corridor, ZHOL_TABLE_node);
    struct place_use *uses = collect_uses(check, places);
    enum zhol_error error = uses ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    map_init(&names);
    for (uint32_t row = 0; row < count && !error; row++) {
        check_joined(check, &nodes[row], row, &uses[nodes[row].node_id]);
        check_locode(check, &nodes[row], row);
        error = check_name(check, &nodes[row], row, &names);
    }
    map_clear(&names);
    return error ? error
                 : check_circles(check, ZHOL_TABLE_node, "parent_node_id",
                                 "a place that is not part of this one");
}
