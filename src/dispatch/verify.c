/* verify.c: checks a plan against its day, minute by minute, without the planner's books.
 *
 * It shares with the planner only the facts of a day (work minutes, bans, when pushed units leave).
 * Occupation is counted in one byte a minute, stock in one number a minute.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dispatch/compiled.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

/* Moves of an hour; `fresh`: the last that is no history, as its row. */
struct moves {
    uint32_t count, fresh;
    bool any;
};

struct verify {
    const struct compiled *compiled;
    const struct zhol_dispatch_day *day;
    const struct zhol_dispatch_plan *plan;
    struct zhol_report *report;
    uint32_t faults;
    uint8_t *used; /* [row * SPAN_MINUTES + minute]: fronts, then tracks, then locomotives */
    struct moves moves[ZHOL_DISPATCH_MOVES][ZHOL_DISPATCH_GAUGES][ZHOL_DISPATCH_HORIZON_MAX / 60];
};

static void expect(struct verify *verify, bool truth, const char *table, uint32_t row,
                   const char *column, const char *expected)
{
    if (!truth) {
        verify->faults++;
        zhol_report_add(verify->report, &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_CONFLICT, row,
                                                               table, column, "", expected});
    }
}

/* Counts a use of a row of the day; false when it is used or closed at any minute of it. History
 * asks not what is closed now. */
static bool use(struct verify *verify, uint32_t row, const struct span *closed, int32_t from,
                int32_t until, bool past)
{
    bool good = past || span_is_free(closed, from, until);
    for (int32_t m = from; m < until && m < SPAN_MINUTES; m++) {
        uint8_t *byte = verify->used + (size_t)row * SPAN_MINUTES + m;
        good = good && !*byte;
        *byte = 1;
    }
    return good;
}

static void move_check(struct verify *verify, const char *table, uint32_t row,
                       enum zhol_dispatch_move move, enum zhol_dispatch_gauge gauge, int32_t minute,
                       uint32_t locomotive, bool past)
{
    const struct zhol_dispatch_day *day = verify->day;
    struct moves *hour = &verify->moves[move][gauge][minute / 60];
    hour->count++;
    if (!past) {
        hour->fresh = row;
        hour->any = true;
    }
    if (!day->needs_locomotive[move][gauge]) {
        expect(verify, locomotive == NONE, table, row, "locomotive", "none, as none is needed");
        return;
    }
    bool there = locomotive < day->locomotive_count && day->locomotives[locomotive].move == move &&
                 day->locomotives[locomotive].gauge == gauge;
    expect(verify, there, table, row, "locomotive", "one that makes such moves");
    if (there) {
        expect(verify,
               use(verify, day->front_count + day->track_count + locomotive,
                   verify->compiled->locomotives + locomotive, minute,
                   minute + day->locomotives[locomotive].return_min, past),
               table, row, "locomotive", "one that has returned");
    }
}

/* No hour has more moves than it takes, but for those that were before. */
static void hours_check(struct verify *verify)
{
    const struct zhol_dispatch_day *day = verify->day;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        for (int32_t h = 0; h < day->horizon_min / 60; h++) {
            const struct moves *in = &verify->moves[ZHOL_DISPATCH_ACCEPT][g][h];
            const struct moves *out = &verify->moves[ZHOL_DISPATCH_DEPART][g][h];
            expect(verify, !in->any || in->count <= day->accepts[g][h], "passages", in->fresh,
                   "hour", "no more trains than the hour takes");
            expect(verify, !out->any || out->count <= day->departs[g][h], "formed", out->fresh,
                   "hour", "no more trains than the hour takes");
        }
    }
}

static void track_check(struct verify *verify, const char *table, uint32_t row, uint32_t track,
                        enum zhol_dispatch_gauge gauge, int32_t length_m, const int32_t window[2],
                        bool past)
{
    const struct zhol_dispatch_day *day = verify->day;
    bool there = track < day->track_count && day->tracks[track].gauge == gauge &&
                 day->tracks[track].length_m >= length_m;
    expect(verify, there, table, row, "track", "one of its gauge that is long enough");
    if (there) {
        expect(verify,
               use(verify, day->front_count + track, verify->compiled->tracks + track, window[0],
                   window[1], past),
               table, row, "track", "a free and open track");
    }
}

/* True when the train is handled at times that can be looked at further. */
static bool passage_check(struct verify *verify, uint32_t train)
{
    const struct zhol_dispatch_day *day = verify->day;
    const struct zhol_dispatch_train *row = day->trains + train;
    const struct zhol_dispatch_passage *it = verify->plan->passages + train;
    if (it->accept_min == NEVER) {
        expect(verify,
               it->begin_min == NEVER && it->end_min == NEVER && it->front == NONE &&
                   it->track == NONE && it->locomotive == NONE,
               "passages", train, "accept_min", "nothing of a pushed train");
        return false;
    }
    int32_t work = it->front < day->front_count ? front_work_min(day, train, it->front) : 0;
    bool timed = it->accept_min >= 0 && it->accept_min >= row->ready_min &&
                 it->accept_min < day->horizon_min && it->begin_min < day->horizon_min &&
                 it->begin_min >= it->accept_min + row->inspect_min && work > 0 &&
                 it->end_min == it->begin_min + work && it->end_min <= day->horizon_min;
    expect(verify, timed, "passages", train, "begin_min", "the steps of a passage in their order");
    if (!timed) {
        return false;
    }
    bool past = row->done || it->accept_min < day->past_min;
    for (uint32_t i = 0; i < day->ban_count; i++) {
        const struct zhol_dispatch_ban *ban = day->bans + i;
        expect(verify,
               past || !ban->arriving || it->accept_min < ban->from_min ||
                   it->accept_min >= ban->until_min || !zhol_dispatch_ban_concerns(day, ban, train),
               "passages", train, "accept_min", "no ban");
    }
    move_check(verify, "passages", train, ZHOL_DISPATCH_ACCEPT, row->gauge, it->accept_min,
               it->locomotive, past);
    track_check(verify, "passages", train, it->track, row->gauge, row->length_m,
                (int32_t[]){it->accept_min, it->begin_min}, past);
    expect(verify,
           use(verify, it->front, verify->compiled->fronts + it->front, it->begin_min, it->end_min,
               row->done || it->begin_min < day->past_min),
           "passages", train, "front", "a free and open front");
    return true;
}

/* Whether a unit that goes is loaded in time. */
static bool is_loaded(const struct verify *verify, uint32_t unit)
{
    const struct zhol_dispatch_day *day = verify->day;
    const struct zhol_dispatch_unit *row = day->units + unit;
    const struct zhol_dispatch_carriage *it = verify->plan->carriages + unit;
    const struct zhol_dispatch_passage *passage = verify->plan->passages + row->train;
    const struct zhol_dispatch_formed *formed = verify->plan->formed + it->formed;
    int32_t held = row->hold_until_min > row->data_min ? row->hold_until_min : row->data_min;
    int32_t load = formed->depart_min - day->form_min;
    if (!it->yard) {
        return formed->open_min <= passage->begin_min && held <= passage->begin_min &&
               passage->end_min <= load;
    }
    return !(row->flags & ZHOL_DISPATCH_NO_YARD) && passage->end_min + day->yard_min <= load &&
           held <= load;
}

/* Whether a formed train left before, by the clock or by a fact of one of its trains. */
static bool is_past(const struct verify *verify, uint32_t formed)
{
    bool past = verify->plan->formed[formed].depart_min < verify->day->past_min;
    for (uint32_t i = 0; i < verify->day->unit_count && !past; i++) {
        past = verify->plan->carriages[i].formed == formed &&
               verify->day->trains[verify->day->units[i].train].done == ZHOL_DISPATCH_LEFT;
    }
    return past;
}

static void carriage_check(struct verify *verify, uint32_t unit)
{
    const struct zhol_dispatch_day *day = verify->day;
    const struct zhol_dispatch_unit *row = day->units + unit;
    const struct zhol_dispatch_carriage *it = verify->plan->carriages + unit;
    const struct zhol_dispatch_passage *passage = verify->plan->passages + row->train;
    bool handled = passage->accept_min != NEVER;
    int32_t leave = verify->compiled->pushed_min[unit];
    if (it->formed != NONE) {
        bool there = it->formed < verify->plan->formed_count && handled;
        expect(verify, there, "carriages", unit, "formed", "a formed train, and a handled one");
        if (!there) {
            return;
        }
        const struct zhol_dispatch_formed *formed = verify->plan->formed + it->formed;
        leave = formed->depart_min;
        expect(verify,
               formed->gauge == gauge_other(day->trains[row->train].gauge) &&
                   formed->destination == row->destination,
               "carriages", unit, "formed", "a train of the other gauge to its destination");
        expect(verify, is_loaded(verify, unit), "carriages", unit, "formed",
               "loading in time, or by a yard that it may use");
        expect(verify,
               is_past(verify, it->formed) ||
                   ban_end(day, formed->gauge, formed->destination, row->flags, leave) == leave,
               "carriages", unit, "formed", "no ban");
    } else if (handled) {
        leave = verify->compiled->kept_min[unit];
        expect(verify, it->yard && !(row->flags & ZHOL_DISPATCH_NO_YARD), "carriages", unit, "yard",
               "a unit that may stay in the yard");
    }
    int32_t costs = passage->end_min + (it->yard && handled ? day->free_storage_min : 0);
    bool stored = it->yard && handled && costs < leave;
    expect(verify, it->leave_min == leave && (handled || !it->yard), "carriages", unit, "leave_min",
           "when it really leaves");
    expect(verify,
           it->late_min == (leave > row->contract_min ? leave - row->contract_min : 0) &&
               it->storage_min == (stored ? costs : NEVER),
           "carriages", unit, "late_min", "what follows from when it leaves");
}

/* Adds up the units of a formed train. */
static struct zhol_dispatch_formed formed_sum(const struct verify *verify, uint32_t formed)
{
    struct zhol_dispatch_formed sum = {.open_min = NEVER};
    for (uint32_t i = 0; i < verify->day->unit_count; i++) {
        const struct zhol_dispatch_unit *unit = verify->day->units + i;
        if (verify->plan->carriages[i].formed != formed) {
            continue;
        }
        int32_t begin = verify->plan->passages[unit->train].begin_min;
        sum.unit_count++;
        sum.weight_t += unit->weight_t;
        sum.length_m += unit->length_m;
        sum.heavy_20_pairs += unit->heavy_20_pairs;
        sum.pieces += unit->stock != NONE ? unit->pieces : 0;
        if (!verify->plan->carriages[i].yard && begin < sum.open_min) {
            sum.open_min = begin;
        }
    }
    return sum;
}

static void formed_check(struct verify *verify, uint32_t formed)
{
    const struct zhol_dispatch_day *day = verify->day;
    const struct zhol_dispatch_formed *it = verify->plan->formed + formed;
    struct zhol_dispatch_formed sum = formed_sum(verify, formed);
    bool timed = (unsigned)it->gauge < ZHOL_DISPATCH_GAUGES && it->depart_min >= day->form_min &&
                 it->depart_min < day->horizon_min && sum.unit_count > 0;
    expect(verify, timed, "formed", formed, "depart_min", "a departure within the day, with units");
    if (!timed) {
        return;
    }
    const struct zhol_dispatch_limits *limits = day->limits + it->gauge;
    int32_t open = sum.open_min == NEVER ? it->depart_min - day->form_min : sum.open_min;
    expect(verify, it->open_min == open, "formed", formed, "open_min", "the first direct unit");
    expect(verify,
           it->weight_t == sum.weight_t && it->length_m == sum.length_m &&
               it->heavy_20_pairs == sum.heavy_20_pairs && it->pieces == sum.pieces &&
               it->unit_count == sum.unit_count,
           "formed", formed, "weight_t", "the sums of its units");
    expect(verify,
           sum.weight_t <= limits->weight_t &&
               sum.length_m <= limits->length_wagons * ZHOL_DISPATCH_WAGON_M &&
               sum.heavy_20_pairs <= limits->heavy_20_pairs,
           "formed", formed, "length_m", "a train within its limits");
    expect(verify, formed == 0 || verify->plan->formed[formed - 1].depart_min <= it->depart_min,
           "formed", formed, "depart_min", "the order of departure");
    move_check(verify, "formed", formed, ZHOL_DISPATCH_DEPART, it->gauge, it->depart_min,
               it->locomotive, is_past(verify, formed));
    if (open >= 0 && open < it->depart_min) {
        track_check(verify, "formed", formed, it->track, it->gauge, sum.length_m,
                    (int32_t[]){open, it->depart_min},
                    open < day->past_min || is_past(verify, formed));
    }
}

static void level_change(int64_t *level, int32_t horizon, int32_t minute, int64_t count)
{
    for (int32_t m = minute; m < horizon; m++) {
        level[m] += count;
    }
}

static void stock_check(struct verify *verify, uint32_t stock, int64_t *level)
{
    const struct zhol_dispatch_day *day = verify->day;
    int32_t horizon = day->horizon_min;
    memset(level, 0, (size_t)horizon * sizeof *level);
    level_change(level, horizon, 0, day->stocks[stock].count);
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        if (day->deliveries[i].stock == stock) {
            level_change(level, horizon, day->deliveries[i].minute, day->deliveries[i].count);
        }
    }
    for (uint32_t i = 0; i < day->train_count; i++) {
        const struct zhol_dispatch_passage *it = verify->plan->passages + i;
        if (day->trains[i].frees_stock == stock && it->accept_min != NEVER) {
            level_change(level, horizon, it->end_min + day->release_min,
                         day->trains[i].frees_count);
        }
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        const struct zhol_dispatch_carriage *it = verify->plan->carriages + i;
        if (day->units[i].stock == stock && it->formed != NONE) {
            int32_t begin = verify->plan->passages[day->units[i].train].begin_min;
            int32_t from = it->yard ? verify->plan->formed[it->formed].depart_min : begin;
            level_change(level, horizon, from, -(int64_t)day->units[i].pieces);
        }
    }
    bool held = true;
    for (int32_t m = 0; m < horizon; m++) {
        held = held && level[m] >= 0;
    }
    expect(verify, held, "stocks", stock, "count", "never less than nothing");
}

static void objective_check(struct verify *verify)
{
    const struct zhol_dispatch_plan *plan = verify->plan;
    struct zhol_dispatch_objective sum = {.turns = plan->formed_count};
    for (uint32_t i = 0; i < plan->unit_count; i++) {
        const struct zhol_dispatch_carriage *it = plan->carriages + i;
        sum.late += (int64_t)verify->day->units[i].late_weight * it->late_min;
        sum.pushed += it->formed == NONE;
        sum.yard_boxes += it->yard ? verify->compiled->boxes[i] : 0;
    }
    expect(verify,
           sum.late == plan->objective.late && sum.pushed == plan->objective.pushed &&
               sum.turns == plan->objective.turns && sum.yard_boxes == plan->objective.yard_boxes,
           "objective", 0, "late", "the sum over the units");
    double gap = sum.late ? (double)(sum.late - plan->late_bound) / (double)sum.late : 0;
    expect(verify,
           plan->late_bound <= sum.late && plan->late_bound >= 0 && plan->gap == gap &&
               (!plan->optimal || plan->late_bound == sum.late),
           "objective", 0, "late_bound", "a bound not above the plan");
}

static void plan_check(struct verify *verify)
{
    bool sound = true;
    for (uint32_t i = 0; i < verify->day->train_count; i++) {
        uint32_t before = verify->faults;
        bool handled = passage_check(verify, i);
        sound = sound && (handled || verify->faults == before);
    }
    if (!sound) {
        return; /* what rests on such passages cannot be looked at */
    }
    uint32_t before = verify->faults;
    for (uint32_t i = 0; i < verify->day->unit_count; i++) {
        carriage_check(verify, i);
    }
    for (uint32_t i = 0; i < verify->plan->formed_count; i++) {
        formed_check(verify, i);
    }
    hours_check(verify);
    int64_t *level = malloc((size_t)SPAN_MINUTES * sizeof *level);
    for (uint32_t i = 0; level && i < verify->day->stock_count && verify->faults == before; i++) {
        stock_check(verify, i, level);
    }
    expect(verify, level, "stocks", 0, "count", "memory to count in");
    free(level);
    objective_check(verify);
}

enum zhol_error zhol_dispatch_verify(const struct zhol_dispatch_day *day,
                                     const struct zhol_dispatch_plan *plan,
                                     struct zhol_report *report)
{
    struct compiled compiled;
    enum zhol_error error = zhol_dispatch_check(day, report);
    if (!error) {
        error = compiled_init(&compiled, day);
    }
    if (error) {
        return error;
    }
    struct verify verify = {.compiled = &compiled, .day = day, .plan = plan, .report = report};
    size_t rows = (size_t)day->front_count + day->track_count + day->locomotive_count;
    bool sized = plan->train_count == day->train_count && plan->unit_count == day->unit_count &&
                 plan->formed_count <= day->unit_count;
    verify.used = calloc(rows + 1, SPAN_MINUTES);
    if (!verify.used) {
        error = ZHOL_ERROR_MEMORY;
    } else if (sized) {
        plan_check(&verify);
    } else {
        expect(&verify, false, "plan", 0, "train_count", "a plan of this day");
    }
    free(verify.used);
    compiled_clear(&compiled);
    return !error && verify.faults ? ZHOL_ERROR_CONFLICT : error;
}
