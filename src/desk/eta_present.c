/* eta_present.c: queues and dwells as a file (eta_present.h). */
#include "desk/eta_present.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"
#include "base/sort.h"
#include "base/text.h"
#include "base/time.h"

#define FILE_MAX (16u << 20)
#define MOST     1e6 /* hours, units, units an hour */

static const char *const columns[] = {"what",  "process",  "hours",        "as_of",
                                      "ahead", "inflow_h", "acceptance_h", "acceptance_sd"};
enum { WHAT, PROCESS, HOURS, AS_OF, AHEAD, INFLOW, ACCEPTANCE, SPREAD, COLUMNS };

struct reading {
    const char *name;
    const struct zhol_corridor *corridor;
    int32_t day;
    struct zhol_report *report;
    enum zhol_error error;
    const struct csv_reader *csv;
    struct eta_present *out;
};

static void wrong(struct reading *r, enum zhol_error code, int column, const char *expected)
{
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .file = r->name,
                                   .row = r->csv->row,
                                   .column = column < 0 ? "" : columns[column],
                                   .value = "",
                                   .expected = expected};
    zhol_report_add(r->report, &finding);
    r->error = r->error ? r->error : code;
}

/* ---- Cells ---- */

static double number_in(struct reading *r, int column, double otherwise)
{
    double value = NAN;
    struct text_view cell = r->csv->cells[column];
    if (cell.size == 0 && !isnan(otherwise)) {
        return otherwise;
    }
    if (number_parse_real(cell, &value) || !(value >= 0 && value <= MOST)) {
        wrong(r, ZHOL_ERROR_RANGE, column, "a number from 0 to 1,000,000");
    }
    return value;
}

static void want_blank(struct reading *r, int first, int last)
{
    for (int i = first; i <= last; i++) {
        if (r->csv->cells[i].size) {
            wrong(r, ZHOL_ERROR_INVALID, i, "nothing: this belongs to the other kind of row");
        }
    }
}

/* The row of the process on the day, or ZHOL_NONE with a finding. */
static uint32_t process_in(struct reading *r)
{
    char id[128];
    struct text_view cell = r->csv->cells[PROCESS];
    uint32_t row = ZHOL_NONE;
    if (cell.size && cell.size < sizeof id) {
        memcpy(id, cell.bytes, cell.size);
        id[cell.size] = '\0';
        uint32_t thing = zhol_corridor_find(r->corridor, ZHOL_TABLE_process, id);
        row = thing == ZHOL_NONE
                  ? ZHOL_NONE
                  : zhol_corridor_row_on(r->corridor, ZHOL_TABLE_process, thing, r->day);
    }
    if (row == ZHOL_NONE) {
        wrong(r, ZHOL_ERROR_UNKNOWN, PROCESS, "the identifier of a process that holds on the day");
    }
    return row;
}

/* ---- Rows ---- */

static void read_dwell(struct reading *r, uint32_t process)
{
    struct eta_present *p = r->out;
    double hours = number_in(r, HOURS, NAN);
    want_blank(r, AS_OF, SPREAD);
    enum zhol_error error = ARRAY_RESERVE(p->hours, p->hour_capacity, p->hour_count + 1);
    error = error ? error : ARRAY_RESERVE(p->process_of, p->process_capacity, p->hour_count + 1);
    if (error) {
        r->error = error;
        return;
    }
    p->hours[p->hour_count] = hours;
    p->process_of[p->hour_count++] = process;
}

static void check_sizes(struct reading *r, const struct eta_arrival_queue *queue)
{
    if (queue->ahead > ETA_PRESENT_AHEAD) {
        wrong(r, ZHOL_ERROR_RANGE, AHEAD, "at most 100000 units");
    }
    if (queue->inflow_h > ETA_PRESENT_RATE) {
        wrong(r, ZHOL_ERROR_RANGE, INFLOW, "at most 10000 units an hour");
    }
    if (queue->acceptance_h > ETA_PRESENT_RATE) {
        wrong(r, ZHOL_ERROR_RANGE, ACCEPTANCE, "at most 10000 units an hour");
    }
    for (uint32_t i = 0; i < r->out->queue_count; i++) {
        if (queue->process_row != ZHOL_NONE &&
            r->out->queues[i].process_row == queue->process_row) {
            wrong(r, ZHOL_ERROR_DUPLICATE, PROCESS, "one queue of a process");
        }
    }
}

static void read_queue(struct reading *r, uint32_t process)
{
    struct eta_present *p = r->out;
    int64_t as_of_s = 0;
    struct eta_arrival_queue queue = {.process_row = process,
                                      .ahead = number_in(r, AHEAD, NAN),
                                      .inflow_h = number_in(r, INFLOW, NAN),
                                      .acceptance_h = number_in(r, ACCEPTANCE, NAN),
                                      .acceptance_sd = number_in(r, SPREAD, 0)};
    want_blank(r, HOURS, HOURS);
    if (!(queue.acceptance_h > 0)) {
        wrong(r, ZHOL_ERROR_RANGE, ACCEPTANCE, "more than 0");
    }
    check_sizes(r, &queue);
    if (queue.acceptance_sd > 5) {
        wrong(r, ZHOL_ERROR_RANGE, SPREAD, "at most 5");
    }
    if (time_parse_instant(r->csv->cells[AS_OF], &as_of_s)) {
        wrong(r, ZHOL_ERROR_SYNTAX, AS_OF, "an instant like 2026-01-31T08:00Z");
    } else if (p->queue_count && p->present.as_of_min != as_of_s / 60) {
        wrong(r, ZHOL_ERROR_INVALID, AS_OF, "the same instant for all queues");
    }
    int64_t apart = as_of_s / TIME_DAY_S - r->day;
    if (as_of_s && (apart > ETA_PRESENT_DAYS || -apart > ETA_PRESENT_DAYS)) {
        wrong(r, ZHOL_ERROR_RANGE, AS_OF, "at most 31 days from the day that is asked for");
    }
    enum zhol_error error = ARRAY_RESERVE(p->queues, p->queue_capacity, p->queue_count + 1);
    if (error) {
        r->error = error;
        return;
    }
    p->present.as_of_min = as_of_s / 60;
    p->queues[p->queue_count++] = queue;
}

static void read_row(struct reading *r)
{
    struct text_view what = r->csv->cells[WHAT];
    uint32_t process = process_in(r);
    if (text_equal_string(what, "dwell")) {
        read_dwell(r, process);
    } else if (text_equal_string(what, "queue")) {
        read_queue(r, process);
    } else {
        wrong(r, ZHOL_ERROR_UNKNOWN, WHAT, "dwell or queue");
    }
}

static enum zhol_error read_rows(struct reading *r, struct csv_reader *csv)
{
    bool header = csv_next(csv); /* the first row */
    bool fits = header && csv_header_is(csv, columns, COLUMNS, COLUMNS);
    if (!csv->error && !fits) {
        wrong(r, ZHOL_ERROR_SYNTAX, -1,
              "the columns are what, process, hours, as_of, ahead, inflow_h, acceptance_h, "
              "acceptance_sd");
    }
    while (fits && r->error != ZHOL_ERROR_MEMORY && csv_next(csv)) {
        read_row(r);
    }
    return r->error ? r->error : csv->error;
}

/* ---- Together ---- */

/* Brings the dwells of one process together, in the order of the file. */
static enum zhol_error gather(struct eta_present *p)
{
    uint32_t n = p->hour_count, *order = malloc(((size_t)n + 1) * sizeof *order);
    uint64_t *keys = malloc(((size_t)n + 1) * sizeof *keys);
    double *hours = malloc(((size_t)n + 1) * sizeof *hours);
    enum zhol_error error = order && keys && hours ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; !error && i < n; i++) {
        keys[i] = p->process_of[i];
    }
    if (!error) {
        sort_index_fill(order, n);
        error = sort_index_u64(keys, order, n);
    }
    for (uint32_t i = 0; !error && i < n; i++) {
        uint32_t process = p->process_of[order[i]], count = p->present.dwells_count;
        hours[i] = p->hours[order[i]];
        if (count == 0 || p->dwells[count - 1].process_row != process) {
            error = ARRAY_RESERVE(p->dwells, p->dwells_capacity, count + 1);
            if (error) {
                break;
            }
            p->dwells[count] = (struct eta_arrival_dwells){process, ZHOL_NONE, &p->hours[i], 0};
            p->present.dwells_count = ++count;
        }
        p->dwells[count - 1].count++;
    }
    if (!error && n) {
        memcpy(p->hours, hours, n * sizeof *hours);
    }
    free(order);
    free(keys);
    free(hours);
    return error;
}

enum zhol_error eta_present_parse(const char *name, const char *bytes, size_t size,
                                  const struct zhol_corridor *corridor, int32_t day,
                                  struct zhol_report *report, struct eta_present *out)
{
    struct csv_reader csv;
    struct reading r = {
        .name = name, .corridor = corridor, .day = day, .report = report, .csv = &csv, .out = out};
    memset(out, 0, sizeof *out);
    enum zhol_error error = csv_open(&csv, name, bytes, size, report);
    if (!error) {
        error = read_rows(&r, &csv);
        csv_close(&csv);
    }
    error = error ? error : gather(out);
    if (error) {
        eta_present_clear(out);
        return error;
    }
    out->present.queues = out->queues;
    out->present.queue_count = out->queue_count;
    out->present.dwells = out->dwells;
    return ZHOL_ERROR_OK;
}

enum zhol_error eta_present_read(const char *path, const struct zhol_corridor *corridor,
                                 int32_t day, struct zhol_report *report, struct eta_present *out)
{
    struct file_data data;
    enum zhol_error error = file_read(path, FILE_MAX, &data, report);
    if (!error) {
        error = eta_present_parse(path, data.bytes, data.size, corridor, day, report, out);
        file_clear(&data);
    }
    return error;
}

void eta_present_clear(struct eta_present *present)
{
    free(present->queues);
    free(present->dwells);
    free(present->hours);
    free(present->process_of);
    memset(present, 0, sizeof *present);
}
