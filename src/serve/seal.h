/* serve/seal.h: personal fields of a body, sealed for the vault. */
#ifndef ZHOL_SERVE_SEAL_H
#define ZHOL_SERVE_SEAL_H

#include "serve/endpoint.h"

struct seal {
    struct attachment attachment; /* its bytes lie in the request's arena */
};

/* Seals the members of the body but `without` (NULL: all) as the subject's fields. False: replied.
 */
bool seal_body(struct request *request, uint64_t subject, const char *without, struct seal *seal);
/* The same for any object. */
bool seal_object(struct request *request, uint64_t subject, const json_t *object,
                 struct seal *seal);
/* The fingerprint of a value must be unique in a scope ("vin", "plate", "document"). */
void seal_unique(struct request *request, struct seal *seal, const char *scope, const char *value);

#endif
