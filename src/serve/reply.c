/* reply.c: what handlers answer with: JSON, bytes, problems (RFC 9457). See endpoint.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "serve/endpoint.h"
#include "serve/problem.h"
#include "serve/server.h"

struct json_writer *reply_json(struct request *request, unsigned status)
{
    struct reply *reply = &request->reply;
    reply->status = status;
    reply->type = "application/json";
    reply->writing = true;
    buffer_reset(&reply->body);
    json_writer_init(&reply->json, &reply->body, false);
    return &reply->json;
}

struct json_writer *reply_object(struct request *request, unsigned status)
{
    struct json_writer *json = reply_json(request, status);
    json_write_object(json);
    json_member_instant(json, "as_of", request->now_s);
    if (request->server->options.demo) {
        json_member_bool(json, "demo", true);
    }
    return json;
}

enum handled reply_end(struct request *request)
{
    struct json_writer *json = &request->reply.json;
    while (request->reply.writing && json->depth && !json->out->error) {
        if (json->kind[json->depth - 1] == '{') {
            json_write_object_end(json);
        } else {
            json_write_array_end(json);
        }
    }
    request->reply.writing = false;
    enum zhol_error error = json_writer_end(json);
    if (error) {
        return reply_error(request, error, "the answer could not be written");
    }
    return HANDLED;
}

enum handled reply_bytes(struct request *request, unsigned status, const char *type,
                         struct text_view bytes)
{
    buffer_reset(&request->reply.body);
    buffer_view(&request->reply.body, bytes);
    request->reply.status = status;
    request->reply.type = type;
    return HANDLED;
}

enum handled reply_buffer(struct request *request, unsigned status, const char *type,
                          struct buffer *bytes)
{
    buffer_clear(&request->reply.body);
    request->reply.body = *bytes;
    buffer_init(bytes);
    request->reply.status = status;
    request->reply.type = type;
    return HANDLED;
}

enum handled reply_empty(struct request *request, unsigned status)
{
    return reply_bytes(request, status, NULL, TEXT(""));
}

void reply_header(struct request *request, const char *name, const char *value)
{
    struct reply *reply = &request->reply;
    const char *copy = arena_string(&request->arena, value);
    if (copy && reply->header_count < HEADER_MAX) {
        reply->headers[reply->header_count++] = (struct header){name, copy};
    }
}

enum handled reply_problem(struct request *request, unsigned status, const char *code,
                           const char *detail, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, detail);
    vsnprintf(text, sizeof text, detail, arguments);
    va_end(arguments);
    return problem_reply(request,
                         &(struct problem){.status = status, .code = code, .detail = text});
}

const char *reply_clean(struct request *request, const char *text)
{
    char *copy = arena_string(&request->arena, text);
    for (char *c = copy; copy && *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            *c = ' ';
        }
    }
    return copy ? copy : "";
}

enum handled problem_reply(struct request *request, const struct problem *problem)
{
    struct json_writer *json = reply_json(request, problem->status);
    char type[96];
    snprintf(type, sizeof type, "https://zhol.invalid/problems/%s", problem->code);
    request->reply.type = "application/problem+json";
    json_write_object(json);
    json_member_text(json, "type", type);
    json_member_text(json, "title", problem_title(problem->status));
    json_member_int(json, "status", problem->status);
    json_member_text(json, "detail", reply_clean(request, problem->detail));
    json_member_text(json, "code", problem->code);
    if (problem->field) {
        json_member_text(json, "field", reply_clean(request, problem->field));
    }
    if (problem->rule && *problem->rule) {
        json_member_text(json, "rule", problem->rule);
    }
    if (problem->receipt.size) {
        json_write_key(json, "receipt");
        json_write_raw(json, problem->receipt);
    }
    json_write_object_end(json);
    request->reply.writing = false;
    if (json_writer_end(json)) {
        return reply_bytes(request, 500, "application/problem+json",
                           TEXT("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\","
                                "\"status\":500,\"detail\":\"out of memory\",\"code\":"
                                "\"internal\"}"));
    }
    return HANDLED;
}

enum handled reply_error(struct request *request, enum zhol_error error, const char *detail)
{
    switch (error) {
    case ZHOL_ERROR_UNKNOWN:
        return reply_problem(request, 404, "unknown", "%s", detail);
    case ZHOL_ERROR_DUPLICATE:
    case ZHOL_ERROR_CONFLICT:
        return reply_problem(request, 409, "conflict", "%s", detail);
    case ZHOL_ERROR_SYNTAX:
    case ZHOL_ERROR_RANGE:
    case ZHOL_ERROR_INVALID:
    case ZHOL_ERROR_AMBIGUOUS:
        return reply_problem(request, 422, "invalid", "%s", detail);
    case ZHOL_ERROR_LIMIT:
        reply_header(request, "Retry-After", "1");
        return reply_problem(request, 503, "busy", "%s", detail);
    case ZHOL_ERROR_IO:
        return reply_problem(request, 503, "stopped",
                             "the store failed and nothing is accepted until the server is "
                             "started anew: %s",
                             detail);
    default:
        return reply_problem(request, 500, "internal", "%s (%s)", detail, zhol_error_text(error));
    }
}

const char *problem_title(unsigned status)
{
    static const struct {
        unsigned status;
        const char *title;
    } titles[] = {
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {503, "Service Unavailable"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (titles[i].status == status) {
            return titles[i].title;
        }
    }
    return "Internal Server Error";
}

void json_member_instant(struct json_writer *json, const char *key, int64_t utc_s)
{
    char text[TIME_TEXT_SIZE];
    if (utc_s == 0 || utc_s == INT64_MAX) {
        json_member_null(json, key);
        return;
    }
    time_format_instant(utc_s, text);
    json_member_text(json, key, text);
}

void json_member_opaque(struct json_writer *json, const char *key, uint64_t id)
{
    char text[OPAQUE_TEXT_SIZE];
    if (id == 0) {
        json_member_null(json, key);
        return;
    }
    opaque_write(id, text);
    json_member_text(json, key, text);
}

void json_member_uint(struct json_writer *json, const char *key, uint64_t value)
{
    json_write_key(json, key);
    json_write_uint(json, value);
}
