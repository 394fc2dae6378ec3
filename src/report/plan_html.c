/* report/plan_html.c: a page of plans, complete in one file: no script, nothing from a network. */
#include "report/plan_html.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/map.h"

struct page {
    const struct plan_view *view;
    uint32_t number;         /* of the plan on the page, from 1 */
    const uint32_t *colours; /* of the chosen, by position */
    struct buffer *out;
    struct buffer text;
};

static const char *word(const struct page *p, enum report_word id)
{
    return report_word(id, p->view->lang);
}

const char *html_style(void)
{
    return ":root{color-scheme:light}\n"
           "body{margin:0 auto;padding:24px 20px 60px;max-width:1100px;background:#fff;"
           "color:#1d2730;font:15px/1.45 system-ui,'Noto Sans','DejaVu Sans',sans-serif}\n"
           "h1{font-size:26px;margin:0 0 4px}h2{font-size:22px;margin:44px 0 4px;"
           "border-top:3px solid #17324d;padding-top:12px}\n"
           "h3{font-size:17px;margin:0;display:inline}h4{font-size:14px;margin:18px 0 4px;"
           "color:#17324d}\n"
           "p{margin:4px 0}a{color:#1c5a8a}.basis,.asked,.evidence,.foot{color:#4a5763;"
           "font-size:13.5px}\n"
           "table{border-collapse:collapse;width:100%;font-size:13.5px;margin:6px 0}\n"
           "th{text-align:left;font-weight:600;color:#4a5763;border-bottom:1.5px solid #9aa7b1;"
           "padding:3px 8px 3px 0;vertical-align:bottom}\n"
           "td{border-bottom:1px solid #e3e8ec;padding:3px 8px 3px 0;vertical-align:top}\n"
           ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
           ".t{white-space:nowrap;font-variant-numeric:tabular-nums}small{color:#71808c}\n"
           ".src{color:#71808c}tr.wait td{color:#6b6455;background:#f7f5ef}tr.cross "
           "td{background:#fbf1f0}tr.hand td{background:#fcf6ea}\n"
           "tr.total td{font-weight:600;border-top:1.5px solid #9aa7b1}\n"
           ".passes{color:#5a6771;font-size:12.5px}.best{font-weight:600;color:#17324d}\n"
           ".chip{display:inline-block;width:13px;height:13px;border-radius:3px;"
           "vertical-align:-1px;margin-right:6px}\n"
           "figure{margin:10px 0}figcaption,.legend{color:#4a5763;font-size:12.5px}\n"
           ".legend i{display:inline-block;width:22px;height:11px;margin:0 5px 0 14px;"
           "vertical-align:-1px}\n"
           "details{border:1px solid #d5dce1;border-radius:6px;margin:10px 0;padding:8px 14px}\n"
           "summary{cursor:pointer}.bar{width:100%;min-width:180px;height:auto;display:block}\n"
           ".bar .p0,.legend .p0{fill:#3c7ea6;background:#3c7ea6}.bar .p1,.legend "
           ".p1{fill:#cfc8b4;background:#cfc8b4}\n"
           ".bar .p2,.legend .p2{fill:#d2932f;background:#d2932f}.bar .p3,.legend "
           ".p3{fill:#b2423f;background:#b2423f}\n"
           ".bar line{stroke:#c2ccd3;stroke-width:1}.bar text{font:10px "
           "system-ui,sans-serif;fill:#4a5763}\n"
           ".notes{background:#fff6e0;border-left:4px solid #d2932f;padding:6px 10px 6px "
           "28px}.share{margin-right:14px;white-space:nowrap}\n"
           "ul{margin:4px 0;padding-left:20px;font-size:13.5px}ol.sources{font-size:12.5px;"
           "color:#4a5763;columns:2;column-gap:30px;padding-left:26px}\n"
           "ol.sources li{break-inside:avoid}nav{margin:10px 0}nav a{margin-right:16px}\n"
           ".c0{--c:#d1495b}.c1{--c:#1f78b4}.c2{--c:#2f8f4e}.c3{--c:#8e4cb0}.c4{--c:#e08a1e}"
           ".c5{--c:#0f9aa7}.c6{--c:#7a5230}.c7{--c:#c2408f}.c8{--c:#5c6b1f}.c9{--c:#3f4a9a}\n"
           ".chip{background:var(--c)}.map path.route{stroke:var(--c);opacity:1}"
           ".map path.w1{stroke-width:2.2}.map path.w2{stroke-width:3.8}.map path.w3{"
           "stroke-width:5.4}.map path.w4{stroke-width:7}.map path.w5{stroke-width:8.6}"
           ".map path.w6{stroke-width:10.2}body>section:first-child h2{border:0;margin:0}\n"
           "@media print{body{max-width:none;padding:0;font-size:11px}h2{break-before:page}"
           "nav{display:none}details{border:0;padding:0}"
           "details::details-content{content-visibility:visible;block-size:auto}"
           "tr,figure{break-inside:avoid}}\n";
}

/* ---- Head of a plan ---- */

static void write_title(struct page *p)
{
    const struct plan_view *v = p->view;
    buffer_printf(p->out, "<section id=\"plan-%u\">\n<h2>", p->number);
    html_text(p->out, plan_view_place(v, v->order.from));
    buffer_string(p->out, " → ");
    html_text(p->out, plan_view_place(v, v->order.to));
    buffer_string(p->out, "</h2>\n");
    plan_view_load_text(v, &p->text);
    struct report_time ready = {v->order.ready_min, 0};
    ready = v->itinerary_count ? v->itineraries[0].start : ready;
    buffer_printf(&p->text, ". %s: ", word(p, WORD_READY));
    format_time(&p->text, ready, v->lang);
    buffer_char(&p->text, ' ');
    format_offset(&p->text, ready.offset_s);
    buffer_char(&p->text, '.');
    if (p->text.size) {
        html_element(p->out, "p class=\"asked\"", &p->text);
    }
    plan_view_wishes_text(v, &p->text);
    if (p->text.size) {
        html_element(p->out, "p class=\"asked\"", &p->text);
    }
    plan_view_basis_text(v, &p->text);
    html_element(p->out, "p class=\"basis\"", &p->text);
    buffer_char(p->out, '\n');
}

static void write_count(struct page *p)
{
    if (p->view->itinerary_count == 1) {
        buffer_string(&p->text, word(p, WORD_ONE_ITINERARY));
    } else {
        buffer_printf(&p->text, word(p, WORD_ITINERARIES_IN_ALL), p->view->itinerary_count);
    }
    if (p->view->firm_count < p->view->itinerary_count) {
        buffer_char(&p->text, ' ');
        buffer_printf(&p->text, word(p, WORD_NOT_FIRM),
                      p->view->itinerary_count - p->view->firm_count);
    }
    if (p->view->chosen_count < p->view->itinerary_count) {
        buffer_char(&p->text, ' ');
        buffer_printf(&p->text, word(p, WORD_SHOWN_OF_THEM), p->view->chosen_count);
    }
    html_element(p->out, "p", &p->text);
    buffer_char(p->out, '\n');
}

static void write_map(struct page *p)
{
    buffer_string(p->out, "<figure>\n");
    html_map(p->view, p->colours, p->out);
    buffer_string(p->out, "<figcaption>");
    html_text(p->out, word(p, WORD_MAP_OF));
    buffer_string(p->out, "; ");
    html_text(p->out, word(p, WORD_MAP_LINKS));
    buffer_string(p->out, ".</figcaption>\n</figure>\n");
}

/* ---- The table ---- */

static int64_t longest(const struct plan_view *view)
{
    int64_t most = 0;
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        int64_t minutes = view->itineraries[view->chosen[i]].minutes;
        most = minutes > most ? minutes : most;
    }
    return most;
}

static void put_best(struct page *p, const struct view_itinerary *it)
{
    const bool is[] = {it->is_fastest, it->is_cheapest, it->is_cleanest};
    const enum report_word names[] = {
        WORD_FASTEST, it->cost_known ? WORD_CHEAPEST : WORD_CHEAPEST_KNOWN, WORD_CLEANEST};
    const char *comma = "";
    for (int k = 0; k < 3; k++) {
        if (is[k]) {
            buffer_printf(&p->text, "%s%s", comma, word(p, names[k]));
            comma = ", ";
        }
    }
}

static void write_row(struct page *p, uint32_t position)
{
    const struct view_itinerary *it = &p->view->itineraries[p->view->chosen[position]];
    enum report_lang lang = p->view->lang;
    buffer_printf(p->out,
                  "<tr><td class=\"t\"><i class=\"chip c%u\"></i><a href=\"#i-%u-%u\">%u</a></td>",
                  p->colours[position], p->number, it->number + 1, it->number + 1);
    format_time_short(&p->text, it->arrival, lang);
    html_element(p->out, "td class=\"t\"", &p->text);
    format_days(&p->text, it->minutes, lang);
    html_element(p->out, "td class=\"n\"", &p->text);
    plan_view_promise_days(p->view, it, &p->text);
    html_element(p->out, "td class=\"n\"", &p->text);
    format_usd(&p->text, it->of->cents, lang);
    buffer_string(&p->text, it->cost_known ? "" : "*");
    html_element(p->out, "td class=\"n\"", &p->text);
    format_kg(&p->text, it->of->co2e_g, lang);
    buffer_string(&p->text, it->co2e_known ? "" : "*");
    html_element(p->out, "td class=\"n\"", &p->text);
    format_km(&p->text, it->total_m, lang);
    html_element(p->out, "td class=\"n\"", &p->text);
    buffer_string(p->out, "<td>");
    html_text(p->out, it->way);
    put_best(p, it);
    if (p->text.size) {
        buffer_string(p->out, "<br>");
        html_element(p->out, "span class=\"best\"", &p->text);
    }
    buffer_string(p->out, "</td><td>");
    html_bar(p->view, it, longest(p->view), false, p->out);
    buffer_string(p->out, "</td></tr>\n");
}

static void write_legend(struct page *p)
{
    static const enum report_word names[VIEW_PHASE_COUNT] = {WORD_RUNS, WORD_WAITS, WORD_HANDLES,
                                                             WORD_BORDERS};
    buffer_string(p->out, "<p class=\"legend\">");
    html_text(p->out, word(p, WORD_SPLIT_OF_TIME));
    buffer_char(p->out, ':');
    for (int i = 0; i < VIEW_PHASE_COUNT; i++) {
        buffer_printf(p->out, "<i class=\"p%d\"></i>", i);
        html_text(p->out, word(p, names[i]));
    }
    buffer_string(p->out, "</p>\n");
}

static void write_summary(struct page *p)
{
    static const enum report_word words[] = {
        WORD_ARRIVAL_LOCAL, WORD_DAYS, WORD_PROMISE_DAYS, WORD_COST_USD,
        WORD_CO2E_KG,       WORD_KM,   WORD_GATEWAYS,     WORD_SPLIT_OF_TIME};
    bool complete = true;
    buffer_string(p->out, "<table class=\"summary\"><thead><tr><th>#</th>");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        buffer_printf(p->out, "<th%s>", i >= 1 && i <= 5 ? " class=\"n\"" : "");
        html_text(p->out, word(p, words[i]));
        buffer_string(p->out, "</th>");
    }
    buffer_string(p->out, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < p->view->chosen_count; i++) {
        const struct view_itinerary *it = &p->view->itineraries[p->view->chosen[i]];
        complete = complete && it->cost_known && it->co2e_known;
        write_row(p, i);
    }
    buffer_string(p->out, "</tbody></table>\n");
    write_legend(p);
    if (!complete) {
        buffer_string(&p->text, word(p, WORD_NOT_COMPLETE));
        html_element(p->out, "p class=\"basis\"", &p->text);
    }
}

/* ---- Details ---- */

static void write_itinerary(struct page *p, uint32_t position, bool open)
{
    const struct view_itinerary *it = &p->view->itineraries[p->view->chosen[position]];
    enum report_lang lang = p->view->lang;
    buffer_printf(p->out, "<details id=\"i-%u-%u\"%s><summary><i class=\"chip c%u\"></i><h3>",
                  p->number, it->number + 1, open ? " open" : "", p->colours[position]);
    buffer_printf(&p->text, "%s %u", word(p, WORD_ITINERARY), it->number + 1);
    if (it->is_fastest || it->is_cheapest || it->is_cleanest) {
        buffer_string(&p->text, ": ");
        put_best(p, it);
    }
    html_text(p->out, buffer_get(&p->text));
    buffer_reset(&p->text);
    buffer_string(p->out, "</h3> · ");
    format_duration(&p->text, it->minutes, lang);
    buffer_string(&p->text, " · ");
    format_price(&p->text, it->of->cents, lang);
    buffer_string(&p->text, it->cost_known ? " · " : "* · ");
    format_kg(&p->text, it->of->co2e_g, lang);
    buffer_printf(&p->text, " %s", word(p, WORD_CO2E_KG));
    for (unsigned mode = 1; mode < zhol_mode_COUNT; mode++) {
        if (it->length_m[mode]) {
            buffer_printf(&p->text, " · %s ", report_mode(mode, lang));
            format_km(&p->text, it->length_m[mode], lang);
            buffer_printf(&p->text, " %s", word(p, WORD_KM));
        }
    }
    html_element(p->out, "span", &p->text);
    buffer_string(p->out, "</summary>\n");
    html_bar(p->view, it, longest(p->view), true, p->out);
    html_detail(p->view, it, p->out);
    buffer_string(p->out, "</details>\n");
}

static void write_sources(struct page *p)
{
    uint32_t count;
    const struct plan_view *v = p->view;
    const struct zhol_source *rows = zhol_corridor_source(v->corridor, &count);
    buffer_string(p->out, "<h4>");
    html_text(p->out, word(p, WORD_SOURCES));
    buffer_string(p->out, "</h4>\n<ol class=\"sources\">\n");
    for (uint32_t i = 0; i < v->source_count; i++) {
        const struct zhol_source *s = &rows[v->sources[i]];
        buffer_string(&p->text, zhol_corridor_text(v->corridor, v->lang == REPORT_RU && s->title_ru
                                                                    ? s->title_ru
                                                                    : s->title));
        if (s->publisher) {
            buffer_printf(&p->text, ", %s", zhol_corridor_text(v->corridor, s->publisher));
        }
        if (s->date != ZHOL_BLANK_DATE) {
            buffer_string(&p->text, ", ");
            format_day(&p->text, s->date, v->lang);
        }
        buffer_printf(&p->text, " (%s)", report_source_kind(s->kind, v->lang));
        html_element(p->out, "li", &p->text);
        buffer_char(p->out, '\n');
    }
    buffer_string(p->out, "</ol>\n");
}

static void write_plan(struct page *p)
{
    const struct plan_view *v = p->view;
    struct arena arena;
    arena_init(&arena, 0);
    uint32_t *colours = arena_array(&arena, (size_t)v->chosen_count + 1, sizeof *colours);
    uint32_t *order = arena_array(&arena, (size_t)v->chosen_count + 1, sizeof *order);
    write_title(p);
    if (!colours || !order) {
        p->out->error = ZHOL_ERROR_MEMORY;
    } else if (v->itinerary_count == 0) {
        buffer_string(&p->text, word(p, WORD_NO_WAY));
        html_element(p->out, "p", &p->text);
    } else {
        html_colour(v, colours);
        p->colours = colours;
        plan_write_order(v, 1, order);
        write_count(p);
        write_map(p);
        write_summary(p);
        for (uint32_t i = 0; i < v->chosen_count; i++) {
            write_itinerary(p, i, v->chosen[i] == order[0]);
        }
        write_sources(p);
    }
    buffer_string(p->out, "</section>\n");
    arena_clear(&arena);
}

/* ---- The page ---- */

static void write_contents(const struct plan_view *const *views, uint32_t count, struct buffer *out)
{
    if (count < 2) {
        return;
    }
    buffer_string(out, "<nav>");
    for (uint32_t i = 0; i < count; i++) {
        buffer_printf(out, "<a href=\"#plan-%u\">", i + 1);
        html_text(out, plan_view_place(views[i], views[i]->order.from));
        buffer_string(out, " → ");
        html_text(out, plan_view_place(views[i], views[i]->order.to));
        buffer_string(out, "</a>");
    }
    buffer_string(out, "</nav>\n");
}

void plan_write_html(const struct plan_view *const *views, uint32_t count, const char *title,
                     struct buffer *out)
{
    enum report_lang lang = count ? views[0]->lang : REPORT_EN;
    struct page page = {.out = out};
    buffer_init(&page.text);
    buffer_printf(out,
                  "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n",
                  lang == REPORT_RU ? "ru" : "en");
    buffer_string(out, "<title>");
    if (!title && count == 1) {
        html_text(out, plan_view_place(views[0], views[0]->order.from));
        buffer_string(out, " → ");
        html_text(out, plan_view_place(views[0], views[0]->order.to));
    } else {
        html_text(out, title ? title : report_word(WORD_PLAN, lang));
    }
    buffer_printf(out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n", map_style(),
                  html_style());
    if (title || count != 1) {
        buffer_string(out, "<h1>");
        html_text(out, title ? title : report_word(WORD_PLAN, lang));
        buffer_string(out, "</h1>\n");
    }
    write_contents(views, count, out);
    for (uint32_t i = 0; i < count; i++) {
        page.view = views[i];
        page.number = i + 1;
        write_plan(&page);
    }
    buffer_string(out, "<p class=\"foot\">");
    html_text(out, report_word(WORD_MADE_BY, lang));
    buffer_string(out, "</p>\n</body>\n</html>\n");
    buffer_clear(&page.text);
}
