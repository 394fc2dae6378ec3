/* buffer.c: the growing byte buffer (base/buffer.h). */
#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum { CAPACITY_MIN = 256 };

void buffer_init(struct buffer *buffer)
{
    *buffer = (struct buffer){.bytes = NULL};
}

void buffer_clear(struct buffer *buffer)
{
    size_t limit = buffer->limit;
    free(buffer->bytes);
    buffer_init(buffer);
    buffer->limit = limit;
}

void buffer_reset(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->error = ZHOL_ERROR_OK;
    if (buffer->bytes) {
        buffer->bytes[0] = '\0';
    }
}

bool buffer_reserve(struct buffer *buffer, size_t more)
{
    if (buffer->error) {
        return false;
    }
    size_t limit = buffer->limit && buffer->limit < PTRDIFF_MAX ? buffer->limit : PTRDIFF_MAX - 1;
    if (more > limit || buffer->size > limit - more) {
        buffer->error = ZHOL_ERROR_LIMIT;
        return false;
    }
    size_t need = buffer->size + more + 1;
    if (need <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity + buffer->capacity / 2;
    capacity = capacity < need ? need : capacity;
    capacity = capacity < CAPACITY_MIN ? CAPACITY_MIN : capacity;
    char *bytes = realloc(buffer->bytes, capacity);
    if (!bytes) {
        buffer->error = ZHOL_ERROR_MEMORY;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    buffer->bytes[buffer->size] = '\0';
    return true;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (size && buffer_reserve(buffer, size)) {
        memcpy(buffer->bytes + buffer->size, bytes, size);
        buffer->size += size;
        buffer->bytes[buffer->size] = '\0';
    }
}

void buffer_char(struct buffer *buffer, char c)
{
    buffer_append(buffer, &c, 1);
}

void buffer_fill(struct buffer *buffer, char c, size_t count)
{
    if (count && buffer_reserve(buffer, count)) {
        memset(buffer->bytes + buffer->size, c, count);
        buffer->size += count;
        buffer->bytes[buffer->size] = '\0';
    }
}

void buffer_string(struct buffer *buffer, const char *string)
{
    buffer_append(buffer, string, strlen(string));
}

void buffer_view(struct buffer *buffer, struct text_view text)
{
    buffer_append(buffer, text.bytes, text.size);
}

void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
    char small[256];
    va_list first;
    va_copy(first, arguments);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): the checker does not see va_copy */
    int size = vsnprintf(small, sizeof small, format, first);
    va_end(first);
    if (size < 0) {
        buffer->error = buffer->error ? buffer->error : ZHOL_ERROR_INTERNAL;
    } else if ((size_t)size < sizeof small) {
        buffer_append(buffer, small, (size_t)size);
    } else if (buffer_reserve(buffer, (size_t)size)) {
        vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, arguments);
        buffer->size += (size_t)size;
    }
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_vprintf(buffer, format, arguments);
    va_end(arguments);
}

void buffer_int(struct buffer *buffer, int64_t value)
{
    char text[NUMBER_TEXT_SIZE];
    buffer_append(buffer, text, number_format_int(value, text));
}

void buffer_real(struct buffer *buffer, double value)
{
    char text[NUMBER_TEXT_SIZE];
    buffer_append(buffer, text, number_format_real(value, text));
}

void buffer_fixed(struct buffer *buffer, double value, unsigned decimals)
{
    char text[NUMBER_TEXT_SIZE];
    buffer_append(buffer, text, number_format_fixed(value, decimals, text));
}

const char *buffer_get(const struct buffer *buffer)
{
    return buffer->bytes ? buffer->bytes : "";
}

char *buffer_take(struct buffer *buffer, size_t *size)
{
    char *bytes = buffer_reserve(buffer, 0) ? buffer->bytes : NULL;
    if (size) {
        *size = bytes ? buffer->size : 0;
    }
    if (!bytes) {
        free(buffer->bytes);
    }
    size_t limit = buffer->limit;
    buffer_init(buffer);
    buffer->limit = limit;
    return bytes;
}
