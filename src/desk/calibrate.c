/* calibrate.c: laws of border times, fitted and carried on (calibrate.h). */
#include "desk/calibrate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"

#define GOLDEN 0.6180339887498949

/* ---- Published figures ---- */

static bool take_scope(const char *scope, struct calibrate_target *target)
{
    static const char *const directions[] = {"inbound", "outbound", "all"};
    static const char *const scopes[] = {"rail, inbound, country average",
                                         "rail, outbound, country average",
                                         "rail, all directions, country average"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(scope, scopes[i]) == 0) {
            snprintf(target->direction, sizeof target->direction, "%s", directions[i]);
            return true;
        }
    }
    return false;
}

void calibrate_targets(const struct zhol_corridor *corridor, struct calibrate_targets *targets)
{
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &count);
    targets->count = 0;
    for (uint32_t i = 0; i < count && targets->count < 96; i++) {
        const char *measure = zhol_corridor_text(corridor, rows[i].measure);
        const char *subject = zhol_corridor_text(corridor, rows[i].subject);
        struct calibrate_target target = {
            .row = i, .hours = rows[i].value, .role = (uint8_t)rows[i].role};
        bool kz = strcmp(subject, "Kazakhstan") == 0, cn = strcmp(subject, "China") == 0;
        if (strcmp(measure, "border crossing time") != 0 || (!kz && !cn) ||
            rows[i].period_start == ZHOL_BLANK_DATE || isnan(rows[i].value) ||
            !take_scope(zhol_corridor_text(corridor, rows[i].scope), &target)) {
            continue;
        }
        memcpy(target.side, kz ? "KZ" : "CN", 3);
        target.year = time_date_of(rows[i].period_start).year;
        targets->items[targets->count++] = target;
    }
}

bool calibrate_may_fit(const struct calibrate_target *target)
{
    return target->role == zhol_role_CALIBRATION && target->year <= CALIBRATE_LAST_YEAR;
}

/* ---- Changes ---- */

static const struct calibrate_change *change_of(const struct calibrate_changes *changes,
                                                unsigned kind, const char *side, int32_t year)
{
    for (uint32_t i = 0; i < changes->count; i++) {
        const struct calibrate_change *c = &changes->items[i];
        if (c->kind == kind && c->year == year && strcmp(c->side, side) == 0) {
            return c;
        }
    }
    return NULL;
}

/* ---- The fit ---- */

static double congestion(double k_h, double capacity, double traffic)
{
    double u = traffic / capacity;
    return u < 1 ? CALIBRATE_WORK_H + k_h * u / (1 - u) : INFINITY;
}

/* The best k for a capacity, and the squared misfit with it. */
static double misfit(struct calibrate_series *s, double capacity)
{
    double xx = 0, xy = 0, sum = 0;
    for (uint32_t i = 0; i < s->year_count; i++) {
        double u = s->traffic[i] / capacity, x = u / (1 - u);
        xx += x * x;
        xy += x * (s->published_h[i] - CALIBRATE_WORK_H);
    }
    s->capacity = capacity;
    s->k_h = xy / xx;
    for (uint32_t i = 0; i < s->year_count; i++) {
        s->fitted_h[i] = congestion(s->k_h, capacity, s->traffic[i]);
        sum += (s->fitted_h[i] - s->published_h[i]) * (s->fitted_h[i] - s->published_h[i]);
    }
    return sum;
}

/* Golden section over the capacity, from just above the greatest traffic to ten times that. */
static void fit_congestion(struct calibrate_series *s)
{
    double most = 0;
    for (uint32_t i = 0; i < s->year_count; i++) {
        most = s->traffic[i] > most ? s->traffic[i] : most;
    }
    double low = log(most * 1.001), high = log(most * 10);
    for (int i = 0; i < 200; i++) {
        double a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low);
        if (misfit(s, exp(a)) < misfit(s, exp(b))) {
            high = b;
        } else {
            low = a;
        }
    }
    misfit(s, exp((low + high) / 2));
}

static void fit_level(struct calibrate_series *s)
{
    s->base_h = s->published_h[0];
    for (uint32_t i = 0; i < s->year_count; i++) {
        s->base_h = s->published_h[i] < s->base_h ? s->published_h[i] : s->base_h;
        s->fitted_h[i] = s->published_h[i];
    }
}

static bool rises_with_traffic(const struct calibrate_series *s)
{
    bool rises = s->year_count >= 3;
    for (uint32_t i = 0; i < s->year_count && rises; i++) {
        rises = !isnan(s->traffic[i]) && s->published_h[i] > CALIBRATE_WORK_H &&
                (i == 0 ||
                 (s->traffic[i] > s->traffic[i - 1] && s->published_h[i] > s->published_h[i - 1]));
    }
    return rises;
}

static void fit_series(struct calibrate_series *s)
{
    s->law = rises_with_traffic(s) ? CALIBRATE_CONGESTION : CALIBRATE_LEVEL;
    if (s->law == CALIBRATE_CONGESTION) {
        fit_congestion(s);
    } else {
        fit_level(s);
    }
    for (uint32_t i = 0; i < s->year_count; i++) {
        double off = fabs(s->fitted_h[i] / s->published_h[i] - 1);
        s->worst = off > s->worst ? off : s->worst;
    }
}

static struct calibrate_series *series_of(struct calibrate_fit *fit, const char *side,
                                          const char *direction)
{
    for (uint32_t i = 0; i < fit->count; i++) {
        struct calibrate_series *s = &fit->series[i];
        if (strcmp(s->side, side) == 0 && strcmp(s->direction, direction) == 0) {
            return s;
        }
    }
    if (fit->count == CALIBRATE_SERIES) {
        return NULL;
    }
    struct calibrate_series *s = &fit->series[fit->count++];
    *s = (struct calibrate_series){.k_h = NAN, .capacity = NAN, .base_h = NAN};
    memcpy(s->side, side, sizeof s->side);
    memcpy(s->direction, direction, sizeof s->direction);
    return s;
}

/* Puts a year in its place. */
static void add_year(struct calibrate_series *s, const struct calibrate_target *t, double traffic)
{
    uint32_t at = s->year_count;
    if (at == CALIBRATE_YEARS) {
        return;
    }
    for (; at > 0 && s->years[at - 1] > t->year; at--) {
        s->years[at] = s->years[at - 1];
        s->published_h[at] = s->published_h[at - 1];
        s->traffic[at] = s->traffic[at - 1];
    }
    s->years[at] = t->year;
    s->published_h[at] = t->hours;
    s->traffic[at] = traffic;
    s->year_count++;
}

static double fitted_target(const struct calibrate_targets *targets, const char *side,
                            const char *direction, int32_t year)
{
    for (uint32_t i = 0; i < targets->count; i++) {
        const struct calibrate_target *t = &targets->items[i];
        if (calibrate_may_fit(t) && t->year == year && strcmp(t->side, side) == 0 &&
            strcmp(t->direction, direction) == 0) {
            return t->hours;
        }
    }
    return NAN;
}

/* Share of inbound shipments: all = share * inbound + (1 - share) * outbound, mean over the years
 * in which the three may be used. */
static double inbound_share(const struct calibrate_targets *targets, const char *side)
{
    double sum = 0, count = 0;
    for (int32_t year = 2000; year <= CALIBRATE_LAST_YEAR; year++) {
        double in = fitted_target(targets, side, "inbound", year);
        double out = fitted_target(targets, side, "outbound", year);
        double share = (fitted_target(targets, side, "all", year) - out) / (in - out);
        if (share >= 0 && share <= 1) {
            sum += share;
            count++;
        }
    }
    return count > 0 ? sum / count : NAN;
}

enum zhol_error calibrate_fit(const struct calibrate_targets *targets,
                              const struct calibrate_changes *changes, struct calibrate_fit *fit)
{
    *fit = (struct calibrate_fit){.count = 0};
    for (uint32_t i = 0; i < targets->count; i++) {
        const struct calibrate_target *t = &targets->items[i];
        if (!calibrate_may_fit(t) || strcmp(t->direction, "all") == 0) {
            continue;
        }
        const struct calibrate_change *traffic =
            change_of(changes, CALIBRATE_TRAFFIC, t->side, t->year);
        struct calibrate_series *s = series_of(fit, t->side, t->direction);
        if (!s) {
            return ZHOL_ERROR_LIMIT;
        }
        add_year(s, t, traffic ? traffic->value : NAN);
    }
    for (uint32_t i = 0; i < fit->count; i++) {
        if (fit->series[i].year_count < 2) {
            return ZHOL_ERROR_INVALID;
        }
        fit_series(&fit->series[i]);
    }
    fit->inbound_share[0] = inbound_share(targets, "KZ");
    fit->inbound_share[1] = inbound_share(targets, "CN");
    return ZHOL_ERROR_OK;
}

/* ---- The next year ---- */

struct bounds {
    double low, value, high;
};

static struct bounds bounds_of(const struct calibrate_changes *changes, unsigned kind,
                               const char *side, int32_t year, double otherwise)
{
    const struct calibrate_change *c = change_of(changes, kind, side, year);
    return c ? (struct bounds){c->low, c->value, c->high}
             : (struct bounds){otherwise, otherwise, otherwise};
}

static void predict_series(const struct calibrate_series *s,
                           const struct calibrate_changes *changes, int32_t year,
                           struct calibrate_prediction *p)
{
    uint32_t last = s->year_count - 1;
    memcpy(p->side, s->side, sizeof p->side);
    memcpy(p->direction, s->direction, sizeof p->direction);
    p->same_h = p->traffic_h = p->low_h = p->value_h = p->high_h = s->fitted_h[last];
    if (s->law == CALIBRATE_CONGESTION) {
        struct bounds traffic =
            bounds_of(changes, CALIBRATE_TRAFFIC, s->side, year, s->traffic[last]);
        struct bounds more = bounds_of(changes, CALIBRATE_CAPACITY, s->side, year, 1);
        p->traffic_h = congestion(s->k_h, s->capacity, traffic.value);
        p->low_h = congestion(s->k_h, s->capacity * more.high, traffic.low);
        p->value_h = congestion(s->k_h, s->capacity * more.value, traffic.value);
        p->high_h = congestion(s->k_h, s->capacity * more.low, traffic.high);
    } else {
        struct bounds left = bounds_of(changes, CALIBRATE_CONTROL, s->side, year, 1);
        double added = s->fitted_h[last] - s->base_h;
        bool ends = left.low < 1;
        p->low_h = ends ? fmin(s->base_h, CALIBRATE_WORK_H) : s->base_h + added;
        p->value_h = s->base_h + left.value * added;
        p->high_h = s->base_h + left.high * added;
    }
}

bool calibrate_is_too_wide(const struct calibrate_prediction *p)
{
    return p->high_h - p->low_h > CALIBRATE_WIDE * p->value_h;
}

static double mixed(double share, double in, double out)
{
    return share * in + (1 - share) * out;
}

static void predict_all(const struct calibrate_predictions *parts, const char *side, double share,
                        struct calibrate_prediction *p)
{
    const struct calibrate_prediction *in = NULL, *out = NULL;
    for (uint32_t i = 0; i < parts->count; i++) {
        bool of_side = strcmp(parts->items[i].side, side) == 0;
        in = of_side && strcmp(parts->items[i].direction, "inbound") == 0 ? &parts->items[i] : in;
        out =
            of_side && strcmp(parts->items[i].direction, "outbound") == 0 ? &parts->items[i] : out;
    }
    memcpy(p->side, side, sizeof p->side);
    memcpy(p->direction, "all", 4);
    p->same_h = p->traffic_h = p->low_h = p->value_h = p->high_h = NAN;
    if (in && out) {
        p->same_h = mixed(share, in->same_h, out->same_h);
        p->traffic_h = mixed(share, in->traffic_h, out->traffic_h);
        p->low_h = mixed(share, in->low_h, out->low_h);
        p->value_h = mixed(share, in->value_h, out->value_h);
        p->high_h = mixed(share, in->high_h, out->high_h);
    }
}

static void add_published(const struct calibrate_targets *published, int32_t year,
                          struct calibrate_prediction *p)
{
    p->published_h = NAN;
    for (uint32_t i = 0; i < published->count; i++) {
        const struct calibrate_target *t = &published->items[i];
        if (t->year == year && strcmp(t->side, p->side) == 0 &&
            strcmp(t->direction, p->direction) == 0) {
            p->published_h = t->hours;
            p->role = t->role;
        }
    }
}

void calibrate_predict(const struct calibrate_fit *fit, const struct calibrate_changes *changes,
                       const struct calibrate_targets *published,
                       struct calibrate_predictions *predictions)
{
    *predictions = (struct calibrate_predictions){.year = CALIBRATE_LAST_YEAR + 1};
    for (uint32_t i = 0; i < fit->count; i++) {
        predict_series(&fit->series[i], changes, predictions->year,
                       &predictions->items[predictions->count++]);
    }
    struct calibrate_prediction all[2];
    predict_all(predictions, "KZ", fit->inbound_share[0], &all[0]);
    predict_all(predictions, "CN", fit->inbound_share[1], &all[1]);
    predictions->items[predictions->count++] = all[0];
    predictions->items[predictions->count++] = all[1];
    for (uint32_t i = 0; i < predictions->count; i++) {
        add_published(published, predictions->year, &predictions->items[i]);
    }
}
