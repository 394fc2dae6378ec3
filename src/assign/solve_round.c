/* solve_round.c: an answer when time is up (assign/state.h).
 *
 * The flows of sweeps and interior point overload rows a little until the end. Here every path is
 * cut to what its fullest row allows; then what demands lack goes to their cheapest paths with room
 * left, and what has none to new ones round the rows that are full; the rest stays unmet. The
 * prices of the best bound go with it, so the certificate shows how far from the optimum this can
 * be.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign/state.h"

/* A row is full where less than this share of it is left. */
#define ROOM_LEAST 1e-7
enum { DETOURS_MAX = 5 };

bool solve_can_round(const struct solve *solve)
{
    const struct pathset *paths = &solve->assign->paths;
    uint32_t entries = paths->count ? paths->first_entry[paths->count] : 0;
    bool negative = false;
    for (uint32_t e = 0; e < entries; e++) {
        negative |= paths->coefficients[e] < 0;
    }
    return !negative;
}

static void room_take(const struct pathset *paths, uint32_t column, double amount, double *room)
{
    for (uint32_t e = paths->first_entry[column]; e < paths->first_entry[column + 1]; e++) {
        room[paths->rows[e]] -= amount * paths->coefficients[e];
    }
}

/* What more the column could carry. */
static double room_for(const struct pathset *paths, uint32_t column, const double *room)
{
    double most = INFINITY;
    for (uint32_t e = paths->first_entry[column]; e < paths->first_entry[column + 1]; e++) {
        if (paths->coefficients[e] > 0) {
            most = fmin(most, room[paths->rows[e]] / paths->coefficients[e]);
        }
    }
    return fmax(0, most);
}

/* Cuts all flows so that no row is overloaded; room becomes what is left. */
static void flows_cut(struct zhol_assign *assign, double *room, double *share)
{
    const struct pathset *paths = &assign->paths;
    uint32_t rows = assign->flow.row_count;
    memcpy(room, assign->flow.limit, rows * sizeof *room);
    for (uint32_t p = 0; p < paths->count; p++) {
        room_take(paths, p, assign->flows[p], room);
    }
    for (uint32_t i = 0; i < rows; i++) {
        double limit = assign->flow.limit[i];
        share[i] = room[i] < 0 ? limit / (limit - room[i]) : 1;
    }
    memcpy(room, assign->flow.limit, rows * sizeof *room);
    for (uint32_t p = 0; p < paths->count; p++) {
        double least = 1;
        for (uint32_t e = paths->first_entry[p]; e < paths->first_entry[p + 1]; e++) {
            least = paths->coefficients[e] > 0 ? fmin(least, share[paths->rows[e]]) : least;
        }
        assign->flows[p] *= least;
        room_take(paths, p, assign->flows[p], room);
    }
}

/* Gives a demand what it lacks on the cheapest of its paths with room, while that costs less than
 * to leave it. */
static void demand_fill(struct zhol_assign *assign, uint32_t demand, double *room)
{
    const struct pathset *paths = &assign->paths;
    double rest = assign->flow.demands[demand].amount;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        rest -= p == demand ? 0 : assign->flows[p];
    }
    double tiny = 1e-12 * assign->flow.demands[demand].amount;
    while (rest > tiny) {
        uint32_t best = FLOW_NONE;
        double best_room = 0;
        for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
            if (p == demand || paths->cost[p] >= assign->unmet_costs[demand] ||
                (best != FLOW_NONE && paths->cost[p] >= paths->cost[best])) {
                continue;
            }
            double here = room_for(paths, p, room);
            if (here > tiny) {
                best = p;
                best_room = here;
            }
        }
        if (best == FLOW_NONE) {
            break;
        }
        double amount = fmin(rest, best_room);
        assign->flows[best] += amount;
        room_take(paths, best, amount, room);
        rest -= amount;
    }
    assign->flows[demand] = fmax(0, rest);
}

/* Flows from one point into the object; *cost is theirs. */
static enum zhol_error point_round(struct zhol_assign *assign, const struct solve_point *point,
                                   double *room, double *share, double *cost)
{
    const struct pathset *paths = &assign->paths;
    assign->flows = calloc((size_t)paths->count + 1, sizeof *assign->flows);
    if (!assign->flows) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t p = assign->flow.demand_count; p < point->count; p++) {
        assign->flows[p] = fmax(0, point->x[p]);
    }
    flows_cut(assign, room, share);
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        demand_fill(assign, k, room);
    }
    *cost = 0;
    for (uint32_t p = 0; p < paths->count; p++) {
        *cost += assign->flows[p] * paths->cost[p];
    }
    return ZHOL_ERROR_OK;
}

/* Ways round what is full, for demands that still lack something: new columns, filled at once. */
static enum zhol_error detour(struct solve *solve, double *room, double *prices, double *limits)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    uint32_t before = assign->paths.count, added = 0;
    for (uint32_t i = 0; i < flow->row_count; i++) {
        bool full = room[i] <= ROOM_LEAST * flow->limit[i];
        prices[i] = solve->best_prices[i] + (full ? solve->forced_price : 0);
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        limits[k] = assign->flows[k] > 0 ? assign->unmet_costs[k] : -INFINITY;
    }
    enum zhol_error error = oracle_run(&solve->oracle, prices, limits);
    error = error ? error : oracle_add(&solve->oracle, &assign->paths, &added);
    uint32_t after = assign->paths.count;
    double *flows = error ? NULL : realloc(assign->flows, ((size_t)after + 1) * sizeof *flows);
    if (!flows) {
        return error ? error : ZHOL_ERROR_MEMORY;
    }
    assign->flows = flows;
    memset(flows + before, 0, ((size_t)after + 1 - before) * sizeof *flows);
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        if (limits[k] > -INFINITY) {
            demand_fill(assign, k, room);
        }
    }
    return ZHOL_ERROR_OK;
}

static double unmet_of(const struct zhol_assign *assign)
{
    double unmet = 0;
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        unmet += assign->flows[k];
    }
    return unmet;
}

/* Detours while they help; the flows are feasible before and after. */
static enum zhol_error detours(struct solve *solve, double *room)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    double *prices = malloc(((size_t)flow->row_count + 1) * sizeof *prices);
    double *limits = malloc(((size_t)flow->demand_count + 1) * sizeof *limits);
    enum zhol_error error = prices && limits ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    double unmet = unmet_of(assign), last = INFINITY;
    memcpy(room, flow->limit, flow->row_count * sizeof *room);
    for (uint32_t p = flow->demand_count; p < assign->paths.count; p++) {
        room_take(&assign->paths, p, assign->flows[p], room);
    }
    for (int i = 0; !error && i < DETOURS_MAX && unmet > 0 && unmet < last; i++) {
        last = unmet;
        error = detour(solve, room, prices, limits);
        unmet = unmet_of(assign);
    }
    free(prices);
    free(limits);
    return error;
}

enum zhol_error solve_round(struct solve *solve, const struct solve_point *points, uint32_t count)
{
    struct zhol_assign *assign = solve->assign;
    uint32_t rows = assign->flow.row_count;
    double *room = malloc(((size_t)rows + 1) * sizeof *room);
    double *share = malloc(((size_t)rows + 1) * sizeof *share);
    double *best = NULL, best_cost = INFINITY, cost = INFINITY;
    enum zhol_error error = room && share ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; !error && i < count; i++) {
        error = points[i].x ? point_round(assign, points + i, room, share, &cost) : ZHOL_ERROR_OK;
        if (!error && points[i].x && (!best || cost < best_cost)) {
            double *worse = best;
            best = assign->flows;
            best_cost = cost;
            assign->flows = worse;
        }
        free(assign->flows);
        assign->flows = NULL;
    }
    assign->flows = best;
    error = error || !best ? error : detours(solve, room);
    memcpy(assign->prices, solve->best_prices, rows * sizeof(double));
    assign->has_base = false;
    free(room);
    free(share);
    return error;
}
