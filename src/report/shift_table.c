/* shift_table.c: a shift as a text of 80 columns. See shift_view.h. */
#include <math.h>
#include <stdio.h>

#include "base/table_out.h"
#include "report/lines.h"
#include "report/shift_view.h"

static void part(const struct shift_view *view, enum shift_part which, struct buffer *out)
{
    struct buffer text;
    buffer_init(&text);
    shift_say(view, which, &text);
    if (text.size) {
        buffer_printf(out, "\n%s\n\n", shift_title(view, which));
        lines_wrap(out, "", 0, buffer_get(&text));
    }
    buffer_clear(&text);
}

static void column(const struct shift_view *view, struct table_out *table, const char *en,
                   const char *ru, enum table_kind kind)
{
    table_out_column(table, shift_in(view, en, ru), kind);
}

/* An empty table with the thousands and decimals of the view's language. */
static void begin(const struct shift_view *view, struct table_out *table)
{
    table_out_init(table, 80);
    if (view->lang == REPORT_RU) {
        table_out_marks(table, "\u202f", ',');
    }
}

static void finish(struct table_out *table, struct buffer *out)
{
    buffer_char(out, '\n');
    table_out_print(table, out);
    table_out_clear(table);
}

static void hours(const struct shift_view *view, struct buffer *out)
{
    struct table_out table;
    char hour[8];
    begin(view, &table);
    column(view, &table, "Hour", "Час", TABLE_CUT);
    column(view, &table, "Come", "Придут", TABLE_RIGHT);
    for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
        if (!isinf(view->flow.capacity_day[r])) {
            table_out_column(&table, shift_resource_name(view, (enum shift_resource)r),
                             TABLE_RIGHT);
        }
    }
    column(view, &table, "Pass", "Взято", TABLE_RIGHT);
    column(view, &table, "Wait", "Ждут", TABLE_RIGHT);
    column(view, &table, "Binds", "Предел", TABLE_CUT);
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        snprintf(hour, sizeof hour, "%02u:00", h);
        table_out_text(&table, hour);
        table_out_real(&table, view->day.arrivals[h], 1);
        for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
            if (!isinf(view->flow.capacity_day[r])) {
                table_out_real(&table, view->day.capacity[r][h], 1);
            }
        }
        table_out_real(&table, view->flow.passed[h], 1);
        table_out_real(&table, view->flow.waiting[h], 0);
        table_out_text(&table, shift_binds_name(view, h));
    }
    finish(&table, out);
}

static void cuts(const struct shift_view *view, struct buffer *out)
{
    struct table_out table;
    struct buffer text;
    buffer_init(&text);
    begin(view, &table);
    column(view, &table, "Clear within, days", "Разобрать за, сут", TABLE_RIGHT);
    column(view, &table, "Limit", "Лимит", TABLE_RIGHT);
    column(view, &table, "Days", "Суток", TABLE_RIGHT);
    column(view, &table, "If more is taken", "Если берут больше", TABLE_RIGHT);
    column(view, &table, "If less", "Если меньше", TABLE_RIGHT);
    for (uint32_t i = 0; i < view->cut.row_count; i++) {
        const struct shift_cut_row *row = &view->cut.rows[i];
        const int64_t days[] = {row->days, row->days_high, row->days_low};
        if (row->target) {
            table_out_int(&table, row->target);
        } else {
            table_out_text(&table, shift_in(view, "asked for", "задан"));
        }
        table_out_int(&table, row->limit);
        for (size_t d = 0; d < 3; d++) {
            buffer_reset(&text);
            shift_put_days(view, days[d], &text);
            table_out_text(&table, buffer_get(&text));
        }
    }
    finish(&table, out);
    buffer_clear(&text);
}

static uint32_t category_sum(const struct shift_view *view, uint32_t c)
{
    uint32_t sum = 0;
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        sum += view->slots.category[c][h];
    }
    return sum;
}

static void slot_hours(const struct shift_view *view, struct buffer *out)
{
    buffer_string(out, "\n");
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        if (h % 12 == 0) {
            buffer_printf(out, "%02u:00 - %02u:00 ", h, h + 12);
        }
        buffer_printf(out, "%4u%s", view->slots.hour[h], h % 12 == 11 ? "\n" : "");
    }
}

static void categories(const struct shift_view *view, struct buffer *out)
{
    struct table_out table;
    begin(view, &table);
    column(view, &table, "Category", "Категория", TABLE_WRAP);
    column(view, &table, "At most in the day", "Не больше за сутки", TABLE_RIGHT);
    for (uint32_t c = 0; c < view->category_count; c++) {
        table_out_text(&table, view->categories[c]);
        table_out_int(&table, view->shared[c] ? category_sum(view, c) : view->limit);
    }
    finish(&table, out);
}

static void missing(const struct shift_view *view, struct buffer *out)
{
    struct table_out table;
    begin(view, &table);
    column(view, &table, "Vehicle", "Машина", TABLE_CUT);
    column(view, &table, "Slot", "Слот", TABLE_CUT);
    column(view, &table, "Data", "Данные", TABLE_CUT);
    for (uint32_t i = 0; i < view->missing_count; i++) {
        table_out_text(&table, view->missing[i].vehicle);
        table_out_text(&table, view->missing[i].slot);
        table_out_text(&table, view->missing[i].late ? shift_in(view, "too late", "поздно")
                                                     : shift_in(view, "none", "нет"));
    }
    finish(&table, out);
}

static void points(const struct shift_view *view, struct buffer *out)
{
    struct table_out table;
    begin(view, &table);
    column(view, &table, "Checkpoint", "Пункт", TABLE_WRAP);
    column(view, &table, "km", "км", TABLE_RIGHT);
    column(view, &table, "Drive h", "В пути ч", TABLE_RIGHT);
    column(view, &table, "Takes a day", "Берёт в сутки", TABLE_RIGHT);
    column(view, &table, "Called, P50", "Вызов, P50", TABLE_RIGHT);
    column(view, &table, "P90", "P90", TABLE_RIGHT);
    for (uint32_t i = 0; i < view->point_count; i++) {
        const struct shift_point *point = &view->points[i];
        table_out_text(&table, point->name);
        table_out_real(&table, point->km, 0);
        table_out_real(&table, point->drive_h, 1);
        table_out_real(&table, point->limit_day, 0);
        table_out_text(&table, point->known ? point->p50 : "-");
        table_out_text(&table, point->known ? point->p90 : "-");
    }
    finish(&table, out);
}

void shift_table(const struct shift_view *view, struct buffer *out)
{
    part(view, SHIFT_SAY_ARRIVALS, out);
    hours(view, out);
    part(view, SHIFT_SAY_BINDING, out);
    part(view, SHIFT_SAY_XRAY, out);
    part(view, SHIFT_SAY_CUT, out);
    if (view->cut.known) {
        cuts(view, out);
    }
    part(view, SHIFT_SAY_SLOTS, out);
    slot_hours(view, out);
    categories(view, out);
    part(view, SHIFT_SAY_MISSING, out);
    if (view->missing_count) {
        missing(view, out);
    }
    part(view, SHIFT_SAY_DIVERT, out);
    if (view->point_count) {
        points(view, out);
    }
}
