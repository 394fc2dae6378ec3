/* calibrate_read.c: the file of known changes (calibrate.h). */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "desk/calibrate.h"

#define FILE_MAX (1u << 20)

static const char *const columns[] = {"kind",   "side", "year", "value",   "low",      "high",
                                      "source", "url",  "what", "what_ru", "source_ru"};
enum { KIND, SIDE, YEAR, VALUE, LOW, HIGH, SOURCE, URL, WHAT, WHAT_RU, SOURCE_RU, COLUMNS };
static const char *const kinds[] = {"traffic", "capacity", "control"};
enum { KINDS = 3 };

struct reading {
    const char *name;
    struct zhol_report *report;
    enum zhol_error error;
    const struct csv_reader *csv;
    struct calibrate_changes *changes;
};

static void wrong(struct reading *r, int column, const char *expected)
{
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = ZHOL_ERROR_INVALID,
                                   .file = r->name,
                                   .row = r->csv->row,
                                   .column = column < 0 ? "" : columns[column],
                                   .value = "",
                                   .expected = expected};
    zhol_report_add(r->report, &finding);
    r->error = r->error ? r->error : ZHOL_ERROR_INVALID;
}

static double number_in(struct reading *r, int column, double low, double high)
{
    double value = NAN;
    if (number_parse_real(r->csv->cells[column], &value) || !(value >= low && value <= high)) {
        wrong(r, column, "a number in its range");
    }
    return value;
}

static const char *text_in(struct reading *r, int column)
{
    struct text_view cell = r->csv->cells[column];
    const char *text = arena_text(&r->changes->arena, cell.bytes, cell.size);
    r->error = text ? r->error : ZHOL_ERROR_MEMORY;
    return text ? text : "";
}

static void read_row(struct reading *r)
{
    struct calibrate_changes *all = r->changes;
    struct calibrate_change change = {.kind = KINDS};
    for (uint8_t i = 0; i < KINDS; i++) {
        change.kind = text_equal_string(r->csv->cells[KIND], kinds[i]) ? i : change.kind;
    }
    if (change.kind == KINDS) {
        wrong(r, KIND, "traffic, capacity or control");
    }
    if (!text_equal_string(r->csv->cells[SIDE], "KZ") &&
        !text_equal_string(r->csv->cells[SIDE], "CN")) {
        wrong(r, SIDE, "KZ or CN");
    } else {
        memcpy(change.side, r->csv->cells[SIDE].bytes, 2);
    }
    change.year = (int32_t)number_in(r, YEAR, 1990, 2100);
    change.value = number_in(r, VALUE, 0, 1e6);
    change.low = number_in(r, LOW, 0, 1e6);
    change.high = number_in(r, HIGH, 0, 1e6);
    change.source = text_in(r, SOURCE);
    change.url = text_in(r, URL);
    change.what = text_in(r, WHAT);
    change.what_ru = text_in(r, WHAT_RU);
    change.source_ru = text_in(r, SOURCE_RU);
    if (!(change.low <= change.value && change.value <= change.high)) {
        wrong(r, LOW, "low <= value <= high");
    }
    if (change.kind != CALIBRATE_CONTROL && change.low <= 0) {
        wrong(r, LOW, "more than 0");
    }
    if (!*change.source) {
        wrong(r, SOURCE, "every figure has a source");
    }
    if (all->count == CALIBRATE_CHANGES) {
        wrong(r, -1, "at most 64 changes");
    } else {
        all->items[all->count++] = change;
    }
}

static enum zhol_error read_rows(struct reading *r, struct csv_reader *csv)
{
    bool header = csv_next(csv); /* the first row */
    if (!csv->error && (!header || !csv_header_is(csv, columns, COLUMNS, COLUMNS))) {
        wrong(r, -1,
              "the columns are kind, side, year, value, low, high, source, url, what, what_ru, "
              "source_ru");
    }
    while (!r->error && csv_next(csv)) {
        read_row(r);
    }
    return r->error ? r->error : csv->error;
}

enum zhol_error calibrate_changes_read(const char *path, struct zhol_report *report,
                                       struct calibrate_changes *changes)
{
    struct file_data data;
    struct csv_reader csv;
    struct reading r = {.name = path, .report = report, .csv = &csv, .changes = changes};
    memset(changes, 0, sizeof *changes);
    arena_init(&changes->arena, 0);
    enum zhol_error error = file_read(path, FILE_MAX, &data, report);
    if (error) {
        return error;
    }
    error = csv_open(&csv, path, data.bytes, data.size, report);
    if (!error) {
        error = read_rows(&r, &csv);
        csv_close(&csv);
    }
    if (error) {
        calibrate_changes_clear(changes);
    }
    file_clear(&data);
    return error;
}

void calibrate_changes_clear(struct calibrate_changes *changes)
{
    arena_clear(&changes->arena);
    memset(changes, 0, sizeof *changes);
}
