/* model_ask.c: places, times, goods and wishes of a question. See model_ask.h. */
#include "serve/model_ask.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "report/clock.h"
#include "report/words.h"

enum { NAME_SIZE = 128, NEAR_SHOWN = 4, LABELS_MAX = 4000000 };

static enum zhol_error fault_in(struct model_fault *fault, const char *field, const char *code,
                                const char *detail)
{
    fault->field = field;
    fault->code = code;
    snprintf(fault->detail, sizeof fault->detail, "%s", detail);
    return ZHOL_ERROR_USAGE;
}

enum zhol_error ask_place(const struct zhol_corridor *corridor, const char *field, const char *name,
                          uint32_t *node, struct model_fault *fault)
{
    uint32_t near[NEAR_SHOWN], count = 0;
    enum zhol_error error = zhol_corridor_place(corridor, name, node, near, NEAR_SHOWN, &count);
    if (error != ZHOL_ERROR_UNKNOWN && error != ZHOL_ERROR_AMBIGUOUS) {
        return error;
    }
    bool many = error == ZHOL_ERROR_AMBIGUOUS;
    struct buffer text = {0};
    buffer_printf(&text, many ? "'%.60s' may mean several places" : "no place is called '%.60s'",
                  name);
    for (uint32_t i = 0; i < count && i < NEAR_SHOWN; i++) {
        buffer_printf(&text, "%s%s",
                      i ? ", " : "; near to it: ", zhol_node_name(corridor, near[i], "en"));
    }
    error = fault_in(fault, field, many ? "ambiguous_place" : "unknown_place", buffer_get(&text));
    buffer_clear(&text);
    return error;
}

/* ---- Times ---- */

/* A date (at `hour`) or a date and time, local time of the place unless it has an offset. */
static enum zhol_error read_time(const struct zhol_corridor *corridor, const char *field,
                                 const char *text, uint32_t node, int hour, int64_t *utc_min,
                                 int32_t *day, struct model_fault *fault)
{
    struct time_stamp stamp;
    int32_t date;
    if (time_parse_day(text_view_of(text), &date) == ZHOL_ERROR_OK) {
        stamp = (struct time_stamp){.local_s = (int64_t)date * TIME_DAY_S + hour * TIME_HOUR_S};
    } else if (time_parse_stamp(text_view_of(text), &stamp)) {
        return fault_in(fault, field, "unreadable",
                        "a time is written like 2026-02-16 or 2026-02-16T18:00");
    }
    int64_t utc_s = stamp.local_s - stamp.offset_s;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!stamp.has_offset) {
        struct clock clock;
        clock_init(&clock, corridor);
        error = clock_instant(&clock, node, stamp.local_s, &utc_s);
        clock_clear(&clock);
    }
    *day = time_day_of(stamp.local_s);
    *utc_min = utc_s / 60;
    return error;
}

static enum zhol_error read_times(const struct zhol_corridor *corridor,
                                  const struct model_question *q, struct ask *ask,
                                  struct model_fault *fault)
{
    struct zhol_consignment *order = &ask->order;
    char date[TIME_TEXT_SIZE];
    int32_t day;
    ask->day = q->day != ZHOL_BLANK_DATE ? q->day : zhol_corridor_about(corridor).day;
    time_format_date(ask->day, date);
    enum zhol_error error = read_time(corridor, "depart", q->depart ? q->depart : date, order->from,
                                      8, &order->ready_min, &day, fault);
    if (!error && q->depart && q->day == ZHOL_BLANK_DATE) {
        ask->day = day;
    }
    order->deadline_min = INT64_MAX;
    if (!error && q->deadline) {
        error = read_time(corridor, "deadline", q->deadline, order->to, 24, &order->deadline_min,
                          &day, fault);
    }
    if (!error && order->deadline_min <= order->ready_min) {
        return fault_in(fault, "deadline", "too_early", "the deadline lies before the departure");
    }
    return error;
}

/* ---- Goods ---- */

/* General container goods, else the first commodity that travels in containers. */
static uint32_t default_commodity(const struct zhol_corridor *corridor)
{
    uint32_t count, thing = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, "mixed_goods");
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    for (uint32_t i = 0; thing == ZHOL_NONE && i < count; i++) {
        thing = rows[i].class == zhol_cargo_class_CONTAINER ? rows[i].commodity_id : thing;
    }
    return thing == ZHOL_NONE && count ? rows[0].commodity_id : thing;
}

static double unit_of(const struct zhol_corridor *corridor, uint32_t commodity)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, commodity, &begin, &end);
    return zhol_corridor_commodity(corridor, &count)[begin].t_per_unit;
}

static enum zhol_error read_goods(const struct zhol_corridor *corridor,
                                  const struct model_question *q, struct ask *ask,
                                  struct model_fault *fault)
{
    uint32_t near[1], count, commodity = default_commodity(corridor);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (q->teu > 0 && q->tonnes > 0) {
        return fault_in(fault, "tonnes", "twice", "give either containers or tonnes");
    }
    if (q->teu < 0 || q->tonnes < 0 || q->teu > 1e6 || q->tonnes > 1e9) {
        return fault_in(fault, q->teu > 0 ? "teu" : "tonnes", "out_of_range",
                        "the quantity is negative or too large");
    }
    if (q->commodity) {
        error = zhol_corridor_thing(corridor, ZHOL_TABLE_commodity, q->commodity, &commodity, near,
                                    1, &count);
        if (error == ZHOL_ERROR_UNKNOWN || error == ZHOL_ERROR_AMBIGUOUS) {
            return fault_in(fault, "commodity", "unknown_commodity",
                            "there is no such commodity; see /v1/commodities");
        }
    }
    if (error || commodity == ZHOL_NONE) {
        return error ? error : ZHOL_ERROR_UNKNOWN;
    }
    struct zhol_load *load = &ask->order.load;
    bool given = q->teu > 0 || q->tonnes > 0;
    error = zhol_load_make(corridor, commodity, given ? q->teu : 2, given ? q->tonnes : 0, load);
    if (error == ZHOL_ERROR_INVALID && !given) { /* not in boxes: one load unit */
        error = zhol_load_make(corridor, commodity, 0, unit_of(corridor, commodity), load);
    }
    return error == ZHOL_ERROR_INVALID
               ? fault_in(fault, "teu", "not_in_containers",
                          "this commodity does not travel in containers; give tonnes")
               : error;
}

/* ---- Wishes ---- */

static enum zhol_error read_via(const struct zhol_corridor *corridor, const char *list,
                                struct ask *ask, struct model_fault *fault)
{
    struct text_view rest = text_view_of(list ? list : "");
    char name[NAME_SIZE];
    enum zhol_error error = ZHOL_ERROR_OK;
    ask->order.via = ask->via;
    while (!error && text_next_item(&rest, ',', name, sizeof name)) {
        if (ask->order.via_count == ASK_VIA_MAX) {
            return fault_in(fault, "via", "too_many", "at most 8 places on the way");
        }
        error = ask_place(corridor, "via", name, &ask->via[ask->order.via_count++], fault);
    }
    return error;
}

static bool same(const char *a, const char *b)
{
    return text_equal_fold(text_view_of(a), text_view_of(b));
}

static const char *find_country(const struct zhol_corridor *corridor, const char *name)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *code = zhol_corridor_text(corridor, nodes[i].country);
        if (same(name, code) || same(name, report_country(code, REPORT_EN)) ||
            same(name, report_country(code, REPORT_RU))) {
            return code;
        }
    }
    return NULL;
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

static enum zhol_error read_avoid(const struct zhol_corridor *corridor, const char *list,
                                  struct ask *ask, struct model_fault *fault)
{
    struct zhol_consignment *order = &ask->order;
    struct text_view rest = text_view_of(list ? list : "");
    char name[NAME_SIZE];
    enum zhol_error error = ZHOL_ERROR_OK;
    order->avoid_nodes = ask->avoid_nodes;
    order->avoid_countries = (const char(*)[3])ask->avoid_countries;
    while (!error && text_next_item(&rest, ',', name, sizeof name)) {
        unsigned mode = find_mode(name);
        const char *country = find_country(corridor, name);
        if (order->avoid_country_count == ASK_AVOID_MAX ||
            order->avoid_node_count == ASK_AVOID_MAX) {
            return fault_in(fault, "avoid", "too_many", "at most 32 to avoid");
        }
        if (mode) {
            order->avoid_modes |= 1u << mode;
        } else if (country) {
            memcpy(ask->avoid_countries[order->avoid_country_count++], country, 3);
        } else {
            error = ask_place(corridor, "avoid", name, &ask->avoid_nodes[order->avoid_node_count++],
                              fault);
        }
    }
    return error;
}

enum zhol_error ask_read(const struct zhol_corridor *corridor, const struct model_question *q,
                         struct ask *ask, struct model_fault *fault)
{
    memset(ask, 0, sizeof *ask);
    ask->options.time = q->technical ? ZHOL_TIME_MIN : ZHOL_TIME_MEDIAN;
    ask->options.label_limit = LABELS_MAX;
    enum zhol_error error = ask_place(corridor, "from", q->from, &ask->order.from, fault);
    error = error ? error : ask_place(corridor, "to", q->to, &ask->order.to, fault);
    if (!error && ask->order.from == ask->order.to) {
        return fault_in(fault, "to", "same_place", "origin and destination are the same place");
    }
    error = error ? error : read_times(corridor, q, ask, fault);
    error = error ? error : read_goods(corridor, q, ask, fault);
    error = error ? error : read_via(corridor, q->via, ask, fault);
    return error ? error : read_avoid(corridor, q->avoid, ask, fault);
}
