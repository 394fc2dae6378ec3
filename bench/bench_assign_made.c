/* bench_assign_made: writes instances like the large ones of the planar and grid families.
 *
 *     bench_assign_made grid SIDE DEMANDS TIGHT SEED
 *     bench_assign_made planar SIDE ARCS DEMANDS TIGHT SEED
 *
 * Nodes are SIDE times SIDE. Grid: arcs to the four neighbours, costs 80 to 100, amounts 10 to 100.
 * Planar: nodes strayed from a grid, arcs to neighbours and one diagonal of each square while there
 * are fewer than ARCS, costs by the square of the distance, amounts 3 to 12. Capacities are TIGHT
 * times the mean load of shortest ways, half as much to one and a half times, and raised to what a
 * routing needs that goes round what is full: so all demand has room. A smaller TIGHT makes a more
 * congested instance. The same arguments write the same bytes. The text goes to standard output, in
 * the format that bench_assign reads.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <zhol/assign.h>

#include "assign/flow.h"
#include "assign/tree.h"
#include "base/number.h"

enum { ROUNDS = 14, SIDE_MAX = 1000, COUNT_MAX = 10000000, EXIT_USAGE = 2 };

struct made {
    bool planar;
    uint32_t side, arcs_most, demand_count, arc_count;
    double tight;
    struct flow flow; /* nodes, arcs and demands; uses none */
    double *cost, *capacity, *weight, *load, *mean;
};

static uint64_t state;

/* Uniform in [0, 1): SplitMix64 (Steele, Lea, Flood 2014). */
static double draw(void)
{
    uint64_t z = state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static uint32_t draw_below(uint32_t count)
{
    return (uint32_t)(draw() * count);
}

static void *room(size_t count, size_t size)
{
    void *it = calloc(count + 1, size);
    if (!it) {
        fprintf(stderr, "bench_assign_made: out of memory\n");
        exit(EXIT_FAILURE);
    }
    return it;
}

/* An arc each way. */
static void pair_add(struct made *made, uint32_t a, uint32_t b, double cost, double back)
{
    uint32_t at = made->arc_count;
    if (at + 2 > made->arcs_most) {
        return;
    }
    made->flow.arc_from[at] = made->flow.arc_to[at + 1] = a;
    made->flow.arc_to[at] = made->flow.arc_from[at + 1] = b;
    made->cost[at] = cost;
    made->cost[at + 1] = back;
    made->arc_count += 2;
}

static void planar_pair(struct made *made, const double *x, const double *y, uint32_t a, uint32_t b)
{
    double across = x[a] - x[b], up = y[a] - y[b];
    double cost = floor((across * across + up * up) * 4000) + 1;
    pair_add(made, a, b, cost, cost);
}

/* One diagonal of each square, in a random order, while there is room for arcs. */
static void diagonals_add(struct made *made, const double *x, const double *y)
{
    uint32_t side = made->side, count = (side - 1) * (side - 1);
    uint32_t *squares = room(count, sizeof *squares);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = draw_below(i + 1);
        squares[i] = squares[other];
        squares[other] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = squares[i] / (side - 1) * side + squares[i] % (side - 1);
        if (draw() < 0.5) {
            planar_pair(made, x, y, at, at + side + 1);
        } else {
            planar_pair(made, x, y, at + 1, at + side);
        }
    }
    free(squares);
}

static void arcs_make(struct made *made)
{
    uint32_t side = made->side, nodes = side * side;
    double *x = room(nodes, sizeof *x), *y = room(nodes, sizeof *y);
    for (uint32_t v = 0; v < nodes; v++) {
        x[v] = v % side + 0.8 * draw();
        y[v] = v / side + 0.8 * draw();
    }
    for (uint32_t v = 0; v < nodes; v++) {
        for (int down = 0; down < 2; down++) {
            uint32_t to = down ? v + side : v + 1;
            if (down ? to >= nodes : to % side == 0) {
                continue;
            }
            if (made->planar) {
                planar_pair(made, x, y, v, to);
            } else {
                double there = 80 + draw_below(21);
                pair_add(made, v, to, there, 80 + draw_below(21));
            }
        }
    }
    if (made->planar) {
        diagonals_add(made, x, y);
    }
    free(x);
    free(y);
}

static void demands_make(struct made *made)
{
    uint32_t nodes = made->flow.node_count;
    for (uint32_t k = 0; k < made->demand_count; k++) {
        struct zhol_assign_demand *demand = made->flow.demands + k;
        do {
            demand->origin = draw_below(nodes);
            demand->destination = draw_below(nodes);
        } while (demand->origin == demand->destination);
        demand->amount = made->planar ? 3 + draw_below(10) : 10 + draw_below(91);
        demand->unmet_cost = INFINITY;
    }
}

/* Loads of all demands on their shortest ways at the present weights. */
static void loads_find(struct made *made, struct tree_search *search)
{
    const struct flow *flow = &made->flow;
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        made->load[a] = 0;
    }
    for (uint32_t g = 0; g < flow->group_count; g++) {
        const struct flow_group *group = flow->groups + g;
        tree_find(search, group->origin, flow->node_count, made->weight);
        for (uint32_t i = 0; i < group->count; i++) {
            const struct zhol_assign_demand *demand =
                flow->demands + flow->group_demands[group->first + i];
            uint32_t v = demand->destination;
            for (; search->parent[v] != FLOW_NONE; v = flow->out_from[search->parent[v]]) {
                made->load[flow->out_arc[search->parent[v]]] += demand->amount;
            }
        }
    }
}

/* Weights that avoid what is nearly full in the mean of the rounds before. */
static void weights_set(struct made *made, double dearest, bool first)
{
    for (uint32_t p = 0; p < made->flow.arc_count; p++) {
        uint32_t a = made->flow.out_arc[p];
        double share = first ? 0 : made->mean[a] / made->capacity[a];
        double over = fmin(5, fmax(0, share - 0.7));
        made->weight[p] =
            made->cost[a] * (1 + 6 * over * over) + dearest * 0.02 * fmax(0, share - 1);
    }
}

static void capacities_make(struct made *made)
{
    struct tree_search search;
    uint32_t arcs = made->flow.arc_count;
    double dearest = 0, sum = 0;
    if (flow_compile(&made->flow) || tree_start(&search, &made->flow)) {
        fprintf(stderr, "bench_assign_made: out of memory\n");
        exit(EXIT_FAILURE);
    }
    for (uint32_t a = 0; a < arcs; a++) {
        dearest = fmax(dearest, made->cost[a]);
    }
    for (int round = 0; round < ROUNDS; round++) {
        weights_set(made, dearest, round == 0);
        loads_find(made, &search);
        for (uint32_t a = 0; a < arcs; a++) {
            sum += round == 0 ? made->load[a] : 0;
            made->mean[a] += (made->load[a] - made->mean[a]) / (round + 1);
        }
        for (uint32_t a = 0; round == 0 && a < arcs; a++) {
            made->capacity[a] = floor(made->tight * sum / arcs * (0.5 + draw())) + 3;
        }
    }
    for (uint32_t a = 0; a < arcs; a++) {
        made->capacity[a] = fmax(made->capacity[a], ceil(made->mean[a]));
    }
    tree_clear(&search);
}

static void made_write(const struct made *made)
{
    const struct flow *flow = &made->flow;
    printf("%u %u %u\n", flow->node_count, flow->arc_count, flow->demand_count);
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        printf("%u %u %.0f %.0f\n", flow->arc_from[a] + 1, flow->arc_to[a] + 1, made->cost[a],
               made->capacity[a]);
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        printf("%u %u %.0f\n", flow->demands[k].origin + 1, flow->demands[k].destination + 1,
               flow->demands[k].amount);
    }
}

static void made_run(struct made *made)
{
    struct flow *flow = &made->flow;
    uint32_t nodes = made->side * made->side, most = 6 * nodes;
    made->arcs_most = made->arcs_most < most ? made->arcs_most : most;
    flow->node_count = nodes;
    flow->class_count = 1;
    flow->arc_from = room(most, sizeof(uint32_t));
    flow->arc_to = room(most, sizeof(uint32_t));
    made->cost = room(most, sizeof(double));
    arcs_make(made);
    flow->arc_count = made->arc_count;
    flow->demand_count = made->demand_count;
    flow->arc_cost = room(made->arc_count, sizeof(double));
    flow->demands = room(made->demand_count, sizeof *flow->demands);
    made->capacity = room(made->arc_count, sizeof(double));
    made->weight = room(made->arc_count, sizeof(double));
    made->load = room(made->arc_count, sizeof(double));
    made->mean = room(made->arc_count, sizeof(double));
    demands_make(made);
    capacities_make(made);
    made_write(made);
    flow_clear(flow);
    free(made->cost);
    free(made->capacity);
    free(made->weight);
    free(made->load);
    free(made->mean);
}

static bool count_read(const char *text, int64_t low, int64_t high, uint32_t *count)
{
    int64_t value;
    bool good = !number_parse_int_in(text_view_of(text), low, high, &value);
    *count = good ? (uint32_t)value : 0;
    return good;
}

int main(int argc, char **argv)
{
    struct made made = {.arcs_most = UINT32_MAX};
    uint32_t seed = 0;
    bool grid = argc == 6 && argv[1][0] == 'g';
    made.planar = argc == 7 && argv[1][0] == 'p';
    bool good = (grid || made.planar) && count_read(argv[2], 2, SIDE_MAX, &made.side) &&
                (grid || count_read(argv[3], 2, COUNT_MAX, &made.arcs_most)) &&
                count_read(argv[argc - 3], 1, COUNT_MAX, &made.demand_count) &&
                !number_parse_real(text_view_of(argv[argc - 2]), &made.tight) && made.tight > 0 &&
                count_read(argv[argc - 1], 0, UINT32_MAX, &seed);
    if (!good && argc > 2) {
        fprintf(stderr, "usage: bench_assign_made grid SIDE DEMANDS TIGHT SEED\n"
                        "       bench_assign_made planar SIDE ARCS DEMANDS TIGHT SEED\n");
        return EXIT_USAGE;
    }
    if (!good) { /* as all benches are called: with the repository's root */
        made = (struct made){.side = 5, .demand_count = 50, .tight = 1.2, .arcs_most = UINT32_MAX};
    }
    state = seed;
    made_run(&made);
    return EXIT_SUCCESS;
}
