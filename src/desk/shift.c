/* shift.c: the arithmetic of a shift (shift.h). */
#include "desk/shift.h"

#include <assert.h>
#include <math.h>

/* ---- hours ---- */

static enum shift_resource tightest(const double by_resource[SHIFT_RESOURCES])
{
    unsigned best = 0;
    for (unsigned r = 1; r < SHIFT_RESOURCES; r++) {
        best = by_resource[r] < by_resource[best] ? r : best;
    }
    return (enum shift_resource)best;
}

static enum zhol_error check(const struct shift_day *day)
{
    if (!(day->waiting >= 0) || isinf(day->waiting)) {
        return ZHOL_ERROR_INVALID;
    }
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        if (!(day->arrivals[h] >= 0) || isinf(day->arrivals[h])) {
            return ZHOL_ERROR_INVALID;
        }
        for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
            if (!(day->capacity[r][h] >= 0)) {
                return ZHOL_ERROR_INVALID;
            }
        }
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error shift_flow(const struct shift_day *day, struct shift_flow *flow)
{
    *flow = (struct shift_flow){.peak = day->waiting, .spare = INFINITY};
    enum zhol_error error = check(day);
    double waiting = day->waiting;
    for (uint32_t h = 0; h < SHIFT_HOURS && !error; h++) {
        double hour[SHIFT_RESOURCES];
        for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
            hour[r] = day->capacity[r][h];
            flow->capacity_day[r] += hour[r];
        }
        flow->binds[h] = tightest(hour);
        flow->passed[h] = fmin(waiting + day->arrivals[h], hour[flow->binds[h]]);
        waiting = waiting + day->arrivals[h] - flow->passed[h];
        flow->waiting[h] = waiting;
        flow->arrivals_day += day->arrivals[h];
        flow->passed_day += flow->passed[h];
        if (waiting > flow->peak) {
            flow->peak = waiting;
            flow->peak_hour = h;
        }
    }
    flow->binding = tightest(flow->capacity_day);
    for (unsigned r = 0; r < SHIFT_RESOURCES; r++) {
        if (r != flow->binding) {
            flow->spare =
                fmin(flow->spare, flow->capacity_day[r] - flow->capacity_day[flow->binding]);
        }
    }
    return error;
}

double shift_xray_lost(const double plan[SHIFT_HOURS], double share, double by_hand, uint32_t from,
                       uint32_t to, double lost[SHIFT_HOURS])
{
    double sum = 0;
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        lost[h] = h >= from && h < to ? fmax(0, share * plan[h] - by_hand) : 0;
        sum += lost[h];
    }
    return sum;
}

/* ---- cut ---- */

static int64_t divide_up(int64_t a, int64_t b)
{
    return a / b + (a % b > 0);
}

int64_t shift_days(int64_t over, int64_t limit, int64_t accepted)
{
    if (over <= 0) {
        return 0;
    }
    return limit >= accepted ? SHIFT_NEVER : divide_up(over, accepted - limit);
}

int64_t shift_limit(int64_t over, int64_t accepted, int64_t days)
{
    assert(days >= 1);
    int64_t limit = over > 0 ? accepted - divide_up(over, days) : accepted;
    return limit > 0 ? limit : 0;
}

int64_t shift_over(int64_t waiting, int64_t planned, int64_t accepted, int64_t buffer)
{
    int64_t morning = waiting + planned - accepted;
    return morning > buffer ? morning - buffer : 0;
}

/* The value below which a tenth (or nine tenths) of sorted values lie, between neighbours. */
static double tenths(const double *sorted, uint32_t count, double part)
{
    double at = part * (count - 1);
    uint32_t i = (uint32_t)at;
    double next = i + 1 < count ? sorted[i + 1] : sorted[i];
    return sorted[i] + (at - i) * (next - sorted[i]);
}

void shift_band(const double *days, uint32_t count, int64_t accepted, int64_t *low, int64_t *high)
{
    enum { RECENT = 30, ENOUGH = 5 };
    static const double tail = 1.2815515655446004; /* of the normal law, one in ten */
    double kept[RECENT], sum = 0;
    uint32_t n = 0;
    for (uint32_t i = count > RECENT ? count - RECENT : 0; i < count; i++) {
        if (days[i] > 0) { /* closed days say nothing about open ones */
            uint32_t at = n++;
            sum += days[i];
            for (; at > 0 && kept[at - 1] > days[i]; at--) {
                kept[at] = kept[at - 1];
            }
            kept[at] = days[i];
        }
    }
    double n_day = (double)accepted, half = tail * sqrt(n_day);
    double below = n_day - half, above = n_day + half;
    if (n >= ENOUGH) {
        below = tenths(kept, n, 0.1) * n_day * n / sum;
        above = tenths(kept, n, 0.9) * n_day * n / sum;
    }
    *low = (int64_t)fmax(0, floor(below + 0.5));
    *high = (int64_t)floor(above + 0.5);
}

/* ---- slots ---- */

static double cut(double value)
{
    return floor(value + 1e-6); /* what is a hair below a whole is the whole */
}

void shift_slots(const double plan[SHIFT_HOURS], uint32_t total, const double *shares,
                 uint32_t category_count, struct shift_slots *slots)
{
    double sum = 0, before = 0;
    assert(category_count <= SHIFT_CATEGORIES);
    *slots = (struct shift_slots){0};
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        sum += plan[h];
    }
    for (uint32_t h = 0; h < SHIFT_HOURS && sum > 0; h++) {
        double after = before + plan[h];
        double from = total * (before / sum), until = total * (after / sum);
        slots->hour[h] = (uint32_t)(cut(until) - cut(from));
        for (uint32_t c = 0; c < category_count; c++) {
            slots->category[c][h] = shares[c] < 1
                                        ? (uint32_t)(cut(until * shares[c]) - cut(from * shares[c]))
                                        : slots->hour[h];
        }
        before = after;
    }
}
