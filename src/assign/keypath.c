/* keypath.c: the basis as a whole: start, factors, values, prices. */
#include "assign/keypath.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* Pivots smaller than this share of a column's largest entry count as dependence. */
static const double DEPENDENT = 1e-9;

/* Factorings in the midst of pivots until values are computed anew. */
enum { VALUES_EVERY = 20 };

enum zhol_error keypath_start(struct keypath *basis, const struct flow *flow,
                              const struct pathset *paths)
{
    size_t rows = (size_t)flow->row_count + 1, demands = (size_t)flow->demand_count + 1;
    *basis = (struct keypath){.flow = flow, .paths = paths};
    basis->capacity = malloc(rows * sizeof(double));
    basis->slack = malloc(rows * sizeof(double));
    basis->slack_basic = malloc(rows);
    basis->row_place = malloc(rows * sizeof(int32_t));
    basis->kernel_row = malloc(rows * sizeof(uint32_t));
    basis->kernel_column = malloc(rows * sizeof(uint32_t));
    basis->prices = calloc(rows, sizeof(double));
    basis->fall = calloc(rows, sizeof(double));
    basis->row_fall = calloc(rows, sizeof(double));
    basis->touched_rows = malloc(rows * sizeof(uint32_t));
    basis->row_mark = calloc(rows, 1);
    basis->work = calloc(rows, sizeof(double));
    basis->index_work = malloc(rows * sizeof(uint32_t));
    basis->row_work = calloc(rows, sizeof(double));
    basis->key = malloc(demands * sizeof(uint32_t));
    basis->lambda = calloc(demands, sizeof(double));
    basis->key_fall = calloc(demands, sizeof(double));
    basis->touched_demands = malloc(demands * sizeof(uint32_t));
    basis->demand_mark = calloc(demands, 1);
    if (!basis->capacity || !basis->slack || !basis->slack_basic || !basis->row_place ||
        !basis->kernel_row || !basis->kernel_column || !basis->prices || !basis->fall ||
        !basis->row_fall || !basis->touched_rows || !basis->row_mark || !basis->work ||
        !basis->index_work || !basis->row_work || !basis->key || !basis->lambda ||
        !basis->key_fall || !basis->touched_demands || !basis->demand_mark) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < flow->row_count; i++) {
        basis->capacity[i] = basis->slack[i] = flow->limit[i];
        basis->slack_basic[i] = 1;
        basis->row_place[i] = -1;
    }
    enum zhol_error error = factor_start(&basis->factor, flow->row_count);
    error = error ? error : keypath_grow(basis);
    for (uint32_t k = 0; !error && k < flow->demand_count; k++) {
        basis->key[k] = k;
        basis->status[k] = KEYPATH_KEY;
        basis->x[k] = flow->demands[k].amount;
    }
    return error;
}

void keypath_clear(struct keypath *basis)
{
    free(basis->capacity);
    free(basis->slack);
    free(basis->slack_basic);
    free(basis->row_place);
    free(basis->kernel_row);
    free(basis->kernel_column);
    free(basis->prices);
    free(basis->fall);
    free(basis->row_fall);
    free(basis->touched_rows);
    free(basis->row_mark);
    free(basis->work);
    free(basis->index_work);
    free(basis->row_work);
    free(basis->key);
    free(basis->lambda);
    free(basis->key_fall);
    free(basis->touched_demands);
    free(basis->demand_mark);
    free(basis->x);
    free(basis->status);
    factor_clear(&basis->factor);
    *basis = (struct keypath){0};
}

enum zhol_error keypath_grow(struct keypath *basis)
{
    enum zhol_error error = ARRAY_RESERVE(basis->x, basis->x_room, basis->paths->count);
    error = error ? error : ARRAY_RESERVE(basis->status, basis->status_room, basis->paths->count);
    for (; !error && basis->column_count < basis->paths->count; basis->column_count++) {
        basis->x[basis->column_count] = 0;
        basis->status[basis->column_count] = KEYPATH_OUTSIDE;
    }
    return error;
}

void keypath_renumber(struct keypath *basis, const uint32_t *number, uint32_t old_count)
{
    for (uint32_t i = 0; i < old_count; i++) {
        if (number[i] != FLOW_NONE) {
            basis->x[number[i]] = basis->x[i];
            basis->status[number[i]] = basis->status[i];
        }
    }
    basis->column_count = basis->paths->count;
    for (uint32_t k = 0; k < basis->flow->demand_count; k++) {
        basis->key[k] = number[basis->key[k]];
    }
    for (uint32_t j = 0; j < basis->size; j++) {
        if (!(basis->kernel_column[j] & KEYPATH_SLACK)) {
            basis->kernel_column[j] = number[basis->kernel_column[j]];
        }
    }
}

/* The kernel by columns and by rows while it is being ordered. */
struct kernel {
    uint32_t count;                 /* columns */
    uint32_t *first, *row, *column; /* entries by column: place of row, and which column */
    double *value;
    uint32_t row_room, value_room, entry_count;
    uint32_t *row_first, *row_entry; /* columns by row */
    uint32_t *open;                  /* by column: entries in rows without a pivot */
    uint8_t *done;
    uint8_t *closed; /* by place: the row has its pivot */
    uint32_t *order;
};

static void kernel_clear(struct kernel *kernel)
{
    free(kernel->first);
    free(kernel->row);
    free(kernel->column);
    free(kernel->value);
    free(kernel->row_first);
    free(kernel->row_entry);
    free(kernel->open);
    free(kernel->done);
    free(kernel->closed);
    free(kernel->order);
}

/* Path less key path on the rows of the kernel, appended to the entries. */
static enum zhol_error kernel_column_add(struct keypath *basis, struct kernel *kernel,
                                         uint32_t column)
{
    const struct pathset *paths = basis->paths;
    uint32_t key = basis->key[paths->demand[column]], count = 0;
    uint32_t most = paths->first_entry[column + 1] - paths->first_entry[column] +
                    paths->first_entry[key + 1] - paths->first_entry[key];
    enum zhol_error error =
        ARRAY_RESERVE(kernel->row, kernel->row_room, kernel->entry_count + most);
    error = error ? error
                  : ARRAY_RESERVE(kernel->value, kernel->value_room, kernel->entry_count + most);
    if (error) {
        return error;
    }
    for (int pass = 0; pass < 2; pass++) {
        uint32_t from = pass ? key : column;
        for (uint32_t e = paths->first_entry[from]; e < paths->first_entry[from + 1]; e++) {
            int32_t place = basis->row_place[paths->rows[e]];
            if (place >= 0) {
                basis->index_work[count] = (uint32_t)place;
                count += basis->work[place] == 0;
                basis->work[place] += pass ? -paths->coefficients[e] : paths->coefficients[e];
            }
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = basis->index_work[i];
        if (basis->work[place] != 0) {
            kernel->row[kernel->entry_count] = place;
            kernel->value[kernel->entry_count++] = basis->work[place];
            basis->work[place] = 0;
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error kernel_collect(struct keypath *basis, struct kernel *kernel)
{
    uint32_t rows = 0, room = basis->flow->row_count + 1;
    for (uint32_t i = 0; i < basis->flow->row_count; i++) {
        basis->row_place[i] = basis->slack_basic[i] ? -1 : (int32_t)rows;
        if (!basis->slack_basic[i]) {
            basis->kernel_row[rows++] = i;
        }
    }
    basis->size = rows;
    kernel->first = calloc((size_t)room + 1, sizeof(uint32_t));
    kernel->column = malloc(((size_t)room + 1) * sizeof(uint32_t));
    kernel->row_first = calloc((size_t)room + 2, sizeof(uint32_t));
    kernel->open = calloc((size_t)room + 1, sizeof(uint32_t));
    kernel->done = calloc((size_t)room + 1, 1);
    kernel->closed = calloc((size_t)room + 1, 1);
    kernel->order = malloc(((size_t)room + 1) * sizeof(uint32_t));
    if (!kernel->first || !kernel->column || !kernel->row_first || !kernel->open || !kernel->done ||
        !kernel->order) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t p = 0; !error && p < basis->column_count; p++) {
        if (basis->status[p] != KEYPATH_KERNEL) {
            continue;
        }
        if (kernel->count >= room) { /* more columns than rows: cannot be a basis */
            basis->status[p] = KEYPATH_OUTSIDE;
            continue;
        }
        kernel->column[kernel->count++] = p;
        error = kernel_column_add(basis, kernel, p);
        kernel->first[kernel->count] = kernel->entry_count;
    }
    return error;
}

static enum zhol_error kernel_transpose(const struct keypath *basis, struct kernel *kernel)
{
    kernel->row_entry = malloc(((size_t)kernel->entry_count + 1) * sizeof(uint32_t));
    if (!kernel->row_entry) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t e = 0; e < kernel->entry_count; e++) {
        kernel->row_first[kernel->row[e] + 2]++;
    }
    for (uint32_t i = 0; i < basis->size; i++) {
        kernel->row_first[i + 2] += kernel->row_first[i + 1];
    }
    for (uint32_t c = 0; c < kernel->count; c++) {
        for (uint32_t e = kernel->first[c]; e < kernel->first[c + 1]; e++) {
            kernel->row_entry[kernel->row_first[kernel->row[e] + 1]++] = c;
        }
        kernel->open[c] = kernel->first[c + 1] - kernel->first[c];
    }
    return ZHOL_ERROR_OK;
}

/* Columns with one open row first, again and again; then the others, those with few entries first.
 * The former need no elimination. */
static void kernel_order(struct kernel *kernel)
{
    uint32_t filled = 0;
    for (uint32_t c = 0; c < kernel->count; c++) {
        if (kernel->open[c] == 1) {
            kernel->done[c] = 1;
            kernel->order[filled++] = c;
        }
    }
    for (uint32_t at = 0; at < filled; at++) {
        uint32_t c = kernel->order[at];
        for (uint32_t e = kernel->first[c]; e < kernel->first[c + 1]; e++) {
            uint32_t row = kernel->row[e];
            if (kernel->closed[row]) {
                continue;
            }
            kernel->closed[row] = 1;
            for (uint32_t i = kernel->row_first[row]; i < kernel->row_first[row + 1]; i++) {
                uint32_t other = kernel->row_entry[i];
                if (--kernel->open[other] == 1 && !kernel->done[other]) {
                    kernel->done[other] = 1;
                    kernel->order[filled++] = other;
                }
            }
        }
    }
    uint32_t most = 0;
    for (uint32_t c = 0; c < kernel->count; c++) {
        most = !kernel->done[c] && kernel->open[c] > most ? kernel->open[c] : most;
    }
    for (uint32_t open = 0; open <= most; open++) {
        for (uint32_t c = 0; c < kernel->count; c++) {
            if (!kernel->done[c] && kernel->open[c] == open) {
                kernel->order[filled++] = c;
            }
        }
    }
}

/* Rows without a pivot get their slacks as columns; the next factoring drops both. */
static enum zhol_error rows_complete(struct keypath *basis, bool *changed)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < basis->size; i++) {
        if (basis->factor.row_pivot[i] == UINT32_MAX) {
            *changed = true;
            uint32_t place = basis->factor.lu_size;
            bool accepted;
            error = factor_column(&basis->factor, place, &i, &(double){1}, 1, 0, &accepted);
            basis->kernel_column[place] = KEYPATH_SLACK | basis->kernel_row[i];
            basis->slack_basic[basis->kernel_row[i]] = 1;
        }
    }
    return error;
}

/* The factors alone; *changed: the basis is not quite the one that it was. */
static enum zhol_error kernel_factor(struct keypath *basis, bool *changed)
{
    struct kernel kernel = {0};
    enum zhol_error error = kernel_collect(basis, &kernel);
    *changed = kernel.count != basis->size;
    error = error ? error : kernel_transpose(basis, &kernel);
    if (error) {
        kernel_clear(&kernel);
        return error;
    }
    kernel_order(&kernel);
    factor_begin(&basis->factor, basis->size);
    for (uint32_t i = 0; i < basis->size; i++) {
        basis->factor.row_count[i] = kernel.row_first[i + 1] - kernel.row_first[i];
    }
    for (uint32_t i = 0; !error && i < kernel.count; i++) {
        uint32_t c = kernel.order[i], place = basis->factor.lu_size, begin = kernel.first[c];
        bool accepted = false;
        if (place < basis->size) {
            error = factor_column(&basis->factor, place, kernel.row + begin, kernel.value + begin,
                                  kernel.first[c + 1] - begin, DEPENDENT, &accepted);
        }
        if (accepted) {
            basis->kernel_column[place] = kernel.column[c];
        } else {
            basis->status[kernel.column[c]] = KEYPATH_OUTSIDE;
            *changed = true;
        }
    }
    error = error ? error : rows_complete(basis, changed);
    kernel_clear(&kernel);
    return error;
}

enum zhol_error keypath_factor(struct keypath *basis)
{
    bool changed;
    enum zhol_error error = kernel_factor(basis, &changed);
    if (!error) {
        basis->factored_count = 0;
        keypath_values(basis);
    }
    return error;
}

enum zhol_error keypath_factor_again(struct keypath *basis)
{
    bool changed;
    if (basis->factored_count++ >= VALUES_EVERY) {
        return keypath_factor(basis);
    }
    enum zhol_error error = kernel_factor(basis, &changed);
    if (!error && changed) {
        keypath_values(basis);
    }
    return error;
}

static void row_work_add(struct keypath *basis, uint32_t column, double factor)
{
    const struct pathset *paths = basis->paths;
    for (uint32_t e = paths->first_entry[column]; e < paths->first_entry[column + 1]; e++) {
        basis->row_work[paths->rows[e]] += factor * paths->coefficients[e];
    }
}

void keypath_values(struct keypath *basis)
{
    const struct flow *flow = basis->flow;
    memset(basis->row_work, 0, flow->row_count * sizeof(double));
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        basis->x[basis->key[k]] = flow->demands[k].amount;
    }
    for (uint32_t p = 0; p < basis->column_count; p++) {
        if (basis->status[p] == KEYPATH_OUTSIDE && basis->x[p] != 0) {
            basis->x[basis->key[basis->paths->demand[p]]] -= basis->x[p];
            row_work_add(basis, p, basis->x[p]);
        }
    }
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        row_work_add(basis, basis->key[k], basis->x[basis->key[k]]);
    }
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t row = basis->kernel_row[j];
        basis->work[j] = basis->capacity[row] - basis->row_work[row];
    }
    factor_solve(&basis->factor, basis->work);
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        basis->slack[basis->kernel_row[j]] = 0;
        if (!(column & KEYPATH_SLACK)) {
            uint32_t key = basis->key[basis->paths->demand[column]];
            basis->x[column] = basis->work[j];
            basis->x[key] -= basis->work[j];
            row_work_add(basis, column, basis->work[j]);
            row_work_add(basis, key, -basis->work[j]);
        }
    }
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        if (column & KEYPATH_SLACK) {
            basis->slack[column & ~KEYPATH_SLACK] = basis->work[j];
        }
        basis->work[j] = 0;
    }
    for (uint32_t i = 0; i < flow->row_count; i++) {
        if (basis->row_place[i] < 0) {
            basis->slack[i] = basis->capacity[i] - basis->row_work[i];
        }
    }
}

void keypath_prices(struct keypath *basis, const double *costs, const double *slack_costs,
                    double *prices, double *lambda)
{
    const struct flow *flow = basis->flow;
    const struct pathset *paths = basis->paths;
    for (uint32_t i = 0; i < flow->row_count; i++) {
        bool fixed = slack_costs && basis->row_place[i] < 0;
        prices[i] = fixed ? -slack_costs[i] : 0;
    }
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        if (column & KEYPATH_SLACK) {
            basis->work[j] = slack_costs ? slack_costs[column & ~KEYPATH_SLACK] : 0;
            continue;
        }
        uint32_t key = basis->key[paths->demand[column]];
        double cost = costs[column] - costs[key];
        for (uint32_t e = paths->first_entry[column];
             slack_costs && e < paths->first_entry[column + 1]; e++) {
            cost += paths->coefficients[e] * prices[paths->rows[e]];
        }
        for (uint32_t e = paths->first_entry[key]; slack_costs && e < paths->first_entry[key + 1];
             e++) {
            cost -= paths->coefficients[e] * prices[paths->rows[e]];
        }
        basis->work[j] = cost;
    }
    factor_solve_left(&basis->factor, basis->work);
    for (uint32_t j = 0; j < basis->size; j++) {
        prices[basis->kernel_row[j]] = -basis->work[j];
        basis->work[j] = 0;
    }
    for (uint32_t k = 0; lambda && k < flow->demand_count; k++) {
        uint32_t key = basis->key[k];
        double price = costs[key];
        for (uint32_t e = paths->first_entry[key]; e < paths->first_entry[key + 1]; e++) {
            price += paths->coefficients[e] * prices[paths->rows[e]];
        }
        lambda[k] = price;
    }
}
