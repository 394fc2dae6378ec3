/* cell.c: one cell of a row, from text and to text (corridor/cell.h). */
#include "corridor/cell.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "corridor/forms.h"

enum { MINUTES_OF_DAY = 1440, DAYS_OF_WEEK = 7 };

/* ---- blanks ---- */

void cell_blank(const struct schema_field *field, unsigned char *cell)
{
    const uint32_t none = ZHOL_NONE;
    const int32_t blank_int = ZHOL_BLANK_INT;
    const double not_a_number = NAN;
    const int16_t no_clock = -1;
    memset(cell, 0, schema_cell_size(field->kind)); /* text, word, days and list are blank now */
    switch (field->kind) {
    case SCHEMA_key:
    case SCHEMA_ref:
        memcpy(cell, &none, sizeof none);
        break;
    case SCHEMA_real:
        memcpy(cell, &not_a_number, sizeof not_a_number);
        break;
    case SCHEMA_whole:
    case SCHEMA_date:
        memcpy(cell, &blank_int, sizeof blank_int);
        break;
    case SCHEMA_flag:
        *cell = 0xff;
        break;
    case SCHEMA_clock:
        memcpy(cell, &no_clock, sizeof no_clock);
        break;
    default:
        break;
    }
}

bool cell_is_blank(const struct schema_field *field, const unsigned char *cell)
{
    unsigned char blank[sizeof(double)];
    double value;
    if (field->kind == SCHEMA_real) {
        memcpy(&value, cell, sizeof value);
        return isnan(value);
    }
    cell_blank(field, blank);
    return memcmp(cell, blank, schema_cell_size(field->kind)) == 0;
}

/* ---- numbers and times ---- */

static bool in_bounds(uint32_t range, double value)
{
    const struct schema_bounds *bounds = schema_bounds(range);
    if (range == RANGE_gauge) {
        return value == 1000 || value == 1067 || value == 1435 || value == 1520 || value == 1676;
    }
    return (bounds->open_low ? value > bounds->low : value >= bounds->low) && value <= bounds->high;
}

static enum zhol_error read_real(const struct schema_field *field, struct text_view text,
                                 unsigned char *cell)
{
    double value;
    enum zhol_error error = number_parse_real(text, &value);
    if (!error && !in_bounds(field->arg, value)) {
        error = ZHOL_ERROR_RANGE;
    }
    if (!error) {
        value = value == 0 ? 0 : value; /* no -0: it would be written as another text */
        memcpy(cell, &value, sizeof value);
    }
    return error;
}

static enum zhol_error read_whole(const struct schema_field *field, struct text_view text,
                                  unsigned char *cell)
{
    int64_t value;
    enum zhol_error error = number_parse_int_in(text, INT32_MIN + 1, INT32_MAX, &value);
    if (!error && !in_bounds(field->arg, (double)value)) {
        error = ZHOL_ERROR_RANGE;
    }
    if (!error) {
        int32_t narrow = (int32_t)value;
        memcpy(cell, &narrow, sizeof narrow);
    }
    return error;
}

static enum zhol_error read_flag(struct text_view text, unsigned char *cell)
{
    bool yes = text_equal_string(text, "true");
    if (!yes && !text_equal_string(text, "false")) {
        return ZHOL_ERROR_SYNTAX;
    }
    *cell = yes;
    return ZHOL_ERROR_OK;
}

static enum zhol_error read_date(struct text_view text, unsigned char *cell)
{
    int32_t day;
    enum zhol_error error = time_parse_date(text, &day, NULL);
    if (!error) {
        memcpy(cell, &day, sizeof day);
    }
    return error;
}

static enum zhol_error read_clock(struct text_view text, unsigned char *cell)
{
    uint32_t second;
    enum zhol_error error = text.size == 5 ? time_parse_clock(text, &second) : ZHOL_ERROR_SYNTAX;
    if (!error) {
        int16_t minute = (int16_t)(second / 60);
        memcpy(cell, &minute, sizeof minute);
    }
    return error;
}

static enum zhol_error read_days(struct text_view text, unsigned char *cell)
{
    unsigned days = 0;
    if (text.size != DAYS_OF_WEEK) {
        return ZHOL_ERROR_SYNTAX;
    }
    for (unsigned i = 0; i < DAYS_OF_WEEK; i++) {
        if (text.bytes[i] != '0' && text.bytes[i] != '1') {
            return ZHOL_ERROR_SYNTAX;
        }
        days |= (unsigned)(text.bytes[i] - '0') << i;
    }
    *cell = (unsigned char)days;
    return ZHOL_ERROR_OK;
}

/* ---- texts, words and references: what the column held last is tried first ---- */

static bool remembers(const struct cell_memo *memo, struct text_view text)
{
    return memo->set && memo->text.size == text.size &&
           memo->text.bytes[text.size - 1] == text.bytes[text.size - 1] &&
           memcmp(memo->text.bytes, text.bytes, text.size) == 0;
}

static enum zhol_error find_word(const struct schema_field *field, struct text_view text,
                                 uint32_t *word)
{
    const struct schema_word_list *list = schema_words(field->arg);
    for (uint32_t i = 1; i < list->count; i++) {
        if (text_equal_string(text, list->words[i])) {
            *word = i;
            return ZHOL_ERROR_OK;
        }
    }
    return ZHOL_ERROR_SYNTAX;
}

static enum zhol_error add_text(struct zhol_corridor *corridor, const struct schema_field *field,
                                struct text_view text, uint32_t *offset)
{
    bool is_list = field->kind == SCHEMA_list;
    uint32_t form = is_list ? FORM_any : field->arg; /* the items are looked at by the checker */
    if (!form_valid(form, text)) {
        return ZHOL_ERROR_SYNTAX;
    }
    return form_interned(form) ? text_pool_intern(&corridor->texts, text, offset)
                               : text_pool_add(&corridor->texts, text, offset);
}

static enum zhol_error find_thing(struct zhol_corridor *corridor, const struct schema_field *field,
                                  struct text_view text, struct cell_memo *memo, uint32_t *thing)
{
    *thing = ids_find(&corridor->tables[field->arg].ids, &corridor->texts, text, memo->value);
    memo->hashed = *thing != memo->value && *thing != memo->value + 1;
    return *thing == UINT32_MAX ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_OK;
}

static enum zhol_error add_thing(struct zhol_corridor *corridor, const struct schema_field *field,
                                 struct text_view text, uint32_t *thing)
{
    if (!form_id_valid(text)) {
        return ZHOL_ERROR_SYNTAX;
    }
    return ids_add(&corridor->tables[field->arg].ids, &corridor->texts, text, thing, NULL);
}

static enum zhol_error read_named(struct zhol_corridor *corridor, const struct schema_field *field,
                                  struct text_view text, struct cell_memo *memo, uint32_t *value)
{
    enum zhol_error error;
    if (remembers(memo, text)) {
        *value = memo->value;
        return ZHOL_ERROR_OK;
    }
    switch (field->kind) {
    case SCHEMA_key:
        error = add_thing(corridor, field, text, value);
        break;
    case SCHEMA_ref:
        error = find_thing(corridor, field, text, memo, value);
        break;
    case SCHEMA_word:
        error = find_word(field, text, value);
        break;
    default:
        error = add_text(corridor, field, text, value);
        break;
    }
    if (!error) {
        *memo = (struct cell_memo){text, *value, true, memo->hashed};
    }
    return error;
}

enum zhol_error cell_read(struct zhol_corridor *corridor, const struct schema_field *field,
                          struct text_view text, struct cell_memo *memo, unsigned char *cell)
{
    switch (field->kind) {
    case SCHEMA_real:
        return read_real(field, text, cell);
    case SCHEMA_whole:
        return read_whole(field, text, cell);
    case SCHEMA_flag:
        return read_flag(text, cell);
    case SCHEMA_date:
        return read_date(text, cell);
    case SCHEMA_clock:
        return read_clock(text, cell);
    case SCHEMA_days:
        return read_days(text, cell);
    default:
        break;
    }
    uint32_t value;
    enum zhol_error error = read_named(corridor, field, text, memo, &value);
    if (!error && field->kind == SCHEMA_word) {
        *cell = (unsigned char)value;
    } else if (!error) {
        memcpy(cell, &value, sizeof value);
    }
    return error;
}

/* ---- to text ---- */

static void write_u32(const struct zhol_corridor *corridor, const struct schema_field *field,
                      uint32_t value, struct buffer *out)
{
    if (field->kind == SCHEMA_key || field->kind == SCHEMA_ref) {
        value = corridor->tables[field->arg].ids.texts[value];
    }
    buffer_string(out, text_pool_get(&corridor->texts, value));
}

static void write_clock(int16_t minute, struct buffer *out)
{
    int clock = minute;
    buffer_printf(out, "%02d:%02d", clock / 60, clock % 60);
}

static void write_days(unsigned days, struct buffer *out)
{
    for (unsigned i = 0; i < DAYS_OF_WEEK; i++) {
        buffer_char(out, (days >> i & 1) ? '1' : '0');
    }
}

void cell_write(const struct zhol_corridor *corridor, const struct schema_field *field,
                const unsigned char *cell, struct buffer *out)
{
    char date[TIME_TEXT_SIZE];
    uint32_t value = 0;
    int32_t whole = 0;
    int16_t clock = 0;
    double real = 0;
    if (cell_is_blank(field, cell)) {
        return;
    }
    switch (field->kind) {
    case SCHEMA_real:
        memcpy(&real, cell, sizeof real);
        buffer_real(out, real);
        break;
    case SCHEMA_whole:
        memcpy(&whole, cell, sizeof whole);
        buffer_int(out, whole);
        break;
    case SCHEMA_date:
        memcpy(&whole, cell, sizeof whole);
        time_format_date(whole, date);
        buffer_string(out, date);
        break;
    case SCHEMA_clock:
        memcpy(&clock, cell, sizeof clock);
        write_clock(clock, out);
        break;
    case SCHEMA_flag:
        buffer_string(out, *cell ? "true" : "false");
        break;
    case SCHEMA_days:
        write_days(*cell, out);
        break;
    case SCHEMA_word:
        buffer_string(out, schema_words(field->arg)->words[*cell]);
        break;
    default:
        memcpy(&value, cell, sizeof value);
        write_u32(corridor, field, value, out);
        break;
    }
}

/* ---- what was expected ---- */

static void explain_word(const struct schema_field *field, struct buffer *out)
{
    const struct schema_word_list *list = schema_words(field->arg);
    buffer_string(out, "one of: ");
    for (uint32_t i = 1; i < list->count; i++) {
        buffer_string(out, i > 1 ? ", " : "");
        buffer_string(out, list->words[i]);
    }
}

static void explain_date(struct text_view text, struct buffer *out)
{
    int32_t day;
    buffer_string(out, time_parse_date(text, &day, NULL) == ZHOL_ERROR_RANGE
                           ? "a day that the calendar has, as YYYY-MM-DD, YYYY-MM or YYYY"
                           : "a date as YYYY-MM-DD, YYYY-MM or YYYY");
}

void cell_explain(const struct schema_field *field, struct text_view text, struct buffer *out)
{
    switch (field->kind) {
    case SCHEMA_key:
        buffer_string(out, "an identifier: 1 to 120 characters without space, ; , \" and $");
        break;
    case SCHEMA_ref:
        schema_write_id(out, (enum zhol_table)field->arg);
        break;
    case SCHEMA_word:
        explain_word(field, out);
        break;
    case SCHEMA_real:
        buffer_string(out, schema_bounds(field->arg)->text);
        break;
    case SCHEMA_whole:
        buffer_string(out,
                      field->arg == RANGE_any ? "a whole number" : schema_bounds(field->arg)->text);
        break;
    case SCHEMA_flag:
        buffer_string(out, "true or false");
        break;
    case SCHEMA_date:
        explain_date(text, out);
        break;
    case SCHEMA_clock:
        buffer_string(out, "a time of day as HH:MM, 00:00 to 24:00");
        break;
    case SCHEMA_days:
        buffer_string(out, "seven digits 0 or 1, Monday first, such as 1111100");
        break;
    default:
        form_explain(field->kind == SCHEMA_list ? (uint32_t)FORM_any : field->arg, text, out);
        break;
    }
}
