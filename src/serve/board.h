/* serve/board.h: the public board: rebuilt after commits, read without touching the operation.
 *
 * A thread of its own builds it at most four times a second when something was committed, and
 * every 20 seconds in any case (time passes for forecasts). What it needs for a forecast is kept
 * with it, so that answering a booking with its P50 and P90 takes no lock of the operation.
 * desk/eta.h is the estimator.
 */
#ifndef ZHOL_SERVE_BOARD_H
#define ZHOL_SERVE_BOARD_H

#include "base/json.h"
#include "desk/eta.h"
#include "serve/server.h"

struct board;

enum zhol_error board_open(struct server *server, struct board **board);
void board_close(struct board *board);
/* Something was committed. Any thread, O(1). */
void board_dirty(struct board *board);
/* Builds it now on this thread; for tests and at the start. */
enum zhol_error board_build(struct board *board);

/* Appends "[item,...]": the items of all checkpoints, or of one; false: not a checkpoint with a
 * queue. Any thread. */
bool board_items(struct board *board, const char *checkpoint, struct buffer *json);

/* Forecast of a call. position: places of its category that stand before it; UINT32_MAX: joins
 * behind all. earliest_s: start of its slot or when it can be there; 0: now. False: nothing is
 * known about the queue. */
bool board_forecast(struct board *board, const char *queue, const char *category, uint32_t position,
                    int64_t earliest_s, struct eta_call *call);
/* Waiting (booked and arrived) in all categories, and whether it is closed at an instant. */
bool board_state(struct board *board, const char *queue, int64_t at_s, uint32_t *waiting,
                 bool *closed);
/* Both sides take vehicles at this moment, and no closure holds. */
bool board_open_now(struct board *board, const char *queue);
/* "call":{"p50":..,"p90":..} of a forecast; nulls when !known. */
void board_write_call(struct json_writer *json, const char *key, bool known,
                      const struct eta_call *call);
/* "closed":{...}|null of a queue. */
void board_write_closed(struct json_writer *json, struct board *board, const char *queue);
/* The mask of a vehicle's plate, remembered; "" when it is erased. */
void board_plate_masked(struct board *board, uint64_t vehicle, char masked[32]);
/* After an erasure: no mask is remembered. */
void board_plates_forget(struct board *board);

#endif
