/* report/claim_text.h: claims, checks and promises with their answers, in words.
 *
 * What `zhol claims --model`, `zhol commitments --model` and the sections of the study say of a row
 * of desk/claim_verdict.h, each piece once and in both languages. Texts are appended to buffers,
 * whose errors stick. Pure; no order of calls.
 */
#ifndef ZHOL_REPORT_CLAIM_TEXT_H
#define ZHOL_REPORT_CLAIM_TEXT_H

#include "base/buffer.h"
#include "desk/claim_verdict.h"
#include "report/words.h"

/* An answer with its rows; figure or promise is NULL. */
struct claim_text {
    const struct zhol_corridor *corridor;
    enum report_lang lang;
    const struct claim_answer *answer;
    const struct zhol_claim_test *test;
    const struct zhol_observation *figure;
    const struct zhol_commitment *promise;
};

struct claim_text claim_text_of(const struct claim_answers *answers, uint32_t answer,
                                enum report_lang lang);
/* "transit time, China-Europe now" */
void claim_text_figure(const struct claim_text *text, struct buffer *out);
/* "19-23 days", "> 90,000 cars/yr" as published, or the words of a figure that is none. */
void claim_text_published(const struct claim_text *text, struct buffer *out);
/* What was found instead of a figure; "" where nothing. */
const char *claim_text_corrected(const struct claim_text *text);
/* "20.4 (19.1-22.0) days"; nothing where there is no answer. */
void claim_text_model(const struct claim_text *text, struct buffer *out);
/* Head of the column of answers, which says what the intervals of flows are: "Model gives (flows:
 * least and greatest of 3 runs)". */
void claim_text_head(const struct claim_answers *answers, enum report_lang lang,
                     struct buffer *out);
/* What was asked of the model. */
const char *claim_text_question(const struct claim_text *text);
/* Scenario and day of the network; nothing for published figures. */
void claim_text_scope(const struct claim_text *text, struct buffer *out);
/* The question with its network. */
void claim_text_asked(const struct claim_text *text, struct buffer *out);
/* What the answer means: its reason, why, what binds, what it rests on, or what is wrong. */
void claim_text_remark(const struct claim_text *text, struct buffer *out);
/* Where the answer comes from: "published figures", "planner", ...; static. */
const char *claim_text_method(unsigned method, enum report_lang lang);
/* The kind of verdict, by which they are counted: "consistent", "open", "not modelled". */
const char *claim_text_kind(const struct claim_text *text);
/* The same in the words of the row: a count beside a capacity is "within the capacity" (or above
 * it), an answer beside an upper limit "within the limit stated", where others are consistent. */
const char *claim_text_verdict(const struct claim_text *text);
/* 1 good, 0 open, -1 bad */
int claim_text_mood(enum claim_verdict verdict);
/* "12.3 (11.8-12.9)" with decimals by size; a day where `unit` is "day". */
void claim_text_range(struct trade_value range, const char *unit, enum report_lang lang,
                      struct buffer *out);

#endif
