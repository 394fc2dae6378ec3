/* handle_operator.c: what the operator does: webhooks, appeals, rules, rounds, observations. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "desk/queue_rules.h"
#include "operate/plain.h"
#include "serve/board.h"
#include "serve/catalog.h"
#include "serve/observe.h"
#include "serve/outcome.h"
#include "serve/place_rows.h"
#include "serve/problem.h"
#include "serve/rounds.h"
#include "serve/server.h"
#include "serve/upkeep.h"
#include "serve/webhook.h"

enum { APPEALS_MAX = 1000, SLOT_DAYS_MAX = 60 };

/* ---- Webhooks ---- */

enum handled handle_get_webhooks(struct request *request)
{
    struct json_writer *json = reply_object(request, 200);
    webhooks_write_all(request->server->webhooks, json);
    return reply_end(request);
}

static enum handled one_webhook(struct request *request, uint64_t id, unsigned status)
{
    struct json_writer *json = reply_object(request, status);
    json_write_key(json, "item");
    if (webhooks_write(request->server->webhooks, id, json)) {
        return reply_problem(request, 404, "unknown_webhook", "there is no such webhook");
    }
    return reply_end(request);
}

enum handled handle_get_webhook(struct request *request)
{
    return one_webhook(request, request_opaque(request, "id"), 200);
}

enum handled handle_post_webhooks(struct request *request)
{
    const json_t *list = json_object_get(request->body, "topics"), *topic;
    struct buffer topics = {0};
    uint64_t id = 0;
    size_t i;
    if (strlen(body_text(request, "secret")) < 16) {
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "secret",
                                                        .detail = "must have at least 16 bytes"});
    }
    json_array_foreach(list, i, topic)
    {
        buffer_string(&topics, i ? " " : "");
        buffer_string(&topics, json_string_value(topic));
    }
    enum zhol_error error =
        webhooks_add(request->server->webhooks, request->account.id, body_text(request, "url"),
                     body_text(request, "secret"), buffer_get(&topics), &id);
    buffer_clear(&topics);
    if (error == ZHOL_ERROR_INVALID) {
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "url",
                                                        .detail = "must be http or https, and not "
                                                                  "to a private address"});
    }
    return error ? reply_error(request, error, "the webhook was not added")
                 : one_webhook(request, id, 201);
}

enum handled handle_delete_webhook(struct request *request)
{
    if (webhooks_remove(request->server->webhooks, request_opaque(request, "id"))) {
        return reply_problem(request, 404, "unknown_webhook", "there is no such webhook");
    }
    return reply_empty(request, 204);
}

/* ---- Appeals ---- */

enum handled handle_get_appeals(struct request *request)
{
    struct place_rows rows = {.limit = APPEALS_MAX, .appeals = true};
    enum zhol_error error = place_rows_read(request->server, NULL, NULL, STATES_ALL, &rows);
    if (error) {
        place_rows_clear(&rows);
        return reply_error(request, error, operation_why(request->server->operation));
    }
    struct json_writer *json = reply_object(request, 200);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct place_view *view = &rows.rows[i].view;
        json_write_object(json);
        json_member_opaque(json, "place", view->place);
        json_member_uint(json, "number", view->number);
        json_member_text(json, "queue", view->queue);
        json_member_text(json, "checkpoint", rows.rows[i].stream);
        json_member_text(json, "category", view->category);
        json_member_text(json, "state", place_state_name(view->state));
        json_member_opaque(json, "carrier", view->carrier);
        outcome_write_slot(json, view->slot_s, view->slot_end_s);
        json_member_instant(json, "ended_at", view->ended_s);
        json_write_object_end(json);
    }
    place_rows_clear(&rows);
    return reply_end(request);
}

/* ---- Rules and slots from the corridor ---- */

/* Sends one command and waits; the key is the request's with a suffix. */
static enum zhol_error call(struct request *request, struct command *command, const char *suffix,
                            struct buffer *bytes, struct result *result)
{
    char key[200] = "";
    if (*request->headers.key) {
        snprintf(key, sizeof key, "%s#%s", request->headers.key, suffix);
    }
    command->actor = request->account.id;
    command->role = request->account.role;
    command->key = text_view_of(key);
    return operation_call(request->server->operation, command, bytes, result);
}

static uint64_t count_slots(struct text_view json)
{
    json_t *all = json_loadb(json.bytes, json.size, 0, NULL);
    uint64_t count = json_array_size(json_object_get(all, "slots"));
    json_decref(all);
    return count;
}

static enum zhol_error publish_slots(struct request *request, const struct catalog_queue *queue,
                                     int64_t from_s, int64_t days, uint64_t *slots)
{
    struct buffer json = {0};
    struct result result = {.refusal = REFUSAL_none};
    struct command command = {.kind = COMMAND_slots_publish};
    enum zhol_error error = queue_slots_json(request->server->corridor, queue->id, from_s,
                                             from_s + days * TIME_DAY_S, NULL, &json);
    struct text_view made = {buffer_get(&json), (uint32_t)json.size};
    uint64_t count = error ? 0 : count_slots(made);
    if (count) { /* a live queue, or closed days, have none */
        plain_copy(command.stream, sizeof command.stream, queue->checkpoint);
        plain_copy(command.queue, sizeof command.queue, queue->id);
        command.data = made;
        *slots += count;
        error = call(request, &command, queue->id, NULL, &result);
        error = error ? error : result.refusal ? ZHOL_ERROR_INVALID : ZHOL_ERROR_OK;
    }
    buffer_clear(&json);
    return error;
}

static enum handled set_rules(struct request *request, uint32_t node, int32_t date,
                              struct buffer *rules)
{
    struct server *server = request->server;
    const char *checkpoint = request_text(request, "checkpoint");
    struct command command = {.kind = COMMAND_rules_set};
    struct result result = {.refusal = REFUSAL_none};
    struct catalog_queue queue;
    uint32_t thing = 0;
    uint64_t slots = 0;
    char day[TIME_TEXT_SIZE];
    plain_copy(command.stream, sizeof command.stream, checkpoint);
    command.data = (struct text_view){buffer_get(rules), (uint32_t)rules->size};
    enum zhol_error error = call(request, &command, "rules", &request->answered.bytes, &result);
    if (!error && !result.refusal) {
        error = upkeep_remember(server->store, checkpoint, command.data);
    }
    while (!error && !result.refusal && catalog_next(server->corridor, date, &thing, &queue)) {
        if (queue.node == node) {
            error = publish_slots(request, &queue, request->now_s,
                                  body_int(request, "slots_days", UPKEEP_SLOT_DAYS), &slots);
        }
    }
    if (error) {
        return reply_error(request, error, "rules or slots were not taken");
    }
    struct entry entry;
    if (!outcome_read(request, &entry)) {
        return HANDLED;
    }
    entry_hash((struct text_view){buffer_get(&request->answered.bytes),
                                  (uint32_t)request->answered.bytes.size},
               request->answered.hash);
    if (result.refusal) {
        outcome_refused(request, &entry);
    } else {
        struct json_writer *json = reply_object(request, 200);
        time_format_date(date, day);
        json_member_text(json, "checkpoint", checkpoint);
        json_member_text(json, "date", day);
        json_member_uint(json, "slots", slots);
        outcome_write_receipt(request, json, &entry);
        reply_end(request);
    }
    entry_clear(&entry);
    return HANDLED;
}

enum handled handle_post_rules(struct request *request)
{
    const struct zhol_corridor *corridor = request->server->corridor;
    struct buffer rules = {0};
    int32_t date = catalog_day(request->now_s);
    uint32_t node =
        zhol_corridor_find(corridor, ZHOL_TABLE_node, request_text(request, "checkpoint"));
    if (*body_text(request, "date")) {
        time_parse_day(text_view_of(body_text(request, "date")), &date);
    }
    if (node == ZHOL_NONE || queue_rules_json(corridor, node, date, NULL, &rules)) {
        buffer_clear(&rules);
        return reply_problem(request, 404, "unknown_checkpoint",
                             "the corridor has no queue at this checkpoint on this day");
    }
    int64_t days = body_int(request, "slots_days", UPKEEP_SLOT_DAYS);
    enum handled handled = days > SLOT_DAYS_MAX
                               ? reply_problem(request, 422, "invalid", "slots_days: at most 60")
                               : set_rules(request, node, date, &rules);
    buffer_clear(&rules);
    return handled;
}

/* ---- Rounds ---- */

enum handled handle_post_rounds(struct request *request)
{
    struct command command = {.kind = COMMAND_round_open,
                              .from_s = body_instant(request, "from", 0),
                              .until_s = body_instant(request, "until", 0)};
    if (!outcome_aim_queue(request, &command, request_text(request, "queue"))) {
        return HANDLED;
    }
    char *data = arena_alloc(&request->arena, ROUNDS_DATA_SIZE);
    enum zhol_error error =
        data ? rounds_commit(request->server->store, command.queue, data) : ZHOL_ERROR_MEMORY;
    if (error) {
        return reply_error(request, error, "no seed could be kept");
    }
    command.data = text_view_of(data);
    return request_submit(request, &command, NULL, outcome_reply);
}

static enum handled drawn(struct request *request)
{
    struct entry entry;
    if (outcome_read(request, &entry)) {
        if (!entry.result.refusal && !request->answered.repeated) {
            rounds_remember(request->server->store, &entry, request->work);
        }
        entry_clear(&entry);
    }
    return outcome_reply(request);
}

enum handled handle_post_draw(struct request *request)
{
    struct server *server = request->server;
    struct command command = {.kind = COMMAND_round_draw};
    if (!outcome_aim_queue(request, &command, request_text(request, "queue"))) {
        return HANDLED;
    }
    struct round *round = arena_alloc_zero(&request->arena, sizeof *round);
    char *data = arena_alloc(&request->arena, ROUNDS_DATA_SIZE);
    if (!round || !data) {
        return reply_error(request, ZHOL_ERROR_MEMORY, "no draw");
    }
    if (!rounds_open_one(server, command.stream, command.queue, round)) {
        return reply_problem(request, 409, "no_round", "no round is open");
    }
    if (rounds_reveal(server->store, command.queue, round, data)) {
        return reply_problem(request, 409, "bad_seed",
                             "the seed of the open round is not kept here");
    }
    request->work = round;
    command.data = text_view_of(data);
    return request_submit_pool(request, &command, NULL, drawn);
}

enum handled handle_get_rounds(struct request *request)
{
    struct catalog_queue about;
    if (!catalog_queue(request->server->corridor, request_text(request, "queue"),
                       catalog_day(request->now_s), &about)) {
        return reply_problem(request, 404, "unknown_queue", "there is no such queue");
    }
    struct json_writer *json = reply_object(request, 200);
    enum zhol_error error = rounds_write(request->server, about.checkpoint, about.id, json);
    return error ? reply_error(request, error, "the rounds cannot be read") : reply_end(request);
}

/* ---- Observations ---- */

static enum handled reply_observed(struct request *request, const char *queue,
                                   const struct observed *observed,
                                   const struct zhol_report *report)
{
    struct json_writer *json = reply_object(request, 200);
    json_member_text(json, "queue", queue);
    json_member_uint(json, "days", observed->day_count);
    json_member_uint(json, "hours", observed->hour_count);
    json_member_real(json, "waiting", observed->waiting);
    json_write_key(json, "findings");
    json_write_array(json);
    for (uint32_t i = 0; i < report->count && i < 20; i++) {
        char text[400];
        zhol_finding_text(&report->findings[i], text, sizeof text);
        json_write_text(json, reply_clean(request, text));
    }
    return reply_end(request);
}

enum handled handle_post_observed(struct request *request)
{
    struct server *server = request->server;
    const char *queue = request_text(request, "queue");
    struct observed observed = {0};
    struct zhol_report report;
    enum handled handled;
    zhol_report_init(&report, 100);
    enum zhol_error error = observe_read(server, queue, &observed);
    if (!error) {
        error = observed_add(server->corridor, &observed, "body", request->raw, &report);
    }
    if (!error) {
        error = observe_keep(server->store, queue, &observed);
    }
    if (error) {
        char text[400] = "the queue is not known, or the file is none of the four kinds";
        if (report.count) {
            zhol_finding_text(&report.findings[0], text, sizeof text);
        }
        handled = reply_error(request, error, text);
    } else {
        board_dirty(server->board);
        handled = reply_observed(request, queue, &observed, &report);
    }
    observed_close(&observed);
    zhol_report_clear(&report);
    return handled;
}
