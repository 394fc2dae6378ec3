/* serve/model_ask.h: a question to the planner read from texts; for model_plan.c. */
#ifndef ZHOL_SERVE_MODEL_ASK_H
#define ZHOL_SERVE_MODEL_ASK_H

#include <zhol/plan.h>

#include "serve/model_plan.h"

enum { ASK_VIA_MAX = 8, ASK_AVOID_MAX = 32 };

struct ask {
    struct zhol_consignment order; /* points into this struct, which must not be moved */
    struct zhol_plan_options options;
    int32_t day; /* of the network */
    uint32_t via[ASK_VIA_MAX];
    uint32_t avoid_nodes[ASK_AVOID_MAX];
    char avoid_countries[ASK_AVOID_MAX][3];
};

/* Reads the question. ZHOL_ERROR_USAGE with *fault set, or another error. */
enum zhol_error ask_read(const struct zhol_corridor *corridor,
                         const struct model_question *question, struct ask *ask,
                         struct model_fault *fault);
/* A place by name, identifier or UN/LOCODE. */
enum zhol_error ask_place(const struct zhol_corridor *corridor, const char *field, const char *name,
                          uint32_t *node, struct model_fault *fault);

#endif
