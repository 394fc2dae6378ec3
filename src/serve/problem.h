/* serve/problem.h: refusals as RFC 9457 problem details, with what Zhol adds: code, field, rule and
 * the signed receipt of a refusal. */
#ifndef ZHOL_SERVE_PROBLEM_H
#define ZHOL_SERVE_PROBLEM_H

#include "serve/endpoint.h"

struct problem {
    unsigned status;
    const char *code;         /* machine's word; also the end of `type` */
    const char *detail;       /* a sentence */
    const char *field;        /* member of the body or parameter; NULL: none */
    const char *rule;         /* rule of the queue that decided; NULL or "": none */
    struct text_view receipt; /* one JSON object; empty: none */
};
enum handled problem_reply(struct request *request, const struct problem *problem);
const char *problem_title(unsigned status);

#endif
