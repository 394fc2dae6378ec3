/* desk/dossier.h: everything that a corridor knows about one thing on one day, as tables.
 *
 * A dossier is a list of sections; a section has a title, columns and rows of cells; each row says
 * which row of which table it shows, and from which source. Titles and columns are numbers of words
 * (DOSSIER_WORDS, in English and Russian), so that text, JSON and a page can be made from the same
 * dossier.
 *
 * Places and links have sections of their own: names, links with speed and tracks, processes with
 * times, opening hours of the day and the next closure, handlings, capacities, prices with free
 * days, rules, services, demand, projects, promises, events, figures. Of any other thing all cells
 * are shown, with the rows of other tables that refer to it.
 *
 * Call order: dossier_of or dossier_overview, look, dossier_clear (also after a failure).
 * Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT; of dossier_of ZHOL_ERROR_UNKNOWN for a thing that is
 * not there. Cost: O(rows of the corridor).
 */
#ifndef ZHOL_DESK_DOSSIER_H
#define ZHOL_DESK_DOSSIER_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

#include "base/text.h"
#include "desk/dossier_words.h"

enum dossier_kind {
    DOSSIER_TEXT,   /* as it is */
    DOSSIER_WORD,   /* a word of the corridor's word lists, to be said in the reader's language */
    DOSSIER_LABEL,  /* number: enum dossier_word */
    DOSSIER_NUMBER, /* NaN where blank */
    DOSSIER_DAY     /* number: days since 1970, NaN where blank */
};

struct dossier_cell {
    uint8_t kind;  /* enum dossier_kind */
    uint32_t text; /* in the dossier's pool */
    double number;
};

struct dossier_row {
    uint32_t first_cell;
    uint8_t table; /* enum zhol_table */
    bool current;  /* holds on the day */
    uint32_t row;
    uint32_t source; /* thing, or ZHOL_NONE */
};

enum { DOSSIER_COLUMNS_MAX = 12 };

struct dossier_section {
    uint16_t title; /* enum dossier_word */
    uint8_t column_count;
    uint16_t columns[DOSSIER_COLUMNS_MAX]; /* enum dossier_word */
    uint32_t first_row, row_count;
};

struct dossier {
    const struct zhol_corridor *corridor;
    int32_t day;
    const char *lang;
    uint8_t table; /* of the thing; ZHOL_TABLE_COUNT for an overview */
    uint32_t thing;
    struct text_pool texts;
    struct dossier_section *sections;
    uint32_t section_count, section_capacity;
    struct dossier_row *rows;
    uint32_t row_count, row_capacity;
    struct dossier_cell *cells;
    uint32_t cell_count, cell_capacity;
    enum zhol_error error; /* sticks */
};

/* `lang`: "en" or "ru", for names. */
enum zhol_error dossier_of(const struct zhol_corridor *corridor, enum zhol_table table,
                           uint32_t thing, int32_t day, const char *lang, struct dossier *out);
enum zhol_error dossier_overview(const struct zhol_corridor *corridor, int32_t day,
                                 const char *lang, struct dossier *out);
void dossier_clear(struct dossier *dossier);

/* The code of a word ("free_days"), for JSON and CSV; and the word itself. */
const char *dossier_code(enum dossier_word word);
const char *dossier_word(enum dossier_word word, const char *lang);

#endif
