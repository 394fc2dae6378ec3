/* dispatch.c: from a request to its reply. See dispatch.h. */
#include "serve/dispatch.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "serve/access.h"
#include "serve/limit.h"
#include "serve/metrics.h"
#include "serve/pages.h"
#include "serve/parameters.h"
#include "serve/pool.h"
#include "serve/problem.h"
#include "serve/schema.h"
#include "serve/server.h"

struct request *request_new(struct server *server, const char *uri)
{
    struct request *request = calloc(1, sizeof *request);
    if (!request) {
        return NULL;
    }
    arena_init(&request->arena, 2048);
    request->began = metrics_seconds();
    request->server = server;
    const char **headers[] = {
        &request->headers.authorization, &request->headers.cookie,     &request->headers.csrf,
        &request->headers.key,           &request->headers.accept,     &request->headers.languages,
        &request->headers.type,          &request->headers.none_match, &request->headers.last_event,
        &request->headers.encoding,      &request->headers.origin,     &request->headers.host,
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        *headers[i] = "";
    }
    char *copy = arena_string(&request->arena, uri);
    if (!copy) {
        request_free(request);
        return NULL;
    }
    char *query = strchr(copy, '?');
    if (query) {
        *query = '\0';
        request->query = text_view_of(query + 1);
    }
    request->path = copy;
    return request;
}

void request_free(struct request *request)
{
    if (request) {
        json_decref(request->body);
        buffer_clear(&request->answered.bytes);
        buffer_clear(&request->reply.body);
        arena_clear(&request->arena);
        free(request);
    }
}

void request_header(struct request *request, const char *name, const char *value)
{
    const struct {
        const char *name, **to;
    } rows[] = {
        {"Authorization", &request->headers.authorization},
        {"Cookie", &request->headers.cookie},
        {"X-Zhol-CSRF", &request->headers.csrf},
        {"Idempotency-Key", &request->headers.key},
        {"Accept", &request->headers.accept},
        {"Accept-Language", &request->headers.languages},
        {"Content-Type", &request->headers.type},
        {"If-None-Match", &request->headers.none_match},
        {"Last-Event-ID", &request->headers.last_event},
        {"Accept-Encoding", &request->headers.encoding},
        {"Origin", &request->headers.origin},
        {"Host", &request->headers.host},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcasecmp(rows[i].name, name) == 0) {
            const char *copy = arena_string(&request->arena, value);
            *rows[i].to = copy ? copy : "";
            return;
        }
    }
}

/* ---- Routing ---- */

/* True where the path has the form of the template; its braces are read later. */
static bool path_fits(const char *form, const char *path)
{
    while (*form && *path) {
        if (*form == '{') {
            form += strcspn(form, "}") + 1;
            size_t size = strcspn(path, "/");
            if (size == 0) {
                return false;
            }
            path += size;
        } else if (*form++ != *path++) {
            return false;
        }
    }
    return *form == '\0' && *path == '\0';
}

static bool read_method(const char *text, enum method *method, bool *head)
{
    static const char *const names[] = {
#define METHOD_NAME(name) #name,
        METHODS(METHOD_NAME)
#undef METHOD_NAME
    };
    *head = strcmp(text, "HEAD") == 0;
    text = *head ? "GET" : text;
    for (unsigned i = 0; i < METHOD_COUNT; i++) {
        if (strcmp(names[i], text) == 0) {
            *method = (enum method)i;
            return true;
        }
    }
    return false;
}

static enum handled refuse_method(struct request *request, unsigned allowed)
{
    static const char *const names[] = {"GET, HEAD", "POST", "PUT", "DELETE"};
    char list[48] = "";
    for (unsigned i = 0; i < METHOD_COUNT; i++) {
        if (allowed & 1u << i) {
            strcat(list, *list ? ", " : "");
            strcat(list, names[i]);
        }
    }
    reply_header(request, "Allow", list);
    return reply_problem(request, 405, "method", "here may be used: %s", list);
}

bool request_route(struct request *request, const char *method)
{
    unsigned allowed = 0;
    bool known = read_method(method, &request->method, &request->head);
    for (uint32_t i = 0; i < endpoint_count; i++) {
        if (path_fits(endpoints[i].path, request->path)) {
            if (known && endpoints[i].method == request->method) {
                request->endpoint = &endpoints[i];
                return true;
            }
            allowed |= 1u << endpoints[i].method;
        }
    }
    if (allowed) {
        refuse_method(request, allowed);
    } else if (!known || request->method != METHOD_GET ||
               !pages_reply(request->server->pages, request)) {
        reply_problem(request, 404, "no_such_path", "there is nothing at this path");
    }
    return false;
}

size_t request_body_max(const struct request *request)
{
    const struct endpoint *endpoint = request->endpoint;
    if (!endpoint || !endpoint->takes) {
        return endpoint ? BODY_SIZE_MAX : 0;
    }
    bool large = strcmp(endpoint->takes, "raw") == 0 || strstr(endpoint->path, "/batch");
    return large ? BATCH_SIZE_MAX : BODY_SIZE_MAX;
}

/* ---- The body ---- */

static bool is_json_type(const char *type)
{
    return strncasecmp(type, "application/json", 16) == 0 &&
           (type[16] == '\0' || type[16] == ';' || type[16] == ' ');
}

static bool read_body(struct request *request, struct text_view body)
{
    const char *takes = request->endpoint->takes;
    json_error_t error;
    char why[256];
    request->raw = body;
    if (!takes || strcmp(takes, "raw") == 0) {
        return true;
    }
    if (body.size && !is_json_type(request->headers.type)) {
        reply_problem(request, 415, "media_type", "the body must be application/json");
        return false;
    }
    struct text_view text = body.size ? body : TEXT("{}");
    request->body = json_loadb(text.bytes, text.size, JSON_REJECT_DUPLICATES, &error);
    if (!request->body) {
        reply_problem(request, 400, "not_json",
                      "the body is not JSON, or names a member twice: line %d, column %d",
                      error.line, error.column);
        return false;
    }
    if (!schema_check(takes, request->body, why, sizeof why)) {
        char field[64] = "";
        const char *colon = strstr(why, ": ");
        if (colon && (size_t)(colon - why) < sizeof field) {
            memcpy(field, why, (size_t)(colon - why));
        }
        problem_reply(request, &(struct problem){.status = 422,
                                                 .code = "invalid",
                                                 .detail = why,
                                                 .field = *field ? field : NULL});
        return false;
    }
    return true;
}

/* ---- The way through ---- */

static void read_language(struct request *request)
{
    struct text_view rest = request->query, words = text_view_of(request->headers.languages);
    request->lang = TONGUE_COUNT;
    while (rest.size && request->lang == TONGUE_COUNT) {
        struct text_view pair = text_cut(&rest, '&');
        struct text_view name = text_cut(&pair, '=');
        if (text_equal_string(name, "lang")) {
            request->lang = access_tongue(pair);
        }
    }
    while (words.size && request->lang == TONGUE_COUNT) {
        struct text_view word = text_cut(&words, ',');
        request->lang = access_tongue(text_trim(text_cut(&word, ';')));
    }
    if (request->lang == TONGUE_COUNT) {
        request->lang = TONGUE_en;
    }
}

static bool key_fits(const char *key)
{
    size_t size = strlen(key);
    for (size_t i = 0; i < size; i++) {
        if (key[i] < 0x21 || key[i] > 0x7e) {
            return false;
        }
    }
    return size <= 128;
}

static enum handled finish(struct request *request, enum handled handled)
{
    if (handled == HANDLED) {
        metrics_count(request);
    }
    return handled;
}

void request_hold(struct request *request)
{
    if (!request->held) {
        request->held = true;
        if (request->hold) {
            request->hold(request);
        }
    }
}

/* The workers of the endpoint; those for ordinary work where it runs on the event thread. */
static struct pool *pool_of(const struct request *request)
{
    enum run run = request->endpoint->run;
    return request->hold ? request->server->pools[run == RUN_HERE ? RUN_POOL : run] : NULL;
}

static enum handled run_on_pool(struct request *request,
                                enum handled (*task)(struct request *request))
{
    request->task = task;
    request_hold(request);
    if (pool_submit(pool_of(request), request)) {
        reply_header(request, "Retry-After", "1");
        reply_problem(request, 503, "busy", "too many requests are waiting; try again");
        request->wake(request);
    }
    return WAITING;
}

enum handled dispatch(struct request *request, struct text_view body)
{
    request->now_s = server_now(request->server);
    read_language(request);
    if (!request->endpoint) {
        return finish(request, HANDLED); /* request_route has answered it */
    }
    if (!key_fits(request->headers.key)) {
        reply_problem(request, 400, "key", "Idempotency-Key must be 1 to 128 printable characters");
        return finish(request, HANDLED);
    }
    if (!access_identify(request) || !limit_admit(request) || !parameters_read(request) ||
        !access_allow(request) || !read_body(request, body)) {
        return finish(request, HANDLED);
    }
    if (request->endpoint->run != RUN_HERE && pool_of(request)) {
        return run_on_pool(request, request->endpoint->handle);
    }
    return finish(request, request->endpoint->handle(request));
}

static void reply_failed(struct request *request)
{
    if (request->answered.error == ZHOL_ERROR_CONFLICT) {
        reply_problem(
            request, 422, "key_reused",
            "this Idempotency-Key was used before, for another command: choose a new key");
    } else {
        reply_error(request, request->answered.error, "the command was not carried out");
    }
}

enum handled request_resume(struct request *request)
{
    enum handled (*then)(struct request *) = request->then;
    request->then = NULL;
    request->held = false;
    if (then && request->answered.error) {
        reply_failed(request);
        then = NULL;
    }
    if (then && request->then_on_pool && pool_of(request)) {
        request->then_on_pool = false;
        return run_on_pool(request, then);
    }
    return finish(request, then ? then(request) : HANDLED);
}
