/* desk/commitments.h: what became of each promise by a day.
 *
 * A promise (table commitment) names a measure, a scope, a value and a day due. Its evidence is
 * every row of series and observation with the same measure and scope, the dated values of the
 * capacity it is about (where a capacity is what is promised), and the states of the project that
 * is to keep it. The rules, in the order in which they are tried:
 *
 *   not made   the day lies before the promise was made: signature of its instrument, else entry
 *              into force, else the first event that names it, else the date of the promise's
 *              source or the first state of its project, whichever is earlier. Such promises are
 * left out of the list. met        evidence shows the value. Evidence counts where more than half
 * of its period lies after the promise was made; a printed claim never counts. A range counts only
 * as a whole. `by_date`: the project is in operation; without a project, the instrument is in
 * force. A promise kept after its day is met, and late. missed     the day due has passed and
 * evidence of a time after it shows less. unknown    the day due has passed and nothing is known of
 * the time after it: since the last evidence, or since the day to which the corridor is dated if
 * that was earlier. behind     the day due is to come, and the last figure of a flow lies more than
 * a tenth of the promised change below the straight line from the baseline (from the end of the
 * period that has its value, else from the day of the promise). Capacities come in steps and have
 * no such line. A project not yet begun less than two years before its day is behind as well. open
 * all else.
 *
 * A figure of a period (10 Mt in 2027) is known when the period is over; a rate (60 pairs/day, a
 * unit with '/') from its first day. Nothing counts that is later than the day asked for.
 *
 * Call order: commitments_judge, look, commitments_clear. Cost: promises x (series + observations).
 */
#ifndef ZHOL_DESK_COMMITMENTS_H
#define ZHOL_DESK_COMMITMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

enum commitment_state {
    COMMITMENT_MET,
    COMMITMENT_OPEN,
    COMMITMENT_BEHIND,
    COMMITMENT_MISSED,
    COMMITMENT_UNKNOWN,
    COMMITMENT_STATE_COUNT
};

/* One row of evidence, in order of time. */
struct commitment_evidence {
    enum zhol_table table; /* series, observation, resource, project_status or instrument */
    uint32_t row;
    int32_t from, to; /* its period; `to` may be ZHOL_BLANK_DATE */
    double value;     /* NaN for a gap, a state in words or another unit */
    double low, high; /* equal to value where it is not a range */
    bool counts;      /* may prove that the promise was kept */
    bool keeps;       /* and it does */
    bool repeats;     /* says the same as the row before it */
};

struct commitment_view {
    uint32_t row; /* of table commitment */
    enum commitment_state state;
    int32_t since;   /* MET: from when; UNKNOWN: since when; MISSED: the day due; else blank */
    bool late;       /* MET after the day due */
    int32_t made;    /* when promised, or ZHOL_BLANK_DATE */
    uint32_t latest; /* into evidence: the figure that kept it, else the last that may count, or
                      ZHOL_NONE */
    double progress; /* part of the way from baseline to value, NaN where there is none */
    double expected; /* part of the time that has passed, NaN where there is no start or end */
    uint32_t first_evidence, evidence_count;
};

struct commitments {
    struct commitment_view *views; /* in order of the day due, those without one last */
    uint32_t count;
    struct commitment_evidence *evidence;
    uint32_t evidence_count;
    uint32_t not_made; /* promises of after that day, left out */
    int32_t day;       /* asked for */
    int32_t known;     /* the earlier of day and the corridor's as_of */
    uint32_t view_capacity, evidence_capacity;
};

/* Judges all promises on `day`. ZHOL_ERROR_MEMORY. The caller clears *out, also after a failure. */
enum zhol_error commitments_judge(const struct zhol_corridor *corridor, int32_t day,
                                  struct commitments *out);
void commitments_clear(struct commitments *commitments);
/* "met", "open", "behind", "missed", "unknown"; static. */
const char *commitment_state_text(enum commitment_state state);

#endif
