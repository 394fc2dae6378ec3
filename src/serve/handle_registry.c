/* handle_registry.c: a carrier's vehicles and drivers. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "serve/access.h"
#include "serve/board.h"
#include "serve/dispatch.h"
#include "serve/fields.h"
#include "serve/outcome.h"
#include "serve/plates.h"
#include "serve/place_rows.h"
#include "serve/problem.h"
#include "serve/seal.h"
#include "serve/server.h"

enum { LIST_LIMIT = 200 };

/* ---- Registering ---- */

static enum handled registered(struct request *request)
{
    struct entry entry;
    if (!outcome_read(request, &entry)) {
        return HANDLED;
    }
    enum handled handled = HANDLED;
    if (entry.result.refusal) {
        handled = outcome_refused(request, &entry);
    } else {
        bool vehicle = entry.command.kind == COMMAND_vehicle_register;
        uint64_t id = vehicle ? entry.command.vehicle : entry.command.driver;
        if (vehicle) {
            plates_add(request->server->plates, body_text(request, "plate"), id);
        }
        struct json_writer *json = reply_object(request, request->answered.repeated ? 200 : 201);
        json_member_opaque(json, "id", id);
        outcome_write_receipt(request, json, &entry);
        handled = reply_end(request);
    }
    entry_clear(&entry);
    return handled;
}

static bool seal_vehicle(struct request *request, const json_t *object, struct command *command,
                         struct seal *seal)
{
    *command = (struct command){.kind = COMMAND_vehicle_register,
                                .stream = "registry",
                                .carrier = request->account.carrier,
                                .vehicle = vault_new_id()};
    if (!seal_object(request, command->vehicle, object, seal)) {
        return false;
    }
    seal_unique(request, seal, "vin", json_string_value(json_object_get(object, "vin")));
    seal_unique(request, seal, "plate", json_string_value(json_object_get(object, "plate")));
    return true;
}

enum handled handle_post_vehicles(struct request *request)
{
    struct command command;
    struct seal seal;
    struct field_fault fault;
    if (!fields_vehicle(request->body, &fault)) {
        return fields_refuse(request, &fault);
    }
    if (!seal_vehicle(request, request->body, &command, &seal)) {
        return HANDLED;
    }
    return request_submit(request, &command, &seal.attachment, registered);
}

enum handled handle_post_drivers(struct request *request)
{
    struct seal seal;
    struct command command = {.kind = COMMAND_driver_register,
                              .stream = "registry",
                              .carrier = request->account.carrier,
                              .driver = vault_new_id()};
    struct field_fault fault;
    if (!fields_driver(request->body, &fault)) {
        return fields_refuse(request, &fault);
    }
    if (!seal_body(request, command.driver, NULL, &seal)) {
        return HANDLED;
    }
    seal_unique(request, &seal, "document", body_text(request, "document"));
    return request_submit(request, &command, &seal.attachment, registered);
}

/* ---- Many vehicles at once ---- */

struct batch_row {
    struct batch *batch;
    uint64_t id;
    enum zhol_error error;
    enum refusal refusal;
};
struct batch {
    struct request *request;
    pthread_mutex_t lock;
    uint32_t left; /* answers to come, and one for the submitting itself */
    uint32_t count;
    struct batch_row rows[];
};

static void batch_done(struct batch *batch)
{
    pthread_mutex_lock(&batch->lock);
    bool last = --batch->left == 0;
    pthread_mutex_unlock(&batch->lock);
    if (last) {
        batch->request->wake(batch->request);
    }
}

static void on_row(void *context, const struct answer *answer)
{
    struct batch_row *row = context;
    row->error = answer->error;
    if (!answer->error) {
        row->refusal = answer->entry->result.refusal;
        row->id = answer->entry->command.vehicle; /* of a repeated key: the first one's */
    }
    batch_done(row->batch);
}

static enum handled batch_reply(struct request *request)
{
    struct batch *batch = request->work;
    struct json_writer *json = reply_object(request, 200);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < batch->count; i++) {
        struct batch_row *row = &batch->rows[i];
        const json_t *item = json_array_get(json_object_get(request->body, "items"), i);
        const char *plate = json_string_value(json_object_get(item, "plate"));
        bool good = !row->error && !row->refusal;
        if (good) {
            plates_add(request->server->plates, plate, row->id);
        }
        json_write_object(json);
        json_member_text(json, "plate", plate);
        json_member_opaque(json, "id", good ? row->id : 0);
        json_member_text(json, "outcome",
                         row->error == ZHOL_ERROR_INVALID    ? "invalid"
                         : row->error == ZHOL_ERROR_CONFLICT ? "key_reused"
                         : row->error                        ? "failed"
                         : good                              ? "done"
                                                             : refusal_name(row->refusal));
        json_write_object_end(json);
    }
    pthread_mutex_destroy(&batch->lock);
    return reply_end(request);
}

/* Submits one row; its idempotency key is the request's with the row's number. */
static void submit_row(struct request *request, struct batch *batch, uint32_t i, const json_t *item)
{
    struct batch_row *row = &batch->rows[i];
    struct command command;
    struct seal seal;
    char key[160] = "";
    struct field_fault fault;
    *row = (struct batch_row){.batch = batch, .error = ZHOL_ERROR_INVALID};
    if (!fields_vehicle(item, &fault) || !seal_vehicle(request, item, &command, &seal)) {
        return;
    }
    if (*request->headers.key) {
        snprintf(key, sizeof key, "%s#%u", request->headers.key, i);
    }
    command.actor = request->account.id;
    command.role = request->account.role;
    command.key = text_view_of(key);
    pthread_mutex_lock(&batch->lock);
    batch->left++;
    pthread_mutex_unlock(&batch->lock);
    enum zhol_error error =
        operation_submit(request->server->operation, &command, &seal.attachment, on_row, row);
    if (error) {
        row->error = error;
        batch_done(batch);
    }
}

enum handled handle_post_vehicles_batch(struct request *request)
{
    const json_t *items = json_object_get(request->body, "items");
    uint32_t count = (uint32_t)json_array_size(items);
    struct batch *batch =
        arena_alloc_zero(&request->arena, sizeof *batch + count * sizeof batch->rows[0]);
    if (!batch) {
        return reply_error(request, ZHOL_ERROR_MEMORY, "the batch is too large");
    }
    batch->request = request;
    batch->count = count;
    batch->left = 1;
    pthread_mutex_init(&batch->lock, NULL);
    request->work = batch;
    request->then = batch_reply;
    request_hold(request);
    for (uint32_t i = 0; i < count; i++) {
        submit_row(request, batch, i, json_array_get(items, i));
    }
    batch_done(batch);
    return WAITING;
}

/* ---- Lists ---- */

struct listing {
    uint64_t ids[1000], after;
    struct subject_view views[1000];
    uint32_t count, limit;
    bool begun, more;
};

static bool visit(void *context, uint64_t id, const struct subject_view *view)
{
    struct listing *listing = context;
    if (!listing->begun) {
        listing->begun = id == listing->after;
        return true;
    }
    if (listing->count == listing->limit) {
        listing->more = true;
        return false;
    }
    listing->views[listing->count] = *view;
    listing->ids[listing->count++] = id;
    return true;
}

static void write_field(struct json_writer *json, const json_t *fields, const char *name)
{
    json_member_text(json, name, json_string_value(json_object_get(fields, name)));
}

static void write_subject(struct request *request, struct json_writer *json, uint64_t id,
                          const struct subject_view *view, const char *const *names)
{
    struct buffer text = {0};
    json_t *fields = NULL;
    if (!view->erased && !vault_read(request->server->vault, id, &text)) {
        fields = json_loadb(buffer_get(&text), text.size, 0, NULL);
    }
    json_write_object(json);
    json_member_opaque(json, "id", id);
    for (; *names; names++) {
        write_field(json, fields, *names);
    }
    json_member_bool(json, "erased", view->erased);
    json_member_instant(json, "blocked_until", view->blocked_until_s);
    json_write_object_end(json);
    json_decref(fields);
    buffer_clear(&text);
}

static enum handled list(struct request *request, enum subject_kind kind, const char *const *names)
{
    struct listing *listing = arena_alloc_zero(&request->arena, sizeof *listing);
    if (!listing) {
        return reply_error(request, ZHOL_ERROR_MEMORY, "the list is too long");
    }
    listing->limit = (uint32_t)request_int(request, "limit", LIST_LIMIT);
    listing->after = request_opaque(request, "after");
    listing->begun = listing->after == 0;
    operation_read(request->server->operation);
    const struct registry *registry = operation_registry(request->server->operation);
    if (registry) {
        registry_list(registry, kind, request->account.carrier, visit, listing);
    }
    operation_read_end(request->server->operation);
    if (!registry) {
        return reply_error(request, ZHOL_ERROR_IO, operation_why(request->server->operation));
    }
    struct json_writer *json = reply_object(request, 200);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < listing->count; i++) {
        write_subject(request, json, listing->ids[i], &listing->views[i], names);
    }
    json_write_array_end(json);
    if (listing->more) {
        json_member_opaque(json, "next", listing->ids[listing->count - 1]);
    }
    return reply_end(request);
}

enum handled handle_get_vehicles(struct request *request)
{
    static const char *const names[] = {"plate", "vin", "country", "type", NULL};
    return list(request, SUBJECT_VEHICLE, names);
}

enum handled handle_get_drivers(struct request *request)
{
    static const char *const names[] = {"name", "phone",           "country",
                                        "lang", "visa_free_until", NULL};
    return list(request, SUBJECT_DRIVER, names);
}

/* ---- Erasing ---- */

static enum handled erased(struct request *request)
{
    board_plates_forget(request->server->board);
    return outcome_reply(request);
}

enum handled handle_post_erase(struct request *request)
{
    struct command command = {.kind = COMMAND_subject_erase,
                              .stream = "registry",
                              .subject = request_opaque(request, "id")};
    return request_submit(request, &command, NULL, erased);
}
