/* test_simulate_random.c: laws that hold for any simulated corridor: random lines of places,
 * states, handlings, capacities, flows, disruptions and starts. Nobody is lost, every ledger sums
 * to its transit time, timelines have no gaps, threads do not matter, one more unit with nobody
 * waiting changes nothing. */
#include "../made_line.h"
#include "base/random.h"

enum { LINES = 100 };

static uint32_t below(struct random_stream *random, uint32_t count)
{
    return random_below(random, count);
}

static const struct {
    unsigned state, mode;
} ways[] = {{zhol_state_RAIL1435, zhol_mode_RAIL},
            {zhol_state_RAIL1520, zhol_mode_RAIL},
            {zhol_state_ROAD, zhol_mode_ROAD},
            {zhol_state_SEA, zhol_mode_SEA}};

static void random_rows(struct made_line *m, struct random_stream *random)
{
    static const uint8_t shapes[] = {zhol_distribution_FIXED, zhol_distribution_LOGNORMAL,
                                     zhol_distribution_TRIANGULAR, zhol_distribution_EXPONENTIAL,
                                     zhol_distribution_UNIFORM};
    static const uint8_t batches[] = {zhol_batch_TRAIN, zhol_batch_TRUCK, zhol_batch_WAGON,
                                      zhol_batch_VESSEL};
    static const uint8_t units[] = {zhol_capacity_unit_TRAINS, zhol_capacity_unit_TEU,
                                    zhol_capacity_unit_WAGONS, zhol_capacity_unit_TRUCKS,
                                    zhol_capacity_unit_T};
    for (uint32_t i = 0; i < MADE_ROWS; i++) {
        struct zhol_process *p = &m->processes[i];
        p->min_h = 0.5 + below(random, 6);
        p->median_h = p->min_h * (1 + below(random, 3));
        p->servers = (int32_t)below(random, 4);
        p->batch = batches[below(random, 4)];
        p->distribution = shapes[below(random, 5)];
        p->buffer_units = below(random, 3) ? (double)NAN : 1.0 + below(random, 4);
        m->resources[i].unit = units[below(random, 5)];
        m->resources[i].value = below(random, 20) ? 10 + below(random, 400) : 0;
    }
}

static void random_flows(struct made_line *m, struct random_stream *random)
{
    m->input.flow_count = 1 + below(random, MADE_FLOWS);
    for (uint32_t i = 0; i < m->input.flow_count; i++) {
        struct zhol_simulate_flow *f = &m->flows[i];
        uint32_t first = below(random, m->arc_count);
        f->arcs = m->arcs + first;
        f->arc_count = 1 + below(random, m->arc_count - first);
        f->kind = (uint8_t)below(random, 3);
        f->arrival = (uint8_t)below(random, 2);
        f->loads_day = 1 + below(random, 200);
        f->class = below(random, 2) ? zhol_cargo_class_CONTAINER : zhol_cargo_class_GENERAL;
        f->unit_loads = below(random, 4) ? 0 : 1 + below(random, 10);
        f->priority = (uint8_t)below(random, 4);
        for (uint32_t k = 0; k < 7 && below(random, 2); k++) {
            f->week[k] = below(random, 5);
        }
    }
}

static void random_disruptions(struct made_line *m, struct random_stream *random,
                               struct zhol_simulate_disruption *d, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_simulate_scope scope = {ZHOL_NONE, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE,
                                            ZHOL_NONE, 0,         0};
        uint32_t *const what[] = {&scope.node, &scope.link, &scope.process, &scope.resource};
        *what[below(random, 4)] = below(random, 4);
        int64_t from = MADE_START_S + (int64_t)below(random, 20) * 43200;
        d[i] = (struct zhol_simulate_disruption){.kind = (uint8_t)below(random, 3),
                                                 .cause = ZHOL_SIMULATE_BAN,
                                                 .scope = scope,
                                                 .from_s = from,
                                                 .to_s = from + (int64_t)below(random, 9) * 43200,
                                                 .factor = 0.25 * (1 + below(random, 8))};
    }
    m->options.disruptions = d;
    m->options.disruption_count = count;
}

static void random_line(struct made_line *m, struct random_stream *random)
{
    uint32_t way = below(random, 4), moves = 2 + below(random, 5);
    made_line_start(m, ways[way].state);
    random_rows(m, random);
    for (uint32_t i = 0; i < moves; i++) {
        uint32_t resource = below(random, 2) ? ZHOL_NONE : below(random, MADE_ROWS);
        made_line_move(m, ways[way].state, ways[way].mode, 30 + below(random, 2000), resource);
        if (below(random, 2)) {
            way = (way + 1 + below(random, 3)) % 4;
            made_line_handle(m, ways[way].state, below(random, MADE_ROWS));
        }
    }
    made_line_ready(m);
    random_flows(m, random);
    m->options.residual_share = 0.25 * below(random, 5);
    m->options.days = 10 + below(random, 30);
    m->options.sample_h = 24;
    m->options.audit = true;
}

static void check_blocks(const struct made_runs *r)
{
    uint64_t size = zhol_simulate_block_size(r->model);
    for (uint32_t i = 0; i < r->count; i++) {
        struct zhol_simulate_run_about about;
        zhol_simulate_block_about(r->blocks + i * size, &about);
        CHECK(about.holds);
        CHECK_INT_EQ((int64_t)about.units_born, (int64_t)(about.units_ended + about.units_alive));
        for (uint32_t f = 0; f < zhol_simulate_flow_count(r->model); f++) {
            struct zhol_simulate_flow_tally t;
            int64_t sum = 0, counted = 0;
            zhol_simulate_block_flow(r->model, r->blocks + i * size, f, &t);
            for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
                CHECK(t.by_cause[c] >= 0);
                sum += t.by_cause[c];
            }
            for (uint32_t b = 0; b < ZHOL_SIMULATE_BUCKETS; b++) {
                counted += t.histogram[b];
            }
            CHECK_INT_EQ(sum, t.seconds);
            CHECK_INT_EQ(counted, t.units);
        }
    }
}

static void check_timelines(const struct made_line *m, const struct made_runs *r)
{
    struct zhol_simulate_unit *units;
    uint64_t count;
    CHECK_INT_EQ(zhol_simulate_units(r->model, 0, &units, &count), ZHOL_ERROR_OK);
    for (uint64_t i = 0; i < count; i += count / 3 + 1) {
        struct zhol_simulate_moment *moments;
        uint32_t told;
        CHECK_INT_EQ(zhol_simulate_trace(&m->input, &m->options, 0, units[i].flow, units[i].number,
                                         &moments, &told),
                     ZHOL_ERROR_OK);
        int64_t clock = units[i].birth_s;
        for (uint32_t k = 0; k < told; k++) {
            CHECK_INT_EQ(moments[k].from_s, clock);
            clock = moments[k].to_s;
        }
        CHECK_INT_EQ(clock, units[i].end_s);
        free(moments);
    }
    free(units);
}

static void test_laws(void)
{
    for (uint64_t seed = 0; seed < LINES; seed++) {
        struct made_line m;
        struct made_runs r, two;
        struct zhol_simulate_disruption d[4];
        struct zhol_simulate_standing stand;
        struct random_stream random;
        random_start(&random, 20260801 + seed, 0);
        random_line(&m, &random);
        random_disruptions(&m, &random, d, below(&random, 5));
        stand = (struct zhol_simulate_standing){
            .flow = 0, .at = 0, .loads = below(&random, 300), .since_s = MADE_START_S - 5000};
        stand.at = below(&random, 2) ? 0 : m.flows[0].arc_count - 1;
        stand.abandoned = below(&random, 2);
        m.options.standing = &stand;
        m.options.standing_count = below(&random, 2);
        m.options.seed = seed;
        made_runs(&r, &m, 2, 1);
        if (!r.model) {
            printf("seed %d\n", (int)seed);
            made_line_end(&m);
            return;
        }
        check_blocks(&r);
        check_timelines(&m, &r);
        const uint32_t threads = 2;
        made_runs(&two, &m, 2, threads);
        size_t bytes = 2 * zhol_simulate_block_size(r.model) * sizeof *r.blocks;
        CHECK(memcmp(r.blocks, two.blocks, bytes) == 0);
        if (check_failures_here) {
            printf("seed %d\n", (int)seed);
            seed = LINES;
        }
        made_runs_end(&r);
        made_runs_end(&two);
        made_line_end(&m);
    }
}

int main(void)
{
    RUN(test_laws);
    return check_report();
}
