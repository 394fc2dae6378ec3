/* assign/state.h: what a struct zhol_assign holds between calls, and the steps of a solve. */
#ifndef ZHOL_ASSIGN_STATE_H
#define ZHOL_ASSIGN_STATE_H

#include "assign/keypath.h"
#include "assign/oracle.h"
#include "assign/simplex.h"

struct zhol_assign {
    struct flow flow;
    bool solved;        /* results stand */
    bool has_base;      /* paths and basis stand from an earlier solve of the same shape */
    bool costs_changed; /* since that solve */
    bool optimal;       /* the basis is one of an optimum, not of an early end */
    struct pathset paths;
    struct keypath basis;
    struct tree_store trees; /* from solve to solve of the same shape */
    double *unmet_costs; /* by demand: as given, or a price above all others where it must be met */

    /* Results. */
    double *flows;        /* by column of paths */
    double *prices;       /* by row */
    double *use;          /* by row */
    double *demand_price; /* by demand */
    double *unmet;        /* by demand */
    uint32_t *used;       /* columns with flow, by demand */
    uint32_t used_count;
};

/* The last prices of an interior point, round by round: prices[i % TRAIL_MAX * rows ...]. */
enum { TRAIL_MAX = 12 };
struct trail {
    double *prices;
    uint32_t count; /* of all that were noted */
};

/* What one solve needs besides. */
struct solve {
    struct zhol_assign *assign;
    struct oracle oracle;
    struct zhol_assign_options options;
    double end_s;        /* CPU time to stop at */
    double forced_price; /* per unit of demand that must be met and is not */
    double bound;
    double *best_prices; /* by row: those of the bound */
    uint32_t centre_steps;
    struct trail *trail; /* of a sample, or NULL */
    bool basic;
};

/* Prices by ascent and interior point, then a basis near them, then the simplex. */
enum zhol_error solve_cold(struct solve *solve);
/* Simplex from the kept basis, or from no flow at all where there is none. */
enum zhol_error solve_warm(struct solve *solve);
/* Column generation with Clp as master. */
enum zhol_error solve_clp(struct solve *solve);
/* Refuses demand that must be met and has no way; sets the price of what is forced. */
enum zhol_error solve_ways_check(struct solve *solve);
/* Forgets basis and paths. */
void solve_forget(struct zhol_assign *assign);
/* An empty path set and a basis without flow. */
enum zhol_error solve_begin(struct solve *solve);
/* The simplex to the end, with a higher price where demand that must be met is not. */
enum zhol_error solve_finish(struct solve *solve, struct simplex *simplex);
/* Flows by column, `count` of them; x may be NULL: none. */
struct solve_point {
    const double *x;
    uint32_t count;
};
/* When time is up: results from the best of these points, which may overload rows, and the prices
 * of the best bound. Only where no coefficient is negative. */
bool solve_can_round(const struct solve *solve);
enum zhol_error solve_round(struct solve *solve, const struct solve_point *points, uint32_t count);
/* Flows and prices of the basis as results. */
enum zhol_error solve_take(struct solve *solve);

/* Results and certificate from the flows of columns and prices of rows in the object. The prices
 * are cleaned (none below 0); flows become exact: none below 0, none beyond the amount. */
enum zhol_error judge(struct solve *solve, struct zhol_assign_certificate *certificate);

#endif
