/* dispatch_head.c: the sentences above and below a dispatcher's plan. See dispatch_view.h. */
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "report/dispatch_view.h"
#include "report/format.h"

static const char *station(const struct dispatch_view *view, enum zhol_dispatch_gauge gauge)
{
    const struct dispatch_day *day = &view->joint->day;
    return zhol_node_name(day->corridor, day->node[gauge], dispatch_lang_code(view));
}

void dispatch_put_title(const struct dispatch_view *view, struct buffer *out)
{
    struct buffer date;
    buffer_init(&date);
    format_day(&date, view->joint->day.date, view->lang);
    buffer_printf(out, dispatch_word(DW_TITLE, view->lang), station(view, ZHOL_DISPATCH_1520),
                  station(view, ZHOL_DISPATCH_1435), buffer_get(&date));
    buffer_clear(&date);
}

/* Trains of a gauge by what becomes of their groups: a train crosses where all of them leave. */
static void put_expected(const struct dispatch_view *view, enum zhol_dispatch_gauge gauge,
                         struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    uint32_t expected = 0, part = 0, stays = 0;
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        uint32_t of;
        enum zhol_dispatch_cause cause;
        uint32_t pushed = dispatch_units_pushed(view, i, &of, &cause);
        bool here = day->trains[i].gauge == gauge;
        expected += here;
        part += here && pushed && pushed < of;
        stays += here && pushed && pushed == of;
    }
    if (expected) {
        buffer_printf(out, dispatch_word(DW_IN_FROM, view->lang), dispatch_side_name(view, gauge),
                      dispatch_gauge_mm(gauge));
        buffer_printf(out, dispatch_word(expected == 1 ? DW_IN_ONE : DW_IN_MANY, view->lang),
                      expected);
        buffer_printf(out, dispatch_word(DW_IN_CROSSING, view->lang), expected - part - stays);
        if (part) {
            buffer_printf(out, dispatch_word(DW_IN_PART, view->lang), part);
        }
        buffer_printf(out, dispatch_word(DW_IN_PUSHED, view->lang), stays);
        buffer_char(out, '\n');
    }
}

static void put_formed(const struct dispatch_view *view, enum zhol_dispatch_gauge gauge,
                       struct buffer *out)
{
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    int32_t mm = dispatch_gauge_mm(gauge);
    uint32_t formed = 0, units = 0;
    for (uint32_t i = 0; i < plan->formed_count; i++) {
        bool here = plan->formed[i].gauge == gauge;
        formed += here;
        units += here ? plan->formed[i].unit_count : 0;
    }
    if (formed > 1) {
        buffer_printf(out, dispatch_word(DW_OUT_MANY, view->lang), mm, formed, units);
    } else if (formed && units > 1) {
        buffer_printf(out, dispatch_word(DW_OUT_ONE, view->lang), mm, units);
    } else if (formed) {
        buffer_printf(out, dispatch_word(DW_OUT_ONE_GROUP, view->lang), mm);
    }
    if (formed) {
        buffer_char(out, '\n');
    }
}

static void put_counts(const struct dispatch_view *view, struct buffer *out)
{
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        put_expected(view, (enum zhol_dispatch_gauge)g, out);
    }
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        put_formed(view, (enum zhol_dispatch_gauge)g, out);
    }
}

static void put_bound(const struct dispatch_view *view, struct buffer *out)
{
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    struct buffer late, bound, gap;
    if (plan->objective.late == 0) {
        buffer_string(out, dispatch_word(DW_NOT_LATE, view->lang));
    } else {
        buffer_init(&late);
        buffer_init(&bound);
        buffer_init(&gap);
        format_number(&late, (double)plan->objective.late, 0, view->lang);
        format_number(&bound, (double)plan->late_bound, 0, view->lang);
        format_number(&gap, plan->gap * 100, 1, view->lang);
        buffer_string(&gap, " %");
        if (plan->late_bound > 0) {
            buffer_printf(out, dispatch_word(DW_BOUND, view->lang), buffer_get(&late),
                          buffer_get(&bound), buffer_get(&gap));
        } else {
            buffer_printf(out, dispatch_word(DW_NO_BOUND, view->lang), buffer_get(&late));
        }
        buffer_clear(&late);
        buffer_clear(&bound);
        buffer_clear(&gap);
    }
    if (plan->optimal) {
        buffer_printf(out, " %s", dispatch_word(DW_OPTIMAL, view->lang));
    } else if (plan->objective.late == plan->late_bound && !view->replanned) {
        bool given_up = plan->proof == ZHOL_DISPATCH_GIVEN_UP;
        buffer_printf(out, " %s",
                      dispatch_word(given_up ? DW_GIVEN_UP : DW_NOT_SOUGHT, view->lang));
    }
    buffer_char(out, '\n');
}

static void put_sides(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_joint *joint = view->joint;
    bool west = joint->agreed[ZHOL_DISPATCH_1435], east = joint->agreed[ZHOL_DISPATCH_1520];
    if (west == east) {
        buffer_string(out, dispatch_word(west ? DW_SIDES_BOTH : DW_SIDES_NONE, view->lang));
    } else {
        enum zhol_dispatch_gauge yes = west ? ZHOL_DISPATCH_1435 : ZHOL_DISPATCH_1520;
        enum zhol_dispatch_gauge no = west ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435;
        buffer_printf(out, dispatch_word(DW_SIDES_ONE, view->lang), dispatch_side_name(view, yes),
                      dispatch_side_name(view, no));
    }
    buffer_char(out, '\n');
}

enum { BEYOND_DAYS = 366 };

/* What is supposed of a day that lies more than a year beyond all that was counted. */
static void put_beyond(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    int32_t counted = dispatch_counted_until(day->corridor);
    if (counted != ZHOL_BLANK_DATE && day->date > counted + BEYOND_DAYS) {
        buffer_printf(out, dispatch_word(DW_BEYOND, view->lang), time_date_of(counted).year);
        buffer_char(out, '\n');
    }
}

void dispatch_put_head(const struct dispatch_view *view, struct buffer *out)
{
    static const enum dispatch_word states[] = {DW_PROPOSED, DW_AGREED, DW_DONE};
    enum dispatch_plan_state state = dispatch_joint_state(view->joint);
    buffer_printf(out, dispatch_word(DW_CLOCK, view->lang), station(view, ZHOL_DISPATCH_1520),
                  view->joint->revision, dispatch_word(states[state], view->lang));
    buffer_char(out, '\n');
    put_sides(view, out);
    dispatch_put_bans(view, out);
    put_counts(view, out);
    put_bound(view, out);
    const struct dispatch_day *day = &view->joint->day;
    bool averages = day->engine.train_count > 0;
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        averages = averages &&
                   strcmp(dispatch_text(day, day->train_labels[i].origin), DISPATCH_AVERAGE) == 0;
    }
    if (averages) {
        buffer_printf(out, "%s\n", dispatch_word(DW_ASSUMED_TRAINS, view->lang));
    }
    put_beyond(view, out);
}

/* ---- What would help ---- */

void dispatch_put_remedy(const struct dispatch_view *view, uint32_t remedy, struct buffer *out)
{
    const struct zhol_dispatch_remedy *one = &view->remedies[remedy];
    const struct dispatch_day *day = &view->joint->day;
    int32_t gauge = dispatch_gauge_mm(one->gauge);
    struct buffer hour;
    buffer_init(&hour);
    switch (one->help) {
    case ZHOL_DISPATCH_HELP_ACCEPT:
    case ZHOL_DISPATCH_HELP_DEPART:
        dispatch_put_clock(view, (int32_t)one->row * 60, &hour);
        buffer_printf(
            out,
            dispatch_word(one->help == ZHOL_DISPATCH_HELP_ACCEPT ? DW_HELP_ACCEPT : DW_HELP_DEPART,
                          view->lang),
            gauge, buffer_get(&hour));
        break;
    case ZHOL_DISPATCH_HELP_LOCOMOTIVE:
        buffer_printf(out,
                      dispatch_word(day->locomotives[one->row].move == ZHOL_DISPATCH_ACCEPT
                                        ? DW_HELP_FETCH
                                        : DW_HELP_HAUL,
                                    view->lang),
                      dispatch_gauge_mm(day->locomotives[one->row].gauge));
        break;
    case ZHOL_DISPATCH_HELP_TRACK:
        buffer_printf(out, dispatch_word(DW_HELP_TRACK, view->lang),
                      dispatch_row_name(view, day->track_labels, one->row));
        break;
    case ZHOL_DISPATCH_HELP_FRONT:
        buffer_printf(out, dispatch_word(DW_HELP_FRONT, view->lang),
                      dispatch_row_name(view, day->front_labels, one->row));
        break;
    case ZHOL_DISPATCH_HELP_STOCK:
        buffer_printf(out, dispatch_word(DW_HELP_STOCK, view->lang),
                      dispatch_row_name(view, day->stock_labels, one->row));
        break;
    }
    buffer_clear(&hour);
}

void dispatch_put_saves(const struct dispatch_view *view, uint32_t remedy, struct buffer *out)
{
    struct buffer late, pushed;
    buffer_init(&late);
    buffer_init(&pushed);
    format_number(&late, (double)view->remedies[remedy].late_saved, 0, view->lang);
    format_number(&pushed, (double)view->remedies[remedy].pushed_saved, 0, view->lang);
    buffer_printf(out, dispatch_word(DW_SAVES_TEXT, view->lang), buffer_get(&late),
                  buffer_get(&pushed));
    buffer_clear(&late);
    buffer_clear(&pushed);
}

void dispatch_put_basis(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    uint32_t count, published = 0, derived = 0, assumed = 0;
    const struct zhol_source *sources = zhol_corridor_source(day->corridor, &count);
    const struct zhol_station_figure *figures = zhol_corridor_station_figure(day->corridor, &count);
    const struct zhol_rule *rules = zhol_corridor_rule(day->corridor, &count);
    const struct zhol_resource *resources = zhol_corridor_resource(day->corridor, &count);
    for (uint32_t i = 0; i < day->basis_count; i++) {
        const struct dispatch_basis *basis = &day->basis[i];
        uint32_t source = basis->table == ZHOL_TABLE_resource ? resources[basis->row].source_id
                          : basis->table == ZHOL_TABLE_rule   ? rules[basis->row].source_id
                                                              : figures[basis->row].source_id;
        unsigned kind = sources[source].kind;
        derived += kind == zhol_source_kind_DERIVED;
        assumed += kind == zhol_source_kind_ASSUMPTION;
        published += kind != zhol_source_kind_DERIVED && kind != zhol_source_kind_ASSUMPTION;
    }
    if (day->basis_count) {
        buffer_printf(out, dispatch_word(DW_BASIS, view->lang), day->basis_count, published,
                      derived, assumed);
    }
}
