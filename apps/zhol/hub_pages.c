/* hub_pages.c: the answer of `zhol hub` (hub_ask.h). */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/table_out.h"
#include "base/time.h"
#include "hub_ask.h"
#include "report/lines.h"

static const char *in(const struct hub_asked *asked, const char *en, const char *ru)
{
    return asked->given->lang == LANG_RU ? ru : en;
}

static const char *place(const struct hub_asked *asked, uint32_t node, char out[static ANSWER_TEXT])
{
    return answer_name(asked->given, asked->loaded, ZHOL_TABLE_node, node, out);
}

static const char *usd(const struct hub_asked *asked, int64_t cents, char out[static ANSWER_TEXT])
{
    return answer_number(asked->given, round((double)cents / 100), out);
}

/* "Mon 2026-02-02" */
static const char *week_day(const struct hub_asked *asked, uint32_t day,
                            char out[static ANSWER_TEXT])
{
    static const char *const words[2][7] = {{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
                                            {"пн", "вт", "ср", "чт", "пт", "сб", "вс"}};
    char text[ANSWER_TEXT];
    int32_t date = asked->monday + (int32_t)day;
    snprintf(out, ANSWER_TEXT, "%s %.20s", words[asked->given->lang == LANG_RU][time_weekday(date)],
             answer_day(date, "", text));
    return out;
}

/* What the seats of a departure's trains that stay empty have cost. */
static int64_t empty_cents(const struct hub_asked *asked, const struct hub_departure *d)
{
    uint32_t room = d->trains * asked->in.train_feu;
    return room ? d->train_cents * (room - d->feu) / room : 0;
}

static void add_departure(const struct hub_asked *asked, const struct hub_departure *d,
                          struct table_out *table)
{
    char text[ANSWER_TEXT];
    uint32_t room = d->trains * asked->in.train_feu;
    table_out_text(table, week_day(asked, d->day, text));
    table_out_text(table, place(asked, asked->hubs[d->hub], text));
    table_out_text(table, place(asked, asked->destinations[d->destination], text));
    table_out_int(table, d->trains);
    snprintf(text, sizeof text, room ? "%u/%u" : "-", d->feu, room);
    table_out_text(table, text);
    table_out_int(table, d->singles);
    table_out_text(table, usd(asked, d->wait_cents + d->storage_cents, text));
    table_out_text(table, usd(asked, empty_cents(asked, d), text));
}

static void print_departures(const struct hub_asked *asked, const struct hub_plan *plan,
                             struct buffer *out)
{
    struct table_out table;
    answer_table(asked->given, &table);
    table_out_column(&table, in(asked, "Leaves", "Отправка"), TABLE_CUT);
    table_out_column(&table, in(asked, "From", "Откуда"), TABLE_WRAP);
    table_out_column(&table, in(asked, "To", "Куда"), TABLE_WRAP);
    table_out_column(&table, in(asked, "Trains", "Поездов"), TABLE_RIGHT);
    table_out_column(&table, in(asked, "Load", "Загрузка"), TABLE_RIGHT);
    table_out_column(&table, in(asked, "Alone", "Отдельно"), TABLE_RIGHT);
    table_out_column(&table, in(asked, "Waited $", "Ждали $"), TABLE_RIGHT);
    table_out_column(&table, in(asked, "Empty $", "Пустые $"), TABLE_RIGHT);
    for (uint32_t i = 0; i < plan->count; i++) {
        add_departure(asked, &plan->departures[i], &table);
    }
    table_out_print(&table, out);
    table_out_clear(&table);
}

static void print_feeders(const struct hub_asked *asked, const struct hub_plan *plan,
                          struct buffer *out)
{
    char from[ANSWER_TEXT], by[ANSWER_TEXT], to[ANSWER_TEXT];
    for (uint32_t k = 0; k < asked->in.hubs * asked->in.destinations; k++) {
        uint32_t h = k / asked->in.destinations, g = plan->leaves_by[k];
        if (g != h) {
            buffer_printf(out,
                          in(asked, "Boxes of %s for %s go to %s first: %u d on the way.\n",
                             "Контейнеры из %s в %s сначала едут в %s: %u сут в пути.\n"),
                          place(asked, asked->hubs[h], from),
                          place(asked, asked->destinations[k % asked->in.destinations], to),
                          place(asked, asked->hubs[g], by),
                          asked->feeder_days[h * asked->in.hubs + g]);
        }
    }
}

/* A number with one decimal, as the language writes it. */
static const char *tenths(const struct hub_asked *asked, double value, char text[ANSWER_TEXT])
{
    snprintf(text, ANSWER_TEXT, "%.1f", value);
    char *point = strchr(text, '.');
    if (point) {
        *point = *in(asked, ".", ",");
    }
    return text;
}

static void print_cost(const struct hub_asked *asked, const struct hub_plan *plan,
                       struct buffer *out)
{
    const struct hub_cost *cost = &plan->cost;
    const struct {
        const char *en, *ru;
        int64_t cents;
    } lines[] = {{"trains", "поезда", cost->trains},
                 {"boxes alone", "отдельные контейнеры", cost->singles},
                 {"feeders", "подвоз", cost->feeder},
                 {"waiting", "ожидание", cost->wait},
                 {"storage", "хранение", cost->storage},
                 {"all", "всего", cost->total}};
    char text[ANSWER_TEXT], other[ANSWER_TEXT], line[4 * ANSWER_TEXT];
    size_t size =
        (size_t)snprintf(line, sizeof line, "%s", in(asked, "Cost, USD:", "Затраты, долларов:"));
    const char *comma = "";
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        bool last = i + 1 == sizeof lines / sizeof *lines;
        if (lines[i].cents || last) {
            size += (size_t)snprintf(line + size, sizeof line - size, "%s %s %s%s", comma,
                                     in(asked, lines[i].en, lines[i].ru),
                                     usd(asked, lines[i].cents, text), last ? "." : "");
            comma = ",";
        }
    }
    buffer_char(out, '\n');
    lines_wrap(out, "", 0, line);
    if (!plan->at_once_possible) {
        buffer_string(out, in(asked, "Without waiting it cannot be done.\n",
                              "Без ожидания этого не сделать.\n"));
    } else if (plan->at_once.total > cost->total) {
        buffer_printf(out,
                      in(asked, "If nothing waited: %s. Waiting saves %s.\n",
                         "Если ничего не ждёт: %s. Ожидание экономит %s.\n"),
                      usd(asked, plan->at_once.total, text),
                      usd(asked, plan->at_once.total - cost->total, other));
    } else {
        buffer_string(out, in(asked, "Waiting for a fuller train saves nothing here.\n",
                              "Ждать более полного поезда здесь невыгодно.\n"));
    }
    if (plan->bound >= cost->total) {
        buffer_string(out,
                      in(asked, "Proven: no plan costs less.\n", "Доказано: дешевле плана нет.\n"));
    } else {
        buffer_printf(
            out,
            in(asked, "No plan costs less than %s: this one is at most %s %% above.\n",
               "Дешевле %s плана нет: этот дороже не более чем на %s %%.\n"),
            usd(asked, plan->bound, text),
            tenths(asked, 100 * (double)(cost->total - plan->bound) / (double)cost->total, other));
    }
}

static void print_prices(const struct hub_asked *asked, struct buffer *out)
{
    struct table_out table;
    char text[ANSWER_TEXT];
    bool unknown = false;
    buffer_string(out, in(asked, "\nPrices, USD\n\n", "\nЦены, долларов\n\n"));
    answer_table(asked->given, &table);
    table_out_column(&table, in(asked, "From", "Откуда"), TABLE_WRAP);
    table_out_column(&table, in(asked, "To", "Куда"), TABLE_WRAP);
    table_out_column(&table, in(asked, "Train", "Поезд"), TABLE_RIGHT);
    table_out_column(&table, in(asked, "a box", "на контейнер"), TABLE_RIGHT);
    table_out_column(&table, in(asked, "Alone", "Отдельно"), TABLE_RIGHT);
    table_out_column(&table, in(asked, "Days", "Суток"), TABLE_RIGHT);
    for (uint32_t k = 0; k < asked->in.hubs * asked->in.destinations; k++) {
        bool none = asked->train_cents[k] == HUB_NO_PRICE;
        table_out_text(&table, place(asked, asked->hubs[k / asked->in.destinations], text));
        table_out_text(&table, place(asked, asked->destinations[k % asked->in.destinations], text));
        table_out_text(&table, none ? "-" : usd(asked, asked->train_cents[k], text));
        table_out_text(&table,
                       none ? "-" : usd(asked, asked->train_cents[k] / asked->in.train_feu, text));
        table_out_text(&table, asked->single_cents[k] == HUB_NO_PRICE
                                   ? "-"
                                   : usd(asked, asked->single_cents[k], text));
        tenths(asked, asked->days[k], text);
        strcat(text, asked->unknown[k] ? "*" : "");
        table_out_text(&table, none ? "-" : text);
        unknown = unknown || asked->unknown[k];
    }
    table_out_print(&table, out);
    table_out_clear(&table);
    if (unknown) {
        buffer_string(out, in(asked, "* a price on the way is not known: the sum is too low\n",
                              "* одна из цен пути неизвестна: сумма занижена\n"));
    }
}

static void print_assumptions(const struct hub_asked *asked, struct buffer *out)
{
    char usd_day[ANSWER_TEXT], text[2 * ANSWER_TEXT], storage[ANSWER_TEXT];
    snprintf(
        text, sizeof text,
        in(asked,
           "Assumed unless given: a box alone costs %.0f %% more than the planner says "
           "(--single-extra), a day is worth %s USD to a box (--day-usd; from the commodity), a "
           "hub sends %u trains a day (--trains-day), no box waits longer than %u days "
           "(--max-wait). Storage at the first hub: %u days free, then %s USD a day.",
           "Допущено, если не задано: контейнер отдельно дороже расчёта на %.0f %% "
           "(--single-extra), сутки стоят контейнеру %s долларов (--day-usd; по грузу), хаб "
           "отправляет поездов в сутки: %u (--trains-day), никто не ждёт дольше %u суток "
           "(--max-wait). Хранение в первом хабе: %u суток бесплатно, затем %s долларов."),
        asked->single_extra, usd(asked, asked->in.day_cents, usd_day), asked->trains_day[0],
        asked->in.wait_days, asked->free_days[0], usd(asked, asked->storage_cents[0], storage));
    buffer_char(out, '\n');
    lines_wrap(out, "", 0, text);
}

void hub_page_table(const struct hub_asked *asked, const struct hub_plan *plan, struct buffer *out)
{
    char day[ANSWER_TEXT], goods[ANSWER_TEXT], line[3 * ANSWER_TEXT];
    uint32_t boxes = 0;
    for (uint32_t k = 0; k < asked->in.hubs * asked->in.destinations * asked->in.days; k++) {
        boxes += asked->feu[k];
    }
    answer_head(asked->given, asked->loaded, out);
    snprintf(
        line, sizeof line,
        in(asked, "Week from %s: %u boxes of 40 ft, %u to a train; %s.",
           "Неделя с %s: контейнеров 40 фт: %u, в поезде %u; %s."),
        answer_day(asked->monday, "", day), boxes, asked->in.train_feu,
        answer_name(asked->given, asked->loaded, ZHOL_TABLE_commodity, asked->commodity, goods));
    lines_wrap(out, "", 0, line);
    buffer_char(out, '\n');
    print_departures(asked, plan, out);
    print_feeders(asked, plan, out);
    print_cost(asked, plan, out);
    print_prices(asked, out);
    print_assumptions(asked, out);
}

/* ---- As data ---- */

static const char *id(const struct hub_asked *asked, uint32_t node)
{
    return zhol_corridor_id(asked->loaded->corridor, ZHOL_TABLE_node, node);
}

static double dollars(int64_t cents)
{
    return cents == HUB_NO_PRICE ? NAN : (double)cents / 100;
}

static void json_cost(struct json_writer *json, const char *key, const struct hub_cost *cost)
{
    json_write_key(json, key);
    json_write_object(json);
    json_member_real(json, "trains_usd", dollars(cost->trains));
    json_member_real(json, "alone_usd", dollars(cost->singles));
    json_member_real(json, "feeders_usd", dollars(cost->feeder));
    json_member_real(json, "waiting_usd", dollars(cost->wait));
    json_member_real(json, "storage_usd", dollars(cost->storage));
    json_member_real(json, "total_usd", dollars(cost->total));
    json_write_object_end(json);
}

static void json_departures(const struct hub_asked *asked, const struct hub_plan *plan,
                            struct json_writer *json)
{
    char day[ANSWER_TEXT];
    json_write_key(json, "departures");
    json_write_array(json);
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct hub_departure *d = &plan->departures[i];
        json_write_object(json);
        json_member_text(json, "day", answer_day(asked->monday + (int32_t)d->day, "", day));
        json_member_text(json, "hub", id(asked, asked->hubs[d->hub]));
        json_member_text(json, "destination", id(asked, asked->destinations[d->destination]));
        json_member_int(json, "trains", d->trains);
        json_member_int(json, "feu_in_trains", d->feu);
        json_member_int(json, "feu_alone", d->singles);
        json_member_real(json, "trains_usd", dollars(d->train_cents));
        json_member_real(json, "alone_usd", dollars(d->single_cents));
        json_member_real(json, "waited_usd", dollars(d->wait_cents));
        json_member_real(json, "storage_usd", dollars(d->storage_cents));
        json_member_real(json, "empty_usd", dollars(empty_cents(asked, d)));
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void json_prices(const struct hub_asked *asked, const struct hub_plan *plan,
                        struct json_writer *json)
{
    json_write_key(json, "prices");
    json_write_array(json);
    for (uint32_t k = 0; k < asked->in.hubs * asked->in.destinations; k++) {
        uint32_t h = k / asked->in.destinations;
        json_write_object(json);
        json_member_text(json, "hub", id(asked, asked->hubs[h]));
        json_member_text(json, "destination",
                         id(asked, asked->destinations[k % asked->in.destinations]));
        json_member_text(json, "leaves_by", id(asked, asked->hubs[plan->leaves_by[k]]));
        json_member_real(json, "train_usd", dollars(asked->train_cents[k]));
        json_member_real(json, "alone_usd", dollars(asked->single_cents[k]));
        json_member_real(json, "days", asked->days[k]);
        json_member_bool(json, "a_price_is_unknown", asked->unknown[k]);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

void hub_page_json(const struct hub_asked *asked, const struct hub_plan *plan, struct buffer *out)
{
    struct json_writer json;
    char day[ANSWER_TEXT];
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(asked->loaded, &json);
    json_member_text(&json, "week_from", answer_day(asked->monday, "", day));
    json_member_int(&json, "train_feu", asked->in.train_feu);
    json_member_real(&json, "day_usd", dollars(asked->in.day_cents));
    json_member_int(&json, "wait_days", asked->in.wait_days);
    json_departures(asked, plan, &json);
    json_cost(&json, "cost", &plan->cost);
    json_member_real(&json, "bound_usd", dollars(plan->bound));
    if (plan->at_once_possible) {
        json_cost(&json, "without_waiting", &plan->at_once);
    }
    json_prices(asked, plan, &json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

void hub_page_csv(const struct hub_asked *asked, const struct hub_plan *plan, struct buffer *out)
{
    static const char *const heads[] = {"day",        "hub",        "destination", "trains",
                                        "feu",        "feu_alone",  "trains_usd",  "alone_usd",
                                        "waited_usd", "storage_usd"};
    struct csv_writer csv;
    char day[ANSWER_TEXT];
    csv_writer_init(&csv, out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct hub_departure *d = &plan->departures[i];
        csv_write_text(&csv, answer_day(asked->monday + (int32_t)d->day, "", day));
        csv_write_text(&csv, id(asked, asked->hubs[d->hub]));
        csv_write_text(&csv, id(asked, asked->destinations[d->destination]));
        csv_write_int(&csv, d->trains);
        csv_write_int(&csv, d->feu);
        csv_write_int(&csv, d->singles);
        csv_write_fixed(&csv, dollars(d->train_cents), 2);
        csv_write_fixed(&csv, dollars(d->single_cents), 2);
        csv_write_fixed(&csv, dollars(d->wait_cents), 2);
        csv_write_fixed(&csv, dollars(d->storage_cents), 2);
        csv_write_end(&csv);
    }
}
