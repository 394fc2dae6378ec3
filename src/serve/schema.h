/* serve/schema.h: shapes of JSON values, written once: they check bodies and make the OpenAPI
 * document.
 *
 * A shape is written as in the contract:
 *   text name opaque int uint real bool instant date any   a value of that kind; `name` is
 *                           letters, digits, - _ . (at most 47); `opaque` 16 hexadecimal digits
 *   'a'|'b'                 one of these texts
 *   SHAPE|null              or null
 *   [SHAPE]                 a list
 *   {a:SHAPE, b?:SHAPE}     an object with these members and no other; `?`: may be absent;
 *                           {*:SHAPE} any names, such as languages; a last `...` allows more
 *   text<200                at most 200 characters; [SHAPE]<1000 at most 1000 items
 *   other                   the shape of that name in schemas_queue.h or schemas_model.h
 * All text is UTF-8 without control characters but line ends.
 */
#ifndef ZHOL_SERVE_SCHEMA_H
#define ZHOL_SERVE_SCHEMA_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/json.h"

struct schema {
    const char *name, *shape;
};
extern const struct schema schemas[];
extern const uint32_t schema_count;

/* The shape of a name, or the text itself where it is a shape and no name. */
const char *schema_shape(const char *name_or_shape);
/* True when the value has the shape; else what is wrong and where ("items[3].plate: ...") is
 * written to `why`. */
bool schema_check(const char *name_or_shape, const json_t *value, char *why, uint32_t size);
/* Reads an instant as RFC 3339 has it, that is without hour 24, which ISO 8601 knows. */
bool schema_instant(struct text_view text, int64_t *utc_s);
/* Writes JSON Schema 2020-12 with references to #/components/schemas/NAME. ZHOL_ERROR_SYNTAX: the
 * shape is malformed or names an unknown one. */
enum zhol_error schema_write(const char *name_or_shape, struct json_writer *json);

#endif
