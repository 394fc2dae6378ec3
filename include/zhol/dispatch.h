/* zhol/dispatch.h: the trains of a day at a gauge break: which goes into which, when, on which
 * front.
 *
 * Purpose: trains of 1435 mm and of 1520 mm come to a crossing; their boxes or wagons leave in
 * formed trains of the other gauge. Both sides take so many trains an hour; tracks, fronts,
 * platforms, bogies and locomotives are few. This finds the plan of the day with least weighted
 * lateness, says what is pushed to the next day and by which constraint, and proves with a bound
 * how much better any plan could be. The model is told exactly in docs/dispatch.md.
 *
 * A train that is taken passes these steps:
 *   accept at a: an acceptance of its gauge in that hour, a locomotive for [a, a + its return), and
 * a receiving track of its gauge and length for [a, b); handle from b >= a + inspect_min to e = b +
 * work on one front of its kind, without a break; each unit (box group, or wagons) goes at b
 * directly into a formed train that stands open, or by yard: then it may be loaded yard_min after
 * e, into a train that it need not have met. A formed train of the other gauge and one destination:
 *   opens at o, the first b of its direct units (or form_min before it leaves, when all come by
 *       yard), holds a track of its gauge, long enough, for [o, d);
 *   departs at d >= e + form_min of each direct unit and >= e + yard_min + form_min of each unit by
 *       yard, in a departure slot of the hour, outside bans, with a locomotive for [d, d + return).
 * Platforms (or wagons, bogie sets) of a unit are taken from stock at b (direct) or d (by yard);
 * those of a handled train come free release_min after e. Time is in whole minutes from the day's
 * beginning.
 *
 * Objective, first things first: weighted lateness against contract times (what is pushed counts as
 * leaving at the first possible moment after the horizon, the hours coming again every 24 h; a
 * horizon below 24 h repeats itself); units pushed; formed trains (turns of
 * a set of platforms); boxes moved by yard.
 *
 * Call order: fill a struct zhol_dispatch_day (arrays stay the caller's, nothing is copied);
 * zhol_dispatch_check says row by row what is wrong with it; zhol_dispatch_solve, or
 * zhol_dispatch_replan after a change; read the plan; zhol_dispatch_plan_clear.
 * Errors: ZHOL_ERROR_INVALID, _RANGE, _UNKNOWN (a row of the day is wrong; zhol_dispatch_check
 * tells), ZHOL_ERROR_LIMIT (too many rows), ZHOL_ERROR_MEMORY. A day on which nothing can move is
 * no error. Determinism: the same day and options give the same plan, for any number of threads.
 * Limits are counts of steps, never clocks.
 */
#ifndef ZHOL_DISPATCH_H
#define ZHOL_DISPATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <zhol/error.h>

enum {
    ZHOL_DISPATCH_HORIZON_MAX = 2880, /* minutes: two days */
    ZHOL_DISPATCH_TRAINS_MAX = 400,
    ZHOL_DISPATCH_UNITS_MAX = 4000,
    ZHOL_DISPATCH_ROWS_MAX = 400, /* tracks, fronts, locomotives, stocks, windows, bans: of each */
    ZHOL_DISPATCH_WAGON_M = 14    /* a conventional wagon */
};

#define ZHOL_DISPATCH_NONE                                                                       \
    UINT32_MAX                        /* no such row: an unnamed calendar, a pushed unit's train \
                                       */
#define ZHOL_DISPATCH_NEVER INT32_MAX /* no such minute */

enum zhol_dispatch_gauge { ZHOL_DISPATCH_1435, ZHOL_DISPATCH_1520, ZHOL_DISPATCH_GAUGES };

/* What is done with a train at a front. */
enum zhol_dispatch_work {
    ZHOL_DISPATCH_CONTAINERS, /* boxes are lifted */
    ZHOL_DISPATCH_BULK,       /* tonnes are poured or lifted in bags */
    ZHOL_DISPATCH_BOGIES,     /* wagons get other bogies */
    ZHOL_DISPATCH_WORKS
};

enum zhol_dispatch_move { ZHOL_DISPATCH_ACCEPT, ZHOL_DISPATCH_DEPART, ZHOL_DISPATCH_MOVES };

enum {                                /* flags of a unit, and of what a ban forbids */
       ZHOL_DISPATCH_PERISHABLE = 1u, /* a label, and a scope of bans; its haste is its weight */
       ZHOL_DISPATCH_DANGEROUS = 2u,  /* the same */
       ZHOL_DISPATCH_NO_YARD = 4u,    /* must go directly */
       /* The caller's own: bit ZHOL_DISPATCH_MARK << i marks units that a ban of that flag names */
       ZHOL_DISPATCH_MARK = 8u,
       ZHOL_DISPATCH_MARKS = 16
};

/* What is known of a train by facts. */
enum zhol_dispatch_done { ZHOL_DISPATCH_TO_COME, ZHOL_DISPATCH_TAKEN, ZHOL_DISPATCH_LEFT };

/* A train expected. */
struct zhol_dispatch_train {
    enum zhol_dispatch_gauge gauge; /* it arrives on; its units leave on the other */
    enum zhol_dispatch_work work;
    int32_t ready_min;    /* stands at the border and may be accepted; below 0: since before */
    int32_t inspect_min;  /* from acceptance to the earliest handling, at least 1 */
    int32_t length_m;     /* with its locomotive */
    uint32_t wagons;      /* for bogie work */
    uint32_t frees_stock; /* stock row that gets its emptied platforms back, or NONE */
    uint32_t frees_count;
    enum zhol_dispatch_done done; /* TAKEN: a re-plan leaves its passage as it is; LEFT: and when
                                   * its units leave */
};

/* A box group or cut of wagons of one train: it is never divided (zhol_dispatch_split cuts long
 * groups before). */
struct zhol_dispatch_unit {
    uint32_t train;
    uint32_t destination; /* units of one formed train share it; any number */
    uint32_t owner;       /* a label for reports */
    int32_t weight_t;     /* gross, on the other gauge, platforms included */
    int32_t length_m;     /* on the other gauge */
    uint32_t boxes_20, boxes_40;
    uint32_t heavy_20_pairs; /* pairs of heavy 20-foot boxes among them */
    uint32_t stock;          /* stock row of what carries it on, or NONE */
    uint32_t pieces;         /* platforms, wagons or bogie sets it takes from there */
    int32_t contract_min;    /* should have left by then; may be negative or beyond the horizon */
    int32_t late_weight;     /* cost of a minute of lateness, 0 to 1000 */
    int32_t hold_until_min;  /* laboratory or customs hold: not loaded before; 0 none, or NEVER */
    int32_t data_min;        /* pre-arrival data come then: not loaded before; 0 there, or NEVER */
    uint32_t flags;
};

struct zhol_dispatch_track {
    enum zhol_dispatch_gauge gauge;
    int32_t length_m;
    int32_t free_from_min; /* occupied until then */
    uint32_t calendar;     /* closed windows, or NONE */
};

/* A place that handles one train at a time. Work in minutes, rounded up:
 *   containers: lifts * 60 / (cranes * rate); bulk: tonnes * 60 / (cranes * rate);
 *   bogies: rate minutes for each `cranes` wagons (positions), begun ones counted full;
 * and setup_min once for each cut of length_m that the train is set in. */
struct zhol_dispatch_front {
    enum zhol_dispatch_work work;
    bool takes[ZHOL_DISPATCH_GAUGES]; /* arriving gauges */
    uint32_t cranes;                  /* cranes, loaders or bogie positions; at least 1 */
    uint32_t rate;                    /* per crane and hour, or minutes of a batch; at least 1 */
    int32_t setup_min;
    int32_t length_m; /* longest cut; 0 for any */
    int32_t free_from_min;
    uint32_t calendar;
};

struct zhol_dispatch_locomotive {
    enum zhol_dispatch_move move;   /* fetches accepted trains or hauls departing ones */
    enum zhol_dispatch_gauge gauge; /* of the train that it hauls */
    int32_t free_from_min;
    int32_t return_min; /* until it can haul again; at least 1 */
};

struct zhol_dispatch_stock {
    enum zhol_dispatch_gauge gauge;
    uint32_t count; /* at the beginning */
};

/* More of a stock comes (empties returned from inland). */
struct zhol_dispatch_delivery {
    uint32_t stock;
    int32_t minute;
    uint32_t count;
};

/* A closed window [from, until) of a calendar. */
struct zhol_dispatch_window {
    uint32_t calendar;
    int32_t from_min, until_min;
};

/* No formed train of the gauge to the destination (NONE: any) that holds a unit with one of the
 * flags (0: any unit) leaves in [from, until). `arriving`: no train that comes on the gauge with
 * such a unit is accepted then. What is pushed by a ban on arriving waits until it ends, where an
 * end is known (until_min below NEVER). */
struct zhol_dispatch_ban {
    enum zhol_dispatch_gauge gauge;
    uint32_t destination;
    uint32_t flags;
    int32_t from_min, until_min;
    bool arriving;
};

/* What a formed train may be. */
struct zhol_dispatch_limits {
    int32_t weight_t;
    int32_t length_wagons; /* conventional wagons of ZHOL_DISPATCH_WAGON_M */
    uint32_t heavy_20_pairs;
};

struct zhol_dispatch_day {
    int32_t horizon_min; /* what has not left by then is pushed; 60 to HORIZON_MAX, whole hours */
    /* Trains an hour, horizon_min / 60 numbers each, by the gauge of the moving train. */
    const uint16_t *accepts[ZHOL_DISPATCH_GAUGES];
    const uint16_t *departs[ZHOL_DISPATCH_GAUGES];
    /* Whether a move needs a locomotive of the list; otherwise it needs none. */
    bool needs_locomotive[ZHOL_DISPATCH_MOVES][ZHOL_DISPATCH_GAUGES];
    struct zhol_dispatch_limits limits[ZHOL_DISPATCH_GAUGES]; /* of formed trains, by their gauge */
    int32_t form_min;         /* last unit to departure: brake test, papers; at least 1 */
    int32_t yard_min;         /* end of handling to loading again from the yard */
    int32_t release_min;      /* end of handling to the emptied platforms' next use */
    int32_t free_storage_min; /* in the yard before storage costs begin */
    /* What began before, and trains that are done, are history: no row need be open for them, nor
     * an hour or ban let them pass, as the day says now. For re-plans; else 0. */
    int32_t past_min;

    const struct zhol_dispatch_train *trains;
    const struct zhol_dispatch_unit *units; /* those of one train need not stand together */
    const struct zhol_dispatch_track *tracks;
    const struct zhol_dispatch_front *fronts;
    const struct zhol_dispatch_locomotive *locomotives;
    const struct zhol_dispatch_stock *stocks;
    const struct zhol_dispatch_delivery *deliveries;
    const struct zhol_dispatch_window *windows;
    const struct zhol_dispatch_ban *bans;
    uint32_t train_count, unit_count, track_count, front_count, locomotive_count, stock_count;
    uint32_t delivery_count, window_count, ban_count;
};

/* Which constraint pushes a train or unit: the first in this order whose lifting alone would let it
 * go in the finished plan; MANY when no single one would. */
#define ZHOL_DISPATCH_CAUSES(C)                                                          \
    C(NONE, "none", "it goes")                                                           \
    C(LATE, "late", "it comes too late to leave within the day, even alone")             \
    C(UNIT, "limits", "a unit is heavier or longer than a formed train may be")          \
    C(NO_FRONT, "no front", "no front takes trains of its kind")                         \
    C(TOO_LONG, "track length", "no track is long enough")                               \
    C(HOLD, "hold", "a unit is held by laboratory or customs")                           \
    C(DATA, "data", "pre-arrival data are missing")                                      \
    C(BAN, "ban", "a ban forbids it")                                                    \
    C(ACCEPTANCE, "acceptance", "no acceptance is left")                                 \
    C(ACCEPT_LOCOMOTIVE, "locomotive to fetch", "no locomotive is free to fetch it")     \
    C(TRACK, "receiving track", "no receiving track is free")                            \
    C(FRONT, "front", "the fronts are taken")                                            \
    C(STOCK, "stock", "platforms, wagons or bogies are missing")                         \
    C(DEPARTURE_TRACK, "departure track", "no track is free for the formed train")       \
    C(DEPARTURE, "departure slot", "no departure slot is left")                          \
    C(DEPART_LOCOMOTIVE, "locomotive to depart", "no locomotive is free to haul it out") \
    C(MANY, "several", "several constraints together")

enum zhol_dispatch_cause {
#define ZHOL_DISPATCH_CAUSE(name, word, sentence) ZHOL_DISPATCH_BY_##name,
    ZHOL_DISPATCH_CAUSES(ZHOL_DISPATCH_CAUSE)
#undef ZHOL_DISPATCH_CAUSE
        ZHOL_DISPATCH_CAUSE_COUNT
};

/* The word ("departure slot") and the sentence of a cause; static strings. */
const char *zhol_dispatch_cause_word(enum zhol_dispatch_cause cause);
const char *zhol_dispatch_cause_text(enum zhol_dispatch_cause cause);

/* What becomes of a train. A pushed one has accept_min NEVER and NONE elsewhere. */
struct zhol_dispatch_passage {
    int32_t accept_min, begin_min, end_min;
    uint32_t track, front, locomotive; /* locomotive NONE also where none is needed */
    enum zhol_dispatch_cause cause;    /* of pushing */
};

/* What becomes of a unit. A pushed one has formed NONE: its train was pushed, or it stays in the
 * yard (yard is true then). */
struct zhol_dispatch_carriage {
    uint32_t formed;
    bool yard;
    int32_t leave_min;   /* departure; of a pushed unit the first possible one after the horizon */
    int32_t late_min;    /* against its contract */
    int32_t storage_min; /* from then storage costs, NEVER when it leaves before or goes directly */
    enum zhol_dispatch_cause cause;
};

/* A formed train; numbered in order of departure. */
struct zhol_dispatch_formed {
    enum zhol_dispatch_gauge gauge;
    uint32_t destination;
    int32_t open_min, depart_min;
    uint32_t track, locomotive;
    int32_t weight_t, length_m;
    uint32_t heavy_20_pairs, unit_count, pieces;
};

/* In order of weight: a smaller number in an earlier field is better, whatever follows. */
struct zhol_dispatch_objective {
    int64_t late;       /* sum of late_weight * minutes */
    int64_t pushed;     /* units that do not leave */
    int64_t turns;      /* formed trains: platform sets turned round */
    int64_t yard_boxes; /* boxes moved by yard, a unit without boxes counts 1 */
};

/* How far the exact search came. */
enum zhol_dispatch_proof {
    ZHOL_DISPATCH_NOT_SOUGHT, /* no nodes were given to it: more than 8 trains, or a re-plan */
    ZHOL_DISPATCH_PROVEN,
    ZHOL_DISPATCH_TOO_LARGE, /* more than 12 trains, 96 units, 64 tracks, 32 fronts, 80 locomotives
                              * or 16 stocks */
    ZHOL_DISPATCH_GIVEN_UP   /* its nodes were spent */
};

struct zhol_dispatch_plan {
    struct zhol_dispatch_passage *passages;   /* one a train */
    struct zhol_dispatch_carriage *carriages; /* one a unit */
    struct zhol_dispatch_formed *formed;
    uint32_t train_count, unit_count, formed_count;
    struct zhol_dispatch_objective objective;
    int64_t late_bound; /* no plan at all has less weighted lateness */
    double gap;         /* (late - late_bound) / late; 0 when late is 0 */
    bool optimal;       /* proven in all four parts of the objective */
    uint64_t tried;     /* plans built */
    uint64_t nodes;     /* nodes of the exact search */
    enum zhol_dispatch_proof proof;
};

struct zhol_dispatch_options {
    uint64_t seed;
    uint32_t threads;     /* 0: 1; changes the time, never the plan */
    uint32_t starts;      /* independent searches; 0: 4 */
    uint32_t iterations;  /* of each; 0: by the size of the day: 60 trains take 8 s of CPU */
    uint32_t bound_steps; /* of the price search; 0: 1000. 1 gives the plain bound */
    uint32_t exact_nodes; /* nodes of the exact search; 0: 120,000 up to 8 trains, else none */
    uint32_t part_nodes;  /* of each part that shares no formed train with others; 0: 40,000 */
    /* Asked between steps: true ends the search with the best plan found until then, which is whole
     * and has its bound. NULL: never. The plan then hangs on when that was. */
    bool (*stop)(void);
};

/* Whether a ban names the train: its gauge, and a unit of its destination and flags. */
bool zhol_dispatch_ban_concerns(const struct zhol_dispatch_day *day,
                                const struct zhol_dispatch_ban *ban, uint32_t train);

/* Checks a day; each finding names table ("trains"), row (from 0) and column. */
enum zhol_error zhol_dispatch_check(const struct zhol_dispatch_day *day,
                                    struct zhol_report *report);

/* Cuts units longer than `length_m` into parts as equal as can be by boxes (units without boxes: by
 * length; weight, pairs, pieces and late_weight are shared so that none is lost), so that they may
 * be spread over formed trains. *units is malloc'ed, the caller frees it; *origin (may be NULL)
 * gets for each part the row that it came from, also to be freed. */
enum zhol_error zhol_dispatch_split(const struct zhol_dispatch_day *day, int32_t length_m,
                                    struct zhol_dispatch_unit **units, uint32_t **origin,
                                    uint32_t *count);

/* Finds a plan. `options` may be NULL. */
enum zhol_error zhol_dispatch_solve(const struct zhol_dispatch_day *day,
                                    const struct zhol_dispatch_options *options,
                                    struct zhol_dispatch_plan *plan);
void zhol_dispatch_plan_clear(struct zhol_dispatch_plan *plan);

/* Checks a plan against the day from nothing but both: every constraint above, and that the
 * objective and every derived number is right. Every fault is a finding. ZHOL_ERROR_CONFLICT when
 * there is one. */
enum zhol_error zhol_dispatch_verify(const struct zhol_dispatch_day *day,
                                     const struct zhol_dispatch_plan *plan,
                                     struct zhol_report *report);

/* Re-planning. `day` is the day after the change (a track closed, acceptance cut, a train late; the
 * rows of trains and units are the same and in the same order; tracks, fronts and locomotives that
 * are lost stay as rows whose free_from_min is beyond the horizon or with a closed window). What
 * began before now_min in `old`, and what is done, stays, whatever the day says now; the plan is
 * one of the day with past_min = now_min (zhol_dispatch_verify). Then, as few trains as possible
 * change, among the plans whose weighted lateness is within `tolerance` (a part: 0.1 is a tenth,
 * plus tolerance_abs) of the best found, or of the old plan's where that was more: a weak old plan
 * is not turned over for gains that nobody asked for. A train changes when it is pushed or taken in
 * where it was not, its acceptance falls into another hour, it uses another track or front or
 * begins at another minute, or a unit of it leaves at another minute. The new plan carries no
 * bound: late_bound is 0. */
struct zhol_dispatch_change {
    int32_t now_min;
    double tolerance;
    int64_t tolerance_abs;
};

struct zhol_dispatch_replanned {
    struct zhol_dispatch_plan plan;
    uint32_t *changed; /* trains, ascending */
    uint32_t changed_count;
    uint32_t changed_least; /* so many change in any plan: their place or hour is gone */
    bool fewest;            /* proven: changed_count is changed_least */
};

enum zhol_error zhol_dispatch_replan(const struct zhol_dispatch_day *day,
                                     const struct zhol_dispatch_plan *old,
                                     const struct zhol_dispatch_change *change,
                                     const struct zhol_dispatch_options *options,
                                     struct zhol_dispatch_replanned *replanned);
void zhol_dispatch_replanned_clear(struct zhol_dispatch_replanned *replanned);

/* A train that is `done` takes the times of the fact: accepted then, handled as planned or as soon
 * as could be, with the planned track, front and locomotive or, where they were taken, others;
 * left_min (NEVER: not known) is when the last of the formed trains with units of it left. Lateness
 * follows; bound and proof are given up, as they were of a day still open. ZHOL_ERROR_CONFLICT, and
 * the plan as it was, where the train was pushed or no way goes together with the rest of the plan;
 * ZHOL_ERROR_RANGE for times outside the day. Complexity: fronts times that of
 * zhol_dispatch_verify. */
enum zhol_error zhol_dispatch_take_fact(const struct zhol_dispatch_day *day, uint32_t train,
                                        int32_t accepted_min, int32_t left_min,
                                        struct zhol_dispatch_plan *plan);

/* What would help most. Each remedy is the day with one thing more, solved again from the plan. */
enum zhol_dispatch_help {
    ZHOL_DISPATCH_HELP_ACCEPT,     /* one more train accepted in hour `row` */
    ZHOL_DISPATCH_HELP_DEPART,     /* one more departure in hour `row` */
    ZHOL_DISPATCH_HELP_LOCOMOTIVE, /* one more like locomotive `row` */
    ZHOL_DISPATCH_HELP_TRACK,      /* one more like track `row` */
    ZHOL_DISPATCH_HELP_FRONT,      /* one more like front `row` */
    ZHOL_DISPATCH_HELP_STOCK       /* 60 pieces more of stock `row` */
};

struct zhol_dispatch_remedy {
    enum zhol_dispatch_help help;
    enum zhol_dispatch_gauge gauge;
    uint32_t row;
    int64_t late_saved; /* at least 0 */
    int64_t pushed_saved;
};

/* At most `capacity` remedies, best first, those that save nothing left out. */
enum zhol_error zhol_dispatch_remedies(const struct zhol_dispatch_day *day,
                                       const struct zhol_dispatch_plan *plan,
                                       const struct zhol_dispatch_options *options,
                                       struct zhol_dispatch_remedy *remedies, uint32_t capacity,
                                       uint32_t *count);

#endif
