/* range.c: both derivatives of the least cost by the capacity of a row, and how far they hold.
 *
 * The least cost is a convex function of the capacity, made of straight pieces. A basis gives one
 * piece: its price is the slope and the ratio test along the capacity the two ends. Where the basis
 * ends at the present capacity (a degenerate vertex), the slope is asked a little further, by an
 * exact solve from this basis: it is the slope at the present capacity if the straight line leads
 * back to the present cost; if not, the place is moved nearer. Pieces of equal slope are joined.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign/simplex.h"
#include "assign/state.h"

enum { NEARER_MAX = 40, JOINED_MAX = 60 };

/* Shares of the mean demand: the first place to ask at, and lengths that count as none. */
static const double ASK_FIRST = 1e-2, LENGTH_NONE = 1e-7;
/* Slopes that count as equal, as a share of the mean cost of arcs. */
static const double SLOPE_EQUAL = 1e-7;
static const double ENTRY_MIN = 1e-9;

/* The basis and capacity to come back to. */
struct kept {
    uint32_t *key;
    uint8_t *status, *slack_basic;
    double *capacity;
    uint32_t column_count;
};

struct piece {
    double slope, length;
    enum zhol_assign_end end;
    uint32_t end_index;
};

struct ranging {
    struct solve solve;
    struct simplex simplex;
    struct kept kept;
    uint32_t row;
    double sign;     /* +1: more capacity, -1: less */
    double capacity; /* as solved */
    double forced;   /* demand that stayed unmet though it must be met */
};

static enum zhol_error kept_take(struct kept *kept, const struct keypath *basis)
{
    size_t rows = (size_t)basis->flow->row_count + 1;
    size_t demands = (size_t)basis->flow->demand_count + 1, columns = basis->column_count;
    kept->key = malloc(demands * sizeof *kept->key);
    kept->status = malloc(columns + 1);
    kept->slack_basic = malloc(rows);
    kept->capacity = malloc(rows * sizeof *kept->capacity);
    if (!kept->key || !kept->status || !kept->slack_basic || !kept->capacity) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(kept->key, basis->key, (demands - 1) * sizeof *kept->key);
    memcpy(kept->status, basis->status, columns);
    memcpy(kept->slack_basic, basis->slack_basic, rows - 1);
    memcpy(kept->capacity, basis->flow->limit, (rows - 1) * sizeof *kept->capacity);
    kept->column_count = basis->column_count;
    return ZHOL_ERROR_OK;
}

static void kept_clear(struct kept *kept)
{
    free(kept->key);
    free(kept->status);
    free(kept->slack_basic);
    free(kept->capacity);
    *kept = (struct kept){0};
}

/* The basis as it was, with its values and prices. */
static enum zhol_error kept_restore(struct ranging *ranging)
{
    struct zhol_assign *assign = ranging->solve.assign;
    struct keypath *basis = &assign->basis;
    const struct kept *kept = &ranging->kept;
    size_t rows = assign->flow.row_count;
    memcpy(assign->flow.limit, kept->capacity, rows * sizeof(double));
    memcpy(basis->capacity, kept->capacity, rows * sizeof(double));
    memcpy(basis->key, kept->key, assign->flow.demand_count * sizeof *kept->key);
    memcpy(basis->slack_basic, kept->slack_basic, rows);
    for (uint32_t p = 0; p < basis->column_count; p++) {
        basis->status[p] = p < kept->column_count ? kept->status[p] : KEYPATH_OUTSIDE;
        basis->x[p] = 0;
    }
    enum zhol_error error = keypath_factor(basis);
    if (!error) {
        keypath_prices(basis, assign->paths.cost, NULL, basis->prices, basis->lambda);
    }
    return error;
}

static double forced_sum(const struct zhol_assign *assign)
{
    double sum = 0;
    for (uint32_t k = 0; k < assign->flow.demand_count; k++) {
        sum += assign->flow.demands[k].unmet_cost == INFINITY ? assign->basis.x[k] : 0;
    }
    return sum;
}

/* What ends a piece when this path column comes to 0. */
static void end_at_column(const struct keypath *basis, uint32_t column, struct piece *piece)
{
    bool unmet = column < basis->flow->demand_count;
    piece->end = unmet ? ZHOL_ASSIGN_END_UNMET : ZHOL_ASSIGN_END_PATH;
    piece->end_index = basis->paths->demand[column];
}

/* True when a value that falls is what ends the piece first, so far. */
static bool ends_first(struct piece *piece, double value, double fall)
{
    if (fall <= ENTRY_MIN || fmax(value, 0) >= piece->length * fall) {
        return false;
    }
    piece->length = fmax(value, 0) / fall;
    return true;
}

/* A row whose slack is basic and stands outside the kernel: nothing else moves. */
static struct piece piece_of_slack(const struct ranging *ranging)
{
    double slack = fmax(0, ranging->solve.assign->basis.slack[ranging->row]);
    if (ranging->sign > 0) {
        return (struct piece){0, INFINITY, ZHOL_ASSIGN_END_NONE, 0};
    }
    return (struct piece){0, slack, ZHOL_ASSIGN_END_ROW, ranging->row};
}

/* Slope and length of the present basis. More capacity moves values as if the slack of the row
 * fell, so the signs are those of its direction turned around. */
static struct piece piece_of_basis(const struct ranging *ranging)
{
    struct keypath *basis = &ranging->solve.assign->basis;
    const struct zhol_assign_demand *demands = basis->flow->demands;
    if (basis->row_place[ranging->row] < 0) {
        return piece_of_slack(ranging);
    }
    struct piece piece = {fmax(0, basis->prices[ranging->row]), INFINITY, ZHOL_ASSIGN_END_NONE, 0};
    bool breaks = false; /* demand that must be met comes short */
    double sign = -ranging->sign;
    keypath_direction(basis, KEYPATH_SLACK | ranging->row);
    for (uint32_t j = 0; j < basis->size; j++) {
        uint32_t column = basis->kernel_column[j];
        double fall = sign * basis->fall[j];
        if (column & KEYPATH_SLACK) {
            uint32_t row = column & ~KEYPATH_SLACK;
            if (ends_first(&piece, basis->slack[row], fall)) {
                piece.end = ZHOL_ASSIGN_END_ROW;
                piece.end_index = row;
            }
            continue;
        }
        breaks |= column < basis->flow->demand_count && fall < -ENTRY_MIN &&
                  demands[column].unmet_cost == INFINITY;
        if (ends_first(&piece, basis->x[column], fall)) {
            end_at_column(basis, column, &piece);
        }
    }
    for (uint32_t i = 0; i < basis->touched_demand_count; i++) {
        uint32_t k = basis->touched_demands[i];
        double fall = sign * basis->key_fall[k];
        breaks |= basis->key[k] == k && fall < -ENTRY_MIN && demands[k].unmet_cost == INFINITY;
        if (ends_first(&piece, basis->x[basis->key[k]], fall)) {
            end_at_column(basis, basis->key[k], &piece);
        }
    }
    for (uint32_t i = 0; i < basis->touched_row_count; i++) {
        uint32_t row = basis->touched_rows[i];
        if (basis->row_place[row] < 0 &&
            ends_first(&piece, basis->slack[row], sign * basis->row_fall[row])) {
            piece.end = ZHOL_ASSIGN_END_ROW;
            piece.end_index = row;
        }
    }
    piece.slope = breaks ? INFINITY : piece.slope;
    return piece;
}

/* Exact solve, from the present basis, with the capacity moved by `distance`. */
static enum zhol_error solve_at(struct ranging *ranging, double distance)
{
    struct zhol_assign *assign = ranging->solve.assign;
    double capacity = fmax(0, ranging->capacity + ranging->sign * distance);
    assign->flow.limit[ranging->row] = assign->basis.capacity[ranging->row] = capacity;
    enum zhol_error error = keypath_factor(&assign->basis);
    error = error ? error : simplex_solve(&ranging->simplex);
    if (!error) {
        keypath_prices(&assign->basis, assign->paths.cost, NULL, assign->basis.prices,
                       assign->basis.lambda);
    }
    return error;
}

/* Least cost of the present basis. */
static double value_now(const struct zhol_assign *assign)
{
    long double value = 0;
    for (uint32_t p = 0; p < assign->basis.column_count; p++) {
        value += (long double)assign->basis.x[p] * assign->paths.cost[p];
    }
    return (double)value;
}

/* The piece that begins at `from`, where the least cost is `value`. Its slope at a place behind is
 * that at `from` if the line through that place leads back to `value`. */
static enum zhol_error piece_ask(struct ranging *ranging, double from, double value,
                                 struct piece *piece)
{
    struct zhol_assign *assign = ranging->solve.assign;
    double sign = ranging->sign, forced_most = ranging->forced + 1e-9 * ranging->simplex.flow_scale;
    double step = ASK_FIRST * ranging->simplex.flow_scale, back = 0;
    if (sign < 0) {
        step = fmin(step, (ranging->capacity - from) / 2);
    }
    for (int i = 0; i < NEARER_MAX; i++) {
        enum zhol_error error = solve_at(ranging, from + step);
        if (error) {
            return error;
        }
        *piece = piece_of_basis(ranging);
        ranging->sign = -sign;
        back = piece_of_basis(ranging).length;
        ranging->sign = sign;
        double line = value - sign * step * piece->slope;
        double bend = fabs(value_now(assign) - line);
        bool straight = bend <= 1e-13 * fabs(value) + 1e-6 * step * piece->slope;
        if (back >= step * (1 - 1e-9) || straight ||
            step <= LENGTH_NONE * ranging->simplex.flow_scale) {
            break;
        }
        step = (step - back) / 2;
    }
    piece->length += step;
    if (forced_sum(assign) > forced_most) {
        piece->slope = INFINITY;
    }
    return ZHOL_ERROR_OK;
}

/* One side: the first piece, joined with those of equal slope behind it. */
static enum zhol_error side_find(struct ranging *ranging, double sign,
                                 struct zhol_assign_side *side)
{
    struct zhol_assign *assign = ranging->solve.assign;
    double none = LENGTH_NONE * ranging->simplex.flow_scale, at = 0;
    double equal = SLOPE_EQUAL * ranging->simplex.cost_scale, value = value_now(assign);
    ranging->sign = sign;
    struct piece piece = piece_of_basis(ranging);
    enum zhol_error error = ZHOL_ERROR_OK;
    bool begun = piece.length > none;
    *side = (struct zhol_assign_side){piece.slope, 0, piece.end, piece.end_index, piece.slope};
    for (int joined = 0; joined < JOINED_MAX; joined++) {
        if (begun) {
            at += piece.length;
            value -= sign * piece.length * piece.slope;
            side->range = at;
            side->end = piece.end;
            side->end_index = piece.end_index;
            side->price_after = piece.slope;
        }
        if (sign < 0 && at >= ranging->capacity - none) {
            side->range = ranging->capacity;
            side->end = ZHOL_ASSIGN_END_ZERO;
            break;
        }
        if (at == INFINITY || piece.slope == INFINITY) {
            break;
        }
        error = piece_ask(ranging, at, value, &piece);
        if (error) {
            break;
        }
        if (!begun) {
            side->price = piece.slope;
            begun = true;
        } else if (!(fabs(piece.slope - side->price) <= equal)) {
            side->price_after = piece.slope;
            break;
        }
    }
    return error;
}

static enum zhol_error ranging_start(struct ranging *ranging, struct zhol_assign *assign,
                                     uint32_t row)
{
    *ranging = (struct ranging){.solve = {.assign = assign, .end_s = INFINITY},
                                .row = row,
                                .capacity = assign->flow.limit[row],
                                .forced = forced_sum(assign)};
    enum zhol_error error = kept_take(&ranging->kept, &assign->basis);
    error = error ? error : oracle_start(&ranging->solve.oracle, &assign->flow, &assign->trees, 1);
    return error ? error
                 : simplex_start(&ranging->simplex, &assign->flow, &assign->paths,
                                 &ranging->solve.oracle, &assign->basis, assign->unmet_costs, 0);
}

enum zhol_error zhol_assign_row_range(struct zhol_assign *assign, uint32_t row,
                                      struct zhol_assign_range *range)
{
    struct ranging ranging;
    *range = (struct zhol_assign_range){{0, INFINITY, ZHOL_ASSIGN_END_NONE, 0, 0},
                                        {0, INFINITY, ZHOL_ASSIGN_END_NONE, 0, 0}};
    if (row >= assign->flow.row_count) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (!assign->solved || !assign->has_base || !assign->optimal) {
        return ZHOL_ERROR_USAGE;
    }
    if (assign->flow.capacity[row] == INFINITY) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ranging_start(&ranging, assign, row);
    error = error ? error : kept_restore(&ranging);
    error = error ? error : side_find(&ranging, 1, &range->more);
    error = error ? error : kept_restore(&ranging);
    error = error ? error : side_find(&ranging, -1, &range->less);
    if (ranging.kept.capacity) {
        enum zhol_error restored = kept_restore(&ranging);
        error = error ? error : restored;
    }
    simplex_clear(&ranging.simplex);
    oracle_clear(&ranging.solve.oracle);
    kept_clear(&ranging.kept);
    return error;
}
