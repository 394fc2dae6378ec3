/* desk/claim_verdict_room.h: how much of some freight a network takes with its mix kept.
 *
 * What it does: capacity depends on what is carried. Where each flow may grow by itself, the solver
 * fills the network with what pays most, in heavy trains, and the answer is a mix that nobody
 * ships. Here all that is meant grows by one common factor, everything else stays as it is, and the
 * answer is the greatest factor at which no more than CLAIM_LEFT of it is left behind (freight that
 * it pushes out counts as left behind, too). Found by doubling steps and bisection with warm
 * solves; the share left behind grows with the factor.
 *
 * A corner is a run with the assumed capacities (those with low and high) all at their least, or
 * all at their greatest. What goes at most grows with each of them, so two corners hold every draw
 * of them, however many draws are made: a verdict by them hangs on no number of draws.
 *
 * Freight that is added (a plan beside the freight of the year) is measured against the network
 * without it: `left` is then what stays behind while none of it goes (claim_room_alone), so that
 * all that it pushes out counts against it.
 *
 * Ownership: the model stays the caller's, and is left solved at the answer. Errors: those of the
 * solver. Cost: some 15 warm solves, 10 to 50 ms each on the reference corridor.
 */
#ifndef ZHOL_DESK_CLAIM_VERDICT_ROOM_H
#define ZHOL_DESK_CLAIM_VERDICT_ROOM_H

#include "desk/assign_model.h"

/* Wishes that are meant times a factor of what is wanted of them; from the next solve on. */
enum zhol_error claim_room_scale(struct assign_model *model, const uint8_t *meant, double factor);
/* The greatest factor, at most CLAIM_RAISE; 0 where nothing goes. `left`: by wish, units a day that
 * stay behind with the freight as it is. *factor comes as a guess (1, or that of a corner). */
enum zhol_error claim_room_find(struct assign_model *model, const uint8_t *meant,
                                const double *left, double *factor);

/* Units a day of each wish that stay behind while nothing of what is meant goes; leaves the wishes
 * that are meant at 0. */
enum zhol_error claim_room_alone(struct assign_model *model, const uint8_t *meant, double *left);
/* Generalised cost (money and time) of the dearest last TEU of what is meant in the last solve, and
 * what the same TEU would cost with every capacity free; NaN where nothing is meant. Where some of
 * it stays behind, the first is the price of that. */
void claim_room_last_teu(const struct assign_model *model, const uint8_t *meant, double *usd,
                         double *free_usd);

enum claim_room_corner { CLAIM_ROOM_STATED, CLAIM_ROOM_LEAST, CLAIM_ROOM_GREATEST };
/* All capacities with a range at one end of it, others as stated. From the next solve on. */
enum zhol_error claim_room_corner(struct assign_model *model, enum claim_room_corner corner);
/* Tonnes of what is meant for each unit that it uses of these capacities (paths: trains); NaN
 * where it uses none. */
double claim_room_train_t(const struct assign_model *model, const uint8_t *meant,
                          const uint32_t *resources, uint32_t count);

#endif
