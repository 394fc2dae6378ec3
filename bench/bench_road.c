/* bench_road: writes a road-like graph with three costs, for bench_plan.
 *
 *     bench_road SIDE SEED > FILE
 *
 * A grid of SIDE x SIDE crossings, each moved by up to 0.3 of the spacing. Streets join neighbours
 * both ways; one in eight is missing. Every 8th line is an arterial and every 40th a motorway,
 * which are never missing, faster, and dearer. An arc's costs are time, length and money; length is
 * that of the moved street, time and money go with it times a random factor. Crossing (x, y),
 * counted from 0, is vertex y * SIDE + x + 1. The same SIDE and SEED give the same bytes
 * everywhere.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/random.h"

enum { SIDE_MAX = 4000, EXIT_USAGE = 2 };

struct road {
    uint32_t side;
    double *place; /* x, y of each crossing */
    struct random_stream random;
    uint64_t arc_count;
    FILE *out; /* NULL: only count */
};

static double random_between(struct road *road, double low, double high)
{
    return low + (high - low) * random_uniform(&road->random);
}

static uint32_t at_least_one(double value)
{
    double rounded = floor(value + 0.5);
    return rounded < 1 ? 1 : (uint32_t)rounded;
}

/* A street of level 0 (local), 1 (arterial) or 2 (motorway), both ways. */
static void street_write(struct road *road, uint32_t a, uint32_t b, int level)
{
    static const double speed_of[] = {1.0, 1.8, 3.0}, price_of[] = {0.6, 0.8, 1.5};
    double dx = road->place[2 * (size_t)a] - road->place[2 * (size_t)b];
    double dy = road->place[2 * (size_t)a + 1] - road->place[2 * (size_t)b + 1];
    uint32_t length = at_least_one(100 * sqrt(dx * dx + dy * dy));
    double speed = speed_of[level] * random_between(road, 0.8, 1.2);
    uint32_t time = at_least_one(length / speed);
    uint32_t money = at_least_one(length * price_of[level] * random_between(road, 0.5, 1.5));
    road->arc_count += 2;
    if (road->out) {
        fprintf(road->out, "%u %u %u %u %u\n", a + 1, b + 1, time, length, money);
        fprintf(road->out, "%u %u %u %u %u\n", b + 1, a + 1, time, length, money);
    }
}

static int line_level(uint32_t line)
{
    return line % 40 == 0 ? 2 : line % 8 == 0 ? 1 : 0;
}

/* One pass over the grid from the start of the random stream: the first counts, the second writes.
 */
static void road_pass(struct road *road, uint64_t seed)
{
    uint32_t side = road->side;
    random_start(&road->random, seed, 0);
    road->arc_count = 0;
    for (uint32_t y = 0, v = 0; y < side; y++) {
        for (uint32_t x = 0; x < side; x++, v++) {
            road->place[2 * (size_t)v] = x + random_between(road, -0.3, 0.3);
            road->place[2 * (size_t)v + 1] = y + random_between(road, -0.3, 0.3);
        }
    }
    for (uint32_t y = 0, v = 0; y < side; y++) {
        for (uint32_t x = 0; x < side; x++, v++) {
            int across = line_level(y), down = line_level(x);
            if (x + 1 < side && (across || random_uniform(&road->random) > 0.12)) {
                street_write(road, v, v + 1, across);
            }
            if (y + 1 < side && (down || random_uniform(&road->random) > 0.12)) {
                street_write(road, v, v + side, down);
            }
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t side = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
    if (side < 2 || side > SIDE_MAX) {
        fprintf(stderr, "usage: bench_road SIDE SEED > FILE   (SIDE from 2 to %d)\n", SIDE_MAX);
        return EXIT_USAGE;
    }
    struct road road = {.side = (uint32_t)side};
    road.place = malloc(2 * side * side * sizeof *road.place);
    if (!road.place) {
        fprintf(stderr, "bench_road: out of memory\n");
        return EXIT_FAILURE;
    }
    uint64_t seed = strtoull(argv[2], NULL, 10);
    road_pass(&road, seed);
    printf("%u %llu\n", road.side * road.side, (unsigned long long)road.arc_count);
    road.out = stdout;
    road_pass(&road, seed);
    free(road.place);
    return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
