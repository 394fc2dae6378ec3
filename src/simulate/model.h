/* simulate/model.h: what building makes and runs read: places, steps, flows of one model.
 *
 * Purpose: a description between the corridor and the engine. The rooms's files that read tables
 * (path, stretch, place, build) fill it; seal.c gives it to the engine; run.c works with it. It
 * names neither: the engine and the tables of a corridor have structs of the same names.
 *
 * All units of all flows go through one process of the engine. Steps are one array; a stretch is a
 * part of it that the carriers of many flows share. A unit that leaves a stretch asks its flow
 * where it goes on (legs).
 */
#ifndef ZHOL_SIMULATE_MODEL_H
#define ZHOL_SIMULATE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>

#define SIM_NONE     UINT32_MAX
#define SIM_HOUR     3600
#define SIM_DAY      86400
#define SIM_CAUSES   15
#define SIM_BUCKETS  320
#define SIM_MANY     1000000000u /* units of a permit pool that is open: never given back */
#define SIM_ID_SHIFT 40
/* Identities: flow << 40 | number, with flows below 2^22; carriers have the engine's bit 63,
 * vessels bit 62. */
#define SIM_ID_CARRIER   (UINT64_C(1) << 63)
#define SIM_ID_VESSEL    (UINT64_C(1) << 62) /* with the line's name << 32 */
#define SIM_VESSEL_NAMES (1u << 29)
#define SIM_ID_STANDING  (UINT64_C(1) << 39)
/* Of the name that a helper's luck has after that of the unit for which it works: no mark of
 * helpers alone, as flows have this bit, too. Their mark is their class. */
#define SIM_ID_HELPER (UINT64_C(1) << 61)
enum sim_class { SIM_CLASS_UNIT, SIM_CLASS_HELPER };

#define SIM_LIST(type)            \
    struct {                      \
        type *items;              \
        uint32_t count, capacity; \
    }

/* The accounts of the ledger, in the order of zhol/simulate.h (build.c asserts it). */
enum sim_cause {
    SIM_RUNNING,
    SIM_HANDLING,
    SIM_BORDER,
    SIM_CRANE,
    SIM_PATH,
    SIM_PLATFORM,
    SIM_LOCOMOTIVE,
    SIM_CUSTOMS,
    SIM_FILL,
    SIM_BAN,
    SIM_CALENDAR,
    SIM_ACCEPTANCE,
    SIM_WEATHER,
    SIM_YARD,
    SIM_OTHER
};

enum sim_op {
    SIM_SERVE,
    SIM_SEIZE,
    SIM_RELEASE,
    SIM_DELAY,
    SIM_GATE,
    SIM_BATCH,
    SIM_SPLIT,
    SIM_BOARD,
    SIM_LOAD,
    SIM_BRANCH,
    SIM_GOTO,
    SIM_CALL,
    SIM_END
};

/* What a CALL step does (run.c). */
enum sim_call {
    SIM_CALL_ENTER,    /* the first step of all: a unit's flow, a vessel's line */
    SIM_CALL_CARRIER,  /* argument: step of members; carriers go on */
    SIM_CALL_NEXT,     /* argument: stretch that the unit leaves */
    SIM_CALL_EXIT,     /* a unit is at its destination */
    SIM_CALL_APPROACH, /* argument: yard; a train comes to it */
    SIM_CALL_ARRIVED,  /* argument: yard; it has its track */
    SIM_CALL_RETURN,   /* argument: step; a helper begins there */
    SIM_CALL_QUAY,     /* argument: line; a unit comes to its quay */
    SIM_CALL_VESSEL,   /* argument: line; a vessel is ready to load */
    SIM_CALL_LOADED,   /* argument: permit; a unit was allowed to load */
    SIM_CALL_LIFT,     /* argument: yard; some more may load while a ban is being lifted */
    SIM_CALL_DOOR,     /* argument: door; somebody comes to it */
    SIM_CALL_OPENED,   /* argument: place of the door; who waited there goes on */
    SIM_CALL_TRACE,    /* argument: the step before */
    SIM_CALLS
};

struct sim_step {
    uint8_t op, wait, work; /* enum sim_op, enum sim_cause */
    uint32_t a, b, c;
    uint32_t activity;
    uint32_t arc, place; /* for traces */
    bool passed;         /* all that goes over its arc on its stretch does this step once */
};

enum sim_dist_kind {
    SIM_DIST_CONSTANT,
    SIM_DIST_EXPONENTIAL,
    SIM_DIST_TRIANGULAR,
    SIM_DIST_LOGNORMAL,
    SIM_DIST_SHIFTED_EXPONENTIAL, /* as a lognormal of the same mean and deviation 1 */
    SIM_DIST_UNIFORM
};
/* In seconds; at a place its speed divides them when the model is sealed. */
struct sim_dist {
    uint8_t kind;
    double a, b, c;
    uint32_t place;
    uint32_t sealed; /* its number in the engine, made by sealing */
};

/* When something is open: times in ticks of the run at which it alternates, first an opening. */
struct sim_calendar {
    int64_t *changes;
    uint32_t count, capacity;
};

enum sim_use { SIM_USE_SERVERS, SIM_USE_POOL, SIM_USE_COUNTER };

struct sim_place {
    uint8_t kind, use; /* enum zhol_simulate_place_kind, enum sim_use */
    bool assumed;
    bool sized;  /* its units follow from traffic when the model is sealed */
    bool paused; /* work stops when its calendar closes */
    bool used;   /* a step takes it; else it has no series */
    bool ample;  /* servers: nobody waits there, see place_matters */
    uint32_t series;
    uint32_t node, link, toward, process_row, resource_row;
    uint32_t state; /* part of its identity */
    uint32_t modes; /* of what takes it: bit per enum zhol_word_mode */
    uint32_t units;
    double capacity_day;  /* slot: its capacity in its own unit, as the table has it */
    double offered_day;   /* vehicles */
    double hold_sum_s;    /* pool: seconds that it is held, over the vehicles of a day */
    double work_sum_s;    /* servers: the same for services */
    double together;      /* servers: vehicles that come at once, at most */
    double margin, least; /* sized pools */
    double speed;         /* of changes */
    double open_share;    /* of the time, by its usual hours */
    double peak;          /* slot: the greatest factor of its disruptions, at least 1 */
    uint32_t calendar;    /* or SIM_NONE */
    uint32_t up, down;    /* or SIM_NONE */
    uint32_t permit;      /* yard: the pool that a ban shuts, or SIM_NONE */
    uint32_t lift;        /* yard: the step of the helper that lifts a ban by and by */
    uint32_t luck;        /* names its clock; 0: its number */
};

/* Before a GATE: who finds it open passes to the step behind it, all others are counted. */
struct sim_door {
    uint32_t place, calendar, behind;
};

struct sim_leg {
    uint32_t stretch, next; /* step at which a unit that left the stretch goes on */
};

struct sim_flow {
    uint32_t identity, start; /* first step */
    uint32_t first_leg, leg_count;
    uint32_t first_arc, arc_count; /* of model->arcs */
    uint32_t stretches;
    uint8_t priority, arrival, kind;
    double unit_loads, loads_day, t_load, usd_load_day;
    double free_s;
    double rate[7 * 12]; /* chance of a birth by month and week day, of the peak's */
    bool shaped;
    double peak;    /* units a day at the peak */
    uint32_t batch; /* units an arrival */
    int64_t *times; /* ticks; EVEN and REPLAY */
    uint32_t time_count;
};

/* An entry of the table of identities, with what runs ask of a flow most often; empty: flow is
 * SIM_NONE. */
struct sim_named {
    uint32_t identity, flow;
    uint32_t first_leg, start;
    bool thinned; /* births are left out by season */
};

struct sim_vessel {
    uint32_t start; /* step */
    uint32_t name;  /* of its luck, below 2^29; made of what it sails and carries */
    uint32_t fleet;
    uint32_t store, place;
    uint32_t full, least; /* units */
    int64_t headway;      /* at the start one vessel after the other comes to the quay */
};

/* Units put somewhere at the start. */
struct sim_standing {
    uint32_t flow, step, units, vehicles;
    uint8_t before; /* the account of what was before the start */
    int64_t birth;
    uint32_t first; /* number of the first */
};

struct zhol_engine;

struct zhol_simulate_model {
    struct zhol_engine *engine;
    uint64_t seed;
    int64_t origin_s;     /* UTC of tick 0 */
    int64_t warm_up, end; /* ticks */
    int64_t sample_every;
    uint32_t sample_count, series_count;
    int64_t *zeros; /* the series of places that nobody takes */
    uint32_t entity_max;
    bool audit, tracing, autobans;
    SIM_LIST(struct sim_step) steps;
    SIM_LIST(struct sim_dist) dists;
    SIM_LIST(struct sim_calendar) calendars;
    SIM_LIST(struct sim_place) places;
    SIM_LIST(struct sim_door) doors;
    SIM_LIST(struct sim_flow) flows;
    SIM_LIST(struct sim_leg) legs;
    SIM_LIST(struct sim_vessel) vessels;
    SIM_LIST(struct sim_standing) standing;
    SIM_LIST(uint32_t) arcs;    /* paths of the flows */
    SIM_LIST(uint32_t) minutes; /* of each of them */
    uint32_t stores;
    struct sim_named *named; /* flows by identity: open addressing, small enough for a cache */
    uint32_t named_bits;
    uint32_t enter_step, exit_step, drop_step;
};

/* The entry of an identity, or the empty one where it would stand. */
static inline struct sim_named *sim_name(const struct zhol_simulate_model *model, uint32_t identity)
{
    uint32_t mask = (1u << model->named_bits) - 1;
    uint32_t at = (identity * 0x9E3779B1u) >> (32 - model->named_bits);
    while (model->named[at].flow != SIM_NONE && model->named[at].identity != identity) {
        at = (at + 1) & mask;
    }
    return &model->named[at];
}

/* ---- The block of a replication ---- */
enum {
    SIM_HEAD_REPLICATION,
    SIM_HEAD_EVENTS,
    SIM_HEAD_BORN,
    SIM_HEAD_ENDED,
    SIM_HEAD_ALIVE,
    SIM_HEAD_ALIVE_MAX,
    SIM_HEAD_FINGERPRINT,
    SIM_HEAD_AUDITED,
    SIM_HEAD_HOLDS,
    SIM_HEAD_BANS,
    SIM_HEAD_BLOCKED,
    SIM_HEAD_ABANDONED,
    SIM_HEAD_RECOMPUTED,
    SIM_HEAD_OTHERS,
    SIM_HEAD_SIZE = 16
};
enum {
    SIM_FLOW_UNITS,
    SIM_FLOW_SECONDS,
    SIM_FLOW_BORN,
    SIM_FLOW_ALIVE,
    SIM_FLOW_HELD,   /* seconds that those alive at the end have waited */
    SIM_FLOW_BEFORE, /* seconds that those alive when measuring began had waited */
    SIM_FLOW_CAUSES,
    SIM_FLOW_HISTOGRAM = SIM_FLOW_CAUSES + SIM_CAUSES,
    SIM_FLOW_SIZE = SIM_FLOW_HISTOGRAM + SIM_BUCKETS
};
enum {
    SIM_PLACE_ARRIVED,
    SIM_PLACE_STARTED,
    SIM_PLACE_FINISHED,
    SIM_PLACE_QUEUE_AREA,
    SIM_PLACE_BUSY_AREA,
    SIM_PLACE_WAIT_SUM,
    SIM_PLACE_QUEUE_MAX,
    SIM_PLACE_HELD,
    SIM_PLACE_SIZE = 8
};

static inline uint64_t sim_flow_at(uint32_t flow)
{
    return SIM_HEAD_SIZE + (uint64_t)flow * SIM_FLOW_SIZE;
}
static inline uint64_t sim_place_at(const struct zhol_simulate_model *model, uint32_t place)
{
    return sim_flow_at(model->flows.count) + (uint64_t)place * SIM_PLACE_SIZE;
}
/* Three series of a place: queue, begun, age. */
static inline uint64_t sim_series_at(const struct zhol_simulate_model *model, uint32_t series)
{
    return sim_place_at(model, model->places.count) + 3 * (uint64_t)series * model->sample_count;
}

/* The bucket of a time in seconds: 16 to the octave from 64 s; the first and last take the rest. */
static inline uint32_t sim_bucket(int64_t seconds)
{
    if (seconds < 64) {
        return 0;
    }
    uint32_t octave = 63 - (uint32_t)__builtin_clzll((uint64_t)seconds);
    uint32_t bucket = (octave - 6) * 16 + (uint32_t)((uint64_t)seconds >> (octave - 4) & 15);
    return bucket < SIM_BUCKETS ? bucket : SIM_BUCKETS - 1;
}

/* ---- Single units, kept on request ---- */
struct sim_unit {
    uint32_t flow;
    uint64_t number;
    int64_t birth, end;
};
struct sim_note {
    uint64_t id;
    int64_t time;
    uint32_t step, entity;
    int64_t spent[SIM_CAUSES];
};
struct sim_stays;
struct sim_kept {
    bool units, notes;
    struct sim_stays *stays; /* NULL: not counted (stays.h) */
    int64_t from, to;        /* notes */
    uint64_t noted;          /* the unit; carriers are all noted */
    SIM_LIST(struct sim_unit) unit;
    SIM_LIST(struct sim_note) note;
};

/* The engine's model of a filled description (seal.c). */
enum zhol_error model_seal(struct zhol_simulate_model *model);
/* One replication into a block (run.c). `kept` may be NULL; `why` (may be NULL) gets the first law
 * that an audited run breaks. */
struct sim_runner;
enum zhol_error runner_new(const struct zhol_simulate_model *model, const volatile bool *stop,
                           struct sim_kept *kept, struct sim_runner **runner);
void runner_free(struct sim_runner *runner);
enum zhol_error runner_run(struct sim_runner *runner, uint32_t replication, int64_t *block,
                           char *why, uint32_t size);
struct zhol_simulate_ended;
/* The units that were kept, in the words of <zhol/simulate.h>; `kept` has none after it. */
enum zhol_error kept_units_take(const struct zhol_simulate_model *model, struct sim_kept *kept,
                                struct zhol_simulate_ended *ended);

#endif
