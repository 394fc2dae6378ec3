/* report/plan_table_detail.c: one itinerary as text. See plan_table.c. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/table_out.h"
#include "report/lines.h"
#include "report/plan_table.h"

/* What the parts of an itinerary are written with. */
struct page {
    const struct plan_view *view;
    const struct view_itinerary *it;
    bool *cited;
    struct buffer *out;
    struct buffer text; /* for one cell or line */
};

static const char *word(const struct page *p, enum report_word id)
{
    return report_word(id, p->view->lang);
}

static void cell(struct page *p, struct table_out *table)
{
    table_out_text(table, buffer_get(&p->text));
    table->error = table->error ? table->error : p->text.error;
    buffer_reset(&p->text);
}

static void end_table(struct page *p, struct table_out *table)
{
    enum zhol_error error = table_out_print(table, p->out);
    p->out->error = p->out->error ? p->out->error : error;
    table_out_clear(table);
}

static void end_line(struct page *p, const char *lead, uint32_t indent)
{
    lines_wrap(p->out, lead, indent, buffer_get(&p->text));
    p->out->error = p->out->error ? p->out->error : p->text.error;
    buffer_reset(&p->text);
}

static void head(struct page *p, enum report_word id)
{
    buffer_printf(p->out, "\n%s\n", word(p, id));
}

/* "3" or "3*" where the figure is an assumption; remembers that the source is cited. */
static void put_source(struct page *p, struct view_source source)
{
    uint32_t number = plan_view_source_number(p->view, source);
    if (number) {
        p->cited[number - 1] = true;
        buffer_printf(&p->text, "%u", number);
    }
    buffer_string(&p->text, source.evidence == ZHOL_ASSUMED ? "*" : "");
}

/* ---- Headline ---- */

static void write_title(struct page *p)
{
    const struct view_itinerary *it = p->it;
    const char *separator = ": ";
    const bool is[] = {it->is_fastest, it->is_cheapest, it->is_cleanest};
    const enum report_word names[] = {
        WORD_FASTEST, it->cost_known ? WORD_CHEAPEST : WORD_CHEAPEST_KNOWN, WORD_CLEANEST};
    buffer_printf(p->out, "\n");
    buffer_printf(&p->text, "%s %u", word(p, WORD_ITINERARY), it->number + 1);
    for (int k = 0; k < 3; k++) {
        if (is[k]) {
            buffer_printf(&p->text, "%s%s", separator, word(p, names[k]));
            separator = ", ";
        }
    }
    uint32_t width = text_width((struct text_view){p->text.bytes, (uint32_t)p->text.size});
    end_line(p, "", 0);
    buffer_fill(p->out, '=', width);
    buffer_char(p->out, '\n');
}

static void write_totals(struct page *p)
{
    const struct plan_view *view = p->view;
    const struct view_itinerary *it = p->it;
    struct buffer *t = &p->text;
    buffer_printf(t, "%s ", word(p, WORD_ARRIVAL));
    format_time(t, it->arrival, view->lang);
    format_offset(t, it->arrival.offset_s);
    buffer_string(t, ", ");
    format_duration(t, it->minutes, view->lang);
    buffer_string(t, "; ");
    if (it->cost_known || it->of->cents) {
        buffer_string(t, it->cost_known ? "" : word(p, WORD_AT_LEAST));
        format_price(t, it->of->cents, view->lang);
    } else {
        buffer_string(t, view->lang == REPORT_RU ? "? долл." : "USD ?");
    }
    if (it->vat_cents) {
        buffer_printf(t, " (%s ", word(p, WORD_OF_WHICH_VAT));
        format_usd(t, it->vat_cents, view->lang);
        buffer_char(t, ')');
    }
    buffer_printf(t, "; %s", it->co2e_known ? "" : word(p, WORD_AT_LEAST));
    format_number(t, (double)it->of->co2e_g / 1000, 0, view->lang);
    buffer_printf(t, " %s; ", word(p, WORD_CO2E_KG));
    format_km(t, it->total_m, view->lang);
    buffer_printf(t, " %s:", word(p, WORD_KM));
    const char *comma = " ";
    for (unsigned mode = 1; mode < zhol_mode_COUNT; mode++) {
        if (it->length_m[mode]) {
            buffer_printf(t, "%s%s ", comma, report_mode(mode, view->lang));
            format_km(t, it->length_m[mode], view->lang);
            comma = ", ";
        }
    }
    buffer_char(t, '.');
    end_line(p, "", 0);
}

static void write_promise(struct page *p)
{
    plan_view_promise_text(p->view, p->it, &p->text);
    end_line(p, "", 0);
}

static void write_phases(struct page *p)
{
    static const enum report_word names[VIEW_PHASE_COUNT] = {
        [VIEW_RUNS] = WORD_RUNS,
        [VIEW_WAITS] = WORD_WAITS,
        [VIEW_HANDLES] = WORD_HANDLES,
        [VIEW_BORDERS] = WORD_BORDERS,
    };
    buffer_printf(&p->text, "%s:", word(p, WORD_SPLIT_OF_TIME));
    for (int i = 0; i < VIEW_PHASE_COUNT; i++) {
        buffer_printf(&p->text, "%s %s ", i ? "," : "", word(p, names[i]));
        format_duration(&p->text, p->it->phases[i], p->view->lang);
    }
    buffer_char(&p->text, '.');
    end_line(p, "", 0);
}

static void write_unknown(struct page *p)
{
    const char *separator = " ";
    if (p->it->unknown_count == 0) {
        return;
    }
    buffer_string(&p->text, word(p, WORD_EXCLUDING));
    for (uint32_t i = 0; i < p->it->unknown_count; i++) {
        buffer_printf(&p->text, "%s%s", separator,
                      p->view->unknowns[p->it->first_unknown + i].text);
        separator = "; ";
    }
    end_line(p, "", 0);
}

/* ---- Legs ---- */

static void put_clock(struct page *p, struct report_time time)
{
    format_time_short(&p->text, time, p->view->lang);
    format_offset(&p->text, time.offset_s);
}

static void wait_row(struct page *p, const struct view_leg *leg, struct table_out *table)
{
    if (leg->minutes[VIEW_WAITS] == 0) {
        return;
    }
    put_clock(p, leg->ready);
    cell(p, table);
    format_hours(&p->text, leg->minutes[VIEW_WAITS], p->view->lang);
    cell(p, table);
    plan_view_wait_text(p->view, leg, &p->text);
    cell(p, table);
    table_out_text(table, "");
    if (leg->storage_cents || leg->storage_unknown) {
        format_usd(&p->text, leg->storage_cents, p->view->lang);
        buffer_string(&p->text, leg->storage_unknown ? "*" : "");
    }
    cell(p, table);
}

/* "on the way: border exit at Alashankou, ..." */
static void put_passes(struct page *p, const struct view_leg *leg)
{
    for (uint32_t i = 0; i < leg->pass_count; i++) {
        const struct view_pass *pass = &p->view->passes[leg->first_pass + i];
        buffer_string(&p->text, i ? ", " : "; ");
        buffer_printf(&p->text, word(p, WORD_EXCL_AT),
                      report_process_kind(pass->process_kind, p->view->lang),
                      plan_view_place(p->view, pass->node));
    }
}

static void leg_row(struct page *p, const struct view_leg *leg, struct table_out *table)
{
    put_clock(p, leg->start);
    cell(p, table);
    format_hours(&p->text, leg->end.utc_min - leg->start.utc_min, p->view->lang);
    cell(p, table);
    plan_view_leg_text(p->view, leg, &p->text);
    put_passes(p, leg);
    cell(p, table);
    if (leg->length_m) {
        format_km(&p->text, leg->length_m, p->view->lang);
    }
    cell(p, table);
    if (leg->cents || !leg->cost_unknown) {
        format_usd(&p->text, leg->cents, p->view->lang);
    } else {
        buffer_char(&p->text, '?'); /* 0 would read as free of charge */
    }
    buffer_string(&p->text, leg->cost_unknown ? "*" : "");
    cell(p, table);
}

static void write_legs(struct page *p)
{
    struct table_out table;
    head(p, WORD_LEGS);
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, word(p, WORD_FROM_WHEN), TABLE_CUT);
    table_out_column(&table, word(p, WORD_HOURS), TABLE_RIGHT);
    table_out_column(&table, word(p, WORD_STEP), TABLE_WRAP);
    table_out_column(&table, word(p, WORD_KM), TABLE_RIGHT);
    table_out_column(&table, word(p, WORD_COST_USD), TABLE_RIGHT);
    for (uint32_t i = 0; i < p->it->leg_count; i++) {
        const struct view_leg *leg = &p->view->legs[p->it->first_leg + i];
        wait_row(p, leg, &table);
        leg_row(p, leg, &table);
    }
    end_table(p, &table);
}

/* ---- Bill ---- */

static void cost_row(struct page *p, const struct view_cost *cost, struct table_out *table)
{
    plan_view_cost_text(p->view, cost, &p->text);
    cell(p, table);
    table_out_text(table, *cost->country ? cost->country : "-");
    format_cents(&p->text, cost->cents, p->view->lang);
    cell(p, table);
    format_cents(&p->text, cost->vat_cents, p->view->lang);
    cell(p, table);
    put_source(p, cost->source);
    cell(p, table);
}

static void write_by_country(struct page *p)
{
    const char *last = NULL;
    buffer_printf(&p->text, "%s:", word(p, WORD_BY_COUNTRY));
    for (uint32_t i = 0; i < p->it->sum_count; i++) {
        const struct view_sum *sum = &p->view->sums[p->it->first_sum + i];
        if (sum->cents == 0) {
            continue;
        }
        bool again = last && strcmp(last, sum->country) == 0;
        if (!again) {
            buffer_printf(&p->text, "%s %s:", last ? ";" : "",
                          *sum->country ? report_country(sum->country, p->view->lang)
                                        : word(p, WORD_INTERNATIONAL));
        }
        buffer_printf(&p->text, "%s %s ", again ? "," : "",
                      report_cost_kind(sum->kind, p->view->lang));
        format_usd(&p->text, sum->cents, p->view->lang);
        last = sum->country;
    }
    buffer_char(&p->text, '.');
    end_line(p, "", 0);
}

static void write_bill(struct page *p)
{
    struct table_out table;
    if (p->it->of->cents == 0) {
        return; /* no price is known */
    }
    head(p, WORD_COST_LINES);
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, word(p, WORD_FOR_WHAT), TABLE_WRAP);
    table_out_column(&table, word(p, WORD_COUNTRY), TABLE_CUT);
    table_out_column(&table, word(p, WORD_COST_USD), TABLE_RIGHT);
    table_out_column(&table, word(p, WORD_OF_WHICH_VAT), TABLE_RIGHT);
    table_out_column(&table, word(p, WORD_SOURCE), TABLE_RIGHT);
    for (uint32_t i = 0; i < p->it->cost_count; i++) {
        if (p->view->costs[p->it->first_cost + i].cents) { /* free of charge is no news */
            cost_row(p, &p->view->costs[p->it->first_cost + i], &table);
        }
    }
    end_table(p, &table);
    write_by_country(p);
}

/* ---- CO2e ---- */

static void element_row(struct page *p, const struct view_element *e, struct table_out *table)
{
    const struct plan_view *view = p->view;
    if (e->is_hub) {
        buffer_string(&p->text, plan_view_place(view, e->from));
    } else {
        buffer_printf(&p->text, "%s - %s", plan_view_place(view, e->from),
                      plan_view_place(view, e->to));
    }
    cell(p, table);
    table_out_text(table, *e->category ? e->category
                          : e->is_hub  ? report_process_kind(e->process_kind, view->lang)
                                       : report_mode(e->mode, view->lang));
    if (!e->is_hub) {
        format_km(&p->text, e->length_m, view->lang);
    }
    cell(p, table);
    if (e->unknown) {
        buffer_char(&p->text, '?');
    } else {
        format_number(&p->text, e->factor, e->factor == floor(e->factor) ? 0 : 1, view->lang);
    }
    cell(p, table);
    if (e->unknown) {
        buffer_char(&p->text, '?');
    } else {
        format_kg(&p->text, e->co2e_g, view->lang);
    }
    cell(p, table);
    put_source(p, e->source);
    cell(p, table);
}

static void write_chain(struct page *p)
{
    struct table_out table;
    head(p, WORD_CO2E_CHAIN);
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, word(p, WORD_ELEMENT), TABLE_WRAP);
    table_out_column(&table, word(p, WORD_CATEGORY), TABLE_WRAP);
    table_out_column(&table, word(p, WORD_KM), TABLE_RIGHT);
    table_out_column(&table, word(p, WORD_FACTOR), TABLE_RIGHT);
    table_out_column(&table, word(p, WORD_CO2E_KG), TABLE_RIGHT);
    table_out_column(&table, word(p, WORD_SOURCE), TABLE_RIGHT);
    for (uint32_t i = 0; i < p->it->element_count; i++) {
        element_row(p, &p->view->elements[p->it->first_element + i], &table);
    }
    end_table(p, &table);
}

/* ---- Rules, checks, notes, evidence ---- */

/* The last day to file an application for which the rule gives one. */
static void write_file_by(struct page *p, uint32_t rule)
{
    int32_t day = plan_view_file_by(p->view, p->it, rule);
    if (day != ZHOL_BLANK_DATE) {
        struct buffer text;
        buffer_init(&text);
        format_day(&text, day, p->view->lang);
        buffer_printf(&p->text, word(p, WORD_FILE_BY), buffer_get(&text));
        buffer_clear(&text);
    }
}

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
            head(p, documents ? WORD_DOCUMENTS : WORD_OTHER_RULES);
        }
        any = true;
        buffer_printf(&p->text, "%s%s%s%s. %s", plan_view_rule_name(p->view, duty->row),
                      *duty->where ? " (" : "", duty->where, *duty->where ? ")" : "",
                      plan_view_rule_text(p->view, duty->row));
        write_file_by(p, duty->row);
        end_line(p, "- ", 2);
    }
}

static void write_checks(struct page *p)
{
    for (uint32_t i = 0; i < p->it->check_count; i++) {
        const struct view_check *check = &p->view->checks[p->it->first_check + i];
        struct buffer part[3];
        buffer_init(&part[0]);
        buffer_init(&part[1]);
        buffer_init(&part[2]);
        if (i == 0) {
            head(p, WORD_CHECKS);
        }
        format_number(&part[0], check->published_km, 0, p->view->lang);
        format_number(&part[1], check->model_km, 0, p->view->lang);
        buffer_string(&part[2], check->deviation < 0 ? "" : "+");
        format_number(&part[2], check->deviation * 100, 1, p->view->lang);
        buffer_string(&part[2], " %");
        buffer_printf(&p->text, word(p, WORD_CHECK_LINE),
                      plan_view_service(p->view, check->service), buffer_get(&part[0]),
                      buffer_get(&part[1]), buffer_get(&part[2]));
        if (fabs(check->deviation) > 0.03) {
            buffer_string(&p->text, "; ");
            buffer_printf(&p->text, word(p, WORD_CHECK_REASON),
                          *check->reason ? check->reason : word(p, WORD_CHECK_NO_REASON));
        }
        end_line(p, "- ", 2);
        for (int k = 0; k < 3; k++) {
            buffer_clear(&part[k]);
        }
    }
}

static void write_notes(struct page *p)
{
    for (uint32_t i = 0; i < p->it->note_count; i++) {
        if (i == 0) {
            head(p, WORD_NOTES);
        }
        lines_wrap(p->out, "- ", 2, p->view->notes[p->it->first_note + i]);
    }
}

static void put_share(struct page *p, enum report_word what, const double share[])
{
    buffer_printf(&p->text, " %s ", word(p, what));
    for (int i = 0; i < ZHOL_EVIDENCE_COUNT; i++) {
        buffer_string(&p->text, i ? "/" : "");
        format_number(&p->text, share[i] * 100, 0, p->view->lang);
    }
    buffer_string(&p->text, " %");
}

static void write_evidence(struct page *p)
{
    const struct zhol_evidence_share *share = &p->it->evidence;
    buffer_char(p->out, '\n');
    buffer_printf(&p->text, "%s:", word(p, WORD_EVIDENCE_SHARE));
    put_share(p, WORD_OF_TIME, share->minutes);
    buffer_char(&p->text, ',');
    put_share(p, WORD_OF_COST, share->cents);
    buffer_char(&p->text, ',');
    put_share(p, WORD_OF_CO2E, share->grams);
    buffer_char(&p->text, '.');
    end_line(p, "", 0);
}

void plan_table_detail(const struct plan_view *view, const struct view_itinerary *it, bool *cited,
                       struct buffer *out)
{
    struct page page = {.view = view, .it = it, .cited = cited, .out = out};
    buffer_init(&page.text);
    write_title(&page);
    write_totals(&page);
    write_promise(&page);
    write_phases(&page);
    write_unknown(&page);
    write_legs(&page);
    write_bill(&page);
    write_chain(&page);
    write_rules(&page, true);
    write_rules(&page, false);
    write_checks(&page);
    write_notes(&page);
    write_evidence(&page);
    buffer_clear(&page.text);
}
