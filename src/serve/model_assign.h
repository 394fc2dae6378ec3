/* serve/model_assign.h: all freight on the corridor's capacity, solved again while somebody drags a
 * slider.
 *
 * The first question about a scenario, period and hold makes the average day of the period and
 * solves it (about a second); the model is kept, at most MODEL_ASSIGNS_MAX of them, the least
 * recently used goes first. Each further question takes the changes of the one before back, makes
 * its own and solves from the kept basis: milliseconds. Values and certificate do not depend on
 * what was asked before; where several ways are equally cheap, or several limits full in a row, the
 * split among them may.
 *
 * Threads: any. One model answers one question at a time.
 */
#ifndef ZHOL_SERVE_MODEL_ASSIGN_H
#define ZHOL_SERVE_MODEL_ASSIGN_H

#include "desk/assign_study.h"
#include "serve/model_plan.h"

enum { MODEL_ASSIGNS_MAX = 4, MODEL_ASSIGN_CHANGES = 16, MODEL_ASSIGN_ITEMS = 20 };

struct model_assigns *model_assigns_new(void);
void model_assigns_free(struct model_assigns *assigns); /* NULL is allowed */

struct model_assign_question { /* NULL: not given */
    const char *scenario;
    const char *period; /* "2024", "2024-10", "2025-01..2025-04": at most 366 days */
    const char *hold;   /* border, crossing, none */
    const char *change; /* "R.S030=60;R.S031=60": resources, in their own units */
    const char *close;  /* "S027F1435;BREST": links and places */
    const char *tariff; /* "T.X=0.9": tariffs, as factors */
    double demand;      /* all demand times this; 0: 1 */
    uint32_t limit;     /* capacities written; 0: MODEL_ASSIGN_ITEMS */
    const char *lang;
};

/* Writes the answer as JSON. ZHOL_ERROR_USAGE with *fault set; ZHOL_ERROR_UNKNOWN: no such
 * scenario; ZHOL_ERROR_UNREACHABLE: the table has no demand in the period. */
enum zhol_error model_assign(struct model *model, const struct model_assign_question *question,
                             struct buffer *out, struct model_fault *fault);

#endif
