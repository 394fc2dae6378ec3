/* handle_service.c: the service itself: health, counters, the document, what is served, events. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "serve/catalog.h"
#include "serve/events.h"
#include "serve/metrics.h"
#include "serve/model.h"
#include "serve/outcome.h"
#include "serve/pages.h"
#include "serve/server.h"

enum handled handle_get_root(struct request *request)
{
    const char *accept = request->headers.accept;
    bool wants_json = strstr(accept, "json") && !strstr(accept, "text/html");
    for (uint32_t i = 0; wants_json && i < endpoint_count; i++) {
        if (strcmp(endpoints[i].path, "/ogc") == 0) {
            return endpoints[i].handle(request);
        }
    }
    pages_reply(request->server->pages, request);
    return HANDLED;
}

static enum handled reply_status(struct request *request, const char *word)
{
    struct json_writer *json = reply_json(request, 200);
    json_write_object(json);
    json_member_text(json, "status", word);
    return reply_end(request);
}

enum handled handle_get_health(struct request *request)
{
    return reply_status(request, "ok");
}

enum handled handle_get_ready(struct request *request)
{
    const struct server *server = request->server;
    if (operation_stopped(server->operation)) {
        return reply_problem(request, 503, "stopped", "%s", operation_why(server->operation));
    }
    if (atomic_load(&server->stopping)) {
        return reply_problem(request, 503, "stopping", "the server is being stopped");
    }
    return reply_status(request, "ready");
}

enum handled handle_get_metrics(struct request *request)
{
    struct buffer text = {0};
    metrics_write(request->server, &text);
    return reply_buffer(request, 200, "text/plain; version=0.0.4; charset=utf-8", &text);
}

enum handled handle_get_openapi(struct request *request)
{
    const struct buffer *text = &request->server->openapi;
    return reply_bytes(request, 200, "application/json",
                       (struct text_view){buffer_get(text), (uint32_t)text->size});
}

static void write_two(struct json_writer *json, const char *key, const char *en, const char *ru)
{
    json_write_key(json, key);
    json_write_object(json);
    json_member_text(json, "en", en);
    json_member_text(json, "ru", *ru ? ru : en);
    json_write_object_end(json);
}

static void write_key(struct json_writer *json, const uint8_t key[32])
{
    char text[65];
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 32; i++) {
        text[2 * i] = digits[key[i] >> 4];
        text[2 * i + 1] = digits[key[i] & 15];
    }
    text[64] = '\0';
    json_member_text(json, "public_key", text);
}

enum handled handle_get_meta(struct request *request)
{
    const struct server *server = request->server;
    struct zhol_corridor_about about = zhol_corridor_about(server->corridor);
    const struct zhol_scenario_list *scenarios = model_scenarios(server->model);
    char day[TIME_TEXT_SIZE];
    struct json_writer *json = reply_object(request, 200);
    time_format_date(about.as_of, day);
    json_member_text(json, "corridor", about.name);
    write_two(json, "title", about.title, about.title_ru);
    json_member_text(json, "corridor_as_of", day);
    json_member_instant(json, "now", request->now_s);
    json_write_key(json, "languages");
    json_write_array(json);
    for (unsigned i = 0; i < TONGUE_COUNT; i++) {
        json_write_text(json, tongue_name((enum tongue)i));
    }
    json_write_array_end(json);
    json_member_text(json, "version", server->options.version);
    json_member_text(json, "store",
                     strncmp(server->options.store_url, "memory:", 7) == 0 ? "memory" : "durable");
    write_key(json, server->public_key);
    json_member_real(json, "clock_speed", server->options.demo ? server->options.speed : 1);
    json_write_key(json, "scenarios");
    json_write_array(json);
    for (uint32_t i = 0; scenarios && i < scenarios->count; i++) {
        json_write_object(json);
        json_member_text(json, "id", scenarios->entries[i].name);
        write_two(json, "name", scenarios->entries[i].title, scenarios->entries[i].title_ru);
        json_write_object_end(json);
    }
    return reply_end(request);
}

/* board | queue:ID | place:ID: what is public anyway, and a place's id is known to who has it. */
static bool topic_fits(const struct request *request, const char *topic)
{
    struct catalog_queue about;
    uint64_t place;
    if (strncmp(topic, "queue:", 6) == 0) {
        return catalog_queue(request->server->corridor, topic + 6, catalog_day(request->now_s),
                             &about);
    }
    if (strncmp(topic, "place:", 6) == 0) {
        return opaque_read(text_view_of(topic + 6), &place) == ZHOL_ERROR_OK;
    }
    return strcmp(topic, "board") == 0;
}

enum handled handle_get_events(struct request *request)
{
    const char *topic = request_text(request, "topic");
    if (!topic_fits(request, topic)) {
        return reply_problem(request, 404, "unknown_topic",
                             "a topic is board, queue:ID or place:ID");
    }
    request->reply.status = 200;
    request->reply.type = "text/event-stream";
    request->reply.events = topic;
    request->reply.events_after = strtoull(request->headers.last_event, NULL, 10);
    return HANDLED;
}
