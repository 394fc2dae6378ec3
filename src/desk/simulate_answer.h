/* desk/simulate_answer.h: what a study answers, worked out for those who write it.
 *
 * Everything that the table, JSON, CSV, XLSX, SVG and HTML of `zhol simulate` say is in here; they
 * compute nothing. Means are over replications with 95 % Student intervals; an interval that its
 * method does not give is NaN and is not printed.
 *
 * Call order: answer_make over a study that ran (and, to compare, a second one with the same seed
 * and replications), reading, answer_clear. The studies must outlive it.
 * Ownership: the caller owns *answer. Errors: ZHOL_ERROR_MEMORY and those of <zhol/simulate.h>.
 */
#ifndef ZHOL_DESK_SIMULATE_ANSWER_H
#define ZHOL_DESK_SIMULATE_ANSWER_H

#include "desk/simulate_borders.h"
#include "desk/simulate_groups.h"
#include "desk/simulate_listed.h"
#include "desk/simulate_pairs.h"
#include "desk/simulate_steady.h"
#include "desk/simulate_study.h"

struct answer_group {
    struct group group;
    struct zhol_simulate_flows_result result;
    double arrived_share; /* tonnes that arrived over those wanted in the days; NaN: none wanted */
    double under_way_t;   /* tonnes at the end, a replication: on the way or held */
    struct pairs_gain gain; /* of the second study, where there is one */
};

struct answer_place {
    uint32_t place;
    struct zhol_simulate_place about;
    struct zhol_simulate_place_result result;
};

/* The queues of all model places at one place of the corridor, over time. Arrays have one value a
 * sample. low and high: 10 % and 90 % of the replications. */
struct answer_station {
    uint32_t node;
    uint32_t *places;
    uint32_t place_count;
    double queue_mean; /* over time and replications; order */
    double *mean, *low, *high;
    double *oldest_h, *oldest_high_h;
    double
        *passed_day; /* trains and trucks that began their control, a day; of each sample's day */
    double *other_mean; /* of the second study; NULL without */
};

/* When a queue of the state has cleared. Quantiles over replications; days from the start, INFINITY
 * where it is not within the simulated time; intervals of the quantiles, NaN where there is none.
 */
struct answer_clearing {
    uint32_t queue;                  /* of the state */
    double usual;                    /* vehicles that usually wait there at most */
    double limit;                    /* vehicles under which it counts as cleared */
    double days[3], low[3], high[3]; /* P50, P90, P95 */
    double peak[3];                  /* P10, P50, P90 */
    double arrival_days[3];          /* of those who stood there: P50, P90, P95, until their
                                        destination; NaN where they were not followed */
    uint64_t arrived;                /* units followed, all replications */
};

/* How long a disruption is felt after its end (desk/simulate_recovery.h). Quantiles over runs, days
 * from its end; INFINITY where it does not end or is felt to the end of the simulated time. */
struct answer_recovery {
    uint32_t disruption; /* of the state */
    uint32_t places;     /* of the model at which it is felt */
    uint32_t runs;
    bool ended;                      /* within the simulated time */
    double most[3];                  /* vehicles that wait more than without: P10, P50, P90 */
    double days[3], low[3], high[3]; /* P50, P90, P95 and their intervals, as in a clearing */
};

struct answer {
    const struct study *study, *other; /* other: to compare with, or NULL */
    struct groups groups, other_groups;
    struct pairs_units units;  /* of the second study less the first, one by one */
    struct answer_group *list; /* as groups.list */
    uint32_t count;
    struct answer_place *places; /* by mean queue, greatest first */
    uint32_t place_count;
    struct answer_station *stations; /* by mean queue, greatest first */
    uint32_t station_count;
    uint32_t samples;
    double sample_h;
    struct answer_clearing *clearings;
    uint32_t clearing_count;
    struct answer_recovery *recoveries;
    uint32_t recovery_count;
    struct zhol_simulate_worth *worths;
    uint32_t worth_count;
    struct borders borders; /* where asked for */
    struct listed listed;   /* consignments of a list */
    uint64_t events;
    double blocked, abandoned, bans; /* a replication */
    struct steadiness steady;
    bool settled; /* steady.kind is STEADY; always with a given state */
    bool audited, holds;
    uint64_t fingerprint;                   /* of all replications */
    uint64_t recomputed, not_recomputed;    /* services: zhol_engine_run_recomputed */
    uint32_t failed;                        /* replication that does not hold */
    char why[200];                          /* and why */
    double time_share[ZHOL_EVIDENCE_COUNT]; /* planned minutes, loads weigh, by evidence */
};

enum { ANSWER_STATIONS = 12 };
/* Mean queue from which on a place is tried with one more unit. */
#define WORTH_QUEUE_LEAST 0.5

enum zhol_error answer_make(const struct study *study, const struct study *other,
                            struct answer *answer);
void answer_clear(struct answer *answer);

#endif
