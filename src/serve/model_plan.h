/* serve/model_plan.h: questions to the planner as they come over HTTP, and the answers.
 *
 * A question is texts as somebody typed them; model_plan reads them, takes the network of the day
 * and scenario from the cache, plans and writes. What is wrong with a question is told in `fault`
 * with the name of the field. No way at all is an answer, not a fault: an empty list with the
 * reason.
 */
#ifndef ZHOL_SERVE_MODEL_PLAN_H
#define ZHOL_SERVE_MODEL_PLAN_H

#include "serve/model.h"

enum model_form { MODEL_JSON, MODEL_CSV, MODEL_GEOJSON };

struct model_question { /* NULL: not given */
    const char *from, *to, *commodity, *via, *avoid, *depart, *deadline, *scenario;
    double teu, tonnes; /* 0: not given; both: a fault */
    int32_t day;        /* of the network; ZHOL_BLANK_DATE: of the departure, else the corridor's */
    bool technical;     /* technical minimum instead of median times */
    const char *why;    /* why no itinerary passes this place, instead of the plan */
    uint32_t limit;     /* itineraries written at most; 0: all */
    const char *lang;
    enum model_form form;
};

struct model_fault {
    const char *field; /* "" where it is no single one */
    const char *code;  /* "unknown_place", "ambiguous_place", "unreadable" ... */
    char detail[256];  /* in English */
};

/* ZHOL_ERROR_USAGE with *fault set; ZHOL_ERROR_LIMIT: a question too large for the server. */
enum zhol_error model_plan(struct model *model, const struct model_question *question,
                           struct buffer *out, struct model_fault *fault);

#endif
