/* ascent.c: the volume algorithm on prices of rows. */
#include "assign/ascent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct ascent {
    struct oracle *oracle;
    const struct flow *flow;
    const double *unmet_costs;
    double *best;   /* prices */
    double *load;   /* use of rows by all demands on their cheapest ways */
    double *mean;   /* of load, later rounds weigh more */
    double *limits; /* INFINITY: the paths of all demands are wanted */
    double bound, factor;
};

static const double STEP_FIRST = 0.02, STEP_GROW = 1.1, STEP_SHRINK = 0.7, MEAN_SHARE = 0.3;

static void loads_sum(struct ascent *ascent)
{
    const struct flow *flow = ascent->flow;
    memset(ascent->load, 0, flow->row_count * sizeof *ascent->load);
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        uint32_t count, load_class = flow->demands[k].load_class;
        const uint32_t *arcs = oracle_path(ascent->oracle, k, &count);
        if (!count || ascent->oracle->distance[k] > ascent->unmet_costs[k]) {
            continue;
        }
        double amount = flow->demands[k].amount;
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t u = flow->first_use[arcs[i]]; u < flow->first_use[arcs[i] + 1]; u++) {
                ascent->load[flow->use_row[u]] +=
                    amount * flow->use_coefficient[(size_t)u * flow->class_count + load_class];
            }
        }
        for (uint32_t u = flow->first_demand_use[k]; u < flow->first_demand_use[k + 1]; u++) {
            ascent->load[flow->demand_use_row[u]] += amount * flow->demand_use_coefficient[u];
        }
    }
}

/* From the best prices along the mean violation, with Polyak's step for a target a little above. */
static void prices_move(struct ascent *ascent, double share, double *prices)
{
    const struct flow *flow = ascent->flow;
    double square = 0;
    for (uint32_t i = 0; i < flow->row_count; i++) {
        ascent->mean[i] += share * (ascent->load[i] - ascent->mean[i]);
        double excess = ascent->mean[i] - flow->limit[i];
        square += excess > 0 || ascent->best[i] > 0 ? excess * excess : 0;
    }
    double step = square > 0 ? ascent->factor * fabs(ascent->bound) / square : 0;
    for (uint32_t i = 0; i < flow->row_count; i++) {
        prices[i] = fmax(0, ascent->best[i] + step * (ascent->mean[i] - flow->limit[i]));
    }
}

static enum zhol_error rounds_run(struct ascent *ascent, struct pathset *paths, uint32_t rounds,
                                  uint32_t kept, double end_s, double *prices)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t round = 0; !error && round < rounds; round++) {
        error = oracle_run(ascent->oracle, prices, ascent->limits);
        uint32_t added;
        if (!error && (round == 0 || round + kept >= rounds)) {
            error = oracle_add(ascent->oracle, paths, &added);
        }
        if (error) {
            break;
        }
        double bound = oracle_bound(ascent->oracle, prices, ascent->unmet_costs);
        ascent->factor *= bound > ascent->bound ? STEP_GROW : STEP_SHRINK;
        if (bound > ascent->bound) {
            ascent->bound = bound;
            memcpy(ascent->best, prices, ascent->flow->row_count * sizeof *prices);
        }
        loads_sum(ascent);
        if ((double)clock() / CLOCKS_PER_SEC > end_s) {
            rounds = round + 1;
        }
        prices_move(ascent, fmax(MEAN_SHARE, 1.0 / (round + 1)), prices);
    }
    return error;
}

enum zhol_error ascent_run(struct oracle *oracle, struct pathset *paths, const double *unmet_costs,
                           uint32_t rounds, uint32_t kept, double end_s, double *prices,
                           double *bound)
{
    const struct flow *flow = oracle->flow;
    size_t rows = (size_t)flow->row_count + 1;
    struct ascent ascent = {.oracle = oracle,
                            .flow = flow,
                            .unmet_costs = unmet_costs,
                            .best = calloc(rows, sizeof(double)),
                            .load = calloc(rows, sizeof(double)),
                            .mean = calloc(rows, sizeof(double)),
                            .limits = malloc(((size_t)flow->demand_count + 1) * sizeof(double)),
                            .bound = -INFINITY,
                            .factor = STEP_FIRST};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    if (ascent.best && ascent.load && ascent.mean && ascent.limits) {
        for (uint32_t k = 0; k < flow->demand_count; k++) {
            ascent.limits[k] = INFINITY;
        }
        error = rounds_run(&ascent, paths, rounds, kept, end_s, prices);
        memcpy(prices, ascent.best, flow->row_count * sizeof *prices);
        *bound = ascent.bound;
    }
    free(ascent.best);
    free(ascent.load);
    free(ascent.mean);
    free(ascent.limits);
    return error;
}
