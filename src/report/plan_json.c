/* report/plan_json.c: a plan as JSON: all itineraries that are worked out, complete. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "report/plan_write.h"

/* What all parts write with. */
struct page {
    const struct plan_view *view;
    struct json_writer *json;
    struct buffer text;
};

static const char *id_of(const struct page *p, enum zhol_table table, uint32_t thing)
{
    return thing == ZHOL_NONE ? NULL : zhol_corridor_id(p->view->corridor, table, thing);
}

static void member_text(struct page *p, const char *key)
{
    json_member_text(p->json, key, buffer_get(&p->text));
    p->json->out->error = p->json->out->error ? p->json->out->error : p->text.error;
    buffer_reset(&p->text);
}

static void member_time(struct page *p, const char *key, struct report_time time)
{
    format_iso(&p->text, time);
    member_text(p, key);
}

static void member_promise(struct page *p, const char *key, bool known, struct report_time time)
{
    if (known) {
        member_time(p, key, time);
    } else {
        json_member_null(p->json, key);
    }
}

static void member_place(struct page *p, const char *key, uint32_t node)
{
    struct json_writer *j = p->json;
    json_write_key(j, key);
    if (node == ZHOL_NONE) {
        json_write_null(j);
        return;
    }
    json_write_object(j);
    json_member_text(j, "id", id_of(p, ZHOL_TABLE_node, node));
    json_member_text(j, "name", plan_view_place(p->view, node));
    json_member_text(j, "country", plan_view_country_of(p->view, node));
    json_write_object_end(j);
}

static void member_usd(struct page *p, const char *key, int64_t cents)
{
    json_member_fixed(p->json, key, (double)cents / 100, 2);
}

static void member_source(struct page *p, struct view_source source)
{
    static const char *const names[ZHOL_EVIDENCE_COUNT] = {
        [ZHOL_PUBLISHED] = "published", [ZHOL_DERIVED] = "derived", [ZHOL_ASSUMED] = "assumed"};
    uint32_t count;
    const struct zhol_source *rows = zhol_corridor_source(p->view->corridor, &count);
    json_member_text(
        p->json, "source",
        source.row == ZHOL_NONE ? NULL : id_of(p, ZHOL_TABLE_source, rows[source.row].source_id));
    json_member_text(p->json, "evidence", names[source.evidence]);
}

/* ---- Parts of an itinerary ---- */

static void write_phases(struct page *p, const char *key, const int64_t minutes[])
{
    static const char *const names[VIEW_PHASE_COUNT] = {[VIEW_RUNS] = "running",
                                                        [VIEW_WAITS] = "waiting",
                                                        [VIEW_HANDLES] = "handling",
                                                        [VIEW_BORDERS] = "border"};
    json_write_key(p->json, key);
    json_write_object(p->json);
    for (int i = 0; i < VIEW_PHASE_COUNT; i++) {
        json_member_int(p->json, names[i], minutes[i]);
    }
    json_write_object_end(p->json);
}

static void write_wait(struct page *p, const struct view_leg *leg)
{
    static const char *const reasons[] = {[ZHOL_WAIT_NONE] = NULL,
                                          [ZHOL_WAIT_DEPARTURE] = "departure",
                                          [ZHOL_WAIT_OPENING] = "opening",
                                          [ZHOL_WAIT_BAN] = "ban",
                                          [ZHOL_WAIT_CHOSEN] = "chosen"};
    json_member_int(p->json, "wait_min", leg->minutes[VIEW_WAITS]);
    json_member_text(p->json, "wait_for", reasons[leg->wait_for]);
    plan_view_wait_text(p->view, leg, &p->text);
    if (leg->wait_for == ZHOL_WAIT_NONE) {
        json_member_null(p->json, "wait_reason");
    } else {
        member_text(p, "wait_reason");
    }
}

static void write_passes(struct page *p, const struct view_leg *leg)
{
    struct json_writer *j = p->json;
    json_write_key(j, "passes");
    json_write_array(j);
    for (uint32_t i = 0; i < leg->pass_count; i++) {
        const struct view_pass *pass = &p->view->passes[leg->first_pass + i];
        json_write_object(j);
        json_member_text(j, "process", zhol_process_kind_text(pass->process_kind));
        member_place(p, "at", pass->node);
        if (pass->from_state) {
            json_member_text(j, "from_state", zhol_state_text(pass->from_state));
            json_member_text(j, "to_state", zhol_state_text(pass->to_state));
        }
        json_write_object_end(j);
    }
    json_write_array_end(j);
}

static void write_leg_what(struct page *p, const struct view_leg *leg)
{
    static const char *const kinds[VIEW_LEG_KIND_COUNT] = {[VIEW_MOVE] = "move",
                                                           [VIEW_RIDE] = "ride",
                                                           [VIEW_HANDLING] = "handling",
                                                           [VIEW_BORDER] = "border"};
    struct json_writer *j = p->json;
    json_member_text(j, "kind", kinds[leg->kind]);
    plan_view_leg_text(p->view, leg, &p->text);
    member_text(p, "text");
    json_member_text(j, "mode", leg->mode ? zhol_mode_text(leg->mode) : NULL);
    json_member_text(j, "service", id_of(p, ZHOL_TABLE_service, leg->service));
    json_member_text(j, "process",
                     leg->process_kind ? zhol_process_kind_text(leg->process_kind) : NULL);
    json_member_text(j, "from_state", zhol_state_text(leg->from_state));
    json_member_text(j, "to_state", zhol_state_text(leg->to_state));
    member_place(p, "from", leg->from);
    member_place(p, "to", leg->to);
}

static void write_leg(struct page *p, const struct view_leg *leg)
{
    struct json_writer *j = p->json;
    json_write_object(j);
    write_leg_what(p, leg);
    member_time(p, "ready", leg->ready);
    write_wait(p, leg);
    member_time(p, "start", leg->start);
    member_time(p, "end", leg->end);
    write_phases(p, "minutes", leg->minutes);
    json_member_fixed(j, "length_km", (double)leg->length_m / 1000, 3);
    member_usd(p, "cost_usd", leg->cents);
    member_usd(p, "storage_usd", leg->storage_cents);
    json_member_bool(j, "cost_known", !leg->cost_unknown && !leg->storage_unknown);
    json_member_int(j, "co2e_g", leg->co2e_g);
    json_member_bool(j, "co2e_known", !leg->co2e_unknown);
    member_source(p, leg->source);
    write_passes(p, leg);
    json_write_object_end(j);
}

static void write_cost(struct page *p, const struct view_cost *cost)
{
    struct json_writer *j = p->json;
    uint32_t count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(p->view->corridor, &count);
    json_write_object(j);
    json_member_int(j, "leg", cost->leg);
    json_member_text(j, "kind", zhol_cost_kind_text(cost->kind));
    plan_view_cost_text(p->view, cost, &p->text);
    member_text(p, "text");
    json_member_text(j, "country", *cost->country ? cost->country : NULL);
    member_usd(p, "cost_usd", cost->cents);
    member_usd(p, "vat_usd", cost->vat_cents);
    json_member_text(j, "tariff", id_of(p, ZHOL_TABLE_tariff, rows[cost->tariff_row].tariff_id));
    member_source(p, cost->source);
    json_write_object_end(j);
}

static void write_sum(struct page *p, const struct view_sum *sum)
{
    json_write_object(p->json);
    json_member_text(p->json, "country", *sum->country ? sum->country : NULL);
    json_member_text(p->json, "kind", zhol_cost_kind_text(sum->kind));
    member_usd(p, "cost_usd", sum->cents);
    member_usd(p, "vat_usd", sum->vat_cents);
    json_write_object_end(p->json);
}

static void write_element(struct page *p, const struct view_element *e)
{
    struct json_writer *j = p->json;
    uint32_t count;
    const struct zhol_emission *rows = zhol_corridor_emission(p->view->corridor, &count);
    json_write_object(j);
    json_member_int(j, "leg", e->leg);
    json_member_text(j, "element", e->is_hub ? "hub" : "transport");
    member_place(p, "from", e->from);
    member_place(p, "to", e->to);
    json_member_text(j, "mode", e->mode ? zhol_mode_text(e->mode) : NULL);
    json_member_text(j, "category", *e->category ? e->category : NULL);
    json_member_real(j, "load_t", p->view->order.load.tonnes);
    json_member_fixed(j, "length_km", (double)e->length_m / 1000, 3);
    if (e->unknown) {
        json_member_null(j, "factor");
    } else {
        json_member_real(j, "factor", e->factor);
    }
    json_member_text(j, "factor_unit", e->is_hub ? "g CO2e/t" : "g CO2e/(t km)");
    json_member_text(j, "basis", "wtw");
    json_member_int(j, "co2e_g", e->co2e_g);
    json_member_text(j, "emission",
                     e->unknown ? NULL
                                : id_of(p, ZHOL_TABLE_emission, rows[e->emission_row].emission_id));
    member_source(p, e->source);
    json_write_object_end(j);
}

static void write_rule(struct page *p, uint32_t row)
{
    const struct zhol_rule *rule = plan_view_rule(p->view, row);
    struct json_writer *j = p->json;
    uint32_t count;
    json_write_object(j);
    json_member_text(
        j, "rule",
        id_of(p, ZHOL_TABLE_rule, zhol_corridor_rule(p->view->corridor, &count)[row].rule_id));
    json_member_text(j, "kind", zhol_rule_kind_text(rule->kind));
    json_member_text(j, "name", plan_view_rule_name(p->view, row));
    json_member_text(j, "text", plan_view_rule_text(p->view, row));
    if (!isnan(rule->value)) {
        json_member_real(j, "value", rule->value);
        json_member_text(j, "unit", zhol_corridor_text(p->view->corridor, rule->unit));
    }
    json_member_text(j, "source", id_of(p, ZHOL_TABLE_source, rule->source_id));
    json_write_object_end(j);
}

static void write_check(struct page *p, const struct view_check *check)
{
    json_write_object(p->json);
    json_member_text(p->json, "service", id_of(p, ZHOL_TABLE_service, check->service));
    json_member_real(p->json, "published_km", check->published_km);
    json_member_fixed(p->json, "model_km", check->model_km, 3);
    json_member_fixed(p->json, "deviation_pct", check->deviation * 100, 2);
    json_member_text(p->json, "reason", *check->reason ? check->reason : NULL);
    json_write_object_end(p->json);
}

static void write_shares(struct page *p, const char *key, const double share[])
{
    json_write_key(p->json, key);
    json_write_object(p->json);
    json_member_fixed(p->json, "published", share[ZHOL_PUBLISHED], 4);
    json_member_fixed(p->json, "derived", share[ZHOL_DERIVED], 4);
    json_member_fixed(p->json, "assumed", share[ZHOL_ASSUMED], 4);
    json_write_object_end(p->json);
}

/* ---- An itinerary ---- */

#define WRITE_LIST(p, key, write, count, item)   \
    do {                                         \
        json_write_key((p)->json, key);          \
        json_write_array((p)->json);             \
        for (uint32_t i = 0; i < (count); i++) { \
            write(p, item);                      \
        }                                        \
        json_write_array_end((p)->json);         \
    } while (0)

static void write_unknown(struct page *p, const struct view_unknown *unknown)
{
    json_write_object(p->json);
    json_member_text(p->json, "of", unknown->is_co2e ? "co2e" : "cost");
    json_member_text(p->json, "what", unknown->text);
    json_write_object_end(p->json);
}

static void write_note(struct page *p, const char *note)
{
    json_write_text(p->json, note);
}

static void write_headline(struct page *p, const struct view_itinerary *it)
{
    struct json_writer *j = p->json;
    char route[20];
    snprintf(route, sizeof route, "%016llx", (unsigned long long)it->route);
    json_member_int(j, "number", it->number + 1);
    json_member_text(j, "route", route);
    json_member_text(j, "gateways", it->way);
    json_member_bool(j, "firm", it->is_firm);
    json_member_bool(j, "fastest", it->is_fastest);
    json_member_bool(j, "cheapest", it->is_cheapest);
    json_member_bool(j, "lowest_co2e", it->is_cleanest);
    member_time(p, "arrival", it->arrival);
    member_promise(p, "arrival_p50", it->p50_known, it->p50);
    member_promise(p, "arrival_p90", it->p90_known, it->p90);
    if (p->view->order.deadline_min != INT64_MAX) {
        json_member_fixed(j, "in_time", it->in_time, 3);
    }
    json_member_int(j, "duration_min", it->minutes);
    write_phases(p, "minutes", it->phases);
    member_usd(p, "cost_usd", it->of->cents);
    json_member_bool(j, "cost_known", it->cost_known);
    member_usd(p, "vat_usd", it->vat_cents);
    json_member_int(j, "co2e_g", it->of->co2e_g);
    json_member_bool(j, "co2e_known", it->co2e_known);
    json_write_key(j, "length_km");
    json_write_object(j);
    for (unsigned mode = 1; mode < zhol_mode_COUNT; mode++) {
        if (it->length_m[mode]) {
            json_member_fixed(j, zhol_mode_text(mode), (double)it->length_m[mode] / 1000, 3);
        }
    }
    json_member_fixed(j, "total", (double)it->total_m / 1000, 3);
    json_write_object_end(j);
}

static void write_itinerary(struct page *p, const struct view_itinerary *it)
{
    const struct plan_view *v = p->view;
    json_write_object(p->json);
    write_headline(p, it);
    WRITE_LIST(p, "excluded", write_unknown, it->unknown_count,
               &v->unknowns[it->first_unknown + i]);
    WRITE_LIST(p, "legs", write_leg, it->leg_count, &v->legs[it->first_leg + i]);
    WRITE_LIST(p, "costs", write_cost, it->cost_count, &v->costs[it->first_cost + i]);
    WRITE_LIST(p, "cost_by_country", write_sum, it->sum_count, &v->sums[it->first_sum + i]);
    WRITE_LIST(p, "co2e_chain", write_element, it->element_count,
               &v->elements[it->first_element + i]);
    WRITE_LIST(p, "rules", write_rule, it->rule_count, v->rules[it->first_rule + i]);
    WRITE_LIST(p, "contracted_ways", write_check, it->check_count, &v->checks[it->first_check + i]);
    WRITE_LIST(p, "notes", write_note, it->note_count, v->notes[it->first_note + i]);
    json_write_key(p->json, "evidence");
    json_write_object(p->json);
    write_shares(p, "time", it->evidence.minutes);
    write_shares(p, "cost", it->evidence.cents);
    write_shares(p, "co2e", it->evidence.grams);
    json_write_object_end(p->json);
    json_write_object_end(p->json);
}

/* ---- The whole ---- */

static void member_day(struct page *p, const char *key, int32_t day)
{
    char text[TIME_TEXT_SIZE];
    time_format_date(day, text);
    json_member_text(p->json, key, text);
}

static void write_question(struct page *p)
{
    const struct zhol_consignment *order = &p->view->order;
    struct json_writer *j = p->json;
    json_write_key(j, "consignment");
    json_write_object(j);
    member_place(p, "from", order->from);
    member_place(p, "to", order->to);
    if (p->view->itinerary_count) {
        member_time(p, "ready", p->view->itineraries[0].start);
    } else {
        member_time(p, "ready", (struct report_time){order->ready_min, 0});
    }
    if (order->deadline_min != INT64_MAX) {
        member_time(p, "deadline", (struct report_time){order->deadline_min, 0});
    }
    json_member_text(j, "commodity", id_of(p, ZHOL_TABLE_commodity, order->load.commodity));
    json_member_text(j, "class", zhol_cargo_class_text(order->load.class));
    json_member_real(j, "load_t", order->load.tonnes);
    json_member_real(j, "load_teu", order->load.teu);
    json_member_real(j, "wagons_1435", order->load.wagons1435);
    json_member_real(j, "wagons_1520", order->load.wagons1520);
    json_member_real(j, "trucks", order->load.trucks);
    json_write_key(j, "via");
    json_write_array(j);
    for (uint32_t i = 0; i < order->via_count; i++) {
        json_write_text(j, id_of(p, ZHOL_TABLE_node, order->via[i]));
    }
    json_write_array_end(j);
    plan_view_wishes_text(p->view, &p->text);
    member_text(p, "wishes");
    json_write_object_end(j);
}

static void write_sources(struct page *p)
{
    uint32_t count;
    const struct zhol_corridor *c = p->view->corridor;
    const struct zhol_source *rows = zhol_corridor_source(c, &count);
    json_write_key(p->json, "sources");
    json_write_array(p->json);
    for (uint32_t i = 0; i < p->view->source_count; i++) {
        const struct zhol_source *s = &rows[p->view->sources[i]];
        json_write_object(p->json);
        json_member_text(p->json, "id", id_of(p, ZHOL_TABLE_source, s->source_id));
        json_member_text(p->json, "title", zhol_corridor_text(c, s->title));
        json_member_text(p->json, "publisher", zhol_corridor_text(c, s->publisher));
        if (s->date != ZHOL_BLANK_DATE) {
            member_day(p, "date", s->date);
        }
        json_member_text(p->json, "url", zhol_corridor_text(c, s->url));
        json_member_text(p->json, "kind", zhol_source_kind_text(s->kind));
        json_write_object_end(p->json);
    }
    json_write_array_end(p->json);
}

void plan_write_json_value(const struct plan_view *view, struct json_writer *json)
{
    struct page p = {.view = view, .json = json};
    const struct zhol_corridor_about *about = &view->about;
    buffer_init(&p.text);
    json_write_object(json);
    json_member_text(json, "corridor", about->name);
    json_member_text(json, "title", about->title);
    member_day(&p, "as_of", about->as_of);
    member_day(&p, "date", view->net.day);
    json_member_text(json, "scenario", *about->scenario ? about->scenario : NULL);
    json_member_text(json, "times", view->time == ZHOL_TIME_MIN ? "min" : "median");
    json_member_text(json, "currency", "USD");
    write_question(&p);
    json_member_int(json, "itinerary_count", view->itinerary_count);
    json_write_key(json, "chosen");
    json_write_array(json);
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        json_write_int(json, view->chosen[i] + 1);
    }
    json_write_array_end(json);
    json_write_key(json, "itineraries");
    json_write_array(json);
    for (uint32_t i = 0; i < view->itinerary_count; i++) {
        if (view->itineraries[i].worked_out) {
            write_itinerary(&p, &view->itineraries[i]);
        }
    }
    json_write_array_end(json);
    write_sources(&p);
    json_write_object_end(json);
    buffer_clear(&p.text);
}

void plan_write_json(const struct plan_view *view, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, true);
    plan_write_json_value(view, &json);
    json_writer_end(&json);
}
