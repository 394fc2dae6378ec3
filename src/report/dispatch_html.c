/* dispatch_html.c: a dispatcher's plan as a page to print: the drawing, then the tables. See
 * dispatch_view.h. */
#include <stdio.h>
#include <stdlib.h>

#include "report/dispatch_view.h"
#include "report/map.h"

struct page {
    const struct dispatch_view *view;
    struct buffer *out;
    struct buffer text;
};

static const char *w(const struct page *p, enum dispatch_word word)
{
    return dispatch_word(word, p->view->lang);
}

/* The text of p->text, escaped, in an element; empties it. */
static void put(struct page *p, const char *element, const char *class)
{
    buffer_printf(p->out, "<%s%s%s%s>", element, *class ? " class=\"" : "", class,
                  *class ? "\"" : "");
    map_escape(p->out, buffer_get(&p->text));
    buffer_printf(p->out, "</%s>", element);
    buffer_reset(&p->text);
}

static void cell(struct page *p, const char *class, const char *text)
{
    buffer_string(&p->text, text);
    put(p, "td", class);
}

static void clock_cell(struct page *p, int32_t minute)
{
    dispatch_put_clock(p->view, minute, &p->text);
    put(p, "td", "t");
}

static void int_cell(struct page *p, int64_t value)
{
    buffer_int(&p->text, value);
    put(p, "td", "n");
}

/* Columns of numbers stand at the right. */
static bool is_number(enum dispatch_word column)
{
    static const enum dispatch_word numbers[] = {
        DW_NUMBER, DW_LATE,   DW_LOAD,  DW_TONNES, DW_METRES, DW_USED,   DW_AT_START,
        DW_BACK,   DW_LOWEST, DW_SHORT, DW_COUNT,  DW_TRIPS,  DW_AT_ONCE};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (numbers[i] == column) {
            return true;
        }
    }
    return false;
}

static void head(struct page *p, const char *title, const enum dispatch_word *columns,
                 uint32_t count)
{
    buffer_string(&p->text, title);
    put(p, "h2", "");
    buffer_string(p->out, "<table><thead><tr>");
    for (uint32_t i = 0; i < count; i++) {
        buffer_string(&p->text, w(p, columns[i]));
        put(p, "th", is_number(columns[i]) ? "n" : "");
    }
    buffer_string(p->out, "</tr></thead><tbody>\n");
}

static void end(struct page *p)
{
    buffer_string(p->out, "</tbody></table>\n");
}

static void put_arriving(struct page *p, enum zhol_dispatch_gauge gauge, const uint32_t *order)
{
    static const enum dispatch_word columns[] = {DW_TRAIN, DW_CLIENT,  DW_READY, DW_TAKEN, DW_TRACK,
                                                 DW_FRONT, DW_HANDLED, DW_INTO,  DW_LATE};
    const struct dispatch_day *day = &p->view->joint->day;
    struct buffer title;
    buffer_init(&title);
    buffer_printf(&title, w(p, DW_ARRIVING), dispatch_side_name(p->view, gauge),
                  dispatch_gauge_mm(gauge));
    head(p, buffer_get(&title), columns, 9);
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        uint32_t train = order[i];
        const struct zhol_dispatch_passage *passage = &p->view->joint->plan.passages[train];
        if (day->trains[train].gauge != gauge || passage->accept_min == ZHOL_DISPATCH_NEVER) {
            continue;
        }
        int32_t late = dispatch_late_min(p->view, train);
        buffer_string(p->out, "<tr>");
        cell(p, "t", dispatch_text(day, day->train_labels[train].name));
        cell(p, "", dispatch_client_in(day, train, dispatch_lang_code(p->view)));
        clock_cell(p, day->trains[train].ready_min);
        clock_cell(p, passage->accept_min);
        cell(p, "", dispatch_row_name(p->view, day->track_labels, passage->track));
        cell(p, "", dispatch_row_name(p->view, day->front_labels, passage->front));
        dispatch_put_clock(p->view, passage->begin_min, &p->text);
        buffer_string(&p->text, "\xe2\x80\x93");
        clock_cell(p, passage->end_min);
        dispatch_put_into(p->view, train, &p->text);
        put(p, "td", "");
        if (late > 0) {
            buffer_printf(&p->text, "%d:%02d", late / 60, late % 60);
        }
        put(p, "td", "n");
        buffer_string(p->out, "</tr>\n");
    }
    end(p);
    buffer_clear(&title);
}

static void put_formed(struct page *p, enum zhol_dispatch_gauge gauge)
{
    static const enum dispatch_word columns[] = {DW_NUMBER, DW_TO,     DW_FROM_TRAINS,
                                                 DW_TRACK,  DW_OPENS,  DW_LEAVES,
                                                 DW_LOAD,   DW_TONNES, DW_METRES};
    const struct dispatch_day *day = &p->view->joint->day;
    struct buffer title;
    buffer_init(&title);
    buffer_printf(&title, w(p, DW_FORMED), dispatch_gauge_mm(gauge));
    head(p, buffer_get(&title), columns, 9);
    for (uint32_t i = 0; i < p->view->joint->plan.formed_count; i++) {
        const struct zhol_dispatch_formed *formed = &p->view->joint->plan.formed[i];
        if (formed->gauge != gauge) {
            continue;
        }
        buffer_string(p->out, "<tr>");
        int_cell(p, (int64_t)i + 1);
        cell(p, "",
             dispatch_destination_name(day, formed->destination, dispatch_lang_code(p->view)));
        dispatch_put_made_of(p->view, i, &p->text);
        put(p, "td", "");
        cell(p, "", dispatch_row_name(p->view, day->track_labels, formed->track));
        clock_cell(p, formed->open_min);
        clock_cell(p, formed->depart_min);
        buffer_real(&p->text, dispatch_load_of(p->view, i));
        put(p, "td", "n");
        int_cell(p, formed->weight_t);
        int_cell(p, formed->length_m);
        buffer_string(p->out, "</tr>\n");
    }
    end(p);
    buffer_clear(&title);
}

static void put_pushed(struct page *p, const uint32_t *order)
{
    static const enum dispatch_word columns[] = {DW_TRAIN, DW_CLIENT, DW_READY, DW_WHY};
    const struct dispatch_day *day = &p->view->joint->day;
    head(p, w(p, DW_PUSHED), columns, 4);
    uint32_t rows = 0;
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        uint32_t of, train = order[i];
        enum zhol_dispatch_cause cause;
        uint32_t pushed = dispatch_units_pushed(p->view, train, &of, &cause);
        if (!pushed) {
            continue;
        }
        buffer_string(p->out, "<tr>");
        cell(p, "t", dispatch_text(day, day->train_labels[train].name));
        cell(p, "", dispatch_client_in(day, train, dispatch_lang_code(p->view)));
        clock_cell(p, day->trains[train].ready_min);
        if (pushed < of) {
            buffer_printf(&p->text, w(p, DW_PART_PUSHED), pushed, of);
            buffer_string(&p->text, ": ");
        }
        dispatch_put_why(p->view, train, cause, &p->text);
        put(p, "td", "");
        buffer_string(p->out, "</tr>\n");
        rows++;
    }
    end(p);
    if (!rows) {
        buffer_string(&p->text, w(p, DW_NOTHING_PUSHED));
        put(p, "p", "");
    }
}

static void put_stock(struct page *p)
{
    static const enum dispatch_word columns[] = {DW_WHAT,   DW_AT_START, DW_USED, DW_BACK,
                                                 DW_LOWEST, DW_AT,       DW_SHORT};
    const struct dispatch_day *day = &p->view->joint->day;
    head(p, w(p, DW_NEEDS), columns, 7);
    for (uint32_t i = 0; i < day->engine.stock_count; i++) {
        struct dispatch_stock_need need;
        enum zhol_error error = dispatch_stock_need(p->view, i, &need);
        if (error) {
            p->out->error = p->out->error ? p->out->error : error;
            return;
        }
        buffer_string(p->out, "<tr>");
        cell(p, "", dispatch_row_name(p->view, day->stock_labels, i));
        int_cell(p, need.start);
        int_cell(p, need.used);
        int_cell(p, need.back);
        int_cell(p, need.lowest);
        clock_cell(p, need.lowest < need.start ? need.lowest_min : ZHOL_DISPATCH_NEVER);
        int_cell(p, need.missing);
        buffer_string(p->out, "</tr>\n");
    }
    end(p);
}

static void put_locomotives(struct page *p)
{
    static const enum dispatch_word columns[] = {DW_WHAT, DW_COUNT, DW_TRIPS, DW_AT_ONCE, DW_AT};
    head(p, w(p, DW_LOCOMOTIVES), columns, 5);
    for (int m = 0; m < ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES; m++) {
        enum zhol_dispatch_move move = (enum zhol_dispatch_move)(m / ZHOL_DISPATCH_GAUGES);
        enum zhol_dispatch_gauge gauge = (enum zhol_dispatch_gauge)(m % ZHOL_DISPATCH_GAUGES);
        struct dispatch_locomotive_need need;
        dispatch_locomotive_need(p->view, move, gauge, &need);
        if (!need.count) {
            continue;
        }
        buffer_string(p->out, "<tr>");
        buffer_printf(&p->text, w(p, move == ZHOL_DISPATCH_ACCEPT ? DW_FETCHING : DW_HAULING),
                      dispatch_gauge_mm(gauge));
        put(p, "td", "");
        int_cell(p, need.count);
        int_cell(p, need.trips);
        int_cell(p, need.at_once);
        clock_cell(p, need.trips ? need.at_once_min : ZHOL_DISPATCH_NEVER);
        buffer_string(p->out, "</tr>\n");
    }
    end(p);
}

static void put_help(struct page *p)
{
    buffer_string(&p->text, w(p, DW_HELP));
    put(p, "h2", "");
    buffer_string(p->out, "<ul>");
    for (uint32_t i = 0; i < p->view->remedy_count; i++) {
        dispatch_put_remedy(p->view, i, &p->text);
        buffer_string(&p->text, ": ");
        dispatch_put_saves(p->view, i, &p->text);
        put(p, "li", "");
    }
    if (!p->view->remedy_count) {
        buffer_string(&p->text, w(p, DW_NO_HELP));
        put(p, "li", "");
    }
    buffer_string(p->out, "</ul>\n");
}

static const char *const style =
    "@page{size:A4 landscape;margin:10mm}body{margin:16px auto;max-width:1400px;background:#fff;"
    "color:#000;font:13px/1.35 'DejaVu Sans','Noto Sans',system-ui,sans-serif}"
    "h1{font-size:20px;margin:0 0 4px}h2{font-size:14px;margin:14px 0 3px;break-after:avoid}"
    "p{margin:2px 0}table{border-collapse:collapse;width:100%;font-size:11.5px}"
    "th{text-align:left;border-bottom:1.5px solid #000;padding:2px 8px 2px 0;"
    "vertical-align:bottom}td{border-bottom:.5px solid #999;padding:2px 8px 2px 0;"
    "vertical-align:top}.n,th.n{text-align:right}.t{white-space:nowrap}tr{break-inside:avoid}"
    "ul{margin:2px 0 2px 18px;padding:0}svg{width:100%;height:auto;display:block;"
    "margin:8px 0}.two{display:grid;grid-template-columns:1fr 1fr;gap:0 28px}"
    ".foot{font-size:11px;margin-top:12px}";

static void put_lines(struct page *p, const char *text)
{
    struct text_view rest = text_view_of(text);
    while (rest.size) {
        buffer_view(&p->text, text_cut(&rest, '\n'));
        put(p, "p", "");
    }
}

static void put_body(struct page *p, const uint32_t *order)
{
    struct buffer text;
    buffer_init(&text);
    dispatch_put_title(p->view, &p->text);
    put(p, "h1", "");
    dispatch_put_head(p->view, &text);
    put_lines(p, buffer_get(&text));
    size_t head_size = text.size;
    put_pushed(p, order);
    dispatch_svg(p->view, p->out);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        put_arriving(p, (enum zhol_dispatch_gauge)g, order);
        put_formed(p, (enum zhol_dispatch_gauge) !g);
    }
    dispatch_put_storage(p->view, &text);
    if (text.size > head_size) {
        buffer_string(&p->text, w(p, DW_STORAGE));
        put(p, "h2", "");
        buffer_string(&p->text, buffer_get(&text) + head_size);
        put(p, "p", "");
    }
    buffer_string(p->out, "<div class=\"two\"><div>");
    put_stock(p);
    buffer_string(p->out, "</div><div>");
    put_locomotives(p);
    buffer_string(p->out, "</div></div>");
    if (p->view->has_remedies) {
        put_help(p);
    }
    buffer_printf(&p->text, "%s. ", w(p, DW_LEGEND_MARKS));
    dispatch_put_basis(p->view, &p->text);
    put(p, "p", "foot");
    buffer_clear(&text);
}

void dispatch_html(const struct dispatch_view *view, struct buffer *out)
{
    struct page page = {.view = view, .out = out};
    uint32_t count = view->joint->day.engine.train_count;
    uint32_t *order = malloc((count ? count : 1) * sizeof *order);
    if (!order) {
        out->error = out->error ? out->error : ZHOL_ERROR_MEMORY;
        return;
    }
    buffer_init(&page.text);
    dispatch_order(view, order);
    buffer_printf(out,
                  "<!doctype html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width\">",
                  dispatch_lang_code(view));
    dispatch_put_title(view, &page.text);
    put(&page, "title", "");
    buffer_printf(out, "<style>%s</style></head>\n<body>\n", style);
    put_body(&page, order);
    buffer_string(out, "\n</body>\n</html>\n");
    if (page.text.error && !out->error) {
        out->error = page.text.error;
    }
    buffer_clear(&page.text);
    free(order);
}
