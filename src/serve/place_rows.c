/* place_rows.c: places as rows of JSON. See place_rows.h. */
#include "serve/place_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "operate/plain.h"
#include "serve/board.h"
#include "serve/outcome.h"
#include "serve/server.h"

static bool visit(void *context, const struct place_view *view)
{
    struct place_rows *rows = context;
    bool wanted = (!rows->carrier || view->carrier == rows->carrier) &&
                  (!rows->vehicle || view->vehicle == rows->vehicle) &&
                  (!rows->number || view->number == rows->number) &&
                  (!rows->appeals || view->appeal == 1);
    if (!wanted) {
        return true;
    }
    if (rows->count >= rows->limit || ARRAY_RESERVE(rows->rows, rows->capacity, rows->count + 1)) {
        return false;
    }
    struct place_row *row = &rows->rows[rows->count++];
    row->view = *view;
    plain_copy(row->stream, COMMAND_NAME_SIZE, rows->stream);
    plain_copy(row->queue, COMMAND_NAME_SIZE, view->queue);
    plain_copy(row->category, COMMAND_NAME_SIZE, view->category);
    return true;
}

static void read_stream(const struct queue_state *state, const char *queue, uint32_t states,
                        struct place_rows *rows)
{
    for (uint32_t i = 0; i < queue_count(state); i++) {
        struct queue_view view;
        queue_view(state, i, &view);
        if (!queue || strcmp(queue, view.queue) == 0) {
            queue_order(state, view.queue, states, visit, rows);
        }
    }
}

enum zhol_error place_rows_read(struct server *server, const char *stream, const char *queue,
                                uint32_t states, struct place_rows *rows)
{
    operation_read(server->operation);
    for (uint32_t i = 0; i < operation_stream_count(server->operation); i++) {
        const char *name = operation_stream(server->operation, i);
        const struct queue_state *state = operation_queue(server->operation, name);
        if (state && (!stream || strcmp(stream, name) == 0)) {
            rows->stream = name;
            read_stream(state, queue, states, rows);
        }
    }
    operation_read_end(server->operation);
    for (uint32_t i = 0; i < rows->count; i++) { /* the array may have moved while it grew */
        rows->rows[i].view.queue = rows->rows[i].queue;
        rows->rows[i].view.category = rows->rows[i].category;
    }
    return operation_stopped(server->operation) ? ZHOL_ERROR_IO : ZHOL_ERROR_OK;
}

void place_rows_clear(struct place_rows *rows)
{
    free(rows->rows);
    *rows = (struct place_rows){.rows = NULL};
}

const char *place_appeal_name(unsigned appeal)
{
    static const char *const names[] = {"none", "open", "upheld", "rejected"};
    return appeal < 4 ? names[appeal] : names[0];
}

const char *place_field(struct request *request, uint64_t subject, const char *field)
{
    struct buffer fields = {0};
    const char *copy = NULL;
    if (subject && !vault_read(request->server->vault, subject, &fields)) {
        json_t *object = json_loadb(buffer_get(&fields), fields.size, 0, NULL);
        const char *text = json_string_value(json_object_get(object, field));
        copy = text ? arena_string(&request->arena, text) : NULL;
        json_decref(object);
    }
    buffer_clear(&fields);
    return copy ? copy : "";
}

bool place_forecast(struct server *server, const struct place_view *view, struct eta_call *call)
{
    if (view->state != PLACE_booked && view->state != PLACE_arrived) {
        return false;
    }
    return board_forecast(server->board, view->queue, view->category, view->position, view->slot_s,
                          call);
}

static void write_times(struct json_writer *json, const struct place_view *view)
{
    json_member_instant(json, "booked_at", view->booked_s);
    json_member_instant(json, "arrived", view->arrived_s);
    json_member_instant(json, "called_at", view->called_s);
    json_member_instant(json, "entered_at", view->entered_s);
    json_member_instant(json, "ended_at", view->ended_s);
}

static void write_flags(struct json_writer *json, const struct place_view *view)
{
    json_member_uint(json, "postponed", view->postponed);
    json_member_text(json, "appeal", place_appeal_name(view->appeal));
    json_write_key(json, "flags");
    json_write_array(json);
    if (view->appeal == 1) {
        json_write_text(json, "appeal");
    }
    if (view->postponed) {
        json_write_text(json, "postponed");
    }
    if (view->driver_count > 1) {
        json_write_text(json, "second_driver");
    }
    json_write_array_end(json);
}

void place_rows_write(struct request *request, struct json_writer *json,
                      const struct place_row *row)
{
    const struct place_view *view = &row->view;
    struct eta_call call;
    bool known = place_forecast(request->server, view, &call);
    json_write_object(json);
    json_member_opaque(json, "place", view->place);
    json_member_uint(json, "number", view->number);
    json_member_text(json, "queue", view->queue);
    json_member_text(json, "checkpoint", row->stream);
    json_member_text(json, "category", view->category);
    json_member_text(json, "state", place_state_name(view->state));
    outcome_write_slot(json, view->slot_s, view->slot_end_s);
    json_write_key(json, "position");
    if (view->state == PLACE_booked || view->state == PLACE_arrived) {
        json_write_uint(json, view->position);
    } else {
        json_write_null(json);
    }
    board_write_call(json, "call", known, &call);
    json_member_text(json, "plate", place_field(request, view->vehicle, "plate"));
    json_member_opaque(json, "vehicle", view->vehicle);
    json_write_key(json, "drivers");
    json_write_array(json);
    for (uint32_t i = 0; i < view->driver_count; i++) {
        char id[OPAQUE_TEXT_SIZE];
        opaque_write(view->drivers[i], id);
        json_write_text(json, id);
    }
    json_write_array_end(json);
    write_times(json, view);
    write_flags(json, view);
    json_write_object_end(json);
}
