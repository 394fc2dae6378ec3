/* desk/dispatch_joint.h: a plan of both sides as a file: the day, what was planned, who agreed,
 * what was done.
 *
 * The file is one JSON object: `crossing`, `date`, `horizon_h`, `state`, `sides`, `day` (see
 * dispatch_state.h), `plan`, `promised`, `facts`. A plan is proposed until both sides have agreed
 * to it, agreed then, and done when there is a fact for every train that it takes. A new plan
 * (after a change, or after a side changed what it accepts) is proposed again.
 *
 * Call order: dispatch_joint_init, then dispatch_joint_read or, for a new one, the day is put
 * together and solved; dispatch_joint_write; dispatch_joint_clear (also after a failure).
 * Reading checks the plan against its day with zhol_dispatch_verify, so that a file changed by hand
 * is not taken for a plan. Errors as in dispatch_state.h; ZHOL_ERROR_CONFLICT where the plan breaks
 * a constraint of its day.
 */
#ifndef ZHOL_DESK_DISPATCH_JOINT_H
#define ZHOL_DESK_DISPATCH_JOINT_H

#include "desk/dispatch_state.h"

enum dispatch_plan_state { DISPATCH_PROPOSED, DISPATCH_AGREED, DISPATCH_DONE };

/* What happened to a train; ZHOL_DISPATCH_NEVER where it is not known (yet). */
struct dispatch_fact {
    int32_t accepted_min, left_min; /* left: the last of its units */
};

/* What both sides agreed for a train: when it is accepted and its last unit leaves, NEVER where it
 * was pushed, and by what. */
struct dispatch_promise {
    int32_t accept_min, leave_min;
    enum zhol_dispatch_cause cause;
};

struct dispatch_joint {
    struct dispatch_day day;
    struct zhol_dispatch_plan plan;
    bool agreed[ZHOL_DISPATCH_GAUGES]; /* by the gauge of the side's country */
    struct dispatch_fact *facts;       /* one a train */
    int32_t revision;                  /* 1, one more with each new plan */
    /* The last plan that both sides agreed to, one a train: a new plan does not undo it until it is
     * agreed itself. NULL where none was. */
    struct dispatch_promise *promises;
    int32_t promised_revision;
};

void dispatch_joint_init(struct dispatch_joint *joint);
void dispatch_joint_clear(struct dispatch_joint *joint);
enum zhol_error dispatch_joint_read(const struct zhol_corridor *corridor, const char *path,
                                    struct zhol_report *report, struct dispatch_joint *joint);
/* Facts for all trains, unknown. After the plan was made. */
enum zhol_error dispatch_joint_begin(struct dispatch_joint *joint);
/* A side agrees; where both have, the plan becomes what was promised. ZHOL_ERROR_MEMORY. */
enum zhol_error dispatch_joint_agree(struct dispatch_joint *joint, enum zhol_dispatch_gauge side);
/* Takes a new plan, which the joint owns from then on; both sides must agree anew. */
void dispatch_joint_replace(struct dispatch_joint *joint, struct zhol_dispatch_plan plan);
enum dispatch_plan_state dispatch_joint_state(const struct dispatch_joint *joint);
const char *dispatch_state_word(enum dispatch_plan_state state);
/* The country of a side, by its gauge. */
const char *dispatch_side(const struct dispatch_day *day, enum zhol_dispatch_gauge gauge);
/* The gauge of a side named by its country in any case, or ZHOL_DISPATCH_GAUGES. */
enum zhol_dispatch_gauge dispatch_side_named(const struct dispatch_day *day, const char *country);
/* Writes the object, complete. */
void dispatch_joint_write(const struct dispatch_joint *joint, struct json_writer *json);
/* The same without the object around it, so that more members may follow. */
void dispatch_joint_write_members(const struct dispatch_joint *joint, struct json_writer *json);
/* "not sought", "proven", "too large", "given up". */
const char *dispatch_proof_word(enum zhol_dispatch_proof proof);
/* When the last unit of a train leaves by the plan; NEVER where one is pushed. */
int32_t dispatch_train_leaves(const struct dispatch_day *day, const struct zhol_dispatch_plan *plan,
                              uint32_t train);

#endif
