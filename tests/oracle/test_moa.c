/* test_moa: the multi-objective search against all simple paths and against Martins' algorithm.
 *
 * Each graph is solved with every kernel that this machine has; all must give the same bytes, the
 * set of cost vectors must be the oracle's, and every path must lead from start to goal and cost
 * what the result says.
 */
#include "check.h"

#include <zhol/moa.h>

#include "martins.h"

static uint64_t random_state;

/* xorshift64*: good enough to draw graphs. */
static uint32_t draw(uint32_t below)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (uint32_t)((random_state * 2685821657736338717u >> 33) % below);
}

enum { VERTICES_MAX = 4000, ARCS_MAX = 40000, PATH_MAX_ARCS = 4000 };

static struct zhol_moa_arc arc_list[ARCS_MAX];
static uint32_t arc_total;

static void arc_add(uint32_t from, uint32_t to, uint32_t a, uint32_t b, uint32_t c)
{
    if (arc_total < ARCS_MAX) {
        arc_list[arc_total++] = (struct zhol_moa_arc){from, to, {a, b, c}};
    }
}

/* ---- checks ---- */

static void check_path(const struct zhol_moa_graph *graph, const struct zhol_moa_result *result,
                       uint32_t solution, uint32_t start, uint32_t goal)
{
    static uint32_t arcs[PATH_MAX_ARCS];
    uint32_t count, vertex = start, costs = result->cost_count;
    uint64_t sum[3] = {0};
    CHECK_INT_EQ(zhol_moa_path(result, solution, arcs, PATH_MAX_ARCS, &count), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < count; i++) {
        CHECK(arcs[i] >= graph->first_out[vertex] && arcs[i] < graph->first_out[vertex + 1]);
        for (uint32_t k = 0; k < costs; k++) {
            sum[k] += graph->out[arcs[i]].cost[k];
        }
        vertex = graph->out[arcs[i]].vertex;
    }
    CHECK_INT_EQ(vertex, goal);
    for (uint32_t k = 0; k < costs; k++) {
        CHECK_INT_EQ(sum[k], result->cost[(size_t)solution * costs + k]);
    }
}

static void check_set(const struct zhol_moa_result *result, const struct vector_set *set)
{
    CHECK_INT_EQ(result->solution_count, set->count);
    for (uint32_t i = 0; i < result->solution_count && i < set->count; i++) {
        for (uint32_t k = 0; k < result->cost_count; k++) {
            CHECK_INT_EQ(result->cost[(size_t)i * result->cost_count + k], set->items[i].cost[k]);
        }
    }
}

static void check_same(const struct zhol_moa_result *a, const struct zhol_moa_result *b)
{
    CHECK_INT_EQ(a->solution_count, b->solution_count);
    CHECK_INT_EQ(a->label_count, b->label_count);
    CHECK_INT_EQ(a->expanded, b->expanded);
    CHECK_INT_EQ(a->generated, b->generated);
    if (a->solution_count == b->solution_count && a->label_count == b->label_count &&
        a->solution_count) {
        CHECK(memcmp(a->cost, b->cost, sizeof *a->cost * a->solution_count * a->cost_count) == 0);
        CHECK(memcmp(a->solution_label, b->solution_label,
                     sizeof *a->solution_label * a->solution_count) == 0);
        CHECK(memcmp(a->labels, b->labels, sizeof *a->labels * a->label_count) == 0);
    }
}

/* Solves with all kernels; the result is that of the portable one. */
static enum zhol_error solve_all(const struct zhol_moa_graph *graph, uint32_t start, uint32_t goal,
                                 struct zhol_moa_result *result)
{
    struct zhol_moa_options options = {.kernel = ZHOL_MOA_KERNEL_PORTABLE};
    enum zhol_error error = zhol_moa_solve(graph, start, goal, &options, result);
    for (int kernel = 0; kernel < ZHOL_MOA_KERNEL_COUNT; kernel++) {
        options.kernel = (enum zhol_moa_kernel)kernel;
        if (kernel == ZHOL_MOA_KERNEL_PORTABLE || !zhol_moa_kernel_available(options.kernel)) {
            continue;
        }
        struct zhol_moa_result other;
        CHECK_INT_EQ(zhol_moa_solve(graph, start, goal, &options, &other), error);
        check_same(result, &other);
        zhol_moa_result_clear(&other);
    }
    return error;
}

static struct zhol_moa_graph graph_of(uint32_t vertex_count, uint32_t cost_count)
{
    struct zhol_moa_graph graph;
    CHECK_INT_EQ(zhol_moa_graph_build(&graph, vertex_count, arc_list, arc_total, cost_count),
                 ZHOL_ERROR_OK);
    return graph;
}

/* ---- small graphs against all simple paths ---- */

static uint32_t draw_cost(uint32_t kind)
{
    switch (kind) {
    case 0:
        return draw(4); /* many zeros and ties */
    case 1:
        return draw(1000);
    case 2:
        return draw(3) ? 0 : draw(50);
    case 3:
        return draw(2) ? 1 + draw(9) : UINT32_MAX / (1 + draw(12)) - 2 - draw(5);
    default:
        return 1000000000 + draw(1000000000);
    }
}

static void draw_small(uint32_t vertices, uint32_t kind)
{
    uint32_t arcs = draw(4 * vertices + 1);
    arc_total = 0;
    for (uint32_t i = 0; i < arcs; i++) {
        arc_add(draw(vertices), draw(vertices), draw_cost(kind), draw_cost(kind), draw_cost(kind));
        if (draw(5) == 0) { /* a parallel arc, sometimes the same */
            struct zhol_moa_arc last = arc_list[arc_total - 1];
            arc_add(last.from, last.to, draw_cost(kind), last.cost[1],
                    draw(2) ? last.cost[2] : draw_cost(kind));
        }
    }
}

/* Of all arcs together, in the cost where it is greatest. */
static uint64_t greatest_sum(void)
{
    uint64_t greatest = 0;
    for (int k = 0; k < 3; k++) {
        uint64_t sum = 0;
        for (uint32_t i = 0; i < arc_total; i++) {
            sum += arc_list[i].cost[k];
        }
        greatest = sum > greatest ? sum : greatest;
    }
    return greatest;
}

static void check_small(uint32_t kind, uint32_t cost_count)
{
    uint32_t vertices = 1 + draw(8), start = draw(vertices), goal = draw(vertices);
    draw_small(vertices, kind);
    struct zhol_moa_graph graph = graph_of(vertices, cost_count);
    struct zhol_moa_result result;
    struct vector_set set;
    brute_solve(&graph, start, goal, &set);
    enum zhol_error error = solve_all(&graph, start, goal, &result);
    if (!set.count) {
        CHECK_INT_EQ(error, ZHOL_ERROR_UNREACHABLE);
    } else if (error == ZHOL_ERROR_RANGE) {
        CHECK(greatest_sum() >= ZHOL_MOA_COST_LIMIT);
        CHECK_INT_EQ(result.solution_count, 0);
    } else {
        CHECK_INT_EQ(error, ZHOL_ERROR_OK);
        check_set(&result, &set);
        for (uint32_t i = 0; i < result.solution_count; i++) {
            check_path(&graph, &result, i, start, goal);
        }
    }
    free(set.items);
    zhol_moa_result_clear(&result);
    zhol_moa_graph_clear(&graph);
}

static void small_graphs_equal_all_paths(void)
{
    random_state = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        check_small((uint32_t)i % 5, i % 4 == 3 ? 2 : 3);
    }
}

/* ---- larger graphs against Martins ---- */

/* A street grid: three costs that go with the length, with noise; some streets are missing, every
 * fifth is fast and dear. */
static void draw_grid(uint32_t width, uint32_t height)
{
    arc_total = 0;
    for (uint32_t v = 0; v < width * height; v++) {
        for (uint32_t side = 0; side < 2; side++) {
            uint32_t to = side ? v + width : v + 1;
            bool fast = (side ? v % width : v / width) % 5 == 0;
            if ((!fast && draw(8) == 0) || to >= width * height || (!side && to % width == 0)) {
                continue;
            }
            uint32_t length = 60 + draw(80), time = length * (8 + draw(5)) / (fast ? 25 : 10) + 1;
            uint32_t fee = length * (5 + draw(11)) / (fast ? 7 : 16) + 1;
            arc_add(v, to, time, length, fee);
            arc_add(to, v, time, length, fee);
        }
    }
}

/* Random arcs with unrelated costs: few hops, wide fronts. */
static void draw_tangle(uint32_t vertices, uint32_t arcs, uint32_t costs_below)
{
    arc_total = 0;
    for (uint32_t i = 0; i < arcs; i++) {
        uint32_t from = draw(vertices), to = (from + 1 + draw(vertices / 8)) % vertices;
        arc_add(from, to, draw(costs_below), draw(costs_below), draw(costs_below));
    }
}

static void check_martins(uint32_t vertices, uint32_t start, uint32_t goal, uint32_t cost_count)
{
    struct zhol_moa_graph graph = graph_of(vertices, cost_count);
    struct zhol_moa_result result;
    struct vector_set set;
    martins_solve(&graph, start, goal, &set);
    enum zhol_error error = solve_all(&graph, start, goal, &result);
    CHECK_INT_EQ(error, set.count ? ZHOL_ERROR_OK : ZHOL_ERROR_UNREACHABLE);
    check_set(&result, &set);
    for (uint32_t i = 0; i < result.solution_count; i++) {
        check_path(&graph, &result, i, start, goal);
    }
    free(set.items);
    zhol_moa_result_clear(&result);
    zhol_moa_graph_clear(&graph);
}

static void grids_equal_martins(void)
{
    random_state = 424242;
    for (uint32_t i = 0; i < 40; i++) {
        uint32_t width = 6 + draw(10), height = 6 + draw(8);
        draw_grid(width, height);
        check_martins(width * height, draw(width), width * height - 1 - draw(width), 2 + i % 2);
    }
    draw_grid(36, 30);
    check_martins(1080, 4 * 36 + 3, 24 * 36 + 24, 3);
}

/* Unrelated costs on a grid: hundreds of solutions on few vertices. */
static void noise_equals_martins(void)
{
    random_state = 31337;
    for (uint32_t i = 0; i < 6; i++) {
        draw_grid(12 + i, 11 + i);
        for (uint32_t k = 0; k < arc_total; k++) {
            for (int c = 0; c < 3; c++) {
                arc_list[k].cost[c] = draw(i % 2 ? 30 : 1000);
            }
        }
        check_martins((12 + i) * (11 + i), 0, (12 + i) * (11 + i) - 1, 3);
    }
}

static void tangles_equal_martins(void)
{
    random_state = 7;
    for (uint32_t i = 0; i < 40; i++) {
        uint32_t vertices = 50 + draw(250);
        draw_tangle(vertices, vertices * (2 + draw(3)), i % 3 ? 100 : 5);
        check_martins(vertices, 0, vertices / 2 + draw(vertices / 2), 2 + i % 2);
    }
    draw_tangle(1000, 6000, 10000);
    check_martins(1000, 0, 700, 3);
}

/* Costs that differ in many high bits go through all levels of the open list. */
static void wide_costs_equal_martins(void)
{
    random_state = 99;
    for (int i = 0; i < 30; i++) {
        draw_grid(8, 6);
        for (uint32_t k = 0; k < arc_total; k++) {
            for (int c = 0; c < 3; c++) {
                arc_list[k].cost[c] = arc_list[k].cost[c] * (1000 + draw(90000)) + draw(4096);
            }
        }
        check_martins(48, 0, 47, 3);
    }
}

/* ---- the edges ---- */

static void start_is_goal(void)
{
    arc_total = 0;
    arc_add(0, 1, 1, 1, 1);
    arc_add(1, 0, 0, 0, 0);
    struct zhol_moa_graph graph = graph_of(2, 3);
    struct zhol_moa_result result;
    uint32_t count;
    CHECK_INT_EQ(solve_all(&graph, 0, 0, &result), ZHOL_ERROR_OK);
    CHECK_INT_EQ(result.solution_count, 1);
    CHECK(result.cost[0] == 0 && result.cost[1] == 0 && result.cost[2] == 0);
    CHECK_INT_EQ(zhol_moa_path(&result, 0, NULL, 0, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 0);
    CHECK_INT_EQ(zhol_moa_path(&result, 1, NULL, 0, &count), ZHOL_ERROR_RANGE);
    zhol_moa_result_clear(&result);
    zhol_moa_graph_clear(&graph);
}

static void large_costs_are_range(void)
{
    struct zhol_moa_result result;
    arc_total = 0;
    arc_add(0, 1, 1, ZHOL_MOA_COST_LIMIT - 1, 1);
    arc_add(1, 2, 1, 1, 1);
    struct zhol_moa_graph graph = graph_of(3, 3);
    CHECK_INT_EQ(solve_all(&graph, 0, 1, &result), ZHOL_ERROR_OK);
    CHECK_INT_EQ(result.cost[1], ZHOL_MOA_COST_LIMIT - 1);
    zhol_moa_result_clear(&result);
    CHECK_INT_EQ(solve_all(&graph, 0, 2, &result), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(solve_all(&graph, 1, 0, &result), ZHOL_ERROR_UNREACHABLE);
    zhol_moa_graph_clear(&graph);
    arc_add(0, 2, 2, 5, 2); /* as fast and cheaper: the large path is dominated and does no harm */
    graph = graph_of(3, 3);
    CHECK_INT_EQ(solve_all(&graph, 0, 2, &result), ZHOL_ERROR_OK);
    CHECK_INT_EQ(result.solution_count, 1);
    zhol_moa_result_clear(&result);
    zhol_moa_graph_clear(&graph);
    arc_list[0].cost[0] = ZHOL_MOA_COST_LIMIT;
    CHECK_INT_EQ(zhol_moa_graph_build(&graph, 3, arc_list, arc_total, 3), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(zhol_moa_graph_build(&graph, 1, arc_list, arc_total, 3), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(zhol_moa_graph_build(&graph, 3, arc_list, arc_total, 4), ZHOL_ERROR_RANGE);
}

static int stop_at_once(void *context)
{
    ++*(int *)context;
    return 1;
}

static void limits_end_the_search(void)
{
    struct zhol_moa_result result;
    int asked = 0;
    uint32_t count;
    random_state = 5;
    draw_grid(60, 60);
    struct zhol_moa_graph graph = graph_of(3600, 3);
    struct zhol_moa_options options = {.label_limit = 1000};
    CHECK_INT_EQ(zhol_moa_solve(&graph, 0, 1830, &options, &result), ZHOL_ERROR_LIMIT);
    CHECK(result.labels == NULL && result.solution_count == 0);
    options = (struct zhol_moa_options){.stop = stop_at_once, .stop_context = &asked};
    CHECK_INT_EQ(zhol_moa_solve(&graph, 0, 3599, &options, &result), ZHOL_ERROR_INTERRUPTED);
    CHECK_INT_EQ(asked, 1);
    options = (struct zhol_moa_options){.kernel = ZHOL_MOA_KERNEL_COUNT};
    CHECK_INT_EQ(zhol_moa_solve(&graph, 0, 61, &options, &result), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_moa_solve(&graph, 3600, 0, NULL, &result), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(zhol_moa_solve(&graph, 0, 125, NULL, &result), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_moa_path(&result, 0, NULL, 0, &count), ZHOL_ERROR_LIMIT);
    CHECK(count >= 2);
    zhol_moa_result_clear(&result);
    zhol_moa_graph_clear(&graph);
}

int main(void)
{
    RUN(small_graphs_equal_all_paths);
    RUN(grids_equal_martins);
    RUN(noise_equals_martins);
    RUN(tangles_equal_martins);
    RUN(wide_costs_equal_martins);
    RUN(start_is_goal);
    RUN(large_costs_are_range);
    RUN(limits_end_the_search);
    return check_report();
}
