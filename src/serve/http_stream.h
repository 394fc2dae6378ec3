/* serve/http_stream.h: a stream of server-sent events as a response of libmicrohttpd. */
#ifndef ZHOL_SERVE_HTTP_STREAM_H
#define ZHOL_SERVE_HTTP_STREAM_H

#include <microhttpd.h>

#include "serve/server.h"

/* NULL: too many readers, or no memory. */
struct MHD_Response *http_stream_response(struct server *server, struct MHD_Connection *connection,
                                          const char *topic, uint64_t after);

#endif
