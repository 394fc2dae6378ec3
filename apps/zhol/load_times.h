/* load_times.h: `--duration`: a link or process that takes another time, for commands that plan,
 * simulate, assign or study. Timetables that go there are lengthened with it; see
 * corridor/otherwise.h. */
#ifndef ZHOL_APP_LOAD_TIMES_H
#define ZHOL_APP_LOAD_TIMES_H

#include "load.h"

#define LOAD_TIMES_OPTION                                                                                                                                 \
    {                                                                                                                                                     \
        "duration", 0, "WHAT=FACTOR", NULL, true,                                                                                                         \
            SAID("a link or process takes so many times its time, and timetables that go there "                                                          \
                 "are lengthened by what they lose; may be repeated",                                                                                     \
                 "участок или процесс занимает во столько раз больше времени, и расписания " \
                 "удлиняются на то, что там теряют; можно несколько раз")                                                                                 \
    }

struct load_time {
    enum zhol_table table; /* link or process */
    uint32_t thing;
    double factor;
};

/* Reads "S151F=2". */
int load_time_read(const struct given *given, const struct loaded *loaded, const char *text,
                   struct load_time *time);
/* Makes a corridor otherwise as all --duration of the command say; those of `loaded` by load_times
 * after load_corridor, before load_network. */
int load_times_in(const struct given *given, const struct loaded *loaded,
                  struct zhol_corridor *corridor);
int load_times(const struct given *given, struct loaded *loaded);

#endif
