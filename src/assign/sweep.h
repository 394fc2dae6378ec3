/* assign/sweep.h: flows and prices in balance, to a gap of some 1e-4, at little cost.
 *
 * Purpose: where the interior point begins. Rows have prices p = max(0, pi + rho * (load -
 * capacity)): an augmented Lagrangian. A sweep goes over the demands one by one and shifts flow
 * from each dear path to the cheapest by Newton's step on the difference of their prices, which
 * follow at once. After some sweeps pi becomes p and the oracle is asked for cheaper paths. A sweep
 * costs one look at each path that carries flow; a step of the interior point costs its square.
 *
 * Sources: M. R. Hestenes, "Multiplier and gradient methods", J. Optim. Theory Appl. 4 (1969);
 * R. Jayakrishnan et al., "A faster path-based algorithm for traffic assignment", Transp. Res.
 * Record 1443 (1994).
 *
 * Call order: sweep_start, sweep_run, reading flows and prices, sweep_clear. Ownership: the sweep
 * owns its arrays; the oracle and path set belong to the caller. Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_ASSIGN_SWEEP_H
#define ZHOL_ASSIGN_SWEEP_H

#include "assign/oracle.h"

/* How to go on; all 0 is the ordinary way. The others are for very many demands, from prices that
 * are nearly right (solve_sample.c). */
struct sweep_manner {
    double stiffer; /* a row whose load stays off becomes stiffer by this factor */
    double apart;   /* paths are asked for this share of the way from the best prices on */
    double spread;  /* flows begin on all columns at most this share dearer than the cheapest */
    bool forget;    /* columns that carry nothing, where they are many */
};

struct sweep {
    const struct flow *flow;
    struct pathset *paths;
    struct oracle *oracle;
    const double *unmet_costs;

    struct sweep_manner manner; /* set by the caller after sweep_start */

    double *multiplier, *stiffness, *price, *load; /* by row */
    double *miss;        /* by row: by how much its load was off a round ago */
    double *best_prices; /* those with the best bound */
    double *x;           /* by column */
    uint8_t *live;       /* by column: looked at in sweeps */
    uint32_t x_room, live_room, taken;
    uint32_t kept;  /* columns of x after the caller dropped some */
    double *limits; /* by demand */
    double *shift;  /* by row, scratch */
    uint32_t *touched;

    double end_s;     /* CPU time to stop at; INFINITY: none */
    double bound;     /* the best */
    double primal;    /* cost of the flows; they may overload rows a little */
    double unsettled; /* prices times what loads lack or have too much */
};

/* `prices` (by row) is where to begin; `bound` is their lower bound. */
enum zhol_error sweep_start(struct sweep *sweep, struct oracle *oracle, struct pathset *paths,
                            const double *unmet_costs, const double *prices, double bound);
void sweep_clear(struct sweep *sweep);
/* At most `rounds` rounds, fewer when primal value and bound come within the gap. */
enum zhol_error sweep_run(struct sweep *sweep, uint32_t rounds, double gap);

#endif
