/* desk/best.c: the best itinerary in each objective. See best.h. */
#include "desk/best.h"

int64_t best_value(const struct zhol_itinerary *it, enum best_objective objective)
{
    return objective == BEST_ARRIVAL ? it->arrival_min
           : objective == BEST_COST  ? it->cents
                                     : it->co2e_g;
}

bool best_known(const struct zhol_plan_result *result, const struct zhol_itinerary *it,
                enum best_objective objective)
{
    for (uint32_t i = 0; i < result->item_count; i++) {
        enum best_objective of = result->item_is_co2e[i] ? BEST_CO2E : BEST_COST;
        if ((it->unknown_items >> i & 1u) && of == objective) {
            return false;
        }
    }
    return true;
}

/* True where `a` is at least as good as `b` in all known figures and better in one. */
static bool beats(const struct zhol_itinerary *a, const struct zhol_itinerary *b)
{
    bool better = false;
    for (int k = 0; k < BEST_COUNT; k++) {
        int64_t x = best_value(a, (enum best_objective)k);
        int64_t y = best_value(b, (enum best_objective)k);
        if (x > y) {
            return false;
        }
        better = better || x < y;
    }
    return better;
}

uint32_t best_firm(const struct zhol_plan_result *result, bool *firm)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->itinerary_count; i++) {
        firm[i] = true;
        for (uint32_t k = 0; firm[i] && k < result->itinerary_count; k++) {
            firm[i] = !beats(&result->itineraries[k], &result->itineraries[i]);
        }
        count += firm[i];
    }
    return count;
}

void best_find(const struct zhol_plan_result *result, const bool *firm, uint32_t best[BEST_COUNT])
{
    for (int k = 0; k < BEST_COUNT; k++) {
        enum best_objective objective = (enum best_objective)k;
        bool known = false;
        best[k] = ZHOL_NONE;
        for (uint32_t i = 0; i < result->itinerary_count; i++) {
            const struct zhol_itinerary *it = &result->itineraries[i];
            bool is_known = best_known(result, it, objective);
            if (!firm[i]) {
                continue;
            }
            if (best[k] == ZHOL_NONE || (is_known && !known) ||
                (is_known == known && best_value(it, objective) <
                                          best_value(&result->itineraries[best[k]], objective))) {
                best[k] = i;
                known = is_known;
            }
        }
    }
}
