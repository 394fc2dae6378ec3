/* plan/moa_support.h: discarding labels by a weighted sum of the two truncated costs.
 *
 * Purpose: that a label's bounds (f2, f3) are not dominated does not mean that any path can meet
 * both. With weights w the least w-sum of all paths from a vertex to the goal is known as well (one
 * more reverse search), and every end of a label costs at least that much. The solutions found so
 * far leave, as places for new ones, only the steps under their staircase; the best place of each
 * step is its corner. A label is alive only if some corner lies beyond (f2, f3) and has a w-sum of
 * at least the label's bound. This is exact: all that is discarded ends in dominated paths. On
 * roads it spares two labels in five. The idea is the bound set of multi-objective branch and
 * bound: M. Ehrgott and X. Gandibleux, "Bound sets for biobjective combinatorial optimization
 * problems", Computers & OR 34 (2007).
 *
 * How: corners are numbered along the staircase; those beyond (f2, f3) are a range of numbers, its
 * ends come from two tables over cells of f2 and f3 (rounded outwards, which keeps it exact), and
 * the greatest w-sum in a range from a sparse table. All three are made anew after every few
 * solutions; an older staircase only discards less.
 * Call order: moa_support_init; moa_support_alive and moa_support_add; moa_support_clear.
 * Errors: ZHOL_ERROR_MEMORY.
 * Complexity: alive O(1); rebuilding O(cells + n log n).
 */
#ifndef ZHOL_PLAN_MOA_SUPPORT_H
#define ZHOL_PLAN_MOA_SUPPORT_H

#include "plan/front.h"

enum { MOA_SUPPORT_CELLS = 1024, MOA_SUPPORT_LEVELS = 32 };

/* One axis: the least value, the cell width as a power of two, and a corner number for each cell.
 */
struct moa_axis {
    uint32_t base, shift;
    uint32_t corner[MOA_SUPPORT_CELLS];
};

struct moa_support {
    uint32_t weight[2]; /* of f2 and f3, below 2^17; both 0: everything is alive */
    struct moa_axis x, y;
    uint32_t count;     /* pairs in the staircase; corners 0 and count have no end */
    uint32_t pending;   /* solutions since the tables were made */
    uint32_t *pairs;    /* the staircase: x of all pairs, then y */
    uint64_t *greatest; /* [level * count + i]: greatest sum of corners i .. i + 2^level - 1 */
    size_t pairs_capacity, greatest_capacity;
};

/* No label is below `base`; few solutions are above `reach`. */
void moa_support_init(struct moa_support *support, const uint32_t weight[2], const uint32_t base[2],
                      const uint32_t reach[2]);
void moa_support_clear(struct moa_support *support);
/* Says that a solution came to the goal's front; makes the tables anew when it is time. */
enum zhol_error moa_support_add(struct moa_support *support, const struct front *front);

static inline uint32_t moa_axis_corner(const struct moa_axis *axis, uint32_t value)
{
    uint32_t cell = (value - axis->base) >> axis->shift;
    return axis->corner[cell < MOA_SUPPORT_CELLS ? cell : MOA_SUPPORT_CELLS - 1];
}

static inline uint64_t moa_support_sum(const struct moa_support *support, uint32_t x, uint32_t y)
{
    return (uint64_t)support->weight[0] * x + (uint64_t)support->weight[1] * y;
}

/* False only when no path that goes on from the label can be a new solution. `surplus`: by how much
 * the least w-sum from the label's vertex exceeds the w-sum of its two bounds. */
static inline bool moa_support_alive(const struct moa_support *support, uint32_t x, uint32_t y,
                                     uint64_t surplus)
{
    uint32_t first = moa_axis_corner(&support->x, x), last = moa_axis_corner(&support->y, y);
    if (first == 0 || last >= support->count) {
        return true; /* beyond the first or the last step there is no end to the place */
    }
    if (first > last) {
        return false;
    }
    uint32_t level = 31 - (uint32_t)__builtin_clz(last - first + 1);
    const uint64_t *row = support->greatest + (size_t)level * support->count;
    uint64_t a = row[first], b = row[last + 1 - (1u << level)];
    return (a > b ? a : b) >= moa_support_sum(support, x, y) + surplus;
}

#endif
