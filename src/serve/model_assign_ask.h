/* serve/model_assign_ask.h: a question to the assignment read from texts; for model_assign.c. */
#ifndef ZHOL_SERVE_MODEL_ASSIGN_ASK_H
#define ZHOL_SERVE_MODEL_ASSIGN_ASK_H

#include "serve/model_assign.h"

struct assign_asking {
    const struct model_assign_question *question;
    const struct zhol_corridor *corridor;
    const char *scenario; /* "": the base */
    int32_t from, to;
    enum assign_hold hold;
    struct assign_change changes[MODEL_ASSIGN_CHANGES];
    uint32_t count;
    double demand;
    struct model_fault *fault;
};

/* Reads ask->question. ZHOL_ERROR_USAGE with *fault set. */
enum zhol_error assign_asking_read(struct assign_asking *ask);
/* Sets the fault; always ZHOL_ERROR_USAGE. */
enum zhol_error assign_asking_fault(const struct assign_asking *ask, const char *field,
                                    const char *code, const char *what, const char *detail);

#endif
