/* dispatch_svg.c: track by time, drawn so that a black and white printer shows all of it: what a
 * bar is stands in its border and fill, never in a colour alone. See dispatch_view.h. */
#include <stdio.h>
#include <string.h>

#include "report/dispatch_view.h"
#include "report/map.h"

enum {
    LEFT = 190, /* names of tracks */
    TOP = 58,   /* title and hours */
    ROW = 20,   /* height of a row */
    HEAD = 24,  /* height of a section's head */
    HOUR = 34,  /* width of an hour */
    LETTER = 7  /* about the width of a letter of the labels */
};

enum section { OF_BANS, ON_TRACK_1435, ON_FRONT, ON_TRACK_1520, SECTIONS };

struct drawing {
    const struct dispatch_view *view;
    struct buffer *out;
    double y;        /* of the row at hand */
    uint32_t unused; /* rows left out */
};

static double x_of(int32_t minute)
{
    return LEFT + minute * (double)HOUR / 60;
}

static void put_text(struct drawing *d, double x, double y, const char *class, const char *text)
{
    buffer_printf(d->out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, (int)x, (int)y);
    map_escape(d->out, text);
    buffer_string(d->out, "</text>\n");
}

static void put_line(struct drawing *d, double x1, double y1, double x2, double y2,
                     const char *class)
{
    buffer_printf(d->out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class,
                  (int)x1, (int)y1, (int)x2, (int)y2);
}

/* A bar with a label where one fits; the whole story is its title. */
static void put_bar(struct drawing *d, int32_t from, int32_t until, const char *class,
                    const char *label)
{
    const struct dispatch_view *view = d->view;
    int32_t horizon = view->joint->day.engine.horizon_min;
    until = until > horizon ? horizon : until;
    double x = x_of(from < 0 ? 0 : from), width = x_of(until) - x;
    struct buffer title;
    buffer_init(&title);
    buffer_printf(&title, "%s, ", label);
    dispatch_put_clock(view, from, &title);
    buffer_char(&title, '-');
    dispatch_put_clock(view, until, &title);
    buffer_printf(d->out, "<rect class=\"%s\" x=\"", class);
    buffer_fixed(d->out, x, 1);
    buffer_printf(d->out, "\" y=\"%d\" width=\"", (int)d->y + 3);
    buffer_fixed(d->out, width < 2 ? 2 : width, 1);
    buffer_printf(d->out, "\" height=\"%d\"><title>", ROW - 6);
    map_escape(d->out, buffer_get(&title));
    buffer_string(d->out, "</title></rect>\n");
    uint32_t letters = (uint32_t)(width > 6 ? (width - 6) / LETTER : 0);
    if (text_width(text_view_of(label)) <= letters) {
        put_text(d, x + 3, d->y + ROW - 6, "bar", label);
    } else if (letters >= 2) { /* the number, without the destination */
        char first[32];
        struct text_view rest = text_view_of(label), word = text_cut(&rest, ' ');
        snprintf(first, sizeof first, "%.*s", (int)(word.size < 31 ? word.size : 31), word.bytes);
        if (text_width(text_view_of(first)) <= letters) {
            put_text(d, x + 3, d->y + ROW - 6, "bar", first);
        }
    }
    buffer_clear(&title);
}

/* ---- What stands on a row ---- */

static void formed_label(const struct dispatch_view *view, uint32_t formed, struct buffer *out)
{
    buffer_printf(out, "\xe2\x86\x92%u %s", formed + 1,
                  dispatch_destination_name(&view->joint->day,
                                            view->joint->plan.formed[formed].destination,
                                            dispatch_lang_code(view)));
}

static uint32_t track_bars(struct drawing *d, uint32_t track, bool draw)
{
    const struct dispatch_day *day = &d->view->joint->day;
    const struct zhol_dispatch_plan *plan = &d->view->joint->plan;
    uint32_t bars = 0;
    int32_t taken_until = day->tracks[track].free_from_min;
    if (taken_until > 0) {
        bars++;
        if (draw) {
            put_bar(d, 0, taken_until, "taken", "");
        }
    }
    for (uint32_t i = 0; i < plan->train_count; i++) {
        const struct zhol_dispatch_passage *passage = &plan->passages[i];
        if (passage->track == track && passage->accept_min != ZHOL_DISPATCH_NEVER) {
            bars++;
            if (draw) {
                put_bar(d, passage->accept_min, passage->begin_min, "stands",
                        dispatch_text(day, day->train_labels[i].name));
            }
        }
    }
    for (uint32_t i = 0; i < plan->formed_count; i++) {
        if (plan->formed[i].track == track) {
            bars++;
            if (draw) {
                struct buffer label;
                buffer_init(&label);
                formed_label(d->view, i, &label);
                put_bar(d, plan->formed[i].open_min, plan->formed[i].depart_min, "formed",
                        buffer_get(&label));
                buffer_clear(&label);
            }
        }
    }
    return bars;
}

static uint32_t front_bars(struct drawing *d, uint32_t front, bool draw)
{
    const struct dispatch_day *day = &d->view->joint->day;
    const struct zhol_dispatch_plan *plan = &d->view->joint->plan;
    uint32_t bars = 0;
    for (uint32_t i = 0; i < plan->train_count; i++) {
        const struct zhol_dispatch_passage *passage = &plan->passages[i];
        if (passage->front == front && passage->accept_min != ZHOL_DISPATCH_NEVER) {
            bars++;
            if (draw) {
                put_bar(d, passage->begin_min, passage->end_min, "works",
                        dispatch_text(day, day->train_labels[i].name));
            }
        }
    }
    return bars;
}

/* A ban is hatched for as long as it holds; its name stands at the left, cut to fit. */
static uint32_t ban_bars(struct drawing *d, uint32_t ban, bool draw)
{
    const struct zhol_dispatch_ban *it = &d->view->joint->day.bans[ban];
    if (it->until_min <= 0 || it->from_min >= d->view->joint->day.engine.horizon_min) {
        return 0;
    }
    if (draw) {
        struct buffer name;
        buffer_init(&name);
        dispatch_put_ban(d->view, ban, &name);
        put_bar(d, it->from_min, it->until_min, "taken", buffer_get(&name));
        buffer_clear(&name);
    }
    return 1;
}

static void put_row_name(struct drawing *d, enum section section, uint32_t row)
{
    const struct dispatch_day *day = &d->view->joint->day;
    if (section != OF_BANS) {
        put_text(d, 4, d->y + ROW - 6, "name",
                 dispatch_row_name(
                     d->view, section == ON_FRONT ? day->front_labels : day->track_labels, row));
        return;
    }
    struct buffer name;
    enum zhol_dispatch_gauge gauge = day->bans[row].gauge;
    buffer_init(&name);
    buffer_printf(&name, "%s, %d",
                  day->bans[row].arriving ? dispatch_side_name(d->view, gauge)
                                          : dispatch_word(DW_LEAVES, d->view->lang),
                  dispatch_gauge_mm(gauge));
    put_text(d, 4, d->y + ROW - 6, "name", buffer_get(&name));
    buffer_clear(&name);
}

static uint32_t rows_of(const struct dispatch_view *view, enum section section)
{
    const struct zhol_dispatch_day *engine = &view->joint->day.engine;
    return section == OF_BANS    ? engine->ban_count
           : section == ON_FRONT ? engine->front_count
                                 : engine->track_count;
}

/* Bars of a row; 0 where it is of another section. */
static uint32_t row_bars(struct drawing *d, enum section section, uint32_t row, bool draw)
{
    if (section == ON_FRONT) {
        return front_bars(d, row, draw);
    }
    if (section == OF_BANS) {
        return ban_bars(d, row, draw);
    }
    enum zhol_dispatch_gauge gauge =
        section == ON_TRACK_1435 ? ZHOL_DISPATCH_1435 : ZHOL_DISPATCH_1520;
    return d->view->joint->day.tracks[row].gauge == gauge ? track_bars(d, row, draw) : 0;
}

static bool of_section(const struct dispatch_view *view, enum section section, uint32_t row)
{
    return section == ON_FRONT || section == OF_BANS ||
           view->joint->day.tracks[row].gauge ==
               (section == ON_TRACK_1435 ? ZHOL_DISPATCH_1435 : ZHOL_DISPATCH_1520);
}

/* ---- The drawing ---- */

static void put_section(struct drawing *d, enum section section)
{
    const struct dispatch_view *view = d->view;
    const struct dispatch_day *day = &view->joint->day;
    char head[96];
    if (section == OF_BANS && !rows_of(view, section)) {
        return;
    }
    if (section == OF_BANS) {
        snprintf(head, sizeof head, "%s", dispatch_word(DW_BANS, view->lang));
    } else if (section == ON_FRONT) {
        snprintf(head, sizeof head, "%s", dispatch_word(DW_FRONT, view->lang));
    } else {
        snprintf(head, sizeof head, "%s %d", dispatch_word(DW_TRACK, view->lang),
                 section == ON_TRACK_1435 ? 1435 : 1520);
    }
    put_text(d, 4, d->y + HEAD - 7, "head", head);
    d->y += HEAD;
    for (uint32_t row = 0; row < rows_of(view, section); row++) {
        if (!of_section(view, section, row)) {
            continue;
        }
        if (!row_bars(d, section, row, false)) {
            d->unused += section != OF_BANS;
            continue;
        }
        put_line(d, 4, d->y + ROW, x_of(day->engine.horizon_min), d->y + ROW, "grid");
        put_row_name(d, section, row);
        row_bars(d, section, row, true);
        d->y += ROW;
    }
}

static double height_of(const struct dispatch_view *view)
{
    struct drawing d = {.view = view};
    double height = TOP + 60;
    for (int section = 0; section < SECTIONS; section++) {
        height += section == OF_BANS && !rows_of(view, OF_BANS) ? 0 : HEAD;
        for (uint32_t row = 0; row < rows_of(view, (enum section)section); row++) {
            height += row_bars(&d, (enum section)section, row, false) ? ROW : 0;
        }
    }
    return height;
}

static void put_hours(struct drawing *d, double bottom)
{
    int32_t hours = d->view->joint->day.engine.horizon_min / 60;
    for (int32_t h = 0; h <= hours; h++) {
        char text[16];
        bool midnight = h && h % 24 == 0;
        put_line(d, x_of(h * 60), TOP - 6, x_of(h * 60), bottom,
                 midnight     ? "midnight"
                 : h % 6 == 0 ? "six"
                              : "grid");
        if (h % 2 == 0) {
            snprintf(text, sizeof text, "%02d", h % 24);
            put_text(d, x_of(h * 60), TOP - 10, "hour", text);
        }
    }
}

static const char *const style =
    ".dispatch{font:12px 'DejaVu Sans','Noto Sans',system-ui,sans-serif;background:#fff}"
    ".dispatch text{fill:#000}.dispatch .title{font-size:17px;font-weight:600}"
    ".dispatch .head{font-size:13px;font-weight:600}.dispatch .hour{font-size:11px;"
    "text-anchor:middle}.dispatch .name{font-size:11px}.dispatch .bar{font-size:11px}"
    ".dispatch .small{font-size:11px;fill:#333}"
    ".dispatch .grid{stroke:#d5d5d5;stroke-width:.6}.dispatch .six{stroke:#999;stroke-width:.8}"
    ".dispatch .midnight{stroke:#000;stroke-width:1.6;stroke-dasharray:6 3}"
    ".dispatch .stands{fill:#fff;stroke:#000;stroke-width:.8}"
    ".dispatch .works{fill:#cfcfcf;stroke:#000;stroke-width:.8}"
    ".dispatch .formed{fill:#fff;stroke:#000;stroke-width:2.4}"
    ".dispatch .taken{fill:url(#hatch);stroke:#000;stroke-width:.5}";

void dispatch_svg(const struct dispatch_view *view, struct buffer *out)
{
    struct drawing d = {.view = view, .out = out, .y = TOP};
    double width = x_of(view->joint->day.engine.horizon_min) + 16, height = height_of(view);
    struct buffer title;
    buffer_init(&title);
    dispatch_put_title(view, &title);
    buffer_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"dispatch\" role=\"img\" "
                  "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n<title>",
                  (int)width, (int)height, (int)width, (int)height);
    map_escape(out, buffer_get(&title));
    buffer_printf(out,
                  "</title>\n<style>%s</style>\n<defs><pattern id=\"hatch\" width=\"6\" "
                  "height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 6L6 0\" "
                  "stroke=\"#000\" stroke-width=\".8\"/></pattern></defs>\n"
                  "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
                  style, (int)width, (int)height);
    put_text(&d, 4, 22, "title", buffer_get(&title));
    put_hours(&d, height - 56);
    for (int section = 0; section < SECTIONS; section++) {
        put_section(&d, (enum section)section);
    }
    put_text(&d, 4, d.y + 22, "small", dispatch_word(DW_LEGEND, view->lang));
    buffer_reset(&title);
    if (d.unused) {
        buffer_printf(&title, dispatch_word(DW_UNUSED, view->lang), d.unused);
        put_text(&d, 4, d.y + 40, "small", buffer_get(&title));
    }
    buffer_string(out, "</svg>\n");
    buffer_clear(&title);
}
