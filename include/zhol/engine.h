/* zhol/engine.h: a discrete-event engine: models written as data, runs that are the same bytes
 * everywhere.
 *
 * It knows resources, calendars, sources and steps; it has no word of freight. A *model* is
 * described once and sealed; a *run* is one replication of it. Call order:
 *
 *   zhol_engine_new -> zhol_engine_{dist,calendar,resource,tally,process,source}... ->
 * zhol_engine_seal
 *   -> for each replication: zhol_engine_run_new, [inject], zhol_engine_run_until,
 * zhol_engine_run_*, zhol_engine_run_free
 *   -> zhol_engine_free
 *
 * Time is an integer number of ticks (the caller says what a tick is; 2^40 of them are always
 * possible). Events are ordered by (time, slot): slots are given in the order: calendars, failures,
 * servers, sources, batches, delays, each in the order in which they were declared, so ties are
 * explicit. An entity is a small record that goes through the steps of a process; what it does is
 * data (struct zhol_engine_step), nobody writes a thread for it.
 *
 * Random numbers are named, not taken in turn: a uniform is a function of (seed, replication,
 * entity, activity, draw) and nothing else, sampled by inversion. So threads do not shift them, a
 * changed scenario keeps the luck of every entity that is in both (common random numbers by
 * identity), and one entity can be replayed alone. An Erlang time is a sum of k such draws; every
 * other time uses one.
 *
 * Memory: everything of a run is allocated at its start and grows by doubling when more entities
 * are alive than ever before; between, nothing is allocated. Memory does not grow with time. A run
 * belongs to one thread; a sealed model may be shared. Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_RANGE
 * and _INVALID for descriptions that make no sense (seal says which in its report),
 * ZHOL_ERROR_LIMIT when a run exceeds `entity_max` or time exceeds its bits,
 * ZHOL_ERROR_INTERRUPTED. Complexity: an event costs O(log8 of the slots). A pending event is one
 * 64-bit key; cancelling and rescheduling cost what inserting costs. Sources: event set: tournament
 * tree (Knuth, TAOCP 3, 5.4.1) of arity 8; identity-keyed streams: Salmon et al. 2011, Steele, Lea,
 * Flood 2014 (SplitMix); common random numbers: Glasserman, Yao 1992.
 */
#ifndef ZHOL_ENGINE_H
#define ZHOL_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zhol/error.h>

#define ZHOL_ENGINE_NONE       UINT32_MAX
#define ZHOL_ENGINE_PRIORITIES 8 /* 0 is served first */
#define ZHOL_ENGINE_FOREVER    INT64_MAX

struct zhol_engine;
struct zhol_engine_run;

enum zhol_error zhol_engine_new(struct zhol_engine **engine);
void zhol_engine_free(struct zhol_engine *engine);

/* ---- Distributions of times, in ticks; never below 0 ---- */
enum zhol_dist_kind {
    ZHOL_DIST_CONSTANT,    /* a */
    ZHOL_DIST_EXPONENTIAL, /* mean a */
    ZHOL_DIST_UNIFORM,     /* a to b */
    ZHOL_DIST_TRIANGULAR,  /* low a, mode b, high c */
    ZHOL_DIST_NORMAL,      /* mean a, deviation b, cut at 0 */
    ZHOL_DIST_LOGNORMAL,   /* median a, deviation of the logarithm b, plus c */
    ZHOL_DIST_ERLANG,      /* mean a, b stages (1 to 64) */
    ZHOL_DIST_HYPER,       /* exponential of mean a with probability c, else of mean b */
    ZHOL_DIST_TABLE,       /* quantiles at equal steps from 0 to 1, linear between */
};
struct zhol_dist {
    enum zhol_dist_kind kind;
    double a, b, c;
    const double *table; /* copied */
    uint32_t table_count;
};
enum zhol_error zhol_engine_dist(struct zhol_engine *engine, const struct zhol_dist *dist,
                                 uint32_t *id);

/* ---- Calendars: when something is open ----
 * `changes` are increasing times at which it alternates, beginning with an opening; closed before
 * the first. With period > 0 all changes lie in [0, period] and repeat. */
enum zhol_error zhol_engine_calendar(struct zhol_engine *engine, const int64_t *changes,
                                     uint32_t count, int64_t period, uint32_t *id);

/* ---- Resources: servers, tracks, stocks: units that are taken and given back ---- */
enum zhol_closing { ZHOL_CLOSING_FINISH, ZHOL_CLOSING_PAUSE };
struct zhol_engine_resource {
    const char *name;   /* copied; for reports */
    uint32_t units;     /* servers, or the stock at the start of a pool */
    uint32_t queue_max; /* arrivals beyond are turned away (see SERVE, SEIZE `target`);
                           ZHOL_ENGINE_NONE: no limit */
    uint32_t calendar;  /* or ZHOL_ENGINE_NONE: always open */
    enum zhol_closing
        closing;     /* what service in progress does at closing; a seized unit stays seized */
    bool preemptive; /* a higher priority interrupts a SERVE; work is resumed */
    bool last_first; /* last come, first served within a priority (tests want it) */
    uint32_t batch;  /* SERVE: entities served at once; 0 or 1: one */
    bool histogram;  /* keep the distribution of waits (32 KiB a run) */
    bool joinable;   /* batch > 1: an arrival may join a service in progress that has room */
    bool ample; /* SERVE: a server for everybody who comes. Nobody waits, so a service is passed
                   like a DELAY, without an event of its own, and is counted when it is passed:
                   see measure_from in zhol_run_options. No calendar, failures, clock,
                   preemption, batch, histogram; `units` is for reports */
    uint32_t life, repair; /* distributions of operating time to failure and of repair, or NONE; per
                              server, SERVE only */
    uint32_t up, down;     /* the same by the clock, for the whole resource; or NONE */
    uint32_t activity;     /* names the draws of these times; 0: from its number */
};
/* One server, no limit, always open: change what differs. */
#define ZHOL_RESOURCE_INIT                                                                   \
    {                                                                                        \
        .units = 1, .queue_max = ZHOL_ENGINE_NONE, .calendar = ZHOL_ENGINE_NONE, .batch = 1, \
        .life = ZHOL_ENGINE_NONE, .repair = ZHOL_ENGINE_NONE, .up = ZHOL_ENGINE_NONE,        \
        .down = ZHOL_ENGINE_NONE                                                             \
    }
enum zhol_error zhol_engine_resource(struct zhol_engine *engine,
                                     const struct zhol_engine_resource *resource, uint32_t *id);

/* Where a ROUTE goes: steps of the same process with weights (Walker's alias method). */
enum zhol_error zhol_engine_route(struct zhol_engine *engine, const uint32_t *targets,
                                  const double *weights, uint32_t count, uint32_t *id);
/* A place where entities wait to be taken along: see BOARD and LOAD. */
enum zhol_error zhol_engine_store(struct zhol_engine *engine, uint32_t *id);

/* ---- Tallies: what is measured of entities (see TALLY) ---- */
enum zhol_error zhol_engine_tally(struct zhol_engine *engine, const char *name, uint32_t *id);

/* ---- Steps: what an entity does ----
 * OP(name, a, b, c): what the arguments mean. A `target` is the index of a step of the same
 * process. `cause` says on which account of the ledger the time goes that passes in the step. */
#define ZHOL_OPS(OP)                                                                   \
    OP(SERVE, "resource", "dist", "target when turned away, or NONE: the entity ends") \
    OP(SEIZE, "resource", "units", "target when turned away; NONE: it ends")           \
    OP(TRY, "resource", "units", "target when not free at once")                       \
    OP(RELEASE, "resource", "units", "")                                               \
    OP(DELAY, "dist", "", "")                                                          \
    OP(GATE, "calendar", "", "waits until it is open")                                 \
    OP(ROUTE, "route", "", "")                                                         \
    OP(BATCH, "size", "dist of longest wait, or NONE",                                 \
       "smallest size at that time (else it waits on)")                                \
    OP(SPLIT, "target of the carrier, or NONE: it ends",                               \
       "members go on: 0 here, 1 after their BOARD", "")                               \
    OP(BOARD, "store", "", "waits there until a LOAD takes it")                        \
    OP(LOAD, "store", "most", "least: waits until so many are there")                  \
    OP(BRANCH, "probability in 2^-32", "", "target")                                   \
    OP(GOTO, "", "", "target")                                                         \
    OP(PRIORITY, "priority", "", "")                                                   \
    OP(CONVERT, "class", "", "")                                                       \
    OP(MARK, "", "", "the entity's mark is now")                                       \
    OP(TALLY, "tally", "0: since birth, 1: since its last MARK or birth", "")          \
    OP(CALL, "function", "argument", "see zhol_engine_function")                       \
    OP(END, "", "", "")
enum zhol_op {
#define ZHOL_OP_CODE(name, a, b, c) ZHOL_OP_##name,
    ZHOL_OPS(ZHOL_OP_CODE)
#undef ZHOL_OP_CODE
        ZHOL_OP_COUNT
};
struct zhol_engine_step {
    uint8_t op;
    uint8_t wait_cause,
        work_cause; /* accounts of the ledger for waiting, and for service or delay */
    uint32_t a, b, c;
    uint32_t activity; /* names its draws; 0: from process and step. Same number, same luck in
                          another model */
};
/* Copies the steps; they must not run off their end. */
enum zhol_error zhol_engine_process(struct zhol_engine *engine,
                                    const struct zhol_engine_step *steps, uint32_t count,
                                    uint32_t *id);

/* Accounts of the ledger (at most 16; 0: no ledger): every tick of an entity's life stands on
 * exactly one, and their sum is its transit time (checked when audited). Classes at most 64. */
enum zhol_error zhol_engine_causes(struct zhol_engine *engine, uint32_t count);

/* A function that a CALL step runs; it may look at the run, put entities in (zhol_engine_inject),
 * change units (zhol_engine_set_units); it returns the step to go to, or ZHOL_ENGINE_NONE for the
 * next. It must depend on nothing but the run, its argument and `context` (per run, never shared).
 */
typedef uint32_t (*zhol_engine_call)(void *context, struct zhol_engine_run *run, uint32_t entity,
                                     uint32_t argument);
enum zhol_error zhol_engine_function(struct zhol_engine *engine, zhol_engine_call call,
                                     uint32_t *id);
/* The same for one that only looks and returns ZHOL_ENGINE_NONE: a model with such CALLs gives the
 * same run, event order among equal times included, as the model without them. */
enum zhol_error zhol_engine_observer(struct zhol_engine *engine, zhol_engine_call call,
                                     uint32_t *id);

/* The same for one whose answer depends only on the entity's identity, the argument and what never
 * changes in a run. It may be asked long before its time: an entity that sleeps passes it at once,
 * and sleeps on through the delays behind it. */
enum zhol_error zhol_engine_chooser(struct zhol_engine *engine, zhol_engine_call call,
                                    uint32_t *id);

/* ---- Sources ---- */
struct zhol_engine_source {
    uint32_t process;
    uint32_t class;
    uint32_t priority;
    uint32_t between;     /* distribution of times between arrivals; or NONE: see times */
    const int64_t *times; /* arrival times that do not fall, copied; with `jitter` added to each */
    uint32_t time_count;
    uint32_t jitter;    /* distribution, or NONE */
    uint32_t batch;     /* entities an arrival; 0: 1 */
    uint64_t count_max; /* arrivals at most; 0: no limit */
    uint32_t at_start;  /* entities already there at time 0, before any arrival */
    uint32_t activity;  /* names its draws; 0: from its number */
    uint64_t
        id_base; /* identity of its first entity; 0: (source + 1) << 40. Same identity, same luck */
};
#define ZHOL_SOURCE_INIT                                                    \
    {                                                                       \
        .between = ZHOL_ENGINE_NONE, .jitter = ZHOL_ENGINE_NONE, .batch = 1 \
    }
enum zhol_error zhol_engine_source(struct zhol_engine *engine,
                                   const struct zhol_engine_source *source, uint32_t *id);

/* Checks everything and makes the tables of the runs. After it nothing can be added. Findings name
 * kind and index. */
enum zhol_error zhol_engine_seal(struct zhol_engine *engine, struct zhol_report *report);

/* ---- Runs ---- */
struct zhol_run_options {
    uint64_t seed;
    uint64_t replication;
    uint32_t entity_max; /* alive at one time; 0: 2^26 */
    bool audit; /* checks every step against its law: see zhol_engine_run_audit; costs some ns an
                   event */
    /* Ample resources count what of their services lies in [measure_from, measure_to), whatever is
     * forgotten; a service is counted up to some DELAYs before it begins. measure_to 0: no end. */
    int64_t measure_from, measure_to;
    int64_t sample_every;      /* ticks between samples of the queues; 0: none */
    const volatile bool *stop; /* looked at every 65,536 events; NULL: never */
    void *context;             /* for the functions of CALL steps */
};
enum zhol_error zhol_engine_run_new(const struct zhol_engine *engine,
                                    const struct zhol_run_options *options,
                                    struct zhol_engine_run **run);
void zhol_engine_run_free(struct zhol_engine_run *run);
/* Starts again as another replication, without allocating. */
enum zhol_error zhol_engine_run_reset(struct zhol_engine_run *run, uint64_t seed,
                                      uint64_t replication);

/* An entity at a step at the present time: the state from which a run starts, or one made by a
 * CALL. */
enum zhol_error zhol_engine_inject(struct zhol_engine_run *run, uint32_t process, uint32_t step,
                                   uint32_t class, uint32_t priority, uint64_t id, int64_t birth);
/* Units of a pool (a resource of SEIZE) from now on; more are granted at once, fewer when they are
 * given back. */
enum zhol_error zhol_engine_set_units(struct zhol_engine_run *run, uint32_t resource,
                                      uint32_t units);

/* All events before `end` (exclusive); the clock then stands at `end`. */
enum zhol_error zhol_engine_run_until(struct zhol_engine_run *run, int64_t end);
/* Until `count` entities have ended in all (or nothing is left to happen). */
enum zhol_error zhol_engine_run_ended(struct zhol_engine_run *run, uint64_t count);
/* Forgets what was measured so far (end of warm-up); the state goes on. */
void zhol_engine_run_forget(struct zhol_engine_run *run);

int64_t zhol_engine_now(const struct zhol_engine_run *run);
uint64_t zhol_engine_events(const struct zhol_engine_run *run);
uint64_t zhol_engine_ended(const struct zhol_engine_run *run);
uint64_t zhol_engine_alive(const struct zhol_engine_run *run);
uint64_t zhol_engine_entity_id(const struct zhol_engine_run *run, uint32_t entity);
uint32_t zhol_engine_entity_class(const struct zhol_engine_run *run, uint32_t entity);
int64_t zhol_engine_entity_birth(const struct zhol_engine_run *run, uint32_t entity);
/* Who travels in a carrier: the first for ZHOL_ENGINE_NONE, else the one after `member`;
 * ZHOL_ENGINE_NONE behind the last, and of an entity that carries nobody. O(1). */
uint32_t zhol_engine_entity_member(const struct zhol_engine_run *run, uint32_t carrier,
                                   uint32_t member);
/* Ticks that the entity has on each account so far; NULL without a ledger. An entity that lives
 * longer than 2^32 - 1 ticks has none: its end is ZHOL_ERROR_LIMIT. */
const uint32_t *zhol_engine_entity_ledger(const struct zhol_engine_run *run, uint32_t entity);

/* Visits every entity alive that carries nobody, with its ledger up to now. One that sleeps through
 * a service or a delay has the whole of it already. Between events only. ZHOL_ERROR_USAGE: the
 * model has no ledger. O(entities). */
typedef void (*zhol_engine_visit)(void *context, uint64_t id, uint32_t class,
                                  const uint32_t *ledger);
enum zhol_error zhol_engine_each(const struct zhol_engine_run *run, zhol_engine_visit visit,
                                 void *context);

/* What was measured at a resource since the start or the last forget. Sums are exact integers. */
struct zhol_resource_stats {
    uint64_t arrived, started, finished, turned_away, failures, preempted;
    double queue_mean, busy_mean,
        wait_mean; /* queue length; units in use; ticks waited, of those that began service */
    uint32_t queue_now, queue_max, busy_now, units_now;
    int64_t wait_max;
};
void zhol_engine_resource_stats(const struct zhol_engine_run *run, uint32_t resource,
                                struct zhol_resource_stats *stats);
/* Services begun at a resource, how many wait there now, and the ticks that its longest waiting
 * entity waits there; 0: nobody waits. O(1) and O(priorities); of a last_first resource the oldest
 * is looked for in the whole queue. */
uint64_t zhol_engine_started(const struct zhol_engine_run *run, uint32_t resource); /* O(1) */
uint32_t zhol_engine_queue_now(const struct zhol_engine_run *run, uint32_t resource);
/* Whether a calendar is open now. */
bool zhol_engine_is_open(const struct zhol_engine_run *run, uint32_t calendar);
int64_t zhol_engine_oldest(const struct zhol_engine_run *run, uint32_t resource);
struct zhol_tally_stats {
    uint64_t count;
    double mean, deviation, min, max;
};
void zhol_engine_tally_stats(const struct zhol_engine_run *run, uint32_t tally,
                             struct zhol_tally_stats *stats);
/* Quantile of a tally, or of the waits of a resource, at most 0.4 % off (half a bucket of the
 * histogram). NaN: no value. */
double zhol_engine_tally_quantile(const struct zhol_engine_run *run, uint32_t tally, double q);
double zhol_engine_wait_quantile(const struct zhol_engine_run *run, uint32_t resource, double q);
/* Ticks on an account, summed over the ended entities of a class, and how many ended. */
int64_t zhol_engine_ledger(const struct zhol_engine_run *run, uint32_t class, uint32_t cause,
                           uint64_t *ended);
/* Samples of the queue of a resource taken so far. */
const uint32_t *zhol_engine_samples(const struct zhol_engine_run *run, uint32_t resource,
                                    uint32_t *count);

/* The certificate of an audited run: Little's law in integers at each resource (area under the
 * queue = sum of waits, those still waiting included), area under the busy units = sum of services,
 * conservation of entities and units, ledger = transit time of each entity, no event in the past,
 * and path by path each service begins when the recursion of its queue says.
 * `why`: the first law that does not hold. `fingerprint`: 64-bit hash over (time, slot) of all
 * events. */
bool zhol_engine_run_audit(const struct zhol_engine_run *run, uint64_t *fingerprint, char *why,
                           uint32_t size);
/* Of an audited run: services whose begin and turn were checked path by path (Lindley 1952, Kiefer
 * and Wolfowitz 1955), since the start, warm-up included: those at servers that take by priority
 * and then who came first, that finish over a closing or pause, and never fail, batch or give way;
 * and services that have no such recursion. Services at ample resources wait for nobody and are in
 * neither. */
void zhol_engine_run_recomputed(const struct zhol_engine_run *run, uint64_t *checked,
                                uint64_t *others);

/* The uniform that an activity (step of a process, or source) of an entity draws: what oracles and
 * replays use. */
double zhol_engine_uniform(const struct zhol_engine *engine, uint64_t seed, uint64_t replication,
                           uint64_t activity, uint64_t entity, uint32_t draw);
/* The activity number of a step, and of a source's arrivals; and the time that a distribution gives
 * for uniforms of an activity. */
uint64_t zhol_engine_activity(const struct zhol_engine *engine, uint32_t process, uint32_t step);
uint64_t zhol_engine_source_activity(const struct zhol_engine *engine, uint32_t source);
int64_t zhol_engine_draw(const struct zhol_engine *engine, uint32_t dist, uint64_t seed,
                         uint64_t replication, uint64_t activity, uint64_t entity);

/* ---- Experiments: replications over threads ----
 * `measure` is called once per replication on some thread with a run that has ended; it writes
 * `value_count` numbers. values[r * value_count + k] is the k-th of replication first + r: the same
 * bytes for every number of threads. */
struct zhol_experiment {
    const struct zhol_engine *engine;
    struct zhol_run_options options; /* replication and context are set for each */
    uint64_t first;
    uint32_t replications, threads, value_count;
    int64_t warm_up, end; /* forget at warm_up when > 0; run until end */
    enum zhol_error (*prepare)(void *context,
                               struct zhol_engine_run *run); /* inject a state; may be NULL */
    void (*measure)(void *context, const struct zhol_engine_run *run, double *values);
    void *context; /* shared by threads: read only */
    void (*progress)(void *context, uint32_t done, uint32_t total); /* may be NULL; one at a time */
};
enum zhol_error zhol_experiment_run(const struct zhol_experiment *experiment, double *values,
                                    uint32_t *done);

/* Mean and half width of the two-sided Student interval of `count` values at a stride; NaN half
 * width under 2. */
void zhol_interval(const double *values, uint32_t count, uint32_t stride, double confidence,
                   double *mean, double *half_width);
/* The q-quantile of independent values with a distribution-free interval from order statistics;
 * false when `count` is too small for it: then no interval is to be printed. Sorts a copy in
 * `scratch` (count values). */
bool zhol_quantile_interval(const double *values, uint32_t count, uint32_t stride, double q,
                            double confidence, double *scratch, double *quantile, double *low,
                            double *high);
/* Quantile of Student's distribution with `degrees` of freedom, p in (0, 1). Hill's algorithm 396
 * with two Newton steps. */
double zhol_student(double p, double degrees);

#endif
