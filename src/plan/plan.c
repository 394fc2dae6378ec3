/* plan/plan.c: from a question to itineraries: problem, bounds, search, and the way back through
 * the labels. See zhol/plan.h. */
#include <zhol/plan.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "plan/search.h"

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- The way back ---- */

static uint32_t count_steps(const struct search *s, uint32_t label)
{
    uint32_t count = 0;
    for (; s->labels[label].parent != SEARCH_NO_LABEL; label = s->labels[label].parent) {
        count++;
    }
    return count;
}

static struct zhol_step make_step(const struct search *s, const struct search_label *label)
{
    const struct problem *p = s->problem;
    const struct search_label *before = &s->labels[label->parent];
    const struct problem_arc *arc = &p->arcs[label->arc];
    struct departure_reason reason;
    int64_t first = departure_next(s->departures, label->arc, before->time_min, &reason);
    if (label->start_min > first) {
        reason = (struct departure_reason){ZHOL_WAIT_CHOSEN, 0};
    }
    struct zhol_step step = {
        .arc = label->arc,
        .passes = arc->passes,
        .ready_min = before->time_min,
        .start_min = label->start_min,
        .end_min = label->time_min,
        .cents = arc->cents,
        .storage_cents =
            problem_storage_cents(p, p->tails[label->arc], label->start_min - before->time_min),
        .co2e_g = arc->grams,
        .wait_for = reason.wait_for,
        .wait_why = reason.why,
    };
    for (uint32_t i = 0; i < p->item_count; i++) {
        bool has = arc->items >> i & 1u;
        step.cost_unknown = step.cost_unknown || (has && !p->item_is_co2e[i]);
        step.co2e_unknown = step.co2e_unknown || (has && p->item_is_co2e[i]);
    }
    return step;
}

static enum zhol_error add_itinerary(const struct search *s, uint32_t solution,
                                     struct zhol_plan_result *result, uint32_t *step_capacity)
{
    const struct search_label *end = &s->labels[solution];
    uint32_t count = count_steps(s, solution);
    enum zhol_error error =
        ARRAY_RESERVE(result->steps, *step_capacity, result->step_count + count);
    if (error) {
        return error;
    }
    uint32_t label = solution;
    for (uint32_t i = count; i-- > 0; label = s->labels[label].parent) {
        result->steps[result->step_count + i] = make_step(s, &s->labels[label]);
    }
    result->itineraries[result->itinerary_count++] =
        (struct zhol_itinerary){.first_step = result->step_count,
                                .step_count = count,
                                .arrival_min = end->time_min,
                                .cents = end->cents,
                                .co2e_g = end->grams,
                                .unknown_items = end->items};
    result->step_count += count;
    return ZHOL_ERROR_OK;
}

static enum zhol_error make_result(const struct search *s, struct zhol_plan_result *result)
{
    const struct problem *p = s->problem;
    uint32_t step_capacity = 0;
    result->itineraries = calloc((size_t)s->solution_count + 1, sizeof *result->itineraries);
    if (!result->itineraries) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(result->items, p->items, sizeof result->items);
    memcpy(result->item_is_co2e, p->item_is_co2e, sizeof result->item_is_co2e);
    result->item_count = p->item_count;
    result->labels_made = s->label_count;
    result->labels_expanded = s->expanded;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < s->solution_count; i++) {
        error = add_itinerary(s, s->solutions[i], result, &step_capacity);
    }
    if (!error && s->solution_count == 0) {
        error = ZHOL_ERROR_UNREACHABLE;
    }
    return error;
}

/* The usual horizon is too short for caravans: it is never less than twice the least time and two
 * months. */
static void widen_horizon(struct problem *p, int64_t least_min)
{
    if (least_min == BOUNDS_NONE) {
        return;
    }
    int64_t last_min = p->order->ready_min + 2 * least_min + 60 * 1440;
    last_min = p->order->deadline_min < last_min ? p->order->deadline_min : last_min;
    p->last_min = last_min > p->last_min ? last_min : p->last_min;
}

enum zhol_error zhol_plan(const struct zhol_network *network, const struct zhol_corridor *corridor,
                          const struct zhol_consignment *consignment,
                          const struct zhol_plan_options *options, struct zhol_plan_result *result)
{
    double begun_s = cpu_seconds();
    struct problem problem;
    struct departures departures = {0};
    struct bounds_rest *rest = NULL;
    struct search search = {0};
    memset(result, 0, sizeof *result);
    enum zhol_error error = problem_init(&problem, network, corridor, consignment, options);
    if (error) {
        return error;
    }
    error = bounds_make(&problem, &rest);
    if (!error && options->horizon_days == 0) {
        widen_horizon(&problem, rest[problem.start].minutes);
    }
    error = error ? error : departure_init(&departures, &problem);
    error = error ? error : departure_prepare(&departures);
    error = error ? error : search_run(&search, &problem, &departures, rest, options);
    error = error ? error : make_result(&search, result);
    if (error && error != ZHOL_ERROR_UNREACHABLE) {
        zhol_plan_result_clear(result);
    }
    search_clear(&search);
    free(rest);
    departure_clear(&departures);
    problem_clear(&problem);
    result->search_s = cpu_seconds() - begun_s;
    return error;
}

void zhol_plan_result_clear(struct zhol_plan_result *result)
{
    free(result->itineraries);
    free(result->steps);
    memset(result, 0, sizeof *result);
}
