/* outcome.c: what became of a command, as a reply. See outcome.h. */
#include "serve/outcome.h"

#include <string.h>

#include "operate/plain.h"
#include "serve/board.h"
#include "serve/catalog.h"
#include "serve/problem.h"
#include "serve/server.h"

const char outcome_method[] =
    "desk/eta: rank among all calls by the queue's rules; hourly capacity of both sides scaled by "
    "recent acceptance (gamma-Poisson); p50 and p90 of the time at which it reaches the rank";

bool outcome_read(struct request *request, struct entry *entry)
{
    const struct buffer *bytes = &request->answered.bytes;
    *entry = (struct entry){.seq = 0};
    if (entry_read((struct text_view){buffer_get(bytes), (uint32_t)bytes->size}, entry, NULL)) {
        reply_problem(request, 500, "internal", "the journal's entry cannot be read");
        return false;
    }
    return true;
}

void outcome_write_receipt(struct request *request, struct json_writer *json,
                           const struct entry *entry)
{
    struct buffer receipt = {0};
    json_write_key(json, "receipt");
    if (receipt_write(request->server->signer, entry, request->answered.hash, &receipt)) {
        json_write_null(json);
    } else {
        json_write_raw(json, (struct text_view){buffer_get(&receipt), (uint32_t)receipt.size});
    }
    buffer_clear(&receipt);
}

enum handled outcome_refused(struct request *request, const struct entry *entry)
{
    struct buffer receipt = {0};
    enum refusal refusal = entry->result.refusal;
    receipt_write(request->server->signer, entry, request->answered.hash, &receipt);
    enum handled handled = problem_reply(
        request, &(struct problem){.status = refusal_http(refusal),
                                   .code = refusal_name(refusal),
                                   .detail = refusal_text(refusal),
                                   .rule = entry->result.rule,
                                   .receipt = {buffer_get(&receipt), (uint32_t)receipt.size}});
    buffer_clear(&receipt);
    return handled;
}

void outcome_write_slot(struct json_writer *json, int64_t start_s, int64_t end_s)
{
    json_write_key(json, "slot");
    if (start_s == 0) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_member_instant(json, "start", start_s);
    json_member_instant(json, "end", end_s);
    json_write_object_end(json);
}

/* State, slot and position of the place after the command, from its change in the entry. */
static void write_place(struct request *request, struct json_writer *json,
                        const struct entry *entry)
{
    const struct result *result = &entry->result;
    json_member_opaque(json, "place", entry->command.place);
    for (uint32_t i = 0; i < result->change_count; i++) {
        const struct change *change = &result->changes[i];
        if (change->place == entry->command.place) {
            json_member_text(json, "state", place_state_name((enum place_state)change->state));
            outcome_write_slot(json, change->slot_s, 0);
            break;
        }
    }
    if (result->number) {
        json_member_uint(json, "number", result->number);
    }
    (void)request;
}

enum handled outcome_reply(struct request *request)
{
    struct entry entry;
    if (!outcome_read(request, &entry)) {
        return HANDLED;
    }
    enum handled handled = HANDLED;
    if (entry.result.refusal) {
        handled = outcome_refused(request, &entry);
    } else {
        struct json_writer *json = reply_object(request, 200);
        json_member_text(json, "command", command_name(entry.command.kind));
        if (entry.command.place) {
            write_place(request, json, &entry);
        }
        if (*entry.result.rule) {
            json_member_text(json, "rule", entry.result.rule);
        }
        outcome_write_receipt(request, json, &entry);
        handled = reply_end(request);
    }
    entry_clear(&entry);
    return handled;
}

/* ---- Finding what a command is about ---- */

bool outcome_place(struct server *server, uint64_t place, struct place_view *view,
                   struct place_texts *texts)
{
    bool found = false;
    operation_read(server->operation);
    for (uint32_t i = 0; i < operation_stream_count(server->operation) && !found; i++) {
        const char *stream = operation_stream(server->operation, i);
        const struct queue_state *state = operation_queue(server->operation, stream);
        found = state && queue_place(state, place, view) == ZHOL_ERROR_OK;
        if (found) {
            plain_copy(texts->stream, COMMAND_NAME_SIZE, stream);
            plain_copy(texts->queue, COMMAND_NAME_SIZE, view->queue);
            plain_copy(texts->category, COMMAND_NAME_SIZE, view->category);
            view->queue = texts->queue;
            view->category = texts->category;
        }
    }
    operation_read_end(server->operation);
    return found;
}

static bool allowed(struct request *request, const struct command *command, uint64_t carrier)
{
    if (role_allows(&request->account, command, carrier)) {
        return true;
    }
    reply_problem(request, 403, "not_yours",
                  "this belongs to another carrier or checkpoint, or the role may not do it");
    return false;
}

bool outcome_aim(struct request *request, struct command *command, uint64_t place)
{
    struct place_view view;
    struct place_texts texts;
    if (!outcome_place(request->server, place, &view, &texts)) {
        if (operation_stopped(request->server->operation)) {
            reply_error(request, ZHOL_ERROR_IO, operation_why(request->server->operation));
            return false;
        }
        reply_problem(request, 404, "unknown_place", "there is no such place");
        return false;
    }
    plain_copy(command->stream, COMMAND_NAME_SIZE, texts.stream);
    plain_copy(command->queue, COMMAND_NAME_SIZE, texts.queue);
    command->place = place;
    command->carrier = request->account.role == ROLE_carrier ? request->account.carrier : 0;
    return allowed(request, command, view.carrier);
}

bool outcome_aim_queue(struct request *request, struct command *command, const char *queue)
{
    struct catalog_queue about;
    if (!catalog_queue(request->server->corridor, queue, catalog_day(request->now_s), &about)) {
        reply_problem(request, 404, "unknown_queue", "there is no such queue");
        return false;
    }
    plain_copy(command->stream, COMMAND_NAME_SIZE, about.checkpoint);
    plain_copy(command->queue, COMMAND_NAME_SIZE, queue);
    return allowed(request, command, 0);
}
