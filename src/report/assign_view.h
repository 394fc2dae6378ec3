/* report/assign_view.h: the answers of an assignment study as sheets (report/assign_sheet.h).
 *
 * The study may be NULL for robust, sensitivity and empties. Each function makes one sheet; the
 * caller clears it. Names are in the language given; keys of CSV and JSON stay English. Tonnes, TEU
 * and dollars are of the whole period; uses, capacities and prices are a day. A star marks what
 * rests on an assumption.
 */
#ifndef ZHOL_REPORT_ASSIGN_VIEW_H
#define ZHOL_REPORT_ASSIGN_VIEW_H

#include "desk/assign_empty.h"
#include "desk/assign_observed.h"
#include "desk/assign_robust.h"
#include "desk/assign_study.h"
#include "desk/assign_totals.h"
#include "desk/assign_worth.h"
#include "report/assign_sheet.h"

struct assign_view {
    const struct zhol_corridor *corridor;
    const struct assign_study *study;
    enum report_lang lang;
    const struct assign_worth *worths; /* for the derivatives beside capacities; may be NULL */
    uint32_t worth_count;
};

void assign_view_crossings(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_capacities(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_commodities(const struct assign_view *view, struct report_sheet *sheet);
/* Loaded containers of each crossing there and back: why empties go back. */
void assign_view_balance(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_routes(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_months(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_links(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_processes(const struct assign_view *view, struct report_sheet *sheet);
/* Capacities in use for which a nameplate or a demonstrated value is published. */
void assign_view_shown(const struct assign_view *view, struct report_sheet *sheet);
/* Of view->worths. */
void assign_view_worth(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_users(const struct assign_view *view, const struct assign_user *users,
                       uint32_t count, struct report_sheet *sheet);
/* By the limit that is short, and by demand. */
void assign_view_reasons(const struct assign_view *view, const struct assign_shortage *shortages,
                         uint32_t count, struct report_sheet *sheet);
void assign_view_shortages(const struct assign_view *view, const struct assign_shortage *shortages,
                           uint32_t count, struct report_sheet *sheet);
void assign_view_limits(const struct assign_view *view, const struct assign_limit *limits,
                        uint32_t count, struct report_sheet *sheet);
void assign_view_observed(const struct assign_view *view, const struct assign_observed *rows,
                          uint32_t count, struct report_sheet *sheet);
void assign_view_counted(const struct assign_view *view, const struct assign_route *rows,
                         uint32_t count, struct report_sheet *sheet);

void assign_view_robust(const struct assign_view *view, const struct assign_robust *robust,
                        struct report_sheet *sheet);
void assign_view_sensitivity(const struct assign_view *view,
                             const struct assign_sensitivity *sensitivity,
                             struct report_sheet *sheet);
void assign_view_empties(const struct assign_view *view, const struct assign_empties *empties,
                         struct report_sheet *sheet);

void assign_view_empty_flows(const struct assign_view *view, const struct assign_empties *empties,
                             struct report_sheet *sheet);

/* "Train pairs on Dostyk - Beskol → Beskol"; with a star where assumed. */
void assign_view_capacity_name(const struct assign_view *view, uint32_t resource, int sense,
                               bool assumed, struct buffer *out);
/* Links with flow as GeoJSON: tonnes both ways, TEU, greatest use of a capacity of the link. */
enum zhol_error assign_view_geojson(const struct assign_view *view,
                                    const struct report_sheet_note *notes, uint32_t note_count,
                                    struct buffer *out);

/* report/assign_way.c: every way with flow, a row for each month; published totals. */
void assign_view_paths(const struct assign_view *view, struct report_sheet *sheet);
void assign_view_totals(const struct assign_view *view, const struct assign_total *totals,
                        uint32_t count, struct report_sheet *sheet);

#endif
