/* study_commitments.c: promises with their state and what the model gives, a section of the study.
 */
#include <math.h>

#include "base/time.h"
#include "desk/claim_tally.h"
#include "report/claim_text.h"
#include "report/format.h"
#include "report/study_claims.h"
#include "report/units.h"

enum { PROMISE, DUE, STATE, LATEST, ASKED, MODEL, VERDICT, WHY, COLUMNS };

static const char *say(const struct document *document, const char *en, const char *ru)
{
    return document->lang == REPORT_RU ? ru : en;
}

static const char *state_word(enum commitment_state state, enum report_lang lang)
{
    static const char *const words[COMMITMENT_STATE_COUNT][REPORT_LANG_COUNT] = {
        {"met", "исполнено"},
        {"open", "срок впереди"},
        {"behind", "отстаёт"},
        {"missed", "сорвано"},
        {"unknown", "неизвестно"}};
    return words[state][lang];
}

static const struct commitment_view *view_of(const struct commitments *commitments,
                                             const struct claim_text *text)
{
    uint32_t count;
    const struct zhol_commitment *rows = zhol_corridor_commitment(text->corridor, &count);
    for (uint32_t i = 0; i < commitments->count; i++) {
        if (&rows[commitments->views[i].row] == text->promise) {
            return &commitments->views[i];
        }
    }
    return NULL;
}

/* "4.12 Mt, 2025": the last figure that may count. */
static void put_latest(const struct commitments *commitments, const struct commitment_view *view,
                       const struct claim_text *text, struct buffer *out)
{
    const struct commitment_evidence *last =
        view->latest == ZHOL_NONE ? NULL : &commitments->evidence[view->latest];
    if (!last || isnan(last->value)) {
        return;
    }
    format_number(out, last->value, last->value == round(last->value) ? 0 : 2, text->lang);
    buffer_char(out, ' ');
    report_unit(zhol_corridor_text(text->corridor, text->promise->unit), last->value, text->lang,
                out);
    if (last->from != ZHOL_BLANK_DATE) {
        buffer_printf(out, ", %d", time_date_of(last->from).year);
    }
}

static void put_state(const struct commitments *commitments, const struct claim_text *text,
                      struct document *document, struct document_cell *cells)
{
    const struct commitment_view *view = view_of(commitments, text);
    struct buffer latest;
    if (!view) {
        document_put(document, &cells[STATE], "%s",
                     say(document, "not made by then", "тогда ещё не дано"));
        return;
    }
    enum commitment_state state = view->state;
    document_verdict(document, &cells[STATE], state_word(state, document->lang),
                     state == COMMITMENT_MET                                    ? 1
                     : state == COMMITMENT_MISSED || state == COMMITMENT_BEHIND ? -1
                                                                                : 0);
    buffer_init(&latest);
    put_latest(commitments, view, text, &latest);
    document_put(document, &cells[LATEST], "%s", buffer_get(&latest));
    buffer_clear(&latest);
}

static const char *actor_name(const struct claim_text *text)
{
    uint32_t count, begin, end;
    if (text->promise->actor_id == ZHOL_NONE) {
        return "";
    }
    const struct zhol_actor *rows = zhol_corridor_actor(text->corridor, &count);
    zhol_corridor_rows(text->corridor, ZHOL_TABLE_actor, text->promise->actor_id, &begin, &end);
    zhol_cell_text ru = rows[begin].name_ru;
    return zhol_corridor_text(text->corridor,
                              text->lang == REPORT_RU && ru ? ru : rows[begin].name);
}

/* The promise and who made it. */
static void put_promise(const struct claim_text *text, struct buffer *out)
{
    const char *actor = actor_name(text);
    claim_text_figure(text, out);
    if (*actor) {
        buffer_printf(out, " (%s)", actor);
    }
}

static void add_row(const struct commitments *commitments, const struct claim_text *text,
                    struct document *document)
{
    struct document_cell *cells = document_row(
        document, zhol_corridor_id(text->corridor, ZHOL_TABLE_source, text->promise->source_id));
    if (text->answer->decides) {
        study_put_claim(document, &cells[PROMISE], put_promise, text);
        if (text->promise->due != ZHOL_BLANK_DATE) {
            cells[DUE] = document_date(text->promise->due);
        }
        put_state(commitments, text, document, cells);
    }
    study_put_claim(document, &cells[ASKED], claim_text_asked, text);
    study_put_claim(document, &cells[MODEL], claim_text_model, text);
    document_verdict(document, &cells[VERDICT], claim_text_verdict(text),
                     claim_text_mood(text->answer->verdict));
    study_put_claim(document, &cells[WHY], claim_text_remark, text);
}

static void put_counts(const struct claim_answers *answers, const struct commitments *commitments,
                       struct document *document)
{
    uint32_t states[COMMITMENT_STATE_COUNT] = {0};
    struct claim_tally tally = claims_tally_promises(answers);
    for (uint32_t i = 0; i < commitments->count; i++) {
        states[commitments->views[i].state]++;
    }
    document_text(
        document,
        say(document,
            "State by evidence: met %u, day to come %u, behind %u, missed %u, unknown %u. Results "
            "of the model: reachable %u, not reachable %u, open %u. By rows of the corridor, "
            "without the model: reachable %u, not reachable %u, open %u. By evidence: kept %u, not "
            "kept %u, outcome unknown %u. Not modelled: %u.",
            "Состояние по свидетельствам: исполнено %u, срок впереди %u, отстаёт %u, сорвано %u, "
            "неизвестно %u. Результаты модели: достижимо %u, недостижимо %u, открыто %u. По "
            "строкам коридора, без модели: достижимо %u, недостижимо %u, открыто %u. По "
            "свидетельствам: исполнено %u, не исполнено %u, исход неизвестен %u. Не "
            "моделируется: %u."),
        states[COMMITMENT_MET], states[COMMITMENT_OPEN], states[COMMITMENT_BEHIND],
        states[COMMITMENT_MISSED], states[COMMITMENT_UNKNOWN], tally.model[CLAIM_REACHABLE],
        tally.model[CLAIM_NOT_REACHABLE], tally.model[CLAIM_OPEN], tally.rows[CLAIM_REACHABLE],
        tally.rows[CLAIM_NOT_REACHABLE], tally.rows[CLAIM_OPEN], tally.rows[CLAIM_KEPT],
        tally.rows[CLAIM_NOT_KEPT], tally.rows[CLAIM_PAST],
        tally.model[CLAIM_UNDECIDED] + tally.rows[CLAIM_UNDECIDED]);
    document_text(
        document, "%s",
        say(document,
            "Reachable: the whole interval of the model keeps the promise; not reachable: "
            "none of it; open: between. Capacity is no freight: where only capacity is "
            "asked, the lower end is what is carried of the demand as it is. For information: "
            "stands beside, with nothing promised to hold it against.",
            "Достижимо: обещанию отвечает весь интервал модели; недостижимо: никакая его "
            "часть; открыто: между ними. Мощность — не груз: где спрашивается мощность, "
            "нижний край — то, что перевозится из нынешнего спроса. Для сведения: стоит "
            "рядом, обещано не было."));
}

void study_section_commitments(const struct claim_answers *answers,
                               const struct commitments *commitments, struct document *document)
{
    struct buffer model;
    buffer_init(&model);
    claim_text_head(answers, document->lang, &model);
    const struct document_column columns[COLUMNS] = {
        {"promise", say(document, "Promise", "Обещание"), NULL, DOCUMENT_TEXT},
        {"due", say(document, "Due", "Срок"), NULL, DOCUMENT_DATE},
        {"state", say(document, "State", "Состояние"), NULL, DOCUMENT_VERDICT},
        {"latest", say(document, "Latest figure", "Последняя цифра"), NULL, DOCUMENT_TEXT},
        {"asked", say(document, "Asked of the model, network", "Вопрос к модели, сеть"), NULL,
         DOCUMENT_TEXT},
        {"model", buffer_get(&model), NULL, DOCUMENT_TEXT},
        {"verdict", say(document, "Verdict", "Вердикт"), NULL, DOCUMENT_VERDICT},
        {"why", say(document, "What binds, and why", "Что сдерживает и почему"), NULL,
         DOCUMENT_TEXT}};
    struct buffer scope;
    buffer_init(&scope);
    buffer_string(&scope, say(document, "every promise of the register; state by evidence on ",
                              "все обещания реестра; состояние по свидетельствам на "));
    format_day(&scope, commitments->known, document->lang);
    buffer_string(&scope, say(document, "; network of the day and scenario named in the row",
                              "; сеть дня и сценария, названных в строке"));
    document_section(document, "commitments", say(document, "Promises", "Обещания"));
    put_counts(answers, commitments, document);
    document_table(document, "commitments", say(document, "Promises", "Обещания"),
                   buffer_get(&scope), columns, COLUMNS);
    for (uint32_t i = 0; i < answers->count; i++) {
        struct claim_text text = claim_text_of(answers, i, document->lang);
        if (text.promise) {
            add_row(commitments, &text, document);
        }
    }
    document->error = document->error ? document->error : scope.error;
    document->error = document->error ? document->error : model.error;
    buffer_clear(&scope);
    buffer_clear(&model);
}
