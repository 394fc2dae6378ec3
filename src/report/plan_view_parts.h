/* report/plan_view_parts.h: the parts of making a view; for the files plan_view*.c only.
 *
 * Each part works out one itinerary and appends to the view's arrays. The order is that below:
 * the bill and the chain refer to legs, notes to all.
 */
#ifndef ZHOL_REPORT_PLAN_VIEW_PARTS_H
#define ZHOL_REPORT_PLAN_VIEW_PARTS_H

#include "base/array.h"
#include "report/plan_view.h"

#define VIEW_ADD(view, items, room, item)                                                   \
    view_add((void **)&(view)->items, &(view)->room.count, &(view)->room.capacity, &(item), \
             sizeof *(view)->items)

/* Appends one item of an array of the view. */
enum zhol_error view_add(void **items, uint32_t *count, uint32_t *capacity, const void *item,
                         size_t size);

/* Remembers that a source is used; the source of a row. */
struct view_source view_source_of(struct plan_view *view, uint32_t source, uint8_t evidence);
/* The evidence that a source gives. */
uint8_t view_evidence_of(const struct plan_view *view, uint32_t source);

enum zhol_error view_make_legs(struct plan_view *view, struct view_itinerary *it);
enum zhol_error view_make_bill(struct plan_view *view, struct view_itinerary *it);
enum zhol_error view_make_chain(struct plan_view *view, struct view_itinerary *it);
enum zhol_error view_make_rules(struct plan_view *view, struct view_itinerary *it);
enum zhol_error view_make_checks(struct plan_view *view, struct view_itinerary *it);
enum zhol_error view_make_notes(struct plan_view *view, struct view_itinerary *it);

/* The step of the result that is number `step` of an itinerary. */
static inline const struct zhol_step *view_step(const struct plan_view *view,
                                                const struct view_itinerary *it, uint32_t step)
{
    return &view->result->steps[it->of->first_step + step];
}

/* The row of a process of a handling or control. */
static inline const struct zhol_process *view_process(const struct plan_view *view, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_process(view->corridor, &count)[row];
}

/* The steps of a leg: [first, end) of the itinerary's. */
static inline uint32_t view_leg_end_step(const struct plan_view *view,
                                         const struct view_itinerary *it, uint32_t leg)
{
    return leg + 1 < it->leg_count ? view->legs[it->first_leg + leg + 1].first_step
                                   : it->of->step_count;
}

/* In which phase a plain arc's minutes are. */
uint8_t view_phase_of(const struct plan_view *view, uint32_t arc);

#endif
