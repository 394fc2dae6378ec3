/* assign/centre.h: prices and flows near the central path (column generation's dual phase).
 *
 * Purpose: a primal-dual interior point method on the columns found so far. Central prices lie
 * inside the set of good prices, so they do not swing from round to round, and the columns they
 * call for stay useful: some 20 rounds where prices of vertices take hundreds.
 *
 * The restricted problem: least sum of cost times flow plus penalty times overload; the flows of a
 * demand sum to its amount; use - overload + slack = capacity on the active rows. Every demand
 * keeps its sum exactly at each step and its dual feasible, so a Newton step comes down to one
 * symmetric system over the active rows (the demands are eliminated one by one, as in a key-path
 * basis). When columns come in, only their demands are centred anew, at fixed prices: a search in
 * one dimension.
 *
 * Sources: J. Gondzio, P. Gonzalez-Brevis, P. Munari, "Large-scale optimization with the
 * primal-dual column generation method", Math. Prog. Computation 8 (2016); F. Babonneau, O. du
 * Merle, J.-P. Vial, "Solving large-scale linear multicommodity flow problems with an active set
 * strategy and proximal-ACCPM", Operations Research 54 (2006).
 *
 * Call order: centre_start, then rounds of {oracle_run at `prices`, centre_take, centre_steps},
 * centre_clear. Ownership: the centre owns its arrays. Errors: ZHOL_ERROR_MEMORY.
 * Complexity of a step: sum over columns of (rows in which it differs from its demand's main
 * column)^2, plus active rows^3 / 3, or active rows times the square of a band's width.
 */
#ifndef ZHOL_ASSIGN_CENTRE_H
#define ZHOL_ASSIGN_CENTRE_H

#include "assign/dense.h"
#include "assign/pathset.h"

/* The columns of one demand that can carry flow, less its main one. */
struct centre_block {
    uint32_t demand, main;
    uint32_t first, count; /* of the differences */
};

/* A column less the main column of its demand, on active rows. */
struct centre_difference {
    uint32_t column, first; /* its entries end where the next one's begin */
};

/* An entry of a vector that the matrix is a sum of (centre_matrix.c). */
struct centre_cross {
    uint32_t vector, begin, entry; /* the vector's entries begin at `begin` */
};

/* Differences and their entries, one after the other. */
struct centre_model {
    struct centre_difference *differences;
    uint32_t *entry_row;
    double *entry_value;
    uint32_t difference_room, entry_row_room, entry_value_room;
};

struct centre {
    const struct flow *flow;
    const struct pathset *paths;
    double penalty; /* upper bound of all prices */
    double amount;  /* mean of demands */
    double mu;      /* mean of the products of the last step */

    double *prices; /* by row, 0 where not active */
    double *slack, *over, *load;
    int32_t *active_at; /* by row: place among the active rows or -1 */
    uint32_t active_count;
    uint32_t *active;

    const double *given;          /* by column: flows to begin with; belong to the caller */
    double *x, *reduced, *before; /* by column */
    uint8_t *live;                /* by column: part of the model */
    double live_share;            /* of a demand: less is not live */
    uint32_t x_room, reduced_room, before_room, live_room, taken;
    double *lambda; /* by demand */
    uint32_t *only; /* by demand: its one live column, FLOW_NONE where there are more or none */
    /* By demand: was a path asked for and found (not 0)? NULL: all are looked at. The caller's. */
    const uint32_t *found;

    struct centre_block *blocks;
    uint32_t block_count, block_room;
    struct centre_model models[2], *model, *last; /* of this round and the one before */
    uint32_t difference_count, entry_count;
    uint32_t last_count, last_active; /* differences and active rows of the last model */
    uint32_t *difference_at;          /* by column: its place in the last model, if any */
    uint32_t *main_at;                /* by demand: its last main column */
    uint32_t difference_at_room, placed;
    /* Behind the differences stand the unions: for each block with several, a vector on all of its
     * rows. All entries by active row, and what a row of the matrix costs. */
    uint32_t union_count, threads;
    double *weight; /* by vector */
    struct centre_cross *crosses;
    uint32_t *cross_first;
    uint64_t *row_work;
    uint32_t weight_room, cross_room, cross_first_room, row_work_room;
    double *theta, *step, *rise; /* by difference: x / reduced, dx, change of the reduced cost */
    uint32_t theta_room, step_room, rise_room;
    double *main_theta, *main_step, *block_step; /* by block */
    uint32_t main_theta_room, main_step_room, block_step_room;
    /* By how much each product is to change: differences, then blocks, then slacks and overloads of
     * the active rows, in one array; its parts; and a copy of the one before. */
    double *want, *main_want, *slack_want, *over_want, *want_last;
    uint32_t want_room, want_last_room, want_count;

    double *matrix, *work, *target, *delta, *scatter, *base, *own_load; /* by active row */
    double *slack_step, *over_step;
    uint32_t *touched;
    struct dense_shape shape;
    size_t matrix_room;
    uint32_t row_room; /* of what stands by active row */
    uint32_t step_count;
};

/* `prices` may be NULL (all 0) and are kept below the penalty. `given` must be set before the first
 * centre_take: flows of the columns that are there then. `threads` may be: any gives the same. */
enum zhol_error centre_start(struct centre *centre, const struct flow *flow,
                             const struct pathset *paths, const double *prices, double penalty,
                             double mu);
void centre_clear(struct centre *centre);
/* Takes in what was added to the path set: new columns, and rows whose use comes near capacity. */
enum zhol_error centre_take(struct centre *centre);
/* One Newton step towards a point of the central path with less products, as far as seems good but
 * none below `least_mu`. *moved is the smaller of the two step lengths, 0 to 1. */
enum zhol_error centre_step(struct centre *centre, double least_mu, double *moved);

/* Multiplications of the next step, about. */
double centre_step_work(const struct centre *centre);

/* An order of the active rows in which those that share a demand stand near each other; nothing
 * changes where that would not help. After flows and rows were taken in, before the model. */
enum zhol_error centre_order(struct centre *centre);
/* The differences of all live columns, after flows or active rows have changed. */
enum zhol_error centre_model_build(struct centre *centre);
/* In place. The lists are short: insertion is the fastest way to sort them. */
void centre_rows_sort(uint32_t *rows, uint32_t count);
/* The matrix of a step: what goes with the columns at hand, then with their thetas. */
enum zhol_error centre_matrix_build(struct centre *centre);
void centre_matrix_make(struct centre *centre);

/* Raises the penalty when a price has come near it; products stay as they are. */
void centre_raise(struct centre *centre);

/* Sums of the present point. */
struct centre_state {
    double primal;   /* cost of flows and overload */
    double dual;     /* of the restricted problem: demands at lambda less capacity at prices */
    double products; /* sum of all complementary products */
    double residual; /* largest error of a row, relative to max(1, capacity) */
    double overload; /* largest overload, likewise */
    uint32_t count;  /* number of products */
};
void centre_state(struct centre *centre, struct centre_state *state);

#endif
