/* report/plan_way.h: the line on the ground that links and legs follow, as points. */
#ifndef ZHOL_REPORT_PLAN_WAY_H
#define ZHOL_REPORT_PLAN_WAY_H

#include "report/map.h"
#include "report/plan_view.h"

struct way_points {
    struct map_point *points;
    uint32_t count, capacity;
};

void way_points_clear(struct way_points *way);
/* Appends the points of a link from its start to its end, or back; a point that repeats the last
 * is left out. */
enum zhol_error way_points_link(const struct zhol_corridor *corridor, uint32_t link, bool forward,
                                struct way_points *way);
/* Appends the points of all movements of a leg. */
enum zhol_error way_points_leg(const struct plan_view *view, const struct view_leg *leg,
                               struct way_points *way);
/* Where a place lies. */
struct map_point way_place(const struct zhol_corridor *corridor, uint32_t node);

#endif
