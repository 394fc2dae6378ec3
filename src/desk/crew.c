/* crew.c: days of a stay at once and in a window (desk/crew.h). */
#include "desk/crew.h"

enum { STAY_MAX = 3660 };

static bool is_stay(struct crew_stay stay)
{
    return stay.last >= stay.first && (int64_t)stay.last - stay.first < STAY_MAX;
}

/* Days of the stays in the window that ends on `day`, those of the trip until then included. */
static uint32_t used_on(const struct crew_stay *stays, uint32_t count, struct crew_stay trip,
                        uint32_t window, int32_t day)
{
    uint32_t used = 0;
    for (uint32_t back = 0; back < window; back++) {
        int32_t that = day - (int32_t)back;
        bool there = that >= trip.first && that <= trip.last;
        for (uint32_t i = 0; !there && i < count; i++) {
            there = that >= stays[i].first && that <= stays[i].last;
        }
        used += there;
    }
    return used;
}

/* Days that may be spent from `first` on, at most `wanted`. */
static uint32_t days_from(const struct crew_stay *stays, uint32_t count, int32_t first,
                          uint32_t wanted, struct crew_regime regime)
{
    uint32_t most = wanted < regime.at_once ? wanted : regime.at_once, days = 0;
    while (days < most) {
        struct crew_stay trip = {first, first + (int32_t)days};
        if (used_on(stays, count, trip, regime.window, trip.last) > regime.in_window) {
            break;
        }
        days++;
    }
    return days;
}

enum zhol_error crew_check(const struct crew_stay *stays, uint32_t count, struct crew_stay trip,
                           struct crew_regime regime, struct crew_answer *out)
{
    bool fine = is_stay(trip) && regime.window > 0 && regime.window <= CREW_WINDOW_MAX;
    for (uint32_t i = 0; i < count; i++) {
        fine = fine && is_stay(stays[i]);
    }
    if (!fine) {
        return ZHOL_ERROR_RANGE;
    }
    *out = (struct crew_answer){.days = (uint32_t)(trip.last - trip.first) + 1,
                                .possible_on = INT32_MAX};
    const struct crew_stay none = {trip.first, trip.first - 1};
    out->used_before = used_on(stays, count, none, regime.window, trip.first);
    for (int32_t day = trip.first; day <= trip.last; day++) {
        uint32_t used = used_on(stays, count, trip, regime.window, day);
        if (used > out->most_used) {
            out->most_used = used;
            out->most_on = day;
        }
    }
    out->allowed = out->days <= regime.at_once && out->most_used <= regime.in_window;
    out->may_stay = days_from(stays, count, trip.first, regime.at_once, regime);
    if (out->days > regime.at_once || out->days > regime.in_window) {
        return ZHOL_ERROR_OK;
    }
    /* Within one window after the last stay everything has left it. */
    for (int32_t day = trip.first; day - trip.first <= STAY_MAX + CREW_WINDOW_MAX; day++) {
        if (days_from(stays, count, day, out->days, regime) == out->days) {
            out->possible_on = day;
            break;
        }
    }
    return ZHOL_ERROR_OK;
}
