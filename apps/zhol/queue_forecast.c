/* queue_forecast.c: slots, call forecasts and advice of `zhol queue`. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/table_out.h"
#include "base/time.h"
#include "queue_pages.h"

enum { HORIZON_DAYS = 60, DAYS_MAX = 60, ADVICE_LABEL = 24 };

static void column(const struct page *page, struct table_out *table, struct said head,
                   enum table_kind kind)
{
    table_out_column(table, say(page->given, head), kind);
}

static void print_table(struct page *page, struct table_out *table)
{
    table_out_print(table, &page->out);
    table_out_clear(table);
}

/* ---- slots ---- */

static const char *closure_name(const struct page *page, const struct queue_day *day)
{
    uint32_t total;
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(page->corridor, &total);
    if (!day->closure) {
        return "";
    }
    const struct zhol_calendar_date *date = &dates[day->closure - 1];
    return answer_text(page->given, page->loaded, date->name, date->name_ru);
}

static void slot_rows(const struct page *page, uint32_t row, const struct queue_day *days,
                      uint32_t count, struct table_out *table)
{
    char text[ANSWER_TEXT];
    for (uint32_t i = 0; i < count; i++) {
        bool open = days[i].span_count > 0;
        for (uint32_t s = 0; s < (open ? days[i].span_count : 1); s++) {
            table_out_text(table, answer_day(days[i].day, "", text));
            if (!open) {
                table_out_text(table, page_ru(page) ? "закрыто" : "closed");
                table_out_text(table, closure_name(page, &days[i]));
                table_out_text(table, "");
                table_out_text(table, "");
                continue;
            }
            double vehicles = queue_day_before(&days[i], days[i].close_s[s]) -
                              queue_day_before(&days[i], days[i].open_s[s]);
            double hours = (double)(days[i].close_s[s] - days[i].open_s[s]) / TIME_HOUR_S;
            page_local(page, row, days[i].open_s[s], text);
            table_out_text(table, text);
            page_local(page, row, days[i].close_s[s], text);
            table_out_text(table, text);
            table_out_real(table, vehicles, 0);
            table_out_real(table, vehicles / hours, 1);
        }
    }
}

static int slots_of(struct page *page, uint32_t row, int32_t first, uint32_t count)
{
    int64_t from_s = (int64_t)first * TIME_DAY_S + TIME_DAY_S / 2;
    int64_t until_s = from_s + (int64_t)(count - 1) * TIME_DAY_S + 1;
    struct queue_day *days = NULL;
    uint32_t day_count;
    enum zhol_error error = queue_days(page->corridor, page_queue_id(page, row), from_s, until_s,
                                       ZHOL_BLANK_DATE, &days, &day_count);
    if (error) {
        return fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    if (page->json) {
        int64_t to_s = days[day_count - 1].to_s;
        error = queue_slots_json(page->corridor, page_queue_id(page, row), days[0].from_s, to_s,
                                 NULL, &page->out);
        buffer_char(&page->out, '\n');
    } else {
        struct table_out table;
        answer_head(page->given, page->loaded, &page->out);
        buffer_printf(&page->out, "%s (%s)\n\n", page_queue_name(page, row),
                      page_queue_id(page, row));
        answer_table(page->given, &table);
        column(page, &table, (struct said)SAID("Day", "День"), TABLE_CUT);
        column(page, &table, (struct said)SAID("Both open from", "Обе открыты с"), TABLE_CUT);
        column(page, &table, (struct said)SAID("Until", "До"), TABLE_WRAP);
        column(page, &table, (struct said)SAID("Trucks", "Машин"), TABLE_RIGHT);
        column(page, &table, (struct said)SAID("An hour", "В час"), TABLE_RIGHT);
        slot_rows(page, row, days, day_count, &table);
        print_table(page, &table);
        answer_field(&page->out, 0, 0, "",
                     page_ru(page) ? "День - по часам другой стороны, время - местное время "
                                     "пункта. --format json: все слоты с долями категорий."
                                   : "The day is that of the other side, times are local times of "
                                     "the checkpoint. --format json: all slots with the shares of "
                                     "categories.");
    }
    free(days);
    return error ? fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
}

int page_slots(struct page *page, uint32_t row)
{
    double count = 1;
    if (given_value(page->given, "days")) {
        int code = load_number(page->given, "days", 1, DAYS_MAX, &count);
        if (code != EXIT_FINE) {
            return code;
        }
    }
    return slots_of(page, row, page->loaded->day, (uint32_t)count);
}

/* ---- forecasts ---- */

struct outlook {
    struct eta_window *windows;
    uint32_t window_count;
    struct eta_category categories[QUEUE_CATEGORIES];
    uint32_t accepted[OBSERVED_HOURS];
    double planned[OBSERVED_HOURS];
    uint32_t known;
    struct eta_call_input input;
};

static enum zhol_error outlook_open(const struct page *page, uint32_t row,
                                    const struct figures *figures, int64_t now_s,
                                    struct outlook *outlook)
{
    uint32_t total;
    const struct zhol_queue_category *rows = zhol_corridor_queue_category(page->corridor, &total);
    *outlook = (struct outlook){0};
    enum zhol_error error = queue_windows_of(page->corridor, page_queue_id(page, row), now_s,
                                             now_s + HORIZON_DAYS * TIME_DAY_S, &outlook->windows,
                                             &outlook->window_count);
    error = error ? error
                  : observed_hours(page->corridor, &figures->observed, now_s, outlook->accepted,
                                   outlook->planned, &outlook->known);
    for (uint32_t i = 0; i < figures->category_count; i++) {
        const struct zhol_queue_category *category = &rows[figures->categories[i]];
        outlook->categories[i] = (struct eta_category){category->weight, figures->waiting[i],
                                                       category->out_of_turn == 1};
    }
    outlook->input = (struct eta_call_input){.now_s = now_s,
                                             .windows = outlook->windows,
                                             .window_count = outlook->window_count,
                                             .categories = outlook->categories,
                                             .category_count = figures->category_count,
                                             .accepted = outlook->accepted,
                                             .planned = outlook->planned,
                                             .hour_count = OBSERVED_HOURS};
    return error;
}

static void put_call(const struct page *page, uint32_t row, int64_t at_s, struct table_out *table)
{
    char text[ANSWER_TEXT];
    if (at_s == INT64_MAX) {
        table_out_text(table, page_ru(page) ? "не видно" : "not seen");
        return;
    }
    page_local(page, row, at_s, text);
    table_out_text(table, text);
}

static const char *category_name(const struct page *page, uint32_t category_row)
{
    uint32_t total;
    const struct zhol_queue_category *row =
        &zhol_corridor_queue_category(page->corridor, &total)[category_row];
    return answer_text(page->given, page->loaded, row->name, row->name_ru);
}

static void forecast_note(struct page *page, const struct eta_call *call, uint32_t row,
                          int64_t now_s)
{
    struct buffer line;
    char now[ANSWER_TEXT];
    buffer_init(&line);
    page_local(page, row, now_s, now);
    buffer_printf(&line, page_ru(page) ? "На %s. Из плана принимают " : "As of %s. Of the plan ",
                  now);
    buffer_fixed(&line, call->rate_share * 100, 0);
    buffer_printf(&line,
                  page_ru(page)
                      ? " %% (по %u открытым часам; если их мало, верят плану). P50: половина "
                        "машин вызвана раньше, P90: девять из десяти. Местное время пункта."
                      : " %% is taken (from %u open hours; where these are few, the plan is "
                        "believed). P50: half of the trucks are called earlier; P90: nine of ten. "
                        "Local time of the checkpoint.",
                  call->hours_used);
    buffer_char(&page->out, '\n');
    answer_field(&page->out, 0, 0, "", buffer_get(&line));
    buffer_clear(&line);
}

static void forecast_json(struct page *page, uint32_t row, const struct figures *figures,
                          const struct eta_call *calls, int64_t now_s)
{
    struct json_writer json;
    char text[TIME_TEXT_SIZE];
    uint32_t total;
    const struct zhol_queue_category *rows = zhol_corridor_queue_category(page->corridor, &total);
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_member_text(&json, "queue", page_queue_id(page, row));
    time_format_instant(now_s, text);
    json_member_text(&json, "now", text);
    json_member_fixed(&json, "rate_share", calls[0].rate_share, 4);
    json_member_int(&json, "hours_used", calls[0].hours_used);
    json_write_key(&json, "categories");
    json_write_array(&json);
    for (uint32_t i = 0; i < figures->category_count; i++) {
        json_write_object(&json);
        json_member_text(&json, "id",
                         zhol_corridor_text(page->corridor, rows[figures->categories[i]].category));
        json_member_int(&json, "waiting", figures->waiting[i]);
        for (int late = 0; late < 2; late++) {
            int64_t at_s = late ? calls[i].p90_s : calls[i].p50_s;
            time_format_instant(at_s == INT64_MAX ? 0 : at_s, text);
            json_member_text(&json, late ? "p90" : "p50", at_s == INT64_MAX ? NULL : text);
        }
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

static void forecast_table(struct page *page, uint32_t row, const struct figures *figures,
                           const struct eta_call *calls, int64_t now_s)
{
    struct table_out table;
    answer_head(page->given, page->loaded, &page->out);
    buffer_printf(&page->out, "%s (%s)\n\n", page_queue_name(page, row), page_queue_id(page, row));
    answer_table(page->given, &table);
    column(page, &table, (struct said)SAID("A truck that joins now", "Кто встанет сейчас"),
           TABLE_WRAP);
    column(page, &table, (struct said)SAID("Waiting", "Ждут"), TABLE_RIGHT);
    column(page, &table, (struct said)SAID("Called, P50", "Вызов, P50"), TABLE_RIGHT);
    column(page, &table, (struct said)SAID("P90", "P90"), TABLE_RIGHT);
    column(page, &table, (struct said)SAID("P50, h", "P50, ч"), TABLE_RIGHT);
    for (uint32_t i = 0; i < figures->category_count; i++) {
        bool seen = calls[i].p50_s != INT64_MAX;
        table_out_text(&table, category_name(page, figures->categories[i]));
        table_out_int(&table, figures->waiting[i]);
        put_call(page, row, calls[i].p50_s, &table);
        put_call(page, row, calls[i].p90_s, &table);
        table_out_real(&table, seen ? (double)(calls[i].p50_s - now_s) / TIME_HOUR_S : NAN, 1);
    }
    print_table(page, &table);
    forecast_note(page, &calls[0], row, now_s);
}

static int forecast_with(struct page *page, uint32_t row, const struct figures *figures)
{
    struct outlook outlook;
    struct eta_call calls[QUEUE_CATEGORIES];
    int64_t now_s = (int64_t)page->loaded->day * TIME_DAY_S;
    now_s = figures->observed.as_of_s ? figures->observed.as_of_s : now_s;
    if (!page_instant(page, "now", &now_s)) {
        return EXIT_MISUSED;
    }
    enum zhol_error error = outlook_open(page, row, figures, now_s, &outlook);
    for (uint32_t i = 0; i < figures->category_count && !error; i++) {
        outlook.input.own = i;
        error = eta_call(&outlook.input, &calls[i]);
    }
    free(outlook.windows);
    if (error || figures->category_count == 0) {
        return fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    if (page->json) {
        forecast_json(page, row, figures, calls, now_s);
    } else {
        forecast_table(page, row, figures, calls, now_s);
    }
    return EXIT_FINE;
}

int page_forecast(struct page *page, uint32_t row)
{
    struct figures figures;
    int code = figures_read(page, row, false, &figures);
    if (code == EXIT_FINE) {
        code = forecast_with(page, row, &figures);
    }
    figures_clear(&figures);
    return code;
}

/* ---- advice ---- */

/* Fills in the call of one point, for an ordinary truck. */
static int forecast_point(const struct page *page, struct advice_point *point, int64_t depart_s)
{
    struct figures figures;
    struct outlook outlook = {0};
    int code = figures_read(page, point->queue_row, true, &figures);
    if (code == EXIT_FINE && figures.any && figures.category_count) {
        enum zhol_error error = outlook_open(page, point->queue_row, &figures, depart_s, &outlook);
        outlook.input.own = figures.category_count - 1;
        outlook.input.earliest_s = point->arrives_s;
        error = error ? error : eta_call(&outlook.input, &point->call);
        point->known = !error;
        for (uint32_t i = 0; i < outlook.window_count; i++) {
            const struct eta_window *window = &outlook.windows[i];
            if (point->arrives_s >= window->start_s && point->arrives_s < window->end_s) {
                point->closed = !(window->vehicles > 0);
            }
        }
        for (uint32_t i = 0; i < figures.category_count; i++) {
            point->waiting += figures.waiting[i];
        }
        free(outlook.windows);
        code = error ? fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error)) : code;
    }
    figures_clear(&figures);
    return code;
}

static void advice_json(struct page *page, const struct advice *advice)
{
    struct json_writer json;
    struct buffer why;
    char text[TIME_TEXT_SIZE];
    buffer_init(&why);
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_write_key(&json, "points");
    json_write_array(&json);
    for (uint32_t i = 0; i < advice->count; i++) {
        const struct advice_point *point = &advice->points[i];
        json_write_object(&json);
        json_member_text(&json, "queue", point->queue_id);
        json_member_fixed(&json, "drive_km", point->drive_km, 0);
        json_member_fixed(&json, "drive_h", point->drive_h, 2);
        time_format_instant(point->arrives_s, text);
        json_member_text(&json, "arrives", text);
        for (int late = 0; late < 2; late++) {
            int64_t at_s = late ? point->call.p90_s : point->call.p50_s;
            bool known = point->known && at_s != INT64_MAX;
            time_format_instant(known ? at_s : 0, text);
            json_member_text(&json, late ? "p90" : "p50", known ? text : NULL);
        }
        buffer_reset(&why);
        advice_why(page->corridor, advice, i, load_lang(page->given), &why);
        json_member_text(&json, "why", buffer_get(&why));
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
    buffer_clear(&why);
}

static void advice_table(struct page *page, const struct advice *advice)
{
    struct table_out table;
    struct buffer why;
    buffer_init(&why);
    answer_head(page->given, page->loaded, &page->out);
    answer_table(page->given, &table);
    column(page, &table, (struct said)SAID("Checkpoint", "Пункт"), TABLE_CUT);
    column(page, &table, (struct said)SAID("km", "км"), TABLE_RIGHT);
    column(page, &table, (struct said)SAID("Drive h", "В пути ч"), TABLE_RIGHT);
    column(page, &table, (struct said)SAID("Called, P50", "Вызов, P50"), TABLE_RIGHT);
    column(page, &table, (struct said)SAID("P90", "P90"), TABLE_RIGHT);
    for (uint32_t i = 0; i < advice->count; i++) {
        const struct advice_point *point = &advice->points[i];
        table_out_text(&table, zhol_node_name(page->corridor, point->node, load_lang(page->given)));
        table_out_real(&table, point->drive_km, 0);
        table_out_real(&table, point->drive_h, 1);
        if (point->known) {
            put_call(page, point->queue_row, point->call.p50_s, &table);
            put_call(page, point->queue_row, point->call.p90_s, &table);
        } else {
            table_out_text(&table, "-");
            table_out_text(&table, "-");
        }
    }
    print_table(page, &table);
    buffer_char(&page->out, '\n');
    for (uint32_t i = 0; i < advice->count; i++) {
        buffer_reset(&why);
        advice_why(page->corridor, advice, i, load_lang(page->given), &why);
        answer_field(&page->out, 0, ADVICE_LABEL,
                     zhol_node_name(page->corridor, advice->points[i].node, load_lang(page->given)),
                     buffer_get(&why));
    }
    buffer_clear(&why);
    buffer_char(&page->out, '\n');
    answer_field(
        &page->out, 0, 0, "",
        page_ru(page)
            ? "Дорога: быстрейший путь, 9 ч за рулём, затем 11 ч отдыха (допущение). "
              "Очередь известна только там, где даны --observed или --waiting."
            : "The drive: the quickest way, 9 h at the wheel, then 11 h of rest (assumed). "
              "A queue is known only where --observed or --waiting is given.");
}

/* "43.25,76.95": latitude, longitude. */
static bool coordinates(const char *text, struct advice_ask *ask)
{
    struct text_view rest = text_view_of(text), lat = text_cut(&rest, ',');
    return !number_parse_real(text_trim(lat), &ask->lat) &&
           !number_parse_real(text_trim(rest), &ask->lon);
}

int page_points(struct page *page, const struct advice_ask *ask, struct advice *advice)
{
    int code = EXIT_FINE;
    enum zhol_error error = advice_open(page->corridor, ask, advice);
    if (error) {
        return error == ZHOL_ERROR_MEMORY
                   ? fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error))
                   : EXIT_NO_ANSWER;
    }
    for (uint32_t i = 0; i < advice->count && code == EXIT_FINE; i++) {
        code = forecast_point(page, &advice->points[i], ask->depart_s);
    }
    if (code != EXIT_FINE) {
        advice_close(advice);
        return code;
    }
    advice_rank(advice);
    return EXIT_FINE;
}

int page_advice(struct page *page)
{
    const char *from = given_value(page->given, "from");
    struct advice advice;
    struct advice_ask ask = {.from = ZHOL_NONE,
                             .depart_s = (int64_t)page->loaded->day * TIME_DAY_S,
                             .direction = zhol_direction_OUT,
                             .day = page->loaded->day};
    int code = EXIT_FINE;
    if (!from) {
        return fail(page->given, EXIT_MISUSED,
                    page_ru(page) ? "нужно --from МЕСТО или --from ШИРОТА,ДОЛГОТА"
                                  : "--from PLACE or --from LAT,LON is needed");
    }
    if (!coordinates(from, &ask)) {
        code = load_place(page->given, page->loaded, from, &ask.from);
    }
    if (code != EXIT_FINE || !page_instant(page, "now", &ask.depart_s)) {
        return code != EXIT_FINE ? code : EXIT_MISUSED;
    }
    code = page_points(page, &ask, &advice);
    if (code == EXIT_NO_ANSWER) {
        return fail(page->given, EXIT_NO_ANSWER,
                    page_ru(page) ? "%s: дорогой ни до одной очереди не доехать"
                                  : "%s: no queue can be reached by road",
                    from);
    }
    if (code != EXIT_FINE) {
        return code;
    }
    if (page->json) {
        advice_json(page, &advice);
    } else {
        advice_table(page, &advice);
    }
    advice_close(&advice);
    return code;
}
