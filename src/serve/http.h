/* serve/http.h: the sockets: libmicrohttpd over epoll, one event thread.
 *
 * The event thread never waits for the disk: a request whose answer needs the writer's commit or a
 * worker is suspended, and woken when the answer is there. Bodies above the limit of their endpoint
 * are refused before they are read where the client tells their size, else while they come.
 */
#ifndef ZHOL_SERVE_HTTP_H
#define ZHOL_SERVE_HTTP_H

#include "serve/server.h"

struct http;

struct http_options {
    const char *listen;       /* "127.0.0.1:8080", "[::1]:0": port 0 is any free one */
    uint32_t connections_max; /* 0: 2048 */
    uint32_t per_address_max; /* 0: as connections_max */
    uint32_t timeout_s;       /* of a quiet or slow connection; 0: 30 */
    bool behind_proxy;        /* clients are told apart by the last address of X-Forwarded-For */
};

/* ZHOL_ERROR_SYNTAX (address), ZHOL_ERROR_IO (it cannot be bound); with a finding. */
enum zhol_error http_start(struct server *server, const struct http_options *options,
                           struct zhol_report *report, struct http **http);
/* The port that it listens on. */
uint16_t http_port(const struct http *http);
/* Takes no new connection, lets the requests in work end (at most `grace_s`), closes all. False: a
 * worker is still busy with one after six times that; then nothing may be freed, the process should
 * end (the journal is durable at any time). NULL is allowed. */
bool http_stop(struct http *http, double grace_s);

#endif
