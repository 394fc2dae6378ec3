/* study_claims.c: claims and checks against the model, a section of the study. */
#include "report/study_claims.h"

#include <string.h>

#include "report/claim_text.h"

enum { FIGURE, PRINTED, CORRECTED, ASKED, MODEL, VERDICT, WHY, COLUMNS };

static const char *say(const struct document *document, const char *en, const char *ru)
{
    return document->lang == REPORT_RU ? ru : en;
}

/* A cell from one of the functions that append to a buffer. */
static void put(struct document *document, struct document_cell *cell,
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

struct counts {
    uint32_t verdicts[CLAIM_VERDICT_COUNT], all;
    uint32_t computed; /* of those decided: by engines, not by sums of published figures */
};

static bool is_decided(enum claim_verdict verdict)
{
    return verdict != CLAIM_UNDECIDED && verdict != CLAIM_BESIDE;
}

static struct counts count_of(const struct claim_answers *answers, unsigned role)
{
    struct counts counts = {.all = 0};
    for (uint32_t i = 0; i < answers->count; i++) {
        struct claim_text text = claim_text_of(answers, i, REPORT_EN);
        if (text.figure && text.figure->role == role && text.answer->decides) {
            counts.verdicts[text.answer->verdict]++;
            counts.all++;
            counts.computed +=
                is_decided(text.answer->verdict) && text.test->method != zhol_claim_method_FORMULA;
        }
    }
    return counts;
}

static void put_counts(const struct claim_answers *answers, struct document *document)
{
    struct counts claims = count_of(answers, zhol_role_CLAIM);
    struct counts checks = count_of(answers, zhol_role_CHECK);
    document_text(
        document,
        say(document,
            "Claims: %u; consistent with the model %u, inconsistent %u, not decidable %u; "
            "stated aims, judged as promises: reachable %u, not reachable %u, open %u. "
            "Published checks, none of them used for fitting: %u; consistent %u, "
            "inconsistent %u, not decidable %u.",
            "Утверждений: %u; согласуется с моделью %u, не согласуется %u, не решается "
            "%u; заявленных целей, которые судят как обещания: достижимо %u, недостижимо "
            "%u, открыто %u. Опубликованных проверок, ни одна не служила подгонке: %u; согласуется "
            "%u, не согласуется %u, не решается %u."),
        claims.all, claims.verdicts[CLAIM_CONSISTENT], claims.verdicts[CLAIM_INCONSISTENT],
        claims.verdicts[CLAIM_UNDECIDED], claims.verdicts[CLAIM_REACHABLE],
        claims.verdicts[CLAIM_NOT_REACHABLE], claims.verdicts[CLAIM_OPEN], checks.all,
        checks.verdicts[CLAIM_CONSISTENT], checks.verdicts[CLAIM_INCONSISTENT],
        checks.verdicts[CLAIM_UNDECIDED]);
    document_text(
        document,
        say(document,
            "Of those decided, planner, assignment, calibration, demand and lengths of links "
            "answer %u claims and %u checks; the rest is held against rows of the corridor: "
            "registers, capacities and other published figures.",
            "Из решённых на %u утверждений и %u проверок отвечают планировщик, распределение, "
            "калибровка, спрос и длины участков; остальные сопоставлены со строками коридора: "
            "реестрами, мощностями и другими опубликованными цифрами."),
        claims.computed, checks.computed);
    document_text(
        document,
        say(document,
            "A figure is consistent where its interval (a printed range, else what rounding "
            "leaves) "
            "and that of the model meet. Where it has a tolerance, or only one side of it can be "
            "missed, the row says against what it was held. Times: 10 to 90 percent of a thousand "
            "worlds. Flows: "
            "least "
            "and greatest of the stated inputs and %u draws of all assumed ones. The first "
            "question "
            "of a figure decides; those below it say what else the figure could mean.",
            "Цифра согласуется, если её интервал (напечатанный диапазон, иначе округление) и "
            "интервал модели пересекаются. Где у цифры есть допуск или промахнуться "
            "можно лишь с одной стороны, строка говорит, с чем она сопоставлена. Время: от 10 до "
            "90 процентов тысячи миров. Потоки: "
            "наименьшее и наибольшее из заданных входов и %u розыгрышей всех допущений. Решает "
            "первый вопрос; остальные показывают, что ещё цифра могла бы значить."),
        answers->draws);
}

/* ---- Tables ---- */

static void begin_table(struct document *document, const char *key, const char *title,
                        const char *scope)
{
    const struct document_column columns[COLUMNS] = {
        {"figure", say(document, "Figure", "Цифра"), NULL, DOCUMENT_TEXT},
        {"printed", say(document, "Published", "Опубликовано"), NULL, DOCUMENT_TEXT},
        {"corrected", say(document, "Corrected", "Верно"), NULL, DOCUMENT_TEXT},
        {"asked", say(document, "Asked of the model, network", "Вопрос к модели, сеть"), NULL,
         DOCUMENT_TEXT},
        {"model", say(document, "Model gives", "Даёт модель"), NULL, DOCUMENT_TEXT},
        {"verdict", say(document, "Verdict", "Вердикт"), NULL, DOCUMENT_VERDICT},
        {"why", say(document, "Why", "Почему"), NULL, DOCUMENT_TEXT}};
    document_table(document, key, title, scope, columns, COLUMNS);
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
        put(document, &cells[FIGURE], claim_text_figure, text);
        put_printed(document, &cells[PRINTED], text);
        document_put(document, &cells[CORRECTED], "%s", claim_text_corrected(text));
    }
    put(document, &cells[ASKED], claim_text_asked, text);
    put(document, &cells[MODEL], claim_text_model, text);
    document_verdict(document, &cells[VERDICT], claim_text_verdict(text),
                     claim_text_mood(text->answer->verdict));
    put(document, &cells[WHY], claim_text_remark, text);
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
            put(document, &cells[0], claim_text_figure, &text);
            put_printed(document, &cells[1], &text);
            put(document, &cells[2], claim_text_remark, &text);
        }
    }
}

void study_section_claims(const struct claim_answers *answers, struct document *document)
{
    document_section(document, "claims",
                     say(document, "Claims and checks", "Утверждения и проверки"));
    put_counts(answers, document);
    begin_table(
        document, "claims", say(document, "Claims", "Утверждения"),
        say(document,
            "figures of the article and stated plans; network of the day and scenario named "
            "in the row, demand of 2025 where freight is assigned",
            "цифры статьи и заявленные планы; сеть дня и сценария, названных в строке, "
            "спрос 2025 года там, где распределяется груз"));
    add_decided(answers, zhol_role_CLAIM, document);
    begin_table(
        document, "checks", say(document, "Published checks", "Опубликованные проверки"),
        say(document,
            "published figures that nothing was fitted on; network of the figure's own time",
            "опубликованные цифры, по которым ничего не подгонялось; сеть времени цифры"));
    add_decided(answers, zhol_role_CHECK, document);
    add_undecided(answers, document);
}
