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
#include "report/study_claims.h"

/* All that was worked out. */
struct study_answers {
    struct corridor_study study;
    struct claim_answers claims;
    struct commitments commitments;
    struct trade trade;
    struct study_days days;
    struct study_sweep *sweeps;
    uint32_t sweep_count;
    struct study_calibration calibration;
    const char *dir;                   /* of the corridor */
    const char *command;               /* as it was given */
    double days_s, claims_s, sweeps_s; /* wall time of these stages */
};

/* Writes the report as the options say; an exit code. */
int study_write(const struct given *given, const struct study_answers *answers);

#endif
