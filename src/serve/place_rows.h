/* serve/place_rows.h: places as rows of JSON: for their carrier, their officer, their driver. */
#ifndef ZHOL_SERVE_PLACE_ROWS_H
#define ZHOL_SERVE_PLACE_ROWS_H

#include "desk/eta.h"
#include "serve/endpoint.h"

/* Places copied out of the operation, so that their plates can be read without its lock. */
struct place_row {
    struct place_view view; /* its texts lie in the row */
    char stream[COMMAND_NAME_SIZE], queue[COMMAND_NAME_SIZE], category[COMMAND_NAME_SIZE];
};
struct place_rows {
    struct place_row *rows;
    uint32_t count, capacity, limit;
    uint64_t carrier, vehicle, number; /* 0: of all */
    bool appeals;                      /* only with an open appeal */
    const char *stream;
};

/* Appends places of a queue (NULL: all queues of all streams) in `states`, up to the limit. */
enum zhol_error place_rows_read(struct server *server, const char *stream, const char *queue,
                                uint32_t states, struct place_rows *rows);
void place_rows_clear(struct place_rows *rows);
/* One row as in the shape place_row. */
void place_rows_write(struct request *request, struct json_writer *json,
                      const struct place_row *row);
/* A text of a subject's sealed fields, in the request's arena; "" when erased. */
const char *place_field(struct request *request, uint64_t subject, const char *field);
/* The forecast of a place; false: not known, or it was called already. */
bool place_forecast(struct server *server, const struct place_view *view, struct eta_call *call);
const char *place_appeal_name(unsigned appeal);

#define STATES_ACTIVE                                                                        \
    (1u << PLACE_requested | 1u << PLACE_booked | 1u << PLACE_arrived | 1u << PLACE_called | \
     1u << PLACE_entered)
#define STATES_ALL ((1u << PLACE_STATE_COUNT) - 1)

#endif
