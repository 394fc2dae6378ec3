/* plan_ask.h: a question to the planner from the command line: places, times, goods, wishes.
 *
 * Order of calls: load_corridor, plan_ask, load_network, then the planner, plan_ask_clear. Needs
 * only the corridor, so that a wrong name is told before anything is compiled.
 */
#ifndef ZHOL_APP_PLAN_ASK_H
#define ZHOL_APP_PLAN_ASK_H

#include <zhol/plan.h>

#include "command.h"
#include "load.h"

enum { ASKED_VIA_MAX = 8, ASKED_AVOID_MAX = 64 };

struct asked {
    struct zhol_consignment order; /* points into this struct */
    struct zhol_plan_options options;
    uint32_t via[ASKED_VIA_MAX];
    uint32_t avoid_nodes[ASKED_AVOID_MAX];
    char avoid_countries[ASKED_AVOID_MAX][3];
};

/* Options of a consignment, for the table of a command that asks one; then its own may follow. */
#define PLAN_ASK_OPTIONS                                                                                                             \
    {"depart",                                                                                                                       \
     0,                                                                                                                              \
     "TIME",                                                                                                                         \
     NULL,                                                                                                                           \
     false,                                                                                                                          \
     SAID("when the goods are ready, local time of FROM: 2026-02-16, 2026-02-16T18:00, or with "                                     \
          "an offset +08:00 (default: the day of the network at 08:00)",                                                             \
          "когда груз готов, местное время FROM: 2026-02-16, 2026-02-16T18:00 или со сдвигом " \
          "+08:00 (по умолчанию день сети, 08:00)")},                                                                                \
        {"commodity",                                                                                                                \
         0,                                                                                                                          \
         "NAME",                                                                                                                     \
         NULL,                                                                                                                       \
         false,                                                                                                                      \
         SAID("what is carried: id or name (default: general container goods)",                                                      \
              "что везут: код или название (по умолчанию сборный контейнерный груз)")},                                              \
        {"teu",                                                                                                                      \
         0,                                                                                                                          \
         "N",                                                                                                                        \
         NULL,                                                                                                                       \
         false,                                                                                                                      \
         SAID("how many TEU (default: 2, one 40 ft container)",                                                                      \
              "сколько ДФЭ (по умолчанию 2: один 40-футовый контейнер)")},                                                           \
        {"tonnes", 0, "N", NULL, false, SAID("how many tonnes", "сколько тонн")},                                                    \
        {"deadline", 0,     "TIME",                                                                                                  \
         NULL,       false, SAID("latest arrival, local time of TO", "не позже, местное время TO")},                                 \
        {"via", 0,     "P,P",                                                                                                        \
         NULL,  false, SAID("places to pass, in this order", "через какие места, в этом порядке")},                                  \
        {"avoid",                                                                                                                    \
         0,                                                                                                                          \
         "WHAT,WHAT",                                                                                                                \
         NULL,                                                                                                                       \
         false,                                                                                                                      \
         SAID("countries, places or modes to avoid",                                                                                 \
              "страны, места или виды транспорта в обход")},                                                                         \
    {                                                                                                                                \
        "time", 0, "KIND", "median|min", false,                                                                                      \
            SAID("median total times, waiting included, or technical minimum",                                                       \
                 "медианные полные времена с ожиданием или технический минимум")                                                     \
    }

/* General container goods, else the first that goes in boxes; ZHOL_NONE: no commodity at all. */
uint32_t plan_default_commodity(const struct loaded *loaded);

/* Reads the question from FROM and TO and the options above. Without --date, a --depart sets the
 * day of the network. Prints what is wrong and returns the exit code, EXIT_FINE: *asked is set. It
 * must not be moved afterwards. */
int plan_ask(const struct given *given, struct loaded *loaded, const char *from, const char *to,
             struct asked *asked);

/* Says why the planner gave no answer, on stderr; returns the exit code. */
int plan_ask_failed(const struct given *given, const struct loaded *loaded,
                    const struct asked *asked, enum zhol_error error);

#endif
