/* serve/openapi.h: the OpenAPI 3.1 document of all endpoints. */
#ifndef ZHOL_SERVE_OPENAPI_H
#define ZHOL_SERVE_OPENAPI_H

#include "base/buffer.h"

/* Appends the document. ZHOL_ERROR_SYNTAX: a shape in the tables is malformed. */
enum zhol_error openapi_write(const char *version, struct buffer *text);

#endif
