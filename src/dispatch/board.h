/* dispatch/board.h: a plan in the making, and what is still free beside it.
 *
 * Purpose: the one place that puts trains and formed trains into the day, minute by minute, so that
 * what it has put is always feasible: constructive rules, search and re-planning all go through it.
 * Call order: board_new; board_reset; board_place_train for trains; board_place_formed for formed
 * trains of units whose trains are placed; board_finish, which works out the objective. board_free.
 * Ownership: the board owns its plan; board_free frees it, or the owner takes its arrays over.
 * Errors: ZHOL_ERROR_MEMORY from board_new only; placing cannot fail but by saying false.
 * Complexity: placing a train O(fronts * (tracks + hours)), a formed train O(members * hours).
 * Threads: one board belongs to one thread; the compiled day is shared.
 */
#ifndef ZHOL_DISPATCH_BOARD_H
#define ZHOL_DISPATCH_BOARD_H

#include "dispatch/compiled.h"

struct board {
    const struct compiled *compiled;
    struct span *fronts, *tracks, *locomotives;
    uint16_t *left[ZHOL_DISPATCH_MOVES][ZHOL_DISPATCH_GAUGES]; /* trains an hour not yet given */
    int32_t *levels; /* stock s at minute m, all known takes and returns: [s * horizon + m] */
    int32_t now;     /* nothing new before; 0 but in re-planning */
    struct zhol_dispatch_plan plan;
    void *block; /* holds what the pointers above point to, but for the plan */
};

enum zhol_error board_new(struct board *board, const struct compiled *compiled);
void board_free(struct board *board);
/* Empties the plan: everything pushed, everything free. */
void board_reset(struct board *board);

/* Where a train may begin. `late_accept`: accepted as late as its begin lets it, not as early as
 * can be. `front` NONE: the one that ends first. False when it cannot be handled this day. */
bool board_place_train(struct board *board, uint32_t train, uint32_t front, bool late_accept);
/* The same for a train that was accepted as `passage` says and waits on its track. */
bool board_place_accepted(struct board *board, uint32_t train,
                          const struct zhol_dispatch_passage *passage);
/* Whether a train could be put just where `passage` says. */
bool board_passage_free(const struct board *board, uint32_t train,
                        const struct zhol_dispatch_passage *passage);
/* Puts a train just where `passage` says, whether that is free or not. */
void board_force_train(struct board *board, uint32_t train,
                       const struct zhol_dispatch_passage *passage);

/* Units of one group whose trains are placed, to leave together. */
struct batch {
    uint32_t group;
    const uint32_t *units;
    uint32_t count;
};
/* Whether the units may share a formed train by weight, length and pairs, on some track. */
bool board_batch_fits(const struct board *board, const struct batch *batch);
/* Puts a batch into a new formed train where it is least late, with fewest by yard. */
bool board_place_formed(struct board *board, const struct batch *batch);
/* Whether a formed train could leave just as it says with the units given. */
bool board_formed_free(struct board *board, const struct zhol_dispatch_formed *formed,
                       const struct batch *batch, const bool *yard);
/* Puts a formed train just where it says, with the units given; those that `yard` names by yard. */
void board_force_formed(struct board *board, const struct zhol_dispatch_formed *formed,
                        const struct batch *batch, const bool *yard);
/* Adds a unit to a formed train that is there, if that changes nothing else. */
bool board_join(struct board *board, uint32_t unit, uint32_t formed);
/* When a unit may be loaded at the earliest if it goes directly (only when it may), or by yard. */
bool unit_may_go_directly(const struct board *board, uint32_t unit);
int32_t unit_from_yard_min(const struct board *board, uint32_t unit);

/* Orders the formed trains by departure, fills what is derived and the objective. */
void board_finish(struct board *board);

/* Negative, 0 or positive as a is better than, equal to or worse than b. */
int objective_compare(const struct zhol_dispatch_objective *a,
                      const struct zhol_dispatch_objective *b);
/* Plans of the compiled day's size. */
enum zhol_error plan_new(struct zhol_dispatch_plan *plan, const struct zhol_dispatch_day *day);
void plan_copy(struct zhol_dispatch_plan *to, const struct zhol_dispatch_plan *from);

#endif
