/* assign/dense.h: Cholesky factorisation of a dense symmetric matrix.
 *
 * Purpose: the normal equations of the interior point have one row per capacity that may bind, and
 * nearly all pairs of rows share a path: dense is right.
 * The matrix is row-major with `stride` doubles a row; only the lower triangle is read and written.
 * Determinism: AVX2 and portable code do the same operations in the same order, without fused
 * multiply-add: the same bytes.
 * Complexity: n^3 / 3 in blocks that stay in cache.
 * Errors: none; a pivot that is not greater than `tiny` times its diagonal makes its unknown 0.
 */
#ifndef ZHOL_ASSIGN_DENSE_H
#define ZHOL_ASSIGN_DENSE_H

#include <stddef.h>
#include <stdint.h>

/* A stride for n columns: a multiple of 8 that is not a power of two. */
uint32_t dense_stride(uint32_t n);
/* Replaces the lower triangle by L. `work` has room for DENSE_WORK(n) doubles. */
void dense_factor(double *matrix, uint32_t n, uint32_t stride, double *work);
/* Solves L L' x = b in place. */
void dense_solve(const double *matrix, uint32_t n, uint32_t stride, double *b);

enum { DENSE_BLOCK = 48 };
#define DENSE_WORK(n) ((size_t)DENSE_BLOCK * ((size_t)(n) + 16))

#endif
