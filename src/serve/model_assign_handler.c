/* model_assign_handler.c: the endpoint of the assignment that is solved again. */
#include <string.h>

#include "serve/endpoint.h"
#include "serve/model_assign.h"
#include "serve/server.h"

/* A blank value is as good as none: a form sends all its fields. */
static const char *given(const struct request *request, const char *name)
{
    const char *text = request_text(request, name);
    return text && *text ? text : NULL;
}

enum handled handle_get_assign(struct request *request)
{
    const struct model_assign_question question = {
        .scenario = given(request, "scenario"),
        .period = given(request, "period"),
        .hold = given(request, "hold"),
        .change = given(request, "change"),
        .close = given(request, "close"),
        .tariff = given(request, "tariff"),
        .demand = request_real(request, "demand", 0),
        .limit = (uint32_t)request_int(request, "limit", 0),
        .lang = tongue_name(request->lang),
    };
    struct buffer out = {0};
    struct model_fault fault;
    enum zhol_error error = model_assign(request->server->model, &question, &out, &fault);
    error = error ? error : out.error;
    if (error == ZHOL_ERROR_OK) {
        reply_header(request, "Cache-Control", "private, max-age=300");
        return reply_buffer(request, 200, "application/json", &out);
    }
    buffer_clear(&out);
    switch (error) {
    case ZHOL_ERROR_USAGE:
        return reply_problem(request, 422, *fault.code ? fault.code : "bad_question", "%s: %s",
                             fault.field, fault.detail);
    case ZHOL_ERROR_UNKNOWN:
        return reply_problem(request, 404, "unknown", "there is no such scenario");
    case ZHOL_ERROR_UNREACHABLE:
        return reply_problem(request, 404, "no_demand",
                             "the table of demand has nothing for this period");
    default:
        return reply_error(request, error, "the corridor cannot be asked");
    }
}
