/* keypath_pivot.c: direction, ratio test and exchange (assign/keypath.h). */
#include <float.h>
#include <math.h>
#include <string.h>

#include "assign/keypath.h"

enum { PRODUCTS_MAX = 100 };

static const double ENTRY_TINY = 1e-11, PIVOT_MIN = 1e-9;

static void row_fall_add(struct keypath *basis, uint32_t column, double factor)
{
    const struct pathset *paths = basis->paths;
    for (uint32_t e = paths->first_entry[column]; e < paths->first_entry[column + 1]; e++) {
        uint32_t row = paths->rows[e];
        if (!basis->row_mark[row]) {
            basis->row_mark[row] = 1;
            basis->touched_rows[basis->touched_row_count++] = row;
        }
        basis->row_fall[row] += factor * paths->coefficients[e];
    }
}

static void key_fall_add(struct keypath *basis, uint32_t demand, double value)
{
    if (!basis->demand_mark[demand]) {
        basis->demand_mark[demand] = 1;
        basis->touched_demands[basis->touched_demand_count++] = demand;
    }
    basis->key_fall[demand] += value;
}

static void direction_clear(struct keypath *basis)
{
    for (uint32_t i = 0; i < basis->touched_row_count; i++) {
        basis->row_fall[basis->touched_rows[i]] = 0;
        basis->row_mark[basis->touched_rows[i]] = 0;
    }
    for (uint32_t i = 0; i < basis->touched_demand_count; i++) {
        basis->key_fall[basis->touched_demands[i]] = 0;
        basis->demand_mark[basis->touched_demands[i]] = 0;
    }
    basis->touched_row_count = basis->touched_demand_count = 0;
    memset(basis->fall, 0, basis->size * sizeof(double));
}

void keypath_direction(struct keypath *basis, uint32_t entering)
{
    const struct pathset *paths = basis->paths;
    direction_clear(basis);
    if (entering & KEYPATH_SLACK) {
        basis->fall[basis->row_place[entering & ~KEYPATH_SLACK]] = 1;
    } else {
        uint32_t demand = paths->demand[entering];
        row_fall_add(basis, entering, 1);
        row_fall_add(basis, basis->key[demand], -1);
        key_fall_add(basis, demand, 1);
        for (uint32_t i = 0; i < basis->touched_row_count; i++) {
            int32_t place = basis->row_place[basis->touched_rows[i]];
            if (place >= 0) {
                basis->fall[place] = basis->row_fall[basis->touched_rows[i]];
            }
        }
    }
    factor_solve(&basis->factor, basis->fall);
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        double fall = basis->fall[j];
        if (fabs(fall) <= ENTRY_TINY) {
            basis->fall[j] = 0;
        } else if (!(column & KEYPATH_SLACK)) {
            uint32_t demand = paths->demand[column];
            row_fall_add(basis, column, -fall);
            row_fall_add(basis, basis->key[demand], fall);
            key_fall_add(basis, demand, -fall);
        }
    }
}

/* Falling values in one list: first those of the kernel, then keys, then slacks outside. */
struct falling {
    double value, fall;
};

static struct falling falling_at(const struct keypath *basis, uint32_t i,
                                 struct keypath_leave *leave)
{
    if (i < basis->size) {
        uint32_t column = basis->kernel_column[i];
        leave->kind = KEYPATH_PLACE;
        leave->index = i;
        return (struct falling){column & KEYPATH_SLACK ? basis->slack[column & ~KEYPATH_SLACK]
                                                       : basis->x[column],
                                basis->fall[i]};
    }
    i -= basis->size;
    if (i < basis->touched_demand_count) {
        leave->kind = KEYPATH_KEY_OF;
        leave->index = basis->touched_demands[i];
        return (struct falling){basis->x[basis->key[leave->index]], basis->key_fall[leave->index]};
    }
    leave->kind = KEYPATH_ROW;
    leave->index = basis->touched_rows[i - basis->touched_demand_count];
    bool outside = basis->row_place[leave->index] < 0;
    return (struct falling){basis->slack[leave->index],
                            outside ? basis->row_fall[leave->index] : 0};
}

struct keypath_leave keypath_ratio(const struct keypath *basis, double sign, double limit,
                                   double tolerance)
{
    uint32_t count = basis->size + basis->touched_demand_count + basis->touched_row_count;
    double bound = limit;
    struct keypath_leave best = {KEYPATH_NOTHING, 0, limit}, at;
    for (uint32_t i = 0; i < count; i++) {
        struct falling falling = falling_at(basis, i, &at);
        double fall = sign * falling.fall;
        if (fall > PIVOT_MIN && falling.value > -1e-6 * fmax(1, fabs(bound))) {
            bound = fmin(bound, (fmax(falling.value, 0) + tolerance) / fall);
        }
    }
    double largest = 0;
    for (uint32_t i = 0; bound < limit && i < count; i++) {
        struct falling falling = falling_at(basis, i, &at);
        double fall = sign * falling.fall;
        if (fall > PIVOT_MIN && fall > largest && falling.value <= bound * fall) {
            largest = fall;
            at.step = fmax(0, falling.value / fall);
            best = at;
        }
    }
    return best;
}

void keypath_move(struct keypath *basis, uint32_t entering, double step)
{
    if (entering & KEYPATH_SLACK) {
        basis->slack[entering & ~KEYPATH_SLACK] += step;
    } else {
        basis->x[entering] += step;
    }
    for (uint32_t j = 0; j < basis->size; j++) {
        if (basis->fall[j] != 0) {
            uint32_t column = basis->kernel_column[j];
            double *value =
                column & KEYPATH_SLACK ? &basis->slack[column & ~KEYPATH_SLACK] : &basis->x[column];
            *value -= step * basis->fall[j];
        }
    }
    for (uint32_t i = 0; i < basis->touched_demand_count; i++) {
        uint32_t demand = basis->touched_demands[i];
        basis->x[basis->key[demand]] -= step * basis->key_fall[demand];
    }
    for (uint32_t i = 0; i < basis->touched_row_count; i++) {
        uint32_t row = basis->touched_rows[i];
        if (basis->row_place[row] < 0) {
            basis->slack[row] -= step * basis->row_fall[row];
        }
    }
}

/* Makes another path of the demand its key, so that the old key stands in the kernel. The place
 * is returned, or UINT32_MAX when the demand has nothing in the kernel. */
static uint32_t key_release(struct keypath *basis, uint32_t demand, bool enters_here,
                            enum zhol_error *error)
{
    uint32_t count = 0;
    double sum = 0;
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        if (!(column & KEYPATH_SLACK) && basis->paths->demand[column] == demand) {
            basis->index_work[count++] = j;
            sum += basis->fall[j];
        }
    }
    if (count == 0) {
        return UINT32_MAX;
    }
    uint32_t place = basis->index_work[0], old_key = basis->key[demand];
    *error = factor_change_key(&basis->factor, place, basis->index_work, count);
    basis->key[demand] = basis->kernel_column[place];
    basis->status[basis->key[demand]] = KEYPATH_KEY;
    basis->kernel_column[place] = old_key;
    basis->status[old_key] = KEYPATH_KERNEL;
    basis->fall[place] = (enters_here ? 1 : 0) - sum;
    return place;
}

/* Takes a row into the kernel, with its slack as its column. */
static enum zhol_error row_take(struct keypath *basis, uint32_t row)
{
    const struct pathset *paths = basis->paths;
    uint32_t count = 0, place = basis->size;
    for (uint32_t j = 0; j < place; j++) {
        uint32_t column = basis->kernel_column[j];
        if (column & KEYPATH_SLACK) {
            continue;
        }
        uint32_t key = basis->key[paths->demand[column]];
        double value = 0;
        for (uint32_t e = paths->first_entry[column]; e < paths->first_entry[column + 1]; e++) {
            value += paths->rows[e] == row ? paths->coefficients[e] : 0;
        }
        for (uint32_t e = paths->first_entry[key]; e < paths->first_entry[key + 1]; e++) {
            value -= paths->rows[e] == row ? paths->coefficients[e] : 0;
        }
        if (value != 0) {
            basis->index_work[count] = j;
            basis->work[count++] = value;
        }
    }
    enum zhol_error error = factor_add_row(&basis->factor, basis->index_work, basis->work, count);
    memset(basis->work, 0, count * sizeof(double));
    basis->kernel_row[place] = row;
    basis->kernel_column[place] = KEYPATH_SLACK | row;
    basis->row_place[row] = (int32_t)place;
    basis->fall[place] = basis->row_fall[row];
    basis->size = place + 1;
    return error;
}

/* Puts what enters in the place of the kernel; what stood there goes outside at 0. */
static enum zhol_error place_exchange(struct keypath *basis, uint32_t entering, uint32_t place)
{
    uint32_t leaving = basis->kernel_column[place];
    if (leaving & KEYPATH_SLACK) {
        basis->slack_basic[leaving & ~KEYPATH_SLACK] = 0;
        basis->slack[leaving & ~KEYPATH_SLACK] = 0;
    } else {
        basis->status[leaving] = KEYPATH_OUTSIDE;
        basis->x[leaving] = 0;
    }
    basis->kernel_column[place] = entering;
    if (entering & KEYPATH_SLACK) {
        basis->slack_basic[entering & ~KEYPATH_SLACK] = 1;
    } else {
        basis->status[entering] = KEYPATH_KERNEL;
    }
    return factor_replace(&basis->factor, place, basis->fall);
}

enum zhol_error keypath_pivot(struct keypath *basis, uint32_t entering, struct keypath_leave leave)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t place = leave.index;
    basis->pivot_count++;
    if (leave.kind == KEYPATH_ROW) {
        place = basis->size;
        error = row_take(basis, leave.index);
    } else if (leave.kind == KEYPATH_KEY_OF) {
        bool here = !(entering & KEYPATH_SLACK) && basis->paths->demand[entering] == leave.index;
        place = key_release(basis, leave.index, here, &error);
        if (place == UINT32_MAX) { /* nothing else of the demand is basic: keys are exchanged */
            basis->status[basis->key[leave.index]] = KEYPATH_OUTSIDE;
            basis->x[basis->key[leave.index]] = 0;
            basis->key[leave.index] = entering;
            basis->status[entering] = KEYPATH_KEY;
            direction_clear(basis);
            return error;
        }
    }
    error = error ? error : place_exchange(basis, entering, place);
    direction_clear(basis);
    if (!error && basis->factor.product_count >= PRODUCTS_MAX) {
        error = keypath_factor_again(basis);
    }
    return error;
}
