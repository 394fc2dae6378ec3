/* serve/fields.h: personal fields of a body: whether they can be what they say. The shapes of
 * schema.h check types and lengths, this checks meaning. Pure functions, linear in the text. */
#ifndef ZHOL_SERVE_FIELDS_H
#define ZHOL_SERVE_FIELDS_H

#include <jansson.h>

#include "serve/endpoint.h"

/* The first member that is wrong, and a sentence that says what it must be; static texts. */
struct field_fault {
    const char *field, *detail;
};

/* Plate and VIN are not blank, country is an ISO 3166-1 code. */
bool fields_vehicle(const json_t *object, struct field_fault *fault);
/* Name and document are not blank, the telephone is one, so that messages reach him (E.164: '+' and
 * 7 to 15 digits, blanks, dashes and brackets between them), country as above. */
bool fields_driver(const json_t *object, struct field_fault *fault);
/* Company, telephone, address of mail; a BIN or IIN of Kazakhstan, where one is given, has its
 * check digit (foreign carriers have none). */
bool fields_carrier(const json_t *object, struct field_fault *fault);

/* Replies 422 with the fault's field. */
enum handled fields_refuse(struct request *request, const struct field_fault *fault);

#endif
