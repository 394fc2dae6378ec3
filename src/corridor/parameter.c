/* parameter.c: the parameters of a scenario: their values, values set from outside, and their use
 * in the cells of an overlay ("$opening", "$opening+365d", "$paths*0.5"). */
#include "corridor/reading.h"

#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "corridor/likeness.h"

enum { MONTHS_OF_YEAR = 12, HINTS = 3, SHIFT_MAX = 100000 };

/* A value is a date or a number. */
struct parameter_value {
    bool is_date;
    int32_t day;
    double number;
};

static bool parse_value(struct text_view text, struct parameter_value *value)
{
    *value = (struct parameter_value){.is_date = true};
    if (!time_parse_day(text, &value->day)) {
        return true;
    }
    value->is_date = false;
    return !number_parse_real(text, &value->number);
}

static double as_real(const struct parameter_value *value)
{
    return value->is_date ? value->day : value->number;
}

/* ---- the values themselves ---- */

static void check_value(struct reading *reading, struct trouble_place place, struct text_view text,
                        const struct zhol_parameter *row)
{
    const struct text_pool *texts = &reading->corridor->texts;
    const char *low_text = text_pool_get(texts, row->low);
    const char *high_text = text_pool_get(texts, row->high);
    struct parameter_value value, first, low, high;
    if (!parse_value(text, &value)) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX, place, text,
                    "a date as YYYY-MM-DD or a number");
        return;
    }
    if (parse_value(text_view_of(text_pool_get(texts, row->value)), &first) &&
        first.is_date != value.is_date) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX, place, text, "%s",
                    first.is_date ? "a date as YYYY-MM-DD" : "a number");
        return;
    }
    bool below = *low_text && (!parse_value(text_view_of(low_text), &low) ||
                               low.is_date != value.is_date || as_real(&low) > as_real(&value));
    bool above = *high_text && (!parse_value(text_view_of(high_text), &high) ||
                                high.is_date != value.is_date || as_real(&high) < as_real(&value));
    if (below || above) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_RANGE, place, text,
                    "a value from %s to %s", *low_text ? low_text : "(open)",
                    *high_text ? high_text : "(open)");
    }
}

static void hint_parameter(struct reading *reading, struct text_view name, struct buffer *out)
{
    reading_nearest(reading, ZHOL_TABLE_parameter, name, out);
}

static uint32_t find_parameter(const struct reading *reading, struct text_view name)
{
    const struct zhol_corridor *corridor = reading->corridor;
    const struct data_table *data = &corridor->tables[ZHOL_TABLE_parameter];
    uint32_t thing = ids_find(&data->ids, &corridor->texts, name, ZHOL_NONE);
    if (thing == ZHOL_NONE) {
        return ZHOL_NONE;
    }
    /* Row k holds thing k, or a later one where a parameter stands twice. */
    for (uint32_t row = thing; row < data->count; row++) {
        if (data_u32(corridor, ZHOL_TABLE_parameter, row, 0) == thing) {
            return row;
        }
    }
    return ZHOL_NONE;
}

static struct zhol_parameter *parameter_row(struct reading *reading, uint32_t row)
{
    void *rows = reading->corridor->tables[ZHOL_TABLE_parameter].rows;
    return (struct zhol_parameter *)rows + row;
}

/* Applies one "name=value" of the options. */
static enum zhol_error set_parameter(struct reading *reading, const char *setting)
{
    struct text_view value = text_view_of(setting);
    struct text_view name = text_cut(&value, '=');
    struct trouble_place place = {"", 0, ""}; /* it stands in no file */
    uint32_t row = find_parameter(reading, name);
    struct buffer hint;
    if (row == ZHOL_NONE || name.size == strlen(setting)) {
        buffer_init(&hint);
        hint_parameter(reading, name, &hint);
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, place, text_view_of(setting),
                    "name=value with the name of a parameter of the "
                    "scenario%s",
                    buffer_get(&hint));
        buffer_clear(&hint);
        return ZHOL_ERROR_OK;
    }
    enum zhol_error first = reading->trouble.first;
    reading->trouble.first = ZHOL_ERROR_OK;
    place.column = zhol_corridor_id(reading->corridor, ZHOL_TABLE_parameter,
                                    data_u32(reading->corridor, ZHOL_TABLE_parameter, row, 0));
    check_value(reading, place, value, parameter_row(reading, row));
    bool good = !reading->trouble.first;
    reading->trouble.first = first ? first : reading->trouble.first;
    return good ? text_pool_add(&reading->corridor->texts, value,
                                &parameter_row(reading, row)->value)
                : ZHOL_ERROR_OK;
}

static void check_parameters(struct reading *reading)
{
    const struct data_table *data = &reading->corridor->tables[ZHOL_TABLE_parameter];
    int column = schema_find(schema_table(ZHOL_TABLE_parameter), "value");
    for (uint32_t row = 0; row < data->count; row++) {
        const struct zhol_parameter *parameter = parameter_row(reading, row);
        struct trouble_place place = {.column = "value"};
        data_origin(reading->corridor, ZHOL_TABLE_parameter, row, column, &place.file, &place.line);
        if (parameter->value) {
            check_value(reading, place,
                        text_view_of(text_pool_get(&reading->corridor->texts, parameter->value)),
                        parameter);
        }
    }
}

static void check_scenario(struct reading *reading)
{
    const struct zhol_corridor *corridor = reading->corridor;
    const struct data_table *data = &corridor->tables[ZHOL_TABLE_scenario];
    struct trouble_place place = {corridor->files[ZHOL_TABLE_scenario][1], 0, ""};
    if (data->count != 1) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX, place, TEXT(""),
                    "a scenario has a file scenario.csv with exactly one row");
        return;
    }
    const char *id = zhol_corridor_id(corridor, ZHOL_TABLE_scenario, 0);
    if (strcmp(id, reading->options->scenario) != 0) {
        place.line = data->lines[0];
        place.column = "scenario_id";
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_INVALID, place, text_view_of(id),
                    "the name of the folder, %s", reading->options->scenario);
    }
}

enum zhol_error reading_scenario(struct reading *reading)
{
    enum zhol_error error = reading_table(reading, ZHOL_TABLE_scenario);
    error = error ? error : reading_table(reading, ZHOL_TABLE_parameter);
    if (error) {
        return error;
    }
    check_scenario(reading);
    check_parameters(reading);
    for (uint32_t i = 0; i < reading->options->set_count && !error; i++) {
        error = set_parameter(reading, reading->options->set[i]);
    }
    return error;
}

/* ---- use in cells ---- */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Splits "$name+365d" into name and the rest; false where it is no use of a parameter. */
static bool split(struct text_view cell, struct text_view *name, struct text_view *rest)
{
    uint32_t size = 1;
    while (size < cell.size && is_name_char(cell.bytes[size])) {
        size++;
    }
    *name = (struct text_view){cell.bytes + 1, size - 1};
    *rest = (struct text_view){cell.bytes + size, cell.size - size};
    return name->size > 0 && !(cell.bytes[1] >= '0' && cell.bytes[1] <= '9') &&
           (!rest->size || strchr("+-*", rest->bytes[0]));
}

/* Moves a day by "+365d", "-6m" or "+2y". */
static bool shift_day(struct text_view rest, int32_t *day)
{
    int64_t amount;
    struct text_view digits = {rest.bytes + 1, rest.size - 2};
    if (rest.size < 3 || rest.bytes[0] == '*' || digits.bytes[0] == '-' ||
        number_parse_int_in(digits, 0, SHIFT_MAX, &amount)) {
        return false;
    }
    int32_t signed_amount = rest.bytes[0] == '-' ? -(int32_t)amount : (int32_t)amount;
    switch (rest.bytes[rest.size - 1]) {
    case 'd':
        *day += signed_amount;
        return true;
    case 'm':
        *day = time_add_months(*day, signed_amount);
        return true;
    case 'y':
        *day = time_add_months(*day, signed_amount * MONTHS_OF_YEAR);
        return true;
    default:
        return false;
    }
}

static bool scale(struct text_view rest, double *number)
{
    double factor;
    struct text_view digits = {rest.bytes + 1, rest.size - 1};
    if (rest.bytes[0] != '*' || number_parse_real(digits, &factor)) {
        return false;
    }
    *number *= factor;
    return true;
}

/* The value with the rest applied, as text of the reading's arena; NULL without memory. */
static const char *evaluate(struct reading *reading, struct parameter_value value,
                            struct text_view rest, bool *good)
{
    char text[NUMBER_TEXT_SIZE];
    *good =
        !rest.size || (value.is_date ? shift_day(rest, &value.day) : scale(rest, &value.number));
    if (value.is_date) {
        time_format_date(value.day, text);
    } else {
        number_format_real(value.number, text);
    }
    return arena_string(&reading->arena, text);
}

enum zhol_error reading_parameter(struct reading *reading, enum zhol_table table, uint32_t column,
                                  struct trouble_place place, struct text_view *cell)
{
    struct text_view name, rest;
    struct parameter_value value;
    struct buffer hint;
    bool good = true;
    uint32_t kind = schema_table(table)->fields[column].kind;
    if (!split(*cell, &name, &rest)) {
        return ZHOL_ERROR_OK; /* "$5 million" in a note is just text */
    }
    uint32_t row = find_parameter(reading, name);
    if (row == ZHOL_NONE) {
        if (kind != SCHEMA_text) {
            buffer_init(&hint);
            hint_parameter(reading, name, &hint);
            trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, place, *cell,
                        "a parameter of the scenario%s", buffer_get(&hint));
            buffer_clear(&hint);
            *cell = TEXT("");
            trouble_mark(&reading->trouble, table, true, place.line);
        }
        return ZHOL_ERROR_OK;
    }
    const char *stated =
        text_pool_get(&reading->corridor->texts, parameter_row(reading, row)->value);
    if (!parse_value(text_view_of(stated), &value)) {
        return ZHOL_ERROR_OK; /* reported with the parameter */
    }
    const char *text = evaluate(reading, value, rest, &good);
    if (!text) {
        return ZHOL_ERROR_MEMORY;
    }
    if (!good) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_SYNTAX, place, *cell, "%s",
                    value.is_date ? "$name, $name+365d, $name-6m or $name+2y"
                                  : "$name or $name*0.5");
        trouble_mark(&reading->trouble, table, true, place.line);
    }
    *cell = good ? text_view_of(text) : TEXT("");
    return ZHOL_ERROR_OK;
}
