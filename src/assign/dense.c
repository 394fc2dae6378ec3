/* dense.c: right-looking blocked Cholesky; the update is a kernel of 4 x 8 sums in registers. */
#include "assign/dense.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define DENSE_HAS_X86 1
#else
#define DENSE_HAS_X86 0
#endif

typedef double dense_four __attribute__((vector_size(32), aligned(8)));

enum { ROWS = 4, COLUMNS = 8 };

/* A stride for n columns: a multiple of 8 that is not a power of two. */
static uint32_t dense_stride(uint32_t n)
{
    uint32_t stride = (n + 7) / 8 * 8;
    return stride % 64 == 0 ? stride + 8 : stride;
}

/* Factors the diagonal block and solves the block column below it. */
static void panel_factor(double *matrix, uint32_t n, uint32_t stride, uint32_t begin, uint32_t end)
{
    for (uint32_t j = begin; j < end; j++) {
        double *row_j = matrix + (size_t)j * stride, pivot = row_j[j];
        for (uint32_t k = begin; k < j; k++) {
            pivot -= row_j[k] * row_j[k];
        }
        /* A dependent row: an infinite pivot makes its unknown 0. */
        bool good = pivot > 1e-30 && pivot > 1e-14 * fabs(row_j[j]);
        double inverse = good ? 1 / sqrt(pivot) : 0;
        row_j[j] = good ? sqrt(pivot) : INFINITY;
        for (uint32_t i = j + 1; i < n; i++) {
            double *row_i = matrix + (size_t)i * stride, sum = row_i[j];
            for (uint32_t k = begin; k < j; k++) {
                sum -= row_i[k] * row_j[k];
            }
            row_i[j] = sum * inverse;
        }
    }
}

/* target[i][j] -= sum over k of left[i][k] * packed[k][j] for ROWS x COLUMNS targets. */
__attribute__((always_inline)) static inline void tile_update(double *target, const double *left,
                                                              uint32_t stride, const double *packed,
                                                              uint32_t packed_stride,
                                                              uint32_t depth)
{
    dense_four sum[ROWS][2] = {{{0}}};
    for (uint32_t k = 0; k < depth; k++) {
        const double *line = packed + (size_t)k * packed_stride;
        dense_four low, high;
        memcpy(&low, line, sizeof low);
        memcpy(&high, line + 4, sizeof high);
        for (uint32_t i = 0; i < ROWS; i++) {
            double value = left[(size_t)i * stride + k];
            dense_four spread = {value, value, value, value};
            sum[i][0] += spread * low;
            sum[i][1] += spread * high;
        }
    }
    for (uint32_t i = 0; i < ROWS; i++) {
        double *out = target + (size_t)i * stride;
        for (uint32_t h = 0; h < 2; h++) {
            dense_four now;
            memcpy(&now, out + 4 * h, sizeof now);
            now -= sum[i][h];
            memcpy(out + 4 * h, &now, sizeof now);
        }
    }
}

/* What lies behind the panel, less panel times its transpose. Tiles that cross the diagonal also
 * write above it, within the row: nobody reads that. The last rows and columns go one by one. */
__attribute__((always_inline)) static inline void
trailing_update(double *matrix, uint32_t n, uint32_t stride, uint32_t begin, uint32_t end,
                const double *packed, uint32_t packed_stride)
{
    uint32_t depth = end - begin, i = end;
    for (; i + ROWS <= n; i += ROWS) {
        const double *left = matrix + (size_t)i * stride + begin;
        uint32_t j = end;
        for (; j < i + ROWS && j + COLUMNS <= n; j += COLUMNS) {
            tile_update(matrix + (size_t)i * stride + j, left, stride, packed + (j - end),
                        packed_stride, depth);
        }
        for (uint32_t r = i; r < i + ROWS; r++) {
            for (uint32_t c = j; c <= r; c++) {
                double sum = 0;
                for (uint32_t k = 0; k < depth; k++) {
                    sum += matrix[(size_t)r * stride + begin + k] *
                           packed[(size_t)k * packed_stride + c - end];
                }
                matrix[(size_t)r * stride + c] -= sum;
            }
        }
    }
    for (; i < n; i++) {
        for (uint32_t c = end; c <= i; c++) {
            double sum = 0;
            for (uint32_t k = 0; k < depth; k++) {
                sum += matrix[(size_t)i * stride + begin + k] *
                       packed[(size_t)k * packed_stride + c - end];
            }
            matrix[(size_t)i * stride + c] -= sum;
        }
    }
}

#if DENSE_HAS_X86
__attribute__((target("avx2"))) static void update_avx2(double *matrix, uint32_t n, uint32_t stride,
                                                        uint32_t begin, uint32_t end,
                                                        const double *packed,
                                                        uint32_t packed_stride)
{
    trailing_update(matrix, n, stride, begin, end, packed, packed_stride);
}
#endif

static void update_portable(double *matrix, uint32_t n, uint32_t stride, uint32_t begin,
                            uint32_t end, const double *packed, uint32_t packed_stride)
{
    trailing_update(matrix, n, stride, begin, end, packed, packed_stride);
}

void dense_shape_make(struct dense_shape *shape, uint32_t n, const uint32_t *start)
{
    uint32_t last = 0, widest = 0;
    for (uint32_t b = 0; b * DENSE_BLOCK < n; b++) {
        shape->reach[b] = 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        shape->reach[start[i] / DENSE_BLOCK] = i + 1;
    }
    shape->n = n;
    shape->work = 0;
    for (uint32_t begin = 0; begin < n; begin += DENSE_BLOCK) {
        uint32_t end = begin + DENSE_BLOCK < n ? begin + DENSE_BLOCK : n;
        uint32_t reach = shape->reach[begin / DENSE_BLOCK];
        for (uint32_t i = last; i < (reach > end ? reach : end); i++) {
            shape->start[i] = begin;
            widest = i - begin > widest ? i - begin : widest;
        }
        last = reach > last ? reach : last;
        last = end > last ? end : last;
        shape->reach[begin / DENSE_BLOCK] = last;
        shape->work += (double)DENSE_BLOCK * (last - begin) * (last - begin);
    }
    uint32_t stride =
        dense_stride(widest + 1 + COLUMNS + ROWS); /* tiles write beyond the diagonal */
    shape->stride = stride < dense_stride(n) ? stride : dense_stride(n);
    shape->size = (size_t)n * shape->stride + n + COLUMNS + ROWS;
}

void dense_factor(double *matrix, const struct dense_shape *shape, double *work)
{
    uint32_t stride = shape->stride;
    for (uint32_t begin = 0; begin < shape->n; begin += DENSE_BLOCK) {
        uint32_t end = begin + DENSE_BLOCK < shape->n ? begin + DENSE_BLOCK : shape->n;
        uint32_t n = shape->reach[begin / DENSE_BLOCK];
        uint32_t packed_stride = (n - end + 7) / 8 * 8;
        panel_factor(matrix, n, stride, begin, end);
        for (uint32_t i = end; i < n; i++) {
            for (uint32_t k = begin; k < end; k++) {
                work[(size_t)(k - begin) * packed_stride + i - end] =
                    matrix[(size_t)i * stride + k];
            }
        }
#if DENSE_HAS_X86
        if (__builtin_cpu_supports("avx2")) {
            update_avx2(matrix, n, stride, begin, end, work, packed_stride);
            continue;
        }
#endif
        update_portable(matrix, n, stride, begin, end, work, packed_stride);
    }
}

void dense_solve(const double *matrix, const struct dense_shape *shape, double *b)
{
    uint32_t stride = shape->stride;
    for (uint32_t i = 0; i < shape->n; i++) {
        const double *row = matrix + (size_t)i * stride;
        double sum = b[i];
        for (uint32_t k = shape->start[i]; k < i; k++) {
            sum -= row[k] * b[k];
        }
        b[i] = sum / row[i];
    }
    for (uint32_t i = shape->n; i-- > 0;) {
        const double *row = matrix + (size_t)i * stride;
        double value = b[i] /= row[i];
        for (uint32_t k = shape->start[i]; k < i; k++) {
            b[k] -= row[k] * value;
        }
    }
}
