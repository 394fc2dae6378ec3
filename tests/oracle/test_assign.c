/* The assignment against Clp on the arc formulation, against known optima, and against itself. */
#include <zhol/assign.h>

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "check.h"
#include "made_flow.h"

enum { CASES = 400, PATH_BYTES = 4096 };

static const char *root;

static void certificate_check(const struct zhol_assign_certificate *it, double gap)
{
    CHECK(it->gap <= gap);
    CHECK(it->gap >= -1e-12);
    CHECK(it->violation <= 1e-9);
}

static void random_cases_agree_with_clp(void)
{
    /* The last: a point inside the optimal face will do. */
    static const struct zhol_assign_options kinds[] = {{.method = ZHOL_ASSIGN_AUTO},
                                                       {.method = ZHOL_ASSIGN_SIMPLEX},
                                                       {.method = ZHOL_ASSIGN_CLP},
                                                       {.vertex_columns = 1}};
    uint32_t inside = 0;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        struct made_flow made;
        double value;
        made_flow_fill(&made, seed);
        CHECK_INT_EQ(made_flow_judge(&made, &value), ZHOL_ERROR_OK);
        for (int m = 0; m < 4; m++) {
            struct zhol_assign *assign = NULL;
            struct zhol_assign_certificate it;
            CHECK_INT_EQ(made_flow_give(&made, &assign), ZHOL_ERROR_OK);
            CHECK_INT_EQ(zhol_assign_solve(assign, kinds + m, &it), ZHOL_ERROR_OK);
            CHECK_NEAR(it.primal, value, 1e-7 * fmax(1, fabs(value)));
            CHECK_INT_EQ(it.method, kinds[m].method);
            inside += !it.basic;
            certificate_check(&it, 1e-9);
            if (check_failures_here) {
                fprintf(stderr, "seed %d method %d\n", (int)seed, m);
                zhol_assign_free(assign);
                return;
            }
            zhol_assign_free(assign);
        }
    }
    CHECK(inside > CASES / 4);
}

/* A few changes of one made problem at a time: the kept basis must come to what a new start finds.
 */
static void warm_solves_agree_with_cold_ones(void)
{
    for (uint64_t seed = 1; seed <= CASES / 4; seed++) {
        struct made_flow made;
        struct random_stream random;
        struct zhol_assign *warm = NULL;
        struct zhol_assign_certificate it;
        made_flow_fill(&made, seed);
        random_start(&random, seed, 1);
        made_flow_give(&made, &warm);
        CHECK_INT_EQ(zhol_assign_solve(warm, NULL, &it), ZHOL_ERROR_OK);
        for (int change = 0; change < 8; change++) {
            double value;
            uint32_t row = random_below(&random, made.row_count);
            uint32_t arc = random_below(&random, made.arc_count);
            uint32_t demand = random_below(&random, made.demand_count);
            switch (random_below(&random, 4)) {
            case 0:
                made.capacity[row] =
                    random_below(&random, 3) ? (double)random_below(&random, 40) : (double)INFINITY;
                CHECK(!zhol_assign_set_capacity(warm, row, made.capacity[row]));
                break;
            case 1:
                made.cost[arc][0] = random_below(&random, 60);
                CHECK(!zhol_assign_set_cost(warm, arc, 0, made.cost[arc][0]));
                break;
            case 2:
                made.demands[demand].amount = random_below(&random, 30);
                CHECK(!zhol_assign_set_amount(warm, demand, made.demands[demand].amount));
                break;
            default:
                made.demands[demand].unmet_cost = random_below(&random, 200);
                CHECK(!zhol_assign_set_unmet_cost(warm, demand, made.demands[demand].unmet_cost));
            }
            CHECK_INT_EQ(zhol_assign_solve(warm, NULL, &it), ZHOL_ERROR_OK);
            CHECK_INT_EQ(made_flow_judge(&made, &value), ZHOL_ERROR_OK);
            CHECK_NEAR(it.primal, value, 1e-7 * fmax(1, fabs(value)));
            CHECK(it.warm);
            certificate_check(&it, 1e-9);
        }
        zhol_assign_free(warm);
        if (check_failures_here) {
            fprintf(stderr, "seed %d\n", (int)seed);
            return;
        }
    }
}

static double value_with(const struct made_flow *made, uint32_t row, double change)
{
    struct made_flow other = *made;
    double value;
    other.capacity[row] += change;
    CHECK_INT_EQ(made_flow_judge(&other, &value), ZHOL_ERROR_OK);
    return value;
}

/* The price of a row lies between what a little more saves and what a little less costs. */
static void prices_are_derivatives(void)
{
    uint32_t tight = 0;
    for (uint64_t seed = 1; seed <= CASES / 4; seed++) {
        struct made_flow made;
        struct zhol_assign *assign = NULL;
        struct zhol_assign_certificate it;
        made_flow_fill(&made, seed);
        made_flow_give(&made, &assign);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
        for (uint32_t i = 0; i < made.row_count; i++) {
            double price = zhol_assign_row_price(assign, i), step = 1e-3;
            if (!(made.capacity[i] >= step) || made.capacity[i] == INFINITY) {
                continue;
            }
            if (!(price > 0)) {
                CHECK_NEAR(value_with(&made, i, step), it.primal, 1e-7 * fmax(1, it.primal));
                continue;
            }
            tight++;
            double gain = (it.primal - value_with(&made, i, step)) / step;
            double loss = (value_with(&made, i, -step) - it.primal) / step;
            CHECK(gain <= price + 1e-3 && price <= loss + 1e-3);
        }
        zhol_assign_free(assign);
    }
    CHECK(tight > 50);
}

static enum zhol_error instance_solve(const char *name, const struct zhol_assign_options *options,
                                      struct zhol_assign_certificate *it, struct zhol_assign **kept)
{
    char path[PATH_BYTES];
    struct file_data data = {0};
    struct zhol_assign *assign = NULL;
    snprintf(path, sizeof path, "%s/../shared/bench/mmcf/%s", root, name);
    enum zhol_error error = file_read(path, 0, &data, NULL);
    if (!error) {
        error = zhol_assign_parse_mmcf(&assign, data.bytes, data.size, name, NULL);
    }
    error = error ? error : zhol_assign_solve(assign, options, it);
    file_clear(&data);
    if (kept) {
        *kept = assign;
    } else {
        zhol_assign_free(assign);
    }
    return error;
}

static void known_optima(void)
{
    static const struct {
        const char *name;
        double optimum;
    } instances[] = {
        {"planar30", 44350624},   {"planar50", 122199689},      {"planar80", 182438134},
        {"grid1", 827319},        {"grid2", 1705378},           {"grid3", 1524642},
        {"grid4", 3031695},       {"grid5", 5049688.5},         {"grid6", 10401782},
        {"planar100", 231339582}, {"grid7", 25864036.571428571}};
    uint32_t inside_count = 0;
    for (size_t i = 0; i < sizeof instances / sizeof *instances; i++) {
        struct zhol_assign_certificate it;
        enum zhol_error error = instance_solve(instances[i].name, NULL, &it, NULL);
        if (error == ZHOL_ERROR_UNKNOWN || error == ZHOL_ERROR_IO) {
            printf("skipped: there is no ../shared/bench/mmcf/%s\n", instances[i].name);
            return;
        }
        CHECK_INT_EQ(error, ZHOL_ERROR_OK);
        /* The published optima are good to about 1e-8. */
        CHECK_NEAR(it.primal, instances[i].optimum, 1e-8 * instances[i].optimum);
        CHECK_INT_EQ(it.basic, 1);
        certificate_check(&it, 1e-12);
        double value = it.primal;
        struct zhol_assign_options inside = {.vertex_columns = 1};
        CHECK_INT_EQ(instance_solve(instances[i].name, &inside, &it, NULL), ZHOL_ERROR_OK);
        CHECK_NEAR(it.primal, value, 1e-9 * value);
        inside_count += !it.basic; /* where rounding stops it before, a vertex is the answer */
        CHECK(it.unmet_forced <= 1e-6);
        certificate_check(&it, 1e-9);
    }
    CHECK(inside_count >= 9);
}

static void threads_give_the_same_bytes(void)
{
    struct zhol_assign *one = NULL, *two = NULL;
    struct zhol_assign_certificate a, b;
    struct zhol_assign_options options = {.threads = 1};
    if (instance_solve("grid6", &options, &a, &one)) {
        printf("skipped: there is no ../shared/bench/mmcf/grid6\n");
        return;
    }
    options.threads = 2;
    CHECK_INT_EQ(instance_solve("grid6", &options, &b, &two), ZHOL_ERROR_OK);
    CHECK(memcmp(&a.primal, &b.primal, sizeof a.primal) == 0);
    CHECK(memcmp(&a.dual, &b.dual, sizeof a.dual) == 0);
    CHECK_INT_EQ(a.iterations, b.iterations);
    CHECK_INT_EQ(zhol_assign_path_count(one), zhol_assign_path_count(two));
    for (uint32_t i = 0; i < zhol_assign_row_count(one); i++) {
        CHECK(zhol_assign_row_price(one, i) == zhol_assign_row_price(two, i));
        CHECK(zhol_assign_row_use(one, i) == zhol_assign_row_use(two, i));
    }
    for (uint32_t i = 0; i < zhol_assign_path_count(one); i++) {
        struct zhol_assign_path p, q;
        zhol_assign_path_at(one, i, &p);
        zhol_assign_path_at(two, i, &q);
        CHECK(p.flow == q.flow && p.demand == q.demand && p.arc_count == q.arc_count);
    }
    zhol_assign_free(one);
    zhol_assign_free(two);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    RUN(random_cases_agree_with_clp);
    RUN(warm_solves_agree_with_cold_ones);
    RUN(prices_are_derivatives);
    RUN(known_optima);
    RUN(threads_give_the_same_bytes);
    return check_report();
}
