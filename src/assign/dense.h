/* assign/dense.h: Cholesky factorisation of a symmetric matrix, dense or in a band.
 *
 * Purpose: the normal equations of the interior point have one row per capacity that may bind. In a
 * dense network nearly all pairs of rows share a path. Along a corridor, with rows in an order
 * along it (centre_order.c), a row meets only those near it: then only a band is stored and worked
 * on. Entry (i, j), j <= i, stands at i * stride + j, also in a band: there rows overlap in what is
 * 0, as a row's entries begin at start[i] and stride is the widest row's length. Only the lower
 * triangle is read.
 * Call order: dense_shape_make, the caller fills each row from shape.start[i] to i, dense_factor,
 * any number of dense_solve.
 * Determinism: AVX2 and portable code do the same operations in the same order, without fused
 * multiply-add: the same bytes. Ownership: all arrays belong to the caller.
 * Complexity: n^3 / 3 in blocks that stay in cache; n times the square of the band's width.
 * Errors: none; a pivot that is not greater than `tiny` times its diagonal makes its unknown 0.
 */
#ifndef ZHOL_ASSIGN_DENSE_H
#define ZHOL_ASSIGN_DENSE_H

#include <stddef.h>
#include <stdint.h>

enum { DENSE_BLOCK = 48 };
#define DENSE_WORK(n)   ((size_t)DENSE_BLOCK * ((size_t)(n) + 16))
#define DENSE_BLOCKS(n) ((size_t)(n) / DENSE_BLOCK + 1)

/* Where a matrix of n rows may be other than 0, before and after it is factored. */
struct dense_shape {
    uint32_t n, stride;
    size_t size;     /* doubles of the matrix */
    double work;     /* multiplications of a factorisation */
    uint32_t *start; /* by row: its first column, a multiple of DENSE_BLOCK; the caller's, n */
    uint32_t *reach; /* by block of columns: rows before this one begin before the block ends; the
                        caller's, DENSE_BLOCKS(n) */
};

/* From the first column of each row that is not 0. `start` may be shape->start. */
void dense_shape_make(struct dense_shape *shape, uint32_t n, const uint32_t *start);
/* Replaces the lower triangle by L. `work` has room for DENSE_WORK(n) doubles. */
void dense_factor(double *matrix, const struct dense_shape *shape, double *work);
/* Solves L L' x = b in place. */
void dense_solve(const double *matrix, const struct dense_shape *shape, double *b);

#endif
