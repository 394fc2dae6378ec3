/* centre_matrix.c: the matrix of a Newton step, row by row (assign/centre.h).
 *
 * The matrix is a sum of weight * g g' over sparse vectors g: the differences, and for each demand
 * with several one more, their sum weighed by theta, with a negative weight. Going through the
 * vectors one by one would write all over a matrix that no cache holds; so the entries are listed
 * by row, and a row of the matrix is summed while it lies in the cache. Rows are independent of
 * each other: threads share them, and each number is summed in the same order with any count of
 * threads.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "assign/centre.h"
#include "base/array.h"

enum { THREADS_MAX = 64, THREAD_WORK_LEAST = 1000000, AHEAD = 8 };

/* The rows of all differences of a block as one more vector, behind the differences. */
static enum zhol_error union_add(struct centre *centre, uint32_t b)
{
    const struct centre_block *block = centre->blocks + b;
    uint32_t count = 0, vector = centre->difference_count + centre->union_count;
    uint32_t begin = centre->model->differences[block->first].first;
    uint32_t end = centre->model->differences[block->first + block->count].first;
    for (uint32_t e = begin; e < end; e++) {
        uint32_t row = centre->model->entry_row[e];
        centre->touched[count] = row;
        count += centre->scatter[row] == 0;
        centre->scatter[row] = 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        centre->scatter[centre->touched[i]] = 0;
    }
    enum zhol_error error =
        ARRAY_RESERVE(centre->model->differences, centre->model->difference_room, vector + 2);
    error = error ? error
                  : ARRAY_RESERVE(centre->model->entry_row, centre->model->entry_row_room,
                                  centre->entry_count + count);
    error = error ? error
                  : ARRAY_RESERVE(centre->model->entry_value, centre->model->entry_value_room,
                                  centre->entry_count + count);
    if (error) {
        return error;
    }
    centre_rows_sort(centre->touched, count);
    if (count) {
        memcpy(centre->model->entry_row + centre->entry_count, centre->touched,
               count * sizeof *centre->touched);
    }
    centre->model->differences[vector] = (struct centre_difference){b, centre->entry_count};
    centre->entry_count += count;
    centre->model->differences[vector + 1].first = centre->entry_count;
    centre->union_count++;
    return ZHOL_ERROR_OK;
}

/* Lists all entries by row, in order of vectors. */
static void crosses_fill(struct centre *centre)
{
    const struct centre_difference *differences = centre->model->differences;
    const uint32_t *rows = centre->model->entry_row;
    uint32_t n = centre->active_count;
    uint32_t vectors = centre->difference_count + centre->union_count;
    uint32_t *first = centre->cross_first;
    memset(first, 0, ((size_t)n + 2) * sizeof *first);
    memset(centre->row_work, 0, ((size_t)n + 1) * sizeof *centre->row_work);
    for (uint32_t e = 0; e < centre->entry_count; e++) {
        first[rows[e] + 2]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        first[i + 2] += first[i + 1];
    }
    for (uint32_t v = 0; v < vectors; v++) {
        uint32_t begin = differences[v].first, end = differences[v + 1].first;
        for (uint32_t e = begin; e < end; e++) {
            uint32_t row = rows[e];
            centre->crosses[first[row + 1]++] = (struct centre_cross){v, begin, e};
            centre->row_work[row] += e - begin + 1;
        }
    }
}

/* Room for the matrix, in the shape that the vectors give it. */
static enum zhol_error matrix_reserve(struct centre *centre)
{
    uint32_t n = centre->active_count, *start = centre->shape.start;
    for (uint32_t i = 0; i < n; i++) {
        start[i] = i;
        for (uint32_t c = centre->cross_first[i]; c < centre->cross_first[i + 1]; c++) {
            uint32_t first = centre->model->entry_row[centre->crosses[c].begin];
            start[i] = first < start[i] ? first : start[i];
        }
    }
    dense_shape_make(&centre->shape, n, start);
    if (centre->matrix && centre->shape.size <= centre->matrix_room) {
        return ZHOL_ERROR_OK;
    }
    size_t room = centre->shape.size + centre->shape.size / 2 + 256;
    free(centre->matrix);
    centre->matrix = malloc(room * sizeof *centre->matrix);
    centre->matrix_room = centre->matrix ? room : 0;
    return centre->matrix ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error centre_matrix_build(struct centre *centre)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    centre->union_count = 0;
    for (uint32_t b = 0; !error && b < centre->block_count; b++) {
        if (centre->blocks[b].count > 1) {
            error = union_add(centre, b);
        }
    }
    uint32_t vectors = centre->difference_count + centre->union_count + 1;
    error = error ? error : ARRAY_RESERVE(centre->weight, centre->weight_room, vectors);
    error =
        error ? error : ARRAY_RESERVE(centre->crosses, centre->cross_room, centre->entry_count + 1);
    error = error ? error
                  : ARRAY_RESERVE(centre->cross_first, centre->cross_first_room,
                                  centre->active_count + 2);
    error = error
                ? error
                : ARRAY_RESERVE(centre->row_work, centre->row_work_room, centre->active_count + 1);
    if (!error) {
        crosses_fill(centre);
    }
    return error ? error : matrix_reserve(centre);
}

/* Weights of all vectors, and the values of the unions. */
static void weights_set(struct centre *centre)
{
    const struct centre_difference *differences = centre->model->differences;
    const uint32_t *rows = centre->model->entry_row;
    double *values = centre->model->entry_value;
    uint32_t vector = centre->difference_count;
    for (uint32_t b = 0; b < centre->block_count; b++) {
        const struct centre_block *block = centre->blocks + b;
        double total = centre->main_theta[b];
        if (block->count == 1) { /* theta - theta^2 / total in one */
            double theta = centre->theta[block->first];
            centre->weight[block->first] = theta * total / (total + theta);
            continue;
        }
        for (uint32_t d = block->first; d < block->first + block->count; d++) {
            double theta = centre->theta[d];
            uint32_t end = differences[d + 1].first;
            centre->weight[d] = theta;
            total += theta;
            for (uint32_t e = differences[d].first; e < end; e++) {
                centre->scatter[rows[e]] += theta * values[e];
            }
        }
        centre->weight[vector] = -1 / total;
        uint32_t end = differences[vector + 1].first;
        for (uint32_t e = differences[vector].first; e < end; e++) {
            values[e] = centre->scatter[rows[e]];
            centre->scatter[rows[e]] = 0;
        }
        vector++;
    }
}

static void row_make(const struct centre *centre, uint32_t at)
{
    uint32_t row = centre->active[at];
    double *line = centre->matrix + (size_t)at * centre->shape.stride;
    const uint32_t *rows = centre->model->entry_row;
    const double *values = centre->model->entry_value;
    uint32_t start = centre->shape.start[at];
    memset(line + start, 0, (at + 1 - start) * sizeof *line);
    line[at] = centre->slack[row] / centre->prices[row] +
               centre->over[row] / (centre->penalty - centre->prices[row]);
    uint32_t end = centre->cross_first[at + 1];
    for (uint32_t c = centre->cross_first[at]; c < end; c++) {
        struct centre_cross cross = centre->crosses[c];
        const struct centre_cross *later = centre->crosses + (c + AHEAD < end ? c + AHEAD : c);
        __builtin_prefetch(rows + later->begin);
        __builtin_prefetch(rows + later->begin + 16);
        __builtin_prefetch(values + later->begin);
        __builtin_prefetch(values + later->begin + 8);
        __builtin_prefetch(values + later->begin + 16);
        double value = centre->weight[cross.vector] * values[cross.entry];
        for (uint32_t e = cross.begin; e <= cross.entry; e++) {
            line[rows[e]] += value * values[e];
        }
    }
}

struct share {
    const struct centre *centre;
    uint32_t begin, end;
};

static void *share_make(void *argument)
{
    const struct share *share = argument;
    for (uint32_t i = share->begin; i < share->end; i++) {
        row_make(share->centre, i);
    }
    return NULL;
}

void centre_matrix_make(struct centre *centre)
{
    uint32_t n = centre->active_count, started = 0, at = 0;
    struct share shares[THREADS_MAX];
    pthread_t threads[THREADS_MAX];
    uint64_t work = 0, done = 0;
    weights_set(centre);
    for (uint32_t i = 0; i < n; i++) {
        work += centre->row_work[i];
    }
    uint32_t count = work < THREAD_WORK_LEAST || centre->threads < 1 ? 1 : centre->threads;
    count = count < THREADS_MAX ? count : THREADS_MAX;
    for (uint32_t t = 0; t + 1 < count; t++) {
        uint32_t begin = at;
        while (at < n && done < work / count * (t + 1)) {
            done += centre->row_work[at++];
        }
        shares[started] = (struct share){centre, begin, at};
        if (pthread_create(&threads[started], NULL, share_make, &shares[started]) != 0) {
            at = begin; /* this one does it, too */
            break;
        }
        started++;
    }
    share_make(&(struct share){centre, at, n});
    for (uint32_t t = 0; t < started; t++) {
        pthread_join(threads[t], NULL);
    }
}
