/* demand_pages.h: the pages of `zhol demand`: the matrix by groups, its totals, one cell explained.
 *
 * The fits belong to the caller. Pages append to a buffer whose errors stick.
 */
#ifndef ZHOL_APP_DEMAND_PAGES_H
#define ZHOL_APP_DEMAND_PAGES_H

#include "base/buffer.h"
#include "command.h"
#include "desk/demand.h"
#include "load.h"

struct demand_page {
    const struct given *given;
    const struct loaded *loaded;
    const struct demand_fit *fit;
    int32_t from, to; /* of the fit's year */
    const char *by;   /* what is grouped */
    unsigned only;    /* direction of trade that counts; 0: all */
    const char *mode; /* of what counts: a mode, "land" (rail and road), or NULL: all */
    struct buffer out;
};

/* Words that --by takes, separated by '|'. */
#define DEMAND_GROUPINGS                                                                   \
    "flow|direction|route|mode|crossing|commodity|class|month|origin|destination|country|" \
    "kind"

/* A group: what it is called and what it sums to in the period. */
struct demand_group {
    char *key;  /* identifier or word */
    char *name; /* as people read it */
    uint32_t cells;
    double t, teu, published_t;
};
/* The groups of the page in order of their first cell. */
enum zhol_error demand_group(const struct demand_page *page, struct demand_group **out,
                             uint32_t *count);
void demand_groups_clear(struct demand_group *groups, uint32_t count);
/* True for a cell of the direction and mode that are asked for. */
bool demand_page_asked(const struct demand_page *page, const struct demand_cell *cell);
/* True for a cell that goes by pipeline. */
bool demand_page_piped(const struct demand_page *page, const struct demand_cell *cell);
/* Tonnes of a cell in the page's period. */
double demand_page_tonnes(const struct demand_page *page, const struct demand_cell *cell);

void demand_print_table(struct demand_page *page, bool with_totals);
void demand_print_json(struct demand_page *page);
/* The groups, or with `cells` the cells, as CSV. */
void demand_print_csv(struct demand_page *page, bool cells);
/* Groups, totals and cells as the sheets of an Excel workbook. */
void demand_print_workbook(struct demand_page *page);
/* How one cell came about. */
void demand_print_cell(struct demand_page *page, uint32_t cell);

#endif
