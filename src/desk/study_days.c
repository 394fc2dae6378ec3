/* study_days.c: average days at the gauge breaks. See the header. */
#include "desk/study_days.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "desk/dispatch_parts.h"

/* Steps of the search: enough for a day of average trains, see docs/dispatch.md. */
enum { STEPS = 200 };

static double thread_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- Which crossings ---- */

static bool is_there(const struct study_days *days, const uint32_t *node)
{
    for (uint32_t i = 0; i < days->count; i++) {
        const uint32_t *own = days->list[i].joint.day.node;
        if (own[0] == node[0] && own[1] == node[1]) {
            return true;
        }
    }
    return false;
}

/* Stations of which the corridor knows figures: the others have no yard to plan. */
static bool has_figures(const struct zhol_corridor *corridor, const uint32_t *node)
{
    uint32_t count;
    const struct zhol_station_figure *rows = zhol_corridor_station_figure(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].node_id == node[0] || rows[i].node_id == node[1]) {
            return true;
        }
    }
    return false;
}

static bool accepts_any(const struct dispatch_day *day)
{
    uint32_t sum = 0;
    for (int32_t h = 0; h < day->engine.horizon_min / 60; h++) {
        sum += day->accepts[ZHOL_DISPATCH_1435][h];
        sum += day->accepts[ZHOL_DISPATCH_1520][h];
    }
    return sum > 0;
}

/* ---- What comes out ---- */

static void count_train(struct study_day *at, uint32_t train, double *wait_min)
{
    const struct dispatch_day *day = &at->joint.day;
    const struct zhol_dispatch_plan *plan = &at->joint.plan;
    struct study_day_side *side = &at->sides[day->trains[train].gauge];
    uint32_t pushed = 0;
    int32_t leaves = 0;
    for (uint32_t u = 0; u < day->engine.unit_count; u++) {
        const struct zhol_dispatch_carriage *carriage = &plan->carriages[u];
        if (day->units[u].train == train) {
            side->groups++;
            pushed += carriage->formed == ZHOL_DISPATCH_NONE;
            leaves = carriage->leave_min > leaves ? carriage->leave_min : leaves;
        }
    }
    side->expected++;
    side->pushed += pushed;
    if (pushed == 0) {
        side->taken++;
        *wait_min += leaves - day->trains[train].ready_min;
    }
}

static void count_day(struct study_day *at)
{
    const struct zhol_dispatch_plan *plan = &at->joint.plan;
    double wait_min[ZHOL_DISPATCH_GAUGES] = {0};
    for (uint32_t i = 0; i < at->joint.day.engine.train_count; i++) {
        count_train(at, i, &wait_min[at->joint.day.trains[i].gauge]);
    }
    for (uint32_t i = 0; i < plan->formed_count; i++) {
        /* what is formed on a gauge came on the other */
        at->sides[plan->formed[i].gauge == ZHOL_DISPATCH_1435 ? ZHOL_DISPATCH_1520
                                                              : ZHOL_DISPATCH_1435]
            .formed++;
    }
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        at->sides[g].wait_h = at->sides[g].taken ? wait_min[g] / at->sides[g].taken / 60 : NAN;
    }
}

/* The averages of which the day's whole trains are made. */
static enum zhol_error average_find(struct study_day *at)
{
    enum { KINDS_MAX = 64 };
    struct figure_group groups[KINDS_MAX];
    uint32_t count = 0;
    enum zhol_error error = dispatch_expected(&at->joint.day, groups, KINDS_MAX, &count);
    for (uint32_t i = 0; !error && i < count; i++) {
        double trains = groups[i].values[zhol_station_measure_TRAINS];
        enum zhol_dispatch_gauge gauge = dispatch_gauge_of(groups[i].gauge_mm);
        if (gauge < ZHOL_DISPATCH_GAUGES && !isnan(trains)) {
            at->sides[gauge].average += trains;
        }
    }
    return error;
}

/* *made stays false where the corridor knows too little of the crossing. */
static enum zhol_error plan_day(const struct zhol_corridor *corridor, uint32_t station,
                                int32_t date, uint64_t seed, struct study_day *at, bool *made)
{
    const struct zhol_dispatch_options options = {.seed = seed, .threads = 1, .iterations = STEPS};
    struct dispatch_day *day = &at->joint.day;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    dispatch_joint_init(&at->joint);
    dispatch_day_init(day, corridor, date, DISPATCH_HOURS * 60);
    enum zhol_error error = dispatch_day_station(day, station);
    error = error ? error : dispatch_day_expect(day);
    if (error == ZHOL_ERROR_UNKNOWN || (!error && !accepts_any(day))) {
        zhol_report_clear(&report);
        return ZHOL_ERROR_OK;
    }
    error = error ? error : dispatch_day_seal(day, &report);
    error = error ? error : zhol_dispatch_solve(&day->engine, &options, &at->joint.plan);
    error = error ? error : dispatch_joint_begin(&at->joint);
    if (!error) {
        count_day(at);
        error = average_find(at);
        *made = !error;
    }
    zhol_report_clear(&report);
    return error;
}

enum zhol_error study_days_make(const struct zhol_corridor *corridor, int32_t date, uint64_t seed,
                                struct study_days *days)
{
    double begun = thread_s();
    uint32_t places = zhol_corridor_things(corridor, ZHOL_TABLE_node);
    enum zhol_error error = ZHOL_ERROR_OK;
    *days = (struct study_days){.list = calloc(STUDY_DAYS_MAX, sizeof *days->list)};
    if (!days->list) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t p = 0; !error && p < places && days->count < STUDY_DAYS_MAX; p++) {
        uint32_t node[ZHOL_DISPATCH_GAUGES];
        bool made = false;
        if (dispatch_crossing(corridor, p, date, node) || is_there(days, node) ||
            !has_figures(corridor, node)) {
            continue;
        }
        struct study_day *at = &days->list[days->count];
        error = plan_day(corridor, p, date, seed, at, &made);
        if (made) {
            days->count++;
        } else {
            dispatch_joint_clear(&at->joint);
            *at = (struct study_day){.sides = {{0}}};
        }
    }
    days->cpu_s = thread_s() - begun;
    return error;
}

void study_days_clear(struct study_days *days)
{
    for (uint32_t i = 0; i < days->count; i++) {
        dispatch_joint_clear(&days->list[i].joint);
    }
    free(days->list);
    *days = (struct study_days){.list = NULL};
}
