/* comtrade.c: reading UN Comtrade tables and matching the two sides (desk/comtrade.h). */
#include "desk/comtrade.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/number.h"
#include "base/sort.h"

/* ---- Columns: both generations of the service ---- */

enum column {
    YEAR,
    PERIOD,
    REPORTER,
    FLOW,
    PARTNER,
    CODE,
    KG,
    USD,
    COLUMNS_NEEDED,
    PARTNER2 = COLUMNS_NEEDED,
    CUSTOMS,
    MODE,
    COLUMNS
};
static const char *const names[COLUMNS][2] = {
    [YEAR] = {"refYear", "Year"},
    [PERIOD] = {"period", "Period"},
    [REPORTER] = {"reporterISO", "Reporter ISO"},
    [FLOW] = {"flowCode", "Trade Flow"},
    [PARTNER] = {"partnerISO", "Partner ISO"},
    [CODE] = {"cmdCode", "Commodity Code"},
    [KG] = {"netWgt", "Netweight (kg)"},
    [USD] = {"primaryValue", "Trade Value (US$)"},
    [PARTNER2] = {"partner2Code", "2nd Partner Code"},
    [CUSTOMS] = {"customsCode", "Customs Proc. Code"},
    [MODE] = {"motCode", "Mode of Transport Code"},
};
#define ABSENT UINT32_MAX

struct reading {
    const char *file;
    struct csv_reader *csv;
    struct zhol_report *report;
    uint32_t column[COLUMNS];
    enum zhol_error error;
};

static enum zhol_error refuse(struct reading *r, uint32_t row, enum column column,
                              enum zhol_error code, struct text_view value, const char *expected)
{
    char text[81];
    uint32_t size = value.size < sizeof text - 1 ? value.size : (uint32_t)sizeof text - 1;
    memcpy(text, size ? value.bytes : "", size);
    text[size] = '\0';
    const struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                         .code = code,
                                         .row = row,
                                         .file = r->file,
                                         .column = names[column][0],
                                         .value = text,
                                         .expected = expected};
    r->error = r->error ? r->error : code;
    return zhol_report_add(r->report, &finding);
}

static void find_columns(struct reading *r)
{
    for (int k = 0; k < COLUMNS; k++) {
        r->column[k] = ABSENT;
        for (uint32_t c = 0; c < r->csv->columns; c++) {
            struct text_view head = text_trim(r->csv->header[c]);
            if (r->column[k] == ABSENT &&
                (text_equal_string(head, names[k][0]) || text_equal_string(head, names[k][1]))) {
                r->column[k] = c;
            }
        }
        if (r->column[k] == ABSENT && k < COLUMNS_NEEDED && k != PERIOD && k != KG) {
            refuse(r, 1, (enum column)k, ZHOL_ERROR_UNKNOWN, TEXT(""),
                   "this column: download the table from UN Comtrade as CSV, with all columns");
        }
    }
}

static struct text_view cell(const struct reading *r, enum column column)
{
    return r->column[column] == ABSENT ? TEXT("") : text_trim(r->csv->cells[r->column[column]]);
}

/* ---- One row ---- */

/* A row of a breakdown says more than "all" in one of three columns. */
static bool is_breakdown(const struct reading *r)
{
    struct text_view second = cell(r, PARTNER2), customs = cell(r, CUSTOMS), mode = cell(r, MODE);
    bool all = (!second.size || text_equal_string(second, "0")) &&
               (!customs.size || text_equal_string(customs, "C00")) &&
               (!mode.size || text_equal_string(mode, "0"));
    return !all;
}

/* 0: exports, 1: imports, 2: something that is part of them, -1: unknown. */
static int flow_of(struct text_view text)
{
    static const struct {
        const char *word;
        int flow;
    } words[] = {{"X", 0},         {"M", 1},         {"RX", 2},        {"RM", 2},
                 {"DX", 2},        {"FM", 2},        {"MIP", 2},       {"MOP", 2},
                 {"XIP", 2},       {"XOP", 2},       {"Export", 0},    {"Exports", 0},
                 {"Import", 1},    {"Imports", 1},   {"Re-Export", 2}, {"Re-Import", 2},
                 {"re-Export", 2}, {"re-Import", 2}, {"1", 1},         {"2", 0},
                 {"3", 2},         {"4", 2}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_equal_string(text, words[i].word)) {
            return words[i].flow;
        }
    }
    return -1;
}

static void take_country(struct reading *r, enum column column, char out[COMTRADE_COUNTRY])
{
    struct text_view text = cell(r, column);
    bool fine = text.size == 3;
    for (uint32_t i = 0; fine && i < 3; i++) {
        fine = isupper((unsigned char)text.bytes[i]) || isdigit((unsigned char)text.bytes[i]);
    }
    if (!fine) {
        refuse(r, r->csv->row, column, ZHOL_ERROR_SYNTAX, text,
               "a country as three capital letters, such as KAZ (W00 is the world)");
        return;
    }
    memcpy(out, text.bytes, 3);
}

static void take_code(struct reading *r, char out[COMTRADE_CODE])
{
    struct text_view text = cell(r, CODE);
    bool fine = text.size == 2 || text.size == 4 || text.size == 5 || text.size == 6;
    for (uint32_t i = 0; fine && i < text.size; i++) {
        fine = isdigit((unsigned char)text.bytes[i]);
    }
    if (!fine && !text_equal_string(text, "TOTAL")) {
        refuse(r, r->csv->row, CODE, ZHOL_ERROR_SYNTAX, text,
               "TOTAL or a code of the Harmonized System with 2, 4 or 6 digits");
        return;
    }
    memcpy(out, text.bytes, text.size);
}

static void take_number(struct reading *r, enum column column, bool may_be_blank, double *out)
{
    struct text_view text = cell(r, column);
    *out = NAN;
    if (!text.size && may_be_blank) {
        return;
    }
    if (number_parse_real(text, out) || !(*out >= 0)) {
        refuse(r, r->csv->row, column, ZHOL_ERROR_SYNTAX, text, "a number, 0 or more");
    }
}

/* The period is YYYY or YYYYMM; without it the year stands. */
static void take_period(struct reading *r, struct comtrade_row *row)
{
    int64_t year = 0, period = 0;
    struct text_view text = cell(r, YEAR);
    if (number_parse_int_in(text, 1960, 2100, &year)) {
        refuse(r, r->csv->row, YEAR, ZHOL_ERROR_RANGE, text, "a year from 1960 to 2100");
        return;
    }
    text = cell(r, PERIOD);
    if (text.size && (number_parse_int_in(text, 1960, 210012, &period) ||
                      (period > 9999 && (period % 100 < 1 || period % 100 > 12)) ||
                      (period > 9999 ? period / 100 : period) != year)) {
        refuse(r, r->csv->row, PERIOD, ZHOL_ERROR_RANGE, text,
               "the year, or year and month as YYYYMM");
        return;
    }
    row->year = (uint16_t)year;
    row->month = (uint8_t)(period > 9999 ? period % 100 : 0);
}

static enum zhol_error take_row(struct reading *r, struct comtrade *data)
{
    struct comtrade_row row = {.file_row = r->csv->row, .source = r->file};
    int flow = flow_of(cell(r, FLOW));
    if (flow == 2 || is_breakdown(r)) {
        data->skipped++;
        return ZHOL_ERROR_OK;
    }
    if (flow < 0) {
        refuse(r, r->csv->row, FLOW, ZHOL_ERROR_UNKNOWN, cell(r, FLOW), "X, M, Export or Import");
    }
    row.imports = flow == 1;
    take_period(r, &row);
    take_country(r, REPORTER, row.reporter);
    take_country(r, PARTNER, row.partner);
    take_code(r, row.code);
    take_number(r, USD, false, &row.usd);
    take_number(r, KG, true, &row.kg);
    if (row.kg <= 0) {
        row.kg = NAN; /* the service writes 0 where no weight is known */
    }
    enum zhol_error error = ARRAY_RESERVE(data->rows, data->capacity, data->count + 1);
    if (!error) {
        data->rows[data->count++] = row;
    }
    return error;
}

/* ---- Order and doubles ---- */

static int by_flow(const struct comtrade_row *a, const struct comtrade_row *b)
{
    const char *exporter_a = a->imports ? a->partner : a->reporter;
    const char *exporter_b = b->imports ? b->partner : b->reporter;
    const char *importer_a = a->imports ? a->reporter : a->partner;
    const char *importer_b = b->imports ? b->reporter : b->partner;
    int order = strcmp(exporter_a, exporter_b);
    order = order ? order : strcmp(importer_a, importer_b);
    order = order ? order : (int)a->year - b->year;
    order = order ? order : (int)a->month - b->month;
    if (!order) {
        /* "TOTAL" before chapters before headings */
        size_t size_a = a->code[0] == 'T' ? 0 : strlen(a->code);
        size_t size_b = b->code[0] == 'T' ? 0 : strlen(b->code);
        order = (size_a > size_b) - (size_a < size_b);
    }
    return order ? order : strcmp(a->code, b->code);
}

static int compare_rows(const void *context, uint32_t a, uint32_t b)
{
    const struct comtrade_row *rows = context;
    int order = by_flow(&rows[a], &rows[b]);
    return order ? order : (int)rows[a].imports - rows[b].imports;
}

static enum zhol_error sort_rows(const struct comtrade *data, uint32_t **index)
{
    *index = malloc((data->count ? data->count : 1) * sizeof **index);
    if (!*index) {
        return ZHOL_ERROR_MEMORY;
    }
    sort_index_fill(*index, data->count);
    return sort_index(*index, data->count, compare_rows, data->rows);
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void refuse_conflict(struct reading *r, const struct comtrade_row *a,
                            const struct comtrade_row *b)
{
    char found[NUMBER_TEXT_SIZE], expected[3 * NUMBER_TEXT_SIZE], before[NUMBER_TEXT_SIZE];
    number_format_real(b->usd, found);
    number_format_real(a->usd, before);
    snprintf(expected, sizeof expected,
             "%s, as line %u of %s has it for %s %s %s, %u, commodity %s: one value for each "
             "reporter, partner, flow, period and commodity (take one classification)",
             before, a->file_row, a->source, a->reporter, a->imports ? "from" : "to", a->partner,
             a->year, a->code);
    refuse(r, b->file_row, USD, ZHOL_ERROR_CONFLICT, text_view_of(found), expected);
}

/* Rows that stand twice: equal ones count once, others contradict. The later of two is dropped. */
static enum zhol_error drop_doubles(struct reading *r, struct comtrade *data)
{
    uint32_t *index, last = 0;
    enum zhol_error error = sort_rows(data, &index);
    for (uint32_t i = 1; !error && i < data->count; i++) {
        struct comtrade_row *a = &data->rows[index[last]], *b = &data->rows[index[i]];
        if (compare_rows(data->rows, index[last], index[i]) != 0) {
            last = i;
        } else if (same_number(a->usd, b->usd) && same_number(a->kg, b->kg)) {
            b->year = 0; /* marked */
        } else {
            refuse_conflict(r, a, b);
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; !error && !r->error && i < data->count; i++) {
        if (data->rows[i].year) {
            data->rows[kept++] = data->rows[i];
        }
    }
    if (!error && !r->error) {
        data->count = kept;
    }
    free(index);
    return error ? error : r->error;
}

/* All rows of an open table; a bad row is told and the next one read, so that one run shows all. */
static enum zhol_error take_rows(struct reading *r, struct comtrade *data)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    bool any = csv_next(r->csv); /* the header is the first row */
    if (any || !r->csv->error) {
        find_columns(r);
    }
    if (r->error || r->csv->error) {
        return r->error ? r->error : r->csv->error;
    }
    while (!error && csv_next(r->csv)) {
        error = take_row(r, data);
    }
    error = error ? error : r->error ? r->error : r->csv->error;
    return error ? error : drop_doubles(r, data);
}

enum zhol_error comtrade_read(struct comtrade *data, const char *file, const char *bytes,
                              uint64_t size, struct zhol_report *report)
{
    struct csv_reader csv;
    struct reading r = {.file = file, .csv = &csv, .report = report};
    uint32_t count = data->count, skipped = data->skipped;
    enum zhol_error error = csv_open(&csv, file, bytes, size, report);
    if (error) {
        return error;
    }
    error = take_rows(&r, data);
    if (error) {
        data->count = count;
        data->skipped = skipped;
    }
    csv_close(&csv);
    return error;
}

void comtrade_clear(struct comtrade *data)
{
    free(data->rows);
    *data = (struct comtrade){0};
}

/* ---- Mirrors ---- */

static bool wanted(const struct comtrade_row *row, const char *from, const char *to)
{
    const char *exporter = row->imports ? row->partner : row->reporter;
    const char *importer = row->imports ? row->reporter : row->partner;
    return (!from || strcmp(from, exporter) == 0) && (!to || strcmp(to, importer) == 0) &&
           strcmp(exporter, "W00") != 0 && strcmp(importer, "W00") != 0;
}

static void begin_mirror(const struct comtrade_row *row, struct comtrade_mirror *mirror)
{
    *mirror = (struct comtrade_mirror){.year = row->year,
                                       .month = row->month,
                                       .export_usd = NAN,
                                       .import_usd = NAN,
                                       .export_kg = NAN,
                                       .import_kg = NAN};
    memcpy(mirror->exporter, row->imports ? row->partner : row->reporter, COMTRADE_COUNTRY);
    memcpy(mirror->importer, row->imports ? row->reporter : row->partner, COMTRADE_COUNTRY);
    memcpy(mirror->code, row->code, COMTRADE_CODE);
}

enum zhol_error comtrade_mirror(const struct comtrade *data, const char *from, const char *to,
                                struct comtrade_mirrors *out)
{
    uint32_t *index;
    *out = (struct comtrade_mirrors){0};
    enum zhol_error error = sort_rows(data, &index);
    if (!error) {
        out->mirrors = malloc((data->count ? data->count : 1) * sizeof *out->mirrors);
        error = out->mirrors ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    const struct comtrade_row *last = NULL;
    for (uint32_t i = 0; !error && i < data->count; i++) {
        const struct comtrade_row *row = &data->rows[index[i]];
        if (!wanted(row, from, to)) {
            continue;
        }
        if (!last || by_flow(last, row) != 0) {
            begin_mirror(row, &out->mirrors[out->count++]);
        }
        struct comtrade_mirror *mirror = &out->mirrors[out->count - 1];
        *(row->imports ? &mirror->import_usd : &mirror->export_usd) = row->usd;
        *(row->imports ? &mirror->import_kg : &mirror->export_kg) = row->kg;
        last = row;
    }
    free(index);
    return error;
}

void comtrade_mirrors_clear(struct comtrade_mirrors *out)
{
    free(out->mirrors);
    *out = (struct comtrade_mirrors){0};
}

double comtrade_ratio(const struct comtrade_mirror *mirror)
{
    return mirror->import_usd / mirror->export_usd;
}

double comtrade_gap_t(const struct comtrade_mirror *mirror, int *implied)
{
    *implied = 0;
    if (!isnan(mirror->export_kg) && !isnan(mirror->import_kg)) {
        return (mirror->import_kg - mirror->export_kg) / 1000;
    }
    bool by_export = !isnan(mirror->export_kg);
    double kg = by_export ? mirror->export_kg : mirror->import_kg;
    double usd = by_export ? mirror->export_usd : mirror->import_usd;
    *implied = 1;
    return usd > 0 ? (mirror->import_usd - mirror->export_usd) / usd * kg / 1000 : NAN;
}
