/* dispatch_ban.c: which bans push a train, and how people name them. See dispatch_view.h. */
#include <math.h>
#include <string.h>

#include "base/time.h"
#include "report/dispatch_view.h"
#include "report/format.h"

/* "25 Sep 2025 01:00" */
static void put_moment(const struct dispatch_view *view, int32_t minute, struct buffer *out)
{
    const int32_t day_min = 1440;
    int32_t day = (int32_t)floor((double)minute / day_min), of_day = minute - day * day_min;
    format_day(out, view->joint->day.date + day, view->lang);
    buffer_printf(out, " %02d:%02d", of_day / 60, of_day % 60);
}

/* A rule by its name, id and source. */
static void put_rule(const struct dispatch_view *view, uint32_t row, struct buffer *out)
{
    const struct zhol_corridor *corridor = view->joint->day.corridor;
    uint32_t count;
    const struct zhol_rule *rule = &zhol_corridor_rule(corridor, &count)[row];
    bool ru = view->lang == REPORT_RU && rule->name_ru;
    buffer_printf(out, dispatch_word(DW_BAN_SOURCE, view->lang),
                  zhol_corridor_text(corridor, ru ? rule->name_ru : rule->name),
                  zhol_corridor_id(corridor, ZHOL_TABLE_rule, rule->rule_id),
                  zhol_corridor_id(corridor, ZHOL_TABLE_source, rule->source_id));
}

void dispatch_put_ban(const struct dispatch_view *view, uint32_t ban, struct buffer *out)
{
    uint32_t row = view->joint->day.ban_rules[ban];
    if (row == ZHOL_NONE) {
        buffer_string(out, dispatch_word(DW_BAN_BY_STATE, view->lang));
    } else {
        put_rule(view, row, out);
    }
}

/* Whether the ban falls on the day and names the train. */
static bool names_train(const struct dispatch_day *day, uint32_t ban, uint32_t train)
{
    const struct zhol_dispatch_ban *it = &day->bans[ban];
    return it->until_min > 0 && it->from_min < day->engine.horizon_min &&
           zhol_dispatch_ban_concerns(&day->engine, it, train);
}

void dispatch_put_why(const struct dispatch_view *view, uint32_t train,
                      enum zhol_dispatch_cause cause, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    bool asked = cause == ZHOL_DISPATCH_BY_BAN, any = false;
    buffer_string(out, dispatch_cause(cause, view->lang));
    for (uint32_t i = 0; asked && i < day->engine.ban_count; i++) {
        if (names_train(day, i, train)) {
            const char *id = dispatch_ban_id(day, i);
            buffer_string(out, any ? ", " : ": ");
            buffer_string(out, *id ? id : dispatch_word(DW_BAN_BY_STATE, view->lang));
            any = true;
        }
    }
}

static void put_window(const struct dispatch_view *view, const struct zhol_dispatch_ban *ban,
                       struct buffer *out)
{
    struct buffer moment;
    buffer_init(&moment);
    if (ban->from_min > 0) {
        put_moment(view, ban->from_min, &moment);
        buffer_printf(out, dispatch_word(DW_BAN_SINCE, view->lang), buffer_get(&moment));
        buffer_reset(&moment);
    }
    if (ban->until_min == ZHOL_DISPATCH_NEVER) {
        buffer_string(out, dispatch_word(DW_BAN_NO_END, view->lang));
    } else {
        put_moment(view, ban->until_min, &moment);
        buffer_printf(out, dispatch_word(DW_BAN_UNTIL, view->lang), buffer_get(&moment));
    }
    buffer_clear(&moment);
}

static void put_one(const struct dispatch_view *view, uint32_t i, struct buffer *out)
{
    const struct zhol_dispatch_ban *ban = &view->joint->day.bans[i];
    bool all = !ban->flags && ban->destination == ZHOL_DISPATCH_NONE;
    const char *goods = all ? "" : dispatch_word(DW_BAN_GOODS, view->lang);
    struct buffer name;
    buffer_init(&name);
    dispatch_put_ban(view, i, &name);
    if (ban->arriving) {
        buffer_printf(out, dispatch_word(DW_BAN_ARRIVING, view->lang), buffer_get(&name),
                      dispatch_side_name(view, ban->gauge), dispatch_gauge_mm(ban->gauge), goods);
    } else {
        buffer_printf(out, dispatch_word(DW_BAN_LEAVING, view->lang), buffer_get(&name),
                      dispatch_gauge_mm(ban->gauge), goods);
    }
    buffer_clear(&name);
    put_window(view, ban, out);
    buffer_char(out, '\n');
}

/* "8123 (30 Jan 2026 06:20), 8125 (...)": trains that stood ready before the day. */
static void put_waiting(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    struct buffer trains;
    buffer_init(&trains);
    for (uint32_t t = 0; t < day->engine.train_count; t++) {
        if (day->trains[t].ready_min < 0) {
            buffer_printf(&trains, "%s%s (", trains.size ? ", " : "",
                          dispatch_text(day, day->train_labels[t].name));
            put_moment(view, day->trains[t].ready_min, &trains);
            buffer_char(&trains, ')');
        }
    }
    if (trains.size) {
        buffer_printf(out, dispatch_word(DW_WAITING, view->lang), buffer_get(&trains));
        buffer_char(out, '\n');
    }
    buffer_clear(&trains);
}

/* What rules took by closing some of several lines: a line of text for each rule and way. */
static void put_thins(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    struct buffer name;
    buffer_init(&name);
    for (uint32_t i = 0; i < day->thin_count; i++) {
        const struct dispatch_thin *it = &day->thins[i];
        uint32_t count = 0, first = i;
        for (uint32_t k = 0; k < day->thin_count; k++) {
            const struct dispatch_thin *other = &day->thins[k];
            if (other->rule == it->rule && other->move == it->move && other->gauge == it->gauge) {
                count += other->count;
                first = k < first ? k : first;
            }
        }
        if (first == i) {
            buffer_reset(&name);
            put_rule(view, it->rule, &name);
            buffer_printf(
                out,
                dispatch_word(it->move == ZHOL_DISPATCH_ACCEPT ? DW_THIN_ACCEPT : DW_THIN_DEPART,
                              view->lang),
                buffer_get(&name), dispatch_side_name(view, it->gauge),
                dispatch_gauge_mm(it->gauge), count);
            buffer_char(out, '\n');
        }
    }
    buffer_clear(&name);
}

/* Rules on reloading, each once: its fronts stand together. */
static void put_reload_bans(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    struct buffer name;
    buffer_init(&name);
    for (uint32_t i = 0, fronts; i < day->reload_ban_count; i += fronts) {
        uint32_t rule = day->reload_bans[i].rule;
        for (fronts = 1; i + fronts < day->reload_ban_count; fronts++) {
            if (day->reload_bans[i + fronts].rule != rule) {
                break;
            }
        }
        buffer_reset(&name);
        put_rule(view, rule, &name);
        buffer_printf(out, dispatch_word(DW_RELOAD_BAN, view->lang), buffer_get(&name), fronts);
        buffer_char(out, '\n');
    }
    buffer_clear(&name);
}

void dispatch_put_bans(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    for (uint32_t i = 0; i < day->engine.ban_count; i++) {
        if (day->bans[i].until_min > 0 && day->bans[i].from_min < day->engine.horizon_min) {
            put_one(view, i, out);
        }
    }
    put_thins(view, out);
    put_reload_bans(view, out);
    put_waiting(view, out);
}
