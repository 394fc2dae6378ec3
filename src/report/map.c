/* report/map.c: maps as SVG text. See map.h. */
#include "report/map.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/land_data.h"

#define PI     3.14159265358979323846
#define RADIAN (PI / 180)

static double clamp_latitude(double lat)
{
    return lat > 85 ? 85 : lat < -60 ? -60 : lat;
}

static double tan_half(double lat)
{
    return tan(PI / 4 + clamp_latitude(lat) * RADIAN / 2);
}

/* ---- Projection ---- */

static void raw_project(const struct map *m, double lon, double lat, double *x, double *y)
{
    double rho = m->f / pow(tan_half(lat), m->n);
    double theta = m->n * (lon - m->lon0) * RADIAN;
    *x = rho * sin(theta);
    *y = rho * cos(theta) - m->rho0; /* grows to the south, as in SVG */
}

void map_project(const struct map *m, double lon, double lat, double *x, double *y)
{
    raw_project(m, lon, lat, x, y);
    *x = (*x - m->x0) * m->scale;
    *y = (*y - m->y0) * m->scale;
}

static void set_projection(struct map *m, struct map_frame frame)
{
    double height = frame.north - frame.south;
    double a = (frame.south + height / 6), b = (frame.north - height / 6);
    m->lon0 = (frame.west + frame.east) / 2;
    m->n = fabs(a - b) < 1e-6
               ? sin(a * RADIAN)
               : log(cos(a * RADIAN) / cos(b * RADIAN)) / log(tan_half(b) / tan_half(a));
    m->n = fabs(m->n) < 0.01 ? 0.01 : m->n;
    m->f = cos(a * RADIAN) * pow(tan_half(a), m->n) / m->n;
    m->rho0 = m->f / pow(tan_half((frame.south + frame.north) / 2), m->n);
}

/* The extent of the frame's edges decides scale and height. */
static void set_extent(struct map *m, struct map_frame frame, double width)
{
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL;
    for (int i = 0; i <= 32; i++) {
        double lon = frame.west + (frame.east - frame.west) * i / 32;
        for (int k = 0; k <= 32; k++) {
            double x, y;
            raw_project(m, lon, frame.south + (frame.north - frame.south) * k / 32, &x, &y);
            x0 = fmin(x0, x);
            x1 = fmax(x1, x);
            y0 = fmin(y0, y);
            y1 = fmax(y1, y);
        }
    }
    m->scale = width / (x1 - x0);
    m->x0 = x0;
    m->y0 = y0;
    m->width = width;
    m->height = (y1 - y0) * m->scale;
}

struct map_frame map_frame_around(const struct map_point *points, uint32_t count, double margin,
                                  double least)
{
    struct map_frame f = {180, 90, -180, -90};
    for (uint32_t i = 0; i < count; i++) {
        f.west = fmin(f.west, points[i].lon);
        f.east = fmax(f.east, points[i].lon);
        f.south = fmin(f.south, points[i].lat);
        f.north = fmax(f.north, points[i].lat);
    }
    double wide = fmax(f.east - f.west, least), high = fmax(f.north - f.south, least);
    double lon = (f.west + f.east) / 2, lat = (f.south + f.north) / 2;
    wide *= 0.5 + margin;
    high *= 0.5 + margin;
    return (struct map_frame){fmax(lon - wide, -170), fmax(lat - high, -50), fmin(lon + wide, 178),
                              fmin(lat + high, 80)};
}

/* ---- Drawing ---- */

void map_escape(struct buffer *out, const char *text)
{
    for (const char *at = text; *at;) {
        size_t span = strcspn(at, "&<>\"");
        buffer_append(out, at, span);
        at += span;
        switch (*at) {
        case '&':
            buffer_string(out, "&amp;");
            break;
        case '<':
            buffer_string(out, "&lt;");
            break;
        case '>':
            buffer_string(out, "&gt;");
            break;
        case '"':
            buffer_string(out, "&quot;");
            break;
        default:
            return;
        }
        at++;
    }
}

void map_begin(struct map *m, struct buffer *out, struct map_frame frame, double width,
               const char *title)
{
    memset(m, 0, sizeof *m);
    m->out = out;
    set_projection(m, frame);
    set_extent(m, frame, width);
    buffer_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"0 0 %.0f "
                  "%.0f\" role=\"img\" aria-label=\"",
                  m->width, m->height);
    map_escape(out, title);
    buffer_printf(out, "\">\n<rect class=\"sea\" width=\"%.0f\" height=\"%.0f\"/>\n", m->width,
                  m->height);
}

void map_end(struct map *m)
{
    buffer_string(m->out, "</svg>\n");
}

/* True where the box of a line of points touches the drawing. */
static bool touches(const struct map *m, const int16_t *points, uint32_t count)
{
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL;
    for (uint32_t i = 0; i < count; i++) {
        double x, y;
        map_project(m, points[2 * i] / 100.0, points[2 * i + 1] / 100.0, &x, &y);
        x0 = fmin(x0, x);
        x1 = fmax(x1, x);
        y0 = fmin(y0, y);
        y1 = fmax(y1, y);
    }
    return x1 >= 0 && x0 <= m->width && y1 >= 0 && y0 <= m->height;
}

static void draw_outlines(struct map *m, const int16_t *lines, bool closed)
{
    for (const int16_t *at = lines; *at > 0; at += 1 + 2 * *at) {
        uint32_t count = (uint32_t)*at;
        if (!touches(m, at + 1, count)) {
            continue;
        }
        for (uint32_t i = 0; i < count; i++) {
            double x, y;
            map_project(m, at[1 + 2 * i] / 100.0, at[2 + 2 * i] / 100.0, &x, &y);
            buffer_printf(m->out, "%s%.1f %.1f", i == 0 ? "M" : i == 1 ? "L" : " ", x, y);
        }
        buffer_string(m->out, closed ? "Z" : "");
    }
}

void map_land(struct map *m)
{
    buffer_string(m->out, "<path class=\"land\" d=\"");
    draw_outlines(m, land_rings, true);
    buffer_string(m->out, "\"/>\n<path class=\"border\" d=\"");
    draw_outlines(m, land_borders, false);
    buffer_string(m->out, "\"/>\n");
}

/* The point a share `t` along the great circle from a to b. */
static struct map_point great_circle(struct map_point a, struct map_point b, double t)
{
    double la = a.lat * RADIAN, lb = b.lat * RADIAN;
    double ax = cos(la) * cos(a.lon * RADIAN), ay = cos(la) * sin(a.lon * RADIAN), az = sin(la);
    double bx = cos(lb) * cos(b.lon * RADIAN), by = cos(lb) * sin(b.lon * RADIAN), bz = sin(lb);
    double angle = acos(fmin(1, fmax(-1, ax * bx + ay * by + az * bz)));
    double p = sin((1 - t) * angle) / sin(angle), q = sin(t * angle) / sin(angle);
    double x = p * ax + q * bx, y = p * ay + q * by, z = p * az + q * bz;
    return (struct map_point){atan2(y, x) / RADIAN, atan2(z, hypot(x, y)) / RADIAN};
}

void map_line(struct map *m, const struct map_point *points, uint32_t count, const char *class)
{
    double x, y;
    if (count < 2) {
        return;
    }
    map_project(m, points[0].lon, points[0].lat, &x, &y);
    buffer_printf(m->out, "<path class=\"%s\" d=\"M%.1f %.1fL", class, x, y);
    for (uint32_t i = 1; i < count; i++) {
        struct map_point a = points[i - 1], b = points[i];
        double far = fmax(fabs(a.lon - b.lon), fabs(a.lat - b.lat));
        int pieces = far > 3 ? (int)(far / 2) : 1;
        for (int k = 1; k <= pieces; k++) {
            struct map_point c = k == pieces ? b : great_circle(a, b, (double)k / pieces);
            map_project(m, c.lon, c.lat, &x, &y);
            buffer_printf(m->out, "%s%.1f %.1f", i == 1 && k == 1 ? "" : " ", x, y);
        }
    }
    buffer_string(m->out, "\"/>\n");
}

static bool box_is_free(const struct map *m, const struct map_box *box)
{
    if (box->x0 < 0 || box->y0 < 0 || box->x1 > m->width || box->y1 > m->height) {
        return false;
    }
    for (uint32_t i = 0; i < m->box_count; i++) {
        const struct map_box *b = &m->boxes[i];
        if (box->x0 < b->x1 && box->x1 > b->x0 && box->y0 < b->y1 && box->y1 > b->y0) {
            return false;
        }
    }
    return true;
}

/* Right, left, above, below: the first free place takes the label. */
static bool place_label(struct map *m, double x, double y, double r, double wide, double *tx,
                        double *ty)
{
    const double high = 12;
    const double at[4][2] = {{x + r + 3, y + 4},
                             {x - r - 3 - wide, y + 4},
                             {x - wide / 2, y - r - 4},
                             {x - wide / 2, y + r + 12}};
    for (int i = 0; i < 4; i++) {
        struct map_box box = {at[i][0], at[i][1] - high + 2, at[i][0] + wide, at[i][1] + 3};
        if (box_is_free(m, &box)) {
            if (m->box_count < sizeof m->boxes / sizeof *m->boxes) {
                m->boxes[m->box_count++] = box;
            }
            *tx = at[i][0];
            *ty = at[i][1];
            return true;
        }
    }
    return false;
}

void map_dot(struct map *m, struct map_point point, double r, const char *class, const char *label)
{
    double x, y, tx, ty;
    map_project(m, point.lon, point.lat, &x, &y);
    if (x < 0 || y < 0 || x > m->width || y > m->height) {
        return;
    }
    buffer_printf(m->out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", class, x,
                  y, r);
    if (!label || !*label) {
        return;
    }
    double wide = 6.4 * text_width((struct text_view){label, (uint32_t)strlen(label)});
    if (place_label(m, x, y, r, wide, &tx, &ty)) {
        buffer_printf(m->out, "<text x=\"%.1f\" y=\"%.1f\">", tx, ty);
        map_escape(m->out, label);
        buffer_string(m->out, "</text>\n");
    }
}

void map_name(struct map *m, struct map_point point, const char *class, const char *name)
{
    double x, y, wide = 6.4 * text_width((struct text_view){name, (uint32_t)strlen(name)});
    map_project(m, point.lon, point.lat, &x, &y);
    struct map_box box = {x - wide / 2, y - 10, x + wide / 2, y + 3};
    if (box_is_free(m, &box) && m->box_count < sizeof m->boxes / sizeof *m->boxes) {
        m->boxes[m->box_count++] = box;
        buffer_printf(m->out, "<text class=\"%s\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">",
                      class, x, y);
        map_escape(m->out, name);
        buffer_string(m->out, "</text>\n");
    }
}

const char *map_style(void)
{
    return ".map{display:block;width:100%;height:auto;font:11px system-ui,sans-serif}\n"
           ".map .sea{fill:#dbe7ee}.map .land{fill:#f6f3ec;stroke:#a9b8c0;stroke-width:.6;"
           "fill-rule:evenodd}\n"
           ".map .border{fill:none;stroke:#cfc7b6;stroke-width:.8}\n"
           ".map path.way{fill:none;stroke-linecap:round;stroke-linejoin:round;stroke-width:1.1;"
           "opacity:.55}\n"
           ".map .rail{stroke:#3b4a5a}.map .road{stroke:#b9803a}.map .sea-way{stroke:#5b93b5;"
           "stroke-dasharray:4 4}\n"
           ".map .oil{stroke:#6b4f3a;stroke-dasharray:7 3}.map .gas{stroke:#8c8b3c;"
           "stroke-dasharray:2 3}.map .caravan{stroke:#a0703c;stroke-dasharray:5 3}\n"
           ".map path.route{fill:none;stroke-width:3.2;stroke-linecap:round;stroke-linejoin:round;"
           "opacity:.9}\n"
           ".map .place{fill:#fff;stroke:#3b4a5a;stroke-width:1}.map .end{fill:#17324d;"
           "stroke:#fff;stroke-width:1.5}\n"
           ".map text{fill:#24313d;paint-order:stroke;stroke:#f6f3ec;stroke-width:3px;"
           "stroke-linejoin:round}\n"
           ".map text.area{fill:#8a8371;letter-spacing:.12em}\n";
}
