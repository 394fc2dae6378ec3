/* bench_assign_growth: seconds and memory of an assignment as the corridor and its freight grow.
 *
 *     bench_assign_growth [ROOT] [--seconds S] [--threads N] [--arcs N] [--demands N]
 *
 * A made corridor is a strip of five parallel lines with cross links every step, both ways; demands
 * join places up to forty steps apart; a third of the arcs are scarce. Without --arcs and --demands
 * all of 1 k, 10 k and 100 k of either are solved, each in at most S seconds of CPU (default 20):
 * where that is not enough, the certified gap that was reached stands in the table. Memory is the
 * most that a process of its own held.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <zhol/assign.h>

enum { LINES = 5, REACH = 40, VERTEX_COLUMNS = 100000 };

static uint64_t state;

/* Uniform in [0, 1): SplitMix64 (Steele, Lea, Flood 2014). */
static double draw(void)
{
    uint64_t z = state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static void must(enum zhol_error error)
{
    if (error) {
        fprintf(stderr, "bench_assign_growth: %s\n", zhol_error_text(error));
        exit(1);
    }
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* An arc with a row of its own. */
static void add_arc(struct zhol_assign *assign, uint32_t from, uint32_t to, double cost,
                    double load)
{
    uint32_t arc, row;
    double use = 1;
    must(zhol_assign_add_arc(assign, from, to, &cost, &arc));
    must(zhol_assign_add_row(assign, load * (draw() < 1.0 / 3 ? 0.5 + draw() : 2 + 4 * draw()),
                             &row));
    must(zhol_assign_add_use(assign, arc, row, &use));
}

static struct zhol_assign *make(uint32_t arcs, uint32_t demands)
{
    /* a step has five links onward and four across, both ways */
    uint32_t steps = arcs / (2 * (2 * LINES - 1)) + 1;
    /* what an arc would carry if all freight went straight and evenly */
    double load = 10.0 * demands * (REACH / 2.0) / (steps * LINES) / 2;
    struct zhol_assign *assign;
    state = (uint64_t)arcs << 32 | demands;
    must(zhol_assign_new(&assign, (steps + 1) * LINES, 1));
    for (uint32_t s = 0; s < steps; s++) {
        for (uint32_t l = 0; l < LINES; l++) {
            uint32_t here = s * LINES + l;
            double onward = 10 + 10 * draw(), across = 2 + 4 * draw();
            add_arc(assign, here, here + LINES, onward, load);
            add_arc(assign, here + LINES, here, onward, load);
            if (l + 1 < LINES) {
                add_arc(assign, here, here + 1, across, load);
                add_arc(assign, here + 1, here, across, load);
            }
        }
    }
    for (uint32_t d = 0; d < demands; d++) {
        uint32_t reach = steps < REACH ? steps : REACH;
        uint32_t from = (uint32_t)(draw() * (steps - reach + 1)),
                 far = 1 + (uint32_t)(draw() * reach);
        uint32_t a = from * LINES + (uint32_t)(draw() * LINES);
        uint32_t b = (from + far) * LINES + (uint32_t)(draw() * LINES);
        bool back = draw() < 0.3;
        struct zhol_assign_demand demand = {.origin = back ? b : a,
                                            .destination = back ? a : b,
                                            .amount = 1 + 19 * draw(),
                                            .unmet_cost = 60.0 * far};
        must(zhol_assign_add_demand(assign, &demand, NULL));
    }
    return assign;
}

static void solve(uint32_t arcs, uint32_t demands, const struct zhol_assign_options *options)
{
    struct zhol_assign_certificate c;
    struct zhol_assign *assign = make(arcs, demands);
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
    must(zhol_assign_solve(assign, options, &c));
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%8u %8u %7u %8.2f %8.2f %9.1e %6u %8u %7.0f\n", arcs, demands, options->threads, cpu,
           wall, c.gap, c.tight, c.paths, (double)usage.ru_maxrss / 1024);
    fflush(stdout);
    zhol_assign_free(assign);
}

/* In a process of its own, so that its memory is its own. */
static void solve_apart(uint32_t arcs, uint32_t demands, const struct zhol_assign_options *options)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        solve(arcs, demands, options);
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0 || status) {
        printf("%8u %8u: did not end well\n", arcs, demands);
    }
}

static uint32_t number(const char *text, uint32_t low, uint32_t high)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*end || value < low || value > high) {
        fprintf(stderr, "bench_assign_growth: \"%s\": expected a number from %u to %u\n", text, low,
                high);
        exit(2);
    }
    return (uint32_t)value;
}

int main(int argc, char **argv)
{
    static const uint32_t sizes[] = {1000, 10000, 100000};
    struct zhol_assign_options options = {
        .seconds = 20, .threads = 1, .vertex_columns = VERTEX_COLUMNS};
    uint32_t arcs = 0, demands = 0;
    for (int i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--seconds") == 0) {
            options.seconds = number(next, 1, 36000);
        } else if (strcmp(argv[i], "--threads") == 0) {
            options.threads = number(next, 1, 64);
        } else if (strcmp(argv[i], "--arcs") == 0) {
            arcs = number(next, 18, 10000000);
        } else if (strcmp(argv[i], "--demands") == 0) {
            demands = number(next, 1, 10000000);
        } else {
            continue; /* the root of the repository */
        }
        i++;
    }
    printf("    arcs  demands threads    cpu s   wall s       gap  tight    paths      MB\n");
    for (uint32_t a = 0; a < 3; a++) {
        for (uint32_t d = 0; d < 3; d++) {
            if ((!arcs || a == 0) && (!demands || d == 0)) {
                solve_apart(arcs ? arcs : sizes[a], demands ? demands : sizes[d], &options);
            }
        }
    }
    return 0;
}
