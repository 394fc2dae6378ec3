/* base/json.h: a streaming JSON writer into a buffer (RFC 8259).
 *
 * Call order: json_writer_init, one value (json_write_*), json_writer_end. An object takes key,
 * value, key, value...; an array takes values. Names start with json_write, so that they stand
 * beside jansson's json_* functions.
 * Ownership: the buffer is the caller's. Errors stick in the buffer: memory, limit, and
 * ZHOL_ERROR_INTERNAL for calls in an order that is not JSON (a value without its key, a wrong end,
 * more than JSON_DEPTH_MAX levels, two top values); nothing is written after the first.
 * Text must be UTF-8; bytes that are not become U+FFFD, so the output is always valid JSON.
 * Reals are the shortest that read back; NaN and infinities become null (JSON has none).
 */
#ifndef ZHOL_BASE_JSON_H
#define ZHOL_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include "base/buffer.h"

#define JSON_DEPTH_MAX 64

struct json_writer {
    struct buffer *out;
    bool pretty;
    uint32_t depth;
    bool keyed;                  /* a key waits for its value */
    bool done;                   /* the top value is complete */
    char kind[JSON_DEPTH_MAX];   /* '{' or '[' per level */
    bool filled[JSON_DEPTH_MAX]; /* the level has a member already */
};

/* `pretty`: two spaces a level and a line per member; else no white space at all. */
void json_writer_init(struct json_writer *writer, struct buffer *out, bool pretty);
/* Checks that one complete value was written, adds a line end when pretty. Returns the buffer's
 * error. */
enum zhol_error json_writer_end(struct json_writer *writer);

void json_write_object(struct json_writer *writer); /* { */
void json_write_object_end(struct json_writer *writer);
void json_write_array(struct json_writer *writer); /* [ */
void json_write_array_end(struct json_writer *writer);
void json_write_key(struct json_writer *writer, const char *key);
void json_write_text(struct json_writer *writer, const char *text); /* NULL: null */
void json_write_view(struct json_writer *writer, struct text_view text);
void json_write_int(struct json_writer *writer, int64_t value);
void json_write_uint(struct json_writer *writer, uint64_t value);
void json_write_real(struct json_writer *writer, double value);
/* A real with a fixed number of decimals, for money and measured values. */
void json_write_fixed(struct json_writer *writer, double value, unsigned decimals);
void json_write_bool(struct json_writer *writer, bool value);
void json_write_null(struct json_writer *writer);
/* Text that is already one JSON value, copied as it is. */
void json_write_raw(struct json_writer *writer, struct text_view json);

/* key and value in one call */
void json_member_text(struct json_writer *writer, const char *key, const char *text);
void json_member_int(struct json_writer *writer, const char *key, int64_t value);
void json_member_real(struct json_writer *writer, const char *key, double value);
void json_member_fixed(struct json_writer *writer, const char *key, double value,
                       unsigned decimals);
void json_member_bool(struct json_writer *writer, const char *key, bool value);
void json_member_null(struct json_writer *writer, const char *key);

#endif
