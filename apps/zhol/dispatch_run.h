/* dispatch_run.h: what the files of `zhol dispatch` share. */
#ifndef ZHOL_APP_DISPATCH_RUN_H
#define ZHOL_APP_DISPATCH_RUN_H

#include "answer.h"
#include "desk/dispatch_joint.h"
#include "report/dispatch_view.h"

enum { DISPATCH_REMEDIES_MAX = 8, DISPATCH_REMEDIES_TRIED = 120 };

/* One command from the command line on. */
struct dispatch_run {
    const struct given *given;
    struct loaded loaded;
    struct zhol_report report;
    struct dispatch_joint joint;
    struct zhol_dispatch_options options;
    struct zhol_dispatch_remedy remedies[DISPATCH_REMEDIES_MAX];
    uint32_t remedy_count;
    struct zhol_dispatch_replanned replanned; /* its plan has gone to the joint */
    bool is_replanned;
};

/* --threads and --effort. */
int dispatch_take_options(struct dispatch_run *run);
/* Fewer steps for a very large day, where --effort does not say how many. */
void dispatch_fit_effort(struct dispatch_run *run);
/* Findings, then what failed; EXIT_BAD_INPUT or EXIT_FAILED. */
int dispatch_failed(struct dispatch_run *run, enum zhol_error error);
/* Reads a joint plan into run->joint. */
int dispatch_take_file(struct dispatch_run *run, const char *path);
/* Puts the day together from the corridor, --trains and --state. */
int dispatch_take_day(struct dispatch_run *run, const char *station);
/* Applies --change to the day of the joint plan and plans anew. */
int dispatch_replan(struct dispatch_run *run);
/* What would help, where --help-most is given; then the answer in its form. */
int dispatch_answer(struct dispatch_run *run);

/* `agree FILE`, `done FILE` and `report FILES`. */
int dispatch_agree(struct dispatch_run *run, const char *path);
int dispatch_done(struct dispatch_run *run, const char *path);
int dispatch_report(struct dispatch_run *run);

#endif
