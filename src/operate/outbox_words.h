/* operate/outbox_words.h: what messages say, in four languages.
 *
 * A template is a sentence with fields in braces. Its fields are a JSON object: "number" (of the
 * place), "queue" (id), "slot", "old_slot" (UTC seconds), "note", "code", "decision" (upheld or
 * rejected: which of the two sentences of an appeal). Texts are short: an SMS has 70 characters in
 * Cyrillic or Chinese, and each further part costs.
 */
#ifndef ZHOL_OPERATE_OUTBOX_WORDS_H
#define ZHOL_OPERATE_OUTBOX_WORDS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "operate/outbox.h"

#define OUTBOX_LANGS(L) L(en) L(ru) L(kk) L(zh)

bool outbox_template_known(const char *template);
bool outbox_lang_known(const char *lang);
/* The i-th template's name; NULL behind the last. */
const char *outbox_template(uint32_t i);
/* Title (for mail) and text. ZHOL_ERROR_UNKNOWN (template or language), ZHOL_ERROR_SYNTAX (fields).
 * A field that the sentence names and `fields` lacks becomes a dash. */
enum zhol_error outbox_text(const struct outbox_options *options, const char *template,
                            const char *lang, struct text_view fields, struct buffer *title,
                            struct buffer *text);

#endif
