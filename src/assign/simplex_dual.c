/* simplex_dual.c: dual pivots on the columns at hand (assign/simplex.h).
 *
 * What is most negative leaves; simplex_flip.c says what enters. Where reduced costs are negative
 * they count as 0: the primal simplex comes next.
 */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "assign/simplex.h"

#include "base/array.h"

static const double VALUE_TOLERANCE = 1e-9;

double simplex_least(const struct simplex *simplex, uint32_t *column)
{
    const struct keypath *basis = simplex->basis;
    double least = -VALUE_TOLERANCE * simplex->flow_scale;
    *column = UINT32_MAX;
    for (uint32_t k = 0; k < simplex->flow->demand_count; k++) {
        if (basis->x[basis->key[k]] < least) {
            least = basis->x[basis->key[k]];
            *column = basis->key[k];
        }
    }
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t at = basis->kernel_column[j];
        if (!(at & KEYPATH_SLACK) && basis->x[at] < least) {
            least = basis->x[at];
            *column = at;
        }
    }
    for (uint32_t i = 0; i < simplex->flow->row_count; i++) {
        if (basis->slack_basic[i] && basis->slack[i] < least) {
            least = basis->slack[i];
            *column = KEYPATH_SLACK | i;
        }
    }
    return *column == UINT32_MAX ? 0 : least;
}

/* Where the leaving column stands now, as the exchange wants it. */
static struct keypath_leave leave_of(const struct simplex *simplex, uint32_t leaving)
{
    const struct keypath *basis = simplex->basis;
    if (leaving & KEYPATH_SLACK) {
        uint32_t row = leaving & ~KEYPATH_SLACK;
        if (basis->row_place[row] < 0) {
            return (struct keypath_leave){KEYPATH_ROW, row,
                                          basis->slack[row] / basis->row_fall[row]};
        }
    } else if (basis->status[leaving] == KEYPATH_KEY) {
        uint32_t demand = simplex->paths->demand[leaving];
        return (struct keypath_leave){KEYPATH_KEY_OF, demand,
                                      basis->x[leaving] / basis->key_fall[demand]};
    }
    uint32_t place = 0;
    while (basis->kernel_column[place] != leaving) {
        place++;
    }
    double value =
        leaving & KEYPATH_SLACK ? basis->slack[leaving & ~KEYPATH_SLACK] : basis->x[leaving];
    return (struct keypath_leave){KEYPATH_PLACE, place, value / basis->fall[place]};
}

enum zhol_error simplex_dual(struct simplex *simplex, bool *done)
{
    struct keypath *basis = simplex->basis;
    enum zhol_error error =
        ARRAY_RESERVE(simplex->zero_costs, simplex->zero_room, simplex->paths->count);
    for (uint32_t p = 0; !error && p < simplex->paths->count; p++) {
        simplex->zero_costs[p] = 0;
    }
    uint32_t retries = 0;
    *done = false;
    while (!error && basis->pivot_count < simplex->pivot_limit) {
        uint32_t leaving;
        double value = simplex_least(simplex, &leaving);
        if (value >= 0) {
            *done = true;
            break;
        }
        keypath_prices(basis, simplex->paths->cost, NULL, basis->prices, NULL);
        uint32_t entering = simplex_entering(simplex, leaving, value);
        if (entering == UINT32_MAX || (double)clock() / CLOCKS_PER_SEC > simplex->seconds) {
            break;
        }
        keypath_direction(basis, entering);
        struct keypath_leave leave = leave_of(simplex, leaving);
        if (!(leave.step >= 0 && leave.step < INFINITY)) {
            /* The two ways to the entry disagree: factor anew, once, then give up. */
            if (retries++ || !basis->factor.product_count) {
                break;
            }
            error = keypath_factor(basis);
            continue;
        }
        retries = 0;
        keypath_move(basis, entering, leave.step);
        error = keypath_pivot(basis, entering, leave);
    }
    return error;
}
