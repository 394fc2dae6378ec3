/* study_claims.c: claims and checks against the model, a section of the study. */
#include "report/study_claims.h"

#include <string.h>

#include "desk/claim_tally.h"
#include "report/claim_text.h"

enum { FIGURE, PRINTED, CORRECTED, ASKED, MODEL, VERDICT, WHY, COLUMNS };

static const char *say(const struct document *document, const char *en, const char *ru)
{
    return document->lang == REPORT_RU ? ru : en;
}

void study_put_claim(struct document *document, struct document_cell *cell,
                     void (*words)(const struct claim_text *, struct buffer *),
                     const struct claim_text *text)
{
    struct buffer out;
    buffer_init(&out);
    words(text, &out);
    document_put(document, cell, "%s", buffer_get(&out));
    document->error = document->error ? document->error : out.error;
    buffer_clear(&out);
}

static const char *source_of(const struct claim_text *text)
{
    return zhol_corridor_id(text->corridor, ZHOL_TABLE_source, text->figure->source_id);
}

/* ---- Counting ---- */

/* What the model computed, what rows decide, and what stands beside a capacity. */
static void put_tally(const struct claim_tally *tally, bool claims, struct document *document)
{
    const char *head =
        claims ? say(document, "Claims: %u, and %u stated aims that stand among the promises.",
                     "Утверждений: %u; заявленных целей, которые считаются среди обещаний: %u.")
               : say(document,
                     "Published checks, none of them used for fitting: %u, and %u stated aims.",
                     "Опубликованных проверок, ни одна не служила подгонке: %u; заявленных целей: "
                     "%u.");
    document_text(document, head, tally->all, tally->aims);
    document_text(
        document,
        say(document,
            "Results of the model (planner, assignment, prediction, lengths of links): consistent "
            "%u, inconsistent %u. Held against rows of the corridor, which proves nothing about "
            "the model (registers, capacities, sums of published figures, the demand table): "
            "consistent %u, inconsistent %u. Counts beside a capacity, which can hardly refute it "
            "and are neither: within it %u, above it %u. Not decidable, or for information: %u.",
            "Результаты модели (планировщик, распределение, предсказание, длины участков): "
            "согласуется %u, не согласуется %u. Сверка со строками коридора, которая о модели "
            "ничего не говорит (реестры, мощности, суммы опубликованных цифр, таблица спроса): "
            "согласуется %u, не согласуется %u. Счёт рядом с мощностью, который её едва ли "
            "опровергнет и сюда не вошёл: в пределах %u, сверх %u. Не решается или для сведения: "
            "%u."),
        tally->model[CLAIM_CONSISTENT], tally->model[CLAIM_INCONSISTENT],
        tally->rows[CLAIM_CONSISTENT], tally->rows[CLAIM_INCONSISTENT], tally->within, tally->above,
        tally->model[CLAIM_UNDECIDED] + tally->rows[CLAIM_UNDECIDED] + tally->model[CLAIM_BESIDE] +
            tally->rows[CLAIM_BESIDE]);
}

static void put_counts(const struct claim_answers *answers, struct document *document)
{
    struct claim_tally claims = claims_tally(answers, zhol_role_CLAIM);
    struct claim_tally checks = claims_tally(answers, zhol_role_CHECK);
    put_tally(&claims, true, document);
    put_tally(&checks, false, document);
    document_text(
        document,
        say(document,
            "A figure is consistent where its interval (a printed range, else what rounding "
            "leaves) "
            "and that of the model meet. Where it has a tolerance, or only one side of it can be "
            "missed, the row says against what it was held. Times: 10 to 90 percent of a thousand "
            "worlds. Flows: the stated inputs, all assumed capacities at their least and at their "
            "greatest (and %u draws of all assumed inputs, none unless asked for): the two ends "
            "hold whatever draws of capacities give, so that no verdict hangs on their number. "
            "What was counted beside a "
            "capacity is no flow: it lies "
            "within the capacity or above it. A figure that meets the model only in what rounding "
            "leaves of it is not decidable. The first question of a "
            "figure decides; those below it say "
            "what else the figure could mean.",
            "Цифра согласуется, если её интервал (напечатанный диапазон, иначе округление) и "
            "интервал модели пересекаются. Где у цифры есть допуск или промахнуться "
            "можно лишь с одной стороны, строка говорит, с чем она сопоставлена. Время: от 10 до "
            "90 процентов тысячи миров. Потоки: "
            "заданные входы, все допущенные мощности у нижнего края и у верхнего (и розыгрышей "
            "всех допущений: %u, без просьбы ни одного); розыгрыши мощностей лежат между двумя "
            "краями, и вердикт не зависит от "
            "их числа. Счёт рядом с мощностью — не поток: он в "
            "пределах мощности или сверх неё. Цифра, что сходится с моделью лишь благодаря "
            "округлению, не решается. Решает "
            "первый вопрос; остальные показывают, что ещё цифра могла бы значить."),
        answers->draws);
}

/* ---- Tables ---- */

static void begin_table(const struct claim_answers *answers, struct document *document,
                        const char *key, const char *title, const char *scope)
{
    struct buffer model;
    buffer_init(&model);
    claim_text_head(answers, document->lang, &model);
    const struct document_column columns[COLUMNS] = {
        {"figure", say(document, "Figure", "Цифра"), NULL, DOCUMENT_TEXT},
        {"printed", say(document, "Published", "Опубликовано"), NULL, DOCUMENT_TEXT},
        {"corrected", say(document, "Corrected", "Верно"), NULL, DOCUMENT_TEXT},
        {"asked", say(document, "Asked of the model, network", "Вопрос к модели, сеть"), NULL,
         DOCUMENT_TEXT},
        {"model", buffer_get(&model), NULL, DOCUMENT_TEXT},
        {"verdict", say(document, "Verdict", "Вердикт"), NULL, DOCUMENT_VERDICT},
        {"why", say(document, "Why", "Почему"), NULL, DOCUMENT_TEXT}};
    document_table(document, key, title, scope, columns, COLUMNS);
    document->error = document->error ? document->error : model.error;
    buffer_clear(&model);
}

/* The figure, and in which words the article prints it where they are others. */
static void put_printed(struct document *document, struct document_cell *cell,
                        const struct claim_text *text)
{
    zhol_cell_text ru = text->figure->printed_ru;
    const char *printed = zhol_corridor_text(
        text->corridor, document->lang == REPORT_RU && ru ? ru : text->figure->printed);
    struct buffer figure;
    buffer_init(&figure);
    claim_text_published(text, &figure);
    if (*printed && strcmp(printed, buffer_get(&figure)) != 0) {
        buffer_printf(&figure, say(document, " (printed: %s)", " (напечатано: %s)"), printed);
    }
    document_put(document, cell, "%s", buffer_get(&figure));
    document->error = document->error ? document->error : figure.error;
    buffer_clear(&figure);
}

static void add_row(const struct claim_text *text, struct document *document)
{
    struct document_cell *cells = document_row(document, source_of(text));
    if (text->answer->decides) {
        study_put_claim(document, &cells[FIGURE], claim_text_figure, text);
        put_printed(document, &cells[PRINTED], text);
        document_put(document, &cells[CORRECTED], "%s", claim_text_corrected(text));
    }
    study_put_claim(document, &cells[ASKED], claim_text_asked, text);
    study_put_claim(document, &cells[MODEL], claim_text_model, text);
    document_verdict(document, &cells[VERDICT], claim_text_verdict(text),
                     claim_text_mood(text->answer->verdict));
    study_put_claim(document, &cells[WHY], claim_text_remark, text);
}

/* Figures of a role that something decides, each with the questions beside it. */
static void add_decided(const struct claim_answers *answers, unsigned role,
                        struct document *document)
{
    for (uint32_t i = 0; i < answers->count; i++) {
        struct claim_text text = claim_text_of(answers, i, document->lang);
        if (text.figure && text.figure->role == role &&
            text.test->method != zhol_claim_method_NONE) {
            add_row(&text, document);
        }
    }
}

static void add_undecided(const struct claim_answers *answers, struct document *document)
{
    const struct document_column columns[] = {
        {"figure", say(document, "Figure", "Цифра"), NULL, DOCUMENT_TEXT},
        {"printed", say(document, "Published", "Опубликовано"), NULL, DOCUMENT_TEXT},
        {"why", say(document, "Why nothing decides it", "Почему не решается"), NULL,
         DOCUMENT_TEXT}};
    document_table(document, "claims_undecided", say(document, "Not decidable", "Не решается"),
                   say(document, "claims and checks that neither rows nor model can decide",
                       "утверждения и проверки, которых не решают ни строки, ни модель"),
                   columns, 3);
    for (uint32_t i = 0; i < answers->count; i++) {
        struct claim_text text = claim_text_of(answers, i, document->lang);
        if (text.figure && text.test->method == zhol_claim_method_NONE) {
            struct document_cell *cells = document_row(document, source_of(&text));
            study_put_claim(document, &cells[0], claim_text_figure, &text);
            put_printed(document, &cells[1], &text);
            study_put_claim(document, &cells[2], claim_text_remark, &text);
        }
    }
}

void study_section_claims(const struct claim_answers *answers, struct document *document)
{
    document_section(document, "claims",
                     say(document, "Claims and checks", "Утверждения и проверки"));
    put_counts(answers, document);
    begin_table(
        answers, document, "claims", say(document, "Claims", "Утверждения"),
        say(document,
            "figures of the article and stated plans; network of the day and scenario named "
            "in the row, demand of 2025 where freight is assigned",
            "цифры статьи и заявленные планы; сеть дня и сценария, названных в строке, "
            "спрос 2025 года там, где распределяется груз"));
    add_decided(answers, zhol_role_CLAIM, document);
    begin_table(
        answers, document, "checks", say(document, "Published checks", "Опубликованные проверки"),
        say(document,
            "published figures that nothing was fitted on; network of the figure's own time",
            "опубликованные цифры, по которым ничего не подгонялось; сеть времени цифры"));
    add_decided(answers, zhol_role_CHECK, document);
    add_undecided(answers, document);
}
