/* serve/observe.h: observations of queues that are kept elsewhere, in the store. */
#ifndef ZHOL_SERVE_OBSERVE_H
#define ZHOL_SERVE_OBSERVE_H

#include "desk/observed.h"
#include "serve/server.h"

/* What is known so far, or an empty observation; observed_close. ZHOL_ERROR_UNKNOWN: no such queue.
 */
enum zhol_error observe_read(struct server *server, const char *queue, struct observed *observed);
/* Own transaction. */
enum zhol_error observe_keep(struct store *store, const char *queue,
                             const struct observed *observed);

#endif
