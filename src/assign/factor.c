/* factor.c: LU by columns and the product form (assign/factor.h). */
#include "assign/factor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* A pivot may be this much smaller than the largest entry if its row is sparser. */
static const double PIVOT_SHARE = 0.1, DROP = 1e-14;

static enum zhol_error entries_reserve(struct factor_entries *entries, uint32_t more)
{
    enum zhol_error error =
        ARRAY_RESERVE(entries->index, entries->index_room, entries->count + more);
    return error ? error
                 : ARRAY_RESERVE(entries->value, entries->value_room, entries->count + more);
}

static void entry_put(struct factor_entries *entries, uint32_t index, double value)
{
    entries->index[entries->count] = index;
    entries->value[entries->count++] = value;
}

enum zhol_error factor_start(struct factor *factor, uint32_t room)
{
    *factor = (struct factor){.room = room};
    size_t count = (size_t)room + 1;
    factor->lower_first = calloc(count, sizeof(uint32_t));
    factor->upper_first = calloc(count, sizeof(uint32_t));
    factor->pivot = calloc(count, sizeof(double));
    factor->pivot_row = calloc(count, sizeof(uint32_t));
    factor->pivot_column = calloc(count, sizeof(uint32_t));
    factor->row_pivot = calloc(count, sizeof(uint32_t));
    factor->row_count = calloc(count, sizeof(uint32_t));
    factor->work = calloc(count, sizeof(double));
    factor->list = calloc(count, sizeof(uint32_t));
    factor->row_bits = calloc(count / 64 + 1, sizeof(uint64_t));
    factor->pivot_bits = calloc(count / 64 + 1, sizeof(uint64_t));
    bool made = factor->lower_first && factor->upper_first && factor->pivot && factor->pivot_row &&
                factor->pivot_column && factor->row_pivot && factor->row_count && factor->work &&
                factor->list && factor->row_bits && factor->pivot_bits;
    return made ? ARRAY_RESERVE(factor->products, factor->product_room, 1) : ZHOL_ERROR_MEMORY;
}

void factor_clear(struct factor *factor)
{
    free(factor->lower.index);
    free(factor->lower.value);
    free(factor->upper.index);
    free(factor->upper.value);
    free(factor->products_entries.index);
    free(factor->products_entries.value);
    free(factor->lower_first);
    free(factor->upper_first);
    free(factor->pivot);
    free(factor->pivot_row);
    free(factor->pivot_column);
    free(factor->row_pivot);
    free(factor->row_count);
    free(factor->work);
    free(factor->list);
    free(factor->row_bits);
    free(factor->pivot_bits);
    free(factor->products);
    *factor = (struct factor){0};
}

void factor_begin(struct factor *factor, uint32_t size)
{
    factor->size = size;
    factor->lu_size = 0;
    factor->lower.count = factor->upper.count = factor->products_entries.count = 0;
    factor->product_count = 0;
    factor->products[0].first = 0;
    for (uint32_t i = 0; i < size; i++) {
        factor->row_pivot[i] = UINT32_MAX;
        factor->row_count[i] = 0;
    }
}

/* Sets of rows and of pivots as bits, so that they can be gone through in order. */
static bool bit_set(uint64_t *bits, uint32_t i)
{
    uint64_t mask = UINT64_C(1) << (i % 64);
    bool is_new = !(bits[i / 64] & mask);
    bits[i / 64] |= mask;
    return is_new;
}

/* Takes the least from a set; `word` is where to look from, 0 at first. UINT32_MAX: none left. */
static uint32_t bit_take(uint64_t *bits, uint32_t words, uint32_t *word)
{
    for (; *word < words; (*word)++) {
        uint64_t left = bits[*word];
        if (left) {
            bits[*word] = left & (left - 1);
            return *word * 64 + (uint32_t)__builtin_ctzll(left);
        }
    }
    return UINT32_MAX;
}

/* All rows that a column's elimination touches, and the pivots among them: the sets row_bits and
 * pivot_bits, and the rows in `list`; their count is returned. */
static uint32_t column_reach(struct factor *factor, const uint32_t *rows, uint32_t count)
{
    uint32_t listed = 0, *list = factor->list;
    for (uint32_t i = 0; i < count; i++) {
        list[listed] = rows[i];
        listed += bit_set(factor->row_bits, rows[i]);
    }
    for (uint32_t i = 0; i < listed; i++) {
        uint32_t p = factor->row_pivot[list[i]];
        if (p != UINT32_MAX) {
            bit_set(factor->pivot_bits, p);
            for (uint32_t e = factor->lower_first[p]; e < factor->lower_first[p + 1]; e++) {
                list[listed] = factor->lower.index[e];
                listed += bit_set(factor->row_bits, factor->lower.index[e]);
            }
        }
    }
    return listed;
}

/* Eliminates with the pivots of the set, in order; their entries go to U. */
static void column_eliminate(struct factor *factor, double least)
{
    double *work = factor->work;
    uint32_t words = factor->lu_size / 64 + 1, word = 0, p;
    while ((p = bit_take(factor->pivot_bits, words, &word)) != UINT32_MAX) {
        double value = work[factor->pivot_row[p]];
        work[factor->pivot_row[p]] = 0;
        if (fabs(value) > least) {
            entry_put(&factor->upper, p, value);
            for (uint32_t e = factor->lower_first[p]; e < factor->lower_first[p + 1]; e++) {
                work[factor->lower.index[e]] -= factor->lower.value[e] * value;
            }
        }
    }
}

/* The row to pivot in: among the large enough entries the one in the sparsest row, the first of
 * equals. UINT32_MAX where none is above `least`. */
static uint32_t pivot_choose(const struct factor *factor, uint32_t listed, double least)
{
    uint32_t best = UINT32_MAX;
    double largest = 0;
    for (uint32_t i = 0; i < listed; i++) {
        largest = fmax(largest, fabs(factor->work[factor->list[i]]));
    }
    for (uint32_t i = 0; largest > least && i < listed; i++) {
        uint32_t row = factor->list[i];
        if (factor->row_pivot[row] == UINT32_MAX && factor->work[row] != 0 &&
            fabs(factor->work[row]) >= PIVOT_SHARE * largest &&
            (best == UINT32_MAX || factor->row_count[row] < factor->row_count[best] ||
             (factor->row_count[row] == factor->row_count[best] && row < best))) {
            best = row;
        }
    }
    return best;
}

/* A column whose rows that have pivots have nothing below them: it needs no elimination, and no
 * look at anything but its entries. *row is where to pivot, UINT32_MAX where it depends; false:
 * not such a column. */
static bool column_plain(const struct factor *factor, const uint32_t *rows, const double *values,
                         uint32_t count, double tolerance, uint32_t *row)
{
    double largest = 0, scale = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t p = factor->row_pivot[rows[i]];
        if (p != UINT32_MAX && factor->lower_first[p] != factor->lower_first[p + 1]) {
            return false;
        }
        scale = fmax(scale, fabs(values[i]));
        largest = p == UINT32_MAX ? fmax(largest, fabs(values[i])) : largest;
    }
    *row = UINT32_MAX;
    for (uint32_t i = 0; largest > tolerance * scale && i < count; i++) {
        uint32_t at = rows[i];
        if (factor->row_pivot[at] == UINT32_MAX && fabs(values[i]) >= PIVOT_SHARE * largest &&
            (*row == UINT32_MAX || factor->row_count[at] < factor->row_count[*row] ||
             (factor->row_count[at] == factor->row_count[*row] && at < *row))) {
            *row = at;
        }
    }
    return true;
}

static void pivot_note(struct factor *factor, uint32_t column, uint32_t row, double pivot)
{
    uint32_t k = factor->lu_size++;
    factor->pivot[k] = pivot;
    factor->pivot_row[k] = row;
    factor->pivot_column[k] = column;
    factor->row_pivot[row] = k;
    factor->lower_first[k + 1] = factor->lower.count;
    factor->upper_first[k + 1] = factor->upper.count;
}

static void column_plain_add(struct factor *factor, uint32_t column, const uint32_t *rows,
                             const double *values, uint32_t count, uint32_t row)
{
    double pivot = 0;
    for (uint32_t i = 0; i < count; i++) {
        pivot = rows[i] == row ? values[i] : pivot;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t p = factor->row_pivot[rows[i]];
        if (p != UINT32_MAX) {
            entry_put(&factor->upper, p, values[i]);
        } else if (rows[i] != row) {
            entry_put(&factor->lower, rows[i], values[i] / pivot);
        }
    }
    pivot_note(factor, column, row, pivot);
}

/* The entries that are left below the pivot go to L, in order of rows; the work is cleared. */
static void column_store(struct factor *factor, uint32_t column, uint32_t row, double least)
{
    double *work = factor->work, pivot = row == UINT32_MAX ? 0 : work[row];
    uint32_t words = factor->size / 64 + 1, word = 0, i;
    while ((i = bit_take(factor->row_bits, words, &word)) != UINT32_MAX) {
        if (row != UINT32_MAX && i != row && fabs(work[i]) > least) {
            entry_put(&factor->lower, i, work[i] / pivot);
        }
        work[i] = 0;
    }
    if (row != UINT32_MAX) {
        pivot_note(factor, column, row, pivot);
    }
}

enum zhol_error factor_column(struct factor *factor, uint32_t column, const uint32_t *rows,
                              const double *values, uint32_t count, double tolerance,
                              bool *accepted)
{
    uint32_t upper_begin = factor->upper.count, row;
    double scale = 0;
    *accepted = false;
    enum zhol_error error = entries_reserve(&factor->upper, factor->size);
    error = error ? error : entries_reserve(&factor->lower, factor->size);
    if (error) {
        return error;
    }
    if (column_plain(factor, rows, values, count, tolerance, &row)) {
        *accepted = row != UINT32_MAX;
        if (*accepted) {
            column_plain_add(factor, column, rows, values, count, row);
        }
        return ZHOL_ERROR_OK;
    }
    for (uint32_t i = 0; i < count; i++) {
        factor->work[rows[i]] += values[i];
        scale = fmax(scale, fabs(values[i]));
    }
    uint32_t listed = column_reach(factor, rows, count);
    column_eliminate(factor, DROP * scale);
    row = pivot_choose(factor, listed, tolerance * scale);
    *accepted = row != UINT32_MAX;
    if (!*accepted) {
        factor->upper.count = upper_begin;
    }
    column_store(factor, column, row, DROP * scale);
    return ZHOL_ERROR_OK;
}

static void products_apply(const struct factor *factor, double *x)
{
    const uint32_t *index = factor->products_entries.index;
    const double *value = factor->products_entries.value;
    for (uint32_t i = 0; i < factor->product_count; i++) {
        const struct factor_product *product = factor->products + i;
        uint32_t end = factor->products[i + 1].first;
        double at = x[product->place];
        switch (product->kind) {
        case FACTOR_ROW:
            for (uint32_t e = product->first; e < end; e++) {
                at -= value[e] * x[index[e]];
            }
            break;
        case FACTOR_COLUMN:
            if (at == 0) {
                continue;
            }
            at /= product->pivot;
            for (uint32_t e = product->first; e < end; e++) {
                x[index[e]] -= value[e] * at;
            }
            break;
        case FACTOR_KEY:
            for (uint32_t e = product->first; e < end; e++) {
                at += x[index[e]];
            }
            at = -at;
            break;
        }
        x[product->place] = at;
    }
}

static void products_apply_left(const struct factor *factor, double *c)
{
    const uint32_t *index = factor->products_entries.index;
    const double *value = factor->products_entries.value;
    for (uint32_t i = factor->product_count; i-- > 0;) {
        const struct factor_product *product = factor->products + i;
        uint32_t end = factor->products[i + 1].first;
        double at = c[product->place];
        switch (product->kind) {
        case FACTOR_ROW:
            for (uint32_t e = product->first; at != 0 && e < end; e++) {
                c[index[e]] -= value[e] * at;
            }
            break;
        case FACTOR_COLUMN:
            for (uint32_t e = product->first; e < end; e++) {
                at -= value[e] * c[index[e]];
            }
            at /= product->pivot;
            break;
        case FACTOR_KEY:
            for (uint32_t e = product->first; at != 0 && e < end; e++) {
                c[index[e]] -= at;
            }
            at = -at;
            break;
        }
        c[product->place] = at;
    }
}

void factor_solve(const struct factor *factor, double *b)
{
    double *work = factor->work;
    uint32_t n = factor->lu_size;
    for (uint32_t k = 0; k < n; k++) {
        double value = b[factor->pivot_row[k]];
        if (value != 0) {
            for (uint32_t e = factor->lower_first[k]; e < factor->lower_first[k + 1]; e++) {
                b[factor->lower.index[e]] -= factor->lower.value[e] * value;
            }
        }
    }
    for (uint32_t k = n; k-- > 0;) {
        double value = b[factor->pivot_row[k]];
        if (value != 0) {
            value /= factor->pivot[k];
            for (uint32_t e = factor->upper_first[k]; e < factor->upper_first[k + 1]; e++) {
                b[factor->pivot_row[factor->upper.index[e]]] -= factor->upper.value[e] * value;
            }
        }
        work[factor->pivot_column[k]] = value;
    }
    memcpy(b, work, n * sizeof *b);
    memset(work, 0, n * sizeof *work);
    products_apply(factor, b);
}

void factor_solve_left(const struct factor *factor, double *c)
{
    double *work = factor->work;
    uint32_t n = factor->lu_size;
    products_apply_left(factor, c);
    for (uint32_t k = 0; k < n; k++) {
        double value = c[factor->pivot_column[k]];
        for (uint32_t e = factor->upper_first[k]; e < factor->upper_first[k + 1]; e++) {
            value -= factor->upper.value[e] * work[factor->pivot_row[factor->upper.index[e]]];
        }
        work[factor->pivot_row[k]] = value / factor->pivot[k];
    }
    for (uint32_t k = n; k-- > 0;) {
        double value = work[factor->pivot_row[k]];
        for (uint32_t e = factor->lower_first[k]; e < factor->lower_first[k + 1]; e++) {
            value -= factor->lower.value[e] * work[factor->lower.index[e]];
        }
        work[factor->pivot_row[k]] = value;
    }
    memcpy(c, work, n * sizeof *c);
    memset(work, 0, n * sizeof *work);
}

static enum zhol_error product_add(struct factor *factor, enum factor_kind kind, uint32_t place,
                                   double pivot)
{
    enum zhol_error error =
        ARRAY_RESERVE(factor->products, factor->product_room, factor->product_count + 2);
    if (!error) {
        struct factor_product *product = factor->products + factor->product_count++;
        *product = (struct factor_product){kind, place, pivot, product->first};
        product[1].first = factor->products_entries.count;
    }
    return error;
}

enum zhol_error factor_add_row(struct factor *factor, const uint32_t *columns, const double *values,
                               uint32_t count)
{
    enum zhol_error error = entries_reserve(&factor->products_entries, count);
    for (uint32_t i = 0; !error && i < count; i++) {
        entry_put(&factor->products_entries, columns[i], values[i]);
    }
    return error ? error : product_add(factor, FACTOR_ROW, factor->size++, 1);
}

enum zhol_error factor_replace(struct factor *factor, uint32_t place, const double *solved)
{
    enum zhol_error error = entries_reserve(&factor->products_entries, factor->size);
    for (uint32_t i = 0; !error && i < factor->size; i++) {
        if (i != place && fabs(solved[i]) > DROP) {
            entry_put(&factor->products_entries, i, solved[i]);
        }
    }
    return error ? error : product_add(factor, FACTOR_COLUMN, place, solved[place]);
}

enum zhol_error factor_change_key(struct factor *factor, uint32_t place, const uint32_t *group,
                                  uint32_t count)
{
    enum zhol_error error = entries_reserve(&factor->products_entries, count);
    for (uint32_t i = 0; !error && i < count; i++) {
        if (group[i] != place) {
            entry_put(&factor->products_entries, group[i], 0);
        }
    }
    return error ? error : product_add(factor, FACTOR_KEY, place, 1);
}
