/* formula.c: recursive descent over a formula. See formula.h for its grammar. */
#include "desk/formula.h"

#include <math.h>
#include <string.h>

#include <geodesic.h>

#include "base/number.h"
#include "base/text.h"
#include "base/time.h"

#define DEPTH_MAX     32
#define ARGUMENTS_MAX 4
#define CELL_SIZE     256

struct reader {
    const struct zhol_corridor *corridor;
    const char *start, *at;
    struct buffer *problem;
    enum zhol_error error;
    unsigned depth;
};

static struct trade_value read_sum(struct reader *reader);

static struct trade_value exact(double value)
{
    return (struct trade_value){value, value, value};
}

/* The first problem stays; returns NaN so that callers can just go on. */
static double refuse(struct reader *reader, enum zhol_error error, const char *what,
                     struct text_view where)
{
    if (!reader->error) {
        reader->error = error;
        buffer_printf(reader->problem, "%s: '%.*s' (character %u)", what, (int)where.size,
                      where.bytes, (unsigned)(reader->at - reader->start) + 1);
    }
    return NAN;
}

static struct trade_value refused(struct reader *reader, enum zhol_error error, const char *what,
                                  struct text_view where)
{
    return exact(refuse(reader, error, what, where));
}

static void skip_blanks(struct reader *reader)
{
    while (*reader->at == ' ') {
        reader->at++;
    }
}

/* Passes `c` where it comes next. */
static bool take(struct reader *reader, char c)
{
    skip_blanks(reader);
    if (*reader->at != c) {
        return false;
    }
    reader->at++;
    return true;
}

static struct text_view rest_of(const struct reader *reader)
{
    struct text_view rest = text_view_of(reader->at);
    rest.size = text_utf8_cut(rest, rest.size < 40 ? rest.size : 40);
    return rest;
}

/* ---- Cells ---- */

/* Copies a view into a buffer that is large enough for any identifier. */
static const char *copy(struct text_view text, char out[static CELL_SIZE])
{
    uint32_t size = text.size < CELL_SIZE - 1 ? text.size : CELL_SIZE - 1;
    memcpy(out, text.bytes ? text.bytes : "", size);
    out[size] = '\0';
    return out;
}

static enum zhol_table table_named(struct text_view name)
{
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        if (text_equal_string(name, zhol_table_name((enum zhol_table)t))) {
            return (enum zhol_table)t;
        }
    }
    return ZHOL_TABLE_COUNT;
}

/* The table whose key the first column of `table` is: itself, or what it refers to. */
static enum zhol_table key_table(enum zhol_table table)
{
    switch (table) {
    case ZHOL_TABLE_link_period:
        return ZHOL_TABLE_link;
    case ZHOL_TABLE_node_period:
        return ZHOL_TABLE_node;
    case ZHOL_TABLE_project_status:
        return ZHOL_TABLE_project;
    case ZHOL_TABLE_service_stop:
        return ZHOL_TABLE_service;
    default:
        return table;
    }
}

static bool find_thing(const struct reader *reader, struct text_view id, enum zhol_table *table,
                       uint32_t *thing)
{
    static const enum zhol_table usual[] = {ZHOL_TABLE_observation, ZHOL_TABLE_series,
                                            ZHOL_TABLE_commitment, ZHOL_TABLE_resource,
                                            ZHOL_TABLE_link};
    char name[CELL_SIZE];
    copy(id, name);
    if (*table != ZHOL_TABLE_COUNT) {
        *thing = zhol_corridor_find(reader->corridor, key_table(*table), name);
        return *thing != ZHOL_NONE;
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        *thing = zhol_corridor_find(reader->corridor, usual[i], name);
        if (*thing != ZHOL_NONE) {
            *table = usual[i];
            return true;
        }
    }
    return false;
}

/* A date of a row by the name of its column; ZHOL_BLANK_DATE where there is none. */
static int32_t date_of(const struct reader *reader, enum zhol_table table, uint32_t row,
                       const char *column)
{
    char text[CELL_SIZE];
    int32_t day = ZHOL_BLANK_DATE;
    uint32_t number = zhol_column_find(table, column);
    if (number != ZHOL_NONE &&
        zhol_corridor_cell(reader->corridor, table, row, number, text, sizeof text)) {
        time_parse_day(text_view_of(text), &day);
    }
    return day;
}

/* True where the row holds on the day, or (project_status) had begun by then. */
static bool holds_on(const struct reader *reader, enum zhol_table table, uint32_t row, int32_t day)
{
    bool series = zhol_column_find(table, "period_start") != ZHOL_NONE;
    if (table == ZHOL_TABLE_project_status) {
        return date_of(reader, table, row, "date") <= day;
    }
    return zhol_day_in(day, date_of(reader, table, row, series ? "period_start" : "valid_from"),
                       date_of(reader, table, row, series ? "period_end" : "valid_to"));
}

/* Which row of a thing is meant: that of a day, or the n-th, or (both blank) the first. */
struct which {
    int32_t day;
    uint32_t nth;
};

/* ZHOL_NONE where there is none. */
static uint32_t row_of(const struct reader *reader, enum zhol_table table, uint32_t thing,
                       struct which which)
{
    uint32_t found = ZHOL_NONE;
    int32_t day = which.day;
    if (key_table(table) == table) {
        uint32_t begin, end;
        zhol_corridor_rows(reader->corridor, table, thing, &begin, &end);
        for (uint32_t row = begin; row < end; row++) {
            bool fits = which.nth                ? row - begin + 1 == which.nth
                        : day == ZHOL_BLANK_DATE ? true
                                                 : holds_on(reader, table, row, day);
            if (fits) {
                return row;
            }
        }
        return ZHOL_NONE;
    }
    uint32_t count;
    const uint32_t *rows = zhol_corridor_rows_of(reader->corridor, table, thing, &count);
    for (uint32_t i = 0; i < count; i++) {
        bool fits = which.nth                ? i + 1 == which.nth
                    : day == ZHOL_BLANK_DATE ? found == ZHOL_NONE
                                             : holds_on(reader, table, rows[i], day);
        found = fits ? rows[i] : found;
    }
    return found;
}

static double cell_number(struct reader *reader, enum zhol_table table, uint32_t row,
                          const char *column, struct text_view whole)
{
    char text[CELL_SIZE];
    double value;
    int32_t day;
    uint32_t number = zhol_column_find(table, column);
    if (number == ZHOL_NONE) {
        return refuse(reader, ZHOL_ERROR_UNKNOWN, "no such column", whole);
    }
    zhol_corridor_cell(reader->corridor, table, row, number, text, sizeof text);
    if (!*text) {
        return refuse(reader, ZHOL_ERROR_INVALID, "the cell is blank", whole);
    }
    if (time_parse_day(text_view_of(text), &day) == ZHOL_ERROR_OK) {
        return day;
    }
    if (number_parse_real(text_view_of(text), &value) != ZHOL_ERROR_OK) {
        return refuse(reader, ZHOL_ERROR_INVALID, "the cell is not a number", whole);
    }
    return value;
}

/* A cell with its limits: those of the row, else (published figures) what rounding leaves. */
static struct trade_value with_limits(struct reader *reader, enum zhol_table table, uint32_t row,
                                      const char *column, double value)
{
    static const char *const columns[][3] = {{"value", "low", "high"},
                                             {"length", "length_low", "length_high"},
                                             {"speed_kmh", "speed_low_kmh", "speed_high_kmh"}};
    bool published = table == ZHOL_TABLE_observation || table == ZHOL_TABLE_series;
    double limits[] = {value, value};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        for (unsigned side = 0; side < 2 && strcmp(column, columns[i][0]) == 0; side++) {
            char text[CELL_SIZE] = "";
            uint32_t number = zhol_column_find(table, columns[i][1 + side]);
            double width = published ? trade_rounding(value) : 0;
            limits[side] += side ? width : -width;
            if (number != ZHOL_NONE &&
                zhol_corridor_cell(reader->corridor, table, row, number, text, sizeof text) &&
                *text) {
                (void)number_parse_real(text_view_of(text), &limits[side]);
            }
        }
    }
    return (struct trade_value){value, limits[0], limits[1]};
}

/* [table/identifier@date:column], the bracket already passed. */
static struct trade_value read_cell(struct reader *reader)
{
    struct text_view whole = {reader->at, (uint32_t)strcspn(reader->at, "]")}, id = whole;
    enum zhol_table table = ZHOL_TABLE_COUNT;
    struct which which = {.day = ZHOL_BLANK_DATE};
    int64_t nth;
    uint32_t thing, row;
    char column[CELL_SIZE];
    if (reader->at[whole.size] != ']') {
        return refused(reader, ZHOL_ERROR_SYNTAX, "']' is missing", rest_of(reader));
    }
    reader->at += whole.size + 1;
    if (memchr(id.bytes, '/', id.size)) {
        table = table_named(text_cut(&id, '/'));
        if (table == ZHOL_TABLE_COUNT) {
            return refused(reader, ZHOL_ERROR_UNKNOWN, "no such table", whole);
        }
    }
    struct text_view before_colon = text_cut(&id, ':'), name = text_cut(&before_colon, '@');
    if (number_parse_int_in(before_colon, 1, 9999, &nth) == ZHOL_ERROR_OK) {
        which.nth = (uint32_t)nth;
    } else if (before_colon.size && time_parse_day(before_colon, &which.day) != ZHOL_ERROR_OK) {
        return refused(reader, ZHOL_ERROR_SYNTAX, "not a date like 2026-01-31, nor a number",
                       before_colon);
    }
    if (!find_thing(reader, name, &table, &thing)) {
        return refused(reader, ZHOL_ERROR_UNKNOWN, "no such identifier", whole);
    }
    row = row_of(reader, table, thing, which);
    if (row == ZHOL_NONE) {
        return refused(reader, ZHOL_ERROR_UNKNOWN, "no row holds on that day", whole);
    }
    copy(id.size ? id : text_view_of(table == ZHOL_TABLE_link ? "length" : "value"), column);
    double value = cell_number(reader, table, row, column, whole);
    return reader->error ? exact(value) : with_limits(reader, table, row, column, value);
}

/* ---- Calls ---- */

static const struct zhol_node *place_of(const struct reader *reader, struct text_view name)
{
    char id[CELL_SIZE];
    uint32_t count, begin, end;
    const struct zhol_node *rows = zhol_corridor_node(reader->corridor, &count);
    uint32_t node = zhol_corridor_find(reader->corridor, ZHOL_TABLE_node, copy(name, id));
    if (node == ZHOL_NONE) {
        return NULL;
    }
    zhol_corridor_rows(reader->corridor, ZHOL_TABLE_node, node, &begin, &end);
    return &rows[begin];
}

static double call_distance(struct reader *reader, const struct text_view *arguments)
{
    struct geod_geodesic earth;
    double metres;
    const struct zhol_node *a = place_of(reader, arguments[0]), *b = place_of(reader, arguments[1]);
    if (!a || !b) {
        return refuse(reader, ZHOL_ERROR_UNKNOWN, "no such place", arguments[a ? 1 : 0]);
    }
    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_inverse(&earth, a->y_coord, a->x_coord, b->y_coord, b->x_coord, &metres, NULL, NULL);
    return metres / 1000;
}

/* True where a link operates on the day. */
static bool operates(const struct reader *reader, uint32_t link, int32_t day)
{
    uint32_t count, all;
    const struct zhol_link_period *periods = zhol_corridor_link_period(reader->corridor, &all);
    const uint32_t *rows =
        zhol_corridor_rows_of(reader->corridor, ZHOL_TABLE_link_period, link, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(day, periods[rows[i]].valid_from, periods[rows[i]].valid_to)) {
            return periods[rows[i]].status == zhol_status_OPERATING;
        }
    }
    return false;
}

static double call_crossings(struct reader *reader, const struct text_view *arguments)
{
    const struct zhol_corridor *corridor = reader->corridor;
    uint32_t count, nodes, found = 0;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    const struct zhol_node *places = zhol_corridor_node(corridor, &nodes);
    char mode[CELL_SIZE];
    unsigned word = zhol_mode_from(copy(arguments[2], mode));
    int32_t day;
    if (!word || time_parse_day(arguments[3], &day) != ZHOL_ERROR_OK) {
        return refuse(reader, ZHOL_ERROR_SYNTAX, "crossings(COUNTRY, COUNTRY, MODE, DATE)",
                      arguments[word ? 3 : 2]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = links[i].from_node_id, to = links[i].to_node_id;
        const char *a = zhol_corridor_text(corridor, places[from].country);
        const char *b = zhol_corridor_text(corridor, places[to].country);
        bool seen = false;
        bool joins = (text_equal_string(arguments[0], a) && text_equal_string(arguments[1], b)) ||
                     (text_equal_string(arguments[0], b) && text_equal_string(arguments[1], a));
        if (!joins || links[i].mode != word || !operates(reader, links[i].link_id, day)) {
            continue;
        }
        for (uint32_t k = 0; k < i && !seen; k++) {
            bool same = (links[k].from_node_id == from && links[k].to_node_id == to) ||
                        (links[k].from_node_id == to && links[k].to_node_id == from);
            seen = same && links[k].mode == word && operates(reader, links[k].link_id, day);
        }
        found += !seen;
    }
    return found;
}

static double call_events(struct reader *reader, const struct text_view *arguments)
{
    uint32_t count, found = 0;
    const struct zhol_event *events = zhol_corridor_event(reader->corridor, &count);
    char kind[CELL_SIZE];
    unsigned word = zhol_event_kind_from(copy(arguments[1], kind));
    int32_t from, to;
    if (!word || time_parse_day(arguments[2], &from) || time_parse_day(arguments[3], &to)) {
        return refuse(reader, ZHOL_ERROR_SYNTAX, "events(ACTOR, KIND, DATE, DATE)",
                      arguments[word ? 2 : 1]);
    }
    for (uint32_t i = 0; i < count; i++) {
        struct text_view list =
            text_view_of(zhol_corridor_text(reader->corridor, events[i].actors));
        bool takes_part = false;
        while (list.size) {
            takes_part = text_equal(text_cut(&list, ';'), arguments[0]) || takes_part;
        }
        found += takes_part && !events[i].date_text && events[i].kind == word &&
                 events[i].date != ZHOL_BLANK_DATE && events[i].date >= from && events[i].date < to;
    }
    return found;
}

static double call_count(struct reader *reader, const struct text_view *arguments)
{
    enum zhol_table table = table_named(arguments[0]);
    uint32_t found = 0;
    if (table == ZHOL_TABLE_COUNT) {
        return refuse(reader, ZHOL_ERROR_UNKNOWN, "no such table", arguments[0]);
    }
    for (uint32_t i = 0; i < zhol_corridor_things(reader->corridor, table); i++) {
        found += text_starts_with(text_view_of(zhol_corridor_id(reader->corridor, table, i)),
                                  arguments[1]);
    }
    return found;
}

/* day(2026-01-31): a date as a number. */
static double call_day(struct reader *reader, const struct text_view *arguments)
{
    int32_t day;
    if (time_parse_day(arguments[0], &day) != ZHOL_ERROR_OK) {
        return refuse(reader, ZHOL_ERROR_SYNTAX, "day(DATE)", arguments[0]);
    }
    return day;
}

/* year(formula), the bracket already passed. */
static struct trade_value read_year(struct reader *reader)
{
    double day = read_sum(reader).value;
    if (!take(reader, ')')) {
        return refused(reader, ZHOL_ERROR_SYNTAX, "')' is missing", rest_of(reader));
    }
    return exact(isnan(day) ? day : (double)time_date_of((int32_t)day).year);
}

/* name( ... ) with words as arguments, or year(formula). */
static struct trade_value read_call(struct reader *reader)
{
    static const struct {
        const char *name;
        uint32_t arguments;
        double (*call)(struct reader *, const struct text_view *);
    } calls[] = {{"distance", 2, call_distance},
                 {"crossings", 4, call_crossings},
                 {"events", 4, call_events},
                 {"day", 1, call_day},
                 {"count", 2, call_count}};
    struct text_view name = {reader->at,
                             (uint32_t)strspn(reader->at, "abcdefghijklmnopqrstuvwxyz")};
    struct text_view arguments[ARGUMENTS_MAX] = {{0}};
    reader->at += name.size;
    if (!name.size || !take(reader, '(')) {
        reader->at -= name.size;
        return refused(reader, ZHOL_ERROR_SYNTAX, "a number, '[', '(' or a function is expected",
                       rest_of(reader));
    }
    if (text_equal_string(name, "year")) {
        return read_year(reader);
    }
    struct text_view inside = {reader->at, (uint32_t)strcspn(reader->at, ")")};
    uint32_t count = 0;
    if (reader->at[inside.size] != ')') {
        return refused(reader, ZHOL_ERROR_SYNTAX, "')' is missing", rest_of(reader));
    }
    reader->at += inside.size + 1;
    while (inside.size && count < ARGUMENTS_MAX) {
        arguments[count++] = text_trim(text_cut(&inside, ','));
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (text_equal_string(name, calls[i].name)) {
            return count == calls[i].arguments && !inside.size
                       ? exact(calls[i].call(reader, arguments))
                       : refused(reader, ZHOL_ERROR_SYNTAX, "wrong number of arguments", name);
        }
    }
    return refused(reader, ZHOL_ERROR_SYNTAX, "no such function", name);
}

/* ---- Arithmetic ---- */

static struct trade_value plus(struct trade_value a, struct trade_value b)
{
    return (struct trade_value){a.value + b.value, a.low + b.low, a.high + b.high};
}

static struct trade_value times(struct trade_value a, struct trade_value b)
{
    double p = a.low * b.low, q = a.low * b.high, r = a.high * b.low, s = a.high * b.high;
    return (struct trade_value){a.value * b.value, fmin(fmin(p, q), fmin(r, s)),
                                fmax(fmax(p, q), fmax(r, s))};
}

/* Without limits where b may be 0. */
static struct trade_value divided(struct trade_value a, struct trade_value b)
{
    bool sure = b.low > 0 || b.high < 0;
    struct trade_value inverse = {1 / b.value, 1 / b.high, 1 / b.low};
    struct trade_value ratio = times(a, inverse);
    return (struct trade_value){a.value / b.value, sure ? ratio.low : -INFINITY,
                                sure ? ratio.high : INFINITY};
}

static double read_digits(struct reader *reader)
{
    uint32_t size = (uint32_t)strspn(reader->at, "0123456789.");
    struct text_view text = {reader->at, size};
    double value;
    const char *dots = memchr(text.bytes, '.', size);
    while (dots && dots[1] != '.') {
        dots = memchr(dots + 1, '.', (size_t)(text.bytes + size - dots - 1));
    }
    text.size = dots ? (uint32_t)(dots - text.bytes) : size;
    if (number_parse_real(text, &value) != ZHOL_ERROR_OK) {
        return refuse(reader, ZHOL_ERROR_SYNTAX, "not a number", text);
    }
    reader->at += text.size;
    return value;
}

/* 2, or 2{1.5..3}. */
static struct trade_value read_number(struct reader *reader)
{
    struct trade_value value = exact(read_digits(reader));
    if (reader->error || *reader->at != '{') {
        return value;
    }
    reader->at++;
    value.low = read_digits(reader);
    bool dots = !reader->error && strncmp(reader->at, "..", 2) == 0;
    reader->at += dots ? 2 : 0;
    value.high = dots ? read_digits(reader) : NAN;
    if (!dots || !take(reader, '}') || !(value.low <= value.value && value.value <= value.high)) {
        return refused(reader, ZHOL_ERROR_SYNTAX, "limits are like 2{1.5..3}", rest_of(reader));
    }
    return value;
}

static struct trade_value read_factor(struct reader *reader)
{
    struct trade_value value;
    if (reader->depth >= DEPTH_MAX || reader->error) {
        return refused(reader, ZHOL_ERROR_INVALID, "nested too deep", rest_of(reader));
    }
    reader->depth++;
    skip_blanks(reader);
    if (take(reader, '-')) {
        value = times(exact(-1), read_factor(reader));
    } else if (take(reader, '(')) {
        value = read_sum(reader);
        if (!take(reader, ')')) {
            value = refused(reader, ZHOL_ERROR_SYNTAX, "')' is missing", rest_of(reader));
        }
    } else if (take(reader, '[')) {
        value = read_cell(reader);
    } else if (*reader->at >= '0' && *reader->at <= '9') {
        value = read_number(reader);
    } else {
        value = read_call(reader);
    }
    reader->depth--;
    return value;
}

static struct trade_value read_product(struct reader *reader)
{
    struct trade_value value = read_factor(reader);
    while (!reader->error) {
        if (take(reader, '*')) {
            value = times(value, read_factor(reader));
        } else if (take(reader, '/')) {
            struct trade_value by = read_factor(reader);
            value = by.value == 0
                        ? refused(reader, ZHOL_ERROR_INVALID, "division by zero", rest_of(reader))
                        : divided(value, by);
        } else {
            break;
        }
    }
    return value;
}

static struct trade_value read_sum(struct reader *reader)
{
    struct trade_value value = read_product(reader);
    while (!reader->error) {
        if (take(reader, '+')) {
            value = plus(value, read_product(reader));
        } else if (take(reader, '-')) {
            value = trade_minus(value, read_product(reader));
        } else {
            break;
        }
    }
    return value;
}

enum zhol_error formula_range(const struct zhol_corridor *corridor, const char *formula,
                              struct trade_value *range, struct buffer *problem)
{
    struct reader reader = {
        .corridor = corridor, .start = formula, .at = formula, .problem = problem};
    *range = read_sum(&reader);
    skip_blanks(&reader);
    if (!reader.error && *reader.at) {
        refuse(&reader, ZHOL_ERROR_SYNTAX, "an operator is expected", rest_of(&reader));
    }
    if (reader.error) {
        *range = exact(NAN);
    }
    return reader.error;
}

enum zhol_error formula_value(const struct zhol_corridor *corridor, const char *formula,
                              double *value, struct buffer *problem)
{
    struct trade_value range;
    enum zhol_error error = formula_range(corridor, formula, &range, problem);
    *value = range.value;
    return error;
}
