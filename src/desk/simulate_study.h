/* desk/simulate_study.h: the study around the simulation: from a corridor and a question to blocks.
 *
 * What it does: takes the flows (demand, or a list), the present state where one is given, the
 * disruptions; builds the model of <zhol/simulate.h>; runs replications in fixed batches, over
 * threads and over the ranks of an MPI job, until their number or the wanted precision is reached.
 *
 * Start. Without a state the corridor is empty `warm_up_days` before `start_s`, and what happens
 * until then is not measured: a common truncation, the same for all replications.
 * desk/simulate_steady.h tells whether it was long enough. With a state, the queues stand as
 * it says, what is under way stands on its way as flows of that strength without waiting would, and
 * nothing is truncated.
 *
 * Precision. After every batch of STUDY_BATCH replications, from STUDY_LEAST on: enough when the 95
 * % half width of the mean transit time of all loads is not above `precision` of the mean. The
 * batches are fixed, so the number of threads or ranks does not change where it stops.
 *
 * Call order: study_options_init, study_prepare, study_run, reading (blocks;
 * desk/simulate_groups.h), study_clear. Corridor, network and options must outlive the study.
 * Ownership: the caller owns it. Errors: those of flows and model, with findings in the report;
 * ZHOL_ERROR_INTERRUPTED only where not even two replications were finished: else `interrupted` is
 * set and the finished ones stay.
 */
#ifndef ZHOL_DESK_SIMULATE_STUDY_H
#define ZHOL_DESK_SIMULATE_STUDY_H

#include <zhol/simulate.h>

#include "desk/simulate_flows.h"
#include "desk/simulate_state.h"
#include "simulate/ranks.h"

enum { STUDY_BATCH = 10, STUDY_LEAST = 20, STUDY_MOST = 100000 };

struct study_options {
    int64_t start_s; /* UTC: measuring begins */
    double days;     /* measured */
    double warm_up_days;
    uint32_t replications; /* with a precision: at most */
    double precision;      /* relative; 0: not wanted */
    uint64_t seed;
    uint32_t threads;
    uint32_t followed; /* first replications whose units are kept (24 + 16 bytes each); one rank */
    double sample_h;
    double dwell; /* share of published dwell beyond technical time that is waited besides the
                     model's queues, 0 to 1; NAN: the model's assumption */
    bool audit;
    const char *list;          /* file of arrivals, or NULL */
    bool replay;               /* the list alone, no demand */
    bool assigned;             /* ways and shares of an assignment, not of the planner */
    bool free_crossings;       /* see struct flows_how */
    const struct state *state; /* disruptions, and with from_state the queues; or NULL */
    bool from_state;
    const struct ranks *ranks;                      /* NULL: one */
    const volatile bool *stop;                      /* NULL: never */
    void (*progress)(void *context, uint32_t done); /* replications; NULL: none */
    void *context;
};

struct study {
    const struct study_options *options;
    const struct zhol_corridor *corridor;
    struct zhol_network_view view;
    struct flows flows;
    struct zhol_simulate_input input;
    struct zhol_simulate_options model_options;
    struct zhol_simulate_disruption *disruptions;
    struct zhol_simulate_standing *standing;
    uint32_t standing_capacity, disruption_capacity;
    uint32_t stated_disruptions; /* of the model's, the first so many are of options->state */
    uint32_t *queue_entries;     /* how many of `standing`, from the first on, are of each queue */
    struct zhol_simulate_model *model;
    int64_t *blocks;       /* `count` blocks in replication order */
    uint32_t *replication; /* number of each */
    uint32_t count, capacity;
    /* Of replication i, in order of identity and number; without units where it was not run. */
    struct zhol_simulate_ended *followed;
    uint32_t followed_count;
    bool interrupted;
    bool reached;          /* the precision */
    double relative;       /* half width over mean, at the end; NaN under two */
    double model_s, run_s; /* wall time; not for results */
};

void study_options_init(struct study_options *options);
enum zhol_error study_prepare(const struct zhol_corridor *corridor,
                              const struct zhol_network *network,
                              const struct study_options *options, struct zhol_report *report,
                              struct study *study);
enum zhol_error study_run(struct study *study);
void study_clear(struct study *study);

/* By identity of the flow, then by number: so are `followed` sorted. For qsort. */
int study_unit_order(const void *a, const void *b);

/* The units of a replication in that order: those that were kept, or `*made` (the caller frees it;
 * NULL: kept) by running it again. */
enum zhol_error study_units(const struct study *study, uint32_t replication,
                            struct zhol_simulate_ended *found, struct zhol_simulate_unit **made);

/* The blocks as <zhol/simulate.h> wants them. */
struct zhol_simulate_blocks study_blocks(const struct study *study);

#endif
