/* bench_assign: all freight on limited capacity, on the CommaLab multicommodity instances.
 *
 *     bench_assign FILE [--gap G] [--threads N] [--method auto|simplex|clp] [--seconds S]
 *                  [--vertex-columns N]
 *     bench_assign FOLDER [the same options]
 *
 * FILE: solves it and prints the certificate, one figure a line. Where more than N columns carry
 * flow at the interior point (0: however many), its own flows and prices are the answer if they
 * prove the gap; else a vertex is. Where demand finds no room at all, a line `infeasible` says how
 * much, and the exit code is 1: the other figures are then of no solution.
 * FOLDER holds instances (planar30 ... grid15), or is the repository, beside which they stand in
 * ../shared/bench/mmcf: prints a table over those that are present. A repository without them is
 * skipped.
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

/* Flows of an interior point are cut to all limits: a few millionths of a unit may stay. */
#define INFEASIBLE_SHARE 1e-9

static double clock_s(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct times {
    double cpu_s, wall_s;
    double asked; /* all demand */
};

static void report_print(const struct zhol_report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        const struct zhol_finding *finding = report->findings + i;
        fprintf(stderr, "%s:%u: %s: \"%s\": %s: expected %s\n", finding->file, finding->row,
                finding->column, finding->value, zhol_error_text(finding->code), finding->expected);
    }
}

/* All that is carried or unmet. */
static double asked_of(const struct zhol_assign *assign, double unmet)
{
    double all = unmet;
    uint32_t count = zhol_assign_path_count(assign);
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_assign_path path;
        zhol_assign_path_at(assign, i, &path);
        all += path.flow;
    }
    return all;
}

static bool is_infeasible(const struct zhol_assign_certificate *it, const struct times *times)
{
    return it->unmet_forced > INFEASIBLE_SHARE * times->asked;
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
        times->asked = error ? 0 : asked_of(assign, certificate->unmet);
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
    if (is_infeasible(&it, &times)) {
        printf("infeasible %.17g of %.17g have no room\n", it.unmet_forced, times.asked);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

static void table_row(const char *name, const char *path, const struct zhol_assign_options *options)
{
    struct zhol_assign_certificate it;
    struct times times = {0};
    if (!file_solve(path, options, &it, &times)) {
        printf("%-11s %18.6f %9.1e %9.1e %8llu %7u %8.3f%s\n", name, it.primal, it.gap,
               it.violation, (unsigned long long)it.iterations, it.tight, times.cpu_s,
               is_infeasible(&it, &times) ? " infeasible" : "");
    }
}

static int table_bench(const char *folder, const struct zhol_assign_options *options)
{
    static const char *const names[] = {
        "planar30",  "planar50",   "planar80",   "planar100", "planar150", "planar300", "planar500",
        "planar800", "planar1000", "planar2500", "grid1",     "grid2",     "grid3",     "grid4",
        "grid5",     "grid6",      "grid7",      "grid8",     "grid9",     "grid10",    "grid11",
        "grid12",    "grid13",     "grid14",     "grid15"};
    char path[4096];
    struct stat status;
    bool any = false;
    for (int beside = 0; beside < 2 && !any; beside++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            snprintf(path, sizeof path, "%s%s/%s", folder, beside ? "/../shared/bench/mmcf" : "",
                     names[i]);
            if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
                continue;
            }
            if (!any) {
                printf("%-11s %18s %9s %9s %8s %7s %8s\n", "instance", "primal", "gap", "violation",
                       "pivots", "tight", "cpu s");
            }
            any = true;
            table_row(names[i], path, options);
        }
    }
    if (any) {
        return EXIT_SUCCESS;
    }
    snprintf(path, sizeof path, "%s/CMakeLists.txt", folder);
    if (stat(path, &status) == 0) {
        printf("bench_assign: skipped, there are no instances in ../shared/bench/mmcf\n");
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "bench_assign: %s: no instances (planar30 ... planar2500, grid1 ... grid15)\n",
            folder);
    return EXIT_FAILURE;
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

static const char usage[] =
    "usage: bench_assign FILE|FOLDER [--gap G] [--threads N] [--method auto|simplex|clp]\n"
    "                    [--seconds S] [--vertex-columns N]\n"
    "FILE is a CommaLab planar or grid instance; FOLDER holds some, or is the repository.\n";

static int misused(const char *what, const char *value)
{
    fprintf(stderr, "bench_assign: %s%s%s is not understood\n%s", what, value ? " " : "",
            value ? value : "", usage);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct zhol_assign_options options = {.vertex_columns = VERTEX_COLUMNS};
    const char *path = NULL;
    struct stat status;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            fputs(usage, stdout);
            return EXIT_SUCCESS;
        }
        if (argv[i][0] != '-' && !path) {
            path = argv[i];
        } else if (i + 1 == argc || !option_read(argv[i], argv[i + 1], &options)) {
            return misused(argv[i], argv[i + 1]);
        } else {
            i++;
        }
    }
    if (!path) {
        return misused("a call without FILE or FOLDER", NULL);
    }
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return table_bench(path, &options);
    }
    return file_bench(path, &options);
}
