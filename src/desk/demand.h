/* desk/demand.h: the demand matrix of a year, worked out from flows, generators and totals.
 *
 * Purpose: what goes from where to where is mostly not published; totals are (a crossing, a class
 * of transit, a kind of goods, a part of a year). This fills the matrix by a rule that anyone can
 * run again and change, and keeps what is published apart from what is fitted. docs/demand.md has
 * the method with its sources.
 *
 * 1. Seed. Each flow (demand_flow) is a product of weights (demand_generator): goods x origin x
 *    destination x crossing x exp(-detour / reach) x month, scaled to the flow's seed. The detour
 * is the way over the crossing less the direct one, on the earth.
 * 2. Cells below DEMAND_SHARE_MIN of their flow are left out, but for those of at least half the
 *    largest of one of their generators; the others are raked so that generators keep their shares.
 * 3. Totals with role fit are met by iterative proportional fitting (desk/ipf.h); those with role
 *    check are only compared. Typed rows of the demand table count in the totals that hold them.
 * 4. Whole tonnes by month that keep every total in tonnes.
 * 5. Low and high of a cell: first-order effect of each input (a total or a weight moved to its low
 *    or high), taken as independent, as the root of the sum of squares of changes of ln t.
 *
 * Call order: demand_years, demand_make, any question, demand_clear. The corridor must outlive it.
 * Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_UNKNOWN for a year without flows or totals. Contradicting
 * totals are an answer, not an error: look at `state`.
 * Complexity: O(sweeps x entries); 0.2 s for 1,400 cells of 12 months and 40 totals.
 */
#ifndef ZHOL_DESK_DEMAND_H
#define ZHOL_DESK_DEMAND_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

#include "base/buffer.h"
#include "desk/demand_table.h"
#include "desk/ipf.h"

#define DEMAND_SHARE_MIN 0.002
#define DEMAND_TOLERANCE 1e-11
enum { DEMAND_SWEEPS_MAX = 1 << 15, DEMAND_PARTS = 4 };

/* A cell of the matrix. Its monthly parts are the cells 12 c .. 12 c + 11 of the fit. */
struct demand_cell {
    uint32_t flow; /* row of demand_flow; ZHOL_NONE: typed */
    uint32_t row;  /* row of demand where it is typed; else ZHOL_NONE */
    uint32_t from, to, commodity, via;
    uint32_t part[DEMAND_PARTS]; /* rows of demand_generator: origin, destination, via, commodity */
    double share;                /* of the flow's seed */
    int64_t month_t[DEMAND_MONTHS], t, teu, t_low, t_high;
    unsigned kind; /* enum zhol_word_demand_kind */
};

struct demand_total {
    uint32_t row;   /* of demand_total */
    uint32_t fit;   /* number in the fit; ZHOL_NONE: only compared */
    uint32_t cells; /* cells that it counts */
    double typed;   /* of it: typed rows */
    double found;   /* what the table of whole tonnes comes to */
    double factor;  /* by which the fit multiplied a cell with weight 1 */
    double proof;   /* in a contradiction: how it takes part; else 0 */
};

struct demand_fit {
    const struct zhol_corridor *corridor;
    int32_t year, day_from, day_to;
    struct demand_cell *cells; /* the fitted ones first */
    uint32_t cell_count, fitted_count;
    struct demand_total *totals;
    uint32_t total_count;
    enum ipf_state state;
    uint32_t sweeps;
    double worst, gap;
    int64_t left_over; /* units by which whole tonnes miss totals, summed */
    /* The fit itself. */
    struct ipf_problem problem;
    struct ipf_result result;
    double *seed, *value, *weight; /* the arrays of the problem, owned here */
    uint32_t *begin, *month_cell;
    uint32_t cell_capacity, total_capacity, month_cell_capacity, weight_capacity;
    uint32_t *fit_row;   /* of totals in the fit: number of the total */
    double *month_share; /* flows x 12 */
};

/* The years that have totals, first to last; *count 0 where there are none. Caller frees *years. */
enum zhol_error demand_years(const struct zhol_corridor *corridor, int32_t **years,
                             uint32_t *count);

enum zhol_error demand_make(const struct zhol_corridor *corridor, int32_t year,
                            struct demand_fit *out);
void demand_clear(struct demand_fit *fit);

/* The identifier of a cell, e.g. D.2024.export-rail.RUDNY-URUMQI.iron_ore.DOSTYK. */
void demand_cell_id(const struct demand_fit *fit, const struct demand_cell *cell,
                    struct buffer *out);
/* The fitted or typed cell with this identifier, or ZHOL_NONE. */
uint32_t demand_find(const struct demand_fit *fit, const char *id);

/* Whether a total counts a cell, and how much of a unit a tonne of it is. */
bool demand_counts(const struct demand_fit *fit, const struct zhol_demand_total *total,
                   const struct demand_cell *cell);
double demand_unit_weight(const struct zhol_corridor *corridor, unsigned unit, uint32_t commodity);
/* The part of month m (0 to 11) of the year that lies in a total's period. */
double demand_month_part(const struct demand_fit *fit, const struct zhol_demand_total *total,
                         uint32_t m);

/* ---- What moves a cell ---- */

/* An input and what it does to ln t of one cell (to first order) at its low and high end. */
struct demand_influence {
    enum zhol_table table; /* demand_total, demand_generator or demand_flow */
    uint32_t row;
    double at_low, at_high;
};
/* All inputs that have a range, the strongest first. The caller frees *out. */
enum zhol_error demand_influences(const struct demand_fit *fit, uint32_t cell,
                                  struct demand_influence **out, uint32_t *count);

/* ---- The table ---- */

/* demand.csv: the typed rows and those of years that are not among the fits as they are, then the
 * cells of the fits. `fits` in order of years. */
enum zhol_error demand_write(const struct zhol_corridor *corridor, const struct demand_fit *fits,
                             uint32_t fit_count, struct buffer *out);

#endif
