/* desk/corridor_study.h: the study: scenarios side by side through every engine, on one corridor.
 *
 * What it does: for the base and each scenario (overlays and a day) it compiles the corridor, plans
 * the relations that have a published transit time, assigns the freight of the period and simulates
 * a month of it, with the same luck everywhere (common random numbers). Scenarios stand on days of
 * their own (a railway that opens in 2027 changes nothing in 2026), and the base changes with the
 * day, too; so each scenario is held against the base of its own day, its `reference`, and only
 * that difference is the scenario's.
 *
 * What the asker changes (a capacity, a tariff, something closed; `changes`) is one more case,
 * named STUDY_CHANGED: the base's corridor made otherwise (corridor/otherwise.h), through every
 * engine, held against the base.
 *
 * Which scenarios: those asked for; else all of the corridor but those that change nothing that
 * freight uses (only tables of the border queue) and those of a day before the corridor's as_of,
 * which are history, and those that bring freight of another year (`left_out` says so).
 *
 * Cases (a scenario, or the base on a day) are independent and run in threads. The same bytes for
 * every number of threads.
 *
 * Call order: corridor_study_options_init, corridor_study_run, reading, corridor_study_clear.
 * Ownership: the caller owns it; it owns its corridors. Errors: ZHOL_ERROR_UNKNOWN (no such
 * scenario, named in the report; a change of what is not in force on the day of the base, its
 * number in `changed_fault`), those of reading, compiling and of the engines;
 * ZHOL_ERROR_INTERRUPTED where it was stopped before the base was done. Where it was
 * stopped later, the study holds the finished cases whose base is finished too, and `interrupted`
 * says so.
 * Cost on the reference corridor: about 5 s of processor time a case (docs/study.md).
 */
#ifndef ZHOL_DESK_CORRIDOR_STUDY_H
#define ZHOL_DESK_CORRIDOR_STUDY_H

#include "desk/assign_robust.h"
#include "desk/assign_study.h"
#include "desk/simulate_answer.h"

/* A relation with a published transit time, planned without trucks (and without trains where it was
 * published as one by sea). Arrivals as of desk/eta_arrival.h; NaN: no way. */
struct study_relation {
    uint32_t observation; /* row of table observation */
    uint32_t from, to;
    bool reachable, by_sea;
    double p50_days, p90_days; /* of the fastest way, from departure to arrival */
    int64_t fastest_min;       /* from being ready to arrival, of the fastest way */
    int64_t base_min;          /* of a scenario: that of its base, where they differ; else 0 */
    /* Of the cheapest way within STUDY_SLOWER times its time (of base_min) that waits for no ban to
     * end, where there is one. */
    double usd_feu, co2e_kg_feu;
    bool cost_known, co2e_known; /* no price, no factor of that way is missing */
    uint32_t crossings[8];       /* places on the fastest way at which borders are crossed */
    uint32_t crossing_count;
    uint32_t priced_crossings[8]; /* of the way that usd_feu and co2e_kg_feu are of */
    uint32_t priced_crossing_count;
    double published_low, published_high; /* days */
    /* By enum zhol_evidence, sums to 1 or 0: of the fastest way's time, the priced way's price. */
    double minutes_evidence[ZHOL_EVIDENCE_COUNT], cents_evidence[ZHOL_EVIDENCE_COUNT];
    uint32_t draws;                          /* of all assumed inputs; 0: none made */
    uint32_t same_way;                       /* draws in which the fastest way has these borders */
    struct assign_band p50_drawn, usd_drawn; /* NaN: not known in half of them */
};
#define STUDY_SLOWER 1.5

/* One figure with its 95 % interval over replications, and its difference from the reference with
 * the interval of pairs. NaN: not known, or no interval. */
struct study_figure {
    double value, half;
    double difference, difference_half;
};

/* Times of one kind of freight, door to door. */
struct study_freight {
    double t_day; /* wanted */
    struct study_figure transit_h, p50_h, p90_h;
};

/* Mean over the simulated time, with 80 % of the replications; NaN: nothing of the kind there. */
struct study_queue {
    double mean, low, high;
};

/* Two places at a border, joined by links of a mode. */
struct study_crossing {
    uint32_t a, b; /* nodes; a in the country that comes first by code */
    unsigned mode;
    double t_year[2];           /* assigned, from a to b and back */
    struct assign_band t_drawn; /* a year, both ways, all assumed inputs drawn; NaN: no draws */
    uint32_t capacity; /* number in assign.capacities of its fullest resource, or ZHOL_NONE */
    /* Waiting at both places: trains, trucks or ships of the mode at paths and controls; and in
     * yards what is reloaded or formed there (groups of boxes, wagons, parts of trains). */
    struct study_queue queue, yard;
    struct study_figure transit_h; /* of all freight that crosses, door to door */
};

struct study_case {
    const struct assign_change *change; /* of a point of a sweep; NULL: none */
    const char *name;                   /* "base", or the scenario's folder */
    const char *title, *title_ru;       /* of the corridor; "" for the base */
    uint32_t reference; /* number of the base case of the same day; its own for a base */
    int32_t day;        /* of its network */
    bool done;          /* through all stages; false only inside corridor_study_run */
    uint32_t kept;      /* its number after an interrupt; inside corridor_study_run */
    /* A base on whose day nothing that freight uses is otherwise: the number of the earlier base
     * with which it shares `robust`, and whose flows and limits are the same; else ZHOL_NONE. */
    uint32_t twin;
    struct zhol_corridor *corridor;
    struct zhol_network *network;
    struct study_relation *relations;
    uint32_t relation_count;
    struct assign_study assign;  /* average day of the period on this network */
    struct assign_robust robust; /* the same with all assumed inputs drawn */
    double cost_usd_t;           /* generalised cost a tonne carried */
    struct study study;          /* simulated; see desk/simulate_study.h */
    struct study_options simulated;
    struct answer answer;
    bool simulated_well;                          /* settled: queues neither grow nor drain */
    struct study_figure transit_h, p50_h, p90_h;  /* of all but pipelines */
    struct study_figure delay_usd_day, loads_day; /* of all */
    struct study_freight freight[FREIGHT_COUNT];  /* by kind of freight */
    double sooner, later; /* shares of units that arrive sooner or later than in the reference */
    struct study_crossing *crossings;
    uint32_t crossing_count;
};

/* The base with the demand that nobody published less or more: what was fitted to published totals
 * and what is assumed, each alone. */
struct study_soft {
    double factor;
    unsigned kind; /* enum zhol_demand_kind: the cells that are moved */
    bool done;     /* false where nobody asked, or after an interrupt */
    struct assign_study assign;
};
enum { STUDY_FITTED_LESS, STUDY_FITTED_MORE, STUDY_ASSUMED_LESS, STUDY_ASSUMED_MORE, STUDY_SOFT };
#define STUDY_SOFT_SHARE 0.1

enum study_stage {
    STUDY_READ,
    STUDY_COMPILE,
    STUDY_PLAN,
    STUDY_ASSIGN,
    STUDY_ROBUST,
    STUDY_SIMULATE,
    STUDY_STAGES
};

/* A case of a sweep: a scenario with one of its parameters set, or the base with one change that
 * the assignment knows (then only that is run). */
struct study_point {
    const char *name;     /* shown */
    const char *scenario; /* NULL: the base with `change` */
    const char *set;      /* "parameter=value" */
    struct assign_change change;
};

#define STUDY_CHANGED "changed"

struct corridor_study_options {
    const char *dir;              /* folder of the corridor */
    const char *const *scenarios; /* names; count 0: the rule above */
    uint32_t scenario_count;
    const char *const *set; /* "name=value" for those scenarios that have such a parameter */
    uint32_t set_count;
    const struct assign_change *changes; /* together one further case, held against the base */
    uint32_t change_count;
    const struct study_point *points; /* further cases */
    uint32_t point_count;
    bool points_only; /* no scenarios, no base with other demand */
    int32_t day;      /* of the base; ZHOL_BLANK_DATE: as_of */
    int32_t from, to; /* period of the demand; blank: the last whole year that has demand */
    double days, warm_up_days; /* simulated */
    uint32_t replications;
    uint32_t draws; /* of assumed inputs, for how firm bottlenecks are; 0: none */
    uint64_t seed;
    uint32_t threads; /* 0: as many as there are cores, at most 16 */
    bool base_only;   /* no scenarios */
    bool no_plan;     /* no relations */
    bool no_assign;   /* the network alone: no flows, crossings, simulation */
    bool no_simulation;
    const volatile bool *stop;
    /* Told from one thread at a time: units of work done of all. */
    void (*progress)(void *context, uint32_t done, uint32_t total, const char *doing);
    void *context;
};

enum study_why_out {
    STUDY_OUT_HISTORY,    /* of a day before the corridor's as_of */
    STUDY_OUT_QUEUE,      /* it changes nothing that freight uses */
    STUDY_OUT_OWN_FREIGHT /* it brings freight of another year, so it cannot carry the same as the
                             base */
};

struct study_left_out {
    char *name;
    enum study_why_out why;
};

struct corridor_study {
    struct corridor_study_options options; /* with what was blank filled in */
    struct study_case *cases;              /* the first is the base on its day */
    uint32_t case_count;
    struct study_left_out *left_out;
    uint32_t left_out_count;
    struct study_soft soft[STUDY_SOFT];
    char *changed_title[2]; /* English, Russian; of the case STUDY_CHANGED */
    uint32_t changed_fault; /* number of the change that failed, else ZHOL_NONE */
    bool interrupted;       /* some cases were not finished, and are not here */
    uint32_t asked_count;   /* cases that there were to be */
    char *missing;          /* after an interrupt: names of those that are not here, or NULL */
    double cpu_s[STUDY_STAGES], wall_s;
};

void corridor_study_options_init(struct corridor_study_options *options);
enum zhol_error corridor_study_run(const struct corridor_study_options *options,
                                   struct zhol_report *report, struct corridor_study *study);
void corridor_study_clear(struct corridor_study *study);

/* The case of a scenario (or "base"); NULL where the study has none. */
const struct study_case *corridor_study_find(const struct corridor_study *study, const char *name);
/* The relation of an observation in a case, or NULL. */
const struct study_relation *study_case_relation(const struct study_case *at, uint32_t observation);
const char *study_stage_word(enum study_stage stage); /* "read", ... */

/* ---- Parts ---- */

void study_case_clear(struct study_case *at);
/* After an interrupt: drops the cases that are not done, and those whose reference is not (they
 * could be held against nothing), and names them (corridor_study_cut.c). A reference stands before
 * its cases, so numbers are known. */
enum zhol_error study_keep_finished(struct corridor_study *study);

/* The corridor of the case of changes, and its titles (corridor_study_changed.c). */
enum zhol_error study_changed_make(struct corridor_study *study, int32_t day,
                                   struct zhol_corridor *corridor);
/* Relations of a case (corridor_study_relations.c); crossings after assign and simulation
 * (corridor_study_crossings.c). */
enum zhol_error study_relations_find(struct study_case *at);
/* After all cases are planned: in scenarios the set of ways that are not too slow is the base's, so
 * that no price falls because the fastest way slows. */
enum zhol_error study_relations_reprice(struct corridor_study *study);
enum zhol_error study_relations_draw(struct study_case *at, uint32_t draws, uint64_t seed);
enum zhol_error study_crossings_find(struct study_case *at);

#endif
