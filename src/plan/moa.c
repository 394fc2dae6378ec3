/* moa.c: solving, results and paths (zhol/moa.h). */
#include <zhol/moa.h>

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "plan/moa_search.h"

static const char *const kernel_names[ZHOL_MOA_KERNEL_COUNT] = {"auto", "portable", "avx2",
                                                                "avx512"};

int zhol_moa_kernel_available(enum zhol_moa_kernel kernel)
{
    switch (kernel) {
    case ZHOL_MOA_KERNEL_AUTO:
    case ZHOL_MOA_KERNEL_PORTABLE:
        return 1;
#if FRONT_HAS_X86
    case ZHOL_MOA_KERNEL_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
    case ZHOL_MOA_KERNEL_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("popcnt");
#endif
    default:
        return 0;
    }
}

const char *zhol_moa_kernel_name(enum zhol_moa_kernel kernel)
{
    return (unsigned)kernel < ZHOL_MOA_KERNEL_COUNT ? kernel_names[kernel] : "";
}

static enum zhol_error search_loop(struct moa_search *search, enum zhol_moa_kernel kernel)
{
#if FRONT_HAS_X86
    if (kernel == ZHOL_MOA_KERNEL_AUTO) {
        kernel = zhol_moa_kernel_available(ZHOL_MOA_KERNEL_AVX512) ? ZHOL_MOA_KERNEL_AVX512
                 : zhol_moa_kernel_available(ZHOL_MOA_KERNEL_AVX2) ? ZHOL_MOA_KERNEL_AVX2
                                                                   : ZHOL_MOA_KERNEL_PORTABLE;
    }
    if (kernel == ZHOL_MOA_KERNEL_AVX512) {
        return moa_loop_avx512(search);
    }
    if (kernel == ZHOL_MOA_KERNEL_AVX2) {
        return moa_loop_avx2(search);
    }
#endif
    (void)kernel;
    return moa_loop_portable(search);
}

static int solution_compare(const void *context, uint32_t a, uint32_t b)
{
    const uint32_t(*cost)[MOA_COSTS] = context;
    for (int k = 0; k < MOA_COSTS; k++) {
        if (cost[a][k] != cost[b][k]) {
            return cost[a][k] < cost[b][k] ? -1 : 1;
        }
    }
    return 0;
}

/* Writes the solutions in the order of the graph's costs. */
static enum zhol_error solutions_write(const struct moa_search *search,
                                       struct zhol_moa_result *result)
{
    uint32_t count = search->solution_count, costs = result->cost_count;
    uint32_t *index = malloc((count + (size_t)1) * sizeof *index);
    uint32_t(*vectors)[MOA_COSTS] = calloc(count + (size_t)1, sizeof *vectors);
    result->cost = malloc((count + (size_t)1) * costs * sizeof *result->cost);
    result->solution_label = malloc((count + (size_t)1) * sizeof *result->solution_label);
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    if (!index || !vectors || !result->cost || !result->solution_label) {
        goto out;
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < costs; k++) {
            vectors[i][search->space.order[k]] = search->solutions[i].cost[k];
        }
    }
    sort_index_fill(index, count);
    error = sort_index(index, count, solution_compare, vectors);
    for (uint32_t i = 0; i < count && !error; i++) {
        memcpy(result->cost + (size_t)i * costs, vectors[index[i]], costs * sizeof *result->cost);
        result->solution_label[i] = search->solutions[index[i]].label;
    }
    result->solution_count = count;
out:
    free(index);
    free(vectors);
    return error;
}

/* Moves what the search found into the result. */
static enum zhol_error result_write(struct moa_search *search, struct zhol_moa_result *result)
{
    for (uint32_t i = 0; i < search->label_count; i++) {
        search->labels[i].arc = search->space.arc_origin[search->labels[i].arc];
    }
    result->labels = search->labels;
    result->label_count = search->label_count;
    search->labels = NULL;
    result->expanded = search->expanded;
    result->generated = search->generated;
    return solutions_write(search, result);
}

enum zhol_error zhol_moa_solve(const struct zhol_moa_graph *graph, uint32_t start, uint32_t goal,
                               const struct zhol_moa_options *options,
                               struct zhol_moa_result *result)
{
    *result = (struct zhol_moa_result){.cost_count = graph->cost_count};
    const struct zhol_moa_options defaults = {0};
    options = options ? options : &defaults;
    if (start >= graph->vertex_count || goal >= graph->vertex_count) {
        return ZHOL_ERROR_RANGE;
    }
    if (!zhol_moa_kernel_available(options->kernel)) {
        return ZHOL_ERROR_USAGE;
    }
    struct moa_search search = {.stop = options->stop, .stop_context = options->stop_context};
    search.label_limit = ZHOL_MOA_NONE - 1;
    if (options->label_limit && options->label_limit < search.label_limit) {
        search.label_limit = (uint32_t)options->label_limit;
    }
    enum zhol_error error = moa_search_start(&search, graph, start, goal);
    if (!error) {
        error = search_loop(&search, options->kernel);
    }
    if (!error) {
        error = result_write(&search, result);
    }
    moa_search_clear(&search);
    if (error) {
        zhol_moa_result_clear(result);
    }
    return error;
}

enum zhol_error zhol_moa_path(const struct zhol_moa_result *result, uint32_t solution,
                              uint32_t *arcs, uint32_t capacity, uint32_t *arc_count)
{
    *arc_count = 0;
    if (solution >= result->solution_count) {
        return ZHOL_ERROR_RANGE;
    }
    const struct zhol_moa_label *labels = result->labels;
    uint32_t last = result->solution_label[solution], count = 0;
    for (uint32_t i = last; labels[i].parent != ZHOL_MOA_NONE; i = labels[i].parent) {
        count++;
    }
    *arc_count = count;
    if (count > capacity) {
        return ZHOL_ERROR_LIMIT;
    }
    for (uint32_t i = last; labels[i].parent != ZHOL_MOA_NONE; i = labels[i].parent) {
        arcs[--count] = labels[i].arc;
    }
    return ZHOL_ERROR_OK;
}

void zhol_moa_result_clear(struct zhol_moa_result *result)
{
    free(result->cost);
    free(result->solution_label);
    free(result->labels);
    *result = (struct zhol_moa_result){0};
}
