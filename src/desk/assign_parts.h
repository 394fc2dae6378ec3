/* desk/assign_parts.h: what the files of desk/assign_model share; not for others.
 *
 * assign_model.c puts the problem together; assign_wish.c gathers demand and classes;
 * assign_cost.c prices arcs; assign_rows.c finds capacities; assign_change.c changes a model.
 */
#ifndef ZHOL_DESK_ASSIGN_PARTS_H
#define ZHOL_DESK_ASSIGN_PARTS_H

#include "desk/assign_model.h"

/* Gathers classes, wishes and their members from the table of demand. */
enum zhol_error assign_wishes_make(struct assign_model *model);

/* The same cost as the solver takes it: INFINITY for what is closed to a class. */
double assign_solver_cost(double usd);
/* Cost in USD of one unit of the class on an arc of the network, or ASSIGN_CLOSED. */
double assign_arc_cost(struct assign_model *model, uint32_t net_arc, uint32_t class);
/* A ban of each rule that asks for a country of the goods and holds on the network's day, in order,
 * at most 32; their number, or ZHOL_NONE where there are more. */
uint32_t assign_country_bans(const struct assign_model *model, uint32_t bans[32]);
/* Noon of the network's day, UTC minutes: bans and services that hold then hold in the slice. */
int64_t assign_middle_min(const struct assign_model *model);
/* True where a ban holds on the network's day. */
bool assign_ban_holds(const struct assign_model *model, const struct zhol_ban *ban);

/* Makes the rows and their use by the arcs of the solver. */
enum zhol_error assign_rows_make(struct assign_model *model);
/* Units of a resource that one unit of the class uses on a plain arc by one use. */
double assign_use_units(const struct assign_model *model, uint32_t plain_arc, uint32_t class,
                        const struct zhol_use *use);
/* 0 towards the greater number of place, 1 back. */
int assign_arc_sense(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                     uint32_t plain_arc);

/* Row of the table of a thing: its first. */
const struct zhol_commodity *assign_commodity(const struct zhol_corridor *corridor,
                                              uint32_t commodity);
/* True where the source of a row is an assumption. */
bool assign_is_assumed(const struct zhol_corridor *corridor, uint32_t source);
/* A value of low..high for a draw, keyed by table, row name and first day; else `value`. */
double assign_drawn(const struct assign_model *model, enum zhol_table table, uint32_t thing,
                    int32_t valid_from, double value, double low, double high);

/* Calls one(context, i) for each i < count, in at most 16 threads (0: as many as there are cores),
 * and gives the first error in the order of i. `one` leaves its result in a slot of its own. */
enum zhol_error assign_each(uint32_t count, uint32_t threads,
                            enum zhol_error (*one)(void *context, uint32_t i), void *context);

#endif
