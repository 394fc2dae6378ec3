/* text_distance.c: bounded Damerau-Levenshtein distance (base/text.h).
 *
 * Optimal string alignment after V. I. Levenshtein (1966) and F. J. Damerau (1964), computed in the
 * diagonal band of width 2 * bound + 1 (E. Ukkonen, 1985): cells outside it exceed the bound.
 */
#include "base/text.h"

enum { LENGTH_MAX = 255 };

/* Folded code points of a text; LENGTH_MAX + 1 when it has more than LENGTH_MAX. */
static uint32_t decode(struct text_view text, uint32_t out[LENGTH_MAX])
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < text.size;) {
        if (count == LENGTH_MAX) {
            return LENGTH_MAX + 1;
        }
        out[count++] = text_fold(text_utf8_next(text, &at));
    }
    return count;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The last three rows of the table; they change places instead of being copied. */
struct rows {
    uint32_t *before; /* row i - 2 */
    uint32_t *above;  /* row i - 1 */
    uint32_t *here;   /* row i */
};

static void rotate(struct rows *rows)
{
    uint32_t *oldest = rows->before;
    rows->before = rows->above;
    rows->above = rows->here;
    rows->here = oldest;
}

/* Fills row i of the band; returns its smallest value. Cells outside the band hold `far`. */
static uint32_t fill_row(const struct rows *rows, const uint32_t *a, uint32_t i, const uint32_t *b,
                         uint32_t count_b, uint32_t bound)
{
    uint32_t far = bound + 1;
    uint32_t first = i > bound ? i - bound : 1;
    uint32_t last = smaller(count_b, i + bound);
    rows->here[first - 1] = first == 1 ? smaller(i, far) : far;
    uint32_t least = rows->here[first - 1];
    for (uint32_t j = first; j <= last; j++) {
        uint32_t value = rows->above[j - 1] + (a[i - 1] != b[j - 1]);
        value = smaller(value, smaller(rows->above[j], rows->here[j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
            value = smaller(value, rows->before[j - 2] + 1);
        }
        rows->here[j] = smaller(value, far);
        least = smaller(least, rows->here[j]);
    }
    if (last < count_b) {
        rows->here[last + 1] = far;
    }
    return least;
}

uint32_t text_distance(struct text_view a, struct text_view b, uint32_t bound)
{
    uint32_t codes_a[LENGTH_MAX], codes_b[LENGTH_MAX];
    uint32_t count_a = decode(a, codes_a), count_b = decode(b, codes_b);
    uint32_t too_far = bound < UINT32_MAX ? bound + 1 : bound;
    if (count_a > LENGTH_MAX || count_b > LENGTH_MAX) {
        return text_equal_fold(a, b) ? 0 : too_far;
    }
    bound = smaller(bound, LENGTH_MAX); /* no distance is larger */
    if ((count_a > count_b ? count_a - count_b : count_b - count_a) > bound) {
        return too_far;
    }
    uint32_t cells[3][LENGTH_MAX + 2] = {{0}};
    struct rows rows = {cells[0], cells[1], cells[2]};
    for (uint32_t j = 0; j <= count_b; j++) {
        rows.above[j] = smaller(j, bound + 1);
    }
    uint32_t least_above = 0;
    for (uint32_t i = 1; i <= count_a; i++) {
        uint32_t least = fill_row(&rows, codes_a, i, codes_b, count_b, bound);
        if (least > bound && least_above > bound) {
            return too_far;
        }
        least_above = least;
        rotate(&rows);
    }
    return rows.above[count_b] > bound ? too_far : rows.above[count_b];
}
