/* desk/assign_empty.h: empty wagons, platforms and containers: who sends them back where, and what
 * that costs.
 *
 * Loaded flows leave equipment where it is not needed: seven boxes come west for three that go
 * east. For each kind of equipment (the wagons of a load class on a gauge; containers) and slice,
 * each place has as many too many or too few as its loads brought and took: a wagon is taken where
 * its load gets onto the gauge and freed where it leaves it, a container where the load begins and
 * ends. What is over goes back to where it lacks at least cost, by rail of its gauge (containers:
 * by rail, road and ship), on the train paths and other rows that loads leave free.
 *
 * A second problem, not balance rows in the first, because wagons change hands inside the ways, at
 * whichever crossing a load takes: such a row has negative coefficients in the middle of the graph,
 * which shortest paths cannot price (zhol/assign.h). So empties do not yet push loads to another
 * crossing, and a train pair's price does not hold the cost of the way back; that cost is given
 * here instead, as USD a loaded unit. Where the free paths are too few, the rest is "left over".
 *
 * Assumptions: USD a wagon-km and box-km below. Ownership: assign_empties_clear. Errors: MEMORY,
 * and those of zhol/assign.h.
 */
#ifndef ZHOL_DESK_ASSIGN_EMPTY_H
#define ZHOL_DESK_ASSIGN_EMPTY_H

#include "desk/assign_study.h"

#define ASSIGN_EMPTY_WAGON_USD_KM 0.25 /* an empty wagon, rail; 0.15 to 0.40 */
#define ASSIGN_EMPTY_BOX_USD_KM   0.15 /* an empty box on a wagon that runs anyway; 0.08 to 0.30 */
#define ASSIGN_EMPTY_SEA_USD_KM   0.03 /* an empty box by ship; 0.01 to 0.06 */
#define ASSIGN_EMPTY_TRUCK_USD_KM 0.60 /* an empty box by road; 0.40 to 0.90 */
#define ASSIGN_EMPTY_LIFT_USD     40.0 /* each handling of an empty box; 20 to 80 */

struct assign_empty_kind {
    uint32_t load_class;
    uint8_t state; /* rail1435, rail1520; yard: containers */
    double loaded; /* units (loads) over the period */
    double moved;  /* empty units sent back */
    double left;   /* that find no free path */
    double unit_km, usd;
};

/* Units sent from a place to a place over the period, greatest first. */
struct assign_empty_flow {
    uint32_t kind, from, to;
    double units, usd;
};

struct assign_empties {
    struct assign_empty_kind *kinds;
    uint32_t kind_count;
    struct assign_empty_flow *flows;
    uint32_t flow_count;
    struct zhol_assign_certificate certificate; /* worst of the slices */
};

enum zhol_error assign_empties_run(const struct assign_study *study, struct assign_empties *out);
void assign_empties_clear(struct assign_empties *empties);

#endif
