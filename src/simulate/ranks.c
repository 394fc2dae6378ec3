/* ranks.c: the processes of an MPI job, or one process without it. See ranks.h. */
#include "simulate/ranks.h"

#include <stdlib.h>
#include <string.h>

#ifdef ZHOL_MPI

#include <limits.h>
#include <mpi.h>

bool ranks_built(void)
{
    return true;
}

/* mpirun of each implementation leaves a mark in the environment. */
static bool was_launched(void)
{
    static const char *const marks[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (getenv(marks[i])) {
            return true;
        }
    }
    return false;
}

enum zhol_error ranks_begin(struct ranks *ranks)
{
    int level, own, count;
    *ranks = (struct ranks){.count = 1};
    if (!was_launched()) {
        return ZHOL_ERROR_OK;
    }
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &level)) {
        return ZHOL_ERROR_IO;
    }
    ranks->started = true;
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    if (level < MPI_THREAD_FUNNELED || MPI_Comm_rank(MPI_COMM_WORLD, &own) ||
        MPI_Comm_size(MPI_COMM_WORLD, &count)) {
        return ZHOL_ERROR_IO;
    }
    ranks->own = (uint32_t)own;
    ranks->count = (uint32_t)count;
    return ZHOL_ERROR_OK;
}

void ranks_end(struct ranks *ranks)
{
    if (ranks->started) {
        MPI_Finalize();
        ranks->started = false;
    }
}

static enum zhol_error greatest(const struct ranks *ranks, int mine, int *all)
{
    *all = mine;
    bool alone = ranks->count == 1;
    bool failed = !alone && MPI_Allreduce(&mine, all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return failed ? ZHOL_ERROR_IO : ZHOL_ERROR_OK;
}

bool ranks_any(const struct ranks *ranks, bool mine)
{
    int all;
    return greatest(ranks, mine, &all) || all;
}

enum zhol_error ranks_agree(const struct ranks *ranks, enum zhol_error mine)
{
    int all;
    enum zhol_error error = greatest(ranks, (int)mine, &all);
    return error ? error : (enum zhol_error)all;
}

/* Puts the records of each rank, which lie one after the other in `packed`, in order. */
static void deal_back(const struct ranks *ranks, const char *packed, char *records, size_t size,
                      uint32_t count)
{
    for (uint32_t rank = 0; rank < ranks->count; rank++) {
        for (uint32_t i = rank; i < count; i += ranks->count, packed += size) {
            memcpy(records + i * size, packed, size);
        }
    }
}

/* counts and starts of each rank's records, in records. */
static void lay_out(const struct ranks *ranks, uint32_t count, int *counts, int *starts)
{
    int start = 0;
    for (uint32_t rank = 0; rank < ranks->count; rank++) {
        counts[rank] = (int)ranks_share(ranks, rank, count);
        starts[rank] = start;
        start += counts[rank];
    }
}

static enum zhol_error exchange(const char *own, int own_count, size_t size, char *packed,
                                const int *counts, const int *starts)
{
    MPI_Datatype record;
    if (MPI_Type_contiguous((int)size, MPI_BYTE, &record)) {
        return ZHOL_ERROR_IO;
    }
    bool failed = MPI_Type_commit(&record) || MPI_Allgatherv(own, own_count, record, packed, counts,
                                                             starts, record, MPI_COMM_WORLD);
    MPI_Type_free(&record);
    return failed ? ZHOL_ERROR_IO : ZHOL_ERROR_OK;
}

enum zhol_error ranks_gather(const struct ranks *ranks, void *records, size_t size, uint32_t count)
{
    if (ranks->count == 1 || count == 0 || size == 0) {
        return ZHOL_ERROR_OK;
    }
    if (size > INT_MAX || count > INT_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    uint32_t mine = ranks_share(ranks, ranks->own, count);
    char *own = malloc(mine ? mine * size : 1), *packed = malloc(count * size);
    int *counts = malloc(ranks->count * 2 * sizeof *counts);
    bool ready = own && packed && counts;
    enum zhol_error error = ranks_agree(ranks, ready ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY);
    if (!error) {
        for (uint32_t i = ranks->own, k = 0; i < count; i += ranks->count, k++) {
            memcpy(own + k * size, (const char *)records + i * size, size);
        }
        lay_out(ranks, count, counts, counts + ranks->count);
        error = exchange(own, (int)mine, size, packed, counts, counts + ranks->count);
    }
    if (!error) {
        deal_back(ranks, packed, records, size, count);
    }
    free(own);
    free(packed);
    free(counts);
    return error;
}

#else

bool ranks_built(void)
{
    return false;
}

enum zhol_error ranks_begin(struct ranks *ranks)
{
    *ranks = (struct ranks){.count = 1};
    return ZHOL_ERROR_OK;
}

void ranks_end(struct ranks *ranks)
{
    ranks->count = 1;
}

bool ranks_any(const struct ranks *ranks, bool mine)
{
    (void)ranks;
    return mine;
}

enum zhol_error ranks_agree(const struct ranks *ranks, enum zhol_error mine)
{
    (void)ranks;
    return mine;
}

enum zhol_error ranks_gather(const struct ranks *ranks, void *records, size_t size, uint32_t count)
{
    (void)ranks, (void)records, (void)size, (void)count;
    return ZHOL_ERROR_OK;
}

#endif
