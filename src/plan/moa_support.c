/* moa_support.c: the tables of the weighted bound (plan/moa_support.h). */
#include "plan/moa_support.h"

#include <stdlib.h>
#include <string.h>

static void axis_init(struct moa_axis *axis, uint32_t base, uint32_t reach)
{
    axis->base = base;
    axis->shift = 0;
    while ((reach - base) >> axis->shift >= MOA_SUPPORT_CELLS) {
        axis->shift++;
    }
    memset(axis->corner, 0, sizeof axis->corner);
}

void moa_support_init(struct moa_support *support, const uint32_t weight[2], const uint32_t base[2],
                      const uint32_t reach[2])
{
    *support = (struct moa_support){.weight = {weight[0], weight[1]}};
    axis_init(&support->x, base[0], reach[0]);
    axis_init(&support->y, base[1], reach[1]);
}

void moa_support_clear(struct moa_support *support)
{
    free(support->greatest);
    *support = (struct moa_support){0};
}

/* For each cell of x the first corner that a label at the cell's start can use: as many as there
 * are pairs with an x not above. For each cell of y the last one: the pairs with a y above. */
static void axes_fill(struct moa_support *support, const struct front *front)
{
    const uint32_t *x = front->x, *y = front->x + front->capacity;
    uint32_t corner = 0;
    for (uint64_t i = 0; i < MOA_SUPPORT_CELLS; i++) {
        while (corner < front->count && x[corner] <= support->x.base + (i << support->x.shift)) {
            corner++;
        }
        support->x.corner[i] = corner;
    }
    corner = front->count;
    for (uint64_t i = 0; i < MOA_SUPPORT_CELLS; i++) {
        while (corner && y[corner - 1] <= support->y.base + (i << support->y.shift)) {
            corner--;
        }
        support->y.corner[i] = corner;
    }
}

/* Corner i, between the pairs i - 1 and i, is (x of pair i) - 1, (y of pair i - 1) - 1. */
static void corners_fill(struct moa_support *support, const struct front *front)
{
    const uint32_t *x = front->x, *y = front->x + front->capacity;
    for (uint32_t i = 1; i < front->count; i++) {
        support->greatest[i] = moa_support_sum(support, x[i] - 1, y[i - 1] - 1);
    }
    for (uint32_t width = 1; 2 * width < front->count; width *= 2) {
        const uint64_t *below = support->greatest;
        below += (size_t)(31 - __builtin_clz(width)) * support->stride;
        uint64_t *row = support->greatest;
        row += (size_t)(32 - __builtin_clz(width)) * support->stride;
        for (uint32_t i = 1; i + 2 * width <= front->count; i++) {
            row[i] = below[i] > below[i + width] ? below[i] : below[i + width];
        }
    }
}

static enum zhol_error tables_make(struct moa_support *support, const struct front *front)
{
    uint32_t levels = 32 - (uint32_t)__builtin_clz(front->count);
    size_t need = (size_t)levels * front->count;
    if (need > support->capacity) {
        free(support->greatest);
        support->capacity = 0;
        support->greatest = malloc(2 * need * sizeof *support->greatest);
        if (!support->greatest) {
            return ZHOL_ERROR_MEMORY;
        }
        support->capacity = 2 * need;
    }
    support->stride = front->count;
    support->count = front->count;
    axes_fill(support, front);
    corners_fill(support, front);
    return ZHOL_ERROR_OK;
}

enum zhol_error moa_support_add(struct moa_support *support, const struct front *front)
{
    support->pending++;
    if ((!support->weight[0] && !support->weight[1]) || support->pending <= front->count / 32) {
        return ZHOL_ERROR_OK;
    }
    support->pending = 0;
    return tables_make(support, front);
}
