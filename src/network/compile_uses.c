/* network/compile_uses.c: which capacities an arc uses.
 *
 * Only resources of kind binding limit flow, so only they are in a network, with the row that
 * holds on the day. A link's use of a resource may be meant for one direction: that of the row in
 * resource_use, or where it is blank, that of the resource. A row that names a load class stands in
 * place of the blank row of its resource for that class: the blank row is then spread over all
 * other classes, so that whoever reads a network just adds up the uses that fit.
 */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "network/compile.h"

enum zhol_error uses_prepare(struct compile *c)
{
    uint32_t count, links = 0, processes = 0;
    const struct zhol_resource_use *rows = zhol_corridor_resource_use(c->corridor, &count);
    uint64_t *link_keys = arena_array(&c->arena, count, sizeof *link_keys);
    uint32_t *link_rows = arena_array(&c->arena, count, sizeof *link_rows);
    uint64_t *process_keys = arena_array(&c->arena, count, sizeof *process_keys);
    uint32_t *process_rows = arena_array(&c->arena, count, sizeof *process_rows);
    if (!link_keys || !link_rows || !process_keys || !process_rows) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t row = 0; row < count; row++) {
        if (rows[row].link_id != ZHOL_NONE) {
            link_keys[links] = rows[row].link_id;
            link_rows[links++] = row;
        }
        if (rows[row].process_id != ZHOL_NONE) {
            process_keys[processes] = rows[row].process_id;
            process_rows[processes++] = row;
        }
    }
    enum zhol_error error =
        row_index_make(&c->uses.by_link, &c->arena, link_keys, link_rows, links);
    return error ? error
                 : row_index_make(&c->uses.by_process, &c->arena, process_keys, process_rows,
                                  processes);
}

void uses_clear(struct compile *c)
{
    free(c->uses.scratch);
}

/* True where a use meant for `direction` is one of an arc along (1) or against (-1) its link. */
static bool direction_fits(unsigned direction, int along)
{
    return !(direction == zhol_direction_FORWARD && along < 0) &&
           !(direction == zhol_direction_BACKWARD && along > 0);
}

static bool is_sided(unsigned direction)
{
    return direction == zhol_direction_FORWARD || direction == zhol_direction_BACKWARD;
}

static enum zhol_error take_use(struct compile *c, const struct zhol_resource_use *use, int along,
                                uint32_t *taken)
{
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(c->corridor, &count);
    uint32_t row =
        zhol_corridor_row_on(c->corridor, ZHOL_TABLE_resource, use->resource_id, c->options.day);
    if (row == ZHOL_NONE || resources[row].kind != zhol_capacity_kind_BINDING) {
        return ZHOL_ERROR_OK;
    }
    unsigned direction = use->direction ? use->direction : resources[row].direction;
    if (is_sided(direction) && !direction_fits(direction, along)) {
        return ZHOL_ERROR_OK;
    }
    struct use_index *u = &c->uses;
    enum zhol_error error = ARRAY_RESERVE(u->scratch, u->scratch_capacity, *taken + 1);
    if (error) {
        return error;
    }
    u->scratch[(*taken)++] =
        (struct zhol_use){row, use->load_class_id, isnan(use->units) ? 0 : (float)use->units};
    return ZHOL_ERROR_OK;
}

static bool is_taken(const struct compile *c, uint32_t taken, uint32_t resource, uint32_t class)
{
    for (uint32_t i = 0; i < taken; i++) {
        const struct zhol_use *use = &c->uses.scratch[i];
        if (use->resource_row == resource && use->load_class == class) {
            return true;
        }
    }
    return false;
}

/* Whether some row of the resource names a class. */
static bool has_class(const struct compile *c, uint32_t taken, uint32_t resource)
{
    for (uint32_t i = 0; i < taken; i++) {
        const struct zhol_use *use = &c->uses.scratch[i];
        if (use->resource_row == resource && use->load_class != ZHOL_NONE) {
            return true;
        }
    }
    return false;
}

/* Turns a blank row into one for each load class that has none of its own. */
static enum zhol_error spread_blank(struct compile *c, uint32_t at, uint32_t *taken)
{
    struct use_index *u = &c->uses;
    struct zhol_use blank = u->scratch[at];
    uint32_t classes = zhol_corridor_things(c->corridor, ZHOL_TABLE_load_class);
    u->scratch[at] = u->scratch[--*taken];
    for (uint32_t class = 0; class < classes; class ++) {
        if (is_taken(c, *taken, blank.resource_row, class)) {
            continue;
        }
        enum zhol_error error = ARRAY_RESERVE(u->scratch, u->scratch_capacity, *taken + 1);
        if (error) {
            return error;
        }
        blank.load_class = class;
        u->scratch[(*taken)++] = blank;
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error spread_blanks(struct compile *c, uint32_t *taken)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < *taken;) {
        const struct zhol_use *use = &c->uses.scratch[i];
        bool spread = use->load_class == ZHOL_NONE && has_class(c, *taken, use->resource_row);
        if (spread) {
            error = spread_blank(c, i, taken);
        } else {
            i++;
        }
    }
    return error;
}

enum zhol_error uses_of(struct compile *c, const struct arc_scope *scope, uint32_t *list)
{
    bool moves = scope->kind == ZHOL_ARC_MOVE;
    const struct row_index *index = moves ? &c->uses.by_link : &c->uses.by_process;
    uint32_t thing = moves ? scope->link : scope->process;
    uint32_t count, total, taken = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    *list = 0;
    if (index->count == 0) {
        return ZHOL_ERROR_OK;
    }
    const struct zhol_resource_use *uses = zhol_corridor_resource_use(c->corridor, &total);
    const uint32_t *rows = row_index_find(index, thing, &count);
    for (uint32_t i = 0; !error && i < count; i++) {
        error = take_use(c, &uses[rows[i]], moves ? scope->along : 0, &taken);
    }
    error = error ? error : spread_blanks(c, &taken);
    return error ? error : network_builder_uses(c->builder, c->uses.scratch, taken, list);
}
