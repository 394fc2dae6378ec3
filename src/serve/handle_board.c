/* handle_board.c: what everybody may see: checkpoints, board, slots, order, rules, advice. */
#include <math.h>
#include <string.h>

#include "base/time.h"
#include "desk/advice.h"
#include "desk/queue_rules.h"
#include "serve/board.h"
#include "serve/catalog.h"
#include "serve/outcome.h"
#include "serve/place_rows.h"
#include "serve/problem.h"
#include "serve/server.h"

enum { ORDER_LIMIT = 200, SLOT_DAYS = 30 };

/* ---- Checkpoints ---- */

static void write_categories(struct json_writer *json, const struct zhol_corridor *corridor,
                             const struct catalog_queue *queue, int32_t day)
{
    uint32_t count;
    const struct zhol_queue_category *rows = zhol_corridor_queue_category(corridor, &count);
    json_write_key(json, "categories");
    json_write_array(json);
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(day, rows[i].valid_from, rows[i].valid_to) &&
            strcmp(zhol_corridor_text(corridor, rows[i].rule_set), queue->rule_set) == 0) {
            const char *id = zhol_corridor_text(corridor, rows[i].category);
            json_write_object(json);
            json_member_text(json, "id", id);
            catalog_write_category(json, corridor, i, id);
            json_write_object_end(json);
        }
    }
    json_write_array_end(json);
}

static void write_queue(struct request *request, struct json_writer *json,
                        const struct catalog_queue *queue)
{
    struct server *server = request->server;
    json_write_object(json);
    json_member_text(json, "id", queue->id);
    catalog_write_queue(json, server->corridor, queue);
    json_member_text(json, "direction", queue->direction);
    json_member_text(json, "release", queue->release);
    json_member_text(json, "rule_set", queue->rule_set);
    json_member_text(json, "mode", queue->managed ? "managed" : "observed");
    json_member_bool(json, "open_now", board_open_now(server->board, queue->id));
    json_member_int(json, "slot_min", queue->slot_s / 60);
    write_categories(json, server->corridor, queue, catalog_day(request->now_s));
    json_write_object_end(json);
}

static void write_checkpoint(struct request *request, struct json_writer *json, uint32_t node)
{
    const struct zhol_corridor *corridor = request->server->corridor;
    int32_t day = catalog_day(request->now_s);
    uint32_t thing = 0, count, row = zhol_corridor_row_on(corridor, ZHOL_TABLE_node, node, day);
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    struct catalog_queue queue;
    json_write_object(json);
    json_member_text(json, "id", zhol_corridor_id(corridor, ZHOL_TABLE_node, node));
    catalog_write_place(json, "name", corridor, node);
    json_member_real(json, "lon", row < count ? nodes[row].x_coord : 0);
    json_member_real(json, "lat", row < count ? nodes[row].y_coord : 0);
    json_member_text(json, "country",
                     row < count ? zhol_corridor_text(corridor, nodes[row].country) : "");
    json_member_int(json, "utc_offset_min", catalog_offset_s(corridor, node, request->now_s) / 60);
    json_write_key(json, "queues");
    json_write_array(json);
    while (catalog_next(corridor, day, &thing, &queue)) {
        if (queue.node == node) {
            write_queue(request, json, &queue);
        }
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

enum handled handle_get_checkpoints(struct request *request)
{
    uint32_t *nodes = NULL, count = 0;
    enum zhol_error error =
        queue_checkpoints(request->server->corridor, catalog_day(request->now_s), &nodes, &count);
    if (error && error != ZHOL_ERROR_UNKNOWN) {
        return reply_error(request, error, "the checkpoints cannot be read");
    }
    struct json_writer *json = reply_object(request, 200);
    json_member_instant(json, "now", request->now_s);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < count; i++) {
        write_checkpoint(request, json, nodes[i]);
    }
    json_write_array_end(json);
    free(nodes);
    return reply_end(request);
}

enum handled handle_get_board(struct request *request)
{
    struct buffer items = {0};
    const char *checkpoint = request_text(request, "checkpoint");
    if (!board_items(request->server->board, checkpoint, &items)) {
        buffer_clear(&items);
        return reply_problem(request, 404, "unknown_checkpoint",
                             "there is no such checkpoint with a queue");
    }
    struct json_writer *json = reply_object(request, 200);
    json_member_instant(json, "now", request->now_s);
    json_member_text(json, "method", outcome_method);
    json_write_key(json, "items");
    json_write_raw(json, (struct text_view){buffer_get(&items), (uint32_t)items.size});
    buffer_clear(&items);
    return reply_end(request);
}

/* ---- Slots, order, rules ---- */

static bool find_queue(struct request *request, struct catalog_queue *about)
{
    if (catalog_queue(request->server->corridor, request_text(request, "queue"),
                      catalog_day(request->now_s), about)) {
        return true;
    }
    reply_problem(request, 404, "unknown_queue", "there is no such queue");
    return false;
}

struct slots_writing {
    struct json_writer *json;
    uint32_t category; /* UINT32_MAX: none asked for */
};

static bool visit_slot(void *context, const struct slot_view *slot)
{
    struct slots_writing *writing = context;
    struct json_writer *json = writing->json;
    uint32_t free_here = slot->capacity > slot->taken ? slot->capacity - slot->taken : 0;
    json_write_object(json);
    json_member_instant(json, "start", slot->start_s);
    json_member_instant(json, "end", slot->end_s);
    json_member_uint(json, "capacity", slot->capacity);
    json_member_uint(json, "taken", slot->taken);
    json_member_uint(json, "free", free_here);
    if (writing->category == UINT32_MAX) {
        json_member_null(json, "free_for_category");
    } else {
        uint32_t share = slot->category_capacity[writing->category];
        uint32_t taken = slot->category_taken[writing->category];
        uint32_t left = share > taken ? share - taken : 0;
        json_member_uint(json, "free_for_category",
                         share == UINT32_MAX || left > free_here ? free_here : left);
    }
    json_write_object_end(json);
    return !json->out->error;
}

/* Index of a category in the state's queue; UINT32_MAX: it has none of that name. */
static uint32_t category_index(const struct queue_state *state, const char *queue,
                               const char *category)
{
    for (uint32_t i = 0; category && i < queue_count(state); i++) {
        struct queue_view view;
        queue_view(state, i, &view);
        for (uint32_t k = 0; strcmp(view.queue, queue) == 0 && k < view.category_count; k++) {
            if (strcmp(view.categories[k].category, category) == 0) {
                return k;
            }
        }
    }
    return UINT32_MAX;
}

enum handled handle_get_slots(struct request *request)
{
    struct operation *operation = request->server->operation;
    struct catalog_queue about;
    const char *category = request_text(request, "category");
    int64_t from_s = request_int(request, "from", request->now_s);
    int64_t until_s = request_int(request, "until", from_s + 7 * TIME_DAY_S);
    if (!find_queue(request, &about)) {
        return HANDLED;
    }
    if (until_s < from_s || until_s - from_s > (int64_t)SLOT_DAYS * TIME_DAY_S) {
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "until",
                                                        .detail = "must lie 0 to 30 days after "
                                                                  "from"});
    }
    struct json_writer *json = reply_object(request, 200);
    struct slots_writing writing = {json, UINT32_MAX};
    json_write_key(json, "items");
    json_write_array(json);
    operation_read(operation);
    const struct queue_state *state = operation_queue(operation, about.checkpoint);
    if (state) {
        writing.category = category_index(state, about.id, category);
        queue_slots(state, about.id, from_s, until_s, visit_slot, &writing);
    }
    operation_read_end(operation);
    if (state && category && writing.category == UINT32_MAX) {
        return reply_problem(request, 422, "unknown_category", "the queue has no such category");
    }
    return reply_end(request);
}

enum handled handle_get_order(struct request *request)
{
    struct catalog_queue about;
    struct place_rows rows = {.limit = (uint32_t)request_int(request, "limit", ORDER_LIMIT)};
    if (!find_queue(request, &about)) {
        return HANDLED;
    }
    enum zhol_error error =
        place_rows_read(request->server, about.checkpoint, about.id,
                        1u << PLACE_booked | 1u << PLACE_arrived | 1u << PLACE_called, &rows);
    if (error) {
        place_rows_clear(&rows);
        return reply_error(request, error, operation_why(request->server->operation));
    }
    struct json_writer *json = reply_object(request, 200);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct place_view *view = &rows.rows[i].view;
        char id[OPAQUE_TEXT_SIZE];
        opaque_write(view->place, id);
        id[6] = '\0'; /* the whole id opens the place's public page: it belongs to who has it */
        json_write_object(json);
        json_member_uint(json, "rank", i + 1);
        json_member_text(json, "place", id);
        json_member_uint(json, "number", view->number);
        json_member_text(json, "category", view->category);
        json_member_text(json, "state", place_state_name(view->state));
        json_member_instant(json, "slot", view->slot_s);
        json_member_instant(json, "arrived", view->arrived_s);
        json_write_object_end(json);
    }
    place_rows_clear(&rows);
    return reply_end(request);
}

/* Puts the names of its category into each member of "categories". */
static void write_rules(struct json_writer *json, const struct zhol_corridor *corridor,
                        const struct catalog_queue *about, json_t *queue, int32_t day)
{
    json_t *categories = json_object_get(queue, "categories"), *category;
    size_t i;
    char *text = json_dumps(queue, JSON_COMPACT);
    json_member_text(json, "queue", about->id);
    json_write_key(json, "rules");
    json_write_raw(json, text_view_of(text ? text : "{}"));
    free(text);
    json_write_key(json, "categories");
    json_write_array(json);
    json_array_foreach(categories, i, category)
    {
        const char *id = json_string_value(json_object_get(category, "id"));
        json_write_object(json);
        json_member_text(json, "id", id);
        catalog_write_category(json, corridor,
                               catalog_category(corridor, about->rule_set, id ? id : "", day),
                               id ? id : "");
        json_member_int(json, "weight", json_integer_value(json_object_get(category, "weight")));
        json_member_int(json, "share_max",
                        json_integer_value(json_object_get(category, "share_max")));
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

enum handled handle_get_rules(struct request *request)
{
    const struct zhol_corridor *corridor = request->server->corridor;
    int32_t day = catalog_day(request->now_s);
    struct catalog_queue about;
    struct buffer text = {0};
    if (!find_queue(request, &about)) {
        return HANDLED;
    }
    enum zhol_error error = queue_rules_json(corridor, about.node, day, NULL, &text);
    json_t *all = error ? NULL : json_loadb(buffer_get(&text), text.size, 0, NULL), *queue;
    size_t i;
    buffer_clear(&text);
    if (!all) {
        return reply_problem(request, 404, "no_rules", "the queue has no rules on this day");
    }
    struct json_writer *json = reply_object(request, 200);
    json_array_foreach(json_object_get(all, "queues"), i, queue)
    {
        const char *id = json_string_value(json_object_get(queue, "id"));
        if (id && strcmp(id, about.id) == 0) {
            write_rules(json, corridor, &about, queue, day);
        }
    }
    json_decref(all);
    return reply_end(request);
}

/* ---- Advice ---- */

static void write_hours(struct json_writer *json, const char *key, bool known, int64_t at_s,
                        int64_t now_s)
{
    json_write_key(json, key);
    if (known && at_s != INT64_MAX) {
        json_write_fixed(json, (double)(at_s - now_s) / TIME_HOUR_S, 1);
    } else {
        json_write_null(json);
    }
}

static void write_point(struct request *request, struct json_writer *json,
                        const struct advice *advice, uint32_t i)
{
    const struct zhol_corridor *corridor = request->server->corridor;
    const struct advice_point *point = &advice->points[i];
    struct buffer why = {0};
    json_write_object(json);
    json_member_text(json, "checkpoint", zhol_corridor_id(corridor, ZHOL_TABLE_node, point->node));
    catalog_write_place(json, "checkpoint_name", corridor, point->node);
    json_member_text(json, "queue", point->queue_id);
    json_member_fixed(json, "drive_h", point->drive_h, 1);
    json_member_fixed(json, "drive_km", point->drive_km, 0);
    json_member_instant(json, "arrives", point->arrives_s);
    board_write_call(json, "call", point->known, &point->call);
    json_write_key(json, "total_h");
    json_write_object(json);
    write_hours(json, "p50", point->known, point->call.p50_s, request->now_s);
    write_hours(json, "p90", point->known, point->call.p90_s, request->now_s);
    json_write_object_end(json);
    json_member_uint(json, "waiting", point->waiting);
    json_member_bool(json, "closed", point->closed);
    advice_why(corridor, advice, i, tongue_name(request->lang), &why);
    json_member_text(json, "note", buffer_get(&why));
    json_write_object_end(json);
    buffer_clear(&why);
}

/* Where the truck is. False: replied. */
static bool read_start(struct request *request, struct advice_ask *ask)
{
    uint32_t near[4], count = 0;
    const char *from = request_text(request, "from"), *way = request_text(request, "direction");
    *ask = (struct advice_ask){.from = ZHOL_NONE,
                               .lon = request_real(request, "lon", NAN),
                               .lat = request_real(request, "lat", NAN),
                               .depart_s = request->now_s,
                               .direction = way && strcmp(way, "entry") == 0 ? zhol_direction_IN
                                                                             : zhol_direction_OUT,
                               .day = catalog_day(request->now_s)};
    if (from && zhol_corridor_place(request->server->corridor, from, &ask->from, near, 4, &count)) {
        problem_reply(request, &(struct problem){.status = 404,
                                                 .code = "unknown_place",
                                                 .field = "from",
                                                 .detail = "there is no one place of this name"});
        return false;
    }
    if (!from && (isnan(ask->lon) || isnan(ask->lat))) {
        problem_reply(request, &(struct problem){.status = 400,
                                                 .code = "parameter",
                                                 .field = "from",
                                                 .detail = "from, or lon and lat, must be given"});
        return false;
    }
    return true;
}

enum handled handle_get_advice(struct request *request)
{
    struct server *server = request->server;
    struct advice_ask ask;
    struct advice advice = {0};
    if (!read_start(request, &ask)) {
        return HANDLED;
    }
    enum zhol_error error = advice_open(server->corridor, &ask, &advice);
    if (error == ZHOL_ERROR_UNREACHABLE) {
        return reply_problem(request, 404, "unreachable", "no checkpoint can be reached by road");
    }
    if (error) {
        return reply_error(request, error, "no advice can be given from there");
    }
    for (uint32_t i = 0; i < advice.count; i++) {
        struct advice_point *point = &advice.points[i];
        point->known =
            board_forecast(server->board, point->queue_id, request_text(request, "category"),
                           UINT32_MAX, point->arrives_s, &point->call);
        board_state(server->board, point->queue_id, point->arrives_s, &point->waiting,
                    &point->closed);
    }
    advice_rank(&advice);
    struct json_writer *json = reply_object(request, 200);
    json_member_text(json, "method", outcome_method);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < advice.count; i++) {
        write_point(request, json, &advice, i);
    }
    advice_close(&advice);
    return reply_end(request);
}
