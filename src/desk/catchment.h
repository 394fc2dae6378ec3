/* desk/catchment.h: what a hub would serve: the places for which it is the best of several sites,
 * their freight, how far they are by rail and by road, and the yard that their boxes would need.
 *
 * Sites compete. Every place of the site's country where the demand table has freight begin or end
 * goes to the site that it reaches with least money plus worth of time for one box of general goods
 * (Huff's choice with an infinite exponent: the nearest takes all; what is shared in truth lies
 * between the sites' figures). Only places within `within_h` hours count.
 *
 * Rail and road are planned apart (the planner, median times, no ships or aircraft), so that the
 * split says which of them is cheaper from door to hub, not which is used.
 *
 * Yard. Slots for boxes = TEU of the year / 365 * dwell days * peak: at one time on the ground,
 * before stacking. It is an upper end: all freight of the places through the hub. Freight that the
 * hub itself would bring about is not in it: the table knows only what is carried today.
 *
 * Order of calls: catchment_make, look, catchment_clear (also after a failure). Errors: those of
 * zhol_plan; no way from a place is none (NaN). Cost: two searches a place and site.
 */
#ifndef ZHOL_DESK_CATCHMENT_H
#define ZHOL_DESK_CATCHMENT_H

#include <zhol/plan.h>

enum { CATCHMENT_SITES_MAX = 8 };
enum catchment_mode { CATCHMENT_RAIL, CATCHMENT_ROAD, CATCHMENT_MODES };

struct catchment_reach {
    double hours, usd; /* for one FEU; NaN where there is no way */
};
struct catchment_place {
    uint32_t node;
    double out_t, in_t; /* of the year: what begins and ends there */
    double out_teu, in_teu;
    uint32_t site; /* that it goes to, or ZHOL_NONE: none within reach */
    uint8_t mode;  /* enum catchment_mode: the better one to that site */
    struct catchment_reach reach[CATCHMENT_SITES_MAX][CATCHMENT_MODES];
};
struct catchment_options {
    uint32_t sites[CATCHMENT_SITES_MAX], site_count; /* places */
    int32_t from, to;                                /* days of the demand table */
    double within_h;
};
struct catchment {
    struct catchment_place *places; /* by node */
    uint32_t count;
};

enum zhol_error catchment_make(const struct zhol_corridor *corridor,
                               const struct zhol_network *network,
                               const struct catchment_options *options, struct catchment *out);
void catchment_clear(struct catchment *catchment);

#endif
