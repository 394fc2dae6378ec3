/* desk/simulate_start.h: what stands and what is disrupted at the start of a study; for
 * simulate_study.c only.
 *
 * A queue of the state says how many vehicles wait at a place. The flows that pass there by the
 * queue's mode (and go on into the country that it names) share it by their vehicles a day: each
 * next vehicle is of the flow that is farthest behind its share (Sainte-Lague, Webster), so that
 * the mix is the same at every age. What is under way elsewhere stands on its way as flows of that
 * strength would without waiting: one unit at every point of the path where a unit's worth of loads
 * has gone in since the last one.
 */
#ifndef ZHOL_DESK_SIMULATE_START_H
#define ZHOL_DESK_SIMULATE_START_H

#include "desk/simulate_study.h"

/* Fills study->disruptions and the model's options: what options->state says, and the bans of the
 * network that meet the flows (rules and scenarios). A ban of all cargo, or of a class, closes its
 * arc; one of some goods or countries has been heeded by the planner. */
enum zhol_error start_disruptions(struct study *study);
/* Fills study->standing. A queue where no flow passes is a finding with its member. */
enum zhol_error start_standing(struct study *study, struct zhol_report *report);

#endif
