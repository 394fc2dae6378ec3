/* bench_assign: all freight on limited capacity, on the CommaLab multicommodity instances.
 *
 *     bench_assign FILE [--gap G] [--threads N] [--method auto|simplex|clp] [--seconds S]
 *                  [--vertex-columns N]
 *     bench_assign FOLDER
 *
 * FILE: solves it and prints the certificate, one figure a line. Where more than N columns carry
 * flow at the interior point (0: however many), its own flows and prices are the answer if they
 * prove the gap; else a vertex is. FOLDER is the repository: prints a
 * table over the instances of ../shared/bench/mmcf where they are present.
 */
#include <zhol/assign.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/number.h"

enum { EXIT_USAGE = 2, VERTEX_COLUMNS = 100000 };

static double clock_s(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct times {
    double cpu_s, wall_s;
};

static void report_print(const struct zhol_report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        const struct zhol_finding *finding = report->findings + i;
        fprintf(stderr, "%s:%u: %s: \"%s\": %s: expected %s\n", finding->file, finding->row,
                finding->column, finding->value, zhol_error_text(finding->code), finding->expected);
    }
}

static enum zhol_error file_solve(const char *path, const struct zhol_assign_options *options,
                                  struct zhol_assign_certificate *certificate, struct times *times)
{
    struct file_data data = {0};
    struct zhol_report report;
    struct zhol_assign *assign = NULL;
    zhol_report_init(&report, 20);
    enum zhol_error error = file_read(path, 0, &data, &report);
    if (!error) {
        error = zhol_assign_parse_mmcf(&assign, data.bytes, data.size, path, &report);
    }
    report_print(&report);
    if (!error) {
        double cpu_s = clock_s(CLOCK_PROCESS_CPUTIME_ID), wall_s = clock_s(CLOCK_MONOTONIC);
        error = zhol_assign_solve(assign, options, certificate);
        times->cpu_s = clock_s(CLOCK_PROCESS_CPUTIME_ID) - cpu_s;
        times->wall_s = clock_s(CLOCK_MONOTONIC) - wall_s;
        if (error) {
            fprintf(stderr, "%s: %s\n", path, zhol_error_text(error));
        }
    }
    zhol_assign_free(assign);
    zhol_report_clear(&report);
    file_clear(&data);
    return error;
}

static int file_bench(const char *path, const struct zhol_assign_options *options)
{
    struct zhol_assign_certificate it;
    struct times times = {0};
    if (file_solve(path, options, &it, &times)) {
        return EXIT_FAILURE;
    }
    printf("primal %.17g\ndual %.17g\ngap %.3g\nviolation %.3g\n", it.primal, it.dual, it.gap,
           it.violation);
    printf("vertex %s\n", it.basic ? "yes" : "no");
    printf("unmet %.17g\niterations %llu\nsteps %u\nrounds %u\npaths %u\ntight %u\n",
           it.unmet_forced, (unsigned long long)it.iterations, it.centre_steps, it.rounds, it.paths,
           it.tight);
    printf("cpu %.3f s\nwall %.3f s\n", times.cpu_s, times.wall_s);
    return EXIT_SUCCESS;
}

static int table_bench(const char *root)
{
    static const char *const names[] = {
        "planar30",  "planar50",   "planar80",   "planar100", "planar150", "planar300", "planar500",
        "planar800", "planar1000", "planar2500", "grid1",     "grid2",     "grid3",     "grid4",
        "grid5",     "grid6",      "grid7",      "grid8",     "grid9",     "grid10",    "grid11",
        "grid12",    "grid13",     "grid14",     "grid15"};
    bool any = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[4096];
        struct stat status;
        struct zhol_assign_certificate it;
        struct times times = {0};
        snprintf(path, sizeof path, "%s/../shared/bench/mmcf/%s", root, names[i]);
        if (stat(path, &status) != 0) {
            continue;
        }
        if (!any) {
            printf("%-11s %18s %9s %9s %8s %7s %8s\n", "instance", "primal", "gap", "violation",
                   "pivots", "tight", "cpu s");
        }
        any = true;
        if (!file_solve(path, &(struct zhol_assign_options){0}, &it, &times)) {
            printf("%-11s %18.6f %9.1e %9.1e %8llu %7u %8.3f\n", names[i], it.primal, it.gap,
                   it.violation, (unsigned long long)it.iterations, it.tight, times.cpu_s);
        }
    }
    if (!any) {
        printf("bench_assign: skipped, there are no instances in ../shared/bench/mmcf\n");
    }
    return EXIT_SUCCESS;
}

/* One option and its value; false when it is not understood. */
static bool option_read(const char *name, const char *text, struct zhol_assign_options *options)
{
    static const char *const methods[] = {"auto", "simplex", "clp"};
    struct text_view value = text_view_of(text);
    int64_t threads, columns;
    if (strcmp(name, "--gap") == 0) {
        return !number_parse_real(value, &options->gap) && options->gap > 0;
    }
    if (strcmp(name, "--seconds") == 0) {
        return !number_parse_real(value, &options->seconds) && options->seconds > 0;
    }
    if (strcmp(name, "--threads") == 0 && !number_parse_int_in(value, 1, 64, &threads)) {
        options->threads = (uint32_t)threads;
        return true;
    }
    if (strcmp(name, "--vertex-columns") == 0 &&
        !number_parse_int_in(value, 0, UINT32_MAX, &columns)) {
        options->vertex_columns = (uint32_t)columns;
        return true;
    }
    for (int i = 0; strcmp(name, "--method") == 0 && i < 3; i++) {
        if (strcmp(text, methods[i]) == 0) {
            options->method = (enum zhol_assign_method)i;
            return true;
        }
    }
    return false;
}

int main(int argc, char **argv)
{
    struct zhol_assign_options options = {.vertex_columns = VERTEX_COLUMNS};
    struct stat status;
    bool understood = argc >= 2 && argc % 2 == 0;
    for (int i = 2; understood && i + 1 < argc; i += 2) {
        understood = option_read(argv[i], argv[i + 1], &options);
    }
    if (!understood) {
        fprintf(stderr, "usage: bench_assign FILE [--gap G] [--threads N] "
                        "[--method auto|simplex|clp] [--seconds S]\n"
                        "                    [--vertex-columns N]\n"
                        "       bench_assign FOLDER\n");
        return EXIT_USAGE;
    }
    if (stat(argv[1], &status) == 0 && S_ISDIR(status.st_mode)) {
        return table_bench(argv[1]);
    }
    return file_bench(argv[1], &options);
}
