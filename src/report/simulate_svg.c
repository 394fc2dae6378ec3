/* simulate_svg.c: plots of a simulation: queues over time, times by step. See simulate_view.h. */
#include <math.h>
#include <stdio.h>

#include "base/time.h"
#include "report/chart.h"
#include "report/format.h"
#include "report/simulate_view.h"

enum {
    WIDTH = 960,
    MARGIN = 56,
    GAP = 64,
    PANEL_HEIGHT = 150,
    PANEL_PITCH = 220,
    HEAD = 100,
    BAR_PITCH = 26,
    BAR_LEFT = 300,
    PANELS = 8,
    BARS = 12,
    NAME_LETTERS = 40
};

static double top_of(const struct answer_station *s, uint32_t samples)
{
    double most = 0;
    for (uint32_t i = 0; i < samples; i++) {
        most = s->high[i] > most ? s->high[i] : most;
        most = s->mean[i] > most ? s->mean[i] : most;
        most = s->other_mean && s->other_mean[i] > most ? s->other_mean[i] : most;
    }
    return chart_top(most);
}

/* Disruptions of the study that concern the place, as moments where they begin and end. */
static void put_moments(const struct simulate_view *view, const struct chart_panel *panel,
                        uint32_t node, struct buffer *out)
{
    const struct state *state = view->answer->study->options->state;
    for (uint32_t i = 0; state && i < state->disruption_count; i++) {
        const struct state_disruption *d = &state->disruptions[i];
        double from = (double)d->from_s / TIME_DAY_S, to = (double)d->to_s / TIME_DAY_S;
        if (d->scope != STATE_NODE || d->thing != node) {
            continue;
        }
        if (from > panel->first_day && from < panel->last_day) {
            chart_moment(out, panel, from, d->name);
        }
        if (to > panel->first_day && to < panel->last_day) {
            chart_moment(out, panel, to, "");
        }
    }
}

static void put_station(const struct simulate_view *view, const struct answer_station *s,
                        uint32_t number, double y0, struct buffer *out)
{
    const struct answer *answer = view->answer;
    double width = (WIDTH - 2 * MARGIN - GAP) / 2.0, step = answer->sample_h / 24;
    double day = (double)answer->study->options->start_s / TIME_DAY_S;
    struct chart_panel panel = {
        .x = MARGIN + (number % 2 ? width + GAP : 0),
        .y = y0 + number / 2 * PANEL_PITCH,
        .width = width,
        .height = PANEL_HEIGHT,
        .first_day = day,
        .last_day = day + answer->study->options->days,
        .top = top_of(s, answer->samples),
        .lang = view->lang,
    };
    chart_panel(out, &panel, view_node(view, s->node));
    chart_band(out, &panel, s->low, s->high, answer->samples, step, 0);
    chart_line(out, &panel, s->mean, answer->samples, step, 0);
    if (s->other_mean) {
        chart_line(out, &panel, s->other_mean, answer->samples, step, 1);
    }
    put_moments(view, &panel, s->node, out);
}

static uint32_t stations_shown(const struct answer *answer)
{
    uint32_t count = 0;
    while (answer->samples && count < answer->station_count && count < PANELS &&
           answer->stations[count].queue_mean >= 0.05) {
        count++;
    }
    return count;
}

/* ---- Bars by step ---- */

static void put_legend(const struct simulate_view *view, double y, struct buffer *out)
{
    double x = BAR_LEFT;
    for (uint32_t s = ZHOL_SIMULATE_STEP_RUN; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
        const char *word = sim_step(s, view->lang);
        chart_box(out, x, y - 10, 12, 12, s - 1);
        chart_text(out, x + 17, y, "start", "small", word);
        x += 28 + 6.2 * text_width(text_view_of(word));
    }
}

/* Cuts a name that does not fit before the bars. */
static void shorten(struct buffer *text)
{
    struct text_view all = {text->bytes, (uint32_t)text->size};
    uint32_t at = 0;
    for (uint32_t k = 0; k < NAME_LETTERS && at < all.size; k++) {
        text_utf8_next(all, &at);
    }
    if (at < all.size) {
        text->size = at;
        buffer_string(text, "\u2026");
    }
}

static void put_bar(const struct simulate_view *view, const struct answer_group *group, double y,
                    double longest_h, struct buffer *out)
{
    const struct zhol_simulate_flows_result *r = &group->result;
    double scale = (WIDTH - BAR_LEFT - MARGIN - 60) / longest_h, x = BAR_LEFT;
    struct buffer text;
    buffer_init(&text);
    view_group(view, &group->group, &text);
    shorten(&text);
    chart_text(out, BAR_LEFT - 8, y + 13, "end", "name", buffer_get(&text));
    for (uint32_t s = ZHOL_SIMULATE_STEP_RUN; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
        double width = r->by_step_h[s].mean * scale;
        if (width > 0) {
            chart_box(out, x, y, width, BAR_PITCH - 9, s - 1);
            x += width;
        }
    }
    buffer_reset(&text);
    format_number(&text, r->transit_h.mean / 24, 1, view->lang);
    chart_text(out, x + 6, y + 13, "start", "small", buffer_get(&text));
    buffer_clear(&text);
}

static bool has_bar(const struct answer_group *group)
{
    return !isnan(group->result.transit_h.mean);
}

/* Chooses the groups: all, then the kinds that the table lists. Returns how many. */
static uint32_t choose_bars(const struct simulate_view *view, const struct answer_group **bars)
{
    const enum group_kind kinds[] = {GROUP_ALL, view->by == GROUP_ALL ? GROUP_TRAFFIC : view->by};
    uint32_t count = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t first, last;
        view_groups(view, kinds[k], &first, &last);
        for (uint32_t i = first; i < last && count < BARS; i++) {
            if (has_bar(&view->answer->list[i])) {
                bars[count++] = &view->answer->list[i];
            }
        }
    }
    return count;
}

static void put_bars(const struct simulate_view *view, const struct answer_group **bars,
                     uint32_t count, double y, struct buffer *out)
{
    double longest_h = 1;
    for (uint32_t i = 0; i < count; i++) {
        double mean = bars[i]->result.transit_h.mean;
        longest_h = mean > longest_h ? mean : longest_h;
    }
    chart_text(out, MARGIN, y, "start", "title", view_word(view, SIM_T_STEPS));
    put_legend(view, y + 24, out);
    for (uint32_t i = 0; i < count; i++) {
        put_bar(view, bars[i], y + 38 + i * BAR_PITCH, longest_h, out);
    }
}

/* Corridor, day, scenario; below it what was run, an interrupt first. */
static void put_run(const struct simulate_view *view, struct buffer *out)
{
    struct buffer lines;
    buffer_init(&lines);
    view_head(view, &lines);
    struct text_view rest = {lines.bytes, (uint32_t)lines.size};
    struct buffer line;
    buffer_init(&line);
    unsigned shown = 1 + view_interrupted(view);
    for (unsigned i = 0; rest.size && i < shown; i++) {
        buffer_string(&line, i ? " " : "");
        buffer_view(&line, text_cut(&rest, '\n'));
    }
    chart_text(out, MARGIN - 40, 40, "start", "small", view->head);
    chart_text(out, MARGIN - 40, 58, "start", "small", buffer_get(&line));
    buffer_clear(&line);
    buffer_clear(&lines);
}

void simulate_write_svg(const struct simulate_view *view, struct buffer *out)
{
    const struct answer_group *bars[BARS];
    const struct answer *answer = view->answer;
    uint32_t stations = stations_shown(answer), bar_count = choose_bars(view, bars);
    double bars_y = HEAD + (stations + 1) / 2 * PANEL_PITCH + 30;
    double height = bars_y + 60 + bar_count * BAR_PITCH;
    chart_begin(out, WIDTH, height, view_word(view, SIM_TITLE));
    chart_text(out, MARGIN - 40, 22, "start", "head", view_word(view, SIM_T_STATIONS));
    put_run(view, out);
    chart_text(out, MARGIN - 40, 76, "start", "small", view_word(view, SIM_UNITS_WAIT));
    if (answer->other) {
        chart_box(out, WIDTH - 260, 12, 12, 12, 1);
        struct buffer text;
        buffer_init(&text);
        buffer_printf(&text, "%s %s", view_word(view, SIM_OTHER_LINE), view->other_scenario);
        chart_text(out, WIDTH - 242, 22, "start", "small", buffer_get(&text));
        buffer_clear(&text);
    }
    for (uint32_t i = 0; i < stations; i++) {
        put_station(view, &answer->stations[i], i, HEAD + 24, out);
    }
    put_bars(view, bars, bar_count, bars_y, out);
    chart_end(out);
}
