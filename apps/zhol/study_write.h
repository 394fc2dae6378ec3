/* study_write.h: the study's report: its document in a language, and where it goes. */
#ifndef ZHOL_APP_STUDY_WRITE_H
#define ZHOL_APP_STUDY_WRITE_H

#include "command.h"
#include "desk/claim_verdict.h"
#include "desk/commitments.h"
#include "desk/corridor_study.h"
#include "desk/study_days.h"
#include "desk/study_sweep.h"
#include "desk/trade.h"
#include "report/study_sections.h"
#include "report/study_claims.h"

/* Sections of the report, in its order; sweeps stand after the relations. */
enum study_part {
    PART_SUMMARY,
    PART_CORRIDOR,
    PART_DEMAND,
    PART_SCENARIOS,
    PART_BOTTLENECKS,
    PART_RELATIONS,
    PART_DISPATCH,
    PART_CLAIMS,
    PART_CALIBRATION,
    PART_COMMITMENTS,
    PART_TRADE,
    PART_EVIDENCE,
    PART_MADE,
    PART_COUNT
};
#define PARTS_ALL ((1U << PART_COUNT) - 1)
const char *study_part_name(enum study_part part); /* "summary": as in --only and in JSON */

/* Processor time of the stages after the scenarios, s; 0: not run. Printed, never written into the
 * report: the same input gives the same bytes. */
struct study_times {
    double sweeps_s, dispatch_s, claims_s;
};

/* All that was worked out. */
struct study_answers {
    struct corridor_study study;
    struct zhol_corridor *claimed; /* the base that claims stand on */
    struct claim_answers claims;
    struct commitments commitments;
    struct trade trade;
    struct study_days days;
    struct study_sweep *sweeps;
    uint32_t sweep_count;
    struct study_calibration calibration;
    const char *dir;     /* of the corridor */
    const char *command; /* as it was given */
    unsigned parts;      /* bits of study_part: asked for, and worked out */
    bool judged;         /* claims and promises were worked out */
    bool dispatched;     /* days were */
    bool interrupted;    /* not all that was asked for is here */
    struct study_times times;
    double wall_s; /* of all stages */
};

/* Writes the report as the options say; an exit code. */
int study_write(const struct given *given, const struct study_answers *answers);

#endif
