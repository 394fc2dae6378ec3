/* fuzz_graph_text: the reader of plain text graphs, and a short search on what it accepts.
 *
 * Looked for: crashes, leaks, reads out of bounds, and a graph or result that contradicts itself.
 */
#include <zhol/moa.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(int truth)
{
    if (!truth) {
        abort();
    }
}

static void graph_check(const struct zhol_moa_graph *graph)
{
    check(graph->first_out[0] == 0 && graph->first_out[graph->vertex_count] == graph->arc_count);
    check(graph->first_in[0] == 0 && graph->first_in[graph->vertex_count] == graph->arc_count);
    for (uint32_t k = 0; k < graph->arc_count; k++) {
        check(graph->out[k].vertex < graph->vertex_count);
        check(graph->in[k].vertex < graph->vertex_count);
        check(graph->out_input[k] < graph->arc_count);
    }
}

static void search_check(const struct zhol_moa_graph *graph)
{
    struct zhol_moa_options options = {.label_limit = 2000};
    struct zhol_moa_result result;
    enum zhol_error error = zhol_moa_solve(graph, 0, graph->vertex_count - 1, &options, &result);
    check((error == ZHOL_ERROR_OK) == (result.solution_count > 0));
    for (uint32_t i = 0; i < result.solution_count; i++) {
        uint32_t count;
        zhol_moa_path(&result, i, NULL, 0, &count);
        check(count <= result.label_count);
    }
    zhol_moa_result_clear(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct zhol_report report;
    struct zhol_moa_graph graph;
    zhol_report_init(&report, 5);
    enum zhol_error error =
        zhol_moa_graph_parse(&graph, (const char *)bytes, size, "fuzz", &report);
    check((error == ZHOL_ERROR_OK) == !zhol_report_failed(&report));
    if (!error) {
        graph_check(&graph);
        if (graph.vertex_count) {
            search_check(&graph);
        }
    }
    zhol_moa_graph_clear(&graph);
    zhol_report_clear(&report);
    return 0;
}
