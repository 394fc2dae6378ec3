/* comparisons.c: evaluates both sides of each comparison. See comparisons.h. */
#include "desk/comparisons.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "desk/formula.h"

/* Sides that meet exactly at the tolerance agree, in spite of binary fractions. */
#define SLACK 1e-9

static enum zhol_error judge_one(const struct zhol_corridor *corridor,
                                 const struct zhol_comparison *row, struct comparison_view *view)
{
    struct buffer problem;
    buffer_init(&problem);
    view->left = view->right = NAN;
    view->error =
        formula_value(corridor, zhol_corridor_text(corridor, row->left), &view->left, &problem);
    if (!view->error) {
        view->error = formula_value(corridor, zhol_corridor_text(corridor, row->right),
                                    &view->right, &problem);
    }
    if (view->error) {
        view->left = view->right = NAN;
        view->problem = buffer_take(&problem, NULL);
    } else {
        double scale = fmax(1, fmax(fabs(view->left), fabs(view->right)));
        view->agrees = fabs(view->left - view->right) <= row->tolerance + SLACK * scale;
        view->as_written = view->agrees == (row->verdict == zhol_verdict_AGREES);
    }
    enum zhol_error error = problem.error;
    buffer_clear(&problem);
    return error;
}

enum zhol_error comparisons_judge(const struct zhol_corridor *corridor, struct comparisons *out)
{
    uint32_t count;
    const struct zhol_comparison *rows = zhol_corridor_comparison(corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    memset(out, 0, sizeof *out);
    out->views = calloc((size_t)count + 1, sizeof *out->views);
    if (!out->views) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count && !error; i++) {
        out->views[i].row = i;
        error = judge_one(corridor, &rows[i], &out->views[i]);
        out->count++;
    }
    return error;
}

void comparisons_clear(struct comparisons *comparisons)
{
    for (uint32_t i = 0; i < comparisons->count; i++) {
        free(comparisons->views[i].problem);
    }
    free(comparisons->views);
    memset(comparisons, 0, sizeof *comparisons);
}
