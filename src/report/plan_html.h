/* report/plan_html.h: the parts of the page of plans; for plan_html*.c only. */
#ifndef ZHOL_REPORT_PLAN_HTML_H
#define ZHOL_REPORT_PLAN_HTML_H

#include "report/plan_write.h"

enum { HTML_COLOURS = 10 };

/* A map of the chosen itineraries over the network and the land. `numbers`: colour of each chosen
 * itinerary, by its position. */
void html_map(const struct plan_view *view, const uint32_t *numbers, struct buffer *out);
/* Colours for the chosen: numbers[i] below HTML_COLOURS. */
void html_colour(const struct plan_view *view, uint32_t *numbers);
/* A bar of an itinerary's time; `longest_min` is the full width. `ticks`: with days below it. */
void html_bar(const struct plan_view *view, const struct view_itinerary *it, int64_t longest_min,
              bool ticks, struct buffer *out);
/* Legs, bill, chain, rules, checks, notes and evidence of one itinerary. */
void html_detail(const struct plan_view *view, const struct view_itinerary *it, struct buffer *out);
/* Text with &, <, > and quotes escaped. */
void html_text(struct buffer *out, const char *text);
/* The text in `text`, escaped, inside an element; empties `text`. */
void html_element(struct buffer *out, const char *element, struct buffer *text);
/* The style of the page. */
const char *html_style(void);

#endif
