/* report/chart.h: plots over days as SVG text: lines, bands between quantiles, stacked bars.
 *
 * A drawing is an <svg> element with panels; a panel has a title, a scale of dates below and a
 * scale of values at its left, both at round numbers. Colours are CSS classes (chart_style),
 * readable on white and on dark ground, and told apart by those who see colours otherwise (Okabe,
 * Ito 2008).
 *
 * Call order: chart_begin, then for each panel chart_panel and what is drawn in it, chart_end.
 * Nothing fails: the buffer carries the error of a full memory. Text is escaped.
 */
#ifndef ZHOL_REPORT_CHART_H
#define ZHOL_REPORT_CHART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "report/words.h"

enum { CHART_COLOURS = 8 };

/* A panel: where it stands on the drawing, and which values its frame spans. */
struct chart_panel {
    double x, y, width, height; /* of the frame that the curves fill */
    double first_day, last_day; /* days since 1970, with their part of a day */
    double top;                 /* greatest value; the least is 0 */
    enum report_lang lang;
};

void chart_begin(struct buffer *out, double width, double height, const char *title);
void chart_end(struct buffer *out);

/* The frame with title, dates and values. */
void chart_panel(struct buffer *out, const struct chart_panel *panel, const char *title);
/* A curve through `count` values, `step_days` apart from first_day on. Class "line c0" to "c7". */
void chart_line(struct buffer *out, const struct chart_panel *panel, const double *values,
                uint32_t count, double step_days, uint32_t colour);
/* The area between two such curves. */
void chart_band(struct buffer *out, const struct chart_panel *panel, const double *low,
                const double *high, uint32_t count, double step_days, uint32_t colour);
/* A level with a word at its right end, such as a nameplate. */
void chart_level(struct buffer *out, const struct chart_panel *panel, double value,
                 const char *label);
/* A time with a word, such as the end of a ban. */
void chart_moment(struct buffer *out, const struct chart_panel *panel, double day,
                  const char *label);
/* Text at a point; `anchor`: "start", "middle" or "end"; `class`: of the style. */
void chart_text(struct buffer *out, double x, double y, const char *anchor, const char *class,
                const char *text);
/* A rectangle of a colour, as bars and legends have. */
void chart_box(struct buffer *out, double x, double y, double width, double height,
               uint32_t colour);

/* A round number not below `value` that makes a good end of a scale, and its steps. */
double chart_top(double value);
double chart_step(double top);

/* The rules of the style, without <style>. */
const char *chart_style(void);

#endif
