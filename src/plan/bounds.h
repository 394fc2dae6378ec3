/* plan/bounds.h: exact lower bounds of what is left to the destination.
 *
 * One Dijkstra per objective, backwards from the goal over the layered graph, gives for every
 * state the least minutes, cents and grams that any way to the goal needs (waiting, storage and
 * unknown prices left out, so the bounds are admissible and consistent).
 */
#ifndef ZHOL_PLAN_BOUNDS_H
#define ZHOL_PLAN_BOUNDS_H

#include "plan/problem.h"

#define BOUNDS_NONE INT64_MAX

struct bounds_rest {
    int64_t minutes, cents, grams; /* BOUNDS_NONE in all three where the goal cannot be reached */
};

/* Fills rest[state] for every state; the caller frees *rest with free(). Cost: three times
 * O(layers * arcs * log) . */
enum zhol_error bounds_make(const struct problem *problem, struct bounds_rest **rest);

#endif
