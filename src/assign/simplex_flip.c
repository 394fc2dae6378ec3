/* simplex_flip.c: what enters in a dual pivot, with long steps (assign/simplex.h).
 *
 * The row of the inverse of what leaves is found as prices for a cost of 1 on it and of 0 on all
 * else. As the dual step grows, reduced costs fall in proportion to their entries in that row, and
 * at the least ratio something has to enter. But a demand without columns in the kernel has an
 * upper bound on each of its columns, its amount: where another column becomes its cheapest, that
 * may become its key and the step goes on, as long as what leaves stays negative. So a row that is
 * loaded far too high loses many demands in one step, where a pivot each would be spent on them.
 * Source: I. Maros, "A generalized dual phase-2 simplex algorithm", EJOR 149 (2003), for bounds;
 * here for keys, of which a demand has as many as columns.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign/simplex.h"

static const double ENTRY_MIN = 1e-8, RATIO_SLACK = 1e-10, VALUE_TOLERANCE = 1e-9;

struct ratio {
    double least, entry;
    uint32_t column;
};

/* Two passes in one: a ratio that is as good as equal gives way to a larger entry. */
static void ratio_offer(struct ratio *ratio, uint32_t column, double reduced, double entry,
                        double tolerance)
{
    if (entry <= ENTRY_MIN) {
        return;
    }
    double value = (reduced > 0 ? reduced : 0) / entry;
    if (value < ratio->least - tolerance / entry ||
        (value <= ratio->least + tolerance / entry && entry > ratio->entry)) {
        *ratio = (struct ratio){fmin(value, ratio->least), entry, column};
    }
}

/* Use of rows at the prices of the row of the inverse. */
static double entry_of(const struct simplex *simplex, uint32_t column)
{
    const struct pathset *paths = simplex->paths;
    double entry = 0;
    for (uint32_t e = paths->first_entry[column]; e < paths->hot_end[column]; e++) {
        entry += paths->coefficients[e] * simplex->row_prices[paths->rows[e]];
    }
    return entry;
}

/* The row of the inverse as prices of rows. All columns are looked at with it, so that
 * the rows that it is made of are hot from now on. */
static void row_find(struct simplex *simplex, uint32_t leaving)
{
    struct keypath *basis = simplex->basis;
    struct pathset *paths = simplex->paths;
    bool is_slack = leaving & KEYPATH_SLACK;
    uint32_t row = leaving & ~KEYPATH_SLACK;
    *(is_slack ? simplex->zero_slacks + row : simplex->zero_costs + leaving) = 1;
    keypath_prices(basis, simplex->zero_costs, simplex->zero_slacks, simplex->row_prices, NULL);
    *(is_slack ? simplex->zero_slacks + row : simplex->zero_costs + leaving) = 0;
    simplex_heat(simplex, paths->first_entry[paths->count]);
    if (is_slack && !paths->row_mark[row]) {
        pathset_heat(paths, &row, 1);
    }
    uint64_t mark = is_slack ? paths->row_mark[row] : 0;
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t at = basis->kernel_row[j];
        mark |= simplex->row_prices[at] != 0 ? paths->row_mark[at] : 0;
    }
    simplex->entry_mark = mark;
}

void simplex_shared_mark(struct simplex *simplex)
{
    const struct keypath *basis = simplex->basis;
    memset(simplex->shared, 0, simplex->flow->demand_count);
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        if (!(column & KEYPATH_SLACK)) {
            simplex->shared[simplex->paths->demand[column]] = 1;
        }
    }
}

void simplex_key_set(struct simplex *simplex, uint32_t demand, uint32_t column)
{
    struct keypath *basis = simplex->basis;
    uint32_t key = basis->key[demand];
    basis->status[key] = KEYPATH_OUTSIDE;
    basis->x[key] = 0;
    basis->status[column] = KEYPATH_KEY;
    basis->key[demand] = column;
}

static bool break_before(struct simplex_break a, struct simplex_break b)
{
    return a.step < b.step || (a.step == b.step && a.column < b.column);
}

static void break_push(struct simplex *simplex, struct simplex_break item)
{
    struct simplex_break *heap = simplex->breaks;
    uint32_t at = simplex->break_count++;
    for (; at && break_before(item, heap[(at - 1) / 2]); at = (at - 1) / 2) {
        heap[at] = heap[(at - 1) / 2];
    }
    heap[at] = item;
}

static struct simplex_break break_pop(struct simplex *simplex)
{
    struct simplex_break *heap = simplex->breaks, top = heap[0];
    uint32_t count = --simplex->break_count, at = 0;
    struct simplex_break item = heap[count];
    for (uint32_t child = 1; child < count; child = 2 * at + 1) {
        child += child + 1 < count && break_before(heap[child + 1], heap[child]);
        if (!break_before(heap[child], item)) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
    return top;
}

/* Where the demand's key stops being its cheapest column, from step `from` on; pushed unless that
 * is at `end` or later. */
static void break_find(struct simplex *simplex, uint32_t demand, double from, double end)
{
    const struct pathset *paths = simplex->paths;
    const double *prices = simplex->basis->prices;
    uint32_t key = simplex->basis->key[demand];
    double lambda = entry_of(simplex, key), price = pathset_hot_price(paths, key, prices);
    double tolerance = RATIO_SLACK * simplex->cost_scale;
    struct ratio best = {INFINITY, 0, UINT32_MAX};
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        if (p != key && (lambda < 0 || (paths->hot_mark[p] & simplex->entry_mark))) {
            double entry = entry_of(simplex, p) - lambda;
            double reduced = pathset_hot_price(paths, p, prices) - price;
            ratio_offer(&best, p, reduced, entry, tolerance);
        }
    }
    double step = fmax(best.least, from);
    if (best.column != UINT32_MAX && step < end) {
        break_push(simplex, (struct simplex_break){step, best.column});
    }
}

/* The least ratio among what may not be passed: slacks, and columns of demands in the kernel. */
static struct ratio ratio_find(const struct simplex *simplex, uint32_t leaving)
{
    const struct keypath *basis = simplex->basis;
    const struct pathset *paths = simplex->paths;
    double tolerance = RATIO_SLACK * simplex->cost_scale;
    struct ratio best = {INFINITY, 0, UINT32_MAX};
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t at = basis->kernel_row[j], column = basis->kernel_column[j];
        if (!basis->slack_basic[at]) {
            ratio_offer(&best, KEYPATH_SLACK | at, basis->prices[at], simplex->row_prices[at],
                        tolerance);
        }
        if (column & KEYPATH_SLACK) {
            continue;
        }
        uint32_t demand = paths->demand[column], key = basis->key[demand];
        double lambda = entry_of(simplex, key) + (key == leaving);
        double price = pathset_hot_price(paths, key, basis->prices);
        for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
            if (basis->status[p] == KEYPATH_OUTSIDE) {
                ratio_offer(&best, p, pathset_hot_price(paths, p, basis->prices) - price,
                            entry_of(simplex, p) - lambda, tolerance);
            }
        }
    }
    return best;
}

uint32_t simplex_entering(struct simplex *simplex, uint32_t leaving, double value)
{
    struct keypath *basis = simplex->basis;
    const struct flow *flow = simplex->flow;
    row_find(simplex, leaving);
    simplex_shared_mark(simplex);
    struct ratio stop = ratio_find(simplex, leaving);
    simplex->break_count = 0;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        if (simplex->paths->demand_mark[k] & simplex->entry_mark && !simplex->shared[k] &&
            flow->demands[k].amount > 0) {
            break_find(simplex, k, 0, stop.least);
        }
    }
    bool flipped = false;
    uint32_t entering = stop.column;
    while (simplex->break_count) {
        struct simplex_break at = break_pop(simplex);
        uint32_t demand = simplex->paths->demand[at.column], key = basis->key[demand];
        double amount = flow->demands[demand].amount;
        value += amount * (entry_of(simplex, at.column) - entry_of(simplex, key));
        if (value >= -VALUE_TOLERANCE * simplex->flow_scale) {
            entering = at.column;
            break;
        }
        simplex_key_set(simplex, demand, at.column);
        flipped = true;
        break_find(simplex, demand, at.step, stop.least);
    }
    if (flipped) {
        keypath_values(basis);
    }
    return entering;
}
