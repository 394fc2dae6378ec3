/* assign_ask.h: the options that `zhol assign` and `zhol sensitivity` share: period, what is held,
 * what is otherwise. */
#ifndef ZHOL_APP_ASSIGN_ASK_H
#define ZHOL_APP_ASSIGN_ASK_H

#include "desk/assign_study.h"
#include "load.h"

/* What is otherwise: `zhol study` has it, too. */
#define ASSIGN_ASK_CHANGES                                                 \
    {"change",                                                             \
     0,                                                                    \
     "RESOURCE=VALUE",                                                     \
     NULL,                                                                 \
     true,                                                                 \
     SAID("another capacity, in the resource's own unit; may be repeated", \
          "другая мощность в её единицах; можно несколько раз")},          \
        {"close",                                                          \
         0,                                                                \
         "LINK|PLACE",                                                     \
         NULL,                                                             \
         true,                                                             \
         SAID("close a link or a place; may be repeated",                  \
              "закрыть участок или место; можно несколько раз")},          \
    {                                                                      \
        "tariff", 0, "TARIFF=FACTOR", NULL, true,                          \
            SAID("a tariff times a factor; may be repeated",               \
                 "тариф, умноженный на число; можно несколько раз")        \
    }

#define ASSIGN_ASK_OPTIONS                                                                                                                                       \
    {"period",                                                                                                                                                   \
     0,                                                                                                                                                          \
     "PERIOD",                                                                                                                                                   \
     NULL,                                                                                                                                                       \
     false,                                                                                                                                                      \
     SAID("2024, 2025-03 or 2025-01..2025-04 (default: the last whole year)",                                                                                    \
          "2024, 2025-03 или 2025-01..2025-04 (по умолчанию последний полный год)")},                                                                            \
        {"average",                                                                                                                                              \
         0,                                                                                                                                                      \
         NULL,                                                                                                                                                   \
         NULL,                                                                                                                                                   \
         false,                                                                                                                                                  \
         SAID("the period as one average day, not month by month",                                                                                               \
              "период как одни средние сутки, а не по месяцам")},                                                                                                \
        {"hold",                                                                                                                                                 \
         0,                                                                                                                                                      \
         "WHAT",                                                                                                                                                 \
         "border|crossing|none",                                                                                                                                 \
         false,                                                                                                                                                  \
         SAID("goods keep to the border at which they are counted (default), to the crossing, "                                                                  \
              "or to nothing",                                                                                                                                   \
              "груз держится границы, где учтён (по умолчанию), перехода или ничего")},                                                                          \
        {"leave",                                                                                                                                                \
         0,                                                                                                                                                      \
         "USD",                                                                                                                                                  \
         NULL,                                                                                                                                                   \
         false,                                                                                                                                                  \
         SAID("what it costs a tonne to cross elsewhere on that border than where it is counted "                                                                \
              "(exports: twice that; default: 10, an assumption; 0: nothing)",                                                                                   \
              "чего стоит тонне другой переход той же границы, не тот, где она учтена (по "            \
              "умолчанию 10, для экспорта вдвое; допущение; 0: ничего), долл.")},                                                                                \
        ASSIGN_ASK_CHANGES,                                                                                                                                      \
        {"unmet",                                                                                                                                                \
         0,                                                                                                                                                      \
         "FACTOR",                                                                                                                                               \
         NULL,                                                                                                                                                   \
         false,                                                                                                                                                  \
         SAID("price of unmet freight: so many times its free cost (default: 3)",                                                                                \
              "цена неперевезённого: во столько раз больше свободной стоимости (по умолчанию " \
              "3)")},                                                                                                                                            \
    {                                                                                                                                                            \
        "threads", 0, "N", NULL, false,                                                                                                                          \
            SAID("threads (default: as many as cores)", "потоки (по умолчанию по числу ядер)")                                                                   \
    }

struct assign_asked {
    struct assign_study_options options;
    struct assign_change *changes; /* owned */
};

/* Reads the options; prints what is wrong and returns the exit code. */
int assign_ask(const struct given *given, const struct loaded *loaded, struct assign_asked *asked);
/* The options change, close and tariff alone, as they stand; the caller frees *changes. */
int assign_ask_changes(const struct given *given, const struct loaded *loaded,
                       struct assign_change **changes, uint32_t *count);
/* Says why a study failed, and returns the exit code. */
int assign_ask_failed(const struct given *given, enum zhol_error error);
void assign_ask_clear(struct assign_asked *asked);

#endif
