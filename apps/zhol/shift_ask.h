/* shift_ask.h: the question of `zhol shift`: what the corridor, a journal, lists and the people of
 * the shift know, put into a view (report/shift_view.h).
 *
 * shift_ask.c asks the corridor and the options; shift_source.c finds who comes: in a journal, in a
 * list, in published days, or in the demand of the corridor.
 *
 * Call order: shift_ask, a form of report/shift_view.h, shift_ask_clear (also after a failure).
 * Every function prints what is wrong and returns the exit code; EXIT_FINE: go on.
 */
#ifndef ZHOL_APP_SHIFT_ASK_H
#define ZHOL_APP_SHIFT_ASK_H

#include "queue_pages.h"
#include "report/shift_view.h"

enum { SHIFT_TEXT = 64 };

/* A vehicle of the list. */
struct shift_vehicle {
    char name[SHIFT_TEXT];
    int64_t slot_s, data_s; /* UTC; data_s INT64_MIN: none */
};

struct shift_asked {
    struct page *page;
    uint32_t row; /* of queue */
    int32_t day;  /* local day of the checkpoint */
    int64_t start_s;
    struct figures figures;
    struct shift_view view;
    double open[2][SHIFT_HOURS];    /* parts of the hours of today and tomorrow in which both
                                       sides are open */
    double plan[2][SHIFT_HOURS];    /* vehicles that both sides planned to pass */
    double side[2][2][SHIFT_HOURS]; /* what each side planned, by day and enum zhol_queue_side */
    struct shift_vehicle *vehicles; /* of the list */
    uint32_t vehicle_count, vehicle_capacity;
    struct shift_missing *missing;
    struct shift_point *points;
};

int shift_ask(struct page *page, uint32_t row, struct shift_asked *asked);
void shift_ask_clear(struct shift_asked *asked);

/* Fills in view.day.arrivals, view.day.waiting, view.origin and what belongs to them. */
int shift_arrivals(struct shift_asked *asked);
/* The same from --store or --journal, where one is given: *found. */
int shift_arrivals_journal(struct shift_asked *asked, bool *found);
/* UTC second at which the clock of the checkpoint shows `local_s`. */
int64_t shift_utc(const struct shift_asked *asked, int64_t local_s);

#endif
