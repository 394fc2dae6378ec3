/* study_answers.c: on the first page, what the model says of the claims that it can test. The whole
 * tables, with the other questions and the reasons, are in study_claims.c. */
#include "desk/claim_tally.h"
#include "report/study_claims.h"
#include "report/study_sections.h"

/* "the most that three crossings take on the day due: 45.9 (41.2-52.3) Mt" */
static void put_answer(struct document *document, struct document_cell *cell,
                       const struct claim_text *text)
{
    struct buffer out = {0};
    claim_text_model(text, &out);
    document_put(document, cell, out.size ? "%s: %s" : "%s%s", claim_text_question(text),
                 buffer_get(&out));
    document->error = document->error ? document->error : out.error;
    buffer_clear(&out);
}

void study_put_answers(const struct claim_answers *answers, struct document *document)
{
    const struct document_column columns[] = {
        {"claim", study_said(document, "Claim", "Утверждение"), NULL, DOCUMENT_TEXT},
        {"printed", study_said(document, "Printed", "Напечатано"), NULL, DOCUMENT_TEXT},
        {"answer", study_said(document, "The model gives", "Модель даёт"), NULL, DOCUMENT_TEXT},
        {"verdict", study_said(document, "Verdict", "Вердикт"), NULL, DOCUMENT_VERDICT}};
    document_table(document, "answers",
                   study_said(document, "Claims that the model can test",
                              "Утверждения, которые модель может проверить"),
                   study_said(document,
                              "network of the day and scenario that the section on claims names in "
                              "each row; freight of 2025 where it is assigned",
                              "сеть дня и сценария, названных в строках раздела об утверждениях; "
                              "где распределяется груз — груз 2025 года"),
                   columns, 4);
    for (uint32_t i = 0; i < answers->count; i++) {
        struct claim_text text = claim_text_of(answers, i, document->lang);
        if (!text.answer->decides || !text.figure || text.figure->role != zhol_role_CLAIM ||
            !claim_is_computed(text.test->method) || text.answer->verdict == CLAIM_BESIDE) {
            continue;
        }
        struct document_cell *cells = document_row(
            document, zhol_corridor_id(text.corridor, ZHOL_TABLE_source, text.figure->source_id));
        study_put_claim(document, &cells[0], claim_text_figure, &text);
        study_put_claim(document, &cells[1], claim_text_published, &text);
        put_answer(document, &cells[2], &text);
        document_verdict(document, &cells[3], claim_text_verdict(&text),
                         claim_text_mood(text.answer->verdict));
    }
}
