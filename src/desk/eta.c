/* eta.c: when a place in a border queue will be called (eta.h).
 *
 * Let s be the share of planned capacity that is really accepted. A priori s is gamma distributed
 * with mean 1 (the published limit holds) and the weight of PRIOR vehicles; the recent hours,
 * `accepted` of `planned`, make it Gamma(A, B), B in planned vehicles. Acceptance is a Poisson
 * stream in planned capacity, with the dispersion that the recent hours and days show (1 where they
 * are as even as Poisson). Then the planned capacity after which R vehicles were called is B * X /
 * (1 - X) with X beta distributed (R, A): its quantile is exact, there is nothing to sample. The
 * windows turn capacity into time.
 */
#include "desk/eta.h"

#include <math.h>

#include "desk/quantile.h"

#define PRIOR          16.0 /* planned vehicles that the published limit counts for */
#define DISPERSION_MAX 25.0
enum { DAY_HOURS = 24, FEW = 3 };

static bool nonneg(double value)
{
    return value >= 0 && value <= 1e12; /* false for NaN */
}

static bool valid(const struct eta_call_input *input)
{
    bool good =
        input->own < input->category_count && input->no_show_share >= 0 && input->no_show_share < 1;
    for (uint32_t i = 0; i < input->window_count && good; i++) {
        const struct eta_window *window = &input->windows[i];
        good = window->start_s < window->end_s && nonneg(window->vehicles) &&
               (i == 0 || window->start_s >= window[-1].end_s);
    }
    for (uint32_t i = 0; i < input->category_count && good; i++) {
        good = nonneg(input->categories[i].weight);
    }
    for (uint32_t i = 0; i < input->hour_count && good; i++) {
        good = nonneg(input->planned[i]);
    }
    return good;
}

/* ---- the rate ---- */

struct rate {
    double shape, planned; /* A and B */
    double dispersion;
    uint32_t hours;
};

/* Variance over mean of acceptance summed up over `step` listed hours, given the share. */
static double dispersion_of(const struct eta_call_input *input, double share, uint32_t step)
{
    double sum = 0;
    uint32_t count = 0;
    for (uint32_t begin = 0; begin + step <= input->hour_count; begin += step) {
        double planned = 0, accepted = 0;
        for (uint32_t i = begin; i < begin + step; i++) {
            bool open = input->planned[i] > 0;
            planned += open ? input->planned[i] : 0;
            accepted += open ? input->accepted[i] : 0;
        }
        if (planned > 0) {
            double expected = share * planned;
            sum += (accepted - expected) * (accepted - expected) / expected;
            count++;
        }
    }
    return count > FEW ? sum / (count - 1) : 1;
}

static struct rate rate_of(const struct eta_call_input *input)
{
    struct rate rate = {.dispersion = 1};
    double planned = 0, accepted = 0;
    for (uint32_t i = 0; i < input->hour_count; i++) {
        if (input->planned[i] > 0) {
            planned += input->planned[i];
            accepted += input->accepted[i];
            rate.hours++;
        }
    }
    if (planned > 0 && accepted > 0) {
        double share = accepted / planned;
        double hourly = dispersion_of(input, share, 1);
        double daily = dispersion_of(input, share, DAY_HOURS);
        rate.dispersion = hourly > daily ? hourly : daily;
        rate.dispersion = rate.dispersion < 1 ? 1 : rate.dispersion;
        rate.dispersion = rate.dispersion > DISPERSION_MAX ? DISPERSION_MAX : rate.dispersion;
    }
    rate.shape = PRIOR + accepted / rate.dispersion;
    rate.planned = PRIOR + planned / rate.dispersion;
    return rate;
}

/* ---- the rank ---- */

struct rank {
    double low, middle, high;
};

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* While the own category is called m times, another is called m * its weight / the own weight
 * times, but not more often than it has vehicles. The place in a round decides on less than one
 * round: low is the first place in it, high the last. */
static struct rank rank_now(const struct eta_call_input *input)
{
    const struct eta_category *own = &input->categories[input->own];
    double ahead = own->waiting;
    struct rank rank = {ahead + 1, ahead + 1, ahead + 1};
    for (uint32_t i = 0; i < input->category_count; i++) {
        const struct eta_category *other = &input->categories[i];
        double waiting = other->waiting, low = waiting, high = waiting;
        if (i == input->own) {
            continue;
        }
        if (own->out_of_turn) { /* others out of turn may stand before or behind */
            low = 0;
            high = other->out_of_turn ? waiting : 0;
        } else if (!other->out_of_turn && own->weight > 0) {
            double round = other->weight / own->weight;
            low = smaller(ahead * round, waiting);
            high = smaller((ahead + 1) * round, waiting);
        }
        rank.low += low;
        rank.middle += (low + high) / 2;
        rank.high += high;
    }
    return rank;
}

/* Who comes later to another category where some wait may be called before too: up to its share of
 * the calls until then. */
static struct rank rank_of(const struct eta_call_input *input)
{
    const struct eta_category *own = &input->categories[input->own];
    struct rank rank = rank_now(input);
    double weights = 0, more = 0;
    for (uint32_t i = 0; i < input->category_count; i++) {
        weights += input->categories[i].out_of_turn ? 0 : input->categories[i].weight;
    }
    for (uint32_t i = 0; i < input->category_count && !own->out_of_turn && own->weight > 0; i++) {
        const struct eta_category *other = &input->categories[i];
        double waiting = other->waiting;
        if (i == input->own || other->out_of_turn || waiting == 0) {
            continue;
        }
        double most = ((double)own->waiting + 1) * other->weight / own->weight;
        double newcomers = other->weight / weights * rank.high;
        more += smaller(most, waiting + newcomers) - smaller(most, waiting);
    }
    rank.high += more;
    return rank;
}

/* ---- from capacity to time ---- */

/* Planned vehicles after which a place of this rank was called with chance p. Those before it who
 * do not come use no capacity, and how many they are is not known: it adds to the dispersion. */
static double capacity_at(const struct rate *rate, double rank, double no_show, double p)
{
    double called = (rank - 1) * (1 - no_show) + 1;
    double dispersion = rate->dispersion + no_show;
    dispersion = dispersion < called ? dispersion : called;
    double x = quantile_beta(p, called / dispersion, rate->shape);
    return dispersion * rate->planned * x / (1 - x);
}

/* The first instant from `from_s` at which the windows have let `vehicles` pass since now, in an
 * open window. */
static int64_t time_at(const struct eta_call_input *input, double vehicles, int64_t from_s)
{
    double before = 0;
    for (uint32_t i = 0; i < input->window_count; i++) {
        const struct eta_window *window = &input->windows[i];
        int64_t start_s = window->start_s > input->now_s ? window->start_s : input->now_s;
        if (window->end_s <= start_s || !(window->vehicles > 0)) {
            continue;
        }
        double per_s = window->vehicles / (double)(window->end_s - window->start_s);
        double passes = per_s * (double)(window->end_s - start_s);
        int64_t at_s = start_s;
        if (before + passes < vehicles) {
            at_s = window->end_s;
        } else if (vehicles > before) {
            at_s = start_s + (int64_t)ceil((vehicles - before) / per_s);
        }
        at_s = at_s > from_s ? at_s : from_s;
        if (at_s < window->end_s) {
            return at_s;
        }
        before += passes;
    }
    return INT64_MAX;
}

enum zhol_error eta_call(const struct eta_call_input *input, struct eta_call *call)
{
    if (!valid(input)) {
        return ZHOL_ERROR_INVALID;
    }
    struct rate rate = rate_of(input);
    struct rank rank = rank_of(input);
    double middle = capacity_at(&rate, rank.middle, input->no_show_share, 0.5);
    double high = capacity_at(&rate, rank.high, input->no_show_share, 0.9);
    int64_t earliest_s = input->earliest_s > input->now_s ? input->earliest_s : input->now_s;
    *call = (struct eta_call){.p50_s = time_at(input, middle, earliest_s),
                              .p90_s = time_at(input, high > middle ? high : middle, earliest_s),
                              .rate_share = rate.shape / rate.planned,
                              .hours_used = rate.hours,
                              .rank_low = rank.low,
                              .rank_high = rank.high};
    return ZHOL_ERROR_OK;
}
