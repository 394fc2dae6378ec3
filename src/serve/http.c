/* http.c: requests over libmicrohttpd. See http.h. */
#include "serve/http.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/number.h"
#include "serve/dispatch.h"
#include "serve/events.h"
#include "serve/http_stream.h"
#include "serve/listen.h"
#include "serve/metrics.h"

struct http {
    struct MHD_Daemon *daemon;
    struct server *server;
    bool behind_proxy;
    atomic_int in_work; /* requests between their first byte and their reply */
    atomic_int held;    /* those of them that wait for another thread */
};

/* One request on a connection. */
struct call {
    struct http *http;
    struct request *request;
    struct MHD_Connection *connection;
    struct buffer body;
    size_t body_max;
    bool begun, dispatched, too_large;
};

static void hold(struct request *request)
{
    struct call *call = request->transport;
    atomic_fetch_add(&call->http->held, 1);
    MHD_suspend_connection(call->connection);
}

/* After the resumption the call may be gone: the event thread answers and frees it. */
static void wake(struct request *request)
{
    struct call *call = request->transport;
    struct http *http = call->http;
    MHD_resume_connection(call->connection);
    atomic_fetch_sub(&http->held, 1);
}

/* Called with the raw request line, before anything is decoded. */
static void *on_uri(void *context, const char *uri, struct MHD_Connection *connection)
{
    struct http *http = context;
    struct call *call = calloc(1, sizeof *call);
    struct request *request = call ? request_new(http->server, uri) : NULL;
    if (!request) {
        free(call);
        return NULL;
    }
    *call = (struct call){.http = http, .request = request, .connection = connection};
    request->transport = call;
    request->hold = hold;
    request->wake = wake;
    atomic_fetch_add(&http->in_work, 1);
    return call;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    struct http *http = context;
    struct call *call = *state;
    (void)connection;
    (void)code;
    if (call) {
        request_free(call->request);
        buffer_clear(&call->body);
        free(call);
        atomic_fetch_sub(&http->in_work, 1);
        *state = NULL;
    }
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http *http = context;
    (void)connection;
    (void)socket_context;
    metrics_connection(http->server->metrics, code == MHD_CONNECTION_NOTIFY_STARTED ? 1 : -1);
}

/* ---- Answering ---- */

static void add_headers(struct MHD_Response *response, const struct reply *reply)
{
    bool has_cache = false, has_policy = false;
    if (reply->type) {
        MHD_add_response_header(response, "Content-Type", reply->type);
    }
    for (uint32_t i = 0; i < reply->header_count; i++) {
        MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
        has_cache = has_cache || strcmp(reply->headers[i].name, "Cache-Control") == 0;
        has_policy = has_policy || strcmp(reply->headers[i].name, "Content-Security-Policy") == 0;
    }
    if (!has_cache) {
        MHD_add_response_header(response, "Cache-Control", "no-store");
    }
    if (!has_policy) {
        MHD_add_response_header(response, "Content-Security-Policy",
                                "default-src 'none'; frame-ancestors 'none'");
    }
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
}

static enum MHD_Result answer(struct call *call)
{
    struct reply *reply = &call->request->reply;
    struct MHD_Response *response;
    if (reply->events) {
        response = http_stream_response(call->http->server, call->connection, reply->events,
                                        reply->events_after);
        if (!response) {
            reply_problem(call->request, 503, "busy", "too many streams of events are open");
        }
    } else {
        response = NULL;
    }
    if (!response) {
        size_t size = 0;
        char *bytes = buffer_take(&reply->body, &size);
        response =
            bytes ? MHD_create_response_from_buffer(size, bytes, MHD_RESPMEM_MUST_FREE) : NULL;
    }
    if (!response) {
        return MHD_NO;
    }
    add_headers(response, reply);
    enum MHD_Result result = MHD_queue_response(call->connection, reply->status, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- Asking ---- */

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    (void)kind;
    request_header(context, name, value ? value : "");
    return MHD_YES;
}

static void read_address(struct call *call)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(call->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct request *request = call->request;
    if (info && info->client_addr) {
        listen_address_text(info->client_addr, request->address, sizeof request->address);
    }
    const char *forwarded =
        call->http->behind_proxy
            ? MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "X-Forwarded-For")
            : NULL;
    if (forwarded) {
        const char *last = strrchr(forwarded, ',');
        struct text_view view = text_trim(text_view_of(last ? last + 1 : forwarded));
        if (view.size && view.size < sizeof request->address) {
            memcpy(request->address, view.bytes, view.size);
            request->address[view.size] = '\0';
        }
    }
}

/* The head of a request is there. A body that says that it is too large is refused at once. */
static enum MHD_Result begin(struct call *call, const char *method)
{
    struct request *request = call->request;
    const char *length =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Content-Length");
    int64_t size = 0;
    call->begun = true;
    MHD_get_connection_values(call->connection, MHD_HEADER_KIND, on_header, request);
    read_address(call);
    request_route(request, method);
    call->body_max = request_body_max(request);
    if (length && (number_parse_int(text_view_of(length), &size) || size < 0 ||
                   (request->endpoint && (uint64_t)size > call->body_max))) {
        call->dispatched = true;
        reply_problem(request, 413, "too_large", "the body may have at most %zu bytes",
                      call->body_max);
        metrics_count(request);
        return answer(call);
    }
    return MHD_YES;
}

static void take_body(struct call *call, const char *bytes, size_t size)
{
    if (call->body.size + size > call->body_max) {
        call->too_large = true;
        buffer_clear(&call->body);
    } else if (!call->too_large) {
        buffer_append(&call->body, bytes, size);
    }
}

static enum handled work(struct call *call)
{
    struct request *request = call->request;
    if (call->dispatched) {
        return request_resume(request);
    }
    call->dispatched = true;
    if (request->endpoint && (call->too_large || call->body.error)) {
        metrics_count(request);
        return reply_problem(request, 413, "too_large", "the body may have at most %zu bytes",
                             call->body_max);
    }
    return dispatch(request,
                    (struct text_view){buffer_get(&call->body), (uint32_t)call->body.size});
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
    struct call *call = *state;
    (void)context;
    (void)connection;
    (void)url;
    (void)version;
    if (!call) {
        return MHD_NO;
    }
    if (!call->begun) {
        return begin(call, method);
    }
    if (*upload_size) {
        take_body(call, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    return work(call) == HANDLED ? answer(call) : MHD_YES;
}

/* ---- Starting and stopping ---- */

static void silent(void *context, const char *format, va_list arguments)
{
    (void)context;
    (void)format;
    (void)arguments;
}

enum zhol_error http_start(struct server *server, const struct http_options *options,
                           struct zhol_report *report, struct http **out)
{
    struct sockaddr_storage address;
    enum zhol_error error = listen_parse(options->listen, &address, report);
    struct http *http = error ? NULL : calloc(1, sizeof *http);
    if (!http) {
        return error ? error : ZHOL_ERROR_MEMORY;
    }
    unsigned most = options->connections_max ? options->connections_max : 2048;
    http->server = server;
    http->behind_proxy = options->behind_proxy;
    /* Without MHD_OPTION_LISTENING_ADDRESS_REUSE: with it two servers could share one port, and
     * half of the people would be answered by the other one. */
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG |
            (address.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0u),
        0, NULL, NULL, on_request, http, MHD_OPTION_EXTERNAL_LOGGER, silent, NULL,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_URI_LOG_CALLBACK, on_uri,
        http, MHD_OPTION_NOTIFY_COMPLETED, on_completed, http, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, http, MHD_OPTION_CONNECTION_LIMIT, most, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        options->per_address_max ? options->per_address_max : most, MHD_OPTION_CONNECTION_TIMEOUT,
        options->timeout_s ? options->timeout_s : 30u, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)32 << 10, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_END);
    if (!http->daemon) {
        free(http);
        return listen_refused(options->listen, report);
    }
    *out = http;
    return ZHOL_ERROR_OK;
}

uint16_t http_port(const struct http *http)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

/* Waits until a count is 0, at most so long. */
static bool wait_for_none(const atomic_int *count, double most_s)
{
    double until = metrics_seconds() + most_s;
    while (atomic_load(count) > 0 && metrics_seconds() < until) {
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    return atomic_load(count) == 0;
}

bool http_stop(struct http *http, double grace_s)
{
    if (!http) {
        return true;
    }
    MHD_socket listening = MHD_quiesce_daemon(http->daemon);
    events_end(http->server->events);
    /* A daemon with a suspended connection cannot be stopped: those have longer. */
    if (!wait_for_none(&http->in_work, grace_s) && !wait_for_none(&http->held, 5 * grace_s)) {
        return false;
    }
    MHD_stop_daemon(http->daemon);
    listen_close(listening);
    free(http);
    return true;
}
