/* desk/demand_table.h: reading the demand table: tonnes of any time, and what is scaled to see how
 * far an answer leans on rows that nobody published.
 *
 * A row gives the tonnes of its period and, mostly, of each of its months (docs/demand.md). Inside
 * a month they are taken as even by days; so is the whole period where the months are blank. Pure
 * functions of a row; no errors; O(months).
 */
#ifndef ZHOL_DESK_DEMAND_TABLE_H
#define ZHOL_DESK_DEMAND_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

enum { DEMAND_MONTHS = 12 };

/* The twelve months of a row, NaN where they are blank. */
const double *demand_months(const struct zhol_demand *row);

/* Tonnes (or TEU) of the days [from, to) that lie in the row's period; 0 where none does, NaN where
 * the row does not say tonnes (TEU). */
double demand_tonnes(const struct zhol_demand *row, int32_t from, int32_t to);
double demand_teu(const struct zhol_demand *row, int32_t from, int32_t to);

/* Tonnes a day that the whole table holds for [from, to), without growth; O(rows). */
double demand_day(const struct zhol_corridor *corridor, int32_t from, int32_t to);
/* The calendar year for which it holds most a day; 0 for an empty table. O(years x rows). */
int32_t demand_fullest_year(const struct zhol_corridor *corridor);

/* How many times its own tonnes a row counts: the growth of its flow, which scenarios set; 1 where
 * it has no flow or the flow none. Tonnes above are without it. */
double demand_growth(const struct zhol_corridor *corridor, const struct zhol_demand *row);
/* True where a flow grows: the freight is not that of any year that was counted. */
bool demand_grows(const struct zhol_corridor *corridor);

/* True for rows that nobody published: fitted and assumed ones. */
bool demand_is_soft(const struct zhol_demand *row);
/* The factor for a row when the soft rows are scaled: `factor` (1.1 for ten percent more) for them,
 * 1 for the others; with `within` not beyond the row's own low and high. */
double demand_scale(const struct zhol_demand *row, double factor, bool within);

#endif
