/* observed.c: a queue followed from published figures: the value and its text (observed.h). */
#include "desk/observed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/number.h"
#include "base/time.h"
#include "base/zone.h"
#include "desk/observed_state.h"
#include "desk/queue_rules.h"

enum { HOURS_MAX = OBSERVED_DAYS_MAX * 24 };

enum zhol_error observed_open(const struct zhol_corridor *corridor, const char *queue_id,
                              struct observed *observed)
{
    *observed = (struct observed){.waiting = NAN, .wait_s = NAN};
    if (strlen(queue_id) >= sizeof observed->queue_id ||
        zhol_corridor_find(corridor, ZHOL_TABLE_queue, queue_id) == ZHOL_NONE) {
        return ZHOL_ERROR_UNKNOWN;
    }
    strcpy(observed->queue_id, queue_id);
    return ZHOL_ERROR_OK;
}

void observed_close(struct observed *observed)
{
    free(observed->days);
    free(observed->hours);
    *observed = (struct observed){.waiting = NAN, .wait_s = NAN};
}

/* ---- days and hours ---- */

/* The day of a date, made where it is not there yet; NULL: too many, or no memory. */
struct observed_day *observed_day_of(struct observed *observed, int32_t date)
{
    uint32_t at = observed->day_count;
    while (at > 0 && observed->days[at - 1].date > date) {
        at--;
    }
    if (at > 0 && observed->days[at - 1].date == date) {
        return &observed->days[at - 1];
    }
    if (observed->day_count == OBSERVED_DAYS_MAX) {
        return NULL;
    }
    if (ARRAY_RESERVE(observed->days, observed->day_capacity, observed->day_count + 1)) {
        observed->no_memory = true;
        return NULL;
    }
    memmove(&observed->days[at + 1], &observed->days[at],
            (observed->day_count - at) * sizeof *observed->days);
    observed->day_count++;
    observed->days[at] = (struct observed_day){date, NAN, NAN, NAN, false};
    return &observed->days[at];
}

/* The count of an hour, made where it is not there yet: the hours in between get none. */
uint32_t *observed_hour_of(struct observed *observed, int64_t at_s)
{
    int64_t hour_s = at_s - (at_s % TIME_HOUR_S + TIME_HOUR_S) % TIME_HOUR_S;
    if (observed->hour_count == 0) {
        observed->first_hour_s = hour_s;
    }
    int64_t last_s = observed->first_hour_s + (int64_t)observed->hour_count * TIME_HOUR_S;
    int64_t before = (observed->first_hour_s - hour_s) / TIME_HOUR_S;
    int64_t after = (hour_s - last_s) / TIME_HOUR_S + 1;
    int64_t more = before > 0 ? before : after > 0 ? after : 0;
    if (more + observed->hour_count > HOURS_MAX) {
        return NULL;
    }
    if (ARRAY_RESERVE(observed->hours, observed->hour_capacity,
                      observed->hour_count + (uint32_t)more)) {
        observed->no_memory = true;
        return NULL;
    }
    if (before > 0) {
        memmove(&observed->hours[before], observed->hours,
                observed->hour_count * sizeof *observed->hours);
        memset(observed->hours, 0, (size_t)before * sizeof *observed->hours);
        observed->first_hour_s = hour_s;
    } else {
        memset(&observed->hours[observed->hour_count], 0, (size_t)more * sizeof *observed->hours);
    }
    observed->hour_count += (uint32_t)more;
    return &observed->hours[(hour_s - observed->first_hour_s) / TIME_HOUR_S];
}

enum zhol_error observed_zone(const struct zhol_corridor *corridor, const struct observed *observed,
                              struct zone **zone)
{
    uint32_t total, begin, end;
    uint32_t queue = zhol_corridor_find(corridor, ZHOL_TABLE_queue, observed->queue_id);
    *zone = NULL;
    if (queue == ZHOL_NONE) {
        return ZHOL_ERROR_UNKNOWN;
    }
    zhol_corridor_rows(corridor, ZHOL_TABLE_queue, queue, &begin, &end);
    uint32_t node = zhol_corridor_queue(corridor, &total)[begin].node_id;
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
    return zone_load(
        zhol_corridor_text(corridor, zhol_corridor_node(corridor, &total)[begin].time_zone), zone);
}

/* ---- recent acceptance ---- */

static void spread_day(const struct observed_day *day, const struct zone *zone, int64_t first_s,
                       const double *planned, uint32_t count, uint32_t *accepted, bool *known)
{
    double total = 0, before = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t at_s = first_s + (int64_t)i * TIME_HOUR_S;
        total += time_day_of(zone_local_s(zone, at_s)) == day->date ? planned[i] : 0;
    }
    for (uint32_t i = 0; i < count && total > 0; i++) {
        int64_t at_s = first_s + (int64_t)i * TIME_HOUR_S;
        if (time_day_of(zone_local_s(zone, at_s)) != day->date) {
            continue;
        }
        double after = before + planned[i];
        if (!known[i]) {
            accepted[i] = (uint32_t)(floor(day->accepted * after / total + 1e-6) -
                                     floor(day->accepted * before / total + 1e-6));
            known[i] = true;
        }
        before = after;
    }
}

/* Hours that are counted one by one, where the span of the counts covers them. */
static void take_hours(const struct observed *observed, int64_t first_s, uint32_t count,
                       uint32_t *accepted, bool *known)
{
    for (uint32_t i = 0; i < count; i++) {
        int64_t at = (first_s + (int64_t)i * TIME_HOUR_S - observed->first_hour_s) / TIME_HOUR_S;
        if (observed->hour_count && first_s + (int64_t)i * TIME_HOUR_S >= observed->first_hour_s &&
            at < observed->hour_count) {
            accepted[i] = observed->hours[at];
            known[i] = true;
        }
    }
}

static enum zhol_error plan_hours(const struct zhol_corridor *corridor,
                                  const struct observed *observed, int64_t first_s, uint32_t count,
                                  double *planned)
{
    struct eta_window *windows = NULL;
    uint32_t window_count;
    enum zhol_error error =
        queue_windows_of(corridor, observed->queue_id, first_s,
                         first_s + (int64_t)count * TIME_HOUR_S, &windows, &window_count);
    for (uint32_t i = 0; i < window_count && !error; i++) {
        if (windows[i].vehicles > 0) { /* a window lies within an hour */
            planned[(windows[i].start_s - first_s) / TIME_HOUR_S] += windows[i].vehicles;
        }
    }
    free(windows);
    return error;
}

enum zhol_error observed_hours(const struct zhol_corridor *corridor,
                               const struct observed *observed, int64_t now_s,
                               uint32_t accepted[OBSERVED_HOURS], double planned[OBSERVED_HOURS],
                               uint32_t *known_count)
{
    enum { MORE = OBSERVED_HOURS + 48 }; /* whole local days at both ends */
    static const uint32_t margin = 24;
    double plan[MORE] = {0};
    uint32_t counts[MORE] = {0};
    bool known[MORE] = {false};
    struct zone *zone = NULL;
    int64_t first_s = now_s / TIME_HOUR_S * TIME_HOUR_S - (OBSERVED_HOURS + margin) * TIME_HOUR_S;
    enum zhol_error error = observed_zone(corridor, observed, &zone);
    error = error ? error : plan_hours(corridor, observed, first_s, MORE, plan);
    *known_count = 0;
    if (!error) {
        take_hours(observed, first_s, MORE, counts, known);
        for (uint32_t i = 0; i < observed->day_count; i++) {
            int64_t noon_s = ((int64_t)observed->days[i].date * 24 + 12) * TIME_HOUR_S;
            if (!isnan(observed->days[i].accepted) && noon_s > first_s - TIME_DAY_S &&
                noon_s < first_s + (MORE + 24) * TIME_HOUR_S) {
                spread_day(&observed->days[i], zone, first_s, plan, MORE, counts, known);
            }
        }
        for (uint32_t i = 0; i < OBSERVED_HOURS; i++) {
            bool good = known[i + margin];
            accepted[i] = good ? counts[i + margin] : 0;
            planned[i] = good ? plan[i + margin] : 0;
            *known_count += good && plan[i + margin] > 0;
        }
    }
    zone_free(zone);
    return error;
}

/* ---- as text ---- */

static void write_row(struct csv_writer *writer, const char *kind, const char *key,
                      const double values[4])
{
    csv_write_text(writer, kind);
    csv_write_text(writer, key);
    for (int i = 0; i < 4; i++) {
        csv_write_real(writer, values[i]);
    }
    csv_write_end(writer);
}

enum zhol_error observed_write(const struct observed *observed, struct buffer *csv)
{
    static const char *const header[] = {"kind", "key", "a", "b", "c", "d"};
    struct csv_writer writer;
    char text[TIME_TEXT_SIZE];
    csv_writer_init(&writer, csv);
    for (size_t i = 0; i < 6; i++) {
        csv_write_text(&writer, header[i]);
    }
    csv_write_end(&writer);
    write_row(&writer, "queue", observed->queue_id, (double[4]){NAN, NAN, NAN, NAN});
    if (observed->as_of_s) {
        time_format_instant(observed->as_of_s, text);
        write_row(&writer, "now", text, (double[4]){observed->waiting, observed->wait_s, NAN, NAN});
    }
    for (uint32_t i = 0; i < observed->category_count; i++) {
        write_row(&writer, "category", observed->categories[i].name,
                  (double[4]){observed->categories[i].waiting, NAN, NAN, NAN});
    }
    for (uint32_t i = 0; i < observed->day_count; i++) {
        const struct observed_day *day = &observed->days[i];
        time_format_date(day->date, text);
        write_row(&writer, "day", text,
                  (double[4]){day->accepted, day->planned, day->waiting_end, day->derived});
    }
    for (uint32_t i = 0; i < observed->hour_count; i++) {
        time_format_instant(observed->first_hour_s + (int64_t)i * TIME_HOUR_S, text);
        write_row(&writer, "hour", text, (double[4]){observed->hours[i], NAN, NAN, NAN});
    }
    return csv->error;
}

static double real_of(struct text_view cell)
{
    double value = NAN;
    return cell.size && number_parse_real(cell, &value) ? -1 : value; /* -1: not a number */
}

static bool count_of(double value)
{
    return value >= 0 && value <= 1e9 && value == floor(value);
}

static bool amount_or_blank(double value)
{
    return isnan(value) || (value >= 0 && value <= 1e9);
}

/* One row of the text; false where it is not one that observed_write makes. */
static bool read_row(const struct zhol_corridor *corridor, const struct text_view *cells,
                     struct observed *observed)
{
    double a = real_of(cells[2]), b = real_of(cells[3]), c = real_of(cells[4]);
    int64_t at_s = 0;
    int32_t date = 0;
    if (text_equal_string(cells[0], "queue")) {
        char id[sizeof observed->queue_id] = "";
        bool fits = cells[1].size < sizeof id && !*observed->queue_id;
        memcpy(id, cells[1].bytes, fits ? cells[1].size : 0);
        return fits && !observed_open(corridor, id, observed);
    }
    if (!*observed->queue_id || !amount_or_blank(a) || !amount_or_blank(b) || !amount_or_blank(c)) {
        return false;
    }
    if (text_equal_string(cells[0], "now") && !time_parse_instant(cells[1], &at_s)) {
        observed->as_of_s = at_s;
        observed->waiting = a;
        observed->wait_s = b;
        return true;
    }
    if (text_equal_string(cells[0], "category") && count_of(a)) {
        return observed_category_add(observed, cells[1], (uint32_t)a);
    }
    if (text_equal_string(cells[0], "day") && !time_parse_day(cells[1], &date)) {
        struct observed_day *day = observed_day_of(observed, date);
        if (day) {
            *day = (struct observed_day){date, a, b, c, text_equal_string(cells[5], "1")};
        }
        return day != NULL;
    }
    if (text_equal_string(cells[0], "hour") && count_of(a) &&
        !time_parse_instant(cells[1], &at_s)) {
        uint32_t *hour = observed_hour_of(observed, at_s);
        if (hour) {
            *hour = (uint32_t)a;
        }
        return hour != NULL;
    }
    return false;
}

enum zhol_error observed_read(const struct zhol_corridor *corridor, struct text_view csv,
                              struct observed *observed, struct zhol_report *report)
{
    struct csv_reader reader;
    *observed = (struct observed){.waiting = NAN, .wait_s = NAN};
    enum zhol_error error = csv_open(&reader, "observed", csv.bytes, csv.size, report);
    if (error) {
        return error;
    }
    bool header = csv_next(&reader) && reader.count == 6;
    while (header && !error && csv_next(&reader)) {
        if (!read_row(corridor, reader.cells, observed)) {
            error = zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                                   .code = ZHOL_ERROR_SYNTAX,
                                                                   .row = reader.row,
                                                                   .file = "observed",
                                                                   .expected = "a row as written"});
        }
    }
    error = error ? error : reader.error;
    bool no_memory = observed->no_memory || reader.error == ZHOL_ERROR_MEMORY;
    error = no_memory ? ZHOL_ERROR_MEMORY : error;
    error = error ? error : header && *observed->queue_id ? ZHOL_ERROR_OK : ZHOL_ERROR_SYNTAX;
    csv_close(&reader);
    if (error) {
        observed_close(observed);
    }
    return error;
}
