/* serve/pool.h: worker threads for handlers that may block: hashing, planning, reading the state.
 *
 * The queue is bounded: when it is full the caller says "try again" instead of letting answers come
 * minutes late. pool_free lets the requests that wait be handled first.
 */
#ifndef ZHOL_SERVE_POOL_H
#define ZHOL_SERVE_POOL_H

#include "serve/endpoint.h"

struct pool;

enum zhol_error pool_new(uint32_t threads, struct pool **pool);
void pool_free(struct pool *pool);
/* Runs request->task on a worker, then wakes it. ZHOL_ERROR_LIMIT: the queue is full. */
enum zhol_error pool_submit(struct pool *pool, struct request *request);
uint32_t pool_waiting(struct pool *pool);

#endif
