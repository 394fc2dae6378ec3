/* bench/bench_corridor_year.c: a replicated year of a corridor: seconds and nanoseconds an event.
 *
 *   bench_corridor_year [CORRIDOR [YYYY-MM-DD [DAYS [REPLICATIONS]]]]
 *   bench_corridor_year alive [MILLIONS]
 *
 * The first reads and compiles the corridor (default: the reference corridor, its own date, 365
 * days, 5 replications), makes the flows of its demand table and the sealed model, then runs
 * replications on one thread; seconds are of the processor. `--places` as a last argument prints
 * every place, to see what the model makes of the corridor. The second puts so many units (default
 * 10) before one closed border and lets them pass after a day: memory and time.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <zhol/network.h>
#include <zhol/simulate.h>

#include "base/text.h"
#include "base/time.h"
#include "desk/simulate_study.h"
#include "network/builder.h"

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double memory_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static int fail(enum zhol_error error, const struct zhol_report *report)
{
    for (uint32_t i = 0; report && i < report->count && i < 10; i++) {
        const struct zhol_finding *f = &report->findings[i];
        fprintf(stderr, "%s %s: %s, expected %s\n", f->file, f->column, f->value, f->expected);
    }
    fprintf(stderr, "%s\n", zhol_error_text(error));
    return 1;
}

/* ---- A year ---- */

static const char *const kinds[ZHOL_SIMULATE_PLACE_KINDS] = {
    "slot",       "control", "front", "yard", "line",    "platform",
    "locomotive", "vessel",  "lift",  "ban",  "weather", "closed"};

static void print_place(const struct zhol_corridor *c, const struct study *study,
                        const int64_t *block, uint32_t place)
{
    struct zhol_simulate_place p;
    struct zhol_simulate_place_tally t;
    uint32_t count;
    zhol_simulate_place_about(study->model, place, &p);
    zhol_simulate_block_place(study->model, block, place, &t);
    const char *of =
        p.process_row != ZHOL_NONE
            ? zhol_corridor_id(c, ZHOL_TABLE_process,
                               zhol_corridor_process(c, &count)[p.process_row].process_id)
        : p.resource_row != ZHOL_NONE
            ? zhol_corridor_id(c, ZHOL_TABLE_resource,
                               zhol_corridor_resource(c, &count)[p.resource_row].resource_id)
        : p.link != ZHOL_NONE ? zhol_corridor_id(c, ZHOL_TABLE_link, p.link)
                              : zhol_corridor_id(c, ZHOL_TABLE_node, p.node);
    printf("%-10s %-34.34s %-14.14s %6u %9.2f %9.2f %8.3f %9.1f %8.2f %7.0f\n", kinds[p.kind], of,
           zhol_corridor_id(c, ZHOL_TABLE_node, p.toward), p.units, p.nameplate_day, p.offered_day,
           t.busy_mean / p.units, t.queue_mean, t.wait_mean_s / 3600, (double)t.finished);
}

static void print_places(const struct zhol_corridor *c, const struct study *study,
                         const int64_t *block)
{
    printf("%-10s %-34s %-14s %6s %9s %9s %8s %9s %8s %7s\n", "place", "of", "towards", "units",
           "a day", "offered", "used", "queue", "wait h", "passed");
    for (uint32_t i = 0; i < zhol_simulate_place_count(study->model); i++) {
        print_place(c, study, block, i);
    }
}

static void print_flows(const struct study *study, const int64_t *block)
{
    struct zhol_simulate_flows_result r;
    struct zhol_simulate_blocks blocks = {study->model, block, 1, 0};
    if (zhol_simulate_flows(&blocks, NULL, 0, &r)) {
        return;
    }
    printf(
        "loads ended a day %.1f, alive at the end %.0f; transit %.1f h, median %.1f, 95 %% %.1f\n",
        r.loads_day.mean, r.alive_loads.mean, r.transit_h.mean, r.p50_h.mean, r.p95_h.mean);
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        printf("  %-11s %8.2f h\n", zhol_simulate_cause_word((enum zhol_simulate_cause)c),
               r.by_cause_h[c].mean);
    }
}

static int run_year(const struct study *study, uint32_t count, int64_t *block)
{
    double best = 1e30, sum = 0;
    struct zhol_simulate_run_about about = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint8_t done;
        struct zhol_simulate_runs runs = {.first = i, .count = 1};
        double start = now_s();
        enum zhol_error error = zhol_simulate_run(study->model, &runs, block, &done);
        double taken = now_s() - start;
        if (error) {
            return fail(error, NULL);
        }
        best = taken < best ? taken : best;
        sum += taken;
        zhol_simulate_block_about(block, &about);
    }
    printf("%.3f s a replication (best %.3f), %.2f million events, %.0f ns an event\n", sum / count,
           best, (double)about.events * 1e-6, best * 1e9 / (double)about.events);
    printf("units: %llu born, %llu ended, %llu alive; bans %llu, blocked %llu, abandoned %llu; "
           "laws %s\n",
           (unsigned long long)about.units_born, (unsigned long long)about.units_ended,
           (unsigned long long)about.units_alive, (unsigned long long)about.bans,
           (unsigned long long)about.blocked, (unsigned long long)about.abandoned,
           about.holds ? "hold" : "DO NOT HOLD");
    return 0;
}

static int year(const struct zhol_corridor *corridor, int32_t day, double days, uint32_t count,
                bool places)
{
    struct zhol_report report;
    struct zhol_network *network = NULL;
    struct zhol_network_options network_options = {.day = day, .horizon_days = (uint32_t)days + 30};
    struct study_options options;
    struct study study = {0};
    zhol_report_init(&report, 0);
    double start = now_s();
    enum zhol_error error = zhol_network_compile(corridor, &network_options, &report, &network);
    if (error) {
        return fail(error, &report);
    }
    study_options_init(&options);
    options.start_s = (int64_t)day * 86400;
    options.days = days;
    options.warm_up_days = 0;
    options.threads = 2;
    options.assigned = true;
    error = study_prepare(corridor, network, &options, &report, &study);
    if (error) {
        return fail(error, &report);
    }
    uint64_t size = zhol_simulate_block_size(study.model);
    printf("%u flows, %u places, block of %.0f KiB; made in %.2f s\n", study.flows.flow_count,
           zhol_simulate_place_count(study.model), (double)size / 128, now_s() - start);
    int64_t *block = calloc(size, sizeof *block);
    int status = block ? run_year(&study, count, block) : 1;
    if (!status) {
        print_flows(&study, block);
        printf("memory %.0f MiB\n", memory_mib());
    }
    if (!status && places) {
        print_places(corridor, &study, block);
    }
    free(block);
    study_clear(&study);
    zhol_network_free(network);
    zhol_report_clear(&report);
    return status;
}

/* ---- Ten million alive ---- */

static enum zhol_error make_road(struct zhol_network **network)
{
    struct network_builder *b;
    uint32_t from, to;
    enum zhol_error error = network_builder_new(&b);
    error = error ? error : network_builder_place(b, 0, zhol_state_ROAD, &from);
    error = error ? error : network_builder_place(b, 1, zhol_state_ROAD, &to);
    if (!error) {
        struct zhol_arc arc = network_arc_move(to, 0, zhol_mode_ROAD, 1000, 0);
        error = network_builder_arc(b, from, &arc, NULL);
    }
    error = error ? error : network_builder_finish(b, network);
    network_builder_free(b);
    return error;
}

static int alive(double millions)
{
    struct zhol_network *network = NULL;
    uint32_t arc = 0, first[2] = {0, 0};
    enum zhol_error error = make_road(&network);
    struct zhol_network_view view = zhol_network_view(network);
    struct zhol_simulate_flow flow = {.arcs = &arc, .arc_count = 1, .commodity = ZHOL_NONE};
    struct zhol_simulate_standing stand = {.loads = millions * 1e6};
    struct zhol_simulate_disruption closed = {
        .kind = ZHOL_SIMULATE_CLOSURE,
        .cause = ZHOL_SIMULATE_ACCEPTANCE,
        .scope = {ZHOL_NONE, 0, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, 0, 0},
        .to_s = 86400};
    struct zhol_simulate_input input = {
        .view = &view, .load_class_first = first, .flows = &flow, .flow_count = 1};
    struct zhol_simulate_options options;
    struct zhol_simulate_model *model = NULL;
    zhol_simulate_options_init(&options);
    options.days = 2;
    options.standing = &stand;
    options.standing_count = 1;
    options.disruptions = &closed;
    options.disruption_count = 1;
    error = error ? error : zhol_simulate_build(&input, &options, NULL, &model);
    int64_t *block = error ? NULL : calloc(zhol_simulate_block_size(model), sizeof *block);
    uint8_t done;
    struct zhol_simulate_runs runs = {.count = 1};
    double start = now_s();
    error = error ? error : zhol_simulate_run(model, &runs, block, &done);
    if (error) {
        return fail(error, NULL);
    }
    struct zhol_simulate_run_about about;
    zhol_simulate_block_about(block, &about);
    printf("%.1f million alive at once, all ended: %s; %.2f s, %.0f MiB, %.0f bytes each\n",
           (double)about.alive_max * 1e-6, about.units_alive ? "no" : "yes", now_s() - start,
           memory_mib(), memory_mib() * 1048576 / (double)about.alive_max);
    free(block);
    zhol_simulate_free(model);
    zhol_network_free(network);
    return 0;
}

int main(int argc, char **argv)
{
    bool places = argc > 1 && !strcmp(argv[argc - 1], "--places");
    argc -= places;
    if (argc > 1 && !strcmp(argv[1], "alive")) {
        return alive(argc > 2 ? atof(argv[2]) : 10);
    }
    struct zhol_corridor *corridor = NULL;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    const char *dir = argc > 1 ? argv[1] : "corridors/china-kazakhstan";
    enum zhol_error error = zhol_corridor_read(dir, NULL, &report, &corridor);
    if (error) {
        return fail(error, &report);
    }
    int32_t day = zhol_corridor_about(corridor).day;
    if (argc > 2 && time_parse_day(text_view_of(argv[2]), &day)) {
        return fail(ZHOL_ERROR_SYNTAX, NULL);
    }
    double days = argc > 3 ? atof(argv[3]) : 365;
    uint32_t count = argc > 4 ? (uint32_t)atoi(argv[4]) : 5;
    int status = year(corridor, day, days, count ? count : 1, places);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return status;
}
