/* simulate_table.c: a simulation as text of 80 columns. See simulate_view.h. */
#include <math.h>

#include "base/time.h"
#include "report/format.h"
#include "report/lines.h"
#include "report/simulate_view.h"

enum { SPARK_WIDTH = 24, CAUSES_SHOWN_MILLI = 1 };

/* ---- Cells ---- */

static void cell(struct table_out *table, struct buffer *text)
{
    table_out_text(table, buffer_get(text));
    table->error = table->error ? table->error : text->error;
    buffer_reset(text);
}

static void days_cell(const struct simulate_view *view, struct table_out *table, double hours,
                      unsigned decimals)
{
    view_number(view, table, hours / 24, decimals);
}

/* Sentences, one a line, wrapped. */
static void put_sentences(struct buffer *out, const struct buffer *sentences)
{
    struct text_view rest = {sentences->bytes, (uint32_t)sentences->size};
    struct buffer line;
    buffer_init(&line);
    while (rest.size) {
        buffer_reset(&line);
        buffer_view(&line, text_cut(&rest, '\n'));
        lines_wrap(out, "", 0, buffer_get(&line));
    }
    buffer_clear(&line);
}

static void finish(struct table_out *table, struct buffer *out)
{
    enum zhol_error error = table_out_print(table, out);
    out->error = out->error ? out->error : error;
    table_out_clear(table);
}

static void title(const struct simulate_view *view, struct buffer *out, enum sim_word word)
{
    buffer_char(out, '\n');
    buffer_string(out, view_word(view, word));
    buffer_char(out, '\n');
}

/* ---- Transit times ---- */

/* The kinds of groups that a table lists: all, then those asked for; by default traffic, then
 * crossings. */
static uint32_t kinds_of(const struct simulate_view *view, enum group_kind kinds[3])
{
    kinds[0] = GROUP_ALL;
    kinds[1] = view->by == GROUP_ALL ? GROUP_TRAFFIC : view->by;
    kinds[2] = GROUP_CROSSING;
    return view->by == GROUP_ALL ? 3 : 2;
}

/* Calls `row` for each group that is listed. */
static void each_group(const struct simulate_view *view, struct table_out *table,
                       void (*row)(const struct simulate_view *view,
                                   const struct answer_group *group, struct table_out *table,
                                   struct buffer *text))
{
    enum group_kind kinds[3];
    uint32_t count = kinds_of(view, kinds), first, last;
    struct buffer text;
    buffer_init(&text);
    for (uint32_t k = 0; k < count; k++) {
        view_groups(view, kinds[k], &first, &last);
        for (uint32_t i = first; i < last && i - first < view->limit; i++) {
            view_group(view, &view->answer->list[i].group, &text);
            cell(table, &text);
            row(view, &view->answer->list[i], table, &text);
        }
    }
    buffer_clear(&text);
}

static void time_row(const struct simulate_view *view, const struct answer_group *group,
                     struct table_out *table, struct buffer *text)
{
    const struct zhol_simulate_flows_result *r = &group->result;
    view_number(view, table, group->group.t_day / 1000, view_decimals(view, 1));
    days_cell(view, table, r->transit_h.mean, 1);
    days_cell(view, table, r->transit_h.half, 2);
    days_cell(view, table, r->p50_h.mean, 1);
    days_cell(view, table, r->p90_h.mean, 1);
    days_cell(view, table, r->p95_h.mean, 1);
    view_number(view, table, r->delay_usd_day.mean / 1000, view_decimals(view, 0));
    if (isnan(group->arrived_share)) {
        buffer_char(text, '-');
    } else {
        format_percent(text, group->arrived_share, view->lang);
    }
    cell(table, text);
}

static void write_times(const struct simulate_view *view, struct buffer *out)
{
    static const enum sim_word heads[] = {SIM_KT_DAY, SIM_MEAN, SIM_WITHIN, SIM_P50,
                                          SIM_P90,    SIM_P95,  SIM_DELAY,  SIM_ARRIVED};
    struct table_out table;
    struct buffer kt, line;
    title(view, out, SIM_T_TRANSIT);
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, "", TABLE_WRAP);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, view_word(view, heads[i]), TABLE_RIGHT);
    }
    each_group(view, &table, time_row);
    finish(&table, out);
    buffer_init(&kt);
    buffer_init(&line);
    format_number(&kt, view->answer->list[0].under_way_t / 1000, view_decimals(view, 0),
                  view->lang);
    buffer_printf(&line, view_word(view, SIM_UNDER_WAY), buffer_get(&kt));
    lines_wrap(out, "", 0, buffer_get(&line));
    buffer_clear(&kt);
    buffer_clear(&line);
}

static void step_row(const struct simulate_view *view, const struct answer_group *group,
                     struct table_out *table, struct buffer *text)
{
    (void)text; /* no cell of words */
    for (int s = ZHOL_SIMULATE_STEP_RUN; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
        days_cell(view, table, group->result.by_step_h[s].mean, 2);
    }
}

static void write_steps(const struct simulate_view *view, struct buffer *out)
{
    static const enum sim_word heads[] = {SIM_STEP_RUN, SIM_STEP_HANDLE, SIM_STEP_BORDER,
                                          SIM_STEP_BORDER_WAIT, SIM_STEP_WAIT};
    struct table_out table;
    title(view, out, SIM_T_STEPS);
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, "", TABLE_WRAP);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, view_word(view, heads[i]), TABLE_RIGHT);
    }
    each_group(view, &table, step_row);
    finish(&table, out);
}

static void write_causes(const struct simulate_view *view, struct buffer *out)
{
    const struct zhol_simulate_flows_result *all = &view->answer->list[0].result;
    struct table_out table;
    struct buffer text;
    double sum = 0;
    title(view, out, SIM_T_CAUSES);
    table_out_init(&table, LINES_WIDTH);
    buffer_init(&text);
    table_out_column(&table, view_word(view, SIM_CAUSE), TABLE_CUT);
    table_out_column(&table, view_word(view, SIM_HOURS_EACH), TABLE_RIGHT);
    table_out_column(&table, view_word(view, SIM_WITHIN), TABLE_RIGHT);
    table_out_column(&table, view_word(view, SIM_SHARE), TABLE_RIGHT);
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        sum += zhol_simulate_cause_waits(c) ? all->by_cause_h[c].mean : 0;
    }
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        double mean = all->by_cause_h[c].mean;
        if (zhol_simulate_cause_waits(c) && mean * 1000 >= CAUSES_SHOWN_MILLI) {
            table_out_text(&table, sim_cause(c, view->lang));
            view_number(view, &table, mean, 2);
            view_number(view, &table, all->by_cause_h[c].half, 2);
            format_percent(&text, mean / sum, view->lang);
            cell(&table, &text);
        }
    }
    finish(&table, out);
    buffer_clear(&text);
}

/* ---- Places ---- */

static void place_row(const struct simulate_view *view, const struct answer_place *place,
                      struct table_out *table, struct buffer *text)
{
    const struct zhol_simulate_place_result *r = &place->result;
    view_place(view, &place->about, text);
    cell(table, text);
    view_number(view, table, r->queue_mean.mean, 1);
    view_number(view, table, r->queue_mean.half, 1);
    view_number(view, table, r->queue_max.mean, 0);
    view_number(view, table, r->wait_h.mean, 1);
    if (place->about.kind == ZHOL_SIMULATE_PLACE_DOOR) {
        buffer_char(text, '-'); /* nothing works there */
        cell(table, text);
    } else {
        view_number(view, table, r->utilisation.mean * 100, 0);
    }
    view_number(view, table, view_passed(view, place).mean, 1);
    double nameplate = view_nameplate(view, &place->about);
    if (isnan(nameplate)) {
        buffer_char(text, '-');
    } else {
        format_number(text, nameplate, 1, view->lang);
        buffer_string(text, place->about.assumed ? "*" : "");
    }
    cell(table, text);
}

static void write_places(const struct simulate_view *view, struct buffer *out)
{
    static const enum sim_word heads[] = {SIM_QUEUE, SIM_WITHIN, SIM_QUEUE_MAX, SIM_WAIT_H,
                                          SIM_USED,  SIM_A_DAY,  SIM_NAMEPLATE};
    const struct answer *answer = view->answer;
    struct table_out table;
    struct buffer text;
    bool assumed = false;
    title(view, out, SIM_T_PLACES);
    if (!answer->place_count || !view_is_waited_at(&answer->places[0])) {
        buffer_printf(out, "%s\n", view_word(view, SIM_NONE_WAITS));
        return;
    }
    table_out_init(&table, LINES_WIDTH);
    buffer_init(&text);
    table_out_column(&table, view_word(view, SIM_PLACE), TABLE_WRAP);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, view_word(view, heads[i]), TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < answer->place_count && i < view->limit; i++) {
        if (view_is_waited_at(&answer->places[i])) {
            place_row(view, &answer->places[i], &table, &text);
            assumed = assumed || answer->places[i].about.assumed;
        }
    }
    finish(&table, out);
    if (assumed) {
        lines_wrap(out, "", 0, view_word(view, SIM_ASSUMED_MARK));
    }
    buffer_clear(&text);
}

/* The mean of a series in SPARK_WIDTH steps, as bars of eighths of the greatest. */
static void put_spark(struct buffer *out, const double *series, uint32_t count)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    uint32_t width = count < SPARK_WIDTH ? count : SPARK_WIDTH;
    double most = 0, means[SPARK_WIDTH] = {0};
    for (uint32_t k = 0; k < width; k++) {
        uint32_t first = k * count / width, last = (k + 1) * count / width;
        for (uint32_t i = first; i < last; i++) {
            means[k] += series[i] / (last - first);
        }
        most = means[k] > most ? means[k] : most;
    }
    for (uint32_t k = 0; k < width; k++) {
        double level = most > 0 ? means[k] / most * 8 : 0;
        uint32_t bar = level > 0 ? (uint32_t)ceil(level) - 1 : 0;
        buffer_string(out, bars[bar < 8 ? bar : 7]);
    }
}

static double most_of(const double *series, uint32_t count)
{
    double most = 0;
    for (uint32_t i = 0; i < count; i++) {
        most = series[i] > most ? series[i] : most;
    }
    return most;
}

static void write_stations(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    struct table_out table;
    struct buffer text;
    if (!answer->samples || !answer->station_count || answer->stations[0].queue_mean < 0.05) {
        return;
    }
    title(view, out, SIM_T_STATIONS);
    table_out_init(&table, LINES_WIDTH);
    buffer_init(&text);
    table_out_column(&table, view_word(view, SIM_PLACE), TABLE_CUT);
    table_out_column(&table, view_word(view, SIM_MEAN), TABLE_RIGHT);
    table_out_column(&table, view_word(view, SIM_QUEUE_MAX), TABLE_RIGHT);
    table_out_column(&table, view_word(view, SIM_OLDEST_H), TABLE_RIGHT);
    table_out_column(&table, view_word(view, SIM_OVER_TIME), TABLE_CUT);
    for (uint32_t i = 0; i < answer->station_count && i < view->limit; i++) {
        const struct answer_station *s = &answer->stations[i];
        if (s->queue_mean < 0.05) {
            break;
        }
        table_out_text(&table, view_node(view, s->node));
        view_number(view, &table, s->queue_mean, 1);
        view_number(view, &table,
                    fmax(most_of(s->high, answer->samples), most_of(s->mean, answer->samples)), 0);
        view_number(view, &table, most_of(s->oldest_h, answer->samples), 0);
        put_spark(&text, s->mean, answer->samples);
        cell(&table, &text);
    }
    finish(&table, out);
    buffer_clear(&text);
}

/* ---- Comparison, clearing, worth ---- */

static void gain_row(const struct simulate_view *view, const struct answer_group *group,
                     struct table_out *table, struct buffer *text)
{
    (void)text; /* no cell of words */
    const struct pairs_gain *gain = &group->gain;
    double now_h = group->result.transit_h.mean;
    days_cell(view, table, now_h, 2);
    days_cell(view, table, group->gain.any ? now_h + gain->transit_h.mean : NAN, 2);
    days_cell(view, table, group->gain.any ? gain->transit_h.mean : NAN, 2);
    days_cell(view, table, group->gain.any ? gain->transit_h.half : NAN, 2);
    view_number(view, table, group->gain.any ? gain->delay_usd_day.mean / 1000 : NAN, 1);
    view_number(view, table, group->gain.any ? gain->delay_usd_day.half / 1000 : NAN, 1);
    double loads = group->result.loads_day.mean;
    view_number(view, table,
                group->gain.any && loads > 0 ? gain->loads_day.mean / loads * 100 : NAN, 1);
}

/* What happens to single units: the same container with the same luck. */
static void write_units(const struct simulate_view *view, struct buffer *out)
{
    const struct pairs_units *units = &view->answer->units;
    const double values[] = {units->low_h, units->middle_h, units->high_h};
    struct buffer texts[5], line;
    if (!units->compared) {
        return;
    }
    buffer_init(&line);
    for (int i = 0; i < 5; i++) {
        buffer_init(&texts[i]);
    }
    format_percent(&texts[0], units->sooner, view->lang);
    format_percent(&texts[1], units->later, view->lang);
    for (int i = 0; i < 3; i++) {
        format_number(&texts[2 + i], values[i], 1, view->lang);
    }
    buffer_printf(&line, view_word(view, SIM_UNITS_NOTE), units->compared, buffer_get(&texts[0]),
                  buffer_get(&texts[1]), buffer_get(&texts[2]), buffer_get(&texts[3]),
                  buffer_get(&texts[4]));
    lines_wrap(out, "", 0, buffer_get(&line));
    for (int i = 0; i < 5; i++) {
        buffer_clear(&texts[i]);
    }
    buffer_clear(&line);
}

static void write_compared(const struct simulate_view *view, struct buffer *out)
{
    static const enum sim_word heads[] = {SIM_BEFORE,        SIM_AFTER,        SIM_CHANGE,
                                          SIM_WITHIN,        SIM_CHANGE_DELAY, SIM_WITHIN,
                                          SIM_CHANGE_ARRIVED};
    const struct answer_group *all = &view->answer->list[0];
    struct table_out table;
    struct buffer share;
    buffer_char(out, '\n');
    buffer_printf(out, view_word(view, SIM_T_COMPARED), view->other_scenario);
    buffer_char(out, '\n');
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, "", TABLE_WRAP);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, view_word(view, heads[i]), TABLE_RIGHT);
    }
    each_group(view, &table, gain_row);
    finish(&table, out);
    if (all->gain.any && all->gain.transit_h.mean == 0 && all->gain.delay_usd_day.mean == 0 &&
        all->gain.loads_day.mean == 0 && !(all->gain.transit_h.half > 0)) {
        lines_wrap(out, "", 0, view_word(view, SIM_COMPARE_SAME));
    }
    lines_wrap(out, "", 0, view_word(view, SIM_ARRIVED_NOTE));
    if (!view->answer->study->options->free_crossings && !view->answer->study->options->replay) {
        lines_wrap(out, "", 0, view_word(view, SIM_COMPARE_COUNTED));
    }
    if (all->gain.any && !isnan(all->gain.shrink)) {
        buffer_init(&share);
        struct buffer text;
        buffer_init(&text);
        format_percent(&share, all->gain.shrink, view->lang);
        buffer_printf(&text, view_word(view, SIM_COMPARE_NOTE), buffer_get(&share));
        lines_wrap(out, "", 0, buffer_get(&text));
        buffer_clear(&text);
        buffer_clear(&share);
    }
    write_units(view, out);
}

static void clearing_place(const struct simulate_view *view, const struct answer_clearing *c,
                           struct table_out *table, struct buffer *text)
{
    const struct state_queue *q = &view->answer->study->options->state->queues[c->queue];
    buffer_printf(text, "%s%s%s", view_node(view, q->node), *q->to ? " > " : "",
                  report_country(q->to, view->lang));
    cell(table, text);
}

static void three_days(const struct simulate_view *view, const double days[3],
                       struct table_out *table, struct buffer *text)
{
    for (int k = 0; k < 3; k++) {
        view_day(view, days[k], text);
        cell(table, text);
    }
}

static void begin_days(const struct simulate_view *view, struct table_out *table, bool queue)
{
    table_out_init(table, LINES_WIDTH);
    table_out_column(table, view_word(view, SIM_PLACE), TABLE_WRAP);
    if (queue) {
        table_out_column(table, view_word(view, SIM_FROM_NOW), TABLE_RIGHT);
        table_out_column(table, view_word(view, SIM_PEAK), TABLE_RIGHT);
    }
    table_out_column(table, "P50", TABLE_WRAP);
    table_out_column(table, "P90", TABLE_WRAP);
    table_out_column(table, "P95", TABLE_WRAP);
}

static void write_arrivals(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    struct table_out table;
    struct buffer text;
    title(view, out, SIM_T_ARRIVE);
    begin_days(view, &table, false);
    buffer_init(&text);
    for (uint32_t i = 0; i < answer->clearing_count; i++) {
        clearing_place(view, &answer->clearings[i], &table, &text);
        three_days(view, answer->clearings[i].arrival_days, &table, &text);
    }
    finish(&table, out);
    buffer_clear(&text);
}

static void write_clearing(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    struct table_out table;
    struct buffer text;
    title(view, out, SIM_T_CLEARING);
    begin_days(view, &table, true);
    buffer_init(&text);
    for (uint32_t i = 0; i < answer->clearing_count; i++) {
        const struct answer_clearing *c = &answer->clearings[i];
        clearing_place(view, c, &table, &text);
        view_number(view, &table, answer->study->options->state->queues[c->queue].count, 0);
        format_number(&text, c->peak[0], 0, view->lang);
        buffer_char(&text, '-');
        format_number(&text, c->peak[2], 0, view->lang);
        cell(&table, &text);
        three_days(view, c->days, &table, &text);
    }
    finish(&table, out);
    write_arrivals(view, out);
    buffer_printf(&text, view_word(view, SIM_CLEARING_NOTE), answer->study->options->days,
                  answer->study->count);
    lines_wrap(out, "", 0, buffer_get(&text));
    buffer_clear(&text);
}

static void disrupted_name(const struct simulate_view *view, const struct state_disruption *d,
                           struct buffer *text)
{
    buffer_string(text, d->scope == STATE_NODE ? view_node(view, d->thing) : d->name);
}

static void recovery_row(const struct simulate_view *view, const struct answer_recovery *r,
                         struct table_out *table, struct buffer *text)
{
    const struct state_disruption *d =
        &view->answer->study->options->state->disruptions[r->disruption];
    disrupted_name(view, d, text);
    cell(table, text);
    if (d->to_s != INT64_MAX) {
        format_day(text, time_day_of(d->to_s), view->lang);
    }
    cell(table, text);
    format_number(text, r->most[0], 0, view->lang);
    buffer_char(text, '-');
    format_number(text, r->most[2], 0, view->lang);
    cell(table, text);
    for (int k = 0; k < 3; k++) {
        if (isinf(r->days[k])) {
            buffer_string(text, view_word(view, SIM_LATER));
        } else {
            format_number(text, r->days[k], 1, view->lang);
        }
        cell(table, text);
    }
}

/* A disruption at which nobody waits more: why that may be. */
static void explain_nothing(const struct simulate_view *view, const struct answer_recovery *r,
                            struct buffer *text, struct buffer *out)
{
    const struct study_options *o = view->answer->study->options;
    const struct state_disruption *d = &o->state->disruptions[r->disruption];
    struct buffer name, day;
    if (r->most[2] > 0) {
        return;
    }
    buffer_init(&name);
    buffer_init(&day);
    disrupted_name(view, d, &name);
    format_day(&day, time_day_of(o->start_s), view->lang);
    if (d->from_s <= o->start_s) {
        buffer_printf(text, view_word(view, SIM_RECOVERY_AVOIDED), buffer_get(&name),
                      buffer_get(&day));
    } else {
        enum sim_word why = d->ban ? SIM_RECOVERY_BANNED : SIM_RECOVERY_NOTHING;
        buffer_printf(text, view_word(view, why), buffer_get(&name));
    }
    lines_wrap(out, "", 0, buffer_get(text));
    buffer_reset(text);
    buffer_clear(&name);
    buffer_clear(&day);
}

static void write_recovery(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    struct table_out table;
    struct buffer text;
    title(view, out, SIM_T_RECOVERY);
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, view_word(view, SIM_DISRUPTED), TABLE_WRAP);
    table_out_column(&table, view_word(view, SIM_ENDS), TABLE_WRAP);
    table_out_column(&table, view_word(view, SIM_WAIT_MORE), TABLE_RIGHT);
    table_out_column(&table, "P50", TABLE_RIGHT);
    table_out_column(&table, "P90", TABLE_RIGHT);
    table_out_column(&table, "P95", TABLE_RIGHT);
    buffer_init(&text);
    for (uint32_t i = 0; i < answer->recovery_count; i++) {
        recovery_row(view, &answer->recoveries[i], &table, &text);
    }
    finish(&table, out);
    buffer_printf(&text, view_word(view, SIM_RECOVERY_NOTE), answer->recoveries[0].runs);
    lines_wrap(out, "", 0, buffer_get(&text));
    buffer_reset(&text);
    for (uint32_t i = 0; i < answer->recovery_count; i++) {
        explain_nothing(view, &answer->recoveries[i], &text, out);
    }
    buffer_clear(&text);
}

static void write_worth(const struct simulate_view *view, struct buffer *out)
{
    static const enum sim_word heads[] = {SIM_GAIN_USD, SIM_WITHIN, SIM_GAIN_H, SIM_WITHIN};
    const struct answer *answer = view->answer;
    struct table_out table;
    struct buffer text;
    title(view, out, SIM_T_WORTH);
    if (!answer->worth_count) {
        lines_wrap(out, "", 0, view_word(view, SIM_NO_WORTH));
        return;
    }
    bool told = false; /* apart from nothing */
    for (uint32_t i = 0; i < answer->worth_count; i++) {
        told = told || answer->worths[i].gain_usd_day.mean > answer->worths[i].gain_usd_day.half;
    }
    if (!told) {
        lines_wrap(out, "", 0, view_word(view, SIM_WORTH_NONE));
    }
    table_out_init(&table, LINES_WIDTH);
    buffer_init(&text);
    table_out_column(&table, view_word(view, SIM_ONE_MORE), TABLE_WRAP);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, view_word(view, heads[i]), TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < answer->worth_count && i < view->limit; i++) {
        const struct zhol_simulate_worth *w = &answer->worths[i];
        struct zhol_simulate_place about;
        zhol_simulate_place_about(answer->study->model, w->place, &about);
        view_place(view, &about, &text);
        view_one_more(view, &about, &text);
        cell(&table, &text);
        view_number(view, &table, w->gain_usd_day.mean / 1000, 2);
        view_number(view, &table, w->gain_usd_day.half / 1000, 2);
        view_number(view, &table, w->gain_h.mean, 3);
        view_number(view, &table, w->gain_h.half, 3);
    }
    finish(&table, out);
    lines_wrap(out, "", 0, view_word(view, SIM_WORTH_NOTE));
    buffer_clear(&text);
}

void simulate_write_table(const struct simulate_view *view, struct buffer *out)
{
    struct buffer sentences;
    buffer_init(&sentences);
    view_head(view, &sentences);
    put_sentences(out, &sentences);
    if (view->answer->clearing_count) {
        write_clearing(view, out);
    }
    if (view->answer->recovery_count) {
        write_recovery(view, out);
    }
    if (view->answer->listed.count) {
        simulate_listed_table(view, out);
    }
    if (view->answer->other) {
        write_compared(view, out);
    }
    if (view->worth) {
        write_worth(view, out);
    }
    if (view->borders) {
        simulate_borders_table(view, out);
    }
    write_times(view, out);
    write_steps(view, out);
    write_causes(view, out);
    write_places(view, out);
    write_stations(view, out);
    buffer_char(out, '\n');
    buffer_reset(&sentences);
    view_notes(view, &sentences);
    put_sentences(out, &sentences);
    buffer_clear(&sentences);
}
