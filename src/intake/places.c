/* places.c: names of places as lists of words. See places.h. */
#include "intake/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "intake/intake.h"

static enum zhol_error add_name(struct places *places, struct text_view text, uint32_t node)
{
    struct place_name name = {.node = node};
    enum zhol_error error = words_split(text, &name.words);
    error = error ? error : ARRAY_RESERVE(places->names, places->capacity, places->count + 1);
    if (error || !name.words.count) {
        words_clear(&name.words);
        return error;
    }
    places->names[places->count++] = name;
    return ZHOL_ERROR_OK;
}

enum zhol_error places_make(const struct zhol_corridor *corridor, struct places *out)
{
    uint32_t count;
    const struct zhol_node *rows = zhol_corridor_node(corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < count && !error; i++) {
        struct text_view aliases = text_view_of(zhol_corridor_text(corridor, rows[i].aliases));
        error = add_name(out, text_view_of(zhol_corridor_text(corridor, rows[i].name_ru)),
                         rows[i].node_id);
        error = error ? error
                      : add_name(out, text_view_of(zhol_corridor_text(corridor, rows[i].esr)),
                                 rows[i].node_id);
        while (aliases.size && !error) {
            error = add_name(out, text_cut(&aliases, ';'), rows[i].node_id);
        }
    }
    return error;
}

void places_clear(struct places *places)
{
    for (uint32_t i = 0; i < places->count; i++) {
        words_clear(&places->names[i].words);
    }
    free(places->names);
    memset(places, 0, sizeof *places);
}

uint32_t places_at(const struct places *places, const struct words *words, uint32_t at,
                   uint32_t *count)
{
    uint32_t found = ZHOL_NONE;
    *count = 0;
    for (uint32_t i = 0; i < places->count; i++) {
        uint32_t matched = words_match(words, at, &places->names[i].words);
        if (matched > *count) {
            *count = matched;
            found = places->names[i].node;
        }
    }
    return found;
}

uint32_t intake_place(const struct zhol_corridor *corridor, struct text_view name)
{
    struct places places;
    struct words words;
    struct buffer text = {0};
    uint32_t node = ZHOL_NONE, near, count;
    buffer_view(&text, name);
    if (zhol_corridor_place(corridor, buffer_get(&text), &node, &near, 1, &count)) {
        memset(&places, 0, sizeof places);
        node = ZHOL_NONE;
        if (words_split(name, &words) == ZHOL_ERROR_OK && words.count &&
            places_make(corridor, &places) == ZHOL_ERROR_OK) {
            uint32_t found = places_at(&places, &words, 0, &count);
            node = count == words.count ? found : ZHOL_NONE;
        }
        places_clear(&places);
        words_clear(&words);
    }
    buffer_clear(&text);
    return node;
}
