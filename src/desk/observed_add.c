/* observed_add.c: exports of acceptance and queues, of workload and daily figures (observed.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "base/time.h"
#include "desk/observed_state.h"

bool observed_category_add(struct observed *observed, struct text_view name, uint32_t more)
{
    uint32_t at = 0;
    while (at < observed->category_count &&
           !text_equal_string(name, observed->categories[at].name)) {
        at++;
    }
    if (at == OBSERVED_CATEGORIES || name.size >= sizeof observed->categories[at].name) {
        return false;
    }
    if (at == observed->category_count) {
        memcpy(observed->categories[at].name, name.bytes, name.size);
        observed->categories[at].name[name.size] = '\0';
        observed->categories[at].waiting = 0;
        observed->category_count++;
    }
    observed->categories[at].waiting += more;
    return true;
}

/* ---- what a file is, and its columns ---- */

enum file_kind { FILE_acceptance, FILE_queue, FILE_workload, FILE_daily, FILE_COUNT };
enum { COLUMNS_MAX = 7, NO_COLUMN = -1 };

/* Columns by name; those before the blank one must be there. */
static const struct {
    const char *columns[COLUMNS_MAX];
    int needed;
} kinds[FILE_COUNT] = {
    [FILE_acceptance] = {{"date", "place", "direction", "counted", "accepted", "planned", NULL}, 5},
    [FILE_queue] = {{"checkpoint", "registered", "called", "crossed", "category", "status",
                     "direction"},
                    2},
    [FILE_workload] = {{"checkpoint_time", "wait_time", "vehicles_in_queue", NULL}, 3},
    [FILE_daily] = {{"date", "accepted", "planned", "waiting", NULL}, 2},
};

struct adding {
    const struct zhol_corridor *corridor;
    struct observed *observed;
    struct zhol_report *report;
    const char *name, *node;
    struct zone *zone;
    struct csv_reader reader;
    int columns[COLUMNS_MAX];
    uint32_t taken;
    bool out;               /* direction of the queue */
    double carry;           /* of derived hours: what is less than a vehicle */
    int64_t last_hour;      /* workload: the hour of the row before */
    int64_t latest_s;       /* queue: the latest time in the file */
    uint32_t waiting;       /* queue */
    struct observed counts; /* queue: hours of this file */
};

static bool find_columns(struct adding *adding, enum file_kind kind)
{
    for (int i = 0; i < COLUMNS_MAX; i++) {
        const char *name = kinds[kind].columns[i];
        adding->columns[i] = NO_COLUMN;
        for (uint32_t c = 0; name && c < adding->reader.count; c++) {
            if (text_equal_string(text_trim(adding->reader.cells[c]), name)) {
                adding->columns[i] = (int)c;
            }
        }
        if (i < kinds[kind].needed && adding->columns[i] == NO_COLUMN) {
            return false;
        }
    }
    return true;
}

static struct text_view cell(const struct adding *adding, int column)
{
    int at = adding->columns[column];
    return at == NO_COLUMN ? (struct text_view){"", 0} : text_trim(adding->reader.cells[at]);
}

static bool refuse(struct adding *adding, enum file_kind kind, int column, const char *expected)
{
    char value[81] = "";
    struct text_view text = cell(adding, column);
    text.size = text.size > 80 ? text_utf8_cut(text, 80) : text.size;
    memcpy(value, text.bytes, text.size);
    zhol_report_add(adding->report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                           .code = ZHOL_ERROR_SYNTAX,
                                                           .row = adding->reader.row,
                                                           .file = adding->name,
                                                           .column = kinds[kind].columns[column],
                                                           .value = value,
                                                           .expected = expected});
    return false;
}

/* A number >= 0; blank is NaN where that is allowed. */
static bool amount(struct adding *adding, enum file_kind kind, int column, bool blank,
                   double *value)
{
    struct text_view text = cell(adding, column);
    *value = NAN;
    if (!text.size && blank) {
        return true;
    }
    if (number_parse_real(text, value) || !(*value >= 0) || *value > 1e9) {
        return refuse(adding, kind, column, "a number >= 0");
    }
    return true;
}

/* A time with an offset, or local time of the checkpoint (utc: of UTC). */
static bool instant(struct adding *adding, enum file_kind kind, int column, bool utc, int64_t *at_s)
{
    struct time_stamp stamp;
    struct text_view text = cell(adding, column);
    *at_s = 0;
    if (!text.size) {
        return true;
    }
    if (time_parse_stamp(text, &stamp)) {
        return refuse(adding, kind, column, "a time as YYYY-MM-DD HH:MM");
    }
    if (stamp.has_offset || utc) {
        *at_s = stamp.local_s - (stamp.has_offset ? stamp.offset_s : 0);
    } else {
        zone_local_to_utc(adding->zone, stamp.local_s, at_s);
    }
    return true;
}

/* ---- rows ---- */

static bool add_day(struct adding *adding, enum file_kind kind, int accepted_at, int planned_at,
                    int waiting_at)
{
    int32_t date = 0;
    double accepted, planned = NAN, waiting = NAN;
    if (time_parse_day(cell(adding, 0), &date)) {
        return refuse(adding, kind, 0, "a day as YYYY-MM-DD");
    }
    if (!amount(adding, kind, accepted_at, false, &accepted) ||
        !amount(adding, kind, planned_at, true, &planned) ||
        (waiting_at && !amount(adding, kind, waiting_at, true, &waiting))) {
        return false;
    }
    struct observed_day *day = observed_day_of(adding->observed, date);
    if (!day) {
        return refuse(adding, kind, 0, "at most 4000 days");
    }
    *day = (struct observed_day){date, accepted, isnan(planned) ? day->planned : planned,
                                 isnan(waiting) ? day->waiting_end : waiting, false};
    int64_t end_s;
    zone_local_to_utc(adding->zone, ((int64_t)date + 1) * TIME_DAY_S, &end_s);
    if (!isnan(waiting) && end_s >= adding->observed->as_of_s) {
        adding->observed->as_of_s = end_s;
        adding->observed->waiting = waiting;
        adding->observed->wait_s = NAN;
    }
    return true;
}

static bool add_acceptance(struct adding *adding)
{
    bool here = text_equal_string(cell(adding, 1), adding->node) &&
                text_equal_string(cell(adding, 2), adding->out ? "out" : "in") &&
                text_equal_string(cell(adding, 3), "trucks");
    return here && add_day(adding, FILE_acceptance, 4, 5, 0);
}

static bool add_ticket(struct adding *adding)
{
    static const char *const gone[] = {"cancelled", "revoked", "refused", "no_show",
                                       "check failed"};
    int64_t registered_s, called_s, crossed_s;
    struct text_view direction = cell(adding, 6), status = cell(adding, 5);
    if (!text_equal_string(cell(adding, 0), adding->node) ||
        (direction.size && !text_equal_string(direction, adding->out ? "out" : "in"))) {
        return false;
    }
    if (!instant(adding, FILE_queue, 1, false, &registered_s) ||
        !instant(adding, FILE_queue, 2, false, &called_s) ||
        !instant(adding, FILE_queue, 3, false, &crossed_s)) {
        return false;
    }
    int64_t taken_s = called_s ? called_s : crossed_s;
    int64_t latest_s = crossed_s > called_s ? crossed_s : called_s;
    latest_s = latest_s > registered_s ? latest_s : registered_s;
    adding->latest_s = latest_s > adding->latest_s ? latest_s : adding->latest_s;
    if (taken_s) {
        uint32_t *hour = observed_hour_of(&adding->counts, taken_s);
        *(hour ? hour : &(uint32_t){0}) += 1;
        return hour != NULL;
    }
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        if (text_equal_string(status, gone[i])) {
            return true;
        }
    }
    adding->waiting++;
    struct text_view category = cell(adding, 4);
    observed_category_add(adding->observed, category.size ? category : TEXT("ordinary"), 1);
    return true;
}

static bool add_workload(struct adding *adding)
{
    int64_t at_s;
    double wait_s, vehicles;
    if (!instant(adding, FILE_workload, 0, true, &at_s) ||
        !amount(adding, FILE_workload, 1, false, &wait_s) ||
        !amount(adding, FILE_workload, 2, false, &vehicles)) {
        return false;
    }
    struct observed *observed = adding->observed;
    uint32_t *hour = observed_hour_of(observed, at_s);
    if (!hour) {
        return refuse(adding, FILE_workload, 0, "times within 4000 days");
    }
    int64_t number = at_s / TIME_HOUR_S;
    if (number != adding->last_hour && wait_s > 0) { /* the first row of an hour stands for it */
        double taken = adding->carry + vehicles / wait_s * TIME_HOUR_S;
        *hour = (uint32_t)floor(taken < 1e6 ? taken : 1e6);
        adding->carry = taken - floor(taken);
        adding->last_hour = number;
    }
    if (at_s >= observed->as_of_s) {
        observed->as_of_s = at_s;
        observed->waiting = vehicles;
        observed->wait_s = wait_s;
    }
    struct observed_day *day =
        observed_day_of(observed, time_day_of(zone_local_s(adding->zone, at_s)));
    if (day) {
        day->waiting_end = vehicles;
        day->derived = isnan(day->accepted);
    }
    return true;
}

static bool add_row(struct adding *adding, enum file_kind kind)
{
    switch (kind) {
    case FILE_acceptance:
        return add_acceptance(adding);
    case FILE_queue:
        return add_ticket(adding);
    case FILE_workload:
        return add_workload(adding);
    default:
        return add_day(adding, FILE_daily, 1, 2, 3);
    }
}

/* ---- a file ---- */

/* The hours of the file stand instead of what was known of its span. */
static enum zhol_error replace_hours(struct adding *adding)
{
    const struct observed *counts = &adding->counts;
    for (uint32_t i = 0; i < counts->hour_count; i++) {
        uint32_t *hour =
            observed_hour_of(adding->observed, counts->first_hour_s + (int64_t)i * TIME_HOUR_S);
        if (!hour) {
            return ZHOL_ERROR_LIMIT;
        }
        *hour = counts->hours[i];
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error start(struct adding *adding, const char *name)
{
    uint32_t total, begin, end;
    const struct zhol_corridor *corridor = adding->corridor;
    uint32_t queue = zhol_corridor_find(corridor, ZHOL_TABLE_queue, adding->observed->queue_id);
    enum zhol_error error = observed_zone(corridor, adding->observed, &adding->zone);
    if (error) {
        return error;
    }
    zhol_corridor_rows(corridor, ZHOL_TABLE_queue, queue, &begin, &end);
    const struct zhol_queue *row = &zhol_corridor_queue(corridor, &total)[begin];
    adding->node = zhol_corridor_id(corridor, ZHOL_TABLE_node, row->node_id);
    adding->out = row->direction != zhol_direction_IN;
    adding->name = name;
    adding->last_hour = INT64_MIN;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_rows(struct adding *adding)
{
    int kind = 0;
    bool any = csv_next(&adding->reader);
    if (adding->reader.error == ZHOL_ERROR_MEMORY) {
        return ZHOL_ERROR_MEMORY;
    }
    while (any && kind < FILE_COUNT && !find_columns(adding, (enum file_kind)kind)) {
        kind++;
    }
    if (!any || kind == FILE_COUNT) {
        return zhol_report_add(
            adding->report,
            &(struct zhol_finding){.severity = ZHOL_FAULT,
                                   .code = ZHOL_ERROR_UNKNOWN,
                                   .row = 1,
                                   .file = adding->name,
                                   .expected = "the columns of acceptance, queue, workload "
                                               "(checkpoint_time, wait_time, vehicles_in_queue) "
                                               "or daily figures (date, accepted)"});
    }
    struct observed *observed = adding->observed;
    if (kind == FILE_queue) { /* an export is the whole queue: what waited before is history */
        observed->category_count = 0;
    }
    while (csv_next(&adding->reader)) {
        adding->taken += add_row(adding, (enum file_kind)kind);
    }
    if (adding->reader.error == ZHOL_ERROR_MEMORY || observed->no_memory ||
        adding->counts.no_memory) {
        return ZHOL_ERROR_MEMORY;
    }
    if (kind == FILE_queue && adding->taken) {
        observed->as_of_s = adding->latest_s;
        observed->waiting = adding->waiting;
        observed->wait_s = NAN;
        enum zhol_error error = replace_hours(adding);
        if (error) {
            return error;
        }
    }
    return adding->taken ? ZHOL_ERROR_OK : ZHOL_ERROR_INVALID;
}

enum zhol_error observed_add(const struct zhol_corridor *corridor, struct observed *observed,
                             const char *name, struct text_view csv, struct zhol_report *report)
{
    struct adding adding = {.corridor = corridor, .observed = observed, .report = report};
    enum zhol_error error = start(&adding, name);
    error = error ? error : csv_open(&adding.reader, name, csv.bytes, csv.size, report);
    if (!error) {
        error = add_rows(&adding);
        csv_close(&adding.reader);
    }
    observed_close(&adding.counts);
    zone_free(adding.zone);
    return error;
}
