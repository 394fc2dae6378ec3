/* shift_data.c: a shift for programs: JSON, CSV, a workbook. See shift_view.h. */
#include <math.h>
#include <stdio.h>

#include "base/csv.h"
#include "base/json.h"
#include "report/shift_view.h"
#include "report/workbook.h"

/* ---- JSON ---- */

/* NaN and infinity are null. */
static void member(struct json_writer *json, const char *key, double value, unsigned decimals)
{
    if (isfinite(value)) {
        json_member_fixed(json, key, value, decimals);
    } else {
        json_member_null(json, key);
    }
}

static void json_hours(const struct shift_view *view, struct json_writer *json)
{
    json_write_key(json, "hours");
    json_write_array(json);
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        json_write_object(json);
        json_member_int(json, "hour", h);
        member(json, "arrivals", view->day.arrivals[h], 2);
        for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
            member(json, shift_resource_id((enum shift_resource)r), view->day.capacity[r][h], 2);
        }
        member(json, "passed", view->flow.passed[h], 2);
        member(json, "waiting", view->flow.waiting[h], 2);
        json_member_text(json, "binds", shift_binds_id(view, h));
        json_member_int(json, "slots_tomorrow", view->slots.hour[h]);
        json_write_key(json, "at_most");
        json_write_object(json);
        for (uint32_t c = 0; c < view->category_count; c++) {
            if (view->shared[c]) {
                json_member_int(json, view->category_ids[c], view->slots.category[c][h]);
            }
        }
        json_write_object_end(json);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void json_binding(const struct shift_view *view, struct json_writer *json)
{
    json_write_key(json, "binding");
    json_write_object(json);
    json_member_text(json, "resource", shift_resource_id(view->flow.binding));
    member(json, "spare_of_the_next", view->flow.spare, 2);
    for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
        member(json, shift_resource_id((enum shift_resource)r), view->flow.capacity_day[r], 2);
    }
    json_write_object_end(json);
}

static void json_xray(const struct shift_xray_view *xray, struct json_writer *json)
{
    json_write_key(json, "xray_down");
    if (!xray->down) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_member_int(json, "from_hour", xray->from);
    json_member_int(json, "to_hour", xray->to);
    member(json, "planned", xray->planned, 2);
    member(json, "share", xray->share, 4);
    member(json, "by_hand_an_hour", xray->by_hand, 2);
    member(json, "fewer", ceil(xray->lost - 1e-6), 0);
    member(json, "fewer_low", ceil(xray->lost_low - 1e-6), 0);
    member(json, "fewer_high", ceil(xray->lost_high - 1e-6), 0);
    json_write_object_end(json);
}

static void member_days(struct json_writer *json, const char *key, int64_t days)
{
    if (days == SHIFT_NEVER) {
        json_member_null(json, key);
    } else {
        json_member_int(json, key, days);
    }
}

static void json_cut(const struct shift_cut_view *cut, struct json_writer *json)
{
    json_write_key(json, "cut");
    if (!cut->known) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_member_int(json, "planned", cut->planned);
    json_member_int(json, "accepted", cut->accepted);
    json_member_int(json, "accepted_low", cut->low);
    json_member_int(json, "accepted_high", cut->high);
    json_member_int(json, "waiting", cut->waiting);
    json_member_int(json, "may_wait", cut->buffer);
    json_member_int(json, "over", cut->over);
    json_member_int(json, "limit", cut->rows[cut->chosen].limit);
    json_write_key(json, "limits");
    json_write_array(json);
    for (uint32_t i = 0; i < cut->row_count; i++) {
        json_write_object(json);
        json_member_int(json, "limit", cut->rows[i].limit);
        member_days(json, "days", cut->rows[i].days);
        member_days(json, "days_if_more_is_taken", cut->rows[i].days_high);
        member_days(json, "days_if_less_is_taken", cut->rows[i].days_low);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void json_lists(const struct shift_view *view, struct json_writer *json)
{
    json_write_key(json, "without_data");
    if (view->declared) {
        json_write_array(json);
        for (uint32_t i = 0; i < view->missing_count; i++) {
            json_write_object(json);
            json_member_text(json, "vehicle", view->missing[i].vehicle);
            json_member_text(json, "slot", view->missing[i].slot);
            json_member_text(json, "data", view->missing[i].late ? "late" : "none");
            json_write_object_end(json);
        }
        json_write_array_end(json);
    } else {
        json_write_null(json);
    }
    json_write_key(json, "divert");
    json_write_array(json);
    for (uint32_t i = 0; i < view->point_count; i++) {
        const struct shift_point *point = &view->points[i];
        json_write_object(json);
        json_member_text(json, "checkpoint", point->name);
        member(json, "drive_km", point->km, 0);
        member(json, "drive_h", point->drive_h, 2);
        member(json, "takes_a_day", point->limit_day, 2);
        json_member_text(json, "p50_local", point->known ? point->p50 : NULL);
        json_member_text(json, "p90_local", point->known ? point->p90 : NULL);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

void shift_json(const struct shift_view *view, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_member_text(&json, "corridor", view->corridor_id);
    json_member_text(&json, "queue", view->queue_id);
    json_member_text(&json, "day", view->date);
    json_member_text(&json, "arrivals_from", shift_origin_id(view->origin));
    json_member_text(&json, "journal_as_of", *view->as_of ? view->as_of : NULL);
    member(&json, "arrivals", view->flow.arrivals_day, 2);
    member(&json, "waiting", view->day.waiting, 0);
    member(&json, "oldest_h", view->oldest_h, 2);
    member(&json, "passed", view->flow.passed_day, 2);
    json_binding(view, &json);
    json_xray(&view->xray, &json);
    json_cut(&view->cut, &json);
    json_member_text(&json, "slots_day", view->next_date);
    json_member_int(&json, "slots", view->limit);
    json_member_int(&json, "slots_planned", view->limit_plan);
    json_hours(view, &json);
    json_lists(view, &json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* ---- CSV and XLSX ---- */

static void csv_number(struct csv_writer *csv, double value)
{
    if (isfinite(value)) {
        csv_write_fixed(csv, value, 2);
    } else {
        csv_write_text(csv, "");
    }
}

static void csv_head(const struct shift_view *view, struct csv_writer *csv)
{
    csv_write_text(csv, "hour");
    csv_write_text(csv, "arrivals");
    for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
        csv_write_text(csv, shift_resource_id((enum shift_resource)r));
    }
    csv_write_text(csv, "passed");
    csv_write_text(csv, "waiting");
    csv_write_text(csv, "binds");
    csv_write_text(csv, "slots_tomorrow");
    for (uint32_t c = 0; c < view->category_count; c++) {
        if (view->shared[c]) {
            csv_write_text(csv, view->category_ids[c]);
        }
    }
    csv_write_end(csv);
}

void shift_csv(const struct shift_view *view, struct buffer *out)
{
    struct csv_writer csv;
    char hour[8];
    csv_writer_init(&csv, out);
    csv_head(view, &csv);
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        snprintf(hour, sizeof hour, "%02u:00", h);
        csv_write_text(&csv, hour);
        csv_number(&csv, view->day.arrivals[h]);
        for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
            csv_number(&csv, view->day.capacity[r][h]);
        }
        csv_number(&csv, view->flow.passed[h]);
        csv_number(&csv, view->flow.waiting[h]);
        csv_write_text(&csv, shift_binds_id(view, h));
        csv_write_int(&csv, view->slots.hour[h]);
        for (uint32_t c = 0; c < view->category_count; c++) {
            if (view->shared[c]) {
                csv_write_int(&csv, view->slots.category[c][h]);
            }
        }
        csv_write_end(&csv);
    }
}

/* The sentences, one a row. */
static void about_csv(const struct shift_view *view, struct buffer *out)
{
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    csv_write_text(&csv, view->queue_name);
    csv_write_text(&csv, view->date);
    csv_write_end(&csv);
    for (unsigned part = 0; part < SHIFT_PARTS; part++) {
        buffer_reset(&text);
        shift_say(view, (enum shift_part)part, &text);
        if (text.size) {
            csv_write_text(&csv, shift_title(view, (enum shift_part)part));
            csv_write_text(&csv, buffer_get(&text));
            csv_write_end(&csv);
        }
    }
    buffer_clear(&text);
}

static void cuts_csv(const struct shift_view *view, struct buffer *out)
{
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    csv_write_text(&csv, "limit");
    csv_write_text(&csv, "days");
    csv_write_text(&csv, "days_if_more_is_taken");
    csv_write_text(&csv, "days_if_less_is_taken");
    csv_write_end(&csv);
    for (uint32_t i = 0; i < view->cut.row_count; i++) {
        const struct shift_cut_row *row = &view->cut.rows[i];
        const int64_t days[] = {row->days, row->days_high, row->days_low};
        csv_write_int(&csv, row->limit);
        for (size_t d = 0; d < 3; d++) {
            buffer_reset(&text);
            shift_put_days(view, days[d], &text);
            csv_write_text(&csv, buffer_get(&text));
        }
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

static void missing_csv(const struct shift_view *view, struct buffer *out)
{
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    csv_write_text(&csv, "vehicle");
    csv_write_text(&csv, "slot");
    csv_write_text(&csv, "data");
    csv_write_end(&csv);
    for (uint32_t i = 0; i < view->missing_count; i++) {
        csv_write_text(&csv, view->missing[i].vehicle);
        csv_write_text(&csv, view->missing[i].slot);
        csv_write_text(&csv, view->missing[i].late ? "late" : "none");
        csv_write_end(&csv);
    }
}

enum zhol_error shift_xlsx(const struct shift_view *view, struct buffer *out)
{
    enum { SHEETS = 4 };
    static void (*const fills[SHEETS])(const struct shift_view *, struct buffer *) = {
        about_csv, shift_csv, cuts_csv, missing_csv};
    static const char *const names[SHEETS][2] = {{"About", "О смене"},
                                                 {"Hours", "Часы"},
                                                 {"Limits", "Лимиты"},
                                                 {"Without data", "Без данных"}};
    struct buffer texts[SHEETS];
    struct workbook_sheet sheets[SHEETS];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (size_t i = 0; i < SHEETS; i++) {
        buffer_init(&texts[i]);
        fills[i](view, &texts[i]);
        error = error ? error : texts[i].error;
        sheets[i] = (struct workbook_sheet){names[i][view->lang == REPORT_RU],
                                            {texts[i].bytes, (uint32_t)texts[i].size}};
    }
    error = error ? error : workbook_write(sheets, SHEETS, out);
    for (size_t i = 0; i < SHEETS; i++) {
        buffer_clear(&texts[i]);
    }
    return error;
}
