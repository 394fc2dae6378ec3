/* report/plan_table.c: a plan as text: what was asked, the table of itineraries, what follows.
 * The details of an itinerary are in plan_table_detail.c. */
#include <stdio.h>
#include <string.h>

#include "base/table_out.h"
#include "report/lines.h"
#include "report/plan_table.h"

static const char *word(const struct plan_view *view, enum report_word id)
{
    return report_word(id, view->lang);
}

/* ---- What was asked ---- */

static void write_head(const struct plan_view *view, struct buffer *out)
{
    struct buffer line;
    struct report_time ready = {view->order.ready_min, 0};
    if (view->itinerary_count) {
        ready = view->itineraries[0].start;
    }
    buffer_printf(out, "%s > %s\n", plan_view_place(view, view->order.from),
                  plan_view_place(view, view->order.to));
    buffer_init(&line);
    plan_view_load_text(view, &line);
    buffer_printf(&line, ". %s: ", word(view, WORD_READY));
    format_time(&line, ready, view->lang);
    format_offset(&line, ready.offset_s);
    lines_wrap(out, "", 0, buffer_get(&line));
    buffer_reset(&line);
    plan_view_wishes_text(view, &line);
    if (line.size) {
        lines_wrap(out, "", 0, buffer_get(&line));
    }
    buffer_reset(&line);
    plan_view_basis_text(view, &line);
    lines_wrap(out, "", 0, buffer_get(&line));
    buffer_clear(&line);
    buffer_char(out, '\n');
}

static void write_count(const struct plan_view *view, struct buffer *out)
{
    struct buffer line;
    buffer_init(&line);
    if (view->itinerary_count == 1) {
        buffer_string(&line, word(view, WORD_ONE_ITINERARY));
    } else {
        buffer_printf(&line, word(view, WORD_ITINERARIES_IN_ALL), view->itinerary_count);
    }
    if (view->firm_count < view->itinerary_count) {
        buffer_char(&line, ' ');
        buffer_printf(&line, word(view, WORD_NOT_FIRM), view->itinerary_count - view->firm_count);
    }
    if (view->chosen_count < view->itinerary_count) {
        buffer_char(&line, ' ');
        buffer_printf(&line, word(view, WORD_SHOWN_OF_THEM), view->chosen_count);
        buffer_printf(&line, " %s", word(view, WORD_ALL_BY));
    }
    lines_wrap(out, "", 0, buffer_get(&line));
    buffer_clear(&line);
}

/* ---- The table ---- */

static void cell(struct table_out *table, struct buffer *text)
{
    table_out_text(table, buffer_get(text));
    table->error = table->error ? table->error : text->error;
    buffer_reset(text);
}

static void add_row(const struct plan_view *view, const struct view_itinerary *it,
                    struct table_out *table, struct buffer *text)
{
    table_out_int(table, it->number + 1);
    format_time_short(text, it->arrival, view->lang);
    cell(table, text);
    format_days(text, it->minutes, view->lang);
    cell(table, text);
    plan_view_promise_days(view, it, text);
    cell(table, text);
    if (it->cost_known || it->of->cents) {
        format_usd(text, it->of->cents, view->lang);
    } else {
        buffer_char(text, '?'); /* 0 would read as free of charge */
    }
    buffer_string(text, it->cost_known ? "" : "*");
    cell(table, text);
    format_kg(text, it->of->co2e_g, view->lang);
    buffer_string(text, it->co2e_known ? "" : "*");
    cell(table, text);
    format_km(text, it->total_m, view->lang);
    cell(table, text);
    table_out_text(table, it->way);
}

static void write_best(const struct plan_view *view, struct buffer *out)
{
    const char *separator = "";
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
        const bool is[] = {it->is_fastest, it->is_cheapest, it->is_cleanest};
        const enum report_word names[] = {
            WORD_FASTEST, it->cost_known ? WORD_CHEAPEST : WORD_CHEAPEST_KNOWN, WORD_CLEANEST};
        for (int k = 0; k < 3; k++) {
            if (is[k]) {
                buffer_printf(out, "%s%s: %u", separator, word(view, names[k]), it->number + 1);
                separator = "; ";
            }
        }
    }
    buffer_string(out, *separator ? ".\n" : "");
}

static void write_summary(const struct plan_view *view, struct buffer *out)
{
    struct table_out table;
    struct buffer text;
    bool complete = true;
    table_out_init(&table, LINES_WIDTH);
    buffer_init(&text);
    table_out_column(&table, "#", TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_ARRIVAL_LOCAL), TABLE_CUT);
    table_out_column(&table, word(view, WORD_DAYS), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_PROMISE_DAYS), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_COST_USD), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_CO2E_KG), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_KM), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_GATEWAYS), TABLE_WRAP);
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
        complete = complete && it->cost_known && it->co2e_known;
        add_row(view, it, &table, &text);
    }
    enum zhol_error error = table_out_print(&table, out);
    out->error = out->error ? out->error : error;
    buffer_clear(&text);
    table_out_clear(&table);
    write_best(view, out);
    if (!complete) {
        lines_wrap(out, "", 0, word(view, WORD_NOT_COMPLETE));
    }
}

/* ---- All ---- */

uint32_t plan_write_order(const struct plan_view *view, uint32_t most, uint32_t *numbers)
{
    uint32_t count = 0;
    for (int pass = 0; pass < 4; pass++) {
        for (uint32_t i = 0; i < view->chosen_count; i++) {
            const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
            int first = it->is_fastest ? 0 : it->is_cheapest ? 1 : it->is_cleanest ? 2 : 3;
            if (first == pass && count < most) {
                numbers[count++] = it->number;
            }
        }
    }
    return count;
}

static void write_cited(const struct plan_view *view, const bool *cited, struct buffer *out)
{
    uint32_t count;
    const struct zhol_source *rows = zhol_corridor_source(view->corridor, &count);
    buffer_printf(out, "\n%s\n", word(view, WORD_SOURCES));
    for (uint32_t i = 0; i < view->source_count; i++) {
        if (!cited[i]) {
            continue;
        }
        char lead[16];
        struct buffer line;
        const struct zhol_source *source = &rows[view->sources[i]];
        snprintf(lead, sizeof lead, "%4u  ", i + 1);
        buffer_init(&line);
        buffer_string(&line,
                      zhol_corridor_text(view->corridor, view->lang == REPORT_RU && source->title_ru
                                                             ? source->title_ru
                                                             : source->title));
        if (source->publisher) {
            buffer_printf(&line, ", %s", zhol_corridor_text(view->corridor, source->publisher));
        }
        if (source->date != ZHOL_BLANK_DATE) {
            buffer_string(&line, ", ");
            format_day(&line, source->date, view->lang);
        }
        buffer_printf(&line, " (%s)", report_source_kind(source->kind, view->lang));
        lines_wrap(out, lead, 6, buffer_get(&line));
        buffer_clear(&line);
    }
}

void plan_write_table(const struct plan_view *view, uint32_t details, struct buffer *out)
{
    struct arena arena;
    arena_init(&arena, 0);
    uint32_t *numbers = arena_array(&arena, (size_t)view->chosen_count + 1, sizeof *numbers);
    bool *cited = arena_array(&arena, (size_t)view->source_count + 1, sizeof *cited);
    write_head(view, out);
    if (!numbers || !cited) {
        out->error = ZHOL_ERROR_MEMORY;
    } else if (view->itinerary_count == 0) {
        buffer_printf(out, "%s\n", word(view, WORD_NO_WAY));
    } else {
        uint32_t count = plan_write_order(view, details, numbers);
        write_count(view, out);
        buffer_char(out, '\n');
        write_summary(view, out);
        for (uint32_t i = 0; i < count; i++) {
            plan_table_detail(view, &view->itineraries[numbers[i]], cited, out);
        }
        if (count) {
            write_cited(view, cited, out);
        }
    }
    arena_clear(&arena);
}
