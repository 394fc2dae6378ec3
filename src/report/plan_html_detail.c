/* report/plan_html_detail.c: one itinerary on the page: time bar, legs, bill, chain, rules. */
#include <math.h>
#include <string.h>

#include "report/map.h"
#include "report/plan_html.h"

struct page {
    const struct plan_view *view;
    const struct view_itinerary *it;
    struct buffer *out;
    struct buffer text;
};

static const char *word(const struct page *p, enum report_word id)
{
    return report_word(id, p->view->lang);
}

void html_text(struct buffer *out, const char *text)
{
    map_escape(out, text);
}

void html_element(struct buffer *out, const char *element, struct buffer *text)
{
    size_t name = strcspn(element, " ");
    buffer_printf(out, "<%s>", element);
    html_text(out, buffer_get(text));
    buffer_printf(out, "</%.*s>", (int)name, element);
    out->error = out->error ? out->error : text->error;
    buffer_reset(text);
}

static void cell(struct page *p)
{
    html_element(p->out, "td", &p->text);
}

static void number(struct page *p)
{
    html_element(p->out, "td class=\"n\"", &p->text);
}

static void head(struct page *p, const enum report_word *words, const bool *numbers, int count)
{
    buffer_string(p->out, "<table><thead><tr>");
    for (int i = 0; i < count; i++) {
        buffer_printf(p->out, "<th%s>", numbers[i] ? " class=\"n\"" : "");
        html_text(p->out, word(p, words[i]));
        buffer_string(p->out, "</th>");
    }
    buffer_string(p->out, "</tr></thead><tbody>\n");
}

static void title(struct page *p, enum report_word id)
{
    buffer_string(p->out, "<h4>");
    html_text(p->out, word(p, id));
    buffer_string(p->out, "</h4>\n");
}

static void end_table(struct page *p)
{
    buffer_string(p->out, "</tbody></table>\n");
}

/* "[3]" with a mark where assumed, as a link to the list of sources. */
static void source(struct page *p, struct view_source s)
{
    uint32_t n = plan_view_source_number(p->view, s);
    buffer_string(p->out, "<td class=\"n src\">");
    if (n) {
        buffer_printf(p->out, "%u", n);
    }
    buffer_printf(p->out, "%s</td>", s.evidence == ZHOL_ASSUMED ? "*" : "");
}

/* ---- Time bar ---- */

struct bar {
    struct buffer *out;
    double scale; /* units a minute */
    double x;
    int phase; /* of the piece at hand; -1: none */
    double from;
};

static void bar_flush(struct bar *b)
{
    static const char *const classes[VIEW_PHASE_COUNT] = {
        [VIEW_RUNS] = "p0", [VIEW_WAITS] = "p1", [VIEW_HANDLES] = "p2", [VIEW_BORDERS] = "p3"};
    if (b->phase >= 0 && b->x > b->from) {
        buffer_printf(b->out, "<rect class=\"%s\" x=\"", classes[b->phase]);
        buffer_fixed(b->out, b->from, 1);
        buffer_string(b->out, "\" y=\"0\" height=\"16\" width=\"");
        buffer_fixed(b->out, b->x - b->from, 1);
        buffer_string(b->out, "\"/>");
    }
    b->from = b->x;
    b->phase = -1;
}

static void bar_add(struct bar *b, int phase, double minutes)
{
    if (b->phase != phase) {
        bar_flush(b);
        b->phase = phase;
    }
    b->x += minutes * b->scale;
}

/* What a ride does when, in proportion to the median minutes of the arcs of its way. */
static void bar_ride(const struct plan_view *view, const struct view_leg *leg, struct bar *b)
{
    double total = (double)(leg->end.utc_min - leg->start.utc_min), sum = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < leg->arc_count; i++) {
            uint32_t number = view->arcs[leg->first_arc + i];
            const struct zhol_arc *arc = &view->net.arcs[number];
            double minutes = (double)arc->minutes[ZHOL_TIME_MEDIAN];
            bool passes = false;
            if (!zhol_network_admits(&view->net, number, &view->order.load, &passes) || passes) {
                continue;
            }
            if (pass == 0) {
                sum += minutes;
            } else if (sum > 0) {
                bar_add(b,
                        arc->kind == ZHOL_ARC_CONTROL  ? VIEW_BORDERS
                        : arc->kind == ZHOL_ARC_HANDLE ? VIEW_HANDLES
                                                       : VIEW_RUNS,
                        total * minutes / sum);
            }
        }
    }
}

static void bar_ticks(struct buffer *out, double scale, int64_t longest_min, enum report_lang lang)
{
    int64_t days = longest_min / 1440, step = days > 60 ? 20 : days > 24 ? 5 : days > 8 ? 2 : 1;
    for (int64_t day = 0; day <= days; day += step) {
        double x = (double)day * 1440 * scale;
        buffer_string(out, "<line x1=\"");
        buffer_fixed(out, x, 1);
        buffer_string(out, "\" x2=\"");
        buffer_fixed(out, x, 1);
        buffer_string(out, "\" y1=\"0\" y2=\"20\"/><text x=\"");
        buffer_fixed(out, x + 3, 1);
        buffer_printf(out, "\" y=\"29\">%d", (int)day);
        if (day == 0) {
            buffer_printf(out, " %s", report_word(WORD_UNIT_D, lang));
        }
        buffer_string(out, "</text>");
    }
}

void html_bar(const struct plan_view *view, const struct view_itinerary *it, int64_t longest_min,
              bool ticks, struct buffer *out)
{
    double width = ticks ? 1000 : 300;
    struct bar b = {
        .out = out, .scale = width / (double)(longest_min > 0 ? longest_min : 1), .phase = -1};
    buffer_printf(out, "<svg class=\"bar\" viewBox=\"0 0 %.0f %d\" role=\"img\" aria-label=\"",
                  width, ticks ? 32 : 16);
    html_text(out, report_word(WORD_SPLIT_OF_TIME, view->lang));
    buffer_string(out, "\">");
    if (ticks) {
        bar_ticks(out, b.scale, longest_min, view->lang);
    }
    for (uint32_t i = 0; i < it->leg_count; i++) {
        const struct view_leg *leg = &view->legs[it->first_leg + i];
        bar_add(&b, VIEW_WAITS, (double)leg->minutes[VIEW_WAITS]);
        if (leg->kind == VIEW_RIDE) {
            bar_ride(view, leg, &b);
        } else {
            int phase = leg->kind == VIEW_BORDER     ? VIEW_BORDERS
                        : leg->kind == VIEW_HANDLING ? VIEW_HANDLES
                                                     : VIEW_RUNS;
            bar_add(&b, phase, (double)(leg->end.utc_min - leg->start.utc_min));
        }
    }
    bar_flush(&b);
    buffer_string(out, "</svg>");
}

/* ---- Legs ---- */

static void clock_cell(struct page *p, struct report_time time)
{
    format_time_short(&p->text, time, p->view->lang);
    buffer_printf(p->out, "<td class=\"t\">");
    html_text(p->out, buffer_get(&p->text));
    buffer_reset(&p->text);
    buffer_string(p->out, "<small>");
    format_offset(p->out, time.offset_s);
    buffer_string(p->out, "</small></td>");
}

static void usd_cell(struct page *p, int64_t cents, bool unknown, bool blank)
{
    if (!blank) {
        format_usd(&p->text, cents, p->view->lang);
        buffer_string(&p->text, unknown ? "*" : "");
    }
    number(p);
}

static void wait_row(struct page *p, const struct view_leg *leg)
{
    if (leg->minutes[VIEW_WAITS] == 0) {
        return;
    }
    buffer_string(p->out, "<tr class=\"wait\">");
    clock_cell(p, leg->ready);
    format_hours(&p->text, leg->minutes[VIEW_WAITS], p->view->lang);
    number(p);
    plan_view_wait_text(p->view, leg, &p->text);
    cell(p);
    buffer_string(p->out, "<td></td>");
    usd_cell(p, leg->storage_cents, leg->storage_unknown, leg->storage_cents == 0);
    buffer_string(p->out, "<td></td><td></td></tr>\n");
}

static void put_passes(struct page *p, const struct view_leg *leg)
{
    if (leg->pass_count == 0) {
        return;
    }
    buffer_string(p->out, "<div class=\"passes\">");
    for (uint32_t i = 0; i < leg->pass_count; i++) {
        const struct view_pass *pass = &p->view->passes[leg->first_pass + i];
        buffer_string(&p->text, i ? "; " : "");
        buffer_printf(&p->text, word(p, WORD_EXCL_AT),
                      report_process_kind(pass->process_kind, p->view->lang),
                      plan_view_place(p->view, pass->node));
        if (pass->from_state) {
            buffer_printf(&p->text, " (%s → %s)", report_state(pass->from_state, p->view->lang),
                          report_state(pass->to_state, p->view->lang));
        }
    }
    html_text(p->out, buffer_get(&p->text));
    buffer_reset(&p->text);
    buffer_string(p->out, "</div>");
}

static void leg_row(struct page *p, const struct view_leg *leg)
{
    static const char *const classes[VIEW_LEG_KIND_COUNT] = {[VIEW_MOVE] = "run",
                                                             [VIEW_RIDE] = "run",
                                                             [VIEW_HANDLING] = "hand",
                                                             [VIEW_BORDER] = "cross"};
    buffer_printf(p->out, "<tr class=\"%s\">", classes[leg->kind]);
    clock_cell(p, leg->start);
    format_hours(&p->text, leg->end.utc_min - leg->start.utc_min, p->view->lang);
    number(p);
    plan_view_leg_text(p->view, leg, &p->text);
    buffer_string(p->out, "<td>");
    html_text(p->out, buffer_get(&p->text));
    buffer_reset(&p->text);
    put_passes(p, leg);
    buffer_string(p->out, "</td>");
    if (leg->length_m) {
        format_km(&p->text, leg->length_m, p->view->lang);
    }
    number(p);
    usd_cell(p, leg->cents, leg->cost_unknown, false);
    format_kg(&p->text, leg->co2e_g, p->view->lang);
    buffer_string(&p->text, leg->co2e_unknown ? "*" : "");
    number(p);
    source(p, leg->source);
    buffer_string(p->out, "</tr>\n");
}

static void write_legs(struct page *p)
{
    static const enum report_word words[] = {WORD_FROM_WHEN, WORD_HOURS,   WORD_STEP,  WORD_KM,
                                             WORD_COST_USD,  WORD_CO2E_KG, WORD_SOURCE};
    static const bool numbers[] = {false, true, false, true, true, true, true};
    title(p, WORD_LEGS);
    head(p, words, numbers, 7);
    for (uint32_t i = 0; i < p->it->leg_count; i++) {
        const struct view_leg *leg = &p->view->legs[p->it->first_leg + i];
        wait_row(p, leg);
        leg_row(p, leg);
    }
    end_table(p);
}

/* ---- Bill ---- */

static void cost_row(struct page *p, const struct view_cost *cost)
{
    buffer_string(p->out, "<tr>");
    plan_view_cost_text(p->view, cost, &p->text);
    cell(p);
    buffer_string(&p->text, *cost->country ? report_country(cost->country, p->view->lang)
                                           : word(p, WORD_INTERNATIONAL));
    cell(p);
    format_cents(&p->text, cost->cents, p->view->lang);
    number(p);
    if (cost->vat_cents) {
        format_cents(&p->text, cost->vat_cents, p->view->lang);
    }
    number(p);
    source(p, cost->source);
    buffer_string(p->out, "</tr>\n");
}

static void write_total(struct page *p)
{
    buffer_string(p->out, "<tr class=\"total\">");
    buffer_string(&p->text, word(p, WORD_TOTAL));
    cell(p);
    for (uint32_t i = 0; i < p->it->unknown_count; i++) {
        const struct view_unknown *unknown = &p->view->unknowns[p->it->first_unknown + i];
        if (!unknown->is_co2e) {
            buffer_printf(&p->text, "%s%s", p->text.size ? "; " : word(p, WORD_EXCLUDING),
                          p->text.size ? "" : " ");
            buffer_string(&p->text, unknown->text);
        }
    }
    cell(p);
    format_cents(&p->text, p->it->of->cents, p->view->lang);
    number(p);
    format_cents(&p->text, p->it->vat_cents, p->view->lang);
    number(p);
    buffer_string(p->out, "<td></td></tr>\n");
}

static void write_bill(struct page *p)
{
    static const enum report_word words[] = {WORD_FOR_WHAT, WORD_COUNTRY, WORD_COST_USD,
                                             WORD_OF_WHICH_VAT, WORD_SOURCE};
    static const bool numbers[] = {false, false, true, true, true};
    title(p, WORD_COST_LINES);
    head(p, words, numbers, 5);
    for (uint32_t i = 0; i < p->it->cost_count; i++) {
        if (p->view->costs[p->it->first_cost + i].cents) { /* free of charge is no news */
            cost_row(p, &p->view->costs[p->it->first_cost + i]);
        }
    }
    write_total(p);
    end_table(p);
}

/* ---- Chain ---- */

static void element_row(struct page *p, const struct view_element *e)
{
    buffer_string(p->out, "<tr>");
    buffer_string(&p->text, plan_view_place(p->view, e->from));
    if (!e->is_hub) {
        buffer_printf(&p->text, " – %s", plan_view_place(p->view, e->to));
    }
    cell(p);
    buffer_string(&p->text, *e->category ? e->category
                            : e->is_hub  ? report_process_kind(e->process_kind, p->view->lang)
                                         : report_mode(e->mode, p->view->lang));
    cell(p);
    format_number(&p->text, p->view->order.load.tonnes, 1, p->view->lang);
    number(p);
    if (!e->is_hub) {
        format_km(&p->text, e->length_m, p->view->lang);
    }
    number(p);
    if (e->unknown) {
        buffer_char(&p->text, '?');
    } else {
        format_number(&p->text, e->factor, e->factor == floor(e->factor) ? 0 : 1, p->view->lang);
    }
    number(p);
    if (e->unknown) {
        buffer_char(&p->text, '?');
    } else {
        format_kg(&p->text, e->co2e_g, p->view->lang);
    }
    number(p);
    source(p, e->source);
    buffer_string(p->out, "</tr>\n");
}

static void write_chain(struct page *p)
{
    static const enum report_word words[] = {WORD_ELEMENT, WORD_CATEGORY, WORD_TONNES, WORD_KM,
                                             WORD_FACTOR,  WORD_CO2E_KG,  WORD_SOURCE};
    static const bool numbers[] = {false, false, true, true, true, true, true};
    title(p, WORD_CO2E_CHAIN);
    head(p, words, numbers, 7);
    for (uint32_t i = 0; i < p->it->element_count; i++) {
        element_row(p, &p->view->elements[p->it->first_element + i]);
    }
    end_table(p);
}

/* ---- Rules, checks, notes, evidence ---- */

static void write_rules(struct page *p, bool documents)
{
    bool any = false;
    for (uint32_t i = 0; i < p->it->duty_count; i++) {
        const struct view_rule *duty = &p->view->duties[p->it->first_duty + i];
        const struct zhol_rule *rule = plan_view_rule(p->view, duty->row);
        if (plan_view_is_document(rule) != documents) {
            continue;
        }
        if (!any) {
            title(p, documents ? WORD_DOCUMENTS : WORD_OTHER_RULES);
            buffer_string(p->out, "<ul>\n");
        }
        any = true;
        buffer_string(p->out, "<li><b>");
        html_text(p->out, plan_view_rule_name(p->view, duty->row));
        buffer_string(p->out, "</b>");
        if (*duty->where) {
            buffer_printf(&p->text, " (%s)", duty->where);
            html_text(p->out, buffer_get(&p->text));
            buffer_reset(&p->text);
        }
        buffer_string(p->out, ". ");
        html_text(p->out, plan_view_rule_text(p->view, duty->row));
        int32_t day = plan_view_file_by(p->view, p->it, duty->row);
        if (day != ZHOL_BLANK_DATE) {
            struct buffer text;
            buffer_init(&text);
            format_day(&text, day, p->view->lang);
            buffer_printf(p->out, word(p, WORD_FILE_BY), buffer_get(&text));
            buffer_clear(&text);
        }
        buffer_string(p->out, "</li>\n");
    }
    buffer_string(p->out, any ? "</ul>\n" : "");
}

static void write_check(struct page *p, const struct view_check *check)
{
    struct buffer part[3];
    for (int i = 0; i < 3; i++) {
        buffer_init(&part[i]);
    }
    format_number(&part[0], check->published_km, 0, p->view->lang);
    format_number(&part[1], check->model_km, 0, p->view->lang);
    buffer_string(&part[2], check->deviation < 0 ? "" : "+");
    format_number(&part[2], check->deviation * 100, 1, p->view->lang);
    buffer_string(&part[2], " %");
    buffer_printf(&p->text, word(p, WORD_CHECK_LINE), plan_view_service(p->view, check->service),
                  buffer_get(&part[0]), buffer_get(&part[1]), buffer_get(&part[2]));
    if (fabs(check->deviation) > 0.03) {
        buffer_string(&p->text, "; ");
        buffer_printf(&p->text, word(p, WORD_CHECK_REASON),
                      *check->reason ? check->reason : word(p, WORD_CHECK_NO_REASON));
    }
    html_element(p->out, "li", &p->text);
    for (int i = 0; i < 3; i++) {
        buffer_clear(&part[i]);
    }
}

static void write_checks_and_notes(struct page *p)
{
    for (uint32_t i = 0; i < p->it->check_count; i++) {
        if (i == 0) {
            title(p, WORD_CHECKS);
            buffer_string(p->out, "<ul>\n");
        }
        write_check(p, &p->view->checks[p->it->first_check + i]);
    }
    buffer_string(p->out, p->it->check_count ? "</ul>\n" : "");
    for (uint32_t i = 0; i < p->it->note_count; i++) {
        if (i == 0) {
            title(p, WORD_NOTES);
            buffer_string(p->out, "<ul class=\"notes\">\n");
        }
        buffer_string(&p->text, p->view->notes[p->it->first_note + i]);
        html_element(p->out, "li", &p->text);
    }
    buffer_string(p->out, p->it->note_count ? "</ul>\n" : "");
}

static void write_share(struct page *p, enum report_word what, const double share[])
{
    buffer_string(&p->text, word(p, what));
    buffer_char(&p->text, ' ');
    for (int i = 0; i < ZHOL_EVIDENCE_COUNT; i++) {
        buffer_string(&p->text, i ? " / " : "");
        format_number(&p->text, share[i] * 100, 0, p->view->lang);
    }
    buffer_string(&p->text, " %");
    html_element(p->out, "span class=\"share\"", &p->text);
    buffer_char(p->out, ' ');
}

static void write_evidence(struct page *p)
{
    buffer_string(p->out, "<p class=\"evidence\">");
    html_text(p->out, word(p, WORD_EVIDENCE_SHARE));
    buffer_string(p->out, ": ");
    write_share(p, WORD_OF_TIME, p->it->evidence.minutes);
    write_share(p, WORD_OF_COST, p->it->evidence.cents);
    write_share(p, WORD_OF_CO2E, p->it->evidence.grams);
    buffer_string(p->out, "</p>\n");
}

void html_detail(const struct plan_view *view, const struct view_itinerary *it, struct buffer *out)
{
    struct page page = {.view = view, .it = it, .out = out};
    buffer_init(&page.text);
    write_legs(&page);
    write_bill(&page);
    write_chain(&page);
    write_rules(&page, true);
    write_rules(&page, false);
    write_checks_and_notes(&page);
    write_evidence(&page);
    buffer_clear(&page.text);
}
