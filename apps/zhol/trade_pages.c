/* trade_pages.c: the ledger of series for people and programs (trade_pages.h). */
#include "trade_pages.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/table_out.h"
#include "base/time.h"
#include "report/chart.h"
#include "report/lines.h"

static bool is_ru(const struct trade_page *page)
{
    return page->given->lang == LANG_RU;
}

static const char *in(const struct trade_page *page, const char *en, const char *ru)
{
    return is_ru(page) ? ru : en;
}

static const char *text_of(const struct trade_page *page, zhol_cell_text text)
{
    return zhol_corridor_text(page->loaded->corridor, text);
}

static const struct zhol_series *point_row(const struct trade_page *page, uint32_t point)
{
    uint32_t count;
    return &zhol_corridor_series(page->loaded->corridor, &count)[page->ledger.points[point].row];
}

const struct zhol_series *trade_page_row(const struct trade_page *page,
                                         const struct trade_series *series)
{
    return point_row(page, series->first);
}

static const char *series_id(const struct trade_page *page, const struct trade_series *series)
{
    return zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_series, series->thing);
}

/* The Russian text for Russian, where there is one. */
static const char *told(const struct trade_page *page, zhol_cell_text en, zhol_cell_text ru)
{
    const char *text = is_ru(page) ? text_of(page, ru) : "";
    return *text ? text : text_of(page, en);
}

static const char *name_of(const struct trade_page *page, const struct zhol_series *row)
{
    return told(page, row->name, row->name_ru);
}

static const char *unit_of(const struct trade_page *page, const struct zhol_series *row,
                           double value, char out[static ANSWER_TEXT])
{
    return answer_unit(page->given, text_of(page, row->unit), value, out);
}

static const char *name_at(const struct trade_page *page, uint32_t point)
{
    return name_of(page, point_row(page, point));
}

static bool is_chosen(const struct trade_page *page, uint32_t point)
{
    return page->chosen[trade_series_of(&page->ledger, point) - page->ledger.series];
}

const char *trade_page_days(int32_t from, int32_t to, char out[static ANSWER_TEXT])
{
    struct time_date a = time_date_of(from), b = time_date_of(to), last = time_date_of(to - 1);
    if (a.month == 1 && a.day == 1 && b.month == 1 && b.day == 1 && b.year == a.year + 1) {
        snprintf(out, ANSWER_TEXT, "%d", a.year);
    } else if (a.day == 1 && b.day == 1 && last.year == a.year && last.month == a.month) {
        snprintf(out, ANSWER_TEXT, "%d-%02u", a.year, a.month);
    } else if (a.day == 1 && b.day == 1) {
        int size = snprintf(out, ANSWER_TEXT, "%d-%02u..", a.year, a.month);
        size += a.year == last.year
                    ? 0
                    : snprintf(out + size, ANSWER_TEXT - (size_t)size, "%d-", last.year);
        snprintf(out + size, ANSWER_TEXT - (size_t)size, "%02u", last.month);
    } else {
        int size = snprintf(out, ANSWER_TEXT, "%d-%02u-%02u..", a.year, a.month, a.day);
        size += a.year == last.year
                    ? 0
                    : snprintf(out + size, ANSWER_TEXT - (size_t)size, "%d-", last.year);
        snprintf(out + size, ANSWER_TEXT - (size_t)size, "%02u-%02u", last.month, last.day);
    }
    return out;
}

/* ---- For people ---- */

/* Decimal commas where Russian is asked for. */
static void localise(const struct trade_page *page, char *text)
{
    for (; is_ru(page) && *text; text++) {
        *text = *text == '.' ? ',' : *text;
    }
}

/* "+12.9 % (12.3 to 13.4)"; "-" where nothing is known. */
static const char *percent(const struct trade_page *page, struct trade_value ratio, bool with_band,
                           char out[static ANSWER_TEXT])
{
    if (isnan(ratio.value)) {
        snprintf(out, ANSWER_TEXT, "-");
        return out;
    }
    int size = snprintf(out, ANSWER_TEXT, "%+.1f %%", 100 * ratio.value);
    if (with_band && ratio.high - ratio.low > 0.001) {
        snprintf(out + size, ANSWER_TEXT - (size_t)size,
                 in(page, " (%+.1f to %+.1f)", " (%+.1f до %+.1f)"), 100 * ratio.low,
                 100 * ratio.high);
    }
    localise(page, out);
    return out;
}

static const char *figure(const struct trade_page *page, uint32_t point,
                          char out[static ANSWER_TEXT])
{
    const struct zhol_series *row = point_row(page, point);
    char number[ANSWER_TEXT];
    if (isnan(row->value)) {
        return in(page, "not published", "не публиковалось");
    }
    const char *sign =
        row->qualifier == zhol_qualifier_EQ ? "" : zhol_qualifier_text(row->qualifier);
    snprintf(out, ANSWER_TEXT, "%s%s", row->qualifier == zhol_qualifier_RANGE ? "~" : sign,
             answer_number(page->given, row->value, number));
    return out;
}

/* The last published point of a series, or its first. */
static uint32_t last_point(const struct trade_page *page, const struct trade_series *series)
{
    for (uint32_t i = series->count; i-- > 0;) {
        if (!isnan(page->ledger.points[series->first + i].value.value)) {
            return series->first + i;
        }
    }
    return series->first;
}

static void heading(struct trade_page *page, const char *en, const char *ru)
{
    buffer_printf(&page->out, "\n%s\n\n", in(page, en, ru));
}

static void print_overview(struct trade_page *page)
{
    struct table_out table;
    char text[ANSWER_TEXT], unit[ANSWER_TEXT];
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(&table, in(page, "Series", "Ряд"), TABLE_WRAP);
    table_out_column(&table, in(page, "Days", "Дни"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Value", "Значение"), TABLE_RIGHT);
    table_out_column(&table, in(page, "A year", "За год"), TABLE_RIGHT);
    for (uint32_t i = 0; i < page->ledger.series_count; i++) {
        const struct trade_series *series = &page->ledger.series[i];
        uint32_t last = last_point(page, series);
        const struct trade_point *point = &page->ledger.points[last];
        if (page->chosen[i]) {
            table_out_text(&table, name_of(page, trade_page_row(page, series)));
            table_out_text(&table, trade_page_days(point->from, point->to, text));
            char value[2 * ANSWER_TEXT];
            snprintf(value, sizeof value, "%s %s", figure(page, last, text),
                     unit_of(page, trade_page_row(page, series), point->value.value, unit));
            table_out_text(&table, value);
            table_out_text(&table, percent(page, point->growth_year, false, text));
        }
    }
    table_out_print(&table, &page->out);
    table_out_clear(&table);
}

static void print_series(struct trade_page *page, const struct trade_series *series)
{
    const struct zhol_series *row = trade_page_row(page, series);
    struct table_out table;
    char text[ANSWER_TEXT];
    buffer_printf(&page->out, "%s\n", name_of(page, row));
    answer_field(&page->out, 2, 13, in(page, "id", "код"), series_id(page, series));
    answer_field(&page->out, 2, 13, in(page, "counted by", "учёт"),
                 told(page, row->reporter, row->reporter_ru));
    answer_field(&page->out, 2, 13, in(page, "what", "что"),
                 told(page, row->definition, row->definition_ru));
    answer_field(&page->out, 2, 13, in(page, "of what", "охват"),
                 told(page, row->scope, row->scope_ru));
    buffer_char(&page->out, '\n');
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(&table, in(page, "Days", "Дни"), TABLE_CUT);
    table_out_column(&table, unit_of(page, row, NAN, text), TABLE_RIGHT);
    table_out_column(&table, in(page, "A year", "За год"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Source", "Источник"), TABLE_WRAP);
    for (uint32_t i = 0; i < series->count; i++) {
        const struct trade_point *point = &page->ledger.points[series->first + i];
        table_out_text(&table, trade_page_days(point->from, point->to, text));
        table_out_text(&table, figure(page, series->first + i, text));
        table_out_text(&table, percent(page, point->growth_year, true, text));
        table_out_text(&table, zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_source,
                                                point_row(page, series->first + i)->source_id));
    }
    table_out_print(&table, &page->out);
    table_out_clear(&table);
    buffer_char(&page->out, '\n');
}

static const char *relation_note(const struct trade_page *page, uint32_t relation)
{
    uint32_t count;
    const struct zhol_series_relation *row =
        &zhol_corridor_series_relation(page->loaded->corridor, &count)[relation];
    return told(page, row->note, row->note_ru);
}

static void print_gaps(struct trade_page *page)
{
    bool any = false;
    char days[ANSWER_TEXT], a[ANSWER_TEXT], b[ANSWER_TEXT], share[ANSWER_TEXT], unit[ANSWER_TEXT],
        line[4 * ANSWER_TEXT];
    for (uint32_t i = 0; i < page->ledger.gap_count; i++) {
        const struct trade_gap *gap = &page->ledger.gaps[i];
        if (!is_chosen(page, gap->a) && !is_chosen(page, gap->b)) {
            continue;
        }
        if (!any) {
            heading(page, "Two counts of the same", "Два учёта одного и того же");
        }
        any = true;
        const struct trade_point *point = &page->ledger.points[gap->a];
        snprintf(line, sizeof line, "%s: %s, %s %s; %s, %s: %s%s",
                 trade_page_days(point->from, point->to, days), name_at(page, gap->a),
                 figure(page, gap->a, a),
                 unit_of(page, point_row(page, gap->a), point->value.value, unit),
                 name_at(page, gap->b), figure(page, gap->b, b),
                 percent(page, gap->share, true, share),
                 gap->explained
                     ? in(page, "; rounding may explain it", "; может объясняться округлением")
                     : in(page, " of their mean", " от среднего"));
        lines_wrap(&page->out, "  ", 2, line);
        answer_field(&page->out, 4, 7, in(page, "why", "отчего"),
                     relation_note(page, gap->relation));
    }
}

static const char *verdict(const struct trade_page *page, enum trade_verdict verdict)
{
    switch (verdict) {
    case TRADE_ADDS_UP:
        return in(page, "adds up", "сходится");
    case TRADE_REST_OPEN:
        return in(page, "the rest stands nowhere", "остаток не публиковался");
    case TRADE_REST_STRANGE:
        return in(page, "parts fall short", "частей не хватает");
    case TRADE_EXCEEDS:
        break;
    }
    return in(page, "parts exceed it", "части больше целого");
}

static void print_sums(struct trade_page *page)
{
    struct table_out table;
    char text[ANSWER_TEXT];
    bool any = false;
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(&table, in(page, "Whole", "Целое"), TABLE_WRAP);
    table_out_column(&table, in(page, "Days", "Дни"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Whole", "Целое"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Parts", "Части"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Rest", "Остаток"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Verdict", "Итог"), TABLE_WRAP);
    for (uint32_t i = 0; i < page->ledger.sum_count; i++) {
        const struct trade_sum *sum = &page->ledger.sums[i];
        const struct trade_point *whole = &page->ledger.points[sum->whole];
        if (!is_chosen(page, sum->whole)) {
            continue;
        }
        any = true;
        table_out_text(&table, name_at(page, sum->whole));
        table_out_text(&table, trade_page_days(whole->from, whole->to, text));
        table_out_text(&table, figure(page, sum->whole, text));
        table_out_text(&table,
                       answer_number(page->given, round(sum->sum.value * 1000) / 1000, text));
        table_out_text(&table,
                       answer_number(page->given, round(sum->rest.value * 1000) / 1000, text));
        table_out_text(&table, verdict(page, sum->verdict));
    }
    if (any) {
        heading(page, "Parts and wholes, within rounding",
                "Части и целое, с точностью до округления");
        table_out_print(&table, &page->out);
    }
    table_out_clear(&table);
}

static void print_shares(struct trade_page *page)
{
    struct table_out table;
    char text[ANSWER_TEXT];
    bool any = false;
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(&table, in(page, "Part", "Часть"), TABLE_WRAP);
    table_out_column(&table, in(page, "Of", "Целое"), TABLE_WRAP);
    table_out_column(&table, in(page, "Days", "Дни"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Share", "Доля"), TABLE_RIGHT);
    for (uint32_t i = 0; i < page->ledger.share_count; i++) {
        const struct trade_share *share = &page->ledger.shares[i];
        const struct trade_point *part = &page->ledger.points[share->part];
        if (!is_chosen(page, share->part) && !is_chosen(page, share->whole)) {
            continue;
        }
        any = true;
        table_out_text(&table, name_at(page, share->part));
        table_out_text(&table, name_at(page, share->whole));
        table_out_text(&table, trade_page_days(part->from, part->to, text));
        snprintf(text, sizeof text, "%.1f %%", 100 * share->share.value);
        localise(page, text);
        table_out_text(&table, text);
    }
    if (any) {
        heading(page, "Shares", "Доли");
        table_out_print(&table, &page->out);
    }
    table_out_clear(&table);
}

static void print_worths(struct trade_page *page)
{
    bool any = false;
    char days[ANSWER_TEXT], number[ANSWER_TEXT], line[4 * ANSWER_TEXT];
    for (uint32_t i = 0; i < page->ledger.worth_count; i++) {
        const struct trade_worth *worth = &page->ledger.worths[i];
        const struct trade_point *money = &page->ledger.points[worth->money];
        if (!is_chosen(page, worth->money) && !is_chosen(page, worth->tonnes)) {
            continue;
        }
        if (!any) {
            heading(page, "Value a tonne", "Стоимость тонны");
        }
        any = true;
        snprintf(line, sizeof line, "%s: %s / %s: %s %s",
                 trade_page_days(money->from, money->to, days), name_at(page, worth->money),
                 name_at(page, worth->tonnes),
                 answer_number(page->given, round(worth->usd_t.value), number),
                 in(page, "USD/t", "долл./т"));
        lines_wrap(&page->out, "  ", 2, line);
        answer_field(&page->out, 4, 7, in(page, "note", "прим."),
                     relation_note(page, worth->relation));
    }
}

void trade_page_table(struct trade_page *page)
{
    answer_head(page->given, page->loaded, &page->out);
    if (page->in_full) {
        for (uint32_t i = 0; i < page->ledger.series_count; i++) {
            if (page->chosen[i]) {
                print_series(page, &page->ledger.series[i]);
            }
        }
    } else {
        print_overview(page);
    }
    print_gaps(page);
    print_sums(page);
    if (page->in_full) {
        print_shares(page);
    }
    print_worths(page);
}

/* ---- As data ---- */

static void json_value(struct json_writer *json, const char *key, struct trade_value value)
{
    json_write_key(json, key);
    json_write_object(json);
    json_member_real(json, "value", value.value);
    json_member_real(json, "low", value.low);
    json_member_real(json, "high", value.high);
    json_write_object_end(json);
}

static void json_at(const struct trade_page *page, struct json_writer *json, const char *key,
                    uint32_t point)
{
    json_member_text(json, key, series_id(page, trade_series_of(&page->ledger, point)));
}

static void json_days(struct json_writer *json, const struct trade_point *point)
{
    char text[ANSWER_TEXT];
    json_member_text(json, "from", answer_day(point->from, "", text));
    json_member_text(json, "to", answer_day(point->to, "", text));
}

static void json_series(const struct trade_page *page, const struct trade_series *series,
                        struct json_writer *json)
{
    const struct zhol_series *row = trade_page_row(page, series);
    json_write_object(json);
    json_member_text(json, "id", series_id(page, series));
    json_member_text(json, "name", text_of(page, row->name));
    json_member_text(json, "reporter", text_of(page, row->reporter));
    json_member_text(json, "definition", text_of(page, row->definition));
    json_member_text(json, "measure", text_of(page, row->measure));
    json_member_text(json, "scope", text_of(page, row->scope));
    json_member_text(json, "unit", text_of(page, row->unit));
    json_write_key(json, "points");
    json_write_array(json);
    for (uint32_t i = 0; i < series->count; i++) {
        const struct trade_point *point = &page->ledger.points[series->first + i];
        const struct zhol_series *from = point_row(page, series->first + i);
        json_write_object(json);
        json_days(json, point);
        json_member_text(json, "qualifier", zhol_qualifier_text(from->qualifier));
        json_value(json, "value", point->value);
        json_value(json, "growth_a_year", point->growth_year);
        json_member_text(
            json, "source",
            zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_source, from->source_id));
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void json_relations(const struct trade_page *page, struct json_writer *json)
{
    const struct trade *ledger = &page->ledger;
    json_write_key(json, "mirrors");
    json_write_array(json);
    for (uint32_t i = 0; i < ledger->gap_count; i++) {
        const struct trade_gap *gap = &ledger->gaps[i];
        json_write_object(json);
        json_at(page, json, "one", gap->a);
        json_at(page, json, "other", gap->b);
        json_days(json, &ledger->points[gap->a]);
        json_value(json, "difference", gap->difference);
        json_value(json, "share_of_mean", gap->share);
        json_member_bool(json, "rounding_explains", gap->explained);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_key(json, "sums");
    json_write_array(json);
    for (uint32_t i = 0; i < ledger->sum_count; i++) {
        const struct trade_sum *sum = &ledger->sums[i];
        json_write_object(json);
        json_at(page, json, "whole", sum->whole);
        json_days(json, &ledger->points[sum->whole]);
        json_member_int(json, "parts", sum->parts);
        json_member_int(json, "parts_published", sum->parts_known);
        json_value(json, "sum", sum->sum);
        json_value(json, "rest", sum->rest);
        static const char *const words[] = {"adds_up", "rest_open", "rest_strange", "exceeds"};
        json_member_text(json, "verdict", words[sum->verdict]);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_key(json, "shares");
    json_write_array(json);
    for (uint32_t i = 0; i < ledger->share_count; i++) {
        json_write_object(json);
        json_at(page, json, "part", ledger->shares[i].part);
        json_at(page, json, "whole", ledger->shares[i].whole);
        json_days(json, &ledger->points[ledger->shares[i].part]);
        json_value(json, "share", ledger->shares[i].share);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_key(json, "values_a_tonne");
    json_write_array(json);
    for (uint32_t i = 0; i < ledger->worth_count; i++) {
        json_write_object(json);
        json_at(page, json, "money", ledger->worths[i].money);
        json_at(page, json, "tonnes", ledger->worths[i].tonnes);
        json_days(json, &ledger->points[ledger->worths[i].money]);
        json_value(json, "usd_t", ledger->worths[i].usd_t);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

void trade_page_json(struct trade_page *page)
{
    struct json_writer json;
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_write_key(&json, "series");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->ledger.series_count; i++) {
        if (page->chosen[i]) {
            json_series(page, &page->ledger.series[i], &json);
        }
    }
    json_write_array_end(&json);
    json_relations(page, &json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

void trade_page_csv(struct trade_page *page)
{
    static const char *const heads[] = {"series_id",  "name",          "reporter", "period_start",
                                        "period_end", "value",         "low",      "high",
                                        "unit",       "growth_a_year", "years",    "source"};
    struct csv_writer csv;
    char text[ANSWER_TEXT];
    csv_writer_init(&csv, &page->out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < page->ledger.point_count; i++) {
        const struct trade_point *point = &page->ledger.points[i];
        const struct zhol_series *row = point_row(page, i);
        if (!is_chosen(page, i)) {
            continue;
        }
        csv_write_text(&csv, series_id(page, trade_series_of(&page->ledger, i)));
        csv_write_text(&csv, text_of(page, row->name));
        csv_write_text(&csv, text_of(page, row->reporter));
        csv_write_text(&csv, answer_day(point->from, "", text));
        csv_write_text(&csv, answer_day(point->to, "", text));
        csv_write_real(&csv, answer_rounded(point->value.value));
        csv_write_real(&csv, answer_rounded(point->value.low));
        csv_write_real(&csv, answer_rounded(point->value.high));
        csv_write_text(&csv, text_of(page, row->unit));
        csv_write_real(&csv, answer_rounded(point->growth_year.value));
        csv_write_int(&csv, point->years);
        csv_write_text(&csv,
                       zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_source, row->source_id));
        csv_write_end(&csv);
    }
}

/* ---- Charts: one panel a series with two points or more; a bar spans its period ---- */

enum { PANEL_W = 360, PANEL_H = 150, PANEL_X = 64, PANEL_Y = 34, PANEL_STEP = 230 };

static void draw_series(struct trade_page *page, const struct trade_series *series, uint32_t slot)
{
    const struct trade_point *points = &page->ledger.points[series->first];
    char title[ANSWER_TEXT];
    double top = 0;
    for (uint32_t i = 0; i < series->count; i++) {
        top = points[i].value.high > top ? points[i].value.high : top;
    }
    struct chart_panel panel = {.x = PANEL_X + (slot % 2) * (PANEL_W + 90),
                                .y = PANEL_Y + slot / 2 * PANEL_STEP,
                                .width = PANEL_W,
                                .height = PANEL_H,
                                .first_day = points[0].from,
                                .last_day = points[series->count - 1].to,
                                .top = chart_top(top),
                                .lang = is_ru(page) ? REPORT_RU : REPORT_EN};
    const struct zhol_series *row = trade_page_row(page, series);
    char unit[ANSWER_TEXT];
    snprintf(title, sizeof title, "%s, %s", name_of(page, row), unit_of(page, row, NAN, unit));
    chart_panel(&page->out, &panel, title);
    for (uint32_t i = 0; i < series->count; i++) {
        double days = panel.last_day - panel.first_day;
        double x = panel.x + (points[i].from - panel.first_day) / days * panel.width;
        double width = (points[i].to - points[i].from) / days * panel.width;
        double height = points[i].value.value / panel.top * panel.height;
        if (height > 0) {
            chart_box(&page->out, x + width * 0.1, panel.y + panel.height - height, width * 0.8,
                      height, 0);
        }
    }
}

void trade_page_svg(struct trade_page *page)
{
    uint32_t panels = 0;
    for (uint32_t i = 0; i < page->ledger.series_count; i++) {
        panels += page->chosen[i] && page->ledger.series[i].count > 1;
    }
    chart_begin(&page->out, 2.0 * (PANEL_W + 90), PANEL_Y + (panels + 1) / 2 * PANEL_STEP,
                in(page, "Published series", "Опубликованные ряды"));
    panels = 0;
    for (uint32_t i = 0; i < page->ledger.series_count; i++) {
        if (page->chosen[i] && page->ledger.series[i].count > 1) {
            draw_series(page, &page->ledger.series[i], panels++);
        }
    }
    chart_end(&page->out);
}
