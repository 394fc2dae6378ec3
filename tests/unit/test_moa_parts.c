/* test_moa_parts: the staircase front, the open list, the reverse bounds and the weighted bound of
 * the multi-objective search, each against the plainest way to do the same.
 */
#include "check.h"

#include <stdlib.h>

#include "plan/front.h"
#include "plan/moa_bounds.h"
#include "plan/moa_queue.h"
#include "plan/moa_support.h"

static uint64_t random_state = 1234567;

static uint32_t draw(uint32_t below)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (uint32_t)((random_state * 2685821657736338717u >> 33) % below);
}

/* ---- front ---- */

enum { PAIRS_MAX = 5000 };

static uint32_t plain_x[PAIRS_MAX], plain_y[PAIRS_MAX], plain_count;

static bool plain_covers(uint32_t x, uint32_t y)
{
    for (uint32_t i = 0; i < plain_count; i++) {
        if (plain_x[i] <= x && plain_y[i] <= y) {
            return true;
        }
    }
    return false;
}

static void plain_insert(uint32_t x, uint32_t y)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < plain_count; i++) {
        if (!(x <= plain_x[i] && y <= plain_y[i])) {
            plain_x[kept] = plain_x[i];
            plain_y[kept++] = plain_y[i];
        }
    }
    plain_x[kept] = x;
    plain_y[kept] = y;
    plain_count = kept + 1;
}

/* All kernels that the machine has must say what the plain list says. */
static void check_covers(const struct front *front, uint32_t x, uint32_t y)
{
    bool want = plain_covers(x, y);
    uint32_t rank = front_rank_portable(front, x);
    CHECK_INT_EQ(front_covers_portable(front, rank, x, y), want);
#if FRONT_HAS_X86
    if (__builtin_cpu_supports("avx2")) {
        CHECK_INT_EQ(front_rank_avx2(front, x), rank);
        CHECK_INT_EQ(front_covers_avx2(front, rank, x, y), want);
    }
    if (__builtin_cpu_supports("avx512f")) {
        CHECK_INT_EQ(front_rank_avx512(front, x), rank);
        CHECK_INT_EQ(front_covers_avx512(front, rank, x, y), want);
    }
#endif
}

static void check_front_order(const struct front *front)
{
    static uint32_t x[PAIRS_MAX], y[PAIRS_MAX];
    uint32_t size = front_size(front);
    CHECK_INT_EQ(size, plain_count);
    front_copy(front, x, y);
    for (uint32_t i = 0; i < size; i++) {
        CHECK(i == 0 || (x[i - 1] < x[i] && y[i - 1] > y[i]));
        CHECK(plain_covers(x[i], y[i]));
    }
}

/* Pairs near a falling line with noise: many are kept, some sweep others away. */
static void check_front(struct front_pool *pool, uint32_t range, uint32_t noise, uint32_t steps)
{
    struct front front;
    front_init(&front);
    plain_count = 0;
    for (uint32_t i = 0; i < steps && plain_count < PAIRS_MAX; i++) {
        uint32_t x = draw(range), y = range - x + draw(noise) + (i < steps / 2 ? noise : 0);
        check_covers(&front, x, y);
        uint32_t rank = front_rank_portable(&front, x);
        if (!front_covers_portable(&front, rank, x, y)) {
            CHECK_INT_EQ(front_insert(pool, &front, rank, x, y), ZHOL_ERROR_OK);
            plain_insert(x, y);
        }
        if (i % 64 == 0) {
            check_front_order(&front);
        }
        if (draw(steps) == 0) {
            check_covers(&front, UINT32_MAX - 1, draw(range));
        }
    }
    check_front_order(&front);
}

static void front_equals_a_plain_list(void)
{
    struct front_pool pool;
    front_pool_init(&pool);
    for (int i = 0; i < 30; i++) {
        check_front(&pool, 50, 20, 300);
        check_front(&pool, 1000, 1, 600);
        check_front(&pool, 4000000, 100000, 600);
    }
    check_front(&pool, 1000000, 1, 3000); /* thousands of pairs: several lines of heads */
    front_pool_clear(&pool);
}

/* ---- queue ---- */

static int open_compare(const struct moa_open *a, const struct moa_open *b)
{
    for (int k = 0; k < 3; k++) {
        if (a->f[k] != b->f[k]) {
            return a->f[k] < b->f[k] ? -1 : 1;
        }
    }
    return 0;
}

static struct moa_open draw_open(const struct moa_open *least, uint32_t range)
{
    struct moa_open label = *least;
    for (int k = 0; k < 3; k++) {
        uint32_t step = draw(3) ? draw(range) : 0;
        label.f[k] = UINT32_MAX - 2 - label.f[k] < step ? UINT32_MAX - 2 : label.f[k] + step;
    }
    label.arc = draw(1000);
    label.parent = label.f[0] ^ label.f[1] ^ label.f[2] ^ label.arc;
    return label;
}

/* Pushes and pops at random; what is popped must be the least of what was pushed. */
static void check_queue(uint32_t range, uint32_t steps)
{
    static struct moa_open plain[20000];
    struct moa_queue queue;
    struct moa_open label = {.f = {0}};
    uint32_t count = 0;
    bool any;
    CHECK_INT_EQ(moa_queue_init(&queue), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < steps || count; i++) {
        if (i < steps && (draw(2) || !count)) {
            plain[count] = draw_open(&label, range);
            CHECK_INT_EQ(moa_queue_push(&queue, &plain[count++]), ZHOL_ERROR_OK);
            continue;
        }
        uint32_t least = 0;
        for (uint32_t k = 1; k < count; k++) {
            least = open_compare(&plain[k], &plain[least]) < 0 ? k : least;
        }
        CHECK_INT_EQ(moa_queue_pop(&queue, &label, &any), ZHOL_ERROR_OK);
        CHECK(any && open_compare(&label, &plain[least]) == 0);
        CHECK_INT_EQ(label.parent, label.f[0] ^ label.f[1] ^ label.f[2] ^ label.arc);
        plain[least] = plain[--count];
    }
    CHECK_INT_EQ(moa_queue_pop(&queue, &label, &any), ZHOL_ERROR_OK);
    CHECK(!any);
    moa_queue_clear(&queue);
}

static void queue_gives_the_least(void)
{
    static const uint32_t ranges[] = {2, 5, 100, 5000, 100000, 1u << 23, 1u << 28};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        for (int k = 0; k < 5; k++) {
            check_queue(ranges[i], 800);
        }
    }
}

/* ---- bounds ---- */

enum { BOUND_VERTICES = 60, BOUND_ARCS = 180 };

static void bellman_ford(const struct zhol_moa_graph *graph, uint32_t goal, const uint32_t *weight,
                         uint64_t distance[BOUND_VERTICES])
{
    for (uint32_t v = 0; v < BOUND_VERTICES; v++) {
        distance[v] = v == goal ? 0 : UINT64_MAX / 2;
    }
    for (int round = 0; round < BOUND_VERTICES; round++) {
        for (uint32_t v = 0; v < BOUND_VERTICES; v++) {
            for (uint32_t k = graph->first_out[v]; k < graph->first_out[v + 1]; k++) {
                uint64_t through = distance[graph->out[k].vertex];
                for (int c = 0; c < 3; c++) {
                    through += (uint64_t)weight[c] * graph->out[k].cost[c];
                }
                distance[v] = through < distance[v] ? through : distance[v];
            }
        }
    }
}

static void bounds_equal_bellman_ford(void)
{
    struct zhol_moa_arc arcs[BOUND_ARCS];
    uint64_t want[BOUND_VERTICES];
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < BOUND_ARCS; i++) {
            arcs[i] = (struct zhol_moa_arc){
                draw(BOUND_VERTICES), draw(BOUND_VERTICES), {draw(3), draw(1000), draw(1u << 20)}};
        }
        struct zhol_moa_graph graph;
        struct moa_bounds bounds;
        struct moa_weights weights = {{draw(3), draw(2), draw(100)}, 0};
        uint32_t goal = draw(BOUND_VERTICES);
        CHECK_INT_EQ(zhol_moa_graph_build(&graph, BOUND_VERTICES, arcs, BOUND_ARCS, 3),
                     ZHOL_ERROR_OK);
        CHECK_INT_EQ(moa_bounds_init(&bounds, &graph, weights, goal), ZHOL_ERROR_OK);
        bellman_ford(&graph, goal, weights.by_cost, want);
        for (int i = 0; i < 40; i++) {
            uint32_t vertex = draw(BOUND_VERTICES), got;
            CHECK_INT_EQ(moa_bounds_ask(&bounds, vertex, &got), ZHOL_ERROR_OK);
            CHECK_INT_EQ(got, want[vertex] > UINT32_MAX ? ZHOL_MOA_NONE : want[vertex]);
        }
        moa_bounds_clear(&bounds);
        zhol_moa_graph_clear(&graph);
    }
}

/* ---- support ---- */

/* Whether a point (u, v) >= (x, y) with a weighted sum of at least `bound` is not covered. */
static bool plain_alive(uint32_t range, const uint32_t weight[2], uint32_t x, uint32_t y,
                        uint64_t bound)
{
    for (uint32_t u = x; u < range; u++) {
        for (uint32_t v = y; v < range; v++) {
            if ((uint64_t)weight[0] * u + (uint64_t)weight[1] * v >= bound && !plain_covers(u, v)) {
                return true;
            }
        }
    }
    return false;
}

/* With cells of width 1 and tables up to date, "dead" must be exactly the truth. */
static void support_equals_all_points(void)
{
    enum { RANGE = 60 };
    static struct moa_support support;
    struct front_pool pool;
    front_pool_init(&pool);
    for (int round = 0; round < 60; round++) {
        uint32_t weight[2] = {1 + draw(9), 1 + draw(9)};
        struct front front;
        front_init(&front);
        plain_count = 0;
        moa_support_init(&support, weight, (uint32_t[]){0, 0}, (uint32_t[]){RANGE, RANGE});
        for (int i = 0; i < 25; i++) {
            uint32_t x = draw(RANGE - 10), y = RANGE - 10 - x * 3 / 4 + draw(8);
            uint32_t rank = front_rank_portable(&front, x);
            if (!front_covers_portable(&front, rank, x, y)) {
                CHECK_INT_EQ(front_insert(&pool, &front, rank, x, y), ZHOL_ERROR_OK);
                CHECK_INT_EQ(moa_support_add(&support, &front), ZHOL_ERROR_OK);
                plain_insert(x, y);
            }
            uint32_t u = draw(RANGE), v = draw(RANGE);
            uint64_t surplus = draw(120), sum = moa_support_sum(&support, u, v);
            CHECK_INT_EQ(moa_support_alive(&support, u, v, surplus),
                         plain_alive(10 * RANGE, weight, u, v, sum + surplus));
        }
        moa_support_clear(&support);
    }
    front_pool_clear(&pool);
}

int main(void)
{
    RUN(front_equals_a_plain_list);
    RUN(queue_gives_the_least);
    RUN(bounds_equal_bellman_ford);
    RUN(support_equals_all_points);
    return check_report();
}
