/* desk/comparisons.h: published figures held against each other (table comparison).
 *
 * Each row names two formulas over rows of the corridor and how far they may differ. The verdict is
 * computed anew from the rows each time; the row also holds the verdict that was found when it was
 * written, so that a changed figure shows at once.
 *
 * Call order: comparisons_judge, look, comparisons_clear.
 */
#ifndef ZHOL_DESK_COMPARISONS_H
#define ZHOL_DESK_COMPARISONS_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

struct comparison_view {
    uint32_t row; /* of table comparison */
    double left, right;
    enum zhol_error error; /* a formula that cannot be evaluated; then both are NaN */
    char *problem;         /* in words, or NULL */
    bool agrees;
    bool as_written; /* the verdict is the one in the row */
};

struct comparisons {
    struct comparison_view *views; /* in order of the table */
    uint32_t count;
};

/* ZHOL_ERROR_MEMORY. The caller clears *out, also after a failure. */
enum zhol_error comparisons_judge(const struct zhol_corridor *corridor, struct comparisons *out);
void comparisons_clear(struct comparisons *comparisons);

#endif
