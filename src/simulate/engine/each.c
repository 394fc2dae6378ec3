/* each.c: looks at every entity that is alive (zhol_engine_each).
 *
 * Members of a carrier have the carrier's ledger on top of their own, which was lessened by what
 * the carrier had when they joined: sums are modulo 2^32 on the way.
 */
#include <stdlib.h>

#include "simulate/engine/state.h"

struct look {
    const struct zhol_engine_run *run;
    zhol_engine_visit visit;
    void *context;
};

/* Adds what passed since the last accounting: nothing where it sleeps, whose ledger is ahead. */
static void add_present(const struct zhol_engine_run *run, uint32_t e,
                        uint32_t ledger[MODEL_CAUSES_MAX])
{
    const struct entity *x = &run->entities[e];
    const struct model_step *step = &run->steps[x->step];
    bool served = step->op == ZHOL_OP_SERVE && x->work < 0;
    if (x->since < run->now) {
        ledger[served ? step->work_cause : step->wait_cause] += (uint32_t)(run->now - x->since);
    }
}

static void look_at(const struct look *look, uint32_t e, const uint32_t *carrier)
{
    const struct zhol_engine_run *run = look->run;
    uint32_t ledger[MODEL_CAUSES_MAX] = {0};
    for (uint32_t c = 0; c < run->engine->cause_count; c++) {
        ledger[c] = *state_ledger(run, e, c) + (carrier ? carrier[c] : 0);
    }
    if (!carrier) {
        add_present(run, e, ledger);
    }
    if (run->more[e].members == NONE) {
        look->visit(look->context, run->more[e].id, run->more[e].class, ledger);
    }
    for (uint32_t m = run->more[e].members; m != NONE; m = run->entities[m].next) {
        look_at(look, m, ledger);
    }
}

enum zhol_error zhol_engine_each(const struct zhol_engine_run *run, zhol_engine_visit visit,
                                 void *context)
{
    const struct look look = {run, visit, context};
    if (!run->engine->cause_count) {
        return ZHOL_ERROR_USAGE;
    }
    uint8_t *carried = calloc((size_t)run->entity_count + 1, 1);
    if (!carried) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t e = 0; e < run->entity_count; e++) {
        bool carries = run->entities[e].step != NONE && run->more[e].members != NONE;
        for (uint32_t m = carries ? run->more[e].members : NONE; m != NONE;
             m = run->entities[m].next) {
            carried[m] = 1;
        }
    }
    for (uint32_t e = 0; e < run->entity_count; e++) {
        if (run->entities[e].step != NONE && !carried[e]) {
            look_at(&look, e, NULL);
        }
    }
    free(carried);
    return ZHOL_ERROR_OK;
}
