/* corridor/check.h: what a corridor must keep beyond its single cells.
 *
 * check_all runs every check over a corridor that was read and indexed. Cells that could not be
 * read are blank by then; a check skips what it needs and does not find, so that one slip is not
 * reported twice. Faults make a corridor unusable; warnings name what is probably wrong.
 * Errors: ZHOL_ERROR_MEMORY only. Complexity: O(rows log rows); of
 * queues, quadratic in the rows of their five tables, which are few.
 */
#ifndef ZHOL_CORRIDOR_CHECK_H
#define ZHOL_CORRIDOR_CHECK_H

#include <stdbool.h>
#include "base/arena.h"
#include "corridor/data.h"
#include "corridor/trouble.h"

struct check {
    const struct zhol_corridor *corridor;
    const char *dir;
    struct trouble *trouble;
    struct arena arena; /* scratch of the checks */
    uint64_t facts[4];  /* bit per fact of the article that a row carries */
};

enum zhol_error check_all(const struct zhol_corridor *corridor, const char *dir,
                          struct trouble *trouble);

/* The checks, in the order in which they run. */
enum zhol_error check_keys(struct check *check);      /* unique keys, overlapping intervals */
void check_ranges(struct check *check);               /* low <= value <= high, dates in order */
enum zhol_error check_forms(struct check *check);     /* items of lists, time zones */
enum zhol_error check_places(struct check *check);    /* places, dead ends, names */
void check_links(struct check *check);                /* gauge, length, GMNS */
void check_borders(struct check *check);              /* controls of border links */
enum zhol_error check_processes(struct check *check); /* processes, handlings, calendars */
enum zhol_error check_services(struct check *check);  /* services and their stops */
enum zhol_error check_capacity(struct check *check);  /* resources, uses, load classes */
void check_demand(struct check *check);               /* demand, its flows and totals */
enum zhol_error check_prices(struct check *check);    /* tariffs, rates, emissions, rules */
enum zhol_error check_queues(struct check *check);    /* queues, rule sets, fees */
enum zhol_error check_claims(struct check *check);    /* figures and promises have their test */
enum zhol_error check_register(struct check *check);  /* actors, projects, promises, figures */

/* Adds a finding about a cell; its value is written by itself. `column` "" means the row. */
void check_add(struct check *check, enum zhol_severity severity, enum zhol_error code,
               enum zhol_table table, uint32_t row, const char *column, const char *format, ...)
    BUFFER_PRINTF(7, 8);

/* True where the source of a row is an assumption. */
bool check_assumed(const struct check *check, uint32_t source);
/* True where a cell of the row could not be read. check_add is silent about such a row. */
bool check_faulty(const struct check *check, enum zhol_table table, uint32_t row);
const char *check_text(const struct check *check, uint32_t text);
const char *check_id(const struct check *check, enum zhol_table table, uint32_t thing);
/* Reports circles of a column that refers to its own table. Linear. */
enum zhol_error check_circles(struct check *check, enum zhol_table table, const char *column,
                              const char *expected);
/* The first row of a thing, or ZHOL_NONE. */
uint32_t check_row(const struct check *check, enum zhol_table table, uint32_t thing);
/* True where two half-open intervals share a day. */
bool check_overlap(int32_t from_a, int32_t to_a, int32_t from_b, int32_t to_b);

#endif
