/* shift_source.c: who comes on the day of a shift. See shift_ask.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/time.h"
#include "desk/demand_table.h"
#include "shift_ask.h"

enum { RECENT_DAYS = 28, TWO_WEEKS = 14, DATA_BEFORE_S = 2 * TIME_HOUR_S };

/* Spreads a day's vehicles over the hours in which both sides are open. */
static void spread(struct shift_asked *asked, double vehicles)
{
    double open = 0;
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        open += asked->open[0][h];
    }
    for (uint32_t h = 0; h < SHIFT_HOURS && open > 0; h++) {
        asked->view.day.arrivals[h] = vehicles * asked->open[0][h] / open;
    }
}

/* ---- a list of vehicles expected ---- */

enum { COLUMN_VEHICLE, COLUMN_SLOT, COLUMN_DATA, COLUMNS };

static int bad_list(const struct shift_asked *asked, const char *path, uint32_t row,
                    const char *column)
{
    return fail(asked->page->given, EXIT_BAD_INPUT,
                page_ru(asked->page)
                    ? "%s, строка %u, столбец %s: нужно значение, время как 2025-11-12 14:00"
                    : "%s, row %u, column %s: a value is needed, times as 2025-11-12 14:00",
                path, row, column);
}

/* A local time of the checkpoint, or with an offset of its own. */
static bool read_time(const struct shift_asked *asked, struct text_view text, int64_t *at_s)
{
    struct time_stamp stamp;
    if (!time_parse_instant(text, at_s)) {
        return true;
    }
    if (time_parse_stamp(text, &stamp)) {
        return false;
    }
    *at_s = shift_utc(asked, stamp.local_s);
    return true;
}

static int read_vehicle(struct shift_asked *asked, const char *path, const struct csv_reader *csv,
                        const uint32_t columns[COLUMNS])
{
    struct shift_vehicle vehicle = {.data_s = INT64_MIN};
    struct text_view name = text_trim(csv->cells[columns[COLUMN_VEHICLE]]);
    if (!name.size || name.size >= sizeof vehicle.name) {
        return bad_list(asked, path, csv->row, "vehicle");
    }
    memcpy(vehicle.name, name.bytes, name.size);
    if (!read_time(asked, text_trim(csv->cells[columns[COLUMN_SLOT]]), &vehicle.slot_s)) {
        return bad_list(asked, path, csv->row, "slot");
    }
    if (columns[COLUMN_DATA] != ZHOL_NONE) {
        struct text_view data = text_trim(csv->cells[columns[COLUMN_DATA]]);
        asked->view.declared = true;
        if (data.size && !read_time(asked, data, &vehicle.data_s)) {
            return bad_list(asked, path, csv->row, "pre_arrival");
        }
    }
    if (ARRAY_RESERVE(asked->vehicles, asked->vehicle_capacity, asked->vehicle_count + 1)) {
        return fail(asked->page->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    asked->vehicles[asked->vehicle_count++] = vehicle;
    return EXIT_FINE;
}

static int read_rows(struct shift_asked *asked, const char *path, struct csv_reader *csv)
{
    static const char *const names[COLUMNS] = {"vehicle", "slot", "pre_arrival"};
    uint32_t columns[COLUMNS] = {ZHOL_NONE, ZHOL_NONE, ZHOL_NONE};
    int code = EXIT_FINE;
    bool any = csv_next(csv); /* the header */
    for (uint32_t c = 0; any && c < csv->count; c++) {
        for (uint32_t n = 0; n < COLUMNS; n++) {
            columns[n] = text_equal_string(text_trim(csv->cells[c]), names[n]) ? c : columns[n];
        }
    }
    for (uint32_t n = 0; n < COLUMN_DATA; n++) {
        if (columns[n] == ZHOL_NONE) {
            return bad_list(asked, path, 1, names[n]);
        }
    }
    while (code == EXIT_FINE && csv_next(csv)) {
        code = read_vehicle(asked, path, csv, columns);
    }
    if (code == EXIT_FINE && csv->error) {
        code =
            fail(asked->page->given, EXIT_BAD_INPUT, "%s: %s", path, zhol_error_text(csv->error));
    }
    return code;
}

static int by_slot(const void *a, const void *b)
{
    const struct shift_vehicle *x = a, *y = b;
    return x->slot_s != y->slot_s ? (x->slot_s > y->slot_s) - (x->slot_s < y->slot_s)
                                  : strcmp(x->name, y->name);
}

/* Counts who comes on the day, and who of them has no data in time. */
static int take_list(struct shift_asked *asked)
{
    struct shift_view *view = &asked->view;
    asked->missing = calloc((size_t)asked->vehicle_count + 1, sizeof *asked->missing);
    if (!asked->missing) {
        return fail(asked->page->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    if (asked->vehicle_count) {
        qsort(asked->vehicles, asked->vehicle_count, sizeof *asked->vehicles, by_slot);
    }
    for (uint32_t i = 0; i < asked->vehicle_count; i++) {
        const struct shift_vehicle *vehicle = &asked->vehicles[i];
        char local[ANSWER_TEXT];
        int64_t hour = (vehicle->slot_s - asked->start_s) / TIME_HOUR_S;
        if (vehicle->slot_s < asked->start_s || hour >= SHIFT_HOURS) {
            continue;
        }
        view->day.arrivals[hour] += 1;
        view->expected++;
        if (view->declared && vehicle->data_s != INT64_MIN &&
            vehicle->data_s <= vehicle->slot_s - DATA_BEFORE_S) {
            continue;
        }
        struct shift_missing *row = &asked->missing[view->missing_count];
        page_local(asked->page, asked->row, vehicle->slot_s, local);
        snprintf(row->slot, sizeof row->slot, "%.16s", local);
        row->vehicle = vehicle->name;
        row->late = vehicle->data_s != INT64_MIN;
        view->missing_count += view->declared;
    }
    view->missing = asked->missing;
    return EXIT_FINE;
}

static int arrivals_list(struct shift_asked *asked, const char *path, bool count)
{
    struct zhol_report report;
    struct file_data data = {0};
    struct csv_reader csv = {0};
    double kept[SHIFT_HOURS];
    int code = EXIT_FINE;
    zhol_report_init(&report, 20);
    enum zhol_error error = file_read(path, 0, &data, &report);
    error = error ? error : csv_open(&csv, path, data.bytes, data.size, &report);
    if (error) {
        load_print_findings(asked->page->given, &report, 20);
        code = fail(asked->page->given, EXIT_BAD_INPUT, "%s: %s", path, zhol_error_text(error));
    } else {
        code = read_rows(asked, path, &csv);
        csv_close(&csv);
    }
    memcpy(kept, asked->view.day.arrivals, sizeof kept);
    code = code == EXIT_FINE ? take_list(asked) : code;
    if (!count) { /* the journal says who comes, the list only what was declared */
        memcpy(asked->view.day.arrivals, kept, sizeof kept);
    }
    file_clear(&data);
    zhol_report_clear(&report);
    return code;
}

/* ---- published days ---- */

/* Arrivals of a published day: what was taken, and by how much the queue grew. */
static double came(const struct observed *observed, uint32_t i)
{
    const struct observed_day *day = &observed->days[i];
    double grew = i > 0 && observed->days[i - 1].date == day->date - 1
                      ? day->waiting_end - observed->days[i - 1].waiting_end
                      : NAN;
    return fmax(0, day->accepted + (isnan(grew) ? 0 : grew));
}

static bool arrivals_observed(struct shift_asked *asked)
{
    const struct observed *observed = &asked->figures.observed;
    double sum[2] = {0};
    uint32_t count[2] = {0};
    for (uint32_t i = 0; i < observed->day_count; i++) {
        const struct observed_day *day = &observed->days[i];
        if (day->date < asked->day && day->date >= asked->day - RECENT_DAYS && day->accepted > 0) {
            unsigned same = time_weekday(day->date) == time_weekday(asked->day);
            sum[same] += came(observed, i);
            count[same]++;
        }
    }
    if (count[0] + count[1] == 0) {
        return false;
    }
    bool weekly = count[1] >= 2 && count[0] + count[1] >= TWO_WEEKS;
    double mean = weekly ? sum[1] / count[1] : (sum[0] + sum[1]) / (count[0] + count[1]);
    asked->view.origin = SHIFT_OBSERVED;
    asked->view.origin_days = weekly ? count[1] : count[0] + count[1];
    spread(asked, mean);
    return true;
}

/* ---- the demand of the corridor ---- */

/* Tonnes of a truck: the container on the road. */
static double truck_t(const struct zhol_corridor *corridor)
{
    uint32_t total;
    const struct zhol_load_class *rows = zhol_corridor_load_class(corridor, &total);
    for (uint32_t i = 0; i < total; i++) {
        if (rows[i].state == zhol_state_ROAD && rows[i].class == zhol_cargo_class_CONTAINER &&
            rows[i].trucks > 0 && rows[i].payload_t > 0) {
            return rows[i].payload_t / rows[i].trucks;
        }
    }
    return NAN;
}

static void loads_of_day(const struct shift_asked *asked, int32_t day, double loads[2])
{
    uint32_t total;
    const struct zhol_corridor *corridor = asked->page->corridor;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &total);
    uint32_t node = page_row(asked->page, asked->row)->node_id;
    double each = truck_t(corridor);
    loads[0] = loads[1] = 0;
    for (uint32_t i = 0; i < total; i++) {
        if (rows[i].mode != zhol_mode_ROAD || rows[i].via_node_id != node ||
            (rows[i].direction != zhol_trade_EXPORT && rows[i].direction != zhol_trade_IMPORT)) {
            continue;
        }
        double t = demand_tonnes(&rows[i], day, day + 1);
        loads[rows[i].direction == zhol_trade_IMPORT] += t > 0 && each > 0 ? t / each : 0;
    }
}

/* The same day of the latest year that has demand, at most three years before. */
static void arrivals_demand(struct shift_asked *asked)
{
    double loads[2] = {0};
    asked->view.origin = SHIFT_DEMAND;
    for (int32_t back = 0; back <= 3 && !(loads[0] + loads[1] > 0); back++) {
        loads_of_day(asked, time_add_months(asked->day, -12 * back), loads);
        asked->view.origin_days =
            (uint32_t)time_date_of(time_add_months(asked->day, -12 * back)).year;
    }
    asked->view.arrivals_low = fmax(loads[0], loads[1]);
    asked->view.arrivals_high = loads[0] + loads[1];
    spread(asked, asked->view.arrivals_low);
}

/* ---- which of them ---- */

static void take_waiting(struct shift_asked *asked)
{
    double waiting = 0;
    for (uint32_t c = 0; c < asked->figures.category_count; c++) {
        waiting += asked->figures.waiting[c];
    }
    if (waiting > 0) {
        asked->view.day.waiting = waiting;
    }
}

int shift_arrivals(struct shift_asked *asked)
{
    const char *list = given_value(asked->page->given, "expected");
    bool found = false;
    asked->view.oldest_h = asked->view.arrivals_low = asked->view.arrivals_high = NAN;
    int code = shift_arrivals_journal(asked, &found);
    if (code == EXIT_FINE && list) {
        asked->view.origin = found ? SHIFT_JOURNAL : SHIFT_LIST;
        code = arrivals_list(asked, list, !found);
    } else if (code == EXIT_FINE && !found && !arrivals_observed(asked)) {
        arrivals_demand(asked);
    }
    take_waiting(asked);
    return code;
}
