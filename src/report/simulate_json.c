/* simulate_json.c: a simulation as JSON, complete. See simulate_view.h. */
#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/time.h"
#include "report/simulate_view.h"

static const char *const kind_words[GROUP_KIND_COUNT] = {
    "all", "traffic", "crossing", "origin_destination", "destination", "mode", "freight"};

static const char *const freight_words[FREIGHT_COUNT] = {"containers_north", "containers_other",
                                                         "rail_and_sea_other", "road", "pipelines"};

static const char *const step_words[ZHOL_SIMULATE_STEP_COUNT] = {
    "none", "running", "handling", "border", "border_wait", "other_wait"};

static void value(struct json_writer *json, const char *name, struct zhol_simulate_value v)
{
    json_write_key(json, name);
    json_write_object(json);
    json_member_real(json, "mean", v.mean);
    json_member_real(json, "half95", v.half);
    json_write_object_end(json);
}

static void node_member(const struct simulate_view *view, struct json_writer *json,
                        const char *name, uint32_t node)
{
    const struct zhol_corridor *corridor = view->answer->study->corridor;
    json_member_text(json, name,
                     node == ZHOL_NONE ? NULL : zhol_corridor_id(corridor, ZHOL_TABLE_node, node));
}

static void name_member(struct json_writer *json, const char *name, struct buffer *text)
{
    json_member_text(json, name, buffer_get(text));
    buffer_reset(text);
}

static void write_key(const struct simulate_view *view, const struct group *group,
                      struct json_writer *json)
{
    const struct zhol_corridor *corridor = view->answer->study->corridor;
    switch (group->kind) {
    case GROUP_CROSSING:
    case GROUP_OD:
        node_member(view, json, "from", group->a);
        node_member(view, json, "to", group->b);
        break;
    case GROUP_DESTINATION:
        node_member(view, json, "to", group->a);
        break;
    case GROUP_TRAFFIC:
        json_member_text(json, "demand_flow",
                         group->a == ZHOL_NONE
                             ? NULL
                             : zhol_corridor_id(corridor, ZHOL_TABLE_demand_flow, group->a));
        break;
    case GROUP_ALL:
        json_member_text(json, "freight", group->a == GROUP_MOVING ? "all_but_pipelines" : "all");
        break;
    case GROUP_FREIGHT:
        json_member_text(json, "freight", freight_words[group->a]);
        break;
    case GROUP_MODE:
        json_member_text(json, "mode", group->a ? zhol_mode_text(group->a) : NULL);
        break;
    default:
        break;
    }
}

static void write_gain(const struct answer_group *group, struct json_writer *json)
{
    json_write_key(json, "compared");
    json_write_object(json);
    value(json, "transit_change_h", group->gain.transit_h);
    value(json, "delay_change_usd_day", group->gain.delay_usd_day);
    value(json, "loads_change_day", group->gain.loads_day);
    json_member_real(json, "variance_share", group->gain.shrink);
    json_write_object_end(json);
}

static void write_group(const struct simulate_view *view, const struct answer_group *group,
                        struct json_writer *json, struct buffer *text)
{
    const struct zhol_simulate_flows_result *r = &group->result;
    json_write_object(json);
    json_member_text(json, "kind", kind_words[group->group.kind]);
    view_group(view, &group->group, text);
    name_member(json, "name", text);
    write_key(view, &group->group, json);
    json_member_real(json, "wanted_t_day", group->group.t_day);
    json_member_real(json, "wanted_loads_day", group->group.loads_day);
    value(json, "arrived_loads_day", r->loads_day);
    value(json, "under_way_loads", r->alive_loads);
    json_member_real(json, "arrived_share", group->arrived_share);
    json_member_real(json, "under_way_t", group->under_way_t);
    value(json, "transit_h", r->transit_h);
    value(json, "p50_h", r->p50_h);
    value(json, "p90_h", r->p90_h);
    value(json, "p95_h", r->p95_h);
    value(json, "delay_usd_day", r->delay_usd_day);
    json_write_key(json, "by_step_h");
    json_write_object(json);
    for (int s = ZHOL_SIMULATE_STEP_RUN; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
        value(json, step_words[s], r->by_step_h[s]);
    }
    json_write_object_end(json);
    json_write_key(json, "by_cause_h");
    json_write_object(json);
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        value(json, zhol_simulate_cause_word(c), r->by_cause_h[c]);
    }
    json_write_object_end(json);
    if (group->gain.any) {
        write_gain(group, json);
    }
    json_write_object_end(json);
}

static void write_place_key(const struct simulate_view *view,
                            const struct zhol_simulate_place *place, struct json_writer *json)
{
    const struct zhol_corridor *corridor = view->answer->study->corridor;
    uint32_t count;
    const struct zhol_process *processes = zhol_corridor_process(corridor, &count);
    const struct zhol_resource *resources = zhol_corridor_resource(corridor, &count);
    json_member_text(json, "kind", view_place_kind(place->kind));
    node_member(view, json, "node", place->node);
    json_member_text(
        json, "link",
        place->link == ZHOL_NONE ? NULL : zhol_corridor_id(corridor, ZHOL_TABLE_link, place->link));
    node_member(view, json, "toward", place->toward);
    json_member_text(json, "process",
                     place->process_row == ZHOL_NONE
                         ? NULL
                         : zhol_corridor_id(corridor, ZHOL_TABLE_process,
                                            processes[place->process_row].process_id));
    json_member_text(json, "resource",
                     place->resource_row == ZHOL_NONE
                         ? NULL
                         : zhol_corridor_id(corridor, ZHOL_TABLE_resource,
                                            resources[place->resource_row].resource_id));
}

static void write_place(const struct simulate_view *view, const struct answer_place *place,
                        struct json_writer *json, struct buffer *text)
{
    const struct zhol_simulate_place_result *r = &place->result;
    json_write_object(json);
    view_place(view, &place->about, text);
    name_member(json, "name", text);
    write_place_key(view, &place->about, json);
    json_member_int(json, "units", place->about.units);
    json_member_bool(json, "assumed", place->about.assumed);
    json_member_text(json, "unit", view_unit(view, &place->about));
    json_member_real(json, "nameplate_day", view_nameplate(view, &place->about));
    json_member_real(json, "load", place->about.load);
    json_member_real(json, "offered_day",
                     place->about.offered_day * view_scale(view, &place->about));
    value(json, "passed_day", view_passed(view, place));
    value(json, "queue_mean", r->queue_mean);
    value(json, "queue_max", r->queue_max);
    value(json, "wait_h", r->wait_h);
    value(json, "utilisation", r->utilisation);
    json_write_object_end(json);
}

static void write_series(struct json_writer *json, const char *name, const double *values,
                         uint32_t count)
{
    json_write_key(json, name);
    json_write_array(json);
    for (uint32_t i = 0; values && i < count; i++) {
        json_write_fixed(json, values[i], 2);
    }
    json_write_array_end(json);
}

static void write_stations(const struct simulate_view *view, struct json_writer *json)
{
    const struct answer *answer = view->answer;
    json_write_key(json, "stations");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->station_count; i++) {
        const struct answer_station *s = &answer->stations[i];
        json_write_object(json);
        node_member(view, json, "node", s->node);
        json_member_text(json, "name", view_node(view, s->node));
        json_member_real(json, "queue_mean", s->queue_mean);
        write_series(json, "queue", s->mean, answer->samples);
        write_series(json, "queue_p10", s->low, answer->samples);
        write_series(json, "queue_p90", s->high, answer->samples);
        write_series(json, "oldest_h", s->oldest_h, answer->samples);
        write_series(json, "oldest_p90_h", s->oldest_high_h, answer->samples);
        if (s->other_mean) {
            write_series(json, "compared_queue", s->other_mean, answer->samples);
        }
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_triple(struct json_writer *json, const char *const names[3],
                         const double values[3])
{
    for (int k = 0; k < 3; k++) {
        json_member_real(json, names[k], values[k]);
    }
}

static void write_clearings(const struct simulate_view *view, struct json_writer *json)
{
    static const char *const days[3] = {"cleared_p50_d", "cleared_p90_d", "cleared_p95_d"};
    static const char *const lows[3] = {"cleared_p50_low_d", "cleared_p90_low_d",
                                        "cleared_p95_low_d"};
    static const char *const highs[3] = {"cleared_p50_high_d", "cleared_p90_high_d",
                                         "cleared_p95_high_d"};
    static const char *const peaks[3] = {"peak_p10", "peak_p50", "peak_p90"};
    static const char *const arrivals[3] = {"arrival_p50_d", "arrival_p90_d", "arrival_p95_d"};
    const struct answer *answer = view->answer;
    json_write_key(json, "clearing");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->clearing_count; i++) {
        const struct answer_clearing *c = &answer->clearings[i];
        const struct state_queue *q = &answer->study->options->state->queues[c->queue];
        json_write_object(json);
        node_member(view, json, "node", q->node);
        json_member_text(json, "to", *q->to ? q->to : NULL);
        json_member_int(json, "count", q->count);
        json_member_real(json, "limit", c->limit);
        write_triple(json, days, c->days);
        write_triple(json, lows, c->low);
        write_triple(json, highs, c->high);
        write_triple(json, peaks, c->peak);
        write_triple(json, arrivals, c->arrival_days);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

/* How long each disruption is felt after its end. */
static void write_recoveries(const struct simulate_view *view, struct json_writer *json)
{
    static const char *const most[3] = {"more_waiting_p10", "more_waiting_p50", "more_waiting_p90"};
    static const char *const days[3] = {"recovery_p50_d", "recovery_p90_d", "recovery_p95_d"};
    static const char *const lows[3] = {"recovery_p50_low_d", "recovery_p90_low_d",
                                        "recovery_p95_low_d"};
    static const char *const highs[3] = {"recovery_p50_high_d", "recovery_p90_high_d",
                                         "recovery_p95_high_d"};
    const struct answer *answer = view->answer;
    json_write_key(json, "recovery");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->recovery_count; i++) {
        const struct answer_recovery *r = &answer->recoveries[i];
        const struct state_disruption *d =
            &answer->study->options->state->disruptions[r->disruption];
        char text[TIME_TEXT_SIZE] = "";
        if (d->to_s != INT64_MAX) {
            time_format_instant(d->to_s, text);
        }
        json_write_object(json);
        json_member_text(json, "disruption", d->name);
        json_member_text(json, "ends", *text ? text : NULL);
        json_member_int(json, "replications", r->runs);
        write_triple(json, most, r->most);
        write_triple(json, days, r->days);
        write_triple(json, lows, r->low);
        write_triple(json, highs, r->high);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_worths(const struct simulate_view *view, struct json_writer *json,
                         struct buffer *text)
{
    const struct answer *answer = view->answer;
    json_write_key(json, "worth");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->worth_count; i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(answer->study->model, answer->worths[i].place, &about);
        json_write_object(json);
        view_place(view, &about, text);
        name_member(json, "name", text);
        write_place_key(view, &about, json);
        value(json, "gain_usd_day", answer->worths[i].gain_usd_day);
        value(json, "gain_h", answer->worths[i].gain_h);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_place_name(const struct simulate_view *view, const char *key, uint32_t place,
                             struct json_writer *json)
{
    struct zhol_simulate_place about;
    struct buffer name;
    buffer_init(&name);
    if (place != ZHOL_NONE) {
        zhol_simulate_place_about(view->answer->study->model, place, &about);
        view_place(view, &about, &name);
    }
    json_member_text(json, key, place != ZHOL_NONE ? buffer_get(&name) : NULL);
    buffer_clear(&name);
}

/* Are these days a steady state, and if not, why? */
static void write_steady(const struct simulate_view *view, struct json_writer *json)
{
    static const char *const kinds[STEADY_KINDS] = {"steady", "closed_days", "disrupted", "changes",
                                                    "overloaded"};
    const struct steadiness *steady = &view->answer->steady;
    bool closed = steady->closed_place != ZHOL_NONE;
    char from[TIME_TEXT_SIZE] = "", until[TIME_TEXT_SIZE] = "";
    if (closed) {
        time_format_instant(steady->closed_from_s, from);
        time_format_instant(steady->closed_to_s, until);
    }
    json_write_key(json, "steady");
    json_write_object(json);
    json_member_text(json, "kind", kinds[steady->kind]);
    write_place_name(view, "changes_most", steady->place, json);
    write_place_name(view, "closed", steady->closed_place, json);
    json_member_text(json, "closed_from", closed ? from : NULL);
    json_member_text(json, "closed_until", closed ? until : NULL);
    write_place_name(view, "fullest", steady->loaded_place, json);
    json_member_real(json, "fullest_load", steady->load);
    json_write_object_end(json);
}

static void write_run(const struct simulate_view *view, struct json_writer *json)
{
    const struct answer *answer = view->answer;
    const struct study *study = answer->study;
    const struct study_options *o = study->options;
    char text[TIME_TEXT_SIZE];
    time_format_instant(o->start_s, text);
    json_member_text(json, "start", text);
    json_member_real(json, "days", o->days);
    json_member_real(json, "warm_up_days", study->model_options.warm_up_days);
    json_member_int(json, "replications", study->count);
    json_member_bool(json, "interrupted", view_interrupted(view) > 0);
    json_member_text(json, "left_out", view->without);
    json_write_key(json, "seed");
    json_write_uint(json, o->seed);
    json_member_real(json, "relative_half95", study->relative);
    json_member_bool(json, "settled", answer->settled);
    write_steady(view, json);
    json_member_int(json, "flows", study->flows.flow_count);
    json_member_real(json, "demand_t_year", study->flows.t_year);
    json_member_real(json, "demand_without_way_t_year", study->flows.unreached_t_year);
    json_write_key(json, "events");
    json_write_uint(json, answer->events);
    json_member_real(json, "blocked_trains", answer->blocked);
    json_member_real(json, "abandoned_trains", answer->abandoned);
    json_member_real(json, "bans", answer->bans);
    json_write_key(json, "evidence_of_times");
    json_write_object(json);
    json_member_real(json, "published", answer->time_share[ZHOL_PUBLISHED]);
    json_member_real(json, "derived", answer->time_share[ZHOL_DERIVED]);
    json_member_real(json, "assumed", answer->time_share[ZHOL_ASSUMED]);
    json_write_object_end(json);
    if (answer->audited) {
        snprintf(text, sizeof text, "%016" PRIx64, answer->fingerprint);
        json_member_bool(json, "audit_holds", answer->holds);
        json_member_text(json, "audit_why", answer->holds ? NULL : answer->why);
        json_member_text(json, "fingerprint", text);
        json_write_key(json, "services_recomputed");
        json_write_uint(json, answer->recomputed);
        json_write_key(json, "services_without_recursion");
        json_write_uint(json, answer->not_recomputed);
    }
}

static void write_units(const struct pairs_units *units, struct json_writer *json)
{
    json_write_key(json, "compared_units");
    json_write_object(json);
    json_member_int(json, "compared", (int64_t)units->compared);
    json_member_real(json, "sooner", units->sooner);
    json_member_real(json, "later", units->later);
    json_member_real(json, "change_p10_h", units->low_h);
    json_member_real(json, "change_p50_h", units->middle_h);
    json_member_real(json, "change_p90_h", units->high_h);
    json_write_object_end(json);
}

void simulate_write_json(const struct simulate_view *view, struct json_writer *json)
{
    const struct answer *answer = view->answer;
    struct buffer text;
    buffer_init(&text);
    write_run(view, json);
    if (answer->other) {
        json_member_text(json, "compared_scenario", view->other_scenario);
        write_units(&answer->units, json);
    }
    json_write_key(json, "groups");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->count; i++) {
        write_group(view, &answer->list[i], json, &text);
    }
    json_write_array_end(json);
    json_write_key(json, "places");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->place_count; i++) {
        write_place(view, &answer->places[i], json, &text);
    }
    json_write_array_end(json);
    json_member_real(json, "sample_h", answer->sample_h);
    write_stations(view, json);
    if (answer->clearing_count) {
        write_clearings(view, json);
    }
    if (view->answer->recovery_count) {
        write_recoveries(view, json);
    }
    if (view->worth) {
        write_worths(view, json, &text);
    }
    if (view->borders) {
        simulate_borders_json(view, json);
    }
    if (answer->listed.count) {
        simulate_listed_json(view, json);
    }
    buffer_clear(&text);
}
