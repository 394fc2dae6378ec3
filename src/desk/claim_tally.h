/* desk/claim_tally.h: how many figures have which verdict, and who decided them.
 *
 * A verdict of the model is evidence for the model; that two published numbers add up is not. So
 * both are counted apart. Only rows that decide count, and a stated aim that is a promise, too,
 * counts once, as the promise.
 *
 * A count beside a capacity can hardly refute it (what went must fit), so those are counted apart,
 * too.
 *
 * Pure; no order of calls, no errors; cost: once through the answers.
 */
#ifndef ZHOL_DESK_CLAIM_TALLY_H
#define ZHOL_DESK_CLAIM_TALLY_H

#include "desk/claim_verdict.h"

struct claim_tally {
    uint32_t all;                        /* figures or promises, `aims` not among them */
    uint32_t aims;                       /* figures that are promises, too: counted there */
    uint32_t within, above;              /* counts beside a capacity: not among model and rows */
    uint32_t model[CLAIM_VERDICT_COUNT]; /* decided by what the model computes */
    uint32_t rows[CLAIM_VERDICT_COUNT];  /* by rows: registers, sums and counts of others, demand */
    /* Of model[CLAIM_CONSISTENT]: lengths of ways on the map, and times that rest on a timetable.
     */
    uint32_t lengths, timetables;
};

/* True for methods whose answer is computed from the network: lengths, planner, assignment,
 * prediction; false for formulas over published rows and the demand table, which is an input. */
bool claim_is_computed(unsigned method);

/* True where a published count is held against a capacity, from one side: column `claimed` is
 * `> [the figure]`. */
bool claim_is_beside_capacity(const struct zhol_corridor *corridor,
                              const struct zhol_claim_test *test,
                              const struct claim_answer *answer);

/* Figures with a role (zhol_role_CLAIM or zhol_role_CHECK). */
struct claim_tally claims_tally(const struct claim_answers *answers, unsigned role);
/* Promises. Those that evidence decides stand among the rows. */
struct claim_tally claims_tally_promises(const struct claim_answers *answers);

#endif
