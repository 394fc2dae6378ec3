/* report/why_text.c: why a place is not used, in words. See why_text.h. */
#include "report/why_text.h"

#include <string.h>

#include "desk/route.h"
#include "plan/walk.h"
#include "report/lines.h"

const char *why_text_code(enum zhol_why why)
{
    static const char *const codes[] = {
        [ZHOL_WHY_USED] = "used",         [ZHOL_WHY_AVOIDED] = "avoided",
        [ZHOL_WHY_NOT_OPEN] = "not_open", [ZHOL_WHY_NO_WAY] = "no_way",
        [ZHOL_WHY_NO_CLASS] = "no_class", [ZHOL_WHY_BANNED] = "banned",
        [ZHOL_WHY_TOO_LATE] = "too_late", [ZHOL_WHY_DOMINATED] = "dominated",
    };
    return codes[why];
}

/* ---- Without a view ---- */

struct teller {
    const struct zhol_network *network;
    const struct zhol_corridor *corridor;
    const struct zhol_consignment *order;
    enum report_lang lang;
    struct buffer text;
    struct buffer *out;
};

static const char *place(const struct teller *t, uint32_t node)
{
    return zhol_node_name(t->corridor, node, t->lang == REPORT_RU ? "ru" : "en");
}

static const char *either(const struct teller *t, zhol_cell_text en, zhol_cell_text ru)
{
    const char *text = zhol_corridor_text(t->corridor, ru);
    return t->lang == REPORT_RU && *text ? text : zhol_corridor_text(t->corridor, en);
}

static void end_line(struct teller *t)
{
    lines_wrap(t->out, "", 2, buffer_get(&t->text));
    t->out->error = t->out->error ? t->out->error : t->text.error;
    buffer_reset(&t->text);
}

static void day_or(struct buffer *out, int32_t day, const char *blank, enum report_lang lang)
{
    if (day == ZHOL_BLANK_DATE) {
        buffer_string(out, blank);
    } else {
        format_day(out, day, lang);
    }
}

static void tell_not_open(struct teller *t, const struct zhol_why_answer *why, uint32_t node)
{
    struct buffer day;
    uint32_t count, row, end;
    buffer_init(&day);
    format_day(&day, zhol_network_view(t->network).day, t->lang);
    buffer_printf(&t->text, report_word(WORD_WHY_NOT_OPEN, t->lang), place(t, node),
                  buffer_get(&day));
    if (why->link_period_row != ZHOL_NONE) {
        const struct zhol_link_period *period =
            &zhol_corridor_link_period(t->corridor, &count)[why->link_period_row];
        zhol_corridor_rows(t->corridor, ZHOL_TABLE_link, period->link_id, &row, &end);
        const struct zhol_link *link = &zhol_corridor_link(t->corridor, &count)[row];
        const char *id = zhol_corridor_id(t->corridor, ZHOL_TABLE_link, period->link_id);
        buffer_reset(&day);
        buffer_char(&t->text, ' ');
        if (period->status == zhol_status_OPERATING) {
            day_or(&day, period->valid_from, "-", t->lang);
            buffer_printf(&t->text, report_word(WORD_WHY_OPENS, t->lang),
                          place(t, link->from_node_id), place(t, link->to_node_id),
                          buffer_get(&day), id);
        } else {
            buffer_printf(&t->text, report_word(WORD_WHY_STATUS, t->lang),
                          place(t, link->from_node_id), place(t, link->to_node_id),
                          report_status(period->status, t->lang), id);
        }
    }
    end_line(t);
    buffer_clear(&day);
}

static void tell_ban(struct teller *t, const struct zhol_why_answer *why, uint32_t node)
{
    uint32_t count;
    const struct zhol_rule *rules = zhol_corridor_rule(t->corridor, &count);
    const struct zhol_rule *rule = why->rule_row < count ? &rules[why->rule_row] : NULL;
    buffer_printf(&t->text, report_word(WORD_WHY_BANNED, t->lang), place(t, node),
                  rule ? either(t, rule->name, rule->name_ru) : "");
    end_line(t);
    if (rule) {
        struct buffer from, to;
        buffer_init(&from);
        buffer_init(&to);
        day_or(&from, rule->valid_from, "-", t->lang);
        day_or(&to, rule->valid_to, report_word(WORD_OPEN_END, t->lang), t->lang);
        buffer_printf(&t->text, report_word(WORD_WHY_BAN_DATES, t->lang), buffer_get(&from),
                      buffer_get(&to));
        buffer_printf(&t->text, " %s", either(t, rule->text, rule->text_ru));
        end_line(t);
        buffer_clear(&from);
        buffer_clear(&to);
    }
}

static void tell_no_way(struct teller *t, uint32_t node)
{
    struct buffer day;
    if (node != t->order->to) {
        buffer_printf(&t->text, report_word(WORD_WHY_NO_WAY, t->lang), place(t, t->order->from),
                      place(t, node), place(t, t->order->to));
        return;
    }
    buffer_init(&day);
    format_day(&day, zhol_network_view(t->network).day, t->lang);
    buffer_printf(&t->text, report_word(WORD_WHY_NO_JOIN, t->lang), buffer_get(&day));
    buffer_clear(&day);
}

/* True where the consignment avoids the place itself or its country. */
static bool is_avoided(const struct teller *t, uint32_t node)
{
    const char *country = walk_node_country(t->corridor, node);
    for (uint32_t i = 0; i < t->order->avoid_node_count; i++) {
        if (t->order->avoid_nodes[i] == node) {
            return true;
        }
    }
    for (uint32_t i = 0; i < t->order->avoid_country_count; i++) {
        if (strcmp(t->order->avoid_countries[i], country) == 0) {
            return true;
        }
    }
    return false;
}

/* The place itself, an end of the way without which there is none, or what lies between. */
static void tell_avoided(struct teller *t, uint32_t node)
{
    const uint32_t places[] = {node, t->order->from, t->order->to};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (is_avoided(t, places[i])) {
            buffer_printf(&t->text, report_word(WORD_WHY_AVOIDED, t->lang), place(t, places[i]));
            return;
        }
    }
    buffer_printf(&t->text, report_word(WORD_WHY_AVOIDED_WAY, t->lang), place(t, node));
}

static void tell_blocked(struct teller *t, const struct zhol_why_answer *why, uint32_t node)
{
    switch (why->why) {
    case ZHOL_WHY_AVOIDED:
        tell_avoided(t, node);
        break;
    case ZHOL_WHY_NOT_OPEN:
        tell_not_open(t, why, node);
        return;
    case ZHOL_WHY_NO_WAY:
        tell_no_way(t, node);
        break;
    case ZHOL_WHY_NO_CLASS:
        buffer_printf(&t->text, report_word(WORD_WHY_NO_CLASS, t->lang), place(t, node),
                      report_cargo_class(t->order->load.class, t->lang));
        break;
    case ZHOL_WHY_BANNED:
        tell_ban(t, why, node);
        return;
    case ZHOL_WHY_TOO_LATE:
        buffer_printf(&t->text, report_word(WORD_WHY_TOO_LATE, t->lang), place(t, node));
        break;
    default:
        return;
    }
    end_line(t);
}

void why_text_blocked(const struct zhol_network *network, const struct zhol_corridor *corridor,
                      const struct zhol_consignment *consignment, const struct zhol_why_answer *why,
                      uint32_t node, enum report_lang lang, struct buffer *out)
{
    struct teller t = {
        .network = network, .corridor = corridor, .order = consignment, .lang = lang, .out = out};
    buffer_init(&t.text);
    tell_blocked(&t, why, node);
    buffer_clear(&t.text);
}

/* ---- With a view ---- */

static void tell_used(struct teller *t, const struct plan_view *view, uint32_t node)
{
    uint32_t used = 0, first = 0;
    for (uint32_t i = view->itinerary_count; i-- > 0;) {
        if (walk_passes_node(&view->net, view->result, i, node)) {
            used++;
            first = i;
        }
    }
    buffer_printf(&t->text, report_word(WORD_WHY_USED, t->lang), place(t, node), used,
                  view->itinerary_count, first + 1);
    end_line(t);
}

/* The gateways of an itinerary of a result, found again by its first step. */
static void put_way(struct teller *t, const struct plan_view *view,
                    const struct zhol_plan_result *result, const struct zhol_itinerary *it,
                    struct buffer *out)
{
    uint32_t nodes[24];
    for (uint32_t i = 0; i < result->itinerary_count; i++) {
        if (result->itineraries[i].first_step != it->first_step) {
            continue;
        }
        uint32_t count = route_gateways(&view->net, view->corridor, result, i, nodes, 24);
        for (uint32_t k = 0; k < count && k < 24; k++) {
            buffer_printf(out, "%s%s", k ? ", " : "", place(t, nodes[k]));
        }
        return;
    }
}

static void tell_itinerary(struct teller *t, const struct plan_view *view, enum report_word how,
                           const struct zhol_plan_result *result, const struct zhol_itinerary *it)
{
    struct buffer part[4];
    struct report_time arrival = {it->arrival_min, 0};
    arrival.offset_s = view->itinerary_count ? view->itineraries[0].arrival.offset_s : 0;
    for (int i = 0; i < 4; i++) {
        buffer_init(&part[i]);
    }
    format_time(&part[0], arrival, t->lang);
    format_usd(&part[1], it->cents, t->lang);
    format_kg(&part[2], it->co2e_g, t->lang);
    put_way(t, view, result, it, &part[3]);
    buffer_printf(&t->text, report_word(how, t->lang), buffer_get(&part[0]), buffer_get(&part[1]),
                  buffer_get(&part[2]), buffer_get(&part[3]));
    end_line(t);
    for (int i = 0; i < 4; i++) {
        buffer_clear(&part[i]);
    }
}

static void tell_difference(struct teller *t, const struct zhol_why_answer *why)
{
    struct buffer part[3];
    for (int i = 0; i < 3; i++) {
        buffer_init(&part[i]);
    }
    format_duration(&part[0], why->dominated.arrival_min - why->dominator.arrival_min, t->lang);
    format_usd(&part[1], why->dominated.cents - why->dominator.cents, t->lang);
    format_kg(&part[2], why->dominated.co2e_g - why->dominator.co2e_g, t->lang);
    buffer_printf(&t->text, report_word(WORD_WHY_SOONER, t->lang), buffer_get(&part[0]),
                  buffer_get(&part[1]), buffer_get(&part[2]));
    end_line(t);
    for (int i = 0; i < 3; i++) {
        buffer_clear(&part[i]);
    }
}

void why_text(const struct plan_view *view, const struct zhol_why_answer *why, uint32_t node,
              struct buffer *out)
{
    struct teller t = {.network = view->network,
                       .corridor = view->corridor,
                       .order = &view->order,
                       .lang = view->lang,
                       .out = out};
    buffer_init(&t.text);
    if (why->why == ZHOL_WHY_USED) {
        tell_used(&t, view, node);
    } else if (why->why == ZHOL_WHY_DOMINATED) {
        buffer_printf(&t.text, report_word(WORD_WHY_DOMINATED, t.lang), place(&t, node));
        end_line(&t);
        tell_itinerary(&t, view, WORD_WHY_NEAREST, &why->through, &why->dominated);
        tell_itinerary(&t, view, WORD_WHY_BEATEN, view->result, &why->dominator);
        tell_difference(&t, why);
    } else {
        tell_blocked(&t, why, node);
    }
    buffer_clear(&t.text);
}
