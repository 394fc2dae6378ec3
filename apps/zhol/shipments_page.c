/* shipments_page.c: the answer of `zhol shipments` (shipments_page.h). */
#include "shipments_page.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/table_out.h"
#include "report/lines.h"

enum { DAY_MIN = 24 * 60 };

static bool is_ru(const struct shipments_page *page)
{
    return page->given->lang == LANG_RU;
}

static const char *in(const struct shipments_page *page, const char *en, const char *ru)
{
    return is_ru(page) ? ru : en;
}

static const struct zhol_rule *rule_of(const struct shipments_page *page, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_rule(page->loaded->corridor, &count)[row];
}

static const char *rule_name(const struct shipments_page *page, uint32_t row)
{
    const struct zhol_rule *rule = rule_of(page, row);
    return answer_text(page->given, page->loaded, rule->name, rule->name_ru);
}

/* "06 Feb", or "-" where it is not known. */
static const char *day_at(struct shipments_page *page, uint32_t node, int64_t utc_min,
                          char out[static ANSWER_TEXT])
{
    struct report_time time;
    struct buffer text;
    snprintf(out, ANSWER_TEXT, "-");
    if (utc_min != INT64_MAX && clock_at(&page->clock, node, utc_min, &time) == ZHOL_ERROR_OK) {
        buffer_init(&text);
        format_day_short(&text, time, is_ru(page) ? REPORT_RU : REPORT_EN);
        snprintf(out, ANSWER_TEXT, "%s", buffer_get(&text));
        buffer_clear(&text);
    }
    return out;
}

static const char *iso_at(struct shipments_page *page, uint32_t node, int64_t utc_min,
                          char out[static ANSWER_TEXT])
{
    struct report_time time;
    struct buffer text;
    *out = '\0';
    if (utc_min != INT64_MAX && clock_at(&page->clock, node, utc_min, &time) == ZHOL_ERROR_OK) {
        buffer_init(&text);
        format_iso(&text, time);
        snprintf(out, ANSWER_TEXT, "%s", buffer_get(&text));
        buffer_clear(&text);
    }
    return out;
}

static const char *way(const struct shipments_page *page, const struct shipment_answer *answer,
                       char out[static ANSWER_TEXT])
{
    char name[ANSWER_TEXT];
    size_t size = 0;
    *out = '\0';
    for (uint32_t i = 0; i < answer->gateway_count && size + 1 < ANSWER_TEXT; i++) {
        int wrote = snprintf(
            out + size, ANSWER_TEXT - size, "%s%s", i ? ", " : "",
            answer_name(page->given, page->loaded, ZHOL_TABLE_node, answer->gateways[i], name));
        size += wrote > 0 ? (size_t)wrote : 0;
    }
    return out;
}

static double usd(int64_t cents)
{
    return round((double)cents / 100);
}

static double quote(const struct shipments_page *page, const struct shipment_answer *answer)
{
    return round((double)answer->cents / 100 * (1 + page->margin / 100));
}

/* ---- For people ---- */

/* The chance to keep the deadline; NaN without one, or where nothing is left to promise. */
static double in_time(const struct shipments_line *line, const struct shipment_answer *answer)
{
    return answer->found && line->asked.deadline_min != INT64_MAX ? answer->in_time : NAN;
}

/* The same under the other scenario. What it does not hit keeps its promise: that of the first
 * table, seen from where it is on its way. */
static double in_time_then(const struct shipments_line *line)
{
    bool hit = shipment_change(&line->before, &line->after) != SHIPMENT_SAME;
    return in_time(line, hit ? &line->after : &line->now);
}

static const char *no_answer_text(const struct shipments_page *page,
                                  const struct shipments_line *line)
{
    if (!line->arrived) {
        return in(page, "no way", "пути нет");
    }
    return line->asked.at_min > line->asked.deadline_min
               ? in(page, "arrived late", "прибыла, поздно")
               : in(page, "arrived", "прибыла");
}

static const char *state_code(const struct shipments_line *line)
{
    return line->arrived ? "arrived" : line->now.found ? "on_way" : "no_way";
}

/* With a quotation the borders make room for the price. */
static void put_line(struct shipments_page *page, struct shipments_line *line,
                     struct table_out *table)
{
    const struct shipment *asked = &line->asked;
    const struct shipment_answer *now = &line->now;
    char text[ANSWER_TEXT], to[ANSWER_TEXT], both[2 * ANSWER_TEXT + 8];
    table_out_text(table, line->name);
    snprintf(both, sizeof both, "%s > %s",
             answer_name(page->given, page->loaded, ZHOL_TABLE_node, asked->from, text),
             answer_name(page->given, page->loaded, ZHOL_TABLE_node, asked->to, to));
    table_out_text(table, both);
    table_out_text(table, asked->at == ZHOL_NONE ? "-"
                                                 : answer_name(page->given, page->loaded,
                                                               ZHOL_TABLE_node, asked->at, text));
    table_out_text(table, now->found ? day_at(page, asked->to, now->p50_min, text) : "-");
    table_out_text(table, now->found ? day_at(page, asked->to, now->p90_min, text) : "-");
    if (asked->deadline_min == INT64_MAX || !now->found) {
        table_out_text(table, "-");
    } else {
        snprintf(text, sizeof text, "%.0f %%", 100 * (1 - now->in_time));
        table_out_text(table, text);
    }
    snprintf(both, sizeof both, "%s%s",
             now->found ? answer_number(page->given, usd(now->cents), text) : "-",
             now->cost_unknown ? "+" : "");
    table_out_text(table, both);
    if (!isnan(page->margin)) {
        table_out_text(table, now->found ? answer_number(page->given, quote(page, now), text)
                                         : no_answer_text(page, line));
    } else {
        table_out_text(table, now->found ? way(page, now, text) : no_answer_text(page, line));
    }
}

/* Which shipments have no quantity in the list. */
static void put_assumed(const struct shipments_page *page, struct buffer *out)
{
    struct buffer names;
    uint32_t count = 0;
    buffer_init(&names);
    for (uint32_t i = 0; i < page->count; i++) {
        if (page->lines[i].quantity_assumed && !page->lines[i].arrived) {
            buffer_printf(&names, "%s%s", count++ ? ", " : "", page->lines[i].name);
        }
    }
    if (count) {
        buffer_string(&names, in(page, ": no quantity in the list, 2 TEU (a box of 40 ft) assumed.",
                                 ": количество не указано, принято 2 ДФЭ (контейнер 40 футов)."));
        lines_wrap(out, "", 0, buffer_get(&names));
    }
    buffer_clear(&names);
}

static void put_lines(struct shipments_page *page, struct buffer *out)
{
    struct table_out table;
    bool gaps = false;
    answer_table(page->given, &table);
    table_out_column(&table, in(page, "Shipment", "Отправка"), TABLE_WRAP);
    table_out_column(&table, in(page, "From > to", "Откуда > куда"), TABLE_WRAP);
    table_out_column(&table, in(page, "Seen at", "Где"), TABLE_WRAP);
    table_out_column(&table, "P50", TABLE_RIGHT);
    table_out_column(&table, "P90", TABLE_RIGHT);
    table_out_column(&table, in(page, "Late", "Опоздает"), TABLE_RIGHT);
    table_out_column(&table, in(page, "USD", "Долл."), TABLE_RIGHT);
    if (isnan(page->margin)) {
        table_out_column(&table, in(page, "Borders and ports", "Границы и порты"), TABLE_WRAP);
    } else {
        table_out_column(&table, in(page, "Quote", "Цена"), TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < page->count; i++) {
        put_line(page, &page->lines[i], &table);
        gaps = gaps || page->lines[i].now.cost_unknown;
    }
    table_out_print(&table, out);
    table_out_clear(&table);
    lines_wrap(
        out, "", 0,
        in(page,
           "P50, P90: there by then with a chance of 50 and 90 %, seen from where it is. "
           "Late: chance to miss the deadline. USD: the bill of the whole way.",
           "P50, P90: к этому дню на месте с вероятностью 50 и 90 %, считая от того места, "
           "где её видели. Опоздает: вероятность не успеть к сроку. Долл.: счёт всего пути."));
    if (gaps) {
        lines_wrap(out, "", 0,
                   in(page, "+: a price on the way is not published and not in it.",
                      "+: одна из цен пути не опубликована и сюда не входит."));
    }
    put_assumed(page, out);
}

static const char *change_text(const struct shipments_page *page, enum shipment_change change)
{
    switch (change) {
    case SHIPMENT_SAME:
        return in(page, "not hit", "не задета");
    case SHIPMENT_LATER:
        return in(page, "waits", "ждёт");
    case SHIPMENT_MOVED:
        return in(page, "other way", "другой путь");
    case SHIPMENT_STOPPED:
        return in(page, "no way", "пути нет");
    case SHIPMENT_NO_WAY:
        break;
    }
    return in(page, "no way before", "пути не было");
}

static const char *change_code(enum shipment_change change)
{
    static const char *const codes[] = {"same", "later", "moved", "stopped", "no_way"};
    return codes[change];
}

static void put_change(struct shipments_page *page, const struct shipments_line *line,
                       struct table_out *table)
{
    enum shipment_change change = shipment_change(&line->before, &line->after);
    bool both = line->before.found && line->after.found;
    char text[ANSWER_TEXT];
    table_out_text(table, line->name);
    table_out_text(table, change_text(page, change));
    table_out_real(
        table, both ? (double)(line->after.arrival_min - line->before.arrival_min) / DAY_MIN : NAN,
        1);
    double kept = in_time_then(line);
    snprintf(text, sizeof text, "%.0f %%", 100 * (1 - kept));
    table_out_text(table, isnan(kept) ? "-" : text);
    bool known = both && line->after.p90_min != INT64_MAX && line->before.p90_min != INT64_MAX;
    table_out_real(table,
                   known ? (double)(line->after.p90_min - line->before.p90_min) / DAY_MIN : NAN, 1);
    table_out_real(table, both ? usd(line->after.cents) - usd(line->before.cents) : NAN, 0);
    table_out_text(table, line->after.found ? way(page, &line->after, text) : "-");
}

static void put_changes(struct shipments_page *page, struct buffer *out)
{
    struct table_out table;
    uint32_t hit = 0, on_way = 0;
    if (!page->against) {
        return;
    }
    for (uint32_t i = 0; i < page->count; i++) {
        on_way += !page->lines[i].arrived;
        hit += !page->lines[i].arrived &&
               shipment_change(&page->lines[i].before, &page->lines[i].after) != SHIPMENT_SAME;
    }
    buffer_printf(out, in(page, "\nUnder %s: %u of %u are hit\n", "\nПри %s: задеты %u из %u\n"),
                  page->against, hit, on_way);
    answer_table(page->given, &table);
    table_out_column(&table, in(page, "Shipment", "Отправка"), TABLE_WRAP);
    table_out_column(&table, in(page, "What", "Что"), TABLE_WRAP);
    table_out_column(&table, in(page, "Days more", "Суток больше"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Late", "Опоздает"), TABLE_RIGHT);
    table_out_column(&table, in(page, "P90 more", "P90 больше"), TABLE_RIGHT);
    table_out_column(&table, in(page, "USD more", "Дороже, долл."), TABLE_RIGHT);
    table_out_column(&table, in(page, "Plan B: borders and ports", "Запасной путь"), TABLE_WRAP);
    for (uint32_t i = 0; i < page->count; i++) {
        if (!page->lines[i].arrived) {
            put_change(page, &page->lines[i], &table);
        }
    }
    table_out_print(&table, out);
    table_out_clear(&table);
    lines_wrap(
        out, "", 0,
        in(page,
           "Late: chance to miss the deadline then. The plan B is the way that keeps the "
           "deadline, else the one with least money and worth of its days; days after the "
           "deadline weigh five times (an assumption).",
           "Опоздает: вероятность не успеть к сроку тогда. Запасной путь — тот, что успевает "
           "к сроку, иначе с наименьшей суммой денег и цены времени; дни после срока весят "
           "впятеро (допущение)."));
}

/* Words of the column `documents` that no document is called by, with a blank before each. */
static uint32_t list_unknown(const struct shipments_page *page, const struct shipments_line *line,
                             struct buffer *out)
{
    struct text_view list = text_view_of(line->asked.documents), word;
    uint32_t count = 0;
    while (shipment_next_document(&list, &word)) {
        if (!shipment_document_known(page->loaded->corridor, word)) {
            buffer_printf(out, "%s%.*s", count++ ? ", " : "", (int)word.size, word.bytes);
        }
    }
    return count;
}

static void put_unknown(const struct shipments_page *page, const struct shipments_line *line,
                        struct buffer *out)
{
    struct buffer text;
    buffer_init(&text);
    buffer_string(&text, in(page, "no document is called so: ", "нет документа с таким именем: "));
    if (list_unknown(page, line, &text)) {
        answer_field(out, 4, 0, "", buffer_get(&text));
    }
    buffer_clear(&text);
}

/* "by 14 Feb 2026: Application GU-12 (too late)" */
static void put_duty(struct shipments_page *page, const struct shipments_line *line,
                     const struct shipment_duty *duty, struct buffer *out)
{
    char day[ANSWER_TEXT], text[2 * ANSWER_TEXT];
    bool late = duty->due_min < (int64_t)page->loaded->day * DAY_MIN;
    snprintf(text, sizeof text, "%s %s: %s%s", in(page, "by", "до"),
             day_at(page, line->asked.from, duty->due_min, day), rule_name(page, duty->rule_row),
             late ? in(page, " (the day is past)", " (срок прошёл)") : "");
    answer_field(out, 4, 0, "", text);
}

static void put_duties(struct shipments_page *page, struct buffer *out)
{
    buffer_string(out, in(page, "\nWhat is still missing, and by when\n",
                          "\nЧего ещё не хватает и к какому сроку\n"));
    for (uint32_t i = 0; i < page->count; i++) {
        const struct shipments_line *line = &page->lines[i];
        uint32_t held = 0;
        if (line->arrived) {
            continue;
        }
        for (uint32_t d = 0; d < line->now.duty_count; d++) {
            held += line->now.duties[d].fulfilled;
        }
        buffer_printf(out, in(page, "  %s: %u of %u are there\n", "  %s: есть %u из %u\n"),
                      line->name, held, line->now.duty_count);
        for (uint32_t d = 0; d < line->now.duty_count; d++) {
            if (!line->now.duties[d].fulfilled) {
                put_duty(page, line, &line->now.duties[d], out);
            }
        }
        put_unknown(page, line, out);
    }
}

static void put_screen(const struct shipments_page *page, struct buffer *out)
{
    bool none = true;
    buffer_string(out, in(page, "\nTo be looked at\n", "\nТребует внимания\n"));
    for (uint32_t i = 0; i < page->count; i++) {
        const struct shipments_line *line = &page->lines[i];
        for (uint32_t r = 0; r < line->now.regime_count; r++) {
            buffer_printf(out, "  %s: %s [%s]\n", line->name, rule_name(page, line->now.regimes[r]),
                          zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_rule,
                                           rule_of(page, line->now.regimes[r])->rule_id));
            none = false;
        }
        for (uint32_t h = 0; h < page->hit_count; h++) {
            if (page->hits[h].shipment == i) {
                buffer_printf(out, in(page, "  %s: %s of your list %s\n", "  %s: %s, список %s\n"),
                              line->name, page->hits[h].what, page->hits[h].list);
                none = false;
            }
        }
    }
    buffer_string(out, none ? in(page, "  nothing\n", "  ничего\n") : "");
    if (!page->screened) {
        lines_wrap(out, "  ", 2,
                   in(page,
                      "Only the regimes of the corridor's rules; your own lists of goods and "
                      "parties: --screen.",
                      "Только режимы из правил коридора; ваши списки грузов и сторон: --screen."));
    }
}

void shipments_table(struct shipments_page *page, struct buffer *out)
{
    answer_head(page->given, page->loaded, out);
    put_lines(page, out);
    put_changes(page, out);
    put_duties(page, out);
    put_screen(page, out);
}

/* ---- As data ---- */

static void json_way(struct shipments_page *page, const struct shipments_line *line,
                     const struct shipment_answer *answer, const char *key,
                     struct json_writer *json)
{
    char text[ANSWER_TEXT];
    json_write_key(json, key);
    if (!answer->found) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_member_text(json, "arrival_planned",
                     iso_at(page, line->asked.to, answer->arrival_min, text));
    iso_at(page, line->asked.to, answer->p50_min, text);
    json_member_text(json, "arrival_p50", *text ? text : NULL);
    iso_at(page, line->asked.to, answer->p90_min, text);
    json_member_text(json, "arrival_p90", *text ? text : NULL);
    json_member_fixed(json, "in_time", in_time(line, answer), 3);
    json_member_fixed(json, "usd", (double)answer->cents / 100, 2);
    json_member_bool(json, "usd_complete", !answer->cost_unknown);
    json_member_fixed(json, "co2e_kg", (double)answer->co2e_g / 1000, 3);
    json_write_key(json, "gateways");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->gateway_count; i++) {
        json_write_text(
            json, zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_node, answer->gateways[i]));
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void json_duties(struct shipments_page *page, const struct shipments_line *line,
                        struct json_writer *json)
{
    char text[ANSWER_TEXT];
    json_write_key(json, "duties");
    json_write_array(json);
    for (uint32_t i = 0; i < line->now.duty_count; i++) {
        const struct shipment_duty *duty = &line->now.duties[i];
        json_write_object(json);
        json_member_text(json, "rule",
                         zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_rule,
                                          rule_of(page, duty->rule_row)->rule_id));
        json_member_text(json, "name", rule_name(page, duty->rule_row));
        json_member_bool(json, "fulfilled", duty->fulfilled);
        json_member_text(json, "due", iso_at(page, line->asked.from, duty->due_min, text));
        json_write_object_end(json);
    }
    json_write_array_end(json);
    struct text_view list = text_view_of(line->asked.documents), word;
    json_write_key(json, "documents_unknown");
    json_write_array(json);
    while (shipment_next_document(&list, &word)) {
        if (!shipment_document_known(page->loaded->corridor, word)) {
            snprintf(text, sizeof text, "%.*s", (int)word.size, word.bytes);
            json_write_text(json, text);
        }
    }
    json_write_array_end(json);
}

static void json_line(struct shipments_page *page, uint32_t number, struct json_writer *json)
{
    const struct shipments_line *line = &page->lines[number];
    json_write_object(json);
    json_member_text(json, "shipment", line->name);
    json_member_text(json, "state", state_code(line));
    json_member_fixed(json, "teu", line->asked.teu > 0 ? line->asked.teu : NAN, 3);
    json_member_fixed(json, "t", line->asked.tonnes > 0 ? line->asked.tonnes : NAN, 3);
    json_member_bool(json, "quantity_assumed", line->quantity_assumed);
    json_way(page, line, &line->now, "now", json);
    json_member_bool(json, "planned_anew_from_where_seen", line->now.replanned);
    if (!isnan(page->margin) && line->now.found) {
        json_member_fixed(json, "quote_usd", quote(page, &line->now), 0);
    }
    if (page->against && !line->arrived) {
        json_member_text(json, "change", change_code(shipment_change(&line->before, &line->after)));
        json_way(page, line, &line->before, "before", json);
        json_way(page, line, &line->after, "after", json);
    }
    json_duties(page, line, json);
    json_write_key(json, "regimes");
    json_write_array(json);
    for (uint32_t i = 0; i < line->now.regime_count; i++) {
        json_write_text(json, zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_rule,
                                               rule_of(page, line->now.regimes[i])->rule_id));
    }
    json_write_array_end(json);
    json_write_key(json, "listed");
    json_write_array(json);
    for (uint32_t i = 0; i < page->hit_count; i++) {
        if (page->hits[i].shipment == number) {
            json_write_object(json);
            json_member_text(json, "list", page->hits[i].list);
            json_member_text(json, "what", page->hits[i].what);
            json_write_object_end(json);
        }
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

void shipments_json(struct shipments_page *page, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_member_text(&json, "against", page->against);
    json_write_key(&json, "shipments");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->count; i++) {
        json_line(page, i, &json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

static void csv_time(struct shipments_page *page, const struct shipments_line *line,
                     const struct shipment_answer *answer, int64_t utc_min, struct csv_writer *csv)
{
    char text[ANSWER_TEXT];
    csv_write_text(csv, answer->found ? iso_at(page, line->asked.to, utc_min, text) : "");
}

static void csv_answer(struct shipments_page *page, const struct shipments_line *line,
                       const struct shipment_answer *answer, struct csv_writer *csv)
{
    csv_time(page, line, answer, answer->arrival_min, csv);
    csv_time(page, line, answer, answer->p50_min, csv);
    csv_time(page, line, answer, answer->p90_min, csv);
    csv_write_fixed(csv, answer->found ? (double)answer->cents / 100 : NAN, 2);
    csv_write_fixed(csv, answer->found ? (double)answer->co2e_g / 1000 : NAN, 3);
}

void shipments_csv(struct shipments_page *page, struct buffer *out)
{
    static const char *const heads[] = {
        "shipment",  "arrival",          "arrival_p50",  "arrival_p90", "usd",
        "co2e_kg",   "in_time",          "quote_usd",    "change",      "after_arrival",
        "after_p50", "after_p90",        "after_usd",    "after_co2e",  "missing",
        "state",     "quantity_assumed", "after_in_time"};
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < page->count; i++) {
        struct shipments_line *line = &page->lines[i];
        uint32_t missing = 0;
        for (uint32_t d = 0; d < line->now.duty_count; d++) {
            missing += !line->now.duties[d].fulfilled;
        }
        csv_write_text(&csv, line->name);
        csv_answer(page, line, &line->now, &csv);
        csv_write_fixed(&csv, in_time(line, &line->now), 3);
        csv_write_fixed(&csv,
                        line->now.found && !isnan(page->margin) ? quote(page, &line->now) : NAN, 0);
        csv_write_text(&csv, page->against && !line->arrived
                                 ? change_code(shipment_change(&line->before, &line->after))
                                 : "");
        csv_answer(page, line, &line->after, &csv);
        csv_write_int(&csv, missing);
        csv_write_text(&csv, state_code(line));
        csv_write_int(&csv, line->quantity_assumed);
        csv_write_fixed(&csv, page->against ? in_time_then(line) : NAN, 3);
        csv_write_end(&csv);
    }
}
