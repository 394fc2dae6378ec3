/* desk/claim_verdict.h: what a published figure or a promise is held against, and the verdict.
 *
 * Every observation with the role claim or check and every promise has rows in table claim_test.
 * A row names a method and a question; the answer is computed from the corridor each time, with its
 * interval, and held against the figure with the interval of its own (a printed range, else what
 * rounding leaves). The first row of a figure decides it, further ones stand beside it: which route
 * takes 19 to 23 days is seen only so. Nothing here is ever fitted to a claim or a check.
 *
 * Methods, and where their interval comes from:
 * - formula      rows of the corridor (desk/formula.h): published figures, registers, capacities;
 *                outer limits by interval arithmetic;
 * - way_length   links along `A>B>C`, by default the scope of the figure; length_low, length_high;
 * - plan_days    `A>via>B[; in KZ][; sums][; sea][; road][; not PLACE]`: days of the fastest way of
 * a container (no trucks unless `road`, no trains where `sea`), from departure to arrival, 10 % to
 * 90 % of the promise's worlds (desk/eta_arrival.h). `sums`: by the best and by the usual speeds of
 * links, borders and handlings at their medians, no waiting and no timetable (which may only repeat
 * a plan); the value is the middle. `in KZ`: the same, only what is passed in that country;
 * - flow         `LINK+LINK`: freight over these links, both directions; flow_change: the same less
 *                what the corridor without the scenario carries on the same day; saving: cost of
 *                all freight without the scenario less that with it, M USD a month of 365/12 days,
 *                unmet freight at its price. Demand of CLAIM_DEMAND_YEAR, assigned to the network
 *                of the day (desk/assign_model.h);
 *                `spare A+B` in place of links: what the assignment leaves of these
 *                capacities together, units a year;
 * - max_flow     `key=word ...` (direction, route, mode, via, flow, class, to, from, goods, id):
 * what of these rows of demand still goes when they are raised, all else as it is, and which
 *                capacities then have a price: first those where this freight itself pays most.
 *                With `mix` they grow together by one factor, the greatest at which at most
 *                CLAIM_LEFT of them is left behind (desk/claim_verdict_room.h); without it each is
 *                raised CLAIM_RAISE times, and what pays most goes: the most of any mix.
 *                With `added` (and a scenario that adds the freight) it is `mix`, held against what
 *                stays behind without this freight at the stated inputs, so that there is no room
 *                where capacities are too small for the freight of the year; the cost of its last
 *                TEU is told.
 *                `trains=A+B`: tonnes a train on these paths are told, too.
 *                The interval of these five: least and greatest of three runs: the stated inputs,
 *                all assumed capacities at their least, and at their greatest. Two corners hold
 *                every draw of what only capacities limit, so the verdict hangs on no number of
 *                draws. `draws` more runs draw all assumed capacities, speeds, prices and demand,
 *                and may only widen it; what is no maximum (flow, flow_change, saving) may lie
 *                outside of the corners in some of them;
 * - demand       `key=word ...`: the demand table over the figure's period; limits: its fitted and
 *                assumed cells CLAIM_SOFT less or more;
 * - prediction   `SIDE DIRECTION YEAR`: the border time that the calibration predicts from the
 *                years before (desk/calibrate.h);
 * - none         no answer: the row's reason says why.
 *
 * A row with an observation and a commitment is a stated aim: it is judged as that promise.
 *
 * Verdict of a figure: CONSISTENT where its interval, the row's tolerance with it (`>` and `<`: one
 * side is free), and that of the model meet, else INCONSISTENT. Both intervals are what is shown.
 * Where they meet only in what rounding leaves of the figure, and the model's is the wider one,
 * UNDECIDED (by_rounding).
 * A prediction whose interval is too wide to test anything (desk/calibrate.h) is UNDECIDED, too,
 * where it holds the figure (too_wide). Of a promise: REACHABLE where the whole interval keeps it,
 * NOT REACHABLE where none of it does, OPEN between. A promise that is kept, or whose day has
 * passed, on options.day is judged by its evidence alone (desk/commitments.h): KEPT, NOT KEPT, or
 * PAST where nothing is published of the time after it; the model's figure still stands beside.
 * UNDECIDED: the method none, or a fault (`problem`).
 *
 * Column `claimed` replaces the figure: a formula; `< X` or `> X` where only a direction is
 * claimed; `-` where there is nothing to judge by, as traffic beside a capacity: BESIDE.
 *
 * Call order: claims_options_init, claims_answer, look, claims_clear. The corridor must outlive the
 * answers. Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_INTERRUPTED; a question that cannot be answered is
 * a problem of its row, not an error. Cost: about 0.1 s a plan; each scenario and day asked for by
 * flows one assignment and its corners (1 to 3 seconds), and a second a draw, in threads. Same
 * input, same bytes, any number of threads.
 */
#ifndef ZHOL_DESK_CLAIM_VERDICT_H
#define ZHOL_DESK_CLAIM_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

#include "desk/trade.h"

#define CLAIM_DEMAND_YEAR 2025
#define CLAIM_RAISE       20.0
#define CLAIM_LEFT        0.01 /* assumption: a share left behind at which a network counts as full */
#define CLAIM_SOFT        0.1 /* fitted and assumed cells of demand may be so far off */
enum { CLAIM_BINDS = 3 };

enum claim_verdict {
    CLAIM_CONSISTENT,
    CLAIM_INCONSISTENT,
    CLAIM_REACHABLE,
    CLAIM_NOT_REACHABLE,
    CLAIM_OPEN,
    CLAIM_KEPT,     /* evidence shows the promise kept */
    CLAIM_NOT_KEPT, /* its day has passed, and evidence shows less */
    CLAIM_PAST,     /* or nothing is published of the time after it */
    CLAIM_BESIDE,   /* stands beside: nothing published to hold it against */
    CLAIM_UNDECIDED,
    CLAIM_VERDICT_COUNT
};

/* What limits an answer: a capacity with a price, or (plan_days) where the days go. */
struct claim_bind {
    char *id;
    char *name, *name_ru;  /* as the corridor with the row's scenario calls it; "" or NULL: none */
    enum zhol_table table; /* resource, or node, link or service of a step */
    double days;           /* plan_days: of the step with its wait; NaN for capacities */
};

struct claim_answer {
    uint32_t row;               /* of table claim_test */
    bool decides;               /* the first row of its figure or promise */
    struct trade_value claimed; /* with its tolerance; NaN: no number; an end may be infinite */
    struct trade_value model;
    enum claim_verdict verdict;
    bool by_rounding; /* undecided: it meets only what rounding leaves of the figure */
    bool too_wide;    /* undecided: the interval of a prediction holds nearly any figure */
    bool timetable;   /* plan_days: it rests on times that a service publishes */
    struct trade_value sums_days; /* plan_days: low by best, high by usual speeds; value: middle */
    double parts_of_days; /* plan_days: what `days` of binds are parts of, at usual times; NaN */
    double factor;        /* max_flow with `mix`: all that is meant times this; else NaN */
    double last_usd, last_free_usd; /* max_flow with `added`: of a TEU (claim_room_last_teu); NaN */
    double t_per_train; /* of what is meant, over the paths of `trains=`; NaN: not asked */
    struct claim_bind binds[CLAIM_BINDS]; /* most paid there, or most days, first */
    uint32_t bind_count;
    char *problem; /* in words, or NULL */
};

struct claim_answers {
    const struct zhol_corridor *corridor;
    struct claim_answer *items; /* in order of the table */
    uint32_t count;
    uint32_t draws;
};

struct claims_options {
    const char *dir; /* folder of the corridor, for scenarios */
    bool model;      /* false: only what rows of the corridor answer; the rest stays undecided */
    const uint8_t *wanted; /* by row of claim_test: not 0 where it is asked; NULL: all */
    int32_t day;           /* on which promises are due or not; blank: that of the corridor */
    uint32_t draws;        /* of all assumed inputs, beside the two corners of capacities */
    uint64_t seed;
    uint32_t threads;   /* 0: as many as there are cores, at most 16 */
    bool (*stop)(void); /* asked between questions; may be NULL */
};

void claims_options_init(struct claims_options *options, const char *dir);
enum zhol_error claims_answer(const struct zhol_corridor *corridor,
                              const struct claims_options *options, struct claim_answers *out);
void claims_clear(struct claim_answers *answers);

/* The answer that decides an observation or a promise (things); NULL where there is none. */
const struct claim_answer *claims_of_observation(const struct claim_answers *answers,
                                                 uint32_t observation);
const struct claim_answer *claims_of_commitment(const struct claim_answers *answers,
                                                uint32_t commitment);
/* True where the stated inputs give one end of the interval: all draws lie on one side of it, or
 * the other end is the freight that goes as it is (`upper`). */
bool claim_is_at_end(const struct claim_answer *answer);
/* "consistent", "inconsistent", "reachable", "not reachable", "open", "kept", "not kept", "outcome
 * unknown", "for information", "not decidable"; static. */
const char *claim_verdict_text(enum claim_verdict verdict);

#endif
