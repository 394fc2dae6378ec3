/* report/terms.h: the words of a corridor's word lists (zhol/words.h) and tables in Russian. */
#ifndef ZHOL_REPORT_TERMS_H
#define ZHOL_REPORT_TERMS_H

#include "base/buffer.h"
#include "report/words.h"

/* The word in the language; the word itself where it has no translation. */
const char *report_term(const char *word, enum report_lang lang);
/* The same part by part: "trains/day"; '_' becomes a space. Appended to `out`. */
void report_terms(const char *words, enum report_lang lang, struct buffer *out);

#endif
