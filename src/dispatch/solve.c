/* solve.c: a day's plan: search, bound, exact search, causes. */
#include "dispatch/bound.h"
#include "dispatch/cause.h"
#include "dispatch/cover.h"
#include "dispatch/exact.h"
#include "dispatch/exchange.h"
#include "dispatch/parts.h"
#include "dispatch/search.h"
#include "dispatch/solve.h"

enum {
    STARTS = 4,
    BOUND_STEPS = 1000,
    EXACT_TRAINS = 8,
    EXACT_NODES = 120000,
    PART_NODES = 40000,
    WORK = 2400000,          /* iterations of a start, times trains and units, of a full search */
    PRICE_WORK = 1000000000, /* steps of prices, times units and minutes */
    PRICE_LEAST = 20
};

struct zhol_dispatch_options options_full(const struct compiled *compiled,
                                          const struct zhol_dispatch_options *options)
{
    struct zhol_dispatch_options full = options ? *options : (struct zhol_dispatch_options){0};
    uint32_t trains = compiled->day->train_count, size = trains + compiled->day->unit_count;
    uint32_t iterations = WORK / (size + 1);
    iterations = iterations < 200 ? 200 : iterations > 20000 ? 20000 : iterations;
    full.threads = full.threads ? full.threads : 1;
    full.starts = full.starts ? full.starts : STARTS;
    full.iterations = full.iterations ? full.iterations : iterations;
    uint64_t size_of_step = (uint64_t)compiled->day->unit_count * (uint64_t)compiled->horizon + 1;
    uint64_t steps = PRICE_WORK / size_of_step;
    steps = steps < PRICE_LEAST ? PRICE_LEAST : steps > BOUND_STEPS ? BOUND_STEPS : steps;
    full.bound_steps = full.bound_steps ? full.bound_steps : (uint32_t)steps;
    if (!full.exact_nodes && trains <= EXACT_TRAINS) {
        full.exact_nodes = EXACT_NODES;
    }
    full.part_nodes = full.part_nodes ? full.part_nodes : PART_NODES;
    return full;
}

void plan_prove(struct zhol_dispatch_plan *plan, int64_t bound)
{
    int64_t late = plan->objective.late;
    plan->late_bound = bound < late ? bound : late;
    plan->gap = late ? (double)(late - plan->late_bound) / (double)late : 0;
}

/* Rules, then prices, whose hints give plans; then search from the best of them. `floor` is what no
 * plan is better than; `hint` is a plan to come near to, or NULL. */
static enum zhol_error hints_and_search(struct search *search, struct hinted *hinted,
                                        const struct zhol_dispatch_plan *hint, uint32_t steps,
                                        struct zhol_dispatch_plan *plan, int64_t *bound)
{
    struct bound_listener listener = {hinted_hear, hinted};
    enum zhol_error error = hinted_rules(hinted, search);
    if (!error && hint) {
        hinted_near(hinted, hint);
    }
    if (!error && objective_compare(&hinted->plan.objective, &search->floor) > 0) {
        error = bound_find(search->compiled, &listener, steps, bound);
    }
    search->from = &hinted->best;
    search->goal = *bound;
    if (!error) {
        error = dispatch_search_run(search, plan, &plan->tried);
    }
    plan->tried += hinted->tried;
    return error;
}

/* The search, from a plan that `hint` is like. */
static enum zhol_error day_search(const struct compiled *compiled,
                                  const struct zhol_dispatch_options *options,
                                  const struct parts *parts, struct zhol_dispatch_plan *plan,
                                  int64_t *bound)
{
    struct search search = {.compiled = compiled,
                            .seed = options->seed,
                            .threads = options->threads,
                            .starts = options->starts,
                            .iterations = options->iterations,
                            .floor = parts->sum};
    struct hinted hinted;
    enum zhol_error error = hinted_new(&hinted, compiled);
    if (!error) {
        error = hints_and_search(&search, &hinted, parts->there ? &parts->plan : NULL,
                                 options->bound_steps, plan, bound);
        hinted_free(&hinted);
    }
    error = error ? error : cause_fill_in(compiled, plan);
    return error ? error : exchange_units(compiled, plan);
}

/* A plan and what is proven of it, without the causes. */
static enum zhol_error plan_find(const struct compiled *compiled,
                                 const struct zhol_dispatch_options *options,
                                 const struct parts *parts, struct zhol_dispatch_plan *plan)
{
    int64_t bound = 0;
    enum zhol_error error = day_search(compiled, options, parts, plan, &bound);
    if (error) {
        return error;
    }
    struct zhol_dispatch_objective floor = parts->sum;
    if (bound > floor.late) {
        floor = (struct zhol_dispatch_objective){.late = bound};
    }
    if (objective_compare(&plan->objective, &floor) == 0) {
        plan->optimal = true;
        plan->proof = ZHOL_DISPATCH_PROVEN;
    } else if (options->exact_nodes) {
        error = exact_run(compiled, &floor, options->exact_nodes, plan);
    }
    plan_prove(plan, plan->optimal ? plan->objective.late : floor.late);
    return error;
}

static enum zhol_error part_find(const struct compiled *compiled,
                                 const struct zhol_dispatch_options *options,
                                 struct zhol_dispatch_plan *plan)
{
    const struct parts none = {0};
    return plan_find(compiled, options, &none, plan);
}

static enum zhol_error day_solve(const struct compiled *compiled,
                                 const struct zhol_dispatch_options *options,
                                 struct zhol_dispatch_plan *plan)
{
    struct parts parts = {0};
    int64_t cover = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (options->part_nodes) {
        error = parts_solve(compiled, options->part_nodes, part_find, &parts);
    }
    if (!error) {
        error = cover_find(compiled, &cover);
    }
    if (!error && cover > parts.sum.late) {
        parts.sum = (struct zhol_dispatch_objective){.late = cover};
    }
    if (!error) {
        error = plan_find(compiled, options, &parts, plan);
    }
    plan->nodes += parts.nodes;
    parts_clear(&parts);
    return error ? error : cause_find(compiled, plan);
}

enum zhol_error zhol_dispatch_solve(const struct zhol_dispatch_day *day,
                                    const struct zhol_dispatch_options *options,
                                    struct zhol_dispatch_plan *plan)
{
    struct compiled compiled;
    *plan = (struct zhol_dispatch_plan){0};
    enum zhol_error error = zhol_dispatch_check(day, NULL);
    if (!error) {
        error = compiled_init(&compiled, day);
    }
    if (error) {
        return error;
    }
    struct zhol_dispatch_options full = options_full(&compiled, options);
    compiled.stop = full.stop;
    error = plan_new(plan, day);
    if (!error && day->train_count) {
        error = day_solve(&compiled, &full, plan);
    } else if (!error) {
        plan->optimal = true;
        plan->proof = ZHOL_DISPATCH_PROVEN;
    }
    if (error) {
        zhol_dispatch_plan_clear(plan);
    }
    compiled_clear(&compiled);
    return error;
}
