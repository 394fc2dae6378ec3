/* simulate/ranks.h: replications over the processes of an MPI job.
 *
 * Purpose: `mpirun -n 4 zhol simulate ...` deals replications to processes (ranks) by their number:
 * number i goes to rank i % count. After a batch every rank has the records of all replications, in
 * the order of their numbers; so every rank takes the same decisions (is the precision reached?)
 * and the answer is the same bytes for any number of ranks. Only rank 0 prints.
 *
 * MPI is optional: a program that was built without it, or that mpirun did not start, is a job of
 * one rank and MPI is never started (its start costs half a second).
 *
 * Call order: ranks_begin once in the program, any of the others on all ranks in the same order,
 * ranks_end. From one thread only. A rank that ends without ranks_end makes mpirun end the job.
 * Ownership: records are the caller's. Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_IO where MPI fails.
 * Source: MPI: A Message-Passing Interface Standard, version 3.1 (2015): 8.7, 12.4, 5.7.
 */
#ifndef ZHOL_SIMULATE_RANKS_H
#define ZHOL_SIMULATE_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zhol/error.h>

struct ranks {
    uint32_t own, count; /* rank of this process; ranks of the job, at least 1 */
    bool started;        /* MPI runs and is to be ended */
};

/* True where the program was built with MPI. */
bool ranks_built(void);
enum zhol_error ranks_begin(struct ranks *ranks);
void ranks_end(struct ranks *ranks);

/* True on every rank where `mine` is true on any. */
bool ranks_any(const struct ranks *ranks, bool mine);
/* The greatest code of all ranks, so that all of them end when one cannot go on. */
enum zhol_error ranks_agree(const struct ranks *ranks, enum zhol_error mine);

/* `records` has room for `count` records of `size` bytes; those whose number is own + k * count of
 * ranks are filled. Afterwards all are. O(count * size) bytes sent to each rank. */
enum zhol_error ranks_gather(const struct ranks *ranks, void *records, size_t size, uint32_t count);

/* How many of `count` replications belong to rank `own`. */
static inline uint32_t ranks_share(const struct ranks *ranks, uint32_t own, uint32_t count)
{
    return count / ranks->count + (own < count % ranks->count);
}

#endif
