/* model_plan.c: plans a question and writes the answer. See model_plan.h. */
#include "serve/model_plan.h"

#include <string.h>

#include "report/plan_write.h"
#include "report/why_text.h"
#include "serve/model_ask.h"

struct planning {
    const struct zhol_corridor *corridor;
    const struct zhol_network *network;
    const struct model_question *question;
    struct ask ask;
    struct zhol_plan_result result;
    enum report_lang lang;
};

/* ---- Why not ---- */

/* {"place", "why", "text"}; the view is NULL where there is no itinerary. */
static enum zhol_error write_why(struct planning *p, const struct plan_view *view, uint32_t node,
                                 struct json_writer *json)
{
    struct zhol_why_answer why;
    struct buffer text = {0};
    enum zhol_error error =
        zhol_plan_why(p->network, p->corridor, &p->ask.order, &p->ask.options, node, &why);
    if (error) {
        return error;
    }
    if (view) {
        why_text(view, &why, node, &text);
    } else {
        why_text_blocked(p->network, p->corridor, &p->ask.order, &why, node, p->lang, &text);
    }
    json_write_object(json);
    json_member_text(json, "place", zhol_corridor_id(p->corridor, ZHOL_TABLE_node, node));
    json_member_text(json, "why", why_text_code(why.why));
    json_member_text(json, "text", buffer_get(&text));
    json_write_object_end(json);
    buffer_clear(&text);
    zhol_why_answer_clear(&why);
    return ZHOL_ERROR_OK;
}

static enum zhol_error answer_why(struct planning *p, const struct plan_view *view,
                                  struct buffer *out, struct model_fault *fault)
{
    struct json_writer json;
    uint32_t node;
    enum zhol_error error = ask_place(p->corridor, "place", p->question->why, &node, fault);
    if (error) {
        return error;
    }
    json_writer_init(&json, out, false);
    error = write_why(p, view, node, &json);
    return error ? error : json_writer_end(&json);
}

/* No way at all: the head of a plan, no itinerary, and what keeps the goods from the goal. */
static enum zhol_error answer_none(struct planning *p, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    model_write_head(p->corridor, p->ask.day, &json);
    json_member_int(&json, "itinerary_count", 0);
    json_write_key(&json, "itineraries");
    json_write_array(&json);
    json_write_array_end(&json);
    json_write_key(&json, "why");
    enum zhol_error error = write_why(p, NULL, p->ask.order.to, &json);
    json_write_object_end(&json);
    return error ? error : json_writer_end(&json);
}

/* ---- Writing ---- */

static enum zhol_error write_view(struct planning *p, const struct plan_view *view,
                                  struct buffer *out)
{
    struct json_writer json;
    switch (p->question->form) {
    case MODEL_CSV:
        plan_write_csv(view, out);
        break;
    case MODEL_GEOJSON:
        plan_write_geojson(view, out);
        break;
    case MODEL_JSON:
        json_writer_init(&json, out, false);
        plan_write_json_value(view, &json);
        json_writer_end(&json);
        break;
    }
    return out->error;
}

static enum zhol_error answer(struct planning *p, struct buffer *out, struct model_fault *fault)
{
    const struct model_question *q = p->question;
    struct plan_view_options options = {
        .lang = p->lang,
        .time = p->ask.options.time,
        .choose = q->limit ? q->limit : UINT32_MAX,
        .all = !q->limit,
    };
    struct plan_view *view = NULL;
    enum zhol_error error =
        plan_view_make(p->network, p->corridor, &p->ask.order, &p->result, &options, &view);
    if (!error) {
        error = q->why ? answer_why(p, view, out, fault) : write_view(p, view, out);
    }
    plan_view_free(view);
    return error;
}

enum zhol_error model_plan(struct model *model, const struct model_question *question,
                           struct buffer *out, struct model_fault *fault)
{
    struct planning p = {
        .question = question,
        .lang = strcmp(question->lang, "ru") == 0 || strcmp(question->lang, "kk") == 0 ? REPORT_RU
                                                                                       : REPORT_EN};
    struct model_network *network = NULL;
    *fault = (struct model_fault){.field = "", .code = ""};
    enum zhol_error error = model_corridor(model, question->scenario, &p.corridor);
    error = error ? error : ask_read(p.corridor, question, &p.ask, fault);
    if (!error) {
        error = model_network_take(model, question->scenario, p.ask.day, false, &network);
    }
    if (error) {
        return error;
    }
    p.network = network->network;
    error = zhol_plan(p.network, p.corridor, &p.ask.order, &p.ask.options, &p.result);
    if (!error) {
        error = answer(&p, out, fault);
    } else if (error == ZHOL_ERROR_UNREACHABLE && question->form != MODEL_CSV) {
        error = question->why ? answer_why(&p, NULL, out, fault) : answer_none(&p, out);
    }
    zhol_plan_result_clear(&p.result);
    model_network_give(model, network);
    return error;
}
