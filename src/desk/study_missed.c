/* study_missed.c: see study_missed.h. */
#include "desk/study_missed.h"

#include <math.h>

#define DAY_H 24.0

const struct zhol_simulate_flows_result *study_time_shown(const struct study_time *time)
{
    return time->trains.units > 0 ? &time->trains : time->all.units > 0 ? &time->all : NULL;
}

double study_time_off(const struct study_relation *relation, double days)
{
    return days > relation->published_high  ? days - relation->published_high
           : days < relation->published_low ? days - relation->published_low
                                            : 0;
}

bool study_time_agrees(const struct study_relation *relation,
                       const struct zhol_simulate_flows_result *result)
{
    return result->p90_h.mean / DAY_H >= relation->published_low &&
           result->p10_h / DAY_H <= relation->published_high;
}

/* The greater 10th percentile, days; NaN where nothing is simulated. */
static double p10_days(const struct study_time *time)
{
    double all = time->all.units > 0 ? time->all.p10_h / DAY_H : NAN;
    return time->trains.units > 0 ? fmax(all, time->trains.p10_h / DAY_H) : all;
}

bool study_time_unkept(const struct study_relation *relation, const struct study_time *time)
{
    return p10_days(time) > relation->p90_days;
}

static bool is_first(const struct study_case *at, const struct study_relation *relation)
{
    for (const struct study_relation *r = at->relations; r < relation; r++) {
        if (r->from == relation->from && r->to == relation->to && r->by_sea == relation->by_sea) {
            return false;
        }
    }
    return true;
}

static void add_time(const struct study_case *at, const struct study_relation *relation,
                     const struct study_time *time, struct study_missed *missed)
{
    const struct zhol_simulate_flows_result *shown = study_time_shown(time);
    double p50 = shown->p50_h.mean / DAY_H, off = fabs(study_time_off(relation, p50));
    double by = p10_days(time) - relation->p90_days;
    bool agrees = study_time_agrees(relation, shown);
    missed->agree += agrees;
    missed->miss += !agrees;
    if (!agrees &&
        (!missed->worst || off > fabs(study_time_off(missed->worst, missed->worst_p50_days)))) {
        missed->worst = relation;
        missed->worst_p50_days = p50;
    }
    if (study_time_unkept(relation, time) && is_first(at, relation)) {
        missed->unkept++;
        if (!missed->unkept_worst || by > missed->unkept_by_days) {
            missed->unkept_worst = relation;
            missed->unkept_by_days = by;
            missed->unkept_p10_days = p10_days(time);
        }
    }
}

enum zhol_error study_missed_find(const struct study_case *at, struct study_missed *missed)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    *missed = (struct study_missed){.agree = 0};
    for (uint32_t r = 0; !error && r < at->relation_count; r++) {
        const struct study_relation *relation = &at->relations[r];
        struct study_time time = {.to = ZHOL_NONE};
        double off = study_time_off(relation, relation->p50_days);
        if (relation->reachable && fabs(off) > fabs(missed->planned_off_days)) {
            missed->planned_worst = relation;
            missed->planned_off_days = off;
        }
        error = at->study.model ? study_time_find(at, relation, &time) : ZHOL_ERROR_OK;
        if (!error && time.to != ZHOL_NONE && study_time_shown(&time)) {
            add_time(at, relation, &time, missed);
        }
    }
    return error;
}
