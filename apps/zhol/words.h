/* words.h: the words of a corridor's word lists (zhol/words.h) in Russian. */
#ifndef ZHOL_APP_WORDS_H
#define ZHOL_APP_WORDS_H

#include "command.h"

/* The word in the language asked for; the word itself where it has no translation. */
const char *word_said(const struct given *given, const char *word);

#endif
