/* moa_graph.c: building the graph of zhol/moa.h from a list of arcs. */
#include <zhol/moa.h>

#include <stdlib.h>

void zhol_moa_graph_clear(struct zhol_moa_graph *graph)
{
    free(graph->first_out);
    free(graph->out);
    free(graph->out_input);
    free(graph->first_in);
    free(graph->in);
    *graph = (struct zhol_moa_graph){0};
}

static enum zhol_error arcs_check(const struct zhol_moa_arc *arcs, uint32_t arc_count,
                                  uint32_t vertex_count, uint32_t cost_count)
{
    for (uint32_t i = 0; i < arc_count; i++) {
        if (arcs[i].from >= vertex_count || arcs[i].to >= vertex_count) {
            return ZHOL_ERROR_RANGE;
        }
        for (uint32_t k = 0; k < cost_count; k++) {
            if (arcs[i].cost[k] >= ZHOL_MOA_COST_LIMIT) {
                return ZHOL_ERROR_RANGE;
            }
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error rows_allocate(struct zhol_moa_graph *graph)
{
    size_t vertices = (size_t)graph->vertex_count + 1, arcs = (size_t)graph->arc_count + 1;
    graph->first_out = calloc(vertices, sizeof *graph->first_out);
    graph->first_in = calloc(vertices, sizeof *graph->first_in);
    graph->out = calloc(arcs, sizeof *graph->out);
    graph->in = calloc(arcs, sizeof *graph->in);
    graph->out_input = calloc(arcs, sizeof *graph->out_input);
    if (!graph->first_out || !graph->first_in || !graph->out || !graph->in || !graph->out_input) {
        return ZHOL_ERROR_MEMORY;
    }
    return ZHOL_ERROR_OK;
}

/* Turns counts, held one place to the right, into the ends of the rows before; filling the rows
 * then moves each to the row's own end, which is where the next begins. */
static void rows_start(uint32_t *first, uint32_t vertex_count)
{
    uint32_t sum = 0;
    for (uint32_t v = 1; v <= vertex_count; v++) {
        uint32_t count = first[v];
        first[v] = sum;
        sum += count;
    }
}

static struct zhol_moa_step step_of(const struct zhol_moa_arc *arc, uint32_t vertex,
                                    uint32_t cost_count)
{
    return (struct zhol_moa_step){vertex,
                                  {arc->cost[0], arc->cost[1], cost_count > 2 ? arc->cost[2] : 0}};
}

static void rows_fill(struct zhol_moa_graph *graph, const struct zhol_moa_arc *arcs)
{
    for (uint32_t i = 0; i < graph->arc_count; i++) {
        graph->first_out[arcs[i].from + 1]++;
        graph->first_in[arcs[i].to + 1]++;
    }
    rows_start(graph->first_out, graph->vertex_count);
    rows_start(graph->first_in, graph->vertex_count);
    for (uint32_t i = 0; i < graph->arc_count; i++) {
        uint32_t k = graph->first_out[arcs[i].from + 1]++;
        graph->out[k] = step_of(&arcs[i], arcs[i].to, graph->cost_count);
        graph->out_input[k] = i;
        k = graph->first_in[arcs[i].to + 1]++;
        graph->in[k] = step_of(&arcs[i], arcs[i].from, graph->cost_count);
    }
}

enum zhol_error zhol_moa_graph_build(struct zhol_moa_graph *graph, uint32_t vertex_count,
                                     const struct zhol_moa_arc *arcs, uint32_t arc_count,
                                     uint32_t cost_count)
{
    *graph = (struct zhol_moa_graph){0};
    if (cost_count < 2 || cost_count > ZHOL_MOA_COSTS_MAX) {
        return ZHOL_ERROR_RANGE;
    }
    if (vertex_count == UINT32_MAX || arc_count == UINT32_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = arcs_check(arcs, arc_count, vertex_count, cost_count);
    if (error) {
        return error;
    }
    graph->vertex_count = vertex_count;
    graph->arc_count = arc_count;
    graph->cost_count = cost_count;
    error = rows_allocate(graph);
    if (error) {
        zhol_moa_graph_clear(graph);
        return error;
    }
    rows_fill(graph, arcs);
    return ZHOL_ERROR_OK;
}
