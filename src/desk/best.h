/* desk/best.h: the best itinerary of an answer in each objective, said once for every surface.
 *
 * An itinerary is firm where no other is at least as good in all known figures and better in one.
 * One that is not firm is in the exact set only because a price or factor of the better one is not
 * known; it is never called the best. Among firm ones, those without unknown items in the objective
 * come before the others, then the less wins, then the earlier in the result.
 */
#ifndef ZHOL_DESK_BEST_H
#define ZHOL_DESK_BEST_H

#include <zhol/plan.h>

enum best_objective { BEST_ARRIVAL, BEST_COST, BEST_CO2E, BEST_COUNT };

/* The value of an itinerary in an objective: UTC minutes, cents, grams. */
int64_t best_value(const struct zhol_itinerary *it, enum best_objective objective);
/* True where nothing that counts in the objective is unknown. */
bool best_known(const struct zhol_plan_result *result, const struct zhol_itinerary *it,
                enum best_objective objective);
/* firm[i] for each itinerary; returns how many are. O(n^2). */
uint32_t best_firm(const struct zhol_plan_result *result, bool *firm);
/* The best of the firm ones per objective; ZHOL_NONE where the result is empty. */
void best_find(const struct zhol_plan_result *result, const bool *firm, uint32_t best[BEST_COUNT]);

#endif
