/* cmd_commitments.c: what was promised by whom for when, and what became of it. */
#include <math.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "base/text.h"
#include "claims_model.h"
#include "desk/commitments.h"
#include "words.h"

enum { LABEL_WIDTH = 13, ASSETS_SHOWN = 6 };

/* What the printing functions share. */
struct page {
    const struct given *given;
    const struct loaded *loaded;
    const struct zhol_corridor *corridor;
    struct commitments all;
    struct buffer out;
};

static const struct option_row options[] = {
    {"as-of", 0, "DATE", NULL, false,
     SAID("judge the promises on this day (the same as --date)",
          "судить об обещаниях на этот день (то же, что --date)")},
    {"state", 0, "STATE", "met|open|behind|missed|unknown", false,
     SAID("only promises in this state", "только обещания в этом состоянии")},
    {"full", 0, NULL, NULL, false,
     SAID("evidence and the chain from agreement to capacity for each",
          "свидетельства и цепочка от соглашения до мощности по каждому")},
    {"model", 0, NULL, NULL, false,
     SAID("what the model gives for each promise, what binds, and whether it is reachable",
          "что для каждого обещания даёт модель, что сдерживает и достижимо ли оно")},
    {"draws", 0, "N", NULL, false,
     SAID("draws of all assumed inputs that may widen the interval of flows (0)",
          "розыгрыши всех допущений, которые могут расширить интервал потоков (0)")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_ru(const struct page *page)
{
    return page->given->lang == LANG_RU;
}

static const struct zhol_commitment *promise_of(const struct page *page,
                                                const struct commitment_view *view)
{
    uint32_t count;
    return &zhol_corridor_commitment(page->corridor, &count)[view->row];
}

/* ---- Which promises were asked for ---- */

static bool contains_fold(const char *text, const char *part)
{
    uint32_t size = (uint32_t)strlen(text), length = (uint32_t)strlen(part);
    for (uint32_t i = 0; i + length <= size; i++) {
        if (text_equal_fold((struct text_view){text + i, length},
                            (struct text_view){part, length})) {
            return true;
        }
    }
    return false;
}

/* True where one of the arguments is part of its identifier, or of one of its names. */
static bool is_asked(const struct page *page, const struct commitment_view *view)
{
    const struct given *given = page->given;
    const struct zhol_commitment *promise = promise_of(page, view);
    const char *state = given_value(given, "state");
    if (state && strcmp(state, commitment_state_text(view->state)) != 0) {
        return false;
    }
    bool asked = given->argument_count == 0;
    for (uint32_t i = 0; i < given->argument_count && !asked; i++) {
        const char *part = given->arguments[i];
        asked = contains_fold(
                    zhol_corridor_id(page->corridor, ZHOL_TABLE_commitment, promise->commitment_id),
                    part) ||
                contains_fold(zhol_corridor_text(page->corridor, promise->name), part) ||
                contains_fold(zhol_corridor_text(page->corridor, promise->name_ru), part);
    }
    return asked;
}

/* ---- In words ---- */

static const char *name_of(const struct page *page, const struct commitment_view *view)
{
    const struct zhol_commitment *promise = promise_of(page, view);
    return answer_text(page->given, page->loaded, promise->name, promise->name_ru);
}

/* "4.12", "19-23", "> 20", "no figure"; of a status its word. */
static void put_figure(const struct page *page, const struct commitment_evidence *one,
                       struct buffer *out)
{
    char text[ANSWER_TEXT];
    uint32_t count;
    if (one->table == ZHOL_TABLE_project_status) {
        const struct zhol_project_status *rows =
            zhol_corridor_project_status(page->corridor, &count);
        buffer_string(out, word_said(page->given, zhol_status_text(rows[one->row].status)));
    } else if (one->table == ZHOL_TABLE_instrument) {
        buffer_string(out, is_ru(page) ? "в силе" : "in force");
    } else if (isnan(one->value)) {
        buffer_string(out, is_ru(page) ? "нет данных" : "no figure");
    } else if (isfinite(one->low) && isfinite(one->high) && one->low < one->high) {
        buffer_string(out, answer_number(page->given, one->low, text));
        buffer_string(out, "-");
        buffer_string(out, answer_number(page->given, one->high, text));
    } else {
        buffer_string(out, isinf(one->high) ? "> " : isinf(one->low) ? "< " : "");
        buffer_string(out, answer_number(page->given, one->value, text));
    }
}

static const char *unit_of(const struct page *page, const struct commitment_view *view,
                           const struct commitment_evidence *one)
{
    uint32_t count;
    switch (one->table) {
    case ZHOL_TABLE_series:
        return zhol_corridor_text(page->corridor,
                                  zhol_corridor_series(page->corridor, &count)[one->row].unit);
    case ZHOL_TABLE_observation:
        return zhol_corridor_text(page->corridor,
                                  zhol_corridor_observation(page->corridor, &count)[one->row].unit);
    case ZHOL_TABLE_resource:
        return zhol_corridor_text(page->corridor, promise_of(page, view)->unit);
    default:
        return "";
    }
}

/* "2025" for a whole year, else "2025-01-01..2025-04-30" or "from 2025-09-30". */
static void put_period(const struct page *page, int32_t from, int32_t to, struct buffer *out)
{
    char first[ANSWER_TEXT], last[ANSWER_TEXT];
    answer_day(from, "", first);
    answer_day(to == ZHOL_BLANK_DATE ? to : to - 1, "", last);
    if (to == ZHOL_BLANK_DATE && from == ZHOL_BLANK_DATE) {
        buffer_string(out, is_ru(page) ? "без даты" : "not dated");
    } else if (to == ZHOL_BLANK_DATE || from == ZHOL_BLANK_DATE) {
        bool open = to == ZHOL_BLANK_DATE;
        buffer_string(out, open ? (is_ru(page) ? "с " : "from ") : (is_ru(page) ? "до " : "to "));
        buffer_string(out, open ? first : last);
    } else if (strcmp(first + 4, "-01-01") == 0 && strcmp(last + 4, "-12-31") == 0 &&
               strncmp(first, last, 4) == 0) {
        buffer_append(out, first, 4);
    } else if (strcmp(first, last) == 0) {
        buffer_string(out, first);
    } else {
        buffer_printf(out, "%s..%s", first, last);
    }
}

/* The state in a sentence: "met since 2023-12-31, late", "unknown since 2026-01-31". */
static void put_state(const struct page *page, const struct commitment_view *view,
                      struct buffer *out)
{
    char day[ANSWER_TEXT];
    if (view->state == COMMITMENT_UNKNOWN) {
        buffer_printf(out, is_ru(page) ? "состояние неизвестно с %s" : "status unknown since %s",
                      answer_day(view->since, "?", day));
        return;
    }
    buffer_string(out, word_said(page->given, commitment_state_text(view->state)));
    if (view->state == COMMITMENT_MET && view->since != ZHOL_BLANK_DATE) {
        buffer_printf(out, is_ru(page) ? " с %s" : " since %s", answer_day(view->since, "", day));
        if (view->late) {
            int32_t days = view->since - promise_of(page, view)->due;
            buffer_printf(out, is_ru(page) ? ", на %d дн. позже срока" : ", %d days late", days);
        }
    }
    if (!isnan(view->progress) && view->state != COMMITMENT_MET) {
        buffer_printf(out, is_ru(page) ? "; пройдено %.0f %% пути" : "; %.0f %% of the way",
                      100 * view->progress);
        if (!isnan(view->expected)) {
            buffer_printf(out, is_ru(page) ? " за %.0f %% времени" : " in %.0f %% of the time",
                          100 * view->expected);
        }
    }
}

static bool is_state_row(const struct commitment_evidence *one)
{
    return one->table == ZHOL_TABLE_project_status || one->table == ZHOL_TABLE_instrument;
}

/* The row that tells most of how things stand: of a figure the last figure, of an opening the last
 * state; else the last row there is. ZHOL_NONE without evidence. */
static uint32_t last_known(const struct page *page, const struct commitment_view *view)
{
    bool opening = promise_of(page, view)->comparator == zhol_comparator_BY_DATE;
    uint32_t wanted = ZHOL_NONE, other = ZHOL_NONE;
    if (view->state == COMMITMENT_MET && !opening && view->latest != ZHOL_NONE) {
        return view->latest; /* of the year that was promised, not of a later one */
    }
    for (uint32_t i = 0; i < view->evidence_count; i++) {
        uint32_t at = view->first_evidence + i;
        const struct commitment_evidence *one = &page->all.evidence[at];
        bool fits = opening ? is_state_row(one) : !is_state_row(one) && !isnan(one->value);
        bool gap = !is_state_row(one) && isnan(one->value);
        wanted = fits ? at : wanted;
        other = other == ZHOL_NONE || gap || is_state_row(&page->all.evidence[other]) ? at : other;
    }
    return wanted != ZHOL_NONE ? wanted : other;
}

static void put_latest(const struct page *page, const struct commitment_view *view,
                       struct buffer *out)
{
    uint32_t at = last_known(page, view);
    if (at == ZHOL_NONE) {
        buffer_string(out, is_ru(page) ? "ничего" : "nothing");
        return;
    }
    const struct commitment_evidence *one = &page->all.evidence[at];
    char said[ANSWER_TEXT];
    const char *unit = unit_of(page, view, one);
    bool rate = strchr(unit, '/') && !isnan(one->value);
    put_figure(page, one, out);
    buffer_printf(out, "%s%s, ", *unit ? " " : "",
                  answer_unit(page->given, unit, one->value, said));
    put_period(page, one->from, rate ? ZHOL_BLANK_DATE : one->to, out);
}

/* ---- The list ---- */

static void print_counts(struct page *page)
{
    uint32_t counts[COMMITMENT_STATE_COUNT] = {0}, all = 0;
    for (uint32_t i = 0; i < page->all.count; i++) {
        if (is_asked(page, &page->all.views[i])) {
            counts[page->all.views[i].state]++;
            all++;
        }
    }
    buffer_printf(&page->out, is_ru(page) ? "Обещаний: %u" : "Promises: %u", all);
    for (unsigned s = 0; s < COMMITMENT_STATE_COUNT; s++) {
        buffer_printf(&page->out, "%s%s %u", s ? ", " : " (",
                      word_said(page->given, commitment_state_text(s)), counts[s]);
    }
    buffer_string(&page->out, ")\n");
    if (page->all.not_made) {
        buffer_printf(&page->out,
                      is_ru(page) ? "Ещё не даны в тот день: %u\n"
                                  : "Not yet made on that day: %u\n",
                      page->all.not_made);
    }
}

static void print_list(struct page *page)
{
    static const struct said heads[] = {SAID("Due", "Срок"), SAID("State", "Состояние"),
                                        SAID("Promise", "Обещание"),
                                        SAID("Last known", "Последнее известное")};
    struct table_out table;
    table_out_init(&table, ANSWER_WIDTH);
    for (unsigned i = 0; i < 4; i++) {
        table_out_column(&table, say(page->given, heads[i]), i ? TABLE_WRAP : TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < page->all.count; i++) {
        const struct commitment_view *view = &page->all.views[i];
        struct buffer latest;
        char day[ANSWER_TEXT];
        if (is_asked(page, view)) {
            buffer_init(&latest);
            put_latest(page, view, &latest);
            table_out_text(&table, answer_day(promise_of(page, view)->due, "-", day));
            table_out_text(&table, word_said(page->given, commitment_state_text(view->state)));
            table_out_text(&table, name_of(page, view));
            table_out_text(&table, buffer_get(&latest));
            buffer_clear(&latest);
        }
    }
    table_out_print(&table, &page->out);
    table_out_clear(&table);
    buffer_char(&page->out, '\n');
    print_counts(page);
    buffer_string(&page->out,
                  is_ru(page)
                      ? "Свидетельства и цепочка: zhol commitments --full, или часть имени\n"
                      : "Evidence and chain: zhol commitments --full, or part of a name\n");
}

/* ---- One promise with everything behind it ---- */

static void field(struct page *page, const char *en, const char *ru, const char *text)
{
    answer_field(&page->out, 2, LABEL_WIDTH, is_ru(page) ? ru : en, text);
}

static void field_take(struct page *page, const char *en, const char *ru, struct buffer *text)
{
    field(page, en, ru, buffer_get(text));
    buffer_clear(text);
}

static void print_evidence(struct page *page, const struct commitment_view *view)
{
    for (uint32_t i = 0; i < view->evidence_count; i++) {
        const struct commitment_evidence *one = &page->all.evidence[view->first_evidence + i];
        struct buffer line;
        char id[ANSWER_TEXT], said[ANSWER_TEXT];
        const char *unit = unit_of(page, view, one);
        uint32_t key = zhol_column_find(one->table, "source_id");
        if (one->repeats) {
            continue;
        }
        buffer_init(&line);
        put_period(page, one->from, one->to, &line);
        buffer_string(&line, ": ");
        put_figure(page, one, &line);
        zhol_corridor_cell(page->corridor, one->table, one->row, 0, id, sizeof id);
        buffer_printf(&line, "%s%s", *unit ? " " : "",
                      answer_unit(page->given, unit, one->value, said));
        buffer_printf(&line, " (%s, ", id);
        zhol_corridor_cell(page->corridor, one->table, one->row, key, id, sizeof id);
        buffer_printf(&line, "%s)%s", id,
                      one->counts || isnan(one->value) ? ""
                      : is_ru(page)                    ? ", не доказательство"
                                                       : ", no proof");
        field_take(page, i ? "" : "evidence", i ? "" : "сведения", &line);
    }
    if (!view->evidence_count) {
        field(page, "evidence", "сведения", is_ru(page) ? "нет" : "none");
    }
}

/* The project's state on the known day, in brackets. */
static void put_project_state(const struct page *page, uint32_t project, struct buffer *out)
{
    uint32_t count, found = ZHOL_NONE;
    char day[ANSWER_TEXT];
    const struct zhol_project_status *states = zhol_corridor_project_status(page->corridor, &count);
    const uint32_t *rows =
        zhol_corridor_rows_of(page->corridor, ZHOL_TABLE_project_status, project, &count);
    for (uint32_t i = 0; i < count; i++) {
        found = states[rows[i]].date <= page->all.known ? rows[i] : found;
    }
    if (found != ZHOL_NONE) {
        buffer_printf(out, " (%s, %s",
                      word_said(page->given, zhol_status_text(states[found].status)),
                      answer_day(states[found].date, "", day));
        buffer_printf(
            out, "%s%s)", states[found].text ? ": " : "",
            answer_text(page->given, page->loaded, states[found].text, states[found].text_ru));
    }
}

static void print_assets(struct page *page, uint32_t project)
{
    uint32_t count, all;
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(page->corridor, &all);
    const uint32_t *rows =
        zhol_corridor_rows_of(page->corridor, ZHOL_TABLE_project_asset, project, &count);
    struct buffer line;
    buffer_init(&line);
    for (uint32_t i = 0; i < count && i < ASSETS_SHOWN; i++) {
        const struct zhol_project_asset *asset = &assets[rows[i]];
        const enum zhol_table tables[] = {ZHOL_TABLE_node, ZHOL_TABLE_link, ZHOL_TABLE_process,
                                          ZHOL_TABLE_resource};
        const uint32_t things[] = {asset->node_id, asset->link_id, asset->process_id,
                                   asset->resource_id};
        for (unsigned k = 0; k < 4; k++) {
            if (things[k] != ZHOL_NONE) {
                buffer_printf(&line, "%s%s %s", line.size ? ", " : "",
                              word_said(page->given, zhol_table_name(tables[k])),
                              zhol_corridor_id(page->corridor, tables[k], things[k]));
            }
        }
    }
    if (count > ASSETS_SHOWN) {
        buffer_printf(&line, is_ru(page) ? " и ещё %u" : " and %u more", count - ASSETS_SHOWN);
    }
    field_take(page, "-> assets", "-> объекты", &line);
}

/* The dated values of the capacity; the one of the day is marked. */
static void print_capacity(struct page *page, uint32_t resource)
{
    uint32_t begin, end, count;
    const struct zhol_resource *rows = zhol_corridor_resource(page->corridor, &count);
    struct buffer line;
    char number[ANSWER_TEXT], day[ANSWER_TEXT];
    zhol_corridor_rows(page->corridor, ZHOL_TABLE_resource, resource, &begin, &end);
    buffer_init(&line);
    buffer_printf(&line, "%s: ", zhol_corridor_id(page->corridor, ZHOL_TABLE_resource, resource));
    for (uint32_t i = begin; i < end; i++) {
        bool now = zhol_day_in(page->all.day, rows[i].valid_from, rows[i].valid_to);
        buffer_printf(&line, "%s%s%s", i > begin ? "; " : "", now ? "*" : "",
                      answer_number(page->given, rows[i].value, number));
        if (rows[i].valid_from != ZHOL_BLANK_DATE) {
            buffer_printf(&line, is_ru(page) ? " с %s" : " from %s",
                          answer_day(rows[i].valid_from, "", day));
        }
    }
    buffer_printf(&line, " %s/%s (%s)",
                  word_said(page->given, zhol_capacity_unit_text(rows[begin].unit)),
                  word_said(page->given, zhol_per_text(rows[begin].per)),
                  word_said(page->given, zhol_capacity_kind_text(rows[begin].kind)));
    field_take(page, "-> capacity", "-> мощность", &line);
}

static void print_chain(struct page *page, const struct zhol_commitment *promise)
{
    struct buffer line;
    char text[ANSWER_TEXT];
    if (promise->instrument_id != ZHOL_NONE) {
        uint32_t begin, end, count;
        zhol_corridor_rows(page->corridor, ZHOL_TABLE_instrument, promise->instrument_id, &begin,
                           &end);
        const struct zhol_instrument *row =
            &zhol_corridor_instrument(page->corridor, &count)[begin];
        buffer_init(&line);
        buffer_string(&line, answer_text(page->given, page->loaded, row->title, row->title_ru));
        if (row->signed_on != ZHOL_BLANK_DATE) {
            buffer_printf(&line, is_ru(page) ? ", подписано %s" : ", signed %s",
                          answer_day(row->signed_on, "", text));
        }
        if (row->in_force != ZHOL_BLANK_DATE) {
            buffer_printf(&line, is_ru(page) ? ", в силе с %s" : ", in force %s",
                          answer_day(row->in_force, "", text));
        }
        field_take(page, "agreement", "соглашение", &line);
    }
    if (promise->project_id != ZHOL_NONE) {
        buffer_init(&line);
        buffer_string(&line, answer_name(page->given, page->loaded, ZHOL_TABLE_project,
                                         promise->project_id, text));
        put_project_state(page, promise->project_id, &line);
        field_take(page, "-> project", "-> проект", &line);
        print_assets(page, promise->project_id);
    }
    if (promise->resource_id != ZHOL_NONE) {
        print_capacity(page, promise->resource_id);
    }
}

/* "at least 10 Mt by 2027-12-31, from 6" */
static void put_promised(const struct page *page, const struct zhol_commitment *promise,
                         struct buffer *out)
{
    char text[ANSWER_TEXT], unit[ANSWER_TEXT];
    answer_unit(page->given, zhol_corridor_text(page->corridor, promise->unit), promise->value,
                unit);
    if (promise->comparator != zhol_comparator_BY_DATE) {
        const char *than = zhol_comparator_text(promise->comparator);
        buffer_string(out, is_ru(page) ? word_said(page->given, than)
                           : promise->comparator == zhol_comparator_AT_MOST ? "at most"
                                                                            : "at least");
        buffer_printf(out, " %s", answer_number(page->given, promise->value, text));
        if (!isnan(promise->value_high)) {
            buffer_printf(out, "-%s", answer_number(page->given, promise->value_high, text));
        }
        buffer_printf(out, " %s", unit);
    } else {
        buffer_string(out, is_ru(page) ? "ввод в действие" : "in operation");
    }
    if (promise->due != ZHOL_BLANK_DATE) {
        buffer_printf(out, is_ru(page) ? " к %s" : " by %s", answer_day(promise->due, "", text));
    } else {
        buffer_string(out, is_ru(page) ? ", срок не назван" : ", no day set");
    }
    if (!isnan(promise->baseline)) {
        buffer_printf(out, is_ru(page) ? ", было %s %s" : ", from %s %s",
                      answer_number(page->given, promise->baseline, text), unit);
    }
}

static void print_promise(struct page *page, const struct commitment_view *view)
{
    const struct zhol_commitment *promise = promise_of(page, view);
    struct buffer line;
    char text[ANSWER_TEXT];
    buffer_printf(&page->out, "%s\n",
                  zhol_corridor_id(page->corridor, ZHOL_TABLE_commitment, promise->commitment_id));
    answer_field(&page->out, 2, 0, "", name_of(page, view));
    buffer_init(&line);
    put_state(page, view, &line);
    field_take(page, "state", "состояние", &line);
    put_promised(page, promise, &line);
    field_take(page, "promised", "обещано", &line);
    buffer_string(
        &line, answer_name(page->given, page->loaded, ZHOL_TABLE_actor, promise->actor_id, text));
    if (view->made != ZHOL_BLANK_DATE) {
        buffer_printf(&line, "%s%s", line.size ? ", " : "", answer_day(view->made, "", text));
    }
    field_take(page, "by", "кем", &line);
    print_evidence(page, view);
    print_chain(page, promise);
    field(page, "scenario", "сценарий", zhol_corridor_text(page->corridor, promise->scenario));
    field(page, "note", "примечание",
          answer_text(page->given, page->loaded, promise->note, promise->note_ru));
    field(page, "source", "источник",
          answer_source(page->given, page->loaded, promise->source_id, text));
    buffer_char(&page->out, '\n');
}

/* ---- JSON and CSV ---- */

static void json_day(struct json_writer *json, const char *key, int32_t day)
{
    char text[ANSWER_TEXT];
    json_member_text(json, key, day == ZHOL_BLANK_DATE ? NULL : answer_day(day, "", text));
}

static void json_id(const struct page *page, struct json_writer *json, const char *key,
                    enum zhol_table table, uint32_t thing)
{
    json_member_text(json, key,
                     thing == ZHOL_NONE ? NULL : zhol_corridor_id(page->corridor, table, thing));
}

static void json_evidence(struct page *page, struct json_writer *json,
                          const struct commitment_view *view)
{
    json_write_key(json, "evidence");
    json_write_array(json);
    for (uint32_t i = 0; i < view->evidence_count; i++) {
        const struct commitment_evidence *one = &page->all.evidence[view->first_evidence + i];
        struct buffer figure;
        char id[ANSWER_TEXT];
        buffer_init(&figure);
        put_figure(page, one, &figure);
        zhol_corridor_cell(page->corridor, one->table, one->row, 0, id, sizeof id);
        json_write_object(json);
        json_member_text(json, "table", zhol_table_name(one->table));
        json_member_text(json, "id", id);
        json_day(json, "from", one->from);
        json_day(json, "to", one->to);
        json_member_real(json, "value", one->value);
        json_member_text(json, "text", buffer_get(&figure));
        json_member_text(json, "unit", unit_of(page, view, one));
        json_member_bool(json, "counts", one->counts);
        json_member_bool(json, "keeps", one->keeps);
        zhol_corridor_cell(page->corridor, one->table, one->row,
                           zhol_column_find(one->table, "source_id"), id, sizeof id);
        json_member_text(json, "source", id);
        json_write_object_end(json);
        buffer_clear(&figure);
    }
    json_write_array_end(json);
}

static void json_promise(struct page *page, struct json_writer *json,
                         const struct commitment_view *view)
{
    const struct zhol_commitment *p = promise_of(page, view);
    json_write_object(json);
    json_id(page, json, "id", ZHOL_TABLE_commitment, p->commitment_id);
    json_member_text(json, "name", name_of(page, view));
    json_member_text(json, "state", commitment_state_text(view->state));
    json_day(json, "since", view->since);
    json_member_bool(json, "late", view->late);
    json_day(json, "made", view->made);
    json_day(json, "due", p->due);
    json_member_text(json, "measure", zhol_corridor_text(page->corridor, p->measure));
    json_member_text(json, "scope", zhol_corridor_text(page->corridor, p->scope));
    json_member_text(json, "comparator", zhol_comparator_text(p->comparator));
    json_member_real(json, "value", p->value);
    json_member_real(json, "value_high", p->value_high);
    json_member_text(json, "unit", zhol_corridor_text(page->corridor, p->unit));
    json_member_real(json, "baseline", p->baseline);
    json_member_real(json, "progress", round(view->progress * 1e4) / 1e4);
    json_member_real(json, "expected", round(view->expected * 1e4) / 1e4);
    json_id(page, json, "actor", ZHOL_TABLE_actor, p->actor_id);
    json_id(page, json, "instrument", ZHOL_TABLE_instrument, p->instrument_id);
    json_id(page, json, "project", ZHOL_TABLE_project, p->project_id);
    json_id(page, json, "resource", ZHOL_TABLE_resource, p->resource_id);
    json_member_text(json, "facts", zhol_corridor_text(page->corridor, p->fact_id));
    json_id(page, json, "source", ZHOL_TABLE_source, p->source_id);
    json_evidence(page, json, view);
    json_write_object_end(json);
}

static void print_json(struct page *page)
{
    struct json_writer json;
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_member_int(&json, "not_yet_made", page->all.not_made);
    json_write_key(&json, "commitments");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->all.count; i++) {
        if (is_asked(page, &page->all.views[i])) {
            json_promise(page, &json, &page->all.views[i]);
        }
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

static void print_csv(struct page *page)
{
    static const char *const heads[] = {"commitment_id", "name",  "state", "since",    "made",
                                        "due",           "value", "unit",  "progress", "latest"};
    struct csv_writer csv;
    csv_writer_init(&csv, &page->out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < page->all.count; i++) {
        const struct commitment_view *view = &page->all.views[i];
        const struct zhol_commitment *p = promise_of(page, view);
        struct buffer latest;
        char day[ANSWER_TEXT];
        if (!is_asked(page, view)) {
            continue;
        }
        buffer_init(&latest);
        put_latest(page, view, &latest);
        csv_write_text(&csv,
                       zhol_corridor_id(page->corridor, ZHOL_TABLE_commitment, p->commitment_id));
        csv_write_text(&csv, name_of(page, view));
        csv_write_text(&csv, commitment_state_text(view->state));
        csv_write_text(&csv, answer_day(view->since, "", day));
        csv_write_text(&csv, answer_day(view->made, "", day));
        csv_write_text(&csv, answer_day(p->due, "", day));
        csv_write_real(&csv, p->value);
        csv_write_text(&csv, zhol_corridor_text(page->corridor, p->unit));
        csv_write_real(&csv, round(view->progress * 1e4) / 1e4);
        csv_write_text(&csv, buffer_get(&latest));
        csv_write_end(&csv);
        buffer_clear(&latest);
    }
}

/* ---- The command ---- */

static int print_answer(struct page *page)
{
    const char *format = given_format(page->given);
    bool full = given_switch(page->given, "full") || page->given->argument_count > 0;
    uint32_t asked = 0;
    for (uint32_t i = 0; i < page->all.count; i++) {
        asked += is_asked(page, &page->all.views[i]);
    }
    if (!asked && page->given->argument_count) {
        return fail(page->given, EXIT_NO_ANSWER,
                    is_ru(page) ? "такого обещания нет: %s" : "no promise is called %s",
                    page->given->arguments[0]);
    }
    if (strcmp(format, "json") == 0) {
        print_json(page);
    } else if (strcmp(format, "csv") == 0) {
        print_csv(page);
    } else if (!full) {
        answer_head(page->given, page->loaded, &page->out);
        print_list(page);
    } else {
        answer_head(page->given, page->loaded, &page->out);
        for (uint32_t i = 0; i < page->all.count; i++) {
            if (is_asked(page, &page->all.views[i])) {
                print_promise(page, &page->all.views[i]);
            }
        }
        print_counts(page);
    }
    return load_write(page->given, &page->out, EXIT_FINE);
}

static int run(const struct given *given)
{
    struct loaded loaded;
    const char *as_of = given_value(given, "as-of");
    int code = load_corridor(given, &loaded);
    struct page page = {.given = given, .loaded = &loaded, .corridor = loaded.corridor};
    buffer_init(&page.out);
    if (code == EXIT_FINE && as_of) {
        code = load_day(given, "as-of", as_of, &loaded.day);
    }
    if (code == EXIT_FINE && given_switch(given, "model")) {
        code = claims_model_print(given, &loaded, true);
    } else if (code == EXIT_FINE) {
        enum zhol_error error = commitments_judge(loaded.corridor, loaded.day, &page.all);
        code = error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : print_answer(&page);
    }
    commitments_clear(&page.all);
    buffer_clear(&page.out);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol commitments",
    "every promise, when it is due and what became of it",
    "все обещания, их сроки и что с ними стало",
    "zhol commitments bakhty",
    "the promises about Bakhty with evidence, from agreement to capacity",
    "обещания о Бахты со свидетельствами, от соглашения до мощности",
    "zhol commitments --as-of 2028-01-01 --state unknown",
    "which promises will have to be looked up by then",
    "о каких обещаниях надо будет узнать",
    "zhol commitments --model TITR",
    "the promises of the Trans-Caspian route: what the model gives, what binds, reachable or not",
    "обещания Транскаспийского маршрута: что даёт модель, что сдерживает, достижимо ли",
    NULL};

const struct command command_commitments = {
    .name = "commitments",
    .about = SAID("promises: date, state, evidence, chain to capacity",
                  "обещания: срок, состояние, свидетельства, цепочка до мощности"),
    .arguments = "[NAME...]",
    .max_arguments = UINT32_MAX,
    .common = true,
    .formats = "table|json|csv",
    .options = options,
    .details =
        SAID("A promise is met when a figure of the same measure and scope shows it, open while "
             "its day is to come, behind when a flow lies more than a tenth of the promised change "
             "below the straight line, missed when a later figure shows less, and unknown since a "
             "day when its day has passed and nothing is known after that. Printed claims prove "
             "nothing. NAME is part of an identifier or name.",
             "Обещание исполнено, если это показывает цифра того же показателя и охвата; открыто, "
             "пока срок не настал; отстаёт, если поток более чем на десятую часть обещанного "
             "прироста ниже прямой; сорвано, если цифра после срока меньше; неизвестно с дня, "
             "после которого сведений нет. Утверждения статьи ничего не доказывают. NAME — часть "
             "идентификатора или названия."),
    .examples = examples,
    .run = run,
};
