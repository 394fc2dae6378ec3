/* board_write.c: one queue of the board as JSON. See board_queue.h. */
#include <math.h>
#include <stdio.h>

#include "base/time.h"
#include "serve/board_queue.h"
#include "serve/endpoint.h"

static void write_number(struct json_writer *json, const char *key, double value)
{
    json_write_key(json, key);
    if (isfinite(value)) {
        json_write_fixed(json, value, 0);
    } else {
        json_write_null(json);
    }
}

void board_write_call(struct json_writer *json, const char *key, bool known,
                      const struct eta_call *call)
{
    json_write_key(json, key);
    json_write_object(json);
    json_member_instant(json, "p50", known ? call->p50_s : 0);
    json_member_instant(json, "p90", known ? call->p90_s : 0);
    json_write_object_end(json);
}

void board_write_closure(struct json_writer *json, const struct board_queue *queue)
{
    json_write_key(json, "closed");
    if (!queue->closed) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_member_instant(json, "from", queue->closed_from_s);
    json_member_instant(json, "until", queue->closed_until_s);
    json_member_text(json, "note", queue->closed_note);
    json_write_object_end(json);
}

static void write_categories(struct json_writer *json, const struct server *server, int64_t now_s,
                             const struct board_queue *queue)
{
    json_write_key(json, "categories");
    json_write_array(json);
    for (uint32_t i = 0; i < queue->category_count; i++) {
        const struct board_category *category = &queue->categories[i];
        struct eta_call call;
        bool known = board_estimate(queue, now_s, category->id, UINT32_MAX, 0, &call);
        json_write_object(json);
        json_member_text(json, "id", category->id);
        catalog_write_category(json, server->corridor,
                               catalog_category(server->corridor, queue->about.rule_set,
                                                category->id, catalog_day(now_s)),
                               category->id);
        json_member_uint(json, "waiting", category->arrived);
        json_member_uint(json, "booked", category->booked);
        json_member_uint(json, "called", category->called);
        board_write_call(json, "join", known, &call);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_called(struct json_writer *json, struct board *board,
                         const struct board_queue *queue)
{
    json_write_key(json, "called");
    json_write_array(json);
    for (uint32_t i = 0; i < queue->called_count; i++) {
        const struct board_called *called = &queue->called[i];
        char masked[32], id[OPAQUE_TEXT_SIZE];
        board_plate_masked(board, called->vehicle, masked);
        opaque_write(called->place, id);
        id[6] = '\0'; /* enough to find one's own place, not to open it */
        json_write_object(json);
        json_member_uint(json, "number", called->number);
        json_member_text(json, "plate_masked", masked);
        json_member_text(json, "place_short", id);
        json_member_text(json, "category", called->category);
        json_member_instant(json, "called_at", called->called_s);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_hours(struct json_writer *json, int64_t now_s, const struct board_queue *queue)
{
    int64_t hour_s = now_s - now_s % TIME_HOUR_S + TIME_HOUR_S;
    json_write_key(json, "per_hour");
    json_write_array(json);
    for (int64_t i = BOARD_HISTORY_HOURS - 24; i < BOARD_HISTORY_HOURS; i++) {
        json_write_object(json);
        json_member_instant(json, "hour", hour_s - (BOARD_HISTORY_HOURS - i) * TIME_HOUR_S);
        json_member_uint(json, "accepted", queue->hours[i]);
        json_member_fixed(json, "planned", queue->planned[i], 1);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_days(struct json_writer *json, const struct board_queue *queue)
{
    json_write_key(json, "history");
    json_write_array(json);
    for (uint32_t i = 0; i < queue->day_count; i++) {
        char date[TIME_TEXT_SIZE];
        time_format_date(queue->days[i].date, date);
        json_write_object(json);
        json_member_text(json, "date", date);
        write_number(json, "accepted", queue->days[i].accepted);
        write_number(json, "planned", queue->days[i].planned);
        write_number(json, "waiting_end", queue->days[i].waiting_end);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_slots(struct json_writer *json, const struct board_queue *queue)
{
    json_write_key(json, "slots");
    json_write_array(json);
    for (uint32_t i = 0; i < queue->slot_count; i++) {
        const struct board_slot *slot = &queue->slots[i];
        json_write_object(json);
        json_member_instant(json, "start", slot->start_s);
        json_member_instant(json, "end", slot->end_s);
        json_member_uint(json, "capacity", slot->capacity);
        json_member_uint(json, "taken", slot->taken);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

/* What was planned and accepted since the checkpoint's midnight, and what is planned until the
 * next. */
static void write_today(struct json_writer *json, int64_t now_s, const struct board_queue *queue)
{
    int64_t hour_s = now_s - now_s % TIME_HOUR_S + TIME_HOUR_S;
    int32_t today = time_day_of(now_s + queue->offset_s);
    double accepted = 0, limit = 0;
    for (int64_t i = BOARD_HISTORY_HOURS - 25; i < BOARD_HISTORY_HOURS; i++) {
        int64_t at_s = hour_s - (BOARD_HISTORY_HOURS - i) * TIME_HOUR_S;
        if (time_day_of(at_s + queue->offset_s) == today) {
            accepted += queue->hours[i];
            limit += queue->planned[i];
        }
    }
    for (uint32_t i = 0; i < queue->window_count; i++) {
        if (time_day_of(queue->windows[i].start_s + queue->offset_s) == today) {
            limit += queue->windows[i].vehicles;
        }
    }
    write_number(json, "limit_today", limit);
    write_number(json, "accepted_today", accepted);
}

void board_write(struct json_writer *json, struct board *board, struct server *server,
                 int64_t now_s, const struct board_queue *queue)
{
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < queue->category_count; i++) {
        waiting += queue->categories[i].arrived;
    }
    json_write_object(json);
    json_member_text(json, "queue", queue->about.id);
    catalog_write_queue(json, server->corridor, &queue->about);
    json_member_text(json, "checkpoint", queue->about.checkpoint);
    catalog_write_place(json, "checkpoint_name", server->corridor, queue->about.node);
    json_member_text(json, "direction", queue->about.direction);
    json_member_text(json, "mode", queue->about.managed ? "managed" : "observed");
    json_member_text(json, "release", queue->about.release);
    json_member_text(json, "rule_set", queue->about.rule_set);
    json_member_int(json, "utc_offset_min", queue->offset_s / 60);
    json_member_bool(json, "known", queue->known);
    board_write_closure(json, queue);
    write_today(json, now_s, queue);
    json_member_uint(json, "waiting_total", waiting);
    json_write_key(json, "oldest_wait_h");
    if (queue->oldest_arrived_s) {
        json_write_fixed(json, (double)(now_s - queue->oldest_arrived_s) / TIME_HOUR_S, 1);
    } else {
        json_write_null(json);
    }
    write_categories(json, server, now_s, queue);
    write_called(json, board, queue);
    write_hours(json, now_s, queue);
    write_days(json, queue);
    write_slots(json, queue);
    json_write_object_end(json);
}
