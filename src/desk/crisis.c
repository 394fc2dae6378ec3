/* crisis.c: futures of a crisis on the event engine, and how they compare with what came
 * (crisis.h).
 */
#include "desk/crisis.h"

#include <stddef.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>

#include "base/array.h"
#include "base/map.h"
#include "base/random.h"
#include "base/time.h"

#define SAMPLE_S     21600 /* the queue is looked at four times a day */
#define STAGES       4     /* of the Erlang time in which a lot is taken */
#define LOTS_MAX     4000000u
#define REPLICATIONS 400
#define DAY_S        ((int64_t)TIME_DAY_S)

enum { PERIODS_MAX = 1000 };
enum luck { LUCK_ROW = 1, LUCK_ARRIVAL = 2 };

/* One future: the figures as drawn, day by day, and what came of them. */
struct future {
    const struct crisis *crisis;
    uint64_t seed, replication;
    double *values;                /* per row */
    double taken_day[PERIODS_MAX]; /* units that are taken when open, per day */
    double come_day[PERIODS_MAX];  /* units that come */
    int64_t open[2 * PERIODS_MAX]; /* instants at which it opens and closes in turn */
    uint32_t open_count, day_count;
    int64_t *arrivals; /* s since the beginning, of lots */
    uint32_t arrival_count, arrival_capacity;
};

/* What is kept of every future. */
struct outcome {
    double peak, peak_day, cleared; /* days since the beginning; INFINITY: not by the end */
    double checks[32];
};

/* ---- Drawing the figures ---- */

static double drawn(const struct future *f, uint32_t row)
{
    const struct crisis_row *r = &f->crisis->rows[row];
    if (isnan(r->low) || !(r->high > r->low)) {
        return r->value;
    }
    uint64_t stream = map_hash_u64(f->replication, map_hash_u64(row, LUCK_ROW));
    return random_triangular_at(random_uniform_at(f->seed, stream, 0), r->low, r->value, r->high);
}

static bool holds(const struct crisis *c, const struct crisis_row *row, uint32_t day)
{
    int32_t date = c->begin + (int32_t)day;
    return (row->from == ZHOL_BLANK_DATE || date >= row->from) &&
           (row->to == ZHOL_BLANK_DATE || date < row->to);
}

static void draw_days(struct future *f)
{
    const struct crisis *c = f->crisis;
    for (uint32_t day = 0; day < f->day_count; day++) {
        double taken = 0, come = 0, growth = NAN;
        for (uint32_t i = 0; i < c->row_count; i++) {
            if (!holds(c, &c->rows[i], day)) {
                continue;
            }
            taken = c->rows[i].item == CRISIS_ACCEPTANCE ? f->values[i] : taken;
            if (c->rows[i].item == CRISIS_INFLOW) {
                come = f->values[i];
                growth = NAN;
            }
            growth = c->rows[i].item == CRISIS_GROWTH ? f->values[i] : growth;
        }
        come = isnan(growth) ? come : taken + growth;
        f->taken_day[day] = taken;
        f->come_day[day] = come > 0 ? come : 0;
    }
}

/* The end of a closure that holds at t, or t. */
static int64_t open_again(const struct future *f, int64_t t)
{
    const struct crisis *c = f->crisis;
    for (uint32_t i = 0; i < c->row_count; i++) {
        int64_t from = ((int64_t)c->rows[i].from - c->begin) * DAY_S;
        int64_t to = from + llround(f->values[i] * (double)DAY_S);
        if (c->rows[i].item == CRISIS_CLOSED && t >= from && t < to) {
            t = to;
        }
    }
    return t;
}

/* The next closure that begins after t, or the end of the forecast. */
static int64_t closes_next(const struct future *f, int64_t t)
{
    const struct crisis *c = f->crisis;
    int64_t next = (int64_t)f->day_count * DAY_S;
    for (uint32_t i = 0; i < c->row_count; i++) {
        int64_t from = ((int64_t)c->rows[i].from - c->begin) * DAY_S;
        if (c->rows[i].item == CRISIS_CLOSED && f->values[i] > 0 && from > t && from < next) {
            next = from;
        }
    }
    return next;
}

static void draw_openings(struct future *f)
{
    int64_t end = (int64_t)f->day_count * DAY_S, t = 0;
    f->open_count = 0;
    while (t < end && f->open_count + 2 <= 2 * PERIODS_MAX) {
        int64_t from = open_again(f, t);
        if (from == t || open_again(f, from) == from) {
            if (from >= end) {
                break;
            }
            int64_t to = closes_next(f, from);
            f->open[f->open_count++] = from;
            f->open[f->open_count++] = to;
            from = to;
        }
        t = from;
    }
}

/* Lots that come: a Poisson stream whose rate changes by the day, by summing up the rate until it
 * exceeds an exponential number. */
static enum zhol_error draw_arrivals(struct future *f)
{
    uint64_t stream = map_hash_u64(f->replication, LUCK_ARRIVAL), number = 0;
    double wanted = random_exponential_at(random_uniform_at(f->seed, stream, number++), 1);
    f->arrival_count = 0;
    for (uint32_t day = 0; day < f->day_count; day++) {
        double rate = f->come_day[day] / f->crisis->lot, at = 0; /* lots a day; of the day */
        while (rate > 0 && at + wanted / rate < 1) {
            at += wanted / rate;
            enum zhol_error error =
                ARRAY_RESERVE(f->arrivals, f->arrival_capacity, f->arrival_count + 1);
            if (error || f->arrival_count >= LOTS_MAX) {
                return error ? error : ZHOL_ERROR_LIMIT;
            }
            int64_t s = (int64_t)((day + at) * (double)DAY_S);
            int64_t last = f->arrival_count ? f->arrivals[f->arrival_count - 1] : -1;
            f->arrivals[f->arrival_count++] = s > last ? s : last + 1;
            wanted = random_exponential_at(random_uniform_at(f->seed, stream, number++), 1);
        }
        wanted -= rate * (1 - at);
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error draw_future(struct future *f)
{
    for (uint32_t i = 0; i < f->crisis->row_count; i++) {
        f->values[i] = drawn(f, i);
    }
    draw_days(f);
    draw_openings(f);
    return draw_arrivals(f);
}

/* ---- The station on the engine ---- */

struct station {
    struct zhol_engine *engine;
    struct zhol_engine_run *run;
    uint32_t server;
    uint32_t period_of[PERIODS_MAX]; /* per day: which time a lot takes */
};

/* The step at which a lot that is being taken now goes on: the time of this day. */
static uint32_t time_of_day(void *context, struct zhol_engine_run *run, uint32_t entity,
                            uint32_t argument)
{
    const struct station *station = context;
    int64_t day = zhol_engine_now(run) / DAY_S;
    (void)entity;
    return 2 + 2 * station->period_of[day < argument ? day : argument - 1];
}

/* Steps: take the server, find the day's time, spend it, give the server back. */
static enum zhol_error add_process(struct station *s, const struct future *f, uint32_t *process)
{
    struct zhol_engine_step steps[2 * PERIODS_MAX + 4];
    uint32_t count = 2, periods = 0, call;
    enum zhol_error error = zhol_engine_function(s->engine, time_of_day, &call);
    steps[0] = (struct zhol_engine_step){
        .op = ZHOL_OP_SEIZE, .a = s->server, .b = 1, .c = ZHOL_ENGINE_NONE};
    steps[1] = (struct zhol_engine_step){.op = ZHOL_OP_CALL, .a = call, .b = f->day_count};
    for (uint32_t day = 0; !error && day < f->day_count; day++) {
        if (day == 0 || f->taken_day[day] != f->taken_day[day - 1]) {
            double rate = f->taken_day[day] / f->crisis->lot;
            struct zhol_dist dist = {.kind = ZHOL_DIST_ERLANG, /* nothing taken: once in an age */
                                     .a = rate > 1e-3 ? (double)DAY_S / rate : 1e8,
                                     .b = STAGES};
            uint32_t id;
            error = zhol_engine_dist(s->engine, &dist, &id);
            steps[count++] = (struct zhol_engine_step){.op = ZHOL_OP_DELAY, .a = id};
            steps[count++] = (struct zhol_engine_step){.op = ZHOL_OP_GOTO};
            periods++;
        }
        s->period_of[day] = periods - 1;
    }
    for (uint32_t k = 0; k < periods; k++) {
        steps[3 + 2 * k].c = count;
    }
    steps[count] = (struct zhol_engine_step){.op = ZHOL_OP_RELEASE, .a = s->server, .b = 1};
    steps[count + 1] = (struct zhol_engine_step){.op = ZHOL_OP_END};
    return error ? error : zhol_engine_process(s->engine, steps, count + 2, process);
}

static uint32_t standing_lots(const struct future *f)
{
    double units = 0;
    for (uint32_t i = 0; i < f->crisis->row_count; i++) {
        units = f->crisis->rows[i].item == CRISIS_STANDING ? f->values[i] : units;
    }
    double lots = units / f->crisis->lot;
    return lots < LOTS_MAX ? (uint32_t)llround(lots) : LOTS_MAX;
}

static enum zhol_error build(struct station *s, const struct future *f)
{
    uint32_t calendar = 0, process = 0, source;
    struct zhol_engine_resource server = ZHOL_RESOURCE_INIT;
    enum zhol_error error = zhol_engine_new(&s->engine);
    if (error) {
        return error;
    }
    error = zhol_engine_calendar(s->engine, f->open, f->open_count, 0, &calendar);
    server.name = "handing over";
    server.calendar = calendar;
    error = error ? error : zhol_engine_resource(s->engine, &server, &s->server);
    error = error ? error : add_process(s, f, &process);
    struct zhol_engine_source lots = ZHOL_SOURCE_INIT;
    lots.process = process;
    lots.times = f->arrivals;
    lots.time_count = f->arrival_count;
    lots.at_start = standing_lots(f);
    error = error ? error : zhol_engine_source(s->engine, &lots, &source);
    return error ? error : zhol_engine_seal(s->engine, NULL);
}

/* ---- What came of a future ---- */

struct series {
    const uint32_t *lots; /* queue at k * SAMPLE_S; the first is looked at before anybody came */
    uint32_t count, standing;
    double lot;
};

static double units_at(const struct series *s, uint32_t k)
{
    return (k ? s->lots[k] : s->standing) * s->lot;
}

static double queue_at(const struct series *s, double day)
{
    double k = floor(day * (double)DAY_S / SAMPLE_S + 0.5);
    k = k < 0 ? 0 : k < s->count ? k : s->count - 1;
    return units_at(s, (uint32_t)k);
}

static double come_between(const struct future *f, double from, double to)
{
    double count = 0;
    for (uint32_t i = 0; i < f->arrival_count; i++) {
        double day = (double)f->arrivals[i] / (double)DAY_S;
        count += day >= from && day < to;
    }
    return count * f->crisis->lot;
}

static double check_value(const struct future *f, const struct series *s, const struct outcome *o,
                          const struct crisis_row *row)
{
    double from = row->from == ZHOL_BLANK_DATE ? 0 : row->from - f->crisis->begin;
    double to = row->to == ZHOL_BLANK_DATE ? from + 1 : row->to - f->crisis->begin;
    switch (row->item) {
    case CRISIS_QUEUE_ON:
        return queue_at(s, from + 1);
    case CRISIS_TAKEN:
        return queue_at(s, from) + come_between(f, from, to) - queue_at(s, to);
    case CRISIS_PEAK:
        return o->peak;
    default:
        return o->cleared;
    }
}

static void look_at(const struct future *f, const struct series *s, struct outcome *o)
{
    double limit = 0;
    uint32_t peak = 0, check = 0;
    for (uint32_t i = 0; i < f->crisis->row_count; i++) {
        limit = f->crisis->rows[i].item == CRISIS_CLEARED ? f->values[i] : limit;
    }
    for (uint32_t k = 1; k < s->count; k++) {
        peak = units_at(s, k) > units_at(s, peak) ? k : peak;
    }
    uint32_t gone = peak;
    while (gone < s->count && units_at(s, gone) > limit) {
        gone++;
    }
    o->peak = units_at(s, peak);
    o->peak_day = (double)peak * SAMPLE_S / (double)DAY_S;
    o->cleared = gone < s->count ? (double)gone * SAMPLE_S / (double)DAY_S : INFINITY;
    for (uint32_t i = 0; i < f->crisis->row_count; i++) {
        if (f->crisis->rows[i].role == CRISIS_CHECK && check < 32) {
            o->checks[check++] = check_value(f, s, o, &f->crisis->rows[i]);
        }
    }
}

static enum zhol_error live(struct future *f, struct outcome *outcome)
{
    struct station station = {.engine = NULL};
    struct series series = {.lot = f->crisis->lot};
    int64_t end = (int64_t)f->day_count * DAY_S;
    enum zhol_error error = draw_future(f);
    error = error ? error : build(&station, f);
    struct zhol_run_options options = {.seed = f->seed,
                                       .replication = f->replication,
                                       .sample_every = SAMPLE_S,
                                       .audit = true,
                                       .context = &station};
    error = error ? error : zhol_engine_run_new(station.engine, &options, &station.run);
    error = error ? error : zhol_engine_run_until(station.run, end + 1);
    if (!error) {
        series.lots = zhol_engine_samples(station.run, station.server, &series.count);
        series.standing = standing_lots(f);
        error = series.count ? ZHOL_ERROR_OK : ZHOL_ERROR_INTERNAL;
    }
    if (!error) {
        look_at(f, &series, outcome);
    }
    zhol_engine_run_free(station.run);
    zhol_engine_free(station.engine);
    return error;
}

/* ---- All futures together ---- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The quantiles of a member of all outcomes. */
static struct crisis_band band_of(const struct outcome *outcomes, uint32_t count, size_t member,
                                  double shift, double *scratch)
{
    for (uint32_t i = 0; i < count; i++) {
        double value;
        memcpy(&value, (const char *)&outcomes[i] + member, sizeof value);
        scratch[i] = value + shift;
    }
    qsort(scratch, count, sizeof *scratch, by_value);
    return (struct crisis_band){.p10 = scratch[(count - 1) / 10],
                                .p50 = scratch[(count - 1) / 2],
                                .p90 = scratch[(uint32_t)(((uint64_t)count - 1) * 9 / 10)]};
}

/* How far the range from low to high is from the median, in widths of the band on that side. */
static double miss_of(struct crisis_band band, double low, double high)
{
    bool above = low > band.p50;
    double off = above ? low - band.p50 : band.p50 - high;
    double width = above ? band.p90 - band.p50 : band.p50 - band.p10;
    if (off <= 0 || (isinf(width) && !isinf(off))) {
        return 0;
    }
    if (isinf(off)) { /* the median outlasts the forecast: only which side of p10 is known */
        return high >= band.p10 ? 1 : INFINITY;
    }
    return width > 0 ? off / width : INFINITY;
}

static struct crisis_score score_of(const struct crisis *c, uint32_t row, struct crisis_band band)
{
    const struct crisis_row *r = &c->rows[row];
    struct crisis_score score = {.row = row, .band = band, .error = NAN};
    double value = r->value;
    if (r->item == CRISIS_CLEARED_BY && isnan(value)) {
        value = (double)r->from - c->begin;
    }
    double low = isnan(r->low) ? value : r->low, high = isnan(r->high) ? value : r->high;
    score.within = high >= band.p10 && low <= band.p90;
    score.miss = miss_of(band, low, high);
    if (value > 0 && isfinite(band.p50)) {
        score.error = band.p50 / value - 1;
    }
    return score;
}

static void sum_up(const struct crisis *c, const struct outcome *outcomes, uint32_t count,
                   double *scratch, struct crisis_forecast *forecast)
{
    double begin = c->begin;
    uint32_t never = 0, check = 0;
    memset(forecast, 0, sizeof *forecast);
    forecast->peak = band_of(outcomes, count, offsetof(struct outcome, peak), 0, scratch);
    forecast->peak_day =
        band_of(outcomes, count, offsetof(struct outcome, peak_day), begin, scratch);
    forecast->cleared = band_of(outcomes, count, offsetof(struct outcome, cleared), begin, scratch);
    for (uint32_t i = 0; i < count; i++) {
        never += isinf(outcomes[i].cleared) ? 1 : 0;
    }
    forecast->never = (double)never / count;
    for (uint32_t i = 0; i < c->row_count && check < 32; i++) {
        if (c->rows[i].role == CRISIS_CHECK) {
            size_t member = offsetof(struct outcome, checks) + check * sizeof(double);
            struct crisis_score score =
                score_of(c, i, band_of(outcomes, count, member, 0, scratch));
            forecast->within += score.within;
            forecast->scores[check++] = score;
        }
    }
    forecast->score_count = check;
}

enum zhol_error crisis_forecast(const struct crisis *crisis, const struct crisis_options *options,
                                struct crisis_forecast *forecast)
{
    uint32_t count = options->replications ? options->replications : REPLICATIONS;
    struct future *f = calloc(1, sizeof *f);
    struct outcome *outcomes = calloc(count, sizeof *outcomes);
    double *scratch = calloc(count, sizeof *scratch);
    enum zhol_error error = f && outcomes && scratch ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        f->crisis = crisis;
        f->day_count = (uint32_t)(crisis->end - crisis->begin);
        f->seed = options->seed ? options->seed : 1;
        f->values = calloc((size_t)crisis->row_count + 1, sizeof *f->values);
        error = f->values ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; !error && i < count; i++) {
        f->replication = i;
        error = live(f, &outcomes[i]);
    }
    if (!error) {
        sum_up(crisis, outcomes, count, scratch, forecast);
    }
    if (f) {
        free(f->values);
        free(f->arrivals);
    }
    free(f);
    free(outcomes);
    free(scratch);
    return error;
}
