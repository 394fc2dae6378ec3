/* hub_ask.c: reads the question of `zhol hub` and prices it (hub_ask.h). */
#include "hub_ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/time.h"
#include "desk/hub_price.h"
#include "intake/intake.h"
#include "plan_ask.h"

enum {
    WEEK = 7,
    TRAINS_DAY = 2,    /* that a hub sends a day: an assumption, 1 to 10 */
    WAIT_DAYS = 7,     /* no box waits longer: an assumption */
    SINGLE_EXTRA = 15, /* percent over the planner's price of one box: an assumption, 0 to 40 */
    DAY_MIN = 24 * 60
};

static bool is_ru(const struct hub_asked *asked)
{
    return asked->given->lang == LANG_RU;
}

/* ---- Boxes ---- */

struct boxes {
    uint32_t *rows; /* hub, destination, day, boxes: four numbers a row */
    uint32_t count;
};

static int add_boxes(struct hub_asked *asked, struct boxes *boxes, const uint32_t row[4])
{
    uint32_t *grown = realloc(boxes->rows, (boxes->count + 1) * 4 * sizeof *grown);
    if (!grown) {
        return fail(asked->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    boxes->rows = grown;
    memcpy(&boxes->rows[4 * boxes->count++], row, 4 * sizeof *row);
    return EXIT_FINE;
}

/* Number of a place in a list, added where it is new; ZHOL_NONE: the list is full. */
static uint32_t number_of(uint32_t *list, uint32_t *count, uint32_t most, uint32_t place)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (list[i] == place) {
            return i;
        }
    }
    if (*count == most) {
        return ZHOL_NONE;
    }
    list[*count] = place;
    return (*count)++;
}

static int take_row(struct hub_asked *asked, struct boxes *boxes, uint32_t hub, uint32_t to,
                    int32_t day, uint32_t count)
{
    char name[ANSWER_TEXT];
    if (hub == to) {
        return fail(asked->given, EXIT_BAD_INPUT,
                    is_ru(asked) ? "%s: хаб и назначение - одно место"
                                 : "%s: the hub and the destination are the same place",
                    answer_name(asked->given, asked->loaded, ZHOL_TABLE_node, hub, name));
    }
    uint32_t h = number_of(asked->hubs, &asked->in.hubs, HUB_HUBS_MAX, hub);
    uint32_t d = number_of(asked->destinations, &asked->in.destinations, HUB_DESTINATIONS_MAX, to);
    if (h == ZHOL_NONE || d == ZHOL_NONE) {
        return fail(asked->given, EXIT_BAD_INPUT,
                    is_ru(asked) ? "больше %d хабов или %d назначений"
                                 : "more than %d hubs or %d destinations",
                    HUB_HUBS_MAX, HUB_DESTINATIONS_MAX);
    }
    return add_boxes(asked, boxes,
                     (const uint32_t[]){h, d, (uint32_t)(day - asked->monday), count});
}

/* "Duisburg=80": spread over the week as evenly as whole boxes go. */
static int take_feu(struct hub_asked *asked, struct boxes *boxes, uint32_t hub, const char *text)
{
    char name[ANSWER_TEXT];
    const char *sign = strrchr(text, '=');
    int64_t count = 0;
    uint32_t to;
    if (!sign || (size_t)(sign - text) >= sizeof name ||
        number_parse_int_in(text_view_of(sign + 1), 0, HUB_BOXES_MAX, &count)) {
        return fail(asked->given, EXIT_MISUSED,
                    is_ru(asked) ? "--feu %s: ожидалось НАЗНАЧЕНИЕ=ЧИСЛО, например Duisburg=80"
                                 : "--feu %s: expected DESTINATION=NUMBER, such as Duisburg=80",
                    text);
    }
    memcpy(name, text, (size_t)(sign - text));
    name[sign - text] = '\0';
    int code = load_place(asked->given, asked->loaded, name, &to);
    for (int64_t day = 0; code == EXIT_FINE && day < WEEK; day++) {
        uint32_t today = (uint32_t)(count * (day + 1) / WEEK - count * day / WEEK);
        code = take_row(asked, boxes, hub, to, asked->monday + (int32_t)day, today);
    }
    return code;
}

static enum zhol_error read_table(struct hub_asked *asked, const char *path,
                                  struct zhol_report *report, struct intake_records *records)
{
    struct sheet sheet = {.rows = 0};
    struct intake_mapping mapping;
    enum zhol_error error = sheet_read(path, NULL, report, &sheet);
    error = error ? error : intake_guess(INTAKE_HUB_DEMAND, &sheet, path, report, &mapping);
    error = error ? error
                  : intake_take(asked->loaded->corridor, INTAKE_HUB_DEMAND, &sheet, &mapping, path,
                                report, records);
    sheet_clear(&sheet);
    return error ? error : zhol_report_failed(report) ? ZHOL_ERROR_SYNTAX : ZHOL_ERROR_OK;
}

static int take_record(struct hub_asked *asked, struct boxes *boxes,
                       const struct intake_records *records, uint32_t record)
{
    const struct zhol_corridor *corridor = asked->loaded->corridor;
    uint32_t hub = zhol_corridor_find(corridor, ZHOL_TABLE_node, intake_cell(records, record, 0));
    uint32_t to = zhol_corridor_find(corridor, ZHOL_TABLE_node, intake_cell(records, record, 1));
    int32_t day = 0;
    int64_t count = 0;
    if (hub == ZHOL_NONE || to == ZHOL_NONE ||
        time_parse_day(text_view_of(intake_cell(records, record, 2)), &day) ||
        number_parse_int(text_view_of(intake_cell(records, record, 3)), &count)) {
        return fail(asked->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_INTERNAL));
    }
    if (day < asked->monday || day >= asked->monday + WEEK || count > HUB_BOXES_MAX) {
        char from[ANSWER_TEXT];
        return fail(asked->given, EXIT_BAD_INPUT,
                    is_ru(asked) ? "строка %u: день не в неделе с %s, или больше %d ящиков"
                                 : "line %u: the day is not in the week from %s, or more than %d "
                                   "boxes",
                    records->lines[record], answer_day(asked->monday, "", from), HUB_BOXES_MAX);
    }
    return take_row(asked, boxes, hub, to, day, (uint32_t)count);
}

/* Half a table is none: with any fault nothing is taken. */
static int take_table(struct hub_asked *asked, struct boxes *boxes, const char *path)
{
    struct zhol_report report;
    struct intake_records records = {.count = 0};
    zhol_report_init(&report, 0);
    enum zhol_error error = read_table(asked, path, &report, &records);
    int code = EXIT_FINE;
    if (error) {
        load_print_findings(asked->given, &report, 20);
        code = EXIT_BAD_INPUT;
    }
    for (uint32_t i = 0; code == EXIT_FINE && i < records.count; i++) {
        code = take_record(asked, boxes, &records, i);
    }
    intake_records_clear(&records);
    zhol_report_clear(&report);
    return code;
}

static int take_boxes(struct hub_asked *asked, struct boxes *boxes)
{
    const struct given *given = asked->given;
    uint32_t hub;
    int code = load_place(given, asked->loaded, given->arguments[0], &hub);
    if (code == EXIT_FINE) {
        number_of(asked->hubs, &asked->in.hubs, HUB_HUBS_MAX, hub);
    }
    const char *text;
    for (uint32_t i = 0; code == EXIT_FINE && (text = given_nth(given, "feu", i)); i++) {
        code = take_feu(asked, boxes, hub, text);
    }
    for (uint32_t i = 0; code == EXIT_FINE && (text = given_nth(given, "demand", i)); i++) {
        code = take_table(asked, boxes, text);
    }
    if (code == EXIT_FINE && !boxes->count) {
        code = fail(given, EXIT_MISUSED,
                    is_ru(asked) ? "нет ящиков: укажите --feu НАЗНАЧЕНИЕ=ЧИСЛО или --demand ФАЙЛ"
                                 : "no boxes: give --feu DESTINATION=NUMBER or --demand FILE");
    }
    return code;
}

/* ---- Prices ---- */

static bool make_room(struct hub_asked *asked)
{
    size_t pairs = (size_t)asked->in.hubs * asked->in.destinations;
    size_t hubs = (size_t)asked->in.hubs * asked->in.hubs;
    asked->feu = calloc(pairs * WEEK, sizeof *asked->feu);
    asked->train_cents = calloc(pairs, sizeof *asked->train_cents);
    asked->single_cents = calloc(pairs, sizeof *asked->single_cents);
    asked->days = calloc(pairs, sizeof *asked->days);
    asked->unknown = calloc(pairs, sizeof *asked->unknown);
    asked->feeder_cents = calloc(hubs, sizeof *asked->feeder_cents);
    asked->feeder_days = calloc(hubs, sizeof *asked->feeder_days);
    asked->storage_cents = calloc(hubs, sizeof *asked->storage_cents);
    asked->free_days = calloc(hubs, sizeof *asked->free_days);
    asked->trains_day = calloc(hubs, sizeof *asked->trains_day);
    asked->in.feu = asked->feu;
    asked->in.train_cents = asked->train_cents;
    asked->in.single_cents = asked->single_cents;
    asked->in.feeder_cents = asked->feeder_cents;
    asked->in.feeder_days = asked->feeder_days;
    asked->in.storage_cents = asked->storage_cents;
    asked->in.free_days = asked->free_days;
    asked->in.trains_day = asked->trains_day;
    return asked->feu && asked->train_cents && asked->single_cents && asked->days &&
           asked->unknown && asked->feeder_cents && asked->feeder_days && asked->storage_cents &&
           asked->free_days && asked->trains_day;
}

static enum zhol_error price(const struct hub_asked *asked, enum hub_move move, uint32_t from,
                             uint32_t to, uint32_t boxes, struct hub_price *price)
{
    return hub_price_find(asked->loaded->corridor, asked->loaded->network, move, from, to,
                          asked->commodity, boxes, asked->in.day_cents,
                          (int64_t)asked->monday * DAY_MIN, price);
}

/* A way that does not exist is no price; other errors end the work. */
static enum zhol_error price_pair(struct hub_asked *asked, uint32_t h, uint32_t d)
{
    uint32_t at = h * asked->in.destinations + d, from = asked->hubs[h],
             to = asked->destinations[d];
    struct hub_price train = {0}, single = {0};
    asked->train_cents[at] = asked->single_cents[at] = HUB_NO_PRICE;
    enum zhol_error error = price(asked, HUB_MOVE_TRAIN, from, to, asked->in.train_feu, &train);
    error = error ? error : price(asked, HUB_MOVE_TRAIN, from, to, 1, &single);
    if (!error) {
        asked->train_cents[at] = train.cents;
        asked->single_cents[at] =
            (int64_t)llround((double)single.cents * (1 + asked->single_extra / 100));
        asked->days[at] = train.days;
        asked->unknown[at] = train.unknown || single.unknown;
    }
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

static enum zhol_error price_feeder(struct hub_asked *asked, uint32_t h, uint32_t g)
{
    struct hub_price feeder = {0};
    uint32_t at = h * asked->in.hubs + g;
    if (h == g) {
        return ZHOL_ERROR_OK;
    }
    asked->feeder_cents[at] = HUB_NO_PRICE;
    enum zhol_error error =
        price(asked, HUB_MOVE_FEEDER, asked->hubs[h], asked->hubs[g], 1, &feeder);
    uint32_t days = (uint32_t)ceil(feeder.days);
    if (!error && days <= 2 * WEEK) {
        asked->feeder_cents[at] = feeder.cents;
        asked->feeder_days[at] = days;
    }
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

static enum zhol_error price_all(struct hub_asked *asked, uint32_t trains_day)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t h = 0; !error && h < asked->in.hubs; h++) {
        hub_storage(asked->loaded->corridor, &asked->loaded->net, asked->hubs[h], asked->commodity,
                    &asked->storage_cents[h], &asked->free_days[h]);
        asked->trains_day[h] = trains_day;
        for (uint32_t d = 0; !error && d < asked->in.destinations; d++) {
            error = price_pair(asked, h, d);
        }
        for (uint32_t g = 0; !error && g < asked->in.hubs; g++) {
            error = price_feeder(asked, h, g);
        }
    }
    return error;
}

/* --train-usd and --single-usd DESTINATION=USD set prices for every hub. */
static int take_prices(struct hub_asked *asked, const char *option, int64_t *cents)
{
    const char *text;
    for (uint32_t i = 0; (text = given_nth(asked->given, option, i)); i++) {
        char name[ANSWER_TEXT];
        const char *sign = strrchr(text, '=');
        double usd = 0;
        uint32_t to;
        if (!sign || (size_t)(sign - text) >= sizeof name ||
            number_parse_real(text_view_of(sign + 1), &usd) || !(usd >= 0 && usd < 1e9)) {
            return fail(asked->given, EXIT_MISUSED,
                        is_ru(asked) ? "--%s %s: ожидалось НАЗНАЧЕНИЕ=ДОЛЛАРЫ"
                                     : "--%s %s: expected DESTINATION=USD",
                        option, text);
        }
        memcpy(name, text, (size_t)(sign - text));
        name[sign - text] = '\0';
        int code = load_place(asked->given, asked->loaded, name, &to);
        if (code != EXIT_FINE) {
            return code;
        }
        bool found = false;
        for (uint32_t k = 0; k < asked->in.hubs * asked->in.destinations; k++) {
            if (asked->destinations[k % asked->in.destinations] == to) {
                cents[k] = (int64_t)llround(usd * 100);
                found = true;
            }
        }
        if (!found) {
            return fail(asked->given, EXIT_MISUSED,
                        is_ru(asked) ? "--%s %s: туда нет контейнеров"
                                     : "--%s %s: no boxes go there",
                        option, text);
        }
    }
    return EXIT_FINE;
}

/* ---- The question ---- */

struct numbers {
    double train_feu, day_usd, trains_day, wait_days, extra;
};

static int read_numbers(const struct given *given, struct numbers *n)
{
    *n = (struct numbers){.train_feu = 0,
                          .day_usd = -1,
                          .trains_day = TRAINS_DAY,
                          .wait_days = WAIT_DAYS,
                          .extra = SINGLE_EXTRA};
    int code = load_number(given, "train-feu", 1, 200, &n->train_feu);
    code = code == EXIT_FINE ? load_number(given, "day-usd", 0, 1e5, &n->day_usd) : code;
    code = code == EXIT_FINE ? load_number(given, "trains-day", 0, 100, &n->trains_day) : code;
    code = code == EXIT_FINE ? load_number(given, "max-wait", 0, 30, &n->wait_days) : code;
    return code == EXIT_FINE ? load_number(given, "single-extra", 0, 1000, &n->extra) : code;
}

static int settle(struct hub_asked *asked, const struct numbers *n)
{
    const struct loaded *loaded = asked->loaded;
    uint32_t boxes =
        hub_train_boxes(loaded->corridor, &loaded->net, asked->hubs[0], asked->commodity);
    if (!(n->train_feu > 0) && !boxes) {
        return fail(asked->given, EXIT_NO_ANSWER,
                    is_ru(asked) ? "отсюда не идут поезда; укажите --train-feu"
                                 : "no trains leave from here; give --train-feu");
    }
    asked->in.train_feu = n->train_feu > 0 ? (uint32_t)n->train_feu : boxes;
    asked->in.day_cents = n->day_usd >= 0 ? (int64_t)llround(n->day_usd * 100)
                                          : hub_day_cents(loaded->corridor, asked->commodity);
    asked->in.wait_days = (uint32_t)n->wait_days;
    asked->in.days = WEEK;
    asked->single_extra = n->extra;
    enum zhol_error error =
        make_room(asked) ? price_all(asked, (uint32_t)n->trains_day) : ZHOL_ERROR_MEMORY;
    if (error) {
        return fail(asked->given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    int code = take_prices(asked, "train-usd", asked->train_cents);
    return code == EXIT_FINE ? take_prices(asked, "single-usd", asked->single_cents) : code;
}

int hub_ask(const struct given *given, const struct loaded *loaded, struct hub_asked *asked)
{
    struct boxes boxes = {0};
    struct numbers n;
    const char *week = given_value(given, "week"), *goods = given_value(given, "commodity");
    *asked = (struct hub_asked){.given = given, .loaded = loaded, .monday = loaded->day};
    asked->commodity = plan_default_commodity(loaded);
    int code = read_numbers(given, &n);
    code = code == EXIT_FINE && week ? load_day(given, "week", week, &asked->monday) : code;
    code = code == EXIT_FINE && goods
               ? load_thing(given, loaded, ZHOL_TABLE_commodity, goods, &asked->commodity)
               : code;
    code = code == EXIT_FINE ? take_boxes(asked, &boxes) : code;
    code = code == EXIT_FINE ? settle(asked, &n) : code;
    for (uint32_t i = 0; code == EXIT_FINE && i < boxes.count; i++) {
        const uint32_t *row = &boxes.rows[4 * i];
        asked->feu[(row[0] * asked->in.destinations + row[1]) * WEEK + row[2]] += row[3];
    }
    free(boxes.rows);
    return code;
}

void hub_ask_clear(struct hub_asked *asked)
{
    free(asked->feu);
    free(asked->train_cents);
    free(asked->single_cents);
    free(asked->feeder_cents);
    free(asked->storage_cents);
    free(asked->feeder_days);
    free(asked->free_days);
    free(asked->trains_day);
    free(asked->days);
    free(asked->unknown);
}
