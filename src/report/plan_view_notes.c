/* report/plan_view_notes.c: what people must know beside the figures: rules and documents, services
 * whose way differs from what is published, holidays and bans that cost days. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/walk.h"
#include "report/plan_view_parts.h"

/* ---- Rules ---- */

/* Where a rule holds: its place, or its country. */
static const char *scope_of(const struct plan_view *view, const struct zhol_rule *rule)
{
    return rule->node_id != ZHOL_NONE
               ? plan_view_place(view, rule->node_id)
               : report_country(zhol_corridor_text(view->corridor, rule->country), view->lang);
}

static bool says_the_same(const struct plan_view *view, uint32_t a, uint32_t b)
{
    return plan_view_rule(view, a)->kind == plan_view_rule(view, b)->kind &&
           strcmp(plan_view_rule_name(view, a), plan_view_rule_name(view, b)) == 0 &&
           strcmp(plan_view_rule_text(view, a), plan_view_rule_text(view, b)) == 0;
}

/* "China, Kazakhstan": the scopes of all rules of the itinerary that say the same as one, each
 * once. */
static enum zhol_error join_scopes(struct plan_view *view, const struct view_itinerary *it,
                                   uint32_t like, const char **where)
{
    struct buffer text;
    buffer_init(&text);
    for (uint32_t i = 0; i < it->rule_count; i++) {
        uint32_t row = view->rules[it->first_rule + i];
        const char *scope = scope_of(view, plan_view_rule(view, row));
        if (*scope && says_the_same(view, like, row) && !strstr(buffer_get(&text), scope)) {
            buffer_printf(&text, "%s%s", text.size ? ", " : "", scope);
        }
    }
    *where = arena_string(&view->arena, buffer_get(&text));
    enum zhol_error error = text.error ? text.error : *where ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    buffer_clear(&text);
    return error;
}

static enum zhol_error make_duties(struct plan_view *view, struct view_itinerary *it)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    it->first_duty = view->duty_room.count;
    for (uint32_t i = 0; !error && i < it->rule_count; i++) {
        struct view_rule duty = {.row = view->rules[it->first_rule + i]};
        bool again = false;
        for (uint32_t k = 0; k < i && !again; k++) {
            again = says_the_same(view, view->rules[it->first_rule + k], duty.row);
        }
        if (!again) {
            error = join_scopes(view, it, duty.row, &duty.where);
            error = error ? error : VIEW_ADD(view, duties, duty_room, duty);
            it->duty_count++;
        }
    }
    return error;
}

enum zhol_error view_make_rules(struct plan_view *view, struct view_itinerary *it)
{
    uint32_t *rows = NULL, count = 0;
    enum zhol_error error = zhol_plan_rules(view->network, view->corridor, &view->order,
                                            view->result, it->number, &rows, &count);
    it->first_rule = view->rule_room.count;
    for (uint32_t i = 0; !error && i < count; i++) {
        uint32_t source = plan_view_rule(view, rows[i])->source_id;
        view_source_of(view, source, 0);
        error = VIEW_ADD(view, rules, rule_room, rows[i]);
        it->rule_count++;
    }
    free(rows);
    return error ? error : make_duties(view, it);
}

/* ---- Contracted ways ---- */

/* The length of a service from its first stop to its last. */
static double whole_km(const struct plan_view *view, uint32_t service)
{
    uint32_t most = 0;
    for (uint32_t a = 0; a < view->net.arc_count; a++) {
        const struct zhol_arc *arc = &view->net.arcs[a];
        if (arc->kind == ZHOL_ARC_RIDE && view->net.rides[arc->thing].service == service &&
            arc->length_m > most) {
            most = arc->length_m;
        }
    }
    return (double)most / 1000;
}

static bool is_checked(const struct plan_view *view, const struct view_itinerary *it,
                       uint32_t service)
{
    for (uint32_t i = it->first_check; i < view->check_room.count; i++) {
        if (view->checks[i].service == service) {
            return true;
        }
    }
    return false;
}

enum zhol_error view_make_checks(struct plan_view *view, struct view_itinerary *it)
{
    uint32_t total;
    const struct zhol_service *rows = zhol_corridor_service(view->corridor, &total);
    enum zhol_error error = ZHOL_ERROR_OK;
    it->first_check = view->check_room.count;
    for (uint32_t i = 0; !error && i < it->leg_count; i++) {
        uint32_t row, end, service = view->legs[it->first_leg + i].service;
        if (service == ZHOL_NONE || is_checked(view, it, service)) {
            continue;
        }
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_service, service, &row, &end);
        if (!(rows[row].contract_km > 0)) {
            continue;
        }
        struct view_check check = {
            .service = service,
            .published_km = rows[row].contract_km,
            .model_km = whole_km(view, service),
            .reason = zhol_corridor_text(view->corridor, rows[row].note),
        };
        check.deviation = check.model_km / check.published_km - 1;
        it->check_count++;
        error = VIEW_ADD(view, checks, check_room, check);
    }
    return error;
}

/* ---- Notes ---- */

static enum zhol_error add_note(struct plan_view *view, struct view_itinerary *it,
                                struct buffer *text)
{
    enum zhol_error error = text->error;
    const char *note = error ? NULL : arena_string(&view->arena, buffer_get(text));
    buffer_reset(text);
    if (!note) {
        return error ? error : ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = it->first_note; i < view->note_room.count; i++) {
        if (strcmp(view->notes[i], note) == 0) {
            return ZHOL_ERROR_OK;
        }
    }
    it->note_count++;
    return VIEW_ADD(view, notes, note_room, note);
}

static const char *holiday(const struct plan_view *view, uint32_t row)
{
    uint32_t count;
    const struct zhol_calendar_date *date =
        &zhol_corridor_calendar_date(view->corridor, &count)[row];
    const char *ru = zhol_corridor_text(view->corridor, date->name_ru);
    return view->lang == REPORT_RU && *ru ? ru : zhol_corridor_text(view->corridor, date->name);
}

/* The border or terminal on the way of a leg that keeps a calendar; where the leg begins if none
 * does. */
static uint32_t place_of_calendar(const struct plan_view *view, const struct view_leg *leg,
                                  uint32_t calendar)
{
    for (uint32_t i = 0; i < leg->arc_count; i++) {
        const struct zhol_arc *arc = &view->net.arcs[view->arcs[leg->first_arc + i]];
        if (arc->process != ZHOL_NONE &&
            view_process(view, arc->process)->calendar_id == calendar) {
            return view_process(view, arc->process)->node_id;
        }
    }
    return leg->from;
}

static void holiday_text(const struct plan_view *view, const struct view_leg *leg, const char *cost,
                         struct buffer *text)
{
    uint32_t count, row = leg->wait_why - 1;
    uint32_t calendar = zhol_corridor_calendar_date(view->corridor, &count)[row].calendar_id;
    const char *place = plan_view_place(view, place_of_calendar(view, leg, calendar));
    if (leg->kind == VIEW_RIDE) {
        buffer_printf(text, report_word(WORD_NOTE_HELD, view->lang),
                      plan_view_service(view, leg->service), cost, holiday(view, row), place);
    } else {
        buffer_printf(text, report_word(WORD_NOTE_HOLIDAY, view->lang), holiday(view, row), place,
                      cost);
    }
}

static void ban_text(const struct plan_view *view, const struct view_leg *leg, const char *cost,
                     struct buffer *text)
{
    const struct zhol_rule *rule = plan_view_rule(view, leg->wait_why);
    const char *name = plan_view_rule_name(view, leg->wait_why);
    if (leg->kind == VIEW_RIDE) {
        uint32_t node = rule->node_id == ZHOL_NONE ? leg->to : rule->node_id;
        buffer_printf(text, report_word(WORD_NOTE_HELD, view->lang),
                      plan_view_service(view, leg->service), cost, name,
                      plan_view_place(view, node));
    } else {
        buffer_printf(text, report_word(WORD_NOTE_BAN, view->lang),
                      plan_view_place(view, leg->from), cost, name);
    }
}

/* Waiting for the end of a holiday or ban. */
static enum zhol_error note_wait(struct plan_view *view, struct view_itinerary *it,
                                 const struct view_leg *leg, struct buffer *text)
{
    struct buffer cost;
    buffer_init(&cost);
    format_duration(&cost, leg->minutes[VIEW_WAITS], view->lang);
    if (leg->wait_for == ZHOL_WAIT_OPENING && leg->wait_why) {
        holiday_text(view, leg, buffer_get(&cost), text);
    } else if (leg->wait_for == ZHOL_WAIT_BAN) {
        ban_text(view, leg, buffer_get(&cost), text);
    }
    text->error = text->error ? text->error : cost.error;
    buffer_clear(&cost);
    return text->size || text->error ? add_note(view, it, text) : ZHOL_ERROR_OK;
}

/* The holiday for which a calendar is closed at an instant; 0 where it is open, or closed by its
 * hours: a train that comes at night is no news. */
static uint32_t closed_for(const struct plan_view *view, uint16_t calendar, int64_t t)
{
    const struct zhol_opening *at = view->net.openings + view->net.first_opening[calendar];
    const struct zhol_opening *end = view->net.openings + view->net.first_opening[calendar + 1];
    while (at < end && at->to_min <= t) {
        at++;
    }
    return at < end && at->from_min > t ? at->exception : 0;
}

static enum zhol_error note_through(struct plan_view *view, struct view_itinerary *it,
                                    const struct view_leg *leg, const struct zhol_arc *arc,
                                    int64_t t, struct buffer *text)
{
    uint32_t exception = closed_for(view, arc->calendar, t);
    if (!exception) {
        return ZHOL_ERROR_OK;
    }
    uint32_t node = view_process(view, arc->process)->node_id;
    struct report_time time;
    struct buffer day;
    enum zhol_error error = clock_at(&view->clock, node, t, &time);
    if (error) {
        return error;
    }
    buffer_init(&day);
    format_day_short(&day, time, view->lang);
    buffer_printf(text, report_word(WORD_NOTE_THROUGH, view->lang),
                  plan_view_service(view, leg->service), plan_view_place(view, node),
                  buffer_get(&day), holiday(view, exception - 1));
    text->error = text->error ? text->error : day.error;
    buffer_clear(&day);
    return add_note(view, it, text);
}

/* A train under way on a holiday of a border that it passes: its timetable does not know it. The
 * instant is worked out in proportion to the median minutes of its way. */
static enum zhol_error note_ride(struct plan_view *view, struct view_itinerary *it,
                                 const struct view_leg *leg, struct buffer *text)
{
    int64_t sum = 0, done = 0, total = leg->end.utc_min - leg->start.utc_min;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < leg->arc_count; i++) {
        sum += view->net.arcs[view->arcs[leg->first_arc + i]].minutes[ZHOL_TIME_MEDIAN];
    }
    for (uint32_t i = 0; !error && sum && i < leg->arc_count; i++) {
        const struct zhol_arc *arc = &view->net.arcs[view->arcs[leg->first_arc + i]];
        int64_t t = leg->start.utc_min + total * done / sum;
        bool passes = false;
        if (arc->calendar &&
            zhol_network_admits(&view->net, view->arcs[leg->first_arc + i], &view->order.load,
                                &passes) &&
            !passes) {
            error = note_through(view, it, leg, arc, t, text);
        }
        done += arc->minutes[ZHOL_TIME_MEDIAN];
    }
    return error;
}

enum zhol_error view_make_notes(struct plan_view *view, struct view_itinerary *it)
{
    struct buffer text;
    enum zhol_error error = ZHOL_ERROR_OK;
    buffer_init(&text);
    it->first_note = view->note_room.count;
    for (uint32_t i = 0; !error && i < it->leg_count; i++) {
        const struct view_leg *leg = &view->legs[it->first_leg + i];
        error = note_wait(view, it, leg, &text);
        if (!error && leg->kind == VIEW_RIDE) {
            error = note_ride(view, it, leg, &text);
        }
    }
    buffer_clear(&text);
    return error;
}
