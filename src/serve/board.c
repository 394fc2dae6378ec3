/* board.c: the thread that builds the public board, and its readers. See board.h. */
#include "serve/board.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/map.h"
#include "operate/plain.h"
#include "serve/board_queue.h"
#include "serve/events.h"

enum { QUEUES_MAX = 64, REST_MS = 250, REFRESH_S = 20, MASKS_MAX = 100000 };

/* A forecast that was asked for: thousands of bookings want the same one. */
struct known_call {
    const struct board_queue *queue;
    char category[COMMAND_NAME_SIZE];
    uint32_t position;
    int64_t earliest_s;
    bool known;
    struct eta_call call;
};
enum { CALLS_KEPT = 512 };

struct built {
    struct known_call calls[CALLS_KEPT];
    struct board_queue queues[QUEUES_MAX];
    struct buffer items[QUEUES_MAX]; /* JSON */
    uint32_t count;
    int64_t now_s;
};

struct board {
    struct server *server;
    pthread_mutex_t lock;    /* built, dirty, ending */
    pthread_mutex_t masking; /* masks */
    pthread_cond_t changed;
    pthread_t thread;
    bool started, dirty, ending;
    struct built *built;
    struct map_int masked; /* vehicle -> index of masks */
    char (*masks)[32];
    uint32_t mask_count, mask_capacity;
};

static void built_free(struct built *built)
{
    if (built) {
        for (uint32_t i = 0; i < built->count; i++) {
            free(built->queues[i].windows);
            buffer_clear(&built->items[i]);
        }
        free(built);
    }
}

/* ---- Building ---- */

static void read_queues(struct server *server, struct built *built)
{
    uint32_t thing = 0;
    int32_t day = catalog_day(built->now_s);
    struct catalog_queue about;
    while (built->count < QUEUES_MAX && catalog_next(server->corridor, day, &thing, &about)) {
        built->queues[built->count++].about = about;
    }
    operation_read(server->operation);
    for (uint32_t i = 0; i < built->count; i++) {
        struct board_queue *queue = &built->queues[i];
        if (queue->about.managed) {
            board_read_state(operation_queue(server->operation, queue->about.checkpoint),
                             built->now_s, queue);
        }
    }
    operation_read_end(server->operation);
}

static enum zhol_error write_queues(struct board *board, struct built *built)
{
    struct server *server = board->server;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < built->count && !error; i++) {
        struct board_queue *queue = &built->queues[i];
        struct json_writer json;
        queue->offset_s = catalog_offset_s(server->corridor, queue->about.node, built->now_s);
        if (!queue->about.managed || !queue->known) {
            board_read_observed(server, built->now_s, queue);
        }
        error = board_read_plan(server->corridor, built->now_s, server->options.demo, queue);
        json_writer_init(&json, &built->items[i], false);
        board_write(&json, board, server, built->now_s, queue);
        error = error ? error : json_writer_end(&json);
    }
    return error;
}

enum zhol_error board_build(struct board *board)
{
    struct built *built = calloc(1, sizeof *built);
    if (!built) {
        return ZHOL_ERROR_MEMORY;
    }
    built->now_s = server_now(board->server);
    read_queues(board->server, built);
    enum zhol_error error = write_queues(board, built);
    if (error) {
        built_free(built);
        return error;
    }
    pthread_mutex_lock(&board->lock);
    struct built *old = board->built;
    board->built = built;
    pthread_mutex_unlock(&board->lock);
    built_free(old);
    events_publish(board->server->events, "board", "board", TEXT("{\"changed\":true}"));
    return ZHOL_ERROR_OK;
}

/* Waits until something changed, or a while passed; false when the board closes. */
static bool wait_for_change(struct board *board)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += REFRESH_S;
    pthread_mutex_lock(&board->lock);
    while (!board->dirty && !board->ending &&
           pthread_cond_timedwait(&board->changed, &board->lock, &until) == 0) {
    }
    board->dirty = false;
    bool going_on = !board->ending;
    pthread_mutex_unlock(&board->lock);
    return going_on;
}

static void *run(void *context)
{
    struct board *board = context;
    while (wait_for_change(board)) {
        board_build(board);
        nanosleep(&(struct timespec){.tv_nsec = REST_MS * 1000000L}, NULL);
    }
    return NULL;
}

enum zhol_error board_open(struct server *server, struct board **out)
{
    struct board *board = calloc(1, sizeof *board);
    if (!board) {
        return ZHOL_ERROR_MEMORY;
    }
    board->server = server;
    map_int_init(&board->masked);
    pthread_mutex_init(&board->lock, NULL);
    pthread_mutex_init(&board->masking, NULL);
    pthread_cond_init(&board->changed, NULL);
    enum zhol_error error = board_build(board);
    if (!error) {
        board->started = pthread_create(&board->thread, NULL, run, board) == 0;
        error = board->started ? ZHOL_ERROR_OK : ZHOL_ERROR_LIMIT;
    }
    if (error) {
        board_close(board);
        return error;
    }
    *out = board;
    return ZHOL_ERROR_OK;
}

void board_close(struct board *board)
{
    if (!board) {
        return;
    }
    pthread_mutex_lock(&board->lock);
    board->ending = true;
    pthread_cond_signal(&board->changed);
    pthread_mutex_unlock(&board->lock);
    if (board->started) {
        pthread_join(board->thread, NULL);
    }
    built_free(board->built);
    map_int_clear(&board->masked);
    free(board->masks);
    pthread_cond_destroy(&board->changed);
    pthread_mutex_destroy(&board->masking);
    pthread_mutex_destroy(&board->lock);
    free(board);
}

void board_dirty(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    if (!board->dirty) {
        board->dirty = true;
        pthread_cond_signal(&board->changed);
    }
    pthread_mutex_unlock(&board->lock);
}

/* ---- Reading ---- */

bool board_items(struct board *board, const char *checkpoint, struct buffer *json)
{
    uint32_t shown = 0;
    pthread_mutex_lock(&board->lock);
    buffer_char(json, '[');
    for (uint32_t i = 0; i < board->built->count; i++) {
        if (!checkpoint || strcmp(board->built->queues[i].about.checkpoint, checkpoint) == 0) {
            buffer_string(json, shown++ ? "," : "");
            buffer_append(json, board->built->items[i].bytes, board->built->items[i].size);
        }
    }
    buffer_char(json, ']');
    pthread_mutex_unlock(&board->lock);
    return shown > 0 || !checkpoint;
}

/* With the lock held. */
static const struct board_queue *find(const struct board *board, const char *queue)
{
    for (uint32_t i = 0; i < board->built->count; i++) {
        if (strcmp(board->built->queues[i].about.id, queue) == 0) {
            return &board->built->queues[i];
        }
    }
    return NULL;
}

/* Positions in steps of at most 1/32, so that neighbours share a forecast on every surface. */
static uint32_t in_steps(uint32_t position)
{
    uint32_t step = 1;
    while (position / step >= 64) {
        step *= 2;
    }
    return position == UINT32_MAX ? position : position / step * step;
}

static const struct known_call *look_up(struct built *built, const struct board_queue *queue,
                                        const char *category, uint32_t position, int64_t earliest_s)
{
    uint64_t hash = (uint64_t)(queue - built->queues) * 31 + position;
    hash = (hash ^ (uint64_t)earliest_s) * 0x9e3779b97f4a7c15u;
    for (const char *c = category; *c; c++) {
        hash = (hash ^ (uint8_t)*c) * 0x100000001b3u;
    }
    struct known_call *kept = &built->calls[(hash >> 32) % CALLS_KEPT];
    if (kept->queue != queue || kept->position != position || kept->earliest_s != earliest_s ||
        strcmp(kept->category, category) != 0) {
        *kept = (struct known_call){.queue = queue, .position = position, .earliest_s = earliest_s};
        plain_copy(kept->category, sizeof kept->category, category);
        kept->known =
            board_estimate(queue, built->now_s, category, position, earliest_s, &kept->call);
    }
    return kept;
}

bool board_forecast(struct board *board, const char *queue, const char *category, uint32_t position,
                    int64_t earliest_s, struct eta_call *call)
{
    pthread_mutex_lock(&board->lock);
    const struct board_queue *found = find(board, queue);
    bool known = false;
    if (found && strlen(category) < COMMAND_NAME_SIZE) {
        const struct known_call *kept =
            look_up(board->built, found, category, in_steps(position), earliest_s);
        known = kept->known;
        *call = kept->call;
    }
    pthread_mutex_unlock(&board->lock);
    return known;
}

bool board_state(struct board *board, const char *queue, int64_t at_s, uint32_t *waiting,
                 bool *closed)
{
    pthread_mutex_lock(&board->lock);
    const struct board_queue *found = find(board, queue);
    *waiting = 0;
    *closed = false;
    if (found) {
        for (uint32_t i = 0; i < found->category_count; i++) {
            *waiting += found->categories[i].booked + found->categories[i].arrived;
        }
        *closed = found->closed && at_s >= found->closed_from_s &&
                  (found->closed_until_s == 0 || at_s < found->closed_until_s);
    }
    bool known = found && found->known;
    pthread_mutex_unlock(&board->lock);
    return known;
}

bool board_open_now(struct board *board, const char *queue)
{
    bool open = false, closed = false;
    uint32_t waiting;
    int64_t now_s = server_now(board->server);
    board_state(board, queue, now_s, &waiting, &closed);
    pthread_mutex_lock(&board->lock);
    const struct board_queue *found = find(board, queue);
    for (uint32_t i = 0; found && i < found->window_count && !open; i++) {
        const struct eta_window *window = &found->windows[i];
        open = window->vehicles > 0 && window->start_s <= now_s && now_s < window->end_s;
    }
    pthread_mutex_unlock(&board->lock);
    return open && !closed;
}

void board_write_closed(struct json_writer *json, struct board *board, const char *queue)
{
    pthread_mutex_lock(&board->lock);
    const struct board_queue *found = find(board, queue);
    if (found) {
        board_write_closure(json, found);
    } else {
        json_member_null(json, "closed");
    }
    pthread_mutex_unlock(&board->lock);
}

/* ---- Plates ---- */

static void read_mask(struct server *server, uint64_t vehicle, char masked[32])
{
    struct buffer fields = {0};
    masked[0] = '\0';
    if (!vault_read(server->vault, vehicle, &fields)) {
        json_t *object = json_loadb(buffer_get(&fields), fields.size, 0, NULL);
        const char *plate = json_string_value(json_object_get(object, "plate"));
        vault_mask_plate(text_view_of(plate), masked);
        json_decref(object);
    }
    buffer_clear(&fields);
}

/* The masks are forgotten all at once when there are many. */
void board_plate_masked(struct board *board, uint64_t vehicle, char masked[32])
{
    uint32_t index;
    pthread_mutex_lock(&board->masking);
    if (map_int_get(&board->masked, (int64_t)vehicle, &index)) {
        memcpy(masked, board->masks[index], 32);
        pthread_mutex_unlock(&board->masking);
        return;
    }
    read_mask(board->server, vehicle, masked);
    if (board->mask_count >= MASKS_MAX) {
        map_int_clear(&board->masked);
        map_int_init(&board->masked);
        board->mask_count = 0;
    }
    if (!ARRAY_RESERVE(board->masks, board->mask_capacity, board->mask_count + 1) &&
        !map_int_put(&board->masked, (int64_t)vehicle, board->mask_count)) {
        memcpy(board->masks[board->mask_count++], masked, 32);
    }
    pthread_mutex_unlock(&board->masking);
}

void board_plates_forget(struct board *board)
{
    pthread_mutex_lock(&board->masking);
    map_int_clear(&board->masked);
    map_int_init(&board->masked);
    board->mask_count = 0;
    pthread_mutex_unlock(&board->masking);
}
