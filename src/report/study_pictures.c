/* study_pictures.c: maps of flows, bars of crossings, queues over time. See the header.
 *
 * Widths grow with the square root of the tonnes: a line of 100 Mt beside one of 1 Mt can then
 * still be drawn; the legend says what widths mean. */
#include "report/study_pictures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart.h"
#include "report/format.h"
#include "report/map.h"
#include "report/plan_way.h"
#include "report/terms.h"

enum { WIDTHS = 14, NAMED = 14, MAP_WIDTH = 1100, BARS = 8, QUEUES = 6 };

#define FLOW_LEAST_MT       0.02 /* thinner ones are no more than dust */
#define DIFFERENCE_LEAST_MT 0.05
#define FRAME_LEAST_MT      0.8 /* what carries less does not widen the map */
#define TONNES_MT           1e6

static double mt_of(const struct study_case *at, uint32_t link)
{
    const struct assign_study *assign = &at->assign;
    double days = assign->options.to - assign->options.from;
    return (assign->links[0][link].t + assign->links[1][link].t) / days * 365 / TONNES_MT;
}

/* ---- Maps ---- */

/* Half a unit of width more for each step of the square root. */
static unsigned width_of(double mt)
{
    double step = 2.2 * sqrt(mt);
    return step < 1 ? 0 : step > WIDTHS - 1 ? WIDTHS - 1 : (unsigned)step;
}

static void write_style(struct buffer *svg)
{
    buffer_printf(svg,
                  "<style>%s.map path.flow{fill:none;stroke-linecap:round;"
                  "stroke-linejoin:round;opacity:.85}.map path.more{stroke:#0072b2}"
                  ".map path.less{stroke:#d55e00}.map .gate{fill:#fff;stroke:#17324d;"
                  "stroke-width:1.4}.map .key{stroke:none}",
                  map_style());
    for (unsigned w = 0; w < WIDTHS; w++) {
        buffer_printf(svg, ".map .w%u{stroke-width:%.1f}", w, 0.7 + 0.75 * w);
    }
    buffer_string(svg, "</style>\n");
}

static const char *colour_of(unsigned mode)
{
    static const char *const classes[zhol_mode_COUNT] = {
        [zhol_mode_RAIL] = "rail",     [zhol_mode_ROAD] = "road", [zhol_mode_SEA] = "sea-way",
        [zhol_mode_RIVER] = "sea-way", [zhol_mode_OIL] = "oil",   [zhol_mode_GAS] = "gas"};
    return mode < zhol_mode_COUNT && classes[mode] ? classes[mode] : "rail";
}

/* The frame that all maps of the report share: the links with flow of the base. */
static struct map_frame frame_of(const struct study_report *report, struct document *document)
{
    const struct study_case *at = &report->study->cases[0];
    uint32_t links = zhol_corridor_things(at->corridor, ZHOL_TABLE_link);
    struct way_points way = {0};
    for (uint32_t l = 0; l < links; l++) {
        if (mt_of(at, l) >= FRAME_LEAST_MT && way_points_link(at->corridor, l, true, &way)) {
            document->error = ZHOL_ERROR_MEMORY;
        }
    }
    struct map_frame frame = map_frame_around(way.points, way.count, 0.05, 12);
    way_points_clear(&way);
    /* the ends of the world by ship would make the corridor small */
    frame.west = fmax(frame.west, 15);
    frame.east = fmin(frame.east, 125);
    frame.south = fmax(frame.south, 27);
    frame.north = fmin(frame.north, 61);
    return frame;
}

static void begin_map(const struct study_report *report, const char *title, struct map *map,
                      struct buffer *svg, struct document *document)
{
    map_begin(map, svg, frame_of(report, document), MAP_WIDTH, title);
    write_style(svg);
    map_land(map);
}

static void draw_link(const struct study_case *at, uint32_t link, const char *class,
                      struct map *map, struct document *document)
{
    struct way_points way = {0};
    if (way_points_link(at->corridor, link, true, &way)) {
        document->error = ZHOL_ERROR_MEMORY;
    }
    map_line(map, way.points, way.count, class);
    way_points_clear(&way);
}

/* Names of countries; a place of each that is seldom under a line. */
static void draw_countries(const struct document *document, struct map *map)
{
    static const struct {
        struct map_point at;
        const char *en, *ru;
    } countries[] = {{{67.5, 47.6}, "KAZAKHSTAN", "КАЗАХСТАН"},
                     {{101, 36.6}, "CHINA", "КИТАЙ"},
                     {{86, 58.2}, "RUSSIA", "РОССИЯ"},
                     {{103, 46.6}, "MONGOLIA", "МОНГОЛИЯ"},
                     {{54, 32.5}, "IRAN", "ИРАН"},
                     {{33.5, 39}, "TURKEY", "ТУРЦИЯ"},
                     {{59, 38.9}, "TURKMENISTAN", "ТУРКМЕНИЯ"},
                     {{63, 42}, "UZBEKISTAN", "УЗБЕКИСТАН"},
                     {{29.5, 49.2}, "UKRAINE", "УКРАИНА"},
                     {{19, 52.4}, "POLAND", "ПОЛЬША"},
                     {{66, 33.5}, "AFGHANISTAN", "АФГАНИСТАН"},
                     {{75.5, 41.4}, "KYRGYZSTAN", "КИРГИЗИЯ"}};
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        map_name(map, countries[i].at, "area",
                 study_said(document, countries[i].en, countries[i].ru));
    }
}

/* What colours mean, beside the widths. */
static void draw_colours(const struct document *document, const struct map *map, struct buffer *svg)
{
    static const unsigned modes[] = {zhol_mode_RAIL, zhol_mode_ROAD, zhol_mode_SEA, zhol_mode_OIL,
                                     zhol_mode_GAS};
    double y = map->height - 18;
    for (size_t i = sizeof modes / sizeof *modes; i-- > 0;) {
        buffer_printf(svg,
                      "<path class=\"flow %s w3\" d=\"M134 %.0fH174\"/><text x=\"182\" "
                      "y=\"%.0f\">%s</text>\n",
                      colour_of(modes[i]), y, y + 4, report_mode(modes[i], document->lang));
        y -= 20;
    }
}

/* What widths mean, in the lower left corner. */
static void draw_key(const struct document *document, struct map *map, struct buffer *svg)
{
    static const double steps[] = {1, 5, 20};
    double y = map->height - 18;
    for (size_t i = sizeof steps / sizeof *steps; i-- > 0;) {
        buffer_printf(svg,
                      "<path class=\"flow rail w%u\" d=\"M14 %.0fH54\"/><text x=\"62\" y=\"%.0f\">"
                      "%.0f %s</text>\n",
                      width_of(steps[i]), y, y + 4, steps[i],
                      study_said(document, "Mt/yr", "млн т/год"));
        y -= 20;
    }
}

static struct map_point place_of(const struct zhol_corridor *corridor, uint32_t node)
{
    return way_place(corridor, node);
}

static void draw_gates(const struct study_case *at, struct map *map, struct document *document)
{
    for (uint32_t i = 0; i < at->crossing_count && i < NAMED; i++) {
        const struct study_crossing *c = &at->crossings[i];
        struct buffer label = {0};
        buffer_printf(&label, "%s ", study_node(document, at->corridor, c->a));
        format_number(&label, (c->t_year[0] + c->t_year[1]) / TONNES_MT, 1, document->lang);
        if (c->mode != zhol_mode_RAIL) {
            buffer_printf(&label, " %s", report_mode(c->mode, document->lang));
        }
        map_dot(map, place_of(at->corridor, c->a), 3.2, "gate", buffer_get(&label));
        buffer_clear(&label);
    }
}

static void add_picture(struct document *document, const char *caption, struct buffer *svg)
{
    document->error = document->error ? document->error : svg->error;
    document_picture(document, caption, (struct text_view){svg->bytes, (uint32_t)svg->size});
    buffer_clear(svg);
}

void study_picture_flows(const struct study_report *report, const struct study_case *at,
                         struct document *document)
{
    uint32_t links = zhol_corridor_things(at->corridor, ZHOL_TABLE_link), rows;
    struct buffer svg = {0};
    struct map map;
    begin_map(report, study_said(document, "Flows of freight", "Потоки грузов"), &map, &svg,
              document);
    for (uint32_t l = 0; l < links; l++) {
        double mt = mt_of(at, l);
        if (mt >= FLOW_LEAST_MT) {
            uint32_t begin, end;
            char class[48];
            zhol_corridor_rows(at->corridor, ZHOL_TABLE_link, l, &begin, &end);
            snprintf(class, sizeof class, "flow %s w%u",
                     colour_of(zhol_corridor_link(at->corridor, &rows)[begin].mode), width_of(mt));
            draw_link(at, l, class, &map, document);
        }
    }
    draw_gates(at, &map, document);
    draw_countries(document, &map);
    draw_key(document, &map, &svg);
    draw_colours(document, &map, &svg);
    map_end(&map);
    add_picture(document,
                study_said(document,
                           "Freight as it is assigned, both ways together, Mt a year. Crossings: "
                           "the busiest, with their tonnes, by rail where nothing else is said.",
                           "Распределённые грузы, в обе стороны вместе, млн т в год. Переходы — "
                           "самые загруженные, с тоннами; где не сказано иное, по рельсам."),
                &svg);
}

void study_picture_moved(const struct study_report *report, const struct study_case *at,
                         struct document *document)
{
    const struct study_case *base = &report->study->cases[at->reference];
    uint32_t links = zhol_corridor_things(at->corridor, ZHOL_TABLE_link), drawn = 0;
    struct buffer svg = {0};
    struct map map;
    char title[256], caption[640];
    if (at == base) {
        return;
    }
    begin_map(report, study_case_title(document, at, title), &map, &svg, document);
    for (uint32_t l = 0; l < links; l++) {
        /* links of the scenario alone are unknown to the base */
        const char *id = zhol_corridor_id(at->corridor, ZHOL_TABLE_link, l);
        uint32_t same = zhol_corridor_find(base->corridor, ZHOL_TABLE_link, id);
        double mt = mt_of(at, l) - (same == ZHOL_NONE ? 0 : mt_of(base, same));
        if (fabs(mt) >= DIFFERENCE_LEAST_MT) {
            char class[48];
            snprintf(class, sizeof class, "flow %s w%u", mt > 0 ? "more" : "less",
                     width_of(fabs(mt)));
            draw_link(at, l, class, &map, document);
            drawn++;
        }
    }
    draw_gates(at, &map, document);
    draw_countries(document, &map);
    draw_key(document, &map, &svg);
    map_end(&map);
    snprintf(caption, sizeof caption, "%s: %s", study_case_title(document, at, title),
             study_said(document,
                        "links that carry more (blue) and less (orange) than in the base of that "
                        "day, Mt a year. At the crossings: tonnes of the scenario.",
                        "линии, которые везут больше (синие) и меньше (оранжевые), чем в базе того "
                        "дня, млн т в год. У переходов — тонны сценария."));
    if (drawn) {
        add_picture(document, caption, &svg);
    }
    buffer_clear(&svg);
}

/* ---- Bars of crossings ---- */

static const struct study_crossing *crossing_like(const struct study_case *at,
                                                  const struct study_case *base,
                                                  const struct study_crossing *wanted)
{
    const char *a = zhol_corridor_id(base->corridor, ZHOL_TABLE_node, wanted->a);
    const char *b = zhol_corridor_id(base->corridor, ZHOL_TABLE_node, wanted->b);
    for (uint32_t i = 0; i < at->crossing_count; i++) {
        const struct study_crossing *c = &at->crossings[i];
        if (c->mode == wanted->mode &&
            strcmp(zhol_corridor_id(at->corridor, ZHOL_TABLE_node, c->a), a) == 0 &&
            strcmp(zhol_corridor_id(at->corridor, ZHOL_TABLE_node, c->b), b) == 0) {
            return c;
        }
    }
    return NULL;
}

static double mt_over(const struct study_crossing *c)
{
    return c ? (c->t_year[0] + c->t_year[1]) / TONNES_MT : 0;
}

/* True for the first base and for scenarios: other bases are of days only. */
static bool has_bar(const struct study_report *report, uint32_t number)
{
    return number == 0 || report->study->cases[number].reference != number;
}

static void draw_crossing_bars(const struct study_report *report, const struct study_crossing *c,
                               double x, double y, double width, struct buffer *svg,
                               const struct document *document)
{
    enum { ROW = 15, NAME = 24 };
    const struct corridor_study *study = report->study;
    double most = 0;
    struct buffer text = {0};
    for (uint32_t i = 0; i < study->case_count; i++) {
        most = fmax(most, mt_over(crossing_like(&study->cases[i], &study->cases[0], c)));
    }
    buffer_printf(&text, "%s – %s, %s", study_node(document, study->cases[0].corridor, c->a),
                  study_node(document, study->cases[0].corridor, c->b),
                  report_mode(c->mode, document->lang));
    chart_text(svg, x, y, "start", "title", buffer_get(&text));
    for (uint32_t i = 0, k = 0; i < study->case_count; i++) {
        if (!has_bar(report, i)) {
            continue;
        }
        double mt = mt_over(crossing_like(&study->cases[i], &study->cases[0], c));
        double wide = most > 0 ? mt / most * (width - 70) : 0;
        chart_box(svg, x + NAME, y + 8 + ROW * k, wide, ROW - 4, k == 0 ? 7 : (k - 1) % 7);
        buffer_reset(&text);
        buffer_printf(&text, "%u", k);
        chart_text(svg, x + NAME - 6, y + 17 + ROW * k, "end", "small", buffer_get(&text));
        buffer_reset(&text);
        format_number(&text, mt, 2, document->lang);
        chart_text(svg, x + NAME + wide + 5, y + 17 + ROW * k, "start", "small", buffer_get(&text));
        k++;
    }
    buffer_clear(&text);
}

void study_picture_crossings(const struct study_report *report, struct document *document)
{
    enum { COLUMN = 520, TOP = 52 };
    const struct corridor_study *study = report->study;
    const struct study_case *base = &study->cases[0];
    uint32_t bars = 0, shown = base->crossing_count < BARS ? base->crossing_count : BARS;
    struct buffer svg = {0}, caption = {0};
    for (uint32_t i = 0; i < study->case_count; i++) {
        bars += has_bar(report, i);
    }
    double high = 15.0 * bars + 44;
    if (shown == 0) {
        return;
    }
    const char *head = study_said(document, "Tonnes over the busiest crossings, Mt a year",
                                  "Тонны через самые загруженные переходы, млн т в год");
    chart_begin(&svg, 2 * COLUMN + 20, TOP + high * ((shown + 1) / 2), head);
    chart_text(&svg, 10, 22, "start", "head", head);
    for (uint32_t i = 0; i < shown; i++) {
        draw_crossing_bars(report, &base->crossings[i], 10 + COLUMN * (i % 2), TOP + high * (i / 2),
                           COLUMN - 30, &svg, document);
    }
    chart_end(&svg);
    for (uint32_t i = 0, k = 0; i < study->case_count; i++) {
        char title[256];
        if (has_bar(report, i)) {
            buffer_printf(&caption, "%s%u %s", k ? "; " : "", k,
                          study_case_title(document, &study->cases[i], title));
            k++;
        }
    }
    add_picture(document, buffer_get(&caption), &svg);
    buffer_clear(&caption);
}

/* ---- Queues ---- */

static double highest(const struct answer *answer, const struct answer_station *station)
{
    double most = 1;
    for (uint32_t i = 0; i < answer->samples; i++) {
        most = fmax(most, station->high[i]);
    }
    return most;
}

void study_picture_queues(const struct study_report *report, struct document *document)
{
    enum { COLUMN = 520, ROW = 190, TOP = 40 };
    const struct study_case *at = &report->study->cases[0];
    const struct answer *answer = &at->answer;
    uint32_t shown = answer->station_count < QUEUES ? answer->station_count : QUEUES;
    struct buffer svg = {0};
    if (shown == 0 || answer->samples < 2) {
        return;
    }
    const char *head = study_said(
        document, "What waits where most wait, base: trains, trucks, ships, batches of oil",
        "Где ждут больше всего, база: поезда, автомобили, суда, партии нефти");
    double step = answer->sample_h / 24;
    chart_begin(&svg, 2 * COLUMN + 20, TOP + ROW * ((shown + 1) / 2), head);
    chart_text(&svg, 10, 22, "start", "head", head);
    for (uint32_t i = 0; i < shown; i++) {
        const struct answer_station *station = &answer->stations[i];
        struct chart_panel panel = {.x = 60 + COLUMN * (i % 2),
                                    .y = TOP + 26 + ROW * (i / 2),
                                    .width = COLUMN - 80,
                                    .height = ROW - 66,
                                    .first_day = at->day,
                                    .last_day = at->day + step * (answer->samples - 1),
                                    .top = chart_top(highest(answer, station)),
                                    .lang = document->lang};
        chart_panel(&svg, &panel, study_node(document, at->corridor, station->node));
        chart_band(&svg, &panel, station->low, station->high, answer->samples, step, i);
        chart_line(&svg, &panel, station->mean, answer->samples, step, i);
    }
    chart_end(&svg);
    add_picture(document,
                study_said(document,
                           "Mean over replications, every 4 hours; the band holds 80 % of them. "
                           "Holidays of the border, as the calendars say, are in it.",
                           "Среднее по прогонам через каждые 4 часа; в полосе — 80 % прогонов. "
                           "Праздники границы — по календарям."),
                &svg);
}
