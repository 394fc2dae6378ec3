/* corridor/schema.h: the tables of zhol/tables.h as data.
 *
 * Purpose: reader, writer, checker, documentation and datapackage.json work on these descriptors,
 * so that no code lists columns. Everything here is constant and static; O(1) but for the
 * functions that search a name, which are linear in the columns of one table.
 */
#ifndef ZHOL_CORRIDOR_SCHEMA_H
#define ZHOL_CORRIDOR_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zhol/tables.h>
#include "base/buffer.h"
#include "base/text.h"

enum schema_kind {
    SCHEMA_key,
    SCHEMA_ref,
    SCHEMA_text,
    SCHEMA_word,
    SCHEMA_real,
    SCHEMA_whole,
    SCHEMA_flag,
    SCHEMA_date,
    SCHEMA_clock,
    SCHEMA_days,
    SCHEMA_list,
    SCHEMA_KIND_COUNT
};

enum schema_need { NEED_KEY, NEED_KEYOPT, NEED_REQ, NEED_OPT };

/* Forms of texts and of the items of lists: FORM(name, "what is expected"). */
#define SCHEMA_FORMS(F)                                                                          \
    F(any, "text")                                                                               \
    F(country, "an ISO 3166-1 alpha-2 code such as KZ")                                          \
    F(currency, "an ISO 4217 code such as USD")                                                  \
    F(zone, "a name of the tz database such as Asia/Almaty")                                     \
    F(unlocode, "a UN/LOCODE: two letters of the country and three of the place, such as KZALA") \
    F(esr, "a six-digit ESR station code with its check digit")                                  \
    F(etsng, "a six-digit ETSNG cargo code with its check digit")                                \
    F(bin, "a twelve-digit Kazakh business number with its check digit")                         \
    F(uscc, "an 18-character Chinese unified social credit code with its check character")       \
    F(url, "an address that begins with http:// or https://")                                    \
    F(fact, "a fact of the article, AF001 to AF213")                                             \
    F(hs, "an HS prefix of 2, 4 or 6 digits")                                                    \
    F(wkt, "LINESTRING (lon lat, lon lat, ...) with at least two pairs in degrees")

enum schema_form {
#define SCHEMA_FORM_CODE(name, text) FORM_##name,
    SCHEMA_FORMS(SCHEMA_FORM_CODE)
#undef SCHEMA_FORM_CODE
        FORM_COUNT
};

/* The arg of a list: a form, or LIST_TABLE + enum zhol_table for identifiers of a table. */
enum { LIST_TABLE = 256 };

/* Ranges of numbers: RANGE(name, low, high, low is excluded, "what is expected"). */
#define SCHEMA_RANGES(R)                                              \
    R(any, -1e300, 1e300, false, "a number")                          \
    R(nonneg, 0, 1e300, false, "a number >= 0")                       \
    R(positive, 0, 1e300, true, "a number > 0")                       \
    R(lon, -180, 180, false, "a longitude in degrees, -180 to 180")   \
    R(lat, -90, 90, false, "a latitude in degrees, -90 to 90")        \
    R(percent, 0, 100, false, "a share in percent, 0 to 100")         \
    R(signed_percent, -100, 10000, false, "percent, -100 to 10000")   \
    R(hours, 0, 87600, false, "a number of hours, 0 to 87600")        \
    R(km, 0, 50000, false, "a number of km, 0 to 50000")              \
    R(speed, 0, 300, true, "a speed in km/h, above 0 and up to 300")  \
    R(count, 0, 1000000000, false, "a whole number, 0 to 1000000000") \
    R(month, 1, 12, false, "a month, 1 to 12")                        \
    R(gauge, 1000, 1676, false, "a gauge in mm: 1000, 1067, 1435, 1520 or 1676")

enum schema_range {
#define SCHEMA_RANGE_CODE(name, low, high, open, text) RANGE_##name,
    SCHEMA_RANGES(SCHEMA_RANGE_CODE)
#undef SCHEMA_RANGE_CODE
        RANGE_COUNT
};

struct schema_bounds {
    const char *name;
    double low, high;
    bool open_low;
    const char *text;
};

enum schema_words {
#define SCHEMA_WORDS_CODE(list) WORDS_##list,
    ZHOL_WORD_LISTS(SCHEMA_WORDS_CODE)
#undef SCHEMA_WORDS_CODE
        WORDS_COUNT
};

struct schema_word_list {
    const char *name;
    const char *const *words; /* words[0] is "" */
    uint32_t count;           /* with the blank word */
};

struct schema_field {
    const char *name;
    const char *doc;
    uint16_t offset; /* in the row */
    uint16_t arg;    /* table, enum schema_words, schema_range or schema_form, see LIST_TABLE */
    uint8_t kind;    /* enum schema_kind */
    uint8_t need;    /* enum schema_need */
};

struct schema_table {
    const char *name;
    const char *doc;
    const struct schema_field *fields;
    uint32_t field_count;
    uint32_t row_size;
};

enum { SCHEMA_FIELDS_MAX = 64, SCHEMA_ROW_MAX = 512, SCHEMA_NO_FIELD = -1 };

const struct schema_table *schema_table(enum zhol_table table);
const struct schema_word_list *schema_words(uint32_t list);
const struct schema_bounds *schema_bounds(uint32_t range);
/* What a text form asks for, and its name. */
const char *schema_form_text(uint32_t form);
const char *schema_form_name(uint32_t form);

/* Column number by name, or SCHEMA_NO_FIELD. */
int schema_find(const struct schema_table *table, const char *name);
int schema_find_view(const struct schema_table *table, struct text_view name);
/* The column of kind key, or SCHEMA_NO_FIELD. */
int schema_key(const struct schema_table *table);
/* Its name; "" for a table without one. */
const char *schema_key_name(enum zhol_table table);
/* Appends "a node_id of node.csv". */
void schema_write_id(struct buffer *out, enum zhol_table table);
/* The first column of kind ref, or SCHEMA_NO_FIELD. */
int schema_first_ref(const struct schema_table *table);
/* True where the column is part of the primary key. */
bool schema_in_key(const struct schema_field *field);
/* True for the tables that stand only in a scenario's folder. */
bool schema_of_scenario(enum zhol_table table);
/* The table with this name, or ZHOL_TABLE_COUNT. */
enum zhol_table schema_table_from(struct text_view name);

/* Bytes of a cell of a kind in a row. */
uint32_t schema_cell_size(uint32_t kind);

#endif
