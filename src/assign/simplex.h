/* assign/simplex.h: from a basis to the optimum, with new columns where they pay.
 *
 * Purpose: the primal simplex on the columns of the path set, the oracle when none pays any more;
 * the dual simplex where values have become negative: after a change of capacity or amount, or when
 * shifted capacities are put back.
 * Call order: simplex_start, optionally simplex_crash, simplex_solve, simplex_clear.
 * Ownership: all is the caller's but the scratch. Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_INTERNAL
 * (the basis could not be kept sound: the caller begins anew).
 * Sources: pricing of a short list of candidates: I. Maros, "Computational techniques of the
 * simplex method", 2003; push to a vertex: N. Megiddo, "On finding primal- and dual-optimal bases",
 * ORSA J. Computing 3 (1991).
 */
#ifndef ZHOL_ASSIGN_SIMPLEX_H
#define ZHOL_ASSIGN_SIMPLEX_H

#include "assign/keypath.h"
#include "assign/oracle.h"

struct simplex_candidate {
    uint32_t column; /* or slack of a row */
    uint32_t key;    /* of its demand when the score was made; KEYPATH_SLACK for a slack */
    double score;
};

/* Where a demand's cheapest column becomes another one as the dual step grows. */
struct simplex_break {
    double step;
    uint32_t column;
};

struct simplex {
    const struct flow *flow;
    struct pathset *paths;
    struct oracle *oracle;
    struct keypath *basis;
    const double *unmet_costs;
    double gap;     /* to stop at */
    double seconds; /* CPU time to stop at; INFINITY: none */

    double cost_scale, flow_scale;
    double tolerance; /* reduced costs above its negative do not pay */
    struct simplex_candidate *candidates;
    uint32_t candidate_count, cursor;
    double *zero_costs; /* by column, for rows of the inverse */
    uint32_t zero_room;
    double *zero_slacks, *row_prices, *clear_prices; /* by row */
    double *scored_prices;        /* by row: what the scores of candidates were made at */
    double *limits;               /* by demand */
    struct simplex_break *breaks; /* by demand: scratch, a heap */
    uint32_t break_count;
    uint8_t *shared;     /* by demand: it has columns in the kernel */
    uint64_t entry_mark; /* of the rows of row_prices */
    bool all_hot;        /* only hot rows have a price (assign/pathset.h) */
    uint64_t cold_work;  /* entries looked at for want of that */

    uint64_t pivot_limit;
    uint32_t rekeys;  /* rounds of the oracle after which keys are chosen anew, all at once */
    uint32_t rekeyed; /* how many were the last time */
};

enum zhol_error simplex_start(struct simplex *simplex, const struct flow *flow,
                              struct pathset *paths, struct oracle *oracle, struct keypath *basis,
                              const double *unmet_costs, double gap);
void simplex_clear(struct simplex *simplex);
/* A basis near a point, then pushed to a vertex. Of a demand the column with most flow becomes its
 * key. Capacities are shifted to what the point uses; simplex_solve puts them back. */
struct simplex_point {
    const double *x;      /* by column, 0 where a column stays outside */
    uint32_t count;       /* of columns; later ones stay outside */
    const uint8_t *tight; /* by row: its slack stays outside */
};
enum zhol_error simplex_crash(struct simplex *simplex, const struct simplex_point *point);
/* Where costs have changed or ways were closed: the cheapest ways at these prices of before become
 * keys, all at once, where a pivot each would be spent on it. keypath_factor comes next. */
enum zhol_error simplex_rekey(struct simplex *simplex, const double *prices);
/* The same at clear_prices with the columns at hand; nothing of the kernel changes. Values are to
 * be computed anew. How many keys changed is returned. */
uint32_t simplex_keys(struct simplex *simplex);
/* To the optimum, or to the gap. */
enum zhol_error simplex_solve(struct simplex *simplex);

/* Parts, each on the columns at hand. *done: nothing is left to do. */
enum zhol_error simplex_primal(struct simplex *simplex, bool *done);
enum zhol_error simplex_dual(struct simplex *simplex, bool *done);
/* What enters where `leaving` leaves at `value` < 0, UINT32_MAX: nothing. Other demands may have
 * got other keys before that, and all values with them. */
uint32_t simplex_entering(struct simplex *simplex, uint32_t leaving, double value);
/* Fills `shared`: which demands have columns in the kernel. */
void simplex_shared_mark(struct simplex *simplex);
/* Another key for a demand without columns in the kernel; values are to be computed anew. */
void simplex_key_set(struct simplex *simplex, uint32_t demand, uint32_t column);
/* Sets all_hot for the tight rows of the basis. Rows that are not hot yet become so when as many
 * entries as that looks at have been looked at in vain, `work` of them now. */
void simplex_heat(struct simplex *simplex, uint64_t work);
/* Cost plus use of rows at `prices`, which are 0 on all rows but the tight ones. */
static inline double simplex_price(const struct simplex *simplex, uint32_t column,
                                   const double *prices)
{
    return simplex->all_hot ? pathset_hot_price(simplex->paths, column, prices)
                            : pathset_price(simplex->paths, column, prices);
}
/* The most negative value of the basis, 0 when there is none. */
double simplex_least(const struct simplex *simplex, uint32_t *column);

#endif
