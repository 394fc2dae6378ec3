/* base/buffer.h: a growing byte buffer for everything that writes text.
 *
 * Purpose: writers append without checking each call; the first failure sticks in `error`, later
 * appends do nothing, and the caller looks once at the end.
 * Call order: buffer_init, appends, look at buffer.error, buffer_clear (or buffer_take).
 * Ownership: the buffer owns its bytes; buffer_take hands them to the caller, who calls free().
 * Errors (sticky): ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT (above `limit` bytes).
 * The bytes always end in a NUL that `size` does not count.
 */
#ifndef ZHOL_BASE_BUFFER_H
#define ZHOL_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include "base/text.h"

#if defined(__GNUC__)
#define BUFFER_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define BUFFER_PRINTF(format_at, first_at)
#endif

struct buffer {
    char *bytes; /* NULL before the first append: read it with buffer_get */
    size_t size;
    size_t capacity;
    size_t limit; /* 0: none */
    enum zhol_error error;
};

/* Starts an empty buffer; a zeroed struct is one as well. Cannot fail, takes no memory. */
void buffer_init(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);
/* Empties the buffer and forgets its error, keeping the memory. */
void buffer_reset(struct buffer *buffer);
/* Room for `more` bytes beyond the size; false (and error) when there is none. */
bool buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const void *bytes, size_t size);
void buffer_char(struct buffer *buffer, char c);
/* Appends one character `count` times. */
void buffer_fill(struct buffer *buffer, char c, size_t count);
void buffer_string(struct buffer *buffer, const char *string);
void buffer_view(struct buffer *buffer, struct text_view text);
/* printf into the buffer. %f, %g and %e follow the locale: use the functions below for numbers. */
void buffer_printf(struct buffer *buffer, const char *format, ...) BUFFER_PRINTF(2, 3);
void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
    BUFFER_PRINTF(2, 0);
void buffer_int(struct buffer *buffer, int64_t value);
/* The shortest text that reads back as the same double (see base/number.h). */
void buffer_real(struct buffer *buffer, double value);
/* With a fixed number of decimals (0-17). */
void buffer_fixed(struct buffer *buffer, double value, unsigned decimals);
/* The bytes as a NUL-terminated string; never NULL ("" when empty). Valid until the next append. */
const char *buffer_get(const struct buffer *buffer);
/* Hands the bytes over (caller frees); the buffer is empty afterwards. NULL when it had an error;
 * an empty buffer gives an allocated "". *size may be NULL. */
char *buffer_take(struct buffer *buffer, size_t *size);

#endif
