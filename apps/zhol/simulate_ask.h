/* simulate_ask.h: what `zhol simulate` was asked: its options as a study.
 *
 * Order of calls: simulate_ask, study, simulate_asked_clear (also after a failure). What is wrong
 * is printed in the language asked for; the exit code is given back. */
#ifndef ZHOL_APP_SIMULATE_ASK_H
#define ZHOL_APP_SIMULATE_ASK_H

#include "desk/simulate_answer.h"
#include "load.h"

struct simulate_asked {
    struct study_options study;
    struct state state;
    struct ranks ranks;
    enum group_kind by;
    uint32_t limit;
    /* --trace FROM,TO[,NUMBER] */
    bool trace;
    uint32_t trace_from, trace_to;
    int64_t trace_number; /* -1: the first that arrives */
};

/* Reads all options but --compare; `loaded` has its corridor; without --date
 * its day becomes that of the state. */
int simulate_ask(const struct given *given, struct loaded *loaded, struct simulate_asked *asked);
void simulate_asked_clear(struct simulate_asked *asked);

#endif
