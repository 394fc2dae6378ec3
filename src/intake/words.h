/* intake/words.h: words of Russian and English text, compared without case and case endings.
 *
 * Enough for names of stations, countries and goods as telegrams bend them; no grammar.
 */
#ifndef ZHOL_INTAKE_WORDS_H
#define ZHOL_INTAKE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum { WORD_SIZE = 96 };

struct word {
    uint32_t start, size;   /* in the text, bytes */
    char folded[WORD_SIZE]; /* small letters, "ё" as "е"; cut at a character boundary */
};

struct words {
    struct word *items;
    uint32_t count, capacity;
};

/* Splits at everything that is no letter or digit. ZHOL_ERROR_MEMORY. */
enum zhol_error words_split(struct text_view text, struct words *out);
void words_clear(struct words *words);

/* True where `word` is `name` (both folded) or bends it: they share all but the last letter of the
 * name (two of an adjective, none of a short name), and what follows are letters of endings. */
bool word_bends(const char *name, const char *word);
/* The same where one of the names separated by ';' is meant. */
bool word_is_one(const struct word *word, const char *names);
/* How many words from `at` on say the name; 0 where they do not. */
uint32_t words_match(const struct words *words, uint32_t at, const struct words *name);

#endif
