/* bench_plan: times the multi-objective search on a graph file.
 *
 *     bench_plan FILE START GOAL [RUNS [KERNEL]]
 *
 * FILE is the plain text of research codes (zhol_moa_graph_parse), START and GOAL count from 1.
 * Prints one line, "N solutions, X ms, E expanded": X is CPU time of the search with its reverse
 * searches, reading left out; the median of RUNS runs (default 1). KERNEL is auto, portable, avx2
 * or avx512. Exit status: 0, 1 for a fault in the input, 2 for a wrong call.
 */
#include <zhol/moa.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"

enum { RUNS_MAX = 1000, EXIT_USAGE = 2 };

static double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A number from 1 to `most`, or 0. */
static uint32_t number_read(const char *text, uint32_t most)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno && value <= most ? (uint32_t)value : 0;
}

static void faults_print(const struct zhol_report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        const struct zhol_finding *fault = &report->findings[i];
        fprintf(stderr, "%s:%u: %s%s\"%s\": %s\n", fault->file, fault->row, fault->column,
                *fault->column ? " " : "", fault->value, fault->expected);
    }
}

static enum zhol_error graph_load(const char *path, struct zhol_moa_graph *graph)
{
    struct zhol_report report;
    struct file_data data = {0};
    zhol_report_init(&report, 20);
    enum zhol_error error = file_read(path, (size_t)1 << 36, &data, &report);
    if (!error) {
        error = zhol_moa_graph_parse(graph, data.bytes, data.size, path, &report);
    }
    faults_print(&report);
    file_clear(&data);
    zhol_report_clear(&report);
    return error;
}

static enum zhol_error search_time(const struct zhol_moa_graph *graph, uint32_t start,
                                   uint32_t goal, uint32_t runs, enum zhol_moa_kernel kernel)
{
    static double times[RUNS_MAX];
    struct zhol_moa_result result = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t run = 0; run < runs && !error; run++) {
        zhol_moa_result_clear(&result);
        double before = cpu_ms();
        error = zhol_moa_solve(graph, start, goal, &(struct zhol_moa_options){.kernel = kernel},
                               &result);
        times[run] = cpu_ms() - before;
    }
    if (!error) {
        qsort(times, runs, sizeof *times, compare_double);
        printf("%u solutions, %.2f ms, %llu expanded\n", result.solution_count, times[runs / 2],
               (unsigned long long)result.expanded);
    }
    zhol_moa_result_clear(&result);
    return error;
}

static int kernel_read(const char *name, enum zhol_moa_kernel *kernel)
{
    for (int i = 0; i < ZHOL_MOA_KERNEL_COUNT; i++) {
        *kernel = (enum zhol_moa_kernel)i;
        if (strcmp(name, zhol_moa_kernel_name(*kernel)) == 0) {
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    uint32_t start = argc > 3 ? number_read(argv[2], UINT32_MAX) : 0;
    uint32_t goal = argc > 3 ? number_read(argv[3], UINT32_MAX) : 0;
    uint32_t runs = argc > 4 ? number_read(argv[4], RUNS_MAX) : 1;
    enum zhol_moa_kernel kernel = ZHOL_MOA_KERNEL_AUTO;
    if (argc < 4 || argc > 6 || !start || !goal || !runs ||
        (argc > 5 && !kernel_read(argv[5], &kernel))) {
        fprintf(stderr, "usage: %s FILE START GOAL [RUNS [auto|portable|avx2|avx512]]\n",
                argc ? argv[0] : "bench_plan");
        return EXIT_USAGE;
    }
    struct zhol_moa_graph graph = {0};
    enum zhol_error error = graph_load(argv[1], &graph);
    if (!error) {
        error = search_time(&graph, start - 1, goal - 1, runs, kernel);
    }
    if (error) {
        fprintf(stderr, "%s: %s\n", zhol_error_name(error), zhol_error_text(error));
    }
    zhol_moa_graph_clear(&graph);
    return error ? EXIT_FAILURE : EXIT_SUCCESS;
}
