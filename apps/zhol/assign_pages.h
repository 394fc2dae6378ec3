/* assign_pages.h: the answer of `zhol assign` put together and written in every format. */
#ifndef ZHOL_APP_ASSIGN_PAGES_H
#define ZHOL_APP_ASSIGN_PAGES_H

#include "answer.h"
#include "report/assign_view.h"

/* The sheets of an answer, in the order in which they are written. */
enum assign_page {
    ASSIGN_PAGE_CROSSINGS,
    ASSIGN_PAGE_CAPACITIES,
    ASSIGN_PAGE_SHOWN, /* against nameplate and demonstrated values */
    ASSIGN_PAGE_WORTH,
    ASSIGN_PAGE_REASONS,
    ASSIGN_PAGE_UNMET,
    ASSIGN_PAGE_LIMITS,
    ASSIGN_PAGE_USERS,
    ASSIGN_PAGE_OBSERVED,
    ASSIGN_PAGE_COUNTED, /* counts of routes, written behind it */
    ASSIGN_PAGE_ROUTES,
    ASSIGN_PAGE_COMMODITIES,
    ASSIGN_PAGE_MONTHS,
    ASSIGN_PAGE_LINKS,
    ASSIGN_PAGE_PROCESSES,
    ASSIGN_PAGE_BALANCE, /* written before the empties that follow from it */
    ASSIGN_PAGE_EMPTIES,
    ASSIGN_PAGE_EMPTY_FLOWS, /* made with ASSIGN_PAGE_EMPTIES, written behind it */
    ASSIGN_PAGE_TOTALS,
    ASSIGN_PAGE_PATHS,
    ASSIGN_PAGE_COUNT
};

struct assign_answer {
    const struct given *given;
    const struct loaded *loaded;
    const struct assign_study *study;
    struct assign_view view;
    struct report_sheet sheets[ASSIGN_PAGE_COUNT];
    bool made[ASSIGN_PAGE_COUNT];
    double limits_left_t;                   /* a day */
    struct assign_worth *worths;            /* owned; made once for the pages that show them */
    struct zhol_assign_certificate empties; /* where their page is made: a problem of its own */
};

/* Makes a sheet where it is not yet made. */
enum zhol_error assign_answer_make(struct assign_answer *answer, enum assign_page page);
void assign_answer_clear(struct assign_answer *answer);
/* The page of a word of --by; ASSIGN_PAGE_COUNT where there is none. */
enum assign_page assign_page_of(const char *word);
/* Writes the whole answer, or only `page` (ASSIGN_PAGE_COUNT: whole), in the format given. */
int assign_answer_write(struct assign_answer *answer, enum assign_page page);

#endif
