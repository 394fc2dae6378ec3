/* desk/shift.h: a day at a road checkpoint: who comes, who passes, what binds, what to announce.
 *
 * Pure arithmetic over the 24 hours of a local day; the caller fills in what the corridor, the
 * journal and the people of the shift know. Nothing here allocates, reads a clock or fails but for
 * the checks that a function names.
 *
 * Hours. Vehicles come evenly within an hour. Of those that wait and come, as many pass as the
 * tightest of the resources lets through in that hour (a fluid queue: w' = max(0, w + a - c)).
 * Capacity that nobody uses is lost.
 *
 * X-ray. Of each hour's vehicles a share is selected; without the X-ray these are opened by hand,
 * `by_hand` an hour, while the others pass beside them. So an hour that was to take p loses
 * max(0, share * p - by_hand).
 *
 * Cut. The other side accepts n a day. The limit L of new slots is below n, and what stands over
 * (the backlog less what may always wait) shrinks by n - L a day: it is gone after
 * ceil(over / (n - L)) days, and the greatest limit that clears it in D days is
 * n - ceil(over / D). Whole vehicles, exact.
 */
#ifndef ZHOL_DESK_SHIFT_H
#define ZHOL_DESK_SHIFT_H

#include <stdint.h>

#include <zhol/error.h>

enum { SHIFT_HOURS = 24, SHIFT_CATEGORIES = 16, SHIFT_NEVER = -1 };

/* What can bind, in the order in which equal ones are named. */
enum shift_resource { SHIFT_OTHER_SIDE, SHIFT_OWN_LIMIT, SHIFT_LANES, SHIFT_XRAY, SHIFT_RESOURCES };

struct shift_day {
    double arrivals[SHIFT_HOURS];
    /* What each resource lets through in an hour; INFINITY where it is no bound at all. */
    double capacity[SHIFT_RESOURCES][SHIFT_HOURS];
    double waiting; /* at the beginning */
};
struct shift_flow {
    double passed[SHIFT_HOURS], waiting[SHIFT_HOURS]; /* at the end of the hour */
    enum shift_resource binds[SHIFT_HOURS];           /* the tightest in the hour */
    double arrivals_day, passed_day, peak;
    uint32_t peak_hour;
    double capacity_day[SHIFT_RESOURCES];
    enum shift_resource binding; /* the least of the day */
    double spare;                /* the next one lets so many more through; INFINITY: none */
};
/* ZHOL_ERROR_INVALID: a number is negative or none. */
enum zhol_error shift_flow(const struct shift_day *day, struct shift_flow *flow);

/* Without the X-ray in the hours [from, to): what each hour loses. Returns the day's sum. share in
 * 0..1. */
double shift_xray_lost(const double plan[SHIFT_HOURS], double share, double by_hand, uint32_t from,
                       uint32_t to, double lost[SHIFT_HOURS]);

/* Days until `over` vehicles too many are gone; 0: nothing is over, SHIFT_NEVER: limit >= accepted.
 */
int64_t shift_days(int64_t over, int64_t limit, int64_t accepted);
/* The greatest limit with which they are gone in `days`, at least 0. days >= 1. */
int64_t shift_limit(int64_t over, int64_t accepted, int64_t days);
/* What stands over tomorrow morning when today `planned` come, `accepted` pass and `buffer` may
 * always wait. */
int64_t shift_over(int64_t waiting, int64_t planned, int64_t accepted, int64_t buffer);
/* Nine days of ten bring at least *low, nine of ten at most *high: the tenths of `count` days (NaN
 * left out) scaled to the mean `accepted`; from 5 days on, else those of a Poisson count. */
void shift_band(const double *days, uint32_t count, int64_t accepted, int64_t *low, int64_t *high);

/* Slots of a day: `total` whole places over the hours in proportion to `plan`, and for each
 * category at most its share (0..1) of them; sums are kept by cutting the cumulated figure. 1 or
 * more of a share means the whole hour. */
struct shift_slots {
    uint32_t hour[SHIFT_HOURS];
    uint32_t category[SHIFT_CATEGORIES][SHIFT_HOURS];
};
void shift_slots(const double plan[SHIFT_HOURS], uint32_t total, const double *shares,
                 uint32_t category_count, struct shift_slots *slots);

#endif
