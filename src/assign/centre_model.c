/* centre_model.c: the differences of columns to the main ones of their demands (assign/centre.h).
 *
 * From round to round most columns, most main columns and nearly all active rows are as they were:
 * their differences are copied from the model of the round before. A demand keeps its main column
 * while that carries a fair part of the flow.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign/centre.h"
#include "assign/dense.h"
#include "base/array.h"

/* A main column stays while it carries this share of the largest flow. */
static const double MAIN_SHARE = 0.5;

static enum zhol_error rows_reserve(struct centre *centre)
{
    uint32_t n = centre->active_count;
    if (centre->target && n <= centre->row_room) {
        return ZHOL_ERROR_OK;
    }
    uint32_t rows = n + n / 4 + 16;
    free(centre->work);
    free(centre->target);
    free(centre->shape.start);
    free(centre->shape.reach);
    centre->work = malloc(DENSE_WORK(rows) * sizeof *centre->work);
    centre->target = calloc((size_t)rows * 7, sizeof *centre->target);
    centre->shape.start = malloc(rows * sizeof(uint32_t));
    centre->shape.reach = malloc(DENSE_BLOCKS(rows) * sizeof(uint32_t));
    if (!centre->work || !centre->target || !centre->shape.start || !centre->shape.reach) {
        centre->row_room = 0;
        return ZHOL_ERROR_MEMORY;
    }
    centre->delta = centre->target + rows;
    centre->scatter = centre->delta + rows;
    centre->base = centre->scatter + rows;
    centre->own_load = centre->base + rows;
    centre->slack_step = centre->own_load + rows;
    centre->over_step = centre->slack_step + rows;
    centre->row_room = rows;
    return ZHOL_ERROR_OK;
}

/* Adds sign times the column to scatter and notes which rows were touched. */
static uint32_t column_scatter(struct centre *centre, uint32_t column, double sign,
                               uint32_t touched_count)
{
    const struct pathset *paths = centre->paths;
    for (uint32_t e = paths->first_entry[column]; e < paths->first_entry[column + 1]; e++) {
        int32_t at = centre->active_at[paths->rows[e]];
        if (at >= 0) {
            centre->touched[touched_count] = (uint32_t)at;
            touched_count += centre->scatter[at] == 0;
            centre->scatter[at] += sign * paths->coefficients[e];
        }
    }
    return touched_count;
}

void centre_rows_sort(uint32_t *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t row = rows[i], at = i;
        for (; at > 0 && rows[at - 1] > row; at--) {
            rows[at] = rows[at - 1];
        }
        rows[at] = row;
    }
}

static enum zhol_error difference_reserve(struct centre *centre, uint32_t count)
{
    struct centre_model *model = centre->model;
    enum zhol_error error =
        ARRAY_RESERVE(model->differences, model->difference_room, centre->difference_count + 2);
    error =
        error ? error
              : ARRAY_RESERVE(model->entry_row, model->entry_row_room, centre->entry_count + count);
    return error ? error
                 : ARRAY_RESERVE(model->entry_value, model->entry_value_room,
                                 centre->entry_count + count);
}

static void difference_end(struct centre *centre, uint32_t column, uint32_t begin)
{
    centre->difference_at[column] = centre->difference_count;
    centre->model->differences[centre->difference_count++] =
        (struct centre_difference){column, begin};
    centre->model->differences[centre->difference_count].first = centre->entry_count;
}

/* The place of the column in the last model, FLOW_NONE where it was not there. */
static uint32_t difference_last(const struct centre *centre, uint32_t column)
{
    uint32_t at = centre->difference_at[column];
    bool there = at < centre->last_count && centre->last->differences[at].column == column;
    return there ? at : FLOW_NONE;
}

static enum zhol_error difference_copy(struct centre *centre, uint32_t column, uint32_t at)
{
    const struct centre_model *last = centre->last;
    uint32_t from = last->differences[at].first, count = last->differences[at + 1].first - from;
    uint32_t begin = centre->entry_count;
    enum zhol_error error = difference_reserve(centre, count);
    if (error) {
        return error;
    }
    if (count) {
        memcpy(centre->model->entry_row + begin, last->entry_row + from, count * sizeof(uint32_t));
        memcpy(centre->model->entry_value + begin, last->entry_value + from,
               count * sizeof(double));
    }
    centre->entry_count += count;
    difference_end(centre, column, begin);
    return ZHOL_ERROR_OK;
}

static enum zhol_error difference_add(struct centre *centre, uint32_t column, uint32_t main)
{
    uint32_t begin = centre->entry_count;
    uint32_t count = column_scatter(centre, column, 1, 0);
    count = column_scatter(centre, main, -1, count);
    enum zhol_error error = difference_reserve(centre, count);
    if (error) {
        return error;
    }
    centre_rows_sort(centre->touched, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = centre->touched[i];
        if (centre->scatter[at] != 0) {
            centre->model->entry_row[centre->entry_count] = at;
            centre->model->entry_value[centre->entry_count++] = centre->scatter[at];
            centre->scatter[at] = 0;
        }
    }
    difference_end(centre, column, begin);
    return ZHOL_ERROR_OK;
}

/* The column with most flow, or the one of the last round while that carries nearly as much. */
static uint32_t main_choose(const struct centre *centre, uint32_t demand)
{
    const struct pathset *paths = centre->paths;
    uint32_t main = FLOW_NONE, before = centre->main_at[demand];
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        if (centre->live[p] && (main == FLOW_NONE || centre->x[p] > centre->x[main])) {
            main = p;
        }
    }
    bool stays = main != FLOW_NONE && before != FLOW_NONE && centre->live[before] &&
                 centre->x[before] >= MAIN_SHARE * centre->x[main];
    return stays ? before : main;
}

/* The block of a demand. `same`: the active rows are those of the last model. */
static enum zhol_error block_add(struct centre *centre, uint32_t demand, bool same)
{
    const struct pathset *paths = centre->paths;
    double amount = centre->flow->demands[demand].amount;
    uint32_t main = main_choose(centre, demand);
    same = same && main == centre->main_at[demand];
    centre->main_at[demand] = main;
    centre->only[demand] = FLOW_NONE;
    if (main == FLOW_NONE || !(amount > 0)) {
        return ZHOL_ERROR_OK;
    }
    for (uint32_t e = paths->first_entry[main]; e < paths->first_entry[main + 1]; e++) {
        int32_t at = centre->active_at[paths->rows[e]];
        if (at >= 0) {
            centre->base[at] += amount * paths->coefficients[e];
        }
    }
    struct centre_block block = {demand, main, centre->difference_count, 0};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t p = paths->first[demand]; !error && p != FLOW_NONE; p = paths->next[p]) {
        if (p != main && centre->live[p]) {
            uint32_t at = same ? difference_last(centre, p) : FLOW_NONE;
            error =
                at == FLOW_NONE ? difference_add(centre, p, main) : difference_copy(centre, p, at);
            block.count++;
        }
    }
    error =
        error ? error : ARRAY_RESERVE(centre->blocks, centre->block_room, centre->block_count + 1);
    if (!error && block.count) {
        centre->blocks[centre->block_count++] = block;
    } else if (!error) {
        centre->only[demand] = main;
    }
    return error;
}

enum zhol_error centre_model_build(struct centre *centre)
{
    struct centre_model *last = centre->model;
    bool same = last && centre->active_count == centre->last_active;
    enum zhol_error error = rows_reserve(centre);
    error =
        error ? error
              : ARRAY_RESERVE(centre->difference_at, centre->difference_at_room, centre->taken + 1);
    for (; !error && centre->placed < centre->taken; centre->placed++) {
        centre->difference_at[centre->placed] = 0;
    }
    centre->last = last;
    centre->model = centre->models + (last == centre->models);
    centre->last_count = same ? centre->difference_count : 0;
    centre->last_active = centre->active_count;
    centre->block_count = centre->difference_count = centre->entry_count = 0;
    if (!error) {
        memset(centre->base, 0, centre->row_room * sizeof *centre->base);
    }
    for (uint32_t k = 0; !error && k < centre->flow->demand_count; k++) {
        error = block_add(centre, k, same);
    }
    error = error ? error : centre_matrix_build(centre);
    uint32_t blocks = centre->block_count + 1, differences = centre->difference_count + 1;
    error = error ? error : ARRAY_RESERVE(centre->theta, centre->theta_room, differences);
    error = error ? error : ARRAY_RESERVE(centre->step, centre->step_room, differences);
    error = error ? error : ARRAY_RESERVE(centre->rise, centre->rise_room, differences);
    uint32_t wants = differences + blocks + 2 * centre->active_count;
    error = error ? error : ARRAY_RESERVE(centre->want, centre->want_room, wants);
    error = error ? error : ARRAY_RESERVE(centre->want_last, centre->want_last_room, wants);
    if (!error) {
        centre->main_want = centre->want + centre->difference_count;
        centre->slack_want = centre->main_want + centre->block_count;
        centre->over_want = centre->slack_want + centre->active_count;
        centre->want_count = wants - 2;
    }
    error = error ? error : ARRAY_RESERVE(centre->main_theta, centre->main_theta_room, blocks);
    error = error ? error : ARRAY_RESERVE(centre->main_step, centre->main_step_room, blocks);
    return error ? error : ARRAY_RESERVE(centre->block_step, centre->block_step_room, blocks);
}
