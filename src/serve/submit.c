/* submit.c: a handler's command on its way to the writer and back. See endpoint.h. */
#include <string.h>

#include "serve/dispatch.h"
#include "serve/server.h"

/* On the writer's thread, after the commit: the answer is copied and the request wakes up. */
static void on_answer(void *context, const struct answer *answer)
{
    struct request *request = context;
    struct answered *copy = &request->answered;
    copy->error = answer->error;
    copy->repeated = answer->repeated;
    copy->seq = answer->seq;
    memcpy(copy->hash, answer->hash, HASH_SIZE);
    buffer_reset(&copy->bytes);
    if (!answer->error) {
        buffer_view(&copy->bytes, answer->bytes);
        copy->error = copy->bytes.error;
    }
    request->wake(request);
}

enum handled request_submit(struct request *request, struct command *command,
                            const struct attachment *attachment,
                            enum handled (*then)(struct request *request))
{
    command->actor = request->account.id;
    command->role = request->account.role;
    command->key = text_view_of(request->headers.key);
    request->then = then;
    request_hold(request);
    enum zhol_error error =
        operation_submit(request->server->operation, command, attachment, on_answer, request);
    if (error) {
        request->answered.error = error;
        request->wake(request);
    }
    return WAITING;
}

enum handled request_submit_pool(struct request *request, struct command *command,
                                 const struct attachment *attachment,
                                 enum handled (*then)(struct request *request))
{
    request->then_on_pool = true;
    return request_submit(request, command, attachment, then);
}
