/* serve/dispatch.h: from a request to its reply, without any socket.
 *
 * Call order: request_new, request_header for each header, request_accept (may already refuse, by
 * route or size), then dispatch with the whole body. WAITING: when `wake` is called (any thread),
 * call request_resume until it gives HANDLED; then reply is complete. request_free.
 * http.c does this over libmicrohttpd, tests and the fuzzer do it in memory.
 */
#ifndef ZHOL_SERVE_DISPATCH_H
#define ZHOL_SERVE_DISPATCH_H

#include "serve/endpoint.h"

enum { BODY_SIZE_MAX = 64 << 10, BATCH_SIZE_MAX = 8 << 20 };

/* `uri` as it came, with its query. NULL: out of memory. */
struct request *request_new(struct server *server, const char *uri);
void request_free(struct request *request);
void request_header(struct request *request, const char *name, const char *value);
/* Finds the endpoint; false: the reply is already there (404, 405). */
bool request_route(struct request *request, const char *method);
/* Most bytes of body that this request may have. */
size_t request_body_max(const struct request *request);

/* Tells the transport that the answer comes from another thread; once for each wait. */
void request_hold(struct request *request);
enum handled dispatch(struct request *request, struct text_view body);
enum handled request_resume(struct request *request);

#endif
