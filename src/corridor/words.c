/* words.c: the word lists of zhol/tables.h as text, and back. */
#include "corridor/schema.h"

#include <string.h>
#include <zhol/corridor.h>

#define WORD_ENTRY(list, name, text) text,
#define WORD_ARRAY(list) \
    static const char *const words_##list[] = {"", ZHOL_WORDS_##list(WORD_ENTRY)};
ZHOL_WORD_LISTS(WORD_ARRAY)

const struct schema_word_list *schema_words(uint32_t list)
{
#define LIST_ENTRY(list) {#list, words_##list, sizeof words_##list / sizeof *words_##list},
    static const struct schema_word_list lists[] = {ZHOL_WORD_LISTS(LIST_ENTRY)};
#undef LIST_ENTRY
    return &lists[list];
}

static const char *word_text(uint32_t list, unsigned word)
{
    const struct schema_word_list *found = schema_words(list);
    return word < found->count ? found->words[word] : "";
}

static unsigned word_from(uint32_t list, const char *text)
{
    const struct schema_word_list *found = schema_words(list);
    for (unsigned i = 1; i < found->count; i++) {
        if (strcmp(found->words[i], text) == 0) {
            return i;
        }
    }
    return 0;
}

#define WORD_FUNCTIONS(list)                      \
    const char *zhol_##list##_text(unsigned word) \
    {                                             \
        return word_text(WORDS_##list, word);     \
    }                                             \
    unsigned zhol_##list##_from(const char *text) \
    {                                             \
        return word_from(WORDS_##list, text);     \
    }
ZHOL_WORD_LISTS(WORD_FUNCTIONS)
