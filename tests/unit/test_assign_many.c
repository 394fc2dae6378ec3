/* Very many demands, whose first prices come from a sample of them, and many rows along a line, of
 * which only a band is factored: certified, and the same bytes for any number of threads. */
#include <zhol/assign.h>

#include <math.h>

#include "assign/cold.h"
#include "base/random.h"
#include "check.h"

enum { LINES = 3, REACH = 8, MANY = 50000, LONG = 1700, SAMPLE = 4000 };

static void arc_add(struct zhol_assign *assign, struct random_stream *random, const uint32_t at[2],
                    double cost, double load)
{
    double draw = random_uniform(random);
    double capacity = random_uniform(random) < 1.0 / 3 ? load * (0.4 + draw) : 6 * load;
    for (uint32_t back = 0; back < 2; back++) {
        uint32_t arc, row;
        CHECK(!zhol_assign_add_arc(assign, at[back], at[!back], &cost, &arc));
        CHECK(!zhol_assign_add_row(assign, capacity, &row));
        CHECK(!zhol_assign_add_use(assign, arc, row, &(double){1}));
    }
}

static struct zhol_assign *strip(uint32_t steps, uint32_t demands)
{
    struct zhol_assign *assign = NULL;
    struct random_stream random;
    double load = 10.0 * demands * (REACH / 2.0) / (steps * LINES) / 2;
    random_start(&random, 11, 0);
    CHECK(!zhol_assign_new(&assign, (steps + 1) * LINES, 1));
    for (uint32_t at = 0; at < steps * LINES; at++) {
        arc_add(assign, &random, (uint32_t[]){at, at + LINES}, 10 + 10 * random_uniform(&random),
                load);
        if (at % LINES + 1 < LINES) {
            arc_add(assign, &random, (uint32_t[]){at, at + 1}, 2 + 4 * random_uniform(&random),
                    load);
        }
    }
    for (uint32_t d = 0; d < demands; d++) {
        uint32_t far = 1 + random_below(&random, REACH);
        uint32_t a = random_below(&random, (steps - REACH) * LINES);
        uint32_t b = (a / LINES + far) * LINES + random_below(&random, LINES);
        struct zhol_assign_demand demand = {.origin = a,
                                            .destination = b,
                                            .amount = 1 + 19 * random_uniform(&random),
                                            .unmet_cost = 60.0 * far};
        CHECK(!zhol_assign_add_demand(assign, &demand, NULL));
    }
    return assign;
}

/* Solves with one and with two threads; the results must be equal to the last bit. */
static void both_ways(uint32_t steps, uint32_t demands, double gap)
{
    struct zhol_assign_options options = {.threads = 1, .gap = gap, .vertex_columns = 1};
    struct zhol_assign_certificate certificates[2];
    struct zhol_assign *assigns[2];
    for (uint32_t i = 0; i < 2; i++) {
        options.threads = i + 1;
        assigns[i] = strip(steps, demands);
        CHECK(!zhol_assign_solve(assigns[i], &options, &certificates[i]));
        CHECK(certificates[i].gap <= gap);
        CHECK(certificates[i].violation <= 1e-12);
        CHECK(certificates[i].tight == certificates[0].tight);
        CHECK(certificates[i].primal == certificates[0].primal);
        CHECK(certificates[i].dual == certificates[0].dual);
    }
    for (uint32_t i = 0; i < zhol_assign_row_count(assigns[0]); i++) {
        CHECK(zhol_assign_row_price(assigns[0], i) == zhol_assign_row_price(assigns[1], i));
    }
    zhol_assign_free(assigns[0]);
    zhol_assign_free(assigns[1]);
}

static void many_demands(void)
{
    both_ways(60, MANY, 1e-6);
}

static void many_rows(void)
{
    both_ways(LONG, 3 * LONG, 1e-6);
}

/* A sample stands for all that is asked, in groups that hold each demand once. */
static void sample_stands_for_all(void)
{
    struct zhol_assign *assign = strip(60, MANY);
    struct flow *flow = &assign->flow, sample;
    double all = 0, part = 0;
    uint32_t grouped = 0;
    CHECK(!flow_compile(flow));
    CHECK_INT_EQ(sample_size(flow), 5000);
    CHECK(!sample_make(&sample, flow, SAMPLE));
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        all += flow->demands[k].amount;
    }
    for (uint32_t k = 0; k < sample.demand_count; k++) {
        part += sample.demands[k].amount;
    }
    for (uint32_t g = 0; g < sample.group_count; g++) {
        CHECK(sample.demands[sample.groups[g].first].origin == sample.groups[g].origin);
        grouped += sample.groups[g].count;
    }
    CHECK_NEAR(part / all, 1, 1.0 / SAMPLE);
    CHECK(sample.demand_count <= SAMPLE + 1 && sample.demand_count > SAMPLE / 2);
    CHECK_INT_EQ(grouped, sample.demand_count);
    flow->demands[0].unmet_cost = INFINITY; /* may find no room in a sample */
    CHECK_INT_EQ(sample_size(flow), 0);
    sample_clear(&sample);
    zhol_assign_free(assign);
}

int main(void)
{
    RUN(many_demands);
    RUN(many_rows);
    RUN(sample_stands_for_all);
    return check_report();
}
