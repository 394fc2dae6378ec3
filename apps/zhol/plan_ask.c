/* plan_ask.c: reading a question to the planner. See plan_ask.h. */
#include "plan_ask.h"

#include <string.h>

#include "base/progress.h"
#include "base/text.h"
#include "base/time.h"
#include "report/clock.h"
#include "report/why_text.h"
#include "corridor/likeness.h"
#include "report/words.h"

#define NAME_SIZE 256

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- Times ---- */

/* A date (at `hour`) or a date and time, local time of a place unless it has an offset. */
static int read_time(const struct given *given, const struct loaded *loaded, const char *option,
                     const char *text, uint32_t node, int hour, int64_t *utc_min, int32_t *day)
{
    struct time_stamp stamp;
    int32_t date;
    if (time_parse_day(text_view_of(text), &date) == ZHOL_ERROR_OK) {
        stamp = (struct time_stamp){.local_s = (int64_t)date * TIME_DAY_S + hour * TIME_HOUR_S};
    } else if (time_parse_stamp(text_view_of(text), &stamp)) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--%s: «%s» — ожидается 2026-02-16 или 2026-02-16T18:00"
                                 : "--%s: '%s' is not a time like 2026-02-16 or 2026-02-16T18:00",
                    option, text);
    }
    int64_t utc_s = stamp.local_s - stamp.offset_s;
    if (!stamp.has_offset) {
        struct clock clock;
        clock_init(&clock, loaded->corridor);
        enum zhol_error error = clock_instant(&clock, node, stamp.local_s, &utc_s);
        const char *zone = clock_zone_name(&clock, node);
        if (error) {
            fail(given, 0,
                 is_ru(given) ? "часовой пояс %s не найден в системе (пакет tzdata)"
                              : "the system lacks time zone %s (package tzdata)",
                 zone);
        }
        clock_clear(&clock);
        if (error) {
            return EXIT_FAILED;
        }
    }
    *day = time_day_of(stamp.local_s);
    *utc_min = utc_s / 60;
    return EXIT_FINE;
}

static int read_times(const struct given *given, struct loaded *loaded, struct asked *asked)
{
    const char *depart = given_value(given, "depart"), *deadline = given_value(given, "deadline");
    char date[TIME_TEXT_SIZE];
    int32_t day;
    struct zhol_consignment *order = &asked->order;
    time_format_date(loaded->day, date);
    int code = read_time(given, loaded, "depart", depart ? depart : date, order->from, 8,
                         &order->ready_min, &day);
    if (code == EXIT_FINE && depart && !given_value(given, "date")) {
        loaded->day = day;
    }
    order->deadline_min = INT64_MAX;
    if (code == EXIT_FINE && deadline) {
        code = read_time(given, loaded, "deadline", deadline, order->to, 24, &order->deadline_min,
                         &day);
    }
    if (code == EXIT_FINE && order->deadline_min <= order->ready_min) {
        return fail(given, EXIT_MISUSED, "%s",
                    is_ru(given) ? "--deadline раньше отправления"
                                 : "--deadline lies before the departure");
    }
    return code;
}

/* ---- Goods ---- */

/* General container goods, or else the first commodity that travels in containers. */
uint32_t plan_default_commodity(const struct loaded *loaded)
{
    uint32_t count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(loaded->corridor, &count);
    uint32_t thing = zhol_corridor_find(loaded->corridor, ZHOL_TABLE_commodity, "mixed_goods");
    for (uint32_t i = 0; thing == ZHOL_NONE && i < count; i++) {
        if (rows[i].class == zhol_cargo_class_CONTAINER) {
            thing = rows[i].commodity_id;
        }
    }
    return thing == ZHOL_NONE && count ? rows[0].commodity_id : thing;
}

static const struct zhol_commodity *commodity_row(const struct loaded *loaded, uint32_t thing)
{
    uint32_t row, end, count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(loaded->corridor, &count);
    zhol_corridor_rows(loaded->corridor, ZHOL_TABLE_commodity, thing, &row, &end);
    return &rows[row];
}

static int fail_load(const struct given *given, const struct loaded *loaded, uint32_t commodity,
                     enum zhol_error error)
{
    const char *id = zhol_corridor_id(loaded->corridor, ZHOL_TABLE_commodity, commodity);
    if (error == ZHOL_ERROR_INVALID) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "%s не возят в контейнерах; укажите --tonnes"
                                 : "%s does not travel in containers; use --tonnes",
                    id);
    }
    return fail(given, EXIT_MISUSED, "%s: %s", id, zhol_error_text(error));
}

static int read_goods(const struct given *given, const struct loaded *loaded, struct asked *asked)
{
    const char *name = given_value(given, "commodity");
    uint32_t commodity = plan_default_commodity(loaded);
    double teu = 0, tonnes = 0;
    if (given_value(given, "teu") && given_value(given, "tonnes")) {
        return fail(given, EXIT_MISUSED, "%s",
                    is_ru(given) ? "укажите либо --teu, либо --tonnes"
                                 : "give either --teu or --tonnes");
    }
    int code = name ? load_thing(given, loaded, ZHOL_TABLE_commodity, name, &commodity) : EXIT_FINE;
    code = code == EXIT_FINE ? load_number(given, "teu", 0.001, 1e6, &teu) : code;
    code = code == EXIT_FINE ? load_number(given, "tonnes", 0.001, 1e9, &tonnes) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    if (commodity == ZHOL_NONE) {
        return fail(given, EXIT_BAD_INPUT, "%s",
                    is_ru(given) ? "в коридоре нет грузов" : "the corridor has no commodities");
    }
    struct zhol_load *load = &asked->order.load;
    enum zhol_error error;
    if (teu > 0 || tonnes > 0) {
        error = zhol_load_make(loaded->corridor, commodity, teu, tonnes, load);
    } else {
        error = zhol_load_make(loaded->corridor, commodity, 2, 0, load);
        if (error == ZHOL_ERROR_INVALID) { /* not in boxes: one load unit */
            tonnes = commodity_row(loaded, commodity)->t_per_unit;
            error = zhol_load_make(loaded->corridor, commodity, 0, tonnes, load);
        }
    }
    return error ? fail_load(given, loaded, commodity, error) : EXIT_FINE;
}

/* ---- Wishes ---- */

static int fail_many(const struct given *given, const char *option, int most)
{
    return fail(given, EXIT_MISUSED, is_ru(given) ? "--%s: не больше %d" : "--%s: at most %d",
                option, most);
}

static int read_via(const struct given *given, const struct loaded *loaded, struct asked *asked)
{
    struct text_view rest = text_view_of(given_value(given, "via"));
    char name[NAME_SIZE];
    int code = EXIT_FINE;
    asked->order.via = asked->via;
    while (code == EXIT_FINE && text_next_item(&rest, ',', name, sizeof name)) {
        if (asked->order.via_count == ASKED_VIA_MAX) {
            return fail_many(given, "via", ASKED_VIA_MAX);
        }
        code = load_place(given, loaded, name, &asked->via[asked->order.via_count++]);
    }
    return code;
}

static bool same(const char *a, const char *b)
{
    return text_equal_fold(text_view_of(a), text_view_of(b));
}

/* The country of some place that has this code or name; NULL where there is none. */
static const char *find_country(const struct loaded *loaded, const char *name)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(loaded->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *code = zhol_corridor_text(loaded->corridor, nodes[i].country);
        if (same(name, code) || same(name, report_country(code, REPORT_EN)) ||
            same(name, report_country(code, REPORT_RU))) {
            return code;
        }
    }
    return NULL;
}

/* Offers countries that are called nearly like it: places are offered by load_place. */
static void offer_countries(const struct given *given, const struct loaded *loaded,
                            const char *name)
{
    enum report_lang lang = given->lang == LANG_RU ? REPORT_RU : REPORT_EN;
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(loaded->corridor, &count);
    struct likeness likeness;
    likeness_init(&likeness, text_view_of(name), 2);
    for (uint32_t i = 0; i < count; i++) {
        const char *code = zhol_corridor_text(loaded->corridor, nodes[i].country);
        uint32_t item = nodes[i].country; /* one number for each country */
        likeness_offer(&likeness, item, text_view_of(report_country(code, REPORT_EN)));
        likeness_offer(&likeness, item, text_view_of(report_country(code, REPORT_RU)));
    }
    for (uint32_t i = 0; i < likeness.count; i++) {
        const char *code = zhol_corridor_text(loaded->corridor, likeness.best[i].item);
        fprintf(stderr, "  %-24s %s\n", code, report_country(code, lang));
    }
}

static unsigned find_mode(const char *name)
{
    for (unsigned mode = 1; mode < zhol_mode_COUNT; mode++) {
        if (same(name, zhol_mode_text(mode)) || same(name, report_mode(mode, REPORT_EN)) ||
            same(name, report_mode(mode, REPORT_RU))) {
            return mode;
        }
    }
    return 0;
}

static int avoid_one(const struct given *given, const struct loaded *loaded, const char *name,
                     struct asked *asked)
{
    struct zhol_consignment *order = &asked->order;
    const char *country = find_country(loaded, name);
    unsigned mode = find_mode(name);
    if (order->avoid_country_count == ASKED_AVOID_MAX ||
        order->avoid_node_count == ASKED_AVOID_MAX) {
        return fail_many(given, "avoid", ASKED_AVOID_MAX);
    }
    if (mode) {
        order->avoid_modes |= 1u << mode;
        return EXIT_FINE;
    }
    if (country) {
        memcpy(asked->avoid_countries[order->avoid_country_count++], country, 3);
        return EXIT_FINE;
    }
    int code = load_place(given, loaded, name, &asked->avoid_nodes[order->avoid_node_count++]);
    if (code == EXIT_NO_ANSWER) {
        offer_countries(given, loaded, name);
    }
    return code;
}

static int read_avoid(const struct given *given, const struct loaded *loaded, struct asked *asked)
{
    struct text_view rest = text_view_of(given_value(given, "avoid"));
    char name[NAME_SIZE];
    int code = EXIT_FINE;
    asked->order.avoid_nodes = asked->avoid_nodes;
    asked->order.avoid_countries = (const char(*)[3])asked->avoid_countries;
    while (code == EXIT_FINE && text_next_item(&rest, ',', name, sizeof name)) {
        code = avoid_one(given, loaded, name, asked);
    }
    return code;
}

int plan_ask(const struct given *given, struct loaded *loaded, const char *from, const char *to,
             struct asked *asked)
{
    const char *time = given_value(given, "time");
    memset(asked, 0, sizeof *asked);
    asked->options.time = time && strcmp(time, "min") == 0 ? ZHOL_TIME_MIN : ZHOL_TIME_MEDIAN;
    int code = load_place(given, loaded, from, &asked->order.from);
    code = code == EXIT_FINE ? load_place(given, loaded, to, &asked->order.to) : code;
    if (code == EXIT_FINE && asked->order.from == asked->order.to) {
        return fail(given, EXIT_MISUSED, "%s",
                    is_ru(given) ? "откуда и куда — одно и то же место"
                                 : "origin and destination are the same place");
    }
    code = code == EXIT_FINE ? read_times(given, loaded, asked) : code;
    code = code == EXIT_FINE ? read_goods(given, loaded, asked) : code;
    code = code == EXIT_FINE ? read_via(given, loaded, asked) : code;
    return code == EXIT_FINE ? read_avoid(given, loaded, asked) : code;
}

/* ---- No answer ---- */

/* Asks of the end that seems cut off, and says what keeps the goods from it. */
static void explain(const struct given *given, const struct loaded *loaded,
                    const struct asked *asked)
{
    struct zhol_why_answer why;
    struct buffer text;
    enum report_lang lang = is_ru(given) ? REPORT_RU : REPORT_EN;
    buffer_init(&text);
    if (zhol_plan_why(loaded->network, loaded->corridor, &asked->order, &asked->options,
                      asked->order.to, &why) == ZHOL_ERROR_OK) {
        why_text_blocked(loaded->network, loaded->corridor, &asked->order, &why, asked->order.to,
                         lang, &text);
        fputs(buffer_get(&text), stderr);
        zhol_why_answer_clear(&why);
    }
    buffer_clear(&text);
}

int plan_ask_failed(const struct given *given, const struct loaded *loaded,
                    const struct asked *asked, enum zhol_error error)
{
    const char *lang = load_lang(given);
    switch (error) {
    case ZHOL_ERROR_UNREACHABLE:
        fail(given, 0,
             is_ru(given) ? "для этого груза нет пути %s — %s"
                          : "there is no way for this cargo from %s to %s",
             zhol_node_name(loaded->corridor, asked->order.from, lang),
             zhol_node_name(loaded->corridor, asked->order.to, lang));
        explain(given, loaded, asked);
        return EXIT_NO_ANSWER;
    case ZHOL_ERROR_INTERRUPTED:
        return EXIT_STOPPED;
    case ZHOL_ERROR_MEMORY:
    case ZHOL_ERROR_INTERNAL:
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
    default:
        return fail(given, EXIT_BAD_INPUT, "%s", zhol_error_text(error));
    }
}
