/* simulate_csv.c: a simulation as CSV, one figure a line. See simulate_view.h. */
#include <math.h>
#include <stdio.h>

#include "base/csv.h"
#include "base/time.h"
#include "report/simulate_view.h"

struct sheet {
    const struct simulate_view *view;
    struct csv_writer csv;
    struct buffer text;
    const char *part;
    const char *name;
};

static void put(struct sheet *sheet, const char *measure, const char *unit,
                struct zhol_simulate_value value)
{
    if (isnan(value.mean)) {
        return;
    }
    csv_write_text(&sheet->csv, sheet->part);
    csv_write_text(&sheet->csv, sheet->name);
    csv_write_text(&sheet->csv, measure);
    csv_write_text(&sheet->csv, unit);
    csv_write_real(&sheet->csv, isinf(value.mean) ? NAN : value.mean);
    csv_write_real(&sheet->csv, value.half);
    csv_write_end(&sheet->csv);
}

static void put_one(struct sheet *sheet, const char *measure, const char *unit, double mean)
{
    put(sheet, measure, unit, (struct zhol_simulate_value){mean, NAN});
}

static const char *group_part(enum group_kind kind)
{
    static const char *const parts[GROUP_KIND_COUNT] = {
        "all", "traffic", "crossing", "origin_destination", "destination", "mode", "freight"};
    return parts[kind];
}

static void put_group(struct sheet *sheet, const struct answer_group *group)
{
    static const char *const steps[ZHOL_SIMULATE_STEP_COUNT] = {
        "", "running", "handling", "border", "border_wait", "other_wait"};
    const struct zhol_simulate_flows_result *r = &group->result;
    sheet->part = group_part(group->group.kind);
    put_one(sheet, "wanted", "t/day", group->group.t_day);
    put(sheet, "arrived", "loads/day", r->loads_day);
    put_one(sheet, "arrived", "share", group->arrived_share);
    put(sheet, "under_way", "loads", r->alive_loads);
    put_one(sheet, "under_way", "t", group->under_way_t);
    put(sheet, "transit_mean", "h", r->transit_h);
    put(sheet, "transit_p50", "h", r->p50_h);
    put(sheet, "transit_p90", "h", r->p90_h);
    put(sheet, "transit_p95", "h", r->p95_h);
    put(sheet, "delay", "USD/day", r->delay_usd_day);
    for (int s = ZHOL_SIMULATE_STEP_RUN; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
        put(sheet, steps[s], "h", r->by_step_h[s]);
    }
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        if (zhol_simulate_cause_waits(c)) {
            put(sheet, zhol_simulate_cause_word(c), "h", r->by_cause_h[c]);
        }
    }
    if (group->gain.any) {
        put(sheet, "transit_change", "h", group->gain.transit_h);
        put(sheet, "delay_change", "USD/day", group->gain.delay_usd_day);
    }
}

static void put_place(struct sheet *sheet, const struct answer_place *place)
{
    sheet->part = "place";
    put(sheet, "queue_mean", "waiting", place->result.queue_mean);
    put(sheet, "queue_max", "waiting", place->result.queue_max);
    put(sheet, "wait", "h", place->result.wait_h);
    put(sheet, "utilisation", "share", place->result.utilisation);
    struct buffer unit;
    buffer_init(&unit);
    buffer_printf(&unit, "%s a day", view_unit(sheet->view, &place->about));
    put(sheet, "passed", buffer_get(&unit), view_passed(sheet->view, place));
    put_one(sheet, "nameplate", buffer_get(&unit), view_nameplate(sheet->view, &place->about));
    buffer_clear(&unit);
}

static void put_clearing(struct sheet *sheet, const struct answer_clearing *c)
{
    sheet->part = "clearing";
    put_one(sheet, "peak_p50", "waiting", c->peak[1]);
    put_one(sheet, "cleared_p50", "days", c->days[0]);
    put_one(sheet, "cleared_p90", "days", c->days[1]);
    put_one(sheet, "cleared_p95", "days", c->days[2]);
    put_one(sheet, "arrival_p50", "days", c->arrival_days[0]);
    put_one(sheet, "arrival_p90", "days", c->arrival_days[1]);
    put_one(sheet, "arrival_p95", "days", c->arrival_days[2]);
}

static void put_rest(struct sheet *sheet)
{
    const struct answer *answer = sheet->view->answer;
    for (uint32_t i = 0; i < answer->clearing_count; i++) {
        const struct answer_clearing *c = &answer->clearings[i];
        sheet->name = view_node(sheet->view, answer->study->options->state->queues[c->queue].node);
        put_clearing(sheet, c);
    }
    for (uint32_t i = 0; i < answer->recovery_count; i++) {
        const struct answer_recovery *r = &answer->recoveries[i];
        sheet->part = "recovery";
        sheet->name = answer->study->options->state->disruptions[r->disruption].name;
        put_one(sheet, "more_waiting_p50", "vehicles", r->most[1]);
        put_one(sheet, "recovery_p50", "days", r->days[0]);
        put_one(sheet, "recovery_p90", "days", r->days[1]);
        put_one(sheet, "recovery_p95", "days", r->days[2]);
    }
    for (uint32_t i = 0; i < answer->worth_count; i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(answer->study->model, answer->worths[i].place, &about);
        buffer_reset(&sheet->text);
        view_place(sheet->view, &about, &sheet->text);
        sheet->part = "worth";
        sheet->name = buffer_get(&sheet->text);
        put(sheet, "gain", "USD/day", answer->worths[i].gain_usd_day);
        put(sheet, "gain", "h", answer->worths[i].gain_h);
    }
}

static void put_listed(struct sheet *sheet)
{
    const struct listed *listed = &sheet->view->answer->listed;
    char time[TIME_TEXT_SIZE];
    for (uint32_t i = 0; i < listed->count; i++) {
        const struct listed_consignment *c = &listed->items[i];
        buffer_reset(&sheet->text);
        time_format_instant(c->time_s, time);
        buffer_printf(&sheet->text, "%s ", time);
        view_consignment(sheet->view, c, &sheet->text);
        sheet->part = "consignment";
        sheet->name = buffer_get(&sheet->text);
        put_one(sheet, "arrived", "share", (double)c->arrived / c->runs);
        put_one(sheet, "transit_p50", "days", c->days[0]);
        put_one(sheet, "transit_p90", "days", c->days[1]);
        put(sheet, "transit_change", "h", c->change_h);
    }
}

static void put_borders(struct sheet *sheet)
{
    const struct answer *answer = sheet->view->answer;
    uint32_t rows;
    const struct zhol_observation *published =
        zhol_corridor_observation(answer->study->corridor, &rows);
    for (uint32_t i = 0; i < answer->borders.count; i++) {
        const struct border_stay *stay = &answer->borders.items[i];
        buffer_reset(&sheet->text);
        view_border(sheet->view, stay, &sheet->text);
        sheet->part = "border";
        sheet->name = buffer_get(&sheet->text);
        put_one(sheet, "passes", "t/day", stay->t_day);
        put(sheet, "stay", "h", stay->stay_h);
        put(sheet, "work", "h", stay->work_h);
        put(sheet, "queue", "h", stay->queue_h);
        put(sheet, "fill", "h", stay->fill_h);
        put(sheet, "given", "h", stay->given_h);
        if (stay->published != ZHOL_NONE) {
            put_one(sheet, "published", "h", published[stay->published].value);
        }
    }
}

static void put_about(struct sheet *sheet, const char *measure, const char *unit, const char *value)
{
    const char *const cells[] = {"about", sheet->name, measure, unit, value, ""};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        csv_write_text(&sheet->csv, cells[i]);
    }
    csv_write_end(&sheet->csv);
}

/* What was run, so that a file that is passed on says it. */
static void put_run(struct sheet *sheet)
{
    const struct simulate_view *view = sheet->view;
    const struct study *study = view->answer->study;
    const struct study_options *o = study->options;
    char text[TIME_TEXT_SIZE];
    sheet->part = "about";
    sheet->name = view->head;
    time_format_instant(o->start_s, text);
    put_about(sheet, "start", "UTC", text);
    put_one(sheet, "measured", "days", o->days);
    put_one(sheet, "warm_up", "days", study->model_options.warm_up_days);
    put_one(sheet, "replications", "", study->count);
    snprintf(text, sizeof text, "%" PRIu64, o->seed);
    put_about(sheet, "seed", "", text);
    put_about(sheet, "interrupted", "", view_interrupted(view) ? "true" : "false");
    if (view->without) {
        put_about(sheet, "left_out", "", view->without);
    }
    put_about(sheet, "settled", "", view->answer->settled ? "true" : "false");
    for (uint32_t i = 0; o->state && i < o->state->disruption_count; i++) {
        put_about(sheet, "disruption", "", o->state->disruptions[i].name);
    }
    if (view->other_scenario) {
        put_about(sheet, "compared", "scenario", view->other_scenario);
    }
}

void simulate_write_csv(const struct simulate_view *view, struct buffer *out)
{
    static const char *const heads[] = {"part", "name", "measure", "unit", "value", "half95"};
    const struct answer *answer = view->answer;
    struct sheet sheet = {.view = view};
    csv_writer_init(&sheet.csv, out);
    buffer_init(&sheet.text);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&sheet.csv, heads[i]);
    }
    csv_write_end(&sheet.csv);
    put_run(&sheet);
    for (uint32_t i = 0; i < answer->count; i++) {
        buffer_reset(&sheet.text);
        view_group(view, &answer->list[i].group, &sheet.text);
        sheet.name = buffer_get(&sheet.text);
        put_group(&sheet, &answer->list[i]);
    }
    for (uint32_t i = 0; i < answer->place_count; i++) {
        buffer_reset(&sheet.text);
        view_place(view, &answer->places[i].about, &sheet.text);
        sheet.name = buffer_get(&sheet.text);
        put_place(&sheet, &answer->places[i]);
    }
    put_rest(&sheet);
    put_borders(&sheet);
    put_listed(&sheet);
    buffer_clear(&sheet.text);
}
