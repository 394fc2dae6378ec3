/* handle_place.c: looking at places: one's own, one, the public view, receipts, the ledger. */
#include <qrencode.h>
#include <string.h>

#include "base/time.h"
#include "serve/access.h"
#include "serve/board.h"
#include "serve/catalog.h"
#include "serve/journal.h"
#include "serve/ledger.h"
#include "serve/outcome.h"
#include "serve/place_rows.h"
#include "serve/plates.h"
#include "serve/server.h"

enum { MINE_LIMIT = 200 };

static enum handled write_rows(struct request *request, struct json_writer *json,
                               const struct place_rows *rows)
{
    json_member_text(json, "method", outcome_method);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < rows->count; i++) {
        place_rows_write(request, json, &rows->rows[i]);
    }
    json_write_array_end(json);
    return reply_end(request);
}

enum handled handle_get_places_mine(struct request *request)
{
    struct place_rows rows = {.limit = (uint32_t)request_int(request, "limit", MINE_LIMIT),
                              .carrier = request->account.carrier};
    enum zhol_error error = place_rows_read(request->server, NULL, NULL, STATES_ACTIVE, &rows);
    if (!error) {
        error = place_rows_read(request->server, NULL, NULL, STATES_ALL & ~STATES_ACTIVE, &rows);
    }
    if (error) {
        place_rows_clear(&rows);
        return reply_error(request, error, operation_why(request->server->operation));
    }
    struct json_writer *json = reply_object(request, 200);
    json_member_instant(json, "now", request->now_s);
    enum handled handled = write_rows(request, json, &rows);
    place_rows_clear(&rows);
    return handled;
}

/* The states that are asked for: one by its name, else all that an officer works with. */
static uint32_t asked_states(const struct request *request)
{
    const char *name = request_text(request, "state");
    uint32_t states = 0;
    for (int state = 0; name && state < PLACE_STATE_COUNT; state++) {
        if (strcmp(name, place_state_name((enum place_state)state)) == 0) {
            states = 1u << state;
        }
    }
    return name ? states : STATES_ACTIVE;
}

/* Narrows the rows to the truck that was asked for; false: no truck has this plate. */
static bool asked_truck(const struct request *request, struct place_rows *rows)
{
    const char *plate = request_text(request, "plate");
    rows->number = (uint64_t)request_int(request, "number", 0);
    rows->vehicle = plate ? plates_find(request->server->plates, plate) : 0;
    return !plate || rows->vehicle != 0;
}

enum handled handle_get_officer_queue(struct request *request)
{
    const char *queue = request_text(request, "queue");
    struct catalog_queue about;
    struct place_rows rows = {.limit = (uint32_t)request_int(request, "limit", MINE_LIMIT)};
    uint32_t states = asked_truck(request, &rows) ? asked_states(request) : 0;
    if (!catalog_queue(request->server->corridor, queue, catalog_day(request->now_s), &about)) {
        return reply_problem(request, 404, "unknown_queue", "there is no such queue");
    }
    if (!access_checkpoint(request, about.checkpoint)) {
        return reply_problem(request, 403, "not_yours", "the queue is of another checkpoint");
    }
    /* Those in the checkpoint first, then who was called, then the order of calls. */
    static const uint32_t parts[] = {1u << PLACE_entered, 1u << PLACE_called,
                                     ~(1u << PLACE_entered | 1u << PLACE_called)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        enum zhol_error error =
            place_rows_read(request->server, about.checkpoint, queue, parts[i] & states, &rows);
        if (error) {
            place_rows_clear(&rows);
            return reply_error(request, error, operation_why(request->server->operation));
        }
    }
    struct json_writer *json = reply_object(request, 200);
    json_member_instant(json, "now", request->now_s);
    json_member_text(json, "queue", queue);
    enum handled handled = write_rows(request, json, &rows);
    place_rows_clear(&rows);
    return handled;
}

/* ---- One place ---- */

/* May the account see this place? False: replied. */
static bool find_place(struct request *request, struct place_row *row)
{
    struct place_texts texts;
    uint64_t place = request_opaque(request, "place");
    if (!outcome_place(request->server, place, &row->view, &texts)) {
        reply_problem(request, 404, "unknown_place", "there is no such place");
        return false;
    }
    memcpy(row->stream, texts.stream, sizeof row->stream);
    memcpy(row->queue, texts.queue, sizeof row->queue);
    memcpy(row->category, texts.category, sizeof row->category);
    row->view.queue = row->queue;
    row->view.category = row->category;
    if (request->account.role == ROLE_driver ? request->account.place == place
                                             : access_carrier(request, row->view.carrier) ||
                                                   access_checkpoint(request, row->stream)) {
        return true;
    }
    reply_problem(request, 403, "not_yours", "the place belongs to somebody else");
    return false;
}

enum handled handle_get_place(struct request *request)
{
    struct place_row row;
    if (!find_place(request, &row)) {
        return HANDLED;
    }
    struct json_writer *json = reply_object(request, 200);
    json_member_instant(json, "now", request->now_s);
    json_member_text(json, "method", outcome_method);
    json_write_key(json, "item");
    place_rows_write(request, json, &row);
    return reply_end(request);
}

/* Without any part of the plate: the journal, which is public, ties places to vehicles for all
 * time, so whoever asked for all places would know nearly every truck by its mask. */
enum handled handle_get_place_public(struct request *request)
{
    struct server *server = request->server;
    struct place_view view;
    struct place_texts texts;
    struct catalog_queue about;
    struct eta_call call;
    if (!outcome_place(server, request_opaque(request, "place"), &view, &texts) ||
        !catalog_queue(server->corridor, texts.queue, catalog_day(request->now_s), &about)) {
        return reply_problem(request, 404, "unknown_place", "there is no such place");
    }
    bool known = place_forecast(server, &view, &call);
    struct json_writer *json = reply_object(request, 200);
    json_member_instant(json, "now", request->now_s);
    json_member_opaque(json, "place", view.place);
    json_member_uint(json, "number", view.number);
    json_member_text(json, "checkpoint", texts.stream);
    catalog_write_place(json, "checkpoint_name", server->corridor, about.node);
    json_member_text(json, "queue", texts.queue);
    json_member_text(json, "category", texts.category);
    json_member_text(json, "state", place_state_name(view.state));
    outcome_write_slot(json, view.slot_s, view.slot_end_s);
    json_write_key(json, "position");
    if (view.state == PLACE_booked || view.state == PLACE_arrived) {
        json_write_uint(json, view.position);
    } else {
        json_write_null(json);
    }
    board_write_call(json, "call", known, &call);
    json_member_text(json, "method", outcome_method);
    json_member_int(json, "utc_offset_min",
                    catalog_offset_s(server->corridor, about.node, request->now_s) / 60);
    board_write_closed(json, server->board, texts.queue);
    return reply_end(request);
}

/* ---- Receipts ---- */

static bool find_receipt(struct request *request, struct buffer *receipt)
{
    struct place_row row;
    if (!find_place(request, &row)) {
        return false;
    }
    enum zhol_error error =
        journal_receipt(request->server, row.stream, row.view.booked_s, row.view.place, receipt);
    if (error) {
        reply_error(request, error, "the entry of the booking was not found");
        return false;
    }
    return true;
}

enum handled handle_get_place_receipt(struct request *request)
{
    struct buffer receipt = {0};
    if (find_receipt(request, &receipt)) {
        struct json_writer *json = reply_object(request, 200);
        json_write_key(json, "receipt");
        json_write_raw(json, (struct text_view){buffer_get(&receipt), (uint32_t)receipt.size});
        reply_end(request);
    }
    buffer_clear(&receipt);
    return HANDLED;
}

static void write_svg(const QRcode *code, struct buffer *svg)
{
    int size = code->width + 8; /* four modules of quiet zone on each side */
    buffer_printf(svg,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                  "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
                  "<path d=\"",
                  size, size, size, size);
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + y * code->width;
        for (int x = 0, end = 0; x < code->width; x = end + 1) {
            for (end = x; end < code->width && row[end] & 1;) {
                end++;
            }
            if (end > x) {
                buffer_printf(svg, "M%d %dh%dv1h-%dz", x + 4, y + 4, end - x, end - x);
            }
        }
    }
    buffer_string(svg, "\"/></svg>\n");
}

enum handled handle_get_place_qr(struct request *request)
{
    struct buffer receipt = {0}, svg = {0};
    if (find_receipt(request, &receipt)) {
        QRcode *code = QRcode_encodeData(
            (int)receipt.size, (const unsigned char *)buffer_get(&receipt), 0, QR_ECLEVEL_L);
        if (code) {
            write_svg(code, &svg);
            QRcode_free(code);
            reply_buffer(request, 200, "image/svg+xml", &svg);
        } else {
            reply_problem(request, 500, "internal", "the code could not be drawn");
        }
    }
    buffer_clear(&receipt);
    buffer_clear(&svg);
    return HANDLED;
}

/* ---- The ledger ---- */

enum handled handle_get_ledger(struct request *request)
{
    struct json_writer *json = reply_object(request, 200);
    enum zhol_error error = ledger_write(request->server->store, request->account.carrier,
                                         (uint32_t)request_int(request, "limit", MINE_LIMIT), json);
    return error ? reply_error(request, error, "the ledger cannot be read") : reply_end(request);
}
