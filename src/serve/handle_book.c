/* handle_book.c: booking a place and changing it. */
#include <string.h>

#include "base/time.h"
#include "operate/plain.h"
#include "serve/board.h"
#include "serve/catalog.h"
#include "serve/outcome.h"
#include "serve/problem.h"
#include "serve/server.h"

/* ---- Booking ---- */

static enum handled booked(struct request *request, const struct entry *entry)
{
    const struct command *command = &entry->command;
    const struct result *result = &entry->result;
    struct catalog_queue about = {.slot_s = 0};
    struct eta_call call;
    catalog_queue(request->server->corridor, command->queue, catalog_day(request->now_s), &about);
    bool known = board_forecast(request->server->board, command->queue, command->category,
                                result->position, result->slot_s, &call);
    struct json_writer *json = reply_object(request, request->answered.repeated ? 200 : 201);
    json_member_opaque(json, "place", command->place);
    json_member_uint(json, "number", result->number);
    json_member_text(json, "queue", command->queue);
    json_member_text(json, "checkpoint", entry->stream);
    json_member_text(json, "category", command->category);
    json_member_text(
        json, "state",
        place_state_name(command->kind == COMMAND_request ? PLACE_requested : PLACE_booked));
    outcome_write_slot(json, result->slot_s, result->slot_s + about.slot_s);
    json_member_uint(json, "position", result->position);
    board_write_call(json, "call", known, &call);
    json_member_text(json, "method", outcome_method);
    if (*result->rule) {
        json_member_text(json, "rule", result->rule);
    }
    outcome_write_receipt(request, json, entry);
    return reply_end(request);
}

static enum handled after_booking(struct request *request)
{
    struct entry entry;
    enum handled handled = HANDLED;
    if (!outcome_read(request, &entry)) {
        return HANDLED;
    }
    if (entry.result.refusal) {
        handled = outcome_refused(request, &entry);
    } else {
        handled = booked(request, &entry);
    }
    entry_clear(&entry);
    return handled;
}

/* Which of the four ways of booking, from `slot`. False: replied. */
static bool read_slot(struct request *request, struct command *command)
{
    const char *slot = body_text(request, "slot");
    command->from_s = body_instant(request, "from", request->now_s);
    if (strcmp(slot, "next") == 0) {
        command->kind = COMMAND_book_next;
    } else if (strcmp(slot, "round") == 0) {
        command->kind = COMMAND_request;
    } else if (strcmp(slot, "live") == 0) {
        command->kind = COMMAND_join;
        command->from_s = 0;
    } else {
        command->kind = COMMAND_book;
        command->from_s = 0;
        command->slot_s = body_instant(request, "slot", 0);
        if (!command->slot_s) {
            problem_reply(request,
                          &(struct problem){.status = 422,
                                            .code = "invalid",
                                            .field = "slot",
                                            .detail = "must be next, round, live, or the start of "
                                                      "a slot such as 2025-11-12T03:00:00Z"});
            return false;
        }
    }
    return true;
}

enum handled handle_post_places(struct request *request)
{
    struct command command = {.place = vault_new_id(),
                              .vehicle = body_opaque(request, "vehicle"),
                              .driver = body_opaque(request, "driver"),
                              .carrier = request->account.carrier};
    if (!read_slot(request, &command) ||
        !outcome_aim_queue(request, &command, body_text(request, "queue"))) {
        return HANDLED;
    }
    plain_copy(command.category, COMMAND_NAME_SIZE, body_text(request, "category"));
    return request_submit(request, &command, NULL, after_booking);
}

/* ---- Changing a place ---- */

static enum handled change(struct request *request, struct command *command)
{
    if (!outcome_aim(request, command, request_opaque(request, "place"))) {
        return HANDLED;
    }
    return request_submit(request, command, NULL, outcome_reply);
}

enum handled handle_post_postpone(struct request *request)
{
    struct command command = {.kind = COMMAND_postpone, .slot_s = body_instant(request, "slot", 0)};
    return change(request, &command);
}

enum handled handle_post_cancel(struct request *request)
{
    return change(request, &(struct command){.kind = COMMAND_cancel});
}

enum handled handle_post_place_driver(struct request *request)
{
    struct command command = {.kind = COMMAND_driver_add, .driver = body_opaque(request, "driver")};
    return change(request, &command);
}

enum handled handle_post_place_vehicle(struct request *request)
{
    struct command command = {.kind = COMMAND_vehicle_swap,
                              .vehicle = body_opaque(request, "vehicle")};
    return change(request, &command);
}

enum handled handle_post_appeal(struct request *request)
{
    struct command command = {.kind = COMMAND_appeal,
                              .note = text_view_of(body_text(request, "note"))};
    return change(request, &command);
}

/* ---- What officers do with a place ---- */

enum handled handle_post_arrive(struct request *request)
{
    return change(request, &(struct command){.kind = COMMAND_arrive});
}

enum handled handle_post_enter(struct request *request)
{
    return change(request, &(struct command){.kind = COMMAND_enter});
}

enum handled handle_post_clear(struct request *request)
{
    return change(request, &(struct command){.kind = COMMAND_clear});
}

enum handled handle_post_refuse(struct request *request)
{
    struct command command = {.kind = COMMAND_refuse,
                              .note = text_view_of(body_text(request, "note"))};
    return change(request, &command);
}

enum handled handle_post_no_show(struct request *request)
{
    return change(request, &(struct command){.kind = COMMAND_no_show});
}

enum handled handle_post_appeal_decide(struct request *request)
{
    struct command command = {.kind = COMMAND_decide,
                              .note = text_view_of(body_text(request, "note"))};
    plain_copy(command.unit, COMMAND_NAME_SIZE, body_text(request, "decision"));
    return change(request, &command);
}
