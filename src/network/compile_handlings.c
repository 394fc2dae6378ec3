/* network/compile_handlings.c: the arcs of processes, handlings at places, and storage. */
#include <math.h>

#include "network/compile.h"

/* Minutes of a process; a drawn median takes the mean along with it. */
static void process_minutes(const struct compile *c, uint32_t row, uint32_t minutes[])
{
    uint32_t count;
    const struct zhol_process *p = &zhol_corridor_process(c->corridor, &count)[row];
    struct drawn what = {
        .table = ZHOL_TABLE_process,
        .row = row,
        .id = zhol_corridor_id(c->corridor, ZHOL_TABLE_process, p->process_id),
        .valid_from = p->valid_from,
        .source = p->source_id,
    };
    double median_h = draw_value(c, &what, p->median_h, p->low_h, p->high_h);
    double mean_h = isnan(p->mean_h) ? p->median_h : p->mean_h;
    mean_h = p->median_h > 0 ? mean_h * (median_h / p->median_h) : mean_h;
    minutes[ZHOL_TIME_MIN] = scope_minutes(p->min_h < median_h ? p->min_h : median_h);
    minutes[ZHOL_TIME_MEDIAN] = scope_minutes(median_h);
    minutes[ZHOL_TIME_MEAN] = scope_minutes(mean_h);
}

enum zhol_error compile_process_arc(struct compile *c, const struct process_arc *what,
                                    struct arc_scope *scope)
{
    uint32_t count;
    const struct zhol_process *p = &zhol_corridor_process(c->corridor, &count)[what->row];
    struct zhol_arc arc = {
        .head = what->head,
        .thing = what->thing,
        .process = what->row,
        .kind = (uint8_t)what->kind,
        .class = scope->class,
        .commodity = what->commodity,
        .time_evidence = (uint8_t)scope_evidence(c, p->source_id),
    };
    uint16_t country = scope_country_code(c->corridor, p->country);
    scope->kind = (uint8_t)what->kind;
    scope->process = p->process_id;
    scope->process_kind = p->kind;
    scope->node = p->node_id;
    scope->country = country ? country : c->node_country[p->node_id];
    process_minutes(c, what->row, arc.minutes);
    const struct zhol_vertex *vertices;
    network_builder_vertices(c->builder, &vertices);
    enum zhol_error error = prices_of(c, scope, &arc.price_set);
    error = error ? error : factor_of(c, scope, &arc.emission);
    error = error ? error : calendar_of(c, p->calendar_id, &arc.calendar);
    error = error ? error : bans_of(c, scope, vertices[what->tail].node, &arc.ban);
    error = error ? error : uses_of(c, scope, &arc.uses);
    return error ? error : network_builder_arc(c->builder, what->tail, &arc, NULL);
}

static enum zhol_error compile_handling(struct compile *c, uint32_t row,
                                        const struct zhol_handling *h)
{
    uint32_t process =
        zhol_corridor_row_on(c->corridor, ZHOL_TABLE_process, h->process_id, c->options.day);
    if (!zhol_day_in(c->options.day, h->valid_from, h->valid_to) || process == ZHOL_NONE ||
        !c->node_open[h->node_id]) {
        return ZHOL_ERROR_OK;
    }
    if (h->from_state == h->to_state) {
        scope_warn(c, ZHOL_TABLE_handling, row, "to_state", zhol_state_text(h->to_state),
                   "another state than from_state; a handling that changes nothing is left out");
        return ZHOL_ERROR_OK;
    }
    struct process_arc what = {.kind = ZHOL_ARC_HANDLE, .thing = h->handling_id, .row = process};
    struct arc_scope scope = {
        .link = ZHOL_NONE,
        .service = ZHOL_NONE,
        .from_node = h->node_id,
        .to_node = h->node_id,
        .from_country = c->node_country[h->node_id],
        .to_country = c->node_country[h->node_id],
        .from_state = h->from_state,
        .to_state = h->to_state,
        .class = h->class,
    };
    enum zhol_error error =
        network_builder_place(c->builder, h->node_id, h->from_state, &what.tail);
    error = error ? error : network_builder_place(c->builder, h->node_id, h->to_state, &what.head);
    return error ? error : compile_process_arc(c, &what, &scope);
}

enum zhol_error compile_handlings(struct compile *c)
{
    uint32_t count;
    const struct zhol_handling *rows = zhol_corridor_handling(c->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; !error && row < count; row++) {
        error = compile_handling(c, row, &rows[row]);
    }
    return error;
}

enum zhol_error compile_storage(struct compile *c)
{
    const struct zhol_vertex *vertices;
    uint32_t count = network_builder_vertices(c->builder, &vertices);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t v = 0; !error && c->prices.any_storage && v < count; v++) {
        uint32_t node = vertices[v].node, set;
        if (vertices[v].stage != 0) {
            continue;
        }
        struct arc_scope scope = {
            .link = ZHOL_NONE,
            .process = ZHOL_NONE,
            .service = ZHOL_NONE,
            .node = node,
            .from_node = node,
            .to_node = node,
            .country = c->node_country[node],
            .kind = SCOPE_STORAGE,
            .from_state = vertices[v].state,
            .to_state = vertices[v].state,
        };
        error = prices_of(c, &scope, &set);
        error = error ? error : network_builder_storage(c->builder, v, set);
    }
    return error;
}
