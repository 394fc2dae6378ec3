/* judge.c: results and certificate, computed from the problem alone (assign/state.h).
 *
 * Nothing of the solver's books is used but the flows and the prices: costs and use are summed anew
 * over the arcs of each path in extended precision, and the bound comes from new shortest paths at
 * the prices. So an error of the solver shows here.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign/state.h"

struct sums {
    long double *use; /* by row */
    long double cost;
};

static void path_sum(const struct zhol_assign *assign, struct sums *sums, uint32_t column,
                     double flow_amount)
{
    const struct flow *flow = &assign->flow;
    const struct pathset *paths = &assign->paths;
    uint32_t demand = paths->demand[column], width = flow->class_count;
    uint32_t load_class = flow->demands[demand].load_class;
    for (uint32_t i = paths->first_arc[column]; i < paths->first_arc[column + 1]; i++) {
        uint32_t arc = paths->arcs[i];
        sums->cost += (long double)flow_amount * flow->arc_cost[(size_t)arc * width + load_class];
        for (uint32_t u = flow->first_use[arc]; u < flow->first_use[arc + 1]; u++) {
            sums->use[flow->use_row[u]] +=
                (long double)flow_amount * flow->use_coefficient[(size_t)u * width + load_class];
        }
    }
    for (uint32_t u = flow->first_demand_use[demand]; u < flow->first_demand_use[demand + 1]; u++) {
        sums->use[flow->demand_use_row[u]] +=
            (long double)flow_amount * flow->demand_use_coefficient[u];
    }
}

/* Flows of one demand: none below 0; what they are more or less than the amount is unmet, or comes
 * off in proportion. */
static double demand_settle(struct zhol_assign *assign, uint32_t demand)
{
    const struct pathset *paths = &assign->paths;
    double amount = assign->flow.demands[demand].amount;
    long double sum = 0;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        assign->flows[p] = assign->flows[p] > 1e-13 * amount ? assign->flows[p] : 0;
        sum += assign->flows[p];
    }
    double share = sum > 0 ? (double)(amount / sum) : 0;
    bool close = fabs(share - 1) < 1e-6;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE && (close || share < 1);
         p = paths->next[p]) {
        assign->flows[p] *= share;
    }
    double unmet = assign->flows[demand];
    if (!close && share > 1) {
        unmet += amount - (double)sum;
    } else if (sum == 0) {
        unmet = amount;
    }
    assign->flows[demand] = unmet;
    return unmet;
}

static enum zhol_error used_list(struct zhol_assign *assign)
{
    uint32_t count = 0;
    for (uint32_t p = assign->flow.demand_count; p < assign->paths.count; p++) {
        count += assign->flows[p] > 0;
    }
    assign->used = malloc(((size_t)count + 1) * sizeof *assign->used);
    if (!assign->used) {
        return ZHOL_ERROR_MEMORY;
    }
    assign->used_count = 0;
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        uint32_t begin = assign->used_count;
        for (uint32_t p = assign->paths.first[k]; p != FLOW_NONE; p = assign->paths.next[p]) {
            if (p >= assign->flow.demand_count && assign->flows[p] > 0) {
                assign->used[assign->used_count++] = p;
            }
        }
        for (uint32_t a = begin, b = assign->used_count; a + 1 < b; a++) {
            uint32_t other = assign->used[a]; /* lists are newest first: turn around */
            assign->used[a] = assign->used[--b];
            assign->used[b] = other;
        }
    }
    return ZHOL_ERROR_OK;
}

static void violation_add(struct zhol_assign_certificate *certificate, long double excess,
                          double scale)
{
    double absolute = excess > 0 ? (double)excess : 0;
    certificate->violation_abs = fmax(certificate->violation_abs, absolute);
    certificate->violation = fmax(certificate->violation, absolute / fmax(1, fabs(scale)));
}

static void primal_judge(struct solve *solve, struct sums *sums,
                         struct zhol_assign_certificate *certificate)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        const struct zhol_assign_demand *demand = flow->demands + k;
        double unmet = demand_settle(assign, k);
        long double kept = unmet;
        assign->unmet[k] = unmet;
        certificate->unmet += unmet;
        if (demand->unmet_cost == INFINITY) {
            certificate->unmet_forced += unmet;
        }
        sums->cost += unmet > 0 ? (long double)unmet * assign->unmet_costs[k] : 0;
        for (uint32_t p = assign->paths.first[k]; p != FLOW_NONE; p = assign->paths.next[p]) {
            if (p != k && assign->flows[p] > 0) {
                kept += assign->flows[p];
                path_sum(assign, sums, p, assign->flows[p]);
            }
        }
        violation_add(certificate, fabsl(kept - demand->amount), demand->amount);
    }
    for (uint32_t i = 0; i < flow->row_count; i++) {
        assign->use[i] = (double)sums->use[i];
        if (flow->capacity[i] < INFINITY) {
            violation_add(certificate, sums->use[i] - flow->capacity[i], flow->capacity[i]);
        }
    }
    certificate->primal = (double)sums->cost;
}

enum zhol_error judge(struct solve *solve, struct zhol_assign_certificate *certificate)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    struct sums sums = {calloc((size_t)flow->row_count + 1, sizeof(long double)), 0};
    if (!sums.use) {
        return ZHOL_ERROR_MEMORY;
    }
    primal_judge(solve, &sums, certificate);
    free(sums.use);
    for (uint32_t i = 0; i < flow->row_count; i++) {
        bool can_bind = flow->capacity[i] < INFINITY && assign->prices[i] > 0;
        assign->prices[i] = can_bind ? assign->prices[i] : 0;
    }
    enum zhol_error error = oracle_run(&solve->oracle, assign->prices, NULL);
    error = error ? error : used_list(assign);
    certificate->dual = oracle_bound(&solve->oracle, assign->prices, assign->unmet_costs);
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        assign->demand_price[k] = fmin(solve->oracle.distance[k], assign->unmet_costs[k]);
    }
    certificate->gap =
        (certificate->primal - certificate->dual) / fmax(1, fabs(certificate->primal));
    certificate->iterations = assign->basis.pivot_count;
    certificate->centre_steps = solve->centre_steps;
    certificate->rounds = solve->oracle.run_count;
    certificate->paths = assign->paths.count;
    certificate->tight = assign->basis.size;
    certificate->basic = solve->basic;
    certificate->method = solve->options.method;
    return error;
}
