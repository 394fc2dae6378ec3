/* The assignment: cases worked out by hand, brute force, balance rows, the parts, bad files. */
#include <zhol/assign.h>

#include <stdlib.h>
#include <string.h>

#include "assign/dense.h"
#include "assign/factor.h"
#include "assign/state.h"
#include "base/random.h"
#include "check.h"
#include "made_flow.h"

static struct zhol_assign *problem(uint32_t nodes)
{
    struct zhol_assign *assign = NULL;
    CHECK_INT_EQ(zhol_assign_new(&assign, nodes, 1), ZHOL_ERROR_OK);
    return assign;
}

static uint32_t arc_with_row(struct zhol_assign *assign, uint32_t from, uint32_t to, double cost,
                             double capacity)
{
    uint32_t arc = 0, row = 0;
    CHECK(!zhol_assign_add_arc(assign, from, to, &cost, &arc));
    CHECK(!zhol_assign_add_row(assign, capacity, &row));
    CHECK(!zhol_assign_add_use(assign, arc, row, &(double){1}));
    return row;
}

static void demand_add(struct zhol_assign *assign, uint32_t from, uint32_t to, double amount,
                       double unmet_cost)
{
    struct zhol_assign_demand demand = {from, to, 0, amount, unmet_cost};
    CHECK(!zhol_assign_add_demand(assign, &demand, NULL));
}

static struct zhol_assign_certificate solved(struct zhol_assign *assign)
{
    struct zhol_assign_certificate it;
    CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
    CHECK(it.gap <= 1e-9 && it.gap >= -1e-12 && it.violation <= 1e-9);
    return it;
}

/* Two classes of four units each; the cheap arc has room for six. Closed to the second class from
 * the start: 4*1 + 4*3. Opened: six go the cheap way, 6*1 + 2*3. Closed to the first after that,
 * its kept paths must not be used: 4*3 + 4*1. At last all is closed to the first: unmet at 50. */
static void closed_to_a_class(void)
{
    struct zhol_assign *assign = NULL;
    double cheap[] = {1, INFINITY}, dear[] = {3, 3}, use[] = {1, 1};
    uint32_t row = 0;
    CHECK(!zhol_assign_new(&assign, 3, 2));
    CHECK(!zhol_assign_add_arc(assign, 0, 1, cheap, NULL));
    CHECK(!zhol_assign_add_arc(assign, 0, 1, dear, NULL));
    CHECK(!zhol_assign_add_row(assign, 6, &row));
    CHECK(!zhol_assign_add_use(assign, 0, row, use));
    for (uint32_t c = 0; c < 2; c++) {
        struct zhol_assign_demand demand = {0, 1, c, 4, 50};
        CHECK(!zhol_assign_add_demand(assign, &demand, NULL));
    }
    CHECK_NEAR(solved(assign).primal, 16, 1e-9);
    CHECK(!zhol_assign_set_cost(assign, 0, 1, 1));
    CHECK_NEAR(solved(assign).primal, 12, 1e-9);
    CHECK(!zhol_assign_set_cost(assign, 0, 0, INFINITY));
    CHECK_NEAR(solved(assign).primal, 16, 1e-9);
    CHECK(!zhol_assign_set_cost(assign, 1, 0, INFINITY));
    CHECK_NEAR(solved(assign).primal, 204, 1e-9);
    CHECK_NEAR(zhol_assign_demand_unmet(assign, 0), 4, 1e-9);
    CHECK(zhol_assign_set_cost(assign, 1, 0, -INFINITY) == ZHOL_ERROR_RANGE);
    CHECK(zhol_assign_set_cost(assign, 1, 0, NAN) == ZHOL_ERROR_RANGE);
    zhol_assign_free(assign);
}

/* No time at all: the answer keeps to all limits and says how far it may be from the best; with
 * time the same object is solved to the end. */
static void time_is_up(void)
{
    enum { NODES = 12 };
    struct zhol_assign *assign = problem(NODES);
    for (uint32_t v = 0; v < NODES; v++) {
        arc_with_row(assign, v, (v + 1) % NODES, 1 + v % 3, 5 + v % 4);
        arc_with_row(assign, v, (v + 5) % NODES, 4 + v % 2, 3 + v % 5);
    }
    for (uint32_t k = 0; k < 3 * NODES; k++) {
        demand_add(assign, k % NODES, (k * 7 + 3) % NODES, 1 + k % 3, 40);
    }
    struct zhol_assign_options options = {.seconds = 1e-9};
    struct zhol_assign_certificate early;
    CHECK(!zhol_assign_solve(assign, &options, &early));
    CHECK(early.violation <= 1e-9 && early.gap >= -1e-12);
    struct zhol_assign_certificate late = solved(assign);
    CHECK(late.primal <= early.primal + 1e-6 && early.dual <= late.primal + 1e-6);
    zhol_assign_free(assign);
}

/* Ten units, a cheap way for six, a dear way for three, one stays at 100: 6*2 + 3*5 + 100. */
static void two_ways_and_unmet(void)
{
    struct zhol_assign *assign = problem(2);
    uint32_t cheap = arc_with_row(assign, 0, 1, 2, 6), dear = arc_with_row(assign, 0, 1, 5, 3);
    demand_add(assign, 0, 1, 10, 100);
    CHECK_NEAR(solved(assign).primal, 127, 1e-9);
    CHECK_NEAR(zhol_assign_row_price(assign, cheap), 98, 1e-9);
    CHECK_NEAR(zhol_assign_row_price(assign, dear), 95, 1e-9);
    CHECK_NEAR(zhol_assign_demand_unmet(assign, 0), 1, 1e-9);
    CHECK_NEAR(zhol_assign_demand_price(assign, 0), 100, 1e-9);
    CHECK_NEAR(zhol_assign_row_use(assign, cheap), 6, 1e-9);
    CHECK_INT_EQ(zhol_assign_path_count(assign), 2);
    CHECK(!zhol_assign_set_capacity(assign, cheap, INFINITY));
    struct zhol_assign_certificate it = solved(assign);
    CHECK_NEAR(it.primal, 20, 1e-9);
    CHECK_INT_EQ(it.warm, 1);
    CHECK(!zhol_assign_set_capacity(assign, cheap, 0));
    CHECK_NEAR(solved(assign).primal, 15 + 700, 1e-9);
    CHECK_NEAR(zhol_assign_row_price(assign, cheap), 98, 1e-9);
    zhol_assign_free(assign);
}

/* Demand that must be met and cannot be is reported; demand without any way is an error. */
static void infeasible_and_unreachable(void)
{
    struct zhol_assign *assign = problem(3);
    arc_with_row(assign, 0, 1, 1, 4);
    demand_add(assign, 0, 1, 10, INFINITY);
    struct zhol_assign_certificate it = solved(assign);
    CHECK_NEAR(it.unmet_forced, 6, 1e-9);
    demand_add(assign, 0, 2, 1, INFINITY);
    CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_UNREACHABLE);
    CHECK(!zhol_assign_set_unmet_cost(assign, 1, 7));
    CHECK(!zhol_assign_set_unmet_cost(assign, 0, 50));
    CHECK_NEAR(solved(assign).primal, 4 + 6 * 50 + 7, 1e-9);
    zhol_assign_free(assign);
}

/* A train of one class takes a path of the section and two of the border, one of the other class
 * one and one. */
static void classes_and_several_rows(void)
{
    struct zhol_assign *assign = NULL;
    uint32_t section, border, arc;
    CHECK(!zhol_assign_new(&assign, 2, 2));
    CHECK(!zhol_assign_add_row(assign, 10, &section));
    CHECK(!zhol_assign_add_row(assign, 12, &border));
    CHECK(!zhol_assign_add_arc(assign, 0, 1, (double[]){3, 4}, &arc));
    CHECK(!zhol_assign_add_use(assign, arc, section, (double[]){1, 1}));
    CHECK(!zhol_assign_add_use(assign, arc, border, (double[]){2, 1}));
    for (uint32_t c = 0; c < 2; c++) {
        struct zhol_assign_demand demand = {0, 1, c, c ? 20 : 8, c ? 20 : 30};
        CHECK(!zhol_assign_add_demand(assign, &demand, NULL));
    }
    /* Gains 27 and 16 a unit: x + y <= 10 and 2x + y <= 12 meet at 2, 8: 54 + 128 of gain. */
    CHECK_NEAR(solved(assign).primal, 8 * 30 + 20 * 20 - 54 - 128, 1e-9);
    CHECK_NEAR(zhol_assign_row_price(assign, border), 11, 1e-9);
    CHECK_NEAR(zhol_assign_row_price(assign, section), 5, 1e-9);
    zhol_assign_free(assign);
}

/* Wagons: 7 loads go 0 to 1, 2 come back; each place may send what it gets. Empties flow from a
 * source by place 1 and place 0 to a sink, at their cost, and only as many as are needed. */
static void empties_by_balance_rows(void)
{
    enum { PLACE_0, PLACE_1, SOURCE, SINK };
    struct zhol_assign *assign = problem(4);
    uint32_t balance[2], arc, back;
    double nothing = 0, load_cost = 10, empty_cost = 4;
    for (int i = 0; i < 2; i++) {
        CHECK(!zhol_assign_add_row(assign, 0, &balance[i]));
    }
    CHECK(!zhol_assign_add_arc(assign, PLACE_0, PLACE_1, &load_cost, NULL));
    back = arc_with_row(assign, PLACE_1, PLACE_0, empty_cost, 100);
    CHECK(!zhol_assign_add_arc(assign, SOURCE, PLACE_1, &nothing, &arc));
    CHECK(!zhol_assign_add_use(assign, arc, balance[1], &(double){1}));
    CHECK(!zhol_assign_add_arc(assign, PLACE_0, SINK, &nothing, &arc));
    CHECK(!zhol_assign_add_use(assign, arc, balance[0], &(double){-1}));
    demand_add(assign, PLACE_0, PLACE_1, 7, 1000);
    demand_add(assign, PLACE_1, PLACE_0, 2, 1000);
    demand_add(assign, SOURCE, SINK, 100, 0);
    for (uint32_t k = 0; k < 2; k++) {
        CHECK(!zhol_assign_add_demand_use(assign, k, balance[k], 1));
        CHECK(!zhol_assign_add_demand_use(assign, k, balance[1 - k], -1));
    }
    CHECK_NEAR(solved(assign).primal, 7 * 10 + 2 * 4 + 5 * 4, 1e-9);
    CHECK_NEAR(zhol_assign_row_use(assign, back), 7, 1e-9);
    CHECK_NEAR(zhol_assign_demand_price(assign, 0), 14, 1e-9);
    zhol_assign_free(assign);
}

/* As an equality, that is with a second row of the other sign, a balance also drives out what comes
 * in: 7 wagons come to a place and 2 go back loaded, so 5 go back empty although nobody asks. */
static double value_with_balance(bool equality)
{
    enum { PLACE_0, PLACE_1, SOURCE, SINK };
    struct zhol_assign *assign = problem(4);
    uint32_t rows[2], arc, row_count = equality ? 2 : 1;
    double nothing = 0, load_cost = 10;
    CHECK(!zhol_assign_add_arc(assign, PLACE_0, PLACE_1, &load_cost, NULL));
    uint32_t back = arc_with_row(assign, PLACE_1, PLACE_0, 4, 100);
    CHECK(!zhol_assign_add_arc(assign, SOURCE, PLACE_1, &nothing, &arc));
    CHECK(!zhol_assign_add_arc(assign, PLACE_0, SINK, &nothing, NULL));
    demand_add(assign, PLACE_0, PLACE_1, 7, 1000);
    demand_add(assign, PLACE_1, PLACE_0, 2, 1000);
    demand_add(assign, SOURCE, SINK, 100, 0);
    for (uint32_t i = 0; i < row_count; i++) {
        double sign = i ? -1 : 1;
        CHECK(!zhol_assign_add_row(assign, 0, &rows[i]));
        CHECK(!zhol_assign_add_use(assign, arc, rows[i], &sign));
        CHECK(!zhol_assign_add_demand_use(assign, 0, rows[i], -sign));
        CHECK(!zhol_assign_add_demand_use(assign, 1, rows[i], sign));
    }
    struct zhol_assign_certificate it = solved(assign);
    CHECK_INT_EQ(it.method, ZHOL_ASSIGN_AUTO); /* the special basis, not Clp */
    CHECK_NEAR(zhol_assign_row_use(assign, back), equality ? 7 : 2, 1e-9);
    zhol_assign_free(assign);
    return it.primal;
}

static void equality_of_a_balance(void)
{
    CHECK_NEAR(value_with_balance(false), 7 * 10 + 2 * 4, 1e-9);
    CHECK_NEAR(value_with_balance(true), 7 * 10 + 2 * 4 + 5 * 4, 1e-9);
}

static void bad_calls(void)
{
    struct zhol_assign *assign = problem(3);
    double cost = 1;
    uint32_t row = arc_with_row(assign, 0, 1, 1, 5);
    CHECK_INT_EQ(zhol_assign_add_arc(assign, 0, 3, &cost, NULL), ZHOL_ERROR_UNKNOWN);
    cost = -1;
    CHECK_INT_EQ(zhol_assign_add_arc(assign, 0, 1, &cost, NULL), ZHOL_ERROR_RANGE);
    cost = NAN;
    CHECK_INT_EQ(zhol_assign_add_arc(assign, 0, 1, &cost, NULL), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(zhol_assign_set_capacity(assign, row, -1), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(zhol_assign_set_capacity(assign, row + 1, 1), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(zhol_assign_add_use(assign, 0, row, &(double){INFINITY}), ZHOL_ERROR_RANGE);
    arc_with_row(assign, 1, 2, 1, 5);
    arc_with_row(assign, 2, 0, 1, 5);
    CHECK(!zhol_assign_add_use(assign, 1, row, &(double){-1}));
    struct zhol_assign_certificate it;
    CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(zhol_assign_new(&(struct zhol_assign *){0}, 1, 0), ZHOL_ERROR_RANGE);
    zhol_assign_free(assign);
    assign = problem(0);
    CHECK_NEAR(solved(assign).primal, 0, 0);
    zhol_assign_free(assign);
}

static enum zhol_error parsed(const char *text, struct zhol_report *report)
{
    struct zhol_assign *assign = NULL;
    zhol_report_init(report, 5);
    enum zhol_error error = zhol_assign_parse_mmcf(&assign, text, strlen(text), "made", report);
    CHECK((error == ZHOL_ERROR_OK) == (assign != NULL));
    zhol_assign_free(assign);
    return error;
}

static void mmcf_files(void)
{
    static const struct {
        const char *text;
        enum zhol_error error;
        uint32_t row;
        const char *column;
    } cases[] = {
        {"2\n1\n1\n1 2 3 4\n1 2 5\n", ZHOL_ERROR_OK, 0, ""},
        {" 2 1 1 1 2 3.5 4e2 1 2 5", ZHOL_ERROR_OK, 0, ""},
        {"", ZHOL_ERROR_SYNTAX, 1, "nodes"},
        {"2\n1\n1\n1 3 3 4\n1 2 5\n", ZHOL_ERROR_RANGE, 4, "to"},
        {"2\n1\n1\n1 2 x 4\n1 2 5\n", ZHOL_ERROR_SYNTAX, 4, "cost"},
        {"2\n1\n1\n1 2 3 -4\n1 2 5\n", ZHOL_ERROR_RANGE, 4, "capacity"},
        {"2\n1\n1\n1 2 3 4\n1 2\n", ZHOL_ERROR_SYNTAX, 6, "demand"},
        {"2\n1\n1\n1 2 3 4\n1 2 5\n9\n", ZHOL_ERROR_SYNTAX, 6, ""},
        {"# made\r\n2\r\n1 1\r\n\r\nc arcs\r\n1 2 3 4 % scarce\r\n1 2 5\r\n", ZHOL_ERROR_OK, 0, ""},
        {"\xEF\xBB\xBF"
         "2 1 1 0 1 3 4 0 1 5",
         ZHOL_ERROR_OK, 0, ""},
        {"2 1 1\n0 1 3 4\n0 2 5", ZHOL_ERROR_RANGE, 3, "destination"},
        {"2 1 1\n1 2 3 4\n1 2 5 c", ZHOL_ERROR_OK, 0, ""},
        {"2 1 1\n1 2 3\n# 4\n1 2 5", ZHOL_ERROR_RANGE, 4, "destination"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zhol_report report;
        CHECK_INT_EQ(parsed(cases[i].text, &report), cases[i].error);
        if (cases[i].error) {
            CHECK_INT_EQ(report.count, 1);
            CHECK_INT_EQ(report.findings[0].row, cases[i].row);
            CHECK_STR_EQ(report.findings[0].column, cases[i].column);
        }
        zhol_report_clear(&report);
    }
}

/* Two arcs of one pair, one that holds nothing, a circle, demands of one pair, of none and to where
 * it is: 9 units, 2 of them by the arc that costs 1, 7 at 3; each node numbered from 1 and 0. */
static void mmcf_odd_forms(void)
{
    static const char *const texts[] = {
        "3 5 5  1 2 1 2  1 2 3 100  1 2 0 0  2 2 1 1  2 3 0 50  1 2 4  1 2 5  1 3 0  2 2 7  3 3 0",
        "3 5 5  0 1 1 2  0 1 3 100  0 1 0 0  1 1 1 1  1 2 0 50  0 1 4  0 1 5  0 2 0  1 1 7  2 2 0"};
    for (int i = 0; i < 2; i++) {
        struct zhol_assign *assign;
        struct zhol_assign_certificate it;
        CHECK_INT_EQ(zhol_assign_parse_mmcf(&assign, texts[i], strlen(texts[i]), "made", NULL),
                     ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
        CHECK_NEAR(it.primal, 2 * 1 + 7 * 3, 1e-12);
        CHECK_NEAR(it.gap, 0, 1e-12);
        CHECK_NEAR(it.unmet_forced, 0, 1e-12);
        zhol_assign_free(assign);
    }
}

/* A matrix of n rows whose entries lie within `band` of the diagonal is solved. */
static void dense_case(uint32_t n, uint32_t band, struct random_stream *random)
{
    uint32_t *start = calloc(n, sizeof *start);
    uint32_t *reach = malloc(DENSE_BLOCKS(n) * sizeof *reach);
    double *plain = calloc((size_t)n * n, sizeof *plain), *b = calloc(n, sizeof *b);
    double *x = malloc(n * sizeof *x), *work = malloc(DENSE_WORK(n) * sizeof *work);
    for (uint32_t i = 0; i < n; i++) {
        x[i] = random_uniform(random);
        start[i] = i > band ? i - band : 0;
        for (uint32_t j = start[i]; j < i; j++) {
            plain[i * n + j] = plain[j * n + i] = random_uniform(random) - 0.5;
        }
        plain[i * n + i] = n;
    }
    struct dense_shape shape = {.start = start, .reach = reach};
    dense_shape_make(&shape, n, start);
    double *matrix = malloc(shape.size * sizeof *matrix);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n; j++) {
            b[i] += x[j] * plain[i * n + j];
        }
        for (uint32_t j = shape.start[i]; j <= i; j++) {
            matrix[(size_t)i * shape.stride + j] = plain[i * n + j];
        }
    }
    dense_factor(matrix, &shape, work);
    dense_solve(matrix, &shape, b);
    for (uint32_t i = 0; i < n; i++) {
        CHECK_NEAR(b[i], x[i], 1e-11);
    }
    free(start);
    free(reach);
    free(plain);
    free(b);
    free(x);
    free(work);
    free(matrix);
}

static void dense_solves(void)
{
    static const uint32_t sizes[] = {1, 7, 48, 49, 130, 400};
    struct random_stream random;
    random_start(&random, 5, 0);
    for (int s = 0; s < 6; s++) {
        dense_case(sizes[s], sizes[s], &random);
        dense_case(sizes[s], 5, &random);
        dense_case(sizes[s], 60, &random);
    }
}

enum { FACTOR_SIZE = 12 };

/* W as a plain matrix that the factors are held against. */
struct plain {
    double entry[FACTOR_SIZE][FACTOR_SIZE]; /* row, column */
    uint32_t size;
};

static void factor_check(const struct factor *factor, const struct plain *plain)
{
    double x[FACTOR_SIZE], b[FACTOR_SIZE] = {0}, c[FACTOR_SIZE] = {0};
    for (uint32_t j = 0; j < plain->size; j++) {
        x[j] = 1 + j;
    }
    for (uint32_t i = 0; i < plain->size; i++) {
        for (uint32_t j = 0; j < plain->size; j++) {
            b[i] += plain->entry[i][j] * x[j];
            c[j] += plain->entry[i][j] * x[i];
        }
    }
    factor_solve(factor, b);
    factor_solve_left(factor, c);
    for (uint32_t j = 0; j < plain->size; j++) {
        CHECK_NEAR(b[j], x[j], 1e-9);
        CHECK_NEAR(c[j], x[j], 1e-9);
    }
}

static void plain_fill(struct plain *plain, struct random_stream *random, uint32_t size)
{
    plain->size = size;
    for (uint32_t i = 0; i < size; i++) {
        for (uint32_t j = 0; j < size; j++) {
            plain->entry[i][j] = random_below(random, 3) ? 0 : (double)random_below(random, 5) - 2;
        }
        plain->entry[i][i] += 7;
    }
}

static void factor_changes(void)
{
    struct random_stream random;
    random_start(&random, 9, 0);
    for (int round = 0; round < 50; round++) {
        struct factor factor;
        struct plain plain = {0};
        uint32_t all[FACTOR_SIZE];
        plain_fill(&plain, &random, 8);
        CHECK(!factor_start(&factor, FACTOR_SIZE));
        factor_begin(&factor, plain.size);
        for (uint32_t j = 0; j < plain.size; j++) {
            double column[FACTOR_SIZE];
            bool accepted;
            for (uint32_t i = 0; i < plain.size; i++) {
                all[i] = i;
                column[i] = plain.entry[i][j];
            }
            CHECK(!factor_column(&factor, j, all, column, plain.size, 1e-9, &accepted));
            CHECK(accepted);
            CHECK(!factor_column(&factor, j, all, column, plain.size, 1e-9, &accepted));
            CHECK(!accepted); /* the same column depends on itself */
        }
        factor_check(&factor, &plain);
        double row[FACTOR_SIZE], solved_column[FACTOR_SIZE] = {0};
        for (uint32_t j = 0; j < plain.size; j++) {
            row[j] = plain.entry[plain.size][j] = random_below(&random, 3);
            all[j] = j;
        }
        CHECK(!factor_add_row(&factor, all, row, plain.size));
        plain.entry[plain.size][plain.size] = 1;
        plain.size++;
        factor_check(&factor, &plain);
        uint32_t group[] = {1, 4, 6};
        for (uint32_t i = 0; i < plain.size; i++) {
            plain.entry[i][1] -= plain.entry[i][4];
            plain.entry[i][6] -= plain.entry[i][4];
            plain.entry[i][4] = -plain.entry[i][4];
        }
        CHECK(!factor_change_key(&factor, 4, group, 3));
        factor_check(&factor, &plain);
        for (uint32_t i = 0; i < plain.size; i++) {
            solved_column[i] = plain.entry[i][2] = i == 2 ? 9 : (double)random_below(&random, 3);
        }
        factor_solve(&factor, solved_column);
        CHECK(!factor_replace(&factor, 2, solved_column));
        factor_check(&factor, &plain);
        factor_clear(&factor);
    }
}

/* Any path may enter: after each of a row of pivots the products must give the directions and
 * prices that new factors of the same basis give. */
static void pivots_keep_the_books(void)
{
    uint32_t keys_left = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        struct made_flow made;
        struct zhol_assign *assign = NULL;
        made_flow_fill(&made, seed);
        CHECK(!made_flow_give(&made, &assign));
        solved(assign);
        struct keypath *basis = &assign->basis;
        for (uint32_t p = 0; p < basis->column_count; p++) {
            if (basis->status[p] != KEYPATH_OUTSIDE) {
                continue;
            }
            keypath_direction(basis, p);
            struct keypath_leave leave = keypath_ratio(basis, 1, INFINITY, 1e-9);
            if (leave.kind == KEYPATH_NOTHING) {
                continue;
            }
            keys_left += leave.kind == KEYPATH_KEY_OF;
            keypath_move(basis, p, leave.step);
            CHECK(!keypath_pivot(basis, p, leave));
            double prices[MADE_ROWS_MAX + 1], lambda[MADE_DEMANDS_MAX + 1];
            keypath_prices(basis, assign->paths.cost, NULL, prices, lambda);
            double x = basis->x[p];
            CHECK(!keypath_factor(basis));
            CHECK_NEAR(x, basis->x[p], 1e-7);
            keypath_prices(basis, assign->paths.cost, NULL, basis->prices, basis->lambda);
            for (uint32_t i = 0; i < made.row_count; i++) {
                CHECK_NEAR(prices[i], basis->prices[i], 1e-6);
            }
        }
        zhol_assign_free(assign);
    }
    CHECK(keys_left > 20);
}

/* Three units over every way to share them on three ways, each priced: the least by trying all. */
static void brute_force(void)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct random_stream random;
        random_start(&random, seed, 3);
        double cost[3], room[3], best = INFINITY, unmet = 5 + random_below(&random, 20);
        struct zhol_assign *assign = problem(2);
        for (int i = 0; i < 3; i++) {
            cost[i] = random_below(&random, 15);
            room[i] = random_below(&random, 4);
            arc_with_row(assign, 0, 1, cost[i], room[i]);
        }
        double amount = 1 + random_below(&random, 8);
        demand_add(assign, 0, 1, amount, unmet);
        for (double a = 0; a <= room[0]; a++) {
            for (double b = 0; b <= room[1]; b++) {
                for (double c = 0; c <= room[2]; c++) {
                    double rest = amount - a - b - c;
                    double value = a * cost[0] + b * cost[1] + c * cost[2] + rest * unmet;
                    best = rest >= 0 && value < best ? value : best;
                }
            }
        }
        CHECK_NEAR(solved(assign).primal, best, 1e-9);
        zhol_assign_free(assign);
    }
}

/* However far costs lie apart, what must be met takes the dear way before it stays. */
static void costs_far_apart(void)
{
    static const char text[] = "2 2 1\n1 2 1e14 5\n1 2 1 2\n1 2 3\n";
    struct zhol_assign_options options = {.threads = 1};
    struct zhol_assign_certificate it;
    struct zhol_assign *assign = NULL;
    CHECK_INT_EQ(zhol_assign_parse_mmcf(&assign, text, strlen(text), "made", NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_assign_solve(assign, &options, &it), ZHOL_ERROR_OK);
    CHECK_NEAR(it.unmet_forced, 0, 1e-12);
    CHECK_NEAR(it.primal / (1e14 + 2), 1, 1e-15);
    zhol_assign_free(assign);
}

int main(void)
{
    RUN(two_ways_and_unmet);
    RUN(closed_to_a_class);
    RUN(time_is_up);
    RUN(infeasible_and_unreachable);
    RUN(costs_far_apart);
    RUN(classes_and_several_rows);
    RUN(empties_by_balance_rows);
    RUN(equality_of_a_balance);
    RUN(bad_calls);
    RUN(mmcf_files);
    RUN(mmcf_odd_forms);
    RUN(dense_solves);
    RUN(factor_changes);
    RUN(pivots_keep_the_books);
    RUN(brute_force);
    return check_report();
}
