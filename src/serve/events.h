/* serve/events.h: server-sent events: a ring of what happened, and readers that wait for more.
 *
 * An event has a topic ("board", "queue:nur-zholy-exit", "place:00c1...") and a number; a reader
 * asks for what comes after its number, so a client that lost its connection goes on with
 * Last-Event-ID. When that lies before the ring, it gets one `reset` and should load anew.
 * A reader never holds back a publisher: slow ones find older events overwritten and get a reset.
 * Numbers start at the time of the start in microseconds, so they grow over restarts too.
 * Any thread; publishing is O(readers that wait).
 */
#ifndef ZHOL_SERVE_EVENTS_H
#define ZHOL_SERVE_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct events;
struct events_reader;

enum zhol_error events_new(struct events **events);
void events_free(struct events *events);
/* `event`: board, place, queue, ping. `data`: one JSON value without line ends. An empty topic goes
 * to everybody. */
void events_publish(struct events *events, const char *topic, const char *event,
                    struct text_view data);

/* `wake` is called, with the hub locked, when a reader that was told to wait has something. */
enum zhol_error events_join(struct events *events, const char *topic, uint64_t after,
                            void (*wake)(void *context), void *context,
                            struct events_reader **reader);
void events_leave(struct events *events, struct events_reader *reader);
/* Appends what is there for the reader. False: nothing is; `wait` was called, with the hub locked,
 * and the reader will be woken. *ended: the hub closes. */
bool events_next(struct events *events, struct events_reader *reader, struct buffer *text,
                 void (*wait)(void *context), bool *ended);
/* Wakes all readers and tells them the end. */
void events_end(struct events *events);
uint32_t events_readers(struct events *events);
uint64_t events_last(struct events *events);

#endif
