/* desk/assign_each.c: many solves in threads, their errors in order. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "desk/assign_parts.h"

enum { THREADS_MAX = 16 };

struct crew {
    uint32_t count;
    enum zhol_error (*one)(void *context, uint32_t i);
    void *context;
    enum zhol_error *errors;
    atomic_uint next;
};

static void *work(void *argument)
{
    struct crew *crew = argument;
    for (;;) {
        uint32_t i = atomic_fetch_add(&crew->next, 1);
        if (i >= crew->count) {
            return NULL;
        }
        crew->errors[i] = crew->one(crew->context, i);
    }
}

enum zhol_error assign_each(uint32_t count, uint32_t threads,
                            enum zhol_error (*one)(void *context, uint32_t i), void *context)
{
    struct crew crew = {.count = count,
                        .one = one,
                        .context = context,
                        .errors = calloc((size_t)count + 1, sizeof *crew.errors)};
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t most = threads ? threads : cores > 0 ? (uint32_t)cores : 1, started = 0;
    pthread_t ids[THREADS_MAX];
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!crew.errors) {
        return ZHOL_ERROR_MEMORY;
    }
    most = most < THREADS_MAX ? most : THREADS_MAX;
    while (started + 1 < most && started + 1 < count &&
           pthread_create(&ids[started], NULL, work, &crew) == 0) {
        started++;
    }
    work(&crew);
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(ids[i], NULL);
    }
    for (uint32_t i = 0; !error && i < count; i++) {
        error = crew.errors[i];
    }
    free(crew.errors);
    return error;
}
