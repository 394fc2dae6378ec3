/* demand_state.h: the steps of demand_make, for the files of desk/demand. */
#ifndef ZHOL_DESK_DEMAND_STATE_H
#define ZHOL_DESK_DEMAND_STATE_H

#include "desk/demand.h"

/* The places of `part` in a cell. */
enum { PART_ORIGIN, PART_DESTINATION, PART_VIA, PART_COMMODITY };

/* demand_cells.c: cells, their shares, and the shares of months. */
enum zhol_error demand_make_cells(struct demand_fit *fit);
/* demand_totals.c: the totals of the year and the problem of the fit. */
enum zhol_error demand_make_totals(struct demand_fit *fit);
void demand_sum_totals(struct demand_fit *fit);
/* demand_range.c: low and high of every fitted cell. */
enum zhol_error demand_make_ranges(struct demand_fit *fit);

#endif
