/* study_ask.h: the options of `zhol study`: read, held against each other, refused with a sentence.
 *
 * Order of calls: study_ask (fills what was given), then with asked.study.dir set
 * study_ask_settings and study_ask_things, which read the corridor; study_ask_clear at the end.
 * Each prints what is wrong and returns the exit code; EXIT_FINE means go on.
 */
#ifndef ZHOL_APP_STUDY_ASK_H
#define ZHOL_APP_STUDY_ASK_H

#include "load.h"
#include "study_write.h"

enum { STUDY_NAMES_MAX = 64 };

struct study_asked {
    struct corridor_study_options study;
    const char *scenarios[STUDY_NAMES_MAX];
    const char *set[STUDY_NAMES_MAX];
    struct assign_change *changes; /* owned */
    double draws;
    unsigned parts; /* bits of study_part */
    struct ranks ranks;
    bool made[2]; /* the folder of --out and its csv/: not there before */
};

int study_ask(const struct given *given, struct study_asked *asked);
/* A set for a scenario that is not run would be lost without a word. */
int study_ask_settings(const struct given *given, const struct study_asked *asked);
/* Changes and sweeps: what they name is looked for in the base. */
int study_ask_things(const struct given *given, struct study_asked *asked);
int study_ask_failed_sweep(const struct given *given, const char *text, enum zhol_error error);
/* Makes the folder of --out: where nothing can be written, that is told before the work. */
int study_ask_folder(const struct given *given, struct study_asked *asked);
/* Takes away what it made, where nothing was written into it. */
void study_ask_unmake(const struct given *given, const struct study_asked *asked);
/* The change of that number names what is not in force. */
int study_ask_failed_change(const struct given *given, uint32_t number);
void study_ask_clear(struct study_asked *asked);

static inline bool study_wants(unsigned parts, unsigned some)
{
    return (parts & some) != 0;
}

#endif
