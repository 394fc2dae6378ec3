/* crisis_read.c: the file of a crisis (crisis.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"
#include "base/time.h"
#include "desk/crisis.h"

#define FILE_MAX      (1u << 20)
#define VEHICLES_MOST 5e6

static const char *const columns[] = {"item", "from",    "to",       "value",  "low",
                                      "high", "role",    "known_on", "source", "url",
                                      "what", "what_ru", "source_ru"};
enum {
    ITEM,
    FROM,
    TO,
    VALUE,
    LOW,
    HIGH,
    ROLE,
    KNOWN_ON,
    SOURCE,
    URL,
    WHAT,
    WHAT_RU,
    SOURCE_RU, /* may be missing */
    COLUMNS
};

static const char *const items[CRISIS_ITEM_COUNT] = {
#define CRISIS_ITEM_TEXT(name, text) [CRISIS_##name] = text,
    CRISIS_ITEMS(CRISIS_ITEM_TEXT)
#undef CRISIS_ITEM_TEXT
};
static const char *const roles[CRISIS_ROLE_COUNT] = {"input", "assumption", "check"};

const char *crisis_item_text(enum crisis_item item)
{
    return items[item];
}

const char *crisis_role_text(enum crisis_role role)
{
    return roles[role];
}

struct reading {
    const char *name;
    struct zhol_report *report;
    enum zhol_error error; /* of the first finding */
    struct crisis *crisis;
    const struct csv_reader *csv;
};

static void wrong(struct reading *r, enum zhol_error code, int column, const char *text)
{
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .file = r->name,
                                   .row = r->csv ? r->csv->row : 0,
                                   .column = column < 0 ? "" : columns[column],
                                   .value = "",
                                   .expected = text};
    zhol_report_add(r->report, &finding);
    r->error = r->error ? r->error : code;
}

/* ---- Cells ---- */

static double read_number(struct reading *r, int column)
{
    double value = NAN;
    struct text_view cell = r->csv->cells[column];
    if (cell.size == 0) {
        return NAN;
    }
    if (number_parse_real(cell, &value)) {
        wrong(r, ZHOL_ERROR_SYNTAX, column, "a number is expected");
    } else if (value < -1e9 || value > 1e9) {
        wrong(r, ZHOL_ERROR_RANGE, column, "a number from -1e9 to 1e9 is expected");
    }
    return value;
}

static int32_t read_day(struct reading *r, int column)
{
    int32_t day = ZHOL_BLANK_DATE;
    struct text_view cell = r->csv->cells[column];
    if (cell.size && time_parse_day(cell, &day)) {
        wrong(r, ZHOL_ERROR_SYNTAX, column, "a day like 2025-09-12 is expected");
    }
    return day;
}

static uint8_t read_word(struct reading *r, int column, const char *const *words, uint32_t count)
{
    struct text_view cell = r->csv->cells[column];
    for (uint32_t i = 0; i < count; i++) {
        if (cell.size == strlen(words[i]) && memcmp(cell.bytes, words[i], cell.size) == 0) {
            return (uint8_t)i;
        }
    }
    wrong(r, ZHOL_ERROR_UNKNOWN, column, "not one of the words that can stand here");
    return 0;
}

static const char *read_text(struct reading *r, int column)
{
    if (column >= (int)r->csv->columns) {
        return "";
    }
    struct text_view cell = r->csv->cells[column];
    const char *text = arena_text(&r->crisis->arena, cell.bytes, cell.size);
    if (!text) {
        r->error = ZHOL_ERROR_MEMORY;
        return "";
    }
    return text;
}

/* ---- Rows ---- */

static bool wants_value(unsigned item)
{
    return item != CRISIS_TITLE && item != CRISIS_BEGIN && item != CRISIS_END &&
           item != CRISIS_UNIT;
}

static bool wants_day(unsigned item)
{
    return item == CRISIS_BEGIN || item == CRISIS_END || item == CRISIS_QUEUE_ON ||
           item == CRISIS_TAKEN || item == CRISIS_CLEARED_BY || item == CRISIS_CLOSED;
}

static void check_row(struct reading *r, const struct crisis_row *row)
{
    bool check = row->item >= CRISIS_QUEUE_ON;
    if (check != (row->role == CRISIS_CHECK)) {
        wrong(r, ZHOL_ERROR_INVALID, ROLE,
              "queue_on, peak, taken, cleared_by are checks, and only they");
    }
    if (wants_value(row->item) && isnan(row->value) && row->item != CRISIS_CLEARED_BY) {
        wrong(r, ZHOL_ERROR_INVALID, VALUE, "a value is wanted");
    }
    if (isnan(row->low) != isnan(row->high) || row->low > row->value || row->high < row->value) {
        wrong(r, ZHOL_ERROR_INVALID, LOW, "low <= value <= high, both or none");
    }
    if ((row->value < 0 || row->low < 0) && row->item != CRISIS_GROWTH) {
        wrong(r, ZHOL_ERROR_RANGE, row->value < 0 ? VALUE : LOW, "not below 0");
    }
    if (wants_day(row->item) && row->from == ZHOL_BLANK_DATE) {
        wrong(r, ZHOL_ERROR_INVALID, FROM, "a day is wanted");
    }
    if (row->from != ZHOL_BLANK_DATE && row->to != ZHOL_BLANK_DATE && row->to <= row->from) {
        wrong(r, ZHOL_ERROR_INVALID, TO, "a day after `from` is wanted");
    }
    if (row->role == CRISIS_ASSUMPTION && wants_value(row->item) && isnan(row->low)) {
        wrong(r, ZHOL_ERROR_INVALID, LOW, "an assumption says within which limits");
    }
    if (!*row->source) {
        wrong(r, ZHOL_ERROR_INVALID, SOURCE, "every figure has a source");
    }
}

static void read_row(struct reading *r)
{
    struct crisis *c = r->crisis;
    struct crisis_row row = {
        .item = read_word(r, ITEM, items, CRISIS_ITEM_COUNT),
        .role = read_word(r, ROLE, roles, CRISIS_ROLE_COUNT),
        .from = read_day(r, FROM),
        .to = read_day(r, TO),
        .known_on = read_day(r, KNOWN_ON),
        .value = read_number(r, VALUE),
        .low = read_number(r, LOW),
        .high = read_number(r, HIGH),
        .line = r->csv->row,
        .source = read_text(r, SOURCE),
        .url = read_text(r, URL),
        .what = read_text(r, WHAT),
        .what_ru = read_text(r, WHAT_RU),
        .source_ru = read_text(r, SOURCE_RU),
    };
    check_row(r, &row);
    enum zhol_error error = ARRAY_RESERVE(c->rows, c->row_capacity, c->row_count + 1);
    if (error) {
        r->error = error;
        return;
    }
    c->rows[c->row_count++] = row;
}

/* ---- The whole ---- */

static void set_heads(struct crisis *c)
{
    c->lot = 1;
    c->begin = c->end = ZHOL_BLANK_DATE;
    c->title = c->title_ru = c->unit = c->unit_ru = "";
    for (uint32_t i = 0; i < c->row_count; i++) {
        const struct crisis_row *row = &c->rows[i];
        c->lot = row->item == CRISIS_LOT ? row->value : c->lot;
        c->begin = row->item == CRISIS_BEGIN ? row->from : c->begin;
        c->end = row->item == CRISIS_END ? row->from : c->end;
        c->title = row->item == CRISIS_TITLE ? row->what : c->title;
        c->title_ru = row->item == CRISIS_TITLE ? row->what_ru : c->title_ru;
        c->unit = row->item == CRISIS_UNIT ? row->what : c->unit;
        c->unit_ru = row->item == CRISIS_UNIT ? row->what_ru : c->unit_ru;
    }
}

/* No fewer lots than can ever come into being: what stands, and the upper ends of all rates every
 * day. */
static double vehicles_most(const struct crisis *c)
{
    double days = c->end - c->begin, sum = 0;
    for (uint32_t i = 0; i < c->row_count; i++) {
        const struct crisis_row *row = &c->rows[i];
        double most = isnan(row->high) ? row->value : row->high;
        bool counts = wants_value(row->item) && row->role != CRISIS_CHECK && most > 0 &&
                      row->item != CRISIS_LOT;
        sum += counts ? most * (row->item == CRISIS_STANDING ? 1 : days) : 0;
    }
    return sum / c->lot;
}

/* What is known must have been known on the first day; the time must be one that can be run. */
static void check_whole(struct reading *r)
{
    const struct crisis *c = r->crisis;
    if (c->begin == ZHOL_BLANK_DATE || c->end == ZHOL_BLANK_DATE || c->end <= c->begin ||
        (int64_t)c->end - c->begin > 1000 || !(c->lot >= 1)) {
        wrong(r, ZHOL_ERROR_INVALID, -1,
              "begin and end, at most 1,000 days apart, and a lot of at least 1 are wanted");
        return;
    }
    if (!(vehicles_most(c) <= VEHICLES_MOST)) {
        wrong(r, ZHOL_ERROR_LIMIT, -1,
              "at most 5 million vehicles standing and coming, at the upper ends, are wanted; a "
              "larger lot makes them fewer");
        return;
    }
    for (uint32_t i = 0; i < c->row_count; i++) {
        const struct crisis_row *row = &c->rows[i];
        if (row->role == CRISIS_INPUT && wants_value(row->item) &&
            (row->known_on == ZHOL_BLANK_DATE || row->known_on > c->begin)) {
            wrong(r, ZHOL_ERROR_INVALID, KNOWN_ON,
                  "an input was known on the first day; else it is an assumption or a check");
        }
    }
}

enum zhol_error crisis_parse(const char *name, const char *bytes, size_t size,
                             struct zhol_report *report, struct crisis *crisis)
{
    struct csv_reader csv;
    struct reading r = {.name = name, .report = report, .crisis = crisis};
    memset(crisis, 0, sizeof *crisis);
    arena_init(&crisis->arena, 0);
    enum zhol_error error = csv_open(&csv, name, bytes, size, report);
    if (error) {
        return error;
    }
    r.csv = &csv;
    bool header = csv_next(&csv); /* the first row */
    if (!csv.error && (!header || !csv_header_is(&csv, columns, SOURCE_RU, COLUMNS))) {
        wrong(&r, ZHOL_ERROR_SYNTAX, -1,
              "the columns are item, from, to, value, low, high, role, known_on, source, url, "
              "what, what_ru and, where wanted, source_ru");
    }
    while (!r.error && csv_next(&csv)) {
        read_row(&r);
    }
    error = r.error ? r.error : csv.error;
    if (!error) {
        set_heads(crisis);
        check_whole(&r);
        error = r.error;
    }
    csv_close(&csv);
    if (error) {
        crisis_clear(crisis);
    }
    return error;
}

enum zhol_error crisis_read(const char *path, struct zhol_report *report, struct crisis *crisis)
{
    struct file_data data;
    enum zhol_error error = file_read(path, FILE_MAX, &data, report);
    if (!error) {
        error = crisis_parse(path, data.bytes, data.size, report, crisis);
        file_clear(&data);
    }
    return error;
}

void crisis_clear(struct crisis *crisis)
{
    arena_clear(&crisis->arena);
    free(crisis->rows);
    memset(crisis, 0, sizeof *crisis);
}
