/* http_stream.c: a stream of server-sent events. See http_stream.h.
 *
 * The connection sleeps (suspended) until the hub has something for it; the decision to sleep is
 * made under the hub's lock, so no event falls between.
 */
#include "serve/http_stream.h"

#include <stdlib.h>
#include <string.h>

#include "serve/events.h"

struct stream {
    struct server *server;
    struct MHD_Connection *connection;
    struct events_reader *reader;
    struct buffer text;
    size_t sent;
};

static void sleep_now(void *context)
{
    MHD_suspend_connection(((struct stream *)context)->connection);
}

static void wake_up(void *context)
{
    MHD_resume_connection(((struct stream *)context)->connection);
}

static ssize_t read_stream(void *context, uint64_t position, char *to, size_t room)
{
    struct stream *stream = context;
    bool ended = false;
    (void)position;
    if (stream->sent == stream->text.size) {
        buffer_reset(&stream->text);
        stream->sent = 0;
        events_next(stream->server->events, stream->reader, &stream->text, sleep_now, &ended);
    }
    size_t size = stream->text.size - stream->sent;
    size = size < room ? size : room;
    if (size) {
        memcpy(to, stream->text.bytes + stream->sent, size);
        stream->sent += size;
        return (ssize_t)size;
    }
    if (stream->text.error) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    return ended ? MHD_CONTENT_READER_END_OF_STREAM : 0;
}

static void free_stream(void *context)
{
    struct stream *stream = context;
    if (stream->reader) {
        events_leave(stream->server->events, stream->reader);
    }
    buffer_clear(&stream->text);
    free(stream);
}

struct MHD_Response *http_stream_response(struct server *server, struct MHD_Connection *connection,
                                          const char *topic, uint64_t after)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream) {
        return NULL;
    }
    stream->server = server;
    stream->connection = connection;
    buffer_string(&stream->text, "retry: 1000\n\n");
    struct MHD_Response *response = NULL;
    if (!events_join(server->events, topic, after, wake_up, stream, &stream->reader)) {
        response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_stream, stream,
                                                     free_stream);
    }
    if (!response) {
        free_stream(stream);
        return NULL;
    }
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    return response;
}
