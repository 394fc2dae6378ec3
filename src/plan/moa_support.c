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
    free(support->pairs);
    free(support->greatest);
    *support = (struct moa_support){0};
}

/* The first cell whose start is not below `value`. */
static uint32_t cell_from(const struct moa_axis *axis, uint32_t value)
{
    uint32_t offset = value - axis->base, cell = offset >> axis->shift;
    cell += (uint64_t)cell << axis->shift < offset;
    return cell < MOA_SUPPORT_CELLS ? cell : MOA_SUPPORT_CELLS;
}

static uint32_t cells_fill(struct moa_axis *axis, uint32_t first, uint32_t end, uint32_t corner)
{
    for (uint32_t i = first; i < end; i++) {
        axis->corner[i] = corner;
    }
    return end > first ? end : first;
}

/* For each cell of x the first corner that a label at the cell's start can use: as many as there
 * are pairs with an x not above. For each cell of y the last one: the pairs with a y above. */
static void axes_fill(struct moa_support *support)
{
    const uint32_t *x = support->pairs, *y = x + support->count;
    uint32_t cell = 0, count = support->count;
    for (uint32_t corner = 0; corner < count; corner++) {
        cell = cells_fill(&support->x, cell, cell_from(&support->x, x[corner]), corner);
    }
    cells_fill(&support->x, cell, MOA_SUPPORT_CELLS, count);
    cell = 0;
    for (uint32_t corner = count; corner > 0; corner--) {
        cell = cells_fill(&support->y, cell, cell_from(&support->y, y[corner - 1]), corner);
    }
    cells_fill(&support->y, cell, MOA_SUPPORT_CELLS, 0);
}

/* Corner i, between the pairs i - 1 and i, is (x of pair i) - 1, (y of pair i - 1) - 1. */
static void corners_fill(struct moa_support *support)
{
    const uint32_t *x = support->pairs, *y = x + support->count;
    uint32_t count = support->count;
    for (uint32_t i = 1; i < count; i++) {
        support->greatest[i] = moa_support_sum(support, x[i] - 1, y[i - 1] - 1);
    }
    uint64_t *row = support->greatest;
    for (uint32_t width = 1; 2 * width < count; width *= 2) {
        const uint64_t *below = row;
        row += count;
        for (uint32_t i = 1; i + 2 * width <= count; i++) {
            row[i] = below[i] > below[i + width] ? below[i] : below[i + width];
        }
    }
}

/* Room for `need` items whose old content is not needed. */
static enum zhol_error room_make(void **items, size_t *capacity, size_t need, size_t item_size)
{
    if (need <= *capacity) {
        return ZHOL_ERROR_OK;
    }
    free(*items);
    *capacity = 0;
    *items = malloc(2 * need * item_size);
    if (!*items) {
        return ZHOL_ERROR_MEMORY;
    }
    *capacity = 2 * need;
    return ZHOL_ERROR_OK;
}

static enum zhol_error tables_make(struct moa_support *support, const struct front *front)
{
    uint32_t count = front_size(front), levels = 32 - (uint32_t)__builtin_clz(count);
    void *pairs = support->pairs, *greatest = support->greatest;
    enum zhol_error error =
        room_make(&pairs, &support->pairs_capacity, (size_t)2 * count, sizeof *support->pairs);
    if (!error) {
        error = room_make(&greatest, &support->greatest_capacity, (size_t)levels * count,
                          sizeof *support->greatest);
    }
    support->pairs = pairs;
    support->greatest = greatest;
    if (error) {
        return error;
    }
    support->count = count;
    front_copy(front, support->pairs, support->pairs + count);
    axes_fill(support);
    corners_fill(support);
    return ZHOL_ERROR_OK;
}

enum zhol_error moa_support_add(struct moa_support *support, const struct front *front)
{
    support->pending++;
    if ((!support->weight[0] && !support->weight[1]) || support->pending <= support->count / 32) {
        return ZHOL_ERROR_OK;
    }
    support->pending = 0;
    return tables_make(support, front);
}
