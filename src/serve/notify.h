/* serve/notify.h: what happens after each commit: events, board, webhooks, timeline; and a pulse.
 *
 * notify_committed runs on the writer's thread: it only copies into rings and wakes threads. Events
 * of places and queues leave at once; the board is rebuilt by its own thread.
 */
#ifndef ZHOL_SERVE_NOTIFY_H
#define ZHOL_SERVE_NOTIFY_H

#include "serve/server.h"

struct notify;

/* The listener of the operation; context: the server. */
void notify_committed(void *server, const struct entry *entry, struct text_view bytes);
/* A thread that sends a ping to all event streams every 15 seconds, and once an hour does what is
 * due (upkeep.h). */
enum zhol_error notify_start(struct server *server, struct notify **notify);
void notify_stop(struct notify *notify);

#endif
