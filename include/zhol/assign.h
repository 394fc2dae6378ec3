/* zhol/assign.h: all freight on limited capacity at least cost, with proof and shadow prices.
 *
 * Purpose: minimum-cost multicommodity flow with coupled capacities. Demands (origin, destination,
 * load class, amount, price of what stays unmet) flow over the arcs of a graph. An arc has a cost
 * per class and uses any number of rows; a unit of a class on an arc uses `coefficient` units of a
 * row. A row is a capacity: train paths a day, a border control, a ferry. The sum of use of each
 * row is held at or below its capacity. The benchmark problem is the special case of one row an arc
 * and one class.
 *
 * Balance rows (empty wagons, containers) are rows of the same kind. A demand may use rows by
 * itself, with coefficients of any sign, once for each unit that is met; and an arc into a node
 * that no arc leaves, or out of a node that no arc enters, may have negative coefficients. So
 * "wagons that leave a place <= wagons that come" is a row of capacity 0: loaded departures and
 * arrivals use it with +1 and -1 by demand, empties, a demand from a source node to a sink node
 * with unmet price 0, by the arcs at their ends. An equality is two rows.
 *
 * Method: docs/assign.md. A certificate comes with every answer.
 *
 * Call order: zhol_assign_new; add arcs, rows, uses, demands in any order in which what is named
 * exists; zhol_assign_solve; read results; change capacities, costs, amounts or unmet prices and
 * solve again (warm: from the last basis); zhol_assign_free. Adding something makes the next solve
 * start cold. Results stand until the next change.
 *
 * Ownership: the object owns all; pointers it gives are valid until the next call that changes it.
 * Errors: ZHOL_ERROR_RANGE (a number is negative, not finite or too large), ZHOL_ERROR_UNKNOWN (no
 * such node, arc, row, demand), ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT, ZHOL_ERROR_UNREACHABLE (a
 * demand without unmet price has no way at all), ZHOL_ERROR_USAGE (results asked before a solve).
 * Threads: one object belongs to one thread at a time; options.threads are made inside.
 * Determinism: the same calls give the same bytes for any number of threads.
 */
#ifndef ZHOL_ASSIGN_H
#define ZHOL_ASSIGN_H

#include <stddef.h>
#include <stdint.h>
#include <zhol/error.h>

struct zhol_assign;

/* What flows. */
struct zhol_assign_demand {
    uint32_t origin, destination;
    uint32_t load_class;
    double amount;
    double unmet_cost; /* per unit; INFINITY: must be met, what cannot be is reported as unmet */
};

enum zhol_assign_method {
    ZHOL_ASSIGN_AUTO,    /* prices by interior point, then the key-path simplex */
    ZHOL_ASSIGN_SIMPLEX, /* the key-path simplex alone; also what a warm solve uses */
    ZHOL_ASSIGN_CLP      /* column generation with Clp as master: slow, simple */
};

struct zhol_assign_options {
    double gap;       /* relative gap to stop at; 0: 1e-9 */
    uint32_t threads; /* 0: 1 */
    enum zhol_assign_method method;
    double seconds; /* 0: no limit; else the answer at this CPU time, with its certificate */
    /* A vertex is sought while at most so many columns carry flow at the interior point. With more,
     * its own flows and prices are the answer if they prove the gap (`basic` is 0 then): as good,
     * but without ranges, and the next solve begins cold. 0: always a vertex. */
    uint32_t vertex_columns;
};

/* What is known about an answer, computed from the problem, the paths and the prices alone, not
 * from the solver's books. */
struct zhol_assign_certificate {
    double primal;    /* cost of the flows, unmet demand with finite price included */
    double dual;      /* what no answer can be below */
    double gap;       /* (primal - dual) / max(1, |primal|) */
    double violation; /* largest of use over capacity and unkept amount, relative to max(1, .) */
    double violation_abs;  /* the same, absolute */
    double unmet;          /* units of demand that stay unmet, all demands */
    double unmet_forced;   /* of it, of demands that must be met: infeasible above 1e-9 of all */
    uint64_t iterations;   /* pivots of the simplex */
    uint32_t centre_steps; /* Newton steps of the interior point */
    uint32_t rounds;       /* times that all shortest paths were found */
    uint32_t paths;        /* columns in the pool at the end */
    uint32_t tight;        /* size of the working basis */
    int basic;             /* 1: flows and prices belong to a basis, prices are exact duals */
    int warm;              /* 1: began at the last basis */
    enum zhol_assign_method method; /* what gave the answer */
};

/* One path of a demand with positive flow. */
struct zhol_assign_path {
    uint32_t demand;
    uint32_t arc_count;
    const uint32_t *arcs; /* from origin to destination */
    double flow;
    double cost; /* per unit */
};

/* An empty problem with `node_count` nodes and `class_count` load classes (1 to 1024). */
enum zhol_error zhol_assign_new(struct zhol_assign **assign, uint32_t node_count,
                                uint32_t class_count);
void zhol_assign_free(struct zhol_assign *assign);

/* The adders give the number of what was added, counted from 0, in *id (may be NULL). `costs` and
 * `coefficients` have one entry per class; costs and capacities are at least 0 and capacities may
 * be INFINITY; a cost of INFINITY closes the arc to the class. Coefficients may be negative only as
 * the opening comment says; zhol_assign_solve refuses others with ZHOL_ERROR_INVALID. Amortised
 * O(1). */
enum zhol_error zhol_assign_add_arc(struct zhol_assign *assign, uint32_t from, uint32_t to,
                                    const double *costs, uint32_t *id);
enum zhol_error zhol_assign_add_row(struct zhol_assign *assign, double capacity, uint32_t *id);
enum zhol_error zhol_assign_add_use(struct zhol_assign *assign, uint32_t arc, uint32_t row,
                                    const double *coefficients);
enum zhol_error zhol_assign_add_demand(struct zhol_assign *assign,
                                       const struct zhol_assign_demand *demand, uint32_t *id);
enum zhol_error zhol_assign_add_demand_use(struct zhol_assign *assign, uint32_t demand,
                                           uint32_t row, double coefficient);

/* Changes for a warm solve. */
enum zhol_error zhol_assign_set_capacity(struct zhol_assign *assign, uint32_t row, double capacity);
enum zhol_error zhol_assign_set_cost(struct zhol_assign *assign, uint32_t arc, uint32_t load_class,
                                     double cost);
enum zhol_error zhol_assign_set_amount(struct zhol_assign *assign, uint32_t demand, double amount);
enum zhol_error zhol_assign_set_unmet_cost(struct zhol_assign *assign, uint32_t demand,
                                           double cost);
/* Closes an arc to all classes (closed != 0) or opens it again; zhol_assign_set_cost with INFINITY
 * closes it to one. To close a row, set its capacity
 * to 0. Demand that must be met and has no way left is ZHOL_ERROR_UNREACHABLE at the next solve. */
enum zhol_error zhol_assign_set_closed(struct zhol_assign *assign, uint32_t arc, int closed);

/* Solves. `options` may be NULL. An infeasible problem is not an error: see unmet_forced. */
enum zhol_error zhol_assign_solve(struct zhol_assign *assign,
                                  const struct zhol_assign_options *options,
                                  struct zhol_assign_certificate *certificate);

/* Results of the last solve; 0 where there is none. Prices are at least 0: what one more unit of
 * capacity saves, what one more unit of the demand costs. */
double zhol_assign_row_price(const struct zhol_assign *assign, uint32_t row);
double zhol_assign_row_use(const struct zhol_assign *assign, uint32_t row);
double zhol_assign_demand_price(const struct zhol_assign *assign, uint32_t demand);
double zhol_assign_demand_unmet(const struct zhol_assign *assign, uint32_t demand);
/* Paths with flow, ordered by demand; *path is filled for i < count. Arcs stand until the next
 * solve or range. */
uint32_t zhol_assign_path_count(const struct zhol_assign *assign);
void zhol_assign_path_at(const struct zhol_assign *assign, uint32_t i,
                         struct zhol_assign_path *path);

/* What ends the range of a price: the next bottleneck behind. */
enum zhol_assign_end {
    ZHOL_ASSIGN_END_NONE,  /* nothing: the price holds however far the capacity goes */
    ZHOL_ASSIGN_END_ROW,   /* this row becomes full */
    ZHOL_ASSIGN_END_PATH,  /* a path of this demand carries nothing any more */
    ZHOL_ASSIGN_END_UNMET, /* all of this demand is met */
    ZHOL_ASSIGN_END_ZERO   /* capacity 0: there is no less */
};

/* One side of the price of a row. */
struct zhol_assign_side {
    double
        price; /* per unit of capacity, at least 0; INFINITY: demand that must be met cannot be */
    double range; /* the price holds for this many units; INFINITY: for ever */
    enum zhol_assign_end end;
    uint32_t end_index; /* row or demand */
    double price_after; /* behind the range; the same as price where there is no behind */
};

/* `more.price` is what one more unit of capacity saves (right derivative), `less.price` what one
 * unit less costs (left derivative): more.price <= zhol_assign_row_price <= less.price, and all are
 * equal unless the vertex is degenerate. The cost with capacity u + t is exactly
 * cost - t * more.price for 0 <= t <= more.range, and cost + t * less.price with capacity u - t. */
struct zhol_assign_range {
    struct zhol_assign_side more, less;
};

/* Prices and ranges of a row at the last solve. From the kept basis a parametric step in the
 * capacity; where that ends at once (a degenerate vertex), exact solves a little further, from the
 * same basis, until a basis holds down to the present capacity. The results of the last solve stay
 * as they are. A row without capacity (INFINITY) has price 0 on both sides. Some warm solves: see
 * docs/assign.md. Errors: ZHOL_ERROR_USAGE (no solve, or one that ended early or was made by Clp),
 * ZHOL_ERROR_UNKNOWN, ZHOL_ERROR_MEMORY, ZHOL_ERROR_INTERNAL. */
enum zhol_error zhol_assign_row_range(struct zhol_assign *assign, uint32_t row,
                                      struct zhol_assign_range *range);

uint32_t zhol_assign_row_count(const struct zhol_assign *assign);
uint32_t zhol_assign_demand_count(const struct zhol_assign *assign);
uint32_t zhol_assign_arc_count(const struct zhol_assign *assign);

/* Reads the CommaLab text of planar and grid instances: number of nodes, arcs and commodities, then
 * `from to cost capacity` an arc and `origin destination amount` a commodity, nodes counted from 1,
 * or from 0 where a node 0 occurs; `#`, `%`, and `c` or `*` as a word begin a comment. Arc i has
 * row i. What is wrong goes to `report` (may be NULL) with line and field; nothing is made then.
 * Errors also: ZHOL_ERROR_SYNTAX, ZHOL_ERROR_RANGE, ZHOL_ERROR_LIMIT. */
enum zhol_error zhol_assign_parse_mmcf(struct zhol_assign **assign, const char *bytes, size_t size,
                                       const char *file_name, struct zhol_report *report);

#endif
