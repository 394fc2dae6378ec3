/* solve_cold.c: prices from nothing, then a basis near them (assign/state.h, docs/assign.md).
 *
 * Ascent, sweeps, interior point, crash: each begins where the one before becomes slow. Where the
 * optimal face is so large that a vertex of it would cost more than all before, and the caller
 * allows it, the answer is a point inside the face instead, with the same certificate.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign/ascent.h"
#include "assign/cold.h"

/* Where there are this many times as many rows as demands, each fills what it uses: prices have far
 * to go, and rows become stiffer by this factor where they lag (assign/sweep.h). */
enum { SPARSE_TIMES = 20 };
static const double STIFFER = 1.5;

enum { SWEEP_ROUNDS = 40, INSIDE_ROUNDS = 30, FINER_MAX = 5 };

/* Where the interior point hands over to the simplex, relative gap. */
static const double HAND_OVER = 2e-8;
/* A column is asked for where it would lower its demand's price by more than this share of what
 * the mean product gives it: less than that hardly shows in the bound, and there are many such. */
static const double WORTH_SHARE = 0.3;
/* The interior aims at this share of the gap that the oracle shows. */
static const double AIM = 0.1;
/* Multiplications a second of CPU in a step, at best. */
static const double WORK_RATE = 4e9;
/* Sweeps end at this gap; the first products add up to this share of the bound. */
static const double SWEEP_GAP = 1e-3, MU_FIRST = 3e-3, UNSETTLED_TIMES = 3;
/* A column is kept after the sweeps if it carries, or at products that add up to the gap would
 * carry this many times its demand. */
static const double KEPT_SHARE = 10;
/* The simplex begins with the columns that the interior point would give this share of a demand:
 * prices can move no further, and a column that is looked at again and again costs more than one
 * that the oracle finds anew. */
static const double BASIC_SHARE = 1e-5;

/* Before the crash; and where its flows, cut to all limits, are to be the answer. */
static const double RESIDUAL = 1e-6, RESIDUAL_INSIDE = 1e-7;
/* A column carries flow where it carries this share of its demand. */
static const double CARRIES = 1e-6;

static double seconds_now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* One round: the columns that have come in, and a step with them. A step that would take longer
 * than there is time is not begun, and time is up then. */
static enum zhol_error centre_round(struct solve *solve, struct centre *centre)
{
    struct centre_state state;
    double moved, bound = solve->bound;
    enum zhol_error error = centre_take(centre);
    if (error) {
        return error;
    }
    if (seconds_now() + centre_step_work(centre) / WORK_RATE > solve->end_s) {
        solve->end_s = 0;
        return ZHOL_ERROR_OK;
    }
    centre_state(centre, &state);
    double outer = fmax(fabs(state.dual - bound), state.products);
    double least = fmin(AIM * outer / fmax(1, state.count), 0.5 * centre->mu);
    return centre_step(centre, least, &moved);
}

/* New columns at the prices of the centre. */
static enum zhol_error centre_ask(struct solve *solve, struct centre *centre, double *limits,
                                  uint32_t *added)
{
    struct zhol_assign *assign = solve->assign;
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        double amount = assign->flow.demands[k].amount;
        double worth = WORTH_SHARE * centre->mu / amount + 1e-9 * fabs(centre->lambda[k]);
        limits[k] = amount > 0 ? centre->lambda[k] - worth : -INFINITY;
    }
    enum zhol_error error = oracle_run(&solve->oracle, centre->prices, limits);
    error = error ? error : oracle_add(&solve->oracle, &assign->paths, added);
    double bound = oracle_bound(&solve->oracle, centre->prices, assign->unmet_costs);
    if (!error && bound > solve->bound) {
        solve->bound = bound;
        memcpy(solve->best_prices, centre->prices, assign->flow.row_count * sizeof(double));
    }
    return error;
}

static enum zhol_error centre_rounds(struct solve *solve, struct centre *centre,
                                     struct centre_end end)
{
    struct centre_state state;
    double *limits = malloc(((size_t)solve->assign->flow.demand_count + 1) * sizeof *limits);
    enum zhol_error error = limits ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t round = 0; !error && round < end.rounds; round++) {
        uint32_t added;
        error = centre_round(solve, centre);
        error = error ? error : centre_ask(solve, centre, limits, &added);
        centre_state(centre, &state);
        centre_raise(centre);
        if (solve->trail) {
            trail_note(solve->trail, centre->prices, solve->assign->flow.row_count);
        }
        double gap = fabs(state.primal - solve->bound) / fmax(1, fabs(state.primal));
        if ((gap < end.gap && state.residual < end.residual) || !(centre->mu > 0) ||
            seconds_now() > solve->end_s) {
            break;
        }
    }
    solve->centre_steps = centre->step_count;
    free(limits);
    return error;
}

/* Values of columns get their new numbers, which only become less; the new count is returned. */
static uint32_t values_move(double *values, uint32_t count, const uint32_t *number)
{
    uint32_t kept = 0;
    for (uint32_t p = 0; p < count; p++) {
        if (number[p] != FLOW_NONE) {
            values[number[p]] = values[p];
            kept = number[p] + 1;
        }
    }
    return kept;
}

/* Leaves only columns that carry flow or might soon. */
static enum zhol_error columns_drop(struct solve *solve, struct sweep *sweep, const double *prices,
                                    double mu)
{
    struct zhol_assign *assign = solve->assign;
    struct pathset *paths = &assign->paths;
    uint32_t count = paths->count;
    uint8_t *keep = malloc((size_t)count + 1);
    uint32_t *number = malloc(((size_t)count + 1) * sizeof *number);
    enum zhol_error error = keep && number ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t k = 0; !error && k < assign->flow.demand_count; k++) {
        double least = INFINITY, far = mu / (KEPT_SHARE * assign->flow.demands[k].amount);
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            least = fmin(least, pathset_price(paths, p, prices));
        }
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            keep[p] = p == k || sweep->x[p] > 0 || pathset_price(paths, p, prices) - least < far;
        }
    }
    error = error ? error : pathset_keep(paths, &assign->flow, keep, number);
    if (!error) {
        values_move(sweep->x, count, number);
    }
    sweep->kept = paths->count;
    free(keep);
    free(number);
    return error;
}

/* Flows and prices by sweeps, then the interior point from there: from the multipliers, at which
 * the flows are in balance, not the prices, which look ahead by one more step. */
enum zhol_error cold_prices(struct solve *solve, struct centre *centre, struct sweep *sweep,
                            double penalty, struct centre_end end)
{
    struct zhol_assign *assign = solve->assign;
    struct sweep_manner manner = sweep->manner;
    enum zhol_error error = sweep_start(sweep, &solve->oracle, &assign->paths, assign->unmet_costs,
                                        solve->best_prices, solve->bound);
    sweep->end_s = solve->end_s;
    sweep->manner = manner;
    error = error ? error : sweep_run(sweep, SWEEP_ROUNDS, SWEEP_GAP);
    if (error) {
        return error;
    }
    if (sweep->bound > solve->bound) {
        solve->bound = sweep->bound;
        memcpy(solve->best_prices, sweep->best_prices, assign->flow.row_count * sizeof(double));
    }
    sweep->kept = sweep->taken;
    if (seconds_now() > solve->end_s) {
        return ZHOL_ERROR_OK;
    }
    double pairs = 1;
    for (uint32_t p = 0; p < sweep->taken; p++) {
        pairs += sweep->x[p] > 0;
    }
    for (uint32_t i = 0; i < assign->flow.row_count; i++) {
        pairs += sweep->price[i] > 0 ? 2 : 0;
    }
    double gap = fmin(fabs(sweep->primal - sweep->bound), SWEEP_GAP * fabs(sweep->bound));
    error = columns_drop(solve, sweep, sweep->multiplier, gap / pairs);
    /* Sweeps that did not settle leave loads and prices far off: a point near them would not move.
     */
    double unsettled = UNSETTLED_TIMES * (fabs(sweep->primal - sweep->bound) + sweep->unsettled);
    double mu = fmax(fmax(MU_FIRST * fabs(sweep->bound), unsettled) / pairs, 1e-12);
    error =
        error ? error
              : centre_start(centre, &assign->flow, &assign->paths, sweep->multiplier, penalty, mu);
    centre->given = sweep->x;
    centre->threads = solve->oracle.thread_count;
    centre->found = solve->oracle.found_count;
    return error ? error : centre_rounds(solve, centre, end);
}

/* What is large at the interior point: a flow against its reduced cost, a slack against its price.
 */
static enum zhol_error centre_crash(struct simplex *simplex, const struct centre *centre)
{
    double ratio = simplex->flow_scale / simplex->cost_scale;
    uint32_t rows = simplex->flow->row_count;
    uint8_t *tight = malloc((size_t)rows + 1);
    double *x = malloc(((size_t)centre->taken + 1) * sizeof *x);
    enum zhol_error error = tight && x ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t p = 0; !error && p < centre->taken; p++) {
        x[p] = centre->x[p] > ratio * centre->reduced[p] ? centre->x[p] : 0;
    }
    for (uint32_t i = 0; !error && i < rows; i++) {
        tight[i] = centre->active_at[i] >= 0 && centre->slack[i] < ratio * centre->prices[i];
    }
    struct simplex_point point = {x, centre->taken, tight};
    error = error ? error : simplex_crash(simplex, &point);
    free(tight);
    free(x);
    return error;
}

/* Leaves the columns that the simplex may want. */
static enum zhol_error centre_drop(struct solve *solve, struct centre *centre, struct sweep *sweep)
{
    struct zhol_assign *assign = solve->assign;
    struct pathset *paths = &assign->paths;
    uint32_t count = paths->count;
    uint8_t *keep = malloc((size_t)count + 1);
    uint32_t *number = malloc(((size_t)count + 1) * sizeof *number);
    enum zhol_error error = keep && number ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t p = 0; !error && p < count; p++) {
        uint32_t k = paths->demand[p];
        double far = centre->mu / (BASIC_SHARE * assign->flow.demands[k].amount);
        keep[p] = p == k || p >= centre->taken ||
                  pathset_price(paths, p, centre->prices) - centre->lambda[k] < far;
    }
    error = error ? error : pathset_keep(paths, &assign->flow, keep, number);
    if (!error) {
        values_move(centre->reduced, centre->taken, number);
        centre->taken = values_move(centre->x, centre->taken, number);
        sweep->kept = values_move(sweep->x, sweep->kept, number);
    }
    free(keep);
    free(number);
    return error;
}

/* A scale for prices of rows: the mean cost of a way. */
static double way_cost(const struct solve *solve)
{
    const struct flow *flow = &solve->assign->flow;
    double sum = 0, amount = 0;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        if (solve->oracle.distance[k] < INFINITY) {
            sum += flow->demands[k].amount * solve->oracle.distance[k];
            amount += flow->demands[k].amount;
        }
    }
    return amount > 0 && sum > 0 ? sum / amount : 1;
}

/* What there is when time is up, cut to all limits. */
static enum zhol_error times_up(struct solve *solve, const struct sweep *sweep,
                                const struct centre *centre)
{
    struct solve_point points[] = {{sweep->x, sweep->kept}, {centre->x, centre->taken}};
    return solve_round(solve, points, 2);
}

/* The basis, unless time was up before it kept to all limits. */
static enum zhol_error results_choose(struct solve *solve, const struct simplex *simplex,
                                      const struct sweep *sweep, const struct centre *centre)
{
    const struct keypath *basis = &solve->assign->basis;
    uint32_t column;
    bool sound = simplex_least(simplex, &column) >= 0;
    for (uint32_t i = 0; i < solve->assign->flow.row_count; i++) {
        sound = sound && basis->capacity[i] == solve->assign->flow.limit[i];
    }
    if (sound || seconds_now() <= solve->end_s || !solve_can_round(solve)) {
        return solve_take(solve);
    }
    return times_up(solve, sweep, centre);
}

/* Would a vertex be so dear that a point inside will do? Each column with flow has to be pushed to
 * 0 or into the basis. */
static bool vertex_is_dear(const struct solve *solve, const struct centre *centre)
{
    const struct zhol_assign *assign = solve->assign;
    uint32_t most = solve->options.vertex_columns, count = 0;
    for (uint32_t p = assign->flow.demand_count; p < centre->taken; p++) {
        double amount = assign->flow.demands[assign->paths.demand[p]].amount;
        count += centre->x[p] > CARRIES * amount;
    }
    return most > 0 && count > most && solve_can_round(solve);
}

/* The interior point to its end, cut to all limits; *done where that proves the gap, or when time
 * is up. Rows are met no better than they must be for that: with products near nothing a further
 * step may lose all by rounding. */
static enum zhol_error inside_solve(struct solve *solve, const struct sweep *sweep,
                                    struct centre *centre, bool *done)
{
    struct zhol_assign *assign = solve->assign;
    struct zhol_assign_certificate certificate = {0};
    double amount = 0;
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        amount += assign->flow.demands[k].amount;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    struct centre_end end = {solve->options.gap / 2, RESIDUAL_INSIDE, INSIDE_ROUNDS};
    *done = false;
    for (int finer = 0; !error && !*done && finer < FINER_MAX; finer++) {
        error = centre_rounds(solve, centre, end);
        error = error ? error : times_up(solve, sweep, centre);
        error = error ? error : judge(solve, &certificate);
        *done =
            (certificate.gap <= solve->options.gap && certificate.unmet_forced <= 1e-9 * amount) ||
            seconds_now() > solve->end_s;
        free(assign->used);
        assign->used = NULL;
        if (!*done) {
            bool met = certificate.unmet_forced <= 1e-9 * amount;
            end.gap /= met ? 10 : 1;
            end.residual /= met ? 1 : 10;
            free(assign->flows);
            assign->flows = NULL;
        }
    }
    return error;
}

/* Where the basis went bad: the flows of the interior point, if they prove the gap, or are all
 * there is time for. Else INTERNAL stays: another way begins anew. */
static enum zhol_error basis_rescue(struct solve *solve, const struct sweep *sweep,
                                    const struct centre *centre)
{
    struct zhol_assign *assign = solve->assign;
    struct zhol_assign_certificate certificate = {0};
    if (!solve_can_round(solve)) {
        return ZHOL_ERROR_INTERNAL;
    }
    enum zhol_error error = times_up(solve, sweep, centre);
    error = error ? error : judge(solve, &certificate);
    free(assign->used);
    assign->used = NULL;
    if (error || certificate.gap <= solve->options.gap || seconds_now() > solve->end_s) {
        return error;
    }
    free(assign->flows);
    assign->flows = NULL;
    return ZHOL_ERROR_INTERNAL;
}

enum zhol_error solve_cold(struct solve *solve)
{
    struct zhol_assign *assign = solve->assign;
    const struct flow *flow = &assign->flow;
    struct simplex simplex = {0};
    struct centre centre = {0};
    struct sweep sweep = {0};
    double *prices = solve->best_prices = calloc((size_t)flow->row_count + 1, sizeof *prices);
    enum zhol_error error = prices ? solve_ways_check(solve) : ZHOL_ERROR_MEMORY;
    double penalty = 10 * way_cost(solve);
    struct centre_end end = {fmax(HAND_OVER, solve->options.gap / 4), RESIDUAL, CENTRE_ROUNDS};
    error = error ? error : solve_begin(solve);
    uint32_t sampled = sample_size(flow);
    if (!error && sampled) {
        error = sample_begin(solve, sampled, penalty, &sweep.manner);
    } else if (!error) {
        sweep.manner.stiffer = flow->row_count / SPARSE_TIMES > flow->demand_count ? STIFFER : 0;
        error = ascent_run(&solve->oracle, &assign->paths, assign->unmet_costs, ASCENT_ROUNDS,
                           ASCENT_KEPT, solve->end_s, prices, &solve->bound);
    }
    error = error ? error : cold_prices(solve, &centre, &sweep, penalty, end);
    if (!error && seconds_now() > solve->end_s && solve_can_round(solve)) {
        error = times_up(solve, &sweep, &centre);
        goto out;
    }
    if (!error && vertex_is_dear(solve, &centre)) {
        bool done;
        error = inside_solve(solve, &sweep, &centre, &done);
        if (error || done) {
            goto out;
        }
    }
    error = error ? error : centre_drop(solve, &centre, &sweep);
    error = error ? error
                  : simplex_start(&simplex, flow, &assign->paths, &solve->oracle, &assign->basis,
                                  assign->unmet_costs, solve->options.gap);
    simplex.seconds = solve->end_s;
    error = error ? error : centre_crash(&simplex, &centre);
    if (!error && seconds_now() > solve->end_s && solve_can_round(solve)) {
        error = times_up(solve, &sweep, &centre);
        goto out;
    }
    error = error ? error : solve_finish(solve, &simplex);
    error = error ? error : results_choose(solve, &simplex, &sweep, &centre);
    if (error == ZHOL_ERROR_INTERNAL) {
        error = basis_rescue(solve, &sweep, &centre);
    }
out:
    simplex_clear(&simplex);
    centre_clear(&centre);
    sweep_clear(&sweep);
    free(prices);
    solve->best_prices = NULL;
    return error;
}
