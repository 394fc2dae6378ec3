/* model_claims.c: published figures, what was found about them, and figures held against each
 * other, as JSON. See model.h. */
#include "serve/model.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "desk/comparisons.h"

struct writing {
    const struct zhol_corridor *corridor;
    struct json_writer json;
    const char *part; /* only what has this text in it; "": all */
    bool all;         /* also claims against which nothing was found */
    bool ru;
};

static const char *text_of(const struct writing *w, zhol_cell_text text)
{
    return zhol_corridor_text(w->corridor, text);
}

static bool has_part(const struct writing *w, const char *text)
{
    struct text_view part = text_view_of(w->part), whole = text_view_of(text);
    for (uint32_t i = 0; i + part.size <= whole.size; i++) {
        if (text_equal_fold((struct text_view){text + i, part.size}, part)) {
            return true;
        }
    }
    return false;
}

static void write_observation(struct writing *w, const struct zhol_observation *o)
{
    json_write_object(&w->json);
    json_member_text(&w->json, "id",
                     zhol_corridor_id(w->corridor, ZHOL_TABLE_observation, o->observation_id));
    json_member_text(&w->json, "table", "observation");
    json_member_text(&w->json, "facts", text_of(w, o->fact_id));
    json_member_text(&w->json, "measure", text_of(w, o->measure));
    json_member_text(&w->json, "subject", text_of(w, o->subject));
    json_member_text(&w->json, "scope", text_of(w, o->scope));
    json_member_text(&w->json, "qualifier", zhol_qualifier_text(o->qualifier));
    json_member_real(&w->json, "value", o->value);
    json_member_real(&w->json, "low", o->low);
    json_member_real(&w->json, "high", o->high);
    json_member_text(&w->json, "value_text", text_of(w, o->value_text));
    json_member_text(&w->json, "unit", text_of(w, o->unit));
    model_write_day(&w->json, "from", o->period_start);
    model_write_day(&w->json, "to", o->period_end);
    json_member_text(&w->json, "period_text", text_of(w, o->period_text));
    json_member_text(&w->json, "printed", text_of(w, o->printed));
    json_member_text(&w->json, "corrected", text_of(w, o->corrected));
    json_member_text(&w->json, "why", text_of(w, o->why));
    json_member_text(&w->json, "reporter", text_of(w, o->reporter));
    json_member_text(&w->json, "source",
                     zhol_corridor_id(w->corridor, ZHOL_TABLE_source, o->source_id));
    json_member_text(&w->json, "confidence", zhol_confidence_text(o->confidence));
    json_member_text(&w->json, "note", text_of(w, o->note));
    json_write_object_end(&w->json);
}

static void write_event(struct writing *w, const struct zhol_event *e)
{
    json_write_object(&w->json);
    json_member_text(&w->json, "id", zhol_corridor_id(w->corridor, ZHOL_TABLE_event, e->event_id));
    json_member_text(&w->json, "table", "event");
    json_member_text(&w->json, "facts", text_of(w, e->fact_id));
    json_member_text(&w->json, "measure", "");
    json_member_text(&w->json, "subject", text_of(w, w->ru && e->name_ru ? e->name_ru : e->name));
    json_member_text(&w->json, "scope", text_of(w, e->place));
    json_member_text(&w->json, "qualifier", "");
    json_member_null(&w->json, "value");
    json_member_null(&w->json, "low");
    json_member_null(&w->json, "high");
    json_member_text(&w->json, "value_text", text_of(w, e->text));
    json_member_text(&w->json, "unit", "");
    model_write_day(&w->json, "from", e->date);
    model_write_day(&w->json, "to", e->date_to);
    json_member_text(&w->json, "period_text", text_of(w, e->date_text));
    json_member_text(&w->json, "printed", text_of(w, e->printed));
    json_member_text(&w->json, "corrected", text_of(w, e->corrected));
    json_member_text(&w->json, "why", text_of(w, e->why));
    json_member_text(&w->json, "reporter", "");
    json_member_text(&w->json, "source",
                     zhol_corridor_id(w->corridor, ZHOL_TABLE_source, e->source_id));
    json_member_text(&w->json, "confidence", zhol_confidence_text(e->confidence));
    json_member_text(&w->json, "note", text_of(w, e->note));
    json_write_object_end(&w->json);
}

static void write_observations(struct writing *w)
{
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(w->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_observation *o = &rows[i];
        bool found = o->printed || o->corrected || o->why;
        bool asked = !*w->part || has_part(w, text_of(w, o->subject)) ||
                     has_part(w, text_of(w, o->fact_id)) || has_part(w, text_of(w, o->measure)) ||
                     has_part(w, text_of(w, o->scope));
        bool wanted = found || (o->role == zhol_role_CLAIM && (w->all || *w->part));
        if (asked && wanted) {
            write_observation(w, o);
        }
    }
}

static void write_events(struct writing *w)
{
    uint32_t count;
    const struct zhol_event *rows = zhol_corridor_event(w->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_event *e = &rows[i];
        bool found = e->printed || e->corrected || e->why;
        bool asked = !*w->part || has_part(w, text_of(w, e->name)) ||
                     has_part(w, text_of(w, e->name_ru)) || has_part(w, text_of(w, e->fact_id));
        if (asked && (found || (e->fact_id && (w->all || *w->part)))) {
            write_event(w, e);
        }
    }
}

static void write_comparison(struct writing *w, const struct comparison_view *view)
{
    uint32_t count;
    const struct zhol_comparison *row = &zhol_corridor_comparison(w->corridor, &count)[view->row];
    json_write_object(&w->json);
    json_member_text(&w->json, "id",
                     zhol_corridor_id(w->corridor, ZHOL_TABLE_comparison, row->comparison_id));
    json_member_text(&w->json, "name",
                     text_of(w, w->ru && row->name_ru ? row->name_ru : row->name));
    json_member_text(&w->json, "facts", text_of(w, row->fact_id));
    json_member_real(&w->json, "left", view->left);
    json_member_real(&w->json, "right", view->right);
    json_member_real(&w->json, "tolerance", row->tolerance);
    json_member_text(&w->json, "unit", text_of(w, row->unit));
    json_member_text(&w->json, "verdict",
                     view->error    ? "fault"
                     : view->agrees ? "agrees"
                                    : "differs");
    json_member_text(&w->json, "why", text_of(w, w->ru && row->why_ru ? row->why_ru : row->why));
    json_write_object_end(&w->json);
}

enum zhol_error model_claims(const struct zhol_corridor *corridor, const char *part, bool all,
                             const char *lang, struct buffer *out)
{
    struct writing w = {.corridor = corridor,
                        .part = part ? part : "",
                        .all = all,
                        .ru = strcmp(lang, "ru") == 0 || strcmp(lang, "kk") == 0};
    struct comparisons comparisons;
    enum zhol_error error = comparisons_judge(corridor, &comparisons);
    json_writer_init(&w.json, out, false);
    json_write_object(&w.json);
    model_write_head(corridor, ZHOL_BLANK_DATE, &w.json);
    json_write_key(&w.json, "items");
    json_write_array(&w.json);
    write_observations(&w);
    write_events(&w);
    json_write_array_end(&w.json);
    json_write_key(&w.json, "comparisons");
    json_write_array(&w.json);
    for (uint32_t i = 0; i < comparisons.count && !error; i++) {
        write_comparison(&w, &comparisons.views[i]);
    }
    json_write_array_end(&w.json);
    json_write_object_end(&w.json);
    comparisons_clear(&comparisons);
    return error ? error : json_writer_end(&w.json);
}
