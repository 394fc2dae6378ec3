/* desk/corridor_study.h: the study: scenarios side by side through every engine, on one corridor.
 *
 * What it does: for the base and each scenario (a date and overlays) it compiles the corridor,
 * plans the reference relations, dispatches a day at the gauge breaks, assigns the freight of the
 * period and simulates it, with the same luck in all scenarios (common random numbers), so that
 * differences have narrow intervals. Scenarios are independent and run in threads; results stand in
 * the order asked for, the same bytes for every number of threads and ranks.
 *
 * Call order: corridor_study_options_init, corridor_study_run, reading, corridor_study_clear.
 * Ownership: the caller owns it; the corridors must outlive it.
 */
#ifndef ZHOL_DESK_CORRIDOR_STUDY_H
#define ZHOL_DESK_CORRIDOR_STUDY_H

#include "desk/assign_study.h"
#include "desk/demand_table.h"

/* A relation that is planned and simulated in every scenario. */
struct study_relation {
    uint32_t from, to; /* nodes of the scenario's corridor */
    bool reachable;
    double promise_p50_days, promise_p90_days; /* of the fastest way without trucks on the trunk */
    double cost_usd_feu, co2e_kg_feu;          /* of the cheapest within 1.5 times that time */
    uint32_t border_nodes[8], border_count;    /* crossings on the fastest way */
    double simulated_p50_days, simulated_p90_days; /* NaN: no freight on it */
};

/* What a reader compares over scenarios: one figure with its interval and its difference from the
 * base. NaN: not known, or no interval. */
struct study_figure {
    double value, low, high;
    double difference, difference_low, difference_high;
};

/* A crossing: a place with border controls or a gauge break. */
struct study_crossing {
    uint32_t node;
    double t_year[2];           /* assigned tonnes a year: towards China, from China */
    double use, capacity;       /* of its fullest binding resource; its unit */
    uint32_t resource;          /* thing, or ZHOL_NONE */
    double price_usd_day;       /* of one more unit a day */
    struct study_figure queue;  /* mean queue, simulated, units */
    struct study_figure wait_h; /* mean wait, simulated */
};

struct study_scenario {
    const char *name;                     /* "base", or the folder's name, or a sweep's point */
    const struct zhol_corridor *corridor; /* with its overlays */
    int32_t day;                          /* of its network */
    struct study_relation *relations;
    uint32_t relation_count;
    struct study_crossing *crossings;
    uint32_t crossing_count;
    struct assign_study assign; /* of the period on this network */
    struct study_figure carried_mt, unmet_mt, transit_days_mean, cost_usd_feu, co2e_kt,
        delay_usd_day;
};

struct corridor_study {
    struct study_scenario *scenarios; /* the first is the base */
    uint32_t scenario_count;
    struct corridor_study_stage {
        const char *name;
        double wall_s, cpu_s;
    } stages[16];
    uint32_t stage_count;
};

/* By name; NULL where the study has no such scenario. */
const struct study_scenario *corridor_study_find(const struct corridor_study *study,
                                                 const char *name);

#endif
