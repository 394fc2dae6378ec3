/* desk/claim_verdict_parts.h: what the files of claim_verdict share. */
#ifndef ZHOL_DESK_CLAIM_VERDICT_PARTS_H
#define ZHOL_DESK_CLAIM_VERDICT_PARTS_H

#include "base/buffer.h"
#include "base/text.h"
#include "desk/claim_verdict.h"
#include "desk/commitments.h"

/* A scenario of the corridor, read when first needed. */
struct claim_corridor {
    const char *name; /* "" for the base */
    const struct zhol_corridor *corridor;
    struct zhol_corridor *own; /* to be freed */
};

struct claim_desk {
    const struct claims_options *options;
    const struct zhol_corridor *base;
    struct claim_answers *answers;
    struct claim_corridor *corridors;
    uint32_t corridor_count, corridor_capacity;
    struct commitments promises; /* what evidence says of them on the day asked for */
};

const struct zhol_claim_test *claim_test_of(const struct claim_desk *desk, uint32_t answer);
/* The corridor with the scenario of a row; NULL: the problem is noted. Only *error == OK goes on.
 */
const struct zhol_corridor *claim_corridor(struct claim_desk *desk, uint32_t answer,
                                           enum zhol_error *error);
/* The day of a row: its own, else the figure's first day (by_figure), else that of the corridor. */
int32_t claim_day(const struct claim_desk *desk, uint32_t answer, bool by_figure);
/* The period of a row's figure; false where it has none. */
bool claim_period(const struct claim_desk *desk, uint32_t answer, int32_t *from, int32_t *to);
bool claim_is_wanted(const struct claim_desk *desk, uint32_t answer);
/* The first problem of an answer stays. */
__attribute__((format(printf, 2, 3))) enum zhol_error claim_problem(struct claim_answer *answer,
                                                                    const char *format, ...);

/* Adds what limits an answer; at most CLAIM_BINDS stay. */
enum zhol_error claim_bind(struct claim_answer *answer, const struct zhol_corridor *corridor,
                           enum zhol_table table, uint32_t thing, double days);

enum zhol_error claim_way_length(struct claim_desk *desk, uint32_t answer);
enum zhol_error claim_plan_days(struct claim_desk *desk, uint32_t answer);
enum zhol_error claim_prediction(struct claim_desk *desk, uint32_t answer);
enum zhol_error claim_demand(struct claim_desk *desk, uint32_t answer);
/* All rows with a method of flows at once. */
enum zhol_error claim_flows(struct claim_desk *desk);

#endif
