/* corridor/otherwise.h: a corridor that was read, made otherwise than its files say.
 *
 * For questions ("what if Dostyk had half of it, what if Brest were closed") that no scenario of
 * the corridor asks. The corridor changes in memory alone, for all days, and every engine that is
 * then given it sees the same. Networks and studies made of it before keep what they had.
 *
 * Only for the owner of the corridor, and not while others read it. Errors: ZHOL_ERROR_UNKNOWN
 * (nothing of that name is in force on `day`, so the change would be lost without a word),
 * ZHOL_ERROR_RANGE (a value below 0 or not finite). Cost: linear in the rows of the table.
 */
#ifndef ZHOL_CORRIDOR_OTHERWISE_H
#define ZHOL_CORRIDOR_OTHERWISE_H

#include <zhol/corridor.h>

/* All rows of the capacity get the value, in the unit of each; their ranges go. */
enum zhol_error otherwise_capacity(struct zhol_corridor *corridor, uint32_t resource, int32_t day,
                                   double value);
/* The price, and its range, times a factor. */
enum zhol_error otherwise_tariff(struct zhol_corridor *corridor, uint32_t tariff, int32_t day,
                                 double factor);
/* No way leads over the link; into or out of the place. */
enum zhol_error otherwise_close_link(struct zhol_corridor *corridor, uint32_t link, int32_t day);
enum zhol_error otherwise_close_node(struct zhol_corridor *corridor, uint32_t node, int32_t day);

/* What a link (ZHOL_TABLE_link) or process (ZHOL_TABLE_process) takes, times a factor above 0 and
 * at most OTHERWISE_SLOWEST: the speeds of the link are divided, the hours of the process
 * multiplied. Timetables of services are lengthened by what their own trains and ships lose there,
 * when a network is compiled. Capacities and departures stay. ZHOL_ERROR_USAGE: another table. */
#define OTHERWISE_SLOWEST 1000.0
enum zhol_error otherwise_time(struct zhol_corridor *corridor, enum zhol_table table,
                               uint32_t thing, int32_t day, double factor);
/* By how much the time of a thing was multiplied in all; 1 where it was not. */
double otherwise_time_factor(const struct zhol_corridor *corridor, enum zhol_table table,
                             uint32_t thing);
/* True where that is 1 for all. */
bool otherwise_times_kept(const struct zhol_corridor *corridor);

#endif
