/* bench_dispatch: a day at a gauge break like Dostyk, thirty trains each way.
 *
 *     bench_dispatch [DAYS] [TRAINS] [THREADS] [ITERATIONS]
 *
 * Generates days (seed 1 to DAYS) in three kinds, solves each and prints one line a day: weighted
 * lateness, bound, gap, trains pushed, formed trains, seconds of CPU and of wall clock. Kinds:
 * `calm` (most goes), `tight` (locomotives and acceptance for four fifths), `choked` (for three
 * fifths).
 *
 * A day: Chinese trains of 41 FEU on 1435 mm, re-formed 3 into 2 of up to 62 FEU on 1520 mm; trains
 * of 61 FEU, of grain and of ore from 1520 mm into trains of 41 FEU and of 50 wagons; tracks of 824
 * and 1,289 m (1520 mm), of 813 and 954 m (1435 mm); fetching locomotives that are back after 2, 3
 * and 5.5 hours. What is published of it is in the corridor; rates and stocks are assumptions.
 */
#include <zhol/dispatch.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/random.h"

enum { HOURS = 24, TRAINS = 120, UNITS = TRAINS * 4, ROWS = 64, DAY = HOURS * 60, EXIT_USAGE = 2 };

struct made {
    struct zhol_dispatch_day day;
    struct zhol_dispatch_train trains[TRAINS];
    struct zhol_dispatch_unit units[UNITS];
    struct zhol_dispatch_track tracks[ROWS];
    struct zhol_dispatch_front fronts[ROWS];
    struct zhol_dispatch_locomotive locomotives[ROWS];
    struct zhol_dispatch_stock stocks[3];
    struct zhol_dispatch_delivery deliveries[8];
    uint16_t accepts[2][HOURS], departs[2][HOURS];
    struct random_stream random;
};

static int32_t between(struct made *made, int32_t low, int32_t high)
{
    return low + (int32_t)random_below(&made->random, (uint32_t)(high - low) + 1);
}

/* Draws one of a few weighted answers: percent[i] of each. */
static uint32_t one_of(struct made *made, const int32_t *percent, uint32_t count)
{
    int32_t at = between(made, 0, 99);
    uint32_t i = 0;
    while (i + 1 < count && at >= percent[i]) {
        at -= percent[i++];
    }
    return i;
}

/* A westbound train of 41 FEU in four parts; mostly one destination, some mixed. */
static void west_train(struct made *made, uint32_t train)
{
    /* Of 1,622 westbound trains in early 2025: Europe 820, Russia 595, Kazakhstan 122, Belarus 85.
     */
    static const int32_t share[] = {51, 37, 7, 5}, parts[] = {10, 10, 10, 11};
    struct zhol_dispatch_train *it = made->trains + train;
    *it = (struct zhol_dispatch_train){.gauge = ZHOL_DISPATCH_1435, .frees_stock = 2};
    it->ready_min = between(made, 0, DAY - 240);
    it->inspect_min = between(made, 0, 9) ? 40 : 150;
    it->length_m = between(made, 600, 780);
    it->frees_count = 41;
    uint32_t destination = one_of(made, share, 4);
    int32_t contract = it->ready_min + between(made, 300, 900);
    bool mixed = between(made, 0, 4) == 0;
    for (int p = 0; p < 4; p++) {
        struct zhol_dispatch_unit *unit = made->units + made->day.unit_count++;
        *unit = (struct zhol_dispatch_unit){.train = train, .destination = destination};
        unit->boxes_40 = (uint32_t)parts[p];
        unit->pieces = (uint32_t)(parts[p] + 1) / 2;
        unit->length_m = parts[p] * ZHOL_DISPATCH_WAGON_M;
        unit->weight_t = parts[p] * between(made, 22, 34);
        unit->contract_min = contract;
        unit->late_weight = parts[p] * (between(made, 0, 9) ? 1 : 4);
        unit->flags = unit->late_weight > parts[p] ? ZHOL_DISPATCH_PERISHABLE : 0;
        unit->hold_until_min = between(made, 0, 39) ? 0 : it->ready_min + 600;
        if (mixed && p >= 1) {
            destination = one_of(made, share, 4);
        }
    }
}

/* An eastbound train: containers, grain or ore. */
static void east_train(struct made *made, uint32_t train)
{
    static const int32_t share[] = {60, 20, 20};
    struct zhol_dispatch_train *it = made->trains + train;
    uint32_t kind = one_of(made, share, 3), parts = kind == 0 ? 4 : 2;
    *it = (struct zhol_dispatch_train){.gauge = ZHOL_DISPATCH_1520, .frees_stock = 0};
    it->work = kind == 0 ? ZHOL_DISPATCH_CONTAINERS : ZHOL_DISPATCH_BULK;
    it->ready_min = between(made, 0, DAY - 240);
    it->inspect_min = kind == 1 ? 120 : 45;
    it->length_m = between(made, 780, 870);
    it->frees_count = kind == 0 ? 31 : 0;
    int32_t contract = it->ready_min + between(made, 300, 900);
    for (uint32_t p = 0; p < parts; p++) {
        struct zhol_dispatch_unit *unit = made->units + made->day.unit_count++;
        int32_t size = kind == 0 ? 15 : 25;
        *unit = (struct zhol_dispatch_unit){.train = train, .destination = 10 + kind};
        unit->boxes_40 = kind == 0 ? 15 : 0;
        unit->pieces = (uint32_t)size;
        unit->stock = 2;
        unit->length_m = size * ZHOL_DISPATCH_WAGON_M;
        unit->weight_t = kind == 0 ? size * 20 : size * 70;
        unit->contract_min = contract;
        unit->late_weight = size;
        unit->hold_until_min = kind == 1 && between(made, 0, 3) == 0 ? DAY * 5 : 0;
    }
}

static void tracks_make(struct made *made)
{
    static const int32_t lengths[2][2] = {{813, 954}, {824, 1289}};
    for (uint32_t i = 0; i < 26; i++) {
        uint32_t gauge = i % 2;
        made->tracks[i] = (struct zhol_dispatch_track){
            .gauge = (enum zhol_dispatch_gauge)gauge,
            .length_m = gauge && i < 14 ? 1289 : lengths[gauge][i / 2 % 2],
            .free_from_min = i % 5 == 0 ? between(made, 0, 300) : 0,
            .calendar = ZHOL_DISPATCH_NONE};
    }
    made->day.track_count = 26;
}

static void fronts_make(struct made *made, uint32_t pressure)
{
    uint32_t containers = pressure == 2 ? 3 : 4, bulk = pressure == 2 ? 1 : 2;
    for (uint32_t i = 0; i < containers + bulk; i++) {
        bool lifts = i < containers;
        made->fronts[i] = (struct zhol_dispatch_front){
            .work = lifts ? ZHOL_DISPATCH_CONTAINERS : ZHOL_DISPATCH_BULK,
            .takes = {true, true},
            .cranes = lifts ? 2 : 4,
            .rate = lifts ? 20 : 150, /* 41 boxes in 62 min; 3,500 t in 6 h */
            .setup_min = 20,
            .calendar = ZHOL_DISPATCH_NONE};
    }
    made->day.front_count = containers + bulk;
}

static void locomotive_add(struct made *made, enum zhol_dispatch_move move,
                           enum zhol_dispatch_gauge gauge, int32_t free_from, int32_t turn)
{
    made->locomotives[made->day.locomotive_count++] =
        (struct zhol_dispatch_locomotive){move, gauge, free_from, turn};
    made->day.needs_locomotive[move][gauge] = true;
}

static void hauls_make(struct made *made, uint32_t trains, uint32_t pressure)
{
    static const int32_t turns[] = {120, 180, 180, 330};
    static const uint32_t percent[] = {110, 80, 60};
    for (uint32_t i = 0; i < 4 + (pressure == 0); i++) {
        locomotive_add(made, ZHOL_DISPATCH_ACCEPT, ZHOL_DISPATCH_1435, 0, turns[i % 4]);
        locomotive_add(made, ZHOL_DISPATCH_ACCEPT, ZHOL_DISPATCH_1520, 0, turns[i % 4]);
    }
    /* Line locomotives come over the day, and go for good: three for four Chinese trains, where two
     * for three would do if every train were full. */
    uint32_t west = trains * percent[pressure] * 3 / 400;
    for (uint32_t i = 0; i < west && made->day.locomotive_count < ROWS; i++) {
        locomotive_add(made, ZHOL_DISPATCH_DEPART, ZHOL_DISPATCH_1520,
                       (int32_t)i * DAY / (int32_t)west, DAY);
    }
    for (uint32_t h = 0; h < HOURS; h++) {
        for (int g = 0; g < 2; g++) {
            int32_t rate = (int32_t)(trains * percent[pressure] / HOURS);
            made->accepts[g][h] = (uint16_t)((rate + between(made, 0, 99)) / 100);
            /* 61 FEU leave in trains of at most 55. */
            int32_t out = g == ZHOL_DISPATCH_1435 ? rate * 5 / 4 : rate;
            made->departs[g][h] = (uint16_t)((out + between(made, 20, 119)) / 100);
        }
    }
}

static void day_make(struct made *made, uint64_t seed, uint32_t trains, uint32_t pressure)
{
    *made = (struct made){.day = {.horizon_min = DAY, .form_min = 60, .yard_min = 120}};
    struct zhol_dispatch_day *day = &made->day;
    random_start(&made->random, seed, pressure);
    day->release_min = 60;
    day->free_storage_min = DAY;
    day->limits[ZHOL_DISPATCH_1435] = (struct zhol_dispatch_limits){4500, 55, 20};
    day->limits[ZHOL_DISPATCH_1520] = (struct zhol_dispatch_limits){3600, 63, 20};
    day->train_count = trains * 2;
    for (uint32_t i = 0; i < trains; i++) {
        west_train(made, i);
        east_train(made, trains + i);
    }
    tracks_make(made);
    fronts_make(made, pressure);
    hauls_make(made, trains, pressure);
    made->stocks[0] = (struct zhol_dispatch_stock){ZHOL_DISPATCH_1520, 250};
    made->stocks[2] = (struct zhol_dispatch_stock){ZHOL_DISPATCH_1435, 500};
    made->deliveries[0] = (struct zhol_dispatch_delivery){0, DAY / 2, 120};
    day->stock_count = 3;
    day->delivery_count = 1;
    for (int g = 0; g < 2; g++) {
        day->accepts[g] = made->accepts[g];
        day->departs[g] = made->departs[g];
    }
    day->trains = made->trains;
    day->units = made->units;
    day->tracks = made->tracks;
    day->fronts = made->fronts;
    day->locomotives = made->locomotives;
    day->stocks = made->stocks;
    day->deliveries = made->deliveries;
}

static double clock_s(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void line_print(const char *kind, uint64_t seed, const struct zhol_dispatch_plan *plan,
                       const double seconds[2])
{
    uint32_t pushed = 0;
    for (uint32_t t = 0; t < plan->train_count; t++) {
        pushed += plan->passages[t].accept_min == ZHOL_DISPATCH_NEVER;
    }
    printf("%-7s %4llu %10lld %10lld %6.2f %% %4u of %u %5u %5.2f %5.2f %7llu\n", kind,
           (unsigned long long)seed, (long long)plan->objective.late, (long long)plan->late_bound,
           100 * plan->gap, pushed, plan->train_count, plan->formed_count, seconds[0], seconds[1],
           (unsigned long long)plan->tried);
}

static bool day_bench(struct made *made, const char *kind, uint64_t seed,
                      const struct zhol_dispatch_options *options, double *gap)
{
    struct zhol_dispatch_plan plan;
    double seconds[2] = {clock_s(CLOCK_PROCESS_CPUTIME_ID), clock_s(CLOCK_MONOTONIC)};
    enum zhol_error error = zhol_dispatch_solve(&made->day, options, &plan);
    seconds[0] = clock_s(CLOCK_PROCESS_CPUTIME_ID) - seconds[0];
    seconds[1] = clock_s(CLOCK_MONOTONIC) - seconds[1];
    if (!error) {
        error = zhol_dispatch_verify(&made->day, &plan, NULL);
        line_print(kind, seed, &plan, seconds);
        *gap = plan.gap;
        zhol_dispatch_plan_clear(&plan);
    }
    if (error) {
        fprintf(stderr, "bench_dispatch: %s\n", zhol_error_text(error));
    }
    return !error;
}

static uint32_t argument(int argc, char **argv, int i, uint32_t otherwise)
{
    return i < argc ? (uint32_t)strtoul(argv[i], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
    static const char *const kinds[] = {"calm", "tight", "choked"};
    static struct made made;
    uint32_t days = argument(argc, argv, 1, 3), trains = argument(argc, argv, 2, 30);
    struct zhol_dispatch_options options = {.threads = argument(argc, argv, 3, 2),
                                            .iterations = argument(argc, argv, 4, 0)};
    if (days < 1 || trains < 1 || trains > TRAINS / 2) {
        fprintf(stderr, "usage: bench_dispatch [DAYS] [TRAINS 1..60] [THREADS] [ITERATIONS]\n");
        return EXIT_USAGE;
    }
    printf("kind    seed       late      bound      gap   pushed   formed   cpu  wall   plans\n");
    for (uint32_t pressure = 0; pressure < 3; pressure++) {
        double sum = 0, gap = 0;
        for (uint64_t seed = 1; seed <= days; seed++) {
            day_make(&made, seed, trains, pressure);
            if (!day_bench(&made, kinds[pressure], seed, &options, &gap)) {
                return EXIT_FAILURE;
            }
            sum += gap;
        }
        printf("%-7s mean gap %.2f %%\n", kinds[pressure], 100 * sum / days);
    }
    return EXIT_SUCCESS;
}
