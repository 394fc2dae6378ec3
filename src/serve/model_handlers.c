/* model_handlers.c: the endpoints of the model: what was asked, the writer, the answer. */
#include <math.h>
#include <string.h>

#include "serve/endpoint.h"
#include "serve/model_plan.h"
#include "serve/server.h"

static const char *lang_of(const struct request *request)
{
    return tongue_name(request->lang);
}

/* The corridor of the scenario asked for, or the answer that there is none. */
static enum zhol_error corridor_of(const struct request *request,
                                   const struct zhol_corridor **corridor)
{
    return model_corridor(request->server->model, request_text(request, "scenario"), corridor);
}

static int32_t day_of(const struct request *request, const struct zhol_corridor *corridor)
{
    return (int32_t)request_int(request, "date", zhol_corridor_about(corridor).day);
}

/* Sends what a writer wrote, or what went wrong. The model changes only when the server starts
 * anew, so that an answer may be kept for a while. */
static enum handled answer(struct request *request, enum zhol_error error, struct buffer *out,
                           const char *type)
{
    error = error ? error : out->error;
    if (error == ZHOL_ERROR_OK) {
        reply_header(request, "Cache-Control", "private, max-age=300");
        return reply_buffer(request, 200, type, out);
    }
    buffer_clear(out);
    if (error == ZHOL_ERROR_UNKNOWN) {
        return reply_problem(request, 404, "unknown", "there is no such scenario, place or thing");
    }
    if (error == ZHOL_ERROR_AMBIGUOUS) {
        return reply_problem(request, 404, "ambiguous", "this name may mean several things");
    }
    return reply_error(request, error, "the corridor cannot be asked");
}

enum handled handle_find_places(struct request *request)
{
    struct buffer out = {0};
    enum zhol_error error = model_places(request->server->corridor, request_text(request, "q"),
                                         (uint32_t)request_int(request, "limit", 12), &out);
    return answer(request, error, &out, "application/json");
}

enum handled handle_get_commodities(struct request *request)
{
    struct buffer out = {0};
    enum zhol_error error = model_commodities(request->server->corridor, lang_of(request), &out);
    return answer(request, error, &out, "application/json");
}

enum handled handle_get_map(struct request *request)
{
    struct buffer out = {0};
    const struct zhol_corridor *corridor;
    enum zhol_error error = corridor_of(request, &corridor);
    error = error ? error : model_map(corridor, day_of(request, corridor), lang_of(request), &out);
    return answer(request, error, &out, "application/json");
}

enum handled handle_get_timeline(struct request *request)
{
    struct buffer out = {0};
    const struct zhol_corridor *corridor;
    enum zhol_error error = corridor_of(request, &corridor);
    error = error ? error : model_timeline(corridor, lang_of(request), &out);
    return answer(request, error, &out, "application/json");
}

enum handled handle_get_land(struct request *request)
{
    struct buffer out = {0};
    return answer(request, model_land(&out), &out, "application/json");
}

enum handled handle_get_show(struct request *request)
{
    struct buffer out = {0};
    const struct zhol_corridor *corridor;
    const char *name = request_text(request, "id");
    name = name && *name ? name : request_text(request, "q");
    if (!name || !*name) {
        return reply_problem(request, 400, "missing", "id or q is needed");
    }
    enum zhol_error error = corridor_of(request, &corridor);
    error = error
                ? error
                : model_dossier(corridor, name, day_of(request, corridor), lang_of(request), &out);
    return answer(request, error, &out, "application/json");
}

enum handled handle_get_commitments(struct request *request)
{
    struct buffer out = {0};
    const struct zhol_corridor *corridor;
    enum zhol_error error = corridor_of(request, &corridor);
    error =
        error ? error : model_promises(corridor, day_of(request, corridor), lang_of(request), &out);
    return answer(request, error, &out, "application/json");
}

enum handled handle_get_claims(struct request *request)
{
    struct buffer out = {0};
    enum zhol_error error =
        model_claims(request->server->corridor, request_text(request, "q"),
                     request_int(request, "all", 0) != 0, lang_of(request), &out);
    return answer(request, error, &out, "application/json");
}

/* ---- The planner ---- */

/* A blank value is as good as none: a form sends all its fields. */
static const char *given(const struct request *request, const char *name)
{
    const char *text = request_text(request, name);
    return text && *text ? text : NULL;
}

static struct model_question question_of(const struct request *request)
{
    double feu = request_real(request, "feu", 0);
    return (struct model_question){
        .from = request_text(request, "from"),
        .to = request_text(request, "to"),
        .commodity = given(request, "commodity"),
        .via = given(request, "via"),
        .avoid = given(request, "avoid"),
        .depart = given(request, "depart"),
        .deadline = given(request, "deadline"),
        .scenario = given(request, "scenario"),
        .teu = feu > 0 ? 2 * feu : request_real(request, "teu", 0),
        .tonnes = request_real(request, "tonnes", 0),
        .day = (int32_t)request_int(request, "date", ZHOL_BLANK_DATE),
        .technical = request_int(request, "technical", 0) != 0,
        .lang = lang_of(request),
    };
}

static enum handled plan(struct request *request, const struct model_question *question,
                         const char *type)
{
    struct buffer out = {0};
    struct model_fault fault;
    enum zhol_error error = model_plan(request->server->model, question, &out, &fault);
    if (error == ZHOL_ERROR_USAGE) {
        buffer_clear(&out);
        return reply_problem(request, 422, *fault.code ? fault.code : "bad_question", "%s: %s",
                             fault.field, fault.detail);
    }
    if (error == ZHOL_ERROR_LIMIT) {
        buffer_clear(&out);
        return reply_problem(request, 422, "too_large",
                             "too many ways to compare; name places to pass or to avoid");
    }
    if (error == ZHOL_ERROR_UNREACHABLE) {
        buffer_clear(&out);
        return reply_problem(request, 404, "unreachable", "there is no way for this cargo");
    }
    return answer(request, error, &out, type);
}

enum handled handle_get_plan(struct request *request)
{
    struct model_question question = question_of(request);
    const char *form = given(request, "format");
    question.limit = (uint32_t)request_int(request, "limit", 0);
    if (form && strcmp(form, "csv") == 0) {
        question.form = MODEL_CSV;
        reply_header(request, "Content-Disposition", "attachment; filename=\"plan.csv\"");
        return plan(request, &question, "text/csv; charset=utf-8");
    }
    if (form && strcmp(form, "geojson") == 0) {
        question.form = MODEL_GEOJSON;
        return plan(request, &question, "application/geo+json");
    }
    if (form && strcmp(form, "json") != 0) {
        return reply_problem(request, 400, "unknown_format", "format is json, csv or geojson");
    }
    return plan(request, &question, "application/json");
}

enum handled handle_get_plan_why(struct request *request)
{
    struct model_question question = question_of(request);
    question.why = request_text(request, "place");
    return plan(request, &question, "application/json");
}
