/* handle_driver.c: the driver's page: a code for his plate, and all that he must know. */
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "operate/outbox_words.h"
#include "serve/access.h"
#include "serve/board.h"
#include "serve/catalog.h"
#include "serve/outcome.h"
#include "serve/place_rows.h"
#include "serve/plates.h"
#include "serve/server.h"
#include "serve/timeline.h"

enum { DRIVER_SESSION_S = 7 * TIME_DAY_S, MESSAGES_SHOWN = 20 };

/* The active place of a plate's vehicle; false: none. */
static bool find_by_plate(struct server *server, const char *plate, struct place_row *row)
{
    struct place_rows rows = {.limit = 1, .vehicle = plates_find(server->plates, plate)};
    if (rows.vehicle) {
        place_rows_read(server, NULL, NULL, STATES_ACTIVE, &rows);
    }
    bool found = rows.count > 0;
    if (found) {
        *row = rows.rows[0];
        row->view.queue = row->queue;
        row->view.category = row->category;
    }
    place_rows_clear(&rows);
    return found;
}

static void send_code(struct request *request, const struct place_row *row)
{
    struct server *server = request->server;
    char code[ACCOUNT_CODE_SIZE], fields[96];
    uint64_t driver = row->view.driver_count ? row->view.drivers[0] : 0;
    if (accounts_code(server->accounts, row->view.place, driver, time_now_s(), code)) {
        return; /* three codes in ten minutes; the answer is the same, so that nothing is learnt */
    }
    snprintf(fields, sizeof fields, "{\"code\":\"%s\"}", code);
    struct message message = {
        .subject = driver, .template = "code", .fields = text_view_of(fields)};
    outbox_put(server->outbox, &message);
}

enum handled handle_post_driver_code(struct request *request)
{
    struct place_row row;
    const char *checkpoint = body_text(request, "checkpoint");
    if (find_by_plate(request->server, body_text(request, "plate"), &row) &&
        (!*checkpoint || strcmp(checkpoint, row.stream) == 0)) {
        send_code(request, &row);
    }
    struct json_writer *json = reply_object(request, 202);
    json_member_bool(json, "accepted", true);
    return reply_end(request);
}

enum handled handle_post_driver_login(struct request *request)
{
    struct server *server = request->server;
    struct place_row row;
    struct account account;
    char csrf[CSRF_SIZE];
    bool known = find_by_plate(server, body_text(request, "plate"), &row);
    enum zhol_error error =
        known ? accounts_code_check(server->accounts, row.view.place, body_text(request, "code"),
                                    time_now_s(), &account)
              : ZHOL_ERROR_UNKNOWN;
    if (error == ZHOL_ERROR_LIMIT) {
        return reply_problem(request, 429, "too_many", "too many tries; ask for a new code");
    }
    if (error) {
        return reply_problem(request, 401, "wrong_code", "plate or code is wrong, or it has ended");
    }
    error =
        accounts_token(server->accounts, &account, time_now_s(), DRIVER_SESSION_S, request->token);
    if (error) {
        return reply_error(request, error, "no session could be opened");
    }
    access_cookie(request, request->token, DRIVER_SESSION_S);
    access_csrf(request->token, csrf);
    struct json_writer *json = reply_object(request, 200);
    json_member_opaque(json, "place", row.view.place);
    json_member_text(json, "csrf", csrf);
    return reply_end(request);
}

/* ---- The page ---- */

static void write_bring(struct json_writer *json, const struct catalog_queue *about,
                        const char *category)
{
    static const char *const all[] = {"passport",        "vehicle_registration",
                                      "driving_licence", "cmr",
                                      "insurance",       "permit",
                                      "invoice",         "receipt"};
    json_write_key(json, "bring");
    json_write_array(json);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        json_write_text(json, all[i]);
    }
    if (strcmp(about->direction, "exit") == 0) {
        json_write_text(json, "export_declaration");
    }
    if (strcmp(category, "perishable") == 0 || strcmp(category, "animals") == 0) {
        json_write_text(json, "veterinary");
    }
    if (strcmp(category, "dangerous") == 0) {
        json_write_text(json, "dangerous");
    }
    if (strcmp(category, "tir") == 0 || strcmp(category, "aeo") == 0) {
        json_write_text(json, "tir");
    }
    json_write_array_end(json);
}

/* Which message a change makes; NULL: none. */
static const char *template_of(const struct happened *at)
{
    switch ((enum change_reason)at->reason) {
    case CHANGE_called:
    case CHANGE_taken_in_turn:
    case CHANGE_taken_out_of_turn:
        return "called";
    case CHANGE_moved_by_capacity:
    case CHANGE_moved_by_closure:
        return at->slot_s ? "moved" : "closed";
    case CHANGE_drawn:
        return "drawn";
    case CHANGE_not_drawn:
        return "not_drawn";
    case CHANGE_missed_slot:
    case CHANGE_missed_call:
        return "missed";
    default:
        return NULL;
    }
}

static void write_message(struct request *request, struct json_writer *json,
                          const struct happened *at, const char *template,
                          const struct place_row *row)
{
    struct outbox_options words = {.describe = server_describe,
                                   .describe_context = request->server};
    struct buffer title = {0}, text = {0};
    char fields[240];
    snprintf(fields, sizeof fields,
             "{\"number\":%llu,\"queue\":\"%s\",\"slot\":%lld,\"old_slot\":%lld,\"note\":\"\"}",
             (unsigned long long)row->view.number, row->queue, (long long)at->slot_s,
             (long long)at->old_slot_s);
    if (!outbox_text(&words, template, tongue_name(request->lang), text_view_of(fields), &title,
                     &text)) {
        json_write_object(json);
        json_member_instant(json, "time", at->time_s);
        json_member_text(json, "kind", template);
        json_member_text(json, "text", buffer_get(&text));
        json_write_object_end(json);
    }
    buffer_clear(&title);
    buffer_clear(&text);
}

static void write_messages(struct request *request, struct json_writer *json,
                           const struct place_row *row)
{
    struct happened list[MESSAGES_SHOWN];
    uint32_t count = timeline_of(request->server->timeline, row->view.place, list, MESSAGES_SHOWN);
    json_write_key(json, "messages");
    json_write_array(json);
    for (uint32_t i = 0; i < count; i++) {
        const char *template = template_of(&list[i]);
        if (template) {
            write_message(request, json, &list[i], template, row);
        }
    }
    json_write_array_end(json);
}

static void write_visa(struct request *request, struct json_writer *json,
                       const struct place_view *view)
{
    int32_t until;
    const char *text =
        view->driver_count ? place_field(request, view->drivers[0], "visa_free_until") : "";
    if (*text && !time_parse_day(text_view_of(text), &until)) {
        json_member_int(json, "visa_free_days_left", until - time_day_of(request->now_s));
    } else {
        json_member_null(json, "visa_free_days_left");
    }
}

static void write_where(struct request *request, struct json_writer *json,
                        const struct place_row *row, const struct catalog_queue *about)
{
    struct server *server = request->server;
    json_member_instant(json, "now", request->now_s);
    json_member_opaque(json, "place", row->view.place);
    json_member_uint(json, "number", row->view.number);
    json_member_text(json, "queue", row->queue);
    json_member_text(json, "checkpoint", row->stream);
    catalog_write_place(json, "checkpoint_name", server->corridor, about->node);
    json_member_text(json, "category", row->category);
    json_member_int(json, "utc_offset_min",
                    catalog_offset_s(server->corridor, about->node, request->now_s) / 60);
}

static void write_state(struct request *request, struct json_writer *json,
                        const struct place_view *view)
{
    struct eta_call call;
    bool known = place_forecast(request->server, view, &call);
    json_member_text(json, "state", place_state_name(view->state));
    outcome_write_slot(json, view->slot_s, view->slot_end_s);
    json_write_key(json, "position");
    if (view->state == PLACE_booked || view->state == PLACE_arrived) {
        json_write_uint(json, view->position);
    } else {
        json_write_null(json);
    }
    board_write_call(json, "call", known, &call);
    json_member_instant(json, "called_at", view->called_s);
    json_member_text(json, "method", outcome_method);
}

enum handled handle_get_driver(struct request *request)
{
    struct server *server = request->server;
    struct place_row row;
    struct place_texts texts;
    struct catalog_queue about;
    if (!outcome_place(server, request->account.place, &row.view, &texts) ||
        !catalog_queue(server->corridor, texts.queue, catalog_day(request->now_s), &about)) {
        return reply_problem(request, 404, "unknown_place", "the place is no more");
    }
    memcpy(row.stream, texts.stream, sizeof row.stream);
    memcpy(row.queue, texts.queue, sizeof row.queue);
    memcpy(row.category, texts.category, sizeof row.category);
    struct json_writer *json = reply_object(request, 200);
    write_where(request, json, &row, &about);
    write_state(request, json, &row.view);
    json_member_text(json, "plate", place_field(request, row.view.vehicle, "plate"));
    write_bring(json, &about, row.category);
    write_visa(request, json, &row.view);
    board_write_closed(json, server->board, row.queue);
    write_messages(request, json, &row);
    return reply_end(request);
}
