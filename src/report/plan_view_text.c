/* report/plan_view_text.c: names and sentences of a view in its language. */
#include <math.h>
#include <string.h>

#include "base/time.h"
#include "report/plan_view_parts.h"

/* The Russian text where the view is Russian and there is one, else the English. */
static const char *either(const struct plan_view *view, zhol_cell_text en, zhol_cell_text ru)
{
    const char *text = zhol_corridor_text(view->corridor, ru);
    return view->lang == REPORT_RU && *text ? text : zhol_corridor_text(view->corridor, en);
}

const char *plan_view_place(const struct plan_view *view, uint32_t node)
{
    return zhol_node_name(view->corridor, node, view->lang == REPORT_RU ? "ru" : "en");
}

const char *plan_view_country_of(const struct plan_view *view, uint32_t node)
{
    uint32_t row, end, count;
    const struct zhol_node *nodes = zhol_corridor_node(view->corridor, &count);
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_node, node, &row, &end);
    return row < end ? zhol_corridor_text(view->corridor, nodes[row].country) : "";
}

const char *plan_view_service(const struct plan_view *view, uint32_t service)
{
    uint32_t row, end, count;
    const struct zhol_service *rows = zhol_corridor_service(view->corridor, &count);
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_service, service, &row, &end);
    return either(view, rows[row].name, rows[row].name_ru);
}

const char *plan_view_commodity(const struct plan_view *view, uint32_t commodity)
{
    uint32_t row, end, count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(view->corridor, &count);
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_commodity, commodity, &row, &end);
    return either(view, rows[row].name, rows[row].name_ru);
}

const struct zhol_rule *plan_view_rule(const struct plan_view *view, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_rule(view->corridor, &count)[row];
}

const char *plan_view_rule_name(const struct plan_view *view, uint32_t row)
{
    const struct zhol_rule *rule = plan_view_rule(view, row);
    return either(view, rule->name, rule->name_ru);
}

const char *plan_view_rule_text(const struct plan_view *view, uint32_t row)
{
    const struct zhol_rule *rule = plan_view_rule(view, row);
    return either(view, rule->text, rule->text_ru);
}

int32_t plan_view_file_by(const struct plan_view *view, const struct view_itinerary *it,
                          uint32_t row)
{
    const struct zhol_rule *rule = plan_view_rule(view, row);
    if (rule->kind != zhol_rule_kind_PLAN_APPROVAL || isnan(rule->value) ||
        strcmp(zhol_corridor_text(view->corridor, rule->unit), "d") != 0) {
        return ZHOL_BLANK_DATE;
    }
    int32_t loads = time_day_of(it->start.utc_min * 60 + it->start.offset_s);
    int32_t month = loads - (int32_t)time_date_of(loads).day + 1;
    return month - (int32_t)ceil(rule->value);
}

/* ---- Waiting ---- */

static void opening_text(const struct plan_view *view, const struct view_leg *leg,
                         struct buffer *out)
{
    struct buffer opens;
    uint32_t count;
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(view->corridor, &count);
    if (leg->kind == VIEW_RIDE && leg->wait_why) {
        const struct zhol_calendar_date *date = &dates[leg->wait_why - 1];
        buffer_printf(out, report_word(WORD_WAIT_HELD, view->lang),
                      either(view, date->name, date->name_ru));
        return;
    }
    buffer_init(&opens);
    format_time_short(&opens, leg->start, view->lang);
    if (leg->wait_why) {
        const struct zhol_calendar_date *date = &dates[leg->wait_why - 1];
        buffer_printf(out, report_word(WORD_WAIT_HOLIDAY, view->lang),
                      either(view, date->name, date->name_ru), buffer_get(&opens));
    } else {
        buffer_printf(out, report_word(WORD_WAIT_CLOSED, view->lang), buffer_get(&opens));
    }
    buffer_clear(&opens);
}

static void ban_text(const struct plan_view *view, const struct view_leg *leg, struct buffer *out)
{
    struct buffer until;
    if (leg->kind == VIEW_RIDE) { /* it may start before the end, and come there after it */
        buffer_printf(out, report_word(WORD_WAIT_HELD, view->lang),
                      plan_view_rule_name(view, leg->wait_why));
        return;
    }
    buffer_init(&until);
    format_day_short(&until, leg->start, view->lang);
    buffer_printf(out, report_word(WORD_WAIT_BAN, view->lang),
                  plan_view_rule_name(view, leg->wait_why), buffer_get(&until));
    buffer_clear(&until);
}

static void departure_text(const struct plan_view *view, const struct view_leg *leg,
                           struct buffer *out)
{
    struct buffer gap;
    if (leg->headway_min == 0) {
        buffer_string(out, report_word(WORD_WAIT_DEPARTURE, view->lang));
        return;
    }
    buffer_init(&gap);
    format_duration(&gap, leg->headway_min, view->lang);
    buffer_printf(out, report_word(WORD_WAIT_HEADWAY, view->lang), buffer_get(&gap));
    buffer_clear(&gap);
}

void plan_view_wait_text(const struct plan_view *view, const struct view_leg *leg,
                         struct buffer *out)
{
    switch (leg->wait_for) {
    case ZHOL_WAIT_DEPARTURE:
        departure_text(view, leg, out);
        break;
    case ZHOL_WAIT_OPENING:
        opening_text(view, leg, out);
        break;
    case ZHOL_WAIT_BAN:
        ban_text(view, leg, out);
        break;
    case ZHOL_WAIT_CHOSEN:
        buffer_string(out, report_word(WORD_WAIT_CHOSEN, view->lang));
        break;
    default:
        break;
    }
}

/* ---- Legs and lines ---- */

void plan_view_leg_text(const struct plan_view *view, const struct view_leg *leg,
                        struct buffer *out)
{
    const char *from = plan_view_place(view, leg->from), *to = plan_view_place(view, leg->to);
    switch (leg->kind) {
    case VIEW_MOVE:
        buffer_printf(out, report_word(WORD_MOVE_TO, view->lang),
                      leg->mode == zhol_mode_RAIL ? report_state(leg->to_state, view->lang)
                                                  : report_mode(leg->mode, view->lang),
                      from, to);
        break;
    case VIEW_RIDE:
        buffer_printf(out, report_word(WORD_MOVE_TO, view->lang),
                      plan_view_service(view, leg->service), from, to);
        break;
    case VIEW_HANDLING:
        buffer_printf(out, report_word(WORD_EXCL_AT, view->lang),
                      report_process_kind(leg->process_kind, view->lang), from);
        buffer_printf(out, " (%s > %s)", report_state(leg->from_state, view->lang),
                      report_state(leg->to_state, view->lang));
        break;
    default:
        buffer_printf(out, report_word(WORD_EXCL_AT, view->lang),
                      report_process_kind(leg->process_kind, view->lang), from);
        break;
    }
}

void plan_view_cost_text(const struct plan_view *view, const struct view_cost *cost,
                         struct buffer *out)
{
    uint32_t count;
    const struct zhol_tariff *tariff =
        &zhol_corridor_tariff(view->corridor, &count)[cost->tariff_row];
    const char *place = cost->node == ZHOL_NONE ? "" : plan_view_place(view, cost->node);
    if (cost->is_storage) {
        buffer_printf(out, report_word(WORD_STORAGE_AT, view->lang), place);
    } else if (cost->node != ZHOL_NONE) {
        buffer_printf(out, report_word(WORD_EXCL_AT, view->lang),
                      report_cost_kind(cost->kind, view->lang), place);
    } else {
        buffer_printf(out, report_word(WORD_MOVE_TO, view->lang),
                      tariff->scope == zhol_tariff_scope_THROUGH
                          ? report_word(WORD_BY_THROUGH_PRICE, view->lang)
                          : report_cost_kind(cost->kind, view->lang),
                      plan_view_place(view, cost->from), plan_view_place(view, cost->to));
    }
}

/* ---- The question ---- */

void plan_view_load_text(const struct plan_view *view, struct buffer *out)
{
    const struct zhol_load *load = &view->order.load;
    buffer_printf(out, "%s: ", plan_view_commodity(view, load->commodity));
    if (load->teu > 0) {
        format_number(out, load->teu, load->teu == (double)(int64_t)load->teu ? 0 : 1, view->lang);
        buffer_printf(out, " %s, ", report_word(WORD_UNIT_TEU, view->lang));
    }
    format_number(out, load->tonnes, load->tonnes == (double)(int64_t)load->tonnes ? 0 : 1,
                  view->lang);
    buffer_printf(out, " %s", report_word(WORD_UNIT_T, view->lang));
}

static void separate(struct buffer *out, enum report_word word, const struct plan_view *view)
{
    buffer_printf(out, "%s%s: ", out->size ? "; " : "", report_word(word, view->lang));
}

static void avoid_text(const struct plan_view *view, struct buffer *out)
{
    const struct zhol_consignment *order = &view->order;
    const char *comma = "";
    if (!order->avoid_country_count && !order->avoid_node_count && !order->avoid_modes) {
        return;
    }
    separate(out, WORD_AVOID, view);
    for (uint32_t i = 0; i < order->avoid_country_count; i++, comma = ", ") {
        buffer_printf(out, "%s%s", comma, report_country(order->avoid_countries[i], view->lang));
    }
    for (uint32_t i = 0; i < order->avoid_node_count; i++, comma = ", ") {
        buffer_printf(out, "%s%s", comma, plan_view_place(view, order->avoid_nodes[i]));
    }
    for (unsigned mode = 1; mode < zhol_mode_COUNT; mode++) {
        if (order->avoid_modes >> mode & 1u) {
            buffer_printf(out, "%s%s", comma, report_mode(mode, view->lang));
            comma = ", ";
        }
    }
}

void plan_view_wishes_text(const struct plan_view *view, struct buffer *out)
{
    const struct zhol_consignment *order = &view->order;
    if (order->deadline_min != INT64_MAX) {
        struct report_time deadline = {order->deadline_min, 0};
        if (view->itinerary_count) {
            deadline.offset_s = view->itineraries[0].arrival.offset_s;
        }
        separate(out, WORD_DEADLINE, view);
        format_time(out, deadline, view->lang);
    }
    for (uint32_t i = 0; i < order->via_count; i++) {
        if (i == 0) {
            separate(out, WORD_VIA, view);
        }
        buffer_printf(out, "%s%s", i ? ", " : "", plan_view_place(view, order->via[i]));
    }
    avoid_text(view, out);
}

static void instant_text(struct buffer *out, const char *format, struct report_time time,
                         enum report_lang lang)
{
    struct buffer text;
    buffer_init(&text);
    format_time(&text, time, lang);
    format_offset(&text, time.offset_s);
    buffer_printf(out, format, buffer_get(&text));
    buffer_clear(&text);
}

void plan_view_promise_text(const struct plan_view *view, const struct view_itinerary *it,
                            struct buffer *out)
{
    enum report_lang lang = view->lang;
    if (!it->p50_known) {
        buffer_string(out, report_word(WORD_PROMISE_NONE, lang));
    } else {
        instant_text(out, report_word(WORD_PROMISE_50, lang), it->p50, lang);
        if (it->p90_known) {
            instant_text(out, report_word(WORD_PROMISE_90, lang), it->p90, lang);
        } else {
            buffer_string(out, report_word(WORD_PROMISE_NO_90, lang));
        }
    }
    if (view->order.deadline_min != INT64_MAX) {
        struct buffer share;
        buffer_init(&share);
        format_percent(&share, it->in_time, lang);
        buffer_char(out, ' ');
        buffer_printf(out, report_word(WORD_PROMISE_DEADLINE, lang), buffer_get(&share));
        buffer_clear(&share);
    }
}

void plan_view_promise_days(const struct plan_view *view, const struct view_itinerary *it,
                            struct buffer *out)
{
    const bool known[] = {it->p50_known, it->p90_known};
    const int64_t minutes[] = {it->p50_minutes, it->p90_minutes};
    for (int k = 0; k < 2; k++) {
        buffer_string(out, k ? "-" : "");
        if (known[k]) {
            format_days(out, minutes[k], view->lang);
        } else {
            buffer_char(out, '?');
        }
    }
}

void plan_view_basis_text(const struct plan_view *view, struct buffer *out)
{
    const struct zhol_corridor_about *about = &view->about;
    bool ru = view->lang == REPORT_RU;
    const char *title = ru && *about->title_ru ? about->title_ru : about->title;
    const char *scenario =
        ru && *about->scenario_title_ru ? about->scenario_title_ru : about->scenario_title;
    scenario = *scenario ? scenario : about->scenario;
    buffer_printf(out, "%s. %s ", title, report_word(WORD_NETWORK_OF, view->lang));
    format_day(out, view->net.day, view->lang);
    buffer_printf(
        out, "; %s: %s; %s; %s ", report_word(WORD_SCENARIO, view->lang),
        *scenario ? scenario : report_word(WORD_BASE_SCENARIO, view->lang),
        report_word(view->time == ZHOL_TIME_MIN ? WORD_TECHNICAL_TIMES : WORD_MEDIAN_TIMES,
                    view->lang),
        report_word(WORD_AS_OF, view->lang));
    format_day(out, about->as_of, view->lang);
    buffer_char(out, '.');
}
