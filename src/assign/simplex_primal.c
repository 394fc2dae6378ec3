/* simplex_primal.c: primal pivots on the columns at hand (assign/simplex.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign/simplex.h"

enum { CANDIDATES_MAX = 600, CLOCK_EVERY = 256 };

/* Entries that a candidate and its key are taken to have. */
enum { ENTRIES_EACH = 20 };

static const double REDUCED_TOLERANCE = 1e-10, RATIO_TOLERANCE = 1e-9;
/* Digits that the prices of a basis are good to, as a share of the dearest price at hand: below
 * that a reduced cost is noise, and pivots on noise never end (demand that must be met and cannot
 * be has prices 1e8 times all others). */
static const double PRICE_NOISE = 1e-13;

/* With `lambda` where it stands for these prices; else from the key of the demand. */
static double reduced_cost(const struct simplex *simplex, uint32_t entering, const double *lambda)
{
    const struct keypath *basis = simplex->basis;
    if (entering & KEYPATH_SLACK) {
        return basis->prices[entering & ~KEYPATH_SLACK];
    }
    uint32_t demand = simplex->paths->demand[entering];
    return simplex_price(simplex, entering, basis->prices) -
           (lambda ? lambda[demand] : simplex_price(simplex, basis->key[demand], basis->prices));
}

/* The greatest price of the basis. */
static double dearest_price(const struct simplex *simplex)
{
    const struct keypath *basis = simplex->basis;
    double most = 0;
    for (uint32_t k = 0; k < simplex->flow->demand_count; k++) {
        most = fmax(most, fabs(basis->lambda[k]));
    }
    return most;
}

static int candidate_compare(const void *a, const void *b)
{
    const struct simplex_candidate *x = a, *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return x->column < y->column ? -1 : x->column > y->column;
}

/* Longer columns change more rows: their reduced costs promise less. */
static double score_of(const struct simplex *simplex, uint32_t entering, double reduced)
{
    if (!(reduced < -simplex->tolerance)) {
        return 0;
    }
    double length = 1;
    if (!(entering & KEYPATH_SLACK)) {
        length += simplex->paths->first_entry[entering + 1] - simplex->paths->first_entry[entering];
    }
    return reduced * reduced / length;
}

static void candidate_add(struct simplex *simplex, uint32_t entering)
{
    /* With products the prices of demands are not at hand; with fresh factors they are. */
    bool fresh = !simplex->basis->factor.product_count;
    double reduced = reduced_cost(simplex, entering, fresh ? simplex->basis->lambda : NULL);
    double score = score_of(simplex, entering, reduced);
    if (score <= 0) {
        return;
    }
    /* No key: the list is scored once more, from the keys, before it is used. */
    simplex->candidates[simplex->candidate_count++] =
        (struct simplex_candidate){entering, UINT32_MAX, score};
    if (simplex->candidate_count == 2 * CANDIDATES_MAX) {
        qsort(simplex->candidates, simplex->candidate_count, sizeof *simplex->candidates,
              candidate_compare);
        simplex->candidate_count = CANDIDATES_MAX;
    }
}

/* Goes on behind the columns of the last list and ends when there are enough: what pays often pays
 * for one reason, and after a few pivots none of the list does. */
static void candidates_fill(struct simplex *simplex)
{
    const struct keypath *basis = simplex->basis;
    simplex->candidate_count = 0;
    simplex->tolerance =
        fmax(REDUCED_TOLERANCE * simplex->cost_scale, PRICE_NOISE * dearest_price(simplex));
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t row = basis->kernel_row[j];
        if (!basis->slack_basic[row]) {
            candidate_add(simplex, KEYPATH_SLACK | row);
        }
    }
    uint32_t count = basis->column_count, p = simplex->cursor;
    for (uint32_t i = 0; i < count && simplex->candidate_count < CANDIDATES_MAX; i++) {
        p = p < count ? p : 0;
        if (basis->status[p] == KEYPATH_OUTSIDE &&
            simplex->flow->demands[simplex->paths->demand[p]].amount > 0) {
            candidate_add(simplex, p);
        }
        p++;
    }
    simplex->cursor = p;
    qsort(simplex->candidates, simplex->candidate_count, sizeof *simplex->candidates,
          candidate_compare);
    if (simplex->candidate_count > CANDIDATES_MAX) {
        simplex->candidate_count = CANDIDATES_MAX;
    }
}

static bool is_outside(const struct keypath *basis, uint32_t entering)
{
    return entering & KEYPATH_SLACK ? !basis->slack_basic[entering & ~KEYPATH_SLACK]
                                    : basis->status[entering] == KEYPATH_OUTSIDE;
}

/* The key of the demand whose column it is. */
static uint32_t key_of(const struct simplex *simplex, uint32_t entering)
{
    return entering & KEYPATH_SLACK ? KEYPATH_SLACK
                                    : simplex->basis->key[simplex->paths->demand[entering]];
}

/* Do the scores of the list stand for the prices of now? A pivot that only gives a demand with room
 * on its way another key leaves all prices as they are, and after a link was closed there is one
 * such pivot for each demand over it: then only the scores of that demand are made anew. */
static bool scores_stand(struct simplex *simplex)
{
    size_t size = simplex->flow->row_count * sizeof(double);
    if (!memcmp(simplex->scored_prices, simplex->basis->prices, size)) {
        return true;
    }
    memcpy(simplex->scored_prices, simplex->basis->prices, size);
    return false;
}

/* The best of the list at the present prices; those that do not pay any more leave it. */
static uint32_t candidate_best(struct simplex *simplex)
{
    uint32_t kept = 0, best = UINT32_MAX;
    double best_score = 0;
    bool stand = scores_stand(simplex);
    for (uint32_t i = 0; i < simplex->candidate_count; i++) {
        struct simplex_candidate at = simplex->candidates[i];
        if (!is_outside(simplex->basis, at.column)) {
            continue;
        }
        uint32_t key = key_of(simplex, at.column);
        if (!stand || key != at.key) {
            at.score = score_of(simplex, at.column, reduced_cost(simplex, at.column, NULL));
            at.key = key;
        }
        if (at.score > 0) {
            simplex->candidates[kept++] = at;
            if (at.score > best_score) {
                best_score = at.score;
                best = at.column;
            }
        }
    }
    simplex->candidate_count = kept;
    return best;
}

enum zhol_error simplex_primal(struct simplex *simplex, bool *done)
{
    struct keypath *basis = simplex->basis;
    enum zhol_error error = ZHOL_ERROR_OK;
    simplex->candidate_count = 0;
    *done = false;
    while (!error && basis->pivot_count < simplex->pivot_limit) {
        keypath_prices(basis, simplex->paths->cost, NULL, basis->prices, NULL);
        simplex_heat(simplex, (uint64_t)simplex->candidate_count * ENTRIES_EACH);
        uint32_t entering = candidate_best(simplex);
        if (entering == UINT32_MAX) {
            if (!basis->factor.product_count) {
                keypath_prices(basis, simplex->paths->cost, NULL, basis->prices, basis->lambda);
            }
            candidates_fill(simplex);
            entering = candidate_best(simplex);
        }
        if (entering == UINT32_MAX && basis->factor.product_count) {
            error = keypath_factor(basis); /* fresh factors have the last word */
            continue;
        }
        if (entering == UINT32_MAX) {
            *done = true;
            break;
        }
        if (basis->pivot_count % CLOCK_EVERY == 0 &&
            (double)clock() / CLOCKS_PER_SEC > simplex->seconds) {
            break;
        }
        keypath_direction(basis, entering);
        struct keypath_leave leave =
            keypath_ratio(basis, 1, INFINITY, RATIO_TOLERANCE * simplex->flow_scale);
        if (leave.kind == KEYPATH_NOTHING) {
            return ZHOL_ERROR_INTERNAL; /* amounts bound everything */
        }
        keypath_move(basis, entering, leave.step);
        error = keypath_pivot(basis, entering, leave);
    }
    return error;
}
