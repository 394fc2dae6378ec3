/* A strip of lines with scarce arcs, where sweeps hardly settle: the interior point must begin far
 * enough from their flows to move (23 steps once, 16 now). The same bytes for any number of
 * threads. */
#include <zhol/assign.h>

#include "base/random.h"
#include "check.h"

enum { LINES = 5, STEPS = 130, REACH = 40, DEMANDS = 1600, CENTRE_STEPS_MAX = 20 };

static void arc_add(struct zhol_assign *assign, struct random_stream *random, const uint32_t at[2],
                    double cost, double load)
{
    double draw = random_uniform(random);
    double capacity = random_uniform(random) < 1.0 / 3 ? load * (0.3 + draw) : 10 * load;
    for (uint32_t back = 0; back < 2; back++) {
        uint32_t arc, row;
        CHECK(!zhol_assign_add_arc(assign, at[back], at[!back], &cost, &arc));
        CHECK(!zhol_assign_add_row(assign, capacity, &row));
        CHECK(!zhol_assign_add_use(assign, arc, row, &(double){1}));
    }
}

static struct zhol_assign *strip(void)
{
    struct zhol_assign *assign = NULL;
    struct random_stream random;
    double load = 10.0 * DEMANDS * (REACH / 2.0) / (STEPS * LINES) / 2;
    random_start(&random, 7, 0);
    CHECK(!zhol_assign_new(&assign, (STEPS + 1) * LINES, 1));
    for (uint32_t at = 0; at < STEPS * LINES; at++) {
        arc_add(assign, &random, (uint32_t[]){at, at + LINES}, 10 + 10 * random_uniform(&random),
                load);
        if (at % LINES + 1 < LINES) {
            arc_add(assign, &random, (uint32_t[]){at, at + 1}, 2 + 4 * random_uniform(&random),
                    load);
        }
    }
    for (uint32_t d = 0; d < DEMANDS; d++) {
        uint32_t far = 1 + random_below(&random, REACH);
        uint32_t a = random_below(&random, (STEPS - REACH) * LINES);
        uint32_t b = (a / LINES + far) * LINES + random_below(&random, LINES);
        bool back = random_uniform(&random) < 0.3;
        struct zhol_assign_demand demand = {.origin = back ? b : a,
                                            .destination = back ? a : b,
                                            .amount = 1 + 19 * random_uniform(&random),
                                            .unmet_cost = 60.0 * far};
        CHECK(!zhol_assign_add_demand(assign, &demand, NULL));
    }
    return assign;
}

static void moves_from_the_start(void)
{
    struct zhol_assign *one = strip(), *three = strip();
    struct zhol_assign_certificate c = {0}, same = {0};
    struct zhol_assign_options options = {.threads = 1};
    CHECK(!zhol_assign_solve(one, &options, &c));
    options.threads = 3;
    CHECK(!zhol_assign_solve(three, &options, &same));
    CHECK(c.gap <= 1e-9);
    CHECK(c.violation <= 1e-12);
    CHECK(c.centre_steps <= CENTRE_STEPS_MAX);
    CHECK(c.primal == same.primal && c.dual == same.dual && c.iterations == same.iterations);
    for (uint32_t i = 0; i < zhol_assign_row_count(one); i++) {
        CHECK(zhol_assign_row_price(one, i) == zhol_assign_row_price(three, i));
        CHECK(zhol_assign_row_use(one, i) == zhol_assign_row_use(three, i));
    }
    zhol_assign_free(one);
    zhol_assign_free(three);
}

int main(void)
{
    RUN(moves_from_the_start);
    return check_report();
}
