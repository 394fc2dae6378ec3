/* chart.c: plots over days as SVG. See chart.h. */
#include "report/chart.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/time.h"
#include "report/format.h"
#include "report/map.h"

enum { DATES_MAX = 6, YEARS_FROM_DAYS = 1000 };

const char *chart_style(void)
{
    return ".chart{font-family:system-ui,\"DejaVu Sans\",\"Noto Sans\",sans-serif;font-size:12px}"
           ".chart text{fill:#333}.chart .title{font-size:13px;font-weight:600;fill:#111}"
           ".chart .small{font-size:11px;fill:#555}.chart .name{font-size:12px}.chart "
           ".head{font-size:16px;font-weight:600}"
           ".chart .frame{fill:none;stroke:#999}.chart .grid{stroke:#ddd;stroke-width:1}"
           ".chart .line{fill:none;stroke-width:1.8;stroke-linejoin:round}"
           ".chart .band{opacity:.22;stroke:none}"
           ".chart .level{stroke:#777;stroke-dasharray:5 3}"
           ".chart .moment{stroke:#777;stroke-dasharray:2 3}"
           ".c0{--c:#0072b2}.c1{--c:#d55e00}.c2{--c:#009e73}.c3{--c:#cc79a7}"
           ".c4{--c:#e69f00}.c5{--c:#56b4e9}.c6{--c:#7a6a00}.c7{--c:#888}"
           ".line{stroke:var(--c)}.band,.box{fill:var(--c)}";
}

void chart_begin(struct buffer *out, double width, double height, const char *title)
{
    buffer_string(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" "
                       "viewBox=\"0 0 ");
    buffer_fixed(out, width, 0);
    buffer_char(out, ' ');
    buffer_fixed(out, height, 0);
    buffer_string(out, "\" width=\"");
    buffer_fixed(out, width, 0);
    buffer_string(out, "\" height=\"");
    buffer_fixed(out, height, 0);
    buffer_string(out, "\">\n<title>");
    map_escape(out, title);
    buffer_string(out, "</title>\n<style>");
    buffer_string(out, chart_style());
    buffer_string(out, "</style>\n");
}

void chart_end(struct buffer *out)
{
    buffer_string(out, "</svg>\n");
}

static void attribute(struct buffer *out, const char *name, double value)
{
    buffer_printf(out, " %s=\"", name);
    buffer_fixed(out, value, 1);
    buffer_char(out, '"');
}

static void line(struct buffer *out, double x1, double y1, double x2, double y2, const char *class)
{
    buffer_printf(out, "<line class=\"%s\"", class);
    attribute(out, "x1", x1);
    attribute(out, "y1", y1);
    attribute(out, "x2", x2);
    attribute(out, "y2", y2);
    buffer_string(out, "/>\n");
}

void chart_text(struct buffer *out, double x, double y, const char *anchor, const char *class,
                const char *text)
{
    buffer_printf(out, "<text class=\"%s\" text-anchor=\"%s\"", class, anchor);
    attribute(out, "x", x);
    attribute(out, "y", y);
    buffer_char(out, '>');
    map_escape(out, text);
    buffer_string(out, "</text>\n");
}

void chart_box(struct buffer *out, double x, double y, double width, double height, uint32_t colour)
{
    buffer_printf(out, "<rect class=\"box c%u\"", colour % CHART_COLOURS);
    attribute(out, "x", x);
    attribute(out, "y", y);
    attribute(out, "width", width);
    attribute(out, "height", height);
    buffer_string(out, "/>\n");
}

/* ---- Scales ---- */

/* 1, 2 or 5 times a power of ten, not below `value`. */
static double round_step(double value)
{
    double power = 1;
    while (power * 10 <= value) {
        power *= 10;
    }
    while (power > value && power > 1e-6) {
        power /= 10;
    }
    return value <= power       ? power
           : value <= 2 * power ? 2 * power
           : value <= 5 * power ? 5 * power
                                : 10 * power;
}

double chart_step(double top)
{
    return round_step(top / 5);
}

double chart_top(double value)
{
    if (!(value > 0)) {
        return 1;
    }
    double step = round_step(value / 5);
    return step * ceil(value / step - 1e-9);
}

static double x_of(const struct chart_panel *panel, double day)
{
    double span = panel->last_day - panel->first_day;
    double share = span > 0 ? (day - panel->first_day) / span : 0;
    return panel->x + panel->width * (share < 0 ? 0 : share > 1 ? 1 : share);
}

static double y_of(const struct chart_panel *panel, double value)
{
    double share = value / panel->top;
    share = share > 0 ? (share < 1 ? share : 1) : 0; /* NaN: 0 */
    return panel->y + panel->height * (1 - share);
}

static void values_scale(struct buffer *out, const struct chart_panel *panel)
{
    struct buffer text;
    double step = chart_step(panel->top);
    unsigned decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    buffer_init(&text);
    for (double value = 0; value <= panel->top * (1 + 1e-9); value += step) {
        double y = y_of(panel, value);
        line(out, panel->x, y, panel->x + panel->width, y, "grid");
        format_number(&text, value, decimals, panel->lang);
        chart_text(out, panel->x - 6, y + 4, "end", "small", buffer_get(&text));
        buffer_reset(&text);
    }
    buffer_clear(&text);
}

/* Days between two dates of the scale: a day, two, a week, two, four, a quarter, half a year. */
static int32_t date_step(double days)
{
    static const int32_t steps[] = {1, 2, 7, 14, 28, 91, 182};
    uint32_t i = 0;
    while (days / steps[i] > DATES_MAX && i + 1 < sizeof steps / sizeof *steps) {
        i++;
    }
    return steps[i];
}

/* Years, each at its first of January: as many as find room. */
static void years_scale(struct buffer *out, const struct chart_panel *panel)
{
    static const int32_t steps[] = {1, 2, 5, 10, 20, 50, 100};
    double years = (panel->last_day - panel->first_day) / 365.25, bottom = panel->y + panel->height;
    uint32_t i = 0;
    while (years / steps[i] > 2 * DATES_MAX && i + 1 < sizeof steps / sizeof *steps) {
        i++;
    }
    struct time_date date = time_date_of((int32_t)floor(panel->first_day));
    date = (struct time_date){.year = date.year, .month = 1, .day = 1};
    for (;; date.year++) {
        double day = time_days(date);
        char text[16];
        if (day > panel->last_day) {
            return;
        }
        if (day >= panel->first_day && date.year % steps[i] == 0) {
            double x = x_of(panel, day);
            snprintf(text, sizeof text, "%d", date.year);
            line(out, x, bottom, x, bottom + 4, "frame");
            chart_text(out, x, bottom + 17, "middle", "small", text);
        }
    }
}

static void dates_scale(struct buffer *out, const struct chart_panel *panel)
{
    struct buffer text;
    if (panel->last_day - panel->first_day > YEARS_FROM_DAYS) {
        years_scale(out, panel);
        return;
    }
    int32_t step = date_step(panel->last_day - panel->first_day);
    double bottom = panel->y + panel->height;
    buffer_init(&text);
    for (int32_t day = (int32_t)ceil(panel->first_day); day <= panel->last_day; day += step) {
        struct report_time time = {.utc_min = (int64_t)day * 24 * 60};
        double x = x_of(panel, day);
        line(out, x, bottom, x, bottom + 4, "frame");
        format_day_short(&text, time, panel->lang);
        chart_text(out, x, bottom + 17, "middle", "small", buffer_get(&text));
        buffer_reset(&text);
    }
    buffer_clear(&text);
}

/* A title that is wider than its frame stands on two lines. */
static void put_title(struct buffer *out, const struct chart_panel *panel, const char *title)
{
    enum { LETTER = 8, LINE = 15 }; /* mean width of a bold letter and height of a line, pixels */
    size_t room = (size_t)(panel->width / LETTER), width = 0;
    const char *cut = NULL;
    for (const char *c = title; *c; c++) {
        bool begins = (*c & 0xC0) != 0x80; /* of a character in UTF-8 */
        width += begins;
        cut = *c == ' ' && width <= room ? c : cut;
    }
    if (width <= room || !cut) {
        chart_text(out, panel->x, panel->y - 8, "start", "title", title);
        return;
    }
    struct buffer first = {0};
    buffer_view(&first, (struct text_view){title, (uint32_t)(cut - title)});
    chart_text(out, panel->x, panel->y - 8 - LINE, "start", "title", buffer_get(&first));
    chart_text(out, panel->x, panel->y - 8, "start", "title", cut + 1);
    out->error = out->error ? out->error : first.error;
    buffer_clear(&first);
}

void chart_panel(struct buffer *out, const struct chart_panel *panel, const char *title)
{
    put_title(out, panel, title);
    values_scale(out, panel);
    dates_scale(out, panel);
    line(out, panel->x, panel->y + panel->height, panel->x + panel->width, panel->y + panel->height,
         "frame");
}

/* ---- Curves ---- */

static void point(struct buffer *out, const struct chart_panel *panel, double day, double value)
{
    buffer_fixed(out, x_of(panel, day), 1);
    buffer_char(out, ',');
    buffer_fixed(out, y_of(panel, value), 1);
    buffer_char(out, ' ');
}

void chart_line(struct buffer *out, const struct chart_panel *panel, const double *values,
                uint32_t count, double step_days, uint32_t colour)
{
    buffer_printf(out, "<polyline class=\"line c%u\" points=\"", colour % CHART_COLOURS);
    for (uint32_t i = 0; i < count; i++) {
        point(out, panel, panel->first_day + i * step_days, values[i]);
    }
    buffer_string(out, "\"/>\n");
}

void chart_band(struct buffer *out, const struct chart_panel *panel, const double *low,
                const double *high, uint32_t count, double step_days, uint32_t colour)
{
    buffer_printf(out, "<polygon class=\"band c%u\" points=\"", colour % CHART_COLOURS);
    for (uint32_t i = 0; i < count; i++) {
        point(out, panel, panel->first_day + i * step_days, high[i]);
    }
    for (uint32_t i = count; i-- > 0;) {
        point(out, panel, panel->first_day + i * step_days, low[i]);
    }
    buffer_string(out, "\"/>\n");
}

void chart_level(struct buffer *out, const struct chart_panel *panel, double value,
                 const char *label)
{
    double y = y_of(panel, value);
    line(out, panel->x, y, panel->x + panel->width, y, "level");
    chart_text(out, panel->x + panel->width - 4, y - 4, "end", "small", label);
}

void chart_moment(struct buffer *out, const struct chart_panel *panel, double day,
                  const char *label)
{
    double x = x_of(panel, day);
    line(out, x, panel->y, x, panel->y + panel->height, "moment");
    chart_text(out, x + 4, panel->y + 12, "start", "small", label);
}
