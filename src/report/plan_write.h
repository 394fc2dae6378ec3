/* report/plan_write.h: the writers of a plan: all read a view and append to a buffer.
 *
 * Errors stick in the buffer. Amounts are US dollars, masses kilograms or grams as said, lengths
 * kilometres, times local with their UTC offset; every form says date, scenario, sources, and on
 * what the figures rest.
 */
#ifndef ZHOL_REPORT_PLAN_WRITE_H
#define ZHOL_REPORT_PLAN_WRITE_H

#include "base/buffer.h"
#include "base/json.h"
#include "report/plan_view.h"

/* Text of at most 80 columns: what was asked, a table of the chosen itineraries, then leg by leg
 * the first `details` of them: the best of each objective first. */
void plan_write_table(const struct plan_view *view, uint32_t details, struct buffer *out);
/* The numbers of the itineraries that are shown in detail, the best first; returns how many. */
uint32_t plan_write_order(const struct plan_view *view, uint32_t most, uint32_t *numbers);

/* Everything, of all itineraries that are worked out. Members end in their unit. */
void plan_write_json(const struct plan_view *view, struct buffer *out);
/* The same as one value of a larger document. */
void plan_write_json_value(const struct plan_view *view, struct json_writer *json);
/* RFC 4180, one row a leg of all itineraries that are worked out. */
void plan_write_csv(const struct plan_view *view, struct buffer *out);
/* RFC 7946: a feature for each leg that moves and each place where something is done, of the
 * chosen itineraries. */
void plan_write_geojson(const struct plan_view *view, struct buffer *out);

/* A page of one or more plans: no script, no network, prints well. `title` may be NULL. */
void plan_write_html(const struct plan_view *const *views, uint32_t count, const char *title,
                     struct buffer *out);

#endif
