/* shift_html.c: a shift on one page of A4, for printers without colours. See shift_view.h. */
#include <math.h>
#include <stdio.h>

#include "report/format.h"
#include "report/map.h"
#include "report/shift_view.h"

static const char *const style =
    "@page{size:A4 portrait;margin:10mm}body{margin:12px auto;max-width:760px;background:#fff;"
    "color:#000;font:11px/1.35 'DejaVu Sans','Noto Sans',system-ui,sans-serif}"
    "h1{font-size:17px;margin:0}h2{font-size:12px;margin:9px 0 2px;break-after:avoid}"
    "p{margin:2px 0}.sub{color:#333}table{border-collapse:collapse;width:100%;font-size:10px}"
    "th{text-align:left;border-bottom:1.5px solid #000;padding:1px 6px 1px 0;"
    "vertical-align:bottom}td{border-bottom:.5px solid #999;padding:1px 6px 1px 0}"
    ".n{text-align:right}.b{font-weight:700}tr{break-inside:avoid}"
    "svg{width:100%;height:auto;display:block;margin:4px 0}svg text{font-size:9px}"
    ".two{display:grid;grid-template-columns:1fr 1fr;gap:0 20px}.slots td,.slots th"
    "{text-align:right;padding:1px 2px}.slots td:first-child,.slots th:first-child"
    "{text-align:left}";

static void text_in(struct buffer *out, const char *element, const char *class, const char *text)
{
    buffer_printf(out, "<%s%s%s%s>", element, *class ? " class=\"" : "", class, *class ? "\"" : "");
    map_escape(out, text);
    buffer_printf(out, "</%s>", element);
}

static void number_in(const struct shift_view *view, struct buffer *out, const char *class,
                      double value, unsigned decimals)
{
    buffer_printf(out, "<td class=\"n %s\">", class);
    if (isfinite(value)) {
        format_number(out, value, decimals, view->lang);
    } else {
        buffer_string(out, "-");
    }
    buffer_string(out, "</td>");
}

static void part(const struct shift_view *view, enum shift_part which, struct buffer *out)
{
    struct buffer text;
    buffer_init(&text);
    shift_say(view, which, &text);
    if (text.size) {
        text_in(out, "h2", "", shift_title(view, which));
        text_in(out, "p", "", buffer_get(&text));
        buffer_char(out, '\n');
    }
    buffer_clear(&text);
}

/* ---- the drawing: white bars come, grey bars pass, a thick step is what the other side takes ----
 */

enum { WIDTH = 740, HEIGHT = 190, LEFT = 34, BOTTOM = 162, TOP = 18, SLOT = 29 };

static double scale_top(const struct shift_view *view)
{
    double most = 1;
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        double other = view->day.capacity[SHIFT_OTHER_SIDE][h];
        most = fmax(most, fmax(view->day.arrivals[h], view->flow.passed[h]));
        most = isfinite(other) ? fmax(most, other) : most;
    }
    double step = pow(10, floor(log10(most)));
    return ceil(most / step) * step;
}

static double y_of(double value, double top)
{
    return BOTTOM - (BOTTOM - TOP) * value / top;
}

static void rectangle(struct buffer *out, double x, double value, double top, const char *fill)
{
    buffer_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"%.1f\" %s/>", x,
                  y_of(value, top), BOTTOM - y_of(value, top), fill);
}

static void put_frame(double top, struct buffer *out)
{
    for (unsigned i = 0; i <= 4; i++) {
        double value = top * i / 4, y = y_of(value, top);
        buffer_printf(out,
                      "<path d=\"M%d %.1fH%d\" stroke=\"#bbb\" stroke-width=\".6\"/>"
                      "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>",
                      LEFT, y, WIDTH - 8, LEFT - 4, y + 3, value);
    }
}

static void put_legend(const struct shift_view *view, struct buffer *out)
{
    const char *const words[] = {
        shift_in(view, "come", "прибудут"), shift_in(view, "pass", "пройдут"),
        shift_in(view, "the other side takes", "берёт та сторона"),
        shift_in(view, "wait at the hour's end (below)", "ждут в конце часа (внизу)")};
    static const char *const signs[] = {
        "<rect y=\"2\" width=\"9\" height=\"9\" fill=\"#fff\" stroke=\"#000\"/>",
        "<rect y=\"2\" width=\"9\" height=\"9\" fill=\"#777\"/>",
        "<rect y=\"5\" width=\"12\" height=\"2.4\"/>", ""};
    static const int at[] = {LEFT, LEFT + 90, LEFT + 180, LEFT + 360};
    for (size_t i = 0; i < 4; i++) {
        buffer_printf(out, "<g transform=\"translate(%d 0)\">%s</g>", at[i], signs[i]);
        buffer_printf(out, "<text x=\"%d\" y=\"10\">", at[i] + (i < 3 ? 16 : 0));
        map_escape(out, words[i]);
        buffer_string(out, "</text>");
    }
}

static void put_drawing(const struct shift_view *view, struct buffer *out)
{
    double top = scale_top(view);
    buffer_printf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>", WIDTH, HEIGHT);
    map_escape(out, shift_title(view, SHIFT_SAY_ARRIVALS));
    buffer_string(out, "</title>");
    put_frame(top, out);
    put_legend(view, out);
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        double x = LEFT + 3 + (double)h * SLOT, other = view->day.capacity[SHIFT_OTHER_SIDE][h];
        rectangle(out, x, view->day.arrivals[h], top, "fill=\"#fff\" stroke=\"#000\"");
        rectangle(out, x + 12, view->flow.passed[h], top, "fill=\"#777\"");
        if (isfinite(other)) {
            buffer_printf(out, "<path d=\"M%.1f %.1fh%d\" stroke=\"#000\" stroke-width=\"2.4\"/>",
                          x - 3, y_of(other, top), SLOT);
        }
        buffer_printf(out,
                      "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%02u</text>"
                      "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" class=\"b\">%.0f</text>",
                      x + 11, BOTTOM + 12, h, x + 11, BOTTOM + 24, view->flow.waiting[h]);
    }
    buffer_printf(out, "<path d=\"M%d %dH%d\" stroke=\"#000\"/></svg>\n", LEFT, BOTTOM, WIDTH - 8);
}

/* ---- tables ---- */

static void put_cuts(const struct shift_view *view, struct buffer *out)
{
    struct buffer text;
    buffer_init(&text);
    buffer_string(out, "<table><tr>");
    text_in(out, "th", "n", shift_in(view, "Clear within, days", "Разобрать за, сут"));
    text_in(out, "th", "n", shift_in(view, "Limit", "Лимит"));
    text_in(out, "th", "n", shift_in(view, "Days", "Суток"));
    text_in(out, "th", "n", shift_in(view, "If more is taken", "Если берут больше"));
    text_in(out, "th", "n", shift_in(view, "If less", "Если меньше"));
    buffer_string(out, "</tr>\n");
    for (uint32_t i = 0; i < view->cut.row_count; i++) {
        const struct shift_cut_row *row = &view->cut.rows[i];
        const int64_t days[] = {row->days, row->days_high, row->days_low};
        const char *class = i == view->cut.chosen ? "n b" : "n";
        buffer_string(out, "<tr>");
        buffer_reset(&text);
        if (row->target) {
            buffer_int(&text, row->target);
        } else {
            buffer_string(&text, shift_in(view, "asked for", "задан"));
        }
        text_in(out, "td", class, buffer_get(&text));
        number_in(view, out, i == view->cut.chosen ? "b" : "", (double)row->limit, 0);
        for (size_t d = 0; d < 3; d++) {
            buffer_reset(&text);
            shift_put_days(view, days[d], &text);
            text_in(out, "td", class, buffer_get(&text));
        }
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</table>\n");
    buffer_clear(&text);
}

/* One row for all and one for each category with a share of its own; columns are hours. */
static void put_slots(const struct shift_view *view, struct buffer *out)
{
    buffer_string(out, "<table class=\"slots\"><tr><th></th>");
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        buffer_printf(out, "<th>%02u</th>", h);
    }
    buffer_string(out, "<th>&Sigma;</th></tr>\n<tr>");
    text_in(out, "td", "b", shift_in(view, "All", "Все"));
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        number_in(view, out, "b", view->slots.hour[h], 0);
    }
    number_in(view, out, "b", (double)view->limit, 0);
    buffer_string(out, "</tr>\n");
    for (uint32_t c = 0; c < view->category_count; c++) {
        uint32_t sum = 0;
        if (!view->shared[c]) {
            continue;
        }
        buffer_string(out, "<tr>");
        text_in(out, "td", "", view->categories[c]);
        for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
            sum += view->slots.category[c][h];
            buffer_printf(out, view->slots.category[c][h] ? "<td>%u</td>" : "<td></td>",
                          view->slots.category[c][h]);
        }
        number_in(view, out, "b", sum, 0);
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</table>\n");
}

static void put_missing(const struct shift_view *view, struct buffer *out)
{
    buffer_string(out, "<p>");
    for (uint32_t i = 0; i < view->missing_count; i++) {
        const struct shift_missing *row = &view->missing[i];
        text_in(out, "b", "", row->vehicle);
        buffer_printf(out, " %s %s%s", row->slot,
                      row->late ? shift_in(view, "(too late)", "(поздно)")
                                : shift_in(view, "(none)", "(нет)"),
                      i + 1 < view->missing_count ? "; " : "");
    }
    buffer_string(out, "</p>\n");
}

static void put_points(const struct shift_view *view, struct buffer *out)
{
    buffer_string(out, "<table><tr>");
    text_in(out, "th", "", shift_in(view, "Checkpoint", "Пункт"));
    text_in(out, "th", "n", shift_in(view, "km", "км"));
    text_in(out, "th", "n", shift_in(view, "Drive h", "В пути ч"));
    text_in(out, "th", "n", shift_in(view, "Takes a day", "Берёт в сутки"));
    text_in(out, "th", "n", shift_in(view, "Called, P50", "Вызов, P50"));
    text_in(out, "th", "n", "P90");
    buffer_string(out, "</tr>\n");
    for (uint32_t i = 0; i < view->point_count; i++) {
        const struct shift_point *point = &view->points[i];
        buffer_string(out, "<tr>");
        text_in(out, "td", "", point->name);
        number_in(view, out, "", point->km, 0);
        number_in(view, out, "", point->drive_h, 1);
        number_in(view, out, "", point->limit_day, 0);
        text_in(out, "td", "n", point->known ? point->p50 : "-");
        text_in(out, "td", "n", point->known ? point->p90 : "-");
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</table>\n");
}

static void put_head(const struct shift_view *view, struct buffer *out)
{
    buffer_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n<title>",
                  view->lang == REPORT_RU ? "ru" : "en");
    map_escape(out, view->queue_name);
    buffer_printf(out, " %s</title>\n<style>%s</style></head>\n<body>\n<h1>", view->date, style);
    map_escape(out, view->queue_name);
    buffer_printf(out, ", %s</h1>\n<p class=\"sub\">", view->date);
    map_escape(out, view->corridor);
    buffer_string(out, shift_in(view, "; local times of the checkpoint</p>\n",
                                "; местное время пункта</p>\n"));
}

void shift_html(const struct shift_view *view, struct buffer *out)
{
    put_head(view, out);
    part(view, SHIFT_SAY_ARRIVALS, out);
    put_drawing(view, out);
    part(view, SHIFT_SAY_BINDING, out);
    part(view, SHIFT_SAY_XRAY, out);
    part(view, SHIFT_SAY_CUT, out);
    if (view->cut.known) {
        put_cuts(view, out);
    }
    part(view, SHIFT_SAY_SLOTS, out);
    put_slots(view, out);
    part(view, SHIFT_SAY_MISSING, out);
    if (view->missing_count) {
        put_missing(view, out);
    }
    part(view, SHIFT_SAY_DIVERT, out);
    if (view->point_count) {
        put_points(view, out);
    }
    buffer_string(out, "</body>\n</html>\n");
}
