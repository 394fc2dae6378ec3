/* moa_goal.c: the table over the goal's front (plan/moa_goal.h). */
#include "plan/moa_goal.h"

#include <assert.h>
#include <string.h>

void moa_goal_init(struct moa_goal *goal, uint32_t base, uint32_t reach)
{
    assert(reach >= base);
    front_init(&goal->front);
    goal->base = base;
    goal->shift = 0;
    while ((reach - base) >> goal->shift >= MOA_GOAL_CELLS) {
        goal->shift++;
    }
    memset(goal->cells, 0xff, sizeof goal->cells);
}

enum zhol_error moa_goal_add(struct moa_goal *goal, struct front_pool *pool, uint32_t x, uint32_t y)
{
    assert(x >= goal->base);
    enum zhol_error error =
        front_insert(pool, &goal->front, front_rank_portable(&goal->front, x), x, y);
    if (error) {
        return error;
    }
    uint32_t offset = x - goal->base, first = offset >> goal->shift;
    first = first < MOA_GOAL_CELLS ? first : MOA_GOAL_CELLS - 1;
    /* Both rows fall from left to right, so the first cell that is low enough ends the work. */
    for (uint32_t i = first; i < MOA_GOAL_CELLS && goal->cells[i].maybe > y; i++) {
        goal->cells[i].maybe = y;
    }
    first += ((uint64_t)first << goal->shift) < offset;
    for (uint32_t i = first; i < MOA_GOAL_CELLS && goal->cells[i].sure > y; i++) {
        goal->cells[i].sure = y;
    }
    return ZHOL_ERROR_OK;
}
