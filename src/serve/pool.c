/* pool.c: worker threads for handlers that may block. See pool.h. */
#include "serve/pool.h"

#include <pthread.h>
#include <stdlib.h>

enum { QUEUE_SIZE = 2048, THREADS_MAX = 64 };

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct request *queue[QUEUE_SIZE];
    uint32_t first, count, threads;
    bool ending;
    pthread_t thread[THREADS_MAX];
};

/* The next request, or NULL when the pool ends and none is left. */
static struct request *take(struct pool *pool)
{
    struct request *request = NULL;
    pthread_mutex_lock(&pool->lock);
    while (pool->count == 0 && !pool->ending) {
        pthread_cond_wait(&pool->filled, &pool->lock);
    }
    if (pool->count) {
        request = pool->queue[pool->first];
        pool->first = (pool->first + 1) % QUEUE_SIZE;
        pool->count--;
    }
    pthread_mutex_unlock(&pool->lock);
    return request;
}

static void *work(void *context)
{
    struct request *request;
    while ((request = take(context))) {
        /* After WAITING the request belongs to the writer and may be gone. */
        if (request->task(request) == HANDLED) {
            request->wake(request);
        }
    }
    return NULL;
}

enum zhol_error pool_new(uint32_t threads, struct pool **out)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool) {
        return ZHOL_ERROR_MEMORY;
    }
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->filled, NULL);
    for (threads = threads ? threads : 2; pool->threads < threads && pool->threads < THREADS_MAX;
         pool->threads++) {
        if (pthread_create(&pool->thread[pool->threads], NULL, work, pool)) {
            pool_free(pool);
            return ZHOL_ERROR_LIMIT;
        }
    }
    *out = pool;
    return ZHOL_ERROR_OK;
}

void pool_free(struct pool *pool)
{
    if (!pool) {
        return;
    }
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->filled);
    pthread_mutex_unlock(&pool->lock);
    for (uint32_t i = 0; i < pool->threads; i++) {
        pthread_join(pool->thread[i], NULL);
    }
    pthread_cond_destroy(&pool->filled);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

enum zhol_error pool_submit(struct pool *pool, struct request *request)
{
    pthread_mutex_lock(&pool->lock);
    bool room = pool->count < QUEUE_SIZE && !pool->ending;
    if (room) {
        pool->queue[(pool->first + pool->count++) % QUEUE_SIZE] = request;
        pthread_cond_signal(&pool->filled);
    }
    pthread_mutex_unlock(&pool->lock);
    return room ? ZHOL_ERROR_OK : ZHOL_ERROR_LIMIT;
}

uint32_t pool_waiting(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    uint32_t count = pool->count;
    pthread_mutex_unlock(&pool->lock);
    return count;
}
