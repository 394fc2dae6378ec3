/* plan/moa_goal.h: the front of the goal, with a table in front of it.
 *
 * Purpose: every label is checked against the solutions found so far, so this check must cost next
 * to nothing. The range of the second cost is cut into cells of one width; each cell knows the
 * least third cost of all solutions left of its start ("sure") and left of its end ("maybe"). A
 * label whose third cost is at least the one is dominated, below the other it is not; only between
 * the two the staircase itself must be asked.
 * Call order: moa_goal_init, checks and additions, moa_goal_clear. The front's blocks belong to the
 * pool that is handed in.
 * Complexity: check O(1), rarely O(log n); addition O(cells that change), O(cells) at worst.
 */
#ifndef ZHOL_PLAN_MOA_GOAL_H
#define ZHOL_PLAN_MOA_GOAL_H

#include "plan/front.h"

enum { MOA_GOAL_CELLS = 2048 };

struct moa_goal_cell {
    uint32_t sure, maybe;
};

struct moa_goal {
    struct front front;
    uint32_t base;  /* least second cost of any label */
    uint32_t shift; /* width of a cell, as a power of two */
    struct moa_goal_cell cells[MOA_GOAL_CELLS];
};

/* `base`: no label has a smaller second cost; `reach`: few solutions have a greater one (those
 * beyond share the last cell). */
void moa_goal_init(struct moa_goal *goal, uint32_t base, uint32_t reach);
/* Adds a solution that is not dominated. */
enum zhol_error moa_goal_add(struct moa_goal *goal, struct front_pool *pool, uint32_t x,
                             uint32_t y);

/* What the table says: 1 dominated or equal, 0 not, -1 ask the front. */
static inline int moa_goal_look(const struct moa_goal *goal, uint32_t x, uint32_t y)
{
    uint32_t cell = (x - goal->base) >> goal->shift;
    cell = cell < MOA_GOAL_CELLS ? cell : MOA_GOAL_CELLS - 1;
    return y >= goal->cells[cell].sure ? 1 : y < goal->cells[cell].maybe ? 0 : -1;
}

#endif
