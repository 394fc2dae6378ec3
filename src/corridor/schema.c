/* schema.c: descriptors of all tables, made from the X-macros of zhol/tables.h. */
#include "corridor/schema.h"

#include <string.h>
#include <zhol/corridor.h>

/* The argument of a field, by its kind. */
#define ARG_key(arg)   ZHOL_TABLE_##arg
#define ARG_ref(arg)   ZHOL_TABLE_##arg
#define ARG_word(arg)  WORDS_##arg
#define ARG_real(arg)  RANGE_##arg
#define ARG_whole(arg) RANGE_##arg
#define ARG_text(arg)  FORM_##arg
#define ARG_list(arg)  LIST_##arg
#define ARG_flag(arg)  0
#define ARG_date(arg)  0
#define ARG_clock(arg) 0
#define ARG_days(arg)  0

/* A list names a table or a form; both kinds of name get a number. */
#define LIST_OF_TABLE(table, doc) LIST_##table = LIST_TABLE + ZHOL_TABLE_##table,
enum list_argument {
    ZHOL_TABLES(LIST_OF_TABLE) LIST_any = FORM_any,
    LIST_fact = FORM_fact,
    LIST_hs = FORM_hs,
    LIST_country = FORM_country
};

#define FIELD_ENTRY(kind, name, arg, need, doc)                                           \
    {#name,         doc,        (uint16_t)offsetof(row, name), (uint16_t)ARG_##kind(arg), \
     SCHEMA_##kind, NEED_##need},
/* `row` is the struct of the table at hand: FIELD_ENTRY takes its offsets from it. */
#define TABLE_CASE(table, doc)                                                                   \
    case ZHOL_TABLE_##table: {                                                                   \
        typedef struct zhol_##table row;                                                         \
        static const struct schema_field fields[] = {ZHOL_FIELDS_##table(FIELD_ENTRY)};          \
        static const struct schema_table entry = {#table, doc, fields,                           \
                                                  sizeof fields / sizeof *fields, sizeof(row)};  \
        _Static_assert(sizeof fields / sizeof *fields <= SCHEMA_FIELDS_MAX, "too many columns"); \
        _Static_assert(sizeof(row) <= SCHEMA_ROW_MAX, "row too large");                          \
        return &entry;                                                                           \
    }

const struct schema_table *schema_table(enum zhol_table table)
{
    switch (table) {
        ZHOL_TABLES(TABLE_CASE)
    case ZHOL_TABLE_COUNT:
        break;
    }
    return NULL;
}

const struct schema_bounds *schema_bounds(uint32_t range)
{
#define RANGE_ENTRY(name, low, high, open, text) {#name, low, high, open, text},
    static const struct schema_bounds bounds[] = {SCHEMA_RANGES(RANGE_ENTRY)};
#undef RANGE_ENTRY
    return &bounds[range];
}

const char *schema_form_text(uint32_t form)
{
#define FORM_ENTRY(name, text) text,
    static const char *const texts[] = {SCHEMA_FORMS(FORM_ENTRY)};
#undef FORM_ENTRY
    return texts[form];
}

const char *schema_form_name(uint32_t form)
{
#define FORM_ENTRY(name, text) #name,
    static const char *const names[] = {SCHEMA_FORMS(FORM_ENTRY)};
#undef FORM_ENTRY
    return names[form];
}

int schema_find_view(const struct schema_table *table, struct text_view name)
{
    for (uint32_t i = 0; i < table->field_count; i++) {
        if (text_equal_string(name, table->fields[i].name)) {
            return (int)i;
        }
    }
    return SCHEMA_NO_FIELD;
}

int schema_find(const struct schema_table *table, const char *name)
{
    return schema_find_view(table, text_view_of(name));
}

static int find_kind(const struct schema_table *table, uint8_t kind)
{
    for (uint32_t i = 0; i < table->field_count; i++) {
        if (table->fields[i].kind == kind) {
            return (int)i;
        }
    }
    return SCHEMA_NO_FIELD;
}

int schema_key(const struct schema_table *table)
{
    return find_kind(table, SCHEMA_key);
}

const char *schema_key_name(enum zhol_table table)
{
    int key = schema_key(schema_table(table));
    return key == SCHEMA_NO_FIELD ? "" : schema_table(table)->fields[key].name;
}

void schema_write_id(struct buffer *out, enum zhol_table table)
{
    const char *key = schema_key_name(table);
    bool vowel = *key && strchr("aeiou", *key);
    buffer_printf(out, "%s %s of %s.csv", vowel ? "an" : "a", key, schema_table(table)->name);
}

int schema_first_ref(const struct schema_table *table)
{
    return find_kind(table, SCHEMA_ref);
}

bool schema_in_key(const struct schema_field *field)
{
    return field->need == NEED_KEY || field->need == NEED_KEYOPT;
}

bool schema_of_scenario(enum zhol_table table)
{
    return table == ZHOL_TABLE_scenario || table == ZHOL_TABLE_parameter;
}

enum zhol_table schema_table_from(struct text_view name)
{
    for (int i = 0; i < ZHOL_TABLE_COUNT; i++) {
        if (text_equal_string(name, schema_table((enum zhol_table)i)->name)) {
            return (enum zhol_table)i;
        }
    }
    return ZHOL_TABLE_COUNT;
}

uint32_t schema_cell_size(uint32_t kind)
{
#define CELL_SIZE(kind) [SCHEMA_##kind] = sizeof(zhol_cell_##kind)
    static const uint8_t sizes[SCHEMA_KIND_COUNT] = {
        CELL_SIZE(key),   CELL_SIZE(ref),   CELL_SIZE(text), CELL_SIZE(word),
        CELL_SIZE(real),  CELL_SIZE(whole), CELL_SIZE(flag), CELL_SIZE(date),
        CELL_SIZE(clock), CELL_SIZE(days),  CELL_SIZE(list)};
#undef CELL_SIZE
    return sizes[kind];
}

/* ---- the public face ---- */

const char *zhol_table_name(enum zhol_table table)
{
    const struct schema_table *found = schema_table(table);
    return found ? found->name : "";
}

const char *zhol_table_doc(enum zhol_table table)
{
    const struct schema_table *found = schema_table(table);
    return found ? found->doc : "";
}

uint32_t zhol_table_columns(enum zhol_table table)
{
    const struct schema_table *found = schema_table(table);
    return found ? found->field_count : 0;
}

static const struct schema_field *public_field(enum zhol_table table, uint32_t column)
{
    const struct schema_table *found = schema_table(table);
    return found && column < found->field_count ? &found->fields[column] : NULL;
}

const char *zhol_column_name(enum zhol_table table, uint32_t column)
{
    const struct schema_field *field = public_field(table, column);
    return field ? field->name : "";
}

const char *zhol_column_doc(enum zhol_table table, uint32_t column)
{
    const struct schema_field *field = public_field(table, column);
    return field ? field->doc : "";
}

uint32_t zhol_column_find(enum zhol_table table, const char *name)
{
    const struct schema_table *found = schema_table(table);
    int column = found ? schema_find(found, name) : SCHEMA_NO_FIELD;
    return column == SCHEMA_NO_FIELD ? ZHOL_NONE : (uint32_t)column;
}
