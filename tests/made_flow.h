/* tests/made_flow.h: small random problems of the whole model, for the tests of the assignment.
 *
 * A ring with chords, so that every demand has a way; several rows an arc, rows that arcs share,
 * classes that use them differently, capacities from none to plenty, unmet demand at a price.
 */
#ifndef ZHOL_TESTS_MADE_FLOW_H
#define ZHOL_TESTS_MADE_FLOW_H

#include <zhol/assign.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "assign/lp.h"
#include "base/random.h"

enum { MADE_NODES_MAX = 12, MADE_CLASSES = 2, MADE_ARCS_MAX = 60, MADE_ROWS_MAX = 60 };
enum { MADE_USES_MAX = 160, MADE_DEMANDS_MAX = 24, MADE_DEMAND_USES_MAX = 24 };

struct made_flow {
    uint32_t node_count, arc_count, row_count, use_count, demand_count, demand_use_count;
    uint32_t from[MADE_ARCS_MAX], to[MADE_ARCS_MAX];
    double cost[MADE_ARCS_MAX][MADE_CLASSES];
    double capacity[MADE_ROWS_MAX];
    uint32_t use_arc[MADE_USES_MAX], use_row[MADE_USES_MAX];
    double use[MADE_USES_MAX][MADE_CLASSES];
    struct zhol_assign_demand demands[MADE_DEMANDS_MAX];
    uint32_t demand_use_demand[MADE_DEMAND_USES_MAX], demand_use_row[MADE_DEMAND_USES_MAX];
    double demand_use[MADE_DEMAND_USES_MAX];
};

static inline void made_flow_arc(struct made_flow *made, struct random_stream *random,
                                 uint32_t from, uint32_t to)
{
    uint32_t a = made->arc_count++;
    made->from[a] = from;
    made->to[a] = to;
    for (int c = 0; c < MADE_CLASSES; c++) {
        made->cost[a][c] = random_below(random, 30);
    }
}

static inline void made_flow_uses(struct made_flow *made, struct random_stream *random)
{
    for (uint32_t a = 0; a < made->arc_count; a++) {
        uint32_t count = random_below(random, 3);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t u = made->use_count++;
            made->use_arc[u] = a;
            made->use_row[u] = random_below(random, made->row_count);
            for (int c = 0; c < MADE_CLASSES; c++) {
                made->use[u][c] = random_below(random, 4) * 0.5;
            }
        }
    }
}

/* Integer data make ties, which is what a simplex finds hard. */
static inline void made_flow_fill(struct made_flow *made, uint64_t seed)
{
    struct random_stream random;
    *made = (struct made_flow){0};
    random_start(&random, seed, 0);
    made->node_count = 4 + random_below(&random, MADE_NODES_MAX - 3);
    for (uint32_t v = 0; v < made->node_count; v++) {
        made_flow_arc(made, &random, v, (v + 1) % made->node_count);
        made_flow_arc(made, &random, (v + 1) % made->node_count, v);
        uint32_t other = random_below(&random, made->node_count);
        made_flow_arc(made, &random, v, other);
    }
    made->row_count = 1 + random_below(&random, MADE_ROWS_MAX);
    for (uint32_t i = 0; i < made->row_count; i++) {
        uint32_t kind = random_below(&random, 12);
        made->capacity[i] = kind == 0   ? 0
                            : kind == 1 ? (double)INFINITY
                                        : 1.0 + random_below(&random, 60);
    }
    made_flow_uses(made, &random);
    made->demand_count = 1 + random_below(&random, MADE_DEMANDS_MAX);
    for (uint32_t k = 0; k < made->demand_count; k++) {
        made->demands[k] =
            (struct zhol_assign_demand){.origin = random_below(&random, made->node_count),
                                        .destination = random_below(&random, made->node_count),
                                        .load_class = random_below(&random, MADE_CLASSES),
                                        .amount = random_below(&random, 20),
                                        .unmet_cost = 20 + random_below(&random, 150)};
        if (random_below(&random, 6) == 0 && made->demand_use_count < MADE_DEMAND_USES_MAX) {
            uint32_t u = made->demand_use_count++;
            made->demand_use_demand[u] = k;
            made->demand_use_row[u] = random_below(&random, made->row_count);
            made->demand_use[u] = (double)random_below(&random, 5) - 2;
        }
    }
}

static inline enum zhol_error made_flow_give(const struct made_flow *made,
                                             struct zhol_assign **assign)
{
    enum zhol_error error = zhol_assign_new(assign, made->node_count, MADE_CLASSES);
    for (uint32_t a = 0; !error && a < made->arc_count; a++) {
        error = zhol_assign_add_arc(*assign, made->from[a], made->to[a], made->cost[a], NULL);
    }
    for (uint32_t i = 0; !error && i < made->row_count; i++) {
        error = zhol_assign_add_row(*assign, made->capacity[i], NULL);
    }
    for (uint32_t u = 0; !error && u < made->use_count; u++) {
        error = zhol_assign_add_use(*assign, made->use_arc[u], made->use_row[u], made->use[u]);
    }
    for (uint32_t k = 0; !error && k < made->demand_count; k++) {
        error = zhol_assign_add_demand(*assign, made->demands + k, NULL);
    }
    for (uint32_t u = 0; !error && u < made->demand_use_count; u++) {
        error = zhol_assign_add_demand_use(*assign, made->demand_use_demand[u],
                                           made->demand_use_row[u], made->demand_use[u]);
    }
    return error;
}

/* The arc formulation, which knows nothing of paths: a column per demand and arc and one for what
 * stays unmet; rows: balance of each demand at each node but its destination, then capacities. */
static inline enum zhol_error made_flow_judge(const struct made_flow *made, double *value)
{
    struct lp *lp = NULL;
    enum zhol_error error = lp_new(&lp);
    for (uint32_t k = 0; !error && k < made->demand_count; k++) {
        const struct zhol_assign_demand *demand = made->demands + k;
        for (uint32_t v = 0; !error && v < made->node_count; v++) {
            double out = v == demand->origin && v != demand->destination ? demand->amount : 0;
            bool ends = v == demand->destination; /* may take in, but not give */
            error = lp_add_row(lp, ends ? -1e30 : out, out);
        }
    }
    uint32_t capacity_row = made->demand_count * made->node_count;
    for (uint32_t i = 0; !error && i < made->row_count; i++) {
        error = lp_add_row(lp, -1e30, fmin(made->capacity[i], 1e30));
    }
    for (uint32_t k = 0; !error && k < made->demand_count; k++) {
        const struct zhol_assign_demand *demand = made->demands + k;
        uint32_t rows[MADE_USES_MAX], count, base = k * made->node_count;
        double values[MADE_USES_MAX];
        for (uint32_t a = 0; !error && a < made->arc_count; a++) {
            double use[MADE_ROWS_MAX] = {0};
            count = 0;
            if (made->from[a] != made->to[a]) {
                rows[count] = base + made->from[a];
                values[count++] = 1;
                rows[count] = base + made->to[a];
                values[count++] = -1;
            }
            for (uint32_t u = 0; u < made->use_count; u++) {
                if (made->use_arc[u] == a) {
                    use[made->use_row[u]] += made->use[u][demand->load_class];
                }
            }
            /* What a demand uses by itself is counted where it leaves its origin. */
            for (uint32_t u = 0; u < made->demand_use_count; u++) {
                if (made->demand_use_demand[u] == k && made->from[a] != made->to[a]) {
                    double sign =
                        (made->from[a] == demand->origin) - (double)(made->to[a] == demand->origin);
                    use[made->demand_use_row[u]] += sign * made->demand_use[u];
                }
            }
            for (uint32_t i = 0; i < made->row_count; i++) {
                if (use[i] != 0) {
                    rows[count] = capacity_row + i;
                    values[count++] = use[i];
                }
            }
            error = lp_add_column(lp, made->cost[a][demand->load_class], rows, values, count);
        }
        rows[0] = base + demand->origin;
        values[0] = 1;
        error = error ? error
                      : lp_add_column(lp, demand->unmet_cost, rows, values,
                                      demand->origin != demand->destination);
    }
    error = error ? error : lp_solve(lp);
    *value = error ? NAN : lp_value(lp);
    lp_free(lp);
    return error;
}

#endif
