/* words.c: see words.h; the words stand in report/terms.c. */
#include "words.h"

#include "report/terms.h"

const char *word_said(const struct given *given, const char *word)
{
    return report_term(word, given->lang == LANG_RU ? REPORT_RU : REPORT_EN);
}
