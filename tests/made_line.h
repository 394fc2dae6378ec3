/* tests/made_line.h: small networks by hand for the tests of the simulated corridor.
 *
 * A line of places 0, 1, 2 ... in states, joined by movements and handlings in the order in which
 * they are added; one load class (a forty-foot container: 41 a train on 1435 mm, 61.5 on 1520),
 * rows of processes and resources that a test fills. made_line_ready makes the network and the
 * input.
 */
#ifndef ZHOL_TESTS_MADE_LINE_H
#define ZHOL_TESTS_MADE_LINE_H

#include <math.h>
#include <stdlib.h>

#include <zhol/simulate.h>

#include "check.h"
#include "network/builder.h"

enum { MADE_ARCS = 32, MADE_ROWS = 16, MADE_FLOWS = 8, MADE_START_S = 1767225600 };
/* 2026-01-01 is a Thursday. */

struct made_line {
    struct network_builder *builder;
    struct zhol_network *network;
    struct zhol_network_view view;
    uint32_t vertex, node, links; /* where the line ends */
    uint32_t arcs[MADE_ARCS], arc_count;
    struct zhol_process processes[MADE_ROWS];
    struct zhol_resource resources[MADE_ROWS];
    struct zhol_load_class classes[4];
    uint32_t class_first[2];
    struct zhol_simulate_flow flows[MADE_FLOWS];
    struct zhol_simulate_input input;
    struct zhol_simulate_options options;
};

static inline void made_line_start(struct made_line *m, unsigned state)
{
    static const struct {
        unsigned state;
        double trains, trucks, wagons;
    } rows[4] = {{zhol_state_RAIL1435, 1 / 41.0, 0, 1},
                 {zhol_state_RAIL1520, 1 / 61.5, 0, 0.5},
                 {zhol_state_ROAD, 0, 1, 0},
                 {zhol_state_SEA, 0, 0, 0}};
    memset(m, 0, sizeof *m);
    CHECK_INT_EQ(network_builder_new(&m->builder), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_place(m->builder, 0, state, &m->vertex), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < 4; i++) {
        m->classes[i] = (struct zhol_load_class){.state = (uint8_t)rows[i].state,
                                                 .class = zhol_cargo_class_CONTAINER,
                                                 .payload_t = 18,
                                                 .teu = 2,
                                                 .wagons = rows[i].wagons,
                                                 .trains = rows[i].trains,
                                                 .trucks = rows[i].trucks};
    }
    m->class_first[1] = 4;
    for (uint32_t i = 0; i < MADE_ROWS; i++) {
        m->processes[i] = (struct zhol_process){.process_id = i,
                                                .batch = zhol_batch_TRAIN,
                                                .kind = zhol_process_kind_TRANSSHIP,
                                                .servers = 1,
                                                .mean_h = NAN,
                                                .p90_h = NAN,
                                                .buffer_units = NAN,
                                                .distribution = zhol_distribution_FIXED};
        m->resources[i] = (struct zhol_resource){.resource_id = i,
                                                 .node_id = ZHOL_NONE,
                                                 .link_id = ZHOL_NONE,
                                                 .direction = zhol_direction_FORWARD,
                                                 .unit = zhol_capacity_unit_TRUCKS,
                                                 .per = zhol_per_DAY,
                                                 .kind = zhol_capacity_kind_BINDING,
                                                 .low = NAN,
                                                 .high = NAN};
    }
}

static inline void made_line_add(struct made_line *m, struct zhol_arc arc, uint32_t to)
{
    CHECK_INT_EQ(network_builder_arc(m->builder, m->vertex, &arc, &m->arcs[m->arc_count++]),
                 ZHOL_ERROR_OK);
    m->vertex = to;
}

/* A movement to the next place in a state; resource ZHOL_NONE: no limit. */
static inline void made_line_move(struct made_line *m, unsigned state, unsigned mode,
                                  uint32_t minutes, uint32_t resource)
{
    uint32_t to, uses = 0;
    struct zhol_use use = {.resource_row = resource, .load_class = ZHOL_NONE};
    CHECK_INT_EQ(network_builder_place(m->builder, ++m->node, state, &to), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_move(to, m->links++, mode, 1000, minutes);
    if (resource != ZHOL_NONE) {
        CHECK_INT_EQ(network_builder_uses(m->builder, &use, 1, &uses), ZHOL_ERROR_OK);
        arc.uses = uses;
    }
    made_line_add(m, arc, to);
}

/* A handling at the present place into another state. */
static inline void made_line_handle(struct made_line *m, unsigned state, uint32_t process)
{
    uint32_t to;
    CHECK_INT_EQ(network_builder_place(m->builder, m->node, state, &to), ZHOL_ERROR_OK);
    m->processes[process].node_id = m->node;
    made_line_add(m, network_arc_handle(to, process, process, 60), to);
}

/* Makes the network; arcs get the numbers of the network, every flow the whole line. */
static inline void made_line_ready(struct made_line *m)
{
    CHECK_INT_EQ(network_builder_finish(m->builder, &m->network), ZHOL_ERROR_OK);
    m->view = zhol_network_view(m->network);
    uint32_t vertex = m->view.places[m->view.first_place[0]];
    for (uint32_t i = 0; i < m->arc_count; i++) {
        m->arcs[i] = m->view.first_arc[vertex];
        vertex = m->view.arcs[m->arcs[i]].head;
    }
    m->input = (struct zhol_simulate_input){.view = &m->view,
                                            .processes = m->processes,
                                            .resources = m->resources,
                                            .load_classes = m->classes,
                                            .process_count = MADE_ROWS,
                                            .resource_count = MADE_ROWS,
                                            .load_class_count = 4,
                                            .load_class_first = m->class_first,
                                            .load_class_things = 1,
                                            .flows = m->flows,
                                            .flow_count = 1};
    for (uint32_t i = 0; i < MADE_FLOWS; i++) {
        m->flows[i] = (struct zhol_simulate_flow){.arcs = m->arcs,
                                                  .arc_count = m->arc_count,
                                                  .commodity = ZHOL_NONE,
                                                  .class = zhol_cargo_class_CONTAINER,
                                                  .usd_load_day = 100};
    }
    zhol_simulate_options_init(&m->options);
    m->options.start_s = MADE_START_S;
    m->options.residual_share = 0;
}

static inline void made_line_end(struct made_line *m)
{
    network_builder_free(m->builder);
    zhol_network_free(m->network);
}

/* Replications of one model, all kept. */
struct made_runs {
    struct zhol_simulate_model *model;
    int64_t *blocks;
    uint8_t *done;
    uint32_t count;
};

static inline struct zhol_simulate_blocks made_runs(struct made_runs *r, const struct made_line *m,
                                                    uint32_t count, uint32_t threads)
{
    struct zhol_report report;
    struct zhol_simulate_runs runs = {.count = count, .threads = threads};
    zhol_report_init(&report, 0);
    *r = (struct made_runs){.count = count};
    CHECK_INT_EQ(zhol_simulate_build(&m->input, &m->options, &report, &r->model), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < report.count; i++) {
        printf("%s: %s\n", report.findings[i].column, report.findings[i].expected);
    }
    zhol_report_clear(&report);
    if (r->model) {
        uint64_t size = zhol_simulate_block_size(r->model);
        r->blocks = calloc(count, size * sizeof *r->blocks);
        r->done = calloc(count, 1);
        CHECK_INT_EQ(zhol_simulate_run(r->model, &runs, r->blocks, r->done), ZHOL_ERROR_OK);
    }
    return (struct zhol_simulate_blocks){r->model, r->blocks, count, 0};
}

static inline void made_runs_end(struct made_runs *r)
{
    zhol_simulate_free(r->model);
    free(r->blocks);
    free(r->done);
}

/* The number of the n-th place of a kind, or ZHOL_NONE. */
static inline uint32_t made_place(const struct zhol_simulate_model *model, unsigned kind,
                                  uint32_t n)
{
    for (uint32_t i = 0; i < zhol_simulate_place_count(model); i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(model, i, &about);
        if (about.kind == kind && !n--) {
            return i;
        }
    }
    return ZHOL_NONE;
}

#endif
