/* zhol/simulate.h: a corridor on the discrete-event engine: what borders, trains, trucks, ferries
 * and pipelines will really do with given flows.
 *
 * Input is a compiled network, the rows of processes, resources and load classes to which it
 * refers, and flows: each a path of arcs with a mean number of loads a day. Shares of paths, demand
 * and dates come from above. Output is one flat block of integers per replication: times by cause
 * and histograms per flow, counts and series per place. Blocks of all replications are merged in
 * replication order, so results are the same bytes for every number of threads and ranks.
 *
 * Call order:
 *
 *   zhol_simulate_input_corridor, flows, zhol_simulate_options_init
 *   -> zhol_simulate_build                         one sealed model, may be shared by threads
 *   -> zhol_simulate_run                           replications -> blocks
 *   -> zhol_simulate_{flows,place,series,clearing,paired,...}
 *   -> zhol_simulate_free
 *
 * The model. A path is cut at every handling into stretches: one state of the cargo, one kind of
 * vehicle. Cargo travels as *units*: a unit is the largest part of a load that no train on its path
 * divides (20.5 FEU where trains of 41 become trains of 61.5), one truck load, one batch of a
 * pipeline. A train, truck, vessel or batch takes units along on a stretch and gives them up at its
 * end. On its way it takes tracks, paths, servers, platforms, locomotives and gives them back, or
 * waits; every second of a unit's life stands on one account of its ledger. docs/simulate.md says
 * of every element where its numbers come from; assumed ones stand in src/simulate/defaults.h.
 *
 * Time is in ticks of one second from `start_s`. Luck is named (zhol/engine.h): a flow's
 * `identity`, the number of its unit and what it does there, so that changed models share it.
 * Memory of a run does not grow with time. Errors: ZHOL_ERROR_USAGE and _RANGE for input without
 * sense (the report names flow and member), ZHOL_ERROR_LIMIT where time leaves the network's
 * horizon, ZHOL_ERROR_MEMORY, ZHOL_ERROR_INTERRUPTED (finished replications stay valid).
 */
#ifndef ZHOL_SIMULATE_H
#define ZHOL_SIMULATE_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>
#include <zhol/error.h>
#include <zhol/network.h>

/* ---- The ledger ----
 * CAUSE(NAME, "word", step): on which account time goes, and the step under which it is printed. */
#define ZHOL_SIMULATE_CAUSES(CAUSE)              \
    CAUSE(RUNNING, "running", RUN)               \
    CAUSE(HANDLING, "handling", HANDLE)          \
    CAUSE(BORDER, "border", BORDER)              \
    CAUSE(CRANE, "crane", WAIT)                  \
    CAUSE(PATH, "path", WAIT)                    \
    CAUSE(PLATFORM, "platform", WAIT)            \
    CAUSE(LOCOMOTIVE, "locomotive", WAIT)        \
    CAUSE(CUSTOMS, "customs", BORDER_WAIT)       \
    CAUSE(FILL, "fill", WAIT)                    \
    CAUSE(BAN, "ban", BORDER_WAIT)               \
    CAUSE(CALENDAR, "calendar", BORDER_WAIT)     \
    CAUSE(ACCEPTANCE, "acceptance", BORDER_WAIT) \
    CAUSE(WEATHER, "weather", WAIT)              \
    CAUSE(YARD, "yard", BORDER_WAIT)             \
    CAUSE(OTHER, "other", WAIT)
/* RUNNING, HANDLING and BORDER are work; OTHER is published dwell that no queue of the model
 * explains; all but work is waiting. */
enum zhol_simulate_cause {
#define ZHOL_SIMULATE_CAUSE_CODE(name, word, step) ZHOL_SIMULATE_##name,
    ZHOL_SIMULATE_CAUSES(ZHOL_SIMULATE_CAUSE_CODE)
#undef ZHOL_SIMULATE_CAUSE_CODE
        ZHOL_SIMULATE_CAUSE_COUNT
};
enum zhol_simulate_step {
    ZHOL_SIMULATE_STEP_NONE,
    ZHOL_SIMULATE_STEP_RUN,
    ZHOL_SIMULATE_STEP_HANDLE,
    ZHOL_SIMULATE_STEP_BORDER,      /* work of controls */
    ZHOL_SIMULATE_STEP_BORDER_WAIT, /* waiting at controls and for the other side */
    ZHOL_SIMULATE_STEP_WAIT,        /* other waiting */
    ZHOL_SIMULATE_STEP_COUNT
};
const char *zhol_simulate_cause_word(enum zhol_simulate_cause cause);
enum zhol_simulate_step zhol_simulate_cause_step(enum zhol_simulate_cause cause);
bool zhol_simulate_cause_waits(enum zhol_simulate_cause cause);

/* ---- Input ---- */

/* How cargo goes by rail; road, water and pipeline follow from the states on the path. */
enum zhol_simulate_kind {
    ZHOL_SIMULATE_BLOCK_TRAIN, /* leaves when full or at its deadline; only units of the same
                                  stretch and kind together */
    ZHOL_SIMULATE_WAGONLOAD, /* wagons of many flows in mixed trains: a share of a path on the line,
                                whole trains only over a border with a change of gauge */
    ZHOL_SIMULATE_BY_LOAD    /* block trains where enough comes to fill them before the deadline,
                                else as wagonload; what a demand table is given as */
};
enum zhol_simulate_arrival {
    ZHOL_SIMULATE_RANDOM, /* Poisson, its rate by week day and month */
    ZHOL_SIMULATE_EVEN,   /* evenly spaced within that rate */
    ZHOL_SIMULATE_REPLAY  /* at `times` */
};

struct zhol_simulate_flow {
    const uint32_t *arcs; /* the path: arcs of the network in order; rides are gone over their ways;
                             only read while building */
    const uint32_t *rides; /* per arc that is no ride: the ride over whose way it is gone, which
                              gives the pace of its train, or ZHOL_NONE; NULL: no such arc */
    uint32_t arc_count;
    uint32_t commodity;   /* thing; ZHOL_NONE: any. Says which controls concern it, for results */
    uint32_t load_class;  /* thing: what a load is; its rows say loads a train, truck load ... */
    uint8_t class;        /* enum zhol_word_cargo_class */
    uint8_t kind;         /* enum zhol_simulate_kind */
    uint8_t arrival;      /* enum zhol_simulate_arrival */
    uint8_t priority;     /* 0 is served first, to 3 */
    double loads_day;     /* mean loads a day; RANDOM and EVEN */
    double unit_loads;    /* loads that travel as one unit; 0: as described above */
    double week[7];       /* relative rate of the days, Monday first (UTC); all 0: even */
    double year[12];      /* relative rate of the months; all 0: even */
    double t_load;        /* tonnes a load, for results and resources in tonnes; 0: the payload */
    double usd_load_day;  /* what a day of delay costs a load */
    const int64_t *times; /* REPLAY: not falling, UTC s; each brings unit_loads where it is given
                             (in equal parts if that is more than travels as one), else one
                             full train, or one unit where there is no train; copied */
    uint32_t time_count;
    uint32_t identity; /* names its luck; 0: number + 1. Below 2^22, different for all flows */
    uint32_t origin, destination; /* nodes, carried for those who group; not read */
    uint32_t tag;                 /* the same: a crossing, a corridor */
};

struct zhol_simulate_input {
    const struct zhol_network_view *view;
    /* Tables of the corridor by row number; of a network made by hand, rows made by hand. */
    const struct zhol_process *processes;
    const struct zhol_resource *resources; /* of the table, not of the engine */
    const struct zhol_load_class *load_classes;
    const struct zhol_service *services; /* by row; may be NULL: assumed vessels */
    uint32_t process_count, resource_count, load_class_count, service_count;
    const uint32_t *service_rows;     /* row of a service thing; NULL: thing = row */
    const uint32_t *load_class_first; /* first row of a load class thing, count + 1 values */
    uint32_t load_class_things;
    const uint32_t *arc_names; /* per arc of the network: names its luck, below 2^27; NULL: its
                                  number. The same names in two networks give the same luck */
    const struct zhol_simulate_flow *flows;
    uint32_t flow_count;
    void *owned, *owned_names; /* what _input_corridor made */
};
/* Fills everything but flows from a corridor and a view of its network; arcs are named by the
 * identifiers of what they are, so that other arcs beside them change nothing. The corridor and the
 * view must outlive the building. zhol_simulate_input_clear frees what was made. */
enum zhol_error zhol_simulate_input_corridor(struct zhol_simulate_input *input,
                                             const struct zhol_corridor *corridor,
                                             const struct zhol_network_view *view);
void zhol_simulate_input_clear(struct zhol_simulate_input *input);

/* ---- Options ---- */

/* What a disruption or a change concerns; members that are ZHOL_NONE (or 0) do not narrow it. At
 * least one of node, link, process, resource must be set. */
struct zhol_simulate_scope {
    uint32_t node;     /* a place: its controls, handlings and the arcs that end there */
    uint32_t link;     /* thing */
    uint32_t process;  /* thing of table process */
    uint32_t resource; /* thing of table resource */
    uint32_t toward;   /* only arcs of links whose head is this node; controls in that direction */
    uint8_t class;     /* only cargo of this class (closures and bans) */
    uint8_t mode;      /* enum zhol_word_mode: only what goes by it, a handling on either side */
};
enum zhol_simulate_disruption_kind {
    ZHOL_SIMULATE_CLOSURE,  /* nothing passes; work in progress is finished */
    ZHOL_SIMULATE_CAPACITY, /* servers and slots work at `factor` of their speed (may exceed 1) */
    ZHOL_SIMULATE_LOADING   /* ban on departures of flows whose path goes there */
};
struct zhol_simulate_disruption {
    uint8_t kind;
    uint8_t cause; /* enum zhol_simulate_cause of the waiting: WEATHER, ACCEPTANCE, BAN ... */
    struct zhol_simulate_scope scope;
    int64_t from_s, to_s; /* UTC, half-open */
    double factor;        /* CAPACITY */
};

/* Units that stand somewhere at the start: before arc `at` of their flow's path, rides gone over
 * their ways (0: at the origin; zhol_simulate_path tells the numbers). */
struct zhol_simulate_standing {
    uint32_t flow, at;
    double loads;    /* rounded to units */
    int64_t since_s; /* their birth; not after the start */
    bool abandoned;  /* a train without locomotive on the line: lifted only so many a day */
    uint8_t before;  /* enum zhol_simulate_cause: where the time from since_s to the start stands */
    double after_h;  /* in motion until then; they come before the arc that long after the start */
};

/* What-if: other numbers at a place of the model (zhol_simulate_place_about). */
struct zhol_simulate_change {
    uint32_t place;
    int32_t more_units; /* servers, tracks, platforms, locomotives, vessels; +1: one more. At a
                           slot: one more a day of what its capacity counts (trains, wagons,
                           TEU, trucks ...) */
    double factor;      /* of its speed; 0: as it is */
};

struct zhol_simulate_options {
    int64_t start_s; /* UTC */
    double days;     /* measured */
    double warm_up_days;
    uint64_t seed;
    double sample_h;       /* step of the series of places; 0: none */
    double residual_share; /* of a process's published dwell beyond its technical time, the part
                              that is not made by queues of the model and is waited as OTHER; NAN:
                              assumed. What calibration fits */
    double work_factor;    /* of all technical times; 0: assumed (1) */
    bool autobans;         /* a full yard declares a ban on loading; on by _init */
    bool audit;            /* every run certifies itself */
    uint32_t entity_max;   /* 0: the engine's */
    const struct zhol_simulate_disruption *disruptions;
    const struct zhol_simulate_standing *standing;
    const struct zhol_simulate_change *changes;
    uint32_t disruption_count, standing_count, change_count;
};
void zhol_simulate_options_init(struct zhol_simulate_options *options);

/* ---- The model ---- */

struct zhol_simulate_model;

/* Makes the sealed model. Findings (a flow without path, a process without servers and so on) go to
 * `report` (may be NULL). Input may be freed afterwards. O(arcs of all paths * log). */
enum zhol_error zhol_simulate_build(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    struct zhol_report *report, struct zhol_simulate_model **out);
void zhol_simulate_free(struct zhol_simulate_model *model);

enum zhol_simulate_place_kind {
    ZHOL_SIMULATE_PLACE_SLOT,       /* a capacity in vehicles, wagons, TEU or tonnes a time */
    ZHOL_SIMULATE_PLACE_CONTROL,    /* officers and lanes of a border control */
    ZHOL_SIMULATE_PLACE_FRONT,      /* fronts, cranes, positions of a handling */
    ZHOL_SIMULATE_PLACE_YARD,       /* tracks of a border station, by way of approach */
    ZHOL_SIMULATE_PLACE_LINE,       /* sidings of the line before it */
    ZHOL_SIMULATE_PLACE_PLATFORM,   /* wagons of a gauge, as train sets */
    ZHOL_SIMULATE_PLACE_LOCOMOTIVE, /* of a border link */
    ZHOL_SIMULATE_PLACE_VESSEL,     /* vessels of a line; the queue are units on the quay */
    ZHOL_SIMULATE_PLACE_LIFT,       /* recovery of abandoned trains */
    ZHOL_SIMULATE_PLACE_BAN,        /* departures held by bans; the queue are units at origins */
    ZHOL_SIMULATE_PLACE_WEATHER,    /* a port that weather shuts; the queue are vessels */
    ZHOL_SIMULATE_PLACE_DOOR,       /* who came before opening hours, or to what is closed */
    ZHOL_SIMULATE_PLACE_KINDS
};
struct zhol_simulate_place {
    uint32_t number; /* of the place in its model */
    uint8_t kind;
    bool assumed;          /* its capacity rests on an assumption */
    uint32_t node;         /* or ZHOL_NONE */
    uint32_t link;         /* or ZHOL_NONE */
    uint32_t toward;       /* node towards which it serves; ZHOL_NONE: both ways */
    uint32_t process_row;  /* or ZHOL_NONE */
    uint32_t resource_row; /* or ZHOL_NONE */
    uint32_t units;        /* servers, tracks, sets ... */
    double
        nameplate_day;   /* vehicles that it can pass a day when always open; NAN: no limit known */
    double capacity_day; /* slot: the same in the unit of its resource (trains, wagons, TEU ...):
                            a vehicle of the model may be a load in a mixed train; else NAN */
    double offered_day;  /* vehicles that the flows bring a day, on average */
    double load;         /* what the flows ask of it over what it can in its usual opening hours:
                            from 1 on its queue grows without end; NAN: no limit known */
};
uint32_t zhol_simulate_place_count(const struct zhol_simulate_model *model);
void zhol_simulate_place_about(const struct zhol_simulate_model *model, uint32_t place,
                               struct zhol_simulate_place *about);
/* The longest time, of at least `least_h` hours, in which a place is closed between the beginning
 * of the warm-up and the end; false: none. Closures of the whole time count too. O(openings). */
bool zhol_simulate_place_closed(const struct zhol_simulate_model *model, uint32_t place,
                                double least_h, int64_t *from_s, int64_t *to_s);

struct zhol_simulate_flow_about {
    double unit_loads; /* loads a unit */
    double free_h;     /* mean transit time without any waiting */
    double loads_day;  /* mean, as given or replayed */
    double t_load, usd_load_day;
    uint32_t stretches;
    uint8_t kind; /* as which it goes by rail */
};
uint32_t zhol_simulate_flow_count(const struct zhol_simulate_model *model);
void zhol_simulate_flow_about(const struct zhol_simulate_model *model, uint32_t flow,
                              struct zhol_simulate_flow_about *about);
/* The arcs of a flow's path with rides gone over their ways; `at` of a standing unit counts in it.
 */
const uint32_t *zhol_simulate_path(const struct zhol_simulate_model *model, uint32_t flow,
                                   uint32_t *count);
/* Median minutes of each of them: of an arc on a ride, as the train of its service goes. */
const uint32_t *zhol_simulate_path_minutes(const struct zhol_simulate_model *model, uint32_t flow);
/* Vehicles (or units that go alone) as which an entry of options.standing waits in queues. */
uint32_t zhol_simulate_standing_vehicles(const struct zhol_simulate_model *model, uint32_t entry);
uint32_t zhol_simulate_sample_count(const struct zhol_simulate_model *model);
double zhol_simulate_sample_h(const struct zhol_simulate_model *model);

/* ---- Runs ---- */

/* Numbers of int64_t in the block of a replication. */
uint64_t zhol_simulate_block_size(const struct zhol_simulate_model *model);

struct zhol_simulate_unit;
/* All units that ended in one replication, in order of ending. */
struct zhol_simulate_ended {
    struct zhol_simulate_unit *units;
    uint64_t count;
};

struct zhol_simulate_runs {
    uint32_t first, stride, count; /* replications first, first + stride, ... */
    uint32_t threads;              /* 0: 1 */
    /* NULL, or `ended_count` empty lists: list i gets the units of replication first + i * stride,
     * where that was run. The caller frees the units, also after an error. */
    struct zhol_simulate_ended *ended;
    uint32_t ended_count;
    const volatile bool *stop;                                      /* NULL: never */
    void (*progress)(void *context, uint32_t done, uint32_t total); /* NULL; one at a time */
    void *context;
};
/* Writes block i of replication first + i * stride to blocks + i * block size and done[i] = 1 (else
 * 0: interrupted). */
enum zhol_error zhol_simulate_run(const struct zhol_simulate_model *model,
                                  const struct zhol_simulate_runs *runs, int64_t *blocks,
                                  uint8_t *done);

/* What every block says of its run. */
struct zhol_simulate_run_about {
    uint64_t replication, events, units_born, units_ended, units_alive, alive_max;
    uint64_t fingerprint;                /* audited runs */
    uint64_t recomputed, not_recomputed; /* audited: services, see zhol_engine_run_recomputed */
    bool audited, holds;
    uint64_t bans, blocked,
        abandoned; /* bans declared or in force at the start; trains that waited for a full yard; of
                      them longer than the limit of defaults.h */
};
void zhol_simulate_block_about(const int64_t *block, struct zhol_simulate_run_about *about);
/* Why an audited run does not hold; "" where it does. Runs the replication again. */
enum zhol_error zhol_simulate_audit(const struct zhol_simulate_model *model, uint32_t replication,
                                    char *why, uint32_t size);

/* A flow in one block: units that ended in the measured time. */
struct zhol_simulate_flow_tally {
    int64_t units, seconds;   /* transit times summed */
    const int64_t *by_cause;  /* ZHOL_SIMULATE_CAUSE_COUNT sums of seconds */
    const int64_t *histogram; /* of transit times, ZHOL_SIMULATE_BUCKETS counts */
    int64_t born, alive;      /* units born in the time; alive at its end */
    int64_t waited_held;      /* seconds that those alive at the end have waited */
    int64_t waited_before;    /* seconds that those alive when measuring began had waited */
};
#define ZHOL_SIMULATE_BUCKETS 320 /* 16 to the octave, from 64 s to 2 years; linear between */
void zhol_simulate_block_flow(const struct zhol_simulate_model *model, const int64_t *block,
                              uint32_t flow, struct zhol_simulate_flow_tally *tally);
/* The time in seconds at which bucket b begins, and the q-quantile of counts; NaN without any. */
double zhol_simulate_bucket(uint32_t bucket);
double zhol_simulate_quantile(const int64_t *histogram, double q);

/* A place in one block. Sums are over the measured time; areas in unit-seconds. */
struct zhol_simulate_place_tally {
    int64_t arrived, started, finished;
    double queue_mean, busy_mean, wait_mean_s;
    int64_t queue_max;
    int64_t held;                             /* units in use at the end: what is alive holds it */
    const int64_t *queue, *passed, *oldest_s; /* sample_count values: queue at the instant, vehicles
                                                 begun since the start, age of the oldest waiting;
                                                 NULL without samples */
};
void zhol_simulate_block_place(const struct zhol_simulate_model *model, const int64_t *block,
                               uint32_t place, struct zhol_simulate_place_tally *tally);

/* ---- Results over replications ----
 * `blocks` are `count` blocks in replication order, all done. Intervals are 95 % (or `confidence`)
 * Student intervals over replications; `half` is NaN under two, and quantile intervals are NaN
 * where zhol_quantile_interval gives none. */
struct zhol_simulate_blocks {
    const struct zhol_simulate_model *model;
    const int64_t *blocks;
    uint32_t count;
    double confidence; /* 0: 0.95 */
};
struct zhol_simulate_value {
    double mean, half;
};
struct zhol_simulate_flows_result {
    double units, loads, t; /* ended, a replication */
    /* Mean times are ratios: hours of all replications over their tonnes, with the interval of a
     * ratio estimator. Replications in which nothing ended have no time and are left out; NaN
     * where nothing ended in any, half where in fewer than two. */
    struct zhol_simulate_value transit_h;           /* tonnes weigh */
    struct zhol_simulate_value p50_h, p90_h, p95_h; /* quantile of all pooled; half from those of
                                                       the replications */
    double p10_h;                                   /* of all pooled */
    struct zhol_simulate_value by_cause_h[ZHOL_SIMULATE_CAUSE_COUNT];
    struct zhol_simulate_value by_step_h[ZHOL_SIMULATE_STEP_COUNT];
    struct zhol_simulate_value loads_day;     /* ended a day */
    struct zhol_simulate_value delay_usd_day; /* hours waited in the measured time, by all, arrived
                                                 or not, at their worth */
    struct zhol_simulate_value alive_loads;   /* at the end */
};
/* The sum over a list of flows: an OD, a crossing, a corridor, everything (flows NULL). */
enum zhol_error zhol_simulate_flows(const struct zhol_simulate_blocks *blocks,
                                    const uint32_t *flows, uint32_t flow_count,
                                    struct zhol_simulate_flows_result *result);

struct zhol_simulate_place_result {
    struct zhol_simulate_value queue_mean, queue_max, wait_h, utilisation, passed_day;
};
enum zhol_error zhol_simulate_place_result(const struct zhol_simulate_blocks *blocks,
                                           uint32_t place,
                                           struct zhol_simulate_place_result *result);
/* Over time: for each sample the mean, and the quantiles q_low and q_high over replications, of the
 * queues of the places summed (age: their oldest). Arrays of sample_count values; any may be NULL.
 */
enum zhol_simulate_series { ZHOL_SIMULATE_QUEUE, ZHOL_SIMULATE_OLDEST_H, ZHOL_SIMULATE_PASSED };
enum zhol_error zhol_simulate_series(const struct zhol_simulate_blocks *blocks,
                                     const uint32_t *places, uint32_t place_count,
                                     enum zhol_simulate_series what, double q_low, double q_high,
                                     double *mean, double *low, double *high);
/* When the queues of the places, summed, were at or under `limit` for good from their peak on: days
 * from the start of measuring, one value a replication in `days` (INFINITY: not within it); the
 * peak in `peak`. Give them to zhol_quantile_interval or sort them. */
enum zhol_error zhol_simulate_clearing(const struct zhol_simulate_blocks *blocks,
                                       const uint32_t *places, uint32_t place_count, double limit,
                                       double *days, double *peak);

/* Two models run on the same replications: b - a, times over the replications in which something
 * ended in both. Units that one has and the other has not shift
 * means; so equal demand is wanted. */
struct zhol_simulate_paired_result {
    struct zhol_simulate_value transit_h, delay_usd_day, loads_day;
    struct zhol_simulate_value by_cause_h[ZHOL_SIMULATE_CAUSE_COUNT];
    double shrink; /* variance of the difference, paired over unpaired; NaN under two */
};
enum zhol_error zhol_simulate_paired(const struct zhol_simulate_blocks *a,
                                     const struct zhol_simulate_blocks *b, const uint32_t *flows,
                                     uint32_t flow_count,
                                     struct zhol_simulate_paired_result *result);

/* What one more unit at each place is worth: builds and runs the model once as it is and once for
 * every place of a kind that can have one more and whose mean queue is at least `queue_least`, on
 * the same luck. Ranked by gain. The caller frees *worths. */
struct zhol_simulate_worth {
    uint32_t place;
    struct zhol_simulate_value gain_usd_day; /* delay cost saved */
    struct zhol_simulate_value gain_h;       /* mean transit time saved, all flows */
};
enum zhol_error zhol_simulate_worth(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    const struct zhol_simulate_runs *runs, double queue_least,
                                    struct zhol_simulate_worth **worths, uint32_t *count);

/* ---- Time at each arc ----
 * The ledger by where it was spent: for every arc of the network that the model has steps of, and
 * for every replication, the tonnes that passed it in the measured time and the tonne-hours that
 * were spent there, by cause. Time is counted at the arc at which it is spent, waiting for a path
 * or for a train to be formed at the arc that is waited for; so the sum over the arcs of a station
 * is what a tonne stays there. The means of a station's arcs may be added, since all that passes
 * it passes each; quantiles may not. */
struct zhol_simulate_stays {
    uint32_t *arcs; /* of the network, increasing */
    uint32_t arc_count;
    uint32_t count;      /* replications */
    uint8_t *done;       /* count values: 0 where interrupted */
    double *passed_t;    /* [replication * arc_count + i]: at controls and handlings; 0 at
                            movements, and at a control that takes no time or stops a part only as
                            much as it stops */
    double *by_cause_th; /* [(replication * arc_count + i) * ZHOL_SIMULATE_CAUSE_COUNT + cause] */
};
/* Builds the model once more with a look after every step and runs `runs` of it: the same runs,
 * event by event, as those of zhol_simulate_run. runs->ended is not used. The caller clears *stays,
 * also after ZHOL_ERROR_INTERRUPTED. Memory: (arcs * causes + block) numbers a replication. */
enum zhol_error zhol_simulate_stays(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    const struct zhol_simulate_runs *runs,
                                    struct zhol_simulate_stays *stays);
void zhol_simulate_stays_clear(struct zhol_simulate_stays *stays);

/* ---- Single units ---- */

/* Every unit that ended in one replication, in order of ending: for gains per container between two
 * models (same flow identity and number: the same unit), or as arrivals. The caller frees *units.
 */
#define ZHOL_SIMULATE_STANDING (UINT64_C(1) << 39)
struct zhol_simulate_unit {
    uint32_t identity; /* of its flow */
    uint32_t flow;
    /* Within the flow, from 0; those that stood somewhere at the start: ZHOL_SIMULATE_STANDING + 0,
     * 1, ... in the order in which they were given. */
    uint64_t number;
    int64_t birth_s, end_s; /* UTC */
};
enum zhol_error zhol_simulate_units(const struct zhol_simulate_model *model, uint32_t replication,
                                    struct zhol_simulate_unit **units, uint64_t *count);

/* The life of one unit in one replication: where it was, from when to when, on which account. */
struct zhol_simulate_moment {
    int64_t from_s, to_s;
    uint32_t arc;   /* of the network; ZHOL_NONE at an origin */
    uint32_t place; /* or ZHOL_NONE */
    uint8_t cause;  /* enum zhol_simulate_cause */
};
/* ZHOL_ERROR_UNKNOWN: no such unit ended in the time. The caller frees *moments. */
enum zhol_error zhol_simulate_trace(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    uint32_t replication, uint32_t flow, uint64_t number,
                                    struct zhol_simulate_moment **moments, uint32_t *count);

#endif
