/* model_promises.c: promises and what became of them, as JSON. See model.h. */
#include "serve/model.h"

#include <math.h>
#include <string.h>

#include "desk/commitments.h"
#include "report/units.h"

struct writing {
    const struct zhol_corridor *corridor;
    struct commitments all;
    struct json_writer json;
    bool ru;
};

static void member_id(struct writing *w, const char *key, enum zhol_table table, uint32_t thing)
{
    json_member_text(&w->json, key,
                     thing == ZHOL_NONE ? NULL : zhol_corridor_id(w->corridor, table, thing));
}

static const char *text_of(const struct writing *w, zhol_cell_text text)
{
    return zhol_corridor_text(w->corridor, text);
}

static const char *actor_of(const struct writing *w, uint32_t actor)
{
    uint32_t begin, end, count;
    if (actor == ZHOL_NONE) {
        return NULL;
    }
    zhol_corridor_rows(w->corridor, ZHOL_TABLE_actor, actor, &begin, &end);
    const struct zhol_actor *row = &zhol_corridor_actor(w->corridor, &count)[begin];
    return text_of(w, w->ru && row->name_ru ? row->name_ru : row->name);
}

static const char *instrument_of(const struct writing *w, uint32_t instrument)
{
    uint32_t begin, end, count;
    if (instrument == ZHOL_NONE) {
        return NULL;
    }
    zhol_corridor_rows(w->corridor, ZHOL_TABLE_instrument, instrument, &begin, &end);
    const struct zhol_instrument *row = &zhol_corridor_instrument(w->corridor, &count)[begin];
    return text_of(w, w->ru && row->title_ru ? row->title_ru : row->title);
}

/* The state of the project or instrument that a row of evidence shows. */
static const char *state_of(const struct writing *w, const struct commitment_evidence *one)
{
    uint32_t count;
    if (one->table == ZHOL_TABLE_project_status) {
        const struct zhol_project_status *rows = zhol_corridor_project_status(w->corridor, &count);
        return zhol_status_text(rows[one->row].status);
    }
    return one->table == ZHOL_TABLE_instrument ? "in_force" : NULL;
}

static void write_evidence(struct writing *w, const struct commitment_evidence *one)
{
    char text[256];
    uint32_t source = zhol_column_find(one->table, "source_id");
    json_write_object(&w->json);
    zhol_corridor_cell(w->corridor, one->table, one->row, 0, text, sizeof text);
    json_member_text(&w->json, "id", text);
    json_member_text(&w->json, "table", zhol_table_name(one->table));
    model_write_day(&w->json, "from", one->from);
    model_write_day(&w->json, "to", one->to);
    json_member_real(&w->json, "value", one->value);
    json_member_real(&w->json, "low", one->low);
    json_member_real(&w->json, "high", one->high);
    json_member_text(&w->json, "state", state_of(w, one));
    json_member_bool(&w->json, "counts", one->counts);
    json_member_bool(&w->json, "keeps", one->keeps);
    zhol_corridor_cell(w->corridor, one->table, one->row, source, text, sizeof text);
    json_member_text(&w->json, "source", text);
    json_write_object_end(&w->json);
}

static void write_unit(struct writing *w, const char *unit)
{
    struct buffer said = {0};
    report_unit(unit, NAN, w->ru ? REPORT_RU : REPORT_EN, &said);
    json_member_text(&w->json, "unit", buffer_get(&said));
    buffer_clear(&said);
}

static void write_what(struct writing *w, const struct zhol_commitment *row)
{
    json_member_text(&w->json, "measure", text_of(w, row->measure));
    json_member_text(&w->json, "scope", text_of(w, row->scope));
    json_member_text(&w->json, "comparator", zhol_comparator_text(row->comparator));
    json_member_real(&w->json, "value", row->value);
    json_member_real(&w->json, "value_high", row->value_high);
    write_unit(w, text_of(w, row->unit));
    json_member_real(&w->json, "baseline", row->baseline);
    json_member_text(&w->json, "actor", actor_of(w, row->actor_id));
    json_member_text(&w->json, "instrument", instrument_of(w, row->instrument_id));
    member_id(w, "project", ZHOL_TABLE_project, row->project_id);
    member_id(w, "resource", ZHOL_TABLE_resource, row->resource_id);
    json_member_text(&w->json, "scenario", row->scenario ? text_of(w, row->scenario) : NULL);
    json_member_text(&w->json, "facts", text_of(w, row->fact_id));
    member_id(w, "source", ZHOL_TABLE_source, row->source_id);
    json_member_text(&w->json, "note", text_of(w, row->note));
}

static void write_promise(struct writing *w, const struct commitment_view *view)
{
    uint32_t count;
    const struct zhol_commitment *row = &zhol_corridor_commitment(w->corridor, &count)[view->row];
    json_write_object(&w->json);
    member_id(w, "id", ZHOL_TABLE_commitment, row->commitment_id);
    json_member_text(&w->json, "name",
                     text_of(w, w->ru && row->name_ru ? row->name_ru : row->name));
    json_member_text(&w->json, "state", commitment_state_text(view->state));
    model_write_day(&w->json, "since", view->since);
    json_member_bool(&w->json, "late", view->late);
    model_write_day(&w->json, "made", view->made);
    model_write_day(&w->json, "due", row->due);
    json_member_real(&w->json, "progress", view->progress);
    json_member_real(&w->json, "expected", view->expected);
    write_what(w, row);
    json_write_key(&w->json, "evidence");
    json_write_array(&w->json);
    for (uint32_t i = 0; i < view->evidence_count; i++) {
        const struct commitment_evidence *one = &w->all.evidence[view->first_evidence + i];
        if (!one->repeats) {
            write_evidence(w, one);
        }
    }
    json_write_array_end(&w->json);
    json_write_object_end(&w->json);
}

enum zhol_error model_promises(const struct zhol_corridor *corridor, int32_t day, const char *lang,
                               struct buffer *out)
{
    struct writing w = {.corridor = corridor,
                        .ru = strcmp(lang, "ru") == 0 || strcmp(lang, "kk") == 0};
    enum zhol_error error = commitments_judge(corridor, day, &w.all);
    json_writer_init(&w.json, out, false);
    json_write_object(&w.json);
    model_write_head(corridor, day, &w.json);
    model_write_day(&w.json, "known", w.all.known);
    json_member_int(&w.json, "not_yet_made", w.all.not_made);
    json_write_key(&w.json, "items");
    json_write_array(&w.json);
    for (uint32_t i = 0; i < w.all.count && !error; i++) {
        write_promise(&w, &w.all.views[i]);
    }
    json_write_array_end(&w.json);
    json_write_object_end(&w.json);
    commitments_clear(&w.all);
    return error ? error : json_writer_end(&w.json);
}
