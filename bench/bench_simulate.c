/* bench/bench_simulate.c: the event engine: nanoseconds of CPU per customer and per completion.
 *
 *   bench_simulate                  all of it
 *   bench_simulate mm1 [CUSTOMERS]  M/M/1 at utilisation 0.9 through the public engine
 *   bench_simulate waits            the same with the distribution of all waits kept
 *   bench_simulate closed S         S stations, 3 S jobs, next station uniformly at random
 *   bench_simulate threads          64 replications of M/M/1 on one and on two threads
 *
 * Each prints one line; the figure is the median of five runs of the CPU time of the process (of
 * wall time for threads).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <zhol/engine.h>

#define TICKS 1000000.0 /* of a mean service */

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void must(enum zhol_error error)
{
    if (error) {
        fprintf(stderr, "bench_simulate: %s\n", zhol_error_text(error));
        exit(1);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

static uint32_t exponential(struct zhol_engine *engine, double mean)
{
    uint32_t id;
    must(zhol_engine_dist(engine, &(struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = mean},
                          &id));
    return id;
}

static struct zhol_engine *make_mm1(double load, bool histogram)
{
    struct zhol_engine *engine;
    must(zhol_engine_new(&engine));
    uint32_t service = exponential(engine, TICKS), between = exponential(engine, TICKS / load);
    struct zhol_engine_resource counter = ZHOL_RESOURCE_INIT;
    counter.name = "counter";
    counter.histogram = histogram;
    uint32_t resource, process, source;
    must(zhol_engine_resource(engine, &counter, &resource));
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = resource, .b = service, .c = ZHOL_ENGINE_NONE},
        {.op = ZHOL_OP_END},
    };
    must(zhol_engine_process(engine, steps, 2, &process));
    struct zhol_engine_source arrivals = ZHOL_SOURCE_INIT;
    arrivals.process = process;
    arrivals.between = between;
    must(zhol_engine_source(engine, &arrivals, &source));
    must(zhol_engine_seal(engine, NULL));
    return engine;
}

static void bench_mm1(uint64_t customers, bool histogram)
{
    struct zhol_engine *engine = make_mm1(0.9, histogram);
    struct zhol_engine_run *run;
    must(zhol_engine_run_new(engine, &(struct zhol_run_options){.seed = 1}, &run));
    double cpu[5], wait = 0;
    for (int i = 0; i < 5; i++) {
        must(zhol_engine_run_reset(run, 1, (uint64_t)i));
        double began = seconds(CLOCK_PROCESS_CPUTIME_ID);
        must(zhol_engine_run_ended(run, customers));
        cpu[i] = (seconds(CLOCK_PROCESS_CPUTIME_ID) - began) / (double)customers * 1e9;
        struct zhol_resource_stats stats;
        zhol_engine_resource_stats(run, 0, &stats);
        wait += stats.wait_mean / TICKS / 5;
    }
    printf("%.1f ns per customer (M/M/1, utilisation 0.9, %llu customers%s; mean wait %.3f, "
           "9 expected)\n",
           median(cpu, 5), (unsigned long long)customers, histogram ? ", waits kept" : "", wait);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static struct zhol_engine *make_closed(uint32_t stations)
{
    struct zhol_engine *engine;
    must(zhol_engine_new(&engine));
    uint32_t service = exponential(engine, TICKS), count = 2 * stations + 1;
    struct zhol_engine_step *steps = calloc(count, sizeof *steps);
    uint32_t *targets = calloc(stations, sizeof *targets);
    double *weights = calloc(stations, sizeof *weights);
    if (!steps || !targets || !weights) {
        must(ZHOL_ERROR_MEMORY);
    }
    for (uint32_t i = 0; i < stations; i++) {
        struct zhol_engine_resource station = ZHOL_RESOURCE_INIT;
        uint32_t id;
        must(zhol_engine_resource(engine, &station, &id));
        steps[1 + 2 * i] = (struct zhol_engine_step){
            .op = ZHOL_OP_SERVE, .a = id, .b = service, .c = ZHOL_ENGINE_NONE};
        steps[2 + 2 * i] = (struct zhol_engine_step){.op = ZHOL_OP_GOTO, .c = 0};
        targets[i] = 1 + 2 * i;
        weights[i] = 1;
    }
    uint32_t route, process, source;
    must(zhol_engine_route(engine, targets, weights, stations, &route));
    steps[0] = (struct zhol_engine_step){.op = ZHOL_OP_ROUTE, .a = route};
    must(zhol_engine_process(engine, steps, count, &process));
    struct zhol_engine_source jobs = ZHOL_SOURCE_INIT;
    jobs.process = process;
    jobs.at_start = 3 * stations;
    must(zhol_engine_source(engine, &jobs, &source));
    must(zhol_engine_seal(engine, NULL));
    free(steps);
    free(targets);
    free(weights);
    return engine;
}

static void bench_closed(uint32_t stations)
{
    struct zhol_engine *engine = make_closed(stations);
    struct zhol_engine_run *run;
    must(zhol_engine_run_new(engine, &(struct zhol_run_options){.seed = 1}, &run));
    uint64_t events = 2000000;
    double cpu[5];
    for (int i = 0; i < 5; i++) {
        must(zhol_engine_run_reset(run, 1, (uint64_t)i));
        int64_t warm = (int64_t)(20 * TICKS);
        must(zhol_engine_run_until(run, warm));
        uint64_t before = zhol_engine_events(run);
        double began = seconds(CLOCK_PROCESS_CPUTIME_ID);
        /* completions an unit of time: 3S / (4S - 1) of S stations */
        double rate = stations * 3.0 / 4;
        must(zhol_engine_run_until(run, warm + (int64_t)((double)events / rate * TICKS)));
        cpu[i] = (seconds(CLOCK_PROCESS_CPUTIME_ID) - began) /
                 (double)(zhol_engine_events(run) - before) * 1e9;
    }
    printf("%.1f ns per completion (closed network of %u stations, %u jobs)\n", median(cpu, 5),
           stations, 3 * stations);
    zhol_engine_run_free(run);
    zhol_engine_free(engine);
}

static void measure(void *context, const struct zhol_engine_run *run, double *values)
{
    (void)context;
    struct zhol_resource_stats stats;
    zhol_engine_resource_stats(run, 0, &stats);
    values[0] = stats.wait_mean;
}

static void bench_threads(void)
{
    struct zhol_engine *engine = make_mm1(0.9, true);
    double wall[2], values[2][64];
    for (uint32_t threads = 1; threads <= 2; threads++) {
        struct zhol_experiment x = {.engine = engine,
                                    .options = {.seed = 7},
                                    .replications = 64,
                                    .threads = threads,
                                    .value_count = 1,
                                    .end = (int64_t)(100000 * TICKS),
                                    .measure = measure};
        double began = seconds(CLOCK_MONOTONIC);
        uint32_t done;
        must(zhol_experiment_run(&x, values[threads - 1], &done));
        wall[threads - 1] = seconds(CLOCK_MONOTONIC) - began;
    }
    bool same = memcmp(values[0], values[1], sizeof values[0]) == 0;
    printf("%.2f times as fast on two threads (64 replications of M/M/1, %s)\n", wall[0] / wall[1],
           same ? "same bytes" : "BYTES DIFFER");
    zhol_engine_free(engine);
}

int main(int argc, char **argv)
{
    struct stat folder;
    bool all = argc < 2 || (stat(argv[1], &folder) == 0 && S_ISDIR(folder.st_mode));
    if (all || !strcmp(argv[1], "mm1")) {
        bench_mm1(!all && argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000, false);
    }
    if (all || !strcmp(argv[1], "waits")) {
        bench_mm1(1000000, true);
    }
    if (all || !strcmp(argv[1], "closed")) {
        uint32_t stations = !all && argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 10000;
        bench_closed(stations ? stations : 1);
    }
    if (all || !strcmp(argv[1], "threads")) {
        bench_threads();
    }
    return 0;
}
