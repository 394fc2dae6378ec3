/* corridor/said.h: the sentences of findings in other languages.
 *
 * Findings are made in English. A language is a list of pairs: a pattern of the English sentence,
 * in which '%' stands for what was filled in, and the sentence of that language, in which '%1',
 * '%2' ... stand for the same. What was filled in may itself be a sentence of the list ("is blank;
 * expected
 * %"). The first pattern that fits counts; a sentence that none fits stays English. The tests of
 * slips and overlays hold every finding that they bring about against this list.
 */
#ifndef ZHOL_CORRIDOR_SAID_H
#define ZHOL_CORRIDOR_SAID_H

#include <stdbool.h>
#include "base/buffer.h"

struct said_pair {
    const char *en, *other;
};

/* The pairs of Russian; *count of them. */
const struct said_pair *said_russian(size_t *count);
/* Appends the sentence in a language ("ru"; all else is English); false where no pattern fits. */
bool said_write(const char *sentence, const char *lang, struct buffer *out);

#endif
