/* plan/search.h: the label-setting search of the planner. See zhol/plan.h for what it proves.
 *
 * Labels leave the queue in the order of (earliest arrival at the goal, least cost, least CO2e)
 * that they can still reach, so that at one state they leave in the order of time. A label that
 * leaves is dropped where the front of its state or of the goal dominates it; otherwise it enters
 * the front and is extended over every usable arc.
 */
#ifndef ZHOL_PLAN_SEARCH_H
#define ZHOL_PLAN_SEARCH_H

#include "plan/bounds.h"
#include "plan/departure.h"
#include "plan/problem.h"

#define SEARCH_NO_LABEL UINT32_MAX

struct search_label {
    int64_t time_min, cents, grams;
    uint64_t items;
    int64_t start_min; /* when the arc into it was entered */
    uint32_t state;
    uint32_t parent; /* SEARCH_NO_LABEL at the origin */
    uint32_t arc;
    uint32_t pad;
};

struct search {
    const struct problem *problem;
    const struct departures *departures;
    const struct bounds_rest *rest;
    struct search_label *labels;
    uint32_t label_count, label_capacity;
    uint32_t *solutions; /* labels at the goal, none dominated, in order of arrival */
    uint32_t solution_count, solution_capacity;
    uint64_t expanded;
};

/* Finds all solutions. LIMIT: more than label_limit labels; INTERRUPTED: the flag was set. Clear
 * the search afterwards in any case. */
enum zhol_error search_run(struct search *search, const struct problem *problem,
                           const struct departures *departures, const struct bounds_rest *rest,
                           const struct zhol_plan_options *options);
void search_clear(struct search *search);

#endif
