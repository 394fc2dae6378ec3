/* words.c: splitting, folding and comparing words. See words.h. */
#include "intake/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static bool is_letter(uint32_t point)
{
    return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ||
           (point >= 'A' && point <= 'Z') ||
           (point >= 0xC0 && point != 0xD7 && point != 0xF7 && (point < 0x2000 || point > 0x2BFF));
}

static void fold_word(struct text_view text, char out[static WORD_SIZE])
{
    uint32_t position = 0, size = 0;
    while (position < text.size) {
        char one[4];
        uint32_t point = text_fold(text_utf8_next(text, &position));
        uint32_t bytes = text_utf8_put(point == 0x451 ? 0x435 : point, one);
        if (size + bytes >= WORD_SIZE) {
            break;
        }
        memcpy(out + size, one, bytes);
        size += bytes;
    }
    out[size] = '\0';
}

enum zhol_error words_split(struct text_view text, struct words *out)
{
    uint32_t position = 0;
    memset(out, 0, sizeof *out);
    while (position < text.size) {
        uint32_t start = position, before = position;
        while (position < text.size) {
            before = position;
            if (!is_letter(text_utf8_next(text, &position))) {
                break;
            }
            before = position;
        }
        if (before > start) {
            enum zhol_error error = ARRAY_RESERVE(out->items, out->capacity, out->count + 1);
            if (error) {
                return error;
            }
            struct word *word = &out->items[out->count++];
            word->start = start;
            word->size = before - start;
            fold_word((struct text_view){text.bytes + start, word->size}, word->folded);
        }
    }
    return ZHOL_ERROR_OK;
}

void words_clear(struct words *words)
{
    free(words->items);
    memset(words, 0, sizeof *words);
}

static uint32_t letters_of(const char *text)
{
    uint32_t count = 0;
    for (; *text; text++) {
        count += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return count;
}

/* Letters that endings of cases are made of. */
static bool is_ending(const char *text)
{
    static const char letters[] = "аеийоуыьэюямхвгс";
    struct text_view rest = text_view_of(text);
    uint32_t position = 0, count = 0;
    while (position < rest.size) {
        char one[5] = "";
        text_utf8_put(text_utf8_next(rest, &position), one);
        if (!strstr(letters, one)) {
            return false;
        }
        count++;
    }
    return count <= 3;
}

/* Adjectives bend their last two letters, nouns at most the last. */
static bool is_adjective(const char *name)
{
    static const char *const endings[] = {"ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"};
    size_t size = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (size > 8 && strcmp(name + size - strlen(endings[i]), endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool word_bends(const char *name, const char *word)
{
    uint32_t size = 0, shared = 0, letters = letters_of(name);
    if (strcmp(name, word) == 0) {
        return true;
    }
    while (name[size] && name[size] == word[size]) {
        size++;
    }
    while (size && ((unsigned char)word[size] & 0xC0) == 0x80) {
        size--;
    }
    for (uint32_t i = 0; i < size; i++) {
        shared += ((unsigned char)name[i] & 0xC0) != 0x80;
    }
    bool cyrillic = (unsigned char)name[0] >= 0xD0;
    uint32_t dropped = letters < 4 ? 0 : is_adjective(name) ? 2 : 1;
    return cyrillic && letters >= 3 && shared + dropped >= letters && is_ending(word + size) &&
           is_ending(name + size);
}

bool word_is_one(const struct word *word, const char *names)
{
    struct text_view rest = text_view_of(names);
    while (rest.size) {
        char name[WORD_SIZE];
        struct text_view one = text_cut(&rest, ';');
        uint32_t size = one.size < WORD_SIZE - 1 ? one.size : WORD_SIZE - 1;
        memcpy(name, one.bytes, size);
        name[size] = '\0';
        if (word_bends(name, word->folded)) {
            return true;
        }
    }
    return false;
}

uint32_t words_match(const struct words *words, uint32_t at, const struct words *name)
{
    if (!name->count || at + name->count > words->count) {
        return 0;
    }
    for (uint32_t i = 0; i < name->count; i++) {
        if (!word_bends(name->items[i].folded, words->items[at + i].folded)) {
            return 0;
        }
    }
    return name->count;
}
