/* simulate_view.c: names and sentences of a simulation. See simulate_view.h. */
#include "report/simulate_view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "report/format.h"
#include "report/terms.h"

const char *view_word(const struct simulate_view *view, enum sim_word word)
{
    return sim_word(word, view->lang);
}

static const struct zhol_corridor *corridor_of(const struct simulate_view *view)
{
    return view->answer->study->corridor;
}

unsigned view_decimals(const struct simulate_view *view, unsigned usual)
{
    return usual + (view->answer->list[0].group.t_day < 1000 ? 2 : 0);
}

void view_number(const struct simulate_view *view, struct table_out *table, double value,
                 unsigned decimals)
{
    struct buffer text;
    buffer_init(&text);
    if (isnan(value)) {
        buffer_string(&text, "-");
    } else if (isinf(value)) {
        buffer_string(&text, view_word(view, SIM_LATER));
    } else {
        format_number(&text, value, decimals, view->lang);
    }
    table_out_text(table, buffer_get(&text));
    table->error = table->error ? table->error : text.error;
    buffer_clear(&text);
}

unsigned view_interrupted(const struct simulate_view *view)
{
    return (view->answer->study->interrupted ? 1u : 0u) + (view->without ? 1u : 0u);
}

const char *view_node(const struct simulate_view *view, uint32_t node)
{
    return node == ZHOL_NONE
               ? ""
               : zhol_node_name(corridor_of(view), node, view->lang == REPORT_RU ? "ru" : "en");
}

static const char *traffic(const struct simulate_view *view, uint32_t flow)
{
    uint32_t begin, end, count;
    if (flow == ZHOL_NONE) {
        return view_word(view, SIM_LISTED);
    }
    const struct zhol_demand_flow *rows = zhol_corridor_demand_flow(corridor_of(view), &count);
    zhol_corridor_rows(corridor_of(view), ZHOL_TABLE_demand_flow, flow, &begin, &end);
    const struct zhol_demand_flow *row = &rows[begin];
    const char *ru = zhol_corridor_text(corridor_of(view), row->name_ru);
    return view->lang == REPORT_RU && *ru ? ru : zhol_corridor_text(corridor_of(view), row->name);
}

void view_group(const struct simulate_view *view, const struct group *group, struct buffer *out)
{
    switch (group->kind) {
    case GROUP_TRAFFIC:
        buffer_string(out, traffic(view, group->a));
        break;
    case GROUP_CROSSING:
    case GROUP_OD:
        buffer_printf(out, "%s > %s", view_node(view, group->a), view_node(view, group->b));
        break;
    case GROUP_DESTINATION:
        buffer_string(out, view_node(view, group->a));
        break;
    case GROUP_MODE:
        buffer_string(out,
                      group->a ? report_mode(group->a, view->lang) : view_word(view, SIM_ANY_MODE));
        break;
    case GROUP_FREIGHT:
        buffer_string(out, view_word(view, (enum sim_word)(SIM_NORTH_BOX + group->a)));
        break;
    default:
        buffer_string(out, view_word(view, group->a == GROUP_MOVING ? SIM_MOVING : SIM_ALL));
        break;
    }
}

/* "Dostyk - Beskol" of a link, the place of a node. */
static void put_where(const struct simulate_view *view, const struct zhol_simulate_place *place,
                      struct buffer *out)
{
    uint32_t begin, end, count;
    const struct zhol_link *links = zhol_corridor_link(corridor_of(view), &count);
    if (place->link != ZHOL_NONE) {
        zhol_corridor_rows(corridor_of(view), ZHOL_TABLE_link, place->link, &begin, &end);
        buffer_printf(out, "%s - %s", view_node(view, links[begin].from_node_id),
                      view_node(view, links[begin].to_node_id));
    } else {
        buffer_string(out, view_node(view, place->node));
    }
}

static const char *process_kind(const struct simulate_view *view,
                                const struct zhol_simulate_place *place)
{
    uint32_t count;
    const struct zhol_process *rows = zhol_corridor_process(corridor_of(view), &count);
    return place->process_row == ZHOL_NONE
               ? ""
               : report_process_kind(rows[place->process_row].kind, view->lang);
}

/* What a slot of a link is, by its mode: paths are of railways. */
static enum sim_word slot_word(const struct simulate_view *view,
                               const struct zhol_simulate_place *place)
{
    uint32_t begin, end, count;
    const struct zhol_link *links = zhol_corridor_link(corridor_of(view), &count);
    if (place->link == ZHOL_NONE) {
        return SIM_PLACE_SLOT_OF;
    }
    zhol_corridor_rows(corridor_of(view), ZHOL_TABLE_link, place->link, &begin, &end);
    switch (links[begin].mode) {
    case zhol_mode_SEA:
        return SIM_PLACE_SLOT_SEA;
    case zhol_mode_ROAD:
        return SIM_PLACE_SLOT_ROAD;
    case zhol_mode_OIL:
    case zhol_mode_GAS:
        return SIM_PLACE_SLOT_PIPE;
    default:
        return SIM_PLACE_SLOT;
    }
}

/* A switch, so that a kind that is new in the model does not compile without its words. */
static enum sim_word place_word(const struct simulate_view *view,
                                const struct zhol_simulate_place *place)
{
    switch ((enum zhol_simulate_place_kind)place->kind) {
    case ZHOL_SIMULATE_PLACE_SLOT:
        return slot_word(view, place);
    case ZHOL_SIMULATE_PLACE_YARD:
        return SIM_PLACE_YARD;
    case ZHOL_SIMULATE_PLACE_LINE:
        return SIM_PLACE_LINE;
    case ZHOL_SIMULATE_PLACE_PLATFORM:
        return SIM_PLACE_PLATFORM;
    case ZHOL_SIMULATE_PLACE_LOCOMOTIVE:
        return SIM_PLACE_LOCOMOTIVE;
    case ZHOL_SIMULATE_PLACE_VESSEL:
        return SIM_PLACE_VESSEL;
    case ZHOL_SIMULATE_PLACE_WEATHER:
        return SIM_PLACE_WEATHER;
    case ZHOL_SIMULATE_PLACE_DOOR:
        return place->process_row == ZHOL_NONE ? SIM_PLACE_DOOR : SIM_PLACE_HOURS;
    case ZHOL_SIMULATE_PLACE_LIFT:
        return SIM_PLACE_LIFT;
    case ZHOL_SIMULATE_PLACE_BAN:
        return SIM_PLACE_BAN;
    case ZHOL_SIMULATE_PLACE_CONTROL:
    case ZHOL_SIMULATE_PLACE_FRONT:
    case ZHOL_SIMULATE_PLACE_KINDS:
        break;
    }
    return SIM_PLACE_WORK;
}

const char *view_place_kind(unsigned kind)
{
    switch ((enum zhol_simulate_place_kind)kind) {
    case ZHOL_SIMULATE_PLACE_SLOT:
        return "slot";
    case ZHOL_SIMULATE_PLACE_CONTROL:
        return "control";
    case ZHOL_SIMULATE_PLACE_FRONT:
        return "front";
    case ZHOL_SIMULATE_PLACE_YARD:
        return "yard";
    case ZHOL_SIMULATE_PLACE_LINE:
        return "line";
    case ZHOL_SIMULATE_PLACE_PLATFORM:
        return "platform";
    case ZHOL_SIMULATE_PLACE_LOCOMOTIVE:
        return "locomotive";
    case ZHOL_SIMULATE_PLACE_VESSEL:
        return "vessel";
    case ZHOL_SIMULATE_PLACE_WEATHER:
        return "weather";
    case ZHOL_SIMULATE_PLACE_DOOR:
        return "closed";
    case ZHOL_SIMULATE_PLACE_LIFT:
        return "lift";
    case ZHOL_SIMULATE_PLACE_BAN:
        return "ban";
    case ZHOL_SIMULATE_PLACE_KINDS:
        break;
    }
    return "";
}

static bool is_of_lots(const struct simulate_view *view, const struct zhol_simulate_place *place)
{
    return place->kind == ZHOL_SIMULATE_PLACE_SLOT && slot_word(view, place) == SIM_PLACE_SLOT_SEA;
}

double view_scale(const struct simulate_view *view, const struct zhol_simulate_place *place)
{
    bool known = isfinite(place->capacity_day) && place->nameplate_day > 0;
    return known && !is_of_lots(view, place) ? place->capacity_day / place->nameplate_day : 1;
}

double view_nameplate(const struct simulate_view *view, const struct zhol_simulate_place *place)
{
    return is_of_lots(view, place) ? NAN : place->nameplate_day * view_scale(view, place);
}

struct zhol_simulate_value view_passed(const struct simulate_view *view,
                                       const struct answer_place *place)
{
    struct zhol_simulate_value passed = place->result.passed_day;
    passed.mean *= view_scale(view, &place->about);
    passed.half *= view_scale(view, &place->about);
    return passed;
}

const char *view_unit(const struct simulate_view *view, const struct zhol_simulate_place *place)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(corridor_of(view), &count);
    bool known = isfinite(place->capacity_day) && !is_of_lots(view, place);
    return known ? zhol_capacity_unit_text(rows[place->resource_row].unit) : "vehicles";
}

/* The same text for a reader, though not the same place. */
static bool reads_like(const struct simulate_view *view, const struct zhol_simulate_place *a,
                       const struct zhol_simulate_place *b)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(corridor_of(view), &count);
    bool resource = (a->resource_row == ZHOL_NONE) == (b->resource_row == ZHOL_NONE);
    if (resource && a->resource_row != ZHOL_NONE && a->link == ZHOL_NONE) {
        resource = rows[a->resource_row].unit == rows[b->resource_row].unit;
    }
    return resource && a->kind == b->kind && a->node == b->node && a->link == b->link &&
           a->toward == b->toward && strcmp(process_kind(view, a), process_kind(view, b)) == 0;
}

/* " 2" behind the second of those that read alike, in the order of the model. */
static void put_number(const struct simulate_view *view, const struct zhol_simulate_place *place,
                       struct buffer *out)
{
    const struct zhol_simulate_model *model = view->answer->study->model;
    uint32_t number = 1;
    for (uint32_t i = 0; i < place->number; i++) {
        struct zhol_simulate_place other;
        zhol_simulate_place_about(model, i, &other);
        number += other.kind == place->kind && reads_like(view, place, &other);
    }
    if (number > 1) {
        buffer_printf(out, " (%u)", number);
    }
}

void view_place(const struct simulate_view *view, const struct zhol_simulate_place *place,
                struct buffer *out)
{
    enum sim_word word = place_word(view, place);
    struct buffer where;
    buffer_init(&where);
    put_where(view, place, &where);
    if (word == SIM_PLACE_HOURS) {
        buffer_printf(out, view_word(view, word), buffer_get(&where), process_kind(view, place));
    } else if (word == SIM_PLACE_WORK ||
               (word == SIM_PLACE_SLOT_OF && place->process_row != ZHOL_NONE)) {
        buffer_printf(out, view_word(view, SIM_PLACE_WORK), buffer_get(&where),
                      process_kind(view, place));
    } else {
        buffer_printf(out, view_word(view, word), buffer_get(&where));
    }
    if (place->kind == ZHOL_SIMULATE_PLACE_SLOT && place->link == ZHOL_NONE &&
        place->resource_row != ZHOL_NONE) { /* a place may have several */
        uint32_t count;
        const struct zhol_resource *rows = zhol_corridor_resource(corridor_of(view), &count);
        buffer_printf(
            out, view_word(view, SIM_PLACE_SLOT_IN),
            report_term(zhol_capacity_unit_text(rows[place->resource_row].unit), view->lang));
    }
    if (place->toward != ZHOL_NONE && place->toward != place->node) {
        buffer_string(out, ", ");
        buffer_printf(out, view_word(view, SIM_TOWARD), view_node(view, place->toward));
    }
    put_number(view, place, out);
    buffer_clear(&where);
}

void view_one_more(const struct simulate_view *view, const struct zhol_simulate_place *place,
                   struct buffer *out)
{
    static const enum sim_word words[ZHOL_SIMULATE_PLACE_KINDS] = {
        [ZHOL_SIMULATE_PLACE_CONTROL] = SIM_MORE_LANE,
        [ZHOL_SIMULATE_PLACE_FRONT] = SIM_MORE_FRONT,
        [ZHOL_SIMULATE_PLACE_YARD] = SIM_MORE_TRACK,
        [ZHOL_SIMULATE_PLACE_PLATFORM] = SIM_MORE_SET,
        [ZHOL_SIMULATE_PLACE_LOCOMOTIVE] = SIM_MORE_LOCOMOTIVE,
        [ZHOL_SIMULATE_PLACE_VESSEL] = SIM_MORE_VESSEL,
    };
    if (place->kind != ZHOL_SIMULATE_PLACE_SLOT) {
        buffer_string(out, words[place->kind] ? view_word(view, words[place->kind]) : "");
    } else if (place->resource_row != ZHOL_NONE) {
        uint32_t count;
        const struct zhol_resource *rows = zhol_corridor_resource(corridor_of(view), &count);
        const char *unit = zhol_capacity_unit_text(rows[place->resource_row].unit);
        buffer_printf(out, view_word(view, SIM_MORE_A_DAY), report_term(unit, view->lang));
    }
}

void view_groups(const struct simulate_view *view, enum group_kind kind, uint32_t *first,
                 uint32_t *last)
{
    const struct answer *answer = view->answer;
    *first = 0;
    while (*first < answer->count && answer->list[*first].group.kind != kind) {
        (*first)++;
    }
    *last = *first;
    while (*last < answer->count && answer->list[*last].group.kind == kind) {
        (*last)++;
    }
}

bool view_is_waited_at(const struct answer_place *place)
{
    return place->result.queue_mean.mean >= 0.05;
}

/* ---- Sentences ---- */

static void put_period(const struct simulate_view *view, struct buffer *out)
{
    const struct flows *flows = &view->answer->study->flows;
    struct time_date from = time_date_of(flows->year_from);
    if (time_date_of(flows->year_to - 1).year == from.year) {
        buffer_printf(out, "%d", from.year);
    } else {
        format_day(out, flows->year_from, view->lang);
    }
}

static void put_freight(const struct simulate_view *view, struct buffer *out)
{
    const struct study *study = view->answer->study;
    const struct study_options *o = study->options;
    struct buffer year, mt;
    buffer_init(&year);
    buffer_init(&mt);
    if (o->replay) {
        buffer_printf(out, view_word(view, SIM_REPLAYED), view->list_file);
        buffer_char(out, '\n');
    } else {
        put_period(view, &year);
        format_number(&mt, study->flows.t_year / 1e6, 1, view->lang);
        enum sim_word word = study->flows.assigned ? SIM_DEMAND_ASSIGNED : SIM_DEMAND_OF;
        buffer_printf(out, view_word(view, word), buffer_get(&year), buffer_get(&mt),
                      study->flows.flow_count);
        buffer_char(out, '\n');
    }
    if (o->replay && view->answer->list[0].group.t_day <= 0) {
        buffer_string(out, view_word(view, SIM_NONE_IN_DAYS));
        buffer_char(out, '\n');
    }
    if (o->list && !o->replay) {
        buffer_printf(out, view_word(view, SIM_ADDED), view->list_file);
        buffer_char(out, '\n');
    }
    if (study->flows.unmet_t_day > 500) {
        buffer_reset(&mt);
        format_number(&mt, study->flows.unmet_t_day / 1000, 1, view->lang);
        buffer_printf(out, view_word(view, SIM_UNMET), buffer_get(&mt));
        buffer_char(out, '\n');
    }
    if (study->flows.unreached_count) {
        buffer_reset(&mt);
        format_number(&mt, study->flows.unreached_t_year / 1e6, 2, view->lang);
        buffer_printf(out, view_word(view, SIM_UNREACHED), buffer_get(&mt));
        buffer_char(out, '\n');
    }
    buffer_clear(&year);
    buffer_clear(&mt);
}

bool view_disruption_acts(const struct simulate_view *view, const struct state_disruption *d)
{
    const struct study_options *o = view->answer->study->options;
    double before_days = o->from_state ? 0 : o->warm_up_days;
    return (double)d->to_s > (double)o->start_s - before_days * TIME_DAY_S &&
           (double)d->from_s < (double)o->start_s + o->days * TIME_DAY_S;
}

/* Day, and minute where it is not midnight, UTC. */
static void put_instant(const struct simulate_view *view, int64_t at_s, struct buffer *out)
{
    uint32_t second = time_second_of_day(at_s);
    format_day(out, time_day_of(at_s), view->lang);
    if (second) {
        buffer_printf(out, " %02u:%02u UTC", second / 3600, second / 60 % 60);
    }
}

static void put_disruption(const struct simulate_view *view, const struct state_disruption *d,
                           struct buffer *out)
{
    struct buffer from, until, what;
    buffer_init(&from);
    buffer_init(&until);
    buffer_init(&what);
    put_instant(view, d->from_s, &from);
    if (d->to_s != INT64_MAX) {
        put_instant(view, d->to_s, &until);
    }
    if (!view_disruption_acts(view, d)) {
        buffer_string(&what, view_word(view, SIM_DISRUPTION_OUTSIDE));
    } else if (d->ban) {
        buffer_string(&what, view_word(view, SIM_DISRUPTION_BAN));
    } else if (d->share > 0) {
        struct buffer share;
        buffer_init(&share);
        format_percent(&share, d->share, view->lang);
        buffer_printf(&what, view_word(view, SIM_DISRUPTION_SHARE), buffer_get(&share));
        buffer_clear(&share);
    } else {
        buffer_string(&what, view_word(view, SIM_DISRUPTION_CLOSED));
    }
    const char *name = d->scope == STATE_NODE ? view_node(view, d->thing) : d->name;
    buffer_printf(out, view_word(view, SIM_DISRUPTION), name, buffer_get(&from),
                  until.size ? view_word(view, SIM_DISRUPTION_UNTIL) : "", buffer_get(&until),
                  buffer_get(&what));
    buffer_char(out, '\n');
    if (d->share_unknown && view_disruption_acts(view, d)) {
        buffer_printf(out, view_word(view, SIM_DISRUPTION_UNKNOWN), d->name);
        buffer_char(out, '\n');
    }
    buffer_clear(&from);
    buffer_clear(&until);
    buffer_clear(&what);
}

void view_head(const struct simulate_view *view, struct buffer *out)
{
    const struct study *study = view->answer->study;
    const struct study_options *o = study->options;
    struct buffer day;
    buffer_init(&day);
    view_day(view, 0, &day);
    uint32_t second = time_second_of_day(o->start_s);
    if (second) {
        buffer_printf(&day, " %02u:%02u UTC", second / 3600, second / 60 % 60);
    }
    if (study->interrupted) {
        buffer_printf(out, view_word(view, SIM_INTERRUPTED), study->count);
        buffer_char(out, '\n');
    }
    if (view->without) {
        buffer_printf(out, view_word(view, SIM_INTERRUPTED_WITHOUT), view->without);
        buffer_char(out, '\n');
    }
    buffer_printf(out, view_word(view, SIM_RUNS), study->count, o->days, buffer_get(&day), o->seed);
    buffer_char(out, '\n');
    if (o->from_state) {
        buffer_printf(out, view_word(view, SIM_FROM_STATE), view->state_file);
        buffer_char(out, '\n');
    } else if (o->warm_up_days > 0) {
        buffer_printf(out, view_word(view, SIM_WARM_UP), o->warm_up_days);
        buffer_char(out, '\n');
    }
    put_freight(view, out);
    for (uint32_t i = 0; o->state && i < o->state->disruption_count; i++) {
        put_disruption(view, &o->state->disruptions[i], out);
    }
    buffer_clear(&day);
}

static void put_paths(const struct simulate_view *view, struct buffer *out)
{
    struct buffer checked, others;
    buffer_init(&checked);
    buffer_init(&others);
    format_number(&checked, (double)view->answer->recomputed, 0, view->lang);
    format_number(&others, (double)view->answer->not_recomputed, 0, view->lang);
    bool all = !view->answer->not_recomputed;
    buffer_printf(out, view_word(view, all ? SIM_AUDIT_PATHS : SIM_AUDIT_PATHS_SOME),
                  buffer_get(&checked), buffer_get(&others));
    buffer_char(out, '\n');
    buffer_clear(&checked);
    buffer_clear(&others);
}

static void put_audit(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    if (answer->audited && answer->holds) {
        buffer_printf(out, view_word(view, SIM_AUDIT_HOLDS), answer->study->count,
                      answer->fingerprint);
        buffer_char(out, '\n');
        put_paths(view, out);
    } else if (answer->audited) {
        buffer_printf(out, view_word(view, SIM_AUDIT_FAILS), answer->failed, answer->why);
        buffer_char(out, '\n');
    }
}

static void put_trains(const struct simulate_view *view, struct buffer *out)
{
    const double values[3] = {view->answer->blocked, view->answer->abandoned, view->answer->bans};
    struct buffer texts[3];
    for (int i = 0; i < 3; i++) {
        buffer_init(&texts[i]);
        format_number(&texts[i], values[i], 1, view->lang);
    }
    buffer_printf(out, view_word(view, SIM_TRAINS), buffer_get(&texts[0]), buffer_get(&texts[1]),
                  buffer_get(&texts[2]));
    buffer_char(out, '\n');
    for (int i = 0; i < 3; i++) {
        buffer_clear(&texts[i]);
    }
}

/* Why queues do not keep their level, and of which place most is asked. */
static void put_steady(const struct simulate_view *view, struct buffer *out)
{
    static const enum sim_word words[STEADY_KINDS] = {[STEADY_CLOSED] = SIM_STEADY_CLOSED,
                                                      [STEADY_DISRUPTED] = SIM_STEADY_DISRUPTED,
                                                      [STEADY_CHANGES] = SIM_STEADY_CHANGES,
                                                      [STEADY_OVERLOADED] = SIM_STEADY_OVERLOADED};
    const struct steadiness *steady = &view->answer->steady;
    const struct zhol_simulate_model *model = view->answer->study->model;
    struct zhol_simulate_place about;
    struct buffer texts[3];
    if (view->answer->settled || steady->loaded_place == ZHOL_NONE) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        buffer_init(&texts[i]);
    }
    if (steady->kind == STEADY_CLOSED) {
        zhol_simulate_place_about(model, steady->closed_place, &about);
        view_place(view, &about, &texts[0]);
        format_day(&texts[1], time_day_of(steady->closed_from_s), view->lang);
        format_day(&texts[2], time_day_of(steady->closed_to_s), view->lang);
        buffer_printf(out, view_word(view, SIM_STEADY_CLOSED), buffer_get(&texts[0]),
                      buffer_get(&texts[1]), buffer_get(&texts[2]));
        buffer_reset(&texts[0]);
    } else {
        buffer_string(out, view_word(view, words[steady->kind]));
    }
    zhol_simulate_place_about(model, steady->loaded_place, &about);
    view_place(view, &about, &texts[0]);
    buffer_char(out, ' ');
    buffer_printf(out, view_word(view, SIM_FULLEST), buffer_get(&texts[0]), steady->load * 100);
    buffer_char(out, '\n');
    for (int i = 0; i < 3; i++) {
        buffer_clear(&texts[i]);
    }
}

/* A percentage in so many digits that count, with the decimal sign of the language. */
static const char *percent(const struct simulate_view *view, double share, int digits, char *out,
                           size_t size)
{
    snprintf(out, size, "%.*g", digits, share * 100);
    for (char *c = out; *c && view->lang == REPORT_RU; c++) {
        *c = *c == '.' ? ',' : *c;
    }
    return out;
}

void view_notes(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    const struct study *study = answer->study;
    double wanted = study->options->precision;
    put_trains(view, out);
    buffer_string(out, view_word(view, SIM_INTERVALS));
    buffer_char(out, '\n');
    if (wanted > 0) {
        char known[32], asked[32];
        buffer_printf(out,
                      view_word(view, study->reached ? SIM_PRECISION_MET : SIM_PRECISION_MISSED),
                      percent(view, study->relative, 2, known, sizeof known),
                      percent(view, wanted, 6, asked, sizeof asked));
        buffer_char(out, '\n');
    }
    put_steady(view, out);
    double shares = 0;
    for (int e = 0; e < ZHOL_EVIDENCE_COUNT; e++) {
        shares += answer->time_share[e];
    }
    if (shares > 0) { /* a list has no rate to weigh ways by */
        buffer_printf(out, view_word(view, SIM_EVIDENCE), answer->time_share[ZHOL_PUBLISHED] * 100,
                      answer->time_share[ZHOL_DERIVED] * 100,
                      answer->time_share[ZHOL_ASSUMED] * 100);
        buffer_char(out, '\n');
    }
    put_audit(view, out);
}

void view_day(const struct simulate_view *view, double days, struct buffer *out)
{
    if (!(days < 1e6)) {
        buffer_string(out, isnan(days) ? "-" : view_word(view, SIM_LATER));
        return;
    }
    int64_t at_s = view->answer->study->options->start_s + (int64_t)(days * TIME_DAY_S);
    format_day(out, time_day_of(at_s), view->lang);
}
