/* simplex_rekey.c: another key for each demand whose key is not its cheapest way
 * (assign/simplex.h).
 */
#include <math.h>
#include <string.h>

#include "assign/simplex.h"

/* The cheapest column of a demand; its present key where that is as good. */
static uint32_t cheapest(const struct simplex *simplex, uint32_t demand, double *price)
{
    const struct pathset *paths = simplex->paths;
    uint32_t best = simplex->basis->key[demand];
    *price = pathset_price(paths, best, simplex->clear_prices);
    double least = *price - simplex->tolerance;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        double at = pathset_price(paths, p, simplex->clear_prices);
        if (at < least) {
            *price = least = at;
            best = p;
        }
    }
    return best;
}

/* Ways that are cheaper at these prices than any at hand come in. */
static enum zhol_error ways_find(struct simplex *simplex)
{
    const struct flow *flow = simplex->flow;
    uint32_t added;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        double price;
        cheapest(simplex, k, &price);
        simplex->limits[k] = flow->demands[k].amount > 0 ? price - simplex->tolerance : -INFINITY;
    }
    enum zhol_error error = oracle_run(simplex->oracle, simplex->clear_prices, simplex->limits);
    error = error ? error : oracle_add(simplex->oracle, simplex->paths, &added);
    return error ? error : keypath_grow(simplex->basis);
}

/* Columns of the kernel over what is closed go outside, and closed keys. */
static void kernel_clean(struct simplex *simplex)
{
    struct keypath *basis = simplex->basis;
    const struct pathset *paths = simplex->paths;
    memset(simplex->shared, 0, simplex->flow->demand_count);
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t p = basis->kernel_column[j];
        if (p & KEYPATH_SLACK) {
            continue;
        }
        if (pathset_closed(paths, simplex->flow, p)) {
            basis->status[p] = KEYPATH_OUTSIDE;
            basis->x[p] = 0;
        } else {
            simplex->shared[paths->demand[p]] = 1;
        }
    }
    for (uint32_t k = 0; k < simplex->flow->demand_count; k++) {
        simplex->shared[k] &= !pathset_closed(paths, simplex->flow, basis->key[k]);
    }
}

static uint32_t keys_choose(struct simplex *simplex)
{
    uint32_t changed = 0;
    for (uint32_t k = 0; k < simplex->flow->demand_count; k++) {
        double price;
        if (!simplex->shared[k] && simplex->flow->demands[k].amount > 0) {
            uint32_t best = cheapest(simplex, k, &price);
            changed += best != simplex->basis->key[k];
            simplex_key_set(simplex, k, best);
        }
    }
    return changed;
}

uint32_t simplex_keys(struct simplex *simplex)
{
    simplex_shared_mark(simplex);
    return keys_choose(simplex);
}

enum zhol_error simplex_rekey(struct simplex *simplex, const double *prices)
{
    for (uint32_t i = 0; i < simplex->flow->row_count; i++) {
        simplex->clear_prices[i] = fmax(0, prices[i]);
    }
    simplex->tolerance = 1e-10 * simplex->cost_scale;
    enum zhol_error error = ways_find(simplex);
    if (!error) {
        kernel_clean(simplex);
        simplex->rekeyed = keys_choose(simplex);
    }
    return error;
}
