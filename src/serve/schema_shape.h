/* serve/schema_shape.h: reading the text of a shape, for schema.c and schema_write.c only. */
#ifndef ZHOL_SERVE_SCHEMA_SHAPE_H
#define ZHOL_SERVE_SCHEMA_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct shape_member {
    const char *name;
    uint32_t size;
    bool optional;
};

/* Moves past any of the characters in `set`. */
void shape_skip(const char **at, const char *set);
/* Reads `name?:` and moves behind the colon. */
struct shape_member shape_member(const char **at);
/* Reads a word of letters, digits and '_'. Moves at least one byte, unless the text is at its end.
 */
struct text_view shape_word(const char **at);
/* Reads `<1000`; 0: no limit. */
uint64_t shape_limit(const char **at);

#endif
