/* serve/board_queue.h: one queue of the board: what was read of it, for board*.c only. */
#ifndef ZHOL_SERVE_BOARD_QUEUE_H
#define ZHOL_SERVE_BOARD_QUEUE_H

#include "desk/eta.h"
#include "desk/observed.h"
#include "serve/board.h"
#include "serve/catalog.h"

enum {
    BOARD_CATEGORIES = 16,
    BOARD_HOURS = OBSERVED_HOURS, /* for forecasts */
    BOARD_DAYS = 30,              /* of history */
    BOARD_HISTORY_HOURS = (BOARD_DAYS + 1) * 24,
    BOARD_CALLED = 20,
    BOARD_SLOTS = 96 /* of the next three days */
};

struct board_category {
    char id[COMMAND_NAME_SIZE];
    double weight;
    bool out_of_turn;
    uint32_t booked, arrived, called, no_show, ended;
};
struct board_called {
    uint64_t place, vehicle, number;
    char category[COMMAND_NAME_SIZE];
    int64_t called_s;
};
struct board_slot {
    int64_t start_s, end_s;
    uint32_t capacity, taken;
};
struct board_day {
    int32_t date;
    double accepted, planned, waiting_end; /* NaN: not known */
};

struct board_queue {
    struct catalog_queue about;
    bool known; /* something was read: the state, or an observation */
    struct board_category categories[BOARD_CATEGORIES];
    uint32_t category_count;
    struct board_called called[BOARD_CALLED]; /* latest first */
    uint32_t called_count;
    struct board_slot slots[BOARD_SLOTS];
    uint32_t slot_count;
    bool closed;
    int64_t closed_from_s, closed_until_s, oldest_arrived_s, first_free_s;
    char closed_note[200];
    uint32_t hours[BOARD_HISTORY_HOURS]; /* accepted in each hour, oldest first */
    double planned[BOARD_HISTORY_HOURS];
    /* Planned in the last BOARD_HOURS hours as evidence for forecasts; 0: nothing is known. */
    double evidence[BOARD_HOURS];
    bool observed;
    struct board_day days[BOARD_DAYS];
    uint32_t day_count;
    double observed_waiting;    /* NaN: not observed */
    struct eta_window *windows; /* from now on */
    uint32_t window_count, window_capacity;
    int32_t offset_s;
};

/* Reads the state of a managed queue; the operation is locked for reading. */
void board_read_state(const struct queue_state *state, int64_t now_s, struct board_queue *queue);
/* Fills it from an observation. */
void board_read_observed(struct server *server, int64_t now_s, struct board_queue *queue);
/* Windows of the future (slots of the state, then calendars), planned hours and days of the past.
 */
enum zhol_error board_read_plan(const struct zhol_corridor *corridor, int64_t now_s, bool demo,
                                struct board_queue *queue);
bool board_estimate(const struct board_queue *queue, int64_t now_s, const char *category,
                    uint32_t position, int64_t earliest_s, struct eta_call *call);
void board_write_closure(struct json_writer *json, const struct board_queue *queue);
void board_write(struct json_writer *json, struct board *board, struct server *server,
                 int64_t now_s, const struct board_queue *queue);

#endif
