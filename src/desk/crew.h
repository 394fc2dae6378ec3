/* desk/crew.h: may a driver or crew enter visa-free, and for how long: days at once and days in a
 * sliding window.
 *
 * A regime allows so many days at one time and so many in any window of days (30 at once, 90 in any
 * 180 between Kazakhstan and China). Days of entry and of exit count both, as border services count
 * them; a day in two stays counts once.
 *
 * Order of calls: crew_check, look. Pure; no allocation. Errors: ZHOL_ERROR_RANGE for a stay that
 * ends before it begins or is longer than ten years, a window of no days or more than
 * CREW_WINDOW_MAX. Cost: O(days of the trip * window).
 */
#ifndef ZHOL_DESK_CREW_H
#define ZHOL_DESK_CREW_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>

enum { CREW_WINDOW_MAX = 3660 };

struct crew_stay {
    int32_t first, last; /* days since 1970, both count */
};
struct crew_regime {
    uint32_t at_once; /* days */
    uint32_t in_window, window;
};
struct crew_answer {
    bool allowed;
    uint32_t days;        /* of the trip */
    uint32_t most_used;   /* days in the window that is fullest while it lasts */
    int32_t most_on;      /* the day on which that window ends */
    uint32_t used_before; /* days in the window when the trip begins, without it */
    uint32_t may_stay;    /* days allowed from the trip's first day on */
    int32_t
        possible_on; /* first day on which a trip so long may begin; INT32_MAX: too long for any */
};

enum zhol_error crew_check(const struct crew_stay *stays, uint32_t count, struct crew_stay trip,
                           struct crew_regime regime, struct crew_answer *out);

#endif
